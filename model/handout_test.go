package model

import (
	"reflect"
	"testing"
)

func TestAHandoutIsReadBackAsItWasLogged(t *testing.T) {
	for words, h := range map[string]Handout{
		"team pack of OP-0001: 3 targets, pdf, 6 copies": {Audience: AudienceTeam, Parts: []Part{PartPack}, Operation: "OP-0001", Targets: 3, Format: "pdf", Copies: 6},
		"partner pack of OP-0001, unit SW: 1 target, html, 1 copy": {
			Audience: AudiencePartner, Parts: []Part{PartPack}, Operation: "OP-0001", Unit: "SW", Targets: 1, Format: "html", Copies: 1,
		},
		"team operation order + pack of OP-0012, version 2, confidential annex: 240 targets, 2 withheld, md, 60 copies": {
			Audience: AudienceTeam, Parts: []Part{PartOrder, PartPack}, Operation: "OP-0012", Version: 2, Annex: true, Targets: 240, Withheld: 2, Format: "md", Copies: 60,
		},
		"team results of OP-0001: pdf, 1 copy":                 {Audience: AudienceTeam, Parts: []Part{PartResults}, Operation: "OP-0001", Format: "pdf", Copies: 1},
		"team recall notice of OP-0001: 1 target, pdf, 1 copy": {Audience: AudienceTeam, Parts: []Part{PartRecall}, Operation: "OP-0001", Targets: 1, Format: "pdf", Copies: 1},
	} {
		if got := h.Words(); got != words {
			t.Errorf("the handout reads %q, want %q", got, words)
		}
		if got, ok := ReadHandout(words); !ok || !reflect.DeepEqual(got, h) {
			t.Errorf("%q is read back as %+v (%t)", words, got, ok)
		}
	}
	for _, other := range []string{"", "export of P-000001", "team letter of OP-0001: pdf, 1 copy", "team pack of OP-0001: pdf, one copy", "results OP-0001"} {
		if h, ok := ReadHandout(other); ok {
			t.Errorf("%q is taken for a handout: %+v", other, h)
		}
	}
}
