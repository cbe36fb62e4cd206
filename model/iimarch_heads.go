package model

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// The heads of IIMARCH, one function each (College of Policing APP, Briefing and debriefing).

func (in *OrderPapers) information(now time.Time) OrderSection {
	s := OrderSection{Head: "Information"}
	op := in.Operation
	s.Lines = append(s.Lines,
		textLine(op.From.Long()+" to "+op.To.Long()+", "+unitsWord(op.Unit)),
		said("Background", in.Plan.Aim.Background, "Write it with plan.aim"),
		said("Community impact", in.Plan.Aim.Community, "Assess it with plan.aim"))
	if len(in.Targets) == 0 {
		s.Lines = append(s.Lines, gapLine("the list has no target", "Add the people this is about with target.add", true))
	}
	reports := 0
	for _, t := range in.Targets {
		s.Lines = append(s.Lines, textLine(t.subject(now)))
		if t.Line == nil {
			s.Lines = append(s.Lines, gapLine(t.no()+" has no wanted line", "Mark the person as wanted, or say in the plan for the target on what grounds", false))
		}
		reports += len(t.Intel)
	}
	if reports > 0 {
		s.Lines = append(s.Lines, textLine(several(reports, "item of evaluated intelligence", "items of evaluated intelligence")+": confidential annex"))
	}
	return s
}

func unitsWord(u Unit) string {
	if u == "" {
		return "all twelve units"
	}
	return string(u) + " " + u.Name()
}

func several(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(n) + " " + many
}

// no is a target's number as it is called out: 012.
func (t OrderTarget) no() string {
	s := string(t.Target.Ref)
	return s[strings.LastIndexByte(s, '/')+1:]
}

// subject is a target in a line: who, for what, and what an officer has to know at the door. Health is not in it.
func (t OrderTarget) subject(now time.Time) string {
	parts := []string{t.no() + " " + t.Person.Name() + " (" + string(t.Target.Unit) + ")"}
	if !t.Person.Born.IsZero() {
		parts[0] += ", born " + t.Person.Born.String()
	}
	if m := t.markers(now, false); len(m) > 0 {
		parts = append(parts, "WARNING "+strings.Join(m, " "))
	}
	if t.Line != nil {
		parts = append(parts, "wanted for "+offenceWords(t.Line.Offences), "entry: "+PowerOfEntry(t.Line.Offences))
		if by, ok := t.Line.ChargeBy(); ok {
			parts = append(parts, "charge by "+by.Long())
		}
	}
	if n := t.ordersInForce(day.On(now)); n > 0 {
		parts = append(parts, several(n, "order in force", "orders in force"))
	}
	if t.Target.Attempts > 0 {
		parts = append(parts, several(t.Target.Attempts, "attempt before", "attempts before"))
	}
	return strings.Join(parts, "; ")
}

// markers are the warning markers that are health data, or those that are not; a stale one carries a question mark.
func (t OrderTarget) markers(now time.Time, health bool) []string {
	sorted := slices.Clone(t.Person.Markers)
	slices.SortStableFunc(sorted, func(a, b Marker) int { return cmp.Compare(a.Code.Rank(), b.Code.Rank()) })
	var out []string
	for _, m := range sorted {
		if m.Code.Health() != health {
			continue
		}
		code := string(m.Code)
		if m.Stale(now) {
			code += "?"
		}
		out = append(out, code)
	}
	return out
}

func (t OrderTarget) ordersInForce(on day.Date) int {
	n := 0
	for _, o := range t.Orders {
		if o.Live(on) {
			n++
		}
	}
	return n
}

func (in *OrderPapers) intention() OrderSection {
	s := OrderSection{Head: "Intention"}
	aim := in.Plan.Aim
	s.Lines = append(s.Lines, said("Aim", in.Operation.Aim, "An operation says what it is for: write it under objectives with plan.aim"))
	for i, o := range aim.Objectives {
		s.Lines = append(s.Lines, textLine(itoa(i+1)+" "+o))
	}
	if len(aim.Objectives) == 0 {
		s.Lines = append(s.Lines, gapLine("no objectives", "Write them with plan.aim, one on each line", false))
	}
	if aim.Success == "" {
		s.Lines = append(s.Lines, gapLine("no statement of what success is", "Say with plan.aim how it will be known", false))
		return s
	}
	s.Lines = append(s.Lines, textLine("Success is: "+aim.Success))
	return s
}

