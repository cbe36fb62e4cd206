package part

// Part is a piece of a cell with its own style, for cells such as "VI 2y?" where only the marker is red.
type Part struct {
	Text  string
	Style StyleID
}

// Cell is what one column shows of one row. Parts, when given, take the place of Text and Style.
type Cell struct {
	Text  string
	Style StyleID
	Parts []Part
}

// Column describes one column of a table over rows of type R.
type Column[R any] struct {
	Title    string
	Width    int // wanted width in cells
	Min      int // how far it may shrink before columns are dropped; 0 means Width
	Flex     int // share of the width left over; 0 for a fixed column
	Align    Align
	Priority int // 0 is always kept; when the table is too narrow the highest goes first
	Cell     func(R) Cell
}

// Table shows a window on any number of rows: only the rows in sight are formatted, and each only once until it changes.
// Cursor and marks belong to a row's reference, not to its position, so they survive a new snapshot of the rows.
type Table[R any] struct {
	cols    []Column[R]
	ref     func(R) string
	version func(R) uint64
	empty   []string
	header  bool
	blurred bool

	rows        []R
	cursor, top int
	selected    string // reference of the row under the cursor
	w, h        int
	layout      []slot

	marks      map[string]bool
	marked     []string // marks among rows, in row order; nil when it must be counted again
	markedOnce bool

	cache map[string]line
	look  look
	view  string
	dirty bool
}

// NewTable builds an empty table. ref gives the reference a row is known by; it must be unique among the rows.
func NewTable[R any](cols []Column[R], ref func(R) string) *Table[R] {
	return &Table[R]{cols: cols, ref: ref, marks: map[string]bool{}, cache: map[string]line{}, dirty: true}
}

// SetVersion gives the table a way to tell that a row has not changed, so that its drawn line outlives SetRows.
// Cells that depend on more than the row (the age of something) need Refresh when that changes.
func (t *Table[R]) SetVersion(version func(R) uint64) { t.version = version }

// SetEmpty sets what is shown when there are no rows: what would be here, and the key that makes one.
func (t *Table[R]) SetEmpty(lines ...string) { t.empty, t.dirty = lines, true }

// SetHeader shows or hides the line with the column titles.
func (t *Table[R]) SetHeader(on bool) {
	t.header, t.dirty = on, true
	t.scroll()
}

// SetFocus says whether keys go to this table; without focus the cursor row keeps its bar but loses its background.
func (t *Table[R]) SetFocus(on bool) {
	if t.blurred == on {
		t.blurred = !on
		t.Refresh()
	}
}

// SetSize sets the size in cells, header included, and lays the columns out.
func (t *Table[R]) SetSize(w, h int) {
	w, h = max(w, 0), max(h, 0)
	if w == t.w && h == t.h {
		return
	}
	if w != t.w || t.layout == nil {
		t.layout = layOut(t.cols, w-gutter-scrollbar)
		clear(t.cache)
	}
	t.w, t.h, t.dirty = w, h, true
	t.scroll()
}

// SetRows takes a new snapshot, which the caller must not change afterwards. The cursor follows its row by reference; when
// that row is gone the cursor stays where it was. Marks of rows not in the snapshot are kept but not reported.
func (t *Table[R]) SetRows(rows []R) {
	offset := t.cursor - t.top
	t.rows, t.dirty, t.markedOnce = rows, true, false
	if t.version == nil {
		clear(t.cache)
	}
	if i, ok := t.find(t.selected); ok && t.selected != "" {
		t.cursor, t.top = i, i-offset
	}
	t.Move(0)
}

// Refresh forgets every drawn line, for when something outside the rows changed what the cells show.
func (t *Table[R]) Refresh() {
	clear(t.cache)
	t.dirty = true
}

// Rows returns the current snapshot.
func (t *Table[R]) Rows() []R { return t.rows }

// Cursor returns the index of the selected row, 0 when there is none.
func (t *Table[R]) Cursor() int { return t.cursor }

// Position returns which row is selected, counted from one, of how many: "38 of 412". It is 0, 0 for an empty table.
func (t *Table[R]) Position() (cur, total int) {
	if len(t.rows) == 0 {
		return 0, 0
	}
	return t.cursor + 1, len(t.rows)
}

// Selected returns the row under the cursor.
func (t *Table[R]) Selected() (R, bool) {
	if len(t.rows) == 0 {
		var none R
		return none, false
	}
	return t.rows[t.cursor], true
}

