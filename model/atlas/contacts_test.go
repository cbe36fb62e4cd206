package atlas

import (
	"cmp"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pou/model/day"
)

// when reads a time of London, "2026-03-29 00:30".
func when(t *testing.T, s string) int64 {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, day.London())
	if err != nil {
		t.Fatal(err)
	}
	return at.UnixMilli()
}

// set puts rows in order, as a Set has them.
func set(rows ...Row) *Set {
	s := &Set{Names: []string{"", "07700900001", "07700900002", "07700900003", "07700900004", "short:62442"}, Sites: []Site{{}}, Files: []File{{Name: "calls.csv"}}, Rows: rows}
	for i := range s.Rows {
		s.Rows[i].Line = uint32(i + 2)
		if s.Rows[i].Contact() {
			s.Rows[i].Lat, s.Rows[i].Lon = NoPlace, NoPlace
		}
	}
	slices.SortStableFunc(s.Rows, func(a, b Row) int {
		return cmp.Or(-cmp.Compare(flag(a.Has(NoTime)), flag(b.Has(NoTime))), cmp.Compare(a.At, b.At), cmp.Compare(a.Line, b.Line))
	})
	return s
}

func call(at int64, own, other Handle, flags Flags) Row {
	return Row{At: at, Own: own, Other: other, Kind: Call, Flags: flags, Seconds: 60}
}

// chatter is random contact rows of three devices.
func chatter(rng *rand.Rand, n int) *Set {
	rows := make([]Row, n)
	for i := range rows {
		rows[i] = Row{
			At: 1_767_000_000_000 + rng.Int64N(40*dayMillis)/60_000*60_000, Own: Handle(1 + rng.IntN(3)), Other: Handle(rng.IntN(6)),
			Kind: []Kind{Call, Text, Message, Data, Position}[rng.IntN(5)], Flags: Flags(rng.IntN(4)), Seconds: rng.Uint32N(900),
		}
		switch rng.IntN(12) {
		case 0:
			rows[i].Flags |= NoTime
			rows[i].At = 0
		case 1:
			rows[i].Flags |= DayOnly
		}
		if rows[i].Kind != Call {
			rows[i].Flags &^= Unanswered
		}
	}
	return set(rows...)
}

func TestAContactTableOfAnyWindowCountsWhatCountingRowByRowCounts(t *testing.T) {
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 1))
		s := chatter(rng, rng.IntN(400))
		x := Prepare(s, nil)
		w := Window{}
		if seed%3 > 0 {
			w.From = 1_767_000_000_000 + rng.Int64N(40*dayMillis)
			w.To = w.From + rng.Int64N(20*dayMillis)
		}
		type pair struct{ own, other Handle }
		want := map[pair]*Contact{}
		for i := range s.Rows {
			r := &s.Rows[i]
			if !r.Contact() || (r.Has(NoTime) && !w.Open()) || (!w.Open() && !w.Holds(r.At)) {
				continue
			}
			c := want[pair{r.Own, r.Other}]
			if c == nil {
				c = &Contact{Own: r.Own, Other: r.Other}
				want[pair{r.Own, r.Other}] = c
			}
			ways := map[Kind]*Ways{Call: &c.Calls, Text: &c.Texts, Message: &c.Messages}[r.Kind]
			if r.Has(Out) {
				ways.Out++
				c.Unanswered.Out += flag(r.Has(Unanswered))
			} else {
				ways.In++
				c.Unanswered.In += flag(r.Has(Unanswered))
			}
			c.Seconds += int64(r.Seconds)
			c.Untimed += flag(r.Has(NoTime))
			if !r.Has(NoTime) {
				if c.First == 0 {
					c.First = r.At
				}
				c.Last = r.At
			}
			c.Rows = append(c.Rows, uint32(i))
		}
		got := x.Contacts(w)
		if len(got) != len(want) {
			t.Fatalf("seed %d: %d contacts, want %d", seed, len(got), len(want))
		}
		for _, c := range got {
			if !reflect.DeepEqual(c, *want[pair{c.Own, c.Other}]) {
				t.Fatalf("seed %d: %+v, want %+v", seed, c, want[pair{c.Own, c.Other}])
			}
		}
		if !slices.IsSortedFunc(got, func(a, b Contact) int { return cmp.Compare(b.Count(), a.Count()) }) {
			t.Fatalf("seed %d: not in order of how often", seed)
		}
	}
}

