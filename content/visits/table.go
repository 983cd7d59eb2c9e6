package visits

import (
	"slices"
	"strconv"
	"strings"

	"handout/content/visits/field"
	"handout/content/visits/sheet"
)

// findHeading looks for the headings of a table among the first rows: the row that feeds most fields,
// for titles and dates may stand above it.
func findHeading(t sheet.Table, asked map[field.Field]string) (heading, error) {
	var best heading
	rows := 0
	err := t(func(l sheet.Line) bool {
		h := readHeading(l.Number, l.Cells, asked)
		if h.found > best.found || best.number == 0 && h.found > 0 {
			best = h
		} else if best.number == 0 && best.texts == nil && !empty(l.Cells) {
			best.texts, best.plan = h.texts, h.plan // somebody may be asked about them
		} else if best.number > 0 {
			best.names = best.names || best.over(l.Cells)
		}
		rows++
		return rows < sheet.MaxTitles
	})
	return best, err
}

// maxSheets is in how many sheets headings are looked for.
const maxSheets = 50

// readWorkbook reads the first sheet that has headings, a hidden one only if no other has
// them.
func (in *intake) readWorkbook(data string) error {
	book, err := sheet.OpenWorkbook(data)
	if err != nil {
		return err
	}
	in.serial, in.from04 = true, book.From04
	var (
		best   heading
		chosen sheet.Sheet
		others int
	)
	sheets := book.Sheets[:min(len(book.Sheets), maxSheets)]
	for _, hidden := range []bool{false, true} {
		for _, s := range sheets {
			if s.Hidden != hidden || hidden && best.named() {
				continue
			}
			h, err := findHeading(s.Rows, in.opts.Columns)
			if err != nil {
				return err
			}
			if best.named() && h.named() && h.found > 1 {
				others++
			}
			if h.found > 0 && (best.found == 0 || !best.named() && h.named()) {
				best, chosen = h, s
			} else if best.texts == nil {
				best.texts, best.plan = h.texts, h.plan
			}
		}
	}
	in.heading = best
	if err := best.check(in.opts); err != nil {
		return err
	}
	if others > 0 { // whose names are not told: a sheet may be a person's
		in.list.Notes = append(in.list.Notes, "only the first sheet with headings is read; "+
			strconv.Itoa(others)+" more have them")
	}
	err = in.readTable(chosen.Rows, false)
	in.unmerge(*chosen.Merged)
	return err
}

// unmerge refuses rows below a cell that stands for them too: what is in it is not in them.
func (in *intake) unmerge(cells []sheet.Merge) {
	for _, m := range cells {
		if m.First <= in.heading.number || m.Column >= len(in.heading.plan) {
			continue
		}
		f := in.heading.plan[m.Column]
		if f == field.None || f == field.Ignore {
			continue
		}
		at, _ := slices.BinarySearchFunc(in.list.Rows, m.First+1, func(r Row, n int) int { return r.Number - n })
		for ; at < len(in.list.Rows) && in.list.Rows[at].Number <= m.Last; at++ {
			wrong(&in.list.Rows[at].Err, "merged-cell", "split the cell, and write what stands in it into each of its "+
				"rows", "the cell for %s is one with that of the row above", f)
		}
	}
}

