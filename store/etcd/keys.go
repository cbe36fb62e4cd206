package etcd

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	clientv3 "go.etcd.io/etcd/client/v3"
)

// Everything lies under one prefix, so that a cluster can be shared.
const (
	root       = "pou/"
	dataPrefix = root + "d/" // then a key of the store
	generation = root + "g"  // the last update: whole:<id>, or given:<id> while one is carried over
	piecesOf   = root + "i/" // then <id>/<number>: what a large update will write
	partsOf    = root + "p/" // then <sum of the key>/<number>: a value too large for one request
	markOf     = root + "t/" // then <id>: it was written

	whole = "whole:"
	given = "given:"
)

// write is one key put, or deleted when there is no value.
type write struct {
	key   string
	value []byte // nil: deleted
}

// appendWrite appends a write to a piece: the key and its length, then the value and one more than its length, 0 for a deletion.
func appendWrite(b []byte, w write) []byte {
	b = binary.AppendUvarint(b, uint64(len(w.key)))
	b = append(b, w.key...)
	if w.value == nil {
		return binary.AppendUvarint(b, 0)
	}
	b = binary.AppendUvarint(b, uint64(len(w.value))+1)
	return append(b, w.value...)
}

// readWrites reads a piece.
func readWrites(b []byte) ([]write, error) {
	var out []write
	for len(b) > 0 {
		key, rest, ok := cut(b, 0)
		if !ok || key == nil {
			return nil, fmt.Errorf("a piece of an update is cut short")
		}
		value, rest, ok := cut(rest, 1)
		if !ok {
			return nil, fmt.Errorf("a piece of an update is cut short")
		}
		out, b = append(out, write{string(key), value}), rest
	}
	return out, nil
}

// cut takes bytes and their length off the front. With more, the length is one more than it is, and 0 is nothing.
func cut(b []byte, more uint64) (part, rest []byte, ok bool) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > more+uint64(len(b)-size) { //nolint:gosec // a length
		return nil, nil, false
	}
	b = b[size:]
	if n < more {
		return nil, b, true
	}
	n -= more
	return b[:n:n], b[n:], true
}

// givenID is the update being carried over, and in how many pieces.
func givenID(generation string) (id string, pieces int, ok bool) {
	rest, ok := strings.CutPrefix(generation, given)
	if !ok {
		return "", 0, false
	}
	id, count, _ := strings.Cut(rest, "/")
	_, err := fmt.Sscanf(count, "%d", &pieces)
	return id, pieces, err == nil
}

// mostValue is the largest value that is kept in one key.
const mostValue = 512 << 10

// A value begins with what it is: the value itself, or how many parts it is in.
const (
	inOne   = 0
	inParts = 1
)

func partKey(key string, n int) string {
	sum := sha256.Sum256([]byte(key))
	return fmt.Sprintf("%s%x/%06d", partsOf, sum, n)
}

// op is one operation of a transaction, with what it weighs.
type op struct {
	clientv3.Op
	bytes int
}

// opsOf are the operations of a write; had is in how many parts the value was until now.
func opsOf(w write, had int) []op {
	var ops []op
	put := func(key string, value []byte) {
		ops = append(ops, op{clientv3.OpPut(key, string(value)), len(key) + len(value)})
	}
	parts := 0
	if len(w.value) > mostValue {
		for part := range slices.Chunk(w.value, mostValue) {
			put(partKey(w.key, parts), part)
			parts++
		}
	}
	switch {
	case w.value == nil:
		ops = append(ops, op{clientv3.OpDelete(dataPrefix + w.key), len(w.key)})
	case parts > 0:
		put(dataPrefix+w.key, binary.AppendUvarint([]byte{inParts}, uint64(parts)))
	default:
		put(dataPrefix+w.key, append([]byte{inOne}, w.value...))
	}
	for n := parts; n < had; n++ {
		key := partKey(w.key, n)
		ops = append(ops, op{clientv3.OpDelete(key), len(key)})
	}
	return ops
}

func pieceKey(id string, n int) string { return fmt.Sprintf("%s%s/%06d", piecesOf, id, n) }

// idOf is whose update a generation is.
func idOf(generation string) string {
	if id, _, ok := givenID(generation); ok {
		return id
	}
	return strings.TrimPrefix(generation, whole)
}
