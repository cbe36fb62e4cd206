package serve

import (
	"context"
	"slices"
	"time"

	"pou/model"
	"pou/store"
)

// keysLooked is how often keys are held against their last day.
const keysLooked = time.Minute

// follow ends the sessions of officers who may no longer be here, as soon as the record says so.
func (s *Server) follow(ctx context.Context) {
	news := s.opts.Book.Watch(ctx)
	tick := time.NewTicker(keysLooked)
	defer tick.Stop()
	for {
		select {
		case n, ok := <-news:
			if !ok {
				return
			}
			s.recheck(ctx, n)
		case <-tick.C:
			s.recheck(ctx, store.News{All: true})
		}
	}
}

// recheck looks again at the officers of open sessions among those that changed.
func (s *Server) recheck(ctx context.Context, n store.News) {
	s.mu.Lock()
	var open []*session
	for _, x := range s.sessions {
		if n.All || slices.Contains(n.Refs, x.who.Ref) {
			open = append(open, x)
		}
	}
	s.mu.Unlock()
	for _, x := range open {
		if why := s.mayStay(ctx, x); why != "" {
			x.end(why)
		}
	}
}

// mayStay says why a session must end; "" when it may go on. Where the record cannot be read nobody is thrown out: nothing
// can be read by them either.
func (s *Server) mayStay(ctx context.Context, x *session) (why string) {
	_ = s.opts.Book.Read(ctx, func(r store.Reader) error {
		rec, err := r.Record(x.who.Ref)
		if err != nil {
			return err
		}
		o, _ := rec.(*model.Officer)
		switch {
		case o == nil || o.Left:
			why = "Your access to the desk has ended"
		case x.print != "" && !o.SignsIn(x.print, s.opts.Now()):
			why = "The key you came in with opens nothing any more"
		case o.Ended.Count != x.who.Ended.Count:
			why = "Your sessions were ended by " + string(o.Ended.By) + ". What you had typed is kept as a draft"
			if by, err := r.Record(o.Ended.By); err == nil {
				if by, ok := by.(*model.Officer); ok {
					why = "Your sessions were ended by " + by.Call() + ". What you had typed is kept as a draft"
				}
			}
		}
		return nil
	})
	if why != "" || x.login == "" {
		return why
	}
	if o, err := s.lodger(ctx, x.login); err == nil && (o == nil || o.Ref != x.who.Ref) {
		return "The login you came in with opens nothing any more"
	}
	return ""
}

// watchIdle ends a session whose officer has done nothing for a while, with its whole connection: to go on they connect
// again and prove their key once more.
func (s *Server) watchIdle(x *session) *time.Timer {
	var t *time.Timer
	t = time.AfterFunc(s.opts.Idle, func() {
		if left := s.opts.Idle - s.opts.Now().Sub(x.line.restedSince()); left > 0 {
			t.Reset(left)
			return
		}
		x.end("Locked: nobody pressed a key for " + s.opts.Idle.String() + ". What you had typed is kept; connect again and you are where you were")
	})
	return t
}
