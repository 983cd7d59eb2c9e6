package layout

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"handout/content"
	"handout/fonts"
)

// linesOf is how many characters each line of a text has that has these words.
func (p *Page) linesOf(words string) (long []int) {
	y := Length(-1)
	for _, g := range p.runsOf(words) {
		if g.At.Y != y {
			y, long = g.At.Y, append(long, 0)
		}
		for _, glyph := range g.Glyphs {
			long[len(long)-1] += utf8.RuneCountInString(glyph.Text)
		}
	}
	return long
}

// Prose stands in one column, in lines of 60 to 66 characters, however much of it there is.
func TestProseStandsInOneColumn(t *testing.T) {
	const say = "Walk a little every day, first indoors and then to the corner and back, and rest when you are tired. "
	for _, times := range []int{3, 6} {
		text := "Read this.\n\n## One\n\n" + strings.Repeat(say, times) + "\n\n## Two\n\nTwice. " + strings.Repeat(say, times)
		p := set(t, "en", text, content.Visit{}, a4())
		if one, two := p.runsOf("One"), p.runsOf("Two"); one[0].At.X != two[0].At.X || one[0].At.Y >= two[0].At.Y {
			t.Errorf("%d times: the headings are at %v and %v", times, one[0].At, two[0].At)
		}
		long, all := p.linesOf("Twice"), 0
		for _, n := range long[:len(long)-1] {
			all += n
		}
		if mean := all / (len(long) - 1); mean < 55 || mean > 68 {
			t.Errorf("%d times: lines have %d characters", times, mean)
		}
	}
}

// A paragraph that leads to a list is not parted from it by the strip with the patient's name.
func TestLeadStaysWithItsList(t *testing.T) {
	p := set(t, "en", "Your knee hurts.\n\nDo this each day:\n\n- Walk.\n- Ice.\n\n## More\n\nWords.\n",
		content.Visit{Patient: "Ana Ruiz"}, a4())
	first, name, lead := p.runsOf("Your knee"), p.runsOf("Ana Ruiz"), p.runsOf("Do this")
	if first[0].At.Y > name[0].At.Y || lead[0].At.Y < name[0].At.Y {
		t.Errorf("the opening is at %v, the name at %v, what leads to the list at %v", first[0].At, name[0].At, lead[0].At)
	}
}

// Nor is it by the break between two columns, wherever that would be best, nor by a gap.
func TestLeadStandsOverItsList(t *testing.T) {
	for items := 5; items < 20; items++ {
		list := strings.Repeat("- A walk in the park every day, for your back.\n", items)
		p := set(t, "en", "Read this.\n\n## One\n\n"+list+"\n## Two\n\nChoose one.\n\n- Swim.\n- Dance.\n"+list, content.Visit{}, a4())
		lead, first, second := p.runsOf("Choose one")[0].At.Y, p.runsOf("Swim")[0].At.Y, p.runsOf("Dance")[0].At.Y
		if lead >= first || first-lead > second-first {
			t.Errorf("%d items: the words are at %v, their list at %v and %v", items, lead, first, second)
		}
	}
}

// parted is the headings of a page, and with leads the words that lead to a list, that are parted from it: what they lead to
// stands higher than they do, in the next column.
func (p *Page) parted(leads bool) (faults []string) {
	const none = Length(math.MaxInt)
	first, of := make([]Length, len(p.Tags)), make([]string, len(p.Tags))
	for i := range first {
		first[i] = none
	}
	for _, it := range p.Items {
		if g, ok := it.(*Glyphs); ok && g.Tag != Artifact {
			for t := g.Tag; t >= 0; t = p.Tags[t].Parent {
				if first[t] == none {
					first[t] = g.At.Y
				}
			}
		}
	}
	for i := range p.Tags {
		of[i] = strings.TrimRight(p.words(i), " \u00a0")
	}
	for i, tag := range p.Tags {
		for j := i + 1; j < len(p.Tags); j++ {
			next := p.Tags[j]
			if next.Role == Figure && next.Parent < i {
				break // a picture has no words
			}
			if next.Parent >= i || first[j] == none {
				continue // it is in it
			}
			head := tag.Role == H2
			lead := leads && tag.Role == P && next.Parent == tag.Parent && (next.Role == L || strings.HasSuffix(of[i], ":"))
			if (head || lead) && tag.Part.Kind != InStretch && first[i] != none && first[j] < first[i]-Point {
				faults = append(faults, fmt.Sprintf("%q is parted from %q", of[i], of[j]))
			}
			break
		}
	}
	return faults
}

// A heading, and words that lead to a list, stand in one column with what they lead to, wherever a column ends.
func TestLeadsAreNotParted(t *testing.T) {
	setter, columns := NewSetter(fonts.Default()), 0
	item := "- **Walk.** A little every day, first indoors and then to the corner and back.\n"
	for n := range 49 {
		text := "Read this.\n\n## One\n\n" + strings.Repeat(item, 6+n/7)
		for _, name := range []string{"Two", "Three", "Four"} {
			text += "\n## " + name + "\n\nNone of these is proven to be the best. You choose, and may change it.\n\n" +
				strings.Repeat(item, 4+n%7)
		}
		page, _, err := setter.Fit(handoutOf(t, "en", text, content.Neutral(), content.Visit{}), a4())
		if err != nil {
			continue
		}
		if page.runsOf("One")[0].At.X != page.runsOf("Four")[0].At.X {
			columns++
		}
		for _, f := range page.parted(true) {
			t.Errorf("%d: %s", n, f)
		}
	}
	if columns < 20 {
		t.Errorf("%d pages in columns: this proves nothing", columns)
	}
}

