package serve

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// An appointment list as it was exported is a batch too.
func TestBatchOfList(t *testing.T) {
	s := dayClinic(t, Config{})
	const csv = "Content-Type: text/csv"
	w := ask(s, "POST /v1/batches?date=2026-11-29", janeList, csv)
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	d := description(t)
	names, files, report := unpacked(t, w.Body.Bytes())
	if want := []string{"row-0002.pdf", "row-0003.pdf", "row-0005.pdf", "row-0007.pdf", "row-0009.pdf", "report.json"}; !slices.Equal(names, want) {
		t.Errorf("%q", names)
	}
	var said []string
	for _, b := range report {
		one := b.Row + " " + b.State + " " + b.Why
		for _, m := range b.Errors {
			one += m.Pointer + " " + m.Code
		}
		said = append(said, one)
	}
	if want := []string{"2 made ", "3 made ", "4 failed /rows/4 row-without-handout", "5 made ", "6 left_out cancelled", "7 made ", "8 failed /rows/8 row-stretch-unknown", "9 made ", "10 left_out another day"}; !slices.Equal(said, want) {
		t.Errorf("%q", said)
	}
	if err := d.holds("/components/schemas/Became", []byte(strings.Trim(string(files["report.json"]), "[]\n")[:strings.Index(string(files["report.json"]), "},{")])); err != nil {
		t.Error(err)
	}
	// One file to print, or all that is wrong, by the rows' numbers.
	kind, wrong := problemOf(t, ask(s, "POST /v1/batches?date=2026-11-29", janeList, csv, "Accept: application/pdf"))
	if kind != "invalid" || !slices.Equal(wrong, []string{"/rows/4 row-without-handout", "/rows/8 row-stretch-unknown"}) {
		t.Errorf("%s %q", kind, wrong)
	}
	if w := ask(s, "POST /v1/batches?date=2026-11-29&handout=after-massage", strings.Replace(janeList, "chset", "chest", 1), csv, "Accept: application/pdf"); w.Code != 200 || !strings.HasPrefix(w.Body.String(), "%PDF-") {
		t.Errorf("%d %.200s", w.Code, w.Body)
	}
	const bundle = `{"resourceType": "Bundle", "type": "collection", "entry": [
		{"resource": {"resourceType": "Patient", "id": "p", "name": [{"given": ["Ana"], "family": "Ruiz"}]}},
		{"resource": {"resourceType": "Appointment", "id": "a1", "status": "booked", "start": "2026-11-29T09:00:00Z", "participant": [{"actor": {"reference": "Patient/p"}, "status": "accepted"}]}}]}`
	for what, list := range map[string][2]string{
		"application/fhir+json":   {bundle, "visit-a1.pdf"},
		"application/jsonl":       {`{"name": "Ana Ruiz", "visit": "7"}` + "\n", "visit-7.pdf"},
		"text/csv; charset=utf-8": {"Wer,Nr\nAna Ruiz,7\n", "row-0002.pdf"},
	} {
		query := "?handout=sciatica"
		if strings.HasPrefix(what, "text") {
			query += "&columns=name%3DWer"
		}
		w := ask(s, "POST /v1/batches"+query, list[0], "Content-Type: "+what)
		if w.Code != 200 {
			t.Errorf("%s: %d %s", what, w.Code, w.Body)
		} else if names, _, _ := unpacked(t, w.Body.Bytes()); !slices.Equal(names, []string{list[1], "report.json"}) {
			t.Errorf("%s: %q", what, names)
		}
	}
	for _, c := range []struct{ query, kind, body, code string }{
		{"", "text/csv", "Wer,Email,Time\nAna Quillfeather,,9:00\n", " no-name-column"},
		{"?date=tomorrow", "text/csv", janeList, " parameter-unreadable"},
		{"?columns=x", "text/csv", janeList, " parameter-unreadable"},
		{"?lang=X", "text/csv", janeList, " parameter-unreadable"},
		{"?handout=sciatica", "application/json", `{"visits": [{"id": "1", "handout": "sciatica"}]}`, " parameter-unreadable"},
		{"?date=2020-01-01", "text/csv", janeList, " visits-out-of-range"},
		{"", "text/csv", "%PDF-1.7", " list-is-pdf"},
		{"", "text/csv", "Client Name,Time\nAna Quillfeather,9:00\n", "/rows/2 row-without-handout"},
	} {
		w := ask(s, "POST /v1/batches"+c.query, c.body, "Content-Type: "+c.kind, "Accept: application/pdf")
		if _, wrong := problemOf(t, w); !slices.Equal(wrong, []string{c.code}) {
			t.Errorf("%s: %q", c.query, wrong)
		}
		if strings.Contains(fmt.Sprint(w.Header(), w.Body), "uillfeather") {
			t.Errorf("this was told: %s", w.Body)
		}
	}
}
