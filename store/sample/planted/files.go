package planted

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"pou/model"
	"pou/model/day"
)

// contact is one phone reaching another.
type contact struct {
	at       time.Time
	from, to string
	call     bool
	seconds  int // 0: nobody took it
}

// contacts makes everybody's contacts: more by the week, most on one day, and from another phone once the first is blocked.
func (p *plot) contacts() []contact {
	var out []contact
	say := func(d int, from, to string, n int) {
		for range n {
			c := contact{at: p.at(d, 7*60+p.IntN(16*60+30)).Add(time.Duration(p.IntN(60)) * time.Second), from: from, to: to, call: p.IntN(10) < 3}
			if c.call && p.IntN(10) < 1 {
				c.seconds = 5 + p.IntN(240)
			}
			out = append(out, c)
		}
	}
	weeks := []int{3, 4, 5, 8, 12, 15, 20, 25, 30, 30, 40, 50, 60}
	for d := range Days {
		n := weeks[min(d/7, len(weeks)-1)]
		if d == burstDay {
			n = BurstCount
		}
		from := SuspectPhone
		if d > blockDay {
			from = SecondPhone
		}
		say(d, from, VictimPhone, n)
		if d < 30 {
			say(d, VictimPhone, SuspectPhone, 1)
		}
		say(d, SuspectPhone, suspectMother, 2)
		say(d, SuspectPhone, fmt.Sprintf("0207946%04d", 100+p.IntN(40)), 1)
		if d%6 == 0 {
			say(d, SuspectPhone, MutualFriend, 1)
			say(d, VictimPhone, MutualFriend, 2)
		}
		say(d, VictimPhone, fmt.Sprintf("0207946%04d", 500+p.IntN(30)), 4)
	}
	say(blockDay+3, SecondPhone, suspectMother, 1)
	slices.SortStableFunc(out, func(a, b contact) int { return a.at.Compare(b.at) })
	for _, c := range out {
		if c.to == VictimPhone && (c.from == SuspectPhone || c.from == SecondPhone) {
			if c.at.Before(p.out.Told) {
				p.out.Before++
			} else {
				p.out.After++
			}
		}
	}
	return out
}

// cell is a mast of the synthetic network.
type cell struct {
	id      string
	name    string
	at      model.Point
	azimuth int
	metres  int
}

func cells() []cell {
	victimHome, victimWork, suspectHome, suspectWork := places()
	return []cell{
		{"234-10-40111", "Ealing Broadway", moved(victimHome, 250, 1), 120, 600},
		{"234-10-40112", "Hammersmith Grove", moved(victimWork, 200, 2), 240, 500},
		{"234-10-40113", "Ilford High Road", moved(suspectHome, 300, 3), 0, 800},
		{"234-10-40114", "Stratford Broadway", moved(suspectWork, 300, 4), 90, 700},
		{"234-10-40115", "Holborn", model.Point{Lat: 51.5174, Lon: -0.1200}, 180, 400},
		{"234-10-40116", "Whitechapel", model.Point{Lat: 51.5194, Lon: -0.0600}, 300, 500},
		{"234-10-40117", "White City", model.Point{Lat: 51.5120, Lon: -0.2450}, 60, 600},
	}
}

func nearest(p model.Point) cell {
	all := cells()
	return slices.MinFunc(all, func(a, b cell) int { return int(apart(a.at, p) - apart(b.at, p)) })
}

func table(rows [][]string, comma rune) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = comma
	_ = w.WriteAll(rows) // a buffer takes everything
	return b.Bytes()
}

func cellTable() File {
	rows := [][]string{{"Cell ID", "Site Name", "Latitude", "Longitude", "Azimuth", "Radius (m)"}}
	for _, c := range cells() {
		rows = append(rows, []string{c.id, c.name, degrees(c.at.Lat), degrees(c.at.Lon), strconv.Itoa(c.azimuth), strconv.Itoa(c.metres)})
	}
	return File{Name: "cells.csv", Data: table(rows, ',')}
}

func degrees(f float64) string { return strconv.FormatFloat(f, 'f', 6, 64) }

// callData is the first phone's call data as one network writes it, with data sessions whose cell is "at or before" the start.
func (p *plot) callData(all []contact) File {
	rows := [][]string{{"Calling Number", "Called Number", "Date", "Time", "Duration (s)", "Call Type", "First Cell ID", "Last Cell ID", "IMEI"}}
	row := func(from, to, kind string, at time.Time, seconds int) {
		l := at.In(day.London())
		id := nearest(p.suspect(at)).id
		rows = append(rows, []string{from, to, l.Format("02/01/2006"), l.Format("15:04:05"), strconv.Itoa(seconds), kind, id, id, "350000000000017"})
	}
	for _, c := range all {
		if c.from != SuspectPhone && c.to != SuspectPhone {
			continue
		}
		kind := "SMS"
		if c.call {
			kind = "Voice"
		}
		row(abroad(c.from), c.to, kind, c.at, c.seconds)
	}
	for d := range Days {
		for _, hour := range []int{3, 10, 15} {
			row(abroad(SuspectPhone), "", "GPRS (at or before)", p.at(d, hour*60+p.IntN(60)), 0)
		}
	}
	return File{Name: "S1 call data.csv", Data: table(rows, ','), Own: SuspectPhone}
}

