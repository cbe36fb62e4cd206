package model

import (
	"slices"
	"strings"
	"testing"
)

func TestMarkersGrowStale(t *testing.T) {
	for name, c := range map[string]struct {
		set, review, now string
		badge            string
	}{
		"set today":                                       {"2026-11-24", "", "2026-11-24 05:00", "VI"},
		"a day short of a year":                           {"2025-11-25", "", "2026-11-24 23:59", "VI"},
		"a year to the minute":                            {"2025-11-24", "", "2026-11-24 00:00", "VI"},
		"a minute over a year":                            {"2025-11-24", "", "2026-11-24 00:01", "VI 1y?"},
		"two years old":                                   {"2024-11-20", "", "2026-11-24 05:00", "VI 2y?"},
		"a day short of two years":                        {"2024-11-25", "", "2026-11-24 05:00", "VI 1y?"},
		"of no day":                                       {"", "", "2026-11-24 05:00", "VI ?"},
		"of no day, with a review to come":                {"", "2026-11-25", "2026-11-24 05:00", "VI"},
		"of no day, with a review that has passed":        {"", "2026-11-23", "2026-11-24 05:00", "VI ?"},
		"the day before its review":                       {"2020-01-01", "2026-11-25", "2026-11-24 23:59", "VI"},
		"the day of its review":                           {"2020-01-01", "2026-11-24", "2026-11-24 23:59", "VI"},
		"the day after its review":                        {"2026-11-01", "2026-11-23", "2026-11-24 00:00", "VI 23d?"},
		"months after":                                    {"2026-05-24", "2026-11-23", "2026-11-24 05:00", "VI 6m?"},
		"59 days are counted in days":                     {"2026-09-26", "2026-11-23", "2026-11-24 05:00", "VI 59d?"},
		"60 days are counted in months":                   {"2026-09-25", "2026-11-23", "2026-11-24 05:00", "VI 2m?"},
		"on a summer night it is the London day":          {"2026-01-01", "2026-07-14", "2026-07-14T22:59:00Z", "VI"},
		"and the next one an hour before midnight in UTC": {"2026-01-01", "2026-07-14", "2026-07-14T23:00:00Z", "VI 6m?"},
	} {
		t.Run(name, func(t *testing.T) {
			m := Marker{Code: "VI", Set: on(t, c.set), Review: on(t, c.review)}
			if got := m.Badge(at(t, c.now)); got != c.badge {
				t.Errorf("badge %q, want %q", got, c.badge)
			}
			if got := m.Stale(at(t, c.now)); got != strings.Contains(c.badge, "?") {
				t.Errorf("stale %v, and the badge says %q", got, c.badge)
			}
		})
	}
}

func TestMarkersThatCanHurtAnOfficerComeFirst(t *testing.T) {
	now := stationNow(t)
	p := &Person{}
	for _, code := range []MarkerCode{"OV", "MN", "ES", "ZZ", "FI", "DR", "WE", "SU", "VI"} {
		p.Markers = append(p.Markers, Marker{Code: code, Set: on(t, "2026-11-01")})
	}
	before := slices.Clone(p.Markers)
	want := []string{"VI", "WE", "FI", "ES", "SU", "MN", "DR", "OV", "ZZ"}
	if got := p.Badges(now); !slices.Equal(got, want) {
		t.Errorf("badges %q, want %q: a signal nobody knows stands last", got, want)
	}
	if !slices.Equal(p.Markers, before) {
		t.Error("showing the markers changed their order on the record")
	}
	if (&Person{}).Badges(now) != nil {
		t.Error("a person without markers has badges")
	}
	for code, want := range map[MarkerCode]bool{"CO": true, "MN": true, "AT": true, "SU": true, "SH": true, "VI": false, "WE": false, "FI": false, "DR": false} {
		if code.Health() != want {
			t.Errorf("%s is health data: %v, want %v", code, code.Health(), want)
		}
	}
}

func TestAddressesInTheOrderAnOfficerWouldTryThem(t *testing.T) {
	for name, c := range map[string]struct {
		have []Address
		want string
	}{
		"confirmed before probable before unconfirmed before historic": {
			[]Address{{Text: "h", Confidence: Historic}, {Text: "u", Confidence: Unconfirmed}, {Text: "p", Confidence: Probable}, {Text: "c", Confidence: Confirmed}}, "c p u h",
		},
		"one nobody has graded stands with the unconfirmed": {
			[]Address{{Text: "h", Confidence: Historic}, {Text: "n"}, {Text: "p", Confidence: Probable}}, "p n h",
		},
		"the latest confirmed before the earlier, and before one never confirmed": {
			[]Address{{Text: "never"}, {Text: "old", Confirmed: 100}, {Text: "new", Confirmed: 200}}, "new old never",
		},
		"home before work before family, all else the same": {
			[]Address{{Text: "f", Type: "family"}, {Text: "w", Type: "work"}, {Text: "h", Type: "home"}}, "h w f",
		},
		"home before one nobody has named": {[]Address{{Text: "n"}, {Text: "h", Type: "home"}}, "h n"},
		"confidence counts for more than the day": {
			[]Address{{Text: "u", Confidence: Unconfirmed, Confirmed: 900}, {Text: "p", Confidence: Probable, Confirmed: 100}}, "p u",
		},
		"equals stay as they were entered": {[]Address{{Text: "a"}, {Text: "b"}, {Text: "c"}}, "a b c"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &Person{Addresses: c.have}
			var got []string
			for _, a := range p.ByPromise() {
				got = append(got, a.Text)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			if best, ok := p.Home(); !ok || best.Text != got[0] {
				t.Errorf("the best to try is %q, and the first is %q", best.Text, got[0])
			}
		})
	}
	if _, ok := (&Person{}).Home(); ok {
		t.Error("a person without addresses has a best one")
	}
}

