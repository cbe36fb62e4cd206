package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// recallTask is the kind of a task to call in what was handed out about a target that has left the list. The program gives
// it, and an officer does not choose it; it is settled by recall.confirm alone.
const recallTask TaskKind = "recall"

// recallDays is how many working days there are to call paper in. Local practice.
const recallDays = 1

// RecallOutcome is what became of copies that were called in.
type RecallOutcome string

// The outcomes of a recall.
const (
	RecallDestroyed  RecallOutcome = "destroyed"
	RecallReturned   RecallOutcome = "returned"
	RecallNotReached RecallOutcome = "not reached"
)

// Choices lists the outcomes for a form.
func (RecallOutcome) Choices() []Choice {
	return []Choice{
		{string(RecallDestroyed), "destroyed", "d"},
		{string(RecallReturned), "returned", "r"},
		{string(RecallNotReached), "not reached: still out there", "n"},
	}
}

// Recalling is a recall from one recipient, and what became of it.
type Recalling struct {
	From    string        `cbor:"1,keyasint" json:"from"`
	Copies  string        `cbor:"2,keyasint" json:"copies"` // "copies 1 to 6"
	Entries []uint64      `cbor:"3,keyasint" json:"entries"`
	Outcome RecallOutcome `cbor:"4,keyasint,omitempty" json:"outcome,omitempty"`
	Said    string        `cbor:"5,keyasint,omitempty" json:"said_by,omitempty"` // who said so
	By      Ref           `cbor:"6,keyasint,omitempty" json:"by,omitempty"`      // who recorded it
	At      time.Time     `cbor:"7,keyasint,omitzero" json:"at,omitzero"`
}

// Words say who holds what and, once somebody has said so, what became of it.
func (r Recalling) Words() string {
	out := r.Copies + " with " + r.From
	if r.Outcome == "" {
		return out + ": NOT CONFIRMED"
	}
	what := string(r.Outcome)
	if r.Outcome == RecallNotReached {
		what = "NOT REACHED, still out there"
	}
	return out + ": " + what + ", said by " + r.Said + ", " + day.Clock(r.At)
}

// PaperOut reports whether an entry of the journal is a handout with what is said of a target on it.
func PaperOut(e Entry) (Handout, bool) {
	h, ok := ReadHandout(e.Reason)
	return h, ok && e.Logged == Disclosure && h.holdsTargets()
}

// recallPapers has whoever handed a target out call the paper in, from each recipient, now that the target has left the
// list: removal that does not reach the packs already made is no removal (ICO v Met, 2018).
func recallPapers(c *Change, t *Target) error {
	entries, err := c.src.Disclosed(t.Ref)
	if err != nil {
		return err
	}
	var from []string
	papers := map[string][]Entry{}
	for _, e := range entries {
		if _, ok := PaperOut(e); !ok {
			continue
		}
		to := strings.ToLower(strings.TrimSpace(e.To))
		if len(papers[to]) == 0 {
			from = append(from, to)
		}
		papers[to] = append(papers[to], e)
	}
	for _, to := range from {
		if err := recallFrom(c, t, papers[to]); err != nil {
			return err
		}
	}
	return sayFrozen(c, t)
}

// recallFrom gives the task of calling in what one recipient holds.
func recallFrom(c *Change, t *Target, papers []Entry) error {
	last := papers[len(papers)-1]
	who, err := firstWorking(c, []Ref{last.By, c.By.Ref})
	if err != nil {
		return err
	}
	r := Recalling{From: last.To, Copies: copiesOf(papers)}
	notes := make([]string, len(papers))
	for i, e := range papers {
		r.Entries = append(r.Entries, e.Seq)
		notes[i] = e.Reason + " (" + day.Clock(e.At) + ", " + c.nameOf(e.By) + ", journal entry " + utoa(e.Seq) + ")"
	}
	task := &Task{
		Title: "Recall " + r.Copies + " from " + r.From + ": " + string(t.Ref) + " left the list", Kind: recallTask, Person: t.Person, About: t.Ref, Unit: t.Unit,
		Assignee: who, By: c.By.Ref, Added: c.Now, Due: day.On(c.Now).AddWorkingDays(recallDays), Priority: PriorityToday, State: TaskOpen,
		Note: strings.Join(notes, "\n"), Recall: r,
	}
	if err := c.Put(task); err != nil {
		return err
	}
	c.say(r.From + " holds " + r.Copies + " with " + string(t.Ref) + ": " + c.nameOf(who) + " calls them in by " + task.Due.Long() + " (" + string(task.Ref) +
		", recall.confirm). The notice: pou brief " + string(t.Operation) + " --part recall --target " + string(t.Ref) + ` --to "` + r.From + `"`)
	return nil
}

// copiesOf counts the copies of papers: "copies 1 to 6"; of several papers each is said.
func copiesOf(papers []Entry) string {
	words := make([]string, len(papers))
	for i, e := range papers {
		h, ok := PaperOut(e)
		words[i] = "copies " + CopyNumbers(h.Copies)
		switch {
		case !ok: // in words of its own
			words[i] = "the paper of journal entry " + utoa(e.Seq)
			continue
		case h.Copies == 1:
			words[i] = "copy 1"
		}
		if len(papers) > 1 {
			words[i] += " (" + h.Format + ")"
		}
	}
	return strings.Join(words, ", ")
}

