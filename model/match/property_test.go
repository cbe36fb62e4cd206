package match_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pou/model/match"
)

// luck is a random source whose seed is printed, so that a failure can be run again.
func luck(t *testing.T) *town {
	t.Helper()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	return newTown(rand.New(rand.NewPCG(seed, 0)))
}

// misspelling changes, drops, doubles or swaps a letter.
func misspelling(r *town, word string) string {
	if len(word) < 4 || strings.ContainsAny(word, "0123456789") { // the letters of a code are not guessed at
		return word
	}
	i := r.IntN(len(word) - 1)
	switch r.IntN(4) {
	case 0:
		return word[:i] + string(rune('a'+r.IntN(26))) + word[i+1:]
	case 1:
		return word[:i] + word[i+1:]
	case 2:
		return word[:i] + word[i:i+1] + word[i:]
	}
	return word[:i] + word[i+1:i+2] + word[i:i+1] + word[i+2:]
}

func TestACompleteNameAlwaysComesFirst(t *testing.T) {
	t.Parallel()
	r := luck(t)
	x := match.NewIndex()
	names := map[uint32]string{}
	for id := uint32(1); id <= 2000; id++ {
		texts := r.person(int(id))
		if r.IntN(10) == 0 { // names that are parts and twins of others
			words := match.Tokens(names[1+uint32(r.IntN(int(id)))] + " John Ali")
			r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
			texts[0] = strings.Join(words, " ")
		}
		names[id] = match.Fold(texts[0])
		x.Put(id, named(texts...))
	}
	for id, name := range names {
		hits := x.Find(name, 10)
		if len(hits) == 0 || names[hits[0].ID] != name || hits[0].ID > id || hits[0].Why != "exact" || !hits[0].Exact {
			t.Errorf("%q (%d) finds %v first", name, id, hits)
		}
	}
}

func TestAMisspeltLetterInEachNameStillFinds(t *testing.T) {
	t.Parallel()
	r := luck(t)
	x := match.NewIndex()
	names := map[uint32][]string{}
	for id := uint32(1); id <= 3000; id++ {
		texts := r.person(int(id))
		names[id] = match.Tokens(texts[0])
		x.Put(id, named(texts...))
	}
	missed := 0
	for id := uint32(1); id <= 300; id++ {
		var query []string
		for _, w := range names[id] {
			query = append(query, misspelling(r, w))
		}
		hits := x.Find(strings.Join(query, " "), 3000)
		if rankOf(hits, id) == 0 {
			t.Errorf("%q does not find %q among %d", query, names[id], len(hits))
		}
		if rank := rankOf(hits, id); rank > 5 {
			missed++
		}
	}
	if missed > 15 {
		t.Errorf("%d of 300 are not among the first five", missed)
	}
}

func TestAnotherWordThatMatchesNeverLosesTheBest(t *testing.T) {
	t.Parallel()
	r := luck(t)
	x := match.NewIndex()
	texts := map[uint32][]string{}
	for id := uint32(1); id <= 1500; id++ {
		texts[id] = r.person(int(id))
		x.Put(id, match.Named(texts[id][0], texts[id][1:]...))
	}
	for range 400 {
		id := 1 + uint32(r.IntN(1500))
		words := remembered(texts[id])
		query := shortened(r, misspelling(r, words[r.IntN(len(words))]))
		hits := x.Find(query, 20)
		if len(hits) == 0 {
			continue
		}
		best := hits[0].ID
		own := remembered(texts[best])
		more := query + " " + shortened(r, own[r.IntN(len(own))])
		if after := x.Find(more, 1500); rankOf(after, best) == 0 {
			t.Errorf("%q finds %q first, %q does not find it", query, texts[best], more)
		}
	}
}

// remembered is what a person may be asked for by: each word of a name, any other text whole.
func remembered(texts []string) []string {
	words := match.Tokens(texts[0])
	for _, t := range texts[1:] {
		if strings.ContainsAny(t, "0123456789") {
			words = append(words, t)
		} else {
			words = append(words, match.Tokens(t)...)
		}
	}
	return words
}

