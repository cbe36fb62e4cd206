package comms

import (
	"bytes"
	"slices"
	"strings"

	"pou/model/atlas"
)

// positionRow reads a device's own fix.
func (k *maker) positionRow(r *atlas.Row) bool {
	r.Kind = atlas.Position
	if !k.at(r) || !k.end(r) {
		return false
	}
	if found, ok := k.position(r); !found || !ok {
		return k.bad(faultPlace, k.where())
	}
	if m, ok := parseMetres(k.cell(fAccuracy), 1); ok && m > 0 {
		r.Metres = m
	} else {
		r.Metres = fixMetres
		k.assumed |= assumedFix
	}
	return k.whose(r, "device:")
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
		return k.bad(faultPlace, k.where())
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

// cellRow reads a row of a table of cells.
func (k *maker) cellRow() {
	r := atlas.Row{Lat: atlas.NoPlace, Lon: atlas.NoPlace}
	id := k.cellID()
	if len(id) == 0 {
		k.refuse(newFault(k.line, faultCell, nil))
		return
	}
	if found, ok := k.position(&r); !found || !ok {
		k.refuse(newFault(k.line, faultPlace, k.where()))
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

// where is what the row says of its place, for a refusal.
func (k *maker) where() []byte {
	return append(append(slices.Clone(k.cell(fLat)), ' '), k.cell(fLon)...)
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
