package pair

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// name is a surname, a forename or a whole name, folded, and its words.
type name struct {
	text  string
	words [wordsMost]string
	n     int
}

func newName(text string) name {
	out := name{text: text}
	for rest := text; rest != "" && out.n < wordsMost; out.n++ {
		out.words[out.n], rest, _ = strings.Cut(rest, " ")
	}
	return out
}

// likeness is how two names, or two words of them, are alike. The better ones come first.
type likeness uint8

const (
	sameName  likeness = iota
	slipName           // misspelt by a letter or two
	shortName          // one is the beginning of the other: Dan, Daniel
	heardName          // said alike
	formName           // a nickname, or the name in another language
	partName           // some words of one are words of the other
	firstName          // an initial
	noName             // one of them has none
	otherName
)

// How often two records of one person show a name this way, and how often the names of two people do by chance, in which f is how
// many bear it. Another name weighs more against them in the forename: surnames change with marriage.
const (
	otherSurname  = -3.8
	otherForename = -4.3
	swappedNames  = -5.0 // one clerk in thirty takes the forename for the surname
	otherOrder    = -4.0
	fromAlias     = -2.0 // many names are tried
	surnameMost   = 17.0
	forenameMost  = 14.0
	nameMost      = 22.0 // surnames and forenames go together: no full name is rarer than one in four million
	extraWord     = -0.5
	otherWord     = -2.0
)

// alike is evidence from one name.
type alike struct {
	bits float64
	how  likeness
	out  int  // letters out
	all  bool // every word of the shorter one is in the longer
}

// names weighs two names of one kind, in bits, given what another name would weigh and the most that the same may.
func (c *Crowd) names(a, b *name, other, most float64) alike {
	if a.n == 0 || b.n == 0 {
		return alike{how: noName}
	}
	best := alike{bits: other, how: otherName}
	take := func(x alike) {
		if x.bits > best.bits {
			best = x
		}
	}
	if a.text == b.text || a.n != b.n && sameSolid(a.text, b.text) {
		take(alike{bits: min(c.rarity(a)-0.2, most), how: sameName})
		return best
	}
	if a.n == 1 && b.n == 1 {
		take(c.word(a.text, b.text))
		return best
	}
	if out, ok := misspelt(solid(a.text), solid(b.text)); ok {
		take(alike{bits: min(slipBits(c.scarcest(a, b), len(a.text), out), most), how: slipName, out: out})
	}
	take(c.words(a, b, most))
	return best
}

// rarity is the bits of a whole name.
func (c *Crowd) rarity(n *name) float64 {
	total := 0.0
	for _, w := range n.words[:n.n] {
		total -= math.Log2(c.frequency(w))
	}
	return total
}

// scarcest is the frequency of the commoner of two names, each taken by its rarest word.
func (c *Crowd) scarcest(a, b *name) float64 {
	rarest := func(n *name) float64 {
		f := 1.0
		for _, w := range n.words[:n.n] {
			f = min(f, c.frequency(w))
		}
		return f
	}
	return max(rarest(a), rarest(b))
}

// word weighs two words that are not the same.
func (c *Crowd) word(a, b string) alike {
	if len(a) == 1 || len(b) == 1 {
		if a[0] == b[0] {
			return alike{bits: 3, how: firstName}
		}
		return alike{bits: -100, how: otherName}
	}
	f := max(c.frequency(a), c.frequency(b))
	if out, ok := misspelt(a, b); ok {
		return alike{bits: slipBits(f, min(len(a), len(b)), out), how: slipName, out: out}
	}
	if short, long := byLength(a, b); len(short) >= 3 && strings.HasPrefix(long, short) {
		return alike{bits: math.Log2(0.05 / (5*f + 5e-4)), how: shortName}
	}
	if saidAlike(a, b) {
		return alike{bits: math.Log2(0.03 / (4*f + 5e-4)), how: heardName}
	}
	return alike{bits: -100, how: otherName}
}

func byLength(a, b string) (short, long string) {
	if len(a) > len(b) {
		return b, a
	}
	return a, b
}

// slipBits weighs a slip of the pen: the longer the word and the fewer the letters, the less likely another name.
func slipBits(f float64, length, out int) float64 {
	chance := 5e-4
	if length >= 7 {
		chance = float64(out) * float64(out) * 1e-4
	}
	return math.Log2(0.08 / (4*f + chance))
}

// words weighs names of several words, in any order and with some missing.
func (c *Crowd) words(a, b *name, most float64) alike {
	var used [wordsMost]bool
	var paired [wordsMost]bool
	total, matched, firm := 0.0, 0, false
	for i, x := range a.words[:a.n] { // the same words before those that are nearly so
		for j, y := range b.words[:b.n] {
			if !used[j] && x == y {
				used[j], paired[i] = true, true
				total -= math.Log2(c.frequency(x))
				matched, firm = matched+1, firm || len(x) > 1
				break
			}
		}
	}
	for i, x := range a.words[:a.n] {
		if paired[i] {
			continue
		}
		at, best := -1, alike{}
		for j, y := range b.words[:b.n] {
			if used[j] {
				continue
			}
			if got := c.word(x, y); got.how != otherName && (at < 0 || got.bits > best.bits) {
				at, best = j, got
			}
		}
		if at >= 0 {
			used[at], paired[i] = true, true
			total += best.bits
			matched, firm = matched+1, firm || best.how != firstName
		}
	}
	if matched == 0 {
		return alike{bits: -100, how: otherName}
	}
	lone, extra := a.n-matched, b.n-matched
	total += otherWord*float64(min(lone, extra)) + extraWord*float64(max(lone, extra)-min(lone, extra))
	how := partName
	if !firm {
		how = firstName
	}
	return alike{bits: min(total, most), how: how, all: min(lone, extra) == 0}
}

