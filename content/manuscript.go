package content

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"handout/content/docx"
)

// A manuscript is a text as its author has it: from an editor, a word processor or a web
// page, in any encoding. This file makes Markdown of it, or says what it is.

// textEndings are what the names of texts end in that are read.
var textEndings = []string{".md", ".markdown", ".txt", ".text", ".docx"}

// IsText tells the name of a text's file by its ending. One of a kind that is not read is
// among them: it is told what it is.
func IsText(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return slices.Contains(textEndings, ext) || foreignEndings[ext] != ""
}

// What texts also come as, and how each becomes one that is read.
const (
	asWord  = "open it in the program that made it, and save it as Word (.docx) or as plain text (.txt)"
	asCopy  = "copy the words that it shows into a file of plain text, like my-text.txt"
	asOlder = "open it in Word or LibreOffice, and save it as .docx"
)

var foreignEndings = map[string]string{
	".rtf": "rich text (RTF)", ".html": "a web page (HTML)", ".htm": "a web page (HTML)", ".pdf": "a PDF",
	".odt": "an OpenDocument text (ODT)", ".doc": "a Word file of before 2007 (DOC)", ".pages": "a file of Pages",
	".wps": "a file of Works", ".epub": "a book (EPUB)", ".tex": "a text of TeX",
}

// foreign tells what data is, if it is no text that is read, and the way out.
func foreign(name string, data []byte) (what, hint string) {
	begins := func(s string) bool { return bytes.HasPrefix(data, []byte(s)) }
	head := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(data[:min(len(data), 512)]), "\ufeff")))
	inZip := func(s string) bool { return begins("PK\x03\x04") && bytes.Contains(data, []byte(s)) }
	switch {
	case begins("{\\rtf"):
		return foreignEndings[".rtf"], asWord
	case begins("%PDF-"):
		return foreignEndings[".pdf"], asCopy + ", or save the document it was made from as .docx"
	case begins("\xd0\xcf\x11\xe0") && bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d")):
		return "a document with a password", "open it, take the password off, and save it as .docx"
	case begins("\xd0\xcf\x11\xe0"):
		return foreignEndings[".doc"], asOlder
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"):
		return foreignEndings[".html"], asCopy
	case inZip("mimetypeapplication/vnd.oasis.opendocument.text"):
		return foreignEndings[".odt"], asOlder
	case inZip("mimetypeapplication/epub"):
		return foreignEndings[".epub"], asCopy
	case inZip("Index/Document.iwa"):
		return foreignEndings[".pages"], "in Pages choose File, Export To, Word"
	case inZip("xl/workbook.xml"):
		return "a spreadsheet", "copy its words into a text; a list of visits is for `handout batch`"
	case inZip("word/document.xml"):
		return "", ""
	case begins("PK\x03\x04"):
		return "an archive", "unpack it, and name the text in it"
	case begins("\x89PNG"), begins("\xff\xd8\xff"), begins("GIF8"):
		return "a picture", "a text names its pictures, as ![what it shows](picture.png)"
	}
	if what = foreignEndings[strings.ToLower(path.Ext(name))]; what != "" {
		return what, asWord
	}
	return "", ""
}

// maxDocument is how many bytes are read of what may be no plain text.
func maxDocument(name string) int {
	if ext := strings.ToLower(path.Ext(name)); ext == ".docx" || foreignEndings[ext] != "" {
		return docx.MaxFile
	}
	return maxText
}

// readManuscript reads a text. Its pictures may be in it: files are those of fsys with
// them beside it.
func readManuscript(fsys fs.FS, name string) (src *source, files fs.FS, errs Errors) {
	at := Position{File: called(fsys, name)}
	data, err := readFile(fsys, name, maxDocument(name))
	if err != nil {
		errs.join(placed(err, at))
		return nil, fsys, errs
	}
	if what, hint := foreign(name, data); what != "" {
		errs.add(at, "not-a-text", hint, "this is %s, which is not read as a text", what)
		return nil, fsys, errs
	}
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return newSource(name, at.File, data, &errs), fsys, errs
	}
	doc, err := docx.Read(data)
	switch {
	case errors.Is(err, docx.ErrLarge):
		errs.add(at, "document-too-large", "a handout is one page: keep the part that is to be on it",
			"the document is far too large for a handout")
	case err != nil:
		errs.add(at, "document-broken", asOlder, "the document is broken, or of no kind that is read")
	}
	if err != nil {
		return nil, fsys, errs
	}
	src = newSource(name, at.File, doc.Markdown, &errs)
	if src == nil {
		return nil, fsys, errs
	}
	src.doc = true
	src.title, src.subtitle = doc.Title, doc.Subtitle
	if len(doc.Starts) > 0 {
		src.lines = append([]int{0}, doc.Starts[1:]...)
	}
	for _, lost := range doc.LeftOut {
		if lost.Needed {
			errs.add(src.at(lost.Offset), "sign-not-known", "write it in words: at least 5, 5 or more",
				"nothing says what this sign shows, and the line may turn on it: %s", lost.What)
			continue
		}
		src.notes.add(src.at(lost.Offset), "not-read-from-document", "", "left out near here: %s", lost.What)
	}
	return src, enclosing{fsys, path.Dir(name), doc}, errs
}

// enclosing is a folder with the pictures of a document beside it.
type enclosing struct {
	fs.FS
	dir string
	doc *docx.Text
}

func (e enclosing) called(name string) string { return called(e.FS, name) }

func (e enclosing) Open(name string) (fs.File, error) {
	if dir, base := path.Split(name); path.Clean(dir) == e.dir || dir == "" && e.dir == "." {
		if r, size, ok := e.doc.Picture(base); ok {
			return enclosed{r, base, size}, nil
		}
	}
	return e.FS.Open(name)
}

// enclosed is a picture in a document.
type enclosed struct {
	io.ReadCloser
	name string
	size int64
}

func (e enclosed) Stat() (fs.FileInfo, error) { return e, nil }
func (e enclosed) Name() string               { return e.name }
func (e enclosed) Size() int64                { return e.size }
func (e enclosed) Mode() fs.FileMode          { return 0o444 }
func (e enclosed) ModTime() time.Time         { return time.Time{} }
func (e enclosed) IsDir() bool                { return false }
func (e enclosed) Sys() any                   { return nil }
