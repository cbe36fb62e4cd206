package day

import "time"

// Moment is a time as lists, cards and paper have it, in London: "2 Jan 2006 15:04"; "" for none.
func Moment(t time.Time) string { return inLondon(t, "2 Jan 2006 15:04") }

// Clock is a time as a sentence has it, in London: "15:04 on 2 Jan 2006"; "" for none.
func Clock(t time.Time) string { return inLondon(t, "15:04 on 2 Jan 2006") }

func inLondon(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.In(London()).Format(layout)
}
