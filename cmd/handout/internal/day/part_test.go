package day

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/visits"
	"handout/layout"
	"handout/output/store"
)

func TestParsePart(t *testing.T) {
	for text, want := range map[string]Part{"1/1": {1, 1}, "1/3": {1, 3}, "3/3": {3, 3}, "1000/1000": {1000, 1000}} {
		if p, ok := ParsePart(text); !ok || p != want || p.String() != text {
			t.Errorf("%s: %v, %v", text, p, ok)
		}
	}
	for _, text := range []string{"", "x", "/", "1", "1/", "/3", "0/3", "4/3", "1/0", "0/0", "-1/3", "+1/3", "1/-3", "01/3", "1/03", "1/3/5", "1 / 3", " 1/3", "1/3\n",
		"1/1001", "9999/9999", "1/99999999999999999999", "1.0/3", "0x1/3", "１/３"} {
		if p, ok := ParsePart(text); ok {
			t.Errorf("%q is part %v", text, p)
		}
	}
	for path, want := range map[string]string{"report.csv": "report.2-of-8.csv", "a/b.c/today.PDF": "a/b.c/today.2-of-8.PDF", "today": "today.2-of-8", "": ""} {
		if got := (Part{2, 8}).Name(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
		if got := (Part{}).Name(path); got != path {
			t.Errorf("%s of a whole list: %s", path, got)
		}
	}
}

// aDayInParts is a list with all that makes names and codes hang on other rows: numbers that
// come twice, twins, rows at fault, cancelled visits, and visits out of their order.
const aDayInParts = `visit,date,time,status,name,birth date,handout,service
7,2026-11-23,15:00,,Ana Quillfeather,,sciatica,
,2026-11-23,09:00,,Bo Quillfeather,1950-01-02,after-massage,
,2026-11-23,09:00,,Bo Quillfeather,1990-01-02,after-massage,
7,2026-11-23,08:00,,Cy Quillfeather,,sciatica,
8,2026-11-23,11:00,cancelled,Di Quillfeather,,sciatica,
9,2026-11-23,12:00,,Ed Quillfeather,,no-such-handout,
10,2026-11-23,,,Flo Quillfeather,,neck-and-desk,
11,2026-11-23,10:00,,Gus Quillfeather,,sciatica,
11,2026-11-23,10:00,,Gus Quillfeather,,sciatica,
12,2026-11-23,10:15,,Ana Quillfeather,,sciatica,
13,2026-11-23,10:30,,ANA QUILLFEATHER,,sciatica,
`

type folderRun struct {
	folder string
	part   Part
}

// partOrder is the order of a run, as it is each time made anew.
func partOrder(t *testing.T, p *press.Press, f folderRun, text string, named bool) *Order {
	t.Helper()
	list, err := ReadList(p, "day.csv", strings.NewReader(text), visits.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &Order{Path: "day.csv", List: list, Page: press.Request{Made: today, Visit: content.Visit{Date: today}}, Out: f.folder, Part: f.part, Now: today, Named: named,
		Print: filepath.Join(f.folder, f.part.Name("day.pdf")),
		Say:   Voice{Fit: func(*layout.Fitting) (cut, notes []string) { return nil, nil }, Mistakes: press.Mistakes}}
}

// keyed is a folder that has a key already.
func keyed(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "key"), []byte(strings.Repeat("5a", 32)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// pagesIn are the pages of a folder by their names, and the lines of its reports.
func pagesIn(t *testing.T, dir string, into map[string][]byte, reports *[]string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			continue // a folder
		}
		name := filepath.Base(file)
		switch {
		case strings.HasPrefix(name, "report."):
			*reports = append(*reports, strings.Split(strings.TrimSpace(string(data)), "\n")[1:]...)
		case strings.HasSuffix(name, ".pdf") && !strings.HasPrefix(name, "day."):
			if was, ok := into[name]; ok && !bytes.Equal(was, data) {
				t.Errorf("two parts have a page %s, and they differ", name)
			}
			into[name] = data
		}
	}
}

// The parts of a list are together what one run is: the same files with the same bytes,
// the same codes, each row told of once; in one folder or a folder a part, in whatever
// order, and when they are run again. No two parts make one file or one code.
func TestParts(t *testing.T) {
	p, err := press.Open(press.Config{})
	if err != nil {
		t.Fatal(err)
	}
	run := func(f folderRun, named bool) *Report {
		t.Helper()
		report, err := Run(t.Context(), p, partOrder(t, p, f, aDayInParts, named))
		if err != nil {
			t.Fatal(err)
		}
		return report
	}
	for _, named := range []bool{false, true} {
		whole := keyed(t, "whole")
		all := run(folderRun{folder: whole}, named)
		wholePages, wholeLines := map[string][]byte{}, []string{}
		pagesIn(t, whole, wholePages, &wholeLines)
		slices.Sort(wholeLines)
		if len(wholePages) != 8 || all.Made != 8 || all.Failed != 1 || all.LeftOut != 2 || len(wholeLines) != 11 {
			t.Fatalf("the whole list: %d pages, %d made, %d failed, %d left out, %d lines", len(wholePages), all.Made, all.Failed, all.LeftOut, len(wholeLines))
		}
		for _, n := range []int{1, 2, 3, 12} {
			for _, shared := range []bool{true, false} {
				t.Run(fmt.Sprintf("%d parts, one folder %v, names %v", n, shared, named), func(t *testing.T) {
					dirs := []string{keyed(t, "shared")}
					made, codes := map[string]int{}, map[string]bool{}
					for i := 1; i <= n; i++ {
						part := Part{1 + i*7%n, n} // not in their order
						if n%7 == 0 {
							part.I = i
						}
						if !shared && i > 1 {
							dirs = append(dirs, keyed(t, fmt.Sprint("part", i)))
						}
						report := run(folderRun{dirs[len(dirs)-1], part}, named)
						if len(report.Earlier) > 0 {
							t.Errorf("part %v takes the others' pages for old ones: %+v", part, report.Earlier)
						}
						for l := range report.Rows() {
							if l.State != Made {
								continue
							}
							if made[l.File]++; codes[l.Code] {
								t.Errorf("part %v makes a code again", part)
							}
							codes[l.Code] = true
						}
					}
					check := func(want State) {
						t.Helper()
						pages, lines := map[string][]byte{}, []string{}
						for _, dir := range dirs {
							pagesIn(t, dir, pages, &lines)
						}
						if len(pages) != len(wholePages) {
							t.Errorf("%d pages, not %d", len(pages), len(wholePages))
						}
						for name, data := range wholePages {
							if !bytes.Equal(pages[name], data) {
								t.Errorf("%s is another page", name)
							}
						}
						slices.Sort(lines)
						wanted := slices.Clone(wholeLines)
						for i := range wanted {
							wanted[i] = strings.Replace(wanted[i], ",made,", ","+string(want)+",", 1)
						}
						if !slices.Equal(lines, wanted) {
							t.Errorf("the reports say\n%s\nnot\n%s", strings.Join(lines, "\n"), strings.Join(wanted, "\n"))
						}
					}
					for name, times := range made {
						if times != 1 {
							t.Errorf("%s was made %d times", name, times)
						}
					}
					check(Made)
					printed := 0
					for i := 1; i <= n; i++ { // again, in another order
						part := Part{i, n}
						at := 0
						if !shared {
							at = slices.IndexFunc(dirs, func(dir string) bool {
								_, err := os.Stat(filepath.Join(dir, part.Name(ReportName)))
								return err == nil
							})
						}
						report := run(folderRun{dirs[at], part}, named)
						if report.Made > 0 {
							t.Errorf("part %v made %d pages again", part, report.Made)
						}
						printed += report.Printed
					}
					check(Kept)
					if printed != all.Printed {
						t.Errorf("%d pages to print, not %d", printed, all.Printed)
					}
				})
			}
		}
	}
}

// A list that was made in parts is made whole, and one that was made whole in parts,
// without a page anew; and by another number of parts.
func TestPartsAfterOthers(t *testing.T) {
	p, err := press.Open(press.Config{})
	if err != nil {
		t.Fatal(err)
	}
	dir := keyed(t, "out")
	total := 0
	for _, part := range []Part{{1, 3}, {2, 3}, {1, 2}, {2, 2}, {}, {4, 5}} {
		o := partOrder(t, p, folderRun{dir, part}, aDayInParts, false)
		report, err := Run(t.Context(), p, o)
		if err != nil {
			t.Fatal(err)
		}
		total += report.Made
		if part == (Part{}) && (report.Made+report.Kept != 8 || len(report.Earlier) > 0) {
			t.Errorf("the whole list: %d made, %d there, %d earlier", report.Made, report.Kept, len(report.Earlier))
		}
	}
	if total != 8 {
		t.Errorf("%d pages were made in all", total)
	}
}

// Two parts at once do not share a folder: the second is told that it is in use, and
// nothing in it is touched.
func TestPartsAtOnce(t *testing.T) {
	p, err := press.Open(press.Config{})
	if err != nil {
		t.Fatal(err)
	}
	dir := keyed(t, "out")
	first, err := store.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	_, err = Run(t.Context(), p, partOrder(t, p, folderRun{dir, Part{2, 3}}, aDayInParts, false))
	var busy *store.FileError
	if !errors.As(err, &busy) || !strings.Contains(busy.Message, "another") {
		t.Errorf("the second part: %v", err)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, "[a-z]*.*")); len(files) > 0 {
		t.Errorf("the second part left %v", files)
	}
}

// Mail is of a whole list.
func TestNoMailInParts(t *testing.T) {
	p, err := press.Open(press.Config{})
	if err != nil {
		t.Fatal(err)
	}
	dir := keyed(t, "out")
	o := partOrder(t, p, folderRun{dir, Part{1, 1}}, aDayInParts, false)
	o.Mail = &Mail{Lock: NoLock}
	var no *Refusal
	if _, err := Run(t.Context(), p, o); !errors.As(err, &no) || no.Why != PartOfMail {
		t.Errorf("%v", err)
	}
}
