package comms

import (
	"slices"

	"pou/model/atlas"
)

// Merge puts the sets of several datasets together. Handles of one name are one, a site that one of them places is placed in all,
// and the same call, session or fix in two of them is there once: the later copies are counted. The sets are not changed.
func Merge(sets ...*atlas.Set) (out *atlas.Set, twice int) {
	out = &atlas.Set{Names: []string{""}, Sites: make([]atlas.Site, 1)}
	m := merging{out: out, names: map[string]atlas.Handle{"": 0}, sites: map[atlas.Site]uint32{}}
	for _, s := range sets {
		m.add(s)
	}
	slices.SortFunc(out.Rows, compareRows)
	slices.SortFunc(out.Held, compareRows)
	m.place()
	return out, m.once()
}

type merging struct {
	out   *atlas.Set
	names map[string]atlas.Handle
	sites map[atlas.Site]uint32
}

func (m *merging) add(s *atlas.Set) {
	names, sites := make([]atlas.Handle, len(s.Names)), make([]uint32, len(s.Sites))
	for i, name := range s.Names {
		h, ok := m.names[name]
		if !ok {
			h = atlas.Handle(len(m.out.Names)) //nolint:gosec // as many names as handles can count
			m.names[name], m.out.Names = h, append(m.out.Names, name)
		}
		names[i] = h
	}
	for i, site := range s.Sites {
		if i == 0 {
			continue
		}
		n, ok := m.sites[site]
		if !ok {
			n = uint32(len(m.out.Sites)) //nolint:gosec // as many sites as rows can count
			m.sites[site], m.out.Sites = n, append(m.out.Sites, site)
		}
		sites[i] = n
	}
	first := uint16(len(m.out.Files)) //nolint:gosec // files of one case
	m.out.Files = append(m.out.Files, s.Files...)
	into := func(rows []atlas.Row, to []atlas.Row) []atlas.Row {
		for _, r := range rows {
			r.Own, r.Other, r.Site, r.To, r.File = names[r.Own], names[r.Other], sites[r.Site], sites[r.To], r.File+first
			to = append(to, r)
		}
		return to
	}
	m.out.Rows = into(s.Rows, slices.Grow(m.out.Rows, len(s.Rows)))
	m.out.Held = into(s.Held, m.out.Held)
}

// place gives sites without a place that of the same site in another set, and rows that of their site.
func (m *merging) place() {
	type key struct {
		kind atlas.SiteKind
		id   string
	}
	known, better := map[key]uint32{}, map[uint32]uint32{}
	for i, s := range m.out.Sites {
		if i > 0 && s.ID != "" && s.Lat != atlas.NoPlace {
			known[key{s.Kind, s.ID}] = uint32(i) //nolint:gosec // as above
		}
	}
	for i, s := range m.out.Sites {
		if n, ok := known[key{s.Kind, s.ID}]; ok && s.Lat == atlas.NoPlace && i > 0 {
			better[uint32(i)] = n //nolint:gosec // as above
		}
	}
	if len(better) == 0 {
		return
	}
	for i := range m.out.Rows {
		r := &m.out.Rows[i]
		if n, ok := better[r.Site]; ok {
			r.Site = n
			if s := &m.out.Sites[n]; !r.Placed() {
				r.Lat, r.Lon, r.Metres = s.Lat, s.Lon, s.Metres
			}
		}
		if n, ok := better[r.To]; ok {
			r.To = n
		}
	}
}

// once takes out rows that another file says as well. Texts are kept: a network sends a long one in parts of the same second.
func (m *merging) once() (twice int) {
	type key struct {
		at, end          int64
		own, other       atlas.Handle
		lat, lon         int32
		site, to, second uint32
		kind             atlas.Kind
		flags            atlas.Flags
	}
	seen := map[key]uint16{}
	var at int64
	m.out.Rows = slices.DeleteFunc(m.out.Rows, func(r atlas.Row) bool {
		if r.Has(atlas.NoTime) || r.Kind == atlas.Text || r.Has(atlas.DayOnly) {
			return false
		}
		if r.At != at {
			at = r.At
			clear(seen)
		}
		k := key{r.At, r.End, r.Own, r.Other, r.Lat, r.Lon, r.Site, r.To, r.Seconds, r.Kind, r.Flags}
		file, had := seen[k]
		if !had {
			seen[k] = r.File
			return false
		}
		if file == r.File {
			return false
		}
		twice++
		return true
	})
	return twice
}
