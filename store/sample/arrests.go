package sample

import (
	"slices"
	"strconv"
	"time"

	"pou/model"
	"pou/model/day"
)

// detentionSlack keeps those in custody inside the 24 hours of PACE s.41.
const detentionSlack = 22 * time.Hour

// makeArrests makes the arrest behind every line that ended with one, and those made at the scene of a breach. Apart
// from the traps they are numbered in the order they were made.
func (d *desk) makeArrests() {
	dice := newDice(d.seed, streamArrests)
	d.plantArrests(dice)
	planted := len(d.arrests)
	var recent []*model.Wanted
	older := 0
	for _, w := range d.wanted {
		switch {
		case w.State != model.WasArrested || w.Arrest != "":
		case d.during[w].to.Equal(d.now):
			recent = append(recent, w)
		default:
			d.arrestWanted(dice, w, d.olderTime(dice, w, older), older)
			older++
		}
	}
	opened := d.operations[0].From.Start()
	for i, w := range recent {
		span := d.now.Sub(opened) - 40*time.Minute
		at := d.ago(15*time.Minute + span*time.Duration(i)/time.Duration(len(recent)))
		d.arrestWanted(dice, w, later(at, w.Since.Add(time.Minute)), i)
	}
	for i, b := range d.scene {
		k := d.arrest(dice, b.Person, b.Unit, []model.OffenceCode{b.Type.BreachOffence()}, later(b.DecidedAt, b.At).Add(time.Minute))
		d.dispose(dice, k, i)
		d.moveBreach(b, k)
	}
	d.numberArrests(planted)
}

// olderTime is when an arrest before the live operation was made.
func (d *desk) olderTime(dice *dice, w *model.Wanted, i int) time.Time {
	if win, ok := d.during[w]; ok {
		return win.from.Add(time.Duration(dice.between(5*60, int(win.to.Sub(win.from)/time.Minute)-60)) * time.Minute)
	}
	h, m := workHour(dice)
	ago := dice.between(4, 85) // long enough ago for every disposal, recent enough for bail
	if i%3 == 2 {
		ago = dice.between(60, 300)
	}
	return d.at(d.days(max(2, min(ago, d.age(w)-2))), h, m)
}

// arrestWanted ends a wanted line, and its place on an operation's list, by an arrest.
func (d *desk) arrestWanted(dice *dice, w *model.Wanted, at time.Time, i int) {
	k := d.arrest(dice, w.Person, w.Unit, slices.Clone(w.Offences), at)
	k.Wanted = w.Ref
	w.Ended, w.EndReason, w.Supervisor = at, "arrested", ""
	d.dispose(dice, k, i)
	if t := d.targetOf[w]; t != nil {
		t.Ended = at
	}
	if b := d.breachOf[w]; b != nil {
		d.moveBreach(b, k)
	}
	d.lineOf[k] = w
}

// arrest makes an arrest, not yet taken anywhere.
func (d *desk) arrest(dice *dice, person model.Ref, unit model.Unit, offences []model.OffenceCode, at time.Time) *model.Arrest {
	by := pick(dice, d.team(unit).hands)
	k := &model.Arrest{
		Person: person, Unit: unit, At: at, By: by, Offences: offences, Status: model.Arrested, Note: mark,
		Where: strconv.Itoa(dice.between(1, 240)) + " " + d.places.street(dice),
		Steps: []model.ArrestStep{{At: at, Status: model.Arrested, By: by}},
	}
	d.arrests = append(d.arrests, k)
	return k
}

