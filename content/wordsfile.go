package content

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// parseWords reads a file of words. Every word must be there: a page half in one
// language is worse than none.
func parseWords(src *source, lang string) (*Words, Errors) {
	var (
		errs    Errors
		w       = &Words{Lang: lang, Attachment: "handout.pdf", called: map[string]string{}}
		f       = &form{src: src, errs: &errs}
		missing []string
	)
	word := func(name string, to *string) key {
		return key{name, func(v value) {
			if *to = v.text(); *to == "" {
				v.bad("word-missing", "", "there should be a word here")
			}
		}}
	}
	list := func(name string, to []string) key {
		return key{name, func(v value) {
			if s := v.texts(); copy(to, s) != len(to) || len(s) != len(to) {
				v.bad("number-of-words", "", "there should be %d words here", len(to))
			}
		}}
	}
	counted := func(name string, to *count) key { return key{name, func(v value) { *to = v.count() }} }
	whole := func(group string, given map[string]bool, keys []key) {
		for _, k := range keys {
			if given != nil && !given[k.name] {
				missing = append(missing, group+k.name)
			}
		}
	}
	group := func(name string, keys []key) key {
		return key{name, func(v value) { whole(name+" ", v.fill(keys), keys) }}
	}

	var sides []key
	cells := []key{word("hold", &w.dose.held), word("often", &w.dose.often), {"holding", func(v value) {
		w.dose.holding = v.texts()
	}}}
	for side, name := range sideNames {
		sides = append(sides, word(name, &w.dose.sides[side]))
		cells = append(cells, word(name, &w.dose.headed[side]))
	}
	keys := []key{
		word("prepared-for", &w.PreparedFor), word("with", &w.With), word("next-visit", &w.NextVisit),
		word("book", &w.Book), word("scan-to-book", &w.ScanToBook), word("note", &w.Note),
		word("version", &w.Version), word("reviewed", &w.Reviewed), word("date", &w.date),
		word("or", &w.or), word("comma", &w.list), {"mirror", w.readMirror},
		group("mail", []key{
			word("subject", &w.letter.Subject), word("locked", &w.locked), word("locked-by-birth-date", &w.born),
			{"text", func(v value) { w.letter.Text = v.template(maxLetterText) }},
		}),
		word("need", &w.Need), word("feel", &w.Remarks[Feel]), word("mistake", &w.Remarks[Mistake]),
		word("easier", &w.Remarks[Easier]), word("harder", &w.Remarks[Harder]), word("video", &w.Video),
		word("stretch", &w.Stretch), word("day", &w.Day),
		group("pain", []key{word("none", &w.NoPain), word("worst", &w.WorstPain)}),
		group("lights", []key{word("go-on", &w.Lights[GoOn]), word("ease-off", &w.Lights[EaseOff]),
			word("stop", &w.Lights[Stop])}), word("scan-to-remind", &w.ScanToRemind),
		word("emergency", &w.Emergency), word("clinic", &w.Clinic), word("phone", &w.Phone),
		word("therapist", &w.Therapist),
		group("dose", []key{
			counted("hold", &w.dose.hold), counted("minutes", &w.dose.minutes), counted("breaths", &w.dose.breaths),
			counted("times", &w.dose.times), word("units", &w.dose.units), counted("sets", &w.dose.sets),
			group("sides", sides), counted("per-day", &w.dose.perDay), counted("days", &w.dose.days),
			word("per-day-and-days", &w.dose.both),
		}),
		list("months", w.Months[:]), list("weekdays", w.Weekdays[:]), list("days", w.Days[:]),
	}
	var tiers []key
	for tier, name := range tierNames {
		tiers = append(tiers, key{name, func(v value) {
			t, wrong := Text{{Text: v.text(), Bold: true}}.braced()
			if wrong != "" || len(t) == 0 {
				v.bad("emergency-words", "", "words like Call {emergency} now if you have: should be here")
			}
			w.Signs[tier] = t
		}})
	}
	optional := []key{{"attachment", func(v value) { w.Attachment = v.attachment() }},
		group("dose-cells", cells), word("more", &w.Remarks[More]), group("signs", tiers),
		{"mirror-not", w.readIdioms}, {"regions", w.namesOf(names(Regions()))},
		{"positions", w.namesOf(names(Postures()))},
		{"props", w.namesOf(names(Props()))},
		{"dear", func(value) {}}} // of a look that is gone; files of words had to have it
	whole("", f.fill(src.text, append(keys, optional...)), keys)
	if len(missing) > 0 {
		errs.add(f.place(nil), "words-missing", "words/en.yaml has them all", "these words are missing: %s",
			strings.Join(missing, ", "))
	}
	return w, errs
}

// attachment is the name of a file in a mail, which every mail program has letters for.
func (v value) attachment() string {
	s := v.text()
	name, ok := strings.CutSuffix(s, ".pdf")
	if !ok || name == "" || len(s) > 40 || strings.Trim(name, attachmentLetters) != "" {
		v.bad("attachment-name", "write it like handout.pdf, without accents", "this is not a name for the page's file")
		return "handout.pdf"
	}
	return s
}

const attachmentLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

// count reads a phrase, or a mapping from numbers and "other" to phrases.
func (v value) count() count {
	var c count
	if !v.isMapping() {
		c.other = v.text()
		return c
	}
	for _, e := range v.entries() {
		n, err := strconv.Atoi(e.name)
		switch {
		case err != nil && e.name != "other":
			v.errs.add(e.at, "plural-without-number", "",
				"before the colon there should be the number it is for, or other")
		case e.value.node == nil:
			v.errs.add(e.at, "plural-without-phrase", "", "there should be a phrase after the colon")
		case e.name == "other":
			c.other = e.value.text()
		default:
			c.exact = append(c.exact, exactly{n, e.value.text()})
		}
	}
	if c.other == "" {
		v.bad("plural-without-other", "", "the form for all other numbers is missing")
	}
	return c
}

// readMirror reads the words for the sides of the body, each with its opposite.
func (w *Words) readMirror(v value) {
	w.mirror = map[string]string{}
	for _, e := range v.entries() {
		right, left := strings.ToLower(e.name), ""
		if e.value.node != nil {
			left = strings.ToLower(e.value.text())
		}
		if left == "" || w.mirror[right] != "" || w.mirror[left] != "" {
			e.value.bad("opposites-ambiguous", "each word has one opposite, as in right: left",
				"this pair cannot be told apart from the others")
			continue
		}
		w.mirror[right], w.mirror[left] = left, right
	}
	w.sides = phrased(slices.Collect(maps.Keys(w.mirror)), "", "")
}

// phrased finds some phrases, in capitals too, between what stands around them: the longest that fits. It is nil for
// none.
func phrased(phrases []string, before, after string) *regexp.Regexp {
	if len(phrases) == 0 {
		return nil
	}
	slices.SortFunc(phrases, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	for i, phrase := range phrases {
		phrases[i] = regexp.QuoteMeta(phrase)
	}
	return regexp.MustCompile("(?i)" + before + "(?:" + strings.Join(phrases, "|") + ")" + after)
}

// readIdioms reads the phrases that hold a word of mirror and mean no side.
func (w *Words) readIdioms(v value) {
	w.idioms = phrased(v.texts(), `(?:^|[^\pL])`, `(?:[^\pL]|$)`)
}

// namesOf reads what the words of a closed list are called.
func (w *Words) namesOf(list []string) func(value) {
	return func(v value) {
		keys := make([]key, len(list))
		for i, name := range list {
			keys[i] = key{name, func(v value) { w.called[name] = v.text() }}
		}
		v.fill(keys)
	}
}
