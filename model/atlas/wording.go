package atlas

import (
	"time"

	"pou/model/day"
)

// Marking stands on every screen and page that shows anything made from this data: inferring where somebody was from it is expert
// opinion (R v Calland [2017] EWCA Crim 2308; Forensic Science Regulator's code, FSA-DIG-301 (check)).
const Marking = "INTELLIGENCE / TRIAGE – NOT EVIDENTIAL"

// Consistent words what data may mean. Nothing here ever says that somebody "was at" a place.
func Consistent(what string) string { return "consistent with " + what }

// londonTime is a moment in London.
func londonTime(ms int64) time.Time { return time.UnixMilli(ms).In(day.London()) }
