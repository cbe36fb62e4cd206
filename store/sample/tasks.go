package sample

import (
	"slices"
	"time"

	"pou/model"
	"pou/model/day"
)

// job is work that a task can be made of.
type job struct {
	kind   model.TaskKind
	title  string
	about  model.Ref
	person model.Ref
	since  time.Time // the work cannot be older than what it is about
	checks []string
}

// makeTasks gives each unit work of every kind: open, started, done and cancelled, some of it overdue.
func (d *desk) makeTasks() {
	dice := newDice(d.seed, streamTasks)
	jobs := make([][]job, len(d.units))
	for unit, u := range d.units {
		jobs[unit] = d.jobs(dice, u.Code)
	}
	for i := range d.scaled(taskCount) {
		unit := i % len(d.units)
		if list := jobs[unit]; len(list) > 0 {
			d.task(dice, unit, list[i/len(d.units)%len(list)])
		}
	}
	slices.SortStableFunc(d.tasks, func(a, b *model.Task) int { return a.Added.Compare(b.Added) })
	for i, t := range d.tasks {
		t.Ref = number(model.KindTask, i+1)
	}
}

// jobs are what there is to do in a unit, the kinds in turn.
func (d *desk) jobs(dice *dice, unit model.Unit) []job {
	kinds := [][]job{d.targetJobs(unit), d.wantedJobs(dice, unit), d.orderJobs(unit), d.breachJobs(unit), d.arrestJobs(unit), d.otherJobs(unit)}
	var out []job
	for i := 0; len(out) < taskCount/len(d.units); i++ {
		left := false
		for _, list := range kinds {
			if i < len(list) {
				out, left = append(out, list[i]), true
			}
		}
		if !left {
			break
		}
	}
	return out
}

func (d *desk) targetJobs(unit model.Unit) []job {
	var out []job
	for _, t := range d.targets {
		if t.Unit == unit && t.State == model.TargetLive && t.Operation == liveOperation && t.Person != personRef(listedLong) { // nobody is sent on weak reports
			out = append(out, job{kind: "arrest", title: "Arrest enquiry", about: t.Ref, person: t.Person, since: t.Added, checks: []string{
				"Read the markers", "Check every address", "Book the custody suite", "Tell the other unit", "Plan the victim update",
			}})
		}
	}
	return out
}

func (d *desk) wantedJobs(dice *dice, unit model.Unit) []job {
	var out []job
	for _, w := range slices.Backward(d.wanted) {
		switch {
		case w.Unit != unit || !w.State.Live():
		case w.State == model.NotCirculated:
			out = append(out, job{kind: "circulate", title: "Circulate on PNC", about: w.Ref, person: w.Person, since: w.Since})
		case dice.chance(50):
			out = append(out, job{kind: "address", title: "Check the last address", about: w.Ref, person: w.Person, since: w.Since, checks: []string{"Council tax", "Voters' roll", "Landlord"}})
		default:
			out = append(out, job{kind: "intel", title: "Ask for phone and travel enquiries", about: w.Ref, person: w.Person, since: w.Since})
		}
	}
	return out
}

// orderJobs are the orders to serve, then those to check.
func (d *desk) orderJobs(unit model.Unit) []job {
	var serve, check []job
	for _, o := range d.orders {
		switch {
		case o.Unit != unit || !o.Live(d.today):
		case o.Served.IsZero():
			serve = append(serve, job{kind: "service", title: "Serve the order", about: o.Ref, person: o.Person, since: o.Made.Start(), checks: []string{
				"Explain the terms", "Body-worn video", "Copy to the victim-survivor's officer",
			}})
		default:
			check = append(check, job{kind: "check", title: "Unannounced visit to check the conditions", about: o.Ref, person: o.Person, since: o.Served})
		}
	}
	return append(serve, check...)
}

func (d *desk) breachJobs(unit model.Unit) []job {
	var out []job
	for _, b := range slices.Backward(d.breaches) {
		if b.Unit == unit && b.State.Live() {
			out = append(out, job{kind: "statement", title: "Statement and phone download", about: b.Ref, person: b.Person, since: b.Reported})
		}
	}
	return out
}

func (d *desk) arrestJobs(unit model.Unit) []job {
	var out []job
	for _, k := range slices.Backward(d.arrests) {
		if k.Unit == unit {
			out = append(out, job{kind: "victim", title: "Update the victim-survivor: " + string(k.Status), about: k.Ref, person: k.Person, since: k.At})
		}
	}
	return out
}

func (d *desk) otherJobs(unit model.Unit) []job {
	op := d.operations[0].Ref
	out := []job{
		{kind: "other", title: "Book the briefing room for 05:00", about: op},
		{kind: "other", title: "Ask for a dog unit", about: op},
		{kind: "other", title: "Weekly review of the list", about: op},
	}
	if unit == leadUnit {
		out = append(out, job{kind: "other", title: "Write the aim and the method", about: nextOperation})
	}
	return out
}

// task gives a job to an officer.
func (d *desk) task(dice *dice, unit int, j job) {
	team := &d.teams[unit]
	added := d.at(d.days(dice.between(1, 30)), dice.between(7, 18), dice.below(60))
	if added.Before(j.since) || j.kind == "victim" {
		added = d.past(j.since.Add(time.Duration(dice.between(20, 300)) * time.Minute))
	}
	t := &model.Task{
		Title: j.title, Kind: j.kind, Person: j.person, About: j.about, Unit: d.units[unit].Code, Assignee: pick(dice, team.hands), By: pick(dice, team.sergeants),
		Added: added, Note: mark, State: model.TaskOpen, Priority: pick(dice, []model.Priority{model.PriorityRoutine, model.PriorityRoutine, model.PriorityToday, model.PriorityNow}),
	}
	if j.kind == "service" || j.kind == "check" {
		t.Assignee = pick(dice, team.monitors)
	}
	if dice.chance(5) {
		t.Assignee = ""
	}
	t.Due = max(day.On(added), d.days(dice.between(-14, 6))) // up to six days overdue
	if j.kind == "victim" {
		t.Due = day.On(added).AddWorkingDays(1) // Victims' Code Right 6, enhanced
	}
	for _, text := range j.checks {
		t.Checklist = append(t.Checklist, model.CheckItem{Text: text})
	}
	d.progress(dice, t)
	d.tasks = append(d.tasks, t)
}

// progress takes a task on: of a hundred, 42 are open, 18 started, 33 done and 7 cancelled; none is left over for weeks.
func (d *desk) progress(dice *dice, t *model.Task) {
	n := dice.below(100)
	if t.Due < d.days(6) {
		n = max(n, 60)
	}
	if n < 42 {
		return
	}
	if t.Assignee == "" {
		t.Assignee = t.By
	}
	for i := range t.Checklist {
		t.Checklist[i].Done = n >= 60 || dice.chance(50)
	}
	if n < 60 {
		t.State = model.TaskStarted
		return
	}
	t.State, t.Result = model.TaskDone, pick(dice, []string{"Done", "Done, statement attached", "Address confirmed", "No trace", "Nothing new"})
	if n >= 93 {
		t.State, t.Result = model.TaskCancelled, pick(dice, []string{"Overtaken by the arrest", "Duplicate of another task", "Taken on by the neighbouring unit"})
	}
	t.Ended = d.past(t.Added.Add(time.Duration(dice.between(2, 150)) * time.Hour))
}
