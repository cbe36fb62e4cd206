package model

import (
	"strings"
	"time"

	"pou/model/day"
)

// ContactWay is how a victim-survivor wants to be reached.
type ContactWay string

// The ways. Being reached in the wrong way can put somebody in danger.
const (
	ByPhone    ContactWay = "phone"
	ByText     ContactWay = "text"
	ByEmail    ContactWay = "email"
	ByVisit    ContactWay = "visit"
	ByAdvocate ContactWay = "advocate"
	NoWay      ContactWay = "no contact"
)

// Choices lists the ways for a form.
func (ContactWay) Choices() []Choice {
	return []Choice{
		{string(ByPhone), "by phone", "p"},
		{string(ByText), "by text message", "t"},
		{string(ByEmail), "by email", "e"},
		{string(ByVisit), "in person", "i"},
		{string(ByAdvocate), "through their advocate", "a"},
		{string(NoWay), "does not want contact", "n"},
	}
}

// Rights is which rights under the Victims' Code a victim-survivor has.
type Rights string

// The persistently targeted have enhanced rights, which victim-survivors of stalking are unless an officer records otherwise
// (Victims' Code, Right 6).
const (
	EnhancedRights Rights = "enhanced"
	StandardRights Rights = "standard"
)

// Choices lists the rights for a form.
func (Rights) Choices() []Choice {
	return []Choice{{string(EnhancedRights), "enhanced: told within 1 working day", "e"}, {string(StandardRights), "standard: told within 5 working days", "s"}}
}

// by is the last day to tell them of something that happened.
func (r Rights) by(happened time.Time) day.Date { return VictimUpdateBy(happened, r != StandardRights) }

// CodeEvent is something a victim is told of (Victims' Code, Right 6).
type CodeEvent string

// Choices lists the events for a form.
func (CodeEvent) Choices() []Choice {
	return []Choice{
		{"arrested", "suspect arrested", "a"},
		{"interviewed", "suspect interviewed under caution", "i"},
		{"released", "suspect released without charge", "r"},
		{"bailed", "released on bail or under investigation", "b"},
		{"bail changed", "bail conditions changed or cancelled", "c"},
		{"charged", "suspect charged", "h"},
		{"not charged", "decision not to charge", "n"},
		{"no investigation", "decision not to investigate", "v"},
		{"order", "an order made, varied, served or ended", "o"},
		{"breach", "a breach decided", "d"},
		{"hearing", "a hearing listed or its result", "g"},
		{"other", "something else they asked to be told", "x"},
	}
}

// Update is something a victim-survivor is to be told, and whether they have been.
type Update struct {
	No       int       `cbor:"1,keyasint" json:"no"`
	Event    CodeEvent `cbor:"2,keyasint" json:"event"`
	Happened time.Time `cbor:"3,keyasint" json:"happened"`
	Told     time.Time `cbor:"4,keyasint,omitzero" json:"told,omitzero"`
	By       Ref       `cbor:"5,keyasint,omitempty" json:"by,omitempty"`
	How      string    `cbor:"6,keyasint,omitempty" json:"-"`
}

// SurvivorContact is one contact with a victim-survivor, or an attempt at one.
type SurvivorContact struct {
	At      time.Time  `cbor:"1,keyasint" json:"at"`
	Way     ContactWay `cbor:"2,keyasint" json:"way"`
	Reached bool       `cbor:"3,keyasint,omitempty" json:"reached,omitempty"`
	By      Ref        `cbor:"4,keyasint" json:"by"`
	Note    string     `cbor:"5,keyasint,omitempty" json:"-"`
}

// Survivor is a victim-survivor as the desk knows them: everything about them is need-to-know, and what a list or a card
// shows says only that somebody is to be kept safe, by whom, and when they are next to be reached.
type Survivor struct {
	Meta     `cbor:"-" json:"-"`
	Person   Ref               `cbor:"1,keyasint,omitempty" json:"-"` // their own record, if there is one
	Name     string            `cbor:"2,keyasint,omitempty" json:"-"`
	Contact  string            `cbor:"3,keyasint,omitempty" json:"-"` // number, address, account: whatever is safe
	Safe     string            `cbor:"4,keyasint,omitempty" json:"-"` // safe times and words, who may answer
	Advocate string            `cbor:"5,keyasint,omitempty" json:"-"`
	Needs    string            `cbor:"6,keyasint,omitempty" json:"-"` // language, health, children
	Unit     Unit              `cbor:"7,keyasint,omitempty" json:"unit,omitempty"`
	Officer  Ref               `cbor:"8,keyasint,omitempty" json:"officer,omitempty"`
	Orders   []Ref             `cbor:"9,keyasint,omitempty" json:"orders,omitempty"`
	Cases    []Ref             `cbor:"10,keyasint,omitempty" json:"cases,omitempty"`
	Way      ContactWay        `cbor:"11,keyasint,omitempty" json:"way,omitempty"`
	Rights   Rights            `cbor:"12,keyasint,omitempty" json:"rights,omitempty"`
	Every    int               `cbor:"13,keyasint,omitempty" json:"every_days,omitempty"` // days between contacts; 0: only when there is something to tell
	Added    time.Time         `cbor:"14,keyasint" json:"added"`
	Contacts []SurvivorContact `cbor:"15,keyasint,omitempty" json:"contacts,omitempty"`
	Updates  []Update          `cbor:"16,keyasint,omitempty" json:"updates,omitempty"`
	Closed   day.Date          `cbor:"17,keyasint,omitempty" json:"closed,omitzero"`
	Why      string            `cbor:"18,keyasint,omitempty" json:"-"` // why it was closed
}

