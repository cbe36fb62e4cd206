package model

import (
	"pou/model/day"
)

func taskActions() []Spec {
	return []Spec{
		spec[taskAdd]("task.add", "Add a task", "Gives an officer something to do by a day.", anyone(),
			KindPerson, KindWanted, KindTarget, KindOrder, KindBreach, KindOperation, KindArrest),
		owned(spec[taskAssign]("task.assign", "Assign a task", "Gives a task to another officer.", anyone(), KindTask)),
		spec[taskStart]("task.start", "Start a task", "Says that the work has begun.", anyone(), KindTask),
		spec[taskDone]("task.done", "Complete a task", "Says that the work is done, and how it went.", anyone(), KindTask),
		owned(spec[taskCancel]("task.cancel", "Cancel a task", "Says that the work will not be done, and why.", anyone(), KindTask)),
		owned(spec[taskReprioritise]("task.reprioritise", "Change a task's priority", "Moves a task up or down, or to another day.", anyone(), KindTask)),
		spec[taskDeconflict]("task.deconflict", "Record a deconfliction of a task",
			"Records what was agreed with another unit that has an interest in the person of an arrest enquiry, and with whom.", anyone(), KindTask),
		spec[taskTick]("task.tick", "Tick a checklist line", "Marks one line of a task's checklist as done.", anyone(), KindTask),
	}
}

type taskAdd struct {
	Assign    Ref             `do:"assign" label:"Officer" kinds:"O"`
	Title     string          `do:"title" label:"Task" default:"Arrest enquiry"`
	Due       day.Date        `do:"due" label:"Due" default:"today"`
	Priority  Priority        `do:"priority" label:"Priority" default:"routine"`
	Note      string          `do:"note" label:"Note" opts:"long"`
	Kind      TaskKind        `do:"kind" label:"Kind" opts:"fold"`
	Checklist []string        `do:"checklist" label:"Checklist" opts:"fold,long" help:"One line for each step"`
	Unit      Unit            `do:"unit" label:"Unit" opts:"fold"`
	Person    Ref             `do:"person" label:"Person" kinds:"P" opts:"fold"`
	Decision  ListingDecision `do:"decision" label:"Who does what" opts:"fold" help:"Of an arrest enquiry, when another unit has an interest in the person"`
	With      Unit            `do:"with" label:"With unit" opts:"fold"`
	Contact   Ref             `do:"contact" label:"Agreed with" kinds:"O" opts:"fold" help:"Enter the officer of the other unit, such as O-0012"`
	Agreed    string          `do:"agreed" label:"What was agreed" opts:"fold,long"`
	About     Ref             `do:"about" label:"About" kinds:"W,TG,R,B,OP,K" opts:"fold" help:"The wanted line, target, order, breach, operation or arrest it is for"`
}

func (a *taskAdd) Apply(c *Change) error {
	t := &Task{
		Title: a.Title, Kind: a.Kind, Person: a.Person, About: a.About, Unit: a.Unit, Assignee: a.Assign, By: c.By.Ref, Added: c.Now,
		Due: a.Due, Priority: a.Priority, State: TaskOpen, Note: a.Note,
	}
	if t.Title == "" {
		t.Title = LabelOf(a.Kind.Choices(), string(a.Kind))
	}
	for _, line := range a.Checklist {
		t.Checklist = append(t.Checklist, CheckItem{Text: line})
	}
	if err := a.place(c, t); err != nil {
		return err
	}
	if !t.Due.IsZero() && t.Due < day.On(c.Now) {
		return notBeforeToday(c)
	}
	if t.Kind == "" && t.sends() { // so that it is listed as what it is
		t.Kind = arrestTask
	}
	if err := t.safeguarded(c, "task.add"); err != nil {
		return err
	}
	if err := a.deconflict(c, t); err != nil {
		return err
	}
	if err := t.deconflicted(c, "assign"); err != nil {
		return err
	}
	return c.Put(t)
}

func notBeforeToday(c *Change) error {
	return Refuse("due", "a task cannot be due before today", "Enter today ("+day.On(c.Now).String()+") or later")
}

// place fills in the person and the unit from what the task is about.
func (a *taskAdd) place(c *Change, t *Task) error {
	if a.About != "" {
		about, err := Load[Record](c, "about", a.About)
		if err != nil {
			return err
		}
		unit, _ := about.Place()
		t.Unit = firstUnit(t.Unit, unit)
		if t.Person == "" {
			t.Person = PersonOf(about)
		}
	}
	if t.Person != "" {
		p, err := Load[*Person](c, "person", t.Person)
		if err != nil {
			return err
		}
		t.Unit = firstUnit(t.Unit, p.OwnerUnit)
	}
	if a.Assign != "" {
		o, err := workingOfficer(c, "assign", a.Assign)
		if err != nil {
			return err
		}
		t.Unit = firstUnit(t.Unit, o.Unit)
	}
	t.Unit = firstUnit(t.Unit, c.By.Unit)
	return nil
}

