package model

import (
	"strings"
	"testing"
)

// someContacts is a finding of C-000001: who reached whom.
func someContacts() given {
	return given{"case": "C-1", "kind": "contacts", "title": "Texts by S1", "words": "Most are sent at night.", "devices": []any{"S1"}}
}

func storyDeeds() []deed {
	case1 := inTurn(opened("P-2 P-3"), done("device.attribute", aPhone()), done("device.attribute", with(aPhone(), given{"person": "P-3", "number": "07700 900456"})),
		done("moment.add", given{"case": "C-1", "at": "2026-11-01T18:00:00Z", "kind": "told"}))
	board := inTurn(case1, done("story.add", someContacts()))
	two := inTurn(board, done("story.add", given{"case": "C-1", "kind": "near"}))
	signed := inTurn(two, done("story.sign", given{"board": "SB-1"}))
	words := func(say string) given { return with(someContacts(), given{"words": say}) }
	unsigned := func(d *desk) {
		if as[*Storyboard](d, "SB-000001").Signed != nil {
			d.Error("the signature still stands")
		}
	}
	return []deed{
		{name: "a case may have several, each with a title", action: "story.open", first: board, fields: given{"case": "C-1", "title": "For the file"}, then: func(d *desk) {
			if got := as[*Storyboard](d, "SB-000002"); got.Title != "For the file" || got.Person != "P-000002" {
				d.Errorf("it is %+v", got)
			}
		}},
		{name: "its title says no more than the data can", action: "story.open", first: case1, fields: given{"case": "C-1", "title": "Proof that he followed her"}, refused: "title"},
		{name: "the first finding opens the storyboard of its case", action: "story.add", first: case1, fields: someContacts(), then: func(d *desk) {
			if b := as[*Storyboard](d, "SB-000001"); b.Case != "C-000001" || len(b.Findings) != 1 || b.Signed != nil {
				d.Errorf("it is %+v", b)
			}
		}},
		{name: "of several storyboards one is named", action: "story.add", first: inTurn(board, done("story.open", given{"case": "C-1"})), fields: someContacts(), refused: "board"},
		{name: "somebody was at a place is never said", action: "story.add", first: case1, fields: words("He was at her home at nine."), refused: "words"},
		{name: "nor that anything is certain", action: "story.add", first: case1, fields: words("This is certainly his."), refused: "words"},
		{name: "whom the case protects is not named", action: "story.add", first: case1, fields: words("Ms MARSH did not answer."), refused: "words"},
		{name: "nor their number, however it is written", action: "story.add", first: case1, fields: words("All to +44 7700 900456."), refused: "words"},
		{name: "a device may be named by its number, and is kept by its label", action: "story.add", first: case1, fields: with(someContacts(), given{"devices": []any{"07700900456, +33 612345678"}}), then: func(d *desk) {
			if got := strings.Join(as[*Storyboard](d, "SB-000001").Findings[0].Devices, " "); got != "V2 +33612345678" {
				d.Errorf("the devices are %s", got)
			}
		}},
		{name: "a device that is not there", action: "story.add", first: case1, fields: with(someContacts(), given{"devices": []any{"S9"}}), refused: "devices"},
		{name: "before and after are of a moment", action: "story.add", first: case1, fields: given{"case": "C-1", "kind": "change"}, refused: "moment"},
		{name: "that is marked in the case", action: "story.add", first: case1, fields: given{"case": "C-1", "kind": "change", "moment": 7.0}, refused: "moment"},
		{name: "a window runs forward", action: "story.add", first: case1, fields: with(someContacts(), given{"from": "2026-11-02T00:00:00Z", "to": "2026-11-01T00:00:00Z"}), refused: "to"},
		{name: "words alone are some", action: "story.add", first: case1, fields: given{"case": "C-1", "kind": "text"}, refused: "words"},
		{name: "a row is a file and a line", action: "story.add", first: case1, fields: with(someContacts(), given{"rows": []any{"3f9a0c11:42", "line 7"}}), refused: "rows"},
		{name: "of no case", action: "story.add", first: case1, fields: given{"kind": "near"}, refused: "case"},
		{name: "a finding can be worded anew", action: "story.edit", first: signed, fields: given{"board": "SB-1", "no": 1.0, "words": "Most are sent between midnight and six."}, then: unsigned},
		{name: "within what data can bear", action: "story.edit", first: board, fields: given{"board": "SB-1", "no": 1.0, "title": "He is guilty"}, refused: "title"},
		{name: "and its window opened", action: "story.edit", first: board, fields: given{"board": "SB-1", "no": 1.0, "all": true}, then: func(d *desk) {
			if got := as[*Storyboard](d, "SB-000001").Findings[0]; len(got.Devices) != 0 {
				d.Errorf("it is %+v", got)
			}
		}},
		{name: "the order is the officer's", action: "story.move", first: signed, fields: given{"board": "SB-1", "no": 2.0, "place": 1.0}, then: func(d *desk) {
			unsigned(d)
			if got := as[*Storyboard](d, "SB-000001").Findings; got[0].No != 2 || got[1].No != 1 {
				d.Errorf("they stand as %+v", got)
			}
		}},
		{name: "and has so many places", action: "story.move", first: two, fields: given{"board": "SB-1", "no": 2.0, "place": 3.0}, refused: "place"},
		{name: "a finding can be taken off", action: "story.remove", first: signed, fields: given{"board": "SB-1", "no": 1.0}, then: unsigned},
		{name: "and not twice", action: "story.remove", first: two, fields: given{"board": "SB-1", "no": 9.0}, refused: "no"},
		{name: "an officer signs for it by name and time", action: "story.sign", first: two, fields: given{"board": "SB-1"}, then: func(d *desk) {
			b := as[*Storyboard](d, "SB-000001")
			if b.Signed.By != "O-0001" || !b.Signed.At.Equal(d.now) || b.Signed.No != 1 {
				d.Errorf("it is signed %+v", b.Signed)
			}
			if says := b.SignedWords(NewLiner(d, d.now)); !strings.Contains(says, "Adeyemi") && !strings.Contains(says, "ADEYEMI") {
				d.Errorf("it says %q", says)
			}
		}},
		{name: "once", action: "story.sign", first: signed, fields: given{"board": "SB-1"}, refused: "board"},
		{name: "and only for something", action: "story.sign", first: inTurn(case1, done("story.open", given{"case": "C-1"})), fields: given{"board": "SB-1"}, refused: "board"},
	}
}

func TestASignedStoryboardSaysWhatChangedSince(t *testing.T) {
	d := newDesk(t, stationNow(t), station(t)...)
	inTurn(opened("P-2 P-3"), done("dataset.open", lawful()), done("story.add", given{"case": "C-1", "kind": "near"}), done("story.sign", given{"board": "SB-1"}))(d)
	b := as[*Storyboard](d, "SB-000001")
	if moved := b.Signed.Moved(d); len(moved) > 0 {
		t.Errorf("%v changed; nothing did", moved)
	}
	done("dataset.basis", given{"dataset": "D-1", "to": "2026-10-31", "reason": "Renewed"})(d)
	if says := b.SignedWords(NewLiner(d, d.now)); !strings.Contains(says, "changed since it was signed: D-000001") {
		t.Errorf("it says %q", says)
	}
}

func TestEveryWordingThatIsRefusedHasOneToUseInstead(t *testing.T) {
	for _, u := range Unsayable() {
		if u.Pattern == "" || u.Instead == "" {
			t.Errorf("%+v", u)
		}
		if err := sayable("words", u.Instead); err != nil {
			t.Errorf("what to say instead is refused itself: %v", err)
		}
	}
}
