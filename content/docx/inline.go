package docx

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// look is how letters look.
type look struct {
	bold, italic, struck bool
	link                 string
	face                 // of a paragraph's style, for runs that say none
}

// run is letters of one look. Made ones are Markdown already.
type run struct {
	look
	text string
	made bool
}

type inline []run

func (in *inline) add(s string, l look) {
	if s == "" {
		return
	}
	if k := len(*in) - 1; k >= 0 && !(*in)[k].made && (*in)[k].look == l {
		(*in)[k].text += s
		return
	}
	*in = append(*in, run{look: l, text: s})
}

func (in *inline) blank() bool {
	return !slices.ContainsFunc(*in, func(r run) bool { return strings.TrimSpace(r.text) != "" })
}

// words trims the runs, and tells whether there are any words in them.
func (in *inline) words() bool {
	in.trim()
	return !in.blank()
}

func (in *inline) trim() {
	for len(*in) > 0 {
		r := &(*in)[0]
		if r.text = strings.TrimLeftFunc(r.text, unicode.IsSpace); r.text != "" {
			break
		}
		*in = (*in)[1:]
	}
	for len(*in) > 0 {
		r := &(*in)[len(*in)-1]
		if r.text = strings.TrimRightFunc(r.text, unicode.IsSpace); r.text != "" {
			break
		}
		*in = (*in)[:len(*in)-1]
	}
}

// counted takes a number that somebody typed off the start of a paragraph.
func (in *inline) counted() (n int, ok bool) {
	if len(*in) == 0 || (*in)[0].made {
		return 0, false
	}
	m := typed.FindStringSubmatch((*in)[0].text)
	if m == nil || len(m[0]) == len((*in)[0].text) && len(*in) == 1 {
		return 0, false
	}
	n, _ = strconv.Atoi(m[1]) // of two digits
	if (*in)[0].text = (*in)[0].text[len(m[0]):]; (*in)[0].text == "" {
		*in = (*in)[1:]
	}
	return n, true
}

var typed = regexp.MustCompile(`^([0-9]{1,2})[.)][ \t\x{a0}]+`)

func (in *inline) plain() string {
	var b strings.Builder
	for _, r := range *in {
		if !r.made {
			b.WriteString(r.text)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// edge tells the sides of a sign of Markdown that a letter beside it would put out of
// force: it is one of punctuation, and the letter is none.
func edge(inner, outer rune) bool {
	return !unicode.IsLetter(inner) && !unicode.IsDigit(inner) && (unicode.IsLetter(outer) || unicode.IsDigit(outer))
}

// nothing parts a sign from a letter beside it: a comment, which is not printed.
const nothing = "<!-- -->"

// line is the runs' Markdown in one line, in which no letter begins a list.
func (in *inline) line() string {
	s := strings.ReplaceAll(in.markdown(), "\\\n", " ")
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = `\` + s
	}
	return s
}

// markdown is the runs' Markdown.
func (in *inline) markdown() string {
	var b strings.Builder
	for i, r := range *in {
		if r.made {
			b.WriteString(r.text)
			continue
		}
		words := strings.TrimFunc(r.text, unicode.IsSpace)
		at := strings.Index(r.text, words)
		before, after := r.text[:at], r.text[at+len(words):]
		b.WriteString(broken(before))
		if words != "" {
			open, shut := "", ""
			if r.struck {
				open, shut = "~~", "~~"
			}
			if r.italic {
				open, shut = open+"*", "*"+shut
			}
			if r.bold {
				open, shut = open+"**", "**"+shut
			}
			if r.link != "" {
				open, shut = open+"[", "]("+r.link+")"+shut
			}
			first, _ := utf8.DecodeRuneInString(words)
			last, _ := utf8.DecodeLastRuneInString(words)
			if prev, _ := utf8.DecodeLastRuneInString(b.String()); open != "" && before == "" && edge(first, prev) {
				b.WriteString(nothing)
			}
			b.WriteString(open + broken(signs.Replace(words)) + shut)
			if i+1 < len(*in) && open != "" && after == "" && !(*in)[i+1].made {
				if next, _ := utf8.DecodeRuneInString((*in)[i+1].text); edge(last, next) ||
					r.bold && (*in)[i+1].italic {
					b.WriteString(nothing)
				}
			}
		}
		b.WriteString(broken(after))
	}
	s := b.String()
	if strings.HasPrefix(s, "#") {
		s = `\` + s
	}
	return year.ReplaceAllString(s, `$1\$2`) // no list counts so far
}

var year = regexp.MustCompile(`^([0-9]{3,9})([.)](?:\s|$))`)

// broken are letters whose ends of lines are Markdown's.
func broken(s string) string { return strings.ReplaceAll(s, "\n", "\\\n") }

// signs has letters that are no Markdown.
var signs = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "`", "\\`",
	"~", `\~`, "|", `\|`, "&", `\&`)
