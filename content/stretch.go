package content

import (
	"iter"

	"handout/content/picture"
)

// Stretch is one exercise as it was read. On a page it is an Exercise on a Card.
type Stretch struct {
	Position
	ID        string
	Name      string
	Also      []string // other names it goes by
	Target    string   // what is stretched, in plain words: "buttock"
	Place     string   // where: "floor or bed"
	Needs     string   // what it takes, as the page says it: "strap or towel"; may be empty
	Summary   string   // one line for `list`
	Lang      string
	Dose      Dose   // the default; a therapist can change every number
	Steps     []Text // 1 to 8, in order; where StepsMark is Brief each begins with a bold lead-in that stands for it
	Shorter   []Text // by step: the same in fewer words, beginning in bold as it does; nil for none
	StepsMark Mark
	Remarks   [5]Remark // by RemarkKind
	Ask       Text      // who asks a doctor first; may be empty, never cut
	Stop      Text      // when to stop; never empty, never cut
	Alt       string    // what the figure shows, for someone who cannot see it; empty only where there is none
	Video     string    // an https address that shows it; may be empty
	Frames    []Frame   // at most two pictures
	Sources   []string
	Sum       Sum
	Warnings  Errors // what was not read as written, to be said

	// What it is found by. Only a shipped one has them all.
	Regions  []Region
	Postures []Posture
	Props    []Prop

	alt   Text     // Alt, with the words for each side marked
	dosed DoseKeys // what of Dose its file gives
}

// Remark is a line on a card beyond its steps. Its Text is nil where the file has
// none; only an Optional one may be left out.
type Remark struct {
	Text Text
	Mark Mark
}

// RemarkKind says what a remark is about.
type RemarkKind uint8

const (
	Feel    RemarkKind = iota // where it should be felt
	Mistake                   // the common one
	Easier
	Harder
	More // when to do more
)

// Frame is one picture of a stretch: traced path data of our own figures, a pose
// to be drawn as one, or a picture of the author's. Exactly one of them is set, at
// the Position where the stretch names it. A shipped stretch has no Pose. On a page
// it is Drawn.
type Frame struct {
	Position
	Traced  []byte // see layout/figure
	Pose    *Pose
	Picture *picture.Picture
}

// Pose is a file that says how a body is held: see layout/figure, which reads it.
type Pose struct {
	File string
	Text []byte // at most 64 kB
}

// Texts are the texts of a stretch in the order in which a card says them: its steps, its
// remarks and when to stop. Those that are empty are left out.
func (s *Stretch) Texts() iter.Seq[Text] { return cardTexts(s.Steps, s.Remarks, s.warns()) }

// wordings are the texts of a stretch and the shorter ones of its steps.
func (s *Stretch) wordings() iter.Seq[Text] {
	return cardTexts(append(s.Steps[:len(s.Steps):len(s.Steps)], s.Shorter...), s.Remarks, s.warns())
}

func cardTexts(steps []Text, remarks [5]Remark, stop Text) iter.Seq[Text] {
	return func(yield func(Text) bool) {
		more := true
		tell := func(t Text) { more = more && (len(t) == 0 || yield(t)) }
		for _, t := range steps {
			tell(t)
		}
		for _, r := range remarks {
			tell(r.Text)
		}
		tell(stop)
	}
}

// warns is who asks first, and when to stop.
func (s *Stretch) warns() Text {
	if s.Ask == nil {
		return s.Stop
	}
	return append(append(s.Ask[:len(s.Ask):len(s.Ask)], Span{Text: " "}), s.Stop...)
}
