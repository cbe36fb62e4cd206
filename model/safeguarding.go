package model

import (
	"slices"
	"strings"

	"pou/model/day"
)

// SafeBody is who can keep somebody safe, or what can.
type SafeBody string

// Choices lists the bodies and measures. Source: College of Policing 2024 and the unit's practice; local.
func (SafeBody) Choices() []Choice {
	return []Choice{
		{"idva", "IDVA", "i"},
		{"advocate", "stalking advocate", "v"},
		{"marac", "MARAC", "m"},
		{"children", "children's social care", "c"},
		{"adults", "adult social care", "a"},
		{"housing", "housing", "h"},
		{"hardening", "target hardening", "t"},
		{"tecsos", "TecSOS or other alarm", "s"},
		{"health", "health", "e"},
		{"school", "school or college", "l"},
		{"yot", "youth offending team", "y"},
		{"mappa", "MAPPA", "p"},
		{"other", "other", "o"},
	}
}

func (b SafeBody) label() string { return LabelOf(b.Choices(), string(b)) }

// SafeOutcome is what came of a safeguarding action.
type SafeOutcome string

// The outcomes; the empty one is "not known yet".
const (
	SafeInPlace  SafeOutcome = "in place"
	SafeRefused  SafeOutcome = "not taken up"
	SafeDeclined SafeOutcome = "declined"
)

// Choices lists the outcomes for a form.
func (SafeOutcome) Choices() []Choice {
	return []Choice{
		{string(SafeInPlace), "in place", "p"}, {string(SafeRefused), "not taken up by the victim-survivor", "n"}, {string(SafeDeclined), "declined by the body", "d"},
	}
}

// SafeAction is something done to keep somebody safe: a referral to another body, or a measure taken.
type SafeAction struct {
	No       int          `cbor:"1,keyasint" json:"no"`
	To       SafeBody     `cbor:"2,keyasint" json:"to"`
	Basis    SharingBasis `cbor:"3,keyasint" json:"lawful_basis"`
	Day      day.Date     `cbor:"4,keyasint" json:"day"`
	By       Ref          `cbor:"5,keyasint" json:"by"`
	Words    string       `cbor:"6,keyasint,omitempty" json:"-"` // who, where, what: need-to-know
	FollowUp day.Date     `cbor:"7,keyasint,omitempty" json:"follow_up,omitzero"`
	Owner    Ref          `cbor:"8,keyasint,omitempty" json:"owner,omitempty"`
	Outcome  SafeOutcome  `cbor:"9,keyasint,omitempty" json:"outcome,omitempty"`
	Known    day.Date     `cbor:"10,keyasint,omitempty" json:"known,omitzero"` // the day the outcome was known
	Came     string       `cbor:"11,keyasint,omitempty" json:"-"`              // what came of it: need-to-know
}

func (a SafeAction) open() bool { return a.Outcome == "" }

// safeDues are the follow-ups of what was done to keep somebody safe.
func (k *Case) safeDues() []Due {
	var out []Due
	for _, a := range k.Safe {
		if a.open() && !a.FollowUp.IsZero() {
			out = append(out, Due{
				Rule: "follow up safeguarding " + itoa(a.No) + ": " + a.To.label(), Citation: Local + " (safeguarding before a criminal-justice outcome: College of Policing)",
				Start: a.Day.Start(), Deadline: a.FollowUp.End(), Owner: a.Owner, Missed: "nobody knows whether the measure is in place", Settle: "safeguarding.outcome",
			})
		}
	}
	return out
}

// safetyFacts stand first on every card of the case: safety comes before a criminal-justice outcome.
func (k *Case) safetyFacts(l *Liner) Facts {
	out := Facts{Head: "Safeguarding first, before any criminal-justice outcome"}
	if len(k.Safe) == 0 {
		out.Rows = []Fact{{Label: "Nothing", Text: "no safeguarding action is on record: safeguarding.refer records one", Tone: ToneWarn}}
		return out
	}
	today := day.On(l.now)
	for _, a := range k.Safe {
		f := Fact{Label: itoa(a.No) + " " + a.Day.Short(), Tone: TonePlain}
		state := string(a.Outcome)
		switch {
		case !a.open():
			f.Tone = ToneGood
			if a.Outcome != SafeInPlace {
				f.Tone = ToneWarn
			}
			state += " since " + a.Known.Long()
		case !a.FollowUp.IsZero() && a.FollowUp < today:
			f.Tone, state = ToneDanger, "FOLLOW-UP OVERDUE since "+a.FollowUp.Long()
		case !a.FollowUp.IsZero():
			state = "follow up by " + a.FollowUp.Long()
		default:
			state = "outcome not known"
		}
		f.Text = strings.Join(slices.DeleteFunc([]string{a.To.label(), state, a.Basis.label(), l.Officer(a.By)}, func(s string) bool { return s == "" }), " · ") + keptBack(a.Words+a.Came)
		out.Rows = append(out.Rows, f)
	}
	return out
}

// safeguarding is what was asked of other bodies, and what came of it: it may say who or where somebody is.
func (k *Case) safeguarding() Facts {
	out := Facts{Head: "Safeguarding"}
	for _, a := range k.Safe {
		if a.Words+a.Came != "" {
			out.Rows = append(out.Rows, Fact{Label: itoa(a.No) + " " + a.Day.Short(), Text: strings.Trim(a.To.label()+": "+a.Words+". "+a.Came, ". ")})
		}
	}
	return out
}

// mayClose refuses to close a case while a safeguarding follow-up is open, since its clock would stop with the case, and
// holds the outcome to the ages of the suspects.
func (k *Case) mayClose(c *Change) error {
	for _, a := range k.Safe {
		if a.open() && !a.FollowUp.IsZero() {
			return Refuse("case", "safeguarding "+itoa(a.No)+" ("+a.To.label()+") is to be followed up by "+a.FollowUp.Long()+", and safety comes before closing",
				"Record what came of it with safeguarding.outcome first")
		}
	}
	return youthClosing(c, k, day.On(c.Now))
}
