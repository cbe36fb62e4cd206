package proof

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"reflect"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"pou/model"
	"pou/store"
	"pou/store/bolt"
)

// rounds is how often the plug is pulled: POU_FAULTS times, or fifteen.
func rounds(t *testing.T) int {
	t.Helper()
	text := os.Getenv("POU_FAULTS")
	if text == "" {
		return 15
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("POU_FAULTS is how many rounds, not %q", text)
	}
	return n
}

// deed is one action sent, and its receipt when one came.
type deed struct {
	req     model.Request
	line    []byte
	receipt *model.Receipt
	found   uint64 // the entry it was found under, when it was written but not acknowledged
}

// plug is a store whose program is killed again and again, and what was acknowledged.
type plug struct {
	*testing.T
	h      *home
	rnd    *rand.Rand
	wanted []row
	people []row
	acked  []*deed // all of them
	again  []*deed // to be sent again in the next round
	sent   int
	extras int    // written, but not acknowledged
	head   uint64 // the newest entry before the round
}

func newPlug(t *testing.T) *plug {
	t.Helper()
	h := newHome(t)
	h.well("--now", clock, "sample", "--people", "100")
	p := &plug{T: t, h: h, rnd: rand.New(rand.NewPCG(1, 9)), wanted: h.list("wanted"), people: h.list("people")}
	p.read(func(_ *store.Book, r store.Reader) { p.head, _ = p.count(r, 0) })
	return p
}

// next makes up an action an officer's morning is full of.
func (p *plug) next() *deed {
	p.sent++
	req := model.Request{Key: fmt.Sprintf("key-%06d", p.sent)}
	person := p.people[p.rnd.IntN(len(p.people))].Ref
	switch p.rnd.IntN(3) {
	case 0:
		req.Action = "task.add"
		req.Fields = map[string]any{"title": fmt.Sprint("Address check ", p.sent), "person": person, "assign": lead, "due": "2026-12-01"}
	case 1:
		req.Action = "attempt.record"
		req.Fields = map[string]any{"wanted": p.wanted[p.rnd.IntN(len(p.wanted))].Ref, "outcome": "no-reply", "note": fmt.Sprint("lights out, ", p.sent)}
	default:
		req.Action = "person.add"
		req.Fields = map[string]any{"surname": "Killed", "forename": fmt.Sprint("Round ", p.sent), "unit": "SW"}
	}
	line, err := json.Marshal(req)
	if err != nil {
		p.Fatal(err)
	}
	return &deed{req: req, line: append(line, '\n')}
}

// round runs pou do, kills it in the middle of its work, and returns what was acknowledged and what was not.
func (p *plug) round() (acked, open []*deed) {
	p.Helper()
	cmd := p.h.command("--as", lead, "--now", clock, "do", "-")
	in, err := cmd.StdinPipe()
	if err != nil {
		p.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		p.Fatal(err)
	}
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		p.Fatal(err)
	}
	hang := time.AfterFunc(patience, func() { _ = cmd.Process.Kill() })
	defer hang.Stop()
	given := make(chan *deed, 4096)
	wait := time.Duration(20+p.rnd.IntN(281)) * time.Millisecond
	go p.feed(in, given)

	receipts := bufio.NewReader(out)
	for repeats := len(p.again); ; repeats-- {
		line, err := receipts.ReadBytes('\n')
		if err != nil { // what is cut short was not acknowledged
			break
		}
		if repeats == 0 { // the first new one: the clock of the round starts
			time.AfterFunc(wait, func() { _ = cmd.Process.Kill() })
		}
		if d := <-given; p.answered(d, line) {
			acked = append(acked, d)
		}
	}
	_ = cmd.Wait()
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL || len(acked) == 0 {
		p.Fatalf("the round did not end by the kill: %s, %d acknowledged\n%s", cmd.ProcessState, len(acked), errs.String())
	}
	for d := range given {
		open = append(open, d)
	}
	return acked, open
}

// feed sends actions until nobody reads them any more: first those to be sent again, then new ones.
func (p *plug) feed(in io.WriteCloser, given chan<- *deed) {
	defer close(given)
	defer in.Close() // the reader is dead
	for n := 0; ; n++ {
		var d *deed
		if n < len(p.again) {
			d = p.again[n]
		} else {
			d = p.next()
		}
		given <- d
		if _, err := in.Write(d.line); err != nil {
			return
		}
	}
}

// answered takes a receipt: the first for an action is kept, and any later one must be the same.
func (p *plug) answered(d *deed, line []byte) (first bool) {
	p.Helper()
	var r model.Receipt
	if err := json.Unmarshal(line, &r); err != nil || !r.OK || len(r.Changed) == 0 {
		p.Fatalf("%s was answered with %s (%v)", d.line, line, err)
	}
	if d.receipt != nil {
		if !reflect.DeepEqual(*d.receipt, r) {
			p.Errorf("%s sent again was answered with %s, before with entry %d, %v", d.line, line, d.receipt.Seq, d.receipt.Changed)
		}
		return false
	}
	d.receipt = &r
	if d.found != 0 && d.found != r.Seq {
		p.Errorf("%s was written as entry %d, and once more when it was sent again: %s", d.line, d.found, line)
	}
	return true
}

// read opens the store in this process.
func (p *plug) read(fn func(*store.Book, store.Reader)) {
	p.Helper()
	ctx := context.Background()
	e, err := bolt.Open(p.h.store, bolt.Holder{PID: os.Getpid(), User: "proof"})
	if err != nil {
		p.Fatalf("open the store after the kill: %v", err)
	}
	book, err := store.New(ctx, e, time.Now)
	if err != nil {
		p.Fatal(err)
	}
	defer book.Close() // only read
	if err := book.Read(ctx, func(r store.Reader) error { fn(book, r); return nil }); err != nil {
		p.Fatal(err)
	}
}

