package serve

import (
	"embed"
	"encoding/json"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// The page's own words: a file for each of its places, in which a word has a key and stands
// in English and in Spanish. It may have slots, as {name}, and two forms by {n}, for one and
// for more: "{n} row|{n} rows".

// pageLanguages are those that the page speaks.
var pageLanguages = []string{"en", "es"}

//go:embed words
var wordFiles embed.FS

// words are all of them by PLACE.KEY, as the page asks for them.
var words = sync.OnceValue(func() map[string][2]string {
	all := map[string][2]string{}
	files, err := fs.Glob(wordFiles, "words/*.json")
	for _, file := range files {
		text, broken := wordFiles.ReadFile(file)
		of := map[string][2]string{}
		if broken == nil {
			broken = json.Unmarshal(text, &of)
		}
		if broken != nil {
			err = broken
		}
		for key, said := range of {
			all[strings.TrimSuffix(path.Base(file), "json")+key] = said
		}
	}
	if err != nil {
		panic(err) // they are ours, and a test reads them
	}
	return all
})

// wordsFile are the words as the page reads them.
var wordsFile = sync.OnceValue(func() []byte {
	text, err := json.Marshal(words())
	if err != nil {
		panic(err) // they are texts
	}
	return text
})
