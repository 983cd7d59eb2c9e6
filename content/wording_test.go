package content

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"
)

// What the library says is held to the house's limits for patients: grade 6,
// short sentences, plain words, no claim beyond the evidence.
const (
	maxGrade = 6.0 // Flesch-Kincaid, as the AMA asks for
	maxSMOG  = 8.0
)

func shippedStretches(t *testing.T) []*Stretch {
	t.Helper()
	list, err := Open().Stretches()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 8 {
		t.Fatalf("only %d stretches are shipped", len(list))
	}
	return list
}

func shippedHandouts(t *testing.T) []*Handout {
	t.Helper()
	list, err := Open().Handouts()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatal("no handouts are shipped")
	}
	return list
}

func english(lang string) bool { return baseLang(lang) == "en" }

// checkReading holds a text to the sentences and words a patient can follow.
func checkReading(t *testing.T, s Score) {
	t.Helper()
	if s.Grade() > maxGrade {
		t.Errorf("reads at grade %.1f, above %.1f", s.Grade(), maxGrade)
	}
	for _, long := range s.Long {
		t.Errorf("%s: sentence %d has %d words", long.Position, long.Number, long.Words)
	}
	for _, term := range s.Terms {
		t.Errorf("%s: %q is explained nowhere; say %q", term.Position, term.Word, term.Plain)
	}
}

func checkSources(t *testing.T, sources []string) {
	t.Helper()
	if len(sources) == 0 {
		t.Error("no sources")
	}
	for _, s := range sources {
		if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://") {
			t.Errorf("source %q is no address", s)
		}
	}
}

func TestShippedHandouts(t *testing.T) {
	for _, h := range shippedHandouts(t) {
		t.Run(h.ID, func(t *testing.T) {
			if english(h.Lang) {
				s := h.Score()
				checkReading(t, s)
				if s.SMOG() > maxSMOG {
					t.Errorf("SMOG %.1f, above %.1f", s.SMOG(), maxSMOG)
				}
				t.Logf("%d words, %d sentences of %.1f, grade %.1f, SMOG %.1f", s.Words, s.Sentences, s.Mean(), s.Grade(), s.SMOG())
			}
			checkSources(t, h.Sources)
			for _, w := range h.Warnings {
				t.Errorf("read otherwise than written: %s", w)
			}
			if h.Summary == "" || h.Reviewed == "" || h.Version == "" {
				t.Error("no summary, month of review or version")
			}
			stretches, stop, flags := false, false, false
			for _, b := range h.Blocks {
				switch b := b.(type) {
				case *Stretches:
					stretches = true
				case *Callout:
					stop = stop || b.Kind == Warning
					for _, inner := range b.Blocks {
						if p, ok := inner.(*Paragraph); ok && b.Kind == Caution {
							flags = flags || strings.Contains(p.Text.String(), "{emergency}")
						}
					}
				}
			}
			if stretches && !(stop && flags) {
				t.Error("stretches without a stop rule, or without red flags that say what to call")
			}
			for _, c := range h.Default {
				if _, err := Open().StretchIn(c.ID, h.Lang); err != nil {
					t.Errorf("%s: %s", c.Position, err)
				}
			}
		})
	}
}

// TestLeadIns holds the promise of {.brief}: each item of such a section begins
// with a short bold sentence that stands alone.
func TestLeadIns(t *testing.T) {
	for _, h := range shippedHandouts(t) {
		mark := Keep
		for _, b := range h.Blocks {
			switch b := b.(type) {
			case *Heading:
				mark = b.Mark
			case *List:
				for _, item := range b.Items {
					text := item[0].(*Paragraph).Text
					lead := strings.TrimSpace(text.LeadIn().String())
					if n := len(wordsOf(lead)); mark&Brief != 0 && (n < 2 || n > 7 || !strings.ContainsAny(lead[len(lead)-1:], ".?")) {
						t.Errorf("%s: %q has no short sentence to be cut to", item[0].Pos(), text)
					}
					if n := len(wordsOf(text.String())); n > 14 {
						t.Errorf("%s: an item of %d words", item[0].Pos(), n)
					}
				}
			}
		}
	}
}

