// Package docxtest makes documents of a word processor, for tests.
package docxtest

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
)

// NeckCare is the body of a document with a title, a heading, and a picture whose description is "A dot".
const NeckCare = `<p><pPr><pStyle val="Title"/></pPr><r><t>Neck care</t></r></p><p><r><t>Keep moving.</t></r></p>` +
	`<p><pPr><pStyle val="Heading1"/></pPr><r><t>Do</t></r></p>` +
	`<p><r><drawing><docPr descr="A dot"/><blip embed="p"/></drawing></r></p>`

// Document is a document with what is given in its body, and a picture called p.
func Document(t *testing.T, body string) []byte {
	t.Helper()
	return Packed(t, Part{"word/document.xml", "<document><body>" + body + "</body></document>"})
}

// Part is a file in a document.
type Part struct{ Name, Text string }

// Packed is a document of parts, with what holds them together, a link called rIdWeb, and a picture called p
// and rIdDot.
func Packed(t *testing.T, parts ...Part) []byte {
	t.Helper()
	related := func(id, as, to string) string {
		return `<Relationship Id="` + id + `" Type="x/` + as + `" Target="` + to + `"/>`
	}
	links := related("p", "image", "dot.svg") + related("rIdDot", "image", "dot.svg") +
		`<Relationship Id="rIdWeb" Type="x/hyperlink" Target="https://example.org/sit" TargetMode="External"/>`
	for _, p := range parts {
		file := strings.TrimPrefix(p.Name, "word/")
		links += related(file, strings.TrimRight(strings.TrimSuffix(file, ".xml"), "0123456789"), file)
	}
	parts = append([]Part{
		{"_rels/.rels", "<Relationships>" + related("r", "officeDocument", "word/document.xml") + "</Relationships>"},
		{"word/_rels/document.xml.rels", "<Relationships>" + links + "</Relationships>"},
		{"word/dot.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">` +
			`<circle cx="5" cy="5" r="5" fill="#0f4c5c"/></svg>`},
	}, parts...)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.Name}) // without a date: the same bytes each time
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(p.Text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
