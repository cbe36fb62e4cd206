package model

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

const (
	survivorName = "Rosalind Vance"
	survivorSafe = "weekday mornings; ask for the library"
)

func kept(more given) func(*desk) {
	return func(d *desk) {
		d.must("O-0002", "victim.add", with(given{"name": survivorName, "way": "phone", "contact": "020 7946 0077", "safe": survivorSafe, "order": "R-5", "every": 7}, more))
	}
}

func survivorDeeds() []deed {
	add := given{"name": survivorName, "way": "phone", "order": "R-5"}
	v := given{"victim": "VS-1"}
	return []deed{
		{name: "who is protected by an order, and how they are reached", action: "victim.add", who: "O-0002", fields: add, then: func(d *desk) {
			s := as[*Survivor](d, "VS-000001")
			if s.Rights != EnhancedRights || s.Unit != "SW" || !slices.Equal(s.Orders, []Ref{"R-000005"}) {
				d.Errorf("%+v", s)
			}
			if refs, err := d.Linked("R-000005", KindSurvivor); err != nil || len(refs) != 1 {
				d.Errorf("found %d times from the order (%v)", len(refs), err)
			}
		}},
		{name: "S-TAC may record one", action: "victim.add", who: "O-0006", fields: add},
		{name: "it is somebody", action: "victim.add", fields: with(add, given{"name": nil}), refused: "name"},
		{name: "kept safe from something", action: "victim.add", fields: with(add, given{"order": nil}), refused: "cases"},
		{name: "how they want to be reached is asked first", action: "victim.add", fields: with(add, given{"way": nil}), refused: "way"},
		{name: "an advocate is named if they want to be reached through one", action: "victim.add", fields: with(add, given{"way": "advocate"}), refused: "advocate"},
		{name: "the subject of an order is not whom it protects", action: "victim.add", fields: with(add, given{"person": "P-7"}), refused: "person"},
		{name: "a case that is not there", action: "victim.add", fields: with(add, given{"case": "C-9"}), refused: "case", code: NotFound},
		{name: "a data officer records none", action: "victim.add", who: "O-0007", fields: add, refused: "-", code: Denied},

		{name: "empty fields stay as they are", action: "victim.plan", first: kept(nil), fields: with(v, given{"every": 14, "officer": "O-5", "order": "R-2"}), then: func(d *desk) {
			s := as[*Survivor](d, "VS-000001")
			if s.Every != 14 || s.Officer != "O-0005" || s.Safe != survivorSafe || s.Name != survivorName || len(s.Orders) != 2 {
				d.Errorf("%+v", s)
			}
		}},
		{name: "an officer who left keeps nobody in touch", action: "victim.plan", first: kept(nil), fields: with(v, given{"officer": "O-9"}), refused: "officer"},
		{name: "an administrator changes no plan", action: "victim.plan", who: "O-0008", first: kept(nil), fields: with(v, given{"every": 3}), refused: "-", code: Denied},

		{name: "a contact that reached them starts the plan again", action: "victim.contact", first: kept(nil), fields: with(v, given{"reached": "yes", "at": "2026-11-24 04:00"}), then: func(d *desk) {
			s := as[*Survivor](d, "VS-000001")
			if len(s.Contacts) != 1 || s.Contacts[0].Way != ByPhone || s.nextContact() != on(d, "2026-12-01") {
				d.Errorf("%+v next %s", s.Contacts, s.nextContact())
			}
		}},
		{name: "it has not yet to happen", action: "victim.contact", first: kept(nil), fields: with(v, given{"reached": "yes", "at": "2026-11-25 10:00"}), refused: "at"},
		{name: "whoever wants no contact is not contacted", action: "victim.contact", first: kept(given{"way": "no contact", "advocate": "Ms Hale"}), fields: with(v, given{"reached": "yes"}), refused: "victim"},
		{name: "but their advocate may be told", action: "victim.contact", first: kept(given{"way": "no contact", "advocate": "Ms Hale"}), fields: with(v, given{"reached": "yes", "way": "advocate"})},
		{name: "a data officer records none", action: "victim.contact", who: "O-0007", first: kept(nil), fields: with(v, given{"reached": "no"}), refused: "-", code: Denied},

		{name: "something to tell starts a clock of one working day", action: "victim.update", first: kept(nil), fields: with(v, given{"event": "arrested", "happened": "2026-11-23 22:00"}), then: func(d *desk) {
			due := clock(d, Dues(d.records["VS-000001"], nil, d.now), "tell the victim-survivor")
			if due.Deadline != on(d, "2026-11-24").End() || due.Settle != "victim.told" || due.Owner != "O-0002" {
				d.Errorf("%+v", due)
			}
		}},
		{name: "of five with standard rights", action: "victim.update", first: kept(given{"rights": "standard"}), fields: with(v, given{"event": "arrested", "happened": "2026-11-20 22:00"}), then: func(d *desk) {
			if due := clock(d, Dues(d.records["VS-000001"], nil, d.now), "tell the victim-survivor"); due.Deadline != on(d, "2026-11-27").End() {
				d.Errorf("%+v", due)
			}
		}},
		{name: "over Christmas the holidays do not count", action: "victim.update", first: kept(nil), fields: with(v, given{"event": "bailed", "happened": "2025-12-24 22:00"}), then: func(d *desk) {
			if due := clock(d, Dues(d.records["VS-000001"], nil, d.now), "tell the victim-survivor"); due.Deadline != on(d, "2025-12-29").End() {
				d.Errorf("%+v", due)
			}
		}},
		{name: "what is to come is told before it, in another way", action: "victim.update", first: kept(nil), fields: with(v, given{"event": "released", "happened": "2026-11-25 10:00"}), refused: "happened"},
		{name: "an administrator starts none", action: "victim.update", who: "O-0008", first: kept(nil), fields: with(v, given{"event": "order"}), refused: "-", code: Denied},

		{name: "being told settles it, and is a contact", action: "victim.told", first: inTurn(kept(nil), done("victim.update", given{"victim": "VS-1", "event": "arrested"}), done("victim.update", given{"victim": "VS-1", "event": "bailed"})), fields: with(v, given{"update": 1}), then: func(d *desk) {
			s := as[*Survivor](d, "VS-000001")
			if s.Updates[0].Told.IsZero() || !s.Updates[1].Told.IsZero() || len(s.Contacts) != 1 {
				d.Errorf("%+v", s)
			}
		}},
		{name: "nothing waits to be told", action: "victim.told", first: kept(nil), fields: v, refused: "update"},
		{name: "nobody is told of it before it happened", action: "victim.told", first: inTurn(kept(nil), done("victim.update", given{"victim": "VS-1", "event": "arrested"})), fields: with(v, given{"at": "2026-11-20 10:00"}), refused: "at"},
		{name: "a data officer tells nobody", action: "victim.told", who: "O-0007", first: kept(nil), fields: v, refused: "-", code: Denied},

		{name: "the one who looked is named, nothing changes", action: "victim.reveal", first: kept(nil), fields: given{"record": "VS-1", "reason": "calling before the arrest"}, then: func(d *desk) {
			if s := as[*Survivor](d, "VS-000001"); s.Rev > 1 {
				d.Errorf("looking changed it: %+v", s.Meta)
			}
		}},
		{name: "whom an order protects", action: "victim.reveal", fields: given{"record": "R-5", "reason": "serving the order"}},
		{name: "who is victim in a case", action: "victim.reveal", first: opened("P-2 P-3"), fields: given{"record": "C-1", "reason": "victim update"}},
		{name: "where a victim-survivor on record lives", action: "victim.reveal", first: inTurn(done("person.add", given{"surname": "Vance"}), opened("P-2 P-8"), done("address.add", given{"person": "P-8", "address": "9 Hidden Row", "type": "home"})), fields: given{"record": "P-8", "reason": "welfare visit"}},
		{name: "it asks why", action: "victim.reveal", first: kept(nil), fields: given{"record": "VS-1"}, refused: "reason"},
		{name: "a suspect's address is not hidden", action: "victim.reveal", fields: given{"record": "P-1", "reason": "attempt"}, refused: "record"},
		{name: "a case without a victim hides nothing", action: "victim.reveal", first: done("case.add", given{"person": "P-2", "offences": "fta", "last": "2026-11-20"}), fields: given{"record": "C-1", "reason": "look"}, refused: "record"},
		{name: "an administrator is shown nothing", action: "victim.reveal", who: "O-0008", first: kept(nil), fields: given{"record": "VS-1", "reason": "look"}, refused: "-", code: Denied},
		{name: "nor is a data officer", action: "victim.reveal", who: "O-0007", first: kept(nil), fields: given{"record": "VS-1", "reason": "look"}, refused: "-", code: Denied},

		{name: "with a reason, when no live order protects them", action: "victim.close", first: inTurn(opened("P-2 P-3"), kept(given{"order": nil, "case": "C-1"})), fields: with(v, given{"reason": "moved abroad, asked for no more"}), then: func(d *desk) {
			if due := Dues(d.records["VS-000001"], nil, d.now); len(due) != 0 {
				d.Errorf("%+v", due)
			}
		}},
		{name: "not while an order protects them", action: "victim.close", first: kept(nil), fields: with(v, given{"reason": "quiet"}), refused: "victim"},
		{name: "not while they have to be told something", action: "victim.close", first: inTurn(opened("P-2 P-3"), kept(given{"order": nil, "case": "C-1"}), done("victim.update", given{"victim": "VS-1", "event": "charged"})), fields: with(v, given{"reason": "quiet"}), refused: "victim"},
		{name: "an officer alone does not end it", action: "victim.close", who: "O-0002", first: kept(nil), fields: with(v, given{"reason": "quiet"}), refused: "-", code: Denied},
	}
}

