package content

import (
	"slices"
	"strings"
	"testing"
)

// A section marked for one edition goes with its parts; what follows stays.
func TestIn(t *testing.T) {
	h := &Page{Blocks: []Block{
		&Heading{Level: 2, Text: Text{{Text: "both"}}},
		&Heading{Level: 3, Text: Text{{Text: "part"}}, Mark: NotLarge},
		&Heading{Level: 2, Text: Text{{Text: "standard"}}, Mark: Brief | NotLarge},
		&Heading{Level: 3, Text: Text{{Text: "of it"}}},
		&Heading{Level: 2, Text: Text{{Text: "large"}}, Mark: OnlyLarge},
		&Heading{Level: 3, Text: Text{{Text: "of that"}}, Mark: OnlyLarge},
		&Heading{Level: 2, Text: Text{{Text: "end"}}, Mark: Optional},
		&Paragraph{Text: Text{{Text: "long"}}, Mark: NotLarge},
		&Paragraph{Text: Text{{Text: "short"}}, Mark: OnlyLarge},
		&Paragraph{Text: Text{{Text: "kept"}}},
	}}
	for _, c := range []struct {
		large bool
		want  string
	}{
		{false, "both part standard of it end long kept"},
		{true, "both large of that end short kept"},
	} {
		if e := h.Edition(c.large); !slices.EqualFunc(e.In(false), e.In(true), func(a, b Block) bool { return a == b }) {
			t.Errorf("the edition of %v has blocks of the other", c.large)
		}
		var got []string
		for _, b := range h.Edition(c.large).In(!c.large) {
			switch b := b.(type) {
			case *Heading:
				got = append(got, b.Text.String())
			case *Paragraph:
				got = append(got, b.Text.String())
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("large %v: %s, want %s", c.large, s, c.want)
		}
	}
}
