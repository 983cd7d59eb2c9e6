package main

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDocuments runs every command that README and docs show, as it stands there, in a folder that has what the
// documents speak of. Commands that ask a server, or are one, are read and not carried out: TestServeDocument and
// the scripts of mail do that.
func TestDocuments(t *testing.T) {
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(pages) < 8 {
		t.Fatal(err, pages)
	}
	texts := map[string]string{}
	for _, page := range append(pages, "../../README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		texts[path.Base(page)] = string(text)
	}
	command := regexp.MustCompile(`(?m)^    handout (.*?)(?: {4,}.*)?$`)
	for page, text := range texts {
		t.Run(page, func(t *testing.T) {
			found := command.FindAllStringSubmatch(text, -1)
			if found == nil {
				return
			}
			setTable(t)
			for _, m := range found {
				follows(t, m[1])
			}
		})
	}
}

// follows runs a line as a shell would.
func follows(t *testing.T, line string) {
	t.Helper()
	args := shellWords(line)
	if args == nil {
		t.Errorf("handout %s: the quotes are not closed", line)
		return
	}
	if args[0] == "serve" || slices.Contains(args, "--smtp") || slices.Contains(args, "--watch") {
		w := inTest()
		i := slices.IndexFunc(w.verbs, func(v verb) bool { return v.name == args[0] })
		if err := w.flagsOf(w.verbs[i]).Parse(args[1:]); err != nil {
			t.Errorf("handout %s: %v", line, err)
		}
		return
	}
	if args[0] == "init" { // here it has been done, and it writes over nothing
		here, err := os.Getwd()
		if err != nil {
			t.Fatal(err)
		}
		defer os.Chdir(here)
		if err := os.Chdir(t.TempDir()); err != nil {
			t.Fatal(err)
		}
	}
	var out, mistakes bytes.Buffer
	code := run(args, strings.NewReader(""), &out, &mistakes)
	named := slices.ContainsFunc(args, func(s string) bool { return strings.Contains(s, "K7Q2") })
	if code != 0 && !(named && strings.Contains(mistakes.String(), "code")) { // of that code there is nothing here
		t.Errorf("handout %s: exit %d\n%s", line, code, &mistakes)
	}
}

// shellWords splits a line at spaces that are in no quotes; nil where a quote is not closed.
func shellWords(line string) (words []string) {
	var word strings.Builder
	quote, in := rune(0), false
	for _, r := range line + " " {
		switch {
		case r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '"' || r == '\'':
			quote, in = r, true
		case r != ' ':
			word.WriteRune(r)
			in = true
		case in:
			words = append(words, word.String())
			word.Reset()
			in = false
		}
	}
	if quote != 0 {
		return nil
	}
	return words
}

