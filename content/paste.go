package content

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Therapists paste articles. What comes from a web page or a chat is plain lines:
// a short one for a heading, a check mark for a list, one line a paragraph. This
// file and its lists and tables beside it turn such lines into the Markdown they stand
// for, and say so. They know lines only; blocks are the Markdown library's.

// unpaste makes a draft of the body that begins at base. The title, if there may be one, is
// found in it if it is empty, and left out of it.
func unpaste(src *source, base int, title *string, errs, warnings *Errors) (d *draft, titled string) {
	rows, marked := rowsOf(src.text, base)
	for i := range rows {
		x := &rows[i]
		if x.crossed(src.text) && !saysNo(string(src.text[x.rest:x.end]), false) && !noAbove(src.text, rows, i) {
			errs.add(src.at(x.at), "sign-of-no", sayNo, signOfNo)
			if x.kind == signRow {
				x.kind = plainRow
			}
		}
	}
	p := &paster{src: src, rows: rows, loose: !marked, warnings: warnings}
	p.debris()
	if p.loose && base == 0 { // no front matter: nobody who knows Markdown wrote it
		p.measure = lineMeasure(rows)
	}
	p.tables()
	p.breaks()
	p.joins()
	if title != nil {
		titled = p.findTitle(title)
		p.tables() // without the title
		p.breaks()
	}
	if p.loose {
		p.countedHeadings()
	}
	d = &p.out
	if !p.run() {
		d = &draft{text: src.text[base:], base: base}
	}
	return d.spelled(src, warnings), titled
}

// noAbove tells whether the line above the signs of no that row i is among says no
// already: What to avoid.
func noAbove(text []byte, rows []row, i int) bool {
	for i > 0 && (rows[i].kind == blankRow || rows[i].crossed(text)) {
		i--
	}
	heading := rows[i].kind == headingRow ||
		rows[i].kind == plainRow && titleLike(strings.TrimRight(rows[i].text, ": *"))
	return heading && saysNo(rows[i].text, true)
}

// findTitle takes the title out of the text if the front matter has none, and leaves it
// out if the text begins by saying it again.
func (p *paster) findTitle(title *string) (from string) {
	words := func(i int) int { // the first row from i on that is the text's own
		for i = p.filled(i); i < len(p.rows) && p.rows[i].alone; {
			i = p.filled(i + 1)
		}
		return i
	}
	first := words(0)
	if first == len(p.rows) {
		return ""
	}
	under := func(i int) bool { // a line of = is below it
		return i+1 < len(p.rows) && p.rows[i].kind == plainRow && (p.rows[i].under || p.rows[i+1].kind == otherRow &&
			strings.Trim(p.rows[i+1].text, "=") == "")
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
	if rest, x := words(first+1), p.rows[first]; x.kind == signRow && pictograph(x.mark) && x.mark != '☐' &&
		!negative(x.mark) && (rest == len(p.rows) || p.rows[rest].kind != signRow) {
		// An emoji that decorates a first line makes no list of it.
		p.rows[first].kind, p.rows[first].text = plainRow, string(p.src.text[x.rest:x.end])
		defer func() {
			if from == "" {
				p.rows[first] = x
			}
		}()
	}
	at := slices.IndexFunc(p.rows, func(x row) bool {
		return x.kind == headingRow && strings.HasPrefix(x.text, "# ")
	})
	if under(first) {
		at = first
	}
	from = " (the first heading)"
	if at < 0 {
		rest := words(first + 1)
		whole := p.headline(first)
		if rest == len(p.rows) || p.rows[first].kind != plainRow ||
			!titleLike(whole) || strings.Contains(p.rows[first].text, "\t") ||
			rest == first+1 && p.rows[rest].kind == plainRow && !p.isHeading(first) {
			return ""
		}
		at, from = first, " (the first line)"
	}
	*title = plainLine(p.rows[at].text)
	if p.rows[at].kind == plainRow && !p.rows[at].under {
		*title = plainLine(p.headline(at))
	}
	if *title == "" || utf8.RuneCountInString(*title) > 200 || hasPlaceholder(*title) || tag.MatchString(*title) {
		*title = ""
		return ""
	}
	take(at)
	p.warn(p.rows[at].at, "title-found", "there is no title or name at the top, so this line is used; to give one, "+
		"put a line title: ... (for a stretch, name: ...) between two lines of --- at the top, or use --title")
	return from
}

// headline is the row i as the words of a heading, without what marks it as one.
func (p *paster) headline(i int) string {
	s := p.rows[i].text
	if whole, at := bold(s); at > 0 {
		return whole
	}
	if shouted(s) || p.measure > 0 {
		return strings.TrimRight(s, ": ")
	}
	return s
}

// plainLine is a line of Markdown without its signs.
func plainLine(s string) string {
	s = strings.TrimSpace(strings.TrimRight(strings.TrimLeft(s, "# "), "# "))
	if i := strings.LastIndex(s, "{"); i > 0 && strings.HasSuffix(s, "}") && strings.ContainsAny(s[i:], ".=#") {
		s = strings.TrimSpace(s[:i])
	}
	s = strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, s)
	s = strings.NewReplacer("**", "", "__", "", "`", "").Replace(lineEnd.ReplaceAllString(s, " "))
	for _, sign := range lineSigns {
		s = sign.ReplaceAllString(s, "$1")
	}
	return strings.Join(strings.Fields(plainText([]byte(s))), " ")
}

