package cli

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/spf13/cobra"

	"pou/ui/part"
)

// The formats of output.
const (
	asTable    = "table"
	asText     = "text"
	asJSON     = "json"
	asCSV      = "csv"
	asMarkdown = "markdown"
)

// outputFlag adds --output; the first format is the default.
func outputFlag(cmd *cobra.Command, into *string, formats ...string) {
	cmd.Flags().StringVarP(into, "output", "o", formats[0], "the FORMAT: "+strings.Join(formats, ", "))
	_ = cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	prior := cmd.PreRunE
	cmd.PreRunE = func(cmd *cobra.Command, args []string) error {
		for _, f := range formats {
			if *into == f {
				if prior != nil {
					return prior(cmd, args)
				}
				return nil
			}
		}
		return usage(cmd, "--output is %s, not %q", strings.Join(formats, ", "), *into)
	}
}

const official = "OFFICIAL-SENSITIVE"

// marking is the line above and below whatever is shown.
func (d *desk) marking() string {
	if d.info.Sample {
		return official + "  SAMPLE DATA: nobody here is real"
	}
	return official
}

// paper runs fn on a buffered stdout, between markings when it is text that people read; machines get the answer alone,
// and a word on stderr when it is a sample's.
func (a *app) paper(d *desk, format string, fn func(w *bufio.Writer) error) error {
	w := bufio.NewWriter(a.env.Out)
	text := format == asTable || format == asText
	if text {
		_, _ = fmt.Fprintln(w, d.marking())
	} else if d.info.Sample {
		a.note("SAMPLE DATA: nobody here is real.")
	}
	if err := fn(w); err != nil {
		_ = w.Flush()
		return err
	}
	if text {
		_, _ = fmt.Fprintln(w, d.marking())
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("the answer could not be written: %w", err)
	}
	return nil
}

// writeJSON writes one value, indented.
func writeJSON(w io.Writer, v any) error {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(inUTC(v)); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	_, err := io.WriteString(w, seen(b.String()))
	return err
}

// seen writes out in JSON's own escapes what a terminal would obey or a reader not see: control characters beyond those
// JSON escapes itself, and those that turn or hide text. A program reads the same value.
func seen(s string) string {
	if !strings.ContainsFunc(s, unseen) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if !unseen(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			_, _ = fmt.Fprintf(&b, "\\u%04x", unit)
		}
	}
	return b.String()
}

func unseen(r rune) bool {
	return r >= 0x7f && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029')
}

// array writes a list as a JSON array with a line for each object, as they come: a long one is never in memory.
type array struct {
	w io.Writer
	n int
}

func (a *array) add(v any) error {
	lead := ",\n"
	if a.n == 0 {
		lead = "[\n"
	}
	a.n++
	line, err := oneLine(v)
	if err == nil {
		_, err = fmt.Fprint(a.w, lead, line)
	}
	return err
}

func (a *array) end() error {
	if a.n == 0 {
		_, err := fmt.Fprintln(a.w, "[]")
		return err
	}
	_, err := fmt.Fprintln(a.w, "\n]")
	return err
}

func writeArray[T any](w io.Writer, list []T) error {
	out := array{w: w}
	for i := range list {
		if err := out.add(&list[i]); err != nil {
			return err
		}
	}
	return out.end()
}

// oneLine is a value as JSON on one line.
func oneLine(v any) (string, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(inUTC(v)); err != nil {
		return "", fmt.Errorf("write JSON: %w", err)
	}
	return seen(strings.TrimSuffix(b.String(), "\n")), nil
}

// inUTC puts every time behind a pointer or in a slice into UTC, so that an answer does not depend on where it is asked.
func inUTC(v any) any {
	toUTC(reflect.ValueOf(v))
	return v
}

