package layout

import (
	"slices"

	"handout/content"
)

// pageCopy is all that goes on a page, shaped.
type pageCopy struct {
	setter   *Setter
	handout  *content.Page
	design   design
	theme    *theme
	frame    *frameCopy
	sections []*section
	whole    bool // nothing of what belongs to an article may be missing
	prose    bool // the sections are nothing but paragraphs
	rtl      bool
	*wants
	days    daysAt // where the stretches' boxes to tick stand
	weekday int    // of the first of them, Sunday 0; -1 for none
}

// design is a look in an edition: how its rungs are made and how far they go down.
type design struct {
	top   Length // the largest running text
	base  Length // the smallest before anything is conceded
	floor Length // the smallest of all
	rung  func(body Length, loose int) rung
	least Length // below which no one may ask it to go
	share Length // the least of pictures, in hundredths of what is wanted
	mono  bool   // black on white, figures in one ink, no band
	large bool   // for those who need large print
	bare  bool   // pictures, names and doses, but no steps
	lax   bool   // any section may go, after it stood as lead-ins
	// arrange puts the parts of a page in their places.
	arrange func(d *draft)
}

// named is the part of the page that a section is.
func (c *pageCopy) named(s *section) Named {
	return picked{s, nil, slices.Index(c.sections, s)}.named()
}

// draft is a page whose parts are set but not printed.
type draft struct {
	comp     *compositor
	copy     *pageCopy
	page     Size   // less the strip
	strip    Length // for holes
	top      Length // where the bands begin
	bands    []band
	evener   []otherBands
	foot     box
	row      rowStyle
	way      try
	sections []picked            // that are set; the opening is the first, and says nothing where it is left out
	fewer    [InContact + 1]bool // which parts that are no sections are in fewer words
	unclosed bool                // the closing words are left out
	unticked bool                // and so are the actions to tick
	// The handout's own picture is left out.
	unpictured bool
}

// picked is a section and what of it is set.
type picked struct {
	*section
	said *passage
	n    int // which section it is; 0 for the opening
}

// named is the part of the page that a section is.
func (s picked) named() Named {
	if s.n == 0 {
		return Named{Part: Part{Kind: InOpening}}
	}
	return Named{Part{InSection, s.n}, s.name}
}

// part is one there is one of.
func part(k PartKind) Named { return Named{Part: Part{Kind: k}} }

// blank is a page with nothing between its head and its foot yet.
func (c *pageCopy) blank(t try, sheet Sheet) *draft {
	page, strip, look := sheet.Paper.Size, Length(0), c.rung(t)
	if sheet.Punch {
		look, strip = look.punched()
		page.W -= strip
	}
	comp := c.setter.compositor(look, c.theme, c.theme.text)
	tight := t.tight > 1 || t.tight > 0 && c.design.large
	d := &draft{comp: comp, copy: c, page: page, strip: strip, way: t,
		row: rowStyle{full: true, tips: t.tips, days: c.days, first: c.weekday, bare: c.design.bare,
			tight: tight}}
	if d.copy.design.large && !t.ticked {
		d.row.days = noDays
	}
	if t.tight > 0 {
		d.row.gained = max(0, 2*(c.design.rung(t.body, 0).Margin-look.Margin))
	}
	d.top, _, _ = d.edges()
	d.foot = c.frame.alone.set(comp, d.inner(), asFoot, c.frame.foot)
	return d
}

// compose sets all copy at one rung, with what is conceded.
func (c *pageCopy) compose(t try, sheet Sheet) *draft {
	d := c.blank(t, sheet)
	d.bands = make([]band, 0, 16)
	d.concede(t.ceded)
	c.design.arrange(d)
	return d
}

// whose is a part of the page that is its patient's; nil of what is not.
func (d *draft) whose(k PartKind) box {
	f := d.copy.frame
	switch {
	case k == InName && d.comp.look.large():
		return d.comp.largeStrip(f, d.inner(), !d.way.undated)
	case k == InName:
		return f.alone.set(d.comp, d.inner(), asStrip, f.strip)
	case k == InNote && f.note != nil:
		return d.comp.note(f.note, d.inner())
	}
	return nil
}