// sayFrozen says how many still have a frozen order that names the target: they acknowledge with plan.read.
func sayFrozen(c *Change, t *Target) error {
	p, err := papersOf(c, t.Operation)
	if err != nil || p.plan.Latest == "" {
		return err
	}
	v, err := Load[*PlanVersion](c, "target", p.plan.Latest)
	if err != nil || !slices.Contains(v.Targets, t.Ref) {
		return err
	}
	c.say("The frozen order, version " + itoa(v.No) + ", names " + string(t.Ref) + ": " + several(len(v.holders()), "officer acknowledges", "officers acknowledge") + " the removal with plan.read")
	return nil
}

// PaperRecalls are the recalls of paper about the targets of an operation, settled or not, the oldest first.
func PaperRecalls(v SafeguardView, operation Ref) ([]*Task, error) {
	targets, err := viewed[*Target](v, operation, KindTarget)
	if err != nil {
		return nil, err
	}
	var out []*Task
	for _, t := range targets {
		if t.State == TargetLive {
			continue
		}
		tasks, err := RecallsOf(v, t.Ref)
		if err != nil {
			return nil, err
		}
		out = append(out, tasks...)
	}
	return out, nil
}

// RecallsOf are the recalls of paper about one target.
func RecallsOf(v SafeguardView, target Ref) ([]*Task, error) {
	tasks, err := viewed[*Task](v, target, KindTask)
	return slices.DeleteFunc(tasks, func(t *Task) bool { return t.Kind != recallTask }), err
}

// notRecall refuses to end a recall in another way than by saying what became of the paper.
func (t *Task) notRecall() error {
	if t.Kind != recallTask {
		return nil
	}
	return Refuse("task", string(t.Ref)+" calls paper in, and is settled by what became of it", "Record that with recall.confirm")
}

func recallActions() []Spec {
	return []Spec{
		spec[recallConfirm]("recall.confirm", "Confirm a recall", "Says what became of paper that was called in: destroyed, returned or not reached, and who said so.",
			anyone(), KindTask, KindTarget),
	}
}

type recallConfirm struct {
	Outcome RecallOutcome `do:"outcome" label:"What became of it" opts:"need"`
	Said    string        `do:"said_by" label:"Said by" opts:"need" help:"Enter who told you: the name and role of whoever held the paper"`
	Note    string        `do:"note" label:"Note" opts:"long" help:"Needed when a copy was not reached: what was tried. Copy numbers, where not all went the same way"`
	Task    Ref           `do:"task" label:"Recall" kinds:"T" opts:"fold" help:"Or name the target, when one recall of it is open"`
	Target  Ref           `do:"target" label:"Target" kinds:"TG" opts:"fold"`
}

func (a *recallConfirm) Apply(c *Change) error {
	t, err := a.find(c)
	if err != nil {
		return err
	}
	if a.Outcome == RecallNotReached {
		switch {
		case !c.By.Supervises():
			return &Problem{
				Code: Denied, Field: "outcome", Rule: "that paper about somebody no longer sought stays out is accepted by a supervisor",
				Do: "Go on trying, or ask a sergeant or the lead; you are " + c.By.Call(),
			}
		case a.Note == "":
			return Refuse("note", "paper that was not reached is still out there", "Say what was tried, and what is done about it")
		}
	}
	t.Recall.Outcome, t.Recall.Said, t.Recall.By, t.Recall.At = a.Outcome, a.Said, c.By.Ref, c.Now
	t.State, t.Ended, t.Result = TaskDone, c.Now, t.Recall.Words()
	if a.Note != "" {
		t.Result = joinNote(t.Result, a.Note)
	}
	return c.Put(t)
}

// find is the recall named, or the only open one of the target named.
func (a *recallConfirm) find(c *Change) (*Task, error) {
	if a.Task != "" {
		t, err := liveTask(c, a.Task)
		if err == nil && t.Kind != recallTask {
			err = Refuse("task", string(t.Ref)+" calls no paper in", "Name a recall; pou show of the target lists them")
		}
		return t, err
	}
	if a.Target == "" {
		return nil, Refuse("task", "no recall is named", "Give the task, or the target that left the list")
	}
	tasks, err := linked[*Task](c, a.Target, KindTask)
	if err != nil {
		return nil, err
	}
	tasks = slices.DeleteFunc(tasks, func(t *Task) bool { return t.Kind != recallTask || !t.State.Live() })
	switch len(tasks) {
	case 0:
		return nil, Refuse("target", "no recall of "+string(a.Target)+" is open", "Nothing needs doing here")
	case 1:
		return tasks[0], nil
	}
	names := make([]string, len(tasks))
	for i, t := range tasks {
		names[i] = string(t.Ref) + " (" + t.Recall.From + ")"
	}
	return nil, Refuse("task", several(len(tasks), "recall", "recalls")+" of "+string(a.Target)+" are open: "+strings.Join(names, ", "), "Name one of them")
}
