package model

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"pou/model/day"
)

func TestReadingAnAction(t *testing.T) {
	for name, c := range map[string]struct {
		action  string
		fields  given
		refused string // the field; empty when it is read
		says    string
	}{
		"every field that is needed":               {"task.start", given{"task": "T-000001"}, "", ""},
		"a field that the action does not have":    {"task.start", given{"task": "T-1", "colour": "red"}, "colour", "task"},
		"of two such fields the first in the list": {"task.start", given{"zeal": 1, "colour": "red"}, "colour", "task"},
		"a field left out":                         {"task.start", given{}, "task", "is needed"},
		"a field of spaces":                        {"task.start", given{"task": "   "}, "task", "is needed"},
		"a field of nothing":                       {"task.start", given{"task": nil}, "task", "is needed"},
		"an empty list":                            {"task.start", given{"task": []any{}}, "task", "is needed"},
		"rev belongs to every action":              {"task.start", given{"task": "T-1", "rev": 3.0}, "", ""},

		"a ref in any case, without its noughts":  {"task.start", given{"task": " t-1 "}, "", ""},
		"a ref of another kind":                   {"task.start", given{"task": "P-1"}, "task", "task"},
		"a ref that is none":                      {"task.start", given{"task": "the first"}, "task", "reference"},
		"a ref of number nought":                  {"task.start", given{"task": "T-0"}, "task", "reference"},
		"a ref in a list of one":                  {"task.start", given{"task": []any{"T-1"}}, "", ""},
		"two refs where one is asked":             {"task.start", given{"task": []any{"T-1", "T-2"}}, "task", "one value"},
		"a target is not an operation":            {"target.add", given{"operation": "OP-1/1", "person": "P-1", "reason": "x"}, "operation", "operation"},
		"an operation is not a target":            {"target.plan", given{"target": "OP-1", "plan": "x"}, "target", "target"},
		"an object is no value":                   {"task.start", given{"task": map[string]any{"ref": "T-1"}}, "task", "plain value"},
		"nor inside a list":                       {"task.start", given{"task": []any{map[string]any{}}}, "task", "plain value"},
		"several refs with commas and semicolons": {"target.assign", given{"target": "OP-1/1", "officers": "O-1, O-2;O-3"}, "", ""},
		"several refs as a list":                  {"target.assign", given{"target": "OP-1/1", "officers": []any{"O-1", "O-2"}}, "", ""},
		"several refs as strings":                 {"target.assign", given{"target": "OP-1/1", "officers": []string{"O-1", " "}}, "", ""},
		"one of several that is wrong":            {"target.assign", given{"target": "OP-1/1", "officers": "O-1,P-2"}, "officers", "P-2"},
		"only commas":                             {"target.assign", given{"target": "OP-1/1", "officers": ",,"}, "officers", "is needed"},
		"a choice by its value":                   {"arrest.status", given{"status": "RUI"}, "", ""},
		"a choice by its label":                   {"arrest.status", given{"status": "Released under Investigation"}, "", ""},
		"a choice by how its label begins":        {"arrest.status", given{"status": "released"}, "", ""},
		"a beginning of two":                      {"attempt.record", given{"outcome": "seen,"}, "outcome", "choices"},
		"a choice nobody offers":                  {"arrest.status", given{"status": "loose"}, "status", "in custody"},
		"a choice given as a number":              {"arrest.status", given{"status": "NFA", "outcome": 16.0}, "", ""},
		"choices with commas":                     {"wanted.mark", given{"person": "P-1", "offences": "s2A, Rape"}, "", ""},
		"one of the choices is wrong":             {"wanted.mark", given{"person": "P-1", "offences": "s2A,s99"}, "offences", "s99"},
		"a day in words":                          {"order.notify", given{"order": "R-1", "day": "1 Dec 2026"}, "", ""},
		"a day in figures":                        {"order.notify", given{"order": "R-1", "day": "01/12/2026"}, "", ""},
		"a day that never was":                    {"order.notify", given{"order": "R-1", "day": "30 Feb 2026"}, "day", "28 days"},
		"a day that is a number":                  {"order.notify", given{"order": "R-1", "day": 20261201.0}, "", ""},
		"a day without a year":                    {"order.notify", given{"order": "R-1", "day": "1 Dec"}, "day", "is not a day"},
		"a time in London":                        {"order.serve", given{"order": "R-1", "how": "in person", "at": "2026-11-24 05:00"}, "", ""},
		"a time anywhere":                         {"order.serve", given{"order": "R-1", "how": "in person", "at": "2026-11-24T05:00:00Z"}, "", ""},
		"a time that is none":                     {"order.serve", given{"order": "R-1", "how": "in person", "at": "at dawn"}, "at", "is not a time"},
		"a time of 25 o'clock":                    {"order.serve", given{"order": "R-1", "how": "in person", "at": "2026-11-24 25:00"}, "at", "is not a time"},
		"a date of birth as far as it is known":   {"person.add", given{"surname": "X", "born": "c. 1960"}, "", ""},
		"a date of birth that is none":            {"person.add", given{"surname": "X", "born": "spring"}, "born", "date of birth"},
		"a number as typed":                       {"task.tick", given{"task": "T-1", "item": "2"}, "", ""},
		"a number as JSON has it":                 {"task.tick", given{"task": "T-1", "item": 2.0}, "", ""},
		"a number as Go has it":                   {"task.tick", given{"task": "T-1", "item": uint64(2)}, "", ""},
		"a half is no whole number":               {"task.tick", given{"task": "T-1", "item": 2.5}, "item", "whole number"},
		"nor is less than nothing":                {"task.tick", given{"task": "T-1", "item": -1.0}, "item", "whole number"},
		"nor is more than there can be":           {"task.tick", given{"task": "T-1", "item": 1e12}, "item", "whole number"},
		"yes in a word":                           {"breach.decide", given{"breach": "B-1", "decision": "need more", "reason": "x", "want": "YES"}, "", ""},
		"yes as JSON has it":                      {"breach.decide", given{"breach": "B-1", "decision": "need more", "reason": "x", "want": true}, "", ""},
		"neither yes nor no":                      {"breach.decide", given{"breach": "B-1", "decision": "need more", "reason": "x", "want": "perhaps"}, "want", "yes"},
		"text with commas is one text":            {"alias.add", given{"person": "P-1", "name": "MIKI, K"}, "", ""},
		"lines of text are several":               {"order.add", given{"person": "P-1", "type": "SPO", "made": "2026-11-20", "conditions": "One, two\n\nThree; four"}, "", ""},
		"two texts where one is asked":            {"alias.add", given{"person": "P-1", "name": []any{"A", "B"}}, "name", "one value"},
	} {
		t.Run(name, func(t *testing.T) {
			s, ok := Find(c.action)
			if !ok {
				t.Fatalf("there is no action %s", c.action)
			}
			_, err := s.Read(c.fields)
			if c.refused == "" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			if err == nil {
				t.Fatal("it is read")
			}
			if p := refusal(t, err); p.Field != c.refused || p.Code != Invalid || !strings.Contains(p.Rule+" "+p.Do, c.says) {
				t.Errorf("refused about %q as %s: %v; want %q, saying %q", p.Field, p.Code, p, c.refused, c.says)
			}
		})
	}
}

