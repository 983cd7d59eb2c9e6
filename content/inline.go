package content

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/unicode/norm"
)

// What stands in a line: styles, links, marks of footnotes, words in braces.

// text is the text of a block. It ends and begins without space.
func (r *reader) text(n ast.Node) Text {
	t := r.cell(n)
	r.holds(t, r.place(n))
	// one at its start was judged as a line
	told := func(e *Error) bool { return e.Code == "sign-of-no" }
	if s := t.String(); strings.LastIndexFunc(s, negative) > 0 && !saysNo(s, true) &&
		!slices.ContainsFunc(*r.errs, told) {
		r.bad(n, "sign-of-no", sayNo, signOfNo)
	}
	return t
}

// cell is a text that may be empty.
func (r *reader) cell(n ast.Node) Text {
	for i := range n.Lines().Len() {
		r.words(n.Lines().At(i))
		r.marks(n.Lines().At(i))
	}
	return r.spans(n)
}

// holds refuses a text with nothing but a name that may not be given.
func (r *reader) holds(t Text, at Position) {
	named := false
	for _, s := range t {
		if s.Slot == PatientSlot {
			named = true
		} else if s.Slot != NoSlot || strings.ContainsFunc(s.Text, func(c rune) bool {
			return (unicode.IsLetter(c) || unicode.IsDigit(c)) && !blank(string(c))
		}) {
			return
		}
	}
	if named {
		r.errs.add(at, "empty-without-patient", "write some words with it",
			"without a patient's name this would be empty")
	}
}

func (r *reader) spans(n ast.Node) Text {
	var t Text
	r.inline(n, Span{}, &t)
	for len(t) > 0 {
		if last := &t[len(t)-1]; strings.TrimSpace(last.Text) != "" {
			last.Text = strings.TrimRightFunc(last.Text, unicode.IsSpace)
			break
		}
		t = t[:len(t)-1]
	}
	for len(t) > 0 {
		if strings.TrimSpace(t[0].Text) != "" {
			t[0].Text = strings.TrimLeftFunc(t[0].Text, unicode.IsSpace)
			break
		}
		t = t[1:]
	}
	if strings.ContainsAny(norm.NFC.String(t.String()), overlays) {
		r.bad(n, "struck-out", struckHint, struckOut)
	}
	if r.lights {
		t = t.lit()
	}
	t = r.unpictured(r.place(n), t)
	t, wrong := t.braced()
	if wrong != "" {
		r.bad(n, "braces-wrong", eachHint, "%s", wrong)
	}
	t, lost := t.visible()
	if lost {
		r.warnings.add(r.place(n), "unseen-left-out", "", unseen)
	}
	for i := range t {
		t[i].Text = norm.NFC.String(t[i].Text)
		if strings.Contains(t[i].Text, "](") {
			r.warnings.add(r.place(n), "brackets-like-link", "",
				"the brackets here look like a link, but are printed as they are")
		}
		if looseBox.MatchString(t[i].Text) {
			r.warnings.add(r.place(n), "brackets-like-box", "",
				"the brackets here look like a box to tick, but are printed as they are; a box begins the item of a "+
					"list: - [ ] Drink water")
		}
	}
	return t
}

// last is the text of the last span, or empty.
func (t Text) last() string {
	if len(t) == 0 {
		return ""
	}
	return t[len(t)-1].Text
}

// inNumber tells whether a figure stands on both sides of where two texts meet.
func inNumber(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	return unicode.IsDigit(last) && unicode.IsDigit(first)
}

// unseen is said of what is left out because nobody would see it.
const unseen = "there are only characters here that cannot be seen, so they are left out"

