package ui

import (
	"strings"

	"pou/model"
	"pou/model/day"
	"pou/ui/part"
)

// warrant adds what a search warrant is for, how long it lives and what came of it.
func (b *cardBuilder) warrant(s *model.SearchWarrant) {
	today := day.On(b.now)
	if b.card.title == "" {
		b.card.title = s.Premises
	}
	rows := []row{
		{label: "Premises", text: s.Premises, style: part.StyleBold},
		{label: "State", text: s.Stands(today), style: stateStyle(s.Stands(today))},
		{label: "Power", text: s.Power.Statute()},
		{label: "Looked for", text: s.Sought},
		{label: "For", text: offenceTitles(s.Offences)},
		{label: "Applied", text: s.Applied.Long() + " by " + b.liner.Officer(s.By) + " " + s.Court},
	}
	if !s.Decided.IsZero() {
		rows = append(rows, row{label: "Decided", text: strings.TrimSpace(s.Decided.Long() + ", " + string(s.Decision()) + " " + s.CourtRef + " " + s.Reason)})
	}
	if until := s.Until(); s.State == model.WarrantGranted && s.Returned.IsZero() {
		left := until.End().Sub(b.now)
		rows = append(rows, row{label: "Expires", text: "at the end of " + until.Long() + ", " + part.Left(left) + " (PACE 1984 s.16(3))", style: clockStyle(left)})
	}
	if !s.Executed.IsZero() {
		rows = append(rows, row{label: "Executed", text: day.Moment(s.Executed) + " by " + b.officers(s.Officers)}, row{label: "Found", text: s.Found, style: part.StyleBold})
	}
	rows = append(
		rows, row{label: "Returned", text: s.Returned.Long()}, row{label: "Target", text: string(s.Target), ref: s.Target}, row{label: "Case", text: string(s.Case), ref: s.Case},
		row{label: "Operation", text: string(s.Operation), ref: s.Operation}, row{label: "Note", text: s.Note},
	)
	b.add("Search warrant "+string(s.Ref)+" · "+string(s.Unit), rows...)
}

// warrantsOf adds the search warrants that hang on a record, the newest first.
func (b *cardBuilder) warrantsOf(ref model.Ref) error {
	return b.linked(ref, model.KindWarrant, "Search warrants")
}
