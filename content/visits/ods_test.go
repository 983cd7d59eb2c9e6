package visits

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"handout/content"
)

const odsSpaces = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ` +
	`xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
	`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" ` +
	`xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" ` +
	`xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"`

// odsOf is a spreadsheet of OpenDocument with what stands in its body, and other parts beside it by name.
func odsOf(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	parts := append([]string{"mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml",
		`<?xml version="1.0"?><office:document-content ` + odsSpaces + `><office:automatic-styles><style:style ` +
			`style:name="gone"><style:table-properties table:display="false"/></style:style></office:automatic-styles>` +
			`<office:body><office:spreadsheet>` + body + `</office:spreadsheet></office:body></office:document-content>`}, more...)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// odsRow is a row of texts; one that begins with < is a cell as it stands.
func odsRow(cells ...string) string {
	var row strings.Builder
	for _, c := range cells {
		if !strings.HasPrefix(c, "<") {
			c = `<table:table-cell office:value-type="string" calcext:value-type="string"><text:p>` + c + `</text:p></table:table-cell>`
		}
		row.WriteString(c)
	}
	return `<table:table-row>` + row.String() + `<table:table-cell table:number-columns-repeated="16000"/></table:table-row>`
}

const odsRest = `<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`

// TestODS reads what LibreOffice writes: dates and times as they are kept, texts in pieces, repeated cells and rows,
// hidden rows and sheets, groups of rows, and remarks that are no part of a cell.
func TestODS(t *testing.T) {
	day := `<table:table-cell office:value-type="date" office:date-value="2026-11-30T00:00:00"><text:p>30/11/26</text:p></table:table-cell>`
	clock := `<table:table-cell office:value-type="time" office:time-value="PT09H30M00S"><text:p>9:30 AM</text:p></table:table-cell>`
	hidden := `<table:table table:style-name="gone">` + odsRow("name", "date") + odsRow("Nobody Here", day) + `</table:table>`
	list := `<table:table table:name="Ana"><table:table-column/>` + odsRow("Monday") +
		`<table:table-header-rows>` + odsRow("visit", "name", "date", "time", "email consent", "handout") + `</table:table-header-rows>` +
		odsRow(`<table:table-cell office:value-type="float" office:value="7"><text:p>7.00</text:p></table:table-cell>`,
			`<table:table-cell office:value-type="string"><text:p>Ana<text:s text:c="2"/><text:span>Ruiz</text:span></text:p><office:annotation><text:p>late</text:p></office:annotation></table:table-cell>`,
			day, clock, `<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>`, "sciatica") +
		`<table:table-row-group>` + odsRow("8", "Bo Li", day, clock,
		`<table:table-cell/>`, `<table:table-cell office:value-type="string" calcext:value-type="error" table:formula="of:=X"><text:p>#REF!</text:p></table:table-cell>`) +
		strings.Replace(odsRow("9", "Chi Ng", day, clock, "<table:table-cell/>", "sciatica"), "<table:table-row>", `<table:table-row table:visibility="filter">`, 1) +
		`</table:table-row-group>` + odsRest + `</table:table>`
	got := read(t, odsOf(t, hidden+list), Options{})
	wantShown(t, got, `
our own: visit="visit" name="name" date="date" time="time" email consent="email consent" handout="handout"
ignored: []
note: rows that are hidden in the spreadsheet, by a filter or by hand, get no page: 1; show all rows and save it to include them
3 ID="7" Name="Ana Ruiz" consent given Start=2026-11-30T09:30:00Z Handout="sciatica"
4 ID="8" Name="Bo Li"
    error: handout did not come through
        hint: widen its column in the spreadsheet, or correct its formula
5 SKIP hidden in the spreadsheet: ID="9" Name="Chi Ng" Start=2026-11-30T09:30:00Z Handout="sciatica"
`)
}

func TestODSRefusals(t *testing.T) {
	cell := `<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>`
	for name, c := range map[string]struct{ body, want string }{
		"wide":    {`<table:table><table:table-row>` + strings.Replace(cell, " ", ` table:number-columns-repeated="500" `, 1) + `</table:table-row></table:table>`, "too-many-columns"},
		"tall":    {`<table:table>` + odsRow("name", "handout") + strings.Replace(odsRow("A", "b"), "<table:table-row>", `<table:table-row table:number-rows-repeated="900000">`, 1) + `</table:table>`, "too-many-rows"},
		"endless": {`<table:table>` + strings.Repeat(odsRest, 3) + `</table:table>`, "broken-spreadsheet-row"},
		"no time": {`<table:table>` + odsRow("name", "time") + odsRow("A", `<table:table-cell office:value-type="time" office:time-value="soon"/>`) + `</table:table>`, "broken-spreadsheet-row"},
		"kind":    {`<table:table>` + odsRow("name", "time") + odsRow("A", `<table:table-cell office:value-type="void"/>`) + `</table:table>`, "broken-spreadsheet-row"},
		"nothing": {``, "no-headings"},
		"cut":     {`<table:table>` + odsRow("name") + `<table:table-row>`, "broken-spreadsheet"},
		"swollen": {`<table:table>` + odsRow(strings.Repeat(`<table:table-cell><text:p>`+strings.Repeat(`<text:s text:c="100"/>`, 11000)+`</text:p></table:table-cell>`, 1)) + `</table:table>`, "broken-spreadsheet"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read("x.ods", bytes.NewReader(odsOf(t, c.body)), Options{})
			if codeOf(err) != c.want {
				t.Errorf("%v, %q", err, codeOf(err))
			}
		})
	}
	locked := odsOf(t, "", "META-INF/manifest.xml", `<manifest><encryption-data/></manifest>`)
	if _, err := Read("x.ods", bytes.NewReader(locked), Options{}); codeOf(err) != "locked-spreadsheet" {
		t.Error(err)
	}
}

// codeOf is the code of the first mistake.
func codeOf(err error) string {
	var errs content.Errors
	if !errors.As(err, &errs) {
		return ""
	}
	return errs[0].Code
}

// FuzzODS takes the body of a spreadsheet apart.
func FuzzODS(f *testing.F) {
	f.Add(`<table:table>` + odsRow("name", "date") + odsRow("Ana Ruiz", "2026-11-30") + odsRest + `</table:table>`)
	f.Add(`<table:table table:style-name="gone"><table:table-row table:visibility="filter" table:number-rows-repeated="3"><table:covered-table-cell office:value-type="time" office:time-value="PT9H05M"><text:p>a<text:line-break/><text:a>b</text:a></text:p></table:covered-table-cell></table:table-row></table:table>`)
	f.Fuzz(func(t *testing.T, body string) { wantSound(t, odsOf(t, body)) })
}
