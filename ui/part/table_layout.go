package part

// A table line is: cursor bar, mark, the columns two cells apart, scrollbar.
const (
	gutter    = 2
	gap       = 2
	scrollbar = 1
)

// band is how many cells of columns, at least, the background of the selected row lies under: those that name the row. A whole row
// would have to be written anew, twice, with every move of the cursor, which a slow link shows.
const band = 32

// slot is a column that is shown, and how wide.
type slot struct{ col, width int }

// layOut chooses the columns that fit into width cells and shares the width among them: first every column's least width,
// then up to what each wants, from the left, then the rest among the flexible ones.
func layOut[R any](cols []Column[R], width int) []slot {
	kept := keep(cols, width)
	for len(kept) > 1 && width <= gap*(len(kept)-1) {
		kept = kept[:len(kept)-1] // not even the gaps fit
	}
	slots := make([]slot, len(kept))
	rest := width - gap*max(len(kept)-1, 0)
	for i, c := range kept {
		slots[i] = slot{c, max(min(least(cols[c]), rest), 0)}
		rest -= slots[i].width
	}
	for i, s := range slots {
		grow := max(min(cols[s.col].Width-s.width, rest), 0)
		slots[i].width += grow
		rest -= grow
	}
	stretch(cols, slots, rest)
	return slots
}

// keep returns the indexes of the columns that stay, dropping the highest priority number first and the rightmost among
// equals, until the least widths fit.
func keep[R any](cols []Column[R], width int) []int {
	kept := make([]int, len(cols))
	need := -gap
	for i, c := range cols {
		kept[i] = i
		need += least(c) + gap
	}
	for need > width {
		drop := -1
		for i, c := range kept {
			if cols[c].Priority > 0 && (drop < 0 || cols[c].Priority >= cols[kept[drop]].Priority) {
				drop = i
			}
		}
		if drop < 0 {
			break
		}
		need -= least(cols[kept[drop]]) + gap
		kept = append(kept[:drop], kept[drop+1:]...)
	}
	return kept
}

func least[R any](c Column[R]) int {
	if c.Min > 0 {
		return c.Min
	}
	return c.Width
}

// stretch shares rest among the flexible columns by their weight; the cells lost to rounding go to the last of them.
func stretch[R any](cols []Column[R], slots []slot, rest int) {
	total, last := 0, -1
	for i, s := range slots {
		if f := cols[s.col].Flex; f > 0 {
			total, last = total+f, i
		}
	}
	if last < 0 || rest <= 0 {
		return
	}
	spare := rest
	for i, s := range slots {
		n := rest * cols[s.col].Flex / total
		slots[i].width += n
		spare -= n
	}
	slots[last].width += spare
}
