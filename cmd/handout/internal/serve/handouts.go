package serve

import (
	"crypto/rand"
	"mime"
	"net/http"
	"strconv"

	"handout/cmd/handout/internal/press"
	"handout/output"
)

// makeHandout makes one page: its file, its picture or its report.
func (s *Server) makeHandout(w http.ResponseWriter, r *http.Request) error {
	kind, err := accepts(r, "application/pdf", "image/svg+xml", "application/json")
	if err != nil {
		return err
	}
	page, o, err := s.ordered(w, r)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Language", page.Handout.Lang)
	h.Set("Handout-Look", page.Fitting.Look)
	h.Set("Handout-Type-Size", strconv.FormatFloat(page.Fitting.Body.Points(), 'f', -1, 64))
	h.Set("Handout-Cuts", strconv.Itoa(len(page.Fitting.Concessions)))
	if kind == "application/json" {
		return writeJSON(w, s.report(page))
	}
	buffer := s.buffers.Get().(*[]byte)
	defer s.buffers.Put(buffer)
	if kind == "image/svg+xml" {
		*buffer, err = page.SVG((*buffer)[:0])
	} else {
		*buffer, err = file(page, o, (*buffer)[:0])
		h.Del("Content-Security-Policy") // some readers do not show a PDF that has one
		h.Set("Content-Disposition", mime.FormatMediaType("inline",
			map[string]string{"filename": page.Handout.ID + ".pdf"}))
	}
	if list, ok := s.mistakesOf(err, o.at); ok {
		return wrongWith(list)
	}
	if err != nil {
		return err
	}
	return whole(w, kind, *buffer)
}

// ordered makes the page that a request asks for; or it says all that is wrong.
func (s *Server) ordered(w http.ResponseWriter, r *http.Request) (*press.Page, *order, error) {
	var wrong []mistake
	v, err := object(w, r, maxOrder, &wrong)
	if err != nil {
		return nil, nil, err
	}
	o := order{}.read(v, orderMembers).on(s.config.Today())
	o.wantsHandout(v)
	if len(wrong) > 0 {
		if o.Handout != "" { // and what else is wrong
			_, more, _ := s.makeOut(&o)
			wrong = append(wrong, more...)
		}
		return nil, nil, wrongWith(wrong)
	}
	page, err := s.alone(r, &o)
	return page, &o, err
}

// file is the page's, locked if a password is given.
func file(page *press.Page, o *order, b []byte) ([]byte, error) {
	if o.password == "" {
		return page.PDF(b)
	}
	return page.Locked(output.Lock{Password: o.password, Random: rand.Reader})
}

// fileOf is file, or the problem of a password that cannot lock it.
func (s *Server) fileOf(page *press.Page, o *order) ([]byte, error) {
	data, err := file(page, o, nil)
	if list, ok := s.mistakesOf(err, o.at); ok {
		return nil, wrongWith(list)
	}
	return data, err
}

// handoutInfo is a handout as it is listed.
type handoutInfo struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	Summary   string   `json:"summary"`
	Lang      string   `json:"lang"`
	Version   string   `json:"version,omitempty"`
	Reviewed  string   `json:"reviewed,omitempty"` // when somebody signed it off
	Stretches []string `json:"stretches"`
}

// listHandouts lists those there are: in the language asked for if they are there in it.
func (s *Server) listHandouts(w http.ResponseWriter, r *http.Request) error {
	lang, err := language(r)
	if err != nil {
		return err
	}
	p, err := s.clinics.press("")
	if err != nil {
		return err
	}
	list := []handoutInfo{}
	tellBroken(w, s.handouts(p, lang, &list))
	return writeJSON(w, list)
}

// handouts adds those there are to a list. The error has those that cannot be read.
func (s *Server) handouts(p *press.Press, lang string, list *[]handoutInfo) error {
	all, broken := p.HandoutsIn(lang)
	for _, h := range all {
		info := handoutInfo{h.ID, h.Title, h.Summary, h.Lang, h.Version, h.Signed.Date, []string{}}
		for _, c := range h.Default {
			info.Stretches = append(info.Stretches, c.ID)
		}
		*list = append(*list, info)
	}
	return broken
}

// tellBroken says how many files of a library cannot be read and are left out of a list.
func tellBroken(w http.ResponseWriter, err error) {
	files := map[string]bool{}
	for _, e := range press.Mistakes(err) {
		files[e.File] = true
	}
	if len(files) > 0 {
		w.Header().Set("Handout-Unreadable", strconv.Itoa(len(files)))
	}
}

// language is the one that a list is asked for in.
func language(r *http.Request) (string, error) {
	lang := r.URL.Query().Get("lang")
	if r.URL.Query().Has("lang") && !langForm.MatchString(lang) {
		return "", badParameter("lang", "for example: en, or es-MX", "this is not a language")
	}
	return lang, nil
}

// badParameter is the problem of one.
func badParameter(name, hint, says string) error {
	return &problem{kind: badQuery, errors: []mistake{{Code: "parameter-unreadable",
		Detail: name + ": " + says, Hint: hint}}}
}
