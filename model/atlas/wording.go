package atlas

import (
	"fmt"
	"math"
	"strings"
	"time"

	"pou/model"
	"pou/model/day"
)

// Marking stands on every screen and page that shows anything made from this data: inferring where somebody was from it is expert
// opinion (R v Calland [2017] EWCA Crim 2308; Forensic Science Regulator's code, FSA-DIG-301 (check)).
const Marking = "INTELLIGENCE / TRIAGE – NOT EVIDENTIAL"

// MeetsTitle is what a list of [Meet] is called on a screen and on paper.
const MeetsTitle = "Times the devices may have been near each other"

// Consistent words what data may mean. Nothing here ever says that somebody "was at" a place.
func Consistent(what string) string { return "consistent with " + what }

// Forbidden is what no sentence made from this data may say, as regular expressions; stories and screens test their own words with it.
// The list is [model.Unsayable]: officers' own words are held to the same.
func Forbidden() []string {
	all := model.Unsayable()
	out := make([]string, len(all))
	for i, u := range all {
		out[i] = u.Pattern
	}
	return out
}

// londonTime is a moment in London.
func londonTime(ms int64) time.Time { return time.UnixMilli(ms).In(day.London()) }

// String is the side in words.
func (s Side) String() string {
	switch s {
	case Suspect:
		return "suspect"
	case Victim:
		return "victim-survivor"
	case Third:
		return "third party"
	case Nobody:
	}
	return "nobody"
}

// String is the kind of a row in words.
func (k Kind) String() string {
	switch k {
	case Call:
		return "call"
	case Text:
		return "text"
	case Data:
		return "data session"
	case Message:
		return "message"
	case Position:
		return "position"
	case Read:
		return "plate read"
	case Tap:
		return "journey"
	}
	return "row"
}

// String is the letter's word.
func (l Letter) String() string {
	switch l {
	case Fixated:
		return "Fixated"
	case Obsessive:
		return "Obsessive"
	case Unwanted:
		return "Unwanted"
	case RepeatedOften:
		return "Repeated"
	}
	return ""
}

// String is the part of the week in words.
func (p Part) String() string {
	if p == Nights {
		return "between midnight and 06:00"
	}
	return "Monday to Friday between 09:00 and 17:00"
}

// SayTime is a moment on the clocks of London.
func SayTime(ms int64) string {
	if ms == 0 {
		return "an unknown time"
	}
	return londonTime(ms).Format("Mon 2 Jan 2006 15:04:05 MST")
}

// SayRowTime is when a row is, as surely as its source says.
func SayRowTime(r *Row) string {
	switch {
	case r.Has(NoTime):
		return "at a time the source does not give"
	case r.Has(DayOnly):
		return "on " + day.On(londonTime(r.At)).Long() + ", the hour not known"
	case r.Has(AtOrBefore):
		return "at or before " + SayTime(r.At)
	case r.Has(AtOrAfter):
		return "at or after " + SayTime(r.At) + ", at or before its end"
	}
	return SayTime(r.At)
}

// SayPlace is where a row is, as an area.
func SayPlace(s *Set, r *Row) string {
	if !r.Placed() {
		return "no position"
	}
	at := fmt.Sprintf("%.5f, %.5f", float64(r.Lat)/1e6, float64(r.Lon)/1e6)
	if r.Site != 0 && int(r.Site) < len(s.Sites) {
		site := &s.Sites[r.Site]
		at = site.words() + " (" + at + ")"
	}
	if r.Metres == 0 {
		return "a place about " + at + ", how far from it the source does not say"
	}
	return fmt.Sprintf("an area within %s of %s", metres(float64(r.Metres)), at)
}

func (s *Site) words() string {
	name := s.Name
	if name == "" {
		name = s.ID
	}
	switch s.Kind {
	case CellSite:
		return "cell " + name
	case Station:
		return name + " station"
	case Camera:
		return "camera " + name
	case Stop:
		return "stop " + name
	}
	return name
}

// SayRow is a row as its source has it: file and line, what and when.
func SayRow(s *Set, row uint32) string { return sayRow(s, row) }

func sayRow(s *Set, row uint32) string {
	r := &s.Rows[row]
	place := ""
	if r.Placed() {
		place = Consistent(SayPlace(s, r))
	}
	return sayRowAt(s, r, place)
}

