package model

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"pou/model/match"
	"pou/model/match/pair"
)

// seen is one thing on record that may touch a condition.
type seen struct {
	record   Ref
	at       time.Time
	dayOnly  bool   // only the day is known
	there    bool   // the subject was there in person, as an officer saw
	what     string // in a sentence
	text     string // all its words
	place    string
	people   []Ref // victims in a case
	offences []OffenceCode
}

// touch is how something on record touches a condition.
type touch struct {
	why   string // in a sentence that names nobody protected
	guess bool   // a name that is not spelt as on record: it may be somebody else's
}

// fits says how something on record touches a condition; ok is false when it does not. It is the one place where an event
// is held against a condition.
func (f *inquiry) fits(c Condition, e seen) (how touch, ok bool) {
	if h := c.Match.Hours; !h.IsZero() && !e.dayOnly && !h.Covers(e.at) {
		return touch{}, false
	}
	kind := conditionType(c)
	for _, rule := range []func(Condition, ConditionType, seen) string{f.fitsPeople, f.fitsNumbers, f.fitsPlace, f.fitsHours, f.fitsWords} {
		if why := rule(c, kind, e); why != "" {
			return touch{why: why}, true
		}
	}
	if why := f.fitsMisspelt(c, kind, e); why != "" {
		return touch{why: why, guess: true}, true
	}
	return touch{}, false
}

// fitsMisspelt looks for somebody the condition protects whose name a report spells nearly.
func (f *inquiry) fitsMisspelt(c Condition, kind ConditionType, e seen) string {
	words := pair.NewText(e.text)
	for _, ref := range f.ofPeople(c, kind) {
		p := f.on.People[ref]
		if p == nil {
			continue
		}
		for _, name := range append([]string{p.Forename + " " + p.Surname}, aliasNames(p)...) {
			if _, how, ok := words.Name(name); ok {
				return "it names somebody much like one the condition protects, " + how
			}
		}
	}
	return ""
}

// ofPeople reports whether a condition is about people: those it names or, where it names none, those the order protects.
func (f *inquiry) ofPeople(c Condition, kind ConditionType) []Ref {
	switch kind {
	case NoContact, NoThirdParty, NoApproach, NoSurveillance, NoPublishing, NoProceedings:
		if len(c.Match.People) == 0 {
			return f.on.Protected
		}
	case NoPlace, NoArea, NoDevice, Curfew, SignOn, Attend, Surrender, Tagged, OtherCondition:
	}
	return c.Match.People
}

func (f *inquiry) fitsPeople(c Condition, kind ConditionType, e seen) string {
	people := f.ofPeople(c, kind)
	acts := kind == NoContact || kind == NoApproach || kind == NoSurveillance || len(c.Match.People) > 0
	if acts && slices.ContainsFunc(e.offences, func(o OffenceCode) bool {
		return o.Class() == ClassStalking || o.Class() == ClassDomestic || o.Class() == ClassBreach
	}) &&
		slices.ContainsFunc(e.people, func(p Ref) bool { return slices.Contains(people, p) }) {
		return "the victim-survivor in the case is somebody the condition protects"
	}
	words := " " + match.Fold(e.text) + " "
	for _, ref := range people {
		p := f.on.People[ref]
		if p == nil {
			continue
		}
		for _, name := range append([]string{p.Forename + " " + p.Surname, p.Surname + " " + p.Forename}, aliasNames(p)...) {
			if folded := match.Fold(name); strings.Contains(folded, " ") && strings.Contains(words, " "+folded+" ") {
				return "it names somebody the condition protects"
			}
		}
	}
	return ""
}

func (f *inquiry) fitsNumbers(c Condition, _ ConditionType, e seen) string {
	if len(c.Match.Numbers) == 0 {
		return ""
	}
	for _, found := range phoneIn.FindAllString(e.text, -1) {
		for _, n := range c.Match.Numbers {
			if d := PhoneKey(n); d != "" && PhoneKey(found) == d {
				return "it names a number of the condition, ending " + endOf(d)
			}
		}
	}
	words := " " + match.Fold(e.text) + " "
	for _, n := range c.Match.Numbers {
		if a := match.Fold(n); PhoneKey(n) == "" && len(a) > 3 && strings.Contains(words, " "+a+" ") {
			return "it names an account of the condition"
		}
	}
	return ""
}

func (f *inquiry) fitsPlace(c Condition, _ ConditionType, e seen) string {
	text := e.place
	if text == "" {
		text = e.text
	}
	flat := match.Fold(text)
	if p := c.Match.Place; p != "" {
		if code := postcodeIn.FindString(strings.ToUpper(p)); code != "" && slices.Contains(postcodesIn(text), strings.ReplaceAll(code, " ", "")) {
			return "it is in the postcode of the place the condition names (" + code + ")"
		}
		head, _, _ := strings.Cut(p, ",")
		if folded := match.Fold(head); len(folded) > 5 && strings.Contains(" "+flat+" ", " "+folded+" ") {
			return "it names the place of the condition: " + head
		}
	}
	for _, b := range c.Match.Boroughs {
		if folded := match.Fold(b); folded != "" && strings.Contains(" "+flat+" ", " "+folded+" ") {
			return "it is in " + b + ", which the condition forbids"
		}
	}
	return ""
}

