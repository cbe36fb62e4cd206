package proof

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
)

// graphics is the part of a terminal that draws pictures: what was asked of it, which pictures it keeps, and, where it
// draws sixels, which cells they lie on.
type graphics struct {
	asked  []string
	kept   map[string]bool // by number
	most   int
	laid   map[[2]int]string // what stood in each cell when a picture was laid over it
	sixels int
}

const placeholder = string(kitty.Placeholder)

// draws makes the terminal one that calls itself by a name, draws kitty's pictures or, with a cell size, sixels.
func (t *terminal) draws(name string, da string, cell [2]int) *graphics {
	g := &graphics{kept: map[string]bool{}, laid: map[[2]int]string{}}
	say := func(text string) { _, _ = io.WriteString(t.em.InputPipe(), text) } // the program may have ended
	t.em.RegisterCsiHandler(ansi.Command('>', 0, 'q'), func(ansi.Params) bool {
		say("\x1bP>|" + name + "\x1b\\")
		return true
	})
	t.em.RegisterCsiHandler('c', func(ansi.Params) bool {
		say("\x1b[?" + da + "c")
		return true
	})
	t.em.RegisterCsiHandler('t', func(p ansi.Params) bool {
		if n, _, _ := p.Param(0, 0); n == 16 && cell[0] > 0 {
			say(fmt.Sprintf("\x1b[6;%d;%dt", cell[1], cell[0]))
		}
		return true
	})
	t.em.RegisterCsiHandler('J', func(p ansi.Params) bool {
		if n, _, _ := p.Param(0, 0); n >= 2 {
			clear(g.laid)
		}
		return false
	})
	t.em.RegisterApcHandler(func(data []byte) bool {
		g.takes(string(data), say)
		return true
	})
	t.em.RegisterDcsHandler('q', func(_ ansi.Params, data []byte) bool {
		var one, w, h int
		if n, _ := fmt.Sscanf(string(data), `"%d;1;%d;%d#`, &one, &w, &h); n != 3 || cell[0] == 0 {
			return false
		}
		g.sixels++
		at := t.em.CursorPosition()
		for y := range (h + cell[1] - 1) / cell[1] {
			for x := range (w + cell[0] - 1) / cell[0] {
				if c := t.em.CellAt(at.X+x, at.Y+y); c != nil { // a frame drawn for the size before ends at the edge
					g.laid[[2]int{at.X + x, at.Y + y}] = c.Content
				}
			}
		}
		return true
	})
	return g
}

// takes is a command of kitty's graphics protocol.
func (g *graphics) takes(data string, say func(string)) {
	options, _, _ := strings.Cut(data, ";")
	has := map[string]string{}
	for _, o := range strings.Split(strings.TrimPrefix(options, "G"), ",") {
		key, value, _ := strings.Cut(o, "=")
		has[key] = value
	}
	g.asked = append(g.asked, options)
	switch has["a"] {
	case "q":
		say("\x1b_Gi=" + has["i"] + ";OK\x1b\\")
	case "t":
		g.kept[has["i"]] = true
		g.most = max(g.most, len(g.kept))
	case "d":
		delete(g.kept, has["i"])
	}
}

