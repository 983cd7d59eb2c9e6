package content

import (
	"strings"
	"testing"
)

// TestFilms holds that a film may be given with a stretch on the command line and in a pack, and
// is on that page alone.
func TestFilms(t *testing.T) {
	const film = "https://example.org/a?b=1"
	l := Open(mapFS("packs/film.yaml", "name: Film\nstretches:\n  - {stretch: cat-cow, video: \""+film+"\", reps: 3}\n"+
		"  - figure-4:video="+film+"\n"))
	h, err := l.Handout("sciatica")
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"cat-cow:video=" + film + ":reps=3", `cat-cow:video="` + film + `":note="a, b"`,
		"cat-cow:reps=3:video=" + film, "@film", `cat-cow:video="https://example.org:8443/a,b":reps=3`} {
		choices, err := ParseChoices(list)
		if err != nil {
			t.Errorf("%s: %v", list, err)
			continue
		}
		page, err := l.Personalise(h, nil, Visit{Chosen: true, Stretches: choices})
		if err != nil {
			t.Errorf("%s: %v", list, err)
			continue
		}
		for _, b := range page.Blocks {
			if s, ok := b.(*Stretches); ok {
				for _, c := range s.Chosen {
					if !strings.HasPrefix(c.Stretch.Video, "https://example.org") || c.Kept {
						t.Errorf("%s: %q", list, c.Stretch.Video)
					}
				}
			}
		}
	}
	for _, list := range []string{"cat-cow:video=http://example.org", "cat-cow:video=", "cat-cow:video=film.mp4"} {
		if _, err := ParseChoices(list); err == nil || !strings.Contains(err.Error(), "a film has an https address") {
			t.Errorf("%s: %v", list, err)
		}
	}
	list, _ := ParseChoices("cat-cow:video=" + film)
	if text := string(PackText("Film", "en", list)); !strings.Contains(text, film) {
		t.Error(text)
	}
}
