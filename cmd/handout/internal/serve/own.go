package serve

import (
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"handout/content"
)

// A handout of one's own is a file that was dropped on the page: it is read as any other is,
// and lies nowhere unless it is told to be kept.

// ownHandout is one with what is asked of it.
type ownHandout struct {
	name, text string
	order      order
}

// maxOwn is the longest text of one, in characters; content has its own limit.
const maxOwn = 128 << 10

var ownMembers = map[string]func(*ownHandout, value){
	"name":  func(o *ownHandout, v value) { o.name, _ = v.text(200) },
	"text":  func(o *ownHandout, v value) { o.text, _ = v.text(maxOwn) },
	"order": func(o *ownHandout, v value) { o.order = order{}.read(v, without(orderMembers, "handout")) },
}

// file is its name as a file of a library.
func (o *ownHandout) file() string {
	name := path.Base(strings.ReplaceAll(o.name, `\`, "/"))
	if stem := strings.TrimSuffix(name, path.Ext(name)); stem != "" && stem != "." && stem != "/" {
		return stem + ".md"
	}
	return "handout.md"
}

// read reads a handout that was dropped, or says all that is wrong with it.
func (s *Server) readOwn(w http.ResponseWriter, r *http.Request) (*ownHandout, *content.Handout, error) {
	own := &ownHandout{order: order{at: "/order"}}
	if err := reads(w, r, maxOrder, own, ownMembers, ""); err != nil {
		return nil, nil, err
	}
	name := own.file()
	files := content.Folder{FS: beside{os.DirFS(s.config.Home.Shelf), map[string][]byte{name: []byte(own.text)}},
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
	page, wrong, err := s.setWith(r.Context(), p.With(o.Handout, h), &o)
	if wrong != nil {
		return wrongWith(wrong)
	}
	if err != nil {
		return err
	}
	if kind == "application/json" {
		answer, err := s.previewOf(page)
		if err != nil {
			return err
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
	stem := strings.TrimSuffix(own.file(), ".md")
	id := freeName(stem, "handout", func(id string) bool {
		_, err := p.Handout(id)
		_, there := os.Stat(filepath.Join(s.config.Home.Shelf, "handouts", id+".md"))
		return err == nil || there == nil
	})
	if err := keep(filepath.Join(s.config.Home.Shelf, "handouts", id+".md"), []byte(own.text)); err != nil {
		return err
	}
	return writeJSON(w, map[string]string{"id": id})
}
