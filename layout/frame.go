package layout

import (
	"slices"
	"strings"
	"time"

	"rsc.io/qr"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
)

// The frame of a page: the clinic's name on top, whose page it is, and the small
// print at the foot.

// frameCopy is the words of the frame, shaped.
type frameCopy struct {
	title    *text
	subtitle *text // nil for none
	clinic   *text // nil for none
	tagline  *text
	logo     *picture.Picture
	contact  []*text
	address  *text // at the foot of the large edition, which has only phones on top

	name  *text   // nil: a line to write it on
	label *text   // before that line
	visit []*text // date and therapist, next visit
	dear  *text   // the greeting of a letter; nil for none
	date  *text
	who   *text
	next  *text
	note  *text    // the therapist's personal line; nil for none
	code  *qr.Code // the booking address; nil for none
	scan  *text    // below the code
	alt   string   // of the code

	// The same for a head that has a strip.
	phone               *text // nil for none
	place               *text
	book                *text // beside the code to book
	when, by            *text // when it was given, and by whom
	nextLabel, nextWhen *text

	notes   []noteCopy
	small   *text // nil for none
	imprint *text // title, version and date of the text, and a middot
	mark    *text // the same, and the page's code

	id int // of what all pages of a handout, a brand and a day have in common; 0 if it was not kept
}

// middot stands between what is told in a row, and neither begins nor ends a line.
const middot = "\u00a0\u00a0\u00b7  "

// frame reads the frame of a page, or recalls what it has in common with others.
func (r *reader) frame(h *content.Page, b *content.Brand) *frameCopy {
	s := r.setter
	s.key = r.frameKey(s.key[:0], h, b)
	known, ok := s.frames[frameKey{string(s.key), r.words, b.Logo}]
	if !ok {
		keep, said, faults := !r.named(s.key), string(s.key), len(r.errs)
		known = r.readFrame(h, b)
		if keep && len(r.errs) == faults {
			if len(s.frames) == maxFrames {
				clear(s.frames)
			}
			s.ids++
			known.id = s.ids
			s.frames[frameKey{said, r.words, b.Logo}] = known
		}
	}
	f := *known
	r.person(&f)
	r.at = h.Position
	if code := h.Visit.Code; code != "" {
		f.mark = r.ending(f.imprint, r.isolate(code))
	}
	return &f
}

// readFrame reads what the pages of a handout, a brand and a day have in common.
func (r *reader) readFrame(h *content.Page, b *content.Brand) *frameCopy {
	w := r.words
	f := &frameCopy{logo: b.Logo}
	r.at = h.Position
	f.title = r.filled(content.Text{{Text: h.Title, Bold: true}}, fonts.Bold)
	f.subtitle = some(r.plain(h.Subtitle, fonts.Regular))
	r.at = b.Position
	f.clinic = some(r.plain(r.isolate(b.Name), fonts.Bold))
	f.tagline = some(r.plain(r.isolate(b.Tagline), fonts.Regular))
	r.stripped(f, b)
	var line content.Text
	add := func(s content.Span) {
		if len(line) > 0 {
			line = append(line, content.Span{Text: middot})
		}
		line = append(line, s)
	}
	for _, ph := range seen(b.Phones) {
		add(content.Span{Text: r.isolate(ph), Bold: true, Link: "tel:" + dialled(ph)})
	}
	if r.large && len(line) > 0 {
		f.contact, line = append(f.contact, r.text(line, fonts.Regular)), nil
	}
	// A booking page on the clinic's own site stands for the site.
	if b.Web != "" && !strings.HasPrefix(bareAddress(b.Booking), bareAddress(b.Web)) {
		add(content.Span{Text: bareAddress(b.Web), Link: b.Web})
	}
	if b.Booking != "" {
		add(content.Span{Text: unbroken(w.Book, 22) + ": "})
		line = append(line, content.Span{Text: bareAddress(b.Booking), Link: b.Booking})
	}
	if len(line) > 0 && !r.large {
		f.contact, line = append(f.contact, r.text(line, fonts.Regular)), nil
	}
	var place content.Text
	if lines := seen(b.Address); len(lines) > 0 {
		place = append(place, content.Span{Text: r.isolate(strings.Join(lines, ", "))})
	}
	if b.Email != "" {
		if len(place) > 0 {
			place = append(place, content.Span{Text: middot})
		}
		place = append(place, content.Span{Text: b.Email, Link: "mailto:" + b.Email})
	}
	switch {
	case r.large && len(line)+len(place) > 0:
		if len(line) > 0 && len(place) > 0 {
			line = append(line, content.Span{Text: middot})
		}
		f.address = r.text(append(line, place...), fonts.Regular)
	case len(place) > 0:
		f.contact = append(f.contact, r.text(place, fonts.Regular))
	}
	if b.Booking != "" {
		if code, err := qr.Encode(b.Booking, qr.M); err == nil {
			f.code, f.alt = code, w.ScanToBook+": "+b.Booking
			f.scan = r.plain(w.ScanToBook, fonts.Regular)
		}
	}
	f.small = some(r.plain(r.isolate(b.SmallPrint), fonts.Regular))
	f.notes = r.notes(h.Notes)
	r.day(f, h.Visit, b)
	mark := []string{h.Title}
	if !blank(h.Version) {
		mark = append(mark, w.Version+" "+h.Version)
	}
	if h.Reviewed != "" {
		mark = append(mark, w.Reviewed+" "+month(w, h.Reviewed))
	}
	r.at = h.Position
	f.mark = r.parts(strings.Join(mark, middot))
	f.imprint = r.parts(strings.Join(mark, middot) + middot)
	return f
}

