package output

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"handout/content/picture"
	"handout/layout"
)

// check finds what would make a page a bad PDF/UA file (ISO 14289-1), all of it
// at once. Its errors name tags and items by number and never quote the page:
// a page is a patient's.
func check(p *layout.Page, made time.Time) error {
	if p == nil || len(p.Tags) == 0 {
		return errors.New("page: has no tags")
	}
	c := checker{page: p, about: aboutPage(p, made)}
	c.document()
	if c.tags() {
		c.items()
		c.tables()
	}
	return errors.Join(c.errs...)
}

type checker struct {
	page  *layout.Page
	about About
	errs  []error
}

func (c *checker) failf(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("page: "+format, args...))
}

func (c *checker) tagf(i int, format string, args ...any) {
	c.failf("tag %d (%v) %s", i, c.page.Tags[i].Role, fmt.Sprintf(format, args...))
}

// farthest bounds every coordinate: the largest page a PDF reader need show
// (ISO 32000-1, annex C.2) is 14400 points, and twice that is off any page.
const farthest = 2 * 14400 * layout.Point

func (c *checker) document() {
	p := c.page
	if p.Size.W < 72*layout.Point || p.Size.H < 72*layout.Point || p.Size.W > 14400*layout.Point || p.Size.H > 14400*layout.Point {
		c.failf("its sides are not between 72 and 14400 points")
	}
	c.errs = append(c.errs, c.about.check()...)
}

// validLang tells whether s has the form of a language tag (BCP 47; RFC 5646,
// 2.1): a language of two or three letters, then subtags of up to eight.
func validLang(s string) bool {
	for i, sub := range strings.Split(s, "-") {
		if len(sub) == 0 || len(sub) > 8 || i == 0 && (len(sub) < 2 || len(sub) > 3) {
			return false
		}
		for _, r := range sub {
			letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
			if !letter && (i == 0 || r < '0' || r > '9') {
				return false
			}
		}
	}
	return true
}

// tags checks each tag and its place; it tells whether they form a tree.
func (c *checker) tags() bool {
	tags := c.page.Tags
	tree := true
	level := 0
	for i, t := range tags {
		if t.Role > layout.Reference {
			c.failf("tag %d has no known role", i)
			return false
		}
		if i == 0 {
			if t.Role != layout.Document || t.Parent != -1 {
				c.tagf(0, "is not the document")
				tree = false
			}
			continue
		}
		if t.Parent < 0 || t.Parent >= i {
			c.tagf(i, "does not come after its parent")
			tree = false
			continue
		}
		if up := tags[t.Parent].Role; !fits(t.Role, up) {
			c.tagf(i, "may not stand in a %v", up)
		}
		if t.Role == layout.Figure && strings.TrimSpace(t.Alt) == "" {
			c.tagf(i, "has no description")
		}
		if !utf8.ValidString(t.Alt) {
			c.tagf(i, "has a description that is not UTF-8")
		}
		if t.Lang != "" && !validLang(t.Lang) {
			c.tagf(i, "has a language that is not a language tag")
		}
		if t.Role >= layout.H1 && t.Role <= layout.H4 {
			n := int(t.Role-layout.H1) + 1
			if n > level+1 {
				c.tagf(i, "skips a level of heading")
			}
			level = n
		}
	}
	return tree
}

// fits tells whether a role may stand right under another: lists and tables
// have parts of their own and no others (ISO 32000-1, 14.8.4.3).
func fits(role, up layout.Role) bool {
	switch up {
	case layout.L:
		return role == layout.LI || role == layout.L || role == layout.Caption
	case layout.LI:
		return role == layout.Lbl || role == layout.LBody
	case layout.Table:
		return role == layout.TR || role == layout.Caption
	case layout.TR:
		return role == layout.TH || role == layout.TD
	}
	switch role {
	case layout.Document, layout.LI, layout.LBody, layout.TR, layout.TH, layout.TD:
		return false
	case layout.Lbl:
		return up == layout.Note
	case layout.Caption:
		return up == layout.Figure
	}
	return true
}

// holds tells whether content may belong to a tag of this role itself.
func holds(role layout.Role) bool {
	switch role {
	case layout.Document, layout.Sect, layout.L, layout.LI, layout.Table, layout.TR:
		return false
	}
	return true
}

