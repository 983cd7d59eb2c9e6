package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var ledgerTime = time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)

// entryOf is the entry of a row's page.
func entryOf(row, generation int) Entry {
	page := rowPage(row, generation)
	content := sha256.Sum256(fmt.Appendf(nil, "content %d %d", row, generation))
	return Entry{Code: Code(content[:5]), Handout: "sciatica", Version: "1", Content: content,
		File: rowName(row), Plain: sha256.Sum256(page), Row: row, Time: ledgerTime, Run: 1}
}

func rowName(row int) string { return fmt.Sprintf("row-%04d.pdf", row) }

func openLedger(t testing.TB, f *Folder) *Ledger {
	t.Helper()
	l, err := OpenLedger(f)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.file.Close() })
	return l
}

func TestLedger(t *testing.T) {
	dir := t.TempDir()
	f := openFolder(t, dir)
	l := openLedger(t, f)
	settings := Settings{"paper": {"letter"}, "look": {"rows"}}
	if n, err := l.Begin(ledgerTime.In(time.FixedZone("", 3600)), settings); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	one, two := entryOf(1, 0), entryOf(2, 0)
	two.Visit = "V-17"
	for _, e := range []Entry{one, two} {
		if err := f.Put(e.File, rowPage(e.Row, 0)); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Append(one, two); err != nil {
		t.Fatal(err)
	}
	if !l.Holds(one) || !l.Holds(two) {
		t.Error("a handout is in the ledger and not in the folder")
	}
	// The same again, made anew; and another content with the same code.
	again, other := one, two
	again.Time, again.Run = ledgerTime.Add(time.Hour), 2
	other.Content[31]++
	if n, err := l.Begin(again.Time, nil); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	if err := l.Append(again, other); err != nil {
		t.Fatal(err)
	}

	read, err := ReadLedger(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []*Ledger{l, read} {
		if got := l.Find(one.Code); !reflect.DeepEqual(got, []Entry{again}) {
			t.Errorf("made again: %+v", got)
		}
		if got := l.Find(two.Code); !reflect.DeepEqual(got, []Entry{two, other}) {
			t.Errorf("two of a code: %+v", got)
		}
		if l.Len() != 3 || len(l.Find(Code{})) != 0 || len(l.Damage) != 0 {
			t.Errorf("%d handouts, damage %v", l.Len(), l.Damage)
		}
		want := []Run{{1, ledgerTime, settings, l.Key.Mark()}, {2, again.Time, nil, l.Key.Mark()}}
		if !reflect.DeepEqual(l.Runs, want) {
			t.Errorf("runs: %+v", l.Runs)
		}
	}
	is, err := os.Stat(filepath.Join(dir, ledgerName))
	if err != nil || runtime.GOOS != "windows" && is.Mode() != 0o600 {
		t.Errorf("mode %v, %v", is.Mode(), err)
	}
}

// A ledger's lines are for other programs too: their form is kept.
func TestLedgerForm(t *testing.T) {
	dir := t.TempDir()
	l := openLedger(t, openFolder(t, dir))
	e := Entry{Code: Code{1, 2, 3, 4, 5}, Handout: "sciatica", Version: "v1", Content: Sum{1}, File: "row-0012.pdf",
		Sum: Sum{2}, Row: 12, Visit: "4711", Time: ledgerTime, Run: 1,
		TypeSize: 12.5, Cut: LinesOf([]string{"a tip is left out", "and\nanother"})}
	if _, err := l.Begin(ledgerTime, Settings{"paper": {"letter"}, "look": {"rows"}}); err != nil {
		t.Fatal(err)
	}
	if err := l.Append(e); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, ledgerName))
	if err != nil {
		t.Fatal(err)
	}
	zeros := strings.Repeat("00", 31)
	want := `{"run":{"number":1,"time":"2026-11-22T18:00:00Z","settings":{"look":["rows"],"paper":["letter"]},"key":"` + l.Key.Mark() + `"}}
{"made":{"code":"0410-6105","handout":"sciatica","version":"v1","content":"01` + zeros + `","file":"row-0012.pdf","sum":"02` + zeros + `","row":12,"visit":"4711","time":"2026-11-22T18:00:00Z","run":1,"type_size":12.5,"cut":["a tip is left out","and another"]}}
`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Whatever happened to a ledger's file, what still stands in it is read, and what
// does not is said by its line.
func TestLedgerDamage(t *testing.T) {
	whole := func(row int) string {
		return strings.TrimSuffix(ledgerText(t, entryOf(row, 0)), "\n")
	}
	one, two, three := whole(1), whole(2), whole(3)
	for _, c := range []struct{ name, text, damage string }{
		{"empty", "", ""},
		{"whole", one + "\n" + two + "\n" + three + "\n", ""},
		{"torn", one + "\n" + two + "\n" + three + "\n" + whole(4)[:40], "4: the last line was cut off"},
		{"torn at its end", one + "\n" + two + "\n" + three + "\n" + whole(4), "4: the last line was cut off"},
		{"zeros at the end", one + "\n" + two + "\n" + three + "\n" + strings.Repeat("\x00", 20_000), "4: the last line was cut off"},
		{"garbage in the middle", one + "\n\x00\xff{\n" + two + "\n" + three + "\n", "2: the line cannot be read"},
		{"an empty line", one + "\n\n" + two + "\n" + three + "\n", "2: the line cannot be read"},
		{"a long line", one + "\n" + strings.Repeat("Quillfeather", 5000) + "\n" + two + "\n" + three + "\n", "2: the line is longer than 8 KiB"},
		{"neither", one + "\n" + two + "\n" + three + "\n{\"name\":\"Quillfeather\"}\n", "4: the line is neither a run nor a handout"},
		{"a bad name", one + "\n" + two + "\n" + three + "\n" + strings.Replace(whole(4), "row-", "../Quillfeather", 1) + "\n", "4: the handout's file name is missing"},
		{"a bad row", one + "\n" + two + "\n" + three + "\n" + strings.Replace(whole(4), `"row":4`, `"row":0`, 1) + "\n", "4: the handout's row or run"},
		{"no sum", one + "\n" + two + "\n" + three + "\n" + strings.Replace(whole(4), "sha256", "Quillfeather", 1) + "\n", "4: the handout's sums are missing"},
		{"no time", one + "\n" + two + "\n" + three + "\n" + strings.Replace(whole(4), `"time"`, `"Quillfeather"`, 1) + "\n", "4: the handout has no time"},
		{"a run of no number", one + "\n" + two + "\n" + three + "\n{\"run\":{}}\n", "4: the run has no number"},
		{"a short sum", one + "\n" + two + "\n" + three + "\n" + strings.Replace(whole(4), `"sha256":"`, `"sha256":"00`, 1) + "\n", "4: the line cannot be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, ledgerName), []byte(c.text), 0o644); err != nil {
				t.Fatal(err)
			}
			f := openFolder(t, dir)
			l := openLedger(t, f)
			switch {
			case c.damage == "" && len(l.Damage) > 0:
				t.Errorf("damage: %v", l.Damage)
			case c.damage != "" && (len(l.Damage) != 1 || !strings.HasPrefix(l.Damage[0].String(), ledgerName+":"+c.damage) || l.Damage[0].Hint == ""):
				t.Errorf("damage: %v, want %s", l.Damage, c.damage)
			}
			if strings.Contains(fmt.Sprint(l.Damage), "Quillfeather") {
				t.Errorf("what stands in the line is repeated: %v", l.Damage)
			}
			if c.text != "" && l.Len() != 3 {
				t.Errorf("%d handouts are left of three", l.Len())
			}
			// What is added afterwards stands on lines of its own.
			if err := l.Append(entryOf(9, 0)); err != nil {
				t.Fatal(err)
			}
			read, err := ReadLedger(dir)
			if err != nil || read.Len() != l.Len() || len(read.Find(entryOf(9, 0).Code)) != 1 {
				t.Errorf("read again: %d handouts, %v, %v", read.Len(), read.Damage, err)
			}
			if strings.Contains(fmt.Sprint(read.Damage), "cut off") {
				t.Errorf("the end that was cut off is still there: %v", read.Damage)
			}
		})
	}
}

