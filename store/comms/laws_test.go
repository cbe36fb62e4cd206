package comms_test

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"pou/model/atlas"
	"pou/store/comms"
)

const callHead = "From,To,Start,Duration"

func times(t *testing.T, set *atlas.Set) (out []string) {
	t.Helper()
	for _, r := range set.Rows {
		s := r.Time(london(t)).Format("15:04 MST")
		if r.Has(atlas.Twice) {
			s += "?"
		}
		out = append(out, s)
	}
	return out
}

// The clocks go back on 25 October 2026 at 02:00 BST, and forward on 29 March 2026 at 01:00 GMT.
func TestTheNightsTheClocksChange(t *testing.T) {
	call := func(at string) string { return "07700900001,07700900002," + at + ",5" }
	for name, c := range map[string]struct {
		rows    []string
		o       comms.Options
		want    string
		refused int
	}{
		"two 01:30s in a file in order are an hour apart": {
			[]string{call("2026-10-25 00:30:00"), call("2026-10-25 01:30:00"), call("2026-10-25 01:50:01"), call("2026-10-25 01:30:00"), call("2026-10-25 02:30:00")},
			comms.Options{},
			"00:30 BST|01:30 BST|01:50 BST|01:30 GMT|02:30 GMT", 0,
		},
		"and in a file with the newest first": {
			[]string{call("2026-10-25 02:30:00"), call("2026-10-25 01:30:00"), call("2026-10-25 01:50:01"), call("2026-10-25 00:30:00")},
			comms.Options{},
			"00:30 BST|01:50 BST|01:30 GMT|02:30 GMT", 0,
		},
		"one 01:30 alone may be either, and says so": {[]string{call("2026-10-25 00:30:00"), call("2026-10-25 01:30:00")}, comms.Options{}, "00:30 BST|01:30 BST?", 0},
		"a file in no order cannot tell":             {[]string{call("2026-10-25 03:30:00"), call("2026-10-25 01:50:00"), call("2026-10-25 01:30:00"), call("2026-10-25 02:30:00"), call("2026-10-25 00:10:00")}, comms.Options{}, "00:10 BST|01:30 BST?|01:50 BST?|02:30 GMT|03:30 GMT", 0},
		"an offset tells":                            {[]string{call("2026-10-25T01:30:00+01:00"), call("2026-10-25T01:30:00Z"), call("2026-10-25 01:30:01 BST")}, comms.Options{}, "01:30 BST|01:30 BST|01:30 GMT", 0},
		"UTC has no such night":                      {[]string{call("2026-10-25 00:30:00"), call("2026-10-25 01:30:00")}, comms.Options{Zone: "UTC"}, "01:30 BST|01:30 GMT", 0},
		"there was no 01:30 in March":                {[]string{call("2026-03-29 00:59:59"), call("2026-03-29 01:30:00"), call("2026-03-29 02:00:00")}, comms.Options{}, "00:59 GMT|02:00 BST", 1},
	} {
		t.Run(name, func(t *testing.T) {
			set, r := load(t, c.o, lines("a.csv", append([]string{callHead}, c.rows...)...))
			if got := strings.Join(times(t, set), "|"); got != c.want || r.Total.Refused != c.refused {
				t.Errorf("%s, want %s: %+v %q", got, c.want, r.Files[0].Reasons, r.Files[0].Notes)
			}
			if noted := strings.Contains(strings.Join(r.Files[0].Notes, " "), "an hour later"); noted != strings.Contains(c.want, "?") {
				t.Errorf("noted %v: %q", noted, r.Files[0].Notes)
			}
		})
	}
}

