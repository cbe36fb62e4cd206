package model

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pou/model/day"
)

const packNow = "2026-11-24 05:00"

// packDesk is an operation with one target: Marek Varga, who stalks Jane Okafor, seen by the team of PS Adeyemi.
func packDesk(t testing.TB, more ...Record) *desk {
	t.Helper()
	today := on(t, "2026-11-24")
	born, err := day.ParseBorn("3 Dec 1984")
	if err != nil {
		t.Fatal(err)
	}
	records := []Record{
		&Officer{Meta: Meta{Ref: "O-0001"}, Name: "ADEYEMI, Tolu", Rank: "PS", Unit: "SW", Roles: []Role{RoleSergeant}},
		&Officer{Meta: Meta{Ref: "O-0002"}, Name: "COLE, Sam", Rank: "DC", Unit: "SW", Roles: []Role{RoleOfficer}},
		&Operation{Meta: Meta{Ref: "OP-0001"}, Name: "Lantern", From: today, To: today.AddDays(6), Count: 1},
		&Person{
			Meta: Meta{Ref: "P-000001"}, Surname: "Varga", Forename: "Marek", Born: born, Sex: "male", Description: "tall, beard", Photo: "varga.jpg", PhotoTaken: today.AddDays(-30),
			Aliases: []Alias{{Name: "Max Steel"}}, IDs: []Identifier{{Scheme: "PNC", Value: "2011/1X"}},
			Addresses: []Address{
				{Text: "9 Old Street, Leyton", Type: "family", Confidence: Historic},
				{Text: "14 Larch Court, Hackney", Postcode: "E8 2AB", Type: "home", Confidence: Confirmed, Confirmed: today.AddDays(-20), Note: "dog"},
			},
			Phones:   []Phone{{Number: "07700 900111", Use: "mobile", Attribution: Probable, Source: "billing"}},
			Vehicles: []Vehicle{{Plate: "AB12 CDE", Make: "Ford", Colour: "blue", Source: "ANPR", Seen: today.AddDays(-5)}},
			Markers: []Marker{
				{Code: "SU", Source: "custody 2026", Set: today.AddDays(-40), Note: "ligature"},
				{Code: "VI", Source: "PNC", Set: today.AddDays(-60)},
			},
		},
		&Person{
			Meta: Meta{Ref: "P-000002"}, Surname: "Okafor", Forename: "Jane", Aliases: []Alias{{Name: "Jane Bright-Obi"}},
			Addresses: []Address{{Text: "Flat 2, 77 Cedar Walk, Leyton", Postcode: "E10 5XY"}},
			Phones:    []Phone{{Number: "+44 7700 900222"}}, Vehicles: []Vehicle{{Plate: "XY99 ZZZ"}},
		},
		&Wanted{
			Meta: Meta{Ref: "W-000001"}, Person: "P-000001", Unit: "SW", State: Circulated, Published: today.AddDays(-3), PNCRef: "26/77", Offences: []OffenceCode{"s2A"},
			Since: at(t, "2026-11-20 10:00"), LastAct: on(t, "2026-06-03"), Officer: "O-0002", Grade: "A",
		},
		&Target{
			Meta: Meta{Ref: "OP-0001/001"}, Operation: "OP-0001", Person: "P-000001", Unit: "SW", State: TargetLive, Reason: "repeat stalking", AddedBy: "O-0001",
			Added: at(t, "2026-11-20 11:00"), ReviewBy: today.AddDays(20), Officers: []Ref{"O-0001", "O-0002"}, Wanted: "W-000001", Plan: "Two at the rear; RV Mill Lane; Brixton custody",
		},
		&Case{
			Meta: Meta{Ref: "C-000001"}, Unit: "SW", Offences: []OffenceCode{"s2A"}, Last: on(t, "2026-06-03"), State: CaseOpen,
			Parties: []Party{{"P-000001", PartySuspect}, {"P-000002", PartyVictim}},
		},
		&Order{
			Meta: Meta{Ref: "R-000001"}, Person: "P-000001", Type: SPO, Unit: "SW", Made: today.AddDays(-100), Served: at(t, "2026-09-01 10:00"), Monitor: "O-0002",
			Notified: on(t, "2026-09-02"), Protected: "Jane Okafor",
			Conditions: []Condition{{No: 1, Text: "Not to contact Jane OKAFOR by any means", Checked: today.AddDays(-9)}, {No: 2, Text: "Sign on at the station", Requirement: true}},
		},
		&Breach{
			Meta: Meta{Ref: "B-000001"}, Order: "R-000001", Person: "P-000001", Type: SPO, Condition: 1, What: "Texted Okafor's new phone 07700 900222",
			At: at(t, "2026-11-01 10:00"), Reported: at(t, "2026-11-02 10:00"), State: BreachReported, Owner: "O-0002",
		},
		&Attempt{
			Meta: Meta{Ref: "A-000001"}, Person: "P-000001", Wanted: "W-000001", At: at(t, "2026-11-21 06:00"), By: "O-0002", Outcome: NoReply, Address: "14 Larch Court",
			Note: "lights on",
		},
		&Intel{
			Meta: Meta{Ref: "I-000001"}, Person: "P-000001", Text: "uses the gym by the station", Source: "2", Grade: "B", Handling: "P", Origin: "ORG-77", At: on(t, "2026-11-01"), By: "O-0002",
		},
		&Intel{
			Meta: Meta{Ref: "I-000002"}, Person: "P-000001", Text: "said to sleep in his car", Source: "3", Grade: "D", Handling: "C", Conditions: "not outside the unit",
			Origin: "ORG-77", At: on(t, "2026-11-10"), By: "O-0002",
		},
		&Task{
			Meta: Meta{Ref: "T-000001"}, Title: "Update", Kind: "victim", Person: "P-000001", Unit: "SW", Assignee: "O-0002", By: "O-0001",
			Added: at(t, "2026-11-22 10:00"), Due: today.AddDays(1), State: TaskOpen,
		},
	}
	return newDesk(t, at(t, packNow), append(records, more...)...)
}