func TestNobodyKeepsInTouchIsAnAlarm(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	kept(nil)(d)
	s := as[*Survivor](d, "VS-000001")
	s.Officer = ""
	if due := clock(t, Dues(s, nil, d.now), "name an officer"); due.Settle != "victim.plan" {
		t.Errorf("%+v", due)
	}
}

func TestTheContactPlanIsAClock(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	kept(nil)(d)
	due := clock(t, Dues(d.records["VS-000001"], nil, d.now), "contact the victim-survivor")
	if due.Deadline != on(t, "2026-12-01").End() {
		t.Errorf("seven days from the 24th: %s", due.Deadline)
	}
	d.must("O-0002", "victim.contact", given{"victim": "VS-1", "reached": "no"})
	if again := clock(t, Dues(d.records["VS-000001"], nil, d.now), "contact the victim-survivor"); again.Deadline != due.Deadline {
		t.Errorf("a call nobody answered is not a contact: %s", again.Deadline)
	}
}

// What is need-to-know is in no line, no fact and no JSON of the record; it is in what a reveal shows.
func TestTheVictimSurvivorIsNamedNowhereButInAReveal(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	kept(given{"advocate": "Ms Hale of Paladin", "needs": "Portuguese interpreter", "officer": "O-5"})(d)
	d.must("O-0005", "victim.contact", given{"victim": "VS-1", "reached": "yes", "note": "she moved to her sister"})
	s := as[*Survivor](d, "VS-000001")
	l := NewLiner(d, d.now)
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	line, err := json.Marshal(l.Line(s))
	if err != nil {
		t.Fatal(err)
	}
	facts, err := json.Marshal(FactsOf(s, l))
	if err != nil {
		t.Fatal(err)
	}
	shown, err := json.Marshal(Private(s, l))
	if err != nil {
		t.Fatal(err)
	}
	for _, hidden := range []string{survivorName, survivorSafe, "Hale", "Portuguese", "7946 0077", "sister"} {
		for what, text := range map[string][]byte{"the record": raw, "its line": line, "its card": facts} {
			if strings.Contains(string(text), hidden) {
				t.Errorf("%s says %q: %s", what, hidden, text)
			}
		}
		if !strings.Contains(string(shown), hidden) {
			t.Errorf("a reveal does not say %q: %s", hidden, shown)
		}
	}
	if !strings.Contains(string(facts), "0808 802 0300") {
		t.Errorf("the card does not say where help is: %s", facts)
	}
}

func TestTheOfficerWhoKeepsInTouchIsAskedFirst(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	withCase(d)
	d.must("O-0002", "victim.add", given{"name": survivorName, "way": "text", "case": "C-91", "officer": "O-5"})
	_, err := d.do("O-0001", "arrest.status", given{"arrest": "K-1", "status": "bailed", "bail_to": "2026-12-20"})
	if p := refusal(d, err); !strings.Contains(p.Do, "Evans") {
		t.Errorf("%v", p)
	}
}
