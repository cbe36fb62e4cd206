package day

import (
	"testing"
	"time"
)

// listed is the list of bank holidays in England and Wales for 2020 to 2030: as
// published on gov.uk/bank-holidays, and for the last years as the 1971 Act gives them.
func listed() map[string]string {
	const (
		newYears, good, monday = "New Year's Day", "Good Friday", "Easter Monday"
		may, spring, summer    = "Early May bank holiday", "Spring bank holiday", "Summer bank holiday"
		christmas, boxing, sub = "Christmas Day", "Boxing Day", " (substitute day)"
	)
	return map[string]string{
		"2020-01-01": newYears, "2020-04-10": good, "2020-04-13": monday, "2020-05-08": may + " (VE day)",
		"2020-05-25": spring, "2020-08-31": summer, "2020-12-25": christmas, "2020-12-28": boxing + sub,

		"2021-01-01": newYears, "2021-04-02": good, "2021-04-05": monday, "2021-05-03": may,
		"2021-05-31": spring, "2021-08-30": summer, "2021-12-27": christmas + sub, "2021-12-28": boxing + sub,

		"2022-01-03": newYears + sub, "2022-04-15": good, "2022-04-18": monday, "2022-05-02": may,
		"2022-06-02": spring, "2022-06-03": "Platinum Jubilee", "2022-08-29": summer,
		"2022-09-19": "State Funeral of Queen Elizabeth II", "2022-12-26": boxing, "2022-12-27": christmas + sub,

		"2023-01-02": newYears + sub, "2023-04-07": good, "2023-04-10": monday, "2023-05-01": may,
		"2023-05-08": "Coronation of King Charles III", "2023-05-29": spring, "2023-08-28": summer,
		"2023-12-25": christmas, "2023-12-26": boxing,

		"2024-01-01": newYears, "2024-03-29": good, "2024-04-01": monday, "2024-05-06": may,
		"2024-05-27": spring, "2024-08-26": summer, "2024-12-25": christmas, "2024-12-26": boxing,

		"2025-01-01": newYears, "2025-04-18": good, "2025-04-21": monday, "2025-05-05": may,
		"2025-05-26": spring, "2025-08-25": summer, "2025-12-25": christmas, "2025-12-26": boxing,

		"2026-01-01": newYears, "2026-04-03": good, "2026-04-06": monday, "2026-05-04": may,
		"2026-05-25": spring, "2026-08-31": summer, "2026-12-25": christmas, "2026-12-28": boxing + sub,

		"2027-01-01": newYears, "2027-03-26": good, "2027-03-29": monday, "2027-05-03": may,
		"2027-05-31": spring, "2027-08-30": summer, "2027-12-27": christmas + sub, "2027-12-28": boxing + sub,

		"2028-01-03": newYears + sub, "2028-04-14": good, "2028-04-17": monday, "2028-05-01": may,
		"2028-05-29": spring, "2028-08-28": summer, "2028-12-25": christmas, "2028-12-26": boxing,

		"2029-01-01": newYears, "2029-03-30": good, "2029-04-02": monday, "2029-05-07": may,
		"2029-05-28": spring, "2029-08-27": summer, "2029-12-25": christmas, "2029-12-26": boxing,

		"2030-01-01": newYears, "2030-04-19": good, "2030-04-22": monday, "2030-05-06": may,
		"2030-05-27": spring, "2030-08-26": summer, "2030-12-25": christmas, "2030-12-26": boxing,
	}
}

func TestBankHolidaysAreTheListedOnesAndNoOthers(t *testing.T) {
	want := listed()
	if len(want) != 11*8+3 {
		t.Errorf("the list has %d holidays, want eight a year and three extra", len(want))
	}
	for d := Of(2020, time.January, 1); d <= Of(2030, time.December, 31); d++ {
		name, ok := BankHoliday(d)
		if name != want[d.String()] || ok != (name != "") {
			t.Errorf("%s %s: %q, want %q", d, d.Weekday(), name, want[d.String()])
		}
		if weekday := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday; d.IsWorkingDay() != (weekday && !ok) {
			t.Errorf("%s %s: working day %t", d, d.Weekday(), d.IsWorkingDay())
		}
	}
}