// change edits a record on a desk in place.
func change[R Record](d *desk, ref Ref, fn func(R)) {
	d.Helper()
	r := as[R](d, ref)
	fn(r)
	d.records[ref] = r
}

func packOf(t testing.TB, src PackSource) *Pack {
	t.Helper()
	p, err := BuildPack(src, "OP-0001/001", at(t, packNow))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func pageOf(t testing.TB, src PackSource, a Audience) Page {
	t.Helper()
	page, err := packOf(t, src).Page(a)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// rows are the texts of a section, in one string.
func rows(p *Page, head string) string {
	var out []string
	for _, s := range p.Sections {
		if s.Head == head {
			for _, row := range s.Rows {
				out = append(out, row[0]+": "+row[1])
			}
		}
	}
	return strings.Join(out, "\n")
}

func TestThePackGathersWhatIsOnRecord(t *testing.T) {
	p := packOf(t, packDesk(t))
	if p.Operation.Name != "Lantern" || p.Person.Surname != "Varga" || p.Line == nil || p.Line.Ref != "W-000001" || len(p.Team) != 2 {
		t.Errorf("the pack is of %+v", p)
	}
	got := []int{len(p.Orders), len(p.Breaches), len(p.Attempts), len(p.Arrests), len(p.Cases), len(p.Intel), len(p.Tasks)}
	if want := []int{1, 1, 1, 0, 1, 2, 1}; !slices.Equal(got, want) {
		t.Errorf("orders, breaches, attempts, arrests, cases, intelligence, tasks = %v, want %v", got, want)
	}
	if p.Intel[0].Ref != "I-000002" {
		t.Error("the newest intelligence does not stand first")
	}
}

func TestTheGapsOfAPack(t *testing.T) {
	today := on(t, "2026-11-24")
	person := func(fn func(*Person)) func(*desk) { return func(d *desk) { change(d, "P-000001", fn) } }
	target := func(fn func(*Target)) func(*desk) { return func(d *desk) { change(d, "OP-0001/001", fn) } }
	line := func(fn func(*Wanted)) func(*desk) { return func(d *desk) { change(d, "W-000001", fn) } }
	for name, c := range map[string]struct {
		make func(*desk)
		gap  string
	}{
		"a pack with everything lacks nothing":           {func(*desk) {}, ""},
		"a birth year alone is not enough":               {person(func(p *Person) { p.Born = day.Born{Year: 1984} }), "no full date of birth"},
		"no photo":                                       {person(func(p *Person) { p.Photo = "" }), "no photo"},
		"a photo of two years ago today will do":         {person(func(p *Person) { p.PhotoTaken = today.AddYears(-2) }), ""},
		"a photo a day older will not":                   {person(func(p *Person) { p.PhotoTaken = today.AddYears(-2).AddDays(-1) }), "photo over 2 years old"},
		"a photo of unknown age will not":                {person(func(p *Person) { p.PhotoTaken = 0 }), "photo over 2 years old"},
		"no description":                                 {person(func(p *Person) { p.Description = "" }), "no description"},
		"no address":                                     {person(func(p *Person) { p.Addresses = nil }), "no address"},
		"an address confirmed 90 days ago will do":       {person(func(p *Person) { p.Addresses[1].Confirmed = today.AddDays(-90) }), ""},
		"an address confirmed 91 days ago will not":      {person(func(p *Person) { p.Addresses[1].Confirmed = today.AddDays(-91) }), "no address confirmed in 90 days"},
		"a historic address does not count":              {person(func(p *Person) { p.Addresses[1].Confidence = Historic }), "no address confirmed in 90 days"},
		"an unconfirmed phone is not attributed":         {person(func(p *Person) { p.Phones[0].Attribution = Unconfirmed }), "no phone attributed"},
		"a vehicle never seen is not checked":            {person(func(p *Person) { p.Vehicles[0].Seen = 0 }), "no vehicle checked"},
		"a marker over a year old is stale":              {person(func(p *Person) { p.Markers[1].Set = today.AddDays(-400) }), "stale markers: VI"},
		"a stale health marker is counted and not named": {person(func(p *Person) { p.Markers[0].Set = today.AddDays(-400) }), "stale markers: 1 need-to-know"},
		"no team":                       {target(func(t *Target) { t.Officers = nil }), "no team"},
		"no plan":                       {target(func(t *Target) { t.Plan = "" }), "no plan"},
		"a plan without custody":        {target(func(t *Target) { t.Plan = "Knock at six" }), "no custody suite in the plan"},
		"a review date that has passed": {target(func(t *Target) { t.ReviewBy = today.AddDays(-1) }), "past its review date"},
		"no wanted line":                {func(d *desk) { delete(d.records, "W-000001") }, "no live wanted line"},
		"a line not yet circulated":     {line(func(w *Wanted) { w.State = NotCirculated }), "not circulated on PNC"},
		"a summary-only line without the day of the last act": {line(func(w *Wanted) { w.LastAct = 0 }), "no date of the last act"},
		"an either-way line needs no last act":                {line(func(w *Wanted) { w.Offences, w.LastAct = []OffenceCode{"s4A"}, 0 }), ""},
		"intelligence of seven months ago is old": {func(d *desk) {
			for _, ref := range []Ref{"I-000001", "I-000002"} {
				change(d, ref, func(i *Intel) { i.At = today.AddMonths(-7) })
			}
		}, "no intelligence in 6 months"},
		"an order not served":                      {func(d *desk) { change(d, "R-000001", func(o *Order) { o.Served = time.Time{} }) }, "R-000001 not recorded as served"},
		"an order whose conditions nobody checked": {func(d *desk) { change(d, "R-000001", func(o *Order) { o.Conditions[0].Checked = 0 }) }, "R-000001: state of its conditions unknown"},
		"nobody tells the victim-survivor":         {func(d *desk) { delete(d.records, "T-000001") }, "nobody tasked with the victim update"},
	} {
		t.Run(name, func(t *testing.T) {
			d := packDesk(t)
			c.make(d)
			p := packOf(t, d)
			have, of := p.Complete()
			if have+len(p.Gaps) != of {
				t.Errorf("the meter says %d of %d with %d gaps", have, of, len(p.Gaps))
			}
			switch {
			case c.gap == "" && len(p.Gaps) > 0:
				t.Errorf("the gaps are %+v, want none", p.Gaps)
			case c.gap != "" && (len(p.Gaps) != 1 || !strings.HasPrefix(p.Gaps[0].What, c.gap)):
				t.Errorf("the gaps are %+v, want one: %s", p.Gaps, c.gap)
			}
		})
	}
}

func TestEveryGapNamesTheActionThatFillsIt(t *testing.T) {
	p := packOf(t, packDesk(t))
	for _, c := range slices.Concat(p.personChecks(p.AsOf), p.planChecks(), p.legalChecks()) {
		if _, ok := Find(c.gap.Settle); !ok {
			t.Errorf("%q is filled by %q, which is no action", c.gap.What, c.gap.Settle)
		}
		if c.gap.What == "" || c.gap.Why == "" {
			t.Errorf("a gap says what is missing and what that costs: %+v", c.gap)
		}
	}
}

func TestThePowersOfEachOffence(t *testing.T) {
	for name, c := range map[string]struct {
		offences []OffenceCode
		want     []string
		never    []string
	}{
		"s.2A alone: no entry, 24 h, days left to charge": {
			[]OffenceCode{"s2A"},
			[]string{"no s.17(1)(b)", "PHA s.2B", "custody 24 h, no extension", "by 3 Dec 2026: 9 days left", "s.127"},
			[]string{"36 h"},
		},
		"s.4A: entry to arrest and 36 h": {[]OffenceCode{"s4A"}, []string{"entry PACE s.17(1)(b)", "36 h"}, []string{"no s.17(1)(b)", "days left"}},
		"s.2A beside s.4A: each with its own power, no clock": {
			[]OffenceCode{"s2A", "s4A"}, []string{"s.2A PHA: arrest PACE s.24 (Code G); entry no s.17(1)(b)", "s.4A PHA: arrest PACE s.24 (Code G); entry PACE s.17(1)(b)"}, []string{"days left"},
		},
		"an offence only a note states gives no entry": {[]OffenceCode{"other"}, []string{"check the offence"}, []string{"36 h", "entry PACE s.17"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := packDesk(t)
			change(d, "W-000001", func(w *Wanted) { w.Offences = c.offences })
			page := pageOf(t, d, AudienceTeam)
			got := rows(&page, "Powers")
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("the powers do not say %q:\n%s", want, got)
				}
			}
			for _, never := range c.never {
				if strings.Contains(got, never) {
					t.Errorf("the powers say %q:\n%s", never, got)
				}
			}
		})
	}
}