// stripped reads the clinic as a head with a strip has it: its telephones apart from its
// address, and how to book at the foot.
func (r *reader) stripped(f *frameCopy, b *content.Brand) {
	var phones, place, book content.Text
	add := func(to *content.Text, s content.Span) {
		if len(*to) > 0 {
			*to = append(*to, content.Span{Text: middot})
		}
		*to = append(*to, s)
	}
	for _, ph := range seen(b.Phones) {
		add(&phones, content.Span{Text: r.isolate(ph), Bold: true, Link: "tel:" + dialled(ph)})
	}
	if lines := seen(b.Address); len(lines) > 0 {
		add(&place, content.Span{Text: r.isolate(strings.Join(lines, ", "))})
	}
	if b.Email != "" {
		add(&place, content.Span{Text: b.Email, Link: "mailto:" + b.Email})
	}
	if b.Web != "" && !strings.HasPrefix(bareAddress(b.Booking), bareAddress(b.Web)) {
		add(&place, content.Span{Text: bareAddress(b.Web), Link: b.Web})
	}
	if b.Booking != "" {
		book = content.Text{{Text: unbroken(r.words.Book, 22) + ": ", Bold: true},
			{Text: bareAddress(b.Booking), Link: b.Booking}}
		f.book = r.text(book, fonts.Regular)
	}
	if len(phones) > 0 {
		f.phone = r.text(phones, fonts.Regular)
	}
	if len(place) > 0 {
		f.place = r.text(place, fonts.Regular)
	}
}

// month writes YYYY-MM or YYYY-MM-DD as a month and a year.
func month(w *content.Words, date string) string {
	t, err := time.Parse("2006-01", date[:min(7, len(date))])
	if err != nil {
		return date
	}
	return w.Months[t.Month()-1] + " " + t.Format("2006")
}

// day shapes when a page is given and by whom.
func (r *reader) day(f *frameCopy, v content.Visit, b *content.Brand) {
	w := r.words
	r.at, r.where = content.Position{}, whereTherapist
	defer func() { r.where = "" }()
	f.label = r.plain(w.PreparedFor, fonts.Regular)
	who := v.Therapist
	if blank(who) {
		who = b.Therapist
	}
	if blank(who) {
		who = ""
	}
	if who != "" && !blank(b.Credential) && who == b.Therapist {
		who += ", " + b.Credential
	}
	if who != "" {
		who = r.isolate(whole(who))
	}
	date := w.Date(v.Date)
	if date != "" {
		f.when = r.plain(whole(date), fonts.Bold)
	}
	if who != "" {
		f.by = r.plain(w.With+" "+who, fonts.Regular)
	}
	switch {
	case r.prose && !r.large: // a letter has the date above and the name below
		if date != "" {
			f.date = r.plain(date, fonts.Regular)
		}
		if who != "" {
			f.who = r.plain(who, fonts.Bold)
		}
	case date != "" && who != "":
		f.visit = append(f.visit, r.plain(whole(date)+" "+w.With+" "+who, fonts.Regular))
	case date+who != "":
		f.visit = append(f.visit, r.plain(date+who, fonts.Regular))
	}
}