func TestDuplicates(t *testing.T) {
	a := lines("a.csv", callHead, "07700900001,07700900002,2026-01-05 09:00:01,5", "07700900001,07700900002,2026-01-05 10:00:01,5")
	b := lines("b.csv", "Calling number;Called number;Date;Time;Duration;Cell ID", "+447700900001;+447700900002;05/01/2026;10:00:01;00:00:05;234-30-1-1",
		"+447700900001;+447700900002;05/01/2026;11:00:01;00:00:05;234-30-1-1")
	for name, files := range map[string][]comms.Source{"the plain file first": {a, b}, "the file with cells first": {b, a}} {
		set, r := load(t, comms.Options{}, files...)
		if len(set.Rows) != 3 || r.Total.Duplicate != 1 || set.Rows[1].Site == 0 {
			t.Errorf("%s: a call of two layouts is one, with its cell: %+v %+v", name, r.Total, set.Rows)
		}
	}
	for name, c := range map[string]struct {
		rows       []string
		kept, dups int
	}{
		"a call cannot be made twice in a second": {[]string{callHead, "07700900001,07700900002,2026-01-05 09:00:01,5", "07700900001,07700900002,2026-01-05 09:00:01,5"}, 1, 1},
		"two calls in one minute can, where a source has no seconds": {
			[]string{callHead, "07700900001,07700900002,2026-01-05 09:00,0", "07700900001,07700900002,2026-01-05 09:00,0"}, 2, 0,
		},
		"texts are sent in parts":              {[]string{"From,To,Start", "07700900001,07700900002,2026-01-05 09:00:01", "07700900001,07700900002,2026-01-05 09:00:01"}, 2, 0},
		"without times every row is an event":  {[]string{"Source,Target", "1,2", "1,2", "1,2"}, 3, 0},
		"a call the other way is another call": {[]string{callHead, "07700900001,07700900002,2026-01-05 09:00:01,5", "07700900002,07700900001,2026-01-05 09:00:01,5"}, 2, 0},
	} {
		file := lines("a.csv", c.rows...)
		set, r := load(t, comms.Options{}, file)
		if r.Total.Kept != c.kept || r.Total.Duplicate != c.dups {
			t.Errorf("%s: %+v", name, r.Total)
		}
		copied := lines("copy.csv", append(c.rows, "")...)
		both, r := load(t, comms.Options{}, file, copied)
		if r.Total.Kept != c.kept || len(both.Rows) != c.kept {
			t.Errorf("%s, and its copy: %+v", name, r.Total)
		}
		again, r := load(t, comms.Options{Into: set}, file)
		if !reflect.DeepEqual(again, set) || r.Total.Kept != 0 || r.Total.Duplicate != c.kept+c.dups {
			t.Errorf("%s, and the same file again: %+v", name, r.Total)
		}
		more, r := load(t, comms.Options{Into: set}, copied)
		if len(more.Rows) != c.kept || r.Total.Kept != 0 {
			t.Errorf("%s, and its copy later: %+v", name, r.Total)
		}
	}
	many := []string{"Source,Target"}
	for range 300 {
		many = append(many, "1,2")
	}
	if set, r := load(t, comms.Options{}, lines("a.csv", many...), lines("b.csv", append(many, "1,2")...)); r.Total.Kept != 301 || len(set.Rows) != 301 {
		t.Errorf("what one file has 300 times and another 301 times is 301 events: %+v", r.Total)
	}
}

func TestAFileIsNotLoadedTwiceInTwoZones(t *testing.T) {
	file := lines("a.csv", callHead, "07700900001,07700900002,2026-07-05 09:00:01,5")
	set, _ := load(t, comms.Options{}, file)
	if got := refused(t, comms.Options{Into: set, Zone: "UTC"}, file); !strings.Contains(got, "loaded before") {
		t.Error(got)
	}
}

