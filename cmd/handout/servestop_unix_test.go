//go:build unix

package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptrace"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// ask posts something, and reads of the answer no more than its beginning. What the server
// writes beyond that soon has no room any more, so that a long answer is in its middle for
// as long as nobody reads it.
func (s *served) ask(t *testing.T, path, accept, body string) *http.Response {
	t.Helper()
	answer := <-s.send(t, path, accept, body)
	if answer == nil {
		t.FailNow()
	}
	return answer
}

// send does not wait for the answer; whoever asks after it comes after it.
func (s *served) send(t *testing.T, path, accept, body string) <-chan *http.Response {
	t.Helper()
	sent, answers := make(chan struct{}), make(chan *http.Response, 1)
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { close(sent) }})
	r, err := http.NewRequestWithContext(ctx, "POST", s.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", accept)
	r.Header.Set("Authorization", "Bearer "+s.key)
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := new(net.Dialer).DialContext(ctx, network, address)
		if err == nil {
			err = c.(*net.TCPConn).SetReadBuffer(1 << 16)
		}
		return c, err
	}
	through := &http.Transport{DisableKeepAlives: true, DialContext: dial}
	go func() {
		defer close(answers)
		answer, err := through.RoundTrip(r)
		if err != nil {
			t.Error(err)
			return
		}
		answers <- answer
	}()
	select {
	case <-sent:
	case answer := <-answers:
		t.Fatalf("an answer before all was asked: %v", answer)
	}
	return answers
}

// terminate sends it SIGTERM, and waits until it takes nothing new.
func (s *served) terminate(t *testing.T) {
	t.Helper()
	if err := s.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for {
		c, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
		if err != nil {
			return
		}
		_ = c.Close()
		time.Sleep(time.Millisecond)
	}
}

// sleepThroughGrace holds it still until what was under way has had its time.
func (s *served) sleepThroughGrace(t *testing.T, began time.Time) {
	t.Helper()
	if err := s.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Until(began.Add(stopGrace + 100*time.Millisecond)))
	if err := s.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
}

// endsWell waits for its end, which comes by itself and with exit code 0.
func (s *served) endsWell(t *testing.T) {
	t.Helper()
	if err := s.Wait(); err != nil {
		t.Errorf("it ended with %v: %s", err, &s.said)
	}
	if strings.Contains(s.said.String(), "Quillfeather") {
		t.Errorf("it said %s", &s.said)
	}
}

// quills are the visits of a batch.
func quills(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `%s{"id": "v%d", "handout": "sciatica", "patient": "Zoe Quillfeather"}`, strings.Repeat(",", min(i, 1)), i)
	}
	return `{"visits": [` + b.String() + `]}`
}

// zipped reads the answer of a batch to its end: each of its pages is whole, and its report
// tells which were made and which were not, in the order of the visits.
func zipped(t *testing.T, body io.Reader, visits int) (made, stopped int) {
	t.Helper()
	data, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	files, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]bool{}
	var report []struct{ ID, State string }
	for _, f := range files.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "report.json" {
			if err := json.Unmarshal(data, &report); err != nil {
				t.Fatal(err)
			}
		} else if pages[f.Name] = bytes.HasSuffix(data, []byte("%%EOF\n")); !pages[f.Name] {
			t.Errorf("%s is half a page", f.Name)
		}
	}
	if len(report) != visits {
		t.Fatalf("the report has %d of %d visits", len(report), visits)
	}
	for i, one := range report {
		switch {
		case one.ID != fmt.Sprintf("v%d", i), one.State == "made" && stopped > 0:
			t.Errorf("the report is out of order: %v", one)
		case one.State == "made" && pages[one.ID+".pdf"]:
			made++
		case one.State == "stopped" && !pages[one.ID+".pdf"]:
			stopped++
		default:
			t.Errorf("%v, and its page is there: %v", one, pages[one.ID+".pdf"])
		}
	}
	if made != len(pages) {
		t.Errorf("%d pages, and %d are told", len(pages), made)
	}
	return made, stopped
}

// TestServeStops ends a server in the middle of a batch: what it has begun comes whole, if
// the time that docs/programs.md names is enough for it.
func TestServeStops(t *testing.T) {
	s := startServer(t, "--log")
	answer := s.ask(t, "/v1/batches", "application/zip", quills(400))
	began := time.Now()
	s.terminate(t)
	made, stopped := zipped(t, answer.Body, 400)
	if stopped > 0 && time.Since(began) < stopGrace {
		t.Errorf("%d pages of %d, in %v", made, made+stopped, time.Since(began))
	}
	s.endsWell(t)
	if !strings.Contains(s.said.String(), " POST /v1/batches 200 ") {
		t.Errorf("it said %s", &s.said)
	}
}

// TestServeStopsByPage: who presses Stop handout ends it as a signal does.
func TestServeStopsByPage(t *testing.T) {
	s := startServer(t)
	answer := s.ask(t, "/v1/batches", "application/zip", quills(400))
	if stop := s.ask(t, "/page/stop", "*/*", "{}"); stop.StatusCode != http.StatusAccepted {
		t.Errorf("%d", stop.StatusCode)
	}
	if made, stopped := zipped(t, answer.Body, 400); made+stopped != 400 {
		t.Errorf("%d are made, and %d are not", made, stopped)
	}
	s.endsWell(t)
}

