package layout

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
)

// sample makes handouts by chance, always the same ones for a seed.
type sample struct {
	*rand.Rand
	t     *testing.T
	words *content.Words
	figs  [][]byte
}

func newSample(t *testing.T, seed uint64) *sample {
	t.Helper()
	w, err := content.Open().Words("en")
	if err != nil {
		t.Fatal(err)
	}
	s := &sample{rand.New(rand.NewPCG(seed, 7)), t, w, nil}
	for _, name := range []string{"figure-4", "hip-flexor", "cat-cow.1", "knee-to-chest"} {
		b, err := os.ReadFile("../content/library/poses/" + name + ".fig")
		if err != nil {
			t.Fatal(err)
		}
		s.figs = append(s.figs, b)
	}
	return s
}

const lorem = "a mild pull is fine but sharp or spreading pain is not so stop and rest then try again more gently " +
	"tomorrow when your back and hips feel easier after walking a little every day at home or outside"

// text is some words; bold makes it begin with a lead-in.
func (s *sample) text(least, most int, bold bool) content.Text {
	vocabulary := strings.Fields(lorem)
	var w []string
	for range least + s.IntN(most-least+1) {
		w = append(w, vocabulary[s.IntN(len(vocabulary))])
	}
	if bold && len(w) > 2 {
		n := 1 + s.IntN(2)
		return content.Text{{Text: strings.Join(w[:n], " ") + ".", Bold: true},
			{Text: " " + strings.Join(w[n:], " ") + "."}}
	}
	return content.Text{{Text: strings.Join(w, " ") + "."}}
}

func (s *sample) stretch(i int) content.Card {
	st := &content.Exercise{
		ID: fmt.Sprint("stretch-", i), Name: s.text(1, 4, false).String(), StepsMark: content.Brief,
		Stop: s.text(5, 12, false), Alt: "a person stretching",
		Frames: []content.Drawn{{Traced: s.figs[s.IntN(len(s.figs))]}},
	}
	if s.IntN(5) == 0 {
		st.Frames = append(st.Frames, content.Drawn{Traced: s.figs[s.IntN(len(s.figs))]})
	}
	if s.IntN(4) == 0 {
		st.Needs, st.Video = s.text(1, 5, false).String(),
			"https://harbourlane.example/"+strings.Repeat("film", s.IntN(30))
	}
	for range 3 + s.IntN(3) {
		st.Steps = append(st.Steps, s.text(6, 14, true))
	}
	return content.Card{ID: st.ID, Stretch: st, Dose: content.Dose{Sets: 1, Reps: 3, Hold: 30 * time.Second,
		PerDay: 1 + s.IntN(3), Days: 7 - s.IntN(2)*s.IntN(7)}}
}

