package model

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pou/model/day"
	"pou/model/match"
	"pou/model/query"
)

// Victim-survivor details are need-to-know: nothing that is listed, counted down, refused or handed to another
// program may carry them.
func TestNothingListedSaysWhoAnOrderProtects(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0004", "order.add", given{
		"person": "P-4", "type": "SPO", "made": "2026-11-20", "conditions": "Not to contact the person protected", "protects": protectedPerson, "monitor": "O-5",
	})
	liner := NewLiner(d, d.now)
	for _, ref := range d.refs() {
		r := d.records[ref]
		line := liner.Line(r)
		hides(t, "the row of "+string(ref), reflect.ValueOf(line), line.Text(), asJSON(t, line), asJSON(t, r))
		subject, _ := d.records[PersonOf(r)].(*Person)
		for _, due := range Dues(r, subject, d.now) {
			row := liner.DueLine(due)
			hides(t, "a clock of "+string(ref), reflect.ValueOf(due), asJSON(t, due), row.Text(), asJSON(t, row))
			hides(t, "the row of a clock of "+string(ref), reflect.ValueOf(row))
		}
	}
	for _, c := range deeds() {
		d := newDesk(t, stationNow(t), station(t)...)
		if c.refused == "" || c.fields["protects"] != nil {
			continue
		}
		_, err := d.do("O-0001", c.action, c.fields)
		if err != nil && strings.Contains(err.Error(), protectedPerson) {
			t.Errorf("%s %v: %v", c.action, c.fields, err)
		}
	}
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// hides looks at every text in a value, exported or not, and at the texts given with it.
func hides(t testing.TB, what string, v reflect.Value, texts ...string) {
	t.Helper()
	for _, s := range append(texts, textsIn(v)...) {
		for _, secret := range []string{protectedPerson, match.Fold(protectedPerson), "Rosalind", "Sparrow Court"} {
			if strings.Contains(s, secret) {
				t.Errorf("%s says %q", what, s)
			}
		}
	}
}

func textsIn(v reflect.Value) []string {
	var out []string
	switch v.Kind() {
	case reflect.String:
		return []string{v.String()}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			out = append(out, textsIn(v.Index(i))...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			out = append(out, textsIn(v.Field(i))...)
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return textsIn(v.Elem())
		}
	default:
	}
	return out
}

func TestTheProbeFindsWhatItLooksFor(t *testing.T) {
	o := &Order{Protected: protectedPerson}
	if got := textsIn(reflect.ValueOf(o)); !slices.Contains(got, protectedPerson) {
		t.Errorf("%q", got)
	}
	if strings.Contains(asJSON(t, o), "Rosalind") {
		t.Error("an order as JSON says who it protects")
	}
}

