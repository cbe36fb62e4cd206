package etcd

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"go.etcd.io/etcd/api/v3/v3rpc/rpctypes"
	clientv3 "go.etcd.io/etcd/client/v3"

	"pou/store"
)

// What one etcd transaction carries: its own limits are 128 operations and 1.5 MiB of request.
const (
	mostOps   = 120
	mostBytes = 1 << 20
)

// Update runs fn and writes what it wrote, all of it or nothing. fn is run again when somebody else wrote in between.
func (e *Engine) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	e.writes.Lock()
	defer e.writes.Unlock()
	limit, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if e.waited() {
		if _, err := e.asked(limit); err != nil { // it is known, and has been said for a while
			return refused()
		}
	}
	for {
		wrote, err := e.attempt(limit, fn)
		switch {
		case wrote:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && (limit.Err() != nil || errors.Is(err, store.ErrCutOff)):
			return refused()
		case err != nil:
			return err
		}
	}
}

// refused is what whoever saves is told when the cluster does not answer.
func refused() error {
	return fmt.Errorf("%w: nothing can be saved until it answers. What you typed is kept: try again when the line at the top is gone", store.ErrCutOff)
}

// attempt runs fn once; it is to be run again when wrote is false and there is no error.
func (e *Engine) attempt(ctx context.Context, fn func(store.Tx) error) (wrote bool, err error) {
	if err := e.finish(ctx); err != nil {
		return false, err
	}
	at, writes, err := e.mirror.try(fn)
	if err != nil || len(writes) == 0 {
		// A refusal, and that there is nothing to write, hold only if they were worked out on the newest state.
		if late := e.catchUp(ctx); late != nil {
			return false, late
		}
		if e.mirror.now().modified != at.modified {
			return false, nil
		}
		return err == nil, err
	}
	return e.write(ctx, at, inOrder(writes))
}

func inOrder(writes map[string][]byte) []write {
	out := make([]write, 0, len(writes))
	for _, key := range slices.Sorted(maps.Keys(writes)) {
		out = append(out, write{key, writes[key]})
	}
	return out
}

// write writes on the condition that nobody wrote since the state; it is false when somebody did.
func (e *Engine) write(ctx context.Context, at state, writes []write) (bool, error) {
	id, err := e.newID()
	if err != nil {
		return false, err
	}
	e.mu.Lock()
	e.mine[id] = true
	last := e.last
	e.mu.Unlock()
	gen, ops := whole+id, bare(e.mirror.operations(writes))
	if ops == nil {
		pieces, err := e.lay(ctx, id, writes)
		if err != nil {
			return false, err
		}
		gen = fmt.Sprintf("%s%s/%d", given, id, pieces)
	}
	ops = append(ops, clientv3.OpPut(generation, gen), clientv3.OpPut(markOf+id, ""))
	if last != "" {
		ops = append(ops, clientv3.OpDelete(markOf+last))
	}
	ok, modified, err := e.give(ctx, at, id, ops)
	if err != nil || !ok {
		e.forget(id)
		return false, err
	}
	e.mu.Lock()
	e.last = id
	e.mu.Unlock()
	if err := e.mirror.reach(ctx, modified); err != nil {
		return true, nil //nolint:nilerr // it is written, and the copy follows when the cluster answers again
	}
	return true, ignoreLater(e.finish(ctx))
}

// ignoreLater: a large update that was given is written; whoever comes next carries it over.
func ignoreLater(error) error { return nil }

func (e *Engine) forget(id string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.mine, id)
}

// bare are operations small enough together for one transaction, or nil.
func bare(all []op) []clientv3.Op {
	out, rest := fitting(all)
	if len(rest) > 0 {
		return nil
	}
	return out
}

// fitting takes as many operations off the front as one transaction carries.
func fitting(all []op) (out []clientv3.Op, rest []op) {
	size := 0
	for len(all) > 0 && len(out) < mostOps && (len(out) == 0 || size+all[0].bytes <= mostBytes) {
		size += all[0].bytes
		out, all = append(out, all[0].Op), all[1:]
	}
	return out, all
}

