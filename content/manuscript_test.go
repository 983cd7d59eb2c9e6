package content

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"

	"handout/content/docx/docxtest"
)

// Documents as the programs of others write them, and what is read of them.
func TestDocuments(t *testing.T) {
	archives, err := filepath.Glob("testdata/documents/*.txtar")
	if err != nil || len(archives) < 12 {
		t.Fatalf("%d documents: %v", len(archives), err)
	}
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var parts []docxtest.Part
		for _, f := range a.Files {
			if f.Name != "want" {
				parts = append(parts, docxtest.Part{Name: f.Name, Text: string(f.Data)})
			}
		}
		file := strings.TrimSuffix(filepath.Base(name), ".txtar") + ".docx"
		got := shown(mapFS(file, string(docxtest.Packed(t, parts...))), file)
		if *update {
			a.Files = slices.DeleteFunc(a.Files, func(f txtar.File) bool { return f.Name == "want" })
			a.Files = append(a.Files, txtar.File{Name: "want", Data: []byte(got)})
			if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if want := string(a.Files[len(a.Files)-1].Data); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
		}
	}
}

func TestDocument(t *testing.T) {
	h, err := ReadHandout(mapFS("d/neck.docx", string(docxtest.Document(t, docxtest.NeckCare))), "d/neck.docx")
	if err != nil {
		t.Fatal(err)
	}
	f, ok := h.Blocks[2].(*Figure)
	if h.ID != "neck" || h.Title != "Neck care" || len(h.Blocks) != 3 || !ok || f.Alt != "A dot" || f.Picture == nil {
		t.Errorf("%+v", h)
	}
	if at := f.String(); at != "d/neck.docx:3:1" { // the third paragraph
		t.Error(at)
	}
	if as := h.Understood(); as != "the title “Neck care” (as in the document), 1 heading, 1 paragraph, 1 picture" {
		t.Error(as)
	}
	_, err = ReadHandout(mapFS("neck.docx", string(docxtest.Document(t, strings.Replace(docxtest.NeckCare, "A dot", "", 1)))), "neck.docx")
	if list, _ := err.(Errors); len(list) != 1 || !strings.Contains(list[0].Hint, "Edit Alt Text") {
		t.Errorf("%v", err)
	}
	// A library has documents among its handouts.
	l := Open(mapFS("handouts/neck.docx", string(docxtest.Document(t, docxtest.NeckCare))))
	if h, err := l.Handout("neck"); err != nil || h.Title != "Neck care" {
		t.Errorf("%v %v", h, err)
	}
	if all, err := l.Handouts(); err != nil || !slices.ContainsFunc(all, func(h *Handout) bool { return h.ID == "neck" }) {
		t.Errorf("%v", err)
	}
	// The pictures of one document are no other's.
	if _, err := ReadHandout(mapFS("neck.docx", string(docxtest.Document(t, docxtest.NeckCare)), "a.md", simple+"\n![A dot](dot.svg)\n"), "a.md"); err == nil {
		t.Error("a text has a picture of a document beside it")
	}
}

