package model

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"pou/model/day"
)

// The clock follows its start event. The oracle works out, from the record alone and by counting minutes and days one by
// one, which clocks must run; after every random action, and after taking it back, those clocks run and no others.
func TestNoClockIsDroppedWhenItsStartEventChangesOrIsUndone(t *testing.T) {
	checked := map[string]int{}
	for seed := range often(5, 12) {
		w := &walk{desk: newDesk(t, stationNow(t), station(t)...), rng: rand.New(rand.NewPCG(seed, 41)), seed: seed}
		for range 400 {
			w.followed(checked)
			if t.Failed() {
				t.Fatalf("seed %d, after: %s", seed, strings.Join(w.path[max(0, len(w.path)-3):], "\n"))
			}
		}
	}
	for _, rule := range []string{
		"charge or release", "review of detention", "reach a police station", "bail return", "pre-charge bail limit", "street bail limit", "released under investigation",
		"charge a summary", "circulate", "extend the wanted", "decide the potential", "review the target", "secure ", "undone", "extended", "warrant", "hospital", "three hours",
	} {
		if checked[rule] == 0 {
			t.Errorf("the walk never met the clock %q, so it says nothing of it", rule)
		}
	}
}

// followed takes an action that may start, move or end a clock, checks the clocks of everything, and often takes it back.
func (w *walk) followed(checked map[string]int) {
	switch w.rng.IntN(120) {
	case 0, 1, 2:
		w.streetBail()
	case 3, 4, 5:
		w.evidence()
	case 7, 8:
		w.underInvestigation()
	case 6: // a wanted report that weeds soon
		lines := w.refs(KindWanted)
		_, _ = w.do("O-0001", "wanted.edit", given{"wanted": string(lines[w.rng.IntN(len(lines))]), "weed": day.On(w.now).AddDays(30).String()})
	}
	before := w.allDues()
	entries := len(w.journal)
	now, was := w.now, maps.Clone(w.records)
	w.step(map[string]int{}, map[string]int{})
	w.holdClocks(checked, was)
	if len(w.journal) != entries+1 || w.rng.IntN(3) > 0 || w.journal[entries].Action == "undo" {
		return
	}
	later, was := w.now, maps.Clone(w.records)
	if _, err := w.do("O-0001", "undo", given{"seq": utoa(uint64(entries + 1)), "reason": "wrong"}); err != nil {
		return // about officers: only an administrator may
	}
	w.now = now
	after := w.allDues()
	w.now = later
	checked["undone"]++
	if !slices.Equal(before, after) {
		w.Errorf("%s was undone, and the clocks are not what they were before it:\n%s", w.journal[entries].Action, strings.Join(differ(before, after), "\n"))
	}
	w.holdClocks(checked, was)
}

// streetBail arrests somebody and bails them where they stand, which chance alone hardly does.
func (w *walk) streetBail() {
	people, before := w.refs(KindPerson), len(w.refs(KindArrest))
	if _, err := w.do("O-0001", "arrest.record", given{"person": string(people[w.rng.IntN(len(people))]), "offences": "s4A"}); err == nil {
		_, _ = w.do("O-0001", "arrest.status", given{"arrest": string(w.refs(KindArrest)[before]), "status": "bailed", "bail_to": day.On(w.now).AddDays(20).String(), "tell": "O-0001"})
	}
	for _, ref := range w.refs(KindArrest) { // and somebody breaks theirs
		if k := as[*Arrest](w.desk, ref); k.Status == Bailed && !k.Arrived.IsZero() {
			_, _ = w.do("O-0001", "arrest.status", given{"arrest": string(ref), "status": "in custody", "back": string(BackBroke)})
			return
		}
	}
}

// underInvestigation releases somebody from custody without bail.
func (w *walk) underInvestigation() {
	for _, ref := range w.refs(KindArrest) {
		if w.state(ref) == string(InCustody) {
			_, _ = w.do("O-0001", "arrest.status", given{"arrest": string(ref), "status": "RUI", "tell": "O-0001"})
			return
		}
	}
}

