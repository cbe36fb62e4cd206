package model

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// anArrest is an arrest at a time, as it stands in custody.
func anArrest(t testing.TB, arrested string) *Arrest {
	t.Helper()
	return &Arrest{
		Meta: Meta{Ref: "K-000001"}, Person: "P-000001", Unit: "SW", By: "O-0002", At: at(t, arrested), Status: InCustody,
		Offences: []OffenceCode{"s4A"}, Steps: []ArrestStep{{At: at(t, arrested), Status: Arrested, By: "O-0002"}},
	}
}

// clock finds the due of a rule by part of its name; it stops the test when it does not run.
func clock(t testing.TB, dues []Due, rule string) Due {
	t.Helper()
	d, ok := findClock(dues, rule)
	if !ok {
		t.Fatalf("no clock %q runs; there are: %s", rule, rules(dues))
	}
	return d
}

func findClock(dues []Due, rule string) (Due, bool) {
	i := slices.IndexFunc(dues, func(d Due) bool { return strings.Contains(d.Rule, rule) })
	if i < 0 {
		return Due{}, false
	}
	return dues[i], true
}

func rules(dues []Due) string {
	out := make([]string, len(dues))
	for i, d := range dues {
		out[i] = d.Rule
	}
	return strings.Join(out, "; ")
}

func TestRelevantTime(t *testing.T) {
	for name, c := range map[string]struct{ arrested, arrived, relevant string }{
		"is arrival at the station":                                    {"2026-11-24 06:00", "2026-11-24 06:50", "2026-11-24 06:50"},
		"is arrival even 23 hours 59 minutes after the arrest":         {"2026-11-24 06:00", "2026-11-25 05:59", "2026-11-25 05:59"},
		"is arrival exactly 24 hours after the arrest":                 {"2026-11-24 06:00", "2026-11-25 06:00", "2026-11-25 06:00"},
		"is 24 hours after the arrest when arrival is later":           {"2026-11-24 06:00", "2026-11-25 06:01", "2026-11-25 06:00"},
		"is not known until they arrive":                               {"2026-11-24 06:00", "", ""},
		"counts hours, not the face of the clock, in spring":           {"2026-03-28 12:00", "2026-03-29 14:00", "2026-03-29 13:00"},
		"counts hours, not the face of the clock, in autumn":           {"2026-10-24 12:00", "2026-10-25 14:00", "2026-10-25 11:00"},
		"of someone arrested at the station is the moment of arrest":   {"2026-11-24 06:00", "2026-11-24 06:00", "2026-11-24 06:00"},
		"of a warrant executed abroad, 30 hours away, is capped at 24": {"2026-11-24 06:00", "2026-11-25 12:00", "2026-11-25 06:00"},
	} {
		t.Run(name, func(t *testing.T) {
			k := anArrest(t, c.arrested)
			k.Arrived = at(t, c.arrived)
			got, ok := k.RelevantTime()
			if ok != (c.relevant != "") || !got.Equal(at(t, c.relevant)) {
				t.Errorf("relevant time %s (%v), want %q", got, ok, c.relevant)
			}
		})
	}
}

func TestTheDetentionClock(t *testing.T) {
	for name, c := range map[string]struct {
		arrived, deadline string
		offences          []OffenceCode
		says              string
	}{
		"runs out 24 hours after the relevant time":           {"2026-11-24 06:50", "2026-11-25 06:50", []OffenceCode{"s4A"}, "36 h for an indictable offence"},
		"runs 24 hours over the night the clocks go forward":  {"2026-03-28 22:00", "2026-03-29 23:00", []OffenceCode{"s4A"}, "36 h"},
		"runs 24 hours over the night the clocks go back":     {"2026-10-24 22:00", "2026-10-25 21:00", []OffenceCode{"s4A"}, "36 h"},
		"is never extended for stalking alone":                {"2026-11-24 06:50", "2026-11-25 06:50", []OffenceCode{"s2A"}, "never be extended"},
		"is never extended for harassment and stalking":       {"2026-11-24 06:50", "2026-11-25 06:50", []OffenceCode{"s2", "s2A"}, "never be extended"},
		"may be extended for stalking with a breach of order": {"2026-11-24 06:50", "2026-11-25 06:50", []OffenceCode{"s2A", "ro-breach"}, "36 h"},
	} {
		t.Run(name, func(t *testing.T) {
			k := anArrest(t, c.arrived)
			k.Arrived, k.Offences = k.At, c.offences
			d := clock(t, Dues(k, nil, k.At), "charge or release")
			if !d.Deadline.Equal(at(t, c.deadline)) || !strings.Contains(d.Missed, c.says) || d.Citation != "PACE 1984 s.41" {
				t.Errorf("deadline %s, missed %q, citing %q; want %s and %q", d.Deadline, d.Missed, d.Citation, c.deadline, c.says)
			}
			if d.Left(d.Deadline.Add(-time.Second)) <= 0 || d.Left(d.Deadline) > 0 || d.Left(d.Deadline.Add(time.Second)) >= 0 {
				t.Error("the deadline is not the first moment that is too late")
			}
		})
	}
}

