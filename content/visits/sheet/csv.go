package sheet

import (
	"encoding/csv"
	"io"
	"strings"
)

// CSV reads CSV as spreadsheets do (RFC 4180, with quotes forgiven where it is
// clear what is meant). Rows are counted as they count: empty lines too, a line
// break within quotes not.
func CSV(text string, comma rune) Table {
	return func(yield func(Line) bool) error {
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
				return fault("broken-csv-row", "save it again from the spreadsheet program",
					"row %d is not CSV", number)
			}
			// A quote that is never closed would swallow the patients after it, and one more
			// behind it would hide that.
			if strings.Contains(strings.TrimRight(record, "\r\n"), "\n") && !strict(record, comma) ||
				offset == len(text) && open(record, len(row), comma) {
				return fault("open-quote", "close it or delete it, or save the list again from the spreadsheet program",
					"row %d opens a quote that is not closed", number)
			}
			if row = narrowed(row); len(row) > MaxWide {
				return tooWide(number)
			}
			for i, s := range row {
				row[i] = literal(s)
			}
			if !yield(Line{Number: number, Cells: row}) {
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

// maxLast is how many bytes of a last row are read once more.
const maxLast = 64 << 10

// open tells a row, of so many cells, that ends within a quote: a cell more behind it is none.
func open(record string, cells int, comma rune) bool {
	if !strings.Contains(record, `"`) || len(record) > maxLast {
		return false
	}
	r := csv.NewReader(strings.NewReader(strings.TrimRight(record, "\r\n") + string(comma) + "x"))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = comma, -1, true, comma != '\t'
	longer, err := r.Read()
	return err == nil && len(longer) == cells
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
