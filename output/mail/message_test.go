package mail

import (
	"bytes"
	"encoding/base64"
	"flag"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// example is a message with a bit of everything.
func example() Message {
	return Message{
		ID: "0123456789abcdef0123456789abcdef", Code: "K7QF2", Date: time.Date(2026, 11, 22, 18, 30, 0, 0, time.UTC),
		From: mail.Address{Name: "Zoë's Clinic, \"The Knee\"", Address: "hello@knee.example"}, ReplyTo: "desk@knee.example",
		To: mail.Address{Name: "Nuñez-O'Brien, Zoë", Address: "zoe@bücher.example"}, Also: []string{"carer@example.org"},
		Subject: "Your handout from Zoë's Clinic", Text: "Dear Zoë,\n\n.\nFrom here: a line that begins with From.\n", HTML: "<p>Dear Zoë,</p>\n",
		Lang: "en", PDF: []byte("%PDF-1.7\nnot really\n%%EOF\n"), File: "handout.pdf",
	}
}

func TestComposeGolden(t *testing.T) {
	got, err := Compose(example())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("testdata", "message.golden")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the message is another:\n%s", got)
	}
}

// opened is a message as a mail program shows it.
type opened struct {
	headers    mail.Header
	subject    string
	from, to   []*mail.Address
	text, html string
	pdf        []byte
	file       string
}

// open reads a message with the standard library alone.
func open(t *testing.T, eml []byte) opened {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(eml))
	if err != nil {
		t.Fatal(err)
	}
	o := opened{headers: m.Header}
	if o.subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil {
		t.Fatal(err)
	}
	if o.from, err = m.Header.AddressList("From"); err != nil {
		t.Fatal(err)
	}
	if o.to, err = m.Header.AddressList("To"); err != nil {
		t.Fatal(err)
	}
	o.parts(t, m.Header.Get("Content-Type"), m.Body)
	return o
}

func (o *opened) parts(t *testing.T, kind string, body io.Reader) {
	t.Helper()
	_, params, err := mime.ParseMediaType(kind)
	if err != nil {
		t.Fatal(err)
	}
	for r := multipart.NewReader(body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		switch kind {
		case "multipart/alternative":
			o.parts(t, p.Header.Get("Content-Type"), p)
		case "application/pdf":
			if o.pdf, err = io.ReadAll(base64.NewDecoder(base64.StdEncoding, p)); err != nil {
				t.Fatal(err)
			}
			o.file = p.FileName()
		default:
			text, err := io.ReadAll(quotedprintable.NewReader(p))
			if err != nil {
				t.Fatal(err)
			}
			if kind == "text/html" {
				o.html = string(text)
			} else {
				o.text = string(text)
			}
		}
	}
}

func TestCompose(t *testing.T) {
	m := example()
	eml, err := Compose(m)
	if err != nil {
		t.Fatal(err)
	}
	o := open(t, eml)
	if o.subject != m.Subject || o.from[0].Name != m.From.Name || o.to[0].Name != m.To.Name {
		t.Errorf("subject %q from %q to %q", o.subject, o.from[0].Name, o.to[0].Name)
	}
	if len(o.to) != 2 || o.to[0].Address != "zoe@xn--bcher-kva.example" || o.to[1].Name != "" {
		t.Errorf("to %v", o.to)
	}
	if !bytes.Equal(o.pdf, m.PDF) || o.file != m.File || o.text != strings.ReplaceAll(m.Text, "\n", "\r\n") {
		t.Errorf("%q %q %q", o.pdf, o.file, o.text)
	}
	for i, line := range bytes.Split(eml, []byte("\r\n")) {
		if bytes.ContainsAny(line, "\r\n") || len(line) > 998 || bytes.ContainsFunc(line, func(r rune) bool { return r >= utf8.RuneSelf }) {
			t.Errorf("line %d is not one a mail may have: %q", i+1, line)
		}
	}
	again, err := Compose(m)
	if err != nil || !bytes.Equal(eml, again) {
		t.Error("the same message gives other bytes")
	}
}

// TestComposeNames keeps an attachment's name that is not ASCII (RFC 2231).
func TestComposeNames(t *testing.T) {
	m := example()
	m.File = "Übungen, \"gut\".pdf"
	eml, err := Compose(m)
	if err != nil {
		t.Fatal(err)
	}
	if got := open(t, eml).file; got != m.File {
		t.Errorf("the file is called %q", got)
	}
}

