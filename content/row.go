package content

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
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
	nth    int    // that number; or which of those counted together it is
	letter string // what counts the row, if it is a letter: "a) "
	rest   int    // offset of the item's text
	// a numbered line that is a heading; a line that is a paragraph of its own; a line with
	// another drawn below it
	counted, alone, under bool
	within                bool     // set in below an item of a list
	byHand                bool     // its author ended it where it ends
	ticked                bool     // it begins with a box that is ticked
	more                  bool     // it begins with > for more than so much
	hyphen                int      // bytes at its end that part a word that the next row ends
	glued                 bool     // it begins with the rest of a word
	parting               int      // what stands between its cells, or 0
	cells                 int      // how many it has
	run                   int      // how many rows from it on have as many, parted alike
	columns               [][2]int // its cells as they stand below others', some empty
	hashes                int      // of a heading in which no space follows its signs
	drop                  int      // bytes before the line's own that only set it in
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

// bold is what stands in a line that is all bold, or between stars, which is how headings
// are made by hand; else the line. Where it begins is told too.
func bold(s string) (whole string, at int) {
	for _, c := range []string{"*", "_"} {
		inner := strings.TrimLeft(s, c)
		n := len(s) - len(inner)
		tail := strings.TrimRight(inner, c)
		if n == 0 || n == 1 && c == "_" || n > 3 || len(inner)-len(tail) != n || strings.Contains(tail, c) {
			continue
		}
		at = n + len(tail) - len(strings.TrimLeft(tail, " "))
		return strings.TrimRight(strings.TrimSpace(tail), ": "), at
	}
	return s, 0
}

// shouted tells whether a line is in capitals alone, as headings are in plain text.
func shouted(s string) bool {
	capitals := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals > 1
}

// noWords are the words that say no, in the languages that people bring.
var noWords = strings.Fields("no not don't dont don'ts donts never avoid stop skip nothing none cannot can't doesn't " +
	"nunca evite evita evitar jamás nada kein keine keinen nicht nie niemals vermeiden não evitar ne n pas évitez " +
	"éviter jamais aucun aucune non evitare mai niet geen nooit vermijd nigdy unikaj unikać không đừng tránh chớ " +
	"не нет нельзя никогда избегайте لا تجنب ممنوع אל לא אין huwag iwasan pa evite")

// saysNo tells whether words begin by saying no, so that a sign of no before them adds
// nothing. A heading may say it later: Things to avoid.
func saysNo(s string, heading bool) bool {
	words := strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(s, "’", "'")), func(r rune) bool {
		return !unicode.IsLetter(r) && r != '\''
	})
	switch {
	case len(words) == 0:
		return false
	case heading || slices.Contains(strings.Fields("what things when how qué cosas lo was ce o que"), words[0]):
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(noWords, w) })
	case strings.HasPrefix(words[0], "n'"), strings.HasPrefix(words[0], "不"), strings.HasPrefix(words[0], "勿"),
		strings.HasPrefix(words[0], "避免"), strings.HasPrefix(words[0], "别"):
		return true
	}
	return slices.Contains(noWords, words[0]) ||
		slices.Contains([]string{"without", "sin", "ohne", "sans", "sem"}, words[0]) ||
		len(words) > 1 && words[0] == "do" && words[1] == "not"
}

// hollow tells white space, and what cannot be seen.
func hollow(r rune) bool { return unicode.IsSpace(r) || invisible(r) }

