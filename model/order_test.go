package model

import (
	"strings"
	"testing"

	"pou/model/day"
)

// anOrder is an order in good standing, to be spoiled one field at a time.
func anOrder(t testing.TB, kind OrderType, made, until string) *Order {
	t.Helper()
	return &Order{
		Meta: Meta{Ref: "R-000001"}, Person: "P-000001", Type: kind, Unit: "SW", Made: on(t, made), Until: on(t, until),
		Conditions: []Condition{{No: 1, Text: "Not to contact the person protected"}},
	}
}

func TestTheLastDayOfAnOrder(t *testing.T) {
	for name, c := range map[string]struct {
		kind        OrderType
		made, until string
		refused     string // the field; "" when the order may stand
	}{
		"a full SPO may not end the day before two years are up":              {SPO, "2026-01-09", "2028-01-07", "until"},
		"two years begin with the day the order is made":                      {SPO, "2026-01-09", "2028-01-08", ""},
		"a full SPO may last longer than two years":                           {SPO, "2026-01-09", "2028-01-09", ""},
		"a full SPO may run until further order":                              {SPO, "2026-01-09", "", ""},
		"two years beginning with 29 February end on 28 February":             {SPO, "2024-02-29", "2026-02-28", ""},
		"two years beginning with 29 February do not end on 27 February":      {SPO, "2024-02-29", "2026-02-27", "until"},
		"two years beginning with 1 March of a leap year end on 28 February":  {SPO, "2024-03-01", "2026-02-28", ""},
		"two years beginning with 1 March do not end on 27 February":          {SPO, "2024-03-01", "2026-02-27", "until"},
		"two years beginning with 1 March 2026 end on 29 February 2028":       {SPO, "2026-03-01", "2028-02-29", ""},
		"two years beginning with 1 March 2026 do not end on 28 February":     {SPO, "2026-03-01", "2028-02-28", "until"},
		"two years beginning with the last of a month end on the day before":  {SPO, "2026-08-31", "2028-08-30", ""},
		"a period over both changes of the clocks is counted in days":         {SPO, "2026-03-29", "2028-03-28", ""},
		"an interim SPO needs a fixed period":                                 {InterimSPO, "2026-01-09", "", "until"},
		"an interim SPO has no shortest period":                               {InterimSPO, "2026-01-09", "2026-01-09", ""},
		"an interim SPO does not end before it begins":                        {InterimSPO, "2026-01-09", "2026-01-08", "until"},
		"a restraining order has no shortest period":                          {ROConviction, "2026-01-09", "2026-01-09", ""},
		"a restraining order may run until further order":                     {ROConviction, "2026-01-09", "", ""},
		"a restraining order does not end before it begins":                   {ROConviction, "2026-01-09", "2026-01-08", "until"},
		"a restraining order on acquittal has no shortest period":             {ROAcquittal, "2026-01-09", "2026-02-09", ""},
		"other orders keep no period but their own":                           {OtherOrder, "2026-01-09", "2026-01-10", ""},
		"section 360 makes no order on 30 November 2020":                      {ROConviction, "2020-11-30", "", "type"},
		"section 360 makes orders from 1 December 2020":                       {ROConviction, "2020-12-01", "", ""},
		"section 360 makes orders on 2 December 2020":                         {ROConviction, "2020-12-02", "", ""},
		"PHA section 5 made orders on 30 November 2020":                       {ROBefore2020, "2020-11-30", "", ""},
		"an order on acquittal is under section 5A on either side of the day": {ROAcquittal, "2020-11-30", "", ""},
		"and after it": {ROAcquittal, "2020-12-01", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := anOrder(t, c.kind, c.made, c.until).Check()
			switch {
			case err == nil && c.refused != "":
				t.Errorf("an %s made %s until %q stands", c.kind, c.made, c.until)
			case err != nil:
				if p := refusal(t, err); p.Field != c.refused {
					t.Errorf("refused: %v, want field %q", p, c.refused)
				}
			}
		})
	}
}