func TestComposeRefuses(t *testing.T) {
	for name, change := range map[string]func(*Message){
		"no PDF name":     func(m *Message) { m.File = "\n" },
		"too large":       func(m *Message) { m.PDF = make([]byte, 19_000_000) },
		"no sender":       func(m *Message) { m.From.Address = "clinic" },
		"a wrong reply":   func(m *Message) { m.ReplyTo = "a@b\r\nBcc: x@example.org" },
		"a wrong address": func(m *Message) { m.To.Address = "quill@feather@example.org" },
		"one more wrong":  func(m *Message) { m.Also = []string{"quillfeather"} },
		"no date":         func(m *Message) { m.Date = time.Time{} },
	} {
		m := example()
		change(&m)
		eml, err := Compose(m)
		if err == nil || eml != nil {
			t.Errorf("%s: it was composed", name)
		} else if strings.Contains(err.Error(), "quill") {
			t.Errorf("%s: the address is in the error: %v", name, err)
		}
	}
	m := example()
	m.PDF = make([]byte, 18_200_000) // 4 bytes for 3, and the line ends
	if _, err := Compose(m); err != nil {
		t.Errorf("just under the limit: %v", err)
	}
}

// headersOf are what Compose may write, in any message.
var headersOf = map[string]bool{"From": true, "To": true, "Reply-To": true, "Subject": true, "Date": true, "Message-Id": true,
	"Mime-Version": true, "Content-Type": true, "Content-Language": true, "Auto-Submitted": true,
	"X-Auto-Response-Suppress": true, "X-Handout-Code": true}

// FuzzCompose lets a stranger choose every word of a message. It must come out with
// the headers ours have, and no others, for the same people, with the same attachment.
func FuzzCompose(f *testing.F) {
	f.Add("Ana, \"Bo\" <x@example.org>", "Clinic\r\nBcc: x@example.org", "hello\r\n\r\nbody", "text\r\n.\r\nmore", "<p>", "en")
	f.Add("=?utf-8?q?x?=", "\u202e", strings.Repeat("é ", 200), "--0000\r\n", "", "x\ny")
	f.Add(strings.Repeat("W", 300), "\xff\xfe", "\x00\x7f\u2028", "\r\r\n\n", "a\rb", strings.Repeat("l", 100))
	f.Add("\u0085", ";:,<>", " ", "=\r\n=20", "=3D", "de")
	f.Fuzz(func(t *testing.T, name, clinic, subject, text, html, lang string) {
		m := example()
		m.To.Name, m.From.Name, m.Subject, m.Text, m.HTML, m.Lang = name, clinic, subject, text, html, lang
		eml, err := Compose(m)
		if err != nil {
			t.Fatal(err)
		}
		o := open(t, eml)
		for h, values := range o.headers {
			if !headersOf[h] || len(values) != 1 {
				t.Errorf("the header %q is there %d times", h, len(values))
			}
		}
		if len(o.to) != 2 || o.to[0].Address != "zoe@xn--bcher-kva.example" || len(o.from) != 1 || o.from[0].Address != m.From.Address {
			t.Errorf("from %v to %v", o.from, o.to)
		}
		if o.subject != oneLine(subject) || o.to[0].Name != oneLine(name) {
			t.Errorf("the subject %q became %q, the name %q %q", subject, o.subject, name, o.to[0].Name)
		}
		if !bytes.Equal(o.pdf, m.PDF) {
			t.Error("the attachment is another")
		}
		if env, ok := readEnvelope(eml); !ok || len(env.to) != 2 || env.from != m.From.Address {
			t.Errorf("the envelope is %v", env)
		}
	})
}

