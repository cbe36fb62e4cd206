package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"slices"

	"pou/model"
)

// copyBytes bounds what one step of a copy writes.
const copyBytes = 1 << 20

// formatCopying stands where the format will be while a copy is being made: until it is whole it is no store.
const formatCopying = 0

// Copied says what was copied, and that both hold the same.
type Copied struct {
	Keys  int          `json:"keys"`
	Bytes int64        `json:"bytes"`
	Sum   model.Digest `json:"sha256"` // of every key and value, in order
}

// Copy copies a store into an empty engine, whichever the two engines are, and then holds both against each other. It reads one
// snapshot, so the store may be worked on meanwhile. A copy that was cut off is refused as a store, and may be made
// again over itself. progress, which may be nil, hears how many keys have been copied.
func Copy(ctx context.Context, from, to Engine, progress func(keys int)) (Copied, error) {
	if err := mayTake(ctx, to); err != nil {
		return Copied{}, err
	}
	var out Copied
	err := from.View(ctx, func(tx Tx) error {
		format := slices.Clone(tx.Get([]byte(keyFormat)))
		if len(format) != 1 || format[0] == formatCopying || format[0] > formatVersion {
			return fmt.Errorf("%w: it cannot be copied", ErrForeign)
		}
		c := &copying{to: to, progress: progress}
		if err := c.put(ctx, []byte(keyFormat), []byte{formatCopying}); err != nil {
			return err
		}
		if err := c.flush(ctx); err != nil {
			return err
		}
		var stop error
		if err := tx.Scan(nil, nil, false, func(k, v []byte) bool {
			if string(k) != keyFormat {
				stop = errors.Join(c.put(ctx, k, v), ctx.Err())
			}
			return stop == nil
		}); err != nil || stop != nil {
			return errors.Join(err, stop)
		}
		if err := c.flush(ctx); err != nil {
			return err
		}
		if err := c.same(ctx, tx, &out); err != nil {
			return err
		}
		if err := c.put(ctx, []byte(keyFormat), format); err != nil {
			return err
		}
		return c.flush(ctx)
	})
	return out, err
}

// mayTake wants an engine with nothing in it, or with a copy that was cut off, which it clears away.
func mayTake(ctx context.Context, to Engine) error {
	for {
		var old [][]byte
		err := to.View(ctx, func(tx Tx) error {
			format := tx.Get([]byte(keyFormat))
			unfinished := len(format) == 1 && format[0] == formatCopying
			return tx.Scan(nil, nil, false, func(k, _ []byte) bool {
				if string(k) != keyFormat || !unfinished {
					old = append(old, slices.Clone(k))
				}
				return unfinished && len(old) < 1000
			})
		})
		if err != nil || len(old) == 0 {
			return err
		}
		err = to.Update(ctx, func(tx Tx) error {
			if format := tx.Get([]byte(keyFormat)); len(format) != 1 || format[0] != formatCopying {
				return fmt.Errorf("%w: a copy goes into a new place only. Give another", ErrNotEmpty)
			}
			for _, k := range old {
				if err := tx.Delete(k); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// copying gathers what one step writes.
type copying struct {
	to       Engine
	progress func(keys int)
	keys     [][2][]byte
	bytes    int
	done     int
}

func (c *copying) put(ctx context.Context, key, value []byte) error {
	c.keys = append(c.keys, [2][]byte{slices.Clone(key), append([]byte{}, value...)})
	if c.bytes += len(key) + len(value); c.bytes < copyBytes {
		return nil
	}
	return c.flush(ctx)
}

func (c *copying) flush(ctx context.Context) error {
	keys := c.keys
	c.keys, c.bytes = nil, 0
	if len(keys) == 0 {
		return nil
	}
	err := c.to.Update(ctx, func(tx Tx) error {
		for _, kv := range keys {
			if err := tx.Put(kv[0], kv[1]); err != nil {
				return err
			}
		}
		return nil
	})
	if c.done += len(keys); c.progress != nil && err == nil {
		c.progress(c.done)
	}
	return err
}

// same holds the copy against what was copied, key by key.
func (c *copying) same(ctx context.Context, from Tx, out *Copied) error {
	was, err := sumOf(from, out)
	if err != nil {
		return err
	}
	return c.to.View(ctx, func(tx Tx) error {
		var got Copied
		is, err := sumOf(tx, &got)
		if err == nil && is != was {
			err = fmt.Errorf("%w: the copy is not what was copied. Copy it again", ErrDamaged)
		}
		return err
	})
}

// sumOf sums every key and value but the format.
func sumOf(tx Tx, out *Copied) (model.Digest, error) {
	h := sha256.New()
	err := tx.Scan(nil, nil, false, func(k, v []byte) bool {
		if string(k) != keyFormat {
			addSum(h, k)
			addSum(h, v)
			out.Keys++
			out.Bytes += int64(len(k) + len(v))
		}
		return true
	})
	out.Sum = model.Digest(h.Sum(nil))
	return out.Sum, err
}

func addSum(h hash.Hash, b []byte) {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(len(b)))
	_, _ = h.Write(n[:]) // a hash takes everything
	_, _ = h.Write(b)
}

// CopyTo copies the store into an empty engine while it is worked on, and holds both against each other.
func (b *Book) CopyTo(ctx context.Context, to Engine) (Copied, error) {
	return Copy(ctx, b.engine, to, nil)
}
