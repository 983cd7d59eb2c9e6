package store

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// A folder has one key, that only its owner can read; what is not it is refused, and
// never taken the place of.
func TestKey(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, keyName)
	open := func() (*Ledger, error) {
		t.Helper()
		f, err := OpenFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		l, err := OpenLedger(f)
		if err == nil {
			defer l.Close()
			_, err = l.Begin(ledgerTime, nil)
		}
		return l, err
	}
	first, err := open()
	if err != nil || first.Key == (Key{}) {
		t.Fatal(err)
	}
	is, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && is.Mode() != 0o600 {
		t.Errorf("mode %v, %v", is.Mode(), err)
	}
	again, err := open()
	if err != nil || again.Key != first.Key {
		t.Error("the second run has another key", err)
	}
	if l, err := ReadLedger(dir); err != nil || l.Key != first.Key {
		t.Error("who reads the ledger has another key", err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damaged := range map[string]string{
		"empty": "", "short": string(text[:40]), "long": string(text) + "0", "no hexadecimal": strings.Repeat("g", 64) + "\n", "another": strings.Repeat("0", 64) + "\n",
	} {
		if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := open()
		_, read := ReadLedger(dir)
		if err == nil || read == nil || !strings.Contains(err.Error(), "the folder's key is") {
			t.Errorf("%s: %v, %v", name, err, read)
		}
		if left, _ := os.ReadFile(path); string(left) != damaged {
			t.Errorf("%s: it was written over", name)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := open(); err == nil || err.Error() != "the folder has a ledger, but its key is missing" {
		t.Errorf("gone: %v", err)
	}
	// A ledger of the first versions has none yet.
	if err := os.WriteFile(filepath.Join(dir, ledgerName), []byte(`{"run":{"number":1,"time":"2026-11-22T18:00:00Z","settings":{"paper":"letter","library":"a\nb"}}}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := open()
	if err != nil || l.Key == first.Key {
		t.Fatal(err)
	}
	if got := l.Runs[0].Settings; strings.Join(got["library"], " ") != "a b" || strings.Join(got["paper"], " ") != "letter" {
		t.Errorf("settings %v", got)
	}
}

// Whoever has the ledger alone finds no file's sum by trying pages.
func TestKeyedSum(t *testing.T) {
	f := openFolder(t, t.TempDir())
	l := openLedger(t, f)
	page := rowPage(1, 0)
	e := entryOf(1, 0)
	e.Sum, e.Plain = l.Key.Sum(page), Sum{}
	if err := f.Put(e.File, page); err != nil {
		t.Fatal(err)
	}
	if err := l.Append(e); err != nil {
		t.Fatal(err)
	}
	if !l.Holds(e) || !l.Holds(l.Find(e.Code)[0]) {
		t.Error("the page is not held")
	}
	other := e
	other.Sum = Key{1}.Sum(page)
	if l.Holds(other) {
		t.Error("another key gives the same sum")
	}
	seen := map[Code]bool{}
	for try := range 100 {
		seen[e.Content.Code(try)] = true
	}
	if len(seen) != 100 || e.Content.Code(0) != Code(e.Content[:5]) {
		t.Errorf("%d codes of a hundred tries", len(seen))
	}
}
