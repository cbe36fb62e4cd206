//go:build bench

package proof

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
)

// rows reads a CSV. Rows may be of any length, and quotes as people leave them.
func (s *searchBench) rows(parts ...string) [][]string {
	s.Helper()
	in, err := os.Open(s.path(parts...))
	if err != nil {
		s.Fatalf("the lists in POU_DATA are not whole: %v", err)
	}
	defer in.Close() // only read
	r := csv.NewReader(in)
	r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = -1, true, true
	var out [][]string
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			s.Fatalf("read %s: %v", s.path(parts...), err)
		}
		out = append(out, rec)
	}
}

// sanctioned are the individuals of the OFAC list by their primary names, and where each of their other names leads.
func (s *searchBench) sanctioned() (names []string, aliases []alias) {
	s.Helper()
	at := map[string]int{}
	for _, r := range s.rows("ofac", "sdn.csv") {
		if len(r) > 2 && strings.TrimSpace(r[2]) == "individual" {
			at[r[0]] = len(names)
			names = append(names, r[1])
		}
	}
	for _, r := range s.rows("ofac", "alt.csv") {
		if len(r) > 3 {
			if i, ok := at[r[0]]; ok {
				aliases = append(aliases, alias{r[3], i})
			}
		}
	}
	if len(names) == 0 || len(aliases) == 0 {
		s.Fatalf("%s and alt.csv name no individuals", s.path("ofac", "sdn.csv"))
	}
	return names, aliases
}

// alias is another name of a person.
type alias struct {
	text   string
	person int
}

// ofac looks for each person by each of their other names, with all of these withheld from the record.
func (s *searchBench) ofac() {
	names, aliases := s.sanctioned()
	var all []sought
	for _, a := range aliases {
		all = append(all, sought{query: a.text, right: func(line int) bool { return line == a.person }})
	}
	whole := s.seek(indexOf(names), all)
	var sharing, told []sought // told: those that at most five names share as well
	var shares []map[int][]likeness
	var bound, boundSpare tally // of those that share something
	var lost, met [2]float64    // by word likeness alone; and by the words left over besides
	k := kinOf(names)
	for i, a := range aliases {
		shared := k.shared(a.text)
		letters := k.sameLetters(a.text, a.person)
		shares = append(shares, shared)
		if shared[a.person] == nil && !letters {
			continue
		}
		sharing = append(sharing, all[i])
		n := 1
		for i, b := range []*tally{&bound, &boundSpare} {
			ahead, level := 0, 1
			if !letters {
				ahead, level = before(shared, a.person, [...]func(int) int{nil, k.spare(a.text)}[i])
			}
			b.count(reach(ahead, level, 1), reach(ahead, level, 5))
			if i == 0 {
				n = ahead + level
			}
			if ahead >= 5 {
				lost[i]++
				met[i] += sharing[len(sharing)-1].top5
			}
		}
		if n <= 5 {
			told = append(told, all[i])
		}
	}
	s.add(fmt.Sprintf("OFAC: %d aliases to %d names", len(aliases), len(names)), whole, bars{0.73, 0.82}, s.others(names, all, 1500, 600)...)
	s.add("  that share something with the name", sum(sharing), bars{0, 0.94}, s.others(names, sharing, 600, 300)...)
	s.add("  that at most five names share as well", sum(told), bars{})
	s.add("  bound: by how alike the words are", bound, bars{})
	s.add("  bound: and how many of the name are left over", boundSpare, bars{})
	s.misses(k, names, aliases, all, shares)
	s.note("\nAn alias shares something with a name when one of its words of three letters or more (particles such as abu, bin, del left out) is like a word of\n" +
		"the name: Jaro-Winkler, or the share of letters left alone, at least 0.8; or when all its letters are the name's. The bound is what nobody can pass who\n" +
		"ranks by how alike the words are, however much each word is made to count, even chosen anew for each alias by somebody who knows the answer: a name that\n" +
		"has each word at least as well and one better comes first, and of n just as good the first five hold any one 5 times in n.")
	s.note("Of %d that share something, %.0f (%.1f %%) have five names or more before the right one so; we put %.0f of these among the first five, by what else a name says.\n"+
		"Taking into account how many words of a name are left over as well, %.0f (%.1f %%) have; of these we find %.0f.",
		len(sharing), lost[0], 100*lost[0]/float64(len(sharing)), met[0], lost[1], 100*lost[1]/float64(len(sharing)), met[1])
}