func TestWhatIsReadIsWhatWasMeant(t *testing.T) {
	s, _ := Find("order.add")
	a, err := s.Read(given{
		"person": "p-7", "type": "spo", "made": "20 Nov 2026", "conditions": "Not to contact, by any means\n\nMust attend", "served": "2026-07-14 00:30",
		"replaces": "r-2",
	})
	if err != nil {
		t.Fatal(err)
	}
	o, ok := a.(*orderAdd)
	if !ok {
		t.Fatalf("%T", a)
	}
	if o.Person != "P-000007" || o.Type != SPO || o.Made != on(t, "2026-11-20") || len(o.Conditions) != 2 || o.Replaces != "R-000002" {
		t.Errorf("%+v", o)
	}
	if !o.Served.Equal(at(t, "2026-07-13T23:30:00Z")) {
		t.Errorf("half past midnight in London in July is 23:30 UTC the day before, not %s", o.Served.UTC())
	}
}

// The words of a refusal are themselves accepted: an officer types what they are told to type.
func TestWhatARefusalSuggestsIsAccepted(t *testing.T) {
	for _, c := range []struct {
		action, field, bad string
		others             given
		suggested          []string
	}{
		{"order.notify", "day", "soon", given{"order": "R-1"}, []string{"2026-12-01", "1 Dec 2026"}},
		{"order.serve", "at", "soon", given{"order": "R-1", "how": "in person"}, []string{"05:40", "2026-12-01 05:40"}},
		{"person.edit", "born", "soon", given{"person": "P-1"}, []string{"3 Dec 1984", "Dec 1984", "1984"}},
		{"task.start", "task", "soon", nil, []string{"T-000123"}},
		{"target.plan", "target", "soon", given{"plan": "x"}, []string{"OP-0001/012"}},
	} {
		s, _ := Find(c.action)
		read := func(value string) error {
			fields := given{c.field: value}
			for k, v := range c.others {
				fields[k] = v
			}
			_, err := s.Read(fields)
			return err
		}
		p := refusal(t, read(c.bad))
		for _, value := range c.suggested {
			if !strings.Contains(p.Do, value) {
				t.Errorf("%s %s: %q does not suggest %q", c.action, c.field, p.Do, value)
			}
			if err := read(ResolveTime(value, stationNow(t))); err != nil {
				t.Errorf("%s %s: %q is suggested and refused: %v", c.action, c.field, value, err)
			}
		}
	}
}

