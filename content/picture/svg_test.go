package picture

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// text writes a drawing down: one line for each path.
func (d *Drawing) text() string {
	num := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	var b strings.Builder
	fmt.Fprintf(&b, "%s x %s\n", num(d.W), num(d.H))
	for i := range d.Paths {
		p := &d.Paths[i]
		fmt.Fprintf(&b, "#%02x%02x%02x", p.Fill.R, p.Fill.G, p.Fill.B)
		if p.Opacity != 1 {
			fmt.Fprintf(&b, " %.4g", p.Opacity)
		}
		if p.EvenOdd {
			b.WriteString(" even-odd")
		}
		for s := range p.steps {
			b.WriteString(" " + string("MLCZ"[s.op]))
			if s.op != Close {
				for i, q := range s.pts {
					if i > 0 {
						b.WriteByte(' ')
					}
					b.WriteString(num(q.X) + "," + num(q.Y))
				}
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestDrawings reads testdata/drawings.txt: blocks of an SVG body, "--" and
// the drawing it makes, or the error.
func TestDrawings(t *testing.T) {
	name := filepath.Join("testdata", "drawings.txt")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for block := range strings.SplitSeq(strings.TrimSuffix(string(data), "\n"), "\n====\n") {
		source, want, _ := strings.Cut(block, "\n--\n")
		title, body, _ := strings.Cut(source, "\n")
		if !strings.Contains(body, "<svg") {
			body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">` + body + `</svg>`
		}
		p, err := Decode("x.svg", []byte(body))
		var got string
		if err != nil {
			got = err.Error() + "\nhint: " + err.(*Error).Hint
		} else {
			got = strings.TrimSuffix(p.Drawing.text(), "\n")
			for _, n := range p.Notes {
				got += "\nnote: " + n
			}
		}
		if got != strings.TrimSuffix(want, "\n") && !*update {
			t.Errorf("%s\ngot:\n%s\nwant:\n%s", title, got, want)
		}
		if out.Len() > 0 {
			out.WriteString("\n====\n")
		}
		out.WriteString(source + "\n--\n" + got)
	}
	if *update {
		if err := os.WriteFile(name, []byte(out.String()+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
