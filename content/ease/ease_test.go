package ease

import (
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"handout/content"
)

// The counts are those of dictionaries of American English; two numbers where
// both are said.
const knownSyllables = `
ache 1 aches 1 ached 1 headache 2 pain 1 painful 2 numb 1 numbness 2 tingle 2 tingles 2 tingled 2 weak 1 weakness 2
back 1 hip 1 knee 1 knees 1 thigh 1 calf 1 heel 1 buttock 2 buttocks 2 shoulder 2 elbow 2 wrist 1 muscle 2 muscles 2
nerve 1 nerves 1 disc 1 spine 1 spinal 2 body 2 belly 2 tailbone 2 forehead 2 forearm 2 bladder 2 bowel 2 bowels 2
sciatica 4 sciatic 3 piriformis 4 hamstring 2 myofascial 4-5 neuromuscular 5 fascia 2-3 fasciitis 4 osteoporosis 6
osteoarthritis 6 diagnosis 4 inflammation 4 circulation 4 symptom 2 cancer 2 pregnant 2 diabetes 4 spasm 2 medicine 3
medicines 3 physiotherapy 6 physical 3 therapist 3 therapy 3 doctor 2 patient 2 emergency 4 ambulance 3 exercise 3
exercises 4 stretch 1 stretches 2 stretching 2 massage 2 massages 3 massaged 2 movement 2 moving 2 moves 1 walked 1
walking 2 needed 2 rested 2 eased 1 eases 2 pulled 1 rolled 1 curled 1 settled 2 lifted 2 tried 1 carried 2 bodies 2
every 2-3 everyday 3 everything 3 something 2 sometimes 2 someone 2 anyone 3 little 2 gentle 2 gently 2 simple 2
simply 2 safely 2 lifestyle 2 careful 2 carefully 3 movements 2 basement 2 element 3 supplement 3 before 2 therefore 2
hundred 2 quiet 2 diet 2 client 2 science 2 experience 4 easier 3 easiest 3 heavier 3 earlier 3 pier 1 friend 1
create 2 created 3 creature 2 area 3 idea 3 people 2 video 3 pigeon 2 surgeon 2 theory 3 radio 3 period 3 serious 3
previous 3 anxious 2 religious 3 region 2 cushion 2 question 2 session 2 onion 2 million 2 lion 2 union 2 social 2
special 2 material 4 cranial 3 medial 3 trial 2 usual 3 gradual 3 gradually 4-5 guard 1 language 2 squeeze 1 guide 1
fluid 2 build 1 fruit 1 continue 3 influence 3 tissue 2 tongue 1 fatigue 2 argue 2 technique 2 oblique 2 acuity 4
doing 2 going 2 being 2 lying 2 saying 2 trying 2 skiing 2 seeing 2 king 1 ring 1 eye 1 eyes 1 you 1 your 1 beyond 2
player 2 stayed 1 the 1 she 1 be 1 me 1 bed 1 red 1 agreed 2 speed 1 centre 2 centres 2 fibre 2 rhythm 2 autism 3
don't 1 can't 1 won't 1 isn't 2 didn't 2 couldn't 2 we're 1 you've 1 it'll 2 nurse's 2 purse's 2 massage's 3 clinic's 2 child's 1 café 2
basically 3 physically 3 flare-up 2 figure-4 3 X-ray 2 cat-cow 2 half-kneeling 3 10 1 7 2 12 1 17 3 30 2 70 3 75 4 911 6 100 3
1,000 3 3.5 3 0.25 5 nineteen 2 ninety 2 555-0142 1 https://example.org/pain 1 care@example.org 1 # 1`

func TestSyllables(t *testing.T) {
	table := strings.Fields(knownSyllables)
	if len(table) < 300 {
		t.Fatalf("the table has only %d words", len(table)/2)
	}
	for i := 0; i < len(table); i += 2 {
		low, high, ranged := strings.Cut(table[i+1], "-")
		if !ranged {
			high = low
		}
		least, _ := strconv.Atoi(low)
		most, _ := strconv.Atoi(high)
		if n := syllables(table[i]); n < least || n > most {
			t.Errorf("syllables(%q) = %d, want %s", table[i], n, table[i+1])
		}
	}
}

