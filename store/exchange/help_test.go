package exchange_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pou/model"
	"pou/store"
	"pou/store/exchange"
	"pou/store/memory"
)

// who imports in these tests.
const who = model.Ref("O-0001")

// brokenQuote is the reason a row with a broken quote is rejected for.
const brokenQuote = "a quoted cell is broken: its quote is never closed, or a quote inside it is not doubled"

func now() time.Time { return time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC) }

// newStore is an empty store with its first administrator.
func newStore(t testing.TB) *store.Book {
	t.Helper()
	ctx := context.Background()
	s, err := store.New(ctx, memory.New(), now)
	if err != nil {
		t.Fatal(err)
	}
	o := &model.Officer{Name: "OKAFOR", Roles: []model.Role{model.RoleAdmin, model.RoleLead}}
	o.Ref = who
	if _, err := s.Collect(ctx, who, "store.init", model.Batch{Records: []model.Record{o}}); err != nil {
		t.Fatal(err)
	}
	return s
}

// texts opens files from memory.
func texts(files map[string]string) func(string) (io.ReadCloser, error) {
	return func(name string) (io.ReadCloser, error) {
		text, ok := files[name]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return io.NopCloser(strings.NewReader(text)), nil
	}
}

// importText imports one file given as text.
func importText(t *testing.T, s store.Store, name, text string, change ...func(*exchange.Job)) (exchange.Receipt, error) {
	t.Helper()
	job := exchange.Job{Files: []string{name}, Open: texts(map[string]string{name: text}), Who: who}
	for _, c := range change {
		c(&job)
	}
	return run(t, s, job)
}

// run imports and holds the receipt and the side file to the rows.
func run(t *testing.T, s store.Store, job exchange.Job) (exchange.Receipt, error) {
	t.Helper()
	var side bytes.Buffer
	if job.Rejects == nil {
		job.Rejects = &side
	}
	r, err := exchange.Run(context.Background(), s, job, nil)
	reconciles(t, r)
	rows, csvErr := csv.NewReader(bytes.NewReader(side.Bytes())).ReadAll()
	if csvErr != nil {
		t.Errorf("the side file is not CSV: %v", csvErr)
	}
	if len(rows) > 0 && len(rows)-1 != r.Total.Rejected || len(rows) == 0 && r.Total.Rejected > 0 && job.Rejects == io.Writer(&side) {
		t.Errorf("%d rows in the side file, %d rejected", len(rows)-1, r.Total.Rejected)
	}
	return r, err
}

// reconciles checks that rows in = kept + merged + rejected, in each file and in all.
func reconciles(t testing.TB, r exchange.Receipt) {
	t.Helper()
	var sum exchange.Counts
	for _, f := range r.Files {
		if f.Rows != f.Kept+f.Merged+f.Rejected || f.Unchanged+f.Updated > f.Merged {
			t.Errorf("%s does not reconcile: %+v", f.Name, f.Counts)
		}
		sum.Rows += f.Rows
		sum.Kept += f.Kept
		sum.Merged += f.Merged
		sum.Rejected += f.Rejected
		sum.Unchanged += f.Unchanged
		sum.Updated += f.Updated
	}
	if sum != r.Total {
		t.Errorf("the total %+v is not the sum of the files %+v", r.Total, sum)
	}
	tallied := 0
	for _, reason := range r.Reasons {
		tallied += reason.Rows
	}
	if tallied != r.Total.Rejected {
		t.Errorf("%d rows have a reason, %d were rejected", tallied, r.Total.Rejected)
	}
}

// people reads everybody on record, in order.
func people(t testing.TB, s store.Store) []*model.Person {
	t.Helper()
	var out []*model.Person
	err := s.Read(context.Background(), func(r store.Reader) error {
		return r.Each(model.KindPerson, "", func(rec model.Record, err error) bool {
			if err != nil {
				t.Error(err)
			} else if p, ok := rec.(*model.Person); ok {
				out = append(out, p)
			}
			return true
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// head is the newest journal entry.
func head(t testing.TB, s store.Store) uint64 {
	t.Helper()
	var seq uint64
	err := s.Read(context.Background(), func(r store.Reader) error {
		info, err := r.Info()
		seq = info.Head
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

// whole holds the store against itself.
func whole(t testing.TB, s *store.Book) {
	t.Helper()
	rep, err := s.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range rep.Findings {
		t.Errorf("the store is damaged: %s: %s", f.Where, f.What)
	}
}

// shared finds files of the shared public data, or skips the test and says so.
func shared(t testing.TB, set string, names ...string) []string {
	t.Helper()
	root := os.Getenv("POU_DATA")
	if root == "" {
		root = filepath.Join("..", "..", "..", "shared", "data")
	}
	var out []string
	for _, name := range names {
		path := filepath.Join(root, set, name)
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			t.Skipf("NOT TESTED: the public data is absent (%v); set POU_DATA to its directory", err)
		}
		out = append(out, path)
	}
	return out
}
