package model

import (
	"pou/model/day"
)

func debriefActions() []Spec {
	return []Spec{
		spec[operationDebrief]("operation.debrief", "Debrief an operation", "Records what worked, what did not, and the intelligence to submit; each line of it becomes a task.",
			anyone(), KindOperation, KindPlan),
	}
}

type operationDebrief struct {
	Worked    string   `do:"worked" label:"What worked" opts:"long"`
	DidNot    string   `do:"did_not" label:"What did not" opts:"long"`
	Intel     []string `do:"intel" label:"Intelligence to submit" opts:"long" help:"Enter one item on each line, with nothing that points to who gave it"`
	Unit      Unit     `do:"unit" label:"Unit" default:"unit" opts:"fold"`
	Operation Ref      `do:"operation" label:"Operation" kinds:"OP,PL" opts:"need,fold"`
}

// Apply keeps the debrief with the plan. Intelligence is not intelligence until it is graded, so a line of a debrief
// becomes the task of submitting it rather than a report.
func (a *operationDebrief) Apply(c *Change) error {
	p, err := papersOf(c, a.Operation)
	if err != nil {
		return err
	}
	switch {
	case p.op.State(day.On(c.Now)) == OperationPlanned:
		return Refuse("operation", p.op.Name+" begins on "+p.op.From.Long(), "Debrief it when something has happened")
	case a.Worked == "" && a.DidNot == "" && len(a.Intel) == 0:
		return Refuse("worked", "a debrief says something", "Say what worked, what did not, or what intelligence there is")
	}
	d := Debrief{At: c.Now, By: c.By.Ref, Unit: firstUnit(a.Unit, c.By.Unit), Worked: a.Worked, DidNot: a.DidNot}
	for _, text := range a.Intel {
		t := &Task{
			Title: "Submit intelligence from the debrief", Kind: "intel", About: p.op.Ref, Unit: d.Unit, Assignee: c.By.Ref, By: c.By.Ref, Added: c.Now,
			Due: day.On(c.Now).AddDays(1), Priority: PriorityToday, State: TaskOpen, Note: text,
		}
		if err := c.Put(t); err != nil {
			return err
		}
		d.Intel = append(d.Intel, t.Ref)
	}
	p.plan.Debriefs = append(p.plan.Debriefs, d)
	return c.Put(p.plan)
}
