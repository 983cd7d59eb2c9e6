package content

import (
	"bytes"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Therapists paste articles. What comes from a web page or a chat is plain lines:
// a short one for a heading, a check mark for a list, one line a paragraph. This
// file turns such lines into the Markdown they stand for and says so. It knows
// lines only; blocks are the Markdown library's.

// draft is a body as the Markdown library reads it, with the way back from its
// bytes to the author's.
type draft struct {
	text   []byte
	pieces []piece // nil if text is the author's own from offset base on
	base   int
}

// piece is a stretch of a draft's bytes that stood together in the file, or that
// was put in for the sake of a place in it.
type piece struct {
	out, in int
	put     bool
}

// origin is the place in the file of a byte of the draft.
func (d *draft) origin(offset int) int {
	if d.pieces == nil {
		return d.base + offset
	}
	i := max(0, sort.Search(len(d.pieces), func(i int) bool { return d.pieces[i].out > offset })-1)
	if p := d.pieces[i]; !p.put {
		return p.in + offset - p.out
	}
	return d.pieces[i].in
}

func (d *draft) put(s string, at int) {
	d.pieces = append(d.pieces, piece{len(d.text), at, true})
	d.text = append(d.text, s...)
}

func (d *draft) keep(src []byte, from, to int) {
	d.pieces = append(d.pieces, piece{len(d.text), from, false})
	d.text = append(d.text, src[from:to]...)
}

// row is a line of the body.
type row struct {
	kind   rowKind
	at     int    // offset of its first character that is not space
	end    int    // offset after its last character that is not space
	text   string // what is between
	mark   rune   // of a pasted item or Markdown list item: the sign it begins with
	number bool   // the sign is, or is followed by, a number
	rest   int    // offset of the item's text
}

type rowKind uint8

const (
	blankRow   rowKind = iota
	plainRow           // text
	itemRow            // of a Markdown list
	signRow            // begins with a sign that pasted lists have
	headingRow         // Markdown's
	otherRow           // fences and what is in them, quotes, tables, set-in lines
)

// unpaste makes a draft of the body that begins at base.
func unpaste(src *source, base int, errs, warnings *Errors) *draft {
	body := src.text[base:]
	rows, marked, signs := rowsOf(src.text, base)
	for _, r := range rows {
		if r.kind == signRow && negative(r.mark) {
			errs.add(src.at(r.at), "sign-of-no", "say it in words: do not ...",
				"a sign that means no is not understood by all who read or hear it")
		}
	}
	if marked && !signs {
		return &draft{text: body, base: base}
	}
	p := &paster{src: src, rows: rows, loose: !marked, warnings: warnings}
	if !p.run() {
		return &draft{text: body, base: base}
	}
	return &p.out
}

// rowsOf takes the lines from base on apart. It tells whether Markdown headings
// are among them, and signs.
func rowsOf(text []byte, base int) (rows []row, marked, signs bool) {
	fence := ""
	for at := base; at < len(text); {
		end := len(text)
		if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		line := string(text[at:end])
		s := strings.TrimLeft(line, " \t")
		indent := len(line) - len(s)
		r := row{at: at + indent, text: strings.TrimRight(s, " \t")}
		r.end = r.at + len(r.text)
		at = end + 1
		switch {
		case fence != "":
			r.kind = otherRow
			if strings.HasPrefix(r.text, fence) {
				fence = ""
			}
		case r.text == "":
			r.kind = blankRow
		case strings.HasPrefix(r.text, "```"), strings.HasPrefix(r.text, "~~~"):
			r.kind, fence = otherRow, r.text[:3]
		case r.text[0] == '#' && strings.HasPrefix(strings.TrimLeft(r.text, "#"), " "):
			r.kind, marked = headingRow, true
		case strings.Trim(r.text, "=") == "" || strings.Trim(r.text, "-") == "":
			r.kind = otherRow
			marked = marked || len(rows) > 0 && rows[len(rows)-1].kind == plainRow
		case indent > 1, strings.ContainsRune(">|<", rune(r.text[0])):
			r.kind = otherRow
		default:
			r.sort()
			signs = signs || r.kind == signRow
		}
		rows = append(rows, r)
	}
	return rows, marked, signs
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
	case strings.ContainsRune("•·‣⁃∙◦–—", c):
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

// ordinal is what follows "1. " or "1) ", or "".
func ordinal(s string) string {
	after := strings.TrimLeft(s, "0123456789")
	if n := len(s) - len(after); n == 0 || n > 2 || len(after) < 2 ||
		after[0] != '.' && after[0] != ')' || after[1] != ' ' {
		return ""
	}
	return strings.TrimLeft(after[1:], " ")
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

type paster struct {
	src      *source
	rows     []row
	loose    bool // no Markdown headings: short lines may be some
	out      draft
	warnings *Errors
	changed  bool
	split    bool // said that line ends were taken for paragraph ends
}

func (p *paster) warn(at int, code, format string, args ...any) {
	p.changed = true
	p.warnings.add(p.src.at(at), code, "", format, args...)
}

// run writes the draft and tells whether it differs from the body.
func (p *paster) run() bool {
	for i := 0; i < len(p.rows); {
		r := p.rows[i]
		switch {
		case r.kind == signRow && !negative(r.mark) || p.titledItem(i):
			i = p.items(i)
		case p.loose && r.kind == plainRow && p.isHeading(i):
			p.warn(r.at, "read-as-heading", "this short line was read as a heading")
			p.heading(r.at, r.end)
			i++
		default:
			if p.loose && p.newParagraph(i) {
				if !p.split {
					p.warn(r.at, "read-as-paragraphs", "each long line from here on was read as a paragraph")
					p.split = true
				}
				p.out.put("\n", r.at)
			}
			p.copy(i)
			i++
		}
	}
	return p.changed
}

// copy keeps a row as it is, its indent too.
func (p *paster) copy(i int) {
	from := p.rows[i].at
	for from > 0 && (p.src.text[from-1] == ' ' || p.src.text[from-1] == '\t') {
		from--
	}
	to := p.rows[i].end
	for to < len(p.src.text) && p.src.text[to] != '\n' {
		to++
	}
	p.out.keep(p.src.text, from, min(to+1, len(p.src.text)))
}

func (p *paster) heading(from, to int) {
	p.out.put("\n## ", from)
	p.out.keep(p.src.text, from, to)
	p.out.put("\n\n", to)
}

// titled tells whether row i is a short line that the next text explains. Where
// the text begins is returned too.
func (p *paster) titled(i int) (text int, ok bool) {
	if !titleLike(string(p.src.text[p.rows[i].rest:p.rows[i].end])) {
		return 0, false
	}
	for text = i + 1; text < len(p.rows) && p.rows[text].kind == blankRow; text++ {
	}
	if text == len(p.rows) || p.rows[text].kind != plainRow ||
		titleLike(p.rows[text].text) && !ends(p.rows[text].text) {
		return 0, false
	}
	return text, true
}

// titledItem tells whether row i is a Markdown list item that is a title over the
// line below, which Markdown would run into one.
func (p *paster) titledItem(i int) bool {
	if !p.loose || p.rows[i].kind != itemRow {
		return false
	}
	text, ok := p.titled(i)
	return ok && text == i+1
}

// items turns the rows from i on that begin with the same sign into a list, or a
// single one into a heading or a paragraph. It returns the row after them.
func (p *paster) items(i int) int {
	first := p.rows[i]
	_, titled := p.titled(i)
	type entry struct{ row, from, to int } // rows from..to are the item's text
	var list []entry
	numbered := true
	next := i
	for j := i; j < len(p.rows) && p.rows[j].kind == first.kind && p.rows[j].mark == first.mark; {
		e := entry{row: j, from: j + 1, to: j + 1}
		if text, ok := p.titled(j); titled && ok {
			e.from, e.to = text, text+1
		}
		for e.to < len(p.rows) && p.rows[e.to].kind == plainRow && !p.startsAfter(e.to) {
			e.to++
		}
		// Finished lines are still the item's if the next item follows them.
		for k := e.to; titled && k < len(p.rows); k++ {
			if p.rows[k].kind == first.kind && p.rows[k].mark == first.mark {
				e.to = k
			}
			if p.rows[k].kind != plainRow || titleLike(p.rows[k].text) {
				break
			}
		}
		list = append(list, e)
		numbered = numbered && p.rows[j].number
		next = e.to
		for j = next; j < len(p.rows) && p.rows[j].kind == blankRow; j++ {
		}
	}
	if len(list) == 1 && first.kind == signRow {
		switch {
		case titled:
			p.warn(first.at, "sign-read-as-heading", "this line with a sign before it was read as a heading")
			p.heading(first.rest, first.end)
			return i + 1
		case pictograph(first.mark) && !box.MatchString(string(first.mark)):
			p.warn(first.at, "sign-left-out", "the sign at the start of this line was left out")
			p.out.put("\n", first.at)
			p.out.keep(p.src.text, first.rest, first.end)
			p.out.put("\n", first.end)
			return i + 1
		}
	}
	what, sign := "bulleted", "- "
	if numbered {
		what, sign = "numbered", "1. "
	}
	if m := box.FindStringSubmatch(string(first.mark)); m != nil && m[1] != "" {
		what, sign = "check", sign+"[ ] "
	} else if m != nil {
		what, sign = "check", sign+"[x] "
	}
	p.warn(first.at, "read-as-list", "%d lines with a sign before them, from here on, were read as a %s list",
		len(list), what)
	p.out.put("\n", first.at)
	for _, e := range list {
		r := p.rows[e.row]
		p.out.put(sign, r.at)
		close := ".**"
		if p.src.text[r.end-1] == '?' {
			close = "**"
		}
		lead := titled && e.to > e.from && !bytes.ContainsAny(p.src.text[r.rest:r.end], "*_`")
		if lead {
			p.out.put("**", r.rest)
		}
		p.out.keep(p.src.text, r.rest, r.end)
		if lead {
			p.out.put(close, r.end)
		}
		for _, t := range p.rows[e.from:e.to] {
			p.out.put(" ", t.at)
			p.out.keep(p.src.text, t.at, t.end)
		}
		p.out.put("\n", r.end)
	}
	p.out.put("\n", first.at)
	return next
}

// isHeading tells whether the plain row i is a heading: short, without a stop,
// after something finished and before some text.
func (p *paster) isHeading(i int) bool {
	if !titleLike(p.rows[i].text) {
		return false
	}
	if i > 0 {
		if before := p.rows[i-1]; before.kind == plainRow && !ends(before.text) || before.kind == otherRow {
			return false
		}
	}
	next := i + 1
	for next < len(p.rows) && p.rows[next].kind == blankRow {
		next++
	}
	if next == len(p.rows) {
		return false
	}
	switch n := p.rows[next]; n.kind {
	case itemRow, signRow:
		return true
	case plainRow:
		return utf8.RuneCountInString(n.text) >= 40 && begins(n.text) && (ends(n.text) || !titleLike(n.text))
	}
	return false
}

// newParagraph tells whether the plain row i begins a paragraph although no
// blank line is before it.
func (p *paster) newParagraph(i int) bool {
	if i == 0 || p.rows[i].kind != plainRow || !p.startsAfter(i) {
		return false
	}
	switch before := p.rows[i-1]; before.kind {
	case plainRow:
		return utf8.RuneCountInString(before.text) > 100
	case itemRow:
		return true
	}
	return false
}

// startsAfter tells whether row i starts a sentence after a finished one.
func (p *paster) startsAfter(i int) bool {
	return begins(p.rows[i].text) && ends(p.rows[i-1].text)
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
	return utf8.RuneCountInString(s) <= 60 && len(strings.Fields(s)) <= 9 && begins(s) &&
		!strings.Contains(s, ". ") && !strings.ContainsAny(s, "*_`[]{}|<>=") &&
		(unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune(")?”\"’", r))
}
