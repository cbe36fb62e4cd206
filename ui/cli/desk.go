package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"pou/model"
	"pou/model/match"
	"pou/store"
)

// desk is an open store and who is at it.
type desk struct {
	book   store.Store // as whoever is signed in may use it
	whole  *store.Book // the store itself, to be checked and closed
	path   string
	info   store.Info
	who    *model.Officer // nil where nobody need be known
	served bool           // the store is a server's, and stays open
	clock  func() time.Time
}

// path is where the store is.
func (a *app) path() string {
	if a.store != "" {
		return a.store
	}
	if p := a.env.Getenv("POU_STORE"); p != "" {
		return p
	}
	if dir := a.env.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "pou", "pou.db")
	}
	return filepath.Join(a.env.Home, ".local", "share", "pou", "pou.db")
}

// opened runs fn on the open store, which is closed after it whatever happens.
func (a *app) opened(ctx context.Context, fn func(*desk) error) (err error) {
	d, err := a.open(ctx)
	if err != nil {
		return err
	}
	if d.served {
		return errors.Join(fn(d), d.book.Flush(ctx))
	}
	defer func() { //nolint:contextcheck // what was done is written down when the command is stopped, too
		if closing := d.whole.Close(); closing != nil {
			err = errors.Join(err, &storeError{fmt.Errorf("the journal could not be completed: %w", closing)})
		}
	}()
	return fn(d)
}

// existing is opened for commands that look into a store and never begin one.
func (a *app) existing(ctx context.Context, fn func(*desk) error) error {
	if err := a.mustExist(); err != nil {
		return err
	}
	return a.opened(ctx, fn)
}

// mustExist refuses a path that holds no store: a mistyped --store must not look like an empty one.
func (a *app) mustExist() error {
	if a.missing() {
		return &model.Problem{Code: model.NotFound, Rule: "there is no store at " + a.path(), Do: "Check --store, or make one with pou sample or pou import"}
	}
	return nil
}

// missing reports whether there is no store at the path.
func (a *app) missing() bool {
	return a.env.Missing != nil && a.env.Missing(a.path())
}

// looking is opened for an officer who only looks. A path given by hand has to hold a store: a slip of the finger must not
// answer with an empty one.
func (a *app) looking(ctx context.Context, fn func(*desk) error) error {
	if a.store != "" {
		if err := a.mustExist(); err != nil {
			return err
		}
	}
	return a.signedIn(ctx, fn)
}

// signedIn is opened for an officer who is known.
func (a *app) signedIn(ctx context.Context, fn func(*desk) error) error {
	return a.opened(ctx, func(d *desk) error {
		if err := a.fixClock(d, false); err != nil {
			return err
		}
		if err := a.signIn(ctx, d); err != nil {
			return err
		}
		return fn(d)
	})
}

// engine is the store's; a dry run where there is no store is on one in memory, and leaves nothing behind.
func (a *app) engine(path string) (store.Engine, error) {
	if a.dryRun && a.missing() && a.env.Scratch != nil {
		return a.env.Scratch(), nil
	}
	return a.env.Open(path)
}

func (a *app) open(ctx context.Context) (*desk, error) {
	if a.env.Served != nil {
		return a.openServed(ctx)
	}
	if c, err := a.server(ctx); c != nil || err != nil {
		if err != nil {
			return nil, err
		}
		return nil, a.handOver(ctx, c)
	}
	d := &desk{path: a.path(), clock: a.env.Now}
	engine, err := a.engine(d.path)
	if err != nil {
		return nil, &storeError{err}
	}
	d.whole, err = store.New(ctx, engine, func() time.Time { return d.clock() })
	if err != nil {
		return nil, &storeError{errors.Join(err, engine.Close())}
	}
	d.book = d.whole
	if err := d.look(ctx); err != nil {
		return nil, &storeError{errors.Join(err, d.whole.Close())} //nolint:contextcheck // a store is closed when the command is stopped, too
	}
	return d, nil
}

// look reads what the store says of itself.
func (d *desk) look(ctx context.Context) error {
	return d.book.Read(ctx, func(r store.Reader) (err error) {
		d.info, err = r.Info()
		return err
	})
}

// fixClock makes the store work by --now, which only synthetic data may.
func (a *app) fixClock(d *desk, making bool) error {
	if a.now == "" {
		return nil
	}
	at, err := model.ParseTime(a.now)
	if err != nil {
		return &usageError{fmt.Sprintf("--now wants a time such as 2026-12-01T05:40:00Z, not %q", a.now), "pou help"}
	}
	if !making && !d.info.Sample {
		return &model.Problem{
			Code: model.Invalid, Field: "--now", Rule: "only a SAMPLE store may work by another time than now",
			Do: "Leave --now out, or try it on a store made by pou sample",
		}
	}
	d.clock = func() time.Time { return at }
	return nil
}

const founderRef = model.Ref("O-0001")

// signIn works out who is acting.
func (a *app) signIn(ctx context.Context, d *desk) error {
	if d.served {
		return nil // who it is was proved at the door
	}
	if d.info.Head == 0 {
		if err := a.found(ctx, d); err != nil {
			return err
		}
	}
	hand := ""
	err := d.whole.Read(ctx, func(r store.Reader) (err error) {
		d.who, hand, err = a.officer(r, d)
		return err
	})
	if err == nil {
		d.book = d.whole.ForActing(d.who.Ref, hand)
	}
	return err
}