func TestTheHoursOfAWindowAreThoseOfItsRows(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 2))
		s := chatter(rng, 300)
		x := Prepare(s, nil)
		w := Window{From: 1_767_000_000_000 + rng.Int64N(20*dayMillis), To: 1_767_000_000_000 + 30*dayMillis}
		var want Hours
		var all Rows
		for i := range s.Rows {
			r := &s.Rows[i]
			if r.Has(NoTime) || !w.Holds(r.At) {
				continue
			}
			all = append(all, uint32(i))
			if at := r.Time(day.London()); !r.Has(DayOnly) {
				want[at.Weekday()][at.Hour()]++
			}
		}
		if got := x.HoursIn(w); got != want {
			t.Fatalf("seed %d: %v, want %v", seed, got, want)
		}
		if got := x.HoursOf(all); got != want {
			t.Fatalf("seed %d by rows: %v, want %v", seed, got, want)
		}
		lanes := x.Lanes(w, 7)
		n := 0
		for _, l := range lanes {
			for _, c := range l.Counts {
				n += c
			}
		}
		if n != len(all) {
			t.Fatalf("seed %d: the lanes hold %d rows, want %d", seed, n, len(all))
		}
	}
}

func TestHoursAndDaysAreThoseOfTheClocksOfLondon(t *testing.T) {
	cases := map[string]struct {
		at      time.Time
		weekday time.Weekday
		hour    int
		on      string
	}{
		"in winter London keeps Greenwich time":                            {time.Date(2026, 1, 15, 23, 59, 0, 0, time.UTC), time.Thursday, 23, "2026-01-15"},
		"in summer half past eleven at night in Greenwich is the next day": {time.Date(2026, 6, 15, 23, 30, 0, 0, time.UTC), time.Tuesday, 0, "2026-06-16"},
		"the last second before the clocks go forward":                     {time.Date(2026, 3, 29, 0, 59, 59, 0, time.UTC), time.Sunday, 0, "2026-03-29"},
		"the first second after they went forward":                         {time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC), time.Sunday, 2, "2026-03-29"},
		"the first of the two hours from one to two in October":            {time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC), time.Sunday, 1, "2026-10-25"},
		"the second of them":                                               {time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC), time.Sunday, 1, "2026-10-25"},
		"midnight belongs to the day that begins":                          {time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC), time.Sunday, 0, "2026-02-01"},
		"before 1970": {time.Date(1969, 12, 31, 22, 30, 0, 0, time.UTC), time.Wednesday, 23, "1969-12-31"}, // British Standard Time
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			x := Prepare(set(call(c.at.UnixMilli(), 1, 2, Out)), nil)
			h := x.HoursOf(Rows{0})
			if h[c.weekday][c.hour] != 1 {
				t.Errorf("the hours are %v", h)
			}
			if d := x.Days(Rows{0}); len(d) != 1 || d[0].Day.String() != c.on {
				t.Errorf("the day is %v", d)
			}
		})
	}
}

func TestRowsWithoutATimeCountAndAreInNoTiming(t *testing.T) {
	noon := when(t, "2026-01-10 12:00")
	x := Prepare(set(call(0, 1, 2, Out|NoTime), call(noon, 1, 2, Out), call(noon, 1, 2, DayOnly)), Attributions{{Handle: 1, Side: Suspect}, {Handle: 2, Side: Victim}})
	if c := x.Contacts(Window{})[0]; c.Count() != 3 || c.Untimed != 1 || c.First != noon {
		t.Errorf("the contact is %+v", c)
	}
	if c := x.Contacts(Window{From: 1})[0]; c.Count() != 2 {
		t.Errorf("a window that is not open holds %d rows, want the two with a time", c.Count())
	}
	all := Rows{0, 1, 2}
	if h := x.HoursOf(all); h.Sum() != 1 {
		t.Errorf("%d rows have an hour, want 1", h.Sum())
	}
	if d := x.Days(all); len(d) != 1 || len(d[0].Rows) != 2 {
		t.Errorf("the days are %v", d)
	}
	if b, ok := x.Most(all, time.Hour); !ok || len(b.Rows) != 1 {
		t.Errorf("the most in an hour is %v", b)
	}
	if _, ok := x.Longest(all); ok {
		t.Error("one row with an hour has no silence")
	}
	if c := x.Around(all, noon+1, 0, 0); len(c.Before.Rows) != 1 || len(c.Undecided) != 1 || len(c.Untimed) != 1 {
		t.Errorf("around it: %+v", c)
	}
}

