package content

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// How a dose is read: in numbers, or as people write it.

// sideWords are what people write for a side, by Side.
var sideWords = [...]string{" each cada jede chaque ogni elke ",
	" both ambo ambos amba ambas beide beidseit bilateral entrambe entrambi ", " sore painful ",
	" left l lt izquierda izquierdo izq link linke linker gauche esquerda esquerdo sinistra sinistro ",
	" right r rt derecha derecho der recht rechte rechter droite droit direita direito destra destro "}

// writtenFor are what people write for a part of a dose.
var writtenFor = map[string]string{"rep": "reps", "repetitions": "reps", "repeat": "reps", "set": "sets",
	"times": "reps", "count": "reps", "breath": "breaths", "per-week": "days", "times-a-week": "days",
	"days-a-week": "days", "week": "days", "day": "per-day", "perday": "per-day", "times-a-day": "per-day",
	"daily": "per-day", "seconds": "hold", "duration": "hold"}

// saidOnly are what people say of a stretch that a dose has no number for, with how it is
// said in words.
var saidOnly = map[string]string{"rest": "rest 30 seconds between sets", "tempo": "3 seconds up, 3 seconds down",
	"weeks": "for 6 weeks", "effort": "it should feel easy", "intensity": "it should feel easy",
	"rpe": "it should feel easy", "pain": "no more than a mild pull", "distance": "across the room and back"}

// unnumbered notes that a dose has no number for what was said of a stretch, and where that is said.
func (errs *Errors) unnumbered(at Position, of, name, hint string) {
	if keyName(name) == "rest" {
		errs.add(at, "dose-without-rest", hint, "%sa dose does not say how long to rest", of)
		return
	}
	errs.add(at, "unknown-dose-key", hint, "%sa dose has no %q", of, clip(name))
}

// doseKey is which part of a dose is meant, or -1.
func doseKey(name string) int {
	name = keyName(name)
	if known, ok := writtenFor[name]; ok {
		name = known
	}
	return slices.Index(doseKeys[:], name)
}

const doseHint = "a dose looks like figure-4:hold=20s:reps=2:sets=1:side=left:per-day=2:days=5"

// misdose is why a part of a dose cannot be read: in words without its value.
type misdose struct {
	wrong string
	write string // what to write instead, like per-day=2; may be empty
	say   string // what is then still to be said in words; may be empty
}

// hint is the way out: in a note, where there are notes. Empty for none but what a dose looks like.
func (m misdose) hint(colon, note string) string {
	write, say := strings.Replace(m.write, "=", colon, 1), strings.Replace(note, "...", m.say, 1)
	switch {
	case m.write != "" && m.say != "":
		return "write " + write + ", and the rest " + say
	case m.write != "":
		return "write " + write
	case m.say != "":
		return "say it " + say
	}
	return ""
}

// Where the rest is said.
const (
	inNote  = `in a note: note="..."`
	inPack  = `in a note: note: "..."`
	inSteps = `in the steps: "..."`
)

// part is one number of a dose that has more in it.
type part struct {
	key  int
	text string
}

const (
	often = `^(\d+|once|twice|three|una?|dos|tres) ?(?:x|×|times|days?|vez|veces)? ?`
	long  = `(\d+(?:[.,]\d+)? ?(?:s|secs?|seconds?|seg|segundos?|m|mins?|minutes?|minutos?))`
)

// spoken are parts of a dose that say by themselves which they are: 3x10, 5 breaths, 3x/week.
var spoken = []struct {
	is   *regexp.Regexp
	keys []int // of its numbers; of none: every day
}{
	{regexp.MustCompile(`^(\d+) ?(?:x|×|\*|sets? of|series de) ?(\d+)(?: ?(?:reps?|times))?$`),
		[]int{doseSets, doseReps}},
	{regexp.MustCompile(`^(\d+) (?:(?:slow|deep|long) )?(?:breaths?|respiracion(?:es)?)$`), []int{doseBreaths}},
	{regexp.MustCompile(often + `(?:/|per |an? |each |por |a la )(?:weeks?|wk|semana)$`), []int{doseDays}},
	{regexp.MustCompile(often + `(?:(?:/|per |an? |each |por |al )(?:day|d|día|dia)|daily)$`), []int{dosePerDay}},
	{regexp.MustCompile(`^(\d+) ?(?:x|×|\*|times) ?` + long + `(?: holds?)?$`), []int{doseReps, doseHold}},
	{regexp.MustCompile(`^(?:hold|for|hold for|mantener) ` + long + `$`), []int{doseHold}},
	{regexp.MustCompile(`^(\d+(?:-\d+)?) ?(?:x|×|times|veces|reps?|repetitions|repeticiones)$`), []int{doseReps}},
	{regexp.MustCompile(`^(\d+) ?(?:sets?|series)$`), []int{doseSets}},
	{regexp.MustCompile(`^(?:daily|every ?day|each day|diario|cada día)$`), nil},
}

