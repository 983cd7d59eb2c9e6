package visits

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// decode makes UTF-8 of a text file: of what it is said to be, or bears a mark of, or
// shows itself to be.
func (in *intake) decode(text string) (string, error) {
	from := utf16or32(text)
	switch {
	case in.opts.Encoding != "":
		if from = encodingNamed(in.opts.Encoding); from == nil {
			return "", KnownEncoding(in.opts.Encoding)
		}
	case from == nil && !utf8.ValidString(text) && mostlyUTF8(text):
		text = strings.ToValidUTF8(text, "\uFFFD") // a mistake of the rows that have it
	case from == nil && (!utf8.ValidString(text) || strings.Contains(text, "\x1b$")):
		var (
			name string
			err  error
		)
		if from, name, err = recognise(text); err != nil {
			return "", err
		}
		in.list.Notes = append(in.list.Notes, "the list is not UTF-8; it was read as "+name+", if that is wrong, --encoding says which it is")
	}
	if from != nil {
		var err error
		if text, err = from.NewDecoder().String(text); err != nil {
			return "", fault("unreadable-text", "save it as CSV in UTF-8", "the text cannot be read")
		}
	}
	text = strings.TrimRight(strings.TrimPrefix(text, "\ufeff"), "\x00\x1a") // of DOS, and of a disk that filled up
	// Old Macs end lines with CR alone. One in the midst of a cell ends none.
	if lf := strings.Count(text, "\n"); strings.Count(text, "\r")-strings.Count(text, "\r\n") > lf {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	return text, nil
}

// mostlyUTF8 tells whether more characters beyond ASCII are UTF-8 than are not: in
// another encoding hardly any is.
func mostlyUTF8(data string) bool {
	right, wrong := 0, 0
	for data != "" {
		r, size := utf8.DecodeRuneInString(data)
		switch {
		case r == utf8.RuneError && size == 1:
			wrong++
		case size > 1:
			right++
		}
		data = data[size:]
	}
	return right > wrong
}

// readCSV reads a list of cells with something between them: what gives the
// headings the most fields.
func (in *intake) readCSV(text string) error {
	between := []rune{',', ';', '\t', '|'}
	if line, rest, _ := strings.Cut(text, "\n"); len(line) < 12 && strings.HasPrefix(strings.ToLower(strings.Trim(line, "\"\r ")), "sep=") {
		if r := []rune(strings.Trim(line, "\"\r ")[len("sep="):]); len(r) == 1 && strings.ContainsRune(",;\t|:^~", r[0]) {
			text, between = rest, r // Excel does not count this line either
		}
	}
	var (
		best  heading
		comma rune
		fails error
	)
	for _, c := range between {
		h, err := csvTable(text, c).find(in.opts.Columns)
		if err != nil && fails == nil {
			fails = err
		}
		if h.found > best.found || h.found == best.found && len(h.plan) > len(best.plan) {
			best, comma = h, c
		}
	}
	if best.found == 0 && fails != nil {
		return fails
	}
	if err := best.check(in.opts); err != nil {
		return err
	}
	in.heading, in.comma = best, string(comma)
	in.room(strings.Count(text, "\n") + 1)
	return in.readTable(csvTable(text, comma), true)
}

// csvTable reads CSV as spreadsheets do (RFC 4180, with quotes forgiven where it is
// clear what is meant). Rows are counted as they count: empty lines too, a line
// break within quotes not.
func csvTable(text string, comma rune) table {
	return func(yield func(line) bool) error {
		text := unwrapped(text, comma)
		text, crowd := text[:crowded(text, string(comma))], len(text)
		r := csv.NewReader(strings.NewReader(text))
		r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = comma, -1, true, true
		r.TrimLeadingSpace = comma != '\t'
		number, offset := 0, 0
		for {
			row, err := r.Read()
			if err == io.EOF && len(text) < crowd {
				return tooWide(number + 1)
			} else if err == io.EOF {
				return nil
			}
			record := text[offset:r.InputOffset()]
			offset += len(record)
			for {
				if rest, ok := strings.CutPrefix(record, "\n"); ok {
					record = rest
				} else if rest, ok := strings.CutPrefix(record, "\r\n"); ok {
					record = rest
				} else {
					break
				}
				number++
			}
			number++
			if err != nil {
				return fault("broken-csv-row", "save it again from the spreadsheet program", "row %d is not CSV", number)
			}
			// A quote that is never closed would swallow the patients after it, and one more
			// behind it would hide that.
			if strings.Contains(strings.TrimRight(record, "\r\n"), "\n") && !strict(record, comma) {
				return fault("open-quote", "close it or delete it, or save the list again from the spreadsheet program", "row %d opens a quote that is not closed", number)
			}
			if row = narrowed(row); len(row) > maxWide {
				return tooWide(number)
			}
			for i, s := range row {
				row[i] = literal(s)
			}
			if !yield(line{number: number, cells: row}) {
				return nil
			}
		}
	}
}

// strict tells a row that is CSV to the letter (RFC 4180).
func strict(record string, comma rune) bool {
	r := csv.NewReader(strings.NewReader(record))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = comma, -1, comma != '\t'
	_, err := r.Read()
	return err == nil
}

// unwrapped takes the sign from a cell such as ="0101", which is how an export keeps a
// spreadsheet from counting: what follows is a quoted cell like any other.
func unwrapped(text string, comma rune) string {
	if !strings.Contains(text, `="`) {
		return text
	}
	var b strings.Builder
	from, begins, quoted := 0, true, false
	for i, c := range text {
		if begins && strings.HasPrefix(text[i:], `="`) {
			b.WriteString(text[from:i])
			from = i + 1
			begins = true
			continue
		}
		if c == '"' {
			quoted = !quoted
		}
		begins = !quoted && (c == comma || c == '\n' || begins && c == ' ')
	}
	b.WriteString(text[from:])
	return b.String()
}

// literal is the text in a cell that says ="0101" or =“0101”.
func literal(s string) string {
	if len(s) < 2 || s[0] != '=' {
		return s
	}
	for _, q := range []struct{ open, shut, twice string }{{`"`, `"`, `""`}, {"“", "”", "““"}} {
		in, ok := strings.CutPrefix(strings.TrimSpace(s[1:]), q.open)
		if in, ok2 := strings.CutSuffix(in, q.shut); ok && ok2 {
			return strings.ReplaceAll(in, q.twice, q.open)
		}
	}
	return s
}

func tooWide(number int) error {
	return fault("too-many-columns", "delete the columns nobody needs, empty ones too", "row %d has more than %d columns", number, maxWide)
}

// narrowed is a row without the blank cells at its end that are too many: a spreadsheet
// may write as many as a sheet is wide.
func narrowed(row []string) []string {
	for len(row) > maxWide && strings.TrimSpace(row[len(row)-1]) == "" {
		row = row[:len(row)-1]
	}
	return row
}

// maxPadded is how many separators a line may have: more than any spreadsheet has
// columns (16384). Each becomes a cell before a row can be counted.
const maxPadded = 20_000

// crowded is where the first line with more separators than that begins, not counting
// those within quotes, or else where the text ends.
func crowded(text, separator string) int {
	if strings.Count(text, separator) <= maxPadded {
		return len(text)
	}
	offset, quoted := 0, false
	for line := range strings.Lines(text) {
		if strings.Count(line, separator) > maxPadded {
			n, inside := 0, quoted
			for part := range strings.SplitSeq(line, `"`) {
				if !inside {
					n += strings.Count(part, separator)
				}
				inside = !inside
			}
			if n > maxPadded {
				return offset
			}
		}
		quoted = quoted != (strings.Count(line, `"`)%2 == 1)
		offset += len(line)
	}
	return len(text)
}

// readTable reads the rows below the headings. A row of CSV that is wider than they
// are has lost a quote, and its cells are not in their columns.
func (in *intake) readTable(t table, narrow bool) error {
	in.heading.tell(&in.list)
	var failed error
	hidden := 0
	err := t(func(l line) bool {
		number, row := l.number, l.cells
		if number <= in.heading.number || empty(row) || in.heading.again(row) {
			return true
		}
		var c cells
		var shifted bool
		swallowed, alone := false, 0
		for i, s := range row {
			if narrow && strings.TrimSpace(s) != "" {
				swallowed = swallowed || swallows(s, in.comma, len(in.heading.plan))
				alone++
			}
			if i >= len(in.heading.plan) {
				shifted = shifted || narrow && strings.TrimSpace(s) != ""
				continue
			}
			if in.heading.system == "ClinicSense" && c[Cancelled] == "" {
				c[Cancelled] = beside(s) // having no column for it, it writes "60 minute Massage [Canceled]"
			}
			if f := in.heading.plan[i]; f != none {
				in.take(&c, f, s)
			}
		}
		switch {
		case swallowed:
			var err error
			wrong(&err, "rows-in-cell", "close its quote, or delete it", "a cell of the row holds what looks like other rows")
			failed = in.put(Row{Number: number, Err: err}, written{})
		case narrow && alone == 1 && len(in.heading.plan) > 2 && partedOtherwise(row[0], in.comma, len(in.heading.plan)):
			var err error
			wrong(&err, "other-separator", "part it as the headings are parted", "the cells of the row are not parted as the headings are")
			failed = in.put(Row{Number: number, Err: err}, written{})
		case shifted:
			var err error
			wrong(&err, "too-many-cells", "put a cell that holds the separator in quotes", "the row has more cells than there are headings")
			failed = in.put(Row{Number: number, Err: err}, written{})
		case c == cells{}: // a sum below a column that nobody reads
			failed = in.put(Row{Number: number, Skip: "nothing to read"}, written{})
		default:
			failed = in.row(number, &c)
		}
		if failed != nil {
			return false
		}
		if last := in.last(); l.hidden && last.Skip == "" {
			last.Skip = "hidden in the spreadsheet"
			hidden++
		}
		in.listen(row)
		return true
	})
	if hidden > 0 {
		in.list.Notes = append(in.list.Notes, "rows that are hidden in the spreadsheet, by a filter or by hand, get no page: "+strconv.Itoa(hidden)+"; show all rows and save it to have them")
	}
	if failed != nil {
		return failed
	}
	return err
}

// swallows tells a cell that has another row in it: a line with as many separators as
// there are between the columns, of which there are some.
func swallows(cell, comma string, columns int) bool {
	_, rest, several := strings.Cut(cell, "\n")
	if !several || columns < 4 {
		return false
	}
	for line := range strings.Lines(rest) {
		if strings.Count(line, comma) >= columns-2 {
			return true
		}
	}
	return false
}

// partedOtherwise tells a row in one piece that has another separator often enough.
func partedOtherwise(cell, comma string, columns int) bool {
	for _, other := range []string{",", ";", "\t", "|"} {
		if other != comma && strings.Count(cell, other) >= columns-1 {
			return true
		}
	}
	return false
}

// again tells the headings that stand over every page of a printed list.
func (h *heading) again(row []string) bool {
	short, long := row, h.texts
	if len(short) > len(long) {
		short, long = long, short
	}
	return slices.EqualFunc(short, long[:len(short)], func(a, b string) bool { return strings.TrimSpace(a) == strings.TrimSpace(b) }) && empty(long[len(short):])
}

func empty(row []string) bool {
	for _, s := range row {
		if strings.TrimSpace(s) != "" {
			return false
		}
	}
	return true
}
