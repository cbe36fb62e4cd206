package comms_test

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"pou/model/atlas"
	"pou/store/comms"
)

// TestEveryLayoutIsReadAsItsColumnsSay: what a row of each layout becomes.
func TestEveryLayoutIsReadAsItsColumnsSay(t *testing.T) {
	for name, c := range map[string]struct {
		file comms.Source
		o    comms.Options
		want []string
	}{
		"calls with +44, 0044, 07 and (0) are of one number": {
			file: lines("a.csv", "Calling number,Called number,Date,Time,Duration", "+44 7700 900001,07700 900002,05/01/2026,09:00:01,60",
				"0044 7700 900001,+44 (0)7700 900003,05/01/2026,09:10:00,00:01:05", "'07700900001,60777,05/01/2026,09:20:00,0"),
			want: []string{
				"call 07700900001 > 07700900002 2026-01-05 09:00:01 GMT", "call 07700900001 > 07700900003 2026-01-05 09:10:00 GMT",
				"call 07700900001 > short:60777 2026-01-05 09:20:00 GMT",
			},
		},
		"foreign and withheld numbers": {
			file: lines("a.csv", "A number;B number;Start;Duration", "+33 6 12 34 56 78;07700900001;2026-07-05 09:00:00;5", "Withheld;07700900001;2026-07-05 10:00:00;5",
				"00353861234567;07700900001;2026-07-05 11:00:00;5", "anonymous;07700900001;2026-07-05 12:00:00;5"),
			want: []string{
				"call 07700900001 < +33612345678 2026-07-05 09:00:00 BST", "call 07700900001 < withheld 2026-07-05 10:00:00 BST",
				"call 07700900001 < +353861234567 2026-07-05 11:00:00 BST", "call 07700900001 < withheld 2026-07-05 12:00:00 BST",
			},
		},
		"a subject, the other party and a direction, with calls and texts together": {
			file: lines("a.tsv", "Subject\tOther party\tDirection\tCall type\tDate/Time\tDuration (secs)\tIMEI\tIMSI",
				"447700900001\t07700900002\tOutgoing\tVoice\t05/01/2026 09:00\t12\t356938035643809\t234150999999999",
				"447700900001\t07700900002\tIncoming\tSMS\t05/01/2026 09:01\t\t356938035643809\t234150999999999"),
			want: []string{"call 07700900001 > 07700900002 2026-01-05 09:00:00 GMT", "text 07700900001 < 07700900002 2026-01-05 09:01:00 GMT"},
		},
		"the subject stands above the columns, and the times are in UTC": {
			file: lines("a.csv", "Call data records", "Subject number: 07700 900001", "All times are UTC", "", "From,To,Start,Duration",
				"07700900009,07700900001,2026-07-05 09:00:00,5"),
			want: []string{"call 07700900001 < 07700900009 2026-07-05 10:00:00 BST"},
		},
		"the officer says whose record it is": {
			file: lines("a.csv", "From,To,Start,Duration", "07700900009,07700900001,2026-01-05T09:00:00Z,5", "07700900001,07700900009,2026-01-05T09:05:00Z,5"),
			o:    comms.Options{Own: "+447700900001"},
			want: []string{"call 07700900001 < 07700900009 2026-01-05 09:00:00 GMT", "call 07700900001 > 07700900009 2026-01-05 09:05:00 GMT"},
		},
		"seconds since 1970, and serial days of a spreadsheet": {
			file: lines("a.csv", "From,To,Timestamp", "07700900009,07700900001,1767603600", "07700900009,07700900001,46027.375"),
			want: []string{"text 07700900009 > 07700900001 2026-01-05 09:00:00 GMT", "text 07700900009 > 07700900001 2026-01-05 09:00:00 GMT"},
		},
		"American dates, where one can be nothing else": {
			file: lines("a.csv", "From,To,Start,Duration", "07700900009,07700900001,01/05/2026 9:00:00 PM,5", "07700900009,07700900001,01/25/2026 09:00:00,5"),
			want: []string{"call 07700900009 > 07700900001 2026-01-05 21:00:00 GMT", "call 07700900009 > 07700900001 2026-01-25 09:00:00 GMT"},
		},
		"number plates": {
			file: lines("anpr.csv", "VRM,Camera ID,Camera location,Read date,Read time,Latitude,Longitude", "ab12 cde,C7,A12 Romford,05/01/2026,23:59:59,51.575,0.18"),
			want: []string{"read plate:AB12CDE 2026-01-05 23:59:59 GMT"},
		},
		"positions as JSON lines": {
			file: lines("p.jsonl", `{"deviceId":"d1","time":"2026-01-05T09:00:00Z","location":{"lat":51.5,"lng":-0.1},"accuracy":12}`),
			want: []string{"position device:d1 2026-01-05 09:00:00 GMT"},
		},
		"a GeoLife trajectory": {
			file: lines("a.plt", "Geolife trajectory", "WGS 84", "Altitude is in Feet", "Reserved 3", "0,2,255,My Track,0,0,2,8421376", "0",
				"39.906631,116.385564,0,492,40097.5864583333,2009-10-11,14:04:30"),
			o:    comms.Options{Own: "device:geolife"},
			want: []string{"position device:geolife 2009-10-11 15:04:30 BST"},
		},
		"Google's Records.json": {
			file: lines("Records.json", `{"locations":[`, `{"latitudeE7":515000000,"longitudeE7":-1278000,"accuracy":20,"timestamp":"2026-01-05T09:00:00.123Z"},`,
				`{"timestampMs":"1767603660000","latitudeE7":515000001,"longitudeE7":-1278000,"accuracy":5}]}`),
			o:    comms.Options{Own: "device:a"},
			want: []string{"position device:a 2026-01-05 09:00:00 GMT", "position device:a 2026-01-05 09:01:00 GMT"},
		},
		"the Timeline of an Android": {
			file: lines("t.json", `{"semanticSegments":[{"startTime":"2026-01-05T09:00:00.000+00:00","endTime":"2026-01-05T10:00:00.000+00:00","timelinePath":[`,
				`{"point":"51.5007°, -0.1246°","time":"2026-01-05T09:05:00.000+00:00"}]},{"startTime":"2026-01-05T10:00:00Z","endTime":"2026-01-05T11:00:00Z",`,
				`"visit":{"topCandidate":{"placeLocation":{"latLng":"51.5°, -0.1°"}}}}],"rawSignals":[{"position":{"LatLng":"51.5°, -0.1°","accuracyMeters":9,`,
				`"timestamp":"2026-01-05T12:00:00Z"}},{"wifiScan":{}}],"userLocationProfile":{"frequentPlaces":[{"placeLocation":"51.5°, -0.1°"}]}}`),
			o:    comms.Options{Own: "device:a"},
			want: []string{"position device:a 2026-01-05 09:05:00 GMT", "position device:a 2026-01-05 10:00:00 GMT", "position device:a 2026-01-05 12:00:00 GMT"},
		},
		"the Timeline of an iPhone": {
			file: lines("t.json", `[{"endTime":"2026-01-05T10:00:00.000Z","startTime":"2026-01-05T09:00:00.000Z","timelinePath":[{"point":"geo:51.5,-0.1",`,
				`"durationMinutesOffsetFromStartTime":"12"}]},{"startTime":"2026-01-05T10:00:00Z","endTime":"2026-01-05T10:30:00Z",`,
				`"activity":{"start":"geo:51.5,-0.1","end":"geo:51.6,-0.2"}}]`),
			o:    comms.Options{Own: "device:a"},
			want: []string{"position device:a 2026-01-05 09:12:00 GMT", "position device:a 2026-01-05 10:00:00 GMT", "position device:a 2026-01-05 10:30:00 GMT"},
		},
		"the older Semantic Location History": {
			file: lines("2020_MAY.json", `{"timelineObjects":[{"activitySegment":{"startLocation":{"latitudeE7":515000000,"longitudeE7":-1000000},`,
				`"endLocation":{"latitudeE7":516000000,"longitudeE7":-1000000},"duration":{"startTimestampMs":"1588323600000","endTimestampMs":"1588327200000"}}},`,
				`{"placeVisit":{"location":{"latitudeE7":516000000,"longitudeE7":-1000000},"duration":{"startTimestamp":"2020-05-01T11:00:00Z","endTimestamp":"2020-05-01T12:00:00Z"}}}]}`),
			o:    comms.Options{Own: "device:a"},
			want: []string{"position device:a 2020-05-01 10:00:00 BST", "position device:a 2020-05-01 11:00:00 BST", "position device:a 2020-05-01 12:00:00 BST"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			set, r := load(t, c.o, c.file)
			var got []string
			for _, row := range set.Rows {
				got = append(got, says(t, set, row))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s\n%+v %q", strings.Join(got, "\n"), strings.Join(c.want, "\n"), r.Files[0].Refusals, r.Files[0].Notes)
			}
		})
	}
}

