package store

import (
	"errors"
	"time"

	"pou/model"
)

// Shift reads what a handover is made from. A record that cannot be read is left out and named in the error, which then
// comes with what could be read.
func Shift(r Reader) (model.ShiftRecords, error) {
	liner := model.NewLiner(r, time.Time{})
	out := model.ShiftRecords{Limits: liner.Limits(), Left: liner.Left, People: func(ref model.Ref) *model.Person {
		rec, err := r.Record(ref)
		if err != nil {
			return nil
		}
		p, _ := rec.(*model.Person)
		return p
	}}
	return out, errors.Join(
		allOf(r, model.KindAttempt, &out.Attempts), allOf(r, model.KindArrest, &out.Arrests), allOf(r, model.KindWanted, &out.Wanted),
		allOf(r, model.KindBreach, &out.Breaches), allOf(r, model.KindOrder, &out.Orders), allOf(r, model.KindTarget, &out.Targets),
		allOf(r, model.KindTask, &out.Tasks), allOf(r, model.KindWarrant, &out.Warrants), allOf(r, model.KindEvidence, &out.Evidence),
	)
}

// Tally reads what an operation's results are counted from: its own targets, and everything its unit – or, without one,
// every unit – has on record. [model.Results] picks what falls into the operation's days.
func Tally(r Reader, op *model.Operation) (model.ResultRecords, error) {
	var out model.ResultRecords
	var targets []*model.Target
	err := errors.Join(
		allOf(r, model.KindTarget, &targets), allOf(r, model.KindAttempt, &out.Attempts), allOf(r, model.KindArrest, &out.Arrests),
		allOf(r, model.KindOrder, &out.Orders), allOf(r, model.KindBreach, &out.Breaches), allOf(r, model.KindTask, &out.Tasks),
		allOf(r, model.KindWarrant, &out.Warrants),
	)
	for _, t := range targets {
		if t.Operation == op.Ref {
			out.Targets = append(out.Targets, t)
		}
	}
	if op.Unit != "" {
		out.Attempts = ofUnit(out.Attempts, op.Unit, func(a *model.Attempt) model.Unit { return a.Unit })
		out.Arrests = ofUnit(out.Arrests, op.Unit, func(k *model.Arrest) model.Unit { return k.Unit })
		out.Orders = ofUnit(out.Orders, op.Unit, func(o *model.Order) model.Unit { return o.Unit })
		out.Breaches = ofUnit(out.Breaches, op.Unit, func(b *model.Breach) model.Unit { return b.Unit })
		out.Tasks = ofUnit(out.Tasks, op.Unit, func(t *model.Task) model.Unit { return t.Unit })
		out.Warrants = ofUnit(out.Warrants, op.Unit, func(s *model.SearchWarrant) model.Unit { return s.Unit })
	}
	return out, err
}

func ofUnit[R any](all []R, u model.Unit, unit func(R) model.Unit) []R {
	var out []R
	for _, r := range all {
		if unit(r) == u {
			out = append(out, r)
		}
	}
	return out
}

// allOf reads every record of a kind that can be read.
func allOf[R model.Record](r Reader, kind model.Kind, into *[]R) error {
	var bad []error
	err := r.Each(kind, "", func(rec model.Record, err error) bool {
		if err != nil {
			bad = append(bad, err)
			return true
		}
		if got, ok := rec.(R); ok {
			*into = append(*into, got)
		}
		return true
	})
	return errors.Join(append(bad, err)...)
}