func TestSciaticaHasAllItsParts(t *testing.T) {
	h, err := Open().Handout("sciatica")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	items, full, brief := 0, 0, 0
	mark := Keep
	for _, b := range h.In(false) {
		one := &Handout{Lang: "en", Blocks: []Block{b}}
		words := one.Score().Words
		full += words
		switch b := b.(type) {
		case *Heading:
			mark = b.Mark
			got = append(got, b.Text.String())
		case *Paragraph:
			got = append(got, "text")
		case *List:
			got = append(got, strings.Repeat("*", len(b.Items)))
			items += len(b.Items)
			if mark&Brief != 0 {
				words = 0
				for _, item := range b.Items {
					words += len(wordsOf(item[0].(*Paragraph).Text.LeadIn().String()))
				}
			}
		case *Stretches:
			got = append(got, "stretches")
		case *Callout:
			got = append(got, calloutNames[b.Kind])
		}
		brief += words
	}
	want := "text / What massage may do for you / ***** / Kinds of massage / ***** / Stay safe / ***** / " +
		"Every day at home / **** / Your stretches / stretches / warning / caution / text"
	if s := strings.Join(got, " / "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
	if full > 320 || brief > 220 {
		t.Errorf("%d words, %d when cut: one sheet holds 320 and 220 beside four stretches", full, brief)
	}
	t.Logf("%d words, %d when cut", full, brief)
	if len(h.Default) != 4 {
		t.Errorf("%d stretches by default, want 4", len(h.Default))
	}
	var text strings.Builder
	for _, b := range h.Blocks {
		if c, ok := b.(*Callout); ok {
			for _, p := range c.Blocks {
				text.WriteString(p.(*Paragraph).Text.String() + " ")
			}
		}
	}
	// The signs of pressure on the nerves at the base of the spine, and who must ask first.
	for _, sign := range []string{"numb between your legs", "pee", "bladder", "bowels", "both legs", "fever", "calf",
		"pregnant", "blood thinners", "clots", "cancer", "broken bones"} {
		if !strings.Contains(strings.ToLower(text.String()), sign) {
			t.Errorf("the callouts do not say %q", sign)
		}
	}
}

// TestUnmarkedWords holds what a handout must never lose when space is short: the
// signs of danger, when to call, and what not to do, all outside marked sections.
func TestUnmarkedWords(t *testing.T) {
	for id, c := range map[string]struct {
		stretches string
		must      []string
	}{
		"after-massage": {"cat-cow upper-trapezius doorway-chest", []string{
			"chest pain", "trouble breathing", "sudden, bad headache", "face, an arm or both legs go numb or weak", "cannot pee",
			"numb between your legs", "bladder or bowels", "fever", "hot, swollen calf", "new numbness or weakness",
			"large bruise", "new pain", "still sore after 3 days", "{phone}", "{clinic}", "pregnant", "weak bones",
		}},
		"neck-and-desk": {"chin-tuck upper-trapezius levator doorway-chest", []string{
			"suddenly turns weak or clumsy", "face or arm goes numb", "faint", "see double", "speak or swallow", "shocks down your spine",
			"fever with a stiff neck", "pain after a fall", "pins and needles", "cold arm", "do not drive or cycle if you cannot turn your head",
			"no better in a few weeks",
		}},
	} {
		t.Run(id, func(t *testing.T) {
			h, err := Open().Handout(id)
			if err != nil {
				t.Fatal(err)
			}
			for _, large := range []bool{false, true} {
				var text strings.Builder
				mark := Keep
				for _, b := range h.In(large) {
					switch b := b.(type) {
					case *Heading:
						mark = b.Mark & (Brief | Optional)
					case *Paragraph:
						if mark == Keep {
							text.WriteString(b.Text.String() + " ")
						}
					case *Callout:
						for _, p := range b.Blocks {
							text.WriteString(p.(*Paragraph).Text.String() + " ")
						}
					}
				}
				for _, s := range c.must {
					if large && s == "{clinic}" {
						continue // it stands at the head of the page
					}
					if !strings.Contains(strings.ToLower(text.String()), s) {
						t.Errorf("%q may be cut, or is not said in the large edition (%v)", s, large)
					}
				}
			}
			var ids []string
			for _, c := range h.Default {
				ids = append(ids, c.ID)
			}
			if got := strings.Join(ids, " "); got != c.stretches {
				t.Errorf("the stretches are %s, want %s", got, c.stretches)
			}
			if n := h.Score().Words; n > 320 {
				t.Errorf("%d words: one sheet holds 320 beside four stretches", n)
			}
		})
	}
}

func TestShippedStretches(t *testing.T) {
	var whole Score
	for _, s := range shippedStretches(t) {
		t.Run(s.ID, func(t *testing.T) {
			if english(s.Lang) {
				score := s.Score()
				whole = whole.Add(score)
				checkReading(t, score)
			}
			checkSources(t, s.Sources)
			for _, w := range s.Warnings {
				t.Errorf("read otherwise than written: %s", w)
			}
			if s.Summary == "" || s.Place == "" || s.Target == "" || len(s.Remarks[Feel].Text) == 0 {
				t.Error("no summary, place, target or what to feel")
			}
			if r := []rune(s.Name); !unicode.IsUpper(r[0]) || strings.ToLower(string(r[1:])) != string(r[1:]) {
				if !strings.Contains(s.Name, "IT band") {
					t.Errorf("%q is not in sentence case", s.Name)
				}
			}
			if n := len(s.Steps); n < 3 || n > 5 || s.StepsMark&Brief == 0 {
				t.Errorf("%d steps, mark %d: want 3 to 5 that may be cut to their lead-ins", n, s.StepsMark)
			}
			leads := 0
			for _, step := range s.Steps {
				lead := strings.TrimSpace(step.LeadIn().String())
				leads += len(wordsOf(lead))
				if n := len(wordsOf(lead)); n < 2 || n > 8 || !strings.HasSuffix(lead, ".") || len(lead) == len(step.String()) {
					t.Errorf("%q: want a bold sentence of 2 to 8 words and one more", step)
				}
			}
			if leads < 12 || leads > 25 {
				t.Errorf("the lead-ins have %d words, want 12 to 25", leads)
			}
			// For whom it is not may stand before it: until that has a place of its own, this
			// is the one line of a card that is never cut.
			stop := sentences(s.Stop.String())
			if n := len(stop); n < 1 || n > 2 || !strings.Contains(strings.ToLower(stop[n-1]), "stop") {
				t.Errorf("stop rule %q: want a sentence on when to stop, and at most one before it", stop)
			}
			for _, sentence := range stop {
				if len(wordsOf(sentence)) > 12 {
					t.Errorf("stop rule %q: want 12 words or fewer in a sentence", sentence)
				}
			}
			if n := len(s.Alt); n < 80 || n > 400 || !strings.Contains(s.Alt, " mark") {
				t.Errorf("alt %q: want the position, the movement and what is marked", s.Alt)
			}
			if sided := s.Dose.Side != BothSides; sided && (!strings.Contains(s.Alt, "right") || !strings.Contains(s.Alt, "left")) {
				t.Errorf("alt %q: which side?", s.Alt)
			}
		})
	}
	if whole.SMOG() > maxSMOG {
		t.Errorf("SMOG %.1f over all cards, above %.1f", whole.SMOG(), maxSMOG)
	}
	t.Logf("%d words, %d sentences of %.1f, grade %.1f, SMOG %.1f", whole.Words, whole.Sentences, whole.Mean(), whole.Grade(), whole.SMOG())
}

// TestShippedDoses holds every dose at or below what its sources give: the
// gentle end, since a therapist can only go up with the patient before them.
func TestShippedDoses(t *testing.T) {
	type most struct {
		reps, hold, perDay int // hold in seconds; breaths count 4 each
	}
	published := map[string]most{
		"figure-4": {3, 30, 1}, "seated-figure-4": {3, 20, 2}, "hamstring-strap": {3, 30, 1},
		"double-knee-to-chest": {3, 20, 2},
		"doorway-hamstring":    {3, 30, 1}, "seated-hamstring": {3, 20, 2}, "hip-flexor": {3, 20, 1},
		"bed-hip-flexor": {3, 30, 1}, "knee-to-chest": {3, 20, 2}, "trunk-rotation": {3, 10, 2},
		"childs-pose": {8, 5, 1}, "cat-cow": {10, 0, 2}, "press-up": {10, 2, 2},
		"sciatic-slider": {10, 0, 1}, "bridge": {5, 12, 1}, "pelvic-tilt": {5, 5, 1}, "bird-dog": {8, 6, 1},
		"wall-calf": {3, 30, 2}, "standing-quad": {2, 30, 1}, "standing-itb": {4, 30, 1}, "chin-tuck": {5, 5, 4},
		"upper-trapezius": {2, 20, 2}, "levator": {2, 20, 2}, "doorway-chest": {3, 20, 2},
		"thoracic-chair": {10, 3, 2}, "wrist": {3, 20, 2}, "plantar-towel": {3, 30, 2},
		"lying-slider": {10, 0, 1}, "wall-pelvic-tilt": {10, 4, 1}, "sit-to-stand": {5, 0, 1}, "straight-leg-raise": {10, 5, 1},
		"thigh-squeeze": {10, 5, 2}, "heel-raise": {12, 2, 1}, "toe-stretch": {10, 10, 2}, "foot-roll": {3, 0, 1}, "pendulum": {10, 0, 3},
		"table-slide": {10, 3, 2}, "stick-turn-out": {10, 5, 2}, "tendon-glides": {5, 0, 3}, "median-glide": {5, 0, 2},
		"jaw-opening": {5, 5, 2}, "cheek-rub": {1, 0, 2}, "neck-turn": {3, 5, 2}, "shoulder-squeeze": {5, 5, 2}, "belly-breathing": {10, 0, 2},
	}
	for _, s := range shippedStretches(t) {
		p, ok := published[s.ID]
		if !ok {
			t.Errorf("%s: its published dose is not in this table", s.ID)
			continue
		}
		d := s.Dose
		if hold := int(d.Hold/time.Second) + 4*d.Breath; d.Reps > p.reps || hold > p.hold || d.PerDay > p.perDay || d.Sets > 1 {
			t.Errorf("%s: %+v is more than %+v", s.ID, d, p)
		}
	}
}

// claims are what the evidence does not bear, or denies, and so is never printed.
var claims = regexp.MustCompile(`(?i)` + strings.Join([]string{
	`toxin`, `detox`, `flush`, `lactic`, `endorphin`, `serotonin`, `dopamine`, `cortisol`, `hormone`,
	`inflam`, `adhesion`, `circulation`, `blood flow`, `immune`,
	`(speed|boost|faster|quick)[a-z]* (up )?(your |the )?(recover|heal)`, `heals?\b`, `healing`,
	`compress`, `postural`, `(poor|bad|proper|good) posture`, `imbalance`, `trapped`, `pinched nerve`,
	`significant`, `powerful`, `drug-free`, `holistic`, `guarantee`, `miracle`, `nerves? breathe`,
	`(will|can|does) (cure|fix)`, `\bcures\b`, `break(s|ing)? (up|down) (scar|tissue|knots)`,
	`lengthen`, `loosen`, `frees? the`, `releases? (the )?(muscle|fascia|nerve|tension)`, `realign`, `recommended dose`,
}, "|"))

// softer are phrases in which a word of claims denies the claim.
var softer = strings.NewReplacer("will not fix", "", "is no cure", "")

func TestClaims(t *testing.T) {
	for _, s := range []string{
		"Massage flushes toxins.", "It raises endorphins and serotonin, and lowers cortisol.", "Helps reduce inflammation.",
		"It speeds recovery.", "Speed up your healing", "Releases adhesions", "Muscles compress the nerve.", "Improves circulation.",
		"Proper posture helps.", "It significantly reduces pain.", "A drug-free, holistic way", "Massage can cure it.",
		"Let your nerves breathe.", "Releases the muscle", "Massage will fix a disc.",
	} {
		if !claims.MatchString(softer.Replace(s)) {
			t.Errorf("%q passes as a claim one may make", s)
		}
	}
	for _, s := range []string{"Massage will not fix a disc.", "One visit is no cure.", "Some people hurt less for a while."} {
		if m := claims.FindString(softer.Replace(s)); m != "" {
			t.Errorf("%q: %q is held to be a claim", s, m)
		}
	}
}

// TestLibraryWording reads the files themselves, so that nothing printed or
// spoken slips by: claims, emoji, and dashes used as commas.
func TestLibraryWording(t *testing.T) {
	address := regexp.MustCompile(`https?://\S+`)
	n := 0
	err := fs.WalkDir(shipped, "library", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".md") {
			return err
		}
		data, err := fs.ReadFile(shipped, name)
		if err != nil {
			return err
		}
		n++
		for i, line := range strings.Split(string(data), "\n") {
			line = softer.Replace(address.ReplaceAllString(line, ""))
			if m := claims.FindString(line); m != "" {
				t.Errorf("%s:%d: %q claims more than the evidence bears", name, i+1, m)
			}
			for _, r := range line {
				if unicode.Is(unicode.So, r) || r == '—' || r == '\ufe0f' {
					t.Errorf("%s:%d: %q does not belong in a handout", name, i+1, r)
				}
			}
		}
		return nil
	})
	if err != nil || n < 9 {
		t.Errorf("read %d files: %v", n, err)
	}
}