func TestADataSessionSaysWhenItsCellWasUsed(t *testing.T) {
	head := "MSISDN,Start,End,Cell ID,Data volume"
	row := "07700900001,2026-01-05 09:00:00,2026-01-05 09:30:00,234-10-1-2,500"
	for name, c := range map[string]struct {
		file comms.Source
		o    comms.Options
		want atlas.Flags
	}{
		"at or before the start, unless the source says otherwise": {lines("a.csv", head, row), comms.Options{}, atlas.AtOrBefore},
		"at or before the end, for O2":                             {lines("a.csv", "O2 DDR", head, row), comms.Options{}, atlas.AtOrAfter},
		"in the words of the row":                                  {lines("a.csv", head+",Wording", row+",at or before the END time"), comms.Options{}, atlas.AtOrAfter},
	} {
		set, _ := load(t, c.o, c.file)
		if len(set.Rows) != 1 || set.Rows[0].Kind != atlas.Data || set.Rows[0].Flags&(atlas.AtOrBefore|atlas.AtOrAfter) != c.want || set.Rows[0].Site == 0 {
			t.Errorf("%s: %+v", name, set.Rows)
		}
	}
}

func TestCellsOfARecordArePlacedByTheirTable(t *testing.T) {
	calls := lines("calls.csv", "From,To,Start,Duration,Cell ID", "07700900001,07700900002,2026-01-05 09:00:00,5,234-30-1-2", "07700900001,07700900002,2026-01-05 10:00:00,5,234-30-9-9")
	cells := lines("cells.csv", "Cell ID,Site name,Easting,Northing,Azimuth,Radius (km)", "234/30/1/2,Nelson's Column,530034,180381,120,0.75", "234-30-1-2,again,530034,180381,120,0.75",
		"234-30-1-2,elsewhere,630034,180381,120,0.75", "234-30-3-3,nowhere,,,,")
	for name, files := range map[string][]comms.Source{"the table first": {cells, calls}, "the table last": {calls, cells}} {
		set, r := load(t, comms.Options{}, files...)
		row := set.Rows[0]
		// The statue at Charing Cross, TQ 30034 80381, is at 51.507351, -0.127758 in WGS 84.
		if lat, lon := row.Lat-51_507_351, row.Lon+127_758; lat < -100 || lat > 100 || lon < -100 || lon > 100 {
			t.Errorf("%s: %d, %d", name, row.Lat, row.Lon)
		}
		if row.Metres != 750 || set.Sites[row.Site].Azimuth != 120 {
			t.Errorf("%s: %+v %+v", name, row, set.Sites[row.Site])
		}
		if r.NoPlace != 1 || r.Unmatched[0] != "234-30-9-9" || set.Rows[1].Placed() {
			t.Errorf("%s: unmatched %q", name, r.Unmatched)
		}
		for _, f := range r.Files {
			if f.Name == "cells.csv" && f.Counts != (comms.Counts{Read: 5, Kept: 1, Duplicate: 1, Refused: 2, Skipped: 1}) {
				t.Errorf("%s: %+v", name, f.Counts)
			}
		}
	}
}

