package layout

import (
	"strings"

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

	name   *text // nil: a line to write it on
	label  *text // before that line
	visit  []*text
	note   *text // the therapist's personal line; nil for none
	noteBy *text
	code   *qr.Code // the booking address; nil for none
	book   *text
	alt    string // of the code

	small *text // nil for none
	mark  *text // title, version and date of the text
}

func (r *reader) frame(h *content.Handout, b *content.Brand) *frameCopy {
	w := r.words
	f := &frameCopy{logo: b.Logo}
	r.at = h.Position
	f.title = r.plain(h.Title, fonts.Bold)
	if h.Subtitle != "" {
		f.subtitle = r.plain(h.Subtitle, fonts.Regular)
	}
	r.at = b.Position
	if b.Name != "" {
		f.clinic = r.plain(b.Name, fonts.Bold)
	}
	if b.Tagline != "" {
		f.tagline = r.plain(b.Tagline, fonts.Regular)
	}
	var line content.Text
	add := func(s content.Span) {
		if len(line) > 0 {
			line = append(line, content.Span{Text: "  \u00b7  "})
		}
		line = append(line, s)
	}
	for _, ph := range b.Phones {
		add(content.Span{Text: ph, Bold: true, Link: "tel:" + dialled(ph)})
	}
	if b.Web != "" {
		add(content.Span{Text: bareAddress(b.Web), Link: b.Web})
	}
	if b.Email != "" && len(line) < 5 {
		add(content.Span{Text: b.Email, Link: "mailto:" + b.Email})
	}
	if len(line) > 0 {
		f.contact = append(f.contact, r.text(line, fonts.Regular))
	}
	if len(b.Address) > 0 {
		f.contact = append(f.contact, r.plain(strings.Join(b.Address, ", "), fonts.Regular))
	}
	if b.Booking != "" {
		f.book = r.text(content.Text{{Text: w.ScanToBook + ", "}, {Text: bareAddress(b.Booking), Link: b.Booking}}, fonts.Regular)
		if code, err := qr.Encode(b.Booking, qr.M); err == nil {
			f.code, f.alt = code, w.ScanToBook+": "+b.Booking
		}
	}
	if b.SmallPrint != "" {
		f.small = r.plain(b.SmallPrint, fonts.Regular)
	}
	r.visit(f, h, b)
	mark := []string{h.Title}
	if h.Version != "" {
		mark = append(mark, w.Version+" "+h.Version)
	}
	if h.Reviewed != "" {
		mark = append(mark, w.Reviewed+" "+h.Reviewed)
	}
	r.at = h.Position
	f.mark = r.plain(strings.Join(mark, "  \u00b7  "), fonts.Regular)
	return f
}