// items checks each item, and that their order walks through the tags from the
// first to the last: no tag is come back to once the walk has left it.
func (c *checker) items() {
	tags := c.page.Tags
	opened := make([]bool, len(tags))
	closed := make([]bool, len(tags))
	anchored := make([]bool, len(tags))
	opened[0] = true
	here, last := 0, 0
	for i, it := range c.page.Items {
		t, paints := c.item(i, it)
		if t == layout.Artifact && paints {
			continue
		}
		if t < 0 || t >= len(tags) {
			c.failf("item %d has no tag", i)
			continue
		}
		if !paints {
			anchored[t] = true
			if tags[t].Role != layout.Link {
				c.tagf(t, "is clickable and no Link")
			}
		}
		if !holds(tags[t].Role) {
			c.tagf(t, "holds item %d itself", i)
		}
		for !within(tags, t, here) {
			closed[here] = true
			here = tags[here].Parent
		}
		for up := t; up != here; up = tags[up].Parent {
			if closed[up] || up <= last && !opened[up] {
				c.tagf(up, "is out of reading order at item %d", i)
				break
			}
		}
		for up := t; up != here; up = tags[up].Parent {
			opened[up] = true
		}
		here, last = t, max(last, t)
	}
	for i, t := range tags {
		if !opened[i] || i == 0 && len(tags) == 1 {
			c.tagf(i, "has no content")
		}
		if t.Role == layout.Link && !anchored[i] {
			c.tagf(i, "leads nowhere")
		}
	}
}

// within tells whether tag t is tag up or lies below it.
func within(tags []layout.Tag, t, up int) bool {
	for t > up {
		t = tags[t].Parent
	}
	return t == up
}

// item checks one item; it gives its tag, and false for an anchor.
func (c *checker) item(i int, it layout.Item) (tag int, paints bool) {
	switch it := it.(type) {
	case *layout.Glyphs:
		if it.Face == nil {
			c.failf("item %d has no face", i)
		}
		if it.Size <= 0 || it.Size > 1000*layout.Point {
			c.failf("item %d is not set between 0 and 1000 points", i)
		}
		c.place(i, it.At)
		return it.Tag, true
	case *layout.Shape:
		c.shape(i, it)
		return it.Tag, true
	case *layout.Image:
		c.box(i, it.Box)
		if it.Picture == nil || (it.Picture.Drawing == nil) == (it.Picture.Bitmap == nil) {
			c.failf("item %d has no picture", i)
		}
		return it.Tag, true
	case *layout.Anchor:
		c.box(i, it.Box)
		if !validURL(it.URL) {
			c.failf("item %d leads to no http, https, mailto or tel address in ASCII", i)
		}
		return it.Tag, false
	}
	c.failf("item %d is of no known kind", i)
	return layout.Artifact, true
}

func (c *checker) place(i int, at layout.XY) {
	if at.X < -farthest || at.X > farthest || at.Y < -farthest || at.Y > farthest {
		c.failf("item %d is off the page", i)
	}
}

func (c *checker) box(i int, r layout.Rect) {
	if r.W <= 0 || r.H <= 0 || r.W > farthest || r.H > farthest {
		c.failf("item %d has an empty box", i)
	}
	c.place(i, layout.XY{X: r.X, Y: r.Y})
}

func (c *checker) shape(i int, s *layout.Shape) {
	if s.Fill == nil && s.Stroke == nil {
		c.failf("item %d is neither filled nor stroked", i)
	}
	if s.Width < 0 || s.Width > farthest {
		c.failf("item %d has a stroke of no width", i)
	}
	if len(s.Path) == 0 || s.Path[0].Op != picture.Move {
		c.failf("item %d is a path without a start", i)
	}
	for _, seg := range s.Path {
		if seg.Op > picture.Close {
			c.failf("item %d has a path step of no known kind", i)
		}
		c.place(i, seg.To)
		c.place(i, seg.C1)
		c.place(i, seg.C2)
	}
}

// validURL tells whether s is an address a page may lead to. A URI action holds
// 7-bit ASCII (ISO 32000-1, 12.6.4.7).
func validURL(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || rest == "" || len(s) > 2048 {
		return false
	}
	switch strings.ToLower(scheme) {
	case "http", "https":
		return len(rest) > 2 && strings.HasPrefix(rest, "//")
	case "mailto", "tel":
		return true
	}
	return false
}

// tables checks that the rows of each table have equally many cells, a cell over
// several columns counted as so many.
func (c *checker) tables() {
	tags := c.page.Tags
	if !slices.ContainsFunc(tags, func(t layout.Tag) bool { return t.Role == layout.TR }) {
		return
	}
	cells := make([]int, len(tags))
	for _, t := range tags {
		if t.Role == layout.TH || t.Role == layout.TD {
			cells[t.Parent] += max(t.Cols, 1)
		}
	}
	wide := make([]int, len(tags))
	for i, t := range tags {
		if t.Role != layout.TR {
			continue
		}
		if wide[t.Parent] == 0 {
			wide[t.Parent] = cells[i]
		}
		if cells[i] != wide[t.Parent] {
			c.tagf(i, "has not as many cells as the row above")
		}
	}
}
