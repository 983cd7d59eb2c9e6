package serve

import (
	"archive/zip"
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"time"

	"handout/cmd/handout/internal/day"
	"handout/cmd/handout/internal/press"
	"handout/output/mail"
	"handout/output/store"
)

// The days whose pages are on this computer: a folder a day, as handout batch --out makes
// it, below one that no cloud service copies.

// What is in a day's folder besides its pages and what a batch writes.
const (
	printName  = "print.pdf"
	outboxName = "outbox"
)

var (
	dateForm = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	pageForm = regexp.MustCompile(`^(visit|row)-.*\.pdf$`)
)

// days is the folder of all days, open; nil where there is none yet.
func (s *Server) days() (*os.Root, error) {
	if s.config.Days == "" { // nothing says where such things are on this computer
		return nil, nil
	}
	root, err := os.OpenRoot(s.config.Days)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return root, err
}

// dayOf is the folder of a request's day; one that is not there is a problem.
func (s *Server) dayOf(r *http.Request) (*os.Root, error) {
	date := r.PathValue("date")
	all, err := s.days()
	if all == nil || err != nil || !dateForm.MatchString(date) {
		return nil, cmp.Or(err, error(&problem{kind: notFound}))
	}
	defer all.Close()
	root, err := all.OpenRoot(date)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &problem{kind: notFound}
	}
	return root, err
}

// pagesOf are the names of a day's pages.
func pagesOf(root *os.Root) (names []string, err error) {
	list, err := fs.ReadDir(root.FS(), ".")
	for _, f := range list {
		if f.Type().IsRegular() && pageForm.MatchString(f.Name()) {
			names = append(names, f.Name())
		}
	}
	return names, err
}

// dayInfo is a day whose pages are on this computer.
type dayInfo struct {
	Date    string `json:"date"`
	Pages   int    `json:"pages"`
	Print   bool   `json:"print"` // there is a file to print
	Waiting int    `json:"waiting"`
	Folder  string `json:"folder"`
}

// listDays lists them, the newest first.
func (s *Server) listDays(w http.ResponseWriter, _ *http.Request) error {
	infos := []dayInfo{}
	all, err := s.days()
	if err != nil {
		return err
	}
	if all == nil {
		return writeJSON(w, infos)
	}
	defer all.Close()
	list, err := fs.ReadDir(all.FS(), ".")
	if err != nil {
		return err
	}
	for _, f := range slices.Backward(list) {
		if !f.IsDir() || !dateForm.MatchString(f.Name()) {
			continue
		}
		root, err := all.OpenRoot(f.Name())
		if err != nil {
			return err
		}
		info := dayInfo{Date: f.Name(), Folder: filepath.Join(s.config.Days, f.Name())}
		names, err := pagesOf(root)
		if err != nil {
			root.Close()
			return err
		}
		_, missing := root.Stat(printName)
		info.Pages, info.Print = len(names), missing == nil
		info.Waiting = mail.Waiting(filepath.Join(info.Folder, outboxName))
		root.Close()
		infos = append(infos, info)
	}
	return writeJSON(w, infos)
}

// printDay answers with the file to print.
func (s *Server) printDay(w http.ResponseWriter, r *http.Request) error {
	root, err := s.dayOf(r)
	if err != nil {
		return err
	}
	defer root.Close()
	data, err := root.ReadFile(printName)
	if errors.Is(err, fs.ErrNotExist) {
		return &problem{kind: notFound, hint: "make the day's handouts first"}
	} else if err != nil {
		return err
	}
	w.Header().Del("Content-Security-Policy") // some readers do not show a PDF that has one
	w.Header().Set("Content-Disposition", `inline; filename="handouts.pdf"`)
	return whole(w, "application/pdf", data)
}

