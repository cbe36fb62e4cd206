package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
	"pou/model/match"
	"pou/model/match/pair"
)

// inquiry is one search of the record for what may be breaches of an order.
type inquiry struct {
	o       *Order
	subject *Person
	on      *OnRecord
	now     time.Time
	out     []Suspicion
}

// binds reports whether the order and its condition bound the subject then. An SPO binds nobody it was not served on.
func (f *inquiry) binds(c Condition, at time.Time) bool {
	on := day.On(at)
	if on > day.On(f.now) || !c.Live(on) || inForce(f.o, c, on) != nil {
		return false
	}
	return !f.o.Type.IsSPO() || (!f.o.Served.IsZero() && on >= day.On(f.o.Served))
}

// propose holds an event against each condition.
func (f *inquiry) propose(e seen, found BreachFound, weight string, weak bool) {
	for _, c := range f.o.Conditions {
		if c.Requirement || !f.binds(c, e.at) || (!e.dayOnly && f.o.Type.IsSPO() && e.at.Before(f.o.Served)) {
			continue
		}
		how, ok := f.fits(c, e)
		if !ok {
			continue
		}
		kind := conditionType(c)
		s := Suspicion{
			Condition: c.No, Found: found, What: e.what, At: e.at, Events: []string{string(e.record)}, Why: how.why,
			Else: elseFor(kind, found), Look: lookFor(kind), Weight: weight, Weak: weak,
		}
		if how.guess {
			s.Weak = true
			s.Weight += "; it rests on a name that is not spelt as on record, and cannot by itself support action"
			s.Else = append([]string{"somebody else of a name much like it is meant"}, s.Else...)
			s.Look = append([]string{"whoever wrote the report: whom they meant, and how the name is spelt in their notes"}, s.Look...)
		}
		if e.dayOnly && day.On(e.at) == day.On(f.o.Served) {
			s.Else = append(s.Else, "it happened earlier on the day of service, before the subject knew the terms")
		}
		if e.dayOnly && !c.Match.Hours.IsZero() {
			s.Why += "; the condition binds only at " + c.Match.Hours.String() + " and the time of day is not recorded"
		}
		f.out = append(f.out, s)
	}
}

const policeSaw = "an officer was there and recorded it"

// events holds reports and events against the conditions: intelligence, attempts at which the subject was there, arrests
// and cases since the order was made.
func (f *inquiry) events() {
	for _, i := range f.on.Intel {
		what := i.Text
		if i.Handling == "C" {
			what = "Intelligence " + string(i.Ref) + " under handling conditions: read it there"
		}
		weight := "intelligence graded " + i.Graded() + ", of one origin"
		if i.Weak() {
			weight += ": suspected to be false or from a source that is not reliable; it cannot by itself support action"
		}
		f.propose(seen{record: i.Ref, at: i.At.Start(), dayOnly: true, what: what, text: i.Text}, FoundEvent, weight, i.Weak())
	}
	for _, a := range f.on.Attempts {
		if a.Outcome != SeenThere && a.Outcome != MadeOff {
			continue // nobody saw the subject; an arrest is looked at as an arrest
		}
		f.propose(seen{
			record: a.Ref, at: a.At, there: true, what: "Seen at " + a.Address + ": " + LabelOf(a.Outcome.Choices(), string(a.Outcome)),
			text: strings.Join([]string{a.Address, a.Note, a.Intel}, "\n"), place: a.Address,
		}, FoundEvent, policeSaw, false)
	}
	for _, k := range f.on.Arrests {
		if k.Breach != "" || k.Status == DeArrested {
			continue // for a breach that has been decided already; or nobody says it was this person
		}
		f.propose(seen{
			record: k.Ref, at: k.At, there: true, what: "Arrested at " + k.Where + " for " + offenceWords(k.Offences), text: k.Where + "\n" + k.Note, place: k.Where,
		}, FoundEvent, policeSaw, false)
	}
	for _, k := range f.on.Cases {
		if !k.Is(f.subject.Ref, PartySuspect, PartyConvicted) || k.State == CaseClosed && !k.Outcome.charge() {
			continue // their own report as a victim is no contact, and a case that ended without a charge is answered
		}
		f.propose(seen{
			record: k.Ref, at: k.Last.Start(), dayOnly: true, what: "Case " + string(k.Ref) + ": " + offenceWords(k.Offences) + ", last act on this day",
			text: k.Summary, people: k.Who(PartyVictim), offences: k.Offences,
		}, FoundReport, "an allegation on record, "+string(k.State), false)
	}
}

// checks puts forward what monitoring checks found amiss.
func (f *inquiry) checks() {
	for _, x := range f.on.Findings {
		c, ok := f.o.Condition(x.Condition)
		if x.Complied || !ok || !f.binds(c, x.At) {
			continue
		}
		kind := conditionType(c)
		f.out = append(f.out, Suspicion{
			Condition: c.No, Found: FoundCheck, What: x.Text, At: x.At, Events: []string{string(x.Record)},
			Why: "a check of condition " + itoa(c.No) + " on " + day.On(x.At).Long() + " did not find it complied with", Else: elseFor(kind, FoundCheck), Look: lookFor(kind),
			Weight: policeSaw,
		})
	}
}

