package content

import (
	"strings"
	"testing"
	"time"
)

// Doses as people write them.
func TestWrittenDoses(t *testing.T) {
	w, err := Open().Words("en")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"reps=10-12":                            "10–12 times each side, every day",
		"reps=10 to 12:sets=2":                  "2 sets of 10–12 each side, every day",
		"hold=1min":                             "Hold 1 minute, once each side, every day",
		"hold=30 sec:reps=3":                    "Hold 30 seconds, 3 times each side, every day",
		"hold=1 minute 30 seconds":              "Hold 90 seconds, once each side, every day",
		"side=Left":                             "Once, left side, every day",
		"side=both sides":                       "Once, every day",
		"Side=R:Rep=2":                          "2 times, right side, every day",
		"per-week=3":                            "Once each side, 3 days a week",
		"times a week=3:per day=2":              "Once each side, twice a day, 3 days a week",
		"reps=8-10:unit=slow round|slow rounds": "8–10 slow rounds each side, every day",
	} {
		list, err := ParseChoices("x:" + text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := w.Dose(list[0].Changes.of(Dose{Sets: 1, Reps: 1, PerDay: 1, Days: 7})); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"x:reps=12-10": "reps is a whole number, or a range", "x:reps=1-60": "reps is a whole number from 1 to 50",
		"x:hold=soon": "hold is from 0s", "x:side=top": "side is one of", "x:rest=30s": "how long to rest",
	} {
		if _, err := ParseChoices(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
	list, err := ParseChoices(`x:load="red band":reps=3:note="slowly, please"`)
	if err != nil || list[0].Note != "red band. slowly, please" || list[0].Changes.Dose.Reps != 3 {
		t.Errorf("%+v %v", list, err)
	}
	for text, want := range map[string]time.Duration{"30": 30 * time.Second, "2m": 2 * time.Minute, "20 s": 20 * time.Second, "45 seg.": 45 * time.Second} {
		if got, ok := seconds(text); !ok || got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// Lists as people write them into a cell.
func TestWrittenLists(t *testing.T) {
	for text, want := range map[string]string{
		"figure-4; cat-cow":                      "figure-4/cat-cow",
		"figure-4 | Knee to chest":               "figure-4/Knee to chest",
		"Figure 4\r\nKnee to chest:reps=5\r\n":   "Figure 4/Knee to chest",
		`a:note="one; two | three",b`:            "a/b",
		"a:unit=slow round|slow rounds:reps=2;b": "a/b",
	} {
		list, err := ParseChoices(text)
		var ids []string
		for _, c := range list {
			ids = append(ids, c.ID)
		}
		if got := strings.Join(ids, "/"); err != nil || got != want {
			t.Errorf("%q: %s %v", text, got, err)
		}
	}
	if _, err := ParseChoices("a,,b"); err == nil {
		t.Error("nothing between commas is a stretch")
	}
}

// A stretch may be given for each side, in a dose of its own.
func TestBothDoses(t *testing.T) {
	l := Open()
	h, err := l.Handout("sciatica")
	if err != nil {
		t.Fatal(err)
	}
	for text, ok := range map[string]bool{
		"figure-4:side=left:reps=5,figure-4:side=right:reps=3": true, "figure-4:side=left,figure-4:side=left": false,
		"figure-4,figure-4:side=left": false, "figure-4:side=left,figure-4": false,
	} {
		choices, err := ParseChoices(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = l.Choose(h, Visit{Chosen: true, Stretches: choices}); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
}
