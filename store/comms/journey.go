package comms

import (
	"bytes"
	"strings"

	"pou/model/atlas"
)

// stationMetres is how far from a station's point a gate of it may be.
const stationMetres = 300

// cutRange parts "08:12 - 08:45".
func cutRange(cell []byte) (from, to []byte) {
	i := bytes.IndexByte(cell, '-')
	if i < 4 {
		return cell, nil
	}
	return bytes.TrimSpace(cell[:i]), bytes.TrimSpace(cell[i+1:])
}

// noJourneys are what the export lists besides journeys: money moved and tickets added.
func noJourneys() []string {
	return []string{
		"topped up", "top-up", "top up", "auto top", "topped-up", "season ticket", "refund", "travelcard", "railcard", "ticket added", "payment", "adjustment",
		"oyster helpline", "balance", "fare", "capping", "deposit", "product added", "web account", "bus & tram pass", "bus pass", "discount",
	}
}

// journeyRow reads a leg of a journey; why is set when the row is none and is left out.
func (k *maker) journeyRow(r *atlas.Row) (ok bool, why string) {
	r.Kind = atlas.Tap
	from, to := k.cell(fFromPlace), k.cell(fToPlace)
	bus := false
	if k.has(fJourney) {
		text := string(k.cell(fJourney))
		low := strings.ToLower(text)
		switch {
		case strings.HasPrefix(low, "bus journey") || strings.HasPrefix(low, "bus,") || strings.HasPrefix(low, "bus route"):
			bus = true
		case noJourney(low):
			return false, "no journey: money or tickets added"
		default:
			from, to = journeyEnds(text)
		}
		if !bus && len(from) == 0 && len(to) == 0 {
			return k.bad(faultJourney, k.cell(fJourney)), ""
		}
	}
	startless := absentTouch(string(from))
	if startless && null(k.cell(fTime)) && !null(k.cell(fEnd)) {
		k.startAtEnd(r)
	} else if !k.at(r) {
		return false, ""
	}
	if r.At == 0 && !r.Has(atlas.NoTime) {
		return false, ""
	}
	if bus {
		r.Flags |= atlas.NoEnd
		r.Site = k.busStop(k.cell(fJourney))
		return k.whose(r, "oyster:"), ""
	}
	if r.End == 0 && !k.end(r) {
		return false, ""
	}
	if !startless {
		r.Site = k.station(from)
	}
	if absentTouch(string(to)) || len(to) == 0 {
		r.Flags |= atlas.NoEnd
		r.End = 0
	} else {
		r.To = k.station(to)
		if r.End == 0 {
			r.Flags |= atlas.NoEnd
		}
	}
	return k.whose(r, "oyster:"), ""
}

// startAtEnd gives a journey without a touch in the time of its touch out.
func (k *maker) startAtEnd(r *atlas.Row) {
	shared := k.plan
	swapped := *shared
	swapped.col[fTime] = swapped.col[fEnd]
	k.plan = &swapped
	if k.at(r) {
		r.End = r.At
	}
	k.plan = shared
}

func noJourney(low string) bool {
	if strings.Contains(low, " to ") && !strings.Contains(low, "topped up") && !strings.Contains(low, "added") {
		return false
	}
	for _, w := range noJourneys() {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// journeyEnds parts "Station A to Station B". A name may itself hold " to ", so the parting that leaves both ends is the first.
func journeyEnds(text string) (from, to []byte) {
	if rest, ok := strings.CutPrefix(text, "Entered and exited "); ok {
		return []byte(rest), []byte(rest)
	}
	if rest, ok := strings.CutPrefix(text, "Entered "); ok {
		return []byte(strings.TrimSpace(rest)), []byte("[No touch-out]")
	}
	if rest, ok := strings.CutPrefix(text, "Exited "); ok {
		return []byte("[No touch-in]"), []byte(strings.TrimSpace(rest))
	}
	a, b, ok := strings.Cut(text, " to ")
	if !ok {
		return nil, nil
	}
	return []byte(strings.TrimSpace(a)), []byte(strings.TrimSpace(b))
}

// absentTouch reports whether an end of a journey says that there was no touch.
func absentTouch(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "no touch") || strings.Contains(s, "unspecified location") || strings.Contains(s, "unknown")
}

// station is the site of a station, with its place if the table of stations has it.
func (k *maker) station(name []byte) uint32 {
	return k.siteOf('s', name, func() atlas.Site {
		text := label(name, 80)
		s := atlas.Site{ID: text, Name: text, Kind: atlas.Station, Lat: atlas.NoPlace, Lon: atlas.NoPlace, Metres: stationMetres}
		if k.name == nil {
			return s
		}
		found, ok := k.name(text)
		if bare, _, cut := strings.Cut(text, " ["); !ok && cut { // "Bank [London Underground]"
			found, ok = k.name(strings.TrimSpace(bare))
		}
		if bare, _, cut := strings.Cut(text, " ("); !ok && cut {
			found, ok = k.name(strings.TrimSpace(bare))
		}
		if ok {
			s.Lat, s.Lon = found.Lat, found.Lon
			if found.Metres > 0 {
				s.Metres = found.Metres
			}
		}
		return s
	})
}

// busStop is a bus route as a site: the export names no stop.
func (k *maker) busStop(text []byte) uint32 {
	return k.siteOf('b', text, func() atlas.Site {
		name := label(text, 80)
		if _, route, ok := strings.Cut(name, "route "); ok {
			name = "bus route " + route
		}
		return atlas.Site{ID: name, Name: name, Kind: atlas.Stop, Lat: atlas.NoPlace, Lon: atlas.NoPlace}
	})
}
