package sample_test

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"pou/model"
	"pou/model/day"
)

func refsExist(t *testing.T, f *filled) {
	t.Helper()
	named := regexp.MustCompile(`\b(OP-\d{4}/\d{3}|(?:[PWAKRBTOSCIVE]|AP|SC|ST|VS|EV)-\d{4,}|OP-\d{4})\b`)
	for ref, r := range f.records {
		walk(reflect.ValueOf(r), func(v reflect.Value) {
			if v.Kind() != reflect.String {
				return
			}
			if strings.ContainsFunc(v.String(), func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
				t.Errorf("%s holds a control character in %q", ref, v.String())
			}
			if !strings.Contains(v.String(), "-") { // most of all there is: every ref has one
				return
			}
			for _, name := range named.FindAllString(v.String(), -1) {
				if f.records[model.Ref(name)] == nil {
					t.Errorf("%s names %s, which is not there", ref, name)
				}
			}
		})
	}
}

func timesHavePassed(t *testing.T, f *filled) {
	t.Helper()
	ahead := map[time.Time]bool{}
	for ref, r := range f.records {
		walk(reflect.ValueOf(r), func(v reflect.Value) {
			if h, ok := v.Interface().(model.Hearing); ok && h.Result == "" {
				ahead[h.At] = true // a hearing is fixed beforehand
			}
			if at, ok := v.Interface().(time.Time); ok && at.After(f.now) && !ahead[at] {
				t.Errorf("%s has a time later than now: %s", ref, at)
			}
		})
	}
	for _, o := range every[*model.Order](f) {
		for name, d := range map[string]day.Date{"made": o.Made, "notified": o.Notified, "ended": o.Ended} {
			if d > f.today {
				t.Errorf("%s was %s in the future, on %s", o.Ref, name, d)
			}
		}
		if !o.Notified.IsZero() && (o.Served.IsZero() || o.Notified < day.On(o.Served)) {
			t.Errorf("%s was notified before it was served", o.Ref)
		}
		for _, c := range o.Conditions {
			if !c.Checked.IsZero() && (c.Checked < o.Made || c.Checked > f.today) {
				t.Errorf("%s condition %d was checked on %s", o.Ref, c.No, c.Checked)
			}
		}
	}
	for _, w := range every[*model.Wanted](f) {
		switch since := day.On(w.Since); {
		case w.LastAct > since, w.Published != 0 && w.Published < since, w.Published > f.today:
			t.Errorf("%s is out of order: last act %s, since %s, circulated %s", w.Ref, w.LastAct, w.Since, w.Published)
		case !w.Ended.IsZero() && w.Ended.Before(w.Since), w.State.Live() && !w.Ended.IsZero():
			t.Errorf("%s began %s and ended %s as %s", w.Ref, w.Since, w.Ended, w.State)
		case w.State.Live() && w.Weed != 0 && w.Weed < f.today:
			t.Errorf("%s is live but weeded on %s", w.Ref, w.Weed)
		}
	}
}