// rowsOf takes the lines from base on apart. It tells whether Markdown headings
// are among them.
func rowsOf(text []byte, base int) (rows []row, marked bool) {
	fence, table := "", false
	list := -1 // where the items of the list stand that a row may be part of; -1 for none
	for at := base; at < len(text); {
		end := len(text)
		if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		line := string(text[at:end])
		s := strings.TrimLeftFunc(line, hollow)
		before := line[:len(line)-len(s)]
		r := row{from: at, at: at + len(before), text: strings.TrimRightFunc(s, hollow)}
		r.end = r.at + len(r.text)
		r.indent = utf8.RuneCountInString(before) + 3*strings.Count(before, "\t")
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
		case len(rows) > 0 && drawn(r.text) && rows[len(rows)-1].kind == plainRow &&
			!(r.text[0] == '~' && bytes.Contains(text[end:], []byte("\n~~~"))):
			rows[len(rows)-1].under, r.kind, marked = true, goneRow, true
		case strings.HasPrefix(r.text, "```"), strings.HasPrefix(r.text, "~~~"):
			r.kind, fence = otherRow, r.text[:3]
		case r.text[0] == '#' && strings.HasPrefix(strings.TrimLeft(r.text, "#"), " "):
			// Whoever is told to mark one heading of a pasted text writes this one in Markdown, and no other.
			r.kind, marked = headingRow, marked || !mayGo.MatchString(r.text)
		case unspaced.MatchString(r.text):
			r.kind, r.hashes, marked = headingRow, strings.IndexFunc(r.text, unicode.IsLetter), true
			r.text = r.text[:r.hashes] + " " + r.text[r.hashes:]
		case strings.Trim(r.text, "=") == "" || strings.Trim(r.text, "-") == "":
			r.kind = otherRow
			marked = marked || len(rows) > 0 && rows[len(rows)-1].kind == plainRow
		case r.text == "<aside>", r.text == "</aside>": // Notion's box, whose words stay
			r.kind = goneRow
		case moreThan(r.text, rows, text[min(end+1, len(text)):]):
			r.more, list = true, r.stand(list)
		case strings.ContainsRune(">|<", rune(r.text[0])), ruled(r.text):
			r.kind = otherRow
		default:
			list = r.stand(list)
		}
		if r.kind == headingRow {
			list = -1
		}
		table = table || ruled(r.text)
		rows = append(rows, r)
	}
	countRows(rows)
	tightRows(rows)
	tickedRows(rows)
	return rows, marked
}

// mayGo is a line with a heading's mark at its end: Final thoughts {.optional}
var mayGo = regexp.MustCompile(`\pL.* *\{\.(?:optional|brief)\}$`)

// unspaced is a heading as people type it: ##What to do, #Care of the neck. One word after
// one sign is a tag.
var unspaced = regexp.MustCompile(`^(?:#{2,4}\pL|#\pL\S*[ \t]+[^#])`)

// over is a line that begins with more than so much, and not with the number of a list.
var over = regexp.MustCompile(`^>=? ?[0-9]+(?:[.,][0-9]|[^0-9.)]|$)`)

// moreThan tells such a line from a quotation: a sentence breaks off above it, or there is no line of a quotation
// beside it that is not such a line too.
func moreThan(s string, above []row, below []byte) bool {
	if !over.MatchString(s) {
		return false
	}
	quotes := func(s string) bool { return strings.HasPrefix(s, ">") && !over.MatchString(s) }
	below, _, _ = bytes.Cut(bytes.TrimLeft(below, " \t"), []byte("\n"))
	quoted := quotes(string(below))
	if len(above) == 0 {
		return !quoted
	}
	x := above[len(above)-1]
	broken := (x.kind == plainRow || x.kind == itemRow || x.kind == signRow || x.within) && !ends(x.text)
	return broken || !quoted && !quotes(x.text)
}

// drawn tells a line of signs that people draw below a heading where Markdown knows none.
func drawn(s string) bool {
	return len(s) > 3 && strings.ContainsRune("~*_#+.", rune(s[0])) && strings.Trim(s, s[:1]) == ""
}

