package model

import (
	"strings"
	"testing"
	"time"

	"pou/model/day"
)

// winterOver is the station once the days of its running operation are over, with one target still on the list.
func winterOver(d *desk) { d.now = at(d, "2026-12-01 10:00") }

// winterAnswered is the same with an exit for every target, and debriefed.
func winterAnswered(d *desk) {
	winterOver(d)
	d.must("O-0001", "target.remove", given{"target": "OP-1/1", "exit": "circulated", "reason": "three addresses tried"})
	d.must("O-0002", "operation.debrief", ofOp(given{"worked": "Early start", "did_not": "No MOE"}))
}

func closeDeeds() []deed {
	op := ofOp(nil)
	return []deed{
		{name: "when every target has left and it was debriefed", action: "operation.close", who: "O-0003", first: winterAnswered, fields: op, then: func(d *desk) {
			if o := as[*Operation](d, "OP-0001"); o.State(day.On(d.now)) != OperationClosed || o.ClosedBy != "O-0003" || !o.Closed.Equal(d.now) {
				d.Errorf("%+v", o)
			}
		}},
		{name: "by its papers too, and before its last day when nobody is left", action: "operation.close", fields: given{"operation": "PL-1"}, first: func(d *desk) {
			winterAnswered(d)
			d.now = at(d, "2026-12-01 11:00")
		}},
		{name: "early, when nobody is left on the list", action: "operation.close", fields: op, first: func(d *desk) {
			d.must("O-0001", "target.remove", given{"target": "OP-1/1", "exit": "eliminated", "reason": "in prison"})
			d.must("O-0001", "operation.debrief", ofOp(given{"did_not": "Late start"}))
		}, then: func(d *desk) {
			o := as[*Operation](d, "OP-0001")
			if o.State(day.On(d.now)) != OperationClosed || o.State(day.On(d.now)-1) != OperationLive {
				d.Errorf("%s, the day before %s", o.State(day.On(d.now)), o.State(day.On(d.now)-1))
			}
		}},
		{name: "not while a target has no exit", action: "operation.close", first: func(d *desk) {
			winterOver(d)
			d.must("O-0002", "operation.debrief", ofOp(given{"worked": "Early start"}))
		}, fields: op, refused: "operation"},
		{name: "not undebriefed", action: "operation.close", first: func(d *desk) {
			winterOver(d)
			d.must("O-0001", "target.remove", given{"target": "OP-1/1", "exit": "withdrawn", "reason": "line under review"})
		}, fields: op, refused: "operation"},
		{name: "a debrief of intelligence alone says nothing of what worked", action: "operation.close", first: func(d *desk) {
			winterOver(d)
			d.must("O-0001", "target.remove", given{"target": "OP-1/1", "exit": "withdrawn", "reason": "line under review"})
			d.must("O-0002", "operation.debrief", ofOp(given{"intel": "New car seen"}))
		}, fields: op, refused: "operation"},
		{name: "not before it begins", action: "operation.close", fields: given{"operation": "OP-3"}, refused: "operation", first: func(d *desk) {
			d.must("O-0003", "operation.create", given{"name": "SAMPLE Summer", "from": "2027-04-19", "to": "2027-04-25"})
		}},
		{name: "not twice", action: "operation.close", fields: op, refused: "operation", first: inTurn(winterAnswered, done("operation.close", op))},
		{name: "not by a constable", action: "operation.close", who: "O-0002", first: winterAnswered, fields: op, refused: "-", code: Denied},
		{name: "nobody joins the list of a closed operation", action: "target.add", fields: ofOp(given{"person": "P-2", "reason": "x"}), refused: "operation", first: inTurn(winterAnswered, done("operation.close", op))},
		{name: "an exit is not taken back under a closed operation", action: "undo", fields: given{"seq": 1.0}, refused: "seq", code: Conflict, first: inTurn(winterAnswered, done("operation.close", op))},
		{name: "nor is the debrief", action: "undo", fields: given{"seq": 2.0}, refused: "seq", code: Conflict, first: inTurn(winterAnswered, done("operation.close", op))},
		{name: "the closing itself is", action: "undo", fields: given{"seq": 3.0}, first: inTurn(winterAnswered, done("operation.close", op)), then: func(d *desk) {
			if o := as[*Operation](d, "OP-0001"); o.State(day.On(d.now)) != OperationEnded {
				d.Errorf("%+v", o)
			}
		}},
	}
}

func TestARefusalToCloseNamesWhoIsLeftAndTheExitTheRecordBearsOut(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	d.must("O-0001", "target.add", ofOp(given{"person": "P-5", "reason": "Stalking, high risk"}))
	d.must("O-0001", "target.add", ofOp(given{"person": "P-2", "reason": "Stalking, high risk"}))
	winterOver(d)
	_, err := d.do("O-0003", "operation.close", ofOp(nil))
	p := refusal(t, err)
	for _, word := range []string{"3 targets are still on the list", "OP-0001/001 KOVÁCS, Miklós (circulated: circulated on PNC on W-000001)", "OP-0001/003 OSEI, Kwame;", "OP-0001/004 LOWE, Dean"} {
		if !strings.Contains(p.Rule, word) {
			t.Errorf("%q does not say %q", p.Rule, word)
		}
	}
	if !strings.Contains(p.Do, "target.remove") {
		t.Errorf("%q does not name the next action", p.Do)
	}
	// OSEI was arrested before he was listed: that is not this operation's arrest.
	as[*Target](d, "OP-0001/003").Added = d.now.Add(-30 * 24 * time.Hour)
	left, err := Unanswered(d, "OP-0001")
	if err != nil || len(left) != 3 || left[1].Exit != TargetArrested || !strings.Contains(left[1].Why, "K-000001") {
		t.Errorf("%+v %v", left, err)
	}
}

func TestARefusalToCloseNamesSixAndCountsTheRest(t *testing.T) {
	left := make([]Unfinished, 9)
	for i := range left {
		left[i] = Unfinished{Target: &Target{Meta: Meta{Ref: NewTargetRef("OP-0001", uint64(i+1))}}, Name: "X"}
	}
	got := unansweredWords(left)
	if !strings.Contains(got, "OP-0001/006 X; and 3 more") || strings.Contains(got, "OP-0001/007") {
		t.Error(got)
	}
}
