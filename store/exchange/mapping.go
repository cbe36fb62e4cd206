package exchange

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"pou/model"
)

// Kind is what the rows of a file are.
type Kind string

// The kinds of file. The zero value is whatever the mapping says, and else people.
const (
	People   Kind = "people"
	Orders   Kind = "orders"
	Breaches Kind = "breaches"
)

// Mapping says which column of a file is which field. It is guessed, shown in the receipt, and can be saved and given again as TOML.
type Mapping struct {
	Name       string   // of the mapping, for the receipt
	As         Kind     // what the rows are
	Source     string   // the system the file came from: with a row's number it names the row for good
	Layout     string   // "ofac" for files whose shape is fixed; the columns are then not used
	Header     *int     // the line of the column names; 0 for none; nil to look for it
	Delimiter  string   // one character; "" to look for it
	Sheet      string   // of a workbook; "" for the first that holds rows
	Separators string   // the characters between the values of a cell that takes many; "" for ";" and "|"
	Null       []string // what stands for nothing, besides what always does
	Columns    []Column
}

// Column is one column and what becomes of it.
type Column struct {
	Name    string `json:"column"`
	Field   string `json:"field"`
	Why     string `json:"why,omitempty"`     // how the field was found out
	Example string `json:"example,omitempty"` // a cell of the file
}

// ofacLayout is the built-in layout of the US sanctions list.
const ofacLayout = "ofac"

// BuiltIn finds a built-in mapping by name.
func BuiltIn(name string) (Mapping, bool) {
	if strings.EqualFold(name, ofacLayout) {
		return Mapping{Name: ofacLayout, As: People, Source: ofacLayout, Layout: ofacLayout}, true
	}
	return Mapping{}, false
}

// FindMapping finds a built-in mapping or reads a TOML file; open is nil to read from disk.
func FindMapping(name string, open func(string) (io.ReadCloser, error)) (Mapping, error) {
	if m, ok := BuiltIn(name); ok {
		return m, nil
	}
	if open == nil {
		open = fromDisk
	}
	f, err := open(name)
	if err != nil {
		return Mapping{}, fmt.Errorf("read the mapping %s: %w", name, err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxCell))
	if err != nil {
		return Mapping{}, fmt.Errorf("read the mapping %s: %w", name, err)
	}
	return ParseMapping(string(text))
}

// written is a mapping as TOML holds it.
type written struct {
	Name       string            `toml:"name"`
	As         string            `toml:"as"`
	Source     string            `toml:"source"`
	Layout     string            `toml:"layout"`
	Header     *int              `toml:"header"`
	Delimiter  string            `toml:"delimiter"`
	Sheet      string            `toml:"sheet"`
	Separators string            `toml:"separators"`
	Null       []string          `toml:"null"`
	Columns    map[string]string `toml:"columns"`
}

// ParseMapping reads a mapping from TOML and refuses what it does not understand.
func ParseMapping(text string) (Mapping, error) {
	var w written
	meta, err := toml.Decode(text, &w)
	if err != nil {
		return Mapping{}, model.Refuse("map", "the mapping is not TOML: "+tomlFault(err), "Save a guessed mapping first and change that")
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return Mapping{}, model.Refuse("map", "the mapping has no setting "+harmless(unknown[0].String(), 40),
			"Its settings are name, as, source, layout, header, delimiter, sheet, separators, null and [columns]")
	}
	m := Mapping{
		Name: w.Name, As: Kind(strings.ToLower(w.As)), Source: w.Source, Layout: w.Layout, Header: w.Header,
		Delimiter: w.Delimiter, Sheet: w.Sheet, Separators: w.Separators, Null: w.Null,
	}
	for _, key := range meta.Keys() { // in the order written, which the map has lost
		if len(key) == 2 && key[0] == "columns" {
			m.Columns = append(m.Columns, Column{Name: key[1], Field: w.Columns[key[1]], Why: "mapping"})
		}
	}
	return m, m.check()
}