// countsAgree holds what is counted on a record to what is on record.
func countsAgree(t *testing.T, f *filled) {
	t.Helper()
	tries, lastTry, breaches, targets := map[model.Ref]int{}, map[model.Ref]*model.Attempt{}, map[model.Ref]int{}, map[model.Ref]uint64{}
	for _, a := range every[*model.Attempt](f) {
		for _, ref := range []model.Ref{a.Wanted, a.Target} {
			tries[ref]++
			if last := lastTry[ref]; last == nil || a.At.After(last.At) {
				lastTry[ref] = a
			}
		}
	}
	for _, w := range every[*model.Wanted](f) {
		last := lastTry[w.Ref]
		if w.Attempts != tries[w.Ref] || (last != nil && (!w.LastAttempt.Equal(last.At) || w.LastOutcome != last.Outcome)) || (last == nil && !w.LastAttempt.IsZero()) {
			t.Errorf("%s counts %d attempts, the last %s; on record are %d, the last %+v", w.Ref, w.Attempts, w.LastAttempt, tries[w.Ref], last)
		}
		if w.Attempts > 6 {
			t.Errorf("%s has %d attempts", w.Ref, w.Attempts)
		}
	}
	for _, g := range every[*model.Target](f) {
		targets[g.Operation] = max(targets[g.Operation], g.Ref.Number())
		if g.Attempts != tries[g.Ref] {
			t.Errorf("%s counts %d attempts, on record are %d", g.Ref, g.Attempts, tries[g.Ref])
		}
	}
	for _, op := range every[*model.Operation](f) {
		if op.Count != targets[op.Ref] {
			t.Errorf("%s counts %d targets, the last is %d", op.Ref, op.Count, targets[op.Ref])
		}
	}
	for _, b := range every[*model.Breach](f) {
		if b.State != model.BreachDismissed { // nobody reported it
			breaches[b.Order]++
		}
	}
	for _, o := range every[*model.Order](f) {
		if o.Breaches != breaches[o.Ref] {
			t.Errorf("%s counts %d breaches, on record are %d", o.Ref, o.Breaches, breaches[o.Ref])
		}
	}
}

// statesAgree holds records that are about each other to the same story.
func statesAgree(t *testing.T, f *filled) {
	t.Helper()
	open := map[model.Ref]model.Ref{}
	for _, w := range every[*model.Wanted](f) {
		if w.State.Live() {
			if open[w.Person] != "" {
				t.Errorf("%s is wanted twice: %s and %s", w.Person, open[w.Person], w.Ref)
			}
			open[w.Person] = w.Ref
		}
		if (w.State == model.WasArrested) != (w.Arrest != "") {
			t.Errorf("%s is %s with the arrest %q", w.Ref, w.State, w.Arrest)
		}
		if w.Arrest != "" {
			k := get[*model.Arrest](t, f, w.Arrest)
			if k.Wanted != w.Ref || k.Person != w.Person || !k.At.Equal(w.Ended) || k.Breach != w.Breach {
				t.Errorf("%s and %s do not agree", w.Ref, k.Ref)
			}
		}
		if w.Breach != "" && get[*model.Breach](t, f, w.Breach).Person != w.Person {
			t.Errorf("%s is for a breach by somebody else", w.Ref)
		}
	}
	for _, k := range every[*model.Arrest](f) {
		arrestAgrees(t, f, k)
	}
	for _, b := range every[*model.Breach](f) {
		breachAgrees(t, f, b)
	}
	listed := map[[2]model.Ref]bool{}
	for _, g := range every[*model.Target](f) {
		targetAgrees(t, f, g)
		key := [2]model.Ref{g.Operation, g.Person}
		if listed[key] {
			t.Errorf("%s is twice on the list of %s", g.Person, g.Operation)
		}
		listed[key] = true
	}
	for _, task := range every[*model.Task](f) {
		if task.About != "" && task.Person != model.PersonOf(f.records[task.About]) {
			t.Errorf("%s is about %s but names %q", task.Ref, task.About, task.Person)
		}
		if began := beginning(f.records[task.About]); task.Added.Before(began) {
			t.Errorf("%s was added %s, before %s began, %s", task.Ref, task.Added, task.About, began)
		}
		if task.Due < day.On(task.Added) || task.State.Live() != task.Ended.IsZero() {
			t.Errorf("%s was added %s, due %s, ended %s as %s", task.Ref, task.Added, task.Due, task.Ended, task.State)
		}
	}
}

// beginning is when a record began to be worked on.
func beginning(r model.Record) time.Time {
	switch r := r.(type) {
	case *model.Wanted:
		return r.Since
	case *model.Arrest:
		return r.At
	case *model.Breach:
		return r.Reported
	case *model.Target:
		return r.Added
	case *model.Order:
		return r.Made.Start()
	}
	return time.Time{}
}