func TestAShortTimeIsTheLatestThatHasPassed(t *testing.T) {
	for name, c := range map[string]struct{ typed, now, want string }{
		"earlier today":                                 {"04:15", "2026-11-24 05:00", "2026-11-24 04:15"},
		"this very minute":                              {"05:00", "2026-11-24 05:00", "2026-11-24 05:00"},
		"a minute from now was yesterday":               {"05:01", "2026-11-24 05:00", "2026-11-23 05:01"},
		"before midnight, just after it":                {"23:50", "2026-11-24 00:10", "2026-11-23 23:50"},
		"now is now":                                    {"now", "2026-11-24 05:00", "2026-11-24 05:00"},
		"in summer, London time":                        {"04:15", "2026-07-14T04:00:00Z", "2026-07-14T03:15:00Z"},
		"the evening before the clocks went forward":    {"23:30", "2026-03-29 07:00", "2026-03-28T23:30:00Z"},
		"the morning after the clocks went forward":     {"03:30", "2026-03-29 07:00", "2026-03-29T02:30:00Z"},
		"the morning after the clocks went back":        {"03:30", "2026-10-25 07:00", "2026-10-25T03:30:00Z"},
		"the evening before the clocks went back":       {"23:30", "2026-10-25 07:00", "2026-10-24T22:30:00Z"},
		"in the first of the hours that happen twice":   {"01:10", "2026-10-25T00:40:00Z", "2026-10-25T00:10:00Z"},
		"in the second of the hours that happen twice":  {"01:10", "2026-10-25T01:40:00Z", "2026-10-25T01:10:00Z"},
		"a longer time is left as it is":                {"2026-11-24 04:15", "2026-11-24 05:00", "2026-11-24 04:15"},
		"and so is what is no time: the action says so": {"dawn", "2026-11-24 05:00", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := ResolveTime(c.typed, at(t, c.now))
			if c.want == "" {
				if got != c.typed {
					t.Errorf("%q became %q", c.typed, got)
				}
				return
			}
			moment, err := ParseTime(got)
			if err != nil {
				t.Fatal(err)
			}
			if !moment.Equal(at(t, c.want)) {
				t.Errorf("%s at %s is %s, want %s", c.typed, c.now, moment, c.want)
			}
		})
	}
}

