package ui

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pou/store"
)

// resting is a desk with three people wanted whose timers run out only when told to.
func resting(t *testing.T) (r *rig, timers *[]tea.Msg) {
	r = newRig(t, 160, 40, func(w *world) {
		for _, name := range []string{"Alder", "Birch", "Cedar"} {
			p := w.do("person.add", "surname", name, "forename", "Sam", "unit", "SW", "address", "The home of "+name+" E15")
			w.do("wanted.mark", "person", string(p), "offences", "rape", "unit", "SW", "grade", "A")
		}
	})
	r.sees("The home of Alder")
	timers = &[]tea.Msg{}
	r.app.wait = func(_ time.Duration, msg tea.Msg) tea.Cmd {
		*timers = append(*timers, msg)
		return nil
	}
	return r, timers
}

// cards names the people whose cards are on show.
func cards(r *rig) (out []string) {
	s := ansi.Strip(r.app.View().Content)
	for _, name := range []string{"Alder", "Birch", "Cedar"} {
		if strings.Contains(s, "The home of "+name) {
			out = append(out, name)
		}
	}
	return out
}

func TestTheCardLeftStaysUntilTheNextIsRead(t *testing.T) {
	r, timers := resting(t)
	r.press("j")
	if got := cards(r); len(got) != 1 || got[0] != "Alder" {
		t.Errorf("the cursor has just moved on, and the cards on show are of %v", got)
	}
	r.send((*timers)[0])
	r.settle()
	if got := cards(r); len(got) != 1 || got[0] != "Birch" {
		t.Errorf("the cursor rests on Birch, and the cards on show are of %v", got)
	}
}

func TestNoCardStaysBesideARowItIsNotOf(t *testing.T) {
	tests := map[string]func(r *rig, timers *[]tea.Msg){
		"when the cursor has moved on again": func(r *rig, timers *[]tea.Msg) {
			r.press("j")
			r.send((*timers)[0])
		},
		"when the record is late": func(r *rig, timers *[]tea.Msg) {
			last := (*timers)[len(*timers)-1].(cardDue)
			last.late = true
			r.send(last)
		},
		"when another screen is opened": func(r *rig, _ *[]tea.Msg) { r.press("3") },
		"when another unit is chosen":   func(r *rig, _ *[]tea.Msg) { r.press("0") },
	}
	for name, then := range tests {
		t.Run(name, func(t *testing.T) {
			r, timers := resting(t)
			r.press("j")
			then(r, timers)
			if got := cards(r); len(got) > 0 {
				t.Errorf("the cards on show are of %v", got)
			}
		})
	}
}

func TestAStaleTimerDrawsNothing(t *testing.T) {
	r, timers := resting(t)
	r.press("j", "j")
	r.send((*timers)[0])
	r.app.View()
	r.send((*timers)[0])
	if !r.app.fresh {
		t.Error("a timer of a row the cursor has left draws the frame anew")
	}
}

func TestAPreviewLeftBehindIsNeitherShownNorJournalled(t *testing.T) {
	r, _ := resting(t)
	line, _ := r.app.selectedLine()
	var newest atomic.Int64
	newest.Store(2)
	before := lookedAt(r)
	if msg := r.app.loadPreviewCard(line.Ref, true, &newest, 1)(); msg != nil {
		t.Errorf("the cursor has moved on, and this is shown: %v", msg)
	}
	if after := lookedAt(r); after != before {
		t.Errorf("nobody has seen the record, and the journal says %d consultations instead of %d", after, before)
	}
	if _, ok := r.app.loadPreviewCard(line.Ref, true, &newest, 2)().(cardLoaded); !ok {
		t.Error("the newest preview is not shown")
	}
	if after := lookedAt(r); after != before+1 {
		t.Errorf("a record was seen, and the journal says %d consultations instead of %d", after, before+1)
	}
}

// lookedAt counts the entries of the journal, with those of consultations still held back.
func lookedAt(r *rig) (n int) {
	r.t.Helper()
	if err := r.book.Flush(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
	err := r.book.Read(r.t.Context(), func(rd store.Reader) error {
		info, err := rd.Info()
		n = int(info.Head)
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return n
}
