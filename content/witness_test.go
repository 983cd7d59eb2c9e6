package content

import (
	"testing"
	"testing/fstest"
)

// A sum changes with every byte that is read, also in the files that are drawn
// in, and with nothing else.
func TestSum(t *testing.T) {
	read := func(change func(fstest.MapFS)) Sum {
		files := fstest.MapFS{
			"brand.yaml": {Data: []byte("name: Harbour\nlogo: logo.svg\n")},
			"logo.svg":   {Data: []byte(`<svg viewBox="0 0 9 9"><path d="M0 0H9V9Z"/></svg>`)},
			"other.svg":  {Data: []byte("not read")},
		}
		change(files)
		b, err := ReadBrand(files, "brand.yaml")
		if err != nil {
			t.Fatal(err)
		}
		return b.Sum
	}
	same := read(func(fstest.MapFS) {})
	if same == (Sum{}) || same != read(func(fstest.MapFS) {}) {
		t.Error("the same files have two sums, or none")
	}
	if same != read(func(f fstest.MapFS) { f["other.svg"].Data = []byte("changed") }) {
		t.Error("a file that is not read changes the sum")
	}
	if same == read(func(f fstest.MapFS) { f["brand.yaml"].Data = append(f["brand.yaml"].Data, '\n') }) {
		t.Error("a byte more leaves the sum as it was")
	}
	if same == read(func(f fstest.MapFS) { f["logo.svg"].Data = append(f["logo.svg"].Data, ' ') }) {
		t.Error("another logo leaves the sum as it was")
	}

	l := Open()
	h, err := l.Handout("sciatica")
	if err != nil {
		t.Fatal(err)
	}
	s, err := l.Stretch("figure-4")
	if err != nil {
		t.Fatal(err)
	}
	if h.Sum == (Sum{}) || s.Sum == (Sum{}) || h.Sum == s.Sum {
		t.Error("a shipped file has no sum")
	}
}
