package visits

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"

	"handout/content"
)

// spreadsheet is a workbook in the format of ISO/IEC 29500-1 (SpreadsheetML), read as a
// stream and without forgiveness: what is damaged is an error, for the rows that a
// lenient reader steps over are patients.
type spreadsheet struct {
	parts  map[string]*zip.File // by name, in small letters
	sheets []sheet              // in the order of their tabs
	from04 bool                 // days are counted from 1904
	texts  texts
}

type sheet struct {
	part   string
	hidden bool
}

// texts are the shared strings, one after the other in one piece.
type texts struct {
	all  string
	ends []int
}

func (t texts) at(i int) (string, bool) {
	switch {
	case i < 0 || i >= len(t.ends):
		return "", false
	case i == 0:
		return t.all[:t.ends[0]], true
	}
	return t.all[t.ends[i-1]:t.ends[i]], true
}

// Limits of the shared strings, which are held.
const (
	maxTexts  = 2_000_000
	maxShared = 64 << 20 // bytes of their part, unfolded
)

const (
	saveAgain = "open it in the spreadsheet program and save it again, or as CSV"
	mainSpace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main" // or, strict, http://purl.oclc.org/ooxml/spreadsheetml/main
)

func brokenBook() error { return fault("broken-spreadsheet", saveAgain, "the spreadsheet is broken") }

// openSpreadsheet reads all of a workbook but its sheets.
func openSpreadsheet(z *zip.Reader) (*spreadsheet, error) {
	b := &spreadsheet{parts: map[string]*zip.File{}}
	for _, f := range z.File {
		name := partName(f.Name)
		if b.parts[name] != nil {
			return nil, brokenBook() // which of the two is meant?
		}
		b.parts[name] = f
	}
	main := "xl/workbook.xml"
	for _, r := range b.relations("") {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			main = r.target
		}
	}
	var book struct {
		Pr struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			ID    string `xml:"id,attr"`
			State string `xml:"state,attr"`
		} `xml:"sheets>sheet"`
	}
	if !b.decode(main, &book) {
		return nil, fault("unreadable-spreadsheet", saveAgain, "the spreadsheet cannot be read")
	}
	b.from04 = yes(book.Pr.Date1904)
	sheets := map[string]string{}
	for id, r := range b.relations(main) {
		switch {
		case strings.HasSuffix(r.Type, "/worksheet"):
			sheets[id] = r.target
		case strings.HasSuffix(r.Type, "/sharedStrings"):
			if err := b.readTexts(r.target); err != nil {
				return nil, err
			}
		}
	}
	for _, s := range book.Sheets {
		if part, ok := sheets[s.ID]; ok { // a chart's sheet has no rows
			b.sheets = append(b.sheets, sheet{part, s.State == "hidden" || s.State == "veryHidden"})
		}
	}
	return b, nil
}