func TestHolidaysMovedAndAddedByProclamation(t *testing.T) {
	for name, c := range map[string]struct {
		day     string
		working bool
	}{
		"the early May holiday of 1995 moved to VE day":        {"1995-05-08", false},
		"so 1 May 1995 was worked":                             {"1995-05-01", true},
		"the spring holiday of 2002 moved to June":             {"2002-06-04", false},
		"so the last Monday of May 2002 was worked":            {"2002-05-27", true},
		"the spring holiday of 2012 moved to June":             {"2012-06-04", false},
		"so the last Monday of May 2012 was worked":            {"2012-05-28", true},
		"the early May holiday of 2020 moved to VE day":        {"2020-05-08", false},
		"so Monday 4 May 2020 was worked":                      {"2020-05-04", true},
		"the spring holiday of 2022 moved to the Jubilee":      {"2022-06-02", false},
		"so Monday 30 May 2022 was worked":                     {"2022-05-30", true},
		"the day before the State Funeral weekend was worked":  {"2022-09-16", true},
		"the Wedding of 2011 was a holiday":                    {"2011-04-29", false},
		"the Millennium had a holiday":                         {"1999-12-31", false},
		"the first May holiday stayed in the Coronation year":  {"2023-05-01", false},
		"Easter Sunday is no working day although not listed":  {"2026-04-05", false},
		"Maundy Thursday is worked":                            {"2026-04-02", true},
		"2 January is a holiday in Scotland only":              {"2026-01-02", true},
		"the first Monday of August is a Scottish holiday too": {"2026-08-03", true},
	} {
		if got := on(t, c.day).IsWorkingDay(); got != c.working {
			t.Errorf("%s: working day %t", name, got)
		}
	}
}

func TestEaster(t *testing.T) {
	for year, want := range map[int]string{
		1818: "22 Mar", 1943: "25 Apr", 1954: "18 Apr", 1981: "19 Apr", 2000: "23 Apr", 2008: "23 Mar", 2011: "24 Apr",
		2020: "12 Apr", 2021: "4 Apr", 2022: "17 Apr", 2023: "9 Apr", 2024: "31 Mar", 2025: "20 Apr", 2026: "5 Apr",
		2027: "28 Mar", 2028: "16 Apr", 2029: "1 Apr", 2030: "21 Apr", 2038: "25 Apr", 2049: "18 Apr", 2076: "19 Apr",
		2285: "22 Mar",
	} {
		if got := Easter(year); got.Short() != want || got.Weekday() != time.Sunday {
			t.Errorf("Easter %d is %s %s, want %s", year, got.Weekday(), got.Short(), want)
		}
	}
}

func TestWorkingDays(t *testing.T) {
	for name, c := range map[string]struct {
		from string
		n    int
		want string
	}{
		"the next working day after Tuesday is Wednesday":          {"2026-12-01", 1, "2026-12-02"},
		"after Friday comes Monday":                                {"2026-12-04", 1, "2026-12-07"},
		"from a Saturday the first is Monday":                      {"2026-12-05", 1, "2026-12-07"},
		"one after Christmas Eve 2026 skips the substitute Monday": {"2026-12-24", 1, "2026-12-29"},
		"five after 21 December 2026 reach the 30th":               {"2026-12-21", 5, "2026-12-30"},
		"seven after 21 December 2026 are in the new year":         {"2026-12-21", 7, "2027-01-04"},
		"one after Christmas Eve 2027 skips both substitutes":      {"2027-12-24", 1, "2027-12-29"},
		"five after 24 December 2027 skip the New Year Monday":     {"2027-12-24", 4, "2028-01-04"},
		"two after Maundy Thursday skip the Easter weekend":        {"2026-04-02", 2, "2026-04-08"},
		"one back from the day after Easter Monday":                {"2026-04-07", -1, "2026-04-02"},
		"one back from Monday is Friday":                           {"2026-12-07", -1, "2026-12-04"},
		"none leaves even a Sunday alone":                          {"2026-12-06", 0, "2026-12-06"},
		"a hundred working days from 1 January 2026":               {"2026-01-01", 100, "2026-05-27"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := on(t, c.from).AddWorkingDays(c.n); got.String() != c.want {
				t.Errorf("got %s %s, want %s", got, got.Weekday(), c.want)
			}
		})
	}
}
