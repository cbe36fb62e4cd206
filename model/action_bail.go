package model

import (
	"strconv"
	"time"

	"pou/model/day"
)

func bailActions() []Spec {
	return []Spec{
		spec[bailExtend]("bail.extend", "Extend pre-charge bail", "Records who extended pre-charge bail, on conditions A to D (PACE s.47ZC): an inspector to 6 months, a superintendent to 9, a court to 12 and then 18.",
			anyone(), KindArrest),
		spec[bailPause]("bail.pause", "Pause the bail clock", "Stops the bail clock while the case is with the CPS for a charging decision (PACE s.47ZL).", anyone(), KindArrest),
		spec[bailResume]("bail.resume", "Resume the bail clock", "Starts the bail clock again when the case is back from the CPS (PACE s.47ZL).", anyone(), KindArrest),
	}
}

// bailOf loads an arrest whose suspect is on bail from a police station.
func bailOf(c *Change, ref Ref) (*Arrest, error) {
	k, err := Load[*Arrest](c, "arrest", ref)
	switch {
	case err != nil:
		return nil, err
	case k.Status != Bailed:
		return nil, Refuse("arrest", string(ref)+" is "+string(k.Status)+", and only pre-charge bail has these limits (PACE s.47ZB)", "Record the bail with arrest.status first")
	case k.street():
		return nil, Refuse("arrest", string(ref)+" is bailed from the street, which is not extended (PACE s.30A)", "Record the return with arrest.status, and bail from the station")
	}
	return k, nil
}

type bailExtend struct {
	Rank   BailRank    `do:"rank" label:"Authorised by rank" opts:"need"`
	Who    string      `do:"who" label:"Authorised by" opts:"need" help:"Enter the officer's name, or the court"`
	A      bool        `do:"condition_a" label:"A: reasonable grounds to suspect guilt" opts:"need" help:"Enter yes when it is met (s.47ZC(2))"`
	B      bool        `do:"condition_b" label:"B: more time is needed to decide or investigate" opts:"need" help:"Enter yes when it is met (s.47ZC(3))"`
	C      bool        `do:"condition_c" label:"C: diligent and expeditious" opts:"need" help:"Enter yes when it is met (s.47ZC(4))"`
	D      bool        `do:"condition_d" label:"D: bail still necessary and proportionate" opts:"need" help:"Enter yes when it is met (s.47ZC(5))"`
	Views  VictimViews `do:"views" label:"Victim-survivor's views on the conditions" opts:"need"`
	Reason string      `do:"reason" label:"Reason" opts:"need,long"`
	BailTo day.Date    `do:"bail_to" label:"New bail date" help:"Empty: the return date stays"`
	At     time.Time   `do:"at" label:"When" opts:"fold" default:"now"`
	Arrest Ref         `do:"arrest" label:"Arrest" kinds:"K" opts:"need,fold"`
}

func (a *bailExtend) Apply(c *Change) error {
	k, err := bailOf(c, a.Arrest)
	if err != nil {
		return err
	}
	at := orNow(a.At, c)
	next, err := a.check(c, k, at)
	if err != nil {
		return err
	}
	k.Longer = append(k.Longer, BailExtension{At: at, Rank: a.Rank, Who: a.Who, Months: next.months, Views: a.Views, Reason: a.Reason})
	switch last := k.bailLast(next.months, day.On(c.Now)); {
	case a.BailTo > last:
		return Refuse("bail_to", "bail so extended ends on "+last.Long()+" ("+next.citation+")", "Enter that day or an earlier one")
	case !a.BailTo.IsZero() && a.BailTo < day.On(at):
		return Refuse("bail_to", "bail to "+a.BailTo.Long()+" would have ended before it was extended", "Enter the day to return")
	}
	k.BailTo = firstDay(a.BailTo, k.BailTo)
	c.Reason = a.Reason
	return c.Put(k)
}