func TestDaysLeftToChargeAroundTheLastDay(t *testing.T) {
	for now, want := range map[string]string{
		"2026-12-02 10:00": "1 day left", "2026-12-03 23:59": "today is the last day", "2026-12-04 00:00": "out of time",
	} {
		p, err := BuildPack(packDesk(t), "OP-0001/001", at(t, now))
		if err != nil {
			t.Fatal(err)
		}
		if got := p.power(); !strings.Contains(got, want) || !strings.Contains(got, "24 h") {
			t.Errorf("on %s the power is %q, want %q in it", now, got, want)
		}
	}
}

func TestWithoutALineTheOpenCasesSayWhatFor(t *testing.T) {
	d := packDesk(t)
	delete(d.records, "W-000001")
	page := pageOf(t, d, AudienceTeam)
	if !strings.Contains(page.WantedFor, "Stalking") {
		t.Errorf("wanted for %q, want the offence of the open case", page.WantedFor)
	}
	change(d, "C-000001", func(c *Case) { c.State, c.Outcome = CaseClosed, "16" })
	if page = pageOf(t, d, AudienceTeam); page.WantedFor != "no offence recorded" {
		t.Errorf("wanted for %q, though the case is closed", page.WantedFor)
	}
}

func TestIntelligenceFromOneOriginIsNotCorroboration(t *testing.T) {
	page := pageOf(t, packDesk(t), AudienceTeam)
	got := rows(&page, "Intelligence")
	for _, want := range []string{
		"3D C", "2B P", "Assessment:", "same origin as I-000001: no corroboration", "cannot alone support tasking", "conditions: not outside the unit",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the intelligence does not say %q:\n%s", want, got)
		}
	}
}

