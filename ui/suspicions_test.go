package ui

import "testing"

// What may be a breach stands above the breaches; a key reports it with what stands there, and it is then a potential
// breach that somebody decides, and no suspicion any more.
func TestASuspicionIsReportedByAKey(t *testing.T) {
	r := newRig(t, 120, 40, threeWanted)
	r.press("2")
	r.sees("1 thing on record may be a breach, and nobody has looked", "2 Breaches 1")
	r.press("M")
	r.settle()
	r.sees("May be breaches: nobody has decided", "May be a breach; nobody has decided", "No initial notification", "not notified", "Could also")
	r.press("b", "ctrl+s")
	r.settle()
	r.sees("Report a potential breach · KOVAČ, Ivan")
	r.sees("nothing on record suggests a breach that nobody has looked at")
	r.press("2")
	r.settle()
	r.seesNot("nobody has looked ·")
	r.sees("2 Breaches 2", "No initial no")
	r.press("down", "enter")
	r.settle()
	r.sees("initial notification, SPA s.9(1); an offence", "What else could explain it", "Evidence to look for")
}

// A dismissal asks why, is undone by a key, and then the suspicion is put forward again.
func TestASuspicionIsDismissedWithAReasonAndPutForwardAgainByUndo(t *testing.T) {
	r := newRig(t, 120, 40, threeWanted)
	r.press("2", "M", "x", "ctrl+s")
	r.settle()
	r.sees("Dismiss a suspicion", "needed")
	r.typed("the form was found at the station")
	r.press("ctrl+s")
	r.settle()
	r.sees("nothing on record suggests a breach that nobody has looked at")
	r.press("u", "ctrl+s")
	r.settle()
	r.sees("No initial notification")
}

// A decision says in the same form what follows from it; the live operation stands in the form.
func TestADecisionIsFollowedInTheSameForm(t *testing.T) {
	r := newRig(t, 120, 40, threeWanted)
	r.press("2", "b", "s")
	r.settle()
	r.typed("CCTV")
	r.press("tab")
	r.typed("none offered")
	r.press("tab", "y", "ctrl+s")
	r.settle()
	r.press("1")
	r.settle()
	r.sees("s.4A PHA · SPO b", "1 Wanted 3", "5 Tasks 2", "4 Packs 2")
	r.press("5")
	r.settle()
	r.sees("Arrest enquiry")
}
