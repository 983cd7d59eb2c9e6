package serve

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// How long it takes from a key to the page that shows it. What is measured is told; how fast
// a machine is, is not for a test to say.
func TestBrowserPreviewTime(t *testing.T) {
	b := browse(t, 1440, 900, pageToken)
	b.until(ready)
	times := asks[[]float64](b, `(async () => {
		const field = document.querySelector('#patient'), text = document.querySelector('#text'), times = [];
		const frame = () => new Promise(requestAnimationFrame);
		for (let i = 0; i < 60; i++) {
			const name = 'Ana Ruiz ' + (1000 + i), began = performance.now();
			field.value = name;
			field.dispatchEvent(new Event('input'));
			while (!text.textContent.includes(name)) await frame();
			await frame();
			times.push(performance.now() - began);
		}
		return times;
	})()`)
	slices.Sort(times)
	t.Logf("from a change to the painted page: p50 %.0f ms, p95 %.0f ms, the longest %.0f ms", times[len(times)/2], times[len(times)*95/100], times[len(times)-1])
}

// What the page shows after many changes, each of which brought only what was new, is what it
// shows of the last when it is asked for whole; and it holds nothing of those before.
func TestBrowserPreviewParts(t *testing.T) {
	b := browse(t, 1440, 900, pageToken)
	b.until(ready)
	asks[bool](b, `(() => { window.sent = []; window.whole = window.fetch; window.fetch = (path, how) => { if (path === '/page/preview') sent.push([how.headers['Handout-Drawn'] ?? '', how.body]); return whole(path, how); }; return true; })()`)
	for _, change := range []string{
		`document.querySelector('#chosen li:last-child [aria-label^="Take "]').click()`,
		`[...document.querySelectorAll('[name=look]')].at(-1).click()`, // rows
		`[...document.querySelectorAll('[name=edition]')][1].click()`,  // large
		`[...document.querySelectorAll('[name=edition]')][0].click()`,
		`[...document.querySelectorAll('[name=handout]')][1].click()`,
		`[...document.querySelectorAll('[name=look]')][1].click()`,
	} {
		b.write("#patient", "Zoë "+change[len(change)-12:])
		asks[bool](b, change+", true")
		asks[bool](b, `new Promise((go) => setTimeout(go, 50)).then(() => import('/assets/make.js')).then((make) => make.settled()).then(() => true)`)
		differs := asks[string](b, `(async () => {
			const [, body] = sent.at(-1), answer = await (await window.whole('/page/preview', { method: 'POST', body, headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ' + localStorage.getItem('key') } })).json();
			const all = new DOMParser().parseFromString('<svg xmlns="http://www.w3.org/2000/svg">' + answer.svg.map(([key, text]) => text ?? '').join('') + '</svg>', 'image/svg+xml').documentElement;
			for (const a of all.querySelectorAll('a')) a.replaceWith(...a.children);
			const text = (all) => [...all].map((one) => new XMLSerializer().serializeToString(one)).join();
			const seen = text(document.querySelector('#sheet svg').children), want = text(all.children);
			return seen === want ? '' : seen.length + ' and not ' + want.length + ' letters of ' + all.children.length + ' elements';
		})()`)
		if differs != "" {
			t.Errorf("after %s the page shows %s", change, differs)
		}
	}
	if !asks[bool](b, `sent.at(-1)[0].split(' ').length > 50`) {
		t.Error("it does not say what it has")
	}
}

