package serve

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// tab is a page in a browser.
type tab struct {
	context.Context
	t *testing.T
}

// browse opens the page, as handout serve would, in Chromium; it skips where there is none.
func browse(t *testing.T, width, height int64, key string) *tab {
	t.Helper()
	b, _ := browseAt(t, width, height, key, func() *Server {
		list, _ := tokens(t)
		s := opened(t, Config{Key: list})
		if err := keep(s.config.Home.Clinic, []byte(harbourLane)); err != nil {
			t.Fatal(err)
		}
		return s
	})
	return b
}

// harbourLane is a clinic's file with its owner's own words in it.
const harbourLane = `# The sign over the door says so.
name: Harbour Lane Massage # not "Massages"
phone: 555 0142
colors:
  # of the old sign
  main: "#0f4c5c"
country: US
services:
  Deep tissue 60: sciatica # since May
`

// chromium is the browser of all tests, started by the first that wants it: each has a window
// in it that knows nothing of the others'. It is nil where there is none.
var chromium = sync.OnceValues(func() (context.Context, error) {
	path, err := exec.LookPath(cmp.Or(os.Getenv("CHROMIUM"), "chromium"))
	if err != nil {
		return nil, nil
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, close := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, quit := chromedp.NewContext(ctx)
	closeBrowser = func() { quit(); close() }
	return ctx, chromedp.Do(ctx)
})

var closeBrowser = func() {}

func TestMain(m *testing.M) {
	code := m.Run()
	closeBrowser()
	os.Exit(code)
}

// browseAt opens the page of a server.
func browseAt(t *testing.T, width, height int64, key string, open func() *Server) (*tab, *Server) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser")
	}
	browser, err := chromium()
	if err != nil {
		t.Fatal(err)
	}
	if browser == nil {
		t.Skip("no Chromium here: set CHROMIUM")
	}
	s := open()
	url := served(t, s)
	ctx, shut := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(shut)
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	t.Cleanup(cancel)
	b := &tab{ctx, t}
	b.do(chromedp.EmulateViewport(width, height), chromedp.Navigate(url+"/#k="+key))
	return b, s
}

// window is another one, of the same person at the same page.
func (b *tab) window() *tab {
	b.t.Helper()
	at := asks[string](b, "location.origin")
	ctx, shut := chromedp.NewContext(b)
	b.t.Cleanup(shut)
	other := &tab{ctx, b.t}
	other.do(chromedp.EmulateViewport(1440, 900), chromedp.Navigate(at))
	other.until(`document.querySelector('#at-make:not([hidden])')`)
	return other
}

const pageToken = "first-token-of-the-tests"

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// asks is what the page says of itself.
func asks[T any](b *tab, script string) T {
	b.t.Helper()
	is, err := chromedp.Run(b, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", script, err)
	}
	return is
}

// until waits for something to be so.
func (b *tab) until(script string) {
	b.t.Helper()
	for began := time.Now(); !asks[bool](b, "Boolean("+script+")"); time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > 3*time.Minute {
			b.shot("failed")
			b.t.Fatalf("never so: %s; the page says %s", script, asks[string](b, "document.querySelector('#fit')?.innerText ?? document.body.innerText"))
		}
	}
}

// write puts a text into a field in the place of another.
func (b *tab) write(field, text string) {
	b.t.Helper()
	asks[bool](b, fmt.Sprintf(`(() => { const f = document.querySelector(%q); f.value = %q; f.dispatchEvent(new Event('input')); return true; })()`, field, text))
}

// shot leaves a picture to be looked at.
func (b *tab) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("HANDOUT_PAGES")
	if dir == "" {
		return
	}
	if err := os.MkdirAll(filepath.Join(dir, "page"), 0o755); err != nil {
		b.t.Fatal(err)
	}
	picture, err := chromedp.Run(b, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "page", name+".png"), picture, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// ready is when the page stands as it is asked for.
const ready = `document.querySelector('#sheet svg') && !document.querySelector('.fit.bad')`

