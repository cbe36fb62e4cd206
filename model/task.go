package model

import (
	"time"

	"pou/model/day"
)

// TaskKind is what sort of work a task is.
type TaskKind string

// arrestTask is the kind of a task that sends somebody to arrest.
const arrestTask TaskKind = "arrest"

// Choices lists the kinds for a form.
func (TaskKind) Choices() []Choice {
	return []Choice{
		{string(arrestTask), "arrest enquiry", "a"},
		{"address", "address check", "d"},
		{"intel", "intelligence request", "i"},
		{"circulate", "circulate on PNC", "c"},
		{"service", "serve an order", "s"},
		{"check", "check an order", "k"},
		{"statement", "statement or evidence", "e"},
		{"victim", "victim update", "v"},
		{"other", "other", "o"},
	}
}

// TaskState is where a task stands.
type TaskState string

// The states of a task.
const (
	TaskOpen      TaskState = "open"
	TaskStarted   TaskState = "started"
	TaskDone      TaskState = "done"
	TaskCancelled TaskState = "cancelled"
)

// Live reports whether the work is still to be done.
func (s TaskState) Live() bool { return s == TaskOpen || s == TaskStarted }

// Priority orders tasks on a day.
type Priority string

// The priorities. The zero value is routine.
const (
	PriorityNow     Priority = "now"
	PriorityToday   Priority = "today"
	PriorityRoutine Priority = "routine"
)

// Choices lists the priorities for a form.
func (Priority) Choices() []Choice {
	return []Choice{
		{string(PriorityNow), "now", "n"},
		{string(PriorityToday), "today", "t"},
		{string(PriorityRoutine), "routine", "r"},
	}
}

// Rank orders priorities, the most urgent first.
func (p Priority) Rank() int {
	switch p {
	case PriorityNow:
		return 0
	case PriorityToday:
		return 1
	case PriorityRoutine, "":
		return 2
	}
	return 2
}

// CheckItem is one line of a task's checklist.
type CheckItem struct {
	Text string `cbor:"1,keyasint" json:"text"`
	Done bool   `cbor:"2,keyasint,omitempty" json:"done,omitempty"`
}

// Task is a piece of work given to an officer.
type Task struct {
	Meta      `cbor:"-" json:"-"`
	Title     string      `cbor:"1,keyasint" json:"title"`
	Kind      TaskKind    `cbor:"2,keyasint,omitempty" json:"kind,omitempty"`
	Person    Ref         `cbor:"3,keyasint,omitempty" json:"person,omitempty"`
	About     Ref         `cbor:"4,keyasint,omitempty" json:"about,omitempty"` // wanted line, target, order, breach or operation
	Unit      Unit        `cbor:"5,keyasint,omitempty" json:"unit,omitempty"`
	Assignee  Ref         `cbor:"6,keyasint,omitempty" json:"assignee,omitempty"`
	By        Ref         `cbor:"7,keyasint" json:"by"`
	Added     time.Time   `cbor:"8,keyasint" json:"added"`
	Due       day.Date    `cbor:"9,keyasint,omitempty" json:"due,omitzero"`
	Priority  Priority    `cbor:"10,keyasint,omitempty" json:"priority,omitempty"`
	State     TaskState   `cbor:"11,keyasint" json:"state"`
	Checklist []CheckItem `cbor:"12,keyasint,omitempty" json:"checklist,omitempty"`
	Result    string      `cbor:"13,keyasint,omitempty" json:"result,omitempty"`
	Ended     time.Time   `cbor:"14,keyasint,omitzero" json:"ended,omitzero"`
	Note      string      `cbor:"15,keyasint,omitempty" json:"note,omitempty"`

	Deconflictions []Deconfliction `cbor:"16,keyasint,omitempty" json:"deconflictions,omitempty"` // of an arrest enquiry; see task_clash.go
	Recall         Recalling       `cbor:"17,keyasint,omitzero" json:"recall,omitzero"`           // of a recall of paper; see recall.go
}

// Links finds the task from the person, what it is about and who has it.
func (t *Task) Links() []Ref { return links(t.Person, t.About, t.Assignee) }

// Place puts the task in its unit's list while it is to be done.
func (t *Task) Place() (Unit, bool) { return t.Unit, t.State.Live() }

// Check wants a title, and a reason for a cancellation.
func (t *Task) Check() error {
	switch {
	case t.Title == "":
		return Refuse("title", "a task says what is to be done", "Enter it in a few words")
	case t.State == TaskCancelled && t.Result == "":
		return Refuse("reason", "a cancelled task says why", "Enter the reason")
	}
	return nil
}
