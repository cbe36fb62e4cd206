package comms

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"pou/store/exchange"
)

// workbook reads a sheet of an XLSX file.
func (f *reading) workbook() error {
	raw, err := io.ReadAll(io.LimitReader(f.opened.text, mostBook+1))
	if err != nil {
		return fmt.Errorf("read %s: %w", f.receipt.Name, err)
	}
	if len(raw) > mostBook {
		return refuseFile(f.receipt.Name, "is a workbook larger than 128 MiB", "Save its sheet as CSV")
	}
	book, err := exchange.OpenBook(string(raw), mostSheet)
	if err != nil {
		return refuseFile(f.receipt.Name, "cannot be read as a workbook ("+exchange.Harmless(err.Error(), 80)+")", "Open it in a spreadsheet and save it again")
	}
	defer book.Close()
	wanted := ""
	if m, ok := f.mappingFor(nil); ok {
		wanted = m.Sheet
	}
	sheet, s, err := f.chooseSheet(book, wanted)
	if err != nil {
		return err
	}
	p, err := f.understand(s)
	if err != nil {
		return err
	}
	p.mac = exchange.From1904(book)
	f.receipt.Layout, f.receipt.Encoding = "XLSX of "+string(p.as), "sheet "+exchange.Harmless(sheet, 60)
	k := newMaker(p, f.zone, 0)
	var cells [][]byte
	err = sheetRows(book, sheet, func(line int, row []string, fault string) bool {
		if line <= s.header {
			return true
		}
		if fault != "" {
			k.read++
			k.refuse(newFault(uint32(line), fault, nil)) //nolint:gosec // a sheet has a million rows
			return true
		}
		cells = cells[:0]
		for _, c := range row {
			cells = append(cells, []byte(c))
		}
		k.row(uint32(line), cells) //nolint:gosec // as above
		if len(k.rows) >= partRows {
			b := k.take()
			f.collect(&b)
		}
		return f.opened.ctx.Err() == nil
	})
	b := k.take()
	f.collect(&b)
	if err == nil {
		err = f.opened.ctx.Err()
	}
	return err
}

// chooseSheet finds the sheet to read: the one a mapping names, or the first with a row of known column names.
func (f *reading) chooseSheet(book *excelize.File, wanted string) (string, *sampled, error) {
	names := book.GetSheetList()
	var first *sampled
	for _, name := range names {
		if wanted != "" && name != wanted {
			continue
		}
		var all [][]string
		var lines []int
		if err := sheetRows(book, name, func(line int, row []string, fault string) bool {
			if fault == "" {
				all, lines = append(all, trimAll(row)), append(lines, line)
			}
			return len(all) < 400
		}); err != nil {
			return "", nil, err
		}
		s := &sampled{name: f.receipt.Name, columns: widest(all)}
		if i := f.headerRow(all, lines); i >= 0 {
			s.columns, s.rows, s.before, s.header = all[i], all[i+1:], all[:i], lines[i]
			for _, before := range s.before {
				f.countRow(blankText(before), "before the column names")
			}
			f.countRow(false, "column names")
			return name, s, nil
		}
		if first == nil && s.columns != nil {
			first = s
		}
	}
	if first != nil {
		return "", nil, first.unknown(&[fields]int{fNone: -1})
	}
	return "", nil, refuseFile(f.receipt.Name, "has no sheet to read", "Its sheets are: "+exchange.Harmless(strings.Join(names, ", "), 120))
}

func trimAll(row []string) []string {
	out := make([]string, len(row))
	for i, c := range row {
		out[i] = strings.TrimSpace(label([]byte(c), 200))
	}
	return out
}

// sheetRows reads the rows of a sheet as they are stored, so that a number does not arrive as 4.4E+11 and a time not as it is shown.
func sheetRows(book *excelize.File, sheet string, each func(line int, row []string, fault string) bool) (err error) {
	line := 0
	defer func() {
		if p := recover(); p != nil { // the library panics on some damaged sheets
			each(line, nil, "the sheet is damaged from here on")
		}
	}()
	rows, err := book.Rows(sheet)
	if err != nil {
		each(1, nil, "the sheet cannot be read")
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		line++
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		fault := ""
		switch {
		case err != nil:
			fault = "the row of the sheet cannot be read"
		case len(cells) > mostColumns:
			fault = faultMany
		}
		for i, c := range cells {
			if j := strings.IndexAny(c, "eE"); j > 0 && len(c) < 30 && len(bytes.Trim([]byte(c), "0123456789.eE+-")) == 0 {
				cells[i] = unscientific(c)
			}
		}
		if !each(line, cells, fault) {
			return nil
		}
	}
	if rows.Error() != nil {
		each(line+1, nil, "the sheet breaks off")
	}
	return nil
}

// unscientific writes out a number that a workbook stores as 4.47700900123E11, where no figure is lost by it, or as 3.4722222E-4, as it
// stores short lengths of time.
func unscientific(c string) string {
	mantissa, power, _ := strings.Cut(strings.ToUpper(c), "E")
	n, err := strconv.Atoi(power)
	whole, part, _ := strings.Cut(mantissa, ".")
	switch {
	case err != nil || n > 18 || n < -18 || strings.HasPrefix(c, "-"):
		return c
	case n < 0:
		return "0." + strings.Repeat("0", max(0, -n-len(whole))) + whole + part
	case len(part) > n || n-len(part) > 2:
		return c // the figures at its end are not there: it may have been rounded
	}
	return whole + part + strings.Repeat("0", n-len(part))
}