// person shapes whose page it is. What is missing there is told by its name,
// never by its words.
func (r *reader) person(f *frameCopy) {
	w, v := r.words, &r.visit
	r.at, r.private = content.Position{}, true
	defer func() { r.where, r.private = "", false }()
	r.where = wherePatient
	switch {
	case blank(v.Patient):
	case r.prose:
		f.dear = r.plain(w.Dear(r.isolate(v.Patient)), fonts.Regular)
	default:
		f.name = r.plain(r.isolate(v.Patient), fonts.Bold)
	}
	if !blank(v.Next) {
		r.where = whereNext
		f.nextLabel, f.nextWhen = r.plain(w.NextVisit, fonts.Regular), r.plain(r.isolate(whole(v.Next)), fonts.Bold)
		f.next = r.text(content.Text{{Text: w.NextVisit + ": "}, {Text: r.isolate(whole(v.Next)), Bold: true}},
			fonts.Regular)
		f.visit = append(slices.Clip(f.visit), f.next)
	}
	if !blank(v.Note) {
		r.where = whereNote
		note := content.Text{{Text: w.Note + ": ", Bold: true}, {Text: v.Note}}
		if r.prose {
			note = note[1:]
		}
		f.note = r.text(note, fonts.Regular)
	}
}

// seen is what of a list shows anything.
func seen(list []string) (out []string) {
	for _, s := range list {
		if !blank(s) {
			out = append(out, s)
		}
	}
	return out
}

// isolate keeps words that may be in another script apart from the sentence they
// stand in, on pages that read from right to left (UAX #9, first strong isolate):
// "28 March" would else begin with March.
func (r *reader) isolate(s string) string {
	if !r.rtl {
		return s
	}
	return "\u2068" + s + "\u2069"
}

// bareAddress is a web address as people write it.
func bareAddress(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
	return strings.TrimSuffix(s, "/")
}

// dialled is a phone number without what is only for the eye.
func dialled(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c == '+' {
			return c
		}
		return -1
	}, s)
}

// headSlab is the top of the page: band, clinic, title, opening and whose page it is.
type headSlab struct {
	c        *compositor
	f        *frameCopy
	page     Size
	logo     Rect
	clinic   *wordsBox
	tagline  *wordsBox
	clinicX  Length
	contact  []*wordsBox
	contactW Length
	title    *stackBox // with the subtitle
	titleY   Length
	panel    *stackBox // nil for none
	panelAt  XY
	panelW   Length
	lead     *stackBox
	leadY    Length
	reach    Length // of the code beside the title
	bottom   Length
	ground   bool // the whole head is tinted, in place of the band
}

// topEdge is where the words begin: 10 mm below the sheet's edge, which is more
// than any printer wants. The band above may lose its outer part on paper.
const (
	topEdge    = 29 * Point
	bandHeight = 12 * Point
)

func (c *compositor) head(f *frameCopy, lead []node, page Size) *headSlab {
	look := c.look
	s := &headSlab{c: c, f: f, page: page, titleY: topEdge}
	inner := page.W - 2*look.Margin
	if f.clinic != nil || f.logo != nil || len(f.contact) > 0 {
		s.titleY = s.brand(topEdge, inner) + 10*Point
	}
	s.panelW = inner * 37 / 100
	if f.name != nil {
		for _, share := range [...]Length{44, 50} { // a name of long words has half the page
			if !f.name.wordsGoInto(s.panelW-panelPad, look.Body) {
				s.panelW = inner * share / 100
			}
		}
	}
	left := inner - s.panelW - look.Gutter

	s.title = &stackBox{}
	c.title(s.title, f, left, 0)
	s.lead = &stackBox{}
	for _, n := range lead {
		s.lead.put(look.Lead/2, c.node(n, left))
	}

	titleEnd := s.titleY + s.title.height()
	// The name stands on the title's baseline.
	s.panel = c.panel(f, s.panelW-panelPad)
	nameBase, _ := s.panel.firstLine()
	titleBase, _ := s.title.firstLine()
	s.panelAt = XY{page.W - look.Margin - s.panelW, s.titleY + titleBase - nameBase}
	s.leadY = titleEnd + look.Lead/2
	s.bottom = max(s.leadY+s.lead.height()+2*Point, s.panelAt.Y+s.panel.height())
	s.align()
	return s
}

