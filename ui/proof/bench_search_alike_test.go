//go:build bench

package proof

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// What follows says which names share something, and owes nothing to the index that is measured.

// likeness is how alike two words are: 1 the same, 0 not at all, otherwise the better of Jaro-Winkler and the share of letters left
// alone, where that is at least nearLeast.
type likeness float64

const (
	unlike    likeness = 0
	same      likeness = 1
	nearLeast          = 0.8
)

// plainWords are the words of a name in small letters, without accents, apostrophes and punctuation.
func plainWords(name string) []string {
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '`':
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFD.String(name))
	return strings.Fields(name)
}

// telling are the words that say who somebody is: three letters or more, and none that half the world's names have.
func telling(name string) []string {
	var out []string
	for _, w := range plainWords(name) {
		if len([]rune(w)) >= 3 && !slices.Contains(strings.Fields("abu abd bin ibn bint ben del las los den der van von the and jr sr haj hajji mullah sheikh shaykh"), w) {
			out = append(out, w)
		}
	}
	return out
}

func alike(a, b string) likeness {
	if a == b {
		return same
	}
	x, y := []rune(a), []rune(b)
	l := max(jaroWinkler(x, y), 1-float64(edits(x, y))/float64(max(len(x), len(y))))
	if l < nearLeast {
		return unlike
	}
	return likeness(l)
}

// edits is the Levenshtein distance.
func edits(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		corner := row[0]
		row[0] = i + 1
		for j := range b {
			cost := corner
			if a[i] != b[j] {
				cost = min(corner, row[j], row[j+1]) + 1
			}
			corner, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

// jaroWinkler is Jaro's measure with Winkler's credit of 0.1 for each of up to four first letters alike.
func jaroWinkler(a, b []rune) float64 {
	reach := max(0, max(len(a), len(b))/2-1)
	used := make([]bool, len(b))
	var left, right []rune
	for i, r := range a {
		for j := max(0, i-reach); j < min(len(b), i+reach+1); j++ {
			if !used[j] && b[j] == r {
				used[j] = true
				left = append(left, r)
				break
			}
		}
	}
	for j, r := range b {
		if used[j] {
			right = append(right, r)
		}
	}
	m := float64(len(left))
	if m == 0 {
		return 0
	}
	swapped := 0
	for i := range left {
		if left[i] != right[i] {
			swapped++
		}
	}
	jaro := (m/float64(len(a)) + m/float64(len(b)) + (m-float64(swapped/2))/m) / 3
	head := 0
	for head < min(4, len(a), len(b)) && a[head] == b[head] {
		head++
	}
	return jaro + float64(head)*0.1*(1-jaro)
}

// skeleton is what two spellings of one sound often keep: the first letter's class and the consonants, alike ones once.
func skeleton(name string) string {
	joined := strings.Join(plainWords(name), "")
	for _, pair := range []string{"kh>h", "gh>g", "sh>s", "ch>s", "th>t", "dh>d", "ph>f", "dj>j", "zh>j", "ts>s", "tz>s", "ck>k", "q>k", "c>k", "z>s", "v>f", "w>f"} {
		from, to, _ := strings.Cut(pair, ">")
		joined = strings.ReplaceAll(joined, from, to)
	}
	var out []rune
	for _, r := range joined {
		if !strings.ContainsRune("aeiouyh", r) && (len(out) == 0 || out[len(out)-1] != r) {
			out = append(out, r)
		}
	}
	return string(out)
}

// kin knows which of many names share words with a text.
type kin struct {
	names  []string
	joined []string // the letters of each
	of     map[string][]int
	vocab  []string
	memo   map[string]map[string]likeness
}

func kinOf(names []string) *kin {
	k := &kin{names: names, of: map[string][]int{}, memo: map[string]map[string]likeness{}}
	for i, n := range names {
		k.joined = append(k.joined, strings.Join(plainWords(n), ""))
		for _, w := range telling(n) {
			if held := k.of[w]; len(held) == 0 || held[len(held)-1] != i {
				k.of[w] = append(held, i)
			}
		}
	}
	for w := range k.of {
		k.vocab = append(k.vocab, w)
	}
	slices.Sort(k.vocab)
	return k
}

// like are the words of the names that are like one.
func (k *kin) like(word string) map[string]likeness {
	if had, ok := k.memo[word]; ok {
		return had
	}
	found := map[string]likeness{}
	for _, v := range k.vocab {
		if len(v) > 2*len(word)+2 || len(word) > 2*len(v)+2 {
			continue
		}
		if l := alike(word, v); l != unlike {
			found[v] = l
		}
	}
	k.memo[word] = found
	return found
}

// shared says, word by word of a text, how well each name has it. Names that have none are left out.
func (k *kin) shared(text string) map[int][]likeness {
	ws := telling(text)
	out := map[int][]likeness{}
	for i, w := range ws {
		for v, l := range k.like(w) {
			for _, n := range k.of[v] {
				if out[n] == nil {
					out[n] = make([]likeness, len(ws))
				}
				out[n][i] = max(out[n][i], l)
			}
		}
	}
	return out
}

// sameLetters reports whether a text has the very letters of a name, in whatever words.
func (k *kin) sameLetters(text string, name int) bool {
	return strings.Join(plainWords(text), "") == k.joined[name]
}

// rivals is how many names, this one among them, have every word of a text at least as well as this one.
func rivals(shared map[int][]likeness, name int) int {
	ahead, level := before(shared, name, nil)
	return ahead + level
}

// before is how many names come before one for whoever knows how alike the words are, however much each word is made to count: those
// that have every word of the text at least as well and some word better. Level are those that have all of them just as well, this one
// among them. With spare, names that leave more of their own words over than this one come before nobody.
func before(shared map[int][]likeness, name int, spare func(int) int) (ahead, level int) {
	for n, other := range shared {
		as, better := true, false
		for i, l := range shared[name] {
			as, better = as && other[i] >= l, better || other[i] > l
		}
		if as && spare != nil {
			mine, theirs := spare(name), spare(n)
			as, better = theirs <= mine, better || theirs < mine
		}
		switch {
		case as && better:
			ahead++
		case as:
			level++
		}
	}
	return ahead, level
}

// reach is the best chance of the first k for a name that so many come before and so many are level with.
func reach(ahead, level, k int) float64 {
	return max(0, min(1, float64(k-ahead)/float64(level)))
}

// spare is how many telling words of a name are like none of a text.
func (k *kin) spare(text string) func(name int) int {
	memo := map[int]int{}
	ws := telling(text)
	return func(name int) int {
		if n, had := memo[name]; had {
			return n
		}
		n := 0
		for _, held := range telling(k.names[name]) {
			if !slices.ContainsFunc(ws, func(w string) bool { return k.like(w)[held] != unlike }) {
				n++
			}
		}
		memo[name] = n
		return n
	}
}
