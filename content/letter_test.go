package content

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	tokens "golang.org/x/net/html"
)

// made is a page made out to someone, and the brand it is in.
func made(t *testing.T, lang, brand string, v Visit) (*Page, *Brand) {
	t.Helper()
	b, err := ReadBrand(folderWith("clinic.yaml", []byte(brand)), "clinic.yaml")
	if err != nil {
		t.Fatal(err)
	}
	h, err := ReadHandout(folderWith("own.md", []byte("---\ntitle: Sciatica\nlang: "+lang+"\n---\nWalk.\n")), "own.md")
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open().Personalise(h, b, v)
	if err != nil {
		t.Fatal(err)
	}
	return p, b
}

// TestLetters keeps our own words in every language, for someone of whom all is
// known, and in English also for someone of whom nothing is.
func TestLetters(t *testing.T) {
	const brand = "name: Hill & Vale\nphone: 555 0100\ntherapist: Robin Hale\nemail: hello@hill.example\n"
	full := Visit{Patient: "Ana <Ruiz>", Next: "1.12. 10:30", Date: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
	var out strings.Builder
	write := func(what string, l Letter) { fmt.Fprintf(&out, "-- %s --\n%s\n\n%s", what, l.Subject, l.Text) }
	for _, w := range shippedWords(t) {
		h, b := made(t, w.Lang, brand, full)
		l := h.Letter(b, Locked)
		write(w.Lang, l)
		if strings.Contains(l.Subject, "Ruiz") || strings.Contains(l.Subject, "Sciatica") || strings.Contains(l.Text, "Sciatica") {
			t.Errorf("%s: it says who or what: %q", w.Lang, l.Subject)
		}
	}
	h, b := made(t, "en", "", Visit{})
	l := h.Letter(b, Unlocked)
	write("nothing is known", l)
	out.WriteString(l.HTML)
	h, b = made(t, "ar", brand, full)
	fmt.Fprintf(&out, "-- HTML --\n%s", h.Letter(b, Locked).HTML)

	const golden = "testdata/letters.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != string(want) {
		t.Errorf("the letters are others:\n%s", out.String())
	}
}

// TestOwnLetter has a clinic write its own.
func TestOwnLetter(t *testing.T) {
	const brand = `
name: Hill & Vale
email: hello@hill.example
mail:
  from: pages@hill.example
  en:
    subject: From {clinic}, {date}
    text: |
      {patient}, here is {handout}.
      Call {phone}.
      {next} {therapist}
      Bye
    html: |
      <p>{patient}, here is <b>{handout}</b>.</p>
  de:
    subject: Von {clinic}
`
	v := Visit{Patient: "Ana {phone} <b>", Date: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), Therapist: "Robin"}
	h, b := made(t, "en-GB", brand, v)
	l := h.Letter(b, Unlocked)
	if l.Subject != "From Hill & Vale, November 22, 2026" {
		t.Errorf("subject %q", l.Subject)
	}
	if want := "Ana {phone} <b>, here is Sciatica.\nBye\n"; l.Text != want {
		t.Errorf("text %q", l.Text)
	}
	if !strings.Contains(l.HTML, "<p>Ana {phone} &lt;b&gt;, here is <b>Sciatica</b>.</p>\n") || !strings.Contains(l.HTML, `lang="en-GB" dir="ltr"`) {
		t.Errorf("HTML %s", l.HTML)
	}
	if b.Sender() != "pages@hill.example" {
		t.Errorf("from %q", b.Sender())
	}
	h, b = made(t, "de", brand, v)
	if l := h.Letter(b, Unlocked); l.Subject != "Von Hill & Vale" || !strings.HasPrefix(l.Text, "Guten Tag Ana") {
		t.Errorf("%q %q", l.Subject, l.Text)
	}
	h, b = made(t, "es", brand, v)
	if l := h.Letter(b, Unlocked); !strings.HasPrefix(l.Text, "Hola, Ana") {
		t.Errorf("%q", l.Text)
	}
}

