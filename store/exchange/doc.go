// Package exchange reads files of people, orders and breaches into the store.
//
// [Run] takes CSV, TSV, XLSX, JSON or JSON lines with any column names. It finds out, or is told by a [Mapping], which
// column is which field, and answers with a [Receipt]: the hash of each file, and every row of it accounted for as
//
//	kept      the row made a new record
//	merged    the row joined a record made by another row, or one already here from the same row
//	rejected  the row was refused, with its line and the reason, in a side file
//
// so that rows in = kept + merged + rejected, in each file and in all. Nothing is dropped in silence: a column nobody
// knows is kept in the note, an impossible date is kept as text, and what had to be changed is a warning.
//
// A row is recognised when it is read again, by the number its own system gave it or else by its content, so reading a
// file twice changes nothing. Records are written in whole batches, each one journal entry; stopping half way leaves whole
// batches. People who may be the same are proposed as duplicates, and joined only by an officer.
package exchange