// missedReach is how many days back a missed occasion is looked for: what could show that it was kept is gone by then
// (Oyster 8 weeks). Local.
const missedReach = 56

// missed puts forward the occasions of a requirement that nobody recorded as kept, a run of them as one.
func (f *inquiry) missed() {
	for _, c := range f.o.Conditions {
		if c.Match.Schedule.IsZero() {
			continue
		}
		recorded := map[day.Date]bool{}
		ever := false
		for _, x := range f.on.Findings {
			if x.Condition == c.No {
				recorded[x.Day], ever = true, true
			}
		}
		var run []day.Date
		today := day.On(f.now)
		for _, d := range c.Match.Schedule.Occasions(max(f.o.Made, today.AddDays(-missedReach)), today) {
			late := c.Match.Schedule.Deadline(d)
			if late.After(f.now) || !f.binds(c, d.Start()) {
				continue
			}
			if recorded[d] {
				f.missedRun(c, run, ever)
				run = nil
			} else if !f.answeredDay(c.No, d) {
				run = append(run, d)
			}
		}
		f.missedRun(c, run, ever)
	}
}

func missedKey(d day.Date) string { return "missed " + d.String() }

// answeredDay reports whether somebody has reported or dismissed this very occasion: later ones are put forward again.
func (f *inquiry) answeredDay(condition int, d day.Date) bool {
	return slices.ContainsFunc(f.on.Breaches, func(b *Breach) bool { return b.Condition == condition && slices.Contains(b.Events, missedKey(d)) })
}

func (f *inquiry) missedRun(c Condition, run []day.Date, ever bool) {
	if len(run) == 0 {
		return
	}
	s := Suspicion{
		Condition: c.No, Found: FoundMissed, At: c.Match.Schedule.Deadline(run[0]).Add(-time.Second),
		What:   "Not recorded as done on " + dayList(run),
		Why:    "the requirement is to be done " + c.Match.Schedule.String() + " and nothing is recorded for " + Counted(len(run), "occasion", "occasions"),
		Weight: "nothing on record: that is not the same as not done",
		Else:   elseFor(conditionType(c), FoundMissed), Look: lookFor(conditionType(c)),
	}
	if !ever {
		s.Else = append([]string{"nobody has ever recorded this requirement as kept: it may be that nobody is keeping the record"}, s.Else...)
	}
	for _, d := range run {
		s.Events = append(s.Events, missedKey(d))
	}
	f.out = append(f.out, s)
}

func dayList(days []day.Date) string {
	words := make([]string, 0, 4)
	for _, d := range days[:min(3, len(days))] {
		words = append(words, d.Long())
	}
	if more := len(days) - 3; more > 0 {
		words = append(words, itoa(more)+" more")
	}
	return strings.Join(words, ", ")
}

// deviceReach is how many days a new phone is news; an older one is a matter for the next check. Local.
const deviceReach = 90

// devices puts forward a new phone where a condition is about having or registering devices. There is no duty to notify
// phones or vehicles (SPA 2019 s.9(2)): without such a condition a new one means nothing.
func (f *inquiry) devices() {
	newest := day.On(f.now).AddDays(-deviceReach)
	for _, c := range f.o.Conditions {
		kind := conditionType(c)
		if kind != NoDevice || !aboutHaving(c.Text) {
			continue
		}
		for _, p := range f.subject.Phones {
			if p.From <= max(f.o.Made, newest) || p.Attribution == Historic || !f.binds(c, p.From.Start()) {
				continue
			}
			f.out = append(f.out, Suspicion{
				Condition: c.No, Found: FoundEvent, What: "A phone not known when the order was made: " + p.Number, At: p.From.Start(),
				Events: []string{"phone " + PhoneKey(p.Number)}, Why: "the condition is about devices, and this number is attributed to the subject from " + p.From.Long(),
				Else:   append([]string{"it was registered with police, or shown to them, as the condition asks", "the number was recycled, or is somebody else's"}, elseFor(kind, FoundCheck)...),
				Look:   lookFor(kind),
				Weight: "attribution " + orElse(string(p.Attribution), "not graded"),
			})
		}
	}
}

// aboutHaving reports whether a condition about devices is about which of them the subject has, not what is done with them.
func aboutHaving(text string) bool {
	return slices.ContainsFunc(match.Tokens(text), func(w string) bool {
		return slices.ContainsFunc([]string{"have", "has", "possess", "own", "regist", "declar", "notif", "disclos"}, func(stem string) bool { return strings.HasPrefix(w, stem) })
	})
}

// notification puts forward what was not notified: names, the home address, nothing else (SPA 2019 s.9(2)).
func (f *inquiry) notification() {
	if !f.o.Type.IsSPO() || f.o.Served.IsZero() {
		return
	}
	f.initial()
	f.homes()
	f.names()
}