func (w *walk) allDues() []string {
	var out []string
	liner := NewLiner(w.desk, w.now)
	for _, ref := range w.refs(Timed()...) {
		for _, d := range liner.Dues(w.records[ref]) {
			out = append(out, fmt.Sprintf("%s %s from %s to %s (%s)", ref, d.Rule, d.Start.Format(time.RFC3339), d.Deadline.UTC().Format(time.RFC3339), d.Warn))
		}
	}
	return out
}

func differ(a, b []string) []string {
	var out []string
	for _, s := range a {
		if !slices.Contains(b, s) {
			out = append(out, "gone: "+s)
		}
	}
	for _, s := range b {
		if !slices.Contains(a, s) {
			out = append(out, "new: "+s)
		}
	}
	return out
}

// holdClocks holds the clocks of every record the oracle knows that has changed, and now and then of all of them, to what it
// says. Orders and plans have tests of their own.
func (w *walk) holdClocks(checked map[string]int, was map[Ref]Record) {
	all := w.rng.IntN(25) == 0
	liner := NewLiner(w.desk, w.now)
	for _, ref := range w.refs(KindArrest, KindWanted, KindBreach, KindTarget, KindTask, KindEvidence) {
		r := w.records[ref]
		if !all && was[ref] == r {
			continue
		}
		if k, ok := r.(*Arrest); ok && k.Status == InCustody {
			checked["extended"] += k.Extended.Hours
			checked["warrant"] += len(k.Further)
			checked["hospital"] += len(k.Hospital)
			if k.Steps[len(k.Steps)-1].Back.pauses() {
				checked["three hours"]++
			}
		}
		want := oracle(w, r)
		got := liner.Dues(r)
		for _, d := range got {
			name := ""
			for part, deadline := range want {
				if strings.Contains(d.Rule, part) {
					name = part
					if !d.Deadline.Equal(deadline) {
						w.Errorf("%s: %s runs to %s, and the record says %s: %+v", ref, d.Rule, d.Deadline, deadline, r)
					}
				}
			}
			if name == "" {
				w.Errorf("%s: %s runs, and the record gives no reason for it: %+v", ref, d.Rule, r)
			}
			checked[name]++
		}
		if len(got) != len(want) {
			w.Errorf("%s: %d clocks run (%s), and the record gives %v: %+v", ref, len(got), rules(got), slices.Collect(maps.Keys(want)), r)
		}
	}
}

// oracle is which clocks run on a record, a part of the rule of each, and to when.
func oracle(w *walk, r Record) map[string]time.Time {
	out := map[string]time.Time{}
	switch r := r.(type) {
	case *Task:
		if (r.State == "open" || r.State == "started") && r.Due != 0 {
			out[r.Title] = r.Due.AddDays(1).Start()
		}
	case *Target:
		if r.State == "on list" {
			out["review the target"] = r.ReviewBy.AddDays(1).Start()
		}
	case *Breach:
		if s := string(r.State); s == "reported" || s == "under review" || s == "need more" {
			out["decide the potential"] = oracleAfter(w, LimitBreachDecide, r.Reported)
		}
		if r.State == "substantiated" && r.Wanted == "" && !r.DecidedAt.IsZero() {
			out["act on the substantiated"] = oracleAfter(w, LimitBreachAct, r.DecidedAt)
		} else if r.State == "substantiated" && r.Wanted == "" {
			out["act on the substantiated"] = oracleAfter(w, LimitBreachAct, r.Reported)
		}
	case *Evidence:
		if r.State == "needed" || r.State == "requested" {
			out["secure "] = oracleEvidence(w, r)
		}
	case *Wanted:
		oracleWanted(w, r, out)
	case *Arrest:
		oracleArrest(w, r, out)
	}
	return out
}

