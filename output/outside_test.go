package output

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"handout/fonts"
	"handout/layout"
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
		if err := os.WriteFile(files[id], write(t, p, id), 0o600); err != nil {
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
		want := skeleton(strings.NewReplacer(`\\`, `\`).Replace(newJudge(t, data).String()))
		if got != want {
			t.Errorf("%s: poppler sees\n%s\nwe see\n%s", id, got, want)
		}
	}
}

// marks of direction are poppler's own, at the ends of words.
var marks = strings.NewReplacer("\u202a", " ", "\u202b", " ", "\u202c", " ", "\u200e", " ", "\u200f", " ")

// words is text with one space between words.
func words(s string) string { return strings.Join(strings.Fields(marks.Replace(s)), " ") }

// TestReaders has other programs read the page of names. Each line must come out
// as it was written, in logical order. Those that do not are listed with what
// comes out; a list may lose lines and never gain one.
func TestReaders(t *testing.T) {
	_, files := onDisk(t)
	file := files["names"]
	for _, r := range []struct {
		name    string
		command []string
		strays  map[string]string
	}{
		{"poppler", []string{"pdftotext", "-enc", "UTF-8", file, "-"}, map[string]string{
			// It takes the number after Arabic for one before it.
			"For شيخ ثلاث, 3 times": "For 3 , شيخ ثلاث times",
		}},
		{"poppler, as painted", []string{"pdftotext", "-raw", "-enc", "UTF-8", file, "-"}, map[string]string{
			// Words in the order of painting: each is right in itself.
			"عبد الله": "الله عبد", "فاطمة الزهراء": "الزهراء فاطمة", "شيخ ثلاث": "ثلاث شيخ",
			"For عبد الله today": "For الله عبد today", "For شيخ ثلاث, 3 times": "For 3 , ثلاث شيخ times",
		}},
		{"mupdf", []string{"mutool", "draw", "-q", "-F", "text", file}, seenNames(t)},
	} {
		t.Run(r.name, func(t *testing.T) {
			var got []string
			for _, line := range strings.Split(outside(t, r.command[0], r.command[1:]...), "\n") {
				if line = words(line); line != "" && !strings.Contains(line, "ICC support is not available") {
					got = append(got, strings.Trim(line, "\f"))
				}
			}
			if len(got) != len(names) {
				t.Fatalf("%d lines of %d:\n%s", len(got), len(names), strings.Join(got, "\n"))
			}
			for i, n := range names {
				want, strays := r.strays[n.name]
				if !strays {
					want = n.name
				}
				switch {
				case strays && got[i] == n.name:
					t.Errorf("%s is read right now: take it off the list", n.name)
				case got[i] != want:
					t.Errorf("%s is read as %+q, want %+q", n.name, got[i], want)
				}
			}
		})
	}
}

// seenNames are the names that have letters which read from right to left, as they
// are seen from left to right: mupdf does not put them in order.
func seenNames(t *testing.T) map[string]string {
	seen := map[string]string{}
	for _, it := range namesPage(t).Items {
		if g, ok := it.(*layout.Glyphs); ok {
			name := names[g.Tag-1].name
			for _, glyph := range g.Glyphs {
				seen[name] += fonts.Seen(glyph.Text)
			}
		}
	}
	for name, s := range seen {
		if name == s {
			delete(seen, name)
		}
	}
	return seen
}

// TestPopplerWords: no word is torn. With their boxes poppler gives words as seen.
func TestPopplerWords(t *testing.T) {
	_, files := onDisk(t)
	out := outside(t, "pdftotext", "-bbox", "-enc", "UTF-8", files["names"], "-")
	var got, want []string
	for _, m := range regexp.MustCompile(`<word [^>]*>([^<]*)</word>`).FindAllStringSubmatch(out, -1) {
		got = append(got, strings.Trim(m[1], ","))
	}
	for _, n := range names {
		for _, w := range strings.Fields(n.name) {
			want = append(want, fonts.Seen(strings.Trim(w, ",")))
		}
	}
	got = slices.DeleteFunc(got, func(w string) bool { return w == "" }) // a comma of another font
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("words %q, want %q", got, want)
	}
}

func TestPopplerText(t *testing.T) {
	_, files := onDisk(t)
	got := outside(t, "pdftotext", "-enc", "UTF-8", files["full"], "-")
	for _, want := range []string{"Keep moving. Stop if it hurts (sharply) and read more at riverside.example or", `AVATAR, office, file (\) 3).`, "Riverside Clinic (est. 1999)"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in the text", want)
		}
	}
	got = words(outside(t, "pdftotext", "-enc", "UTF-8", files["rtl"], "-"))
	if want := "שרה call 112 , עכשיו"; !strings.Contains(got, want) {
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
