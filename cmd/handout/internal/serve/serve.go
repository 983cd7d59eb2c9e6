// Package serve answers requests for handouts over HTTP with a press: a page a request, or
// a day's pages. It keeps nothing of what it is asked, and tells nobody: no word of a request
// is in a log, and none of a patient's in an answer but the page.
//
// What it is to know of the world it is handed: it listens where it is told, and the verb
// says when to stop.
package serve

import (
	"context"
	_ "embed"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"runtime"
	"sync"
	"time"

	"handout/cmd/handout/internal/press"
)

// Open opens the press. Errors are those of press.Open.
func Open(c Config) (*Server, error) {
	p, err := press.Open(c.Press)
	if err != nil {
		return nil, err
	}
	s := &Server{config: c, say: c.Say, batches: make(chan struct{}, 2*runtime.GOMAXPROCS(0)),
		patience: maxWait, buffers: sync.Pool{New: func() any { return new([]byte) }},
		clinics: clinics{first: p, brand: c.Press.Brand, folder: c.Brands, known: map[string]*clinic{}}}
	if c.Home != nil && c.Press.Brand == "" {
		s.clinics.brand, s.clinics.later = c.Home.Clinic, true
	}
	s.ended, s.end = context.WithCancel(context.Background())
	s.left, s.leave = context.WithCancel(context.Background())
	s.handler = newGuard(s, s.routes())
	return s, nil
}

// routes are all there are. A test walks them, so that a new one is guarded by itself.
func (s *Server) routes() []route {
	routes := []route{
		{"GET /healthz", anybody, nil, s.health},
		{"GET /openapi.yaml", anybody, nil, s.description},
		{"GET /v1/handouts", withToken, []string{"lang"}, s.listHandouts},
		{"POST /v1/handouts", withToken, nil, s.makeHandout},
		{"POST /v1/batches", withToken, listQuery, s.makeBatch},
		{"GET /v1/stretches", withToken, []string{"lang", "q"}, s.listStretches},
		{"GET /v1/stretches/{id}/figure.svg", withToken, []string{"frame"}, s.figure},
	}
	if s.config.Key == nil {
		return routes
	}
	routes = append(routes, []route{
		{"GET /{$}", anybody, nil, s.shell},
		{"GET /assets/{name}", anybody, nil, s.assetFile},
		{"GET /page/state", withKey, []string{"lang"}, s.state},
		{"POST /page/preview", withKey, nil, s.preview},
		{"POST /page/own", withKey, nil, s.makeOwn},
		{"GET /page/stretches/{id}", withKey, []string{"lang"}, s.aboutStretch},
	}...)
	if s.config.Home == nil { // of another computer: nothing is kept there, changed or sent
		return routes
	}
	return append(routes, []route{
		{"GET /page/proof", anybody, []string{"of"}, s.proof},
		{"POST /page/mail", withKey, nil, s.mailPage},
		{"POST /page/list", withKey, nil, s.readList},
		{"POST /page/services", withKey, nil, s.keepService},
		{"POST /page/days", withKey, nil, s.makeDay},
		{"GET /page/days", withKey, nil, s.listDays},
		{"GET /page/days/{date}/print.pdf", withKey, nil, s.printDay},
		{"GET /page/days/{date}/handouts.zip", withKey, nil, s.zipDay},
		{"GET /page/days/{date}/outbox", withKey, nil, s.listOutbox},
		{"POST /page/days/{date}/outbox", withKey, nil, s.decideOutbox},
		{"POST /page/days/{date}/sent", withKey, nil, s.sendOutbox},
		{"POST /page/days/{date}/show", withKey, nil, s.showDay},
		{"DELETE /page/days/{date}", withKey, nil, s.deleteDay},
		{"POST /page/handouts", withKey, nil, s.keepOwn},
		{"GET /page/clinic", withKey, nil, s.clinicState},
		{"PUT /page/clinic", withKey, nil, s.keepClinic},
		{"POST /page/clinic/preview", withKey, nil, s.previewClinic},
		{"POST /page/stop", withKey, nil, s.stop},
		{"POST /page/packs", withKey, nil, s.addPack},
		{"PUT /page/packs/{id}", withKey, nil, s.renamePack},
		{"DELETE /page/packs/{id}", withKey, nil, s.dropPack},
	}...)
}

// Bounds of what is waited for. A batch's answer may take longer, as long as it goes on.
const (
	headerTime = 5 * time.Second
	readTime   = 30 * time.Second
	writeTime  = 2 * time.Minute
	idleTime   = 2 * time.Minute
	maxWait    = 10 * time.Second // for a desk: whoever asks has given up soon after, and asks again
	maxHeader  = 32 << 10
)

// Serve answers what comes until ctx ends, or the page says stop. Then it listens no longer, and what is under
// way has the grace; a batch that takes longer ends between two rows, which it tells.
func (s *Server) Serve(ctx context.Context, on net.Listener) error {
	server := &http.Server{Handler: s, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime,
		IdleTimeout: idleTime, MaxHeaderBytes: maxHeader,
		ErrorLog: log.New(io.Discard, "", 0)} // it would tell addresses
	done := make(chan error, 1)
	go func() { done <- server.Serve(on) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	case <-s.left.Done():
	}
	s.stopping.Store(true)
	patience := time.AfterFunc(s.config.Grace, s.end)
	defer patience.Stop()
	defer s.end()
	last, cancel := context.WithTimeout(context.Background(), s.config.Grace+5*time.Second)
	defer cancel()
	if err := server.Shutdown(last); err != nil {
		_ = server.Close() // whoever does not read will not
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// stop ends the server as a signal would: what is under way, this answer too, has the grace.
func (s *Server) stop(w http.ResponseWriter, r *http.Request) error {
	if err := reads(w, r, maxOrder, &struct{}{}, nil, ""); err != nil {
		return err
	}
	w.WriteHeader(http.StatusAccepted)
	s.leave()
	return nil
}

// whileOpen is a request's context, which is over too when no row may be begun any more.
func (s *Server) whileOpen(r *http.Request) (ctx context.Context, done func()) {
	ctx, cancel := context.WithCancel(r.Context())
	stop := context.AfterFunc(s.ended, cancel)
	return ctx, func() { stop(); cancel() }
}

// health tells whether requests are taken.
func (s *Server) health(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if s.stopping.Load() {
		w.WriteHeader(http.StatusServiceUnavailable)
		_, err := io.WriteString(w, "stopping\n")
		return err
	}
	_, err := io.WriteString(w, "ok\n")
	return err
}

//go:embed openapi.yaml
var openapi []byte

// description is what the interface is, for programs.
func (s *Server) description(w http.ResponseWriter, r *http.Request) error {
	return kept(w, r, "application/yaml", openapi)
}
