package store

import (
	"context"
	"sync"

	"pou/model"
)

// feed tells every watcher what changed. A watcher that lags is told to look at everything again rather than making a
// writer wait.
type feed struct {
	mu    sync.Mutex
	chans map[chan News]struct{}
	shut  bool
}

const (
	feedDepth  = 64
	feedDetail = 500 // more refs than this in one change, and watchers look at everything again
)

func (f *feed) subscribe(ctx context.Context) <-chan News {
	ch := make(chan News, feedDepth)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.shut {
		close(ch)
		return ch
	}
	if f.chans == nil {
		f.chans = map[chan News]struct{}{}
	}
	f.chans[ch] = struct{}{}
	context.AfterFunc(ctx, func() { f.drop(ch) })
	return ch
}

func (f *feed) drop(ch chan News) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.chans[ch]; ok {
		delete(f.chans, ch)
		close(ch)
	}
}

func (f *feed) publish(r model.Receipt) {
	n := News{Seq: r.Seq, All: len(r.Changed) > feedDetail}
	if !n.All {
		for _, c := range r.Changed {
			n.Refs = append(n.Refs, c.Ref)
		}
	}
	f.send(n)
}

func (f *feed) send(n News) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for ch := range f.chans {
		select {
		case ch <- n:
			continue
		default:
		}
		select { // the oldest makes room for the word that some were missed, which then stands last
		case <-ch:
		default:
		}
		select {
		case ch <- News{Seq: n.Seq, All: true}:
		default:
		}
	}
}

func (f *feed) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shut = true
	for ch := range f.chans {
		delete(f.chans, ch)
		close(ch)
	}
}