func TestForeignTexts(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"a.rtf":   {"{\\rtf1 hello}", "rich text (RTF)"},
		"b.md":    {"{\\rtf1 hello}", "rich text (RTF)"},
		"c.html":  {"<p>hello", "a web page"},
		"d.txt":   {"<!DOCTYPE html><p>hello", "a web page"},
		"e.pdf":   {"%PDF-1.7\n\x00\x01", "a PDF"},
		"f.doc":   {"\xd0\xcf\x11\xe0\xa1\xb1", "a Word file of before 2007"},
		"g.docx":  {"\xd0\xcf\x11\xe0 E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d", "a document with a password"},
		"h.odt":   {"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument text"},
		"i.md":    {"PK\x03\x04 xl/workbook.xml", "a spreadsheet"},
		"j.docx":  {"PK\x03\x04 word/document.xml", "broken"},
		"k.md":    {"\x89PNG\r\n", "a picture"},
		"l.txt":   {strings.Repeat("\x00\x01\x02", 20), "this is not a text file"},
		"m.pages": {"PK\x03\x04 Index/Document.iwa", "a file of Pages"},
	} {
		_, err := ReadHandout(mapFS(name, c.text), name)
		list, _ := err.(Errors)
		if len(list) != 1 || !strings.Contains(list[0].Message, c.want) || list[0].Hint == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEncodedTexts(t *testing.T) {
	const text = "---\ntitle: Cuidado\n---\nHaga “dos veces” al día – mañana y noche.\n\n• Beba agua\n"
	latin, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := utf.UTF16(utf.LittleEndian, utf.UseBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for as, data := range map[string]string{"Windows-1252": latin, "UTF-16": wide} {
		h, err := ReadHandout(mapFS("x.txt", data), "x.txt")
		if err != nil || !strings.Contains(h.Blocks[0].(*Paragraph).Text.String(), "“dos veces” al día – mañana") ||
			!strings.Contains(h.Warnings[0].Message, as) {
			t.Errorf("%s: %+v %v", as, h, err)
		}
	}
}

func TestLanguageOf(t *testing.T) {
	for text, want := range map[string]string{
		"Most sore backs are better in a few weeks, and you can do a lot for that at home with a few stretches.":                                      "",
		"Die meisten Rückenschmerzen sind in ein paar Wochen vorbei, und Sie können zu Hause mit wenigen Übungen viel für sich und den Rücken tun.":   "de",
		"כאבי גב עוברים לרוב בתוך כמה שבועות, ואפשר לעשות הרבה בבית":                                                                                  "he",
		"تتحسن معظم آلام الظهر خلال أسابيع قليلة، ويمكنك أن تفعل الكثير في المنزل":                                                                    "ar",
		"Drink water. Bebe agua. Rest and walk, and do not sit for long. Descanse y camine, y no se quede en la silla de la casa por mucho el tiempo": "",
	} {
		if got := languageOf(text); got != want {
			t.Errorf("%q in %q", got, text)
		}
	}
}

func TestRetitled(t *testing.T) {
	h, err := ReadHandout(mapFS("a.txt", "While this is a sentence, it is no title at all.\n"), "a.txt")
	if err != nil || h.Title != "A" {
		t.Fatal(h, err)
	}
	other, err := h.Retitled(" Care of  the neck ")
	if err != nil || other.Title != "Care of the neck" || len(other.Warnings) != 0 || h.Title != "A" || len(h.Warnings) != 1 {
		t.Errorf("%+v %v", other, err)
	}
	for _, bad := range []string{"\u200b", "For {patient}", strings.Repeat("x", 201)} {
		if _, err := h.Retitled(bad); err == nil {
			t.Errorf("%q", bad)
		}
	}
}

// TestBroughtAlike holds that a text as it is brought is read alike whatever its line ends
// and its encoding, and that the line of what was understood names the encoding.
func TestBroughtAlike(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/brought.txtar")
	if err != nil {
		t.Fatal(err)
	}
	texts := sources(archive)
	delete(texts, "dot.svg")
	delete(texts, "step.fig")
	as := func(name string, data []byte) (shown, understood string) {
		h, err := ReadHandout(fstest.MapFS{name: {Data: data}}, name)
		if err != nil {
			return err.Error(), ""
		}
		understood = h.Understood()
		h.Warnings = slices.DeleteFunc(h.Warnings, func(e *Error) bool { return e.Code == "read-as-encoding" })
		var b strings.Builder
		showHandout(&b, h)
		return b.String(), understood
	}
	for name, file := range texts {
		want, _ := as(name, file.Data)
		ends := bytes.ReplaceAll(file.Data, []byte("\n"), []byte("\r\n"))
		if got, _ := as(name, ends); got != want {
			t.Errorf("%s with CRLF: got\n%s\nwant\n%s", name, got, want)
		}
		wide, err := utf.UTF16(utf.LittleEndian, utf.UseBOM).NewEncoder().Bytes(file.Data)
		if err != nil {
			t.Fatal(err)
		}
		got, understood := as(name, wide)
		if got != want || understood != "" && !strings.Contains(understood, "; in the encoding UTF-16") {
			t.Errorf("%s in UTF-16: %s: got\n%s\nwant\n%s", name, understood, got, want)
		}
	}
	for _, name := range []string{"word-smart.txt", "german.txt", "french.txt"} {
		want, _ := as(name, texts[name].Data)
		for encoded, e := range map[string]encoding.Encoding{"Windows-1252": charmap.Windows1252, "Mac Roman": charmap.Macintosh} {
			data, err := encoding.ReplaceUnsupported(e.NewEncoder()).Bytes(bytes.ReplaceAll(texts[name].Data,
				[]byte("\u00ad"), nil))
			if err != nil {
				t.Fatal(err)
			}
			if got, understood := as(name, data); got != strings.ReplaceAll(want, `\u00ad`, "") ||
				!strings.Contains(understood, "in the encoding "+encoded) {
				t.Errorf("%s in %v: %s\n%s", name, e, understood, got)
			}
		}
	}
}

// TestSignsOfNoInDocuments holds that a list of Word's is judged by its sign as one of plain text is.
func TestSignsOfNoInDocuments(t *testing.T) {
	const numbers = `<numbering><abstractNum abstractNumId="0"><lvl ilvl="0"><numFmt val="bullet"/><lvlText val="SIGN"/></lvl>` +
		`</abstractNum><num numId="1"><abstractNumId val="0"/></num></numbering>`
	for _, sign := range "✕✖✗✘❌❎⛔🚫🛑👎🙅" {
		for _, c := range []struct {
			over, item string
			want       int
		}{
			{"Your week", "Bend forward", 2}, {"What to avoid", "Bend forward", 0}, {"Your week", "Do not bend forward", 0},
		} {
			item := `<p><pPr><numPr><ilvl val="0"/><numId val="1"/></numPr></pPr><r><t>` + c.item + `</t></r></p>`
			doc := docxtest.Packed(t, docxtest.Part{Name: "word/document.xml", Text: `<document><body><p><pPr><pStyle val="Title"/></pPr>` +
				`<r><t>Neck care</t></r></p><p><pPr><pStyle val="Heading1"/></pPr><r><t>` + c.over + `</t></r></p>` + item + item + `</body></document>`},
				docxtest.Part{Name: "word/numbering.xml", Text: strings.Replace(numbers, "SIGN", string(sign), 1)})
			h, err := ReadHandout(mapFS("a.docx", string(doc)), "a.docx")
			list, _ := err.(Errors)
			if len(list) != c.want || len(list) > 0 && (list[0].Code != "sign-of-no" || list[0].Line != 2 || list[1].Line != 3) {
				t.Errorf("%c %s, %s: %v", sign, c.over, c.item, err)
			}
			if c.want > 0 {
				continue
			}
			if l, ok := h.Blocks[len(h.Blocks)-1].(*List); !ok || len(l.Items) != 2 || !strings.HasPrefix(l.Items[0][0].(*Paragraph).Text.String(), c.item) {
				t.Errorf("%c %s, %s: %+v", sign, c.over, c.item, h.Blocks)
			}
		}
	}
}

// A sign that nobody knows is no bullet: within a line it is refused.
func TestUnknownSigns(t *testing.T) {
	for code, want := range map[string]string{"F0B3": "", "F0E6": "sign-not-known"} {
		body := strings.Replace(docxtest.NeckCare, "Keep moving.", `Stop if pain is </t></r><r><sym font="Symbol" char="`+code+`"/></r><r><t> 5.`, 1)
		h, err := ReadHandout(mapFS("a.docx", string(docxtest.Document(t, body))), "a.docx")
		if list, _ := err.(Errors); want != "" && (len(list) != 1 || list[0].Code != want || list[0].Line != 1) ||
			want == "" && (err != nil || h.Blocks[0].(*Paragraph).Text.String() != "Stop if pain is ≥ 5.") {
			t.Errorf("%s: %v", code, err)
		}
	}
}
