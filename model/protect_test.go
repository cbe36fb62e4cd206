package model

import "testing"

func TestWhoIsOnRecordOnlyToBeProtected(t *testing.T) {
	for name, c := range map[string]struct {
		extra []Record
		only  bool
	}{
		"a victim-survivor and nothing else": {nil, true},
		"a victim-survivor who is a suspect in another case": {[]Record{&Case{
			Meta: Meta{Ref: "C-000902"}, Unit: "SW", Offences: []OffenceCode{"s2"}, Last: 1, State: CaseOpen, Parties: []Party{{"P-000900", PartySuspect}},
		}}, false},
		"a victim-survivor who is wanted": {[]Record{&Wanted{
			Meta: Meta{Ref: "W-000900"}, Person: "P-000900", Unit: "SW", State: NotCirculated, Offences: []OffenceCode{"abh"},
		}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			victim := &Person{Meta: Meta{Ref: "P-000900"}, Surname: "Hidden", Addresses: []Address{{Text: "7 Hidden Lane"}}}
			inCase := &Case{
				Meta: Meta{Ref: "C-000901"}, Unit: "SW", Offences: []OffenceCode{"s4A"}, Last: 1, State: CaseOpen, Parties: []Party{{"P-000900", PartyVictim}},
			}
			d := newDesk(t, at(t, "2026-11-24 05:00"), append([]Record{victim, inCase}, c.extra...)...)
			only, err := ProtectedOnly(d, "P-000900")
			if err != nil || only != c.only {
				t.Errorf("protected only: %v %v, want %v", only, err, c.only)
			}
			line := NewLiner(d, d.now).Line(victim)
			if (line.What == "7 Hidden Lane") == c.only {
				t.Errorf("the line says %q", line.What)
			}
		})
	}
}
