package comms

import "bytes"

const (
	mostCell    = 1 << 16 // bytes of a cell
	mostColumns = 1000

	faultQuote = "a quoted cell is broken: its quote is never closed, or a quote inside it is not doubled"
	faultHuge  = "a cell is longer than 64 KiB"
	faultMany  = "the row has more than 1,000 cells"
	faultLine  = "the line is longer than 1 MiB"
)

// splitter cuts lines into cells. A row that cannot be read costs that row only.
type splitter struct {
	comma byte
	cells [][]byte
	vain  int // bytes read after broken quotes, in this block
}

// mostVain is how much may be read in vain after broken quotes before quotes must close on their line: a hostile file must not be read
// once for each of its lines.
const mostVain = 4 << 20

// next cuts the row at the front of text. used is how many bytes it took, with its line end; lines how many line ends were in it.
func (s *splitter) next(text []byte) (used, lines int, fault string) {
	end := bytes.IndexByte(text, '\n')
	used = end + 1
	if end < 0 {
		end, used = len(text), len(text)
	}
	line := text[:end]
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	if bytes.IndexByte(line, '"') < 0 {
		return used, 1, s.plain(line)
	}
	if s.vain > mostVain {
		text = text[:used]
	}
	took, fault := s.quoted(text)
	if fault != "" {
		s.vain += max(0, took-used)
		return used, 1, fault
	}
	if took > used {
		used = took
	}
	return used, max(1, bytes.Count(text[:used], []byte{'\n'})), ""
}

// plain cuts a line without quotes.
func (s *splitter) plain(line []byte) string {
	s.cells = s.cells[:0]
	start := 0
	for i, c := range line {
		if c == s.comma {
			s.cells = append(s.cells, line[start:i:i])
			start = i + 1
		}
	}
	s.cells = append(s.cells, line[start:])
	if len(s.cells) > mostColumns {
		return faultMany
	}
	return ""
}

// quoted cuts a row in which cells are quoted, and may then hold commas and line ends.
func (s *splitter) quoted(text []byte) (used int, fault string) {
	s.cells = s.cells[:0]
	for at := 0; ; at++ {
		if len(s.cells) == mostColumns {
			return at, faultMany
		}
		cell, end, fault := s.cell(text, at)
		if fault != "" {
			return end, fault
		}
		s.cells = append(s.cells, cell)
		at = end
		if at >= len(text) || text[at] == '\n' {
			return min(at+1, len(text)), ""
		}
	}
}

// cell reads the cell that begins at a place; end is its comma, its line end or the end of the text.
func (s *splitter) cell(text []byte, at int) (cell []byte, end int, fault string) {
	open := at
	for open < len(text) && text[open] == ' ' {
		open++
	}
	if open >= len(text) || text[open] != '"' {
		end = at
		for end < len(text) && text[end] != s.comma && text[end] != '\n' {
			end++
		}
		return bytes.TrimSuffix(text[at:end:end], []byte{'\r'}), end, ""
	}
	limit := min(len(text), open+mostCell)
	doubled := false
	for i := open + 1; i < limit; i++ {
		if text[i] != '"' {
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			doubled = true
			i++
			continue
		}
		cell = text[open+1 : i : i]
		if doubled {
			cell = bytes.ReplaceAll(cell, []byte(`""`), []byte(`"`))
		}
		end = i + 1
		for end < len(text) && (text[end] == ' ' || text[end] == '\r') {
			end++
		}
		if end < len(text) && text[end] != s.comma && text[end] != '\n' {
			return nil, end, faultQuote
		}
		return cell, end, ""
	}
	if limit < len(text) {
		return nil, limit, faultHuge
	}
	return nil, limit, faultQuote
}

// sniff finds the delimiter under which the first rows agree best on how many cells they have.
func sniff(text []byte) byte {
	const look = 40
	best, bestScore := byte(','), 0
	for _, comma := range []byte{',', '\t', ';', '|'} {
		widths := map[int]int{}
		s := splitter{comma: comma}
		rest := text
		for range look {
			if len(rest) == 0 {
				break
			}
			used, _, fault := s.next(rest)
			if fault == "" && len(s.cells) > 1 {
				widths[len(s.cells)]++
			}
			rest = rest[used:]
		}
		for width, rows := range widths {
			if score := rows*1000 + min(width, 999); score > bestScore {
				best, bestScore = comma, score
			}
		}
	}
	return best
}

// noText reports whether text is no text: more than one control byte in twenty of its beginning.
func noText(text []byte) bool {
	head := text[:min(len(text), 4096)]
	bad := 0
	for _, c := range head {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\x1a' && c != '\x1b' {
			bad++
		}
	}
	return bad*20 > len(head)
}
