package visits

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"handout/content/visits/sheet"
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
// is no riddle. Rows below gaps are read, and hidden ones are left out.
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
note: rows that are hidden in the spreadsheet, by a filter or by hand, get no page: 1; show all rows and save it to include them
4 ID="1042" Name="Ana Ruiz" consent given Born=1984-02-29T00:00:00Z Start=2026-12-02T14:30:00Z Handout="sciatica" Next="2026-12-02 14:30" Password="4711"
5 SKIP hidden in the spreadsheet: ID="A-7" Name="Bo Lindqvist" consent refused Born=1950-07-04T00:00:00Z Start=2026-12-02T09:45:00Z Handout="sciatica" Next="in two weeks" Password="tulip"
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
	wide := make([]any, sheet.MaxWide+1)
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
		{"bomb", archive("xl/workbook.xml", 256<<20+1<<20, 0), "x.xlsx: the spreadsheet expands to more than 256 MB"},
		{"cut", good[:len(good)/2], "x.xlsx: the file is cut short or broken"},
		{"old", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "x.xlsx: this is an .xls file of an old Excel, or a spreadsheet with a password"},
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

// The XML of a sheet of names, as most programs write it.
func sheetOf(rows int) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="B1" t="inlineStr"><is><t>handout</t></is></c></row>`)
	for i := 2; i < rows+2; i++ {
		b.WriteString("\n" + sheetRow(i, "Bo"))
	}
	return b.String() + "\n</sheetData></worksheet>"
}

func sheetRow(i int, name string) string {
	return fmt.Sprintf(`<row r="%d" spans="1:2"><c r="A%d" s="0" t="inlineStr"><is><t>%s %d</t></is></c><c r="B%d" t="inlineStr"><is><t>sciatica</t></is></c></row>`, i, i, name, i, i)
}

// A byte of a sheet that is another, or gone, loses nobody in silence: each patient has
// a page or a mistake, or the list is refused.
func TestXLSXBrokenByte(t *testing.T) {
	whole := workbook(t, nil, [][]any{{"name"}})
	wantAll := func(sheet string, want int, what string) {
		t.Helper()
		l, err := Read("x.xlsx", bytes.NewReader(withSheet(t, whole, []byte(sheet))), Options{})
		if err != nil {
			return
		}
		got := 0
		for _, r := range l.Rows {
			if r.Skip == "" || strings.HasPrefix(r.Skip, "the same as") { // "Bo 2" may have become "Bo 9"
				got++
			}
		}
		if got != want {
			t.Fatalf("%s: %d of %d rows, and no error", what, got, want)
		}
	}
	const rows = 100
	sheet := sheetOf(rows)
	wantAll(sheet, rows, "whole")
	broken := []string{"", "&", "<", ">", "/", "\x01", "\xff", "x", "9", " ", `"`}
	for i := range rows {
		at := strings.Index(sheet, fmt.Sprintf(`<row r="%d"`, i+2))
		long := len(sheetRow(i+2, "Bo"))
		for k := i % 7; k < long; k += 7 { // all places come up in seven rows
			b := broken[(i+k)%len(broken)]
			wantAll(sheet[:at+k]+b+sheet[at+k+1:], rows, fmt.Sprintf("row %d, place %d, %q", i+2, k, b))
		}
	}
}

// What a lenient reader steps over is refused.
func TestXLSXDamaged(t *testing.T) {
	whole := workbook(t, nil, [][]any{{"name"}})
	const row52 = "the spreadsheet is broken near row 51"
	for name, test := range map[string]struct{ row, want string }{
		"an ampersand":         {sheetRow(52, "Bo & Co"), "the spreadsheet is broken near row 52"},
		"a control character":  {sheetRow(52, "Bo \x01"), "the spreadsheet is broken near row 52"},
		"no UTF-8":             {sheetRow(52, "Bo \xff\xfe"), "the spreadsheet is broken near row 52"},
		"an end tag is gone":   {strings.Replace(sheetRow(52, "Bo"), "</t>", "", 1), "the spreadsheet is broken near row 52"},
		"a row from above":     {sheetRow(3, "Bo"), row52},
		"the last row again":   {sheetRow(51, "Bo"), row52},
		"row 0":                {sheetRow(0, "Bo"), row52},
		"another namespace":    {`<row r="52"><x:c r="A52"/></row>`, "the spreadsheet is broken near row 52"},
		"a row's is another":   {`<x:row r="52"/>`, row52},
		"the data end":         {"</sheetData>" + sheetRow(52, "Bo"), row52},
		"a cell of another":    {strings.ReplaceAll(sheetRow(52, "Bo"), "A52", "A53"), "the spreadsheet is broken near row 52"},
		"cells out of order":   {strings.ReplaceAll(sheetRow(52, "Bo"), "A52", "C52"), "the spreadsheet is broken near row 52"},
		"a cell without place": {strings.ReplaceAll(sheetRow(52, "Bo"), ` r="A52"`, ""), "the spreadsheet is broken near row 52"},
		"beyond the sheet":     {strings.ReplaceAll(sheetRow(52, "Bo"), "B52", "ZZZ52"), "the spreadsheet is broken near row 52"},
		"no such text":         {`<row r="52"><c r="A52" t="s"><v>99</v></c></row>`, "the spreadsheet is broken near row 52"},
		"no such kind":         {`<row r="52"><c r="A52" t="q"><v>99</v></c></row>`, "the spreadsheet is broken near row 52"},
		"a document type":      {"", "the spreadsheet is broken"},
		"cut":                  {"cut", row52},
	} {
		sheet := strings.Replace(sheetOf(100), sheetRow(52, "Bo"), test.row, 1)
		switch name {
		case "cut":
			sheet, _, _ = strings.Cut(sheet, "cut")
		case "a document type":
			sheet = strings.Replace(sheet, "<worksheet", `<!DOCTYPE a [<!ENTITY x "y">]><worksheet`, 1)
		}
		got := read(t, withSheet(t, whole, []byte(sheet)), Options{})
		if first, _, _ := strings.Cut(got, "\n"); first != "x.xlsx: "+test.want {
			t.Errorf("%s: got %s", name, first)
		}
	}
}

