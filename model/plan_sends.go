package model

import (
	"slices"
	"strings"
)

// An order that is frozen sends its teams: who goes for a target is then one truth, on the order, on the target, in the
// briefing and in the pack. A draft sends nobody.

// sendTeams makes the officers of teams the officers of their targets. That nothing stands before any of them has been
// checked ([papers.mayGo]); a team without officers sends nobody and takes nobody away.
func (p *papers) sendTeams(c *Change, teams ...Team) error {
	for _, team := range teams {
		for _, t := range p.live() {
			if len(team.Officers) == 0 || !slices.Contains(team.Targets, t.Ref) || slices.Equal(t.Officers, team.Officers) {
				continue
			}
			t.Officers = slices.Clone(team.Officers)
			if err := c.Put(t); err != nil {
				return err
			}
		}
	}
	return nil
}

// standDown takes a team, as it was, off the targets that no team of a frozen order goes for any more. Officers whom
// somebody assigned otherwise since stay.
func (p *papers) standDown(c *Change, was Team) error {
	if p.plan.Versions == 0 || len(was.Officers) == 0 {
		return nil
	}
	for _, t := range p.live() {
		_, taken := p.plan.TeamOf(t.Ref)
		if taken || !slices.Contains(was.Targets, t.Ref) || !slices.Equal(t.Officers, was.Officers) {
			continue
		}
		t.Officers = nil
		if err := c.Put(t); err != nil {
			return err
		}
	}
	return nil
}

// apartFromOrder marks an assignment that departs from a frozen order as a change to it, to be announced like any other.
func apartFromOrder(c *Change, t *Target, was []Ref) error {
	p, err := papersOf(c, t.Operation)
	if err != nil || p.plan.Versions == 0 {
		return err
	}
	team, ok := p.plan.TeamOf(t.Ref)
	what := string(t.Ref) + " goes to " + c.namesOf(t.Officers)
	switch back := ok && slices.Equal(team.Officers, t.Officers); {
	case slices.Equal(was, t.Officers):
		return nil
	case back:
		what += ", team " + team.Name + " as ordered"
	case ok:
		what += ", not to team " + team.Name
	}
	return p.change(c, what)
}

// namesOf are several officers as they are addressed.
func (c *Change) namesOf(officers []Ref) string {
	names := make([]string, len(officers))
	for i, o := range officers {
		names[i] = c.nameOf(o)
	}
	return strings.Join(names, " and ")
}
