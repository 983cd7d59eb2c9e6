package serve

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"handout/content/docx/docxtest"
)

// visit goes to a place of the page, and waits for it.
func (b *tab) visit(place string) {
	b.t.Helper()
	asks[bool](b, fmt.Sprintf(`(location.hash = '#/%s', true)`, place))
	b.until(fmt.Sprintf(`document.querySelector('#at-%s:not([hidden])') && document.querySelector('#at-%[1]s').children.length`, place))
}

// upload chooses a file.
func (b *tab) upload(field, path string) {
	b.t.Helper()
	b.do(chromedp.SetUploadFiles(field, []string{path}))
}

// TestBrowserPlaces looks at every place in three widths, light and dark: it has room, and no
// fault that axe finds.
func TestBrowserPlaces(t *testing.T) {
	for _, width := range []int64{1440, 768, 390} {
		b := browse(t, width, 900, pageToken)
		b.until(ready)
		look := func(name string) { b.judged(name, width) }
		b.visit("stretches")
		look("stretches")
		b.do(chromedp.Click("#at-stretches .tile:nth-child(2)"))
		b.until(`document.querySelector('#dialog').open`)
		look("stretch")
		b.do(chromedp.Click("#dialog .icon"))
		b.visit("packs")
		look("packs")
		b.visit("clinic")
		b.until(`document.querySelector('#at-clinic .sheet svg')`)
		look("clinic")
		b.visit("welcome")
		b.until(`document.querySelector('#w-name')`)
		look("welcome")
		b.do(chromedp.Click("#w-on"))
		b.until(`document.querySelector('#at-welcome .sheet svg')`)
		look("welcome-look")
		b.visit("make")
		b.do(chromedp.Click("#turn"))
		b.until(`document.documentElement.lang === 'es' && document.querySelector('#print').textContent.includes('Imprimir') && document.querySelector('#handouts').textContent.includes('ciática') && /Una p/.test(document.querySelector('#fit').textContent)`)
		look("make-es")
		b.dressed(&emulation.MediaFeature{Name: "forced-colors", Value: "active"})
		b.shot(fmt.Sprintf("make-forced-%d", width))
	}
}

// The first time: a clinic's name and colours, a page, and all of it without a file before it
// is saved.
func TestBrowserWelcome(t *testing.T) {
	b, s := browseAt(t, 1440, 900, pageToken, func() *Server {
		list, _ := tokens(t)
		return opened(t, Config{Key: list})
	})
	b.until(`document.activeElement.id === 'w-name'`)
	if _, err := os.Stat(s.config.Home.Shelf); err == nil {
		t.Error("a folder was made before it was needed")
	}
	b.do(chromedp.KeyEvent("Harbour Lane: Massage <b>"), chromedp.KeyEvent(kb.Tab))
	b.write("#w-phone", "\U0001fae8")
	b.until(`document.querySelector('#w-phone').getAttribute('aria-invalid') === 'true'`)
	asks[bool](b, `(() => { const at = document.querySelector('#w-phone'); at.value = '555 0142'; at.dispatchEvent(new Event('input')); at.form.requestSubmit(); return true; })()`) // in one breath
	b.until(`document.querySelector('#w-main')`)
	asks[bool](b, `(() => { const c = document.querySelector('#w-accent'); c.value = '#f2a65a'; c.dispatchEvent(new Event('input')); return true; })()`)
	b.until(`document.querySelector('#at-welcome .samples')`)
	b.shot("welcome-pale-1440")
	b.do(chromedp.Click("#w-on"))
	b.until(`document.querySelector('#name').textContent === 'Harbour Lane: Massage <b>' && ` + ready)
	text, err := os.ReadFile(s.config.Home.Clinic)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# Ours\n", `name: "Harbour Lane: Massage <b>"`, `phone: "555 0142" # the desk`, `accent: "#f2a65a"`, `main: "#17545e"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the file has no %s:\n%s", want, text)
		}
	}
}

