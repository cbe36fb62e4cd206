package comms

import (
	"bytes"
	"strings"

	"pou/model/atlas"
)

// maker makes rows of cells. It belongs to one goroutine.
type maker struct {
	*plan
	*out
	zone    *zone
	cells   [][]byte
	line    uint32
	parties map[string]partyMemo
	words   map[string]word
	placed  map[string]uint32 // sites by the cells that name them
	key     []byte
	// what short cells mean, which most are
	short, shortSites *memo
	fault             fault
}

type partyMemo struct {
	handle atlas.Handle
	flags  atlas.Flags
	fault  string
}

// mostMemo is how many different cells are remembered before starting afresh: a hostile file must not fill the memory twice.
const mostMemo = 1 << 20

func newMaker(p *plan, loc *zone, worker int) *maker {
	return &maker{plan: p, out: newOut(worker), zone: loc, parties: map[string]partyMemo{}, words: map[string]word{}, placed: map[string]uint32{}, short: newMemo(), shortSites: newMemo()}
}

// cell is a field of the row, trimmed.
func (k *maker) cell(f field) []byte {
	i := k.col[f]
	if i < 0 || i >= len(k.cells) {
		return nil
	}
	c := k.cells[i]
	if len(c) == 0 || c[0] > ' ' && c[len(c)-1] > ' ' {
		return c
	}
	return bytes.TrimSpace(c)
}

// bad notes why the row is refused.
func (k *maker) bad(reason string, cell []byte) bool {
	k.fault = newFault(k.line, reason, cell)
	return false
}

// row reads one row of cells.
func (k *maker) row(line uint32, cells [][]byte) {
	k.line, k.cells = line, cells
	k.read++
	if blankCells(cells) {
		k.skip("blank")
		return
	}
	if k.width > 0 && len(cells) > k.width && !blankCells(cells[k.width:]) {
		k.refuse(newFault(line, faultWide, cells[k.width]))
		return
	}
	r := atlas.Row{Lat: atlas.NoPlace, Lon: atlas.NoPlace, Line: line}
	ok := false
	switch k.as {
	case AsCells:
		k.cellRow()
		return
	case AsJourneys:
		var why string
		if ok, why = k.journeyRow(&r); why != "" {
			k.skip(why)
			return
		}
	case AsReads:
		ok = k.readRow(&r)
	case AsPositions:
		ok = k.positionRow(&r)
	case AsContacts, AsCalls, AsTexts, AsData, AsMessages:
		ok = k.contactRow(&r)
	}
	switch {
	case ok:
		k.rows = append(k.rows, r)
	case k.heading():
		k.skip("column names again")
	default:
		k.refuse(k.fault)
	}
}

// heading reports whether the row repeats the names of the columns, as files do that were joined end to end.
func (k *maker) heading() bool {
	if len(k.cells) != len(k.columns) || len(k.cells) == 0 {
		return false
	}
	for i, c := range k.cells {
		if strings.TrimSpace(string(c)) != k.columns[i] {
			return false
		}
	}
	return true
}

func blankCells(cells [][]byte) bool {
	for _, c := range cells {
		if len(bytes.TrimSpace(c)) > 0 {
			return false
		}
	}
	return true
}

func null(cell []byte) bool {
	switch string(cell) {
	case "", "NA", "N/A", "-", "--", "NULL", "null", "nan", "NaN", "n/a":
		return true
	}
	return false
}

// What is wrong with a row, as the receipt says it.
const (
	faultNoDate  = "not a date and time"
	faultDate    = "not a date"
	faultClock   = "not a time of day"
	faultAbsent  = "no such time: the clocks went forward over it. If the file is in UTC, say so"
	faultEpoch   = "a date before 1990 or after 2100"
	faultLength  = "not a duration"
	faultPlace   = "not a place: no latitude and longitude, or 0, 0"
	faultShort   = "the row breaks off: it has fewer cells than there are columns"
	faultWide    = "the row has more cells than there are columns"
	faultWho     = "nobody is named: neither who called nor who was called"
	faultWay     = "it does not say who reached whom: no direction"
	faultKind    = "neither a call, a text nor a data session"
	faultPlate   = "not a registration mark"
	faultCell    = "no cell is named"
	faultEnds    = "it ends before it begins"
	faultOther   = "the cell is at another place in a row before"
	faultJourney = "not a journey that is understood"
)
