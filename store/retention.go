package store

import (
	"errors"
	"slices"
	"sort"
	"time"

	"pou/model"
	"pou/model/day"
)

// listRetention is who is due to be reviewed: whether what is held on them is still needed.
const listRetention List = "retention"

// retentionRunway is how far ahead a review shows, so that it is planned and not missed. Local practice.
const retentionRunway = 31

// heldAbout are the kinds of record that say something has happened about a person.
func heldAbout() []model.Kind {
	return []model.Kind{
		model.KindWanted, model.KindArrest, model.KindOrder, model.KindCase, model.KindBreach, model.KindIntel, model.KindAttempt, model.KindTarget,
		model.KindApplication, model.KindScreening, model.KindReferral, model.KindSurvivor, model.KindTask,
	}
}

// retentionLines lists the people whose record is due for review, the longest overdue first. Somebody nothing has changed
// about for less than the shortest limit is passed over by the number of their last entry, without reading anything else.
func retentionLines(r Reader, liner *model.Liner, s Scope) ([]model.Line, error) {
	until := day.On(liner.Now()).AddDays(retentionRunway)
	old, err := quietSince(r, liner, until)
	if err != nil {
		return nil, err
	}
	var due []*model.Person
	var bad []error
	err = r.Each(model.KindPerson, "", func(rec model.Record, err error) bool {
		p, ok := rec.(*model.Person)
		switch {
		case err != nil:
			bad = append(bad, err)
		case ok && (s.Unit == "" || p.OwnerUnit == s.Unit) && ((p.Kept != nil && p.Kept.Until <= until) || (p.Kept == nil && p.Seq <= old)):
			due = append(due, p)
		}
		return true
	})
	var lines []model.Line
	for _, p := range due {
		last, err := lastAbout(r, p)
		if err != nil {
			bad = append(bad, err)
			continue
		}
		by, why := p.ReviewBy(last, liner.Limits())
		if by > until {
			continue
		}
		line := liner.Line(p)
		line.Due, line.What, line.Status, line.Type = by, why, "to review", "never reviewed"
		if p.Kept != nil {
			line.Type = string(p.Kept.Group)
		}
		lines = append(lines, line)
	}
	slices.SortStableFunc(lines, func(a, b model.Line) int { return dayOrder(&a, &b) })
	return lines, errors.Join(append(bad, err)...)
}

// quietSince is the newest journal entry after which nothing needs to have changed for a review to be due.
func quietSince(r Reader, liner *model.Liner, until day.Date) (uint64, error) {
	info, err := r.Info()
	if err != nil {
		return 0, err
	}
	never := &model.Person{}
	n := sort.Search(int(info.Head), func(i int) bool { //nolint:gosec // as many entries as there are
		e, _, err := r.Entry(uint64(i) + 1) //nolint:gosec // not negative
		if err != nil {
			return true
		}
		by, _ := never.ReviewBy(e.At, liner.Limits())
		return by > until
	})
	return uint64(n), nil //nolint:gosec // not negative
}

// lastAbout is when anything about a person last changed.
func lastAbout(r Reader, p *model.Person) (time.Time, error) {
	seq := p.Seq
	for _, kind := range heldAbout() {
		refs, err := r.Linked(p.Ref, kind)
		if err != nil {
			return time.Time{}, err
		}
		for _, ref := range refs {
			rec, err := r.Record(ref)
			if err != nil {
				return time.Time{}, err
			}
			seq = max(seq, rec.Head().Seq)
		}
	}
	e, _, err := r.Entry(seq)
	return e.At, err
}
