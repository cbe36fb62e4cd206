package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"strings"
)

// maxDepth is how deep nested objects are taken apart; what is deeper is kept as it is written.
const maxDepth = 6

// object is one element of a JSON file: its flattened values, or why it is none.
type object struct {
	line  int
	raw   string
	fault string
}

// openJSON reads an array of objects, JSON lines, or one object with an array of objects somewhere inside. Nested objects become
// columns with dotted names, and arrays become lists.
func (t *table) openJSON() {
	t.format = "JSON"
	objects := t.elements()
	index := map[string]int{}
	for o := range objects { // the columns are only known when all has been seen
		if o.fault != "" {
			continue
		}
		flat, ok := flatten(o.raw)
		if !ok || len(index) >= maxColumns {
			continue
		}
		for _, name := range flat.names {
			if _, seen := index[name]; !seen && len(index) < maxColumns {
				index[name] = len(t.columns)
				t.columns = append(t.columns, name)
			}
		}
	}
	plain := t.columns
	t.columns = names(plain)
	t.rows = func(yield func(row) bool) {
		for o := range objects {
			if !yield(o.row(index, len(plain))) {
				return
			}
		}
	}
}

func (o object) row(index map[string]int, width int) row {
	r := row{line: o.line, raw: o.raw, fault: o.fault}
	if o.fault != "" {
		return r
	}
	flat, ok := flatten(o.raw)
	if !ok {
		r.fault = "the entry is not an object with named values"
		return r
	}
	r.cells = make([]string, width)
	for i, name := range flat.names {
		at, known := index[name]
		if !known {
			r.fault = faultColumns
			return r
		}
		r.cells[at] = flat.values[i]
	}
	return r
}

// elements finds the objects of the file.
func (t *table) elements() iter.Seq[object] {
	text := t.text
	head := strings.TrimLeft(text, " \t\r\n")
	if !strings.HasPrefix(head, "{") {
		return jsonArray(text, len(text)-len(head), false)
	}
	dec := json.NewDecoder(strings.NewReader(head))
	var first json.RawMessage
	if err := dec.Decode(&first); err != nil || strings.TrimSpace(head[dec.InputOffset():]) != "" {
		t.format = "JSON lines"
		return jsonLines(text)
	}
	if at, ok := arrayInside(string(first)); ok {
		t.notes = append(t.notes, "the file is one object: the longest list of objects in it was read, and the values beside that list were not")
		return jsonArray(text, len(text)-len(head)+at, true)
	}
	return func(yield func(object) bool) { yield(object{line: 1, raw: string(first)}) }
}

// arrayInside finds the array of objects inside one object that has the most to say, no deeper than two levels.
func arrayInside(first string) (at int, ok bool) {
	dec := json.NewDecoder(strings.NewReader(first))
	longest, depth := 0, 0
	for {
		token, err := dec.Token()
		if err != nil {
			return at, ok
		}
		switch token {
		case json.Delim('{'):
			depth++
		case json.Delim('}'):
			depth--
		case json.Delim('['):
			start := int(dec.InputOffset()) - 1
			objects, end := skipArray(dec)
			if objects && depth <= 2 && end-start > longest {
				at, longest, ok = start, end-start, true
			}
		}
	}
}

// skipArray reads to the end of an array and reports whether its first element is an object.
func skipArray(dec *json.Decoder) (objects bool, end int) {
	for n := 0; dec.More(); n++ {
		var element json.RawMessage
		if err := dec.Decode(&element); err != nil {
			return false, 0
		}
		if n == 0 {
			objects = bytes.HasPrefix(element, []byte("{"))
		}
	}
	_, err := dec.Token()
	return objects && err == nil, int(dec.InputOffset())
}

// jsonArray reads the elements of the array that begins at a place in the text, which may stand inside an object.
func jsonArray(text string, at int, inside bool) iter.Seq[object] {
	return func(yield func(object) bool) {
		dec := json.NewDecoder(strings.NewReader(text[at:]))
		if _, err := dec.Token(); err != nil {
			yield(object{line: 1, fault: brokenJSON(err)})
			return
		}
		line, counted := 1, 0
		lineAt := func(offset int) int {
			line += strings.Count(text[counted:offset], "\n")
			counted = offset
			return line
		}
		for dec.More() {
			before := at + int(dec.InputOffset())
			start := before + leading(text[before:])
			var element json.RawMessage
			if err := dec.Decode(&element); err != nil {
				yield(object{line: lineAt(start), raw: text[start:], fault: brokenJSON(err)})
				return
			}
			if !yield(object{line: lineAt(start), raw: string(element)}) {
				return
			}
		}
		if _, err := dec.Token(); err != nil {
			yield(object{line: lineAt(len(text)), fault: brokenJSON(err)})
			return
		}
		if rest := at + int(dec.InputOffset()); !inside && strings.TrimSpace(text[rest:]) != "" {
			yield(object{line: lineAt(rest), raw: text[rest:], fault: "there is more after the end of the list, which could not be read"})
		}
	}
}

