package sample

import (
	"slices"

	"pou/model"
	"pou/store/sample/planted"
)

// The streams of random numbers: each part of the sample has its own, so that one can grow without moving the others.
const (
	streamOfficers = 1<<40 + iota // people have their numbers
	streamOrders
	streamWanted
	streamBreaches
	streamOperations
	streamArrests
	streamAttempts
	streamTasks
	streamCases
	streamIntel
	streamWarrants
	streamThreat
	streamApplications
	streamSurvivors
	streamEvidence
	streamEngagements
)

// The scale of the desk, for a full sample.
const (
	liveSPOs      = 258
	restraining   = 420
	wantedRows    = 33 // lines a unit, before the traps: with them about 410
	targetsAUnit  = 20
	openBreaches  = 78 // besides those that somebody is wanted for or was arrested for
	taskCount     = 600
	fullScale     = 1000    // people from which on the desk has its full scale
	growsFrom     = 100_000 // people from which on the wanted lines grow with the people
	wantedPerMill = 14      // lines for a thousand people, then
	mostWanted    = 14_000
	trapRows      = 3 // the first three people of each unit are kept for the traps
)

// desk is everything in the sample but the people, worked out before anything is written.
type desk struct {
	*crowd
	people   int
	officers []*model.Officer
	gone     model.Ref // the monitoring officer who has left
	teams    []team
	next     []int        // per unit, the next person nothing is known of yet
	sought   map[int]bool // people with a wanted line
	subjects map[int]bool // people under a live SPO
	accused  map[int]bool // suspects nobody wants
	reported map[string]bool

	orders     []*model.Order
	wanted     []*model.Wanted
	rows       [][]*model.Wanted // wanted lines per unit, the oldest first, without the traps
	breaches   []*model.Breach
	arrests    []*model.Arrest
	attempts   []*model.Attempt
	operations []*model.Operation
	targets    []*model.Target
	tasks      []*model.Task
	cases      []*model.Case
	intel      []*model.Intel
	warrants   []*model.SearchWarrant
	checks     []*model.Check
	papers     []*model.Application
	screenings []*model.Screening
	referrals  []*model.Referral
	survivors  []*model.Survivor
	evidence   []*model.Evidence
	sessions   []*model.Engagement
	datasets   []*model.Dataset
	traffic    planted.Case // the files of the first of them
	traps      []Trap

	replaces map[*model.Order]*model.Order   // a full order and the interim one before it
	breachOf map[*model.Wanted]*model.Breach // the breach a line is for
	targetOf map[*model.Wanted]*model.Target // the target of the live operation a line belongs to
	during   map[*model.Wanted]arrestWindow  // when the arrest has to have been
	madeBy   map[*model.Breach]*model.Arrest // the arrest that moved a breach on
	lineOf   map[*model.Arrest]*model.Wanted // the line an arrest ended
	scene    []*model.Breach                 // breaches somebody was arrested for without having been wanted
}

// plan works the desk out.
func plan(o Options) (*desk, error) {
	vocabulary, err := readNames(namesFile)
	if err != nil {
		return nil, err
	}
	units := model.Units()
	d := &desk{
		crowd: &crowd{
			clock: newClock(o.Now), seed: uint64(o.Seed), names: vocabulary, places: newPlaces(), units: units, //nolint:gosec // any bits seed
			facts: map[int][]func(*model.Person){},
		},
		people: o.People, teams: make([]team, len(units)), next: make([]int, len(units)), rows: make([][]*model.Wanted, len(units)),
		sought: map[int]bool{}, subjects: map[int]bool{}, accused: map[int]bool{}, reported: map[string]bool{}, replaces: map[*model.Order]*model.Order{}, breachOf: map[*model.Wanted]*model.Breach{},
		targetOf: map[*model.Wanted]*model.Target{}, during: map[*model.Wanted]arrestWindow{}, madeBy: map[*model.Breach]*model.Arrest{},
		lineOf: map[*model.Arrest]*model.Wanted{},
	}
	d.known = min(o.People, max(3*fullScale, len(units)*(d.lineRows()+80)))
	for u := range d.next {
		d.next[u] = trapRows
	}
	for _, stage := range []func(){
		d.recruit, d.plantPeople, d.plantPlaces, d.makeOrders, d.makeWanted, d.makeBreaches, d.makeOperations, d.makeArrests, d.numberBreaches, d.makeAttempts,
		d.makeTasks, d.makeCases, d.makeIntel, d.makeWarrants,
		d.makeChecks, d.makeApplications, d.makeThreats, d.makeSurvivors, d.makeEvidence, d.makeEngagements, d.makeTraffic,
	} {
		stage()
	}
	return d, nil
}

// scaled is a count brought down for a sample of fewer people than the desk needs.
func (d *desk) scaled(n int) int { return n * min(d.people, fullScale) / fullScale }

// lineRows is how many wanted lines each unit has, before the traps.
func (d *desk) lineRows() int {
	if d.people >= growsFrom {
		return max(wantedRows, min(mostWanted, d.people/1000*wantedPerMill)/len(d.units))
	}
	return d.scaled(wantedRows)
}

// unit is a unit's place in [model.Units].
func (d *desk) unit(code model.Unit) int {
	return slices.IndexFunc(d.units, func(u model.UnitInfo) bool { return u.Code == code })
}

func (d *desk) team(code model.Unit) *team { return &d.teams[d.unit(code)] }

// fresh is the next person of a unit for whom ok holds; people come round again when all of them have been dealt with.
func (d *desk) fresh(unit int, ok func(person int) bool) int {
	rows := d.people / len(d.units)
	for range rows {
		if d.next[unit] >= rows {
			d.next[unit] = trapRows
		}
		person := d.next[unit]*len(d.units) + unit + 1
		d.next[unit]++
		if !kept(person) && ok(person) {
			return person
		}
	}
	return 0
}

// nameOf is a person's name, for a note about somebody else.
func (d *desk) nameOf(person int) string { return d.person(person).Name() }

// number makes the nth ref of a kind.
func number(k model.Kind, n int) model.Ref {
	return model.NewRef(k, uint64(n)) //nolint:gosec // counted from 1
}

// personNumber is a person's number, from the ref.
func personNumber(ref model.Ref) int { return int(ref.Number()) } //nolint:gosec // made by personRef

// records are everything but the officers and the people, in the order of writing.
func (d *desk) records() []model.Record {
	var out []model.Record
	out = appendAll(out, d.orders)
	out = appendAll(out, d.wanted)
	out = appendAll(out, d.breaches)
	out = appendAll(out, d.operations)
	out = appendAll(out, d.targets)
	out = appendAll(out, d.arrests)
	out = appendAll(out, d.attempts)
	out = appendAll(out, d.tasks)
	out = appendAll(out, d.cases)
	out = appendAll(out, d.intel)
	out = appendAll(out, d.warrants)
	out = appendAll(out, d.checks)
	out = appendAll(out, d.papers)
	out = appendAll(out, d.screenings)
	out = appendAll(out, d.referrals)
	out = appendAll(out, d.survivors)
	out = appendAll(out, d.evidence)
	out = appendAll(out, d.datasets)
	return appendAll(out, d.sessions)
}

func appendAll[R model.Record](out []model.Record, list []R) []model.Record {
	for _, r := range list {
		out = append(out, r)
	}
	return out
}
