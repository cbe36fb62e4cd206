package store

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"pou/model"
	"pou/model/match"
)

// Search finds any record by what an officer remembers of it. The index lives in memory, is filled in the background
// after the store is opened, and is kept current from the change feed, so that no plain words are on disk but the
// records themselves.
type Search struct {
	store Store

	work sync.Mutex // held while records are read and put, so that an older reading never lands on a newer one

	mu    sync.RWMutex
	index *match.Index
	ready bool
	done  int // people read so far
}

// Found is one answer: the record, its line, and why it matched.
type Found struct {
	model.Line
	Score int32  `json:"score"`
	Match string `json:"match"`
}

// NewSearch makes an empty index over a store; Fill fills it.
func NewSearch(s Store) *Search { return &Search{store: s, index: match.NewIndex()} }

// searched are the kinds in the index. Wanted lines, breaches, orders, attempts and arrests are found through the
// person they are about, or by their ref.
func searched() []model.Kind {
	return []model.Kind{model.KindPerson, model.KindOperation, model.KindOfficer, model.KindTask}
}

// fillChunk is how many records are read under one lock, so that searches get through while the index fills.
const fillChunk = 2000

// Fill reads every record once. Searches meanwhile answer from what has been read.
func (s *Search) Fill(ctx context.Context) error {
	for _, kind := range searched() {
		if err := s.fillKind(ctx, kind); err != nil {
			return err
		}
	}
	s.mu.Lock()
	s.ready = true
	s.mu.Unlock()
	return nil
}

func (s *Search) fillKind(ctx context.Context, kind model.Kind) error {
	from := model.Ref("")
	for {
		last, n, err := s.fillChunk(ctx, kind, from)
		if err != nil || n < fillChunk {
			return err
		}
		from = last
	}
}

