package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// STACAsk is what S-TAC, the Stalking Threat Assessment Centre, is asked to do in a case.
type STACAsk string

// Choices lists what may be asked.
func (STACAsk) Choices() []Choice {
	return []Choice{
		{"advice", "advice", "a"}, {"co-work", "co-work the case", "c"}, {"intervention", "intervention with the suspect", "i"}, {"post-conviction", "post-conviction work", "p"},
	}
}

// SharingBasis is the ground on which something about people is told to another body.
type SharingBasis string

// Choices lists the grounds. Source: Data Protection Act 2018 Part 3, s.35 and Schedule 8, not re-read: check.
func (SharingBasis) Choices() []Choice {
	return []Choice{
		{"consent", "consent of the victim-survivor", "c"},
		{"law-enforcement", "law enforcement, strictly necessary (DPA 2018 s.35)", "l"},
		{"vital-interests", "vital interests (DPA 2018 Sch.8)", "v"},
		{"safeguarding", "safeguarding children or adults at risk (DPA 2018 Sch.8)", "s"},
	}
}

func (b SharingBasis) label() string { return LabelOf(b.Choices(), string(b)) }

// ReferralState is where a referral to S-TAC stands.
type ReferralState string

// The states of a referral.
const (
	STACReferred ReferralState = "referred"
	STACAccepted ReferralState = "accepted"
	STACDeclined ReferralState = "declined"
	STACAdvised  ReferralState = "advice given"
	STACClosed   ReferralState = "closed"
)

// Live reports whether S-TAC still has something to do.
func (s ReferralState) Live() bool { return s == STACReferred || s == STACAccepted || s == STACAdvised }

// Referral is a case sent to S-TAC: why, on what ground, what is asked, and what S-TAC made of it. What S-TAC wants done is
// a [Task] about the referral.
type Referral struct {
	Meta       `cbor:"-" json:"-"`
	Case       Ref           `cbor:"1,keyasint,omitempty" json:"case,omitempty"`
	Person     Ref           `cbor:"2,keyasint,omitempty" json:"person,omitempty"`
	Screening  Ref           `cbor:"3,keyasint,omitempty" json:"screening,omitempty"`
	Order      Ref           `cbor:"4,keyasint,omitempty" json:"order,omitempty"`
	Unit       Unit          `cbor:"5,keyasint,omitempty" json:"unit,omitempty"`
	Reason     string        `cbor:"6,keyasint" json:"reason"`
	Basis      SharingBasis  `cbor:"7,keyasint" json:"lawful_basis"`
	Ask        []STACAsk     `cbor:"8,keyasint" json:"asked"`
	Priority   Priority      `cbor:"9,keyasint,omitempty" json:"priority,omitempty"`
	By         Ref           `cbor:"10,keyasint" json:"by"`
	At         time.Time     `cbor:"11,keyasint" json:"at"`
	State      ReferralState `cbor:"12,keyasint" json:"state"`
	DecidedBy  Ref           `cbor:"13,keyasint,omitempty" json:"decided_by,omitempty"`
	DecidedAt  time.Time     `cbor:"14,keyasint,omitzero" json:"decided_at,omitzero"`
	Decision   string        `cbor:"15,keyasint,omitempty" json:"decision,omitempty"` // why accepted or declined
	Advice     []STACAdvice  `cbor:"16,keyasint,omitempty" json:"advice,omitempty"`
	Restricted bool          `cbor:"17,keyasint,omitempty" json:"restricted,omitempty"`
	Limits     string        `cbor:"18,keyasint,omitempty" json:"restricted_because,omitempty"`
	Ended      time.Time     `cbor:"19,keyasint,omitzero" json:"ended,omitzero"`
	Outcome    string        `cbor:"20,keyasint,omitempty" json:"outcome,omitempty"`
	Owner      Ref           `cbor:"21,keyasint,omitempty" json:"owner,omitempty"` // at S-TAC
	Victim     string        `cbor:"22,keyasint,omitempty" json:"-"`               // what S-TAC must know of the victim-survivor: need-to-know
}

// STACAdvice is advice as it was given.
type STACAdvice struct {
	At   time.Time `cbor:"1,keyasint" json:"at"`
	By   Ref       `cbor:"2,keyasint" json:"by"`
	Text string    `cbor:"3,keyasint" json:"text"`
}

