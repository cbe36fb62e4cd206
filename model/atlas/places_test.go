package atlas

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pou/model"
)

// micro is metres north as millionths of a degree.
func micro(metres float64) int32 { return int32(math.Round(metres / metresPerMicro)) }

const (
	charingLat, charingLon = 51_508_000, -125_000
)

// ping is a position so many metres north of Charing Cross.
func ping(at int64, own Handle, north float64, metres uint32) Row {
	return Row{At: at, Own: own, Kind: Position, Lat: charingLat + micro(north), Lon: charingLon, Metres: metres}
}

func TestAPairIsBoundedByTheUncertaintyOfBothRows(t *testing.T) {
	at := when(t, "2026-01-10 12:00")
	rule := Rule{Within: 10 * time.Minute, Metres: 200, Slack: 30 * time.Minute, Apart: time.Hour}
	session := func(at int64, f Flags, end int64) Row {
		r := ping(at, 2, 0, 10)
		r.Kind, r.Flags, r.End = Data, f, end
		return r
	}
	cases := map[string]struct {
		a, b        Row
		found       bool
		least, most float64
		gap, gapMax time.Duration
	}{
		"two points 100 m apart":                              {ping(at, 1, 100, 0), ping(at+60_000, 2, 0, 0), true, 100, 100, time.Minute, time.Minute},
		"two points 300 m apart are too far":                  {ping(at, 1, 300, 0), ping(at, 2, 0, 0), false, 0, 0, 0, 0},
		"areas that may reach within 200 m":                   {ping(at, 1, 300, 60), ping(at, 2, 0, 50), true, 190, 410, 0, 0},
		"areas that may overlap are at least 0 m apart":       {ping(at, 1, 300, 400), ping(at, 2, 0, 50), true, 0, 750, 0, 0},
		"as far in time as the rule goes":                     {ping(at, 1, 0, 0), ping(at+600_000, 2, 0, 0), true, 0, 0, 10 * time.Minute, 10 * time.Minute},
		"a millisecond farther":                               {ping(at, 1, 0, 0), ping(at+600_001, 2, 0, 0), false, 0, 0, 0, 0},
		"a session at or before, within the slack":            {ping(at, 1, 0, 0), session(at+35*60_000, AtOrBefore, 0), true, 0, 10, 5 * time.Minute, 35 * time.Minute},
		"a session at or before that began too early":         {ping(at, 1, 0, 0), session(at-11*60_000, AtOrBefore, 0), false, 0, 0, 0, 0},
		"a session whose cell was used between start and end": {ping(at, 1, 0, 0), session(at-60*60_000, AtOrAfter, at-5*60_000), true, 0, 10, 5 * time.Minute, time.Hour},
		"a row without a time is near nothing":                {ping(at, 1, 0, 0), session(at, NoTime, 0), false, 0, 0, 0, 0},
		"a row without an hour is near nothing":               {ping(at, 1, 0, 0), session(at, DayOnly, 0), false, 0, 0, 0, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			x := Prepare(set(c.a, c.b), both())
			got := x.Paths(Window{}, Suspect, Victim, rule).Meets()
			if !c.found {
				if len(got) > 0 {
					t.Errorf("found %+v", got)
				}
				return
			}
			if len(got) != 1 {
				t.Fatalf("%d found", len(got))
			}
			p := got[0].Closest
			if math.Abs(p.Least-c.least) > 0.2 || math.Abs(p.Most-c.most) > 0.2 || p.GapMin != c.gap || p.GapMax != c.gapMax {
				t.Errorf("the bounds are %+v", p)
			}
			if pairs := x.Pairs(&got[0], rule, 0); len(pairs) != 1 || pairs[0] != p {
				t.Errorf("its pairs are %+v, want %+v", pairs, p)
			}
		})
	}
}

func TestASectorIsHeldByTheCircleAboutIt(t *testing.T) {
	for _, width := range []uint16{0, 30, 60, 90, 120, 179, 240} {
		for azimuth := uint16(0); azimuth < 360; azimuth += 45 {
			site := Site{Kind: CellSite, Lat: charingLat, Lon: charingLon, Metres: 2000, Azimuth: azimuth, Width: width}
			x := &Index{Set: &Set{Sites: []Site{{}, site}}}
			at := x.fixer(0, 0).sector(1)
			if at.Metres > 2000+1 {
				t.Errorf("%d°: the circle is wider than the cell: %d m", width, at.Metres)
			}
			for deg := -float64(width) / 2; deg <= float64(width)/2; deg += 5 {
				for _, far := range []float64{0, 1000, 2000} {
					sin, cos := math.Sincos((float64(azimuth) + deg) * math.Pi / 180)
					p := model.Point{Lat: float64(site.Lat+micro(far*cos)) / 1e6, Lon: float64(site.Lon)/1e6 + float64(micro(far*sin))/1e6/cosDegrees(51.508)}
					if d := at.Point().Metres(p); d > float64(at.Metres)*1.005 {
						t.Fatalf("%d° about %d°: a point of the sector %.0f m off is %.0f m from the middle, beyond %d", width, azimuth, far, d, at.Metres)
					}
				}
			}
		}
	}
}