// visit shapes whose page it is. What is missing there is told by its name,
// never by its words.
func (r *reader) visit(f *frameCopy, h *content.Handout, b *content.Brand) {
	w, v := r.words, h.Visit
	r.at = content.Position{}
	if v.Patient != "" {
		r.where = "the patient's name"
		f.name = r.plain(v.Patient, fonts.Bold)
	} else {
		f.label = r.plain(w.PreparedFor, fonts.Regular)
	}
	who := v.Therapist
	if who == "" {
		who = b.Therapist
	}
	if who != "" && b.Credential != "" && who == b.Therapist {
		who += ", " + b.Credential
	}
	r.where = "the therapist's name"
	switch date := w.Date(v.Date); {
	case date != "" && who != "":
		f.visit = append(f.visit, r.plain(strings.ReplaceAll(date, " ", "\u00a0")+" "+w.With+" "+strings.ReplaceAll(who, ", ", ",\u00a0"), fonts.Regular))
	case date != "":
		f.visit = append(f.visit, r.plain(date, fonts.Regular))
	case who != "":
		f.visit = append(f.visit, r.plain(who, fonts.Regular))
	}
	if v.Next != "" {
		r.where = "the next visit"
		f.visit = append(f.visit, r.text(content.Text{{Text: w.NextVisit + ": "}, {Text: v.Next, Bold: true}}, fonts.Regular))
	}
	if v.Note != "" {
		r.where = "the note"
		f.note = r.plain(v.Note, fonts.Regular)
		f.noteBy = r.plain(w.Note, fonts.Bold)
	}
	r.where = ""
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

// qrSlab is a QR code with its quiet zone of four modules (ISO/IEC 18004).
type qrSlab struct {
	code   *qr.Code
	module Length
	alt    string
}

// leastModule is the smallest module a telephone reads from paper: 0.4 mm. Codes
// are printed a little larger.
var leastModule = MM(.45)

func (s *qrSlab) side() Length   { return s.module * Length(s.code.Size+8) }
func (s *qrSlab) height() Length { return s.side() }

func (s *qrSlab) print(p *press, at XY, tag int) {
	fig := p.described(Figure, tag, s.alt)
	x0, y0 := p.flip(at.X, s.side())+4*s.module, at.Y+4*s.module
	var path []Segment
	for y := range s.code.Size {
		for x := 0; x < s.code.Size; x++ {
			from := x
			for x < s.code.Size && s.code.Black(x, y) {
				x++
			}
			if x > from {
				path = append(path, roundRect(Rect{x0 + Length(from)*s.module, y0 + Length(y)*s.module, Length(x-from) * s.module, s.module}, 0)...)
			}
		}
	}
	black := picture.Color{}
	p.add(fig, &Shape{Tag: fig, Path: path, Fill: &black})
}

// headSlab is the top of the page: band, clinic, title, opening and whose page it is.
type headSlab struct {
	c        *compositor
	f        *frameCopy
	page     Size
	top      Length // of the title's first line
	logo     Rect
	clinic   *textSlab
	tagline  *textSlab
	clinicX  Length
	contact  []*textSlab
	title    *textSlab
	opening  *stackSlab // subtitle and lead
	panel    *stackSlab
	panelX   Length
	panelY   Length
	bottom   Length
	contactW Length
}

const bandHeight = 9 * Point

func (c *compositor) head(f *frameCopy, lead []node, page Size) *headSlab {
	look, th := c.look, c.theme
	s := &headSlab{c: c, f: f, page: page}
	inner := page.W - 2*look.Margin
	y := bandHeight + 12*Point
	if f.clinic != nil || f.logo != nil || len(f.contact) > 0 {
		y = s.brand(y, inner) + 10*Point + c.extra
	} else {
		y += 8 * Point
	}
	s.top = y

	panelW := inner * 37 / 100
	s.panelX = page.W - look.Margin - panelW
	left := inner - panelW - look.Gutter
	size := look.Body * 2
	s.title = c.text(H1, f.title, left, ink{size: size, color: th.main, strong: th.main}, size*112/100)
	if len(s.title.lines.lines) > 2 {
		size = look.Body * 165 / 100
		s.title = c.text(H1, f.title, left, ink{size: size, color: th.main, strong: th.main}, size*112/100)
	}
	s.opening = &stackSlab{role: noRole}
	if f.subtitle != nil {
		s.opening.put(0, c.text(P, f.subtitle, left, ink{size: look.Body, color: th.muted, strong: th.muted}, look.Lead))
	}
	for _, n := range lead {
		s.opening.put(look.Para+2*Point, c.node(n, left))
	}

	// The name stands on the title's baseline.
	s.panel = c.panel(f, panelW-13*Point)
	nameBase := baseline(look.Body*118/100, look.Lead*118/100)
	s.panelY = y + baseline(size, s.title.lead) - nameBase
	s.bottom = max(y+s.title.height()+s.opening.height()+2*Point, s.panelY+s.panel.height())
	return s
}

// brand places the clinic's name, logo and contact line, and returns where they end.
func (s *headSlab) brand(y, inner Length) Length {
	c, f := s.c, s.f
	look, th := c.look, c.theme
	x := look.Margin
	height := 30 * Point
	if f.logo != nil {
		w, h := f.logo.Size()
		s.logo = fitBox(w, h, 110*Point, 36*Point)
		height = max(height, s.logo.H)
		x += s.logo.W + 9*Point
	}
	s.clinicX = x
	s.contactW = inner * 45 / 100
	room := inner - s.contactW - (x - look.Margin) - look.Gutter
	var names Length
	if f.clinic != nil {
		s.clinic = c.text(noRole, f.clinic, room, ink{size: 14 * Point, color: th.main, strong: th.main}, 16*Point)
		names += s.clinic.height()
	}
	if f.tagline != nil {
		s.tagline = c.text(noRole, f.tagline, room, ink{size: 10 * Point, color: th.muted, strong: th.muted}, 12*Point)
		names += s.tagline.height()
	}
	var lines Length
	for _, t := range f.contact {
		l := c.text(P, t, s.contactW, ink{size: 10 * Point, color: th.text, strong: th.text, bare: true}, 13*Point)
		l.align = alignEnd
		s.contact = append(s.contact, l)
		lines += l.height()
	}
	height = max(height, names, lines)
	s.logo.X, s.logo.Y = look.Margin, y+(height-s.logo.H)/2
	return y + height
}

// panel says whose page it is.
func (c *compositor) panel(f *frameCopy, width Length) *stackSlab {
	look, th := c.look, c.theme
	s := &stackSlab{role: noRole}
	if f.name != nil {
		s.put(0, c.text(P, f.name, width, ink{size: look.Body * 118 / 100, color: th.text, strong: th.text}, look.Lead*118/100))
	} else {
		s.put(0, c.fields(&fieldsNode{labels: []*text{f.label}}, width))
	}
	for _, t := range f.visit {
		s.put(0, c.text(P, t, width, ink{size: look.Body, color: th.text, strong: th.text}, look.Lead))
	}
	if f.code != nil {
		s.put(3*Point, c.booking(f, width))
	}
	return s
}

// bookSlab is the booking code with its address beside it.
type bookSlab struct {
	code *qrSlab
	text *textSlab
}

func (c *compositor) booking(f *frameCopy, width Length) slab {
	code := &qrSlab{code: f.code, module: leastModule, alt: f.alt}
	w := width - code.side() - 2*Point
	return &bookSlab{code, c.text(P, f.book, w, ink{size: c.look.Body, color: c.theme.text, strong: c.theme.text}, c.look.Lead)}
}

func (s *bookSlab) height() Length { return max(s.code.height()-4*s.code.module, s.text.height()) }

func (s *bookSlab) print(p *press, at XY, tag int) {
	// The quiet zone hangs out at the start and below, so that the code itself
	// stands on the panel's edge.
	q := 4 * s.code.module
	s.code.print(p, XY{at.X - q, at.Y - q/2}, tag)
	s.text.print(p, XY{at.X + s.code.side() - q, at.Y + (s.height()-s.text.height())/2}, tag)
}

func (s *headSlab) print(p *press) {
	look, th := s.c.look, s.c.theme
	p.rect(Artifact, Rect{0, 0, s.page.W, bandHeight}, 0, th.main)
	if s.f.logo != nil {
		p.image(Artifact, s.logo, s.f.logo)
	}
	mid := s.logo.Y + s.logo.H/2
	var names Length
	for _, t := range []*textSlab{s.clinic, s.tagline} {
		if t != nil {
			names += t.height()
		}
	}
	y := mid - names/2
	for _, t := range []*textSlab{s.clinic, s.tagline} {
		if t != nil {
			t.printLines(p, XY{s.clinicX, y}, Artifact)
			y += t.height()
		}
	}

	at := XY{look.Margin, s.top}
	s.title.print(p, at, 0)
	if s.opening.parts != nil && s.f.subtitle != nil {
		s.opening.parts[0].print(p, XY{at.X, at.Y + s.title.height()}, 0)
	}
	at.Y += s.title.height()
	p.rect(Artifact, Rect{s.panelX, s.panelY + 2*Point, 3 * Point, s.panel.height() - 2*Point}, 0, th.accent)
	s.panel.print(p, XY{s.panelX + 13*Point, s.panelY}, 0)
	for i, part := range s.opening.parts {
		if i > 0 {
			at.Y += s.opening.gaps[i]
		}
		if i > 0 || s.f.subtitle == nil {
			part.print(p, at, 0)
		}
		at.Y += part.height()
	}
}

// printContact prints the clinic's phone and addresses: last in reading order,
// for it is not what the page is about, but no artifact, for its links work.
func (s *headSlab) printContact(p *press) {
	var h Length
	for _, t := range s.contact {
		h += t.height()
	}
	y := s.logo.Y + s.logo.H/2 - h/2
	for _, t := range s.contact {
		t.print(p, XY{s.page.W - s.c.look.Margin - s.contactW, y}, 0)
		y += t.height()
	}
}

// footSlab is the small print.
type footSlab struct {
	small, mark *textSlab
	margin      Length
	total       Length
}

// footSize is the smallest type on a page.
const footSize = 8*Point + Point/2

func (c *compositor) foot(f *frameCopy, inner Length) *footSlab {
	s := &footSlab{margin: c.look.Margin}
	k := ink{size: footSize, color: c.theme.muted, strong: c.theme.muted}
	markW := min(scale(f.mark.width(), footSize)+Point, inner*55/100)
	s.mark = c.text(noRole, f.mark, markW, k, 11*Point)
	s.mark.align = alignEnd
	s.total = s.mark.height()
	if f.small != nil {
		s.small = c.text(noRole, f.small, inner-markW-c.look.Gutter, k, 11*Point)
		s.total = max(s.total, s.small.height())
	}
	return s
}

func (s *footSlab) print(p *press, y Length) {
	s.mark.printLines(p, XY{p.page.Size.W - s.margin - s.mark.measure, y}, Artifact)
	if s.small != nil {
		s.small.printLines(p, XY{s.margin, y}, Artifact)
	}
}
