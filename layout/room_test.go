package layout

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"handout/content"
	"handout/fonts"
)

// Of the ways to set a page in a design with rows each leaves at least as much room as the
// one before, which is what the search for the first that fits hangs on; and no picture is
// below its floor.
func TestWaysLeaveMoreRoom(t *testing.T) {
	setter, ways := NewSetter(fonts.Default()), 0
	for seed := range seeds(40) {
		s := newSample(t, seed)
		h, sheet := s.handout(s.IntN(7)), s.sheet()
		sheet.Look, sheet.Edition = []string{"article", "rows"}[s.IntN(2)], []string{Standard, BW}[s.IntN(2)]
		sheet = suited(h, sheet)
		c, err := setter.read(h, sheet)
		if err != nil {
			t.Fatal(err)
		}
		var before Length
		for i, w := range c.ways(sheet) {
			spare := c.compose(w, sheet).spare()
			if i > 0 && spare < before-Point {
				t.Errorf("seed %d %s: way %d leaves %v, and the one before %v", seed, sheet.Look, i, spare, before)
				t.Logf("%+v", w)
			}
			before = spare
			if c.rung(w).Picture < MM(35) {
				t.Errorf("seed %d: way %d has pictures on %v", seed, i, c.rung(w).Picture)
			}
			ways++
		}
	}
	if ways < 500 {
		t.Errorf("only %d ways: this proves nothing", ways)
	}
}

// In rows the stretches keep their whole steps and their pictures longer than the article
// keeps its sections; what goes is told. What is to be obeyed is in ink, larger than the
// text, and the emergency band comes last of all that is read but the clinic.
func TestRows(t *testing.T) {
	lib, setter := content.Open(), NewSetter(fonts.Default())
	for _, name := range []string{"sciatica", "neck-and-desk", "after-massage"} {
		h := handout(t, lib, name)
		for n := 1; n <= min(4, len(h.Default)); n++ {
			for _, paper := range []Paper{Letter, A4} {
				sheet := Sheet{Brand: content.Neutral(), Paper: paper, Look: "rows"}
				p := personal(t, lib, h, sheet.Brand,
					content.Visit{Patient: "Ana Ruiz", Chosen: true, Stretches: h.Default[:n]})
				page, f, err := setter.Fit(p, sheet)
				if err != nil {
					t.Errorf("%s, %d stretches: %v", name, n, err)
					continue
				}
				for _, c := range f.Concessions {
					if c.Kind == StepsShort {
						t.Errorf("%s on %s, %d stretches: steps are cut", name, paper.Name, n)
					}
				}
				pictures, doses, last := 0, 0, Part{}
				for _, it := range page.Items {
					switch it := it.(type) {
					case *Image:
						if it.Tag >= 0 && page.Tags[it.Tag].Part.Kind == InStretch {
							pictures++
						}
					case *Glyphs:
						if it.Tag < 0 {
							continue
						}
						if tag := page.Tags[it.Tag]; tag.Part.Kind == InStretch && tag.Role == P &&
							it.Size >= f.Body*112/100 && it.Size < f.Body*3/2 {
							doses++
						}
						if k := page.Tags[it.Tag].Part; k.Kind != InContact {
							last = k
						}
					}
				}
				if pictures < n || doses < n {
					t.Errorf("%s on %s, %d stretches: %d pictures, %d doses", name, paper.Name, n, pictures, doses)
				}
				if last.Kind != InSigns {
					t.Errorf("%s on %s, %d stretches: the last that is read is %v", name, paper.Name, n, last.Kind)
				}
			}
		}
	}
}

// everyLength is a handout with words in every length, and all that may give way.
const everyLength = `Sciatica is pain that runs down the leg from a sore or squeezed nerve.

Sciatica is leg pain. {.short}

## First to go {.brief give=1}

- **Sit less.** Get up and walk every 30 minutes or so, because long sitting often makes it worse.

  Get up every half hour. {.short}

- **Walk.** A little more each day.

## Last of those that say {.brief .optional give=2}

**Heat helps.** Try a wrapped heat pack to relax tight muscles, for 15 minutes.

**Heat helps.** Try a heat pack. {.short}

> [!IMPORTANT]
> Ask your doctor before a massage if you take blood thinners.

## Says nothing of it {.brief}

**Sleep well.** Put a firm pillow between your knees when you lie on your side.

**Sleep well.** Use a pillow. {.short}

## Stays as it is

It is never cut.

## Your stretches

Walk for a few minutes first, so that you are warm. Move slowly, and do not bounce.

Warm up, and move slowly. {.short}

` + "```stretches\n```" + `

> [!WARNING]
> A mild pull is fine. **Stop if** pain turns sharp or moves further down your leg.
>
> A mild pull is fine. **Stop if** it hurts. {.short}

> [!CAUTION]
> **Call {emergency} now if:**
>
> - you cannot pee
> - both legs grow weak

Massage can be a part of your care, beside exercise. It is not a cure on its own.

Massage is a part of your care. {.short}
`

