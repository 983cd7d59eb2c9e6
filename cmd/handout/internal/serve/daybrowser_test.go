package serve

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"handout/output/mail"
	"handout/output/mail/mailtest"
)

// browseDay opens the day list of a clinic with services.
func browseDay(t *testing.T, width, height int64, c Config) (*tab, *Server) {
	t.Helper()
	b, s := browseAt(t, width, height, pageToken, func() *Server { return dayClinic(t, c) })
	b.until(`document.querySelector('#at-make:not([hidden])')`)
	asks[bool](b, `(location.hash = '#/day', true)`)
	b.until(`document.querySelector('#at-day:not([hidden]) #drop')`)
	return b, s
}

// drop lets a file fall onto a part of the page.
func (b *tab) drop(on, name, text string) {
	b.t.Helper()
	asks[bool](b, fmt.Sprintf(`(() => { const t = new DataTransfer(), bytes = Uint8Array.from(atob(%q), c => c.charCodeAt(0));
		t.items.add(new File([bytes], %q)); document.querySelector(%q).dispatchEvent(new DragEvent('drop', {dataTransfer: t, bubbles: true, cancelable: true})); return true; })()`,
		base64.StdEncoding.EncodeToString([]byte(text)), name, on))
}

// click presses a button, as soon as it is there.
func (b *tab) click(button string) {
	b.t.Helper()
	b.until(fmt.Sprintf(`document.querySelector(%q)`, button))
	asks[bool](b, fmt.Sprintf(`(document.querySelector(%q).click(), true)`, button))
}

// choose takes one of a list.
func (b *tab) choose(list, value string) {
	b.t.Helper()
	asks[bool](b, fmt.Sprintf(`(() => { const s = document.querySelector(%q); s.value = %q; s.dispatchEvent(new Event('change', {bubbles: true})); return true; })()`, list, value))
}

// saved has what the page gives out as files told in window.files.
const saved = `(() => { const make = URL.createObjectURL; window.files = [];
	URL.createObjectURL = f => { files.push(f.type + ' ' + f.size); return make.call(URL, f); }; return true; })()`

// The day from the export to the printer: what needs somebody is put right in its place.
func TestBrowserDay(t *testing.T) {
	shown := make(chan string, 1)
	b, s := browseDay(t, 1440, 900, Config{Show: func(folder string) error { shown <- folder; return nil }})
	b.shot("day-drop-1440")
	b.drop("#drop", "jane.csv", janeList)
	b.until(`document.querySelector('#at-day .sum.bad')?.textContent.includes('2 need you')`)
	if got := asks[string](b, `document.querySelector('#at-day h1').textContent + '; ' + document.querySelector('#at-day .sechead .quiet').textContent`); !strings.Contains(got, "Sunday, November 29; Visits from Jane · jane.csv") {
		t.Errorf("%q", got)
	}
	b.shot("day-read-1440")
	b.choose("#row-4-handout", "after-massage")
	b.until(`document.querySelector('#at-day .sum.bad')?.textContent.includes('1 needs you')`)
	asks[bool](b, `([...document.querySelectorAll('#at-day .fix button')].find(x => x.textContent === 'Knee to chest').click(), true)`)
	b.until(`!document.querySelector('#at-day .sum.bad') && document.querySelector('#go').textContent === 'Make 7 handouts'`)
	if at := asks[string](b, `document.activeElement.id`); at != "row-8-change" {
		t.Errorf("after what was put right the caret is at %q", at)
	}
	b.click("#row-2-change")
	b.until(`document.activeElement.id === 'row-2-handout'`)
	b.shot("day-change-1440")
	b.click(`.fix [aria-label="Take Cat and cow off"]`)
	b.until(`!document.querySelector('#at-day tbody tr').textContent.includes('Cat and cow')`)
	b.choose("#lock", "random")
	b.click("#go")
	b.until(`document.querySelector('#at-day h1').textContent === '7 handouts are ready'`)
	b.shot("day-done-1440")
	asks[bool](b, saved)
	b.click("#print-day")
	b.until(`document.querySelector('iframe#paper')?.src.startsWith('blob:')`)
	b.click("#zip-day")
	b.until(`files.length === 2`)
	if files := asks[[]string](b, "files"); !strings.HasPrefix(files[0], "application/pdf ") || !strings.HasPrefix(files[1], "application/zip ") {
		t.Errorf("%q", files)
	}
	b.click("#show-day")
	if folder := <-shown; folder != filepath.Join(s.config.Days, "2026-11-29") {
		t.Errorf("what is shown is %s", folder)
	}
	b.click("#box-look")
	b.until(`document.querySelectorAll('.outbox li').length === 4`)
	b.shot("day-outbox-1440")
	b.click(`.outbox li button`)
	b.until(`document.querySelectorAll('.outbox li').length === 3`)
	b.click("#became summary")
	b.until(`document.querySelectorAll('#became tbody tr').length === 9`)
	b.shot("day-became-1440")
	b.click("#delete-day")
	b.until(`document.querySelector('#dialog').open && document.querySelector('#day-sure')`)
	b.shot("day-sure-1440")
	b.click("#day-sure")
	b.until(`document.querySelector('#at-day #drop')`)
	if left, err := os.ReadDir(s.config.Days); err != nil || len(left) > 0 {
		t.Errorf("%v %v", left, err)
	}
	kept := asks[string](b, `JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage}) + document.cookie + location.href`)
	for _, name := range []string{"Lowe", "Finch", "jane.csv", "example.org"} {
		if strings.Contains(kept, name) || asks[bool](b, fmt.Sprintf(`document.body.innerHTML.includes(%q)`, name)) {
			t.Errorf("%s is kept: %s", name, kept)
		}
	}
}