func TestTheRowOfEachKind(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0002", "attempt.record", given{"person": "P-1", "outcome": "made-off", "address": "9 Rose Way"})
	liner := NewLiner(d, d.now)
	for ref, want := range map[Ref]Line{
		"P-000001":    {Kind: "person", Name: "KOVÁCS, Miklós", Unit: "SW", Live: true},
		"W-000001":    {Kind: "wanted", Status: "wanted", Name: "KOVÁCS, Miklós", What: "s.4A PHA", Unit: "SW", Live: true, Attempts: 1, OwnerName: "PC Blake", Outcome: "seen, made off"},
		"W-000004":    {Kind: "wanted", Status: "not circulated", Name: "NOVAK, Petr", What: "s.2A PHA", Unit: "SW", Live: true, Due: on(t, "2027-01-01"), OwnerName: "PC Blake"},
		"W-000005":    {Kind: "wanted", Status: "eliminated", Name: "PRICE, Gareth", What: "s.4A PHA", Unit: "SW", OwnerName: "PC Blake"},
		"K-000001":    {Kind: "arrest", Status: "in custody", Name: "OSEI, Kwame", What: "s.4A PHA", Unit: "SW", Live: true, OwnerName: "PC Blake"},
		"K-000002":    {Kind: "arrest", Status: "bailed", Name: "QUINN, Sean", What: "s.4A PHA", Unit: "SW", Live: true, OwnerName: "PC Blake", Due: on(t, "2026-12-24")},
		"R-000001":    {Kind: "order", Status: "not served", Type: "SPO", Name: "PRICE, Gareth", What: "2 conditions", Unit: "SW", Live: true, OwnerName: "PC Evans", Due: on(t, "2028-11-01")},
		"R-000004":    {Kind: "order", Status: "discharged", Type: "SPO", Name: "PRICE, Gareth", What: "2 conditions", Unit: "SW", OwnerName: "PC Evans"},
		"B-000001":    {Kind: "breach", Status: "reported", Type: "RO on conviction", Name: "PRICE, Gareth", What: "Seen outside the workplace", Unit: "SW", Live: true, OwnerName: "PC Evans"},
		"OP-0001":     {Kind: "operation", Status: "live", Name: "SAMPLE Winter", Live: true, OwnerName: "DI Clarke", Due: on(t, "2026-11-30")},
		"OP-0002":     {Kind: "operation", Status: "ended", Name: "SAMPLE Spring", OwnerName: "DI Clarke", Due: on(t, "2026-04-26")},
		"OP-0001/001": {Kind: "target", Status: "on list", Name: "KOVÁCS, Miklós", What: "Stalking, high risk", Unit: "SW", Live: true, OwnerName: "PC Blake", Due: on(t, "2026-12-16"), Type: "s.4A PHA", Attempts: 1},
		"T-000001":    {Kind: "task", Status: "open", Name: "KOVÁCS, Miklós", What: "Arrest enquiry", Type: "arrest enquiry", Unit: "SW", Live: true, OwnerName: "PC Blake", Due: on(t, "2026-11-24"), Outcome: "0/2"},
		"O-0001":      {Kind: "officer", Status: "working", Name: "ADEYEMI", Unit: "SW", What: "PS", Live: true},
		"A-000001":    {Kind: "attempt", Name: "KOVÁCS, Miklós", What: "9 Rose Way", OwnerName: "PC Blake", Outcome: "seen, made off"},
	} {
		got := liner.Line(d.records[ref])
		brief := Line{
			Kind: got.Kind, Status: got.Status, Type: got.Type, Name: got.Name, What: got.What, Unit: got.Unit, Live: got.Live, Attempts: got.Attempts,
			OwnerName: got.OwnerName, Due: got.Due, Outcome: got.Outcome,
		}
		if !reflect.DeepEqual(brief, want) || got.Ref != ref {
			t.Errorf("%s is %+v\nwant %+v", ref, brief, want)
		}
	}
}

func TestAnArrestThatIsNotOnBailShowsNoBailDate(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0002", "arrest.status", given{"arrest": "K-2", "status": "RUI", "tell": "O-5"})
	if got := NewLiner(d, d.now).Line(d.records["K-000002"]); !got.Due.IsZero() {
		t.Errorf("released under investigation, and due on %s", got.Due)
	}
}

// A row that cannot be filled in still shows: a missing person or officer does not take the line away.
func TestARowWhosePersonCannotBeRead(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	line := d.records["W-000001"]
	delete(d.records, "P-000001")
	delete(d.records, "O-0002")
	got := NewLiner(d, d.now).Line(line)
	if got.Ref != "W-000001" || got.Name != "" || got.OwnerName != "O-0002" || got.Urgency == 0 {
		t.Errorf("%+v", got)
	}
}

func TestTheUrgencyOfARowIsExplained(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	for _, ref := range d.refs(KindWanted, KindTarget) {
		l := NewLiner(d, d.now).Line(d.records[ref])
		if sum := sumOf(t, l.Why); sum != l.Urgency {
			t.Errorf("%s has urgency %d, and its parts %q add up to %d", ref, l.Urgency, l.Why, sum)
		}
	}
}

