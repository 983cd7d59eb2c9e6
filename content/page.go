package content

// Page is a handout made out to somebody: every slot filled in, every stretch a Card,
// every pose drawn. It is what Personalise returns, and what is set, mailed and judged;
// a Handout cannot be.
type Page struct {
	Position              // of the handout
	ID       string       // the handout's
	Title    string       // the page's first heading
	Subtitle string       // one line below it; may be empty
	Lang     string       // BCP 47
	Version  string       // the author's own version, printed at the foot; may be empty
	Signed   SignOff      // who checked the text; zero while nobody has
	Shipped  bool         // all that is on it is ours: see Handout.Shipped
	Blocks   []Block      // in reading order
	Notes    []*Paragraph // the footnotes: Span.Note counts them from 1
	Visit    Visit
	Words    *Words // the fixed words of the page in its language
	Warnings Errors // the handout's, and then what was left out of this page
	kept     map[Block]bool
}

// Keeps tells whether a block is the same on other pages of the dressed handout, at the
// same address: nothing in it is this visit's, and it is never changed.
func (p *Page) Keeps(b Block) bool { return p.kept[b] }

// In is what of the page stands in the large edition, or in the others.
func (p *Page) In(large bool) []Block {
	other := OnlyLarge
	if large {
		other = NotLarge
	}
	out := make([]Block, 0, len(p.Blocks))
	gone := 0 // the level of the section being left out
	for _, b := range p.Blocks {
		if x, ok := b.(*Heading); ok && (gone == 0 || x.Level <= gone) {
			gone = 0
			if x.Mark&other != 0 {
				gone = x.Level
			}
		}
		if isPlace(b) {
			gone = 0 // no section that is left out holds it; without a stretch it has no heading
		}
		if m := markOf(b); gone == 0 && (m == nil || *m&other == 0) {
			out = append(out, b)
		}
	}
	return out
}

// Stretches is how many stand in the large edition, or in the others.
func (p *Page) Stretches(large bool) (n int) {
	for _, b := range p.In(large) {
		if s, ok := b.(*Stretches); ok {
			n += len(s.Chosen)
		}
	}
	return n
}

// Edition is the page with nothing but what stands in the large edition, or in the
// others, so that it can be judged as it is printed.
func (p *Page) Edition(large bool) *Page {
	e := *p
	e.Blocks = p.In(large)
	for i, b := range e.Blocks {
		e.Blocks[i] = unmarked(b)
	}
	return &e
}

// markOf is the mark of a block other than a heading; nil where it can have none.
func markOf(b Block) *Mark {
	switch b := b.(type) {
	case *Paragraph:
		return &b.Mark
	case *List:
		return &b.Mark
	case *Callout:
		return &b.Mark
	case *Signs:
		return &b.Mark
	}
	return nil
}

// unmarked is a block that is not for one edition.
func unmarked(b Block) Block {
	switch b := b.(type) {
	case *Heading:
		kept := *b
		kept.Mark &^= NotLarge | OnlyLarge
		return &kept
	case *Paragraph:
		kept := *b
		kept.Mark = Keep
		return &kept
	case *List:
		kept := *b
		kept.Mark = Keep
		return &kept
	case *Callout:
		kept := *b
		kept.Mark = Keep
		return &kept
	}
	return b
}