// workingOfficer loads an officer who can still be given work.
func workingOfficer(c *Change, field string, ref Ref) (*Officer, error) {
	o, err := Load[*Officer](c, field, ref)
	if err != nil {
		return nil, err
	}
	if o.Left {
		return nil, Refuse(field, o.Call()+" has left", "Choose another officer")
	}
	return o, nil
}

// workingOfficers refuses work given to an officer who is not on record or has left.
func workingOfficers(c *Change, field string, refs ...Ref) error {
	for _, ref := range links(refs...) {
		if _, err := workingOfficer(c, field, ref); err != nil {
			return err
		}
	}
	return nil
}

func liveTask(c *Change, ref Ref) (*Task, error) {
	t, err := Load[*Task](c, "task", ref)
	if err != nil {
		return nil, err
	}
	if !t.State.Live() {
		return nil, Refuse("task", string(t.Ref)+" was "+string(t.State)+" on "+day.On(t.Ended).Long(), "Undo that, or add a new task")
	}
	return t, nil
}

type taskAssign struct {
	Task   Ref `do:"task" label:"Task" kinds:"T" opts:"need"`
	Assign Ref `do:"assign" label:"Officer" kinds:"O" opts:"need"`
}

func (a *taskAssign) Apply(c *Change) error {
	t, err := liveTask(c, a.Task)
	if err != nil {
		return err
	}
	if _, err := workingOfficer(c, "assign", a.Assign); err != nil {
		return err
	}
	if err := t.safeguarded(c, "task.assign"); err != nil {
		return err
	}
	t.Assignee = a.Assign
	if err := t.deconflicted(c, "assign"); err != nil {
		return err
	}
	return c.Put(t)
}

type taskStart struct {
	Task Ref `do:"task" label:"Task" kinds:"T" opts:"need"`
}

func (a *taskStart) Apply(c *Change) error {
	t, err := liveTask(c, a.Task)
	if err != nil {
		return err
	}
	if t.State == TaskStarted {
		return Refuse("task", string(t.Ref)+" has been started", "Complete it when it is done")
	}
	if err := t.safeguarded(c, "task.start"); err != nil {
		return err
	}
	t.State = TaskStarted
	if t.Assignee == "" {
		t.Assignee = c.By.Ref
	}
	if err := t.deconflicted(c, "task"); err != nil {
		return err
	}
	return c.Put(t)
}

type taskDone struct {
	Task   Ref    `do:"task" label:"Task" kinds:"T" opts:"need"`
	Result string `do:"result" label:"Result" opts:"long"`
}

func (a *taskDone) Apply(c *Change) error {
	t, err := liveTask(c, a.Task)
	if err != nil {
		return err
	}
	if err := t.notRecall(); err != nil {
		return err
	}
	for _, item := range t.Checklist {
		if !item.Done && a.Result == "" {
			return Refuse("result", "the checklist is not finished: "+item.Text, "Tick it, or say in the result why it was left")
		}
	}
	t.State, t.Ended, t.Result = TaskDone, c.Now, a.Result
	return c.Put(t)
}

type taskCancel struct {
	Task   Ref    `do:"task" label:"Task" kinds:"T" opts:"need"`
	Reason string `do:"reason" label:"Reason" opts:"need"`
}

func (a *taskCancel) Apply(c *Change) error {
	t, err := liveTask(c, a.Task)
	if err != nil {
		return err
	}
	if err := t.notRecall(); err != nil {
		return err
	}
	t.State, t.Ended, t.Result = TaskCancelled, c.Now, a.Reason
	c.Reason = a.Reason
	return c.Put(t)
}

type taskReprioritise struct {
	Task     Ref      `do:"task" label:"Task" kinds:"T" opts:"need"`
	Priority Priority `do:"priority" label:"Priority"`
	Due      day.Date `do:"due" label:"Due"`
}

func (a *taskReprioritise) Apply(c *Change) error {
	t, err := liveTask(c, a.Task)
	if err != nil {
		return err
	}
	if a.Priority == "" && a.Due.IsZero() {
		return Refuse("priority", "nothing is to be changed", "Give a priority, a day, or both")
	}
	if !a.Due.IsZero() && a.Due < day.On(c.Now) {
		return notBeforeToday(c)
	}
	if a.Priority != "" {
		t.Priority = a.Priority
	}
	t.Due = firstDay(a.Due, t.Due)
	return c.Put(t)
}

type taskTick struct {
	Task Ref `do:"task" label:"Task" kinds:"T" opts:"need"`
	Item int `do:"item" label:"Line" opts:"need" help:"Enter the number of the checklist line"`
}

func (a *taskTick) Apply(c *Change) error {
	t, err := liveTask(c, a.Task)
	if err != nil {
		return err
	}
	if a.Item < 1 || a.Item > len(t.Checklist) {
		return Refuse("item", string(t.Ref)+" has no checklist line "+itoa(a.Item), "Its lines are numbered 1 to "+itoa(len(t.Checklist)))
	}
	t.Checklist[a.Item-1].Done = !t.Checklist[a.Item-1].Done
	return c.Put(t)
}
