package pair

import "pou/model/day"

// glance is what is looked at before two people are weighed: most of those who share a key share nothing else.
type glance struct {
	letters [2]uint32 // which letters the surname and the forename have
	born    day.Born
	marks   [marks]uint16 // of postcodes, houses, phones, a plate and a number: people who share one share its mark
	several several
}

// several says what a glance does not tell.
type several uint8

const (
	severalBorn  several = 1 << iota // other dates of birth
	severalMarks                     // more phones or addresses than it has marks for
	severalNames                     // aliases
)

// The marks of a glance, by kind.
const (
	markPost, postsMost   = 0, 2
	markHouse, housesMost = 2, 2
	markPhone, phonesMost = 4, 2
	markPlate, platesMost = 6, 1
	markID, idsMost       = 7, 1
	marks                 = 8
)

// mark notes the hash of a value of a kind.
func (g *glance) mark(kind, most int, h uint32) {
	m := uint16(h>>16 ^ h) //nolint:gosec // half of the hash is enough
	if m == 0 {
		m = 1
	}
	for i := kind; i < kind+most; i++ {
		if g.marks[i] == 0 || g.marks[i] == m {
			g.marks[i] = m
			return
		}
	}
	g.several |= severalMarks
}

// shares reports whether two people may have a postcode, a house or a number in common.
func (g *glance) shares(other *glance) bool {
	if (g.several|other.several)&severalMarks != 0 {
		return true
	}
	a, b := &g.marks, &other.marks
	for i := 0; i < markPlate; i += 2 {
		if a[i] != 0 && (a[i] == b[i] || a[i] == b[i+1]) || a[i+1] != 0 && (a[i+1] == b[i] || a[i+1] == b[i+1]) {
			return true
		}
	}
	return a[markPlate] != 0 && a[markPlate] == b[markPlate] || a[markID] != 0 && a[markID] == b[markID]
}

// nearlyMost is the most that an address, a phone or a postcode adds that is not the very same.
const nearlyMost = 5

// ceiling is the most that somebody's names may come to, whoever they are held against.
type ceiling struct {
	whole float64 // when all are alike
	part  float64 // when surname or forename is not
}

// hopeful reports whether two people may come to some bits.
func (g *glance) hopeful(other *glance, names ceiling, least float64) bool {
	most := nearlyMost + names.part
	if (g.several|other.several)&severalNames != 0 || g.named(other) {
		most = nearlyMost + names.whole
	}
	if g.shares(other) {
		most += othersMost + sameNumber
	}
	if (g.several|other.several)&severalBorn != 0 {
		return most+sameBirth >= least
	}
	return most+born(g.born, other.born).bits >= least
}

// named reports whether both names of two people may be alike, swapped or not.
func (g *glance) named(other *glance) bool {
	return mayBeOne(g.letters[0], other.letters[0]) && mayBeOne(g.letters[1], other.letters[1]) ||
		mayBeOne(g.letters[0], other.letters[1]) && mayBeOne(g.letters[1], other.letters[0])
}

// alike reports whether two people may come out as one for their names and births, as far as letters say: their names are alike, or
// one of them is and they may be of one age.
func (g *glance) alike(other *glance) bool {
	if g.named(other) {
		return true
	}
	if !mayBeOne(g.letters[0], other.letters[0]) && !mayBeOne(g.letters[1], other.letters[1]) {
		return false
	}
	return g.ofOneAge(other)
}

// crossed is alike for names that may have been swapped, and one of them is another besides.
func (g *glance) crossed(other *glance) bool {
	return (mayBeOne(g.letters[0], other.letters[1]) || mayBeOne(g.letters[1], other.letters[0])) && g.ofOneAge(other)
}

func (g *glance) ofOneAge(other *glance) bool {
	return (g.several|other.several)&severalBorn != 0 || !born(g.born, other.born).off
}

// mayBeOne reports whether the letters of two names allow that one is another way to write the other: of the one with fewer letters
// one may be missing from the other, and of six letters two. A name that is not known may be any.
func mayBeOne(a, b uint32) bool {
	if a == 0 || b == 0 {
		return true
	}
	n := min(bits(a), bits(b))
	missing := min(bits(a&^b), bits(b&^a))
	if n < 6 {
		return missing <= min(n-1, 1)
	}
	return missing <= 2
}
