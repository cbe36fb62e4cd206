package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// victimTask is the kind of a task to tell a victim-survivor something.
const victimTask TaskKind = "victim"

// How soon a victim-survivor is told, in working days: five, or one for those with enhanced rights, among them the
// persistently targeted (Victims' Code, Right 6).
const (
	victimDays         = 5
	enhancedVictimDays = 1
	victimCitation     = "Victims' Code, Right 6 (1 working day with enhanced rights, else 5)"
)

// VictimUpdateBy is the last day to tell a victim-survivor of something that happened: working days after that day, bank
// holidays of England and Wales left out.
func VictimUpdateBy(happened time.Time, enhanced bool) day.Date {
	if enhanced {
		return day.On(happened).AddWorkingDays(enhancedVictimDays)
	}
	return day.On(happened).AddWorkingDays(victimDays)
}

// releases reports whether a status lets somebody go who was held.
func (s ArrestStatus) releases() bool {
	switch s {
	case Bailed, RUI, NFA, OtherEnd, DeArrested:
		return true
	case Arrested, InCustody, Charged:
	}
	return false
}

// held reports whether the suspect is with the police.
func (s ArrestStatus) held() bool { return s == Arrested || s == InCustody }

// telling is who has to be asked to tell a victim-survivor of an arrest, if there is one. It never says who that is.
type telling struct {
	needed  bool
	officer Ref // the officer in the case, when one is on record and works here
	rights  Rights
}

// known adds to the rights those of the victim-survivors on record of one case or order in which so many are to be told.
// They are enhanced, as those of the persistently targeted are, unless an officer has recorded standard rights for everybody.
func (t *telling) known(kept []*Survivor, told int) {
	standard := len(kept) >= max(1, told)
	for _, s := range kept {
		standard = standard && s.Rights == StandardRights
	}
	switch {
	case !standard:
		t.rights = EnhancedRights
	case t.rights == "":
		t.rights = StandardRights
	}
}

// tellingOf finds whether somebody has to be told of what becomes of an arrest: a victim of a case in which the person is
// a suspect, or whom an order protects from them.
func tellingOf(c *Change, k *Arrest) (telling, error) {
	var out telling
	planned, err := plannedTeller(c, k)
	if err != nil {
		return out, err
	}
	officers := []Ref{planned}
	if k.Wanted != "" {
		w, err := Load[*Wanted](c, "wanted", k.Wanted)
		if err != nil {
			return out, err
		}
		officers = append(officers, w.Officer)
	}
	cases, err := linked[*Case](c, k.Person, KindCase)
	if err != nil {
		return out, err
	}
	for _, of := range cases {
		kept, err := keptSafe(c, of.Ref)
		if err != nil {
			return out, err
		}
		officers = append(officers, officersOf(kept)...)
		if victims := len(of.Who(PartyVictim)); of.State != CaseClosed && of.Is(k.Person, PartySuspect, PartyConvicted) && victims > 0 {
			out.needed, officers = true, append(officers, of.Officer)
			out.known(kept, victims)
		}
	}
	orders, err := linked[*Order](c, k.Person, KindOrder)
	if err != nil {
		return out, err
	}
	breached, err := orderBreached(c, k)
	if err != nil {
		return out, err
	}
	for _, o := range orders {
		kept, err := keptSafe(c, o.Ref)
		if err != nil {
			return out, err
		}
		officers = append(officers, officersOf(kept)...)
		if (o.Protected != "" || len(kept) > 0) && (o.Live(day.On(k.At)) || o.Ref == breached) {
			out.needed, officers = true, append(officers, o.Monitor)
			out.known(kept, 1)
		}
	}
	out.officer, err = firstWorking(c, officers)
	return out, err
}

// keptSafe are the victim-survivors of a case or order somebody keeps in touch with.
func keptSafe(c *Change, about Ref) ([]*Survivor, error) {
	survivors, err := linked[*Survivor](c, about, KindSurvivor)
	return slices.DeleteFunc(survivors, func(s *Survivor) bool { return !s.Closed.IsZero() }), err
}

