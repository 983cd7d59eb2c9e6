package visits

import (
	"archive/zip"
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbook makes a spreadsheet, as a person's program would, of sheets of rows.
func workbook(t testing.TB, change func(*excelize.File), sheets ...[][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, rows := range sheets {
		name := []string{"Sheet1", "Sheet2", "Sheet3"}[i]
		if i > 0 {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		for y, row := range rows {
			at, _ := excelize.CoordinatesToCellName(1, y+1)
			if err := f.SetSheetRow(name, at, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if change != nil {
		change(f)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func read(t *testing.T, data []byte, o Options) string {
	t.Helper()
	l, err := Read("x.xlsx", bytes.NewReader(data), o)
	if err != nil {
		return shownError(err)
	}
	return shownList(l)
}

func wantShown(t *testing.T, got, want string) {
	t.Helper()
	if got = strings.TrimSpace(got); got != strings.TrimSpace(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Dates are what the cells hold, however they are shown; a cell shown as 12-02-26
// is no riddle. Hidden rows are patients too, and so are those below gaps.
func TestXLSX(t *testing.T) {
	moment := time.Date(2026, 12, 2, 14, 30, 0, 0, time.UTC)
	data := workbook(t, func(f *excelize.File) {
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14}) // mm-dd-yy
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStyle("Sheet2", "B4", "B7", style); err != nil {
			t.Fatal(err)
		}
		if err := f.SetRowVisible("Sheet2", 5, false); err != nil {
			t.Fatal(err)
		}
	},
		[][]any{{"About this file"}, {"nothing"}},
		[][]any{
			{"Visits of Wednesday"},
			{},
			{"Name", "Date", "Time", "Birth date", "Visit", "Next visit", "Password", "Handout", "Email consent", ""},
			{"Ana Ruiz", moment, nil, time.Date(1984, 2, 29, 0, 0, 0, 0, time.UTC), 1042, moment, 4711, "sciatica", true, "a remark"},
			{"Bo Lindqvist", time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC), 0.40625, "1950-07-04", "A-7", "in two weeks", "tulip", "sciatica", false, nil, "further right"},
			{},
			{"Chi Nguyễn", "2 December 2026 9:00 am", nil, nil, nil, nil, nil, "sciatica"},
		})
	wantShown(t, read(t, data, Options{Day: day}), `
our own: name="Name" date="Date" time="Time" birth date="Birth date" visit="Visit" next visit="Next visit" password="Password" handout="Handout" email consent="Email consent"
ignored: []
4 ID="1042" Name="Ana Ruiz" consent given Born=1984-02-29T00:00:00Z Start=2026-12-02T14:30:00Z Handout="sciatica" Next="2026-12-02 14:30" Password="4711"
5 ID="A-7" Name="Bo Lindqvist" consent refused Born=1950-07-04T00:00:00Z Start=2026-12-02T09:45:00Z Handout="sciatica" Next="in two weeks" Password="tulip"
7 Name="Chi Nguyễn" Start=2026-12-02T09:00:00Z Handout="sciatica"`)
}

// Spreadsheets once made on a Mac count days from 1904.
func TestXLSX1904(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		yes := true
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
			t.Fatal(err)
		}
	}, [][]any{{"name", "date"}, {"Ana Ruiz", 46358 - 1462}})
	wantShown(t, read(t, data, Options{}), `
another system: name="name" date="date"
ignored: []
2 Name="Ana Ruiz" Start=2026-12-02T00:00:00Z`)
}

func TestXLSXRefused(t *testing.T) {
	archive := func(name string, size int, flags uint16) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Flags: flags})
		if err != nil {
			t.Fatal(err)
		}
		zeros := make([]byte, 1<<20)
		for range size >> 20 {
			if _, err := w.Write(zeros); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	good := workbook(t, nil, [][]any{{"name"}, {"Ana Ruiz"}})
	wide := make([]any, maxWide+1)
	for i := range wide {
		wide[i] = "name"
	}
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"archive", archive("notes.txt", 0, 0), "x.xlsx: this is an archive, not a spreadsheet"},
		{"password", archive("clients.csv", 0, 1), "x.xlsx: this is an archive with a password"},
		{"bomb", archive("xl/workbook.xml", maxUnzip+1<<20, 0), "x.xlsx: the spreadsheet unfolds to more than 256 MB"},
		{"cut", good[:len(good)/2], "x.xlsx: the file is cut short or broken"},
		{"old", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "x.xlsx: this is an old or a protected spreadsheet"},
		{"wide", workbook(t, nil, [][]any{wide}), "x.xlsx: row 1 has more than 400 columns"},
		{"empty", workbook(t, nil, [][]any{}), "x.xlsx: there is no row of headings in the list"},
	} {
		got := read(t, test.data, Options{})
		if first, _, _ := strings.Cut(got, "\n"); first != test.want {
			t.Errorf("%s: got %s, want %s", test.name, first, test.want)
		}
	}
}

// A spreadsheet is unfolded in memory: a temporary file would hold patients' names.
func TestXLSXLeavesNoFile(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	const visits = 20_000
	remark := strings.Repeat("more than the library keeps in memory by itself ", 20)
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for i := range visits + 1 {
		row := []any{"Ana Ruiz", remark}
		if i == 0 {
			row = []any{"name", "remarks"}
		}
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := w.SetRow(at, row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	before := entriesOf(t, dir)
	l, err := Read("x.xlsx", &b, Options{})
	if err != nil || len(l.Rows) != visits {
		t.Fatalf("%v, %v", l, err)
	}
	if after := entriesOf(t, dir); after != before {
		t.Errorf("%d files are in the temporary folder, and there were %d", after, before)
	}
}

func entriesOf(t *testing.T, dir string) int {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// withSheet is a workbook with the XML of its first sheet replaced.
func withSheet(t *testing.T, whole, sheet []byte) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range r.File {
		if f.Name != "xl/worksheets/sheet1.xml" {
			if err := w.Copy(f); err != nil {
				t.Fatal(err)
			}
			continue
		}
		to, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write(sheet); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A sheet that is hidden is last month's, until no other has headings; that more than
// one has them is said, for who is on the others gets nothing.
func TestXLSXSheets(t *testing.T) {
	old := [][]any{{"name", "handout"}, {"Bo Lindqvist", "sciatica"}}
	today := [][]any{{"name", "handout"}, {"Ana Ruiz", "sciatica"}}
	hide := func(names ...string) func(*excelize.File) {
		return func(f *excelize.File) {
			f.SetActiveSheet(2)
			for _, name := range names {
				if err := f.SetSheetVisible(name, false); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	notes := [][]any{{"nothing"}}
	wantShown(t, read(t, workbook(t, hide("Sheet1"), old, today, notes), Options{}), `
our own: name="name" handout="handout"
ignored: []
2 Name="Ana Ruiz" Handout="sciatica"`)
	wantShown(t, read(t, workbook(t, hide("Sheet1", "Sheet2"), old, today, notes), Options{}), `
our own: name="name" handout="handout"
ignored: []
2 Name="Bo Lindqvist" Handout="sciatica"`)
	wantShown(t, read(t, workbook(t, hide(), today, old, old), Options{}), `
our own: name="name" handout="handout"
ignored: []
note: only the first sheet with headings is read; 2 more have them
2 Name="Ana Ruiz" Handout="sciatica"`)
}

// A year alone is not a day of 1905, and blank columns to the end of the sheet are none.
func TestXLSXYearsAndBlanks(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStyle("Sheet1", "D1", "SZ3", style); err != nil {
			t.Fatal(err)
		}
	}, [][]any{{"name", "birth date", "handout"}, {"Ana Ruiz", 1984, "sciatica"}, {"Bo Lindqvist", 30741, "sciatica"}})
	wantShown(t, read(t, data, Options{}), `
our own: name="name" birth date="birth date" handout="handout"
ignored: []
2 Name="Ana Ruiz" Handout="sciatica"
3 Name="Bo Lindqvist" Born=1984-02-29T00:00:00Z Handout="sciatica"`)
}
