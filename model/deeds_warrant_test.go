package model

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// applied asks for a search warrant about P-1; granted has it issued on 20 November.
func applied(d *desk) {
	d.must("O-0002", "warrant.apply", given{"person": "P-1", "address": "9 Rose Way", "power": "pace8", "offences": "s4A", "sought": "phones", "applied": "2026-11-19"})
}

func granted(d *desk) {
	applied(d)
	d.must("O-0002", "warrant.decide", given{"warrant": "S-1", "decision": "granted", "on": "2026-11-20", "court": "Wimbledon", "court_ref": "26/77"})
}

func searched(d *desk) {
	granted(d)
	d.must("O-0002", "warrant.execute", given{"warrant": "S-1", "at": "2026-11-24 04:40", "found": "two phones", "officers": "O-2,O-3"})
}

func warrantDeeds() []deed {
	base := given{"person": "P-1", "address": "9 Rose Way", "power": "pace8", "offences": "s4A", "sought": "phones"}
	s := func(d *desk) *SearchWarrant { return as[*SearchWarrant](d, "S-000001") }
	one := given{"warrant": "S-1"}
	return slices.Concat([]deed{
		{name: "an application is found from the person and from who made it", action: "warrant.apply", who: "O-0002", fields: base, states: map[Ref]string{"S-000001": "applied for"}, then: func(d *desk) {
			w := s(d)
			if w.Unit != "SW" || w.By != "O-0002" || w.Applied != on(d, "2026-11-24") || !slices.Equal(w.Links(), []Ref{"O-0002", "P-000001"}) {
				d.Errorf("%+v %v", w, w.Links())
			}
		}},
		{name: "of a target it is the operation's too", action: "warrant.apply", fields: with(base, given{"person": nil, "target": "OP-1/1"}), then: func(d *desk) {
			if w := s(d); w.Person != "P-000001" || w.Operation != "OP-0001" || w.Target != "OP-0001/001" {
				d.Errorf("%+v", w)
			}
		}},
		{name: "from a wanted line", action: "warrant.apply", fields: with(base, given{"person": nil, "wanted": "W-3"}), then: func(d *desk) {
			if w := s(d); w.Person != "P-000003" || w.Unit != "SE" {
				d.Errorf("%+v", w)
			}
		}},
		{name: "in a case of theirs", action: "warrant.apply", first: opened("P-1 P-2"), fields: with(base, given{"case": "C-1"})},
		{name: "in a case without naming anybody", action: "warrant.apply", first: opened("P-1 P-2"), fields: with(base, given{"person": nil, "case": "C-1"})},
		{name: "for premises of an operation", action: "warrant.apply", fields: with(base, given{"person": nil, "operation": "OP-1"})},
		{name: "for stalking under the Act that has a warrant for it", action: "warrant.apply", fields: with(base, given{"power": "pha2B", "offences": "s2A"})},
		{name: "under another power, named", action: "warrant.apply", fields: with(base, given{"power": "other", "note": "Firearms Act 1968 s.46"})},
		{name: "another power has a name", action: "warrant.apply", fields: with(base, given{"power": "other"}), refused: "note"},
		{name: "PACE s.8 is not for what is summary only", action: "warrant.apply", fields: with(base, given{"offences": "s2A"}), refused: "power"},
		{name: "PHA s.2B is for s.2A alone", action: "warrant.apply", fields: with(base, given{"power": "pha2B"}), refused: "power"},
		{name: "it says which premises", action: "warrant.apply", fields: with(base, given{"address": nil}), refused: "address"},
		{name: "and what is looked for", action: "warrant.apply", fields: with(base, given{"sought": nil}), refused: "sought"},
		{name: "about somebody or something", action: "warrant.apply", fields: with(base, given{"person": nil}), refused: "person"},
		{name: "a person on record", action: "warrant.apply", fields: with(base, given{"person": "P-99"}), refused: "person", code: NotFound},
		{name: "a target of that person", action: "warrant.apply", fields: with(base, given{"person": "P-2", "target": "OP-1/1"}), refused: "target"},
		{name: "and of that operation", action: "warrant.apply", fields: with(base, given{"target": "OP-1/1", "operation": "OP-2"}), refused: "operation"},
		{name: "not in a case the person has no part in", action: "warrant.apply", first: opened("P-3 P-2"), fields: with(base, given{"case": "C-1"}), refused: "case"},
		{name: "not applied for tomorrow", action: "warrant.apply", fields: with(base, given{"applied": "2026-11-25"}), refused: "applied"},
		{name: "not by an officer who has left", action: "warrant.apply", fields: with(base, given{"officer": "O-9"}), refused: "officer"},
		{name: "nobody's door on a false report alone", action: "warrant.apply", first: heard("P-2", "2 E SK14"), fields: with(base, given{"person": "P-2"}), refused: "person"},
		{name: "nor before cross-allegations are read", action: "warrant.apply", first: opened("P-2 P-3", "P-3 P-2"), fields: with(base, given{"person": "P-2"}), refused: "person"},
		{name: "STAC officers apply for nothing", action: "warrant.apply", who: "O-0006", fields: base, refused: "-", code: Denied},

		{name: "a warrant is issued", action: "warrant.decide", first: applied, fields: with(one, given{"decision": "granted", "on": "2026-11-20", "court": "Wimbledon"}), states: map[Ref]string{"S-000001": "granted"}, then: func(d *desk) {
			if w := s(d); w.Until() != on(d, "2027-02-20") || w.Court != "Wimbledon" {
				d.Errorf("until %s, %+v", w.Until(), w)
			}
		}},
		{name: "or refused for a reason", action: "warrant.decide", first: applied, fields: with(one, given{"decision": "refused", "reason": "too wide"}), states: map[Ref]string{"S-000001": "refused"}, then: func(d *desk) {
			if _, live := s(d).Place(); live || !s(d).Until().IsZero() {
				d.Error("a refused warrant is still to be worked")
			}
		}},
		{name: "or the application is withdrawn", action: "warrant.decide", first: applied, fields: with(one, given{"decision": "application withdrawn", "reason": "consent given"})},
		{name: "a refusal says why", action: "warrant.decide", first: applied, fields: with(one, given{"decision": "refused"}), refused: "reason"},
		{name: "not before it was applied for", action: "warrant.decide", first: applied, fields: with(one, given{"decision": "granted", "on": "2026-11-18"}), refused: "on"},
		{name: "not tomorrow", action: "warrant.decide", first: applied, fields: with(one, given{"decision": "granted", "on": "2026-11-25"}), refused: "on"},
		{name: "not twice", action: "warrant.decide", first: granted, fields: with(one, given{"decision": "refused", "reason": "x"}), refused: "decision"},
		{name: "a warrant that is not there", action: "warrant.decide", fields: with(one, given{"decision": "granted"}), refused: "warrant", code: NotFound},
		{name: "an administrator decides nothing", action: "warrant.decide", who: "O-0008", first: applied, fields: with(one, given{"decision": "granted"}), refused: "-", code: Denied},
	}, warrantUseDeeds())
}

