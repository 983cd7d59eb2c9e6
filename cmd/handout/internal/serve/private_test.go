package serve

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// oddNames are names that a careless program gets wrong, made out of a few parts, each with
// a letter or a word that stands nowhere else.
func oddNames(n int) []string {
	parts := []string{"Quillfeather", "O'Quillfeather-Ó", "Đặng Quillfeather", "Łukasz Quillfeather", "Αθηνά Quillfeather", "Наталья Quillfeather", "שרה Quillfeather", "محمد Quillfeather",
		"山田 Quillfeather", "Quillfeather\u202e", "Quill\u00adfeather Quillfeather", "Quillfeather <b>", "Quillfeather\"", "Quillfeather\\", "Quillfeather; rm -rf", "%Quillfeather%"}
	var names []string
	for i := range n {
		names = append(names, fmt.Sprintf("%s Nr%dQuillfeather", parts[i%len(parts)], i))
	}
	return names
}

// Whatever a name is, and wherever it stands by mistake, it is told to nobody: not in a
// log, a header, a problem, a report, a file beside.
func TestPrivate(t *testing.T) {
	n := 300
	if testing.Short() {
		n = 60
	}
	home := t.TempDir()
	for _, name := range []string{"HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"} {
		t.Setenv(name, home)
	}
	t.Chdir(home)
	var mu sync.Mutex
	var told bytes.Buffer
	tell := func(what string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintln(&told, append([]any{what}, args...)...)
	}
	list, _ := tokens(t)
	s := opened(t, Config{Brands: home, Key: list, Log: func(line string) { tell(line) }})
	url := served(t, s)
	ask := func(method, path, body, accept string) (int, []byte) {
		r, err := http.NewRequest(method, url+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", accept)
		r.Header.Set("Authorization", "Bearer first-token-of-the-tests")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		data, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		for name, values := range answer.Header {
			tell(name, values)
		}
		return answer.StatusCode, data
	}
	members := slices.Sorted(maps.Keys(orderMembers))
	pages := 0
	for i, name := range oddNames(n) {
		text, err := json.Marshal(name)
		if err != nil {
			t.Fatal(err)
		}
		member := members[i%len(members)]
		for _, body := range []string{
			fmt.Sprintf(`{"handout": "sciatica", "patient": %s, "note": %[1]s, "next_visit": %[1]s, "therapist": %[1]s, "stretches": [{"id": "cat-cow", "note": %[1]s}]}`, text),
			fmt.Sprintf(`{"handout": "sciatica", %q: %s}`, member, text),
			fmt.Sprintf(`{"handout": "sciatica", %s: 1, %q: [%[1]s, {%[1]s: %[1]s}]}`, text, member),
			fmt.Sprintf(`{"handout": "sciatica", "stretches": [%s, {"id": %[1]s}, {"id": "cat-cow", "side": %[1]s, "reps": %[1]s, %[1]s: 1}]}`, text),
			string(text), `{"handout": ` + string(text), fmt.Sprintf(`{"handout": "no-such", "patient": %s}`, text),
		} {
			kind := []string{"application/pdf", "image/svg+xml", "application/json"}[i%3]
			code, data := ask("POST", "/v1/handouts", body, kind)
			switch {
			case code != 200 || kind == "application/json":
				tell(string(data))
			default:
				pages++
			}
			if code >= 500 {
				t.Errorf("%s: %d", body, code)
			}
			if i%4 == 0 {
				if code, data := ask("POST", "/page/preview", body, "application/json"); code != 200 {
					tell(string(data))
				}
			}
			if i%5 == 0 && strings.HasPrefix(body, "{") {
				own := `{"name": "back.md", "text": "---\ntitle: My back\n---\nMove.\n", "order": ` + strings.Replace(body, `"handout": "sciatica", `, "", 1) + "}"
				for _, path := range []string{"/page/own", "/page/clinic/preview"} {
					if path == "/page/clinic/preview" {
						own = `{"settings": {}, "order": ` + body + "}"
					}
					if code, data := ask("POST", path, own, "application/json"); code != 200 {
						tell(string(data))
					}
				}
			}
			_, data = ask("POST", "/v1/batches", `{"visits": [`+strings.Replace(body, "{", `{"id": "1", `, 1)+`]}`, "application/zip")
			if bytes.HasPrefix(data, []byte("PK")) {
				_, files, _ := unpacked(t, data)
				data = files["report.json"]
			}
			tell(string(data))
		}
	}
	if pages < n/2 {
		t.Errorf("only %d pages were made", pages)
	}
	err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, err := os.ReadFile(path)
			tell(path, string(text), err)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(told.String(), "\n") {
		if strings.Contains(strings.ToLower(line), "quillfeather") || strings.ContainsAny(line, "山田שָָ") {
			t.Fatalf("this was told: %.500s", line)
		}
	}
}
