package content

import (
	"bytes"
	"regexp"
	"slices"
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

// unpaste makes a draft of the body that begins at base. The title, if there may be one, is
// found in it if it is empty, and left out of it.
func unpaste(src *source, base int, title *string, errs, warnings *Errors) (d *draft, titled string) {
	rows, marked := rowsOf(src.text, base)
	for i := range rows {
		x := &rows[i]
		if x.kind == signRow && negative(x.mark) && !saysNo(string(src.text[x.rest:x.end])) {
			errs.add(src.at(x.at), "sign-of-no", "say it in words: do not ...",
				"a sign that means no is not understood by all who read or hear it")
			x.kind = plainRow
		}
	}
	p := &paster{src: src, rows: rows, loose: !marked, warnings: warnings}
	if title != nil {
		titled = p.findTitle(title)
	}
	if p.loose {
		p.countedHeadings()
	}
	p.debris()
	if !p.run() {
		return &draft{text: src.text[base:], base: base}, titled
	}
	return &p.out, titled
}

// findTitle takes the title out of the text if the front matter has none, and leaves it
// out if the text begins by saying it again.
func (p *paster) findTitle(title *string) (from string) {
	first := p.filled(0)
	if first == len(p.rows) {
		return ""
	}
	under := func(i int) bool { // a line of = is below it
		return i+1 < len(p.rows) && p.rows[i].kind == plainRow && p.rows[i+1].kind == otherRow &&
			strings.Trim(p.rows[i+1].text, "=") == ""
	}
	top := func(i int) bool {
		return p.rows[i].kind == headingRow && strings.HasPrefix(p.rows[i].text, "# ") || under(i)
	}
	take := func(i int) {
		if under(i) {
			p.rows[i+1].kind = goneRow
		}
		p.rows[i].kind, p.changed = goneRow, true
	}
	if *title != "" {
		if x := p.rows[first]; (top(first) || x.kind == plainRow || x.kind == headingRow) &&
			strings.EqualFold(strings.TrimRight(plainLine(x.text), " ."), strings.TrimRight(*title, " .")) {
			take(first)
			p.warn(x.at, "title-again", "the title stands here again, and is left out")
		}
		return ""
	}
	at := slices.IndexFunc(p.rows, func(x row) bool {
		return x.kind == headingRow && strings.HasPrefix(x.text, "# ")
	})
	if under(first) {
		at = first
	}
	from = " (the first heading)"
	if at < 0 {
		rest := p.filled(first + 1)
		if !p.loose && p.rows[first].kind != plainRow || rest == len(p.rows) || p.rows[first].kind != plainRow ||
			!titleLike(bold(p.rows[first].text)) || strings.Contains(p.rows[first].text, "\t") ||
			rest == first+1 && p.rows[rest].kind == plainRow && !p.isHeading(first) {
			return ""
		}
		at, from = first, " (the first line)"
	}
	*title = plainLine(p.rows[at].text)
	if *title == "" || utf8.RuneCountInString(*title) > 200 || hasPlaceholder(*title) {
		*title = ""
		return ""
	}
	take(at)
	p.warn(p.rows[at].at, "title-found", "there is no title, so that this line stands for it; a line title: ... "+
		"between two lines of --- at the top is another, and so is --title")
	return from
}

// plainLine is a line of Markdown without its signs.
func plainLine(s string) string {
	s = strings.TrimSpace(strings.TrimRight(strings.TrimLeft(s, "# "), "# "))
	if i := strings.LastIndex(s, "{"); i > 0 && strings.HasSuffix(s, "}") && strings.ContainsAny(s[i:], ".=") {
		s = strings.TrimSpace(s[:i])
	}
	return strings.TrimSpace(strings.NewReplacer("<!-- -->", "", "**", "", "__", "", "`", "", "\t", " ").
		Replace(plainText([]byte(s))))
}

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

// countedHeadings makes headings of numbered lines that are no list: below one of them
// stands a list, and below each something.
func (p *paster) countedHeadings() {
	var found []int
	listed := false
	for i, x := range p.rows {
		if !x.number || x.kind != itemRow && x.kind != signRow || x.indent > 1 {
			continue
		}
		next := p.filled(i + 1)
		if next == len(p.rows) || !titleLike(string(p.src.text[x.rest:x.end])) || p.rows[next].number ||
			p.rows[next].kind == headingRow {
			return
		}
		if k := p.rows[next].kind; k == signRow || k == itemRow {
			listed = true
		}
		found = append(found, i)
	}
	if !listed || len(found) < 2 {
		return
	}
	for _, i := range found {
		p.rows[i].counted = true
	}
}

// What pages of the web have around a text.
var (
	byline = regexp.MustCompile(`(?i)^(by|por|von) \pL.*[|·•,].*\b(min read|updated|published|20[0-9]{2})\b|` +
		`\b[0-9]+ min(ute)?s? read\b`)
	shares = regexp.MustCompile(`(?i)^(share|tweet|pin|pin it|print|email|save|facebook|twitter|whatsapp|copy link|` +
		`subscribe|sign up|compartir|[ \t|·•]|this)+$`)
	related = regexp.MustCompile(`(?i)^(related|read more|read next|see also|advertisement|sponsored|` +
		`you may also like)\b.{0,80}$|^(©|\(c\)|copyright\b).*|\ball rights reserved\b`)
)

// debris notes lines that are a web page's and no handout's. They stay: who knows.
func (p *paster) debris() {
	for i := range p.rows {
		x := &p.rows[i]
		if x.kind == plainRow && len(x.text) < 200 && (byline.MatchString(x.text) || related.MatchString(x.text) ||
			strings.Contains(x.text, " ") && shares.MatchString(x.text)) {
			p.warnings.add(p.src.at(x.at), "from-a-web-page", "delete it, if the page is not to have it",
				"this line is a web page's, and stays as it is: who wrote it, how to share it, or whose it is")
			x.alone = true
		}
	}
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
			if r.sort(); indent > 1 && r.kind != signRow {
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

// filled is the first row from i on that is not blank, or one after the last.
func (p *paster) filled(i int) int {
	for i < len(p.rows) && p.rows[i].kind == blankRow {
		i++
	}
	return i
}

// run writes the draft and tells whether it differs from the body.
func (p *paster) run() bool {
	for i := 0; i < len(p.rows); {
		r := p.rows[i]
		switch {
		case r.kind == goneRow:
			i++
		case r.counted:
			p.warn(r.at, "read-as-heading", "this short line was read as a heading")
			p.heading(r.at, r.end)
			i++
		case r.kind == signRow || p.titledItem(i):
			i = p.items(i)
		case r.kind == plainRow && p.tabbed(i) > 0:
			i = p.table(i)
		case r.alone:
			p.changed = true
			p.out.put("\n", r.at)
			p.copy(i)
			p.out.put("\n", r.end)
			i++
		case p.loose && r.kind == plainRow && p.isHeading(i):
			p.warn(r.at, "read-as-heading", "this short line was read as a heading")
			if whole := bold(r.text); whole != r.text {
				p.heading(r.at+2, r.at+2+len(whole))
			} else {
				p.heading(r.at, r.end)
			}
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
	if text = p.filled(i + 1); text == len(p.rows) || p.rows[text].kind != plainRow ||
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
	// rows from..to are the item's text, or those up to subs its own list
	type entry struct{ row, from, to, subs int }
	var list []entry
	numbered := true
	next := i
	for j := i; j < len(p.rows) && p.rows[j].kind == first.kind && p.rows[j].mark == first.mark &&
		!p.rows[j].counted && p.rows[j].indent <= first.indent; {
		e := entry{row: j, from: j + 1, to: j + 1}
		if subs := p.below(j, first); subs > j+1 {
			e.subs = subs
			list = append(list, e)
			numbered = numbered && p.rows[j].number
			next = subs
			j = p.filled(next)
			continue
		}
		if text, ok := p.titled(j); titled && ok {
			e.from, e.to = text, text+1
		}
		// no line is broken so soon
		apart := first.kind == signRow && !titled && utf8.RuneCountInString(p.rows[j].text) < 60
		for e.to < len(p.rows) && p.rows[e.to].kind == plainRow && !p.startsAfter(e.to) &&
			!(apart && e.to == j+1 && begins(p.rows[e.to].text)) {
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
		j = p.filled(next)
	}
	if len(list) == 1 && first.kind == signRow && !negative(first.mark) {
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
		p.sublist(e.row+1, e.subs, len(sign))
	}
	p.out.put("\n", first.at)
	return next
}

// below is the row after those that are a list within the item in row i: with another
// sign, one of those that lists within lists have, or set in further.
func (p *paster) below(i int, first row) int {
	j := i + 1
	for ; j < len(p.rows); j++ {
		x := p.rows[j]
		within := x.indent > first.indent ||
			strings.ContainsRune("o◦▪§‣–—", x.mark) && !strings.ContainsRune("◦▪§‣–—", first.mark)
		if x.kind != signRow || x.mark == first.mark && x.indent <= first.indent || !within || pictograph(x.mark) &&
			x.mark != '▪' && x.indent <= first.indent {
			break
		}
	}
	return j
}

// sublist writes the rows from..to as the list of the item before, itself with lists
// where signs or places change.
func (p *paster) sublist(from, to, indent int) {
	if to <= from {
		return
	}
	type step struct {
		mark   rune
		indent int
	}
	var open []step
	for _, x := range p.rows[from:to] {
		here := step{x.mark, x.indent}
		for k := len(open) - 1; k > 0 && (here == open[k-1] || x.indent < open[k].indent); k-- {
			open = open[:k]
		}
		switch k := len(open) - 1; {
		case k < 0:
			open = append(open, here)
		case here != open[k] && (x.indent > open[k].indent || x.mark == '▪' || x.mark == '§') && k < 1:
			open = append(open, here)
		}
		p.out.put(strings.Repeat(" ", indent*len(open))+"- ", x.at)
		p.out.keep(p.src.text, x.rest, x.end)
		p.out.put("\n", x.end)
	}
}

// tabbed is how many rows from i on are a table whose cells tabs part; 0 for none.
func (p *paster) tabbed(i int) int {
	n := i
	for n < len(p.rows) && p.rows[n].kind == plainRow && len(p.cells(n)) > 1 {
		n++
	}
	if n -= i; n > 1 {
		return n
	}
	return 0
}

// cells are where the cells of a row with tabs begin and end.
func (p *paster) cells(i int) (cells [][2]int) {
	x := p.rows[i]
	for at := x.from; at <= x.end; {
		end := at
		for end < x.end && p.src.text[end] != '\t' {
			end++
		}
		from, to := at, end
		for from < to && p.src.text[from] == ' ' {
			from++
		}
		for to > from && p.src.text[to-1] == ' ' {
			to--
		}
		cells = append(cells, [2]int{from, to})
		at = end + 1
	}
	return cells
}

// table writes rows with tabs as a table. Several tabs in a row part two cells if they
// only keep the columns in line.
func (p *paster) table(i int) int {
	n := p.tabbed(i)
	rows := make([][][2]int, n)
	even := true
	for k := range rows {
		rows[k] = p.cells(i + k)
		even = even && len(rows[k]) == len(rows[0])
	}
	if !even { // tabs that keep the columns in line
		for k, cells := range rows {
			rows[k] = slices.DeleteFunc(cells, func(c [2]int) bool { return c[0] == c[1] && c[0] > p.rows[i+k].from })
		}
	}
	wide := 0
	for _, cells := range rows {
		wide = max(wide, len(cells))
	}
	p.warn(p.rows[i].at, "read-as-table", "%d lines with tabs in them, from here on, were read as a table", n)
	p.out.put("\n", p.rows[i].at)
	for k, cells := range rows {
		end := p.rows[i+k].end
		for c := range wide {
			p.out.put("| ", end)
			if c < len(cells) {
				for at := cells[c][0]; at < cells[c][1]; { // a bar in a cell is no border
					to := at + 1
					for to < cells[c][1] && p.src.text[to] != '|' {
						to++
					}
					if p.src.text[at] == '|' && (at == cells[c][0] || p.src.text[at-1] != '\\') {
						p.out.put("\\", at)
					}
					p.out.keep(p.src.text, at, to)
					at = to
				}
			}
			p.out.put(" ", end)
		}
		p.out.put("|\n", end)
		if k == 0 {
			p.out.put("|"+strings.Repeat("---|", wide)+"\n", end)
		}
	}
	p.out.put("\n", p.rows[i+n-1].end)
	return i + n
}

// isHeading tells whether the plain row i is a heading: short, without a stop,
// after something finished and before some text.
func (p *paster) isHeading(i int) bool {
	whole := bold(p.rows[i].text)
	strong := whole != p.rows[i].text
	if !titleLike(whole) || p.rows[i].alone {
		return false
	}
	if i > 0 {
		if before := p.rows[i-1]; before.kind == otherRow ||
			before.kind == plainRow && !before.alone && !ends(before.text) {
			return false
		}
	}
	next := p.filled(i + 1)
	if next == len(p.rows) {
		return false
	}
	switch n := p.rows[next]; n.kind {
	case itemRow, signRow:
		return true
	case plainRow:
		if strong && next > i+1 && bold(n.text) == n.text || len(p.cells(next)) > 1 && p.tabbed(next) > 0 {
			return true
		}
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
	return !blank(s) && utf8.RuneCountInString(s) <= 60 && len(strings.Fields(s)) <= 9 && begins(s) &&
		!strings.Contains(s, ". ") && !strings.ContainsAny(s, "*_`[]{}|<>=") &&
		(unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune(")?”\"’", r))
}
