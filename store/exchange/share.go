package exchange

import (
	"github.com/xuri/excelize/v2"
)

// What follows is for the other readers of files from outside, so that one rule says what is harmless to show.

// Harmless is text from a file as it may be quoted on a screen: on one line, without control bytes, and not longer than most letters.
func Harmless(s string, most int) string { return harmless(s, most) }

// Squash leaves the letters and digits of a column name, in lower case.
func Squash(s string) string { return squash(s) }

// TOMLString quotes a value as TOML wants it.
func TOMLString(s string) string { return tomlString(s) }

// TOMLFault says where TOML is wrong, in one line.
func TOMLFault(err error) string { return tomlFault(err) }

// OpenBook opens a workbook in memory; most is how large it and each of its sheets may be when unpacked. A workbook that makes the
// library panic is a damaged file.
func OpenBook(raw string, most int64) (*excelize.File, error) { return openBook(raw, most) }

// From1904 reports whether a workbook counts its days from 1904.
func From1904(book *excelize.File) bool { return counts1904(book) }
