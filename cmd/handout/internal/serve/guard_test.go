package serve

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// tokens is a file with one, and the path.
func tokens(t *testing.T) (*Tokens, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(path, []byte("# practice software\nfirst-token-of-the-tests\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := OpenTokens(path)
	if err != nil {
		t.Fatal(err)
	}
	return list, path
}

// asked is a request to a route, as good as can be told from its pattern: whoever adds a
// route has it guarded, or a test fails.
func asked(r route) (what, body string) {
	method, path, _ := strings.Cut(r.pattern, " ")
	path = strings.ReplaceAll(strings.ReplaceAll(path, "{id}", "figure-4"), "{date}", "2026-11-29")
	switch r.pattern {
	case "GET /assets/{name}":
		path = "/assets/make.js"
	case "GET /{$}":
		path = "/"
	case "POST /v1/handouts", "POST /page/preview":
		body = `{"handout": "sciatica"}`
	case "POST /page/list", "POST /page/days":
		body = listed("name,handout\nAna Ruiz,sciatica\n", `"date": "2026-11-29"`, `"print": true`)
	case "POST /page/services":
		body = `{"service": "Hot stone 90", "handout": "sciatica"}`
	case "POST /page/mail":
		body = `{"handout": "sciatica", "to": "ana@example.org", "agreed": true}`
	case "POST /page/days/{date}/outbox":
		body = `{"code": "K7Q2-9MXD", "do": "settle"}`
	case "POST /page/days/{date}/sent", "POST /page/days/{date}/show", "POST /page/stop":
		body = `{}`
	case "POST /page/own":
		body = `{"name": "back.md", "text": "---\ntitle: My back\n---\n\nMove a little, and often.\n"}`
	case "POST /page/handouts":
		body = `{"name": "back.md", "text": "---\ntitle: My back\n---\n\nMove a little, and often.\n"}`
	case "PUT /page/clinic":
		body = `{"settings": {}}`
	case "POST /page/clinic/preview":
		body = `{"settings": {"name": "Harbour Lane"}, "order": {"handout": "sciatica"}}`
	case "POST /page/packs":
		body = `{"name": "First week", "stretches": ["figure-4"]}`
	case "PUT /page/packs/{id}":
		path, body = "/page/packs/ours", `{"name": "Second week"}`
	case "DELETE /page/packs/{id}":
		path = "/page/packs/ours"
	case "POST /v1/batches":
		body = `{"visits": [{"id": "1", "handout": "sciatica"}]}`
	}
	return method + " " + path, body
}

// anew has the home of a server as a request finds it: with a pack, and no clinic's file.
func anew(t *testing.T, s *Server) {
	t.Helper()
	home := s.config.Home
	if home == nil {
		return
	}
	if err := os.Remove(home.Clinic); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if err := keep(s.packPath("ours"), []byte("name: Ours\nstretches: [bridge]\n")); err != nil {
		t.Fatal(err)
	}
}

// strangers is a server whose page is for other computers.
func strangers(t *testing.T, list *Tokens) *Server {
	t.Helper()
	s := opened(t, Config{Tokens: list, Far: true})
	s.config.Key = list
	s.handler = newGuard(s, s.routes())
	return s
}

// Every route there is keeps strangers out, in the same order: by which name, with which
// token, from which site, with what.
func TestGuard(t *testing.T) {
	list, _ := tokens(t)
	days := filepath.Join(t.TempDir(), "days")
	home := func() *Home {
		dir := filepath.Join(t.TempDir(), "Handouts")
		return &Home{Clinic: filepath.Join(dir, "clinic.yaml"), Shelf: dir, Start: []byte(clinicStart)}
	}
	show := func(string) error { return nil }
	open := dayClinic(t, Config{Key: list, Days: days, Home: home(), Show: show})
	closed := dayClinic(t, Config{Tokens: list, Key: list, Days: days, Home: home(), Show: show})
	elsewhere := strangers(t, list)
	const token = "Authorization: Bearer first-token-of-the-tests"
	if len(open.routes()) < 20 {
		t.Fatal("this test is not looking at the routes")
	}
	for _, r := range open.routes() {
		what, body := asked(r)
		method, path, _ := strings.Cut(what, " ")
		changes, sends := method != "GET", method == "POST" || method == "PUT"
		// What keeps nothing needs no key on this computer, and what is the page's does.
		ask := func(s *Server, what, body string, headers ...string) *httptest.ResponseRecorder {
			if r.who == withKey && s == open {
				headers = append([]string{token}, headers...)
			}
			anew(t, s)
			if r.pattern == "POST /page/services" && s != elsewhere { // which wants a clinic's file
				if err := keep(s.config.Home.Clinic, []byte("name: Hill\n")); err != nil {
					t.Fatal(err)
				}
			}
			return ask(s, what, body, headers...)
		}
		expect := func(want int, kind string, w *httptest.ResponseRecorder, why ...any) {
			t.Helper()
			if want == 200 && r.pattern == "POST /page/stop" {
				want = 202 // it is yet to end
			}
			if w.Code != want {
				t.Errorf("%s, %v: %d and not %d: %.200s", r.pattern, why, w.Code, want, w.Body)
				return
			}
			if kind != "" {
				if got, _ := problemOf(t, w); got != kind {
					t.Errorf("%s, %v: %s and not %s", r.pattern, why, got, kind)
				}
			}
			for name, value := range headers {
				got := w.Header().Get(name)
				if name == "Cache-Control" && w.Header().Get("ETag") != "" {
					value = "private, no-cache"
				}
				if r.pattern == "GET /{$}" && name == "Content-Security-Policy" && want == 200 {
					value = shellPolicy
				}
				if pdf := w.Header().Get("Content-Type") == "application/pdf"; got != value && !(pdf && name == "Content-Security-Policy") {
					t.Errorf("%s, %v: %s is %q", r.pattern, why, name, got)
				}
			}
			if w.Header().Get("Set-Cookie") != "" || w.Header().Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%s, %v: %v", r.pattern, why, w.Header())
			}
		}
		there := slices.ContainsFunc(elsewhere.routes(), func(o route) bool { return o.pattern == r.pattern })
		switch {
		case !there:
			expect(404, "not-found", ask(elsewhere, what, body, token), "elsewhere")
			expect(404, "not-found", ask(elsewhere, what, body), "elsewhere")
		case r.who != anybody:
			expect(401, "unauthorized", ask(elsewhere, what, body), "elsewhere")
			fallthrough
		default:
			expect(200, "", ask(elsewhere, what, body, token), "elsewhere")
		}
		if writes := r.who == withKey && (changes && method != "POST" || strings.Contains(path, "/days") || strings.Contains(path, "mail") || strings.Contains(path, "clinic") || strings.Contains(path, "pack")); there && writes {
			t.Errorf("%s is reached from elsewhere", r.pattern)
		}
		expect(200, "", ask(open, what, body))
		if w := ask(open, what, body, "Host: LOCALHOST:8787"); r.pattern == "GET /{$}" {
			expect(308, "", w)
			if at := w.Header().Get("Location"); at != "http://127.0.0.1:8787/" {
				t.Errorf("the shell is sent on to %s", at)
			}
		} else {
			expect(200, "", w)
		}
		expect(200, "", ask(open, what, body, "Origin: http://"+host, "Sec-Fetch-Site: same-origin"))
		expect(200, "", ask(open, what, body, "Sec-Fetch-Site: none"))
		for _, name := range []string{"evil.example", "127.0.0.1.evil.example:8787", "127.0.0.1", "127.0.0.1:8788", "localhost", "localhost.:8787", "0.0.0.0:8787", "[::1]:80", "", "127.0.0.1:8787.evil.example"} {
			// As a page does that was rebound: it is of the same site as whom it asks.
			expect(421, "host", ask(closed, what, body, "Host: "+name, token, "Origin: http://"+name, "Sec-Fetch-Site: same-origin"), name)
		}
		for _, header := range []string{"", "Authorization: Bearer", "Authorization: Bearer ", "Authorization: Basic first-token-of-the-tests", "Authorization: Bearer first-token-of-the-test",
			"Authorization: Bearer first-token-of-the-tests ", "Authorization: Bearer # practice software", "Cookie: token=first-token-of-the-tests"} {
			if header == "" {
				header = "X: y"
			}
			w := ask(closed, what, body, header, "Sec-Fetch-Site: cross-site")
			switch {
			case r.who != anybody:
				expect(401, "unauthorized", w, header)
				if r.who == withKey && !strings.HasPrefix(header, "Cookie") {
					expect(401, "unauthorized", ask(open, what, body, strings.Replace(header, "X: y", "Authorization: ", 1)), header)
				}
				if w.Header().Get("WWW-Authenticate") == "" {
					t.Errorf("%s: nothing says how to say who one is", r.pattern)
				}
			case changes:
				expect(403, "cross-site", w, header)
			default:
				expect(200, "", w, header)
			}
		}
		expect(200, "", ask(closed, what, body, token))
		expect(200, "", ask(closed, what, body, "Authorization: bearer first-token-of-the-tests"))
		expect(400, "query", ask(open, what+"?frobnicate=1", body))
		for _, method := range []string{"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "ANA"} {
			if slices.ContainsFunc(open.routes(), func(o route) bool {
				_, here, _ := strings.Cut(r.pattern, " ")
				return o.pattern == method+" "+here
			}) {
				continue
			}
			w, want := ask(open, method+" "+path, ""), 405
			if method != "OPTIONS" && method != "TRACE" {
				if w := ask(open, method+" "+path, "", "Sec-Fetch-Site: cross-site"); w.Code != 403 {
					t.Errorf("%s %s from another site: %d", method, path, w.Code)
				}
			}
			if w.Code != want || w.Header().Get("Allow") == "" {
				t.Errorf("%s %s: %d, %q is allowed", method, path, w.Code, w.Header().Get("Allow"))
			} else {
				expect(want, "method", w)
			}
		}
		if !changes {
			continue
		}
		for _, h := range [][]string{{"Sec-Fetch-Site: cross-site"}, {"Sec-Fetch-Site: same-site"}, {"Origin: https://evil.example"}, {"Origin: http://127.0.0.1:8788"}, {"Origin: http://localhost:8787"}, {"Origin: null"}} {
			expect(403, "cross-site", ask(open, what, body, h...), h)
			expect(403, "cross-site", ask(closed, what, body, append(h, token)...), h)
		}
		if !sends {
			continue
		}
		for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "text/plain;application/json", "application/json; charset=latin1", "application/json-seq"} {
			expect(415, "type", ask(open, what, body, "Content-Type: "+kind), kind)
		}
		expect(200, "", ask(open, what, body, "Content-Type: application/json; charset=UTF-8"))
		expect(415, "type", ask(open, what, body, "Content-Encoding: gzip"))
		if r.who != withKey || r.pattern == "POST /page/own" { // else it is JSON, whatever
			expect(406, "not-acceptable", ask(open, what, body, "Accept: text/html"))
		}
		for _, length := range []int64{-1, 200 << 20} { // chunked, and said
			req := httptest.NewRequest(method, path, io.LimitReader(zeros{}, 200<<20))
			req.Host, req.ContentLength = host, length
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("Authorization", strings.TrimPrefix(token, "Authorization: "))
			w := httptest.NewRecorder()
			open.ServeHTTP(w, req)
			expect(413, "too-large", w, length)
		}
		req := httptest.NewRequest(method, path, io.MultiReader(strings.NewReader("{"), broken{}))
		req.Host = host
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Authorization", strings.TrimPrefix(token, "Authorization: "))
		w := httptest.NewRecorder()
		open.ServeHTTP(w, req)
		expect(408, "slow", w, "a body that breaks off")
		expect(400, "not-json", ask(open, what, strings.Repeat(" ", 1<<16)))
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, os.ErrDeadlineExceeded }

// A line that is written into the file opens the door, and one that is taken out shuts it.
func TestTokens(t *testing.T) {
	list, path := tokens(t)
	know := func(token string) bool { return list.know("Bearer " + token) }
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if !know("first-token-of-the-tests") || know("second-token-of-the-tests") || know("") {
		t.Error("the first token alone is in the file")
	}
	write("first-token-of-the-tests\r\n  second-token-of-the-tests  \n\n# third-token-of-the-tests\n")
	if !know("first-token-of-the-tests") || !know("second-token-of-the-tests") || know("third-token-of-the-tests") {
		t.Error("both are in the file")
	}
	write("second-token-of-the-tests\n")
	if know("first-token-of-the-tests") || !know("second-token-of-the-tests") {
		t.Error("the second one alone is in the file")
	}
	for _, text := range []string{"", "# none\n", "short\n", "second-token-of-the-tests\nshort\n", "a token with spaces in it\n"} {
		write(text)
		if know("second-token-of-the-tests") || know("") || know("short") {
			t.Errorf("a file of %q opens the door", text)
		}
		if _, err := OpenTokens(path); err == nil {
			t.Errorf("a file of %q", text)
		}
	}
	write("second-token-of-the-tests\n")
	if !know("second-token-of-the-tests") {
		t.Error("the mended file shuts the door")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if know("second-token-of-the-tests") {
		t.Error("a file that is gone opens the door")
	}
}

// A fault of ours is told by its place, and not by what was thrown.
func TestPanic(t *testing.T) {
	var logged bytes.Buffer
	s := opened(t, Config{Log: func(line string) { fmt.Fprintln(&logged, line) }})
	s.guard().routes["GET /boom"] = route{pattern: "GET /boom"}
	s.guard().mux.HandleFunc("GET /boom", func(http.ResponseWriter, *http.Request) { panic("Quillfeather") })
	if kind, _ := problemOf(t, ask(s, "GET /boom", "")); kind != "internal" {
		t.Error(kind)
	}
	if said := logged.String(); strings.Contains(said, "Quillfeather") || !strings.Contains(said, "a panic in GET /boom at handout/") {
		t.Error(said)
	}
	if w := ask(s, "GET /healthz", ""); w.Code != 200 {
		t.Error("it does not go on")
	}
}

// What is logged is a time, a pattern, and how it went.
func TestLog(t *testing.T) {
	var logged []string
	s := opened(t, Config{Log: func(line string) { logged = append(logged, line) }})
	ask(s, "GET /v1/stretches?q=Quillfeather", "")
	ask(s, "QUILLFEATHER /Quillfeather?Quillfeather=Quillfeather", "", "User-Agent: Quillfeather")
	ask(s, "POST /v1/handouts", `{"handout": "sciatica"}`)
	want := []string{"GET /v1/stretches 200", "- 404", "POST /v1/handouts 200"}
	for i, line := range logged {
		at, rest, _ := strings.Cut(line, " ")
		if _, err := time.Parse(time.RFC3339, at); err != nil || !strings.HasPrefix(rest, want[i]) || strings.Contains(line, "uillfeather") {
			t.Errorf("%q", line)
		}
	}
	if len(logged) != 3 {
		t.Error(logged)
	}
}

// A name in a path is a name: whatever it is made of, it leads nowhere else, and nothing is made
// or lost by it.
func TestPathNames(t *testing.T) {
	list, _ := tokens(t)
	dir := t.TempDir()
	home := filepath.Join(dir, "Handouts")
	s := dayClinic(t, Config{Key: list, Days: filepath.Join(dir, "days"), Show: func(string) error { t.Error("a folder is shown"); return nil },
		Home: &Home{Clinic: filepath.Join(home, "clinic.yaml"), Shelf: home, Start: []byte(clinicStart)}})
	anew(t, s)
	for _, name := range []string{"days/precious", "Handouts/precious.yaml", "precious"} {
		if err := keep(filepath.Join(dir, name), []byte("name: Precious\nstretches: [bridge]\n")); err != nil {
			t.Fatal(err)
		}
	}
	files := func() (all []string) {
		if err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				all = append(all, path)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return all
	}
	before, n := files(), 0
	for _, r := range s.routes() {
		method, path, _ := strings.Cut(r.pattern, " ")
		at, rest := strings.Index(path, "{"), strings.LastIndex(path, "}")
		if at < 0 || r.pattern == "GET /{$}" {
			continue
		}
		for _, name := range []string{"..", "%2e%2e", "..%2Fprecious", "..%2F..%2Fprecious", "precious%00", "%5C..%5Cprecious", "C:%5Cprecious", "%2Fetc%2Fpasswd", ".", "con", "-", "%20", "a%0d%0aX:%20y",
			strings.Repeat("a", 5000), "%F0%9F%AB%A8", "%ff", "2026-11-29%2F..%2F..", "precious.yaml", "page.html%2F.."} {
			n++
			what := method + " " + path[:at] + name + path[rest+1:]
			_, body := asked(r)
			w := ask(s, what, body, "Authorization: Bearer first-token-of-the-tests")
			if w.Code < 300 || w.Code >= 500 {
				t.Errorf("%.80s: %d %.200s", what, w.Code, w.Body)
			}
			if strings.Contains(w.Body.String(), dir) || strings.Contains(w.Body.String(), "root:") || w.Header().Get("X") != "" {
				t.Errorf("%.80s tells %.300s", what, w.Body)
			}
		}
	}
	for _, clinic := range []string{"..", "../precious", "/etc/passwd", "precious.yaml", "a/b", "", "C:\\precious", "north\x00"} {
		body := fmt.Sprintf(`{"handout": "sciatica", "clinic": %q}`, clinic)
		if w := ask(s, "POST /v1/handouts", body); w.Code != 422 && w.Code != 400 {
			t.Errorf("clinic %q: %d", clinic, w.Code)
		}
	}
	if n < 100 || !slices.Equal(before, files()) {
		t.Errorf("after %d names there are %q", n, files())
	}
}
