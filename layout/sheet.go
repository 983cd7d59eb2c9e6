package layout

import "handout/content"

// Sheet is what a handout is set on, and how.
type Sheet struct {
	Brand   *content.Brand
	Paper   Paper
	Look    string // the ID of one of Looks; empty: the fit chooses
	Edition string // Standard, Large or BW; empty for Standard
	Punch   bool   // keep room for binder holes
	MinType Length // the smallest running text allowed; 0 for the look's own floor
	Strict  bool   // refuse rather than concede
}

// Editions of a page.
const (
	Standard = "standard" // 13 points down to 12, and 11 when that is said
	Large    = "large"    // 18 points or more, one column, and what the author wrote for it
	BW       = "bw"       // the look in black on white, for copiers and fax machines
)

// The floors of running text. 12 points is the least that clear print allows
// (RNIB), and what we ship stands at it unless less was asked for; a page with something
// of somebody else's on it may go to 11, which is said; nobody goes below 9.
const (
	clearPrint  = 12 * Point
	usualFloor  = 11 * Point
	lowestFloor = 9 * Point
	// LargePrint is the least of the large edition.
	LargePrint = 18 * Point
)
