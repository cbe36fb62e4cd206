package model_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pou/model"
)

// An order names whom it protects: those words are for the court's copy and for a reveal.
func TestTheWordsOfAnOrderNameNobodyItProtects(t *testing.T) {
	o := &model.Order{
		Meta: model.Meta{Ref: "R-000001"}, Person: "P-000001", Type: model.SPO, Protected: "Ottoline Quillfeather, 4 Sparrow Court, SW18 2PT; Edda Marsh",
		Conditions: []model.Condition{
			{No: 1, Text: "Not to contact Ottoline Quillfeather or MARSH, Edda"}, {No: 2, Text: "Not to go near 4 Sparrow Court"}, {No: 3, Text: "Not to contact the protected person"},
		},
		Log:   []model.OrderDecision{{What: model.WasVaried, Before: "Not to write to Ms Quillfeather", Reason: "asked by Ottoline"}},
		Watch: &model.MonitorPlan{Handover: "Quillfeather is afraid of him"},
	}
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"Ottoline", "Quillfeather", "MARSH", "Sparrow"} {
		if strings.Contains(string(text), word) {
			t.Errorf("the record as JSON says %q: %s", word, text)
		}
	}
	for _, word := range []string{`"Not to contact [protected] or [protected]"`, `"Not to contact the protected person"`} {
		if !strings.Contains(string(text), word) {
			t.Errorf("the record as JSON does not say %s: %s", word, text)
		}
	}
	if o.Watch.Handover != "Quillfeather is afraid of him" || o.Conditions[1].Text != "Not to go near 4 Sparrow Court" {
		t.Error("writing the record changed it")
	}
	if got := o.Words(o.Conditions[0], nil); got != "Not to contact [protected] or [protected]" {
		t.Errorf("a form says %q", got)
	}
}