// The clinic's settings: what is wrong is told where it is, the owner's own words stay, and of
// two windows the second is told, and loses nothing.
func TestBrowserClinic(t *testing.T) {
	list, _ := tokens(t)
	var s *Server
	b, s := browseAt(t, 1440, 900, pageToken, func() *Server {
		s = opened(t, Config{Key: list})
		if err := keep(s.config.Home.Clinic, []byte(harbourLane)); err != nil {
			t.Fatal(err)
		}
		return s
	})
	b.until(ready)
	b.visit("clinic")
	b.until(`document.querySelector('#at-clinic .sheet svg')`)
	b.do(chromedp.SendKeys("#c-booking", "harbourlane.example/book"))
	b.until(`document.querySelector('#c-booking').getAttribute('aria-invalid') === 'true'`)
	b.judgedTwice("clinic-mistake")
	b.do(chromedp.Click("#c-save"))
	b.until(`document.activeElement.id === 'c-booking'`) // Save leads to what is to be mended
	b.write("#c-booking", "https://harbourlane.example/book")
	b.until(`!document.querySelector('#c-booking').hasAttribute('aria-invalid')`)
	b.write("#c-name", "Harbour Lane")
	logo := filepath.Join(t.TempDir(), "logo of ours.svg")
	if err := os.WriteFile(logo, []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="#0f4c5c"/></svg>`), 0o644); err != nil {
		t.Fatal(err)
	}
	b.upload("#c-logo", logo)
	b.until(`document.querySelector('#at-clinic .thumb.logo img')`)
	b.do(chromedp.Click("#c-save"))
	b.until(`document.querySelector('#name').textContent === 'Harbour Lane' && document.querySelector('#logo').src.startsWith('data:')`)
	b.shot("clinic-saved-1440")
	want := strings.Replace(harbourLane, "Harbour Lane Massage #", "Harbour Lane #", 1) + "booking: https://harbourlane.example/book\nlogo: logo.svg\n"
	if text, _ := os.ReadFile(s.config.Home.Clinic); string(text) != want {
		t.Errorf("the file is\n%s", text)
	}
	if got := asks[string](b, "document.querySelector('#c-s-0').value"); got != "sciatica" {
		t.Errorf("with the first service goes %q", got)
	}
	b.choose("#c-s-0", "neck-and-desk")
	b.write("#c-service", "Hot stone 90")
	b.click("#c-service-add")
	b.until(`document.activeElement.id === 'c-s-1'`)
	b.shot("clinic-services-1440")
	b.click("#c-save")
	b.until(`document.querySelector('#c-why').textContent.includes('saved') && !document.querySelector('#c-undo')`)
	want = strings.Replace(want, "  Deep tissue 60: sciatica #", "  \"Hot stone 90\": after-massage\n  Deep tissue 60: neck-and-desk #", 1)
	if text, _ := os.ReadFile(s.config.Home.Clinic); string(text) != want {
		t.Errorf("the file is\n%s\nand not\n%s", text, want)
	}
	// Another window writes it.
	other := b.window()
	other.visit("clinic")
	other.write("#c-phone", "555 0199")
	other.click("#c-save")
	other.until(`document.querySelector('#c-why').textContent.includes('saved') && !document.querySelector('#c-undo')`)
	b.write("#c-tagline", "By the sea")
	b.do(chromedp.Click("#c-save"))
	b.until(`document.querySelector('#c-over')`)
	b.shot("clinic-elsewhere-1440")
	if kept := asks[string](b, "document.querySelector('#c-tagline').value"); kept != "By the sea" {
		t.Errorf("what was typed is %q", kept)
	}
	b.do(chromedp.Click("#c-over"))
	b.until(`!document.querySelector('#c-over') && document.querySelector('#c-phone').value === '555 0199'`)
	text, _ := os.ReadFile(s.config.Home.Clinic)
	if !strings.Contains(string(text), "555 0199") || !strings.Contains(string(text), "tagline: By the sea\n") || !strings.Contains(string(text), "# since May") {
		t.Errorf("the file is\n%s", text)
	}
}

// Hostile words are words, in whatever field of the clinic's: they are told where they cannot
// be, and kept, shown and printed where they can.
func TestBrowserClinicHostile(t *testing.T) {
	b := browse(t, 1440, 900, pageToken)
	b.until(ready)
	b.visit("clinic")
	const word = `<img src=x onerror="window.hacked=1"></script><script>window.hacked=1</script>`
	harmless := func(where string) {
		t.Helper()
		if asks[bool](b, `Boolean(window.hacked || document.querySelector('img[src="x"], .sheet script, #at-clinic script'))`) {
			t.Errorf("a word was taken for a program %s", where)
		}
	}
	addresses := []string{"phone", "booking", "web", "email"}
	for _, field := range append([]string{"name", "tagline", "address", "therapist", "credential", "small-print"}, addresses...) {
		b.write("#c-"+field, word)
	}
	for _, field := range addresses {
		b.until(fmt.Sprintf(`document.querySelector('#c-%s').getAttribute('aria-invalid') === 'true' && !document.querySelector('#c-%[1]s-w').hidden`, field))
	}
	harmless("in a mistake")
	b.shot("clinic-hostile-1440")
	for _, field := range addresses {
		b.write("#c-"+field, "")
	}
	b.until(`!document.querySelector('#at-clinic [aria-invalid]')`)
	b.write("#c-service", word)
	b.click("#c-service-add")
	b.until(`document.querySelector('#at-clinic [for=c-s-1]').textContent.includes('onerror')`)
	for _, field := range []string{"name", "tagline", "address", "therapist", "credential", "small-print"} {
		b.write("#c-"+field, "a "+word[:24]) // as long as may be
	}
	b.until(`!document.querySelector('#at-clinic .fit.bad')`)
	b.click("#c-save")
	b.until(`document.querySelector('#c-why').textContent.includes('saved') && !document.querySelector('#c-undo')`)
	harmless("when it is saved")
	b.do(chromedp.Reload())
	b.until(`document.querySelector('#name').textContent.includes('onerror')`)
	b.visit("make")
	b.until(ready)
	harmless("on Make")
	b.visit("clinic")
	b.until(`document.querySelector('#c-tagline').value.includes('onerror') && document.querySelector('#at-clinic').textContent.includes('window.hacked')`)
	harmless("when it is read again")
}

// A pack is made of what is on a page, renamed, deleted, and put back.
func TestBrowserPacks(t *testing.T) {
	b := browse(t, 1440, 900, pageToken)
	b.until(ready)
	asks[bool](b, `([...document.querySelectorAll('#packs .chip')].find(x => x.textContent === 'Sciatica').click(), true)`)
	b.until(`document.querySelectorAll('#chosen li').length === 3 && ` + ready)
	b.do(chromedp.Click("#save-pack"))
	b.until(`document.querySelector('#dialog').open && document.activeElement.id === 'pack-n'`)
	b.judgedTwice("make-pack")
	b.do(chromedp.KeyEvent(kb.Enter)) // without a name
	b.until(`document.querySelector('#pack-n').getAttribute('aria-invalid') === 'true'`)
	const hostile = `<img src=x onerror=alert(1)>`
	b.do(chromedp.KeyEvent(hostile), chromedp.KeyEvent(kb.Enter))
	b.until(`!document.querySelector('#dialog').open`)
	b.visit("packs")
	b.until(`document.querySelector('#at-packs .pack h2').textContent === ` + fmt.Sprintf("%q", hostile))
	b.do(chromedp.Click("#at-packs .pack:first-child .button:not(.main):not(.plain)"))
	b.until(`document.activeElement.id === 'pack-n'`)
	b.do(chromedp.KeyEvent("First week"), chromedp.KeyEvent(kb.Enter))
	b.until(`document.querySelector('#at-packs .pack h2').textContent === 'First week'`)
	b.shot("packs-own-1440")
	b.do(chromedp.Click("#at-packs .pack:first-child .plain"))
	b.until(`document.querySelector('#at-packs .pack h2').textContent !== 'First week'`)
	b.do(chromedp.Click(".toast button"))
	b.until(`document.querySelector('#at-packs .pack h2').textContent === 'First week'`)
	b.do(chromedp.Click("#at-packs .pack:first-child .main"))
	b.until(`!document.querySelector('#at-make').hidden && document.querySelectorAll('#chosen li').length === 3`)
}

// A handout of one's own: its mistakes by line, mended beside the page, printed, and kept.
func TestBrowserOwnHandout(t *testing.T) {
	b := browse(t, 1440, 900, pageToken)
	b.until(ready)
	path := filepath.Join(t.TempDir(), "my-back.md")
	text := "---\ntitle: My back\nlang: en\nfrob: 1\n---\n\n## Every day\n\n- **Move:** little, and often.\n"
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	b.upload("#mine-file", path)
	b.until(`document.querySelector('#mine-w li')?.textContent.includes('frob')`)
	b.shot("make-own-mistake-1440")
	b.do(chromedp.Click("#mine-w button"))
	if at := asks[string](b, `document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)`); at != "frob: 1" {
		t.Errorf("the mistake leads to %q", at)
	}
	b.do(chromedp.KeyEvent(kb.Delete))
	b.until(ready + ` && document.querySelector('#text').textContent.includes('My back')`)
	b.shot("make-own-1440")
	b.do(chromedp.Click("#mine .button.small:not([for])"))
	b.until(`document.querySelector('[name=handout]:checked')?.parentElement.textContent.includes('My back')`)
}

// A document of Word's is dropped: its mistakes by paragraph, its page when it is mended, and
// its place among the handouts.
func TestBrowserOwnDocument(t *testing.T) {
	b := browse(t, 1440, 900, pageToken)
	b.until(ready)
	b.drop("#at-make", "neck.docx", string(docxtest.Document(t, strings.Replace(docxtest.NeckCare, "A dot", "", 1))))
	b.until(`document.querySelector('#mine-w li')?.textContent.includes('Paragraph 3')`)
	b.judgedTwice("make-own-document")
	b.drop("#at-make", "old.pdf", "%PDF-1.4")
	b.until(`document.querySelector('#mine-w li')?.textContent.includes('PDF')`)
	b.drop("#at-make", "neck.docx", string(docxtest.Document(t, docxtest.NeckCare)))
	b.until(ready + ` && document.querySelector('#text').textContent.includes('Neck care') && document.querySelector('#fit').textContent.includes('Read as')`)
	b.shot("make-own-document-1440")
	asks[bool](b, saved)
	b.click("#print")
	b.until(`files.length === 1 && files[0].startsWith('application/pdf')`)
	b.click("#mine .button.small:not([for])")
	b.until(`document.querySelector('[name=handout]:checked')?.parentElement.textContent.includes('Neck care') && ` + ready)
}

// Who pressed Stop reads that it has, and nothing of a patient stays; while a day is made they are asked first.
func TestBrowserStop(t *testing.T) {
	b, s := browseAt(t, 390, 900, pageToken, func() *Server { return dayClinic(t, Config{}) })
	b.until(ready)
	b.write("#patient", "Zoë Nuñez-O'Brien")
	b.until(`document.querySelector('#text').textContent.includes("Zoë Nuñez-O'Brien")`)
	b.judgedTwice("make-foot")
	asks[bool](b, `import('/assets/today.js').then(m => { m.today.phase = 'run'; return true; })`)
	b.click("#stop")
	b.until(`document.querySelector('#dialog[open] #stop-sure')`)
	b.judgedTwice("stop-sure")
	if s.left.Err() != nil {
		t.Error("it has stopped before it was sure")
	}
	b.click("#stop-sure")
	b.until(`document.querySelector('#away:not([hidden])')?.innerText.includes('Handout has stopped')`)
	if says := asks[string](b, `document.body.innerText`); !strings.Contains(says, "You can close this window.") || strings.Contains(says, "Zo") || s.left.Err() == nil {
		t.Errorf("it says %q, and has stopped: %v", says, s.left.Err())
	}
	asks[bool](b, `(location.hash = '#/packs', true)`)
	b.judgedTwice("stopped")
	if !asks[bool](b, `document.querySelector('#at-packs').hidden && document.querySelector('.head nav').offsetParent === null`) {
		t.Error("it goes on")
	}
}

// On another computer the page asks for a token, keeps it until the window is closed, and has no place where something
// is kept.
func TestBrowserElsewhere(t *testing.T) {
	list, _ := tokens(t)
	b, _ := browseAt(t, 1440, 900, "", func() *Server { return strangers(t, list) })
	b.until(`document.activeElement.id === 'token' && document.querySelector('#token-w').hidden`)
	b.judgedTwice("token")
	for _, wrong := range []string{"another-token-of-nobody", "\U0001fae8"} {
		b.do(chromedp.KeyEvent(wrong), chromedp.KeyEvent(kb.Enter))
		b.until(`document.querySelector('#token-w:not([hidden])') && document.activeElement.id === 'token'`)
		b.write("#token", "")
	}
	b.do(chromedp.KeyEvent(pageToken), chromedp.KeyEvent(kb.Enter))
	b.until(ready)
	b.until(`[...document.querySelectorAll('#chosen img')].every(i => i.src.startsWith('blob:') && i.naturalWidth > 0)`)
	b.judgedTwice("elsewhere")
	for _, place := range []string{"day", "clinic", "welcome"} {
		asks[bool](b, fmt.Sprintf(`(location.hash = '#/%s', true)`, place))
		b.until(`document.querySelector('#at-make:not([hidden])') && document.querySelector('.head [aria-current]').hash === '#/make'`)
	}
	asks[bool](b, `(location.hash = '#/packs', true)`)
	b.until(`document.querySelector('#at-packs .pack')`)
	b.judgedTwice("elsewhere-packs")
	seen := asks[string](b, `[...document.querySelectorAll('a, button')].filter(e => e.offsetParent).map(e => e.getAttribute('href') ?? e.id).join(' ')`)
	for _, not := range []string{"#/day", "#/clinic", "email", "save-pack", "stop"} {
		if slices.Contains(strings.Fields(seen), not) {
			t.Errorf("%s is to be seen, of %s", not, seen)
		}
	}
	asks[bool](b, `(location.hash = '#/make', true)`)
	b.until(ready)
	b.write("#patient", "Ana Ruiz")
	b.click("#print")
	b.until(`document.querySelector('iframe#paper')?.src.startsWith('blob:')`)
	if kept := asks[string](b, `[localStorage.getItem('key'), document.cookie, sessionStorage.getItem('key')].join()`); kept != ",,"+pageToken {
		t.Errorf("this is kept: %s", kept)
	}
}

// Who is given an address with the token in it types none.
func TestBrowserElsewhereAddress(t *testing.T) {
	list, path := tokens(t)
	b, _ := browseAt(t, 1440, 900, pageToken, func() *Server { return strangers(t, list) })
	b.until(ready)
	// A token that is known no longer is told, and the page asks for another.
	if err := os.WriteFile(path, []byte("second-token-of-the-tests\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.write("#patient", "Ana Ruiz")
	b.until(`document.querySelector('#fit.bad')?.innerText.includes('This token is not known here')`)
	b.do(chromedp.Reload())
	b.until(`document.querySelector('#token-w:not([hidden])')`)
	b.do(chromedp.KeyEvent("second-token-of-the-tests"), chromedp.KeyEvent(kb.Enter))
	b.until(ready)
}
