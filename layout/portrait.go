package layout

// The handout's own picture: a pose before the first heading, beside the words it stands
// with. It shrinks with the pictures of the stretches, and goes where there is no room for it.

// portrait is the handout's own picture, if it has one, and the opening without it.
func portrait(opening []node) (own *figureNode, rest []node) {
	for i, n := range opening {
		if f, ok := n.(*figureNode); ok && f.pose != nil {
			return f, append(opening[:i:i], opening[i+1:]...)
		}
	}
	return nil, opening
}

// own is the handout's own picture, if it has one and the page has room for it.
func (d *draft) own() *figureNode {
	own, _ := portrait(d.copy.sections[0].full.nodes)
	if d.unpictured {
		return nil
	}
	return own
}

// Of the picture beside the opening: its width at most, and that of words beside it.
var (
	portraitWidth = MM(60)
	captionWidth  = MM(24)
)

// beside sets words with the handout's own picture at their end: as high as they are, within
// what pictures may have. Without a picture they have the whole width.
func (c *compositor) beside(own *figureNode, width Length, words func(width Length) box) box {
	if own == nil {
		return words(width)
	}
	most := c.look.Portrait
	least := min(most, leastPortrait)
	pic, reach := c.portrait(own, most)
	in := words(width - reach - c.look.Gutter)
	if h := max(in.height(), least); h < most {
		pic, reach = c.portrait(own, h)
		in = words(width - reach - c.look.Gutter)
	}
	row := &rowBox{}
	row.put(0, alignStart, in)
	row.put(width-reach, alignMiddle, of(part(InOpening), pic))
	return row
}

// leastPortrait is the least height of the handout's own picture.
var leastPortrait = MM(26)

// portrait is the handout's own picture at a height, with its caption beside it or, where it
// is wider than high, below; and how wide that is.
func (c *compositor) portrait(n *figureNode, height Length) (box, Length) {
	w, h := n.size()
	k := ink{size: min(c.look.Body, max(c.look.Body*11/12, clearPrint)), color: c.theme.muted, strong: c.theme.muted}
	lead := k.size * 12 / 10
	as := Tag{Role: Figure, Alt: n.alt}
	side := n.caption != nil && h > w
	if n.caption != nil && !side {
		r := fitBox(w, h, portraitWidth, height*4/5)
		s := &stackBox{as: as}
		s.put(0, pictured(c.drawn(n), Size{r.W, r.H}))
		s.put(2*Point, c.text(Caption, n.caption, max(r.W, captionWidth), k, lead))
		return s, max(r.W, captionWidth)
	}
	r := fitBox(w, h, portraitWidth, height)
	row := &rowBox{as: as}
	row.put(0, alignStart, pictured(c.drawn(n), Size{r.W, r.H}))
	if !side {
		return row, r.W
	}
	words := max(captionWidth, scale(n.caption.widest(), k.size)+Point)
	row.put(r.W+3*Point, alignEnd, c.text(Caption, n.caption, words, k, lead))
	return row, r.W + 3*Point + words
}
