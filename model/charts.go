package model

import (
	"fmt"
	"time"

	"pou/model/day"
)

// ChartRecords are what the charts are drawn from: all orders and breaches that could be read.
type ChartRecords struct {
	Limits   Limits // in force
	Orders   []*Order
	Breaches []*Breach
}

// ExpiryMonth is how many orders, and conditions with a last day of their own, end in a calendar month.
type ExpiryMonth struct {
	Month      day.Date // its first day
	Orders     int
	Conditions int
}

// BreachWeek is how many potential breaches happened in a week, by unit.
type BreachWeek struct {
	Monday day.Date
	Count  int
	Units  []UnitCount // those with any, in the order of the units
}

// UnitCount is a count of one unit.
type UnitCount struct {
	Unit  Unit
	Count int
}

// UnitBreaches is a unit's potential breaches over the weeks, and how many an officer found substantiated.
type UnitBreaches struct {
	Unit          Unit
	Weeks         []int
	Count         int
	Substantiated int
}

// UnitChecked is how the live orders of a unit are checked. An order nobody planned is held to the shortest interval.
type UnitChecked struct {
	Unit                Unit
	InTime, Late, Never int
}

// Orders is how many live orders the unit has.
func (u UnitChecked) Orders() int { return u.InTime + u.Late + u.Never }

// Share is the share of them checked in time, in whole hundredths; 0 without orders.
func (u UnitChecked) Share() int {
	if u.Orders() == 0 {
		return 0
	}
	return (200*u.InTime + u.Orders()) / (2 * u.Orders())
}

// Charts are the figures behind the three charts of the desk.
type Charts struct {
	Unit     Unit // "" for all
	Overdue  int  // orders past their last day, and nobody has decided
	Expiry   []ExpiryMonth
	Breaches []BreachWeek
	ByUnit   []UnitBreaches
	Checked  []UnitChecked
}

// How far the charts look.
const (
	chartMonths = 12
	chartWeeks  = 12
)

// NewCharts counts the charts of one unit, or of all.
func NewCharts(in ChartRecords, unit Unit, now time.Time) Charts {
	out := Charts{Unit: unit}
	today := day.On(now)
	var units []Unit
	for _, u := range Units() {
		if unit == "" || u.Code == unit {
			units = append(units, u.Code)
		}
	}
	out.expiries(in.Orders, today)
	out.breaches(in.Breaches, units, today)
	out.checks(in, units, today)
	return out
}

// expiries counts what ends in the month on show and the eleven after it.
func (c *Charts) expiries(orders []*Order, today day.Date) {
	first := today.AddDays(1 - today.Day())
	for i := range chartMonths {
		c.Expiry = append(c.Expiry, ExpiryMonth{Month: first.AddMonths(i)})
	}
	month := func(last day.Date) *ExpiryMonth {
		if last.IsZero() || last < today {
			return nil
		}
		n := (last.Year()-first.Year())*12 + int(last.Month()) - int(first.Month())
		if n >= len(c.Expiry) {
			return nil
		}
		return &c.Expiry[n]
	}
	for _, o := range orders {
		if o.End != "" || (c.Unit != "" && o.Unit != c.Unit) {
			continue
		}
		if m := month(o.Until); m != nil {
			m.Orders++
		} else if !o.Until.IsZero() && o.Until < today {
			c.Overdue++
			continue
		}
		for _, cond := range o.Conditions {
			if m := month(cond.Until); m != nil && cond.Ended.IsZero() && (o.Until.IsZero() || cond.Until < o.Until) {
				m.Conditions++
			}
		}
	}
}

// breaches counts potential breaches by the week they happened in. One an officer found to be none is not counted.
func (c *Charts) breaches(breaches []*Breach, units []Unit, today day.Date) {
	weeks := weeksBack(today, chartWeeks)
	byUnit := map[Unit]*UnitBreaches{}
	for _, u := range units {
		byUnit[u] = &UnitBreaches{Unit: u, Weeks: make([]int, len(weeks))}
	}
	for _, b := range breaches {
		u, on := byUnit[b.Unit], day.On(b.At)
		if u == nil || b.State == NotABreach || on < weeks[0] || on > today {
			continue
		}
		u.Weeks[on.Sub(weeks[0])/7]++
		u.Count++
		if breachCell(b.State) == CellSubstantiated {
			u.Substantiated++
		}
	}
	for i, monday := range weeks {
		w := BreachWeek{Monday: monday}
		for _, u := range units {
			if n := byUnit[u].Weeks[i]; n > 0 {
				w.Count += n
				w.Units = append(w.Units, UnitCount{u, n})
			}
		}
		c.Breaches = append(c.Breaches, w)
	}
	for _, u := range units {
		c.ByUnit = append(c.ByUnit, *byUnit[u])
	}
}

