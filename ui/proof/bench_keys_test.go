//go:build bench

package proof

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// probe presses keys and notes when and how much is written in answer.
type probe struct {
	t    *terminal
	rest time.Duration // until what follows a frame has been written too

	mu    sync.Mutex
	first time.Time
	last  time.Time
	bytes int
}

// answer is what a key brought.
type answer struct {
	first time.Duration // to the first bytes of the frame
	whole time.Duration // to the last bytes of it
	bytes int           // of that frame
	all   int           // until everything rested, with what is read afterwards for the row
}

func probing(t *terminal, rest time.Duration) *probe {
	p := &probe{t: t, rest: rest}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.blind = true // drawing on the emulated screen would cost the machine more than the desk
	t.chunk = func(at time.Time, data []byte) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.first.IsZero() {
			p.first = at
		}
		p.last, p.bytes = at, p.bytes+len(data)
	}
	return p
}

func (p *probe) now() (first, last time.Time, bytes int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.first, p.last, p.bytes
}

// quiet waits until nothing has been written for a while, or for long where nothing ever is.
func (p *probe) quiet(rest, long time.Duration) {
	for begun := time.Now(); ; time.Sleep(250 * time.Microsecond) {
		_, last, _ := p.now()
		if (!last.IsZero() && time.Since(last) >= rest) || (last.IsZero() && time.Since(begun) >= long) {
			return
		}
	}
}

// press sends a key. The frame has ended when nothing came for rest.
func (p *probe) press(key string, rest time.Duration) answer {
	time.Sleep(rand.N(9 * time.Millisecond)) // frames leave 120 times a second: a key may come at any moment between two
	p.mu.Lock()
	p.first, p.last, p.bytes = time.Time{}, time.Time{}, 0
	p.mu.Unlock()
	begun := time.Now()
	p.t.press(key)
	p.quiet(rest, 300*time.Millisecond)
	first, last, n := p.now()
	if first.IsZero() {
		return answer{}
	}
	a := answer{first: first.Sub(begun), whole: last.Sub(begun), bytes: n}
	p.quiet(p.rest, time.Second)
	_, _, a.all = p.now()
	return a
}

// answers presses many keys and leaves out those that changed nothing on the screen.
func (p *probe) answers(keys []string, rest time.Duration) []answer {
	p.t.signal(syscall.SIGCONT)
	defer p.t.signal(syscall.SIGSTOP) // the other desk has the machine to itself
	var out []answer
	for _, k := range keys {
		if a := p.press(k, rest); a.first > 0 {
			out = append(out, a)
		}
	}
	return out
}

// batches is the same keys pressed again and again.
type batches [][]answer

// time is the median over the batches of a centile within each: one hiccup of the machine spoils one batch.
func (b batches) time(p int, of func(answer) time.Duration) time.Duration {
	var each []time.Duration
	for _, batch := range b {
		var all []time.Duration
		for _, a := range batch {
			all = append(all, of(a))
		}
		each = append(each, centile(all, p))
	}
	return median(each)
}

// size is the median of a number of bytes.
func (b batches) size(of func(answer) int) int {
	var n []int
	for _, batch := range b {
		for _, a := range batch {
			n = append(n, of(a))
		}
	}
	slices.Sort(n)
	if len(n) == 0 {
		return 0
	}
	return n[len(n)/2]
}

func (b batches) count() (n int) {
	for _, batch := range b {
		n += len(batch)
	}
	return n
}

func first(a answer) time.Duration { return a.first }
func whole(a answer) time.Duration { return a.whole }
func frame(a answer) int           { return a.bytes }
func all(a answer) int             { return a.all }

const frameEnds = 2 * time.Millisecond

// moves go down the list, so that it scrolls.
func moves() []string { return slices.Repeat([]string{"j"}, 50) }

func letters(text string) []string { return strings.Split(text, "") }

