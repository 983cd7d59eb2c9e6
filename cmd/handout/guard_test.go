package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	netmail "net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"handout/content/visits"
	"handout/content/visits/field"
)

// secrets are what a command line must not tell: words in small letters.
type secrets struct {
	words   []string
	names   []string // those of words that --names puts into files' names
	letters []rune   // of scripts that no page of ours is written in: not one may be told
}

// add takes the words of a text. Those of three letters and fewer, and short numbers,
// stand in too many places by chance.
func (s *secrets) add(text string) {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		if n := len([]rune(word)); n > 7 || n > 3 && strings.ContainsFunc(word, unicode.IsLetter) {
			s.words = append(s.words, strings.ToLower(word))
		}
	}
	s.spell(text)
}

// spell adds the letters and pictures of a text that no message of ours has.
func (s *secrets) spell(text string) {
	for _, r := range text {
		if (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.Is(unicode.So, r)) && r >= 0x250 &&
			!unicode.In(r, unicode.Latin, unicode.Arabic, unicode.Hebrew, unicode.Inherited) && !slices.Contains(s.letters, r) {
			s.letters = append(s.letters, r)
		}
	}
}

// secretsOf are the words of --patient and --note, of a list's people, and of those
// an outbox has mail for.
func secretsOf(args []string) secrets {
	var s secrets
	s.words = privateWords(args)
	for _, flag := range []string{"--patient", "--note", "--next-visit", "--therapist"} {
		s.spell(strings.Join(valuesOf(args, flag), " "))
	}
	if len(args) == 0 {
		return s
	}
	switch args[0] {
	case "batch", "again":
		options := visits.Options{}
		for i, arg := range args {
			if arg == "--columns" && i+1 < len(args) {
				options.Columns, _ = field.ParseColumns(args[i+1])
			}
		}
		for _, arg := range args[1:] {
			if data, err := os.ReadFile(arg); err == nil && !slices.Contains([]string{".yaml", ".md", ".pdf"}, filepath.Ext(arg)) {
				s.list(arg, data, options)
			}
		}
		if slices.Contains(args, "--names") {
			s.words = slices.DeleteFunc(s.words, func(w string) bool { return slices.Contains(s.names, w) })
			s.letters = nil
		} else {
			s.names = nil
		}
	case "send":
		for _, arg := range args[1:] {
			letters, _ := filepath.Glob(filepath.Join(arg, "*", "*.eml"))
			for _, name := range letters {
				s.letter(name)
			}
		}
	}
	return s
}

// list adds what a list says of people: as we read it, and each cell of a table
// below a heading that sounds like it, were it read or not.
func (s *secrets) list(name string, data []byte, options visits.Options) {
	list, err := visits.Read(name, bytes.NewReader(data), options)
	if err != nil {
		list = &visits.List{}
	}
	for _, row := range list.Rows {
		before := len(s.words)
		s.add(row.Name)
		s.names = append(s.names, s.words[before:]...)
		s.add(row.Note)
		s.spell(row.Next + row.Therapist)
		s.add(row.Password)
		for _, a := range row.Emails {
			local, _, _ := strings.Cut(a, "@")
			s.add(local)
			s.words = append(s.words, strings.ToLower(a))
		}
		if !row.Born.IsZero() {
			for _, form := range []string{"20060102", "2006-01-02", "01/02/2006", "02.01.2006"} {
				s.words = append(s.words, row.Born.Format(form))
			}
		}
	}
	if ext := filepath.Ext(name); ext != ".csv" && ext != ".txt" {
		return
	}
	private := regexp.MustCompile(`(?i)name|mail|note|birth|dob|born|password|patient|client`)
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord, r.LazyQuotes = -1, true
	heading, _, _ := bytes.Cut(data, []byte("\n"))
	for _, comma := range ";\t" {
		if bytes.ContainsRune(heading, comma) {
			r.Comma = comma
		}
	}
	table, err := r.ReadAll()
	for i, cells := range table {
		for k, cell := range cells {
			if err == nil && i > 0 && k < len(table[0]) && private.MatchString(table[0][k]) {
				local, _, address := strings.Cut(cell, "@")
				if address {
					cell = local
				}
				s.add(cell)
			}
		}
	}
}

// letter adds the people a message is for.
func (s *secrets) letter(name string) {
	file, err := os.Open(name)
	if err != nil {
		return
	}
	defer file.Close()
	m, err := netmail.ReadMessage(file)
	if err != nil {
		return
	}
	people, _ := m.Header.AddressList("To")
	for _, p := range people {
		local, _, _ := strings.Cut(p.Address, "@")
		s.add(p.Name + " " + local)
	}
}

