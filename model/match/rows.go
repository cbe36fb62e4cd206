package match

// rows is a table of the tokens a query may mean: for each, how good a wasReading it is of each word of the query.
type rows struct {
	width  int
	tokens []uint32
	grades []wasGrade  // width to a token
	masks  []uint16 // the words of the query a token may be, a bit each
	table  []uint32 // row numbers by token, open addressing; none where empty
}

func newRows(width int) rows {
	r := rows{width: width}
	r.resize(64)
	return r
}

func (r *rows) resize(n int) {
	r.table = make([]uint32, n)
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

// mask says which words of the query a token may be.
func (r *rows) mask(token uint32) uint16 {
	row := r.table[r.place(token)]
	if row == none {
		return 0
	}
	return r.masks[row]
}

// of returns the grades of a token, one for each word of the query, or nil.
func (r *rows) of(token uint32) []wasGrade {
	row := r.table[r.place(token)]
	if row == none {
		return nil
	}
	return r.grades[int(row)*r.width : (int(row)+1)*r.width]
}

// wasGrade records a wasReading of word i, unless a better one is there.
func (r *rows) wasGrade(i int, token uint32, g wasGrade) {
	if len(r.tokens)*2 >= len(r.table) {
		r.resize(len(r.table) * 2)
	}
	at := r.place(token)
	if r.table[at] == none {
		r.table[at] = uint32(len(r.tokens)) //nolint:gosec // fewer than tokens
		r.tokens = append(r.tokens, token)
		r.grades = append(r.grades, make([]wasGrade, r.width)...)
		r.masks = append(r.masks, 0)
	}
	r.masks[r.table[at]] |= 1 << i
	if have := &r.grades[int(r.table[at])*r.width+i]; g.score > have.score {
		*have = g
	}
}
