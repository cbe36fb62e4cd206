package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/atlas"
)

// The gate: where somebody protected may have been is shown after a reveal with a reason, to whoever may reveal, and for as long as this
// screen is what is being looked at. Before it, and on paper whatever is shown here, the veil is over it (atlas.Veil).

// atlasUnveiled is the data with everything it says of where, after a reveal.
type atlasUnveiled struct {
	data   *atlasData
	ground *atlasGround
}

// whyNoPlaces says why places cannot be revealed.
func whyNoPlaces(a *App) string {
	if why := needsData(a); why != "" {
		return why
	}
	s := a.atlas
	if !slices.ContainsFunc(s.data.by, hiddenDevice) {
		return "nobody's place is need-to-know in this data"
	}
	if s.ground.open {
		return ""
	}
	return a.whyNotReveal()
}

// whyNotReveal says why the officer may not reveal.
func (a *App) whyNotReveal() string {
	if a.me == nil {
		return "the desk is still opening"
	}
	spec, _ := model.Find("victim.reveal")
	if err := model.Can(a.me, spec); err != nil {
		return err.Error()
	}
	return a.whyCut()
}

// gateKey reveals places, and hides them again.
func (a *App) gateKey() binding {
	b := binding{keys: []string{"V"}, shown: "V", help: "reveal places …", group: groupAtlasDo, foot: a.atlas.view.placed() && a.atlas.veiled(), why: whyNoPlaces, run: (*App).revealForm}
	if a.atlas.ground.open {
		b.help, b.foot, b.run = "hide places", true, func(a *App) tea.Cmd { return a.shut() }
	}
	return b
}

// placed reports whether a view says where anybody was.
func (v atlasView) placed() bool {
	return slices.Contains([]atlasView{viewNear, viewMap, viewPlaces, viewBreaches, viewRows}, v)
}

// veiled reports whether the data has anything that a reveal would show.
func (s *atlasScreen) veiled() bool {
	return s.data != nil && slices.ContainsFunc(s.data.by, hiddenDevice)
}

// revealForm asks for the reason, as every reveal does.
func (a *App) revealForm() tea.Cmd {
	s := a.atlas
	cmd := a.openForm("victim.reveal", []*model.Line{s.head.line})
	if f, ok := a.over.(*formOverlay); ok && f.spec.Name == "victim.reveal" {
		f.places = s
		f.banner = []string{"Where the devices of whoever is protected in " + string(s.ref) + " may have been is shown until you leave this screen."}
	}
	return cmd
}

// unveil lays the data out with everything it says of where: the journal has the reason already.
func (d desk) unveil(s *atlasScreen) tea.Cmd {
	data, veil, who, what := s.data, s.veil.veil, d.who, "atlas of "+string(s.ref)+", with the places that are need-to-know"
	return func() tea.Msg {
		data.pic.Look(d.store, who, what)
		return atlasUnveiled{data, data.lay(veil, true)}
	}
}

// unveiled shows the places, if their screen is still what is being looked at.
func (a *App) unveiled(msg atlasUnveiled) tea.Cmd {
	s := a.atlas
	if s == nil || s.data != msg.data || !onAtlas(a) || a.blanked {
		return nil
	}
	a.revealing = s
	s.fresh(msg.ground)
	a.say("places are shown until you leave this screen; V hides them")
	if s.all != nil && s.all.rule != s.rule {
		return tea.Batch(s.look(a), a.after(workRests, atlasRuleRests{s.run, s.rule}))
	}
	return s.look(a)
}

// fresh has everything be made anew from what may now be shown.
func (s *atlasScreen) fresh(g *atlasGround) { s.ground, s.work, s.placed = g, nil, false }

// tendGate hides places as soon as their screen is not what is being looked at, or the officer may not see them any more.
func (a *App) tendGate() tea.Cmd {
	if a.revealing == nil {
		return nil
	}
	_, briefs := a.over.(*briefing)
	if onAtlas(a) && a.atlas == a.revealing && !briefs && !a.blanked && a.whyNotReveal() == "" {
		return nil
	}
	return a.shut()
}

// shut hides places again.
func (a *App) shut() tea.Cmd {
	s := a.revealing
	if s == nil {
		return nil
	}
	a.revealing, a.frame, a.notice = nil, "", notice{}
	if _, row := a.over.(*atlasRowOverlay); row {
		a.over = nil
	}
	if s.data == nil {
		return nil
	}
	s.fresh(s.veil)
	if s.view == viewRows && s.from == viewPlaces { // their heading names a place
		s.show(viewPlaces, nil)
	}
	s.lists = map[atlasView]*atlasList{} // no line of what was shown is kept
	if !s.mayAsk(s.rule) {
		s.rule, s.all, s.named = atlas.Usual(), nil, nil
		return tea.Batch(a.wholeAtlas(s.data, s.rule, s.run), s.look(a))
	}
	return s.look(a)
}

// protects names whose places are need-to-know: who were revealed, and nobody besides, stay so when the data is read again.
func (d *atlasData) protects() string {
	var out []string
	for i := range d.by {
		if d.by[i].Hidden {
			out = append(out, d.set.Key(d.by[i].Handle))
		}
	}
	for _, p := range d.pic.Case.Parties {
		if p.Role == model.PartyVictim || p.Role == model.PartyWitness {
			out = append(out, string(p.Person))
		}
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), " ")
}

// keptWords say what a view leaves out.
const keptWords = "need-to-know: V reveals"

func hiddenDevice(at atlas.Attribution) bool { return at.Hidden }