func TestSentences(t *testing.T) {
	for _, test := range []struct {
		name, in string
		want     []string
	}{
		{"nothing", "", nil},
		{"white space", " \n ", nil},
		{"no end mark", "Your stretches", []string{"Your stretches"}},
		{"two", "Lie down. Breathe out!", []string{"Lie down.", "Breathe out!"}},
		{"question as lead-in", "Bad flare-up? Massage can wait.", []string{"Bad flare-up?", "Massage can wait."}},
		{"title", "See Dr. Hale first. Then rest.", []string{"See Dr. Hale first.", "Then rest."}},
		{"initial", "Ask J. Hale about it.", []string{"Ask J. Hale about it."}},
		{"that is", "Warm it, e.g. Use a towel, i.e. A dry one.", []string{"Warm it, e.g. Use a towel, i.e. A dry one."}},
		{"time of day", "Stretch at 7 a.m. and at night.", []string{"Stretch at 7 a.m. and at night."}},
		{"decimal", "Use 3.5 cups. Stir.", []string{"Use 3.5 cups.", "Stir."}},
		{"ends in a number", "Do it 10 times. 5 will do.", []string{"Do it 10 times.", "5 will do."}},
		{"number sign", "See No. 4 below. No. It is not.", []string{"See No. 4 below.", "No.", "It is not."}},
		{"ellipsis goes on", "Wait … then roll. Wait... then lift.", []string{"Wait … then roll.", "Wait... then lift."}},
		{"closing quote", `Say “stop.” We will stop.`, []string{"Say “stop.”", "We will stop."}},
		{"brackets", "Rest (not long.) Move again.", []string{"Rest (not long.)", "Move again."}},
		{"a colon goes on", "Heat: never on numb skin.", []string{"Heat: never on numb skin."}},
		{"address", "Read www.example.org. Then call.", []string{"Read www.example.org.", "Then call."}},
		{"placeholder", "Call {emergency} now. {clinic} is closed.", []string{"Call {emergency} now.", "{clinic} is closed."}},
		{"Spanish", "¿Duele? ¡Pare! Descanse.", []string{"¿Duele?", "¡Pare!", "Descanse."}},
		{"line break", "Move\nslowly. Breathe.", []string{"Move slowly.", "Breathe."}},
	} {
		if got := sentences(test.in); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: sentences(%q)\n got %q\nwant %q", test.name, test.in, got, test.want)
		}
	}
}