func TestEveryFieldAFilterMayNameIsThere(t *testing.T) {
	line := Line{Due: on(t, "2026-11-30"), Since: stationNow(t)}
	for field, number := range LineFields() {
		if number {
			if _, ok := line.Number(field, stationNow(t)); !ok {
				t.Errorf("%s is a number, and a line has none", field)
			}
			continue
		}
		if _, ok := line.Values(field); !ok {
			t.Errorf("%s is a word, and a line has none", field)
		}
	}
	if _, ok := line.Values("rank"); ok {
		t.Error("a line has a field nobody may name")
	}
	if _, ok := line.Number("rank", stationNow(t)); ok {
		t.Error("a line has a number nobody may name")
	}
}

func TestFilteringRows(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	liner := NewLiner(d, d.now)
	for filter, want := range map[string]string{
		"kind:wanted status:wanted":         "W-000001 W-000003",
		"kind:wanted status:not-circulated": "W-000002 W-000004",
		"kind:wanted status:circulated":     "",
		"kind:wanted -live:yes":             "W-000005",
		"kind:wanted marker:VI":             "W-000001",
		"kind:wanted marker:none live:yes":  "W-000002 W-000003 W-000004",
		"kind:wanted name:Kovács":           "W-000001",
		"kind:wanted micky":                 "W-000001",
		"kind:wanted idle:>13d live:yes":    "W-000001",
		"kind:wanted due:<39d":              "W-000004",
		"kind:wanted unit:SE":               "W-000003",
		"kind:order status:not-served":      "R-000001",
		"kind:order type:spo -status:live":  "R-000001 R-000004",
		"kind:order owner:evans live:yes":   "R-000001 R-000002 R-000005",
		"kind:order owner:none":             "R-000003",
		"kind:target operation:OP-0001":     "OP-0001/001 OP-0001/002",
		"kind:breach order:R-0003":          "",
		"kind:breach order:R-000003 cctv":   "",
		"kind:breach status:not-a-breach":   "B-000003",
		"kind:task priority:routine":        "T-000001 T-000002 T-000003",
	} {
		q, err := query.Parse(filter, LineFields(), match.Fold)
		if err != nil {
			t.Errorf("%s: %v", filter, err)
			continue
		}
		var got []string
		for _, ref := range d.refs() {
			if l := liner.Line(d.records[ref]); q.Match(&l, d.now) {
				got = append(got, string(ref))
			}
		}
		slices.Sort(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%s finds %q, want %q", filter, got, want)
		}
	}
}

// Custody clocks run in hours: a filter on them has to look at the hour, not at the day.
func TestFilteringClocksByTheHour(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	review := clock(t, Dues(d.records["K-000001"], nil, d.now), "review of detention") // 09:10 today
	l := NewLiner(d, d.now).DueLine(review)
	for filter, want := range map[string]bool{"due:<4h": false, "due:<5h": true, "due:<0h": false, "status:running": true, "kind:due": true, "type:arrest": true} {
		q, err := query.Parse(filter, LineFields(), match.Fold)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Match(&l, d.now); got != want {
			t.Errorf("%s finds a review due at 09:10 when it is 05:00: %v, want %v", filter, got, want)
		}
	}
}

func TestAClockIsOverdueFromItsDeadline(t *testing.T) {
	deadline := at(t, "2026-11-25 00:00")
	for when, c := range map[string]struct{ status, due string }{
		"2026-11-24 23:59:59": {"running", "2026-11-24"},
		"2026-11-25 00:00":    {"overdue", "2026-11-24"},
		"2026-11-25 00:00:01": {"overdue", "2026-11-24"},
	} {
		d := newDesk(t, at(t, when), station(t)...)
		l := NewLiner(d, d.now).DueLine(Due{Ref: "T-000001", Rule: "x", Deadline: deadline})
		if l.Status != c.status || l.Due != on(t, c.due) {
			t.Errorf("at %s a clock that ran to midnight is %s, due on %s; want %s, %s", when, l.Status, l.Due, c.status, c.due)
		}
	}
}