func sameSolid(a, b string) bool { return solid(a) == solid(b) }

// whole is evidence from the names of two people.
type whole struct {
	bits              float64
	surname, forename alike
	way               way
}

// way is which names of two people were held together.
type way uint8

const (
	straight way = iota
	swapped      // the surname of one is the forename of the other
	mixed        // the same words, parted another way
	alias        // the name of one is an alias of the other
)

// whole weighs the names of two people.
func (c *Crowd) whole(a, b *open) whole {
	w := c.likest(a, b)
	w.bits = min(w.bits, nameMost)
	return w
}

// ceiling is the most that somebody's names may come to.
func (c *Crowd) ceiling(o *open) ceiling {
	surname, forename := c.rarity(&o.surname), c.rarity(&o.forename)
	whole := surname + forename
	for i := range o.aliases {
		whole = max(whole, c.rarity(&o.aliases[i]))
	}
	return ceiling{whole: min(whole, nameMost), part: max(surname, forename)}
}

// likest holds names together the way that makes them most alike.
func (c *Crowd) likest(a, b *open) whole {
	best := whole{
		surname:  c.names(&a.surname, &b.surname, otherSurname, surnameMost),
		forename: c.names(&a.forename, &b.forename, otherForename, forenameMost),
	}
	best.bits = best.surname.bits + best.forename.bits
	if best.surname.how == sameName && best.forename.how == sameName {
		return best
	}
	take := func(w whole) {
		if w.bits > best.bits {
			best = w
		}
	}
	cross := whole{
		surname:  c.names(&a.surname, &b.forename, otherForename, surnameMost),
		forename: c.names(&a.forename, &b.surname, otherForename, forenameMost), way: swapped,
	}
	cross.bits = cross.surname.bits + cross.forename.bits + swappedNames
	if cross.surname.how < partName || cross.forename.how < partName || best.surname.how == noName || best.forename.how == noName {
		take(cross)
	}
	if a.surname.n+a.forename.n > 2 && a.surname.n+a.forename.n == b.surname.n+b.forename.n {
		take(c.mixed(a, b))
	}
	for i := range a.aliases {
		take(c.asAlias(&a.aliases[i], b))
	}
	for i := range b.aliases {
		take(c.asAlias(&b.aliases[i], a))
	}
	return best
}

// mixed weighs names that have the very same words and part them into surname and forename in two ways.
func (c *Crowd) mixed(a, b *open) whole {
	x, y := sorted(a.surname, a.forename), sorted(b.surname, b.forename)
	if !slices.Equal(x, y) {
		return whole{bits: -100}
	}
	all := newName(strings.Join(x, " "))
	same := alike{bits: min(c.rarity(&all), nameMost), how: sameName}
	return whole{bits: same.bits + otherOrder, surname: same, forename: alike{how: sameName}, way: mixed}
}

func sorted(names ...name) []string {
	var out []string
	for i := range names {
		out = append(out, names[i].words[:names[i].n]...)
	}
	slices.Sort(out)
	return out
}

// asAlias weighs the name of one against an alias of the other: all its words, in any order, one the same and the rest near enough.
func (c *Crowd) asAlias(a *name, b *open) whole {
	full := b.full()
	if full.n < 2 || !shareWord(a, &full) {
		return whole{bits: -100}
	}
	got := c.words(a, &full, nameMost)
	if !got.all || got.bits <= 0 {
		return whole{bits: -100}
	}
	return whole{bits: got.bits + fromAlias, surname: alike{bits: got.bits, how: sameName}, forename: alike{how: sameName}, way: alias}
}

// full is surname and forename as one name.
func (o *open) full() name {
	out := o.surname
	for _, w := range o.forename.words[:o.forename.n] {
		if out.n < wordsMost {
			out.words[out.n] = w
			out.n++
		}
	}
	return out
}

func shareWord(a, b *name) bool {
	for _, x := range a.words[:a.n] {
		if slices.Contains(b.words[:b.n], x) {
			return true
		}
	}
	return false
}

// why says how the names are alike.
func (w *whole) why() []string {
	s, f := w.surname, w.forename
	switch {
	case w.way == alias:
		return []string{"the name of one is an alias of the other"}
	case w.way == mixed:
		return []string{"the same names in another order"}
	case w.way == swapped && s.how == sameName && f.how == sameName:
		return []string{"surname and forename swapped"}
	case s.how == sameName && f.how == sameName:
		return []string{"the same name"}
	}
	var out []string
	if w.way == swapped {
		out = append(out, "surname and forename swapped")
	}
	for _, part := range []struct {
		alike
		word string
	}{{s, "surname"}, {f, "forename"}} {
		if said := part.said(part.word); said != "" {
			out = append(out, said)
		}
	}
	return out
}

func (x alike) said(word string) string {
	switch x.how {
	case sameName:
		return "the same " + word
	case slipName:
		return word + " " + letters(x.out) + " out"
	case shortName:
		return word + " short for the other"
	case heardName:
		return word + " said alike"
	case formName:
		return word + " another form of the same"
	case partName:
		return word + " alike in part"
	case firstName:
		return word + " of one initial"
	case otherName:
		return "another " + word
	case noName:
		return word + " of one not known"
	}
	return ""
}

func letters(n int) string {
	if n == 1 {
		return "1 letter"
	}
	return strconv.Itoa(n) + " letters"
}
