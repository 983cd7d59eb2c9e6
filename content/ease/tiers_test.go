package ease

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"handout/content"
)

// What a sign means says how long it may wait, however it is put.
func TestTiers(t *testing.T) {
	for _, test := range []struct{ lang, signs, want string }{
		// each sign that cannot wait, a tier too low
		{"en", "today:\n- Numb skin around the bottom", "2 numbness between the legs > now"},
		{"en", "soon:\n- your genitals tingle or go numb", "2 numbness between the legs > now"},
		{"en", "today:\n- New trouble peeing", "2 trouble with bladder or bowel > now"},
		{"en", "soon:\n- you lose control of your bowels", "2 trouble with bladder or bowel > now"},
		{"en", "soon:\n- you can’t pee", "2 trouble with bladder or bowel > now"},
		{"en", "today:\n- pain in your chest", "2 chest pain > now"},
		{"en", "today:\n- you are short of breath", "2 trouble breathing > now"},
		{"en", "today:\n- the worst headache you ever had", "2 a sudden, very bad headache > now"},
		{"en", "today:\n- your face droops", "2 a sign of a stroke > now"},
		{"en", "soon:\n- slurred speech", "2 a sign of a stroke > now"},
		{"en", "soon:\n- thoughts of harming yourself", "2 thoughts of self-harm > now"},
		{"en", "today:\n- sex that feels numb", "2 numbness between the legs > now"},
		{"en", "today:\n- an arm that is suddenly weak", "2 a sign of a stroke > now"},
		{"en", "today:\n- heavy bleeding", "2 heavy bleeding > now"},
		{"en", "soon:\n- fever with your pain", "2 fever > today"},
		{"en", "soon:\n- your foot drags", "2 a weak arm or leg > today"},
		{"en", "soon:\n- a leg that is getting weaker", "2 a weak arm or leg > today"},
		{"en", "soon:\n- one calf is swollen and hot", "2 a hot, swollen calf > today"},
		{"en", "soon:\n- a knee that is red and hot", "2 a hot, swollen joint > today"},
		{"en", "soon:\n- you cannot put any weight on it", "2 a leg that takes no weight > today"},
		{"es", "today:\n- nalgas dormidas", "2 numbness between the legs > now"},
		{"es", "soon:\n- no puede orinar", "2 trouble with bladder or bowel > now"},
		{"es", "today:\n- le duele el pecho", "2 chest pain > now"},
		{"es", "today:\n- falta de aire", "2 trouble breathing > now"},
		{"es", "today:\n- un dolor de cabeza muy fuerte, de repente", "2 a sudden, very bad headache > now"},
		{"es", "today:\n- cara torcida", "2 a sign of a stroke > now"},
		{"es", "soon:\n- ideas de hacerse daño", "2 thoughts of self-harm > now"},
		{"es", "today:\n- sangrado abundante", "2 heavy bleeding > now"},
		{"es", "soon:\n- Fiebre", "2 fever > today"},
		{"es", "soon:\n- un pie que se arrastra", "2 a weak arm or leg > today"},
		{"es", "soon:\n- la pantorrilla se hincha", "2 a hot, swollen calf > today"},
		{"es", "soon:\n- el tobillo rojo y caliente", "2 a hot, swollen joint > today"},
		{"es", "soon:\n- una pierna que no puede apoyar", "2 a leg that takes no weight > today"},
		// the line of the sign, and the most urgent that it says
		{"en", "now:\n- you faint\ntoday:\n- a cough\n\n- fever, with\n  chest pain\nsoon:\n- chills", "6 chest pain > now, 9 fever > today"},
		// above the tier where they may stand
		{"en", "now:\n- fever\n- a hot, red, swollen knee\n- a calf that swells\n- you cannot put weight on your leg\ntoday:\n- you had cancer\n- you lost weight\n- pain wakes you at night\n- you are no better in weeks", ""},
		{"es", "now:\n- fiebre\n- una pierna sin fuerza\ntoday:\n- adelgaza sin motivo\n- tuvo cáncer\n- no mejora en unas semanas\n- el dolor le despierta cada noche", ""},
		// where they stand in our handouts
		{"en", "now:\n- chest pain, or trouble breathing\ntoday:\n- fever\nsoon:\n- you have had cancer, or lose weight without trying", ""},
		// other things in like words
		{"en", "soon:\n- pain at night without fever\n- a hand that is numb\n- your thumb is weak\n- leaks of pee when you cough\n- headaches that get worse\n- the bottom of your foot hurts\n- a sore chest muscle\n- the bottom of your foot is numb\n- hot, burning pain down your leg\n- a knee that suddenly feels weak", ""},
		{"es", "soon:\n- los dedos dormidos\n- dolor de noche sin fiebre\n- dolor de cabeza varias veces por semana\n- una rodilla que de pronto pierde fuerza", ""},
		{"de", "soon:\n- chest pain", ""},
		// one sign in two tiers, however it is put
		{"en", "today:\n- fever\nsoon:\n- fever, or chills", "4 twice"},
		{"en", "now:\n- no feeling, or chest pain\ntoday:\n- your chest hurts", "4 twice"},
		{"en", "now:\n- one calf is hot and swollen\ntoday:\n- swelling of your calf", "4 twice"},
		{"en", "today:\n- you have lost weight\nsoon:\n- you are losing weight", "4 twice"},
		{"en", "today:\n- you are no better in two weeks\nsoon:\n- it is not any better after six weeks", "4 twice"},
		{"es", "today:\n- el dolor le despierta de noche\nsoon:\n- con dolor, se despierta todas las noches", "4 twice"},
		{"es", "now:\n- una pantorrilla hinchada\ntoday:\n- pantorrilla caliente", "4 twice"},
		// worse together than alone
		{"en", "now:\n- a hot knee with fever\n- fever and a rash\n- fever with a stiff neck\n- a swollen calf, with chest pain\ntoday:\n- fever\n- one hot, swollen, sore calf", ""},
		{"es", "now:\n- dolor de pecho, más si la pantorrilla se hincha\n- fiebre y manchas\ntoday:\n- fiebre\n- una pantorrilla hinchada", ""},
	} {
		source := fmt.Sprintf("---\ntitle: H\nlang: %s\n---\n```signs\n%s\n```\n", test.lang, test.signs)
		h, err := content.ReadHandout(fstest.MapFS{"h.md": {Data: []byte(source)}}, "h.md")
		if err != nil {
			t.Fatalf("%s: %v", test.signs, err)
		}
		var got []string
		for _, c := range Tiers(h) {
			line := c.Line - 5 // below the front matter and the fence
			switch what, _, late := strings.Cut(c.Message, " stands under "); {
			case late && c.Rule == RuleLate:
				to := strings.TrimSuffix(strings.TrimPrefix(c.Hint, "put it under "), ":")
				got = append(got, fmt.Sprintf("%d %s > %s", line, what, to))
			case c.Rule == RuleTiers:
				got = append(got, fmt.Sprintf("%d twice", line))
			default:
				t.Errorf("%+v", c.Error)
			}
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%s, %q:\n got %q\nwant %q", test.lang, test.signs, got, test.want)
		}
	}
}

