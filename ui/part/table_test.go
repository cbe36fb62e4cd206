package part

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"charm.land/bubbles/v2/table"
	"github.com/charmbracelet/x/ansi"
)

type row struct {
	id, name, state, note string
	age                   int
	version               uint64
}

func rowColumns(drawn *int) []Column[row] {
	text := func(get func(row) string) func(row) Cell {
		return func(r row) Cell { return Cell{Text: get(r)} }
	}
	return []Column[row]{
		{Title: "Name", Width: 22, Min: 12, Flex: 2, Cell: func(r row) Cell {
			if drawn != nil {
				*drawn++
			}
			return Cell{Text: r.name, Style: StyleBold}
		}},
		{Title: "Marks", Width: 9, Priority: 1, Cell: func(row) Cell {
			return Cell{Parts: []Part{{"VI", StyleDanger}, {" 2y?", StyleDim}}}
		}},
		{Title: "State", Width: 14, Priority: 2, Cell: func(r row) Cell { return Cell{Text: r.state, Style: StyleWarn} }},
		{Title: "Note", Width: 10, Flex: 1, Priority: 5, Cell: text(func(r row) string { return r.note })},
		{Title: "Age", Width: 5, Align: AlignRight, Cell: func(r row) Cell { return Cell{Text: fmt.Sprintf("%dd", r.age), Style: StyleDim} }},
		{Title: "Ref", Width: 8, Priority: 4, Cell: text(func(r row) string { return r.id })},
		{Title: "Unit", Width: 4, Priority: 3, Cell: text(func(row) string { return "SW" })},
	}
}

func rowsOf(n int) []row {
	rows := make([]row, n)
	for i := range rows {
		rows[i] = row{id: fmt.Sprintf("P-%06d", i), name: fmt.Sprintf("SURNAME%d, Forename", i), state: "○ wanted", note: "no attempt for nine days", age: i % 400, version: 1}
	}
	return rows
}

func newRows(n, w, h int) *Table[row] {
	t := NewTable(rowColumns(nil), func(r row) string { return r.id })
	t.SetSize(w, h)
	t.SetRows(rowsOf(n))
	return t
}

func TestTableGolden(t *testing.T) {
	for _, w := range []int{30, 60, 80, 120} {
		th := NewTheme(true, false, false)
		tb := newRows(40, w, 10)
		tb.SetHeader(true)
		tb.Move(4)
		tb.Mark()
		golden(t, fmt.Sprintf("table-%d", w), tb.View(&th), w, 10)
	}
	th := NewTheme(true, true, true)
	tb := newRows(40, 80, 10)
	tb.Mark()
	golden(t, "table-80-ascii", tb.View(&th), 80, 10)
}

func TestAnEmptyTableSaysWhatWouldBeHere(t *testing.T) {
	th := NewTheme(true, false, false)
	tb := newRows(0, 40, 6)
	tb.SetEmpty("Nobody is wanted here.", "n adds a person")
	golden(t, "table-empty", tb.View(&th), 40, 6)
	if _, ok := tb.Selected(); ok {
		t.Error("an empty table has a selected row")
	}
	tb.HandleKey("space")
	tb.HandleKey("down")
	if cur, total := tb.Position(); cur != 0 || total != 0 {
		t.Errorf("position %d of %d", cur, total)
	}
}

func TestTheCursorFollowsItsRowIntoANewSnapshot(t *testing.T) {
	tb := newRows(100, 80, 10)
	tb.Move(50)
	rows := rowsOf(100)
	slices.Reverse(rows)
	tb.SetRows(rows)
	if got, _ := tb.Selected(); got.id != "P-000050" || tb.Cursor() != 49 {
		t.Errorf("cursor %d on %s", tb.Cursor(), got.id)
	}
}

func TestTheRowStaysOnItsLineOfTheScreen(t *testing.T) {
	tb := newRows(100, 80, 10)
	tb.Move(50)
	before, _ := tb.CursorLine()
	tb.SetRows(append(rowsOf(20), tb.Rows()...)[15:]) // rows arrive above
	if after, _ := tb.CursorLine(); after != before {
		t.Errorf("line %d, was %d", after, before)
	}
}

func TestWhenTheSelectedRowVanishesTheCursorStaysWhereItWas(t *testing.T) {
	tb := newRows(100, 80, 10)
	tb.Move(50)
	tb.SetRows(slices.Delete(rowsOf(100), 50, 51))
	if got, _ := tb.Selected(); tb.Cursor() != 50 || got.id != "P-000051" {
		t.Errorf("cursor %d on %s", tb.Cursor(), got.id)
	}
	tb.SetRows(rowsOf(3))
	if tb.Cursor() != 2 {
		t.Errorf("cursor %d, want the last row", tb.Cursor())
	}
}

