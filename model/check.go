package model

import (
	"strings"
	"time"

	"pou/model/day"
)

// CheckKind is how a condition of an order was looked at.
type CheckKind string

// The kinds of check. A visit that was announced is another thing than one that was not: HMICFRS found subjects warned of
// visits (notes section 3).
const (
	VisitUnannounced CheckKind = "unannounced visit"
	VisitAnnounced   CheckKind = "announced visit"
	PhoneCheck       CheckKind = "phone call"
	OnlineCheck      CheckKind = "online check"
	EvidenceCheck    CheckKind = "evidence of attendance"
	SystemsCheck     CheckKind = "police systems"
	VictimCheck      CheckKind = "victim-survivor contact"
	DeviceCheck      CheckKind = "device check"
	OtherCheck       CheckKind = "other"
)

// Choices lists the kinds for a form.
func (CheckKind) Choices() []Choice {
	return []Choice{
		{string(VisitUnannounced), "unannounced visit", "u"},
		{string(VisitAnnounced), "announced visit", "a"},
		{string(PhoneCheck), "phone call", "p"},
		{string(OnlineCheck), "online check", "o"},
		{string(EvidenceCheck), "evidence of attendance", "e"},
		{string(SystemsCheck), "police systems (PNC, CRIS, custody sweep)", "s"},
		{string(VictimCheck), "victim-survivor contact", "v"},
		{string(DeviceCheck), "device check", "d"},
		{string(OtherCheck), "other", "x"},
	}
}

// Visit reports whether somebody stood at the subject's door.
func (k CheckKind) Visit() bool { return k == VisitUnannounced || k == VisitAnnounced }

// HomeSeen is whether the subject was found to live where they notified.
type HomeSeen string

// What was found. Nobody home is not the same as living elsewhere.
const (
	HomeConfirmed HomeSeen = "confirmed"
	HomeElsewhere HomeSeen = "not living there"
	HomeNotSeen   HomeSeen = "not established"
)

// Choices lists the findings for a form.
func (HomeSeen) Choices() []Choice {
	return []Choice{
		{string(HomeConfirmed), "confirmed: lives there", "c"},
		{string(HomeElsewhere), "not living there", "n"},
		{string(HomeNotSeen), "not established", "e"},
	}
}

// CheckResult is what a check found of one condition.
type CheckResult string

// The results. The zero value is "not checked".
const (
	Complied    CheckResult = "complied"
	Concern     CheckResult = "concern"
	NotComplied CheckResult = "not complied"
	NotChecked  CheckResult = "not checked"
)

// Looked reports whether the condition was looked at, whatever was found.
func (r CheckResult) Looked() bool { return r == Complied || r == Concern || r == NotComplied }

// worse orders results: what an officer has to look at first.
func (r CheckResult) worse() int {
	switch r {
	case NotComplied:
		return 3
	case Concern:
		return 2
	case Complied:
		return 1
	case NotChecked:
	}
	return 0
}

// CheckLine is what a check found of one condition, in words where there is something to say.
type CheckLine struct {
	Condition int         `cbor:"1,keyasint" json:"condition"`
	Result    CheckResult `cbor:"2,keyasint" json:"result"`
	Words     string      `cbor:"3,keyasint,omitempty" json:"words,omitempty"`
	Breach    Ref         `cbor:"4,keyasint,omitempty" json:"breach,omitempty"` // the potential breach it was reported as
}

// Check is one look at whether the subject of an order keeps to it: which conditions, how, and what was found.
type Check struct {
	Meta   `cbor:"-" json:"-"`
	Order  Ref         `cbor:"1,keyasint" json:"order"`
	Person Ref         `cbor:"2,keyasint" json:"person"`
	Unit   Unit        `cbor:"3,keyasint,omitempty" json:"unit,omitempty"`
	Kind   CheckKind   `cbor:"4,keyasint" json:"kind"`
	At     time.Time   `cbor:"5,keyasint" json:"at"`
	By     Ref         `cbor:"6,keyasint" json:"by"`
	Lines  []CheckLine `cbor:"7,keyasint" json:"conditions"`
	Words  string      `cbor:"8,keyasint,omitempty" json:"words,omitempty"` // about no single condition
	Home   HomeSeen    `cbor:"9,keyasint,omitempty" json:"home,omitempty"`
	Next   string      `cbor:"10,keyasint,omitempty" json:"next,omitempty"`
	NextBy day.Date    `cbor:"11,keyasint,omitempty" json:"next_by,omitzero"`
	BWV    string      `cbor:"12,keyasint,omitempty" json:"bwv,omitempty"` // body-worn video reference
}

// Links finds the check from the order, the person and the officer who made it.
func (v *Check) Links() []Ref { return links(v.Order, v.Person, v.By) }

// Place is none: checks are read on their order.
func (v *Check) Place() (Unit, bool) { return "", false }

func (v *Check) subject() Ref { return v.Person }

