package pair

import "strings"

// Against is one person made ready to be compared with many others. It is for one goroutine.
type Against struct {
	crowd        Crowd
	subject      profile
	mine, theirs open
}

// NewAgainst makes somebody ready, among so many people.
func NewAgainst(p Person, people int) *Against {
	a := &Against{crowd: Crowd{People: people}, subject: newProfile(p)}
	a.mine.read(&a.subject)
	return a
}

// Compare weighs another person, and says why where they are likely to be the same.
func (a *Against) Compare(p Person) Verdict {
	other := newProfile(p)
	numbered := strings.Contains(a.subject.text, "\x00i") && strings.Contains(other.text, "\x00i")
	if !numbered && (a.subject.several|other.several)&severalNames == 0 && !a.subject.alike(&other.glance) {
		return Verdict{}
	}
	a.theirs.read(&other)
	w := a.crowd.weigh(&a.mine, &a.theirs)
	v := Verdict{Score: w.score(a.crowd.before())}
	if v.Likely() {
		v.Why = w.why()
	}
	return v
}
