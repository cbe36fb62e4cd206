package comms_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"pou/model/atlas"
	"pou/store/comms"
)

// load reads files and checks what is true of every load: the sum of each receipt, the order of the rows, and that what they name is there.
func load(t testing.TB, o comms.Options, files ...comms.Source) (*atlas.Set, comms.Receipt) {
	t.Helper()
	set, r, err := comms.Load(context.Background(), files, o)
	if err != nil {
		t.Fatal(err)
	}
	sums(t, set, r, o)
	return set, r
}

// refused is the error of a load that must fail.
func refused(t *testing.T, o comms.Options, files ...comms.Source) string {
	t.Helper()
	_, _, err := comms.Load(context.Background(), files, o)
	if err == nil {
		t.Fatal("it was loaded")
	}
	return err.Error()
}

func sums(t testing.TB, set *atlas.Set, r comms.Receipt, o comms.Options) {
	t.Helper()
	var total comms.Counts
	rows, inSet := 0, map[uint16]int{}
	for _, f := range r.Files {
		c := f.Counts
		if c.Read != c.Kept+c.Duplicate+c.Held+c.Refused+c.Skipped {
			t.Errorf("%s: the receipt does not add up: %+v", f.Name, c)
		}
		n := 0
		for _, x := range f.Reasons {
			n += x.Rows
		}
		if n != c.Refused || len(f.Refusals) > c.Refused || c.Refused > 0 && len(f.Refusals) == 0 {
			t.Errorf("%s: %d refused, %d with reasons, %d listed", f.Name, c.Refused, n, len(f.Refusals))
		}
		total.Read, total.Kept, total.Duplicate = total.Read+c.Read, total.Kept+c.Kept, total.Duplicate+c.Duplicate
		total.Held, total.Refused, total.Skipped = total.Held+c.Held, total.Refused+c.Refused, total.Skipped+c.Skipped
		rows += c.Kept + c.Held
	}
	if total != r.Total {
		t.Errorf("total %+v, files %+v", r.Total, total)
	}
	check(t, set)
	for _, rs := range [][]atlas.Row{set.Rows, set.Held} {
		for i := range rs {
			inSet[rs[i].File]++
		}
	}
	if o.Into == nil && len(set.Rows)+len(set.Held) != rows && len(set.Sites) < 2 {
		t.Errorf("%d rows in the set, %d in the receipt", len(set.Rows)+len(set.Held), rows)
	}
}

func check(t testing.TB, set *atlas.Set) {
	t.Helper()
	for _, rows := range [][]atlas.Row{set.Rows, set.Held} {
		if !slices.IsSortedFunc(rows, func(a, b atlas.Row) int {
			switch {
			case a.At != b.At:
				return int(a.At/1000 - b.At/1000)
			case a.File != b.File:
				return int(a.File) - int(b.File)
			}
			return int(a.Line) - int(b.Line)
		}) {
			t.Error("the rows are not in order")
		}
		for i := range rows {
			r := &rows[i]
			if int(r.Own) >= len(set.Names) || int(r.Other) >= len(set.Names) || int(r.Site) >= len(set.Sites) || int(r.To) >= len(set.Sites) ||
				int(r.File) >= len(set.Files) || r.Line == 0 || r.Flags&(1<<15) != 0 || r.End != 0 && r.End < r.At {
				t.Fatalf("row %d: %+v", i, *r)
			}
			if r.Placed() && (r.Lat < -90e6 || r.Lat > 90e6 || r.Lon < -180e6 || r.Lon > 180e6 || r.Metres == 0) {
				t.Fatalf("row %d is nowhere, or without how far it may be out: %+v", i, *r)
			}
		}
	}
	for _, n := range set.Names {
		if strings.ContainsFunc(n, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Errorf("name %q", n)
		}
	}
}

// lines is a file of lines.
func lines(name string, lines ...string) comms.Source {
	return comms.Source{Name: name, Bytes: []byte(strings.Join(lines, "\n") + "\n")}
}

func london(t testing.TB) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// says is a row in short, for tables of tests.
func says(t testing.TB, set *atlas.Set, r atlas.Row) string {
	t.Helper()
	kinds := []string{"", "call", "text", "data", "message", "position", "read", "tap"}
	out := kinds[r.Kind] + " " + set.Name(r.Own)
	switch {
	case !r.Contact():
	case r.Has(atlas.Out):
		out += " > "
	default:
		out += " < "
	}
	if r.Contact() {
		out += set.Name(r.Other)
		if r.Has(atlas.Withheld) {
			out += "withheld"
		}
	}
	if !r.Has(atlas.NoTime) {
		out += " " + r.Time(london(t)).Format("2006-01-02 15:04:05 MST")
	}
	return out
}
