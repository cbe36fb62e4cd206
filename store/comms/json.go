package comms

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
)

const (
	mostElement = 16 << 20 // bytes of one element of a JSON file
	firstRows   = 200      // objects by which the columns of a JSON table are found
	mostDepth   = 64
)

// jsonArray reports whether text that begins with [ is JSON and not a table whose first cell does.
func (f *reading) jsonArray(head []byte) bool {
	rest := bytes.TrimLeft(head[1:], " \t\r\n")
	return len(rest) == 0 || rest[0] == '{' || rest[0] == ']'
}

// stream is JSON as it is read, which knows on which line it is and bounds what it holds.
type stream struct {
	*json.Decoder
	r      io.Reader
	n      int64   // bytes given to the decoder
	limit  int64   // of n, before the element ends
	breaks []int64 // where lines end that the decoder has been given and has not passed
	line   uint32  // at the place of the last break that was passed
}

var errElement = errors.New("an element is larger than 16 MiB")

func newStream(r io.Reader) *stream {
	s := &stream{r: r, limit: mostElement, line: 1}
	s.Decoder = json.NewDecoder(s)
	s.UseNumber()
	return s
}

func (s *stream) Read(p []byte) (int, error) {
	if s.n > s.limit {
		return 0, errElement
	}
	n, err := s.r.Read(p[:min(len(p), 64<<10)])
	for i := 0; ; {
		j := bytes.IndexByte(p[i:n], '\n')
		if j < 0 {
			break
		}
		i += j + 1
		s.breaks = append(s.breaks, s.n+int64(i))
	}
	s.n += int64(n)
	return n, err
}

// lineOf is the line of a place; places are asked about in order.
func (s *stream) lineOf(offset int64) uint32 {
	i := 0
	for i < len(s.breaks) && s.breaks[i] <= offset {
		i++
	}
	s.line += uint32(i) //nolint:gosec // lines of a file
	s.breaks = append(s.breaks[:0], s.breaks[i:]...)
	return s.line
}

// passed allows another element.
func (s *stream) passed() { s.limit = s.n + mostElement }

// elements gives the elements of the array whose [ was read, each with its line. Where the first two stand on one line the file is not
// written in lines, and each has its number in the array instead.
func (s *stream) elements(each func(raw json.RawMessage, line uint32) error) error {
	var first json.RawMessage
	var firstLine uint32
	byNumber, n := false, uint32(0)
	give := func(raw json.RawMessage, line uint32) error {
		if byNumber {
			line = n
		}
		return each(raw, line)
	}
	for s.More() {
		var raw json.RawMessage
		if err := s.Decode(&raw); err != nil {
			if first != nil {
				err = errors.Join(each(first, firstLine), err)
			}
			return err //nolint:wrapcheck // told as the place where the file breaks off
		}
		s.passed()
		n++
		line := s.lineOf(s.InputOffset() - int64(len(raw)))
		switch n {
		case 1:
			first, firstLine = raw, line
			continue
		case 2:
			if byNumber = line == firstLine; byNumber {
				firstLine = 1
			}
			if err := each(first, firstLine); err != nil {
				return err
			}
			first = nil
		}
		if err := give(raw, line); err != nil {
			return err
		}
	}
	if first != nil {
		if err := each(first, firstLine); err != nil {
			return err
		}
	}
	_, err := s.Token()
	return err //nolint:wrapcheck // as above
}

