package model

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pou/model/match"
)

// hiddenWords stands where a page leaves somebody out.
const hiddenWords = "[protected]"

// veil finds the people a pack protects in a text, however it is written: any case, accents or none, spaces or none in
// numbers. What is also the suspect's own name, or an officer's on the team, gives nobody away.
type veil struct {
	own   map[string]bool
	terms []hiddenTerm
}

// hiddenTerm is a run of folded words that may not be shown.
type hiddenTerm struct {
	words []string
	how   matchHow
}

type matchHow int

const (
	anyCase  matchHow = iota // however it is written
	asName                   // where it begins with a capital: a forename may also be a word
	inCaps                   // all in capitals or after a title: a surname that is an everyday word
	joined                   // without its spaces: phones, plates, postcodes
	endingIn                 // the last figures of a number
)

// veil is what the pack's own page may not show: everything of those it protects and, of those the others protect, what
// names them beyond doubt – a surname alone may well be an associate's or a street's.
func (p *Pack) veil(packs []*Pack) *veil {
	v := &veil{own: map[string]bool{}}
	for _, name := range append([]string{p.Person.Surname, p.Person.Forename}, aliasNames(p.Person)...) {
		v.owns(name)
	}
	for _, o := range p.names {
		v.owns(o.Name)
	}
	for _, who := range p.hidden {
		v.hide(who, p.Person, true)
	}
	for _, o := range p.Orders {
		v.hideText(o.Protected)
	}
	for _, other := range packs {
		for _, who := range other.hidden {
			if who.Ref != p.Person.Ref && !slices.Contains(p.hidden, who) {
				v.hide(who, p.Person, false)
			}
		}
	}
	return v
}

func (v *veil) owns(name string) {
	for _, w := range match.Tokens(name) {
		v.own[w] = true
	}
}

func (v *veil) add(how matchHow, words ...string) {
	if len(words) == 0 {
		return
	}
	if how != joined && how != endingIn && !slices.ContainsFunc(words, func(w string) bool { return !v.own[w] }) {
		return // every word of it is the suspect's own
	}
	v.terms = append(v.terms, hiddenTerm{words: words, how: how})
}

// hide keeps a person out: every name, number and address of theirs, unless it is the suspect's as well.
func (v *veil) hide(who, suspect *Person, whole bool) {
	v.hideName(who.Surname, who.Forename, whole)
	for _, a := range who.Aliases {
		surname, forename := SplitName(a.Name)
		v.hideName(surname, forename, whole)
	}
	if who.Ref != "" {
		v.add(anyCase, match.Tokens(string(who.Ref))...)
	}
	for _, n := range who.Phones {
		if digits := onlyDigits(n.Number); len(digits) >= 7 && !hasPhone(suspect, digits) {
			v.add(endingIn, digits[max(0, len(digits)-9):])
		}
	}
	for _, veh := range who.Vehicles {
		if plate := squeezed(veh.Plate); len(plate) >= 4 && !slices.ContainsFunc(suspect.Vehicles, func(s Vehicle) bool { return squeezed(s.Plate) == plate }) {
			v.add(joined, plate)
		}
	}
	for _, a := range who.Addresses {
		v.hideAddress(a, suspect)
	}
}

// hideName hides a full name either way round and, when whole, each part that can stand alone.
func (v *veil) hideName(surname, forename string, whole bool) {
	last, fore := match.Tokens(surname), match.Tokens(forename)
	if len(last) > 0 && len(fore) > 0 {
		v.add(anyCase, slices.Concat(fore, last)...)
		v.add(anyCase, slices.Concat(last, fore)...)
		v.add(anyCase, slices.Concat(fore[:1], last)...)
		v.add(anyCase, slices.Concat(last, fore[:1])...)
	}
	if !whole {
		return
	}
	v.add(surnameHow(last), last...)
	for _, part := range last {
		if len(last) > 1 && utf8.RuneCountInString(part) >= 4 {
			v.add(surnameHow([]string{part}), part)
		}
	}
	for _, part := range fore {
		if utf8.RuneCountInString(part) >= 3 && !everyday(part) {
			v.add(asName, part)
		}
	}
}

func surnameHow(words []string) matchHow {
	if len(words) == 1 && (utf8.RuneCountInString(words[0]) < 3 || everyday(words[0])) {
		return inCaps
	}
	return anyCase
}

// hideText hides what an order says of whom it protects: the words as they stand and, where they read as a name, the name.
func (v *veil) hideText(text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	v.add(anyCase, match.Tokens(text)...)
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;/()\n", r) }) {
		var name []string
		for _, w := range strings.Fields(part) {
			if _, isRef := ParseRef(w); !isRef && w != "SAMPLE" {
				name = append(name, w)
			}
		}
		switch {
		case len(name) == 0 || slices.ContainsFunc(name, notCapital):
		case len(name) == 1:
			v.hideName("", name[0], true)
		default:
			v.hideName(name[len(name)-1], strings.Join(name[:len(name)-1], " "), true)
		}
	}
}