// TestBrandMail says every mistake in a brand's mail, with its place.
func TestBrandMail(t *testing.T) {
	for brand, want := range map[string]string{
		"mail: hello@hill.example":          "clinic.yaml:1:7: there should be keys and values here",
		"mail: {from: hill}":                "clinic.yaml:1:14: this is not an email address",
		"mail: {form: a@b.example}":         "clinic.yaml:1:8: there is no key called \"form\" (did you mean from)",
		"mail: {en: {subjekt: x}}":          "clinic.yaml:1:13: there is no key called \"subjekt\" (did you mean subject)",
		"mail: {en: {subject: '{patent}'}}": "clinic.yaml:1:22: a letter has no placeholder {patent} (did you mean patient)",
		"mail:\n  en:\n    text: |\n\n      Dear {patient},\n      come to {clinc} or {xyzzy}\n": "clinic.yaml:6:1: a letter has no placeholder {clinc} (did you mean clinic)\n" +
			"clinic.yaml:6:1: a letter has no placeholder {xyzzy} (there are patient, clinic, handout, date, therapist, next, phone, locked)",
		"mail: {en: {html: x}}":                                   "clinic.yaml:1:12: there is HTML here, but no plain text for mail programs that do not show HTML (add text: with the same words)",
		"mail: {en: {text: x, html: '<p><IMG src=x>'}}":           "clinic.yaml:1:28: <img> cannot be used here: mail programs block it, or it tells others who reads the mail (use words, paragraphs, lists, tables and links, with colours and sizes)",
		"mail: {en: {text: x, html: '<p onclick=\"x\">'}}":        "clinic.yaml:1:28: onclick= cannot be used here: mail programs block it, or it tells others who reads the mail (use words, paragraphs, lists, tables and links, with colours and sizes)",
		"mail: {en: {subject: " + strings.Repeat("x", 151) + "}}": "clinic.yaml:1:22: this is longer than 150 characters",
	} {
		_, err := ReadBrand(folderWith("clinic.yaml", []byte(brand)), "clinic.yaml")
		var got []string
		if err != nil {
			for _, e := range err.(Errors) {
				line := e.Error()
				if e.Hint != "" && (strings.Contains(want, "(")) {
					line += " (" + e.Hint + ")"
				}
				got = append(got, line)
			}
		}
		if strings.Join(got, "\n") != want {
			t.Errorf("%s\ngives\n%s\nwant\n%s", brand, strings.Join(got, "\n"), want)
		}
	}
	for _, subject := range []string{"''", "' '", "'...'", "'\u200b'", "'\u00ad \u2060'", "' - '"} {
		if _, err := ReadBrand(folderWith("clinic.yaml", []byte("mail: {en: {subject: "+subject+"}}")), "clinic.yaml"); err == nil || !strings.HasPrefix(err.Error(), "clinic.yaml:1:22: th") {
			t.Errorf("%s: %v", subject, err)
		}
	}
	b, err := ReadBrand(folderWith("clinic.yaml", []byte("mail: {en: {subject: 'For {patient}'}}")), "clinic.yaml")
	if err != nil || len(b.Notes) != 1 || !strings.Contains(b.Notes[0], "phones show it even when locked") {
		t.Errorf("%v, %v", err, b)
	}
}

// FuzzLetter fills in what a clinic wrote with what is in its list: nothing that was
// put in becomes a tag, nothing is left of our placeholders, and it is the same again.
func FuzzLetter(f *testing.F) {
	f.Add("Hello {patient}, {next}\n\n{clinic}", "<p>{patient}</p>", "Ana <script>", "en")
	f.Add("{patient}{patient}", "{{patient}}", "{patient}", "ar")
	f.Add("", "\u2068{date}", "'\"&", "he")
	f.Fuzz(func(t *testing.T, text, html, patient, lang string) {
		w, err := Open().Words("en")
		if err != nil {
			t.Fatal(err)
		}
		h := &Page{Title: "T", Lang: lang, Words: w, Visit: Visit{Patient: patient}}
		b := &Brand{Name: "Hill", Mail: Mail{Letters: map[string]Letter{lang: {Subject: text, Text: text, HTML: html}}}}
		l := h.Letter(b, Unlocked)
		if l != h.Letter(b, Unlocked) {
			t.Error("the second letter is another")
		}
		if strings.Contains(patient, "<") && !strings.Contains(html, "<") && html != "" {
			body := strings.SplitN(l.HTML, "<body style=\"font-family: sans-serif; font-size: 16px; line-height: 1.5\">", 2)[1]
			if strings.Count(body, "<") != 2 {
				t.Errorf("%q became a tag: %s", patient, body)
			}
		}
		if strings.Contains(l.Text, "{phone}") && !strings.Contains(patient, "{phone}") {
			t.Errorf("%q", l.Text)
		}
	})
}

