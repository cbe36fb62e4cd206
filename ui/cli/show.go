package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/ui/part"
)

// page is all there is to know of one record.
type page struct {
	Ref     model.Ref     `json:"ref"`
	Kind    string        `json:"kind"`
	Rev     uint64        `json:"rev"`
	Line    model.Line    `json:"line"`
	Record  model.Record  `json:"record"`
	Linked  []model.Line  `json:"linked"`
	Dues    []model.Due   `json:"dues"`
	History []event       `json:"history"`
	Handed  []event       `json:"handed_out"`        // disclosures: to whom it left the desk
	Private []model.Facts `json:"private,omitempty"` // need-to-know, after --reveal

	guard

	youth string               // what follows from the person's age, for who is or may be under 18
	names map[model.Ref]string // how the records it names are called
	facts []model.Facts        // what the record says of itself
}

// event is a journal entry with its words.
type event struct {
	Seq    uint64       `json:"seq"`
	At     time.Time    `json:"at"`
	By     model.Ref    `json:"by"`
	ByName string       `json:"by_name"`
	Logged model.Logged `json:"logged"`
	Action string       `json:"action"`
	Title  string       `json:"title"`
	Reason string       `json:"reason,omitempty"`
	To     string       `json:"to,omitempty"` // recipients of a disclosure
	Undoes uint64       `json:"undoes,omitempty"`
	Hand   string       `json:"hand,omitempty"` // whose hand it was, where somebody acted as By
	About  []model.Ref  `json:"about"`
}

func (a *app) showCmd() *cobra.Command {
	var output, reveal string
	cmd := &cobra.Command{
		Use:     "show REF",
		Short:   "One record, what hangs on it, and its history",
		Example: "  pou show P-000001\n  pou show OP-0001/012 --output json",
		Args:    wants(1, 1, "REF (a reference such as P-000482)"),
		RunE: func(cmd *cobra.Command, args []string) error {
			ref, ok := model.ParseRef(args[0])
			if !ok {
				return usage(cmd, "%q is not a reference such as P-000482 or OP-0001/012", args[0])
			}
			if reveal != "" {
				return a.signedIn(cmd.Context(), func(d *desk) error { return a.show(cmd.Context(), d, ref, output, reveal) })
			}
			return a.looking(cmd.Context(), func(d *desk) error { return a.show(cmd.Context(), d, ref, output, "") })
		},
	}
	outputFlag(cmd, &output, asText, asJSON)
	cmd.Flags().StringVar(&reveal, "reveal", "", "show what is need-to-know too; give the REASON, which the journal keeps with your name")
	return cmd
}

func (a *app) show(ctx context.Context, d *desk, ref model.Ref, output, reveal string) error {
	p, err := d.page(ctx, ref)
	if err != nil {
		return err
	}
	if reveal != "" {
		if p.Private, err = d.reveal(ctx, ref, reveal); err != nil {
			return err
		}
	}
	return a.paper(d, output, func(w *bufio.Writer) error {
		if output == asJSON {
			return writeJSON(w, p)
		}
		p.write(w, d.book.Now())
		return nil
	})
}

// reveal asks for what a record holds that is need-to-know. It is read only after the journal has kept who asked and why.
func (d *desk) reveal(ctx context.Context, ref model.Ref, reason string) ([]model.Facts, error) {
	receipt, err := d.book.Do(ctx, d.who.Ref, model.Request{Action: "victim.reveal", Fields: map[string]any{"record": string(ref), "reason": reason}})
	if err != nil {
		return nil, err
	}
	if !receipt.OK {
		return nil, receipt.Problem
	}
	var out []model.Facts
	err = d.book.Read(ctx, func(r store.Reader) error {
		rec, err := r.Record(ref)
		if err != nil {
			return err
		}
		out = model.Private(rec, model.NewLiner(r, d.book.Now()))
		return nil
	})
	return out, err
}

// page reads a record with everything about it, and logs that it was looked at.
func (d *desk) page(ctx context.Context, ref model.Ref) (*page, error) {
	p := &page{Ref: ref, Linked: []model.Line{}, Dues: []model.Due{}, History: []event{}, Handed: []event{}, names: map[model.Ref]string{}}
	now := d.book.Now()
	err := d.book.Read(ctx, func(r store.Reader) error {
		rec, err := r.Record(ref)
		if err != nil {
			return err
		}
		liner := model.NewLiner(r, now)
		p.Rev, p.Line = rec.Head().Rev, liner.Line(rec)
		p.facts = model.FactsOf(rec, liner)
		p.youth = youthOf(ref, p.Line.Person, liner, day.On(now))
		p.Record = model.Shown(rec, liner)
		p.Kind = p.Line.Kind
		p.addDues(rec, liner)
		if err := p.addLinked(r, liner); err != nil {
			return err
		}
		model.SortDues(p.Dues)
		if err := p.addGuard(r, rec, liner); err != nil {
			return err
		}
		p.nameAll(r, liner)
		return p.addHistory(r, liner)
	})
	if err != nil {
		return nil, err
	}
	about := []model.Ref{ref}
	if p.Line.Person != "" && p.Line.Person != ref {
		about = append(about, p.Line.Person)
	}
	for _, group := range p.facts {
		for _, f := range group.Rows {
			if f.Ref.Kind() == model.KindPerson && !slices.Contains(about, f.Ref) {
				about = append(about, f.Ref)
			}
		}
	}
	return p, d.consult(ctx, "show "+string(ref), about...)
}

