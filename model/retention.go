package model

import (
	"time"

	"pou/model/day"
)

// RetentionGroup is how long data about a person is kept before it is looked at again. Source: MoPI review groups, from
// memory, since rewritten by the College: check. How long each runs is a limit (pou list limits), not code.
type RetentionGroup string

// The groups.
const (
	Retain1 RetentionGroup = "g1"
	Retain2 RetentionGroup = "g2"
	Retain3 RetentionGroup = "g3"
	Retain4 RetentionGroup = "g4"
)

// Choices lists the groups for a form.
func (RetentionGroup) Choices() []Choice {
	return []Choice{
		{string(Retain1), "1 public protection: MAPPA, potentially dangerous, murder", "1"},
		{string(Retain2), "2 other sexual, violent or serious offences", "2"},
		{string(Retain3), "3 all other offences", "3"},
		{string(Retain4), "4 undetected and miscellaneous", "4"},
	}
}

func (g RetentionGroup) limit() LimitName {
	switch g {
	case Retain1:
		return LimitRetain1
	case Retain2:
		return LimitRetain2
	case Retain4:
		return LimitRetain4
	case Retain3:
	}
	return LimitRetain3
}

// by is the last day of a group's limit that began on a day.
func (g RetentionGroup) by(from day.Date, l Limits) day.Date {
	limit := l.On(g.limit(), from)
	return limit.lastOf(from)
}

// Retention is the last review of whether a person's record is still needed.
type Retention struct {
	Group  RetentionGroup `cbor:"1,keyasint" json:"group"`
	Until  day.Date       `cbor:"2,keyasint" json:"until"`
	Reason string         `cbor:"3,keyasint" json:"reason"`
	By     Ref            `cbor:"4,keyasint" json:"by"`
	At     time.Time      `cbor:"5,keyasint" json:"at"`
}

// ReviewBy is the day by which somebody asks whether the person's record is still needed, and why that day: the one that was
// set, or the limit of the group from when anything about them last changed. Nobody has put an unreviewed person in a group;
// they run by the shortest, so that they are looked at rather than kept.
func (p *Person) ReviewBy(last time.Time, l Limits) (day.Date, string) {
	if p.Kept != nil {
		return p.Kept.Until, "reviewed, group " + LabelOf(p.Kept.Group.Choices(), string(p.Kept.Group))
	}
	by, group := day.Date(0), Retain3
	for _, g := range []RetentionGroup{Retain3, Retain4} {
		if d := g.by(day.On(last), l); by.IsZero() || d < by {
			by, group = d, g
		}
	}
	return by, "never reviewed: nothing has changed since " + day.On(last).Long() + " (" + string(group) + ")"
}
