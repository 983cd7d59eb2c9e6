package serve

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"handout/content/docx/docxtest"
)

// paged is a server of the page, and what asks it with the key.
func paged(t *testing.T) (*Server, func(what, body string, headers ...string) (int, string)) {
	t.Helper()
	list, _ := tokens(t)
	s := opened(t, Config{Key: list})
	return s, func(what, body string, headers ...string) (int, string) {
		t.Helper()
		w := ask(s, what, body, append([]string{"Authorization: Bearer first-token-of-the-tests"}, headers...)...)
		return w.Code, w.Body.String()
	}
}

// clinicOf is the clinic's file as the page is told.
func clinicOf(t *testing.T, text string) (f clinicFile) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// The clinic's file is made of what one begins with, changed where it is asked, and written
// only over what was seen.
// hostileWords are what somebody may type into a field who means harm, or only pastes: they
// are words for browsers, for YAML, for file systems and for terminals.
var hostileWords = []string{`<img src=x onerror=alert(1)></script><script>alert(1)</script>`, `": [`, `# gone`, `a # b`, `a: b`, `- x`, `---`, "...", `{{7*7}}`, `{a: b}`,
	`*a`, `!!binary x`, `%TAG`, "`x`", `"`, `''`, `a\`, `\"`, `|-`, `~`, `no`, `1e9`, `<<`, `}`, "a\nname: Other", "a\r\nname: Other", "a\rb", "\t", "a\u0085b", "\u202egnihton", "\ufeffa", "a\x00b",
	"a\x1b[31mb", "\U0001fae8", "שלום", `../../../etc/passwd`, `/etc/passwd`, `javascript:alert(1)`, `https://example.org/"><script>`, `$(id)%s`, `{patient}**x**`,
	strings.Repeat("é ", 500), strings.Repeat("\n", 900)}

// Settings that are still the example's are told where they stand, and what is written in their place is kept.
func TestClinicExample(t *testing.T) {
	list, _ := tokens(t)
	s := opened(t, Config{Key: list})
	if err := keep(s.config.Home.Clinic, []byte("name: Your Clinic\nphone: (555) 010-0142\n")); err != nil {
		t.Fatal(err)
	}
	file := answered[clinicFile](t, ask(s, "GET /page/clinic", "", pageKeyHeader))
	if len(file.Errors) != 1 || file.Errors[0].Pointer != "/settings/name" || file.Errors[0].Code != "still-the-example" {
		t.Errorf("%+v", file.Errors)
	}
	file = answered[clinicFile](t, ask(s, "PUT /page/clinic", `{"settings": {"name": "Harbour Lane"}}`, pageKeyHeader, `If-Match: "`+file.Sum+`"`))
	if len(file.Errors) != 0 || file.Settings["name"] != "Harbour Lane" {
		t.Errorf("%+v", file)
	}
}

