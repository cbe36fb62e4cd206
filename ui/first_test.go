package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestKeysPressedBeforeTheFirstRowsAreReadMeanThoseRows(t *testing.T) {
	r := newRig(t, 120, 40, threeWanted)
	first, _ := r.app.subject()
	r.press("j")
	second, _ := r.app.subject()
	if first.Ref == second.Ref {
		t.Fatal("the list has no second row to go to")
	}

	early := NewApp(t.Context(), Options{Store: r.book, Who: "O-0001"})
	early.wait = r.app.wait
	early.first = early.reading()
	init := early.Init()
	for _, msg := range []tea.Msg{tea.WindowSizeMsg{Width: 120, Height: 40}, tea.KeyPressMsg{Code: 'j', Text: "j"}} {
		if _, cmd := early.Update(msg); cmd != nil {
			t.Fatalf("%T is acted on before there is anything to act on", msg)
		}
	}
	if v := early.View(); !v.AltScreen || !strings.Contains(v.Content, marking) {
		t.Errorf("while the rows are read the screen shows %q, want the marking, on a screen of its own", v.Content)
	}
	early.Update(init())
	if got, ok := early.subject(); !ok || got.Ref != second.Ref {
		t.Errorf("a key pressed early led to %v, want the second row, %s", got, second.Ref)
	}
	if v := early.View(); !strings.Contains(v.Content, "NAME") {
		t.Errorf("the first frame has no list:\n%s", v.Content)
	}
}
