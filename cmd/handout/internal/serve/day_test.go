package serve

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// dayClinic is a clinic with services and an address, and its server.
func dayClinic(t *testing.T, c Config) *Server {
	t.Helper()
	c.Press.Brand = filepath.Join(t.TempDir(), "clinic.yaml")
	const brand = `name: Harbour Lane Massage
email: hello@harbourlane.example
services:
  Deep tissue 60: {handout: sciatica, stretches: [knee-to-chest, "figure-4:hold=20s", cat-cow]}
  Desk 30: neck-and-desk
  After care: after-massage
  Consultation: none
`
	if err := os.WriteFile(c.Press.Brand, []byte(brand), 0o600); err != nil {
		t.Fatal(err)
	}
	if c.Key == nil {
		c.Key, _ = tokens(t)
	}
	if c.Home == nil {
		c.Home = &Home{Clinic: c.Press.Brand, Shelf: filepath.Dir(c.Press.Brand)}
	}
	return opened(t, c)
}

// janeList is the day of the mock-up, as one of the systems exports it.
const janeList = `Appointment Start Date Time,Patient Number,Patient First Name,Patient Last Name,Staff Member Name,Treatment Name,Status,Email,Email Consent,Stretches
2026-11-29 09:00,1,Ana,Ruiz,Robin Hale,Deep tissue 60,Arrived,ana@example.org,yes,
2026-11-29 09:45,2,Bo,Stone,Robin Hale,Desk 30,Arrived,,,
2026-11-29 10:30,3,Cy,Lowe,Robin Hale,Hot stone 90,Arrived,cy@example.org,yes,
2026-11-29 11:15,4,Đặng Thị,Hương,Robin Hale,Deep tissue 60,Arrived,,no,
2026-11-29 11:15,5,Di,Marsh,Sam Roe,Deep tissue 60,Cancelled,di@example.org,yes,
2026-11-29 13:00,6,Zoë,Nuñez-O’Brien,Robin Hale,Deep tissue 60,Arrived,zoe@example.org,yes,"knee-to-chest,figure-4:side=left,cat-cow"
2026-11-29 14:30,7,Jo,Finch,Robin Hale,Deep tissue 60,Arrived,,,"knee-to-chset:reps=4,cat-cow"
2026-11-29 15:15,8,Mia,Okafor,Robin Hale,After care,Arrived,mia@example.org,yes,none
2026-11-30 09:00,9,Next,Day,Robin Hale,Deep tissue 60,Booked,,,
`

// listed is a request about a list.
func listed(list string, more ...string) string {
	text := fmt.Sprintf(`{"list": %q, "called": "jane.csv"`, base64.StdEncoding.EncodeToString([]byte(list)))
	for _, one := range more {
		text += ", " + one
	}
	return text + "}"
}

const pageKeyHeader = "Authorization: Bearer first-token-of-the-tests"

func answered[T any](t *testing.T, w *httptest.ResponseRecorder) (is T) {
	t.Helper()
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	d := json.NewDecoder(w.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&is); err != nil {
		t.Fatal(err)
	}
	return is
}

