package content

import "testing"

// BenchmarkLoad is all that one page asks of this package, from memory, with
// nothing kept: a handout, four stretches and the words read and personalised.
func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		l := Open()
		h, err := l.Handout("sciatica")
		if err != nil {
			b.Fatal(err)
		}
		if _, err := l.Personalise(h, nil, Visit{Patient: "Zoë"}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPersonalise is one more page of the same handout.
func BenchmarkPersonalise(b *testing.B) {
	l := Open()
	h, err := l.Handout("sciatica")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l.Personalise(h, nil, Visit{Patient: "Zoë"}); err != nil {
			b.Fatal(err)
		}
	}
}