// misses prints what was not among the first five, by why.
func (s *searchBench) misses(k *kin, names []string, aliases []alias, all []sought, shares []map[int][]likeness) {
	count, examples := map[string]int{}, map[string][]string{}
	missed := 0
	for i, q := range all {
		if q.top5 >= 0.5 {
			continue
		}
		missed++
		a := aliases[i]
		why := missClass(k, a, shares[i], q.found)
		count[why]++
		if len(examples[why]) < 4 && count[why]%7 == 1 {
			first := "nothing"
			if len(q.found) > 0 {
				first = names[q.found[0].line]
			}
			examples[why] = append(examples[why], fmt.Sprintf("%s is %s (first: %s)", a.text, names[a.person], first))
		}
	}
	s.note("\n%d OFAC aliases missed in the first five, by why:", missed)
	var order []string
	for why := range count {
		order = append(order, why)
	}
	slices.SortFunc(order, func(a, b string) int { return count[b] - count[a] })
	for _, why := range order {
		s.note("%6d  %s", count[why], why)
		for _, e := range examples[why] {
			s.note("          %s", e)
		}
	}
}

// missClass says why an alias did not lead to its name.
func missClass(k *kin, a alias, shared map[int][]likeness, found []answered) string {
	has := shared[a.person]
	if has == nil {
		switch {
		case k.sameLetters(a.text, a.person):
			return "the same letters in other words"
		case skeleton(a.text) == skeleton(k.names[a.person]):
			return "the same consonants only"
		case len(plainWords(a.text)) == 1:
			return "nom de guerre of one word: shares nothing"
		}
		return "nom de guerre, former or other name: shares nothing"
	}
	listed := slices.ContainsFunc(found, func(h answered) bool { return h.line == a.person })
	n := rivals(shared, a.person)
	exact, unalike := 0, 0
	for _, l := range has {
		switch l {
		case same:
			exact++
		case unlike:
			unalike++
		}
	}
	switch {
	case n > 5:
		return "shares words that more than five names have as well"
	case listed:
		return "found, but below the fifth"
	case exact == 0 && unalike > 0:
		return "one word merely like, the others strange"
	case exact == 0:
		return "every word merely like"
	case unalike >= 2*(len(has)-unalike):
		return "most words strange"
	}
	return "shares words, yet not found"
}

// nicknames looks for everybody of a crowd by a nickname and the surname, which nine others bear.
func (s *searchBench) nicknames() {
	rnd := rand.New(rand.NewPCG(7, 8))
	var pairs [][2]string
	var forenames []string
	for _, r := range s.rows("nicknames", "names.csv") {
		if len(r) == 3 && r[1] == "has_nickname" {
			pairs = append(pairs, [2]string{r[0], r[2]})
			forenames = append(forenames, r[0])
		}
	}
	slices.Sort(forenames)
	forenames = slices.Compact(forenames)
	if len(pairs) == 0 {
		s.Fatalf("%s pairs no names", s.path("nicknames", "names.csv"))
	}
	var names []string
	var queries []sought
	for i, p := range pairs {
		surname := syllables(rnd, 3)
		at := len(names)
		names = append(names, surname+", "+p[0])
		for range 9 {
			names = append(names, surname+", "+forenames[rnd.IntN(len(forenames))])
		}
		for j := range names[at:] { // not always the first in the index
			o := at + rnd.IntN(10)
			names[at+j], names[o] = names[o], names[at+j]
		}
		bearer := surname + ", " + p[0]
		query := p[1] + " " + surname
		if i%2 == 1 {
			query = surname + " " + p[1]
		}
		queries = append(queries, sought{query: query, right: func(line int) bool { return names[line] == bearer }})
	}
	s.add(fmt.Sprintf("nicknames: with the surname, over %d", len(names)), s.seek(indexOf(names), queries), bars{0, 0.95}, s.others(names, queries, 300, 200)...)
}

