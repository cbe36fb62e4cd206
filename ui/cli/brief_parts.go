package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/store"
	"pou/ui/brief"
)

func (b *briefing) partFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVar(&b.parts, "part", []string{string(model.PartPack)}, "what is on the paper, PART: pack, order, results or recall; may be given more than once")
	f.BoolVar(&b.without, "without-refused", false, "leave out the packs that do not pass sanitisation, and say so on the front sheet")
	f.StringVar(&b.against, "against", "", "with results: the OPERATION to compare with (else the one before)")
	f.IntVar(&b.version, "version", 0, "with order: the frozen order of that NUMBER (else as it stands)")
	f.BoolVar(&b.annex, "annex", false, "with order: the confidential annex too; a supervisor's, for the team")
	_ = cmd.RegisterFlagCompletionFunc("part", cobra.FixedCompletions([]string{"pack", "order", "results", "recall"}, cobra.ShellCompDirectiveNoFileComp))
}

// readParts puts the parts in the order they are bound and holds the other flags against them.
func (b *briefing) readParts(cmd *cobra.Command) error {
	var bound []string
	for _, c := range model.Part("").Choices() {
		if slices.Contains(b.parts, c.Value) {
			bound = append(bound, c.Value)
		}
	}
	for _, p := range b.parts {
		if !slices.Contains(bound, p) {
			return usage(cmd, "--part is pack, order, results or recall, not %q", p)
		}
	}
	b.parts = bound
	for _, f := range []struct {
		name string
		part model.Part
	}{{"against", model.PartResults}, {"version", model.PartOrder}, {"annex", model.PartOrder}, {"without-refused", model.PartPack}} {
		if cmd.Flags().Changed(f.name) && !b.has(f.part) {
			return usage(cmd, "--%s goes with --part %s", f.name, f.part)
		}
	}
	switch {
	case len(b.parts) == 0:
		return usage(cmd, "--part is pack, order, results or recall")
	case b.has(model.PartRecall) && len(b.parts) > 1:
		return usage(cmd, "a recall notice goes out alone: make the other parts apart")
	case len(b.targets) > 0 && !b.has(model.PartPack) && !b.has(model.PartRecall):
		return usage(cmd, "--target goes with --part pack or recall")
	case b.has(model.PartOrder) && b.unit != "" && !b.has(model.PartPack):
		return usage(cmd, "an operation order is of the whole operation: leave --unit out")
	case b.version < 0:
		return usage(cmd, "--version is the number of a frozen order, not %d", b.version)
	}
	if b.against == "" {
		return nil
	}
	ref, ok := model.ParseRef(b.against)
	if !ok || ref.Kind() != model.KindOperation || ref == b.operation {
		return usage(cmd, "%q is not another operation such as OP-0002", b.against)
	}
	b.against = string(ref)
	return nil
}

func (b *briefing) has(p model.Part) bool { return slices.Contains(b.parts, string(p)) }

// add reads a part and puts it on the paper; what it returns is what the part is about.
func (b *briefing) add(r store.Reader, doc *brief.Document, op *model.Operation, p model.Part) ([]model.Ref, error) {
	switch p {
	case model.PartOrder:
		return b.addOrder(r, doc)
	case model.PartPack:
		return b.addPack(r, doc)
	case model.PartResults:
		return b.addResults(r, doc, op)
	case model.PartRecall:
		return b.addRecall(r, doc)
	}
	return nil, nil
}

func (b *briefing) addOrder(r store.Reader, doc *brief.Document) ([]model.Ref, error) {
	order, err := model.OrderOnPaper(r, model.OrderAsked{Operation: b.operation, Version: b.version, Annex: b.annex, Audience: doc.Audience}, doc.Made)
	if err != nil {
		return nil, err
	}
	doc.Order = order
	return append(slices.Clone(order.Targets), order.People...), nil
}

// addPack makes the pages; when some do not pass sanitisation there are none, unless the officer wants the others.
func (b *briefing) addPack(r store.Reader, doc *brief.Document) ([]model.Ref, error) {
	packs, err := b.packs(r, doc)
	if err != nil {
		return nil, err
	}
	if doc.Pages, doc.Withheld, err = model.PagesEach(packs, doc.Audience); err != nil {
		return nil, err
	}
	if len(doc.Withheld) > 0 && (!b.without || len(doc.Pages) == 0) {
		return nil, b.refusal(doc)
	}
	var about []model.Ref
	for i := range doc.Pages {
		about = append(about, doc.Pages[i].Ref, doc.Pages[i].Person)
	}
	return about, nil
}

