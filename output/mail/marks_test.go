package mail

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// What is learnt of a message is known beside its own marks, also by the next who opens
// the outbox.
func TestLearn(t *testing.T) {
	dir := t.TempDir()
	b, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	m := example()
	m.Marks = []string{"one"}
	eml, err := Compose(m)
	if err == nil {
		_, err = b.Put(2, "MARKS", eml, time.Unix(0, 0))
	}
	for _, more := range []map[string][]string{{"MARKS": {"two"}, "OTHER": {"x", "y"}}, {}, {"MARKS": {"three"}}} {
		if err == nil {
			err = b.Learn(more)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	e, _ := b.Find("MARKS")
	for range 2 {
		if got := b.Marks(e); !slices.Equal(got, []string{"one", "two", "three"}) {
			t.Errorf("the marks are %v", got)
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		if b, err = Open(dir); err != nil {
			t.Fatal(err)
		}
	}
	defer b.Close()
	if is, err := os.Stat(filepath.Join(dir, marksName)); err != nil || is.Mode().Perm()&0o077 != 0 {
		t.Errorf("mode %v, %v", is.Mode(), err)
	}
}
