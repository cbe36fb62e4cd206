package comms

import (
	"slices"
	"strings"

	"pou/model"
	"pou/model/atlas"
)

// What data sessions say of when their cell was used.
const (
	cellAt     = "at"
	cellBefore = "at or before"
	cellAfter  = "at or after"
)

// What is taken for how far a place may be out when the source does not say. It is said in the receipt whenever it is used.
const (
	fixMetres    = 50
	cellMetres   = 2000
	cameraMetres = 50
	googleMetres = 100
)

// plan is a mapping made ready for the rows of one file. It does not change and may be shared by workers.
type plan struct {
	as       As
	col      [fields]int // the column of a field, or -1
	columns  []string
	width    int // the columns of a whole row
	order    order
	ids      bool // parties are accounts
	unit     int  // seconds a bare figure counts
	mac      bool // dates of a workbook count from 1904
	cellTime string
	kmRadius bool
	name     func(string) (atlas.Site, bool)
}

// newPlan works a mapping out for the columns of a file.
func newPlan(m *Mapping, columns []string) (*plan, error) {
	p := &plan{as: m.As, columns: columns, width: len(columns), ids: m.Numbers == "ids", unit: 1, cellTime: m.CellTime}
	for i := range p.col {
		p.col[i] = -1
	}
	for _, c := range m.Columns {
		f, _ := findField(c.Field)
		i := slices.IndexFunc(columns, func(name string) bool { return sameColumn(name, c.Name) })
		if f == fNone || i < 0 || p.col[f] >= 0 {
			continue
		}
		p.col[f] = i
		if f == fRadius && strings.Contains(strings.ToLower(c.Name), "km") {
			p.kmRadius = true
		}
	}
	if m.Dates == "mdy" {
		p.order = monthFirst
	}
	if m.Duration == "minutes" {
		p.unit = 60
	}
	return p, p.check()
}

func (p *plan) has(f field) bool { return p.col[f] >= 0 }

// check refuses a mapping under which no row could be read.
func (p *plan) check() error {
	lacks := func(what string) error {
		return model.Refuse("map", "the mapping has no column for "+what+", which "+string(p.as)+" need", "Give one: the fields are "+listFields())
	}
	placed := p.has(fLat) && p.has(fLon) || p.has(fEast) && p.has(fNorth) || p.has(fPoint)
	timed := p.has(fAt) || p.has(fDate)
	switch p.as {
	case AsContacts, AsCalls, AsTexts, AsMessages:
		if !p.has(fFrom) && !p.has(fTo) && !p.has(fOther) {
			return lacks("who was reached (from and to, or other)")
		}
	case AsData:
		if !timed {
			return lacks("when (at)")
		}
	case AsPositions:
		if !placed {
			return lacks("where (lat and lon, east and north, or point)")
		}
	case AsReads:
		if !p.has(fPlate) || !timed {
			return lacks("what was read and when (plate and at)")
		}
	case AsJourneys:
		if !timed || !p.has(fJourney) && !p.has(fFromPlace) {
			return lacks("the journey and when (journey, or from_place and to_place, and at)")
		}
	case AsCells:
		if !p.has(fCell) || !placed {
			return lacks("the cell and where it is (cell, lat and lon)")
		}
	default:
		return model.Refuse("as", "the mapping does not say what the rows are", "Write as = one of: "+strings.Join(kinds(), ", "))
	}
	return nil
}
