package exchange

import (
	"iter"
	"path/filepath"
	"strconv"
	"strings"

	"pou/model"
)

// table is a file as rows under named columns.
type table struct {
	*source
	format  string
	header  int // the line of the column names; 0 when the file has none
	columns []string
	rows    iter.Seq[row] // the data rows; may be ranged over again
}

// openTable finds out what a file is and where its rows are.
func openTable(src *source, m *Mapping) (*table, error) {
	t := &table{source: src}
	ext := strings.ToLower(filepath.Ext(src.name))
	head := strings.TrimLeft(src.text, " \t\r\n")
	switch {
	case strings.HasPrefix(src.raw, "PK\x03\x04"):
		return t, t.openSheet(m)
	case strings.HasPrefix(src.raw, "\xd0\xcf\x11\xe0"):
		return nil, model.Refuse("file", src.name+" is an old or an encrypted Excel workbook", "Save it as .xlsx without a password, or as CSV")
	case strings.HasPrefix(head, "{"), strings.HasPrefix(head, "[") && ext != ".csv" && ext != ".tsv":
		t.openJSON()
		return t, nil
	}
	return t, t.openText(m, ext)
}

func (t *table) openText(m *Mapping, ext string) error {
	if binary(t.text) {
		return model.Refuse("file", t.name+" is not a table: it reads as a binary file", "Import CSV, TSV, XLSX, JSON or JSON lines")
	}
	comma := m.comma()
	if comma == 0 && ext == ".tsv" {
		comma = '\t'
	}
	if comma == 0 {
		comma = sniff(t.text)
	}
	t.format = map[byte]string{',': "CSV", ';': "CSV (semicolons)", '\t': "TSV", '|': "CSV (bars)"}[comma]
	d := delimited{text: t.text, comma: comma}
	t.findHeader(d.rows(), m)
	d.width = len(t.columns)
	t.rows = after(d.rows(), t.header)
	return nil
}

// binary reports whether text is no text: more than one control byte in twenty of its beginning.
func binary(text string) bool {
	head := text[:min(len(text), 4096)]
	bad := 0
	for i := range len(head) {
		if c := head[i]; c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\x1a' && c != '\x1b' {
			bad++
		}
	}
	return bad*20 > len(head)
}

// after leaves out the rows down to a line.
func after(rows iter.Seq[row], line int) iter.Seq[row] {
	if line == 0 {
		return rows
	}
	return func(yield func(row) bool) {
		for r := range rows {
			if r.line > line && !yield(r) {
				return
			}
		}
	}
}

// findHeader takes the row of column names: the one the mapping names or, among the first rows, the one in which most
// names are known. A table in which none is known has its names in the first row, unless that row holds data.
func (t *table) findHeader(rows iter.Seq[row], m *Mapping) {
	const look = 15
	best, most, widest := row{}, -1, 0
	n := 0
	for r := range rows {
		widest = max(widest, len(r.cells))
		known := m.known(r.cells)
		wanted := m.Header != nil && *m.Header == r.line
		if m.Header != nil && !wanted {
			known = -1
		}
		if r.fault == "" && known > most && !blank(r.cells) {
			best, most = r, known
			best.cells = append([]string(nil), r.cells...)
		}
		if n++; n >= look && (m.Header == nil || r.line >= *m.Header) {
			break
		}
	}
	if most < 0 || most == 0 && m.Header == nil && holdsData(best.cells) {
		t.columns = unnamed(max(widest, len(best.cells)))
		return
	}
	t.header, t.columns = best.line, names(best.cells)
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.Trim(c, " \r\t") != "" {
			return false
		}
	}
	return true
}

// holdsData reports whether any cell has a figure in it: names of columns nearly always have none, except at their end.
func holdsData(cells []string) bool {
	for _, c := range cells {
		if c = strings.TrimSpace(c); c != "" && strings.ContainsAny(c[:1], "0123456789+-\x1a") {
			return true
		}
	}
	return false
}

// names makes every column name clean, present and different from the others.
func names(cells []string) []string {
	var c cleaner
	out := make([]string, len(cells))
	taken := map[string]bool{}
	for i, cell := range cells {
		name := oneLine(c.cell(cell))
		if name == "" {
			name = "column " + strconv.Itoa(i+1)
		}
		for n, base := 2, name; taken[name]; n++ {
			name = base + " (" + strconv.Itoa(n) + ")"
		}
		taken[name] = true
		out[i] = name
	}
	return out
}

func unnamed(n int) []string { return names(make([]string, n)) }