// lineSigns are what Markdown writes around words, or editors do.
var lineSigns = []*regexp.Regexp{
	regexp.MustCompile(`(?i)<!--.*?-->|</?(?:b|strong|i|em|u|span|font|mark|small|center)(?: [^>]*)?>`),
	regexp.MustCompile(`!?\[([^\]]*)\]\([^)]*\)`),
	regexp.MustCompile(`\*([^* ][^*]*)\*`),
	regexp.MustCompile(`\b_([^_]+)_\b`),
}

// lineEnd is an end of a line within one.
var lineEnd = regexp.MustCompile(`(?i)<br ?/?>`)

// isLineEnd tells the only tag that is read: editors write it into cells of tables, which cannot hold a line's end.
func isLineEnd(raw []byte) bool {
	raw = bytes.TrimSpace(raw)
	return len(raw) > 0 && len(lineEnd.Find(raw)) == len(raw)
}

// tag is what is left of HTML in a line.
var tag = regexp.MustCompile(`</?[a-zA-Z][^>]*>`)

// countedHeadings makes headings of numbered lines that are no list: below one of them
// stands a list, or below each a paragraph of its own, and below each something.
func (p *paster) countedHeadings() {
	var found []int
	listed, spaced := false, true
	for i, x := range p.rows {
		if !x.number || x.mark == 'a' || x.kind != itemRow && x.kind != signRow || x.indent > 1 {
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
		spaced = spaced && next > i+1 && i > 0 && p.rows[i-1].kind == blankRow
		found = append(found, i)
	}
	if !listed && !spaced || len(found) < 2 {
		return
	}
	for _, i := range found {
		p.rows[i].counted = true
	}
}

// What pages of the web, and letters, have around a text.
var (
	byline = regexp.MustCompile(`(?i)^(by|por|von|par) \pL.*[|·•,].*\b(min read|updated|published|20[0-9]{2})\b|` +
		`\b[0-9]+ min(ute)?s? read\b|^(posted|published|written|updated|last (updated|reviewed|modified)|` +
		`medically reviewed|reviewed|reading time|publicado|actualizado)\b.{0,80}\b([0-9]{4}|minutes?|by \pL.*)$`)
	shares = regexp.MustCompile(`(?i)^(share|tweet|pin|pin it|print|email|save|facebook|twitter|whatsapp|copy link|` +
		`subscribe|sign up|compartir|on|via|with friends|this|article|page|link|x|linkedin|instagram|pinterest|` +
		`[ \t|·•,/])+$`)
	related = regexp.MustCompile(`(?i)^(related|read more|read next|see also|advertisement|sponsored|` +
		`you may also like|follow us|previous (post|article)|next (post|article)|tags|filed under|` +
		`categories)\b.{0,80}$|` +
		`^(©|\(c\)|copyright\b).*|\ball rights reserved\b|^(skip to|click here|leave a (comment|reply)|` +
		`sign up for|subscribe to|we use cookies|this (site|website) uses cookies)\b.*|^home( [>›»/] .{1,40})+$|` +
		`^sent from my \pL+|^(enviado desde|von meinem) .{0,40}$|` +
		`^this (e-?mail|message)\b.*\b(confidential|intended)\b.*`)
	// what is said around a text that was asked for in a chat, and the lines of one
	chat = regexp.MustCompile(`(?i)^(you|user|me|chatgpt|assistant|claude|gemini|copilot|tú|usted)( said| dijo)?:` +
		`(\s.*)?$|` +
		`^\[[0-9:./, -]+( ?[ap]\.?m\.?)?\] [^:]{1,40}: |` +
		`^[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4},? [0-9]{1,2}:[0-9]{2}( ?[ap]\.?m\.?)? - [^:]{1,40}: |` +
		`^(sure( thing)?|certainly|of course|absolutely|great question|happy to help|no problem|claro( que sí)?|` +
		`por supuesto|natürlich|gerne|bien sûr)[!.,—– ]*$|` +
		`^¡?(sure( thing)?|certainly|of course|absolutely|claro( que sí)?|por supuesto|natürlich|gerne|bien sûr)` +
		`[!.,—–]+ .{0,30}\b(here|below|happy|aqu[ií]|hier|voici).{0,90}$|` +
		`^(here.?s|here (is|are)|below is|aquí (tienes?|está)|hier ist|voici) (a|an|the|your|un|una|el|la|tu|su|ein|` +
		`ihr|une|votre)\b.{0,60}\b(handout|version|draft|text|guide|leaflet|summary|rewrite|sheet|folleto|texto|guía|` +
		`hoja|versión|borrador)\b.{0,40}:$|` +
		`^(please )?let me know if (you.?d like|you would like|you want|you need (any|more|changes|anything)|` +
		`there.?s anything|i can)\b.*|^(would you like|do you want|want) me to\b.*|^i hope this helps\b.*|` +
		`^(please )?feel free to (adjust|edit|modify|customi[sz]e|adapt|change|let me)\b.*|` +
		`^if you.?d like, i can\b.*|^i can also (make|turn|create|format|add|write|translate)\b.*|` +
		`^as an ai\b.*|^(espero que (te|le) (sirva|ayude)|av[ií]s[ae]me si|¿(quieres|quiere|te gustaría) que)\b.*`)
	// a blank that whoever wrote the text left to be filled in
	unfilled = regexp.MustCompile(`(?i)\[(your|insert|add|clinic|practice|name|phone|telephone|date|address|email|` +
		`patient|therapist|tu|su|nombre|teléfono|fecha)\b[^\]\n]{0,40}\](?:[^(:]|$)`)
	// how a letter begins, or a note in a program that keeps facts with it
	envelope = regexp.MustCompile(`(?i)^(owner|status|tags|created( by| time)?|last edited( by| time)?|author|from|` +
		`to|cc|bcc|sent|date|subject|reply-to|von|an|gesendet|betreff|de|para|` +
		`enviado( el)?|asunto|à|envoyé|objet): `)
)

// debris notes lines that are a web page's or a letter's and no handout's. They stay: who knows.
func (p *paster) debris() {
	header := func(i int) bool {
		return i >= 0 && i < len(p.rows) && p.rows[i].kind == plainRow && envelope.MatchString(p.rows[i].text)
	}
	for i := range p.rows {
		x := &p.rows[i]
		if m := unfilled.FindStringIndex(x.text); m != nil && x.kind != goneRow {
			p.warnings.add(p.src.at(x.at+m[0]), "blank-to-fill", "write what belongs here, or delete it",
				"this looks like a blank that somebody was to fill in, and is printed as it is")
		}
		if x.kind != plainRow || len(x.text) > 400 {
			continue
		}
		const hint = "delete it if it does not belong on the page"
		switch {
		case header(i) && (header(i-1) || header(i+1)):
			p.warnings.add(p.src.at(x.at), "from-a-letter", hint,
				"this line looks like the head of an e-mail or a note, and stays as it is")
		case chat.MatchString(x.text):
			p.warnings.add(p.src.at(x.at), "from-a-chat", hint,
				"this line looks like part of a chat in which the text was asked for, and stays as it is")
		case byline.MatchString(x.text) || related.MatchString(x.text) ||
			strings.Contains(x.text, " ") && shares.MatchString(x.text):
			p.warnings.add(p.src.at(x.at), "from-a-web-page", hint,
				"this line looks like part of a web page (its author, sharing or copyright), and stays as it is")
		default:
			continue
		}
		x.alone = true
	}
}

type paster struct {
	src      *source
	rows     []row
	loose    bool // no Markdown headings: short lines may be some
	out      draft
	warnings *Errors
	changed  bool
	split    bool   // said that line ends were taken for paragraph ends
	lines    bool   // said that lines are kept
	count    row    // the last item that had a number
	behind   string // what stood behind it
	measure  int    // where lines are broken by a program, or 0 if it is not to be told
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
		case r.counted || r.under:
			p.warn(r.at, "read-as-heading", "this short line was read as a heading")
			p.heading(r.at, r.end)
			i++
		case r.kind == signRow || p.titledItem(i) || r.kind == itemRow && r.number && i+1 < len(p.rows) &&
			p.rows[i+1].mark == 'a' && p.rows[i+1].kind == signRow:
			i = p.items(i)
		case r.kind == plainRow && p.parted(i) > 0:
			i = p.table(i)
		case r.alone:
			p.changed = true
			p.out.put("\n", r.at)
			p.copy(i)
			p.out.put("\n", r.end)
			i++
		case p.loose && r.kind == plainRow && mayGo.MatchString(r.text) && titleLike(plainLine(r.text)):
			p.heading(r.at, r.end)
			p.changed = true
			i++
		case p.loose && r.kind == plainRow && p.isHeading(i):
			p.warn(r.at, "read-as-heading", "this short line was read as a heading")
			_, from := bold(r.text)
			p.heading(r.at+from, r.at+from+len(p.headline(i)))
			i++
		default:
			if p.loose && p.newParagraph(i) {
				if !p.split {
					p.warn(r.at, "read-as-paragraphs", "each long line from here on was read as a paragraph")
					p.split = true
				}
				p.out.put("\n", r.at)
			}
			p.line(i)
			i++
		}
	}
	return p.changed
}

