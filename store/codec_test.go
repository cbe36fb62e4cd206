package store

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pou/model"
)

// fillAll sets every field to something other than its zero value, each to something else.
func fillAll(v reflect.Value, n *int) {
	*n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Unix(1_700_000_000+int64(*n), 0)))
		return
	case []byte:
		v.SetBytes([]byte{byte(*n), 0, 0xff})
		return
	case model.Meta:
		return // kept beside the record
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("text Ł %d", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(*n%120 + 1))
	case reflect.Uint64:
		v.SetUint(uint64(*n))
	case reflect.Float64:
		v.SetFloat(51.5 + float64(*n)/1000)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillAll(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fillAll(v.Index(0), n)
		fillAll(v.Index(1), n)
	case reflect.Array:
		for i := range v.Len() {
			v.Index(i).SetUint(uint64(*n+i) % 256)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fillAll(v.Field(i), n)
		}
	default:
		panic("no filling for " + v.Type().String())
	}
}

func ofKind(kind model.Kind) (model.Ref, model.Record) {
	ref := model.NewRef(kind, 482)
	if kind == model.KindTarget {
		ref = model.NewTargetRef(model.NewRef(model.KindOperation, 3), 12)
	}
	return ref, model.NewRecord(kind)
}

func full(kind model.Kind) (model.Ref, model.Record) {
	ref, r := ofKind(kind)
	n := 0
	fillAll(reflect.ValueOf(r).Elem(), &n)
	*r.Head() = model.Meta{Ref: ref, Rev: 300, Seq: 70_000}
	return ref, r
}

func TestEveryKindOfRecordComesBackAsItWasStored(t *testing.T) {
	c, err := theCodec()
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range model.Kinds() {
		for name, make := range map[string]func(model.Kind) (model.Ref, model.Record){"with every field": full, "with none": ofKind} {
			t.Run(kind.Word()+" "+name, func(t *testing.T) {
				ref, r := make(kind)
				r.Head().Ref = ref
				stored, err := c.encode(r)
				if err != nil {
					t.Fatal(err)
				}
				back, err := c.decode(ref, stored)
				if err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(r, back) {
					t.Errorf("stored\n%+v\nread\n%+v", r, back)
				}
				if again, err := c.encode(back); err != nil || !bytes.Equal(stored, again) {
					t.Errorf("stored again it is %x, was %x (%v)", again, stored, err)
				}
			})
		}
	}
}

// cborTypes are the types that are stored.
func cborTypes() []reflect.Type {
	out := []reflect.Type{
		reflect.TypeFor[model.Entry](), reflect.TypeFor[payload](), reflect.TypeFor[keptReceipt](),
	}
	for _, kind := range model.Kinds() {
		out = append(out, reflect.TypeOf(model.NewRecord(kind)).Elem())
	}
	return out
}

func TestEveryStoredFieldHasANumberOfItsOwn(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Slice, reflect.Array, reflect.Pointer:
			walk(typ.Elem())
			return
		case reflect.Struct:
		default:
			return
		}
		if seen[typ] || typ == reflect.TypeFor[time.Time]() || typ == reflect.TypeFor[model.Meta]() {
			return
		}
		seen[typ] = true
		numbers := map[string]string{}
		for i := range typ.NumField() {
			f := typ.Field(i)
			tag := f.Tag.Get("cbor")
			if tag == "-" && f.Type == reflect.TypeFor[model.Meta]() {
				continue
			}
			number, opts, _ := strings.Cut(tag, ",")
			switch was := numbers[number]; {
			case number == "" || !strings.Contains(opts, "keyasint"):
				t.Errorf("%s.%s has no number: cbor:%q", typ, f.Name, tag)
			case was != "":
				t.Errorf("%s.%s has the number %s of %s", typ, f.Name, number, was)
			case f.Type == reflect.TypeFor[time.Time]() && strings.Contains(opts, "omitempty"):
				t.Errorf("%s.%s is a time: omitempty leaves no time out, omitzero does", typ, f.Name)
			}
			numbers[number] = f.Name
			walk(f.Type)
		}
	}
	for _, typ := range cborTypes() {
		walk(typ)
	}
	if len(seen) < 18 {
		t.Errorf("only %d types were looked at", len(seen))
	}
}

func TestARecordTakenAwayReadsAsNone(t *testing.T) {
	c, err := theCodec()
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.decode("P-000001", tombstone(7, 300))
	if r != nil || err != nil {
		t.Errorf("got %v, %v", r, err)
	}
	_, meta, rest, err := header(tombstone(7, 300))
	if meta.Rev != 7 || meta.Seq != 300 || len(rest) != 0 || err != nil {
		t.Errorf("got %+v, %v, %v", meta, rest, err)
	}
}

func TestARecordOfANewerVersionIsRefusedByName(t *testing.T) {
	c, err := theCodec()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.decode("P-000001", []byte{2, 1, 1, 0xa0}); err == nil || !strings.Contains(err.Error(), "newer") {
		t.Errorf("got %v", err)
	}
}

// A ref in a key comes back, and keys sort as refs count.
func TestKeysSortAsRefsCount(t *testing.T) {
	for _, kind := range model.Kinds() {
		var last []byte
		for _, n := range []uint64{1, 9, 10, 999, 1000, 999_999, 1_000_000, 999_999_999_999} {
			ref := model.NewRef(kind, n)
			if kind == model.KindTarget {
				ref = model.NewTargetRef(model.NewRef(model.KindOperation, 31), n)
			}
			key := recordKey(ref)
			if got := refIn(kind, key); got != ref {
				t.Errorf("%s became %q became %s", ref, key, got)
			}
			if bytes.Compare(last, key) >= 0 {
				t.Errorf("%q does not sort after %q", key, last)
			}
			last = key
		}
	}
}

func FuzzDecodeRecord(f *testing.F) {
	c, err := theCodec()
	if err != nil {
		f.Fatal(err)
	}
	for i, kind := range model.Kinds() {
		for _, make := range []func(model.Kind) (model.Ref, model.Record){full, ofKind} {
			_, r := make(kind)
			stored, err := c.encode(r)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(uint8(i), stored)
			f.Add(uint8(i+1), stored)
			f.Add(uint8(i), stored[:len(stored)/2])
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, stored []byte) {
		kinds := model.Kinds()
		ref, _ := ofKind(kinds[int(which)%len(kinds)])
		r, err := c.decode(ref, stored)
		if err != nil || r == nil {
			return
		}
		_ = r.Check()
		indexEntries(r)
		again, err := c.encode(r)
		if err != nil {
			t.Fatalf("what could be read cannot be stored: %v", err)
		}
		if _, err := c.decode(ref, again); err != nil {
			t.Fatalf("stored again it cannot be read: %v", err)
		}
	})
}

func FuzzHeader(f *testing.F) {
	f.Add(tombstone(1, 2))
	f.Add(tombstone(1<<63, 1<<63))
	f.Add([]byte{1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, stored []byte) {
		version, meta, body, err := header(stored)
		if err != nil {
			return
		}
		back := append(tombstone(meta.Rev, meta.Seq), body...)
		back[0] = version
		if _, m, b, err := header(back); err != nil || m != meta || !bytes.Equal(b, body) {
			t.Fatalf("%x reads as %+v and is written as %x (%v)", stored, meta, back, err)
		}
	})
}