// keys measures from a key to its frame, and what the running desk holds in memory.
func (b *bench) keys() {
	b.Helper()
	cmd := b.floor().cmd()
	cmd.Env = b.h.env()
	least := start(b, cmd, 160, 50, false)
	least.sees("row 000003")
	t := start(b, b.desk(), 160, 50, false)
	t.sees(surname(b.first.Name)).press("0").sees("all units")
	b.filled(t)
	held := b.resident(t)

	floor, desk := probing(least, 30*time.Millisecond), probing(t, 160*time.Millisecond) // a preview is read 90 ms after the last key
	var floored, moved, filtered, boxed batches
	for range runs {
		floored = append(floored, floor.answers(moves(), frameEnds))
		moved = append(moved, desk.answers(moves(), frameEnds))
		filtered = append(filtered, desk.filter("marker:VI idle:>7d kov", "unit:SW"))
		boxed = append(boxed, desk.box("kovac ivan", "mohamed", "smtih john", "p-000482"))
	}
	t.signal(syscall.SIGCONT)
	t.stop()
	least.stop()

	b.addKeys("selection move", moved, floored)
	b.addKeys("filter letter", filtered, floored)
	b.addKeys("box letter", boxed, floored)
	mine := boxed.time(99, whole)
	b.add("  until its answers are on the screen, p99", ms(mine), "-", "-", "<= 16 ms", yes(mine <= 16*time.Millisecond))
	row, floorRow := moved.size(frame), floored.size(frame)
	b.add("bytes written for a selection move", strconv.Itoa(row), fmt.Sprintf("floor %d", floorRow), ratio(float64(row), float64(floorRow)), "<= 400", yes(row <= 400))
	b.add("  and with the preview that follows", strconv.Itoa(moved.size(all)), "-", "-", "-", "")
	b.add("memory of the desk, search index full", fmt.Sprintf("%d MB", held>>20), "-", "-", "<= 600 MB", yes(held <= 600<<20))
}

// filter types filters, each letter of which narrows the list.
func (p *probe) filter(texts ...string) (out []answer) {
	for _, text := range texts {
		p.answers([]string{"/"}, frameEnds)
		out = append(out, p.answers(letters(text), frameEnds)...)
		p.answers([]string{"esc", "esc"}, frameEnds)
	}
	return out
}

// box types into the one box over everything, whose answers come a moment after the letter.
func (p *probe) box(texts ...string) (out []answer) {
	for _, text := range texts {
		p.answers([]string{"ctrl+k"}, frameEnds)
		out = append(out, p.answers(letters(text), 30*time.Millisecond)...)
		p.answers([]string{"esc"}, frameEnds)
	}
	return out
}

func (b *bench) addKeys(what string, ours, floor batches) {
	for _, c := range []struct {
		p   int
		bar time.Duration
	}{{50, 8 * time.Millisecond}, {99, 16 * time.Millisecond}} {
		mine, least := ours.time(c.p, first), floor.time(c.p, first)
		b.add(fmt.Sprintf("key to frame, 160x50: %s, p%d of %d", what, c.p, ours.count()), ms(mine), "floor "+ms(least), ratio(float64(mine), float64(least)),
			"<= "+ms(c.bar), yes(mine <= c.bar))
	}
}

// filled waits until the search index has read everybody.
func (b *bench) filled(t *terminal) {
	b.Helper()
	t.press("ctrl+k").typed("zz").sees("> zz")
	for begun := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		t.press("backspace").typed("z")
		time.Sleep(200 * time.Millisecond)
		if !strings.Contains(t.screen(), "still reading") {
			break
		}
		if time.Since(begun) > 2*time.Minute {
			b.Fatalf("the search index is never full:\n%s", t.screen())
		}
	}
	t.press("esc").gone("> zz")
}

// resident is how much memory the program holds, in bytes.
func (b *bench) resident(t *terminal) int {
	b.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", t.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "VmRSS:")
	n, err := strconv.Atoi(strings.Fields(after)[0])
	if err != nil {
		b.Fatal(err)
	}
	return n << 10
}
