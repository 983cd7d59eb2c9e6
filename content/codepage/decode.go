package codepage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	utf "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Decode makes UTF-8 of a text: of what it is said to be (nil for nothing), or bears a
// mark of, or shows itself to be. What is mostly UTF-8 is taken for it, with U+FFFD for
// what is not. The error is Unsure, or the encoding's own.
func Decode(text string, said encoding.Encoding) (decoded string, as Found, err error) {
	from := said
	if from == nil {
		if from = utf16or32(text); from != nil {
			as.Name = "UTF-16"
		}
	}
	switch {
	case from != nil:
	case !utf8.ValidString(text) && mostlyUTF8(text):
		text, as.Broken = strings.ToValidUTF8(text, "\uFFFD"), true
	case !utf8.ValidString(text) || strings.Contains(text, "\x1b$"):
		if from, as.Name, err = recognise(text); err != nil {
			return "", Found{}, err
		}
		as.Guessed = true
	}
	if from != nil {
		if text, err = from.NewDecoder().String(text); err != nil {
			return "", Found{}, err
		}
	}
	return strings.TrimPrefix(text, "\ufeff"), as, nil
}

// Found is what a text was found to be.
type Found struct {
	Name    string // empty: UTF-8, or what it was said to be
	Guessed bool   // by its words
	Broken  bool   // UTF-8 with bytes in it that are none
}

// mostlyUTF8 tells whether more characters beyond ASCII are UTF-8 than are not: in
// another encoding hardly any is.
func mostlyUTF8(data string) bool {
	right, wrong := 0, 0
	for data != "" {
		r, size := utf8.DecodeRuneInString(data)
		switch {
		case r == utf8.RuneError && size == 1:
			wrong++
		case size > 1:
			right++
		}
		data = data[size:]
	}
	return right > wrong
}

// utf16or32 is the encoding of a text in which every other byte of its beginning is
// mostly zero, or three of four are, or which has a mark; nil if it is another.
func utf16or32(data string) encoding.Encoding {
	var zeros [4]int
	for i := range min(len(data), zeroSample) {
		if data[i] == 0 {
			zeros[i%4]++
		}
	}
	few := min(len(data), zeroSample) / 16 // a stray zero makes no UTF-16
	even, odd := zeros[0]+zeros[2], zeros[1]+zeros[3]
	full := min(len(data), zeroSample) / 4 * 9 / 10
	switch {
	case strings.HasPrefix(data, "\xff\xfe\x00\x00"), zeros[3] > full && zeros[2] > full && full > 0:
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case strings.HasPrefix(data, "\x00\x00\xfe\xff"), zeros[0] > full && zeros[1] > full && full > 0:
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case strings.HasPrefix(data, "\xff\xfe"), odd > few+4*even:
		return utf.UTF16(utf.LittleEndian, utf.UseBOM)
	case strings.HasPrefix(data, "\xfe\xff"), even > few+4*odd:
		return utf.UTF16(utf.BigEndian, utf.UseBOM)
	}
	return nil
}

const zeroSample = 4096 // bytes

// bare is a name by its letters and digits: "Windows 1252" is "windows-1252".
func bare(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// Names are those of the encodings that are told apart.
func Names() []string {
	var names []string
	for _, s := range scripts {
		names = append(names, s.name)
	}
	return names
}

// Named finds an encoding by what people call it: the labels of the web
// (encoding.spec.whatwg.org) and of DOS and the Mac. It is nil if there is none.
func Named(name string) encoding.Encoding {
	p := bare(name)
	for _, s := range scripts {
		if bare(s.name) == p {
			return s.encoding
		}
	}
	switch p {
	case "437", "cp437", "ibm437", "oemus":
		return charmap.CodePage437
	case "850", "cp850", "ibm850":
		return charmap.CodePage850
	case "852", "cp852", "ibm852":
		return charmap.CodePage852
	case "858", "cp858", "ibm858", "dos858":
		return charmap.CodePage858
	case "862", "cp862", "ibm862":
		return charmap.CodePage862
	case "866":
		return charmap.CodePage866
	case "mac":
		return charmap.Macintosh
	case "utf32", "utf32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case "utf32be":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case "replacement", "xuserdefined":
		return nil
	}
	if len(p) == 4 && p >= "1250" && p <= "1258" {
		p = "cp" + p
	}
	for _, label := range []string{strings.ToLower(strings.TrimSpace(name)), p,
		strings.ReplaceAll(strings.ToLower(name), " ", "-"), strings.Replace(p, "windows", "windows-", 1)} {
		if e, err := htmlindex.Get(label); err == nil {
			return e
		}
	}
	return nil
}
