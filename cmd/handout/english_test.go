package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// unsaid is English that nobody speaks, and what is said instead.
var unsaid = []struct{ words, instead string }{
	{`can not`, "cannot"},
	{`(to|not|cannot|can|could) be had`, "there is no, cannot be used, cannot be reached"},
	{`(can|cannot|could not) be made out`, "cannot be read, cannot be understood"},
	{`(is|are) wanted (here|before|after)`, "there should be"},
	{`(in|inside) one another`, "nested"},
	{`otherwise than`, "differently from, not as"},
	{`set otherwise`, "set differently"},
	{`has not (as|so) (many|much)`, "does not have as many"},
	{`no \w+ any more`, "no longer a"},
	{`none any more`, "no longer any"},
	{`not so any more`, "no longer so"},
	{`no way to it`, "cannot be reached"},
	{`that there is not`, "which does not exist"},
	{`for want of`, "because there is no"},
	{`none of its words`, "does not know this word"},
	{`no file of ours|no page of ours`, "which handout did not make"},
	{`it is not known what`, "nothing says what"},
	{`by the name of`, "called"},
	{`\w+ wants more \w+`, "needs more"},
	{`parted (as|otherwise)`, "separated"},
	{`let its name end`, "end its name in"},
	{`this is no ([a-km-z]|l[a-np-z])\w*`, "this is not a"},
	{`(is|are) not there in the language`, "has no text in the language"},
	{`is to be had`, "there is"},
	{`hold (it|them) dear`, "keep"},
	{`none of (that|this) name`, "nothing has that name"},
	{`is at work on this`, "is using this"},
	{`asked for at once`, "requested at once"},
	{`gone through to its end`, "finished"},
	{`the servers? wants?|list wants`, "needs"},
	{`cannot be listened at`, "cannot be used"},
	{`this is not allowed`, "permission denied"},
	{`what is amiss`, "what is wrong"},
}

// said are the files whose words a person reads: what the program says, what is in its
// help and its documents, and the comments. Tests may quote what is not said.
func said(t *testing.T) map[string]string {
	t.Helper()
	top := os.DirFS(filepath.Join("..", ".."))
	found := map[string]string{}
	err := fs.WalkDir(top, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && name != ".ci" && (d.Name()[0] == '.' || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		if !slices.Contains([]string{".go", ".md", ".yaml", ".html", ".sh"}, path.Ext(name)) && name != ".ci/run" {
			return nil
		}
		text, err := fs.ReadFile(top, name)
		found[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) < 100 {
		t.Fatalf("only %d files found: this test is not looking at the house", len(found))
	}
	return found
}

// TestEnglish finds what is not said, also where a line breaks within it.
func TestEnglish(t *testing.T) {
	breaks := regexp.MustCompile(`\n[ \t]*(//|#|>)?[ \t]*|" ?\+\n?[ \t]*"`)
	var any []string
	for _, u := range unsaid {
		any = append(any, u.words)
	}
	of := func(words string) *regexp.Regexp { return regexp.MustCompile(`(?i)\b(?:` + words + `)\b`) }
	one := of(strings.Join(any, "|"))
	for name, text := range said(t) {
		text = breaks.ReplaceAllString(text, " ")
		if !one.MatchString(text) {
			continue
		}
		for _, u := range unsaid {
			for _, at := range of(u.words).FindAllStringIndex(text, -1) {
				t.Errorf("%s: “%s” is not said; say: %s", name, text[max(0, at[0]-20):min(len(text), at[1]+20)], u.instead)
			}
		}
	}
}

// lineMost is how many columns a line of Go has at most; a tab is four.
const lineMost = 120

// TestLines finds lines that are read with a finger on them.
func TestLines(t *testing.T) {
	for _, s := range sources(t) {
		for i, line := range strings.Split(s.text, "\n") {
			if n := utf8.RuneCountInString(strings.ReplaceAll(line, "\t", "    ")); n > lineMost {
				t.Errorf("%s:%d: the line has %d columns", s.name, i+1, n)
			}
		}
	}
}
