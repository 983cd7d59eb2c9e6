package fonts

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// Limits of a search of a machine's font folders.
const (
	maxFindFiles = 5000
	maxFindDepth = 8
	maxCmapBytes = 4 << 20
)

// Found is a face of the machine's, where it was, and which of the characters
// asked for it draws.
type Found struct {
	Face  *Face
	Path  string
	Draws []rune
}

// Find looks through folders of fsys for faces that draw the given characters,
// and returns the fewest it can: the face that draws most of them, then the one
// that draws most of the rest. Regular faces go before bold and italic ones, and
// names in alphabetical order, so that one machine always gives one answer. Fonts
// that are damaged or may not be embedded are passed over. What no face draws is
// in no Found; there may be none at all.
func Find(fsys fs.FS, roots []string, runes []rune) []Found {
	var paths []string
	for _, root := range roots {
		paths = append(paths, fontFiles(fsys, root, maxFindFiles-len(paths))...)
	}
	var found []Found
	rest := slices.Clone(runes)
	slices.Sort(rest)
	rest = slices.Compact(rest)
	for len(rest) > 0 {
		best := bestFace(fsys, paths, rest)
		if best.Face == nil {
			break
		}
		found = append(found, best)
		rest = slices.DeleteFunc(rest, best.Face.has)
	}
	return found
}

// fontFiles lists the font files below a folder, in the order of their paths.
func fontFiles(fsys fs.FS, root string, most int) []string {
	var paths []string
	fs.WalkDir(fsys, root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fs.SkipDir // a folder that may not be read holds nothing for us
		case len(paths) >= most:
			return fs.SkipAll
		case d.IsDir():
			if name != root && strings.Count(strings.TrimPrefix(name, root), "/") > maxFindDepth {
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

// bestFace reads no more of a file than what characters it maps, unless that is
// better than what was found before.
func bestFace(fsys fs.FS, paths []string, runes []rune) Found {
	var best Found
	for _, p := range paths {
		if most := coverage(fsys, p, runes); most == 0 || most < len(best.Draws) {
			continue
		}
		data, err := fs.ReadFile(fsys, p)
		if err != nil {
			continue
		}
		faces, _ := ParseCollection(data)
		for _, f := range faces {
			var draws []rune
			for _, r := range runes {
				if f.has(r) {
					draws = append(draws, r)
				}
			}
			if len(draws) > len(best.Draws) || len(draws) > 0 && len(draws) == len(best.Draws) && best.Face.style != Regular && f.style == Regular {
				best = Found{f, p, draws}
			}
		}
		if len(best.Draws) == len(runes) && best.Face.style == Regular {
			break
		}
	}
	return best
}

// coverage is how many of the characters some font of a file maps to a glyph.
func coverage(fsys fs.FS, name string, runes []rune) (most int) {
	defer func() { // as in newFace
		if recover() != nil {
			most = 0
		}
	}()
	file, err := fsys.Open(name)
	if err != nil {
		return 0
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxFontBytes {
		return 0
	}
	r, ok := file.(io.ReaderAt)
	if !ok {
		data, err := io.ReadAll(io.LimitReader(file, maxFontBytes))
		if err != nil {
			return 0
		}
		r = bytes.NewReader(data)
	}
	for _, at := range fontOffsets(r) {
		cmap, err := readCmap(r, at)
		if err != nil {
			continue
		}
		n := 0
		for _, c := range runes {
			if id, ok := cmap.Lookup(c); ok && id != 0 {
				n++
			}
		}
		most = max(most, n)
	}
	return most
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

func readCmap(r io.ReaderAt, at int64) (font.Cmap, error) {
	var head [12]byte
	if _, err := r.ReadAt(head[:], at); err != nil {
		return nil, err
	}
	dir := make([]byte, 16*min(be16(head[4:]), maxTables))
	if _, err := r.ReadAt(dir, at+12); err != nil {
		return nil, err
	}
	for ; len(dir) > 0; dir = dir[16:] {
		if string(dir[:4]) != "cmap" {
			continue
		}
		size := be32(dir[12:])
		if size > maxCmapBytes {
			return nil, errDamaged
		}
		data := make([]byte, size)
		if _, err := r.ReadAt(data, int64(be32(dir[8:]))); err != nil {
			return nil, err
		}
		t, _, err := tables.ParseCmap(data)
		if err != nil {
			return nil, err
		}
		cmap, _, err := font.ProcessCmap(t, 0)
		return cmap, err
	}
	return nil, errDamaged
}