// Room is spent in the order that design.md gives, one thing after the other.
func TestOrderOfRoom(t *testing.T) {
	visit := content.Visit{Chosen: true, Stretches: []content.Choice{{ID: "knee-to-chest"}, {ID: "upper-trapezius"},
		{ID: "cat-cow"}}}
	brand := content.Neutral()
	brand.Booking = "https://harbourlane.example/book"
	want := map[string]string{
		"article": "type tips code signs stretches stop-rule opening closing short-1 short-2 short-3 pictures " +
			"leads-1 leads-2 leads-3 tight stops core-2 steps-fewer steps type",
		"rows": "type tips code signs stretches stop-rule opening closing short-1 short-2 short-3 pictures " +
			"leads-1 leads-2 leads-3 tight stops core-2 out-closing out-opening out-1 out-4 out-3 steps-fewer pictures " +
			"steps type",
		"pictures": "type code signs stretches stop-rule opening closing short-1 short-2 short-3 pictures " +
			"leads-1 leads-2 leads-3 tight core-2 out-closing out-opening out-1 out-4 out-3 pictures type",
	}
	for look, want := range want {
		sheet := Sheet{Brand: brand, Paper: Letter, Look: look}
		h := handoutOf(t, "en", everyLength, brand, visit)
		c, err := NewSetter(fonts.Default()).read(h, sheet)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		say := func(what string) {
			if len(got) == 0 || got[len(got)-1] != what {
				got = append(got, what)
			}
		}
		var before try
		for i, w := range c.ways(sheet) {
			switch last := len(w.ceded) - 1; {
			case i == 0, w.step != before.step:
				say("type")
			case w.uncoded != before.uncoded:
				say("code")
			case w.tips != before.tips:
				say("tips")
			case w.picture != before.picture:
				say("pictures")
			case w.tight != before.tight:
				say("tight")
			case last >= len(before.ceded):
				y := w.ceded[last]
				what := c.named(y.section).Kind.String()
				if n := c.named(y.section).N; n > 0 {
					what = fmt.Sprint(n)
				}
				if y.of != NoPart {
					what = strings.ReplaceAll(y.of.String(), " ", "-")
				}
				switch {
				case y.kind == StopsOut:
					say("stops")
				case y.kind == StepsFewer:
					say("steps-fewer")
				case y.kind == StepsShort:
					say("steps")
				case y.kind == SectionOut:
					say("out-" + what)
				case y.kind == FewerWords && y.section != c.sections[0] && y.of == NoPart:
					say("short-" + what)
				case y.kind == SectionLeads:
					say("leads-" + what)
				case y.kind == SectionCore:
					say("core-" + what)
				default:
					say(what)
				}
			}
			before = w
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s gives way in the order\n%s\nand not in\n%s", look, got, want)
		}
	}
}

