package model

import (
	"time"

	"pou/model/day"
)

func custodyActions() []Spec {
	return []Spec{
		spec[custodyExtend]("custody.extend", "Extend detention to 36 hours", "Records a superintendent's authority to detain beyond 24 hours, up to 36 (PACE s.42): an indictable offence, before the 24 hours end and after the second review.",
			anyone(), KindArrest),
		spec[custodyWarrant]("custody.warrant", "Record a warrant of further detention", "Records a magistrates' warrant of further detention or its extension (PACE ss.43-44): it runs from issue, 36 hours at most, 96 in all.",
			anyone(), KindArrest),
		spec[custodyHospital]("custody.hospital", "Record time at a hospital", "Stops the detention clock while the suspect is at a hospital or on the way there or back, and starts it again (PACE s.41(6)).",
			anyone(), KindArrest),
	}
}

// custodyOf loads an arrest whose suspect is detained and whose clock runs.
func custodyOf(c *Change, ref Ref) (*Arrest, error) {
	k, err := Load[*Arrest](c, "arrest", ref)
	if err != nil {
		return nil, err
	}
	if _, running := k.RelevantTime(); k.Status != InCustody || !running {
		return nil, Refuse("arrest", string(ref)+" is "+string(k.Status)+", and only detention at a police station is extended (PACE s.41)", "Record the arrival with arrest.status first")
	}
	return k, nil
}

func summaryOnlyNever(section string) *Problem {
	return Refuse("arrest", "detention for a summary-only offence never goes past 24 hours: only an indictable offence, either way included, is extended (PACE "+section+")",
		"Charge or release; review the evidence for s.4A or a breach of an order")
}

type custodyExtend struct {
	By     string    `do:"superintendent" label:"Superintendent" opts:"need" help:"Enter the name of the superintendent who authorised it"`
	Reason string    `do:"reason" label:"Why it is necessary" opts:"need,long" help:"Enter what detention is needed for: to secure or preserve evidence, or to question (s.42(1)(a))"`
	Dilig  bool      `do:"diligent" label:"Conducted diligently and expeditiously" opts:"need" help:"Enter yes when the superintendent is satisfied of it (s.42(1)(c))"`
	Hours  int       `do:"hours" label:"Hours in all" default:"36" help:"Empty: 36 hours from the relevant time, the most a superintendent may give"`
	At     time.Time `do:"at" label:"When" default:"now"`
	Arrest Ref       `do:"arrest" label:"Arrest" kinds:"K" opts:"need,fold"`
}

func (a *custodyExtend) Apply(c *Change) error {
	k, err := custodyOf(c, a.Arrest)
	if err != nil {
		return err
	}
	at := orNow(a.At, c)
	if a.Hours == 0 {
		a.Hours = extendedHours
	}
	if err := a.check(c, k, at); err != nil {
		return err
	}
	k.Extended = Extension{At: at, Hours: a.Hours, By: a.By, Reason: a.Reason}
	c.Reason = a.Reason
	return c.Put(k)
}

func (a *custodyExtend) check(c *Change, k *Arrest, at time.Time) error {
	end, _ := k.atHours(detentionHours, c.Now)
	spell, _, _ := k.detention()
	switch {
	case SummaryOnlyTrap(k.Offences):
		return summaryOnlyNever("s.42(1)(b)")
	case !k.Extended.At.IsZero():
		return Refuse("arrest", "a superintendent has extended it already, to "+itoa(k.Extended.Hours)+" hours (PACE s.42)", "Ask a magistrates' court for a warrant (s.43), or undo the extension if it was wrong")
	case len(k.Further) > 0:
		return Refuse("arrest", "a magistrates' court has granted further detention, so there is nothing left for a superintendent to extend (PACE s.42)", "Ask the court to extend its warrant (s.44)")
	case !a.Dilig:
		return Refuse("diligent", "detention is extended only when the investigation is conducted diligently and expeditiously (PACE s.42(1)(c))", "Enter yes if the superintendent is satisfied of it")
	case a.Hours <= detentionHours || a.Hours > extendedHours:
		return Refuse("hours", "a superintendent extends to more than 24 and at most 36 hours after the relevant time (PACE s.42(1)-(2))", "Enter 25 to 36")
	case at.After(c.Now):
		return notLater(at, c)
	case at.Before(spell.from):
		return Refuse("at", "it cannot be authorised before the detention", "Enter the time it was authorised")
	case !at.Before(end):
		return Refuse("at", "the 24 hours ended at "+day.Clock(end)+", and no extension can be authorised after them (PACE s.42(4)(a))", "Release, or charge")
	case k.reviewsBefore(at) < 2:
		return Refuse("at", "no extension is authorised before the second review of detention has been carried out (PACE s.42(4)(b)); "+itoa(k.reviewsBefore(at))+" recorded by then",
			"Record the reviews with arrest.status first")
	}
	return nil
}

// reviewsBefore is how many reviews had been carried out by a moment.
func (k *Arrest) reviewsBefore(at time.Time) int {
	if len(k.Reviews) == 0 {
		return k.reviewsDone()
	}
	n := 0
	for _, r := range k.Reviews {
		if !r.After(at) {
			n++
		}
	}
	return n
}

type custodyWarrant struct {
	Court  string    `do:"court" label:"Court" opts:"need"`
	Hours  int       `do:"hours" label:"Hours granted" opts:"need" help:"Enter the hours as the warrant states them: 36 at most"`
	Issued time.Time `do:"issued" label:"Issued" opts:"need" default:"now" help:"The warrant runs from then"`
	Reason string    `do:"reason" label:"Grounds" opts:"need,long"`
	Arrest Ref       `do:"arrest" label:"Arrest" kinds:"K" opts:"need,fold"`
}

