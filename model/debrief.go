package model

import (
	"slices"
	"time"

	"pou/model/day"
)

// Debrief is what a team said afterwards: what worked, what did not, and the intelligence it has to submit. Each debrief
// stands by itself; a hot debrief of one unit and the structured one of the operation are two.
type Debrief struct {
	At     time.Time `cbor:"1,keyasint" json:"at"`
	By     Ref       `cbor:"2,keyasint" json:"by"`
	Unit   Unit      `cbor:"3,keyasint,omitempty" json:"unit,omitempty"`
	Worked string    `cbor:"4,keyasint,omitempty" json:"worked,omitempty"`
	DidNot string    `cbor:"5,keyasint,omitempty" json:"did_not,omitempty"`
	Intel  []Ref     `cbor:"6,keyasint,omitempty" json:"intel,omitempty"` // the tasks to submit it
}

// lastDay is the last day of an operation: the day it was closed, where that came before its end.
func (o *Operation) lastDay() day.Date {
	if !o.Closed.IsZero() {
		return min(o.To, day.On(o.Closed))
	}
	return o.To
}

// ShiftRecords are the records a handover is made from: whatever may belong to the shift. Others are left out by time.
type ShiftRecords struct {
	Limits   Limits // in force
	Evidence []*Evidence
	Attempts []*Attempt
	Arrests  []*Arrest
	Wanted   []*Wanted
	Breaches []*Breach
	Orders   []*Order
	Targets  []*Target
	Tasks    []*Task
	Warrants []*SearchWarrant
	People   func(Ref) *Person // nil when there are none
	Left     func(Ref) bool    // whether an officer works here no longer; nil when nobody can say
}

// Handover is what one shift tells the next: what was done, what is left, and which clocks run out before the next one
// ends.
type Handover struct {
	Unit     Unit       `json:"unit,omitempty"`
	From     time.Time  `json:"from"`
	To       time.Time  `json:"to"`
	Attempts []*Attempt `json:"attempts,omitempty"`
	Arrests  []*Arrest  `json:"arrests,omitempty"`  // made in the shift
	Moved    []*Arrest  `json:"moved,omitempty"`    // of before, whose status changed in it
	Custody  []*Arrest  `json:"custody,omitempty"`  // in the cells at the end of it
	Wanted   []*Wanted  `json:"wanted,omitempty"`   // marked in the shift
	Breaches []*Breach  `json:"breaches,omitempty"` // reported in the shift
	Gone     []*Target  `json:"gone,omitempty"`     // left an operation's list in it
	Done     []*Task    `json:"done,omitempty"`
	Left     []*Task    `json:"left,omitempty"`    // due by the end of the next shift and not done
	Victims  []*Task    `json:"victims,omitempty"` // victim updates still to be given, whenever due
	Clocks   []Due      `json:"clocks,omitempty"`  // overdue, or running out in the next shift, the nearest to now first

	Searches []*SearchWarrant `json:"searches,omitempty"` // search warrants executed in the shift
}

// NewHandover makes a unit's handover of the shift from one time to another; "" is every unit. The next shift is taken to
// be as long as this one.
func NewHandover(in ShiftRecords, unit Unit, from, to time.Time) Handover {
	h := Handover{Unit: unit, From: from, To: to}
	next := to.Add(to.Sub(from))
	during := func(t time.Time) bool { return !t.Before(from) && t.Before(to) }
	ours := func(u Unit) bool { return unit == "" || u == unit }
	h.Attempts = keepIf(in.Attempts, func(a *Attempt) bool { return ours(a.Unit) && during(a.At) })
	h.Arrests = keepIf(in.Arrests, func(k *Arrest) bool { return ours(k.Unit) && during(k.At) })
	h.Moved = keepIf(in.Arrests, func(k *Arrest) bool { return ours(k.Unit) && k.At.Before(from) && during(k.lastStep()) })
	h.Custody = keepIf(in.Arrests, func(k *Arrest) bool { return ours(k.Unit) && (k.Status == Arrested || k.Status == InCustody) })
	h.Wanted = keepIf(in.Wanted, func(w *Wanted) bool { return ours(w.Unit) && during(w.Since) })
	h.Breaches = keepIf(in.Breaches, func(b *Breach) bool { return ours(b.Unit) && during(b.Reported) && b.State != BreachDismissed })
	h.Gone = keepIf(in.Targets, func(t *Target) bool { return ours(t.Unit) && t.State != TargetLive && during(t.Ended) })
	h.Done = keepIf(in.Tasks, func(t *Task) bool { return ours(t.Unit) && t.State == TaskDone && during(t.Ended) })
	h.Left = keepIf(in.Tasks, func(t *Task) bool {
		return ours(t.Unit) && t.State.Live() && !t.Due.IsZero() && t.Due.Start().Before(next)
	})
	h.Victims = keepIf(in.Tasks, func(t *Task) bool { return ours(t.Unit) && t.State.Live() && t.Kind == victimTask })
	h.Searches = keepIf(in.Warrants, func(s *SearchWarrant) bool { return ours(s.Unit) && s.State == WarrantExecuted && during(s.Executed) })
	h.Clocks = clocksOf(in, unit, to, next)
	return h
}

func keepIf[R any](all []R, keep func(R) bool) []R {
	var out []R
	for _, r := range all {
		if keep(r) {
			out = append(out, r)
		}
	}
	return out
}

// clocksOf gathers the clocks that have run out or will before a time. Tasks have their own place in a handover.
func clocksOf(in ShiftRecords, unit Unit, now, before time.Time) []Due {
	var records []Record
	for _, r := range in.Arrests {
		records = append(records, r)
	}
	for _, r := range in.Wanted {
		records = append(records, r)
	}
	for _, r := range in.Breaches {
		records = append(records, r)
	}
	for _, r := range in.Orders {
		records = append(records, r)
	}
	for _, r := range in.Targets {
		records = append(records, r)
	}
	for _, r := range in.Warrants {
		records = append(records, r)
	}
	for _, r := range in.Evidence {
		records = append(records, r)
	}
	var out []Due
	for _, r := range records {
		var subject *Person
		if in.People != nil {
			subject = in.People(PersonOf(r))
		}
		for _, d := range DuesBy(r, Watch{Now: now, Subject: subject, Left: in.Left, Limits: in.Limits}) {
			if (unit == "" || d.Unit == unit) && d.Deadline.Before(before) {
				out = append(out, d)
			}
		}
	}
	SortNearest(out, now)
	return slices.Clip(out)
}