// TestServeStopsLate: a batch that needs longer ends between two visits and says which it has
// not made; and one that is a single file to print is refused as a whole.
func TestServeStopsLate(t *testing.T) {
	if testing.Short() {
		t.Skip("waits until the server has no patience any more")
	}
	t.Parallel()
	s := newServer(t, t.TempDir())
	s.Env = append(s.Env, "GOMAXPROCS=1") // two batches at once
	s.start(t)
	printed := s.send(t, "/v1/batches", "application/pdf", quills(1000))
	zip := s.ask(t, "/v1/batches", "application/zip", quills(1000))
	began := time.Now()
	s.terminate(t)
	s.sleepThroughGrace(t, began)
	if made, stopped := zipped(t, zip.Body, 1000); made == 0 || stopped == 0 {
		t.Errorf("%d pages are made, and %d are not", made, stopped)
	}
	file := <-printed
	if file == nil {
		t.FailNow()
	}
	data, err := io.ReadAll(file.Body)
	switch pages := countedPages(string(data)); {
	case err != nil:
		t.Error(err)
	case file.StatusCode == http.StatusOK:
		if pages != "1000" || !bytes.HasSuffix(data, []byte("%%EOF\n")) {
			t.Errorf("a file of %q pages of 1000", pages)
		}
	case file.StatusCode != http.StatusServiceUnavailable || !bytes.Contains(data, []byte("/problems#busy")):
		t.Errorf("%d %.300s", file.StatusCode, data)
	}
	s.endsWell(t)
}

// stoppedDay is what the page is told of a day, and what became of it.
type stoppedDay struct {
	Made, Kept, Undone, Failed, Printed int
	Stopped                             bool
}

// day makes the day's list of so many visits, and does something when the first is done.
func (s *served) day(t *testing.T, visits int, begun func()) (report stoppedDay) {
	t.Helper()
	var list strings.Builder
	list.WriteString("visit id,name,time,handout,email,email consent\n")
	for i := range visits {
		fmt.Fprintf(&list, "%d,Zoe Quillfeather the %dth,%02d:%02d,sciatica,p%d@mail.example,yes\n", i, i, 6+i/180, i/3%60, i)
	}
	answer := s.ask(t, "/page/days", "application/jsonl", fmt.Sprintf(`{"list": %q, "called": "day.csv", "date": "2026-11-29", "print": true, "mail": true}`,
		base64.StdEncoding.EncodeToString([]byte(list.String()))))
	lines, told := bufio.NewReader(answer.Body), false
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF && len(line) == 0 && told {
			return report
		} else if err != nil {
			t.Fatalf("%d: the answer ends with %.300q, %v", answer.StatusCode, line, err)
		}
		var one struct {
			Done   int
			Report *stoppedDay
		}
		if err := json.Unmarshal(line, &one); err != nil {
			t.Fatalf("%v: %.300s", err, line)
		}
		if one.Report != nil {
			report, told = *one.Report, true
		} else if one.Done > 0 && begun != nil {
			begun()
			begun = nil
		}
	}
}

// TestServeStopsDay ends a server in the middle of a day's list, and one that is then held
// still for longer than it may take: the page is told how far it came, no file is half
// written, and the next server goes on there.
func TestServeStopsDay(t *testing.T) {
	for _, late := range []bool{false, true} {
		t.Run(fmt.Sprintf("late=%v", late), func(t *testing.T) {
			if late && testing.Short() {
				t.Skip("waits until the server has no patience any more")
			}
			t.Parallel()
			for visits := 300; ; visits *= 3 {
				if visits > 3000 {
					t.Skip("this machine is too fast to be stopped")
				}
				if stopDay(t, visits, late) {
					return
				}
			}
		})
	}
}

// stopDay tells whether it came to what is looked for.
func stopDay(t *testing.T, visits int, late bool) bool {
	t.Helper()
	home := t.TempDir()
	brand := filepath.Join(home, "clinic.yaml")
	if err := os.WriteFile(brand, []byte("name: Knee & Co\nemail: hello@clinic.example\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newServer(t, home, "--brand", brand).start(t)
	began := time.Now()
	first := s.day(t, visits, func() {
		began = time.Now()
		s.terminate(t)
		if late {
			s.sleepThroughGrace(t, began)
		}
	})
	if first.Stopped && time.Since(began) < stopGrace || first.Made+first.Undone != visits || first.Stopped != (first.Undone > 0) || first.Failed > 0 {
		t.Errorf("after %v: %+v", time.Since(began), first)
	}
	s.endsWell(t)
	out := filepath.Join(home, "handout", "days", "2026-11-29")
	files := map[string]int{}
	err := filepath.WalkDir(out, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files[filepath.Ext(path)]++
		if temporary.MatchString(path) || strings.HasSuffix(path, ".pdf") && !bytes.HasSuffix(data, []byte("%%EOF\n")) {
			t.Errorf("%s is half a file", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	printed, unfinished := 1, false
	if first.Stopped {
		printed, unfinished = 0, true
	}
	if files[".pdf"] != first.Made+printed || files[".eml"] != first.Made {
		t.Errorf("%v, and %+v is told", files, first)
	}
	if _, err := os.Stat(filepath.Join(out, "outbox", "unfinished")); (err == nil) != unfinished {
		t.Errorf("the outbox can be sent from, or not: %v", err)
	}
	s = newServer(t, home, "--brand", brand).start(t)
	if then := s.day(t, visits, nil); then.Made != first.Undone || then.Kept != first.Made || then.Printed != visits || then.Stopped {
		t.Errorf("it was left at %+v, and gone on with %+v", first, then)
	}
	return first.Stopped == late || time.Since(began) > stopGrace && first.Stopped
}
