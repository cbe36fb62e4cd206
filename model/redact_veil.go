package model

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pou/model/match"
)

// hiddenWords stands where a page leaves somebody out.
const hiddenWords = "[protected]"

// veil finds the people a pack protects in a text, however it is written: any case, accents or none, spaces or none in
// numbers. What is also the suspect's own, or an officer's name on the team, gives nobody away.
type veil struct {
	suspect *Person
	own     map[string]bool // words of names that are the suspect's or the team's
	mine    *terms          // everything of those the pack protects
	others  *terms          // what names beyond doubt those that packs beside it protect

	together map[Ref]bool // targets of the same paper: it names them, whoever else's case they are in
}

// terms are what may not be shown, by what a text would begin with.
type terms struct {
	first  map[string][]hiddenTerm
	joined map[string][]hiddenTerm
	ending map[string][]hiddenTerm
}

// hiddenTerm is a run of folded words that may not be shown, whose it is and, of an address, which.
type hiddenTerm struct {
	words []string
	how   matchHow
	who   Ref
	at    *Address
}

type matchHow int

const (
	anyCase  matchHow = iota // however it is written
	asName                   // where it begins with a capital: a forename may also be a word
	inCaps                   // all in capitals or after a title: a surname that is an everyday word
	joined                   // without its spaces: plates, postcodes
	endingIn                 // the last figures of a number
)

// sharedTerms are what names beyond doubt those that any of the packs protects. A surname alone does not: on another's
// page it may well be an associate's or a street's.
func sharedTerms(packs []*Pack) *terms {
	out := newTerms()
	for _, p := range packs {
		for _, who := range p.hidden {
			out.hide(who, false)
		}
	}
	return out
}

// veil is what the pack's own page may not show.
func (p *Pack) veil(others *terms) *veil {
	v := &veil{suspect: p.Person, own: map[string]bool{}, mine: newTerms(), others: others}
	for _, name := range append([]string{p.Person.Surname, p.Person.Forename}, aliasNames(p.Person)...) {
		v.owns(name)
	}
	for _, o := range p.names {
		v.owns(o.Name)
	}
	for _, who := range p.hidden {
		v.mine.hide(who, true)
	}
	for _, o := range p.Orders {
		v.mine.hideText(o.Protected)
	}
	return v
}

func (v *veil) owns(name string) {
	for _, w := range match.Tokens(name) {
		v.own[w] = true
	}
}

func newTerms() *terms {
	return &terms{first: map[string][]hiddenTerm{}, joined: map[string][]hiddenTerm{}, ending: map[string][]hiddenTerm{}}
}

func (s *terms) add(t hiddenTerm) {
	if len(t.words) == 0 {
		return
	}
	into := s.first
	switch t.how {
	case joined:
		into = s.joined
	case endingIn:
		into = s.ending
	case anyCase, asName, inCaps:
	}
	into[t.words[0]] = append(into[t.words[0]], t)
}

// phoneFigures is how many of its last figures tell a number from every other.
const phoneFigures = 9

// hide keeps a person out: every name, number and address of theirs.
func (s *terms) hide(who *Person, whole bool) {
	s.hideName(who.Ref, who.Surname, who.Forename, whole)
	for _, a := range who.Aliases {
		surname, forename := SplitName(a.Name)
		s.hideName(who.Ref, surname, forename, whole)
	}
	s.add(hiddenTerm{words: match.Tokens(string(who.Ref)), who: who.Ref})
	for _, n := range who.Phones {
		if digits := lastFigures(n.Number); digits != "" {
			s.add(hiddenTerm{words: []string{digits}, how: endingIn, who: who.Ref})
		}
	}
	for _, veh := range who.Vehicles {
		if plate := squeezed(veh.Plate); len(plate) >= 4 {
			s.add(hiddenTerm{words: []string{plate}, how: joined, who: who.Ref})
		}
	}
	for i := range who.Addresses {
		a := &who.Addresses[i]
		text, codes := withoutPostcodes(a.Text)
		if house := houseOf(text); len(house) > 1 {
			s.add(hiddenTerm{words: house, who: who.Ref, at: a})
		}
		for _, code := range append(codes, squeezed(a.Postcode)) {
			if len(code) >= 5 {
				s.add(hiddenTerm{words: []string{code}, how: joined, who: who.Ref, at: a})
			}
		}
	}
}

