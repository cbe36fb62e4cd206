package proof

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// someoneWanted is a wanted person of the lead's unit whose surname nobody else has and that is long enough to misspell.
// The first rows are passed over: those names are on the screen anyway.
func (h *home) someoneWanted() row {
	h.tb.Helper()
	all := h.list("people")
	count := map[string]int{}
	for _, p := range all {
		count[surname(p.Name)]++
	}
	for _, w := range h.list("wanted", "--unit", "SW", "--where", "status:wanted")[1:] {
		if s := surname(w.Name); count[s] == 1 && len(s) >= 7 && isPlain(s) {
			return w
		}
	}
	h.tb.Fatalf("among %d people nobody wanted in SW has a long surname of their own", len(all))
	return row{}
}

func surname(name string) string {
	s, _, _ := strings.Cut(name, ",")
	return s
}

func isPlain(s string) bool { return strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" }

// misspelt swaps two letters of a surname, drops its last one, and adds the beginning of the forename.
func misspelt(name string) string {
	s := []byte(strings.ToLower(surname(name)))
	s[3], s[4] = s[4], s[3]
	_, fore, _ := strings.Cut(name, ", ")
	return string(s[:len(s)-1]) + " " + strings.ToLower(string([]rune(fore)[:3]))
}

// finds opens a person by the box.
func (t *terminal) finds(who row, text string) {
	t.tb.Helper()
	t.press("ctrl+k").typed(text).seesLine("> "+text).seesLine("│ ▌", surname(who.Name))
	t.press("enter").sees("esc back", "b. ", who.Person)
}

func TestADayAtTheDesk(t *testing.T) {
	t.Parallel()
	h := sampled(t)
	who := h.someoneWanted()

	d := h.open(120, 40)
	d.sees("OFFICIAL-SENSITIVE", "SAMPLE DATA", "DI Adeyemi")
	d.finds(who, misspelt(who.Name))
	d.press("t").sees("Add a task", "Arrest enquiry").press("ctrl+s").seesLine("Add a task", who.Name, "entry")
	d.press("e").sees("Record an arrest attempt", "no reply").press("n", "ctrl+s").seesLine("Record an arrest attempt", who.Name, "entry")
	d.press("a").sees("Record an arrest").press("ctrl+s").seesLine("Record an arrest ·", who.Name, "entry")
	d.press("q")
	if code := d.exits(); code != 0 {
		t.Errorf("leaving the desk: exit %d", code)
	}

	d = h.open(120, 40)
	d.sees("DI Adeyemi")
	d.finds(who, who.Person)
	d.seesLine(who.Ref, "arrested").sees("Tell the victim-survivor")
	d.press("pgdown").seesLine("K-", "arrested", "DI Adeyemi")
	d.press("pgdown").seesLine("24 Nov 05:07", "no reply")
	d.press("q")
	d.exits()

	if h.has(who, "tasks", "Arrest enquiry") {
		t.Error("the arrest did not close the enquiry")
	}
	if h.has(who, "wanted", "") {
		t.Error("the arrested person is still on the list of wanted")
	}
	shown := h.well("--as", lead, "--now", clock, "show", who.Ref)
	for _, word := range []string{"arrested", "Record an arrest attempt", "Record an arrest"} {
		if !strings.Contains(shown, word) {
			t.Errorf("pou show %s does not say %q:\n%s", who.Ref, word, shown)
		}
	}
	if text := h.well("journal", "verify"); !strings.Contains(text, "whole") {
		t.Errorf("journal verify: %s", text)
	}
	if text := h.well("check"); !strings.Contains(text, "Nothing is wrong") {
		t.Errorf("check: %s", text)
	}
}

// has says whether a list has a row about the person, with a title where one is given.
func (h *home) has(who row, list, title string) bool {
	h.tb.Helper()
	for _, r := range h.list(list) {
		if r.Person == who.Person && (title == "" || r.What == title) {
			return true
		}
	}
	return false
}

// note is what the tests type into a form.
const note = "ran over the footbridge towards Lantern Common"

// halfFilled opens the form of an attempt on the first wanted row and types into it.
func halfFilled(t *testing.T, h *home) *terminal {
	t.Helper()
	d := h.open(120, 40)
	d.sees("1 of ", "by urgency", "▌ ")
	d.press("e").sees("Record an arrest attempt", "made off")
	d.press("m", "tab").typed(note).sees(note)
	return d
}

func TestAWindowMadeTooSmallLosesNothingTyped(t *testing.T) {
	t.Parallel()
	d := halfFilled(t, sampled(t))
	d.resize(40, 10).sees("too small", "Nothing typed is lost").gone(note)
	d.resize(120, 40).sees("Record an arrest attempt", note).gone("too small")
	d.press("ctrl+s").seesLine("Record an arrest attempt", "entry")
}

func TestAFormHalfFilledWhenTheProgramWasKilledIsOfferedAgain(t *testing.T) {
	t.Parallel()
	h := sampled(t)
	d := halfFilled(t, h)
	h.rests(d)
	d.signal(syscall.SIGKILL)
	d.exits()

	d = h.open(120, 40)
	d.sees("by urgency", "▌ ").press("e").sees("Taken up where it was left", note)
	d.press("ctrl+s").seesLine("Record an arrest attempt", "entry")
	d.press("q")
	d.exits()
	if text := h.well("check"); !strings.Contains(text, "Nothing is wrong") {
		t.Errorf("check: %s", text)
	}
}

// rests waits until nothing has been written to the store for a good while: a draft is kept 0.3 s after the last key.
func (h *home) rests(d *terminal) {
	h.tb.Helper()
	last, since := time.Time{}, time.Now()
	d.until("the draft is kept", func() bool {
		info, err := os.Stat(h.store)
		if err != nil {
			h.tb.Fatal(err)
		}
		if !info.ModTime().Equal(last) {
			last, since = info.ModTime(), time.Now()
		}
		return time.Since(since) > 1200*time.Millisecond
	})
}

func TestASecondDeskOnTheSameStoreIsToldWhoHasItAtOnce(t *testing.T) {
	t.Parallel()
	h := sampled(t)
	d := h.open(80, 24)
	d.sees("by urgency")
	quickest := time.Hour
	for range 5 { // a slow machine may need another try; waiting for the lock would need far longer on each
		begun := time.Now()
		s := h.run("--as", lead, "--now", clock)
		quickest = min(quickest, time.Since(begun))
		if s.code != 3 {
			t.Fatalf("exit %d, not 3: %s%s", s.code, s.out, s.err)
		}
		if holder := strconv.Itoa(d.cmd.Process.Pid); !strings.Contains(s.err, holder) || !strings.Contains(s.err, "is open in pou by") {
			t.Fatalf("it does not name the holder, process %s: %s", holder, s.err)
		}
		if quickest <= time.Second {
			break
		}
	}
	if quickest > time.Second {
		t.Errorf("the second desk waited %v before it said who has the store", quickest)
	}
	d.press("2").sees("Breaches") // the first is none the worse
	d.press("q")
	if code := d.exits(); code != 0 {
		t.Errorf("leaving the desk: exit %d", code)
	}
	if left, _ := filepath.Glob(h.store + ".*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestTheTerminalIsLeftAsItWasFound(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*terminal){
		"after q":       func(d *terminal) { d.press("q") },
		"after ctrl+c":  func(d *terminal) { d.press("ctrl+c") },
		"after SIGTERM": func(d *terminal) { d.signal(syscall.SIGTERM) },
		"after SIGHUP":  func(d *terminal) { d.signal(syscall.SIGHUP) },
		"after SIGTERM with a form open": func(d *terminal) {
			d.press("e").sees("Record an arrest attempt")
			d.signal(syscall.SIGTERM)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := sampled(t)
			d := h.open(100, 30)
			d.sees("by urgency", "▌ ")
			if !d.onAltScreen() {
				t.Error("the desk is not on the alternate screen")
			}
			leave(d)
			d.exits()
			d.isClean()
			if s := h.run("check"); s.code != 0 {
				t.Errorf("check: exit %d: %s%s", s.code, s.out, s.err)
			}
		})
	}
}

