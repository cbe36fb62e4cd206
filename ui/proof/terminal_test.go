package proof

import (
	"bytes"
	"errors"
	"image/color"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// terminal is a program running in a terminal: what it writes is drawn on an emulated screen, and what the screen is asked
// (its colours, its abilities) it answers, as a real one does.
type terminal struct {
	tb    testing.TB
	cmd   *exec.Cmd
	tty   *os.File
	ended chan struct{} // closed when the program has ended and all it wrote is drawn

	mu    sync.Mutex // guards what follows
	em    *vt.Emulator
	raw   bytes.Buffer
	modes map[ansi.Mode]bool // those the program has set or reset
	chunk func(at time.Time, data []byte)
	blind bool     // only the bytes count: nothing is drawn any more
	read  []string // the lines as they were read last; nil once something was drawn since
}

// start runs a command in a terminal of a size. A light terminal has a white background and says so when asked.
func start(tb testing.TB, cmd *exec.Cmd, w, h int, light bool) *terminal {
	tb.Helper()
	t := prepare(tb, cmd, w, h, light)
	t.begin(w, h)
	return t
}

// prepare makes the terminal without starting the program, so that starting it can be timed.
func prepare(tb testing.TB, cmd *exec.Cmd, w, h int, light bool) *terminal {
	t := &terminal{tb: tb, cmd: cmd, ended: make(chan struct{}), em: vt.NewEmulator(w, h), modes: map[ansi.Mode]bool{}}
	if light {
		t.em.SetDefaultBackgroundColor(color.White)
		t.em.SetDefaultForegroundColor(color.Black)
	}
	t.em.SetCallbacks(vt.Callbacks{
		EnableMode:  func(m ansi.Mode) { t.modes[m] = true },
		DisableMode: func(m ansi.Mode) { t.modes[m] = false },
	})
	return t
}

func (t *terminal) begin(w, h int) {
	t.tb.Helper()
	tty, err := pty.StartWithSize(t.cmd, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)})
	if err != nil {
		t.tb.Fatalf("start %s: %v", t.cmd, err)
	}
	t.tty = tty
	go t.reply()
	go t.draw()
	t.tb.Cleanup(t.stop)
}

// reply sends what the emulator answers to the program. It must never stop reading, or drawing would wait for it.
func (t *terminal) reply() {
	buf := make([]byte, 4096)
	for {
		n, err := t.em.Read(buf)
		if err != nil {
			return
		}
		_, _ = t.tty.Write(buf[:n]) // the program may have ended
	}
}

func (t *terminal) draw() {
	defer close(t.ended)
	buf := make([]byte, 1<<16)
	for {
		n, err := t.tty.Read(buf)
		now := time.Now()
		t.mu.Lock()
		t.raw.Write(buf[:n])
		if !t.blind {
			_, _ = t.em.Write(buf[:n])
			t.read = nil
		}
		if t.chunk != nil && n > 0 {
			t.chunk(now, buf[:n])
		}
		t.mu.Unlock()
		if err != nil { // EIO: the program has closed its side
			break
		}
	}
	_ = t.cmd.Wait()
	if in, ok := t.em.InputPipe().(io.Closer); ok {
		_ = in.Close()
	}
}

// stop ends whatever is still running.
func (t *terminal) stop() {
	select {
	case <-t.ended:
	default:
		_ = t.cmd.Process.Kill()
		<-t.ended
	}
	_ = t.tty.Close()
}

// press sends keys by name.
func (t *terminal) press(keys ...string) *terminal {
	t.tb.Helper()
	for _, k := range keys {
		t.send(keyBytes(k))
	}
	return t
}

// typed sends text as it is.
func (t *terminal) typed(text string) *terminal {
	t.tb.Helper()
	t.send(text)
	return t
}

func (t *terminal) send(text string) {
	t.tb.Helper()
	if _, err := io.WriteString(t.tty, text); err != nil {
		t.tb.Fatalf("type %q: %v\n%s", text, err, t.screen())
	}
}

