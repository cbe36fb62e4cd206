package model

import (
	"slices"
	"time"

	"pou/model/day"
)

// Detention limits (PACE 1984 ss.40-44). They are hours that pass: a night on which the clocks change has 23 or 25 of them.
const (
	detentionHours   = 24 // s.41(1)
	extendedHours    = 36 // s.42(1): by a superintendent
	warrantHours     = 36 // ss.43(12), 44(3)(a): the most of one warrant
	detentionMost    = 96 // s.44(3)(b): in all
	courtGraceHours  = 6  // s.43(5)(b): when no court can sit at the end of the 36 hours
	bailBreachPause  = 3  // hours after an arrest for breach of pre-charge bail or failing to answer
	firstReviewHours = 6  // s.40(3)(a), from when detention was first authorised
	nextReviewHours  = 9  // s.40(3)(b)-(c)
)

// Extension is detention beyond 24 hours on the authority of a superintendent (PACE 1984 s.42).
type Extension struct {
	At     time.Time `cbor:"1,keyasint" json:"at"`
	Hours  int       `cbor:"2,keyasint" json:"hours"` // in all, from the relevant time
	By     string    `cbor:"3,keyasint" json:"superintendent"`
	Reason string    `cbor:"4,keyasint" json:"reason"`
}

// FurtherWarrant is a warrant of further detention, or its extension, by a magistrates' court (PACE 1984 ss.43-44).
type FurtherWarrant struct {
	Issued time.Time `cbor:"1,keyasint" json:"issued"` // it runs from then: hours of the superintendent not used are lost
	Hours  int       `cbor:"2,keyasint" json:"hours"`
	Court  string    `cbor:"3,keyasint" json:"court"`
	Reason string    `cbor:"4,keyasint" json:"reason"`
}

// HospitalTime is time at a hospital or on the way there or back, which does not count except while the suspect is being
// questioned (PACE 1984 s.41(6)).
type HospitalTime struct {
	From time.Time `cbor:"1,keyasint" json:"from"`
	To   time.Time `cbor:"2,keyasint,omitzero" json:"to,omitzero"` // zero: still there
}

// BailBack is how a suspect on bail came back into custody.
type BailBack string

// The ways back.
const (
	BackAnswered BailBack = "answered bail"
	BackFailed   BailBack = "arrested for failing to answer"
	BackBroke    BailBack = "arrested for breaking bail"
)

// Choices lists the ways for a form.
func (BailBack) Choices() []Choice {
	return []Choice{
		{string(BackAnswered), "answered bail", "a"},
		{string(BackFailed), "arrested for failing to answer bail", "f"},
		{string(BackBroke), "arrested for breaking a condition of bail", "b"},
	}
}

// pauses reports whether the detention clock waits three hours after such an arrest (Police, Crime, Sentencing and Courts
// Act 2022 sch.4).
func (b BailBack) pauses() bool { return b == BackFailed || b == BackBroke }

// spell is one unbroken time in detention.
type spell struct {
	from, to time.Time // to is zero while it lasts
	pause    time.Duration
}

// spells are the times in detention, the first from the relevant time.
func (k *Arrest) spells() []spell {
	relevant, ok := k.RelevantTime()
	if !ok {
		return nil
	}
	var out []spell
	in := false
	for _, step := range k.Steps {
		switch held := step.Status == InCustody; {
		case held && !in && len(out) == 0:
			out = append(out, spell{from: relevant})
		case held && !in:
			s := spell{from: step.At}
			if step.Back.pauses() {
				s.pause = bailBreachPause * time.Hour
			}
			out = append(out, s)
		case in && !held:
			out[len(out)-1].to = step.At
		}
		in = step.Status == InCustody
	}
	if len(out) == 0 { // arrived, and no step says so yet
		out = append(out, spell{from: relevant})
	}
	return out
}

// uncounted is the part of a spell that does not count: the pause at its start, and hospital.
func (k *Arrest) uncountedIn(s spell, to time.Time) time.Duration {
	out := min(s.pause, to.Sub(s.from))
	from := s.from.Add(out) // hospital within the pause is not left out twice
	for _, h := range k.Hospital {
		a, b := h.From, h.To
		if b.IsZero() || b.After(to) {
			b = to
		}
		if a.Before(from) {
			a = from
		}
		if b.After(a) {
			out += b.Sub(a)
		}
	}
	return max(0, out)
}

// detention is the present spell of detention and how much of the hours the spells before it used: time in detention before
// bail counts when the suspect returns, the time on bail does not (PACE 1984 s.47(6)).
func (k *Arrest) detention() (now spell, used time.Duration, ok bool) {
	all := k.spells()
	if len(all) == 0 {
		return spell{}, 0, false
	}
	for _, s := range all[:len(all)-1] {
		if used += s.to.Sub(s.from) - k.uncountedIn(s, s.to); used < 0 {
			used = 0
		}
	}
	return all[len(all)-1], used, true
}

// atHours is the moment at which so many hours of detention have been used. While the suspect is at a hospital it moves. It may lie in a
// spell that is over: hours that had run out before a release are not given back by a return.
func (k *Arrest) atHours(hours int, now time.Time) (time.Time, bool) {
	used := time.Duration(0)
	all := k.spells()
	for i, s := range all {
		end := k.endIn(s, time.Duration(hours)*time.Hour-used, now)
		if i == len(all)-1 || !end.After(s.to) {
			return end, true
		}
		used = max(0, used+s.to.Sub(s.from)-k.uncountedIn(s, s.to))
	}
	return time.Time{}, false
}