// shortened is sometimes only the beginning of a word.
func shortened(r *town, word string) string {
	if r.IntN(3) == 0 && !strings.ContainsAny(word, "0123456789") {
		return word[:1+r.IntN(len(word))]
	}
	return word
}

func TestAnIndexThatChangedIsTheIndexBuiltAnew(t *testing.T) {
	t.Parallel()
	r := luck(t)
	x := match.NewIndex()
	held := map[uint32][]string{}
	for range 12_000 {
		id := uint32(r.IntN(600)) * 7_000_003
		switch r.IntN(5) {
		case 0:
			delete(held, id)
			x.Drop(id)
		case 1:
			held[id] = nil
			x.Put(id, match.Doc{})
		default:
			held[id] = r.person(r.IntN(1000))
			x.Put(id, match.Named(held[id][0], held[id][1:]...))
		}
	}
	anew := match.NewIndex()
	for id, texts := range held {
		if texts == nil {
			texts = []string{""}
		}
		anew.Put(id, match.Named(texts[0], texts[1:]...))
	}
	if x.Len() != len(held) || anew.Len() != len(held) {
		t.Fatalf("%d and %d documents, want %d", x.Len(), anew.Len(), len(held))
	}
	for _, query := range changedQueries(r) {
		got, want := x.Find(query, 12), anew.Find(query, 12)
		if !equalHits(got, want) {
			t.Errorf("%q finds\n%v\nwant\n%v", query, got, want)
		}
	}
	for id := range held {
		x.Drop(id)
	}
	if hits := x.Find("john", 5); x.Len() != 0 || len(hits) != 0 {
		t.Errorf("after all are dropped: %d documents, %v", x.Len(), hits)
	}
}

func changedQueries(r *town) []string {
	queries := []string{"j", "0", "son", "p", "se1", "1984", "07700", "qlf", "smithjohn", "o brien"}
	for range 150 {
		texts := r.person(r.IntN(1000))
		words := match.Tokens(strings.Join(texts, " "))
		a, b := words[r.IntN(len(words))], words[r.IntN(len(words))]
		queries = append(queries, a, texts[0], misspelling(r, a)+" "+shortened(r, b), shortened(r, a)+b)
	}
	return queries
}

func TestPuttingTheSameAgainChangesNothing(t *testing.T) {
	t.Parallel()
	x := match.NewIndex()
	for range 3 {
		x.Put(4, match.Named("SMITH, John", "Smith"))
		x.Put(5, match.Named("SMITH, Johanna"))
	}
	if hits := x.Find("smith", 9); x.Len() != 2 || fmt.Sprint(hits) != "[{4 1205 exact true true} {5 966 surname exact true true}]" {
		t.Errorf("%d documents, %v", x.Len(), hits)
	}
	x.Put(4, match.Named("JONES, Paul"))
	x.Drop(5)
	x.Drop(6)
	if hits := x.Find("smith", 9); x.Len() != 1 || len(hits) != 0 {
		t.Errorf("%d documents, %v", x.Len(), hits)
	}
}

func FuzzFind(f *testing.F) {
	x := crowd(300)
	x.Put(1000, match.Named("مُحَمَّد يوسف", "Łukasz Kowalski", strings.Repeat("x", 80), strings.Repeat("ab ", 30), "!!"))
	for _, q := range []string{"", "smith", "jonh smtih", "o brien", "07700", "p-000001", "ж", strings.Repeat("x", 79), "a b c d e f g", "٠", "\xff"} {
		f.Add(q, 10)
	}
	f.Fuzz(func(t *testing.T, query string, limit int) {
		hits := x.Find(query, limit)
		if len(hits) > max(limit, 0) || len(hits) > x.Len() {
			t.Fatalf("%q finds %d, limit %d", query, len(hits), limit)
		}
		seen := map[uint32]bool{}
		for i, h := range hits {
			if h.Why == "" || h.Score <= 0 || seen[h.ID] {
				t.Errorf("%q: place %d is %v", query, i+1, h)
			}
			seen[h.ID] = true
			if i > 0 && (hits[i-1].Score < h.Score || hits[i-1].Score == h.Score && hits[i-1].ID > h.ID) {
				t.Errorf("%q: %v comes before %v", query, hits[i-1], h)
			}
		}
	})
}
