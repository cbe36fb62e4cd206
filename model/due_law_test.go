package model

import (
	"strings"
	"testing"
	"time"

	"pou/model/day"
)

// runs holds a clock to its moment: it runs a second before, and has run out at it and a second after.
func runs(t *testing.T, d Due, want time.Time) {
	t.Helper()
	if !d.Deadline.Equal(want) {
		t.Errorf("%s runs to %s, want %s", d.Rule, d.Deadline.In(day.London()), want.In(day.London()))
	}
	if d.Left(want.Add(-time.Second)) <= 0 || d.Left(want) > 0 || d.Left(want.Add(time.Second)) >= 0 {
		t.Errorf("%s: the deadline is not the first moment that is too late", d.Rule)
	}
	if d.Event == "" || d.Citation == "" || d.Start.IsZero() {
		t.Errorf("%s says not what started it, when, or which rule it is: %+v", d.Rule, d)
	}
}

// A night on which the clocks change has 23 or 25 hours; detention is hours that pass (PACE s.41 and following).
func TestHoursOfDetentionAreHoursThatPass(t *testing.T) {
	for name, c := range map[string]struct{ arrived, h24, h36, h96 string }{
		"in winter":                             {"2026-11-24 22:00", "2026-11-25 22:00", "2026-11-26 10:00", "2026-11-28 22:00"},
		"over the night of 23 hours":            {"2026-03-28 22:00", "2026-03-29 23:00", "2026-03-30 11:00", "2026-04-01 23:00"},
		"over the night of 25 hours":            {"2026-10-24 22:00", "2026-10-25 21:00", "2026-10-26 09:00", "2026-10-28 21:00"},
		"from the hour that does not exist":     {"2026-03-29T01:30:00Z", "2026-03-30 02:30", "2026-03-30 14:30", "2026-04-02 02:30"},
		"from the hour there is twice, first":   {"2026-10-25T00:30:00Z", "2026-10-26 00:30", "2026-10-26 12:30", "2026-10-29 00:30"},
		"from the hour there is twice, second":  {"2026-10-25T01:30:00Z", "2026-10-26 01:30", "2026-10-26 13:30", "2026-10-29 01:30"},
		"over 29 February":                      {"2028-02-28 22:00", "2028-02-29 22:00", "2028-03-01 10:00", "2028-03-03 22:00"},
		"over the end of the year":              {"2026-12-31 12:00", "2027-01-01 12:00", "2027-01-02 00:00", "2027-01-04 12:00"},
		"whatever day is a bank holiday":        {"2026-12-25 06:00", "2026-12-26 06:00", "2026-12-26 18:00", "2026-12-29 06:00"},
		"in a year the clocks change at Easter": {"2027-03-27 12:00", "2027-03-28 13:00", "2027-03-29 01:00", "2027-03-31 13:00"},
	} {
		t.Run(name, func(t *testing.T) {
			k := anArrest(t, c.arrived)
			k.Arrived = k.At
			held := func() Due { return clock(t, Dues(k, nil, k.At), "charge or release") }
			runs(t, held(), at(t, c.h24))
			k.Extended = Extension{At: k.At.Add(20 * time.Hour), Hours: 36, By: "Supt", Reason: "x"}
			runs(t, held(), at(t, c.h36))
			if held().Citation != "PACE 1984 s.42" {
				t.Errorf("an extension cites %s", held().Citation)
			}
			k.Further = []FurtherWarrant{{Issued: k.At.Add(35 * time.Hour), Hours: 36, Court: "x"}, {Issued: k.At.Add(70 * time.Hour), Hours: 36, Court: "x"}}
			runs(t, held(), at(t, c.h96)) // the second would run to 106
			if held().Citation != "PACE 1984 s.44" {
				t.Errorf("a warrant that was extended cites %s", held().Citation)
			}
		})
	}
}

