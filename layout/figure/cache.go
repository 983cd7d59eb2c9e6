package figure

import (
	"sync"

	"handout/content/picture"
)

// Inked is f.Ink(p) from a bounded memory: the same figure and palette give the
// same drawing, so that a writer which knows drawings by their address encodes
// each only once. Safe for concurrent use.
func Inked(f *Figure, p Palette) *picture.Drawing {
	d, _ := inked.get(inkKey{f, p}, func() (*picture.Drawing, error) { return f.Ink(p), nil })
	return d
}

// Read is Parse from a bounded memory: equal text gives the same figure.
// Safe for concurrent use.
func Read(data []byte) (*Figure, error) {
	// Looked up first without making the key: converting in an index expression
	// copies nothing.
	parsed.mu.Lock()
	f := parsed.known[string(data)]
	parsed.mu.Unlock()
	if f != nil {
		return f, nil
	}
	return parsed.get(string(data), func() (*Figure, error) { return Parse(data) })
}

type inkKey struct {
	figure  *Figure
	palette Palette
}

var (
	inked  = memory[inkKey, *picture.Drawing]{size: 256}
	parsed = memory[string, *Figure]{size: 128}
)

// memory keeps the last results of a pure function, the oldest leaving first.
type memory[K comparable, V any] struct {
	mu    sync.Mutex
	size  int
	known map[K]V
	order []K // a ring, once full
	next  int
}

func (m *memory[K, V]) get(k K, compute func() (V, error)) (V, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if v, ok := m.known[k]; ok {
		return v, nil
	}
	v, err := compute()
	if err != nil {
		return v, err
	}
	if m.known == nil {
		m.known = make(map[K]V, m.size)
	}
	if len(m.order) < m.size {
		m.order = append(m.order, k)
	} else {
		delete(m.known, m.order[m.next])
		m.order[m.next] = k
		m.next = (m.next + 1) % m.size
	}
	m.known[k] = v
	return v, nil
}
