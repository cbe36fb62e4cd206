package model

import (
	"slices"
	"strings"

	"pou/model/day"
)

// stacReferDays are the working days after the last act within which a case recorded as stalking is with S-TAC, which
// reviews every one of them. Local practice.
const stacReferDays = 5

func (k *Case) clocks(w Watch) []Due {
	if k.State == CaseClosed {
		return nil
	}
	out := k.safeDues()
	if by, ok := chargeBy(k.Offences, k.Last); ok && k.State == CaseOpen { // it runs with or without an arrest or a wanted line
		out = append(out, chargeDue(k.Last, by, k.Officer, "case.charge", w.Now))
	}
	if k.stalking() && k.Referral == "" {
		out = append(out, Due{
			Rule: "refer the stalking case to S-TAC", Citation: Local + " (S-TAC reviews every case recorded as stalking)", Start: k.Last.Start(),
			Deadline: k.Last.AddWorkingDays(stacReferDays).End(), Owner: k.Officer, Missed: "S-TAC has not seen the case", Settle: "stac.refer",
		})
	}
	if all := k.accusedRefs(); len(all) == 1 { // the row of the clock says whose case it is
		for i := range out {
			out[i].Person = all[0]
		}
	}
	return out
}

// stalking reports whether the case is recorded as stalking (PHA 1997 ss.2A, 4A).
func (k *Case) stalking() bool {
	return slices.ContainsFunc(k.Offences, func(o OffenceCode) bool { return o == "s2A" || o == "s4A" })
}

func (k *Case) facts(l *Liner) []Facts {
	return []Facts{k.safetyFacts(l), k.asFacts(l), {Head: "Under 18", Rows: k.youthFacts(l)}, k.threatFacts(l), k.deviceFacts(l)}
}

func (k *Case) asFacts(l *Liner) Facts {
	rows := []Fact{
		{Label: "Alleged", Text: caseTitles(k.Offences), Tone: ToneStrong},
		{Label: "State", Text: strings.TrimSuffix(string(k.State)+", outcome "+LabelOf(k.Outcome.Choices(), string(k.Outcome)), ", outcome ")},
		{Label: "Acts", Text: acts(k.First, k.Last)},
		{Label: "Report", Text: k.Report},
		{Label: "Charged", Text: strings.TrimSpace(k.Charged.Long() + " " + k.CPS)},
	}
	for _, ref := range k.accusedRefs() {
		role := "Suspect"
		if k.Is(ref, PartyConvicted) {
			role = "Convicted"
		}
		rows = append(rows, Fact{Label: role, Text: string(ref) + " " + l.Person(ref).Name(), Ref: ref})
	}
	if len(k.Who(PartyVictim)) > 0 {
		rows = append(rows, Fact{Label: "Victim", Text: "recorded; need-to-know", Tone: ToneQuiet})
	}
	return Facts{Head: string(k.Ref) + " · " + string(k.Unit), Rows: append(
		rows, Fact{Label: "Officer", Text: l.Officer(k.Officer)}, Fact{Label: "Summary", Text: k.Summary}, Fact{Label: "Note", Text: k.Note},
	)}
}

func acts(from, to day.Date) string {
	if from.IsZero() || from == to {
		return to.Long()
	}
	return from.Long() + " to " + to.Long()
}

func caseTitles(codes []OffenceCode) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = c.Row().Title + " (" + c.Row().Statute + ")"
	}
	return strings.Join(out, "; ")
}

// threatFacts say how the threat was judged and what S-TAC made of it.
func (k *Case) threatFacts(l *Liner) Facts {
	out := Facts{Head: "Screening and S-TAC"}
	for _, rec := range l.Linked(k.Ref, KindScreening) {
		if s, ok := rec.(*Screening); ok {
			line := l.Line(s)
			text := line.Status + ": " + line.What
			if line.Type != "" {
				text += "; " + line.Type
			}
			out.Rows = append(out.Rows, Fact{Label: string(s.Ref), Text: text, Ref: s.Ref})
		}
	}
	if len(out.Rows) == 0 {
		out.Rows = []Fact{{Label: "FOUR", Text: "not screened: think stalking first (screening.record)", Tone: ToneWarn}}
	}
	for _, rec := range l.Linked(k.Ref, KindReferral) {
		if r, ok := rec.(*Referral); ok {
			line := l.Line(r)
			out.Rows = append(out.Rows, Fact{Label: string(r.Ref), Text: strings.TrimSpace("S-TAC: " + line.Status + " " + line.Outcome), Ref: r.Ref})
		}
	}
	if k.stalking() && k.Referral == "" && k.State != CaseClosed {
		out.Rows = append(out.Rows, Fact{Label: "S-TAC", Text: "NOT REFERRED: S-TAC reviews every case recorded as stalking (stac.refer)", Tone: ToneDanger})
	}
	return out
}
