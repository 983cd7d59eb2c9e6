package fonts

import (
	"slices"
	"strings"
	"sync"
)

// Stack is the order in which faces are asked for a character. It is read-only
// and may be shared.
type Stack struct {
	families []family
}

// family is up to four faces of one design, by Style; nil where it has none.
type family [4]*member

// member is a face that need not be parsed to know what it draws.
type member struct {
	cover ranges // nil: ask the face
	face  func() *Face
}

func (m *member) has(r rune) bool {
	if m.cover != nil {
		return m.cover.has(r)
	}
	return m.face().has(r)
}

// ranges are characters, as first and last of each range in ascending order.
type ranges []rune

func (c ranges) has(r rune) bool {
	i, found := slices.BinarySearch(c, r)
	return found || i%2 != 0
}

// likeness lists the styles to try for each Style, best first.
var likeness = [4][4]Style{
	Regular:    {Regular, Bold, Italic, BoldItalic},
	Bold:       {Bold, Regular, BoldItalic, Italic},
	Italic:     {Italic, Regular, BoldItalic, Bold},
	BoldItalic: {BoldItalic, Bold, Italic, Regular},
}

// members calls yield with the faces to ask for text of a style, in order, until
// it returns false.
func (s *Stack) members(style Style, yield func(*member) bool) {
	for i := range s.families {
		for _, like := range likeness[style&BoldItalic] {
			if m := s.families[i][like]; m != nil && !yield(m) {
				return
			}
		}
	}
}

// Default is the chain of the shipped faces: Atkinson Hyperlegible Next for all
// it draws, then Noto Sans by script, then symbols. No file is parsed until a
// character needs it.
func Default() *Stack { return shippedStack() }

var shippedStack = sync.OnceValue(func() *Stack {
	s := &Stack{}
	for _, f := range shipped {
		var fam family
		for style, file := range f {
			if file.name != "" {
				fam[style] = &member{cover: file.cover, face: sync.OnceValue(func() *Face {
					data, err := files.ReadFile("ttf/" + file.name + ".ttf")
					if err != nil {
						panic(err) // it is compiled in
					}
					face, err := Parse(data)
					if err != nil {
						panic("fonts: " + file.name + ": " + err.Error())
					}
					return face
				})}
			}
		}
		s.families = append(s.families, fam)
	}
	return s
})

// With is the chain followed by further faces: those of one family name stand
// together and serve each the style it says it has.
func (s *Stack) With(faces ...*Face) *Stack {
	return &Stack{families: append(slices.Clip(s.families), group(faces)...)}
}

// group makes families of faces, in the order in which their names first appear.
// Of two faces with one name and style the first counts.
func group(faces []*Face) []family {
	var names []string
	var out []family
	for _, f := range faces {
		name := strings.ToLower(f.family)
		i := slices.Index(names, name)
		if i < 0 {
			i = len(names)
			names, out = append(names, name), append(out, family{})
		}
		if out[i][f.style] == nil {
			out[i][f.style] = &member{face: func() *Face { return f }}
		}
	}
	for _, f := range faces { // a bold file goes before a variable font's bold
		i := slices.Index(names, strings.ToLower(f.family))
		if f.axes == nil || f.style&Bold != 0 || out[i][f.style|Bold] != nil {
			continue
		}
		if bold := f.bold(); bold != nil {
			out[i][bold.style] = &member{face: func() *Face { return bold }}
		}
	}
	return out
}
