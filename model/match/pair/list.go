package pair

import (
	"math"
	"strings"

	"pou/model/day"
)

// List holds people and finds the likely pairs among them. It is for one goroutine.
//
// Comparing everybody with everybody would take for ever, so people are compared only when they share a key: the words or the
// sound of a name, a birthday and an initial, a postcode and an initial, a house and its street, a phone, a plate or a number.
// Where too many share a key only the newest are compared, and [List.Left] counts how often.
type List struct {
	crowd    Crowd
	profiles []profile
	glances  []glance         // of each, close together
	names    map[uint32]int32 // how many bear a word
	heads    []int32          // the newest link of each key, by the last bits of the key
	links    [][]link
	linked   int
	met      []uint32 // for each person, the serial of the last one they were held against
	serial   uint32
	left     int
	keys     []key
	mine     open
	theirs   open
}

// link is a person under a key, and the link before it or -1.
type link struct {
	key           uint32
	person, older int32
}

// Twin is somebody who may be the same person.
type Twin struct {
	At   int     // whom, counted from 0 in the order they were added
	Bits float64 // of evidence, before it is known among how many; see [List.Score]
	Kin  bool    // a twin, or a parent of the same name, would look the same
}

// key is what people share who are compared. A strong one may find them under names that have nothing in common.
type key struct {
	hash   uint32
	strong bool
}

const (
	bucketSize = 12 // people compared under one key; what more share singles nobody out, and other keys are narrower
	chunkBits  = 14 // links are held in chunks, so that a list that grows is not copied
	chunk      = 1 << chunkBits
	sureBits   = 100 // one number: enough among any number of people
)

// NewList returns an empty list.
func NewList() *List {
	l := &List{names: map[uint32]int32{}, heads: make([]int32, 1<<10)}
	l.clearHeads()
	l.crowd.Count = func(word string) int { return int(l.names[hash(word)]) }
	return l
}

func (l *List) clearHeads() {
	for i := range l.heads {
		l.heads[i] = -1
	}
}

// Len is how many people are on the list.
func (l *List) Len() int { return len(l.profiles) }

// Left counts the times a key was shared by too many to compare them all.
func (l *List) Left() int { return l.left }

// Add puts somebody on the list and appends to out who of those before them may be the same.
func (l *List) Add(p Person, out []Twin) []Twin {
	prof := newProfile(p)
	keys := l.keysOf(&prof)
	out = l.compare(&prof, keys, out)
	person := int32(len(l.profiles)) //nolint:gosec // memory ends before
	l.profiles = append(l.profiles, prof)
	l.glances = append(l.glances, prof.glance)
	l.met = append(l.met, 0)
	l.crowd.Listed, l.crowd.People = len(l.profiles), len(l.profiles)
	for _, n := range []*name{&l.mine.surname, &l.mine.forename} {
		for _, w := range n.words[:n.n] {
			l.names[hash(w)]++
		}
	}
	for _, k := range keys {
		l.link(k.hash, person)
	}
	return out
}

// Beside appends to out who on the list may be the same as somebody who is not on it.
func (l *List) Beside(p Person, out []Twin) []Twin {
	prof := newProfile(p)
	return l.compare(&prof, l.keysOf(&prof), out)
}

// Score makes evidence a score, among so many people.
func (l *List) Score(t Twin, people int) int {
	c := Crowd{People: people}
	return int(math.Round(100 / (1 + math.Exp2(-(t.Bits + c.before())))))
}

// Verdict weighs somebody on the list and somebody who need not be, with the reasons, among so many people.
func (l *List) Verdict(at int, other Person, people int) Verdict {
	c := l.crowd
	c.People = people
	prof := newProfile(other)
	return c.compare(&l.profiles[at], &prof)
}

// Between weighs two people on the list, with the reasons, among so many people.
func (l *List) Between(a, b, people int) Verdict {
	c := l.crowd
	c.People = people
	return c.compare(&l.profiles[a], &l.profiles[b])
}

// Found is a pair of a list of people.
type Found struct {
	A, B int // where they stand, A before B
	Verdict
}

// Duplicates finds all likely pairs among people.
func Duplicates(people []Person) []Found {
	l := NewList()
	type candidate struct{ a, b int }
	var all []candidate
	var twins []Twin
	for i, p := range people {
		twins = l.Add(p, twins[:0])
		for _, t := range twins {
			all = append(all, candidate{t.At, i})
		}
	}
	var out []Found
	for _, c := range all {
		if v := l.Between(c.a, c.b, len(people)); v.Likely() {
			out = append(out, Found{A: c.a, B: c.b, Verdict: v})
		}
	}
	return out
}

func (l *List) at(n int32) *link { return &l.links[n>>chunkBits][n&(chunk-1)] }

func (l *List) head(key uint32) *int32 { return &l.heads[key&uint32(len(l.heads)-1)] } //nolint:gosec // a power of two

func (l *List) link(key uint32, person int32) {
	if l.linked == len(l.heads) {
		l.widen()
	}
	if l.linked%chunk == 0 {
		l.links = append(l.links, make([]link, 0, chunk))
	}
	last := &l.links[len(l.links)-1]
	head := l.head(key)
	*last = append(*last, link{key, person, *head})
	*head = int32(l.linked) //nolint:gosec // memory ends before
	l.linked++
}

// widen doubles the heads and strings the links up again, oldest first.
func (l *List) widen() {
	l.heads = make([]int32, 2*len(l.heads))
	l.clearHeads()
	for i := range int32(l.linked) { //nolint:gosec // memory ends before
		x := l.at(i)
		head := l.head(x.key)
		x.older, *head = *head, i
	}
}

