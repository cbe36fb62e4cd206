package comms_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"

	"pou/model/atlas"
	"pou/store/comms"
)

// anySet is a set of any content, of which only the indexes are right.
func anySet(r *rand.Rand, rows int) *atlas.Set {
	set := &atlas.Set{Names: []string{""}, Sites: []atlas.Site{{}}, Files: []atlas.File{{Name: "a.csv", Hash: "00", Layout: "CSV", Zone: "UTC"}, {}}}
	for i := range r.IntN(40) {
		set.Names = append(set.Names, "0770090"+strconv.Itoa(i))
		set.Sites = append(set.Sites, atlas.Site{
			ID: strconv.Itoa(i), Kind: atlas.CellSite, Lat: int32(r.Uint32()), Lon: atlas.NoPlace, Metres: r.Uint32(), Azimuth: uint16(r.Uint32()), Width: uint16(r.Uint32()),
		})
	}
	wild := r.IntN(2) == 0
	for range rows {
		row := atlas.Row{
			At: r.Int64N(1 << 42), Own: atlas.Handle(r.IntN(len(set.Names))), Other: atlas.Handle(r.IntN(len(set.Names))), Lat: atlas.NoPlace,
			Site: uint32(r.IntN(len(set.Sites))), To: uint32(r.IntN(len(set.Sites))), File: uint16(r.IntN(2)), Kind: atlas.Kind(r.IntN(8)),
		}
		if r.IntN(2) == 0 {
			row.End = row.At + r.Int64N(1000)
		}
		if wild {
			row.At, row.End = int64(r.Uint64()), int64(r.Uint64())
			row.Lat, row.Lon, row.Metres, row.Seconds, row.Line = int32(r.Uint32()), int32(r.Uint32()), r.Uint32(), r.Uint32(), r.Uint32()
			row.Flags = atlas.Flags(r.Uint32())
		}
		if r.IntN(5) == 0 {
			set.Held = append(set.Held, row)
		} else {
			set.Rows = append(set.Rows, row)
		}
	}
	return set
}

func TestASetIsReadBackAsItWasWritten(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 60 {
		set := anySet(r, r.IntN(400)+i*i*12)
		chunks := comms.Encode(set)
		for _, c := range chunks {
			if len(c) > 256<<10 {
				t.Fatalf("a chunk of %d bytes", len(c))
			}
		}
		got, err := comms.Decode(chunks)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, set) {
			t.Fatalf("round %d: another set of %d rows", i, len(set.Rows))
		}
	}
	empty, err := comms.Decode(comms.Encode(&atlas.Set{}))
	if err != nil || !reflect.DeepEqual(empty, &atlas.Set{}) {
		t.Errorf("%+v, %v", empty, err)
	}
	odd := &atlas.Set{Files: make([]atlas.File, 1), Names: []string{""}, Sites: make([]atlas.Site, 1), Rows: []atlas.Row{{At: math.MinInt64, End: math.MaxInt64}, {At: math.MaxInt64, End: math.MinInt64}, {End: math.MinInt64}}}
	if got, err := comms.Decode(comms.Encode(odd)); err != nil || !reflect.DeepEqual(got, odd) {
		t.Errorf("the ends of time: %+v, %v", got, err)
	}
}

func TestADamagedChunkIsFoundWhereverItIsDamaged(t *testing.T) {
	set := anySet(rand.New(rand.NewPCG(3, 4)), 300)
	chunks := comms.Encode(set)
	for i, c := range chunks {
		for at := 0; at < len(c); at += 1 + len(c)/300 {
			broken := append([]byte(nil), c...)
			broken[at] ^= 0x10
			all := append([][]byte(nil), chunks...)
			all[i] = broken
			if _, err := comms.Decode(all); !errors.Is(err, comms.ErrDamaged) {
				t.Fatalf("chunk %d, byte %d: %v", i, at, err)
			}
		}
	}
	for name, broken := range map[string][][]byte{
		"a chunk is missing": chunks[1:], "the last is missing": chunks[:len(chunks)-1], "two changed places": {chunks[1], chunks[0]},
		"one is cut": {chunks[0][:len(chunks[0])-1], chunks[1]}, "none": {}, "empty": {nil},
	} {
		if _, err := comms.Decode(broken); !errors.Is(err, comms.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, c := range comms.Encode(anySet(rand.New(rand.NewPCG(5, 6)), 50)) {
		f.Add(c)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, body := range [][]byte{raw, comms.Reseal(raw)} { // also with a checksum that is right, so that what is behind it is read
			set, err := comms.Decode([][]byte{body})
			if err == nil {
				if again, err := comms.Decode(comms.Encode(set)); err != nil || !reflect.DeepEqual(again, set) {
					t.Fatalf("what was read is not what is written: %v", err)
				}
			}
		}
	})
}
