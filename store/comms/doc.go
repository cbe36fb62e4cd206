// Package comms reads files of communications and travel into an [atlas.Set].
//
// [Load] takes call, text and data records, cell-site tables, number-plate reads, Oyster and contactless journeys, GPX, GeoLife and
// Google location history, and tables of places, whatever their columns are called. What a file is, is found out from what it holds
// and not from its name. It answers with a [Receipt]: the hash of each file, the layout and the time zone it was read by, and every
// row of it accounted for as
//
//	kept       the row is in Set.Rows (or, of a cell-site table, in Set.Sites)
//	duplicate  the row says what a row of another file says, or the same moment twice
//	held       the row is outside the lawful basis: it is in Set.Held and is never analysed
//	refused    the row could not be read, with its line and the reason
//	skipped    the line is no record: a heading, a blank line, a top-up
//
// so that read = kept + duplicate + held + refused + skipped, in each file and in all. Reading a file twice changes nothing.
//
// Nothing is guessed that would put a wrong number or a wrong time into a case: a number that a spreadsheet has rounded, a time that
// did not exist in the night the clocks went forward, and a coordinate that is none are refused with their line. What had to be
// assumed (the time zone, the order of day and month, how far a fix may be out) is said in the receipt.
//
// [Encode] and [Decode] turn a Set into chunks small enough for any engine, and back.
package comms
