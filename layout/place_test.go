package layout

import "testing"

// Every part that a tag belongs to has a place within the page, its own and no other's.
func TestPlaces(t *testing.T) {
	page := &Page{Size: Letter.Size, Tags: []Tag{{Role: Document, Parent: -1}, {Role: H1, Part: Part{Kind: InTitle}}, {Role: P, Part: Part{InStretch, 1}}, {Role: P, Part: Part{InStretch, 2}}},
		Items: []Item{&Image{Tag: Artifact, Box: Rect{W: 9, H: 9}}, &Image{Tag: 1, Box: Rect{10, 20, 30, 40}}, &Image{Tag: 2, Box: Rect{10, 100, 30, 40}},
			&Shape{Tag: 3, Path: []Segment{{To: XY{200, 100}}, {To: XY{230, 140}}}}, &Anchor{Tag: 2, Box: Rect{5, 130, 10, 50}}}}
	want := []Place{{Part{Kind: InTitle}, Rect{10, 20, 30, 40}}, {Part{InStretch, 1}, Rect{5, 100, 35, 80}}, {Part{InStretch, 2}, Rect{200, 100, 30, 40}}}
	got := page.Places()
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%v, and not %v", got[i], want[i])
		}
	}
}