// fitsHours is for a condition that is only about a time: an officer saw the subject somewhere inside its hours.
func (f *inquiry) fitsHours(c Condition, kind ConditionType, e seen) string {
	m := c.Match
	if kind != Curfew || m.Hours.IsZero() || !e.there || len(m.People) > 0 || len(m.Numbers) > 0 || m.Located() {
		return ""
	}
	for _, a := range f.subject.Addresses {
		if a.Type == "home" && a.Confidence != Historic && sameWords(a.Line(), e.place) {
			return ""
		}
	}
	return "the subject was seen away from home at " + whenWords(e.at) + ", inside the hours of the condition (" + m.Hours.String() + ")"
}

// fitsWords holds the words of a report against a condition that says only what may not be done: it speaks of whom the
// order protects and of the thing forbidden.
func (f *inquiry) fitsWords(_ Condition, kind ConditionType, e seen) string {
	words := match.Tokens(e.text)
	if !slices.ContainsFunc(words, isProtectedWord) {
		return ""
	}
	for _, w := range words {
		if slices.ContainsFunc(actWords(kind), func(stem string) bool { return strings.HasPrefix(w, stem) }) {
			return "it speaks of whom the order protects and says \"" + w + "\""
		}
	}
	return ""
}

func isProtectedWord(w string) bool {
	return slices.Contains([]string{"protected", "victim", "survivor", "complainant", "applicant"}, w)
}

// actWords are how the words begin that reports use for what a condition forbids.
func actWords(kind ConditionType) []string {
	switch kind {
	case NoContact:
		return []string{"contact", "call", "rang", "phone", "messag", "text", "email", "letter", "wrote", "spoke", "gift", "flowers", "whatsapp", "approach"}
	case NoThirdParty:
		return []string{"friend", "family", "mother", "sister", "brother", "father", "colleague", "passed", "ask"}
	case NoApproach:
		return []string{"outside", "near", "standing", "waited", "waiting", "follow", "approach", "parked"}
	case NoPlace, NoArea:
		return []string{"outside", "near", "standing", "waited", "waiting", "parked", "home", "workplace", "entered"}
	case NoPublishing:
		return []string{"post", "facebook", "instagram", "tiktok", "snapchat", "online", "account", "tagged"}
	case NoSurveillance:
		return []string{"track", "follow", "watch", "camera", "photograph", "airtag", "drone"}
	case NoProceedings:
		return []string{"application", "applied", "proceedings", "court"}
	case NoDevice, Surrender:
		return []string{"handset", "device", "phone", "tablet", "laptop"}
	case Curfew, SignOn, Attend, Tagged, OtherCondition:
	}
	return nil
}

// conditionType is the type of a condition or, where nobody has said, what its words suggest: enough to choose what to
// look for, never to decide.
func conditionType(c Condition) ConditionType {
	if c.Type != "" {
		return c.Type
	}
	text := " " + match.Fold(c.Text) + " "
	for _, t := range []struct {
		kind  ConditionType
		words []string
	}{
		{NoProceedings, []string{" application ", " applications ", " proceedings "}},
		{SignOn, []string{" sign on ", " report to "}},
		{Attend, []string{" programme ", " assessment ", " attend "}},
		{NoDevice, []string{" device ", " devices ", " handset "}},
		{NoSurveillance, []string{" monitor ", " follow ", " surveillance ", " image ", " images "}},
		{NoPublishing, []string{" social media ", " online ", " post ", " publish "}},
		{NoThirdParty, []string{" family ", " friends ", " third part", " through "}},
		{NoContact, []string{" contact ", " communicate "}},
		{NoApproach, []string{" metres ", " approach "}},
		{NoArea, []string{" area ", " map ", " borough "}},
		{NoPlace, []string{" go to ", " enter ", " attend at ", " address "}},
	} {
		if slices.ContainsFunc(t.words, func(w string) bool { return strings.Contains(text, w) }) {
			if t.kind == NoDevice && strings.Contains(text, " follow ") {
				return NoSurveillance
			}
			return t.kind
		}
	}
	return OtherCondition
}

var (
	phoneIn    = regexp.MustCompile(`\+?[0-9][0-9 ()-]{6,}[0-9]`)
	postcodeIn = regexp.MustCompile(`\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b`)
)

func postcodesIn(text string) []string {
	found := postcodeIn.FindAllString(strings.ToUpper(text), -1)
	for i := range found {
		found[i] = strings.ReplaceAll(found[i], " ", "")
	}
	return found
}
