package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
	"pou/model/match"
)

// OrderPaper is an operation order as it goes on paper: as it stands, or as it was frozen.
type OrderPaper struct {
	Operation Ref
	Name      string
	Version   int    // the frozen order that is printed; 0 for the order as it stands
	Stands    string // the version and whether anything has changed since, short enough for every page
	State     string // of the plan
	Signed    []string
	Sections  []OrderSection
	Annex     []OrderSection // confidential; nil unless it was asked for and the audience may have it
	Apart     bool           // there is an annex, and it is not on this paper
	Changed   []string       // since the version that stands, and not announced
	Recalled  []Recall
	Targets   []Ref // whom it speaks of
	People    []Ref
	AsOf      time.Time
}

// OrderAsked is which operation order is wanted on paper, and for whom.
type OrderAsked struct {
	Operation Ref
	Version   int // of a frozen order; 0 for the order as it stands
	Annex     bool
	Audience  Audience
}

// annex reports whether the audience may have the confidential annex: it has health, intelligence and the decision log.
func (a Audience) annex() bool { return a == AudienceTeam }

// Gaps lists what the order on paper lacks.
func (o *OrderPaper) Gaps() []PlanGap { return (&IIMARCH{Sections: o.Sections, Annex: o.Annex}).Gaps() }

// OrderOnPaper is an operation order ready for paper. Like a pack it is refused when a line gives away who a
// victim-survivor or a source is, in the annex too.
func OrderOnPaper(src PackSource, ask OrderAsked, now time.Time) (*OrderPaper, error) {
	switch {
	case ask.Audience != AudienceTeam && ask.Audience != AudiencePartner:
		return nil, Refuse("audience", "an operation order is for those who carry it out, not for a "+string(ask.Audience)+" sheet", "Choose team or partner")
	case ask.Annex && !ask.Audience.annex():
		return nil, Refuse("audience", "the confidential annex is not for a "+string(ask.Audience)+": it holds health, intelligence and the decision log", "Print the order without it")
	}
	in, err := PapersOf(src, ask.Operation)
	if err != nil {
		return nil, err
	}
	live := OperationOrder(in, now)
	out := &OrderPaper{
		Operation: ask.Operation, Name: in.Operation.Name, Stands: in.stands(live), State: live.State, Signed: live.Signed, Sections: live.Sections, Annex: live.Annex,
		Changed: live.Changed, Recalled: live.Recalled, AsOf: now,
	}
	for _, t := range in.Targets {
		out.Targets = append(out.Targets, t.Target.Ref)
	}
	if ask.Version > 0 {
		if err := out.freeze(src, &in, ask.Version); err != nil {
			return nil, err
		}
	}
	if out.Apart = len(out.Annex) > 0 && !ask.Annex; out.Apart || len(out.Annex) == 0 {
		out.Annex = nil
	}
	return out, out.sanitise(src, now)
}

// stands is the version that stands and whether anything has changed since it was frozen.
func (in *OrderPapers) stands(live *IIMARCH) string {
	n := in.Plan.Versions
	switch {
	case n == 0:
		return "DRAFT, never frozen"
	case len(live.Changed) > 0:
		return "version " + itoa(n) + ", CHANGED since the freeze: " + several(len(live.Changed), "change", "changes") + " not announced"
	case in.Plan.Changed() || len(in.Plan.announcedFor(n)) > 0:
		return "version " + itoa(n) + ", changed since the freeze, all announced"
	}
	return "version " + itoa(n) + ", unchanged since the freeze"
}

// announcedFor are the announcements made of a version.
func (p *Plan) announcedFor(version int) []Announced {
	return slices.DeleteFunc(slices.Clone(p.Announced), func(a Announced) bool { return a.Version != version })
}

// freeze puts the words of a frozen order in the place of those of today.
func (o *OrderPaper) freeze(src PackSource, in *OrderPapers, no int) error {
	versions, err := about[*PlanVersion](src, o.Operation, KindVersion)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(versions, func(v *PlanVersion) bool { return v.No == no })
	if i < 0 {
		return &Problem{
			Code: NotFound, Field: "version", Rule: string(o.Operation) + " has no version " + itoa(no),
			Do: "It has " + several(len(versions), "version", "versions") + "; plan.freeze makes one",
		}
	}
	v := versions[i]
	if err := v.Check(); err != nil {
		return err
	}
	head, sections := readOrder(v.Text)
	_, annex := readOrder(v.Annex)
	o.Version, o.Sections, o.Annex, o.Signed, o.Targets = no, sections, annex, nil, v.Targets
	o.State = "frozen " + day.Clock(v.At)
	if len(head) > 2 {
		o.Signed = head[2:]
	}
	if no != in.Plan.Versions {
		o.Stands, o.Changed, o.Recalled = "version "+itoa(no)+", SUPERSEDED by version "+itoa(in.Plan.Versions), nil, v.Recalls(in.All)
	}
	return nil
}

// readOrder takes the text of a frozen order apart again, as writeOrder put it together.
func readOrder(text string) (head []string, out []OrderSection) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 4 {
		return nil, nil
	}
	lines = lines[2 : len(lines)-1] // without the markings
	for i, l := range lines {
		switch {
		case l == "":
		case strings.HasPrefix(l, "  ") && len(out) > 0:
			s := &out[len(out)-1]
			s.Lines = append(s.Lines, readOrderLine(l[2:]))
		case i > 0 && lines[i-1] == "":
			out = append(out, OrderSection{Head: l[:1] + strings.ToLower(l[1:])})
		default:
			head = append(head, l)
		}
	}
	return head, out
}

