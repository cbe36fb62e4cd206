package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// Gap is something a pack lacks: what it is, what its absence costs the team, and the action that fills it.
type Gap struct {
	What   string `json:"what"`
	Why    string `json:"why"`
	Settle string `json:"settle"`
}

// How old what a pack stands on may be before it counts as a gap. Local practice, not statute.
const (
	photoYears      = 2
	confirmedDays   = 90
	vehicleDays     = 180
	intelMonths     = 6
	conditionMonths = 3
)

// check is one thing the completeness meter looks for.
type check struct {
	have bool
	gap  Gap
}

// assess fills in the gaps and how many things were looked for.
func (p *Pack) assess(now time.Time) {
	checks := slices.Concat(p.personChecks(now), p.planChecks(), p.legalChecks())
	p.checks, p.Gaps = 0, nil
	for _, c := range checks {
		p.checks++
		if !c.have {
			p.Gaps = append(p.Gaps, c.gap)
		}
	}
	slices.Sort(p.unread)
	for _, ref := range slices.Compact(p.unread) {
		p.checks++
		p.Gaps = append(p.Gaps, Gap{
			What: string(ref) + " cannot be read", Why: "what it says about the target is missing from the pack", Settle: "pou check",
		})
	}
}

// Complete is the completeness meter: how many of the things a pack should have it has. The gaps name the rest.
func (p *Pack) Complete() (have, of int) { return p.checks - len(p.Gaps), p.checks }

func (p *Pack) personChecks(now time.Time) []check {
	who, today := p.Person, p.today()
	seen := slices.ContainsFunc(who.Vehicles, func(v Vehicle) bool { return !v.Seen.IsZero() && today.Sub(v.Seen) <= vehicleDays })
	heard := slices.ContainsFunc(p.Intel, func(i *Intel) bool { return i.At >= today.AddMonths(-intelMonths) })
	attributed := slices.ContainsFunc(who.Phones, func(n Phone) bool { return n.Attribution == Confirmed || n.Attribution == Probable })
	stale := staleCodes(who, now)
	return []check{
		{who.Born.Day != 0, Gap{"no full date of birth", "a search of the person on PNC may hit somebody else", "person.edit"}},
		{who.Photo != "", Gap{"no photo", "officers cannot tell the target from a relative at the door", "person.edit"}},
		{
			who.Photo == "" || (!who.PhotoTaken.IsZero() && who.PhotoTaken >= today.AddYears(-photoYears)),
			Gap{"photo over 2 years old, or nobody knows how old", "the target may no longer look like it", "person.edit"},
		},
		{who.Description != "", Gap{"no description", "a sighting cannot be compared with anything", "person.edit"}},
		{len(who.Addresses) > 0, Gap{"no address", "there is nowhere to go", "address.add"}},
		{
			len(who.Addresses) == 0 || slices.ContainsFunc(who.Addresses, func(a Address) bool { return recent(a, today) }),
			Gap{"no address confirmed in 90 days", "a team is sent to a door nobody has checked", "address.add"},
		},
		{attributed, Gap{"no phone attributed", "phone enquiries would be about somebody else", "phone.add"}},
		{seen, Gap{"no vehicle checked in 6 months", "the target may drive past the team", "vehicle.add"}},
		{len(stale) == 0, Gap{"stale markers: " + strings.Join(stale, " "), "officers plan for a risk that may have gone, or grown", "marker.add"}},
		{heard, Gap{"no intelligence in 6 months", "nobody knows how the target lives now", "intel.add"}},
	}
}

// recent reports whether an address was seen to be true lately.
func recent(a Address, today day.Date) bool {
	return a.Confidence != Historic && !a.Confirmed.IsZero() && today.Sub(a.Confirmed) <= confirmedDays
}

// staleCodes are the markers nobody has reviewed; health markers are counted, not named, since a gap is widely read.
func staleCodes(who *Person, now time.Time) []string {
	var out []string
	health := 0
	for _, m := range sortedMarkers(who) {
		switch {
		case !m.Stale(now):
		case m.Code.Health():
			health++
		default:
			out = append(out, string(m.Code))
		}
	}
	if health > 0 {
		out = append(out, itoa(health)+" need-to-know")
	}
	return out
}

// sortedMarkers are a person's markers, officer safety first.
func sortedMarkers(who *Person) []Marker {
	ms := slices.Clone(who.Markers)
	slices.SortStableFunc(ms, func(a, b Marker) int { return a.Code.Rank() - b.Code.Rank() })
	return ms
}

func (p *Pack) planChecks() []check {
	plan := strings.ToLower(p.Target.Plan)
	out := []check{
		{len(p.Team) > 0, Gap{"no team", "nobody goes", "target.assign"}},
		{plan != "", Gap{"no plan", "the approach is made up at the door", "target.plan"}},
		{
			plan == "" || strings.Contains(plan, "custody") || strings.Contains(plan, "suite"),
			Gap{"no custody suite in the plan", "the arrest waits in a van for a cell", "target.plan"},
		},
		{p.Target.ReviewBy >= p.today(), Gap{"past its review date", "the target stands on a list nobody has looked at (DPA 2018 s.39)", "target.review"}},
	}
	if len(p.hidden) > 0 {
		told := slices.ContainsFunc(p.Tasks, func(t *Task) bool { return t.Kind == "victim" })
		out = append(out, check{told, Gap{
			"nobody tasked with the victim update", "the victim-survivor hears of an arrest or a release from somebody else (Victims' Code right 6)", "task.add",
		}})
	}
	return out
}

func (p *Pack) legalChecks() []check {
	out := []check{
		{p.Line != nil && p.Line.State.Live(), Gap{"no live wanted line", "nothing says what the arrest is for", "wanted.mark"}},
	}
	if p.Line != nil && p.Line.State.Live() {
		out = append(out, check{p.Line.State != NotCirculated, Gap{"not circulated on PNC", "another force that stops the target will let them go", "wanted.circulate"}})
	}
	if p.Line != nil && SixMonths(p.Line.Offences) {
		out = append(out, check{
			!p.Line.LastAct.IsZero(),
			Gap{"no date of the last act", "the six months to charge cannot be counted (Magistrates' Courts Act 1980 s.127)", "wanted.edit"},
		})
	}
	for _, o := range p.liveOrders() {
		out = append(
			out,
			check{!o.Served.IsZero(), Gap{string(o.Ref) + " not recorded as served", "a breach of it cannot be charged", "order.serve"}},
			check{p.checkedLately(o), Gap{string(o.Ref) + ": state of its conditions unknown", "a breach nobody has looked for is not added to the arrest", "task.add"}},
		)
	}
	return out
}

// liveOrders are those that bind the target today.
func (p *Pack) liveOrders() []*Order {
	return slices.DeleteFunc(slices.Clone(p.Orders), func(o *Order) bool { return !o.Live(p.today()) })
}

// checkedLately reports whether some condition of an order was checked lately, or the order is new.
func (p *Pack) checkedLately(o *Order) bool {
	since := p.today().AddMonths(-conditionMonths)
	return o.Made >= since || slices.ContainsFunc(o.Conditions, func(c Condition) bool { return c.Checked >= since })
}
