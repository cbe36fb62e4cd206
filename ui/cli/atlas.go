package cli

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pou/model"
	"pou/model/atlas"
	"pou/model/day"
	"pou/store"
	"pou/store/comms"
)

func (a *app) atlasCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "atlas",
		Short: "Communications and travel data of a case: load it, see what it may show",
		Long: "Makes sense of call, text, data, cell, ANPR, Oyster and location records loaded for a case. Everything it says is for triage: a cell is an\n" +
			"area and not a point, a phone is not its holder, and nothing here is evidence. A case needs an open dataset with its lawful basis first\n" +
			"(dataset.open), and its devices attributed (device.attribute).",
		Args: wants(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.atlasLoadCmd(), a.atlasReportCmd(), a.atlasContactsCmd(), a.atlasEventsCmd(), a.atlasMeetsCmd(), a.storyboardCmd(), a.atlasExampleCmd())
	return cmd
}

// windowFlags are the days a command looks at.
type windowFlags struct{ from, to string }

func (w *windowFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&w.from, "from", "", "the first DAY or time looked at")
	cmd.Flags().StringVar(&w.to, "to", "", "the last DAY, or the time before which it ends")
}

func (w *windowFlags) window(cmd *cobra.Command) (atlas.Window, error) {
	var out atlas.Window
	for _, f := range []struct {
		name, text string
		into       *int64
		end        bool
	}{{"from", w.from, &out.From, false}, {"to", w.to, &out.To, true}} {
		if f.text == "" {
			continue
		}
		at, isDay, err := momentOf(f.text)
		if err != nil {
			return out, usage(cmd, "--%s wants a day such as 2026-08-31 or a time such as 2026-08-31T18:00:00Z, not %q", f.name, f.text)
		}
		if isDay && f.end {
			at = at.AddDate(0, 0, 1)
		}
		*f.into = at.UnixMilli()
	}
	if out.From != 0 && out.To != 0 && out.To <= out.From {
		return out, usage(cmd, "--to comes after --from")
	}
	return out, nil
}

// pictured opens the picture of the case whose reference was given, and logs the look.
func (a *app) pictured(cmd *cobra.Command, text, what string, fn func(*desk, *comms.Picture) error) error {
	ref, ok := model.ParseRef(text)
	if !ok || ref.Kind() != model.KindCase {
		return usage(cmd, "%q is not the reference of a case, such as C-000001", text)
	}
	ctx := cmd.Context()
	return a.looking(ctx, func(d *desk) error {
		var p *comms.Picture
		err := d.book.Read(ctx, func(r store.Reader) (err error) {
			p, err = comms.Open(r, ref)
			return err
		})
		if err != nil {
			return err
		}
		p.Look(d.book, d.who.Ref, "atlas "+what+" of "+string(ref))
		if err := d.logged(ctx); err != nil {
			return err
		}
		return fn(d, p)
	})
}

// triage writes what a picture says: between the markings, with what was loaded and what was left out said before it.
func (a *app) triage(d *desk, output string, p *comms.Picture, fn func(w *bufio.Writer) error) error {
	return a.paper(d, output, func(w *bufio.Writer) error {
		if output == asJSON || output == asCSV {
			a.note("%s", atlas.Marking)
			return fn(w)
		}
		_, _ = fmt.Fprintf(w, "%s\n%s · %s\n\n", atlas.Marking, p.Case.Ref, strings.Join(sourcesOf(p), " · "))
		if err := fn(w); err != nil {
			return err
		}
		_, _ = fmt.Fprintf(w, "\n%s\n", atlas.Marking)
		return nil
	})
}

// sourcesOf says what the picture is made of.
func sourcesOf(p *comms.Picture) []string {
	out := []string{model.Counted(len(p.Set.Rows), "row", "rows"), model.Counted(len(p.Set.Files), "file", "files")}
	if span := p.Index.Span(); !span.Open() {
		out = append(out, atlas.SayTime(span.From)+" to "+atlas.SayTime(span.To))
	}
	if n := len(p.Set.Held); n > 0 {
		out = append(out, model.Counted(n, "row", "rows")+" outside the authorisation, not analysed")
	}
	if p.Twice > 0 {
		out = append(out, model.Counted(p.Twice, "row", "rows")+" in two datasets, counted once")
	}
	return out
}

