package content

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A row is a line of a text as it was pasted, and this file is what can be told of one alone.

// row is a line of the body.
type row struct {
	kind   rowKind
	from   int    // offset of the line
	indent int    // columns before its first character
	at     int    // offset of its first character that is not space
	end    int    // offset after its last character that is not space
	text   string // what is between
	mark   rune   // of a pasted item or Markdown list item: the sign it begins with
	number bool   // the sign is, or is followed by, a number
	rest   int    // offset of the item's text
	// a numbered line that is a heading; a line that is a paragraph of its own
	counted, alone bool
}

type rowKind uint8

const (
	blankRow   rowKind = iota
	plainRow           // text
	itemRow            // of a Markdown list
	signRow            // begins with a sign that pasted lists have
	headingRow         // Markdown's
	otherRow           // fences and what is in them, quotes, tables, set-in lines
	goneRow            // the title
)

// bold is what stands in a line that is all bold, which is how headings are made by hand;
// else the line.
func bold(s string) string {
	if inner, ok := strings.CutPrefix(s, "**"); ok {
		if inner, ok = strings.CutSuffix(inner, "**"); ok && !strings.Contains(inner, "**") {
			return strings.TrimRight(inner, ": ")
		}
	}
	return s
}

// saysNo tells whether words begin by saying no, so that a sign of no before them adds
// nothing.
func saysNo(s string) bool {
	words := strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(s, "’", "'")), func(r rune) bool {
		return !unicode.IsLetter(r) && r != '\''
	})
	if len(words) == 0 {
		return false
	}
	return slices.Contains(strings.Fields("no not don't never avoid stop skip without nothing none cannot can't "+
		"doesn't nunca evite evita evitar jamás sin nada "+
		"kein keine keinen nicht nie niemals vermeiden ohne"), words[0]) ||
		len(words) > 1 && words[0] == "do" && words[1] == "not"
}

// rowsOf takes the lines from base on apart. It tells whether Markdown headings
// are among them.
func rowsOf(text []byte, base int) (rows []row, marked bool) {
	fence, table := "", false
	for at := base; at < len(text); {
		end := len(text)
		if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		line := string(text[at:end])
		s := strings.TrimLeft(line, " \t")
		indent := len(line) - len(s)
		r := row{from: at, at: at + indent, text: strings.TrimRight(s, " \t")}
		r.end = r.at + len(r.text)
		r.indent = indent + 3*strings.Count(line[:indent], "\t")
		at = end + 1
		switch {
		case fence != "":
			r.kind = otherRow
			if strings.HasPrefix(r.text, fence) {
				fence = ""
			}
		case r.text == "":
			r.kind, table = blankRow, false
		case table && strings.Contains(r.text, "|"):
			r.kind = otherRow
		case strings.HasPrefix(r.text, "```"), strings.HasPrefix(r.text, "~~~"):
			r.kind, fence = otherRow, r.text[:3]
		case r.text[0] == '#' && strings.HasPrefix(strings.TrimLeft(r.text, "#"), " "):
			r.kind, marked = headingRow, true
		case strings.Trim(r.text, "=") == "" || strings.Trim(r.text, "-") == "":
			r.kind = otherRow
			marked = marked || len(rows) > 0 && rows[len(rows)-1].kind == plainRow
		case strings.ContainsRune(">|<", rune(r.text[0])):
			r.kind = otherRow
		default:
			if r.sort(); indent > 1 && r.kind != signRow && r.mark != lettered {
				r.kind = otherRow
			}
		}
		table = table || strings.Contains(r.text, "-|") && strings.Trim(r.text, "|-: ") == ""
		rows = append(rows, r)
	}
	return rows, marked
}

