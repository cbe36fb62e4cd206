package model

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"pou/model/day"
)

func checkActions() []Spec {
	return []Spec{
		spec[checkRecord]("check.record", "Record a check", "Records a check or visit against the conditions of an order. What was not complied with is reported as a potential breach in the same step.",
			anyone(), KindOrder),
		spec[checkAttend]("check.attend", "Record attendance", "Records whether the subject did what a requirement asks on its day. A missed occasion is reported as a potential breach.",
			anyone(), KindOrder),
	}
}

type checkRecord struct {
	Order       Ref       `do:"order" label:"Order" kinds:"R" opts:"need"`
	Kind        CheckKind `do:"kind" label:"How" opts:"need"`
	At          time.Time `do:"at" label:"When" default:"now"`
	NotComplied []int     `do:"not_complied" label:"Not complied with" help:"Numbers of conditions, commas between; each is reported as a potential breach"`
	Concern     []int     `do:"concern" label:"Concern about" help:"Numbers of conditions, commas between"`
	Complied    []int     `do:"complied" label:"Complied with" help:"Numbers of conditions, commas between"`
	Others      bool      `do:"others" label:"All others complied" help:"Yes: those not named were looked at and complied with; no: they were not checked"`
	Words       []string  `do:"words" label:"What was seen" opts:"need,long" help:"Begin a line with a condition's number where it is about that one: 3 seen outside the station"`
	Report      bool      `do:"report" label:"Report concerns" help:"Yes: each concern is a potential breach too"`
	Home        HomeSeen  `do:"home" label:"Home address"`
	Next        string    `do:"next" label:"Next action"`
	NextBy      day.Date  `do:"next_by" label:"By" help:"A day: it is then on the list of what is due"`
	BWV         string    `do:"bwv" label:"Body-worn video" opts:"fold"`
}

func (a *checkRecord) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	at := orNow(a.At, c)
	if err := notLater(at, c); err != nil {
		return err
	}
	if on := day.On(at); !o.Live(on) {
		return Refuse("at", string(o.Ref)+" did not bind on "+on.Long(), "Check the day against the order")
	}
	if !a.NextBy.IsZero() && a.NextBy < day.On(c.Now) {
		return Refuse("next_by", "what is done next is still to come", "Enter today or a later day")
	}
	v := &Check{
		Order: o.Ref, Person: o.Person, Unit: o.Unit, Kind: a.Kind, At: at, By: c.By.Ref, Home: a.Home, Next: a.Next, NextBy: a.NextBy, BWV: a.BWV,
	}
	if err := a.found(o, v); err != nil {
		return err
	}
	if err := c.Put(v); err != nil {
		return err
	}
	o.checked(v)
	if err := c.Put(o); err != nil {
		return err
	}
	return a.potentials(c, o, v)
}

// found fills in what the check says of each condition that bound on the day.
func (a *checkRecord) found(o *Order, v *Check) error {
	results := map[int]CheckResult{}
	for _, list := range []struct {
		field  string
		result CheckResult
		nos    []int
	}{{"not_complied", NotComplied, a.NotComplied}, {"concern", Concern, a.Concern}, {"complied", Complied, a.Complied}} {
		for _, no := range list.nos {
			cond, ok := o.Condition(no)
			switch {
			case !ok:
				return Refuse(list.field, string(o.Ref)+" has no condition "+itoa(no), "Its conditions are numbered 1 to "+itoa(len(o.Conditions)))
			case !cond.Live(day.On(v.At)):
				return Refuse(list.field, "condition "+itoa(no)+" did not bind on "+day.On(v.At).Long(), "Leave it out, or check the day")
			case results[no] != "" && results[no] != list.result:
				return Refuse(list.field, "condition "+itoa(no)+" is named twice: "+string(results[no])+" and "+string(list.result), "Name it once")
			}
			results[no] = list.result
		}
	}
	said, general := a.said(o)
	v.Words = strings.Join(general, "\n")
	for _, cond := range o.Conditions {
		if !cond.Live(day.On(v.At)) {
			continue
		}
		line := CheckLine{Condition: cond.No, Result: results[cond.No], Words: strings.Join(said[cond.No], "\n")}
		if line.Result == "" {
			line.Result = NotChecked
			if a.Others {
				line.Result = Complied
			}
		}
		if line.Words == "" && (line.Result == Concern || line.Result == NotComplied) {
			line.Words = v.Words
		}
		v.Lines = append(v.Lines, line)
	}
	return nil
}

// said sorts what was seen by the condition whose number a line begins with.
func (a *checkRecord) said(o *Order) (by map[int][]string, general []string) {
	by = map[int][]string{}
	for _, line := range a.Words {
		head, rest, _ := strings.Cut(line, " ")
		no, err := strconv.Atoi(strings.TrimRight(head, ":.)"))
		if _, ok := o.Condition(no); err == nil && ok && strings.TrimSpace(rest) != "" {
			by[no] = append(by[no], strings.TrimSpace(rest))
			continue
		}
		general = append(general, line)
	}
	return by, general
}

// checked notes on the order when its conditions were last looked at. A visit where nothing could be looked at moves no
// clock: it is an attempt.
func (o *Order) checked(v *Check) {
	on, p := day.On(v.At), o.watching()
	conditions := slices.Clone(o.Conditions)
	for i := range conditions {
		if v.line(conditions[i].No).Result.Looked() {
			conditions[i].Checked = max(conditions[i].Checked, on)
		}
	}
	o.Conditions = conditions
	if v.looked() {
		p.LastCheck = max(p.LastCheck, on)
	}
	p.Next, p.NextBy = v.Next, v.NextBy
}

