package model

import (
	"strings"
	"testing"
)

func TestUndo(t *testing.T) {
	for name, c := range map[string]struct {
		who, by Ref // who did it, and who takes it back
		action  string
		fields  given
		seq     given // what the undo says; nil: the last thing I did
		refused string
		code    Code
		restore []Ref // records that are as they were
	}{
		"an attempt is taken back, and its count with it": {
			who: "O-0002", by: "O-0002", action: "attempt.record", fields: given{"person": "P-1", "outcome": "moved"}, restore: []Ref{"W-000001", "OP-0001/001", "A-000001"},
		},
		"an arrest is taken back: the line lives again, the target is on the list, the arrest is gone": {
			who: "O-0002", by: "O-0002", action: "arrest.record", fields: given{"person": "P-1"}, restore: []Ref{"W-000001", "OP-0001/001", "K-000004", "A-000001"},
		},
		"an elimination is taken back by the sergeant who made it": {
			who: "O-0001", by: "O-0001", action: "wanted.eliminate", fields: given{"wanted": "W-1", "reason": "x"}, restore: []Ref{"W-000001"},
		},
		"a supervisor takes back what a constable did": {
			who: "O-0002", by: "O-0003", action: "person.edit", fields: given{"person": "P-1", "forename": "X"}, seq: given{"seq": 1.0}, restore: []Ref{"P-000001"},
		},
		"a constable takes back nothing of another's": {
			who: "O-0001", by: "O-0002", action: "person.edit", fields: given{"person": "P-1", "forename": "X"}, seq: given{"seq": 1.0}, refused: "seq", code: Denied,
		},
		"a sergeant does not give access back to an officer who left": {
			who: "O-0008", by: "O-0001", action: "officer.leave", fields: given{"officer": "O-2", "reason": "dismissed"}, seq: given{"seq": 1.0}, refused: "seq", code: Denied,
		},
		"nor take an officer's new roles away": {
			who: "O-0008", by: "O-0003", action: "officer.edit", fields: given{"officer": "O-2", "roles": "sergeant"}, seq: given{"seq": 1.0}, refused: "seq", code: Denied,
		},
		"an administrator does": {
			who: "O-0008", by: "O-0008", action: "officer.leave", fields: given{"officer": "O-2", "reason": "dismissed"}, restore: []Ref{"O-0002"},
		},
		"an administrator takes back nothing of an operation": {
			who: "O-0001", by: "O-0008", action: "person.edit", fields: given{"person": "P-1", "forename": "X"}, seq: given{"seq": 1.0}, refused: "seq", code: Denied,
		},
		"a discharge is taken back": {
			who: "O-0004", by: "O-0004", action: "order.discharge", fields: given{"order": "R-3", "reason": "x"}, restore: []Ref{"R-000003"},
		},
		"an order that replaced an interim one gives it back": {
			who: "O-0004", by: "O-0004", action: "order.add", restore: []Ref{"R-000002", "R-000006"},
			fields: given{"person": "P-7", "type": "SPO", "made": "2026-11-20", "conditions": "Not to contact", "replaces": "R-2"},
		},
		"a decision is taken back, and the line it opened": {
			who: "O-0005", by: "O-0005", action: "breach.decide", restore: []Ref{"B-000001", "W-000006"},
			fields: given{"breach": "B-1", "decision": "substantiated", "reason": "x", "excuse": "none", "want": "yes"},
		},
		"a decision is taken back with the task and the target that followed": {
			who: "O-0005", by: "O-0005", action: "breach.decide", restore: []Ref{"B-000001", "W-000006", "OP-0001/003", "T-000003"},
			fields: given{"breach": "B-1", "decision": "substantiated", "reason": "x", "excuse": "none", "want": "yes", "operation": "OP-1"},
		},
		"a suspicion that was dismissed is put forward again": {
			who: "O-0005", by: "O-0005", action: "breach.dismiss", restore: []Ref{"B-000005"}, fields: given{"suspicion": "R-000002/initial notification/notify", "reason": "x"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, stationNow(t), station(t)...)
			was := map[Ref]Record{}
			for _, ref := range c.restore {
				was[ref] = d.records[ref]
			}
			d.must(c.who, c.action, c.fields)
			change, err := d.do(c.by, "undo", c.seq)
			if c.refused != "" {
				deed{refused: c.refused, code: c.code}.wasRefused(d, err)
				return
			}
			if err != nil {
				t.Fatalf("refused: %v", err)
			}
			for ref, r := range was {
				if !sameButMeta(r, d.records[ref]) {
					t.Errorf("%s is %+v, and was %+v", ref, d.records[ref], r)
				}
			}
			if change.Undoes != 1 || change.Reason == "" {
				t.Errorf("the entry says it takes back %d, because %q", change.Undoes, change.Reason)
			}
		})
	}
}