// The page in the browser is nearer to a PDF reader's than another PDF reader's is: in each
// look, edition and size of paper.
func TestBrowserPreviewIsPDF(t *testing.T) {
	for _, tool := range []string{"mutool", "pdftoppm"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no %s here", tool)
		}
	}
	b := browse(t, 1224, 1584, pageToken)
	b.until(ready)
	list, _ := tokens(t)
	s, dir := opened(t, Config{Key: list}), t.TempDir()
	const token = "Authorization: Bearer first-token-of-the-tests"
	pages := 0
	for _, look := range []string{"article", "rows", "pictures"} {
		for _, edition := range []string{"standard", "large", "bw"} {
			for _, paper := range []string{"letter", "a4"} {
				name := look + " " + edition + " " + paper
				order := fmt.Sprintf(`{"handout": "sciatica", "patient": "Zoë Nuñez-O'Brien", "look": %q, "edition": %q, "paper": %q, "stretches": ["figure-4"]}`, look, edition, paper)
				w := ask(s, "POST /page/preview", order, token)
				if w.Code == 422 {
					continue // it does not fit
				}
				var shown preview
				if err := json.Unmarshal(w.Body.Bytes(), &shown); err != nil {
					t.Fatal(err)
				}
				file := filepath.Join(dir, "page.pdf")
				if err := os.WriteFile(file, ask(s, "POST /v1/handouts", order).Body.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				one, other := drawn(t, exec.Command("mutool", "draw", "-q", "-r", "144", "-F", "ppm", "-o", "-", file)),
					drawn(t, exec.Command("pdftoppm", "-r", "144", file))
				wide, high := one.Bounds().Dx(), one.Bounds().Dy()
				b.do(chromedp.EmulateViewport(int64(wide), int64(high)))
				asks[bool](b, fmt.Sprintf(`(async () => {
					const svg = document.adoptNode(new DOMParser().parseFromString(%q, 'image/svg+xml').documentElement);
					document.body.replaceChildren(svg);
					Object.assign(document.body.style, {background: '#fff', overflow: 'hidden'});
					Object.assign(svg.style, {position: 'fixed', inset: 0, width: '%gpx', height: '%gpx', maxWidth: 'none'});
					await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame);
					return true; })()`, shown.whole(), shown.Size[0]*2, shown.Size[1]*2))
				near, far := apart(b.drawn(), one), apart(other, one)
				t.Logf("%s: %.1f, and between the two readers %.1f of 255", name, near, far)
				if pages++; near > far {
					t.Errorf("%s: the preview is farther from the file than another reader is", name)
				}
			}
		}
	}
	if pages < 12 {
		t.Errorf("only %d pages were compared", pages)
	}
}

// whole is the picture of an answer that has all of it.
func (p *preview) whole() string {
	b := fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g">`, p.Size[0], p.Size[1])
	elements := map[string]string{}
	for _, one := range p.SVG {
		if len(one) > 1 {
			elements[one[0]] = one[1]
		}
		b = append(b, elements[one[0]]...)
	}
	return string(append(b, "</svg>"...))
}

// drawn is what is to be seen in a window.
func (b *tab) drawn() *image.RGBA {
	b.t.Helper()
	shot, err := chromedp.Run(b, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		b.t.Fatal(err)
	}
	to := image.NewRGBA(picture.Bounds())
	draw.Draw(to, to.Rect, picture, image.Point{}, draw.Src)
	return to
}

// drawn is what a program draws, as it says it: as a PPM.
func drawn(t *testing.T, c *exec.Cmd) *image.RGBA {
	t.Helper()
	said, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	var wide, high int
	if _, err := fmt.Sscanf(string(said[:20]), "P6\n%d %d\n255\n", &wide, &high); err != nil || len(said) < 3*wide*high {
		t.Fatalf("%q: %v", said[:20], err)
	}
	picture, said := image.NewRGBA(image.Rect(0, 0, wide, high)), said[len(said)-3*wide*high:]
	for i := range wide * high {
		copy(picture.Pix[4*i:], said[3*i:3*i+3])
	}
	return picture
}

// apart is how far two pictures are from each other: the root of the mean square, of 255.
func apart(a, b *image.RGBA) float64 {
	sum, wide, high := 0, min(a.Rect.Dx(), b.Rect.Dx()), min(a.Rect.Dy(), b.Rect.Dy())
	for y := range high {
		one, other := a.Pix[y*a.Stride:], b.Pix[y*b.Stride:]
		for x := range wide {
			for c := range 3 {
				d := int(one[4*x+c]) - int(other[4*x+c])
				sum += d * d
			}
		}
	}
	return math.Sqrt(float64(sum) / float64(3*wide*high))
}
