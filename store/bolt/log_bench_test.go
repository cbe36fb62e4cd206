package bolt_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"pou/model"
	"pou/store"
)

// logEntries is how many entries the log of the benchmark has: POU_LOG_ENTRIES, or a hundred thousand.
func logEntries(b *testing.B) int {
	b.Helper()
	if n, err := strconv.Atoi(os.Getenv("POU_LOG_ENTRIES")); err == nil {
		return n
	}
	return 100_000
}

// size is how large the stores of the benchmark are.
func size(b *testing.B) (n int64) {
	b.Helper()
	files, _ := filepath.Glob(filepath.Join(filepath.Dir(b.TempDir()), "*", "pou.db"))
	for _, f := range files {
		if info, err := os.Stat(f); err == nil {
			n += info.Size()
		}
	}
	return n
}

// loggedBook is a store whose journal is n consultations: 2,000 officers, 1,000,000 people, a card with one person most
// of the time and a list with up to 40 now and then.
func loggedBook(b *testing.B, n int) *store.Book {
	b.Helper()
	book := benchBook(b)
	rnd := rand.New(rand.NewPCG(1, 1))
	started := time.Now()
	for i := range n {
		about := make([]model.Ref, 1)
		if i%10 == 0 {
			about = make([]model.Ref, 1+rnd.IntN(40))
		}
		for j := range about {
			about[j] = model.NewRef(model.KindPerson, 1+rnd.Uint64N(1_000_000))
		}
		if i%50 == 0 { // somebody everybody looks at
			about[0] = "P-000123"
		}
		book.Consult(model.NewRef(model.KindOfficer, 1+rnd.Uint64N(2000)), "show "+string(about[0]), about...)
		if i%2000 == 1999 {
			if err := book.Flush(context.Background()); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := book.Flush(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.Logf("%d entries in %s: %s an entry; the file has %d MB", n, time.Since(started).Round(time.Millisecond), time.Since(started)/time.Duration(n), size(b)>>20)
	return book
}

// BenchmarkLog asks the questions of DPA 2018 s.62 of a long journal.
func BenchmarkLog(b *testing.B) {
	n := logEntries(b)
	book := loggedBook(b, n)
	ask := func(name string, visit func(store.Reader, func(model.Entry) bool) error) {
		b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
			found := 0
			for range b.N {
				found = 0
				if err := book.Read(context.Background(), func(r store.Reader) error {
					return visit(r, func(model.Entry) bool { found++; return true })
				}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(found), "entries")
		})
	}
	ask("who looked at somebody", func(r store.Reader, fn func(model.Entry) bool) error { return r.Looked("P-000500", fn) })
	ask("who looked at somebody everybody looks at", func(r store.Reader, fn func(model.Entry) bool) error { return r.Looked("P-000123", fn) })
	ask("what an officer looked at", func(r store.Reader, fn func(model.Entry) bool) error { return r.DoneBy("O-0007", fn) })
	ask("reading it through", func(r store.Reader, fn func(model.Entry) bool) error { return r.Entries(0, true, fn) })
}