// lay puts the pieces of a large update beside the data.
func (e *Engine) lay(ctx context.Context, id string, writes []write) (pieces int, err error) {
	var all []byte
	for _, w := range writes {
		all = appendWrite(all, w)
	}
	for piece := range slices.Chunk(all, mostBytes) {
		if err := e.again(ctx, func(ctx context.Context) error {
			_, err := e.client.Put(ctx, pieceKey(id, pieces), string(piece))
			return err
		}); err != nil {
			return 0, err
		}
		pieces++
	}
	return pieces, nil
}

// again asks the cluster until it answers, or has not for longer than an election takes; what is asked may be done twice. Whether the
// cluster is in reach is for [Engine.asked] to say: here one member may have been slow.
func (e *Engine) again(ctx context.Context, ask func(context.Context) error) error {
	for {
		once, cancel := context.WithTimeout(clientv3.WithRequireLeader(ctx), answer)
		err := ask(once)
		cancel()
		switch {
		case err == nil:
			e.reached(true)
			return nil
		case !passing(err):
			return err
		case ctx.Err() != nil || e.waited():
			return lost{err}
		}
		pause(ctx, pulse/10)
	}
}

// passing reports whether an error may be gone when the same is asked again.
func passing(err error) bool {
	return !errors.Is(err, rpctypes.ErrNoSpace) && !errors.Is(err, rpctypes.ErrRequestTooLarge) && !errors.Is(err, rpctypes.ErrTooManyOps) &&
		!errors.Is(err, rpctypes.ErrPermissionDenied)
}

// give writes in one transaction, on the condition that the generation is still that of the state. The answer may be lost and the
// transaction asked for again: the mark says whether it was done.
func (e *Engine) give(ctx context.Context, at state, id string, ops []clientv3.Op) (ok bool, modified int64, err error) {
	err = e.again(ctx, func(ctx context.Context) error {
		resp, err := e.client.Txn(ctx).
			If(clientv3.Compare(clientv3.ModRevision(generation), "=", at.modified)).
			Then(ops...).
			Else(clientv3.OpGet(markOf + id)).Commit()
		if err != nil {
			return err
		}
		ok, modified = resp.Succeeded, resp.Header.Revision
		if !ok {
			if mark := resp.Responses[0].GetResponseRange(); len(mark.Kvs) > 0 {
				ok, modified = true, mark.Kvs[0].ModRevision
			} else { // somebody else was first: wait until the copy has what they wrote
				return e.catchUp(ctx)
			}
		}
		return nil
	})
	if errors.Is(err, rpctypes.ErrNoSpace) {
		return false, 0, fmt.Errorf("%w: the cluster has no space left. Ask its administrator to compact it", store.ErrFull)
	}
	return ok, modified, err
}

// finish carries over a large update that was given, whoever gave it. Doing so twice changes nothing.
func (e *Engine) finish(ctx context.Context) error {
	at := e.mirror.now()
	id, pieces, ok := givenID(at.gen)
	if !ok {
		return nil
	}
	writes, err := e.mirror.piecesFor(id, pieces)
	if err != nil {
		return err
	}
	still := clientv3.Compare(clientv3.ModRevision(generation), "=", at.modified)
	for left := e.mirror.operations(writes); len(left) > 0; {
		var ops []clientv3.Op
		ops, left = fitting(left)
		over := false
		if err := e.again(ctx, func(ctx context.Context) error {
			resp, err := e.client.Txn(ctx).If(still).Then(ops...).Commit()
			over = err == nil && !resp.Succeeded
			return err
		}); err != nil {
			return err
		}
		if over { // somebody else has finished it
			return e.catchUp(ctx)
		}
	}
	if err := e.again(ctx, func(ctx context.Context) error {
		_, err := e.client.Txn(ctx).If(still).Then(clientv3.OpPut(generation, whole+id), clientv3.OpDelete(piecesOf+id+"/", clientv3.WithPrefix())).Commit()
		return err
	}); err != nil {
		return err
	}
	return e.catchUp(ctx)
}
