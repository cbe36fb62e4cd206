// Package etcd is the engine for more than one machine: the same keys in an etcd cluster, with every machine that opens it holding
// a copy in memory.
//
// Reads. The copy follows the cluster's watch, revision by revision. A view first asks the cluster which change is the last and
// waits until the copy has it, so that it sees everything that was acknowledged anywhere before it began. When the cluster does
// not answer, the copy is read as it is, and [Engine.CutOff] says since when.
//
// Writes. One key, the generation, changes with every update. An update works on the copy and is written on the condition that the
// generation is still the one the copy stood at: whatever was read, single keys and ranges, is then still so. If it is not,
// the update is run again on the newer state. What is written carries a mark of its own, so that a write whose answer was lost is
// never made twice.
//
// An update too large for one etcd transaction is first laid down in pieces beside the data, then given in one step by
// the generation, then carried over. Whoever sees it given finishes it; copies apply it as one.
package etcd
