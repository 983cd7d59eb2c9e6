package sheet

import (
	"encoding/xml"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"handout/content"
)

// errEnough ends the reading of a sheet before its end.
var errEnough = errors.New("enough")

// rows are those of a sheet. Cells are read as they are kept, not as they are shown:
// how a date is shown leaves open which number is the month.
func (b *Workbook) rows(part string, merged *[]Merge) Table {
	return func(yield func(Line) bool) error {
		*merged = nil
		f := b.parts[part]
		if f == nil {
			return brokenBook()
		}
		r, err := f.Open()
		if err != nil {
			return brokenBook()
		}
		defer r.Close()
		d := sheetDecoder{decoder: decoder{Decoder: xml.NewDecoder(r)}, texts: b.texts}
		read, data := 0, false
		err = d.document("worksheet", func(start xml.StartElement) error {
			switch start.Name.Local {
			case "row", "c":
				return errDamaged
			case "sheetData":
				if data || start.Name.Space != d.space {
					return errDamaged
				}
				data = true
			case "mergeCells":
				return d.children(func(start xml.StartElement) error {
					if m, ok := mergeOf(attr(start, "ref")); ok && len(*merged) < maxMerged {
						*merged = append(*merged, m)
					}
					return d.Skip()
				})
			default:
				return d.Skip()
			}
			return d.children(func(start xml.StartElement) error {
				row, err := d.row(start)
				switch {
				case err != nil || len(row.Cells) == 0:
					return err
				case read == MaxRows+MaxTitles:
					return fault("too-many-rows", "export fewer days", "the list has more than %d rows", MaxRows)
				}
				read++
				if row.Cells = narrowed(row.Cells); len(row.Cells) > MaxWide {
					return tooWide(row.Number)
				}
				if !yield(row) {
					return errEnough
				}
				return nil
			})
		})
		var errs content.Errors
		switch {
		case err == errEnough:
			return nil
		case errors.As(err, &errs):
			return err
		case err != nil && data && d.number > 0:
			return fault("broken-spreadsheet-row",
				"open it in the spreadsheet program, look at the rows there and save it again, or as CSV",
				"the spreadsheet is broken near row %d", d.number)
		case err != nil:
			return brokenBook()
		}
		return nil
	}
}

// sheetDecoder reads the rows of a sheet (18.3.1.73).
type sheetDecoder struct {
	decoder
	texts  texts
	number int // of the last row
	cells  []string
	buf    []byte
}

// row reads a row that has been begun. Its cells are good until the next.
func (d *sheetDecoder) row(start xml.StartElement) (Line, error) {
	if start.Name != (xml.Name{Space: d.space, Local: "row"}) {
		return Line{}, errDamaged
	}
	row := Line{Number: d.number + 1}
	for _, a := range start.Attr {
		switch a.Name.Local {
		case "r":
			n, err := strconv.Atoi(a.Value)
			if err != nil || n <= d.number || n > 1<<20 {
				return Line{}, errDamaged // before the last, or the last again
			}
			row.Number = n
		case "hidden":
			row.Hidden = yes(a.Value)
		case "spans", "s", "customFormat", "ht", "customHeight", "outlineLevel", "collapsed",
			"thickTop", "thickBot", "ph":
		default:
			if a.Name.Space == "" {
				return Line{}, errDamaged
			}
		}
	}
	d.number, d.cells = row.Number, d.cells[:0]
	last, counted := 0, 0 // columns, from 1; those that say which they are
	cells := 0
	err := d.children(func(start xml.StartElement) error {
		if start.Name.Local == "extLst" {
			return d.Skip()
		}
		at, says, value, err := d.cell(start, last+1)
		if err != nil || at <= last || at > 1<<14 {
			return errDamaged
		}
		last = at
		if cells++; says {
			counted++
		}
		if value != "" {
			for len(d.cells) < at {
				d.cells = append(d.cells, "")
			}
			d.cells[at-1] = value
		}
		return nil
	})
	if counted != 0 && counted != cells {
		err = errDamaged // a cell that has lost its place
	}
	row.Cells = d.cells
	return row, err
}

// cell reads a cell that has been begun: its column, whether it says so itself, and
// its value.
func (d *sheetDecoder) cell(start xml.StartElement, next int) (at int, says bool, value string, err error) {
	at = next
	bad := func() (int, bool, string, error) { return 0, false, "", errDamaged }
	if start.Name != (xml.Name{Space: d.space, Local: "c"}) {
		return bad()
	}
	kind := "n"
	for _, a := range start.Attr {
		switch a.Name.Local {
		case "r":
			if at, says = column(a.Value, d.number); !says {
				return bad()
			}
		case "t":
			kind = a.Value
		case "s", "cm", "vm", "ph":
		default:
			if a.Name.Space == "" {
				return bad()
			}
		}
	}
	formula, valued := false, false
	d.buf = d.buf[:0]
	err = d.children(func(start xml.StartElement) (err error) {
		if start.Name.Space != d.space {
			return errDamaged
		}
		switch start.Name.Local {
		case "v":
			valued = true
			d.buf, err = d.letters(d.buf)
		case "is":
			valued = true
			d.buf, err = d.text(d.buf)
		case "f":
			formula = true
			err = d.Skip()
		case "extLst":
			err = d.Skip()
		default:
			err = errDamaged
		}
		return err
	})
	if err != nil {
		return bad()
	}
	value = string(d.buf)
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(value))
		text, ok := d.texts.at(i)
		if valued && (err != nil || !ok) {
			return bad()
		}
		value = text
	case "str", "inlineStr":
		value = unescaped(value)
	case "b":
		value = map[bool]string{true: "yes", false: "no"}[yes(strings.TrimSpace(value))]
	case "n":
		if value = strings.TrimSpace(value); value != "" && !number.MatchString(value) {
			return bad()
		}
	case "e":
		if value != "#N/A" {
			value = "#VALUE!" // whichever mistake it is
		}
	case "d":
	default:
		return bad()
	}
	if formula && (!valued || kind == "n" && value == "") {
		value = "#VALUE!" // nobody has reckoned it yet
	}
	return at, says, value, nil
}

// mergeOf reads a range of several rows, like B5:B8.
func mergeOf(ref string) (Merge, bool) {
	from, to, _ := strings.Cut(ref, ":")
	first, err1 := strconv.Atoi(strings.TrimLeft(from, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	last, err2 := strconv.Atoi(strings.TrimLeft(to, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	at, ok := column(from, first)
	return Merge{at - 1, first, last}, ok && err1 == nil && err2 == nil && last > first
}

var number = regexp.MustCompile(`^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$`)

// column is the one of a cell's name, from 1, if the cell is in that row.
func column(name string, row int) (int, bool) {
	letters := strings.TrimRight(name, "0123456789")
	if len(letters) == 0 || len(letters) > 3 || name[len(letters):] != strconv.Itoa(row) {
		return 0, false
	}
	at := 0
	for _, c := range []byte(letters) {
		if c |= 0x20; c < 'a' || c > 'z' {
			return 0, false
		}
		at = at*26 + int(c-'a') + 1
	}
	return at, true
}
