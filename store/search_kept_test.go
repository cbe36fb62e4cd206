package store_test

import (
	"testing"

	"pou/model"
)

func TestAChangeBetweenTwoLettersIsShownByTheSecond(t *testing.T) {
	b := newDesk(t)
	act(t, b, "person.add", map[string]any{"surname": "Quillfeather", "forename": "Edda", "unit": "SW"})
	s := filled(t, b)
	if got := names(t, s, "quillf", model.KindPerson); len(got) != 1 || got[0] != "QUILLFEATHER, Edda" {
		t.Fatalf("quillf finds %q", got)
	}
	act(t, b, "person.edit", map[string]any{"person": "P-000001", "forename": "Edith"})
	if got := names(t, s, "quillfe", model.KindPerson); len(got) != 1 || got[0] != "QUILLFEATHER, Edith" {
		t.Errorf("before the index has the news, quillfe finds %q", got)
	}
	act(t, b, "undo", nil)
	if got := names(t, s, "quillf", model.KindPerson); len(got) != 1 || got[0] != "QUILLFEATHER, Edda" {
		t.Errorf("after the undo, quillf finds %q", got)
	}
}
