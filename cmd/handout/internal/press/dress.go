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

// outfit is what a dressed handout is made of. Where a library is reopened, the words of a
// language may be others for the same article.
type outfit struct {
	article *content.Handout
	words   *content.Words
	day     time.Time
}

// maxDressed bounds them: a list has a few handouts and a day.
const maxDressed = 64

// dress is the order's handout in its brand.
func (p *Press) dress(h *content.Handout, day time.Time) (*content.Dressed, error) {
	words, _ := p.Words(h.Lang) // that there are none is told below
	w, as := p.wardrobe, outfit{h, words, day}
	w.mu.Lock()
	defer w.mu.Unlock()
	if d, ok := w.kept[as]; ok {
		return d, nil
	}
	d, err := p.Library.Dress(h, p.Clinic.Brand, day)
	if err != nil {
		return nil, err
	}
	if w.kept == nil || len(w.kept) == maxDressed {
		w.kept = map[outfit]*content.Dressed{}
	}
	w.kept[as] = d
	return d, nil
}
