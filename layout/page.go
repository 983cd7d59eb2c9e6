// Package layout decides where everything on a page goes.
//
// Its product is one finished page: a flat list of items at fixed places, each
// owned by a tag or marked as an artifact. Writers only switch over the items;
// none of them measures.
package layout

import (
	"handout/content/picture"
	"handout/fonts"
)

// Page is finished: everything measured, everything placed.
//
// Artifacts come first in Items, then content in reading order, so reading order
// is paint order. Tags are in reading order too; Tags[0] is the Document.
// Every tag has at least one item or child.
type Page struct {
	Size   Size
	Title  string // for the document's metadata: never a patient's name
	Author string // the clinic
	Lang   string // BCP 47
	RTL    bool   // the page reads from right to left
	Tags   []Tag
	Items  []Item
}

// Tag is a node of the structure tree (ISO 32000-1, 14.7). Parent is the index
// of an earlier tag, so that a tree is the only thing that can be written;
// Tags[0] has Parent -1.
type Tag struct {
	Role   Role
	Parent int
	Part   Part
	Alt    string    // what a Figure shows; for a Link, where it goes
	Cols   int       // how many columns a TD spans; 0 is one
	Labels Numbering // of a list
	Heads  Scope     // of a TH
	Lang   string    // where it differs from the page's
}

// Role is a standard structure type (ISO 32000-1, 14.8.4).
type Role uint8

const (
	Document Role = iota
	Sect
	H1
	H2
	H3
	H4
	P
	L
	LI
	Lbl
	LBody
	Figure
	Caption
	Link
	Note
	Table
	TR
	TH
	TD
	BlockQuote
	Reference
)

func (r Role) String() string {
	return [...]string{"Document", "Sect", "H1", "H2", "H3", "H4", "P", "L", "LI", "Lbl", "LBody", "Figure",
		"Caption", "Link", "Note", "Table", "TR", "TH", "TD", "BlockQuote", "Reference"}[r]
}

// roles are tags that say nothing but their role.
var roles = func() (all [Reference + 1]Tag) {
	for r := range all {
		all[r].Role = Role(r)
	}
	return all
}()

// tagOf is a tag that says nothing but its role. It must not be changed.
func tagOf(r Role) *Tag { return &roles[r] }

// Artifact in place of a tag's index marks an item as decoration.
const Artifact = -1

// Item is one thing on the page. It is implemented by
//
//	*Glyphs
//	*Shape
//	*Image
//	*Anchor
type Item interface {
	// place is whose the item is, and where.
	place() (tag int, box Rect)
}

type (
	// Glyphs is a run of text in one face and size, from left to right as seen.
	// At is the origin of its first glyph on the baseline. The glyphs are never changed:
	// pages share them, and writers know them again by their place. What is Once belongs
	// to the patient of this page, and must not be remembered.
	Glyphs struct {
		Tag    int
		At     XY
		Face   *fonts.Face
		Size   Length
		Color  picture.Color
		Glyphs []fonts.Glyph
		Once   bool
	}

	// Shape is a path that is filled, stroked, or both.
	Shape struct {
		Tag    int
		Path   []Segment
		Fill   *picture.Color
		Stroke *picture.Color
		Width  Length // of the stroke
	}

	// Image is a picture scaled into a box.
	Image struct {
		Tag     int
		Box     Rect
		Picture *picture.Picture
	}

	// Anchor makes a box clickable. Its Tag has the role Link.
	Anchor struct {
		Tag int
		Box Rect
		URL string
	}
)

func (g *Glyphs) place() (tag int, box Rect) { return g.Tag, g.words() }
func (s *Shape) place() (tag int, box Rect)  { return s.Tag, bounds(s.Path) }
func (i *Image) place() (tag int, box Rect)  { return i.Tag, i.Box }
func (a *Anchor) place() (tag int, box Rect) { return a.Tag, a.Box }

// Segment is one step of a path. To is where it ends; C1 and C2 are the control
// points of a Cubic. A Close has no points.
type Segment struct {
	Op     picture.Op
	C1, C2 XY
	To     XY
}

// Points are the places that a step names.
func (s Segment) Points() []XY {
	switch s.Op {
	case picture.Cubic:
		return []XY{s.C1, s.C2, s.To}
	case picture.Close:
		return nil
	}
	return []XY{s.To}
}
