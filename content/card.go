package content

import (
	"iter"

	"handout/content/picture"
)

// Card is a stretch on a page, in the dose it is given in.
type Card struct {
	Position // of whoever chose it
	ID       string
	Stretch  *Exercise
	Dose     Dose     // the stretch's own, with the chooser's changes
	Given    DoseKeys // what of the dose the chooser, or the stretch's file, gave; the rest is taken for granted
	Note     string   // the therapist's own words on this card; may be empty
	Kept     bool     // pages share the stretch: it keeps its address, and nothing in it is a visit's
}

// Exercise is a stretch as a page shows it, for one side of the body or for both.
// Pages that say the same of it share it: whoever has the same address has the same.
type Exercise struct {
	Position
	ID        string
	Name      string
	Needs     string // what it takes, as the page says it; may be empty
	Lang      string
	Words     *Words // where its Lang is not the page's, the words that its labels are of; else nil
	Steps     []Text
	Shorter   []Text // by step: the same in fewer words; nil for none
	StepsMark Mark
	Remarks   [5]Remark // by RemarkKind
	Ask       Text      // who asks a doctor first; may be empty
	Stop      Text      // who asks a doctor first, if the stretch says so, and when to stop
	Alt       string
	Video     string
	Frames    []Drawn // at most two
}

// Texts are the exercise's, as those of a Stretch.
func (e *Exercise) Texts() iter.Seq[Text] { return cardTexts(e.Steps, e.Remarks, e.Stop) }

// Drawn is one picture of an exercise: traced path data or a picture of the author's.
type Drawn struct {
	Position
	Traced  []byte // see layout/figure; nil where there is a Picture
	Picture *picture.Picture
}

// Drawn are the stretch's pictures, its poses traced by draw; without it there are none.
// Errors are of type Errors.
func (s *Stretch) Drawn(draw func(*Pose) ([]byte, error)) ([]Drawn, error) {
	var errs Errors
	list := make([]Drawn, len(s.Frames))
	for i, f := range s.Frames {
		list[i] = Drawn{f.Position, f.Traced, f.Picture}
		switch {
		case f.Pose == nil:
		case draw == nil:
			errs.add(f.Position, "pose-not-drawn", "use a picture", "a pose cannot be drawn here")
		default:
			traced, err := draw(f.Pose)
			if err != nil {
				errs.join(placed(err, f.Position))
			}
			list[i].Traced = traced
		}
	}
	return list, errs.err()
}
