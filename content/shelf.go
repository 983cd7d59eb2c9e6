package content

import (
	"bytes"
	"crypto/sha256"
	"hash"
	"io"
	"io/fs"
	"slices"
	"sync"
	"time"
)

// kept holds what a library has read: each file once, however it changes meanwhile.
type kept[T any] struct {
	mu    sync.RWMutex
	m     map[file]func() (*T, error)
	shelf *shelf[T]
}

// shelf holds the last reading of each file, for all openings of a library.
type shelf[T any] struct {
	mu sync.Mutex
	m  map[file]reading[T]
}

type reading[T any] struct {
	x    *T
	err  error
	from *trail
}

func keeping[T any]() kept[T] { return kept[T]{shelf: &shelf[T]{m: map[file]reading[T]{}}} }

// reopen holds nothing, and knows what was read.
func (k *kept[T]) reopen() kept[T] { return kept[T]{shelf: k.shelf} }

// get is what was read from a file, or is read now. What is read from is put on the trail.
func (k *kept[T]) get(f file, read func(*trail) (*T, error)) (*T, error) {
	k.mu.RLock()
	once, ok := k.m[f]
	k.mu.RUnlock()
	if ok {
		return once()
	}
	k.mu.Lock()
	if k.m == nil {
		k.m = map[file]func() (*T, error){}
	}
	if once, ok = k.m[f]; !ok {
		once = sync.OnceValues(func() (*T, error) { return k.shelf.get(f, read) })
		k.m[f] = once
	}
	k.mu.Unlock()
	return once()
}

func (s *shelf[T]) get(f file, read func(*trail) (*T, error)) (*T, error) {
	s.mu.Lock()
	r, ok := s.m[f]
	s.mu.Unlock()
	if ok && r.from.same() {
		return r.x, r.err
	}
	r = reading[T]{from: &trail{}}
	r.x, r.err = read(r.from)
	s.mu.Lock()
	s.m[f] = r
	s.mu.Unlock()
	return r.x, r.err
}

// places holds where files were found, by their kind and name. What was not found is
// looked for again.
type places struct {
	mu sync.RWMutex
	m  map[[2]string]file
}

func (p *places) get(kind, id string, look func(kind, id string) (file, bool)) (file, bool) {
	asked := [2]string{kind, id}
	p.mu.RLock()
	f, ok := p.m[asked]
	p.mu.RUnlock()
	if ok {
		return f, true
	}
	if f, ok = look(kind, id); ok {
		p.mu.Lock()
		if p.m == nil {
			p.m = map[[2]string]file{}
		}
		p.m[asked] = f
		p.mu.Unlock()
	}
	return f, ok
}

// trail is what was opened to read something, and what was looked for in vain. It grows
// while one goroutine reads, and is only looked at from then on.
type trail struct{ steps []*step }

// maxCompared is the size of files, in bytes, that are compared by what is in them too: a
// text may be mended to one of the same length in less time than a file system tells
// apart. Larger ones are pictures, and known by size and time.
const maxCompared = maxText

// step is a file as it was opened.
type step struct {
	fsys fs.FS
	name string
	as   state
	read int64 // bytes
	sum  hash.Hash
}

// state is what can be told of a file without reading it; the zero one that it is not
// there.
type state struct {
	there bool
	mode  fs.FileMode
	size  int64
	time  time.Time
}

func stateOf(f fs.File) state {
	info, err := f.Stat()
	if err != nil {
		return state{}
	}
	return state{true, info.Mode(), info.Size(), info.ModTime()}
}

// on is the folder with all that is opened in it put on the trail. What is shipped does
// not change.
func (t *trail) on(l layer) layer {
	if !l.shipped {
		l.FS = trod{l.FS, t}
	}
	return l
}

type trod struct {
	fs.FS
	trail *trail
}

func (t trod) called(name string) string { return called(t.FS, name) }

func (t trod) Open(name string) (fs.File, error) {
	s := &step{fsys: t.FS, name: name, sum: sha256.New()}
	t.trail.steps = append(t.trail.steps, s)
	f, err := t.FS.Open(name)
	if err != nil {
		return nil, err
	}
	s.as = stateOf(f)
	return stepping{f, s}, nil
}

type stepping struct {
	fs.File
	*step
}

func (s stepping) Read(b []byte) (int, error) {
	n, err := s.File.Read(b)
	s.step.read += int64(n)
	s.sum.Write(b[:n])
	return n, err
}

// same tells whether everything is as it was.
func (t *trail) same() bool {
	return !slices.ContainsFunc(t.steps, func(s *step) bool { return !s.same() })
}

func (s *step) same() bool {
	f, err := s.fsys.Open(s.name)
	if err != nil {
		return !s.as.there
	}
	defer f.Close()
	now := stateOf(f)
	switch {
	case now.there != s.as.there || now.mode != s.as.mode || now.size != s.as.size || !now.time.Equal(s.as.time):
		return false
	case s.read == 0 || s.read != s.as.size || s.read > maxCompared:
		return true
	}
	sum := sha256.New()
	_, err = io.Copy(sum, io.LimitReader(f, s.read+1))
	return err == nil && bytes.Equal(sum.Sum(nil), s.sum.Sum(nil))
}