func notCapital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return !unicode.IsUpper(r)
}

// hideAddress hides where somebody lives: the house and street, and the postcode. A historic address that is the
// suspect's now – the home that was fled – is the suspect's.
func (v *veil) hideAddress(a Address, suspect *Person) {
	shared := slices.ContainsFunc(suspect.Addresses, func(s Address) bool { return sameHouse(s, a) })
	if shared && a.Confidence == Historic {
		return
	}
	if house := houseOf(a.Text); len(house) > 1 {
		v.add(anyCase, house...)
	}
	code := squeezed(a.Postcode)
	neighbour := slices.ContainsFunc(suspect.Addresses, func(s Address) bool { return squeezed(s.Postcode) == code && !sameHouse(s, a) })
	if len(code) >= 5 && !neighbour {
		v.add(joined, code)
	}
}

// sameHouse reports whether two addresses are the same door.
func sameHouse(a, b Address) bool {
	x, y := houseOf(a.Text), houseOf(b.Text)
	return len(x) > 0 && slices.Equal(x, y)
}

// houseOf is the part of an address that tells one house from another: "14 Larch Court" of "Flat 3, 14 Larch Court,
// Hackney"; without a number, the first two parts.
func houseOf(address string) []string {
	parts := strings.Split(address, ",")
	for _, part := range parts {
		words := match.Tokens(part)
		if len(words) >= 3 && slices.ContainsFunc(words, startsWithDigit) {
			return words
		}
	}
	return match.Tokens(strings.Join(parts[:min(2, len(parts))], " "))
}