// inline adds the text of n's children, in the style of the span given.
func (r *reader) inline(n ast.Node, style Span, t *Text) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			push(t, style, plainText(c.Value(r.draft.text)))
			if c.HardLineBreak() {
				push(t, style, "\n")
			} else if c.SoftLineBreak() {
				push(t, style, " ")
			}
		case *ast.String:
			push(t, style, string(c.Value))
		case *ast.Emphasis:
			inner := style
			inner.Bold = inner.Bold || c.Level == 2
			inner.Italic = inner.Italic || c.Level == 1
			before, n, after := t.last(), len(*t), ""
			if next, ok := c.NextSibling().(*ast.Text); ok {
				after = string(next.Value(r.draft.text))
			}
			r.inline(c, inner, t)
			if n < len(*t) && inNumber(before, (*t)[n].Text) || inNumber(t.last(), after) {
				r.bad(c, "sign-in-number", `write 3 × 10; or 3\*10, if * itself is meant`,
					"a * between two figures makes letters slanted or bold, and is not printed: 3*10 would be 310")
			}
		case *ast.Link:
			inner := style
			inner.Link, inner.Dial = r.link(c, plainText(c.Destination))
			r.inline(c, inner, t)
		case *ast.AutoLink:
			inner := style
			target := string(c.URL(r.draft.text))
			if c.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(target), "mailto:") {
				target = "mailto:" + target
			}
			inner.Link, inner.Dial = r.link(c, target)
			push(t, inner, string(c.Label(r.draft.text)))
		case *tables.Strikethrough:
			if r.fromTo(c) {
				push(t, style, "~")
				r.inline(c, style, t)
				push(t, style, "~")
				continue
			}
			r.bad(c, "struck-out", struckHint, struckOut)
		case *tables.FootnoteLink:
			r.noteMark(c, t)
		case *ast.Image:
			r.bad(c, "picture-in-text", "leave a blank line before and after it",
				"a picture stands in a paragraph of its own")
		case *ast.CodeSpan:
			r.bad(c, "code-in-text", "delete the ` signs", "code is not part of a handout")
		case *ast.RawHTML:
			switch raw := c.Segments.Value(r.draft.text); {
			case isComment(raw):
			case isLineEnd(raw) && inHeading(n):
				push(t, style, " ")
			case isLineEnd(raw):
				if len(*t) > 0 && !strings.HasSuffix((*t)[len(*t)-1].Text, "\n") {
					push(t, style, "\n")
				}
			default:
				r.tags(r.at(c.Segments.At(0).Start))
			}
		default:
			r.bad(c, "not-part-of-handout", "", "this is not part of a handout")
		}
	}
}

// fromTo tells what stands between two single signs that mean "to": 2~3 days, then 10~15 minutes.
func (r *reader) fromTo(n ast.Node) bool {
	first, ok := n.FirstChild().(*ast.Text)
	if !ok || first.Segment.Start < 2 {
		return false
	}
	before, inside := r.draft.text[first.Segment.Start-2], r.draft.text[first.Segment.Start]
	return before >= '0' && before <= '9' && inside >= '0' && inside <= '9'
}

// inHeading tells whether n is a heading, or a part of one.
func inHeading(n ast.Node) bool {
	return n != nil && (n.Kind() == ast.KindHeading || inHeading(n.Parent()))
}

// push adds s to t; runs of spaces become one.
func push(t *Text, style Span, s string) {
	space := true // at the beginning
	if k := len(*t); k > 0 {
		last := (*t)[k-1].Text
		space = last[len(last)-1] == ' ' || last[len(last)-1] == '\n'
	}
	b := make([]byte, 0, len(s))
	for i := range len(s) {
		c := s[i]
		if c == '\t' {
			c = ' '
		}
		if c == ' ' && space {
			continue
		}
		space = c == ' ' || c == '\n'
		b = append(b, c)
	}
	if len(b) == 0 {
		return
	}
	if k := len(*t); k > 0 {
		last := &(*t)[k-1]
		if last.Bold == style.Bold && last.Italic == style.Italic && last.Link == style.Link &&
			last.Dial == style.Dial && last.Note == style.Note {
			last.Text += string(b)
			return
		}
	}
	style.Text = string(b)
	*t = append(*t, style)
}

