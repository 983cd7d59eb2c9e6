package field

import (
	"cmp"
	"slices"
	"strings"

	"handout/content"
)

// Standing is what a status says of a visit.
type Standing struct {
	Why   string // no handout is given after it: "cancelled", "no-show" ...; "" for a visit
	Known bool   // the word is one that is known
	All   bool   // and so is each word beside it
	Plain bool   // in words that mean nothing else, in whatever column they stand
	Came  bool   // it says that somebody was there
}

// said is a phrase of a meaning that was heard.
type said struct {
	*meaning
	from, to int // words
}

// byStart are all phrases by the two letters that they begin with; those of the middle of
// a word are under "".
var byStart = func() map[string][]heard {
	m := map[string][]heard{}
	for i := range meanings {
		for _, p := range meanings[i].words {
			m[p.text[:2]] = append(m[p.text[:2]], heard{&meanings[i], p})
			if p.anywhere {
				m[""] = append(m[""], heard{&meanings[i], p})
			}
		}
	}
	return m
}()

type heard struct {
	*meaning
	phrase
}

// hear finds the phrases of statuses, one after the other, the longest at each place.
func (t spoken) hear() []said {
	var list []said
	for i := 0; i < len(t.words); {
		best, longest := said{}, 0
		at := t.joined[t.starts[i]:]
		for _, set := range [][]heard{byStart[at[:min(2, len(at))]], byStart[""]} {
			for _, h := range set {
				if len(h.text) > longest {
					if n := h.at(t, i); n > 0 {
						best, longest = said{h.meaning, i, i + n}, len(h.text)
					}
				}
			}
		}
		if longest == 0 {
			i++
			continue
		}
		list = append(list, best)
		i = best.to
	}
	return list
}

// denied tells whether a phrase is denied: "did not cancel", "no fue cancelada",
// "cancelled: no".
func (t spoken) denied(s said) bool {
	if s.to < len(t.words) && strings.ContainsAny(t.apart[s.to], ":=?") && IsNo(t.words[s.to]) {
		return true
	}
	for i := s.from; i > 0 && i > s.from-4; i-- {
		if gap := t.apart[i]; strings.ContainsAny(gap, ",;:/()[]|–—") || gap != "-" && strings.TrimSpace(gap) == "-" {
			return false
		}
		if w := t.words[i-1]; negations[w] {
			return true
		} else if !between[w] {
			return false
		}
	}
	return false
}

// StatusOf reads a status. One that says that somebody was there and that they were
// not is not known.
func StatusOf(s string) Standing {
	t := speak(s)
	if t.joined == "" { // a dash, a tick; any other sign may mean anything
		nothing := len(s) <= maxSpoken && (strings.Trim(s, "-–—._/ \t\n\u00a0") == "" || ticked(s))
		return Standing{Known: nothing, All: nothing}
	}
	var (
		st           = Standing{All: true}
		there, doubt bool // somebody was; somebody was not
		heard        = make([]bool, len(t.words))
	)
	for _, s := range t.hear() {
		for i := s.from; i < s.to; i++ {
			heard[i] = true
		}
		denied := t.denied(s)
		switch {
		case s.why != "" && !denied && st.Why == "":
			st.Why, st.Plain, st.Known = s.why, s.meaning.plain, true
		case s.why != "":
			st.Known = true
		case s.strong && denied && s.meaning.denied != "":
			st.Why, st.Known = cmp.Or(st.Why, s.meaning.denied), true
		case s.strong && denied:
			doubt = true
		default:
			st.Known, there = true, there || s.strong
		}
	}
	if st.Why == "" && doubt || st.Why != "" && there {
		return Standing{}
	}
	st.Came = there
	for i, w := range t.words {
		number := strings.ContainsAny(w[:1], "0123456789")
		if !heard[i] && !number && !asides[w] && !negations[w] && !between[w] {
			st.All = false
		}
	}
	return st
}

