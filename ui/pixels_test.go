package ui

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"

	"pou/ui/part"
)

const placeholder = string(kitty.Placeholder)

// halfBlock is a cell of a photo drawn in half blocks.
var halfBlock = regexp.MustCompile(`\x1b\[38;2;[0-9;]*;48;2;[0-9;]*m▀`)

// answering is a terminal of the rig's, as far as pictures go: it answers what it is asked, and keeps what is written to it.
type answering struct {
	name  string
	da    []int
	kitty bool
	cell  image.Point
}

func (s answering) to(asked string) (out []tea.Msg) {
	if strings.Contains(asked, ansi.RequestNameVersion) && s.name != "" {
		out = append(out, tea.TerminalVersionMsg{Name: s.name})
	}
	if strings.Contains(asked, ansi.RequestPrimaryDeviceAttributes) && s.da != nil {
		out = append(out, uv.PrimaryDeviceAttributesEvent(s.da))
	}
	if strings.Contains(asked, "a=q") && s.kitty {
		out = append(out, uv.KittyGraphicsEvent{Options: kitty.Options{ID: int(part.NewKittyID(0))}, Payload: []byte("OK")})
	}
	if strings.Contains(asked, "\x1b[16t") && s.cell.X > 0 {
		out = append(out, uv.CellSizeEvent{Width: s.cell.X, Height: s.cell.Y})
	}
	return out
}

func aKitty() answering { return answering{name: "kitty(0.35.2)", da: []int{62, 22}, kitty: true} }
func aFoot() answering {
	return answering{name: "foot(1.16.2)", da: []int{62, 4, 22}, cell: image.Pt(9, 20)}
}

// pixelRig is the desk in such a terminal, with a photo of each of the three targets in the store's folder.
func pixelRig(t *testing.T, term answering, profile colorprofile.Profile) (*rig, *bytes.Buffer) {
	t.Helper()
	r := newRig(t, 120, 40, func(w *world) {
		threeTargets(w)
		for person, photo := range map[string]string{"P-000001": "one.png", "P-000002": "two.png", "P-000003": "three.png"} {
			w.do("person.edit", "person", person, "photo", photo, "photo_taken", "2026-01-05")
		}
	})
	r.app.opts.Folder = t.TempDir()
	for _, name := range []string{"one.png", "two.png", "three.png"} {
		img := image.NewRGBA(image.Rect(0, 0, 120, 160))
		for i := range img.Pix {
			img.Pix[i] = byte(i)
		}
		img.Set(30, 40, color.RGBA{R: name[0], A: 255})
		var raw bytes.Buffer
		err := errors.Join(png.Encode(&raw, img), os.WriteFile(filepath.Join(r.app.opts.Folder, name), raw.Bytes(), 0o600))
		if err != nil {
			t.Fatal(err)
		}
	}
	var written bytes.Buffer
	r.app.pixels.out, _ = newOutlet(&written)
	r.wrote = nil
	r.send(tea.ColorProfileMsg{Profile: profile})
	for answered := 0; answered < len(r.wrote); { // an answer may lead to another question
		asked := r.wrote[answered]
		answered++
		for _, msg := range term.to(asked) {
			r.send(msg)
		}
	}
	return r, &written
}

// flushWith flushes until so many of something have arrived, for pictures are made beside the frames and a busy machine takes
// its time; it returns what came with the last frame. What never comes is told by the test that looks for it.
func (r *rig) flushWith(written *bytes.Buffer, what string, n int) string {
	r.t.Helper()
	all, got := "", ""
	for range 200 {
		got = r.flush(written)
		if all += got; strings.Count(got, what) == n || strings.Count(all, what) == n {
			break
		}
		time.Sleep(25 * time.Millisecond)
	}
	if strings.Count(got, what) != n {
		return all
	}
	return got
}

// flush writes to the terminal what the rig has to write, then the frame, and returns what arrived.
func (r *rig) flush(written *bytes.Buffer) string {
	r.t.Helper()
	r.settle()
	written.Reset()
	for _, raw := range append(r.wrote, r.app.View().Content) {
		if _, err := r.app.pixels.out.Write([]byte(raw)); err != nil {
			r.t.Fatal(err)
		}
	}
	r.wrote = nil
	return written.String()
}

