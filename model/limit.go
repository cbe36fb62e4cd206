package model

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// LimitName names a limit that is a matter of policy, or of law we have not read again: it may be changed without a new
// program. What a statute we have read says is not among them; it stands in the code with its section.
type LimitName string

// The limits.
const (
	LimitCirculate     LimitName = "circulate"
	LimitStation       LimitName = "reach-station"
	LimitRUIReview     LimitName = "rui-review"
	LimitStreetBail    LimitName = "street-bail"
	LimitBreachDecide  LimitName = "breach-decide"
	LimitBreachAct     LimitName = "breach-act"
	LimitWarrantA      LimitName = "warrant-grade-a"
	LimitWarrantB      LimitName = "warrant-grade-b"
	LimitWarrantC      LimitName = "warrant-grade-c"
	LimitWeedRunway    LimitName = "weed-runway"
	LimitVisitHigh     LimitName = "visit-high"
	LimitVisitMedium   LimitName = "visit-medium"
	LimitVisitStandard LimitName = "visit-standard"
	LimitCCTV          LimitName = "cctv"
	LimitBusCCTV       LimitName = "bus-cctv"
	LimitDoorbell      LimitName = "doorbell"
	LimitOyster        LimitName = "oyster"
	LimitTaxi          LimitName = "taxi"
	LimitCallData      LimitName = "call-data"
	LimitANPR          LimitName = "anpr"
	LimitSocialMedia   LimitName = "social-media"
	LimitDeviceBackup  LimitName = "device-backup"
	LimitOtherEvidence LimitName = "other-evidence"
	LimitRetain1       LimitName = "retention-group-1"
	LimitRetain2       LimitName = "retention-group-2"
	LimitRetain3       LimitName = "retention-group-3"
	LimitRetain4       LimitName = "retention-group-4"
)

// Choices lists the limits for a form.
func (LimitName) Choices() []Choice {
	rows := builtIn()
	out := make([]Choice, len(rows))
	for i := range rows {
		out[i] = Choice{Value: string(rows[i].Name), Label: rows[i].what}
	}
	return out
}

// Span is what a limit is counted in.
type Span string

// The spans.
const (
	SpanHours       Span = "hours"
	SpanDays        Span = "days"
	SpanWorkingDays Span = "working days"
	SpanWeeks       Span = "weeks"
	SpanMonths      Span = "months"
)

// longestLimit is the longest of anything: what is longer is a slip of the hand.
const longestLimit = 3650

// Choices lists the spans for a form.
func (Span) Choices() []Choice {
	return []Choice{
		{string(SpanHours), "hours", "h"},
		{string(SpanDays), "days", "d"},
		{string(SpanWorkingDays), "working days", "w"},
		{string(SpanWeeks), "weeks", "k"},
		{string(SpanMonths), "months", "m"},
	}
}

// Limit is how long something may take, from a day on: a row of the built-in table, or one a lead has set since.
type Limit struct {
	Meta   `cbor:"-" json:"-"`
	Name   LimitName `cbor:"1,keyasint" json:"name"`
	Value  int       `cbor:"2,keyasint" json:"value"`
	Span   Span      `cbor:"3,keyasint" json:"span"`
	Source string    `cbor:"4,keyasint" json:"source"`
	From   day.Date  `cbor:"5,keyasint,omitempty" json:"valid_from"` // start events of that day and later
	Unsure bool      `cbor:"6,keyasint,omitempty" json:"check"`      // nobody has confirmed it against its source
	By     Ref       `cbor:"7,keyasint,omitempty" json:"by,omitempty"`
	At     time.Time `cbor:"8,keyasint,omitzero" json:"at,omitzero"`
	Reason string    `cbor:"9,keyasint,omitempty" json:"reason,omitempty"`
}

// Links finds the setting from who made it.
func (l *Limit) Links() []Ref { return links(l.By) }

// Place puts the setting in no unit's list: it holds for all of them.
func (l *Limit) Place() (Unit, bool) { return "", true }

// Check wants a limit that exists, a length that can be meant, a source and a day.
func (l *Limit) Check() error {
	switch {
	case builtInRow(l.Name) == nil:
		return Refuse("name", "there is no limit of that name", "Choose one of those that pou list limits prints")
	case l.Value < 1 || l.Value > longestLimit:
		return Refuse("value", "a limit is at least 1 and at most "+itoa(longestLimit), "Enter how long it is")
	case !slices.ContainsFunc(l.Span.Choices(), func(c Choice) bool { return c.Value == string(l.Span) }):
		return Refuse("span", "a limit is counted in hours, days, working days, weeks or months", "Choose one")
	case l.Source == "":
		return Refuse("source", "a limit says where it comes from", "Enter the policy, the statute or the letter")
	case l.From.IsZero():
		return Refuse("from", "a limit holds from a day on", "Enter the first day it holds")
	}
	return nil
}

