package content

import (
	"slices"
	"strings"
)

// What a stretch is for, how the body is held, and what it is done with are words of
// closed lists, so that it can be found by them in any language. A file of words says
// what they are called.
type (
	// Region is a part of the body a stretch is for.
	Region string
	// Posture is how the body is held; a file says position.
	Posture string
	// Prop is a thing a stretch is done with.
	Prop string
)

// Regions are all there are, from the head down.
func Regions() []Region {
	return []Region{"neck", "jaw", "shoulder", "elbow", "hand", "chest", "upper-back", "low-back", "hip",
		"thigh", "knee", "calf", "foot"}
}

// Postures are all there are, the lowest first.
func Postures() []Posture {
	return []Posture{"lying", "side-lying", "sitting", "standing", "kneeling", "all-fours"}
}

// Props are all there are, by name.
func Props() []Prop {
	return []Prop{"ball", "band", "bed", "bottle", "chair", "cloth", "cushion", "doorway", "mat", "mirror", "pillow",
		"roller", "step", "stick", "strap",
		"table", "towel", "wall", "weight"}
}

// Pick is the word of a closed list that somebody wrote, in capitals or with spaces for
// hyphens. For one that is in no list there is a hint: the nearest, and all there are.
func Pick[T ~string](word string, all []T) (t T, hint string) {
	t = T(strings.Join(strings.Fields(strings.ToLower(word)), "-"))
	if slices.Contains(all, t) {
		return t, ""
	}
	hint = "there are " + strings.Join(names(all), ", ")
	if near := Closest(string(t), names(all)); near != "" {
		hint = "did you mean " + near + "? " + hint
	}
	return "", hint
}

// picks returns a setter for one or more words of a closed list, in a list or with commas
// between them.
func picks[T ~string](to *[]T, what, hint string, all []T) func(value) {
	return func(v value) {
		for _, x := range v.items() {
			for _, said := range strings.Split(x.text(), ",") {
				if said = strings.TrimSpace(said); said == "" {
					continue
				}
				switch t, wrong := Pick(said, all); {
				case wrong != "":
					x.bad("unknown-word-of-list", wrong+hint, "there is no %s called %q", what, clip(said))
				case slices.Contains(*to, t):
					x.bad("word-of-list-twice", "leave one out", "the %s %s appears twice", what, t)
				default:
					*to = append(*to, t)
				}
			}
		}
	}
}

// names are the words of a closed list.
func names[T ~string](all []T) []string {
	list := make([]string, len(all))
	for i, t := range all {
		list[i] = string(t)
	}
	return list
}