func TestReviewsOfDetention(t *testing.T) {
	for name, c := range map[string]struct{ authorised, now, due string }{
		"the first review is six hours after detention is authorised":     {"2026-11-24 07:10", "2026-11-24 07:10", "2026-11-24 13:10"},
		"it is still the first a minute before":                           {"2026-11-24 07:10", "2026-11-24 13:09", "2026-11-24 13:10"},
		"and at the minute itself":                                        {"2026-11-24 07:10", "2026-11-24 13:10", "2026-11-24 13:10"},
		"six hours are six hours when the clocks go forward in the night": {"2026-03-28 23:00", "2026-03-28 23:00", "2026-03-29 06:00"},
		"six hours are six hours when the clocks go back in the night":    {"2026-10-24 23:00", "2026-10-24 23:00", "2026-10-25 04:00"},
	} {
		t.Run(name, func(t *testing.T) {
			k := anArrest(t, "2026-03-28 06:00")
			k.Arrived, k.Authorised = at(t, c.authorised).Add(-20*time.Minute), at(t, c.authorised)
			d := clock(t, Dues(k, nil, at(t, c.now)), "review of detention")
			if !d.Deadline.Equal(at(t, c.due)) || !d.Start.Equal(k.Authorised) || d.Citation != "PACE 1984 s.40" {
				t.Errorf("review due %s from %s (%s), want %s", d.Deadline, d.Start, d.Citation, c.due)
			}
		})
	}
}

func TestTheNextReviewRunsFromTheLastThatWasDone(t *testing.T) {
	d := newDesk(t, at(t, "2026-11-24 08:00"), station(t)...) // K-000001 was authorised at 03:10
	for _, c := range []struct{ reviewed, due string }{
		{"2026-11-24 08:00", "2026-11-24 17:00"},
		{"2026-11-24 17:30", "2026-11-25 02:30"}, // late, and the next nine hours run from when it was done
	} {
		d.now = at(t, c.reviewed)
		d.must("O-0002", "arrest.status", given{"arrest": "K-1", "status": "in custody", "reviewed": c.reviewed, "note": "PACE s.40"})
		got := clock(t, Dues(d.records["K-000001"], nil, d.now), "review of detention")
		if !got.Deadline.Equal(at(t, c.due)) || !got.Start.Equal(d.now) {
			t.Errorf("reviewed at %s, the next is due %s, want %s", c.reviewed, got.Deadline, c.due)
		}
	}
}

// The review clock runs from when detention was first authorised and the last review was done (PACE s.40(3)); time
// passing does not do a review.
func TestAReviewThatWasNotDoneStaysOverdue(t *testing.T) {
	k := anArrest(t, "2026-11-24 06:00")
	k.Arrived, k.Authorised = at(t, "2026-11-24 06:50"), at(t, "2026-11-24 07:10")
	for _, now := range []string{"2026-11-24 13:11", "2026-11-24 20:00", "2026-11-25 04:00"} {
		d := clock(t, Dues(k, nil, at(t, now)), "review of detention")
		if d.Left(at(t, now)) >= 0 {
			t.Errorf("at %s no review has been done, and the clock shows the next one, at %s, with the first forgotten", now, d.Deadline)
		}
	}
}

// Time spent in detention before bail counts towards the 24 hours when the suspect returns (PACE s.47(6)); the weeks
// between do not.
func TestTheDetentionClockOfASuspectWhoAnswersBail(t *testing.T) {
	d := newDesk(t, at(t, "2026-11-24 06:00"), station(t)...)
	d.must("O-0002", "arrest.record", given{"person": "P-000002", "offences": "s4A"})
	ref := d.refs(KindArrest)[len(d.refs(KindArrest))-1]
	step := func(when, status string, more given) {
		d.now = at(t, when)
		fields := given{"arrest": string(ref), "status": status}
		for k, v := range more {
			fields[k] = v
		}
		d.must("O-0002", "arrest.status", fields)
	}
	step("2026-11-24 07:00", "in custody", given{"authorised": "2026-11-24 07:00"})
	step("2026-11-24 17:00", "bailed", given{"bail_to": "2027-01-12"}) // ten hours used
	step("2027-01-12 10:00", "in custody", nil)
	got := clock(t, Dues(as[*Arrest](d, ref), nil, d.now), "charge or release")
	if want := at(t, "2027-01-13 00:00"); !got.Deadline.Equal(want) {
		t.Errorf("14 hours are left on 12 January 10:00, so the deadline is %s, not %s", want, got.Deadline)
	}
	if review, ok := findClock(Dues(as[*Arrest](d, ref), nil, d.now), "review of detention"); ok && review.Left(d.now) < 0 {
		t.Errorf("the review clock of November still runs in January: due %s", review.Deadline)
	}
}

