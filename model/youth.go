package model

import (
	"slices"
	"time"

	"pou/model/day"
)

// AgeGroup is on which side of 18 somebody stands, as far as the date of birth on record says.
type AgeGroup string

// The groups. Between the two certain ones stands whoever has only a month, a year or an estimate on record.
const (
	AgeNotKnown AgeGroup = "date of birth not known"
	Under18     AgeGroup = "under 18"
	MayBeUnder  AgeGroup = "may be under 18"
	OfAge       AgeGroup = "18 or over"
)

// Young reports whether somebody is to be treated as under 18: where nothing clearly shows that they are older they are
// (PACE Code C 1.5).
func (g AgeGroup) Young() bool { return g == Under18 || g == MayBeUnder }

// The ages at which the law changes sides.
const (
	adultAge       = 18 // the adult court and the adult disposals
	responsibleAge = 10 // criminal responsibility (Children and Young Persons Act 1933 s.50)
)

// AgeGroupOf says where a date of birth puts somebody on a day.
func AgeGroupOf(b day.Born, on day.Date) AgeGroup {
	return groupAt(b, adultAge, on)
}

func groupAt(b day.Born, age int, on day.Date) AgeGroup {
	first, last := b.Span()
	if first.IsZero() {
		return AgeNotKnown
	}
	if b.Circa {
		first, last = first.AddYears(-day.CircaYears), last.AddYears(day.CircaYears)
	}
	switch {
	case birthday(last, age) <= on:
		return OfAge
	case birthday(first, age) > on:
		return Under18
	}
	return MayBeUnder
}

// birthday is the day at whose start an age is reached (Family Law Reform Act 1969 s.9). Who was born on 29 February
// reaches it on 1 March in a year without one.
func birthday(born day.Date, years int) day.Date {
	on := born.AddYears(years)
	if on.Day() != born.Day() {
		return on.AddDays(1)
	}
	return on
}

// Eighteenth is the day a person turns 18; there is none while only a month, a year or an estimate is on record.
func Eighteenth(b day.Born) (day.Date, bool) {
	first, last := b.Span()
	if first.IsZero() || first != last || b.Circa {
		return 0, false
	}
	return birthday(first, adultAge), true
}

// AgeGroup says on which side of 18 a person stands on a day. Another date they have given that makes them younger counts
// as doubt: nothing then clearly shows that they are older.
func (p *Person) AgeGroup(on day.Date) AgeGroup {
	g := AgeGroupOf(p.Born, on)
	if g == Under18 || g == MayBeUnder {
		return g
	}
	if slices.ContainsFunc(p.OtherBorn, func(b day.Born) bool { return AgeGroupOf(b, on).Young() }) {
		return MayBeUnder
	}
	return g
}

// youthBadge is the flag that stands among a person's markers on every row: "U18", "U18 ?" when it is not certain.
func (p *Person) youthBadge(now time.Time) string {
	switch p.AgeGroup(day.On(now)) {
	case Under18:
		return "U18"
	case MayBeUnder:
		return "U18 ?"
	case AgeNotKnown, OfAge:
	}
	return ""
}

// YouthWords says what follows from a person's age on a day; "" for one who is clearly 18 or over.
func (p *Person) YouthWords(on day.Date) string {
	switch p.AgeGroup(on) {
	case AgeNotKnown:
		return "date of birth not known: nothing here says whether the youth court has the case; find it out"
	case Under18:
		text := "UNDER 18: youth court. " + yearsOld(p.Born, on) + "born " + p.Born.String()
		if by, ok := Eighteenth(p.Born); ok {
			text += ", 18 on " + by.Long()
		}
		return text
	case MayBeUnder:
		return "May be under 18: born " + p.doubtful(on).String() + ". Treated as under 18 until something clearly shows otherwise (PACE Code C 1.5)"
	case OfAge:
	}
	return ""
}

func yearsOld(b day.Born, on day.Date) string {
	if age, ok := b.Age(on); ok && b.Day != 0 && !b.Circa {
		return itoa(age) + " years old, "
	}
	return ""
}