func TestLedgerDamageIsCounted(t *testing.T) {
	text := strings.Repeat("?\n", 100) + ledgerText(t, entryOf(1, 0))
	l, err := readLedger(strings.NewReader(text))
	if err != nil || l.Len() != 1 || len(l.Damage) != ledgerDamage+1 {
		t.Fatalf("%d handouts, %d lines of damage, %v", l.Len(), len(l.Damage), err)
	}
	if got := l.Damage[ledgerDamage].String(); got != "ledger.jsonl:100: up to here, 80 more lines cannot be read" {
		t.Error(got)
	}
}

func TestLedgerRefuses(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Quillfeather")
	if _, err := ReadLedger(dir); err == nil {
		t.Error("a ledger is read where there is none")
	} else {
		refused(t, err, "has no ledger.jsonl")
	}
	f := openFolder(t, dir)
	l := openLedger(t, f)
	long, undated, elsewhere := entryOf(1, 0), entryOf(1, 0), entryOf(1, 0)
	long.Visit = strings.Repeat("Quillfeather", 1000)
	undated.Time = time.Time{}
	elsewhere.File = "../Quillfeather"
	for _, e := range []Entry{long, undated, elsewhere} {
		refused(t, l.Append(entryOf(2, 0), e), "too long, or could not be read again")
	}
	_, err := l.Begin(ledgerTime, Settings{"note": {strings.Repeat("Quillfeather", 1000)}})
	refused(t, err, "too long, or could not be read again")
	if is, err := os.Stat(filepath.Join(dir, ledgerName)); err != nil || is.Size() != 0 || l.Len() != 0 || len(l.Runs) != 0 {
		t.Error("something was written down")
	}
}