// Links finds the record from the orders and cases, from the officer, and from the person's own record.
func (s *Survivor) Links() []Ref {
	out := append(append([]Ref{}, s.Orders...), s.Cases...)
	return links(append(out, s.Officer, s.Person)...)
}

// Place puts the record in its unit's list until it is closed.
func (s *Survivor) Place() (Unit, bool) { return s.Unit, s.Closed.IsZero() }

// Check wants somebody to keep safe and something they are to be kept safe from.
func (s *Survivor) Check() error {
	switch {
	case s.Name == "" && s.Person == "":
		return Refuse("name", "a victim-survivor is somebody", "Enter the name they want to be called by, or name their record")
	case len(s.Orders)+len(s.Cases) == 0:
		return Refuse("cases", "a victim-survivor is of a case, or protected by an order", "Name the case or the order")
	case s.Way == "":
		return Refuse("way", "how they want to be reached is asked first: the wrong way can put them in danger", "Choose how they want to be reached")
	case s.Way == ByAdvocate && s.Advocate == "":
		return Refuse("advocate", "they want to be reached through their advocate, who is not named", "Name the advocate and how to reach them")
	case s.Every < 0:
		return Refuse("every", "a contact plan counts days", "Enter the days between contacts, or leave it empty")
	}
	return nil
}

func (s *Survivor) row(_ *Liner, line *Line) {
	line.Kind, line.Status, line.Owner, line.Since = "victim-survivor", "in contact", s.Officer, s.Added
	line.What = "need-to-know · " + LabelOf(s.Way.Choices(), string(s.Way))
	if about := append(append([]Ref{}, s.Orders...), s.Cases...); len(about) > 0 {
		line.About = about[0]
		line.Name = "victim-survivor, " + string(about[0])
	}
	line.Due = s.nextContact()
	switch {
	case !s.Closed.IsZero():
		line.Status = "closed"
	case s.Way == NoWay:
		line.Status = "no contact wanted"
	}
}

// lastReached is when somebody last spoke to them; when the record was made, if nobody has.
func (s *Survivor) lastReached() time.Time {
	last := s.Added
	for _, c := range s.Contacts {
		if c.Reached && c.At.After(last) {
			last = c.At
		}
	}
	return last
}

// nextContact is the day the contact plan asks for the next one; none without a plan.
func (s *Survivor) nextContact() day.Date {
	if s.Every == 0 || s.Way == NoWay || !s.Closed.IsZero() {
		return 0
	}
	return day.On(s.lastReached()).AddDays(s.Every)
}

func (s *Survivor) clocks(w Watch) []Due {
	if !s.Closed.IsZero() {
		return nil
	}
	var out []Due
	for _, u := range s.Updates {
		if u.Told.IsZero() {
			out = append(out, Due{
				Rule: "tell the victim-survivor: " + LabelOf(u.Event.Choices(), string(u.Event)), Citation: "Victims' Code, Right 6: " + s.Rights.within(), Start: u.Happened,
				Deadline: s.Rights.by(u.Happened).End(), Owner: s.Officer,
				Missed: "they learn it from somebody else, or meet the suspect unwarned", Settle: "victim.told",
			})
		}
	}
	if by := s.nextContact(); !by.IsZero() {
		out = append(out, Due{
			Rule: "contact the victim-survivor", Citation: Local + " (contact plan agreed with them)", Start: s.lastReached(), Deadline: by.End(), Owner: s.Officer,
			Missed: "nobody has asked whether they are safe", Settle: "victim.contact",
		})
	}
	if left := w.left(s.Officer); s.Officer == "" || left {
		missed := "nobody keeps in touch with them"
		if left {
			missed = "their officer has left, and nobody keeps in touch with them"
		}
		out = append(out, Due{
			Rule: "name an officer for the victim-survivor", Citation: Local, Start: s.Added, Deadline: day.On(w.Now).End(), // due today, every day, until somebody is named
			Missed: missed, Settle: "victim.plan",
		})
	}
	return out
}

