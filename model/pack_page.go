package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// page lays the pack out for an audience. What it leaves out is left out here; [PagesOf] then looks for what slipped in.
func (p *Pack) page(a Audience, v *veil) Page {
	out := Page{
		Ref: p.Target.Ref, Person: p.Person.Ref, Name: p.Person.Name(), Unit: p.Target.Unit, Photo: p.Person.Photo,
		Markers: p.pageMarkers(a), WantedFor: p.wantedFor(), Marking: Marking,
	}
	if p.Person.Sample {
		out.Marking += " · SAMPLE DATA"
	}
	if a.front() {
		if names := strings.Join(aliasNames(p.Person), "; "); names != "" {
			out.Sections = []PageSection{{"Also known as", [][2]string{{"", names}}}}
		}
		return out
	}
	out.Born, out.Sex, out.Description = p.born(), p.Person.Sex, p.Person.Description
	out.Power, out.Where = p.power(), p.where(v)
	for _, o := range p.Team {
		out.Team = append(out.Team, o.Call())
	}
	if a.inside() {
		out.Plan = p.Target.Plan
		out.Have, out.Need = p.Complete()
	}
	for _, s := range p.sections(a, v) {
		if len(s.Rows) > 0 {
			out.Sections = append(out.Sections, s)
		}
	}
	return out
}

func (p *Pack) sections(a Audience, v *veil) []PageSection {
	out := []PageSection{
		{"Identity", p.identityRows(a)},
		{"Powers", p.powerRows()},
		{"Orders and conditions", p.orderRows(v)},
		{"Bail and custody", p.arrestRows(v)},
		{"Potential breaches", p.breachRows(v)},
		{"Vehicles", p.vehicleRows(a)},
		{"Phones", p.phoneRows(a)},
		{"Previous attempts", p.attemptRows(a, v)},
		{"Intelligence", p.intelRows(a)},
	}
	if a.inside() {
		out = append(
			out,
			PageSection{"Associates", p.associateRows()},
			PageSection{"Custody plan", p.custodyRows()},
			PageSection{"Clocks", p.clockRows()},
			PageSection{"Victim-survivor", p.victimRows()},
			PageSection{"Why on the list", p.reasonRows()},
			PageSection{"Gaps", p.gapRows()},
		)
	}
	return out
}

func (p *Pack) pageMarkers(a Audience) []PageMarker {
	out := []PageMarker{}
	for _, m := range sortedMarkers(p.Person) {
		if m.Code.Health() && !a.health() {
			continue
		}
		row := PageMarker{Code: m.Code, Label: markerLabel(m.Code), Age: markerAge(m, p.today()), Stale: m.Stale(p.AsOf)}
		if a.sources() {
			row.Source, row.Note = m.Source, m.Note
		}
		out = append(out, row)
	}
	return out
}

// markerLabel is a marker in words: "violent".
func markerLabel(c MarkerCode) string {
	return strings.TrimPrefix(LabelOf(c.Choices(), string(c)), string(c)+" ")
}

func markerAge(m Marker, today day.Date) string {
	if m.Set.IsZero() {
		return "age unknown"
	}
	return "set " + m.Set.Long() + ", " + coarseAge(today.Sub(m.Set)) + " ago"
}

func (p *Pack) wantedFor() string {
	offences := p.Offences()
	if len(offences) == 0 {
		return "no offence recorded"
	}
	words := make([]string, len(offences))
	for i, c := range offences {
		row := c.Row()
		words[i] = row.Title
		if c != "other" {
			words[i] += " (" + shortStatute(row.Statute) + ")"
		}
	}
	return strings.Join(words, "; ")
}

// shortStatute shortens the Acts that stand on every second line.
func shortStatute(s string) string {
	return strings.NewReplacer(
		"Protection from Harassment Act 1997", "PHA 1997", "Stalking Protection Act 2019", "SPA 2019", "Crime and Disorder Act 1998", "CDA 1998",
		"Offences against the Person Act 1861", "OAPA 1861", "Sexual Offences Act 2003", "SOA 2003",
	).Replace(s)
}

