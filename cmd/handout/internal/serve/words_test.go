package serve

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"handout/content"
)

var slot = regexp.MustCompile(`\{\w+\}`)

// Each word is there in both languages, with the same slots.
func TestWords(t *testing.T) {
	if len(words()) < 100 {
		t.Fatal("this test is not looking at the words")
	}
	for key, said := range words() {
		var slots [2][]string
		for i, text := range said {
			if strings.TrimSpace(text) == "" || strings.Count(text, "|") > 1 {
				t.Errorf("%s is %q", key, said)
			}
			slots[i] = slot.FindAllString(text, -1)
			slices.Sort(slots[i])
			slots[i] = slices.Compact(slots[i])
		}
		if !slices.Equal(slots[0], slots[1]) {
			t.Errorf("%s has the slots %q", key, slots)
		}
	}
	for _, look := range content.Looks() {
		for _, key := range []string{"make.look-" + look, "make.look-" + look + "-hint"} {
			if _, ok := words()[key]; !ok {
				t.Errorf("there is no word %s", key)
			}
		}
	}
}

// literal is a text in a script: of a template the slots are empty.
type literal struct {
	text string
	html bool
}

// literals are all of a script's texts. It ends at the bracket that closes a slot.
type literals struct {
	rest  string
	found []literal
}

func (l *literals) code() {
	for depth := 0; l.rest != ""; {
		switch {
		case strings.HasPrefix(l.rest, "//"):
			_, l.rest, _ = strings.Cut(l.rest, "\n")
			continue
		case strings.HasPrefix(l.rest, "/*"):
			_, l.rest, _ = strings.Cut(l.rest, "*/")
			continue
		case strings.HasPrefix(l.rest, "html`"):
			l.rest = l.rest[5:]
			l.template(true)
			continue
		}
		c := l.rest[0]
		l.rest = l.rest[1:]
		switch c {
		case '{':
			depth++
		case '}':
			if depth--; depth < 0 {
				return
			}
		case '`':
			l.template(false)
		case '\'', '"':
			end := 0
			for end < len(l.rest) && l.rest[end] != c {
				if l.rest[end] == '\\' {
					end++
				}
				end++
			}
			l.found = append(l.found, literal{l.rest[:end], false})
			l.rest = l.rest[min(end+1, len(l.rest)):]
		}
	}
}

func (l *literals) template(html bool) {
	var text strings.Builder
	for l.rest != "" {
		if strings.HasPrefix(l.rest, "${") {
			l.rest = l.rest[2:]
			text.WriteString("\x00")
			l.code()
			continue
		}
		c := l.rest[0]
		l.rest = l.rest[1:]
		if c == '`' {
			break
		}
		text.WriteByte(c)
	}
	l.found = append(l.found, literal{text.String(), html})
}

var (
	keyForm  = regexp.MustCompile(`^([a-z]+)\.([a-z0-9_-]*)\x00?$`)
	saidAt   = regexp.MustCompile(`data-(?:say|label|such|title)="([a-z.0-9_-]+)"`)
	letters  = regexp.MustCompile(`\pL{2}`)
	sentence = regexp.MustCompile(`^\p{Lu}\p{Ll}+( |$)|^\pL+,? (\pL+,? )+\pL+`)
)

// names are texts that are in no language: ours, and those of the web's own things.
var names = []string{"handout", "Enter", "Accept", "Authorization", "Content-Type", "AbortError", "Bearer \x00", "Jane", "Cliniko", "Acuity"}

// The page is made of no word but those, and asks for each of them.
func TestWordsAlone(t *testing.T) {
	files, err := fs.Glob(assets, "assets/*.*")
	if err != nil {
		t.Fatal(err)
	}
	places, used := map[string]bool{}, map[string]bool{}
	for key := range words() {
		place, _, _ := strings.Cut(key, ".")
		places[place] = true
	}
	ask := func(file, key string) {
		begins, found := strings.HasSuffix(key, "\x00"), false
		key = strings.TrimSuffix(key, "\x00")
		for word := range words() {
			if word == key || begins && strings.HasPrefix(word, key) {
				found, used[word] = true, true
			}
		}
		if !found {
			t.Errorf("%s asks for %s, and there is no such word", file, key)
		}
	}
	for _, file := range files {
		ext := path.Ext(file)
		if ext != ".html" && ext != ".js" || strings.HasSuffix(file, "/lit-html.js") {
			continue
		}
		source, err := assets.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if ext == ".html" {
			for _, m := range saidAt.FindAllStringSubmatch(string(source), -1) {
				ask(file, m[1])
			}
			wordless(t, file, string(source))
			continue
		}
		l := &literals{rest: string(source)}
		l.code()
		for _, one := range l.found {
			m := keyForm.FindStringSubmatch(one.text)
			switch {
			case one.html:
				wordless(t, file, one.text)
			case m != nil && places[m[1]]:
				ask(file, one.text)
			case sentence.MatchString(one.text) && !slices.Contains(names, one.text):
				t.Errorf("%s has the words %q", file, one.text)
			}
		}
	}
	for _, place := range []string{"make", "day", "stretches", "packs", "clinic", "welcome"} { // asked for as `${place}.title`
		used[place+".title"] = true
	}
	for key := range words() {
		if !used[key] {
			t.Errorf("nothing asks for the word %s", key)
		}
	}
}

// wordless holds that HTML has no text of its own, also where it is heard alone.
func wordless(t *testing.T, file, text string) {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			if s := strings.TrimSpace(string(z.Text())); letters.MatchString(s) && !slices.Contains(names, s) {
				t.Errorf("%s has the words %q", file, s)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, a := range z.Token().Attr {
				if slices.Contains([]string{"aria-label", "title", "placeholder", "alt"}, a.Key) && letters.MatchString(a.Val) {
					t.Errorf("%s has the words %s=%q", file, a.Key, a.Val)
				}
			}
		}
	}
}
