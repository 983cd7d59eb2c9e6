package fonts

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// Limits of a machine's font folders.
const (
	maxFindFiles  = 5000
	maxFindDepth  = 8
	maxCmapBytes  = 4 << 20
	maxCmapsBytes = 64 << 20 // of all fonts together; further ones are passed over
	maxFaceBytes  = 96 << 20 // of the files whose faces are kept
)

// Machine is the fonts in a machine's folders. They are looked through once, when a
// character is first asked for, and a font is parsed once, when it is needed. It may be
// used by several goroutines.
type Machine struct {
	folders []fs.FS

	mu     sync.Mutex
	looked bool
	fonts  [][]*installed // by folder, in the order of their paths
	cmaps  int            // bytes
	kept   int            // bytes of the files of faces that are kept
	parsed int            // faces, ever
}

// NewMachine is the fonts of folders, which are asked in this order. Nothing is read
// before a character is asked for.
func NewMachine(folders ...fs.FS) *Machine { return &Machine{folders: folders} }

// installed is a font of the machine's that was looked at.
type installed struct {
	path  string
	at    int64 // where in its file it begins
	size  int   // of the file
	cmap  font.Cmap
	style Style
	bad   bool  // it cannot be used after all
	face  *Face // once it is parsed
}

func (f *installed) draws(r rune) bool {
	id, ok := f.cmap.Lookup(r)
	return ok && id != 0
}

// Faces are those that draw the given characters, as few as can be: of each folder the
// face that draws most of them, then the one that draws most of the rest. Regular faces
// go before bold and italic ones, and names in alphabetical order, so that one machine
// always gives one answer, and the same faces for it. Fonts that are damaged or may not
// be embedded are passed over. There may be none at all. What was asked for is not
// remembered, for it may be the letters of somebody's name.
func (m *Machine) Faces(runes []rune) []*Face {
	if len(runes) == 0 {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.looked {
		m.look()
	}
	var faces []*Face
	rest := slices.Clone(runes)
	slices.Sort(rest)
	rest = slices.Compact(rest)
	for i, folder := range m.folders {
		for len(rest) > 0 {
			best := bestFont(m.fonts[i], rest)
			if best == nil {
				break
			}
			face := m.parse(folder, best)
			before := len(rest)
			if face != nil {
				rest = slices.DeleteFunc(rest, face.has)
			}
			if len(rest) == before {
				best.bad = true
				continue
			}
			faces = append(faces, face)
		}
	}
	return faces
}

// bestFont is the font that draws most of the characters; nil if none draws any.
func bestFont(list []*installed, runes []rune) (best *installed) {
	most := 0
	for _, f := range list {
		if f.bad {
			continue
		}
		n := 0
		for _, r := range runes {
			if f.draws(r) {
				n++
			}
		}
		if n > most || n > 0 && n == most && best.style != Regular && f.style == Regular {
			best, most = f, n
		}
	}
	return best
}

// parse is the face of a font; nil if it cannot be used.
func (m *Machine) parse(fsys fs.FS, f *installed) *Face {
	if f.face != nil {
		return f.face
	}
	data, err := fs.ReadFile(fsys, f.path)
	if err != nil || len(data) > maxFontBytes {
		return nil
	}
	if f.at == 0 {
		f.face, _ = Parse(data)
	} else {
		f.face, _ = parseAt(data, int(f.at))
	}
	if f.face == nil {
		return nil
	}
	m.parsed++
	if m.kept += f.size; m.kept > maxFaceBytes {
		for _, list := range m.fonts {
			for _, other := range list {
				if other != f {
					other.face = nil
				}
			}
		}
		m.kept = f.size
	}
	return f.face
}

// look reads of all fonts what characters they draw.
func (m *Machine) look() {
	m.looked = true
	files := 0
	for _, folder := range m.folders {
		paths := fontFiles(folder, maxFindFiles-files)
		files += len(paths)
		var list []*installed
		for _, p := range paths {
			list = append(list, m.lookAt(folder, p)...)
		}
		m.fonts = append(m.fonts, list)
	}
}

// fontFiles lists the font files of a folder, in the order of their paths.
func fontFiles(fsys fs.FS, most int) []string {
	var paths []string
	fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fs.SkipDir // a folder that may not be read holds nothing for us
		case len(paths) >= most:
			return fs.SkipAll
		case d.IsDir():
			if name != "." && strings.Count(name, "/") > maxFindDepth {
				return fs.SkipDir
			}
		default:
			switch strings.ToLower(path.Ext(name)) {
			case ".ttf", ".otf", ".ttc":
				paths = append(paths, name)
			}
		}
		return nil
	})
	return paths
}

