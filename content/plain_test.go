package content

import (
	"strings"
	"testing"
)

// TestPlainStretch holds that a stretch needs a name, steps and a stop rule, however they are
// written, and what stands for the rest.
func TestPlainStretch(t *testing.T) {
	const steps = "1. Stand on a step.\n2. Let one heel sink.\n\n"
	for _, c := range []struct{ what, text, stop string }{
		{"three things", "---\nname: Calf drop\n---\n" + steps + "Stop if your calf cramps.\n",
			"Stop if your calf cramps."},
		{"no front matter", "# Calf drop\n\n" + steps + "Stop if it hurts.\n", "Stop if it hurts."},
		{"plain lines", "Calf drop\n" + steps + "Stop if it hurts.\n", "Stop if it hurts."},
		{"a heading", "# Calf drop\n## Steps:\n" + steps + "## When to stop\nYour calf cramps.\n", "Your calf cramps."},
		{"bullets", "# Calf drop\n- Stand.\n- Let go.\n\nStop if it hurts.\n", "Stop if it hurts."},
		{"a warning", "# Calf drop\n" + steps + "> [!WARNING]\n> Not with a torn calf.\n", "Not with a torn calf."},
		{"after a remark", "# Calf drop\n" + steps + "## Feel\nA pull.\n\nStop if it hurts.\n", "Stop if it hurts."},
		{"in Spanish", "---\nname: Calf drop\nlang: es\n---\n" + steps + "Pare si duele.\n", "Pare si duele."},
	} {
		s, err := ReadStretch(mapFS("calf.md", c.text), "calf.md")
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		if s.Name != "Calf drop" || len(s.Steps) != 2 || s.Stop.String() != c.stop || s.Dose != once ||
			len(s.Frames) != 0 || s.Alt != "" || !strings.Contains(s.Warnings.Error(), "once a day") {
			t.Errorf("%s: %+v", c.what, s)
		}
	}
	for _, c := range []struct{ text, want string }{
		{"---\nname: A\n---\n1. Stand.\n", "does not say when to stop"},
		{"---\nname: A\n---\nStop if it hurts.\n", "1 to 8 steps, not 0"},
		{"---\nname: A\n---\n" + strings.Repeat("1. Stand.\n", 9) + "\nStop if it hurts.\n", "1 to 8 steps, not 9"},
		{"---\nname: A\n---\n## Steps {.brief}\n1. Stand.\n\nStop if it hurts.\n", "no bold lead-in"},
		{"---\nname: A\nfigures: figure-five\n---\n1. Stand.\n\nStop if it hurts.\n", "no shipped figure"},
	} {
		if _, err := ReadStretch(mapFS("a.md", c.text), "a.md"); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.text, err, c.want)
		}
	}
}

// TestShippedFigures holds that figures of ours are had by name, with what they show, in the
// language of whoever names them.
func TestShippedFigures(t *testing.T) {
	for _, c := range []struct {
		figures, lang string
		frames        int
		alt           string
	}{
		{"figure-4", "en", 1, "Lying on your back"},
		{"figure-4", "es", 1, "Boca arriba"},
		{"[cat-cow]", "en", 2, "hands and knees"},
		{"where-knee", "en", 1, "Mine"},
		{"none", "en", 0, ""},
		{"[]", "en", 0, ""},
		{"[dot.svg, figure-4]", "en", 2, "Lying on your back"},
	} {
		fsys := mapFS("a.md", "---\nname: Mine\nfigures: "+c.figures+"\nlang: "+c.lang+"\n---\n1. Stand.\n\nStop.\n",
			"dot.svg", dot)
		s, err := ReadStretch(fsys, "a.md")
		if err != nil {
			t.Errorf("%s: %v", c.figures, err)
			continue
		}
		if len(s.Frames) != c.frames || !strings.Contains(s.Alt, c.alt) || c.frames == 0 && s.Alt != "" {
			t.Errorf("%s in %s: %d frames, %q", c.figures, c.lang, len(s.Frames), s.Alt)
		}
	}
	fsys := mapFS("a.md", "# Mine\n\n![A dot](dot.svg)\n\n1. Stand.\n\nStop.\n", "dot.svg", dot)
	if s, err := ReadStretch(fsys, "a.md"); err != nil || len(s.Frames) != 1 || s.Alt != "A dot" {
		t.Errorf("a picture in the text: %+v, %v", s, err)
	}
}