// Links finds the referral from what it is about.
func (r *Referral) Links() []Ref { return links(r.Case, r.Person, r.Screening, r.Order, r.Owner) }

// Place puts the referral in the queue while S-TAC has something to do.
func (r *Referral) Place() (Unit, bool) { return r.Unit, r.State.Live() }

// Check wants a ground and a reason, and a reason again for declining.
func (r *Referral) Check() error {
	switch {
	case r.Case == "" && r.Person == "":
		return Refuse("case", "a referral is about a case or a person", "Name the case, the suspect, the screening or the order")
	case r.Reason == "":
		return Refuse("reason", "a referral says why", "Enter the reason")
	case r.Basis == "":
		return Refuse("basis", "a referral has a lawful basis (DPA 2018 s.35)", "Choose one: "+valuesOf(r.Basis.Choices()))
	case len(r.Ask) == 0:
		return Refuse("ask", "a referral says what is asked of S-TAC", "Choose: "+valuesOf(STACAsk("").Choices()))
	case r.State == STACDeclined && r.Decision == "":
		return Refuse("reason", "a referral that is declined is declined for a reason", "Enter it: the officer acts on it")
	case r.Restricted && r.Limits == "":
		return Refuse("reason", "a restriction has a reason", "Enter why the case is restricted")
	case r.State == STACClosed && r.Outcome == "":
		return Refuse("outcome", "a referral that is closed says what came of it", "Enter it in a sentence")
	}
	return nil
}

// stacAnswerDays are the working days S-TAC has to answer a referral, by its priority; stacAdviseDays those to advise once
// it is accepted. Local practice, to be agreed with S-TAC.
func stacAnswerDays(p Priority) int {
	switch p {
	case PriorityNow:
		return 1
	case PriorityToday:
		return 2
	case PriorityRoutine, "":
	}
	return 5
}

const stacAdviseDays = 10

// answerBy is the last day to accept or decline.
func (r *Referral) answerBy() day.Date {
	return day.On(r.At).AddWorkingDays(stacAnswerDays(r.Priority))
}

func (r *Referral) adviseBy() day.Date { return day.On(r.DecidedAt).AddWorkingDays(stacAdviseDays) }

// clocks are those of the referral itself; its actions are tasks, and have their own.
func (r *Referral) clocks(Watch) []Due {
	switch r.State {
	case STACReferred:
		return []Due{{
			Rule: "answer the referral to S-TAC", Citation: Local, Start: r.At, Deadline: r.answerBy().End(), Owner: r.Owner,
			Missed: "the officer waits, and the threat is assessed by nobody", Settle: "stac.decide",
		}}
	case STACAccepted:
		return []Due{{
			Rule: "give S-TAC's advice", Citation: Local, Start: r.DecidedAt, Deadline: r.adviseBy().End(), Owner: r.Owner,
			Missed: "the case goes on without the advice it was sent for", Settle: "stac.advise",
		}}
	case STACAdvised, STACDeclined, STACClosed:
	}
	return nil
}

// row is due when S-TAC next has to act: to answer, to advise, or by the first action that is open.
func (r *Referral) row(l *Liner, line *Line) {
	line.Kind, line.Status, line.What, line.Since, line.Owner = KindReferral.Word(), string(r.State), r.Reason, r.At, r.Owner
	line.About, line.Priority, line.Type = r.Case, string(r.Priority), strings.Join(r.asked(), ", ")
	if line.Priority == "" {
		line.Priority = string(PriorityRoutine)
	}
	if r.Restricted {
		line.Outcome = "RESTRICTED"
	}
	switch r.State {
	case STACReferred:
		line.Due = r.answerBy()
	case STACAccepted:
		line.Due = r.adviseBy()
	case STACAdvised, STACDeclined, STACClosed:
	}
	if !r.State.Live() {
		return
	}
	for _, t := range r.tasks(l) {
		if t.State.Live() && !t.Due.IsZero() && (line.Due.IsZero() || t.Due < line.Due) {
			line.Due = t.Due
		}
	}
}

