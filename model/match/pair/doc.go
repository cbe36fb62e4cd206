// Package pair weighs whether two records are of one person.
//
// Each field both records have is evidence for or against, in bits: the logarithm of how much likelier it would look that way were
// they one person than were they two (I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", 1969). A name many bear says
// little and a rare one much; a field that one of them lacks says nothing. The bits of all fields, less those it takes to single
// one person out among so many, make a score from 0 to 100, which reads like a probability and comes with the reasons in an
// officer's words.
//
// The weights are general knowledge – how many days a life has, how common Smith is, how often a digit of a date is mistyped – and
// were not fitted to any list.
//
// [Compare] weighs two people. A [List] finds the likely pairs among many, bounded in work however many share a name: people are
// compared only when they share one of a dozen keys. [NameIn] finds a misspelt name in a report.
//
// Nothing here decides: an officer looks at both records.
package pair