func syllables(rnd *rand.Rand, n int) string {
	list := strings.Fields("ka mo ri san tel vor bin dal gru hes jin lop mar nok pel qua ros sut tam ulf wen yor zet ash cro bel fin gar hol kit")
	out := ""
	for range n {
		out += list[rnd.IntN(len(list))]
	}
	return out
}

// heldOut looks for names in spellings that nobody has tuned to: those of testdata/spellings.txt, and OFAC names written anew
// by the habits of other languages.
func (s *searchBench) heldOut() {
	names, _ := s.sanctioned()
	crowd := len(names)
	in, err := os.Open("testdata/spellings.txt")
	if err != nil {
		s.Fatal(err)
	}
	defer in.Close() // only read
	var listed []sought
	for lines := bufio.NewScanner(in); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		spellings := strings.Split(line, "|")
		at := len(names)
		names = append(names, strings.TrimSpace(spellings[0]))
		for _, text := range spellings[1:] {
			listed = append(listed, sought{query: strings.TrimSpace(text), right: func(line int) bool { return line == at }})
		}
	}
	x := indexOf(names)
	s.add(fmt.Sprintf("held out: known names otherwise spelt, among %d", len(names)), s.seek(x, listed), bars{}, s.others(names, listed, 500, 300)...)
	missed := 0
	for _, q := range listed {
		if q.top5 < 0.5 {
			missed++
			s.Logf("missed: %s", q.query)
		}
	}
	rnd := rand.New(rand.NewPCG(9, 10))
	var written []sought
	for len(written) < 1000 {
		i := rnd.IntN(crowd)
		if text := respelt(rnd, names[i]); text != "" {
			written = append(written, sought{query: text, right: func(line int) bool { return line == i }})
		}
	}
	s.add("held out: OFAC names respelt by rule", s.seek(x, written), bars{}, s.others(names, written, 500, 300)...)
}

// habits are how one sound is written in one place and in another.
func habits() [][2]string {
	return [][2]string{
		{"ou", "u"},
		{"u", "ou"},
		{"dj", "j"},
		{"j", "dj"},
		{"sh", "ch"},
		{"sh", "sch"},
		{"kh", "h"},
		{"kh", "ch"},
		{"q", "k"},
		{"k", "q"},
		{"c", "k"},
		{"w", "v"},
		{"w", "ou"},
		{"v", "w"},
		{"ee", "i"},
		{"i", "ee"},
		{"oo", "u"},
		{"ei", "ay"},
		{"ai", "ay"},
		{"ay", "ai"},
		{"y", "i"},
		{"i", "y"},
		{"ph", "f"},
		{"f", "ph"},
		{"th", "t"},
		{"dh", "d"},
		{"gh", "g"},
		{"z", "s"},
		{"s", "z"},
		{"ss", "s"},
		{"mm", "m"},
		{"ll", "l"},
		{"aa", "a"},
		{"o", "u"},
		{"e", "i"},
		{"i", "e"},
		{"a", "e"},
		{"tch", "ch"},
		{"ch", "tch"},
		{"ts", "tz"},
		{"x", "ks"},
		{"ia", "iya"},
		{"iy", "y"},
		{"ov", "off"},
		{"ev", "eff"},
		{"sky", "ski"},
		{"ah", "a"},
		{"eh", "e"},
	}
}

// respelt writes a name anew: forename first, one habit changed in every word of four letters or more where one can be; "" where none can.
func respelt(rnd *rand.Rand, name string) string {
	last, first, _ := strings.Cut(name, ",")
	ws := append(plainWords(first), plainWords(last)...)
	changed := 0
	for i, w := range ws {
		if len(w) < 4 {
			continue
		}
		all := habits()
		rnd.Shuffle(len(all), func(a, b int) { all[a], all[b] = all[b], all[a] })
		for _, h := range all {
			if strings.Contains(w, h[0]) {
				ws[i] = strings.Replace(w, h[0], h[1], 1)
				changed++
				break
			}
		}
	}
	if changed == 0 {
		return ""
	}
	return strings.Join(ws, " ")
}
