package serve

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"handout/output/mail"
	"handout/output/mail/mailtest"
)

// longList is a day of as many visits.
func longList(n int) string {
	var b strings.Builder
	b.WriteString("visit id,name,time,handout,email,email consent\n")
	for i := range n {
		fmt.Fprintf(&b, "%d,Patient %d,%02d:%02d,sciatica,p%d@example.org,yes\n", i, i, 8+i/60, i%60, i)
	}
	return b.String()
}

// What is made of a day when the server is told to stop stays, and the next run goes on.
func TestDayStops(t *testing.T) {
	days := filepath.Join(t.TempDir(), "days")
	const n = 300
	body := listed(longList(n), `"print": true`, `"mail": true`)
	s := dayClinic(t, Config{Days: days})
	url := served(t, s)
	r, err := http.NewRequest("POST", url+"/page/days", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+pageToken)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var last struct {
		Done   int
		Report *dayMade
	}
	lines := bufio.NewScanner(io.LimitReader(answer.Body, 1<<24))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if err := json.Unmarshal(lines.Bytes(), &last); err != nil {
			t.Fatal(err)
		}
		if last.Done > 0 {
			s.end()
		}
	}
	if last.Report == nil || !last.Report.Stopped || last.Report.Made == 0 || last.Report.Undone == 0 || last.Report.Printed != 0 {
		t.Fatalf("%+v", last.Report)
	}
	made := last.Report.Made
	again, _ := dayDone(t, ask(dayClinic(t, Config{Days: days}), "POST /page/days", body, pageKeyHeader))
	if again.Kept != made || again.Made != n-made || again.Printed != n || again.Stopped || again.Messages["new"] != n {
		t.Errorf("%d were made, and then %+v", made, again)
	}
}

// A day's messages go out once, whoever presses twice; what the server refuses is told, and
// can be sent again; and a page of Make goes out by itself.
func TestDaySent(t *testing.T) {
	refuse := "refused@example.org"
	var mu sync.Mutex
	post, err := mailtest.Start("plain", "", func(stage, said string) string {
		mu.Lock()
		defer mu.Unlock()
		if stage == "rcpt" && strings.Contains(said, refuse) {
			return "550 5.1.1 nobody of that name"
		}
		return ""
	})
	if err != nil {
		t.Fatal(err)
	}
	defer post.Close()
	s := dayClinic(t, Config{Mail: &mail.Server{Host: "127.0.0.1", Port: post.Port, Security: mail.Plain, Timeout: 1e10}})
	const list = "name,time,handout,email,email consent\nAna Ruiz,9:00,sciatica,ana@example.org,yes\nBo Stone,9:30,sciatica,refused@example.org,yes\nCy Lowe,10:00,sciatica,cy@example.org,no\n"
	dayDone(t, ask(s, "POST /page/days", listed(list, `"date": "2026-11-29"`, `"mail": true`, `"lock": "random"`), pageKeyHeader))
	fatesOf := func() (all []string) {
		for _, m := range answered[boxed](t, ask(s, "GET /page/days/2026-11-29/outbox", "", pageKeyHeader)).Messages {
			all = append(all, m.Fate)
		}
		return all
	}
	w := ask(s, "POST /page/days/2026-11-29/sent", "{}", pageKeyHeader)
	if w.Code != 200 || strings.Count(w.Body.String(), "\n") != 3 || strings.Contains(w.Body.String(), "example.org") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if got := fmt.Sprint(fatesOf()); got != "[sent failed]" {
		t.Error(got)
	}
	box := answered[boxed](t, ask(s, "GET /page/days/2026-11-29/outbox", "", pageKeyHeader))
	answered[boxed](t, ask(s, "POST /page/days/2026-11-29/outbox", fmt.Sprintf(`{"code": %q, "do": "again"}`, box.Messages[1].Code), pageKeyHeader))
	mu.Lock()
	refuse = "nobody at all"
	mu.Unlock()
	ask(s, "POST /page/days/2026-11-29/sent", "{}", pageKeyHeader)
	if got := fmt.Sprint(fatesOf()); got != "[sent sent]" {
		t.Error(got)
	}
	const page = `{"handout": "sciatica", "patient": "Zoë Nuñez", "to": "zoe@example.org", "agreed": true, "born": "1970-02-03", "send": true}`
	for _, want := range []string{"sent", "before"} {
		if got := answered[fate](t, ask(s, "POST /page/mail", page, pageKeyHeader)); got.Fate != want {
			t.Errorf("%+v, and not %s", got, want)
		}
	}
	if mails := post.Mails(); len(mails) != 3 || !bytes.Contains(mails[2].Data, []byte("zoe@example.org")) {
		t.Errorf("%d messages", len(mails))
	}
}