func (s *sample) handout(stretches int) *content.Page {
	h := &content.Page{Title: s.text(1, 6, false).String(), Lang: "en", Words: s.words, Shipped: s.IntN(3) == 0}
	if s.IntN(2) == 0 {
		h.Subtitle = s.text(3, 9, false).String()
	}
	if s.IntN(2) == 0 {
		h.Visit = content.Visit{Patient: "Zoë Nuñez-O'Brien", Date: time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC),
			Therapist: "Robin Hale", Next: "28 March, 10:00"}
	}
	if s.IntN(4) == 0 {
		h.Visit.Note = s.text(10, 40, false).String()
	}
	h.Blocks = append(h.Blocks, &content.Paragraph{Text: s.text(10, 40, false)})
	for i := range s.IntN(6) {
		h.Blocks = append(h.Blocks, &content.Heading{Level: 2, Text: s.text(2, 5, false),
			Mark: content.Mark(s.IntN(4))})
		switch s.IntN(10) {
		case 0:
			h.Blocks = append(h.Blocks, &content.Paragraph{Text: s.text(10, 60, true)})
		case 1:
			h.Blocks = append(h.Blocks, &content.Table{Rows: [][]content.Text{
				{s.text(1, 2, false), s.text(1, 3, false)}, {s.text(1, 4, false), s.text(3, 12, false)}}})
		case 2:
			h.Blocks = append(h.Blocks, &content.Quote{
				Blocks: []content.Block{&content.Paragraph{Text: s.text(5, 20, false)}}},
				&content.Fields{Labels: []content.Text{s.text(1, 2, false), s.text(1, 2, false)}})
		case 3:
			h.Blocks = append(h.Blocks, &content.PainScale{Question: s.text(2, 14, false)})
		case 4:
			h.Blocks = append(h.Blocks, &content.TrafficLight{Says: [3]content.Text{s.text(2, 9, false),
				s.text(1, 12, false), s.text(3, 9, false)}})
		case 5:
			h.Blocks = append(h.Blocks, &content.Code{Data: "https://harbourlane.example/" +
				strings.Repeat("film", s.IntN(60)),
				Link: "https://harbourlane.example/", Caption: s.text(1, 12, false)})
		case 6:
			n := len(h.Notes) + 1
			t := append(s.text(3, 20, false), content.Span{Text: content.Superior(n), Note: n})
			h.Blocks = append(h.Blocks, &content.Paragraph{Text: append(t, s.text(3, 20, false)...)})
			h.Notes = append(h.Notes, &content.Paragraph{Text: s.text(3, 30, true)})
		default:
			l := &content.List{Ordered: s.IntN(3) == 0, Start: 1}
			for range 2 + s.IntN(5) {
				l.Items = append(l.Items, []content.Block{&content.Paragraph{Text: s.text(4, 14, true)}})
			}
			h.Blocks = append(h.Blocks, l)
		}
		_ = i
	}
	if stretches > 0 {
		slot := &content.Stretches{}
		for i := range stretches {
			slot.Chosen = append(slot.Chosen, s.stretch(i))
		}
		h.Blocks = append(h.Blocks, &content.Heading{Level: 2, Text: s.text(2, 3, false)}, slot,
			&content.Callout{Kind: content.Warning,
				Blocks: []content.Block{&content.Paragraph{Text: s.text(6, 12, true)}}})
		if s.IntN(3) == 0 {
			h.Blocks = append(h.Blocks, s.diary())
		}
	}
	h.Blocks = append(h.Blocks, &content.Callout{Kind: content.Caution, Blocks: []content.Block{
		&content.Paragraph{Text: s.text(10, 25, true)}, &content.Paragraph{Text: s.text(10, 25, true)}}})
	// Dice of its own, so that the words are as they were.
	dice := *s
	dice.Rand = rand.New(rand.NewPCG(uint64(len(h.Title)+len(h.Blocks)), 11))
	dice.shorten(h.Blocks)
	return h
}

// shorten gives some blocks a shorter wording, and some sections their place among those
// that give way.
func (s *sample) shorten(blocks []content.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *content.Heading:
			b.Give = s.IntN(4)
		case *content.Paragraph:
			if n := len(b.Text); s.IntN(2) == 0 && !strings.HasSuffix(b.Text[0].Text, ":") {
				b.Short = append(content.Text{}, b.Text[:n-1]...)
				b.Short = append(b.Short, content.Span{Text: "So."})
			}
		case *content.List:
			for _, it := range b.Items {
				s.shorten(it)
			}
			if s.IntN(6) == 0 {
				b.Short = s.text(2, 5, false)
			}
		case *content.Callout:
			s.shorten(b.Blocks)
		}
	}
}

func (s *sample) diary() *content.Diary {
	d := &content.Diary{Days: 7 + s.IntN(25)}
	if s.IntN(2) == 0 {
		d.Start = time.Date(2026, 2, 1+s.IntN(28), 0, 0, 0, 0, time.UTC)
	}
	return d
}

func (s *sample) sheet() Sheet {
	b := content.Neutral()
	if s.IntN(2) == 0 {
		b.Name, b.Tagline = "Harbour Lane Massage", "Therapeutic and orthopedic bodywork"
		b.Phones, b.Address = []string{"555 0142"}, []string{"12 Harbour Lane", "Springfield"}
		b.Web, b.Booking = "https://harbourlane.example", "https://harbourlane.example/book"
		b.SmallPrint = "This sheet supports the advice of your clinician. It does not replace it."
	}
	p := Letter
	if s.IntN(2) == 0 {
		p = A4
	}
	return Sheet{Brand: b, Paper: p, Look: Looks()[s.IntN(len(Looks()))].ID,
		Edition: []string{Standard, BW, Standard, Large}[s.IntN(4)], Punch: s.IntN(8) == 0}
}

// seeds are so many in a hurry, and ten times as many else.
func seeds(few uint64) uint64 {
	if testing.Short() {
		return few
	}
	return 10 * few
}

