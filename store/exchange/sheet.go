package exchange

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"pou/model"
)

// openSheet reads a workbook's sheet: the one the mapping names or the first that holds rows.
func (t *table) openSheet(m *Mapping) error {
	book, err := openBook(t.raw, maxFile)
	if err != nil {
		return model.Refuse("file", t.name+" cannot be read as a workbook ("+harmless(err.Error(), 80)+")", "Open it in a spreadsheet and save it again")
	}
	sheet := ""
	for _, name := range book.GetSheetList() {
		if m.Sheet == name || m.Sheet == "" && !empty(sheetRows(book, name)) {
			sheet = name
			break
		}
	}
	if sheet == "" {
		return model.Refuse("file", t.name+" has no sheet to read", "Its sheets are: "+strings.Join(book.GetSheetList(), ", "))
	}
	t.format, t.encoding = "XLSX", "sheet "+sheet
	rows := sheetRows(book, sheet)
	t.findHeader(rows, m)
	t.rows = after(rows, t.header)
	return nil
}

// openBook keeps the whole workbook in memory: the library would otherwise put large sheets, in clear, into temporary files. A
// workbook that makes the library panic is a damaged file, not the end of the program.
func openBook(raw string, most int64) (book *excelize.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("damaged: %v", r)
		}
	}()
	return excelize.OpenReader(strings.NewReader(raw), excelize.Options{
		UnzipSizeLimit: most, UnzipXMLSizeLimit: most,
		ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd",
	})
}

func empty(rows iter.Seq[row]) bool {
	for r := range rows {
		if !blank(r.cells) {
			return false
		}
	}
	return true
}

// sheetRows reads the rows of a sheet that are not blank.
func sheetRows(book *excelize.File, sheet string) iter.Seq[row] {
	return func(yield func(row) bool) {
		s := sheetReading{from1904: counts1904(book)}
		var err1, err2 error
		s.stored, err1 = book.Rows(sheet)
		s.shown, err2 = book.Rows(sheet)
		if err1 != nil || err2 != nil {
			yield(row{line: 1, fault: "the sheet cannot be read"})
			return
		}
		for r, ok := s.next(); ok; r, ok = s.next() {
			if r.fault == "" && blank(r.cells) {
				continue
			}
			if !yield(r) {
				return
			}
		}
	}
}

// sheetReading reads a sheet twice over in step, once as stored and once as shown: a number that is shown as a date is a date,
// and every other number is read as it is stored, so that a phone number does not arrive as 7.7E+09.
type sheetReading struct {
	stored, shown *excelize.Rows
	line          int
	from1904      bool // it counts days from 1904
	ended         bool
}

func (s *sheetReading) next() (r row, ok bool) {
	if s.ended {
		return row{}, false
	}
	s.line++
	defer func() {
		if p := recover(); p != nil { // the library panics on some damaged sheets
			s.ended = true
			r, ok = row{line: s.line, fault: "the sheet is damaged from here on"}, true
		}
	}()
	if !s.stored.Next() || !s.shown.Next() {
		s.ended = true
		if err := s.stored.Error(); err != nil {
			return row{line: s.line, fault: "the sheet breaks off: " + harmless(err.Error(), 80)}, true
		}
		return row{}, false
	}
	cells, err := s.stored.Columns(excelize.Options{RawCellValue: true})
	if err != nil {
		return row{line: s.line, fault: "the row of the sheet cannot be read"}, true
	}
	seen, err := s.shown.Columns()
	if err != nil {
		return row{line: s.line, fault: "the row of the sheet cannot be read"}, true
	}
	if len(cells) > maxColumns {
		return row{line: s.line, fault: faultColumns}, true
	}
	datesOf(cells, seen, s.from1904)
	return row{line: s.line, cells: cells}, true
}

// firstSerial is the smallest number taken for a date: smaller ones are sums, fractions and durations.
const firstSerial, lastSerial = 366, 110_000

// datesOf writes the numbers that the sheet shows as dates as 1984-12-03.
func datesOf(cells, seen []string, from1904 bool) {
	for i, c := range cells {
		if i >= len(seen) || c == seen[i] || !datelike(seen[i]) {
			continue
		}
		if serial, err := strconv.ParseFloat(c, 64); err == nil && serial >= firstSerial && serial < lastSerial {
			if at, err := excelize.ExcelDateToTime(serial, from1904); err == nil {
				cells[i] = strings.TrimSuffix(at.Format("2006-01-02 15:04"), " 00:00")
			}
		}
	}
}

// datelike reports whether a number is shown as a date rather than as a sum or with its unit.
func datelike(s string) bool {
	if strings.Count(s, "/")+strings.Count(s, "-")+strings.Count(s, ".") >= 2 || strings.Contains(s, ":") {
		return true
	}
	s = strings.ToLower(s)
	for m := time.January; m <= time.December; m++ {
		if strings.Contains(s, strings.ToLower(m.String()[:3])) {
			return true
		}
	}
	return false
}

// counts1904 reports whether a workbook counts its days from 1904, as those of old Macs do.
func counts1904(book *excelize.File) bool {
	props, err := book.GetWorkbookProps()
	return err == nil && props.Date1904 != nil && *props.Date1904
}