// partsOf are the parts of a dose in words that say which they are; none if they do not.
func partsOf(text string) (parts []part) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	for _, s := range spoken {
		if found := s.is.FindStringSubmatch(text); found != nil {
			for i, key := range s.keys {
				parts = append(parts, part{key, found[i+1]})
			}
			if s.keys == nil {
				parts = []part{{doseDays, "7"}}
			}
			return parts
		}
	}
	return nil
}

// bare are the parts of a dose that stands without a key before it: 3x10, left leg, 20s.
func bare(text string) []part {
	if parts := partsOf(text); parts != nil {
		return parts
	}
	low := strings.ToLower(text)
	_, held := seconds(text)
	if held = held || fromTo.MatchString(low) && timed.MatchString(low); held &&
		strings.ContainsFunc(text, unicode.IsLetter) {
		return []part{{doseHold, text}}
	}
	if len(text) > 2 && new(Dose).set(doseSide, text) == (misdose{}) {
		return []part{{doseSide, text}}
	}
	return nil
}

// partsUnder are the parts of a dose that a value has: most often the one of its key. 3x10
// is sets and repetitions under either, and 5 breaths is another way to hold.
func partsUnder(key int, text string) []part {
	parts := partsOf(text)
	has := func(keys ...int) bool { return len(parts) > 0 && slices.Contains(keys, parts[0].key) }
	switch {
	case key == dosePerDay && len(parts) == 1 && parts[0] == part{doseDays, "7"}: // daily
		return []part{{dosePerDay, "1"}}
	case has(key), key == doseReps && has(doseSets), key == doseHold && has(doseBreaths),
		(key == dosePerDay || key == doseDays) && has(dosePerDay, doseDays):
		return parts
	}
	return []part{{key, text}}
}

var (
	timed   = regexp.MustCompile(`[0-9] ?(?:s|secs?|seconds?|seg|segundos?|m|mins?|minutes?|minutos?)$`)
	fromTo  = regexp.MustCompile(`^[0-9]+ ?[a-z]* ?(?:-|–|—|/|to|or|a|o) ?[0-9]`)
	dayName = regexp.MustCompile(`(?i)^(?:mon|tue|wed|thu|fri|sat|sun|mwf|weekday|lun|mar|mié|mie|jue|vie)`)
)