// refusal names every pack that does not pass and, where there are others, how to print those.
func (b *briefing) refusal(doc *brief.Document) error {
	err := model.Unsanitised(doc.Withheld)
	p, ok := model.AsProblem(err)
	if !ok || len(doc.Pages) == 0 {
		return err
	}
	p.Do += "; or print the other " + model.Counted(len(doc.Pages), "target", "targets") + " with --without-refused"
	return p
}

func (b *briefing) addResults(r store.Reader, doc *brief.Document, op *model.Operation) ([]model.Ref, error) {
	against, err := b.compareWith(r, op)
	if err != nil {
		return nil, err
	}
	in, bad := store.Tally(r, op)
	now, unread := model.Results(in, op.From, op.To), bad != nil
	var before []model.ResultRow
	about := []model.Ref{op.Ref}
	if against != nil {
		was, bad := store.Tally(r, against)
		before, unread = model.Results(was, against.From, against.To), unread || bad != nil
		about = append(about, against.Ref)
	}
	doc.Results = model.NewResultSheet(op, against, now, before, doc.Unit)
	doc.Results.Unread = unread
	return about, nil
}

// compareWith is the operation that was named or, without one, the one before; nil when there was none.
func (b *briefing) compareWith(r store.Reader, op *model.Operation) (*model.Operation, error) {
	if b.against != "" {
		return operationOf(r, model.Ref(b.against))
	}
	var all []*model.Operation
	err := r.Each(model.KindOperation, "", func(rec model.Record, err error) bool {
		if o, ok := rec.(*model.Operation); err == nil && ok {
			all = append(all, o)
		}
		return true // pou check names what cannot be read
	})
	return model.OperationBefore(op, all), err
}

func (b *briefing) addRecall(r store.Reader, doc *brief.Document) ([]model.Ref, error) {
	ask := model.RecallAsked{Operation: b.operation, Unit: doc.Unit, Audience: doc.Audience, To: b.to}
	for _, t := range b.targets {
		ask.Targets = append(ask.Targets, model.Ref(t))
	}
	notice, err := model.NewRecallNotice(r, ask, doc.Made)
	if err != nil {
		return nil, err
	}
	doc.Recall = notice
	var about []model.Ref
	for i := range notice.Targets {
		about = append(about, notice.Targets[i].Target, notice.Targets[i].Person)
	}
	return about, nil
}

// operationOf reads an operation.
func operationOf(r store.Reader, ref model.Ref) (*model.Operation, error) {
	rec, err := r.Record(ref)
	if err != nil {
		return nil, err
	}
	op, ok := rec.(*model.Operation)
	if !ok {
		return nil, &model.Problem{Code: model.NotFound, Field: "operation", Rule: string(ref) + " is not an operation", Do: "pou list operations shows them"}
	}
	return op, nil
}

// what is the disclosure in the words of the journal.
func (b *briefing) what(doc *brief.Document) string {
	h := model.Handout{
		Audience: doc.Audience, Operation: b.operation, Unit: doc.Unit, Version: b.version, Annex: b.annex, Targets: len(doc.Pages), Withheld: len(doc.Withheld),
		Format: b.format, Copies: b.copies,
	}
	for _, p := range b.parts {
		h.Parts = append(h.Parts, model.Part(p))
	}
	if doc.Recall != nil {
		h.Targets = len(doc.Recall.Targets)
	}
	return h.Words()
}

// holds is what is on the paper, for the officer who made it.
func (b *briefing) holds(doc *brief.Document) string {
	var out []string
	for _, p := range b.parts {
		switch model.Part(p) {
		case model.PartPack:
			out = append(out, model.Counted(len(doc.Pages), "target", "targets"))
		case model.PartOrder:
			out = append(out, "operation order")
		case model.PartResults:
			out = append(out, "results")
		case model.PartRecall:
			out = append(out, "recall of "+model.Counted(len(doc.Recall.Targets), "target", "targets"))
		}
	}
	return strings.Join(out, ", ")
}

// noteWithheld names what is not on the paper, so that nobody finds out at the door.
func (a *app) noteWithheld(doc *brief.Document) {
	for i := range doc.Withheld {
		a.note("LEFT OUT %s: %s", doc.Withheld[i].Target, doc.Withheld[i].For(model.AudienceTeam))
	}
}

// unique drops what is named before.
func unique(refs []model.Ref) []model.Ref {
	var out []model.Ref
	seen := map[model.Ref]bool{}
	for _, r := range refs {
		if !seen[r] {
			seen[r] = true
			out = append(out, r)
		}
	}
	return out
}