func warrantUseDeeds() []deed {
	s := func(d *desk) *SearchWarrant { return as[*SearchWarrant](d, "S-000001") }
	one := given{"warrant": "S-1"}
	issued := func(when string) func(*desk) { // and looked at at that time
		return func(d *desk) {
			granted(d)
			d.now = at(d, when)
		}
	}
	return []deed{
		{name: "it is executed: when, what was found, by whom", action: "warrant.execute", who: "O-0002", first: granted, fields: with(one, given{"at": "2026-11-24 04:40", "found": "two phones", "officers": "O-2,O-3"}), states: map[Ref]string{"S-000001": "executed"}, then: func(d *desk) {
			if w := s(d); !slices.Equal(w.Officers, []Ref{"O-0002", "O-0003"}) || w.Found != "two phones" || !w.Executed.Equal(at(d, "2026-11-24 04:40")) || w.Decision() != WarrantGranted {
				d.Errorf("%+v", w)
			}
		}},
		{name: "by whoever says so, now", action: "warrant.execute", who: "O-0002", first: granted, fields: with(one, given{"found": "nothing"}), then: func(d *desk) {
			if w := s(d); !slices.Equal(w.Officers, []Ref{"O-0002"}) || !w.Executed.Equal(d.now) {
				d.Errorf("%+v", w)
			}
		}},
		{name: "on the last day of the three months", action: "warrant.execute", first: issued("2027-02-20 23:30"), fields: with(one, given{"found": "nothing"})},
		{name: "not the day after", action: "warrant.execute", first: issued("2027-02-21 00:10"), fields: with(one, given{"found": "nothing"}), refused: "at"},
		{name: "not the day after, told later", action: "warrant.execute", first: issued("2027-02-21 09:00"), fields: with(one, given{"found": "nothing", "at": "2027-02-21 00:10"}), refused: "at"},
		{name: "but the last day, told later", action: "warrant.execute", first: issued("2027-02-21 09:00"), fields: with(one, given{"found": "nothing", "at": "2027-02-20 23:30"})},
		{name: "not before it was issued", action: "warrant.execute", first: granted, fields: with(one, given{"found": "x", "at": "2026-11-19 23:59"}), refused: "at"},
		{name: "not in the future", action: "warrant.execute", first: granted, fields: with(one, given{"found": "x", "at": "2026-11-24 05:01"}), refused: "at"},
		{name: "not on an application", action: "warrant.execute", first: applied, fields: with(one, given{"found": "x"}), refused: "warrant"},
		{name: "not twice on one warrant", action: "warrant.execute", first: searched, fields: with(one, given{"found": "x"}), refused: "warrant"},
		{name: "not without saying what was found", action: "warrant.execute", first: granted, fields: one, refused: "found"},
		{name: "not by an officer who has left", action: "warrant.execute", first: granted, fields: with(one, given{"found": "x", "officers": "O-9"}), refused: "officers"},
		{name: "a data officer executes nothing", action: "warrant.execute", who: "O-0007", first: granted, fields: with(one, given{"found": "x"}), refused: "-", code: Denied},

		{name: "executed, it goes back to the court", action: "warrant.return", who: "O-0005", first: searched, fields: one, then: func(d *desk) {
			w := s(d)
			if _, live := w.Place(); live || w.Returned != on(d, "2026-11-24") || w.Stands(on(d, "2026-11-24")) != "executed, returned to court" {
				d.Errorf("%+v", w)
			}
		}},
		{name: "so does one that was not used, sooner or later", action: "warrant.return", first: granted, fields: with(one, given{"note": "suspect arrested elsewhere"}), then: func(d *desk) {
			if w := s(d); w.Note != "suspect arrested elsewhere" || w.State != WarrantGranted {
				d.Errorf("%+v", w)
			}
		}},
		{name: "what went back gives no power", action: "warrant.execute", first: inTurn(granted, done("warrant.return", one)), fields: with(one, given{"found": "x"}), refused: "warrant"},
		{name: "not what was never issued", action: "warrant.return", first: applied, fields: one, refused: "warrant"},
		{name: "not twice", action: "warrant.return", first: inTurn(searched, done("warrant.return", one)), fields: one, refused: "warrant"},
		{name: "not before the search", action: "warrant.return", first: searched, fields: with(one, given{"on": "2026-11-23"}), refused: "on"},
		{name: "not tomorrow", action: "warrant.return", first: searched, fields: with(one, given{"on": "2026-11-25"}), refused: "on"},
		{name: "an administrator returns nothing", action: "warrant.return", who: "O-0008", first: searched, fields: one, refused: "-", code: Denied},
	}
}