// count is the newest entry, and how many after one are changes.
func (p *plug) count(r store.Reader, after uint64) (head uint64, changes int) {
	p.Helper()
	head = after
	err := r.Entries(after+1, false, func(e model.Entry) bool {
		head = e.Seq
		if e.Logged != model.Consultation {
			changes++
		}
		return true
	})
	if err != nil {
		p.Fatal(err)
	}
	return head, changes
}

// kept says what of the acknowledged is missing.
func (p *plug) kept(r store.Reader, acked []*deed) (lost int) {
	p.Helper()
	for _, d := range acked {
		entry, _, err := r.Entry(d.receipt.Seq)
		if err != nil || entry.Action != d.req.Action || len(entry.About) != len(d.receipt.Changed) {
			p.Errorf("lost: entry %d of %s is %+v, %v", d.receipt.Seq, d.line, entry, err)
			lost++
			continue
		}
		for _, c := range d.receipt.Changed {
			rec, err := r.Record(c.Ref)
			if err != nil || rec.Head().Rev < c.Rev {
				p.Errorf("lost: %s at revision %d, acknowledged for %s: %v, %v", c.Ref, c.Rev, d.line, rec, err)
				lost++
			}
		}
	}
	return lost
}

// check holds what is left after a kill against what was acknowledged.
func (p *plug) check(acked []*deed, open []*deed) (lost int) {
	p.Helper()
	if s := p.h.run("check"); s.code != 0 {
		p.Errorf("pou check: exit %d: %s%s", s.code, s.out, s.err)
	}
	p.read(func(book *store.Book, r store.Reader) {
		rep, err := book.Verify(context.Background())
		if err != nil || len(rep.Findings) > 0 {
			p.Errorf("the journal: %v, %v", rep.Findings, err)
		}
		lost = p.kept(r, acked)
		head, changes := p.count(r, p.head)
		extra := changes - p.fresh(acked)
		if extra < 0 || extra > 1 || (extra == 1 && len(open) == 0) {
			p.Errorf("%d changes were written in the round, %d acknowledged", changes, p.fresh(acked))
		}
		p.head, p.extras = head, p.extras+extra
		if extra == 1 { // it was the first not acknowledged; sent again it must not happen twice
			open[0].found = p.newest(r)
		}
	})
	return lost
}

// fresh is how many of the acknowledged were written in this round.
func (p *plug) fresh(acked []*deed) (n int) {
	for _, d := range acked {
		if d.receipt.Seq > p.head {
			n++
		}
	}
	return n
}

// newest is the last change in the journal.
func (p *plug) newest(r store.Reader) (seq uint64) {
	p.Helper()
	err := r.Entries(0, true, func(e model.Entry) bool {
		seq = e.Seq
		return e.Logged == model.Consultation
	})
	if err != nil {
		p.Fatal(err)
	}
	return seq
}

// Pulling the plug at any moment loses nothing that was acknowledged, and does nothing twice.
func TestKillNineLosesNoAcknowledgedAction(t *testing.T) {
	t.Parallel()
	p := newPlug(t)
	n, lost, repeated := rounds(t), 0, 0
	for range n {
		acked, open := p.round()
		repeated += len(p.again)
		lost += p.check(acked, open)
		p.acked = append(p.acked, acked...)
		p.again = append([]*deed{}, acked[max(0, len(acked)-8):]...)
		if len(open) > 0 {
			p.again = append(p.again, open[0])
		}
		if t.Failed() {
			break
		}
	}
	p.read(func(_ *store.Book, r store.Reader) { lost += p.kept(r, p.acked) })
	t.Logf("kill -9: %d rounds, %d actions acknowledged, %d sent again, %d written but not acknowledged, lost=%d", n, len(p.acked), repeated, p.extras, lost)
}

// What the screen has said is done is done, however the program ends.
func TestKillNineOfTheDeskLosesNothingTheScreenSaidWasDone(t *testing.T) {
	t.Parallel()
	h := sampled(t)
	p := &plug{T: t, h: h}
	for n := range 4 {
		who := h.list("wanted", "--unit", "SW", "--limit", "1")[0]
		d := h.open(120, 40)
		d.seesLine("▌", surname(who.Name))
		d.press("e").sees("Record an arrest attempt", who.Name).press("n", "ctrl+s").seesLine("Record an arrest attempt ·", "entry")
		_, after, _ := strings.Cut(d.lineWith("Record an arrest attempt ·", "entry"), "entry ")
		seq, err := strconv.ParseUint(strings.Fields(after)[0], 10, 64)
		if err != nil {
			t.Fatalf("round %d: no entry in %q", n, after)
		}
		d.signal(syscall.SIGKILL)
		d.exits()
		p.read(func(_ *store.Book, r store.Reader) {
			entry, _, err := r.Entry(seq)
			if err != nil || entry.Action != "attempt.record" {
				t.Fatalf("round %d: the screen said entry %d, which is %+v, %v", n, seq, entry, err)
			}
			if rec, err := r.Record(entry.About[0].Ref); err != nil || model.PersonOf(rec) != model.Ref(who.Person) {
				t.Errorf("round %d: it is about %+v, %v", n, rec, err)
			}
		})
		if s := h.run("check"); s.code != 0 {
			t.Errorf("round %d: pou check: exit %d: %s%s", n, s.code, s.out, s.err)
		}
	}
}