func TestTheClockOfWhoIsArrestedOnBail(t *testing.T) {
	for name, c := range map[string]struct {
		back BailBack
		left string
	}{
		"who answers bail has the hours that are left":                  {BackAnswered, "2027-01-13 00:00"},
		"who is arrested for failing to answer has three hours of none": {BackFailed, "2027-01-13 03:00"},
		"so has who is arrested for breaking bail":                      {BackBroke, "2027-01-13 03:00"},
	} {
		t.Run(name, func(t *testing.T) {
			k := anArrest(t, "2026-11-24 07:00")
			k.Arrived = k.At
			k.Steps = append(k.Steps, ArrestStep{At: k.At, Status: InCustody}, ArrestStep{At: k.At.Add(10 * time.Hour), Status: Bailed}, ArrestStep{At: at(t, "2027-01-12 10:00"), Status: InCustody, Back: c.back})
			runs(t, clock(t, Dues(k, nil, at(t, "2027-01-12 10:00")), "charge or release"), at(t, c.left))
			k.Steps = append(k.Steps, ArrestStep{At: at(t, "2027-01-12 12:00"), Status: Bailed}, ArrestStep{At: at(t, "2027-02-12 10:00"), Status: InCustody})
			want := at(t, "2027-02-12 22:00") // two hours more were used
			if c.back.pauses() {
				want = at(t, "2027-02-13 00:00") // both lay within the three that do not count
			}
			runs(t, clock(t, Dues(k, nil, at(t, "2027-02-12 10:00")), "charge or release"), want)
		})
	}
}

// Hospital during the three hours is not left out twice, in the spell that lasts and in one that has ended.
func TestAHospitalWithinThePauseCountsOnce(t *testing.T) {
	k := anArrest(t, "2026-11-24 07:00")
	k.Arrived = k.At
	back := at(t, "2027-01-12 10:00")
	k.Steps = append(k.Steps, ArrestStep{At: k.At, Status: InCustody}, ArrestStep{At: k.At.Add(10 * time.Hour), Status: Bailed}, ArrestStep{At: back, Status: InCustody, Back: BackBroke})
	k.Hospital = []HospitalTime{{From: back.Add(time.Hour), To: back.Add(5 * time.Hour)}} // two of its hours lie after the three
	runs(t, clock(t, Dues(k, nil, back.Add(6*time.Hour)), "charge or release"), at(t, "2027-01-13 05:00"))
	k.Steps = append(k.Steps, ArrestStep{At: back.Add(7 * time.Hour), Status: Bailed}, ArrestStep{At: at(t, "2027-02-12 10:00"), Status: InCustody})
	runs(t, clock(t, Dues(k, nil, at(t, "2027-02-12 10:00")), "charge or release"), at(t, "2027-02-12 22:00")) // 10 and 2 hours were used
}

// A suspect moved to another station of ours keeps the clock of the first (PACE s.41).
func TestATransferDoesNotMoveTheDetentionClock(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	before := clock(t, Dues(d.records["K-000001"], nil, d.now), "charge or release")
	d.must("O-0002", "arrest.status", given{"arrest": "K-1", "status": "in custody", "suite": "Charing Cross"})
	after := clock(t, Dues(d.records["K-000001"], nil, d.now), "charge or release")
	if !after.Deadline.Equal(before.Deadline) || as[*Arrest](d, "K-000001").Suite != "Charing Cross" {
		t.Errorf("moved, the clock runs to %s and not to %s", after.Deadline, before.Deadline)
	}
}

// Bail is counted in months beginning the day AFTER the arrest (PACE s.47ZB(4)(a)).
func TestEveryLengthOfBail(t *testing.T) {
	for name, c := range map[string]struct{ arrested, m3, m6, m9, m12, m18 string }{
		"from the middle of a month":             {"2026-11-24 06:00", "2027-02-24", "2027-05-24", "2027-08-24", "2027-11-24", "2028-05-24"},
		"from the last minute of a day":          {"2026-11-24 23:59", "2027-02-24", "2027-05-24", "2027-08-24", "2027-11-24", "2028-05-24"},
		"from midnight, which is the next day":   {"2026-11-25 00:00", "2027-02-25", "2027-05-25", "2027-08-25", "2027-11-25", "2028-05-25"},
		"from 30 November: December is whole":    {"2026-11-30 06:00", "2027-02-28", "2027-05-31", "2027-08-31", "2027-11-30", "2028-05-31"},
		"from 30 August: a month without a 31st": {"2026-08-30 06:00", "2026-11-30", "2027-02-28", "2027-05-30", "2027-08-30", "2028-02-29"},
		"from 28 February of a leap year":        {"2028-02-28 06:00", "2028-05-28", "2028-08-28", "2028-11-28", "2029-02-28", "2029-08-28"},
		"from 29 February":                       {"2028-02-29 06:00", "2028-05-31", "2028-08-31", "2028-11-30", "2029-02-28", "2029-08-31"},
		"from a summer night, by London's date":  {"2026-06-30T23:30:00Z", "2026-10-01", "2027-01-01", "2027-04-01", "2027-07-01", "2028-01-01"},
	} {
		t.Run(name, func(t *testing.T) {
			k := anArrest(t, c.arrested)
			k.Arrived, k.Status, k.BailTo = k.At, Bailed, day.On(k.At).AddDays(28)
			for i, want := range []string{c.m3, c.m6, c.m9, c.m12, c.m18} {
				k.Longer = make([]BailExtension, i)
				runs(t, clock(t, Dues(k, nil, k.At), "pre-charge bail limit"), on(t, want).End())
			}
		})
	}
}

