package day

import (
	"strings"
	"testing"

	"handout/output/store"
)

func TestFileName(t *testing.T) {
	for name, want := range map[string]string{
		"Zoë Nuñez-O'Brien":      "Zoë-Nuñez-O-Brien",
		"../../etc/passwd":       "etc-passwd",
		"  Ana  /  Ruiz  ":       "Ana-Ruiz",
		"Con":                    "Con-", // a device of Windows
		"Com1":                   "Com1-",
		"LPT9":                   "LPT9-",
		"aux":                    "aux-",
		"Conrad":                 "Conrad",
		"Com10":                  "Com10",
		"محمد":                   "محمد",
		"🙂":                      "",
		strings.Repeat("é", 200): strings.Repeat("é", 59),
	} {
		if got := fileName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// TestFolded: names that are one to some file system are one to us, so that neither
// page takes the place of the other.
func TestFolded(t *testing.T) {
	for _, same := range [][2]string{{"Νίκος-Α", "ΝΊΚΟΣ-Α"}, {"\u212aim", "kim"}, {"Zo\u00eb", "Zoe\u0308"}, {"STRASSE", "straße"}, {"Ana", "aNA"}} {
		if folded(same[0]) != folded(same[1]) {
			t.Errorf("%q and %q are two", same[0], same[1])
		}
	}
	if folded("Zoe") == folded("Zoë") {
		t.Error("Zoe and Zoë are one")
	}
}

// What a run with --names made is named to nobody who did not ask for names.
func TestNumbered(t *testing.T) {
	for _, c := range []struct {
		file, visit string
		want        bool
	}{
		{"visit-V1.pdf", "V1", true},
		{"visit-V1.row-0007.pdf", "V1", true},
		{"row-0007.pdf", "", true},
		{"row-0007.row-0007.pdf", "", true},
		{"row-0007.pdf", "Knee & Co/7", true},
		{"visit-V1.pdf", "V2", false},
		{"Visit-V1.pdf", "V1", false},
		{"Zoë-Quillfeather.pdf", "V1", false},
		{"row-Quillfeather.pdf", "", false},
	} {
		if got := numbered(store.Entry{File: c.file, Visit: c.visit, Row: 7}); got != c.want {
			t.Errorf("%s of visit %q: %v", c.file, c.visit, got)
		}
	}
}
