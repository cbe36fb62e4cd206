package bolt_test

import (
	"path/filepath"
	"testing"
	"time"

	"pou/model"
	"pou/store"
	"pou/store/bolt"
)

func TestWhatWasLetGoIsReadAgain(t *testing.T) {
	e, err := bolt.Open(filepath.Join(t.TempDir(), "pou.db"), bolt.Holder{})
	if err != nil {
		t.Fatal(err)
	}
	book, err := store.New(t.Context(), e, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	first := &model.Officer{Name: "FOUNDER", Unit: "SW", Roles: []model.Role{model.RoleAdmin, model.RoleSergeant}}
	first.Ref = founder
	if _, err := book.Collect(t.Context(), founder, "store.init", model.Batch{Records: []model.Record{first}}); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		people(t, book, 3000)
		if err := book.LetGo(); err != nil {
			t.Fatal(err)
		}
		n := 0
		_ = book.Read(t.Context(), func(r store.Reader) error {
			return r.Each(model.KindPerson, "", func(_ model.Record, err error) bool {
				if err != nil {
					t.Error(err)
				}
				n++
				return true
			})
		})
		if n%3000 != 0 || n == 0 {
			t.Errorf("%d people are read", n)
		}
	}
	if rep, err := book.Check(t.Context()); err != nil || len(rep.Findings) > 0 {
		t.Errorf("the store: %v %v", rep.Findings, err)
	}
}
