package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/store"
	"pou/ui/part"
)

// listProposals is the ranking of suspects for an operation: a proposal, never a list. A named officer adds each target.
const listProposals store.List = "proposals"

// onTheList is the state of a proposal whose person is a target already.
const onTheList = "on the list"

// proposalsAt is the number of the proposals screen, which stands behind the packs and has no tab.
const proposalsAt = 9

func (a *App) openProposals() tea.Cmd {
	return tea.Batch(a.goTo(proposalsAt), a.loadProposals(a.lists[4].operation))
}

func whyNoProposals(a *App) string {
	if a.lists[4].operation == "" {
		return "there is no operation yet"
	}
	return ""
}

// loadProposals ranks the suspects for an operation.
func (d desk) loadProposals(operation model.Ref) tea.Cmd {
	return func() tea.Msg {
		out := listLoaded{list: listProposals}
		now := d.store.Now()
		out.err = d.store.Read(d.ctx, func(r store.Reader) error {
			rec, err := r.Record(operation)
			if err != nil {
				return err
			}
			op, ok := rec.(*model.Operation)
			if !ok {
				return nil
			}
			proposals, err := store.Propose(r, op, store.ProposedPerUnit, now)
			liner := model.NewLiner(r, now)
			for i := range proposals {
				out.lines = append(out.lines, proposalLine(liner, &proposals[i]))
			}
			return err
		})
		return out
	}
}

// proposalLine makes the row of a proposal: the score with every part of it, and where the person stands already.
func proposalLine(liner *model.Liner, p *store.Proposal) *model.Line {
	line := liner.Line(liner.Person(p.Person))
	line.Ref, line.Kind, line.Person, line.Name, line.Unit = p.Person, "proposal", p.Person, p.Name, p.Unit
	line.Count, line.Urgency, line.Since, line.Live = p.Rank, p.Score.Points, p.Score.Last.Start(), true
	line.Status, line.Outcome = "proposed", rankChange(p)
	switch {
	case len(p.On) > 0:
		line.Status, line.About = onTheList, p.On[0]
	case p.Held != "":
		line.Status = p.Held
	}
	line.Why = nil
	parts := make([]string, len(p.Score.Parts))
	for i, s := range p.Score.Parts {
		parts[i] = fmt.Sprintf("%s%d", strings.ToLower(s.Name[:1]), s.Points)
		line.Why = append(line.Why, fmt.Sprintf("%s %d of %d: %s", s.Name, s.Points, s.Of, s.Why))
	}
	line.What = strings.Join(parts, " ")
	line.Fold()
	return &line
}

func rankChange(p *store.Proposal) string {
	up, known := p.Up()
	switch {
	case !known:
		return "new"
	case up > 0:
		return fmt.Sprintf("+%d", up)
	case up < 0:
		return fmt.Sprint(up)
	}
	return "="
}

// proposalColumns are rank, change, name, score and its parts.
func (c columnSet) proposalColumns() []column {
	score := c.text("SCORE", 5, 5, 0, 0, func(l *model.Line) (string, part.StyleID) { return itoa(l.Urgency), part.StyleBold })
	score.Align = part.AlignRight
	rank := c.number()
	rank.Title = "#"
	return []column{
		rank, c.text("+/-", 4, 4, 0, 2, func(l *model.Line) (string, part.StyleID) { return l.Outcome, part.StyleDim }),
		c.sign(), c.name(), c.markers(), score, c.what("PARTS (LOCAL)", 15, 1), c.unit(4), c.state(12, 3), c.age(),
	}
}

// proposalSection is why a person is proposed.
func (a *App) proposalSection(l *model.Line) []section {
	if l.Kind != "proposal" {
		return nil
	}
	rows := []row{{label: "Score", text: fmt.Sprintf("%d, rank %d in %s (%s) · %s", l.Urgency, l.Count, l.Unit, l.Outcome, model.LocalScore), style: part.StyleBold}}
	for _, why := range l.Why {
		name, rest, _ := strings.Cut(why, " ")
		rows = append(rows, row{label: name, text: rest})
	}
	return []section{{head: "Proposed, for an officer to decide", rows: rows}}
}
