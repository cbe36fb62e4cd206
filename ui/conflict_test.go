package ui

import (
	"strings"
	"testing"

	"pou/model"
)

// editHolloway has the form for a person open, with the surname typed over, and somebody else saving meanwhile.
func editHolloway(t *testing.T, theirs ...string) *rig {
	t.Helper()
	r := newRig(t, 100, 40, threeWanted)
	r.press("ctrl+k").typed("holloway").press("enter")
	r.settle()
	r.run(r.app.openForm("person.edit", r.app.subjects()))
	r.settle()
	f, ok := r.app.over.(*formOverlay)
	if !ok {
		t.Fatalf("no form:\n%s", r.screen())
	}
	f.form.SetValues(map[string]string{"surname": "Hollowell", "forename": "Mark"})
	w := &world{t: t, book: r.book, who: "O-0002"}
	w.do("person.edit", append([]string{"person", "P-1"}, theirs...)...)
	r.press("ctrl+s")
	r.settle()
	return r
}

func TestBothVersionsStandSideBySideAndEachFieldIsChosen(t *testing.T) {
	r := editHolloway(t, "surname", "Halloway", "nationality", "British")
	r.sees("ON RECORD NOW", "YOURS", "Halloway", "Hollowell", "DC Patel")
	if f, _ := r.app.over.(*formOverlay); len(f.dispute.rows) != 1 {
		t.Errorf("what only they changed is asked about: %+v", f.dispute.rows)
	}
	r.press("ctrl+s").sees("Choose for every field")
	r.press("y", "ctrl+s")
	p := record[*model.Person](r, "P-000001")
	if p.Surname != "HOLLOWELL" && p.Surname != "Hollowell" {
		t.Errorf("the surname is %q", p.Surname)
	}
	if p.Forename != "Mark" || p.Nationality != "British" {
		t.Errorf("forename %q, nationality %q: what only one of them changed is lost", p.Forename, p.Nationality)
	}
}

func TestTheirsCanBeKept(t *testing.T) {
	r := editHolloway(t, "surname", "Halloway")
	r.press("t", "enter")
	if p := record[*model.Person](r, "P-000001"); !strings.EqualFold(p.Surname, "Halloway") || p.Forename != "Mark" {
		t.Errorf("%s, %s", p.Surname, p.Forename)
	}
}

func TestGoingBackToTheFormLosesNothingTyped(t *testing.T) {
	r := editHolloway(t, "surname", "Halloway")
	r.press("esc").sees("What you typed is kept", "Hollowell", "Mark")
	r.press("ctrl+s").sees("ON RECORD NOW") // it is not saved over theirs without a choice
	if p := record[*model.Person](r, "P-000001"); !strings.EqualFold(p.Surname, "Halloway") {
		t.Errorf("the surname is %s", p.Surname)
	}
}

func TestWhatOnlyTheOtherChangedIsTakenOver(t *testing.T) {
	r := editHolloway(t, "nationality", "British")
	r.sees("Nothing you typed is about what they changed")
	r.press("ctrl+s")
	if p := record[*model.Person](r, "P-000001"); !strings.EqualFold(p.Surname, "Hollowell") || p.Nationality != "British" {
		t.Errorf("%s, %s", p.Surname, p.Nationality)
	}
}
