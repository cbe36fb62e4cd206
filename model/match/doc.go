// Package match finds people by what an officer remembers of them.
//
// An [Index] holds, for each document (a person, an operation, an exhibit), the words of its texts, and knows what each text is: a
// name, a date of birth, a phone, a plate, a postcode, a reference. [Index.Search] takes a query in any order and any spelling near
// enough and answers with documents, best first, each with the reason in an officer's words.
//
// First every word of the query is read against the distinct words of the index, never against every document:
//
//	exact                 smith            SMITH
//	as one word           o brien          O'BRIEN
//	as two words          smithjohn        SMITH, John
//	said alike            mohamed yousuf   Mohammed Yusuf        heard.go
//	a nickname            bill             William               families/
//	another language      juan             John
//	an initial            j                John
//	starts with           wilk             Wilkinson
//	1 or 2 letters out    smtih            Smith
//	a date, as far known  3/12/84, 1984    3 Dec 1984            dates.go
//	a phone, plate, ref   +44 7700 900123  07700 900123          codes.go
//
// and, of a word that is nothing else: a misspelt beginning, letters in order, two letters out in a short word, the inside of a code.
// A reading too common to list (a single letter) is asked of the documents the other words found.
//
// Then evidence is added up document by document: a word counts by how rare it is and how good the reading ([search.gather]). The
// few hundred with the most are read with care, name by name ([search.verdict]): each word of the query is given to at most one
// word of the name, words that the query or the name lack are counted, and a guess counts no more than it tells that somebody answers to one as good.
// A document that lacks a word of the query still answers, lower, and says what was not found.
//
// What holds always: a complete name typed as it stands comes first, and by ID among equals; a document's Prior lifts it among near
// equals only; another word that matches never takes an answer away; an index that changed answers as one built anew.
//
// [Compare] weighs two names as names, [Marks] says which letters of a text answer a query, and [Abbrev] is for short lists held
// elsewhere: screens, actions, officers.
//
// Everything here is pure: no clock, no input or output, no goroutine. An Index may be read by many at once, but not while it is
// written; the caller holds the lock.
package match
