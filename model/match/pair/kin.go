package pair

import (
	"math"

	"pou/model/match"
)

// sameForm is the likeness from which [match.Compare] reads two forenames as two forms of one: a nickname, another language.
const sameForm = 85

// kin looks again at forenames that share no letters, Jack and John: it takes longer, and is worth it only where births do not
// contradict.
func (c *Crowd) kin(w *weight, a, b *open) {
	if w.names.way != straight || w.names.forename.how != otherName || w.births.off || match.Compare(a.forename.text, b.forename.text).Score < sameForm {
		return
	}
	was := w.names.forename.bits
	now := max(math.Log2(0.06/(4*c.scarcest(&a.forename, &b.forename)+3e-4)), was)
	w.names.forename = alike{bits: now, how: formName}
	w.names.bits = min(w.names.bits+now-was, nameMost)
}