// doubtful is the date of birth that leaves the doubt.
func (p *Person) doubtful(on day.Date) day.Born {
	for _, b := range append([]day.Born{p.Born}, p.OtherBorn...) {
		if AgeGroupOf(b, on).Young() {
			return b
		}
	}
	return p.Born
}

// YouthCourt reports which court takes an application or a charge about a person on a day, and the rule; nothing for one
// who is clearly 18 or over.
func YouthCourt(p *Person, on day.Date) (rule string, young bool) {
	if !p.AgeGroup(on).Young() {
		return "", false
	}
	return "an application for an SPO goes to a youth court (SPA 2019 s.1), and so does a charge (CYPA 1933 s.46: check)", true
}

// turning says that a person turns 18 while a case about what they did before runs; "" when they do not.
func (p *Person) turning(k *Case, today day.Date) string {
	by, ok := Eighteenth(p.Born)
	if !ok || by <= firstDay(k.First, k.Last) {
		return ""
	}
	words := "turns 18 on " + by.Long()
	if by <= today {
		words = "turned 18 on " + by.Long()
	}
	switch {
	case !k.Charged.IsZero() && by > k.Charged:
		return words + ", after the charge: the youth court may keep the case or send it on (CYPA 1963 s.29; CDA 1998 s.47: check)"
	case k.State == CaseClosed:
		return ""
	case by <= today && k.Charged.IsZero():
		return words + ", after the acts: the first appearance decides the court, and it is now the adult court (check with the CPS)"
	}
	return words + ": the first appearance decides the court, so a charge before that day keeps it in the youth court"
}

// youthOutcome refuses the disposal that belongs to the other side of 18. Where the date of birth is not known nothing is
// refused: the card says that nobody knows.
func youthOutcome(p *Person, outcome HomeOfficeOutcome, acted, on day.Date) error {
	const known = "Check the date of birth on record with person.edit, or choose another outcome"
	g := AgeGroupOf(p.Born, on)
	switch {
	case outcome == "3" && g == Under18:
		return Refuse("outcome", p.Name()+" is under 18 (born "+p.Born.String()+"), and an adult caution is for adults",
			"Choose 2, a youth caution (Crime and Disorder Act 1998 s.66ZA), or another outcome")
	case outcome == "3" && g == MayBeUnder:
		return Refuse("outcome", p.Name()+" may be under 18 (born "+p.Born.String()+") and is treated so (PACE Code C 1.5); an adult caution is for adults", known)
	case outcome == "2" && g == OfAge:
		return Refuse("outcome", p.Name()+" is 18 or over (born "+p.Born.String()+"), and a youth caution is for the under-18s (Crime and Disorder Act 1998 s.66ZA)",
			"Choose 3, an adult caution, or another outcome")
	case outcome == "11" && groupAt(p.Born, responsibleAge, acted) == OfAge:
		return Refuse("outcome", p.Name()+" was 10 or over (born "+p.Born.String()+"), and outcome 11 is for a suspect under the age of criminal responsibility (CYPA 1933 s.50)", known)
	}
	return nil
}

// youthDisposal holds an arrest's outcome to the suspect's age on the day of the disposal.
func youthDisposal(c *Change, k *Arrest, on day.Date) error {
	if k.Outcome == "" {
		return nil
	}
	p, err := Load[*Person](c, "person", k.Person)
	if err != nil {
		return err
	}
	return youthOutcome(p, k.Outcome, firstDay(k.LastAct, day.On(k.At)), on)
}

// youthClosing holds a case's outcome to the ages of its suspects: it is refused when it fits none of them.
func youthClosing(c *Change, k *Case, on day.Date) error {
	var refused error
	for _, ref := range slices.Concat(k.Who(PartySuspect), k.Who(PartyConvicted)) {
		p, err := Load[*Person](c, "case", ref)
		if err != nil {
			return err
		}
		err = youthOutcome(p, k.Outcome, k.Last, on)
		if err == nil {
			return nil
		}
		refused = err
	}
	return refused
}