// officersOf are the officers who keep in touch with them; they are the first to be asked.
func officersOf(survivors []*Survivor) []Ref {
	out := make([]Ref, len(survivors))
	for i, s := range survivors {
		out[i] = s.Officer
	}
	return out
}

func orderBreached(c *Change, k *Arrest) (Ref, error) {
	if k.Breach == "" {
		return "", nil
	}
	b, err := Load[*Breach](c, "breach", k.Breach)
	if err != nil {
		return "", err
	}
	return b.Order, nil
}

// firstWorking is the first of some officers who still works here; "" when none does.
func firstWorking(c *Change, refs []Ref) (Ref, error) {
	for _, ref := range refs {
		if ref == "" {
			continue
		}
		o, err := Load[*Officer](c, "", ref)
		if err != nil {
			return "", err
		}
		if !o.Left {
			return ref, nil
		}
	}
	return "", nil
}

// plannedTeller is the officer whom the plan of the operation names to tell the victim-survivor, of an arrest of one of its
// targets; "" when there is none.
func plannedTeller(c *Change, k *Arrest) (Ref, error) {
	if k.Target == "" {
		return "", nil
	}
	plans, err := linked[*Plan](c, k.Target.Operation(), KindPlan)
	if err != nil || len(plans) == 0 {
		return "", err
	}
	return plans[0].Comms.Tell, nil
}

// openUpdate is the victim update about the same arrest that nobody has given yet: what happened meanwhile joins it, so
// that one officer rings once. An update about the target or the line the arrest was made on is one about the arrest.
func openUpdate(c *Change, k *Arrest) (*Task, error) {
	tasks, err := linked[*Task](c, k.Person, KindTask)
	if err != nil {
		return nil, err
	}
	for _, t := range tasks {
		if t.Kind != victimTask || !t.State.Live() {
			continue
		}
		switch t.About {
		case "", k.Ref, k.Person, k.Wanted, k.Target, k.Target.Operation():
			return t, nil
		}
	}
	return nil, nil
}

// The words a victim update begins with, and those before what has not been told yet of earlier.
const (
	tellWords   = "Tell the victim-survivor: "
	beforeWords = "; before that "
)

// schedule gives an officer the task of telling the victim-survivor. Where one about the arrest is open, what happened joins
// it: nothing of it is told later for that.
func schedule(c *Change, k *Arrest, who Ref, by day.Date, priority Priority, what, note string) (t *Task, joined bool, err error) {
	if t, err = openUpdate(c, k); err != nil {
		return nil, false, err
	}
	if t == nil {
		t = &Task{
			Title: tellWords + what, Kind: victimTask, Person: k.Person, About: k.Ref, Unit: k.Unit, Assignee: who, By: c.By.Ref,
			Added: c.Now, Due: by, Priority: priority, State: TaskOpen, Note: note,
		}
		return t, false, c.Put(t)
	}
	earlier := strings.Replace(strings.TrimPrefix(t.Title, tellWords), beforeWords, ", ", 1)
	news := day.Clock(c.Now) + ": " + what + ", before \"" + earlier + "\" was told"
	if t.Assignee != who && t.Assignee != "" {
		news += "; was with " + c.nameOf(t.Assignee)
	}
	t.Title, t.Note, t.About, t.Assignee = tellWords+what+beforeWords+earlier, joinNote(joinNote(t.Note, news), note), k.Ref, who
	if t.Due.IsZero() || by < t.Due {
		t.Due = by
	}
	if priority.Rank() < t.Priority.Rank() {
		t.Priority = priority
	}
	return t, true, c.Put(t)
}

