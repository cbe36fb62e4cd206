package model

import (
	"cmp"
	"slices"
	"strings"

	"pou/model/day"
)

func closeActions() []Spec {
	return []Spec{
		weighty(spec[operationClose]("operation.close", "Close the operation",
			"Completes the debrief: every target has left the list by one of its exits, and somebody has said what worked and what did not.",
			supervisors(), KindOperation, KindPlan)),
	}
}

type operationClose struct {
	Operation Ref `do:"operation" label:"Operation" kinds:"OP,PL" opts:"need,fold"`
}

// Apply keeps the promise the list was made with: each name on it is arrested, circulated or eliminated – or withdrawn, or
// died – before anybody says that the operation is over. Nobody is left on a list that nobody works.
func (a *operationClose) Apply(c *Change) error {
	p, err := papersOf(c, a.Operation)
	if err != nil {
		return err
	}
	today := day.On(c.Now)
	switch p.op.State(today) {
	case OperationPlanned:
		return Refuse("operation", p.op.Name+" begins on "+p.op.From.Long(), "Close it when it has happened")
	case OperationClosed:
		return Refuse("operation", p.op.Name+" was closed on "+day.On(p.op.Closed).Long()+" by "+c.nameOf(p.op.ClosedBy), "Nothing needs doing here")
	case OperationLive, OperationEnded:
	}
	left, err := Unanswered(c.src, p.op.Ref)
	if err != nil {
		return err
	}
	if len(left) > 0 {
		return Refuse("operation", unansweredWords(left), "Take each off with target.remove by the exit that is true – several at once where it is the same for them – then close")
	}
	if !slices.ContainsFunc(p.plan.Debriefs, func(d Debrief) bool { return d.Worked != "" || d.DidNot != "" }) {
		return Refuse("operation", p.op.Name+" has not been debriefed: nobody has said what worked and what did not", "Record it with operation.debrief, then close")
	}
	p.op.Closed, p.op.ClosedBy = c.Now, c.By.Ref
	return c.Put(p.op)
}

// Unfinished is a target nobody has answered for, and the exit that the record already bears out, where there is one.
type Unfinished struct {
	Target *Target     `json:"target"`
	Name   string      `json:"name"`
	Exit   TargetState `json:"exit,omitempty"` // "" when somebody has to decide
	Why    string      `json:"why"`            // what bears the exit out, or what is missing for one
}

// Unanswered lists the targets of an operation that are still on its list. It proposes, and an officer decides: being
// arrested or circulated may be on record although nobody has taken the target off.
func Unanswered(v SafeguardView, operation Ref) ([]Unfinished, error) {
	targets, err := viewed[*Target](v, operation, KindTarget)
	if err != nil {
		return nil, err
	}
	var out []Unfinished
	for _, t := range targets {
		if t.State != TargetLive {
			continue
		}
		u, err := unfinished(v, t)
		if err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	slices.SortStableFunc(out, func(a, b Unfinished) int { return cmp.Compare(a.Target.Ref.Number(), b.Target.Ref.Number()) })
	return out, nil
}

func unfinished(v SafeguardView, t *Target) (Unfinished, error) {
	u := Unfinished{Target: t, Why: "arrest, circulate or eliminate with a supervisor, or withdraw with a reason"}
	r, err := v.Record(t.Person)
	if err != nil {
		return u, err
	}
	if p, ok := r.(*Person); ok {
		u.Name = p.Name()
	}
	arrests, err := viewed[*Arrest](v, t.Person, KindArrest)
	if err != nil {
		return u, err
	}
	lines, err := viewed[*Wanted](v, t.Person, KindWanted)
	if err != nil {
		return u, err
	}
	if i := slices.IndexFunc(arrests, func(k *Arrest) bool { return !k.At.Before(t.Added) }); i >= 0 {
		u.Exit, u.Why = TargetArrested, "arrest "+string(arrests[i].Ref)+" is on record since the person was listed"
	} else if i := slices.IndexFunc(lines, circulatedLine); i >= 0 {
		u.Exit, u.Why = TargetCirculated, "circulated on PNC on "+string(lines[i].Ref)
	}
	return u, nil
}

// circulatedLine reports whether a line is known to other forces, which is what the exit circulated means.
func circulatedLine(w *Wanted) bool { return w.State == Circulated || w.State == Located }

// unansweredNamed is how many of the targets a refusal names before it counts the rest.
const unansweredNamed = 6

// unansweredWords names the targets that stand in the way of closing.
func unansweredWords(left []Unfinished) string {
	names := make([]string, 0, unansweredNamed)
	for _, u := range left[:min(len(left), unansweredNamed)] {
		name := string(u.Target.Ref) + " " + u.Name
		if u.Exit != "" {
			name += " (" + string(u.Exit) + ": " + u.Why + ")"
		}
		names = append(names, name)
	}
	text := several(len(left), "target is", "targets are") + " still on the list: " + strings.Join(names, "; ")
	if n := len(left) - len(names); n > 0 {
		text += "; and " + itoa(n) + " more"
	}
	return text
}
