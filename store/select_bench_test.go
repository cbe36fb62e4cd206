package store_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"pou/model"
	"pou/store"
	"pou/store/bolt"
	"pou/store/sample"
)

// benchStore is a sample on disk: 100,000 people, or as POU_BENCH_PEOPLE says.
func benchStore(b *testing.B) *store.Book {
	b.Helper()
	people := 100_000
	if n, err := strconv.Atoi(os.Getenv("POU_BENCH_PEOPLE")); err == nil {
		people = n
	}
	engine, err := bolt.Open(filepath.Join(b.TempDir(), "pou.db"), bolt.Holder{})
	if err != nil {
		b.Fatal(err)
	}
	book, err := store.New(b.Context(), engine, morning)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = book.Close() })
	if _, err := sample.Fill(b.Context(), book, sample.Options{People: people, Now: morning()}, nil); err != nil {
		b.Fatal(err)
	}
	return book
}

// BenchmarkSelection proposes 240 targets and looks for the conflicts of one.
func BenchmarkSelection(b *testing.B) {
	book := benchStore(b)
	op := operation(b, book, "OP-0001")
	b.Run("propose 240", func(b *testing.B) {
		for b.Loop() {
			if got := proposed(b, book, op, store.ProposedPerUnit); len(got) != 240 {
				b.Fatalf("%d proposed", len(got))
			}
		}
	})
	b.Run("prompts", func(b *testing.B) {
		for b.Loop() {
			_ = reading(b, book, func(r store.Reader) ([]store.Prompt, error) { return store.Prompts(r, op, morning()) })
		}
	})
	for _, person := range []model.Ref{"P-000007", "P-000036"} {
		b.Run("conflicts of "+string(person), func(b *testing.B) {
			for b.Loop() {
				_ = conflicts(b, book, person, "NE")
			}
		})
	}
}