// So is the room of any handout: what is conceded comes in one order, sections in that of
// give, and what was left of them in the end could not be given back.
func TestRoomOfAnyHandout(t *testing.T) {
	setter, changes, kept := NewSetter(fonts.Default()), map[int]int{}, 0
	for seed := range seeds(60) {
		s := newSample(t, seed)
		h, sheet := s.handout(1+s.IntN(6)), s.sheet()
		sheet.Look, sheet.Strict = []string{"article", "rows", "pictures"}[s.IntN(3)], false
		c, err := setter.read(h, sheet)
		if err != nil {
			t.Fatal(err)
		}
		lax := c.design.lax
		var before try
		last, lastGive := 0, 0
		for i, w := range c.ways(sheet) {
			rank, give := 0, 0
			switch n := len(w.ceded) - 1; {
			case i == 0:
			case w.body < min(before.body, c.design.base):
				rank = 12
			case w.tight != before.tight && c.design.large:
				rank = 10
			case w.step != before.step:
				rank = 1
			case w.uncoded != before.uncoded:
				rank = 3
			case w.tips != before.tips:
				rank = 2
			case w.picture != before.picture:
				if rank = 6; c.design.large {
					rank = 11
				} else if lax && len(w.ceded) > 0 && w.ceded[n].kind >= SectionLeads || last > 6 {
					rank = max(last, 7)
				}
			case w.tight != before.tight:
				rank = 8
			case n >= len(before.ceded):
				y := w.ceded[n]
				if give = y.section.give; give == 0 {
					give = 100 - slices.Index(c.sections, y.section) // the last one first
				}
				if y.of != NoPart || y.section == c.sections[0] {
					give = 0
				}
				rank = map[ConcessionKind]int{FewerWords: 4, SectionLeads: 7, SectionOut: 10, SectionCore: 10,
					StepsFewer: 11, StepsShort: 11, StopsOut: 6}[y.kind]
				if y.kind == StopsOut && !c.design.large {
					rank = 8
				}
				if y.of == InClosing && y.kind != FewerWords && c.design.large {
					rank = 6
				}
				if rank == 10 && y.section.mark&content.Optional != 0 && y.of == NoPart {
					rank = 9
				}
				if rank == 10 && give == 0 {
					lastGive = 0
				}
				if y.kind == FewerWords && y.of == NoPart && y.section != c.sections[0] {
					rank = 5
				}
			}
			if rank < last || rank == last && give < lastGive && give > 0 {
				t.Errorf("seed %d %s: way %d comes too late: %d after %d, section %d after %d", seed, sheet.Look, i,
					rank, last, give, lastGive)
			}
			changes[rank]++
			before, last, lastGive = w, rank, give
		}
		d, w := c.search(sheet)
		if d.spare() < 0 {
			continue
		}
		for i := range w.ceded {
			less := w
			less.ceded = slices.Delete(slices.Clone(w.ceded), i, i+1)
			if kept++; !surpassed(w.ceded, i) && c.compose(less, sheet).spare() >= 0 {
				t.Errorf("seed %d %s: concession %d of %d was not needed", seed, sheet.Look, i, len(w.ceded))
			}
		}
	}
	for rank := 1; rank <= 12; rank++ {
		if changes[rank] < 5 {
			t.Errorf("only %d changes of rank %d: this proves nothing", changes[rank], rank)
		}
	}
	if kept < 60 {
		t.Errorf("only %d concessions: this proves nothing", kept)
	}
}

// tooLong is sections of four items each, which are cut to their lead-ins: after it an item has so many sentences.
func tooLong(heads []string, lead string, sentences int) (text string) {
	for _, head := range heads {
		text += "## " + head + " {.brief}\n\n" + strings.Repeat(
			"- **"+lead+"** "+strings.Repeat("It does more good than anybody would think. ", sentences)+"\n", 4)
	}
	return text
}

// Sections cut to their lead-ins have their headings beside them, on one line with their first
// words; what one line holds is on one, however long it is.
func TestAsides(t *testing.T) {
	heads := []string{"Morning", "Noon", "Evening", "Night"}
	text := "One line of words, which is longer than an eye likes where it has to find the next one.\n\n" +
		tooLong(heads, "Rest.", 20)
	p := set(t, "en", text, content.Visit{}, a4())
	if lines := onLines(p.runsOf("One line of words")); lines != 1 {
		t.Errorf("the opening is on %d lines", lines)
	}
	var starts Length
	for _, head := range heads {
		h := p.runsOf(head)
		if len(h) != 1 {
			t.Fatalf("%s: %d runs", head, len(h))
		}
		if starts == 0 {
			starts = h[0].At.X
		}
		if h[0].At.X != starts {
			t.Errorf("%s begins at %v", head, h[0].At.X)
		}
		beside := false
		for _, g := range p.runsOf("Rest") {
			beside = beside || g.At.Y == h[0].At.Y && g.At.X > h[0].At.X
		}
		if !beside {
			t.Errorf("%s: no words beside it", head)
		}
	}
}

// A heading of several lines has no word alone on its last, and does not stand close above the next one.
func TestHeadingsAreEven(t *testing.T) {
	heads := []string{"What a long massage can do", "When it is very sore at night", "What is in the morning air", "What you may do for it"}
	text := "Read this.\n\n" + tooLong(heads, "Rest, and do it rather well.", 18)
	p := set(t, "en", text, content.Visit{}, a4())
	tall, last := 0, Length(0)
	for _, head := range heads {
		wide := map[Length]Length{}
		runs := p.runsOf(head)
		top, foot := runs[0].At.Y, runs[0].At.Y
		for _, g := range runs {
			wide[g.At.Y] = max(wide[g.At.Y], g.words().Right()-runs[0].At.X)
			foot = max(foot, g.At.Y)
		}
		if len(wide) > 1 {
			if tall++; wide[foot]*2 < wide[top] {
				t.Errorf("%q: lines of %v and %v", head, wide[top], wide[foot])
			}
		}
		if last > 0 && top-last < runs[0].Size*13/10 {
			t.Errorf("%q stands %v below the heading before", head, top-last)
		}
		last = foot
	}
	if tall < 2 {
		t.Errorf("%d headings have lines: this proves nothing", tall)
	}
}