// A known patient with keys alone: the caret is where the name goes, and Ctrl+Enter prints.
func TestBrowserKeysAlone(t *testing.T) {
	b := browse(t, 1440, 900, pageToken)
	b.until(ready)
	b.shot("make-empty-1440")
	if at := asks[string](b, "document.activeElement.id"); at != "patient" {
		t.Errorf("the caret is in %q", at)
	}
	if said := asks[string](b, "location.href"); strings.Contains(said, pageToken) {
		t.Error("the key stays in the address")
	}
	asks[bool](b, `(() => { const make = URL.createObjectURL; window.files = [];
		URL.createObjectURL = f => { files.push(f.type + ' ' + f.size); return make.call(URL, f); }; return true; })()`)
	b.do(chromedp.KeyEvent("Zoë Nuñez-O'Brien"))
	b.until(`document.querySelector('#sheet').getAttribute('aria-label').includes("Zoë Nuñez-O'Brien")`)
	b.until(`document.querySelector('#text').textContent.includes("Zoë Nuñez-O'Brien")`) // it is drawn
	b.shot("make-named-1440")
	b.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(kb.ModifierCtrl)))
	b.until(`document.querySelector('iframe#paper')?.src.startsWith('blob:')`)
	if files := asks[[]string](b, "files"); len(files) != 1 || !strings.HasPrefix(files[0], "application/pdf ") {
		t.Errorf("what is printed is %q", files)
	}
	b.until(`document.querySelector('.toast button')`)
	b.do(chromedp.Click(".toast button"))
	b.until(`document.querySelector('#patient').value === '' && document.activeElement.id === 'patient'`)
	kept := asks[string](b, `JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage}) + document.cookie + location.href`)
	if strings.Contains(kept, "Zo") {
		t.Errorf("this is kept: %s", kept)
	}
	// What was drawn of a patient goes with the name, also where no other page comes.
	b.write("#patient", "Zoë Nuñez-O'Brien")
	b.until(`document.querySelector('#text').textContent.includes("Zoë Nuñez-O'Brien")`)
	asks[bool](b, `(window.fetch = () => Promise.reject(new TypeError()), true)`)
	b.do(chromedp.Click("#fresh"))
	b.until(`document.querySelector('.fit.bad')`)
	if asks[bool](b, `Boolean(document.querySelector('#sheet svg') || document.documentElement.outerHTML.includes('Zo'))`) {
		t.Error("the last patient's page is still to be seen")
	}
}

