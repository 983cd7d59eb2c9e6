package serve

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"time"
)

// route is a pattern of the mux and what answers it.
type route struct {
	pattern string
	who     who      // may ask
	query   []string // the parameters there may be
	answer  func(http.ResponseWriter, *http.Request) error
}

// who may ask: what keeps nothing needs no key on this computer, what is the page's does.
type who uint8

const (
	anybody   who = iota
	withToken     // of the server's, if it has any
	withKey       // the page's
)

// maxAtOnce is how many requests may be under way. What waits for a page is bounded by the
// press as well.
const maxAtOnce = 1024

// guard stands before all routes. Its order is: which host is asked, by whom, from which
// site, and only then for what.
type guard struct {
	*Server
	mux    *http.ServeMux
	routes map[string]route // by pattern
	hosts  map[string]bool
	cross  *http.CrossOriginProtection
	places chan struct{}
}

func newGuard(s *Server, routes []route) *guard {
	g := &guard{Server: s, mux: http.NewServeMux(), routes: map[string]route{}, hosts: map[string]bool{},
		cross: http.NewCrossOriginProtection(), places: make(chan struct{}, maxAtOnce)}
	for _, host := range s.config.Hosts {
		g.hosts[strings.ToLower(host)] = true
	}
	for _, r := range routes {
		g.routes[r.pattern] = r
		g.mux.HandleFunc(r.pattern, func(w http.ResponseWriter, req *http.Request) {
			if err := r.answer(w, req); err != nil {
				s.fail(w, req, err)
			}
		})
	}
	return g
}

// headers are those of all answers.
var headers = map[string]string{
	"Cache-Control":                "no-store",
	"Content-Security-Policy":      "default-src 'none'; frame-ancestors 'self'",
	"Cross-Origin-Embedder-Policy": "none",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), microphone=(), geolocation=()",
	"Referrer-Policy":              "no-referrer",
	"Server":                       "handout",
	"X-Content-Type-Options":       "nosniff",
}

func (g *guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began, to := time.Now(), &recorder{ResponseWriter: w, far: g.config.Far}
	to.unpacks = to.far && unpacks(r)
	for name, value := range headers {
		to.Header().Set(name, value)
	}
	defer func() {
		caught := recover()
		if caught != nil && caught != http.ErrAbortHandler {
			// Not what was thrown: it may hold anything.
			g.log("handout: a panic in " + where(r) + " at " + thrownAt())
			if to.status == 0 {
				(&problem{kind: internal}).answer(to)
				caught = nil
			} else {
				caught = http.ErrAbortHandler
			}
		}
		g.log(fmt.Sprintf("%s %s %d %d ms %d bytes", began.UTC().Format(time.RFC3339), where(r), to.status,
			time.Since(began).Milliseconds(), to.bytes))
		if caught != nil {
			panic(caught) // the connection is cut
		}
	}()
	h, pattern := g.mux.Handler(r)
	if p := g.refuses(r, pattern); p != nil {
		if p.kind == unauthorized {
			to.Header().Set("WWW-Authenticate", `Bearer realm="handout"`)
		}
		p.answer(to)
		return
	}
	select {
	case g.places <- struct{}{}:
		defer func() { <-g.places }()
	default:
		(&problem{kind: busy}).answer(to)
		return
	}
	if pattern == "" {
		g.lost(to, r, h)
		return
	}
	g.mux.ServeHTTP(to, r)
}

// refuses is why nobody here answers the request, if so.
func (g *guard) refuses(r *http.Request, pattern string) *problem {
	if !g.hosts[strings.ToLower(r.Host)] {
		return &problem{kind: wrongHost,
			hint: "use the address it prints when it starts, or allow another with --host"}
	}
	route := g.routes[pattern]
	said := r.Header.Get("Authorization")
	switch {
	case route.who == withToken && g.config.Tokens != nil && !g.config.Tokens.know(said):
		return &problem{kind: unauthorized, hint: "Authorization: Bearer and a line of the file after --token-file"}
	case route.who == withKey && !g.config.Key.know(said) && g.config.Home == nil:
		return &problem{kind: unauthorized, errors: []mistake{{Code: "token-missing", Detail: kinds[unauthorized].title,
			Hint: "the page asks for it: a line of the file after --token-file"}}}
	case route.who == withKey && !g.config.Key.know(said):
		return &problem{kind: unauthorized, hint: "open the page from handout serve, which knows its key"}
	}
	if g.cross.Check(r) != nil {
		return &problem{kind: crossSite}
	}
	if pattern == "" {
		return nil
	}
	return asksFor(r, route.query)
}

// asksFor refuses a query with parameters that nobody reads.
func asksFor(r *http.Request, known []string) *problem {
	if r.URL.RawQuery == "" {
		return nil
	}
	hint := "there are " + strings.Join(known, ", ")
	if len(known) == 0 {
		hint = "there are none here"
	}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return &problem{kind: badQuery, hint: hint}
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		p := &problem{kind: badQuery, errors: []mistake{{Code: "parameter-unknown",
			Detail: "there is no such parameter", Hint: hint}}}
		if !slices.Contains(known, name) {
			return p
		}
		if len(values[name]) > 1 {
			p.errors[0] = mistake{Code: "parameter-twice", Detail: "the parameter " + name + " is given twice",
				Hint: "leave one out"}
			return p
		}
	}
	return nil
}

// lost answers what no route does, with what the mux says of it.
func (g *guard) lost(w http.ResponseWriter, r *http.Request, mux http.Handler) {
	silent := &silence{header: http.Header{}}
	mux.ServeHTTP(silent, r)
	p := &problem{kind: notFound, hint: "GET /openapi.yaml says what there is"}
	if g.config.Key != nil && g.config.Home == nil && strings.HasPrefix(r.URL.Path, "/page/") {
		p.hint = "settings, packs, day lists and mail are on the page of the clinic's own computer: " +
			"handout serve without --listen"
	}
	if silent.status == http.StatusMethodNotAllowed {
		p = &problem{kind: wrongMethod, hint: "allowed is " + silent.header.Get("Allow")}
		w.Header().Set("Allow", silent.header.Get("Allow"))
	}
	p.answer(w)
}

// silence takes an answer's head and forgets the rest.
type silence struct {
	header http.Header
	status int
}

func (s *silence) Header() http.Header         { return s.header }
func (s *silence) Write(b []byte) (int, error) { return len(b), nil }
func (s *silence) WriteHeader(status int)      { s.status = status }

// recorder knows what was answered.
type recorder struct {
	http.ResponseWriter
	status  int
	bytes   int64
	far     bool // from who asks
	unpacks bool // who asks
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// where is what a log may say of a request: the pattern, and never the path.
func where(r *http.Request) string {
	if r.Pattern != "" {
		return r.Pattern
	}
	return "-"
}

// thrownAt is the place of a panic in our own code.
func thrownAt() string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "handout/") {
			return fmt.Sprintf("%s:%d", f.Function, f.Line)
		}
		if !more {
			return "an unknown place"
		}
	}
}