// Select moves the cursor to the row with this reference and reports whether there is one.
func (t *Table[R]) Select(ref string) bool {
	i, ok := t.find(ref)
	if ok {
		t.Move(i - t.cursor)
	}
	return ok
}

// Move moves the cursor by n rows, stopping at the ends.
func (t *Table[R]) Move(n int) {
	was, top := t.cursor, t.top
	t.cursor = max(min(t.cursor+n, len(t.rows)-1), 0)
	if len(t.rows) > 0 {
		t.selected = t.ref(t.rows[t.cursor])
	}
	t.scroll()
	t.dirty = t.dirty || was != t.cursor || top != t.top
}

// Page moves the cursor by n screens of rows.
func (t *Table[R]) Page(n int) { t.Move(n * max(t.visible()-1, 1)) }

// Home moves to the first row.
func (t *Table[R]) Home() { t.Move(-len(t.rows)) }

// End moves to the last row.
func (t *Table[R]) End() { t.Move(len(t.rows)) }

// HandleKey does what a table does with its own keys, and reports whether the key was one of them.
func (t *Table[R]) HandleKey(key string) bool {
	switch key {
	case "up", "k":
		t.Move(-1)
	case "down", "j":
		t.Move(1)
	case "pgup", "ctrl+b":
		t.Page(-1)
	case "pgdown", "ctrl+f":
		t.Page(1)
	case "home", "g":
		t.Home()
	case "end", "G", "shift+g":
		t.End()
	case "space":
		t.Mark()
	default:
		return false
	}
	return true
}

// Mark marks the selected row, or takes its mark away, and moves down to the next.
func (t *Table[R]) Mark() {
	if len(t.rows) == 0 {
		return
	}
	if t.marks[t.selected] {
		delete(t.marks, t.selected)
	} else {
		t.marks[t.selected] = true
	}
	t.markedOnce, t.dirty = false, true
	t.Move(1)
}

// Marked returns the references of the marked rows of this snapshot, in row order. A mark on a row that has vanished or is
// filtered away is not reported: nobody acts on what they cannot see.
func (t *Table[R]) Marked() []string {
	if !t.markedOnce {
		t.marked, t.markedOnce = t.countMarks(), true
	}
	return t.marked
}

func (t *Table[R]) countMarks() []string {
	if len(t.marks) == 0 {
		return nil
	}
	var refs []string
	for _, r := range t.rows {
		if ref := t.ref(r); t.marks[ref] {
			refs = append(refs, ref)
		}
	}
	return refs
}

// SetMarked replaces all marks, which is how an undo brings a selection back.
func (t *Table[R]) SetMarked(refs []string) {
	clear(t.marks)
	for _, ref := range refs {
		t.marks[ref] = true
	}
	t.markedOnce, t.dirty = false, true
}

// ClearMarks takes all marks away, also of rows not in sight.
func (t *Table[R]) ClearMarks() { t.SetMarked(nil) }

// MarkAll marks every row of the snapshot.
func (t *Table[R]) MarkAll() {
	for _, r := range t.rows {
		t.marks[t.ref(r)] = true
	}
	t.markedOnce, t.dirty = false, true
}

// CursorLine returns the line of the view the selected row is drawn on, for the terminal's own cursor: screen readers read
// the line it stands on.
func (t *Table[R]) CursorLine() (y int, ok bool) {
	y = t.cursor - t.top + t.headerLines()
	return y, len(t.rows) > 0 && y < t.h
}

// RowAt returns the index of the row drawn on line y of the view, for the mouse.
func (t *Table[R]) RowAt(y int) (int, bool) {
	i := t.top + y - t.headerLines()
	return i, y >= t.headerLines() && y < t.h && i < len(t.rows)
}

// find looks where the cursor is first: a new snapshot mostly leaves the selected row where it was.
func (t *Table[R]) find(ref string) (int, bool) {
	if t.cursor < len(t.rows) && t.ref(t.rows[t.cursor]) == ref {
		return t.cursor, true
	}
	for i, r := range t.rows {
		if t.ref(r) == ref {
			return i, true
		}
	}
	return 0, false
}

func (t *Table[R]) headerLines() int {
	if t.header && t.h > 1 {
		return 1
	}
	return 0
}

func (t *Table[R]) visible() int { return max(t.h-t.headerLines(), 0) }

// scroll brings the cursor into the window and the window into the rows.
func (t *Table[R]) scroll() {
	v := t.visible()
	t.top = max(min(t.top, t.cursor), t.cursor-v+1)
	t.top = max(min(t.top, len(t.rows)-v), 0)
}
