package store

import (
	"sync"
	"time"

	"pou/model"
)

const (
	keptMost = 512         // records kept between two keystrokes
	keptFor  = time.Second // lines say how long is left: they are made anew after this
)

// laid is a record laid out as an answer shows it.
type laid struct {
	rec   model.Record
	shown model.Record // without what is need-to-know; nil until it was asked for
	line  *model.Line  // nil until it was asked for
}

// keptLines are the records of the last answers through one store, so that the next letter typed does not read again those that
// still answer. They stand for as long as nothing is written: the newest entry of the journal says so.
type keptLines struct {
	mu    sync.Mutex
	head  uint64
	since time.Time
	lines map[model.Ref]laid
}

// open makes the lines ready for an answer from the snapshot that ends at head, and forgets them when they are of another.
func (k *keptLines) open(head uint64, now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if age := now.Sub(k.since); head == k.head && 0 <= age && age < keptFor && len(k.lines) < keptMost || head < k.head {
		return
	}
	k.head, k.since, k.lines = head, now, map[model.Ref]laid{}
}

func (k *keptLines) get(head uint64, ref model.Ref) laid {
	k.mu.Lock()
	defer k.mu.Unlock()
	if head != k.head {
		return laid{}
	}
	return k.lines[ref]
}

func (k *keptLines) put(head uint64, ref model.Ref, l laid) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if head == k.head && (k.lines[ref].rec != nil || len(k.lines) < keptMost) {
		k.lines[ref] = l
	}
}

// record reads a record, or takes it from the last answer.
func (g *gathering) record(ref model.Ref) (laid, error) {
	if l := g.s.kept.get(g.head, ref); l.rec != nil {
		return l, nil
	}
	rec, err := g.r.Record(ref)
	return laid{rec: rec}, err
}

// keep keeps a record for the next answer.
func (g *gathering) keep(ref model.Ref, l laid) { g.s.kept.put(g.head, ref, l) }

// shown is a record without what is need-to-know.
func (g *gathering) shown(l *laid) model.Record {
	if l.shown == nil {
		l.shown = model.Shown(l.rec, g.liner)
	}
	return l.shown
}

// line is the line of a record.
func (g *gathering) line(l *laid) model.Line {
	if l.line == nil {
		line := g.liner.Line(l.rec)
		l.line = &line
	}
	return *l.line
}