func TestPairsOneAfterAnotherAreOneOccasion(t *testing.T) {
	at := when(t, "2026-10-25 00:30") // the hour from one comes twice
	var rows []Row
	for i := range int64(6) { // every half hour, over the change of the clocks
		rows = append(rows, ping(at+i*1_800_000, 1, 0, 5), ping(at+i*1_800_000+60_000, 2, 50, 5))
	}
	rows = append(rows, ping(at+12*hourMillis, 1, 0, 5), ping(at+12*hourMillis, 2, 10, 5))
	x := Prepare(set(rows...), both())
	rule := Usual()
	got := x.Paths(Window{}, Suspect, Victim, rule).Meets()
	if len(got) != 2 || got[0].Pairs != 6 || got[0].Certain != 6 || got[0].Duration() != 151*time.Minute || len(got[0].RowsA) != 6 {
		t.Fatalf("found %+v", got)
	}
	if early := x.Paths(Window{To: at + hourMillis}, Suspect, Victim, rule).Meets(); len(early) != 1 || early[0].Pairs != 2 {
		t.Errorf("in a window found %+v", early)
	}
}

// month is thirty days of two devices: each at a place of its own by night and day, and some hours when the suspect's is where the
// victim-survivor's is.
func month(t *testing.T, nightsApart float64, near map[int]int64) *Set {
	t.Helper()
	begin := when(t, "2026-03-10 00:00")
	var rows []Row
	for d := range int64(30) {
		for h := range int64(24) {
			at := begin + d*dayMillis + h*hourMillis
			a, b := nightsApart, 0.0
			if h >= 9 && h < 17 {
				a, b = -9000, 5000
			}
			if near[int(d)] == h && h > 0 {
				a = b + 60
			}
			rows = append(rows, ping(at, 1, a, 10), ping(at+120_000, 2, b, 10))
		}
	}
	return set(rows...)
}

func TestLikelyNightAreasAreWherePositionsGatherByNight(t *testing.T) {
	x := Prepare(month(t, 20_000, nil), both())
	fixes, _ := x.Fixes(Window{}, 0, 1)
	a := x.Areas(fixes, Nights)
	if len(a.Areas) != 1 || a.Days != 31 || a.Areas[0].Days != 31 { // an hour before midnight in winter time is after it in summer time
		t.Fatalf("%d nights, areas %+v", a.Days, a.Areas)
	}
	if d := a.Areas[0].Point().Metres(pointOf(charingLat+micro(20_000), charingLon)); d > 1 || a.Areas[0].Metres < 10 || a.Areas[0].Metres > 12 {
		t.Errorf("it is %.1f m off, within %.1f m", d, a.Areas[0].Metres)
	}
	days := x.Areas(fixes, Workdays)
	if len(days.Areas) == 0 || days.Areas[0].Point().Metres(pointOf(charingLat-micro(9_000), charingLon)) > 1 {
		t.Errorf("the day areas are %+v", days.Areas)
	}
}

func TestStaysHaveBoundsAndWaysBetweenThemAreFoundAgain(t *testing.T) {
	x := Prepare(month(t, 20_000, nil), both())
	fixes, _ := x.Fixes(Window{}, 0, 1)
	rule := UsualStay()
	visits := x.Visits(fixes, rule)
	if len(visits) != 61 { // a night, a day, … a night
		t.Fatalf("%d stays", len(visits))
	}
	v := visits[1]
	if v.ArriveBy != when(t, "2026-03-10 09:00") || v.ArriveAfter != when(t, "2026-03-10 08:00") || v.LeaveAfter != when(t, "2026-03-10 16:00") || v.LeaveBy != when(t, "2026-03-10 17:00") || len(v.Rows) != 8 {
		t.Errorf("the second stay is %+v", v)
	}
	legs := x.Legs(fixes, visits, rule)
	routes := Repeated(legs, rule)
	if len(legs) != 60 || len(routes) != 2 || routes[0].Days != 30 || len(routes[0].Legs) != 30 {
		t.Fatalf("%d ways, of them again %+v", len(legs), routes)
	}
	if again := x.Visits(fixes[:1], rule); len(again) != 0 {
		t.Error("one row is no stay")
	}
}