// line writes a row that is text, or an item of Markdown's.
func (p *paster) line(i int) {
	r := p.rows[i]
	from, end := r.from+r.drop, "\n"
	if r.glued {
		from = r.at
	}
	if p.measure > 0 {
		if r.kind == itemRow && r.number && r.indent < 2 && p.opensItem(i) {
			p.out.put(p.counter(r), r.at)
			from = r.rest
		} else if m := noSign.FindStringSubmatch(r.text); m != nil {
			p.out.keep(p.src.text, r.at, r.at+len(m[1]))
			from = r.at + len(m[1])
			p.out.put("\\", from)
		}
	}
	if r.more {
		p.warn(r.at, "read-as-more-than", "> before a number was read as more than, and not as a quotation")
		p.out.keep(p.src.text, from, r.at)
		p.out.put("\\", r.at)
		from = r.at
	}
	if r.byHand {
		if !p.lines {
			p.warn(r.at, "read-as-lines", "each short line from here on was kept as a line of its own")
			p.lines = true
		}
		end = "\\\n"
	}
	goesOn := i+1 < len(p.rows) && p.rows[i+1].glued
	if from == r.from+r.drop && !r.byHand && !goesOn {
		p.copy(i)
		return
	}
	p.changed = true
	if p.words(i, from); !goesOn {
		p.out.put(end, r.end)
	}
}

