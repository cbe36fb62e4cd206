package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"pou/model/atlas"
)

// What near is can be changed by steps: how far apart in time rows may be, and how far in metres. The base rate is worked out anew with it.

func ruleMinutes() []int { return []int{1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120} }
func ruleMetres() []int  { return []int{25, 50, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000} }

type (
	atlasRuleRests struct {
		run  int
		rule atlas.Rule
	}
	atlasRuled struct {
		data *atlasData
		all  *atlasFindings
	}
)

// ruleWords are what near is, in a few words.
func ruleWords(r atlas.Rule) string {
	return itoa(int(r.Within/time.Minute)) + " min, " + itoa(int(r.Metres)) + " m"
}

// atlasRuleKeys change what near is; their words say what it is now.
func (a *App) atlasRuleKeys() []binding {
	r := a.atlas.rule
	step := func(minutes, metres int) func(*App) tea.Cmd {
		return func(a *App) tea.Cmd { return a.atlas.stepRule(a, minutes, metres) }
	}
	return []binding{
		{keys: []string{"<", ","}, shown: "< >", help: itoa(int(r.Within/time.Minute)) + " min", group: groupAtlasView, foot: true, why: needsData, run: step(-1, 0)},
		{keys: []string{">"}, group: groupAtlasView, why: needsData, run: step(1, 0)},
		{keys: []string{"-", "_"}, shown: "- +", help: itoa(int(r.Metres)) + " m", group: groupAtlasView, foot: true, why: needsData, run: step(0, -1)},
		{keys: []string{"+", "="}, group: groupAtlasView, why: needsData, run: step(0, 1)},
	}
}

// stepRule changes what near is. Several steps are worked out once.
func (s *atlasScreen) stepRule(a *App, minutes, metres int) tea.Cmd {
	was := s.rule
	s.rule.Within = time.Duration(stepped(ruleMinutes(), int(s.rule.Within/time.Minute), minutes)) * time.Minute
	s.rule.Metres = float64(stepped(ruleMetres(), int(s.rule.Metres), metres))
	if s.rule == was {
		a.say("near is between 1 and 120 minutes, and between 25 and 2,000 metres")
		return nil
	}
	if !s.mayAsk(s.rule) {
		s.rule = was
		a.say("near somebody protected is at most %s until V reveals the places", s.veil.veil.Reach())
		return nil
	}
	a.notice = notice{}
	return a.after(workRests, atlasRuleRests{s.run, s.rule})
}

// goOn takes up what was being worked out when the case was read again and nothing had changed: its answer belongs to the reading before.
func (a *App) goOn() tea.Cmd {
	s := a.atlas
	switch {
	case !s.waiting():
		return nil
	case s.all == nil:
		return a.wholeAtlas(s.data, s.rule, s.run)
	case s.all.rule != s.rule:
		return a.after(workRests, atlasRuleRests{s.run, s.rule})
	}
	return s.look(a)
}

// stepped is the value so many steps on, or back.
func stepped(of []int, at, by int) int {
	i, _ := slices.BinarySearch(of, at)
	return of[min(max(i+by, 0), len(of)-1)]
}

// ruleRested works out what the rule finds, once nobody steps on.
func (a *App) ruleRested(msg atlasRuleRests) tea.Cmd {
	s := a.atlas
	if s == nil || s.data == nil || s.all == nil || msg.run != s.run || msg.rule != s.rule {
		return nil
	}
	data, all := s.data, *s.all
	return func() tea.Msg {
		all.near(data, msg.rule)
		return atlasRuled{data, &all}
	}
}

func (a *App) ruled(msg atlasRuled) tea.Cmd {
	s := a.atlas
	if s == nil || s.data != msg.data || msg.all.rule != s.rule || !s.mayAsk(s.rule) {
		return nil
	}
	return s.found(a, msg.all)
}

// mayAsk reports whether what a rule finds may be shown: by a wider one than the veil is by, which rows are near somebody protected
// takes a reveal, as those rows say elsewhere where they are.
func (s *atlasScreen) mayAsk(r atlas.Rule) bool { return s.ground.open || s.ground.veil.Covers(r) }

// found takes what was worked out of all the data.
func (s *atlasScreen) found(a *App, all *atlasFindings) tea.Cmd {
	s.all = all
	return s.look(a)
}

// ruleOnPaper warns that paper counts by the usual rule.
func (s *atlasScreen) ruleOnPaper() string {
	if s.rule == atlas.Usual() || !slices.Contains([]atlasView{viewOverview, viewNear, viewFour}, s.view) {
		return ""
	}
	return "On paper near is always " + strings.Replace(ruleWords(atlas.Usual()), ",", " and", 1) + ", not " + ruleWords(s.rule) + "."
}
