package content

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Stretches are written and drawn for the right side of the body. Given for the
// left, their pictures are mirrored, and the words follow. Words for both sides go
// where one side alone is meant.

// address finds a web or mail address in a text, whose words are names.
var address = regexp.MustCompile(`\S*[\pL\d](\.\p{Ll}{2}|@|://)\S*`)

// otherSide puts left for right and right for left, word by word, but not in an
// address, nor in the names given, nor where they mean no side ("right away").
func (w *Words) otherSide(s string, names ...string) string {
	var b strings.Builder
	for s != "" {
		next, end := len(s), len(s)
		for _, re := range []*regexp.Regexp{w.idioms, address} {
			if re == nil {
				continue
			}
			if m := re.FindStringIndex(s); m != nil && m[0] < next {
				next, end = m[0], m[1]
			}
		}
		for _, name := range names {
			if i := strings.Index(s[:next], name); i >= 0 {
				next, end = i, i+len(name)
			}
		}
		w.swap(&b, s[:next])
		b.WriteString(s[next:end])
		s = s[end:]
	}
	return b.String()
}

// swap writes s with its words for the sides changed.
func (w *Words) swap(b *strings.Builder, s string) {
	var places [][]int
	if w.sides != nil {
		places = w.sides.FindAllStringIndex(s, -1)
	}
	done := 0
	for _, m := range places {
		word := s[m[0]:m[1]]
		other, ok := w.mirror[strings.ToLower(word)]
		if !ok || !aWord(s, m[0], m[1]) || len(word) == 1 && !initial(s, m[0], m[1]) {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(word); word == strings.ToUpper(word) && unicode.IsUpper(r) {
			other = strings.ToUpper(other)
		} else if unicode.IsUpper(r) {
			other = capital(other)
		}
		b.WriteString(s[done:m[0]])
		b.WriteString(other)
		done = m[1]
	}
	b.WriteString(s[done:])
}

// aWord tells whether no letter stands on either side of a part of s.
func aWord(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	letter := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }
	return !letter(before) && !letter(after)
}

// initial tells a letter that stands for a side, as in R leg, from one that counts, measures or abbreviates: L5, 2 L,
// L-shaped, R.I.C.E., R. Smith. R-leg is a side.
func initial(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s[:from], " \u00a0"))
	return unicode.IsUpper(rune(s[from])) && !unicode.IsDigit(before) && !noInitial.MatchString(s[to:])
}

var noInitial = regexp.MustCompile(`^(?:[&+\d]|-(?:shape|\P{Ll})|\.(?:\pL| \p{Lu}))`)

// onSide is a stretch in the author's words for a side, its slots not yet filled in.
// Names stay as they are where the author wrote them out.
func (w *Words) onSide(s *Stretch, side Side, names []string) *Exercise {
	text := func(t Text) Text {
		t = t.sided(side == EachSide || side == BothSides)
		if side != LeftSide || t == nil {
			return t
		}
		out := slices.Clone(t)
		for i := range out {
			if out[i].Slot == NoSlot {
				out[i].Text = w.otherSide(out[i].Text, names...)
			}
		}
		return out
	}
	m := &Exercise{Position: s.Position, ID: s.ID, Name: s.Name, Needs: s.Needs, Lang: s.Lang,
		StepsMark: s.StepsMark, Video: s.Video}
	if s.alt != nil {
		m.Alt = text(s.alt).String()
	} else {
		m.Alt = text(Text{{Text: s.Alt}}).String()
	}
	if side == LeftSide {
		m.Name, m.Needs = w.otherSide(s.Name, names...), w.otherSide(s.Needs, names...)
	}
	m.Steps = make([]Text, 0, len(s.Steps))
	for i, step := range s.Steps {
		if step = text(step); len(step) > 0 {
			m.Steps = append(m.Steps, step)
			if s.Shorter != nil {
				m.Shorter = append(m.Shorter, text(s.Shorter[i]))
			}
		}
	}
	for i := range m.Remarks {
		m.Remarks[i] = Remark{text(s.Remarks[i].Text), s.Remarks[i].Mark}
	}
	m.Stop, m.Ask = text(s.warns()), text(s.Ask)
	return m
}

// turning are words, by language, that are only for a stretch done on each side.
var turning = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(
		`(?i)\b(chang|switch|swap|alternat)(e|es|ing)? +` +
			`(over|to|your|the|legs?|sides?|arms?|hands?|feet|knees?)\b|\bthen +(change|switch|swap)\b|` +
			`\b(repeat|same|again)\b[^.]{0,20}\bother\b|\b(on|to|for) +(the|your) +other +side\b|` +
			`\b(each +(side|leg|arm|foot|hand|knee)|both +sides)\b|\bthen +(with +|on +)?the +other\b`),
	"es": regexp.MustCompile(
		`(?i)\b(cambi|altern)\pL* +(de +)?(pierna|lado|brazo|mano|pie|rodilla)|\brepit\pL*[^.]{0,20}\botr[oa]\b|` +
			`\b(cada +(lado|pierna|brazo|mano|pie|rodilla)|ambos +lados)|\botro +lado\b`),
	"de": regexp.MustCompile(
		`(?i)\b(wechsel|tausch)\pL*|\bSeitenwechsel\b|\bandere\pL* +Seite\b|` +
			`\b(jede\pL* +(Seite|Bein|Arm|Hand|Fuß|Knie)|beide\pL* +Seiten)`),
	"vi": regexp.MustCompile(`(?i)đổi +(bên|chân|tay)|bên +kia|mỗi +(bên|chân|tay)`),
	"ar": regexp.MustCompile(`الجانب الآخر|الجهة الأخرى|كل جانب|كلا الجانبين|بد[ّ]?ل`),
	"he": regexp.MustCompile(`הצד השני|כל צד|שני הצדדים|החלי?פו? (צד|רגל|יד)`),
}

// unmarked notes words of a text that look as if they were for both sides, and would
// stand on the page of one side alone too.
func (s *Stretch) unmarked(at Position, t Text) {
	words := turning[baseLang(s.Lang)]
	if s.Dose.Side == BothSides || words == nil {
		return
	}
	if found := words.FindString(t.sided(false).String()); found != "" {
		s.Warnings.add(at, "sides-not-marked", "",
			"%q is printed for one side only too; write {each: ...} around words for both sides",
			clip(strings.TrimSpace(found)))
	}
}