// tomlFault says where the TOML is wrong, in one line.
func tomlFault(err error) string {
	var pe toml.ParseError
	if errors.As(err, &pe) {
		return fmt.Sprintf("line %d: %s", pe.Position.Line, harmless(pe.Message, 80))
	}
	return harmless(err.Error(), 80)
}

func (m *Mapping) check() error {
	switch {
	case m.As != "" && m.As != People && m.As != Orders && m.As != Breaches:
		return model.Refuse("as", "a file holds people, orders or breaches, not "+harmless(string(m.As), 40), "Correct \"as\" in the mapping")
	case m.Layout != "" && m.Layout != ofacLayout:
		return model.Refuse("layout", "there is no layout "+harmless(m.Layout, 40), "The only one is \"ofac\"; leave it empty for a file with columns")
	case m.Delimiter != "" && (len(m.Delimiter) != 1 || strings.ContainsAny(m.Delimiter, "\"\r\n ")):
		return model.Refuse("delimiter", "the delimiter is one character", `Write "," or ";" or "\t" or "|"`)
	case m.Header != nil && *m.Header < 0:
		return model.Refuse("header", "the header is a line of the file", "Write its number, or 0 for a file without column names")
	}
	for _, c := range m.Columns {
		if _, err := parseTarget(m.kind(), c.Field); err != nil {
			return model.Refuse("columns", fmt.Sprintf("column %s: %s", harmless(c.Name, 40), err), "The fields are: "+strings.Join(fieldNames(m.kind()), ", "))
		}
	}
	return nil
}

func (m *Mapping) kind() Kind {
	if m.As == "" {
		return People
	}
	return m.As
}

func (m *Mapping) comma() byte {
	if m.Delimiter == "" {
		return 0
	}
	return m.Delimiter[0]
}

func (m *Mapping) separators() string {
	if m.Separators == "" {
		return ";|"
	}
	return m.Separators
}

// known counts the cells of a row that name a column this mapping knows.
func (m *Mapping) known(cells []string) int {
	n := 0
	var c cleaner
	g := newGuesser(m.kind())
	for _, cell := range cells {
		name := oneLine(c.cell(cell))
		if len(m.Columns) > 0 {
			if m.find(name) >= 0 {
				n++
			}
		} else if _, ok := g.byName(name); ok {
			n++
		}
	}
	return n
}

// find is the place of a column in the mapping, by its exact name or by its letters, or -1.
func (m *Mapping) find(name string) int {
	if i := slices.IndexFunc(m.Columns, func(c Column) bool { return c.Name == name }); i >= 0 {
		return i
	}
	want := squash(name)
	return slices.IndexFunc(m.Columns, func(c Column) bool { return want != "" && squash(c.Name) == want })
}

// TOML writes the mapping to be saved, changed and given again.
func (m Mapping) TOML() string {
	var b strings.Builder
	set := func(key, value string) {
		if value != "" {
			b.WriteString(key + " = " + tomlString(value) + "\n")
		}
	}
	set("name", m.Name)
	set("as", string(m.As))
	set("source", m.Source)
	set("layout", m.Layout)
	if m.Header != nil {
		fmt.Fprintf(&b, "header = %d\n", *m.Header)
	}
	set("delimiter", m.Delimiter)
	set("sheet", m.Sheet)
	set("separators", m.Separators)
	if len(m.Null) > 0 {
		b.WriteString("null = [")
		for i, n := range m.Null {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(tomlString(n))
		}
		b.WriteString("]\n")
	}
	if len(m.Columns) > 0 {
		b.WriteString("\n# \"column of the file\" = \"field\"; the fields are\n# " + strings.Join(fieldNames(m.kind()), ", ") + "\n[columns]\n")
		for _, c := range m.Columns {
			b.WriteString(tomlString(c.Name) + " = " + tomlString(c.Field) + "\n")
		}
	}
	return b.String()
}

// tomlString quotes a value as TOML wants it.
func tomlString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, "\\u%04X", r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
