package pair

import "slices"

// Against is one person made ready to be compared with many others. It is for one goroutine.
type Against struct {
	crowd   Crowd
	subject profile
	mine    open
}

// NewAgainst makes somebody ready, among so many people.
func NewAgainst(p Person, people int) *Against {
	a := &Against{crowd: Crowd{People: people}, subject: newProfile(p)}
	a.mine.read(&a.subject)
	return a
}

// Compare weighs another person, and says why where they are likely to be the same.
func (a *Against) Compare(p Person) Verdict { return a.Ready(NewReady(p)) }

// Ready is somebody made ready once, to be compared with whoever comes.
type Ready struct {
	profile profile
	open    open
}

// NewReady makes somebody ready.
func NewReady(p Person) *Ready {
	out := &Ready{profile: newProfile(p)}
	out.open.read(&out.profile)
	return out
}

// Ready weighs another person as Compare does.
func (a *Against) Ready(r *Ready) Verdict {
	sure := a.mine.sharesNumber(&r.open)
	if !sure && (a.subject.several|r.profile.several)&severalNames == 0 && !a.subject.alike(&r.profile.glance) && !a.subject.crossed(&r.profile.glance) {
		return Verdict{}
	}
	w, ok := a.crowd.weighLikely(&a.mine, &r.open, sure)
	if !ok {
		return Verdict{}
	}
	v := Verdict{Score: w.score(a.crowd.before())}
	if v.Likely() {
		v.Why = w.why()
	}
	return v
}

// rounding is how many bits a score that is rounded up may lack.
const rounding = 0.05

// sharesNumber reports whether another system knows two people by one number: they are then one, whatever else is written. Most of those
// on record have a number, and hardly any two the same.
func (o *open) sharesNumber(other *open) bool {
	for _, n := range o.numbered {
		if slices.Contains(other.numbered, n) {
			return true
		}
	}
	return false
}

// weighLikely is weigh, unless they cannot come out as likely: an address, which takes longest, is then not looked at. sure says that they
// share a number.
func (c *Crowd) weighLikely(a, b *open, sure bool) (w weight, ok bool) {
	if a.text > b.text {
		a, b = b, a
	}
	w = weight{names: c.whole(a, b), births: births(a.profile, b.profile)}
	c.kin(&w, a, b)
	most := w.bits()
	if len(a.numbered) > 0 && len(b.numbered) > 0 {
		most += nearNumber
	}
	if !sure && (w.score(100) < Likely || !c.reaches(most, a, b)) {
		return w, false
	}
	w.others(a, b)
	return w, true
}

// reaches reports whether what is left to weigh beside names, births and a number may make two people likely to be one.
func (c *Crowd) reaches(bits float64, a, b *open) bool {
	least := -c.before() - rounding
	if bits += sexes(a.sex, b.sex).bits + sameAddress; bits >= least {
		return true
	}
	if bits+samePhone+samePlate < least {
		return false
	}
	return bits+phones(a, b).bits+plates(a, b).bits >= least
}
