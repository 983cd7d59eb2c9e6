package layout

import "handout/content/picture"

// rung is one rung of a look's ladder: every measure of a page, fixed by a
// designer. The fit climbs down the ladder, from airy to tight, until a handout
// stands on one page.
type rung struct {
	Body    Length // type size of running text
	Lead    Length // baseline to baseline
	Title   Length // size of the title, in hundredths of the running text's
	Small   Length // type size of the small print
	Least   Length // the smallest a word may be set so as not to be broken
	Margin  Length // left and right of the text
	Gutter  Length // between columns
	Gap     Length // between the parts of the page
	Section Length // above a heading inside a column
	Head    Length // below a heading
	Para    Length // between paragraphs
	Item    Length // between the items of a list

	art   // how large pictures are
	sizes headSizes
	tight bool // of a tight page
	RunOn bool // lists that were cut to their lead-ins run on, their bullets between them
}

// art is how large pictures are drawn.
type art struct {
	Picture       Length // width of a stretch's picture beside its words
	PictureHeight Length // the tallest it is drawn
	Portrait      Length // the tallest the handout's own picture is drawn
	Figure        Length // the tallest an author's picture is drawn
}

// large tells whether it is a rung of the large edition: type that was asked for may be as
// large, in a design of another construction.
func (r rung) large() bool { return r.Least >= LargePrint }

// punched is the rung on a sheet to be punched, and by how much narrower that is.
func (r rung) punched() (_ rung, strip Length) {
	r.Margin = punchMargin
	return r, punchStrip - (punchMargin - punchPad)
}

// A punched page keeps 20 mm clear at the edge it is bound at, on the left or, on one
// that reads from right to left, on the right: holes are 6 mm wide, 12 mm from the
// edge (ISO 838, and three-hole Letter), and a ring takes some more. The other
// margin gives what it can.
var punchStrip = MM(20)

const (
	punchMargin = 29 * Point // the least a printer keeps clear
	punchPad    = 8 * Point  // between the strip and the words
)

// tightMargin is left and right of a tight page, and below it: 10 mm, the least that any printer keeps clear.
const tightMargin = 28 * Point

// headSizes are the type sizes of a head; long is that of a clinic's long name, logo the height
// of its logo where that is less than the clinic wants.
type headSizes struct{ clinic, long, small, phone, subtitle, name, label, logo Length }

// pictured is the rung with pictures of so many hundredths of the size that is wanted.
func (r rung) pictured(wanted Size, share Length) rung {
	r.Picture = max(wanted.W*share/100, min(leastPicture, wanted.W))
	r.PictureHeight = max(wanted.H*share/100, leastPictureHeight)
	r.Figure, r.Portrait = MM(64)*share/100, MM(52)*share/100
	return r
}

// tightened is a rung of a tight page.
func (r rung) tightened() rung {
	r.Gap, r.Section, r.Title, r.sizes.logo, r.tight = 3*Point, 4*Point, 217, MM(10), true
	r.Margin, r.Gutter = tightMargin, MM(5)
	return r
}

// crowded is a rung of the large edition with less space: 1 is tight, 2 as tight as can be.
func (r rung) crowded(tight Length) rung {
	r.Lead = r.Body * (122 - 7*tight/2) / 100
	r.Title = 135 - 8*tight
	r.Gap, r.Section, r.Para = (6-2*tight)*Point, (6-2*tight)*Point, 2*Point
	r.Margin, r.Gutter = MM(13)-(MM(13)-tightMargin)*tight/2, MM(6)
	r.tight = tight > 1
	r.sizes.phone, r.sizes.logo = r.Body*(125-5*tight)/100, r.Body*(160-20*tight)/100
	return r
}

// largePicture is what pictures are to have in large print.
var largePicture = Size{MM(76), MM(50)}

// leastPicture is the narrowest ground that a picture is drawn on, and the lowest.
var leastPicture, leastPictureHeight = MM(36), MM(18)

// pictureSizes are what pictures are to have, by the number of stretches, and what half of
// them have at least, in square centimetres.
var pictureSizes = [...]struct {
	Size
	least float64
}{
	{Size{MM(100), MM(62)}, 40}, {Size{MM(100), MM(62)}, 40}, {Size{MM(80), MM(48)}, 20},
	{Size{MM(66), MM(38)}, 13}, {Size{MM(60), MM(37)}, 11}, {Size{MM(42), MM(27)}, 0},
}

// wanted is what pictures are to have.
func (r rung) wanted(stretches int) Size {
	if r.large() {
		return largePicture
	}
	return pictureSizes[min(stretches, len(pictureSizes)-1)].Size
}

// setup is all that decides how a compositor sets.
type setup struct {
	look   rung
	theme  *theme        // the setter's: equal ones are the same
	strong picture.Color // bold words in running text
}
