package atlas

import (
	"fmt"
	"math"
)

// The sentences of a storyboard that no list or screen needs; see wording.go, which they belong to.

// SayBetween words how much went from the suspect's devices to the victim-survivor's, and back.
func SayBetween(n, back int) string {
	return fmt.Sprintf("%s from the suspect's devices to the victim-survivor's, %d back; what stands in the records of both is counted once", counted(n, "contact", "contacts"), back)
}

// SayBusiest words the day with the most rows, beside what was usual.
func SayBusiest(b *DayCount, median int) string {
	return fmt.Sprintf("%s on %s, the busiest day; on half of the days with any there were %d or fewer", counted(len(b.Rows), "contact", "contacts"), b.Day.Long(), median)
}

// SayHours words the hours of the week: the fullest of them, and the nights.
func SayHours(h *Hours) string {
	days := [...]string{"Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"}
	most, at, nights := 0, [2]int{}, 0
	for d := range h {
		for hour, n := range h[d] {
			if n > most {
				most, at = n, [2]int{d, hour}
			}
			if hour < 6 {
				nights += n
			}
		}
	}
	if most == 0 {
		return "No row has an hour"
	}
	return fmt.Sprintf("%s with an hour; the most, %d, on %s from %02d:00 to %02d:59; %d %s", counted(h.Sum(), "row", "rows"), most, days[at[0]], at[1], at[1], nights, Nights)
}

// SayOccasions words how many occasions were found, and in how many the sources' own bounds leave no room.
func SayOccasions(n, bound, days int) string {
	return fmt.Sprintf("%s on %s on which rows are %s; in %d of them the distance and the time are within what was asked for as far as the sources' own bounds hold",
		counted(n, "occasion", "occasions"), counted(days, "day", "days"), Consistent("the devices having been near each other"), bound)
}

// SayReasonKind is an innocent explanation, or a weakness, in a few words, for counting how often it stands beside an occasion.
func SayReasonKind(k ReasonKind) string {
	switch k {
	case NightsNear:
		return "the likely night areas of both lie near each other, or both near there"
	case UsualThere:
		return "one of the devices may be in that area on at least half of its other days"
	case SameStation:
		return "both rows are of one station, which many people use"
	case CommuteHours:
		return "in the hours in which many people travel"
	case SharedCell:
		return "the cell serves a likely night area of both"
	case WeakUse:
		return "who used a device then is weakly known"
	case WideArea:
		return "the devices may have been much further apart"
	case VagueTime:
		return "the time of a row is only at or before"
	case NotHolder:
		return "a card or a vehicle is not its holder or driver"
	case OnePair:
		return "it rests on a single pair of rows"
	}
	return string(k)
}

// SayPlaced words how many rows have a place, by how they have it.
func SayPlaced(positions, cells, none int) string {
	return fmt.Sprintf("%s of the suspect's devices with a position, %d with a cell, which is an area, and %d without a place", counted(positions, "row", "rows"), cells, none)
}

// SayKept says that where somebody protected may have been is not on paper.
func SayKept() string {
	return "Where a victim-survivor's devices may have been is need-to-know and not on paper, and rows of the suspect's near them say only within about a kilometre: all are named by file and line, and shown on the desk to whoever needs to know"
}

// SayUncertain is what stands at the foot of every storyboard: what the data cannot say, whatever is found in it.
func SayUncertain() []string {
	return []string{
		"A device is not its holder: who used it when is an attribution with a grade, and changes with it.",
		"A cell is an area and not a point, and the nearest cell is not always the one that serves; a phone may use one that is further away.",
		"The cell of a data session was used at or before its start on most networks.",
		"No row in a record is not that nothing happened: the record may end, or the device may have been off, or another was used.",
		"Counts before and after a moment are counts and no cause.",
		"Times are the sources'; clocks of networks differ by up to a minute.",
		"Whether anything here is a breach, an offence or a pattern of behaviour is for people to decide, on evidence.",
	}
}

// SayWhat is what a row records and between whom, without when and where.
func SayWhat(s *Set, r *Row) string {
	out := r.Kind.String()
	if !r.Contact() {
		return out + " of " + s.Name(r.Own)
	}
	other := s.Name(r.Other)
	if r.Other == 0 {
		other = "a number withheld"
	}
	if r.Has(Unanswered) {
		out += ", unanswered"
	}
	if r.Has(Out) {
		return out + ", " + s.Name(r.Own) + " to " + other
	}
	return out + ", " + other + " to " + s.Name(r.Own)
}

// SayFour stands above what was found beside FOUR.
func SayFour(found int) string {
	if found == 0 {
		return "Nothing was found beside any part of FOUR, which is not that there is nothing"
	}
	return "What the rows may show beside each part of FOUR, each with the number of its rows; none is more than a reason to look"
}

// SayCandidates stands above candidates for the breach desk.
func SayCandidates(n int) string {
	return counted(n, "candidate", "candidates") + " in the rows of the suspect's devices, from the service of each order on; each is potential only, and whether it is a breach is decided on the breach desk"
}

// SayPlaces stands above likely areas.
func SayPlaces() string {
	return "Where positions of the suspect's devices gather, by the part of the week: likely, and no more than that"
}

// Coarse is the middle, in whole hundredths of a degree, and the reach of an area about a row: all that is said without a reveal
// of where a device was used that may have been near somebody protected.
func Coarse(r *Row) (lat, lon, metres float64) {
	return math.Round(float64(r.Lat)/1e4) / 100, math.Round(float64(r.Lon)/1e4) / 100, float64(r.Metres) + coarseReach
}

// SayCoarse words that area.
func SayCoarse(r *Row) string {
	lat, lon, reach := Coarse(r)
	return fmt.Sprintf("an area within %.1f km of %.2f, %.2f, made coarse", math.Ceil(reach/100)/10, lat, lon)
}