// partName is how a part is found: some writers use backslashes and other capitals.
func partName(s string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(s, `\`, "/")), "/"))
}

func yes(s string) bool { return s == "1" || s == "true" }

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
	target string // from the root
}

// relations are what a part refers to, by its id; the part "" is the file itself.
func (b *spreadsheet) relations(part string) map[string]relation {
	var list struct {
		Relations []relation `xml:"Relationship"`
	}
	dir, base := path.Split(part)
	b.decode(dir+"_rels/"+base+".rels", &list)
	m := map[string]relation{}
	for _, r := range list.Relations {
		if r.target = partName(r.Target); !strings.HasPrefix(r.Target, "/") {
			r.target = partName(dir + r.Target)
		}
		m[r.ID] = r
	}
	return m
}

// maxSmall is how many bytes of the parts are read that are no sheet and no text.
const maxSmall = 8 << 20

func (b *spreadsheet) decode(part string, into any) bool {
	f := b.parts[part]
	if f == nil {
		return false
	}
	r, err := f.Open()
	if err != nil {
		return false
	}
	defer r.Close()
	return xml.NewDecoder(io.LimitReader(r, maxSmall)).Decode(into) == nil
}

// readTexts reads the shared strings (18.4).
func (b *spreadsheet) readTexts(part string) error {
	f := b.parts[part]
	switch {
	case f == nil:
		return brokenBook()
	case f.UncompressedSize64 > maxShared:
		return fault("large-spreadsheet-texts", "export fewer days", "the texts of the spreadsheet unfold to more than %d MB", maxShared>>20)
	}
	r, err := f.Open()
	if err != nil {
		return brokenBook()
	}
	defer r.Close()
	var all strings.Builder
	d := decoder{Decoder: xml.NewDecoder(r)}
	err = d.document("sst", func(start xml.StartElement) error {
		if start.Name.Local != "si" {
			return d.Skip()
		}
		if len(b.texts.ends) == maxTexts {
			return fault("too-many-spreadsheet-texts", "export fewer days", "the spreadsheet has more than %d texts", maxTexts)
		}
		text, err := d.text(nil)
		all.WriteString(unescaped(string(text)))
		b.texts.ends = append(b.texts.ends, all.Len())
		return err
	})
	b.texts.all = all.String()
	if _, ours := err.(content.Errors); err != nil && !ours {
		return brokenBook()
	}
	return err
}

// decoder reads XML element by element. Its own errors are errDamaged.
type decoder struct {
	*xml.Decoder
	space string // the namespace of the document's element
}

var errDamaged = errors.New("damaged")

// document reads a document to its end: one element of a name, and what stands in it.
func (d *decoder) document(name string, child func(xml.StartElement) error) error {
	begun := false
	for {
		t, err := d.Token()
		switch t := t.(type) {
		case nil:
			if err == io.EOF && begun {
				return nil
			}
			return errDamaged
		case xml.Directive: // a document type, which may declare what no spreadsheet has
			return errDamaged
		case xml.StartElement:
			if begun || t.Name.Local != name {
				return errDamaged
			}
			begun, d.space = true, t.Name.Space
			if err := d.children(child); err != nil {
				return err
			}
		}
	}
}

// children reads to the end of an element that has been begun, and hands on the
// elements in it; who takes one reads it to its end.
func (d *decoder) children(child func(xml.StartElement) error) error {
	for {
		t, err := d.Token()
		if err != nil {
			return errDamaged
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := child(t); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				return errDamaged
			}
		}
	}
}

// letters adds the characters of an element that has no others in it.
func (d *decoder) letters(to []byte) ([]byte, error) {
	for {
		t, err := d.Token()
		if err != nil {
			return to, errDamaged
		}
		switch t := t.(type) {
		case xml.CharData:
			to = append(to, t...)
		case xml.EndElement:
			return to, nil
		case xml.StartElement:
			return to, errDamaged
		}
	}
}

// text adds a text in one piece or in several (18.4.8), without how it is pronounced.
func (d *decoder) text(to []byte) ([]byte, error) {
	err := d.children(func(start xml.StartElement) (err error) {
		switch start.Name {
		case xml.Name{Space: d.space, Local: "t"}:
			to, err = d.letters(to)
		case xml.Name{Space: d.space, Local: "r"}:
			to, err = d.text(to)
		case xml.Name{Space: d.space, Local: "rPh"}, xml.Name{Space: d.space, Local: "rPr"}, xml.Name{Space: d.space, Local: "phoneticPr"}, xml.Name{Space: d.space, Local: "extLst"}:
			err = d.Skip()
		default:
			err = errDamaged
		}
		return err
	})
	return to, err
}

// coded is a character that XML has no place for (ST_Xstring, 22.9.2.19).
var coded = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return coded.ReplaceAllStringFunc(s, func(code string) string {
		n, _ := strconv.ParseUint(code[2:6], 16, 16)
		return string(rune(n))
	})
}

// errEnough ends the reading of a sheet before its end.
var errEnough = errors.New("enough")

// rows are those of a sheet. Cells are read as they are kept, not as they are shown:
// how a date is shown leaves open which number is the month.
func (b *spreadsheet) rows(s sheet) table {
	return func(yield func(line) bool) error {
		f := b.parts[s.part]
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
			default:
				return d.Skip()
			}
			return d.children(func(start xml.StartElement) error {
				row, err := d.row(start)
				switch {
				case err != nil || len(row.cells) == 0:
					return err
				case read == maxRows+maxTitles:
					return fault("too-many-rows", "export fewer days", "the list has more than %d rows", maxRows)
				}
				read++
				if row.cells = narrowed(row.cells); len(row.cells) > maxWide {
					return tooWide(row.number)
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
			return fault("broken-spreadsheet-row", "open it in the spreadsheet program, look at the rows there and save it again, or as CSV", "the spreadsheet is broken near row %d", d.number)
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
func (d *sheetDecoder) row(start xml.StartElement) (line, error) {
	if start.Name != (xml.Name{Space: d.space, Local: "row"}) {
		return line{}, errDamaged
	}
	row := line{number: d.number + 1}
	for _, a := range start.Attr {
		switch a.Name.Local {
		case "r":
			n, err := strconv.Atoi(a.Value)
			if err != nil || n <= d.number || n > 1<<20 {
				return line{}, errDamaged // before the last, or the last again
			}
			row.number = n
		case "hidden":
			row.hidden = yes(a.Value)
		case "spans", "s", "customFormat", "ht", "customHeight", "outlineLevel", "collapsed", "thickTop", "thickBot", "ph":
		default:
			if a.Name.Space == "" {
				return line{}, errDamaged
			}
		}
	}
	d.number, d.cells = row.number, d.cells[:0]
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
	row.cells = d.cells
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
	if formula && !valued {
		value = "#VALUE!" // nobody has reckoned it yet
	}
	return at, says, value, nil
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
