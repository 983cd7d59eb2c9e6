package serve

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
)

// The stylesheet has nothing that no page has.
func TestStylesheet(t *testing.T) {
	var used strings.Builder
	files, err := fs.Glob(assets, "assets/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if ext := path.Ext(name); ext != ".html" && ext != ".js" || strings.HasSuffix(name, "/lit-html.js") {
			continue
		}
		text, err := assets.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		used.Write(text)
	}
	var css []byte
	for _, name := range []string{"style.css", "day.css"} {
		text, err := assets.ReadFile("assets/" + name)
		if err != nil {
			t.Fatal(err)
		}
		css = append(css, text...)
	}
	comment, body := regexp.MustCompile(`(?s)/\*.*?\*/|@media[^{]*`), regexp.MustCompile(`\{[^{}]*\}`)
	selectors := body.ReplaceAllString(comment.ReplaceAllString(string(css), ""), "\n")
	names := regexp.MustCompile(`([.#])([A-Za-z][\w-]*)`).FindAllStringSubmatch(selectors, -1)
	if len(names) < 100 {
		t.Fatal("this test is not looking at the stylesheet")
	}
	for _, m := range names {
		name := regexp.QuoteMeta(m[2])
		has := `class="([^"]* )?` + name + `[ "]|'` + name + `'`
		if m[1] == "#" {
			has = `id="` + name + `"`
		}
		if !regexp.MustCompile(has).MatchString(used.String()) {
			t.Errorf("no page has %s", m[0])
		}
	}
	for _, m := range regexp.MustCompile(`(?m)(?:^|[ ,>+~])([a-z][a-z0-9]*)(?:[ ,>+~:.\[]|$)`).FindAllStringSubmatch(selectors, -1) {
		if name := m[1]; !strings.Contains(used.String(), "<"+name) {
			t.Errorf("no page has %s", name)
		}
	}
}
