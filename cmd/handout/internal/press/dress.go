package press

import (
	"sync"
	"time"

	"handout/content"
)

// wardrobe holds handouts in the clinic's brand, as they are on a day, so that what their
// pages have in common is the same from page to page.
type wardrobe struct {
	mu   sync.Mutex
	kept map[outfit]*content.Dressed
}

type outfit struct {
	article *content.Handout
	day     time.Time
}

// maxDressed bounds them: a list has a few handouts and a day.
const maxDressed = 64

// dress is the order's handout in its brand.
func (p *Press) dress(h *content.Handout, day time.Time) (*content.Dressed, error) {
	w := &p.wardrobe
	w.mu.Lock()
	defer w.mu.Unlock()
	if d, ok := w.kept[outfit{h, day}]; ok {
		return d, nil
	}
	d, err := p.Library.Dress(h, p.Clinic.Brand, day)
	if err != nil {
		return nil, err
	}
	if w.kept == nil || len(w.kept) == maxDressed {
		w.kept = map[outfit]*content.Dressed{}
	}
	w.kept[outfit{h, day}] = d
	return d, nil
}