func startsWithDigit(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

func hasPhone(p *Person, digits string) bool {
	return slices.ContainsFunc(p.Phones, func(n Phone) bool {
		own := onlyDigits(n.Number)
		return len(own) >= 7 && own[max(0, len(own)-9):] == digits[max(0, len(digits)-9):]
	})
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func squeezed(s string) string { return strings.ReplaceAll(match.Fold(s), " ", "") }

// textWord is a word of a text with where it stands.
type textWord struct {
	fold       string
	start, end int
	capital    bool // begins with a capital
	caps       bool // all capitals, and more than one
	title      bool // follows Mr, Ms, ...
}

// wordsOf splits a text into words as names are compared; what is invisible does not split a word.
func wordsOf(s string) []textWord {
	var out []textWord
	start := -1
	flush := func(end int) {
		if start < 0 {
			return
		}
		raw, at := unpossessive(s[start:end]), start
		end, start = at+len(raw), -1
		for _, fold := range match.Tokens(raw) {
			r, _ := utf8.DecodeRuneInString(raw)
			w := textWord{fold: fold, start: at, end: end, capital: unicode.IsUpper(r), caps: len(raw) > 1 && raw == strings.ToUpper(raw) && raw != strings.ToLower(raw)}
			w.title = len(out) > 0 && isTitle(out[len(out)-1].fold)
			out = append(out, w)
		}
	}
	for i, r := range s {
		inside := unicode.In(r, unicode.L, unicode.N, unicode.M) || unseen(r)
		switch {
		case inside && start < 0:
			start = i
		case !inside:
			flush(i)
		}
	}
	flush(len(s))
	return out
}

// unpossessive is a word without its 's.
func unpossessive(w string) string {
	n := len(w)
	if n < 3 || (w[n-1] != 's' && w[n-1] != 'S') {
		return w
	}
	if r, size := utf8.DecodeLastRuneInString(w[:n-1]); unseen(r) && size < n-1 {
		return w[:n-1-size]
	}
	return w
}

// unseen reports whether a letter is one that names are compared without: an apostrophe, an accent, a mark of no width.
func unseen(r rune) bool { return match.Fold("a"+string(r)+"b") == "ab" }

func isTitle(w string) bool {
	return slices.Contains([]string{"mr", "mrs", "ms", "miss", "mx", "dr"}, w)
}

// has reports whether a text shows somebody hidden.
func (v *veil) has(s string) bool { return len(v.find(s)) > 0 }

// mask puts [protected] where a text as made by a court or a caller names somebody hidden.
func (v *veil) mask(s string) string {
	spans := v.find(s)
	if len(spans) == 0 {
		return s
	}
	slices.SortFunc(spans, func(a, b [2]int) int { return a[0] - b[0] })
	var b strings.Builder
	at := 0
	for _, span := range spans {
		if span[1] <= at {
			continue
		}
		if span[0] > at || at == 0 {
			b.WriteString(s[at:max(at, span[0])] + hiddenWords)
		}
		at = span[1]
	}
	return b.String() + s[at:]
}

// find lists where a text shows somebody hidden.
func (v *veil) find(s string) [][2]int {
	if len(v.terms) == 0 || s == "" {
		return nil
	}
	words := wordsOf(s)
	var out [][2]int
	for i := range words {
		for _, t := range v.terms {
			if n := t.at(words[i:]); n > 0 {
				out = append(out, [2]int{words[i].start, words[i+n-1].end})
			}
		}
	}
	return out
}

// at reports how many of the words, from the first on, the term takes up; 0 when it is not there.
func (t hiddenTerm) at(words []textWord) int {
	if t.how == joined || t.how == endingIn {
		return t.together(words)
	}
	if len(words) < len(t.words) {
		return 0
	}
	for i, w := range t.words {
		if words[i].fold != w && (i < len(t.words)-1 || words[i].fold != w+"s") { // the Okafors
			// O'Brien may be typed O Brien: the two halves together are the word.
			if i == len(t.words)-1 && i+1 < len(words) && words[i].fold+words[i+1].fold == w {
				return i + 2
			}
			return 0
		}
	}
	first := words[0]
	switch t.how {
	case asName:
		if !first.capital {
			return 0
		}
	case inCaps:
		if !first.title && !first.caps {
			return 0
		}
	case anyCase, joined, endingIn:
	}
	return len(t.words)
}

// together matches words run together, such as E8 2AB for e82ab.
func (t hiddenTerm) together(words []textWord) int {
	want, got := t.words[0], ""
	for i, w := range words {
		if t.how == endingIn && onlyDigits(w.fold) != w.fold {
			return 0
		}
		got += w.fold
		switch {
		case got == want, t.how == endingIn && len(got) <= len(want)+6 && strings.HasSuffix(got, want):
			return i + 1
		case len(got) > len(want)+6:
			return 0
		}
	}
	return 0
}

// everyday reports whether a name is also a word that packs are full of, so that alone it proves nothing: it counts in
// capitals, after a title, or with the other half of the name.
func everyday(w string) bool {
	_, found := slices.BinarySearch(everydayWords(), w)
	return found
}

// everydayWords are surnames and forenames, among the 500 commonest in England, that are ordinary words; sorted.
func everydayWords() []string {
	return []string{
		"april", "art", "august", "ball", "banks", "barber", "bath", "bell", "berry", "best", "bird", "bishop", "black", "bond", "brook",
		"brooks", "brown", "bush", "chase", "church", "clay", "cook", "cross", "dale", "day", "dean", "field", "fields", "fisher", "ford",
		"forest", "fox", "frank", "french", "frost", "gardner", "grace", "grant", "gray", "green", "grey", "hall", "hart", "heath", "hill",
		"holly", "hope", "house", "hunt", "hunter", "ivy", "june", "king", "lane", "law", "little", "london", "long", "love", "mark", "marsh",
		"mason", "may", "miles", "mills", "moon", "neighbour", "north", "page", "park", "parks", "peace", "pearl", "pitt", "pond", "pool",
		"poole", "power", "price", "read", "red", "reed", "rich", "rivers", "rob", "rose", "ruby", "sharp", "shore", "short", "small", "south",
		"speed", "stone", "street", "sue", "summer", "swift", "wall", "ward", "warden", "waters", "way", "weeks", "wells", "west", "white",
		"will", "winter", "wise", "wood", "woods", "young",
	}
}

// sourceWords are what intelligence says when it gives away who told it.
var sourceWords = regexp.MustCompile(`(?i)\b(CHIS|covert human|informant|informer|the source (is|was|lives|works|told)|` +
	`(his|her|their)( (own|ex|new|former|current|estranged))? ` +
	`(mother|father|mum|dad|brother|sister|son|daughter|wife|husband|partner|girlfriend|boyfriend|cousin|neighbour|landlord|flatmate|employer|manager) ` +
	`(says|said|states|stated|told|tells|reports|reported|rang|called|disclosed))\b`)

// NamesSource reports whether the text of an item points to who gave it: its origin, a word for a source, or a
// relation who says so (3x5x2: the source is sanitised out of the report).
func (i *Intel) NamesSource() bool {
	if sourceWords.MatchString(i.Text) || sourceWords.MatchString(i.Conditions) {
		return true
	}
	v := &veil{}
	if origin := match.Tokens(i.Origin); len(squeezed(i.Origin)) >= 3 {
		v.add(anyCase, origin...)
		return v.has(i.Text) || v.has(i.Conditions)
	}
	return false
}
