package store

import (
	"context"
	"slices"
	"strings"

	"pou/model"
)

// For is the store as one officer may use it: what is restricted is withheld from them wherever it is read, and nobody
// else acts, looks or types through it. Every door – the screen, the command line, a session over SSH – opens one for its
// officer. login says who really sits there, where that is somebody else ([Book.ForActing]).
func (b *Book) For(who model.Ref) Store { return b.ForActing(who, "") }

// ForActing is [Book.For] where somebody acts as another officer, which the journal keeps beside each entry.
func (b *Book) ForActing(who model.Ref, hand string) Store {
	if ref, ok := model.ParseRef(string(who)); ok {
		who = ref
	}
	return &door{Book: b, actor: actor{who: who, hand: hand}}
}

// actor is who acts, and whose hand it is where that is somebody else.
type actor struct {
	who  model.Ref
	hand string
}

// door is the store for one officer.
type door struct {
	*Book

	actor actor
}

var _ Store = (*door)(nil)

// Read runs fn on a snapshot, of which the officer sees what they may.
func (d *door) Read(ctx context.Context, fn func(Reader) error) error {
	return d.engine.View(ctx, func(tx Tx) error {
		v := &view{tx: tx, codec: d.codec}
		r, err := v.seenBy(d.actor.who)
		if err != nil {
			return err
		}
		return fn(r)
	})
}

// Do runs an action for the officer the door is open for.
func (d *door) Do(ctx context.Context, who model.Ref, req model.Request) (model.Receipt, error) {
	if err := d.own(who); err != nil {
		p, _ := model.AsProblem(err)
		return model.Receipt{Problem: p}, err
	}
	return d.do(ctx, d.actor, req)
}

// Collect writes a batch for the officer the door is open for.
func (d *door) Collect(ctx context.Context, who model.Ref, action string, batch model.Batch) (model.Receipt, error) {
	if err := d.own(who); err != nil {
		p, _ := model.AsProblem(err)
		return model.Receipt{Problem: p}, err
	}
	return d.collect(ctx, d.actor, action, batch)
}

// Consult gathers a consultation by the officer the door is open for.
func (d *door) Consult(_ model.Ref, what string, about ...model.Ref) {
	d.gather(d.actor, model.Consultation, what, about)
}

// Combine gathers a combination by the officer the door is open for.
func (d *door) Combine(_ model.Ref, what string, about ...model.Ref) {
	d.gather(d.actor, model.Combination, what, about)
}

// Disclose writes what leaves the desk, unless the officer may only look.
func (d *door) Disclose(ctx context.Context, who model.Ref, what, to string, about ...model.Ref) error {
	if err := d.own(who); err != nil {
		return err
	}
	var officer *model.Officer
	if err := d.engine.View(ctx, func(tx Tx) error {
		officer = (&view{tx: tx, codec: d.codec}).officer(d.actor.who)
		return nil
	}); err != nil {
		return err
	}
	if officer.OnlyLooks() {
		return &model.Problem{Code: model.Denied, Rule: officer.Call() + " may look at packs and lists, and hand nothing out", Do: "Ask an officer of the unit"}
	}
	return d.disclose(ctx, d.actor, handout, what, to, about)
}

// SaveDraft keeps what the officer has typed.
func (d *door) SaveDraft(ctx context.Context, _ model.Ref, form string, text []byte) error {
	return d.Book.SaveDraft(ctx, d.actor.who, form, text)
}

// Draft returns what the officer has typed.
func (d *door) Draft(ctx context.Context, _ model.Ref, form string) ([]byte, error) {
	return d.Book.Draft(ctx, d.actor.who, form)
}

// DropDraft forgets what the officer has typed.
func (d *door) DropDraft(ctx context.Context, _ model.Ref, form string) error {
	return d.Book.DropDraft(ctx, d.actor.who, form)
}

// own refuses to act for anybody but the officer the door is open for.
func (d *door) own(who model.Ref) error {
	if ref, ok := model.ParseRef(string(who)); ok {
		who = ref
	}
	if who == d.actor.who {
		return nil
	}
	return &model.Problem{Code: model.Denied, Rule: "this desk is open for " + string(d.actor.who) + ", not for " + string(who), Do: "Sign in as the officer who acts"}
}

// seenBy is a reader of what an officer may see.
func (v *view) seenBy(who model.Ref) (Reader, error) {
	officer := v.officer(who)
	sight, err := model.NewSight(v, officer)
	if err != nil {
		return nil, err
	}
	if sight.Whole() && model.MayAudit(officer, "") == nil {
		return v, nil
	}
	return &guarded{view: v, sight: sight, officer: officer, hidden: map[model.Ref]bool{}}, nil
}

// Restricted lists the records that are restricted by themselves.
func (v *view) Restricted() ([]model.Ref, error) {
	var out []model.Ref
	err := v.tx.Scan([]byte(prefixRestricted), nil, false, func(key, _ []byte) bool {
		if ref := refOf(append([]byte(prefixRecord), key[len(prefixRestricted):]...)); ref != "" {
			out = append(out, ref)
		}
		return true
	})
	return out, err
}

// guarded is a reader that withholds what an officer may not see. Of a record that is withheld it hands out the head alone;
// of a journal entry about one, that there is one.
type guarded struct {
	*view

	sight   *model.Sight
	officer *model.Officer
	hidden  map[model.Ref]bool // found out on the way
}

