package store_test

import (
	"testing"

	"pou/model"
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
