//go:build bench

package serve_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"pou/store"
	"pou/store/bolt"
	"pou/store/memory"
	"pou/store/sample"
)

// TestSizing prints what docs/deploy.md multiplies: what a person takes on disk, in a node's copy and in the search index, and
// what a session takes. It holds nothing against a limit.
func TestSizing(t *testing.T) {
	const people = 20_000
	heap := func() int64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	from := memory.New()
	begin := heap()
	book, err := store.New(t.Context(), from, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sample.Fill(t.Context(), book, sample.Options{People: people, Seed: 1, Now: time.Now()}, nil); err != nil {
		t.Fatal(err)
	}
	t.Logf("a person in a copy in memory, with all that is about them: %d bytes", (heap()-begin)/people)
	begin = heap()
	search := store.NewSearch(book)
	if err := search.Fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("a person in the search index: %d bytes", (heap()-begin)/people)
	path := filepath.Join(t.TempDir(), "size.db")
	to, err := bolt.Open(path, bolt.Holder{PID: os.Getpid()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Copy(t.Context(), from, to, nil); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("a person on disk: %d bytes", info.Size()/people)
	_ = to.Close()
	h := open(t)
	visit(t, h, h.admin)
	begin = heap()
	const sessions = 20
	open := make([]*screen, sessions)
	for i := range open {
		open[i] = blank(t, h.in(h.admin))
	}
	time.Sleep(2 * time.Second)
	t.Logf("a session: %d bytes, on both sides of the connection", (heap()-begin)/sessions)
	runtime.KeepAlive(search)
	runtime.KeepAlive(open)
}
