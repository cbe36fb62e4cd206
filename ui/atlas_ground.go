package ui

import (
	"slices"

	"pou/model"
	"pou/model/atlas"
	"pou/ui/chart"
)

// atlasGround is where rows are, as it may be shown: without what is need-to-know, or, after a reveal, all of it. Nothing in it changes
// once it is laid.
type atlasGround struct {
	veil *atlas.Veil
	open bool // after a reveal

	spots    []chart.Spot // positions, in the order of their rows
	spotRows atlas.Rows
	cells    []atlasCell
	coarse   atlas.Rows // of the suspect's, that may be near somebody protected; none after a reveal
	squares  []model.Circle
	squareOf []uint32 // of each coarse row, its square
}

// lay lays out the positions, and the rows of each cell.
func (d *atlasData) lay(veil *atlas.Veil, open bool) *atlasGround {
	type key struct {
		site uint32
		side atlas.Side
	}
	g := &atlasGround{veil: veil, open: open}
	at := map[key]int{}
	for i := range d.set.Rows {
		r := &d.set.Rows[i]
		if !r.Placed() {
			continue
		}
		row := uint32(i) //nolint:gosec // an index of a row
		if g.keeps(row) {
			if !veil.Hides(r.Own) {
				g.coarse = append(g.coarse, row)
			}
			continue
		}
		side := d.side(r.Own, r.At)
		if r.Site == 0 || d.set.Sites[r.Site].Kind != atlas.CellSite {
			g.spots, g.spotRows = append(g.spots, chart.Spot{Lat: r.Lat, Lon: r.Lon, Side: side}), append(g.spotRows, row)
			continue
		}
		k := key{r.Site, side}
		n, known := at[k]
		if !known {
			n = len(g.cells)
			at[k] = n
			g.cells = append(g.cells, atlasCell{site: r.Site, side: side})
		}
		g.cells[n].rows = append(g.cells[n].rows, row)
	}
	g.square()
	return g
}

// square puts the coarse rows into their squares.
func (g *atlasGround) square() {
	all := g.veil.Squares(g.coarse)
	g.squareOf = make([]uint32, len(g.coarse))
	for n, q := range all {
		g.squares = append(g.squares, q.Circle)
		for _, row := range q.Rows {
			g.squareOf[rowIndex(g.coarse, row)] = uint32(n) //nolint:gosec // no more squares than rows
		}
	}
}

// keeps reports whether a row does not say where it is.
func (g *atlasGround) keeps(row uint32) bool { return !g.open && g.veil.Keeps(row) }

// fixes are those that say where they are, and the rows of the others.
func (g *atlasGround) fixes(all []atlas.Fix) (open []atlas.Fix, kept atlas.Rows) {
	if g.open {
		return all, nil
	}
	for i := range all {
		if g.veil.Keeps(all[i].Row) {
			kept = append(kept, all[i].Row)
		}
	}
	return g.veil.Open(all), sortedRows(kept)
}

// legs are the ways that say where they are.
func (g *atlasGround) legs(all []atlas.Leg) []atlas.Leg {
	return slices.DeleteFunc(all, func(l atlas.Leg) bool { return slices.ContainsFunc(l.Rows, g.keeps) })
}

// sayRow is a row as its source has it, as far as it may be said.
func (g *atlasGround) sayRow(set *atlas.Set, row uint32, held bool) string {
	switch {
	case held && g.open:
		apart := *set
		apart.Rows = set.Held
		return g.veil.Said(atlas.SayRow(&apart, row))
	case held:
		return g.veil.SayHeld(row)
	case g.open:
		return g.veil.Said(atlas.SayRow(set, row))
	}
	return g.veil.SayRow(row)
}

// sayReason is what else may explain an occasion, as far as it may be said.
func (g *atlasGround) sayReason(r *atlas.Reason) string {
	if g.open {
		return g.veil.Said(r.Text)
	}
	return g.veil.SayReason(r)
}

// sayCandidate is why rows may be contrary to a condition, as far as it may be said.
func (g *atlasGround) sayCandidate(c *atlas.Candidate) (why string, unsure []string) {
	if g.open {
		return g.veil.Said(c.Why), c.Unsure
	}
	return g.veil.SayCandidate(c)
}
