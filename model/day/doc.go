// Package day counts London calendar days the way statutes count them, and keeps
// dates of birth as well as they are known.
//
// A Date is a day, not a moment: it has no hour and no time zone, so a period of
// days never gains or loses one when the clocks change. Start and End turn a Date
// into moments, at London midnight. A Born is a date of birth of which the day,
// the month or even the exact year may be unknown.
//
// The zero Date means "no date" and the zero Born "not known". Both are safe in
// every method, and adding to no date leaves no date.
package day
