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
	buckets map[uint32]int32 // the newest link of each bucket
	links   []link
	seed    maphash.Seed
	keys    []uint32
	seen    []int32
	first   model.Ref // of the new people: everybody before it was on record already
	left    int       // buckets too full to look through
	found   []pair    // as many as a receipt lists
	pairs   int       // found in all
	queue   chan []newcomer
	done    chan struct{}
}

// newcomer is a person a batch has put on record.
type newcomer struct {
	person *model.Person
	at     place
}

// pair is two people who may be one.
type pair struct {
	newer, older twin
	why          string
}

// link is a person in a bucket, and the link before it or -1.
type link struct{ person, older int32 }

// twin is a person as far as they are compared. A million of them are held at once, so names of other order and aliases are
// held as hashes, and the rest of a name is looked up again for the few that are proposed.
type twin struct {
	number     uint32 // of the ref; 0 in a dry run
	file, line int32
	born       day.Born
	split      uint16 // where the forename begins
	names      string // surname and forename, folded
	words      uint64 // of the name in order, as a hash
	more       *twinMore
}

// twinMore is what not everybody has.
type twinMore struct {
	aliases []uint64
	ids     []model.Identifier
}

func (t *twin) surname() string  { return t.names[:t.split] }
func (t *twin) forename() string { return t.names[t.split:] }

// bucketSize bounds the work: in a fuller bucket only the newest are compared, and the receipt counts such buckets.
const bucketSize = 40

func newTwins() *twins { return &twins{buckets: map[uint32]int32{}, seed: maphash.MakeSeed()} }

// begin compares newcomers beside the import, which has the store to wait for. [twins.end] waits until all have been.
func (ts *twins) begin() {
	ts.queue, ts.done = make(chan []newcomer, 2), make(chan struct{})
	go func() {
		defer close(ts.done)
		for batch := range ts.queue {
			for _, n := range batch {
				ts.add(n)
			}
		}
	}()
}

func (ts *twins) end() {
	if ts.queue != nil {
		close(ts.queue)
		<-ts.done
		ts.queue = nil
	}
}

func (ts *twins) twinOf(p *model.Person) twin {
	surname, forename := match.Fold(p.Surname), match.Fold(p.Forename)
	if len(surname) > 200 {
		surname = surname[:200]
	}
	t := twin{
		number: uint32(p.Ref.Number()), born: p.Born, split: uint16(len(surname)), //nolint:gosec // bounded above
		names: surname + forename, words: ts.hash(sortedWords(surname + " " + forename)),
	}
	var more twinMore
	for _, id := range p.IDs {
		if !rowNumber(p, id) {
			more.ids = append(more.ids, id)
		}
	}
	for _, a := range p.Aliases[:min(len(p.Aliases), 12)] {
		if words := sortedWords(match.Fold(a.Name)); strings.Contains(words, " ") { // a nickname is shared by too many
			more.aliases = append(more.aliases, ts.hash(words))
		}
	}
	if len(more.ids)+len(more.aliases) > 0 {
		t.more = &more
	}
	return t
}

func (ts *twins) hash(s string) uint64 { return maphash.String(ts.seed, s) }

// rowNumber reports whether a number only says which row of a list the person is: two lists may count alike.
func rowNumber(p *model.Person, id model.Identifier) bool {
	return slices.ContainsFunc(p.Sources, func(o model.Origin) bool {
		scheme, value, _ := strings.Cut(o.Key, ":")
		return value == id.Value && strings.EqualFold(scheme, id.Scheme)
	})
}