// YouthPlan is what has been arranged for a young person in a case. It concerns the suspect; nothing of a victim-survivor
// stands in it.
type YouthPlan struct {
	Person  Ref      `cbor:"1,keyasint" json:"person"`
	Adult   string   `cbor:"2,keyasint,omitempty" json:"appropriate_adult,omitempty"`
	School  string   `cbor:"3,keyasint,omitempty" json:"school,omitempty"` // or college
	YOT     string   `cbor:"4,keyasint,omitempty" json:"yot,omitempty"`    // the worker or team told
	YOTTold day.Date `cbor:"5,keyasint,omitempty" json:"yot_told,omitzero"`
	Parent  string   `cbor:"6,keyasint,omitempty" json:"parent_told,omitempty"` // who was told of the arrest (PACE Code C 3.13)
	Note    string   `cbor:"7,keyasint,omitempty" json:"note,omitempty"`
	By      Ref      `cbor:"8,keyasint" json:"by"`
	Day     day.Date `cbor:"9,keyasint" json:"day"`
}

// youthPlan finds what has been arranged for a person in the case.
func (k *Case) youthPlan(person Ref) (YouthPlan, bool) {
	for _, y := range k.Youths {
		if y.Person == person {
			return y, true
		}
	}
	return YouthPlan{Person: person}, false
}

// youthFacts says, for everybody accused in the case who is or may be under 18, what follows and what has been arranged.
func (k *Case) youthFacts(l *Liner) []Fact {
	today := day.On(l.now)
	var out []Fact
	for _, ref := range k.accusedRefs() {
		p := l.Person(ref)
		turning := p.turning(k, today)
		words := p.YouthWords(today)
		if words == "" && turning == "" {
			continue
		}
		tone := ToneDanger
		if p.AgeGroup(today) == AgeNotKnown {
			tone = ToneWarn
		}
		court, _ := YouthCourt(p, today)
		out = append(out, Fact{Label: string(ref), Text: words, Tone: tone, Ref: ref}, Fact{Label: "Court", Text: court}, Fact{Label: "18", Text: turning, Tone: ToneWarn})
		if p.AgeGroup(today).Young() || turning != "" {
			out = append(out, k.youthPlanFacts(l, ref)...)
		}
	}
	return out
}

func (k *Case) youthPlanFacts(l *Liner, person Ref) []Fact {
	y, _ := k.youthPlan(person)
	adult := Fact{Label: "Adult", Text: y.Adult}
	if y.Adult == "" {
		adult.Text, adult.Tone = "NO appropriate adult named (PACE Code C 1.7, 3.15): case.youth records one", ToneWarn
	}
	yot := Fact{Label: "YOT", Text: y.YOT}
	switch {
	case y.YOT == "":
		yot.Text, yot.Tone = "the youth offending team has not been told", ToneWarn
	case !y.YOTTold.IsZero():
		yot.Text += ", told " + y.YOTTold.Long()
	}
	return []Fact{adult, yot, {Label: "Parent", Text: y.Parent}, {Label: "School", Text: y.School}, {Label: "Arranged", Text: l.Officer(y.By)}, {Label: "Note", Text: y.Note}}
}

// youthBadges flag a case with a suspect who is or may be under 18.
func (k *Case) youthBadges(l *Liner) []string {
	var out []string
	for _, ref := range k.accusedRefs() {
		if badge := l.Person(ref).youthBadge(l.now); badge != "" && !slices.Contains(out, badge) {
			out = append(out, badge)
		}
	}
	return out
}

// accusedRefs are those suspected or convicted in the case, each once.
func (k *Case) accusedRefs() []Ref {
	var out []Ref
	for _, ref := range slices.Concat(k.Who(PartySuspect), k.Who(PartyConvicted)) {
		if !slices.Contains(out, ref) {
			out = append(out, ref)
		}
	}
	return out
}
