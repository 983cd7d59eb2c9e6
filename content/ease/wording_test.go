package ease

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"handout/content"
)

// Bold words stand alone: what they point at is named in them.
func TestPointer(t *testing.T) {
	for lead, want := range map[string]string{
		"Pull that thigh in.":                      "that",
		"Tip your head the other way.":             "the other",
		"Breathe in and let it sink.":              "it",
		"Lift your head with that hand.":           "that",
		"It may help.":                             "it",
		"Stretch these.":                           "these",
		"Cross the leg over the other.":            "the other",
		"Face a wall, both hands on it.":           "",
		"Bring up one knee, then the other.":       "",
		"Use a heavy chair that cannot tip.":       "",
		"Cross one ankle over the other thigh.":    "",
		"Phone: bring it up.":                      "",
		"Tingling at night? Shake it.":             "",
		"Keep your other foot flat.":               "",
		"Rest a hand on your head; never pull.":    "",
		"Pull the uncrossed thigh in.":             "",
		"Choose shoes that fit.":                   "",
		"Sit less.":                                "",
		"":                                         "",
		"Sit at a table, sore arm on it.":          "",
		"Lower the leg and rest them. Then it too": "",
	} {
		if got := pointer("en", lead); got != want {
			t.Errorf("%q points with %q, want %q", lead, got, want)
		}
	}
	if got := pointer("es", "Tire de that."); got != "" {
		t.Errorf("Spanish: %q", got)
	}
}

// rules are the rules that a handout's text offends, in order.
func rules(t *testing.T, source string) string {
	t.Helper()
	h, err := content.ReadHandout(fstest.MapFS{"h.md": {Data: []byte(source)}}, "h.md")
	if err != nil {
		t.Fatal(err)
	}
	p := personalised(t, h)
	var list []string
	for _, c := range slices.Concat(Wording(p), Tiers(h), Care(p), Sources(h.Position, h.Sources)) {
		if c.Code == "" || c.Hint == "" || strings.HasSuffix(c.Message, ".") {
			t.Errorf("%+v", c.Error)
		}
		list = append(list, c.Rule)
	}
	return strings.Join(list, " ")
}