func TestATerminalIsAskedOnceAndOnlyWhereAPictureCouldBeDrawn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options Options
		profile colorprofile.Profile
		want    int
	}{
		"colours":         {Options{}, colorprofile.TrueColor, 1},
		"256 colours":     {Options{}, colorprofile.ANSI256, 1},
		"sixteen colours": {Options{}, colorprofile.ANSI, 0},
		"NO_COLOR":        {Options{NoColor: true}, colorprofile.TrueColor, 0},
		"only ASCII":      {Options{ASCII: true}, colorprofile.TrueColor, 0},
	} {
		r := newRig(t, 80, 24, nil)
		r.app.pixels.out, _ = newOutlet(&bytes.Buffer{})
		r.app.opts.NoColor, r.app.opts.ASCII = c.options.NoColor, c.options.ASCII
		r.wrote = nil
		r.app.pixels.quiet = true
		r.send(tea.ColorProfileMsg{Profile: c.profile})
		if len(r.wrote) > 0 {
			t.Errorf("%s: asked before the first frame had its time: %q", name, r.wrote)
		}
		r.send(restDue{})
		r.send(tea.ColorProfileMsg{Profile: c.profile})
		r.send(restDue{})
		r.settle()
		if n := strings.Count(strings.Join(r.wrote, ""), ansi.RequestPrimaryDeviceAttributes); n != c.want || len(r.wrote) != c.want {
			t.Errorf("%s: asked %d times, want %d: %q", name, n, c.want, r.wrote)
		}
	}
}

func TestWhatTheTerminalAnswersDecidesWhatPhotosAreDrawnWith(t *testing.T) {
	t.Parallel()
	cell := image.Pt(9, 20)
	for name, c := range map[string]struct {
		term answering
		want drawsWith
	}{
		"nothing is answered":               {answering{}, drawsCells},
		"kitty":                             {aKitty(), drawsKitty},
		"the first kitty with placeholders": {answering{name: "kitty(0.28.0)", kitty: true}, drawsKitty},
		"a kitty without placeholders":      {answering{name: "kitty(0.27.1)", kitty: true}, drawsCells},
		"a kitty that says no":              {answering{name: "kitty(0.35.2)", da: []int{62}}, drawsCells},
		"a kitty of no version":             {answering{name: "kitty(main)", kitty: true}, drawsCells},
		"ghostty":                           {answering{name: "ghostty 1.1.3", kitty: true, da: []int{62, 22}}, drawsKitty},
		"foot":                              {aFoot(), drawsSixel},
		"WezTerm, which has no placeholders": {
			answering{name: "WezTerm 20240203-110809-5046fc22", da: []int{65, 4, 6, 18, 22}, kitty: true, cell: cell}, drawsSixel,
		},
		"sixels without the size of a cell":          {answering{name: "foot(1.16.2)", da: []int{62, 4}}, drawsCells},
		"sixels in cells no font has":                {answering{name: "foot(1.16.2)", da: []int{62, 4}, cell: image.Pt(1, 1)}, drawsCells},
		"a class of 4 is not sixel":                  {answering{name: "foot(1.16.2)", da: []int{4, 22}, cell: cell}, drawsCells},
		"sixels in a terminal that may not end them": {answering{name: "Konsole 24.02", da: []int{62, 4}, cell: cell}, drawsCells},
		"sixels of no name":                          {answering{da: []int{62, 4}, cell: cell}, drawsCells},
		"XTerm, of sixteen colours":                  {answering{name: "XTerm(390)", da: []int{63, 4}, cell: cell}, drawsCells},
		"tmux":                                       {answering{name: "tmux 3.4", da: []int{62, 4}, cell: cell, kitty: true}, drawsCells},
	} {
		r, _ := pixelRig(t, c.term, colorprofile.TrueColor)
		if r.app.pixels.how != c.want {
			t.Errorf("%s: drawn with %d, want %d", name, r.app.pixels.how, c.want)
		}
		if asked := strings.Join(r.wrote, ""); strings.Contains(asked, "a=q") && !hasPlaceholders(c.term.name) {
			t.Errorf("%s is asked what it may type out: %q", name, asked)
		}
	}
	r := newRig(t, 80, 24, nil)
	r.app.pixels.out, _ = newOutlet(&bytes.Buffer{})
	for _, msg := range slices.Concat(aKitty().to(ansi.RequestNameVersion+"a=q"), aFoot().to(ansi.RequestNameVersion+"\x1b[16t")) {
		r.send(msg)
	}
	if r.app.pixels.how != drawsCells {
		t.Error("an answer nobody asked for is believed")
	}
}

