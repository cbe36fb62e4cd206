package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"sync"

	"github.com/fxamacker/cbor/v2"

	"pou/model"
)

// A record is stored as: version byte, revision, sequence number of its last change, then the record in CBOR with
// numbered fields. A record that was taken away leaves version byte 0 with its last revision, so that its history can
// still be found and its ref is not used again.
const (
	versionGone   = 0
	versionRecord = 1
)

var errShort = errors.New("the record is cut short")

type codec struct {
	enc cbor.EncMode
	dec cbor.DecMode
}

// theCodec is built once: building a mode reads its options, and a mode may be shared.
var theCodec = sync.OnceValues(newCodec) //nolint:gochecknoglobals // immutable after first use

func newCodec() (*codec, error) {
	enc, err := cbor.EncOptions{Time: cbor.TimeUnix, Sort: cbor.SortNone}.EncMode()
	if err != nil {
		return nil, fmt.Errorf("record encoder: %w", err)
	}
	dec, err := cbor.DecOptions{DefaultMapType: reflect.TypeFor[map[string]any](), MaxArrayElements: 1 << 20, MaxMapPairs: 1 << 16, UTF8: cbor.UTF8DecodeInvalid}.DecMode()
	if err != nil {
		return nil, fmt.Errorf("record decoder: %w", err)
	}
	return &codec{enc: enc, dec: dec}, nil
}

func (c *codec) encode(r model.Record) ([]byte, error) {
	h := r.Head()
	body, err := c.enc.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", h.Ref, err)
	}
	out := make([]byte, 0, len(body)+12)
	out = append(out, versionRecord)
	out = binary.AppendUvarint(out, h.Rev)
	out = binary.AppendUvarint(out, h.Seq)
	return append(out, body...), nil
}

func tombstone(rev, seq uint64) []byte {
	out := []byte{versionGone}
	out = binary.AppendUvarint(out, rev)
	return binary.AppendUvarint(out, seq)
}

// header reads a stored value's version, revision and sequence number, and returns the rest.
func header(value []byte) (version byte, meta model.Meta, body []byte, err error) {
	if len(value) < 3 {
		return 0, meta, nil, errShort
	}
	version, rest := value[0], value[1:]
	var n int
	if meta.Rev, n = binary.Uvarint(rest); n <= 0 {
		return 0, meta, nil, errShort
	}
	rest = rest[n:]
	if meta.Seq, n = binary.Uvarint(rest); n <= 0 {
		return 0, meta, nil, errShort
	}
	return version, meta, rest[n:], nil
}

// decode makes a record from a stored value; nil without an error when the record was taken away.
func (c *codec) decode(ref model.Ref, value []byte) (model.Record, error) {
	version, meta, body, err := header(value)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", ref, err)
	}
	switch version {
	case versionGone:
		return nil, nil //nolint:nilnil // taken away is an answer
	case versionRecord:
	default:
		return nil, fmt.Errorf("read %s: written by a newer pou (record version %d)", ref, version)
	}
	r := model.NewRecord(ref.Kind())
	if r == nil {
		return nil, fmt.Errorf("read %s: no such kind of record", ref)
	}
	if err := c.dec.Unmarshal(body, r); err != nil {
		return nil, fmt.Errorf("read %s: %w", ref, err)
	}
	meta.Ref = ref
	*r.Head() = meta
	return r, nil
}
