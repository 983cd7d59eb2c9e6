// Package sheet reads the formats that lists of visits come in: text in any encoding,
// CSV, spreadsheets (XLSX, ODS) and JSON. It knows nothing of what the cells say, only where
// they stand: a row by the number that people see beside it.
//
// Its errors are content.Errors of a whole file, and quote no cell.
package sheet

import (
	"strings"

	"handout/content"
)

// Limits of a list. A clinic's day has a hundred rows and a year's export some
// thousands; what is beyond these is a mistake or an attack.
const (
	MaxRows   = 200_000 // below the headings
	MaxTitles = 30      // rows that may stand above the headings, with them
	MaxWide   = 400     // columns, or different keys of JSON lines

	maxUnzip = 256 << 20 // bytes a spreadsheet may unfold to
)

// Table gives a file's rows one after the other, until yield says no.
type Table func(yield func(Line) bool) error

// Line is a row of a file as it stands there. The cells are good until the next row.
type Line struct {
	Number int  // as spreadsheets count, from 1
	Hidden bool // in a spreadsheet, by a filter or by hand
	Astray bool // a cell stands under no heading: see Spaced
	Cells  []string
}

func fault(code, hint, format string, args ...any) error {
	return content.Errors{content.Errorf(code, hint, format, args...)}
}

func tooWide(number int) error {
	return fault("too-many-columns", "delete the columns nobody needs, empty ones too",
		"row %d has more than %d columns", number, MaxWide)
}

// narrowed is a row without the blank cells at its end that are too many: a spreadsheet
// may write as many as a sheet is wide.
func narrowed(row []string) []string {
	for len(row) > MaxWide && strings.TrimSpace(row[len(row)-1]) == "" {
		row = row[:len(row)-1]
	}
	return row
}
