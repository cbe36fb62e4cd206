package ui

import (
	"fmt"
	"testing"

	"pou/model"
	"pou/store"
	"pou/store/memory"
	"pou/ui/part"
)

// benchApp is the desk on an empty store.
func benchApp(b *testing.B, w, h int) *App {
	b.Helper()
	book, err := store.New(b.Context(), memory.New(), at0507)
	if err != nil {
		b.Fatal(err)
	}
	a := NewApp(b.Context(), Options{Store: book, Who: "O-0001"})
	a.w, a.h, a.searchReady, a.me = w, h, true, &model.Officer{Unit: "SW", Roles: []model.Role{model.RoleLead}}
	return a
}

// A key in the box at the three sizes: the frame that follows it, with thirty people found and one of them beside.
func BenchmarkBoxFrame(b *testing.B) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			a := benchApp(b, size[0], size[1])
			a.lists[1].all, a.lists[1].loaded = manyRows(200), true
			a.lists[1].show("SW", a.now)
			a.layout()
			box := &boxOverlay{box: part.NewBox("a name")}
			box.box.Enlarge(func(w, h int) []string { return box.side(a, w, h) })
			a.over = box
			generation := box.box.SetQuery("badu ko 1984")
			var found []store.Found
			for _, l := range manyRows(30) {
				l.Kind, l.Born, l.Markers = "person", "3 Dec 1984", []string{"VI", "WE 3y?"}
				found = append(found, store.Found{Line: *l, Match: "1 letter out: badu → badi; exact"})
			}
			box.box.SetItems(generation, a.foundItems(box, boxFound{answer: store.Answer{Found: found, Words: "badu ko 1984"}}))
			box.of, box.touched = &found[0].Line, true
			box.card.card = card{ref: found[0].Ref, title: found[0].Name}
			for i := range 12 {
				box.card.card.sections = append(box.card.card.sections, section{head: "Section", rows: []row{{label: itoa(i), text: "what stands in a record, long enough to be wrapped into the column beside"}}})
			}
			for i := 0; b.Loop(); i++ {
				a.fresh = false
				box.box.Update(keyPress([]string{"down", "up"}[i%2]))
				_ = a.View()
			}
		})
	}
}

// What an answer costs the screen before it is drawn: the rows with what is picked out in them, and the actions that match.
func BenchmarkBoxAnswer(b *testing.B) {
	a := benchApp(b, 120, 40)
	box := &boxOverlay{box: part.NewBox("a name")}
	box.box.SetQuery("badu ko 1984")
	var found []store.Found
	for _, l := range manyRows(30) {
		found = append(found, store.Found{Line: *l, Match: "name exact", Exact: true})
	}
	for b.Loop() {
		a.foundItems(box, boxFound{answer: store.Answer{Found: found, Words: "badu ko 1984"}})
	}
}