func (c *Charts) checks(in ChartRecords, units []Unit, today day.Date) {
	for _, u := range units {
		row := UnitChecked{Unit: u}
		for _, o := range in.Orders {
			if o.Unit != u || !o.Live(today) {
				continue
			}
			_, checked := o.checkedOn()
			switch {
			case !checked:
				row.Never++
			case o.NextCheck(in.Limits) < today:
				row.Late++
			default:
				row.InTime++
			}
		}
		c.Checked = append(c.Checked, row)
	}
}

// The charts by the names their rows carry.
const (
	ChartExpiry   = "expiries"
	ChartBreaches = "breaches"
	ChartChecked  = "checks"
)

// ChartRow is one figure of a chart, for a table or a spreadsheet.
type ChartRow struct {
	Chart  string `json:"chart"`
	Unit   Unit   `json:"unit,omitempty"`
	Period string `json:"period,omitempty"` // the month, or the Monday of the week
	What   string `json:"what"`
	Count  int    `json:"count"`
}

// Rows are all figures of the charts, one a row.
func (c Charts) Rows() []ChartRow {
	out := []ChartRow{{ChartExpiry, c.Unit, "", "past their last day, undecided", c.Overdue}}
	for _, m := range c.Expiry {
		month := fmt.Sprintf("%04d-%02d", m.Month.Year(), int(m.Month.Month()))
		out = append(out, ChartRow{ChartExpiry, c.Unit, month, "orders end", m.Orders}, ChartRow{ChartExpiry, c.Unit, month, "conditions end", m.Conditions})
	}
	for _, u := range c.ByUnit {
		for i, n := range u.Weeks {
			out = append(out, ChartRow{ChartBreaches, u.Unit, c.Breaches[i].Monday.String(), "potential breaches", n})
		}
		out = append(out, ChartRow{ChartBreaches, u.Unit, "", "substantiated", u.Substantiated})
	}
	for _, u := range c.Checked {
		out = append(
			out, ChartRow{ChartChecked, u.Unit, "", "checked in time", u.InTime}, ChartRow{ChartChecked, u.Unit, "", "late", u.Late},
			ChartRow{ChartChecked, u.Unit, "", "never checked", u.Never},
		)
	}
	return out
}

// Parts are the unit's orders as so many cells, in time first: the picture of its share. Every part with an order in it has
// a cell, so that one forgotten order among a hundred is seen.
func (u UnitChecked) Parts(cells int) []Cell {
	total := u.Orders()
	if total == 0 || cells < 3 {
		return nil
	}
	parts := []struct {
		state CellState
		n     int
	}{{CellComplied, u.InTime}, {CellConcern, u.Late}, {CellUnchecked, u.Never}}
	wide := make([]int, len(parts))
	used := 0
	for i, p := range parts {
		wide[i] = p.n * cells / total
		if p.n > 0 {
			wide[i] = max(1, wide[i])
		}
		used += wide[i]
	}
	biggest := 0
	for i, p := range parts {
		if p.n > parts[biggest].n {
			biggest = i
		}
	}
	wide[biggest] += cells - used
	var out []Cell
	for i, p := range parts {
		for range wide[i] {
			out = append(out, Cell{State: p.state})
		}
	}
	return out
}

// Most is the longest bar of each chart, at least 1.
func (c Charts) Most() (expiry, breaches, units int) {
	expiry, breaches, units = max(1, c.Overdue), 1, 1
	for _, m := range c.Expiry {
		expiry = max(expiry, m.Orders)
	}
	for _, w := range c.Breaches {
		breaches = max(breaches, w.Count)
	}
	for _, u := range c.ByUnit {
		units = max(units, u.Count)
	}
	return expiry, breaches, units
}