// leaks looks for the words in the names of all files below the working folder, in
// what a PDF says in the open, in what tells of a batch and of its mail, and in what
// is left in the folder for temporary files. It returns the file, or "".
func (s *secrets) leaks() string {
	found := ""
	look := func(name string, d fs.DirEntry, err error) error {
		if err != nil || found != "" {
			return nil
		}
		base := strings.ToLower(filepath.Base(name))
		if s.told([]byte(base)) {
			found = name
		}
		named := strings.HasSuffix(base, ".pdf") || strings.HasPrefix(name, os.TempDir())
		if !d.Type().IsRegular() || !named && !slices.Contains([]string{"report.csv", "ledger.jsonl", "log", "passwords.csv"}, base) {
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return nil
		}
		if base == "report.csv" || base == "ledger.jsonl" {
			for _, word := range s.names { // the files' names stand there
				data = bytes.ReplaceAll(bytes.ToLower(data), []byte(word), nil)
			}
		}
		if s.in(data) || base != "passwords.csv" && !named && s.told(data) { // in a PDF's bytes stands any letter by chance
			found = name
		}
		return nil
	}
	_ = filepath.WalkDir(".", look)
	_ = filepath.WalkDir(os.TempDir(), func(name string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() && name != os.TempDir() && strings.HasPrefix(d.Name(), "testscript-main") {
			return fs.SkipDir // the test's own
		}
		return look(name, d, err)
	})
	return found
}

// in tells whether a text holds one of the words, as UTF-8 or, as a PDF may write
// its properties, as UTF-16.
func (s *secrets) in(text []byte) bool {
	text = bytes.ToLower(text)
	return slices.ContainsFunc(s.words, func(word string) bool {
		return bytes.Contains(text, []byte(word)) || bytes.Contains(text, utf16BE(word))
	})
}

// told tells whether words of ours say a secret or one of its letters, as it is or by
// its number.
func (s *secrets) told(text []byte) bool {
	return s.in(text) || slices.ContainsFunc(s.letters, func(r rune) bool {
		return bytes.ContainsRune(text, r) || bytes.Contains(bytes.ToUpper(text), fmt.Appendf(nil, "U+%04X", r)) ||
			bytes.Contains(bytes.ToUpper(text), fmt.Appendf(nil, `\U%04X`, r))
	})
}

// TestGuard makes sure that the guard over all scripts bites.
func TestGuard(t *testing.T) {
	words := privateWords([]string{"make", "--patient", "Ana Quillfeather-Ó", "--note=Walk to Bo"})
	if got := strings.Join(words, " "); got != "quillfeather walk" {
		t.Errorf("private words: %s", got)
	}
	t.Chdir(t.TempDir())
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "temporary"))
	if err := os.Mkdir(os.TempDir(), 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a.csv", "name,email,email consent,note,birth date,password,handout\nAna Quillfeather,nib@mail.example,yes,Walk slow,1984-02-29,tulip,sciatica\n\x07Inkwell,,,,,,x\n")
	s := secretsOf([]string{"batch", "a.csv", "--handout", "sciatica"})
	for _, want := range []string{"quillfeather", "nib@mail.example", "walk", "slow", "19840229", "tulip", "inkwell"} {
		if !slices.Contains(s.words, want) {
			t.Errorf("%s is not guarded", want)
		}
	}
	write("b.csv", "name,note,next visit,therapist,handout\n田中,well done 👍,ปี,გიორგი,Ω\n")
	if s := secretsOf([]string{"batch", "b.csv", "--next-visit", "ሰ"}); string(s.letters) != "ሰ田中👍ปีგიორ" {
		t.Errorf("these letters are guarded: %s", string(s.letters))
	}
	foreign := secretsOf([]string{"make", "--patient", "田"})
	for text, want := range map[string]bool{"in 田": true, "in U+7530": true, `"\u7530"`: true, "7530 Chinese characters": false, "中": false} {
		if foreign.told([]byte(text)) != want {
			t.Errorf("%q: not %v", text, want)
		}
	}
	if slices.Contains(s.words, "sciatica") {
		t.Error("a handout's name is guarded")
	}
	named := secretsOf([]string{"batch", "a.csv", "--names"})
	if slices.Contains(named.words, "quillfeather") || !slices.Contains(named.words, "tulip") {
		t.Errorf("with --names: %q", named.words)
	}
	for name, text := range map[string]string{
		"a.pdf": "/Title (For Quillfeather)", "b.pdf": string(utf16BE("quillfeather")), ".Quillfeather.tmp": "",
		"out/report.csv": "2,made,Tulip", "out/ledger.jsonl": `{"visit":"19840229"}`, "out/outbox/log": "to NIB@mail.example",
		filepath.Join(os.TempDir(), "x"): "a Quillfeather in here",
	} {
		write(name, text)
		if leaked := s.leaks(); leaked != name {
			t.Errorf("the leak in %s was not found (%q)", name, leaked)
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	if leaked := s.leaks(); leaked != "" {
		t.Errorf("a leak in %s was made up", leaked)
	}
}