func abroad(number string) string { return "+44" + number[1:] }

// secondPhone is the second phone's data as another network writes it.
func (p *plot) secondPhone(all []contact) File {
	rows := [][]string{{"A Number", "B Number", "Start Date/Time", "End Date/Time", "Type", "Start Cell"}}
	for _, c := range all {
		if c.from != SecondPhone {
			continue
		}
		kind := "TEXT"
		if c.call {
			kind = "CALL"
		}
		l := c.at.In(day.London())
		rows = append(rows, []string{"0044" + c.from[1:], "0044" + c.to[1:], l.Format("2006-01-02 15:04:05"), l.Add(time.Duration(c.seconds) * time.Second).Format("2006-01-02 15:04:05"), kind, nearest(p.suspect(c.at)).id})
	}
	return File{Name: "S2 records.csv", Data: table(rows, ';'), Own: SecondPhone}
}

// victimCalls is what the victim-survivor's own phone lists, given by agreement: what it has in common with the network's data comes twice.
func (p *plot) victimCalls(all []contact) File {
	rows := [][]string{{"Number", "Direction", "Date and time", "Duration", "Type"}}
	for _, c := range all {
		if c.from != VictimPhone || c.to == SuspectPhone {
			continue
		}
		kind := "Text"
		if c.call {
			kind = "Call"
		}
		rows = append(rows, []string{c.to, "Outgoing", c.at.In(day.London()).Format("02/01/2006 15:04:05"), fmt.Sprintf("%02d:%02d:%02d", c.seconds/3600, c.seconds/60%60, c.seconds%60), kind})
	}
	return File{Name: "V call log.csv", Data: table(rows, ','), Own: VictimPhone}
}

// suspectPositions is the seized phone's location history as Google wrote it.
func (p *plot) suspectPositions() File {
	type fix struct {
		Latitude  int64  `json:"latitudeE7"`
		Longitude int64  `json:"longitudeE7"`
		Accuracy  int    `json:"accuracy"`
		Timestamp string `json:"timestamp"`
	}
	var out struct {
		Locations []fix `json:"locations"`
	}
	p.steps(func(at time.Time) {
		where := moved(p.suspect(at), 6*p.Float64(), p.Float64()*2*math.Pi)
		out.Locations = append(out.Locations, fix{int64(where.Lat * 1e7), int64(where.Lon * 1e7), 8 + p.IntN(12), at.UTC().Format("2006-01-02T15:04:05.000Z")})
	})
	data, _ := json.Marshal(out) // it is numbers and text
	return File{Name: "Records.json", Data: data, Own: SuspectPhone}
}

// victimPositions is the victim-survivor's phone as an app exported it.
func (p *plot) victimPositions() File {
	rows := [][]string{{"timestamp", "latitude", "longitude", "accuracy"}}
	p.steps(func(at time.Time) {
		where := moved(p.victim(at), 6*p.Float64(), p.Float64()*2*math.Pi)
		rows = append(rows, []string{at.UTC().Format(time.RFC3339), degrees(where.Lat), degrees(where.Lon), strconv.Itoa(8 + p.IntN(12))})
	})
	return File{Name: "V positions.csv", Data: table(rows, ','), Own: VictimPhone}
}

// steps visits every five minutes of the case.
func (p *plot) steps(fn func(time.Time)) {
	for at, end := p.first.Start(), p.first.AddDays(Days).Start(); at.Before(end); at = at.Add(5 * time.Minute) {
		fn(at)
	}
}

// journeys is the suspect's Oyster card as TfL exports it: a line of commas first, the newest journey on top.
func (p *plot) journeys() File {
	rows := [][]string{{"Date", "Start Time", "End Time", "Journey/Action", "Charge", "Credit", "Balance", "Note"}}
	for _, v := range slices.Backward(p.visits) {
		from, to := v.from.Add(-travel).In(day.London()), v.from.In(day.London())
		home, _, _, _ := places()
		end := "Ealing Broadway"
		if apart(v.place, home) > 1000 {
			end = "Hammersmith"
		}
		begin := "Ilford"
		if _, _, _, work := places(); apart(p.routine(v.from.Add(-travel)), work) < 1000 {
			begin = "Stratford"
		}
		rows = append(rows, []string{from.Format("02-Jan-2006"), from.Format("15:04"), to.Format("15:04"), begin + " to " + end, "3.40", "", "20.00", ""})
	}
	return File{Name: "oyster.csv", Data: append([]byte(",,,,,,,\n"), table(rows, ',')...), Own: suspectCard}
}
