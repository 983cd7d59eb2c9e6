package visits

import (
	"archive/zip"
	"math"
	"strconv"
	"strings"
	"time"
)

// readXLSX reads the first sheet that has headings, a hidden one only if no other has
// them.
func (in *intake) readXLSX(data string) error {
	z, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		return fault("broken-archive", "export it again", "the file is cut short or broken")
	}
	if err := checkZip(z); err != nil {
		return err
	}
	book, err := openSpreadsheet(z)
	if err != nil {
		return err
	}
	in.serial, in.from04 = true, book.from04
	var (
		best   heading
		chosen sheet
		others int
	)
	sheets := book.sheets[:min(len(book.sheets), maxSheets)]
	for _, hidden := range []bool{false, true} {
		for _, s := range sheets {
			if s.hidden != hidden || hidden && best.named() {
				continue
			}
			h, err := book.rows(s).find(in.opts.Columns)
			if err != nil {
				return err
			}
			if best.named() && h.named() && h.found > 1 {
				others++
			}
			if h.found > 0 && (best.found == 0 || !best.named() && h.named()) {
				best, chosen = h, s
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
	return in.readTable(book.rows(chosen), false)
}

// checkZip refuses what is no spreadsheet and what unfolds to too much. The sizes an
// archive declares can be relied on: package zip holds the contents to them.
func checkZip(z *zip.Reader) error {
	size, workbook := uint64(0), false
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return fault("locked-archive", "unpack it first", "this is an archive with a password")
		}
		if f.UncompressedSize64 > maxUnzip || size > maxUnzip {
			break
		}
		size += f.UncompressedSize64
		workbook = workbook || f.Name == "xl/workbook.xml" || f.Name == "[Content_Types].xml"
	}
	switch {
	case size > maxUnzip || len(z.File) > 0 && z.File[len(z.File)-1].UncompressedSize64 > maxUnzip:
		return fault("large-spreadsheet", "export fewer days", "the spreadsheet unfolds to more than %d MB", maxUnzip>>20)
	case !workbook:
		return fault("archive-without-spreadsheet", "unpack it first", "this is an archive, not a spreadsheet")
	}
	return nil
}

// days makes the number a spreadsheet keeps for a date, from low on, what ISO 8601
// writes for it. What is no such number stays.
func (in *intake) days(s string, low float64) string {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || !(n >= low && n < 80_000) { // to 2119
		return s
	}
	// Day 60 is the 29th of February 1900, which there was not; days before are not read.
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if in.from04 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	t := epoch.Add(time.Duration(math.Round(n*24*60)) * time.Minute)
	switch day, part := math.Modf(n); {
	case day == 0 && low == 0:
		return t.Format("15:04")
	case part == 0:
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04")
}
