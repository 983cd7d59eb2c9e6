package serve

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"time"

	"handout/cmd/handout/internal/press"
	"handout/output"
)

// maxVisits is how many a batch may have. A longer day is several requests.
const maxVisits = 1000

// batch is many orders.
type batch struct {
	base   order
	visits []order
	names  map[string]bool // small letters: a file's name is the same in any
}

// batchMembers are what a batch may have. Defaults come first, whatever their place.
var batchMembers = map[string]func(*batch, value){
	"defaults": func(b *batch, v value) {
		b.base = b.base.read(v, without(orderMembers, "patient", "password")) // what is one person's
	},
	"visits": func(b *batch, v value) {
		list, ok := v.list()
		if ok && (len(list) == 0 || len(list) > maxVisits) {
			v.refuse("visits-out-of-range", "make several requests of a longer list",
				"a batch has 1 to %d visits, and there are %d", maxVisits, len(list))
			return
		}
		for _, v := range list {
			o := b.base.read(v, visitMembers)
			o.wantsHandout(v)
			if given, ok := v.is.(members); ok && !given.has("id") {
				v.lacks("id", "it names the file: letters, digits, - and _")
			}
			if name := strings.ToLower(o.id); name != "" && b.names[name] {
				v.member("id", nil).refuse("visit-twice", "give each an id of its own", "two visits have this id")
			} else if b.names[name] = true; name == "report" {
				v.member("id", nil).refuse("visit-reserved", "give it another", "the report has this name")
			}
			b.visits = append(b.visits, o)
		}
	},
}

// visitMembers are what a visit of a batch may have.
var visitMembers = func() map[string]func(*order, value) {
	all := without(orderMembers)
	all["id"] = func(o *order, v value) {
		s, ok := v.text(40)
		if ok && !visitForm.MatchString(s) {
			v.refuse("visit-id-unreadable", "1 to 40 letters, digits, - and _; never a patient's name",
				"this is not a visit's id")
		}
		o.id = s
	}
	return all
}()

var visitForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,40}$`)

// became is what became of a visit.
type became struct {
	ID       string    `json:"id"`
	Row      string    `json:"row,omitempty"` // of a list, as spreadsheets count
	State    string    `json:"state"`         // made, failed, left_out or stopped
	Why      string    `json:"why,omitempty"` // it was left out
	Look     string    `json:"look,omitempty"`
	TypeSize float64   `json:"type_size,omitempty"`
	Cuts     int       `json:"cuts"`
	Errors   []mistake `json:"errors,omitempty"`
}

// made is a visit's page on its way.
type made struct {
	became
	page *press.Page
	file []byte
	err  error // nobody can mend it by another order
}

// makeBatch makes a day's pages.
func (s *Server) makeBatch(w http.ResponseWriter, r *http.Request) error {
	kind, err := accepts(r, "application/zip", "application/pdf")
	if err != nil {
		return err
	}
	select {
	case s.batches <- struct{}{}:
		defer func() { <-s.batches }()
	default:
		return press.ErrBusy
	}
	form, data, err := bodyOf(w, r, maxBatch, append([]string{jsonType}, listTypes...)...)
	if err != nil {
		return err
	}
	var visits []order
	if form == jsonType {
		visits, err = s.visitsIn(r, data, kind == "application/pdf")
	} else {
		visits, err = s.listedVisits(r, data)
	}
	if err != nil {
		return err
	}
	ctx, done := s.whileOpen(r)
	defer done()
	if kind == "application/pdf" {
		return s.print(ctx, w, visits)
	}
	return s.zip(ctx, w, visits)
}

// visitsIn are the orders of a batch in JSON.
func (s *Server) visitsIn(r *http.Request, data []byte, printed bool) ([]order, error) {
	if r.URL.RawQuery != "" {
		return nil, badParameter("columns, date, handout, lang", "write it into defaults", "this is for lists")
	}
	var wrong []mistake
	v := read(data, &wrong)
	if v == nil {
		return nil, &problem{kind: notJSON, hint: jsonHint}
	}
	b := &batch{names: map[string]bool{}}
	if given, ok := each(*v, b, batchMembers); ok && !given.has("visits") {
		v.lacks("visits", `for example: "visits": [{"id": "101", "handout": "sciatica"}]`)
	}
	today := s.config.Today()
	for i := range b.visits {
		b.visits[i] = b.visits[i].on(today)
		if o := &b.visits[i]; printed && o.password != "" {
			value{at: o.at + "/password", wrong: &wrong}.refuse("print-locked",
				"leave it out, or accept application/zip",
				"a file for printing cannot be locked")
		}
	}
	if len(wrong) > 0 {
		return nil, wrongWith(wrong)
	}
	return b.visits, nil
}

// make makes the page of a visit, and waits where there is no room in the line.
func (s *Server) make(ctx context.Context, o *order) (m made) {
	settled := false
	if m.became, settled = o.settled(); settled {
		return m
	}
	for {
		m.page, m.Errors, m.err = s.set(ctx, o)
		if !errors.Is(m.err, press.ErrBusy) {
			break
		}
		select {
		case <-ctx.Done():
			m.err = ctx.Err()
			return m
		case <-time.After(10 * time.Millisecond):
		}
	}
	if m.page != nil {
		f := m.page.Fitting
		m.State, m.Look, m.TypeSize, m.Cuts = "made", f.Look, f.Body.Points(), len(f.Concessions)
	}
	return m
}

// inOrder makes the pages on all cores, and hands them on in the order of the visits.
func (s *Server) inOrder(ctx context.Context, visits []order, finish func(*made, *order), done func(made) error) error {
	cores := runtime.GOMAXPROCS(0)
	return press.InOrder(ctx, len(visits), cores, 4*cores, func(_, i int) made {
		m := s.make(ctx, &visits[i])
		if m.page != nil {
			finish(&m, &visits[i])
		}
		return m
	}, done)
}

// zip answers with a file a visit, as they are made, and what became of each.
func (s *Server) zip(ctx context.Context, w http.ResponseWriter, visits []order) error {
	to := http.NewResponseController(w)
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="handouts.zip"`)
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, loosely)
	put := func(name string, at time.Time, data []byte) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
		if err == nil {
			_, err = f.Write(data)
		}
		if err == nil {
			err = errors.Join(z.Flush(), to.SetWriteDeadline(time.Now().Add(writeTime)))
		}
		if err == nil || errors.Is(err, http.ErrNotSupported) {
			return to.Flush()
		}
		return err
	}
	report := make([]became, 0, len(visits))
	err := s.inOrder(ctx, visits, func(m *made, o *order) {
		m.file, m.err = file(m.page, o, nil)
		if list, ok := s.mistakesOf(m.err, o.at); ok {
			m.State, m.Errors, m.err = "failed", list, nil
		}
	}, func(m made) error {
		if m.err != nil {
			return m.err
		}
		report = append(report, m.became)
		if m.State != "made" {
			return nil
		}
		return put(m.ID+".pdf", m.page.Made, m.file)
	})
	switch {
	case s.ended.Err() != nil:
		err = nil // it ends between two visits, and says so
	case err != nil && len(report) == 0:
		return err
	}
	for _, o := range visits[len(report):] {
		report = append(report, became{ID: o.id, Row: o.row, State: "stopped"})
	}
	data, wrong := json.Marshal(report)
	if err == nil {
		err = errors.Join(wrong, put("report.json", visits[0].Made, append(data, '\n')), z.Close())
	}
	if err != nil {
		s.log("handout: a batch was cut short")
		panic(http.ErrAbortHandler) // so that nobody takes it for whole
	}
	return nil
}

// packer packs files of a ZIP without making them smaller. It is large, and used again.
type packer struct{ *flate.Writer }

var packers sync.Pool

// loosely packs what is packed already, as a PDF is.
func loosely(w io.Writer) (io.WriteCloser, error) {
	loose, ok := packers.Get().(*packer)
	if !ok {
		f, err := flate.NewWriter(w, flate.NoCompression)
		return &packer{f}, err
	}
	loose.Reset(w)
	return loose, nil
}

func (p *packer) Close() error {
	defer packers.Put(p)
	return p.Writer.Close()
}

// print answers with one file of all pages, or with all that is wrong.
func (s *Server) print(ctx context.Context, w http.ResponseWriter, visits []order) error {
	var out bytes.Buffer
	var wrong []mistake
	var printer *output.Print
	err := s.inOrder(ctx, visits, func(*made, *order) {}, func(m made) error {
		if m.err != nil {
			return m.err
		}
		if wrong = append(wrong, m.Errors...); m.page == nil || wrong != nil {
			return nil
		}
		if printer == nil {
			about := output.About{Title: "Handouts", Author: m.page.Sheet.Brand.Name, Lang: m.page.Article.Lang,
				Made: visits[0].Made}
			var err error
			if printer, err = s.clinics.first.Writer.Print(&out, about); err != nil {
				return err
			}
		}
		return printer.Add(m.page.Page)
	})
	switch {
	case err != nil:
		return err
	case wrong != nil:
		return wrongWith(wrong)
	}
	if err := printer.Close(); err != nil {
		return err
	}
	w.Header().Del("Content-Security-Policy")
	w.Header().Set("Content-Disposition", `inline; filename="handouts.pdf"`)
	return whole(w, "application/pdf", out.Bytes())
}
