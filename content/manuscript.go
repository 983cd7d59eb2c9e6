package content

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"handout/content/codepage"
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

// decoded is a text in UTF-8, and what it was; data as it is if that cannot be told.
func decoded(data []byte) (text []byte, as string) {
	if utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 {
		return data, ""
	}
	s, found, err := codepage.Decode(string(data), nil)
	if err != nil || found.Broken || found.Name == "" {
		return data, ""
	}
	return []byte(s), found.Name
}

// titleOfFile is a title where a text has none: its file's name.
func titleOfFile(id string) string {
	words := strings.Join(strings.FieldsFunc(id, func(r rune) bool { return r == '-' || r == '_' || r == ' ' }), " ")
	r, n := utf8.DecodeRuneInString(words)
	return strings.ToUpper(string(r)) + words[n:]
}

// Retitled is the handout with another title.
func (h *Handout) Retitled(title string) (*Handout, error) {
	title = strings.Join(strings.Fields(title), " ")
	switch {
	case utf8.RuneCountInString(title) > 200:
		return nil, Errorf("title-too-long", "say it in a line", "the title is longer than 200 characters")
	case hasPlaceholder(title) || blank(title):
		return nil, Errorf("title-unprintable", "write the words themselves", "this cannot be a title")
	}
	other := *h
	other.Title, other.titled = title, ""
	other.Warnings = slices.DeleteFunc(slices.Clone(h.Warnings), func(e *Error) bool { 
		return e.Code == "title-found" || e.Code == "title-from-file"
	})
	return &other, nil
}

// Understood is what a text was read as, in a line, if it was not all written for this
// program; else "".
func (h *Handout) Understood() string {
	taken := false
	for _, w := range h.Warnings {
		taken = taken || understood[w.Code]
	}
	if !taken && !h.brought {
		return ""
	}
	var counts [5]int
	for _, b := range h.Blocks {
		switch b.(type) {
		case *Heading:
			counts[0]++
		case *Paragraph:
			counts[1]++
		case *List:
			counts[2]++
		case *Table:
			counts[3]++
		case *Figure:
			counts[4]++
		}
	}
	parts := []string{"the title “" + h.Title + "”" + h.titled}
	for i, what := range [...]string{"heading", "paragraph", "list", "table", "picture"} {
		if n := counts[i]; n > 1 {
			what += "s"
		} else if n == 0 {
			continue
		}
		parts = append(parts, fmt.Sprintf("%d %s", counts[i], what))
	}
	return strings.Join(parts, ", ")
}

// understood are the codes of what was read from plain lines.
var understood = map[string]bool{"read-as-heading": true, "sign-read-as-heading": true, "read-as-list": true,
	"read-as-table": true, "read-as-paragraphs": true, "sign-left-out": true, "title-found": true, "title-from-file": true,
	"read-as-encoding": true, "front-matter-understood": true, "levels-shifted": true, "emoji-left-out": true}
