package comms

import (
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"pou/model"
	"pou/store/exchange"
)

// As is what the rows of a table are.
type As string

// The kinds of table. The zero value is whatever the columns say.
const (
	AsContacts  As = "contacts"  // calls, texts and data sessions together, with a column that says which
	AsCalls     As = "calls"     //
	AsTexts     As = "texts"     //
	AsData      As = "data"      // data sessions
	AsMessages  As = "messages"  // of an app or an account
	AsPositions As = "positions" // a device's own fixes
	AsReads     As = "reads"     // of number plates
	AsJourneys  As = "journeys"  // Oyster and contactless
	AsCells     As = "cells"     // the places of cells
)

func kinds() []string {
	return []string{
		string(AsContacts), string(AsCalls), string(AsTexts), string(AsData), string(AsMessages), string(AsPositions), string(AsReads),
		string(AsJourneys), string(AsCells),
	}
}

// Mapping says what the rows of a table are and which column is which field. It is guessed, shown in the receipt, and can be saved and
// given again as TOML: a remembered mapping is used for every file that has all of its columns.
type Mapping struct {
	Name      string // for the receipt, such as the network and year of the layout
	As        As     // what the rows are
	Header    *int   // the line of the column names; nil to look for it
	Delimiter string // one character; "" to look for it
	Sheet     string // of a workbook; "" for the first that holds rows
	Zone      string // the time zone of its times; "" for that of Options
	Dates     string // "dmy" or "mdy"; "" to find out
	Numbers   string // "phones", or "ids" when parties are accounts or pseudonyms; "" to find out
	Duration  string // what a bare figure counts: "seconds" or "minutes"
	CellTime  string // of data sessions: "at", "at or before" (the safe reading, and the default) or "at or after" (O2)
	Own       string // whose record it is, when every file of the source is of one subject
	Columns   []Column
}

// Column is one column and what becomes of it.
type Column struct {
	Name    string `json:"column"`
	Field   string `json:"field"` // "" when it is not used
	Example string `json:"example,omitempty"`
}

// field is what a column means.
type field uint8

const (
	fNone field = iota
	fOwn
	fFrom
	fTo
	fOther
	fNumber // of which the other columns decide whose it is
	fDirection
	fType
	fStatus
	fAt
	fDate
	fTime
	fEnd
	fEndDate
	fSeconds
	fVolume
	fCell
	fLac
	fCellName
	fCellEnd
	fAzimuth
	fWidth
	fRadius
	fLat
	fLon
	fEast
	fNorth
	fPoint
	fAccuracy
	fPlate
	fCamera
	fCameraName
	fJourney
	fFromPlace
	fToPlace
	fCard
	fUser
	fWording
	fDevice // IMEI, IMSI: read by nobody, so that it is never taken for a number
	fields
)

// fieldName is a field as a mapping writes it, and what an officer is told it means.
func fieldNames() [fields][2]string {
	return [fields][2]string{
		fOwn: {"own", "whose record it is"}, fFrom: {"from", "who calls or sends"}, fTo: {"to", "who is called or sent to"},
		fOther: {"other", "the other party"}, fNumber: {"number", "a number"}, fDirection: {"direction", "in or out"},
		fType: {"type", "call, text or data"}, fStatus: {"status", "answered or not"}, fAt: {"at", "date and time"}, fDate: {"date", "date"},
		fTime: {"time", "time of day"}, fEnd: {"end", "end: date and time, or time of day"}, fEndDate: {"end_date", "date of the end"},
		fSeconds: {"seconds", "duration"}, fVolume: {"volume", "data used"}, fCell: {"cell", "cell"}, fLac: {"lac", "area code of the cell"},
		fCellName: {"cell_name", "name or address of the cell"}, fCellEnd: {"cell_end", "cell at the end"}, fAzimuth: {"azimuth", "degrees from north"},
		fWidth: {"width", "degrees of the sector"}, fRadius: {"radius", "metres a cell reaches"}, fLat: {"lat", "latitude"}, fLon: {"lon", "longitude"},
		fEast: {"east", "easting"}, fNorth: {"north", "northing"}, fPoint: {"point", "latitude, longitude"}, fAccuracy: {"accuracy", "metres it may be out"},
		fPlate: {"plate", "registration mark"}, fCamera: {"camera", "camera"}, fCameraName: {"camera_name", "where the camera is"},
		fJourney: {"journey", "journey: A to B, or a bus"}, fFromPlace: {"from_place", "where the journey began"}, fToPlace: {"to_place", "where it ended"},
		fCard: {"card", "card"}, fUser: {"user", "whose device"}, fWording: {"wording", "when the cell was used: at or before"},
		fDevice: {"device", "IMEI, IMSI: not used"},
	}
}

func findField(name string) (field, bool) {
	name = strings.ToLower(strings.TrimSpace(name))
	for f, n := range fieldNames() {
		if n[0] != "" && n[0] == name {
			return field(f), true //nolint:gosec // fewer than 256
		}
	}
	return fNone, name == "" || name == "-" || name == "ignore"
}