// detain takes an arrest to custody: arrival starts the detention clock, authorisation the reviews.
func (d *desk) detain(dice *dice, k *model.Arrest) {
	arrived := k.At.Add(time.Duration(dice.between(25, 55)) * time.Minute)
	if arrived.After(d.now) {
		return
	}
	k.Status, k.Arrived, k.Suite = model.InCustody, arrived, d.suite(d.unit(k.Unit))
	k.CustodyNo = mark + "/" + strconv.Itoa(dice.between(1000, 9999)) + "/" + strconv.Itoa(k.At.Year()%100)
	k.Steps = append(k.Steps, model.ArrestStep{At: arrived, Status: model.InCustody, By: k.By})
	if authorised := arrived.Add(time.Duration(dice.between(8, 30)) * time.Minute); !authorised.After(d.now) {
		k.Authorised = authorised
	}
}

// dispose takes an arrest as far as its age and its turn allow: the newest are on the street or in custody, the others
// on bail, under investigation or disposed of in one of the ways there are.
func (d *desk) dispose(dice *dice, k *model.Arrest, turn int) {
	d.detain(dice, k)
	held := d.now.Sub(k.At)
	switch {
	case k.Status != model.InCustody || held < 6*time.Hour, held < detentionSlack && turn%5 < 2:
		return
	}
	end := []model.ArrestStatus{
		model.Bailed, model.Charged, model.RUI, model.NFA, model.Charged, model.Bailed, model.RUI, model.Charged, model.NFA, model.OtherEnd,
		model.Bailed, model.NFA,
	}[turn%12]
	bailEnds := day.MonthsBeginning(day.On(k.At).AddDays(1), 3) // the first period of pre-charge bail (PACE s.47ZB)
	if end == model.Bailed && bailEnds <= d.today.AddDays(1) {
		end = model.Charged
	}
	at := k.Arrived.Add(min(time.Duration(dice.between(5*60, 20*60))*time.Minute, d.now.Sub(k.Arrived)-time.Minute)).Truncate(time.Minute)
	k.Status = end
	switch end {
	case model.Bailed:
		k.BailTo = max(d.today.AddDays(1), bailEnds.AddDays(-dice.between(0, 20)))
	case model.Charged:
		k.Outcome, k.CPS = pick(dice, []model.HomeOfficeOutcome{"1", "1", "1", "1A"}), mark+" CPS/"+strconv.Itoa(dice.between(10_000, 99_999))
	case model.NFA:
		k.Outcome = pick(dice, []model.HomeOfficeOutcome{"16", "16", "15", "15", "21"})
	case model.OtherEnd:
		k.Outcome = pick(dice, []model.HomeOfficeOutcome{"3", "8", "22", "12"})
	case model.RUI, model.Arrested, model.InCustody, model.DeArrested:
	}
	k.Steps = append(k.Steps, model.ArrestStep{At: at, Status: end, By: k.By})
}

// moveBreach carries the breach behind an arrest along with it. A court has decided some of those charged long ago.
func (d *desk) moveBreach(b *model.Breach, k *model.Arrest) {
	d.madeBy[b] = k
	b.DecidedBy, b.DecidedAt = k.By, k.Steps[len(k.Steps)-1].At
	switch {
	case k.Status == model.Charged && d.now.Sub(k.At) > 60*24*time.Hour:
		b.State, b.Reason, b.DecidedAt = model.BreachDecided, mark+": convicted, suspended sentence", d.at(d.days(10), 15, 0)
	case k.Status == model.Charged:
		b.State, b.Reason = model.BreachCharged, "charged"
	case k.Status == model.NFA || k.Status == model.OtherEnd:
		b.State, b.Reason = model.BreachDecided, "disposed of as "+string(k.Status)+", outcome "+string(k.Outcome)
	default:
		b.State, b.Reason = model.BreachArrested, "arrested"
	}
}

func (d *desk) numberArrests(planted int) {
	slices.SortStableFunc(d.arrests[planted:], func(a, b *model.Arrest) int { return a.At.Compare(b.At) })
	for i, k := range d.arrests {
		k.Ref = number(model.KindArrest, i+1)
		if w := d.lineOf[k]; w != nil {
			w.Arrest = k.Ref
		}
	}
}
