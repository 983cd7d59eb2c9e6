package content

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// visited makes a page of Markdown below a title.
func visited(t *testing.T, text string, v Visit) *Page {
	t.Helper()
	fsys := fstest.MapFS{"x.md": {Data: []byte("---\ntitle: X\n---\n" + text)}}
	h, err := ReadHandout(fsys, "x.md")
	if err != nil {
		t.Fatal(err)
	}
	p, err := Open().Personalise(h, nil, v)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var codes = "Words.\n\n```code\nhttps://example.org/film\nFor {patient} and all\n```\n\n```reminder\ndaily at 8:30 for 14 days: Stretch, walk; rest\n```\n"

// The entry is what RFC 5545 asks for, and begins the day after the visit.
func TestCalendar(t *testing.T) {
	date := time.Date(2026, 2, 28, 15, 4, 5, 0, time.UTC)
	p := visited(t, codes, Visit{Date: date})
	code, ok := p.Blocks[2].(*Code)
	if !ok || code.Link != "" {
		t.Fatalf("%+v", p.Blocks[2])
	}
	want := strings.Join([]string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:handout", "BEGIN:VEVENT", "UID:", "DTSTAMP:20260228T000000Z",
		"DTSTART:20260301T083000", "RRULE:FREQ=DAILY;COUNT=14", `SUMMARY:Stretch\, walk\; rest`,
		"BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:PT0S", `DESCRIPTION:Stretch\, walk\; rest`, "END:VALARM", "END:VEVENT", "END:VCALENDAR", ""}, "\r\n")
	head, rest, _ := strings.Cut(code.Data, "UID:")
	uid, tail, _ := strings.Cut(rest, "\r\n")
	if got := head + "UID:\r\n" + tail; got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if len(uid) < 8 {
		t.Errorf("the UID %q may not be the only one", uid)
	}
	if s := code.Caption.String(); s != "Scan for a reminder: Stretch, walk; rest, every day, 8:30" {
		t.Errorf("caption %q", s)
	}
	if later := visited(t, codes, Visit{Date: date.AddDate(0, 0, 1)}).Blocks[2].(*Code).Data; strings.Contains(later, uid) {
		t.Error("two entries have one UID")
	}
}

// A code holds no word of the visit, and is the same for everyone seen that day.
func TestCodesAreNobodys(t *testing.T) {
	date := time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)
	ana := visited(t, codes, Visit{Patient: "Ana", Note: "Daily", Therapist: "Robin", Next: "Monday", Date: date})
	zoe := visited(t, codes, Visit{Patient: "Zoë", Note: "Weekly", Date: date})
	n := 0
	for i, b := range ana.Blocks {
		a, ok := b.(*Code)
		if !ok {
			continue
		}
		n++
		if a.Data != zoe.Blocks[i].(*Code).Data {
			t.Errorf("two patients' codes differ: %q", a.Data)
		}
		for _, word := range []string{"Ana", "Robin", "Monday"} {
			if strings.Contains(a.Data, word) {
				t.Errorf("%q is in a code: %q", word, a.Data)
			}
		}
	}
	if n != 2 {
		t.Errorf("%d codes", n)
	}
	// The caption is print, and may be personal.
	if s := ana.Blocks[1].(*Code).Caption.String(); s != "For Ana and all" {
		t.Errorf("caption %q", s)
	}
}

func TestReminderWithoutDate(t *testing.T) {
	p := visited(t, codes, Visit{})
	if len(p.Blocks) != 2 || len(p.Warnings) != 1 {
		t.Errorf("%d blocks, %v", len(p.Blocks), p.Warnings)
	}
}

func TestFold(t *testing.T) {
	for _, n := range []int{0, 1, 74, 75, 76, 149, 150, 400} {
		for _, s := range []string{strings.Repeat("x", n), strings.Repeat("é", n), "x" + strings.Repeat("日", n)} {
			var b strings.Builder
			fold(&b, s)
			for line := range strings.Lines(b.String()) {
				if line = strings.TrimSuffix(line, "\r\n"); len(line) > 75 || !strings.HasSuffix(b.String(), "\r\n") {
					t.Errorf("a line of %d bytes", len(line))
				}
			}
			if got := strings.ReplaceAll(strings.TrimSuffix(b.String(), "\r\n"), "\r\n ", ""); got != s || strings.ToValidUTF8(b.String(), "?") != b.String() {
				t.Errorf("%d: %q does not unfold to what it was", n, b.String())
			}
		}
	}
}

// A diary begins the day after the visit; a month ends the day before that day
// comes again.
func TestDiaryMonth(t *testing.T) {
	for _, c := range []struct {
		visit string
		days  int
	}{
		{"2026-01-31", 28}, // 1 to 28 February
		{"2028-01-31", 29},
		{"2026-11-22", 30},
		{"2026-12-22", 31},
		{"2026-01-30", 31}, // from 31 January on: February has no 31st
		{"2026-01-15", 31},
	} {
		visit, err := time.Parse(time.DateOnly, c.visit)
		if err != nil {
			t.Fatal(err)
		}
		h := visited(t, "```stretches\n```\n\n```diary\nmonth\n```\n", Visit{Date: visit, Chosen: true, Stretches: []Choice{{ID: "cat-cow"}}})
		d := h.Blocks[1].(*Diary)
		if d.Days != c.days || !d.Start.Equal(visit.AddDate(0, 0, 1)) {
			t.Errorf("%s: %d days from %v, want %d", c.visit, d.Days, d.Start, c.days)
		}
	}
}

// Letters an address cannot hold are written out, in a code and in a film's address,
// and count as what they become.
func TestWrittenOut(t *testing.T) {
	of := func(address string) fstest.MapFS {
		return mapFS("h.md", "---\ntitle: T\n---\nHello.\n\n```code\n"+address+"\nscan\n```\n")
	}
	for n, want := range map[int]bool{0: true, 64: true, 66: false, 150: false} {
		h, err := ReadHandout(of("https://example.org/"+strings.Repeat("ä", n)), "h.md")
		if (err == nil) != want || err != nil && !strings.Contains(err.Error(), "a code holds at most 412 bytes, and this makes ") {
			t.Errorf("%d letters: %v", n, err)
		}
		if err == nil {
			if c := h.Blocks[1].(*Code); len(c.Data) != 20+6*n {
				t.Errorf("%d letters: %q", n, c.Data)
			}
		}
	}
	film := func(address string) (string, error) {
		s, err := ReadStretch(mapFS("s.md", strings.Replace(mineStretch, "name:", "video: "+address+"\nname:", 1), "x.fig", "figure 1\n"), "s.md")
		if err != nil {
			return "", err
		}
		return s.Video, nil
	}
	for address, want := range map[string]string{"https://example.org/a b": "https://example.org/a%20b", "https://example.org/ä": "https://example.org/%C3%A4", "HTTPS://example.org/a": "https://example.org/a", "https://example.org/a%20b?c=d&e#f": "https://example.org/a%20b?c=d&e#f"} {
		if got, err := film(address); err != nil || got != want {
			t.Errorf("%s: %q, %v", address, got, err)
		}
	}
	for _, address := range []string{"http://example.org/a", "example.org", "https://example.org/" + strings.Repeat("ä", 80), "https://u:p@example.org/"} {
		if got, err := film(address); err == nil {
			t.Errorf("%s: %q", address, got)
		}
	}
}