func TestOysterJourneys(t *testing.T) {
	file := lines("oyster.csv", ",,,,,,,", "Date,Start Time,End Time,Journey/Action,Charge,Credit,Balance,Note",
		`07-Jul-2018,23:25,00:08,Bank [London Underground] to Station B,0,,1.4,`, `07-Jul-2018,18:29,NA,"Bus journey, route 997",0,,1.4,`,
		`07-Jul-2018,10:36,,"Topped up,  ",,10,11.4,`, `06-Jul-2018,09:00,,Station A to [No touch-out],0,,1.4,`, `06-Jul-2018,,08:10,[No touch-in] to Station A,0,,1.4,`,
		`06-Jul-2018,07:05,NA,"Season ticket added on touch in, Station B",0,NA,8,NA`, `05-Jul-2018,07:00,07:30,Dancing in the street,0,,1,`)
	set, r := load(t, comms.Options{Own: "oyster:0123", Station: func(name string) (atlas.Site, bool) {
		return atlas.Site{Lat: 51_513_300, Lon: -88_600, Metres: 200}, name == "Bank"
	}}, file)
	if want := (comms.Counts{Read: 9, Kept: 4, Refused: 1, Skipped: 4}); r.Total != want {
		t.Fatalf("%+v, want %+v: %+v", r.Total, want, r.Files[0])
	}
	late, bus, entered, left := set.Rows[3], set.Rows[2], set.Rows[1], set.Rows[0]
	if got := late.End - late.At; got != 43*60_000 {
		t.Errorf("a journey over midnight takes %d minutes", got/60_000)
	}
	if late.Lat != 51_513_300 || late.Metres != 200 || set.Sites[late.To].Name != "Station B" || set.Name(late.Own) != "oyster:0123" {
		t.Errorf("%+v", late)
	}
	if !bus.Has(atlas.NoEnd) || bus.End != 0 || set.Sites[bus.Site].Name != "bus route 997" {
		t.Errorf("the bus: %+v", bus)
	}
	if !entered.Has(atlas.NoEnd) || entered.To != 0 || left.Site != 0 || set.Sites[left.To].Name != "Station A" || left.Time(london(t)).Hour() != 8 {
		t.Errorf("without a touch: %+v %+v", entered, left)
	}
}