// title puts the title and the subtitle on a stack, so far below what is on it.
func (c *compositor) title(on *stackBox, f *frameCopy, width, gap Length) {
	th, size := c.theme, c.titleSize(f.title, width)
	on.put(gap, c.text(H1, f.title, width, ink{size: size, color: th.main, strong: th.main}, size*112/100))
	if f.subtitle != nil {
		on.put(0, c.display(P, f.subtitle, width, ink{size: c.look.Body, color: th.muted, strong: th.muted},
			c.look.Lead))
	}
}

// titleSize is the size of a title in a width: that of its look for two lines, less for
// three, and for a longer one not much more than a heading's; less again where a word
// would be broken. The lines are counted for the largest text of the look, or for the
// larger one that was asked for: so a title does not grow where the text does not.
func (c *compositor) titleSize(title *text, width Length) Length {
	top := 13 * Point
	if c.look.Body >= LargePrint {
		top = 20 * Point
	}
	top = max(top, c.look.Body) // larger type was asked for
	full := c.look.Title
	goes := func(size, lines Length) bool {
		return scale(title.width(), top*size/100) <= lines*width*9/10 && scale(title.widest(), top*size/100) <= width
	}
	switch less := full * 82 / 100; {
	case goes(full, 2):
		return c.look.Body * full / 100
	case goes(less, 3):
		return c.look.Body * less / 100
	}
	return c.sized(title, width, c.look.Body*max(full*66/100, 125)/100)
}

// sized is the size at which no word of a title, a heading or a name is broken in a
// width: the one given or, where that is too large, one that will do. No text is smaller
// than the least of its edition, and a word too long for that is broken.
func (c *compositor) sized(t *text, width, size Length) Length {
	for size > c.look.Least && !t.wordsGoInto(width, size) {
		size = max(c.look.Least, size*11/12)
	}
	return size
}

// named sets running text that has a name in it, and its words whole.
func (c *compositor) named(t *text, width Length) *wordsBox {
	return c.text(P, t, width, c.ink(c.sized(t, width, c.look.Body)), c.look.Lead)
}

// display sets a title, a heading or the like, with its words whole.
func (c *compositor) display(role Role, t *text, width Length, k ink, lead Length) *wordsBox {
	k.size = c.sized(t, width, k.size)
	return c.text(role, t, width, k, lead)
}

// panelPad is from the bar before whose page it is to the words.
const panelPad = 13 * Point

// align stands the lines below the name on the baselines of the lines below the
// title, where that leaves the head as tall as it is.
func (s *headSlab) align() {
	if len(s.panel.parts) < 2 {
		return
	}
	var text Length
	if len(s.title.parts) > 1 {
		text = s.title.parts[0].height() + s.c.baselines().base + s.titleY
	} else if base, ok := s.lead.firstLine(); ok {
		text = s.leadY + base
	} else {
		return
	}
	base, ok := s.panel.parts[1].firstLine()
	if !ok {
		return
	}
	y := s.panelAt.Y + s.panel.parts[0].height() + s.panel.gaps[1] + base
	if by := s.c.baselines().up(y - text); s.panelAt.Y+s.panel.height()+by <= s.bottom {
		s.panel.gaps[1] += by
	}
}