// stand tells what a row is from where it stands: list is where the items of the list
// above it stand, or -1. What only sets the row in is to be dropped.
func (r *row) stand(list int) int {
	r.sort()
	item := r.kind == itemRow || r.kind == signRow
	switch {
	case item && (list < 0 || r.indent < list):
		list = r.indent
	case strings.HasPrefix(r.text, "[^"): // a footnote, with what is set in below it
		list = 0
	case !item && list >= 0 && r.indent > list+1:
		r.kind, r.within = otherRow, true
	case !item:
		list = -1
	}
	r.drop = r.at - r.from
	if list >= 0 {
		r.drop = min(list, r.drop)
		if r.kind == itemRow && r.indent > list+1 {
			r.kind = otherRow
		}
	}
	return list
}

// sort tells items from plain text.
func (r *row) sort() {
	r.kind = plainRow
	c, n := utf8.DecodeRuneInString(r.text)
	rest := r.text[n:]
	parted := rest != "" && strings.IndexFunc(rest, hollow) == 0
	switch {
	case strings.ContainsRune("-*+", c):
		if twice, ok := strings.CutPrefix(rest, string(c)+" "); ok && c != '+' && !strings.Contains(twice, "**") {
			r.kind, rest = signRow, twice
			break
		}
		if !strings.HasPrefix(rest, " ") {
			return
		}
		r.kind = itemRow
	case c >= '0' && c <= '9':
		if keycap, ok := strings.CutPrefix(rest, "\ufe0f\u20e3"); ok {
			r.kind, r.number, r.nth, c, rest = signRow, true, int(c-'0'), '#', keycap
			break
		}
		n, after := ordinal(r.text)
		if after == "" {
			return
		}
		r.kind, r.number, r.nth, c, rest = itemRow, true, n, '#', after
	case c == 'o' || c == '§': // Word's, of lists within lists
		if !strings.HasPrefix(rest, "\t") {
			return
		}
		r.kind = signRow
	case c == '&': // a bullet as HTML spells it
		for _, s := range []string{"&bull;", "&#8226;", "&middot;"} {
			if after, ok := strings.CutPrefix(r.text, s); ok {
				r.kind, c, rest = signRow, '•', after
			}
		}
		if r.kind != signRow {
			return
		}
	case strings.ContainsRune("•‣⁃∙◦・", c): // with or without a space
		r.kind = signRow
	case strings.ContainsRune("·–—»›※", c), c >= 0xe000 && c <= 0xf8ff:
		if !parted {
			return
		}
		r.kind = signRow
	case box.MatchString(r.text), strings.HasPrefix(r.text, "( ) "):
		m := box.FindStringSubmatchIndex(r.text)
		if m == nil {
			m = []int{0, 4, 0, 4} // one of several to choose from
		}
		r.kind, c, rest, r.ticked = signRow, '☐', r.text[m[1]:], m[2] < 0
	case pictograph(c):
		if first, more, ok := strings.Cut(rest, "\t"); ok && (!blank(first) || strings.Contains(more, "\t")) {
			return // a row of a table, in which this is a cell
		}
		r.kind, r.ticked = signRow, strings.ContainsRune("☑☒", c)
		if box.MatchString(string(c)) {
			c = '☐'
		}
		rest = strings.TrimLeftFunc(rest, func(x rune) bool {
			return x == '\u200d' || x == '\ufe0f' || x == '\ufe0e' || pictograph(x)
		})
		c, _ = speaks(c)
	default:
		return
	}
	rest = strings.TrimLeftFunc(rest, hollow)
	if n, after := ordinal(rest); r.kind == signRow && after != "" {
		r.number, r.nth, rest = true, n, after
	}
	if rest == "" {
		r.kind = plainRow
		return
	}
	r.mark, r.rest = c, r.end-len(rest)
}

// counted is how lines are counted that Markdown does not count: (1), 1.Walk, a), IV., ①, Step 1:.
var counted = regexp.MustCompile(`^(?:\(?(?:\p{Nd}{1,2}|[a-zA-Z]|[IVX]{1,4}|[ivx]{1,4})` +
	`(?:(?:\.\)|[.)\]:/、．）])[\s\x{a0}]*| [-–] )|[①-⑳]\s*|` +
	`(?i:step|paso|passo|schritt|étape|stap|krok|шаг|bước) ?[0-9]{1,2}\s*[:.)–-]\s*)[\pL"“'‘¿¡(*_]`)

