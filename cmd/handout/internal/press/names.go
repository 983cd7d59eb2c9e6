package press

import (
	"strings"

	"handout/content"
	"handout/layout"
)

// EditionNamed is one of layout's editions: standard, large or bw.
func EditionNamed(name string) (edition string, ok bool) {
	switch name = strings.ToLower(name); name {
	case layout.Standard, layout.Large, layout.BW:
		return name, true
	}
	return "", false
}

// PaperNamed is a size of paper: letter or a4.
func PaperNamed(name string) (layout.Paper, bool) {
	for _, p := range []layout.Paper{layout.Letter, layout.A4} {
		if p.Name == strings.ToLower(name) {
			return p, true
		}
	}
	return layout.Paper{}, false
}

// SideNamed is a side of the body: left or right.
func SideNamed(name string) (content.Side, bool) {
	switch strings.ToLower(name) {
	case "left":
		return content.LeftSide, true
	case "right":
		return content.RightSide, true
	}
	return 0, false
}
