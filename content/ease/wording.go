package ease

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"handout/content"
)

// The rules of Wording, of Tiers and of Sources. They ask what is left of a text on a full page, where
// an item may be cut to its shorter wording, and then to the bold words it begins with.
const (
	RuleLeadIn  = "lead-in"    // bold words that point at what may be cut
	RuleSafety  = "safety"     // a warning stands in what may be cut, and not in the bold words
	RuleChopped = "chopped"    // more than one sentence of ten has three words or fewer
	RuleItem    = "short-item" // an item of fewer than minItem words
	RuleIdiom   = "idiom"      // a way of speaking that not everybody knows
	RuleTiers   = "tiers"      // one sign is to be seen to at two speeds
	RuleLate    = "late"       // a sign stands under a less urgent speed than it may
	RuleSource  = "source"     // an address that is no authority's, with no reason beside it
)

const (
	minItem = 6 // words
	chopped = 3 // words, or fewer
)

// Wording looks for what a patient would lose or not understand where a full page cuts the
// handout's own text, as Personalise returns it. The cards have their own: WordingOf.
func Wording(h *content.Page) []Concern {
	w := &wording{lang: spoken(h.Lang)}
	w.look(h.In(false), content.Keep)
	w.chops(h.Position)
	for at, t := range content.Texts(h.In(false)) {
		w.idioms(at, t.String())
	}
	return w.found
}

// WordingOf is Wording for one stretch.
func WordingOf(s *content.Stretch) []Concern {
	w := &wording{lang: spoken(s.Lang)}
	for i, step := range s.Steps {
		var short content.Text
		if i < len(s.Shorter) {
			short = s.Shorter[i]
		}
		w.piece(s.Position, step, short, s.StepsMark, true)
	}
	for _, t := range []content.Text{s.Ask, s.Stop} {
		w.piece(s.Position, t, nil, content.Keep, false)
	}
	w.chops(s.Position)
	for t := range s.Texts() {
		w.idioms(s.Position, t.String())
	}
	return w.found
}

// wording is a text being looked through.
type wording struct {
	lang  string
	found []Concern
	all   int                // sentences outside bold words
	short []content.Position // those of them that are chopped
}

func (w *wording) say(rule string, at content.Position, hint, format string, args ...any) {
	e := &content.Error{Position: at, Code: "wording-" + rule, Message: fmt.Sprintf(format, args...), Hint: hint}
	w.found = append(w.found, Concern{e, rule})
}

// look goes through blocks of a section that may be cut as mark says.
func (w *wording) look(blocks []content.Block, mark content.Mark) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *content.Heading:
			mark = b.Mark
		case *content.Paragraph:
			w.piece(b.Position, b.Text, b.Short, mark, false)
		case *content.List:
			for _, item := range b.Items {
				if p, ok := item[0].(*content.Paragraph); ok {
					w.piece(p.Position, p.Text, p.Short, mark, b.Boxes == nil)
					item = item[1:]
				}
				w.look(item, mark)
			}
		case *content.Callout:
			if b.Kind != content.Caution {
				w.look(b.Blocks, content.Keep)
				continue
			}
			for _, in := range b.Blocks { // signs are no sentences
				if p, ok := in.(*content.Paragraph); ok {
					w.shorter(p.Position, p.Text, p.Short)
				}
			}
		case *content.Quote:
			w.look(b.Blocks, content.Keep)
		}
	}
}

// piece is one paragraph, item or step.
func (w *wording) piece(at content.Position, t, short content.Text, mark content.Mark, item bool) {
	lead := strings.TrimSpace(t.LeadIn().String())
	all := strings.TrimSpace(t.String())
	rest := strings.TrimSpace(strings.TrimPrefix(all, lead))
	for _, s := range sentences(rest) {
		if n := len(wordsOf(s)); n > 0 {
			if w.all++; n <= chopped {
				w.short = append(w.short, at)
			}
		}
	}
	w.shorter(at, t, short)
	if lead == "" {
		return
	}
	if n := len(wordsOf(all)); item && n < minItem {
		w.say(RuleItem, at, "say the reason or the how", "an item of %s says too little", counted(n, "word"))
	}
	said := lowered(lead)
	if mark&content.Brief != 0 {
		if p := pointer(w.lang, lead); p != "" {
			w.say(RuleLeadIn, at, "name the part of the body, the side or the thing itself",
				"on a full page only the bold words stay, and %q refers to what is cut", p)
		}
	}
	warns := known().safety[w.lang]
	if mark&content.Brief == 0 {
		return // nothing is cut but to the shorter wording
	}
	if word := warns.in(lowered(rest)); word != "" && warns.in(said) == "" {
		w.say(RuleSafety, at, "put the warning into the bold words, which stay",
			"the warning %q goes when the page is full", word)
	}
}

