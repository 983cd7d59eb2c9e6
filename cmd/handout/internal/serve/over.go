package serve

import "handout/layout"

// over is by how much a page is too long: detail and hint in numbers and names, for whoever says it
// in words of their own.
type over struct {
	Lines   int            `json:"lines"`
	Tallest []tall         `json:"tallest"`
	Try     map[string]any `json:"try,omitempty"` // members with which it fits; of stretches, the first ones
}

type tall struct {
	Of    []named `json:"of"` // side by side
	Lines int     `json:"lines"`
}

type named struct {
	Part string `json:"part"`
	Name string `json:"name,omitempty"`
}

func overOf(e *layout.OverflowError) *over {
	o := &over{Lines: e.Lines, Tallest: []tall{}}
	for _, t := range e.Tallest {
		one := tall{Of: []named{}, Lines: t.Lines}
		for _, of := range t.Of {
			one.Of = append(one.Of, named{of.Kind.String(), of.Name})
		}
		o.Tallest = append(o.Tallest, one)
	}
	switch member := map[layout.AdviceKind]string{layout.OtherLook: "look", layout.OtherPaper: "paper",
		layout.OtherEdition: "edition"}[e.Advice.Kind]; {
	case member != "":
		o.Try = map[string]any{member: e.Advice.To}
	case e.Advice.Kind == layout.FewerStretches && e.Advice.N > 0:
		o.Try = map[string]any{"stretches": e.Advice.N}
	}
	return o
}
