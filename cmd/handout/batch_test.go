package main

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// encodeList writes a text file as other programs do: encode utf8bom|utf16|utf16be|windows FROM TO
func encodeList(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: encode FORM FROM TO")
	}
	var err error
	text := ts.ReadFile(args[1])
	switch args[0] {
	case "utf8bom":
		text = "\ufeff" + text
	case "utf16":
		text, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	case "utf16be":
		text, err = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	case "windows":
		text, err = charmap.Windows1252.NewEncoder().String(text)
	default:
		ts.Fatalf("unknown form %s", args[0])
	}
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(text), 0o600))
}

// makeWorkbook makes a spreadsheet of a table: workbook FROM.csv TO.xlsx
func makeWorkbook(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: workbook FROM.csv TO.xlsx")
	}
	rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(args[0]))).ReadAll()
	ts.Check(err)
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		ts.Check(f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row))
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[1])))
}

// fileTimes writes down when files were last changed: times TO FILE...
func fileTimes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: times TO FILE...")
	}
	var b bytes.Buffer
	for _, name := range args[1:] {
		info, err := os.Stat(ts.MkAbs(name))
		ts.Check(err)
		fmt.Fprintln(&b, name, info.ModTime().UnixNano())
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o600))
}

// showLetters writes down, for each message in a folder, its row, who it is to and
// what it says, with the names of its headers if there is one that a batch does not
// write: letters TO FOLDER
func showLetters(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: letters TO FOLDER")
	}
	ours := "Auto-Submitted Content-Language Content-Type Date From Message-Id Mime-Version Reply-To Subject To X-Auto-Response-Suppress X-Handout-Code X-Handout-Lock X-Handout-Visit "
	var lines []string // a file's name ends in a sum of the page: within a row it is no order to compare by
	files, err := filepath.Glob(filepath.Join(ts.MkAbs(args[1]), "*"))
	ts.Check(err)
	for _, name := range files {
		var b strings.Builder
		m, text, _ := readLetter(ts, name)
		to, err := m.Header.AddressList("To")
		ts.Check(err)
		row, _, _ := strings.Cut(filepath.Base(name), "-")
		fmt.Fprint(&b, row)
		for _, a := range to {
			fmt.Fprintf(&b, " %s <%s>", a.Name, a.Address)
		}
		for h := range m.Header {
			if !strings.Contains(ours, h+" ") {
				fmt.Fprintf(&b, " HEADER %s", h)
			}
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
		ts.Check(err)
		text, _, _ = strings.Cut(text, "\n")
		fmt.Fprintf(&b, ": %s: %s\n", subject, strings.TrimSpace(text))
		lines = append(lines, b.String())
	}
	slices.Sort(lines)
	for i := range lines {
		lines[i] = strings.TrimLeft(lines[i], "0")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(lines, "")), 0o600))
}

// takeAttachment writes the PDF of a message into a file: attached FOLDER ROW TO
func takeAttachment(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: attached FOLDER ROW TO")
	}
	files, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), fmt.Sprintf("%06s-*.eml", args[1])))
	ts.Check(err)
	if len(files) != 1 {
		ts.Fatalf("row %s has %d messages", args[1], len(files))
	}
	_, _, pdf := readLetter(ts, files[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), pdf, 0o600))
}

// readLetter takes a message apart: its plain text, and what is attached.
func readLetter(ts *testscript.TestScript, name string) (m *netmail.Message, text string, pdf []byte) {
	data, err := os.ReadFile(name)
	ts.Check(err)
	m, err = netmail.ReadMessage(bytes.NewReader(data))
	ts.Check(err)
	var walk func(kind string, body io.Reader)
	walk = func(kind string, body io.Reader) {
		kind, params, err := mime.ParseMediaType(kind)
		ts.Check(err)
		switch {
		case strings.HasPrefix(kind, "multipart/"):
			r := multipart.NewReader(body, params["boundary"])
			for {
				part, err := r.NextPart()
				if err == io.EOF {
					return
				}
				ts.Check(err)
				decoded := io.Reader(part)
				if part.Header.Get("Content-Transfer-Encoding") == "base64" {
					decoded = base64.NewDecoder(base64.StdEncoding, part)
				}
				walk(part.Header.Get("Content-Type"), decoded)
			}
		case kind == "text/plain":
			b, err := io.ReadAll(body)
			ts.Check(err)
			text = string(b)
		case kind == "application/pdf":
			pdf, err = io.ReadAll(body)
			ts.Check(err)
		}
	}
	walk(m.Header.Get("Content-Type"), m.Body)
	return m, text, pdf
}

// hasPages wants a file of so many pages: pages N FILE
func hasPages(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pages N FILE")
	}
	if n := countedPages(ts.ReadFile(args[1])); n != args[0] {
		ts.Fatalf("%s has not %s pages: %q", args[1], args[0], n)
	}
}

// countedPages is how many pages a file has: the last node of the page tree that is written counts them all.
func countedPages(data string) string {
	counts := regexp.MustCompile(`/Count (\d+)`).FindAllStringSubmatch(data, -1)
	if len(counts) == 0 {
		return ""
	}
	return counts[len(counts)-1][1]
}

// unsay makes a ledger one of the first handout's, which did not say how a page was
// set: unsay LEDGER
func unsay(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: unsay LEDGER")
	}
	text := regexp.MustCompile(`,"type_size":.*`).ReplaceAllString(ts.ReadFile(args[0]), "}}")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// follow wants words to stand in a file in this order, each once: follows FILE WORD...
func follow(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: follows FILE WORD...")
	}
	text, at := ts.ReadFile(args[0]), -1
	for _, word := range args[1:] {
		i := strings.Index(text, word)
		if i <= at {
			ts.Fatalf("%s is not after the word before it", word)
		}
		at = i
	}
}

// noGlob wants no file of a pattern: ! glob PATTERN
func noGlob(ts *testscript.TestScript, neg bool, args []string) {
	if !neg || len(args) != 1 {
		ts.Fatalf("usage: ! glob PATTERN")
	}
	if found, err := filepath.Glob(ts.MkAbs(args[0])); err != nil || len(found) > 0 {
		ts.Fatalf("%v: %v", found, err)
	}
}

// opensWith wants the password that a list has for a row to open a PDF, which then
// has these words: opens PASSWORDS.csv ROW FILE WORDS
func opensWith(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: opens PASSWORDS.csv ROW FILE WORDS")
	}
	rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(args[0]))).ReadAll()
	ts.Check(err)
	for _, row := range rows {
		if row[0] == args[1] {
			ts.Check(ts.Exec("pdftotext", "-upw", row[3], ts.MkAbs(args[2]), "-"))
			if !strings.Contains(ts.ReadFile("stdout"), args[3]) {
				ts.Fatalf("%s is another's", args[2])
			}
			return
		}
	}
	ts.Fatalf("there is no password for row %s", args[1])
}

// codeOf sets CODE to the code that a report has for a row: code REPORT.csv ROW
func codeOf(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: code REPORT.csv ROW")
	}
	rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(args[0]))).ReadAll()
	ts.Check(err)
	for _, row := range rows {
		if row[0] == args[1] {
			ts.Setenv("CODE", row[4])
			return
		}
	}
	ts.Fatalf("the report has no row %s", args[1])
}