// oracleRow is the limit in force on the day of an event: the last that was set for it or before.
func oracleRow(w *walk, name LimitName, event time.Time) Limit {
	var best *Limit
	for _, ref := range w.refs(KindLimit) {
		l := as[*Limit](w.desk, ref)
		if l.Name == name && !l.From.Start().After(day.On(event).Start()) && (best == nil || l.From >= best.From) {
			best = l
		}
	}
	if best == nil {
		for _, l := range builtIn() {
			if l.Name == name {
				return l.Limit
			}
		}
	}
	return *best
}

// oracleAfter is the end of a limit that began at a moment.
func oracleAfter(w *walk, name LimitName, start time.Time) time.Time {
	l, local := oracleRow(w, name, start), start.In(day.London())
	switch l.Span {
	case SpanHours:
		return start.Add(time.Duration(l.Value) * time.Hour)
	case SpanDays:
		return local.AddDate(0, 0, l.Value)
	case SpanWeeks:
		return local.AddDate(0, 0, 7*l.Value)
	case SpanWorkingDays:
		d := day.On(start)
		for n := l.Value; n > 0; {
			if d++; d.IsWorkingDay() {
				n--
			}
		}
		return d.AddDays(1).Start()
	case SpanMonths:
	}
	to := day.On(start).AddMonths(l.Value)
	return time.Date(to.Year(), to.Month(), to.Day(), local.Hour(), local.Minute(), local.Second(), 0, day.London())
}

// oracleUntil is the end of a limit in whole days, the first one counted, in force on the day of an event.
func oracleUntil(w *walk, name LimitName, event time.Time, first day.Date) time.Time {
	l := oracleRow(w, name, event)
	switch l.Span {
	case SpanHours:
		return first.Start().Add(time.Duration(l.Value) * time.Hour)
	case SpanWeeks:
		return first.AddDays(7 * l.Value).Start()
	case SpanMonths:
		return day.MonthsBeginning(first, l.Value).AddDays(1).Start()
	case SpanWorkingDays:
		return first.AddWorkingDays(l.Value).Start()
	case SpanDays:
	}
	return first.AddDays(l.Value).Start()
}

func oracleEvidence(w *walk, e *Evidence) time.Time {
	if e.GoneBy != 0 {
		return e.GoneBy.AddDays(1).Start()
	}
	name := LimitName(e.Kind)
	if e.Kind == "other" {
		name = LimitOtherEvidence
	}
	return oracleUntil(w, name, e.Incident.Start(), e.Incident)
}

func summary(codes []OffenceCode) bool {
	return slices.ContainsFunc(codes, summaryOne) && !slices.ContainsFunc(codes, func(c OffenceCode) bool { return c != "other" && !summaryOne(c) })
}

func summaryOne(c OffenceCode) bool { return c == "s2" || c == "s2A" }

func oracleWanted(w *walk, r *Wanted, out map[string]time.Time) {
	if s := string(r.State); s != "not circulated" && s != "wanted" && s != "located" {
		return
	}
	if summary(r.Offences) && r.LastAct != 0 {
		out["charge a summary"] = r.LastAct.AddMonths(6).AddDays(1).Start()
	}
	if r.State == "not circulated" {
		out["circulate"] = oracleAfter(w, LimitCirculate, r.Since)
	}
	if runway := oracleRow(w, LimitWeedRunway, r.Published.Start()); r.Weed != 0 && !w.now.Before(runway.before(r.Weed)) {
		out["extend the wanted"] = r.Weed.Start()
	}
	if days, graded := map[Grade]LimitName{"A": LimitWarrantA, "B": LimitWarrantB, "C": LimitWarrantC}[r.Grade]; graded && slices.Contains(r.Offences, "fta") {
		out["execute the warrant"] = oracleAfter(w, days, r.Since)
	}
}

