package ui

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/model/day"
	"pou/store/comms"
	"pou/store/sample/planted"
)

// plantedWorld is a case with the planted data loaded: 157 times near each other, a day of 700, told to stop on day 42. An order was
// served on the day of the block.
func plantedWorld(w *world) { plantedCase(w, true) }

// basisOnly is the same case with a lawful basis and no data.
func basisOnly(w *world) { plantedCase(w, false) }

func plantedCase(w *world, load bool) {
	w.t.Helper()
	data := planted.Make(1, day.On(at0507()).AddDays(-1))
	varga := string(w.do("person.add", "surname", "Varga", "forename", "Mateusz", "unit", "SW"))
	victim := string(w.do("person.add", "surname", "Quillfeather", "forename", "Edda", "unit", "SW"))
	w.do("case.add", "person", varga, "victims", victim, "offences", "s4A", "last", "2026-11-20", "unit", "SW")
	for _, d := range [][4]string{
		{"phone", planted.SuspectPhone, varga, "strong"}, {"phone", planted.VictimPhone, victim, "proved"}, {"phone", planted.SecondPhone, varga, "weak"}, {"card", "041234567890", varga, "some"},
	} {
		w.do("device.attribute", "case", "C-1", "kind", d[0], "number", d[1], "person", d[2], "grade", d[3], "basis", "subscriber")
	}
	w.do("moment.add", "case", "C-1", "at", data.Told.In(day.London()).Format("2006-01-02 15:04"), "kind", "told")
	w.do("moment.add", "case", "C-1", "at", data.Blocked.In(day.London()).Format("2006-01-02 15:04"), "kind", "blocked")
	order := string(w.do("order.add", "person", varga, "type", "SPO", "made", day.On(data.Blocked).String(), "until", "2028-12-01", "unit", "SW", "monitor", "O-0002",
		"conditions", "Not to contact the protected person by any means\nNot to enter the London Borough of Ealing", "served", data.Blocked.In(day.London()).Format("2006-01-02 15:04")))
	w.do("condition.set", "order", order, "condition", "1", "type", "contact", "numbers", planted.VictimPhone, "people", victim)
	w.do("condition.set", "order", order, "condition", "2", "type", "area", "boroughs", "Ealing")
	w.do("dataset.open", "case", "C-1", "title", "calls and positions", "power", "synthetic", "authorisation", "TEST/1/2026", "purpose", "test", "granted", "2026-11-20",
		"from", data.First.String(), "to", data.Last.String(), "collateral", "none: nobody is real", "review", "2027-05-01")
	if !load {
		return
	}
	for _, f := range data.Files {
		if _, _, err := comms.LoadInto(w.t.Context(), w.book, w.who, comms.Loading{Dataset: "D-000001", Files: []comms.Source{{Name: f.Name, Bytes: f.Data}}, Own: f.Own}); err != nil {
			w.t.Fatal(f.Name, err)
		}
	}
}

// opened is the desk on the atlas of the planted case, everything worked out.
func openedAtlasRig(t *testing.T, w, h int, build func(*world)) *rig {
	t.Helper()
	r := newRig(t, w, h, build)
	r.press(behind("datasets")...)
	r.settle()
	r.press("A")
	return r.rested()
}

// rested waits until nothing of the atlas is still being read or worked out.
func (r *rig) rested() *rig {
	r.t.Helper()
	for range 600 {
		r.settle()
		s := r.app.atlas
		n, _ := s.head.rows()
		if s.err != nil || (s.head.kase != nil && n == 0) || (s.data != nil && !s.waiting()) {
			return r
		}
		time.Sleep(20 * time.Millisecond)
	}
	r.t.Fatal("the atlas never comes to rest")
	return r
}

var _ = fmt.Sprint
var _ = os.Stderr
var _ = regexp.MustCompile
var _ = strings.Contains
var _ model.Ref
var _ atlas.Window

func TestScratch(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		if want := os.Getenv("SIZE"); want != "" && want != fmt.Sprint(size[0]) {
			continue
		}
		r := openedAtlasRig(t, size[0], size[1], plantedWorld)
		for _, k := range strings.Split(os.Getenv("KEYS"), " ") {
			if k != "" {
				r.press(k)
			}
			r.rested()
			fmt.Println(r.screen())
		}
	}
}
