package model

import (
	"time"

	"pou/model/day"
)

// The initial notification, and that of a change, is given within three days beginning with the day it runs from
// (SPA 2019 s.9(1)-(4)).
const notifyDays = 3

// HomeMeaning is what a home address is (SPA 2019 s.9(8), check).
const HomeMeaning = "The sole or main residence or, where there is none, a place where the subject can regularly be found (SPA 2019 s.9(8), check)"

// Indefinite reports whether a day stands for no end at all: sex offender notification that runs indefinitely (SOA 2003
// s.82) is recorded as 31 Dec 2199, the last day that can be typed.
func Indefinite(d day.Date) bool { return d.Year() >= 2199 }

// notifyStart is the service that began the duty to notify: that of the interim order where a full one took its place
// before the subject had notified, since the duty does not restart (SPA 2019 s.9(1)(a)).
func (o *Order) notifyStart() time.Time {
	if !o.InterimServed.IsZero() {
		return o.InterimServed
	}
	return o.Served
}

// NotifyBy is the last day for the initial notification: three days beginning with the day of service
// (SPA 2019 s.9(1)-(2)). There is none for a restraining order, for a full order that replaces an interim one
// (s.9(1)(a)) unless the interim one's was never given, or while the subject notifies as a registered sex offender
// (s.9(5)); when that ends with the order in effect, its final day stands in for the day of service (s.9(6)-(7)).
func (o *Order) NotifyBy(subject *Person) (by day.Date, why string, due bool) {
	if !o.Type.IsSPO() || o.notifyStart().IsZero() {
		return 0, "", false
	}
	why = "three days beginning with the day of service (SPA 2019 s.9(1)-(2))"
	switch {
	case o.Replaces == "":
	case o.NotifyAnew:
		why = "three days beginning with the day of service, as the interim SPO was never served (SPA 2019 s.9(1), check)"
	case o.InterimServed.IsZero():
		return 0, "follows an interim SPO: initial notification does not restart (SPA 2019 s.9(1)(a))", false
	default:
		why = "three days beginning with service of the interim SPO, not restarted by the full one (SPA 2019 s.9(1)(a))"
	}
	served := day.On(o.notifyStart())
	if final := subject.RSOUntil; final >= served {
		return o.revived(final)
	}
	return day.Beginning(served, notifyDays), why, true
}

// revived is the clock of somebody who notifies as a registered sex offender until a day.
func (o *Order) revived(final day.Date) (by day.Date, why string, due bool) {
	switch {
	case Indefinite(final):
		return 0, "exempt: notifies as a registered sex offender indefinitely; revives if that ends (SPA 2019 s.9(5)-(7))", false
	case !o.Until.IsZero() && final > o.Until:
		return 0, "exempt as a registered sex offender for the life of the order (SPA 2019 s.9(5)-(7))", false
	}
	return day.Beginning(final, notifyDays), "the sex offender notification ends, so the duty revives (SPA 2019 s.9(5)-(7))", true
}

// Owes is the last day for the initial notification while it is still to be given. One given while the subject notified as
// a registered sex offender, or before, does not answer the duty that revives when that ends (SPA 2019 s.9(6)-(7)).
func (o *Order) Owes(subject *Person) (by day.Date, why string, due bool) {
	by, why, due = o.NotifyBy(subject)
	from := max(day.On(o.notifyStart()), subject.RSOUntil)
	return by, why, due && (o.Notified.IsZero() || o.Notified < from)
}

// ChangeBy is the last day to notify a new name or home: three days beginning with the day it happens (SPA 2019
// s.9(3)-(4)). What changed before the duty began belongs to the initial notification, and what changes while the subject
// notifies as a registered sex offender is notified when that ends.
func (o *Order) ChangeBy(n Notifiable, subject *Person) (by day.Date, why string, due bool) {
	start := day.On(o.notifyStart())
	switch {
	case !o.Type.IsSPO():
		return 0, "", false
	case start.IsZero() || n.Day < start:
		return 0, "from before service: part of the initial notification (SPA 2019 s.9(2))", false
	case subject.RSOUntil >= n.Day && o.Notified.IsZero():
		return 0, "exempt as a registered sex offender: part of the initial notification when that ends (SPA 2019 s.9(5)-(7))", false
	case subject.RSOUntil >= n.Day:
		return o.revived(subject.RSOUntil)
	case n.What == NewName:
		return day.Beginning(n.Day, notifyDays), "three days beginning with the day a new name is used (SPA 2019 s.9(3))", true
	}
	return day.Beginning(n.Day, notifyDays), "three days beginning with the day the home address changes (SPA 2019 s.9(4))", true
}

// Late is how many days after its last day a notification was given; 0 when it was in time or none was due.
func (o *Order) Late(given day.Date, subject *Person) int {
	if by, _, due := o.NotifyBy(subject); due && given > by {
		return given.Sub(by)
	}
	return 0
}
