package model

import (
	"slices"
	"strings"
)

// Audience is who will see a page. What each may see is decided here and nowhere else; victim-survivor details are for
// none of them.
type Audience string

// The audiences.
const (
	AudienceTeam    Audience = "team"    // the officers who go
	AudiencePartner Audience = "partner" // another agency: probation, health, a council
	AudienceFront   Audience = "front"   // the front sheet only: name, photo, markers, wanted for
	AudienceScreen  Audience = "screen"  // briefing mode, on a projector
)

// Choices lists the audiences paper may be made for.
func (Audience) Choices() []Choice {
	return []Choice{
		{string(AudienceTeam), "team", "t"},
		{string(AudiencePartner), "partner agency", "p"},
		{string(AudienceFront), "front sheet only", "f"},
	}
}

// known reports whether a is an audience at all.
func (a Audience) known() bool {
	return slices.Contains([]Audience{AudienceTeam, AudiencePartner, AudienceFront, AudienceScreen}, a)
}

// front reports whether the audience sees the front sheet only.
func (a Audience) front() bool { return a == AudienceFront }

// inside reports whether the audience is the unit's own: the team, on paper or in the briefing room.
func (a Audience) inside() bool { return a == AudienceTeam || a == AudienceScreen }

// health reports whether the audience may see health markers, which are sensitive processing (DPA 2018 s.35(8)). A
// projector may be read from the corridor, so the room is told that there are some and to look at its paper.
func (a Audience) health() bool { return a == AudienceTeam }

// intel reports whether the audience may have an item of intelligence: one with conditions stays with the team.
func (a Audience) intel(i *Intel) bool {
	return a == AudienceTeam || (!a.front() && i.Handling == "P")
}

// sources reports whether the audience may see where an attribution comes from.
func (a Audience) sources() bool { return a == AudienceTeam }

// Page is a pack after redaction: all that paper and briefing mode ever see.
type Page struct {
	No          int           `json:"no"`
	Of          int           `json:"of"`
	Ref         Ref           `json:"ref"`
	Person      Ref           `json:"person"`
	Name        string        `json:"name"`
	Born        string        `json:"born,omitempty"`
	Sex         string        `json:"sex,omitempty"`
	Description string        `json:"description,omitempty"`
	Unit        Unit          `json:"unit"`
	Markers     []PageMarker  `json:"markers"`
	WantedFor   string        `json:"wanted_for"`
	Power       string        `json:"power,omitempty"` // of arrest and of entry
	Where       []string      `json:"where,omitempty"` // by promise, with confidence and last confirmed; never the victim's
	Team        []string      `json:"team,omitempty"`
	Plan        string        `json:"plan,omitempty"`
	Photo       string        `json:"photo,omitempty"` // reference
	Sections    []PageSection `json:"sections,omitempty"`
	Have        int           `json:"have"` // the completeness meter
	Need        int           `json:"need"`
	Marking     string        `json:"marking"`
}

// PageMarker is a warning marker as a page shows it.
type PageMarker struct {
	Code   MarkerCode `json:"code"`
	Label  string     `json:"label"`
	Age    string     `json:"age"`
	Source string     `json:"source,omitempty"`
	Note   string     `json:"note,omitempty"`
	Stale  bool       `json:"stale,omitempty"`
}

// PageSection is one head of a page, with its rows: what it is, what is known.
type PageSection struct {
	Head string      `json:"head"`
	Rows [][2]string `json:"rows"`
}

// Marking is the protective marking of whatever leaves the desk (Government Security Classifications Policy, 2024).
const Marking = "OFFICIAL-SENSITIVE"

// Page is what an audience sees of the pack; it is refused when a page would give away who a victim-survivor is or who
// gave intelligence.
func (p *Pack) Page(a Audience) (Page, error) {
	pages, err := PagesOf([]*Pack{p}, a)
	if err != nil {
		return Page{}, err
	}
	return pages[0], nil
}

// Withheld is a pack that no page is made of, because the page would give somebody away: it says where, and never what.
type Withheld struct {
	Target Ref     `json:"target"`
	Person Ref     `json:"person"`
	Places []Place `json:"places"`
}

// Place is where a page gives somebody away, and what to do about it there.
type Place struct {
	Where string `json:"where"`
	Mend  string `json:"mend"` // the action that takes it out, or how else
}

// PagesOf are the pages of several packs that go out together, numbered in their order. Each is held against the people
// that any of the packs protects; when one would give somebody away there are none.
func PagesOf(packs []*Pack, a Audience) ([]Page, error) {
	pages, withheld, err := PagesEach(packs, a)
	if err == nil && len(withheld) > 0 {
		return nil, Unsanitised(withheld)
	}
	return pages, err
}

