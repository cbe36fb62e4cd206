package pair

import (
	"math"
	"strings"
)

// Likely is the score from which two records are proposed to an officer: more likely one person than not.
const Likely = 50

// Verdict is how likely two records are of one person, and why.
type Verdict struct {
	Score int    // 0 to 100
	Why   string // in an officer's words, what agrees and what does not
}

// Likely reports whether an officer should look at the two.
func (v Verdict) Likely() bool { return v.Score >= Likely }

// Crowd is among whom two people are compared. The more there are, the more it takes to single one out; what many of them have
// proves less. The zero Crowd is a town of ten thousand.
type Crowd struct {
	People int                   // how many there are
	Listed int                   // how many of them Count was taken of
	Count  func(word string) int // how many bear a word as a name; nil when nobody has counted
}

// town is the fewest people somebody is singled out among: those on a short list come from more than the list.
const town = 10_000

// before is the bits against any two records, before they are looked at: one in ten people has a second record, and it may be
// anybody's.
func (c *Crowd) before() float64 { return -math.Log2(float64(max(c.People, town)) * 10) }

// Where the score stops when forename or birth does not tell, because family share the rest. Three people in a hundred are twins, and perhaps one
// of thirty twins has the other on record: about as many as those who are on record twice with two forenames. Brothers, sisters,
// spouses are far more. A number is one person's, whatever else is written.
const (
	mostOfFamily = 60 // a twin, or a parent of the same name
	mostOfKin    = 20 // neither forename nor birth tells them apart from a brother
	leastOfSame  = 80 // one number
)

// Compare weighs two people among a town.
func Compare(a, b Person) Verdict { return (&Crowd{}).Compare(a, b) }

// Compare weighs two people. It does not matter which comes first.
func (c *Crowd) Compare(a, b Person) Verdict {
	x, y := newProfile(a), newProfile(b)
	return c.compare(&x, &y)
}

func (c *Crowd) compare(a, b *profile) Verdict {
	var x, y open
	x.read(a)
	y.read(b)
	w := c.weigh(&x, &y)
	return Verdict{Score: w.score(c.before()), Why: w.why()}
}

// weight is all evidence of two people.
type weight struct {
	names  whole
	births dates
	rest   [5]found // sex, place, phone, vehicle, number
	sure   bool     // one number
}

func (c *Crowd) weigh(a, b *open) weight {
	if a.text > b.text { // so that whoever comes first makes no difference
		a, b = b, a
	}
	w := weight{names: c.whole(a, b), births: births(a.profile, b.profile)}
	c.kin(&w, a, b)
	w.others(a, b)
	return w
}

// others weighs what is neither a name nor a date.
func (w *weight) others(a, b *open) {
	w.rest = [...]found{sexes(a.sex, b.sex), places(a, b), phones(a, b), plates(a, b), {}}
	w.rest[4], w.sure = numbers(a, b)
}

// othersMost is the most that [weight.others] adds but for a number.
const othersMost = 1 + sameAddress + samePhone + samePlate

// weighUnless is weigh, unless the names and births leave no hope of reaching some bits.
func (c *Crowd) weighUnless(a, b *open, least float64) (w weight, ok bool) {
	if a.text > b.text {
		a, b = b, a
	}
	w = weight{names: c.whole(a, b), births: births(a.profile, b.profile)}
	c.kin(&w, a, b)
	numbered := len(a.numbered) > 0 && len(b.numbered) > 0
	if !numbered && (w.names.bits+w.births.bits+othersMost < least || w.score(100) < Likely) {
		return w, false
	}
	w.others(a, b)
	return w, true
}

func sexes(a, b byte) found {
	switch {
	case a == 0 || b == 0:
		return found{}
	case a == b:
		return found{0.9, ""}
	}
	return found{-4, "another sex recorded"}
}

// bits is the sum of the evidence.
func (w *weight) bits() float64 {
	total := w.names.bits + w.births.bits
	for _, f := range w.rest {
		total += f.bits
	}
	return total
}

// score makes the evidence a probability, given the bits against them before.
func (w *weight) score(before float64) int {
	score := int(math.Round(100 / (1 + math.Exp2(-(w.bits() + before)))))
	if w.sure {
		return max(score, leastOfSame)
	}
	switch how := w.names.forename.how; {
	case (how == otherName || how == noName) && w.births.bits <= 0:
		return min(score, mostOfKin)
	case how == otherName || w.births.off:
		return min(score, mostOfFamily)
	}
	return score
}

// why says what agrees and then what does not.
func (w *weight) why() string {
	said := w.names.why()
	var against []string
	add := func(f found) {
		switch {
		case f.why == "":
		case f.bits < 0:
			against = append(against, f.why)
		default:
			said = append(said, f.why)
		}
	}
	if w.sure { // it is what the proposal rests on
		said = append([]string{w.rest[4].why}, said...)
		w.rest[4].why = ""
	}
	add(found{w.births.bits, w.births.why()})
	if w.names.forename.how == otherName && w.births.bits > 0 && !w.sure {
		against = append(against, "it may be a twin")
	}
	for _, f := range w.rest {
		add(f)
	}
	out := strings.Join(said, ", ")
	if len(against) > 0 {
		out += "; but " + strings.Join(against, ", ")
	}
	return out
}
