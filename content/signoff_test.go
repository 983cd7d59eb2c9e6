package content

import (
	"strings"
	"testing"
	"testing/fstest"
)

// A text is checked when somebody with a name and a credential has checked it.
func TestSignOff(t *testing.T) {
	read := func(line string) (*Handout, error) {
		return ReadHandout(fstest.MapFS{"x.md": {Data: []byte("---\ntitle: X\n" + line + "\n---\nText.\n")}}, "x.md")
	}
	h, err := read("signed-off: {name: Ana Ruiz, credential: PT, date: 2026-11-22}")
	if err != nil || h.Signed != (SignOff{"Ana Ruiz", "PT", "2026-11-22"}) {
		t.Errorf("%+v %v", h, err)
	}
	for line, want := range map[string]string{
		"signed-off: Ana Ruiz":                                     "does not say who signed off",
		"signed-off: {name: Ana Ruiz, date: 2026-11}":              "the credential of",
		"signed-off: {name: Ana Ruiz, credential: PT}":             "the date of",
		"signed-off: {name: Ana Ruiz, credential: PT, date: soon}": "not a month",
	} {
		if _, err := read(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", line, err)
		}
	}
	h, err = read("reviewed: 2026-11")
	if err != nil || h.Signed != (SignOff{}) || len(h.Warnings) != 1 || !strings.Contains(h.Warnings[0].Message, "names nobody") {
		t.Errorf("reviewed: %+v %v", h, err)
	}
}

// Nothing that we ship claims to be checked before somebody has.
func TestNothingShippedClaimsToBeChecked(t *testing.T) {
	list, err := Open().Handouts()
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range list {
		if h.Signed != (SignOff{}) {
			t.Errorf("%s is signed off by %s: say so in README and docs/to-confirm.md, and leave it out here", h.ID, h.Signed.Name)
		}
	}
}
