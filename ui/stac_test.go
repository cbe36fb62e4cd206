package ui

import (
	"strings"
	"testing"
)

// aStalkingCase is a small desk with a case that is screened and sent to S-TAC, a suspect of 17, and an engagement log.
func aStalkingCase(w *world) {
	w.do("officer.edit", "officer", "O-0001", "roles", "sergeant,lead,administrator,stac")
	suspect := w.do("person.add", "surname", "Kovač", "forename", "Ivan", "born", "3 Dec 2008", "unit", "SW")
	victim := w.do("person.add", "surname", "Person", "forename", "Secret", "unit", "SW")
	w.do("case.add", "person", string(suspect), "victims", string(victim), "offences", "s4A", "last", "2026-11-20", "unit", "SW")
	w.do(
		"screening.record", "case", "C-1", "fixated", "yes", "fixated_words", "Same stop every morning", "obsessive", "not known", "unwanted", "yes",
		"unwanted_words", "Told to stop in May", "repeated", "not known", "recorded", "stalking",
	)
	w.do("screening.sdash", "screening", "SC-1", "q1", "yes", "words1", "KEPT-BACK account", "q5", "no")
	w.do("safeguarding.refer", "case", "C-1", "to", "idva", "basis", "consent", "words", "KEPT-BACK phone", "follow_up", "2026-11-27")
	w.do("stac.refer", "screening", "SC-1", "reason", "Escalating since May", "basis", "law-enforcement", "ask", "advice", "priority", "now")
	for _, s := range [][]string{{"schools-officers", "25", "SW"}, {"universities", "140", "NE"}, {"cadet-leaders", "12", "SW"}} {
		w.do("engagement.log", "audience", s[0], "numbers", s[1], "unit", s[2], "topic", "Stalking first")
	}
}

// behind are the keys to a list behind the numbered screens.
func behind(title string) []string {
	keys := []string{"9"}
	for _, letter := range strings.ToLower(title) {
		keys = append(keys, string(letter))
	}
	return append(keys, "enter")
}

func TestGoldenScreening(t *testing.T) {
	goldenPages(t, "screening", aStalkingCase, append(behind("screenings"), "enter")...)
}

func TestGoldenEngagement(t *testing.T) {
	goldenPages(t, "engagement", aStalkingCase, append(behind("engagement"), "0", "T")...)
}

func TestTheCardOfACaseBeginsWithSafetyAndSaysUnder18(t *testing.T) {
	r := newRig(t, 120, 70, aStalkingCase)
	r.press(append(behind("cases"), "enter")...)
	r.sees(
		"Safeguarding first, before any criminal-justice outcome", "IDVA · follow up by 27 Nov 2026", "UNDER 18: youth court. 17 years old", "turns 18 on 3 Dec 2026",
		"NO appropriate adult named", "S-TAC: referred", "stalking: F yes, O not known, U yes, R not known",
	)
	r.seesNot("KEPT-BACK", "Secret")
}

func TestWordsAreKeptBackUntilTheyAreAskedFor(t *testing.T) {
	r := newRig(t, 120, 70, aStalkingCase)
	r.press(append(behind("screenings"), "enter")...)
	r.sees("1 yes", "victim very frightened; words kept back", "5 no", "2 not asked", "Please do not change this checklist", "Same stop every morning")
	r.seesNot("KEPT-BACK")
	r.press("V")
	r.settle()
	r.typed("referral meeting")
	r.press("ctrl+s")
	r.settle()
	r.sees("victim very frightened: KEPT-BACK account", "NEED-TO-KNOW")
	r.press("x").sees("Please do not change this checklist")
}

func TestSTACAnswersFromItsQueue(t *testing.T) {
	r := newRig(t, 120, 40, aStalkingCase)
	r.press(behind("s-tac")...)
	r.sees("S-TAC", "KOVAČ, Ivan", "referred", "U18", "Escalating since May")
	r.press("S").sees("Answer a referral")
	r.press("a", "ctrl+s")
	r.sees("accepted")
	r.press("S").sees("Give S-TAC's advice")
	r.typed("Apply for an SPO").press("ctrl+s")
	r.sees("advice given")
}

func TestOnlySTACAnswersAReferral(t *testing.T) {
	r := newRig(t, 120, 40, func(w *world) {
		aStalkingCase(w)
		w.do("officer.edit", "officer", "O-0001", "roles", "sergeant,administrator")
	})
	r.press(behind("s-tac")...)
	r.press("S").sees("to answer a referral takes one of these roles: S-TAC")
}

func TestASessionIsLoggedFromTheLog(t *testing.T) {
	r := newRig(t, 120, 40, nil)
	r.press(behind("engagement")...)
	r.sees("engagement.log records who was spoken to")
	r.press("n").sees("Log an engagement")
	r.press("u", "enter").typed("40").press("enter").typed("Spotting FOUR").press("ctrl+s")
	r.sees("universities", "40", "Spotting FOUR")
}