func keyBytes(name string) string {
	named := map[string]string{
		"enter": "\r", "esc": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f", "up": "\x1b[A", "down": "\x1b[B", "pgdown": "\x1b[6~",
	}
	if s, ok := named[name]; ok {
		return s
	}
	if c, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return string(rune(c[0] & 0x1f))
	}
	return name
}

// lines is what stands on the screen.
func (t *terminal) lines() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.read != nil {
		return slices.Clone(t.read)
	}
	out := make([]string, t.em.Height())
	for y := range out {
		var b strings.Builder
		for x := 0; x < t.em.Width(); {
			c := t.em.CellAt(x, y)
			if c == nil || c.Content == "" {
				b.WriteByte(' ')
				x++
				continue
			}
			b.WriteString(c.Content)
			x += max(1, c.Width)
		}
		out[y] = strings.TrimRight(b.String(), " ")
	}
	t.read = slices.Clone(out)
	return out
}

func (t *terminal) screen() string { return strings.Join(t.lines(), "\n") }

// lineWith is the first line of the screen that has all the words; "" when none does.
func (t *terminal) lineWith(words ...string) string {
	for _, l := range t.lines() {
		if hasAll(l, words) {
			return l
		}
	}
	return ""
}

func hasAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// cell is a copy of a cell.
func (t *terminal) cell(x, y int) uv.Cell {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c := t.em.CellAt(x, y); c != nil {
		return *c
	}
	return uv.Cell{}
}

func (t *terminal) onAltScreen() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.em.IsAltScreen()
}

// output is all that was written so far.
func (t *terminal) output() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.raw.String()
}

// until waits for the screen to become so; a program that ends meanwhile has failed.
func (t *terminal) until(what string, so func() bool) {
	t.tb.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		if so() {
			return
		}
		select {
		case <-t.ended:
			if so() {
				return
			}
			t.tb.Fatalf("the program ended (%s) before %s:\n%s", t.cmd.ProcessState, what, t.screen())
		default:
		}
		if time.Now().After(deadline) {
			t.tb.Fatalf("gave up waiting for %s:\n%s", what, t.screen())
		}
	}
}

// sees waits until the screen has all the words.
func (t *terminal) sees(words ...string) *terminal {
	t.tb.Helper()
	t.until("the screen says "+strings.Join(words, ", "), func() bool { return hasAll(t.screen(), words) })
	return t
}

// seesLine waits until one line of the screen has all the words.
func (t *terminal) seesLine(words ...string) *terminal {
	t.tb.Helper()
	t.until("one line says "+strings.Join(words, ", "), func() bool { return t.lineWith(words...) != "" })
	return t
}

// gone waits until the screen has none of the words.
func (t *terminal) gone(words ...string) *terminal {
	t.tb.Helper()
	t.until("these are gone: "+strings.Join(words, ", "), func() bool {
		s := t.screen()
		for _, w := range words {
			if strings.Contains(s, w) {
				return false
			}
		}
		return true
	})
	return t
}

// resize changes the size of the window.
func (t *terminal) resize(w, h int) *terminal {
	t.tb.Helper()
	t.mu.Lock()
	t.em.Resize(w, h)
	t.read = nil
	t.mu.Unlock()
	if err := pty.Setsize(t.tty, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		t.tb.Fatal(err)
	}
	return t
}

// exits waits for the program to end and returns its exit code.
func (t *terminal) exits() int {
	t.tb.Helper()
	select {
	case <-t.ended:
	case <-time.After(patience):
		t.tb.Fatalf("the program does not end:\n%s", t.screen())
	}
	return t.cmd.ProcessState.ExitCode()
}

// signal sends the program a signal; one that has ended already is not an error here.
func (t *terminal) signal(s syscall.Signal) {
	t.tb.Helper()
	if err := t.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.tb.Fatal(err)
	}
}

// open opens the desk of the sample in a terminal.
func (h *home) open(w, ht int, env ...string) *terminal {
	h.tb.Helper()
	cmd := h.command("--as", lead, "--now", clock)
	cmd.Env = h.env(env...)
	return start(h.tb, cmd, w, ht, false)
}
