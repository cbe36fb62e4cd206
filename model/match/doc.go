// Package match finds people by what an officer remembers of them.
//
// An [Index] holds, for each document (a person, an operation, an exhibit), the words of its texts: name, aliases, date of birth,
// phones, plates, postcode, reference. [Index.Find] takes a query in any order and any spelling near enough, and answers with the
// documents in which every word of the query was found, best first, each with the reason in an officer's words.
//
// A word of the query is tried against the distinct words of the index, never against every document:
//
//	exact                 smith            SMITH
//	number                482              P-000482
//	as one word           o brien          O'BRIEN
//	as two words          smithjohn        SMITH, John
//	starts with           wilk             Wilkinson
//	ends with             4821             07700 904821 given as 07700904821
//	1 or 2 letters out    smtih            Smith
//	letters in order      wsn              Wilkinson
//
// Misspellings are tried only when the plain readings do not fill the answer, and the loosest readings only when hardly anything was
// found, so what is exact comes first and stays cheap. [Abbrev] is for short lists held elsewhere: screens, actions, officers.
//
// Everything here is pure: no clock, no input or output, no goroutine. An Index may be read by many at once, but not while it is
// written; the caller holds the lock.
package match
