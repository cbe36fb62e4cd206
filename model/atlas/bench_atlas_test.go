//go:build bench

package atlas

import (
	"math/rand/v2"
	"testing"
	"time"
)

// city is two devices that send a position every seven seconds or so for ninety days, each walking about London.
func city(n int) *Set {
	rng := rand.New(rand.NewPCG(7, 6))
	s := &Set{Names: []string{"", "07700900001", "07700900002"}, Rows: make([]Row, 2*n), Sites: []Site{{}}, Files: []File{{Name: "city"}}}
	at, step := int64(1_700_000_000_000), int64(90*dayMillis)/int64(2*n)
	for i := range s.Rows {
		at += rng.Int64N(2*step) + 1
		s.Rows[i] = Row{
			At: at, Own: Handle(1 + i%2), Kind: Position, Lat: 51_300_000 + rng.Int32N(400_000), Lon: -500_000 + rng.Int32N(800_000),
			Metres: 5 + rng.Uint32N(30), Line: uint32(i + 1),
		}
	}
	return s
}

func TestQuick(t *testing.T) {
	s := city(1_000_000)
	for range 3 {
		b := time.Now()
		x := Prepare(s, both())
		t.Log("prepare", time.Since(b))
		b = time.Now()
		rule := Usual()
		p := x.Paths(Window{}, Suspect, Victim, rule)
		t.Log("paths", time.Since(b))
		b = time.Now()
		ms := p.Part(0, 1)
		t.Log("part", time.Since(b), len(ms))
		b = time.Now()
		ms = Join(rule, ms)
		n := 0
		for _, m := range ms {
			n += m.Pairs
		}
		t.Log("join", time.Since(b), len(ms), n)
	}
}
