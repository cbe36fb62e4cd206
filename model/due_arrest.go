package model

import "time"

func (k *Arrest) clocks(w Watch) []Due {
	out := statusDues(k, w)
	if by, ok := k.ChargeBy(); ok && k.Status.Live() {
		out = append(out, chargeDue(k.LastAct, by, k.By, "arrest.status", w.Now))
	}
	return out
}

func statusDues(k *Arrest, w Watch) []Due {
	switch k.Status {
	case Arrested, InCustody:
		return custodyDues(k, w)
	case Bailed:
		return bailDues(k, w)
	case RUI:
		step := k.lastStep()
		limit := w.limit(LimitRUIReview, step)
		return []Due{{
			Rule: "review the suspect released under investigation", Citation: limit.Source, Event: "released under investigation, or last reviewed", Start: step,
			Deadline: limit.After(step), Owner: k.By, Missed: "no conditions and no clock: the case drifts", Settle: "arrest.status", Check: limit.Unsure,
		}}
	case Charged, NFA, OtherEnd, DeArrested:
	}
	return nil
}

// lastStep is when the arrest last changed status.
func (k *Arrest) lastStep() time.Time {
	if len(k.Steps) == 0 {
		return k.At
	}
	return k.Steps[len(k.Steps)-1].At
}