// zipDay answers with the day's pages, a file a visit, and the report.
func (s *Server) zipDay(w http.ResponseWriter, r *http.Request) error {
	root, err := s.dayOf(r)
	if err != nil {
		return err
	}
	defer root.Close()
	names, err := pagesOf(root)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="handouts.zip"`)
	z, to := zip.NewWriter(w), http.NewResponseController(w)
	z.RegisterCompressor(zip.Deflate, loosely)
	for _, name := range append(names, day.ReportName) {
		data, err := root.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		var f interface{ Write([]byte) (int, error) }
		if err == nil {
			f, err = z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: s.config.Today()})
		}
		if err == nil {
			_, err = f.Write(data)
		}
		if err == nil {
			err = to.SetWriteDeadline(time.Now().Add(writeTime))
		}
		if err != nil && !errors.Is(err, http.ErrNotSupported) {
			panic(http.ErrAbortHandler) // so that nobody takes it for whole
		}
	}
	if err := z.Close(); err != nil {
		panic(http.ErrAbortHandler)
	}
	return nil
}

// showDay has this computer show the folder of a day.
func (s *Server) showDay(w http.ResponseWriter, r *http.Request) error {
	if err := reads(w, r, maxOrder, &struct{}{}, nil, ""); err != nil {
		return err
	}
	root, err := s.dayOf(r)
	if err != nil {
		return err
	}
	defer root.Close()
	if s.config.Show == nil {
		return &problem{kind: notFound, hint: "no program for showing folders was found"}
	}
	if err := s.config.Show(root.Name()); err != nil {
		return &problem{kind: notFound, hint: "open the folder in your file manager"}
	}
	return writeJSON(w, struct{}{})
}

// deleteDay takes a day's pages off this computer, and all that was written with them.
func (s *Server) deleteDay(w http.ResponseWriter, r *http.Request) error {
	date := r.PathValue("date")
	if !dateForm.MatchString(date) {
		return &problem{kind: notFound}
	}
	all, err := s.days()
	if err != nil {
		return err
	}
	gone := struct {
		Deleted int `json:"deleted"`
	}{}
	if all == nil {
		return writeJSON(w, gone)
	}
	defer all.Close()
	root, err := all.OpenRoot(date)
	if errors.Is(err, fs.ErrNotExist) {
		return writeJSON(w, gone)
	} else if err != nil {
		return err
	}
	defer root.Close()
	names, err := pagesOf(root)
	if err != nil {
		return err
	}
	gone.Deleted = len(names)
	free, err := s.keepOff(date) // whoever writes there, or sends what is there, is not disturbed
	if err != nil {
		return err
	}
	free()
	if err := all.RemoveAll(date); err != nil {
		return err
	}
	return writeJSON(w, gone)
}

// keepOff keeps others off a day's folder and its outbox, until it is freed.
func (s *Server) keepOff(date string) (free func(), err error) {
	folder, err := store.OpenFolder(filepath.Join(s.config.Days, date))
	if err != nil {
		return nil, err
	}
	box, err := s.boxOf(date)
	switch {
	case err != nil:
		return nil, errors.Join(err, folder.Close())
	case box == nil:
		return func() { _ = folder.Close() }, nil
	}
	return func() { _ = errors.Join(box.Close(), folder.Close()) }, nil
}

// stream answers with lines of JSON as they come.
type stream struct {
	w  http.ResponseWriter
	to *http.ResponseController
	mu sync.Mutex
}

func newStream(w http.ResponseWriter) *stream {
	w.Header().Set("Content-Type", "application/jsonl")
	return &stream{w: w, to: http.NewResponseController(w)}
}

// line writes one. Who is gone is not told.
func (s *stream) line(v any) {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // texts and numbers
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = s.to.SetWriteDeadline(time.Now().Add(writeTime))
	if _, err := s.w.Write(append(data, '\n')); err == nil {
		_ = s.to.Flush()
	}
}

// dayMade is what became of a list.
type dayMade struct {
	Date     string         `json:"date"`
	Folder   string         `json:"folder"`
	Made     int            `json:"made"`
	Kept     int            `json:"kept"`
	LeftOut  int            `json:"left_out"`
	Failed   int            `json:"failed"`
	Undone   int            `json:"undone"`
	Printed  int            `json:"printed"`
	Stopped  bool           `json:"stopped"`
	Messages map[string]int `json:"messages"`
	Notes    []dayNote      `json:"notes"`
	Rows     []dayLine      `json:"rows"`    // in the order of the list
	Earlier  []day.Line     `json:"earlier"` // of no row of it
}

type dayLine struct {
	Place string `json:"place"`
	day.Line
}

type dayNote struct {
	Kind  string   `json:"kind"`
	N     int      `json:"n,omitempty"`
	Words []string `json:"words,omitempty"`
}

// noteKinds are what a note is about; the page makes sentences of them.
var noteKinds = map[day.Kind]string{
	day.OfList: "of-list", day.NoVisits: "no-visits", day.ManyDays: "many-days", day.NotRead: "not-read",
	day.SameRows: "same-rows", day.DayUnsaid: "day-unsaid", day.Damaged: "damaged", day.NotPrinted: "not-printed",
	day.NotPrintedYet: "not-printed-yet", day.NoConsentTold: "no-consent-told", day.Withdrawn: "withdrawn",
	day.OfOthers: "of-others", day.NotMailed: "not-mailed", day.Passwords: "passwords",
	day.StillWaiting: "still-waiting", day.Statuses: "statuses", day.OtherLanguage: "other-language",
	day.OddLanguages: "odd-languages", day.Young: "young", day.Nobodies: "nobodies",
	day.OfClinic: "of-clinic",
}

// makeDay makes a day's handouts into its folder, and tells how it goes on.
func (s *Server) makeDay(w http.ResponseWriter, r *http.Request) error {
	o, p, list, err := s.readDay(w, r)
	if err != nil {
		return err
	}
	select {
	case s.batches <- struct{}{}:
		defer func() { <-s.batches }()
	default:
		return press.ErrBusy
	}
	date := o.date.Format(time.DateOnly)
	d := o.asks(list)
	d.Out, d.Say, d.Now = filepath.Join(s.config.Days, date), s.config.Day, s.config.Now()
	d.Path = filepath.Join(d.Out, path.Base(cmp.Or(o.called, "list")))
	d.Settings = s.settings(o)
	if o.print {
		d.Print = filepath.Join(d.Out, printName)
	}
	if o.mail {
		d.Mail = &day.Mail{Lock: cmp.Or(o.lock, day.Lock(p.Clinic.Mail.Lock), day.NoLock),
			Unlocked: o.lock == day.NoLock, Changed: o.changed}
	}
	ctx, done := s.whileOpen(r)
	defer done()
	if s.config.Days == "" {
		return refusal("", "folder-unknown", "set HOME", "nothing says where pages are kept on this computer")
	}
	if err := os.MkdirAll(s.config.Days, 0o700); err != nil {
		return s.refused(press.FileFault(s.config.Days, err))
	}
	var to *stream
	d.Progress = func(done, of int) {
		if to == nil { // from here on there is nothing to refuse
			to = newStream(w)
		}
		to.line(map[string]int{"done": done, "of": of})
	}
	report, err := day.Run(ctx, p, d)
	switch {
	case err != nil && to == nil:
		return s.refused(err)
	case err != nil:
		to.line(map[string]any{"problem": s.problemOf(r, s.refused(err)).said()})
		return nil
	}
	made := dayMade{Date: date, Folder: d.Out, Made: report.Made, Kept: report.Kept, LeftOut: report.LeftOut,
		Failed: report.Failed, Undone: report.Undone, Printed: report.Printed, Stopped: report.Stopped,
		Messages: report.Messages, Notes: []dayNote{}, Rows: []dayLine{},
		Earlier: append([]day.Line{}, report.Earlier...)}
	for _, n := range report.Notes {
		made.Notes = append(made.Notes, dayNote{noteKinds[n.Kind], n.N, n.Words})
	}
	for l := range report.Rows() {
		made.Rows = append(made.Rows, dayLine{l.Place(), l})
	}
	to.line(map[string]any{"report": made})
	return nil
}

// settings are what a day's pages depend on, for its ledger.
func (s *Server) settings(o *dayOrder) store.Settings {
	all := store.Settings{"date": {o.date.Format(time.DateOnly)}}
	if s.config.Press.Brand != "" {
		all["brand"] = []string{press.WholePath(s.config.Press.Brand)}
	}
	for _, folder := range s.config.Press.Library {
		all["library"] = append(all["library"], press.WholePath(folder))
	}
	if o.handout != "" {
		all["handout"] = []string{o.handout}
	}
	return all
}

// refused is why a day cannot be made, for the page: no path is in it.
func (s *Server) refused(err error) error {
	var r *day.Refusal
	if errors.As(err, &r) {
		code := [...]string{"no-sender", "day-unknown", "locked-worse", "print-taken", "part-of-mail", "no-page"}[r.Why]
		return &problem{kind: invalid, errors: []mistake{{Code: code, Detail: r.Error(), Hint: string(r.Lock)}}}
	}
	p := &problem{kind: folderUnusable}
	for _, e := range press.Mistakes(err) {
		var file *press.FileError
		var kept *store.FileError
		if !errors.As(err, &file) && !errors.As(err, &kept) {
			return err
		}
		p.errors = append(p.errors, mistake{Code: "folder-unusable", Detail: e.Message, Hint: e.Hint})
	}
	return p
}