func TestStreetBailSaysCheck(t *testing.T) {
	k := anArrest(t, "2026-11-24 06:00")
	k.Status, k.BailTo = Bailed, on(t, "2026-12-10")
	k.Steps = append(k.Steps, ArrestStep{At: k.At, Status: Bailed})
	dues := Dues(k, nil, k.At)
	if back := clock(t, dues, "bail return"); back.Citation != "PACE 1984 s.30A" || !back.Deadline.Equal(on(t, "2026-12-10").End()) {
		t.Errorf("%+v", back)
	}
	limit := clock(t, dues, "street bail limit")
	runs(t, limit, on(t, "2027-02-24").End())
	if !limit.Check {
		t.Error("the limit is from memory, and does not say check")
	}
}

func TestTheSixMonthsToChargeWarn(t *testing.T) {
	w := &Wanted{Meta: Meta{Ref: "W-000001"}, State: Circulated, Offences: []OffenceCode{"s2A"}, LastAct: on(t, "2026-08-31")} // to 28 February
	for now, want := range map[string]string{
		"2026-12-29 12:00": "", "2026-12-30 00:00": "60 days left: review against s.4A or a breach", "2027-01-28 23:59": "31 days left: review against s.4A or a breach",
		"2027-01-29 00:00": "30 days left: book the CPS", "2027-02-13 23:59": "15 days left: book the CPS", "2027-02-14 00:00": "14 days left: CPS now",
		"2027-02-27 23:59": "1 day left: CPS today", "2027-02-28 23:59": "the last day", "2027-03-01 00:00": "out of time",
	} {
		d := clock(t, Dues(w, nil, at(t, now)), "charge a summary-only offence")
		runs(t, d, at(t, "2027-03-01 00:00"))
		if d.Warn != want {
			t.Errorf("at %s it says %q, want %q", now, d.Warn, want)
		}
	}
}

// Victims' Code, Right 6: one working day with enhanced rights, five without.
func TestWorkingDaysToTellAVictim(t *testing.T) {
	for name, c := range map[string]struct{ happened, one, five string }{
		"of a Monday":       {"2026-11-23 09:00", "2026-11-24", "2026-11-30"},
		"of a Friday night": {"2026-11-27 23:59", "2026-11-30", "2026-12-04"},
		"of a Saturday":     {"2026-11-28 09:00", "2026-11-30", "2026-12-04"},
		"of Christmas Eve, Boxing Day on the Monday": {"2026-12-24 17:00", "2026-12-29", "2027-01-05"},
		"of the Thursday before Good Friday":         {"2027-03-25 09:00", "2027-03-30", "2027-04-05"},
		"of Christmas 2027, two substitute days":     {"2027-12-24 09:00", "2027-12-29", "2028-01-05"},
		"of New Year's Eve 2027, its substitute":     {"2027-12-31 09:00", "2028-01-04", "2028-01-10"},
		"of the day before the early May holiday":    {"2028-04-28 09:00", "2028-05-02", "2028-05-08"},
		"of 28 February of a leap year":              {"2028-02-28 09:00", "2028-02-29", "2028-03-06"},
		"of Easter 2030, the last of the table":      {"2030-04-18 09:00", "2030-04-23", "2030-04-29"},
		"of a summer night, by London's date":        {"2026-07-09T23:30:00Z", "2026-07-13", "2026-07-17"},
		"of the Sunday on which the clocks go back":  {"2026-10-25 01:30", "2026-10-26", "2026-10-30"},
	} {
		happened := at(t, c.happened)
		if one, five := VictimUpdateBy(happened, true), VictimUpdateBy(happened, false); one != on(t, c.one) || five != on(t, c.five) {
			t.Errorf("%s: by %s and %s, want %s and %s", name, one, five, c.one, c.five)
		}
	}
}

