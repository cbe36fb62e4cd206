package chart_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"pou/model"
	"pou/model/atlas"
	"pou/ui/chart"
	"pou/ui/part"
)

// A chart is filled, then drawn for the terminal or made a scene for paper.
func Example() {
	pair := chart.Pair{
		What: "texts out by the suspect", Marker: "told to stop, 12 Mar 2026", DaysBefore: 60, DaysAfter: 30,
		Rows: []chart.PairRow{{Name: "texts", Before: 30, After: 120}},
	}
	th := part.NewTheme(true, true, true)
	for line := range strings.SplitSeq(ansi.Strip(pair.Draw(&th, 60, 7)), "\n") {
		fmt.Println(strings.TrimRight(line, " "))
	}
	scene := pair.Scene(500, 120)
	picture, _, _ := strings.Cut(string(scene.SVG()), " viewBox")
	fmt.Println(picture)
	// Output:
	// texts out by the suspect
	// told to stop, 12 Mar 2026
	//                                 rows      a day       change
	// texts    before ##                30        0.5
	//          after  ##########       120        4.0         x8.0
	//
	// before 60 days, after 30 days; bars are rates, of one scale
	// <svg xmlns="http://www.w3.org/2000/svg" width="500pt" height="120pt"
}

// A view moves by whole columns and rows, and never changes the map it is given to.
func ExampleViewport() {
	view := chart.WholeLondon(80, 24).Zoom(4).Pan(10, 0)
	m := chart.Map{View: view, Pins: []chart.Pin{{Point: model.Point{Lat: 51.5007, Lon: -0.1246}, Metres: 800, Side: atlas.Suspect, Label: "cell 4711"}}}
	th := part.NewTheme(true, true, false)
	fmt.Println(len(strings.Split(m.Draw(&th, 80, 24), "\n")))
	// Output: 24
}

// Moments ascend; a slice of the rows' own times will do for a lane.
func ExampleNewHeat() {
	monday := time.Date(2026, 7, 6, 22, 15, 0, 0, time.UTC).UnixMilli() // 23:15 in London
	h := chart.NewHeat([]int64{monday, monday + 60_000}, "calls", nil)
	fmt.Println(h.Counts[0][23])
	// Output: 2
}