// power is the power of arrest and of entry over all offences, in one line.
func (p *Pack) power() string {
	out := "Arrest: PACE s.24. Entry to arrest: " + PowerOfEntry(p.Offences()) + "."
	if SummaryOnlyTrap(p.Offences()) {
		out += " Custody 24 h at most."
		if p.Line != nil {
			if by, ok := p.Line.ChargeBy(); ok {
				out += " Charge " + p.daysLeft(by) + "."
			}
		}
	}
	return out
}

// daysLeft says until when, and how many days that is.
func (p *Pack) daysLeft(by day.Date) string {
	switch left := by.Sub(p.today()); {
	case left < 0:
		return "was due by " + by.Long() + ": out of time"
	case left == 0:
		return "by " + by.Long() + ": today is the last day"
	case left == 1:
		return "by " + by.Long() + ": 1 day left"
	default:
		return "by " + by.Long() + ": " + itoa(left) + " days left"
	}
}

// powerRows say for each offence how it may be arrested and entered for, how long custody may last, and what is left to charge.
func (p *Pack) powerRows() [][2]string {
	var out [][2]string
	for _, c := range p.Offences() {
		one := []OffenceCode{c}
		said := "arrest PACE s.24 (Code G); entry " + PowerOfEntry(one)
		switch {
		case SummaryOnlyTrap(one):
			said += ", else by consent, on a warrant of arrest (s.17(1)(a)) or to save life or limb (s.17(1)(e)); custody 24 h, no extension"
		case c.indictable():
			said += "; custody 24 h, 36 h on a superintendent's authority (s.42); search ss.18 and 32"
		}
		out = append(out, [2]string{c.Short(), said})
	}
	if p.Line == nil {
		return out
	}
	if by, ok := p.Line.ChargeBy(); ok {
		out = append(out, [2]string{"Summary only", "to charge " + p.daysLeft(by) + "; 6 months from the last act (MCA 1980 s.127); review against s.4A or breach"})
	}
	circulated := string(p.Line.State)
	if p.Line.PNCRef != "" {
		circulated += ", PNC " + p.Line.PNCRef
	}
	return append(out, [2]string{"Wanted line", string(p.Line.Ref) + " " + circulated + ", grade " + orUnknown(string(p.Line.Grade))})
}

func orUnknown(s string) string {
	if s == "" {
		return "not given"
	}
	return s
}

// where lists the places to try, the most promising first. One that is also a protected person's is counted, not shown.
func (p *Pack) where(v *veil) []string {
	var out []string
	left := 0
	for _, a := range p.Person.ByPromise() {
		if v.has(a.Line()) {
			left++
			continue
		}
		kind := LabelOf(a.Type.Choices(), string(a.Type))
		parts := []string{strings.TrimSpace(kind), orUnknown(string(a.Confidence))}
		if a.Confidence == "" {
			parts[1] = "confidence not given"
		}
		if parts[0] == "" {
			parts[0] = "address"
		}
		seen := "never confirmed"
		if !a.Confirmed.IsZero() {
			seen = "confirmed " + a.Confirmed.Long() + " (" + coarseAge(p.today().Sub(a.Confirmed)) + ")"
		}
		line := a.Line() + " · " + strings.Join(parts, " · ") + " · " + seen
		if a.Note != "" {
			line += " · " + a.Note
		}
		out = append(out, line)
	}
	if left > 0 {
		out = append(out, itoa(left)+" more held back: need-to-know, ask "+p.call(first(p.Target.Officers)))
	}
	return out
}

func (p *Pack) born() string {
	if p.Person.Born == (day.Born{}) {
		return "not known"
	}
	return p.Person.Born.String()
}

func (p *Pack) identityRows(a Audience) [][2]string {
	var out [][2]string
	add := func(head, text string) {
		if text != "" {
			out = append(out, [2]string{head, text})
		}
	}
	add("Also known as", strings.Join(aliasNames(p.Person), "; "))
	others := make([]string, len(p.Person.OtherBorn))
	for i, b := range p.Person.OtherBorn {
		others[i] = b.String()
	}
	add("Other birth dates", strings.Join(others, "; "))
	add("Nationality", p.Person.Nationality)
	if a.inside() {
		add("Born in", p.Person.BirthPlace)
		for _, id := range p.Person.IDs {
			add(id.Scheme, id.Value)
		}
	}
	if a == AudienceScreen && slices.ContainsFunc(p.Person.Markers, func(m Marker) bool { return m.Code.Health() }) {
		add("Markers", "some are need-to-know: read the team's paper")
	}
	return out
}

