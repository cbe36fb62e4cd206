package comms

import (
	"bytes"
	"slices"
	"strings"

	"pou/model"
	"pou/store/exchange"
)

// headings are the names columns give a field, in letters and digits only.
func headings() map[field]string {
	return map[field]string{
		fOwn: "own target targetnumber targetmsisdn subject subjectnumber subjectmsisdn subscriber subscribernumber servedmsisdn servednumber servedparty " +
			"usernumber line account accountnumber mynumber party device handset ownnumber",
		fFrom: "from aparty anumber ano apartynumber anum caller callernumber calling callingnumber callingparty callingpartynumber callingline cli callfrom " +
			"originatingnumber originator originatingparty origin source sender sendernumber sendingtelephone sendingnumber callnum fromnumber frommsisdn " +
			"callingmsisdn amsisdn msisdna numbera partya initiator",
		fTo: "to bparty bnumber bno bpartynumber bnum callee called callednumber calledparty calledpartynumber dialled dialed diallednumber dialednumber " +
			"numberdialled numbercalled callto terminatingnumber terminatingparty destination destinationnumber recipient recipientnumber receiver " +
			"receivingtelephone receivingnumber recnum tonumber tomsisdn calledmsisdn bmsisdn msisdnb numberb partyb receivernumber",
		fOther: "other otherparty othernumber contact contactnumber remoteparty remotenumber correspondent corresponding correspondingnumber peer counterparty " +
			"otherpartynumber opposite oppositeparty contactname",
		fNumber:    "number telephone telephonenumber phone phonenumber msisdn mobile mobilenumber tel telno mdn",
		fDirection: "direction dir inout incomingoutgoing calldirection moormt momt way",
		fType: "type calltype eventtype servicetype recordtype service usage usagetype event activity activitytype communicationtype commstype kind cdrtype " +
			"calltypedescription channel",
		fStatus: "status answered callstatus outcome result disposition releasecause answeredstatus callresult",
		fAt: "at datetime dateandtime dateandtimeofcall timestamp start startdatetime starttimestamp begin begins callstart startedat trackedat when eventdatetime " +
			"callstartdatetime startdateandtime datetimeofcall datetimestart capturetime capturedat captured readdatetime timestampms createdat " +
			"sessionstart eventtimestamp recordedat readat passagetime locatedat fixtime calldatetime utc epoch epochtime unixtime timeutc datetimeutc " +
			"startdatetimeutc callconnected connectdatetime seizuretime timestamputc localtime datetimelocal",
		fDate:    "date startdate calldate eventdate dateofcall readdate journeydate dateofjourney dateofevent connectdate sessionstartdate day datestart capturedate",
		fTime:    "time starttime calltime eventtime timeofcall readtime timeofevent connecttime sessionstarttime timestart timeofday hour begintime",
		fEnd:     "end endtime enddatetime endtimestamp finish finishtime callend ended sessionend sessionendtime stop stoptime timeend endat endedat calldisconnected",
		fEndDate: "enddate finishdate dateend sessionenddate",
		fSeconds: "duration seconds secs length calllength callduration durationsecs durationseconds durations durationsec durationinseconds weight " +
			"callsecs lengthofcall durationhhmmss durationmins durationminutes sessionduration talktime billsec",
		fVolume: "volume datavolume bytes kb mb upload download uplink downlink uploadbytes downloadbytes bytesup bytesdown datauplink datadownlink apn totalbytes " +
			"dataup datadown octets uplinkvolume downlinkvolume volumekb volumemb accesspointname chargingid sessionid",
		fCell: "cell cellid cellidentity cgi ecgi eci ncgi cellglobalid startcell startcellid firstcell firstcellid cellsiteid siteid acell cellsite ci cid cellref " +
			"cellidstart startingcell callstartcell originatingcell locationid cellcode initialcell startcellcgi",
		fLac:      "lac tac lactac locationareacode trackingareacode startlac",
		fCellName: "cellname sitename cellsitename celladdress siteaddress cellsiteaddress cellpostcode sitepostcode address name description site mast mastname startcellname startcelladdress",
		fCellEnd:  "endcell endcellid lastcell lastcellid cellidend finishcell callendcell finalcell endingcell",
		fAzimuth:  "azimuth bearing cellazimuth antennaazimuth startcellazimuth sectorazimuth az bearingdegrees cellbearing",
		fWidth:    "width beamwidth sectorwidth beam horizontalbeamwidth",
		fRadius:   "radius range cellradius coverage coverageradius maxrange reach cellrange distance radiusm radiusmetres radiuskm rangem rangekm",
		fLat: "lat latitude celllat celllatitude sitelat sitelatitude startlat startlatitude latitudewgs84 y wgs84lat gpslat gpslatitude latdeg camlat " +
			"cameralat cameralatitude startcelllat startcelllatitude latitudee7",
		fLon: "lon lng long longitude celllon celllong celllongitude sitelon sitelong sitelongitude startlon startlng startlongitude longitudewgs84 x wgs84lon gpslon gpslong " +
			"gpslongitude londeg camlon cameralon cameralongitude startcelllon startcelllong startcelllongitude longitudee7",
		fEast:       "east easting eastings osgbeasting gridx celleasting celleastings siteeasting startcelleasting startcelleastings oseasting",
		fNorth:      "north northing northings osgbnorthing gridy cellnorthing cellnorthings sitenorthing startcellnorthing startcellnorthings osnorthing",
		fPoint:      "point latlon latlng latlong coordinates coordinate position geo gps wgs84",
		fAccuracy:   "accuracy accuracymetres accuracym horizontalaccuracy hacc uncertainty precision error accuracymeters horizontalaccuracym hdop",
		fPlate:      "plate vrm vrn reg registration registrationmark numberplate vehicleregistration vehiclereg regno plateread vehicleregistrationmark registrationnumber licenceplate licenseplate vehicle index",
		fCamera:     "camera cameraid cameraref cameracode readerid reader camerasite cam camid feedid sourceid",
		fCameraName: "cameraname location cameralocation readlocation locationname camerasitename locationdescription cameradescription",
		fJourney:    "journey journeyaction action journeydetails journeydescription journeyoraction",
		fFromPlace:  "fromstation startstation entrystation originstation startlocation touchin touchinstation entrylocation boardingstation stationin",
		fToPlace:    "tostation endstation exitstation destinationstation endlocation touchout touchoutstation exitlocation alightingstation stationout",
		fCard:       "card cardnumber oyster oystercard oysternumber oystercardnumber cardno pan cardid oysterid prestigeid",
		fUser:       "user userid useridentifier deviceid deviceidentifier username trackid animalid agent personid",
		fWording:    "wording celltiming celltime cellusage locationtiming locationnote cellnote",
		fDevice:     "imei imsi imeisv iccid simnumber sim imeinumber imsinumber aimei aimsi bimei bimsi mac macaddress tmsi",
	}
}