func toUTC(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			toUTC(v.Elem())
		}
	case reflect.Slice:
		if k := v.Type().Elem().Kind(); k != reflect.Struct && k != reflect.Pointer && k != reflect.Interface {
			return
		}
		for i := range v.Len() {
			toUTC(v.Index(i))
		}
	case reflect.Struct:
		if t, ok := v.Interface().(time.Time); ok {
			if v.CanSet() {
				v.Set(reflect.ValueOf(t.UTC()))
			}
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				toUTC(v.Field(i))
			}
		}
	}
}

// csvRow writes a row that a spreadsheet will not take for formulas.
func csvRow(out *csv.Writer, row []string) error {
	for i, cell := range row {
		row[i] = cellText(cell)
	}
	return out.Write(row)
}

// cellText strips control bytes and disarms what a spreadsheet would run.
func cellText(s string) string {
	s = part.Safe(s)
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		return "'" + s
	}
	return s
}

// column is a column of a table. A fixed one is never narrowed: half a reference is none. least is how narrow another may
// become; 0 is minColumn.
type column struct {
	head  string
	right bool
	fixed bool
	least int
}

// sheet is a table being laid out: cells are made harmless as they come in.
type sheet struct {
	cols []column
	rows [][]string
}

func (t *sheet) add(cells ...string) {
	for i, c := range cells {
		cells[i] = part.Safe(c)
	}
	t.rows = append(t.rows, cells)
}

// The narrowest a column is made before the last one gives way.
const (
	minColumn = 10
	minName   = 20
)

// write lays the table out; width bounds it, 0 does not. A column nothing stands in is left out.
func (t *sheet) write(w io.Writer, width int) {
	widths := t.widths()
	for fits := width <= 0; !fits; {
		fits = t.squeeze(widths, width) || !dropLast(widths)
	}
	heads := make([]string, len(t.cols))
	for i, c := range t.cols {
		heads[i] = c.head
	}
	t.line(w, widths, heads)
	for _, row := range t.rows {
		t.line(w, widths, row)
	}
}

// rowsOnly lays the table out without its heads.
func (t *sheet) rowsOnly(w io.Writer) {
	widths := t.widths()
	for _, row := range t.rows {
		t.line(w, widths, row)
	}
}

func (t *sheet) widths() []int {
	widths := make([]int, len(t.cols))
	for _, row := range t.rows {
		for i, cell := range row {
			widths[i] = max(widths[i], part.Width(cell))
		}
	}
	for i, c := range t.cols {
		if widths[i] > 0 || len(t.rows) == 0 {
			widths[i] = max(widths[i], part.Width(c.head))
		}
	}
	return widths
}

const gap = "  "

func total(widths []int) int {
	sum := -len(gap)
	for _, n := range widths {
		if n > 0 {
			sum += n + len(gap)
		}
	}
	return sum
}

// squeeze narrows the widest columns until the table fits, or says that it cannot.
func (t *sheet) squeeze(widths []int, width int) bool {
	for over := total(widths) - width; over > 0; over-- {
		widest := -1
		for i, n := range widths {
			if !t.cols[i].fixed && n > max(minColumn, t.cols[i].least) && (widest < 0 || n > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return false
		}
		widths[widest]--
	}
	return true
}

// dropLast takes the last column out; false when only one is left.
func dropLast(widths []int) bool {
	for i := len(widths) - 1; i > 0; i-- {
		if widths[i] > 0 {
			widths[i] = 0
			return true
		}
	}
	return false
}

func (t *sheet) line(w io.Writer, widths []int, cells []string) {
	var b strings.Builder
	for i, cell := range cells {
		if widths[i] == 0 {
			continue
		}
		align := part.AlignLeft
		if t.cols[i].right {
			align = part.AlignRight
		}
		b.WriteString(part.Fit(cell, widths[i], align))
		b.WriteString(gap)
	}
	_, _ = fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
}

// tableWidth is how wide a table may be: the terminal, or anything when nobody looks at it there.
func (a *app) tableWidth() int {
	if !a.env.OutTerminal || a.plain {
		return 0
	}
	return a.env.Width
}
