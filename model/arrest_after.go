package model

import (
	"slices"
	"strings"

	"pou/model/day"
)

// arrestedTask is the kind of a task the program gives after an arrest: another unit has the same person on a list or
// wants them, and its officer answers for that. An officer does not choose it.
const arrestedTask TaskKind = "after an arrest"

// afterDays is how many working days an officer has to answer for a list or a line after an arrest by somebody else. Local
// practice.
const afterDays = 1

// afterArrest sees to whatever else was running for the person when an arrest was made: enquiries for the same arrest are
// over, and the officers of other lists, lines and enquiries are told. Nobody is taken off a list by the program: the exit
// is proposed, and the officer who answers for the list takes it. All of it stands in the entry of the arrest, and undo
// takes it back with the arrest.
func afterArrest(c *Change, k *Arrest) error {
	if err := answered(c, k.Target, "Arrested on "+string(k.Ref)); err != nil {
		return err
	}
	if err := answered(c, k.Wanted, "Arrested on "+string(k.Ref)); err != nil {
		return err
	}
	if err := endEnquiries(c, k); err != nil {
		return err
	}
	told, err := tellLists(c, k)
	if err != nil {
		return err
	}
	return tellLines(c, k, told)
}

// endEnquiries ends the arrest enquiries that were for this arrest, and marks the others so that their officers see it.
func endEnquiries(c *Change, k *Arrest) error {
	tasks, err := linked[*Task](c, k.Person, KindTask)
	if err != nil {
		return err
	}
	var closed []string
	for _, t := range tasks {
		if !t.State.Live() || !t.sends() {
			continue
		}
		if k.ends(t) {
			t.State, t.Ended, t.Result = TaskDone, c.Now, "Arrested on "+string(k.Ref)+"; closed by the arrest"
			closed = append(closed, string(t.Ref))
		} else {
			t.Title, t.Note = string(k.Unit)+" made an arrest on "+string(k.Ref)+": "+t.Title, joinNote(t.Note, k.by(c))
			c.say(string(t.Ref) + " of " + string(t.Unit) + " (an arrest enquiry) stays open: " + toldWords(c, t.Assignee) + " on it")
		}
		if err := c.Put(t); err != nil {
			return err
		}
	}
	if len(closed) > 0 { // nothing to be done about it, so it does not stand in the officer's way
		c.Reason = "closes the arrest enquiry " + strings.Join(closed, ", ")
	}
	return nil
}

// ends reports whether an enquiry was for this arrest: about its line, its target or its breach or, where it was about the
// person as such, of the same unit.
func (k *Arrest) ends(t *Task) bool {
	switch t.About {
	case "":
		return t.Unit == k.Unit
	case k.Person, k.Target.Operation():
		return t.Unit == k.Unit
	case k.Wanted, k.Target, k.Breach:
		return true
	}
	return false
}

func (k *Arrest) by(c *Change) string {
	return "Arrested on " + string(k.Ref) + " by " + c.nameOf(k.By) + ", " + string(k.Unit) + ", " + day.Clock(k.At)
}

// toldWords says that an officer is told, or that there is nobody to tell.
func toldWords(c *Change, officer Ref) string {
	if officer == "" {
		return "nobody in particular is told"
	}
	return c.nameOf(officer) + " is told"
}

// tellLists asks the officers of the other lists the person still stands on to take them off by the exit that is true. It
// returns the wanted lines those lists work from.
func tellLists(c *Change, k *Arrest) (lines []Ref, err error) {
	targets, err := linked[*Target](c, k.Person, KindTarget)
	if err != nil {
		return nil, err
	}
	for _, t := range targets {
		if t.State != TargetLive || t.Ref == k.Target {
			continue
		}
		who, err := firstWorking(c, append(slices.Clone(t.Officers), t.AddedBy))
		if err != nil {
			return nil, err
		}
		note := k.by(c) + ". Take the target off with target.remove, exit arrested, if that is so; the program takes nobody off a list."
		if t.Wanted != "" && t.Wanted != k.Wanted {
			lines, note = append(lines, t.Wanted), note+" The wanted line "+string(t.Wanted)+" is live too: withdraw or eliminate it, or say why it stays."
		}
		task, err := k.follow(c, t.Ref, t.Unit, who, "still a target", note)
		if err != nil {
			return nil, err
		}
		c.say("Also on the list of " + string(t.Unit) + " as " + string(t.Ref) + ": exit arrested proposed with target.remove; " + toldWords(c, who) + " (" + string(task.Ref) + ")")
	}
	return lines, nil
}

// tellLines asks the officers of the person's other wanted lines what becomes of them.
func tellLines(c *Change, k *Arrest, done []Ref) error {
	lines, err := linked[*Wanted](c, k.Person, KindWanted)
	if err != nil {
		return err
	}
	for _, w := range lines {
		if !w.State.Live() || w.Ref == k.Wanted || slices.Contains(done, w.Ref) {
			continue
		}
		who, err := firstWorking(c, []Ref{w.Officer})
		if err != nil {
			return err
		}
		note := k.by(c) + ", for " + offenceWords(k.Offences) + ". The line " + string(w.Ref) + " (" + offenceWords(w.Offences) +
			") is live: speak to custody about a further arrest, or end it with wanted.withdraw or wanted.eliminate."
		task, err := k.follow(c, w.Ref, w.Unit, who, "still wanted", note)
		if err != nil {
			return err
		}
		c.say("Also wanted by " + string(w.Unit) + " on " + string(w.Ref) + ", which stays live: " + toldWords(c, who) + " (" + string(task.Ref) + ")")
	}
	return nil
}

// follow gives the task of answering for a list or a line.
func (k *Arrest) follow(c *Change, about Ref, unit Unit, who Ref, what, note string) (*Task, error) {
	t := &Task{
		Title: string(k.Unit) + " made an arrest on " + string(k.Ref) + ": " + what + " on " + string(about), Kind: arrestedTask, Person: k.Person, About: about, Unit: unit,
		Assignee: who, By: c.By.Ref, Added: c.Now, Due: day.On(c.Now).AddWorkingDays(afterDays), Priority: PriorityToday, State: TaskOpen, Note: note,
	}
	return t, c.Put(t)
}

// answered ends the tasks that asked what becomes of a list or a line after an arrest: somebody has just said so.
func answered(c *Change, about Ref, how string) error {
	if about == "" {
		return nil
	}
	tasks, err := linked[*Task](c, about, KindTask)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if t.Kind != arrestedTask || !t.State.Live() || t.About != about {
			continue
		}
		t.State, t.Ended, t.Result = TaskDone, c.Now, how
		if err := c.Put(t); err != nil {
			return err
		}
	}
	return nil
}

// ProposedExit is the exit from a list that the record already bears out for a target; "" when somebody has to decide.
func ProposedExit(v SafeguardView, t *Target) (exit TargetState, why string, err error) {
	if t.State != TargetLive {
		return "", "", nil
	}
	u, err := unfinished(v, t)
	if err != nil || u.Exit == "" {
		return "", "", err
	}
	return u.Exit, u.Why, nil
}
