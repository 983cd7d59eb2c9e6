package press

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"handout/fonts"
	"handout/layout"
)

// maxWaiting is how many jobs may wait for a desk. Who waits longer than behind so many
// is better told at once.
const maxWaiting = 256

// ErrBusy is the answer to a job for which there is no room in the line.
var ErrBusy = errors.New("too many pages are requested at once")

// line is where jobs wait for a desk.
type line struct {
	seats   chan struct{} // has one entry for each desk in use
	waiting atomic.Int32
}

func newLine() *line { return &line{seats: make(chan struct{}, runtime.GOMAXPROCS(0))} }

// desks are where pages are set, one at a time each: as many as there are cores. A desk
// remembers what many pages have in common.
type desks struct {
	*line
	faces *fonts.Stack

	mu   sync.Mutex
	free []*desk // the one used last at the end: it remembers most
}

type desk struct {
	faces  *fonts.Stack
	setter *layout.Setter
	others []otherSetter // of pages with faces of the machine's, the one used last first
}

// otherSetter sets with faces of the machine's besides ours.
type otherSetter struct {
	faces  []*fonts.Face
	setter *layout.Setter
}

// maxOthers bounds them. A list has names in a few scripts that are not ours, and
// setters remember much.
const maxOthers = 4

// take waits for a desk. It returns ErrBusy, or the context's error.
func (d *desks) take(ctx context.Context) (*desk, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case d.seats <- struct{}{}:
	default:
		defer d.waiting.Add(-1)
		if d.waiting.Add(1) > maxWaiting {
			return nil, ErrBusy
		}
		select {
		case d.seats <- struct{}{}:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if last := len(d.free) - 1; last >= 0 {
		found := d.free[last]
		d.free = d.free[:last]
		return found, nil
	}
	return &desk{faces: d.faces, setter: layout.NewSetter(d.faces)}, nil
}

func (d *desks) give(back *desk) {
	d.mu.Lock()
	d.free = append(d.free, back)
	d.mu.Unlock()
	<-d.seats
}

// other is the setter with these faces of the machine's.
func (d *desk) other(faces []*fonts.Face) *layout.Setter {
	i := slices.IndexFunc(d.others, func(o otherSetter) bool { return slices.Equal(o.faces, faces) })
	if i < 0 {
		d.others = append(d.others, otherSetter{faces, layout.NewSetter(d.faces.With(faces...))})
		i = len(d.others) - 1
	}
	o := d.others[i]
	d.others = slices.Insert(slices.Delete(d.others, i, i+1), 0, o)
	d.others = d.others[:min(len(d.others), maxOthers)]
	return o.setter
}

// MachineFaces are the machine's fonts that have the characters which ours lack, where
// that alone is wrong: the one way to fall back on them.
func MachineFaces(machine *fonts.Machine, err error) []*fonts.Face {
	if machine == nil {
		return nil
	}
	var runes []rune
	for _, e := range each(err) {
		switch e := e.(type) {
		case *layout.GlyphError:
			runes = append(runes, e.Runes...)
		case *fonts.MissingError:
			runes = append(runes, e.Runes...)
		default:
			return nil
		}
	}
	return machine.Faces(runes)
}
