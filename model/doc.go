// Package model is what is true: the records a Predatory Offender Unit keeps, the rules they obey, the clocks that
// run on them, and the actions officers take. It is pure: no I/O, no goroutines, and no wall clock. A rule that
// depends on time takes it as an argument, so a test can stand on either side of midnight.
//
// The words are those of the field:
//
//	wanted line    one person sought for one or more offences; it ends as arrested, eliminated, withdrawn or died
//	circulated     published on PNC as wanted; a line that is not yet circulated is its own, red, state
//	order          a restraining order (RO) or stalking protection order (SPO), full or interim
//	condition      one prohibition or requirement of an order, with its own text and its own last day
//	breach         a potential breach: an event matched to a condition, until an officer decides
//	operation      a planned phase of arrests; it has targets
//	target         a person on an operation's list, with a reason, an adder and a review-by date
//	target pack    what the team needs to know about a target
//	attempt        one try at arresting someone
//	arrest         from the moment of arrest to the disposal
//	disposal       how an arrest ended: charged, released without charge, ... with its Home Office outcome
//	RUI            released under investigation: no conditions and no statutory clock
//	due            a clock: the rule, the event that started it, the deadline, who answers for it
//
// Every change is an [Action]; [Actions] is the one list of them. A refusal is a [Problem]: the field, the rule and
// what to do next.
package model
