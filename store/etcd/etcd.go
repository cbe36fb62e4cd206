package etcd

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/namespace"
	"go.uber.org/zap"

	"pou/store"
)

// The times the engine works by. A new leader is elected in a second or two.
const (
	answer    = 1500 * time.Millisecond // within which the cluster answers one question
	patience  = 15 * time.Second        // for which a write is tried again
	pulse     = 750 * time.Millisecond  // between two looks at whether the cluster answers
	election  = 5 * time.Second         // that a new leader may take; beyond it nobody is kept waiting for an answer
	keepAlive = 2 * time.Second
	forgotten = time.Hour // after which what a killed program left lying is taken away
)

// Engine is a store in an etcd cluster.
type Engine struct {
	client *clientv3.Client
	now    func() time.Time
	mirror *mirror
	writes sync.Mutex // one update at a time from here; others are told apart by the generation
	stop   context.CancelFunc
	done   sync.WaitGroup

	mu     sync.Mutex
	since  time.Time // when the cluster stopped answering
	follow func(keys [][]byte)
	mine   map[string]bool    // updates from here that the watch has not shown yet
	unhang context.CancelFunc // opens the watch again, on another member
	last   string             // the mark to be taken away with the next update
}

var _ store.Shared = (*Engine)(nil)

// Open connects to a cluster and reads all of it.
func Open(ctx context.Context, o Options) (*Engine, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	client, err := clientv3.New(clientv3.Config{
		Endpoints: o.Endpoints, TLS: o.TLS, DialTimeout: 2 * answer, DialKeepAliveTime: keepAlive, DialKeepAliveTimeout: keepAlive,
		Logger: zap.NewNop(), MaxCallRecvMsgSize: maxMessage, RejectOldCluster: true,
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w. Check --store and that the cluster runs", store.ErrCutOff, err)
	}
	if o.Space != "" {
		client.KV, client.Watcher = namespace.NewKV(client.KV, o.Space), namespace.NewWatcher(client.Watcher, o.Space)
	}
	e := &Engine{client: client, now: o.Now, mirror: newMirror(), mine: map[string]bool{}}
	if err := e.load(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %w. Check --store and that the cluster runs", store.ErrCutOff, err), client.Close())
	}
	run, stop := context.WithCancel(context.WithoutCancel(ctx))
	e.stop = stop
	e.done.Go(func() { e.watch(run) })
	e.done.Go(func() { e.feel(run) })
	e.tidy(ctx)
	return e, nil
}

// maxMessage is the largest answer the engine takes; pages of a first reading are large.
const maxMessage = 64 << 20

const pageKeys = 2000

// load reads everything as of one revision, and then makes it the copy.
func (e *Engine) load(ctx context.Context) error {
	fresh := newMirror()
	var last, gen []change // values in parts, and what carries a large update over, come after what they are made of
	from, revision := root, int64(0)
	for more := true; more; {
		resp, err := e.page(ctx, from, revision)
		if err != nil {
			return err
		}
		revision, more = resp.Header.Revision, resp.More
		if len(resp.Kvs) == 0 {
			break
		}
		changes := make([]change, 0, len(resp.Kvs))
		for _, kv := range resp.Kvs {
			c := change{string(kv.Key), append([]byte{}, kv.Value...), kv.ModRevision}
			switch {
			case c.key == generation:
				gen = append(gen, c)
			case strings.HasPrefix(c.key, dataPrefix) && c.value[0] != inOne:
				last = append(last, c)
			default:
				changes = append(changes, c)
			}
			from = c.key + "\x00"
		}
		if _, _, err := fresh.apply(ctx, changes, 0); err != nil {
			return err
		}
	}
	if _, _, err := fresh.apply(ctx, append(last, gen...), revision); err != nil {
		return err
	}
	e.mirror.become(fresh)
	return nil
}

// page reads the next keys as of a revision, or of now when that is 0. The revision of the answer is then that of the page.
func (e *Engine) page(ctx context.Context, from string, revision int64) (*clientv3.GetResponse, error) {
	ctx, cancel := context.WithTimeout(clientv3.WithRequireLeader(ctx), patience)
	defer cancel()
	resp, err := e.client.Get(ctx, from, clientv3.WithRange(clientv3.GetPrefixRangeEnd(root)), clientv3.WithLimit(pageKeys), clientv3.WithRev(revision))
	if err != nil {
		return nil, err
	}
	if revision != 0 {
		resp.Header.Revision = revision
	}
	return resp, nil
}

// watch follows the cluster for as long as the engine is open. What was missed is read again from where the copy stands, and
// everything anew when the cluster no longer has it.
func (e *Engine) watch(ctx context.Context) {
	for ctx.Err() == nil {
		err := e.watchOnce(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, errGone):
			if e.load(ctx) == nil {
				e.tell(nil)
				continue
			}
		}
		pause(ctx, pulse/4)
	}
}

var errGone = errors.New("the cluster no longer has what was missed")

func (e *Engine) watchOnce(ctx context.Context) error {
	ctx, cancel := context.WithCancel(clientv3.WithRequireLeader(ctx))
	defer cancel()
	e.mu.Lock()
	e.unhang = cancel
	e.mu.Unlock()
	from := e.mirror.now().revision + 1
	for resp := range e.client.Watch(ctx, root, clientv3.WithPrefix(), clientv3.WithRev(from), clientv3.WithProgressNotify()) {
		switch {
		case resp.CompactRevision != 0:
			return errGone
		case resp.Err() != nil:
			return resp.Err()
		}
		keys, gens, err := e.mirror.apply(ctx, changesOf(resp.Events), resp.Header.Revision)
		if err != nil {
			return errGone
		}
		if len(keys) > 0 && !e.own(gens) {
			e.tell(keys)
		}
	}
	return ctx.Err()
}