func TestRowsOutsideTheBasisAreHeld(t *testing.T) {
	from, to := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC), time.Date(2026, 1, 6, 0, 0, 0, 0, time.UTC)
	file := lines("a.csv", callHead, "07700900001,07700900002,2026-01-04 23:59:59,5", "07700900001,07700900002,2026-01-05 00:00:00,5", "07700900002,07700900001,2026-01-05 09:00:01,5",
		"07700900001,07700900002,2026-01-06 00:00:00,5", "07700900003,07700900004,2026-01-05 09:00:02,5")
	basis := comms.Basis{From: from, To: to, Subjects: []string{"+44 7700 900001"}}
	set, r := load(t, comms.Options{Basis: basis}, file)
	if r.Total != (comms.Counts{Read: 6, Kept: 2, Held: 3, Skipped: 1}) || len(set.Held) != 3 {
		t.Fatalf("%+v", r.Total)
	}
	want := []comms.Tally{
		{Reason: "after the authorised period", Rows: 1},
		{Reason: "before the authorised period", Rows: 1},
		{Reason: "the record of a device that is not a subject of the authorisation", Rows: 1},
	}
	if !reflect.DeepEqual(r.Files[0].HeldFor, want) {
		t.Errorf("%+v", r.Files[0].HeldFor)
	}
	for _, row := range set.Rows {
		if set.Name(row.Own) != "07700900001" {
			t.Errorf("a call to the subject is of his record: %s", says(t, set, row))
		}
	}
	wider, _ := comms.Quarantine(set, comms.Basis{})
	if len(wider.Rows) != 5 || len(wider.Held) != 0 || len(set.Held) != 3 {
		t.Errorf("%d rows, %d held", len(wider.Rows), len(wider.Held))
	}
	check(t, wider)
	back, why := comms.Quarantine(wider, basis)
	if len(back.Rows) != 2 || !reflect.DeepEqual(why, want) {
		t.Errorf("%d rows, %+v", len(back.Rows), why)
	}
	freed, r := load(t, comms.Options{Into: set}, lines("wider.csv", callHead, "07700900003,07700900004,2026-01-05 09:00:02,5"))
	if len(freed.Rows) != 3 || len(freed.Held) != 2 || r.Total.Kept != 1 {
		t.Errorf("a held row that a later authorisation covers is analysed: %+v", r.Total)
	}
}

func TestLoadingIsTheSameEveryTimeAndLeavesTheOldSetAlone(t *testing.T) {
	var rows []string
	for i := range 30_000 {
		at := time.Date(2026, 5, 1, 0, 0, (i*7919)%2_000_000, 0, time.UTC)
		rows = append(rows, "077009"+at.Format("00405")+",07700900"+at.Format("150")+","+at.Format("2006-01-02 15:04:05")+",5")
	}
	file := lines("big.csv", append([]string{callHead}, rows...)...)
	first, r1 := load(t, comms.Options{}, file)
	for range 5 {
		again, r2 := load(t, comms.Options{}, comms.Source{Name: "big.csv", Reader: bytes.NewReader(file.Bytes)})
		if !reflect.DeepEqual(first, again) || !reflect.DeepEqual(r1, r2) {
			t.Fatal("another result")
		}
	}
	before, _ := comms.Decode(comms.Encode(first))
	load(t, comms.Options{Into: first}, lines("more.csv", callHead, "07700900001,07700900002,2026-01-05 00:00:00,5"))
	if !reflect.DeepEqual(first, before) {
		t.Error("the set that was added to has changed")
	}
}

func TestAFileCutInTheMiddleLosesOnlyWhatIsNotThere(t *testing.T) {
	for name, c := range map[string]struct {
		text       string
		kept, line int
	}{
		"calls":      {"From,To,Start,Duration\n07700900001,07700900002,2026-01-05 09:00:01,5\n07700900001,0770090", 1, 3},
		"a quote":    {"From,To,Start,Duration\n\"07700900001\",07700900002,2026-01-05 09:00:01,5\n\"0770", 1, 3},
		"GPX":        {"<gpx>\n<trk><trkseg><trkpt lat=\"51.5\" lon=\"0\"><time>2026-01-05T09:00:00Z</time></trkpt>\n<trkpt lat=\"51", 1, 3},
		"Records":    {"{\"locations\":[\n{\"latitudeE7\":515000000,\"longitudeE7\":0,\"timestamp\":\"2026-01-05T09:00:00Z\"},\n{\"latit", 1, 3},
		"JSON lines": {"{\"lat\":51.5,\"lon\":0.1,\"time\":\"2026-01-05T09:00:00Z\"}\n{\"lat\":51.5,\"lon", 1, 2},
	} {
		set, r := load(t, comms.Options{}, comms.Source{Name: name, Bytes: []byte(c.text)})
		if len(set.Rows) != c.kept || r.Total.Refused != 1 || r.Files[0].Refusals[0].Line != c.line {
			t.Errorf("%s: %+v %+v", name, r.Total, r.Files[0].Refusals)
		}
	}
}

