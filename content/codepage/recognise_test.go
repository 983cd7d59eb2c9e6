package codepage

import "testing"

// TestSignsOfText holds that a text of English with the signs that Word makes is read as
// what Word writes, although other encodings have letters in the places of those signs.
func TestSignsOfText(t *testing.T) {
	for _, c := range []struct{ data, want string }{
		{"It\x92s \x93bad backs\x94 4\x966 weeks\x85 mus\xadcles \xb7\tWalk \x96 even \xa7\tshift can\x92t", "Windows-1252"},
		{"\x93Sore\x94 \x96 don\x92t rub", "Windows-1252"},
		{"It\xd5s \xd2bad backs\xd3 don\xd5t \xd0 rub", "Mac Roman"},
	} {
		if _, name, err := recognise(c.data); err != nil || name != c.want {
			t.Errorf("%q: %s, %v, want %s", c.data, name, err, c.want)
		}
	}
}