func TestEveryClockSaysWhatItIs(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0002", "arrest.record", given{"person": "P-4"})
	d.must("O-0002", "arrest.status", given{"person": "P-5", "status": "RUI"})
	seen := map[Kind]bool{}
	for _, ref := range d.refs() {
		r := d.records[ref]
		subject, _ := d.records[PersonOf(r)].(*Person)
		unit, _ := r.Place()
		for _, later := range []time.Duration{0, 30 * 24 * time.Hour, 1000 * 24 * time.Hour} {
			for _, due := range Dues(r, subject, d.now.Add(later)) {
				seen[ref.Kind()] = true
				where := string(ref) + " " + due.Rule
				if due.Ref != ref || due.Rule == "" || due.Citation == "" || due.Missed == "" || due.Start.IsZero() || due.Deadline.IsZero() {
					t.Errorf("%s lacks a rule, a citation, a start, a deadline or what is missed: %+v", where, due)
				}
				if due.Unit != unit || due.Person != PersonOf(r) {
					t.Errorf("%s is of %s in %q", where, due.Person, due.Unit)
				}
				if s, ok := Find(due.Settle); !ok || s.Internal || !s.Starts(ref.Kind()) {
					t.Errorf("%s is settled by %q, which does not start from a %s", where, due.Settle, ref.Kind().Word())
				}
				if due.Owner == "" && !strings.Contains(due.Rule, "monitoring officer") && named(r) {
					t.Errorf("%s has no owner, though the record names an officer", where)
				}
			}
		}
	}
	for _, k := range []Kind{KindWanted, KindOrder, KindArrest, KindBreach, KindTarget, KindTask} {
		if !seen[k] {
			t.Errorf("no clock runs on any %s of the station", k.Word())
		}
	}
	for _, k := range []Kind{KindPerson, KindOfficer, KindOperation, KindAttempt} {
		if seen[k] {
			t.Errorf("a clock runs on a %s", k.Word())
		}
	}
}

// named reports whether a record names the officer whose work it is.
func named(r Record) bool {
	switch r := r.(type) {
	case *Wanted:
		return r.Officer != ""
	case *Order:
		return r.Monitor != ""
	case *Breach:
		return r.Owner != ""
	case *Target:
		return len(r.Officers) > 0
	case *Task:
		return r.Assignee != ""
	}
	return true
}

func TestClocksThatRunOutFirstStandFirst(t *testing.T) {
	now := stationNow(t)
	dues := []Due{
		{Ref: "W-000002", Rule: "b", Deadline: now},
		{Ref: "W-000001", Rule: "later", Deadline: now.Add(time.Hour)},
		{Ref: "W-000001", Rule: "a1", Deadline: now},
		{Ref: "W-000001", Rule: "a2", Deadline: now},
		{Ref: "W-000009", Rule: "first", Deadline: now.Add(-time.Hour)},
	}
	SortDues(dues)
	if got := rules(dues); got != "first; a1; a2; b; later" {
		t.Errorf("in the order %s", got)
	}
}

