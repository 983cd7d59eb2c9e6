package ease

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"handout/content"
)

// What the library says is held to the house's limits for patients: grade 6,
// short sentences, plain words, no claim beyond the evidence.
const (
	maxGrade = 6.0 // Flesch-Kincaid, as the AMA asks for
	maxSMOG  = 8.0
)

func shippedStretches(t *testing.T) []*content.Stretch {
	t.Helper()
	list, err := content.Open().Stretches()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 8 {
		t.Fatalf("only %d stretches are shipped", len(list))
	}
	return list
}

func shippedHandouts(t *testing.T) []*content.Handout {
	t.Helper()
	list, err := content.Open().Handouts()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Fatal("no handouts are shipped")
	}
	return list
}

// written is a handout as its author wrote it, to be judged with its placeholders.
func written(h *content.Handout) *content.Page {
	return &content.Page{Position: h.Position, Title: h.Title, Subtitle: h.Subtitle, Lang: h.Lang, Blocks: h.Blocks, Notes: h.Notes}
}

func english(lang string) bool { return Score{Lang: lang}.english() }

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

func checkSources(t *testing.T, at content.Position, sources []string) {
	t.Helper()
	if len(sources) == 0 {
		t.Error("no sources")
	}
	for _, c := range Sources(at, sources) {
		t.Error(c.Error)
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
				s := Of(written(h))
				checkReading(t, s)
				if s.SMOG() > maxSMOG {
					t.Errorf("SMOG %.1f, above %.1f", s.SMOG(), maxSMOG)
				}
				t.Logf("%d words, %d sentences of %.1f, grade %.1f, SMOG %.1f", s.Words, s.Sentences, s.Mean(), s.Grade(), s.SMOG())
			}
			for _, c := range slices.Concat(Wording(personalised(t, h)), Care(personalised(t, h))) {
				t.Error(c.Error)
			}
			checkSources(t, h.Position, h.Sources)
			for _, w := range h.Warnings {
				t.Errorf("read otherwise than written: %s", w)
			}
			if h.Summary == "" || h.Version == "" {
				t.Error("no summary or version")
			}
			stretches, stop, now, today, first, act := false, false, false, false, false, false
			for _, b := range h.Blocks {
				switch b := b.(type) {
				case *content.Stretches:
					stretches = true
				case *content.Signs:
					now, today = len(b.Of[content.Now]) > 0, len(b.Of[content.Today]) > 0 || len(b.Of[content.Soon]) > 0
				case *content.List:
					act = act || len(b.Items) == 1 && b.Boxes != nil
				case *content.Callout:
					stop, first = stop || b.Kind == content.Warning, first || b.Kind == content.Important
				}
			}
			if !stretches || !stop {
				t.Error("no place for stretches, or no stop rule")
			}
			if !now || !today || !first || !act {
				t.Error("no signs for now and for later, nobody who has to ask first, or nothing to tick")
			}
			for _, c := range h.Default {
				if _, err := content.Open().StretchIn(c.ID, h.Lang); err != nil {
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
		mark := content.Keep
		for _, b := range h.Blocks {
			switch b := b.(type) {
			case *content.Heading:
				mark = b.Mark
			case *content.List:
				for _, item := range b.Items {
					text := item[0].(*content.Paragraph).Text
					lead := strings.TrimSpace(text.LeadIn().String())
					if n := len(wordsOf(lead)); mark&content.Brief != 0 && (n < 2 || n > 7 || !strings.ContainsAny(lead[len(lead)-1:], ".?")) {
						t.Errorf("%s: %q has no short sentence to be cut to", item[0].Pos(), text)
					}
					if n := len(wordsOf(text.String())); n > 33 {
						t.Errorf("%s: an item of %d words", item[0].Pos(), n)
					}
				}
			}
		}
	}
}

// What the article that asked for all this says is on the page: five benefits, five kinds, five
// cautions and four habits.
func TestSciaticaHasAllItsParts(t *testing.T) {
	h, err := content.Open().Handout("sciatica")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range written(h).In(false) {
		switch b := b.(type) {
		case *content.Heading:
			got = append(got, b.Text.String())
		case *content.Paragraph:
			got = append(got, "text")
		case *content.List:
			got = append(got, strings.Repeat("*", len(b.Items)))
		case *content.Stretches:
			got = append(got, "stretches")
		case *content.Signs:
			got = append(got, "signs")
		case *content.Callout:
			got = append(got, map[content.CalloutKind]string{content.Warning: "stop", content.Important: "ask"}[b.Kind])
		}
	}
	want := "text / What massage may do for you / ***** / Kinds of massage / text / ***** / Stay safe / ***** / " +
		"Every day at home / **** / Your stretches / text / stretches / stop / ask / signs / * / text"
	if s := strings.Join(got, " / "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

// docs/article.md tells of each of the 58 facts of the article what became of it. What it quotes
// stands in the handout.
func TestArticle(t *testing.T) {
	h, err := content.Open().Handout("sciatica")
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, text := range content.Texts(h.Blocks) {
		said.WriteString(text.String() + "\n")
	}
	var shorter func(blocks []content.Block)
	shorter = func(blocks []content.Block) {
		for _, b := range blocks {
			switch b := b.(type) {
			case *content.Paragraph:
				said.WriteString(b.Short.String() + "\n")
			case *content.List:
				for _, item := range b.Items {
					shorter(item)
				}
			}
		}
	}
	shorter(h.Blocks)
	data, err := os.ReadFile("../../docs/article.md")
	if err != nil {
		t.Fatal(err)
	}
	facts, kinds := map[string]int{}, map[string]int{}
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(line, " | ")
		if len(cells) != 4 || !strings.ContainsAny(cells[0], "OBTPSC") {
			continue
		}
		fact, became := strings.Trim(cells[0], "| "), cells[2]
		facts[fact]++
		kinds[fact[:1]]++
		quotes := regexp.MustCompile(`“([^”]*)”`).FindAllStringSubmatch(cells[3], -1)
		if facts[fact] > 1 || !slices.Contains([]string{"kept", "softened", "left out"}, became) || became != "left out" && quotes == nil {
			t.Errorf("%s: %q", fact, line)
		}
		for _, quote := range quotes {
			if !strings.Contains(said.String(), quote[1]) {
				t.Errorf("%s: the handout does not say %q", fact, quote[1])
			}
		}
	}
	if len(facts) != 58 || kinds["O"] != 5 || kinds["B"] != 13 || kinds["T"] != 13 || kinds["P"] != 12 || kinds["S"] != 8 || kinds["C"] != 7 {
		t.Errorf("%d facts: %v", len(facts), kinds)
	}
}

// signsOf are a handout's signs, by tier.
func signsOf(h *content.Handout) (of [3]string) {
	for _, b := range h.Blocks {
		if s, ok := b.(*content.Signs); ok {
			for tier, list := range s.Of {
				for _, text := range list {
					of[tier] += text.String() + "; "
				}
			}
		}
	}
	return of
}

// Whatever hurts the back, the signs of danger are the same, in the same words.
func TestOneWordingOfSignsForTheBack(t *testing.T) {
	var first [3]string
	for _, id := range []string{"sciatica", "low-back-pain"} {
		h, err := content.Open().Handout(id)
		if err != nil {
			t.Fatal(err)
		}
		if of := signsOf(h); first == [3]string{} {
			first = of
		} else if of != first {
			t.Errorf("%s has other signs:\n%q\n%q", id, of, first)
		}
	}
	// Pressure on the nerves at the base of the spine, as CSP and GIRFT list it.
	for _, sign := range []string{"numb", "genitals or bottom", "trouble peeing", "leaks of pee or poo", "both legs", "sex", "fall"} {
		if !strings.Contains(first[content.Now], sign) {
			t.Errorf("now: no %q in %q", sign, first[content.Now])
		}
	}
}

// A sign of pressure on the base of the spine is said in the same words wherever it stands, and so
// is who must ask a doctor first.
func TestOneWordingOfWhatIsShared(t *testing.T) {
	asks := map[string]int{}
	for _, h := range shippedHandouts(t) {
		if now := signsOf(h)[content.Now]; strings.Contains(now, "genitals") && !strings.Contains(now, "numb or tingling skin around your genitals or bottom") {
			t.Errorf("%s says it otherwise: %s", h.ID, now)
		}
		for _, b := range h.Blocks {
			if c, ok := b.(*content.Callout); ok && c.Kind == content.Important {
				for _, text := range content.Texts([]content.Block{c}) {
					asks[text.String()]++
				}
			}
		}
	}
	// after-massage, first-visit and pregnancy have their own.
	if len(asks) != 4 {
		t.Errorf("who asks first is said in %d ways: %v", len(asks), asks)
	}
}

// What somebody must call for is in the right tier.
func TestSignsOfEachHandout(t *testing.T) {
	for id, must := range map[string][3][]string{
		"sciatica":      {{"chest pain"}, {"weaker", "fever", "calf"}, {"cancer", "every night"}},
		"after-massage": {{"chest pain", "breathing", "headache", "swollen face", "slurred"}, {"calf", "fever", "numbness"}},
		"neck-and-desk": {{"suddenly", "double vision", "swallowing", "headache", "shocks", "stiff neck", "crash"}, {"clumsy", "unsteady", "weaker"}, {"pins and needles", "cold arm"}},
		"first-visit":   {{"chest pain", "slurred", "bottom"}, {"calf", "fever", "weaker"}},
		"tension-headache": {{"worst of your life", "blow", "stiff neck", "slurred", "sight", "confused"}, {"over 50", "pregnant", "blood thinners"},
			{"pain pills"}},
		"heel-pain":       {{"chest pain", "calf"}, {"pop", "hot, red", "wound"}, {"2 weeks", "diabetes"}},
		"knee-arthritis":  {{"hot, red", "chills", "chest pain"}, {"put weight on", "fall", "calf"}, {"gives way"}},
		"frozen-shoulder": {{"chest pain", "breathing", "drooping face"}, {"hot, red", "shape", "fall"}, {"cancer"}},
		"carpal-tunnel":   {{"drooping face", "chest pain"}, {"hot, red", "cut"}, {"all the time", "thinner", "eight weeks"}},
		"jaw-pain":        {{"chest pain", "drooping face", "sight", "swallow"}, {"over 50", "scalp", "fever"}, {"lump", "3 weeks"}},
		"pregnancy":       {{"bleeding", "moves less", "headache", "swollen hands", "chest pain", "fever", "harming yourself"}, {}, {"pelvis", "low mood"}},
	} {
		h, err := content.Open().Handout(id)
		if err != nil {
			t.Fatal(err)
		}
		of := signsOf(h)
		for tier, list := range must {
			for _, sign := range list {
				if !strings.Contains(of[tier], sign) {
					t.Errorf("%s, tier %d: no %q in %q", id, tier, sign, of[tier])
				}
			}
		}
	}
}

// A page with no stretches is worth reading: whole sentences, and enough of them.
func TestPagesWithoutStretchesAreWorthReading(t *testing.T) {
	for _, h := range shippedHandouts(t) {
		if !english(h.Lang) {
			continue
		}
		p, err := content.Open().Personalise(h, nil, content.Visit{Chosen: true})
		if err != nil {
			t.Fatal(err)
		}
		if s := Of(p.Edition(false)); s.Words < 400 || s.Mean() < 8 {
			t.Errorf("%s: %d words, %.2f a sentence", h.ID, s.Words, s.Mean())
		}
	}
}

// Each edition has its advice: whole sections on a standard page, four plain lines on a large one.
func TestLargeHasFourLinesOfAdvice(t *testing.T) {
	for _, h := range shippedHandouts(t) {
		lines := 0
		for _, b := range h.Blocks {
			if x, ok := b.(*content.Heading); ok {
				if lines > 0 {
					break
				}
				if x.Mark&content.OnlyLarge != 0 {
					lines = 1
				}
			} else if list, ok := b.(*content.List); ok && lines == 1 {
				lines = len(list.Items)
			}
		}
		if lines != 4 || len(h.Large) > 1 {
			t.Errorf("%s: %d lines of advice and %d stretches in the large edition", h.ID, lines, len(h.Large))
		}
	}
}

func TestShippedStretches(t *testing.T) {
	var whole Score
	for _, s := range shippedStretches(t) {
		t.Run(s.ID, func(t *testing.T) {
			if english(s.Lang) {
				score := OfStretch(s)
				whole = whole.Add(score)
				checkReading(t, score)
			}
			for _, c := range WordingOf(s) {
				t.Error(c.Error)
			}
			checkSources(t, s.Position, s.Sources)
			for _, w := range s.Warnings {
				t.Errorf("read otherwise than written: %s", w)
			}
			if s.Summary == "" || s.Place == "" || s.Target == "" || len(s.Remarks[content.Feel].Text) == 0 {
				t.Error("no summary, place, target or what to feel")
			}
			if r := []rune(s.Name); !unicode.IsUpper(r[0]) || strings.ToLower(string(r[1:])) != string(r[1:]) {
				t.Errorf("%q is not in sentence case", s.Name)
			}
			if n := len(s.Steps); n < 3 || n > 5 || s.StepsMark&content.Brief == 0 {
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
			if leads < 12 || leads > 28 {
				t.Errorf("the lead-ins have %d words, want 12 to 28", leads)
			}
			// Who asks first and when to stop are never cut, and so are short.
			stop, ask := sentences(s.Stop.String()), sentences(s.Ask.String())
			if len(stop) != 1 || !strings.HasPrefix(stop[0], "Stop ") || len(ask) > 2 {
				t.Errorf("%q, stop rule %q: want one sentence on when to stop, and two at most before it", ask, stop)
			}
			for _, sentence := range slices.Concat(ask, stop) {
				if len(wordsOf(sentence)) > 12 {
					t.Errorf("%q: want 12 words or fewer in a sentence that is never cut", sentence)
				}
			}
			if n := len(s.Alt); n < 80 || n > 400 || !strings.Contains(s.Alt, " mark") {
				t.Errorf("alt %q: want the position, the movement and what is marked", s.Alt)
			}
			if sided := s.Dose.Side != content.BothSides; sided && (!strings.Contains(s.Alt, "right") || !strings.Contains(s.Alt, "left")) {
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
var softer = strings.NewReplacer("will not fix", "", "is no cure", "", "sets free no toxins", "")

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
	shipped := os.DirFS(filepath.Join("..", "library"))
	address := regexp.MustCompile(`https?://\S+`)
	n := 0
	err := fs.WalkDir(shipped, ".", func(name string, d fs.DirEntry, err error) error {
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
