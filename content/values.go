package content

import (
	"cmp"
	"errors"
	"io/fs"
	"strings"
	"unicode"

	"handout/content/picture"
)

// dose reads a dose in front matter: {hold: 30s, reps: 3, side: each, per-day: 1}.
// What it leaves out is once: one set, one repetition, once a day, every day. It
// also gives which keys are there.
func (v value) dose() (Dose, DoseKeys) {
	c := Changes{Dose: Dose{Sets: 1, Reps: 1, PerDay: 1, Days: 7}}
	keys := make([]key, len(doseKeys))
	seen := DoseKeys(0)
	for k, name := range doseKeys {
		keys[k] = key{name, func(v value) {
			seen |= 1 << k
			if m := c.set(k, v.text()); m.wrong != "" {
				v.bad("dose-wrong", cmp.Or(m.hint(": ", inSteps), "a dose looks like "+
					"{hold: 30s, reps: 3, side: each, per-day: 1}"), "%s", m.wrong)
			}
		}}
	}
	keys = append(keys, key{"per-week", keys[doseDays].set})
	v.fill(append(keys, v.unsaid(inSteps)...))
	if seen&GivesHold != 0 && seen&GivesBreaths != 0 {
		v.bad("hold-and-breaths", "keep one of them", "a dose is held for a time or for breaths, not both")
	}
	return c.Dose, seen&^(GivesHold|GivesBreaths) | c.Given
}

// unsaid are the value's keys for what a dose has no number for: they tell where it is said.
func (v value) unsaid(where string) (keys []key) {
	if !v.isMapping() {
		return nil
	}
	for _, e := range v.entries() {
		name := keyName(e.name)
		if say, ok := saidOnly[name]; ok {
			hint := misdose{say: say}.hint(": ", where)
			keys = append(keys, key{name, func(v value) { v.errs.unnumbered(v.pos, "", name, hint) }})
		}
	}
	return keys
}

func (v value) oneOf(words ...string) string {
	s := strings.ToLower(v.text())
	for _, w := range words {
		if s == w {
			return w
		}
	}
	v.bad("unknown-value", hintFor(s, words), "there is no %q here", clip(s))
	return ""
}

// inQuotes is the way out of "images\new.png", which has a new line in it.
const inQuotes = "in \"quotes\" a \\ has a meaning of its own: write a path with /, as images/logo.png"

// file reads a file named beside the one being read.
func (v value) file(fsys fs.FS, limit int) (name string, data []byte) {
	s, ok := v.raw()
	if !ok {
		return "", nil
	}
	name, err := beside(v.src.name, s)
	if err == nil {
		data, err = readFile(fsys, name, limit)
	}
	if err != nil {
		hint := "the path is from the folder of this file"
		if strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }) {
			hint = inQuotes
		}
		v.bad("file-unreadable", hint, "%s: %s", clip(s), err)
		return "", nil
	}
	return name, data
}

func (v value) picture(fsys fs.FS) *picture.Picture {
	name, data := v.file(fsys, picture.MaxFile)
	if data == nil {
		return nil
	}
	p, wrong := decode(v.pos, name, data)
	if wrong != nil {
		*v.errs = append(*v.errs, wrong)
	}
	return p
}

// decode makes a picture of a file, or says what is wrong and what to do.
func decode(at Position, name string, data []byte) (*picture.Picture, *Error) {
	p, err := picture.Decode(name, data)
	var wrong *picture.Error
	if errors.As(err, &wrong) {
		return nil, &Error{Position: at, Code: wrong.Code, Message: wrong.Message, Hint: wrong.Hint}
	}
	return p, nil
}

func (v value) email() string {
	s, ok := MailAddress(v.text())
	if !ok {
		v.bad("not-an-email-address", "write it like hello@example.org", "this is not an email address")
	}
	return s
}

// filmAddress is an address that a film's code can hold, or "".
func filmAddress(s string) string {
	a, ok := webAddress(s)
	if !ok || !strings.HasPrefix(a, "https://") || len(a) > maxCode {
		return ""
	}
	return a
}

// video is the address of a film.
func (v value) video() string {
	a := filmAddress(v.text())
	if a == "" {
		v.bad("video-not-https", "write it like https://example.org/film",
			"there should be an https address here, of at most %d bytes", maxCode)
		return ""
	}
	return a
}