// listFields is every field a mapping may name.
func listFields() string {
	var out []string
	for _, n := range fieldNames() {
		if n[0] != "" {
			out = append(out, n[0])
		}
	}
	return strings.Join(out, ", ")
}

type written struct {
	Name      string            `toml:"name"`
	As        string            `toml:"as"`
	Header    *int              `toml:"header"`
	Delimiter string            `toml:"delimiter"`
	Sheet     string            `toml:"sheet"`
	Zone      string            `toml:"zone"`
	Dates     string            `toml:"dates"`
	Numbers   string            `toml:"numbers"`
	Duration  string            `toml:"duration"`
	CellTime  string            `toml:"cell_time"`
	Own       string            `toml:"own"`
	Columns   map[string]string `toml:"columns"`
}

// ParseMapping reads a mapping from TOML and refuses what it does not understand.
func ParseMapping(text string) (Mapping, error) {
	var w written
	meta, err := toml.Decode(text, &w)
	if err != nil {
		return Mapping{}, model.Refuse("map", "the mapping is not TOML: "+exchange.TOMLFault(err), "Save the mapping of a receipt first and change that")
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return Mapping{}, model.Refuse("map", "the mapping has no setting "+exchange.Harmless(unknown[0].String(), 40),
			"Its settings are name, as, header, delimiter, sheet, zone, dates, numbers, duration, cell_time, own and [columns]")
	}
	m := Mapping{
		Name: w.Name, As: As(strings.ToLower(w.As)), Header: w.Header, Delimiter: w.Delimiter, Sheet: w.Sheet, Zone: w.Zone, Dates: w.Dates,
		Numbers: w.Numbers, Duration: w.Duration, CellTime: w.CellTime, Own: w.Own,
	}
	for _, key := range meta.Keys() { // in the order written, which the map has lost
		if len(key) == 2 && key[0] == "columns" {
			m.Columns = append(m.Columns, Column{Name: key[1], Field: w.Columns[key[1]]})
		}
	}
	return m, m.Check()
}

// Check refuses a mapping that cannot be followed.
func (m *Mapping) Check() error {
	oneOf := func(field, value string, allowed ...string) error {
		if value == "" || slices.Contains(allowed, value) {
			return nil
		}
		return model.Refuse(field, field+" cannot be "+exchange.Harmless(value, 40), "Write one of: "+strings.Join(allowed, ", "))
	}
	for _, err := range []error{
		oneOf("as", string(m.As), kinds()...),
		oneOf("dates", m.Dates, "dmy", "mdy"),
		oneOf("numbers", m.Numbers, "phones", "ids"),
		oneOf("duration", m.Duration, "seconds", "minutes"),
		oneOf("cell_time", m.CellTime, cellAt, cellBefore, cellAfter),
	} {
		if err != nil {
			return err
		}
	}
	if m.Delimiter != "" && (len(m.Delimiter) != 1 || strings.ContainsAny(m.Delimiter, "\"\r\n ")) {
		return model.Refuse("delimiter", "the delimiter is one character", `Write "," or ";" or "\t" or "|"`)
	}
	if m.Header != nil && *m.Header < 1 {
		return model.Refuse("header", "the header is a line of the file", "Write its number, from 1")
	}
	if _, _, err := findZone(m.Zone); err != nil {
		return err
	}
	for _, c := range m.Columns {
		if _, ok := findField(c.Field); !ok {
			return model.Refuse("columns", fmt.Sprintf("column %s: there is no field %s", exchange.Harmless(c.Name, 40), exchange.Harmless(c.Field, 40)),
				"The fields are: "+listFields())
		}
	}
	return nil
}

// fits reports whether a header has every column the mapping uses.
func (m *Mapping) fits(columns []string) bool {
	if len(m.Columns) == 0 {
		return false
	}
	used := 0
	for _, c := range m.Columns {
		if f, _ := findField(c.Field); f == fNone {
			continue
		}
		used++
		if !slices.ContainsFunc(columns, func(name string) bool { return sameColumn(name, c.Name) }) {
			return false
		}
	}
	return used > 0
}

func sameColumn(a, b string) bool {
	return a == b || exchange.Squash(a) != "" && exchange.Squash(a) == exchange.Squash(b)
}

// TOML writes the mapping to be saved, changed and given again.
func (m *Mapping) TOML() string {
	var b strings.Builder
	set := func(key, value string) {
		if value != "" {
			b.WriteString(key + " = " + exchange.TOMLString(value) + "\n")
		}
	}
	set("name", m.Name)
	set("as", string(m.As))
	if m.Header != nil {
		fmt.Fprintf(&b, "header = %d\n", *m.Header)
	}
	set("delimiter", m.Delimiter)
	set("sheet", m.Sheet)
	set("zone", m.Zone)
	set("dates", m.Dates)
	set("numbers", m.Numbers)
	set("duration", m.Duration)
	set("cell_time", m.CellTime)
	set("own", m.Own)
	b.WriteString("\n# \"column of the file\" = \"field\"; the fields are\n# " + listFields() + "\n[columns]\n")
	for _, c := range m.Columns {
		b.WriteString(exchange.TOMLString(c.Name) + " = " + exchange.TOMLString(c.Field) + "\n")
	}
	return b.String()
}