func TestTheSizeOfACellIsWorkedOutFromTheWindowWhereItIsNotSaid(t *testing.T) {
	t.Parallel()
	r, _ := pixelRig(t, answering{name: "mlterm(3.9.3)", da: []int{63, 4}}, colorprofile.TrueColor)
	r.send(uv.PixelSizeEvent{Width: 120 * 8, Height: 40 * 17})
	if p := r.app.pixels; p.how != drawsSixel || p.cell != image.Pt(8, 17) {
		t.Errorf("drawn with %d in cells of %v", p.how, p.cell)
	}
	r.send(uv.CellSizeEvent{Width: 8, Height: 16})
	r.send(uv.PixelSizeEvent{Width: 120 * 8, Height: 40 * 17})
	if c := r.app.pixels.cell; c != image.Pt(8, 16) {
		t.Errorf("what is worked out is taken over what was said: %v", c)
	}
}

func TestInKittyThePhotoIsOfPlaceholdersAndEndsWithThem(t *testing.T) {
	t.Parallel()
	r, written := pixelRig(t, aKitty(), colorprofile.TrueColor)
	r.press("4", "B").sees("HOLLOWAY", "taken 5 Jan 2026")
	got := r.flushWith(written, "a=t,", 2)
	if n := strings.Count(got, "a=t,"); n != 2 { // this page and the next
		t.Errorf("%d photos were handed over", n)
	}
	if i, j := strings.Index(got, "a=t,"), strings.Index(got, placeholder); i < 0 || j < i {
		t.Errorf("the placeholders are at %d and their photo at %d", j, i)
	}
	if strings.Contains(got, markBegins) || halfBlock.MatchString(got) {
		t.Error("a mark or half blocks reached the terminal")
	}
	r.press("right").sees("KOVAČ")
	if got = r.flushWith(written, "a=t,", 1); strings.Count(got, "a=t,") != 1 || !strings.Contains(got, placeholder) {
		t.Errorf("on the second page, %d photos were handed over", strings.Count(got, "a=t,"))
	}
	for _, key := range []string{".", "."} {
		r.press(key)
		if shown := strings.Contains(r.flush(written), placeholder); shown == r.app.over.(*briefing).blanked {
			t.Errorf("blanked is %v, and a placeholder is there is %v", !shown, shown)
		}
	}
	for _, keys := range [][]string{{"?"}, {"x", "t"}} {
		if r.press(keys...); strings.Contains(r.flush(written), placeholder) {
			t.Errorf("after %q a placeholder stands on the screen", keys)
		}
	}
	r.send(tea.WindowSizeMsg{Width: 40, Height: 10})
	if strings.Contains(r.flush(written), placeholder) {
		t.Error("a placeholder stands in a window too small")
	}
	r.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	r.press("left", "q").sees("4 Packs")
	if got = r.flush(written); strings.Contains(got, placeholder) || strings.Count(got, "a=d,d=I") == 0 {
		t.Errorf("after the briefing: %q", got)
	}
}

// handed and deleted are the numbers of the pictures in what was written.
func handedAndDeleted(text string) (handed, deleted []string) {
	for _, piece := range strings.Split(text, "\x1b_G")[1:] {
		options, _, _ := strings.Cut(piece, ";")
		_, id, _ := strings.Cut(options, "i=")
		id, _, _ = strings.Cut(id, ",")
		switch {
		case strings.HasPrefix(options, "a=t"):
			handed = append(handed, id)
		case strings.HasPrefix(options, "a=d"):
			deleted = append(deleted, id)
		}
	}
	slices.Sort(handed)
	slices.Sort(deleted)
	return handed, deleted
}