// own reports whether all these updates were made here, and forgets them.
func (e *Engine) own(gens []string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	all := len(gens) > 0
	for _, gen := range gens {
		id := idOf(gen)
		all = all && e.mine[id]
		if strings.HasPrefix(gen, whole) {
			delete(e.mine, id)
		}
	}
	return all
}

func (e *Engine) tell(keys [][]byte) {
	e.mu.Lock()
	follow := e.follow
	e.mu.Unlock()
	if follow != nil {
		follow(keys)
	}
}

// Follow calls fn with the keys that other machines changed.
func (e *Engine) Follow(fn func(keys [][]byte)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.follow = fn
}

// feel asks the cluster every second whether it answers.
func (e *Engine) feel(ctx context.Context) {
	for ctx.Err() == nil {
		if modified, err := e.asked(ctx); err == nil {
			e.prod(ctx, modified)
		}
		pause(ctx, pulse)
	}
}

// prod opens the watch again when it is silent about an update the cluster has: the member it hangs on may be dead with its
// connections open, which a write would otherwise wait for.
func (e *Engine) prod(ctx context.Context, modified int64) {
	wait, cancel := context.WithTimeout(ctx, pulse)
	defer cancel()
	before := e.mirror.now().revision
	if e.mirror.reach(wait, modified) == nil || ctx.Err() != nil || e.mirror.now().revision != before {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.unhang != nil {
		e.unhang()
	}
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

// asked is the revision of the last update anywhere, as a majority of the cluster knows it. Each question goes to another member:
// one that is cut off from the rest does not speak for the cluster.
func (e *Engine) asked(ctx context.Context) (modified int64, err error) {
	ask, cancel := context.WithTimeout(clientv3.WithRequireLeader(ctx), answer)
	defer cancel()
	first, end := context.WithTimeout(ask, answer*2/5)
	resp, err := e.client.Get(first, generation)
	end()
	for err != nil && ask.Err() == nil && passing(err) {
		if resp, err = e.client.Get(ask, generation); err != nil {
			pause(ask, pulse/10)
		}
	}
	if ctx.Err() == nil {
		e.reached(err == nil)
	}
	if err != nil {
		return 0, lost{err}
	}
	if len(resp.Kvs) > 0 {
		modified = resp.Kvs[0].ModRevision
	}
	return modified, nil
}

// lost is that the cluster did not answer.
type lost struct{ cause error }

// Error is said only where nobody says more.
func (l lost) Error() string { return store.ErrCutOff.Error() }

// Is makes it an ErrCutOff.
func (l lost) Is(target error) bool { return target == store.ErrCutOff }

// Unwrap is why.
func (l lost) Unwrap() error { return l.cause }

// reached notes whether the cluster answered.
func (e *Engine) reached(ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case ok:
		e.since = time.Time{}
	case e.since.IsZero():
		e.since = e.now()
	}
}

// CutOff says since when the cluster has not answered.
func (e *Engine) CutOff() time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.since
}

// waited reports whether the cluster has not answered for longer than an election takes.
func (e *Engine) waited() bool {
	since := e.CutOff()
	return !since.IsZero() && e.now().Sub(since) > election
}

// catchUp waits until the copy has every update that was acknowledged before it was called.
func (e *Engine) catchUp(ctx context.Context) error {
	modified, err := e.asked(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return e.mirror.reach(ctx, modified)
}

// View runs fn on a snapshot that has everything acknowledged before; on what is here when the cluster does not answer.
func (e *Engine) View(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if e.CutOff().IsZero() {
		_ = e.catchUp(ctx) // cut off: what is here is old, and CutOff says so
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return e.mirror.copied().View(ctx, fn)
}

// Close lets go of the cluster.
func (e *Engine) Close() error {
	e.stop()
	e.done.Wait()
	e.mu.Lock()
	last := e.last
	e.mu.Unlock()
	if last != "" {
		ctx, cancel := context.WithTimeout(context.Background(), answer)
		defer cancel()
		_, _ = e.client.Delete(ctx, markOf+last) // one that stays is taken away after an hour
	}
	return e.client.Close()
}

// newID names an update: when it was begun, so that what a killed program left lying can be told, and something nobody else has.
func (e *Engine) newID() (string, error) {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", err
	}
	return strconv.FormatInt(e.now().Unix(), 16) + "-" + hex.EncodeToString(b[:]), nil
}

// tidy takes away the marks and pieces of programs that were killed long ago.
func (e *Engine) tidy(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, answer)
	defer cancel()
	before := e.now().Add(-forgotten).Unix()
	pending, _, _ := givenID(e.mirror.now().gen)
	for _, prefix := range []string{markOf, piecesOf} {
		resp, err := e.client.Get(ctx, prefix, clientv3.WithPrefix(), clientv3.WithKeysOnly(), clientv3.WithSerializable())
		if err != nil {
			return
		}
		for _, kv := range resp.Kvs {
			id, _, _ := strings.Cut(strings.TrimPrefix(string(kv.Key), prefix), "/")
			at, _, _ := strings.Cut(id, "-")
			begun, err := strconv.ParseInt(at, 16, 64)
			if err == nil && begun < before && id != pending {
				_, _ = e.client.Delete(ctx, string(kv.Key))
			}
		}
	}
}
