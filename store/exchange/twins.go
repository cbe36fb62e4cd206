package exchange

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"

	"pou/model"
	"pou/model/day"
	"pou/model/match"
	"pou/store"
)

// Proposal is two people who may be one, and why. Nobody is merged: an officer looks at both and decides.
type Proposal struct {
	New   Party  `json:"new"`
	Other Party  `json:"other"`
	Why   string `json:"why"`
}

// Party is one side of a proposal: a record or, in a dry run, a line.
type Party struct {
	Ref  model.Ref `json:"ref,omitempty"`
	File string    `json:"file,omitempty"`
	Line int       `json:"line,omitempty"`
	Name string    `json:"name"`
	Born day.Born  `json:"born,omitzero"`
}

// twins looks for probable duplicates of new people. Comparing everybody with everybody would take for ever, so people are
// compared within buckets only: those who share the words of a name or alias, its sound and a year of birth, a day of birth and an
// initial, or a number such as a passport's.
type twins struct {
	people  []twin
	buckets map[uint64]bucket
	links   []link
	seed    maphash.Seed
	keys    []uint64
	seen    []int32
	first   model.Ref // of the new people: everybody before it was on record already
	left    int       // comparisons left out in full buckets
}

// bucket is a chain of people, newest first.
type bucket struct{ newest, size int32 }

type link struct{ person, older int32 }

// twin is a person as far as they are compared. A million of them are held at once.
type twin struct {
	ref               model.Ref
	file, line        int32
	born              day.Born
	name              string
	surname, forename string // folded
	more              *twinMore
}

// twinMore is what few people have.
type twinMore struct {
	words   string   // of the name, in order
	aliases []string // the words of each
	ids     []model.Identifier
}

// bucketSize bounds the work: in a fuller bucket only the newest are compared, and the receipt counts the rest.
const bucketSize = 40

func newTwins() *twins { return &twins{buckets: map[uint64]bucket{}, seed: maphash.MakeSeed()} }

func twinOf(p *model.Person) twin {
	t := twin{ref: p.Ref, born: p.Born, name: p.Name(), surname: match.Fold(p.Surname), forename: match.Fold(p.Forename)}
	if len(p.Aliases)+len(p.IDs) == 0 {
		return t
	}
	more := twinMore{words: sortedWords(t.surname + " " + t.forename)}
	for _, id := range p.IDs {
		if !rowNumber(p, id) {
			more.ids = append(more.ids, id)
		}
	}
	for _, a := range p.Aliases[:min(len(p.Aliases), 12)] {
		if words := sortedWords(match.Fold(a.Name)); strings.Contains(words, " ") { // a nickname is shared by too many
			more.aliases = append(more.aliases, words)
		}
	}
	if len(more.ids)+len(more.aliases) > 0 {
		t.more = &more
	}
	return t
}

// rowNumber reports whether a number only says which row of a list the person is: two lists may count alike.
func rowNumber(p *model.Person, id model.Identifier) bool {
	return slices.ContainsFunc(p.Sources, func(o model.Origin) bool {
		scheme, value, _ := strings.Cut(o.Key, ":")
		return value == id.Value && strings.EqualFold(scheme, id.Scheme)
	})
}

// words are the words of the name in order.
func (t *twin) words() string {
	if t.more != nil {
		return t.more.words
	}
	return sortedWords(t.surname + " " + t.forename)
}

func (t *twin) aliases() []string {
	if t.more == nil {
		return nil
	}
	return t.more.aliases
}

func (t *twin) ids() []model.Identifier {
	if t.more == nil {
		return nil
	}
	return t.more.ids
}

// add takes a new person and compares them with the new people before them.
func (ts *twins) add(p *model.Person, file, line int, found func(a, b *twin, why string)) {
	t := twinOf(p)
	t.file, t.line = int32(file), int32(line) //nolint:gosec // a file has fewer rows than that
	if ts.first == "" {
		ts.first = p.Ref
	}
	keys := ts.keysOf(&t)
	ts.compare(&t, keys, found)
	n := int32(len(ts.people)) //nolint:gosec // a file has fewer rows than that
	ts.people = append(ts.people, t)
	for _, key := range keys {
		b, ok := ts.buckets[key]
		if !ok {
			b.newest = -1
		}
		ts.links = append(ts.links, link{n, b.newest})
		ts.buckets[key] = bucket{int32(len(ts.links) - 1), b.size + 1} //nolint:gosec // a few times the rows
	}
}

