package content

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// titled tells whether row i is a short line that the next text explains. Where
// the text begins is returned too.
func (p *paster) titled(i int) (text int, ok bool) {
	if !titleLike(string(p.src.text[p.rows[i].rest:p.rows[i].end])) {
		return 0, false
	}
	if text = p.filled(i + 1); text == len(p.rows) || p.rows[text].kind != plainRow ||
		titleLike(p.rows[text].text) && !ends(p.rows[text].text) || !explains(p.rows[text].text) {
		return 0, false
	}
	return text, true
}

// explains tells whether a line may be a text below a title, and is not the rest of a line: "do not" is no title
// of "bend", nor "not more than" of "5 kg".
func explains(s string) bool {
	return begins(s) && !unicode.IsDigit(opening(s))
}

// titledItem tells whether row i is a Markdown list item that is a title over the
// line below, which Markdown would run into one.
func (p *paster) titledItem(i int) bool {
	if !p.loose || p.rows[i].kind != itemRow {
		return false
	}
	text, ok := p.titled(i)
	return ok && text == i+1
}

// items turns the rows from i on that begin with the same sign into a list, or a
// single one into a heading or a paragraph. It returns the row after them.
func (p *paster) items(i int) int {
	first := p.rows[i]
	_, titled := p.titled(i)
	// rows from..to are the item's text, or those up to subs its own list
	type entry struct{ row, from, to, subs int }
	var list []entry
	numbered := true
	next := i
	for j := i; j < len(p.rows) && p.rows[j].kind == first.kind && p.rows[j].mark == first.mark &&
		!p.rows[j].counted && p.rows[j].indent <= first.indent && (j == i || !first.number || p.rows[j].nth != 1); {
		e := entry{row: j, from: j + 1, to: j + 1}
		if subs := p.below(j, first); subs > j+1 {
			e.subs = subs
			list = append(list, e)
			numbered = numbered && p.rows[j].number
			next = subs
			j = p.filled(next)
			continue
		}
		if text, ok := p.titled(j); titled && ok && !(text > j+1 && (negative(first.mark) && len(list) == 0 ||
			len(list) > 0 && list[len(list)-1].to == list[len(list)-1].from)) {
			e.from, e.to = text, text+1
		}
		// no line is broken so soon
		apart := first.kind == signRow && !titled && utf8.RuneCountInString(p.rows[j].text) < 60
		for e.to < len(p.rows) && p.rows[e.to].kind == plainRow && !p.startsAfter(e.to) &&
			!(apart && e.to == j+1 && begins(p.rows[e.to].text)) {
			e.to++
		}
		// Finished lines are still the item's if the next item follows them.
		for k := e.to; titled && k < len(p.rows); k++ {
			if p.rows[k].kind == first.kind && p.rows[k].mark == first.mark {
				e.to = k
			}
			if p.rows[k].kind != plainRow || titleLike(p.rows[k].text) {
				break
			}
		}
		list = append(list, e)
		numbered = numbered && p.rows[j].number
		next = e.to
		j = p.filled(next)
	}
	if len(list) == 1 && first.kind == signRow && !negative(first.mark) {
		switch {
		case titled:
			p.warn(first.at, "sign-read-as-heading", "this line with a sign before it was read as a heading")
			p.heading(first.said(), first.end)
			return i + 1
		case pictograph(first.mark) && first.mark != '☐':
			if first.said() == first.rest {
				p.warn(first.at, "sign-left-out", "the sign at the start of this line was left out")
			}
			p.changed = true
			p.out.put("\n", first.at)
			p.out.keep(p.src.text, first.said(), first.end)
			p.out.put("\n", first.end)
			return i + 1
		}
	}
	what := "bulleted"
	if numbered && first.letter != "" {
		what = "lettered"
	} else if numbered {
		what = "numbered"
	}
	if first.mark == '☐' {
		what = "check"
	}
	lines := "a line with a sign before it"
	if len(list) > 1 {
		lines = strconv.Itoa(len(list)) + " lines with a sign before them"
	}
	p.warn(first.at, "read-as-list", "from here on, read as a %s list: %s", what, lines)
	p.out.put("\n", first.at)
	for _, e := range list {
		r := p.rows[e.row]
		sign := "- "
		if numbered {
			sign = p.counter(r)
		}
		sign += r.tick()
		p.out.put(sign, r.at)
		p.out.put(r.letter, r.rest)
		close := ".**"
		if p.src.text[r.end-1] == '?' {
			close = "**"
		}
		lead := titled && e.to > e.from && !bytes.ContainsAny(p.src.text[r.rest:r.end], "*_`")
		if lead {
			p.out.put("**", r.rest)
		}
		p.words(e.row, r.said())
		if lead {
			p.out.put(close, r.end)
		}
		for k, t := range p.rows[e.from:e.to] {
			if !t.glued {
				p.out.put(" ", t.at)
			}
			p.words(e.from+k, t.at)
		}
		p.out.put("\n", r.end)
		p.sublist(e.row+1, e.subs, len(sign))
	}
	p.out.put("\n", first.at)
	return next
}

// counter is a number before an item as Markdown has it. Where it does not follow the one before, or that was of a list
// that counts in another way, another sign stands behind it than before: else Markdown would count on, and a text that
// says "skip step 2" mean another step.
func (p *paster) counter(r row) string {
	if follows := r.nth == p.count.nth || r.nth == p.count.nth+1; !follows || p.behind == "" ||
		(r.letter == "") != (p.count.letter == "") {
		p.behind = map[string]string{"": ".", ")": ".", ".": ")"}[p.behind]
	}
	p.count = r
	return strconv.Itoa(r.nth) + p.behind + " "
}

// below is the row after those that are a list within the item in row i: with another
// sign, one of those that lists within lists have, or set in further.
func (p *paster) below(i int, first row) int {
	j := i + 1
	for ; j < len(p.rows); j++ {
		x := p.rows[j]
		within := x.indent > first.indent ||
			strings.ContainsRune("o◦▪§‣–—", x.mark) && !strings.ContainsRune("◦▪§‣–—", first.mark) ||
			x.mark == 'a' && first.number && first.mark != 'a'
		if x.kind != signRow || x.mark == first.mark && x.indent <= first.indent || !within || pictograph(x.mark) &&
			x.mark != '▪' && x.indent <= first.indent {
			break
		}
	}
	return j
}

// sublist writes the rows from..to as the list of the item before, itself with lists
// where signs or places change.
func (p *paster) sublist(from, to, indent int) {
	if to <= from {
		return
	}
	type step struct {
		mark   rune
		indent int
	}
	var open []step
	for _, x := range p.rows[from:to] {
		here := step{x.mark, x.indent}
		for k := len(open) - 1; k > 0 && (here == open[k-1] || x.indent < open[k].indent); k-- {
			open = open[:k]
		}
		switch k := len(open) - 1; {
		case k < 0:
			open = append(open, here)
		case here != open[k] && (x.indent > open[k].indent || x.mark == '▪' || x.mark == '§') && k < 1:
			open = append(open, here)
		}
		sign := "- "
		if x.number {
			sign = strconv.Itoa(x.nth) + ". "
		}
		p.out.put(strings.Repeat(" ", indent*len(open))+sign+x.tick(), x.at)
		p.out.put(x.letter, x.rest)
		p.out.keep(p.src.text, x.said(), x.end)
		p.out.put("\n", x.end)
	}
}