// compare holds somebody against the people under their keys.
func (l *List) compare(p *profile, keys []key, out []Twin) []Twin {
	l.serial++
	l.mine.read(p)
	before, names := l.crowd.before(), l.crowd.ceiling(&l.mine)
	for _, k := range keys {
		n := 0
		for at := *l.head(k.hash); at >= 0; {
			x := l.at(at)
			at = x.older
			if x.key != k.hash {
				continue
			}
			if n++; n > bucketSize {
				l.left++
				break
			}
			if l.met[x.person] == l.serial || !k.strong && !p.alike(&l.glances[x.person]) {
				continue
			}
			l.met[x.person] = l.serial
			if !p.hopeful(&l.glances[x.person], names, -before) {
				continue
			}
			if t, ok := l.likely(int(x.person), before); ok {
				out = append(out, t)
			}
		}
	}
	return out
}

// likely weighs the one at hand against somebody on the list.
func (l *List) likely(at int, before float64) (t Twin, ok bool) {
	l.theirs.read(&l.profiles[at])
	w, ok := l.crowd.weighUnless(&l.mine, &l.theirs, -before)
	if !ok || w.score(before) < Likely {
		return t, false
	}
	t = Twin{At: at, Bits: w.bits(), Kin: !w.sure && (w.births.off || w.names.forename.how == otherName)}
	if w.sure {
		t.Bits = max(t.Bits, sureBits)
	}
	return t, true
}

// keysOf lists the keys somebody is looked for under, each once. Two that happen to be the same cost a comparison and nothing else.
func (l *List) keysOf(p *profile) []key {
	l.mine.read(p)
	k := keyring{keys: l.keys[:0]}
	k.names(&l.mine)
	k.births(&l.mine)
	for _, place := range l.mine.places {
		k.place(&l.mine, place)
	}
	k.numbers(&l.mine)
	l.keys = k.once()
	return l.keys
}

// keyring collects keys.
type keyring struct{ keys []key }

func (k *keyring) add(kind, a, b string, n int, strong bool) {
	h := hashMore(hashMore(hashMore(offset, kind), a), b)
	h = (h ^ uint64(n)) * prime //nolint:gosec // a hash may wrap round
	h ^= h >> 29
	k.keys = append(k.keys, key{uint32(h ^ h>>32), strong}) //nolint:gosec // half of the hash is enough
}

func (k *keyring) once() []key {
	out := k.keys[:0]
next:
	for _, x := range k.keys {
		for _, had := range out {
			if x.hash == had.hash {
				continue next
			}
		}
		out = append(out, x)
	}
	return out
}

func (k *keyring) names(o *open) {
	k.add("words", strings.Join(sorted(o.surname, o.forename), " "), "", 0, true)
	for i := range o.aliases {
		k.add("words", strings.Join(sorted(o.aliases[i]), " "), "", 0, true)
	}
}

// births is the keys of sound and birth: the names, with the year and without, the surname and the birthday, the day and an initial.
func (k *keyring) births(o *open) {
	surname, forename := consonants(o.surname.text), consonants(o.forename.text)
	first, second := surname, forename
	if second < first {
		first, second = second, first
	}
	k.add("heard", first, second, 0, false)
	inYears, onDays := bornKeys(o.profile)
	for _, y := range inYears {
		k.add("heard", first, second, y, false)
	}
	for _, on := range onDays {
		k.add("day", initial(o.surname.text), "", on, false)
		k.add("day", initial(o.forename.text), "", on, false)
		k.add("birthday", surname, "", on%1024, false)
	}
}

func (k *keyring) numbers(o *open) {
	for _, n := range o.phones {
		k.add("number", n, "", 0, true)
		o.mark(markPhone, phonesMost, k.last())
	}
	for _, n := range o.plates {
		k.add("number", n, "", 0, true)
		o.mark(markPlate, platesMost, k.last())
	}
	for _, n := range o.numbered {
		k.add("number", n, "", 0, true)
		o.mark(markID, idsMost, k.last())
	}
}

// last is the key added last.
func (k *keyring) last() uint32 { return k.keys[len(k.keys)-1].hash }

func (k *keyring) place(o *open, p Place) {
	if p.Postcode != "" {
		k.add("post", p.Postcode, initial(o.forename.text), 0, false)
		o.mark(markPost, postsMost, hash(p.Postcode))
	}
	number, street, _ := strings.Cut(p.Text, " ")
	if numeric(number) {
		street, _, _ = strings.Cut(street, " ")
		k.add("house", number, consonants(street), 0, false)
		o.mark(markHouse, housesMost, k.last())
	}
}

func initial(s string) string {
	if s == "" {
		return ""
	}
	return s[:1]
}

// The hash is FNV-1a.
const (
	offset = 14695981039346656037
	prime  = 1099511628211
)

func hashMore(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * prime
	}
	return (h ^ 0xff) * prime
}

func hash(s string) uint32 {
	h := hashMore(offset, s)
	return uint32(h ^ h>>32) //nolint:gosec // half of the hash is enough
}

// Known is the name and date of birth of somebody on the list, folded.
func (l *List) Known(at int) (surname, forename string, b day.Born) {
	p := &l.profiles[at]
	surname, rest, _ := strings.Cut(p.text, "\x00")
	forename, _, _ = strings.Cut(rest, "\x00")
	return surname, forename, p.born
}