// sayRowAt is a row with what may be said of where it is; "" is nothing.
func sayRowAt(s *Set, r *Row, place string) string {
	out := upper(r.Kind.String()) + ", " + SayRowTime(r)
	if place != "" {
		out += ", " + place
	}
	if int(r.File) < len(s.Files) {
		out += fmt.Sprintf(" (%s, line %d)", s.Files[r.File].Name, r.Line)
	}
	return out
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// metres rounds up, so that no bound is ever said to be narrower than it is.
func metres(m float64) string {
	if m >= 10_000 {
		return fmt.Sprintf("%.0f km", math.Ceil(m/1000))
	}
	return fmt.Sprintf("%.0f m", math.Ceil(m))
}

// between words bounds of a distance, the lower rounded down.
func between(least, most float64) string {
	if math.Floor(least) == math.Ceil(most) {
		return metres(most)
	}
	return fmt.Sprintf("at least %.0f m and at most %s", math.Floor(least), metres(most))
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// length words a time that is worked out from rows, in the largest unit that loses nothing an officer needs.
func length(d time.Duration) string {
	switch d = d.Round(time.Second); {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < 2*time.Hour && d%time.Minute == 0:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h %d min", int(d.Hours()), int(d.Minutes())%60)
	}
	return fmt.Sprintf("%.1f days", d.Hours()/24)
}

// SayPair words how far apart two rows are, in metres and in time, with both bounds.
func SayPair(p *Pair) string {
	gap := "at the same time"
	switch {
	case p.GapMax != p.GapMin:
		gap = "between " + length(p.GapMin) + " and " + length(p.GapMax) + " apart in time"
	case p.GapMax > 0:
		gap = length(p.GapMax) + " apart in time"
	}
	return Consistent("the devices having been "+between(p.Least, p.Most)+" apart") + ", rows " + gap
}

// SayMeet words one occasion.
func SayMeet(m *Meet) string {
	out := "Rows from " + SayTime(m.From) + " to " + SayTime(m.To) + ", " + counted(m.Pairs, "pair", "pairs") + ", the closest " + SayPair(&m.Closest)
	if m.Certain == 0 {
		return out + "; they may also have been further apart than asked for"
	}
	return out + "; in " + counted(m.Certain, "pair", "pairs") + " within what was asked for as far as the sources' own bounds hold"
}

// SayRule words what was asked for, to stand beside what was found.
func SayRule(r Rule) string {
	out := "Rows at most " + length(r.Within) + " apart in time that may be within " + metres(r.Metres) + " of each other, the uncertainty of both allowed for"
	if r.Coarsest > 0 {
		out += "; rows less sure than " + metres(float64(r.Coarsest)) + " left out"
	}
	return out + "; the cell of a data session taken to have been used at or before its start, up to " + length(r.Slack) + " before"
}

// SayLeftOut words what took no part; "" when nothing was left out.
func SayLeftOut(l LeftOut) string {
	var out []string
	for _, part := range []struct {
		n   int
		why string
	}{
		{l.NoTime, "without a time"},
		{l.DayOnly, "without an hour"},
		{l.NoPlace, "without a place"},
		{l.Coarse, "not sure enough of the place"},
		{l.Undecided, "from a time at which the device is not attributed to that side"},
	} {
		if part.n > 0 {
			out = append(out, counted(part.n, "row ", "rows ")+part.why)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "Left out: " + strings.Join(out, ", ")
}

// SayHabit words the base rate of one side.
func SayHabit(side Side, h *Habit) string {
	if h.Days == 0 {
		return "The " + side.String() + "'s devices have no positions on other days: how usual this is cannot be said"
	}
	return fmt.Sprintf("The %s's devices may have been in that area on %d of %s with positions, on %d of them at about that time of day",
		side, h.There, counted(h.Days, "other day", "other days"), h.Then)
}

// SayChance words how many occasions there are, and how many when the days of the other side are shifted: what both are used to alone then
// brings about. Where somebody comes to where another always is, the two are much the same, and the base rates beside each say more.
func SayChance(found int, chances []Chance, days int) string {
	expected, ok := Expected(chances, days)
	if !ok {
		return fmt.Sprintf("%s found; with the days shifted there are none on which both have positions, so what chance would give cannot be said", counted(found, "occasion", "occasions"))
	}
	return fmt.Sprintf("%s found on %s with positions of both; with the other side's days shifted by whole weeks there are %.1f, which is what the usual places and hours of both bring about", counted(found, "occasion", "occasions"), counted(days, "day", "days"), expected)
}

// SayArea words a likely area.
func SayArea(as *Areas, a *Area) string {
	return fmt.Sprintf("Positions %s on %d of %s with positions, %s an area within %s of %.5f, %.5f (nine in ten rows, their uncertainty included)",
		as.Part, a.Days, counted(as.Days, "day", "days"), "consistent with", metres(a.Metres), a.Point().Lat, a.Point().Lon)
}

// SayVisit words a stay.
func SayVisit(v *Visit) string {
	out := fmt.Sprintf("Rows %s, from %s to %s", Consistent(fmt.Sprintf("a stay within %s of %.5f, %.5f", metres(v.Metres), v.Point().Lat, v.Point().Lon)), SayTime(v.ArriveBy), SayTime(v.LeaveAfter))
	if v.ArriveAfter != 0 {
		out += "; begun after " + SayTime(v.ArriveAfter) + " at the earliest"
	}
	if v.LeaveBy != 0 {
		out += "; ended by " + SayTime(v.LeaveBy) + " at the latest"
	}
	return out
}

// SayRoute words a way that recurs.
func SayRoute(s *Set, r *Route) string {
	return fmt.Sprintf("%s on %s %s", counted(len(r.Legs), "way", "ways"), counted(r.Days, "day", "days"), Consistent("going from "+sayEnd(s, &r.From)+" to "+sayEnd(s, &r.To)))
}

func sayEnd(s *Set, a *Area) string {
	if len(a.Sites) == 1 && int(a.Sites[0]) < len(s.Sites) {
		return s.Sites[a.Sites[0]].words()
	}
	return fmt.Sprintf("an area within %s of %.5f, %.5f", metres(a.Metres), a.Point().Lat, a.Point().Lon)
}

// SayChange words counts before and after a moment, with the lengths they are over.
func SayChange(c *Change) string {
	out := "Before " + SayTime(c.Mark) + ": " + sayStretch(&c.Before) + ". From then on: " + sayStretch(&c.After) + "."
	if n := len(c.Undecided) + len(c.Untimed); n > 0 {
		out += " " + counted(n, "row", "rows") + " whose time does not say which are not counted."
	}
	return out
}

func sayStretch(s *Stretch) string {
	out := fmt.Sprintf("%d in %.1f days", len(s.Rows), s.Days())
	switch {
	case s.Known == (Window{}):
		return out + ", of which the records cover none"
	case !s.Whole():
		out += fmt.Sprintf(", of which the records cover %.1f", s.Known.Days())
	}
	return out + fmt.Sprintf(" (%.1f a day)", s.PerDay())
}

// SayBurst words the most in a length of time.
func SayBurst(b *Burst) string {
	return counted(len(b.Rows), "contact", "contacts") + " from " + SayTime(b.From) + " to " + SayTime(b.To)
}

// SaySilence words the longest time without a row.
func SaySilence(s *Silence) string {
	return "No row from " + SayTime(s.From) + " to " + SayTime(s.To) + " (" + length(time.Duration(s.To-s.From)*time.Millisecond) + "): nothing in the record, which is not that nothing happened"
}

// SayNewcomer words a number that first appears after a moment.
func SayNewcomer(s *Set, n *Newcomer) string {
	return s.Name(n.Handle) + ": " + sayNewcomer(n)
}

func sayNewcomer(n *Newcomer) string {
	out := "A number or account not seen before first reaches the victim-survivor's devices " + length(n.After) + " after that moment"
	if n.Since != 0 {
		out += " (the record begins " + SayTime(n.Since) + ")"
	}
	return out + "; it may show a way round a block, and may be anybody"
}

// SaySuccessor words a candidate for a new phone.
func SaySuccessor(s *Set, n *Successor) string {
	when := length(n.Gap) + " after the last of " + s.Name(n.Old)
	if n.Gap < 0 {
		when = length(-n.Gap) + " before the last of " + s.Name(n.Old)
	}
	return fmt.Sprintf("%s is first seen %s and both have contact with %s; it may be a new phone of the same user, and may not", s.Name(n.New), when, counted(len(n.Shared), "number", "numbers"))
}

// SayUse words who is thought to use a device.
func SayUse(a Attribution) string {
	if a.Side == Nobody {
		return "attributed to nobody then"
	}
	return "attributed to " + a.Who + " (" + a.Side.String() + "), " + a.Grade.String()
}