// shippedWords are the words of every language, by its code.
func shippedWords(t *testing.T) []*Words {
	t.Helper()
	names, err := fs.Glob(shipped, "library/words/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var list []*Words
	for _, name := range names {
		w, err := Open().Words(strings.TrimSuffix(path.Base(name), ".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, w)
	}
	return list
}

// TestDosesInEveryLanguage keeps what each language says of a table of doses, to
// be read by someone who knows it: the sides, each hold, and the numbers at
// which a language counts in another way.
func TestDosesInEveryLanguage(t *testing.T) {
	second := time.Second
	doses := []Dose{
		{Hold: 20 * second, Reps: 3, Sets: 1, Side: EachSide, PerDay: 1, Days: 7},
		{Hold: 30 * second, Reps: 2, Sets: 1, Side: BothSides, PerDay: 2, Days: 7},
		{Hold: second, Reps: 1, Sets: 1, Side: LeftSide, PerDay: 3, Days: 7},
		{Hold: 2 * second, Reps: 10, Sets: 1, Side: RightSide, PerDay: 4, Days: 5},
		{Hold: 5 * second, Reps: 11, Sets: 1, Side: SoreSide, PerDay: 1, Days: 3},
		{Hold: 105 * second, Reps: 15, Sets: 1, Side: EachSide, PerDay: 12, Days: 7},
		{Hold: time.Minute, Reps: 1, Sets: 1, Side: EachSide, PerDay: 1, Days: 1},
		{Hold: 2 * time.Minute, Reps: 2, Sets: 1, Side: EachSide, PerDay: 1, Days: 2},
		{Hold: 5 * time.Minute, Reps: 1, Sets: 1, Side: BothSides, PerDay: 1, Days: 6},
		{Breath: 1, Reps: 8, Sets: 1, Side: BothSides, PerDay: 1, Days: 7},
		{Breath: 2, Reps: 50, Sets: 1, Side: BothSides, PerDay: 1, Days: 7},
		{Breath: 3, Reps: 5, Sets: 1, Side: BothSides, PerDay: 2, Days: 1},
		{Breath: 12, Reps: 5, Sets: 1, Side: BothSides, PerDay: 10, Days: 2},
		{Reps: 10, Sets: 2, Side: EachSide, PerDay: 1, Days: 7},
		{Reps: 8, Sets: 3, Side: BothSides, PerDay: 11, Days: 7},
		{Reps: 10, Sets: 10, Side: SoreSide, PerDay: 1, Days: 7, Unit: "×"},
	}
	var b strings.Builder
	for _, w := range shippedWords(t) {
		fmt.Fprintf(&b, "%s\n", w.Lang)
		for _, d := range doses {
			fmt.Fprintf(&b, "\t%s\n", w.Dose(d))
		}
		fmt.Fprintf(&b, "\t%s\n\t%s %s\n", w.Date(time.Date(2027, 1, 5, 0, 0, 0, 0, time.UTC)), w.Reviewed, w.Months[10]+" 2026")
	}
	const golden = "testdata/doses.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	got, old := strings.Split(b.String(), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(got), len(old)) {
		if i >= len(got) || i >= len(old) || got[i] != old[i] {
			t.Fatalf("%s:%d: got\n%s\nwant\n%s", golden, i+1, strings.Join(got[min(i, len(got)):], "\n"), strings.Join(old[min(i, len(old)):], "\n"))
		}
	}
}

// TestWordsOfEveryLanguage holds what must be so in any language: no two numbers
// are said alike, a number in digits is that number, nothing is left to fill in,
// and no word of another script or language slips in.
func TestWordsOfEveryLanguage(t *testing.T) {
	digits := regexp.MustCompile(`\d+`)
	latin := regexp.MustCompile(`\p{Latin}`)
	english, err := Open().Words("en")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range shippedWords(t) {
		check := func(place, s string, n int) {
			t.Helper()
			if strings.ContainsAny(s, "{}") || strings.TrimSpace(s) != s || s == "" || strings.Contains(s, "  ") {
				t.Errorf("%s: %s: %q", w.Lang, place, s)
			}
			for _, d := range digits.FindAllString(s, -1) {
				if n >= 0 && d != strconv.Itoa(n) {
					t.Errorf("%s: %s of %d: %q", w.Lang, place, n, s)
				}
			}
			if (w.Lang == "ar" || w.Lang == "he") && latin.MatchString(s) {
				t.Errorf("%s: %s: Latin letters in %q", w.Lang, place, s)
			}
		}
		d := w.dose
		for _, c := range []struct {
			name  string
			count count
			most  int
		}{
			{"hold", d.hold, 300}, {"minutes", d.minutes, 5}, {"breaths", d.breaths, 20}, {"times", d.times, 50},
			{"per-day", d.perDay, 12}, {"days", d.days, 7}, {"sets", d.sets, 10},
		} {
			said := map[string]int{}
			for n := 1; n <= c.most; n++ {
				s := c.count.of(n)
				if c.name == "sets" {
					before, after, ok := strings.Cut(s, "{reps}")
					if !ok {
						t.Errorf("%s: %d sets of how many? %q", w.Lang, n, s)
					}
					s = strings.TrimSpace(before + after)
				}
				if other, ok := said[s]; ok {
					t.Errorf("%s: %s: %d and %d are both %q", w.Lang, c.name, other, n, s)
				}
				said[s] = n
				check(c.name, s, n)
			}
		}
		for side, s := range d.sides {
			if strings.Count(s, "{reps}") != 1 {
				t.Errorf("%s: %q has no room for the number", w.Lang, s)
			}
			check("sides", strings.ReplaceAll(s, "{reps}", "3"), 3)
			for other := range side {
				if d.sides[other] == s {
					t.Errorf("%s: two sides are called %q", w.Lang, s)
				}
			}
		}
		lists := map[string][]string{"months": w.Months[:], "weekdays": w.Weekdays[:], "days": w.Days[:], "lights": w.Lights[:]}
		for _, name := range []string{"months", "weekdays", "days", "lights"} {
			seen := map[string]bool{}
			for _, s := range lists[name] {
				check(name, s, -1)
				if seen[s] {
					t.Errorf("%s: %s: %q is there twice", w.Lang, name, s)
				}
				seen[s] = true
			}
		}
		for i, s := range w.labels() {
			check("word", s, -1)
			// "Version" and "Tip" are German or Spanish too; a phrase is not.
			if w.Lang != "en" && strings.Contains(s, " ") && s == english.labels()[i] {
				t.Errorf("%s: %q is still English", w.Lang, s)
			}
		}
	}
}

// labels are the words that stand alone.
func (w *Words) labels() []string {
	return append([]string{w.PreparedFor, w.With, w.NextVisit, w.Book, w.ScanToBook, w.Note, w.Version, w.Reviewed,
		w.Need, w.Video, w.NoPain, w.WorstPain, w.ScanToRemind, w.Stretch, w.Day, w.Emergency, w.Clinic, w.Phone, w.Therapist, w.or}, w.Remarks[:]...)
}
