package output

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// outside runs a judge that is not ours over a file, or skips the test.
func outside(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skip(name, "is not installed")
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// onDisk writes the tests' pages into a folder.
func onDisk(t *testing.T) (dir string, files map[string]string) {
	t.Helper()
	dir, files = t.TempDir(), map[string]string{}
	for id, p := range pages(t) {
		files[id] = filepath.Join(dir, id+".pdf")
		if err := WriteFile(files[id], write(t, p, id)); err != nil {
			t.Fatal(err)
		}
	}
	return dir, files
}

func TestQPDF(t *testing.T) {
	_, files := onDisk(t)
	for id, file := range files {
		if out := outside(t, "qpdf", "--check", file); !strings.Contains(out, "No syntax or stream encoding errors") {
			t.Errorf("%s: %s", id, out)
		}
	}
}

// skeleton keeps of a printed structure tree the roles and the texts.
func skeleton(tree string) string {
	var b strings.Builder
	for _, line := range strings.Split(tree, "\n") {
		word := strings.TrimSpace(line)
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		switch {
		case word == "", strings.HasPrefix(word, "/"), strings.HasPrefix(word, "Object "), strings.HasPrefix(word, "link "):
			continue
		case word[0] != '"':
			word = strings.TrimRight(strings.Fields(word)[0], ":")
		}
		b.WriteString(indent + word + "\n")
	}
	return b.String()
}

func TestPopplerTree(t *testing.T) {
	_, files := onDisk(t)
	for id, file := range files {
		got := skeleton(outside(t, "pdfinfo", "-struct-text", file))
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		// Go quotes backslashes and what cannot be seen, poppler does not.
		want := skeleton(strings.NewReplacer(`\\`, `\`, `\u200b`, "\u200b").Replace(newJudge(t, data).String()))
		if got != want {
			t.Errorf("%s: poppler sees\n%s\nwe see\n%s", id, got, want)
		}
	}
}

func TestPopplerText(t *testing.T) {
	_, files := onDisk(t)
	// Poppler adds marks of direction. A cluster of several glyphs has U+200B for
	// all but the first (see fonts.Glyph), and its marks in their canonical order.
	invisible := strings.NewReplacer("\u202a", "", "\u202b", "", "\u202c", "", "\u200e", "", "\u200f", "", "\u200b", "")
	plain := func(s string) string { return norm.NFC.String(invisible.Replace(s)) }
	got := plain(outside(t, "pdftotext", "-enc", "UTF-8", files["full"], "-"))
	for _, n := range names {
		if !strings.Contains(got, plain(n.name)+"\n") {
			t.Errorf("%s is not in the text", n.name)
		}
	}
	for _, want := range []string{"Keep moving. Stop if it hurts (sharply) and read more at riverside.example or", `AVATAR, office, file (\) 3).`, "Riverside Clinic (est. 1999)"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in the text", want)
		}
	}
	if got := plain(outside(t, "pdftotext", "-enc", "UTF-8", files["rtl"], "-")); !strings.Contains(got, "שרה call 112 ,עכשיו") && !strings.Contains(got, "שרה, call 112 עכשיו") {
		t.Errorf("the page that reads from right to left has the text %q", got)
	}
}

func TestMuPDF(t *testing.T) {
	dir, files := onDisk(t)
	for id, file := range files {
		out := outside(t, "mutool", "draw", "-q", "-r", "30", "-o", filepath.Join(dir, id+".png"), file)
		for _, line := range strings.Split(out, "\n") {
			if line != "" && !strings.Contains(line, "ICC support is not available") {
				t.Errorf("%s: %s", id, line)
			}
		}
	}
}

func TestVeraPDF(t *testing.T) {
	script := os.Getenv("HANDOUT_VERAPDF")
	if script == "" {
		t.Skip("HANDOUT_VERAPDF does not name .ci/verapdf.sh")
	}
	dir, _ := onDisk(t)
	if out, err := exec.Command(script, dir).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
