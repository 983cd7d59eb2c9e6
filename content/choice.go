package content

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Choice is a stretch picked for a page, as whoever picked it said so: which, what is
// changed of its dose, and a note.
type Choice struct {
	Position
	ID      string
	Changes Changes
	Note    string // the therapist's own words on this card, at most 200 characters; may be empty
	Video   string // an https address that shows it, in place of the stretch's own; may be empty
}

// MaxStretches is how many stretches a page has at most.
const MaxStretches = 10

// ParseChoices reads stretches by name, with changes to their doses and notes and
// commas between them:
//
//	hamstring-strap
//	hamstring-strap:hold=20s:reps=2:sets=1:side=left:per-day=2:days=5
//	figure-4,hamstring-strap:hold=20s:note="slowly, please"
//	@desk-neck,chin-tuck:reps=3
//
// A name that begins with @ is a pack's, and has no changes.
//
// The changes are hold (0s to 5m) or breaths (0 to 20), reps (1 to 50), sets (1
// to 10), side (each, both, sore, left, right), per-day (1 to 12), days (a week,
// 1 to 7), unit, video and note. A note comes last and may hold colons; quotes round it
// keep its commas. What is not changed stays as the stretch has it. An empty
// string, or "none", is no choice at all. The error is an Errors and quotes no note.
func ParseChoices(s string) ([]Choice, error) {
	s = strings.TrimSpace(s)
	if s == "" || s == "none" {
		return nil, nil
	}
	var (
		errs Errors
		list []Choice
	)
	parts, quoted := SplitChoices(s)
	for _, part := range parts {
		list = append(list, parseChoice(part, Position{}, &errs))
	}
	if quoted {
		errs.add(Position{}, "quote-not-closed", "put one after the note too",
			"a quote is not closed in the list of stretches")
	}
	if len(list) > MaxStretches {
		errs.add(Position{}, "too-many-stretches", "choose fewer", "a page has room for %d stretches, and there are %d",
			MaxStretches, len(list))
	}
	if err := errs.err(); err != nil {
		return nil, err
	}
	return list, nil
}

// SplitChoices takes a list of stretches apart: at its commas, and, as people write lists
// in a cell, at its semicolons, bars and ends of lines. Open tells that a quote is not
// closed.
func SplitChoices(s string) (parts []string, open bool) {
	start := 0
	for i := 0; i <= len(s); i++ {
		switch {
		case i < len(s) && s[i] == '"':
			open = !open
		case i < len(s) && (open || !strings.ContainsRune(",;|\r\n", rune(s[i]))):
		case i < len(s) && s[i] == ',' && i > 0 && s[i-1] >= '0' && s[i-1] <= '9' && decimals.MatchString(s[i+1:]):
		case i < len(s) && s[i] == '|' && strings.Contains(s[start:i], "unit="): // one|many
		default:
			part := strings.TrimSpace(s[start:i])
			if start = i + 1; part != "" || i < len(s) && s[i] == ',' || i == len(s) && strings.HasSuffix(s, ",") {
				parts = append(parts, part)
			}
		}
	}
	return parts, open
}

// decimals is the rest of a number with a comma, which a list's comma never stands in: 1,5 min.
var decimals = regexp.MustCompile(`^[0-9]{1,2} ?(?:m|min|mins|minutes?|minutos?|minuten)(?:$|\s*[,;|:\r\n])`)

func parseChoice(s string, at Position, errs *Errors) (c Choice) {
	c = Choice{Position: at}
	id, rest, more := strings.Cut(strings.TrimSpace(s), ":")
	c.ID = strings.TrimSpace(id)
	switch {
	case isPack(c.ID) && (len(c.ID) == 1 || !isID(c.ID)):
		errs.add(at, "pack-name-missing", "`handout list packs` shows them; those of your own are in a folder named "+
			"with --library", "a pack's name is missing")
		return c
	case !utf8.ValidString(s) || !isID(c.ID):
		errs.add(at, "stretch-name-missing", doseHint, "a stretch's name is missing")
		return c
	case isPack(c.ID) && more:
		errs.add(at, "pack-with-dose", "name the stretch it is for by itself too: @desk-neck,chin-tuck:reps=3",
			"a pack has no dose and no note of its own")
		return c
	}
	load := ""
	defer func() {
		if load != "" && c.Note != "" {
			load += ". "
		}
		c.Note = load + c.Note
	}()
	which := "this"
	for n := 1; more; n++ {
		var part string
		if strings.HasPrefix(rest, "note=") {
			part, more = rest, false
		} else {
			part, rest, more = strings.Cut(rest, ":")
		}
		name, text, ok := strings.Cut(part, "=")
		name, text = strings.TrimSpace(name), strings.TrimSpace(text)
		if ok && name == "note" {
			if len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' {
				text = text[1 : len(text)-1]
			}
			c.Note = text
			continue
		}
		if ok && slices.Contains([]string{"load", "weight", "resistance"}, keyName(name)) {
			// in the therapist's words, as a note is
			load = strings.Trim(text, `"`)
			continue
		}
		if ok && keyName(name) == "video" {
			end := ":" // of the address, which has colons
			if strings.HasPrefix(text, `"`) {
				end = `"`
			}
			for more && (end == `"` && strings.Count(text, end) < 2 || strings.Trim(text, `"`) == "https") {
				part, rest, more = strings.Cut(rest, ":")
				text += ":" + part
			}
			c.film(strings.Trim(text, `"`), errs)
			continue
		}
		if next, after, on := strings.Cut(rest, ":"); more && doseKey(name) == doseHold &&
			minutes.MatchString(text+":"+next) { // 1:30
			text, rest, more = text+":"+next, after, on
		}
		if more || n > 1 { // told by its place: the words may be of a patient
			which = "part " + strconv.Itoa(n) + " of what follows the name"
		}
		c.dose(name, strings.Trim(text, `"`), ok, which, errs)
	}
	return c
}