// TestSubject has a mail never go out without one.
func TestSubject(t *testing.T) {
	for _, c := range []struct {
		template, want string
		noted          bool
	}{
		{"A page from {therapist}", "Your handout from Hill", true},
		{"{therapist}", "Your handout from Hill", true},
		{"{patient}", "Your handout from Hill", true},
		{"{patient}, your page", "Your page", true},
		{"Next: {next}", "Your handout from Hill", true},
		{"{phone} {locked}", "Your handout from Hill", true},
		{"From {clinic}", "From Hill", false},
		{"{handout} 📄", "Sciatica 📄", true},
	} {
		h, b := made(t, "en", "name: Hill\nmail: {en: {subject: '"+c.template+"'}}", Visit{})
		if got := h.Letter(b, Unlocked).Subject; got != c.want || (len(b.Notes) > 0) != c.noted {
			t.Errorf("%q becomes %q, want %q; %q", c.template, got, c.want, b.Notes)
		}
	}
	h, b := made(t, "en", "name: Hill\nmail: {en: {subject: 'A page from {therapist}'}}", Visit{Therapist: "Robin"})
	if got := h.Letter(b, Unlocked).Subject; got != "A page from Robin" {
		t.Errorf("%q", got)
	}
}

// A letter of nothing but lines that are left out is ours.
func TestLetterText(t *testing.T) {
	h, b := made(t, "en", "name: Hill\nmail: {en: {text: \"{next}\\n{therapist}\"}}", Visit{})
	if l := h.Letter(b, Unlocked); !strings.Contains(l.Text, "Hill") || !strings.Contains(l.HTML, "Hill") {
		t.Errorf("%q", l.Text)
	}
	w := *h.Words
	w.letter.Subject, h.Words = "{therapist}", &w
	if l := h.Letter(b, Unlocked); l.Subject != "Hill" {
		t.Errorf("subject %q", l.Subject)
	}
}

// loadsNothing fails if a browser that read a letter would ask anybody for anything.
// It reads what a tree builder makes of it, not what the check has seen.
func loadsNothing(t *testing.T, letter string) {
	t.Helper()
	doc, err := tokens.Parse(strings.NewReader(letter))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type == tokens.CommentNode {
			t.Errorf("a comment: %q", n.Data)
		}
		if n.Type != tokens.ElementNode {
			continue
		}
		if n.Namespace != "" || slices.Contains(strings.Fields("img script style link base iframe frame frameset object embed video audio source track input button form svg math template applet bgsound image picture portal noscript plaintext xmp"), n.Data) {
			t.Errorf("<%s> in %q", n.Data, letter)
		}
		if n.Data == "meta" && len(n.Attr) != 1 {
			t.Errorf("meta %v", n.Attr)
		}
		for _, a := range n.Attr {
			v := strings.ToLower(a.Val)
			bad := strings.HasPrefix(a.Key, "on") || slices.Contains(strings.Fields("src srcset background poster data lowsrc dynsrc action formaction cite longdesc manifest ping profile usemap codebase classid archive srcdoc xlink:href http-equiv"), a.Key) ||
				a.Key == "style" && strings.ContainsAny(v, "\\@") || a.Key == "style" && (strings.Contains(v, "url") || strings.Contains(v, "image") || strings.Contains(v, "/*")) ||
				a.Key == "href" && (n.Data != "a" || strings.HasPrefix(strings.TrimSpace(v), "javascript") || strings.HasPrefix(strings.TrimSpace(v), "data"))
			if bad {
				t.Errorf("%s=%q in %q", a.Key, a.Val, letter)
			}
		}
	}
}

var ownHTML = []string{
	"<p>Hello <b>{patient}</b>,<br>call <a href=\"tel:{phone}\">{phone}</a> or see <a href='https://example.org/a?b=c&amp;d' title=\"Our page\">us</a>.</p>",
	"<table width=\"100%\" cellpadding=0 bgcolor='#eeeeee' style=\"border-collapse: collapse; background: rgb(1, 2, 3); font-family: 'Segoe UI', sans-serif\"><tr><td align=center>{clinic}</td></tr></table>",
	"<ul><li>a<li>b</ul><hr><h2 style='color:#17545e;margin:0 0 8px'>{handout}</h2><div class=x dir=rtl lang=he>&lt; &amp; &nbsp;</div>",
	"<a href=mailto:hello@example.org>{clinic}</a>",
}