// concede picks what is set of each section, and of what is not one, with what is ceded:
// of what cedes twice, the last.
func (d *draft) concede(ceded []yield) {
	said := make([]*passage, len(d.copy.sections))
	for i, s := range d.copy.sections {
		said[i] = s.as[InFull]
	}
	for _, y := range ceded {
		switch {
		case y.kind == StepsShort:
			d.row.full = false
		case y.kind == StepsFewer:
			d.row.fewer = true
		case y.kind == StopsOut:
			d.row.ruled = ^uint64(0)
		case y.kind == PictureOut:
			d.unpictured = true
		case y.of == InClosing && y.kind != FewerWords:
			d.unclosed, d.unticked = true, y.kind == SectionOut
		case y.of != NoPart && y.of != InStretches:
			d.fewer[y.of] = true
		default:
			said[slices.Index(d.copy.sections, y.section)] = y.section.as[y.kind.stand()]
		}
	}
	d.sections = make([]picked, 0, len(said))
	for i, s := range d.copy.sections {
		if i == 0 || said[i] != nil {
			d.sections = append(d.sections, picked{s, said[i], i})
		}
	}
}

// inner is the width between the margins.
func (d *draft) inner() Length { return d.page.W - 2*d.comp.look.Margin }

// splitLead parts the opening paragraphs, which stand below the title, from
// whatever else comes before the first heading. A paragraph that leads to what follows it stays with that.
func splitLead(ns []node) (lead, rest []node) {
	for i, n := range ns {
		if !isPara(n) || i == 2 {
			if i > 0 && ns[i-1].(*paraNode).text.leads() {
				i--
			}
			return ns[:i], ns[i:]
		}
	}
	return ns, nil
}

// putWhose puts what is its patient's below the title.
func (d *draft) putWhose() {
	for _, k := range [...]PartKind{InName, InNote} {
		if own := d.whose(k); own != nil {
			d.put(part(k), own, d.comp.look.Gap)
		}
	}
}

func (d *draft) put(of Named, s box, gap Length) {
	d.bands = append(d.bands, band{of: []Named{of}, box: s, gap: gap})
}

// note sets the therapist's personal line.
func (c *compositor) note(t *text, width Length) box {
	pad := insets{4 * Point, 5 * Point, 10 * Point, 10 * Point}
	inner := c.para(t, c.measure(t, width-pad.start-pad.end))
	inner.ink.strong = c.theme.main
	b := &panelBox{width: width, pad: pad, radius: 4 * Point, inside: inner}
	c.ground(b)
	return b
}

// edges is the space above and below all words, and gap the least above the small print.
func (d *draft) edges() (top, bottom, gap Length) {
	if d.comp.look.tight {
		return tightEdge, tightMargin, 2 * Point
	}
	return topEdge, topEdge, 9 * Point
}

// room is the height for bands.
func (d *draft) room() Length {
	_, bottom, gap := d.edges()
	return d.page.H - bottom - d.foot.height() - gap - d.top
}

// spare is the height left over; below zero it is what is missing.
func (d *draft) spare() Length { return d.room() - tall(d.bands) }

// spread puts what stands side by side on common baselines where there is room for
// it, and shares what is left over among the gaps between bands, up to a cap.
func (d *draft) spread() {
	for _, a := range slices.Backward(d.evener) {
		if more := tall(a.bands) - tall(d.bands[a.at:a.at+a.n]); more <= d.spare() {
			d.bands = slices.Replace(d.bands, a.at, a.at+a.n, a.bands...)
		}
	}
	spare := d.spare()
	for i := range d.bands {
		b := &d.bands[i]
		if s, ok := b.box.(*columnsBox); ok {
			on := s.settle(spare)
			b.box, spare = on, spare-on.height()+s.height()
		}
	}
	n := Length(0)
	for _, b := range d.bands {
		if !b.tied {
			n++
		}
	}
	each := min(d.spare()/max(n, 1), d.comp.look.Lead)
	for i := range d.bands {
		if !d.bands[i].tied {
			d.bands[i].gap += each
		}
	}
}

// print makes the page.
func (d *draft) print(h *content.Page, sheet Sheet) *Page {
	p := &d.copy.setter.press
	p.begin(&Page{Size: sheet.Paper.Size, Title: h.Title, Author: sheet.Brand.Name, Lang: h.Lang, RTL: d.copy.rtl},
		d.strip)
	y := d.top
	for _, b := range d.bands {
		y += b.gap
		p.part = b.of[0].Part
		b.box.print(p, XY{d.comp.look.Margin, y}, 0)
		y += b.box.height()
	}
	_, contact := d.comp.clinicRow(d.copy.frame, d.inner())
	contact.print(p, XY{d.comp.look.Margin, d.top}, 0)
	p.part = Part{Kind: InContact}
	_, bottom, _ := d.edges()
	d.foot.print(p, XY{d.comp.look.Margin, d.page.H - bottom - d.foot.height()}, 0)
	return p.finish()
}

// of is a box that is a part of the page.
func of(n Named, b box) box {
	all := &rowBox{as: &Tag{Part: n.Part}, line: 1}
	all.put(0, alignStart, b)
	return all
}
