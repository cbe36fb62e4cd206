//go:build screenshots

package proof

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// shot is a picture of a screen: how to come to it, and what must be on it before it is taken.
type shot struct {
	name  string
	w, h  int
	light bool
	keys  func(*terminal)
	words []string
}

// TestScreenshots runs the real binary on the sample and keeps what is on the screen as SVG in docs/screenshots.
func TestScreenshots(t *testing.T) {
	dir := filepath.Join(root, "docs", "screenshots")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	h := newHome(t)
	h.well("--now", clock, "sample") // all of it
	who := h.list("wanted", "--unit", "SW", "--where", "marker:VI")[0]
	hard := h.someoneWanted()
	wanted := func(d *terminal) { d.press("down", "down", "down", "down").sees("5 of ") }
	screen := func(key string) func(*terminal) { return func(d *terminal) { d.press(key) } }
	for _, s := range []shot{
		{"wanted-80x24", 80, 24, false, wanted, []string{"by urgency"}},
		{"wanted-120x40", 120, 40, false, wanted, []string{"by urgency", "Wanted for"}},
		{"wanted-200x60", 200, 60, false, wanted, []string{"by urgency", "Wanted for", "History"}},
		{"record-120x40", 120, 40, false, func(d *terminal) {
			d.press("ctrl+k").typed(who.Person).seesLine("│ ▌", surname(who.Name)).press("enter")
		}, []string{"esc back", who.Person, "Warning markers"}},
		{"form-80x24", 80, 24, false, func(d *terminal) {
			d.press("e").sees("no reply").press("m", "tab").typed("Out of the back window, over the fence to the common")
		}, []string{"Record an arrest attempt", "common"}},
		{"box-80x24", 80, 24, false, func(d *terminal) { d.press("ctrl+k").typed(misspelt(hard.Name)) }, []string{"▌", surname(hard.Name)}},
		{"units-120x40", 120, 40, false, screen("6"), []string{"South West"}},
		{"due-120x40", 120, 40, false, screen("7"), []string{"nearest to now"}},
		{"packs-120x40", 120, 40, false, screen("4"), []string{"Operation"}},
		{"briefing-120x40", 120, 40, false, func(d *terminal) { d.press("4").sees("Operation").press("B") }, []string{"MARKERS"}},
		{"orders-200x60", 200, 60, false, func(d *terminal) { d.press("3").sees("first to end").press("/").typed("highthw").press("enter") }, []string{"Conditions"}},
		{"order-200x60", 200, 60, false, func(d *terminal) {
			d.press("3").sees("first to end").press("/").typed("highthw").press("enter", "enter")
		}, []string{"esc back", "Kept over 12 months"}},
		{"breaches-120x40", 120, 40, false, func(d *terminal) { d.press("2").sees("newest first").press("M") }, []string{"May be breaches"}},
		{"charts-120x40", 120, 40, false, func(d *terminal) { d.press("9").typed("charts").press("enter") }, []string{"Orders that end"}},
		{"light-120x40", 120, 40, true, wanted, []string{"by urgency", "Wanted for"}},
	} {
		t.Run(s.name, func(t *testing.T) {
			cmd := h.command("--as", lead, "--now", clock)
			cmd.Env = h.env("COLORTERM=truecolor")
			d := start(t, cmd, s.w, s.h, s.light)
			d.sees("by urgency", "▌ ")
			d.still()
			s.keys(d)
			d.sees(s.words...).still()
			if err := os.WriteFile(filepath.Join(dir, s.name+".svg"), []byte(d.svg("pou: "+s.name, s.light)), 0o644); err != nil {
				t.Fatal(err)
			}
			d.stop() // the next picture is of the same store
		})
	}
	if s := h.run("check"); s.code != 0 {
		t.Errorf("pou check: %s%s", s.out, s.err)
	}
}

// still waits until nothing has been drawn for a good while.
func (t *terminal) still() {
	t.tb.Helper()
	n, since := -1, time.Now()
	t.until("the screen is still", func() bool {
		if now := len(t.output()); now != n {
			n, since = now, time.Now()
		}
		return time.Since(since) > 600*time.Millisecond
	})
}