func TestBailClocks(t *testing.T) {
	for name, c := range map[string]struct{ arrested, bailTo, limit string }{
		"three months begin the day after the arrest":                   {"2026-11-24 06:00", "2027-01-12", "2027-02-24"},
		"an arrest at 23:59 begins them at midnight":                    {"2026-11-24 23:59", "2027-01-12", "2027-02-24"},
		"an arrest a minute later begins them a day later":              {"2026-11-25 00:00", "2027-01-12", "2027-02-25"},
		"an arrest on 30 November runs to the end of February":          {"2026-11-30 12:00", "2027-01-12", "2027-02-28"},
		"an arrest on 29 November runs to the end of February":          {"2026-11-29 12:00", "2027-01-12", "2027-02-28"},
		"an arrest on 28 November runs to 28 February":                  {"2026-11-28 12:00", "2027-01-12", "2027-02-28"},
		"in a leap year it runs to 29 February":                         {"2027-11-29 12:00", "2028-01-12", "2028-02-29"},
		"an arrest on 31 December begins on 1 January":                  {"2026-12-31 12:00", "2027-01-12", "2027-03-31"},
		"an arrest at 23:30 UTC in summer is the next day's in London":  {"2026-07-14T23:30:00Z", "2026-09-01", "2026-10-15"},
		"an arrest on the night the clocks go back is of the local day": {"2026-10-24T23:30:00Z", "2026-12-01", "2027-01-25"},
	} {
		t.Run(name, func(t *testing.T) {
			k := anArrest(t, c.arrested)
			k.Status, k.BailTo = Bailed, on(t, c.bailTo)
			if err := k.Check(); err != nil {
				t.Fatal(err)
			}
			dues := Dues(k, nil, k.At)
			limit := clock(t, dues, "bail limit")
			if want := on(t, c.limit).End(); !limit.Deadline.Equal(want) || limit.Citation != "PACE 1984 s.47ZB" {
				t.Errorf("limit %s (%s), want the end of %s", limit.Deadline, limit.Citation, c.limit)
			}
			if back := clock(t, dues, "bail return"); !back.Deadline.Equal(on(t, c.bailTo).End()) {
				t.Errorf("bail return %s, want the end of %s", back.Deadline, c.bailTo)
			}
		})
	}
}

func TestWhatAnArrestNeeds(t *testing.T) {
	for name, c := range map[string]struct {
		spoil   func(*Arrest)
		refused string
	}{
		"it stands as it is":                                   {func(*Arrest) {}, ""},
		"it is for an offence":                                 {func(k *Arrest) { k.Offences = nil }, "offences"},
		"bail has a day to return":                             {func(k *Arrest) { k.Status = Bailed }, "bail_to"},
		"not on the day of the arrest":                         {func(k *Arrest) { k.Status, k.BailTo = Bailed, on(t, "2026-11-24") }, "bail_to"},
		"the day after the arrest will do":                     {func(k *Arrest) { k.Status, k.BailTo = Bailed, on(t, "2026-11-25") }, ""},
		"RUI needs no date":                                    {func(k *Arrest) { k.Status = RUI }, ""},
		"a charge has an outcome":                              {func(k *Arrest) { k.Status, k.CPS = Charged, "CPS 1" }, "outcome"},
		"no further action has an outcome":                     {func(k *Arrest) { k.Status = NFA }, "outcome"},
		"another disposal has an outcome":                      {func(k *Arrest) { k.Status = OtherEnd }, "outcome"},
		"no further action may be outcome 16":                  {func(k *Arrest) { k.Status, k.Outcome = NFA, "16" }, ""},
		"and outcome 17, when the time limit has expired":      {func(k *Arrest) { k.Status, k.Outcome = NFA, "17" }, ""},
		"no further action is not outcome 1":                   {func(k *Arrest) { k.Status, k.Outcome = NFA, "1" }, "outcome"},
		"nor outcome 1A":                                       {func(k *Arrest) { k.Status, k.Outcome = OtherEnd, "1A" }, "outcome"},
		"charged is not outcome 15":                            {func(k *Arrest) { k.Status, k.Outcome, k.CPS = Charged, "15", "CPS 1" }, "outcome"},
		"charged may be outcome 1A":                            {func(k *Arrest) { k.Status, k.Outcome, k.CPS = Charged, "1A", "CPS 1" }, ""},
		"the CPS decides to charge stalking":                   {func(k *Arrest) { k.Status, k.Outcome = Charged, "1" }, "cps"},
		"and harassment":                                       {func(k *Arrest) { k.Status, k.Outcome, k.Offences[0] = Charged, "1", "s2" }, "cps"},
		"and the breach of an SPO":                             {func(k *Arrest) { k.Status, k.Outcome, k.Offences[0] = Charged, "1", "spo-breach" }, "cps"},
		"and failing to notify":                                {func(k *Arrest) { k.Status, k.Outcome, k.Offences[0] = Charged, "1", "spo-notify" }, "cps"},
		"and rape":                                             {func(k *Arrest) { k.Status, k.Outcome, k.Offences[0] = Charged, "1", "rape" }, "cps"},
		"police may charge failing to surrender":               {func(k *Arrest) { k.Status, k.Outcome, k.Offences[0] = Charged, "1", "fta" }, ""},
		"de-arrest needs no outcome":                           {func(k *Arrest) { k.Status = DeArrested }, ""},
		"an outcome belongs to a disposal, not to RUI":         {func(k *Arrest) { k.Status, k.Outcome = RUI, "16" }, "outcome"},
		"nor to custody":                                       {func(k *Arrest) { k.Outcome = "15" }, "outcome"},
		"an outcome of bail is refused, the case is not ended": {func(k *Arrest) { k.Status, k.BailTo, k.Outcome = Bailed, on(t, "2026-12-25"), "15" }, "outcome"},
	} {
		t.Run(name, func(t *testing.T) {
			k := anArrest(t, "2026-11-24 06:00")
			c.spoil(k)
			err := k.Check()
			switch {
			case err == nil && c.refused != "":
				t.Error("it stands")
			case err != nil:
				if p := refusal(t, err); p.Field != c.refused {
					t.Errorf("refused: %v, want field %q", p, c.refused)
				}
			}
		})
	}
}

