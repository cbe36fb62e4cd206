// Package sample fills an empty store with synthetic data, to learn on, to demonstrate with and to measure with. It
// mirrors the scale of the real thing: twelve units, one operation of 240 targets, 258 live SPOs, several hundred
// restraining orders, wanted lines, arrests, breaches and tasks at every stage, and one example at least of every trap
// an officer can fall into (see [Traps]).
//
// Everyone in it is invented by combining lists of names with a random number; whoever they resemble is not meant. It
// can be seen to be invented: people carry the mark Sample, every note says SAMPLE, phone numbers come from the ranges
// Ofcom keeps for drama (07700 900xxx, 020 7946 0xxx), streets are called Example Road, postcodes have a real first
// half and a second half of the form 9Zx, registration plates carry an age identifier of 90 to 99 that has not been
// issued, and PNC numbers end in a letter that the check letters leave out. Names are spread as London's are, and
// nothing else depends on them.
//
// The same options give the same records. Days depend on the London day of Options.Now alone; what happened within
// the last two days moves with the hour, so that custody clocks always run.
package sample
