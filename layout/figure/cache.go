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

// memory keeps the results of a pure function, until there are too many.
type memory[K comparable, V any] struct {
	mu    sync.Mutex
	size  int
	known map[K]V
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
	if m.known == nil || len(m.known) == m.size {
		m.known = make(map[K]V, m.size)
	}
	m.known[k] = v
	return v, nil
}