// isClean says whether the terminal of a program that ended is as it was.
func (t *terminal) isClean() {
	t.tb.Helper()
	if t.onAltScreen() {
		t.tb.Error("the alternate screen was not left")
	}
	if on, set := t.modes[ansi.ModeTextCursorEnable]; set && !on {
		t.tb.Error("the cursor is left hidden")
	}
	for _, m := range []ansi.Mode{
		ansi.ModeBracketedPaste, ansi.ModeMouseNormal, ansi.ModeMouseButtonEvent, ansi.ModeMouseAnyEvent, ansi.ModeMouseExtSgr,
		ansi.ModeFocusEvent, ansi.ModeSynchronizedOutput,
	} {
		if t.modes[m] {
			t.tb.Errorf("mode %v is left on", m)
		}
	}
	if c := t.cell(0, t.em.CursorPosition().Y); !c.Style.IsZero() {
		t.tb.Errorf("a style is left on: %v", c.Style)
	}
	master, fresh, err := pty.Open()
	if err != nil {
		t.tb.Fatal(err)
	}
	defer master.Close()
	defer fresh.Close()
	want, err := term.GetState(fresh.Fd())
	if err != nil {
		t.tb.Fatal(err)
	}
	got, err := term.GetState(t.tty.Fd())
	if err != nil {
		t.tb.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.tb.Errorf("the line is left otherwise than a fresh one:\n%+v\n%+v", got, want)
	}
}

func TestWithoutColourTheSelectedRowStillStandsOut(t *testing.T) {
	t.Parallel()
	h := sampled(t)
	d := h.open(120, 40, "NO_COLOR=1", "COLORTERM=truecolor")
	d.sees("by urgency", "▌ ").press("down", "down").sees("3 of ")
	d.until("the third row is reversed", func() bool {
		for y, line := range d.lines() {
			if strings.HasPrefix(line, "▌") {
				return d.cell(10, y).Style.Attrs&uv.AttrReverse != 0 && d.cell(10, y-1).Style.Attrs&uv.AttrReverse == 0
			}
		}
		return false
	})
	d.press("ctrl+k").sees("a name, a reference").press("esc").gone("a name, a reference")
	d.press("7").sees("WHAT RUNS OUT").press("q")
	d.exits()
	if found := colours(d.output()); len(found) > 0 {
		t.Errorf("with NO_COLOR colours were written: %q", found)
	}

	d = h.open(120, 40, "COLORTERM=truecolor")
	d.sees("by urgency").press("q")
	d.exits()
	if len(colours(d.output())) == 0 {
		t.Error("without NO_COLOR no colour was written: this test cannot fail")
	}
}

var sgr = regexp.MustCompile(`\x1b\[([0-9;:]*)m`)

// colours are the sequences in what was written that set a colour.
func colours(out string) []string {
	var found []string
	for _, m := range sgr.FindAllStringSubmatch(out, -1) {
		for _, p := range strings.FieldsFunc(m[1], func(r rune) bool { return r == ';' || r == ':' }) {
			n, _ := strconv.Atoi(p)
			if (n >= 30 && n <= 48 && n != 39) || (n >= 90 && n <= 107) {
				found = append(found, m[0])
				break
			}
		}
	}
	return found
}
