package layout

// The design rows: what is to be done. One exercise a row, and below them what there is
// room for of the article.

// exerciseRows arranges a page that has whose it is below the title, and the stretches before all
// other sections.
func (d *draft) exerciseRows() {
	comp, look, f, inner := d.comp, d.comp.look, d.copy.frame, d.inner()
	gap := d.begin()
	d.put(part(InTitle), comp.headline(f, inner, false), gap)
	d.putWhose()
	words := d.openingWords()
	if own := d.own(); own != nil || len(words) > 0 {
		d.put(part(InOpening), comp.beside(own, inner, func(width Length) box { return comp.nodes(words, width) }),
			look.Gap)
	}
	d.exercises()
	d.flowing(d.sections[1:])
	d.ends()
}