// setTable lays out what the documents speak of: what init writes, a day's list; a stretch with its pose and a handout
// in two languages as the guide shows them; a folder of one's own.
func setTable(t *testing.T) {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	shown := func(page, begins string) []byte {
		_, rest, found := strings.Cut(string(read("../../docs/"+page)), "\n\n    "+begins)
		if !found {
			t.Fatalf("%s does not show %q", page, begins)
		}
		text := begins
		for line := range strings.Lines(rest) {
			inside, ok := strings.CutPrefix(line, "    ")
			if !ok && strings.TrimSpace(line) != "" && text != begins {
				break
			}
			text += inside
		}
		return []byte(text)
	}
	stretch, pose := shown("stretches.md", "---\n"), shown("stretches.md", "# Kneeling")
	sore, spanish := shown("authoring.md", "---\n"), shown("translating.md", "---\n")
	t.Chdir(t.TempDir())
	var said bytes.Buffer
	if code := run([]string{"init"}, strings.NewReader(""), &said, &said); code != 0 {
		t.Fatal(said.String())
	}
	clinic, err := os.ReadFile("clinic.yaml")
	if err != nil {
		t.Fatal(err)
	}
	clinic = append(bytes.ReplaceAll(clinic, []byte("#email:"), []byte("email:")), "\nlang: es\nservices:\n  Deep tissue 60: sciatica\n"...)
	list := "Appointment ID,Date,Time,Client,E-mail 1,Email,Email consent,Service,Status,Birth date\n" +
		"901,2026-11-23,09:00,Ana Ruiz,ana@example.com,ana@example.com,yes,Deep tissue 60,Completed,1980-02-03\n" +
		"902,2026-11-23,10:00,Bo Tran,bo@example.com,bo@example.com,yes,Deep tissue 60,Completed,1980-02-03\n"
	for name, text := range map[string][]byte{
		"clinic.yaml": clinic, "visits.csv": []byte(list), "my-stretch.pose": pose, "my-stretch.md": stretch,
		"sore-back.md": sore, "sore-back.es.md": spanish,
		"my-clinic/handouts/sore-back.md": sore, "my-clinic/handouts/sore-back.es.md": spanish,
		"my-clinic/packs/desk.yaml": []byte("name: Desk\nstretches: [chin-tuck, doorway-chest]\n"),
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestGuide holds that the pages of the guide follow one another, and that each shows something to try.
func TestGuide(t *testing.T) {
	read := func(page string) string {
		text, err := os.ReadFile("../../docs/" + page)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	listed := regexp.MustCompile(`(?m)^\d+\. \[.*?\]\((.*?)\)`).FindAllStringSubmatch(read("README.md"), -1)
	if len(listed) != 10 {
		t.Fatalf("the guide has %d pages", len(listed))
	}
	example := regexp.MustCompile(`(?m)^    handout |^<!-- run: `)
	for i, page := range listed {
		text := read(page[1])
		if !example.MatchString(text) {
			t.Errorf("%s shows nothing to try", page[1])
		}
		if i+1 < len(listed) && !strings.HasSuffix(text, "]("+listed[i+1][1]+").\n") {
			t.Errorf("%s does not end with the way to %s", page[1], listed[i+1][1])
		}
	}
}

// TestFormats holds that docs/formats.md names every key that is read of a clinic's file, a handout, a stretch, a pack
// and a dose, and every member of the ledger: what is promised to stay.
func TestFormats(t *testing.T) {
	page, err := os.ReadFile("../../docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	key, list := `\{"([a-z-]+)", (?:func|sets?\(|picks\()`, `doseKeys += \[\.\.\.\]string\{(.*)\}`
	for file, name := range map[string]string{"content/brandfile.go": key, "content/handoutfile.go": key, "content/stretchfile.go": key,
		"content/pack.go": key, "content/dose.go": list, "output/store/entry.go": `json:"([a-z0-9_]+)`} {
		source, err := os.ReadFile("../../" + file)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(name).FindAllSubmatch(source, -1)
		if len(found) == 0 {
			t.Errorf("%s has no keys", file)
		}
		for _, m := range found {
			for word := range strings.SplitSeq(strings.ReplaceAll(string(m[1]), `"`, ""), ", ") {
				if !bytes.Contains(page, []byte("`"+word+"`")) {
					t.Errorf("docs/formats.md does not tell of %s (%s)", word, file)
				}
			}
		}
	}
}

// TestLinks follows every link from one document to another, and to its heading.
func TestLinks(t *testing.T) {
	code := regexp.MustCompile("(?s)```.*?```|`[^`\n]*`|(?m)^    .*$")
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading := regexp.MustCompile(`(?m)^#+ (.*)$`)
	plain := regexp.MustCompile(`[^\pL\pN_ -]`)
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) string {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
		}
		return string(text)
	}
	followed := 0
	for _, page := range append(pages, "../../README.md", "../../CHANGELOG.md") {
		for _, m := range link.FindAllStringSubmatch(code.ReplaceAllString(read(page), ""), -1) {
			to, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(to, ":") {
				continue
			}
			file := page
			if to != "" {
				file = filepath.Join(filepath.Dir(page), to)
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s: %v", page, err)
				continue
			}
			followed++
			if anchor == "" {
				continue
			}
			there := slices.ContainsFunc(heading.FindAllStringSubmatch(read(file), -1), func(h []string) bool {
				return strings.ReplaceAll(plain.ReplaceAllString(strings.ToLower(h[1]), ""), " ", "-") == anchor
			})
			if !there {
				t.Errorf("%s: %s has no heading for #%s", page, file, anchor)
			}
		}
	}
	if followed < 30 {
		t.Errorf("only %d links were followed", followed)
	}
}
