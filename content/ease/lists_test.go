package ease

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"handout/content"
)

// TestLists holds that each list in this package reads and is used: sorted, in
// small letters, nothing twice.
func TestLists(t *testing.T) {
	if _, err := readLists(files); err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(files, "words/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		without := fstest.MapFS{}
		for _, other := range names {
			if data, err := fs.ReadFile(files, other); err != nil {
				t.Fatal(err)
			} else if other != name {
				without[other] = &fstest.MapFile{Data: data}
			}
		}
		if _, err := readLists(without); err == nil {
			t.Errorf("%s: nobody reads it", name)
		}
	}
}

// TestListMistakes holds what is said of a list that was mended badly.
func TestListMistakes(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{"double", "orders.en", "# what to do\nbend\nbend\n", `words/orders.en.txt:3: "bend" appears twice`},
		{"order", "orders.en", "walk\n\nbend # back\n", `words/orders.en.txt:3: "bend" comes after "walk"`},
		{"capital", "orders.en", "Bend\n", "words/orders.en.txt:1: words are in lower case"},
		{"spaces", "summaries.en", "in  short\n", "words/summaries.en.txt:1: there is more than one space between two words"},
		{"pair", "orders.en", "bend: your knees\n", "words/orders.en.txt:1: this list has no colons"},
		{"no words", "orders.en", "# nothing\n", "words/orders.en.txt: the list is empty"},
		{"no plain words", "terms.en", "acute\n", `words/terms.en.txt:1: "acute" has nothing after it`},
		{"no term", "terms.en", "acute: sudden\n: what\n", "words/terms.en.txt:2: the word before the colon is missing"},
		{"long term", "terms.en", "a b c d: e\n", "words/terms.en.txt:1: a term has at most 3 words"},
		{"syllables", "syllables.en", "ache: 1\nbeing: two\n", "words/syllables.en.txt:2: a word has 1 to 9 syllables"},
		{"Latin-1", "vague.es", "introducci\xf3n\n", "words/vague.es.txt: this is not UTF-8"},
		{"two at once", "orders.en", "walk\nBend\n", "words/orders.en.txt:2: words are in lower case\nwords/orders.en.txt:2: \"Bend\" comes after \"walk\""},
		{"Windows", "orders.en", "\ufeff# what to do\r\nbend\r\nwalk\r\n", ""},
	} {
		fsys := fstest.MapFS{}
		err := fs.WalkDir(files, "words", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(files, name)
			fsys[name] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		fsys["words/"+test.file+".txt"] = &fstest.MapFile{Data: []byte(test.text)}
		_, err = readLists(fsys)
		var wrong content.Errors
		if got := ""; errors.As(err, &wrong) || err != nil || test.want != "" {
			if err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
			}
		}
		for _, e := range wrong {
			if strings.HasSuffix(e.Message, ".") || e.Message == "" {
				t.Errorf("%s: %q is not a sentence", test.name, e.Message)
			}
		}
	}
}