func TestAddress(t *testing.T) {
	for text, want := range map[string]string{
		"ana@example.org":                        "ana@example.org",
		"ana@EXAMPLE.org":                        "ana@example.org",
		"zoe@BÜCHER.example":                     "zoe@xn--bcher-kva.example",
		"a@例え.jp":                                "a@xn--r8jz45g.jp",
		"o'brien+pt@mail.example.org":            "o'brien+pt@mail.example.org",
		"":                                       "!",
		" ana@example.org ":                      "!",
		"ana@example.org,bo@example.org":         "!",
		"Ana <ana@example.org>":                  "!",
		"ana":                                    "!",
		"ana@":                                   "!",
		"@example.org":                           "!",
		"ana@localhost":                          "!",
		"ana@[127.0.0.1]":                        "!",
		"ana@example..org":                       "!",
		"a..b@example.org":                       "!",
		"ana@example.org<":                       "!",
		"<ana@example.org":                       "!",
		`"a b"@example.org`:                      "!",
		"zoë@example.org":                        "!",
		"a@b@example.org":                        "!",
		"ana@exa mple.org":                       "!",
		"ana@example.org\x00":                    "!",
		"ana@-example.org":                       "!",
		strings.Repeat("a", 65) + "@example.org": "!",
		"a@" + strings.Repeat("a.", 130) + "org": "!",
	} {
		got, err := address(text)
		if err != nil {
			got = "!"
			if text != "" && strings.Contains(err.Error(), text) {
				t.Errorf("%q is in the error", text)
			}
		}
		if got != want {
			t.Errorf("%q gives %q, want %q (%v)", text, got, want, err)
		}
	}
}

// FuzzAddress: what comes out can stand in an SMTP command, and is taken as it is.
func FuzzAddress(f *testing.F) {
	for _, s := range []string{"a@example.org", "zoe@bücher.example", "a@b\r\nRCPT TO:<c@d.e>", "<><@>", "\"\\\"@x.y\" <a@b.c>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := address(text)
		if err != nil {
			return
		}
		if strings.ContainsFunc(a, func(r rune) bool { return r <= ' ' || r > '~' || r == '<' || r == '>' || r == ',' }) {
			t.Errorf("%q gives %q", text, a)
		}
		if again, err := address(a); err != nil || again != a {
			t.Errorf("%q is taken for %q (%v)", a, again, err)
		}
	})
}

// TestNamesRead: whatever people are called, the message can be read and sent, and says
// their names again.
func TestNamesRead(t *testing.T) {
	names := []string{
		`Zoë\ Nuñez`, `\`, `Zoë\`, `\\"é`, `Ana\ Ruiz`, `"`, `"Zoë"`, "O'Brien, Ana (Mrs)", "Ana <x@example.org>", "ana@example.org", "Ruiz; Ana: x",
		"=?utf-8?q?Ana=2C?=", "Zoë =?utf-8?b?Wm9l?=", "=?", "?=", "שרה כהן", "محمد \u202eAli", "\u2066Ana\u2069", "张无忌", "👩‍🦽 Ana", "é\x00\x1b[31m", "a\u0085b",
		strings.Repeat("Ana ", 2000), strings.Repeat("W", 5000), strings.Repeat("é", 5000), strings.Repeat("é\\", 40), strings.Repeat("👩", 500), "\xb4\\", "\xff",
		"J. Smith", "[Ana]", "a,b", "_", "?", "=", "é_?=", "Ana\tRuiz", "Ana\u00a0Ruiz", " ", "",
	}
	for _, a := range []string{`\`, `"`, "(", ")", ",", ";", "<", ">", "@", "[", "]", "`", "{", "}", "%", "&", "$", "#", "!", "*", "/", "|", "~", "^"} {
		names = append(names, a, a+"é", "é"+a+"é", "Zoë "+a+" Ana")
	}
	for _, name := range names {
		m := example()
		m.To.Name, m.From.Name, m.Subject = name, name, name
		eml, err := Compose(m)
		if err != nil {
			t.Errorf("%.40q: %v", name, err)
			continue
		}
		o, want := open(t, eml), oneLine(name)
		if o.to[0].Name != want || o.from[0].Name != want || o.subject != want {
			t.Errorf("%.40q became %.40q, %.40q and %.40q", name, o.to[0].Name, o.from[0].Name, o.subject)
		}
		if env, ok := readEnvelope(eml); !ok || len(env.to) != 2 || recipients(eml) == "" {
			t.Errorf("%.40q: the envelope is %v", name, env)
		}
		for line := range bytes.Lines(eml) {
			// RFC 5322, 2.1.1; and RFC 2047, 2, with its \r\n
			if len(line) > 1000 || bytes.Contains(line, []byte("=?utf-8?")) && len(line) > 78 && !bytes.Contains(line, []byte(`"`)) {
				t.Errorf("%.40q: a line of %d", name, len(line))
			}
		}
	}
}
