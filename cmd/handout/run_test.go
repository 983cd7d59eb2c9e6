package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestPages holds the pages set by hand to 80 columns, and to flags that exist.
func TestPages(t *testing.T) {
	flag := regexp.MustCompile(`--[a-z-]+`)
	pages := map[string]string{"handout": usagePage}
	for _, v := range verbs() {
		pages[v.name] = v.page
		for _, name := range flag.FindAllString(v.page, -1) {
			var out, err bytes.Buffer
			run([]string{v.name, name + "=x", "--help"}, nil, &out, &err)
			if strings.Contains(err.String(), "has no flag") && v.name != "help" {
				t.Errorf("the page of %s speaks of %s, which it does not know", v.name, name)
			}
		}
	}
	for name, page := range pages {
		for i, line := range strings.Split(page, "\n") {
			if utf8.RuneCountInString(line) > 80 || strings.TrimRight(line, " \t") != line {
				t.Errorf("%s: line %d is too wide, or ends in a space: %q", name, i+1, line)
			}
		}
		if !strings.HasSuffix(page, "\n") {
			t.Errorf("%s: the page does not end its last line", name)
		}
	}
}

// TestTerminal keeps a page from a terminal.
func TestTerminal(t *testing.T) {
	tty, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no terminal to be had: ", err)
	}
	defer tty.Close()
	var said bytes.Buffer
	if code := run([]string{"make", "sciatica", "-o", "-"}, nil, tty, &said); code != exitMisuse {
		t.Errorf("exit code %d, want %d", code, exitMisuse)
	}
	if !strings.Contains(said.String(), "a PDF is not for a terminal") {
		t.Errorf("it said %q", said.String())
	}
	if code := run([]string{"draw", "x.pose", "-o", "-", "--format", "png"}, nil, tty, &said); code != exitMisuse {
		t.Errorf("draw: exit code %d, want %d", code, exitMisuse)
	}
	if !strings.Contains(said.String(), "a picture is not for a terminal") {
		t.Errorf("it said %q", said.String())
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if code := run([]string{"make", "sciatica", "-o", "-"}, nil, null, &said); code != exitDone {
		t.Errorf("to %s: exit code %d, want %d: %s", os.DevNull, code, exitDone, said.String())
	}
}

// TestColumns counts columns as a terminal does.
func TestColumns(t *testing.T) {
	for s, want := range map[string]int{"": 0, "neck": 4, "首の痛み": 8, "Zoë": 3, "Zoe\u0308": 3, "a\u200bb": 2} {
		if got := columns(s); got != want {
			t.Errorf("%q takes %d columns, not %d", s, want, got)
		}
	}
}

// TestTable sets names of all widths in columns.
func TestTable(t *testing.T) {
	var b bytes.Buffer
	err := (&listing{List: []listed{{ID: "neck", Name: "首の痛み", Summary: "wide"}, {ID: "sciatica", Name: "Zoë"}, {ID: "x", Name: "Ease", Summary: "plain"}}}).print(&b)
	want := "neck      首の痛み  wide\nsciatica  Zoë\nx         Ease      plain\n"
	if got := b.String(); err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

// FuzzMake makes pages of anything that can be typed about a visit: a page comes
// out, or a refusal, and the same one each time.
func FuzzMake(f *testing.F) {
	f.Setenv("HOME", f.TempDir()) // not this machine's fonts
	f.Setenv("XDG_DATA_DIRS", f.TempDir())
	f.Setenv("XDG_DATA_HOME", f.TempDir())
	f.Add("Zoë Nuñez-O'Brien", "Walk to the corner.", "figure-4,hip-flexor:hold=20s:reps=2")
	f.Add("محمد", "\u202eabc", "none")
	f.Add("Đặng Thị Hương 🫨", strings.Repeat("w", 400), "cat-cow:note=\"a, b\"")
	f.Add("e\u0301\u0301\u0301", "a\tb\nc", "./x.md:hold=1s")
	f.Add("\xff", "-", "figure-4:hold=:=:")
	f.Fuzz(func(t *testing.T, patient, note, stretches string) {
		args := []string{"make", "sciatica", "-o", "-", "--patient=" + patient, "--note=" + note, "--stretches=" + stretches}
		var page, again, said bytes.Buffer
		code := run(args, nil, &page, &said)
		switch {
		case code == exitDone && !bytes.HasPrefix(page.Bytes(), []byte("%PDF-1.")):
			t.Errorf("no page was written")
		case code != exitDone && (page.Len() > 0 || !strings.HasPrefix(said.String(), "handout: ")):
			t.Errorf("exit code %d after %d bytes, and it said %q", code, page.Len(), said.String())
		case code < exitDone || code > exitFile:
			t.Errorf("exit code %d", code)
		}
		if run(args, nil, &again, &said) != code || !bytes.Equal(page.Bytes(), again.Bytes()) {
			t.Errorf("the second page is another")
		}
	})
}