// Check holds the record to what makes a check worth having.
func (v *Check) Check() error {
	switch {
	case v.Order.Kind() != KindOrder:
		return Refuse("order", "a check is of an order", "Name the order")
	case v.Kind == "":
		return Refuse("kind", "a check says how it was made", "Choose one: "+valuesOf(v.Kind.Choices()))
	case len(v.Lines) == 0:
		return Refuse("complied", "a check is of the conditions of the order", "Say what was found of each")
	case v.Home == HomeElsewhere && v.Next == "":
		return Refuse("next", "somebody who does not live at their notified address has to be found (SPA 2019 s.9(3)-(4))", "Say what is done next")
	case !v.NextBy.IsZero() && v.Next == "":
		return Refuse("next", "a day is set for the next action, which is not said", "Say what is done next, or leave the day out")
	}
	for _, l := range v.Lines {
		if (l.Result == Concern || l.Result == NotComplied) && l.Words == "" {
			return Refuse("words", "condition "+itoa(l.Condition)+" is recorded as "+string(l.Result)+", and nothing says why",
				"Say what was seen, on a line that begins with "+itoa(l.Condition))
		}
	}
	return nil
}

// looked reports whether any condition was looked at: a visit where nobody answered is an attempt at a check.
func (v *Check) looked() bool {
	for _, l := range v.Lines {
		if l.Result.Looked() {
			return true
		}
	}
	return false
}

// line finds what the check says of a condition.
func (v *Check) line(condition int) CheckLine {
	for _, l := range v.Lines {
		if l.Condition == condition {
			return l
		}
	}
	return CheckLine{Condition: condition, Result: NotChecked}
}

// worst is the result an officer has to look at first.
func (v *Check) worst() CheckResult {
	worst := NotChecked
	for _, l := range v.Lines {
		if l.Result.worse() > worst.worse() {
			worst = l.Result
		}
	}
	return worst
}

// Summary says what the check found in a few words: "3 complied, 1 concern (2)".
func (v *Check) Summary() string {
	var parts []string
	for _, r := range []CheckResult{NotComplied, Concern, Complied, NotChecked} {
		var nos []string
		for _, l := range v.Lines {
			if l.Result == r {
				nos = append(nos, itoa(l.Condition))
			}
		}
		switch {
		case len(nos) == 0:
		case r == Complied || r == NotChecked:
			parts = append(parts, itoa(len(nos))+" "+string(r))
		default:
			parts = append(parts, string(r)+": "+strings.Join(nos, ", "))
		}
	}
	return strings.Join(parts, "; ")
}

func (v *Check) row(_ *Liner, line *Line) {
	line.Kind, line.Type, line.What, line.Since, line.Owner = "monitoring check", LabelOf(v.Kind.Choices(), string(v.Kind)), v.Summary(), v.At, v.By
	line.Status, line.About, line.Unit = string(v.worst()), v.Order, v.Unit
}

func (v *Check) facts(l *Liner) []Facts {
	rows := []Fact{
		{Label: "Check", Text: LabelOf(v.Kind.Choices(), string(v.Kind)) + ", " + day.Clock(v.At) + " by " + l.Officer(v.By), Tone: ToneStrong},
		{Label: "Of order", Text: string(v.Order), Ref: v.Order},
		{Label: "Home", Text: LabelOf(v.Home.Choices(), string(v.Home)), Tone: homeTone(v.Home)},
		{Label: "Said", Text: v.Words},
		{Label: "Video", Text: v.BWV},
		{Label: "Next", Text: nextWords(v.Next, v.NextBy)},
	}
	var found []Fact
	for _, c := range v.Lines {
		row := Fact{Label: itoa(c.Condition) + " " + string(c.Result), Text: c.Words, Ref: c.Breach}
		if row.Text == "" {
			row.Text = string(c.Result)
		}
		switch c.Result {
		case NotComplied:
			row.Tone = ToneDanger
		case Concern:
			row.Tone = ToneWarn
		case Complied:
		case NotChecked:
			row.Tone = ToneQuiet
		}
		if c.Breach != "" {
			row.Text += " (" + string(c.Breach) + ", a person decides)"
		}
		found = append(found, row)
	}
	return []Facts{{Head: string(v.Ref) + " · " + string(v.Unit), Rows: rows}, {Head: "Conditions", Rows: found}}
}

func homeTone(h HomeSeen) Tone {
	if h == HomeElsewhere {
		return ToneDanger
	}
	return TonePlain
}

func nextWords(next string, by day.Date) string {
	if next == "" || by.IsZero() {
		return next
	}
	return next + ", by " + by.Long()
}

// findings are what the check found of each condition, for the breach desk. What was reported as a potential breach with the
// check itself stands there already.
func (v *Check) findings(order Ref) []Finding {
	var out []Finding
	for _, l := range v.Lines {
		if v.Order == order && l.Breach == "" && l.Result.Looked() {
			out = append(out, Finding{Record: v.Ref, Condition: l.Condition, At: v.At, Complied: l.Result == Complied, Text: l.Words})
		}
	}
	return out
}

// attendance are the occasions of requirements somebody recorded, for the breach desk. A missed one was reported as a
// potential breach when it was recorded.
func (o *Order) attendance() []Finding {
	var out []Finding
	for _, a := range o.plan().Attended {
		out = append(out, Finding{Record: o.Ref, Condition: a.Condition, At: a.Day.Start(), Day: a.Day, Complied: a.Result != Missed || a.Breach != "", Text: a.Evidence})
	}
	return out
}