func (in *OrderPapers) method() OrderSection {
	s := OrderSection{Head: "Method"}
	aim := in.Plan.Aim
	command := []string{"lead " + in.name(in.Operation.Lead)}
	for _, e := range []struct{ role, who string }{{"gold", aim.Gold}, {"silver", aim.Silver}, {"bronze", aim.Bronze}} {
		if e.who != "" {
			command = append(command, e.role+" "+e.who)
		}
	}
	s.Lines = append(s.Lines, textLine("Command: "+strings.Join(command, "; ")))
	for _, p := range in.Plan.Phases {
		s.Lines = append(s.Lines, textLine(p.words()))
	}
	if len(in.Plan.Phases) == 0 {
		s.Lines = append(s.Lines, gapLine("no phases", "Plan them with plan.phase", false))
	}
	for _, t := range in.Plan.Teams {
		s.Lines = append(s.Lines, in.team(t)...)
	}
	for _, t := range in.Targets {
		if _, ok := in.Plan.TeamOf(t.Target.Ref); !ok {
			s.Lines = append(s.Lines, gapLine(t.no()+" "+t.Person.Name()+" has no team", "Give the target to a team with plan.team, or take it off the list", true))
		}
	}
	return s
}

func (p Phase) words() string {
	out := "Phase " + p.Name + ": from " + day.Clock(p.From)
	if !p.To.IsZero() {
		out += " to " + day.Clock(p.To)
	}
	if p.Note != "" {
		out += ": " + p.Note
	}
	return out
}

// team is a team in a few lines. A team that goes for nobody may do without an RV and a custody suite.
func (in *OrderPapers) team(t Team) []OrderLine {
	who := "Team " + t.Name + " (" + string(t.Unit) + "): " + in.namesOf(t.Officers)
	for _, e := range []struct{ label, text string }{{"call-sign", t.Call}, {"vehicle", t.Vehicle}, {"RV", t.RV}, {"custody", t.Suite}} {
		if e.text != "" {
			who += "; " + e.label + " " + e.text
		}
	}
	out := []OrderLine{textLine(who)}
	var goes []string
	for _, of := range in.Targets {
		if slices.Contains(t.Targets, of.Target.Ref) {
			goes = append(goes, of.no()+" "+of.Person.Name())
			if of.Target.Plan != "" {
				goes[len(goes)-1] += " (" + of.Target.Plan + ")"
			}
		}
	}
	if len(goes) > 0 {
		out = append(out, textLine("  goes for "+strings.Join(goes, "; ")))
		for _, need := range []struct {
			there bool
			what  string
		}{{len(t.Officers) > 0, "officers"}, {t.RV != "", "RV"}, {t.Suite != "", "custody suite"}} {
			if !need.there {
				out = append(out, gapLine("team "+t.Name+" has no "+need.what, "Say so with plan.team", true))
			}
		}
	}
	if t.Note != "" {
		out = append(out, textLine("  "+t.Note))
	}
	return out
}

func (in *OrderPapers) administration() OrderSection {
	a := in.Plan.Admin
	return OrderSection{Head: "Administration", Lines: []OrderLine{
		said("Timings", a.Timings, "Enter them with plan.admin"),
		said("Kit", a.Kit, "Enter it with plan.admin"),
		said("Welfare", a.Welfare, "Enter it with plan.admin"),
		said("Loggist", in.named(a.Loggist), "Name one with plan.admin"),
		said("Exhibits officer", in.named(a.Exhibits), "Name one with plan.admin"),
		said("Custody plan", a.Custody, "Enter interviews, searches and CPS slots with plan.admin"),
	}}
}

func (in *OrderPapers) named(ref Ref) string {
	if ref == "" {
		return ""
	}
	return in.name(ref)
}

// riskAssessment wants a row for the victim-survivor and for officers before anybody is briefed.
func (in *OrderPapers) riskAssessment(now time.Time) OrderSection {
	s := OrderSection{Head: "Risk assessment"}
	for _, to := range RiskTo("").Choices() {
		rows := 0
		for _, r := range in.Plan.Risks {
			if r.To == RiskTo(to.Value) {
				rows++
				s.Lines = append(s.Lines, textLine(r.words()))
			}
		}
		if rows == 0 {
			stops := RiskTo(to.Value) == RiskToVictim || RiskTo(to.Value) == RiskToOfficers
			s.Lines = append(s.Lines, gapLine("no risk to "+to.Label+" is assessed", "Add a row with plan.risk", stops))
		}
	}
	for _, t := range in.Targets {
		marked := t.markers(now, false)
		if len(marked) > 0 && !slices.ContainsFunc(in.Plan.Risks, func(r Risk) bool { return r.Target == t.Target.Ref }) {
			s.Lines = append(s.Lines, gapLine(t.no()+" "+t.Person.Name()+" has "+strings.Join(marked, " ")+" and no row of its own", "Add a row for the target with plan.risk", false))
		}
	}
	return s
}