// The first time: another handout, stretches by their pictures, a dose, what does not fit.
func TestBrowserFirstPage(t *testing.T) {
	b := browse(t, 1440, 900, pageToken)
	b.until(ready)
	asks[bool](b, `([...document.querySelectorAll('#handouts label')].find(l => l.textContent.includes('Massage and sciatica')).querySelector('input').click(), true)`)
	b.until(`document.querySelector('#sheet').getAttribute('aria-label').includes('sciatica')`)
	b.until(`document.querySelectorAll('#chosen li').length > 0`)
	b.do(chromedp.SendKeys("#q", "figure 4"))
	b.until(`document.querySelectorAll('#grid .tile').length < 10 && document.querySelector('#grid .tile')`)
	b.write("#q", "neck turn")
	b.until(`document.querySelector('#grid .tile b')?.textContent === 'Neck turns'`)
	n := asks[int](b, `document.querySelectorAll('#chosen li').length`)
	b.do(chromedp.Click("#grid .tile"))
	b.until(fmt.Sprintf(`document.querySelectorAll('#chosen li').length === %d`, n+1))
	b.until(fmt.Sprintf(`document.querySelector('#chosen li:nth-child(%d) h3').textContent === 'Neck turns'`, n+1))
	b.until(ready)
	b.shot("make-chosen-1440")
	b.do(chromedp.Click("#chosen li:nth-child(1) .dose"))
	b.until(`document.activeElement.closest('#editor')`)
	b.do(chromedp.Click(`#editor [aria-label="Times a day: more"]`), chromedp.Click(`#editor [aria-label="Times a day: more"]`))
	b.until(`/times a day/.test(document.querySelector('#chosen li:nth-child(1) .dose').innerText)`)
	b.shot("make-dose-1440")
	b.choose("#e-reps", "10-12")
	b.until(`/10–12 /.test(document.querySelector('#chosen li:nth-child(1) .dose').innerText)`)
	b.do(chromedp.Click(`#editor [aria-label="Times: more"]`))
	b.until(`/11–13 /.test(document.querySelector('#chosen li:nth-child(1) .dose').innerText)`)
	b.do(chromedp.Click(`#chosen li:nth-child(2) [aria-label^="Take "]`))
	b.until(fmt.Sprintf(`document.querySelectorAll('#chosen li').length === %d`, n))
	b.until(`document.querySelector('.toast button')`)
	b.do(chromedp.Click(".toast button"))
	b.until(fmt.Sprintf(`document.querySelectorAll('#chosen li').length === %d`, n+1))
	// A click on a stretch of the page opens it in the form.
	b.until(ready)
	asks[bool](b, `(() => { const s = document.querySelector('#sheet'), r = s.getBoundingClientRect();
		const x = Math.ceil(r.left) + 60; // a click is at a whole pixel
		for (let y = Math.ceil(r.top) + 5; y < r.bottom; y += 8) {
			s.dispatchEvent(new PointerEvent('pointermove', {clientX: x, clientY: y, bubbles: true}));
			if (/^Change /.test(s.querySelector('.hot').textContent)) { s.dispatchEvent(new MouseEvent('click', {clientX: x, clientY: y, bubbles: true})); return true; }
		} return false; })()`)
	b.until(`document.activeElement.closest('#editor')`)
	b.do(chromedp.Click(`#chosen [aria-expanded=true]`))
	b.write("#q", "")
	b.until(`document.querySelectorAll('#grid .tile').length > 20`)
	asks[bool](b, `[...document.querySelectorAll('#grid .tile[aria-pressed=false]')].slice(0, 8).forEach(tile => tile.click()), true`)
	b.until(`document.querySelector('.fit.bad')`)
	b.judgedTwice("make-refused")
	b.click("#fit button") // what it offers
	b.until(`document.querySelectorAll('#chosen li').length < 11`)
	b.until(`document.querySelector('.fit.bad') && document.querySelector('#print').getAttribute('aria-disabled') === 'true' && document.querySelector('#sheet.stale svg')`)
}

// A page that is loaded anew in the middle has forgotten the patient, knows which handout it was, and goes on.
func TestBrowserReload(t *testing.T) {
	b := browse(t, 1440, 900, pageToken)
	b.until(ready)
	asks[bool](b, `([...document.querySelectorAll('#handouts label')].find(l => l.textContent.includes('Massage and sciatica')).querySelector('input').click(), true)`)
	b.write("#patient", "Zoë Nuñez-O'Brien")
	b.until(`document.querySelector('#text').textContent.includes("Zoë Nuñez-O'Brien")`)
	b.do(chromedp.Reload())
	b.until(ready + ` && document.querySelector('[name=handout]:checked')?.parentElement.textContent.includes('Massage and sciatica')`)
	if asks[bool](b, `Boolean(document.querySelector('#patient').value || document.documentElement.outerHTML.includes('Zo'))`) {
		t.Error("the patient is still there")
	}
	b.do(chromedp.KeyEvent("Ana Ruiz"), chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(kb.ModifierCtrl)))
	b.until(`document.querySelector('iframe#paper')?.src.startsWith('blob:')`)
}