// compare looks at a person beside the new people in their buckets.
func (ts *twins) compare(t *twin, keys []uint64, found func(a, b *twin, why string)) {
	ts.seen = ts.seen[:0]
	for _, key := range keys {
		b, ok := ts.buckets[key]
		if !ok {
			continue
		}
		ts.left += max(0, int(b.size)-bucketSize)
		for at, n := b.newest, 0; at >= 0 && n < bucketSize; at, n = ts.links[at].older, n+1 {
			person := ts.links[at].person
			if slices.Contains(ts.seen, person) {
				continue
			}
			ts.seen = append(ts.seen, person)
			if why := alike(&ts.people[person], t); why != "" {
				found(&ts.people[person], t, why)
			}
		}
	}
}

// keysOf lists the buckets a person belongs in, each once.
func (ts *twins) keysOf(t *twin) []uint64 {
	ts.keys = ts.keys[:0]
	b := t.born
	from, to := years(b)
	for y := from; y <= to; y++ {
		ts.key("sound", y, sound(t.surname, t.forename))
	}
	ts.key("name", 0, t.words())
	for _, a := range t.aliases() {
		ts.key("name", 0, a)
	}
	if b.Day > 0 {
		day := (int(b.Year)*16+int(b.Month))*32 + int(b.Day)
		ts.key("day", day, initial(t.surname))
		ts.key("day", day, initial(t.forename))
	}
	for _, id := range t.ids() {
		ts.key(id.Scheme, 0, id.Value)
	}
	slices.Sort(ts.keys)
	return slices.Compact(ts.keys)
}

func (ts *twins) key(kind string, n int, text string) {
	if text == "" || text == "/" {
		return
	}
	h := maphash.String(ts.seed, text) ^ maphash.String(ts.seed, kind)*31
	ts.keys = append(ts.keys, h^uint64(n)*0x9e3779b97f4a7c15) //nolint:gosec // a hash may wrap round
}

// years is the span of years a date of birth may lie in, 0 to 0 when it is not known. It is kept short: a person born some
// time in fifty years is everybody's twin.
func years(b day.Born) (from, to int) {
	from, to = int(b.Year), max(int(b.Year), int(b.To))
	if b.Circa {
		from, to = from-day.CircaYears, to+day.CircaYears
	}
	return from, min(to, from+10)
}

