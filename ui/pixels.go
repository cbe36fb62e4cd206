package ui

import (
	"image"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"pou/ui/part"
)

// drawsWith is how a terminal draws a photo.
type drawsWith uint8

// Until the terminal has said otherwise, and wherever it says nothing, photos are half blocks.
const (
	drawsCells drawsWith = iota
	drawsKitty
	drawsSixel
)

// pixels is what the terminal has said about drawing pictures, and what of them stands on its screen.
type pixels struct {
	out   *outlet // nil where nothing is written: photos are then half blocks
	how   drawsWith
	cell  image.Point // a cell in dots
	exact bool        // the terminal has said so itself
	name  string      // what the terminal calls itself
	asked bool        // once
	quiet bool        // the first frame is still to be left alone
	told  bool        // how many colours there are is known

	last     int        // the number of the last picture
	briefing *briefing  // whose pictures the terminal may have
	want     sixelPhoto // what the frame would show if it were ready
	shown    string     // the mark of the sixels on the frame; "" for none
	before   string     // on the frame before
	turn     int        // changes with shown
}

// sixelPhoto is a photo at a size.
type sixelPhoto struct {
	ref        string
	cols, rows int
	cell       image.Point
}

type sixelReady struct {
	want sixelPhoto
	text string
}

// probe asks the terminal what it is and what it can, once, when the first frame has had its time. These two questions
// every terminal knows or ignores; the graphics query is put only to one that has given the name of a terminal with
// placeholders, since others take it for a title (tmux) or type it out.
func (a *App) probe() tea.Cmd {
	p := &a.pixels
	if p.asked || p.quiet || !p.told || p.out == nil || a.fewColours || a.opts.NoColor || a.opts.ASCII {
		return nil
	}
	p.asked = true
	return tea.Raw(ansi.RequestNameVersion + ansi.RequestPrimaryDeviceAttributes)
}

// askCell asks how large a cell is, and as a second way how large the window.
const askCell = "\x1b[16t\x1b[14t"

// probed takes what the terminal answers.
func (a *App) probed(msg tea.Msg) tea.Cmd {
	p := &a.pixels
	if !p.asked {
		return nil // nobody asked: whatever this is, it is no answer
	}
	switch msg := msg.(type) {
	case tea.TerminalVersionMsg:
		p.name = msg.Name
		if hasPlaceholders(p.name) {
			return tea.Raw(part.KittyQuery(part.NewKittyID(0)))
		}
	case uv.KittyGraphicsEvent:
		if hasPlaceholders(p.name) && part.KittyID(msg.Options.ID) == part.NewKittyID(0) && string(msg.Payload) == "OK" { //nolint:gosec // compared with ours
			p.how = drawsKitty
		}
	case uv.PrimaryDeviceAttributesEvent:
		for _, attribute := range msg[min(1, len(msg)):] { // the first is its class
			if attribute == sixelAttribute && erasesSixel(p.name) {
				return tea.Raw(askCell)
			}
		}
	case uv.CellSizeEvent:
		p.exact = true
		a.sixelCell(image.Pt(msg.Width, msg.Height))
	case uv.PixelSizeEvent:
		if !p.exact {
			a.sixelCell(image.Pt(msg.Width/max(1, a.w), msg.Height/max(1, a.h)))
		}
	}
	return nil
}

const sixelAttribute = 4

// askAgain asks for the size of a cell after that of the window has changed, since letters may have been made larger.
func (a *App) askAgain() tea.Cmd {
	if a.pixels.how != drawsSixel {
		return nil
	}
	return tea.Raw(askCell)
}

// sixelCell takes the size of a cell. One that no font has is an answer to something else.
func (a *App) sixelCell(cell image.Point) {
	if !erasesSixel(a.pixels.name) || !cell.In(image.Rect(4, 6, 65, 129)) {
		return
	}
	a.pixels.how, a.pixels.cell = drawsSixel, cell
}

// hasPlaceholders reports a terminal known to draw pictures in the place of placeholder characters.
func hasPlaceholders(name string) bool {
	name = strings.ToLower(name)
	if strings.HasPrefix(name, "ghostty") {
		return true
	}
	version, ok := strings.CutPrefix(name, "kitty(")
	if !ok {
		return false
	}
	numbers := strings.Split(strings.TrimSuffix(version, ")"), ".")
	if len(numbers) < 2 {
		return false
	}
	major, err := strconv.Atoi(numbers[0])
	minor, err2 := strconv.Atoi(numbers[1])
	return err == nil && err2 == nil && (major > 0 || minor >= 28)
}

// erasesSixel reports a terminal known to keep sixels as part of its cells, so that they end with them: the screen can be
// blanked. XTerm is not one of them: as a VT340 it has sixteen colours, too few for a face.
func erasesSixel(name string) bool {
	name = strings.ToLower(name)
	for _, known := range []string{"foot(", "wezterm ", "mlterm(", "contour ", "iterm2 "} {
		if strings.HasPrefix(name, known) {
			return true
		}
	}
	return false
}

