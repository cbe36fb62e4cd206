package model

import (
	"slices"
	"time"

	"pou/model/day"
)

// Harm is the weight of one offence in days.
type Harm struct {
	Offence OffenceCode `json:"offence"`
	Days    int         `json:"days"`
	Basis   string      `json:"basis"` // the sentence the days stand for
}

// HarmTable is the whole table with where it comes from.
type HarmTable struct {
	Version   string   `json:"version"`
	ValidFrom day.Date `json:"valid_from"`
	Source    string   `json:"source"`
	Label     string   `json:"label"` // stands wherever a weight is shown
	Rows      []Harm   `json:"rows"`
}

// Harms is the table. It follows the method of the Cambridge Crime Harm Index – an offence weighs as many days as the
// starting point for a first offender – but it is NOT that index, whose published values were not at hand when this was
// written. Replace the days by the published ones, and the version with them, before they are relied on.
func Harms() HarmTable {
	return HarmTable{
		Version: "local-2026-11", ValidFrom: day.Of(2026, time.November, 1),
		Source: "local estimate after the method of Sherman, Neyroud and Neyroud (2016), doi:10.1093/police/paw003; not the published values",
		Label:  "LOCAL harm weights, check against the Cambridge Crime Harm Index",
		Rows: []Harm{
			{"s2", 10, "community order"},
			{"s2A", 20, "community order, high"},
			{"s4", 84, "12 weeks"},
			{"s4A", 252, "36 weeks"},
			{"s2-agg", 42, "6 weeks"},
			{"s4-agg", 365, "1 year"},
			{"spo-breach", 84, "12 weeks"},
			{"spo-notify", 30, "community order, high"},
			{"ro-breach", 84, "12 weeks"},
			{"ro-breach-acq", 84, "12 weeks"},
			{"ro-breach-old", 84, "12 weeks"},
			{"dapo-breach", 84, "12 weeks"},
			{"nmo-breach", 84, "12 weeks"},
			{"coercive", 365, "1 year"},
			{"strangulation", 548, "18 months"},
			{"rape", 1825, "5 years"},
			{"sexual-assault", 182, "26 weeks"},
			{"exposure", 20, "community order, high"},
			{"voyeurism", 84, "12 weeks"},
			{"abh", 182, "26 weeks"},
			{"gbh", 1460, "4 years"},
			{"threats-to-kill", 365, "1 year"},
			{"fta", 5, "fine"},
			{"other", 1, "nobody has said how grave it is"},
		},
	}
}

// harmDays is the weight of an offence; 0 for a code that is not in the table.
func harmDays(rows []Harm, c OffenceCode) int {
	if i := slices.IndexFunc(rows, func(h Harm) bool { return h.Offence == c }); i >= 0 {
		return rows[i].Days
	}
	return 0
}

// harmBand is how much of the points for gravity an offence of so many days gets, in hundredths.
type harmBand struct{ days, percent int }

// harmBands turns days into points: the days run from 1 to 1,825, and taken as they are they would leave stalking at
// nothing beside rape. The bands are local, as the weights are.
func harmBands() []harmBand {
	return []harmBand{{1460, 100}, {548, 85}, {365, 75}, {182, 65}, {84, 50}, {42, 40}, {20, 30}, {10, 20}, {1, 10}}
}

func harmPercent(days int) int {
	for _, b := range harmBands() {
		if days >= b.days {
			return b.percent
		}
	}
	return 0
}