func (t *twin) aliases() []uint64 {
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
func (ts *twins) add(n newcomer) {
	t := ts.twinOf(n.person)
	t.file, t.line = int32(n.at.file), int32(n.at.line) //nolint:gosec // a file has fewer rows than that
	if ts.first == "" {
		ts.first = n.person.Ref
	}
	keys := ts.keysOf(&t)
	ts.compare(&t, keys, false)
	person := int32(len(ts.people)) //nolint:gosec // a file has fewer rows than that
	ts.people = append(ts.people, t)
	for _, key := range keys {
		newest, ok := ts.buckets[key]
		if !ok {
			newest = -1
		}
		ts.buckets[key] = int32(len(ts.links)) //nolint:gosec // a few times the rows
		ts.links = append(ts.links, link{person, newest})
	}
}

// compare looks at a person beside the new people in their buckets. An old one was on record before them.
func (ts *twins) compare(t *twin, keys []uint32, old bool) {
	ts.seen = ts.seen[:0]
	for _, key := range keys {
		at, ok := ts.buckets[key]
		if !ok {
			continue
		}
		n := 0
		for ; at >= 0 && n < bucketSize; at, n = ts.links[at].older, n+1 {
			person := ts.links[at].person
			if slices.Contains(ts.seen, person) {
				continue
			}
			ts.seen = append(ts.seen, person)
			if why := alike(&ts.people[person], t); why != "" {
				ts.propose(&ts.people[person], t, why, old)
			}
		}
		if at >= 0 {
			ts.left++
		}
	}
}

func (ts *twins) propose(a, b *twin, why string, old bool) {
	ts.pairs++
	if len(ts.found) >= listed {
		return
	}
	if old {
		a, b = b, a
	}
	ts.found = append(ts.found, pair{newer: *b, older: *a, why: why})
}

// keysOf lists the buckets a person belongs in, each once.
func (ts *twins) keysOf(t *twin) []uint32 {
	ts.keys = ts.keys[:0]
	surname, forename := t.surname(), t.forename()
	from, to := years(t.born)
	heard := ts.hash(sound(surname, forename))
	for y := from; y <= to; y++ {
		ts.key("sound", y, heard)
	}
	ts.key("name", 0, t.words)
	for _, a := range t.aliases() {
		ts.key("name", 0, a)
	}
	if t.born.Day > 0 {
		on := (int(t.born.Year)*16+int(t.born.Month))*32 + int(t.born.Day)
		for _, name := range []string{surname, forename} {
			if name != "" {
				ts.key("day", on, ts.hash(initial(name)))
			}
		}
	}
	for _, id := range t.ids() {
		ts.key(id.Scheme, 0, ts.hash(id.Value))
	}
	slices.Sort(ts.keys)
	return slices.Compact(ts.keys)
}

// key adds a bucket. Two that happen to share a key cost a comparison and nothing else.
func (ts *twins) key(kind string, n int, h uint64) {
	h ^= ts.hash(kind) * 31
	h ^= uint64(n) * 0x9e3779b97f4a7c15 //nolint:gosec // a hash may wrap round
	h ^= h >> 32
	ts.keys = append(ts.keys, uint32(h)) //nolint:gosec // half of the hash is enough
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

// findTwins compares the new people with those who were on record before, and lists the proposals. New people have the
// highest numbers.
func (im *importer) findTwins(ctx context.Context) error {
	ts := im.twins
	ts.end()
	if len(ts.people) == 0 {
		return nil
	}
	im.report("comparing", len(im.Files)-1)
	n := 0
	return im.store.Read(ctx, func(r store.Reader) error {
		err := r.Each(model.KindPerson, "", func(rec model.Record, err error) bool {
			p, ok := rec.(*model.Person)
			if err != nil || !ok {
				return true
			}
			if p.Ref == ts.first {
				return false
			}
			t := ts.twinOf(p)
			ts.compare(&t, ts.keysOf(&t), true)
			n++
			return n%4096 != 0 || ctx.Err() == nil
		})
		im.Found, im.Crowded = ts.pairs, ts.left
		for _, p := range ts.found {
			im.Duplicates = append(im.Duplicates, Proposal{New: im.party(r, &p.newer), Other: im.party(r, &p.older), Why: p.why})
		}
		return err
	})
}

// party is one side of a proposal, with the name as it stands on record.
func (im *importer) party(r store.Reader, t *twin) Party {
	p := Party{Name: model.FullName(t.surname(), t.forename()), Born: t.born}
	if t.line > 0 {
		p.File, p.Line = im.Files[t.file].Name, int(t.line)
	}
	if t.number == 0 {
		return p
	}
	p.Ref = model.NewRef(model.KindPerson, uint64(t.number))
	if rec, err := r.Record(p.Ref); err == nil {
		if person, ok := rec.(*model.Person); ok {
			p.Name = person.Name()
		}
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
	as, af, bs, bf := a.surname(), a.forename(), b.surname(), b.forename()
	switch {
	case as == bs && af == bf:
		return theSameName
	case as == bf && af == bs:
		return "surname and forename swapped"
	case as == bs && oneEdit(af, bf), af == bf && oneEdit(as, bs):
		return oneLetter
	case a.words == b.words:
		return "the same names in another order"
	case slices.Contains(a.aliases(), b.words), slices.Contains(b.aliases(), a.words):
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
