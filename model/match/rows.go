package match

// rows is a table of the tokens a query may mean: for each, how good a reading it is of which words of the query.
type rows struct {
	tokens []uint32
	first  []uint32 // where the token's readings begin in list
	masks  []uint16 // the words of the query a token may be, a bit each
	list   []entry
	table  []uint32 // row numbers by token, open addressing; none where empty
}

// entry is one reading of a token.
type entry struct {
	grade
	span uint16 // which run of words of the query
	next uint32
}

func (r *rows) clear() {
	r.tokens, r.first, r.masks, r.list = r.tokens[:0], r.first[:0], r.masks[:0], r.list[:0]
	if len(r.table) > 1<<12 || len(r.table) == 0 {
		r.table = make([]uint32, 1<<10)
	}
	for i := range r.table {
		r.table[i] = none
	}
}

func (r *rows) grow() {
	r.table = make([]uint32, len(r.table)*2)
	for i := range r.table {
		r.table[i] = none
	}
	for row, token := range r.tokens {
		r.table[r.place(token)] = uint32(row) //nolint:gosec // fewer than tokens
	}
}

func (r *rows) place(token uint32) int {
	last := len(r.table) - 1
	i := int(token*2654435769>>7) & last // Knuth's multiplier: neighbours spread out
	for r.table[i] != none && r.tokens[r.table[i]] != token {
		i = (i + 1) & last
	}
	return i
}

// row is where a token's readings begin, or none.
func (r *rows) row(token uint32) uint32 { return r.table[r.place(token)] }

// grade records a reading of a span, unless a better one is there.
func (r *rows) grade(span int, mask uint16, token uint32, g grade) {
	if len(r.tokens)*2 >= len(r.table) {
		r.grow()
	}
	at := r.place(token)
	if r.table[at] == none {
		r.table[at] = uint32(len(r.tokens)) //nolint:gosec // fewer than tokens
		r.tokens = append(r.tokens, token)
		r.first = append(r.first, none)
		r.masks = append(r.masks, 0)
	}
	row := r.table[at]
	r.masks[row] |= mask
	for e := r.first[row]; e != none; e = r.list[e].next {
		if have := &r.list[e]; int(have.span) == span {
			if g.score > have.score {
				have.grade = g
			}
			return
		}
	}
	r.list = append(r.list, entry{g, uint16(span), r.first[row]}) //nolint:gosec // a hundred spans at most
	r.first[row] = uint32(len(r.list) - 1)                        //nolint:gosec // fewer than tokens
}
