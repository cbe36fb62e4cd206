package sample

import (
	"time"

	"pou/model/day"
)

// clock makes moments in the past of the sample's now.
type clock struct {
	now   time.Time
	today day.Date
}

func newClock(now time.Time) clock {
	now = now.Truncate(time.Second)
	return clock{now: now, today: day.On(now)}
}

// at is a time of a day; never later than now.
func (c clock) at(d day.Date, hour, minute int) time.Time {
	t := time.Date(d.Year(), d.Month(), d.Day(), hour, minute, 0, 0, day.London())
	if t.After(c.now) {
		return c.ago(time.Minute)
	}
	return t
}

// past holds a moment to what can have happened.
func (c clock) past(t time.Time) time.Time {
	if t.After(c.now) {
		return c.now
	}
	return t
}

// ago is a whole minute so long before now.
func (c clock) ago(d time.Duration) time.Time { return c.now.Add(-d).Truncate(time.Minute) }

// days is the day so many days before today.
func (c clock) days(ago int) day.Date { return c.today.AddDays(-ago) }

// workHour is a time of day at which officers knock: most at dawn, some in the evening.
func workHour(d *dice) (hour, minute int) {
	if d.chance(70) {
		return d.between(5, 8), d.below(60)
	}
	return d.between(12, 21), d.below(60)
}

// sixMonthsBefore is the last day whose six months to lay an information end on by or, where no day's do, just before.
func sixMonthsBefore(by day.Date) day.Date {
	last := by.AddMonths(-6)
	for last.AddMonths(6) < by {
		last = last.AddDays(1)
	}
	for last.AddMonths(6) > by {
		last = last.AddDays(-1)
	}
	return last
}