// endIn is when what is left of the hours ends, counted from the start of a spell.
func (k *Arrest) endIn(s spell, left time.Duration, now time.Time) time.Time {
	end := s.from.Add(left + s.pause)
	for _, h := range k.hospitalIn(s, now) { // in order: hours lost early push the end past later ones
		if h.From.Before(end) {
			end = end.Add(h.To.Sub(h.From))
		}
	}
	return end
}

// hospitalIn are the times at a hospital within a spell, after its pause; one that still lasts is taken to now.
func (k *Arrest) hospitalIn(s spell, now time.Time) []HospitalTime {
	var out []HospitalTime
	from := s.from.Add(s.pause)
	for _, h := range k.Hospital {
		if h.To.IsZero() {
			h.To = now
		}
		if h.From.Before(from) {
			h.From = from
		}
		if h.To.After(h.From) {
			out = append(out, h)
		}
	}
	slices.SortFunc(out, func(a, b HospitalTime) int { return a.From.Compare(b.From) })
	return out
}

// atHospital reports whether the suspect is at a hospital.
func (k *Arrest) atHospital() bool {
	return slices.ContainsFunc(k.Hospital, func(h HospitalTime) bool { return h.To.IsZero() })
}

// reviewsDone is how many reviews of detention have been carried out. Records from before they were counted have the last
// one only.
func (k *Arrest) reviewsDone() int {
	if len(k.Reviews) == 0 && !k.Reviewed.IsZero() {
		return 1
	}
	return len(k.Reviews)
}

// furtherNow is the warrant of further detention the present spell rests on.
func (k *Arrest) furtherNow() (FurtherWarrant, bool) {
	s, _, ok := k.detention()
	if !ok || len(k.Further) == 0 {
		return FurtherWarrant{}, false
	}
	last := k.Further[len(k.Further)-1]
	return last, !last.Issued.Before(s.from) // one from before a release on bail went with it
}

// detainUntil is the first moment at which the suspect may no longer be held without charge, the section it rests on, and
// who may extend it.
func (k *Arrest) detainUntil(now time.Time) (end time.Time, citation, next string, ok bool) {
	trap := SummaryOnlyTrap(k.Offences)
	if w, has := k.furtherNow(); has {
		most, _ := k.atHours(detentionMost, now)
		end, citation = w.Issued.Add(time.Duration(w.Hours)*time.Hour), "PACE 1984 s.43"
		if len(k.Further) > 1 {
			citation = "PACE 1984 s.44"
		}
		if !end.Before(most) {
			return most, citation, "96 hours are the most there is (s.44)", true
		}
		return end, citation, "a magistrates' court may extend the warrant, to 96 h in all (s.44)", true
	}
	if !k.Extended.At.IsZero() {
		end, ok = k.atHours(k.Extended.Hours, now)
		return end, "PACE 1984 s.42", "a magistrates' court may grant a warrant of further detention (s.43)", ok
	}
	end, ok = k.atHours(detentionHours, now)
	if trap {
		return end, "PACE 1984 s.41", "a summary-only offence can never be extended", ok
	}
	return end, "PACE 1984 s.41", "a superintendent may extend to 36 h for an indictable offence (s.42), after the second review", ok
}

func custodyDues(k *Arrest, w Watch) []Due {
	var out []Due
	if end, citation, next, ok := k.detainUntil(w.Now); ok {
		out = append(out, k.detentionDue(end, citation, next))
	}
	if !k.Authorised.IsZero() {
		start, event, review := k.Authorised, "detention first authorised", k.Authorised.Add(firstReviewHours*time.Hour)
		if !k.Reviewed.IsZero() { // from the last review that was done: time passing does not do one
			start, event, review = k.Reviewed, "the last review that was done", k.Reviewed.Add(nextReviewHours*time.Hour)
		}
		out = append(out, Due{
			Rule: "review of detention by an inspector", Citation: "PACE 1984 s.40", Event: event, Start: start, Deadline: review, Owner: k.By,
			Missed: "the detention may become unlawful", Settle: "arrest.status",
		})
	}
	if len(out) == 0 {
		limit := w.limit(LimitStation, k.At)
		out = append(out, Due{
			Rule: "reach a police station", Citation: limit.Source, Event: "the arrest", Start: k.At, Deadline: limit.After(k.At), Owner: k.By,
			Missed: "the custody clock is not being kept", Settle: "arrest.status", Check: limit.Unsure,
		})
	}
	return out
}

func (k *Arrest) detentionDue(end time.Time, citation, next string) Due {
	s, used, _ := k.detention()
	d := Due{
		Rule: "charge or release from custody", Citation: citation, Event: k.detentionEvent(s), Start: s.from, Deadline: end, Owner: k.By,
		Missed: "the detention is unlawful; " + next, Settle: "arrest.status",
	}
	switch {
	case k.atHospital():
		d.Warn = "stopped at the hospital (s.41(6)), restarts on the way back"
	case s.pause > 0:
		d.Warn = "3 hours paused after the arrest on bail"
	case used > 0:
		d.Warn = "the time before bail counts (s.47(6))"
	}
	return d
}

// detentionEvent is what the detention clock started from.
func (k *Arrest) detentionEvent(s spell) string {
	if w, ok := k.furtherNow(); ok {
		return "the warrant was issued at " + w.Issued.In(day.London()).Format("15:04 on 2 Jan") + " by " + w.Court
	}
	relevant, _ := k.RelevantTime()
	switch {
	case !s.from.Equal(relevant):
		return "back in custody from bail"
	case relevant.Equal(k.Arrived):
		return "relevant time: arrival at the station (s.41(2))"
	}
	return "relevant time: 24 hours after the arrest (s.41(2))"
}
