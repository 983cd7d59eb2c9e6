package press

import (
	"strings"

	"handout/content"
	"handout/layout"
)

// LookNamed is the ID of a look, however it is typed; or the hint to look for another.
func LookNamed(name string) (id, hint string) {
	var ids []string
	for _, look := range layout.Looks() {
		if look.ID == strings.ToLower(name) {
			return look.ID, ""
		}
		ids = append(ids, look.ID)
	}
	if near := content.Closest(name, ids); near != "" {
		return "", "did you mean " + near
	}
	return "", "`handout list looks` shows them"
}

// EditionNamed is one of layout's editions: standard, large or bw.
func EditionNamed(name string) (edition string, ok bool) {
	switch name = strings.ToLower(name); name {
	case "standard":
		return layout.Standard, true
	case layout.Large, layout.BW:
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
