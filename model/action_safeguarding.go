package model

import (
	"slices"

	"pou/model/day"
)

func safeguardingActions() []Spec {
	all := append(anyone(), RoleSTAC)
	return []Spec{
		spec[safeguardingRefer]("safeguarding.refer", "Record a safeguarding action", "Records a referral to another body, or a measure taken, to keep somebody safe. It comes before everything else in the case.",
			all, KindCase, KindScreening, KindReferral),
		spec[safeguardingOutcome]("safeguarding.outcome", "Record what came of a safeguarding action", "Says whether a safeguarding measure is in place; its follow-up then stops.", all, KindCase),
	}
}

type safeguardingRefer struct {
	To        SafeBody     `do:"to" label:"To" opts:"need"`
	Basis     SharingBasis `do:"basis" label:"Lawful basis" opts:"need"`
	Words     string       `do:"words" label:"What was asked or done" opts:"long,hide" help:"Need-to-know: who, where and what"`
	FollowUp  day.Date     `do:"follow_up" label:"Follow up by" default:"today+7"`
	Owner     Ref          `do:"owner" label:"Followed up by" kinds:"O" opts:"fold" help:"Empty: you"`
	Day       day.Date     `do:"day" label:"Done on" opts:"fold" default:"today"`
	Case      Ref          `do:"case" label:"Case" kinds:"C" opts:"fold"`
	Screening Ref          `do:"screening" label:"Screening" kinds:"SC" opts:"fold"`
	Referral  Ref          `do:"referral" label:"S-TAC referral" kinds:"ST" opts:"fold"`
}

func (a *safeguardingRefer) Apply(c *Change) error {
	k, err := a.find(c)
	if err != nil {
		return err
	}
	if err := workingOfficers(c, "owner", a.Owner); err != nil {
		return err
	}
	today := day.On(c.Now)
	on := firstDay(a.Day, today)
	switch {
	case on > today:
		return Refuse("day", "a safeguarding action is recorded once it is done", "Enter today or the day it was done; add a task for what is to be done")
	case !a.FollowUp.IsZero() && a.FollowUp < on:
		return Refuse("follow_up", "the follow-up comes after the action", "Enter a later day")
	}
	k.Safe = append(slices.Clone(k.Safe), SafeAction{
		No: len(k.Safe) + 1, To: a.To, Basis: a.Basis, Day: on, By: c.By.Ref, Words: a.Words, FollowUp: a.FollowUp, Owner: firstRef(a.Owner, c.By.Ref),
	})
	return c.Put(k)
}

// find is the case named, or that of the screening or the referral.
func (a *safeguardingRefer) find(c *Change) (*Case, error) {
	ref := a.Case
	if ref == "" && a.Screening != "" {
		s, err := Load[*Screening](c, "screening", a.Screening)
		if err != nil {
			return nil, err
		}
		ref = s.Case
	}
	if ref == "" && a.Referral != "" {
		r, err := Load[*Referral](c, "referral", a.Referral)
		if err != nil {
			return nil, err
		}
		ref = r.Case
	}
	if ref == "" {
		return nil, Refuse("case", "a safeguarding action belongs to a case", "Name the case, or open one with case.add first")
	}
	return goingCase(c, ref)
}

type safeguardingOutcome struct {
	Case    Ref         `do:"case" label:"Case" kinds:"C" opts:"need"`
	No      int         `do:"no" label:"Number" opts:"need" help:"Enter the number of the safeguarding action on the case"`
	Outcome SafeOutcome `do:"outcome" label:"Outcome" opts:"need"`
	Came    string      `do:"words" label:"What came of it" opts:"long,hide" help:"Need-to-know: who, where and what"`
	Day     day.Date    `do:"day" label:"Known on" opts:"fold" default:"today"`
}

func (a *safeguardingOutcome) Apply(c *Change) error {
	k, err := goingCase(c, a.Case)
	if err != nil {
		return err
	}
	if a.No < 1 || a.No > len(k.Safe) {
		return Refuse("no", string(k.Ref)+" has no safeguarding action "+itoa(a.No), "They are numbered from 1; there are "+itoa(len(k.Safe)))
	}
	k.Safe = slices.Clone(k.Safe)
	s := &k.Safe[a.No-1]
	on := firstDay(a.Day, day.On(c.Now))
	switch {
	case !s.open():
		return Refuse("no", "safeguarding action "+itoa(a.No)+" is "+string(s.Outcome)+" since "+s.Known.Long(), "Undo that if it was wrong, or record a new action")
	case on > day.On(c.Now) || on < s.Day:
		return Refuse("day", "an outcome is known after the action and not later than today", "Check the day")
	}
	s.Outcome, s.Came, s.Known = a.Outcome, a.Came, on
	return c.Put(k)
}
