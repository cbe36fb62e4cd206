package model

import (
	"slices"
	"strings"
	"testing"
)

func TestTheOffenceTable(t *testing.T) {
	for code, c := range map[OffenceCode]struct {
		mode  Mode
		years float64
		cites string
	}{
		"s2":             {SummaryOnly, 0.5, "s.2"},
		"s2A":            {SummaryOnly, 0.5, "s.2A"},
		"s4":             {EitherWay, 10, "s.4"},
		"s4A":            {EitherWay, 10, "s.4A"},
		"s2-agg":         {EitherWay, 2, "s.32(1)(a)"},
		"s4-agg":         {EitherWay, 14, "s.32(1)(b)"},
		"spo-breach":     {EitherWay, 5, "s.8"},
		"spo-notify":     {EitherWay, 5, "s.11"},
		"ro-breach":      {EitherWay, 5, "s.363"},
		"ro-breach-acq":  {EitherWay, 5, "s.5A(2D)"},
		"ro-breach-old":  {EitherWay, 5, "s.5(5)"},
		"coercive":       {EitherWay, 5, "s.76"},
		"strangulation":  {EitherWay, 5, "s.75A"},
		"rape":           {Indictable, 99, "s.1"},
		"sexual-assault": {EitherWay, 10, "s.3"},
		"gbh":            {Indictable, 99, "s.18"},
		"abh":            {EitherWay, 5, "s.47"},
		"fta":            {SummaryOnly, 0.25, "s.6"},
	} {
		row := code.Row()
		if row.Mode != c.mode || row.MaxYears != c.years || !strings.HasSuffix(row.Statute, " "+c.cites) {
			t.Errorf("%s: %s, %g years, %q; want %s, %g years, %s", code, row.Mode, row.MaxYears, row.Statute, c.mode, c.years, c.cites)
		}
	}
	seen := map[string]bool{}
	for _, o := range Offences() {
		if seen[o.Code] {
			t.Errorf("%s stands twice in the table", o.Code)
		}
		seen[o.Code] = true
		if o.Title == "" || o.Statute == "" || OffenceCode(o.Code).Short() == "" || o.Gravity < 0 || o.Gravity > 100 {
			t.Errorf("the row of %s is incomplete: %+v", o.Code, o)
		}
	}
}

func TestTheSummaryOnlyTrap(t *testing.T) {
	const entry = "PACE s.17(1)(b)"
	for name, c := range map[string]struct {
		offences []OffenceCode
		trap     bool
		entry    bool
		says     string
	}{
		"stalking alone: no entry, a warrant under s.2B to search":  {[]OffenceCode{"s2A"}, true, false, "s.2B"},
		"harassment alone: no entry and no s.2B":                    {[]OffenceCode{"s2"}, true, false, "not indictable"},
		"harassment and stalking together are still summary only":   {[]OffenceCode{"s2", "s2A"}, true, false, "s.2B"},
		"one either-way offence springs the trap":                   {[]OffenceCode{"s2A", "spo-breach"}, false, true, entry},
		"an indictable-only offence gives entry":                    {[]OffenceCode{"rape"}, false, true, entry},
		"stalking with fear of violence gives entry":                {[]OffenceCode{"s4A"}, false, true, entry},
		"aggravated harassment is either way":                       {[]OffenceCode{"s2-agg"}, false, true, entry},
		"a breach of an order is either way":                        {[]OffenceCode{"ro-breach-acq"}, false, true, entry},
		"failing to surrender is summary only: the court's warrant": {[]OffenceCode{"fta"}, true, false, "s.17(1)(a)(i)"},
		"no offence is no power":                                    {nil, false, false, "none"},
		"an offence that is not in the table gives no entry":        {[]OffenceCode{"s99"}, false, false, ""},
		"an offence stated only in a note gives no entry by itself": {[]OffenceCode{"other"}, false, false, ""},
		"nor does it beside stalking, whose six months run on":      {[]OffenceCode{"s2A", "other"}, true, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := SummaryOnlyTrap(c.offences); got != c.trap {
				t.Errorf("trap: %v, want %v", got, c.trap)
			}
			got := PowerOfEntry(c.offences)
			if (got == entry) != c.entry || !strings.Contains(got, c.says) {
				t.Errorf("power of entry: %q, want entry %v and %q", got, c.entry, c.says)
			}
		})
	}
}

func TestTheSixMonthsToCharge(t *testing.T) {
	for name, c := range map[string]struct {
		offences []OffenceCode
		want     bool
	}{
		"stalking": {[]OffenceCode{"s2A"}, true},
		"stalking with an offence stated in words":                              {[]OffenceCode{"other", "s2A"}, true},
		"stalking beside failing to surrender":                                  {[]OffenceCode{"fta", "s2A"}, true},
		"not failing to surrender: Bail Act 1976 s.6(10) takes it out of s.127": {[]OffenceCode{"fta"}, false},
		"not what can be tried on indictment":                                   {[]OffenceCode{"s2A", "s4A"}, false},
		"not nothing":                                                           {nil, false},
	} {
		if got := SixMonths(c.offences); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		if _, got := chargeBy(c.offences, on(t, "2026-11-20")); got != c.want {
			t.Errorf("%s: a last day to charge %v, want %v", name, got, c.want)
		}
	}
}

func TestWhoDecidesToCharge(t *testing.T) {
	police := []OffenceCode{"exposure", "voyeurism", "sexual-assault", "abh", "threats-to-kill", "fta", "strangulation", "other"}
	for _, o := range Offences() {
		code := OffenceCode(o.Code)
		if got, want := cpsDecides(code), !slices.Contains(police, code); got != want {
			t.Errorf("the CPS decides on %s: %v, want %v", code, got, want)
		}
	}
}