// brand places the clinic's name, logo and contact line, and returns where they end.
func (s *headSlab) brand(y, inner Length) Length {
	c, f := s.c, s.f
	look, th := c.look, c.theme
	x := look.Margin
	height := 30 * Point
	if look.Contact == look.Body { // lines enough to stand alone
		height = 0
	}
	if f.logo != nil {
		w, h := f.logo.Size()
		s.logo = fitBox(w, h, 110*Point, 32*Point)
		height = max(height, s.logo.H)
		x += s.logo.W + 9*Point
	}
	s.clinicX = x
	s.contactW = inner * 52 / 100
	room := inner - s.contactW - (x - look.Margin) - look.Gutter
	var names Length
	if f.clinic != nil {
		size := max(14*Point, look.Contact)
		s.clinic = c.display(noRole, f.clinic, room, ink{size: size, color: th.main, strong: th.main}, size*8/7)
		names += s.clinic.height()
	}
	if f.tagline != nil && look.Contact < look.Body {
		s.tagline = c.text(noRole, f.tagline, room, ink{size: 10 * Point, color: th.muted, strong: th.muted}, 12*Point)
		names += s.tagline.height()
	}
	var lines Length
	for _, t := range f.contact {
		l := c.text(P, t, s.contactW, ink{size: look.Contact, color: th.text, strong: th.text, bare: true},
			look.Contact*13/10)
		l.align = alignEnd
		s.contact = append(s.contact, l)
		lines += l.height()
	}
	height = max(height, names, lines)
	s.logo.X, s.logo.Y = look.Margin, y+(height-s.logo.H)/2
	return y + height
}

// panel says whose page it is.
func (c *compositor) panel(f *frameCopy, width Length) *stackBox {
	look, th := c.look, c.theme
	s := &stackBox{}
	lines := &stackBox{}
	w := width
	var code *artBox
	if f.code != nil {
		code = qrBox(f.code, codeModule, f.alt)
		w -= code.size.W + 8*Point
	}
	// The name has the whole width where that is small, or a word of it needs that; else
	// the code stands beside it too.
	whose, nameW := s, width
	if width > 20*look.Body && (f.name == nil || f.name.wordsGoInto(w, look.Body*118/100)) {
		whose, nameW = lines, w
	}
	var gap Length
	if f.name != nil {
		size := c.sized(f.name, nameW, look.Body*118/100)
		whose.put(0, c.text(P, f.name, nameW, ink{size: size, color: th.text, strong: th.text},
			look.Lead*size/look.Body))
	} else {
		whose.put(0, c.fields(&fieldsNode{labels: []*text{f.label}}, nameW))
		gap = 4 * Point
	}
	for i, t := range f.visit {
		above := gap
		if i > 0 {
			above = 0
		}
		lines.put(above, c.text(P, t, w, ink{size: look.Body, color: th.text, strong: th.text}, look.Lead))
	}
	switch {
	case code != nil:
		scan := c.text(P, f.scan, code.size.W+4*codeModule,
			ink{size: scanSize, color: th.text, strong: th.text}, scanSize*12/10)
		scan.align = alignMiddle
		s.put(gap, beside(lines, code, scan, width))
	case len(lines.parts) > 0:
		s.put(gap, lines)
	}
	return s
}

// code is the booking code to stand beside lines yet to be put, in all width wide; and how
// wide it and the words below it are.
func (c *compositor) code(f *frameCopy, width Length) (row *rowBox, lines *stackBox, reach Length) {
	code, lines := qrBox(f.code, codeModule, f.alt), &stackBox{}
	size := max(scanSize, c.look.Small)
	w := min(scale(f.scan.width(), size)+Point, 80*Point)
	scan := c.text(P, f.scan, max(w, code.size.W)+4*codeModule,
		ink{size: size, color: c.theme.text, strong: c.theme.text}, size*12/10)
	scan.align = alignMiddle
	return beside(lines, code, scan, width), lines, max(code.size.W, scan.measure-4*codeModule)
}

// beside is the booking code at the end of the lines it stands beside. The measure of the
// words below it is wider by the code's quiet zone.
func beside(lines *stackBox, code *artBox, scan *wordsBox, width Length) *rowBox {
	code.as.Part, scan.as.Part = Part{Kind: InBooking}, Part{Kind: InBooking}
	s := &rowBox{line: 1}
	mid := width - max(code.size.W, scan.measure-4*codeModule)/2
	s.put(0, alignStart, lines)
	s.least = code.size.H + 4*Point + scan.height()
	s.place(mid-code.size.W/2, 2*Point, code)
	s.place(mid-scan.measure/2, code.size.H+4*Point, scan)
	return s
}

const scanSize = 9 * Point

