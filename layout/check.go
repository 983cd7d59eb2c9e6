package layout

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"handout/content/picture"
	"handout/fonts"
)

// Check finds what breaks the promises of a page, all of it at once:
//
//   - the tags form a tree below one Document: each has a known role that may stand in its
//     parent's (ISO 32000-1, 14.8.4), and comes after it; headings skip no level; a
//     Figure has a description, a row of a table as many cells as the others, a head of a
//     table what it heads, a list whose items have labels how they count;
//   - a tag is of a known part of the page, and of the same as the tag it stands in;
//   - every tag has content of its own or below it, a Link an anchor, and only leaves
//     that may hold content do;
//   - the items come in reading order: no tag is come back to once it was left;
//   - every item is whole and lies on the sheet, whose sides are 72 to 14400 points;
//   - no two runs of text lie over one another.
//
// Its errors name tags and items by number and never quote the page: a page is a
// patient's. Whoever makes a page is held to it by tests, and whoever writes one asks
// first: a page that fails is a fault of this program.
func (p *Page) Check() error {
	if p == nil || len(p.Tags) == 0 {
		return errors.New("page: has no tags")
	}
	if min(p.Size.W, p.Size.H) < 72*Point || max(p.Size.W, p.Size.H) > 14400*Point { // ISO 32000-1, annex C.2
		return errors.New("page: its sides are not between 72 and 14400 points")
	}
	c := checker{page: p}
	if c.tags() {
		c.texts, c.strips = make([]placed, 1, 2*len(p.Items)+1), make([]int, p.Size.H/strip+1)
		c.items()
		c.tables()
	}
	return errors.Join(c.errs...)
}

type checker struct {
	page   *Page
	texts  []placed
	strips []int // of the page, from the top: the last of the texts in each; 0 for none
	errs   []error
}

// placed is where the words of a run of text are, by the number of its item.
type placed struct {
	Rect
	item  int
	above int // the one before it in its strip; 0 for none
}

func (c *checker) failf(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("page: "+format, args...))
}

// tag says what a tag is, if it is wrong.
func (c *checker) tag(i int, wrong bool, is string) {
	if wrong {
		c.failf("tag %d (%v) %s", i, c.page.Tags[i].Role, is)
	}
}

// item says what an item is, if it is wrong.
func (c *checker) item(i int, wrong bool, is string) {
	if wrong {
		c.failf("item %d %s", i, is)
	}
}

// tags checks each tag and its place; it tells whether they form a tree.
func (c *checker) tags() bool {
	tags := c.page.Tags
	tree := true
	level := 0
	for i, t := range tags {
		if t.Role > Reference {
			c.failf("tag %d has no known role", i)
			return false
		}
		if i == 0 {
			tree = t.Role == Document && t.Parent == -1
			c.tag(0, !tree, "is not the document")
			continue
		}
		if t.Parent < 0 || t.Parent >= i {
			c.tag(i, true, "does not come after its parent")
			tree = false
			continue
		}
		up := tags[t.Parent]
		if !t.Role.fits(up.Role) {
			c.tag(i, true, fmt.Sprintf("may not stand in a %v", up.Role))
		}
		c.tag(i, t.Role == Figure && strings.TrimSpace(t.Alt) == "", "has no description")
		c.tag(i, !utf8.ValidString(t.Alt), "has a description that is not UTF-8")
		c.tag(i, (t.Role == TH) != (t.Heads == OfColumn || t.Heads == OfRow), "has the scope of another")
		c.tag(i, t.Role != L && t.Labels != Unlabelled || t.Labels > UpperRoman, "has the numbering of another")
		c.tag(i, t.Role == Lbl && up.Role == LI && up.Parent >= 0 && tags[up.Parent].Labels == Unlabelled,
			"is a label in a list of none")
		c.tag(i, t.Part.Kind > InContact || t.Part.N < 0 || (t.Part.N > 0) != t.Part.Kind.counted(),
			"is of no known part of the page")
		c.tag(i, up.Part != (Part{}) && t.Part != up.Part, "is of another part than the tag it stands in")
		if t.Role >= H1 && t.Role <= H4 {
			n := int(t.Role-H1) + 1
			c.tag(i, n > level+1, "skips a level of heading")
			level = n
		}
	}
	return tree
}

// fits tells whether a role may stand right under another: lists and tables
// have parts of their own and no others (ISO 32000-1, 14.8.4.3).
func (r Role) fits(up Role) bool {
	switch up {
	case L:
		return r == LI || r == L || r == Caption
	case LI:
		return r == Lbl || r == LBody
	case Table:
		return r == TR || r == Caption
	case TR:
		return r == TH || r == TD
	}
	switch r {
	case Document, LI, LBody, TR, TH, TD:
		return false
	case Lbl:
		return up == Note
	case Caption:
		return up == Figure
	}
	return true
}

// holds tells whether content may belong to a tag of this role itself.
func (r Role) holds() bool {
	switch r {
	case Document, Sect, L, LI, Table, TR:
		return false
	}
	return true
}

