package model

import (
	"strings"
	"testing"
)

func TestACircleAsItIsTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"51.5136,-0.1365 250m":         "51.5136,-0.1365 250 m",
		"51.5136, -0.1365, 250 metres": "51.5136,-0.1365 250 m",
		"51.5136 -0.1365 0.5 km":       "51.5136,-0.1365 500 m",
		"51.5136,-0.1365 1 mile":       "51.5136,-0.1365 1609 m",
		"51.5136,-0.1365 100 yards":    "51.5136,-0.1365 91 m",
		"-0.1365,51.5136 250m":         "",
		"40.7,-74.0 250m":              "",
		"51.5136,-0.1365":              "",
		"51.5136,-0.1365 0m":           "",
		"51.5136,-0.1365 900 km":       "",
		"Soho Square 250m":             "",
		"":                             "",
	} {
		c, err := ParseCircle(typed)
		switch {
		case err != nil && want != "":
			t.Errorf("%q: %v", typed, err)
		case err != nil:
			if p := refusal(t, err); p.Field != "circle" {
				t.Errorf("%q is refused about %q", typed, p.Field)
			}
		case c.String() != want:
			t.Errorf("%q reads as %q, want %q", typed, c, want)
		default:
			if again, err := ParseCircle(c.String()); err != nil || again.Centre != c.Centre {
				t.Errorf("%q does not read back: %v %v", c, again, err)
			}
		}
	}
	if _, err := ParseCircle("-0.1365,51.5136 250m"); !strings.Contains(err.Error(), "longitude first") {
		t.Errorf("a swapped pair is refused as %v", err)
	}
}

func TestHoursAsTheyAreTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"20:00-07:00":                      "20:00 to 07:00",
		"8pm to 7am":                       "20:00 to 07:00",
		"20.00 – 7.30am":                   "20:00 to 07:30",
		"Fri,Sat 22:00-06:00":              "22:00 to 06:00, Friday and Saturday",
		"22:00 to 06:00 on Friday and Sat": "22:00 to 06:00, Friday and Saturday",
		"Mon-Fri 08:30-15:45":              "08:30 to 15:45, Monday, Tuesday, Wednesday, Thursday and Friday",
		"weekends":                         "all day, Saturday and Sunday",
		"all day, Friday and Saturday":     "all day, Friday and Saturday",
		"18:00-24:00":                      "18:00 to 00:00",
		"00:00-06:00":                      "00:00 to 06:00",
		"8pm to 7am, weekends":             "20:00 to 07:00, Saturday and Sunday",
		"20:00-20:00":                      "",
		"00:00-24:00":                      "",
		"20-7":                             "",
		"25:00-07:00":                      "",
		"20:60-07:00":                      "",
		"Someday 20:00-07:00":              "",
		"at night":                         "",
		"20:00":                            "",
		"":                                 "",
	} {
		h, err := ParseHours(typed)
		switch {
		case err != nil && want != "":
			t.Errorf("%q: %v", typed, err)
		case err != nil:
			_ = refusal(t, err)
		case h.String() != want:
			t.Errorf("%q reads as %q, want %q", typed, h, want)
		default:
			if again, err := ParseHours(h.String()); err != nil || again.String() != want {
				t.Errorf("%q does not read back: %q %v", h, again, err)
			}
		}
	}
}

func TestASchedulesAsItIsTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"Mon,Thu by 18:00":                       "every Monday and Thursday by 18:00",
		"every Monday":                           "every Monday",
		"Tuesdays and Fridays by 6pm":            "every Tuesday and Friday by 18:00",
		"daily by 12:00":                         "every day by 12:00",
		"every day":                              "every day",
		"every 7 days from 1 Dec":                "every 7 days from 1 Dec 2026",
		"every 7 days from 1 Dec by 18:00":       "every 7 days from 1 Dec 2026 by 18:00",
		"every 14 days by 18:00 from 1 Jan 2027": "every 14 days from 1 Jan 2027 by 18:00",
		"weekly from 20 Nov":                     "every 7 days from 20 Nov 2027", // the next one, as everywhere here
		"every 2 weeks from 2026-12-01":          "every 14 days from 1 Dec 2026",
		"Mon from 1 Dec":                         "every Monday from 1 Dec 2026",
		"every 7 days":                           "",
		"every 0 days from 1 Dec":                "",
		"Mon by noon":                            "",
		"Mon by 18:00 by 19:00":                  "",
		"Mon from 31 Feb":                        "",
		"sometimes":                              "",
		"":                                       "",
	} {
		s, err := ParseSchedule(typed, on(t, "2026-11-24"))
		switch {
		case err != nil && want != "":
			t.Errorf("%q: %v", typed, err)
		case err != nil:
			if p := refusal(t, err); p.Field != "schedule" {
				t.Errorf("%q is refused about %q", typed, p.Field)
			}
		case s.String() != want:
			t.Errorf("%q reads as %q, want %q", typed, s, want)
		default:
			if again, err := ParseSchedule(s.String(), on(t, "2030-01-01")); err != nil || again.String() != want {
				t.Errorf("%q does not read back: %q %v", s, again, err)
			}
		}
	}
}

func TestBoroughsAsTheyAreTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"Camden, Islington":                    "Camden|Islington",
		"kensington and chelsea; CAMDEN":       "Kensington & Chelsea|Camden",
		"London Borough of Barking & Dagenham": "Barking & Dagenham",
		"Kingston upon Thames":                 "Kingston",
		"City of London, Camden, camden":       "City of London|Camden",
		"Brooklyn":                             "",
	} {
		got, err := ParseBoroughs(typed)
		if err != nil {
			_ = refusal(t, err)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q reads as %v (%v), want %s", typed, got, err, want)
		}
	}
	for _, u := range Units() {
		for _, b := range u.Boroughs {
			if got, err := ParseBoroughs(b); err != nil || len(got) != 1 || got[0] != b {
				t.Errorf("%s reads as %v (%v)", b, got, err)
			}
		}
	}
}

func TestOneNumberHoweverItIsTyped(t *testing.T) {
	for _, typed := range []string{"07700 900123", "+44 7700 900123", "+44 (0)7700 900-123", "00447700900123", "447700900123", "7700900123"} {
		if got := contactKey(typed); got != "07700900123" {
			t.Errorf("%q is %q", typed, got)
		}
	}
	for typed, want := range map[string]string{"@Anna_B": "anna_b", "anna.b": "anna.b", "Anna@example.org": "anna@example.org", "+33 6 12 34 56 78": "+33612345678"} {
		if got := contactKey(typed); got != want {
			t.Errorf("%q is %q, want %q", typed, got, want)
		}
	}
}

func FuzzConditionWords(f *testing.F) {
	for _, s := range []string{"51.5136,-0.1365 250m", "Fri,Sat 22:00-06:00", "every 7 days from 1 Dec by 18:00", "Camden, Islington", "8pm to 7am", "mon-", "from from by by", "\xff12:00-13:00é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := ParseCircle(s); err == nil && (c.Metres <= 0 || c.Centre.Lat < ukSouth) {
			t.Errorf("%q reads as %v", s, c)
		}
		if h, err := ParseHours(s); err == nil && (h.IsZero() || h.From < 0 || h.From >= 1440 || h.To < 0 || h.To >= 1440) {
			t.Errorf("%q reads as %v", s, h)
		}
		if sch, err := ParseSchedule(s, 740_000); err == nil && sch.IsZero() {
			t.Errorf("%q reads as nothing", s)
		}
		_, _ = ParseBoroughs(s)
		_, _ = ParsePolygon(s)
	})
}
