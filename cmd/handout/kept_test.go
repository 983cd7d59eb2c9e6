package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKept reads what versions of the past wrote, one of each kind (testdata/kept/VERSION): a clinic's
// file, handout, stretch, pose, pack and list, and a batch's folder with its ledger and outbox. docs/formats.md
// promises that all of it stays readable.
func TestKept(t *testing.T) {
	versions, err := filepath.Glob("testdata/kept/*")
	if err != nil || len(versions) == 0 {
		t.Fatal(err, "no version is kept")
	}
	for _, version := range versions {
		t.Run(filepath.Base(version), func(t *testing.T) {
			copied(t, version)
			say := func(want string, args ...string) {
				t.Helper()
				var out, mistakes bytes.Buffer
				code := run(args, strings.NewReader(""), &out, &mistakes)
				if code != 0 || !strings.Contains(out.String()+mistakes.String(), want) {
					t.Errorf("handout %s: exit %d, and no %q in\n%s%s", strings.Join(args, " "), code, want, &out, &mistakes)
				}
			}
			say("a brand without a mistake", "check", "clinic.yaml")
			say("a pack without a mistake", "check", "packs/shoulder.yaml")
			say("a pose without a mistake", "check", "poses/sitting.pose")
			say("a handout without a mistake", "check", "handouts/shoulder-care.md", "--library", ".")
			say("a handout without a mistake", "check", "handouts/shoulder-care.es.md", "--library", ".")
			say("rows", "make", "shoulder-care", "--library", ".", "--brand", "clinic.yaml", "--lang", "es", "-o", "hoja.pdf")
			say("rows", "make", "shoulder-care", "--library", ".", "--brand", "clinic.yaml", "--stretches", "@shoulder", "-o", "page.pdf")
			var out, mistakes bytes.Buffer
			code := run([]string{"again", "RERV-TFW3", "visits.csv", "-o", "again.pdf"}, strings.NewReader(""), &out, &mistakes)
			if code != 0 && !strings.Contains(mistakes.String(), "has changed since the page was made") { // the ledger was read
				t.Errorf("again: exit %d, %s", code, &mistakes)
			}
			say("would be sent", "send", "out/outbox", "--dry-run")
			report := func() string {
				data, err := os.ReadFile("out/report.csv")
				if err != nil {
					t.Error(err)
				}
				heading, _, _ := strings.Cut(string(data), "\n")
				return strings.TrimSpace(heading)
			}
			columns := report()
			say("2 made", "batch", "visits.csv", "--brand", "clinic.yaml", "--library", ".", "--mail")
			if now := report() + ","; !strings.HasPrefix(now, columns+",") {
				t.Errorf("the report has the columns %s, and had %s", now, columns)
			}
			say("would be sent", "send", "out/outbox", "--dry-run") // one message, and no second one, even if the page is set anew
			waiting, err := filepath.Glob("out/outbox/new/*.eml")
			if err != nil || len(waiting) != 1 || !strings.HasPrefix(filepath.Base(waiting[0]), "000002-") {
				t.Errorf("%v, %q", err, waiting)
			}
		})
	}
}

// copied makes a copy of a folder, for its owner alone as what holds mail must be, and stands in it.
func copied(t *testing.T, folder string) {
	t.Helper()
	from, to := os.DirFS(folder), t.TempDir()
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Join(to, filepath.Dir(name)), 0o700); err != nil {
			return err
		}
		if strings.HasSuffix(name, "ledger.jsonl") { // it says where the clinic's file was
			data = bytes.ReplaceAll(data, []byte("KEPT"), []byte(filepath.ToSlash(to)))
		}
		return os.WriteFile(filepath.Join(to, name), data, 0o600)
	})
	for _, empty := range []string{"sending", "sent", "failed", "tmp"} { // git keeps no empty folders
		if err == nil {
			err = os.MkdirAll(filepath.Join(to, "out", "outbox", empty), 0o700)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(to)
}
