package comms

import (
	"bytes"
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

// at reads when the row began.
func (k *maker) at(r *atlas.Row) bool {
	cell := k.cell(fAt)
	var m moment
	var ok bool
	switch {
	case len(cell) > 0:
		if m, ok = parseMoment(cell, k.order, k.mac); !ok {
			return k.bad(faultNoDate, cell)
		}
		if m.timed || !k.has(fTime) {
			break
		}
		fallthrough
	case k.has(fDate) || k.has(fTime) && len(cell) > 0:
		if m, ok = k.separate(m, cell); !ok {
			return false
		}
	case !k.has(fAt):
		r.Flags |= atlas.NoTime
		return true
	default:
		return k.bad(faultNoDate, cell)
	}
	if !m.timed {
		r.Flags |= atlas.DayOnly
	}
	at, how := k.moment(m)
	if how == absent {
		return k.bad(faultAbsent, k.when())
	}
	if how == twice {
		r.Flags |= atlas.Twice
	}
	if at < minTime || at >= maxTime {
		return k.bad(faultEpoch, k.when())
	}
	r.At = at
	return true
}

// separate reads a date and a time of day that stand in columns of their own; m is the date if it was read already.
func (k *maker) separate(m moment, had []byte) (moment, bool) {
	if len(had) == 0 {
		var ok bool
		cell := k.cell(fDate)
		if m, ok = parseMoment(cell, k.order, k.mac); !ok {
			return m, k.bad(faultDate, cell)
		}
	}
	clock := k.cell(fTime)
	if len(clock) == 0 || null(clock) {
		return m, true
	}
	first, _ := cutRange(clock)
	at, ok := parseClock(first)
	if !ok {
		if full, ok := parseMoment(clock, k.order, k.mac); ok && full.timed { // the column of times repeats the date
			return full, true
		}
		return m, k.bad(faultClock, clock)
	}
	m.millis, m.timed = at, true
	return m, true
}

// when is what the row says of its time, for a refusal.
func (k *maker) when() []byte {
	if c := k.cell(fAt); len(c) > 0 {
		return c
	}
	return append(append(slices.Clone(k.cell(fDate)), ' '), k.cell(fTime)...)
}

func (k *maker) moment(m moment) (int64, fix) {
	if m.zoned {
		return int64(m.day)*dayMillis + int64(m.millis) - int64(m.east), fixed
	}
	return k.zone.unix(m.day, m.millis)
}

func null(cell []byte) bool {
	switch string(cell) {
	case "", "NA", "N/A", "-", "--", "NULL", "null", "nan", "NaN", "n/a":
		return true
	}
	return false
}

// end reads when it ended: a moment of its own, or a time of day that may be past midnight.
func (k *maker) end(r *atlas.Row) bool {
	cell := k.cell(fEnd)
	if len(cell) == 0 && k.as == AsJourneys {
		_, cell = cutRange(k.cell(fTime))
	}
	if null(cell) || r.Has(atlas.NoTime) {
		return true
	}
	m, ok := parseMoment(cell, k.order, k.mac)
	if ok && !m.timed && k.has(fEnd) && len(cell) == 8 {
		ok = false
	}
	if !ok {
		at, clock := parseClock(cell)
		if !clock {
			return k.bad(faultClock, cell)
		}
		m = k.localDay(r)
		if d := k.cell(fEndDate); len(d) > 0 {
			if m, ok = parseMoment(d, k.order, k.mac); !ok {
				return k.bad(faultDate, d)
			}
		} else if at < m.millis {
			m.day++ // past midnight
		}
		m.millis, m.zoned = at, false
	}
	end, how := k.moment(m)
	if how == twice && end < r.At {
		end += hourMillis
	}
	if how == absent {
		return k.bad(faultAbsent, cell)
	}
	if end < r.At {
		return k.bad(faultEnds, cell)
	}
	r.End = end
	return true
}

// localDay is the day of the row and its time of day, as the file wrote them.
func (k *maker) localDay(r *atlas.Row) moment {
	local := r.At + k.zone.offset(r.At)
	return moment{day: int32(local / dayMillis), millis: int32(local % dayMillis)} //nolint:gosec // the time is checked
}

// party reads a party by the memory of the cells read before.
func (k *maker) party(cell []byte) (partyMemo, bool) {
	if h, flags, ok := k.short.get(cell); ok {
		return partyMemo{handle: atlas.Handle(h), flags: flags}, true
	}
	if p, ok := k.parties[string(cell)]; ok {
		return p, p.fault == ""
	}
	got := readParty(cell, k.ids || k.as == AsMessages)
	p := partyMemo{handle: atlas.Handle(k.t.handle(got.name)), flags: got.flags, fault: got.fault}
	if (p.fault != "" || !k.short.put(cell, uint32(p.handle), p.flags)) && len(cell) <= longestCell {
		if len(k.parties) >= mostMemo {
			clear(k.parties)
		}
		k.parties[string(cell)] = p
	}
	return p, p.fault == ""
}

// position reads where the row says it was.
func (k *maker) position(r *atlas.Row) (found, ok bool) {
	if p := k.cell(fPoint); len(p) > 0 {
		lat, lon, ok := parsePoint(p)
		r.Lat, r.Lon = lat, lon
		return true, ok
	}
	lat, lon := k.cell(fLat), k.cell(fLon)
	if !null(lat) || !null(lon) {
		la, lo, ok := parsePlace(lat, lon)
		r.Lat, r.Lon = la, lo
		return true, ok
	}
	east, north := k.cell(fEast), k.cell(fNorth)
	if null(east) && null(north) {
		return false, true
	}
	e, ok1 := parseMetres(east, 1)
	n, ok2 := parseMetres(north, 1)
	if !ok1 || !ok2 {
		return true, false
	}
	k.assumed |= assumedGrid
	r.Lat, r.Lon, ok = fromGrid(float64(e), float64(n))
	return true, ok && e+n > 0
}

// parsePoint reads "51.5074, -0.1278", "geo:51.5074,-0.1278" and "51.5074°, -0.1278°".
func parsePoint(cell []byte) (lat, lon int32, ok bool) {
	cell = bytes.TrimPrefix(bytes.Trim(cell, " ()[]"), []byte("geo:"))
	if i := bytes.IndexByte(cell, ';'); i >= 0 {
		cell = cell[:i]
	}
	a, b, ok := bytes.Cut(cell, []byte(","))
	if !ok {
		if a, b, ok = bytes.Cut(cell, []byte(" ")); !ok {
			return 0, 0, false
		}
	}
	return parsePlace(bytes.TrimSpace(a), bytes.TrimSpace(b))
}

// positionRow reads a device's own fix.
func (k *maker) positionRow(r *atlas.Row) bool {
	r.Kind = atlas.Position
	if !k.at(r) || !k.end(r) {
		return false
	}
	if found, ok := k.position(r); !found || !ok {
		return k.bad(faultPlace, append(append(slices.Clone(k.cell(fLat)), ' '), k.cell(fLon)...))
	}
	if m, ok := parseMetres(k.cell(fAccuracy), 1); ok && m > 0 {
		r.Metres = m
	} else {
		r.Metres = fixMetres
		k.assumed |= assumedFix
	}
	return k.whose(r, "device:")
}

// whose sets whose record it is from a column, or leaves it for the file to say.
func (k *maker) whose(r *atlas.Row, scheme string) bool {
	cell := k.cell(fUser)
	if len(cell) == 0 {
		cell = k.cell(fOwn)
	}
	if len(cell) == 0 {
		cell = k.cell(fCard)
	}
	if len(cell) == 0 {
		k.batch.own = true
		return true
	}
	memo, ok := k.parties[string(cell)]
	if !ok {
		name := label(cell, 60)
		if d, letters, odd := census(cell); d >= shortest && letters == 0 && !odd && scheme == "device:" {
			name = readParty(cell, true).name
		} else {
			name = scheme + strings.ToLower(name)
		}
		memo = partyMemo{handle: atlas.Handle(k.t.handle(name))}
		if len(k.parties) < mostMemo && len(cell) <= longestCell {
			k.parties[string(cell)] = memo
		}
	}
	r.Own = memo.handle
	return true
}

// readRow reads a number plate's read.
func (k *maker) readRow(r *atlas.Row) bool {
	r.Kind = atlas.Read
	name := plate(k.cell(fPlate))
	if name == "" {
		return k.bad(faultPlate, k.cell(fPlate))
	}
	r.Own = atlas.Handle(k.t.handle(name))
	if !k.at(r) {
		return false
	}
	found, ok := k.position(r)
	if found && !ok {
		return k.bad(faultPlace, append(append(slices.Clone(k.cell(fLat)), ' '), k.cell(fLon)...))
	}
	id, where := k.cell(fCamera), k.cell(fCameraName)
	if len(id) == 0 {
		id = where
	}
	if found {
		r.Metres = cameraMetres
		k.assumed |= assumedCamera
	}
	if len(id) > 0 {
		r.Site = k.siteOf('r', id, func() atlas.Site {
			return atlas.Site{ID: label(id, 60), Name: label(where, 80), Kind: atlas.Camera, Lat: r.Lat, Lon: r.Lon, Metres: cameraMetres}
		})
	}
	return true
}

// siteOf is the site a cell names, by the memory of the cells read before.
func (k *maker) siteOf(kind byte, id []byte, describe func() atlas.Site) uint32 {
	k.key = append(append(k.key[:0], kind), id...)
	if i, _, ok := k.shortSites.get(k.key); ok {
		return i
	}
	if i, ok := k.placed[string(k.key)]; ok {
		return i
	}
	key := string(k.key)
	i := k.t.site(describe())
	if len(k.placed) >= mostMemo {
		clear(k.placed)
	}
	if !k.shortSites.put([]byte(key), i, 0) && len(key) <= longestCell {
		k.placed[key] = i
	}
	return i
}

// cellRow reads a row of a table of cells.
func (k *maker) cellRow() {
	r := atlas.Row{Lat: atlas.NoPlace, Lon: atlas.NoPlace}
	id := k.cellID()
	if len(id) == 0 {
		k.refuse(newFault(k.line, faultCell, nil))
		return
	}
	if found, ok := k.position(&r); !found || !ok {
		k.refuse(newFault(k.line, faultPlace, append(append(slices.Clone(k.cell(fLat)), ' '), k.cell(fLon)...)))
		return
	}
	s := atlas.Site{ID: label(id, 60), Name: label(k.cell(fCellName), 80), Kind: atlas.CellSite, Lat: r.Lat, Lon: r.Lon}
	if !k.shape(&s) {
		k.refuse(k.fault)
		return
	}
	k.batch.sites = append(k.batch.sites, k.t.site(atlas.Site{ID: s.ID, Kind: s.Kind, Lat: atlas.NoPlace, Lon: atlas.NoPlace}))
	k.lines = append(k.lines, k.line)
	k.places = append(k.places, s)
}

// cellID is the cell a row names, with its area code before it when that stands in a column of its own.
func (k *maker) cellID() []byte {
	id, lac := k.cell(fCell), k.cell(fLac)
	if null(id) {
		return nil
	}
	if len(lac) > 0 && !null(lac) {
		return append(append(slices.Clone(lac), '-'), id...)
	}
	return id
}

// shape reads how far a cell reaches and which way.
func (k *maker) shape(s *atlas.Site) bool {
	unit := 1.0
	if k.kmRadius {
		unit = 1000
	}
	if c := k.cell(fRadius); !null(c) {
		m, ok := parseMetres(c, unit)
		if !ok {
			return k.bad("not a radius in metres", c)
		}
		s.Metres = m
	}
	if s.Metres == 0 {
		s.Metres = cellMetres
		k.assumed |= assumedCell
	}
	az := k.cell(fAzimuth)
	if null(az) || strings.HasPrefix(strings.ToLower(string(az)), "omni") {
		return true
	}
	a, ok := parseMetres(az, 1)
	if !ok || a > 360 {
		return k.bad("not an azimuth in degrees", az)
	}
	s.Azimuth, s.Width = uint16(a%360), sectorWidth //nolint:gosec // at most 360
	if w, ok := parseMetres(k.cell(fWidth), 1); ok && w > 0 && w <= 360 {
		s.Width = uint16(w % 360) //nolint:gosec // at most 360
	}
	return true
}

// sectorWidth is the usual third of a circle of a mast with three sectors.
const sectorWidth = 120
