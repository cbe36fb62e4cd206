package atlas

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"
)

// naive is the meaning of [Paths.Meets]: every fix of one side against every fix of the other, grouped by the time of the first.
func naive(x *Index, w Window, a, b Side, rule Rule) []Meet {
	fixes := func(side Side) []Fix {
		f := x.fixer(rule.Slack, rule.Coarsest)
		var out []Fix
		from, to := x.Range(w)
		for row := from; row < to; row++ {
			if r := &x.Set.Rows[row]; x.sideAt(r.Own, r) == side {
				out = append(out, f.of(row)...)
			}
		}
		slices.SortStableFunc(out, func(a, b Fix) int { return cmp.Compare(a.From, b.From) })
		return out
	}
	var out []Meet
	open := map[[2]Handle]int{}
	bs := fixes(b)
	for _, fa := range fixes(a) {
		for _, fb := range bs {
			pair, ok := rule.pairOf(&fa, &fb)
			if !ok || fa.Own == fb.Own {
				continue
			}
			key := [2]Handle{fa.Own, fb.Own}
			at, known := open[key]
			if !known || fa.From-out[at].last > rule.Apart.Milliseconds() {
				at = len(out)
				out, open[key] = append(out, Meet{A: fa.Own, B: fb.Own, first: fa.From, last: fa.To}), at
			}
			m := &out[at]
			m.take(&pair, min(fa.From, fb.From), max(fa.To, fb.To), pair.Certain(rule))
			m.last = max(m.last, fa.To)
			m.RowsA = union(m.RowsA, Rows{fa.Row})
		}
	}
	return Join(rule, out)
}

// scatter makes rows of four devices around a few places, uncertain in every way there is.
func scatter(rng *rand.Rand, n int, lat, lon, spread int32, span int64) *Set {
	s := &Set{Names: []string{"", "a", "b", "c", "d"}, Sites: []Site{{}}}
	for range 6 {
		s.Sites = append(s.Sites, Site{
			Kind: CellSite, Lat: lat + rng.Int32N(2*spread+1) - spread, Lon: turned(lon + rng.Int32N(2*spread+1) - spread),
			Metres: 50 + rng.Uint32N(3000), Azimuth: uint16(rng.Uint32N(360)), Width: []uint16{0, 60, 120, 200}[rng.IntN(4)],
		})
	}
	for i := range n {
		r := Row{
			At: 1_700_000_000_000 + rng.Int64N(span), Own: Handle(1 + rng.IntN(4)), Kind: Position, Line: uint32(i + 1),
			Lat: lat + rng.Int32N(2*spread+1) - spread, Lon: turned(lon + rng.Int32N(2*spread+1) - spread), Metres: rng.Uint32N(60),
		}
		if rng.IntN(3) == 0 { // many at one time
			r.At = r.At / 600_000 * 600_000
		}
		switch rng.IntN(8) {
		case 0:
			r.Metres = rng.Uint32N(40_000)
		case 1, 2:
			site := uint32(1 + rng.IntN(6))
			r.Kind, r.Site = Data, site
			r.Lat, r.Lon, r.Metres = s.Sites[site].Lat, s.Sites[site].Lon, s.Sites[site].Metres
			r.Flags = []Flags{0, AtOrBefore, AtOrAfter}[rng.IntN(3)]
			r.End = r.At + rng.Int64N(3_600_000)
		case 3:
			r.Kind, r.Site, r.To, r.End = Tap, uint32(1+rng.IntN(6)), uint32(1+rng.IntN(6)), r.At+rng.Int64N(7_200_000)
		case 4:
			r.Flags = []Flags{NoTime, DayOnly, NoEnd, 0}[rng.IntN(4)]
			if r.Has(NoTime) {
				r.At = 0
			}
		case 5:
			if rng.IntN(4) == 0 {
				r.Lat, r.Lon = NoPlace, NoPlace
			}
		}
		s.Rows = append(s.Rows, r)
	}
	slices.SortStableFunc(s.Rows, func(a, b Row) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Line, b.Line)) })
	return s
}

// turned keeps a longitude on the globe.
func turned(lon int32) int32 {
	switch {
	case lon > 180_000_000:
		return lon - 360_000_000
	case lon < -180_000_000:
		return lon + 360_000_000
	}
	return lon
}

func sides() Attributions {
	return Attributions{
		{Handle: 1, Side: Suspect, Grade: Strong},
		{Handle: 2, Side: Victim, Grade: Strong},
		{Handle: 3, Side: Victim, Grade: Some},
		{Handle: 4, Side: Suspect, Grade: Weak, To: 1_700_000_000_000 + 12*hourMillis},
		{Handle: 4, Side: Victim, From: 1_700_000_000_000 + 12*hourMillis},
	}
}

