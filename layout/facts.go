package layout

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"handout/content/picture"
	"handout/fonts"
)

// Facts are the measures of a finished page, as a reader meets it. They are read
// from its display list alone, so they hold whatever was meant.
type Facts struct {
	Sizes       []TypeSize // smallest first
	Measures    []Measure  // in reading order
	Contrasts   []Contrast // worst first
	Undescribed int        // figures and links without a description
}

// Sample is the first run of text that a fact holds for. Its Text may be about a
// patient, so it is for no report of a page made for one.
type Sample struct {
	At   XY
	Role Role // of the block it stands in
	Art  bool // it is decoration, and Role says nothing
	Text string
}

// TypeSize is a size of type and how many characters stand in it.
type TypeSize struct {
	Size       Length
	Characters int
	Sample
}

// Measure is how long the lines below a heading are, in characters with the spaces
// between them. Headings, numbers and bullets are not counted.
type Measure struct {
	Heading string // in its words; empty above the first one
	Lines   int
	Mean    float64 // of the lines that are full: the last of a paragraph is not, unless it is the only one
	Longest int
	Sample  // in the longest line
}

// What lines and contrast should be: 70 characters at most (RNIB clear print), and
// 4.5 to 1, or 3 from 18 points or 14 points bold (WCAG 2.2, 1.4.3). A bullet is a
// mark rather than text, and wants 3 too (1.4.11).
const (
	LongestLine  = 70
	TextContrast = 4.5
	LargeText    = 3.0
)

// Contrast is text of one colour on one ground. Ratios are those of WCAG 2.2, from
// 1 to 21.
type Contrast struct {
	Ink, Ground picture.Color
	Ratio       float64
	Grey        float64 // of a grey copy (ITU-R BT.601)
	Needs       float64 // TextContrast or LargeText
	Mark        bool    // it is a bullet
	Characters  int
	OnPicture   bool // the ground is a picture's
	Sample
}

// Enough tells whether it can be read, in colour and on a grey copy.
func (c *Contrast) Enough() bool { return c.Ratio >= c.Needs && c.Grey >= c.Needs }

// Facts measures the page.
func (p *Page) Facts() *Facts {
	f := &Facts{}
	for _, t := range p.Tags {
		if (t.Role == Figure || t.Role == Link) && t.Alt == "" {
			f.Undescribed++
		}
	}
	sizes := map[Length]TypeSize{}
	pairs := map[Contrast]Contrast{} // by what tells them apart
	below := grounds{NewPainting(p.Size, 72), NewPainting(p.Size, 72)}
	for _, it := range p.Items {
		g, ok := it.(*Glyphs)
		if !ok {
			below.add(it)
			continue
		}
		n := letters(g.Glyphs)
		if n == 0 {
			continue
		}
		size, known := sizes[g.Size]
		if !known {
			size = TypeSize{Size: g.Size, Sample: p.sample(g)}
		}
		size.Characters += n
		sizes[g.Size] = size
		k := Contrast{Ink: g.Color, Needs: needs(g), Mark: isMark(g)}
		k.Ground, k.OnPicture = below.worst(g)
		if k.Mark {
			k.Needs = LargeText
		}
		c, known := pairs[k]
		if !known {
			c = k
			c.Sample, c.Ratio = p.sample(g), picture.Contrast(c.Ink, c.Ground)
			c.Grey = picture.Contrast(picture.Gray(c.Ink), picture.Gray(c.Ground))
		}
		c.Characters += n
		pairs[k] = c
	}
	f.Sizes = slices.SortedFunc(maps.Values(sizes), func(a, b TypeSize) int { return cmp.Compare(a.Size, b.Size) })
	f.Contrasts = slices.SortedFunc(maps.Values(pairs), func(a, b Contrast) int {
		return cmp.Or(cmp.Compare(min(a.Ratio, a.Grey)/a.Needs, min(b.Ratio, b.Grey)/b.Needs),
			cmp.Compare(a.At.Y, b.At.Y), cmp.Compare(a.At.X, b.At.X),
			cmp.Compare(a.Ink.Hex()+a.Ground.Hex(), b.Ink.Hex()+b.Ground.Hex()))
	})
	f.Measures = p.measures()
	return f
}

