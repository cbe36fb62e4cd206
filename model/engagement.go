package model

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// EngagementAudience is whom the unit spoke to about stalking.
type EngagementAudience string

// Choices lists the audiences.
func (EngagementAudience) Choices() []Choice {
	return []Choice{
		{"schools-officers", "schools officers", "s"},
		{"youth-engagement", "youth engagement officers", "y"},
		{"cadet-leaders", "cadet leaders", "c"},
		{"universities", "universities", "u"},
		{"schools", "schools and pupils", "p"},
		{"partners", "partner agencies", "a"},
		{"public", "public", "b"},
		{"other", "other", "o"},
	}
}

func (a EngagementAudience) label() string { return LabelOf(a.Choices(), string(a)) }

// Engagement is one session: who was spoken to, how many, where and by whom.
type Engagement struct {
	Meta     `cbor:"-" json:"-"`
	Audience EngagementAudience `cbor:"1,keyasint" json:"audience"`
	Numbers  int                `cbor:"2,keyasint" json:"numbers"`
	Unit     Unit               `cbor:"3,keyasint,omitempty" json:"unit,omitempty"`
	Day      day.Date           `cbor:"4,keyasint" json:"day"`
	Where    string             `cbor:"5,keyasint,omitempty" json:"where,omitempty"`
	Topic    string             `cbor:"6,keyasint" json:"topic"`
	By       []Ref              `cbor:"7,keyasint" json:"by"`
	FollowUp string             `cbor:"8,keyasint,omitempty" json:"follow_up,omitempty"`
	FollowBy day.Date           `cbor:"9,keyasint,omitempty" json:"follow_by,omitzero"`
	Followed day.Date           `cbor:"10,keyasint,omitempty" json:"followed,omitzero"`
	Result   string             `cbor:"11,keyasint,omitempty" json:"result,omitempty"`
	Added    time.Time          `cbor:"12,keyasint" json:"added"`
	Note     string             `cbor:"13,keyasint,omitempty" json:"note,omitempty"`
}

// Links finds the session from the officers who held it.
func (e *Engagement) Links() []Ref { return links(slices.Clone(e.By)...) }

// Place keeps the session in its unit's log.
func (e *Engagement) Place() (Unit, bool) { return e.Unit, true }

// Check wants a number, a topic and somebody who held it.
func (e *Engagement) Check() error {
	switch {
	case e.Audience == "":
		return Refuse("audience", "a session is for somebody", "Choose one: "+valuesOf(e.Audience.Choices()))
	case e.Numbers < 1:
		return Refuse("numbers", "a session reaches at least one person", "Enter how many were there; do not log one nobody came to")
	case e.Unit == "":
		return Refuse("unit", "a session counts for a unit", "Choose the unit")
	case e.Topic == "":
		return Refuse("topic", "a session is about something", "Enter the topic in a few words")
	case !e.FollowBy.IsZero() && e.FollowBy < e.Day:
		return Refuse("follow_by", "what follows comes after the session", "Enter a later day")
	case !e.FollowBy.IsZero() && e.FollowUp == "":
		return Refuse("follow_up", "a day to follow up by says what is to be done", "Enter it in a few words")
	}
	return nil
}

func (e *Engagement) toFollow() bool { return e.FollowUp != "" && e.Followed.IsZero() }

func (e *Engagement) clocks(Watch) []Due {
	if !e.toFollow() || e.FollowBy.IsZero() {
		return nil
	}
	return []Due{{
		Rule: "follow up: " + e.FollowUp, Citation: Local, Start: e.Day.Start(), Deadline: e.FollowBy.End(), Owner: first(e.By),
		Missed: "what was promised to the audience is not done", Settle: "engagement.followed",
	}}
}

func (e *Engagement) row(_ *Liner, line *Line) {
	line.Kind, line.Name, line.Type, line.Since, line.Owner, line.Count = KindEngagement.Word(), e.Where, e.Audience.label(), e.Day.Start(), first(e.By), e.Numbers
	line.What, line.Status = e.Topic, "held"
	if e.toFollow() {
		line.Status, line.Due = "to follow up", e.FollowBy
	}
}

func (e *Engagement) facts(l *Liner) []Facts {
	names := make([]string, len(e.By))
	for i, ref := range e.By {
		names[i] = l.Officer(ref)
	}
	follow := Fact{Label: "Follow up", Text: e.FollowUp, Tone: ToneWarn}
	if !e.toFollow() {
		follow.Tone = ToneGood
	} else if !e.FollowBy.IsZero() {
		follow.Text += ", by " + e.FollowBy.Long()
	}
	return []Facts{{Head: string(e.Ref) + " · " + string(e.Unit), Rows: []Fact{
		{Label: "Audience", Text: e.Audience.label() + ", " + itoa(e.Numbers), Tone: ToneStrong},
		{Label: "Topic", Text: e.Topic},
		{Label: "Where", Text: e.Where},
		{Label: "When", Text: e.Day.Long()},
		{Label: "By", Text: strings.Join(names, ", ")},
		follow,
		{Label: "Followed", Text: strings.TrimSpace(e.Followed.Long() + " " + e.Result)},
		{Label: "Note", Text: e.Note},
	}}}
}

// EngagementTotal is what a unit reached: of one audience, or of all of them together.
type EngagementTotal struct {
	Unit     Unit               `json:"unit,omitempty"`     // "" for all units together
	Audience EngagementAudience `json:"audience,omitempty"` // "" for all audiences together
	Sessions int                `json:"sessions"`
	Reached  int                `json:"reached"` // people; somebody who came twice counts twice
}

// EngagementMonths is the window that is counted when nobody names one: the twelve months up to today.
const EngagementMonths = 12

// Label is the audience of a total in words.
func (t EngagementTotal) Label() string {
	if t.Audience == "" {
		return "all audiences"
	}
	return t.Audience.label()
}

// EngagementTotals counts the sessions held from one day to another, both included: for all units together, then unit by
// unit, and in each for all audiences and then by audience. What nobody reached is left out, but not the grand total.
func EngagementTotals(all []*Engagement, from, to day.Date) []EngagementTotal {
	counted := map[EngagementTotal]EngagementTotal{{}: {}}
	for _, e := range all {
		if e.Day < from || e.Day > to {
			continue
		}
		for _, at := range []EngagementTotal{{}, {Audience: e.Audience}, {Unit: e.Unit}, {Unit: e.Unit, Audience: e.Audience}} {
			t := counted[at]
			t.Unit, t.Audience, t.Sessions, t.Reached = at.Unit, at.Audience, t.Sessions+1, t.Reached+e.Numbers
			counted[at] = t
		}
	}
	out := make([]EngagementTotal, 0, len(counted))
	for _, t := range counted {
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b EngagementTotal) int {
		return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(audienceRank(a.Audience), audienceRank(b.Audience)), cmp.Compare(a.Audience, b.Audience))
	})
	return out
}

func audienceRank(a EngagementAudience) int {
	if a == "" {
		return -1
	}
	return rankOf(a.Choices(), string(a))
}
