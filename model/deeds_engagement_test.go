package model

import (
	"slices"
	"testing"
)

func engagementDeeds() []deed {
	base := given{"audience": "schools-officers", "numbers": 24, "topic": "Stalking first", "where": "Putney", "day": "2026-11-20"}
	follow := with(base, given{"follow_up": "Send the slides"})
	did := given{"engagement": "E-1", "result": "Sent"}
	return []deed{
		{name: "a session counts for the officer's unit", action: "engagement.log", who: "O-0002", fields: base, then: func(d *desk) {
			e := as[*Engagement](d, "E-000001")
			if e.Unit != "SW" || e.Numbers != 24 || !slices.Equal(e.By, []Ref{"O-0002"}) {
				d.Errorf("%+v", e)
			}
		}},
		{name: "held by two for another unit, logged by S-TAC", action: "engagement.log", who: "O-0006", fields: with(base, given{"by": "O-1,O-2", "unit": "NE"}), then: func(d *desk) {
			if e := as[*Engagement](d, "E-000001"); e.Unit != "NE" || len(e.By) != 2 {
				d.Errorf("%+v", e)
			}
		}},
		{name: "somebody was there", action: "engagement.log", fields: with(base, given{"numbers": 0}), refused: "numbers"},
		{name: "it was for somebody", action: "engagement.log", fields: with(base, given{"audience": nil}), refused: "audience"},
		{name: "it was about something", action: "engagement.log", fields: with(base, given{"topic": nil}), refused: "topic"},
		{name: "it has been held", action: "engagement.log", fields: with(base, given{"day": "2026-11-25"}), refused: "day"},
		{name: "by officers who work here", action: "engagement.log", fields: with(base, given{"by": "O-9"}), refused: "by"},
		{name: "a day to follow up says what", action: "engagement.log", fields: with(base, given{"follow_by": "2026-12-01"}), refused: "follow_up"},
		{name: "and comes after it", action: "engagement.log", fields: with(follow, given{"follow_by": "2026-11-19"}), refused: "follow_by"},
		{name: "an administrator logs none", action: "engagement.log", who: "O-0008", fields: base, refused: "-", code: Denied},

		{name: "it is done", action: "engagement.followed", first: done("engagement.log", follow), fields: did, then: func(d *desk) {
			if e := as[*Engagement](d, "E-000001"); e.toFollow() || e.Result != "Sent" {
				d.Errorf("%+v", e)
			}
		}},
		{name: "nothing was left to do", action: "engagement.followed", first: done("engagement.log", base), fields: did, refused: "engagement"},
		{name: "not before the session", action: "engagement.followed", first: done("engagement.log", follow), fields: with(did, given{"day": "2026-11-19"}), refused: "day"},
		{name: "a data officer records none", action: "engagement.followed", who: "O-0007", first: done("engagement.log", follow), fields: did, refused: "-", code: Denied},
	}
}

func TestEngagementTotalsByUnitAndAudience(t *testing.T) {
	session := func(unit Unit, audience EngagementAudience, n int, when string) *Engagement {
		return &Engagement{Unit: unit, Audience: audience, Numbers: n, Day: on(t, when)}
	}
	all := []*Engagement{
		session("SW", "universities", 30, "2026-11-01"), session("SW", "universities", 20, "2026-11-30"), session("SW", "cadet-leaders", 5, "2026-11-15"),
		session("NE", "universities", 7, "2026-11-15"), session("SW", "universities", 1000, "2026-10-31"), session("NE", "universities", 1000, "2026-12-01"),
	}
	want := []EngagementTotal{
		{"", "", 4, 62},
		{"", "cadet-leaders", 1, 5},
		{"", "universities", 3, 57},
		{"NE", "", 1, 7},
		{"NE", "universities", 1, 7},
		{"SW", "", 3, 55},
		{"SW", "cadet-leaders", 1, 5},
		{"SW", "universities", 2, 50},
	}
	if got := EngagementTotals(all, on(t, "2026-11-01"), on(t, "2026-11-30")); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := EngagementTotals(nil, on(t, "2026-11-01"), on(t, "2026-11-30")); !slices.Equal(got, []EngagementTotal{{}}) {
		t.Errorf("nothing held counts as %v", got)
	}
}
