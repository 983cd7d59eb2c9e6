package fonts

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// In simple text a line may end where UAX #14 says, and each character is a cluster: all short
// texts of what it is made of, and longer ones.
func TestSimple(t *testing.T) {
	s := Default().Shaper()
	seen := 0
	check := func(text []rune) {
		if !simple(text) {
			return
		}
		seen++
		s.runes = text
		var got, want []int
		s.simple = true
		s.ends(func(end int) bool { got = append(got, end); return true })
		s.simple = false
		s.lines.Init(text)
		s.ends(func(end int) bool { want = append(want, end); return true })
		if !slices.Equal(got, want) {
			t.Fatalf("%q: a line may end at %v, want %v", string(text), got, want)
		}
		clusters := 0
		for it := s.lines.GraphemeIterator(); it.Next(); {
			clusters++
		}
		if clusters != len(text) {
			t.Fatalf("%q has %d clusters", string(text), clusters)
		}
	}
	each := []rune("aÉ5 \u00a0.,:;!?’'()-")
	for n := range 5 {
		text := make([]rune, n)
		var fill func(i int)
		fill = func(i int) {
			if i == n {
				check(text)
				return
			}
			for _, r := range each {
				text[i] = r
				fill(i + 1)
			}
		}
		fill(0)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	more := append([]rune("bcdeAZßñçøÿÀ09      ....---"), each...)
	for range 40000 {
		text := make([]rune, 4+rng.IntN(12))
		for i := range text {
			text[i] = more[rng.IntN(len(more))]
		}
		check(text)
	}
	if seen < 2000 {
		t.Errorf("only %d texts are simple", seen)
	}
}
