package serve

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"handout/cmd/handout/internal/press"
)

// clinics are presses, one for each clinic that pages are asked for. A brand is read again
// when a file of it has changed, and a library is as its folders are.
type clinics struct {
	first  *press.Press
	brand  string // of the first, its path
	later  bool   // the first's brand need not be there yet
	folder string // of the others'

	mu    sync.Mutex
	known map[string]*clinic
	turn  int
}

type clinic struct {
	*press.Press
	files []stamp
	used  int
}

// stamp is what is known of a file without reading it.
type stamp struct {
	path string
	size int64
	time time.Time
}

func stampOf(path string) stamp {
	s := stamp{path: path}
	if info, err := os.Stat(path); err == nil {
		s.size, s.time = info.Size(), info.ModTime()
	}
	return s
}

// newClinic is a press whose brand was looked for at a path.
func newClinic(p *press.Press, path string) *clinic {
	c := &clinic{Press: p, files: []stamp{stampOf(path)}}
	for _, path := range p.Clinic.Files {
		c.files = append(c.files, stampOf(path))
	}
	return c
}

// same tells whether the files are as they were.
func (c *clinic) same() bool {
	for _, s := range c.files {
		if now := stampOf(s.path); now.size != s.size || !now.time.Equal(s.time) {
			return false
		}
	}
	return true
}

// maxClinics bounds those that are kept. Each remembers its handouts.
const maxClinics = 32

// press is a clinic's, with the library as it is now. Errors are fs.ErrNotExist where there
// is no such clinic, and those of its brand, told as a *brandError.
func (c *clinics) press(name string) (*press.Press, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.turn++
	if known := c.known[name]; known != nil && known.same() {
		known.used = c.turn
		return known.Reopen(), nil
	}
	path, ok := c.path(name)
	if !ok {
		delete(c.known, name)
		return nil, fs.ErrNotExist
	}
	brand := path
	if name == "" && c.later && stampOf(path).time.IsZero() {
		brand = ""
	}
	p, err := c.first.Of(brand)
	if err != nil {
		return nil, &brandError{err}
	}
	if len(c.known) >= maxClinics {
		oldest := ""
		for n, k := range c.known {
			if o := c.known[oldest]; o == nil || k.used < o.used {
				oldest = n
			}
		}
		delete(c.known, oldest)
	}
	c.known[name] = newClinic(p, path)
	c.known[name].used = c.turn
	return p.Reopen(), nil
}

// path is the file of a clinic's brand: NAME.yaml in the folder, or NAME/clinic.yaml.
func (c *clinics) path(name string) (string, bool) {
	if name == "" {
		return c.brand, true
	}
	if c.folder == "" {
		return "", false
	}
	for _, path := range []string{filepath.Join(c.folder, name+".yaml"), filepath.Join(c.folder, name, "clinic.yaml")} {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path, true
		}
	}
	return "", false
}

// brandError is a clinic whose files have mistakes: nobody who asks for a page can mend it.
type brandError struct{ error }

func (e *brandError) Unwrap() error { return e.error }
