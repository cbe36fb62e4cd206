package sample

// dice are a small random number generator (SplitMix64, Steele, Lea and Flood 2014): the same seed gives the same
// numbers on every machine and in every version, and starting one costs nothing, so that each person has their own.
type dice struct{ state uint64 }

// newDice starts a generator from the parts of a seed.
func newDice(parts ...uint64) *dice {
	d := &dice{}
	for _, p := range parts {
		d.state = d.next() ^ p
	}
	return d
}

func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is a number from 0 to n-1; 0 when n is not above 1.
func (d *dice) below(n int) int {
	if n <= 1 {
		return 0
	}
	return int(d.next()>>33) % n //nolint:gosec // 31 bits fit any int
}

// between is a number from lo to hi, both included.
func (d *dice) between(lo, hi int) int { return lo + d.below(hi-lo+1) }

// chance is true so many times in a hundred.
func (d *dice) chance(percent int) bool { return d.below(100) < percent }

// pick is any one of the list, each as likely.
func pick[T any](d *dice, list []T) T { return list[d.below(len(list))] }

// early is one of the list, more likely one near its beginning, as some names are common.
func early[T any](d *dice, list []T) T { return list[d.below(d.below(len(list))+1)] }
