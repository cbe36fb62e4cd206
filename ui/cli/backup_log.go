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
	fresh := a.env.Missing == nil || a.env.Missing(to) || strings.Contains(to, "://")
	if fresh {
		if err := a.logBackup(ctx, to); err != nil {
			return err
		}
	}
	if err := a.copy(ctx, a.path(), to, output); err != nil || fresh {
		return err
	}
	return a.logBackup(ctx, to) // over what was left of a copy that was cut off
}

// logBackup writes who had a copy made. A backup is often made by a system user who is no officer; the journal then has
// their login alone.
func (a *app) logBackup(ctx context.Context, to string) error {
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
		return d.whole.BackedUp(ctx, who, hand, to)
	})
}