func TestRUIHasAClockOfTheUnitsOwn(t *testing.T) {
	k := anArrest(t, "2026-11-24 06:00")
	k.Status = RUI
	k.Steps = append(k.Steps, ArrestStep{At: at(t, "2026-11-24 20:00"), Status: RUI})
	d := clock(t, Dues(k, nil, k.At), "released under investigation")
	if !d.Deadline.Equal(at(t, "2026-12-22 20:00")) || !strings.HasPrefix(d.Citation, Local) {
		t.Errorf("review of RUI due %s citing %q, want 28 days and %s", d.Deadline, d.Citation, Local)
	}
}

func TestAnArrestOnItsWayToTheStation(t *testing.T) {
	k := anArrest(t, "2026-11-24 06:00")
	k.Status = Arrested
	d := clock(t, Dues(k, nil, k.At), "reach a police station")
	if !d.Deadline.Equal(at(t, "2026-11-24 08:00")) || !strings.HasPrefix(d.Citation, Local) {
		t.Errorf("due %s citing %q; the two hours are the unit's own, the Act says as soon as practicable", d.Deadline, d.Citation)
	}
}

func TestNoCustodyClockRunsAfterADisposal(t *testing.T) {
	for _, status := range []ArrestStatus{Charged, NFA, OtherEnd, DeArrested} {
		k := anArrest(t, "2026-11-24 06:00")
		k.Status, k.Arrived, k.Authorised, k.BailTo = status, k.At, k.At, on(t, "2026-12-25")
		if dues := Dues(k, nil, k.At); len(dues) != 0 {
			t.Errorf("%s: %s still runs", status, rules(dues))
		}
	}
}

// The six months of MCA 1980 s.127 run until an information is laid: an arrest does not stop them.
func TestTheSixMonthsToChargeGoOnAfterTheArrest(t *testing.T) {
	d := newDesk(t, at(t, "2026-11-24 06:00"), station(t)...)
	d.must("O-0002", "arrest.record", given{"wanted": "W-000004"})
	ref := as[*Wanted](d, "W-000004").Arrest
	d.now = d.now.Add(10 * time.Hour)
	d.must("O-0002", "arrest.status", given{"arrest": string(ref), "status": "in custody"})
	d.must("O-0002", "arrest.status", given{"arrest": string(ref), "status": "RUI"})
	var all []Due
	for _, r := range []Ref{ref, "W-000004"} {
		all = append(all, Dues(d.records[r], as[*Person](d, "P-000004"), d.now)...)
	}
	if _, ok := findClock(all, "charge a summary-only offence"); !ok {
		t.Errorf("released under investigation for s.2A with the last act on 1 July, nothing says that the time to charge ends on 1 January; there are: %s", rules(all))
	}
}