func (s *headSlab) print(p *press) {
	look, th := s.c.look, s.c.theme
	switch {
	case th.mono:
	case s.ground:
		p.rect(Artifact, Rect{look.Bleed, 0, s.page.W - look.Bleed, s.bottom}, 0, th.tint)
	default:
		p.rect(Artifact, Rect{look.Bleed, 0, s.page.W - look.Bleed, bandHeight}, 0, th.main)
	}
	if s.f.logo != nil {
		p.image(Artifact, s.logo, th.printed(s.f.logo))
	}
	mid := s.logo.Y + s.logo.H/2
	var names Length
	for _, t := range []*wordsBox{s.clinic, s.tagline} {
		if t != nil {
			names += t.height()
		}
	}
	y := mid - names/2
	for _, t := range []*wordsBox{s.clinic, s.tagline} {
		if t != nil {
			t.printLines(p, XY{s.clinicX, y}, Artifact)
			y += t.height()
		}
	}

	p.part = Part{Kind: InTitle}
	s.title.print(p, XY{look.Margin, s.titleY}, 0)
	if s.panel == nil {
		return
	}
	p.part = Part{Kind: InName}
	at, h := s.panelAt, s.panel.height()
	p.rect(Artifact, Rect{at.X, at.Y + 2*Point, 3 * Point, h - 2*Point}, 0, th.accent)
	at.X += panelPad
	s.panel.print(p, at, 0)
	p.part = Part{Kind: InOpening}
	s.lead.print(p, XY{look.Margin, s.leadY}, 0)
}

// printContact prints the clinic's phone and addresses: last in reading order,
// for it is not what the page is about, but no artifact, for its links work.
func (s *headSlab) printContact(p *press) {
	var h Length
	for _, t := range s.contact {
		h += t.height()
	}
	p.part = Part{Kind: InContact}
	y := s.logo.Y + s.logo.H/2 - h/2
	for _, t := range s.contact {
		t.print(p, XY{s.page.W - s.c.look.Margin - s.contactW, y}, 0)
		y += t.height()
	}
}

// footSlab is the small print.
type footSlab struct {
	small, mark *wordsBox
	address     *wordsBox // above them; nil for none
	margin      Length
	total       Length
}

// footSize is the smallest type on a page.
const footSize = 8*Point + Point/2

func (c *compositor) foot(f *frameCopy, inner Length) *footSlab {
	s := &footSlab{margin: c.look.Margin}
	size, lead := c.look.Small, c.look.Small*22/17
	k := ink{size: size, color: c.theme.muted, strong: c.theme.muted}
	s.set(c, f, inner, k)
	if f.address != nil && c.look.Apart == 0 {
		k.bare = true
		s.address = c.text(P, f.address, inner, k, lead)
		s.total += s.address.height()
	}
	return s
}

// set puts the small print and the imprint side by side: the imprint on one line where it
// can be, or in rather more than half the width where that makes them less tall.
func (s *footSlab) set(c *compositor, f *frameCopy, inner Length, k ink) {
	lead := k.size * 22 / 17
	if f.small == nil {
		s.mark = c.text(noRole, f.mark, inner, k, lead)
	} else {
		whole := scale(f.mark.width(), k.size) + Point
		if left := inner - whole - 6*Point; c.look.Apart > 0 && f.small.goesInto(left, k.size) { // both on one line
			s.mark, s.small = c.text(noRole, f.mark, whole, k, lead), c.text(noRole, f.small, left, k, lead)
			s.total = s.mark.height()
		} else if c.look.Apart > 0 && k.size > footSize && c.look.Body < LargePrint {
			k.size = footSize
			s.set(c, f, inner, k)
			return
		}
		for _, w := range [...]Length{min(whole, inner*70/100), min(whole, inner*55/100)} {
			mark, small := c.text(noRole, f.mark, w, k, lead), c.text(noRole, f.small, inner-w-c.look.Gutter, k, lead)
			if tall := max(mark.height(), small.height()); s.mark == nil || tall < s.total {
				s.mark, s.small, s.total = mark, small, tall
			}
		}
	}
	s.mark.align = alignEnd
	s.total = max(s.total, s.mark.height())
}

func (s *footSlab) print(p *press, y Length) {
	if s.address != nil {
		s.address.print(p, XY{s.margin, y}, 0)
		y += s.address.height()
	}
	s.mark.printLines(p, XY{p.page.Size.W - p.strip - s.margin - s.mark.measure, y}, Artifact)
	if s.small != nil {
		s.small.printLines(p, XY{s.margin, y}, Artifact)
	}
}
