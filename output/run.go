package output

import (
	"slices"
	"strconv"
	"sync"

	"handout/fonts"
	"handout/layout"
)

// canvas is what painting uses again from page to page. Nothing of it is one patient's.
type canvas struct {
	ops   []byte // before they are compressed
	runs  map[runKey]*run
	marks markings
}

func newCanvas() *canvas {
	return &canvas{runs: map[runKey]*run{}, marks: markings{known: map[string][]byte{}}}
}

// easel has the canvases that nobody paints on: at most as many as there were painters at
// once. The one that was used last, which knows most, is the first to be taken.
type easel struct {
	mu   sync.Mutex
	idle []*canvas
}

func (e *easel) take() *canvas {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := len(e.idle)
	if n == 0 {
		return newCanvas()
	}
	c := e.idle[n-1]
	e.idle = e.idle[:n-1]
	return c
}

// give takes a canvas back, wiped of what was painted.
func (e *easel) give(c *canvas) {
	clear(c.ops)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.idle = append(e.idle, c)
}

// runKey tells runs of text apart. Glyphs that were set are never changed, for pages
// share them: those at the same place are the same.
type runKey struct {
	face  uint64
	first *fonts.Glyph
	count int
}

// run is what is known of a run of text that was met before.
type run struct {
	blocks  uint32 // of its letters
	besides []pair // what it needs that is in no block
	coding  uint64 // its id
	ops     []byte // that show it in this coding; nil before it was shown
}

// maxRuns bounds the runs a canvas knows: a day's handouts and stretches have some two
// thousand, of half a kilobyte each.
const maxRuns = 1 << 12

// run is what is known of a page's text.
func (c *canvas) run(g *layout.Glyphs, a *alphabet) *run {
	if g.Once {
		return newRun(g, a)
	}
	key := runKey{face: g.Face.ID(), count: len(g.Glyphs)}
	if key.count > 0 {
		key.first = &g.Glyphs[0]
	}
	r, ok := c.runs[key]
	if !ok {
		r = newRun(g, a)
		if len(c.runs) == maxRuns {
			clear(c.runs)
		}
		c.runs[key] = r
	}
	return r
}

func newRun(g *layout.Glyphs, a *alphabet) *run {
	r := new(run)
	for k := range g.Glyphs {
		if l := a.letter(&g.Glyphs[k]); l != nil {
			r.blocks |= 1 << l.block
			continue
		}
		for p := range spell(&g.Glyphs[k]) {
			if !slices.Contains(r.besides, p) {
				r.besides = append(r.besides, p)
			}
		}
	}
	return r
}

// show writes what shows a run, behind ops.
func (f *font) show(ops []byte, g *layout.Glyphs) []byte {
	t := typist{ops: ops}
	for i := range g.Glyphs {
		t.show(f, &g.Glyphs[i])
	}
	t.stop()
	return append(t.ops, "]TJ\n"...)
}

// typist writes the glyphs of one run into a TJ array.
type typist struct {
	ops    []byte
	origin fonts.Em // where the next glyph's own origin is, from the run's
	pen    fonts.Em // where the reader's pen is
	inside bool     // a string of codes
}

func (t *typist) show(f *font, g *fonts.Glyph) {
	if back := t.pen - t.origin; back != 0 {
		t.stop()
		t.ops = strconv.AppendInt(t.ops, int64(back), 10)
	}
	if !t.inside {
		t.ops = append(t.ops, '(')
		t.inside = true
	}
	t.pen = t.origin
	if f.alphabet.letter(g) != nil {
		t.code(f, f.letters[g.ID])
	} else {
		for p := range spell(g) {
			t.code(f, f.more[p])
		}
	}
	t.origin += g.Advance
}

func (t *typist) code(f *font, code uint16) {
	t.ops = appendEscaped(t.ops, byte(code>>8))
	t.ops = appendEscaped(t.ops, byte(code))
	t.pen += f.widths[code-1]
}

// stop ends the string that is open.
func (t *typist) stop() {
	if t.inside {
		t.ops = append(t.ops, ')')
		t.inside = false
	}
}