func TestMarksBelongToRowsAndComeBackInRowOrder(t *testing.T) {
	tb := newRows(10, 80, 10)
	tb.Select("P-000005")
	tb.Mark()
	if got, _ := tb.Selected(); got.id != "P-000006" {
		t.Errorf("marking moves down, but the cursor is on %s", got.id)
	}
	tb.Select("P-000002")
	tb.Mark()
	if got := tb.Marked(); !slices.Equal(got, []string{"P-000002", "P-000005"}) {
		t.Errorf("marked %v", got)
	}
	tb.SetRows(rowsOf(4))
	if got := tb.Marked(); !slices.Equal(got, []string{"P-000002"}) {
		t.Errorf("a row out of sight is still acted on: %v", got)
	}
	tb.SetRows(rowsOf(10))
	if got := tb.Marked(); len(got) != 2 {
		t.Errorf("the mark did not come back with its row: %v", got)
	}
	tb.Select("P-000002")
	tb.Mark()
	if got := tb.Marked(); !slices.Equal(got, []string{"P-000005"}) {
		t.Errorf("marking twice takes the mark away: %v", got)
	}
	tb.MarkAll()
	if len(tb.Marked()) != 10 {
		t.Errorf("marked %d", len(tb.Marked()))
	}
	tb.ClearMarks()
	if len(tb.Marked()) != 0 {
		t.Error("marks left")
	}
}

func TestMovingOneRowDrawsTwoRows(t *testing.T) {
	drawn := 0
	th := NewTheme(true, false, false)
	tb := NewTable(rowColumns(&drawn), func(r row) string { return r.id })
	tb.SetSize(120, 50)
	tb.SetRows(rowsOf(1000))
	tb.View(&th)
	if drawn != 50 {
		t.Errorf("first drawing drew %d rows, want those in sight", drawn)
	}
	drawn = 0
	tb.View(&th)
	tb.Move(0)
	tb.View(&th)
	if drawn != 0 {
		t.Errorf("nothing changed, yet %d rows were drawn", drawn)
	}
	tb.Move(1)
	tb.View(&th)
	if drawn != 2 {
		t.Errorf("%d rows drawn, want 2", drawn)
	}
}

func TestAVersionKeepsDrawnRowsAcrossSnapshots(t *testing.T) {
	drawn := 0
	th := NewTheme(true, false, false)
	tb := NewTable(rowColumns(&drawn), func(r row) string { return r.id })
	tb.SetVersion(func(r row) uint64 { return r.version })
	tb.SetSize(120, 20)
	tb.SetRows(rowsOf(20))
	tb.View(&th)
	drawn = 0
	rows := rowsOf(20)
	rows[7].name, rows[7].version = "CHANGED", 2
	tb.SetRows(rows)
	if view := tb.View(&th); drawn != 1 || !strings.Contains(view, "CHANGED") {
		t.Errorf("%d rows drawn, want the changed one", drawn)
	}
}

func TestWithoutAVersionEveryChangeIsShown(t *testing.T) {
	th := NewTheme(true, false, false)
	tb := newRows(20, 120, 20)
	tb.View(&th)
	rows := rowsOf(20)
	rows[7].name = "CHANGED"
	tb.SetRows(rows)
	if !strings.Contains(tb.View(&th), "CHANGED") {
		t.Error("an old drawing was shown")
	}
}

func TestANewThemeDrawsEverythingAgain(t *testing.T) {
	dark, light := NewTheme(true, false, false), NewTheme(false, false, false)
	tb := newRows(20, 120, 20)
	if tb.View(&dark) == tb.View(&light) {
		t.Error("the light theme shows the dark drawing")
	}
}

func TestTheSelectedRowIsSeenOnEveryTerminal(t *testing.T) {
	everyTheme(t, func(t *testing.T, th *Theme) {
		tb := newRows(5, 80, 5)
		tb.Move(2)
		lines := strings.Split(tb.View(th), "\n")
		for i, line := range lines {
			bar := strings.HasPrefix(ansi.Strip(line), th.Pick("▌", ">"))
			styled := strings.Contains(line, th.Selected.On())
			if bar != (i == 2) || styled != (i == 2) {
				t.Errorf("line %d: bar %v, styled %v", i, bar, styled)
			}
		}
		// The background goes on after every styled cell, until the columns that name the row are past: one band, not islands.
		under := 0
		for _, piece := range strings.Split(lines[2], ansi.ResetStyle) {
			switch {
			case under >= gutter+band-gap && Width(piece) > 0 && strings.Contains(piece, th.Selected.On()):
				t.Errorf("the selection goes on after %d cells: %q", under, piece)
			case under < gutter+band-gap && piece != "" && !strings.HasPrefix(piece, th.Selected.On()):
				t.Errorf("a piece without the selection: %q", piece)
			}
			under += Width(piece)
		}
	})
}

