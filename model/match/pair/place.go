package pair

import (
	"slices"
	"strings"
)

// found is evidence from an address or a number. Bits of 0 and no words are no evidence.
type found struct {
	bits float64
	why  string
}

// The weights of places: an address is shared by a household and a postcode by fifteen, and people move.
const (
	sameAddress = 10.0
	nearAddress = 8.0
	samePost    = 6.5
	shortPost   = 4.5 // four characters or fewer name a town, not a street
	nearPost    = 3.5
	sameStreet  = 2.5
	sameArea    = 1.5
	otherPlace  = -0.8
)

// places weighs the best pair of addresses.
func places(a, b *open) found {
	best := found{}
	for i, x := range a.places {
		for j, y := range b.places {
			if got := onePlace(x, y); i+j == 0 || got.bits > best.bits {
				best = got
			}
		}
	}
	return best
}

func onePlace(a, b Place) found {
	code := postcodes(a.Postcode, b.Postcode)
	text := streets(a.Text, b.Text)
	if text.bits >= code.bits {
		return text
	}
	if text.bits > 0 && code.bits > 0 {
		code.why += " and the same street"
		if code.bits < shortPost { // a whole postcode says the street already
			code.bits += text.bits
		}
	}
	return code
}

// postcodes weighs two postcodes without spaces.
func postcodes(a, b string) found {
	switch {
	case a == "" || b == "":
		return found{}
	case a == b && len(a) > 4:
		return found{samePost, "the same postcode"}
	case a == b:
		return found{shortPost, "the same postcode"}
	case min(len(a), len(b)) >= 4 && lettersApart(a, b) == 1:
		return found{nearPost, "postcode 1 character out"}
	case british(a) && british(b) && a[:len(a)-3] == b[:len(b)-3]:
		return found{sameArea, "the same postcode area"}
	}
	return found{otherPlace, ""}
}

// streets weighs the words of two addresses.
func streets(a, b string) found {
	switch {
	case a == "" || b == "":
		return found{}
	case sameSolid(a, b):
		return found{sameAddress, "the same address"}
	}
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) > len(y) || len(x) == len(y) && a > b {
		x, y = y, x
	}
	shared, all, telling := sharedWords(x, y)
	if !telling || shared*4 < all*3 {
		return found{otherPlace, ""}
	}
	if n, m := houseNumbers(x), houseNumbers(y); !slices.Equal(n[:min(len(n), len(m))], m[:min(len(n), len(m))]) {
		return found{sameStreet, "the same street, another number"}
	}
	return found{nearAddress, "nearly the same address"}
}

// sharedWords counts the letters of the words of the shorter address that the longer one has too, spelt near enough, out of all;
// telling says that one of them is more than the word for a street.
func sharedWords(short, long []string) (shared, all int, telling bool) {
	var used [64]bool
	for _, w := range short {
		if numeric(w) {
			continue
		}
		all += len(w)
		for j, v := range long[:min(len(long), len(used))] {
			if used[j] || w != v && !slipped(w, v) {
				continue
			}
			used[j] = true
			shared += len(w)
			telling = telling || len(w) > 3 && !streetWord(w)
			break
		}
	}
	return shared, all, telling
}

func slipped(a, b string) bool { _, ok := misspelt(a, b); return ok }

func numeric(w string) bool { return w != "" && digit(w[0]) }

// houseNumbers are the numbers of an address.
func houseNumbers(words []string) []string {
	var out []string
	for _, w := range words {
		if numeric(w) {
			out = append(out, w)
		}
	}
	return out
}

// streetWord reports whether a word names no one place.
func streetWord(w string) bool {
	switch w {
	case "street", "road", "avenue", "lane", "close", "court", "place", "drive", "crescent", "terrace", "gardens", "grove", "square", "mews", "walk", "house", "flat",
		"high", "station", "church", "london", "united", "kingdom", "england", "north", "south", "east", "west", "park", "city", "town", "circuit", "parade", "estate", "lodge", "tower":
		return true
	}
	return false
}

// The weights of numbers. A phone or a car may be a household's.
const (
	samePhone  = 10.0
	nearPhone  = 4.0
	samePlate  = 8.0
	sameNumber = 25.0
	nearNumber = 6.0
	otherOwn   = -6.0 // of a kind of which a person has only one
)

func phones(a, b *open) found {
	best := found{}
	for _, x := range a.phones {
		for _, y := range b.phones {
			switch {
			case x == y:
				return found{samePhone, "the same phone"}
			case min(len(x), len(y)) >= 9 && lettersApart(x, y) == 1:
				best = found{nearPhone, "phone 1 figure out"}
			}
		}
	}
	return best
}

func plates(a, b *open) found {
	for _, x := range a.plates {
		if slices.Contains(b.plates, x) {
			return found{samePlate, "the same vehicle"}
		}
	}
	return found{}
}

// numbers weighs the numbers other systems know two people by; sure says that they share one.
func numbers(a, b *open) (out found, sure bool) {
	for _, x := range a.numbered {
		if slices.Contains(b.numbered, x) {
			scheme, _, _ := strings.Cut(x, "=")
			return found{sameNumber, "the same " + strings.ToUpper(scheme) + " number"}, true
		}
	}
	for _, x := range a.numbered {
		for _, y := range b.numbered {
			scheme, n, _ := strings.Cut(x, "=")
			other, m, _ := strings.Cut(y, "=")
			if scheme != other {
				continue
			}
			switch {
			case min(len(n), len(m)) >= 6 && lettersApart(n, m) == 1:
				return found{nearNumber, strings.ToUpper(scheme) + " number 1 character out"}, false
			case onlyOne(scheme) && out.bits == 0:
				out = found{otherOwn, "another " + strings.ToUpper(scheme) + " number"}
			}
		}
	}
	return out, false
}

// onlyOne reports whether a person has only one number of a scheme.
func onlyOne(scheme string) bool {
	switch scheme {
	case "pnc", "pncid", "cro", "ni", "nino", "nhs", "socsecid", "ssn":
		return true
	}
	return false
}