// What there is in sheets beside plain texts and numbers.
func TestXLSXCells(t *testing.T) {
	whole := workbook(t, nil, [][]any{{"name", "note", "Ana Ruiz"}})
	sheet := `<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:o="urn:o"><x:sheetFormatPr/><x:sheetData>
<x:row o:id="1"><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:t>handout</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>date</x:t></x:is></x:c></x:row>
<x:row><x:c t="s"><x:v>2</x:v></x:c><x:c t="inlineStr"><x:is><x:r><x:rPr><x:b/></x:rPr><x:t>well </x:t></x:r><x:r><x:t>done_x000D_</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c><x:c t="str"><x:f>A1</x:f><x:v>sciatica</x:v></x:c><x:c t="d"><x:v>2026-12-02T09:30:00</x:v></x:c></x:row>
<x:row><x:c t="str"><x:v>Bo_x005F_x</x:v></x:c><x:c t="e"><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c></x:row>
<x:row><x:c t="str"><x:v>Cy</x:v></x:c><x:c/><x:c/><x:c><x:f>TODAY()</x:f></x:c></x:row>
<x:row><x:c t="str"><x:v>Di</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c><x:c/><x:c><x:v>4.6358395833333E4</x:v></x:c></x:row>
<x:row><x:c><x:f>B1</x:f><x:v></x:v></x:c><x:c/><x:c/><x:c><x:v>4.6358395833333E4</x:v></x:c></x:row>
<x:row><x:c t="str"><x:f>IF(B1="","",B1)</x:f><x:v></x:v></x:c><x:c/><x:c/><x:c><x:v>4.6358395833333E4</x:v></x:c></x:row>
</x:sheetData><x:pageMargins left="0.7"/></x:worksheet>`
	wantShown(t, read(t, withSheet(t, whole, []byte(sheet)), Options{}), `
our own: name="name" note="note" handout="handout" date="date"
ignored: []
2 Name="Ana Ruiz" Start=2026-12-02T09:30:00Z Handout="sciatica" Note="well done"
3 Name="Bo_x"
    error: note did not come through
        hint: widen its column in the spreadsheet, or correct its formula
4 Name="Cy"
    error: date did not come through
        hint: widen its column in the spreadsheet, or correct its formula
5 Name="Di" Start=2026-12-02T09:30:00Z
6
    error: name did not come through
        hint: widen its column in the spreadsheet, or correct its formula
7 SKIP a break: Start=2026-12-02T09:30:00Z`)
}

// A cell that stands for several rows is not read as that of the first alone: a side would be lost, or a day.
func TestMerged(t *testing.T) {
	rows := [][]any{{"Monday"}, {"name", "side", "handout", "remarks"}, {"Ana Ruiz", "left", "sciatica", "x"}, {"Bo Lindqvist", nil, "sciatica"}, {"Chi Lam", nil, "sciatica"}, {"Dee Ray", "right", "sciatica"}}
	book := workbook(t, func(f *excelize.File) {
		for _, m := range [][2]string{{"A1", "D1"}, {"B3", "B4"}, {"D3", "D6"}} {
			if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
				t.Fatal(err)
			}
		}
	}, rows)
	const want = `our own: name="name" side="side" handout="handout"
ignored: ["remarks"]
3 Name="Ana Ruiz" Handout="sciatica" Side="left"
4 Name="Bo Lindqvist" Handout="sciatica"
    error: the cell for side is one with that of the row above
        hint: split the cell, and write what stands in it into each of its rows
5 Name="Chi Lam" Handout="sciatica"
6 Name="Dee Ray" Handout="sciatica" Side="right"`
	wantShown(t, read(t, book, Options{}), want)
	covered := `<table:covered-table-cell/>`
	wantShown(t, read(t, odsOf(t, `<table:table>`+odsRow("Monday")+odsRow("name", "side", "handout", "remarks")+
		odsRow("Ana Ruiz", `<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>left</text:p></table:table-cell>`, "sciatica",
			`<table:table-cell table:number-rows-spanned="4" office:value-type="string"><text:p>x</text:p></table:table-cell>`)+
		odsRow("Bo Lindqvist", covered, "sciatica", covered)+odsRow("Chi Lam", "", "sciatica", covered)+odsRow("Dee Ray", "right", "sciatica", covered)+`</table:table>`), Options{}), want)
}