func oracleArrest(w *walk, k *Arrest, out map[string]time.Time) {
	status := string(k.Status)
	if live := status == "arrested" || status == "in custody" || status == "bailed" || status == "RUI"; live && summary(k.Offences) && k.LastAct != 0 {
		out["charge a summary"] = k.LastAct.AddMonths(6).AddDays(1).Start()
	}
	last := k.Steps[len(k.Steps)-1]
	switch status {
	case "RUI":
		out["released under investigation"] = oracleAfter(w, LimitRUIReview, last.At)
	case "bailed":
		out["bail return"] = k.BailTo.AddDays(1).Start()
		if k.Arrived.IsZero() {
			out["street bail limit"] = oracleUntil(w, LimitStreetBail, k.At, day.On(k.At).AddDays(1))
			break
		}
		out["pre-charge bail limit"] = oracleBail(w, k)
	case "arrested", "in custody":
		switch {
		case k.Arrived.IsZero() && k.Authorised.IsZero():
			out["reach a police station"] = oracleAfter(w, LimitStation, k.At)
		case !k.Arrived.IsZero():
			out["charge or release"] = oracleCustody(w, k)
		}
		switch {
		case k.Authorised.IsZero():
		case k.Reviewed.IsZero():
			out["review of detention"] = k.Authorised.Add(6 * time.Hour)
		default:
			out["review of detention"] = k.Reviewed.Add(9 * time.Hour)
		}
	}
}

// oracleBail walks through the days of bail, those with the CPS not counted.
func oracleBail(w *walk, k *Arrest) time.Time {
	months := []int{3, 6, 9, 12, 18}[len(k.Longer)]
	first := day.On(k.At).AddDays(1)
	last := day.MonthsBeginning(first, months)
	for _, p := range k.Paused {
		to := p.To
		if to == 0 {
			to = day.On(w.now)
		}
		for d := p.From; d < to; d++ {
			last++
		}
	}
	return last.AddDays(1).Start()
}

// oracleCustody counts the minutes of detention one by one from the relevant time.
func oracleCustody(w *walk, k *Arrest) time.Time {
	hours, rest := 24, time.Time{}
	if k.Extended.Hours > 0 {
		hours = k.Extended.Hours
	}
	lastIn := k.Steps[0].At
	for i, s := range k.Steps { // when the present spell began
		if s.Status == InCustody && (i == 0 || k.Steps[i-1].Status != InCustody) {
			lastIn = s.At
		}
	}
	if n := len(k.Further); n > 0 && !k.Further[n-1].Issued.Before(lastIn) {
		hours, rest = 96, k.Further[n-1].Issued.Add(time.Duration(k.Further[n-1].Hours)*time.Hour)
	}
	end := minuteAt(w, k, hours)
	if !rest.IsZero() && rest.Before(end) {
		return rest
	}
	return end
}

func minuteAt(w *walk, k *Arrest, hours int) time.Time {
	at := k.Arrived
	if most := k.At.Add(24 * time.Hour); most.Before(at) {
		at = most
	}
	type span struct{ from, to time.Time }
	var held, lost []span
	for i, s := range k.Steps {
		switch before := i > 0 && k.Steps[i-1].Status == InCustody; {
		case s.Status == InCustody && !before && len(held) == 0:
			held = append(held, span{from: at})
		case s.Status == InCustody && !before:
			held = append(held, span{from: s.At})
			if s.Back == "arrested for failing to answer" || s.Back == "arrested for breaking bail" {
				lost = append(lost, span{s.At, s.At.Add(3 * time.Hour)})
			}
		case s.Status != InCustody && before:
			held[len(held)-1].to = s.At
		}
	}
	for _, h := range k.Hospital {
		to := h.To
		if to.IsZero() {
			to = w.now
		}
		lost = append(lost, span{h.From, to})
	}
	within := func(all []span, m time.Time) bool {
		return slices.ContainsFunc(all, func(s span) bool { return !m.Before(s.from) && (s.to.IsZero() || m.Before(s.to)) })
	}
	left := hours * 60
	for i, s := range held { // jump over the weeks on bail
		m := s.from
		for ; left > 0 && (s.to.IsZero() || m.Before(s.to)); m = m.Add(time.Minute) {
			if within(held, m) && !within(lost, m) {
				left--
			}
		}
		if left == 0 || i == len(held)-1 {
			return m
		}
	}
	return at.Add(time.Duration(hours) * time.Hour)
}
