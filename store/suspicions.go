package store

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"pou/model"
	"pou/model/day"
)

// Suspicions proposes, for every live order of a unit ("" for all twelve), what on record may be a breach and nobody has
// looked at, newest first. It reads the orders and what is about their subjects, not the people. An order that cannot be
// looked at is named in the error, which then comes with the rest.
func Suspicions(r Reader, unit model.Unit, now time.Time) ([]model.Suspicion, error) {
	refs, err := r.Placed(model.KindOrder, unit, true)
	if err != nil {
		return nil, err
	}
	var out []model.Suspicion
	var bad []error
	for _, ref := range refs {
		found, err := model.SuspicionsOf(r, ref, now)
		if err != nil {
			bad = append(bad, err)
			continue
		}
		out = append(out, found...)
	}
	slices.SortStableFunc(out, func(a, b model.Suspicion) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return out, errors.Join(bad...)
}

func suspicionLines(r Reader, liner *model.Liner, s Scope, now time.Time) ([]model.Line, error) {
	found, err := Suspicions(r, s.Unit, now)
	lines := make([]model.Line, len(found))
	for i := range found {
		lines[i] = liner.SuspicionLine(&found[i])
	}
	return lines, err
}

// BreachResults counts the breaches of a unit ("" for all twelve) from one day to another, as the trial counted them.
func BreachResults(r Reader, unit model.Unit, from, to day.Date) ([]model.BreachFigure, error) {
	var all []*model.Breach
	err := allOf(r, model.KindBreach, &all)
	if unit != "" {
		all = ofUnit(all, unit, func(b *model.Breach) model.Unit { return b.Unit })
	}
	return model.BreachResults(all, from, to), err
}
