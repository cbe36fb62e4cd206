package model

import (
	"strings"
	"testing"
)

// An officer types an address in one line, postcode and all; somebody else writes the house without the postcode.
func TestAHouseIsHiddenHoweverItsPostcodeWasTyped(t *testing.T) {
	byPerson := func(a Address) *terms {
		s := newTerms()
		s.hide(&Person{Surname: "Quillfeather", Forename: "Ida", Addresses: []Address{a}}, true)
		return s
	}
	byLine := newTerms()
	byLine.hidePlaces("77 Hidden Lane SW18 1AA, ring first")
	for name, s := range map[string]*terms{
		"a postcode of its own":       byPerson(Address{Text: "77 Hidden Lane", Postcode: "SW18 1AA"}),
		"a postcode in the address":   byPerson(Address{Text: "77 Hidden Lane SW18 1AA"}),
		"a postcode after a comma":    byPerson(Address{Text: "77 Hidden Lane, sw181aa"}),
		"a line of a survivor record": byLine,
	} {
		v := &veil{suspect: &Person{Surname: "Varga"}, own: map[string]bool{}, mine: s}
		for _, text := range []string{"Seen outside 77 Hidden Lane at night", "Seen at 77 Hidden Lane SW18 1AA", "Parked in SW18 1AA"} {
			if got := v.mask(text); strings.Contains(got, "Hidden") || strings.Contains(got, "1AA") {
				t.Errorf("%s: %q is shown as %q", name, text, got)
			}
		}
		if got := v.mask("Seen in Lane End, SW18"); got != "Seen in Lane End, SW18" {
			t.Errorf("%s: what says nothing is hidden: %q", name, got)
		}
	}
}
