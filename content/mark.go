package content

import (
	"strconv"
	"strings"
)

// Mark is what an author allows to be done to a section when the page is full.
// A section is a heading with all that follows it up to the next heading of the
// same or a higher level. Marked both ways, it is cut first and left out last.
//
// The large edition has room for a third of the words. An author who wants it
// marks sections and paragraphs that are not in it, and writes for it what is only
// there.
type Mark uint8

const (
	Keep      Mark = 0      // as written, always
	Brief     Mark = 1 << 0 // may be cut to the bold lead-ins of its list items and paragraphs
	Optional  Mark = 1 << 1 // may be left out
	NotLarge  Mark = 1 << 2 // {.standard}: the large edition is without it
	OnlyLarge Mark = 1 << 3 // {.large}: only the large edition has it
)

// written is how an author writes a mark, with when the section gives way, after a space.
func (m Mark) written(give int) string {
	var list []string
	for i, name := range [...]string{".brief", ".optional", ".standard", ".large"} {
		if m&(1<<i) != 0 {
			list = append(list, name)
		}
	}
	if give > 0 {
		list = append(list, "give="+strconv.Itoa(give))
	}
	if list == nil {
		return ""
	}
	return " {" + strings.Join(list, " ") + "}"
}