// Hostile words are words, in whatever field.
func TestBrowserHostileFields(t *testing.T) {
	b := browse(t, 1440, 900, pageToken)
	b.until(ready)
	const word = `<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script>`
	b.do(chromedp.Click("#more summary"))
	for _, field := range []string{"#patient", "#next_visit", "#therapist", "#note", "#q"} {
		b.write(field, word)
	}
	b.do(chromedp.Click("#chosen li:nth-child(1) .dose"))
	b.until(`document.querySelector('#e-note')`)
	b.write("#e-note", word)
	b.until(`document.querySelector('#sheet').getAttribute('aria-label').includes('hacked') && ` + ready)
	b.do(chromedp.Click(".astext summary"))
	b.until(`document.querySelector('#text').innerText.includes('onerror')`)
	if asks[bool](b, `Boolean(window.hacked || document.querySelector('img[src="x"], #sheet script, #text script'))`) {
		t.Error("a word was taken for a program")
	}
	for _, field := range []string{"patient", "next_visit", "note"} {
		if !asks[bool](b, fmt.Sprintf(`document.querySelector('#%s').getAttribute('spellcheck') === 'false' && document.querySelector('#%[1]s').getAttribute('autocomplete') === 'off'`, field)) {
			t.Errorf("%s is told to others", field)
		}
	}
	// A letter that no font has is told at its field.
	b.write("#patient", "\U0001fae8")
	b.until(`document.querySelector('#patient').getAttribute('aria-invalid') === 'true' && !document.querySelector('#patient-w').hidden`)
	b.do(chromedp.Click("#print"))
	b.until(`document.activeElement.id === 'patient'`) // Print leads to what is to be mended
	b.shot("make-mistake-1440")
	// Who mends it and prints in one breath is not held to what was typed before.
	asks[bool](b, `(() => { const at = document.querySelector('#patient'); at.value = 'Ana Ruiz'; at.dispatchEvent(new Event('input'));
		at.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', ctrlKey: true, bubbles: true})); return true; })()`)
	b.until(`document.querySelector('iframe#paper')?.src.startsWith('blob:')`)
}

// Without its key the page is nothing but a word about where to find it.
func TestBrowserNoKey(t *testing.T) {
	b := browse(t, 1440, 900, "another-key-than-the-right-one")
	b.until(`!document.querySelector('#away').hidden && document.querySelector('#at-make').hidden`)
	b.shot("make-nokey-1440")
}

// axe looks for what a person could not use: the text of axe.min.js, empty where it is not here.
var axe = sync.OnceValue(func() string {
	text, _ := os.ReadFile(os.Getenv("HANDOUT_AXE"))
	return string(text)
})

// dressed has the browser say what somebody wants of a page.
func (b *tab) dressed(features ...*emulation.MediaFeature) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, to *chromedp.Target) error {
		_, err := cdp.Call(ctx, to, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
		return err
	}))
}

// judged looks at what is seen, in the light and in the dark: it has room, no key goes into
// the picture of a page, and axe, if it is here, finds no fault.
func (b *tab) judged(state string, width int64) {
	b.t.Helper()
	if axe() == "" {
		b.t.Log("no axe-core here: set HANDOUT_AXE to axe.min.js")
	}
	for _, scheme := range []string{"light", "dark"} {
		b.dressed(&emulation.MediaFeature{Name: "prefers-color-scheme", Value: scheme}, &emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"})
		asks[bool](b, `Promise.all(document.getAnimations().map(a => a.finished)).then(() => true)`)
		b.shot(fmt.Sprintf("%s-%s-%d", state, scheme, width))
		if wide := asks[int64](b, "document.documentElement.scrollWidth"); wide > width {
			b.t.Errorf("%s, %d px: the page is %d wide", state, width, wide)
		}
		if asks[bool](b, "Boolean(document.querySelector('.sheet svg a'))") {
			b.t.Errorf("%s: a key goes into the picture of the page", state)
		}
		if axe() == "" {
			continue
		}
		asks[bool](b, "window.axe || "+axe()+"; true")
		for _, found := range asks[[]string](b, `axe.run({exclude: ['.sheet svg']}).then(r => r.violations.map(v => v.id + " " + v.nodes[0].target + " " + v.nodes[0].failureSummary))`) {
			b.t.Errorf("%s, %d px, %s: %s", state, width, scheme, found)
		}
	}
}

// judgedTwice looks at it on a desk and on a telephone.
func (b *tab) judgedTwice(state string) {
	b.t.Helper()
	for _, width := range []int64{390, 1440} {
		b.do(chromedp.EmulateViewport(width, 900))
		b.judged(state, width)
	}
}

// The page on a telephone, on a small window and in the dark has room, and no fault that
// axe finds.
func TestBrowserSizes(t *testing.T) {
	for _, width := range []int64{1440, 768, 390} {
		b := browse(t, width, 900, pageToken)
		b.until(ready)
		b.judged("make", width)
		// A window made narrow, or a tablet turned, shows the sheet small without a change of the page.
		b.do(chromedp.EmulateViewport(390, 844))
		b.until(`document.querySelector('#mini svg')`)
	}
}