func TestJourneysOfACardAreWaysAndThoseWithoutAnEndAreNot(t *testing.T) {
	at := when(t, "2026-03-10 08:00")
	tap := func(d int64, from, to uint32, f Flags) Row {
		return Row{At: at + d*dayMillis, End: at + d*dayMillis + 1_200_000, Own: 1, Kind: Tap, Site: from, To: to, Flags: f, Lat: charingLat, Lon: charingLon}
	}
	s := set(tap(0, 1, 2, 0), tap(1, 1, 2, 0), tap(2, 1, 0, NoEnd), tap(3, 2, 1, 0))
	s.Sites = append(s.Sites, Site{Name: "Charing Cross", Kind: Station, Lat: charingLat, Lon: charingLon}, Site{Name: "Stratford", Kind: Station, Lat: 51_541_000, Lon: -3_000})
	x := Prepare(s, both())
	legs := x.Journeys(Window{}, 1)
	r := Repeated(legs, UsualStay())
	if len(legs) != 3 || len(r) != 1 || r[0].Days != 2 || !slices.Equal(r[0].Rows, Rows{0, 1}) {
		t.Errorf("ways %+v, again %+v", legs, r)
	}
}

func kinds(c Context) []ReasonKind {
	var out []ReasonKind
	for _, r := range c.Reasons {
		out = append(out, r.Kind)
	}
	return out
}

func TestWhatElseMayExplainAnOccasionStandsBesideIt(t *testing.T) {
	contexts := func(s *Set, by Attributions) ([]Meet, []Context, *Paths) {
		x := Prepare(s, by)
		p := x.Paths(Window{}, Suspect, Victim, Usual())
		m := p.Meets()
		return m, x.Contexts(p, m), p
	}
	t.Run("nothing does when the suspect's device is hardly ever there", func(t *testing.T) {
		m, c, p := contexts(month(t, 20_000, map[int]int64{5: 20, 12: 20, 13: 21}), both())
		if len(m) != 3 {
			t.Fatalf("%d occasions", len(m))
		}
		if c[0].A.There != 2 || c[0].A.Days != 30 || c[0].A.Then != 1 || c[0].B.There != 30 {
			t.Errorf("the base rates are %+v and %+v", c[0].A, c[0].B)
		}
		if got := kinds(c[0]); !slices.Equal(got, []ReasonKind{UsualThere, OnePair}) {
			t.Errorf("the reasons are %v", got)
		}
		chances := p.Shifted()
		if e, ok := Expected(chances, p.SharedDays()); !ok || e > 4 || len(chances) != 6 {
			t.Errorf("by chance %f from %+v", e, chances)
		}
	})
	t.Run("both spend their nights near there", func(t *testing.T) {
		m, c, p := contexts(month(t, 150, nil), both())
		if len(m) < 30 {
			t.Fatalf("%d occasions", len(m))
		}
		if got := kinds(c[1]); !slices.Contains(got, NightsNear) || !slices.Contains(got, UsualThere) {
			t.Errorf("the reasons are %v", got)
		}
		if e, ok := Expected(p.Shifted(), p.SharedDays()); !ok || math.Abs(e-float64(len(m))) > 3 {
			t.Errorf("by chance as many are expected, not %f for %d", e, len(m))
		}
		if len(c[1].Reasons[0].Rows) == 0 {
			t.Error("a reason has no rows")
		}
	})
	t.Run("it is weakly known who used the device", func(t *testing.T) {
		by := both()
		by[0].Grade = Weak
		_, c, _ := contexts(month(t, 20_000, map[int]int64{5: 20}), by)
		if got := kinds(c[0]); !slices.Contains(got, WeakUse) {
			t.Errorf("the reasons are %v", got)
		}
	})
	t.Run("the same station at commuting time", func(t *testing.T) {
		at := when(t, "2026-03-10 08:10")
		s := set(Row{At: at, Own: 1, Kind: Tap, Site: 1, Flags: NoEnd, Lat: charingLat, Lon: charingLon}, Row{At: at + 60_000, Own: 2, Kind: Tap, Site: 1, Flags: NoEnd, Lat: charingLat, Lon: charingLon})
		s.Sites = append(s.Sites, Site{Name: "Charing Cross", Kind: Station, Lat: charingLat, Lon: charingLon})
		_, c, _ := contexts(s, both())
		if got := kinds(c[0]); !slices.Equal(got, []ReasonKind{SameStation, CommuteHours, NotHolder, OnePair}) {
			t.Errorf("the reasons are %v", got)
		}
	})
	t.Run("one cell serves the nights of both, and the session says at or before", func(t *testing.T) {
		s := set()
		s.Sites = append(s.Sites, Site{ID: "23415-1", Kind: CellSite, Lat: charingLat, Lon: charingLon, Metres: 900})
		for d := range int64(5) {
			for own := Handle(1); own <= 2; own++ {
				s.Rows = append(s.Rows, Row{At: when(t, "2026-03-10 03:00") + d*dayMillis, Own: own, Kind: Data, Site: 1, Lat: charingLat, Lon: charingLon, Metres: 900})
			}
		}
		s.Rows = append(s.Rows, Row{At: when(t, "2026-03-20 20:00"), Own: 1, Kind: Data, Flags: AtOrBefore, Site: 1, Lat: charingLat, Lon: charingLon, Metres: 900})
		s.Rows = append(s.Rows, Row{At: when(t, "2026-03-20 20:05"), Own: 2, Kind: Data, Site: 1, Lat: charingLat, Lon: charingLon, Metres: 900})
		m, c, _ := contexts(s, both())
		if got := kinds(c[len(m)-1]); !slices.Contains(got, SharedCell) || !slices.Contains(got, VagueTime) || !slices.Contains(got, WideArea) {
			t.Errorf("the reasons are %v", got)
		}
	})
}

