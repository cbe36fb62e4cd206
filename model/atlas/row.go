package atlas

import (
	"time"

	"pou/model"
)

// Kind is what a row records.
type Kind uint8

// The kinds of row.
const (
	Call     Kind = iota + 1
	Text          // SMS or MMS
	Data          // a data session (GPRS, 4G, 5G)
	Message       // of an app or an account
	Position      // a device's own fix: GPS, Google, GeoLife
	Read          // a number plate read by a camera
	Tap           // a leg of a journey: Oyster or contactless; Site is where it began, To where it ended
)

// Flags say how a row is to be read.
type Flags uint16

// The flags.
const (
	Out        Flags = 1 << iota // Own reached Other; without it Other reached Own. Only of contacts
	Unanswered                   // a call nobody took
	Withheld                     // the other party's number was withheld
	ShortCode                    // the other party is a service, such as 4-digit short codes
	AtOrBefore                   // the cell was used at or before At: a data session of most networks
	AtOrAfter                    // the cell was used at or before End: O2 gives the cell of the end of the session
	NoTime                       // the source gives no time: the row counts, and takes no part in anything about time
	NoEnd                        // a journey whose end is not in the source, as of a bus
	DayOnly                      // At is a day, the hour is not known
	Twice                        // At is in the hour that came twice as the clocks went back: it may be an hour later
)

// Handle is a phone, card, vehicle or account: an index into Set.Names.
type Handle uint32

// NoPlace is the latitude of a row that says nothing of where.
const NoPlace = int32(-1 << 31)

// Row is one line of a source as it was understood. Times are Unix milliseconds, places WGS 84 in millionths of a degree.
type Row struct {
	At, End  int64  // End is 0 when there is none
	Own      Handle // whose record it is
	Other    Handle // whom it reached or was reached by; 0 is nobody
	Lat, Lon int32  // NoPlace when unknown
	Metres   uint32 // how far from there it may have been
	Site     uint32 // index into Set.Sites: a cell, station or camera; 0 is none
	To       uint32 // index into Set.Sites: where a journey ended, or the cell of the end of a call
	Seconds  uint32 // a call's length
	Line     uint32 // in its file, from 1; of a spreadsheet its row
	File     uint16 // index into Set.Files
	Flags    Flags
	Kind     Kind
}

// Has reports whether all the flags are set.
func (r *Row) Has(f Flags) bool { return r.Flags&f == f }

// Placed reports whether the row says where.
func (r *Row) Placed() bool { return r.Lat != NoPlace }

// Point is where the row says it was; of one that is [Row.Placed].
func (r *Row) Point() model.Point { return pointOf(r.Lat, r.Lon) }

// Contact reports whether the row is somebody reaching somebody.
func (r *Row) Contact() bool {
	return r.Kind == Call || r.Kind == Text || r.Kind == Message
}

// Time is when the row begins, in London time.
func (r *Row) Time(london *time.Location) time.Time { return time.UnixMilli(r.At).In(london) }

// SiteKind is what a site is.
type SiteKind uint8

// The kinds of site.
const (
	CellSite SiteKind = iota + 1
	Station
	Camera
	Stop // of a bus
)

// Site is a cell, a station or a camera. A cell serves an area: a sector of Width degrees about Azimuth as far as Metres, or a full
// circle when Width is 0.
type Site struct {
	ID       string // as the source writes it
	Name     string
	Kind     SiteKind
	Lat, Lon int32 // NoPlace when it is in no table that was loaded
	Metres   uint32
	Azimuth  uint16 // degrees from north
	Width    uint16 // degrees
}

// Point is where the site stands; of one that is in a table.
func (s *Site) Point() model.Point { return pointOf(s.Lat, s.Lon) }

// File is a source, as it was read.
type File struct {
	Name   string
	Hash   string // SHA-256 of its bytes, in hex
	Layout string // the name of the layout it was read by
	Zone   string // the time zone its times were taken to be in
}

// Set is everything loaded for a case, ready to be looked at.
type Set struct {
	Rows  []Row             // ascending by At, then File, then Line; rows without a time first
	Held  []Row             // outside the authorised period or subject: kept, never analysed
	Names []string          // handles as they are compared: 07700900123, +33…, short:…, oyster:…, plate:…, @account; 0 is ""
	Shown map[Handle]string // how a device of the case is called where it is shown; see [Set.Call]
	Sites []Site            // 0 is none
	Files []File
}

// Name is a handle as it is shown: by what it is called in the case, where it is called anything; "" for nobody.
func (s *Set) Name(h Handle) string {
	if shown, ok := s.Shown[h]; ok {
		return shown
	}
	return s.Key(h)
}

// Key is a handle as it is compared. It is never shown: it may be how a victim-survivor is reached.
func (s *Set) Key(h Handle) string {
	if int(h) >= len(s.Names) {
		return ""
	}
	return s.Names[h]
}

// Grade is how well it is known who used a device when.
type Grade uint8

// The grades, the weakest first. The zero value is that nobody has decided.
const (
	Ungraded Grade = iota
	Weak
	Some
	Strong
	Proved
)

// String is the grade in words.
func (g Grade) String() string {
	switch g {
	case Weak:
		return "weak"
	case Some:
		return "some"
	case Strong:
		return "strong"
	case Proved:
		return "proved"
	case Ungraded:
	}
	return "not graded"
}

// Side is whose a device is in the case.
type Side uint8

// The sides.
const (
	Nobody Side = iota // attributed to nobody
	Suspect
	Victim
	Third // somebody else: collateral
)

// Attribution says that somebody used a device over a time.
type Attribution struct {
	Handle   Handle
	Side     Side
	Who      string // how the person is shown: a ref, "suspect 1", "victim-survivor"; never a protected name
	Hidden   bool   // its number is need-to-know
	Grade    Grade
	From, To int64 // Unix milliseconds; 0 is open
}

// Covers reports whether the attribution holds at a moment.
func (a *Attribution) Covers(at int64) bool {
	return (a.From == 0 || at >= a.From) && (a.To == 0 || at < a.To)
}

// Attributions are who used what in a case.
type Attributions []Attribution

// Of is who used a device at a moment; the zero value when it is attributed to nobody then.
func (as Attributions) Of(h Handle, at int64) Attribution {
	for i := range as {
		if as[i].Handle == h && as[i].Covers(at) {
			return as[i]
		}
	}
	return Attribution{Handle: h}
}
