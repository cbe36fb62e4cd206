package model

import (
	"slices"
	"strings"
	"testing"
)

// goes are the officers who go for the running operation's target.
func goes(d *desk) []Ref { return as[*Target](d, "OP-0001/001").Officers }

func TestAFrozenOrderSendsItsTeams(t *testing.T) {
	d := planning(t)
	as[*Target](d, "OP-0001/001").Officers = nil
	d.must("O-0001", "plan.team", given{"operation": "OP-1", "name": "Red", "officers": "O-2,O-5"})
	if len(goes(d)) > 0 {
		t.Fatal("a draft sent somebody")
	}
	freeze(d)
	if got := goes(d); !slices.Equal(got, []Ref{"O-0002", "O-0005"}) {
		t.Fatalf("after the freeze %v go", got)
	}
	d.must("O-0001", "undo", given{"reason": "too early"})
	if got := goes(d); len(got) > 0 {
		t.Fatalf("the freeze was taken back, and %v go", got)
	}
	d.must("O-0001", "plan.freeze", given{"operation": "OP-1"})

	d.must("O-0001", "plan.team", given{"operation": "OP-1", "name": "Red", "rv": "Car park"})
	d.must("O-0001", "plan.team", given{"operation": "OP-1", "name": "Red", "officers": "O-5"})
	if got := goes(d); !slices.Equal(got, []Ref{"O-0005"}) {
		t.Errorf("after the team changed %v go", got)
	}
	d.must("O-0001", "plan.team", given{"operation": "OP-1", "name": "Red", "remove": true})
	if got := goes(d); len(got) > 0 {
		t.Errorf("the team is gone, and %v go", got)
	}
	d.must("O-0001", "plan.team", given{"operation": "OP-1", "name": "Green", "officers": "O-2", "targets": "OP-1/1"})
	if got := goes(d); !slices.Equal(got, []Ref{"O-0002"}) {
		t.Errorf("a new team goes, and %v do", got)
	}
}

func TestAnAssignmentThatDepartsFromTheFrozenOrderIsMarked(t *testing.T) {
	d := planning(t)
	freeze(d)
	assign := func(to string, want string) {
		t.Helper()
		before := len(as[*Plan](d, "PL-0001").Changes)
		d.must("O-0001", "target.assign", given{"target": "OP-1/1", "officers": to})
		changes := as[*Plan](d, "PL-0001").Changes[before:]
		if want == "" && len(changes) == 0 {
			return
		}
		if len(changes) != 1 || !strings.Contains(changes[0].What, want) {
			t.Errorf("assigned to %s: the order has the changes %+v, want %q", to, changes, want)
		}
	}
	assign("O-2", "")
	assign("O-5", "OP-0001/001 goes to PC Evans, not to team Red")
	assign("O-5", "")
	assign("O-2", "OP-0001/001 goes to PC Blake, team Red as ordered")
}
