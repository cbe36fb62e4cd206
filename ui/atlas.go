package ui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"pou/model"
	"pou/model/atlas"
	"pou/store"
	"pou/store/comms"
	"pou/ui/chart"
	"pou/ui/part"
)

// atlasAt is the number of the atlas of a case, which stands behind the case and has no tab.
const atlasAt = 13

// atlasScreen is what the communications and travel data of one case says, under one brush over time and through one filter. Nothing on
// it shows a number that is need-to-know, or before a reveal a place; and nothing says more than the rows do.
type atlasScreen struct {
	ref  model.Ref
	run  int // of reading; an answer to an older reading is dropped
	head atlasHead
	data *atlasData     // nil until it is read
	all  *atlasFindings // of the whole data; nil until worked out
	work *atlasWork     // of what is brushed; of an older stretch until turn is its
	err  error

	ground *atlasGround // where rows are, as it may be shown now
	veil   *atlasGround // the same without what is need-to-know: what leaves this screen is made from it
	rule   atlas.Rule   // what near is; all is by another until it has been worked out
	looked bool         // this look is in the journal

	view    atlasView
	brush   atlasBrush
	filter  atlasFilter
	kept    atlas.Rows // the rows the filter lets through; nil without one
	through atlasThrough
	turn    int // of brush and filter
	counts  *atlas.Brush
	sight   atlasSight

	lists map[atlasView]*atlasList
	named *atlasNamedRows // the rows behind a figure; nil: all that is brushed
	from  atlasView       // the view the rows were opened from

	port      chart.Viewport
	placed    bool // port has been laid over the data
	hidden    map[atlasLayer]bool
	hour      [2]int // weekday from Monday and hour under the cursor of the heat map
	hourMoved bool   // the cursor stands where it was put, not on the fullest hour
	close     bool   // the timeline shows what is brushed and nothing else
}

// atlasHead is what is known before the rows are read.
type atlasHead struct {
	line     *model.Line
	kase     *model.Case
	datasets []*model.Dataset
	revs     string // of everything the picture is made from
}

// rows is how many rows the datasets hold.
func (h *atlasHead) rows() (datasets, rows int) {
	for _, d := range h.datasets {
		if len(d.Data) > 0 {
			datasets, rows = datasets+1, rows+d.Rows
		}
	}
	return datasets, rows
}

type (
	atlasHeaded struct {
		run  int
		head atlasHead
		err  error
	}
	atlasOpened struct {
		run  int
		data *atlasData
		err  error
	}
	atlasWhole struct {
		run int
		all *atlasFindings
	}
	atlasRests struct{ run, turn int }
	atlasPart  struct {
		run  int
		work *atlasWork
	}
)

func newAtlas(ref model.Ref) *atlasScreen {
	return &atlasScreen{ref: ref, rule: atlas.Usual(), lists: map[atlasView]*atlasList{}, hidden: map[atlasLayer]bool{}}
}

// onAtlas reports whether the atlas is what is being looked at.
func onAtlas(a *App) bool { return a.at == atlasAt && a.detail == nil && a.atlas != nil }

// atlasCase is the case whose data belongs to a row: a case itself, or the case of a dataset.
func atlasCase(l *model.Line) model.Ref {
	if l.Ref.Kind() == model.KindCase {
		return l.Ref
	}
	if l.Ref.Kind() == model.KindDataset {
		return l.About
	}
	return ""
}

func onAtlasCase(a *App) bool {
	l, ok := a.subject()
	return ok && !onAtlas(a) && atlasCase(l) != ""
}

func (a *App) openAtlas() tea.Cmd {
	l, ok := a.subject()
	if !ok {
		return nil
	}
	return a.atlasOf(atlasCase(l))
}

// atlasOf opens the atlas of a case. What was read of it before stays until the store has something else to say.
func (a *App) atlasOf(ref model.Ref) tea.Cmd {
	a.remember()
	if a.atlas == nil || a.atlas.ref != ref {
		a.atlas = newAtlas(ref)
	}
	a.at, a.detail, a.notice = atlasAt, nil, notice{}
	a.atlas.looked = false
	return a.readAtlas()
}