func TestANumberIsNeverGuessed(t *testing.T) {
	for cell, reason := range map[string]string{
		"4.47701E+11":      "rounded",
		"356938035643809":  "IMEI",
		"234150999999999":  "IMEI",
		"07700900001;77":   "",
		"7":                "not a telephone number",
		"07700 900001 / 2": "",
	} {
		set, r := load(t, comms.Options{}, lines("a.csv", "From,To,Start,Duration", "07700900009,"+cell+",2026-01-05 09:00:00,5", "07700900008,07700900007,2026-01-05 09:00:00,5"))
		if reason == "" {
			continue
		}
		if r.Total.Refused != 1 || !strings.Contains(r.Files[0].Refusals[0].Reason, reason) || r.Files[0].Refusals[0].Line != 2 {
			t.Errorf("%s: %+v %q", cell, r.Files[0].Refusals, set.Names)
		}
	}
	for _, c := range []string{"12a", "12.5.1", "1:99", "-5", "9999999999"} {
		_, r := load(t, comms.Options{}, lines("a.csv", "From,To,Start,Duration", "07700900009,07700900007,2026-01-05 09:00:00,"+c))
		if r.Total.Refused != 1 {
			t.Errorf("a duration of %q was taken", c)
		}
	}
	for _, c := range []string{"2026-02-29 09:00:00", "31/04/2026 10:00", "2026-01-05 24:00:00", "2026-01-05 09:60", "0000-00-00", "05/01/1970 00:00:00", "2026-01-05 09:00:00 PST", "yesterday", "2026-1-5x"} {
		_, r := load(t, comms.Options{}, lines("a.csv", "From,To,Start,Duration", "07700900009,07700900007,"+c+",1", "07700900009,07700900007,2026-01-05 09:00:00,1"))
		if r.Total.Refused != 1 {
			t.Errorf("the time %q was taken", c)
		}
	}
}

