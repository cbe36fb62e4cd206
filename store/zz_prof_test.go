package store_test

import (
	"os"
	"runtime"
	"runtime/pprof"
	"testing"
	"time"

	"pou/store"
	"pou/store/bolt"
)

func TestZZProf(t *testing.T) {
	path := os.Getenv("ZZDB")
	if path == "" {
		return
	}
	e, err := bolt.Open(path, bolt.Holder{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := store.New(t.Context(), e, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	f, _ := os.Create("/tmp/store-h/cpu.prof")
	pprof.StartCPUProfile(f)
	s := store.NewSearch(b)
	begun := time.Now()
	if err := s.Fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Log("fill", time.Since(begun))
	pprof.StopCPUProfile()
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	t.Log("heap MB", m.HeapAlloc>>20)
	for _, q := range []string{"sean obrien", "obrien wanted", "unit:CN wanted", "obrien unit:CN born:198?", "unit:CN", "born:198?", "stalking obrien", "grade:A", "parable court", "jonh smtih wanted", "marker:VI unit:SW born:1984", "obrien attempts:>2", "wanted", "order"} {
		begun := time.Now()
		a, err := s.Answer(t.Context(), store.Ask{Text: q, Limit: 5})
		t.Log(q, time.Since(begun), len(a.Found), a.Note, err)
		for _, f := range a.Found[:min(2, len(a.Found))] {
			t.Log("   ", f.Ref, f.Name, f.Unit, f.Born, f.Status, f.Markers, f.What, "|", f.Match)
		}
	}
	runtime.KeepAlive(s)
}
