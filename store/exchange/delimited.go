package exchange

import (
	"iter"
	"strings"
)

// row is one row of a table. Its cells are only good until the next row is asked for.
type row struct {
	line  int
	cells []string
	raw   string // as it stands in the file; empty for a spreadsheet
	fault string // why the row could not be read; "" when it could
	loose bool   // a quote stood inside a cell that did not begin with one
}

// delimited is text whose cells are parted by a comma, semicolon, tab or bar. encoding/csv stops at the first broken quote, and
// in its lazy mode lets one swallow the rest of the file; here a row that cannot be read costs that row only.
type delimited struct {
	text  string
	comma byte
	width int // cells of a whole row; 0 when not known
}

// rows reads the rows in order. It may be called again.
func (d delimited) rows() iter.Seq[row] {
	return func(yield func(row) bool) {
		s := scan{delimited: d, line: 1, budget: 8<<20 + 4*len(d.text)}
		for r, ok := s.next(); ok; r, ok = s.next() {
			if !yield(r) {
				return
			}
		}
	}
}

// scan is a reading in progress.
type scan struct {
	delimited
	at, line int
	cells    []string
	budget   int  // how many more bytes may be read in vain after a broken quote before quotes must close on their line
	broken   bool // the rows before were lost to a broken quote, so what looks like a row may be the inside of a cell
	loose    bool
}

const (
	faultQuote   = "a quoted cell is broken: its quote is never closed, or a quote inside it is not doubled"
	faultHuge    = "a cell is larger than 1 MiB"
	faultColumns = "the row has more than 1,000 cells"
	faultAfter   = "the line follows a broken quote and does not read as a whole row"
)

func (s *scan) next() (row, bool) {
	for s.at < len(s.text) {
		start := s.at
		lineEnd := endOfLine(s.text, start)
		if strings.Trim(s.text[start:lineEnd], " \r\n") == "" {
			s.at = lineEnd
			s.line++
			continue
		}
		end, fault := s.parse(start)
		spans := end > lineEnd
		switch {
		case fault != "":
			s.budget -= max(0, end-lineEnd)
		case spans && s.width > 0 && len(s.cells) != s.width:
			fault = faultQuote
			s.budget -= max(0, end-lineEnd)
		case s.broken && (s.loose || s.width > 0 && len(s.cells) != s.width):
			fault = faultAfter
		}
		s.broken = fault != ""
		if fault != "" {
			end = lineEnd
		}
		r := row{line: s.line, cells: s.cells, raw: strings.TrimRight(s.text[start:end], "\r\n"), fault: fault, loose: s.loose}
		s.line++
		if spans && fault == "" {
			s.line += strings.Count(s.text[lineEnd:end], "\n")
		}
		s.at = end
		return r, true
	}
	return row{}, false
}

// endOfLine is the place after the line that at stands in.
func endOfLine(text string, at int) int {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n + 1
	}
	return len(text)
}

// parse reads the cells of the row that begins at a place. end is after the row or, with a fault, where it was found.
func (s *scan) parse(at int) (end int, fault string) {
	s.cells, s.loose = s.cells[:0], false
	for {
		var cell string
		if q := s.quoteAt(at); q >= 0 {
			if cell, at, fault = s.quoted(q); fault != "" {
				return at, fault
			}
		} else {
			cell, at = s.plain(at)
		}
		if len(cell) > maxCell {
			return at, faultHuge
		}
		if len(s.cells) == maxColumns {
			return at, faultColumns
		}
		s.cells = append(s.cells, cell)
		if at >= len(s.text) {
			return at, ""
		}
		at++
		if s.text[at-1] == '\n' {
			return at, ""
		}
	}
}

// quoteAt is where the quote of a quoted cell stands, spaces before it allowed, or -1.
func (s *scan) quoteAt(at int) int {
	for at < len(s.text) && s.text[at] == ' ' {
		at++
	}
	if at < len(s.text) && s.text[at] == '"' {
		return at
	}
	return -1
}

// plain reads a cell without quotes up to its comma or line end.
func (s *scan) plain(at int) (cell string, end int) {
	end = at
	for end < len(s.text) && s.text[end] != s.comma && s.text[end] != '\n' {
		if s.text[end] == '"' {
			s.loose = true
		}
		end++
	}
	return strings.TrimSuffix(s.text[at:end], "\r"), end
}

// quoted reads a quoted cell; end is its comma, its line end or the end of the text.
func (s *scan) quoted(at int) (cell string, end int, fault string) {
	limit := min(len(s.text), at+maxCell+2)
	if s.budget <= 0 {
		limit = min(limit, endOfLine(s.text, at))
	}
	doubled := false
	for i := at + 1; ; {
		n := strings.IndexByte(s.text[i:limit], '"')
		if n < 0 {
			if limit == at+maxCell+2 {
				return "", limit, faultHuge
			}
			return "", limit, faultQuote
		}
		i += n + 1
		if i < len(s.text) && s.text[i] == '"' {
			doubled = true
			i++
			if i >= limit {
				return "", limit, faultQuote
			}
			continue
		}
		end, ok := s.closes(i)
		if !ok {
			return "", i, faultQuote
		}
		cell = s.text[at+1 : i-1]
		if doubled {
			cell = strings.ReplaceAll(cell, `""`, `"`)
		}
		return cell, end, ""
	}
}

// closes reports whether a cell may end at i, and where its comma or line end stands.
func (s *scan) closes(i int) (end int, ok bool) {
	for i < len(s.text) && (s.text[i] == ' ' || s.text[i] == '\r') {
		i++
	}
	return i, i >= len(s.text) || s.text[i] == s.comma || s.text[i] == '\n'
}

// sniff finds the delimiter under which the first rows agree best on how many cells they have.
func sniff(text string) byte {
	const look = 30
	best, bestScore := byte(','), 0
	for _, comma := range []byte{',', '\t', ';', '|'} {
		widths := map[int]int{}
		n := 0
		for r := range (delimited{text: text, comma: comma}).rows() {
			if len(r.cells) > 1 && r.fault == "" {
				widths[len(r.cells)]++
			}
			if n++; n == look {
				break
			}
		}
		for width, rows := range widths {
			if score := rows*1000 + min(width, 999); score > bestScore {
				best, bestScore = comma, score
			}
		}
	}
	return best
}