// A handout fails not for how much there is to say of how it was set.
func TestLedgerLongCuts(t *testing.T) {
	dir := t.TempDir()
	l := openLedger(t, openFolder(t, dir))
	e := entryOf(1, 0)
	e.TypeSize, e.Cut = 12, LinesOf([]string{strings.Repeat("a tip is left out ", 1000)})
	if err := l.Append(e); err != nil {
		t.Fatal(err)
	}
	read, err := ReadLedger(dir)
	if e.Cut = ""; err != nil || !reflect.DeepEqual(read.Find(e.Code), []Entry{e}) {
		t.Errorf("%+v, %v, %v", read.Find(e.Code), read.Damage, err)
	}
}

// After a failed sync of the folder nothing is written down.
// What is queued while files are Put is there after Settle, in order and with its
// files; after an error nothing more is.
func TestLedgerQueue(t *testing.T) {
	dir := t.TempDir()
	f := openFolder(t, dir)
	l := openLedger(t, f)
	const rows = 300
	for row := 1; row <= rows; row++ {
		e := entryOf(row, 0)
		if err := f.Put(e.File, rowPage(row, 0)); err != nil {
			t.Fatal(err)
		}
		if err := l.Queue(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Settle(); err != nil {
		t.Fatal(err)
	}
	read, err := ReadLedger(dir)
	if err != nil || read.Len() != rows {
		t.Fatalf("%d handouts, %v", read.Len(), err)
	}
	for i, e := range slices.Collect(read.All()) {
		if e.Row != i+1 || !l.Holds(e) {
			t.Fatalf("row %d is in place %d, or not in the folder", e.Row, i)
		}
	}
	f.fail(errors.New("the disk is gone"))
	if err := l.Queue(entryOf(rows+1, 0)); err != nil {
		t.Fatal(err)
	}
	if l.Settle() == nil || l.Queue(entryOf(rows+2, 0)) == nil || l.Settle() == nil {
		t.Error("what can not be appended is called done")
	}
	if l.Len() != rows {
		t.Errorf("%d handouts after the error", l.Len())
	}
}

// Whatever Append takes is read again as it was.
func TestLedgerReadsAgain(t *testing.T) {
	dir := t.TempDir()
	f := openFolder(t, dir)
	l := openLedger(t, f)
	r := rand.New(rand.NewPCG(5, 6))
	text := func() string {
		letters := []rune("aZ9 é漢\"\\\n\x00\u2028<&>/.\ufffd\U0001F9B4")
		var b strings.Builder
		for range r.IntN(12) {
			b.WriteRune(letters[r.IntN(len(letters))])
		}
		return b.String()
	}
	for row := 1; row <= 200; row++ {
		e := entryOf(row, r.IntN(9))
		e.Handout, e.Version, e.Visit = text(), text(), text()
		e.Cut, e.Notes = LinesOf([]string{text(), text()}), LinesOf([]string{text()})
		e.TypeSize = r.NormFloat64() * 1e30
		e.Run = r.Int()
		e.Time = time.Unix(r.Int64N(1<<38)-1<<36, r.Int64N(1e9))
		if r.IntN(2) == 0 {
			e.File = text()
		}
		before := l.Len()
		if err := l.Append(e); err != nil && l.Len() != before {
			t.Fatal("what was refused is in the ledger")
		}
	}
	read, err := ReadLedger(dir)
	if err != nil || len(read.Damage) > 0 || l.Len() < 80 {
		t.Fatalf("%v, %v, %d handouts", err, read.Damage, l.Len())
	}
	if !reflect.DeepEqual(slices.Collect(read.All()), slices.Collect(l.All())) {
		t.Error("the ledger is read otherwise than it was written")
	}
}

func TestLedgerAfterFailure(t *testing.T) {
	dir := t.TempDir()
	f := openFolder(t, dir)
	l := openLedger(t, f)
	f.fail(errors.New("the disk is gone"))
	if err := l.Append(entryOf(1, 0)); err == nil || l.Len() != 0 {
		t.Errorf("%d handouts, %v", l.Len(), err)
	}
	if is, err := os.Stat(filepath.Join(dir, ledgerName)); err != nil || is.Size() != 0 {
		t.Errorf("the ledger: %v, %v", is, err)
	}
}

// ledgerText is the lines of entries.
func ledgerText(t testing.TB, entries ...Entry) string {
	t.Helper()
	dir := t.TempDir()
	l := openLedger(t, openFolder(t, dir))
	if err := l.Append(entries...); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, ledgerName))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A ledger of 100,000 handouts stays within the memory that is promised.
func TestLedgerMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 40 MB")
	}
	const handouts = 100_000
	var text bytes.Buffer
	line := ledgerText(t, entryOf(1, 0))
	e := entryOf(1, 0)
	for i := range handouts {
		sum := Sum(sha256.Sum256(fmt.Append(nil, i)))
		digits, _ := sum.MarshalText()
		one := strings.Replace(line, e.Code.String(), Code(sum[:5]).String(), 1)
		old, _ := e.Content.MarshalText()
		one = strings.Replace(one, string(old), string(digits), 1)
		text.WriteString(strings.Replace(one, `"file":"row`, fmt.Sprintf(`"visit":"%d","file":"row-%06d`, i, i), 1))
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	l, err := readLedger(bytes.NewReader(text.Bytes()))
	if err != nil || l.Len() != handouts || len(l.Damage) > 0 {
		t.Fatalf("%d handouts, %v, %v", l.Len(), l.Damage, err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	each := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) / handouts
	t.Logf("%d bytes a handout in memory, %d in the file", each, text.Len()/handouts)
	if each > 240 {
		t.Errorf("%d bytes a handout", each)
	}
	runtime.KeepAlive(l)
}

func TestCode(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"K7Q2-9MXD", "K7Q2-9MXD"},
		{"k7q29mxd", "K7Q2-9MXD"},
		{" k7q2 9mxd ", "K7Q2-9MXD"},
		{"K7Q2\u20119MXD", "K7Q2-9MXD"},
		{"oOiI-lL10", "0011-1110"},
		{"ZZZZ-ZZZZ", "ZZZZ-ZZZZ"},
		{"", ""},
		{"K7Q2-9MX", ""},
		{"K7Q2-9MXDD", ""},
		{"K7Q2-9MXU", ""},
		{"Quillfeather", ""},
		{"K7Q2-9MX\xff", ""},
		{strings.Repeat("-", 60) + "K7Q29MXD", ""},
	} {
		got, err := ParseCode(c.typed)
		switch {
		case c.want == "" && (err == nil || strings.Contains(err.Error(), "Quillfeather")):
			t.Errorf("%q: %v, %v", c.typed, got, err)
		case c.want != "" && (err != nil || got.String() != c.want):
			t.Errorf("%q: %v, %v", c.typed, got, err)
		}
	}
	for i := range 1000 {
		sum := sha256.Sum256(fmt.Append(nil, i))
		code := Code(sum[:5])
		if back, err := ParseCode(code.String()); err != nil || back != code {
			t.Fatalf("%v: %v, %v", code, back, err)
		}
	}
}

