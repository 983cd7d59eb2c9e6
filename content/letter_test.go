package content

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// made is a page made out to someone, and the brand it is in.
func made(t *testing.T, lang, brand string, v Visit) (*Handout, *Brand) {
	t.Helper()
	b, err := ReadBrand(folderWith("clinic.yaml", []byte(brand)), "clinic.yaml")
	if err != nil {
		t.Fatal(err)
	}
	h, err := ReadHandout(folderWith("own.md", []byte("---\ntitle: Sciatica\nlang: "+lang+"\n---\nWalk.\n")), "own.md")
	if err != nil {
		t.Fatal(err)
	}
	if h, err = Open().Personalise(h, b, v); err != nil {
		t.Fatal(err)
	}
	return h, b
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
		"mail: hello@hill.example":          "clinic.yaml:1:7: keys and values are wanted here",
		"mail: {from: hill}":                "clinic.yaml:1:14: this is not an email address",
		"mail: {form: a@b.example}":         "clinic.yaml:1:8: there is no key called \"form\" (did you mean from)",
		"mail: {en: {subjekt: x}}":          "clinic.yaml:1:13: there is no key called \"subjekt\" (did you mean subject)",
		"mail: {en: {subject: '{patent}'}}": "clinic.yaml:1:22: a letter has no placeholder {patent} (did you mean patient)",
		"mail:\n  en:\n    text: |\n\n      Dear {patient},\n      come to {clinc} or {xyzzy}\n": "clinic.yaml:6:1: a letter has no placeholder {clinc} (did you mean clinic)\n" +
			"clinic.yaml:6:1: a letter has no placeholder {xyzzy} (there are patient, clinic, handout, date, therapist, next, phone, locked)",
		"mail: {en: {html: x}}":                                   "clinic.yaml:1:12: there is HTML here for those who read it, and no text for the others (add text: with the same words)",
		"mail: {en: {text: x, html: '<p><IMG src=x>'}}":           "clinic.yaml:1:28: there can be no \"<IMG\" here: mail programs block it, or it tells others who reads (words, paragraphs, lists and links are welcome)",
		"mail: {en: {text: x, html: '<p onclick=\"x\">'}}":        "clinic.yaml:1:28: there can be no \"onclick=\" here: mail programs block it, or it tells others who reads (words, paragraphs, lists and links are welcome)",
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
	b, err := ReadBrand(folderWith("clinic.yaml", []byte("mail: {en: {subject: 'For {patient}'}}")), "clinic.yaml")
	if err != nil || len(b.Notes) != 1 || !strings.Contains(b.Notes[0], "locked telephones") {
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
		h := &Handout{Title: "T", Lang: lang, Words: w, Visit: Visit{Patient: patient}}
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
