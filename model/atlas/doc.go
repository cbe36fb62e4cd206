// Package atlas makes sense of communications and travel data: who reached whom, how often, what changed after somebody was told to
// stop, and when a suspect's device and a victim-survivor's may have been near each other.
//
// A [Set] is everything loaded for one case: the rows in order of time, each with its file and line. Every figure leads back to its
// rows. Everything here is intelligence for triage and not evidence: a cell is an area and not a point, a phone or a card is not its
// holder, and a data session says "at or before". The words for that are in one place, [Marking] and [Consistent].
//
// Everything is pure: no clock, no input or output.
package atlas
