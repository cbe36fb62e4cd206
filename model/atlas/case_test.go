package atlas_test

import (
	"slices"
	"testing"

	"pou/model"
	"pou/model/atlas"
	"pou/model/day"
)

func on(t *testing.T, s string) day.Date {
	t.Helper()
	d, err := day.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheNumberOfAVictimSurvivorIsNeverALabel(t *testing.T) {
	t.Parallel()
	k := &model.Case{Devices: []model.Device{
		{No: 1, Number: "07700900123", Person: "P-000001", Role: model.PartySuspect, Grade: model.AttributionStrong},
		{No: 2, Number: "07700900456", Person: "P-000002", Role: model.PartyVictim, Grade: model.AttributionProved, To: on(t, "2026-06-30")},
		{No: 3, Number: "07700900789", Person: "P-000003", Role: model.PartyWitness, Grade: model.AttributionSome},
		{No: 4, Number: "not in the data", Grade: model.AttributionSome},
	}}
	s := &atlas.Set{Names: []string{"", "07700900123", "07700900456", "07700900789", "02079460000"}}
	as := atlas.Of(k, s)
	var got []string
	for h := range s.Names {
		got = append(got, s.Label(atlas.Handle(h), as))
	}
	if want := []string{"", "S1 07700900123", "V2", "T3", "02079460000"}; !slices.Equal(got, want) {
		t.Errorf("the labels are %q, want %q", got, want)
	}
	end := on(t, "2026-06-30").End().UnixMilli()
	if as.Of(2, end-1).Side != atlas.Victim || as.Of(2, end).Side != atlas.Nobody || as.Of(1, end).Grade != atlas.Strong {
		t.Error("an attribution does not end with its last day")
	}
}