func (p *Pack) vehicleRows(a Audience) [][2]string {
	var out [][2]string
	for _, v := range p.Person.Vehicles {
		said := strings.TrimSpace(v.Colour + " " + v.Make)
		seen := "never checked"
		if !v.Seen.IsZero() {
			seen = "seen " + v.Seen.Long()
		}
		if a.sources() && v.Source != "" {
			seen += ", " + v.Source
		}
		out = append(out, [2]string{v.Plate, strings.TrimPrefix(said+"; "+seen, "; ")})
	}
	return out
}

func (p *Pack) phoneRows(a Audience) [][2]string {
	var out [][2]string
	for _, n := range p.Person.Phones {
		said := "attribution " + orUnknown(string(n.Attribution))
		if n.Use != "" {
			said = n.Use + "; " + said
		}
		if a.sources() && n.Source != "" {
			said += ", " + n.Source
		}
		out = append(out, [2]string{n.Number, said})
	}
	return out
}

// orderRows give the live orders with each condition. The words are the court's, so whoever they name is masked.
func (p *Pack) orderRows(v *veil) [][2]string {
	var out [][2]string
	for _, o := range p.liveOrders() {
		until := "until further order"
		if !o.Until.IsZero() {
			until = "until " + o.Until.Long()
		}
		out = append(out, [2]string{string(o.Ref), string(o.Type) + ", " + o.State(p.today()) + ", " + until + "; breach: " + o.Type.BreachOffence().Row().Title + ", " + PowerOfEntry([]OffenceCode{o.Type.BreachOffence()})})
		for _, c := range o.Conditions {
			kind := "must not "
			if c.Requirement {
				kind = "must "
			}
			out = append(out, [2]string{kind + itoa(c.No), v.mask(c.Text)})
		}
	}
	return out
}

func (p *Pack) arrestRows(v *veil) [][2]string {
	var out [][2]string
	for _, k := range p.Arrests {
		if !k.Status.Live() {
			continue
		}
		said := string(k.Status) + " for " + offenceWords(k.Offences) + ", arrested " + day.On(k.At).Long()
		switch k.Status {
		case Bailed:
			said += ", to return " + k.BailTo.Long()
		case RUI:
			said += ", no conditions and no clock"
		case Arrested, InCustody:
			said += ", " + k.Suite
		case Charged, NFA, OtherEnd, DeArrested:
		}
		out = append(out, [2]string{string(k.Ref), v.mask(strings.TrimSuffix(said, ", "))})
	}
	return out
}

func (p *Pack) breachRows(v *veil) [][2]string {
	var out [][2]string
	for _, b := range p.Breaches {
		if b.State.Live() {
			out = append(out, [2]string{string(b.Ref), v.mask(b.against() + ", " + string(b.State) + ": " + b.What)})
		}
	}
	return out
}

// attemptsMost is how many attempts a page has room for.
const attemptsMost = 6

func (p *Pack) attemptRows(a Audience, v *veil) [][2]string {
	var out [][2]string
	for i, t := range p.Attempts {
		if i == attemptsMost {
			out = append(out, [2]string{"", itoa(len(p.Attempts)-i) + " earlier"})
			break
		}
		said := LabelOf(t.Outcome.Choices(), string(t.Outcome))
		if t.Address != "" {
			said += " at " + t.Address
		}
		if a.inside() {
			for _, more := range []string{t.Note, t.Intel} {
				if more != "" {
					said += "; " + more
				}
			}
		}
		out = append(out, [2]string{t.At.In(day.London()).Format("2 Jan 15:04"), v.mask(said)})
	}
	return out
}

