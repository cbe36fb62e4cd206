package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

// guard is what stands before anyone is sent after the person of a record: what the card on the desk shows, so that an
// officer on the command line knows of it before they are refused.
type guard struct {
	Safeguards []model.Safeguard `json:"safeguards"`
	Conflicts  []store.Conflict  `json:"conflicts"`
	Exit       model.TargetState `json:"exit_proposed,omitempty"` // of a target: what the record bears out already
	ExitWhy    string            `json:"exit_why,omitempty"`

	acked map[model.Ref]string // how those who acknowledged are addressed
}

// addGuard works it out, for a record about a person.
func (p *page) addGuard(r store.Reader, rec model.Record, liner *model.Liner) error {
	p.Safeguards, p.Conflicts, p.acked = []model.Safeguard{}, []store.Conflict{}, map[model.Ref]string{}
	if t, ok := rec.(*model.Target); ok {
		var err error
		if p.Exit, p.ExitWhy, err = model.ProposedExit(r, t); err != nil {
			return err
		}
	}
	person := p.Line.Person
	if person == "" {
		return nil
	}
	guards, err := model.Safeguards(r, person, liner.Now())
	if err != nil {
		return err
	}
	for i := range guards {
		if guards[i].Acked != nil {
			ack := *guards[i].Acked
			ack.At = ack.At.UTC() // where the question is asked changes nothing in the answer
			guards[i].Acked, p.acked[ack.By] = &ack, liner.Officer(ack.By)
		}
	}
	p.Safeguards = append(p.Safeguards, guards...)
	if p.Line.Unit == "" {
		return nil
	}
	found, err := store.Conflicts(r, person, p.Line.Unit, liner.Now())
	p.Conflicts = append(p.Conflicts, slices.DeleteFunc(found, func(c store.Conflict) bool { return c.Record == p.Ref })...)
	return err
}

// writeGuard writes what stands before a tasking, what holds it back first.
func (p *page) writeGuard(w io.Writer) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintln(w, part.Safe(fmt.Sprintf(format, args...))) }
	if p.Exit != "" {
		say("\nProposed\n  exit %s: %s; an officer takes the target off with target.remove", p.Exit, p.ExitWhy)
	}
	if len(p.Safeguards) > 0 {
		_, _ = fmt.Fprintln(w, "\nBefore tasking")
	}
	for _, g := range p.Safeguards {
		switch {
		case g.Acked != nil:
			say("  read         %s: acknowledged by %s on %s: %s", g.Kind, p.acked[g.Acked.By], day.Moment(g.Acked.At), g.Text)
		case g.Stands():
			say("  %-11s  %s: %s. %s", strings.ToUpper(string(g.Level)), g.Kind, g.Text, g.Do)
		default:
			say("  %-11s  %s: %s", g.Level, g.Kind, g.Text)
		}
	}
	if len(p.Conflicts) > 0 {
		_, _ = fmt.Fprintln(w, "\nDeconfliction")
	}
	for _, c := range p.Conflicts {
		text := string(c.Kind) + ": " + c.What
		role := "assists"
		if c.Owner {
			role = "owns"
		}
		text += "; " + string(c.Unit) + " " + role
		if c.Call != "" {
			text += "; speak to " + c.Call + " " + string(c.Contact)
		}
		say("  %s  %s", c.Record, text)
	}
}