func needs(g *Glyphs) float64 {
	if g.Size >= 18*Point || g.Size >= 14*Point && g.Face.Style()&fonts.Bold != 0 {
		return LargeText
	}
	return TextContrast
}

// isMark tells a bullet, alone.
func isMark(g *Glyphs) bool {
	return slices.Contains([]string{"•", "·", "◦", "▪", "‣"}, strings.TrimSpace(textOf(g.Glyphs)))
}

func (p *Page) sample(g *Glyphs) Sample {
	s := Sample{At: g.At, Art: g.Tag == Artifact, Text: strings.TrimSpace(textOf(g.Glyphs))}
	if !s.Art {
		s.Role = p.Tags[p.blockOf(g.Tag)].Role
	}
	return s
}

func textOf(glyphs []fonts.Glyph) string {
	var b strings.Builder
	for _, g := range glyphs {
		b.WriteString(g.Text)
	}
	return b.String()
}

// letters counts the characters that leave ink.
func letters(glyphs []fonts.Glyph) (n int) {
	for _, g := range glyphs {
		n += utf8.RuneCountInString(strings.TrimSpace(g.Text))
	}
	return n
}

// blockOf is the tag of the paragraph or the like that a tag is in.
func (p *Page) blockOf(tag int) int {
	for p.Tags[tag].Parent >= 0 && (p.Tags[tag].Role == Link || p.Tags[tag].Role == Reference) {
		tag = p.Tags[tag].Parent
	}
	return tag
}

// measures takes the text apart into lines: what stands on one height in one block.
func (p *Page) measures() (list []Measure) {
	type line struct {
		tag    int
		y      Length
		text   string
		sample Sample
	}
	var lines []line
	for _, it := range p.Items {
		g, ok := it.(*Glyphs)
		if !ok || g.Tag == Artifact {
			continue
		}
		tag := p.blockOf(g.Tag)
		if n := len(lines); n == 0 || lines[n-1].tag != tag || lines[n-1].y != g.At.Y {
			lines = append(lines, line{tag, g.At.Y, "", p.sample(g)})
		}
		lines[len(lines)-1].text += textOf(g.Glyphs)
	}
	var all, full, fullLines int // of the last of them
	heading := ""
	for i, l := range lines {
		text := strings.TrimSpace(l.text)
		switch p.Tags[l.tag].Role {
		case H1, H2, H3, H4:
			if i == 0 || lines[i-1].tag != l.tag {
				heading = ""
			}
			heading = strings.TrimSpace(heading + " " + text)
			continue
		case Lbl:
			continue
		}
		if len(list) == 0 || list[len(list)-1].Heading != heading {
			list, all, full, fullLines = append(list, Measure{Heading: heading}), 0, 0, 0
		}
		m, n := &list[len(list)-1], utf8.RuneCountInString(text)
		m.Lines++
		all += n
		if i < len(lines)-1 && lines[i+1].tag == l.tag {
			full += n
			fullLines++
		}
		if n > m.Longest {
			m.Longest, m.Sample = n, l.sample
		}
		if m.Mean = float64(all) / float64(m.Lines); fullLines > 0 {
			m.Mean = float64(full) / float64(fullLines)
		}
	}
	return list
}

// grounds is what lies on the page so far, and the same without its pictures.
type grounds struct{ all, bare *Painting }

func (g *grounds) add(it Item) {
	g.all.Add(it)
	if _, pictured := it.(*Image); !pictured {
		g.bare.Add(it)
	}
}

// worst is the ground of a run that its colour stands out from least, looked at on three heights of
// each of its glyphs: near the baseline, and at the middle and the top of a letter without ascender.
func (g *grounds) worst(of *Glyphs) (ground picture.Color, onPicture bool) {
	ground, first := picture.White, true
	x := of.At.X
	for _, glyph := range of.Glyphs {
		w := scale(glyph.Advance, of.Size)
		if strings.TrimSpace(glyph.Text) != "" {
			for _, up := range [...]Length{of.Size / 8, of.Size / 4, of.Size / 2} {
				at := XY{x + w/2, of.At.Y - up}
				c := g.all.at(at)
				if first || picture.Contrast(of.Color, c) < picture.Contrast(of.Color, ground) {
					ground, first = c, false
				}
				onPicture = onPicture || c != g.bare.at(at)
			}
		}
		x += w
	}
	return ground, onPicture
}