func TestAnEmptySetAndASingleRowSayNothingTheyDoNotKnow(t *testing.T) {
	for name, x := range map[string]*Index{
		"nothing": Prepare(&Set{}, nil), "one row": Prepare(set(call(when(t, "2026-01-10 12:00"), 1, 2, Out)), both()),
		"one row without a time": Prepare(set(call(0, 1, 2, NoTime)), both()),
	} {
		t.Run(name, func(t *testing.T) {
			if n := len(x.Contacts(Window{From: 1, To: 2})); n != 0 {
				t.Errorf("%d contacts in a window without rows", n)
			}
			all := x.Pick(Window{}, func(*Row) bool { return true })
			if _, ok := x.Longest(all); ok {
				t.Error("there is a silence without two rows")
			}
			if days, _ := x.BurstDays(all); len(days) > 0 || len(Rises(x.Weeks(all))) > 0 {
				t.Error("there is a burst")
			}
			p := x.Paths(Window{}, Suspect, Victim, Usual())
			if len(p.Meets())+len(p.Part(1, 3)) > 0 || len(x.Contexts(p, nil)) > 0 {
				t.Error("devices were near each other")
			}
			for _, c := range p.Shifted() {
				if c.Meets+c.Days > 0 {
					t.Errorf("by chance %+v", c)
				}
			}
			if a := x.Areas(p.A.Fixes(), Nights); len(a.Areas) > 0 || len(x.Visits(p.A.Fixes(), UsualStay())) > 0 {
				t.Error("there is a place")
			}
			if len(x.Newcomers(Victim, 1, time.Hour))+len(x.Successors(Suspect, time.Hour))+len(x.Common(Window{}, Suspect, Victim)) > 0 {
				t.Error("somebody is new, or common")
			}
			if x.Lanes(Window{From: 2, To: 1}, 5) != nil {
				t.Error("a window that ends before it begins has lanes")
			}
			for _, f := range x.Four(FourAsk{Mark: 1}) {
				if f.Letter != Fixated && f.Letter != Unwanted {
					t.Errorf("one row shows %s", f.Text)
				}
			}
		})
	}
}

func both() Attributions {
	return Attributions{{Handle: 1, Side: Suspect, Grade: Strong}, {Handle: 2, Side: Victim, Grade: Strong}}
}

func TestAContactInTheRecordsOfBothDevicesIsOneContact(t *testing.T) {
	at := when(t, "2026-01-10 12:00")
	cases := map[string]struct {
		rows     []Row
		contacts int
		mirrored int
	}{
		"in the record of the one alone":                   {[]Row{call(at, 1, 2, Out)}, 1, 0},
		"in the record of the other alone":                 {[]Row{call(at, 2, 1, 0)}, 1, 0},
		"in both, a few seconds apart":                     {[]Row{call(at, 1, 2, Out), call(at+4000, 2, 1, 0)}, 1, 1},
		"two calls, each in both":                          {[]Row{call(at, 1, 2, Out), call(at+9000, 1, 2, Out), call(at+1000, 2, 1, 0), call(at+9500, 2, 1, 0)}, 2, 2},
		"two of one record are two":                        {[]Row{call(at, 1, 2, Out), call(at, 1, 2, Out)}, 2, 0},
		"more than a minute apart are two":                 {[]Row{call(at, 1, 2, Out), call(at+61_000, 2, 1, 0)}, 2, 0},
		"a call and a text are two":                        {[]Row{call(at, 1, 2, Out), {At: at, Own: 2, Other: 1, Kind: Text}}, 2, 0},
		"what came back is not counted with what went out": {[]Row{call(at, 1, 2, 0), call(at, 2, 1, Out)}, 0, 0},
		"a number attributed to nobody is nobody's":        {[]Row{call(at, 1, 3, Out)}, 0, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got := Prepare(set(c.rows...), both()).Between(Window{}, Suspect, Victim)
			if len(got) != c.contacts || len(got.All())-len(got.Rows()) != c.mirrored {
				t.Errorf("%+v, want %d with %d mirrors", got, c.contacts, c.mirrored)
			}
		})
	}
}