func TestTheClocksOfAnOrder(t *testing.T) {
	subject := &Person{}
	for name, c := range map[string]struct {
		kind             OrderType
		made, until      string
		served, notified string
		now              string
		monitor          Ref
		runs             string // the rules, in order
		soonest          string // when the one named first runs out
		end              OrderEnd
		replaces         Ref
	}{
		"an SPO not served and watched by nobody":              {kind: SPO, made: "2026-11-20", now: "2026-11-20 12:00", runs: "serve the order; name a monitoring officer", soonest: "2026-11-22 00:00"},
		"an SPO not served":                                    {kind: SPO, made: "2026-11-20", now: "2026-11-20 12:00", monitor: "O-0005", runs: "serve the order", soonest: "2026-11-22 00:00"},
		"an SPO served and not notified":                       {kind: SPO, made: "2026-11-20", served: "2026-11-23 10:00", now: "2026-11-24 05:00", monitor: "O-0005", runs: "initial notification", soonest: "2026-11-26 00:00"},
		"an SPO served and notified":                           {kind: SPO, made: "2026-11-20", served: "2026-11-23 10:00", notified: "2026-11-24", now: "2026-11-24 05:00", monitor: "O-0005"},
		"a failure to notify stays":                            {kind: SPO, made: "2026-11-20", served: "2026-11-23 10:00", now: "2027-05-01 05:00", monitor: "O-0005", runs: "initial notification", soonest: "2026-11-26 00:00"},
		"an SPO that replaces an interim one":                  {kind: SPO, made: "2026-11-20", served: "2026-11-23 10:00", now: "2026-11-24 05:00", monitor: "O-0005", replaces: "R-000009"},
		"the day before its runway begins":                     {kind: ROConviction, made: "2025-01-01", until: "2027-06-30", now: "2026-12-29 05:00", monitor: "O-0005"},
		"the day its runway begins":                            {kind: ROConviction, made: "2025-01-01", until: "2027-06-30", now: "2026-12-30 05:00", monitor: "O-0005", runs: "order ends: renew, vary or let lapse", soonest: "2027-07-01 00:00"},
		"its last day":                                         {kind: ROConviction, made: "2025-01-01", until: "2027-06-30", now: "2027-06-30 23:59", monitor: "O-0005", runs: "order ends: renew, vary or let lapse", soonest: "2027-07-01 00:00"},
		"the day after its last day somebody still has to say": {kind: ROConviction, made: "2025-01-01", until: "2027-06-30", now: "2027-07-01 05:00", monitor: "O-0005", runs: "order ends: renew, vary or let lapse", soonest: "2027-07-01 00:00"},
		"an interim SPO is heard before it ends":               {kind: InterimSPO, made: "2026-10-30", until: "2026-12-18", served: "2026-10-30 15:00", notified: "2026-10-31", now: "2026-11-24 05:00", monitor: "O-0005", runs: "interim order ends: hearing of the main application", soonest: "2026-12-19 00:00"},
		"an order until further order has no runway":           {kind: ROConviction, made: "2025-01-01", now: "2035-01-01 05:00", monitor: "O-0005"},
		"a restraining order starts no notification":           {kind: ROConviction, made: "2026-11-20", served: "2026-11-20 15:00", now: "2026-11-20 16:00", monitor: "O-0005"},
		"a restraining order needs a monitoring officer too":   {kind: ROConviction, made: "2026-11-20", served: "2026-11-20 15:00", now: "2026-11-20 16:00", runs: "name a monitoring officer"},
		"a discharged order has no clocks":                     {kind: SPO, made: "2026-11-20", now: "2026-11-24 05:00", end: Discharged},
		"an SPO that expired unserved is no longer to be served": {
			kind: InterimSPO, made: "2026-10-30", until: "2026-11-20", now: "2026-11-24 05:00", monitor: "O-0005", runs: "interim order ends: hearing of the main application", soonest: "2026-11-21 00:00",
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := anOrder(t, c.kind, c.made, c.until)
			o.Served, o.Notified, o.Monitor, o.End, o.Replaces = at(t, c.served), on(t, c.notified), c.monitor, c.end, c.replaces
			if c.end != "" {
				o.Ended = day.On(at(t, c.now))
			}
			dues := slices.DeleteFunc(Dues(o, subject, at(t, c.now)), func(d Due) bool { return d.Settle == "order.plan" }) // see due_monitor_test.go
			if got := rules(dues); got != c.runs {
				t.Fatalf("running: %q, want %q", got, c.runs)
			}
			if c.soonest != "" && !dues[0].Deadline.Equal(at(t, c.soonest)) {
				t.Errorf("%s runs out %s, want %s", dues[0].Rule, dues[0].Deadline, c.soonest)
			}
		})
	}
}

func TestThePotentialBreachIsDecidedInTime(t *testing.T) {
	for state, runs := range map[BreachState]bool{
		BreachReported: true, BreachReview: true, BreachNeedMore: true, NotABreach: false, BreachArrested: false, BreachCharged: false, BreachDecided: false,
	} {
		b := &Breach{Meta: Meta{Ref: "B-000001"}, State: state, Reported: at(t, "2026-11-21 09:00"), Owner: "O-0005"}
		dues := Dues(b, nil, stationNow(t))
		if (len(dues) == 1) != runs {
			t.Errorf("%s: %s", state, rules(dues))
		}
		if runs && !dues[0].Deadline.Equal(at(t, "2026-11-24 09:00")) {
			t.Errorf("to be decided by %s", dues[0].Deadline)
		}
	}
}