// items checks each item, and that their order walks through the tags from the
// first to the last: no tag is come back to once the walk has left it.
func (c *checker) items() {
	tags := c.page.Tags
	seen := make([]struct{ opened, closed, anchored bool }, len(tags))
	seen[0].opened = true
	here, last := 0, 0
	for i, it := range c.page.Items {
		t, paints := c.whole(i, it)
		if t == Artifact && paints {
			continue
		}
		if t < 0 || t >= len(tags) {
			c.item(i, true, "has no tag")
			continue
		}
		seen[t].anchored = seen[t].anchored || !paints
		c.tag(t, !paints && tags[t].Role != Link, "is clickable and no Link")
		if !tags[t].Role.holds() {
			c.tag(t, true, fmt.Sprintf("holds item %d itself", i))
		}
		for !within(tags, t, here) {
			seen[here].closed = true
			here = tags[here].Parent
		}
		for up := t; up != here; up = tags[up].Parent {
			if seen[up].closed || up <= last && !seen[up].opened {
				c.tag(up, true, fmt.Sprintf("is out of reading order at item %d", i))
				break
			}
		}
		for up := t; up != here; up = tags[up].Parent {
			seen[up].opened = true
		}
		here, last = t, max(last, t)
	}
	for i, t := range tags {
		c.tag(i, !seen[i].opened || i == 0 && len(tags) == 1, "has no content")
		c.tag(i, t.Role == Link && !seen[i].anchored, "leads nowhere")
	}
}

// within tells whether tag t is tag up or lies below it.
func within(tags []Tag, t, up int) bool {
	for t > up {
		t = tags[t].Parent
	}
	return t == up
}

// whole checks one item; it gives its tag, and false for an anchor.
func (c *checker) whole(i int, it Item) (tag int, paints bool) {
	switch it := it.(type) {
	case *Glyphs:
		c.item(i, it.Face == nil, "has no face")
		if it.Size <= 0 || it.Size > 1000*Point {
			c.item(i, true, "is not set between 0 and 1000 points")
		} else if box := it.words(); c.inside(i, box) && box.W > 0 {
			c.over(i, box)
		}
		return it.Tag, true
	case *Shape:
		c.shape(i, it)
		return it.Tag, true
	case *Image:
		c.box(i, it.Box)
		c.item(i, it.Picture == nil || (it.Picture.Drawing == nil) == (it.Picture.Bitmap == nil), "has no picture")
		return it.Tag, true
	case *Anchor:
		c.box(i, it.Box)
		return it.Tag, false
	}
	c.item(i, true, "is of no known kind")
	return Artifact, true
}

// words is the box of a run's words, without the white space at its ends, which may hang
// over the margin: from about the height of capitals down to about where letters end.
func (g *Glyphs) words() Rect {
	blank := func(k int) bool { t := g.Glyphs[k].Text; return t == " " || t == "\u00a0" || t == "" || t == "\n" }
	from, to := 0, len(g.Glyphs)
	var lead, width fonts.Em
	for ; from < to && blank(from); from++ {
		lead += g.Glyphs[from].Advance
	}
	for to > from && blank(to-1) {
		to--
	}
	for k := from; k < to; k++ {
		width += g.Glyphs[k].Advance
	}
	return Rect{g.At.X + scale(lead, g.Size), g.At.Y - g.Size*7/10, scale(width, g.Size), g.Size * 85 / 100}
}

// inside checks that a box lies on the sheet.
func (c *checker) inside(i int, r Rect) bool {
	size := c.page.Size
	off := r.X < 0 || r.Y < 0 || r.X > size.W || r.Y > size.H || r.W > size.W-r.X || r.H > size.H-r.Y
	c.item(i, off, "is off the page")
	return !off
}

func (c *checker) box(i int, r Rect) {
	c.item(i, r.W <= 0 || r.H <= 0, "has an empty box")
	c.inside(i, r)
}

func (c *checker) shape(i int, s *Shape) {
	c.item(i, s.Fill == nil && s.Stroke == nil, "is neither filled nor stroked")
	c.item(i, s.Width < 0 || s.Width > c.page.Size.W, "has a stroke of no width")
	c.item(i, len(s.Path) == 0 || s.Path[0].Op != picture.Move, "is a path without a start")
	size := c.page.Size
	off := func(at XY) bool { return at.X < 0 || at.Y < 0 || at.X > size.W || at.Y > size.H }
	for k := range s.Path {
		seg := &s.Path[k]
		c.item(i, seg.Op > picture.Close, "has a path step of no known kind")
		if off(seg.To) || seg.Op == picture.Cubic && (off(seg.C1) || off(seg.C2)) {
			c.item(i, true, "is off the page")
			return
		}
	}
}

// tables checks that the rows of each table have equally many cells, a cell over
// several columns counted as so many.
func (c *checker) tables() {
	tags := c.page.Tags
	if !slices.ContainsFunc(tags, func(t Tag) bool { return t.Role == TR }) {
		return
	}
	cells := make([]int, len(tags))
	for _, t := range tags {
		if t.Role == TH || t.Role == TD {
			cells[t.Parent] += max(t.Cols, 1)
		}
	}
	wide := make([]int, len(tags))
	for i, t := range tags {
		if t.Role != TR {
			continue
		}
		if wide[t.Parent] == 0 {
			wide[t.Parent] = cells[i]
		}
		c.tag(i, cells[i] != wide[t.Parent], "does not have as many cells as the row above")
	}
}

// strip is how high the strips are that a page is cut into, to compare a run of text with
// its neighbours only: a line or two.
const strip = 16 * Point

// over finds the runs of text before this one that it lies over by more than a point,
// which kerning and marks at the ends of runs never do.
func (c *checker) over(i int, r Rect) {
	first := r.Y / strip
	for s := first; s <= r.Bottom()/strip; s++ {
		for k := c.strips[s]; k > 0; k = c.texts[k].above {
			t := &c.texts[k]
			if max(t.Y/strip, first) == s && min(t.Right(), r.Right())-max(t.X, r.X) > Point &&
				min(t.Bottom(), r.Bottom())-max(t.Y, r.Y) > Point {
				c.failf("items %d and %d lie over one another", t.item, i)
			}
		}
		c.texts = append(c.texts, placed{r, i, c.strips[s]})
		c.strips[s] = len(c.texts) - 1
	}
}