// words of which a heading of them never holds who was reached.
func deviceHeading(name string) bool {
	for _, w := range []string{"imei", "imsi", "iccid"} {
		if strings.Contains(name, w) {
			return true
		}
	}
	return false
}

// guesser knows the headings.
type guesser map[string]field

func newGuesser() guesser {
	g := guesser{}
	for f, words := range headings() {
		for w := range strings.FieldsSeq(words) {
			g[w] = f
		}
	}
	return g
}

// field is what a column of a name is.
func (g guesser) field(name string) field {
	whole := exchange.Squash(name)
	if len(whole) > 60 {
		return fNone
	}
	if deviceHeading(whole) {
		return fDevice
	}
	if f, ok := g[whole]; ok {
		return f
	}
	bare := name // without "(UTC)", "(secs)"
	for {
		open := strings.IndexAny(bare, "([")
		if open < 0 {
			break
		}
		shut := strings.IndexAny(bare[open:], ")]")
		if shut < 0 {
			break
		}
		bare = bare[:open] + " " + bare[open+shut+1:]
	}
	if f, ok := g[exchange.Squash(bare)]; ok {
		return f
	}
	for _, cut := range []string{"utc", "gmt", "bst", "local"} {
		if f, ok := g[strings.TrimSuffix(exchange.Squash(bare), cut)]; ok {
			return f
		}
	}
	if i := strings.LastIndexByte(name, '.'); i >= 0 { // a path in JSON: location.lat
		return g.field(name[i+1:])
	}
	return fNone
}

// known counts the cells of a row that are names of columns.
func (g guesser) known(cells []string) int {
	n := 0
	var seen [fields]bool
	for _, c := range cells {
		if f := g.field(c); f != fNone && !seen[f] && !figures(c) {
			seen[f] = true
			n++
		}
	}
	return n
}

func figures(s string) bool { return strings.Trim(s, "0123456789 +-./:") == "" }

// sampled is the beginning of a table: what a layout is guessed from.
type sampled struct {
	columns []string
	rows    [][]string // some of the rows under the columns
	before  [][]string // what stands before the names of the columns
	header  int
	name    string // of the file, for the errors
}