func (r *Referral) asked() []string {
	out := make([]string, len(r.Ask))
	for i, a := range r.Ask {
		out[i] = LabelOf(a.Choices(), string(a))
	}
	return out
}

// tasks are the actions S-TAC set.
func (r *Referral) tasks(l *Liner) []*Task {
	var out []*Task
	for _, rec := range l.Linked(r.Ref, KindTask) {
		if t, ok := rec.(*Task); ok {
			out = append(out, t)
		}
	}
	return out
}

func (r *Referral) facts(l *Liner) []Facts {
	var out []Facts
	k := caseAt(l, r.Case)
	if k != nil {
		out = append(out, k.safetyFacts(l))
	}
	out = append(out, r.asFacts(l), r.decisionFacts(l))
	actions := Facts{Head: "Actions"}
	for _, t := range r.tasks(l) {
		tone := TonePlain
		if !t.State.Live() {
			tone = ToneQuiet
		}
		words := slices.DeleteFunc([]string{t.Title, string(t.State), l.Officer(t.Assignee), "due " + t.Due.Long(), t.Result}, func(s string) bool { return s == "" || s == "due " })
		actions.Rows = append(actions.Rows, Fact{Label: string(t.Ref), Text: strings.Join(words, " · "), Tone: tone, Ref: t.Ref})
	}
	out = append(out, actions)
	if k != nil {
		out = append(out, Facts{Head: "Under 18", Rows: k.youthFacts(l)})
	}
	return out
}

func (r *Referral) asFacts(l *Liner) Facts {
	rows := []Fact{}
	if r.Restricted {
		rows = append(rows, Fact{Label: "RESTRICTED", Text: "by S-TAC: " + r.Limits + ". Ask S-TAC before it is shown to anybody else", Tone: ToneDanger})
	}
	tone := ToneStrong
	if r.State == STACReferred && r.answerBy().End().Before(l.now) {
		tone = ToneDanger
	}
	rows = append(
		rows, Fact{Label: "State", Text: string(r.State), Tone: tone}, Fact{Label: "Why", Text: r.Reason}, Fact{Label: "Asked for", Text: strings.Join(r.asked(), ", ")},
		Fact{Label: "Basis", Text: r.Basis.label()}, Fact{Label: "Priority", Text: string(r.Priority)},
		Fact{Label: "Referred", Text: day.On(r.At).Long() + " by " + l.Officer(r.By)}, Fact{Label: "S-TAC", Text: l.Officer(r.Owner)},
	)
	if r.State == STACReferred {
		rows = append(rows, Fact{Label: "Answer by", Text: r.answerBy().Long() + " (" + Local + ")"})
	}
	if r.Victim != "" {
		rows = append(rows, Fact{Label: "Victim", Text: "words kept back, need-to-know", Tone: ToneQuiet})
	}
	return Facts{Head: string(r.Ref) + " · " + string(r.Unit), Rows: append(
		rows, Fact{Label: "Case", Text: string(r.Case), Ref: r.Case}, Fact{Label: "Screening", Text: string(r.Screening), Ref: r.Screening}, Fact{Label: "Order", Text: string(r.Order), Ref: r.Order},
	)}
}

func (r *Referral) decisionFacts(l *Liner) Facts {
	out := Facts{Head: "What S-TAC said"}
	if r.DecidedBy != "" {
		word := "accepted"
		if r.State == STACDeclined {
			word = "DECLINED"
		}
		out.Rows = append(out.Rows, Fact{Label: "Decision", Text: strings.TrimSuffix(word+" on "+day.On(r.DecidedAt).Long()+" by "+l.Officer(r.DecidedBy)+": "+r.Decision, ": ")})
	}
	for _, a := range r.Advice {
		out.Rows = append(out.Rows, Fact{Label: day.On(a.At).Long(), Text: a.Text + " · " + l.Officer(a.By), Tone: ToneStrong})
	}
	out.Rows = append(out.Rows, Fact{Label: "Closed", Text: r.Outcome})
	return out
}

func (r *Referral) private(*Liner) []Facts {
	if r.Victim == "" {
		return nil
	}
	return []Facts{{Head: "What S-TAC was told of the victim-survivor", Rows: []Fact{{Label: "Victim", Text: r.Victim}}}}
}
