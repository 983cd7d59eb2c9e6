package layout

// shelf keeps what is asked for again: what is not asked for while most others came is forgotten.
type shelf[K comparable, V any] struct {
	most          int
	recent, older map[K]V
}

func (s *shelf[K, V]) get(key K) (V, bool) {
	v, ok := s.recent[key]
	if !ok {
		if v, ok = s.older[key]; ok {
			s.put(key, v)
		}
	}
	return v, ok
}

func (s *shelf[K, V]) put(key K, v V) {
	if s.recent == nil || len(s.recent) >= s.most {
		s.older, s.recent = s.recent, map[K]V{}
	}
	s.recent[key] = v
}
