package cli

import (
	"context"
	"strings"

	"pou/model"
	"pou/store"
)

// backup copies the store to a file and keeps in the journal that there is a copy, and where: what is erased afterwards is
// still in it (DPA 2018 s.62(1)(d)). It is written before the copy is made, so that the copy says so too.
func (a *app) backup(ctx context.Context, to, output string) error {
	_, err := a.backedUp(ctx, to, output)
	return err
}

func (a *app) backedUp(ctx context.Context, to, output string) (done store.Copied, err error) {
	fresh := a.env.Missing == nil || a.env.Missing(to) || strings.Contains(to, "://")
	if fresh {
		if err := a.logCopy(ctx, func(d *desk, who model.Ref, hand string) error { return d.whole.BackedUp(ctx, who, hand, to) }); err != nil {
			return done, err
		}
	}
	if done, err = a.copy(ctx, a.path(), to, output); err != nil || fresh {
		return done, err
	}
	// over what was left of a copy that was cut off
	return done, a.logCopy(ctx, func(d *desk, who model.Ref, hand string) error { return d.whole.BackedUp(ctx, who, hand, to) })
}

// copyFrom copies any store to another place. All of it leaves the desk by that as by a backup, and the store it is copied from says
// who had it copied, to where, how much and by what sum the copy is known.
func (a *app) copyFrom(ctx context.Context, from, to, output string) error {
	if err := mayCopy(a, from, to); err != nil {
		return err
	}
	a.store = from
	done, err := a.backedUp(ctx, to, output)
	if err != nil {
		return err
	}
	return a.logCopy(ctx, func(d *desk, who model.Ref, hand string) error { return d.whole.CopyMade(ctx, who, hand, to, done) })
}

// logCopy writes who had a copy made. A copy is often made by a system user who is no officer; the journal then has their
// login alone.
func (a *app) logCopy(ctx context.Context, write func(d *desk, who model.Ref, hand string) error) error {
	return a.opened(ctx, func(d *desk) error {
		var who model.Ref
		hand := "login " + a.env.User
		err := d.whole.Read(ctx, func(r store.Reader) error {
			all, err := officers(r)
			for _, o := range all {
				if !o.Left && o.Login != "" && o.Login == a.env.User {
					who, hand = o.Ref, ""
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		return write(d, who, hand)
	})
}
