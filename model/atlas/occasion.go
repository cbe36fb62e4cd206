package atlas

import (
	"cmp"
	"slices"
	"time"
)

// Occasion is one time the devices of two sides may have been near each other, by whichever of their devices: two phones in one
// pocket are not two occasions.
type Occasion struct {
	From, To int64
	Meets    []Meet // of different devices, by time
}

// Occasions puts meets that overlap, or follow each other within a time, together.
func Occasions(meets []Meet, apart time.Duration) []Occasion {
	sorted := slices.Clone(meets)
	slices.SortStableFunc(sorted, func(a, b Meet) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	var out []Occasion
	for _, m := range sorted {
		if n := len(out); n > 0 && m.From-out[n-1].To <= apart.Milliseconds() {
			o := &out[n-1]
			o.To, o.Meets = max(o.To, m.To), append(o.Meets, m)
			continue
		}
		out = append(out, Occasion{From: m.From, To: m.To, Meets: []Meet{m}})
	}
	return out
}

// Closest is the pair of rows by which the devices may have been nearest.
func (o *Occasion) Closest() *Pair { return &o.ClosestMeet().Closest }

// ClosestMeet is the meet that pair is of.
func (o *Occasion) ClosestMeet() *Meet {
	best := &o.Meets[0]
	for i := range o.Meets {
		if m := &o.Meets[i]; closer(&m.Closest, &best.Closest) < 0 {
			best = m
		}
	}
	return best
}

// Certain reports whether any pair of rows leaves no room.
func (o *Occasion) Certain() bool {
	return slices.ContainsFunc(o.Meets, func(m Meet) bool { return m.Certain > 0 })
}