// unpictured takes the emoji out of what stands in a line, says so, and refuses those that
// say something.
func (r *reader) unpictured(at Position, t Text) Text {
	plain, lost, alone := t.unpictured()
	switch {
	case alone:
		r.warnings.add(at, "emoji-alone", "say it in words, if it says something: good, bad, done",
			"an emoji stands alone here, and is left out")
	case lost:
		r.warnings.add(at, "emoji-left-out", "", emojiOut)
	}
	return plain
}

// link checks where a link goes. Of the placeholders only a phone number can be
// part of one: tel:{phone} and tel:{emergency}.
func (r *reader) link(n ast.Node, target string) (address string, dial Slot) {
	switch target {
	case "tel:{phone}":
		return "", PhoneSlot
	case "tel:{emergency}":
		return "", EmergencySlot
	}
	u, err := url.Parse(target)
	if err != nil {
		r.bad(n, "link-unreadable", "write it like https://example.org", "this link cannot be understood")
		return "", NoSlot
	}
	ok := false
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		_, ok = webAddress(target)
	case "mailto":
		ok = strings.Contains(u.Opaque, "@")
	case "tel":
		ok = phoneDigits(u.Opaque) != ""
	case "":
		r.bad(n, "link-to-nowhere", "write it in full, like https://example.org",
			"this link leads nowhere from a printed page")
		return "", NoSlot
	default:
		r.bad(n, "link-of-a-kind-refused", "a link begins with https:, mailto: or tel:",
			"a handout cannot have a link of this kind")
		return "", NoSlot
	}
	if !ok || hasPlaceholder(target) {
		r.bad(n, "link-unreadable", "write it like https://example.org, mailto:us@example.org or tel:+15550100",
			"this link cannot be understood")
		return "", NoSlot
	}
	return u.String(), NoSlot
}

// inHandout is why a handout has no words for each side.
const inHandout = "a handout has no sides: only a stretch has words for each side"

// words checks the placeholders in a line of the file.
func (r *reader) words(line text.Segment) {
	s := string(line.Value(r.draft.text))
	for _, m := range otherMark.FindAllStringSubmatchIndex(s, -1) {
		name, at := s[m[2]:m[3]], r.at(line.Start+m[0])
		switch each := strings.EqualFold(name, "each"); {
		case each && r.sideless != "":
			r.errs.add(at, "no-sides", "take the braces out", "%s", r.sideless)
		case !each && (r.sideless != inHandout || Closest(name, []string{"each"}) != ""):
			r.errs.add(at, "unknown-braces", eachHint, "there is no mark like {%s: ...}", clip(name))
		}
	}
	for at := 0; ; {
		from, to := placeholder(s[at:])
		if from < 0 {
			return
		}
		word := s[at+from+1 : at+to-1]
		place := r.at(line.Start + at + from)
		switch {
		case word == ".short":
			r.errs.add(place, "short-of-nothing", "put it at the end of a paragraph that follows the one it says in "+
				"fewer words", "this is not the shorter wording of anything")
		case word[0] == '.' || word[0] == '#':
			r.errs.add(place, "mark-not-at-heading", "marks are {.brief}, {.optional}, {.standard} and {.large}",
				"a mark stands alone at the end of a heading")
		case word == "brief" || word == "optional" || word == "standard" || word == "large" || word == "short":
			end := "a heading"
			if word == "short" {
				end = "a paragraph"
			}
			r.errs.add(place, "unknown-placeholder", "write {."+word+"} at the end of "+end,
				"there is no placeholder called %q", word)
		case word == "each":
			r.errs.add(place, "braces-empty", eachHint, "this mark has no words")
		case !slices.Contains(placeholders[:], word):
			r.errs.add(place, "unknown-placeholder", hintFor(word, placeholders[:]),
				"there is no placeholder called %q", clip(word))
		}
		at += to
	}
}