// potentials reports what the check found as potential breaches, which a person then decides.
func (a *checkRecord) potentials(c *Change, o *Order, v *Check) error {
	for i, l := range v.Lines {
		if l.Result != NotComplied && (l.Result != Concern || !a.Report) {
			continue
		}
		ref, err := potential(c, o, breachReport{
			Condition: l.Condition, What: l.Words, At: v.At, Source: "monitoring check " + string(v.Ref) + ", " + string(v.Kind),
		})
		if err != nil {
			return err
		}
		v.Lines[i].Breach = ref
	}
	return nil
}

// potential reports a potential breach of an order in the same change, and names it.
func potential(c *Change, o *Order, report breachReport) (Ref, error) {
	report.Order, report.Owner = o.Ref, o.Watcher(day.On(c.Now))
	if err := report.Apply(c); err != nil {
		return "", err
	}
	for _, r := range slices.Backward(c.puts) {
		if b, ok := r.(*Breach); ok {
			return b.Ref, nil
		}
	}
	return "", Refuse("order", "the potential breach was not recorded", "Report it with breach.report")
}

type checkAttend struct {
	Order     Ref          `do:"order" label:"Order" kinds:"R" opts:"need"`
	Condition int          `do:"condition" label:"Requirement" opts:"need" help:"Enter the number of the condition"`
	Days      []day.Date   `do:"day" label:"On" default:"today" help:"The day of the occasion; several with commas between"`
	Result    AttendResult `do:"result" label:"Result" opts:"need"`
	Evidence  string       `do:"evidence" label:"Evidence" opts:"need" help:"The station's book, the provider's letter, who excused it, how it is known that it was missed"`
}

func (a *checkAttend) Apply(c *Change) error {
	o, err := liveOrder(c, a.Order)
	if err != nil {
		return err
	}
	cond, ok := o.Condition(a.Condition)
	switch {
	case !ok:
		return Refuse("condition", string(o.Ref)+" has no condition "+itoa(a.Condition), "Its conditions are numbered 1 to "+itoa(len(o.Conditions)))
	case !cond.Requirement:
		return Refuse("condition", "condition "+itoa(cond.No)+" forbids something; nobody attends it", "Record a check with check.record")
	}
	days := a.Days
	if len(days) == 0 {
		days = []day.Date{day.On(c.Now)}
	}
	p := o.watching()
	conditions := slices.Clone(o.Conditions)
	if err := c.Put(o); err != nil { // so that a potential breach is counted on this version of the order
		return err
	}
	for _, on := range days {
		if err := a.occasion(c, o, cond, on); err != nil {
			return err
		}
		entry := Attendance{Condition: cond.No, Day: on, Result: a.Result, Evidence: a.Evidence, By: c.By.Ref}
		if a.Result == Missed {
			if entry.Breach, err = potential(c, o, breachReport{
				Condition: cond.No, What: "Missed on " + on.Long() + ": " + a.Evidence, At: missedAt(cond.Match.Schedule, on, c.Now), Source: "attendance record",
			}); err != nil {
				return err
			}
		}
		p.record(entry)
		for i := range conditions {
			if conditions[i].No == cond.No {
				conditions[i].Checked = max(conditions[i].Checked, on)
			}
		}
	}
	o.Conditions = conditions
	return c.Put(o)
}

// occasion refuses a day on which the requirement was not to be done, or is still to be.
func (a *checkAttend) occasion(c *Change, o *Order, cond Condition, on day.Date) error {
	s, today := cond.Match.Schedule, day.On(c.Now)
	switch {
	case on > today:
		return Refuse("day", on.Long()+" has not come yet", "Record it when it has")
	case o.Served.IsZero() || on < day.On(o.Served):
		return Refuse("day", string(o.Ref)+" was not served by "+on.Long(), "Record service first, or check the day")
	case !cond.Live(on) || !o.Live(on):
		return Refuse("day", "condition "+itoa(cond.No)+" did not bind on "+on.Long(), "Check the day against the order")
	case !s.IsZero() && !slices.Contains(o.occasions(cond, on), on):
		return Refuse("day", "condition "+itoa(cond.No)+" is to be done "+s.String()+"; "+on.Weekday().String()+" "+on.Long()+" is no such day", "Enter the day of the occasion")
	case a.Result == Missed && missedAt(s, on, c.Now).After(c.Now):
		return Refuse("day", "there is still time on "+on.Long(), "Record it as missed once its time has passed")
	}
	return nil
}

// missedAt is the moment an occasion was missed: the first that was too late. Without a schedule it is not known better
// than the day, and today's is only over when the day is.
func missedAt(s Schedule, on day.Date, now time.Time) time.Time {
	if s.IsZero() && on == day.On(now) {
		return now
	}
	return s.Deadline(on).Add(-time.Second)
}

// record keeps what became of an occasion, in place of what was recorded before.
func (p *MonitorPlan) record(a Attendance) {
	i := slices.IndexFunc(p.Attended, func(old Attendance) bool { return old.Condition == a.Condition && old.Day == a.Day })
	if i >= 0 {
		p.Attended[i] = a
		return
	}
	p.Attended = append(p.Attended, a)
	slices.SortStableFunc(p.Attended, func(x, y Attendance) int {
		if x.Day != y.Day {
			return int(x.Day) - int(y.Day)
		}
		return x.Condition - y.Condition
	})
}
