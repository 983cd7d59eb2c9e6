package press

import (
	"slices"
	"strings"

	"handout/content"
	"handout/layout"
)

// Editions are layout's: standard, large and bw.
func Editions() []string { return []string{layout.Standard, layout.Large, layout.BW} }

// EditionNamed is one of layout's editions.
func EditionNamed(name string) (edition string, ok bool) {
	name = strings.ToLower(name)
	return name, slices.Contains(Editions(), name)
}

var papers = []layout.Paper{layout.Letter, layout.A4}

// Papers are the names of the sizes of paper.
func Papers() (names []string) {
	for _, p := range papers {
		names = append(names, p.Name)
	}
	return names
}

// PaperNamed is a size of paper: letter or a4.
func PaperNamed(name string) (layout.Paper, bool) {
	for _, p := range papers {
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
