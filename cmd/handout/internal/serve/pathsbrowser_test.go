package serve

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// keys are pressed, one after the other.
func (b *tab) keys(keys ...string) {
	b.t.Helper()
	for _, k := range keys {
		b.do(chromedp.KeyEvent(k))
	}
}

// tabTo presses Tab until something has the focus, and sees that it can be seen.
func (b *tab) tabTo(selector string) {
	b.t.Helper()
	for range 160 {
		if asks[bool](b, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			if where := asks[string](b, `(() => { const at = document.activeElement, of = at.matches('.pick input, .seg input') ? at.parentElement : at.matches('[type=file]') ? document.querySelector('label[for="' + at.id + '"]') : at, r = of.getBoundingClientRect(),
				head = document.querySelector('.head').getBoundingClientRect().bottom;
				return r.width > 1 && r.height >= 20 && r.left >= -1 && r.right <= innerWidth + 1 && (at.closest('.head') || r.bottom > head) && r.top < innerHeight ? '' : JSON.stringify(r); })()`); where != "" {
				b.t.Errorf("%s has the focus and is not seen: %s", selector, where)
			}
			return
		}
		b.keys(kb.Tab)
	}
	b.t.Fatalf("no key leads to %s", selector)
}

// TestBrowserPaths walks the four ways of a front desk with keys alone, on a desk, on a telephone and with the
// page twice as large: the first page, a known patient, the settings, the day.
func TestBrowserPaths(t *testing.T) {
	for _, width := range []int64{1440, 720, 390} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			b, s := browseAt(t, width, 844, pageToken, func() *Server {
				list, _ := tokens(t)
				return opened(t, Config{Key: list, Days: filepath.Join(t.TempDir(), "days")})
			})
			// The first time: a clinic, its colours, a page.
			b.until(`document.activeElement.id === 'w-name'`)
			b.keys("Harbour Lane Massage")
			b.tabTo("#w-phone")
			b.keys("555 0142")
			b.tabTo("#w-on")
			b.keys(kb.Enter)
			b.until(`document.querySelector('#w-main')`)
			b.tabTo("#w-on")
			b.keys(kb.Enter)
			b.until(`document.activeElement.id === 'patient' && ` + ready)
			b.keys("Ana Ruiz")
			b.tabTo("[name=handout]:checked")
			b.keys(kb.ArrowDown)
			b.until(`document.querySelector('[name=handout]:checked').parentElement.textContent.includes('Carpal tunnel') && document.querySelector('#text').textContent.includes('Carpal tunnel') && ` + ready)
			n := asks[int](b, `document.querySelectorAll('#chosen li').length`)
			if width <= 600 {
				b.tabTo("#addbtn")
				b.keys(kb.Enter)
			}
			b.tabTo("#q")
			b.keys("chin tuck")
			b.until(`document.querySelector('#grid .tile b')?.textContent === 'Chin tuck'`)
			b.tabTo("#grid .tile")
			b.keys(" ")
			b.until(fmt.Sprintf(`document.querySelectorAll('#chosen li').length === %d`, n+1))
			asks[bool](b, `(document.querySelector('#patient').focus(), true)`)
			b.tabTo("#chosen li:last-child .dose")
			b.keys(kb.Enter)
			b.until(`document.activeElement.closest('#editor')`)
			b.tabTo(`#editor [aria-label="Times a day: more"]`)
			b.keys(" ")
			b.until(`/twice a day|times a day/.test(document.querySelector('#chosen li:last-child .dose').innerText) && ` + ready)
			// What is taken off comes back.
			asks[bool](b, `(document.querySelector('#patient').focus(), true)`)
			b.tabTo(`#chosen li:last-child [aria-label^="Take "]`)
			b.keys(kb.Enter)
			b.until(fmt.Sprintf(`document.querySelectorAll('#chosen li').length === %d`, n))
			b.do(chromedp.KeyEvent("z", chromedp.KeyModifiers(kb.ModifierCtrl)))
			b.until(fmt.Sprintf(`document.querySelectorAll('#chosen li').length === %d && document.activeElement.matches('#chosen .dose') && `, n+1) + ready)
			print := "#print"
			if width <= 900 {
				print = "#bar .main"
			}
			b.tabTo(print)
			b.keys(kb.Enter)
			b.until(`document.querySelector('iframe#paper')?.src.startsWith('blob:')`)
			// However late the paper comes, it does not take the keys from where they are typed.
			if !asks[bool](b, `(document.querySelector('#patient').focus(), document.querySelector('iframe#paper').dispatchEvent(`+
				`new Event('load')), document.activeElement.id === 'patient')`) {
				t.Error("the paper took the focus")
			}
			// A known patient: the name, and Ctrl+Enter.
			b.until(`document.querySelector('.toast button')`)
			b.tabTo("#fresh")
			b.keys(kb.Enter)
			b.until(`document.activeElement.id === 'patient' && document.activeElement.value === ''`)
			asks[bool](b, `(document.querySelector('iframe#paper').remove(), true)`)
			b.keys("Bo Stone")
			b.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(kb.ModifierCtrl)))
			b.until(`document.querySelector('iframe#paper')?.src.startsWith('blob:')`)
			// The settings.
			b.tabTo(`.head a[href="#/clinic"]`)
			b.keys(kb.Enter)
			b.until(`document.querySelector('#at-clinic .sheet svg')`)
			b.tabTo("#c-tagline")
			b.keys("By the sea")
			b.until(`document.querySelector('#c-undo')`)
			b.tabTo("#c-save")
			b.keys(kb.Enter)
			b.until(`document.querySelector('#c-why').textContent.includes('saved') && !document.querySelector('#c-undo')`)
			if text, _ := os.ReadFile(s.config.Home.Clinic); !strings.Contains(string(text), "tagline: By the sea\n") {
				t.Errorf("the file is\n%s", text)
			}
			// The day.
			b.tabTo(`.head a[href="#/day"]`)
			b.keys(kb.Enter)
			b.until(`document.querySelector('#drop')`)
			b.tabTo("#at-day summary")
			b.keys(kb.Enter)
			b.tabTo("#names")
			b.keys("9:00 Ana Ruiz, sciatica\r10:30 Bo Stone, neck-and-desk")
			b.tabTo("#names-read")
			b.keys(kb.Enter)
			b.until(`document.querySelector('#at-day .sum.good')?.textContent.includes('2 ready')`)
			b.tabTo("#go")
			b.keys(kb.Enter)
			b.until(`document.querySelector('#at-day h1').textContent === '2 handouts are ready'`)
			asks[bool](b, `(document.querySelector('iframe#paper')?.remove(), true)`)
			b.tabTo("#print-day")
			b.keys(kb.Enter)
			b.until(`document.querySelector('iframe#paper')?.src.startsWith('blob:')`)
			if wide := asks[int64](b, "document.documentElement.scrollWidth"); wide > width {
				t.Errorf("the page is %d wide", wide)
			}
		})
	}
}

