package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"pou/model"
)

// founding is one `pou init`.
type founding struct {
	name, login, rank, key string
	lead                   bool
}

func (a *app) initCmd() *cobra.Command {
	var f founding
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Begin a store, and make its first administrator",
		Long: "Begins an EMPTY store and makes its first administrator, who gives everybody else their place with officer.add. The login is\n" +
			"the system user they are known by. Without pou init the first command on a new store makes whoever runs it administrator and lead.",
		Example: "  pou init --name \"SHAH, Nadia\" --login nshah\n  pou init --name \"SHAH, Nadia\" --lead",
		Args:    wants(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.opened(cmd.Context(), func(d *desk) error { return a.init(cmd.Context(), d, &f) })
		},
	}
	cmd.Flags().StringVar(&f.name, "name", "", "the administrator's NAME: SURNAME, Forename (default: the login)")
	cmd.Flags().StringVar(&f.login, "login", "", "the LOGIN they are known by (default: yours)")
	cmd.Flags().StringVar(&f.rank, "rank", "", "their RANK")
	cmd.Flags().BoolVar(&f.lead, "lead", false, "they are lead, too, and may do police work")
	cmd.Flags().StringVar(&f.key, "key", "", "their public KEY, the line of a .pub file: it lets them in over SSH from the first day")
	return cmd
}

func (a *app) init(ctx context.Context, d *desk, f *founding) error {
	if d.info.Head != 0 {
		return &model.Problem{
			Code: model.Invalid, Field: "--store", Rule: d.path + " has been begun already, and has its administrators",
			Do: "Ask one of them to add an officer: officer.add",
		}
	}
	first := &model.Officer{Name: f.name, Rank: f.rank, Login: f.login, Roles: []model.Role{model.RoleAdmin}}
	if first.Login == "" {
		first.Login = a.env.User
	}
	if first.Login == "" {
		return &model.Problem{Code: model.Invalid, Field: "--login", Rule: "the system does not say who you are", Do: "Give the administrator's login"}
	}
	if first.Name == "" {
		first.Name = first.Login
	}
	if f.lead {
		first.Roles = append(first.Roles, model.RoleLead)
	}
	if err := d.begin(ctx, first); err != nil {
		return err
	}
	if f.key != "" {
		if _, err := d.whole.Do(ctx, first.Ref, model.Request{Action: "officer.key", Fields: map[string]any{"officer": string(first.Ref), "key": f.key}}); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(a.env.Out, "New store %s: %s (%s, login %s) is its first administrator.\n", d.path, first.Call(), first.Ref, first.Login)
	return err
}

// begin starts a store with its first administrator.
func (d *desk) begin(ctx context.Context, first *model.Officer) error {
	first.Ref = founderRef
	if _, err := d.whole.Collect(ctx, founderRef, "store.init", model.Batch{Records: []model.Record{first}, Reason: "new store"}); err != nil {
		return err
	}
	return d.look(ctx)
}
