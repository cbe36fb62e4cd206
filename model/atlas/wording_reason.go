package atlas

import (
	"fmt"
	"strings"

	"pou/model/day"
)

// The sentences of reasons, findings and candidates; see wording.go, which they belong to.

func sayNightsNear(a, b *Area) string {
	least, most := a.Apart(b.Point(), b.Metres)
	return fmt.Sprintf("The likely night areas of both lie %s apart, and near there: both may simply spend their nights nearby (%d and %d nights)", between(least, most), a.Days, b.Days)
}

func sayUsual(who string, habits ...*Habit) string {
	out := who + " may be in that area on most other days:"
	for i, h := range habits {
		if i > 0 {
			out += " and"
		}
		out += fmt.Sprintf(" %d of %d", h.There, h.Days)
	}
	return out
}

func saySameStation(s *Site) string {
	return "Both rows are of " + s.words() + ": many people use it, and the rows do not say where in it or which way"
}

func sayCommute(at int64) string {
	return "On a working day at " + londonTime(at).Format("15:04") + ", when many people travel: both may simply use the same line"
}

func saySharedCell(s *Site, a, b *Area) string {
	return fmt.Sprintf("The %s serves a likely night area of both (%d and %d nights): both may have been where they usually are", s.words(), a.Days, b.Days)
}

func sayAttribution(a, b Attribution) string {
	return "Who used the devices then is weakly known: " + a.Grade.String() + " for the one and " + b.Grade.String() + " for the other"
}

func sayWeak(a Attribution) string {
	return "who used the " + a.Side.String() + "'s device then is weakly known: " + a.Grade.String()
}

func sayWide(p *Pair) string {
	return "The devices may have been as far as " + metres(p.Most) + " apart: the places are areas and not points"
}

func sayVague(p *Pair) string {
	return "The time of a row is only at or before: the two may have been up to " + length(p.GapMax) + " apart in time"
}

func sayHolder(a, b Kind) string {
	switch {
	case a == Read && b == Read:
		return "A plate read is of a vehicle, not its driver, and plates are cloned"
	case a == Read || b == Read:
		return "One row is of a vehicle, not its driver"
	}
	return "A card's journey is the card's, not its holder's"
}

func sayOnePair() string { return "It rests on a single pair of rows" }

func sayMostOfAll(n, of int) string {
	return fmt.Sprintf("May show fixation: %d of the %s out of the suspect's devices are to the victim-survivor's, more than to everybody else together", n, counted(of, "contact", "contacts"))
}

func sayChannels(firsts []First) string {
	out := "May show fixation: contact by "
	for i, f := range firsts {
		if i > 0 {
			out += ", "
		}
		out += f.Kind.String()
	}
	return out + fmt.Sprintf(": %d channels, begun in that order", len(firsts))
}

func sayBusiestDay(b *DayCount) string {
	return "May show obsession: " + counted(len(b.Rows), "contact", "contacts") + " on " + b.Day.Long()
}

func sayMost(b *Burst) string { return "May show obsession: " + SayBurst(b) + ", within an hour" }

func sayBurstDays(n, median int) string {
	return fmt.Sprintf("May show obsession: %s with at least %d contacts and at least %d times the usual day on which there is any (%d)", counted(n, "day", "days"), burstLeast, burstTimes, median)
}

func sayNightly(n, nights int) string {
	return "May show obsession: " + counted(n, "contact", "contacts") + " " + Nights.String() + ", on " + counted(nights, "night", "nights")
}

func sayRise(r *Rise) string {
	first, last := r.Weeks[0], r.Weeks[len(r.Weeks)-1]
	return fmt.Sprintf("May show obsession: more contact each week for %d whole weeks, from %d in the week of %s to %d in the week of %s",
		len(r.Weeks), len(first.Rows), first.Monday.Long(), len(last.Rows), last.Monday.Long())
}

func sayUnanswered(n int, from, to int64) string {
	return "May show that contact was unwanted: " + counted(n, "call", "calls") + " one after another that nobody took, from " + SayTime(from) + " to " + SayTime(to)
}

func sayOneWay(n, back int) string {
	return "May show that contact was unwanted: " + counted(n, "contact", "contacts") + " one way and " + fmt.Sprint(back) + " the other"
}

func sayAfter(c *Change) string { return "May show that contact was unwanted: " + SayChange(c) }

func sayDays(n, days int, first, last day.Date) string {
	return "May show repetition: " + counted(n, "contact", "contacts") + " on " + counted(days, "day", "days") + ", " + first.Long() + " to " + last.Long()
}

func sayDaysRow(n int, first, last day.Date) string {
	return "May show repetition: contact on each of " + fmt.Sprint(n) + " days one after another, " + first.Long() + " to " + last.Long()
}

func sayMeets(n, days int) string {
	return "May show repetition: " + fmt.Sprint(n) + " times the devices may have been near each other, on " + counted(days, "day", "days") + "; read the explanations beside each"
}

func sayContacts(why string, n int) string {
	return why + "; " + counted(n, "row", "rows") + " on that day"
}

func sayPositions(why string, n int) string {
	return why + "; " + counted(n, "row", "rows") + " of that stretch of time, " + Consistent("that and no more")
}

func sayDayOnly() string { return "the hour of a row is not known" }

func sayWithin(m float64) string { return "the position is an area within " + metres(m) + " at most" }

const edgeBegins = "the middle of the area is not in "

func sayEdge(borough string) string {
	return edgeBegins + borough + ": only a part of the area reaches into it"
}

func saysEdge(words string) bool { return strings.HasPrefix(words, edgeBegins) }

func sayAtOrBefore() string {
	return "a data session says only that the cell was used at or before that time"
}
