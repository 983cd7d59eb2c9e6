package output

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
)

func TestParseObjects(t *testing.T) {
	for _, c := range []struct{ in, want string }{ // want "" for an error
		{"12", "12"}, {"-7", "-7"}, {"+7", "7"}, {".5", ".5"}, {"-12.50", "-12.50"}, {"1.2.3", ""}, {"1e5", ""}, {"-", ""}, {"99999999999", "99999999999"},
		{"true", "true"}, {"false", "false"}, {"null", "null"}, {"maybe", ""}, {"", ""}, {"% only a comment", ""},
		{"12 0 R", "12 0 R"}, {"12 1 R", "12"}, {"12 0 Rx", "12"}, {"[1 0 R 2]", "[1 0 R 2]"}, {"[1 0 2 0 R]", "[1 0 2 0 R]"},
		{"/Name", "/Name"}, {"/A#20B#2f", "/A#20B#2F"}, {"/A#2", ""}, {"/A#zz", ""}, {"/", "/"},
		{"(a(b)c)", `(a\(b\)c)`}, {`(\(\)\\)`, `(\(\)\\)`}, {`(\101\1012\7)`, "(AA2\a)"}, {"(a\\\nb)", "(ab)"}, {"(a\\\r\nb)", "(ab)"}, {"(a\r\nb\rc)", "(a\nb\nc)"}, {`(\r\n\t\b\f\q)`, "(\\r\n\t\b\fq)"},
		{"(open", ""}, {`(open\`, ""}, {"(a))", "(a)"},
		{"<4142>", "(AB)"}, {"<41 4>", "(A@)"}, {"<aF>", "(\xaf)"}, {"<4x>", ""}, {"<41", ""}, {"<>", "()"},
		{"[1 [2 /A] (b)]", "[1 [2 /A] (b)]"}, {"[1", ""}, {"]", ""},
		{"<</A 1/B[2]/C<</D(e)>>>>", "<</A 1/B [2]/C <</D (e)>>>>"}, {"<</A 1/A 2>>", "<</A 2>>"}, {"<</A>>", ""}, {"<<1 2>>", ""}, {"<</A 1", ""}, {"<<", ""},
		{strings.Repeat("[", 20) + strings.Repeat("]", 20), strings.Repeat("[", 20) + strings.Repeat("]", 20)},
		{strings.Repeat("[", 1000) + strings.Repeat("]", 1000), ""},
	} {
		p := &parser{data: []byte(c.in)}
		o, err := p.object(0)
		if (err != nil) != (c.want == "") {
			t.Errorf("%q: %v, %v", c.in, o, err)
			continue
		}
		if err != nil {
			continue
		}
		w := writer{number: make([]int, 20)}
		for i := range w.number {
			w.number[i] = i
		}
		if w.object(o); string(w.data) != c.want {
			t.Errorf("%q is written %q, not %q", c.in, w.data, c.want)
		}
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"Plain (text)": "Plain (text)", "": "", "é": "\xfe\xff\x00\xe9", "a\n": "\xfe\xff\x00a\x00\n", "😀": "\xfe\xff\xd8\x3d\xde\x00",
	} {
		if got := string(text(in)); got != want {
			t.Errorf("%q is %q, not %q", in, got, want)
		}
	}
}

func TestValidLang(t *testing.T) {
	for s, want := range map[string]bool{
		"en": true, "pt-BR": true, "zh-Hant-TW": true, "sl-rozaj-biske-1994": true, "yue": true, "de-CH-x-phonebk": true,
		"": false, "e": false, "english": false, "en-": false, "en_GB": false, "en-GB ": false, "12": false, "en-abcdefghi": false, "en)": false, "ën": false,
	} {
		if validLang(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

// What cannot be reached is left out; what is reached twice is written once.
func TestFileBytes(t *testing.T) {
	f := &file{objects: make([]object, 1)}
	shared := f.add(str("shared"))
	f.add(str("nobody asks for this"))
	f.info = f.add(newDict(1).set("Title", str("a)b\\c\rd")))
	f.root = f.add(newDict(3).set("A", shared).set("B", array{shared, ref(99)}).set("S", f.add(&stream{dict: newDict(1).set("K", name("x y")), data: []byte("data\r\n")})))
	data := f.bytes()
	if bytes.Contains(data, []byte("nobody")) || bytes.Count(data, []byte("(shared)")) != 1 {
		t.Errorf("%s", data)
	}
	again, err := parse(data)
	if err != nil {
		t.Fatal(err)
	}
	root := again.dict(again.root)
	s, _ := again.resolve(root.get("S")).(*stream)
	if s == nil || string(s.data) != "data\r\n" || s.dict.get("K") != name("x y") || s.dict.get("Length") != nil {
		t.Errorf("the stream came back as %v", s)
	}
	if a := again.array(root.get("B")); len(a) != 2 || a[0] != root.get("A") || a[1] != object(null{}) {
		t.Errorf("the array came back as %v", a)
	}
	if title := again.dict(again.info).get("Title"); !bytes.Equal(title.(str), str("a)b\\c\rd")) {
		t.Errorf("the title came back as %q", title)
	}
	if !bytes.Equal(again.bytes(), data) {
		t.Error("written again, it is not the same")
	}
}

// Files that differ in anything have other IDs, in a stream that was summed up
// before too.
func TestID(t *testing.T) {
	id := func(title, data string, sum bool) string {
		f := &file{objects: make([]object, 1)}
		s := &stream{dict: new(dict), data: []byte(data)}
		if sum {
			s.summed()
		}
		f.info = f.add(newDict(1).set("Title", str(title)))
		f.root = f.add(newDict(1).set("S", f.add(s)))
		_, after, _ := bytes.Cut(f.bytes(), []byte("/ID ["))
		return string(after[:18])
	}
	seen := map[string]bool{}
	for _, title := range []string{"one", "two"} {
		for _, data := range []string{"one", "two"} {
			for _, sum := range []bool{true, false} {
				seen[id(title, data, sum)] = true
				if first, second := id(title, data, sum), id(title, data, sum); first != second {
					t.Error("the same file has two IDs")
				}
			}
		}
	}
	if len(seen) != 8 {
		t.Errorf("%d IDs of 8", len(seen))
	}
}

func TestParseRefuses(t *testing.T) {
	good := string(write(t, pages(t)["plain"], "plain"))
	if _, err := parse([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{
		{"%PDF-1", "%PDX-1"}, {"startxref", "startxxxx"}, {"\nxref\n0 ", "\nxxxx\n0 "}, {"\nxref\n0 ", "\nxref\n1 "}, {"\nxref\n0 ", "\nxref\n0 9"},
		{"trailer\n<<", "trailer\n(("}, {"trailer\n<<", "trailer\n[ "}, {"\n2 0 obj", "\n3 0 obj"}, {"/Length ", "/Lxngth "}, {"/Length ", "/Length 99999"}, {"\nendstream", "\nendstxxxx"},
	} {
		if !strings.Contains(good, c[0]) {
			t.Errorf("no %q in the file", c[0])
		}
		if _, err := parse([]byte(strings.Replace(good, c[0], c[1], 1))); err == nil {
			t.Errorf("%q for %q: no error", c[1], c[0])
		}
	}
	for n := range len(good) - 8 {
		if _, err := parse([]byte(good[:n])); err == nil {
			t.Errorf("the first %d bytes of %d are no error", n, len(good))
		}
	}
}

// The reader must survive anything; and what it understands it must write so
// that it reads and writes the same again.
func FuzzParse(f *testing.F) {
	// Small files: the fuzzer spends its time making large ones smaller.
	for _, body := range []string{
		"<<>>", "[1 0 R -.5 true null (a\\\nb(c)\\051) <4 1> /A#20B]", "<</Length 3>>stream\r\na\nb\nendstream", "<</K[<</A 1 0 R>> 2 0 R]>> % a comment",
	} {
		var b strings.Builder
		b.WriteString("%PDF-1.3\n1 0 obj\n" + body + "\nendobj\n")
		at := b.Len()
		b.WriteString("xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Root 1 0 R/Info 1 0 R>>\nstartxref\n" + strconv.Itoa(at) + "\n%%EOF")
		if _, err := parse([]byte(b.String())); err != nil {
			f.Fatalf("%v: %s", err, b.String())
		}
		f.Add([]byte(b.String()))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		one, err := parse(data)
		if err != nil {
			return
		}
		written := one.bytes()
		two, err := parse(written)
		if err != nil {
			t.Fatalf("what was written is not read: %v\n%q", err, written)
		}
		if again := two.bytes(); !bytes.Equal(again, written) {
			t.Fatalf("written\n%q\nand then\n%q", written, again)
		}
	})
}
