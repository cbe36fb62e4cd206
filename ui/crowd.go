package ui

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"pou/model"
	"pou/store"
)

// Crowd is what the officers at one server share: one search index, one of interests, lists read once for all of them, who is looking at
// what, and where each was when their session ended. A nil crowd is that of an officer who sits alone.
type Crowd struct {
	store     store.Store
	search    *store.Search
	interests *store.Interests
	ready     chan struct{} // closed when the index is full

	mu    sync.Mutex
	err   error
	lists map[listKey]*sharedList
	here  map[int]seat // by session
	seats map[int]chan struct{}
	left  map[model.Ref]leftAt
}

// listKey names a list: lists differ by nothing else.
type listKey struct {
	list store.List
	unit model.Unit
	who  model.Ref // whose eyes it was read with, while anything is restricted; "" for everybody's
}

// sharedList is a list as it stood after an entry of the journal, in a minute.
type sharedList struct {
	mu     sync.Mutex
	head   uint64
	minute time.Time
	lines  []*model.Line
	err    error
}

// seat is who sits where and looks at what.
type seat struct {
	who  model.Ref
	call string
	at   model.Ref
}

// leftAt is where an officer was when their session ended.
type leftAt struct {
	at     int
	unit   model.Unit
	detail model.Ref
}

// NewCrowd makes the desk that sessions share, and keeps its index current until ctx ends. tidy, which may be nil, gives memory back to
// the system once the index is full.
func NewCrowd(ctx context.Context, s store.Store, tidy func()) *Crowd {
	c := &Crowd{
		store: s, search: store.NewSearch(s), interests: store.NewInterests(s), ready: make(chan struct{}),
		lists: map[listKey]*sharedList{}, here: map[int]seat{}, seats: map[int]chan struct{}{}, left: map[model.Ref]leftAt{},
	}
	news := s.Watch(ctx)
	go func() {
		c.note(errors.Join(c.interests.Fill(ctx), c.search.Fill(ctx)))
		_ = s.LetGo() // memory that could not be given back is only memory
		if tidy != nil {
			tidy()
		}
		close(c.ready)
		for n := range news {
			c.note(errors.Join(c.interests.Follow(ctx, n), c.search.Follow(ctx, n)))
		}
	}()
	return c
}

func (c *Crowd) note(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.err = err
}

// index is the search index the crowd shares; nil without a crowd.
func (c *Crowd) index() *store.Search {
	if c == nil {
		return nil
	}
	return c.search
}

// known is what is known of other units' interests, and shared; nil without a crowd.
func (c *Crowd) known() *store.Interests {
	if c == nil {
		return nil
	}
	return c.interests
}

// filled waits until the index is full.
func (c *Crowd) filled(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-c.ready:
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// lines is a list, read once for all who have heard no later news than it holds. Nobody changes what they were given.
func (c *Crowd) lines(d desk, l store.List, unit model.Unit) ([]*model.Line, error) {
	if c == nil {
		return d.rows(l, unit)
	}
	head, who, err := d.head()
	if err != nil {
		return nil, err
	}
	key := listKey{l, unit, who}
	c.mu.Lock()
	s := c.lists[key]
	if s == nil {
		s = &sharedList{}
		c.lists[key] = s
	}
	c.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	minute := d.store.Now().Truncate(time.Minute)
	if want := min(d.want, head); d.want == 0 || s.head < want || s.lines == nil || !s.minute.Equal(minute) {
		s.lines, s.err = d.rows(l, unit) // what it holds may be newer than head: it is then read once more than it need be
		s.head, s.minute = head, minute
	}
	if l == store.ListDue {
		return slices.Clone(s.lines), s.err // the one list that is put in another order
	}
	return s.lines, s.err
}

// head is the newest entry of the journal, and with whose eyes lists have to be read: while anything is restricted each officer sees
// their own.
func (d desk) head() (newest uint64, who model.Ref, err error) {
	err = d.store.Read(d.ctx, func(r store.Reader) error {
		info, err := r.Info()
		if err != nil {
			return err
		}
		restricted, err := r.Restricted()
		if len(restricted) > 0 {
			who = d.who
		}
		newest = info.Head
		return err
	})
	return newest, who, err
}

// spreadMost is over how long the drawing of news is spread where many sit at one desk.
const spreadMost = 100

// spread is how long a session waits beyond the others before it draws news, so that whoever saves meanwhile does not wait
// for all of them.
func (c *Crowd) spread(session int) time.Duration {
	if c == nil {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	among := min(spreadMost, len(c.here))
	return time.Duration(session%max(1, among)) * time.Millisecond
}

// join seats a session, and returns what tells it that somebody has come to its record or gone.
func (c *Crowd) join(session int, who *model.Officer) <-chan struct{} {
	if c == nil || who == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	moved := make(chan struct{}, 1)
	c.here[session], c.seats[session] = seat{who: who.Ref, call: who.Call()}, moved
	return moved
}

// look says which record a session looks at now; "" for none.
func (c *Crowd) look(session int, ref model.Ref) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	s, ok := c.here[session]
	if !ok || s.at == ref {
		return
	}
	c.stir(session, s.at)
	s.at = ref
	c.here[session] = s
	c.stir(session, ref)
}

// stir tells the others at a record that somebody came or went.
func (c *Crowd) stir(session int, ref model.Ref) {
	for n, s := range c.here {
		if n == session || ref == "" || s.at != ref {
			continue
		}
		select {
		case c.seats[n] <- struct{}{}:
		default: // it has not yet heard of the last time
		}
	}
}

// others are the other officers who look at a record.
func (c *Crowd) others(who, ref model.Ref) []string {
	if c == nil || ref == "" {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []string
	for _, s := range c.here {
		if s.at == ref && s.who != who {
			out = append(out, s.call)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// leave unseats a session and keeps where its officer was.
func (c *Crowd) leave(session int, at leftAt) {
	if c == nil {
		return
	}
	c.look(session, "")
	c.mu.Lock()
	defer c.mu.Unlock()
	s, ok := c.here[session]
	if !ok {
		return
	}
	delete(c.here, session)
	delete(c.seats, session)
	c.left[s.who] = at
}

// wasAt is where the officer was when their last session ended.
func (c *Crowd) wasAt(who model.Ref) (leftAt, bool) {
	if c == nil {
		return leftAt{}, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.left[who]
	return at, ok
}