func (a *bailExtend) check(c *Change, k *Arrest, at time.Time) (bailStage, error) {
	now, next, more := k.bailStage()
	last := k.bailLast(now.months, day.On(c.Now))
	switch {
	case !more:
		return next, Refuse("arrest", itoa(now.months)+" months is the longest pre-charge bail there is ("+now.citation+")", "Charge, release, or release under investigation")
	case a.Rank != next.rank:
		return next, Refuse("rank", "bail stands at "+itoa(now.months)+" months, and what comes next is "+extender(next), "Choose "+string(next.rank))
	case at.After(c.Now):
		return next, notLater(at, c)
	case day.On(at) > last:
		return next, Refuse("at", "bail ended on "+last.Long()+", and it is extended before it ends ("+next.citation+")", "It cannot be extended now: release under investigation, or arrest again on new evidence")
	case day.On(at) < day.On(k.At):
		return next, Refuse("at", "it cannot be extended before the arrest", "Enter the time it was authorised")
	}
	for i, met := range []bool{a.A, a.B, a.C, a.D} {
		if !met {
			letter := strconv.QuoteRune(rune('A' + i))[1:2]
			return next, Refuse("condition_"+string(rune('a'+i)), "bail is extended only when condition "+letter+" is met (PACE s.47ZC)", "Enter yes if it is met; if not, release without bail")
		}
	}
	return next, nil
}

type bailPause struct {
	From   day.Date `do:"from" label:"Sent to the CPS" opts:"need" default:"today"`
	Reason string   `do:"reason" label:"CPS reference" opts:"need"`
	Arrest Ref      `do:"arrest" label:"Arrest" kinds:"K" opts:"need,fold"`
}

func (a *bailPause) Apply(c *Change) error {
	k, err := bailOf(c, a.Arrest)
	if err != nil {
		return err
	}
	now, _, _ := k.bailStage()
	switch last := k.bailLast(now.months, day.On(c.Now)); {
	case k.withCPS():
		return Refuse("arrest", "the bail clock is paused already, since "+k.Paused[len(k.Paused)-1].From.Long()+" (PACE s.47ZL)", "Resume it when the case is back")
	case a.From > day.On(c.Now):
		return Refuse("from", "it cannot have been sent later than today", "Enter the day it was sent")
	case a.From < k.BailBegins():
		return Refuse("from", "bail begins the day after the arrest (PACE s.47ZB(4)(a))", "Enter "+k.BailBegins().Long()+" or later")
	case len(k.Paused) > 0 && a.From < k.Paused[len(k.Paused)-1].To:
		return Refuse("from", "the case came back from the CPS later than that", "Enter the day it was sent again")
	case a.From > last:
		return Refuse("from", "bail ended on "+last.Long()+", and nothing is left to pause (PACE s.47ZL)", "Release under investigation, or charge")
	}
	k.Paused = append(k.Paused, BailPause{From: a.From, Reason: a.Reason})
	c.Reason = a.Reason
	return c.Put(k)
}

type bailResume struct {
	On     day.Date `do:"on" label:"Back from the CPS" opts:"need" default:"today" help:"Enter the first day that counts again"`
	Reason string   `do:"reason" label:"What the CPS asks for"`
	Arrest Ref      `do:"arrest" label:"Arrest" kinds:"K" opts:"need,fold"`
}

func (a *bailResume) Apply(c *Change) error {
	k, err := bailOf(c, a.Arrest)
	if err != nil {
		return err
	}
	if !k.withCPS() {
		return Refuse("arrest", "the bail clock is not paused (PACE s.47ZL)", "There is nothing to resume")
	}
	p := &k.Paused[len(k.Paused)-1]
	switch {
	case a.On > day.On(c.Now):
		return Refuse("on", "it cannot have come back later than today", "Enter the day it came back")
	case a.On < p.From:
		return Refuse("on", "it was sent to the CPS on "+p.From.Long(), "Enter that day or a later one")
	}
	p.To = a.On
	c.Reason = a.Reason
	return c.Put(k)
}
