package content

import (
	"errors"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
)

// What reading takes grows as the text does, and not as its square: a row of a pasted text is looked at once, a sign put
// in place once. It is told from what is allocated, which is the same on every machine.
func TestLongTextsAreReadOnce(t *testing.T) {
	for _, s := range []string{"A:\n", "A | b\n", "A  b c\n", "Go ==a==\n", "go a-\nb\n", "A   b   c\nD       e\n"} {
		read := func(n int) float64 {
			files := mapFS("x.txt", strings.Repeat(s, n))
			return testing.AllocsPerRun(1, func() { ReadHandout(files, "x.txt") })
		}
		if short, long := read(250), read(2000); long > 12*short {
			t.Errorf("%q: %v allocations for 250 lines, %v for 2000", s, short, long)
		}
	}
}

// All that is shipped can be read, without a word to say about it.
func TestShipped(t *testing.T) {
	l := Open()
	handouts, err := l.Handouts()
	if err != nil {
		t.Error(err)
	}
	stretches, err := l.Stretches()
	if err != nil {
		t.Error(err)
	}
	for kind, n := range map[string]int{"handouts": len(handouts), "stretches": len(stretches)} {
		files, _ := fs.Glob(shipped, "library/"+kind+"/*.md")
		whole := slices.DeleteFunc(files, func(name string) bool { _, lang := idOf(shipped, name); return lang != "" })
		if n < len(whole) || n < 3 {
			t.Errorf("%d %s of %d", n, kind, len(whole))
		}
	}
	for _, h := range handouts {
		if !h.Shipped || len(h.Warnings) > 0 || h.Summary == "" || len(h.Sources) == 0 {
			t.Errorf("%s: %v", h.ID, h.Warnings)
		}
		if _, err := l.Personalise(h, nil, Visit{}); err != nil {
			t.Errorf("%s: %v", h.ID, err)
		}
	}
	for _, s := range stretches {
		if len(s.Warnings) > 0 || s.Summary == "" || len(s.Sources) == 0 {
			t.Errorf("%s: %v", s.ID, s.Warnings)
		}
		if n := len(s.Steps); n < 3 || n > 5 || s.Target == "" || s.Alt == "" || len(s.Frames) == 0 || s.dosed == 0 {
			t.Errorf("%s is not as a shipped one is to be", s.ID)
		}
		for _, step := range s.Steps {
			if step.LeadIn() == nil {
				t.Errorf("%s: %q has no lead-in", s.ID, step)
			}
		}
		for _, f := range s.Frames {
			if f.Pose != nil {
				t.Errorf("%s: %s would be drawn again for each page", s.ID, f.Pose.File)
			}
		}
	}
	own, _ := fs.Sub(shipped, "library")
	names, err := fs.Glob(own, "words/*.yaml")
	if err != nil || len(names) < 6 {
		t.Error(names, err)
	}
	for _, name := range names {
		if _, err := l.Words(strings.TrimSuffix(path.Base(name), ".yaml")); err != nil {
			t.Error(err)
		}
	}
}