func TestAnUnknownFileIsToldWhatWasLookedFor(t *testing.T) {
	for name, c := range map[string]struct {
		file comms.Source
		want string
	}{
		"a table of something else": {lines("not_oyster.csv", "col1,col2", "1,a", "2,b"), "Write a mapping"},
		"a word processor's file":   {comms.Source{Name: "a.doc", Bytes: []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")}, "old or an encrypted Excel"},
		"an empty file":             {comms.Source{Name: "e.csv"}, "is empty"},
		"a PDF":                     {lines("a.pdf", "%PDF-1.7"), "PDF"},
		"XML of another kind":       {lines("a.kml", "<kml></kml>"), "not GPX"},
		"JSON of nothing":           {lines("a.json", `{"a":1}`), "in no layout"},
		"JSON without a table":      {lines("a.json", `{"a":`, `1}`), "no places and no table"},
		"a broken workbook":         {comms.Source{Name: "a.xlsx", Bytes: []byte("PK\x03\x04rubbish")}, "cannot be read as a workbook"},
		"bytes":                     {comms.Source{Name: "a.bin", Bytes: []byte("\x01\x02\x03\x04\x05\x06\x07\x08")}, "binary"},
	} {
		if got := refused(t, comms.Options{}, c.file); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestAMappingIsRememberedAndUsedAgain(t *testing.T) {
	file := lines("odd.csv", "Wer,Wen,Wann,Wie lange", "07700900001,07700900002,05/01/2026 09:00:00,61")
	refused(t, comms.Options{}, file)
	m, err := comms.ParseMapping("name = \"odd\"\nas = \"calls\"\nzone = \"UTC\"\n[columns]\n\"Wer\" = \"from\"\n\"Wen\" = \"to\"\n\"Wann\" = \"at\"\n\"Wie lange\" = \"seconds\"\n")
	if err != nil {
		t.Fatal(err)
	}
	set, r := load(t, comms.Options{Mappings: []comms.Mapping{m}}, file)
	if len(set.Rows) != 1 || set.Rows[0].Seconds != 61 || r.Files[0].Zone != "UTC" {
		t.Errorf("%+v", r.Files[0])
	}
	again, err := comms.ParseMapping(r.Files[0].Mapping)
	if err != nil {
		t.Fatal(err)
	}
	second, _ := load(t, comms.Options{Mappings: []comms.Mapping{again}}, file)
	if second.Rows[0] != set.Rows[0] {
		t.Errorf("%+v, %+v", second.Rows, set.Rows)
	}
	for name, text := range map[string]string{
		"a field that is none":   "as = \"calls\"\n[columns]\n\"Wer\" = \"caller id\"\n",
		"a kind that is none":    "as = \"letters\"\n",
		"a setting that is none": "az = 1\n",
		"no TOML":                "as = = \n",
		"a zone that is none":    "as = \"calls\"\nzone = \"Mars\"\n",
	} {
		if _, err := comms.ParseMapping(text); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestAWorkbookIsReadAsItIsStored(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range [][]any{
		{"Call data for", 447700900001},
		{},
		{"Calling number", "Called number", "Date", "Time", "Duration", "Note"},
		{447700900001, "07700900002", 46027, 0.375, 0.000752314814814815, "65 seconds as a fraction of a day"},
		{447700900001, 447700900003.0, 46027.5, nil, 0.00001157407407407407, "a second, stored as 1.157E-5"},
		{447700900001, "4.47701E+11", 46027, 0.5, 0, "rounded before it came"},
	} {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	buf, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	set, r := load(t, comms.Options{}, comms.Source{Name: "calls.xlsx", Bytes: buf.Bytes()})
	if len(set.Rows) != 2 || r.Total.Refused != 1 || r.Files[0].Refusals[0].Line != 6 {
		t.Fatalf("%+v", r)
	}
	for i, want := range []string{"call 07700900001 > 07700900002 2026-01-05 09:00:00 GMT", "call 07700900001 > 07700900003 2026-01-05 12:00:00 GMT"} {
		if got := says(t, set, set.Rows[i]); got != want || set.Rows[i].Line != uint32(4+i) {
			t.Errorf("%s on row %d", got, set.Rows[i].Line)
		}
	}
	if set.Rows[0].Seconds != 65 || set.Rows[1].Seconds != 1 {
		t.Errorf("%d and %d seconds", set.Rows[0].Seconds, set.Rows[1].Seconds)
	}
}
