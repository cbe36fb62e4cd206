//go:build bench

package proof

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"pou/model"
	"pou/store"
	"pou/store/bolt"
	"pou/store/exchange"
	"pou/store/memory"
	samples "pou/store/sample"
)

// asked is the number of people in POU_BENCH_PEOPLE, or the usual one.
func asked(t *testing.T, usual int) int {
	t.Helper()
	text := os.Getenv("POU_BENCH_PEOPLE")
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("POU_BENCH_PEOPLE is a number, not %q", text)
	}
	return n
}

// desk is a store of sample people with its search index full.
type desk struct {
	book   *store.Book
	search *store.Search
	filled time.Duration
	memory int64 // of the index alone
	people []*model.Person
}

// sampleDesk makes a store of n sample people and fills the index.
func (s *searchBench) sampleDesk(n int) *desk {
	s.Helper()
	path := filepath.Join(s.TempDir(), "desk.db")
	book := s.book(path)
	if _, err := samples.Fill(context.Background(), book, samples.Options{People: n, Now: book.Now()}, nil); err != nil {
		s.Fatal(err)
	}
	if err := book.Close(); err != nil {
		s.Fatal(err)
	}
	return s.openDesk(path)
}

// book opens a store in this process.
func (s *searchBench) book(path string) *store.Book {
	s.Helper()
	now, err := time.Parse(time.RFC3339, clock)
	if err != nil {
		s.Fatal(err)
	}
	e, err := bolt.Open(path, bolt.Holder{PID: os.Getpid(), User: "bench"})
	if err != nil {
		s.Fatal(err)
	}
	book, err := store.New(context.Background(), e, func() time.Time { return now })
	if err != nil {
		s.Fatal(err)
	}
	return book
}

// openDesk opens a store and fills the index.
func (s *searchBench) openDesk(path string) *desk {
	s.Helper()
	book := s.book(path)
	s.Cleanup(func() { _ = book.Close() }) // only read
	before := heap()
	d := &desk{book: book, search: store.NewSearch(book)}
	begun := time.Now()
	if err := d.search.Fill(context.Background()); err != nil {
		s.Fatal(err)
	}
	d.filled = time.Since(begun)
	d.memory = heap() - before
	return d
}

// read reads everybody.
func (d *desk) read() error {
	return d.book.Read(context.Background(), func(r store.Reader) error {
		return r.Each(model.KindPerson, "", func(rec model.Record, err error) bool {
			if p, ok := rec.(*model.Person); ok && err == nil {
				d.people = append(d.people, p)
			}
			return true
		})
	})
}

// find answers a query for people as the box does.
func (d *desk) find(query string, n int) ([]answered, error) {
	found, err := d.search.Find(context.Background(), query, model.KindPerson, n)
	out := make([]answered, len(found))
	for i, f := range found {
		out[i] = answered{int(f.Ref.Number()) - 1, int(f.Score)} // people are numbered from 1
	}
	return out, err
}

// lines are the people as a fuzzy finder would be given them.
func (d *desk) lines() []string {
	out := make([]string, len(d.people))
	for i, p := range d.people {
		var aliases []string
		for _, a := range p.Aliases {
			aliases = append(aliases, a.Name)
		}
		out[i] = strings.Join([]string{p.Name(), strings.Join(aliases, " / "), string(p.OwnerUnit), p.Born.String(), string(p.Ref)}, " | ")
	}
	return out
}

// slip is a way of getting a name wrong. It returns "" for a name it cannot be done to.
type slip struct {
	name string
	do   func(rnd *rand.Rand, p *model.Person) string
}

func slips() []slip {
	return []slip{
		{"1 edit", func(rnd *rand.Rand, p *model.Person) string { return edited(rnd, p, 1) }},
		{"2 edits", func(rnd *rand.Rand, p *model.Person) string { return edited(rnd, p, 2) }},
		{"2 letters swapped", swapped},
		{"surname first or last, 1 edit", func(rnd *rand.Rand, p *model.Person) string { return edit(rnd, strings.ToLower(p.Name()), 1) }},
		{"a word dropped", dropped},
	}
}