func TestAVictimUpdateCitesTheVictimsCode(t *testing.T) {
	task := &Task{Meta: Meta{Ref: "T-000001"}, Title: "Tell", Kind: victimTask, State: TaskOpen, Added: at(t, "2026-11-24 09:00"), Due: on(t, "2026-11-25")}
	d := clock(t, Dues(task, nil, task.Added), "Tell")
	runs(t, d, at(t, "2026-11-26 00:00"))
	if d.Citation != victimCitation || !d.Typed {
		t.Errorf("%+v", d)
	}
	task.Kind = "address"
	if d := clock(t, Dues(task, nil, task.Added), "Tell"); d.Citation != "tasked by an officer" {
		t.Errorf("%+v", d)
	}
}

func TestClocksOfTheUnitsOwn(t *testing.T) {
	for name, c := range map[string]struct {
		record   Record
		rule     string
		deadline string
		check    bool
	}{
		"circulation is 24 hours that pass": {
			&Wanted{State: NotCirculated, Offences: []OffenceCode{"s4A"}, Since: at(t, "2026-03-28 20:00")}, "circulate on PNC", "2026-03-29 21:00", true,
		},
		"a potential breach is decided within three days": {&Breach{State: BreachReported, Reported: at(t, "2026-10-23 09:00")}, "decide the potential breach", "2026-10-26 09:00", true},
		"three days over 29 February":                     {&Breach{State: BreachReported, Reported: at(t, "2028-02-27 09:00")}, "decide the potential breach", "2028-03-01 09:00", true},
		"RUI is reviewed after 28 days at the same hour": {
			&Arrest{At: at(t, "2026-03-10 09:00"), Status: RUI, Offences: []OffenceCode{"s4A"}}, "released under investigation", "2026-04-07 09:00", true,
		},
		"a warrant of grade A has 14 days": {&Wanted{State: Circulated, Grade: "A", Offences: []OffenceCode{"fta"}, Since: at(t, "2026-11-24 09:00")}, "execute the warrant", "2026-12-08 09:00", true},
		"of grade B 21":                    {&Wanted{State: Circulated, Grade: "B", Offences: []OffenceCode{"fta"}, Since: at(t, "2026-11-24 09:00")}, "execute the warrant", "2026-12-15 09:00", true},
		"of grade C 28":                    {&Wanted{State: Circulated, Grade: "C", Offences: []OffenceCode{"fta"}, Since: at(t, "2026-11-24 09:00")}, "execute the warrant", "2026-12-22 09:00", true},
		"a target is reviewed by its day":  {&Target{State: TargetLive, Added: at(t, "2026-11-01 09:00"), ReviewBy: on(t, "2026-11-29")}, "review the target", "2026-11-30 00:00", false},
		"a task is due by the end of its day, on the night of 25 hours": {
			&Task{Title: "x", State: TaskOpen, Added: at(t, "2026-10-20 09:00"), Due: on(t, "2026-10-25")}, "x", "2026-10-26 00:00", false,
		},
		"CCTV is gone after 30 days, the day itself counted": {&Evidence{Kind: EvidenceCCTV, State: EvidenceNeeded, Incident: on(t, "2026-11-01")}, "secure ", "2026-12-01 00:00", true},
		"Oyster after eight weeks, over the clocks":          {&Evidence{Kind: EvidenceOyster, State: EvidenceRequested, Incident: on(t, "2026-10-01")}, "secure ", "2026-11-26 00:00", true},
		"call data after twelve months from 29 February":     {&Evidence{Kind: EvidenceCallData, State: EvidenceNeeded, Incident: on(t, "2028-02-29")}, "secure ", "2029-03-01 00:00", true},
		"ANPR after twelve months from the first of a month": {&Evidence{Kind: EvidenceANPR, State: EvidenceNeeded, Incident: on(t, "2026-03-01")}, "secure ", "2027-03-01 00:00", true},
		"bail has its day to return":                         {&Arrest{At: at(t, "2026-11-24 09:00"), Arrived: at(t, "2026-11-24 09:00"), Status: Bailed, BailTo: on(t, "2026-12-20"), Offences: []OffenceCode{"s4A"}}, "bail return", "2026-12-21 00:00", false},
	} {
		t.Run(name, func(t *testing.T) {
			c.record.Head().Ref = NewRef(kindOf(c.record), 1)
			d := clock(t, Dues(c.record, nil, at(t, "2026-11-24 09:00")), c.rule)
			runs(t, d, at(t, c.deadline))
			if d.Check != c.check {
				t.Errorf("it says check: %v, want %v", d.Check, c.check)
			}
		})
	}
}