// late holds the answers back from now on, in held: those to a path that ends so.
func (b *tab) late(path string) {
	asks[bool](b, `(window.held ??= [], window.soon ??= window.fetch, window.fetch = async (...what) => { const answer = await soon(...what); if (what[0].endsWith('`+path+`')) await new Promise((go) => held.push(go)); return answer; }, true)`)
}

// come lets them come.
func (b *tab) come() {
	asks[bool](b, `(async () => { window.fetch = soon; for (let i = 0; i < 10; i++) { for (const go of held.splice(0)) go(); await new Promise((go) => setTimeout(go, 20)); } return true; })()`)
}

// TestBrowserFocusStays holds an answer back until somebody has gone on by keys: what comes late draws what it brings, and
// leaves the keys where they are typed.
func TestBrowserFocusStays(t *testing.T) {
	b := browse(t, 1440, 900, pageToken)
	b.until(ready)
	stays := func(what, selector string) {
		t.Helper()
		b.come()
		if at := asks[string](b, `document.activeElement.outerHTML.slice(0, 200)`); !asks[bool](b, fmt.Sprintf(`document.activeElement.matches(%q)`, selector)) {
			t.Errorf("%s takes the keys from %s to %s", what, selector, at)
		}
	}
	at := func(selector string) {
		t.Helper()
		b.until(fmt.Sprintf(`(document.querySelector(%q)?.focus(), document.activeElement.matches(%q))`, selector, selector))
	}
	held := func() { t.Helper(); b.until(`held.length`) }

	// A file that is read anew, in a place that was seen before.
	for _, of := range []struct{ place, first, field string }{{"clinic", "#at-clinic h1", "#c-tagline"}, {"welcome", "#w-name", "#w-phone"}} {
		asks[bool](b, fmt.Sprintf(`(location.hash = '#/%s', true)`, of.place))
		b.until(fmt.Sprintf(`document.activeElement.matches(%q) && document.querySelector(%q)`, of.first, of.field))
		asks[bool](b, `(location.hash = '#/packs', true)`)
		b.until(`document.activeElement.matches('#at-packs h1')`)
		b.late("")
		asks[bool](b, fmt.Sprintf(`(location.hash = '#/%s', true)`, of.place))
		held()
		at(of.field)
		stays("the file of "+of.place, of.field)
	}
	// Where nobody moves, the place is gone on to.
	asks[bool](b, `(location.hash = '#/clinic', true)`)
	b.until(`document.activeElement.matches('#at-clinic h1')`)

	// A page that is refused after Print was pressed.
	asks[bool](b, `(location.hash = '#/make', true)`)
	b.until(`document.activeElement.id === 'patient' && ` + ready)
	b.late("")
	b.write("#patient", strings.Repeat("Ana ", 300))
	held()
	asks[bool](b, `(document.querySelector('#print').click(), true)`)
	at("#find-handout")
	stays("a page that is refused", "#find-handout")
	b.write("#patient", "")
	b.until(ready)

	// A row of the day's list that is put right.
	asks[bool](b, `(location.hash = '#/day', true)`)
	b.until(`document.querySelector('#names')`)
	asks[bool](b, `(document.querySelector('#at-day details').open = true)`)
	b.write("#names", "9:00 Ana Ruiz, nothing known\n10:00 Bo Stone, nothing known")
	asks[bool](b, `(document.querySelector('#names-read').click(), true)`)
	b.until(`document.querySelectorAll('#at-day .fix select').length > 0`)
	b.late("")
	asks[bool](b, `(() => { const s = document.querySelector('#at-day .fix select'); s.value = 'sciatica'; s.dispatchEvent(new Event('change')); return true; })()`)
	held()
	at(`#at-day [id^="row-2"]`)
	stays("a row that is put right", `[id^="row-2"]`)
}