// What can be read of any bytes can be written down, and is then the same.
func FuzzLedger(f *testing.F) {
	whole := ledgerText(f, entryOf(1, 0), entryOf(2, 0))
	f.Add([]byte(whole))
	f.Add([]byte(whole[:len(whole)-20]))
	f.Add([]byte("{\"run\":{\"number\":1,\"time\":\"2026-11-22T18:00:00Z\"}}\n\x00\n" + whole))
	f.Add([]byte(strings.Repeat("x", 3*ledgerLine) + "\n" + whole))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := readLedger(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if whole := int64(bytes.LastIndexByte(data, '\n') + 1); l.size != whole {
			t.Fatalf("%d bytes are whole lines, not %d", whole, l.size)
		}
		if len(l.Damage) > ledgerDamage+1 {
			t.Fatalf("%d lines of damage", len(l.Damage))
		}
		if l.Len() == 0 {
			return
		}
		again, err := readLedger(strings.NewReader(ledgerText(t, slices.Collect(l.All())...)))
		if err != nil || len(again.Damage) > 0 || again.Len() != l.Len() {
			t.Fatalf("%d handouts of %d, %v, %v", again.Len(), l.Len(), again.Damage, err)
		}
		for i, e := range slices.Collect(l.All()) {
			if e.Time = e.Time.UTC(); !reflect.DeepEqual(e, slices.Collect(again.All())[i]) {
				t.Fatalf("%+v became %+v", e, slices.Collect(again.All())[i])
			}
		}
	})
}