// atlasItems offer the atlas among what can be done with a case or a dataset.
func (a *App) atlasItems(l *model.Line) []part.Item {
	ref := atlasCase(l)
	if ref == "" {
		return nil
	}
	return []part.Item{{Group: "Screens", Title: "Atlas: what the data of " + string(ref) + " says", Detail: "A", Data: target{pick: func(a *App) tea.Cmd { return a.atlasOf(ref) }}}}
}

// readAtlas reads the case of the atlas, and its rows if they are others than those that are shown.
func (a *App) readAtlas() tea.Cmd {
	if a.atlas == nil {
		return nil
	}
	a.atlas.run++
	return a.headAtlas(a.atlas.ref, a.atlas.run)
}

// headAtlas reads what is said before the rows are there.
func (d desk) headAtlas(ref model.Ref, run int) tea.Cmd {
	return func() tea.Msg {
		out := atlasHeaded{run: run}
		out.err = d.store.Read(d.ctx, func(r store.Reader) error {
			rec, err := r.Record(ref)
			if err != nil {
				return err
			}
			k, ok := rec.(*model.Case)
			if !ok {
				return model.Refuse("case", string(ref)+" is no case", "Open the atlas from a case or a dataset")
			}
			line := model.NewLiner(r, d.store.Now()).Line(k)
			out.head = atlasHead{kase: k, line: &line, revs: revOf(k)}
			refs, err := r.Linked(ref, model.KindDataset)
			if err != nil {
				return err
			}
			for _, ref := range refs {
				rec, err := r.Record(ref)
				if err != nil {
					return err
				}
				if set, ok := rec.(*model.Dataset); ok {
					out.head.datasets, out.head.revs = append(out.head.datasets, set), out.head.revs+revOf(set)
				}
			}
			for _, o := range ordersOf(r, k) {
				out.head.revs += revOf(o)
			}
			return nil
		})
		return out
	}
}

func revOf(r model.Record) string { return fmt.Sprintf("%s@%d ", r.Head().Ref, r.Head().Rev) }

// ordersOf are the orders of whoever is suspected in a case, oldest first. One that cannot be read is pou check's to report.
func ordersOf(r store.Reader, k *model.Case) []*model.Order {
	var out []*model.Order
	for _, who := range append(k.Who(model.PartySuspect), k.Who(model.PartyConvicted)...) {
		refs, err := r.Linked(who, model.KindOrder)
		if err != nil {
			continue
		}
		for _, ref := range refs {
			rec, err := r.Record(ref)
			if o, ok := rec.(*model.Order); err == nil && ok && o.Person == who && !slices.Contains(out, o) {
				out = append(out, o)
			}
		}
	}
	return out
}

// headedAtlas goes on to the rows, unless the picture on show is made from the same records.
func (a *App) headedAtlas(msg atlasHeaded) tea.Cmd {
	s := a.atlas
	if s == nil || msg.run != s.run {
		return nil
	}
	same := msg.err == nil && s.data != nil && s.head.revs == msg.head.revs
	if same {
		return tea.Batch(a.consultAtlas(), a.goOn())
	}
	s.err = msg.err
	if msg.err != nil {
		s.drop()
		return nil
	}
	s.head = msg.head
	if n, _ := s.head.rows(); n == 0 {
		s.drop()
		return a.consultAtlas()
	}
	return a.loadAtlas(s.ref, s.run)
}

// drop forgets everything that was made from rows: they may have been erased.
func (s *atlasScreen) drop() {
	s.data, s.all, s.work, s.counts, s.kept, s.named, s.ground, s.veil = nil, nil, nil, nil, nil, nil, nil, nil
	s.filter, s.through, s.brush, s.sight, s.placed = atlasFilter{}, atlasThrough{}, atlasBrush{}, atlasSight{}, false
	clear(s.lists)
}

// loadAtlas reads the rows and prepares them.
func (d desk) loadAtlas(ref model.Ref, run int) tea.Cmd {
	return func() tea.Msg {
		out := atlasOpened{run: run}
		out.err = d.store.Read(d.ctx, func(r store.Reader) error {
			pic, err := comms.Open(r, ref)
			if err != nil {
				return err
			}
			liner := model.NewLiner(r, d.store.Now())
			var orders []atlasOrder
			for _, o := range ordersOf(r, pic.Case) {
				line := liner.Line(o)
				orders = append(orders, atlasOrder{order: o, line: &line})
			}
			out.data = newAtlasData(pic, orders)
			return nil
		})
		return out
	}
}