func TestWordsOf(t *testing.T) {
	for _, test := range []struct {
		in   string
		want string // between bars
	}{
		{"", ""},
		{"— … !", ""},
		{"Lie on your back.", "Lie|on|your|back"},
		{"Don't bounce; it's a half-kneeling stretch", "Don't|bounce|it's|a|half-kneeling|stretch"},
		{"heat and/or cold", "heat|and|or|cold"},
		{"rest—then move", "rest|then|move"},
		{"“Stop” (now)", "Stop|now"},
		{"Call 555 0142 now", "Call|5550142|now"},
		{"Call +1 (555) 010-0142.", "Call|+1(555)010-0142."},
		{"Do 3 to 5, 10 times", "Do|3|to|5|10|times"},
		{"See https://example.org/a/b, or ask@example.org", "See|https://example.org/a/b,|or|ask@example.org"},
		{"Call {emergency} or {clinic}", "Call|emergency|or|clinic"},
	} {
		if got := strings.Join(wordsOf(test.in), "|"); got != test.want {
			t.Errorf("wordsOf(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

func plain(s string) content.Text { return content.Text{{Text: s}} }

func at(line int) content.Position { return content.Position{File: "a.md", Line: line} }

func TestScoreCountsEveryBlock(t *testing.T) {
	h := &content.Page{Title: "One two", Subtitle: "Three", Lang: "en", Blocks: []content.Block{
		&content.Heading{Level: 2, Text: plain("Four")},
		&content.Paragraph{Text: content.Text{{Text: "Five six.", Bold: true}, {Text: " Seven."}}},
		&content.List{Items: [][]content.Block{
			{&content.Paragraph{Text: plain("eight")}, &content.List{Items: [][]content.Block{{&content.Paragraph{Text: plain("nine ten")}}}}},
			{&content.Paragraph{Text: plain("eleven")}},
		}},
		&content.Callout{Kind: content.Caution, Title: plain("twelve"), Blocks: []content.Block{&content.Paragraph{Text: plain("thirteen")}}},
		&content.Figure{Alt: "not counted", Caption: plain("fourteen")},
		&content.Fields{Labels: []content.Text{plain("fifteen"), plain("sixteen")}},
		&content.Table{Rows: [][]content.Text{{plain("seventeen"), plain("")}}},
		&content.Quote{Blocks: []content.Block{&content.Paragraph{Text: plain("eighteen")}}},
		&content.Diary{Days: 14},
		&content.Stretches{Chosen: []content.Card{
			{ID: "unknown", Note: "not counted"},
			{Note: "not counted", Stretch: &content.Exercise{Name: "nineteen", Lang: "en", Alt: "not counted",
				Steps: []content.Text{plain("twenty"), plain("twenty-one")}, Stop: plain("twenty-two")}},
		}},
	}, Visit: content.Visit{Patient: "not counted", Note: "not counted"}}
	s := Of(h)
	if s.Words != 22 || s.Sentences != 19 || s.Longest != 2 {
		t.Errorf("got %d words in %d sentences, the longest of %d; want 22, 19, 2", s.Words, s.Sentences, s.Longest)
	}
	if s.Syllables != 38 || s.Polysyllables != 4 {
		t.Errorf("got %d syllables, %d long words; want 38, 4", s.Syllables, s.Polysyllables)
	}
}

func TestGrades(t *testing.T) {
	// Said slowly: 25 syllables, and exercise and diabetes are long.
	h := &content.Page{Blocks: []content.Block{&content.Paragraph{Text: plain(
		"The exercise is for your back and your tight hips. Do it each day and tell us of your diabetes.")}}}
	s := Of(h)
	if s.Words != 20 || s.Sentences != 2 {
		t.Fatalf("got %d words in %d sentences", s.Words, s.Sentences)
	}
	grade := 0.39*10 + 11.8*25.0/20 - 15.59
	smog := 1.043*math.Sqrt(30*2/2.0) + 3.1291
	if s.Syllables != 25 || s.Polysyllables != 2 || math.Abs(s.Grade()-grade) > 1e-9 || math.Abs(s.SMOG()-smog) > 1e-9 || s.Mean() != 10 {
		t.Errorf("got %d syllables, %d long words, grade %.2f, SMOG %.2f, mean %.1f", s.Syllables, s.Polysyllables, s.Grade(), s.SMOG(), s.Mean())
	}
	for name, s := range map[string]Score{
		"empty":   Of(&content.Page{}),
		"Spanish": Of(&content.Page{Lang: "es-MX", Title: "Un masaje para la espalda baja"}),
	} {
		if s.Grade() != 0 || s.SMOG() != 0 {
			t.Errorf("%s: grade %.1f, SMOG %.1f", name, s.Grade(), s.SMOG())
		}
	}
}

func TestINFLESZ(t *testing.T) {
	// La ciá-ti-ca due-le: 6 syllables. Ca-mi-ne ca-da dí-a: 7. Six words, two sentences.
	h := &content.Page{Lang: "es-MX", Blocks: []content.Block{&content.Paragraph{Text: plain("La ciática duele. Camine cada día.")}}}
	s := Of(h)
	if want := 206.835 - 62.3*13/6 - 3; s.Syllables != 13 || math.Abs(s.INFLESZ()-want) > 1e-9 || INFLESZBand(s.INFLESZ()) != "rather easy" {
		t.Errorf("got %d syllables, INFLESZ %.3f, %s; want 13, %.3f, rather easy", s.Syllables, s.INFLESZ(), INFLESZBand(s.INFLESZ()), want)
	}
	if n := Of(&content.Page{Lang: "en", Title: "A sore back"}).INFLESZ(); n != 0 {
		t.Errorf("English: INFLESZ %.1f", n)
	}
	// The steps of the scale, each from its lower end.
	for least, band := range map[float64]string{-20: "very hard", 39.9: "very hard", 40: "rather hard", 54.9: "rather hard", 55: "normal",
		64.9: "normal", 65: "rather easy", 79.9: "rather easy", 80: "very easy", 120: "very easy"} {
		if got := INFLESZBand(least); got != band {
			t.Errorf("INFLESZBand(%.1f) = %s, want %s", least, got, band)
		}
	}
}

func TestScoreLongSentences(t *testing.T) {
	fifteen := strings.Repeat("a ", MaxSentence-1) + "b."
	sixteen := "C " + strings.Repeat("c ", MaxSentence-1) + "d."
	h := &content.Page{Blocks: []content.Block{
		&content.Paragraph{Position: at(7), Text: plain(fifteen)},
		&content.List{Items: [][]content.Block{{&content.Paragraph{Position: at(9), Text: plain("Short. " + sixteen)}}}},
	}}
	want := []Sentence{{Position: at(9), Number: 2, Words: 16}}
	if s := Of(h); !reflect.DeepEqual(s.Long, want) || s.Longest != 16 {
		t.Errorf("got %+v, longest %d", s.Long, s.Longest)
	}
}

func TestScoreTerms(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"Your back may be sore.", ""},
		{"The piriformis may be tight.", "piriformis"},
		{"Stretch your hip flexors and glutes.", "hip flexor, glute"},
		{"Sciatica is leg pain from a sore nerve.", ""},
		{"Leg pain from a nerve (sciatica) can last.", ""},
		{"A muscle called the piriformis may be tight.", ""},
		{"Myofascial: slow, gentle stretch.", ""},
		{"The trapezius, a muscle of the neck, may hurt.", ""},
		{"Osteoporosis (weak bones) matters.", ""},
		{"Sciatica can last. Sciatica is leg pain from a nerve.", ""},
		{"It can be chronic. Chronic pain is hard.", "chronic"},
		{"Range of motion and the nervous system.", "range of motion, nervous system"},
		{"Your range of motion is how far you can move.", ""},
		{"Symptoms:", "symptom"},
	} {
		h := &content.Page{Lang: "en-GB", Title: "Sciatica", Blocks: []content.Block{
			&content.Heading{Level: 2, Text: plain("Fascia")}, &content.Paragraph{Position: at(3), Text: plain(test.in)}}}
		var got []string
		for _, term := range Of(h).Terms {
			if term.Position != at(3) || term.Plain == "" {
				t.Errorf("%q: term %+v", test.in, term)
			}
			got = append(got, term.Word)
		}
		if s := strings.Join(got, ", "); s != test.want {
			t.Errorf("%q: got terms %q, want %q", test.in, s, test.want)
		}
	}
	if terms := Of(&content.Page{Lang: "de", Blocks: []content.Block{&content.Paragraph{Text: plain("Die Fascia superior")}}}).Terms; terms != nil {
		t.Errorf("German: %v", terms)
	}
}

func TestScoreAdd(t *testing.T) {
	a := Of(&content.Page{Lang: "en", Blocks: []content.Block{&content.Paragraph{Text: plain("Rest the scapula. Stop.")}}})
	b := Of(&content.Page{Lang: "en", Blocks: []content.Block{&content.Paragraph{Text: plain("Acute pain eases.")}}})
	sum := Score{}.Add(a).Add(b)
	if sum.Lang != "en" || sum.Words != 7 || sum.Sentences != 3 || sum.Longest != 3 || len(sum.Terms) != 2 ||
		sum.Syllables != a.Syllables+b.Syllables || sum.Polysyllables != a.Polysyllables+b.Polysyllables {
		t.Errorf("got %+v", sum)
	}
	if len(a.Terms) != 1 {
		t.Errorf("adding changed a term of the sum's parts: %+v", a)
	}
}

// FuzzScore holds what is true of every text: nothing panics, no word is lost
// between sentences, every word has a syllable, and the grades are numbers.
func FuzzScore(f *testing.F) {
	f.Add(strings.Join(strings.Fields(knownSyllables), " "))
	f.Add("Call +1 (555) 010-0142 now… “Stop.” ¿Qué? 12,,3. -- ’s n't Wait (sciatica) e.g.")
	f.Fuzz(func(t *testing.T, text string) {
		s := Of(&content.Page{Lang: "en", Blocks: []content.Block{&content.Paragraph{Text: plain(text)}}})
		if got, want := strings.Join(sentences(text), " "), strings.Join(strings.Fields(text), " "); got != want {
			t.Errorf("sentences lose text: %q, want %q", got, want)
		}
		if s.Syllables < s.Words || s.Polysyllables > s.Words || s.Sentences > s.Words || s.Longest > s.Words {
			t.Errorf("impossible counts: %+v", s)
		}
		h := &content.Page{Lang: "es", Blocks: []content.Block{&content.Paragraph{Text: plain(text)}}}
		if es := Of(h); es.Syllables < es.Words || math.IsNaN(es.INFLESZ()) {
			t.Errorf("impossible counts in Spanish: %+v", es)
		}
		h.Lang = "en"
		if n := len(PEMAT(h)); n != 24 {
			t.Errorf("%d items", n)
		}
		Care(h)
		for _, v := range []float64{s.Grade(), s.SMOG(), s.Mean()} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("a grade is not a number: %+v", s)
			}
		}
	})
}

func BenchmarkScore(b *testing.B) {
	h := &content.Page{Lang: "en", Blocks: []content.Block{&content.Paragraph{Text: plain(strings.Repeat("Lie on your back, knees bent. Keep both feet flat. ", 40))}}}
	for b.Loop() {
		Of(h)
	}
}

// A short, easy text is at grade 1 or lower, and never at a grade below nought.
func TestGradeSaid(t *testing.T) {
	for grade, want := range map[float64]string{-1.5: "1 or lower", 0: "1 or lower", 0.99: "1 or lower", 1: "1.0", 6.24: "6.2"} {
		if got := GradeSaid(grade); got != want {
			t.Errorf("%v is said as %q, want %q", grade, got, want)
		}
	}
}
