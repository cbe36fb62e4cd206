package store_test

import (
	"testing"

	"pou/model"
	"pou/store"
)

func TestAKeyStandsForOneRequest(t *testing.T) {
	b := newDesk(t)
	ask := func(surname string) (model.Receipt, error) {
		return b.Do(t.Context(), "O-0001", model.Request{Action: "person.add", Fields: map[string]any{"surname": surname}, Key: "k1"})
	}
	first, err := ask("Kovač")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := ask("Kovač"); err != nil || again.Seq != first.Seq {
		t.Errorf("the same request again: %+v %v", again, err)
	}
	_, err = ask("Novak")
	if p, ok := model.AsProblem(err); !ok || p.Field != "key" {
		t.Errorf("another request under the same key: %v", err)
	}
}

func TestAnImportNeverOverwritesANewerEdit(t *testing.T) {
	b := newDesk(t)
	act(t, b, "person.add", map[string]any{"surname": "Kovač"})
	var read *model.Person
	err := b.Read(t.Context(), func(r store.Reader) error {
		rec, err := r.Record("P-000001")
		read, _ = rec.(*model.Person)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	act(t, b, "person.edit", map[string]any{"person": "P-000001", "note": "seen in Tooting"})
	read.Sex = "male" // what the file says
	_, err = b.Collect(t.Context(), "O-0001", "people.import", model.Batch{Records: []model.Record{read}})
	if p, ok := model.AsProblem(err); !ok || p.Code != model.Conflict {
		t.Errorf("an older reading was put back: %v", err)
	}
}

func TestOneRowOfAFileMakesOnePerson(t *testing.T) {
	b := newDesk(t)
	row := func() model.Batch {
		return model.Batch{Records: []model.Record{&model.Person{Surname: "KOVAČ", Sources: []model.Origin{{Key: "list:1"}}}}}
	}
	if _, err := b.Collect(t.Context(), "O-0001", "people.import", row()); err != nil {
		t.Fatal(err)
	}
	_, err := b.Collect(t.Context(), "O-0001", "people.import", row()) // a second import that looked before the first had written
	if p, ok := model.AsProblem(err); !ok || p.Code != model.Conflict {
		t.Errorf("the row made another person: %v", err)
	}
}