func TestHostileFiles(t *testing.T) {
	bomb := `<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>` +
		"\n<gpx><wpt lat=\"51\" lon=\"1\"><name>&c;&c;</name><time>2026-01-05T09:00:00Z</time></wpt></gpx>"
	set, _ := load(t, comms.Options{}, comms.Source{Name: "bomb.gpx", Bytes: []byte(bomb)})
	if len(set.Rows) > 1 {
		t.Errorf("%+v", set.Rows)
	}
	deep := "<gpx>" + strings.Repeat("<a>", 1_000_000)
	if _, r := load(t, comms.Options{}, comms.Source{Name: "deep.gpx", Bytes: []byte(deep)}); r.Total.Refused != 1 {
		t.Errorf("%+v", r.Total)
	}
	long := callHead + "\n" + strings.Repeat("7", 5<<20) + "\n07700900001,07700900002,2026-01-05 09:00:01,5\n"
	set, r := load(t, comms.Options{}, comms.Source{Name: "long.csv", Bytes: []byte(long)})
	if len(set.Rows) != 1 || r.Total.Refused != 1 || r.Files[0].Refusals[0].Line != 2 || set.Rows[0].Line != 3 {
		t.Errorf("a line of 5 MiB: %+v %+v", r.Total, r.Files[0].Refusals)
	}
	ugly := "From,To,Start,Duration\n\x1b[31mBob\x00\x07,07700900002,2026-01-05 09:00:01,5\nM\xfcller,07700900002,2026-01-05 09:00:02,5\n"
	set, _ = load(t, comms.Options{}, comms.Source{Name: "\x1b]0;x\x07ugly.csv", Bytes: []byte(ugly)})
	if got := strings.Join(set.Names, "|"); strings.ContainsAny(got, "\x1b\x00\x07") || !strings.Contains(got, "müller") {
		t.Errorf("%q", got)
	}
	plain := callHead + "\r\n07700900001,07700900002,2026-01-05 09:00:01,5\r\n"
	wide := []byte{0xff, 0xfe}
	for _, c := range plain {
		wide = append(wide, byte(c), 0)
	}
	for name, raw := range map[string][]byte{
		"UTF-16": wide, "a BOM": append([]byte("\xef\xbb\xbf"), plain...), "an old Mac": bytes.ReplaceAll([]byte(plain), []byte("\r\n"), []byte("\r")),
		"NULs": append([]byte(plain), "\x00\x00\x00\n"...),
	} {
		if set, r := load(t, comms.Options{}, comms.Source{Name: name, Bytes: raw}); len(set.Rows) != 1 {
			t.Errorf("%s: %+v", name, r)
		}
	}
	quotes := callHead + "\n" + strings.Repeat("\"a\"\"\"\"\n", 200_000)
	load(t, comms.Options{}, comms.Source{Name: "quotes.csv", Bytes: []byte(quotes)})
	same := callHead + "\n" + strings.Repeat("07700900001,07700900002,2026-01-05 09:00,0\n", 200_000)
	if _, r := load(t, comms.Options{}, comms.Source{Name: "same.csv", Bytes: []byte(same)}); r.Total.Kept != 200_000 {
		t.Errorf("%+v", r.Total)
	}
}

func TestALoadStopsWhenItIsTold(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	raw := callsCSV(200_000)
	_, _, err := comms.Load(ctx, []comms.Source{{Name: "a.csv", Bytes: raw}}, comms.Options{Progress: func(comms.Progress) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