// officer is who acts and, where --as names another than the officer who is at the keyboard, whose hand it is. On a store
// with real records an officer acts as themselves; an administrator may act as anybody, and the journal says so beside each
// entry (docs/access.md). In a SAMPLE store anybody may be anybody.
func (a *app) officer(r store.Reader, d *desk) (who *model.Officer, hand string, err error) {
	all, err := officers(r)
	if err != nil {
		return nil, "", err
	}
	var me *model.Officer
	for _, o := range all {
		if !o.Left && o.Login != "" && o.Login == a.env.User {
			me = o
			break
		}
	}
	if a.as != "" {
		if who, err = named(all, a.as); err != nil {
			return nil, "", err
		}
		return a.actingAs(me, who, d.info.Sample)
	}
	if me != nil {
		return me, "", nil
	}
	if d.info.Sample {
		if rec, err := r.Record(founderRef); err == nil {
			if lead, ok := rec.(*model.Officer); ok {
				a.note("You are acting as %s (%s), the lead of the sample. Use --as to be another officer.", lead.Call(), lead.Ref)
				return lead, "", nil
			}
		}
	}
	return nil, "", a.unknown()
}

// unknown refuses an OS user who is no officer.
func (a *app) unknown() error {
	return &model.Problem{
		Code: model.Denied, Rule: fmt.Sprintf("no officer has the login %q", a.env.User),
		Do: "Ask an administrator to put your login on your officer record",
	}
}

// actingAs decides whether the officer at the keyboard may act as another.
func (a *app) actingAs(me, who *model.Officer, sample bool) (*model.Officer, string, error) {
	switch {
	case me != nil && me.Ref == who.Ref:
		return who, "", nil
	case me == nil && sample:
		return who, "", nil
	case me == nil:
		return nil, "", a.unknown()
	case sample || me.Has(model.RoleAdmin):
		return who, string(me.Ref), nil
	}
	return nil, "", &model.Problem{
		Code: model.Denied, Field: "--as", Rule: "you are " + me.Call() + " (" + string(me.Ref) + "), and only an administrator acts as somebody else",
		Do: "Leave --as out, or ask " + who.Call() + " to do it",
	}
}

// found makes the OS user the first administrator of a new store.
func (a *app) found(ctx context.Context, d *desk) error {
	if a.env.User == "" {
		return &model.Problem{Code: model.Denied, Rule: "the store is new and the system does not say who you are", Do: "Start pou from a user's account"}
	}
	first := &model.Officer{Name: a.env.User, Login: a.env.User, Roles: []model.Role{model.RoleAdmin, model.RoleLead}}
	if err := d.begin(ctx, first); err != nil {
		return err
	}
	a.note("New store %s: you (%s) are its first administrator, %s.", d.path, a.env.User, founderRef)
	return nil
}

func officers(r store.Reader) ([]*model.Officer, error) {
	var out []*model.Officer
	err := r.Each(model.KindOfficer, "", func(rec model.Record, err error) bool {
		if o, ok := rec.(*model.Officer); ok && err == nil { // an unreadable record is pou check's to report
			out = append(out, o)
		}
		return true
	})
	return out, err
}

// named finds the officer somebody means: by reference, login, or a name only one has.
func named(all []*model.Officer, who string) (*model.Officer, error) {
	ref, _ := model.ParseRef(who)
	for _, o := range all {
		if o.Ref == ref || (o.Login != "" && o.Login == who) {
			return working(o)
		}
	}
	var hits []*model.Officer
	want := match.Fold(who)
	for _, o := range all {
		surname, _ := model.SplitName(o.Name)
		if !o.Left && (match.Fold(o.Name) == want || match.Fold(surname) == want || match.Fold(o.Call()) == want) {
			hits = append(hits, o)
		}
	}
	if len(hits) == 1 {
		return hits[0], nil
	}
	p := &model.Problem{Code: model.Denied, Field: "--as", Rule: fmt.Sprintf("no officer is called %q", who), Do: "pou list officers shows them"}
	if len(hits) > 1 {
		refs := make([]string, len(hits))
		for i, o := range hits {
			refs[i] = string(o.Ref) + " " + o.Call()
		}
		p.Rule, p.Do = fmt.Sprintf("%d officers are called %q", len(hits), who), "Give the reference: "+strings.Join(refs, ", ")
	}
	return nil, p
}

func working(o *model.Officer) (*model.Officer, error) {
	if o.Left {
		return nil, &model.Problem{Code: model.Denied, Field: "--as", Rule: o.Call() + " has left and may do nothing", Do: "Ask an administrator"}
	}
	return o, nil
}

// consultMost is how many people one consultation names; a longer list says what was asked for, which finds the rest.
const consultMost = 200

// consult logs that the officer looks at something. It is on record before anything is shown: a reader that stops early,
// such as pou list people | head, has looked all the same.
func (d *desk) consult(ctx context.Context, what string, about ...model.Ref) error {
	d.book.Consult(d.who.Ref, what, about[:min(len(about), consultMost)]...)
	return d.logged(ctx)
}

// logged writes what was looked at before it is shown.
func (d *desk) logged(ctx context.Context) error {
	if err := d.book.Flush(ctx); err != nil {
		return fmt.Errorf("what cannot be logged is not shown: %w", err)
	}
	return nil
}