// Nothing that we ship stands in a tier that is too low, or in two; and the lists know most of it.
func TestTiersOfOurHandouts(t *testing.T) {
	lib := content.Open()
	for lang, least := range map[string]int{"en": 70, "es": 70} {
		known := 0
		for _, first := range shippedHandouts(t) {
			h, err := lib.HandoutIn(first.ID, lang)
			if err != nil || h.Lang != lang {
				t.Fatal(h, err)
			}
			for _, c := range Tiers(h) {
				t.Error(c.Error)
			}
			for _, b := range h.Blocks {
				if s, ok := b.(*content.Signs); ok {
					for _, list := range s.Of {
						for _, text := range list {
							if signOf(lang, text.String()).means != nil {
								known++
							}
						}
					}
				}
			}
		}
		if known < least {
			t.Errorf("%s: the lists know %d signs, and knew %d", lang, known, least)
		}
	}
}

// The lists of both languages know the same signs, in the same tiers.
func TestSignsOfBothLanguages(t *testing.T) {
	tiers := map[string]map[string]content.Tier{}
	for lang, list := range known().signs {
		tiers[lang] = map[string]content.Tier{}
		for _, s := range list {
			if at, seen := tiers[lang][s.means]; seen && at != s.least {
				t.Errorf("%s: %s is under %s: and %s:", lang, s.means, at, s.least)
			}
			tiers[lang][s.means] = s.least
		}
	}
	if en, es := fmt.Sprint(tiers["en"]), fmt.Sprint(tiers["es"]); en != es {
		t.Errorf("en: %s\nes: %s", en, es)
	}
}
