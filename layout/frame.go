package layout

import (
	"cmp"
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
	logoTall Length // at most
	logoName string // the clinic's, where the logo says it; else it stands beside the logo

	phone *text    // nil for none
	place *text    // nil for none
	book  *text    // beside the code to book
	code  *qr.Code // the booking address; nil for none
	alt   string   // of the code

	name     *text // nil: a line to write it on
	label    *text // before that line
	when, by *text // when it was given, and by whom
	given    *text // both, of the large edition
	note     *text // the therapist's personal line; nil for none

	nextLabel, nextWhen *text // the next visit
	next                *text // both, of the large edition

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
	f := &frameCopy{logo: b.Logo, logoTall: MM(cmp.Or(b.LogoHeight, 13))}
	r.at = h.Position
	f.title = r.filled(content.Text{{Text: h.Title, Bold: true}}, fonts.Bold)
	f.subtitle = some(r.plain(h.Subtitle, fonts.Regular))
	r.at = b.Position
	if f.clinic = some(r.plain(r.isolate(b.Name), fonts.Bold)); b.Logo != nil && b.LogoNamed && f.clinic != nil {
		f.logoName, f.clinic = b.Name, nil
	}
	f.tagline = some(r.plain(r.isolate(b.Tagline), fonts.Regular))
	r.reached(f, b)
	if b.Booking != "" {
		if code, err := qr.Encode(b.Booking, qr.M); err == nil {
			f.code, f.alt = code, w.ScanToBook+": "+b.Booking
		}
	}
	f.small = some(r.plain(r.isolate(b.SmallPrint), fonts.Regular))
	f.notes = r.notes(h.Notes)
	r.day(f, h.Visit, b)
	mark := []string{h.Title}
	if !blank(h.Version) {
		mark = append(mark, w.Version+" "+h.Version)
	}
	if s := h.Signed; s.Date != "" {
		mark = append(mark, w.Reviewed+" "+month(w, s.Date)+" ("+r.isolate(s.Name+", "+s.Credential)+")")
	}
	r.at = h.Position
	f.mark = r.parts(strings.Join(mark, middot))
	f.imprint = r.parts(strings.Join(mark, middot) + middot)
	return f
}

