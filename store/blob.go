package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"

	"pou/model"
)

// A blob is what is too large for a record: the rows of a dataset. It is kept under the sum of its bytes, together with when, and
// lives as long as a record holds it: a record that lets go of it, or is taken away, takes it along in the same change.
//
// Blobs are written before the change that holds them, a few at a time, so that no transaction grows with a file. What a
// kill leaves behind in between belongs to nobody and is swept by a later [Book.Keep].

// holder is a record that keeps blobs.
type holder interface{ Blobs() []model.Digest }

// blobStray is how long a blob may wait for the record that will hold it.
const blobStray = 24 * time.Hour

// blobBatch bounds what one transaction writes, in bytes.
const blobBatch = 1 << 20

const blobHead = 8 // when it was kept, Unix seconds

func blobKey(d model.Digest) []byte { return hex.AppendEncode([]byte(prefixBlob), d[:]) }

// heldPrefix begins the keys of the records that hold a blob.
func heldPrefix(d model.Digest) []byte {
	return append(hex.AppendEncode([]byte(prefixHeld), d[:]), '/')
}

func heldKey(d model.Digest, by model.Ref) []byte { return appendRef(heldPrefix(d), by) }

// heldDigest reads the sum from the key of a holder or of a blob.
func heldDigest(prefix string, key []byte) (d model.Digest, ok bool) {
	key = bytes.TrimPrefix(key, []byte(prefix))
	if len(key) < hex.EncodedLen(len(d)) {
		return d, false
	}
	_, err := hex.Decode(d[:], key[:hex.EncodedLen(len(d))])
	return d, err == nil
}

// Keep puts blobs in the store for a record that is about to hold them, and returns their sums in order.
func (b *Book) Keep(ctx context.Context, blobs [][]byte) ([]model.Digest, error) {
	if err := b.sweep(ctx); err != nil {
		return nil, err
	}
	sums := make([]model.Digest, len(blobs))
	for from := 0; from < len(blobs); {
		to, size := from, 0
		for ; to < len(blobs) && (size == 0 || size+len(blobs[to]) <= blobBatch); to++ {
			sums[to] = sha256.Sum256(blobs[to])
			size += len(blobs[to])
		}
		err := b.engine.Update(ctx, func(tx Tx) error {
			for i, blob := range blobs[from:to] {
				value := binary.BigEndian.AppendUint64(make([]byte, 0, blobHead+len(blob)), uint64(b.now().Unix())) //nolint:gosec // a time after 1970
				if err := tx.Put(blobKey(sums[from+i]), append(value, blob...)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("keep the data: %w", err)
		}
		from = to
	}
	return sums, nil
}

// sweep takes away blobs that nobody came for.
func (b *Book) sweep(ctx context.Context) error {
	before := b.now().Add(-blobStray).Unix()
	var strays []model.Digest
	err := b.engine.View(ctx, func(tx Tx) error {
		return tx.Scan([]byte(prefixBlob), nil, false, func(key, value []byte) bool {
			d, ok := heldDigest(prefixBlob, key)
			if ok && len(value) >= blobHead && int64(binary.BigEndian.Uint64(value)) < before { //nolint:gosec // as it was written
				strays = append(strays, d)
			}
			return true
		})
	})
	if err != nil || len(strays) == 0 {
		return err
	}
	return b.engine.Update(ctx, func(tx Tx) error {
		w := newWriting(tx, b.codec)
		for _, d := range strays {
			if err := w.letGo(d); err != nil {
				return err
			}
		}
		return nil
	})
}

// letGo takes a blob away when no record holds it.
func (w *writing) letGo(d model.Digest) error {
	held := false
	err := w.tx.Scan(heldPrefix(d), nil, false, func([]byte, []byte) bool {
		held = true
		return false
	})
	if err != nil || held {
		return err
	}
	return w.tx.Delete(blobKey(d))
}

// holds refuses a record whose data is no longer there: an erasure is not undone.
func (w *writing) holds(r model.Record) error {
	h, ok := r.(holder)
	if !ok {
		return nil
	}
	for _, d := range h.Blobs() {
		if w.tx.Get(blobKey(d)) == nil {
			return model.Refuse("", "the data of "+string(r.Head().Ref)+" was erased, and is not kept anywhere", "Load the files again under a lawful basis")
		}
	}
	return nil
}

// Blob reads a blob and holds it against its sum.
func (v *view) Blob(d model.Digest) ([]byte, error) {
	value := v.tx.Get(blobKey(d))
	if value == nil {
		return nil, &model.Problem{Code: model.NotFound, Rule: "the data is not kept any more", Do: "Load the files again under a lawful basis"}
	}
	if len(value) < blobHead || sha256.Sum256(value[blobHead:]) != d {
		return nil, fmt.Errorf("%w: data %s is not as it was kept", ErrDamaged, d)
	}
	return bytes.Clone(value[blobHead:]), nil
}

// checkBlobs holds every blob against its sum, and wants one for every record that holds it.
func (v *view) checkBlobs(rep *Report, want map[string][]byte) error {
	err := v.tx.Scan([]byte(prefixBlob), nil, false, func(key, value []byte) bool {
		d, ok := heldDigest(prefixBlob, key)
		if !ok || len(value) < blobHead || sha256.Sum256(value[blobHead:]) != d {
			rep.add("data", "%s is not as it was kept", key)
		}
		return true
	})
	for key := range want {
		if d, ok := heldDigest(prefixHeld, []byte(key)); ok && bytes.HasPrefix([]byte(key), []byte(prefixHeld)) && v.tx.Get(blobKey(d)) == nil {
			rep.add("data", "%s is gone, and a record holds it", d)
		}
	}
	return err
}