func TestTheBaseRateIsWhatCountingEveryDayGives(t *testing.T) {
	for seed := range uint64(25) {
		rng := rand.New(rand.NewPCG(seed, 5))
		s := scatter(rng, 300, charingLat, charingLon, 4_000, 12*dayMillis)
		x := Prepare(s, both())
		rule := Rule{Within: 30 * time.Minute, Metres: 100, Slack: 20 * time.Minute, Apart: time.Hour}
		p := x.Paths(Window{}, Suspect, Victim, rule)
		meets := p.Meets()
		for i, c := range x.Contexts(p, meets) {
			f := x.fixer(rule.Slack, 0)
			var at Fix
			for _, fix := range f.of(meets[i].Closest.B) {
				if fix.End == meets[i].Closest.BEnd {
					at = fix
				}
			}
			days, there, then := map[string]bool{}, map[string]bool{}, map[string]bool{}
			own := londonTime(at.From)
			for _, fix := range p.B.Fixes() {
				local := londonTime(fix.From)
				on := local.Format(time.DateOnly)
				if on == own.Format(time.DateOnly) {
					continue
				}
				days[on] = true
				if at.Point().Metres(fix.Point())-float64(fix.Metres)-float64(at.Metres) <= rule.Metres {
					there[on] = true
					apart := max(local.Hour()*60+local.Minute()-own.Hour()*60-own.Minute(), own.Hour()*60+own.Minute()-local.Hour()*60-local.Minute())
					if min(apart, 24*60-apart) <= 30 {
						then[on] = true
					}
				}
			}
			if c.B.Days != len(days) || c.B.There != len(there) || c.B.Then != len(then) || len(c.B.Rows) != len(there) {
				t.Fatalf("seed %d: %+v, want %d days, %d there, %d then", seed, c.B, len(days), len(there), len(then))
			}
		}
	}
}

func TestTheCircleOfAnAreaHoldsNineInTenOfItsRows(t *testing.T) {
	var fixes []Fix
	for i := range 20 {
		north := float64(i)
		if i >= 18 {
			north = 5000
		}
		fixes = append(fixes, Fix{Lat: charingLat + micro(north), Lon: charingLon, Metres: 50})
	}
	a := middle(fixes)
	in := 0
	for i := range fixes {
		if a.Point().Metres(fixes[i].Point())+50 <= a.Metres {
			in++
		}
	}
	if in != 18 || a.Metres > 600 {
		t.Errorf("%d of 20 lie within %.0f m", in, a.Metres)
	}
	over := middle([]Fix{{Lon: 179_999_000}, {Lon: -179_999_000}})
	if over.Lon != 180_000_000 && over.Lon != -180_000_000 {
		t.Errorf("the middle over the date line is %d", over.Lon)
	}
}