// hideName hides a full name either way round and, when whole, each part that can stand alone.
func (s *terms) hideName(who Ref, surname, forename string, whole bool) {
	add := func(how matchHow, words ...string) { s.add(hiddenTerm{words: words, how: how, who: who}) }
	last, fore := match.Tokens(surname), match.Tokens(forename)
	if len(last) > 0 && len(fore) > 0 {
		for _, f := range [][]string{fore, fore[:1], {fore[0][:firstLetter(fore[0])]}} {
			add(anyCase, slices.Concat(f, last)...)
			add(anyCase, slices.Concat(last, f)...)
		}
	}
	if !whole {
		return
	}
	add(surnameHow(last), last...)
	for _, part := range last {
		if len(last) > 1 && utf8.RuneCountInString(part) >= 4 {
			add(surnameHow([]string{part}), part)
		}
	}
	for _, part := range fore {
		if utf8.RuneCountInString(part) >= 3 && !everyday(part) {
			add(asName, part)
		}
	}
}

func firstLetter(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

func surnameHow(words []string) matchHow {
	if len(words) == 1 && (utf8.RuneCountInString(words[0]) < 3 || everyday(words[0])) {
		return inCaps
	}
	return anyCase
}

// hideText hides what an order says of whom it protects: the words as they stand and, where they read as a name, the name.
func (s *terms) hideText(text string) {
	all := match.Tokens(text)
	if !slices.ContainsFunc(all, notRole) {
		return // it names nobody: The Victim, Former Partner
	}
	s.add(hiddenTerm{words: all})
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
			s.hideName("", "", name[0], true)
		default:
			s.hideName("", name[len(name)-1], strings.Join(name[:len(name)-1], " "), true)
		}
	}
}

// notRole reports whether a word may be of a name, rather than of what somebody is to the suspect.
func notRole(w string) bool {
	return !slices.Contains([]string{"the", "a", "any", "protected", "person", "persons", "target", "victim", "complainant", "former", "ex", "partner", "of"}, w)
}

func notCapital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return !unicode.IsUpper(r)
}

// excused reports whether a term gives nobody away on this page, because it is the suspect's as well.
func (v *veil) excused(t *hiddenTerm) bool {
	own := v.suspect
	switch {
	case t.who != "" && t.who == own.Ref:
		return true // the page is about them: a target may be victim to another
	case v.together[t.who] && t.isName():
		return true
	case t.how == endingIn:
		return slices.ContainsFunc(own.Phones, func(n Phone) bool { return lastFigures(n.Number) == t.words[0] })
	case t.at != nil:
		return v.theirs(t)
	case t.how == joined:
		return slices.ContainsFunc(own.Vehicles, func(veh Vehicle) bool { return squeezed(veh.Plate) == t.words[0] })
	}
	return !slices.ContainsFunc(t.words, func(w string) bool { return !v.own[w] })
}

// isName reports whether a term is a name, or the reference, of somebody.
func (t *hiddenTerm) isName() bool { return t.at == nil && t.how != joined && t.how != endingIn }

// theirs reports whether an address is the suspect's own: the home that was fled, or a neighbour's postcode.
func (v *veil) theirs(t *hiddenTerm) bool {
	shared := slices.ContainsFunc(v.suspect.Addresses, func(a Address) bool { return sameHouse(a, *t.at) })
	if shared {
		return t.at.Confidence == Historic
	}
	return t.how == joined && slices.ContainsFunc(v.suspect.Addresses, func(a Address) bool { return squeezed(a.Postcode) == t.words[0] })
}

// sameHouse reports whether two addresses are the same door.
func sameHouse(a, b Address) bool {
	x, y := houseOf(a.Text), houseOf(b.Text)
	return len(x) > 0 && slices.Equal(x, y)
}

// withoutPostcodes is an address as it is written where nobody knows the postcode, and the postcodes that stood in it.
func withoutPostcodes(address string) (rest string, codes []string) {
	for _, code := range postcodeWithin.FindAllString(address, -1) {
		codes = append(codes, squeezed(code))
	}
	return strings.TrimSpace(postcodeWithin.ReplaceAllString(address, "")), codes
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

// lastFigures are the figures of a number that are the same however it is dialled; "" when there are too few.
func lastFigures(number string) string {
	digits := onlyDigits(number)
	if len(digits) < 7 {
		return ""
	}
	return digits[max(0, len(digits)-phoneFigures):]
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
	month      bool // of a date: 10 Jan 1984 is nobody's forename
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
	for i := 1; i < len(out); i++ {
		dated := onlyDigits(out[i-1].fold) == out[i-1].fold && (i+1 == len(out) || onlyDigits(out[i+1].fold) == out[i+1].fold)
		out[i].month = dated && isMonth(out[i].fold)
	}
	return out
}

func isMonth(w string) bool {
	return slices.Contains([]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "april", "june", "august"}, w)
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
	if s == "" {
		return nil
	}
	return v.among(wordsOf(s))
}