// With keys alone, names that are typed become pages; and a list that is lost says so.
func TestBrowserDayKeys(t *testing.T) {
	b, _ := browseDay(t, 1440, 900, Config{})
	press := func(keys ...string) {
		b.t.Helper()
		for _, k := range keys {
			b.do(chromedp.KeyEvent(k))
		}
	}
	to := func(script string) {
		b.t.Helper()
		for range 60 {
			if asks[bool](b, script) {
				return
			}
			press(kb.Tab)
		}
		b.t.Fatalf("no key leads to %s", script)
	}
	to(`document.activeElement.tagName === 'SUMMARY' && document.activeElement.textContent.includes('Type the names')`)
	press(kb.Enter)
	to(`document.activeElement.id === 'names'`)
	b.do(chromedp.KeyEvent("9:00 Ana Ruiz, sciatica\r10.30 Bo Stone"))
	to(`document.activeElement.id === 'names-read'`)
	press(kb.Enter)
	b.until(`document.querySelector('#at-day .sum.good')?.textContent.includes('1 ready')`)
	to(`document.activeElement.id === 'row-2-handout'`)
	press("N") // a letter chooses in a list, as everywhere
	b.until(`document.querySelector('#at-day .sum.good')?.textContent.includes('2 ready')`)
	b.shot("day-typed-1440")
	to(`document.activeElement.id === 'go'`)
	press(kb.Enter)
	b.until(`document.querySelector('#at-day h1').textContent === '2 handouts are ready' && document.activeElement === document.querySelector('#at-day h1')`)
	to(`document.activeElement.id === 'print-day'`)
	press(kb.Enter)
	b.until(`document.querySelector('iframe#paper')?.src.startsWith('blob:')`)
	b.do(chromedp.Reload())
	b.until(`document.querySelector('#at-day .fit.warn')?.textContent.includes('The list is gone') && document.querySelector('.befores li')`)
	b.shot("day-lost-1440")
}

// Hostile words are words, in whatever cell.
func TestBrowserDayHostile(t *testing.T) {
	b, _ := browseDay(t, 1440, 900, Config{})
	const word = `<img src=x onerror=window.hacked=1></script><script>window.hacked=1</script>`
	headings := strings.Split("Name,Time,Service,Handout,Stretches,Therapist,Status,Note,Email,Email consent,Side,"+word, ",")
	row := make([]string, len(headings))
	for i := range row {
		row[i] = `"` + word + `"`
	}
	list := strings.Join(headings, ",") + "\n" + strings.Join(row, ",") + "\n" + `"` + word + `",9:00,"` + word + `",sciatica,"cat-cow,` + word + `",,"` + word + `"` + "\n"
	b.drop("#drop", word+".csv", list)
	b.until(`document.querySelector('#at-day table') || document.querySelector('#day-unread')`)
	b.until(`document.querySelector('#at-day').textContent.includes('onerror')`)
	b.shot("day-hostile-1440")
	if asks[bool](b, `Boolean(window.hacked || document.querySelector('#at-day img, #at-day script'))`) {
		t.Error("a word was taken for a program")
	}
	b.do(chromedp.Reload())
	b.until(`document.querySelector('#drop')`)
	b.drop("#drop", "odd.csv", "Wann,"+word+",Was\n9:00,Ana,sciatica\n")
	b.until(`document.querySelector('#which-which-name')`)
	b.shot("day-columns-1440")
	second, third := asks[string](b, `document.querySelector('#which-which-name').options[2].value`), asks[string](b, `document.querySelector('#which-which-name').options[3].value`)
	b.choose("#which-which-name", second)
	b.choose("#which-which-handout", third)
	b.click("#at-day form .button.main")
	b.until(`document.querySelector('#at-day .sum.good')?.textContent.includes('1 ready')`)
	if asks[bool](b, `Boolean(window.hacked)`) {
		t.Error("a heading was taken for a program")
	}
}