func TestTheFastKernelFindsWhatComparingEverythingWithEverythingFinds(t *testing.T) {
	places := map[string][3]int32{
		"London":                     {51_500_000, -120_000, 60_000},
		"Shetland":                   {60_300_000, -1_200_000, 60_000},
		"far north":                  {84_000_000, 20_000_000, 400_000},
		"beside the pole":            {89_940_000, 0, 50_000},
		"the equator":                {0, 0, 60_000},
		"where the days begin":       {-16_800_000, 179_990_000, 60_000},
		"far south":                  {-77_800_000, 166_600_000, 200_000},
		"all in one street":          {51_500_000, -120_000, 1_000},
		"all at one place":           {51_500_000, -120_000, 0},
		"over the whole of a county": {51_500_000, -120_000, 500_000},
	}
	for name, at := range places {
		t.Run(name, func(t *testing.T) {
			found := 0
			for seed := range uint64(12) {
				rng := rand.New(rand.NewPCG(seed, 6))
				x := Prepare(scatter(rng, 20+rng.IntN(240), at[0], at[1], at[2], 48*hourMillis), sides())
				rule := Rule{
					Within: time.Duration(rng.IntN(40)) * time.Minute, Metres: float64(rng.IntN(600)), Slack: time.Duration(rng.IntN(90)) * time.Minute,
					Apart: time.Duration(rng.IntN(180)) * time.Minute, Coarsest: []uint32{0, 0, 2000}[rng.IntN(3)],
				}
				want := naive(x, Window{}, Suspect, Victim, rule)
				p := x.Paths(Window{}, Suspect, Victim, rule)
				for _, parts := range []int{1, 2, 5} {
					got := make([][]Meet, parts)
					for i := range parts {
						got[i] = p.Part(i, parts)
					}
					if diff := differ(want, Join(rule, got...)); diff != "" {
						t.Fatalf("seed %d in %d parts with %+v: %s", seed, parts, rule, diff)
					}
				}
				found += len(want)
			}
			if found == 0 {
				t.Error("the inputs hold nothing to be found: the test shows nothing")
			}
		})
	}
}

func differ(want, got []Meet) string {
	for i := range want {
		if i >= len(got) {
			return fmt.Sprintf("%d of %d found; missing %+v", len(got), len(want), want[i])
		}
		g := got[i]
		g.first, g.last = want[i].first, want[i].last
		if !reflect.DeepEqual(want[i], g) {
			return fmt.Sprintf("number %d: want %+v, got %+v", i, want[i], got[i])
		}
	}
	if len(got) > len(want) {
		return fmt.Sprintf("%d too many, such as %+v", len(got)-len(want), got[len(want)])
	}
	return ""
}

func TestTheBoundsOfADistanceHoldIt(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		a := Fix{Lat: rng.Int32N(180_000_001) - 90_000_000, Lon: rng.Int32N(360_000_001) - 180_000_000}
		near := int32(1) << rng.IntN(28)
		b := Fix{Lat: max(-90_000_000, min(90_000_000, a.Lat+rng.Int32N(near)-near/2)), Lon: turned(a.Lon + rng.Int32N(near) - near/2)}
		k := newBounds(&a, 100, 0)
		k.eastward()
		d := a.Point().Metres(b.Point())
		if least, most := k.distance(b.Lat, b.Lon); least > d || most < d {
			t.Fatalf("%v to %v is %f m, not from %f to %f", a.Point(), b.Point(), d, least, most)
		}
		k = newBounds(&a, d, 0)
		if b.Lat < k.south || b.Lat > k.north || k.apart(b.Lon) {
			t.Fatalf("%v to %v is %f m and the bound of that many metres refuses it", a.Point(), b.Point(), d)
		}
	}
}

// A planted case: two devices that are never near each other but for 157 times, of which the kernel finds every one and nothing else.
func TestEveryPlantedOccasionIsFoundAndNothingElse(t *testing.T) {
	rng := rand.New(rand.NewPCG(157, 6))
	begin := when(t, "2026-01-05 00:00")
	var rows []Row
	for slot := range int64(90 * 24) { // an hour each; the suspect's device is 8 to 20 km north
		at := begin + slot*hourMillis + rng.Int64N(1_200_000)
		rows = append(rows, ping(at, 1, 8_000+12_000*rng.Float64(), 30), ping(at+rng.Int64N(60_000), 2, 300*rng.Float64(), 30))
	}
	var planted []int64
	for _, slot := range rng.Perm(90 * 24 / 4)[:157] { // four hours apart or more
		at := begin + int64(slot)*4*hourMillis + 1_500_000
		planted = append(planted, at)
		for i := range rng.Int64N(4) + 1 {
			north := 250 * rng.Float64()
			rows = append(rows, ping(at+i*120_000, 1, north+60, 15), ping(at+i*120_000+30_000, 2, north, 15))
		}
	}
	slices.Sort(planted)
	x := Prepare(set(rows...), both())
	got := x.Paths(Window{}, Suspect, Victim, Usual()).Meets()
	if len(got) != len(planted) {
		t.Fatalf("%d found of %d", len(got), len(planted))
	}
	for i, m := range got {
		if planted[i] < m.From-20*60_000 || planted[i] > m.To || m.Certain == 0 {
			t.Errorf("number %d is %s, planted %s", i, SayMeet(&m), SayTime(planted[i]))
		}
	}
}
