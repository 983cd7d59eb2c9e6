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
)

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
					t.Errorf("%s: %s: %q is given twice", w.Lang, name, s)
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

// A dose in cells says what it says in one breath: what stands over a cell is not said in it
// again, and no figure is lost.
func TestDoseCells(t *testing.T) {
	lib := Open()
	for _, lang := range []string{"en", "es", "de", "vi", "ar", "he"} {
		w, err := lib.Words(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range []Dose{
			{Hold: 20 * time.Second, Reps: 3, Side: EachSide, PerDay: 1, Days: 7}, {Hold: 2 * time.Minute, Reps: 1, Side: LeftSide, PerDay: 2, Days: 7},
			{Breath: 5, Reps: 4, Side: SoreSide, PerDay: 1, Days: 3}, {Reps: 10, Sets: 3, Side: BothSides, PerDay: 3, Days: 5},
		} {
			heads, values, ok := w.DoseCells(d)
			parts := w.DoseParts(d)
			if !ok || heads[1] == "" || values[1] == "" || values[2] != parts[2] {
				t.Errorf("%s %+v: %q over %q", lang, d, heads, values)
			}
			if said := parts[0]; said != "" && (values[0] == "" || values[0] == said || !strings.Contains(said, values[0])) {
				t.Errorf("%s %+v: %q of %q", lang, d, values[0], said)
			}
			if !strings.Contains(parts[1], values[1]) {
				t.Errorf("%s %+v: %q of %q", lang, d, values[1], parts[1])
			}
		}
	}
}
