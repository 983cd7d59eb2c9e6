package sheet

import (
	"fmt"
	"strings"
	"testing"
)

func shown(t *testing.T, table Table) string {
	t.Helper()
	var b strings.Builder
	err := table(func(l Line) bool {
		fmt.Fprintf(&b, "%d %q\n", l.Number, l.Cells)
		return true
	})
	if err != nil {
		b.WriteString(err.Error() + "\n")
	}
	return b.String()
}

// Rows are counted as a spreadsheet counts them: empty lines too, a line break within
// quotes not.
func TestCSV(t *testing.T) {
	for _, test := range []struct {
		name, text string
		comma      rune
		want       string
	}{
		{"plain", "a,b\nc,d", ',', "1 [\"a\" \"b\"]\n2 [\"c\" \"d\"]\n"},
		{"empty lines", "\n\na\n\nb\n", ',', "3 [\"a\"]\n5 [\"b\"]\n"},
		{"Windows", "a;b\r\n\r\nc;d\r\n", ';', "1 [\"a\" \"b\"]\n3 [\"c\" \"d\"]\n"},
		{"a break in quotes", "\"a\nb\",c\nd\n", ',', "1 [\"a\\nb\" \"c\"]\n2 [\"d\"]\n"},
		{"kept from counting", "=\"0101\",=\"a\"\"b\"\n", ',', "1 [\"0101\" \"a\\\"b\"]\n"},
		{"an open quote", "a\n\"b,c\nd\n", ',', "1 [\"a\"]\nrow 2 opens a quote that is not closed\n"},
		{"wide and blank", "a" + strings.Repeat(",", MaxWide+9) + "\n", ',', "1 [\"a\"" + strings.Repeat(" \"\"", MaxWide-1) + "]\n"},
		{"too wide", strings.Repeat(",", MaxWide) + "a\n", ',', "row 1 has more than 400 columns\n"},
	} {
		if got := shown(t, CSV(test.text, test.comma)); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// Values of JSON are told by their line where each has one, or else by their place.
func TestValues(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"lines", "{\"a\": 1}\n\n{\"b\": 2}\n", "1 {\"a\": 1}; 3 {\"b\": 2}; "},
		{"a broken line", "{\"a\": 1}\n{\"b\"\n{\"c\": 3}\n", "1 {\"a\": 1}; 2 {\"b\"; 3 {\"c\": 3}; "},
		{"an array", "[{\"a\": [1, 2]},\n {\"b\": 2}]", "1 {\"a\": [1, 2]}; 2 {\"b\": 2}; "},
		{"one after the other", "{\"a\":\n1}\n{\"b\":\n2}", "1 {\"a\":\n1}; 2 {\"b\":\n2}; "},
		{"nothing", "[]", "the list is empty"},
		{"broken", "[{\"a\": 1},\n {\"b\": 2}", "the JSON is broken in line 2"},
		{"something behind", "[1]\n]", "the JSON is broken in line 2"},
	} {
		values, number, err := Values(test.text)
		got := ""
		for i, v := range values {
			got += fmt.Sprintf("%d %s; ", number(i), v)
		}
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}

// FuzzValues holds what the cursor promises: it ends, and what it takes out is there.
func FuzzValues(f *testing.F) {
	for _, s := range []string{`[{"a":[1,"\"]"]}]`, "{}\n{", `"`, "[[[", "{\"a\":}", "\ufeff{}", "1 2", "[1,]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		values, number, err := Values(text)
		if err != nil {
			return
		}
		last := 0
		for i, v := range values {
			if !strings.Contains(text, v) || v == "" || number(i) <= last {
				t.Errorf("%d: %q", number(i), v)
			}
			last = number(i)
			c := Cursor{Text: v}
			c.Members(func(key, value string) bool { return len(key)+len(value) <= len(v) })
		}
	})
}

func TestEncodingNames(t *testing.T) {
	for name, want := range map[string]bool{"utf8": true, "UTF-8": true, "latin1": true, "ANSI": false, "Windows 1255": true, "cp1255": true, "1255": true, "cp850": true, "ibm437": true, "dos-866": true,
		"macintosh": true, "mac-roman": true, "sjis": true, "gbk": true, "gb2312": true, "big5": true, "euc-kr": true, "iso-8859-8": true, "utf-16": true, "windows-1299": false, "": false, "replacement": false} {
		if _, err := Encoding(name); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
