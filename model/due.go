package model

import (
	"cmp"
	"slices"
	"time"

	"pou/model/day"
)

// Due is a clock: a rule, the event that started it, when it runs out, and who answers for it.
type Due struct {
	Ref      Ref       `json:"ref"`
	Rule     string    `json:"rule"`
	Citation string    `json:"citation"`
	Start    time.Time `json:"start,omitzero"`
	Deadline time.Time `json:"deadline"` // the first moment that is too late
	Owner    Ref       `json:"owner,omitempty"`
	Missed   string    `json:"missed"` // what happens if it is missed
	Settle   string    `json:"settle"` // the action that settles it
	Person   Ref       `json:"person,omitempty"`
	Unit     Unit      `json:"unit,omitempty"`
}

// Left is how much time is left; negative when it has run out.
func (d Due) Left(now time.Time) time.Duration { return d.Deadline.Sub(now) }

// Local marks a clock that is the unit's own practice rather than law; a lead may change it.
const Local = "local practice"

// The local clocks, in days.
const (
	breachDecideDays = 3
	ruiReviewDays    = 28
	expiryRunway     = 6 // months before its last day that an order's end is listed
	weedRunway       = 2 // months before a wanted report weeds that it is listed
)

// Watch is what clocks are worked out by: the moment, and the person the record is about, where there is one.
type Watch struct {
	Now     time.Time
	Subject *Person
	Left    func(officer Ref) bool // whether an officer no longer works here; nil when nobody can say
}

// timed is a record clocks run on.
type timed interface{ clocks(w Watch) []Due }

// Dues lists the clocks that run on a record. subject is the person it is about, where there is one.
func Dues(r Record, subject *Person, now time.Time) []Due {
	return duesOf(r, Watch{Now: now, Subject: subject})
}

// Dues lists the clocks that run on a record. The liner knows the officers, so that work whose owner has left is seen.
func (l *Liner) Dues(r Record) []Due {
	return duesOf(r, Watch{Now: l.now, Subject: l.Person(PersonOf(r)), Left: l.left})
}

func duesOf(r Record, w Watch) []Due {
	t, ok := r.(timed)
	if !ok {
		return nil
	}
	out := t.clocks(w)
	unit, _ := r.Place()
	for i := range out {
		out[i].Ref, out[i].Person, out[i].Unit = r.Head().Ref, cmp.Or(PersonOf(r), out[i].Person), unit
	}
	return out
}

func (t *Target) clocks(Watch) []Due {
	if t.State != TargetLive {
		return nil
	}
	return []Due{{
		Rule: "review the target", Citation: "DPA 2018 s.39", Start: t.Added, Deadline: t.ReviewBy.End(), Owner: first(t.Officers),
		Missed: "a person stands on a list nobody has looked at", Settle: "target.review",
	}}
}

func (t *Task) clocks(Watch) []Due {
	if !t.State.Live() || t.Due.IsZero() {
		return nil
	}
	return []Due{{
		Rule: t.Title, Citation: "tasked by an officer", Start: t.Added, Deadline: t.Due.End(), Owner: t.Assignee,
		Missed: "the work is late", Settle: "task.done",
	}}
}

func first(refs []Ref) Ref {
	if len(refs) == 0 {
		return ""
	}
	return refs[0]
}

func (w *Wanted) clocks(at Watch) []Due {
	if !w.State.Live() {
		return nil
	}
	var out []Due
	if by, ok := w.ChargeBy(); ok {
		out = append(out, chargeDue(w.LastAct, by, w.Officer, "arrest.record"))
	}
	if w.State == NotCirculated {
		out = append(out, Due{
			Rule: "circulate on PNC", Citation: Local + " (HMIC 2017: circulate without delay)", Start: w.Since, Deadline: w.Since.Add(24 * time.Hour),
			Owner: w.Officer, Missed: "another force that stops this person will let them go", Settle: "wanted.circulate",
		})
	}
	if !w.Weed.IsZero() && w.Weed.AddMonths(-weedRunway) <= day.On(at.Now) {
		out = append(out, Due{
			Rule: "extend the wanted report", Citation: "Met FOI 22.025188 (three years)", Start: w.Published.Start(), Deadline: w.Weed.Start(),
			Owner: w.Officer, Missed: "the report weeds from PNC", Settle: "wanted.edit",
		})
	}
	return out
}

func chargeDue(lastAct, by day.Date, owner Ref, settle string) Due {
	return Due{
		Rule: "charge a summary-only offence", Citation: "Magistrates' Courts Act 1980 s.127", Start: lastAct.Start(), Deadline: by.End(),
		Owner: owner, Missed: "the case cannot be charged (outcome 17); review against s.4A or breach now", Settle: settle,
	}
}