// One page or a refusal; and whatever the page, the promises of a page hold.
func TestFitKeepsPromises(t *testing.T) {
	setter := NewSetter(fonts.Default())
	pages, refused, conceded := 0, 0, 0
	for seed := range seeds(300) {
		s := newSample(t, seed)
		h, sheet := s.handout(s.IntN(7)), s.sheet()
		sheet = suited(h, sheet)
		page, fitting, err := setter.Fit(h, sheet)
		var over *OverflowError
		switch {
		case errors.As(err, &over):
			refused++
			if over.Lines < 1 || len(over.Tallest) == 0 || over.Body == 0 {
				t.Errorf("seed %d: a refusal that does not help: %v", seed, err)
			}
			continue
		case err != nil:
			t.Fatalf("seed %d: %v", seed, err)
		}
		pages++
		if len(fitting.Concessions) > 0 {
			conceded++
		}
		for _, fault := range faults(page, fitting.Body) {
			t.Errorf("seed %d: %s", seed, fault)
		}
		if seed%10 != 0 {
			continue
		}
		// A setter that has set this page, and one that has set none.
		for _, other := range []*Setter{setter, NewSetter(fonts.Default())} {
			again, _, err := other.Fit(h, sheet)
			if err != nil || again.String() != page.String() {
				t.Errorf("seed %d: the second page differs from the first: %v", seed, err)
			}
		}
	}
	if pages < 50 || refused < 5 || conceded < 20 {
		t.Errorf("the sample proves too little: %d pages, %d of them conceded, %d refused", pages, conceded, refused)
	}
}

// faults lists what is wrong with a page: what breaks its promises, and words too small or
// too near the edge.
func faults(p *Page, body Length) (out []string) {
	bad := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if err := p.Check(); err != nil {
		bad("%v\n%s", err, p)
	}
	out = append(out, p.parted(false)...)
	inside := func(what string, r Rect, top, foot Length) {
		if r.X < 28*Point || r.Right() > p.Size.W-28*Point+Point/100 || r.Y < top || r.Bottom() > p.Size.H-foot {
			bad("%s stands outside the margins at %v", what, r)
		}
	}
	content := false
	for _, it := range p.Items {
		tag := Artifact
		switch it := it.(type) {
		case *Glyphs:
			tag = it.Tag
			r := it.words()
			if r.W == 0 {
				break
			}
			s := ""
			for _, g := range it.Glyphs {
				s += g.Text
			}
			if it.Size < footSize || it.Size < body*85/100 && tag != Artifact && it.Size < scanSize {
				bad("%q is set in %v", s, it.Size)
			}
			inside(fmt.Sprintf("%q", s), r, 12*Point, 27*Point)
		case *Shape:
			tag = it.Tag
			for i, step := range it.Path {
				if step.Op == picture.Line && step.To == it.Path[i-1].To {
					bad("a line of no length at %v", step.To)
					break
				}
			}
			if tag != Artifact {
				inside("a shape", bounds(it.Path), 0, 28*Point)
			}
		case *Image:
			tag = it.Tag
			inside("a picture", it.Box, 0, 28*Point)
		case *Anchor:
			tag = it.Tag
		}
		if tag == Artifact && content {
			bad("an artifact is painted after content")
		}
		content = content || tag != Artifact
	}
	return out
}

// Tighter never means taller: each rung of the ladder, and each concession, leaves
// at least as much room as the one before.
func TestTighterIsNeverTaller(t *testing.T) {
	setter := NewSetter(fonts.Default())
	for seed := range seeds(60) {
		s := newSample(t, seed)
		h, sheet := s.handout(s.IntN(7)), s.sheet()
		sheet = suited(h, sheet)
		c, err := setter.read(h, sheet)
		if err != nil {
			t.Fatal(err)
		}
		var last try
		spare := Length(math.MinInt)
		for _, x := range c.ways(sheet) {
			d := c.compose(x, sheet)
			if d.spare() < spare {
				t.Errorf("seed %d: %v on %v with %d concessions is taller than %v on %v with %d, by %v", seed,
					x.body, c.rung(x).Lead, len(x.ceded), last.body, c.rung(last).Lead,
					len(last.ceded), spare-d.spare())
			}
			spare, last = d.spare(), x
		}
	}
}

