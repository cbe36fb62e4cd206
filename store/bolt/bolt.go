// Package bolt is the embedded engine: one bbolt file, opened by one process at a time.
package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"pou/store"
)

// lockWait is how long to wait for another process to let go of the file before saying who holds it.
const lockWait = 500 * time.Millisecond

const fileMode = 0o600

// Engine keeps everything in one bucket of a bbolt file.
type Engine struct {
	db   *bolt.DB
	side string // the file that says who holds the store
}

var _ store.Engine = (*Engine)(nil)

func bucketName() []byte { return []byte("pou") }

// Holder says who opens a store, for whoever finds it locked.
type Holder struct {
	PID   int       `json:"pid"`
	User  string    `json:"user"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

// Open opens the store at path, making it when there is none. A file that exists but is empty, cut short or something
// else is refused: data loss must never look like a fresh start.
func Open(path string, who Holder) (*Engine, error) {
	fresh, err := inspect(path)
	if err != nil {
		return nil, err
	}
	if fresh {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("make the folder for the store: %w", err)
		}
	}
	db, err := open(path)
	if err != nil {
		return nil, openError(path, err)
	}
	e := &Engine{db: db, side: path + ".lock"}
	if err := e.prepare(fresh); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	writeHolder(e.side, who)
	return e, nil
}

// prepare makes the bucket in a new file and wants it in one that was there.
func (e *Engine) prepare(fresh bool) (err error) {
	defer damaged(&err)
	if fresh {
		return e.db.Update(func(tx *bolt.Tx) error {
			_, err := tx.CreateBucketIfNotExists(bucketName())
			return err
		})
	}
	empty := false
	err = e.db.View(func(tx *bolt.Tx) error {
		if tx.Bucket(bucketName()) != nil {
			return nil
		}
		if k, _ := tx.Cursor().First(); k != nil {
			return fmt.Errorf("%w: %s is a database of another program. Give another path with --store", store.ErrForeign, e.db.Path())
		}
		empty = true // a first start that was cut off before anything was written
		return nil
	})
	if empty && err == nil {
		return e.prepare(true)
	}
	return err
}

// open opens the file. bbolt takes a page that is not what it should be for a fault of the program and panics.
func open(path string) (db *bolt.DB, err error) {
	defer damaged(&err)
	return bolt.Open(path, fileMode, &bolt.Options{Timeout: lockWait, FreelistType: bolt.FreelistMapType})
}

// damaged turns a panic of bbolt over a page into ErrDamaged; any other goes on. bbolt ends the transaction itself.
func damaged(err *error) {
	r := recover()
	switch msg := fmt.Sprint(r); {
	case r == nil:
	case strings.Contains(msg, "page"), strings.Contains(msg, "Page"):
		*err = fmt.Errorf("%w: %s. Restore a backup", store.ErrDamaged, msg)
	default:
		panic(r) //nolint:forbidigo // a fault of the program, not of the file: it must not be hidden
	}
}

func openError(path string, err error) error {
	switch {
	case errors.Is(err, store.ErrDamaged):
		return fmt.Errorf("%s: %w", path, err)
	case errors.Is(err, berrors.ErrTimeout):
		return readHolder(path)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrChecksum):
		return fmt.Errorf("%w: %s. Give another path with --store, or restore a backup", store.ErrForeign, path)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: no permission to write %s. Ask whoever owns the file", store.ErrReadOnly, path)
	}
	return fmt.Errorf("open %s: %w", path, err)
}

// View runs fn on a snapshot.
func (e *Engine) View(ctx context.Context, fn func(store.Tx) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	defer damaged(&err)
	return e.db.View(func(t *bolt.Tx) error { return fn(tx{t.Bucket(bucketName())}) })
}

// Update runs fn and syncs what it wrote to disk before returning.
func (e *Engine) Update(ctx context.Context, fn func(store.Tx) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	defer damaged(&err)
	err = e.db.Update(func(t *bolt.Tx) error { return fn(tx{t.Bucket(bucketName())}) })
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EFBIG) {
		return fmt.Errorf("%w. Free some space and try again; what you typed is kept", store.ErrFull)
	}
	return err
}

// Close waits for running transactions and lets go of the file.
func (e *Engine) Close() error {
	err := e.db.Close()
	_ = os.Remove(e.side) // only tells others who holds it
	return err
}

type tx struct{ b *bolt.Bucket }

func (t tx) Get(key []byte) []byte { return t.b.Get(key) }

func (t tx) Put(key, value []byte) error {
	if value == nil {
		value = []byte{} // bbolt would read it back as no key until the update is over
	}
	return t.b.Put(key, value)
}

func (t tx) Delete(key []byte) error { return t.b.Delete(key) }

func (t tx) Scan(prefix, start []byte, reverse bool, fn func(key, value []byte) bool) error {
	c := t.b.Cursor()
	step := c.Next
	k, v := seek(c, prefix, start, reverse)
	if reverse {
		step = c.Prev
	}
	var last []byte
	for ; k != nil && bytes.HasPrefix(k, prefix); k, v = step() {
		if last != nil && (bytes.Compare(last, k) < 0) == reverse { // or a damaged page could lead round for ever
			return fmt.Errorf("%w: keys are out of order. Restore a backup", store.ErrDamaged)
		}
		last = k
		if !fn(k, v) {
			return nil
		}
	}
	return nil
}

// seek finds the first key of a scan. In reverse that is start itself or the key before it, or the last key with
// the prefix.
func seek(c *bolt.Cursor, prefix, start []byte, reverse bool) (k, v []byte) {
	if !reverse {
		if start == nil {
			start = prefix
		}
		return c.Seek(start)
	}
	if start != nil {
		if k, v = c.Seek(start); bytes.Equal(k, start) {
			return k, v
		}
	} else if next := store.After(prefix); next != nil {
		k, _ = c.Seek(next)
	}
	if k == nil {
		return c.Last()
	}
	return c.Prev()
}
