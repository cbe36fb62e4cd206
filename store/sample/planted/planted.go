// Package planted makes a synthetic case of communications and travel data whose truth is known: how often two phones were near each
// other, on which day there were seven hundred contacts, when somebody was told to stop. What looks at such data is held against it,
// and the sample shows it. The numbers are of the range Ofcom keeps for drama, the people are nobody.
package planted

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"pou/model"
	"pou/model/day"
)

// What is planted.
const (
	Days       = 90
	Meets      = 157 // times the two phones are near each other
	BurstCount = 700 // contacts on the day of the most
	toldDay    = 42
	burstDay   = 58
	blockDay   = 63
)

// The devices of the case, as data names them.
const (
	SuspectPhone  = "07700900123"
	SecondPhone   = "07700900321" // used from the day after the block
	VictimPhone   = "07700900456"
	MutualFriend  = "07700900654"
	suspectMother = "07700900777"
	suspectCard   = "oyster:041234567890"
)

// File is a file as somebody would be sent it.
type File struct {
	Name string
	Data []byte
	Own  string // whose data it is, where the file does not say
}

// Visit is one time the two phones are near each other.
type Visit struct {
	From, To time.Time
	Metres   float64 // between the two
}

// Case is the data and the truth about it.
type Case struct {
	Files   []File
	Visits  []Visit
	First   day.Date // the first and the last day of the data
	Last    day.Date
	Told    time.Time // told to stop
	Blocked time.Time
	Burst   day.Date
	Before  int // contacts by the suspect's phones to the victim-survivor's before being told, and from then on
	After   int
}

// The places of the two lives. They are kilometres apart but for the visits.
func places() (victimHome, victimWork, suspectHome, suspectWork model.Point) {
	return model.Point{Lat: 51.5130, Lon: -0.3050}, model.Point{Lat: 51.4927, Lon: -0.2240}, model.Point{Lat: 51.5590, Lon: 0.0741}, model.Point{Lat: 51.5416, Lon: -0.0033}
}

// plot is one case being made.
type plot struct {
	*rand.Rand
	first  day.Date
	visits []visit
	out    Case
}

// visit is where the suspect's phone goes, and how long it takes to get there.
type visit struct {
	from, to time.Time // at the place
	place    model.Point
}

const travel = 45 * time.Minute

// Make makes the case whose last day is last.
func Make(seed int64, last day.Date) Case {
	p := &plot{Rand: rand.New(rand.NewPCG(uint64(seed), 157)), first: last.AddDays(1 - Days)} //nolint:gosec // not a secret: the same seed gives the same case
	p.out = Case{First: p.first, Last: last, Burst: p.first.AddDays(burstDay), Told: p.at(toldDay, 18*60), Blocked: p.at(blockDay, 12*60)}
	p.plan()
	contacts := p.contacts()
	p.out.Files = []File{
		p.callData(contacts), p.secondPhone(contacts), p.victimCalls(contacts), cellTable(), p.suspectPositions(), p.victimPositions(), p.journeys(),
	}
	return p.out
}

// at is a minute of a day of the case in London.
func (p *plot) at(d, minute int) time.Time {
	y, m, dd := p.first.AddDays(d).Start().Date()
	return time.Date(y, m, dd, minute/60, minute%60, 0, 0, day.London())
}

func (p *plot) weekend(d int) bool {
	w := p.at(d, 720).Weekday()
	return w == time.Saturday || w == time.Sunday
}

// plan chooses the visits: at breakfast, at lunch where the victim-survivor works, in the evening and at night, hours apart.
func (p *plot) plan() {
	type slot struct{ day, minute int }
	var slots []slot
	for d := 8; d < Days-1; d++ {
		for _, minute := range []int{7*60 + 20, 12*60 + 30, 19*60 + 20, 22*60 + 20} {
			if minute/60 != 12 || !p.weekend(d) {
				slots = append(slots, slot{d, minute})
			}
		}
	}
	p.Shuffle(len(slots), func(i, j int) { slots[i], slots[j] = slots[j], slots[i] })
	slots = slots[:Meets]
	slices.SortFunc(slots, func(a, b slot) int { return (a.day-b.day)*1440 + a.minute - b.minute })
	home, work, _, _ := places()
	for _, s := range slots {
		at := home
		if s.minute/60 == 12 {
			at = work
		}
		away := 40 + 50*p.Float64()
		from := p.at(s.day, s.minute)
		v := visit{from: from, to: from.Add(time.Duration(2+p.IntN(3)) * 5 * time.Minute), place: moved(at, away, p.Float64()*2*math.Pi)}
		p.visits = append(p.visits, v)
		p.out.Visits = append(p.out.Visits, Visit{v.from, v.to, away})
	}
}

const metresPerDegree = 111_320

// moved is a point some metres from another.
func moved(p model.Point, metres, angle float64) model.Point {
	return model.Point{
		Lat: p.Lat + metres*math.Cos(angle)/metresPerDegree,
		Lon: p.Lon + metres*math.Sin(angle)/(metresPerDegree*math.Cos(p.Lat*math.Pi/180)),
	}
}

func between(a, b model.Point, part float64) model.Point {
	return model.Point{Lat: a.Lat + (b.Lat-a.Lat)*part, Lon: a.Lon + (b.Lon-a.Lon)*part}
}

func apart(a, b model.Point) float64 {
	return math.Hypot((a.Lat-b.Lat)*metresPerDegree, (a.Lon-b.Lon)*metresPerDegree*math.Cos(a.Lat*math.Pi/180))
}

// victim is where the victim-survivor's phone is.
func (p *plot) victim(at time.Time) model.Point {
	home, work, _, _ := places()
	minute := minuteOf(at)
	if wd := at.In(day.London()).Weekday(); wd == time.Saturday || wd == time.Sunday {
		return home
	}
	switch {
	case minute < 8*60+15 || minute >= 18*60+5:
		return home
	case minute < 8*60+50:
		return between(home, work, float64(minute-(8*60+15))/35)
	case minute < 17*60+30:
		return work
	}
	return between(work, home, float64(minute-(17*60+30))/35)
}

// routine is where the suspect's phone is when it visits nobody.
func (p *plot) routine(at time.Time) model.Point {
	_, _, home, work := places()
	minute := minuteOf(at)
	if wd := at.In(day.London()).Weekday(); wd == time.Saturday || wd == time.Sunday || minute < 9*60 || minute >= 18*60 {
		return home
	}
	return work
}

// suspect is where the suspect's phone is.
func (p *plot) suspect(at time.Time) model.Point {
	i, _ := slices.BinarySearchFunc(p.visits, at, func(v visit, at time.Time) int { return v.to.Add(travel).Compare(at) })
	if i == len(p.visits) || at.Before(p.visits[i].from.Add(-travel)) {
		return p.routine(at)
	}
	v := p.visits[i]
	switch {
	case at.Before(v.from):
		return between(p.routine(v.from.Add(-travel)), v.place, 1-v.from.Sub(at).Minutes()/travel.Minutes())
	case at.After(v.to):
		return between(v.place, p.routine(v.to.Add(travel)), at.Sub(v.to).Minutes()/travel.Minutes())
	}
	return v.place
}

func minuteOf(at time.Time) int {
	l := at.In(day.London())
	return l.Hour()*60 + l.Minute()
}
