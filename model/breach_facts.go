package model

import (
	"strings"

	"pou/model/day"
)

func (b *Breach) facts(l *Liner) []Facts {
	o, _ := l.order(b.Order)
	groups := []Facts{{Head: string(b.Ref) + " · " + string(b.Unit), Rows: b.stated(l, o)}}
	rests := append([]Fact{{Label: "Because", Text: b.Why}, {Label: "Weight", Text: b.Weight}}, eventFacts(l, b.Events)...)
	groups = append(groups, Facts{Head: "What it rests on", Rows: rests}, Facts{Head: "What else could explain it", Rows: listFacts("Could also", b.Else)})
	if b.State.Open() {
		groups = append(groups, Facts{Head: "Evidence to look for", Rows: listFacts("Look for", b.Look)})
	}
	groups = append(groups, Facts{Head: "How it was decided", Rows: b.history(l)})
	switch {
	case o == nil || b.State == NotABreach || b.State == BreachDismissed:
	case b.State.Open(): // a charge drafted before anybody has decided would decide for them
		row := b.Offence().Row()
		offence := row.Title + " (" + row.Statute + ")"
		if o.Type == BailTerms {
			offence = "none: breaking bail is a power to arrest only (PACE 1984 s.46A; Bail Act 1976 s.7(3))"
		}
		groups = append(groups, Facts{Head: "If it is substantiated", Rows: []Fact{{Label: "Offence", Text: offence}}})
	default:
		groups = append(groups, Facts{Head: "Charge wording", Rows: wordingFacts(ChargeWording(o, b, l.Person(b.Person).Name()))})
	}
	return groups
}

// order is the order under a ref, if it can be read.
func (l *Liner) order(ref Ref) (*Order, bool) {
	r, err := l.src.Record(ref)
	if err != nil {
		return nil, false
	}
	o, ok := r.(*Order)
	return o, ok
}

func (b *Breach) stated(l *Liner, o *Order) []Fact {
	what := "Potential"
	if !b.State.Open() {
		what = "What"
	}
	rows := []Fact{
		{Label: what, Text: b.What, Tone: ToneStrong},
		{Label: "State", Text: string(b.State), Tone: b.tone()},
		{Label: "Next", Text: b.next(), Tone: ToneWarn},
		{Label: "Breach of", Text: breachOfWords(l, b.Order, b.Condition, b.Duty), Tone: ToneWarn, Ref: b.Order},
	}
	if o != nil {
		rows = append(rows, Fact{Label: "Of order", Text: string(o.Ref) + " " + string(o.Type) + ", " + o.State(dayOf(l)), Ref: o.Ref})
	}
	return append(
		rows, Fact{Label: "Happened", Text: strings.TrimSpace(day.Clock(b.At) + "; reported " + day.Clock(b.Reported) + " " + b.Source)},
		Fact{Label: "Found by", Text: LabelOf(b.Found.Choices(), string(b.Found))}, Fact{Label: "Owner", Text: l.Officer(b.Owner)}, Fact{Label: "Report", Text: b.Report},
		Fact{Label: "Needed", Text: b.Needs, Tone: ToneWarn}, Fact{Label: "Reason", Text: b.Reason}, Fact{Label: "Excuse", Text: b.Excuse},
		Fact{Label: "Decided", Text: b.decidedWords(l)}, Fact{Label: "Arrest", Text: string(b.Arrest), Ref: b.Arrest},
		Fact{Label: "Court", Text: LabelOf(b.Court.Choices(), string(b.Court)), Tone: ToneStrong},
	)
}

func (b *Breach) decidedWords(l *Liner) string {
	if b.DecidedBy == "" {
		return ""
	}
	return day.Clock(b.DecidedAt) + " " + l.Officer(b.DecidedBy)
}

func (b *Breach) tone() Tone {
	switch b.State {
	case BreachReported, BreachNeedMore:
		return ToneWarn
	case NotABreach, BreachDecided, BreachDismissed:
		return ToneQuiet
	case BreachReview, BreachSubstantiated, BreachArrested, BreachCharged:
	}
	return TonePlain
}

// next is what an officer does next, and with which action.
func (b *Breach) next() string {
	switch b.State {
	case BreachReported, BreachReview:
		return "an officer decides: substantiated, not a breach, or need more (breach.decide)"
	case BreachNeedMore:
		return "find what is needed, then decide (breach.decide)"
	case BreachSubstantiated:
		return "arrest: mark as wanted and task, if that was not done with the decision (wanted.mark, task.add)"
	case BreachArrested:
		return "interview, then the CPS: the wording below is a draft for them (arrest.status)"
	case BreachCharged:
		return "record what the court decides (breach.decide, decided)"
	case NotABreach, BreachDecided, BreachDismissed:
	}
	return ""
}

func (b *Breach) history(l *Liner) []Fact {
	out := make([]Fact, len(b.Steps))
	for i, s := range b.Steps {
		text := string(s.State) + " · " + l.Officer(s.By)
		if s.Reason != "" {
			text += ": " + s.Reason
		}
		out[i] = Fact{Label: momentShort(s.At), Text: text, Tone: ToneQuiet}
	}
	return out
}

func wordingFacts(wording string) []Fact {
	var out []Fact
	for line := range strings.SplitSeq(wording, "\n") {
		f := Fact{Label: "Wording", Text: line}
		if label, text, ok := strings.Cut(line, ": "); ok && len(label) <= 12 {
			f = Fact{Label: label, Text: text}
		}
		if strings.HasPrefix(line, "DRAFT") || strings.HasPrefix(line, "MISSING") {
			f.Tone = ToneWarn
		}
		out = append(out, f)
	}
	return out
}
