package sample

import (
	"slices"
	"time"

	"pou/model"
)

// makeAttempts makes the tries at arresting everybody sought, none to six a line, and counts them on the line and on
// the target that was live then. The last try of those arrested is the arrest.
func (d *desk) makeAttempts() {
	dice := newDice(d.seed, streamAttempts)
	arrestOf := map[model.Ref]*model.Arrest{}
	for _, k := range d.arrests {
		arrestOf[k.Ref] = k
	}
	for _, w := range d.wanted {
		d.tryLine(dice, w, arrestOf[w.Arrest])
	}
	for _, k := range d.arrests {
		if k.Wanted == "" {
			d.attempt(dice, &model.Attempt{Person: k.Person, At: k.At, By: k.By, Unit: k.Unit, Address: k.Where, Outcome: model.GotArrested})
		}
	}
	slices.SortStableFunc(d.attempts, func(a, b *model.Attempt) int { return a.At.Compare(b.At) })
	for i, a := range d.attempts {
		a.Ref = number(model.KindAttempt, i+1)
	}
}

// mostTries is how many attempts a line has at most, the arrest among them.
const mostTries = 6

// tries is how often somebody has been sought at the door: more often the longer it lasts.
func tries(dice *dice, span time.Duration) int {
	switch days := int(span / (24 * time.Hour)); {
	case days < 1:
		return dice.below(2)
	case days < 7:
		return dice.below(3)
	}
	return dice.below(dice.between(2, mostTries+1))
}

func (d *desk) tryLine(dice *dice, w *model.Wanted, k *model.Arrest) {
	until := d.now
	if !w.Ended.IsZero() {
		until = w.Ended
	}
	span := until.Sub(w.Since)
	n := tries(dice, span)
	if k != nil {
		n = min(n, mostTries-1)
	}
	address := d.person(personNumber(w.Person)).ByPromise()
	for i := range n {
		step := span / time.Duration(n+1)
		at := w.Since.Add(step*time.Duration(i) + step/2 + time.Duration(dice.below(int(step/time.Minute)/2+1))*time.Minute).Truncate(time.Minute)
		if h, m := workHour(dice); step > 4*24*time.Hour {
			at = d.at(d.days(int(d.now.Sub(at)/(24*time.Hour))), h, m)
		}
		if at.Before(w.Since) || !at.Before(until) {
			continue
		}
		a := &model.Attempt{
			Person: w.Person, Wanted: w.Ref, At: at, By: pick(dice, d.team(w.Unit).hands), Unit: w.Unit, Address: address[i%len(address)].Line(), Next: pick(dice, nextSteps()),
			Outcome: pick(dice, []model.Outcome{
				model.NoReply, model.NoReply, model.NoReply, model.Refused, model.MadeOff, model.NotKnown, model.Moved, model.SeenThere, model.OtherResult,
			}),
		}
		d.count(dice, w, a)
	}
	if k != nil {
		d.count(dice, w, &model.Attempt{Person: w.Person, Wanted: w.Ref, At: k.At, By: k.By, Unit: k.Unit, Address: k.Where, Outcome: model.GotArrested})
	}
}

// count keeps an attempt and counts it where it belongs.
func (d *desk) count(dice *dice, w *model.Wanted, a *model.Attempt) {
	w.Attempts++
	if a.At.After(w.LastAttempt) {
		w.LastAttempt, w.LastOutcome = a.At, a.Outcome
	}
	if t := d.targetOf[w]; t != nil && !a.At.Before(t.Added) && (t.Ended.IsZero() || !a.At.After(t.Ended)) {
		a.Target = t.Ref
		t.Attempts++
	}
	d.attempt(dice, a)
}

// attempt fills in what was found there.
func (d *desk) attempt(dice *dice, a *model.Attempt) {
	a.Note = mark + ": " + pick(dice, attemptNotes()[a.Outcome])
	if mate := pick(dice, d.team(a.Unit).hands); mate != a.By {
		a.With = []model.Ref{mate}
	}
	if dice.chance(70) {
		a.BWV = "BWV-" + threeDigits(dice.below(1000)) + threeDigits(dice.below(1000))
	}
	if dice.chance(15) {
		a.Intel = pick(dice, intelligence())
	}
	d.attempts = append(d.attempts, a)
}