func TestALimitCountsAsItSays(t *testing.T) {
	for name, c := range map[string]struct {
		value        int
		span         Span
		start, after string // of a moment
		until        string // of its day, the day itself counted
	}{
		"hours pass":                             {24, SpanHours, "2026-03-28 20:00", "2026-03-29 21:00", "2026-03-29 00:00"},
		"days end at the same hour":              {1, SpanDays, "2026-03-28 20:00", "2026-03-29 20:00", "2026-03-29 00:00"},
		"weeks are seven days":                   {8, SpanWeeks, "2026-11-24 09:00", "2027-01-19 09:00", "2027-01-19 00:00"},
		"months reach the corresponding day":     {12, SpanMonths, "2026-11-24 09:00", "2027-11-24 09:00", "2027-11-24 00:00"},
		"a month from 31 January ends February":  {1, SpanMonths, "2026-01-31 09:00", "2026-02-28 09:00", "2026-03-01 00:00"},
		"working days leave out the holidays":    {1, SpanWorkingDays, "2026-12-24 09:00", "2026-12-30 00:00", "2026-12-29 00:00"},
		"twelve months from 29 February are one": {12, SpanMonths, "2028-02-29 09:00", "2029-02-28 09:00", "2029-03-01 00:00"},
	} {
		l := Limit{Value: c.value, Span: c.span}
		start := at(t, c.start)
		if got := l.After(start); !got.Equal(at(t, c.after)) {
			t.Errorf("%s: %s after %s is %s, want %s", name, l.Words(), c.start, got, c.after)
		}
		if got := l.Until(day.On(start)); !got.Equal(at(t, c.until)) {
			t.Errorf("%s: %s counted from the day of %s end at %s, want %s", name, l.Words(), c.start, got, c.until)
		}
	}
}

func TestAnArrestSaysWhoLengthenedIt(t *testing.T) {
	k := anArrest(t, "2026-11-24 07:00")
	if got := k.LengthFacts(); len(got) != 0 {
		t.Errorf("nothing was lengthened, and it says %v", got)
	}
	k.Extended = Extension{At: k.At, Hours: 36, By: "Supt Hale", Reason: "phone"}
	k.Further = []FurtherWarrant{{Issued: k.At, Hours: 24, Court: "Westminster MC", Reason: "interview"}}
	k.Hospital = []HospitalTime{{From: k.At}}
	k.Longer = []BailExtension{{At: k.At, Rank: BailInspector, Who: "Insp Moss", Months: 6, Views: ViewsSought, Reason: "download"}}
	k.Paused = []BailPause{{From: on(t, "2026-12-01"), To: on(t, "2026-12-09"), Reason: "CPS 1"}}
	var got []string
	for _, f := range k.LengthFacts() {
		got = append(got, f.Label+": "+f.Text)
	}
	want := `Extended: to 36 h by Supt Hale at 07:00 on 24 Nov 2026 (PACE s.42): phone
Warrant: 24 h from 07:00 on 24 Nov 2026, Westminster MC (PACE ss.43-44): interview
Hospital: from 07:00 on 24 Nov 2026, still there (PACE s.41(6))
Bail: to 6 months by Insp Moss, inspector, 24 Nov 2026; victim-survivor's views: sought; download
With CPS: from 1 Dec 2026, to 9 Dec 2026 (PACE s.47ZL, check): CPS 1`
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("it says\n%s\nwant\n%s", s, want)
	}
}
