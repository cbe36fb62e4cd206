package model

import (
	"slices"

	"pou/model/day"
)

func engagementActions() []Spec {
	all := append(anyone(), RoleSTAC)
	return []Spec{
		spec[engagementLog]("engagement.log", "Log an engagement", "Records a session about stalking: the audience, how many, where, on what and by whom.", all),
		spec[engagementFollowed]("engagement.followed", "Record a follow-up", "Says that what a session left to do is done.", all, KindEngagement),
	}
}

type engagementLog struct {
	Audience EngagementAudience `do:"audience" label:"Audience" opts:"need"`
	Numbers  int                `do:"numbers" label:"How many" opts:"need" help:"Enter how many people were there"`
	Topic    string             `do:"topic" label:"Topic" opts:"need"`
	Where    string             `do:"where" label:"Where" help:"Enter the school, college or hall"`
	Day      day.Date           `do:"day" label:"Day" default:"today"`
	By       []Ref              `do:"by" label:"Held by" kinds:"O" default:"me"`
	Unit     Unit               `do:"unit" label:"Unit" default:"unit"`
	FollowUp string             `do:"follow_up" label:"To follow up"`
	FollowBy day.Date           `do:"follow_by" label:"Follow up by" opts:"fold"`
	Note     string             `do:"note" label:"Note" opts:"long,fold" help:"Enter it without anybody's name who was there"`
}

func (a *engagementLog) Apply(c *Change) error {
	if err := workingOfficers(c, "by", a.By...); err != nil {
		return err
	}
	on := firstDay(a.Day, day.On(c.Now))
	if on > day.On(c.Now) {
		return Refuse("day", "a session is logged once it was held", "Enter today or the day it was held")
	}
	e := &Engagement{
		Audience: a.Audience, Numbers: a.Numbers, Unit: firstUnit(a.Unit, c.By.Unit), Day: on, Where: a.Where, Topic: a.Topic, By: slices.Clone(a.By),
		FollowUp: a.FollowUp, FollowBy: a.FollowBy, Added: c.Now, Note: a.Note,
	}
	if len(e.By) == 0 {
		e.By = []Ref{c.By.Ref}
	}
	return c.Put(e)
}

type engagementFollowed struct {
	Engagement Ref      `do:"engagement" label:"Engagement" kinds:"E" opts:"need"`
	Result     string   `do:"result" label:"What was done" opts:"need"`
	Day        day.Date `do:"day" label:"Done on" opts:"fold" default:"today"`
}

func (a *engagementFollowed) Apply(c *Change) error {
	e, err := Load[*Engagement](c, "engagement", a.Engagement)
	if err != nil {
		return err
	}
	on := firstDay(a.Day, day.On(c.Now))
	switch {
	case !e.toFollow():
		return Refuse("engagement", string(e.Ref)+" has nothing left to follow up", "Log another session with engagement.log if there was one")
	case on > day.On(c.Now) || on < e.Day:
		return Refuse("day", "a follow-up is done after the session and not later than today", "Check the day")
	}
	e.Followed, e.Result = on, a.Result
	return c.Put(e)
}
