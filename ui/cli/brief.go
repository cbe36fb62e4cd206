package cli

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/store"
	"pou/ui/brief"
	"pou/ui/part"
)

// briefing is one `pou brief`.
type briefing struct {
	handout
	operation model.Ref
	unit      string
	targets   []string
	audience  string
	parts     []string
	against   string
	version   int
	annex     bool
	without   bool
}

func (a *app) briefCmd() *cobra.Command {
	var b briefing
	cmd := &cobra.Command{
		Use:   "brief OPERATION",
		Short: "A briefing pack on paper: PDF, HTML or Markdown",
		Long: "brief writes the packs of an operation's targets for those who will hold the paper. What each audience may see is\n" +
			"decided by the program, victim-survivor details never pass, and every pack is logged as a disclosure with its recipient.\n" +
			"A pack that would give somebody away is refused, and named with where; --without-refused prints the others, and says on\n" +
			"the front sheet which were left out.\n\n" +
			"--part chooses what is on the paper: pack (a page a target), order (the operation order, IIMARCH), results (one page of\n" +
			"figures, after the day), and recall (a notice that calls in what was handed out about targets since removed).",
		Example: "  pou brief OP-0001 --unit SW --to \"SW arrest team\" --copies 6 --out sw.pdf\n" +
			"  pou brief OP-0001 --target OP-0001/012 --audience partner --to \"Probation, Croydon\" --out p12.html\n" +
			"  pou brief OP-0001 --unit SW --format md\n" +
			"  pou brief OP-0001 --part order --to \"Silver\" --out order.pdf\n" +
			"  pou brief OP-0001 --part results --to \"Commander\" --out results.pdf\n" +
			"  pou brief OP-0001 --part recall --to \"SW arrest team\" --out recall.pdf",
		Args:    wants(1, 1, "OPERATION (a reference such as OP-0001)"),
		PreRunE: func(cmd *cobra.Command, args []string) error { return b.read(cmd, args[0], a.env.OutTerminal) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.looking(cmd.Context(), func(d *desk) error { return a.brief(cmd.Context(), d, &b) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&b.unit, "unit", "", "only this UNIT's targets, such as SW")
	f.StringSliceVar(&b.targets, "target", nil, "only this target REF; may be given more than once")
	f.StringVar(&b.audience, "audience", string(model.AudienceTeam), "who will see it, AUDIENCE: team, partner or front")
	b.flags(cmd, true)
	b.partFlags(cmd)
	_ = cmd.RegisterFlagCompletionFunc("unit", unitCompletions)
	_ = cmd.RegisterFlagCompletionFunc("audience", cobra.FixedCompletions([]string{"team", "partner", "front"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (b *briefing) read(cmd *cobra.Command, operation string, terminal bool) error {
	var ok bool
	if b.operation, ok = model.ParseRef(operation); !ok || b.operation.Kind() != model.KindOperation {
		return usage(cmd, "%q is not an operation such as OP-0001", operation)
	}
	b.unit = strings.ToUpper(strings.TrimSpace(b.unit))
	switch {
	case !slices.Contains([]string{"team", "partner", "front"}, b.audience):
		return usage(cmd, "--audience is team, partner or front, not %q", b.audience)
	case b.unit != "" && !slices.ContainsFunc(model.Units(), func(u model.UnitInfo) bool { return string(u.Code) == b.unit }):
		return usage(cmd, "there is no unit %q", b.unit)
	}
	if err := b.handout.read(cmd, b.audience == string(model.AudiencePartner), terminal); err != nil {
		return err
	}
	for i, t := range b.targets {
		ref, ok := model.ParseRef(t)
		if !ok || ref.Operation() != b.operation {
			return usage(cmd, "%q is not a target of %s such as %s/001", t, b.operation, b.operation)
		}
		b.targets[i] = string(ref)
	}
	return b.readParts(cmd)
}

// brief makes the paper and hands it over.
func (a *app) brief(ctx context.Context, d *desk, b *briefing) error {
	if err := d.mayDisclose(b); err != nil {
		return err
	}
	doc, about, err := d.document(ctx, b)
	if err != nil {
		return err
	}
	a.addPhotos(d, doc)
	holds := b.holds(doc) + ", " + model.Counted(doc.Copies, "copy", "copies")
	if err := a.handOut(ctx, d, &b.handout, doc, holds, b.what(doc), about); err != nil {
		return err
	}
	a.noteWithheld(doc)
	return nil
}

// mayDisclose keeps packs for another agency to those who answer for a disclosure. Local practice.
func (d *desk) mayDisclose(b *briefing) error {
	if b.annex && !d.who.Supervises() {
		return &model.Problem{
			Code: model.Denied, Field: "--annex", Rule: "the confidential annex is need-to-know: a supervisor prints it",
			Do: "Ask a sergeant or the lead; you are " + d.who.Call(),
		}
	}
	if b.audience != string(model.AudiencePartner) || d.who.Has(model.RoleSergeant, model.RoleLead, model.RoleCoordinator, model.RoleData) {
		return nil
	}
	return &model.Problem{
		Code: model.Denied, Field: "--audience", Rule: "a pack for a partner agency is released by a sergeant, the lead, the SPO co-ordinator or the data officer",
		Do: "Ask one of them; you are " + d.who.Call(),
	}
}

// document is the paper that is asked for, redacted, with what it is about.
func (d *desk) document(ctx context.Context, b *briefing) (*brief.Document, []model.Ref, error) {
	doc := &brief.Document{
		Operation: b.operation, Unit: model.Unit(b.unit), Audience: model.Audience(b.audience), Recipient: b.to, Copies: b.copies,
		Made: d.book.Now(), By: d.who.Call(), Photos: map[string][]byte{}, Sample: d.info.Sample,
	}
	about := []model.Ref{b.operation}
	err := d.book.Read(ctx, func(r store.Reader) error {
		op, err := operationOf(r, b.operation)
		if err != nil {
			return err
		}
		doc.Name, doc.From, doc.To = op.Name, op.From, op.To
		for _, part := range b.parts {
			more, err := b.add(r, doc, op, model.Part(part))
			if err != nil {
				return err
			}
			about = append(about, more...)
		}
		return nil
	})
	return doc, unique(about), err
}

func (b *briefing) packs(r store.Reader, doc *brief.Document) ([]*model.Pack, error) {
	packs, err := model.BuildPacks(r, b.operation, doc.Unit, doc.Made)
	if err != nil {
		return nil, err
	}
	if len(b.targets) > 0 {
		packs = slices.DeleteFunc(packs, func(p *model.Pack) bool { return !slices.Contains(b.targets, string(p.Target.Ref)) })
	}
	if len(packs) == 0 {
		of := string(b.operation)
		if b.unit != "" {
			of += " in " + b.unit
		}
		return nil, &model.Problem{
			Code: model.NotFound, Rule: "there is no target on the list of " + of + " to brief", Do: "pou list targets --where operation:" + string(b.operation) + " shows them",
		}
	}
	return packs, nil
}

// addPhotos reads the photos that are there. A photo that cannot be used leaves an empty frame and a word on stderr.
func (a *app) addPhotos(d *desk, doc *brief.Document) {
	for i := range doc.Pages {
		ref := doc.Pages[i].Photo
		if ref == "" || doc.Photos[ref] != nil {
			continue
		}
		if d.served && filepath.IsAbs(ref) {
			continue // an officer at a server names no file of its machine but those in the store's folder
		}
		raw, err := readPhoto(d.path, ref)
		switch {
		case err == nil:
			doc.Photos[ref] = raw
		case !errors.Is(err, part.ErrPhotoAway):
			a.note("%s: %s", doc.Pages[i].Ref, err)
		}
	}
}

// readPhoto reads the file a photo's reference names, by the rule of the screen: a full path, or inside the store's folder.
func readPhoto(storePath, ref string) (jpeg []byte, err error) {
	f, err := part.OpenPhoto(filepath.Dir(storePath), ref)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	return brief.Photo(f)
}