func TestUndoIsRefusedOnceTheRecordHasMovedOn(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0002", "attempt.record", given{"person": "P-1", "outcome": "no-reply"})
	d.must("O-0001", "wanted.edit", given{"wanted": "W-1", "grade": "A"})
	_, err := d.do("O-0002", "undo", nil)
	p := refusal(t, err)
	if p.Code != Conflict || !strings.Contains(p.Rule, "W-000001") || !strings.Contains(p.Do, "W-000001") {
		t.Errorf("refused as %s: %v; it should name the record that has moved on", p.Code, p)
	}
}

func TestUndoTakesBackAnUndo(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0002", "arrest.record", given{"person": "P-1"})
	after := map[Ref]Record{}
	for _, ref := range []Ref{"W-000001", "OP-0001/001", "K-000004", "A-000001"} {
		after[ref] = d.records[ref]
	}
	d.must("O-0002", "undo", given{"reason": "wrong person"})
	d.must("O-0002", "undo", given{"seq": 2.0, "reason": "right person after all"})
	for ref, r := range after {
		if !sameButMeta(r, d.records[ref]) {
			t.Errorf("%s is %+v, and was %+v", ref, d.records[ref], r)
		}
	}
}

func TestUndoWithoutANumberGoesBackStepByStep(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0002", "person.edit", given{"person": "P-1", "forename": "One"})
	d.must("O-0002", "person.edit", given{"person": "P-2", "forename": "Two"})
	d.must("O-0002", "undo", nil)
	d.must("O-0002", "undo", nil)
	if a, b := as[*Person](d, "P-000001"), as[*Person](d, "P-000002"); a.Forename != "Miklós" || b.Forename != "Dean" {
		t.Errorf("%s and %s", a.Name(), b.Name())
	}
	if _, err := d.do("O-0002", "undo", nil); err == nil {
		t.Error("there was nothing more to take back")
	}
}

// A ref is never used twice, even when the record is undone: two people must not share one target's history.
func TestATargetsNumberIsNeverUsedAgain(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0001", "target.add", given{"operation": "OP-1", "person": "P-4", "reason": "high risk"})
	d.must("O-0001", "undo", nil)
	if _, still := d.records["OP-0001/003"]; still {
		t.Fatal("the target is still on the list")
	}
	d.must("O-0001", "target.add", given{"operation": "OP-1", "person": "P-7", "reason": "high risk"})
	if r, again := d.records["OP-0001/003"]; again {
		t.Errorf("OP-0001/003 was P-000004 and is now %s", PersonOf(r))
	}
	if g := as[*Target](d, "OP-0001/004"); g.Person != "P-000007" {
		t.Errorf("%+v", g)
	}
}

// Twelve units add to one operation; each may take back its own target whatever the others added since.
func TestATargetIsTakenBackWhateverWasAddedSince(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0001", "target.add", given{"operation": "OP-1", "person": "P-4", "reason": "high risk"})
	d.must("O-0003", "target.add", given{"operation": "OP-1", "person": "P-7", "reason": "high risk"})
	d.must("O-0001", "undo", nil)
	if _, still := d.records["OP-0001/003"]; still || d.state("OP-0001/004") != string(TargetLive) {
		t.Errorf("on the list: %v", d.refs(KindTarget))
	}
}