// Names of a day's list are told to nobody but the page: in no header, log or problem, not in
// what became of the rows, in no file's name, and in no file beside the pages and the mail.
func TestDayPrivate(t *testing.T) {
	home := t.TempDir()
	for _, name := range []string{"HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		t.Setenv(name, home)
	}
	var told bytes.Buffer
	days := filepath.Join(home, "days")
	s := dayClinic(t, Config{Days: days, Log: func(line string) { fmt.Fprintln(&told, line) }})
	send := func(what, body string, quiet bool) {
		w := ask(s, what, body, pageKeyHeader)
		fmt.Fprintln(&told, w.Header())
		if !quiet || w.Code != 200 {
			fmt.Fprintln(&told, w.Body)
		}
		if w.Code >= 500 {
			t.Errorf("%s: %d %s", what, w.Code, w.Body)
		}
	}
	var rows []string
	text := func(v any) string {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for i, name := range oddNames(60) {
		row := map[string]string{"name": name, "time": "9:00", "handout": "sciatica", "email": "quillfeather@example.org", "email consent": "yes"}
		wrong := []string{"handout", "stretches", "side", "time", "date", "email", "status", "language", "look", "note", "therapist", "password"}[i%12]
		row[wrong] = name
		rows = append(rows, text(row))
	}
	list := strings.Join(rows, "\n")
	mended := map[string]any{"1": map[string]any{"name": "Quillfeather again"}, "2": map[string]any{"stretches": []string{"Quillfeather"}}, "3": map[string]any{"side": "Quillfeather"}, "Quillfeather": map[string]bool{"out": true}}
	for _, more := range [][]string{nil, {`"date": "2026-11-29"`}, {`"handout": "Quillfeather"`}, {`"columns": {"name": "Wer"}`}, {`"statuses": {"Quillfeather": "Quillfeather"}`},
		{`"mended": ` + text(mended)}, {`"Quillfeather": 1`}, {`"mended": {"1": {"name": "Quillfeather again"}}`}} {
		body := strings.Replace(listed(list, more...), "jane.csv", "Quillfeather/../.csv", 1)
		send("POST /page/list", body, true)
		send("POST /page/days", strings.TrimSuffix(body, "}")+`, "print": true, "mail": true, "lock": "random"}`, false)
	}
	send("POST /page/list", listed("Quillfeather;1;2\nAna Quillfeather;3;4\n"), false)
	for _, body := range []string{`{"handout": "sciatica", "patient": "Quillfeather", "to": "quillfeather", "agreed": true}`, `{"handout": "sciatica", "to": "quillfeather@example.org", "agreed": "Quillfeather"}`} {
		send("POST /page/mail", body, true)
	}
	for _, what := range []string{"GET /page/days", "GET /page/days/2026-11-29/outbox", "GET /page/days/Quillfeather/print.pdf", "DELETE /page/days/Quillfeather"} {
		send(what, "", false)
	}
	pages := 0
	err := filepath.WalkDir(home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		fmt.Fprintln(&told, path)
		if ext := filepath.Ext(path); ext == ".pdf" || ext == ".eml" {
			pages++
			return nil
		}
		text, err := os.ReadFile(path)
		told.Write(text)
		return err
	})
	if err != nil || pages < 30 {
		t.Fatalf("%d pages, %v", pages, err)
	}
	for line := range strings.Lines(told.String()) {
		if strings.Contains(strings.ToLower(line), "quillfeather") || strings.ContainsAny(line, "山田שָָ") {
			t.Fatalf("this was told: %.500s", line)
		}
	}
}

// Lists are forgotten as soon as they are made: after twenty there is not more in memory than
// after two.
func TestMemoryOfLists(t *testing.T) {
	if testing.Short() {
		t.Skip("makes 20,000 pages")
	}
	s := opened(t, Config{})
	lists := func(from, to int) int {
		for i := from; i < to; i++ {
			list := strings.ReplaceAll(longList(1000), "Patient ", fmt.Sprintf("Patient %d-", i))
			if w := ask(s, "POST /v1/batches", list, "Content-Type: text/csv"); w.Code != 200 || w.Body.Len() < 1<<20 {
				t.Fatalf("%d %.200s", w.Code, w.Body)
			}
		}
		runtime.GC()
		runtime.GC() // what pools hold goes with the second
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	few := lists(0, 2)
	many := lists(2, 20)
	runtime.KeepAlive(s)
	t.Logf("%.1f MB after 2,000 pages, %.1f MB after 20,000", float64(few)/1e6, float64(many)/1e6)
	if many > few+few/10 {
		t.Errorf("the heap has grown from %d to %d bytes", few, many)
	}
}