func (a *app) atlasReportCmd() *cobra.Command {
	var output string
	var win windowFlags
	cmd := &cobra.Command{
		Use:     "report CASE",
		Short:   "What the data of a case may show, at a glance",
		Example: "  pou atlas report C-000001\n  pou atlas report C-000001 --from 2026-06-01 --to 2026-08-31",
		Args:    wants(1, 1, "CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := win.window(cmd)
			if err != nil {
				return err
			}
			return a.pictured(cmd, args[0], "report", func(d *desk, p *comms.Picture) error {
				rep := comms.ReportOf(p, w)
				return a.triage(d, output, p, func(out *bufio.Writer) error {
					if output == asJSON {
						return writeJSON(out, rep)
					}
					for _, part := range rep.Parts {
						_, _ = fmt.Fprintf(out, "%s\n", strings.ToUpper(part.Head))
						for _, line := range part.Lines {
							_, _ = fmt.Fprintf(out, "  %s\n", line.Text)
						}
						_, _ = fmt.Fprintln(out)
					}
					return nil
				})
			})
		},
	}
	win.add(cmd)
	outputFlag(cmd, &output, asText, asJSON)
	return cmd
}

func (a *app) atlasContactsCmd() *cobra.Command {
	var output string
	var limit int
	var win windowFlags
	cmd := &cobra.Command{
		Use:   "contacts CASE",
		Short: "Who was in contact with whom: how often, by which channel, first and last",
		Args:  wants(1, 1, "CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := win.window(cmd)
			if err != nil {
				return err
			}
			return a.pictured(cmd, args[0], "contacts", func(d *desk, p *comms.Picture) error {
				rows := comms.ContactsOf(p, w)
				if limit > 0 {
					rows = rows[:min(limit, len(rows))]
				}
				return a.triage(d, output, p, func(out *bufio.Writer) error { return a.contactTable(out, rows, output) })
			})
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 0, "at most this many (0: all)")
	win.add(cmd)
	outputFlag(cmd, &output, asTable, asCSV, asJSON)
	return cmd
}

func (a *app) contactTable(out *bufio.Writer, rows []comms.ContactLine, output string) error {
	if output == asJSON {
		return writeArray(out, rows)
	}
	t := sheet{cols: []column{
		{head: "DEVICE"}, {head: "WITH"}, {head: "CONTACTS"}, {head: "OUT"}, {head: "IN"}, {head: "CALLS"}, {head: "TEXTS"}, {head: "UNANSWERED"}, {head: "FIRST"}, {head: "LAST"}, {head: "MOST IN A DAY"},
	}}
	for _, r := range rows {
		t.add(r.Device, r.With, strconv.Itoa(r.Count), strconv.Itoa(r.Out), strconv.Itoa(r.In), strconv.Itoa(r.Calls), strconv.Itoa(r.Texts), strconv.Itoa(r.Unanswered), clock(r.First), clock(r.Last), most(r))
	}
	if output == asCSV {
		return t.commas(out)
	}
	t.write(out, a.tableWidth())
	return nil
}

func most(r comms.ContactLine) string {
	if r.MostInADay == 0 {
		return ""
	}
	return strconv.Itoa(r.MostInADay) + " on " + r.MostOn.Short()
}

// clock is a moment in London, "" for none.
func clock(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return atlas.SayTime(at.UnixMilli())
}

func (a *app) atlasEventsCmd() *cobra.Command {
	var output, device string
	var limit int
	var win windowFlags
	cmd := &cobra.Command{
		Use:   "events CASE",
		Short: "The rows themselves, each with its file and line",
		Args:  wants(1, 1, "CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := win.window(cmd)
			if err != nil {
				return err
			}
			return a.pictured(cmd, args[0], "events", func(d *desk, p *comms.Picture) error {
				rows, err := comms.EventsOf(p, w, device, limit)
				if err != nil {
					return err
				}
				return a.triage(d, output, p, func(out *bufio.Writer) error { return a.eventTable(out, rows, output) })
			})
		},
	}
	cmd.Flags().StringVar(&device, "device", "", "only rows of this DEVICE, by its label such as S1")
	cmd.Flags().IntVar(&limit, "limit", 0, "at most this many (0: all)")
	win.add(cmd)
	outputFlag(cmd, &output, asTable, asCSV, asJSON)
	return cmd
}

func (a *app) eventTable(out *bufio.Writer, rows []comms.EventLine, output string) error {
	if output == asJSON {
		return writeArray(out, rows)
	}
	t := sheet{cols: []column{{head: "WHEN"}, {head: "KIND"}, {head: "DEVICE"}, {head: "WITH"}, {head: "SECONDS"}, {head: "WHERE"}, {head: "FILE"}, {head: "LINE"}}}
	for _, r := range rows {
		seconds := ""
		if r.Seconds > 0 {
			seconds = strconv.Itoa(r.Seconds)
		}
		t.add(r.When, r.Kind, r.Device, r.With, seconds, r.Where, r.File, strconv.Itoa(r.Line))
	}
	if output == asCSV {
		return t.commas(out)
	}
	t.write(out, a.tableWidth())
	return nil
}

func (a *app) atlasMeetsCmd() *cobra.Command {
	var output string
	var minutes, metres int
	var win windowFlags
	cmd := &cobra.Command{
		Use:   "meets CASE",
		Short: "Times the suspect's and the victim-survivor's devices may have been near each other",
		Long: "Lists each occasion on which rows of both sides lie within so many minutes and metres of each other, with the bounds of both, the two rows it\n" +
			"rests on, how often either device may be there anyway, and what else explains it. It says nothing of who held a device.\n" +
			"Where the case protects somebody near is at most 15 minutes and 700 metres: rows further apart say where they are.",
		Example: "  pou atlas meets C-000001\n  pou atlas meets C-000001 --minutes 10 --metres 100 --output json",
		Args:    wants(1, 1, "CASE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			w, err := win.window(cmd)
			if err != nil {
				return err
			}
			rule := atlas.Usual()
			if minutes < 1 || metres < 1 {
				return usage(cmd, "--minutes and --metres are from 1")
			}
			rule.Within, rule.Metres = time.Duration(minutes)*time.Minute, float64(metres)
			return a.pictured(cmd, args[0], "meets", func(d *desk, p *comms.Picture) error {
				meets, err := comms.MeetsOf(p, w, rule)
				if err != nil {
					return err
				}
				return a.triage(d, output, p, func(out *bufio.Writer) error { return a.meetTable(out, meets, output) })
			})
		},
	}
	usual := atlas.Usual()
	cmd.Flags().IntVar(&minutes, "minutes", int(usual.Within/time.Minute), "how many MINUTES apart the rows may be")
	cmd.Flags().IntVar(&metres, "metres", int(usual.Metres), "how many METRES apart the devices may be, at least")
	win.add(cmd)
	outputFlag(cmd, &output, asTable, asJSON)
	return cmd
}

func (a *app) meetTable(out *bufio.Writer, m comms.MeetList, output string) error {
	if output == asJSON {
		return writeArray(out, m.Occasions)
	}
	for _, line := range m.Said {
		_, _ = fmt.Fprintln(out, line)
	}
	_, _ = fmt.Fprintln(out)
	t := sheet{cols: []column{{head: "NO"}, {head: "FROM"}, {head: "TO"}, {head: "DEVICES"}, {head: "ROWS"}, {head: "APART"}, {head: "WHAT ELSE EXPLAINS IT"}, {head: "RESTS ON"}}}
	for i, o := range m.Occasions {
		t.add(strconv.Itoa(i+1), clock(o.From), clock(o.To), o.Devices, strconv.Itoa(o.Pairs), o.Apart, strings.Join(o.Else, "; "), o.RowA+" and "+o.RowB)
	}
	t.write(out, a.tableWidth())
	return nil
}

func (a *app) atlasLoadCmd() *cobra.Command {
	var l atlasLoading
	cmd := &cobra.Command{
		Use:   "load DATASET FILE...",
		Short: "Load files into a dataset, under its lawful basis",
		Long: "Reads call, text and data records of any columns, tables of cells, ANPR reads, Oyster and contactless journeys, GPX, GeoLife, Google location\n" +
			"history, and any CSV, XLSX or JSON lines with latitude and longitude. Every row is accounted for: kept, there already, outside the\n" +
			"authorisation (held, not analysed), refused, or not data. The columns of a layout are remembered for the next file of its kind.",
		Example: "  pou atlas load D-000001 calls.csv cells.csv --dry-run\n  pou atlas load D-000001 Records.json --own 07700900123\n  pou atlas load D-000001 odd.csv --map odd.toml",
		Args:    wants(2, -1, "DATASET FILE..."),
		RunE: func(cmd *cobra.Command, args []string) error {
			ref, ok := model.ParseRef(args[0])
			if !ok || ref.Kind() != model.KindDataset {
				return usage(cmd, "%q is not the reference of a dataset, such as D-000001", args[0])
			}
			l.dataset, l.files = ref, args[1:]
			return a.signedIn(cmd.Context(), func(d *desk) error { return a.atlasLoad(cmd.Context(), d, &l) })
		},
	}
	f := cmd.Flags()
	f.StringVar(&l.own, "own", "", "whose record it is, where a file does not say: a NUMBER, plate:…, oyster:…, @account")
	f.StringVar(&l.zone, "zone", "", "the time ZONE of times that name none (else what the file says, else Europe/London)")
	f.StringVar(&l.mapping, "map", "", "a TOML FILE that says which column is what")
	f.StringVar(&l.saveMap, "save-map", "", "keep the columns that were found for the first file in this FILE")
	f.BoolVar(&l.dryRun, "dry-run", false, "find out everything, write nothing")
	outputFlag(cmd, &l.output, asTable, asJSON)
	return cmd
}

// atlasLoading is one `pou atlas load`.
type atlasLoading struct {
	dataset          model.Ref
	files            []string
	own, zone        string
	mapping, saveMap string
	dryRun           bool
	output           string
}

func (a *app) atlasLoad(ctx context.Context, d *desk, l *atlasLoading) error {
	job := comms.Loading{Dataset: l.dataset, Zone: l.zone, Own: l.own, DryRun: l.dryRun}
	if l.mapping != "" {
		m, err := readMapping(l.mapping)
		if err != nil {
			return err
		}
		job.Mapping = &m
	}
	bar := a.newBar("bytes")
	job.Progress = func(p comms.Progress) { bar.show("reading "+p.File, int(p.Bytes), 0) }
	closing, err := sourcesAt(l.files, &job)
	defer closing()
	if err != nil {
		return err
	}
	receipt, _, err := comms.LoadInto(ctx, d.book, d.who.Ref, job)
	bar.clear()
	if err != nil {
		return err
	}
	if err := keepColumns(l.saveMap, receipt); err != nil {
		return err
	}
	if receipt, err = d.maskedReceipt(ctx, l.dataset, receipt); err != nil {
		return err
	}
	return a.paper(d, l.output, func(w *bufio.Writer) error {
		if l.output == asJSON {
			return writeJSON(w, &receipt)
		}
		a.loadTable(w, receipt, l.dryRun)
		return nil
	})
}

// momentOf reads a day of London or a moment.
func momentOf(text string) (at time.Time, isDay bool, err error) {
	if d, err := day.Parse(text); err == nil {
		return d.Start(), true, nil
	}
	at, err = model.ParseTime(text)
	return at, false, err
}

// commas writes the table for a spreadsheet.
func (t *sheet) commas(w io.Writer) error {
	out := csv.NewWriter(w)
	heads := make([]string, len(t.cols))
	for i, c := range t.cols {
		heads[i] = strings.ToLower(c.head)
	}
	_ = out.Write(heads) // an error stays for the end
	for _, row := range t.rows {
		_ = csvRow(out, row)
	}
	out.Flush()
	return out.Error()
}