func arrestAgrees(t *testing.T, f *filled, k *model.Arrest) {
	t.Helper()
	if k.Steps[0].Status != model.Arrested || k.Steps[len(k.Steps)-1].Status != k.Status {
		t.Errorf("%s is %s, its steps are %v", k.Ref, k.Status, k.Steps)
	}
	for i, s := range k.Steps[1:] {
		if s.At.Before(k.Steps[i].At) || !slices.Contains(k.Steps[i].Status.Next(), s.Status) {
			t.Errorf("%s goes from %v to %v", k.Ref, k.Steps[i], s)
		}
	}
	if !k.Authorised.IsZero() && k.Authorised.Before(k.Arrived) || !k.Arrived.IsZero() && k.Arrived.Before(k.At) {
		t.Errorf("%s: at %s, arrived %s, authorised %s", k.Ref, k.At, k.Arrived, k.Authorised)
	}
	if start, ok := k.RelevantTime(); k.Status == model.InCustody && (!ok || f.now.Sub(start) >= time.Duration(max(24, k.Extended.Hours))*time.Hour) {
		t.Errorf("%s has been held since %s, longer than it may", k.Ref, start)
	}
}

func breachAgrees(t *testing.T, f *filled, b *model.Breach) {
	t.Helper()
	o := get[*model.Order](t, f, b.Order)
	c, ok := o.Condition(b.Condition)
	on := day.On(b.At)
	if !ok || b.Person != o.Person || b.Type != o.Type || on < o.Made || (!o.Until.IsZero() && on > o.Until) || (!c.Until.IsZero() && on > c.Until) {
		t.Errorf("%s does not fit the order %s", b.Ref, o.Ref)
	}
	switch b.State {
	case model.BreachSubstantiated, model.BreachArrested, model.BreachCharged, model.BreachDecided:
		if b.Excuse == "" || o.Served.IsZero() || b.At.Before(o.Served) || b.DecidedBy == "" || b.DecidedAt.Before(b.At) {
			t.Errorf("%s is %s without what that needs", b.Ref, b.State)
		}
	case model.BreachReported, model.BreachReview, model.BreachNeedMore, model.NotABreach, model.BreachDismissed:
	}
	if (b.Arrest != "") != (b.State == model.BreachArrested || b.State == model.BreachCharged || b.State == model.BreachDecided) {
		t.Errorf("%s is %s with the arrest %q", b.Ref, b.State, b.Arrest)
	}
	if b.Arrest != "" && get[*model.Arrest](t, f, b.Arrest).Breach != b.Ref {
		t.Errorf("%s and %s do not agree", b.Ref, b.Arrest)
	}
}

func targetAgrees(t *testing.T, f *filled, g *model.Target) {
	t.Helper()
	if (g.State == model.TargetLive) != g.Ended.IsZero() || !g.Ended.IsZero() && g.Ended.Before(g.Added) {
		t.Errorf("%s was added %s, ended %s as %s", g.Ref, g.Added, g.Ended, g.State)
	}
	if g.Wanted == "" {
		return
	}
	w := get[*model.Wanted](t, f, g.Wanted)
	if w.Person != g.Person || w.Since.After(g.Added) {
		t.Errorf("%s does not fit the line %s", g.Ref, w.Ref)
	}
	switch g.State {
	case model.TargetArrested:
		if k := get[*model.Arrest](t, f, w.Arrest); !k.At.Equal(g.Ended) {
			t.Errorf("%s left the list at %s, the arrest was at %s", g.Ref, g.Ended, k.At)
		}
	case model.TargetLive:
		if !w.State.Live() {
			t.Errorf("%s is on the list, its line is %s", g.Ref, w.State)
		}
	case model.TargetCirculated:
		if w.PNCRef == "" {
			t.Errorf("%s left as circulated, its line is %s", g.Ref, w.State)
		}
	case model.TargetEliminated, model.TargetWithdrawn, model.TargetDied:
	}
}
