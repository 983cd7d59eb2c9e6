package docx

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What stands in a line of a document: its words with their looks, and what comes with them.

// field is a word processor's own: its words are what it shows, unless it is a link's.
type field struct {
	instr string
	shown bool
}

// runs gathers what stands in a line.
func (w *writer) runs(n *node, base look, in *inline, depth int) {
	if depth > 20 {
		return
	}
	for _, k := range n.kids {
		switch k.name {
		case "r":
			w.run(k, base, in, depth)
		case "hyperlink":
			l := base
			l.link = address(w.links[k.attr("id")].target)
			w.runs(k, l, in, depth+1)
		case "fldSimple":
			l := base
			l.link = cmp.Or(address(linkOf(k.attr("instr"))), l.link)
			w.runs(k, l, in, depth+1)
		case "ins", "moveTo", "smartTag", "customXml", "sdtContent", "dir", "bdo":
			w.runs(k, base, in, depth+1)
		case "sdt":
			if c := k.child("sdtContent"); c != nil {
				w.runs(c, base, in, depth+1)
			}
		case "del", "moveFrom":
			if !w.removed && k.find("delText") != nil {
				w.removed = true
				w.lose("deleted words")
			}
		case "oMath", "oMathPara":
			w.lose("formula")
		case "AlternateContent":
			w.runs(chosen(k), base, in, depth+1)
		}
	}
}

