package layout

// The large edition, for those who see little: one construction for all designs. The head says
// the clinic, its telephone, the title, whose page it is and the next visit; below it each
// stretch has its picture, and whole steps; then some lines of advice, and the emergency band.

// largePage arranges a page.
func (d *draft) largePage(sections []picked) {
	d.exercisePage(d.comp.largeStrip(d.copy.frame, d.inner(), d.code), sections)
}