func initial(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// sortedWords puts the words of a folded name in order, so that it does not matter which of them is the surname.
func sortedWords(s string) string {
	w := match.Tokens(s)
	slices.Sort(w)
	out := ""
	for _, x := range w {
		out = joined(out, x, " ")
	}
	return out
}

// sound is what is left of a name when the letters people mistake are taken out: the first letter and the consonants after
// it, alike ones once. The names stand in order, so that a surname and forename swapped sound the same.
func sound(surname, forename string) string {
	a, b := consonants(surname), consonants(forename)
	if b < a {
		a, b = b, a
	}
	return a + "/" + b
}

func consonants(s string) string {
	var out [6]byte
	n := 0
	last := byte(0)
	for i := 0; i < len(s) && n < len(out); i++ {
		c := class(s[i])
		switch {
		case s[i] == ' ':
			continue
		case n == 0:
			c = s[i]
		case c == 0 || c == last:
			last = c
			continue
		}
		out[n] = c
		last = class(s[i])
		n++
	}
	return string(out[:n])
}

// class groups the consonants as Soundex does; 0 for vowels and the letters nobody hears.
func class(c byte) byte {
	switch c {
	case 'b', 'f', 'p', 'v':
		return '1'
	case 'c', 'g', 'j', 'k', 'q', 's', 'x', 'z':
		return '2'
	case 'd', 't':
		return '3'
	case 'l':
		return '4'
	case 'm', 'n':
		return '5'
	case 'r':
		return '6'
	case 'a', 'e', 'i', 'o', 'u', 'y', 'h', 'w':
		return 0
	}
	return c
}

// findTwins compares the new people with those who were on record before. New people have the highest numbers.
func (im *importer) findTwins(ctx context.Context) error {
	ts := im.twins
	if len(ts.people) == 0 {
		return nil
	}
	im.report("comparing", len(im.Files)-1)
	n := 0
	err := im.store.Read(ctx, func(r store.Reader) error {
		return r.Each(model.KindPerson, "", func(rec model.Record, err error) bool {
			p, ok := rec.(*model.Person)
			if err != nil || !ok {
				return true
			}
			if p.Ref == ts.first {
				return false
			}
			t := twinOf(p)
			ts.compare(&t, ts.keysOf(&t), func(newcomer, there *twin, why string) { im.propose(there, newcomer, why) })
			n++
			return n%4096 != 0 || ctx.Err() == nil
		})
	})
	im.Crowded = ts.left
	return err
}

func (im *importer) propose(a, b *twin, why string) {
	im.Found++
	if len(im.Duplicates) < listed {
		im.Duplicates = append(im.Duplicates, Proposal{New: im.party(b), Other: im.party(a), Why: why})
	}
}

func (im *importer) party(t *twin) Party {
	p := Party{Ref: t.ref, Name: t.name, Born: t.born}
	if t.line > 0 {
		p.File, p.Line = im.Files[t.file].Name, int(t.line)
	}
	return p
}

// alike says why two people may be one, or "".
func alike(a, b *twin) string {
	if id, ok := sharedID(a, b); ok {
		return "the same " + id.Scheme + " number"
	}
	fits := a.born.Fits(b.born)
	exact := a.born == b.born && a.born.Day > 0
	names := alikeNames(a, b)
	switch {
	case names == "":
		return ""
	case exact:
		return names + ", the same date of birth"
	case names == oneLetter:
		return ""
	case a.born.IsZero() || b.born.IsZero():
		return names + ", a date of birth is missing"
	case fits:
		return names + ", dates of birth that fit"
	case names == theSameName && nearly(a.born, b.born):
		return names + ", dates of birth one slip apart"
	}
	return ""
}

func sharedID(a, b *twin) (model.Identifier, bool) {
	theirs := b.ids()
	for _, id := range a.ids() {
		if slices.Contains(theirs, id) {
			return id, true
		}
	}
	return model.Identifier{}, false
}

const (
	theSameName = "the same name"
	oneLetter   = "names one letter apart"
)

func alikeNames(a, b *twin) string {
	switch {
	case a.surname == b.surname && a.forename == b.forename:
		return theSameName
	case a.surname == b.forename && a.forename == b.surname:
		return "surname and forename swapped"
	case a.surname == b.surname && oneEdit(a.forename, b.forename), a.forename == b.forename && oneEdit(a.surname, b.surname):
		return oneLetter
	}
	if a.more == nil && b.more == nil {
		return ""
	}
	one, other := a.words(), b.words()
	switch {
	case one == other:
		return theSameName
	case slices.Contains(a.aliases(), other) || slices.Contains(b.aliases(), one):
		return "the name of one is an alias of the other"
	}
	return ""
}

// nearly reports whether two days of birth are one slip apart: day and month swapped, or one of day, month and year different.
func nearly(a, b day.Born) bool {
	if a.Day == 0 || b.Day == 0 {
		return false
	}
	if a.Year == b.Year && a.Month == b.Day && a.Day == b.Month {
		return true
	}
	n := 0
	for _, same := range []bool{a.Year == b.Year, a.Month == b.Month, a.Day == b.Day} {
		if !same {
			n++
		}
	}
	return n == 1
}

// oneEdit reports whether one letter put in, left out, changed or swapped with its neighbour turns a into b.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || len(b) < 3 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(a) < len(b):
		return a[i:] == b[i+1:]
	case i == len(a):
		return true
	case a[i+1:] == b[i+1:]:
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