func mapFS(files ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		m[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return m
}

const (
	simple      = "---\ntitle: Mine\n---\nText.\n"
	mineStretch = "---\nkind: stretch\nname: Mine\ntarget: all\ndose: {reps: 3}\nfigures: [x.fig]\nalt: It\n---\n1. **A**\n2. **B**\n3. **C**\n\n> [!CAUTION]\n> Stop, {patient}.\n"
)

func TestLibraryLayers(t *testing.T) {
	one := mapFS("handouts/sciatica.md", simple, "neck.md", "---\nkind: handout\ntitle: Neck\n---\nText.\n", "README.md", "# Not a handout",
		"mine.md", mineStretch, "x.fig", "figure 1\n")
	two := mapFS("handouts/sciatica.md", "broken", "handouts/neck.md", simple, "handouts/other.es.md", simple, "handouts/other.md", simple,
		"words/fr.yaml", "x: y")
	l := Open(one, two)
	h, err := l.Handout("sciatica")
	if err != nil || h.Title != "Mine" || h.Shipped {
		t.Errorf("%+v %v", h, err)
	}
	if h, err := l.Handout("neck"); err != nil || h.Title != "Neck" {
		t.Errorf("%+v %v", h, err)
	}
	if s, err := l.Stretch("mine"); err != nil || s.Name != "Mine" {
		t.Errorf("%+v %v", s, err)
	}
	if s, err := l.Stretch("figure-4"); err != nil || s.Name != "Lying figure-4" {
		t.Errorf("%+v %v", s, err)
	}
	var ids []string
	list, err := l.Handouts()
	for _, h := range list {
		ids = append(ids, h.ID)
	}
	want := []string{"neck", "other"}
	own, _ := Open().Handouts()
	for _, h := range own {
		want = append(want, h.ID) // sciatica among them, once
	}
	slices.Sort(want)
	if !slices.Equal(ids, want) || err != nil {
		t.Errorf("%v, want %v, %v", ids, want, err)
	}
	again, _ := l.Handout("sciatica")
	if again != h {
		t.Error("a handout was read twice")
	}
	if _, err := l.Words("fr"); err == nil || !strings.Contains(err.Error(), "words/fr.yaml:1:1: there is no key") {
		t.Error(err)
	}
}

// The text of a pose comes with the stretch, whatever is in it.
func TestPoses(t *testing.T) {
	of := func(figures string) string {
		return strings.Replace(mineStretch, "[x.fig]", figures, 1)
	}
	fsys := mapFS("poses/roll.pose", "# Roll\nsing\n", "empty.POSE", "\ufeff", "large.pose", strings.Repeat(" ", maxPose+1), "x.fig", "figure 1\n",
		"stretches/roll.md", of("[../poses/roll.pose, ../empty.POSE]"), "mixed.md", of("[x.fig, poses/roll.pose]"),
		"none.md", of("[roll.pose]"), "big.md", of("[large.pose]"), "list.md", of("[[poses/roll.pose]]"))
	s, err := ReadStretch(fsys, "stretches/roll.md")
	if err != nil || len(s.Frames) != 2 {
		t.Fatal(err)
	}
	if p := s.Frames[0].Pose; p == nil || p.File != "poses/roll.pose" || string(p.Text) != "# Roll\nsing\n" {
		t.Errorf("%+v", p)
	}
	if f := s.Frames[1]; f.Pose == nil || len(f.Pose.Text) > 0 || f.Traced != nil || f.Picture != nil || f.Line != 6 {
		t.Errorf("%+v", f)
	}
	if s, err := ReadStretch(fsys, "mixed.md"); err != nil || s.Frames[0].Traced == nil || s.Frames[0].Pose != nil || s.Frames[1].Pose == nil {
		t.Error(err)
	}
	for name, want := range map[string]string{
		"none.md": "none.md:6:11: roll.pose: there is no such file",
		"big.md":  "big.md:6:11: large.pose: the file is larger than 64 kB",
		"list.md": "list.md:6:11: there should be plain text here",
	} {
		if _, err := ReadStretch(fsys, name); err == nil || err.Error() != want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Loading one file must not read another.
func TestLibraryIsLazy(t *testing.T) {
	l := Open(mapFS("handouts/a.md", simple, "handouts/b.md", "---\ntitle: \"\"\n---\nbroken"))
	if _, err := l.Handout("a"); err != nil {
		t.Error(err)
	}
	if n := len(l.handouts.m); n != 1 {
		t.Errorf("%d files were read", n)
	}
	list, err := l.Handouts()
	if len(list) < 2 || err == nil || !strings.Contains(err.Error(), "handouts/b.md:1:1: the handout has no title") {
		t.Error(list, err)
	}
}

func TestLanguages(t *testing.T) {
	es := "---\ntitle: Mío\nlang: es\n---\nHola.\n"
	l := Open(mapFS("handouts/a.md", simple, "handouts/a.es.md", es, "handouts/b.md", es, "handouts/c.md", "---\ntitle: C\nlang: en-GB\n---\nText.\n"))
	for _, c := range []struct{ id, lang, want string }{
		{"a", "", "Mine"}, {"a", "en", "Mine"}, {"a", "en-US", "Mine"}, {"a", "es", "Mío"}, {"a", "es-MX", "Mío"},
		{"b", "", "Mío"}, {"b", "es", "Mío"}, {"c", "en", "C"},
		{"b", "en", "Mío"}, {"a", "fr", "Mine"}, // in its own
	} {
		h, err := l.HandoutIn(c.id, c.lang)
		got := ""
		if err != nil {
			got = err.Error()
		} else {
			got = h.Title
		}
		if got != c.want {
			t.Errorf("%s in %q: %s, want %s", c.id, c.lang, got, c.want)
		}
	}
}

func TestUnknown(t *testing.T) {
	l := Open()
	for _, c := range []struct{ got, want string }{
		{hint(l.Handout("sciatca")), "did you mean sciatica? `handout list handouts` shows them all"},
		{hint(l.Handout("Massage and sciatca")), "did you mean sciatica? `handout list handouts` shows them all"},
		{hint(l.Handout("xyzzy")), "`handout list handouts` shows them all"},
		{hint(l.Stretch("figure4")), "did you mean figure-4? `handout list stretches` shows them all"},
		{hint(l.Stretch("piriformis stretches")), "did you mean figure-4? `handout list stretches` shows them all"},
		{hint(l.Stretch("../stretches/figure-4")), "`handout list stretches` shows them all"},
		{hint(l.Stretch("")), "`handout list stretches` shows them all"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func hint[T any](_ *T, err error) string {
	var e *Error
	if !errors.As(err, &e) {
		return "not an Error"
	}
	return e.Hint
}

func TestCheck(t *testing.T) {
	fsys := mapFS("a.md", "---\ntitle: A\nstretches: [figure-4, figure-5]\n---\n✅ One\n✅ Two\n", "s.md", mineStretch, "x.fig", "figure 1\n",
		"b.yaml", "colors: {main: yellow}\n", "words/xx.yaml", "", "stretches/y.md", "---\n---\n", "c.txt", "", "c.rtf", "{\\rtf1 hello}", "d.md", "---\nkind: poem\n---\nx\n")
	for _, c := range []struct {
		name, kind string
		warnings   int
		err        string
	}{
		{"a.md", "handout", 1, `a.md:3:23: there is no stretch called "figure-5"`},
		{"s.md", "stretch", 0, ""},
		{"b.yaml", "brand", 1, ""},
		{"words/xx.yaml", "words", 0, "words are missing"},
		{"stretches/y.md", "stretch", 1, "the stretch has no name"},
		{"c.txt", "handout", 0, "the handout is empty"},
		{"c.csv", "", 0, "this is not a file to check"},
		{"c.rtf", "", 0, "this is rich text (RTF), which is not read as a text"},
		{"d.md", "handout", 1, "this file is read as a handout"},
		{"none.md", "", 0, "none.md: there is no such file"},
		{"none.yaml", "brand", 0, "none.yaml: there is no such file"},
	} {
		kind, warnings, err := Open().Check(fsys, c.name)
		if kind != c.kind || len(warnings) != c.warnings || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("%s: %q %v %v", c.name, kind, warnings, err)
		}
	}
}

func TestReadLimits(t *testing.T) {
	fsys := mapFS("long.md", simple+strings.Repeat("word ", maxText/5), "front.md", "---\n# "+strings.Repeat("x", maxYAML)+"\n---\n",
		"folder/x.md", simple, "many.md", simple+strings.Repeat("{nothing}\n\n", 5000), "deep.md", simple+strings.Repeat("> ", 400)+"x",
		"items.md", simple+strings.Repeat("- ", 400)+"x", "run.md", simple+strings.Repeat("[a](", 6000),
		"lines.md", "---\ntitle: T\nsubtitle: |\n"+strings.Repeat("\n", 2001)+"---\nText.\n", "signs.md", "---\ntitle: "+strings.Repeat("<", 60000)+"\n---\nText.\n")
	for name, want := range map[string]string{
		"long.md":    "long.md: the file is larger than 96 kB",
		"front.md":   "front.md:2:1: there is more than 64 kB of YAML here",
		"folder":     "folder: this is a folder, not a file",
		"../x.md":    "../x.md: this is not a path inside the folder",
		"many.md":    "there are 4900 more mistakes after this one",
		"deep.md":    "quotes or lists are nested 400 deep",
		"items.md":   "quotes or lists are nested 400 deep",
		"run.md":     "run.md:4:1: there are more than 10000 characters without a blank line here",
		"lines.md":   "lines.md:2:1: there are more than 2000 lines of YAML here",
		"signs.md":   "signs.md:2:1: brackets or lists are nested more than 32 deep",
		"missing.md": "missing.md: there is no such file",
	} {
		if _, err := ReadHandout(fsys, name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %.200v", name, err)
		}
	}
}

func TestLibraryIsShared(t *testing.T) {
	l := Open()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			h, err := l.Handout("sciatica")
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := l.Personalise(h, nil, Visit{Patient: "A"}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
}

// Broken YAML costs in memory what its length is: the library's own words for a mistake
// print the file once more for every sign in it.
func TestHostileMemory(t *testing.T) {
	asks := func(text string) float64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _ = ReadBrand(mapFS("x.yaml", text), "x.yaml")
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	for _, s := range []string{"]", "&", "%", "`", "{{x}}", "[a][b]", "[]"} {
		if few, many := asks(strings.Repeat(s, 6000/len(s))), asks(strings.Repeat(s, 60000/len(s))); many > 20*few {
			t.Errorf("%q: %.0f bytes for a tenth, %.0f for the whole", s, few, many)
		}
	}
}

// Files made to keep the libraries below us busy, or to have them call themselves
// without end, are read or refused like any other.
func TestHostile(t *testing.T) {
	for _, s := range []string{"[", "![", "[a](", "*a **b ", "_a_b", "<a:", "> ", "- ", "1. ", "`", "&#1;", "{", "|a", "\\", "<!-- ", "✅ A\n", "a\n: ", "~~~\n"} {
		text := strings.Repeat(s, maxRun/2/len(s))
		if _, err := ReadHandout(mapFS("x.md", simple+text), "x.md"); err != nil {
			wantPlaces(t, []byte(simple+text), err)
		}
	}
	for _, s := range []string{"[", "{a: ", "- ", "? ", "!a ", "&a ", "*a ", "| ", "a: ", "\"", "a: 1\n", "--- "} {
		text := strings.Repeat(s, 5000/len(s))
		_, err := ReadBrand(mapFS("x.yaml", text), "x.yaml")
		if err == nil {
			t.Errorf("%q makes a brand", s)
		}
		wantPlaces(t, []byte(text), err)
	}
}

// asked counts what a folder is asked for.
type asked struct {
	fs.FS
	n atomic.Int64
}

func (a *asked) Open(name string) (fs.File, error) {
	a.n.Add(1)
	return a.FS.Open(name)
}

// An author's folder is asked once for each name, not once for each page; what was
// not there is asked for again, for it may come.
func TestFilesAreFoundOnce(t *testing.T) {
	files := mapFS("handouts/mine.md", "---\ntitle: Mine\nlang: en\n---\nRest.\n\n```stretches\n```\n")
	own := &asked{FS: files}
	l := Open(own)
	page := func() {
		t.Helper()
		h, err := l.Handout("mine")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Personalise(h, nil, Visit{Patient: "Zoë", Chosen: true, Stretches: []Choice{{ID: "figure-4"}}}); err != nil {
			t.Fatal(err)
		}
	}
	page()
	first := own.n.Load()
	if page(); own.n.Load() != first {
		t.Errorf("the second page asked the folder %d times", own.n.Load()-first)
	}
	if _, err := l.Handout("later"); err == nil {
		t.Fatal("a handout that is not there was found")
	}
	files["handouts/later.md"] = files["handouts/mine.md"]
	if _, err := l.Handout("later"); err != nil {
		t.Error(err)
	}
}

// A stretch is found by its name too, as plans and people write it, unless two have it.
func TestFoundByName(t *testing.T) {
	twin := strings.Replace(mineStretch, "name: Mine", "name: Twin", 1)
	l := Open(mapFS("stretches/a.md", twin, "stretches/b.md", twin, "stretches/x.fig", "figure 1\n", "stretches/own.md", mineStretch))
	for asked, want := range map[string]string{"Knee to chest": "knee-to-chest", "  knee  TO chest": "knee-to-chest", "knee_to_chest": "knee-to-chest", "child's pose": "childs-pose", "Child’s Pose": "childs-pose", "mine": "own", "own": "own", "Twin": "",
		"Rodilla al pecho": "knee-to-chest", "rodilla  AL pecho": "knee-to-chest"} {
		s, err := l.Stretch(asked)
		if want == "" {
			if err == nil {
				t.Errorf("%q: %s", asked, s.ID)
			}
		} else if err != nil || s.ID != want {
			t.Errorf("%q: %v %v, want %s", asked, s, err, want)
		}
	}
	for _, title := range []string{"Massage and sciatica", "Masaje y ciática"} {
		if h, err := l.HandoutIn(title, "en-US"); err != nil || h.ID != "sciatica" || h.Lang != "en" {
			t.Errorf("%s: %v %v", title, h, err)
		}
	}
	page, err := l.Personalise(&Handout{Title: "T", Lang: "en"}, nil, Visit{Chosen: true, Stretches: []Choice{{ID: "Knee to Chest"}, {ID: "knee-to-chest"}}})
	if err == nil || !strings.Contains(err.Error(), "chosen twice") {
		t.Errorf("%v %v", page, err)
	}
}

// A file says its kind however its YAML is written.
func TestKindSaid(t *testing.T) {
	for _, line := range []string{"kind: stretch", "kind: stretch  # mine", "kind: \"stretch\" # mine", "kind: 'stretch'", "kind : stretch", "\"kind\": stretch", "kind:  stretch\t# x", "# kind: poem\nkind: stretch", "also: [a, \"kind: b\"]\nkind: stretch"} {
		text := strings.Replace(mineStretch, "kind: stretch", line, 1)
		l := Open(mapFS("own.md", text, "x.fig", "figure 1\n"))
		if s, err := l.Stretch("own"); err != nil || s.Name != "Mine" {
			t.Errorf("%q: %v", line, err)
		}
		if kind, _, err := l.Check(mapFS("own.md", text, "x.fig", "figure 1\n"), "own.md"); kind != "stretch" || err != nil {
			t.Errorf("%q: a %s, %v", line, kind, err)
		}
	}
	for text, want := range map[string]string{
		"---\nkind:\ntitle: T\n---\nA\n": "handout", "---\ntitle: \"kind: stretch\"\n---\nA\n": "handout", "---\ntitle: T\n---\nkind: stretch\n": "handout",
		"---\ndose: {reps: 3}\nname: \"N\n---\nA\n": "stretch", "---\nsubtitle: T\n  kind: stretch\n---\nA\n": "handout",
	} {
		if kind, _, _ := Open().Check(mapFS("x.md", text), "x.md"); kind != want {
			t.Errorf("%q: a %s, want a %s", text, kind, want)
		}
	}
}

// The end of a name is a language only if it is one.
func TestFileNames(t *testing.T) {
	fsys := mapFS("words/hmn.yaml", "")
	for name, want := range map[string]string{
		"m.md": "m ", "m.markdown": "m ", "n.MD": "n ", "n.Markdown": "n ", "notes.old.md": "notes.old ", "notes.final.md": "notes.final ", "notes.v2.md": "notes.v2 ", "a.ok.md": "a.ok ",
		"a.es.md": "a es", "a.pt-BR.md": "a pt-BR", "handouts/a.es.MD": "a es", "a.hmn.md": "a hmn", "a.vie.md": "a.vie ", ".es.md": ".es ", "es.md": "es ", "a.es": "a es",
	} {
		if id, lang := idOf(fsys, name); id+" "+lang != want {
			t.Errorf("%s: %q %q, want %q", name, id, lang, want)
		}
	}
	h, err := ReadHandout(mapFS("notes.old.md", simple), "notes.old.md")
	if err != nil || h.ID != "notes.old" || h.Lang != "en" {
		t.Errorf("%+v %v", h, err)
	}
	if got := hint(Open().Words("fr")); !strings.Contains(got, "there are ar, de, en, es, he and vi;") {
		t.Error(got)
	}
	if got := hint(Open(mapFS("words/pl.yaml", "")).Words("fr")); !strings.Contains(got, "he, pl and vi;") {
		t.Error(got)
	}
}

// A mistake is told of the file as people call it, wherever in it it is found.
func TestCalled(t *testing.T) {
	in := func(fsys fstest.MapFS, dir string) Folder {
		return Folder{fsys, func(name string) string { return dir + "/" + name }}
	}
	one := in(mapFS("stretches/mine.md", mineStretch, "stretches/x.fig", "figure 1\n", "a.md", simple), "one")
	two := in(mapFS("handouts/h.md", "---\ntitle: H\nstretches: [mine]\n---\nText.\n", "a.md", "---\ntitle: A\n---\nSee ![](x.png)\n", "b.yaml", "nam: X\n", "latin.md", "é é \xff", "words/fr.yaml", "x: y\n", "pose.md", strings.Replace(mineStretch, "x.fig", "p.pose", 1), "p.pose", "x\n"), "two")
	l := Open(one, two)
	h, err := l.Handout("h")
	if err != nil || h.File != "two/handouts/h.md" || h.Blocks[0].Pos().File != "two/handouts/h.md" {
		t.Errorf("%+v %v", h, err)
	}
	if s, err := l.Stretch("mine"); err != nil || s.File != "one/stretches/mine.md" {
		t.Errorf("%+v %v", s, err)
	}
	if s, err := ReadStretch(two, "pose.md"); err != nil || s.Frames[0].Pose.File != "two/p.pose" {
		t.Errorf("%+v %v", s, err)
	}
	_, words := l.Words("fr")
	_, handout := ReadHandout(two, "a.md")
	_, brand := ReadBrand(two, "b.yaml")
	_, latin := ReadHandout(two, "latin.md")
	_, none := ReadHandout(two, "none.md")
	_, _, check := l.Check(two, "a.md")
	for _, err := range []error{words, handout, brand, latin, none, check} {
		if err == nil || !strings.HasPrefix(err.Error(), "two/") {
			t.Error(err)
		}
	}
}

// What looks like many lists within lists at the start of a line, and is none.
func TestQuoteDepth(t *testing.T) {
	for text, want := range map[string]int{
		"Stretch              | How often\n---------------------|----------\nKnee to chest        | daily\n": 0,
		"---- Title ----------------": 0, "- - - - - - - - - - - - - - - - - -": 0, "* * *": 0, "**bold** text": 0, "-------------------- a": 0, "+1 555 0100": 0, "2026-12-01 - a": 0, "1.5 hours": 0,
		"- a": 1, "> - 1. a": 3, ">>> a": 3, "- * + a": 3, "- * - * - *": 6, "1. 1. 1) a": 3, "-\ta": 1, ">- a": 2, "- - - a": 3, "  - a": 1, "> > >": 3, "1986. A year": 1,
	} {
		if got := quoteDepth([]byte(text)); got != want {
			t.Errorf("%q: %d deep, want %d", text, got, want)
		}
	}
	for _, sign := range []string{"> ", ">", "- ", "* ", "+ ", "1. ", "9) ", "- * ", "-\t", "> 1. "} {
		if _, err := ReadHandout(mapFS("h.md", "---\ntitle: T\n---\n"+strings.Repeat(sign, 5000)+"x\n"), "h.md"); err == nil || !strings.Contains(err.Error(), "deep") {
			t.Errorf("%q: %v", sign, err)
		}
	}
}
