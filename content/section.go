package content

import "slices"

// sectionOf is what follows the heading at i up to the next of its level or higher.
func sectionOf(blocks []Block, i int) []Block {
	level := blocks[i].(*Heading).Level
	for j := i + 1; j < len(blocks); j++ {
		if h, ok := blocks[j].(*Heading); ok && h.Level <= level {
			return blocks[i+1 : j]
		}
	}
	return blocks[i+1:]
}

// Stays tells whether blocks hold what no page may be without: the red flags, the stop
// rule, who has to ask first, when to stop, or the mark of a footnote.
func Stays(blocks []Block) bool {
	return noted(blocks) || slices.ContainsFunc(blocks, func(b Block) bool {
		switch b := b.(type) {
		case *Callout:
			return b.Kind == Caution || b.Kind == Warning || b.Kind == Important
		case *TrafficLight:
			return true
		}
		return false
	})
}

// isPlace tells the place of the stretches.
func isPlace(b Block) bool {
	_, ok := b.(*Stretches)
	return ok
}
