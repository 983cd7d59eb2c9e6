package content

import (
	"bytes"
	"slices"
	"strings"
)

const signsHint = "write now:, and below it one sign a line, each after - ; then today: and soon: likewise"

// signs reads the signs to watch for: now:, today: and soon:, each with a list below it. What
// stands beside one is said over its signs, in place of the words of the page's language.
func (r *reader) signs(at Position, lines []fenceLine) Block {
	s := &Signs{Position: at}
	tier := -1
	var items [3][][]fenceLine
	var seen [3]Position
	for _, l := range lines {
		name, is := strings.CutSuffix(l.text, ":")
		named, over, _ := strings.Cut(l.text, ":")
		rest := strings.TrimLeft(l.text, "-*+•")
		switch of := slices.Index(tierNames[:], strings.ToLower(named)); {
		case of >= 0:
			if tier = of; seen[tier] != (Position{}) {
				r.errs.add(l.at, "signs-tier-twice", "put all its signs under one of them",
					"%s: appears twice", tierNames[tier])
			}
			seen[tier] = l.at
			if l.text = strings.TrimSpace(over); l.text != "" {
				s.Over[tier] = r.over(Tier(tier), l)
			}
		case is && !strings.Contains(name, " ") && rest == l.text:
			r.errs.add(l.at, "signs-unknown-tier", hintFor(name, tierNames[:]),
				"there are no signs called %q", clip(name))
			return nil
		case tier < 0:
			r.errs.add(l.at, "sign-below-no-tier", signsHint, "this sign is not under now:, today: or soon:")
			return nil
		case strings.HasSuffix(l.text, string(shortMark)):
			r.shorterSigns(s, tier, l, items[tier])
		case rest != l.text && (rest == "" || strings.HasPrefix(rest, " ")):
			if l.text = strings.TrimSpace(rest); l.text == "" {
				r.errs.add(l.at, "sign-empty", "write it, or delete the line", "this sign is empty")
				continue
			}
			items[tier] = append(items[tier], []fenceLine{l})
		case len(items[tier]) == 0:
			r.errs.add(l.at, "sign-without-dash", signsHint, "a sign begins with -")
		default: // the rest of the sign before it
			last := len(items[tier]) - 1
			items[tier][last] = append(items[tier][last], l)
		}
	}
	for tier, list := range items {
		if len(list) == 0 && seen[tier] != (Position{}) {
			r.errs.add(seen[tier], "signs-tier-empty", signsHint, "there are no signs under %s:", tierNames[tier])
		}
		for _, lines := range list {
			s.Of[tier] = append(s.Of[tier], r.fenceText(lines...))
			s.At[tier] = append(s.At[tier], lines[0].at)
		}
	}
	if tier < 0 {
		r.errs.add(at, "signs-empty", signsHint, "there are no signs here")
	}
	return s
}

// over reads the words over a tier's signs.
func (r *reader) over(tier Tier, l fenceLine) Text {
	if !strings.HasSuffix(l.text, ":") {
		r.errs.add(l.at, "sign-beside-tier", signsHint,
			"the words after %s: are printed above its signs, and end with a colon", tierNames[tier])
		return nil
	}
	t := r.fenceText(l)
	for i := range t {
		t[i].Bold = true
	}
	calls := func(x Span) bool { return x.Slot == EmergencySlot }
	if tier == Now && !slices.ContainsFunc(t, calls) {
		r.errs.add(l.at, "signs-without-emergency", "write {emergency}, as in: call {emergency} now if you have:",
			"these words do not say whom to call")
	}
	return t
}

// shorterSigns reads all signs of a tier in a sentence, which follows them.
func (r *reader) shorterSigns(s *Signs, tier int, l fenceLine, signs [][]fenceLine) {
	l.text = strings.TrimSpace(strings.TrimSuffix(l.text, string(shortMark)))
	l.line = l.line.WithStop(l.line.Start + bytes.LastIndex(l.line.Value(r.draft.text), shortMark))
	full := 0
	for _, lines := range signs {
		for _, of := range lines {
			full += len(of.text)
		}
	}
	switch {
	case l.text == "":
		r.errs.add(l.at, "short-empty", "write the words before the mark, or delete it",
			"there are no words marked {.short} here")
		return
	case full == 0:
		r.errs.add(l.at, "short-without-longer", "it follows the signs that it says in fewer words",
			"there is nothing here that this could be the shorter wording of")
	case s.Short[tier] != nil:
		r.errs.add(l.at, "short-twice", "delete one", "there are two shorter wordings here")
	case len(l.text) >= full:
		r.warnings.add(l.at, "short-not-shorter", "", "this shorter wording is not shorter")
	}
	s.Short[tier] = r.fenceText(l)
}

// flags is the callout that a page has in place of the signs.
func (s *Signs) flags(w *Words) *Callout {
	c := &Callout{Position: s.Position, Mark: s.Mark, Kind: Caution}
	for tier, signs := range s.Of {
		if len(signs) == 0 {
			continue
		}
		list := &List{Position: s.Position, Short: s.Short[tier]}
		for _, t := range signs {
			list.Items = append(list.Items, []Block{&Paragraph{Position: s.Position, Text: t}})
		}
		over := w.Signs[tier]
		if s.Over[tier] != nil {
			over = s.Over[tier]
		}
		c.Blocks = append(c.Blocks, &Paragraph{Position: s.Position, Text: over}, list)
	}
	return c
}