func TestWording(t *testing.T) {
	const (
		front = "---\ntitle: H\n---\n"
		cut   = front + "## Do {.brief}\n\n"
	)
	for _, test := range []struct{ name, text, want string }{
		{"nothing wrong", cut + "- **Walk a little each day.** Walking keeps your legs strong.\n", ""},
		{"a pointer", cut + "- **Pull that in.** Hold behind the thigh with both hands.\n", "lead-in"},
		{"a pointer that is never cut", front + "## Do\n\n- **Pull that in.** Hold behind the thigh with both hands.\n", ""},
		{"a warning is cut", cut + "- **Rest a hand on top.** Never pull on your head.\n", "safety"},
		{"a warning stays", cut + "- **Rest a hand on top; never pull.** You never need to force it.\n", ""},
		{"not is a fact too", cut + "- **Rest may help.** It is not a cure for a slipped disc.\n", ""},
		{"a warning is lost in the shorter wording", front + "## Do\n\n- **Use heat.** Wrap the pack and never put it on bare skin.\n\n  Wrap the pack in a towel. {.short}\n", "safety"},
		{"and one is kept", front + "## Do\n\n- **Use heat.** Wrap the pack and never put it on bare skin.\n\n  Never on bare skin. {.short}\n", ""},
		{"the shorter wording points", front + "## Do\n\n- **Pull the thigh in.** Hold behind it with both hands.\n\n  **Pull that slowly in.** {.short}\n", "lead-in"},
		{"the shorter wording is a fragment", front + "## Do\n\n**Use a wrapped pack.** Hold it there for 20 minutes.\n\n**For 20 minutes.** {.short}\n", "chopped"},
		{"a stop rule loses a warning", front + "> [!WARNING]\n> Stop if it hurts, and never pull.\n>\n> It may hurt a bit then. {.short}\n", "safety"},
		{"a box with signs by hand loses one", front + "> [!CAUTION]\n> **Call now** for chest pain. Do not drive.\n>\n> **Call now** for chest pain. {.short}\n", "safety"},
		{"a box by hand", front + "> [!CAUTION]\n> **Call 911 now** for chest pain, or if you cannot pee.\n>\n> **See a doctor today** if you have:\n>\n> - fever\n> - one hot, swollen calf\n", ""},
		{"a sign by hand that waits too long", front + "> [!CAUTION]\n> **Call 911 now** if you faint.\n>\n> **See a doctor today** for:\n>\n> - chest pain\n", "late"},
		{"and in a sentence", front + "> [!CAUTION]\n> **See a doctor soon** for a sore back, or fever, or chills.\n", "late"},
		{"one sign at two speeds by hand", front + "> [!CAUTION]\n> **Call 911 now** for fever.\n>\n> **See a doctor today** for:\n>\n> - fever\n", "tiers"},
		{"late in the shorter wording alone", front + "> [!CAUTION]\n> **Call 911 now** for chest pain. See a doctor today for fever that stays.\n>\n> **See a doctor today** for chest pain, or fever. {.short}\n", "late"},
		{"a Spanish box by hand", "---\ntitle: H\nlang: es\n---\n> [!CAUTION]\n> **Vaya al médico hoy** si tiene:\n>\n> - dolor de pecho\n", "late"},
		{"an item that says nothing", cut + "- **Walk daily.** It helps.\n", "short-item"},
		{"boxes may be short", front + "## Do\n\n- [ ] **Walk daily.**\n", ""},
		{"chopped", front + "Bit by bit. Ever so slowly we go. That will do. Or heat.\n", "chopped"},
		{"one in ten", front + strings.Repeat("Your hip likes to move each day. ", 20) + "Bit by bit. Or heat.\n", ""},
		{"an idiom", front + "Ask first with a new hip, and again with a New Hip.\n", "idiom"},
		{"a complaint and no signs", front + "Your pain may last for a few weeks.\n", "red-flags"},
		{"a complaint and signs", front + "Your pain may last for a few weeks.\n\n> [!CAUTION]\n> Call for help if you faint.\n", ""},
		{"one sign at two speeds", front + "Text for you.\n\n```signs\nnow:\n- A hot, swollen calf\n- You cannot pee\ntoday:\n- Your calf is hot and swollen\n```\n", "tiers"},
		{"the urgent one said again, and more", front + "Text for you.\n\n```signs\nnow:\n- Chest pain\n- Calf swelling\ntoday:\n- Your calf is swollen and warm\n```\n", "tiers"},
		{"the urgent one is worse", front + "Text for you.\n\n```signs\nnow:\n- Both legs are weak\n- A calf that is swollen, with chest pain\ntoday:\n- Your leg is weak\n- Your calf is swollen\n```\n", ""},
		{"a Spanish idiom", "---\ntitle: H\nlang: es\n---\nHay que echarle ganas, también con la rodilla nueva.\n", "idiom idiom"},
		{"two signs", front + "Text for you.\n\n```signs\nnow:\n- Both legs are weak or numb\ntoday:\n- One leg is weak\n```\n", ""},
		{"no authority", "---\ntitle: H\nsources:\n  - https://www.nhs.uk/conditions/sciatica/\n  - https://blog.example.com/x\n  - https://journal.example.com/y (the trial itself)\n---\nText for you.\n", "source"},
		{"no authority by its looks", "---\ntitle: H\nsources: ['https://fakenhs.uk.example/']\n---\nText for you.\n", "source"},
		{"German", "---\ntitle: H\nlang: de\n---\n## Tun {.brief}\n\n- **Das eine.** Never pull that.\n", "short-item"},
		{"Spanish", "---\ntitle: H\nlang: es\n---\n## Haga {.brief}\n\n- **Ponga una mano encima.** Nunca tire de la cabeza.\n", "safety"},
	} {
		if got := rules(t, test.text); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
