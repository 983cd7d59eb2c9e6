package visits

import (
	"archive/zip"
	"bytes"
	"math"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// readXLSX reads the first sheet that has headings, a hidden one only if no other has
// them. Hidden rows are read like all others, for a filter left on must not lose a
// patient. Cells are read as they are
// kept, not as they are shown: how a date is shown leaves open which number is the
// month.
func (in *intake) readXLSX(data []byte) (err error) {
	// The library is large and reads what strangers wrote.
	defer func() {
		if recover() != nil {
			err = fault("", "save it again from the spreadsheet program, or as CSV", "the spreadsheet can not be made out")
		}
	}()
	if err := checkZip(data); err != nil {
		return err
	}
	// With equal limits nothing is unfolded into a temporary file, which would hold
	// patients' names.
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzip, UnzipXMLSizeLimit: maxUnzip})
	if err != nil {
		return fault("", "save it again from the spreadsheet program, or as CSV", "the spreadsheet can not be made out")
	}
	defer f.Close()
	in.serial = true
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		in.from04 = *props.Date1904
	}
	var best heading
	sheet, others := "", 0
	sheets := f.GetSheetList()
	sheets = sheets[:min(len(sheets), maxSheets)]
	for _, hidden := range []bool{false, true} {
		for _, name := range sheets {
			if visible, err := f.GetSheetVisible(name); err != nil || visible == hidden || hidden && best.named() {
				continue
			}
			h, err := xlsxTable(f, name).find(in.opts.Columns)
			if err != nil {
				return err
			}
			if best.named() && h.named() && h.found > 1 {
				others++
			}
			if h.found > 0 && (best.found == 0 || !best.named() && h.named()) {
				best, sheet = h, name
			}
		}
	}
	if err := best.check(in.opts); err != nil {
		return err
	}
	if others > 0 { // whose names are not told: a sheet may be a person's
		in.list.Notes = append(in.list.Notes, "only the first sheet with headings is read; "+strconv.Itoa(others)+" more have them")
	}
	in.heading = best
	return in.readTable(xlsxTable(f, sheet), false)
}

// checkZip refuses what is no spreadsheet and what unfolds to too much. The sizes an
// archive declares can be relied on: package zip holds the contents to them.
func checkZip(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fault("", "export it again", "the file is cut short or broken")
	}
	size, workbook := uint64(0), false
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return fault("", "unpack it first", "this is an archive with a password")
		}
		if f.UncompressedSize64 > maxUnzip || size > maxUnzip {
			break
		}
		size += f.UncompressedSize64
		workbook = workbook || f.Name == "xl/workbook.xml" || f.Name == "[Content_Types].xml"
	}
	switch {
	case size > maxUnzip || len(z.File) > 0 && z.File[len(z.File)-1].UncompressedSize64 > maxUnzip:
		return fault("", "export fewer days", "the spreadsheet unfolds to more than %d MB", maxUnzip>>20)
	case !workbook:
		return fault("", "unpack it first", "this is an archive, not a spreadsheet")
	}
	return nil
}

func xlsxTable(f *excelize.File, sheet string) table {
	return func(yield func(int, []string) bool) error {
		rows, err := f.Rows(sheet)
		if err != nil {
			return nil // a sheet of a chart has none
		}
		defer rows.Close()
		read := 0
		for number := 1; rows.Next(); number++ {
			row, err := rows.Columns()
			if err != nil {
				return fault("", "save it again from the spreadsheet program, or as CSV", "row %d of the spreadsheet can not be made out", number)
			}
			if len(row) == 0 {
				continue
			}
			if read++; read > maxRows+maxTitles {
				return fault("", "export fewer days", "the list has more than %d rows", maxRows)
			}
			if row = narrowed(row); len(row) > maxWide {
				return tooWide(number)
			}
			if !yield(number, row) {
				return nil
			}
		}
		if err := rows.Error(); err != nil {
			return fault("", "save it again from the spreadsheet program, or as CSV", "the spreadsheet can not be made out")
		}
		return nil
	}
}

// days makes the number a spreadsheet keeps for a date, from low on, what ISO 8601
// writes for it. What is no such number stays.
func (in *intake) days(s string, low float64) string {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || !(n >= low && n < 80_000) { // to 2119
		return s
	}
	t, err := excelize.ExcelDateToTime(n, in.from04)
	if err != nil {
		return s
	}
	t = t.Round(time.Minute)
	switch day, part := math.Modf(n); {
	case day == 0 && low == 0:
		return t.Format("15:04")
	case part == 0:
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04")
}
