package field

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// LanguageOf is the language a cell names, as BCP 47 writes it: by a tag ("en_US"), a
// code of ISO 639 ("spa", "ger") or a name in the languages whose headings are known,
// or its own ("Spanish; Castilian", "Deutsch (Schweiz)", "Mexican Spanish"). A cell
// that leaves it open ("Unknown", "Declined to answer") gives ""; what is not
// understood gives "", false.
func LanguageOf(s string) (tag string, understood bool) {
	if s == "" {
		return "", true
	}
	t := speak(s)
	if t.joined == "" {
		return "", len(s) <= maxSpoken
	}
	if tag, ok := languageNames()[t.joined]; ok {
		return tag, true
	}
	if tag := languageTag(s); tag != "" {
		return tag, true
	}
	open := false
	for i, w := range t.words {
		if negations[w] && w != "no" {
			break // "non-English"
		}
		for n := range 3 { // "Haitian Creole"
			if i+n < len(t.words) {
				if tag, ok := languageNames()[strings.Join(t.words[i:i+n+1], "")]; ok {
					return tag, true
				}
			}
		}
	}
	for i := range t.words {
		for _, p := range noLanguage {
			open = open || p.at(t, i) > 0
		}
	}
	if part, _, ok := strings.Cut(s, ";"); ok && !open {
		if tag := languageTag(strings.TrimSpace(part)); tag != "" { // "es; spa"
			return tag, true
		}
	}
	if part, _, ok := strings.Cut(s, " "); ok && !open {
		if tag := languageTag(strings.Trim(part, ",;:-")); tag != "" { // "es - Mexico"
			return tag, true
		}
	}
	return "", open
}

// noLanguage is what is written where the language is left open.
var noLanguage = phrases("unknown, unk, declin*, refus*, other*, oth, und, undetermined, undefined, mul, multiple*, " +
	"mis, zxx, none, na, null, nil, not *, no preference, no answer, no response, no data, " +
	"unspecified, unable*, prefer not*, patient declined, asked*, unavailable, default, tbd, blank, not recorded, " +
	"not specified, not asked, not given, not applicable, " +
	"unbekannt, keine angabe*, keine, sonstige*, andere*, desconocid*, otro*, otra*, no especificad*, no sabe, " +
	"inconnu*, autre*, non renseigne*, non precise*, " +
	"outro*, outra*, desconhecid*, nao informad*, onbekend, anders, overig*, sconosciut*, altro, altra, non " +
	"specificat*, no contesta")

// bibliographic are the codes of ISO 639-2 that libraries use beside those of BCP 47.
var bibliographic = map[string]string{"alb": "sq", "arm": "hy", "baq": "eu", "bur": "my", "chi": "zh", "cze": "cs",
	"dut": "nl", "fre": "fr", "geo": "ka", "ger": "de",
	"gre": "el", "ice": "is", "mac": "mk", "mao": "mi", "may": "ms", "per": "fa", "rum": "ro", "slo": "sk", "tib": "bo",
	"wel": "cy", "cmn": "zh"}

// languageTag reads a tag: language, script and region are kept of it. A language
// nobody has a name for is none: "yes" is a code, too.
func languageTag(s string) string {
	first, _, more := strings.Cut(strings.ReplaceAll(s, "_", "-"), "-")
	first = strings.ToLower(first)
	if code, ok := bibliographic[first]; ok {
		return code
	}
	if len(first) < 2 || len(first) > 3 || s == "na" || strings.ContainsAny(s, " .") {
		return ""
	}
	base, err := language.ParseBase(first)
	if err != nil || display.English.Languages().Name(base) == "" || first == "und" || first == "mul" ||
		first == "zxx" || first == "mis" {
		return ""
	}
	tag, err := language.Parse(strings.ReplaceAll(s, "_", "-"))
	switch {
	case err != nil && len(base.String()) > 2: // "non-English" is not Old Norse
		return ""
	case err != nil || !more:
		tag = language.Make(base.String())
	}
	tag, _ = language.DeprecatedBase.Canonicalize(tag) // "iw" is "he"
	b, script, region := tag.Raw()
	out := b.String()
	if script != (language.Script{}) && script.String() != "Zzzz" {
		out += "-" + script.String()
	}
	if region != (language.Region{}) && region.String() != "ZZ" {
		out += "-" + region.String()
	}
	return out
}

// languageNames are the languages by what they are called, folded.
var languageNames = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	add := func(name, tag string) {
		if key := Folded(name); len(key) > 2 && m[key] == "" {
			m[key] = tag
		}
	}
	codes := []string{"fil", "yue", "haw", "hmn", "ckb", "syr", "chr", "nds", "gsw", "kab", "ceb", "ilo", "sco"}
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			codes = append(codes, string(a)+string(b))
		}
	}
	for _, code := range codes {
		if _, err := language.ParseBase(code); err != nil {
			continue
		}
		tag, _ := language.DeprecatedBase.Canonicalize(language.Make(code))
		base, _ := tag.Base()
		add(display.Self.Name(tag), base.String())
		for _, in := range []display.Namer{display.Languages(language.English), display.Languages(language.Spanish),
			display.Languages(language.German), display.Languages(language.French),
			display.Languages(language.Portuguese), display.Languages(language.Dutch),
			display.Languages(language.Italian)} {
			if in != nil {
				add(in.Name(tag), base.String())
			}
		}
	}
	for name, tag := range map[string]string{"castilian": "es", "castellano": "es", "mandarin": "zh",
		"cantonese": "yue", "farsi": "fa", "dari": "fa", "flemish": "nl", "tagalog": "fil",
		"pilipino": "fil", "haitian": "ht", "creole": "ht", "haitian creole": "ht", "moldavian": "ro", "punjabi": "pa",
		"panjabi": "pa", "gaelic": "ga", "hmong": "hmn",
		"sorani": "ckb", "kurmanji": "ku", "hochdeutsch": "de", "schweizerdeutsch": "gsw",
		"ingles": "en", "espanhol": "es"} {
		m[Folded(name)] = tag
	}
	return m
})

// LanguageName is what a language (BCP 47) is called in English, with its tag: "Spanish
// (es)"; a tag without a name stands alone.
func LanguageName(tag string) string {
	if name := display.English.Tags().Name(language.Make(tag)); name != "" {
		return name + " (" + tag + ")"
	}
	return tag
}