// header finds the row of column names among the first rows: the one in which most names are known.
func (g guesser) header(rows [][]string) int {
	best, most := -1, 1
	for i, cells := range rows[:min(len(rows), 40)] {
		if n := g.known(cells); n > most {
			best, most = i, n
		}
	}
	return best
}

// guess works out a mapping from the headings and the first rows.
func (g guesser) guess(s *sampled) (Mapping, error) {
	m := Mapping{}
	at := [fields]int{}
	for i := range at {
		at[i] = -1
	}
	set := make([]field, len(s.columns))
	for i, name := range s.columns {
		f := g.field(name)
		if f != fNone && f != fDevice && at[f] >= 0 {
			f = fNone // the first column of a name is it
		}
		set[i] = f
		if f != fNone {
			at[f] = i
		}
	}
	move := func(from, to field) {
		if i := at[from]; i >= 0 && at[to] < 0 {
			at[from], at[to], set[i] = -1, i, to
		}
	}
	settleTimes(&at, move)
	if i := at[fOwn]; i >= 0 && at[fFrom] >= 0 && at[fTo] < 0 && at[fOther] < 0 && exchange.Squash(s.columns[i]) == "target" {
		move(fOwn, fTo) // Source and Target of a graph
	}
	settleParties(&at, move)
	settlePlaces(&at, move)
	m.As = s.kind(&at)
	if i := at[fCell]; i >= 0 {
		set[i] = fCell
	}
	for i, name := range s.columns {
		c := Column{Name: name, Example: s.example(i)}
		if set[i] != fNone {
			c.Field = fieldNames()[set[i]][0]
		}
		m.Columns = append(m.Columns, c)
	}
	if m.As == "" {
		return m, s.unknown(&at)
	}
	return m, nil
}

// settleTimes decides which of date, time and moment the columns are.
func settleTimes(at *[fields]int, move func(from, to field)) {
	if at[fAt] < 0 && at[fDate] < 0 {
		move(fTime, fAt)
	}
	if at[fAt] < 0 && at[fTime] < 0 {
		move(fDate, fAt)
	}
	if at[fAt] < 0 && at[fDate] < 0 {
		move(fEnd, fAt)
	}
}

// settleParties decides whose a bare number is.
func settleParties(at *[fields]int, move func(from, to field)) {
	switch {
	case at[fNumber] < 0:
	case at[fFrom] >= 0 && at[fTo] >= 0, at[fOther] >= 0:
		move(fNumber, fOwn)
	case at[fTo] >= 0:
		move(fNumber, fOwn)
	case at[fOwn] >= 0:
		move(fNumber, fOther)
	case at[fDirection] >= 0 || at[fSeconds] >= 0 || at[fType] >= 0:
		move(fNumber, fOther)
	default:
		move(fNumber, fOwn)
	}
	if at[fTo] >= 0 && at[fFrom] < 0 && at[fOwn] < 0 && at[fUser] >= 0 {
		move(fUser, fOwn)
	}
}

// settlePlaces decides what a bare name or address belongs to.
func settlePlaces(at *[fields]int, move func(from, to field)) {
	if at[fPlate] >= 0 {
		move(fCellName, fCameraName)
		move(fCell, fCamera)
	}
	if at[fJourney] < 0 && at[fCard] >= 0 {
		move(fFrom, fFromPlace)
		move(fTo, fToPlace)
	}
}

// kind is what the rows are, "" when the columns do not say.
func (s *sampled) kind(at *[fields]int) As {
	has := func(fs ...field) bool {
		return !slices.ContainsFunc(fs, func(f field) bool { return at[f] < 0 })
	}
	timed := has(fAt) || has(fDate)
	placed := has(fLat, fLon) || has(fEast, fNorth) || has(fPoint)
	switch {
	case has(fPlate) && timed:
		return AsReads
	case timed && (has(fJourney) || has(fFromPlace, fToPlace)):
		return AsJourneys
	case placed && !timed && (has(fCell) || s.idColumn(at)):
		return AsCells
	case has(fFrom, fTo), has(fOther) && (has(fDirection) || has(fType) || has(fOwn)), has(fTo) && timed, has(fFrom, fOther):
		return s.contactKind(has)
	case timed && has(fCell) && (has(fOwn) || has(fVolume)), timed && has(fVolume):
		return AsData
	case placed && timed:
		return AsPositions
	}
	return ""
}

// contactKind is what contacts are: calls have a length, and texts have none.
func (s *sampled) contactKind(has func(...field) bool) As {
	switch {
	case has(fType):
		return AsContacts
	case slices.ContainsFunc(s.columns, func(c string) bool { return strings.Contains(strings.ToLower(c), "message") }):
		return AsMessages
	case has(fSeconds), has(fStatus):
		return AsCalls
	case has(fVolume) && !has(fDirection):
		return AsData
	}
	return AsTexts
}