// reached reads how the clinic is reached: its telephones, its address, and how to book. The
// large edition, which has only the telephones on top, has the rest at the foot.
func (r *reader) reached(f *frameCopy, b *content.Brand) {
	var phones, place, book content.Text
	add := func(to *content.Text, list ...content.Span) {
		if len(*to) > 0 && len(list) > 0 {
			*to = append(*to, content.Span{Text: middot})
		}
		*to = append(*to, list...)
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
	// A booking page on the clinic's own site stands for the site.
	if b.Web != "" && !strings.HasPrefix(bareAddress(b.Booking), bareAddress(b.Web)) {
		to := &place
		if r.large {
			to = &book
		}
		add(to, content.Span{Text: bareAddress(b.Web), Link: b.Web})
	}
	if b.Booking != "" {
		add(&book, content.Span{Text: unbroken(r.words.Book, 22) + ": ", Bold: !r.large},
			content.Span{Text: bareAddress(b.Booking), Link: b.Booking})
	}
	if r.large {
		add(&book, place...)
		place = nil
	}
	read := func(t content.Text) *text {
		if len(t) == 0 {
			return nil
		}
		return r.text(t, fonts.Regular)
	}
	f.phone, f.place, f.book = read(phones), read(place), read(book)
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
	switch {
	case r.large && date != "" && who != "":
		f.given = r.plain(whole(date)+" "+w.With+" "+who, fonts.Regular)
	case r.large:
		f.given = some(r.plain(date+who, fonts.Regular))
	default:
		f.when = some(r.plain(whole(date), fonts.Bold))
		if who != "" {
			f.by = r.plain(w.With+" "+who, fonts.Regular)
		}
	}
}

// person shapes whose page it is. What is missing there is told by its name,
// never by its words.
func (r *reader) person(f *frameCopy) {
	w, v := r.words, &r.visit
	r.at, r.private = content.Position{}, true
	defer func() { r.where, r.private = "", false }()
	r.where = wherePatient
	if !blank(v.Patient) {
		f.name = r.plain(r.isolate(v.Patient), fonts.Bold)
	}
	if !blank(v.Next) {
		r.where = whereNext
		if next := r.isolate(whole(v.Next)); r.large {
			f.next = r.text(content.Text{{Text: w.NextVisit + ": "}, {Text: next, Bold: true}}, fonts.Regular)
		} else {
			f.nextLabel, f.nextWhen = r.plain(w.NextVisit, fonts.Regular), r.plain(next, fonts.Bold)
		}
	}
	if !blank(v.Note) {
		r.where = whereNote
		f.note = r.text(content.Text{{Text: w.Note + ": ", Bold: true}, {Text: v.Note}}, fonts.Regular)
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

// topEdge is where the words begin: 10 mm below the sheet's edge, which is more
// than any printer wants. The band above may lose its outer part on paper.
const (
	topEdge    = 29 * Point
	bandHeight = 12 * Point
)

// titleSize is the size of a title in a width: that of its look for two lines, less for
// three, and for a longer one not much more than a heading's; less again where a word
// would be broken. The lines are counted for the largest text of the look, or for the
// larger one that was asked for: so a title does not grow where the text does not.
func (c *compositor) titleSize(title *text, width Length) Length {
	top := 13 * Point
	if c.look.large() {
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

// footSlab is the small print.
type footSlab struct {
	small, mark *wordsBox
	address     *wordsBox // above them; nil for none
	margin      Length
	total       Length
	piled       bool // the imprint is below the small print
}

// scanSize is the least of what is read beside a code or in a table.
const scanSize = 9 * Point

// footSize is the smallest type on a page.
const footSize = 8*Point + Point/2

func (c *compositor) foot(f *frameCopy, inner Length) *footSlab {
	s := &footSlab{margin: c.look.Margin}
	k := ink{size: c.look.Small, color: c.theme.muted, strong: c.theme.muted}
	s.set(c, f, inner, k)
	if c.longClinic(f) && f.place != nil { // it has no room in the head
		k.bare = true
		s.address = c.text(P, f.place, inner, k, k.size*22/17)
		s.total += s.address.height()
	}
	return s
}

// set puts the small print and the imprint on one line or, where they have no room there,
// below each other.
func (s *footSlab) set(c *compositor, f *frameCopy, inner Length, k ink) {
	lead := k.size * 22 / 17
	whole := scale(f.mark.width(), k.size) + Point
	switch left := inner - whole - 6*Point; {
	case f.small == nil:
		s.mark = c.text(noRole, f.mark, inner, k, lead)
		s.mark.align = alignEnd
	case f.small.goesInto(left, k.size):
		s.mark, s.small = c.text(noRole, f.mark, whole, k, lead), c.text(noRole, f.small, left, k, lead)
		s.mark.align = alignEnd
	default:
		s.mark, s.small = c.text(noRole, f.mark, inner, k, lead), c.text(noRole, f.small, inner, k, lead)
		s.piled = true
		s.total = s.small.height()
	}
	s.total += s.mark.height()
}

func (s *footSlab) print(p *press, y Length) {
	if s.address != nil {
		s.address.print(p, XY{s.margin, y}, 0)
		y += s.address.height()
	}
	if s.piled {
		s.small.printLines(p, XY{s.margin, y}, Artifact)
		s.mark.printLines(p, XY{s.margin, y + s.small.height()}, Artifact)
		return
	}
	s.mark.printLines(p, XY{p.page.Size.W - p.strip - s.margin - s.mark.measure, y}, Artifact)
	if s.small != nil {
		s.small.printLines(p, XY{s.margin, y}, Artifact)
	}
}
