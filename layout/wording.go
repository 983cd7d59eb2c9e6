package layout

import (
	"slices"
	"strings"
	"unicode/utf8"

	"handout/content"
	"handout/fonts"
)

// Words in three lengths. An author writes whole sentences, and may say the same in fewer
// words; what begins in bold can be cut to that. Signs to watch for stand as a list where
// there is room, and read on as sentences where there is not: they are never cut.

// wording is a block in each of its lengths; the shorter ones are nil where they would
// say no less than the one before.
type wording struct {
	full  node
	short node // in its author's fewer words
	brief node // cut to the bold words it begins with
}

// shortest is the fewest words there are, with or without those that are cut.
func (w wording) shortest(cut bool) node {
	switch {
	case cut && w.brief != nil:
		return w.brief
	case w.short != nil:
		return w.short
	}
	return w.full
}

// lengths is blocks in each of their lengths.
type lengths struct {
	full, short, brief []node
	says, cuts         bool // short says less than full, brief less than short
}

// add adds a block, if it shows anything.
func (l *lengths) add(w wording) {
	if w.full != nil {
		l.full = append(l.full, w.full)
		l.short, l.says = append(l.short, w.shortest(false)), l.says || w.short != nil
		l.brief, l.cuts = append(l.brief, w.shortest(true)), l.cuts || w.brief != nil
	}
}

func (r *reader) paragraph(b *content.Paragraph) (w wording) {
	full := &paraNode{role: P, text: r.text(b.Text, fonts.Regular)}
	if full.text.blank() {
		return w
	}
	w.full, w.short = full, r.fewer(b.Short, b.Text)
	if lead := b.Text.LeadIn(); len(lead) > 0 && len(lead) < len(b.Text) {
		w.brief = &paraNode{role: P, text: r.text(unbold(lead), fonts.Regular)}
	}
	return w
}

// fewer is a shorter wording that has fewer words in fact, and loses no footnote; nil for
// none.
func (r *reader) fewer(short, full content.Text) node {
	if len(short) == 0 || slices.ContainsFunc(full, func(s content.Span) bool { return s.Note > 0 }) {
		return nil
	}
	t := r.text(short, fonts.Regular)
	if t.blank() || len(short.String()) >= len(full.String()) {
		return nil
	}
	return &paraNode{role: P, text: t}
}

// fewest is a paragraph in its author's fewer words, if it has any.
func (r *reader) fewest(p *content.Paragraph) content.Text {
	if r.fewer(p.Short, p.Text) != nil {
		return p.Short
	}
	return p.Text
}

// itemWords is all the words of a list.
func itemWords(l *content.List) (all content.Text) {
	for _, t := range content.Texts([]content.Block{l}) {
		all = append(all, t...)
	}
	return all
}

func (r *reader) callout(b *content.Callout) wording {
	n := &calloutNode{kind: b.Kind, leaf: leaf{kept: r.common}}
	if len(b.Title) > 0 {
		n.title = some(r.text(b.Title, fonts.Bold))
	}
	var said lengths
	var whole []node             // in as many words, but with its lists read on
	var above *content.Paragraph // the block before
	for _, in := range b.Blocks {
		w := r.block(in)
		if w.full == nil {
			continue
		}
		said.add(w)
		whole = append(whole, w.full)
		if l, ok := in.(*content.List); ok && b.Kind == content.Caution {
			if t, all := r.sentences(above, l, true), r.sentences(above, l, false); t != nil {
				n := len(whole) - 1
				if said.says = true; above != nil {
					n--
				}
				said.short = append(said.short[:n], &paraNode{role: P, text: t})
				whole = append(whole[:n], &paraNode{role: P, text: all})
			}
		}
		above, _ = in.(*content.Paragraph)
	}
	if n.title == nil && said.full == nil {
		return wording{}
	}
	n.blocks, n.shows = said.full, shows(said.full)
	w := wording{full: n}
	if said.says {
		fewer := *n
		fewer.blocks = said.short
		if b.Kind == content.Caution {
			all := fewer
			all.blocks = whole
			fewer.whole = &all
		}
		w.short = &fewer
	}
	return w
}

// sentences is a list of signs read on after the words above it, which may be nil, in its author's
// fewer words or in all; nil where it cannot be.
func (r *reader) sentences(above *content.Paragraph, l *content.List, fewer bool) *text {
	words := func(p *content.Paragraph) content.Text { return p.Text }
	if fewer {
		words = r.fewest
	}
	if l.Ordered || l.Boxes != nil {
		return nil
	}
	var all content.Text
	for i, it := range l.Items {
		p, ok := it[0].(*content.Paragraph)
		if !ok || len(it) > 1 {
			return nil
		}
		if i > 0 {
			between := "; "
			if isSentence(all) {
				between = " "
			} else if strings.HasPrefix(r.lang, "ar") {
				between = "\u061b "
			}
			all = append(all, content.Span{Text: between})
		}
		all = append(all, words(p)...)
	}
	if !isSentence(all) {
		all = append(all, content.Span{Text: "."})
	}
	if fewer && r.fewer(l.Short, itemWords(l)) != nil {
		all = l.Short
	}
	switch {
	case above == nil:
	case len(above.Text.LeadIn()) == len(above.Text) && len(all.LeadIn()) > 0 && fewer && len(l.Short) > 0:
		// It says itself what the words above the list say.
	default:
		all = slices.Concat(words(above), content.Text{{Text: " "}}, all)
	}
	return r.text(all, fonts.Regular)
}

// isSentence tells a text that ends as a sentence does, whatever closes after it: others
// cannot be read on from one to the next.
func isSentence(t content.Text) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(t.String(), "\u00a0 \"'”’»)¹²³⁴⁵⁶⁷⁸⁹⁰"))
	return strings.ContainsRune(".!?…:;؟。", last)
}