// made is the last line of what is told of a list, and how often something was told.
func dayDone(t *testing.T, w *httptest.ResponseRecorder) (report dayMade, lines int) {
	t.Helper()
	if w.Code != 200 || w.Header().Get("Content-Type") != "application/jsonl" {
		t.Fatalf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	var last struct {
		Report  *dayMade
		Problem *saidProblem
	}
	for line := range strings.Lines(w.Body.String()) {
		lines++
		if err := json.Unmarshal([]byte(line), &last); err != nil {
			t.Fatal(err)
		}
	}
	if last.Report == nil {
		t.Fatalf("%s", w.Body)
	}
	return *last.Report, lines
}

func TestDayList(t *testing.T) {
	s := dayClinic(t, Config{})
	read := func(more ...string) dayRows {
		t.Helper()
		return answered[dayRows](t, ask(s, "POST /page/list", listed(janeList, more...), pageKeyHeader))
	}
	states := func(d dayRows) (all []string) {
		for _, r := range d.Rows {
			said := r.Row + " " + r.Time + " " + r.State
			if r.Why != "" {
				said += ": " + r.Why
			}
			for _, m := range r.Errors {
				said += " " + m.Pointer + " " + m.Code
			}
			all = append(all, said)
		}
		return all
	}
	d := read()
	want := []string{"2 09:00 ready", "3 09:45 ready", "4 10:30 wrong /mended/4 row-without-handout", "5 11:15 ready",
		"6 11:15 out: cancelled", "7 13:00 ready", "8 14:30 wrong /mended/8 row-stretch-unknown", "9 15:15 ready",
		"10 09:00 out: another day"}
	if got := states(d); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if d.System != "Jane" || d.Date != "2026-11-29" || !slices.Equal(d.Days, []string{"2026-11-29", "2026-11-30"}) || !d.Consent {
		t.Errorf("%+v", d)
	}
	if r := d.Rows[6]; len(r.Stretches) != 2 || r.Stretches[0].Near != "knee-to-chest" || r.Stretches[0].Reps != 4.0 || r.Stretches[1].Name != "Cat and cow" {
		t.Errorf("%+v", r)
	}
	if r := d.Rows[0]; r.Title != "Massage and sciatica" || len(r.Stretches) != 3 || *r.Stretches[1].Hold != 20 || !r.Mail || d.Rows[1].MailWhy == "" {
		t.Errorf("%+v", r)
	}
	d = read(`"mended": {"4": {"handout": "after-massage"}, "8": {"stretches": [{"id": "knee-to-chest", "reps": 4}, "cat-cow"]}, "9": {"out": true}}`)
	want[2], want[6], want[7] = "4 10:30 ready", "8 14:30 ready", "9 15:15 out: left off by hand"
	if got := states(d); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := read(`"date": "2026-11-30"`); got.Rows[0].State == "" || got.Date != "2026-11-30" {
		t.Errorf("%+v", got)
	}
	// A list that no system is known by, whose columns somebody names.
	const odd = "Wann,Wer,Was\n9:00,Ana Ruiz,sciatica\n"
	kind, wrong := problemOf(t, ask(s, "POST /page/list", listed(odd), pageKeyHeader))
	if kind != "invalid" || !slices.Equal(wrong, []string{"/list no-headings", "/columns heading", "/columns heading", "/columns heading"}) {
		t.Errorf("%s %q", kind, wrong)
	}
	got := answered[dayRows](t, ask(s, "POST /page/list", listed(odd, `"columns": {"name": "Wer", "time": "Wann", "handout": "Was"}`), pageKeyHeader))
	if len(got.Rows) != 1 || got.Rows[0].State != "ready" || got.Rows[0].Time != "09:00" || got.Rows[0].Patient != "Ana Ruiz" {
		t.Errorf("%+v", got)
	}
	if _, err := os.Stat(s.config.Days); err == nil {
		t.Error("something was written")
	}
}

// What a list says of a stretch is still said when the page sends the row's choices back, as
// it does when somebody adds one or takes one off.
func TestDayChoicesWhole(t *testing.T) {
	s := dayClinic(t, Config{})
	const list = "name,time,handout,stretches\nAna Ruiz,9:00,sciatica,\"figure-4:video=https://example.org/film?a=1:reps=10-12," +
		"cat-cow:hold=0s:unit=slow rounds,bridge:breaths=0:sets=2:side=left:per-day=3:days=5:note=slowly\"\n"
	read := func(more ...string) dayRow {
		t.Helper()
		rows := answered[dayRows](t, ask(s, "POST /page/list", listed(list, more...), pageKeyHeader)).Rows
		if len(rows) != 1 || rows[0].State != "ready" {
			t.Fatalf("%+v", rows)
		}
		return rows[0]
	}
	said := func(r dayRow) string {
		t.Helper()
		var all []pageChoice // without what the page takes off
		for _, c := range r.Stretches {
			all = append(all, c.pageChoice)
		}
		data, err := json.Marshal(all)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	first := said(read())
	const want = `[{"id":"figure-4","reps":"10-12","video":"https://example.org/film?a=1"},{"id":"cat-cow","hold":0,"unit":"slow rounds"},` +
		`{"id":"bridge","breaths":0,"sets":2,"per_day":3,"days":5,"side":"left","note":"slowly"}]`
	if first != want {
		t.Errorf("%s\nand not\n%s", first, want)
	}
	if again := said(read(`"mended": {"2": {"stretches": ` + first + `}}`)); again != first {
		t.Errorf("%s\nis, sent back,\n%s", first, again)
	}
	// A pack is saved with the same.
	kept := answered[map[string]string](t, ask(s, "POST /page/packs", `{"name": "All of it", "stretches": `+first+`}`, pageKeyHeader))
	for _, p := range answered[pageState](t, ask(s, "GET /page/state", "", pageKeyHeader)).Packs {
		data, err := json.Marshal(p.Stretches)
		if p.ID == kept["id"] && (err != nil || string(data) != first) {
			t.Errorf("the pack has\n%s", data)
		}
	}
}

func TestDayMade(t *testing.T) {
	s := dayClinic(t, Config{})
	if days := answered[[]dayInfo](t, ask(s, "GET /page/days", "", pageKeyHeader)); len(days) != 0 {
		t.Errorf("%+v", days)
	}
	if kind, _ := problemOf(t, ask(s, "GET /page/days/2026-11-29/print.pdf", "", pageKeyHeader)); kind != "not-found" {
		t.Error(kind)
	}
	report, lines := dayDone(t, ask(s, "POST /page/days", listed(janeList, `"print": true`, `"mail": true`), pageKeyHeader))
	if report.Made != 5 || report.Failed != 2 || report.LeftOut != 2 || report.Printed != 5 || report.Stopped || report.Messages["new"] != 3 || lines < 3 {
		t.Errorf("%+v in %d lines", report, lines)
	}
	again, _ := dayDone(t, ask(s, "POST /page/days", listed(janeList, `"print": true`, `"mail": true`, `"mended": {"4": {"handout": "after-massage"}}`), pageKeyHeader))
	if again.Made != 1 || again.Kept != 5 || again.Failed != 1 || again.Printed != 6 || again.Messages["new"] != 4 {
		t.Errorf("%+v", again)
	}
	days := answered[[]dayInfo](t, ask(s, "GET /page/days", "", pageKeyHeader))
	if len(days) != 1 || days[0].Date != "2026-11-29" || days[0].Pages != 6 || !days[0].Print || days[0].Waiting != 4 {
		t.Errorf("%+v", days)
	}
	if w := ask(s, "GET /page/days/2026-11-29/print.pdf", "", pageKeyHeader); w.Code != 200 || !bytes.HasPrefix(w.Body.Bytes(), []byte("%PDF-")) {
		t.Errorf("%d", w.Code)
	}
	w := ask(s, "GET /page/days/2026-11-29/handouts.zip", "", pageKeyHeader)
	z, err := zip.NewReader(bytes.NewReader(w.Body.Bytes()), int64(w.Body.Len()))
	if err != nil || len(z.File) != 7 || z.File[6].Name != "report.csv" || !strings.HasPrefix(z.File[0].Name, "row-") {
		t.Errorf("%v", err)
	}
	box := answered[boxed](t, ask(s, "GET /page/days/2026-11-29/outbox", "", pageKeyHeader))
	if len(box.Messages) != 4 || box.Messages[0].Fate != "waiting" || box.Unfinished {
		t.Errorf("%+v", box)
	}
	if _, wrong := problemOf(t, ask(s, "POST /page/days/2026-11-29/sent", "{}", pageKeyHeader)); !slices.Equal(wrong, []string{" no-mail-server"}) {
		t.Errorf("%q", wrong)
	}
	for _, m := range box.Messages {
		box = answered[boxed](t, ask(s, "POST /page/days/2026-11-29/outbox", fmt.Sprintf(`{"code": %q, "do": "withdraw"}`, m.Code), pageKeyHeader))
	}
	if len(box.Messages) != 0 {
		t.Errorf("%+v", box)
	}
	// Only its owner can look into the folder, and what is deleted is gone.
	err = filepath.WalkDir(s.config.Days, func(path string, d fs.DirEntry, err error) error {
		if info, e := d.Info(); e == nil && info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
			t.Errorf("%s: %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	gone := answered[map[string]int](t, ask(s, "DELETE /page/days/2026-11-29", "", pageKeyHeader))
	left, err := os.ReadDir(s.config.Days)
	if !maps.Equal(gone, map[string]int{"deleted": 6}) || err != nil || len(left) != 0 {
		t.Errorf("%v %v %v", gone, left, err)
	}
	for _, path := range []string{"DELETE /page/days/..", "DELETE /page/days/2026-11-2", "GET /page/days/%2e%2e/print.pdf", "GET /page/days/2026-11-29/outbox/"} {
		if w := ask(s, path, "", pageKeyHeader); w.Code == 200 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// What goes with a service is kept in the clinic's file, with all else that stands there.
func TestKeptService(t *testing.T) {
	s := dayClinic(t, Config{})
	answered[struct{}](t, ask(s, "POST /page/services", `{"service": "Hot stone 90", "handout": "after-massage"}`, pageKeyHeader))
	d := answered[dayRows](t, ask(s, "POST /page/list", listed(janeList), pageKeyHeader))
	if r := d.Rows[2]; r.State != "ready" || r.Handout != "after-massage" {
		t.Errorf("%+v", r)
	}
	if text, err := os.ReadFile(s.config.Home.Clinic); err != nil || !strings.Contains(string(text), "\n  \"Hot stone 90\": after-massage\n") || !strings.Contains(string(text), "  Consultation: none\n") {
		t.Errorf("%v %s", err, text)
	}
	answered[struct{}](t, ask(s, "POST /page/services", `{"service": "Talk", "handout": "none"}`, pageKeyHeader))
	answered[struct{}](t, ask(s, "POST /page/services", `{"service": "talk", "handout": "sciatica"}`, pageKeyHeader))
	for body, want := range map[string]string{
		`{"service": "Talk 2", "handout": "no-such"}`: "/handout handout-unknown",
		`{"service": " ", "handout": "sciatica"}`:     "/services not-editable",
		`{"service": "Talk 3"}`:                       " member-missing",
	} {
		if _, wrong := problemOf(t, ask(s, "POST /page/services", body, pageKeyHeader)); !slices.Equal(wrong, []string{want}) {
			t.Errorf("%s: %q", body, wrong)
		}
	}
}

// The clinic's settings have what goes with a service, and change it with the rest.
func TestClinicServices(t *testing.T) {
	s := dayClinic(t, Config{})
	file := answered[clinicFile](t, ask(s, "GET /page/clinic", "", pageKeyHeader))
	if want := (clinicService{"Deep tissue 60", "sciatica", []string{"knee-to-chest", "figure-4", "cat-cow"}}); len(file.Services) != 4 ||
		!slices.Equal(file.Services[0].Stretches, want.Stretches) || file.Services[0].Handout != want.Handout || file.Services[3].Handout != "none" {
		t.Fatalf("%+v", file.Services)
	}
	file = answered[clinicFile](t, ask(s, "PUT /page/clinic", `{"settings": {"phone": "555 0142"}, "services": {"Deep tissue 60": "low-back-pain", "Consultation": "first-visit", "Hot stone *": "none"}}`,
		pageKeyHeader, `If-Match: "`+file.Sum+`"`))
	text, err := os.ReadFile(s.config.Home.Clinic)
	for _, line := range []string{`  Deep tissue 60: {handout: low-back-pain, stretches: [knee-to-chest, "figure-4:hold=20s", cat-cow]}`, "  Consultation: first-visit", `  "Hot stone *": none`, "  Desk 30: neck-and-desk"} {
		if err != nil || !strings.Contains(string(text), line+"\n") {
			t.Errorf("no %s in %s", line, text)
		}
	}
	w := ask(s, "PUT /page/clinic", `{"settings": {}, "services": {"Desk 30": "no-such"}}`, pageKeyHeader, `If-Match: "`+file.Sum+`"`)
	if _, wrong := problemOf(t, w); !slices.Equal(wrong, []string{"/handout handout-unknown"}) {
		t.Errorf("%q", wrong)
	}
}

// A page by itself becomes a file that a mail program opens, for who agreed alone.
func TestMailPage(t *testing.T) {
	s := dayClinic(t, Config{})
	const order = `{"handout": "sciatica", "patient": "Zoë Nuñez-O'Brien", "to": "zoe@example.org", "agreed": true%s}`
	w := ask(s, "POST /page/mail", fmt.Sprintf(order, ""), pageKeyHeader)
	if w.Code != 200 || w.Header().Get("Content-Type") != "message/rfc822" || !strings.HasPrefix(w.Body.String(), "X-Unsent: 1\r\n") ||
		w.Header().Get("Content-Disposition") != "attachment; filename=sciatica.eml" || !strings.Contains(w.Body.String(), "<zoe@example.org>") {
		t.Errorf("%d %v %.300s", w.Code, w.Header(), w.Body)
	}
	for body, want := range map[string]string{
		`{"handout": "sciatica", "to": "zoe@example.org"}`:                                     " member-missing",
		`{"handout": "sciatica", "to": "zoe@example.org", "agreed": false}`:                    "/agreed not-agreed",
		`{"handout": "sciatica", "to": "zoe", "agreed": true}`:                                 "/to address-unusable",
		`{"handout": "sciatica", "to": "z@example.org\r\nBcc: x@example.org", "agreed": true}`: "/to address-unusable",
		fmt.Sprintf(order, `, "send": true`):                                                   " no-mail-server",
		fmt.Sprintf(order, `, "born": "yesterday"`):                                            "/born day-unreadable",
	} {
		if _, wrong := problemOf(t, ask(s, "POST /page/mail", body, pageKeyHeader)); !slices.Equal(wrong, []string{want}) {
			t.Errorf("%s: %q", body, wrong)
		}
	}
	if _, err := os.Stat(s.config.Days); err == nil {
		t.Error("something was written")
	}
}