// countRows makes items of lines that are counted from one on, one after the other.
func countRows(rows []row) {
	var open []int // those of one way of counting that came so far
	var way string
	take := func() {
		for k, i := range open {
			if x := &rows[i]; len(open) > 1 && (!x.within || x.mark == 'a') {
				x.kind, x.number, x.nth = signRow, true, k+1
			} else {
				x.mark, x.rest, x.letter = 0, 0, ""
			}
		}
		open = nil
	}
	for i := range rows {
		x := &rows[i]
		if x.kind != plainRow && !x.within {
			continue
		}
		m := counted.FindStringIndex(x.text)
		if m == nil {
			continue
		}
		_, last := utf8.DecodeLastRuneInString(x.text[:m[1]])
		sign := x.text[:m[1]-last]
		bare := strings.Trim(sign, " ()[].:/–-\t\u00a0、．）")
		signs := strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSpace(r) {
				return -1
			}
			return r
		}, sign)
		next, kind := counts(bare, len(open)+1)
		form := signs + kind
		if next != len(open)+1 || len(open) > 0 && form != way {
			take()
			if next, kind = counts(bare, 1); next != 1 {
				continue
			}
			form = signs + kind
		}
		way = form
		x.mark, x.rest = '#', x.at+len(sign)
		if kind == "a" || kind == "i" {
			x.mark = 'a'
		}
		if kind != "1" {
			x.letter = bare + ") "
			if strings.ContainsAny(signs, "(.") {
				x.letter = strings.TrimRight(sign, " \t\u00a0") + " "
			}
		}
		open = append(open, i)
	}
	take()
}

// tightRows makes items of lines below one another that begin with the same sign, and no
// space after it: -Walk.
func tightRows(rows []row) {
	tight := func(i int) string {
		if i < 0 || i >= len(rows) || rows[i].text == "" || rows[i].kind != plainRow && rows[i].mark == 0 {
			return ""
		}
		s := rows[i].text
		r, n := utf8.DecodeRuneInString(s)
		next, _ := utf8.DecodeRuneInString(s[n:])
		if !strings.ContainsRune("-*+–—", r) || !unicode.IsLetter(next) || strings.HasSuffix(s, "*") {
			return ""
		}
		return s[:n]
	}
	for i := range rows {
		x := &rows[i]
		if s := tight(i); s != "" && x.kind == plainRow && (tight(i-1) == s || tight(i+1) == s) {
			x.mark, _ = utf8.DecodeRuneInString(s)
			x.kind, x.rest = signRow, x.at+len(s)
		}
	}
}

var romans = strings.Fields("i ii iii iv v vi vii viii ix x xi xii")

// tickedRows makes boxes of the ticks that stand among boxes: of those that are ticked.
func tickedRows(rows []row) {
	boxed := func(i int) bool { return i >= 0 && i < len(rows) && rows[i].kind == signRow && rows[i].mark == '☐' }
	tick := func(i, beside int) {
		x := &rows[i]
		chosen := x.kind == plainRow && (strings.HasPrefix(x.text, "(x) ") || strings.HasPrefix(x.text, "(X) "))
		if !boxed(beside) || !chosen && (x.kind != signRow || !strings.ContainsRune("✔✓✅", x.mark)) {
			return
		}
		if chosen {
			x.kind, x.rest = signRow, x.at+len("(x) ")
		}
		x.mark, x.ticked = '☐', true
	}
	for i := range rows {
		tick(i, i-1)
	}
	for i := len(rows) - 1; i >= 0; i-- {
		tick(i, i+1)
	}
}

