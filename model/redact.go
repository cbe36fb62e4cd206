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

// PagesOf are the pages of several packs that go out together, numbered in their order. Each is held against the people
// that any of the packs protects.
func PagesOf(packs []*Pack, a Audience) ([]Page, error) {
	if !a.known() {
		return nil, Refuse("audience", "nobody has decided what the audience "+string(a)+" may see", "Choose one: "+valuesOf(a.Choices()))
	}
	out := make([]Page, len(packs))
	var where []string
	others := sharedTerms(packs)
	for i, p := range packs {
		veil := p.veil(others)
		out[i] = p.page(a, veil)
		out[i].No, out[i].Of = i+1, len(packs)
		for _, place := range veil.showing(&out[i]) {
			where = append(where, string(p.Target.Ref)+" "+place)
		}
		for _, item := range p.Intel {
			if a.intel(item) && item.NamesSource() {
				where = append(where, string(p.Target.Ref)+" intelligence "+string(item.Ref)+" (points to who gave it)")
			}
		}
	}
	if len(where) > 0 {
		return nil, unsanitised(where)
	}
	return out, nil
}

// unsanitised says where a page gives somebody away, and never what it says there.
func unsanitised(where []string) error {
	slices.Sort(where)
	where = slices.Compact(where)
	const most = 6
	more := ""
	if len(where) > most {
		more = ", and " + itoa(len(where)-most) + " more"
		where = where[:most]
	}
	return Refuse("sanitisation",
		"a pack may not show who a victim-survivor or a source is (Victims' Code; 3x5x2), and this one would: "+strings.Join(where, "; ")+more,
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