// The Sentencing Act 2020 s.360 is for convictions on or after 1 December 2020; it is the day of conviction that
// counts, so an order made later, on an earlier conviction, is still made under PHA 1997 s.5.
func TestAnOrderOnAConvictionBefore1December2020IsUnderSection5(t *testing.T) {
	if err := anOrder(t, ROBefore2020, "2021-01-15", "").Check(); err != nil {
		t.Errorf("convicted in November 2020 and sentenced on 15 January 2021: %v", err)
	}
}

func TestTheRefusalOfAShortSPONamesTheFirstLawfulDay(t *testing.T) {
	p := refusal(t, anOrder(t, SPO, "2026-01-09", "2027-01-08").Check())
	if !strings.Contains(p.Do, "8 Jan 2028") {
		t.Errorf("the next step %q does not name 8 Jan 2028", p.Do)
	}
}

func TestWhatAnOrderNeeds(t *testing.T) {
	requirement := Condition{No: 1, Text: "Must attend a programme", Requirement: true}
	for name, c := range map[string]struct {
		spoil   func(*Order)
		refused string
	}{
		"it has a subject":                                  {func(o *Order) { o.Person = "" }, "person"},
		"its subject is a person":                           {func(o *Order) { o.Person = "O-0001" }, "person"},
		"it has a type":                                     {func(o *Order) { o.Type = "" }, "type"},
		"it says the day it was made":                       {func(o *Order) { o.Made = 0 }, "made"},
		"it has a condition":                                {func(o *Order) { o.Conditions = nil }, "conditions"},
		"a condition has words":                             {func(o *Order) { o.Conditions[0].Text = "" }, "conditions"},
		"it is not served before it is made":                {func(o *Order) { o.Served = o.Made.Start().Add(-1) }, "served"},
		"it may be served the moment its day begins":        {func(o *Order) { o.Served = o.Made.Start() }, ""},
		"an SPO may require as well as prohibit":            {func(o *Order) { o.Conditions[0] = requirement }, ""},
		"an interim SPO may require":                        {func(o *Order) { o.Type, o.Until, o.Conditions[0] = InterimSPO, o.Made.AddDays(28), requirement }, ""},
		"an RO on conviction only prohibits":                {func(o *Order) { o.Type, o.Conditions[0] = ROConviction, requirement }, "conditions"},
		"an RO on acquittal only prohibits":                 {func(o *Order) { o.Type, o.Conditions[0] = ROAcquittal, requirement }, "conditions"},
		"an RO made under the old power only prohibits":     {func(o *Order) { o.Type, o.Made, o.Conditions[0] = ROBefore2020, day.Of(2019, 5, 1), requirement }, "conditions"},
		"a DAPO may require":                                {func(o *Order) { o.Type, o.Conditions[0] = OtherOrder, requirement }, ""},
		"an order in good standing is refused nothing else": {func(*Order) {}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := anOrder(t, SPO, "2026-01-09", "")
			c.spoil(o)
			err := o.Check()
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

func TestACondtionIsReadAsARequirementByItsFirstWords(t *testing.T) {
	for text, want := range map[string]bool{
		"Must attend the programme as directed":       true,
		"MUST SIGN ON AT CHARING CROSS POLICE":        true,
		"To surrender all devices to police":          true,
		"Must not contact the person protected":       false,
		"Must NOT contact the person protected":       false,
		"Must  not contact the person protected":      false,
		"Must never contact the person protected":     false,
		"To refrain from contacting by any means":     false,
		"Not to contact directly or indirectly":       false,
		"Mustard Lane is not to be entered":           false,
		"Together with any other person, not to meet": false,
		"":     false,
		"Must": true,
	} {
		t.Run(text, func(t *testing.T) {
			if got := isRequirement(text); got != want {
				t.Errorf("isRequirement(%q) = %v, want %v", text, got, want)
			}
		})
	}
}

func TestNotifyBy(t *testing.T) {
	for name, c := range map[string]struct {
		kind     OrderType
		served   string
		rso      string // last day of sex offender notification
		replaces Ref
		until    string
		by       string // "" when no duty runs
	}{
		"served on Monday, the subject notifies by the end of Wednesday":          {kind: SPO, served: "2026-11-23 10:00", by: "2026-11-25"},
		"the day of service is day one, however late it is":                       {kind: SPO, served: "2026-11-23 23:59", by: "2026-11-25"},
		"a minute after midnight is the next day":                                 {kind: SPO, served: "2026-11-24 00:00", by: "2026-11-26"},
		"calendar days count, so Friday runs to Sunday":                           {kind: SPO, served: "2026-11-27 10:00", by: "2026-11-29"},
		"bank holidays count like any day":                                        {kind: SPO, served: "2026-12-24 10:00", by: "2026-12-26"},
		"served on the last of February it runs into March":                       {kind: SPO, served: "2026-02-28 10:00", by: "2026-03-02"},
		"29 February is a day like any other":                                     {kind: SPO, served: "2028-02-28 10:00", by: "2028-03-01"},
		"served on 29 February":                                                   {kind: SPO, served: "2028-02-29 10:00", by: "2028-03-02"},
		"served at 23:30 UTC in summer it is already the next day in London":      {kind: SPO, served: "2026-07-14T23:30:00Z", by: "2026-07-17"},
		"served at 23:30 UTC in winter it is still that day":                      {kind: SPO, served: "2026-01-14T23:30:00Z", by: "2026-01-16"},
		"the night the clocks go forward makes the third day no shorter":          {kind: SPO, served: "2026-03-28 23:30", by: "2026-03-30"},
		"the night the clocks go back makes it no longer":                         {kind: SPO, served: "2026-10-24 23:30", by: "2026-10-26"},
		"an interim SPO starts the clock too":                                     {kind: InterimSPO, served: "2026-11-23 10:00", until: "2026-12-23", by: "2026-11-25"},
		"a full SPO that replaces an interim one does not restart it":             {kind: SPO, served: "2026-11-23 10:00", replaces: "R-000009"},
		"an SPO not yet served starts nothing":                                    {kind: SPO},
		"a restraining order on conviction carries no duty":                       {kind: ROConviction, served: "2026-11-23 10:00"},
		"a restraining order on acquittal carries no duty":                        {kind: ROAcquittal, served: "2026-11-23 10:00"},
		"an older restraining order carries no duty":                              {kind: ROBefore2020, served: "2019-11-25 10:00"},
		"other orders carry no duty under this Act":                               {kind: OtherOrder, served: "2026-11-23 10:00"},
		"a sex offender whose notification ended the day before notifies at once": {kind: SPO, served: "2026-11-23 10:00", rso: "2026-11-22", by: "2026-11-25"},
		"one whose notification ends on the day of service counts from that day":  {kind: SPO, served: "2026-11-23 10:00", rso: "2026-11-23", by: "2026-11-25"},
		"one whose notification ends later notifies from that final day, day one": {kind: SPO, served: "2026-11-23 10:00", rso: "2027-03-10", by: "2027-03-12"},
		"the duty revives on the last day of the order":                           {kind: SPO, served: "2026-11-23 10:00", rso: "2028-11-20", until: "2028-11-20", by: "2028-11-22"},
		"the duty does not revive once the order has ended":                       {kind: SPO, served: "2026-11-23 10:00", rso: "2028-11-21", until: "2028-11-20"},
	} {
		t.Run(name, func(t *testing.T) {
			o := anOrder(t, c.kind, "2026-11-20", c.until)
			o.Served, o.Replaces = at(t, c.served), c.replaces
			by, why, due := o.NotifyBy(&Person{RSOUntil: on(t, c.rso)})
			if !due {
				by = 0
			}
			if by.String() != c.by || due != (c.by != "") {
				t.Errorf("NotifyBy = %s (%v), want %q", by, due, c.by)
			}
			if due && !strings.Contains(why, "SPA 2019 s.9") {
				t.Errorf("the reason %q cites no section", why)
			}
		})
	}
}

func TestAnOrderIsInForce(t *testing.T) {
	for name, c := range map[string]struct {
		until, ended, day string
		end               OrderEnd
		live              bool
		state             string
	}{
		"not on the day before it is made":            {day: "2026-01-08", live: false, state: "live"},
		"on the day it is made":                       {day: "2026-01-09", live: true, state: "live"},
		"on its last day":                             {until: "2028-01-08", day: "2028-01-08", live: true, state: "live"},
		"not on the day after its last day":           {until: "2028-01-08", day: "2028-01-09", live: false, state: "expired"},
		"for ever, until further order":               {day: "2096-01-09", live: true, state: "live"},
		"not when it has been discharged":             {end: Discharged, ended: "2026-05-01", day: "2026-06-01", live: false, state: "discharged"},
		"not when a full order has taken its place":   {end: Superseded, ended: "2026-05-01", day: "2026-06-01", live: false, state: "superseded"},
		"and a discharge is said before an expiry is": {end: Discharged, until: "2026-05-01", ended: "2026-04-01", day: "2026-06-01", state: "discharged"},
	} {
		t.Run(name, func(t *testing.T) {
			o := anOrder(t, ROConviction, "2026-01-09", c.until)
			o.Served, o.End, o.Ended = o.Made.Start(), c.end, on(t, c.ended)
			if got := o.Live(on(t, c.day)); got != c.live {
				t.Errorf("in force on %s: %v, want %v", c.day, got, c.live)
			}
			if got := o.State(on(t, c.day)); got != c.state {
				t.Errorf("state on %s: %q, want %q", c.day, got, c.state)
			}
		})
	}
}

func TestAnUnservedOrder(t *testing.T) {
	for kind, want := range map[OrderType]string{SPO: "not served", InterimSPO: "not served"} {
		if got := anOrder(t, kind, "2026-01-09", "2028-01-08").State(on(t, "2026-02-01")); got != want {
			t.Errorf("an unserved %s is %q, want %q", kind, got, want)
		}
	}
}

func TestEachOrderHasAPowerAndABreachOffenceOfItsOwn(t *testing.T) {
	for kind, c := range map[OrderType]struct {
		power  string
		breach OffenceCode
		cites  string
	}{
		SPO:          {"Stalking Protection Act 2019 s.2", "spo-breach", "Stalking Protection Act 2019 s.8"},
		InterimSPO:   {"Stalking Protection Act 2019 s.5", "spo-breach", "Stalking Protection Act 2019 s.8"},
		ROConviction: {"Sentencing Act 2020 s.360", "ro-breach", "Sentencing Act 2020 s.363"},
		ROAcquittal:  {"Protection from Harassment Act 1997 s.5A", "ro-breach-acq", "Protection from Harassment Act 1997 s.5A(2D)"},
		ROBefore2020: {"Protection from Harassment Act 1997 s.5", "ro-breach-old", "Protection from Harassment Act 1997 s.5(5)"},
		OtherOrder:   {"as stated in the note", "other", "as stated in the note"},
	} {
		row := kind.BreachOffence().Row()
		if kind.Power() != c.power || kind.BreachOffence() != c.breach || row.Statute != c.cites {
			t.Errorf("%s: power %q, breach %q under %q", kind, kind.Power(), kind.BreachOffence(), row.Statute)
		}
		if kind != OtherOrder && (row.Mode != EitherWay || row.MaxYears != 5) {
			t.Errorf("breach of an %s is %s, %g years; want either way, 5 years", kind, row.Mode, row.MaxYears)
		}
	}
	for _, c := range OrderType("").Choices() {
		kind := OrderType(c.Value)
		if kind.IsSPO() && kind.IsRO() {
			t.Errorf("%s is both an SPO and a restraining order", kind)
		}
	}
}