// minutes is a time to hold that has a colon of its own.
var minutes = regexp.MustCompile(`^[0-5]:[0-5][0-9]$`)

// dose reads one part of a dose: a name and what it is, or words that say by themselves what they are.
func (c *Choice) dose(name, text string, named bool, which string, errs *Errors) {
	k, parts := doseKey(name), []part(nil)
	switch say, known := saidOnly[keyName(name)]; {
	case known:
		errs.unnumbered(c.Position, clip(c.ID)+": ", name, misdose{say: say}.hint("=", inNote))
	case !named:
		if parts = bare(name); parts == nil {
			errs.add(c.Position, "not-a-dose", doseHint, "%s: %s is not a dose", clip(c.ID), which)
		}
	case k < 0:
		hint := hintFor(name, append(doseKeys[:], "video", "load", "note"))
		if Closest(name, doseKeys[:]) == "" {
			hint += `; what has no name of its own goes in a note: note="..."`
		}
		errs.unnumbered(c.Position, clip(c.ID)+": ", name, hint)
	default:
		parts = partsUnder(k, text)
	}
	for _, p := range parts {
		if c.Changes.Given&(1<<p.key) != 0 {
			errs.add(c.Position, "dose-key-twice", doseHint, "%s: %s is given twice", clip(c.ID), doseKeys[p.key])
		} else if m := c.Changes.put(p); m.wrong != "" {
			errs.misdosed(c, m)
		}
	}
}

// misdosed notes that a part of a choice's dose cannot be read.
func (errs *Errors) misdosed(c *Choice, m misdose) {
	errs.add(c.Position, "choice-dose-wrong", cmp.Or(m.hint("=", inNote), doseHint), "%s: %s", clip(c.ID), m.wrong)
}

// NewChoice picks a stretch by its name, or with @ before it a pack. Its Position may be
// set: mistakes in the choice have it.
func NewChoice(id string) (Choice, error) {
	var errs Errors
	if strings.Contains(id, ":") {
		errs.add(Position{}, "dose-in-name", doseHint, "a dose stands beside the name of a stretch, not in it")
		return Choice{}, errs.err()
	}
	c := parseChoice(id, Position{}, &errs)
	return c, errs.err()
}

// film has the stretch shown by another film than its own.
func (c *Choice) film(address string, errs *Errors) {
	if c.Video = filmAddress(address); c.Video == "" {
		errs.add(c.Position, "choice-video-wrong", "for example: figure-4:video=https://example.org/film",
			"%s: a film has an https address, of at most %d bytes", clip(c.ID), maxCode)
	}
}

// Set changes one part of the dose, or the film, as ParseChoices reads it: Set("hold", "20s").
// What is wrong with the value does not repeat it.
func (c *Choice) Set(key, value string) error {
	var errs Errors
	if k := doseKey(key); key == "video" && !isPack(c.ID) {
		c.film(value, &errs)
	} else if k < 0 || isPack(c.ID) {
		errs.add(c.Position, "not-a-dose", doseHint, "%s: %s is not a dose", clip(c.ID), "this")
	} else if m := c.Changes.set(k, value); m.wrong != "" {
		errs.misdosed(c, m)
	}
	return errs.err()
}

// isID tells whether s can be the name of a file we look for.
func isID(s string) bool {
	return s != "" && len(s) <= 64 && !strings.ContainsAny(s, "/\\=\"") && s[0] != '.' &&
		!strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || r == utf8.RuneError })
}

// isPack tells the name of a pack from a stretch's.
func isPack(id string) bool { return strings.HasPrefix(id, "@") }
