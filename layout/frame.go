package layout

import (
	"cmp"
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
	logoTall Length // at most
	logoName string // the clinic's, where the logo says it; else it stands beside the logo

	phone *text    // nil for none
	place *text    // nil for none
	book  *text    // beside the code to book
	code  *qr.Code // the booking address; nil for none
	alt   string   // of the code

	name     *text // nil: a line to write it on
	label    *text // before that line
	when, by *text // when it was given, and by whom; who gave it alone, if no day is told
	given    *text // both, of the large edition
	note     *text // the therapist's personal line; nil for none

	nextLabel, nextWhen *text // the next visit
	next                *text // both, of the large edition

	notes   []noteCopy
	said    []*content.Paragraph // that the notes were read from
	small   *text                // nil for none
	imprint *text                // title, version and date of the text, and a middot
	mark    *text                // the same, and the page's code

	common *leaf // of what other pages have too
	alone  *leaf // of what only this one has
	id     int   // of what all pages of a handout, a brand and a day have in common; 0 if it was not kept
}

// frame reads the frame of a page, or recalls what it has in common with others.
func (r *reader) frame(h *content.Page, b *content.Brand) *frameCopy {
	s := r.setter
	key := frameKey{b, r.words, r.large, r.lang, h.Title, h.Subtitle, h.Version, h.Visit.Therapist, h.Signed,
		h.Visit.Date}
	known, ok := s.frames.get(key)
	if !ok || !slices.Equal(known.said, h.Notes) {
		r.common = !slices.ContainsFunc(h.Notes, func(n *content.Paragraph) bool { return !h.Keeps(n) })
		keep, faults := r.common, len(r.errs)
		known = r.readFrame(h, b)
		r.common = false
		if keep && len(r.errs) == faults {
			s.ids++
			known.id, known.common.kept = s.ids, true
			known.said = h.Notes
			s.frames.put(key, known)
		}
	}
	f := *known
	f.alone = &leaf{}
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
	f := &frameCopy{common: &leaf{}, logo: b.Logo, logoTall: MM(cmp.Or(b.LogoHeight, 13))}
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
		if r.large && f.small != nil { // both have a line there, if what the page says on top is not said again
			mark = nil
		}
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
		add(&place, content.Span{Text: r.isolate(addressParts(strings.Join(lines, ", ")))})
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
	f.phone, f.place = some(r.text(phones, fonts.Regular)), some(r.text(place, fonts.Regular))
	f.book = some(r.text(book, fonts.Regular))
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
	who := cmp.Or(seen([]string{v.Therapist, b.Therapist})...)
	if who != "" {
		if who == b.Therapist && !blank(b.Credential) {
			who += ", " + b.Credential
		}
		who = r.isolate(whole(who))
	}
	date := w.Date(v.Date)
	switch {
	case r.large && date != "" && who != "":
		f.when = r.plain(whole(date), fonts.Regular)
		f.given = r.plain(whole(date)+" "+w.With+" "+who, fonts.Regular)
	case r.large:
		f.given = some(r.plain(date+who, fonts.Regular))
	default:
		f.when = some(r.plain(whole(date), fonts.Bold))
		if who != "" {
			f.by = r.plain(w.With+" "+who, fonts.Regular)
		}
		if f.when == nil {
			f.when, f.by = f.by, nil
		}
	}
}

// person shapes whose page it is. What is missing there is told by its name,
// never by its words.
func (r *reader) person(f *frameCopy) {
	w, v := r.words, &r.page.Visit
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
func seen(list []string) []string { return slices.DeleteFunc(slices.Clone(list), blank) }

// isolate keeps words that may be in another script apart from the sentence they
// stand in, on pages that read from right to left (UAX #9, first strong isolate):
// "28 March" would else begin with March.
func (r *reader) isolate(s string) string {
	if !r.rtl {
		return s
	}
	return "\u2068" + s + "\u2069"
}

// topEdge is where the words begin: 10 mm below the sheet's edge, which is more
// than any printer wants; tightEdge is as near as most can print. The band above may lose its
// outer part on paper.
const (
	topEdge    = 29 * Point
	tightEdge  = 20*Point + Point/5
	bandHeight = 12 * Point
)
