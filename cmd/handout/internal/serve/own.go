package serve

import (
	"bytes"
	"embed"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"handout/content"
)

// A handout of one's own is a file that was dropped on the page: it is read as any other is,
// and lies nowhere unless it is told to be kept. What can be typed in comes as its text, and
// a document, or a text in an encoding of old, as it is.

// ownHandout is one with what is asked of it.
type ownHandout struct {
	name  string
	text  []byte
	whole bool // the text is the file's own bytes
	order order
}

// maxOwn is the longest text of one, in characters, and the largest file; content has its
// own limits.
const (
	maxOwn     = 128 << 10
	maxOwnFile = 10 << 20
)

var ownMembers = map[string]func(*ownHandout, value){
	"name": func(o *ownHandout, v value) { o.name, _ = v.text(200) },
	"text": func(o *ownHandout, v value) {
		text, _ := v.text(maxOwn)
		o.text, o.whole = []byte(text), false
	},
	"file": func(o *ownHandout, v value) {
		if o.text, o.whole = v.file(maxOwnFile), true; o.text == nil {
			v.refuse("own-unreadable", "keep the part that is to be on the page",
				"this is not a file, or it is larger than 10 MB")
		}
	},
	"order": func(o *ownHandout, v value) { o.order = order{}.read(v, without(orderMembers, "handout")) },
}

// stem is what it is called, without an ending.
func (o *ownHandout) stem() string {
	name := path.Base(strings.ReplaceAll(o.name, `\`, "/"))
	if stem := strings.TrimSuffix(name, path.Ext(name)); stem != "" && stem != "." && stem != "/" {
		return stem
	}
	return "handout"
}

// ending is that of its file in a library.
func (o *ownHandout) ending() string {
	if o.whole && bytes.HasPrefix(o.text, []byte("PK")) {
		return ".docx"
	}
	return ".md"
}

// file is its name as a file of a library. One of a kind that is not read keeps its ending,
// so that it is told what it is.
func (o *ownHandout) file() string {
	if ext := strings.ToLower(path.Ext(o.name)); o.whole && content.IsText("x"+ext) {
		return o.stem() + ext
	}
	return o.stem() + o.ending()
}

// read reads a handout that was dropped, or says all that is wrong with it.
func (s *Server) readOwn(w http.ResponseWriter, r *http.Request) (*ownHandout, *content.Handout, error) {
	own := &ownHandout{order: order{at: "/order"}}
	if err := reads(w, r, maxBatch, own, ownMembers, ""); err != nil {
		return nil, nil, err
	}
	name := own.file()
	var shelf fs.FS = embed.FS{} // a stranger's handout has no pictures of the clinic's
	if s.config.Home != nil {
		shelf = os.DirFS(s.config.Home.Shelf)
	}
	files := content.Folder{FS: beside{shelf, map[string][]byte{name: own.text}},
		Called: func(string) string { return name }}
	h, err := content.ReadHandout(files, name)
	if list, ok := s.mistakesOf(err, ""); ok {
		return nil, nil, &problem{kind: invalid, errors: inText(list, err)}
	}
	return own, h, err
}

// inText gives mistakes in the text the lines that they are on.
func inText(list []mistake, err error) []mistake {
	errs, _ := err.(content.Errors)
	for i, e := range errs {
		if i < len(list) && e.Line > 0 {
			list[i].Pointer, list[i].Detail = "/text/"+strconv.Itoa(e.Line-1), e.Message
		}
	}
	return list
}

// makeOwn answers with the page of a handout that was dropped: as it will print, or its file.
func (s *Server) makeOwn(w http.ResponseWriter, r *http.Request) error {
	kind, err := accepts(r, "application/json", "application/pdf")
	if err != nil {
		return err
	}
	own, h, err := s.readOwn(w, r)
	if err != nil {
		return err
	}
	p, err := s.clinics.press("")
	if err != nil {
		return err
	}
	o := own.order.on(s.config.Today())
	o.Handout = own.file()
	o.with = p.With(o.Handout, h)
	page, err := s.alone(r, &o)
	if err != nil {
		return err
	}
	if kind == "application/json" {
		answer, err := s.previewOf(r, page)
		if err != nil {
			return err
		}
		if as := h.Understood(); as != "" {
			answer.Fit.Notes = slices.Insert(answer.Fit.Notes, 0, "Read as "+as)
		}
		return writeJSON(w, answer)
	}
	data, err := s.fileOf(page, &o)
	if err != nil {
		return err
	}
	w.Header().Del("Content-Security-Policy")
	return whole(w, kind, data)
}

// keepOwn puts a handout among the clinic's own. One of that name is not written over.
func (s *Server) keepOwn(w http.ResponseWriter, r *http.Request) error {
	own, _, err := s.readOwn(w, r)
	if err != nil {
		return err
	}
	s.keeping.Lock()
	defer s.keeping.Unlock()
	p, err := s.clinics.press("")
	if err != nil {
		return err
	}
	file := func(id string) string { return filepath.Join(s.config.Home.Shelf, "handouts", id+own.ending()) }
	id := freeName(own.stem(), "handout", func(id string) bool {
		_, err := p.Handout(id)
		_, there := os.Stat(file(id))
		return err == nil || there == nil
	})
	if err := keep(file(id), own.text); err != nil {
		return err
	}
	return writeJSON(w, map[string]string{"id": id})
}
