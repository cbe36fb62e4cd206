package chart

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"pou/model"
	"pou/model/day"
	"pou/ui/part"
)

func inLondon(year int, month time.Month, d, hour, minute int) time.Time {
	return time.Date(year, month, d, hour, minute, 0, 0, day.London())
}

func TestColumnsOfASpanHoldEveryMomentOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for range 200 {
		from := r.Int64N(1_000_000)
		s := span{from, from + 1 + r.Int64N(100_000), 1 + r.IntN(200)}
		times := make([]int64, r.IntN(300))
		want := make([]int, s.cols)
		for i := range times {
			times[i] = from - 1000 + r.Int64N(102_000)
			if c := s.column(times[i]); times[i] < s.to && c >= 0 {
				want[c]++
			}
		}
		slices.Sort(times)
		if got := s.counts(times); !slices.Equal(got, want) {
			t.Fatalf("%+v: got %v, want %v", s, got, want)
		}
	}
}

func TestHeatCountsByTheClockOnTheWall(t *testing.T) {
	tests := map[string]struct {
		at        time.Time
		day, hour int
	}{
		"a winter Monday is Greenwich time":             {time.Date(2026, 1, 5, 9, 30, 0, 0, time.UTC), 0, 9},
		"in summer the clock is an hour ahead":          {time.Date(2026, 7, 6, 9, 30, 0, 0, time.UTC), 0, 10},
		"a summer evening at 23:30 UTC is the next day": {time.Date(2026, 7, 5, 23, 30, 0, 0, time.UTC), 0, 0},
		"the minute before the clocks go forward":       {time.Date(2026, 3, 29, 0, 59, 0, 0, time.UTC), 6, 0},
		"the minute the clocks have gone forward":       {time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC), 6, 2},
		"half past one, the first time":                 {time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC), 6, 1},
		"half past one, the second time":                {time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC), 6, 1},
		"two o'clock after the clocks have gone back":   {time.Date(2026, 10, 25, 2, 0, 0, 0, time.UTC), 6, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			h := NewHeat([]int64{test.at.UnixMilli()}, "", nil)
			if h.Counts[test.day][test.hour] != 1 {
				t.Errorf("got %v", h.Counts)
			}
		})
	}
}

func TestHeatEqualsAskingTheZoneEveryTime(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	kathmandu := time.FixedZone("Kathmandu", 5*3600+45*60)
	for _, zone := range []*time.Location{day.London(), time.UTC, kathmandu} {
		times := make([]int64, 20_000)
		for i := range times {
			times[i] = inLondon(2026, 3, 20, 0, 0).UnixMilli() + r.Int64N(int64(30*24*time.Hour/time.Millisecond))
		}
		slices.Sort(times)
		var want [7][24]int
		for _, at := range times {
			tm := time.UnixMilli(at).In(zone)
			want[(int(tm.Weekday())+6)%7][tm.Hour()]++
		}
		if got := NewHeat(times, "", zone); got.Counts != want {
			t.Errorf("in %s they differ", zone)
		}
	}
}

func TestDaysAreCountedByTheClockOnTheWall(t *testing.T) {
	times := []int64{
		inLondon(2026, 3, 28, 23, 59).UnixMilli(), inLondon(2026, 3, 29, 0, 0).UnixMilli(), inLondon(2026, 3, 29, 23, 59).UnixMilli(),
		inLondon(2026, 3, 31, 0, 0).UnixMilli(),
	}
	c := NewColumns(times, "", false, nil)
	if want := []int{1, 2, 0, 1}; !slices.Equal(c.Counts, want) {
		t.Errorf("got %v, want %v", c.Counts, want)
	}
	if short := c.Start[2] - c.Start[1]; short != 23*3600*1000 {
		t.Errorf("the day the clocks go forward has %d ms", short)
	}
}

func TestWeeksBeginOnMonday(t *testing.T) {
	times := []int64{inLondon(2026, 3, 8, 23, 59).UnixMilli(), inLondon(2026, 3, 9, 0, 0).UnixMilli(), inLondon(2026, 3, 15, 12, 0).UnixMilli()}
	c := NewColumns(times, "", true, nil)
	if !slices.Equal(c.Counts, []int{1, 2}) || time.UnixMilli(c.Start[0]).In(day.London()).Weekday() != time.Monday {
		t.Errorf("got %v from %v", c.Counts, c.Start)
	}
}

func TestTicksStandOnMidnightThroughTheClockChange(t *testing.T) {
	marks := ticks(inLondon(2026, 3, 27, 0, 0).UnixMilli(), inLondon(2026, 4, 1, 0, 0).UnixMilli(), 6, day.London())
	if len(marks) != 5 {
		t.Fatalf("%d marks", len(marks))
	}
	for _, k := range marks {
		if at := time.UnixMilli(k.at).In(day.London()); at.Hour() != 0 {
			t.Errorf("%s stands at %v", k.label, at)
		}
	}
}

func TestTicksNeverStandStill(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	for range 2000 {
		from := inLondon(1990, 1, 1, 0, 0).UnixMilli() + r.Int64N(1_500_000_000_000)
		to := from + 1 + r.Int64N(1<<(10+r.IntN(30)))
		most := 1 + r.IntN(30)
		marks := ticks(from, to, most, day.London())
		if len(marks) > 2*most+1 {
			t.Fatalf("%d marks, %d wanted", len(marks), most)
		}
		for i := 1; i < len(marks); i++ {
			if marks[i].at <= marks[i-1].at {
				t.Fatalf("%v does not follow %v", marks[i], marks[i-1])
			}
		}
	}
}