func TestATerminalKeepsNoPhotoAfterTheBriefing(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*rig){
		"left by q":        func(r *rig) { r.press("q") },
		"left by esc":      func(r *rig) { r.press("esc") },
		"the desk is quit": func(r *rig) { r.press("ctrl+c") },
		"it is told to go": func(r *rig) { r.send(leave{}) },
		"a report comes up": func(r *rig) {
			r.app.over = &reportOverlay{title: "x"}
			r.send(ticked{})
		},
	} {
		r, written := pixelRig(t, aKitty(), colorprofile.TrueColor)
		r.press("4", "B")
		all := r.flushWith(written, "a=t,", 2)
		for range 3 {
			r.press("right")
			all += r.flush(written)
		}
		r.press("left", "left")
		all += r.flush(written)
		leave(r)
		all += r.flush(written)
		handed, deleted := handedAndDeleted(all)
		if len(handed) < 4 || !slices.Equal(handed, slices.Compact(handed)) {
			t.Errorf("%s: handed over %v", name, handed)
		}
		for _, id := range handed {
			if !slices.Contains(deleted, id) {
				t.Errorf("%s: of %v only %v are deleted", name, handed, deleted)
			}
		}
	}
}

func TestSixelsAreWrittenWithTheirFrameAndClearedOffWithIt(t *testing.T) {
	t.Parallel()
	r, written := pixelRig(t, aFoot(), colorprofile.TrueColor)
	r.press("4", "B").sees("HOLLOWAY", "taken 5 Jan 2026")
	got := r.flushWith(written, "\x1bP0;1;0q", 1)
	lines := strings.Split(got, "\n")
	last := lines[len(lines)-1]
	if strings.Count(got, "\x1bP0;1;0q") != 1 || !strings.Contains(last, "\x1bP0;1;0q") || halfBlock.MatchString(got) {
		t.Fatalf("sixels are %d times in the frame, and not in its last line", strings.Count(got, "\x1bP0;1;0q"))
	}
	if !strings.HasPrefix(last, "\x1b[") || !strings.Contains(last, "\x1b\\\x1b[40;1H") {
		t.Errorf("the cursor is not taken there and back: %.40q", last)
	}
	steps := []struct {
		name   string
		do     func()
		sixels int
	}{
		{"the screen is blanked", func() { r.press(".") }, 0},
		{"and shown again", func() { r.press(".") }, 1},
		{"the page is turned", func() { r.press("right") }, 1},
		{"the help is asked for", func() { r.press("?") }, 0},
		{"and left", func() { r.press("x") }, 1},
		{"the window is made too small", func() { r.send(tea.WindowSizeMsg{Width: 40, Height: 10}) }, 0},
		{"and large again", func() { r.send(tea.WindowSizeMsg{Width: 140, Height: 45}) }, 1},
		{"the notes are shown", func() { r.press("n") }, 1},
		{"the team list is shown", func() { r.press("t") }, 0},
		{"the last page is shown", func() { r.press("left") }, 1},
		{"the briefing is left", func() { r.press("q") }, 0},
	}
	stood := true
	for _, s := range steps {
		s.do()
		r.settle()
		cleared := slices.Contains(r.wrote, "clear")
		got := r.flushWith(written, "\x1bP0;1;0q", s.sixels)
		if n := strings.Count(got, "\x1bP0;1;0q"); n != s.sixels {
			t.Errorf("%s: %d pictures are written", s.name, n)
		}
		if stood && !cleared {
			t.Errorf("%s: the screen is not cleared of the picture before", s.name)
		}
		stood = s.sixels > 0
	}
	if n := len(r.app.pixels.out.kept); n != 0 {
		t.Errorf("%d pictures are kept after the briefing", n)
	}
}

func TestSixelsThatAreReadyTooLateAreNotShown(t *testing.T) {
	t.Parallel()
	r, written := pixelRig(t, aFoot(), colorprofile.TrueColor)
	r.press("4", "B").sees("HOLLOWAY")
	r.flush(written)
	b := r.app.over.(*briefing)
	late := sixelReady{want: b.photos["one.png"].sixel, text: "\x1bP0;1;0qLATE\x1b\\"}
	shown := r.app.View().Content // on its way to the terminal while the key is pressed
	for _, c := range []struct {
		name string
		keys []string
	}{{"blanked", []string{"."}}, {"shown again and left", []string{".", "q"}}} {
		r.press(c.keys...)
		r.send(late)
		r.settle()
		if got := r.flush(written); strings.Contains(got, "\x1bP0") {
			t.Errorf("%s: %.200q", c.name, got)
		}
	}
	written.Reset()
	if _, err := r.app.pixels.out.Write([]byte(shown)); err != nil || strings.Contains(written.String(), "\x1bP0") {
		t.Errorf("a frame of before brings the photo back: %v", err)
	}
}

