package layout

// Part is a part of a page: what a reader would point at. Each tag says which it belongs
// to, so that a preview can be clicked; a concession and a refusal name it.
type Part struct {
	Kind PartKind
	N    int // which section or stretch, from 1; 0 of all else
}

// PartKind is a kind of part.
type PartKind uint8

const (
	NoPart      PartKind = iota // the page itself
	InTitle                     // with the subtitle
	InName                      // whose page it is, when it was given and by whom, the next visit
	InBooking                   // the code to book
	InNote                      // the therapist's personal line
	InOpening                   // what stands before the first section
	InSection                   // a section: a heading of level 2 and what follows it
	InStretches                 // what is said of all stretches
	InStretch                   // one stretch
	InStopRule                  // when to stop: the warning after the stretches
	InSigns                     // when to call for help, and other boxes after the stretches
	InClosing                   // the words after the stretches
	InFootnotes
	InContact // the clinic's telephone and addresses
)

func (k PartKind) String() string {
	return [...]string{"page", "title", "name", "booking", "note", "opening", "section",
		"stretches", "stretch", "stop rule",
		"signs", "closing", "footnotes", "contact"}[k]
}

// counted tells whether there may be several of a kind, told apart by their number.
func (k PartKind) counted() bool { return k == InSection || k == InStretch }

// Named is a part and, of a section, its heading as a report may tell it: without the
// patient's name, which a slot may have put there.
type Named struct {
	Part
	Name string
}

// Numbering is how the labels of a list count (ISO 32000-1, 14.8.5.5).
type Numbering uint8

const (
	Unlabelled Numbering = iota // its items have no labels
	Disc
	Square
	Decimal
	LowerAlpha
	UpperAlpha
	LowerRoman
	UpperRoman
)

func (n Numbering) String() string {
	return [...]string{"None", "Disc", "Square", "Decimal", "LowerAlpha", "UpperAlpha", "LowerRoman", "UpperRoman"}[n]
}

// Scope is what a cell of a table heads (ISO 32000-1, 14.8.5.7).
type Scope uint8

const (
	NoScope Scope = iota // a cell that is no head
	OfColumn
	OfRow
)

func (s Scope) String() string { return [...]string{"None", "Column", "Row"}[s] }

// Place is where a part of a page is.
type Place struct {
	Part
	Box Rect
}

// Places are where the page's parts are, in the order in which they are read: so that
// who points at a part of a picture of the page can be told which it is.
func (p *Page) Places() (places []Place) {
	at := map[Part]int{}
	for _, it := range p.Items {
		tag, box := it.place()
		if tag == Artifact || p.Tags[tag].Part.Kind == NoPart {
			continue
		}
		part := p.Tags[tag].Part
		if i, known := at[part]; known {
			places[i].Box = places[i].Box.with(box)
		} else {
			at[part] = len(places)
			places = append(places, Place{part, box})
		}
	}
	return places
}