// TestLedgerAtOnce asks a ledger from many goroutines while others put what it is told
// of, as batch's workers do. The race detector looks on in CI.
func TestLedgerAtOnce(t *testing.T) {
	f := openFolder(t, t.TempDir())
	l := openLedger(t, f)
	const rows = 120
	var all sync.WaitGroup
	for worker := range 4 {
		all.Go(func() {
			for row := 1 + worker; row <= rows; row += 4 {
				e := entryOf(row, 0)
				if err := f.Put(e.File, rowPage(row, 0)); err != nil {
					t.Error(err)
				}
				for other := 1; other <= rows; other += 7 {
					if e := entryOf(other, 0); len(l.Find(e.Code)) > 1 {
						t.Errorf("row %d is given twice", other)
					}
				}
			}
		})
	}
	all.Go(func() {
		for row := 1; row <= rows; row++ { // one goroutine tells the ledger
			if err := f.Put(rowName(row), rowPage(row, 0)); err != nil {
				t.Error(err)
			}
			if err := l.Queue(entryOf(row, 0)); err != nil {
				t.Error(err)
			}
		}
	})
	all.Wait()
	if err := l.Settle(); err != nil {
		t.Fatal(err)
	}
	for row := 1; row <= rows; row++ {
		if e := entryOf(row, 0); len(l.Find(e.Code)) != 1 {
			t.Errorf("row %d is not found", row)
		}
	}
}