func TestAnOutletWritesWhatItIsGivenAndAPictureForItsMark(t *testing.T) {
	t.Parallel()
	var got bytes.Buffer
	o, _ := newOutlet(&got)
	o.keep(1, "ONCE", true)
	o.keep(2, "ALWAYS", false)
	for _, c := range []struct{ in, want string }{
		{"plain", "plain"},
		{"a" + mark(1) + "b" + mark(1) + "c", "aONCEbc"},
		{mark(1), ""},
		{"x" + markAt(2, 4, 6, 39) + "y", "x\x1b[7;5HALWAYS\x1b[40;1Hy"},
		{markAt(2, 0, 0, 0), "\x1b[1;1HALWAYS\x1b[1;1H"},
		{mark(3) + "z", "z"},
		{markBegins + "junk" + markEnds + "z", "z"},
		{"before" + markBegins + "2;3", "before"},
		{"\x1b_Gother\x1b\\", "\x1b_Gother\x1b\\"},
	} {
		got.Reset()
		if n, err := o.Write([]byte(c.in)); n != len(c.in) || err != nil || got.String() != c.want {
			t.Errorf("%q is written as %q (%d, %v), want %q", c.in, got.String(), n, err, c.want)
		}
	}
	o.drop(2)
	got.Reset()
	if _, err := o.Write([]byte(markAt(2, 0, 0, 0))); err != nil || got.Len() > 0 {
		t.Errorf("what was dropped is written: %q", got.String())
	}
}

func TestATerminalThatAnswersNothingIsDrawnHalfBlocksAndWrittenNothingButTheQuestion(t *testing.T) {
	t.Parallel()
	r, written := pixelRig(t, answering{}, colorprofile.TrueColor)
	r.press("4", "B").sees("HOLLOWAY", "taken 5 Jan 2026")
	for range 200 { // the photo is read and scaled beside the frames
		if r.settle(); halfBlock.MatchString(r.app.View().Content) {
			break
		}
		time.Sleep(25 * time.Millisecond)
	}
	got := r.flush(written)
	question := ansi.RequestNameVersion + ansi.RequestPrimaryDeviceAttributes
	if frame := r.app.View().Content; got != question+frame || !halfBlock.MatchString(frame) {
		t.Errorf("half blocks: %v; besides the frame: %q", halfBlock.MatchString(frame), strings.TrimSuffix(got, frame))
	}
}

func TestWithoutColourOrWithFewNoPixelsAreDrawn(t *testing.T) {
	t.Parallel()
	for _, term := range []answering{aKitty(), aFoot()} {
		r, written := pixelRig(t, term, colorprofile.ANSI)
		r.press("4", "B").sees("HOLLOWAY", "*++*=*")
		if got := r.flush(written); strings.Contains(got, placeholder) || halfBlock.MatchString(got) || strings.Contains(got, "\x1bP") || strings.Contains(got, "\x1b_") {
			t.Errorf("%s: pixels in sixteen colours", term.name)
		}
	}
}

// A page turn in a terminal that keeps pictures, at the finest size: the key and the frame, with the photo handed over before.
func BenchmarkBriefingPageTurnInKitty(b *testing.B) {
	a, mode := benchBriefing(b, Options{})
	a.pixels.how = drawsKitty
	for i, p := range mode.pages {
		mode.photos[p.Photo].number, mode.photos[p.Photo].sent = i+1, true
	}
	first, second := mode.photos[mode.pages[0].Photo], mode.photos[mode.pages[1].Photo]
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		mode.photos[mode.pages[0].Photo], mode.photos[mode.pages[1].Photo] = first, second
		a.Update(keyPress([]string{"right", "left"}[i%2]))
		_ = a.View()
	}
}
