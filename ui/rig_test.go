package ui

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"pou/model"
	"pou/store"
	"pou/store/memory"
	"pou/ui/part"
)

// rig drives the real screens by keys against the memory engine, and runs the commands they return.
type rig struct {
	t     *testing.T
	app   *App
	book  *store.Book
	clock time.Time
	late  chan tea.Msg // answers of commands that took their time
	keys  int          // pressed so far, letters of words not counted
	quit  bool
	wrote []string // what was written to the terminal beside the frames; "clear" for a cleared screen
}

// at0507 is when the tests happen.
func at0507() time.Time { return time.Date(2026, time.November, 24, 5, 7, 0, 0, time.UTC) }

// newRig opens the desk at a size on a store that build has filled, as the sergeant.
func newRig(t *testing.T, w, h int, build func(*world)) *rig {
	t.Helper()
	return newRigOn(t, memory.New(), w, h, build)
}

// newRigOn is newRig on an engine.
func newRigOn(t *testing.T, engine store.Engine, w, h int, build func(*world)) *rig {
	t.Helper()
	r := &rig{t: t, clock: at0507(), late: make(chan tea.Msg, 256)}
	book, err := store.New(t.Context(), engine, func() time.Time { return r.clock })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		rep, err := book.Check(context.Background())
		if err != nil || len(rep.Findings) > 0 {
			t.Errorf("the store after the test: %v %v", rep.Findings, err)
		}
	})
	r.book = book
	wd := &world{t: t, book: book, who: "O-0001"}
	wd.begin()
	if build != nil {
		build(wd)
	}
	r.open(w, h)
	return r
}

// open starts the program on the rig's store, as after a restart.
func (r *rig) open(w, h int) {
	r.t.Helper()
	r.app = NewApp(r.t.Context(), Options{Store: r.book, Who: "O-0001"})
	r.app.wait = func(d time.Duration, msg tea.Msg) tea.Cmd {
		if _, asks := msg.(cutTick); asks || d >= time.Second { // whether the others are in reach is asked for ever
			return nil
		}
		return func() tea.Msg { return msg }
	}
	r.app.firstFrame(r.app.readFirst())
	r.send(tea.WindowSizeMsg{Width: w, Height: h})
	r.run(r.app.Init())
	r.settle()
}

func (r *rig) send(msg tea.Msg) {
	_, cmd := r.app.Update(msg)
	r.run(cmd)
}

// run runs a command and gives its answer back. One that waits for news answers later.
func (r *rig) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	done := make(chan tea.Msg, 1)
	go func() { done <- cmd() }()
	select {
	case msg := <-done:
		r.take(msg)
	case <-time.After(60 * time.Millisecond):
		go func() { r.late <- <-done }()
	}
}

func (r *rig) take(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			r.run(c)
		}
	case tea.QuitMsg:
		r.quit = true
	default:
		if raw, ok := msg.(tea.RawMsg); ok {
			r.wrote = append(r.wrote, fmt.Sprint(raw.Msg))
		}
		if reflect.TypeOf(msg) == reflect.TypeOf(tea.ClearScreen()) {
			r.wrote = append(r.wrote, "clear")
		}
		if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() { // a sequence
			for i := range v.Len() {
				r.run(v.Index(i).Interface().(tea.Cmd))
			}
			return
		}
		r.send(msg)
	}
}

// settle waits until nothing more is answered.
func (r *rig) settle() {
	for {
		select {
		case msg := <-r.late:
			r.take(msg)
		case <-time.After(80 * time.Millisecond):
			return
		}
	}
}

// press sends keys by name, each counted.
func (r *rig) press(keys ...string) *rig {
	r.t.Helper()
	for _, k := range keys {
		r.keys++
		r.send(keyPress(k))
	}
	return r
}

// typed sends the letters of a word or a name, which the keystroke budgets do not count.
func (r *rig) typed(text string) *rig {
	for _, c := range text {
		r.send(tea.KeyPressMsg{Code: c, Text: string(c)})
	}
	return r
}

func keyPress(name string) tea.KeyPressMsg {
	named := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "backspace": tea.KeyBackspace, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd,
	}
	if code, ok := named[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if rest, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(rest[0]), Mod: tea.ModCtrl}
	}
	c := []rune(name)[0]
	return tea.KeyPressMsg{Code: c, Text: string(c)}
}

// screen is what stands on the screen, without colours.
func (r *rig) screen() string {
	r.settle()
	return ansi.Strip(r.app.View().Content)
}

// sees wants all the words on the screen.
func (r *rig) sees(words ...string) *rig {
	r.t.Helper()
	s := r.screen()
	for _, w := range words {
		if !strings.Contains(s, w) {
			r.t.Errorf("the screen does not say %q:\n%s", w, s)
		}
	}
	return r
}