// torn is a desk on which some records cannot be read.
type torn struct {
	*desk
	bad Ref
}

func (d torn) Record(ref Ref) (Record, error) {
	if ref == d.bad {
		return nil, errors.New("damaged")
	}
	return d.desk.Record(ref)
}

func TestADamagedRecord(t *testing.T) {
	for bad, why := range map[Ref]string{
		"C-000001": "a case that cannot be read hides whom to protect",
		"R-000001": "an order that cannot be read hides whom it protects",
		"P-000002": "a victim-survivor who cannot be read cannot be looked for",
		"P-000001": "there is no pack without the person",
		"OP-0001":  "there is no pack without the operation",
	} {
		if _, err := BuildPack(torn{packDesk(t), bad}, "OP-0001/001", at(t, packNow)); err == nil {
			t.Errorf("%s is damaged and the pack is made: %s", bad, why)
		}
	}
	p := packOf(t, torn{packDesk(t), "A-000001"})
	if !slices.ContainsFunc(p.Gaps, func(g Gap) bool { return g.What == "A-000001 cannot be read" }) {
		t.Errorf("a damaged attempt is not among the gaps: %+v", p.Gaps)
	}
}

func TestThePacksOfAnOperationAreItsLiveTargetsInOrder(t *testing.T) {
	target := func(n Ref, unit Unit, state TargetState) *Target {
		return &Target{
			Meta: Meta{Ref: n}, Operation: "OP-0001", Person: "P-000001", Unit: unit, State: state, Reason: "r", ReviewBy: on(t, "2026-12-24"), AddedBy: "O-0001",
			EndReason: "abroad", Supervisor: "O-0001",
		}
	}
	d := packDesk(t, target("OP-0001/010", "SW", TargetLive), target("OP-0001/002", "NE", TargetLive), target("OP-0001/003", "SW", TargetEliminated))
	for unit, want := range map[Unit][]Ref{
		"":   {"OP-0001/001", "OP-0001/002", "OP-0001/010"},
		"SW": {"OP-0001/001", "OP-0001/010"},
		"CE": {},
	} {
		packs, err := BuildPacks(d, "OP-0001", unit, d.now)
		got := []Ref{}
		for _, p := range packs {
			got = append(got, p.Target.Ref)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("the packs of %q are %v (%v), want %v", unit, got, err, want)
		}
	}
}