func TestAnAttributionHoldsForItsTimeOnly(t *testing.T) {
	at := when(t, "2026-01-10 12:00")
	by := Attributions{{Handle: 1, Side: Suspect, To: at}, {Handle: 1, Side: Third, From: at}, {Handle: 2, Side: Victim}}
	x := Prepare(set(call(at-1, 1, 2, Out), call(at, 1, 2, Out)), by)
	if got := x.Between(Window{}, Suspect, Victim).Rows(); !slices.Equal(got, Rows{0}) {
		t.Errorf("the suspect's are %v", got)
	}
	if got := x.Between(Window{}, Third, Victim).Rows(); !slices.Equal(got, Rows{1}) {
		t.Errorf("the third party's are %v", got)
	}
}

func TestCommonContactsAreThoseOfBothSidesAndNoService(t *testing.T) {
	at := when(t, "2026-01-10 12:00")
	x := Prepare(set(call(at, 1, 3, Out), call(at, 2, 3, 0), call(at, 2, 3, 0), call(at, 1, 4, Out), call(at, 1, 2, Out), call(at, 1, 5, Out|ShortCode), call(at, 2, 5, ShortCode)), both())
	got := x.Common(Window{}, Suspect, Victim)
	if len(got) != 1 || got[0].Other != 3 || len(got[0].RowsA) != 1 || len(got[0].RowsB) != 2 {
		t.Errorf("common are %+v", got)
	}
}

func TestBeforeAndAfterAreCountedOverWhatTheRecordsCover(t *testing.T) {
	mark := when(t, "2026-03-29 12:00") // the day has 23 hours
	var rows []Row
	for i := range int64(40) {
		rows = append(rows, call(mark-10*dayMillis+i*dayMillis/2, 1, 2, Out))
	}
	x := Prepare(set(rows...), both())
	all := x.Between(Window{}, Suspect, Victim).Rows()
	c := x.Around(all, mark, 14*24*time.Hour, 7*24*time.Hour)
	if len(c.Before.Rows) != 20 || len(c.After.Rows) != 14 {
		t.Fatalf("%d before and %d after, want 20 and 14", len(c.Before.Rows), len(c.After.Rows))
	}
	if c.Before.Whole() || c.Before.Days() != 14 || c.Before.Known.Days() != 10 || c.Before.PerDay() != 2 {
		t.Errorf("before is %+v, %f a day", c.Before, c.Before.PerDay())
	}
	if !c.After.Whole() || c.After.PerDay() != 2 {
		t.Errorf("after is %+v, %f a day", c.After, c.After.PerDay())
	}
	if at := x.Around(Rows{20}, mark, 0, 0); len(at.Before.Rows) != 0 || len(at.After.Rows) != 1 {
		t.Error("what happens at the moment is after it")
	}
}

func TestWeeksRunFromMondayAndOnlyWholeOnesMakeARise(t *testing.T) {
	monday := when(t, "2026-03-16 00:00") // the clocks go forward on the 29th
	var rows []Row
	for week, n := range []int{1, 2, 4, 8, 3} {
		for i := range n {
			rows = append(rows, call(when(t, day.On(londonTime(monday)).AddDays(7*week).String()+" 00:00")+int64(i)*hourMillis, 1, 2, Out))
		}
	}
	rows = append(rows, call(when(t, "2026-04-19 23:59"), 1, 3, Out)) // the record goes to the end of the fifth week but for a minute
	x := Prepare(set(rows...), both())
	weeks := x.Weeks(x.Between(Window{}, Suspect, Victim).Rows())
	if len(weeks) != 5 || weeks[2].Monday.String() != "2026-03-30" || len(weeks[2].Rows) != 4 || !weeks[0].Whole || weeks[4].Whole {
		t.Fatalf("the weeks are %+v", weeks)
	}
	if r := Rises(weeks); len(r) != 1 || len(r[0].Weeks) != 4 {
		t.Errorf("the rises are %+v", r)
	}
}