// address is a link as Markdown can hold it, or "" for none that leads anywhere.
func address(s string) string {
	if !strings.Contains(s, ":") || strings.ContainsAny(s, " <>\n\t\"") {
		return ""
	}
	return strings.NewReplacer("(", "%28", ")", "%29", `\`, "%5C").Replace(s)
}

// linkOf is where a field leads: HYPERLINK "https://example.org".
func linkOf(instr string) string {
	rest, link := strings.CutPrefix(strings.TrimSpace(instr), "HYPERLINK")
	_, rest, quoted := strings.Cut(rest, `"`)
	if !link || !quoted { // a field of another kind has quotes too: its words alone are the text
		return ""
	}
	to, _, _ := strings.Cut(rest, `"`)
	return to
}

func (w *writer) run(r *node, base look, in *inline, depth int) {
	l := base
	props := r.child("rPr")
	font := faceOf(props)
	if id := props.child("rStyle").attr("val"); id != "" {
		s := w.styled(id)
		font = font.or(s.face)
		l.bold, l.italic = l.bold || s.bold == "1", l.italic || s.italic == "1"
	}
	font, l.face = font.or(base.face), face{}
	for _, x := range []struct {
		says string
		to   *bool
	}{{on(props, "b"), &l.bold}, {on(props, "i"), &l.italic}} {
		if x.says != "" {
			*x.to = x.says == "1"
		}
	}
	l.struck = on(props, "strike") == "1" || on(props, "dstrike") == "1"
	hidden := on(props, "vanish") == "1"
	for _, f := range w.fields {
		hidden = hidden || !f.shown
		if to := address(linkOf(f.instr)); f.shown && to != "" {
			l.link = to
		}
	}
	for _, k := range r.kids {
		switch k.name {
		case "fldChar":
			w.fieldChar(k.attr("fldCharType"))
			return
		case "instrText":
			if strings.Contains(k.text, "FORMCHECKBOX") {
				in.add("☐", l)
			}
			if n := len(w.fields); n > 0 && len(w.fields[n-1].instr) < 4096 {
				w.fields[n-1].instr += k.text
			}
			continue
		}
		if hidden {
			continue
		}
		switch k.name {
		case "t":
			w.spelled(font, w.raised(props.child("vertAlign").attr("val"), strings.Map(printable, k.text)), l, in)
		case "tab", "ptab":
			in.add("\t", l)
		case "br", "cr":
			if t := k.attr("type"); t != "page" && t != "column" {
				in.add("\n", l)
			}
		case "noBreakHyphen":
			in.add("\u2011", l)
		case "softHyphen":
			in.add("\u00ad", l)
		case "sym", "symEx":
			n, _ := strconv.ParseInt(k.attr("char"), 16, 32) // 0, which is no sign, if it cannot be read
			w.symbol(k.attr("font"), rune(n), l, in)
		case "commentReference":
			w.lose("a comment")
		case "footnoteReference":
			w.note(w.footnotes[k.attr("id")], in)
		case "endnoteReference":
			w.note(w.endnotes[k.attr("id")], in)
		case "drawing", "pict", "object":
			w.drawing(k)
		case "AlternateContent":
			c := *chosen(k)
			c.kids = append([]*node{{name: "rPr", kids: kidsOf(props)}}, c.kids...)
			if depth < 20 {
				w.run(&c, base, in, depth+1)
			}
		}
	}
}

func kidsOf(n *node) []*node {
	if n == nil {
		return nil
	}
	return n.kids
}

// raised are letters above or below the line, as far as there are such: of numbers, as in m² and CO₂. The letters of
// 1st are read on the line as well.
func (w *writer) raised(how, s string) string {
	to, ok := map[string]string{"superscript": "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿ", "subscript": "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₍₎ₙ"}[how]
	if !ok || !strings.ContainsAny(s, "0123456789") {
		return s
	}
	from, small := []rune("0123456789+-−–()n"), []rune(to)
	all := true
	raised := strings.Map(func(r rune) rune {
		if i := slices.Index(from, r); i >= 0 {
			return small[i]
		}
		all = all && unicode.IsSpace(r)
		return r
	}, s)
	if !all {
		w.lose("that letters stand above or below the line")
		return s
	}
	return raised
}

// printable is a character that text can have; ends of lines are elements of their own.
func printable(r rune) rune {
	if strings.ContainsRune("\n\r\u0085\u2028\u2029", r) {
		return ' '
	}
	if r < ' ' && r != '\t' {
		return -1
	}
	return r
}

func (w *writer) fieldChar(what string) {
	n := len(w.fields) - 1
	switch {
	case what == "begin" && n < 20:
		w.fields = append(w.fields, field{})
	case what == "separate" && n >= 0:
		w.fields[n].shown = true
	case what == "end" && n >= 0:
		w.fields = w.fields[:n]
	}
}

func (w *writer) note(n *node, in *inline) {
	if n == nil {
		return
	}
	at := slices.Index(w.noted, n)
	if at < 0 {
		w.noted = append(w.noted, n)
		at = len(w.noted) - 1
	}
	*in = append(*in, run{text: fmt.Sprintf("[^%d]", at+1), made: true})
}

// drawing puts a picture, or the words of a box, after the paragraph it stands in.
func (w *writer) drawing(n *node) {
	if box := n.find("txbxContent"); box != nil {
		w.later = append(w.later, func() { w.blocks(box, 10) })
		return
	}
	props := n.find("docPr")
	if d := n.find("decorative"); d != nil && d.attr("val") != "0" {
		w.lose("ornament")
		return
	}
	id, alt := n.find("blip").attr("embed"), cmp.Or(props.attr("descr"), props.attr("title"))
	if data := n.find("imagedata"); id == "" && data != nil {
		id, alt = data.attr("id"), cmp.Or(n.find("shape").attr("alt"), data.attr("title"))
	}
	r, ok := w.links[id]
	f := w.parts[r.target]
	if !ok || f == nil {
		w.lose("drawing")
		return
	}
	name := strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '-') {
			return r
		}
		return '-'
	}, path.Base(r.target))
	w.text.pictures[name] = f
	alt = strings.Join(strings.Fields(strings.Map(printable, alt)), " ")
	w.later = append(w.later, func() {
		w.apart("block")
		w.begin()
		w.put("![" + signs.Replace(alt) + "](" + name + ")\n")
	})
}