// fillChunk reads and puts the next records of a kind; last is the ref it got to.
func (s *Search) fillChunk(ctx context.Context, kind model.Kind, from model.Ref) (last model.Ref, n int, err error) {
	s.work.Lock()
	defer s.work.Unlock()
	chunk, err := s.chunk(ctx, kind, from)
	if err != nil || len(chunk) == 0 {
		return from, 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range chunk {
		s.put(r)
	}
	if kind == model.KindPerson {
		s.done += len(chunk)
	}
	return chunk[len(chunk)-1].Head().Ref, len(chunk), nil
}

// chunk reads the next records of a kind after from.
func (s *Search) chunk(ctx context.Context, kind model.Kind, from model.Ref) ([]model.Record, error) {
	var out []model.Record
	err := s.store.Read(ctx, func(r Reader) error {
		return r.Each(kind, from, func(rec model.Record, err error) bool {
			if err == nil && rec.Head().Ref != from { // an unreadable record is pou check's to report
				out = append(out, rec)
			}
			return len(out) < fillChunk && ctx.Err() == nil
		})
	})
	return out, errors.Join(err, ctx.Err())
}

// Follow keeps the index current with news of changes.
func (s *Search) Follow(ctx context.Context, n News) error {
	if n.All {
		s.mu.Lock()
		s.index, s.done, s.ready = match.NewIndex(), 0, false
		s.mu.Unlock()
		return s.Fill(ctx)
	}
	s.work.Lock()
	defer s.work.Unlock()
	return s.store.Read(ctx, func(r Reader) error {
		for _, ref := range n.Refs {
			if !slices.Contains(searched(), ref.Kind()) {
				continue
			}
			rec, err := r.Record(ref)
			s.mu.Lock()
			if err == nil {
				s.put(rec)
			} else {
				s.index.Drop(docID(ref))
			}
			s.mu.Unlock()
		}
		return nil
	})
}

// State says how far the index has got: people read, and whether it is complete.
func (s *Search) State() (people int, ready bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.done, s.ready
}

func (s *Search) put(r model.Record) {
	ref := r.Head().Ref
	switch r := r.(type) {
	case *model.Person:
		s.index.Put(docID(ref), personDoc(r))
	case *model.Operation:
		s.index.Put(docID(ref), match.Named(string(ref), r.Name))
	case *model.Officer:
		s.index.Put(docID(ref), match.Named(string(ref), r.Name, r.Rank, string(r.Unit)))
	case *model.Task:
		if r.State.Live() {
			s.index.Put(docID(ref), match.Named(string(ref), r.Title))
		} else {
			s.index.Drop(docID(ref))
		}
	}
}

// personDoc is what a person can be found by.
func personDoc(p *model.Person) match.Doc {
	out := make([]match.Text, 0, 8)
	add := func(f match.Field, text string) { out = append(out, match.Text{Field: f, Text: text}) }
	add(match.Name, p.Name())
	add(match.Ref, string(p.Ref))
	for _, a := range p.Aliases {
		add(match.Alias, a.Name)
	}
	if !p.Born.IsZero() {
		add(match.Born, p.Born.String())
	}
	for _, b := range p.OtherBorn {
		add(match.Born, b.String())
	}
	for _, ph := range p.Phones {
		add(match.Phone, strings.ReplaceAll(ph.Number, " ", ""))
	}
	for _, v := range p.Vehicles {
		add(match.Plate, v.Plate)
	}
	for _, a := range p.Addresses {
		if a.Postcode != "" {
			add(match.Postcode, a.Postcode)
		} else if code := postcode.FindString(strings.ToUpper(a.Text)); code != "" {
			add(match.Postcode, code)
		}
	}
	for _, id := range p.IDs {
		add(match.ID, id.Value)
	}
	return match.Doc{Texts: out}
}

// openly is a hit on a person as it may be shown: somebody on record only to be protected is not found by where they live,
// their number or their plate, since whoever knows the one would learn the other.
func openly(r Reader, p *model.Person, query string, h match.Hit) (match.Hit, bool) {
	only, err := model.ProtectedOnly(r, p.Ref)
	if err == nil && !only {
		return h, true
	}
	veiled := match.NewIndex()
	veiled.Put(h.ID, personDoc(p.Veiled()))
	again := veiled.Find(query, 1)
	if len(again) == 0 {
		return h, false
	}
	return again[0], true
}

// postcode finds a postcode typed into the address itself.
var postcode = regexp.MustCompile(`\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b`)

// The index names documents by a 32-bit number: two bits of kind, thirty of the ref's number.
const numberBits = 30

func docID(ref model.Ref) uint32 {
	kind := max(0, slices.Index(searched(), ref.Kind()))
	return uint32(kind)<<numberBits | uint32(ref.Number())&(1<<numberBits-1) //nolint:gosec // both are bounded
}

func docRef(id uint32) model.Ref {
	return model.NewRef(searched()[id>>numberBits], uint64(id&(1<<numberBits-1)))
}

// Find answers a query, best first. An empty kind finds every kind. A reference finds its record whatever its kind.
func (s *Search) Find(ctx context.Context, query string, kind model.Kind, limit int) ([]Found, error) {
	wide := limit
	if kind != "" {
		wide = limit * 8
	}
	s.mu.RLock()
	hits := s.index.Find(query, wide)
	s.mu.RUnlock()
	var out []Found
	err := s.store.Read(ctx, func(r Reader) error {
		liner := model.NewLiner(r, s.store.Now())
		if ref, ok := model.ParseRef(query); ok && (kind == "" || ref.Kind() == kind) {
			if rec, err := r.Record(ref); err == nil {
				out = append(out, Found{Line: liner.Line(rec), Match: "reference"})
			}
		}
		for _, h := range hits {
			ref := docRef(h.ID)
			if (kind != "" && ref.Kind() != kind) || len(out) >= limit || (len(out) > 0 && out[0].Ref == ref) {
				continue
			}
			rec, err := r.Record(ref)
			if err != nil {
				continue // taken away since the index was read
			}
			if rec, ok := rec.(*model.Person); ok {
				if h, ok = openly(r, rec, query, h); !ok {
					continue
				}
			}
			out = append(out, Found{Line: liner.Line(rec), Score: h.Score, Match: h.Why})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("find %q: %w", query, err)
	}
	return out, nil
}
