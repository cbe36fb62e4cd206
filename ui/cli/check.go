package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/store"
)

func (a *app) checkCmd() *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Hold the whole store against itself: records, indexes, journal",
		Args:  wants(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.existing(cmd.Context(), func(d *desk) error {
				rep, err := d.whole.Check(cmd.Context())
				if err != nil {
					return err
				}
				return a.writeReport(rep, output)
			})
		},
	}
	outputFlag(cmd, &output, asText, asJSON)
	return cmd
}

func (a *app) writeReport(rep store.Report, output string) error {
	if rep.Findings == nil {
		rep.Findings = []store.Finding{}
	}
	if output == asJSON {
		if err := writeJSON(a.env.Out, &rep); err != nil {
			return err
		}
	} else {
		_, _ = fmt.Fprintf(a.env.Out, "%s, %s, %s\n", model.Counted(rep.Records, "record", "records"),
			model.Counted(rep.Entries, "journal entry", "journal entries"), model.Counted(rep.Indexed, "index entry", "index entries"))
		t := sheet{cols: []column{{head: "WHERE"}, {head: "WHAT"}}}
		for _, f := range rep.Findings {
			t.add(f.Where, f.What)
		}
		if len(rep.Findings) > 0 {
			t.write(a.env.Out, 0)
		} else {
			_, _ = fmt.Fprintln(a.env.Out, "Nothing is wrong.")
		}
	}
	if n := len(rep.Findings); n > 0 {
		return &storeError{fmt.Errorf("the check found %s wrong; keep a copy of the file and restore a backup", model.Counted(n, "thing", "things"))}
	}
	return nil
}

func (a *app) versionCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Which pou this is",
		Args:  wants(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(a.env.Out, "pou %s %s %s/%s\n", a.env.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

// Version is the version the build recorded: the tag, or the commit it was built from.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	out := info.Main.Version
	if out == "" || out == "(devel)" {
		out = "development build"
	}
	return out
}
