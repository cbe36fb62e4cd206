package sample

import (
	"testing"
	"time"

	"pou/model"
	"pou/model/day"
)

func TestTheWantedLinesGrowWithAVeryLargeSample(t *testing.T) {
	now := time.Date(2026, time.November, 12, 9, 0, 0, 0, time.UTC)
	for people, want := range map[int][2]int{
		2000: {400, 420}, 99_999: {400, 420}, 100_000: {1380, 1420}, 1_000_000: {13_900, 14_020}, 10_000_000: {13_900, 14_020},
	} {
		d, err := plan(Options{People: people, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(d.wanted); n < want[0] || n > want[1] {
			t.Errorf("%d people: %d wanted lines, want %d to %d", people, n, want[0], want[1])
		}
		for _, r := range d.records() {
			if err := r.Check(); err != nil {
				t.Fatalf("%d people: %s breaks a rule: %v", people, r.Head().Ref, err)
			}
			if who := model.PersonOf(r); who != "" && personNumber(who) > d.known {
				t.Fatalf("%d people: %s is about %s, of whom little is known", people, r.Head().Ref, who)
			}
		}
	}
}

func TestTheLastActBeforeADayToChargeIsFound(t *testing.T) {
	for by := day.Of(2027, time.January, 1); by < day.Of(2029, time.January, 1); by = by.AddDays(1) {
		last := sixMonthsBefore(by)
		w := model.Wanted{Offences: []model.OffenceCode{"s2A"}, LastAct: last}
		if got, ok := w.ChargeBy(); !ok || got > by || by.Sub(got) > 3 {
			t.Errorf("to charge by %s the last act is given as %s, which makes it %s", by, last, got)
		}
	}
}

func TestABrokenVocabularyIsNamedByItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"male John":         `names.txt line 1: "male" belongs to no tradition or lists nothing`,
		"[english] 3\nmale": `names.txt line 2: "male" belongs to no tradition or lists nothing`,
		"\n[english] many":  `names.txt line 2: the weight of a tradition: strconv.Atoi: parsing "many": invalid syntax`,
	} {
		if _, err := readNames(text); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
