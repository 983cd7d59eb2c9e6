package content

import (
	"reflect"
	"testing"
	"testing/fstest"
)

// What a pack's file is written from is what is read from it.
func TestPackText(t *testing.T) {
	const list = `figure-4:hold=30s:reps=2:side=left:per-day=2:days=5:note="slowly: please, “now”",cat-cow:breaths=3,bridge,neck-turn:sets=2:unit=slow rounds`
	wanted, err := ParseChoices(list)
	if err != nil {
		t.Fatal(err)
	}
	if err := wanted[3].Set("unit", "slow rounds, small ones"); err != nil { // as a form has it: no comma ends it
		t.Fatal(err)
	}
	text := PackText("Sciatica: #1, “first” week", "es", wanted)
	l := Open(fstest.MapFS{"packs/mine.yaml": {Data: text}})
	p, err := l.Pack("mine")
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	got, err := p.In("es")
	if err != nil || p.Name("es") != "Sciatica: #1, “first” week" {
		t.Errorf("%v %s", err, p.Name("es"))
	}
	for i := range got {
		got[i].Position, wanted[i].Position = Position{}, Position{}
	}
	if !reflect.DeepEqual(got, wanted) {
		t.Errorf("%+v\nwas written from\n%+v\nas\n%s", got, wanted, text)
	}
	if _, err := p.In("en"); err == nil {
		t.Error("its Spanish notes are on an English page")
	}
}
