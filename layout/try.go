package layout

import "handout/content"

// A way to set a page: its design, what it concedes, and how each section stands in it.

// try is one way to set a page: a step of the ladder, and what is conceded.
type try struct {
	step
	runOn   bool // lists that were cut to their lead-ins run on
	ceded   []yield
	tips    int    // how many kinds of tips stand on the cards
	picture Length // the size of pictures, in hundredths of what is wanted
	uncoded bool   // the code to book is left out
	undated bool   // in large print: when the page was given has no line of its own
	ticked  bool   // in large print: the stretches have boxes to tick
	spoken  bool   // signs that read on say all that their list said
	leading Length // how much further apart lines are, in hundredths of the type
	tight   int    // 1: a tight page; 2: and doses on the lines of the names, where no box to tick has room
}

// step is a rung of the ladder by its type size, and how loose it is, from 0 (tight) to 2 (airy).
type step struct {
	body  Length
	loose int
}

// wants is what the pictures of a page are to have, the same in article and in rows.
type wants struct {
	cards    []*card
	width    Length
	pictures Size
	enough   Length // of it, in hundredths: below that pictures go only after all that may go
}

// yield is one concession that could be made.
type yield struct {
	section *section
	kind    ConcessionKind
	of      PartKind // what of it; NoPart for the section itself
}

// ConcessionKind is what was let go.
type ConcessionKind uint8

const (
	SectionOut   ConcessionKind = iota // a section is left out
	SectionLeads                       // a section is cut to its lead-ins
	StepsShort                         // the stretches' steps are cut to their lead-ins
	SectionCore                        // a section is cut to what no page may be without
	TipsOut                            // some tips on the stretches are left out
	PictureOut                         // the handout's own picture is left out
	FewerWords                         // a part is in its author's fewer words; signs may be sentences, not a list
	StepsFewer                         // the stretches' steps are in their author's fewer words
	StopsOut                           // when to stop one stretch is left out, for the stop rule of all says it
	BookingOut                         // where to book, the clinic's, is left out, and the code for it
)

// of is what a concession is of: those of the steps, and of when to stop, are not of a section's
// own words.
func (k ConcessionKind) of() PartKind {
	switch k {
	case StepsFewer, StepsShort:
		return InStretch
	case StopsOut:
		return InStopRule
	}
	return NoPart
}

// stand is how a section stands that is conceded so.
func (k ConcessionKind) stand() Stand {
	switch k {
	case FewerWords:
		return InFewerWords
	case SectionLeads:
		return AsLeadIns
	}
	return LeftOut
}

// found is the end of a search.
type found struct {
	asked [len(own{})][]answer // of the page's own words
	why   Why                  // it is set in its design
	way   try                  // but for the sections of what it concedes
	of    []int                // which these are
	spare Length
	wants *wants
}

// allTips is the number of kinds of tips.
const allTips = 5

// Why is why a page is set in its design.
type Why uint8

const (
	AskedFor     Why = iota
	ToBeRead         // there are no stretches
	HoldsAll         // article has room for the stretches with whole steps, and for each section
	NoRoomForAll     // it has not, and so rows shows what is to be done
)

// look is the design that a page is set in.
func (w Why) look() string {
	if w == NoRoomForAll {
		return "rows"
	}
	return "article"
}

// Stand is in how many words a section stands on a page.
type Stand uint8

const (
	InFull Stand = iota
	InFewerWords
	AsLeadIns
	LeftOut // but for what no page may be without
)

func (s Stand) String() string { return [...]string{"full", "short", "lead-ins", "out"}[s] }

// Standing is how a section stands.
type Standing struct {
	content.Position
	Of Named
	As Stand
}

// own are the words on a page that are its patient's; nil where there are none.
type own [5]*text