func TestHowLongASearchWarrantLives(t *testing.T) {
	for name, c := range map[string]struct{ issued, last string }{
		"three calendar months from the date of issue, which does not count": {"2026-11-20", "2027-02-20"},
		"a month without that day ends on its last":                          {"2026-11-30", "2027-02-28"},
		"in a leap year too":            {"2027-11-30", "2028-02-29"},
		"over the change of the clocks": {"2026-09-01", "2026-12-01"},
	} {
		w := &SearchWarrant{State: WarrantGranted, Decided: on(t, c.issued)}
		if got := w.Until(); got != on(t, c.last) {
			t.Errorf("%s: issued %s it lives until %s, want %s", name, c.issued, got, c.last)
		}
		if got := w.Stands(on(t, c.last)); got != "granted" {
			t.Errorf("%s: on its last day it is %s", name, got)
		}
		if got := w.Stands(on(t, c.last) + 1); got != "expired" {
			t.Errorf("%s: the day after it is %s", name, got)
		}
	}
}

func TestTheClocksOfASearchWarrant(t *testing.T) {
	for name, c := range map[string]struct {
		first        func(*desk)
		now          string
		rule, settle string
		until        string
	}{
		"none on an application":                {applied, "2026-11-24 05:00", "", "", ""},
		"three months to execute it":            {granted, "2026-11-24 05:00", "execute the search warrant", "warrant.execute", "2027-02-21 00:00"},
		"expired, it goes back":                 {granted, "2027-02-21 00:00", "return the expired warrant", "warrant.return", "2027-02-21 00:00"},
		"executed, it goes back in two days":    {searched, "2026-11-24 05:00", "return the executed warrant", "warrant.return", "2026-11-27 00:00"},
		"back with the court, nothing runs out": {inTurn(searched, done("warrant.return", given{"warrant": "S-1"})), "2027-11-24 05:00", "", "", ""},
	} {
		d := newDesk(t, stationNow(t), station(t)...)
		c.first(d)
		dues := Dues(d.records["S-000001"], nil, at(t, c.now))
		if c.rule == "" {
			if len(dues) != 0 {
				t.Errorf("%s: %+v", name, dues)
			}
			continue
		}
		if len(dues) != 1 || !strings.HasPrefix(dues[0].Rule, c.rule) || dues[0].Settle != c.settle || !dues[0].Deadline.Equal(at(t, c.until)) || dues[0].Owner != "O-0002" || dues[0].Person != "P-000001" {
			t.Errorf("%s: %+v", name, dues)
		}
		if s, ok := Find(c.settle); !ok || !s.Starts(KindWarrant) {
			t.Errorf("%s: %s does not start from a search warrant", name, c.settle)
		}
	}
}

