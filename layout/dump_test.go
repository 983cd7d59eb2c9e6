package layout

import (
	"fmt"
	"strings"

	"handout/content/picture"
)

// String prints the display list as text: the tags as a tree, then the items in
// the order they are painted, places and sizes in points.
func (p *Page) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "page %v x %v %q %s", p.Size.W, p.Size.H, p.Title, p.Lang)
	if p.RTL {
		b.WriteString(" rtl")
	}
	b.WriteString("\n")
	depth := make([]int, len(p.Tags))
	for i, t := range p.Tags {
		if t.Parent >= 0 {
			depth[i] = depth[t.Parent] + 1
		}
		fmt.Fprintf(&b, "%s%d %v", strings.Repeat("  ", depth[i]), i, t.Role)
		if t.Alt != "" {
			fmt.Fprintf(&b, " %q", t.Alt)
		}
		if t.Cols > 1 {
			fmt.Fprintf(&b, " over %d columns", t.Cols)
		}
		if t.Lang != "" {
			b.WriteString(" " + t.Lang)
		}
		if t.Role == L {
			fmt.Fprintf(&b, " %v", t.Labels)
		}
		if t.Role == TH {
			fmt.Fprintf(&b, " of %v", t.Heads)
		}
		if t.Parent == 0 {
			fmt.Fprintf(&b, " [%v", t.Part.Kind)
			if t.Part.N > 0 {
				fmt.Fprintf(&b, " %d", t.Part.N)
			}
			b.WriteString("]")
		}
		b.WriteString("\n")
	}
	for _, it := range p.Items {
		switch it := it.(type) {
		case *Glyphs:
			var s strings.Builder
			for _, g := range it.Glyphs {
				s.WriteString(g.Text)
			}
			fmt.Fprintf(&b, "%s text %v %v %s %v %s %q\n", owner(it.Tag), it.At.X, it.At.Y, it.Face.Name(), it.Size,
				hex(&it.Color), s.String())
		case *Shape:
			box := bounds(it.Path)
			fmt.Fprintf(&b, "%s shape %v %v %v %v fill %s stroke %s %v\n", owner(it.Tag), box.X, box.Y, box.W, box.H,
				hex(it.Fill), hex(it.Stroke), it.Width)
		case *Image:
			fmt.Fprintf(&b, "%s image %v %v %v %v\n", owner(it.Tag), it.Box.X, it.Box.Y, it.Box.W, it.Box.H)
		case *Anchor:
			fmt.Fprintf(&b, "%s link %v %v %v %v %s\n", owner(it.Tag), it.Box.X, it.Box.Y, it.Box.W, it.Box.H, it.URL)
		default:
			panic(fmt.Sprintf("layout: unknown item %T", it))
		}
	}
	return b.String()
}

func owner(tag int) string {
	if tag == Artifact {
		return "-"
	}
	return fmt.Sprint(tag)
}

func hex(c *picture.Color) string {
	if c == nil {
		return "none"
	}
	return c.Hex()
}