// tellOfArrest schedules the victim update of an arrest without being asked: an arrest in the street is never held up.
// The words it returns go with the arrest, so that the officer sees what was scheduled.
func tellOfArrest(c *Change, k *Arrest, what string, who Ref, by time.Time) (string, error) {
	if err := workingOfficers(c, "tell", who); err != nil {
		return "", err
	}
	need, err := tellingOf(c, k)
	if err != nil || (!need.needed && who == "") {
		return "", err
	}
	if who, err = firstNamed(c, k, who, need); err != nil {
		return "", err
	}
	happened := k.lastStep()
	due := need.rights.by(happened)
	if !by.IsZero() {
		if err := need.rights.inTime(by, happened); err != nil {
			return "", err
		}
		due = day.On(by)
	}
	if today := day.On(c.Now); due < today { // entered late: it is overdue already, and still has to be done
		due = today
	}
	t, joined, err := schedule(c, k, who, due, PriorityToday, what, toldBy(by))
	if err != nil {
		return "", err
	}
	how := "scheduled automatically"
	if joined {
		how = "with " + string(t.Ref) + ", which was open"
	}
	return "victim-survivor to be told by " + c.nameOf(who) + " by " + t.Due.Long() + " (" + how + ")", nil
}

// firstNamed is who tells the victim-survivor where the arrest itself does not say: whoever has it in hand, then the
// officer on record for it, then whoever makes the arrest.
func firstNamed(c *Change, k *Arrest, named Ref, need telling) (Ref, error) {
	if named != "" {
		return named, nil
	}
	open, err := openUpdate(c, k)
	if err != nil {
		return "", err
	}
	candidates := []Ref{need.officer, c.By.Ref}
	if open != nil {
		candidates = append([]Ref{open.Assignee}, candidates...)
	}
	return firstWorking(c, candidates)
}

// inTime refuses a time to tell that comes after the Victims' Code allows.
func (r Rights) inTime(by, happened time.Time) error {
	if last := r.by(happened); day.On(by) > last {
		return Refuse("tell_by", "the victim-survivor is told within "+r.within()+" (Victims' Code, Right 6)", "Enter "+last.Long()+" or earlier")
	}
	return nil
}

func toldBy(by time.Time) string {
	if by.IsZero() {
		return ""
	}
	return "By " + day.Clock(by)
}

// tellOfRelease refuses to let a suspect go before somebody has been named to tell the victim-survivor, and gives them
// the task. Of a release from custody they are told before it, not after; when that cannot be, the note says why.
func tellOfRelease(c *Change, k *Arrest, from ArrestStatus, a *arrestStatus) error {
	if err := workingOfficers(c, "tell", a.Tell); err != nil {
		return err
	}
	need, err := tellingOf(c, k)
	if err != nil {
		return err
	}
	if a.Tell == "" {
		if !need.needed {
			return nil
		}
		do := "Name the officer who tells them"
		if need.officer != "" {
			do += "; the officer on record for it is " + c.nameOf(need.officer)
		}
		return Refuse("tell", "a victim-survivor is told that this suspect is "+released(k.Status)+", and of a release before it (Victims' Code, Right 6)", do)
	}
	happened := k.lastStep()
	if !a.TellBy.IsZero() {
		if err := need.rights.inTime(a.TellBy, happened); err != nil {
			return err
		}
	}
	if from.held() && a.TellBy.After(happened) && a.Note == "" {
		return Refuse("tell_by", "the victim-survivor is told before a release, not after", "Leave it empty to have them told now, or say in the note why it cannot be before")
	}
	due, priority, note := day.On(c.Now), PriorityNow, toldBy(a.TellBy)
	if !from.held() {
		priority = PriorityToday
	}
	switch {
	case !a.TellBy.IsZero():
		due = max(due, day.On(a.TellBy))
	case from.held():
		note = "Before the suspect leaves"
	default:
		due = max(due, need.rights.by(happened))
	}
	_, _, err = schedule(c, k, a.Tell, due, priority, released(k.Status), note)
	return err
}

// released says a status as a victim-survivor is told it.
func released(s ArrestStatus) string {
	switch s {
	case Bailed:
		return "released on bail"
	case RUI:
		return "released under investigation"
	case NFA:
		return "released without charge"
	case OtherEnd:
		return "dealt with in another way"
	case DeArrested:
		return "de-arrested and let go"
	case Arrested, InCustody, Charged:
	}
	return string(s)
}