func (a *custodyWarrant) Apply(c *Change) error {
	k, err := custodyOf(c, a.Arrest)
	if err != nil {
		return err
	}
	if err := a.check(c, k); err != nil {
		return err
	}
	if _, current := k.furtherNow(); !current {
		k.Further = nil // the journal has the one of before bail
	}
	k.Further = append(k.Further, FurtherWarrant{Issued: a.Issued, Hours: a.Hours, Court: a.Court, Reason: a.Reason})
	c.Reason = a.Reason
	return c.Put(k)
}

func (a *custodyWarrant) check(c *Change, k *Arrest) error {
	spell, _, _ := k.detention()
	most, _ := k.atHours(detentionMost, c.Now)
	last, second := k.furtherNow()
	switch {
	case SummaryOnlyTrap(k.Offences):
		return summaryOnlyNever("s.43(4)(b)")
	case a.Issued.After(c.Now):
		return Refuse("issued", "it cannot have been issued later than now", "Enter the time on the warrant")
	case a.Issued.Before(spell.from):
		return Refuse("issued", "it cannot have been issued before the detention", "Enter the time on the warrant")
	case a.Hours < 1 || a.Hours > warrantHours:
		return Refuse("hours", "a warrant of further detention is for 36 hours at most (PACE s.43(12), and s.44(3)(a) when it is extended)", "Enter the hours on the warrant")
	case a.Issued.Add(time.Duration(a.Hours) * time.Hour).After(most):
		return Refuse("hours", "detention without charge ends 96 hours after the relevant time, at "+day.Clock(most)+" (PACE s.44(3)(b))",
			"Enter "+itoa(int(max(0, most.Sub(a.Issued)/time.Hour)))+" hours or fewer")
	case second:
		return a.checkExtension(last)
	}
	return a.checkFirst(c, k)
}

// checkFirst wants the first warrant before the detention it follows ends, or within the six hours in which a court could
// not sit.
func (a *custodyWarrant) checkFirst(c *Change, k *Arrest) error {
	end, _, _, _ := k.detainUntil(c.Now)
	if k.Extended.At.IsZero() {
		if !a.Issued.Before(end) {
			return Refuse("issued", "the 24 hours ended at "+day.Clock(end)+" without a superintendent's extension (PACE ss.41(7), 42)", "Release, or charge")
		}
		return nil
	}
	end, _ = k.atHours(k.Extended.Hours, c.Now)
	grace := end
	if k.Extended.Hours == extendedHours {
		grace = end.Add(courtGraceHours * time.Hour)
	}
	if !a.Issued.Before(grace) {
		return Refuse("issued", "the detention a superintendent authorised ended at "+day.Clock(end)+"; a court grants more only before that, or within 6 hours of the 36 when it could not sit (PACE s.43(5))",
			"Release, or charge")
	}
	return nil
}

func (a *custodyWarrant) checkExtension(last FurtherWarrant) error {
	end := last.Issued.Add(time.Duration(last.Hours) * time.Hour)
	switch {
	case !a.Issued.After(last.Issued):
		return Refuse("issued", "the warrant it extends was issued at "+day.Clock(last.Issued)+" (PACE s.44)", "Enter the time on the extension")
	case !a.Issued.Before(end):
		return Refuse("issued", "the warrant ended at "+day.Clock(end)+", and an extension is granted while it runs (PACE s.44(1))", "Release, or charge")
	}
	return nil
}

type custodyHospital struct {
	Left   time.Time `do:"left" label:"Left for the hospital" help:"Enter when the suspect left for the hospital; it is not counted from then"`
	Back   time.Time `do:"back" label:"Back at the station" help:"Empty: still there"`
	Arrest Ref       `do:"arrest" label:"Arrest" kinds:"K" opts:"need,fold"`
}

func (a *custodyHospital) Apply(c *Change) error {
	k, err := custodyOf(c, a.Arrest)
	if err != nil {
		return err
	}
	spell, _, _ := k.detention()
	there := k.atHospital()
	switch {
	case there && !a.Left.IsZero():
		return Refuse("left", "the suspect is at the hospital already", "Enter when they came back")
	case there && a.Back.IsZero():
		return Refuse("back", "the suspect is at the hospital already, and the clock is stopped (PACE s.41(6))", "Enter when they came back")
	case !there && a.Left.IsZero():
		return Refuse("left", "nothing says when the suspect left for the hospital (PACE s.41(6))", "Enter the time")
	case a.Left.After(c.Now):
		return Refuse("left", "it cannot have happened later than now", "Enter the time it happened")
	case a.Back.After(c.Now):
		return Refuse("back", "it cannot have happened later than now", "Enter the time it happened")
	case !there && a.Left.Before(spell.from):
		return Refuse("left", "the detention clock started later than that, at "+day.Clock(spell.from), "Enter a time within the detention")
	}
	if !there {
		k.Hospital = append(k.Hospital, HospitalTime{From: a.Left})
	}
	h := &k.Hospital[len(k.Hospital)-1]
	if !a.Back.IsZero() && !a.Back.After(h.From) {
		return Refuse("back", "they left for the hospital at "+h.From.In(day.London()).Format("15:04 on 2 Jan 2006"), "Enter a later time")
	}
	if len(k.Hospital) > 1 && h.From.Before(k.Hospital[len(k.Hospital)-2].To) {
		return Refuse("left", "they came back from the hospital later than that", "Enter the time they left again")
	}
	h.To = a.Back
	return c.Put(k)
}