func TestColumnsGoByPriority(t *testing.T) {
	shown := func(w int) (titles []string) {
		tb := newRows(1, w, 5)
		for _, s := range tb.layout {
			titles = append(titles, tb.cols[s.col].Title)
		}
		return titles
	}
	tests := map[int][]string{
		120: {"Name", "Marks", "State", "Note", "Age", "Ref", "Unit"},
		66:  {"Name", "Marks", "State", "Age", "Ref", "Unit"},
		40:  {"Name", "Marks", "Age"},
		10:  {"Name", "Age"},
	}
	for w, want := range tests {
		if got := shown(w); !slices.Equal(got, want) {
			t.Errorf("at %d cells: %v, want %v", w, got, want)
		}
	}
}

func TestTableIsAlwaysExact(t *testing.T) {
	r := random(2)
	everyTheme(t, func(t *testing.T, th *Theme) {
		for range 60 {
			rows := make([]row, r.IntN(30))
			for i := range rows {
				rows[i] = row{id: fmt.Sprint(i), name: noise(r, 20), state: noise(r, 9), note: noise(r, 20), age: r.IntN(1000)}
			}
			w, h := 1+r.IntN(130), 1+r.IntN(20)
			tb := NewTable(rowColumns(nil), func(r row) string { return r.id })
			tb.SetEmpty(noise(r, 20))
			tb.SetRows(rows)
			tb.SetHeader(r.IntN(2) == 0)
			tb.SetFocus(r.IntN(2) == 0)
			tb.SetSize(w, h)
			for range 4 {
				tb.Move(r.IntN(9) - 3)
				if r.IntN(2) == 0 {
					tb.Mark()
				}
				sized(t, tb.View(th), w, h)
			}
			if t.Failed() {
				t.FailNow()
			}
		}
	})
}

func TestTheWindowFollowsTheCursor(t *testing.T) {
	r := random(3)
	for range 300 {
		tb := newRows(r.IntN(60), 80, 1+r.IntN(15))
		for range 20 {
			switch r.IntN(6) {
			case 0:
				tb.SetRows(rowsOf(r.IntN(60)))
			case 1:
				tb.SetSize(80, 1+r.IntN(15))
			case 2:
				tb.Page(r.IntN(5) - 2)
			case 3:
				tb.End()
			case 4:
				tb.Home()
			default:
				tb.Move(r.IntN(20) - 10)
			}
			y, ok := tb.CursorLine()
			if len(tb.Rows()) == 0 {
				continue
			}
			if i, hit := tb.RowAt(y); !ok || !hit || i != tb.Cursor() {
				t.Fatalf("cursor %d of %d is on line %d (%v), which shows row %d", tb.Cursor(), len(tb.Rows()), y, ok, i)
			}
			if full := tb.top + tb.visible(); full > len(tb.Rows()) && tb.top > 0 {
				t.Fatalf("blank lines below while rows are hidden above")
			}
		}
	}
}

func BenchmarkTable(b *testing.B) {
	const n, w, h = 100_000, 160, 50
	th := NewTheme(true, false, false)
	b.Run("ours/move", func(b *testing.B) {
		tb := newRows(n, w, h)
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			tb.Move(1 - 2*(i/1000%2))
			tb.View(&th)
		}
	})
	b.Run("ours/page", func(b *testing.B) {
		tb := newRows(n, w, h)
		b.ReportAllocs()
		for b.Loop() {
			if tb.Cursor() == n-1 {
				tb.Home()
			}
			tb.Page(1)
			tb.View(&th)
		}
	})
	b.Run("ours/setrows", func(b *testing.B) {
		tb := newRows(n, w, h)
		rows := rowsOf(n)
		b.ReportAllocs()
		for b.Loop() {
			tb.SetRows(rows)
			tb.View(&th)
		}
	})
	b.Run("bubbles/move", func(b *testing.B) {
		ours := newRows(n, w, h)
		var cols []table.Column
		for _, s := range ours.layout {
			cols = append(cols, table.Column{Title: ours.cols[s.col].Title, Width: s.width})
		}
		rows := make([]table.Row, n)
		for i, r := range ours.Rows() {
			rows[i] = table.Row{r.name, "VI 2y?", r.state, r.note, fmt.Sprintf("%dd", r.age), r.id, "SW"}
		}
		theirs := table.New(table.WithColumns(cols), table.WithRows(rows), table.WithHeight(h), table.WithWidth(w), table.WithFocused(true))
		b.ReportAllocs()
		for b.Loop() {
			theirs.MoveDown(1)
			_ = theirs.View()
		}
	})
}

func TestMarkingAllIsSeenAtOnce(t *testing.T) {
	th := NewTheme(true, false, false)
	tb := newRows(8, 80, 8)
	for _, want := range []int{0, 8, 0} {
		if got := strings.Count(tb.View(&th), "●"); got != want {
			t.Errorf("%d marks seen, want %d", got, want)
		}
		if want == 0 {
			tb.MarkAll()
		} else {
			tb.ClearMarks()
		}
	}
}
