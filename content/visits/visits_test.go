package visits

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"handout/content"
	"handout/content/visits/field"
	"handout/content/visits/sheet"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata/*.txtar")

var day = time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC)

// options are those of the fixtures that need any.
func options(name string) Options {
	zone := func(hours int) *time.Location { return time.FixedZone("", hours*3600) }
	switch name {
	case "cliniko-appointments.csv":
		return Options{Day: day, Zone: zone(11)}
	case "bundle.json":
		return Options{Day: day, Zone: zone(-5)}
	case "day.csv", "titles.csv", "totals.csv":
		return Options{Day: day}
	case "open.csv":
		return Options{DayFirst: true}
	case "undated.csv", "some-dates.csv", "no-times.csv":
		return Options{Today: day}
	case "undated-day.csv":
		return Options{Day: day, Today: day}
	case "zones.csv":
		return Options{Day: day.AddDate(0, 0, 1), Zone: zone(9)}
	case "columns.csv":
		return Options{Columns: map[field.Field]string{field.Name: "wer", field.Date: "Wann", field.Email: "Wohin", field.Handout: "Was"}}
	}
	return Options{}
}

// hidden puts characters into the fixtures that an editor hides.
var hidden = strings.NewReplacer("<nul>", "\x00", "<bel>", "\a", "<cr>", "\r", "<tab>", "\t", "<rlo>", "\u202e", "<long>", strings.Repeat("Long ", 100), "<commas>", strings.Repeat(",", 1000))

// Each archive holds lists and after each a file of the same name ending in .want:
// what was read, or why it cannot be.
func TestGolden(t *testing.T) {
	for _, name := range archives(t) {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		wants := map[string]string{}
		var lists []txtar.File
		for _, f := range archive.Files {
			if source, ok := strings.CutSuffix(f.Name, ".want"); ok {
				wants[source] = string(f.Data)
			} else {
				lists = append(lists, f)
			}
		}
		archive.Files = nil
		for _, f := range lists {
			got := shown(f.Name, []byte(hidden.Replace(string(f.Data))))
			if !*update && got != wants[f.Name] {
				t.Errorf("%s: got\n%s\nwant\n%s", f.Name, got, wants[f.Name])
			}
			archive.Files = append(archive.Files, f, txtar.File{Name: f.Name + ".want", Data: []byte(got)})
		}
		if *update {
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func archives(t testing.TB) []string {
	t.Helper()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no archives", err)
	}
	return names
}

// fixtures are all lists of the archives by name.
func fixtures(t testing.TB) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, name := range archives(t) {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if !strings.HasSuffix(f.Name, ".want") {
				all[f.Name] = []byte(hidden.Replace(string(f.Data)))
			}
		}
	}
	return all
}

func shown(name string, data []byte) string {
	l, err := Read(name, bytes.NewReader(data), options(name))
	if err != nil {
		return shownError(err)
	}
	return shownList(l)
}

func shownError(err error) string {
	var b strings.Builder
	var errs content.Errors
	if !errors.As(err, &errs) {
		return fmt.Sprintf("not Errors: %v\n", err)
	}
	for _, e := range errs {
		if !kebab.MatchString(e.Code) {
			fmt.Fprintf(&b, "without a code: ")
		}
		fmt.Fprintf(&b, "%v\n    hint: %s\n", e, e.Hint)
	}
	return b.String()
}

func shownList(l *List) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:", l.System)
	for _, c := range l.Columns {
		fmt.Fprintf(&b, " %s=%q", c.Field, c.Header)
	}
	fmt.Fprintf(&b, "\nignored: %q\n", l.Ignored)
	for _, n := range l.Notes {
		fmt.Fprintf(&b, "note: %s\n", n)
	}
	for _, r := range l.Rows {
		fmt.Fprintf(&b, "%d", r.Number)
		if r.Skip != "" {
			fmt.Fprintf(&b, " SKIP %s:", r.Skip)
		}
		v := reflect.ValueOf(r)
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			switch x := v.Field(i).Interface().(type) {
			case string:
				if x != "" && name != "Skip" {
					fmt.Fprintf(&b, " %s=%q", name, x)
				}
			case []string:
				if len(x) > 0 {
					fmt.Fprintf(&b, " %s=%q", name, x)
				}
			case time.Time:
				if !x.IsZero() {
					fmt.Fprintf(&b, " %s=%s", name, x.Format("2006-01-02T15:04:05Z07:00"))
				}
			case Consent:
				if x != Unknown {
					fmt.Fprintf(&b, " consent %s", x)
				}
			case int:
				if x != 0 && name == "Part" {
					fmt.Fprintf(&b, " %s=%d", name, x)
				}
			case bool:
				if x && !(name == "Undated" && r.Start.IsZero()) { // which says it already
					fmt.Fprintf(&b, " %s", name)
				}
			}
		}
		fmt.Fprintln(&b)
		for _, e := range []struct {
			name string
			err  error
		}{{"error", r.Err}, {"no mail", r.EmailErr}} {
			if e.err != nil {
				fmt.Fprint(&b, "    "+e.name+": "+strings.ReplaceAll(strings.TrimSpace(shownError(e.err)), "\n", "\n    ")+"\n")
			}
		}
	}
	return b.String()
}

// Nothing that is said of a list has a word of its cells in it.
func TestPrivate(t *testing.T) {
	private := []string{"Ana", "Ruiz", "Lindqvist", "Nguyễn", "O'Hara", "Cole", "Beck", "mail.example", "evil", "Secret", "555", "1984", "someday", "noon", "sideways", "nonsense", "maybe", "Long", "1950", "31/02", "Robin"}
	for name, data := range fixtures(t) {
		l, err := Read(name, bytes.NewReader(data), options(name))
		var said []string
		if err != nil {
			said = append(said, shownError(err))
		} else {
			said = append(said, l.Notes...)
			for _, r := range l.Rows {
				said = append(said, r.Skip)
				for _, err := range []error{r.Err, r.EmailErr} {
					if err != nil {
						said = append(said, shownError(err))
					}
				}
			}
		}
		for _, s := range said {
			for _, word := range private {
				if strings.Contains(s, word) {
					t.Errorf("%s: %q is said in %q", name, word, s)
				}
			}
		}
	}
}

// The same list in every encoding is the same list, and which it was is said where it
// is not one of Unicode's.
func TestEncodings(t *testing.T) {
	const text = "name,handout\nZoë Nuñez,sciatica\nJosé Ângelo,neck-and-desk\n"
	want, err := Read("x.csv", strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	in := func(name, text string) []byte {
		e, err := sheet.Encoding(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := e.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(name, err)
		}
		return b
	}
	for name, data := range map[string][]byte{
		"UTF-8 with a mark":     []byte("\ufeff" + text),
		"UTF-16LE":              in("UTF-16LE", text),
		"UTF-16BE":              in("UTF-16BE", text),
		"UTF-16LE with a mark":  append([]byte{0xff, 0xfe}, in("UTF-16LE", text)...),
		"UTF-16BE with a mark":  append([]byte{0xfe, 0xff}, in("UTF-16BE", text)...),
		"UTF-32LE":              in("UTF-32LE", text)[4:],
		"UTF-32BE":              in("UTF-32BE", text)[4:],
		"UTF-32LE with a mark":  in("UTF-32LE", text),
		"UTF-32BE with a mark":  in("UTF-32BE", text),
		"line ends of Windows":  []byte(strings.ReplaceAll(text, "\n", "\r\n")),
		"line ends of old Macs": []byte(strings.ReplaceAll(text, "\n", "\r")),
		"no last line end":      []byte(strings.TrimSuffix(text, "\n")),
	} {
		got, err := Read("x.csv", bytes.NewReader(data), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, shownList(got), shownList(want))
		}
	}
	for _, test := range []struct{ encodings, names string }{
		{"Windows-1252 | Mac Roman | DOS 850 | ISO-8859-15", "Zoë Nuñez|José Ângelo"},
		{"Windows-1252 | Mac Roman | DOS 850", "José García"},
		{"Windows-1252 | DOS 850", "Jürgen Groß"},
		{"Windows-1252 | Mac Roman", "Hélène Lefèvre|François Côté|Anaïs Noël"},
		{"Windows-1252", "João Magalhães|Inês Simões|Gonçalo Conceição"},
		{"Windows-1252 | Mac Roman", "Søren Kjær|Åsa Björk|Bjørn Ødegård"},
		{"Windows-1252", "Þórður Sigurðsson|Guðrún Jónsdóttir|Björk Guðmundsdóttir"},
		{"Windows-1252", "Niccolò Rossi|Zoë Nuñez"},
		{"Windows-1252 | Mac Roman", "Sean O’Brien|Ana Ruiz"},
		{"Windows-1252 | Mac Roman | DOS 850", "JOSÉ NÚÑEZ|PEÑA GARCÍA"},
		{"Windows-1252 | DOS 850", "Ana Nuñez"},
		{"Windows-1251 | KOI8-R | DOS 866", "ИВАН ПЕТРОВ|ЯНА СМИРНОВА"},
		{"Windows-1250", "Jan Kowalski|Łukasz Wąs"},
		{"Windows-1258", "Nguyê\u0303n Văn Đư\u0301c|Trâ\u0300n Thi\u0323 Hă\u0300ng"},
		{"Windows-1250 | ISO-8859-2 | DOS 852", "Łukasz Wiśniewski|Małgorzata Żółć|Paweł Kaźmierczak"},
		{"Windows-1250 | ISO-8859-2 | DOS 852", "Antonín Dvořák|Jiří Novotný|Zdeněk Šťastný|Kateřina Hašková"},
		{"Windows-1250 | ISO-8859-2", "Marko Kovačević|Ana Šimić|Đorđe Božić"},
		{"Windows-1250 | ISO-8859-2 | DOS 852", "Erdős Pál|Kőrösi Csoma|Szűcs Ödön|Tóth Géza"},
		{"Windows-1254", "Ayşe Yılmaz|Çağrı Öztürk|Gökçe Şahin|İbrahim Doğan"},
		{"Windows-1257", "Jānis Bērziņš|Kristīne Ozoliņa|Žydrūnas Šimkus"},
		{"Windows-1251 | KOI8-R | DOS 866 | ISO-8859-5 | Mac Cyrillic", "Иван Петров|Мария Смирнова|Ольга Щербакова"},
		{"Windows-1253 | ISO-8859-7", "Γιώργος Παπαδόπουλος|Μαρία Νικολάου"},
		{"Windows-1255 | DOS 862", "דנה כהן|משה לוי"},
		{"Windows-1255", "יוסף מזרחי|רחל פרץ|אברהם ביטון"},
		{"Windows-1255", "שרה גולדשטיין"},
		{"Windows-1256 | ISO-8859-6", "محمد علي|فاطمة الزهراء"},
		{"Windows-874", "สมชาย ใจดี|สมหญิง รักไทย"},
		{"GB18030", "王伟|李娜|张敏"},
		{"Big5", "王美玉|陳志明|林怡君"},
		{"Shift-JIS | EUC-JP", "田中花子|佐藤太郎|ゆうこ"},
		{"EUC-KR", "김민수|이영희|박지현"},
	} {
		for name := range strings.SplitSeq(test.encodings, " | ") {
			text := "name,handout\n" + strings.ReplaceAll(test.names, "|", ",sciatica\n") + ",sciatica\n"
			want, err := Read("x.csv", strings.NewReader(text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, said := range []string{"", name} {
				got, err := Read("x.csv", bytes.NewReader(in(name, text)), Options{Encoding: said})
				if err != nil {
					t.Errorf("%s of %s: %v", name, test.names, shownError(err))
					continue
				}
				if !reflect.DeepEqual(got.Rows, want.Rows) {
					t.Errorf("%s of %s: got\n%s", name, test.names, shownList(got))
				}
				if noted := len(got.Notes) > 0 && strings.Contains(got.Notes[0], "the list is not UTF-8; it was read as "); noted != (said == "") {
					t.Errorf("%s: the notes are %q", name, got.Notes)
				}
			}
		}
	}
}

// Where nothing shows in which encoding a list is, there is no page with a wrong name.
func TestEncodingUnknown(t *testing.T) {
	for _, text := range []string{"name,handout\n\xfd\xde,sciatica\n", "name,handout\nA\x80\x81\x90B,sciatica\n", "name,handout\n\xd7\xf7\xd7,sciatica\n", "name,handout\nA\xa4B\xd7,sciatica\n"} {
		_, err := Read("x.csv", strings.NewReader(text), Options{})
		if err == nil || !strings.Contains(err.Error(), "x.csv: the list is not UTF-8, and its encoding cannot be told for certain") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// One byte that is not UTF-8, pasted in or cut through, does not make another encoding
// of the whole list: the names of the others stay right.
func TestBrokenByte(t *testing.T) {
	for name, text := range map[string]string{
		"pasted": "name,handout\nZoë Nuñez,sciatica\nJos\xe9,sciatica\n",
		"cut":    "name,handout\nZoë Nuñez,sciatica\nJosé,sciatica\nJos\xc3",
	} {
		l, err := Read("x.csv", strings.NewReader(text), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if last := l.Rows[len(l.Rows)-1]; l.Rows[0].Name != "Zoë Nuñez" || last.Err == nil || last.Name != "" {
			t.Errorf("%s: got\n%s", name, shownList(l))
		}
	}
}

// What is asked for and not there is told with the nearest that is.
func TestColumnsMissing(t *testing.T) {
	_, err := Read("x.csv", strings.NewReader("Cliennt,Email,Datum\nAna Ruiz,,\n"), Options{Columns: map[field.Field]string{field.Name: "Client", field.Note: "Remarks"}})
	want := `x.csv: no column is called "Client"
    hint: did you mean name="Cliennt"
x.csv: no column is called "Remarks"
    hint: the headings are "Cliennt", "Email", "Datum"
x.csv: no column has the patients' names; the headings are "Cliennt", "Email", "Datum"
    hint: say which it is: --columns name="Cliennt"
`
	if got := shownError(err); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Keys of JSON lines can be renamed as headings can.
func TestKeysAskedFor(t *testing.T) {
	const text = "{\"who\": \"Ana Ruiz\", \"name\": \"Main Street\"}\n"
	l, err := Read("x.jsonl", strings.NewReader(text), Options{Columns: map[field.Field]string{field.Name: "Who"}})
	if err != nil || l.Rows[0].Name != "Ana Ruiz" || !slices.Equal(l.Ignored, []string{"name"}) {
		t.Errorf("%+v, %v", l, err)
	}
	_, err = Read("x.jsonl", strings.NewReader(text), Options{Columns: map[field.Field]string{field.Email: "mail"}})
	if err == nil || err.Error() != `x.jsonl: no key is called "mail"` {
		t.Error(err)
	}
}

func TestLimits(t *testing.T) {
	wide := strings.Repeat("x,", sheet.MaxWide) + "name\n"
	long := "name,handout\n" + strings.Repeat("a,\n", sheet.MaxRows+1)
	for name, test := range map[string]struct{ text, want string }{
		"columns": {"name\n" + wide, "x.csv: row 2 has more than 400 columns"},
		"rows":    {long, "x.csv: the list has more than 200000 rows"},
		"entries": {`{"resourceType": "Bundle", "entry": [{}` + strings.Repeat(",{}", sheet.MaxRows) + "]}", "x.csv: the bundle has more than 200000 entries"},
		"lines":   {`{"resourceType": "Patient"}` + strings.Repeat("\n{}", sheet.MaxRows), "x.csv: the bundle has more than 200000 entries"},
		"bytes":   {strings.Repeat("a", maxFile+1), "x.csv: the list is larger than 64 MB"},
	} {
		if _, err := Read("x.csv", strings.NewReader(test.text), Options{}); err == nil || err.Error() != test.want {
			t.Errorf("%s: got %v, want %s", name, err, test.want)
		}
	}
	l, err := Read("x.csv", strings.NewReader("name,handout\nAna,"+strings.Repeat("a", field.MaxCell+1)), Options{})
	if err != nil || l.Rows[0].Err == nil {
		t.Errorf("a cell of more than %d bytes: %v, %v", field.MaxCell, l, err)
	}
}

// A line of commas or a cell as long as a book costs no more than other text does: a
// cell for each comma would be three hundred times its length.
func TestCrowded(t *testing.T) {
	const times = 60
	for name, test := range map[string]struct{ text, want string }{
		"commas": {"name,handout\nAna Ruiz,sciatica\n" + strings.Repeat(",", 4<<20), "x.csv: row 3 has more than 400 columns"},
		"quoted": {"name,handout,remarks\nAna Ruiz,sciatica,\"a\n" + strings.Repeat(",", 4<<20) + "\"\n", "<nil>"},
		"words":  {"name,handout,remarks\nAna Ruiz,sciatica,\"" + strings.Repeat("a ", 2<<20) + "\"\n", "<nil>"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Read("x.csv", strings.NewReader(test.text), Options{})
		runtime.ReadMemStats(&after)
		if fmt.Sprint(err) != test.want {
			t.Errorf("%s: got %v, want %s", name, err, test.want)
		}
		if got := (after.TotalAlloc - before.TotalAlloc) / uint64(len(test.text)); got > times {
			t.Errorf("%s: %d times the text was allocated, more than %d", name, got, times)
		}
	}
}

// What many refer to is read once, be it there or not: to look it up anew for each
// would take a thousand times its length.
func TestFHIRContained(t *testing.T) {
	const people, times = 2000, 250 // the race detector's own take a half
	var within, there, gone, outside strings.Builder
	for i := range people {
		comma := strings.Repeat(",", min(i, 1))
		fmt.Fprintf(&within, `%s{"resourceType":"Patient","id":"p%d","name":[{"family":"F%d","given":["G"]}]}`, comma, i, i)
		fmt.Fprintf(&there, `%s{"actor":{"reference":"#p%d"}}`, comma, i)
		fmt.Fprintf(&gone, `%s{"actor":{"reference":"#q%d","type":"Patient"}}`, comma, i)
		fmt.Fprintf(&outside, `%s{"actor":{"identifier":{"value":"%d"}}}`, comma, i)
	}
	for name, participants := range map[string]string{"there": there.String(), "gone": gone.String(), "outside": outside.String()} {
		text := `{"resourceType":"Appointment","id":"a","status":"booked","start":"2026-11-23T09:00:00Z","contained":[` + within.String() + `],"participant":[` + participants + `]}`
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		l, err := Read("x.json", strings.NewReader(text), Options{})
		runtime.ReadMemStats(&after)
		if err != nil || name != "outside" && len(l.Rows) != people {
			t.Errorf("%s: %v", name, err)
		}
		if got := (after.TotalAlloc - before.TotalAlloc) / uint64(len(text)); got > times {
			t.Errorf("%s: %d times the text was allocated, more than %d", name, got, times)
		}
	}
}

// A plan's activities that the library has no stretch for are left out, and counted.
func TestFHIRForeign(t *testing.T) {
	const text = `{"resourceType":"Patient","id":"1","name":[{"text":"Ana Ruiz"}]}
{"resourceType":"CarePlan","status":"active","subject":{"reference":"Patient/1"},"activity":[{"detail":{"code":{"text":"Diabetic diet"}}},{"detail":{"code":{"text":"Bridge"}}}]}`
	l, err := Read("x.json", strings.NewReader(text), Options{Stretch: func(name string) bool { return name == "bridge" }})
	if err != nil {
		t.Fatal(err)
	}
	wantShown(t, shownList(l), `
FHIR R4:
ignored: []
note: activities of care plans that are not a stretch in the library are left out: 1
1 PatientID="1" Name="Ana Ruiz" Stretches="bridge" Chosen`)
}

// The order of columns and their case say nothing.
func TestColumnOrder(t *testing.T) {
	a, err := Read("x", strings.NewReader("NAME,Email Consent,e-mail\nAna Ruiz,yes,a@mail.example\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Read("x", strings.NewReader("email;email_consent;name\na@mail.example;yes;Ana Ruiz\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.EqualFunc(a.Rows, b.Rows, func(a, b Row) bool { return reflect.DeepEqual(a, b) }) {
		t.Errorf("got\n%s\nand\n%s", shownList(a), shownList(b))
	}
}

// Whatever stands in a cell, right or wrong, is not in what is said of it.
func TestNothingIsQuoted(t *testing.T) {
	const canary = "Kanarienvogel"
	values := []string{canary, canary + "\x00", strings.Repeat(canary+" ", 300), "a@" + canary, canary + "@", "12/" + canary, canary + ":hold=1h", "\"" + canary, "<" + canary, strings.Repeat(canary, field.MaxCell/10)}
	for _, heading := range field.Names() {
		for _, v := range values {
			csv := "name,handout," + heading + "\nA,sciatica,\"" + strings.ReplaceAll(v, "\"", "\"\"") + "\"\nB,sciatica," + v + "," + v + "\n"
			json := fmt.Sprintf("{\"name\": \"A\", %q: %q}\n{\"name\": {%q: 1}}\n{\"%s\n", heading, v, v, v)
			fhir := fmt.Sprintf("{\"resourceType\": \"Patient\", \"name\": [{\"text\": %q}], \"birthDate\": %q, \"telecom\": [{\"system\": \"email\", \"value\": %q}]}\n{\"resourceType\": \"Patient\", \"name\": %q}\n", v, v, v, v)
			for _, text := range []string{csv, json, "[" + fmt.Sprintf("{%q: %q}, %q", heading, v, v) + "]", fhir, v + "," + v + "@x.example\n", v + ",Day\n"} {
				l, err := Read("x", strings.NewReader(text), Options{})
				said := ""
				if err != nil {
					said = shownError(err)
				} else {
					said = strings.Join(l.Notes, "\n")
					for _, r := range l.Rows {
						for _, err := range []error{r.Err, r.EmailErr} {
							if err != nil {
								said += shownError(err)
							}
						}
						said += r.Skip
					}
				}
				if strings.Contains(said, canary) {
					t.Fatalf("%s: %s", heading, said)
				}
			}
		}
	}
}