func TestTheBrushCountsItsRows(t *testing.T) {
	tl := plantedTimeline()
	want := 0
	for _, l := range tl.Lanes {
		for _, at := range l.Times {
			if at >= tl.BrushFrom && at < tl.BrushTo {
				want++
			}
		}
	}
	th := part.NewTheme(true, true, false)
	if view := ansi.Strip(tl.Draw(&th, 120, 30)); !strings.Contains(view, "· "+model.Counted(want, "row", "rows")) {
		t.Errorf("%d rows are brushed, got:\n%s", want, view)
	}
}

func TestAColumnsMomentIsWhereTheBrushBegins(t *testing.T) {
	tl := plantedTimeline()
	for _, w := range []int{80, 120, 200} {
		s := span{tl.From, tl.To, tl.Columns(w)}
		for col := range tl.Columns(w) {
			if got := s.column(tl.At(w, col)); got != col {
				t.Fatalf("column %d of %d begins in %d", col, w, got)
			}
		}
	}
}

func TestChangeIsArithmetic(t *testing.T) {
	p := Pair{DaysBefore: 60, DaysAfter: 30}
	for name, test := range map[string]struct {
		row  PairRow
		want string
	}{
		"as many in half the time is twice the rate":  {PairRow{Before: 30, After: 30}, "×2.0"},
		"half as many in half the time is no change":  {PairRow{Before: 30, After: 15}, "×1.0"},
		"a quarter as many is half the rate":          {PairRow{Before: 40, After: 10}, "÷2.0"},
		"what was never there before is new":          {PairRow{Before: 0, After: 4}, "new"},
		"what never came again is none after":         {PairRow{Before: 4, After: 0}, "none after"},
		"nothing before and nothing after is nothing": {PairRow{}, "none"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := p.change(test.row); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
	if got := (&Pair{DaysBefore: 0, DaysAfter: 3}).change(PairRow{Before: 1, After: 1}); got != "–" {
		t.Errorf("without a before the change is %q", got)
	}
}

func TestEveryCountOfAHeatMapIsWritten(t *testing.T) {
	th := part.NewTheme(true, true, false)
	h := plantedHeat()
	for _, size := range [][2]int{{80, 18}, {80, 20}, {120, 20}, {200, 50}} {
		view := ansi.Strip(h.Draw(&th, size[0], size[1]))
		fields := map[string]int{}
		for _, f := range strings.Fields(view) {
			fields[f]++
		}
		want := map[string]int{}
		for _, hours := range h.Counts {
			for _, n := range hours {
				if n > 9 { // smaller ones look like the hours of the head
					want[model.Thousands(n)]++
				}
			}
		}
		for n, times := range want {
			if fields[n] < times {
				t.Errorf("at %v %s is written %d times, want %d:\n%s", size, n, fields[n], times, view)
			}
		}
	}
}

func TestANarrowHeatMapLeavesNoHourOut(t *testing.T) {
	th := part.NewTheme(true, true, false)
	h := &Heat{What: "hours"}
	for k := range 24 {
		h.Counts[0][k] = 1
	}
	for _, w := range []int{30, 47, 53, 80} {
		monday := strings.Split(ansi.Strip(h.Draw(&th, w, 10)), "\n")[2]
		if n := strings.Count(monday, "1"); !strings.HasPrefix(monday, "Mon") || n != 24 {
			t.Errorf("at %d cells %d of 24 hours stand in %q", w, n, monday)
		}
	}
}

func TestStepsOfAHeatMapAreWhatTheLegendSays(t *testing.T) {
	for _, most := range []int{1, 2, 3, 4, 5, 6, 7, 13, 65, 700, 12345} {
		for n := 1; n <= most; n++ {
			low, high := bandOf(step(n, most), most)
			if n < low || n > high {
				t.Fatalf("%d of %d has step %d, which stands for %d to %d", n, most, step(n, most), low, high)
			}
		}
	}
}

func BenchmarkHeat(b *testing.B) {
	th := part.NewTheme(true, false, false)
	times := plantedTimes(1_000_000, inLondon(2026, 1, 5, 0, 0), 365, 1)
	b.Run("1,000,000 counted and drawn", func(b *testing.B) {
		for b.Loop() {
			h := NewHeat(times, "texts", nil)
			h.Draw(&th, 200, 60)
		}
	})
	h := NewHeat(times, "texts", nil)
	b.Run("drawn", func(b *testing.B) {
		for b.Loop() {
			h.Draw(&th, 200, 60)
		}
	})
}

func BenchmarkTimeline(b *testing.B) {
	th := part.NewTheme(true, false, false)
	tl := plantedTimeline()
	for i := range tl.Lanes {
		tl.Lanes[i].Times = plantedTimes(1_000_000/len(tl.Lanes), inLondon(2026, 1, 5, 0, 0), 119, uint64(i))
	}
	b.Run("1,000,000 in 7 lanes", func(b *testing.B) {
		for b.Loop() {
			tl.Draw(&th, 200, 60)
		}
	})
}