// set changes one number of a dose.
func (d *Dose) set(key int, text string) (m misdose) {
	number := func(to *int, low, high int) {
		n, err := strconv.Atoi(plainNumber(text))
		if err != nil || n < low || n > high {
			m.wrong = doseKeys[key] + " is a whole number from " + strconv.Itoa(low) + " to " + strconv.Itoa(high)
			return
		}
		*to = n
	}
	ranged := func(write, say string) { // the way out of 1-2, where one number is wanted
		if low := strings.ToLower(strings.TrimSpace(text)); m.wrong != "" &&
			(fromTo.MatchString(low) || strings.Contains(low, " or ")) {
			m.write, m.say = write, say
		}
	}
	switch key {
	case doseHold:
		hold, ok := seconds(text)
		if !ok || hold < 0 || hold > 5*time.Minute {
			m.wrong = "hold is from 0s to 5m, in whole seconds, like 20s"
			ranged("hold=20s", "up to 30 seconds")
			return m
		}
		d.Hold, d.Breath = hold, 0
	case doseBreaths:
		if number(&d.Breath, 0, 20); m.wrong == "" {
			d.Hold = 0
		}
		ranged("breaths=3", "up to 5 breaths")
	case doseReps:
		text = strings.NewReplacer("–", "-", "—", "-", " to ", "-", " a ", "-").Replace(text)
		low, high, isRange := strings.Cut(text, "-")
		text, d.Most = strings.TrimSpace(low), 0
		if number(&d.Reps, 1, 50); m.wrong == "" && isRange {
			text = strings.TrimSpace(high)
			if number(&d.Most, 1, 50); m.wrong == "" && d.Most <= d.Reps {
				m.wrong = "reps is a whole number, or a range from the lower to the higher, like 10-12"
			}
		}
	case doseSets:
		number(&d.Sets, 1, 10)
		ranged("sets=2", "a third set if it is easy")
	case dosePerDay:
		number(&d.PerDay, 1, 12)
		ranged("per-day=2", "once or twice a day")
	case doseDays:
		number(&d.Days, 1, 7)
		ranged("days=3", "3 or 4 days a week")
		if dayName.MatchString(strings.TrimSpace(text)) {
			m.write, m.say = "days=3", "Monday, Wednesday, Friday"
		}
	case doseSide:
		text, _, _ = strings.Cut(strings.TrimSuffix(strings.ToLower(strings.TrimSpace(text)), "s"), " ") // left leg
		side := slices.IndexFunc(sideWords[:], func(words string) bool { return strings.Contains(words, " "+text+" ") })
		if side >= 0 {
			d.Side = Side(side)
			break
		}
		m.wrong = "side is one of " + strings.Join(sideNames[:], ", ")
		if strings.HasPrefix(text, "alt") {
			m.write, m.say = "side=each, which counts each side by itself", "change sides each time"
		}
	case doseUnit:
		if text == "" || utf8.RuneCountInString(text) > 40 || strings.Count(text, "|") > 1 {
			m.wrong = "unit is a word or two, like slow rounds, or slow round|slow rounds for one and more"
			return m
		}
		for part := range strings.SplitSeq(text, "|") {
			t, wrong := Text{{Text: part}}.braced()
			if wrong != "" || hasPlaceholder(t.String()) || strings.ContainsAny(t.String(), "{}") {
				m.wrong = "unit has no words in braces but those for each side, like rounds{each: a side}"
				return m
			}
		}
		d.Unit = text
	}
	return m
}

// plainNumber is a number without what people write around it: 10x, 2 times, twice.
func plainNumber(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, end := range []string{" times", " veces", "x", "×"} {
		s = strings.TrimSpace(strings.TrimSuffix(s, end))
	}
	switch s {
	case "once", "one", "una", "un", "una vez":
		return "1"
	case "twice", "two", "dos":
		return "2"
	case "three", "tres":
		return "3"
	}
	return s
}

var durationWords = regexp.MustCompile(`\s*(?:(m)(?:in|ins|inute|inutes|inuto|inutos|inuten)?|` +
	`(s)(?:ec|ecs|econd|econds|eg|egs|egundo|egundos|ek|ekunden)?)\b\.?\s*|([0-9])(?:\s+)`)

// seconds reads 30s, 30, 1m or 1m30s, and what people write for it: 30 sec, 1 min, 1:30.
func seconds(text string) (time.Duration, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if m, s, ok := strings.Cut(text, ":"); ok && len(s) == 2 {
		text = m + "m" + s + "s"
	}
	text = durationWords.ReplaceAllString(strings.ReplaceAll(text, ",", "."), "$1$2$3")
	if n, err := strconv.Atoi(text); err == nil && n >= 0 && n <= 300 {
		return time.Duration(n) * time.Second, true
	}
	d, err := time.ParseDuration(text)
	return d, err == nil && d%time.Second == 0
}

// set changes one part of a dose, or the two that a value like 3x10 has. It returns what
// is wrong with the value, as Dose.set does.
func (c *Changes) set(key int, text string) (m misdose) {
	for _, p := range partsUnder(key, text) {
		if m = c.put(p); m.wrong != "" {
			return m
		}
	}
	return m
}

func (c *Changes) put(p part) misdose {
	if m := c.Dose.set(p.key, p.text); m.wrong != "" {
		return m
	}
	if p.key == doseHold || p.key == doseBreaths { // the later of the two holds
		c.Given &^= GivesHold | GivesBreaths
	}
	c.Given |= 1 << p.key
	return misdose{}
}
