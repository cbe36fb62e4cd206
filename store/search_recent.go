package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"pou/model"
	"pou/model/day"
)

// How far back an officer's openings are looked for: so many of their own, among so many entries of the journal.
const (
	openingsMost = 200
	recentReach  = 5000
	// An opening weighs half as much as one that many openings later, so that what is opened often stays near the top
	// without hiding what was opened last.
	openingsHalve = 12
)

// opening is one look at a record.
type opening struct {
	ref model.Ref
	at  time.Time
}

// Opened notes that an officer opened a record. The journal has it once consultations are flushed; until then [Search.Recent]
// has it from here.
func (s *Search) Opened(officer, ref model.Ref) {
	at := s.through.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	list := append(s.opened[officer], opening{ref, at})
	s.opened[officer] = list[max(0, len(list)-openingsMost):]
}

// Recent are the records an officer opened lately, those opened often and last first: what to offer before anything is
// typed. It reads the newest entries of the journal and needs no index.
func (s *Search) Recent(ctx context.Context, officer model.Ref, n int) ([]Found, error) {
	s.mu.RLock()
	here := slices.Clone(s.opened[officer])
	s.mu.RUnlock()
	var out []Found
	err := s.through.Read(ctx, func(r Reader) error {
		before, err := openings(ctx, r, officer, here)
		if err != nil {
			return err
		}
		liner := model.NewLiner(r, s.through.Now())
		for _, h := range habits(append(before, here...)) {
			if len(out) >= n {
				break
			}
			if rec, err := r.Record(h.ref); err == nil { // it may have been taken away since
				out = append(out, Found{Line: liner.Line(rec), Match: h.words(s.through.Now())})
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("what %s opened lately: %w", officer, err)
	}
	return out, nil
}

// openings are an officer's looks at single records in the journal, oldest first, without those known already.
func openings(ctx context.Context, r Reader, officer model.Ref, known []opening) ([]opening, error) {
	var out []opening
	seen := 0
	err := r.Entries(0, true, func(e model.Entry) bool {
		seen++
		if ref, ok := openedIn(e); ok && e.By == officer && !knows(known, ref, e.At) {
			out = append(out, opening{ref, e.At})
		}
		return seen < recentReach && len(out) < openingsMost && ctx.Err() == nil
	})
	slices.Reverse(out)
	return out, err
}

// knows reports whether an opening of the journal is one that was noted here: the journal keeps whole seconds.
func knows(known []opening, ref model.Ref, at time.Time) bool {
	return slices.ContainsFunc(known, func(o opening) bool { return o.ref == ref && o.at.Sub(at).Abs() <= time.Second })
}

// openedIn reads from a consultation which record was opened: a list or a search opens none.
func openedIn(e model.Entry) (model.Ref, bool) {
	if e.Logged != model.Consultation {
		return "", false
	}
	what, ref, ok := strings.Cut(e.Reason, " ")
	if !ok || what != "record" && what != "show" {
		return "", false
	}
	return model.ParseRef(ref)
}

// habit is how a record was opened: how often, and when last.
type habit struct {
	ref    model.Ref
	weight float64
	times  int
	last   time.Time
}

// habits orders what was opened, oldest first, by how often and how lately.
func habits(list []opening) []habit {
	var out []habit
	weight := 1.0
	for _, o := range slices.Backward(list) {
		at := slices.IndexFunc(out, func(h habit) bool { return h.ref == o.ref })
		if at < 0 {
			at = len(out)
			out = append(out, habit{ref: o.ref, last: o.at})
		}
		out[at].weight += weight
		out[at].times++
		weight *= 1 - 0.7/openingsHalve // about a half after openingsHalve
	}
	slices.SortStableFunc(out, func(a, b habit) int { return cmp.Compare(b.weight, a.weight) })
	return out
}

func (h habit) words(now time.Time) string {
	when := "today " + h.last.In(day.London()).Format("15:04")
	if d := day.On(h.last); d != day.On(now) {
		when = d.Short()
	}
	if h.times == 1 {
		return "opened " + when
	}
	return fmt.Sprintf("opened %d times, last %s", h.times, when)
}
