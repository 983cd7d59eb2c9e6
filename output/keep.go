package output

import (
	"cmp"
	"sync"
)

// keep holds what was made from things that never change (a picture, a face and
// a set of glyphs), so that the next page need not make it again. It forgets
// what was not asked for since it last filled up by half. What it gives is the
// same whether it was kept or made anew.
type keep[K comparable, V any] struct {
	limit      int // how many bytes it holds, about; 0 for keepLimit
	mu         sync.Mutex
	young, old map[K]kept[V]
	size       int // of young
}

type kept[V any] struct {
	value V
	size  int
}

// keepLimit is how many bytes a keep holds, about, if it does not say.
const keepLimit = 32 << 20

// get gives the value of key; build makes it, and says how many bytes it takes.
// Two pages that miss the same value at once both make it.
func (k *keep[K, V]) get(key K, build func() (V, int, error)) (V, error) {
	k.mu.Lock()
	v, ok := k.young[key]
	if !ok {
		if v, ok = k.old[key]; ok {
			k.put(key, v)
		}
	}
	k.mu.Unlock()
	if ok {
		return v.value, nil
	}
	value, size, err := build()
	if err != nil {
		return value, err
	}
	k.mu.Lock()
	k.put(key, kept[V]{value, size})
	k.mu.Unlock()
	return value, nil
}

func (k *keep[K, V]) put(key K, v kept[V]) {
	if k.young == nil || k.size+v.size > cmp.Or(k.limit, keepLimit)/2 {
		k.old, k.young, k.size = k.young, map[K]kept[V]{}, 0
	}
	k.young[key] = v
	k.size += v.size
}