func TestARevisionThatIsNotTheRecordsOwn(t *testing.T) {
	for name, c := range map[string]struct {
		action string
		fields given
		code   Code // empty when it goes through
	}{
		"the revision it was based on": {"person.edit", given{"person": "P-1", "note": "x", "rev": 1.0}, ""},
		"as a text":                    {"person.edit", given{"person": "P-1", "note": "x", "rev": "1"}, ""},
		"as other programs give it":    {"person.edit", given{"person": "P-1", "note": "x", "rev": int64(1)}, ""},
		"left out":                     {"person.edit", given{"person": "P-1", "note": "x"}, ""},
		"left empty":                   {"person.edit", given{"person": "P-1", "note": "x", "rev": ""}, ""},
		"one too old":                  {"person.edit", given{"person": "P-1", "note": "x", "rev": 0.0}, Conflict},
		"one that has not been":        {"person.edit", given{"person": "P-1", "note": "x", "rev": 2.0}, Conflict},
		"of a record named in a list":  {"person.edit", given{"person": []any{"P-1"}, "note": "x", "rev": 2.0}, Conflict},
		"that is no number":            {"person.edit", given{"person": "P-1", "note": "x", "rev": "newest"}, Invalid},
		"that is less than nothing":    {"person.edit", given{"person": "P-1", "note": "x", "rev": -1.0}, Invalid},
		"that is a half":               {"person.edit", given{"person": "P-1", "note": "x", "rev": 1.5}, Invalid},
		"that is yes":                  {"person.edit", given{"person": "P-1", "note": "x", "rev": true}, Invalid},
		"of the line, not of the officers who came along":      {"attempt.record", given{"wanted": "W-1", "outcome": "moved", "with": "O-2", "rev": 2.0}, ""},
		"of nothing, when the action is about nothing on file": {"person.add", given{"surname": "X", "rev": 9.0}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, stationNow(t), station(t)...)
			w, _ := d.Record("W-000001")
			d.keep(w) // revision 2
			_, err := d.do("O-0001", c.action, c.fields)
			if c.code == "" {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			if err == nil {
				t.Fatal("it went through")
			}
			if p := refusal(t, err); p.Code != c.code || p.Field != "rev" {
				t.Errorf("refused about %q as %s: %v", p.Field, p.Code, p)
			}
		})
	}
}

func TestAConflictSaysWhoWasFirst(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0003", "person.edit", given{"person": "P-1", "note": "theirs"})
	_, err := d.do("O-0002", "person.edit", given{"person": "P-1", "note": "mine", "rev": 1.0})
	p := refusal(t, err)
	for _, want := range []string{"P-000001", "DI Clarke", "person.edit", "revision 1", "now 2"} {
		if !strings.Contains(p.Rule, want) {
			t.Errorf("%q does not say %q", p.Rule, want)
		}
	}
}

func TestPicking(t *testing.T) {
	offences := OffenceCode("").Choices()
	for typed, want := range map[string]string{
		"s2a": "s2A", "Stalking": "s2A", "harassment": "s2", "threats": "threats-to-kill", "breach of a restraining order on": "ro-breach-acq",
		"breach of a": "", "stal": "", "s": "", "": "", "ra": "",
	} {
		got, ok := pick(offences, typed)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q picks %q, want %q", typed, got, want)
		}
	}
}

func FuzzFields(f *testing.F) {
	for i, seed := range []string{
		`{"person":"P-1","surname":"X","born":"c. 1960"}`, `{"person":["P-1",2,null,true,{"a":[1]}],"rev":-1}`, `{"offences":"s2A,s4A","last_act":"2026-07-01"}`,
		`{"at":"2026-11-24T05:00:00Z","made":"30 Feb 2026","item":1e300}`, `{"conditions":"a\nb","served":"0000-01-01 00:00"}`, `{"":""}`, `[]`, `{"status":"\ud800","x\u0000":1}`,
	} {
		f.Add(uint8(i), []byte(seed))
	}
	all := Actions()
	f.Fuzz(func(t *testing.T, which uint8, raw []byte) {
		s := all[int(which)%len(all)]
		var fields map[string]any
		if json.Unmarshal(raw, &fields) != nil || s.Internal {
			return
		}
		d := newDesk(t, stationNow(t), station(t)...)
		for _, who := range []Ref{"O-0001", "O-0008"} {
			_, err := d.do(who, s.Name, fields)
			var p *Problem
			if err != nil && (!errors.As(err, &p) || p.Rule == "" || p.Do == "") {
				t.Fatalf("%s %s: %v (%T)", s.Name, raw, err, err)
			}
		}
		for _, r := range d.records {
			if err := r.Check(); err != nil {
				t.Fatalf("%s %s left %s in a state it may not be in: %v", s.Name, raw, r.Head().Ref, err)
			}
			Dues(r, &Person{RSOUntil: day.On(d.now)}, d.now.Add(1000*time.Hour))
			NewLiner(d, d.now).Line(r)
		}
	})
}
