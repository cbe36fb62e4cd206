//go:build bench

package proof

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// probe presses keys and notes when and how much is written in answer.
type probe struct {
	b *bench
	t *terminal

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

func (b *bench) probe(t *terminal) *probe {
	p := &probe{b: b, t: t}
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
	p.quiet(160*time.Millisecond, time.Second) // the preview is read 90 ms after the last key
	_, _, a.all = p.now()
	return a
}

// answers presses many keys and leaves out those that changed nothing on the screen.
func (p *probe) answers(keys []string, rest time.Duration) []answer {
	var out []answer
	for _, k := range keys {
		if a := p.press(k, rest); a.first > 0 {
			out = append(out, a)
		}
	}
	return out
}

func firsts(all []answer) (out []time.Duration) {
	for _, a := range all {
		out = append(out, a.first)
	}
	return out
}

func wholes(all []answer) (out []time.Duration) {
	for _, a := range all {
		out = append(out, a.whole)
	}
	return out
}

// middle is the median of a number of the answers.
func middle(all []answer, of func(answer) int) int {
	var n []int
	for _, a := range all {
		n = append(n, of(a))
	}
	slices.Sort(n)
	if len(n) == 0 {
		return 0
	}
	return n[len(n)/2]
}

const frameEnds = 2 * time.Millisecond

// moves are down and up the list, so that it scrolls and never ends.
func moves(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = "j"
		if i/60%2 == 1 {
			out[i] = "k"
		}
	}
	return out
}

func letters(texts ...string) []string {
	var out []string
	for _, t := range texts {
		out = append(out, strings.Split(t, "")...)
	}
	return out
}

// keys measures from a key to its frame, and what the running desk holds in memory.
func (b *bench) keys() {
	b.Helper()
	cmd := b.floor().cmd()
	cmd.Env = b.h.env()
	floor := start(b, cmd, 160, 50, false)
	floor.sees("row 000003")
	least := b.probe(floor).answers(moves(300), frameEnds)
	floor.stop()

	t := start(b, b.desk(), 160, 50, false)
	t.sees(surname(b.first.Name)).press("0").sees("all units")
	b.filled(t)
	held := b.resident(t)
	p := b.probe(t)
	moved := p.answers(moves(300), frameEnds)
	p.press("/", frameEnds)
	filtered := p.answers(letters("marker:VI idle:>7d kov", "                      "), frameEnds)
	p.press("esc", frameEnds)
	p.press("esc", frameEnds)
	var boxed []answer
	for _, q := range []string{"kovac ivan", "obrien", "mohamed ali", "smtih john", "p-000482", "jones 1984", "wiliams"} {
		p.press("ctrl+k", frameEnds)
		boxed = append(boxed, p.answers(letters(q), 30*time.Millisecond)...)
		p.press("esc", frameEnds)
	}
	t.stop()

	b.addKeys("key to frame: selection move, 160x50", moved, least)
	b.addKeys("key to frame: filter letter", filtered, least)
	b.addKeys("key to frame: box letter", boxed, least)
	b.add("box letter to answers on the screen, p99", ms(centile(wholes(boxed), 99)), "-", "-", "<= 16 ms", yes(centile(wholes(boxed), 99) <= 16*time.Millisecond))
	row, floorRow := middle(moved, func(a answer) int { return a.bytes }), middle(least, func(a answer) int { return a.bytes })
	b.add("bytes written for a selection move", strconv.Itoa(row), fmt.Sprintf("floor %d", floorRow), ratio(float64(row), float64(floorRow)), "<= 400", yes(row <= 400))
	all := middle(moved, func(a answer) int { return a.all })
	b.add("  and with the preview that follows", strconv.Itoa(all), "-", "-", "-", "")
	b.add("memory of the desk, search index full", fmt.Sprintf("%d MB", held>>20), "-", "-", "<= 600 MB", yes(held <= 600<<20))
}

func (b *bench) addKeys(what string, ours, floor []answer) {
	for _, c := range []struct {
		p   int
		bar time.Duration
	}{{50, 8 * time.Millisecond}, {99, 16 * time.Millisecond}} {
		mine, least := centile(firsts(ours), c.p), centile(firsts(floor), c.p)
		b.add(fmt.Sprintf("%s, p%d of %d", what, c.p, len(ours)), ms(mine), "floor "+ms(least), ratio(float64(mine), float64(least)),
			"<= "+ms(c.bar), yes(mine <= c.bar))
	}
	mine, least := centile(wholes(ours), 99), centile(wholes(floor), 99)
	b.add("  until the frame is whole, p99", ms(mine), "floor "+ms(least), ratio(float64(mine), float64(least)), "-", "")
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
