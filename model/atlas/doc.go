// Package atlas makes sense of communications and travel data: who reached whom, how often, what changed after somebody was told to
// stop, and when a suspect's device and a victim-survivor's may have been near each other.
//
// A [Set] is everything loaded for one case: the rows in order of time, each with its file and line. Every figure leads back to its
// rows. Everything here is intelligence for triage and not evidence: a cell is an area and not a point, a phone or a card is not its
// holder, and a data session says "at or before". The words for that are in one place, [Marking] and [Consistent].
//
// [Prepare] makes an [Index] of a set, of which any [Window] can be looked at within a frame:
//
//   - who with whom: [Index.Contacts], [Index.Common], [Index.Between] (a contact in two records is one), and a [Brush] for every key;
//   - when: [Index.HoursOf], [Index.Days], [Index.Weeks], [Index.BurstDays], [Index.Most], [Index.Longest], [Index.Lanes];
//   - what changed: [Index.Around], [Rises], [Index.Firsts], [Index.Newcomers], [Index.Successors];
//   - where: [Index.Fixes], then [Index.Areas], [Index.Visits], [Index.Legs], [Index.Journeys], [Repeated];
//   - near each other: [Index.Paths], then [Paths.Meets] with, beside each, [Index.Contexts] and [Paths.Shifted];
//   - what it may show: [Index.Four]; and for the breach desk [Index.Candidates].
//
// A row without a time counts, and is in nothing about time. A row whose hour is not known is in days and not in hours. What is local
// and not law – how near is near, how many make a burst – says so at its constant.
//
// Everything is pure: no clock, no input or output, no goroutines; what may be run in parts at once ([Index.Path], [Paths.Part]) says so.
package atlas
