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

func TestOnlyWhatTheAuthorisationAllowsIsAnalysed(t *testing.T) {
	t.Parallel()
	b := model.LawfulBasis{From: on(t, "2026-06-01"), To: on(t, "2026-06-30"), Subjects: []string{"07700900123"}}
	first, after := b.From.Start().UnixMilli(), b.To.End().UnixMilli()
	s := &atlas.Set{Names: []string{"", "07700900123", "07700900456", "07700900789"}}
	lines := func(rows []atlas.Row) (out []uint32) {
		for _, r := range rows {
			out = append(out, r.Line)
		}
		return out
	}
	s.Rows = []atlas.Row{
		{Line: 1, At: first - 1, Own: 1, Other: 2},             // the night before
		{Line: 2, At: first, Own: 1, Other: 2},                 // the first moment
		{Line: 3, At: after - 1, Own: 2, Other: 1},             // the last, the subject is reached
		{Line: 4, At: after, Own: 1, Other: 2},                 // over
		{Line: 5, At: first + 1, Own: 2, Other: 3},             // nobody named
		{Line: 6, Flags: atlas.NoTime, Own: 1, Other: 3},       // no time, the subject's
		{Line: 7, Flags: atlas.NoTime, Own: 3, Other: 2},       // no time, nobody named
		{Line: 8, At: first + 5, Own: 1, Kind: atlas.Position}, // alone
	}
	atlas.Split(s, b)
	if got := lines(s.Rows); !slices.Equal(got, []uint32{6, 2, 8, 3}) {
		t.Errorf("analysed are lines %v", got)
	}
	if got := lines(s.Held); !slices.Equal(got, []uint32{7, 1, 5, 4}) {
		t.Errorf("held are lines %v", got)
	}
	b.To = on(t, "2026-07-01")
	atlas.Split(s, b)
	if got := lines(s.Rows); !slices.Equal(got, []uint32{6, 2, 8, 3, 4}) {
		t.Errorf("after the extension analysed are lines %v", got)
	}
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
