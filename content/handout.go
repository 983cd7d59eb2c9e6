// Package content holds what a handout says: its blocks of text, the stretches
// it can show, the brand it is given in and the visit it is made for.
//
// Everything is read from files an author can write by hand (Markdown with YAML
// front matter, YAML brands), checked as a whole, and reported with every
// mistake at once. Nothing here measures, draws or knows of a page.
package content

// SignOff is a clinician's word that a text is right.
type SignOff struct {
	Name       string
	Credential string // PT, LMT or the like
	Date       string // YYYY-MM or YYYY-MM-DD
}

// Handout is one article as it was read. Personalise makes a Page of it.
type Handout struct {
	Position
	ID       string       // file name without its ending: "sciatica"
	Title    string       // the page's first heading
	Subtitle string       // one line below it; may be empty
	Summary  string       // one line for `list`; may be empty
	Lang     string       // BCP 47, "en" if the file says nothing
	Version  string       // the author's own version, printed at the foot; may be empty
	Signed   SignOff      // who checked the text; zero while nobody has
	Look     string       // one of Looks; empty: the brand's, or what fits best
	Sources  []string     // where its facts come from; not printed
	Default  []Choice     // the stretches shown unless others are chosen
	NotWith  []string     // stretches that are not given with it, by their IDs
	Large    []Choice     // the same for the large edition; nil for Default
	Blocks   []Block      // in reading order
	Notes    []*Paragraph // the footnotes: Span.Note counts them from 1
	// one of the embedded ones: with no more stretches than its own, and no note, it keeps the stricter floor of type
	Shipped  bool
	brought  bool   // its text is no Markdown with a front matter
	encoding string // of its file, if it is not UTF-8
	titled   string // where its title comes from, if not from its front matter
	Sum      Sum
	Warnings Errors // what was not read as written, to be said
}