func TestLetterHTML(t *testing.T) {
	for _, body := range ownHTML {
		if wrong := refused(body); wrong != "" {
			t.Errorf("%s: %s", body, wrong)
		}
		loadsNothing(t, shell("en", "T", body))
	}
	for _, body := range []string{
		"<table background=\"https://t.example/x.png\"><tr><td>Hi</td></tr></table>", "<td BACKGROUND=x>", "<p/background=x>", "<frame src=https://t.example>", "<frameset>", "<iframe srcdoc=x>",
		"<img srcset=\"https://t.example/x 2x\">", "<picture><source srcset=x></picture>", "<image src=x>", "<video poster=x>", "<audio src=x>", "<track src=x>", "<embed src=x>", "<object data=x>", "<applet code=x>", "<bgsound src=x>",
		"<link rel=stylesheet href=x>", "<base href=https://t.example/>", "<meta http-equiv=refresh content='0;url=x'>", "<svg><image href=x /></svg>", "<svg><use xlink:href=x /></svg>", "<math>", "<style>p{}</style>", "<script>x</script>",
		"<form action=x>", "<input type=image src=x>", "<button formaction=x>", "<p style=\"background: url(https://t.example/x)\">", "<p style=\"background-image: image-set('https://t.example/x' 1x)\">", "<p style=\"background: u\\72l(x)\">",
		"<p style=\"background: ur/**/l(x)\">", "<p style=\"@import 'x'\">", "<p style=\"content: attr(x)\">", "<p style='list-style: url(x)'>", "<p style='behavior: x'>", "<p style='width: expression(x)'>", "<p style='background: src(\"x\")'>", "<p style=\"border-image: x\">",
		"<p style=\"background:&#117;rl(x)\">", "<body background=x>", "<html manifest=x>", "<q cite=x>", "<blockquote cite=https://t.example>", "<a ping=https://t.example href=https://example.org>x</a>", "<a href=\"javascript:x\">x</a>", "<a href=\" data:text/html,x\">", "<a href=x>",
		"<a href=\"https://t.example/?p={patient}\">x</a>", "<p title=\"{patient}\">", "<p href=https://t.example>", "<!-- x -->", "<!--[if mso]><img src=x><![endif]-->", "<![if mso]>", "<!doctype html>", "<?xml x?>", "<p", "<p title=\"x", "<img src=x", "a < b", "</img>", "<p onclick=x>", "<p data-src=x>",
		"<v:rect src=x>", "<plaintext>", "<noscript>", "<template>", "<xmp>", "<title>x</title>", "<p lowsrc=x>", "<td\fbackground=x>",
	} {
		if refused(body) == "" {
			t.Errorf("%s is let through", body)
		}
	}
	// A line left out must not make one tag of two.
	h, b := made(t, "en", "name: Hill\nmail: {en: {text: x, html: \"<table\\nborder=1><tr><td>{therapist}\\n background='https://t.example/x'>a</td></tr></table>\"}}", Visit{})
	loadsNothing(t, h.Letter(b, Unlocked).HTML)
}

// FuzzLetterHTML looks for HTML that is let through and would load something.
func FuzzLetterHTML(f *testing.F) {
	for _, body := range ownHTML {
		f.Add(body)
	}
	for _, body := range []string{"<p title=\"a<b\">", "<table\nborder=1>{therapist}\n background=x>", "<p style='color: rgb(1,2,3)'>", "</p title=\"", "<b <i src=x>", "<a href='https://a.example/\"><img src=x>'>"} {
		f.Add(body)
	}
	w, err := Open().Words("en")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if refused(body) != "" {
			return
		}
		loadsNothing(t, shell("en", "T", body))
		h := &Page{Title: "T", Lang: "en", Words: w, Visit: Visit{Patient: "<img src=x>\" style=\"", Next: "'\"><svg>"}}
		b := &Brand{Name: "Hill", Mail: Mail{Letters: map[string]Letter{"en": {Text: "x", HTML: body}}}}
		loadsNothing(t, h.Letter(b, Unlocked).HTML)
	})
}