// The lines of a traffic light may be called by their colours, in any order; what contradicts itself is refused.
func TestTrafficLightsAreCalled(t *testing.T) {
	for _, c := range []struct{ lines, want string }{
		{"Up to 3\n4 to 5\nOver 5", "traffic light Up to 3 | 4 to 5 | Over 5"},
		{"green: up to 3\namber: 4 to 5\nred: over 5", "traffic light up to 3 | 4 to 5 | over 5"},
		{"- **Red:** over 5\n- **Yellow:** 4 to 5\n- **Green:** up to 3", "traffic light up to 3 | 4 to 5 | over 5"},
		{"Rojo: más de 5\nverde: hasta 3\námbar: 4 o 5", "traffic light hasta 3 | 4 o 5 | más de 5"},
		{"Pain: up to 3\nPain: 4 to 5\nPain: over 5", "traffic light Pain: up to 3 | Pain: 4 to 5 | Pain: over 5"},
		{"🔴 pain over 5\n🟡 pain 4 or 5\n🟢 pain under 4", "traffic light pain under 4 | pain 4 or 5 | pain over 5"},
		{"🟢 Green: up to 3\n🟡 Amber: 4 to 5\n🔴 Red: over 5", "traffic light up to 3 | 4 to 5 | over 5"},
		{"- Stop: over 5\n- Ease off: 4 to 5\n- Go on: up to 3", "traffic light up to 3 | 4 to 5 | over 5"},
		{"Red = over 5\nAmber = 4 to 5\nGreen = up to 3", "traffic light up to 3 | 4 to 5 | over 5"},
		{"- Red - over 5\n- **Amber** – 4 to 5\n- Green - up to 3", "traffic light up to 3 | 4 to 5 | over 5"},
		{"⚠️ 4 to 5\n✅ up to 3\n🛑 over 5", "traffic light up to 3 | 4 to 5 | over 5"},
		{"Stop-start walking is fine\nIt aches\nIt is sharp", "traffic light Stop-start walking is fine | It aches | It is sharp"},
		{"A mild pull\nIt aches\nStop: it is sharp", "traffic light A mild pull | It aches | Stop: it is sharp"},
		{"red: over 5\n4 to 5\nup to 3", ""},
		{"green: up to 3\ngreen: 4 to 5\nred: over 5", ""},
		{"green: up to 3\namber: 4 to 5\nred:", ""},
	} {
		h, err := ReadHandout(mapFS("h.md", "---\ntitle: T\n---\nWords.\n\n```traffic-light\n"+c.lines+"\n```\n"), "h.md")
		switch {
		case c.want == "":
			if err == nil || !strings.Contains(err.Error(), "which light") {
				t.Errorf("%q: %v", c.lines, err)
			}
		case err != nil:
			t.Errorf("%q: %v", c.lines, err)
		case !strings.Contains(page(h.Blocks), c.want):
			t.Errorf("%q is\n%s", c.lines, page(h.Blocks))
		}
	}
}

// An emoji in front of the first line is decoration, and the line is the title; a list with signs is a list.
func TestTitleBehindAnEmoji(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"🧘 **Home plan**\n\nWords are here.\n\n## A\n\nMore.\n", "Home plan"},
		{"🧘 Home plan\n\nWords are here.\n", "Home plan"},
		{"✅ Do this\n✅ Do that\n\nWords are here.\n", "Mine"},
		{"❌ Lifting\n\nWords are here. Do not lift.\n", ""},
		{"🧘 Sit up straight every day and breathe slowly, then walk on for as long as you can.\n\nWords.\n", "Mine"},
	} {
		h, err := ReadHandout(mapFS("mine.txt", c.text), "mine.txt")
		if title := ""; c.want != "" {
			if h != nil {
				title = h.Title
			}
			if title != c.want || err != nil {
				t.Errorf("%q has the title %q, want %q (%v)", c.text, title, c.want, err)
			}
		} else if err == nil && h.Title == "Lifting" {
			t.Errorf("%q has lost its sign of no", c.text)
		}
	}
}