// skip steps over a value without holding it.
func (s *stream) skip() error {
	for depth := 0; ; {
		t, err := s.Token()
		if err != nil {
			return err //nolint:wrapcheck // as above
		}
		s.passed()
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

// json reads Google's location history, and tables of JSON objects.
func (f *reading) json(head []byte) error {
	if manyValues(head) {
		return f.jsonLines()
	}
	s := newStream(f.opened.text)
	first, err := s.Token()
	if err != nil {
		return f.notJSON(err)
	}
	j := &jsonReading{reading: f, stream: s}
	if first == json.Delim('[') {
		err = j.array()
	} else {
		err = j.object()
	}
	return j.done(err)
}

func (f *reading) notJSON(err error) error {
	return refuseFile(f.receipt.Name, "begins as JSON and is none ("+label([]byte(err.Error()), 80)+")", "Export it again")
}

// manyValues reports whether a file is one object after the other rather than a single one.
func manyValues(head []byte) bool {
	if head[0] != '{' {
		return false
	}
	line, rest, _ := bytes.Cut(head, []byte{'\n'})
	line = bytes.TrimSpace(line)
	if len(line) < 2 || line[len(line)-1] != '}' {
		return false
	}
	rest = bytes.TrimLeft(rest, " \t\r\n")
	if len(rest) > 0 {
		return rest[0] == '{'
	}
	return json.Valid(line) && !slices.ContainsFunc(googleKeys(), func(k string) bool { return bytes.Contains(line, []byte(`"`+k+`"`)) })
}

// jsonReading is a JSON file that is a single value.
type jsonReading struct {
	*reading
	*stream
	google *points
	table  *objects
}

// object reads the keys of the outermost object: those of Google's files, or the first array of objects as a table.
func (j *jsonReading) object() error {
	for j.More() {
		key, err := j.Token()
		if err != nil {
			return err //nolint:wrapcheck // told as the place where the file breaks off
		}
		name, _ := key.(string)
		read := j.googleReader(name)
		if read == nil && (j.google != nil || j.table != nil || name == "userLocationProfile") {
			if err := j.skip(); err != nil {
				return err
			}
			continue
		}
		open, err := j.Token()
		if err != nil {
			return err //nolint:wrapcheck // as above
		}
		switch open {
		case json.Delim('['):
		case json.Delim('{'):
			if err := j.rest(1); err != nil {
				return err
			}
			continue
		default:
			continue
		}
		if read == nil {
			j.table = newObjects(j.reading)
			read = j.table.add
		}
		if err := j.elements(read); err != nil {
			return err
		}
	}
	_, err := j.Token()
	return err //nolint:wrapcheck // as above
}

// rest steps to the end of a value that is open so many levels deep.
func (j *jsonReading) rest(depth int) error {
	for depth > 0 {
		t, err := j.Token()
		if err != nil {
			return err //nolint:wrapcheck // as above
		}
		j.passed()
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}

// array reads a file that is an array: the Timeline of an iPhone, or a table of objects.
func (j *jsonReading) array() error {
	var read func(json.RawMessage, uint32) error
	return j.elements(func(raw json.RawMessage, line uint32) error {
		if read == nil {
			var s struct {
				StartTime                     string
				Visit, Activity, TimelinePath json.RawMessage
			}
			if json.Unmarshal(raw, &s) == nil && s.StartTime != "" && (s.Visit != nil || s.Activity != nil || s.TimelinePath != nil) {
				read = j.googleReader("semanticSegments")
			} else {
				j.table = newObjects(j.reading)
				read = j.table.add
			}
		}
		return read(raw, line)
	})
}

// done gives over what was read; a file that breaks off loses only what follows.
func (j *jsonReading) done(err error) error {
	if j.google == nil && j.table == nil {
		return refuseFile(j.receipt.Name, "is JSON in which no places and no table were found",
			"Looked for Google's locations, timelineObjects and semanticSegments, and for an array of objects")
	}
	if ctxErr := j.opened.ctx.Err(); ctxErr != nil {
		return ctxErr
	}
	line := j.lineOf(j.n)
	if j.google != nil {
		if err != nil {
			j.google.wrong(line, "the file breaks off or is damaged here: nothing after it was read", err.Error())
		}
		j.google.flush()
		return nil
	}
	return j.table.done(line, err)
}

// jsonLines reads one object a line.
func (f *reading) jsonLines() error {
	b := &blocks{r: f.opened.text, free: make(chan []byte, 1), line: 1}
	t := newObjects(f)
	for {
		blk, ok, err := b.next()
		if err != nil {
			return err
		}
		if !ok {
			return t.done(b.line, nil)
		}
		line := blk.line
		for l := range bytes.Lines(blk.text) {
			if err := t.add(bytes.TrimSpace(l), line); err != nil {
				return err
			}
			line++
		}
	}
}

// objects is a table of JSON objects. The first of them say what the columns are.
type objects struct {
	f     *reading
	held  []object
	at    map[string]int
	names []string
	k     *maker
	cells [][]byte
}

// object is a JSON object as a row: names and values in their order.
type object struct {
	line   uint32
	fault  string
	raw    []byte
	names  []string
	values []string
}

func newObjects(f *reading) *objects { return &objects{f: f, at: map[string]int{}} }

// add takes an object.
func (t *objects) add(raw json.RawMessage, line uint32) error {
	o := object{line: line}
	if len(raw) > 0 {
		var err error
		if o.names, o.values, err = flatten(raw); err != nil {
			o.fault, o.raw = "not a JSON object: "+label([]byte(err.Error()), 60), bytes.Clone(raw[:min(len(raw), 80)])
		}
	}
	if t.k != nil {
		t.row(&o)
		return nil
	}
	t.held = append(t.held, o)
	if len(t.held) < firstRows {
		return nil
	}
	return t.begin()
}

// begin finds out what the columns are and reads the rows that were held.
func (t *objects) begin() error {
	s := &sampled{name: t.f.receipt.Name, header: 1}
	for i := range t.held {
		for _, n := range t.held[i].names {
			if _, ok := t.at[n]; !ok && len(t.names) < mostColumns {
				t.at[n] = len(t.names)
				t.names = append(t.names, n)
			}
		}
	}
	s.columns = t.names
	for i := range t.held {
		row := make([]string, len(t.names))
		for j, n := range t.held[i].names {
			if at, ok := t.at[n]; ok {
				row[at] = label([]byte(t.held[i].values[j]), 200)
			}
		}
		s.rows = append(s.rows, row)
	}
	p, err := t.f.understand(s)
	if err != nil {
		return err
	}
	p.columns, t.f.receipt.Header = nil, 0
	t.f.receipt.Layout = "JSON of " + string(p.as)
	t.k = newMaker(p, t.f.zone, 0)
	for i := range t.held {
		t.row(&t.held[i])
	}
	t.held = nil
	return nil
}

func (t *objects) row(o *object) {
	if o.fault != "" {
		t.k.read++
		t.k.refuse(newFault(o.line, o.fault, o.raw))
		return
	}
	t.cells = append(t.cells[:0], make([][]byte, len(t.names))...)
	for j, n := range o.names {
		if at, ok := t.at[n]; ok {
			t.cells[at] = []byte(o.values[j])
		}
	}
	t.k.row(o.line, t.cells)
	if len(t.k.rows) >= partRows {
		b := t.k.take()
		t.f.collect(&b)
	}
}

// done reads what is still held; err is why the file broke off.
func (t *objects) done(line uint32, err error) error {
	if t.k == nil {
		if err := t.begin(); err != nil {
			return err
		}
	}
	if err != nil {
		t.k.read++
		t.k.refuse(newFault(line, "the file breaks off or is damaged here: nothing after it was read", []byte(err.Error())))
	}
	b := t.k.take()
	t.f.collect(&b)
	return t.f.opened.ctx.Err()
}

// flatten makes a row of an object: the names of values inside others are joined by dots. Arrays are left out.
func flatten(raw []byte) (names, values []string, err error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	t, err := d.Token()
	if err != nil {
		return nil, nil, err //nolint:wrapcheck // shown as the reason of a row
	}
	if t != json.Delim('{') {
		return nil, nil, errors.New("it is no object")
	}
	err = flattenInto(d, "", 1, &names, &values)
	if err == nil && d.More() {
		err = errors.New("something follows the object")
	}
	return names, values, err
}

func flattenInto(d *json.Decoder, path string, depth int, names, values *[]string) error {
	if depth > mostDepth {
		return errors.New("objects stand more than 64 deep")
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err //nolint:wrapcheck // as above
		}
		name, _ := key.(string)
		name = path + label([]byte(name), 60)
		t, err := d.Token()
		if err != nil {
			return err //nolint:wrapcheck // as above
		}
		switch v := t.(type) {
		case json.Delim:
			if v == '{' {
				err = flattenInto(d, name+".", depth+1, names, values)
			} else {
				err = skipArray(d)
			}
			if err != nil {
				return err
			}
			continue
		case string:
			*values = append(*values, v)
		case json.Number:
			*values = append(*values, v.String())
		case bool:
			*values = append(*values, map[bool]string{true: "true", false: "false"}[v])
		default:
			*values = append(*values, "")
		}
		*names = append(*names, name)
	}
	_, err := d.Token()
	return err //nolint:wrapcheck // as above
}

func skipArray(d *json.Decoder) error {
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return err //nolint:wrapcheck // as above
		}
		if v, ok := t.(json.Delim); ok {
			if strings.ContainsRune("[{", rune(v)) {
				depth++
			} else {
				depth--
			}
		}
	}
	return nil
}