// words writes a row's from a place on, without the sign that parts the last one.
func (p *paster) words(i, from int) {
	p.out.keep(p.src.text, from, p.rows[i].end-p.rows[i].hyphen)
}

// opensItem tells whether the numbered row i is an item, and not the rest of a sentence that a program broke before a
// number.
func (p *paster) opensItem(i int) bool {
	above := i - 1
	for above >= 0 && p.rows[above].kind == plainRow {
		above--
	}
	return p.rows[i].nth == 1 || above == i-1 || above >= 0 && p.rows[above].kind == itemRow
}

// noSign is a line that begins with a year; Markdown would read a list there.
var noSign = regexp.MustCompile(`^([0-9]{3,9})[.)](?:\s|$)`)

// lineMeasure is the length at which the text's lines were broken by a program, in characters:
// that of the longest, but no measure is under 60, nor is a line of more than 100 broken at all.
func lineMeasure(rows []row) int {
	longest := 60
	for _, x := range rows {
		if x.kind == plainRow {
			longest = max(longest, utf8.RuneCountInString(x.text))
		}
	}
	return min(longest, 100)
}

// breaks notes which plain rows end where their author ended them: the word after had room
// there, and a sentence ends with the row, or each row of the paragraph begins as one does.
// Sets and addresses are written so: run together, they could not be read. It goes upwards,
// for whether a row is a heading hangs on those below it.
func (p *paster) breaks() {
	plain := func(i int) bool { return i >= 0 && i < len(p.rows) && p.rows[i].kind == plainRow }
	sentences := false // the rows of the paragraph but its first are
	for i := len(p.rows) - 1; i >= 0 && p.measure > 0; i-- {
		p.rows[i].byHand = false
		if !plain(i) || !plain(i+1) {
			continue
		}
		if !plain(i + 2) {
			first := i
			for plain(first - 1) {
				first--
			}
			goesOn := func(x row) bool { return unicode.IsLower(opening(x.text)) } // signs and numbers begin
			sentences = !slices.ContainsFunc(p.rows[first+1:i+2], goesOn)
		}
		x, next := &p.rows[i], p.rows[i+1]
		word, _, _ := strings.Cut(next.text, " ")
		x.byHand = (sentences || p.startsAfter(i+1)) && !next.alone && !strings.HasSuffix(x.text, `\`) &&
			utf8.RuneCountInString(x.text)+1+utf8.RuneCountInString(word) <= p.measure &&
			!p.newParagraph(i+1) && p.parted(i+1) == 0 && !p.isHeading(i+1)
	}
}

// joins notes the words that a program parted at the end of a line.
func (p *paster) joins() {
	if p.measure == 0 {
		return
	}
	longest := 0
	for _, x := range p.rows {
		longest = max(longest, utf8.RuneCountInString(x.text))
	}
	said := map[string]bool{} // the words of the text
	for _, word := range strings.FieldsFunc(strings.ToLower(string(p.src.text)), func(r rune) bool {
		return !unicode.IsLetter(r) && r != '-'
	}) {
		said[word] = true
	}
	for i := range p.rows[:max(0, len(p.rows)-1)] {
		x, next := &p.rows[i], &p.rows[i+1]
		m := partedWord.FindStringSubmatch(x.text)
		if soft := partedWord.FindSubmatch(p.src.text[x.at:min(x.end+2, len(p.src.text))]); m == nil && soft != nil {
			m = []string{"", string(soft[1]), ""}
		}
		rest := restOfWord.FindString(next.text)
		if m == nil {
			m, rest = partedNumber.FindStringSubmatch(x.text), restOfNumber.FindString(next.text)
		}
		if m == nil || rest == "" || next.kind != plainRow || next.alone || next.under || p.parted(i+1) > 0 ||
			x.byHand ||
			x.kind != plainRow && x.kind != itemRow && x.kind != signRow || x.alone ||
			m[2] == "-" && utf8.RuneCountInString(x.text) < longest*2/3 {
			continue
		}
		word := m[1] + rest
		next.glued = true
		switch whole := m[1] + m[2] + rest; {
		case restOfNumber.MatchString(rest), m[2] == "-" && said[whole],
			m[2] == "-" && !said[word] && slices.Contains(compounding, m[1]) &&
				!slices.Contains(suffixes, rest):
			word = whole
		default:
			x.hyphen = len(m[2])
		}
		p.warn(x.at, "word-joined", "%q was parted at the end of this line, and is put together", word)
	}
}

// A word that is parted, and the rest of it. Some words stand before a hyphen as a rule, if no ending follows.
var (
	partedWord   = regexp.MustCompile(`(\p{Ll}+)([-\x{2010}\x{ad}])$`)
	restOfWord   = regexp.MustCompile(`^\p{Ll}+`)
	partedNumber = regexp.MustCompile(`([0-9]+)([-–])$`) // 24-48 hours
	restOfNumber = regexp.MustCompile(`^[0-9]+`)
	compounding  = strings.Fields("self well low high non long short half full side two three four five six seven " +
		"eight nine single double follow warm cool check step push pull sit heel knee hip toe deep cross")
	suffixes = strings.Fields("ing ed er ers est ly s es ness ful able ment ting ping ding ning ted ped")
)

// copy keeps a row as it is, its indent too.
func (p *paster) copy(i int) {
	from := p.rows[i].from + p.rows[i].drop
	p.changed = p.changed || p.rows[i].drop > 3
	if n := p.rows[i].hashes; n > 0 {
		p.changed = true
		p.out.keep(p.src.text, from, p.rows[i].at+n)
		p.out.put(" ", p.rows[i].at+n)
		from = p.rows[i].at + n
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

// isHeading tells whether the plain row i is a heading: short, without a stop,
// after something finished and before some text.
func (p *paster) isHeading(i int) bool {
	_, strong := bold(p.rows[i].text)
	loud := shouted(p.rows[i].text)
	labels := strings.HasSuffix(p.rows[i].text, ":")
	if !titleLike(p.headline(i)) || p.rows[i].alone {
		return false
	}
	if i > 0 {
		if before := p.rows[i-1]; before.kind == otherRow && !before.alone ||
			before.kind == plainRow && !before.alone && !ends(before.text) {
			return false
		}
	}
	next := p.filled(i + 1)
	for next < len(p.rows) && p.rows[next].alone {
		next = p.filled(next + 1)
	}
	if next == len(p.rows) {
		return false
	}
	switch n := p.rows[next]; n.kind {
	case itemRow, signRow:
		// "not more than" is none over "3. times a day"
		return !n.number || n.nth < 2 || next > i+1 || begins(string(p.src.text[n.rest:n.end]))
	case plainRow:
		if labels && n.byHand {
			return true
		}
		_, more := bold(n.text)
		if strong > 0 && next > i+1 && more == 0 || p.parted(next) > 0 || (loud || strong > 0) && ends(n.text) {
			return true
		}
		enough := utf8.RuneCountInString(n.text) >= 40
		if !enough && ends(n.text) && (i == 0 || p.rows[i-1].kind == blankRow || p.rows[i-1].kind == itemRow) {
			enough = next == i+1 && len(strings.Fields(n.text)) > 3 || wide(n.text)
		}
		return enough && begins(n.text) && (ends(n.text) || !titleLike(n.text))
	}
	return false
}

// wide tells a text in a script without spaces between words.
func wide(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
	})
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