// Hostile words in any of the clinic's settings, and for any of its services, are kept as they
// were typed, or refused at their field; and nothing else of the file is other than before.
func TestClinicHostile(t *testing.T) {
	list, _ := tokens(t)
	s := opened(t, Config{Key: list})
	text := func(v any) string {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	begin := func() clinicFile {
		if err := keep(s.config.Home.Clinic, []byte(harbourLane)); err != nil {
			t.Fatal(err)
		}
		return answered[clinicFile](t, ask(s, "GET /page/clinic", "", pageKeyHeader))
	}
	kept, refused := 0, 0
	try := func(body, field string, is func(before, after clinicFile) bool) {
		t.Helper()
		before := begin()
		shown := ask(s, "POST /page/clinic/preview", body, pageKeyHeader)
		w := ask(s, "PUT /page/clinic", body, pageKeyHeader, `If-Match: "`+before.Sum+`"`)
		file, err := os.ReadFile(s.config.Home.Clinic)
		if err != nil {
			t.Fatal(err)
		}
		switch w.Code {
		case 200:
			kept++
			after := answered[clinicFile](t, w)
			if !is(before, after) || len(after.Errors) > 0 || shown.Code != 200 {
				t.Errorf("%.200s: %d, %v, %+v in\n%.900s", body, shown.Code, after.Errors, after.Settings, file)
			}
			for _, line := range []string{"# The sign over the door says so.\n", "# of the old sign\n"} {
				if !strings.Contains(string(file), line) {
					t.Errorf("%.200s: %q is gone", body, line)
				}
			}
		case 422:
			refused++
			kind, wrong := problemOf(t, w)
			if string(file) != harbourLane || shown.Code != 422 || kind != "invalid" || len(wrong) == 0 || !strings.HasPrefix(wrong[0], field) {
				t.Errorf("%.200s: %d, %s %q in\n%.900s", body, shown.Code, kind, wrong, file)
			}
		default:
			t.Errorf("%.200s: %d %s", body, w.Code, w.Body)
		}
	}
	for _, word := range hostileWords {
		for _, key := range clinicKeys {
			try(`{"settings": {`+text(key)+`: `+text(word)+`}}`, "/settings/"+strings.Split(key, ".")[0], func(before, after clinicFile) bool {
				typed := strings.ReplaceAll(strings.ReplaceAll(after.Settings[key], "\r\n", "\n"), "\r", "\n")
				before.Settings[key] = after.Settings[key]
				if after.Settings[key] == "" {
					delete(before.Settings, key)
				}
				return maps.Equal(before.Settings, after.Settings) && reflect.DeepEqual(before.Services, after.Services) &&
					strings.Join(strings.Fields(typed), " ") == strings.Join(strings.Fields(word), " ")
			})
		}
		try(`{"settings": {}, "services": {`+text(word)+`: "sciatica"}}`, "/s", func(before, after clinicFile) bool {
			return maps.Equal(before.Settings, after.Settings) && len(after.Services) == 2 &&
				(after.Services[0].Handout == "sciatica" && after.Services[1].Handout == "sciatica")
		})
		try(`{"settings": {}, "services": {"Deep tissue 60": `+text(word)+`}}`, "/", func(before, after clinicFile) bool {
			return word == "none" || word == "no"
		})
	}
	t.Logf("%d are kept, and %d refused", kept, refused)
}

func TestClinicFile(t *testing.T) {
	s, ask := paged(t)
	_, text := ask("GET /page/clinic", "")
	if f := clinicOf(t, text); f.There || f.Sum != "" || f.Colors["main"].Chosen == "" {
		t.Errorf("%+v", f)
	}
	code, text := ask("PUT /page/clinic", `{"settings": {"name": "Harbour Lane", "colors.accent": "#f2a65a"}}`)
	if code != 200 {
		t.Fatal(text)
	}
	first := clinicOf(t, text)
	if c := first.Colors["accent"]; c.Chosen != "#f2a65a" || c.Used == c.Chosen || c.Ratio > 3 {
		t.Errorf("%+v", c)
	}
	const want = "# Ours\nname: Harbour Lane\n# booking: https://example.org/book\ncolors:\n  accent: \"#f2a65a\"\n  main: \"#17545e\"\n"
	if file, _ := os.ReadFile(s.config.Home.Clinic); string(file) != want {
		t.Errorf("the file is\n%s", file)
	}
	if code, text := ask("PUT /page/clinic", `{"settings": {"name": "Other"}}`); code != 412 || !strings.Contains(text, "#changed") {
		t.Errorf("without having seen it: %d %s", code, text)
	}
	code, text = ask("PUT /page/clinic", `{"settings": {"phone": "555 1\n555 2", "logo": ""}, "logo": "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA5IDkiPjxyZWN0IHdpZHRoPSI5IiBoZWlnaHQ9IjkiIGZpbGw9IiMwZjRjNWMiLz48L3N2Zz4="}`,
		`If-Match: "`+first.Sum+`"`)
	second := clinicOf(t, text)
	if code != 200 || second.Settings["phone"] != "555 1\n555 2" || second.Settings["logo"] != "logo.svg" || !strings.HasPrefix(second.Logo, "data:image/svg+xml;base64,") {
		t.Errorf("%d %s", code, text)
	}
	if code, _ := ask("PUT /page/clinic", `{"settings": {"name": "Late"}}`, `If-Match: "`+first.Sum+`"`); code != 412 {
		t.Errorf("the second window: %d", code)
	}
	for body, pointer := range map[string]string{
		`{"settings": {"booking": "http://a.example"}}`: "/settings/booking", `{"settings": {"colors.main": "mauvish"}}`: "/settings/colors.main",
		`{"settings": {"frob": "1"}}`: "/settings", `{"logo": "!"}`: "/logo", `{"settings": {"country": "UK"}}`: "/settings/country",
	} {
		if code, text := ask("PUT /page/clinic", body, `If-Match: "`+second.Sum+`"`); code != 422 || !strings.Contains(text, `"pointer":"`+pointer+`"`) {
			t.Errorf("%s: %d %s", body, code, text)
		}
		if code, _ := ask("POST /page/clinic/preview", body); code != 422 {
			t.Errorf("%s is shown", body)
		}
	}
	// A file that somebody has broken is told of where it can be mended.
	if err := keep(s.config.Home.Clinic, []byte("name: A\ncountry: UK\n")); err != nil {
		t.Fatal(err)
	}
	if code, text := ask("GET /page/state", ""); code != 200 || !strings.Contains(text, `"unread":true`) {
		t.Errorf("%d %.200s", code, text)
	}
	_, text = ask("GET /page/clinic", "")
	broken := clinicOf(t, text)
	if len(broken.Errors) != 1 || broken.Errors[0].Pointer != "/settings/country" || broken.Settings["name"] != "A" {
		t.Errorf("%+v", broken)
	}
	if code, _ := ask("PUT /page/clinic", `{"settings": {"country": "GB"}}`, `If-Match: "`+broken.Sum+`"`); code != 200 {
		t.Errorf("it cannot be mended: %d", code)
	}
	if code, text := ask("GET /page/state", ""); code != 200 || !strings.Contains(text, `"clinic":"A"`) || !strings.Contains(text, `"paper":"a4"`) {
		t.Errorf("%d %.200s", code, text)
	}
}

// Packs are files of the clinic's: made, renamed and deleted, and none that is shipped.
func TestPagePacks(t *testing.T) {
	s, ask := paged(t)
	pack := func(name string) string { return filepath.Join(s.config.Home.Shelf, "packs", name+".yaml") }
	for _, want := range []string{"sciatica-first-week", "sciatica-first-week-2"} {
		code, text := ask("POST /page/packs", `{"name": " Sciatica,  first week ", "lang": "es", "stretches": ["bridge", {"id": "figure-4", "hold": 40, "note": "despacio"}]}`)
		if code != 200 || !strings.Contains(text, want) {
			t.Fatalf("%d %s", code, text)
		}
	}
	if text, _ := os.ReadFile(pack("sciatica-first-week")); string(text) != "name: Sciatica, first week\nlanguages: [es]\nstretches:\n  - bridge\n  - {stretch: figure-4, hold: 40s, note: \"despacio\"}\n" {
		t.Errorf("the file is\n%s", text)
	}
	if code, text := ask("POST /page/packs", `{"name": "sciatica", "stretches": ["bridge"]}`); code != 200 || !strings.Contains(text, "sciatica-2") {
		t.Errorf("over one that is shipped: %d %s", code, text)
	}
	if code, text := ask("PUT /page/packs/sciatica-2", `{"name": "Second: week"}`); code != 200 {
		t.Errorf("%d %s", code, text)
	}
	if _, text := ask("GET /page/state?lang=es", ""); !strings.Contains(text, `"id":"sciatica-2","own":true,"name":"Second: week"`) || !strings.Contains(text, `"id":"sciatica","own":false`) {
		t.Errorf("%.300s", text[strings.Index(text, `"packs"`):])
	}
	for what, body := range map[string]string{"PUT /page/packs/sciatica": `{"name": "Ours"}`, "DELETE /page/packs/sciatica": "", "DELETE /page/packs/..%2Fclinic": "", "DELETE /page/packs/.hidden": "", "DELETE /page/packs/none": ""} {
		if code, _ := ask(what, body); code != 404 {
			t.Errorf("%s: %d", what, code)
		}
	}
	for _, body := range []string{`{"name": "", "stretches": ["bridge"]}`, `{"name": "A", "stretches": []}`, `{"name": "A", "stretches": ["no-such"]}`, `{"stretches": ["bridge"]}`, `{"name": "A", "stretches": [{"id": "bridge", "note": "{first-name}"}]}`} {
		if code, text := ask("POST /page/packs", body); code != 422 {
			t.Errorf("%s: %d %s", body, code, text)
		}
	}
	if code, _ := ask("DELETE /page/packs/sciatica-2", ""); code != 200 {
		t.Errorf("%d", code)
	}
	if _, err := os.Stat(pack("sciatica-2")); err == nil {
		t.Error("the file is still there")
	}
}

// A handout that is dropped is read as any other: its mistakes have their lines, its page is
// that of its file, and one that is kept is among the handouts and over none.
func TestOwnHandout(t *testing.T) {
	s, ask := paged(t)
	const good = `"---\ntitle: My back\nlang: en\n---\n\n## Every day\n\n- **Move:** little, and often.\n"`
	if code, text := ask("POST /page/own", `{"name": "C:\\Users\\ana\\my back.txt", "text": `+strings.Replace(good, "lang: en", "frob: 1", 1)+`}`); code != 422 || !strings.Contains(text, `"pointer":"/text/2"`) || strings.Contains(text, "Users") {
		t.Errorf("%d %s", code, text)
	}
	body := `{"name": "my back.txt", "text": ` + good + `, "order": {"patient": "Ana Ruiz", "stretches": ["bridge"]}}`
	if code, text := ask("POST /page/own", body); code != 200 || !strings.Contains(text, "My back") || !strings.Contains(text, "Ana Ruiz") {
		t.Errorf("%d %.200s", code, text)
	}
	if code, text := ask("POST /page/own", body, "Accept: application/pdf"); code != 200 || !strings.HasPrefix(text, "%PDF-") {
		t.Errorf("%d %.200s", code, text)
	}
	if code, text := ask("POST /page/own", strings.Replace(body, "bridge", "no-such", 1)); code != 422 || !strings.Contains(text, `"pointer":"/order/stretches/0"`) {
		t.Errorf("%d %s", code, text)
	}
	for _, id := range []string{"my-back", "my-back-2"} {
		if code, text := ask("POST /page/handouts", `{"name": "my back.txt", "text": `+good+`}`); code != 200 || !strings.Contains(text, `"`+id+`"`) {
			t.Errorf("%d %s", code, text)
		}
	}
	if code, text := ask("GET /v1/handouts", ""); code != 200 || !strings.Contains(text, `"id":"my-back"`) {
		t.Errorf("it is not among the handouts: %d %.200s", code, text)
	}
	_ = s
}

// A document is read as a text is: its mistakes are at its paragraphs, its page is made, and
// it is kept as it is. What is no text says what it is.
func TestOwnDocument(t *testing.T) {
	_, ask := paged(t)
	own := func(name string, data []byte) string {
		return fmt.Sprintf(`{"name": %q, "file": %q, "order": {"stretches": []}}`, name, base64.StdEncoding.EncodeToString(data))
	}
	bare := docxtest.Document(t, strings.Replace(docxtest.NeckCare, "A dot", "", 1))
	if code, text := ask("POST /page/own", own("neck.docx", bare)); code != 422 || !strings.Contains(text, `"pointer":"/text/2"`) {
		t.Errorf("%d %s", code, text)
	}
	whole := own("neck.docx", docxtest.Document(t, docxtest.NeckCare))
	if code, text := ask("POST /page/own", whole); code != 200 || !strings.Contains(text, "Neck care") || !strings.Contains(text, "Read as the title") {
		t.Errorf("%d %.300s", code, text)
	}
	if code, text := ask("POST /page/own", whole, "Accept: application/pdf"); code != 200 || !strings.HasPrefix(text, "%PDF-") {
		t.Errorf("%d %.200s", code, text)
	}
	if code, text := ask("POST /page/own", own("old.txt", []byte("Mi espalda\n\nMu\xe9vase despacio.\n"))); code != 200 || !strings.Contains(text, "Mi espalda") {
		t.Errorf("%d %.300s", code, text)
	}
	for name, is := range map[string]string{"a.pdf": "%PDF-1.4", "a.odt": "PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "a.png": "\x89PNG", "a.pages": "x",
		"a.doc": "\xd0\xcf\x11\xe0", "a.docx": "PK\x03\x04 word/document.xml", "a": "\x00\x01"} {
		if code, text := ask("POST /page/own", own(name, []byte(is))); code != 422 || !strings.Contains(text, `"hint"`) {
			t.Errorf("%s: %d %s", name, code, text)
		}
	}
	if code, text := ask("POST /page/handouts", whole); code != 200 || !strings.Contains(text, `"neck"`) {
		t.Errorf("%d %s", code, text)
	}
	if code, text := ask("POST /page/preview", `{"handout": "neck", "stretches": []}`); code != 200 || !strings.Contains(text, "Neck care") {
		t.Errorf("%d %.300s", code, text)
	}
}

// Where nothing can be written the page says so, and goes on making pages.
func TestNothingKept(t *testing.T) {
	s, ask := paged(t)
	if err := os.WriteFile(s.config.Home.Shelf, []byte("a file where the folder should be"), 0o644); err != nil {
		t.Fatal(err)
	}
	for what, body := range map[string]string{"PUT /page/clinic": `{"settings": {"name": "A"}}`, "POST /page/packs": `{"name": "A", "stretches": ["bridge"]}`} {
		if code, text := ask(what, body); code != 500 || !strings.Contains(text, "#unwritable") {
			t.Errorf("%s: %d %s", what, code, text)
		}
	}
	if code, _ := ask("POST /page/preview", `{"handout": "sciatica"}`); code != 200 {
		t.Errorf("a page: %d", code)
	}
}
