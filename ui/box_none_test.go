package ui

import "testing"

func TestWhatNobodyAnswersToIsSaidAboveTheOfferToAddThem(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("ctrl+k").typed("zzqxv").sees("│   nothing on record answers ", "▌New Add a person called ZZQXV")
	r.seesNot("nothing found")
	r.press("esc", "ctrl+k").typed("unit:zz kovac").sees(`nothing on record answers · unit "ZZ" is not known`)
	r.press("esc", "ctrl+k").typed("kovac").sees("KOVAČ, Ivan")
	r.seesNot("nothing on record")
}

func TestAnActionThatBeginsAsTypedComesBeforeOneWithItsLettersInOrder(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("ctrl+k").typed(">arr").sees("▌Actions Record an arrest  ")
}

func TestAFormOpenedAfterSomebodyAddedAMarkerShowsIt(t *testing.T) {
	r := newRig(t, 80, 24, threeWanted)
	r.press("ctrl+k").typed("kovac").press("enter")
	r.settle()
	r.app.detail.card.markers = []string{"XP"} // as the page has it once it was read again
	r.press("ctrl+k").typed(">person.edit").press("enter").sees("Edit a person", "KOVAČ, Ivan XP ")
}
