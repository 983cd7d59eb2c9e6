package content

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func ids(list []*Stretch) string {
	var s []string
	for _, x := range list {
		s = append(s, x.ID)
	}
	return strings.Join(s, " ")
}

// searched is a library of a few stretches whose words are known.
func searched() *Library {
	of := func(name, lines string) string {
		return strings.NewReplacer("name: Mine", "name: "+name, "target: all\n", "target: buttock\n"+lines+"\n").Replace(mineStretch)
	}
	return Open(mapFS("stretches/x.fig", "figure 1\n",
		"stretches/za.md", of("Zaqon's hip-hinge", "also: [Zûst, Zed 4]\nregion: [hip, low-back]\nposition: standing\nprops: [chair, wall]"),
		"stretches/zb.md", of("Quozzle", "also: [the zaqon]\nregion: hip\nposition: all-fours"),
		"stretches/zb.es.md", of("Cuózel", "lang: es\nalso: [Ñandú]\nregion: hip\nposition: all-fours"),
		"stretches/zc.md", of("Đồng zaqon", "region: foot\nposition: [sitting, side-lying]\nprops: strap"),
	))
}

func TestSearch(t *testing.T) {
	l := searched()
	for _, c := range []struct {
		q    Query
		lang string
		want string
	}{
		{Query{Words: "zaqon"}, "", "za zc zb"},
		{Query{Words: "ZAQONS HIP"}, "", "za"},
		{Query{Words: "zaqon’s hip hinge"}, "", "za"},
		{Query{Words: "hinge zaq"}, "", "za"},
		{Query{Words: "zust"}, "", "za"},
		{Query{Words: "zed4"}, "", "za"},
		{Query{Words: "zed-4"}, "", "za"},
		{Query{Words: "dong"}, "", "zc"},
		{Query{Words: "nandu"}, "es", "zb"},
		{Query{Words: "nandu"}, "", "zb"},
		{Query{Words: "nandu"}, "de", ""},
		{Query{Words: "quozzle"}, "es", "zb"},
		{Query{Words: "cadera gatas"}, "es", "bird-dog zb"},
		{Query{Words: "cadera gatas"}, "", "bird-dog zb"},
		{Query{Words: "quoz hip"}, "", "zb"},
		{Query{Words: "quoz chair"}, "", ""},
		{Query{Words: "zaqon strap sit"}, "", "zc"},
		{Query{Words: "zaqon on hands"}, "", "zb"},
		{Query{Words: "qon"}, "", ""},
		{Query{Words: "!?"}, "", ""},
		{Query{Words: "zaqon", Regions: []Region{"hip"}}, "", "za zb"},
		{Query{Words: "zaqon", Regions: []Region{"foot", "low-back"}}, "", "za zc"},
		{Query{Words: "zaqon", Regions: []Region{"hip"}, Postures: []Posture{"standing", "all-fours"}}, "", "za zb"},
		{Query{Words: "zaqon", Postures: []Posture{"side-lying"}, Props: []Prop{"chair", "strap"}}, "", "zc"},
	} {
		list, err := l.Search(c.q, c.lang)
		if err != nil || ids(list) != c.want {
			t.Errorf("%+v in %q: %q %v, want %q", c.q, c.lang, ids(list), err, c.want)
		}
	}
	list, err := l.Search(Query{Words: "cuozel"}, "es-MX")
	if err != nil || len(list) != 1 || list[0].Name != "Cuózel" {
		t.Errorf("%v %v", list, err)
	}
	all, _ := l.Stretches()
	for _, nothing := range []string{"", " \t", "\u200b"} {
		if list, err := l.Search(Query{Words: nothing}, ""); err != nil || ids(list) != ids(all) {
			t.Errorf("%q: %d of %d, %v", nothing, len(list), len(all), err)
		}
	}
	for words, want := range map[string]string{strings.Repeat("ä", MaxQuery+1): "what is searched for is longer than 100 characters", "\xff": "what is searched for is not UTF-8 text"} {
		if list, err := l.Search(Query{Words: words}, ""); err == nil || err.Error() != want || list != nil {
			t.Errorf("%v %v", list, err)
		}
	}
}

// What is shipped is found by the words people have for it.
func TestSearchOfWhatIsShipped(t *testing.T) {
	l := Open()
	for words, want := range map[string]string{"figure4": "figure-4", "piriformis": "figure-4", "childs": "childs-pose", "child's pose": "childs-pose",
		"hip sitting": "seated-figure-4", "catcow": "cat-cow", "cadera sentado": "seated-figure-4", "jaw": "jaw-opening", "rodilla": "knee-to-chest", "mandibula espejo": "jaw-opening",
		"Hüfte Stuhl": "seated-figure-4", "كتف": "pendulum", "כתף": "pendulum", "vai": "pendulum", "ربلة": "plantar-towel"} {
		lang := ""
		for l, of := range map[string]string{"es": "cadera mandibula", "de": "Hüfte", "ar": "كتف ربلة", "he": "כתף", "vi": "vai"} {
			if strings.Contains(of, strings.Fields(words)[0]) {
				lang = l
			}
		}
		list, err := l.Search(Query{Words: words}, lang)
		if err != nil || !strings.Contains(" "+ids(list)+" ", " "+want+" ") {
			t.Errorf("%q in %q: %q %v, want %s", words, lang, ids(list), err, want)
		}
	}
	list, err := l.Search(Query{Words: "knee"}, "")
	if err != nil || !strings.HasPrefix(ids(list), "hip-flexor knee-to-chest trunk-rotation double-knee-to-chest ") {
		t.Errorf("%s %v", ids(list), err)
	}
}

// What cannot be read is left out, and told.
func TestSearchBesideMistakes(t *testing.T) {
	l := Open(mapFS("stretches/figure-4.md", "broken", "stretches/mine.md", mineStretch, "stretches/x.fig", "figure 1\n"))
	list, err := l.Search(Query{Words: "mine"}, "")
	if ids(list) != "mine" || err == nil || !strings.HasPrefix(err.Error(), "stretches/figure-4.md:1:1: ") {
		t.Errorf("%s %v", ids(list), err)
	}
}

// Whatever is searched for, what is found is of the library, each once, and holds with
// less of the query too.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{"", "hip", "figure4", "Hüfte", "child’s", "ال", "a\x00b", "\xff", "đ", "ﬀ", "İ", "..", "1 2 3", "\u0301", strings.Repeat("a ", 60)} {
		f.Add(s, "es")
	}
	l := Open()
	all, err := l.Stretches()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, words, lang string) {
		list, err := l.Search(Query{Words: words}, lang)
		if (err != nil) != (!utf8.ValidString(words) || utf8.RuneCountInString(words) > MaxQuery) {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, s := range list {
			known := func(first *Stretch) bool { return first.ID == s.ID }
			if seen[s.ID] || !slices.ContainsFunc(all, known) {
				t.Fatalf("%s", ids(list))
			}
			seen[s.ID] = true
		}
		if again, _ := l.Search(Query{Words: words}, lang); ids(again) != ids(list) {
			t.Fatal("another order")
		}
		for _, one := range plain(words) {
			part, err := l.Search(Query{Words: one}, lang)
			if err != nil {
				continue // longer than it was
			}
			for _, s := range list {
				if !slices.Contains(part, s) && len(plain(one)) == 1 {
					t.Fatalf("%s is found by %q, and not by %q", s.ID, words, one)
				}
			}
		}
	})
}