// said is where the words of a row begin that has a sign: with it, if it says something.
func (r row) said() int {
	if _, ok := speaks(r.mark); ok {
		return r.at
	}
	return r.rest
}

// crossed tells whether a row begins with a sign of no, as pasted or as an item of Markdown's.
func (r row) crossed(text []byte) bool {
	first, _ := utf8.DecodeRune(text[r.rest:r.end])
	return r.kind == signRow && negative(r.mark) || negative(first) && strings.ContainsRune("-*+#", r.mark)
}

// tick is a row's box as Markdown has it, if it has one.
func (r row) tick() string {
	switch {
	case r.mark != '☐':
		return ""
	case r.ticked:
		return "[x] "
	}
	return "[ ] "
}

// counts is what a sign counts, and its kind: 1, a, A, i or I. What it should count tells
// the letter i from the number i.
func counts(sign string, should int) (n int, kind string) {
	if words := strings.Fields(sign); len(words) > 1 {
		sign = words[len(words)-1]
	}
	r, _ := utf8.DecodeRuneInString(sign)
	switch {
	case r >= '①' && r <= '⑳':
		return int(r-'①') + 1, "1"
	case unicode.IsDigit(r):
		for _, r := range sign {
			zero := r
			for unicode.IsDigit(zero-1) && r-zero < 9 {
				zero--
			}
			n = n*10 + int(r-zero)
		}
		return n, "1"
	}
	if n = slices.Index(romans, strings.ToLower(sign)) + 1; n == should && n > 0 {
		kind = "i"
	} else if len(sign) == 1 {
		n, kind = int(unicode.ToLower(r)-'a')+1, "a"
	}
	if unicode.IsUpper(r) {
		kind = strings.ToUpper(kind)
	}
	return n, kind
}

// ordinal is the number of "1. " or "1) " and what follows it, or "".
func ordinal(s string) (n int, after string) {
	after = strings.TrimLeft(s, "0123456789")
	digits := s[:len(s)-len(after)]
	if digits == "" || len(digits) > 2 || len(after) < 2 ||
		after[0] != '.' && after[0] != ')' || after[1] != ' ' && after[1] != '\t' {
		return 0, ""
	}
	n, _ = strconv.Atoi(digits) // of two digits
	return n, strings.TrimLeft(after[1:], " \t")
}

// pictograph tells emoji, dingbats, arrows and the like.
func pictograph(r rune) bool {
	return r >= 0x2190 && r <= 0x21ff || r >= 0x2300 && r <= 0x23ff || r >= 0x25a0 && r <= 0x27bf ||
		r >= 0x2b00 && r <= 0x2bff || r >= 0x1f000 && r <= 0x1faff || r == '‼' || r == '⁉'
}

// opening is the first letter of s behind its quotes and signs.
func opening(s string) rune {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "\"'“‘«¿¡(*_"))
	return r
}

// begins tells whether s may begin a sentence.
func begins(s string) bool {
	r := opening(s)
	return unicode.IsUpper(r) || unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.IsLower(r)
}

// ends tells whether s ends a sentence.
func ends(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)*_")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?:…。！？", r)
}

// uncounted is a line without the number that it begins with: 2. , 2.1 or II. .
func uncounted(s string) string {
	if m := ordinals.FindString(s); m != "" && m != s {
		return s[len(m):]
	}
	return s
}

var ordinals = regexp.MustCompile(`^(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.):]?|[IVX]{1,4}[.)]|[A-Z][.)])\s+`)

// titleLike tells whether s is short, begins like a sentence and does not end like one.
func titleLike(s string) bool {
	s = uncounted(s)
	r, _ := utf8.DecodeLastRuneInString(s)
	return !blank(s) && utf8.RuneCountInString(s) <= 60 && len(strings.Fields(s)) <= 9 && begins(s) &&
		!strings.Contains(s, ". ") && !strings.ContainsAny(s, "*_`[]{}|<>=") &&
		(unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune(")?”\"’", r))
}