// lookAt finds the fonts of a file that may be used. It reads no more of them than is
// needed to choose.
func (m *Machine) lookAt(fsys fs.FS, name string) (list []*installed) {
	defer func() { // as in newFace
		if recover() != nil {
			list = nil
		}
	}()
	file, err := fsys.Open(name)
	if err != nil {
		return nil
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxFontBytes {
		return nil
	}
	r, ok := file.(io.ReaderAt)
	if !ok {
		data, err := io.ReadAll(io.LimitReader(file, maxFontBytes))
		if err != nil {
			return nil
		}
		r = bytes.NewReader(data)
	}
	shared := map[int64]font.Cmap{} // the fonts of a collection mostly share one
	for _, at := range fontOffsets(r) {
		parts, err := readDirectory(r, at)
		if err != nil || parts["glyf"].size == 0 && parts["CFF "].size == 0 && parts["CFF2"].size == 0 {
			continue
		}
		f := &installed{path: name, at: at, size: int(info.Size())}
		head, _ := parts["head"].read(r, 54)
		os2, _ := parts["OS/2"].read(r, 96)
		if len(head) < 54 || permitted(os2) != nil {
			continue
		}
		if f.style = styleOf(head, os2); parts["fvar"].size > 0 {
			f.style &^= Bold
		}
		cmap := parts["cmap"]
		if f.cmap = shared[cmap.at]; f.cmap == nil {
			data, err := cmap.read(r, maxCmapBytes)
			if err != nil || len(data) < cmap.size || m.cmaps+len(data) > maxCmapsBytes {
				continue
			}
			if f.cmap = parseCmap(data); f.cmap == nil {
				continue
			}
			m.cmaps += len(data)
			shared[cmap.at] = f.cmap
		}
		list = append(list, f)
	}
	return list
}

// fontOffsets is where in a file its fonts begin.
func fontOffsets(r io.ReaderAt) []int64 {
	var head [12]byte
	if _, err := r.ReadAt(head[:], 0); err != nil {
		return nil
	}
	if string(head[:4]) != "ttcf" {
		return []int64{0}
	}
	offsets := make([]byte, 4*min(be32(head[8:]), maxCollection))
	if _, err := r.ReadAt(offsets, 12); err != nil {
		return nil
	}
	var at []int64
	for ; len(offsets) > 0; offsets = offsets[4:] {
		at = append(at, int64(be32(offsets)))
	}
	return at
}

// stretch is where in a file a table lies.
type stretch struct {
	at   int64
	size int
}

// read reads a table, or as much of it as is wanted.
func (s stretch) read(r io.ReaderAt, most int) ([]byte, error) {
	data := make([]byte, min(s.size, most))
	_, err := r.ReadAt(data, s.at)
	return data, err
}

// readDirectory reads where a font's tables lie.
func readDirectory(r io.ReaderAt, at int64) (map[string]stretch, error) {
	var head [12]byte
	if _, err := r.ReadAt(head[:], at); err != nil {
		return nil, err
	}
	dir := make([]byte, 16*min(be16(head[4:]), maxTables))
	if _, err := r.ReadAt(dir, at+12); err != nil {
		return nil, err
	}
	tables := map[string]stretch{}
	for ; len(dir) > 0; dir = dir[16:] {
		tables[string(dir[:4])] = stretch{int64(be32(dir[8:])), be32(dir[12:])}
	}
	return tables, nil
}

// parseCmap is nil for a table that maps nothing.
func parseCmap(data []byte) font.Cmap {
	t, _, err := tables.ParseCmap(data)
	if err != nil {
		return nil
	}
	cmap, _, err := font.ProcessCmap(t, 0)
	if err != nil {
		return nil
	}
	return cmap
}
