package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"handout/content"
)

// Spreadsheets of OpenDocument (OASIS OpenDocument 1.3, part 3, section 9), as LibreOffice
// writes them: all sheets are in one part.

const odsContent = "content.xml"

// odsHead is what stands before the sheets of a spreadsheet, as far as it says which are hidden, and the sheets.
type odsHead struct {
	sheets []Sheet
	styles map[string]bool // of tables: whether one hides
}

// readODS finds the sheets.
func (b *Workbook) readODS() error {
	if f := b.parts["meta-inf/manifest.xml"]; f != nil {
		if r, err := f.Open(); err == nil {
			text, _ := io.ReadAll(io.LimitReader(r, maxSmall))
			r.Close()
			if strings.Contains(string(text), "encryption-data") {
				return fault("locked-spreadsheet", "save it again without one", "this spreadsheet has a password")
			}
		}
	}
	h := odsHead{styles: map[string]bool{}}
	err := b.walkODS(func(d *odsDecoder, start xml.StartElement) error {
		switch start.Name.Local {
		case "automatic-styles":
			return d.children(func(start xml.StartElement) error { return h.style(d, start) })
		case "table":
			merged := new([]Merge)
			rows := b.odsRows(len(h.sheets), merged)
			h.sheets = append(h.sheets, Sheet{h.styles[attr(start, "style-name")], rows, merged})
		}
		return d.Skip()
	})
	if err != nil {
		return brokenBook()
	}
	b.Sheets = h.sheets
	return nil
}

// style reads whether the tables of a style are hidden.
func (h *odsHead) style(d *odsDecoder, start xml.StartElement) error {
	name := attr(start, "name")
	return d.children(func(start xml.StartElement) error {
		if start.Name.Local == "table-properties" && attr(start, "display") == "false" {
			h.styles[name] = true
		}
		return d.Skip()
	})
}