func spoken(p *model.Person) string { return strings.ToLower(p.Forename + " " + p.Surname) }

func edited(rnd *rand.Rand, p *model.Person, n int) string { return edit(rnd, spoken(p), n) }

// edit changes, adds or drops n letters, in words of four letters or more, and never twice in a word of less than seven.
func edit(rnd *rand.Rand, text string, n int) string {
	ws := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,-'", r) })
	hit := make([]bool, len(ws))
	for tries := 0; n > 0; tries++ {
		if tries > 200 {
			return ""
		}
		i := rnd.IntN(len(ws))
		r := []rune(ws[i])
		if len(r) < 4 || hit[i] && len(r) < 7 {
			continue
		}
		at, other := rnd.IntN(len(r)), rune('a'+rnd.IntN(26))
		switch rnd.IntN(3) {
		case 0:
			if r[at] == other {
				continue
			}
			r[at] = other
		case 1:
			r = slices.Insert(r, at, other)
		case 2:
			r = slices.Delete(r, at, at+1)
		}
		ws[i], hit[i] = string(r), true
		n--
	}
	return strings.Join(ws, " ")
}

func swapped(rnd *rand.Rand, p *model.Person) string {
	r := []rune(spoken(p))
	for range 200 {
		i := 1 + rnd.IntN(len(r)-2)
		if unicode.IsLetter(r[i-1]) && unicode.IsLetter(r[i]) && unicode.IsLetter(r[i+1]) && r[i] != r[i+1] {
			r[i], r[i+1] = r[i+1], r[i]
			return string(r)
		}
	}
	return ""
}

// dropped leaves a word of a long name out, or gives the year of birth for the forename.
func dropped(rnd *rand.Rand, p *model.Person) string {
	ws := strings.Fields(strings.ReplaceAll(spoken(p), "-", " "))
	if len(ws) > 2 {
		i := rnd.IntN(len(ws))
		return strings.Join(slices.Delete(ws, i, i+1), " ")
	}
	if p.Born.Year == 0 {
		return ""
	}
	return fmt.Sprintf("%s %d", strings.ToLower(p.Surname), p.Born.Year)
}

// typos looks for sample people by names got wrong. Right is whoever of the query's words is not to be told from the one meant:
// the same name, and the same year where the query has one.
func (s *searchBench) typos() {
	const crowd, each = 100_000, 100
	d := s.sampleDesk(crowd)
	if err := d.read(); err != nil {
		s.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(11, 12))
	var total tally
	var every []sought
	lines := d.lines()
	for _, slip := range slips() {
		var queries []sought
		for len(queries) < each {
			p := d.people[rnd.IntN(len(d.people))]
			if text := slip.do(rnd, p); text != "" {
				queries = append(queries, sought{query: text, right: d.twinsOf(p, text)})
			}
		}
		t := s.seek(d, queries)
		s.add("typos: "+slip.name, t, bars{}, s.others(lines, queries, 20, 20)...)
		total.plus(t)
		every = append(every, queries...)
	}
	s.add(fmt.Sprintf("typos: all, over %d people", crowd), total, bars{0, 0.97}, s.others(lines, every, 100, 100)...)
	s.note("\nTypos not answered in the first five:")
	for _, q := range every {
		if q.top5 < 0.5 {
			first := "nothing"
			if len(q.found) > 0 {
				first = d.people[q.found[0].line].Name()
			}
			s.note("  %s (first: %s)", q.query, first)
		}
	}
}

// twinsOf are the lines that answer a query made of one person's record as well as that person does.
func (d *desk) twinsOf(p *model.Person, query string) func(line int) bool {
	name, byYear := plainWords(p.Name()), strings.HasSuffix(query, fmt.Sprint(p.Born.Year))
	surname, dropped := plainWords(p.Surname), len(plainWords(query)) < len(name)
	return func(line int) bool {
		o := d.people[line]
		switch {
		case byYear:
			return o.Born.Year == p.Born.Year && slices.Equal(plainWords(o.Surname), surname)
		case dropped: // whoever has all the words that are left
			ws := plainWords(o.Name())
			return !slices.ContainsFunc(plainWords(query), func(w string) bool { return !slices.Contains(ws, w) })
		}
		return slices.Equal(plainWords(o.Name()), name)
	}
}