// photographed is a sample whose wanted in SW all have a photo in the store's folder, and a terminal to brief from it.
func photographed(t *testing.T) *home {
	t.Helper()
	h := sampled(t)
	img := image.NewRGBA(image.Rect(0, 0, 150, 200))
	for i := range img.Pix {
		img.Pix[i] = byte(i / 7)
	}
	img.Set(0, 0, color.White)
	f, err := os.Create(filepath.Join(h.dir, "face.png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	var deeds strings.Builder
	for _, target := range h.list("targets", "--unit", "SW") {
		fmt.Fprintf(&deeds, `{"action":"person.edit","fields":{"person":%q,"photo":"face.png","photo_taken":"2026-10-01"}}`+"\n", target.Person)
	}
	file := filepath.Join(h.dir, "deeds.jsonl")
	if err := os.WriteFile(file, []byte(deeds.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	h.well("--as", lead, "--now", clock, "do", file)
	return h
}

// briefing opens briefing mode in a terminal that draws.
func (h *home) briefing(name, da string, cell [2]int) (*terminal, *graphics) {
	h.tb.Helper()
	cmd := h.command("--as", lead, "--now", clock)
	cmd.Env = h.env("COLORTERM=truecolor")
	d := prepare(h.tb, cmd, 120, 40, false)
	g := d.draws(name, da, cell)
	d.begin(120, 40)
	d.sees("by urgency").press("4").sees("Operation")
	d.until("the terminal has been asked", func() bool { return strings.Contains(d.output(), "\x1b[c") })
	return d, g
}

func (t *terminal) asked(g *graphics) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.Join(g.asked, " ")
}

// pictured is how many cells show a part of a picture.
func (t *terminal) pictured(g *graphics) int {
	n := strings.Count(t.screen(), placeholder)
	t.mu.Lock()
	defer t.mu.Unlock()
	for at, was := range g.laid {
		if c := t.em.CellAt(at[0], at[1]); c != nil && c.Content == was {
			n++
		}
	}
	return n
}

func TestInKittyTheBriefingShowsPhotosAndTheBlankKeyTakesThemAway(t *testing.T) {
	t.Parallel()
	h := photographed(t)
	d, g := h.briefing("kitty(0.35.2)", "62;22", [2]int{})
	d.until("the graphics query", func() bool { return strings.Contains(d.asked(g), "a=q") })
	d.press("B").sees("1 of ", "taken 1 Oct 2026")
	d.until("the photo is there", func() bool { return d.pictured(g) > 100 })
	if !strings.Contains(d.asked(g), "a=t") || !strings.Contains(d.asked(g), "U=1") {
		t.Errorf("the terminal was told %q", d.asked(g))
	}
	d.press(".").sees("blanked").gone("taken 1 Oct 2026")
	d.until("no placeholder is left", func() bool { return d.pictured(g) == 0 })
	d.press(".").sees("1 of ")
	d.until("the photo is there again", func() bool { return d.pictured(g) > 100 })
	d.press("t").sees("team list")
	d.until("no placeholder is left", func() bool { return d.pictured(g) == 0 })
	d.press("q").sees("4 Packs").gone("team list")
	d.until("the terminal keeps no photo", func() bool {
		d.mu.Lock()
		defer d.mu.Unlock()
		return len(g.kept) == 0 && g.most > 0
	})
	d.press("B").sees("1 of ")
	d.until("the photo is there once more", func() bool { return d.pictured(g) > 100 })
	d.press("ctrl+c")
	d.exits()
	if len(g.kept) > 0 {
		t.Errorf("after the desk is left the terminal keeps %v", g.kept)
	}
}

func TestInASixelTerminalTheBriefingShowsPhotosAndTheBlankKeyTakesThemAway(t *testing.T) {
	t.Parallel()
	h := photographed(t)
	d, g := h.briefing("foot(1.16.2)", "62;4;22", [2]int{9, 20})
	d.press("B").sees("1 of ", "taken 1 Oct 2026")
	shown := func() bool { return d.pictured(g) > 100 }
	none := func() bool { return d.pictured(g) == 0 }
	d.until("the photo is there", shown)
	d.press(".").sees("blanked")
	d.until("nothing of it is left", none)
	d.press(".").sees("1 of ")
	d.until("the photo is there again", shown)
	d.press("space").sees("2 of ")
	d.until("the next photo is there", shown)
	d.resize(140, 45).sees("2 of ")
	d.until("the photo is there at the new size", shown)
	d.resize(40, 10).sees("too small")
	d.until("nothing of it is left", none)
	d.resize(120, 40).sees("2 of ")
	d.until("the photo is there at the old size", shown)
	d.press("space", ".").sees("blanked") // while the sixels of the next are being made
	d.until("nothing of it is left", none)
	time.Sleep(300 * time.Millisecond) // longer than they take
	if n := d.pictured(g); n > 0 {
		t.Errorf("a photo came late onto the blanked screen: %d cells", n)
	}
	d.press(".").sees("3 of ")
	d.until("the third photo is there", shown)
	d.press("q").sees("4 Packs")
	d.until("nothing of it is left", none)
	if strings.Contains(d.output(), "\x1b_") {
		t.Error("a mark, or a query it does not know, reached the terminal")
	}
	d.press("q")
	d.exits()
	d.isClean()
}

func TestATerminalThatAnswersNothingIsShownHalfBlocks(t *testing.T) {
	t.Parallel()
	h := photographed(t)
	cmd := h.command("--as", lead, "--now", clock)
	cmd.Env = h.env("COLORTERM=truecolor")
	d := prepare(t, cmd, 120, 40, false)
	g := d.draws("", "", [2]int{})
	for _, final := range []int{ansi.Command('>', 0, 'q'), 'c'} {
		d.em.RegisterCsiHandler(final, func(ansi.Params) bool { return true })
	}
	d.begin(120, 40)
	d.sees("by urgency").press("4").sees("Operation").press("B").sees("1 of ", "taken 1 Oct 2026")
	d.until("half blocks", func() bool { return d.lineWith("▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀") != "" })
	d.press("space").sees("2 of ").press("q").sees("4 Packs").press("q")
	d.exits()
	out := d.output()
	if n := strings.Count(out, "\x1b[>q\x1b[c"); n != 1 {
		t.Errorf("the terminal was asked %d times", n)
	}
	if strings.Contains(out, "\x1b_") || strings.Contains(out, "\x1bP") || len(g.asked) > 0 {
		t.Errorf("something of pictures was written to it")
	}
}