// Beside is the status that somebody wrote beside a name or a service: "Ana Ruiz
// (cancelled)", "NO SHOW - Massage", "Massage [Canceled]"; only in words that mean
// nothing else.
func Beside(s string) string {
	if len(s) > maxSpoken || !strings.ContainsAny(s, "([{*:|–—-") {
		return ""
	}
	parts := strings.FieldsFunc(strings.NewReplacer(" - ", "|", " -", "|", "- ", "|").Replace(s), func(r rune) bool {
		return strings.ContainsRune("()[]{}*:|–—", r)
	})
	for _, part := range parts {
		if len(parts) == 1 && !strings.ContainsAny(s, "([{*") {
			break // no more is written
		}
		if st := StatusOf(part); st.Known && st.All && st.Plain && (st.Why == "cancelled" || st.Why == "no-show") {
			return part
		}
	}
	return ""
}

// IsNo tells a folded word that says no.
func IsNo(word string) bool {
	switch word {
	case "no", "n", "false", "f", "none", "null", "nil", "nan", "off", "never", "nein", "non", "nao", "nee", "nie",
		"na", "nd", "falso", "faux", "falsch", "onwaar", "notapplicable", "undefined":
		return true
	}
	return strings.Trim(word, "0") == ""
}

// IsYes tells a folded word that says yes.
func IsYes(word string) bool {
	switch word {
	case "yes", "y", "true", "t", "1", "x", "on", "si", "s", "ja", "j", "oui", "o", "sim", "vero", "vrai", "wahr",
		"verdadero", "verdadeiro", "waar":
		return true
	}
	return false
}

// ticked tells a box or a mark of somebody's pen.
func ticked(s string) bool {
	switch strings.TrimSuffix(strings.Trim(s, " ."), "\ufe0f") {
	case "✓", "✔", "☑", "✅", "☒":
		return true
	}
	return false
}

// Says tells whether a mark is set: by yes, a date or a reason. A date that a program
// writes for none (0001-01-01, 1900-01-00) is none, and so is a status of a visit.
func Says(s string) bool {
	if s == "" {
		return false
	}
	if ticked(s) {
		return true
	}
	word := Folded(s)
	if word == "" && len(s) <= maxSpoken || len(s) <= maxSpoken && IsNo(word) {
		return false
	}
	for _, none := range []string{"0001-01-01", "1753-01-01", "1899-12-3", "1900-01-0", "01/01/0001", "1/1/0001",
		"01/01/1900", "1/1/1900", "01/00/1900", "1/0/1900", "01.01.0001", "01.01.1900"} {
		if strings.HasPrefix(s, none) {
			return false
		}
	}
	st := StatusOf(s)
	return !(st.Known && st.All && st.Why == "")
}

// ParseStatuses reads what words for a status mean, by content.Meanings:
//
//	Walked in=came,Pulled=cancelled
//
// The error is content.Errors, with every mistake.
func ParseStatuses(s string) (map[string]string, error) {
	var errs content.Errors
	bad := func(code, hint, format string, args ...any) {
		errs = append(errs, content.Errorf(code, hint, format, args...))
	}
	list := map[string]string{}
	for part := range strings.SplitSeq(s, ",") {
		word, means, ok := part, "", false
		if i := strings.LastIndexByte(part, '='); i >= 0 {
			word, means, ok = part[:i], part[i+1:], true
		}
		word, means = strings.Trim(strings.TrimSpace(word), `"`), strings.ToLower(strings.TrimSpace(means))
		i := slices.IndexFunc(content.Meanings(), func(m string) bool { return Plain(m) == Plain(means) })
		switch {
		case !ok || Folded(word) == "" || means == "":
			bad("status-without-meaning", "write it like \"Walked in=came,Pulled=cancelled\"",
				"a status has no word or no meaning")
		case i < 0:
			hint := "a status means " + strings.Join(content.Meanings(), ", ")
			if near := content.Closest(means, content.Meanings()); near != "" {
				hint = "did you mean " + near
			}
			bad("no-such-meaning", hint, "no status means %s", content.Quoted(means))
		case list[word] != "":
			bad("status-twice", "keep one", "the status %s is given twice", content.Quoted(word))
		default:
			list[word] = content.Meanings()[i]
		}
	}
	if errs != nil {
		return nil, errs
	}
	return list, nil
}