func readOrderLine(l string) OrderLine {
	if gap, ok := strings.CutPrefix(l, "[GAP] "); ok {
		what, do, _ := strings.Cut(gap, ": ")
		return gapLine(what, do, false)
	}
	return textLine(l)
}

// sanitise refuses an order that would give somebody away on paper, and says where.
func (o *OrderPaper) sanitise(src PackSource, now time.Time) error {
	packs := make([]*Pack, len(o.Targets))
	var places []Place
	for i, ref := range o.Targets {
		p, err := BuildPack(src, ref, now)
		if err != nil {
			return err
		}
		packs[i] = p
		o.People = append(o.People, p.Person.Ref)
		for _, item := range p.Intel {
			if len(o.Annex) > 0 && item.NamesSource() {
				places = append(places, Place{Where: "annex, intelligence " + string(item.Ref) + " (points to who gave it)", Mend: "the officer who entered it takes it back with undo"})
			}
		}
	}
	guard := newOrderGuard(packs)
	for _, s := range o.Sections {
		places = append(places, guard.showing(s, false)...)
	}
	for _, s := range o.Annex {
		places = append(places, guard.showing(s, true)...)
	}
	if len(places) == 0 {
		return nil
	}
	where := make([]string, len(places))
	for i, p := range places {
		where[i] = p.Where + " (" + p.Mend + ")"
	}
	return Refuse("sanitisation",
		"an order on paper may not show who a victim-survivor or a source is (Victims' Code; 3x5x2), and this one would: "+strings.Join(where[:min(len(where), 8)], "; ")+andMore(len(where)-8),
		"Take it out there, then make the order again; an annex can be left out")
}

// orderGuard finds the people that an order's targets protect in its lines.
type orderGuard struct {
	names  []string // a target as the order calls them: "012 VARGA, Abel"
	refs   []string
	strict []*veil // for a line about a target: whatever of those this target's pack protects
	wide   []*veil // for a line about none: without what is some target's or officer's own name
	shared *veil   // for every line: what names somebody beyond doubt
}

// orderBareNames is up to how many targets a bare name in a line about none of them is held against whom they protect. Of
// the hundreds whom a longer list protects, a forename or the name of a street points to nobody.
const orderBareNames = 20

func newOrderGuard(packs []*Pack) *orderGuard {
	g := &orderGuard{shared: &veil{suspect: &Person{}, own: map[string]bool{}, mine: newTerms(), others: sharedTerms(packs), together: map[Ref]bool{}}}
	for _, p := range packs {
		v := p.veil(nil)
		of := OrderTarget{Target: p.Target, Person: p.Person}
		g.strict, g.names, g.refs = append(g.strict, v), append(g.names, of.no()+" "+p.Person.Name()), append(g.refs, string(p.Target.Ref))
		g.shared.together[p.Person.Ref] = true
		for w := range v.own {
			g.shared.own[w] = true
		}
	}
	for _, v := range g.strict {
		v.together = g.shared.together
		if len(packs) <= orderBareNames {
			wide := *v
			wide.own = g.shared.own
			g.wide = append(g.wide, &wide)
		}
	}
	g.shared.own = map[string]bool{} // beyond doubt is beyond doubt
	return g
}

// shows reports whether a line shows somebody hidden.
func (g *orderGuard) shows(text string) bool {
	veils, about := g.wide, []*veil(nil)
	for i, name := range g.names {
		if strings.Contains(text, name) {
			text = strings.ReplaceAll(text, name, name[:strings.IndexByte(name, ' ')]) // the names of targets are no secret
			about = append(about, g.strict[i])
		} else if strings.Contains(text, g.refs[i]) {
			about = append(about, g.strict[i])
		}
	}
	if len(about) > 0 {
		veils = about
	}
	words := wordsOf(text)
	return len(g.shared.among(words)) > 0 || slices.ContainsFunc(veils, func(v *veil) bool { return len(v.among(words)) > 0 })
}

// showing lists the lines of a section that show somebody hidden.
func (g *orderGuard) showing(s OrderSection, annex bool) []Place {
	var out []Place
	for i, l := range s.Lines {
		text := l.Text
		if l.Gap != nil {
			text = l.Gap.What
		}
		if !g.shows(text) {
			continue
		}
		place := Place{Where: strings.ToLower(s.Head) + " " + itoa(i+1), Mend: orderMend(match.Fold(s.Head))}
		if annex {
			place = Place{Where: "annex, " + place.Where, Mend: "print the order without the annex"}
		}
		out = append(out, place)
	}
	return out
}

// orderMend is the action that writes under a head of the order.
func orderMend(head string) string {
	switch head {
	case "information", "intention":
		return "plan.aim"
	case "method":
		return "plan.phase, plan.team or target.plan"
	case "administration":
		return "plan.admin"
	case "risk assessment":
		return "plan.risk"
	case "communications":
		return "plan.comms"
	case "human rights and legal":
		return "plan.legal"
	}
	return "the plan"
}