// attr is an attribute by its name within its namespace.
func attr(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// walkODS hands on what stands at the head of the document, and its sheets.
func (b *Workbook) walkODS(each func(d *odsDecoder, start xml.StartElement) error) error {
	r, err := b.parts[odsContent].Open()
	if err != nil {
		return errDamaged
	}
	defer r.Close()
	d := &odsDecoder{decoder: decoder{Decoder: xml.NewDecoder(r)}}
	found := false
	err = d.document("document-content", func(start xml.StartElement) error {
		if start.Name.Local != "body" {
			return each(d, start)
		}
		return d.children(func(start xml.StartElement) error {
			if start.Name.Local != "spreadsheet" {
				return errDamaged // a text, or a drawing
			}
			found = true
			return d.children(func(start xml.StartElement) error { return each(d, start) })
		})
	})
	if err == nil && !found {
		return errDamaged
	}
	return err
}

// odsRows are the rows of a sheet by its place.
func (b *Workbook) odsRows(place int, merged *[]Merge) Table {
	return func(yield func(Line) bool) error {
		*merged = nil
		at, last := -1, 0
		err := b.walkODS(func(d *odsDecoder, start xml.StartElement) error {
			if start.Name.Local != "table" {
				return d.Skip()
			}
			if at++; at != place {
				return d.Skip()
			}
			d.yield, d.merged = yield, merged
			defer func() { last = d.number }()
			if err := d.rows(); err != nil {
				return err
			}
			return errEnough // the sheets that come after it are not looked at
		})
		var errs content.Errors
		switch {
		case err == errEnough:
			return nil
		case errors.As(err, &errs):
			return err
		case last > 0:
			return fault("broken-spreadsheet-row",
				"open it in the spreadsheet program, look at the rows there and save it again, or as CSV",
				"the spreadsheet is broken near row %d", last)
		}
		return brokenBook()
	}
}

// odsDecoder reads the rows of a sheet.
type odsDecoder struct {
	decoder
	yield  func(Line) bool
	merged *[]Merge
	number int // of the last row
	read   int // rows that are not blank
	cells  []string
}

// Spreadsheets are no larger than this, whatever their repeated rows and cells come to.
const (
	odsTall = 1 << 20
	odsWide = 1 << 14
)

// rows reads those of a table, or of a group in it.
func (d *odsDecoder) rows() error {
	return d.children(func(start xml.StartElement) error {
		switch start.Name.Local {
		case "table-row":
			return d.row(start)
		case "table-rows", "table-header-rows", "table-row-group":
			return d.rows()
		}
		return d.Skip()
	})
}

// repeated is how often a row or a cell stands there.
func repeated(start xml.StartElement, name string, most int) (int, bool) {
	s := attr(start, name)
	if s == "" {
		return 1, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 1 && n <= most
}

// row reads a row that has been begun. Its cells are good until the next.
func (d *odsDecoder) row(start xml.StartElement) error {
	times, ok := repeated(start, "number-rows-repeated", odsTall)
	if !ok || d.number+times > odsTall {
		return errDamaged
	}
	seen := attr(start, "visibility")
	d.cells = d.cells[:0]
	at := 0
	err := d.children(func(start xml.StartElement) error {
		switch start.Name.Local {
		case "table-cell", "covered-table-cell":
		default:
			return d.Skip()
		}
		n, ok := repeated(start, "number-columns-repeated", odsWide)
		if !ok || at+n > odsWide {
			return errDamaged
		}
		if tall, ok := repeated(start, "number-rows-spanned", odsTall); ok && tall > 1 && len(*d.merged) < maxMerged {
			*d.merged = append(*d.merged, Merge{at, d.number + 1, d.number + tall})
		}
		value, err := d.cell(start)
		for i := 0; i < n && value != "" && err == nil; i++ {
			for len(d.cells) < at+i {
				d.cells = append(d.cells, "")
			}
			if d.cells = append(d.cells, value); len(d.cells) > MaxWide {
				return tooWide(d.number + 1)
			}
		}
		at += n
		return err
	})
	if err != nil {
		return err
	}
	if len(d.cells) == 0 {
		d.number += times
		return nil
	}
	for range times {
		d.number++
		if d.read++; d.read > MaxRows+MaxTitles {
			return fault("too-many-rows", "export fewer days", "the list has more than %d rows", MaxRows)
		}
		if !d.yield(Line{Number: d.number, Hidden: seen == "collapse" || seen == "filter", Cells: d.cells}) {
			return errEnough
		}
	}
	return nil
}

// cell reads a cell that has been begun: as it is kept, not as it is shown.
func (d *odsDecoder) cell(start xml.StartElement) (string, error) {
	var text []byte
	paragraphs := 0
	err := d.children(func(start xml.StartElement) (err error) {
		if start.Name.Local != "p" && start.Name.Local != "h" {
			return d.Skip() // a remark, a picture
		}
		if paragraphs++; paragraphs > 1 {
			text = append(text, '\n')
		}
		text, err = d.paragraph(text, 0)
		return err
	})
	if err != nil {
		return "", err
	}
	shown, formula := string(text), attr(start, "formula") != ""
	kind := ""
	for _, a := range start.Attr { // LibreOffice has kinds of its own beside the standard's
		if a.Name.Local == "value-type" && (kind == "" || a.Value == "error") {
			kind = a.Value
		}
	}
	switch kind {
	case "":
		if formula && shown == "" {
			return "#VALUE!", nil // nobody has reckoned it yet
		}
		return shown, nil
	case "error":
		if shown == "#N/A" {
			return shown, nil
		}
		return "#VALUE!", nil // whichever mistake it is
	case "string":
		if s := attr(start, "string-value"); s != "" && shown == "" {
			return s, nil
		}
		return shown, nil
	case "boolean":
		return map[bool]string{true: "yes", false: "no"}[yes(attr(start, "boolean-value"))], nil
	case "date":
		day, clock, _ := strings.Cut(attr(start, "date-value"), "T")
		return strings.TrimSpace(day + " " + clock), nil
	case "time":
		return clockOf(attr(start, "time-value"))
	case "float", "percentage", "currency":
		value := attr(start, "value")
		if !number.MatchString(value) {
			return "", errDamaged
		}
		return value, nil
	}
	return "", errDamaged
}

// clockOf is a time of day, which is kept as a duration: PT09H30M00S.
func clockOf(s string) (string, error) {
	h, rest, ok1 := strings.Cut(strings.TrimPrefix(s, "PT"), "H")
	m, _, ok2 := strings.Cut(rest, "M")
	hours, err1 := strconv.Atoi(h)
	minutes, err2 := strconv.Atoi(m)
	if !ok1 || !ok2 || err1 != nil || err2 != nil || hours < 0 || minutes < 0 || minutes > 59 {
		return "", errDamaged
	}
	if hours > 23 {
		return s, nil // a duration, and no time of day
	}
	return strconv.Itoa(hours) + ":" + m, nil
}

// maxNested is how deep the parts of a text may be nested, and how many spaces one element stands for; maxODSCell is
// how many bytes a text may have.
const (
	maxNested  = 100
	maxODSCell = 1 << 20
)

// paragraph adds a text, which may be in pieces.
func (d *odsDecoder) paragraph(to []byte, depth int) ([]byte, error) {
	for {
		t, err := d.Token()
		if err != nil || depth > maxNested {
			return to, errDamaged
		}
		switch t := t.(type) {
		case xml.EndElement:
			return to, nil
		case xml.CharData:
			to = append(to, t...)
		case xml.StartElement:
			switch t.Name.Local {
			case "s", "tab", "line-break":
				n, ok := repeated(t, "c", maxNested)
				if !ok {
					return to, errDamaged
				}
				piece := " "
				if t.Name.Local == "line-break" {
					piece = "\n"
				}
				to = append(to, strings.Repeat(piece, n)...)
				err = d.Skip()
			case "annotation", "note", "ruby-text":
				err = d.Skip()
			default: // a piece in other type, a link
				to, err = d.paragraph(to, depth+1)
			}
			if err != nil {
				return to, errDamaged
			}
		}
		if len(to) > maxODSCell {
			return to, errDamaged
		}
	}
}
