package content

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Query is what stretches are looked for by. What it leaves out holds for all of them;
// of several regions, positions or props one is enough.
type Query struct {
	Words    string // at most MaxQuery characters; each a word, or its beginning
	Regions  []Region
	Postures []Posture
	Props    []Prop
}

// MaxQuery is how many characters the words of a Query may have.
const MaxQuery = 100

// Search finds stretches by name, other names, region, position, props and what is
// stretched: each word of the query is one of theirs, or the beginning of one, whatever
// the case, accents and hyphens. Regions and the like are found by what they are called
// in English, in the stretch's language, and in lang (BCP 47; empty for any). Each
// stretch is there in lang, or else in its first language.
//
// Those whose name begins so come first, then by where the word that is hardest to find
// was found, in the order above, then by name; last come those that are found in another
// language only, if lang is empty. The error is an Errors with the mistakes of
// those that cannot be read, which are left out, or with that of the query.
func (l *Library) Search(q Query, lang string) ([]*Stretch, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	wanted := plain(q.Words)
	list, broken := l.Stretches()
	if len(wanted) == 0 && !blank(q.Words) { // signs alone
		return nil, broken
	}
	type hit struct {
		*Stretch
		rank int
	}
	var hits []hit
	for _, s := range list {
		if !anyOf(q.Regions, s.Regions) || !anyOf(q.Postures, s.Postures) || !anyOf(q.Props, s.Props) {
			continue
		}
		said := s
		if lang != "" {
			if other, err := l.StretchIn(s.ID, lang); err == nil {
				said = other
			}
		}
		rank, ok := l.rank(wanted, lang, s, said)
		if !ok && lang == "" {
			rank, ok = l.rank(wanted, lang, inEachLanguage(l, s.ID, l.stretchIn, "stretch")...)
			rank += tiers + 1
		}
		if ok {
			hits = append(hits, hit{said, rank})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return a.rank - b.rank })
	found := make([]*Stretch, len(hits))
	for i, h := range hits {
		found[i] = h.Stretch
	}
	return found, broken
}

// Check tells what is wrong with a query, as Errors without a place.
func (q Query) Check() error {
	const what = "what is searched for"
	switch {
	case !utf8.ValidString(q.Words):
		return Errors{{Message: what + " is not UTF-8 text", Hint: "write it as UTF-8"}}
	case utf8.RuneCountInString(q.Words) > MaxQuery:
		return Errors{{Message: what + " is longer than 100 characters", Hint: "a word or two are enough"}}
	}
	return nil
}

// anyOf tells whether one of the wanted is there; none wanted is no wish.
func anyOf[T comparable](wanted, there []T) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(t T) bool { return slices.Contains(there, t) })
}

// tiers are where a word may be found: a name, other names, regions, postures, props, a target.
const tiers = 6

// rank is how well a stretch is found, the best being 0: as it is listed, and as it is
// said in the language asked for.
func (l *Library) rank(wanted []string, lang string, forms ...*Stretch) (int, bool) {
	var there [tiers][][]string // texts, as words, the best to be found in first
	for _, s := range forms {
		if len(wanted) > 0 && starts(plain(s.Name), strings.Join(wanted, "")) {
			return 0, true
		}
		for i, texts := range [...][]string{{s.Name, s.ID}, s.Also, l.namesIn(s, lang, names(s.Regions)),
			l.namesIn(s, lang, names(s.Postures)),
			l.namesIn(s, lang, names(s.Props)), {s.Target}} {
			for _, text := range texts {
				there[i] = append(there[i], plain(text))
			}
		}
	}
	worst := 0
	for _, word := range wanted {
		tier := slices.IndexFunc(there[:], func(texts [][]string) bool {
			return slices.ContainsFunc(texts, func(text []string) bool { return holds(text, word) })
		})
		if tier < 0 {
			return 0, false
		}
		worst = max(worst, tier+1)
	}
	return worst, true
}

// namesIn are words of a closed list, and what they are called in a stretch's language
// and another.
func (l *Library) namesIn(s *Stretch, lang string, list []string) []string {
	all := slices.Clone(list)
	for _, lang := range []string{s.Lang, lang} {
		if lang == "" {
			continue
		}
		if w, err := l.Words(lang); err == nil {
			for _, name := range list {
				all = append(all, w.Called(name))
			}
		}
	}
	return all
}

// starts tells whether words begin so. What is written in one may stand in several:
// figure4 is "figure 4".
func starts(words []string, with string) bool {
	return strings.HasPrefix(strings.Join(words, ""), with)
}

// holds tells whether a word begins so.
func holds(words []string, with string) bool {
	for i := range words {
		if starts(words[i:], with) {
			return true
		}
	}
	return false
}

// oneLetter are letters that Unicode does not take apart, as those write them who have
// none of them on their keyboards.
var oneLetter = strings.NewReplacer("đ", "d", "Đ", "d", "ø", "o", "Ø", "o", "ł", "l", "Ł", "l", "ı", "i", "ß", "ss",
	"ẞ", "ss", "æ", "ae", "Æ", "ae", "œ", "oe", "Œ", "oe", "ς", "σ")

// plain are the words of a text as they are compared: small letters and digits without
// accents. An apostrophe parts no word, and the Arabic article is none of it.
func plain(s string) []string {
	words := strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == 'ʼ', invisible(r):
			return -1
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFKD.String(oneLetter.Replace(s))))
	for i, w := range words {
		if short, ok := strings.CutPrefix(w, "ال"); ok && utf8.RuneCountInString(short) > 2 {
			words[i] = short
		}
	}
	return words
}