// What stands in a cell is printed below its own head, or refused: a dose of one side is none of the other's.
func TestCellsStayBelowTheirHeads(t *testing.T) {
	for _, c := range []struct{ what, text, want string }{
		{"an empty cell between tabs", "Exercise\tLeft\tRight\nSquat\t\t3\nBridge\t5\n",
			"Exercise | Left | Right; Squat |  | 3; Bridge | 5 | "},
		{"two columns after it", "Exercise\tSets\tReps\tLoad\nSquat\t3\t10\t5 kg\nBridge\t\t15\n",
			"Exercise | Sets | Reps | Load; Squat | 3 | 10 | 5 kg; Bridge |  | 15 | "},
		{"a first head that is empty", "\tLeft\tRight\nSquat\t\t3\nBridge\t5\n",
			" | Left | Right; Squat |  | 3; Bridge | 5 | "},
		{"all empty but the last", "Exercise\tLeft\tRight\nSquat\t1\t2\n\t\t3\n\t4\nBridge\t5\n",
			"Exercise | Left | Right; Squat | 1 | 2;  |  | 3;  | 4 | ; Bridge | 5 | "},
		{"a space for the first head", " \tLeft\t\tRight\nSquat\t3\t4\nLong bridge\t5\t6\n",
			" | Left | Right; Squat | 3 | 4; Long bridge | 5 | 6"},
		{"a last head that is empty", "Exercise\tSets\t\nSquat\t\tslowly\nBridge\t5\n",
			"Exercise | Sets | ; Squat |  | slowly; Bridge | 5 | "},
		{"tabs at the end", "Exercise\tLeft\tRight\t\nSquat\t\t3\t\t\nBridge\t5\n",
			"Exercise | Left | Right; Squat |  | 3; Bridge | 5 | "},
		{"a column without a head", "Exercise\tLeft\tRight\nSquat\t\t3\nBridge\t5\t2\tslowly\n",
			"Exercise | Left | Right | ; Squat |  | 3 | ; Bridge | 5 | 2 | slowly"},
		{"no head between two", "Day\t\tMinutes\nMon\twalk\t20\nTue\trest\n",
			"Day |  | Minutes; Mon | walk | 20; Tue | rest | "},
		{"tabs that keep columns in line", "Kind\t\tHow long\nWarm pack\t15 minutes\nIce\t\t5 minutes\n",
			"Kind | How long; Warm pack | 15 minutes; Ice | 5 minutes"},
		{"more of them below", "Exercise\tLeft\tRight\nSquat\t\t3\t4\nLong bridge\t5\t6\n",
			"Exercise | Left | Right; Squat | 3 | 4; Long bridge | 5 | 6"},
		{"bars", "Exercise | Left | Right\n--- | --- | ---\nSquat | 3 | 4\nBridge |  | 5\n",
			"Exercise | Left | Right; Squat | 3 | 4; Bridge |  | 5"},
		{"bars and colons", "Exercise | Left\n:-- | --:\nSquat | 3\n", "Exercise | Left; Squat | 3"},
		{"bars around the dashes alone", "Exercise | Left\n| --- | --- |\nSquat | 3\nBridge | 4\n",
			"Exercise | Left; Squat | 3; Bridge | 4"},
		{"bars below words", "Do this:\nExercise | Left\n-- | --\nSquat | 3\nBridge | 4\n",
			"Exercise | Left; Squat | 3; Bridge | 4"},
		{"bars without dashes", "Exercise | Left\nSquat | 3\nBridge | 4\n",
			"Exercise | Left; Squat | 3; Bridge | 4"},
		{"cells without a head", "| Day | What |\n|---|---|\n| Mon | walk | not on stairs |\n" +
			"| Tue | rest |\nWed | \\| | no | x\n",
			"h.md:8:16 cell-beyond-heads, h.md:10:12 cell-beyond-heads"},
		{"a cell behind an empty one", "| Day | What |\n|---|---|\n| Mon |  | not on stairs\n",
			"h.md:8:12 cell-beyond-heads"},
		{"empty cells without a head", "| Day | What |\n|---|---|\n| Mon | walk | | |\n", "Day | What; Mon | walk"},
		{"a bar that is meant", "| Day | What |\n|---|---|\n| Mon | walk \\| rest |\n", "Day | What; Mon | walk | rest"},
		{"a bar in code", "| Day | What |\n|---|---|\n| Mon | `walk|rest` |\n", "h.md:8:9 code-in-text"},
	} {
		for _, name := range []string{"h.md", "h.txt"} {
			h, err := ReadHandout(mapFS(name, "---\ntitle: T\n---\nWords.\n\n"+c.text), name)
			var got []string
			if wrong, ok := err.(Errors); ok {
				for _, e := range wrong {
					got = append(got, strings.Replace(e.Position.String(), name, "h.md", 1)+" "+e.Code)
				}
				if s := strings.Join(got, ", "); s != c.want {
					t.Errorf("%s in %s is %s, want %s", c.what, name, s, c.want)
				}
				continue
			}
			for _, b := range h.Blocks {
				table, ok := b.(*Table)
				for k := 0; ok && k < len(table.Rows); k++ {
					var cells []string
					for _, cell := range table.Rows[k] {
						cells = append(cells, cell.String())
					}
					got = append(got, strings.Join(cells, " | "))
				}
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("%s in %s is\n%s, want\n%s", c.what, name, s, c.want)
			}
		}
	}
}