func TestAnAddressOnOneLine(t *testing.T) {
	for want, a := range map[string]Address{
		"9 Rose Way":          {Text: "9 Rose Way"},
		"9 Rose Way SW19 1AA": {Text: "9 Rose Way", Postcode: "SW19 1AA"},
		"1 High St SW19 1AB":  {Text: "1 High St SW19 1AB", Postcode: "SW19 1AB"},
	} {
		if got := a.Line(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ surname, forename, full string }{
		{"Kovács", "Miklós", "KOVÁCS, Miklós"},
		{"Lowe", "", "LOWE"},
		{"", "Micky", "Micky"},
		{"", "", ""},
		{" o'Neill ", " Sean ", "O'NEILL, Sean"},
	} {
		if got := FullName(c.surname, c.forename); got != c.full {
			t.Errorf("%q, want %q", got, c.full)
		}
	}
	for full, want := range map[string][2]string{
		"KOVÁCS, Miklós": {"KOVÁCS", "Miklós"},
		"Miklós  Kovács": {"Kovács", "Miklós"},
		"Ana de Souza":   {"Souza", "Ana de"},
		"Lowe":           {"Lowe", ""},
		"":               {"", ""},
		" , ":            {"", ""},
	} {
		if s, f := SplitName(full); s != want[0] || f != want[1] {
			t.Errorf("%q splits into %q and %q, want %q", full, s, f, want)
		}
	}
	for _, c := range []struct{ rank, name, call string }{
		{"PS", "ADEYEMI", "PS Adeyemi"}, {"", "ADEYEMI, Tola", "Adeyemi"}, {"DI", "MacLeod, Ann", "DI MacLeod"}, {"PC", "ÉVANS", "PC Évans"}, {"PC", "", "PC "},
	} {
		if got := (&Officer{Rank: c.rank, Name: c.name}).Call(); got != c.call {
			t.Errorf("%q, want %q", got, c.call)
		}
	}
}

func TestRefs(t *testing.T) {
	for typed, want := range map[string]Ref{
		"P-000482": "P-000482", "p-482": "P-000482", " r-31 ": "R-000031", "OP-1/12": "OP-0001/012", "op-0001/0012": "OP-0001/012", "O-7": "O-0007",
		"P-1234567": "P-1234567", "K-1": "K-000001", "OP-1": "OP-0001",
		"TG-1": "", "P-0": "", "P-": "", "P": "", "P-1/2": "", "P--1": "", "P-1.5": "", "X-1": "", "OP-1/": "", "OP-/1": "", "OP-1/0": "", "OP-1/2/3": "",
		"P-281474976710656": "", "": "",
	} {
		got, ok := ParseRef(typed)
		if ok != (want != "") || (ok && got != want) {
			t.Errorf("%q is %q (%v), want %q", typed, got, ok, want)
		}
		if !ok {
			continue
		}
		if again, ok := ParseRef(string(got)); !ok || again != got {
			t.Errorf("%q reads back as %q", got, again)
		}
	}
	if r := NewTargetRef("OP-0001", 12); r.Kind() != KindTarget || r.Number() != 12 || r.Operation() != "OP-0001" {
		t.Errorf("%s is a %s, number %d of %s", r, r.Kind(), r.Number(), r.Operation())
	}
	for _, k := range Kinds() {
		r := NewRecord(k)
		if r == nil || kindOf(r) != k || k.Word() == "record" {
			t.Errorf("%s makes a %T, which is a %s, called %q", k, r, kindOf(r), k.Word())
		}
	}
	if NewRecord("X") != nil || Kind("X").Word() != "record" || Ref("nothing").Kind() != "" || Ref("nothing").Number() != 0 {
		t.Error("a kind that is none is taken for one")
	}
}

func TestUnits(t *testing.T) {
	boroughs := map[string]Unit{}
	for _, u := range Units() {
		for _, b := range u.Boroughs {
			if boroughs[b] != "" {
				t.Errorf("%s is in %s and in %s", b, boroughs[b], u.Code)
			}
			boroughs[b] = u.Code
		}
	}
	if len(Units()) != 12 || len(boroughs) != 32 {
		t.Errorf("%d units with %d boroughs; there are twelve, and 32 boroughs", len(Units()), len(boroughs))
	}
	for borough, want := range map[string]Unit{
		"Lambeth": "AS", "Westminster": "AW", "hackney": "CE", " Camden ": "CN", "Havering": "EA", "Enfield": "NA", "Newham": "NE", "Brent": "NW",
		"Greenwich": "SE", "Croydon": "SN", "Merton": "SW", "Hounslow": "WA", "City of London": "",
	} {
		if got, _ := UnitFor(borough); got != want {
			t.Errorf("%s is policed by %q, want %q", borough, got, want)
		}
	}
	if Unit("SN").Name() != "South Area" || Unit("XX").Name() != "XX" {
		t.Error("SN is South Area, and a unit nobody knows is called by its code")
	}
}

func TestWhoIsCalledASupervisor(t *testing.T) {
	for role, want := range map[Role]bool{RoleSergeant: true, RoleLead: true, RoleOfficer: false, RoleCoordinator: false, RoleMonitoring: false, RoleAdmin: false} {
		o := &Officer{Roles: []Role{role}}
		if o.Supervises() != want {
			t.Errorf("a %s supervises: %v, want %v", role, o.Supervises(), want)
		}
		o.Left = true
		if o.Supervises() {
			t.Errorf("a %s who has left still supervises", role)
		}
	}
}