// sort tells items from plain text.
func (r *row) sort() {
	r.kind = plainRow
	c, n := utf8.DecodeRuneInString(r.text)
	rest := r.text[n:]
	switch {
	case strings.ContainsRune("-*+", c):
		if !strings.HasPrefix(rest, " ") {
			return
		}
		r.kind = itemRow
	case c >= '0' && c <= '9':
		if keycap, ok := strings.CutPrefix(rest, "\ufe0f\u20e3"); ok {
			r.kind, r.number, c, rest = signRow, true, '#', keycap
			break
		}
		after := ordinal(r.text)
		if after == "" {
			return
		}
		r.kind, r.number, c, rest = itemRow, true, '#', after
	case c == 'o' || c == '§': // Word's, of lists within lists
		if !strings.HasPrefix(rest, "\t") {
			return
		}
		r.kind = signRow
	case strings.ContainsRune("•·‣⁃∙◦–—", c), c >= 0xe000 && c <= 0xf8ff:
		if !strings.HasPrefix(rest, " ") && !strings.HasPrefix(rest, "\t") && !strings.HasPrefix(rest, "\u00a0") {
			return
		}
		r.kind = signRow
	case c == '[':
		m := box.FindStringSubmatchIndex(r.text)
		if m == nil {
			return
		}
		r.kind, rest = signRow, r.text[m[1]:]
		if c = '☑'; m[2] >= 0 {
			c = '☐'
		}
	case pictograph(c):
		r.kind = signRow
		rest = strings.TrimLeftFunc(rest, func(x rune) bool {
			return x == '\u200d' || x == '\ufe0f' || x == '\ufe0e' || pictograph(x)
		})
	case letterOrdinal.MatchString(r.text):
		r.kind, c, rest = itemRow, lettered, r.text[len(letterOrdinal.FindString(r.text)):]
	default:
		return
	}
	rest = strings.TrimLeft(rest, " \t\u00a0")
	if after := ordinal(rest); r.kind == signRow && after != "" {
		r.number, rest = true, after
	}
	if rest == "" {
		r.kind = plainRow
		return
	}
	r.mark, r.rest = c, r.end-len(rest)
}

// letterOrdinal is the letter or the Roman number of an item, and lettered the sign of a row with one. A letter
// with a full stop may be an initial.
var letterOrdinal = regexp.MustCompile(`^\(?([a-zA-Z]|[ivx]{1,4})\)[ \t]`)

const lettered = 'a'

// ordinal is what follows "1. " or "1) ", or "".
func ordinal(s string) string {
	after := strings.TrimLeft(s, "0123456789")
	if n := len(s) - len(after); n == 0 || n > 2 || len(after) < 2 ||
		after[0] != '.' && after[0] != ')' || after[1] != ' ' && after[1] != '\t' {
		return ""
	}
	return strings.TrimLeft(after[1:], " \t")
}

// pictograph tells emoji, dingbats, arrows and the like.
func pictograph(r rune) bool {
	return r >= 0x2190 && r <= 0x21ff || r >= 0x2300 && r <= 0x23ff || r >= 0x25a0 && r <= 0x27bf ||
		r >= 0x2b00 && r <= 0x2bff || r >= 0x1f000 && r <= 0x1faff
}

// negative tells signs that turn what follows into its contrary: dropping one
// would tell a patient to do what they must not.
func negative(r rune) bool {
	return strings.ContainsRune("✖✗✘❌❎⛔🚫🛑👎🙅", r)
}

// begins tells whether s may begin a sentence.
func begins(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"'“‘«¿¡(*_"))
	return unicode.IsUpper(r) || unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}

// ends tells whether s ends a sentence.
func ends(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)*_")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?:…。！？", r)
}

// titleLike tells whether s is short, begins like a sentence and does not end like one.
func titleLike(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return !blank(s) && utf8.RuneCountInString(s) <= 60 && len(strings.Fields(s)) <= 9 && begins(s) &&
		!strings.Contains(s, ". ") && !strings.ContainsAny(s, "*_`[]{}|<>=") &&
		(unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune(")?”\"’", r))
}