// shorter judges the shorter wording of a text by what that says: it keeps a warning, its own bold words
// stand alone, and it is no fragment.
func (w *wording) shorter(at content.Position, full, short content.Text) {
	if short == nil {
		return
	}
	own := strings.TrimSpace(short.LeadIn().String())
	warns := known().safety[w.lang]
	if word := warns.in(lowered(full.String())); word != "" && warns.in(lowered(short.String())) == "" {
		w.say(RuleSafety, at, "say it in the shorter wording too", "the warning %q is not in the shorter wording", word)
	}
	if p := pointer(w.lang, own); p != "" && own != strings.TrimSpace(full.LeadIn().String()) {
		w.say(RuleLeadIn, at, "name the part of the body, the side or the thing itself",
			"in the shorter wording the bold words do not name what %q is", p)
	}
	if n := len(wordsOf(short.String())); n <= chopped && own != strings.TrimSpace(full.LeadIn().String()) {
		w.say(RuleChopped, at, "write a whole sentence", "the shorter wording is a fragment of %s", counted(n, "word"))
	}
}

// chops tells a text in fragments.
func (w *wording) chops(at content.Position) {
	if len(w.short) < 3 || 10*len(w.short) <= w.all {
		return
	}
	if w.short[0].File != "" {
		at = w.short[0]
	}
	w.say(RuleChopped, at, "join them with because, so, until",
		"%d of %d sentences have %d words or fewer", len(w.short), w.all, chopped)
}

func (w *wording) idioms(at content.Position, s string) {
	words := lowered(s)
	for _, i := range known().idioms[w.lang] {
		if i.phrase.at(words) >= 0 {
			w.say(RuleIdiom, at, "say "+i.plain, "not everyone understands %q", strings.Join(i.phrase, " "))
		}
	}
}

// pointer is the word of some bold words that stands for something they do not name; "" for
// none. They may point at what they named: a wall, hand on it; one knee, then the other; the
// phone: bring it up.
func pointer(lang, lead string) string {
	if lang != "en" {
		return ""
	}
	words := lowered(lead)
	topic, _, _ := strings.Cut(strings.ReplaceAll(lead, "?", ":"), ":")
	before := len(wordsOf(topic)) // how many words may name what the rest speaks of
	named := func(i int) bool {
		if i >= before {
			return true
		}
		for j, w := range words[:i] {
			if slices.Contains(articles, w) && words[j+1] != "other" {
				return true
			}
		}
		return false
	}
	for i, w := range words {
		switch w {
		case "it", "its", "them", "they":
			if !named(i) {
				return w
			}
		case "that", "those", "this", "these": // not as in: a chair that will not tip
			if i+1 == len(words) || i < 2 || slices.Contains(prepositions, words[i-1]) {
				return w
			}
		case "other":
			if i > 0 && words[i-1] == "the" && !slices.Contains(words[:i], "one") {
				return "the other"
			}
		}
	}
	return ""
}

var (
	articles     = []string{"a", "an", "one", "your", "the", "both", "each", "some", "two"}
	prepositions = []string{"with", "in", "on", "of", "to", "for", "under", "behind", "at", "by", "from", "into", "and"}
)

// Sources looks for addresses that are no authority's and have no reason beside them.
func Sources(at content.Position, sources []string) []Concern {
	var hosts []string
	for _, s := range sources {
		address, _, _ := strings.Cut(s, " ")
		u, err := url.Parse(address)
		if err == nil && !content.Authority(s) && !slices.Contains(hosts, u.Hostname()) {
			hosts = append(hosts, u.Hostname())
		}
	}
	if len(hosts) == 0 {
		return nil
	}
	if n := len(hosts); n > 4 {
		hosts = append(hosts[:3], fmt.Sprintf("%d more", n-3))
	}
	var w wording
	w.say(RuleSource, at,
		"cite an authority, or say why after the address: https://example.com/x (the trial itself)",
		"sources that the program does not know as an authority: %s", strings.Join(hosts, ", "))
	return w.found
}

// lowered are the words of a text in small letters.
func lowered(s string) []string { return wordsOf(strings.ToLower(s)) }