// Words are the limit as it is said: 28 days.
func (l *Limit) Words() string {
	span := string(l.Span)
	if l.Value == 1 {
		span = strings.TrimSuffix(span, "s")
	}
	return itoa(l.Value) + " " + span
}

// After is the first moment that is too late when the limit began at a moment: hours are hours that pass, days run to the
// same time of day in London.
func (l *Limit) After(start time.Time) time.Time {
	if l.Span == SpanHours {
		return start.Add(time.Duration(l.Value) * time.Hour)
	}
	local := start.In(day.London())
	on := day.On(start)
	to := l.lastOf(on)
	if l.Span == SpanWorkingDays { // a period of working days ends with the day
		return to.End()
	}
	return local.AddDate(0, 0, to.Sub(on))
}

// Until is the first moment that is too late when the limit is counted in whole days with the first day as day one: the
// cautious way, for what others delete on a day we do not know.
func (l *Limit) Until(first day.Date) time.Time {
	switch l.Span {
	case SpanHours:
		return first.Start().Add(time.Duration(l.Value) * time.Hour)
	case SpanMonths:
		return day.MonthsBeginning(first, l.Value).End()
	case SpanDays, SpanWorkingDays, SpanWeeks:
	}
	return l.lastOf(first).Start()
}

// before is the moment a runway of the limit's length ahead of a day begins.
func (l *Limit) before(to day.Date) time.Time {
	switch l.Span {
	case SpanHours:
		return to.Start().Add(-time.Duration(l.Value) * time.Hour)
	case SpanMonths:
		return to.AddMonths(-l.Value).Start()
	case SpanWorkingDays:
		return to.AddWorkingDays(-l.Value).Start()
	case SpanWeeks:
		return to.AddDays(-7 * l.Value).Start()
	case SpanDays:
	}
	return to.AddDays(-l.Value).Start()
}

// lastOf is the corresponding day at the end of the limit.
func (l *Limit) lastOf(on day.Date) day.Date {
	switch l.Span {
	case SpanWeeks:
		return on.AddDays(7 * l.Value)
	case SpanMonths:
		return on.AddMonths(l.Value)
	case SpanWorkingDays:
		return on.AddWorkingDays(l.Value)
	case SpanHours, SpanDays:
	}
	return on.AddDays(l.Value)
}

func (l *Limit) row(_ *Liner, line *Line) {
	line.Kind, line.Name, line.Type, line.Status, line.Outcome = "limit", string(l.Name), l.Words(), "as set", l.Source
	line.What, line.Since, line.Owner, line.Live, line.Check = l.Name.what(), l.From.Start(), l.By, true, l.Unsure
	if l.By == "" {
		line.Status = "built in"
	}
	if l.Unsure {
		line.Status += ", check"
	}
}

func (l *Limit) facts(x *Liner) []Facts {
	check := "no: somebody has read it in the source"
	if l.Unsure {
		check = "yes: nobody has confirmed it against the source"
	}
	return []Facts{{Head: "Limit", Rows: []Fact{
		{Label: "Limit", Text: l.Name.what(), Tone: ToneStrong},
		{Label: "Value", Text: l.Words(), Tone: ToneStrong},
		{Label: "Valid from", Text: l.From.Long()},
		{Label: "Source", Text: l.Source},
		{Label: "Check", Text: check},
		{Label: "Set by", Text: x.Officer(l.By), Ref: l.By},
		{Label: "Reason", Text: l.Reason},
	}}}
}

// what says what a limit is of.
func (n LimitName) what() string {
	if row := builtInRow(n); row != nil {
		return row.what
	}
	return string(n)
}

func builtInRow(n LimitName) *limitRow {
	rows := builtIn()
	if i := slices.IndexFunc(rows, func(l limitRow) bool { return l.Name == n }); i >= 0 {
		return &rows[i]
	}
	return nil
}

// Limits are the limits a clock is worked out by: the built-in table, and what has been set since. The zero value is the
// table alone.
type Limits struct{ set []*Limit }

// NewLimits joins the built-in table and the settings on record.
func NewLimits(set []*Limit) Limits {
	set = slices.Clone(set)
	slices.SortStableFunc(set, func(a, b *Limit) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Ref.Number(), b.Ref.Number()))
	})
	return Limits{set: set}
}

// On is the limit in force on a day: the setting with the latest first day not after it, the newest of those of one day;
// without one, the row of the built-in table.
func (ls Limits) On(name LimitName, on day.Date) Limit {
	for _, l := range slices.Backward(ls.set) {
		if l.Name == name && l.From <= on {
			return *l
		}
	}
	if row := builtInRow(name); row != nil {
		return row.Limit
	}
	return Limit{Name: name}
}

// All lists the limits as they hold on a day and later, in the order of the table: the row in force, then those to come.
func (ls Limits) All(today day.Date) []Limit {
	var out []Limit
	for _, row := range builtIn() {
		out = append(out, ls.On(row.Name, today))
		for _, l := range ls.set {
			if l.Name == row.Name && l.From > today {
				out = append(out, *l)
			}
		}
	}
	return out
}
