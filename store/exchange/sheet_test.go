package exchange_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"pou/model"
)

// workbook makes an XLSX file of rows, as a spreadsheet would hold them.
func workbook(t *testing.T, rows ...[]any) string {
	t.Helper()
	f := excelize.NewFile()
	if _, err := f.NewSheet("People"); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetRow("People", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAWorkbookIsRead(t *testing.T) {
	dob := time.Date(1984, 3, 12, 0, 0, 0, 0, time.UTC)
	text := workbook(t,
		[]any{"Custody list"}, []any{},
		[]any{"Surname", "Forename", "Date of birth", "Mobile", "Arrived", "Year only"},
		[]any{"SMITH", "John", dob, 7700900123, time.Date(2026, 11, 3, 14, 30, 0, 0, time.UTC), 1984},
		[]any{"JONES", nil, "03/12/1984", "07700900124"},
		[]any{nil, nil, "1984"},
	)
	s := newStore(t)
	r, err := importText(t, s, "custody.xlsx", text)
	if err != nil {
		t.Fatal(err)
	}
	all := people(t, s)
	if len(all) != 2 || r.Total.Rows != 3 || r.Rejected[0].Line != 6 || r.Rejected[0].Reason != "no name" || r.Files[0].Format != "XLSX" {
		t.Fatalf("%+v %+v", r.Total, r.Rejected)
	}
	p := all[0]
	if p.Born.Key() != "1984-03-12" || p.Phones[0].Number != "07700900123" || !strings.Contains(p.Note, "Arrived: 2026-11-03 14:30") || !strings.Contains(p.Note, "Year only: 1984") {
		t.Errorf("%+v", p)
	}
	if all[1].Born.Key() != "1984-12-03" {
		t.Errorf("a date typed as text is day first: %v", all[1].Born)
	}
	before := head(t, s)
	if again, err := importText(t, s, "custody.xlsx", text); err != nil || head(t, s) != before || again.Total.Unchanged != 2 {
		t.Errorf("again: %+v, %v", again.Total, err)
	}
}

func TestDaysCountedFrom1904AreThoseDays(t *testing.T) {
	f := excelize.NewFile()
	from := true
	if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from}); err != nil {
		t.Fatal(err)
	}
	style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for cell, v := range map[string]any{"A1": "Surname", "B1": "DOB", "C1": "Weight", "A2": "SMITH", "B2": 29291, "C2": 850} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	kilos := `0" kg"`
	weight, err := f.NewStyle(&excelize.Style{CustomNumFmt: &kilos})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.SetCellStyle("Sheet1", "B2", "B2", style), f.SetCellStyle("Sheet1", "C2", "C2", weight)); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	s := newStore(t)
	if _, err := importText(t, s, "mac.xlsx", b.String()); err != nil {
		t.Fatal(err)
	}
	if p := people(t, s)[0]; p.Born.Key() != "1984-03-12" || !strings.Contains(p.Note, "Weight: 850") {
		t.Errorf("%+v", p)
	}
}

func TestADamagedWorkbookDoesNoHarm(t *testing.T) {
	text := workbook(t, []any{"Surname"}, []any{"SMITH"}, []any{"JONES"})
	for cut := 10; cut < len(text); cut += len(text) / 40 {
		s := newStore(t)
		r, err := importText(t, s, "people.xlsx", text[:cut])
		if _, ok := model.AsProblem(err); err != nil && !ok {
			t.Errorf("cut at %d: %v", cut, err)
		}
		reconciles(t, r)
	}
}