func (a *App) openedAtlas(msg atlasOpened) tea.Cmd {
	s := a.atlas
	if s == nil || msg.run != s.run {
		return nil
	}
	first := s.data == nil
	open := a.revealing == s && !first && msg.err == nil && s.data.protects() == msg.data.protects()
	s.err = msg.err
	if msg.err != nil {
		s.drop()
		return nil
	}
	s.data, s.all, s.work, s.counts, s.named = msg.data, nil, nil, nil, nil
	s.filter, s.kept, s.through = atlasFilter{}, nil, atlasThrough{}
	s.veil, s.looked = s.data.veiled, false
	s.fresh(s.veil)
	if first {
		s.brush = atlasBrush{}
	}
	rule := s.rule
	if !s.mayAsk(rule) { // by that one once the places are shown again
		rule = atlas.Usual()
	}
	cmds := []tea.Cmd{a.consultAtlas(), a.wholeAtlas(s.data, rule, s.run), s.look(a)}
	switch {
	case open: // the same people's places, of which the journal has the reason
		cmds = append(cmds, a.unveil(s))
	case a.revealing == s:
		cmds = append(cmds, a.shut())
	}
	return tea.Batch(cmds...)
}

// consultAtlas journals that the data is looked at, and who is in it: once for each look, and as a combination where it is of several
// datasets.
func (a *App) consultAtlas() tea.Cmd {
	s := a.atlas
	if s.looked || !onAtlas(a) {
		return nil
	}
	s.looked = true
	what := "atlas of " + string(s.ref)
	if s.data != nil {
		pic, d := s.data.pic, a.desk
		return func() tea.Msg {
			pic.Look(d.store, d.who, what)
			return nil
		}
	}
	about := []model.Ref{s.ref}
	if s.head.kase != nil {
		for _, p := range s.head.kase.Parties {
			about = append(about, p.Person)
		}
	}
	return a.consult(what, about...)
}

// wholeAtlas works out what is said of all the data together.
func (d desk) wholeAtlas(data *atlasData, rule atlas.Rule, run int) tea.Cmd {
	return func() tea.Msg { return atlasWhole{run: run, all: data.findings(rule)} }
}

func (a *App) wholeDone(msg atlasWhole) tea.Cmd {
	s := a.atlas
	if s == nil || msg.run != s.run || s.data == nil {
		return nil
	}
	if !s.mayAsk(msg.all.rule) {
		return nil // the places were hidden again meanwhile, and it is worked out anew
	}
	cmd := s.found(a, msg.all)
	if s.all.rule != s.rule { // what near is was changed meanwhile
		return tea.Batch(cmd, a.after(workRests, atlasRuleRests{s.run, s.rule}))
	}
	return cmd
}

// restedAtlas works out what takes longer than a frame, once the brush rests.
func (a *App) restedAtlas(msg atlasRests) tea.Cmd {
	s := a.atlas
	if s == nil || s.data == nil || s.all == nil || msg.run != s.run || msg.turn != s.turn {
		return nil
	}
	data, all, win, filter, ground, turn := s.data, s.all, s.win(), s.filter, s.ground, s.turn
	return func() tea.Msg {
		return atlasPart{run: msg.run, work: data.workOut(all, win, filter, ground, turn)}
	}
}

func (a *App) partDone(msg atlasPart) {
	if s := a.atlas; s != nil && msg.run == s.run && s.data != nil && msg.work.ground == s.ground {
		s.work = msg.work
		s.forget()
	}
}

// atlasAnswer takes the answers of the atlas's commands.
func (a *App) atlasAnswer(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case atlasHeaded:
		return a.headedAtlas(msg), true
	case atlasOpened:
		return a.openedAtlas(msg), true
	case atlasWhole:
		return a.wholeDone(msg), true
	case atlasRests:
		return a.restedAtlas(msg), true
	case atlasPart:
		a.partDone(msg)
		return nil, true
	case atlasUnveiled:
		return a.unveiled(msg), true
	case atlasRuleRests:
		return a.ruleRested(msg), true
	case atlasRuled:
		return a.ruled(msg), true
	}
	return nil, false
}
