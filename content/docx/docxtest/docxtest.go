// Package docxtest makes documents of a word processor, for tests.
package docxtest

import (
	"archive/zip"
	"bytes"
	"testing"
)

// NeckCare is the body of a document with a title, a heading, and a picture whose description is "A dot".
const NeckCare = `<p><pPr><pStyle val="Title"/></pPr><r><t>Neck care</t></r></p><p><r><t>Keep moving.</t></r></p>` +
	`<p><pPr><pStyle val="Heading1"/></pPr><r><t>Do</t></r></p>` +
	`<p><r><drawing><docPr descr="A dot"/><blip embed="p"/></drawing></r></p>`

// Document is a document with what is given in its body, and a picture called p.
func Document(t *testing.T, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"_rels/.rels", related("r", "officeDocument", "word/document.xml")},
		{"word/_rels/document.xml.rels", related("p", "image", "dot.svg")},
		{"word/dot.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">` +
			`<circle cx="5" cy="5" r="5" fill="#0f4c5c"/></svg>`},
		{"word/document.xml", "<document><body>" + body + "</body></document>"},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part[0]}) // without a date: the same bytes each time
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func related(id, as, to string) string {
	return `<Relationships><Relationship Id="` + id + `" Type="x/` + as + `" Target="` + to + `"/></Relationships>`
}