func (r Risk) words() string {
	who := "To " + LabelOf(r.To.Choices(), string(r.To))
	if r.Target != "" {
		who += " (" + string(r.Target) + ")"
	}
	return itoa(r.No) + " " + who + ": " + r.Risk + "; control: " + r.Control
}

func (in *OrderPapers) communications() OrderSection {
	s := OrderSection{Head: "Communications"}
	c := in.Plan.Comms
	s.Lines = append(s.Lines, said("Talkgroup", c.Talkgroup, "Enter it with plan.comms"), said("Log", c.Log, "Enter the CAD or operation log with plan.comms"))
	var calls []string
	for _, t := range in.Plan.Teams {
		if t.Call != "" {
			calls = append(calls, t.Name+" "+t.Call)
		}
	}
	if len(calls) > 0 {
		s.Lines = append(s.Lines, textLine("Call-signs: "+strings.Join(calls, "; ")))
	}
	if c.Tell == "" {
		s.Lines = append(s.Lines, gapLine("nobody is named to tell the victim-survivor", "Name an officer with plan.comms (Victims' Code, Right 6)", true))
	} else {
		s.Lines = append(s.Lines, textLine("The victim-survivor is told by "+in.name(c.Tell)))
	}
	s.Lines = append(s.Lines, said("When the victim-survivor is told", c.TellWhen, "Enter it with plan.comms; of a release it is before, not after"))
	if c.Media != "" {
		s.Lines = append(s.Lines, textLine("Media: "+c.Media))
	}
	return s
}

func (in *OrderPapers) rights() OrderSection {
	s := OrderSection{Head: "Human rights and legal"}
	l := in.Plan.Legal
	for _, e := range []struct{ label, text string }{
		{"Proportionate", l.Proportionate},
		{"Legal", l.Legal},
		{"Accountable", l.Accountable},
		{"Necessary", l.Necessary},
		{"Rights, equality, children", l.Rights},
	} {
		if e.text == "" {
			s.Lines = append(s.Lines, gapLine("the PLAN test does not say "+lowerFirst(e.label), "Write it with plan.legal", false))
			continue
		}
		s.Lines = append(s.Lines, textLine(e.label+": "+e.text))
	}
	var summary, limited []string
	for _, t := range in.Targets {
		if t.Line != nil && SummaryOnlyTrap(t.Line.Offences) {
			summary = append(summary, t.no())
			if SixMonths(t.Line.Offences) {
				limited = append(limited, t.no())
			}
		}
	}
	if len(summary) > 0 {
		s.Lines = append(s.Lines, textLine("Summary only: "+strings.Join(summary, ", ")+" – no entry under PACE s.17(1)(b), custody 24 hours at most"))
	}
	if len(limited) > 0 {
		s.Lines = append(s.Lines, textLine("Six months to charge: "+strings.Join(limited, ", ")+" (Magistrates' Courts Act 1980 s.127)"))
	}
	return s
}

// annex is what may not be in the order: evaluated intelligence, health, the contact plan and the decision log. Who gave
// intelligence is not even here.
func (in *OrderPapers) annex(now time.Time) []OrderSection {
	var out []OrderSection
	add := func(head string, lines []OrderLine) {
		if len(lines) > 0 {
			out = append(out, OrderSection{Head: head, Lines: lines})
		}
	}
	var intel, health []OrderLine
	for _, t := range in.Targets {
		for _, i := range t.Intel {
			intel = append(intel, textLine(t.no()+" "+i.words()))
		}
		if m := t.markers(now, true); len(m) > 0 {
			health = append(health, textLine(t.no()+" "+t.Person.Name()+": "+strings.Join(m, " ")))
		}
	}
	add("Intelligence", intel)
	add("Health markers", health)
	if in.Plan.Comms.Contact != "" {
		add("Victim contact plan", []OrderLine{textLine(in.Plan.Comms.Contact)})
	}
	var log []OrderLine
	for _, d := range in.Plan.Decisions {
		log = append(log, textLine(day.Clock(d.At)+" "+in.name(d.By)+": "+d.Decision),
			textLine("  information: "+d.Information+"; assessment: "+d.Assessment+"; powers: "+d.Powers+"; options: "+d.Options))
	}
	add("Decision log", log)
	return out
}

// words is an item of intelligence as it is read out: grading first, and what kind of statement it is.
func (i *Intel) words() string {
	kind := "assessment"
	if i.Fact {
		kind = "fact"
	}
	out := i.Graded() + " (" + i.At.Long() + ", " + kind + ") " + i.Text
	if i.Weak() {
		out += " – CANNOT SUPPORT TASKING BY ITSELF"
	}
	if i.Conditions != "" {
		out += " – conditions: " + i.Conditions
	}
	return out
}