// Unguarded is the record as it stands, as this reads it.
func (v *view) Unguarded() model.SafeguardView { return v }

// Unguarded is the record as it stands: whom a withheld case protects is hidden from the officer as from everybody else.
func (g *guarded) Unguarded() model.SafeguardView { return g.view }

// Record reads a record as the officer may see it.
func (g *guarded) Record(ref model.Ref) (model.Record, error) {
	r, err := g.view.Record(ref)
	if err != nil {
		return nil, err
	}
	return g.sight.Of(r), nil
}

// Each visits the records of a kind as the officer may see them.
func (g *guarded) Each(kind model.Kind, from model.Ref, fn func(model.Record, error) bool) error {
	return g.view.Each(kind, from, func(r model.Record, err error) bool {
		if r != nil {
			r = g.sight.Of(r)
		}
		return fn(r, err)
	})
}

// Entry returns a journal entry, and what was typed where that may be seen.
func (g *guarded) Entry(seq uint64) (model.Entry, model.Request, error) {
	if err := g.noJournal(); err != nil {
		return model.Entry{}, model.Request{}, err
	}
	e, req, err := g.view.Entry(seq)
	if err != nil || !g.hides(e) {
		return e, req, err
	}
	return g.blank(e), model.Request{}, nil
}

// Entries visits the journal. Who looked at what, and what was handed to whom, is for those who answer for the log; what was
// done to the records an officer may read is not kept from them: it stands in each record's history as well.
func (g *guarded) Entries(from uint64, reverse bool, fn func(model.Entry) bool) error {
	if err := g.noJournal(); err != nil {
		return err
	}
	fn = g.blanking(fn)
	switch err := model.MayAudit(g.officer, ""); {
	case err == nil:
		return g.view.Entries(from, reverse, fn)
	case g.officer == nil:
		return err
	}
	return g.view.Entries(from, reverse, func(e model.Entry) bool {
		if e.By != g.officer.Ref && !changes(e) {
			return true
		}
		return fn(e)
	})
}

// Looked visits the consultations of a record.
func (g *guarded) Looked(ref model.Ref, fn func(model.Entry) bool) error {
	if err := model.MayAudit(g.officer, ""); err != nil {
		return err
	}
	return g.view.Looked(ref, g.blanking(fn))
}

// DoneBy visits what an officer did and looked at.
func (g *guarded) DoneBy(officer model.Ref, fn func(model.Entry) bool) error {
	if err := model.MayAudit(g.officer, officer); err != nil {
		return err
	}
	return g.view.DoneBy(officer, g.blanking(fn))
}

// History lists the entries that changed a record; none of one that is withheld.
func (g *guarded) History(ref model.Ref) ([]model.Entry, error) {
	if g.officer.OnlyLooks() || g.hidesRef(ref) {
		return nil, nil
	}
	return g.blanked(g.view.History(ref))
}

// Disclosed lists the entries that say a record left the desk; none of one that is withheld.
func (g *guarded) Disclosed(ref model.Ref) ([]model.Entry, error) {
	if g.officer.OnlyLooks() || g.hidesRef(ref) {
		return nil, nil
	}
	return g.blanked(g.view.Disclosed(ref))
}

func (g *guarded) blanked(all []model.Entry, err error) ([]model.Entry, error) {
	for i, e := range all {
		if g.hides(e) {
			all[i] = g.blank(e)
		}
	}
	return all, err
}

func (g *guarded) blanking(fn func(model.Entry) bool) func(model.Entry) bool {
	return func(e model.Entry) bool {
		if g.hides(e) {
			e = g.blank(e)
		}
		return fn(e)
	}
}

// noJournal keeps the journal from whoever may only look at packs and lists.
func (g *guarded) noJournal() error {
	if g.officer.OnlyLooks() {
		return &model.Problem{Code: model.Denied, Rule: "the journal is not part of a briefing", Do: "Ask a supervisor or the data officer"}
	}
	return nil
}

// hides reports whether an entry is about a record that is withheld. The data officer answers for the log (DPA 2018 s.62),
// and reads it whole; what was typed stays hidden from them with the record.
func (g *guarded) hides(e model.Entry) bool {
	for _, t := range e.About {
		if g.hidesRef(t.Ref) {
			return true
		}
	}
	return false
}

func (g *guarded) hidesRef(ref model.Ref) bool {
	if !g.sight.MayHide(ref) {
		return false
	}
	hidden, known := g.hidden[ref]
	if !known {
		r, err := g.view.Record(ref)
		hidden = err == nil && g.sight.Hides(r) != nil
		g.hidden[ref] = hidden
	}
	return hidden
}

// blank is an entry about a withheld record: when there was one, and of what kind. Of a file or a list, which is about many,
// only the withheld ones are left out.
func (g *guarded) blank(e model.Entry) model.Entry {
	if bulk(e.Action) || (e.Logged == model.Consultation && strings.HasPrefix(e.Reason, "list ")) {
		e.About = slices.DeleteFunc(slices.Clone(e.About), func(t model.Touched) bool { return g.hidesRef(t.Ref) })
		return e
	}
	if g.officer.Has(model.RoleData) {
		e.Reason = ""
		return e
	}
	return model.Entry{Seq: e.Seq, At: e.At, Logged: e.Logged, Action: "restricted", Payload: e.Payload, Prev: e.Prev, Sum: e.Sum}
}