// intelRows give each item with its grading, whether it is fact, and whether it only repeats another from its origin.
func (p *Pack) intelRows(a Audience) [][2]string {
	var out [][2]string
	origins := map[string]Ref{}
	for _, i := range slices.Backward(p.Intel) {
		first, again := origins[i.Origin]
		if !again {
			origins[i.Origin] = i.Ref
		}
		if !a.intel(i) {
			continue
		}
		said := "Assessment: "
		if i.Fact {
			said = "Fact: "
		}
		said += i.Text
		if i.Handling == "C" {
			said += " [conditions: " + i.Conditions + "]"
		}
		if again {
			said += " [same origin as " + string(first) + ": no corroboration]"
		}
		if i.Weak() {
			said += " [cannot alone support tasking]"
		}
		out = append(out, [2]string{i.Graded() + " · " + i.At.Short(), said})
	}
	slices.Reverse(out)
	return out
}

func (p *Pack) associateRows() [][2]string {
	var out [][2]string
	for _, who := range p.beside {
		out = append(out, [2]string{string(who.Ref), who.Name() + ", suspected in the same case"})
	}
	return out
}

func (p *Pack) custodyRows() [][2]string {
	offences := p.Offences()
	if len(offences) == 0 {
		return nil
	}
	out := [][2]string{{"Clock", "24 h from arrival at the station (PACE s.41); reviews 6 h, then every 9 h from authorisation (s.40)"}}
	if SummaryOnlyTrap(offences) {
		out[0][1] = "24 h from arrival at the station and never longer: summary only (PACE ss.41-42)"
	} else {
		out = append(out, [2]string{"Search", "s.18 and s.32 for evidence of the offence; seize phones and devices"})
	}
	if slices.ContainsFunc(offences, cpsDecides) {
		out = append(out, [2]string{"Charge", "CPS decides (Director's Guidance, 6th ed.): book the CPS slot on arrival"})
	}
	return out
}

// clocksMost is how many clocks a page has room for.
const clocksMost = 6

func (p *Pack) clockRows() [][2]string {
	var out [][2]string
	for i, d := range p.Dues() {
		if i == clocksMost {
			break
		}
		when := "by " + d.Deadline.Add(-time.Second).In(day.London()).Format("2 Jan 2006 15:04")
		if d.Left(p.AsOf) <= 0 {
			when = "OVERDUE, " + when
		}
		out = append(out, [2]string{string(d.Ref), d.Rule + ", " + when + " (" + d.Citation + "); " + p.call(d.Owner)})
	}
	return out
}

// victimRows say who tells the victim-survivor and by when, and never who that is.
func (p *Pack) victimRows() [][2]string {
	if len(p.hidden) == 0 && !slices.ContainsFunc(p.Orders, func(o *Order) bool { return o.Protected != "" }) {
		return nil
	}
	out := [][2]string{{"Details", "need-to-know, never on a pack"}}
	told := [2]string{"Update", "1 working day after an arrest, and before a release (Victims' Code right 6): nobody tasked yet"}
	for _, t := range p.Tasks {
		if t.Kind == "victim" {
			told[1] = "1 working day after an arrest, and before a release (Victims' Code right 6): " + p.call(t.Assignee) + ", " + string(t.Ref)
			break
		}
	}
	out = append(out, told)
	if slices.ContainsFunc(p.Cases, func(c *Case) bool { return c.Is(p.Person.Ref, PartyVictim, PartyWitness) }) {
		out = append(out, [2]string{"The target", "is also recorded as a victim or witness: ask a supervisor before tasking"})
	}
	return out
}

func (p *Pack) reasonRows() [][2]string {
	return [][2]string{
		{"Reason", p.Target.Reason},
		{"Added", day.On(p.Target.Added).Long() + " by " + p.call(p.Target.AddedBy) + "; review by " + p.Target.ReviewBy.Long()},
	}
}

// gapRows name each gap beside the action that fills it.
func (p *Pack) gapRows() [][2]string {
	out := make([][2]string, len(p.Gaps))
	for i, g := range p.Gaps {
		out[i] = [2]string{g.Settle, g.What + ": " + g.Why}
	}
	return out
}