// PagesEach are the pages of several packs that go out together, without those that would give somebody away, which it
// names. Every page is held against the people that any of the packs protects, the withheld ones too.
func PagesEach(packs []*Pack, a Audience) (pages []Page, withheld []Withheld, err error) {
	if !a.known() {
		return nil, nil, Refuse("audience", "nobody has decided what the audience "+string(a)+" may see", "Choose one: "+valuesOf(a.Choices()))
	}
	others := sharedTerms(packs)
	for _, p := range packs {
		page, places := p.sanitised(a, others)
		if len(places) > 0 {
			withheld = append(withheld, Withheld{Target: p.Target.Ref, Person: p.Person.Ref, Places: places})
			continue
		}
		pages = append(pages, page)
	}
	for i := range pages {
		pages[i].No, pages[i].Of = i+1, len(pages)
	}
	return pages, withheld, nil
}

// sanitised is the pack's page, and the places where it gives somebody away.
func (p *Pack) sanitised(a Audience, others *terms) (Page, []Place) {
	veil := p.veil(others)
	page := p.page(a, veil)
	var places []Place
	for _, where := range veil.showing(&page) {
		places = append(places, Place{Where: where, Mend: mendOf(where)})
	}
	for _, item := range p.Intel {
		if a.intel(item) && item.NamesSource() {
			places = append(places, Place{Where: "intelligence " + string(item.Ref) + " (points to who gave it)", Mend: "the officer who entered it takes it back with undo"})
		}
	}
	return page, places
}

// mendOf is what to do about somebody who shows in a place of a page: the action that writes there.
func mendOf(where string) string {
	for _, m := range []struct{ place, mend string }{
		{"plan", "target.plan"},
		{"why on the list", "take the target off with target.remove, and add it again"},
		{"description", "person.edit"},
		{"identity", "person.edit"},
		{"photo", "person.edit"},
		{"name", "person.edit"},
		{"marker", "marker.remove, then marker.add"},
		{"address", "undo of the address, then address.add"},
		{"phones", "undo of the phone, then phone.add"},
		{"vehicles", "undo of the vehicle, then vehicle.add"},
		{"intelligence", "undo of the item, then intel.add"},
		{"previous attempts", "undo of the attempt"},
	} {
		if where == m.place || strings.HasPrefix(where, m.place+" ") {
			return m.mend
		}
	}
	return "tell an administrator"
}

// words are the places of a pack in one line.
func (w *Withheld) words() string {
	const most = 4
	var out []string
	for _, p := range w.Places[:min(len(w.Places), most)] {
		out = append(out, p.Where+" ("+p.Mend+")")
	}
	if n := len(w.Places) - most; n > 0 {
		out = append(out, "and "+itoa(n)+" more")
	}
	return string(w.Target) + " " + strings.Join(out, ", ")
}

// For is why the pack was left out, in words its audience may read: where, for the unit's own officers; for anybody else
// not even that.
func (w *Withheld) For(a Audience) string {
	if !a.inside() {
		return "held back: it has not passed the check of what may be shown"
	}
	where := make([]string, len(w.Places))
	for i, p := range w.Places {
		where[i] = p.Where
	}
	return "would show who a victim-survivor or a source is: " + strings.Join(where, ", ")
}

// Unsanitised is the refusal of paper on which some packs give somebody away: each is named, with where and what to do
// about it, and never what it says there.
func Unsanitised(withheld []Withheld) error {
	where := make([]string, len(withheld))
	for i := range withheld {
		where[i] = withheld[i].words()
	}
	return Refuse("sanitisation",
		"a pack may not show who a victim-survivor or a source is (Victims' Code; 3x5x2), and "+several(len(where), "pack", "packs")+" would: "+strings.Join(where, "; "),
		"Take it out of the record there, then make the pack again")
}

// showing lists the places of a page where somebody hidden would be seen.
func (v *veil) showing(page *Page) []string {
	var out []string
	look := func(place string, texts ...string) {
		if slices.ContainsFunc(texts, v.has) {
			out = append(out, place)
		}
	}
	look("name", page.Name)
	look("description", page.Description, page.Sex, page.Born)
	look("wanted for", page.WantedFor, page.Power)
	look("plan", page.Plan)
	look("photo", page.Photo)
	for i, where := range page.Where {
		look("address "+itoa(i+1), where)
	}
	for _, m := range page.Markers {
		look("marker "+string(m.Code), m.Source, m.Note)
	}
	for _, s := range page.Sections {
		for i, row := range s.Rows {
			if v.has(row[0]) || v.has(row[1]) {
				out = append(out, strings.ToLower(s.Head)+" "+itoa(i+1))
			}
		}
	}
	return out
}