// What there is little of stands in one column, in larger type; with more it is two.
func TestLittleStandsInOneColumn(t *testing.T) {
	for _, c := range []struct {
		items, columns int
	}{{3, 1}, {14, 2}} {
		list := strings.Repeat("- A walk in the park.\n", c.items)
		p := set(t, "en", "Read this.\n\n## One\n\n"+list+"\n## Two\n\n"+list+"\n## Three\n\n"+list, content.Visit{}, a4())
		starts := map[Length]bool{}
		for _, head := range []string{"One", "Two", "Three"} {
			starts[p.runsOf(head)[0].At.X] = true
		}
		if len(starts) != c.columns {
			t.Errorf("lists of %d stand in %d columns", c.items, len(starts))
		}
		if size := p.runsOf("A walk")[0].Size; c.columns == 1 && size < 15*Point {
			t.Errorf("lists of %d are in %v", c.items, size)
		}
	}
}

// A heading with a word that no column is wide enough for stands across both, in its own size.
func TestLongHeadingStandsAcross(t *testing.T) {
	const word = "Behandlungsmöglichkeitenübersichtstabelle"
	list := strings.Repeat("- Gehen Sie jeden Tag ein Stück spazieren, und ruhen Sie danach ein wenig aus, auch wenn es gut geht.\n", 9)
	p := set(t, "de", "Lesen Sie das.\n\n## Eins\n\n"+list+"\n## Zwei\n\n"+list+"\n## "+word+"\n\n"+list, content.Visit{}, a4())
	one, two, long := p.runsOf("Eins")[0], p.runsOf("Zwei")[0], p.runsOf(word)
	if one.At.X == two.At.X {
		t.Error("there are no two columns: this proves nothing")
	}
	if onLines(long) != 1 || long[0].Size != one.Size || long[0].At.X != one.At.X {
		t.Errorf("%d lines in %v at %v, others in %v", onLines(long), long[0].Size, long[0].At, one.Size)
	}
}

// No column stands half empty beside a long one: the last sections stand across both where that
// is less tall, or where the page has the room, or the longer column is wider.
func TestColumnsAreEven(t *testing.T) {
	item := "- **Rest.** Lie down for an hour, and put something warm in a towel on your back. " +
		"Then get up, walk a few steps about the room, and drink a glass of water.\n"
	for _, items := range [][3]int{{5, 5, 5}, {5, 5, 4}, {6, 5, 3}} {
		text := "Read this.\n"
		for i, n := range items {
			text += "\n## " + []string{"One", "Two", "Three"}[i] + "\n\n" + strings.Repeat(item, n)
		}
		p := set(t, "en", text, content.Visit{}, Sheet{Brand: content.Neutral(), Paper: Letter, Look: "article"})
		var ends [2]Length // of the columns
		two, across := p.runsOf("Two")[0].At, p.runsOf("Three")[0].At
		for _, g := range p.runsOf("Lie down") {
			switch {
			case g.At.Y > across.Y && across.X < two.X:
			case g.At.X < two.X:
				ends[0] = max(ends[0], g.At.Y)
			default:
				ends[1] = max(ends[1], g.At.Y)
			}
		}
		if off := max(ends[0]-ends[1], ends[1]-ends[0]); off > MM(25) || two.X == p.runsOf("One")[0].At.X {
			t.Errorf("lists of %v: the columns end %v apart", items, off)
		}
	}
}

// On no page that we ship to be read is the hole below a column 5 % of the sheet within half-inch margins. -short takes
// one page in seven.
func TestColumnsLeaveNoHole(t *testing.T) {
	setter, seen := NewSetter(fonts.Default()), 0
	for _, s := range append(shippedPages(t, harbourLane()), shippedPages(t, content.Neutral())...) {
		if s.stretches > 0 || s.Edition == Large {
			continue
		}
		c, err := setter.read(s.Page, s.Sheet)
		if err != nil {
			t.Fatal(err)
		}
		d, _, _ := c.fit(s.Sheet)
		d.spread()
		for _, b := range d.bands {
			if cols, ok := b.box.(*columnsBox); ok {
				seen++
				hole := max(cols.hole(), -cols.hole())
				share := float64(hole) * float64(d.half()) / float64(d.page.W-Inch) / float64(d.page.H-Inch)
				if share > .05 {
					t.Errorf("%s.%s: a column ends %v above the other", s.dressed.called(s.Sheet), s.Lang, hole)
				}
			}
		}
	}
	if seen < 8 {
		t.Errorf("%d pages in columns: this proves nothing", seen)
	}
}