// Detention limits (PACE 1984 ss.40-42). A summary-only arrest can never pass 24 hours; reviews run from when detention
// was first authorised, not from the relevant time.
const (
	detentionHours   = 24
	firstReviewHours = 6
	nextReviewHours  = 9
)

func (k *Arrest) clocks(Watch) []Due {
	out := statusDues(k)
	if by, ok := k.ChargeBy(); ok && k.Status.Live() {
		out = append(out, chargeDue(k.LastAct, by, k.By, "arrest.status"))
	}
	return out
}

func statusDues(k *Arrest) []Due {
	switch k.Status {
	case Arrested, InCustody:
		return custodyDues(k)
	case Bailed:
		return bailDues(k)
	case RUI:
		step := k.lastStep()
		return []Due{{
			Rule: "review the suspect released under investigation", Citation: Local + " (RUI has no statutory clock)", Start: step,
			Deadline: step.AddDate(0, 0, ruiReviewDays), Owner: k.By, Missed: "no conditions and no clock: the case drifts", Settle: "arrest.status",
		}}
	case Charged, NFA, OtherEnd, DeArrested:
	}
	return nil
}

func custodyDues(k *Arrest) []Due {
	var out []Due
	if at, used, ok := k.detention(); ok {
		missed := "the detention is unlawful; a superintendent may extend to 36 h for an indictable offence (s.42)"
		if SummaryOnlyTrap(k.Offences) {
			missed = "the detention is unlawful; a summary-only offence can never be extended"
		}
		out = append(out, Due{
			Rule: "charge or release from custody", Citation: "PACE 1984 s.41", Start: at, Deadline: at.Add(detentionHours*time.Hour - used), Owner: k.By,
			Missed: missed, Settle: "arrest.status",
		})
	}
	if !k.Authorised.IsZero() {
		start, review := k.Authorised, k.Authorised.Add(firstReviewHours*time.Hour)
		if !k.Reviewed.IsZero() { // from the last review that was done: time passing does not do one
			start, review = k.Reviewed, k.Reviewed.Add(nextReviewHours*time.Hour)
		}
		out = append(out, Due{
			Rule: "review of detention by an inspector", Citation: "PACE 1984 s.40", Start: start, Deadline: review, Owner: k.By,
			Missed: "the detention may become unlawful", Settle: "arrest.status",
		})
	}
	if len(out) == 0 {
		out = append(out, Due{
			Rule: "reach a police station", Citation: Local + " (PACE 1984 s.30(1A): as soon as practicable)", Start: k.At, Deadline: k.At.Add(2 * time.Hour), Owner: k.By,
			Missed: "the custody clock is not being kept", Settle: "arrest.status",
		})
	}
	return out
}

// bailMonths is the first limit of pre-charge bail, set by a custody officer. It begins the day AFTER the arrest
// (PACE 1984 s.47ZB(4)(a)); an inspector may extend it to 6 months and a superintendent to 9 (ss.47ZC-47ZDA).
const bailMonths = 3

func bailDues(k *Arrest) []Due {
	begins := day.On(k.At).AddDays(1)
	return []Due{
		{
			Rule: "bail return", Citation: "PACE 1984 s.47", Start: k.At, Deadline: k.BailTo.End(), Owner: k.By,
			Missed: "the suspect fails to answer or bail lapses", Settle: "arrest.status",
		},
		{
			Rule: "pre-charge bail limit", Citation: "PACE 1984 s.47ZB", Start: begins.Start(), Deadline: day.MonthsBeginning(begins, bailMonths).End(), Owner: k.By,
			Missed: "bail ends without an inspector's extension (s.47ZC)", Settle: "arrest.status",
		},
	}
}

// lastStep is when the arrest last changed status.
func (k *Arrest) lastStep() time.Time {
	if len(k.Steps) == 0 {
		return k.At
	}
	return k.Steps[len(k.Steps)-1].At
}

func (b *Breach) clocks(Watch) []Due {
	if !b.State.Open() {
		return nil
	}
	return []Due{{
		Rule: "decide the potential breach", Citation: Local, Start: b.Reported, Deadline: b.Reported.AddDate(0, 0, breachDecideDays), Owner: b.Owner,
		Missed: "somebody may be in danger and nobody has looked", Settle: "breach.decide",
	}}
}

// SortDues puts the clock that runs out first at the top; ties by ref, so that the order is stable.
func SortDues(dues []Due) {
	slices.SortStableFunc(dues, func(a, b Due) int {
		return cmp.Or(a.Deadline.Compare(b.Deadline), cmp.Compare(a.Ref, b.Ref))
	})
}