// youthOf says what follows from the age of whoever a record is about: on their own page also that nobody knows it.
func youthOf(ref, person model.Ref, liner *model.Liner, today day.Date) string {
	if person == "" {
		return ""
	}
	who := liner.Person(person)
	if ref != person && !who.AgeGroup(today).Young() {
		return ""
	}
	return who.YouthWords(today)
}

func (p *page) addDues(rec model.Record, liner *model.Liner) {
	p.Dues = append(p.Dues, liner.Dues(rec)...)
}

// addLinked gathers the records that are about this one; a person's clocks are those of the records about them.
func (p *page) addLinked(r store.Reader, liner *model.Liner) error {
	for _, kind := range model.Kinds() {
		if kind == model.KindSurvivor && p.Ref.Kind() == model.KindPerson {
			continue // whose record it is, is need-to-know
		}
		refs, err := r.Linked(p.Ref, kind)
		if err != nil {
			return err
		}
		for _, ref := range refs {
			rec, err := r.Record(ref)
			if err != nil {
				continue // one unreadable record hides nothing else; pou check names it
			}
			p.Linked = append(p.Linked, liner.Line(rec))
			if p.Ref.Kind() == model.KindPerson {
				p.addDues(rec, liner)
			}
		}
	}
	return nil
}

func (p *page) addHistory(r store.Reader, liner *model.Liner) error {
	entries, err := r.History(p.Ref)
	for _, e := range entries {
		p.History = append(p.History, eventOf(e, liner))
	}
	if err != nil {
		return err
	}
	entries, err = r.Disclosed(p.Ref)
	for _, e := range entries {
		e.About = slices.DeleteFunc(slices.Clone(e.About), func(t model.Touched) bool { return t.Ref != p.Ref }) // who else was on the paper is not said here
		p.Handed = append(p.Handed, eventOf(e, liner))
	}
	return err
}

func eventOf(e model.Entry, liner *model.Liner) event {
	out := event{
		Seq: e.Seq, At: e.At, By: e.By, ByName: liner.Officer(e.By), Logged: e.Logged, Action: e.Action, Title: e.Action,
		Reason: e.Reason, To: e.To, Undoes: e.Undoes, Hand: e.Hand, About: make([]model.Ref, len(e.About)),
	}
	if s, ok := model.Find(e.Action); ok {
		out.Title = s.Title
	}
	for i, t := range e.About {
		out.About[i] = t.Ref
	}
	return out
}

// linkedMost is how many linked records of a kind are written out; an officer may have thousands.
const linkedMost = 20

func (p *page) write(w io.Writer, now time.Time) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }
	say("%s  %s", p.Ref, part.Safe(p.title()))
	if p.youth != "" {
		say("  %s", part.Safe(p.youth))
	}
	for _, line := range p.words() {
		say("  %s", line)
	}
	for _, line := range factLines(p.Private) {
		say("  %s", line)
	}
	p.writeGuard(w)
	if len(p.Dues) > 0 {
		say("\nDue")
		for _, d := range p.Dues {
			say("  %s  %s", day.Moment(d.Deadline), part.Safe(p.dueWords(d, now)))
		}
	}
	if len(p.Linked) > 0 {
		say("\nLinked")
		p.writeLinked(w, now)
	}
	if len(p.Handed) > 0 {
		say("\nHanded out")
	}
	for _, e := range p.Handed {
		say("  %s", e.words())
	}
	say("\nHistory")
	for _, e := range p.History {
		say("  %s", e.words())
	}
}

func (p *page) title() string {
	out := p.Line.Kind
	for _, s := range []string{p.Line.Name, p.Line.Status, string(p.Line.Unit)} {
		if s != "" {
			out += "  " + s
		}
	}
	return out + fmt.Sprintf("  revision %d", p.Rev)
}

func (p *page) dueWords(d model.Due, now time.Time) string {
	out := part.Left(d.Left(now)) + ": " + d.Rule + " (" + d.Citation + ")"
	if d.Warn != "" {
		out += ", " + d.Warn
	}
	if d.Check {
		out += ", check"
	}
	if d.Ref != p.Ref {
		out = string(d.Ref) + " " + out
	}
	if name := p.names[d.Owner]; name != "" {
		out += ", " + name
	}
	return out
}

func (p *page) writeLinked(w io.Writer, now time.Time) {
	seen := map[string]int{}
	for i := range p.Linked {
		kind := p.Linked[i].Kind
		if seen[kind]++; seen[kind] <= linkedMost {
			line := p.Linked[i]
			if line.Person == p.Ref || line.Person == p.Line.Person {
				line.Name, line.Markers = "", nil // said above
			}
			_, _ = fmt.Fprintln(w, "  "+lineWords(&line, now))
		}
	}
	for _, kind := range model.Kinds() {
		if more := seen[kindWord(kind)] - linkedMost; more > 0 {
			_, _ = fmt.Fprintf(w, "  and %s more of kind %s; --output json has them all\n", model.Thousands(more), kindWord(kind))
		}
	}
}

// kindWord is how a line names its kind: as the kind is said, but a wanted line is "wanted".
func kindWord(k model.Kind) string {
	if k == model.KindWanted {
		return "wanted"
	}
	return k.Word()
}

func (e event) words() string {
	out := fmt.Sprintf("%6d  %s  %s  %s", e.Seq, day.Moment(e.At), e.ByName, e.Title)
	if e.Undoes != 0 {
		out += fmt.Sprintf(" (takes back entry %d)", e.Undoes)
	}
	if e.To != "" {
		out += " to " + e.To
	}
	if e.Reason != "" {
		out += ": " + e.Reason
	}
	return part.Safe(out)
}