// febrl imports people of whom half are the other half garbled, and counts the pairs that the import proposes.
func (s *searchBench) febrl() {
	all := s.rows("febrl1", "dataset1.csv")
	truth := map[[2]string]bool{}
	byNumber := map[string][]string{}
	for _, r := range all[1:] {
		number := strings.Split(r[0], "-")[1]
		for _, other := range byNumber[number] {
			truth[ordered(other, r[0])] = true
		}
		byNumber[number] = append(byNumber[number], r[0])
	}
	s.pairs("Febrl 1: pairs proposed at import", all, truth)
	for i := range all {
		all[i] = all[i][:len(all[i])-1]
	}
	s.pairs("  without the social security number", all, truth)
}

func (s *searchBench) pairs(what string, all [][]string, truth map[[2]string]bool) {
	s.Helper()
	proposed, err := pairsOf(all)
	if err != nil {
		s.Fatal(err)
	}
	right := 0
	var lost, wrong []string
	for p := range proposed {
		if truth[p] {
			right++
		} else {
			wrong = append(wrong, p[0]+" with "+p[1])
		}
	}
	for p := range truth {
		if !proposed[p] {
			lost = append(lost, p[0]+" with "+p[1])
		}
	}
	found, precision := float64(right)/float64(len(truth)), float64(right)/float64(max(1, len(proposed)))
	line := []string{
		what, fmt.Sprint(len(truth)), fmt.Sprintf("found %.3f", found), fmt.Sprintf("precision %.3f", precision),
		">= 0.98, >= 0.95", yes(found >= 0.98 && precision >= 0.95),
	}
	s.Log(strings.Join(line, "  "))
	s.table = append(s.table, line)
	slices.Sort(lost)
	slices.Sort(wrong)
	s.note("\n%s: %d not proposed, such as %s; %d proposed wrongly, such as %s", what, len(lost), few(lost), len(wrong), few(wrong))
}

func few(list []string) string { return strings.Join(list[:min(4, len(list))], ", ") }

func ordered(a, b string) [2]string {
	if b < a {
		a, b = b, a
	}
	return [2]string{a, b}
}

// pairsOf imports rows of Febrl, the first of which names the columns, and returns which of them the receipts propose as one. A
// receipt lists a hundred proposals, so the rows come a few at a time.
func pairsOf(all [][]string) (map[[2]string]bool, error) {
	now, err := time.Parse(time.RFC3339, clock)
	if err != nil {
		return nil, err
	}
	book, err := store.New(context.Background(), memory.New(), func() time.Time { return now })
	if err != nil {
		return nil, err
	}
	officer := &model.Officer{Name: "ADEYEMI, Folake", Rank: "DI", Unit: "SW", Roles: []model.Role{model.RoleAdmin, model.RoleLead}}
	officer.Ref = lead
	if _, err := book.Collect(context.Background(), lead, "store.init", model.Batch{Records: []model.Record{officer}}); err != nil {
		return nil, err
	}
	out := map[[2]string]bool{}
	id := map[model.Ref]string{}
	for rows := range slices.Chunk(all[1:], 20) {
		var text bytes.Buffer
		_ = csv.NewWriter(&text).WriteAll(append([][]string{all[0]}, rows...)) // into memory
		receipt, err := exchange.Run(context.Background(), book, exchange.Job{Files: []string{"febrl.csv"}, Who: lead, Open: func(string) (io.ReadCloser, error) {
			return io.NopCloser(&text), nil
		}}, nil)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			id[model.NewRef(model.KindPerson, uint64(len(id)+1))] = r[0]
		}
		if receipt.Total.Kept != len(rows) || receipt.Found > len(receipt.Duplicates) {
			return nil, fmt.Errorf("the import kept %d of %d rows and lists %d of %d proposals: %v", receipt.Total.Kept, len(rows), len(receipt.Duplicates), receipt.Found, receipt.Rejected)
		}
		for _, d := range receipt.Duplicates {
			out[ordered(id[d.New.Ref], id[d.Other.Ref])] = true
		}
	}
	return out, nil
}