func (r *rig) seesNot(words ...string) {
	r.t.Helper()
	s := r.screen()
	for _, w := range words {
		if strings.Contains(s, w) {
			r.t.Errorf("the screen says %q:\n%s", w, s)
		}
	}
}

// record reads a record from the store.
func record[R model.Record](r *rig, ref model.Ref) R {
	r.t.Helper()
	r.settle()
	var out R
	err := r.book.Read(r.t.Context(), func(rd store.Reader) error {
		rec, err := rd.Record(ref)
		if err != nil {
			return err
		}
		out, _ = rec.(R)
		return nil
	})
	if err != nil {
		r.t.Fatalf("%s: %v", ref, err)
	}
	return out
}

// world fills a store by actions, as officers would.
type world struct {
	t    *testing.T
	book *store.Book
	who  model.Ref
}

func (w *world) begin() {
	w.t.Helper()
	lead := &model.Officer{Name: "ADEYEMI, Folake", Rank: "PS", Unit: "SW", Roles: []model.Role{model.RoleSergeant, model.RoleLead, model.RoleAdmin}}
	lead.Ref = "O-0001"
	if _, err := w.book.Collect(w.t.Context(), "O-0001", "store.init", model.Batch{Records: []model.Record{lead}}); err != nil {
		w.t.Fatal(err)
	}
	w.do("officer.add", "name", "PATEL, Asha", "rank", "DC", "unit", "SW", "roles", "officer")
	w.do("officer.add", "name", "RAHMAN, Tariq", "rank", "PS", "unit", "NE", "roles", "sergeant")
}

// do runs an action and returns the first record it changed.
func (w *world) do(action string, pairs ...string) model.Ref {
	w.t.Helper()
	fields := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		fields[pairs[i]] = pairs[i+1]
	}
	receipt, err := w.book.Do(w.t.Context(), w.who, model.Request{Action: action, Fields: fields})
	if err != nil {
		w.t.Fatalf("%s %v: %v", action, pairs, err)
	}
	return receipt.Changed[0].Ref
}

// threeWanted is a small desk: three wanted people in SW and one in NE, orders, a breach and an operation.
func threeWanted(w *world) {
	holloway := w.do("person.add", "surname", "Holloway", "forename", "Marcus", "born", "4 Jul 1979", "address", "3 Sample Street SW18", "unit", "SW")
	w.do("marker.add", "person", string(holloway), "code", "VI", "source", "PNC", "set", "2026-06-01")
	w.do("marker.add", "person", string(holloway), "code", "WE", "source", "PNC", "set", "2023-06-01")
	w.do("wanted.mark", "person", string(holloway), "offences", "s4A", "unit", "SW", "grade", "A", "since", "2026-11-07 09:00")
	kovac := w.do("person.add", "surname", "Kovač", "forename", "Ivan", "born", "3 Dec 1984", "address", "14 Example Road SW11", "unit", "SW")
	w.do("wanted.mark", "person", string(kovac), "offences", "s4A", "unit", "SW", "grade", "B", "since", "2026-11-20 09:00", "pnc_ref", "26/1234")
	obrien := w.do("person.add", "surname", "O'Brien", "forename", "Seán", "born", "1990", "unit", "SW")
	w.do("wanted.mark", "person", string(obrien), "offences", "s2A", "unit", "SW", "last_act", "2026-08-01", "since", "2026-10-24 09:00", "pnc_ref", "26/1235")
	other := w.do("person.add", "surname", "Mbeki", "forename", "Joseph", "unit", "NE")
	w.do("wanted.mark", "person", string(other), "offences", "abh", "unit", "NE", "pnc_ref", "26/1236")
	order := w.do(
		"order.add", "person", string(kovac), "type", "SPO", "made", "2026-10-01", "until", "2028-12-01", "unit", "SW", "monitor", "O-0002",
		"conditions", "Not to contact the protected person by any means\nNot to enter the SW11 postcode area\nMust sign on at Lavender Hill on Mondays",
		"served", "2026-10-02 11:00", "protects", "Secret Person",
	)
	w.do("order.plan", "order", string(order), "risk", "high", "reason", "Assessed by S-TAC")
	w.do("breach.report", "order", string(order), "condition", "1", "what", "Three calls from a withheld number", "at", "2026-11-22 20:00")
	w.do("operation.create", "name", "Operation Lantern", "from", "2026-11-23", "to", "2026-11-29", "aim", "Arrest the most harmful")
	w.do("target.add", "operation", "OP-0001", "person", string(holloway), "reason", "Highest urgency in SW")
	w.do("task.add", "title", "Check address", "person", string(kovac), "assign", "O-0002", "due", "2026-11-25")
}

func noColourTheme(a *App) part.Theme { return part.NewTheme(a.th.Dark, true, false) }
