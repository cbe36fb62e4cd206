package atlas

import (
	"cmp"
	"math"
	"time"
)

// Rule is what counts as times the devices may have been near each other.
type Rule struct {
	Within   time.Duration // of each other
	Metres   float64       // at least possible distance
	Slack    time.Duration // how long before a data session its cell may have been used
	Apart    time.Duration // pairs of rows further apart in time are two occasions
	Coarsest uint32        // fixes less certain than this many metres are left out and counted; 0 leaves none out
}

// Usual is the rule a case begins with; the officer may set another. Local.
func Usual() Rule {
	return Rule{Within: 15 * time.Minute, Metres: 200, Slack: 30 * time.Minute, Apart: time.Hour, Coarsest: 2000}
}

// Pair is a row of each device, and the bounds of how far apart they may have been, in metres and in time.
type Pair struct {
	A, B           uint32 // rows
	AEnd, BEnd     bool   // it is where that row ended
	Least, Most    float64
	GapMin, GapMax time.Duration
}

// Certain reports whether the rows leave no room: as far as the sources' own bounds hold, both the distance and the time are within
// the rule.
func (p *Pair) Certain(r Rule) bool { return p.Most <= r.Metres && p.GapMax <= r.Within }

// pairOf bounds two fixes, and reports whether they may be within the rule.
func (r *Rule) pairOf(a, b *Fix) (Pair, bool) {
	gap := max(0, a.From-b.To, b.From-a.To)
	if gap > r.Within.Milliseconds() {
		return Pair{}, false
	}
	spread := float64(a.Metres) + float64(b.Metres)
	d := 0.0
	if a.Lat != b.Lat || a.Lon != b.Lon { // often the same cell
		d = a.Point().Metres(b.Point())
	}
	if d-spread > r.Metres {
		return Pair{}, false
	}
	return Pair{
		A: a.Row, B: b.Row, AEnd: a.End, BEnd: b.End, Least: math.Max(0, d-spread), Most: d + spread,
		GapMin: time.Duration(gap) * time.Millisecond,
		GapMax: time.Duration(max(a.To-b.From, b.To-a.From)) * time.Millisecond,
	}, true
}

// closer orders pairs by how near they may be at most, then in time, then by their rows, so that the closest is always the same one.
func closer(p, q *Pair) int {
	return cmp.Or(cmp.Compare(p.Most, q.Most), cmp.Compare(p.GapMax, q.GapMax), cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B),
		cmp.Compare(flag(p.AEnd), flag(q.AEnd)), cmp.Compare(flag(p.BEnd), flag(q.BEnd)))
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Meet is one occasion on which two devices may have been near each other: pairs of rows one after another. The word is shorthand for
// the code; on a screen or paper say what [Meet] words say in wording.go.
type Meet struct {
	A, B     Handle // of the first side, of the other
	From, To int64  // of the rows in it, uncertainty of their times included
	Pairs    int    // pairs of rows within the rule
	Certain  int    // of these, pairs that leave no room
	Closest  Pair
	RowsA    Rows // every row of A in it, ascending

	first, last int64 // of A's fixes: what joins one occasion to the next
}

// Duration is how long the rows of the occasion span. It is not how long anybody was anywhere.
func (m *Meet) Duration() time.Duration { return time.Duration(m.To-m.From) * time.Millisecond }

// add takes another pair into the occasion.
func (m *Meet) take(p *Pair, from, to int64, certain bool) {
	if m.Pairs == 0 || closer(p, &m.Closest) < 0 {
		m.Closest = *p
	}
	m.count(from, to, certain)
}

func (m *Meet) count(from, to int64, certain bool) {
	if m.Pairs == 0 {
		m.From, m.To = from, to
	}
	m.From, m.To = min(m.From, from), max(m.To, to)
	m.Pairs++
	if certain {
		m.Certain++
	}
}

// absorb joins the next occasion of the same devices to this one.
func (m *Meet) absorb(next *Meet) {
	if closer(&next.Closest, &m.Closest) < 0 {
		m.Closest = next.Closest
	}
	m.From, m.To = min(m.From, next.From), max(m.To, next.To)
	m.Pairs += next.Pairs
	m.Certain += next.Certain
	m.RowsA = union(m.RowsA, next.RowsA)
	m.last = max(m.last, next.last)
}
