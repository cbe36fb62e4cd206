package sample_test

import (
	"strings"
	"testing"

	"pou/model"
	"pou/model/match"
	"pou/model/query"
	"pou/store"
	"pou/store/sample"
)

// What lines say and what filters know are two lists; whatever lines of the sample say is in both.
func TestEveryValueInTheSampleIsKnownToTheFilters(t *testing.T) {
	t.Parallel()
	f := fill(t, sample.Options{People: 600, Seed: 3, Now: noon()})
	typed := strings.NewReplacer(" ", "-", ",", "-")
	terms := map[string]bool{}
	err := f.Read(t.Context(), func(r store.Reader) error {
		liner := model.NewLiner(r, f.now)
		var lines []model.Line
		for _, rec := range f.records {
			lines = append(lines, liner.Line(rec))
		}
		for _, name := range store.ListNames() {
			list, err := store.Lines(r, name, store.Scope{Ended: true}, f.now)
			if err != nil {
				return err
			}
			lines = append(lines, list...)
		}
		for i := range lines {
			for _, field := range []string{"unit", "marker", "grade", "priority", "live", "kind", "status"} {
				have, _ := lines[i].Values(field)
				for _, v := range have {
					terms[field+":"+typed.Replace(v)] = true
				}
			}
		}
		return nil
	})
	if err != nil || len(terms) < 80 {
		t.Fatalf("%d values: %v", len(terms), err)
	}
	for term := range terms {
		q, err := query.Parse(term, model.LineFields(), match.Fold)
		if err != nil {
			t.Fatal(err)
		}
		if says := model.UnknownValues(q.Terms()); says != "" {
			t.Errorf("%s: %s", term, says)
		}
	}
}

func TestAValueNothingCanHaveIsSaidWithWhatThereIs(t *testing.T) {
	t.Parallel()
	for filter, want := range map[string]string{
		"status:wantde":               `status "wantde" is not known; did you mean wanted`,
		"status:wanted":               "",
		"status:Located,wantde":       `status "wantde" is not known; did you mean wanted`,
		"status:not-circulated":       "",
		"status:none -status:arr*":    "",
		"-status:arested":             `status "arested" is not known; did you mean arrested`,
		"unit:ZZ kov":                 `unit "ZZ" is not known; try AS, AW, CE, CN, EA, NA, NE, NW, SE, SN, SW, WA`,
		"marker:u18 unit:sw grade:a":  "",
		"kind:ordr":                   `kind "ordr" is not known; did you mean order`,
		"live:maybe grade:Z":          `live "maybe" is not known; try yes, no; grade "z" is not known; try A, B, C`,
		"what:anything born:1984 kov": "",
	} {
		q, err := query.Parse(filter, model.LineFields(), match.Fold)
		if err != nil {
			t.Fatal(err)
		}
		if got := model.UnknownValues(q.Terms()); got != want && (want == "" || !strings.HasPrefix(got, want)) {
			t.Errorf("%s says %q, want %q", filter, got, want)
		}
	}
}
