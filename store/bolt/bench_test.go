package bolt_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	bbolt "go.etcd.io/bbolt"

	"pou/model"
	"pou/model/day"
	"pou/store"
	"pou/store/bolt"
)

func head(t testing.TB, b *store.Book) uint64 {
	t.Helper()
	var info store.Info
	err := b.Read(context.Background(), func(r store.Reader) (err error) {
		info, err = r.Info()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return info.Head
}

const founder model.Ref = "O-0001"

// people brings in a batch as a file would.
func people(t testing.TB, b *store.Book, n int) {
	t.Helper()
	from := head(t, b)
	batch := model.Batch{Records: make([]model.Record, n)}
	for i := range n {
		batch.Records[i] = &model.Person{
			Surname: fmt.Sprintf("SURNAME%d", i), Forename: "Forename", Born: day.Born{Year: 1984, Month: 12, Day: 3}, OwnerUnit: "SW",
			Aliases:   []model.Alias{{Name: "OTHER, Name", Kind: "aka"}},
			Addresses: []model.Address{{Text: fmt.Sprintf("%d Sample Street", i), Postcode: "SW18 1AA"}},
			Sources:   []model.Origin{{Key: fmt.Sprintf("file:%d:%d", from, i)}},
		}
	}
	if _, err := b.Collect(context.Background(), founder, "people.import", batch); err != nil {
		t.Fatal(err)
	}
}

func benchBook(b *testing.B) *store.Book {
	b.Helper()
	e, err := bolt.Open(filepath.Join(b.TempDir(), "pou.db"), bolt.Holder{})
	if err != nil {
		b.Fatal(err)
	}
	now := time.Date(2026, time.December, 1, 5, 0, 0, 0, time.UTC)
	book, err := store.New(context.Background(), e, func() time.Time { return now })
	if err != nil {
		b.Fatal(err)
	}
	first := &model.Officer{Name: "FOUNDER", Unit: "SW", Roles: []model.Role{model.RoleAdmin, model.RoleSergeant}}
	first.Ref = founder
	if _, err := book.Collect(context.Background(), founder, "store.init", model.Batch{Records: []model.Record{first}}); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = book.Close() })
	return book
}

// BenchmarkAction sets one action through the book beside one bare update of the same disk: what lies between is the
// price of the journal, the index and the rules.
func BenchmarkAction(b *testing.B) {
	b.Run("book", func(b *testing.B) {
		book := benchBook(b)
		req := model.Request{Action: "task.add", Fields: map[string]any{"title": "Arrest enquiry", "assign": string(founder), "due": "2026-12-02"}}
		for b.Loop() {
			if _, err := book.Do(context.Background(), founder, req); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bare", func(b *testing.B) {
		db, err := bbolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType})
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		value := make([]byte, 500)
		n := 0
		for b.Loop() {
			n++
			err := db.Update(func(tx *bbolt.Tx) error {
				bucket, err := tx.CreateBucketIfNotExists([]byte("b"))
				if err != nil {
					return err
				}
				return bucket.Put(fmt.Appendf(nil, "%012d", n), value)
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkCollect brings people in by batches of two thousand.
func BenchmarkCollect(b *testing.B) {
	const batch = 2000
	book := benchBook(b)
	for b.Loop() {
		people(b, book, batch)
	}
	b.ReportMetric(float64(b.N*batch)/b.Elapsed().Seconds(), "people/s")
}