// begin starts a frame, with nothing on it yet.
func (p *pixels) begin() { p.before, p.shown, p.want = p.shown, "", sixelPhoto{} }

// number is the number of the next picture. The first is the one of the query.
func (p *pixels) number() int {
	p.last++
	return p.last
}

// drawPhoto draws a photo as w by h cells whose upper left one is at x, y, with the best the terminal has.
func (a *App) drawPhoto(got *briefPhoto, w, h, x, y int) []string {
	p := &a.pixels
	cols, rows := got.photo.Cells(w, h)
	switch {
	case a.th.ASCII || a.th.NoColour || a.fewColours || rows == 0 || max(cols, rows) > part.KittyMost:
	case p.how == drawsKitty && got.sent:
		return got.photo.KittyCells(part.NewKittyID(got.number), w, h, mark(got.number))
	case p.how == drawsSixel:
		p.want = sixelPhoto{ref: got.ref, cols: cols, rows: rows, cell: p.cell}
		if got.sixel == p.want && got.ready {
			return a.laySixel(got, w, h, x, y)
		}
	}
	return a.th.Photo(got.photo, w, h, a.fewColours)
}

// laySixel keeps the cells free and notes where the sixels go: the frame's last line carries their mark, so that they are
// written when all the cells have been.
func (a *App) laySixel(got *briefPhoto, w, h, x, y int) []string {
	p := &a.pixels
	want := got.sixel
	dw, dh := got.photo.SixelSize(want.cols, want.rows, want.cell.X, want.cell.Y)
	x += (w-want.cols)/2 + (want.cols*want.cell.X-dw)/(2*want.cell.X)
	y += (h-want.rows)/2 + (want.rows*want.cell.Y-dh)/(2*want.cell.Y)
	p.shown = markAt(got.number, x, y, a.h-1)
	if p.shown != p.before {
		p.turn++
	}
	return got.photo.SixelCells(p.turn, w, h)
}

// tend sees to the pictures after a message: what the terminal need no longer keep is deleted, sixels that have left the
// frame are cleared off the screen, and those it is waiting for are made.
func (a *App) tend(cmd tea.Cmd) tea.Cmd {
	p := &a.pixels
	if p.briefing != nil && a.over != overlay(p.briefing) {
		cmd = tea.Batch(cmd, a.forget(p.briefing))
		p.briefing = nil
	}
	if p.how != drawsSixel || (p.shown == "" && p.briefing == nil) {
		return cmd
	}
	before := p.shown
	a.View() // which would be drawn now in any case
	if before != "" && before != p.shown {
		cmd = tea.Batch(tea.ClearScreen, cmd)
	}
	return tea.Batch(cmd, a.makeSixel())
}

// makeSixel turns the photo on show into sixels of the size it has there.
func (a *App) makeSixel() tea.Cmd {
	want, b := a.pixels.want, a.pixels.briefing
	if b == nil || want.ref == "" || b.photos[want.ref] == nil {
		return nil
	}
	got := b.photos[want.ref]
	if got.photo == nil || got.sixel == want {
		return nil // made, or being made
	}
	got.sixel, got.ready = want, false
	photo := got.photo
	return func() tea.Msg {
		return sixelReady{want: want, text: photo.Sixel(photo.SixelSize(want.cols, want.rows, want.cell.X, want.cell.Y))}
	}
}

// sixelMade takes sixels that are ready, if they are still those the page waits for.
func (b *briefing) sixelMade(a *App, msg sixelReady) {
	got := b.photos[msg.want.ref]
	if got == nil || got.sixel != msg.want || msg.text == "" {
		return
	}
	a.pixels.out.drop(got.number)
	got.number, got.ready = a.pixels.number(), true
	a.pixels.out.keep(got.number, msg.text, false)
}

// kittySent hands a photo to the terminal before its page is turned to, which then is as quick as without it.
func (a *App) kittySent(got *briefPhoto, text string) tea.Cmd {
	if text == "" || a.pixels.how != drawsKitty {
		return nil
	}
	got.sent = true
	a.pixels.out.keep(got.number, text, true)
	return tea.Raw(mark(got.number))
}

// forget makes outlet and terminal let go of a briefing's photos.
func (a *App) forget(b *briefing) tea.Cmd {
	var cmds []tea.Cmd
	for _, got := range b.photos {
		cmds = append(cmds, a.forgetPhoto(got))
	}
	clear(b.photos)
	return tea.Batch(cmds...)
}

func (a *App) forgetPhoto(got *briefPhoto) tea.Cmd {
	if a.pixels.out == nil || got.number == 0 {
		return nil
	}
	a.pixels.out.drop(got.number)
	if !got.sent {
		return nil
	}
	return tea.Raw(part.KittyDelete(part.NewKittyID(got.number)))
}
