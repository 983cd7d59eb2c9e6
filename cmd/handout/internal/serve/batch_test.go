package serve

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// unpacked is the files of a ZIP by their names, in order, and its report.
func unpacked(t *testing.T, data []byte) (names []string, files map[string][]byte, report []became) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("%v: %.300s", err, data)
	}
	files = map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		names, files[f.Name] = append(names, f.Name), text
	}
	if err := json.Unmarshal(files["report.json"], &report); err != nil {
		t.Fatalf("%v: %s", err, files["report.json"])
	}
	return names, files, report
}

// manyVisits are as many, each another patient's.
func manyVisits(n int) string {
	var b strings.Builder
	b.WriteString(`{"defaults": {"handout": "sciatica", "date": "2026-11-29"}, "visits": [`)
	for i := range n {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, `{"id": "v-%d", "patient": "Patient %d"}`, i, i)
	}
	return b.String() + "]}"
}

func TestBatch(t *testing.T) {
	s := opened(t, Config{})
	body := `{"visits": [{"id": "101", "patient": "Ana Ruiz"}, {"id": "102", "patient": "Bo Stone", "handout": "neck-and-desk", "date": "2026-11-30"},
		{"id": "no", "handout": "nothing"}, {"id": "glyph", "patient": "` + "\U0001fae8" + `"}, {"id": "locked", "password": "tulip"}, {"id": "bad-lock", "password": "a\nb"}],
		"defaults": {"handout": "sciatica", "date": "2026-11-29", "stretches": ["figure-4"]}}`
	w := ask(s, "POST /v1/batches", body)
	if w.Code != 200 || w.Header().Get("Content-Type") != "application/zip" || !w.Flushed {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	names, files, report := unpacked(t, w.Body.Bytes())
	if got := strings.Join(names, " "); got != "101.pdf 102.pdf locked.pdf report.json" {
		t.Error(got)
	}
	var said []string
	for _, b := range report {
		said = append(said, b.ID+" "+b.State)
		for _, m := range b.Errors {
			said = append(said, m.Pointer+" "+m.Code)
		}
	}
	if got := strings.Join(said, ", "); got != "101 made, 102 made, no failed, /visits/2/handout unknown-name, glyph failed, /visits/3/patient characters-missing, "+
		"locked made, bad-lock failed, /visits/5/password password-unusable" {
		t.Error(got)
	}
	alone := ask(s, "POST /v1/handouts", `{"handout": "neck-and-desk", "patient": "Bo Stone", "date": "2026-11-30", "stretches": ["figure-4"]}`)
	if !bytes.Equal(files["102.pdf"], alone.Body.Bytes()) {
		t.Error("a page of a batch is another than the page alone")
	}
	if !bytes.Contains(files["locked.pdf"], []byte("/Encrypt")) {
		t.Error("the page is not locked")
	}
	open := strings.Replace(body, `, {"id": "locked", "password": "tulip"}, {"id": "bad-lock", "password": "a\nb"}`, "", 1)
	if a, b := ask(s, "POST /v1/batches", open), ask(s, "POST /v1/batches", open); !bytes.Equal(a.Body.Bytes(), b.Body.Bytes()) {
		t.Error("the same batch has other bytes")
	}
}

func TestPrint(t *testing.T) {
	s := opened(t, Config{})
	w := ask(s, "POST /v1/batches", manyVisits(30), "Accept: application/pdf")
	if w.Code != 200 || w.Header().Get("Content-Type") != "application/pdf" || !bytes.HasPrefix(w.Body.Bytes(), []byte("%PDF-1.7")) {
		t.Fatalf("%d %.300s", w.Code, w.Body)
	}
	if again := ask(s, "POST /v1/batches", manyVisits(30), "Accept: application/pdf"); !bytes.Equal(again.Body.Bytes(), w.Body.Bytes()) {
		t.Error("the same batch has other bytes")
	}
	w = ask(s, "POST /v1/batches", `{"defaults": {"handout": "sciatica"}, "visits": [{"id": "1"}, {"id": "2", "handout": "nothing"}, {"id": "3", "clinic": "north"}, {"id": "4", "stretches": ["nothing"]}]}`,
		"Accept: application/pdf")
	if kind, wrong := problemOf(t, w); kind != "invalid" || strings.Join(wrong, ", ") != "/visits/1/handout unknown-name, /visits/2/clinic clinic-unknown, /visits/3/stretches/0 unknown-name" {
		t.Errorf("%s %s", kind, wrong)
	}
}

// What is against the description refuses all of a batch before anything is made.
func TestBatchMistakes(t *testing.T) {
	s := opened(t, Config{})
	for body, want := range map[string]string{
		`{}`:                      " member-missing",
		`{"visits": []}`:          "/visits visits-out-of-range",
		`{"visits": {}}`:          "/visits not-a-list",
		`{"visits": [7]}`:         "/visits/0 not-an-object",
		`{"visits": null}`:        "/visits not-a-list",
		manyVisits(maxVisits + 1): "/visits visits-out-of-range",
		`{"visits": [{"handout": "sciatica"}, {"id": "1"}, {"id": "Zoë", "handout": "sciatica"}]}`:                                       "/visits/0 member-missing, /visits/1 member-missing, /visits/2/id visit-id-unreadable",
		`{"visits": [{"id": "a", "handout": "x"}, {"id": "A", "handout": "x"}, {"id": "report", "handout": "x"}]}`:                       "/visits/1/id visit-twice, /visits/2/id visit-reserved",
		`{"visits": [{"id": "1", "handout": "x"}], "defaults": {"patient": "Ana", "id": "2", "password": "x", "paper": "a5"}}`:           "/defaults member-unknown, /defaults/paper not-of-the-list, /defaults member-unknown, /defaults member-unknown",
		`{"visits": [{"id": "1", "handout": "x", "look": 7}, {"id": "2", "handout": "x", "stretches": [{"id": "cat-cow", "reps": 0}]}]}`: "/visits/0/look not-of-the-list, /visits/1/stretches/0/reps choice-dose-wrong",
		`{"visits": [{"id": "1", "handout": "x"}], "Defaults": {}}`:                                                                      " member-unknown",
	} {
		for _, kind := range []string{"application/zip", "application/pdf"} {
			kind, wrong := problemOf(t, ask(s, "POST /v1/batches", body, "Accept: "+kind))
			if got := strings.Join(wrong, ", "); kind != "invalid" || got != want {
				t.Errorf("%.150s\n got %s: %s\nwant %s", body, kind, got, want)
			}
		}
	}
	kind, wrong := problemOf(t, ask(s, "POST /v1/batches", `{"visits": [{"id": "1", "handout": "sciatica", "password": "tulip"}]}`, "Accept: application/pdf"))
	if kind != "invalid" || !slices.Equal(wrong, []string{"/visits/0/password print-locked"}) {
		t.Errorf("%s %s", kind, wrong)
	}
	for range cap(s.batches) {
		s.batches <- struct{}{}
	}
	w := ask(s, "POST /v1/batches", manyVisits(1))
	if kind, _ := problemOf(t, w); kind != "busy" || w.Header().Get("Retry-After") != "1" {
		t.Errorf("one batch too many: %s %v", kind, w.Header())
	}
}

// A batch that is to end does so between two visits, and what it has given is whole. Nobody
// has read more than the first bytes, so that most of it is still to be made.
func TestBatchEnds(t *testing.T) {
	s := opened(t, Config{})
	url := served(t, s)
	r, err := http.Post(url+"/v1/batches", "application/json", strings.NewReader(manyVisits(maxVisits)))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	first := make([]byte, 1000)
	if _, err := io.ReadFull(r.Body, first); err != nil {
		t.Fatal(err)
	}
	s.end()
	rest, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	names, files, report := unpacked(t, append(first, rest...))
	made := 0
	for i, b := range report {
		switch {
		case b.State == "made" && made == i && bytes.HasSuffix(files[b.ID+".pdf"], []byte("%%EOF\n")):
			made++
		case b.State != "stopped":
			t.Fatalf("visit %d is %+v after %d were made", i, b, made)
		}
	}
	if len(report) != maxVisits || made == 0 || made == maxVisits || len(names) != made+1 {
		t.Errorf("of %d, %d were made, and there are %d files", len(report), made, len(names))
	}
}