// TestBrowserSettles presses on while the answer to half a number is still to come: that half is not what is judged, nor is
// it asked for again in the place of the whole.
func TestBrowserSettles(t *testing.T) {
	for _, busy := range []bool{false, true} {
		b, s := browseAt(t, 1440, 900, pageToken, func() *Server {
			list, _ := tokens(t)
			return opened(t, Config{Key: list})
		})
		b.until(`document.activeElement.id === 'w-name'`)
		b.write("#w-name", "Harbour Lane Massage")
		b.until(`document.querySelector('#at-welcome') && performance.getEntriesByName(location.origin + '/page/clinic/preview').length > 0`)
		// The answer to "5" comes when "555 0142" is typed, and before that is asked for.
		asks[bool](b, fmt.Sprintf(`(async () => {
			const soon = window.fetch, phone = document.querySelector('#w-phone'), type = (text) => { phone.value = text; phone.dispatchEvent(new Event('input')); };
			let asked, come;
			const first = new Promise((go) => { asked = go; }), later = new Promise((go) => { come = go; });
			window.fetch = async (...what) => {
				window.fetch = soon;
				asked();
				const answer = %t ? new Response('{}', { status: 503 }) : await soon(...what);
				await later;
				return answer;
			};
			await new Promise((go) => setTimeout(go, 400));
			type('5');
			await first;
			type('555 0142');
			come();
			await new Promise((go) => setTimeout(go, 100));
			phone.form.requestSubmit();
			return true;
		})()`, busy))
		b.until(`document.querySelector('#w-main')`)
		b.do(chromedp.Click("#w-on"))
		b.until(`document.activeElement.id === 'patient'`)
		if text, _ := os.ReadFile(s.config.Home.Clinic); !strings.Contains(string(text), `phone: "555 0142"`) {
			t.Errorf("busy %t: the file is\n%s", busy, text)
		}
	}
}

// TestBrowserTypedMeanwhile types on while what was typed is written: that is a change too, and is neither lost nor taken
// for saved.
func TestBrowserTypedMeanwhile(t *testing.T) {
	b := browse(t, 1440, 900, pageToken)
	b.until(ready)
	asks[bool](b, `(location.hash = '#/clinic', true)`)
	b.until(`document.querySelector('#at-clinic .sheet svg')`)
	b.write("#c-tagline", "By the")
	b.write("#c-phone", "555 0199")
	b.until(`document.querySelector('#c-undo') && !document.querySelector('#at-clinic .sheet.stale')`)
	b.late("/page/clinic")
	b.click("#c-save")
	b.until(`held.length`)
	b.write("#c-tagline", "By the sea")
	b.write("#c-web", "harbour.example")
	b.write("#c-phone", "555 0142")
	b.come()
	b.until(`document.querySelector('.toast')`)
	for field, want := range map[string]string{"tagline": "By the sea", "web": "harbour.example", "phone": "555 0142"} {
		if is := asks[string](b, `document.querySelector('#c-`+field+`').value`); is != want {
			t.Fatalf("%s is %q, not %q", field, is, want)
		}
	}
	b.until(`document.querySelector('#c-undo')`)
	b.click("#c-save")
	b.until(`!document.querySelector('#c-undo')`)

	// A text of one's own that is kept.
	asks[bool](b, `(location.hash = '#/make', true)`)
	b.drop("#at-make", "back.md", "---\ntitle: My back\n---\n\n## Every day\n\n- **Move:** little, and often.\n")
	b.until(ready + ` && document.querySelector('#text').textContent.includes('My back')`)
	b.late("/page/handouts")
	b.click("#mine .button.small:not([for])")
	b.until(`held.length`)
	b.write("#mine-text", "---\ntitle: My back\n---\n\n## Every day\n\n- **Move:** little, often, and on.\n")
	b.come()
	b.until(`document.querySelector('.toast')`)
	if !asks[bool](b, `document.querySelector('#mine-text')?.value.includes('and on')`) {
		t.Error("what was typed while the text was kept is gone")
	}
}