func (r Rights) within() string {
	if r == StandardRights {
		return "5 working days"
	}
	return "1 working day"
}

func (s *Survivor) facts(l *Liner) []Facts {
	plan := "only when there is something to tell"
	if s.Every > 0 {
		plan = "every " + itoa(s.Every) + " days; next by " + s.nextContact().Long()
	}
	rows := []Fact{
		{Label: "Who", Text: "need-to-know: reveal asks why, and is kept in the journal", Tone: ToneQuiet},
		{Label: "Reach", Text: LabelOf(s.Way.Choices(), string(s.Way)), Tone: ToneStrong},
		{Label: "Before", Text: s.beforeContact(), Tone: ToneWarn},
		{Label: "Rights", Text: LabelOf(s.Rights.Choices(), string(s.Rights))},
		{Label: "Plan", Text: plan},
		{Label: "Officer", Text: l.Officer(s.Officer)},
	}
	if s.Officer == "" {
		rows = append(rows, Fact{Label: "Officer", Text: "NOBODY keeps in touch", Tone: ToneDanger})
	}
	for _, ref := range s.Orders {
		rows = append(rows, Fact{Label: "Order", Text: string(ref), Ref: ref})
	}
	for _, ref := range s.Cases {
		rows = append(rows, Fact{Label: "Case", Text: string(ref), Ref: ref})
	}
	return []Facts{
		{Head: string(s.Ref) + " · " + string(s.Unit), Rows: rows},
		{Head: "To be told", Rows: s.updateFacts(l)},
		{Head: "Contact", Rows: s.contactFacts(l)},
		SupportLines(),
	}
}

// beforeContact reminds the officer that there is something to read before they dial.
func (s *Survivor) beforeContact() string {
	if s.Way == NoWay {
		return "they do not want contact; tell their advocate, or nobody"
	}
	if s.Safe != "" {
		return "safe times and words are recorded: reveal and read them first"
	}
	return ""
}

func (s *Survivor) updateFacts(l *Liner) []Fact {
	var rows []Fact
	for _, u := range s.Updates {
		row := Fact{Label: itoa(u.No), Text: LabelOf(u.Event.Choices(), string(u.Event)) + " " + day.Clock(u.Happened)}
		if u.Told.IsZero() {
			row.Text += ": NOT TOLD, by " + s.Rights.by(u.Happened).Long()
			row.Tone = ToneWarn
		} else {
			row.Text += ": told " + day.Clock(u.Told) + " by " + l.Officer(u.By)
			row.Tone = ToneQuiet
		}
		rows = append(rows, row)
	}
	return rows
}

func (s *Survivor) contactFacts(l *Liner) []Fact {
	var rows []Fact
	for i := len(s.Contacts) - 1; i >= 0 && len(rows) < 12; i-- {
		c := s.Contacts[i]
		text := LabelOf(c.Way.Choices(), string(c.Way)) + ", not reached"
		if c.Reached {
			text = LabelOf(c.Way.Choices(), string(c.Way)) + ", reached"
		}
		rows = append(rows, Fact{Label: day.Clock(c.At), Text: text + " · " + l.Officer(c.By)})
	}
	return rows
}

func (s *Survivor) private(l *Liner) []Facts {
	name := s.Name
	if s.Person != "" {
		name = strings.TrimSpace(name + " " + l.Person(s.Person).Name() + " " + string(s.Person))
	}
	rows := []Fact{
		{Label: "Name", Text: name, Tone: ToneStrong},
		{Label: "Safe times", Text: s.Safe, Tone: ToneWarn},
		{Label: "Contact", Text: s.Contact},
		{Label: "Advocate", Text: s.Advocate},
		{Label: "Needs", Text: s.Needs},
		{Label: "Closed", Text: s.Why},
	}
	for _, c := range s.Contacts {
		if c.Note != "" {
			rows = append(rows, Fact{Label: day.Clock(c.At), Text: c.Note})
		}
	}
	for _, u := range s.Updates {
		if u.How != "" {
			rows = append(rows, Fact{Label: "told " + itoa(u.No), Text: u.How})
		}
	}
	if s.Person != "" {
		for _, group := range l.Person(s.Person).private(l) {
			rows = append(rows, group.Rows...)
		}
	}
	return []Facts{{Head: "Need-to-know", Rows: rows}}
}

// SupportLines are where a victim-survivor finds help; they stand wherever a screen is about one.
func SupportLines() Facts {
	return Facts{Head: "Support", Rows: []Fact{
		{Label: "Danger now", Text: "999"},
		{Label: "Report", Text: "101, or online at met.police.uk"},
		{Label: "Helpline", Text: "National Stalking Helpline 0808 802 0300"},
		{Label: "Advice", Text: "suzylamplugh.org"},
	}}
}
