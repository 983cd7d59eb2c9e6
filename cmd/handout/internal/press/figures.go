package press

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"handout/content"
	"handout/layout/figure"
	"handout/output/store"
)

// A pose is drawn in a tenth of a second, which is several times what the rest of
// a page takes. So a figure is kept once it is drawn.

// Figures is the folder where the figures of one's own poses are kept. It is never
// needed: what it does not have is drawn, and where nothing can be written each page is
// only slower. No name is no folder.
type Figures string

// maxKept is how many figures are kept: 10 MB or so.
const maxKept = 500

// Draw is the figure of a pose, as text: the one that was kept, or a new one.
func (s Figures) Draw(p *content.Pose) ([]byte, error) {
	sum := sha256.Sum256(append([]byte("figure "+strconv.Itoa(figure.Version)+"\n"), p.Text...))
	name := filepath.Join(string(s), hex.EncodeToString(sum[:])+".fig")
	if text, ok := s.kept(name); ok {
		return text, nil
	}
	pose, err := figure.ParsePose(p.File, p.Text)
	if err != nil {
		return nil, err
	}
	drawn, _ := figure.Draw(pose)
	text := drawn.Encode()
	s.keep(name, text)
	return text, nil
}

// In the folder a figure follows its own sum and the end of that line: one
// that was cut short, or changed, is told from a whole one.
func summed(text []byte) []byte {
	sum := sha256.Sum256(text)
	return append([]byte(hex.EncodeToString(sum[:])+"\n"), text...)
}

func (s Figures) kept(name string) (text []byte, ok bool) {
	if s == "" {
		return nil, false
	}
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() || info.Size() > 2<<20 {
		return nil, false
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, false
	}
	_, text, _ = bytes.Cut(data, []byte("\n"))
	return text, bytes.Equal(data, summed(text))
}

// keep puts a figure into the folder, and takes the oldest out when it is full.
func (s Figures) keep(name string, text []byte) {
	if s == "" || os.MkdirAll(string(s), 0o700) != nil || store.WriteFile(name, summed(text)) != nil {
		return
	}
	entries, err := os.ReadDir(string(s))
	if err != nil || len(entries) <= maxKept {
		return
	}
	var files []os.FileInfo
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() && info.Name() != filepath.Base(name) {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b os.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	for i := 0; i <= len(files)-maxKept; i++ { // with the new one there are maxKept
		_ = os.Remove(filepath.Join(string(s), files[i].Name()))
	}
}