func TestTheRowOfASearchWarrant(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	granted(d)
	got := NewLiner(d, d.now).Line(d.records["S-000001"])
	if got.Kind != "search warrant" || got.Status != "granted" || got.What != "9 Rose Way" || got.Type != "PACE 1984 s.8" || got.Due != on(t, "2027-02-20") || got.Name != "KOVÁCS, Miklós" || !got.Live || got.OwnerName != "PC Blake" {
		t.Errorf("%+v", got)
	}
	if got = NewLiner(d, d.now.Add(120*24*time.Hour)).Line(d.records["S-000001"]); got.Status != "expired" {
		t.Errorf("after four months it is %s", got.Status)
	}
}

func TestSearchWarrantsExecutedAreCountedApartFromWarrantsOfArrest(t *testing.T) {
	search := func(unit Unit, when string, state WarrantState) *SearchWarrant {
		return &SearchWarrant{Unit: unit, State: state, Executed: at(t, when)}
	}
	arrest := &Arrest{Unit: "SE", At: at(t, "2026-11-21 06:00"), Status: InCustody, Offences: []OffenceCode{"fta"}, Warrant: "Wimbledon 26/12"}
	rows := Results(ResultRecords{
		Arrests: []*Arrest{arrest},
		Warrants: []*SearchWarrant{
			search("SE", "2026-11-20 00:00", WarrantExecuted), search("SE", "2026-11-26 23:59", WarrantExecuted), search("SW", "2026-11-21 05:00", WarrantExecuted),
			search("SW", "2026-11-19 23:59", WarrantExecuted), search("SW", "2026-11-27 00:00", WarrantExecuted), search("SW", "", WarrantGranted),
		},
	}, on(t, "2026-11-20"), on(t, "2026-11-26"))
	for name, c := range map[string]struct {
		unit Unit
		what string
		want int
	}{
		"searches of all units":                   {"", "search warrant", 3},
		"of one, on the first and the last day":   {"SE", "search warrant", 2},
		"of another, not the day before or after": {"SW", "search warrant", 1},
		"an arrest on a warrant is another sort":  {"SE", "arrest on a warrant", 1},
		"a search is not counted as an arrest":    {"SW", "arrest on a warrant", 0},
	} {
		if got := figure(rows, c.unit, HeadWarrants, c.what); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