// among lists where words show somebody hidden.
func (v *veil) among(words []textWord) [][2]int {
	var out [][2]int
	for i := range words {
		for _, set := range []*terms{v.mine, v.others} {
			if set == nil {
				continue
			}
			if n := set.at(words[i:], v.excused); n > 0 {
				out = append(out, [2]int{words[i].start, words[i+n-1].end})
			}
		}
	}
	return out
}

// at is how many of the words, from the first on, the longest term takes up that is there and not excused; 0 for none.
func (s *terms) at(words []textWord, excused func(*hiddenTerm) bool) int {
	longest := 0
	try := func(list []hiddenTerm, n func(*hiddenTerm) int) {
		for i := range list {
			if got := n(&list[i]); got > longest && !excused(&list[i]) {
				longest = got
			}
		}
	}
	spelt := func(t *hiddenTerm) int { return t.spelt(words) }
	try(s.first[words[0].fold], spelt)
	if single, ok := strings.CutSuffix(words[0].fold, "s"); ok {
		try(s.first[single], spelt)
	}
	if len(words) > 1 {
		try(s.first[words[0].fold+words[1].fold], spelt)
	}
	run := ""
	for i := range words[:min(len(words), 6)] {
		run += words[i].fold
		all := func(*hiddenTerm) int { return i + 1 }
		try(s.joined[run], all)
		if len(run) >= 7 && onlyDigits(run) == run {
			try(s.ending[run[max(0, len(run)-phoneFigures):]], all)
		}
	}
	return longest
}

// spelt reports how many of the words the term takes up, word for word; 0 when it is not there. Its last word may be in
// the plural – the Okafors – or in two: O Brien.
func (t *hiddenTerm) spelt(words []textWord) int {
	last := len(t.words) - 1
	if len(words) <= last {
		return 0
	}
	n := len(t.words)
	for i, w := range t.words {
		switch {
		case words[i].fold == w, i == last && words[i].fold == w+"s":
		case i == last && i+1 < len(words) && words[i].fold+words[i+1].fold == w:
			n++
		default:
			return 0
		}
	}
	first := words[0]
	if (t.how == asName && (!first.capital || first.month)) || (t.how == inCaps && !first.title && !first.caps) {
		return 0
	}
	return n
}

// everyday reports whether a name is also a word that packs are full of, so that alone it proves nothing: it counts in
// capitals, after a title, or with the other half of the name.
func everyday(w string) bool {
	_, found := slices.BinarySearch(everydayWords(), w)
	return found
}

// everydayWords are surnames and forenames, among the 500 commonest in England, that are ordinary words, and the words an
// order puts in a name's place (Protected Person, Former Partner); sorted.
func everydayWords() []string {
	return []string{
		"april", "art", "august", "ball", "banks", "barber", "bath", "bell", "berry", "best", "bird", "bishop", "black", "bond", "brook",
		"brooks", "brown", "bush", "chase", "church", "clay", "complainant", "cook", "cross", "dale", "day", "dean", "field", "fields", "fisher", "ford",
		"forest", "former", "fox", "frank", "french", "frost", "gardner", "grace", "grant", "gray", "green", "grey", "hall", "hart", "heath", "hill",
		"holly", "hope", "house", "hunt", "hunter", "ivy", "june", "king", "lane", "law", "little", "london", "long", "love", "mark", "marsh",
		"mason", "may", "miles", "mills", "moon", "neighbour", "north", "page", "park", "parks", "partner", "peace", "pearl", "person", "pitt", "pond", "pool",
		"poole", "power", "price", "protected", "read", "red", "reed", "rich", "rivers", "rob", "rose", "ruby", "sharp", "shore", "short", "small", "south",
		"speed", "stone", "street", "sue", "summer", "swift", "target", "victim", "wall", "ward", "warden", "waters", "way", "weeks", "wells", "west", "white",
		"will", "winter", "wise", "wood", "woods", "young",
	}
}

// NamesSource reports whether an item points to who gave it, so that no page may carry it.
func (i *Intel) NamesSource() bool {
	return SourceLeak(i.Text, i.Origin) != "" || SourceLeak(i.Conditions, i.Origin) != ""
}