// The day list has room on a telephone, in a small window and in the dark, and no fault that axe
// finds, in whatever state.
func TestBrowserDaySizes(t *testing.T) {
	for _, width := range []int64{1440, 768, 390} {
		b, _ := browseDay(t, width, 900, Config{})
		check := func(state string) { b.judged("day-"+state, width) }
		check("drop")
		b.drop("#drop", "jane.csv", janeList)
		b.until(`document.querySelector('#at-day .sum.bad')`)
		b.click("#row-2-change")
		b.until(`document.querySelector('#row-2-add')`)
		asks[bool](b, `(document.activeElement.blur(), scrollTo(0, 0), true)`)
		check("read")
		b.click("#go")
		b.until(`document.querySelector('#print-day')`)
		b.click("#box-look")
		b.until(`document.querySelector('.outbox li')`)
		b.click("#became summary")
		asks[bool](b, `(document.activeElement.blur(), scrollTo(0, 0), true)`)
		check("done")
		b.click("#delete-day")
		b.until(`document.querySelector('#day-sure')`)
		check("sure")
	}
}

// The day in Spanish, from the list to what became of it.
func TestBrowserDaySpanish(t *testing.T) {
	b, _ := browseDay(t, 1440, 900, Config{})
	b.click("#turn")
	b.until(`document.querySelector('#at-day h1').textContent === 'Las hojas del día'`)
	b.drop("#drop", "jane.csv", janeList)
	b.until(`document.querySelector('#at-day .sum.bad')?.textContent.includes('2 le necesitan')`)
	b.shot("day-read-es-1440")
	b.click("#go")
	b.until(`document.querySelector('#at-day h1').textContent === '5 hojas están listas'`)
	b.shot("day-done-es-1440")
	if said := asks[string](b, `document.querySelector('#at-day').innerText`); strings.Contains(said, "undefined") || strings.Contains(said, "The ") {
		t.Error(said)
	}
}

// A page goes by mail to who agreed: as a file for a mail program, or by the clinic's server.
func TestBrowserMail(t *testing.T) {
	post, err := mailtest.Start("plain", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer post.Close()
	server := &mail.Server{Host: "127.0.0.1", Port: post.Port, Security: mail.Plain, Timeout: time.Minute}
	b, _ := browseAt(t, 1440, 900, pageToken, func() *Server { return dayClinic(t, Config{Mail: server}) })
	b.until(ready)
	b.write("#patient", "Zoë Nuñez-O'Brien")
	b.until(`document.querySelector('#sheet').getAttribute('aria-label').includes('Zoë')`)
	b.click("#email")
	b.until(`document.activeElement.id === 'mail-to'`)
	b.do(chromedp.KeyEvent("zoe@example.org"))
	b.choose("#mail-lock", "born")
	b.until(`document.querySelector('#mail-born')`)
	b.shot("make-mail-1440")
	b.click("#mail-send")
	b.until(`document.querySelector('#dialog .fit.bad')?.textContent.includes('Ask them first')`)
	b.judgedTwice("mail")
	b.click("#mail-agreed")
	b.choose("#mail-born", "1970-02-03")
	asks[bool](b, saved)
	b.click("#mail-save")
	b.until(`!document.querySelector('#dialog').open && files.length === 1`)
	if files := asks[[]string](b, "files"); !strings.HasPrefix(files[0], "message/rfc822 ") {
		t.Errorf("%q", files)
	}
	if asks[bool](b, `document.documentElement.outerHTML.includes('zoe@example') || Boolean(document.querySelector('#mail-to'))`) {
		t.Error("the address stays on the page")
	}
	b.click("#email")
	b.until(`document.activeElement.id === 'mail-to'`)
	b.do(chromedp.KeyEvent("zoe@example.org"))
	b.click("#mail-agreed")
	b.click("#mail-send")
	b.until(`!document.querySelector('#dialog').open && document.querySelector('.toast')?.textContent.includes('It is sent.')`)
	if mails := post.Mails(); len(mails) != 1 || mails[0].To[0] != "zoe@example.org" {
		t.Errorf("%d messages", len(mails))
	}
}
