package serve

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handout/cmd/handout/internal/day"
	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/layout"
)

// host is what the server of the tests is called.
const host = "127.0.0.1:8787"

// opened is a server of the tests, with plain words for what the verb says in sentences.
func opened(t testing.TB, c Config) *Server {
	t.Helper()
	c.Hosts = []string{host, "localhost:8787"}
	c.Today = func() time.Time { return time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC) }
	c.Now = func() time.Time { return time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC) }
	if c.Days == "" {
		c.Days = filepath.Join(t.TempDir(), "days")
	}
	c.Day = day.Voice{Mistakes: press.Mistakes,
		Fit: func(*layout.Fitting) (cut, notes []string) { return nil, nil }}
	c.Say = Voice{
		Cut:     func(c layout.Concession) string { return "cut " + c.Of.Name },
		Notes:   func(*layout.Fitting) []string { return nil },
		TooLong: func(e *layout.OverflowError) *content.Error { return content.Errorf("too-long", "cut it", "%v", e) },
	}
	if c.Key != nil && c.Home == nil {
		home := filepath.Join(t.TempDir(), "Handouts")
		c.Home = &Home{Clinic: filepath.Join(home, "clinic.yaml"), Shelf: home, Start: []byte(clinicStart)}
		c.Press.Home, c.Proof = home, Proof{"a key", "a home"}
	}
	s, err := Open(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// clinicStart is what a clinic's file begins with.
const clinicStart = "# Ours\nname: Your Clinic\nphone: 555 0100 # the desk\n# booking: https://example.org/book\ncolors:\n  main: \"#17545e\"\n"

// served is the address of a server that listens until the test ends.
func served(t *testing.T, s *Server) (url string) {
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.guard().hosts[server.Listener.Addr().String()] = true
	return server.URL
}

// guard is what stands before the routes.
func (s *Server) guard() *guard { return s.handler.(*guard) }

// ask sends a request as curl would: method and path, a body, and headers as "Name: value".
func ask(s *Server, what, body string, headers ...string) *httptest.ResponseRecorder {
	method, path, _ := strings.Cut(what, " ")
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = host
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		if r.Header.Set(name, value); name == "Host" {
			r.Host = value
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// problemOf is the kind of a problem, and its mistakes as "pointer code".
func problemOf(t *testing.T, w *httptest.ResponseRecorder) (kind string, wrong []string) {
	t.Helper()
	var p struct {
		Type, Title string
		Status      int
		Errors      []mistake
	}
	if kind := w.Header().Get("Content-Type"); kind != "application/problem+json" {
		t.Fatalf("a problem of the type %q, %d: %.200s", kind, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Title == "" || p.Status != w.Code {
		t.Fatalf("%v: %s", err, w.Body)
	}
	for _, m := range p.Errors {
		wrong = append(wrong, m.Pointer+" "+m.Code)
		if m.Code == "" || m.Detail == "" || strings.Contains(m.Hint, "`handout list ") && !strings.Contains(m.Hint, "packs") ||
			strings.Contains(m.Hint+m.Detail, " --anyway") {
			t.Errorf("this is for no program: %+v", m)
		}
	}
	return strings.TrimPrefix(p.Type, "/problems#"), wrong
}

func TestPage(t *testing.T) {
	s := opened(t, Config{})
	const order = `{"handout": "sciatica", "patient": "Zoë Nuñez-O'Brien", "date": "2026-11-29", "next_visit": "Tuesday",
		"stretches": ["figure-4", {"id": "cat-cow", "reps": 5.0, "per_day": 2}, {"id": "hamstring-strap", "hold": 20, "side": "left", "note": "slowly, \"please\""}]}`
	pdf := ask(s, "POST /v1/handouts", order)
	if pdf.Code != 200 || pdf.Header().Get("Content-Type") != "application/pdf" || !bytes.HasPrefix(pdf.Body.Bytes(), []byte("%PDF-1.7")) {
		t.Fatalf("%d %.300s", pdf.Code, pdf.Body)
	}
	h := pdf.Header()
	if h.Get("Content-Disposition") != "inline; filename=sciatica.pdf" || h.Get("Content-Security-Policy") != "" || h.Get("Handout-Type-Size") == "" ||
		h.Get("Handout-Cuts") == "" || h.Get("Handout-Look") == "" || h.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", h)
	}
	for range 3 {
		if again := ask(s, "POST /v1/handouts", order); !bytes.Equal(again.Body.Bytes(), pdf.Body.Bytes()) {
			t.Error("the same request has other bytes")
		}
	}
	if again := ask(opened(t, Config{}), "POST /v1/handouts", order); !bytes.Equal(again.Body.Bytes(), pdf.Body.Bytes()) {
		t.Error("another server answers with other bytes")
	}
	if undated := ask(s, "POST /v1/handouts", strings.Replace(order, `"date": "2026-11-29", `, "", 1)); !bytes.Equal(undated.Body.Bytes(), pdf.Body.Bytes()) {
		t.Error("a page without a date is not of today")
	}
	const filmed = `{"handout": "after-massage", "look": "rows", "stretches": [{"id": "figure-4", "video": "https://example.org/film"}]}`
	film, bare := ask(s, "POST /v1/handouts", filmed), ask(s, "POST /v1/handouts", strings.Replace(filmed, `, "video": "https://example.org/film"`, "", 1))
	if film.Code != 200 || bare.Code != 200 || bytes.Equal(film.Body.Bytes(), bare.Body.Bytes()) {
		t.Errorf("a film is not on the page: %d", film.Code)
	}
	ranged := ask(s, "POST /v1/handouts", strings.Replace(order, `"reps": 5.0`, `"reps": "10–12"`, 1), "Accept: application/json")
	if !strings.Contains(ranged.Body.String(), `"10–12 `) {
		t.Errorf("a range is %s", ranged.Body)
	}
	svg := ask(s, "POST /v1/handouts", order, "Accept: image/svg+xml")
	if svg.Code != 200 || svg.Header().Get("Content-Type") != "image/svg+xml" || !strings.HasPrefix(svg.Body.String(), "<svg ") {
		t.Errorf("%d %.300s", svg.Code, svg.Body)
	}
	var r report
	said := ask(s, "POST /v1/handouts", order, "Accept: application/json, */*;q=0.1")
	if err := json.Unmarshal(said.Body.Bytes(), &r); err != nil || r.Handout != "sciatica" || r.Paper != "letter" || len(r.Stretches) != 3 ||
		r.Stretches[2].Dose != "Hold 20 seconds, 3 times, left side, every day" {
		t.Errorf("%v: %s", err, said.Body)
	}
	locked := ask(s, "POST /v1/handouts", `{"handout": "sciatica", "password": "tulip"}`)
	if locked.Code != 200 || !bytes.Contains(locked.Body.Bytes(), []byte("/Encrypt")) {
		t.Errorf("a locked page: %d", locked.Code)
	}
	if none := ask(s, "POST /v1/handouts", `{"handout": "sciatica", "date": null, "stretches": []}`, "Accept: application/json"); !strings.Contains(none.Body.String(), `"stretches":[]`) {
		t.Errorf("no stretches: %s", none.Body)
	}
}

// What is wrong with an order is told by its place, all of it at once.
func TestMistakes(t *testing.T) {
	s := opened(t, Config{Brands: t.TempDir()})
	long := strings.Repeat("x", 500)
	for body, want := range map[string]string{
		`{"handout": "sciatca"}`:                                                                                                                                              "unknown-handout: /handout unknown-name",
		`{"handout": "sciatica", "lang": "ja"}`:                                                                                                                               "invalid: /lang page-not-in-language",
		`{"handout": "sciatica", "lang": ""}`:                                                                                                                                 "invalid: /lang language-unreadable",
		`{"handout": "sciatica", "stretches": ["nothing", "figure-4", "figure"]}`:                                                                                             "unknown-stretch: /stretches/0 unknown-name, /stretches/2 unknown-name",
		`{"handout": "sciatica", "stretches": ["@nothing"]}`:                                                                                                                  "unknown-stretch: /stretches/0 unknown-name",
		`{"handout": "nothing", "stretches": ["nothing"], "paper": "a5"}`:                                                                                                     "invalid: /paper not-of-the-list, /handout unknown-name, /stretches/0 unknown-name",
		`{"handout": "sciatica", "stretches": ["figure-4", "figure-4"]}`:                                                                                                      "invalid: /stretches/1 stretch-chosen-twice",
		`{"handout": "sciatica", "stretches": [{"id": "@sciatica", "reps": 2}]}`:                                                                                              "invalid: /stretches/0/reps not-a-dose",
		`{"handout": "sciatica", "stretches": ["figure-4:hold=20s", "", "a\nb"]}`:                                                                                             "invalid: /stretches/0 dose-in-name, /stretches/1 name-empty, /stretches/2 stretch-name-missing",
		`{"handout": "sciatica", "stretches": ["1","2","3","4","5","6","7","8","9","10","11"]}`:                                                                               "invalid: /stretches list-too-long",
		`{"handout": "sciatica", "stretches": [{"id": "figure-4", "hold": 301, "reps": 2.5, "sets": "2", "twist": 1}]}`:                                                       "invalid: /stretches/0/sets not-a-number, /stretches/0 member-unknown",
		`{"handout": "sciatica", "stretches": [{"id": "figure-4", "hold": 301}, {"id": "cat-cow", "reps": 2.5}]}`:                                                             "invalid: /stretches/0/hold choice-dose-wrong, /stretches/1/reps choice-dose-wrong",
		`{"handout": "sciatica", "stretches": [{"id": "figure-4", "reps": "12-10", "unit": ""}, {"id": "cat-cow", "reps": "5-51"}]}`:                                          "invalid: /stretches/0/reps choice-dose-wrong, /stretches/1/reps choice-dose-wrong",
		`{"handout": "sciatica", "stretches": [{"id": "figure-4", "reps": "5"}, {"id": "cat-cow", "reps": "10-12-14"}]}`:                                                      "invalid: /stretches/0/reps not-a-number, /stretches/1/reps not-a-number",
		`{"handout": "sciatica", "stretches": [{"id": "figure-4", "video": "http://example.org"}, {"id": "@sciatica", "video": "https://example.org/film"}]}`:                 "invalid: /stretches/0/video choice-video-wrong, /stretches/1/video not-a-dose",
		`{"handout": "sciatica", "stretches": [{"reps": 5}, {"id": "figure-4", "hold": 5, "breaths": 2}, 7, null]}`:                                                           "invalid: /stretches/0 member-missing, /stretches/1 held-two-ways, /stretches/2 not-an-object, /stretches/3 not-an-object",
		`{"handout": "sciatica", "stretches": [{"id": "figure-4", "note": "` + long + `"}, {"id": "cat-cow", "note": "\u0007"}]}`:                                             "invalid: /stretches/0/note text-too-long, /stretches/1/note visit-text-control-character",
		`{"handout": "sciatica", "stretches": ["figure-4", {"id": "cat-cow", "note": "\u0007"}], "next_visit": "\u0007"}`:                                                     "invalid: /next_visit visit-text-control-character, /stretches/1/note visit-text-control-character",
		`{"handout": "sciatica", "patient": "` + long + `", "therapist": " ", "note": 7}`:                                                                                     "invalid: /note not-text, /patient text-too-long, /therapist visit-text-blank",
		`{"handout": "sciatica", "patient": "\ud800"}`:                                                                                                                        "invalid: /patient text-damaged",
		`{"handout": "sciatica", "patient": "` + "\U0001fae8" + `"}`:                                                                                                          "no-glyph: /patient characters-missing",
		`{"handout": "sciatica", "stretches": [{"id": "cat-cow", "note": "` + "\U0001fae8" + `"}]}`:                                                                           "no-glyph: /stretches characters-missing",
		`{"handout": "sciatica", "next_visit": "` + "\U0001fae8" + `", "note": "` + "\U0001fae8" + `", "therapist": "` + "\U0001fae8" + `"}`:                                  "no-glyph: /therapist characters-missing, /next_visit characters-missing, /note characters-missing",
		`{"handout": "sciatica", "Patient": "Ana", "patients": "Bo"}`:                                                                                                         "invalid:  member-unknown,  member-unknown",
		`{"handout": "sciatica", "patient": "Ana", "patient": "Bo"}`:                                                                                                          "invalid: /patient member-twice",
		`{"handout": null, "date": "tomorrow", "punch": "yes", "strict": 1}`:                                                                                                  "invalid: /date day-unreadable, /handout not-text, /punch not-true-or-false, /strict not-true-or-false",
		`{"handout": "", "min_type": 8, "date": "2026-02-30"}`:                                                                                                                "invalid: /date day-unreadable, /handout name-empty, /min_type type-out-of-range",
		`{"handout": "sciatica", "min_type": "12", "look": "baroque", "edition": "LARGE", "side": "Left"}`:                                                                    "invalid: /edition not-of-the-list, /look not-of-the-list, /min_type not-a-number, /side not-of-the-list",
		`{"handout": "sciatica", "password": ""}`:                                                                                                                             "invalid: /password password-empty",
		`{"handout": "sciatica", "password": "a\nb"}`:                                                                                                                         "invalid: /password password-unusable",
		`{"handout": "sciatica", "clinic": "../etc/passwd"}`:                                                                                                                  "invalid: /clinic clinic-unreadable",
		`{"handout": "sciatica", "clinic": "north"}`:                                                                                                                          "invalid: /clinic clinic-unknown",
		`{"handout": "../../etc/passwd"}`:                                                                                                                                     "unknown-handout: /handout unknown-name",
		`{"patient": "Ana"}`:                                                                                                                                                  "invalid:  member-missing",
		`{"handout": "sciatica", "min_type": 18, "edition": "large", "stretches": ["figure-4", "cat-cow", "knee-to-chest", "hamstring-strap", "bird-dog", "trunk-rotation"]}`: "too-long:  too-long",
		`[]`:                      "invalid:  not-an-object",
		`null`:                    "invalid:  not-an-object",
		`"sciatica"`:              "invalid:  not-an-object",
		``:                        "type: ",
		`{`:                       "not-json:  not-json",
		`{} {}`:                   "not-json:  not-json",
		"{\"handout\": \"\xff\"}": "not-json:  not-json",
		`{"handout": ` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`: "not-json:  not-json",
	} {
		w := ask(s, "POST /v1/handouts", body)
		kind, wrong := problemOf(t, w)
		if body == "" {
			wrong = nil // the hint
		}
		if kind == "not-json" && !strings.Contains(w.Body.String(), jsonHint) {
			t.Errorf("%.200s: no hint in %s", body, w.Body)
		}
		if got := kind + ": " + strings.Join(wrong, ", "); got != want {
			t.Errorf("%.200s\n got %s\nwant %s", body, got, want)
		}
	}
}

// A dose in words is answered with the members that say it.
func TestDoseInWords(t *testing.T) {
	s := opened(t, Config{})
	for member, want := range map[string]string{
		`"hold": "1:30"`:        `write \"hold\": 90`,
		`"hold": "5 breaths"`:   `write \"breaths\": 5`,
		`"sets": "3x10"`:        `write \"sets\": 3, \"reps\": 10`,
		`"days": "daily"`:       `write \"days\": 7`,
		`"days": "3x/week"`:     `write \"days\": 3`,
		`"per_day": "1-2"`:      `write \"per_day\": 2, and the rest in a note: \"note\": \"once or twice a day\"`,
		`"reps": "10 to 12"`:    `write \"reps\": \"10-12\""`,
		`"reps": "ten or less"`: `a dose looks like`,
	} {
		w := ask(s, "POST /v1/handouts", `{"handout": "sciatica", "stretches": [{"id": "figure-4", `+member+`}]}`)
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %s", member, w.Body)
		}
	}
}

// Hostile words are words: they are on the page and nowhere else.
func TestHostileWords(t *testing.T) {
	s := opened(t, Config{})
	for _, word := range []string{`<img src=x onerror=alert(1)>`, `</script><script>alert(1)</script>`, `'; DROP TABLE patients; --`, `../../../etc/passwd`,
		`%s%n{{.}}${7*7}`, `\"},"handout":"x`, "Ana\r\nSet-Cookie: a=b", "=cmd|' /C calc'!A0"} {
		text, err := json.Marshal(word)
		if err != nil {
			t.Fatal(err)
		}
		body := strings.ReplaceAll(`{"handout": "sciatica", "patient": W, "therapist": W, "next_visit": W, "note": W, "stretches": [{"id": "cat-cow", "note": W}]}`, "W", string(text))
		for _, kind := range []string{"application/pdf", "image/svg+xml", "application/json"} {
			w := ask(s, "POST /v1/handouts", body, "Accept: "+kind)
			if w.Code != 200 || bytes.Contains(w.Body.Bytes(), []byte(word)) || strings.Contains(fmt.Sprint(w.Header()), word) || w.Header().Get("Set-Cookie") != "" {
				t.Errorf("%s as %s: %d %.200s", word, kind, w.Code, w.Body)
			}
		}
		for _, member := range []string{"handout", "lang", "look", "paper", "side", "date", "clinic"} {
			w := ask(s, "POST /v1/handouts", fmt.Sprintf(`{"handout": "sciatica", %q: %s}`, member, text))
			if w.Code != 422 || bytes.Contains(w.Body.Bytes(), text[1:len(text)-1]) {
				t.Errorf("%s as %s: %d %s", word, member, w.Code, w.Body)
			}
		}
	}
}

// A file that is saved is seen by the next request: of the library, and of the clinic.
func TestSavedFiles(t *testing.T) {
	dir := t.TempDir()
	save := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	save("clinic.yaml", "name: Hill Clinic\n")
	save("library/handouts/mine.md", "---\ntitle: Mine\n---\nText.\n")
	save("brands/north.yaml", "name: North\n")
	save("brands/south/clinic.yaml", "name: South\npaper: a4\n")
	s := opened(t, Config{Press: press.Config{Brand: filepath.Join(dir, "clinic.yaml"), Library: []string{filepath.Join(dir, "library")}}, Brands: filepath.Join(dir, "brands")})
	title := func(body string) string {
		t.Helper()
		w := ask(s, "POST /v1/handouts", body, "Accept: application/json")
		var r report
		if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil || w.Code != 200 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		return r.Title + " on " + r.Paper
	}
	has := func(body, text string) bool {
		return strings.Contains(ask(s, "POST /v1/handouts", body).Body.String(), text)
	}
	if got := title(`{"handout": "mine"}`); got != "Mine on letter" {
		t.Error(got)
	}
	save("library/handouts/mine.md", "---\ntitle: Ours\n---\nText.\n")
	if got := title(`{"handout": "mine"}`); got != "Ours on letter" {
		t.Error(got)
	}
	save("library/handouts/new.md", "---\ntitle: New\n---\nText.\n")
	if got := title(`{"handout": "new", "clinic": "south"}`); got != "New on a4" {
		t.Error(got)
	}
	if !has(`{"handout": "mine"}`, "<rdf:li>Hill Clinic<") || !has(`{"handout": "mine", "clinic": "north"}`, "<rdf:li>North<") {
		t.Error("the page is not the clinic's")
	}
	save("brands/north.yaml", "name: Northern\n")
	if !has(`{"handout": "mine", "clinic": "north"}`, "<rdf:li>Northern<") {
		t.Error("the mended brand is not seen")
	}
	save("clinic.yaml", "name: [\n")
	kind, wrong := problemOf(t, ask(s, "POST /v1/handouts", `{"handout": "mine"}`))
	if kind != "clinic" || len(wrong) != 1 {
		t.Errorf("a broken clinic: %s %s", kind, wrong)
	}
	save("clinic.yaml", "name: Hill Clinics\n")
	if !has(`{"handout": "mine"}`, "<rdf:li>Hill Clinics<") {
		t.Error("the mended clinic is not seen")
	}
	save("library/handouts/mine.md", "---\ntitel: Ours\n---\nText.\n")
	if kind, wrong := problemOf(t, ask(s, "POST /v1/handouts", `{"handout": "mine"}`)); kind != "invalid" || strings.Contains(strings.Join(wrong, ""), dir) {
		t.Errorf("a broken handout: %s %s", kind, wrong)
	}
	if w := ask(s, "GET /v1/handouts", ""); w.Header().Get("Handout-Unreadable") != "1" || !strings.Contains(w.Body.String(), `"new"`) || strings.Contains(w.Body.String(), `"mine"`) {
		t.Errorf("%v %s", w.Header(), w.Body)
	}
}

// Clinics are many, and few are kept.
func TestManyClinics(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, Config{Brands: dir})
	for i := range 2 * maxClinics {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("c%d.yaml", i)), fmt.Appendf(nil, "name: Clinic %d\n", i), 0o600); err != nil {
			t.Fatal(err)
		}
		if w := ask(s, "POST /v1/handouts", fmt.Sprintf(`{"handout": "sciatica", "clinic": "c%d"}`, i), "Accept: application/json"); w.Code != 200 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	if n := len(s.clinics.known); n > maxClinics {
		t.Errorf("%d clinics are kept", n)
	}
}

func TestLists(t *testing.T) {
	s := opened(t, Config{})
	var handouts []handoutInfo
	if err := json.Unmarshal(ask(s, "GET /v1/handouts?lang=en", "").Body.Bytes(), &handouts); err != nil || len(handouts) < 3 || handouts[0].Stretches == nil {
		t.Errorf("%v: %+v", err, handouts)
	}
	var all, some []stretchInfo
	if err := json.Unmarshal(ask(s, "GET /v1/stretches", "").Body.Bytes(), &all); err != nil || len(all) < 45 {
		t.Fatalf("%v: %d stretches", err, len(all))
	}
	if err := json.Unmarshal(ask(s, "GET /v1/stretches?q=figure+4", "").Body.Bytes(), &some); err != nil || len(some) == 0 || some[0].ID != "figure-4" || some[0].Dose == "" {
		t.Errorf("%v: %+v", err, some)
	}
	for _, st := range all {
		for _, figure := range st.Figures {
			w := ask(s, "GET "+figure, "")
			tag := w.Header().Get("ETag")
			if w.Code != 200 || w.Header().Get("Content-Type") != "image/svg+xml" || !strings.HasPrefix(w.Body.String(), "<svg ") || tag == "" {
				t.Fatalf("%s: %d %.100s", figure, w.Code, w.Body)
			}
			for _, known := range []string{tag, `"x", W/` + tag, "*"} {
				if w := ask(s, "GET "+figure, "", "If-None-Match: "+known); w.Code != 304 || w.Body.Len() > 0 {
					t.Fatalf("%s: %d", figure, w.Code)
				}
			}
			if w := ask(s, "GET "+figure, "", `If-None-Match: "x"`); w.Code != 200 {
				t.Fatalf("%s: %d", figure, w.Code)
			}
		}
	}
	for what, want := range map[string]int{"/v1/stretches/none/figure.svg": 404, "/v1/stretches/figure-4/figure.svg?frame=2": 404, "/v1/stretches/figure-4/figure.svg?frame=5": 400,
		"/v1/stretches/figure-4/figure.svg?frame=01": 400, "/v1/stretches/..%2Ffigure-4/figure.svg": 404, "/v1/stretches?q=" + strings.Repeat("x", 101): 400,
		"/v1/stretches?lang=English": 400, "/v1/stretches?search=hip": 400, "/v1/stretches?q=a&q=b": 400, "/v1/stretches?q=%ff": 400, "/v1/stretches?q=%zz": 400, "/v1/handouts?lang=": 400, "/": 404, "/v1": 404} {
		if w := ask(s, "GET "+what, ""); w.Code != want {
			t.Errorf("%s: %d", what, w.Code)
		} else {
			problemOf(t, w)
		}
	}
}

func TestAccepts(t *testing.T) {
	for header, want := range map[string]string{"": "a/b", "*/*": "a/b", "c/d": "c/d", "c/*": "c/d", "a/b;q=0.5, c/d": "c/d", "a/b;q=0, */*": "c/d", "x/y": "", "a/b;q=0": "",
		"*/*;q=0.1, c/d;q=0": "a/b", "text/html, */*": "a/b", "A/B": "a/b", ",": "", "a/b;q=x": ""} {
		r := httptest.NewRequest(http.MethodPost, "/", nil)
		r.Header.Set("Accept", header)
		if got, err := accepts(r, "a/b", "c/d"); got != want || (err != nil) != (want == "") {
			t.Errorf("%q: %q, %v", header, got, err)
		}
	}
}

// An answer with a page has all of its picture, element by element; to a browser that names those
// it has, only what is new.
func TestPreviewParts(t *testing.T) {
	list, _ := tokens(t)
	s := opened(t, Config{Key: list})
	shown := func(name, known string) (p preview) {
		t.Helper()
		w := ask(s, "POST /page/preview", fmt.Sprintf(`{"handout": "sciatica", "date": "2026-11-30", "patient": %q}`, name),
			"Authorization: Bearer first-token-of-the-tests", "Handout-Drawn: "+known)
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != 200 {
			t.Fatalf("%d, %v: %.300s", w.Code, err, w.Body)
		}
		return p
	}
	first := shown("Ana Ruiz", "")
	var keys []string
	for _, one := range first.SVG {
		keys = append(keys, one[0])
	}
	whole := ask(s, "POST /v1/handouts", `{"handout": "sciatica", "date": "2026-11-30", "patient": "Ana Ruiz"}`, "Accept: image/svg+xml").Body.String()
	_, drawn, _ := strings.Cut(whole, "</title>\n")
	if _, told, _ := strings.Cut(first.whole(), ">"); told != strings.TrimSuffix(drawn, "\n") {
		t.Error("the picture is another than that of /v1/handouts")
	}
	known := strings.Join(keys, " ")
	for _, name := range []string{"Ana Ruiz", "Bo Stone"} {
		then, sent, bytes := shown(name, known), 0, 0
		for _, one := range then.SVG {
			if len(one) > 1 {
				sent, bytes = sent+1, bytes+len(one[1])
			}
		}
		if len(then.SVG) != len(first.SVG) || (sent > 0) != (name == "Bo Stone") || sent > 5 || bytes > 20_000 {
			t.Errorf("%s: %d of %d elements, %d bytes", name, sent, len(then.SVG), bytes)
		}
	}
}

// A page that is too long says so in numbers too, and what it says would help does.
func TestOver(t *testing.T) {
	s := opened(t, Config{})
	order := map[string]any{"handout": "sciatica", "edition": "large", "date": "2026-11-30",
		"stretches": []string{"figure-4", "cat-cow", "knee-to-chest", "bird-dog", "bridge", "chin-tuck"}}
	made := func() (over *over) {
		t.Helper()
		body, err := json.Marshal(order)
		if err != nil {
			t.Fatal(err)
		}
		w := ask(s, "POST /v1/handouts", string(body))
		var p saidProblem
		if w.Code == 200 {
			return nil
		} else if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || len(p.Errors) != 1 || p.Errors[0].Over == nil {
			t.Fatalf("%d, %v: %s", w.Code, err, w.Body)
		}
		return p.Errors[0].Over
	}
	over := made()
	if over == nil || over.Lines < 1 || len(over.Tallest) == 0 || over.Tallest[0].Of[0].Part == "" || len(over.Try) != 1 {
		t.Fatalf("%+v", over)
	}
	for member, value := range over.Try {
		if n, ok := value.(float64); ok {
			value = order[member].([]string)[:int(n)]
		}
		order[member] = value
	}
	if again := made(); again != nil {
		t.Errorf("with %v it is too long by %d lines", over.Try, again.Lines)
	}
}