// One stretch more never makes the type larger, and never undoes a concession.
func TestOneMoreStretchNeverEnlarges(t *testing.T) {
	setter := NewSetter(fonts.Default())
	for seed := range seeds(60) {
		s := newSample(t, seed)
		h, sheet := s.handout(8), s.sheet()
		sheet = suited(h, sheet)
		var slot *content.Stretches
		for _, b := range h.Blocks {
			if st, ok := b.(*content.Stretches); ok {
				slot = st
			}
		}
		all := slot.Chosen
		body, over := Length(math.MaxInt), false
		for n := 1; n <= len(all); n++ {
			slot.Chosen = all[:n]
			_, f, err := setter.Fit(h, sheet)
			if err != nil {
				over = true
				continue
			}
			if over {
				t.Errorf("seed %d: %d stretches fit where fewer did not", seed, n)
			}
			if f.Body > body {
				t.Errorf("seed %d: with %d stretches the type grows from %v to %v", seed, n, body, f.Body)
			}
			body = f.Body
		}
	}
}

// Larger type never fits where smaller did not: what is refused at a size is refused at
// every larger one.
func TestLargerTypeNeverFitsBetter(t *testing.T) {
	setter := NewSetter(fonts.Default())
	refused, fits := 0, 0
	for seed := range seeds(24) {
		s := newSample(t, seed)
		h, sheet := s.handout(s.IntN(7)), s.sheet()
		sheet = suited(h, sheet)
		sheet.Strict = s.IntN(4) == 0
		last := Length(0)
		for pt := Length(18); pt <= 36; pt++ { // half points
			sheet.MinType = pt * Point / 2
			_, _, err := setter.Fit(h, sheet)
			switch {
			case err != nil:
				last = sheet.MinType
				refused++
			case last > 0:
				t.Errorf("seed %d: %s %s fits at %v and not at %v", seed, sheet.Look,
					sheet.Edition, sheet.MinType, last)
			default:
				fits++
			}
		}
	}
	if refused < 50 || fits < 50 {
		t.Errorf("%d refused and %d fit: this proves nothing", refused, fits)
	}
}

// What we ship stands in clear print: where the same of somebody else goes to 11 points it
// is refused, unless somebody asks for less.
func TestShippedStandsInClearPrint(t *testing.T) {
	sheet := Sheet{Brand: content.Neutral(), Paper: Letter}
	small := 0
	for n := 20; n < 80; n++ {
		h := handoutOf(t, "en", strings.Repeat("Rest your leg on a chair for as long as it feels good to you. ", n),
			sheet.Brand, content.Visit{})
		body := func(shipped bool, least Length) Length {
			h.Shipped, sheet.MinType = shipped, least
			_, f, err := NewSetter(fonts.Default()).Fit(h, sheet)
			if err != nil {
				return 0
			}
			return f.Body
		}
		theirs, ours := body(false, 0), body(true, 0)
		switch {
		case theirs >= clearPrint:
			if ours != theirs {
				t.Errorf("%d sentences: ours at %v, theirs at %v", n, ours, theirs)
			}
		case theirs > 0:
			if small++; ours != 0 {
				t.Errorf("%d sentences: ours at %v, though they fit at %v only", n, ours, theirs)
			}
			if asked := body(true, 11*Point); asked != theirs {
				t.Errorf("%d sentences: ours at %v where 11 was asked for, theirs at %v", n, asked, theirs)
			}
		}
	}
	if small < 3 {
		t.Errorf("%d texts in small type: this proves nothing", small)
	}
}

// Whatever the least size that is allowed, the last rung of a ladder is the tightest of
// its size, and none is looser than the one above it.
func TestLadder(t *testing.T) {
	for _, sheet := range everySheet(content.Neutral()) {
		d := designOf(sheet)
		for floor := d.least; floor <= 24*Point; floor += Point / 4 {
			ladder := d.ladder(floor)
			last := ladder[len(ladder)-1]
			if last.loose > 0 || last.body < floor {
				t.Errorf("%s %s down to %v ends with %v", sheet.Look, sheet.Edition, floor, last)
			}
			for i, is := range ladder[1:] {
				was := ladder[i]
				if is.body > was.body || d.rung(is.body, is.loose).Lead > d.rung(was.body, was.loose).Lead {
					t.Errorf("%s %s down to %v: rung %d is looser than the one before", sheet.Look,
						sheet.Edition, floor, i+1)
				}
			}
		}
	}
}