// idColumn takes a bare id for the id of a cell in a table of places.
func (s *sampled) idColumn(at *[fields]int) bool {
	i := slices.IndexFunc(s.columns, func(c string) bool {
		n := exchange.Squash(c)
		return n == "id" || n == "ref" || n == "code"
	})
	if i >= 0 {
		at[fCell] = i
	}
	return i >= 0
}

func (s *sampled) example(i int) string {
	for _, r := range s.rows {
		if i < len(r) && strings.TrimSpace(r[i]) != "" {
			return exchange.Harmless(r[i], 40)
		}
	}
	return ""
}

// unknown says which columns were looked for and how to say which they are.
func (s *sampled) unknown(at *[fields]int) error {
	var found []string
	for f, i := range at {
		if i >= 0 {
			found = append(found, fieldNames()[f][0])
		}
	}
	what := s.name + " is in no layout that is known: its columns (" + exchange.Harmless(strings.Join(s.columns, ", "), 160) + ") "
	if len(found) == 0 {
		what += "name none that were looked for"
	} else {
		what += "name only " + strings.Join(found, ", ")
	}
	return model.Refuse("file", what, "Looked for: who reached whom (from and to, or own, other and direction), or when and where (at with lat and lon), "+
		"or plate, journey, or cell with lat and lon. Write a mapping: as = \"calls\" (or "+strings.Join(kinds()[2:], ", ")+"), then [columns] with lines such as "+
		exchange.TOMLString(firstOf(s.columns))+" = \"from\"; the fields are "+listFields())
}

func firstOf(columns []string) string {
	if len(columns) == 0 {
		return "Calling number"
	}
	return exchange.Harmless(columns[0], 40)
}

// details finds out what the mapping leaves open: the order of dates, whether parties are numbers, what a figure of duration counts.
func (s *sampled) details(m *Mapping) (notes []string) {
	if m.Dates == "" {
		m.Dates = "dmy"
		if us, uk := s.dateOrder(m); us && !uk {
			m.Dates = "mdy"
			notes = append(notes, "dates are taken as month/day/year: one of them has no other reading")
		} else if us && uk {
			notes = append(notes, "some dates read only as day/month and some only as month/day: taken as day/month/year, the others are refused")
		}
	}
	if m.Numbers == "" {
		m.Numbers = "phones"
		if s.pseudonyms(m) {
			m.Numbers = "ids"
			notes = append(notes, "no party in the first rows is as long as a telephone number: they are taken for accounts or pseudonyms")
		}
	}
	if m.Duration == "" {
		m.Duration = "seconds"
		if c := s.named(m, fSeconds); strings.Contains(strings.ToLower(c), "min") {
			m.Duration = "minutes"
		}
	}
	return notes
}

// named is the heading of a field.
func (s *sampled) named(m *Mapping, f field) string {
	for _, c := range m.Columns {
		if got, _ := findField(c.Field); got == f {
			return c.Name
		}
	}
	return ""
}

// values gathers the cells of some fields.
func (s *sampled) values(m *Mapping, fs ...field) (out []string) {
	for _, c := range m.Columns {
		f, _ := findField(c.Field)
		i := slices.IndexFunc(s.columns, func(name string) bool { return sameColumn(name, c.Name) })
		if i < 0 || !slices.Contains(fs, f) {
			continue
		}
		for _, r := range s.rows {
			if i < len(r) {
				out = append(out, strings.TrimSpace(r[i]))
			}
		}
	}
	return out
}

// dateOrder reports whether some date reads only as month/day/year, and whether some reads only as day/month/year.
func (s *sampled) dateOrder(m *Mapping) (us, uk bool) {
	for _, v := range s.values(m, fAt, fDate, fEnd, fEndDate) {
		_, day := parseMoment([]byte(v), dayFirst, false)
		_, month := parseMoment([]byte(v), monthFirst, false)
		us = us || month && !day
		uk = uk || day && !month
	}
	return us, uk
}

func (s *sampled) pseudonyms(m *Mapping) bool {
	if m.As == AsMessages {
		return true
	}
	found := false
	for _, v := range s.values(m, fFrom, fTo, fOther, fOwn) {
		d, letters, _ := census([]byte(v))
		if d >= shortest || d > 0 && letters > 0 || d == 0 && letters > 0 && !nobody([]byte(v)) && !bytes.Contains([]byte(v), []byte("@")) {
			return false
		}
		found = found || d > 0 || strings.Contains(v, "@")
	}
	return found
}