func TestBurstsAndSilencesAreFoundWithTheirRows(t *testing.T) {
	begin := when(t, "2026-01-10 00:00")
	var rows []Row
	for d := range int64(10) {
		n := int64(4)
		if d == 6 {
			n = 700
		}
		for i := range n {
			rows = append(rows, call(begin+d*dayMillis+8*hourMillis+i*60_000, 1, 2, Out))
		}
	}
	x := Prepare(set(rows...), both())
	all := x.Between(Window{}, Suspect, Victim).Rows()
	if d, ok := x.BusiestDay(all); !ok || len(d.Rows) != 700 || d.Day.String() != "2026-01-16" {
		t.Errorf("the busiest day is %s with %d", d.Day, len(d.Rows))
	}
	if days, median := x.BurstDays(all); len(days) != 1 || median != 4 {
		t.Errorf("bursts on %d days, median %d", len(days), median)
	}
	if b, ok := x.Most(all, time.Hour); !ok || len(b.Rows) != 60 {
		t.Errorf("%d within an hour, want 60: the sixty-first is an hour after the first", len(b.Rows))
	}
	if s, ok := x.Longest(all); !ok || s.To-s.From != dayMillis-3*60_000 {
		t.Errorf("the longest silence is %+v", s)
	}
}

func TestAFirstOfEachChannelANewNumberAndANewPhone(t *testing.T) {
	begin, mark := when(t, "2026-01-01 09:00"), when(t, "2026-02-01 09:00")
	rows := []Row{
		call(begin, 2, 4, Out), call(begin, 1, 4, Out), call(begin+hourMillis, 1, 2, Out),
		{At: begin + 2*hourMillis, Own: 1, Other: 2, Kind: Text, Flags: Out},
		call(mark-hourMillis, 1, 2, Out),                                    // the old phone's last
		call(mark+2*hourMillis, 2, 3, 0),                                    // a new number reaches the victim-survivor
		{At: mark + 3*hourMillis, Own: 3, Other: 4, Kind: Text, Flags: Out}, // and somebody the old one knew
		call(mark+40*dayMillis, 2, 4, Out),
	}
	x := Prepare(set(rows...), both())
	f := x.Firsts(x.Between(Window{}, Suspect, Victim).Rows())
	if len(f) != 2 || f[0].Kind != Call || f[1].Kind != Text {
		t.Errorf("the firsts are %+v", f)
	}
	n := x.Newcomers(Victim, mark, 14*24*time.Hour)
	if len(n) != 1 || n[0].Handle != 3 || n[0].After != 2*time.Hour || n[0].Since != begin {
		t.Errorf("new are %+v", n)
	}
	if late := x.Newcomers(Victim, mark, time.Hour); len(late) != 0 {
		t.Errorf("within an hour new are %+v", late)
	}
	got := x.Successors(Suspect, 14*24*time.Hour)
	if len(got) != 1 || got[0].Old != 1 || got[0].New != 3 || got[0].Gap != 3*time.Hour || !slices.Equal(got[0].Shared, []Handle{2, 4}) {
		t.Errorf("candidates for a new phone are %+v", got)
	}
}

func TestADeviceThatWasAlwaysThereOrNeverEndedIsNoNewPhone(t *testing.T) {
	begin := when(t, "2026-01-01 09:00")
	at := func(d int64, own, other Handle) Row { return call(begin+d*dayMillis, own, other, Out) }
	cases := map[string]struct {
		rows []Row
		want int
	}{
		"it begins three days after the other ends":      {[]Row{at(0, 2, 4), at(10, 1, 4), at(30, 1, 4), at(33, 3, 4), at(90, 2, 4)}, 1},
		"it begins a month after":                        {[]Row{at(0, 2, 4), at(10, 1, 4), at(30, 1, 4), at(60, 3, 4), at(90, 2, 4)}, 0},
		"it overlaps by more than a day":                 {[]Row{at(0, 2, 4), at(10, 1, 4), at(30, 1, 4), at(27, 3, 4), at(90, 2, 4)}, 0},
		"the record begins then":                         {[]Row{at(29, 1, 4), at(30, 1, 4), at(31, 3, 4), at(90, 2, 4)}, 0},
		"the record of the old one ends with everything": {[]Row{at(0, 2, 4), at(30, 1, 4), at(33, 3, 4)}, 0},
		"they have nobody in common":                     {[]Row{at(0, 2, 4), at(10, 1, 4), at(30, 1, 4), at(33, 3, 2), at(90, 2, 4)}, 0},
		"it is the victim-survivor's":                    {[]Row{at(0, 3, 4), at(10, 1, 4), at(30, 1, 4), at(33, 2, 4), at(90, 3, 4)}, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := Prepare(set(c.rows...), both()).Successors(Suspect, 14*24*time.Hour); len(got) != c.want {
				t.Errorf("candidates are %+v", got)
			}
		})
	}
}