// readCSV reads a list of cells with something between them: what gives the
// headings the most fields.
func (in *intake) readCSV(text string) error {
	between := []rune{',', ';', '\t', '|'}
	if line, rest, _ := strings.Cut(text, "\n"); len(line) < 12 &&
		strings.HasPrefix(strings.ToLower(strings.Trim(line, "\"\r ")), "sep=") {
		if r := []rune(strings.Trim(line, "\"\r ")[len("sep="):]); len(r) == 1 &&
			strings.ContainsRune(",;\t|:^~", r[0]) {
			text, between = rest, r // Excel does not count this line either
		}
	}
	var (
		best  heading
		comma rune
		fails error
	)
	for _, c := range between {
		h, err := findHeading(sheet.CSV(text, c), in.opts.Columns)
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
	table := sheet.CSV(text, comma)
	if h, err := findHeading(sheet.Spaced(text, 0), in.opts.Columns); err == nil && h.found > max(best.found, 1) {
		best, comma, table = h, 0, sheet.Spaced(text, h.number)
	}
	if in.heading = best; comma != 0 {
		in.comma = string(comma)
	}
	if err := best.check(in.opts); err != nil {
		return err
	}
	in.room(strings.Count(text, "\n") + 1)
	return in.readTable(table, comma != 0)
}

// readTable reads the rows below the headings. A row of CSV that is wider than they
// are has lost a quote, and its cells are not in their columns.
func (in *intake) readTable(t sheet.Table, narrow bool) error {
	in.heading.tell(&in.list)
	var failed error
	hidden := 0
	err := t(func(l sheet.Line) bool {
		number, row := l.Number, l.Cells
		if number <= in.heading.number || !l.Astray && (blank(row) || in.heading.again(row)) {
			return true
		}
		var c field.Cells
		var shifted bool
		in.apart, in.came = in.apart[:0], false
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
			if in.heading.system == "ClinicSense" && c[field.Cancelled] == "" {
				// having no column for it, it writes "60 minute Massage [Canceled]"
				c[field.Cancelled] = field.Beside(s)
			}
			if f := in.heading.plan[i]; f != field.None {
				if !in.take(&c, f, s) {
					in.apart = append(in.apart, in.heading.disagreement(f, i))
				}
			}
		}
		switch {
		case l.Astray:
			var err error
			wrong(&err, "cell-under-no-heading", "put a comma or a tab between the columns, or begin each cell right "+
				"under its heading",
				"the columns of the list are made with spaces, and a cell of the row stands under no heading")
			failed = in.put(Row{Number: number, Err: err}, written{})
		case swallowed:
			var err error
			wrong(&err, "rows-in-cell", "close its quote, or delete it",
				"a cell of the row holds what looks like other rows")
			failed = in.put(Row{Number: number, Err: err}, written{})
		case narrow && alone == 1 && len(in.heading.plan) > 2 &&
			partedOtherwise(row[0], in.comma, len(in.heading.plan)):
			var err error
			wrong(&err, "other-separator", "separate its cells as the headings are separated",
				"the cells of the row are not separated as the headings are")
			failed = in.put(Row{Number: number, Err: err}, written{})
		case shifted:
			var err error
			wrong(&err, "too-many-cells", "put a cell that holds the separator in quotes",
				"the row has more cells than there are headings")
			failed = in.put(Row{Number: number, Err: err}, written{})
		case c == (field.Cells{}): // a sum below a column that nobody reads
			failed = in.put(Row{Number: number, Skip: "nothing to read"}, written{})
		default:
			failed = in.row(number, &c)
		}
		if failed != nil {
			return false
		}
		if last := in.last(); l.Hidden && last.Skip == "" {
			last.Skip = "hidden in the spreadsheet"
			hidden++
		}
		in.listen(row)
		return true
	})
	if hidden > 0 {
		in.list.Notes = append(in.list.Notes, "rows that are hidden in the spreadsheet, by a filter or by hand, get "+
			"no page: "+strconv.Itoa(hidden)+"; show all rows and save it to include them")
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
	return slices.EqualFunc(short, long[:len(short)], func(a, b string) bool {
		return strings.TrimSpace(a) == strings.TrimSpace(b)
	}) && empty(long[len(short):])
}

// empty tells a row without a word.
func empty(row []string) bool {
	return !slices.ContainsFunc(row, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// blank tells a row without a word, or of rules alone, as stand below headings: ----, :---:.
func blank(row []string) bool {
	return !slices.ContainsFunc(row, func(s string) bool {
		s = strings.TrimSpace(s)
		return s != "" && (len(s) < 3 || strings.Trim(s, "-=_+:") != "")
	})
}