func (f *inquiry) initial() {
	by, why, due := f.o.NotifyBy(f.subject)
	if !due || by.End().After(f.now) {
		return
	}
	what := "No initial notification by the end of " + by.Long()
	if _, _, owed := f.o.Owes(f.subject); !owed {
		if f.o.Notified <= by {
			return
		}
		what = "The initial notification came on " + f.o.Notified.Long() + ", after the end of " + by.Long()
	}
	if served := day.On(f.o.Served); by < served { // the interim order's, and failing goes on (s.11(3)): this order carries it from its own service
		by = served
		if by.End().After(f.now) {
			return
		}
	}
	f.fails(DutyInitial, FoundSilent, notNotified, what, by, why+"; police acknowledge a notification in writing (s.10)", "the desk's record of notifications", false)
}

// fails puts forward a duty that was not met by a day.
func (f *inquiry) fails(duty Duty, found BreachFound, event, what string, by day.Date, why, weight string, weak bool) {
	f.out = append(f.out, Suspicion{
		Duty: duty, Found: found, What: what, At: by.End().Add(-time.Second), Events: []string{event}, Why: why, Else: elseForDuty(duty), Look: lookForDuty(duty), Weight: weight, Weak: weak,
	})
}

// exempt reports whether the subject notified as a registered sex offender that day, which lifts the duty (SPA 2019 s.9(5)).
func (f *inquiry) exempt(on day.Date) bool { return f.subject.RSOUntil >= on }

// change puts forward one change that was not notified within three days beginning with the day it happened.
func (f *inquiry) change(what NotifiableWhat, text string, from day.Date, weight string, weak bool) {
	by := day.Beginning(from, notifyDays)
	if from <= day.On(f.o.Served) || f.exempt(from) || by.End().After(f.now) || (!f.o.Until.IsZero() && from > f.o.Until) {
		return
	}
	late := ""
	if n, known := f.notified(what, text); known {
		if n <= by {
			return
		}
		late = ", and notified on " + n.Long()
	} else if n, known := f.nearlyNotified(what, text); known {
		late = "; a name much like it was notified on " + n.Long() + ": it may be this one, spelt another way"
	}
	duty, found, key := DutyHome, FoundDrift, "home "
	said := "Home since " + from.Long() + ": " + text
	if what == NewName {
		duty, found, key = DutyName, FoundAlias, "name "
		said = "Name used since " + from.Long() + ": " + text
	}
	f.fails(duty, found, key+match.Fold(text), said+late, by, "it was to be notified by the end of "+by.Long()+", three days beginning with "+from.Long()+" (SPA 2019 s."+duty.section()+")", weight, weak)
}

// notified is when a change was notified; known is false when it was not.
func (f *inquiry) notified(what NotifiableWhat, text string) (on day.Date, known bool) {
	for _, n := range f.o.Changes {
		if n.What == what && sameWords(n.Text, text) && !n.Notified.IsZero() {
			return n.Notified, true
		}
	}
	return 0, false
}

// nearlyNotified is when a name was notified that is spelt nearly as this one. It explains, and excuses nothing.
func (f *inquiry) nearlyNotified(what NotifiableWhat, text string) (on day.Date, known bool) {
	for _, n := range f.o.Changes {
		if what != NewName || n.What != what || n.Notified.IsZero() {
			continue
		}
		if _, _, near := pair.NewText(n.Text).Name(text); near {
			return n.Notified, true
		}
	}
	return 0, false
}

// listed reports whether a change stands in the order's own list, where it is looked at with the day it began.
func (f *inquiry) listed(what NotifiableWhat, text string) bool {
	return slices.ContainsFunc(f.o.Changes, func(n Notifiable) bool { return n.What == what && sameWords(n.Text, text) })
}

func sameWords(a, b string) bool {
	return strings.ReplaceAll(match.Fold(a), " ", "") == strings.ReplaceAll(match.Fold(b), " ", "")
}

func (f *inquiry) changes(what NotifiableWhat) {
	for _, n := range f.o.Changes {
		if n.What == what {
			weight := "recorded on the order"
			if n.Found != "" {
				weight += ": " + n.Found
			}
			f.change(n.What, n.Text, n.Day, weight, false)
		}
	}
}

// homes looks for a home newer than the order that was not notified. An address without the day it began is not known to
// be newer.
func (f *inquiry) homes() {
	f.changes(NewHome)
	for _, a := range f.subject.Addresses {
		if a.Type != "home" || a.Confidence == Historic || a.From.IsZero() || f.listed(NewHome, a.Line()) {
			continue
		}
		weak := a.Confidence != Confirmed && a.Confidence != Probable
		weight := "address " + orElse(string(a.Confidence), "not graded")
		if a.Source != "" {
			weight += ", from " + a.Source
		}
		f.change(NewHome, a.Line(), a.From, weight, weak)
	}
}

// names looks for names that came on record after service and were not notified. A name of an unknown day was on record
// before, as far as anybody knows.
func (f *inquiry) names() {
	f.changes(NewName)
	for _, a := range f.subject.Aliases {
		if a.Noted.IsZero() || a.Kind == "nickname" || f.listed(NewName, a.Name) {
			continue
		}
		weight := "a name on record since " + a.Noted.Long()
		if a.Source != "" {
			weight += ", from " + a.Source
		}
		f.change(NewName, a.Name, a.Noted, weight, a.Source == "")
	}
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