// leading is how many bytes of space and commas stand before the next element.
func leading(s string) int { return len(s) - len(strings.TrimLeft(s, " \t\r\n,")) }

func brokenJSON(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "the JSON breaks off here; nothing after it could be read"
	}
	return "the JSON is broken here and nothing after it could be read"
}

// jsonLines reads one object a line. A line that is broken costs that line only; an object written over several lines is read
// whole if it can be.
func jsonLines(text string) iter.Seq[object] {
	return func(yield func(object) bool) {
		line := 1
		for at := 0; at < len(text); {
			end := endOfLine(text, at)
			body := strings.TrimSpace(text[at:end])
			if body == "" {
				at, line = end, line+1
				continue
			}
			o := object{line: line, raw: body}
			if !json.Valid([]byte(body)) {
				if whole, n := wholeObject(text[at:]); n > 0 {
					o.raw = whole
					end = endOfLine(text, at+n)
				} else {
					o.fault = "the line is not JSON"
				}
			}
			if !yield(o) {
				return
			}
			line += strings.Count(text[at:end], "\n")
			at = end
		}
	}
}

// wholeObject reads an object written over several lines, if nothing else follows it on its last line.
func wholeObject(text string) (string, int) {
	const most = 1 << 16
	part := text[:min(len(text), most)]
	dec := json.NewDecoder(strings.NewReader(part))
	var element json.RawMessage
	if dec.Decode(&element) != nil {
		return "", 0
	}
	n := int(dec.InputOffset())
	if strings.TrimSpace(text[n:endOfLine(text, n)]) != "" {
		return "", 0
	}
	return string(element), n
}

// flat is an object taken apart: dotted names with their values, in the order written. A list is one value with marks between.
type flat struct {
	names  []string
	values []string
	index  map[string]int
}

// flatten takes an object apart.
func flatten(raw string) (*flat, bool) {
	if !strings.HasPrefix(raw, "{") {
		return nil, false
	}
	f := &flat{index: map[string]int{}}
	f.object("", []byte(raw), 0, -1)
	return f, len(f.names) <= maxColumns
}

// object takes the values of an object. In a list of objects, nth is which one it is, so that the values of one stay
// beside each other across the columns.
func (f *flat) object(prefix string, raw []byte, depth, nth int) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	if _, err := dec.Token(); err != nil {
		return
	}
	for dec.More() {
		key, err := dec.Token()
		name, ok := key.(string)
		var value json.RawMessage
		if err != nil || !ok || dec.Decode(&value) != nil {
			return
		}
		f.value(prefix+name, value, depth+1, nth)
	}
}

func (f *flat) value(name string, raw json.RawMessage, depth, nth int) {
	var c cleaner
	switch {
	case depth > maxDepth:
		f.put(name, c.cell(string(raw)), nth)
	case raw[0] == '{':
		f.object(name+".", raw, depth, nth)
	case raw[0] == '[':
		f.array(name, raw, depth, nth)
	case raw[0] == '"':
		var s string
		if json.Unmarshal(raw, &s) == nil {
			f.put(name, c.cell(s), nth)
		}
	case string(raw) != "null":
		f.put(name, string(raw), nth)
	}
}

func (f *flat) array(name string, raw json.RawMessage, depth, nth int) {
	var elements []json.RawMessage
	if json.Unmarshal(raw, &elements) != nil {
		return
	}
	if nth >= 0 || len(elements) > maxColumns { // a list within a list has no columns to stand in
		var c cleaner
		f.put(name, c.cell(string(raw)), nth)
		return
	}
	for i, e := range elements {
		if e[0] == '{' {
			f.object(name+".", e, depth, i)
		} else {
			f.value(name, e, depth+1, i)
		}
	}
}

// put sets a value, or adds it to the list as its nth.
func (f *flat) put(name, value string, nth int) {
	at, seen := f.index[name]
	if !seen {
		at = len(f.names)
		f.index[name] = at
		f.names, f.values = append(f.names, name), append(f.values, "")
		for range max(nth, 0) {
			f.values[at] += string(listMark)
		}
		f.values[at] += value
		return
	}
	have := strings.Count(f.values[at], string(listMark))
	for range max(1, nth-have) {
		f.values[at] += string(listMark)
	}
	f.values[at] += value
}
