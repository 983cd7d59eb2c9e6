package fonts

import (
	"encoding/binary"
	"errors"
	"slices"
)

// The file format is OpenType 1.9, "The OpenType Font File": a directory of
// tables named by four letters. Every read below is inside a slice whose length
// was checked first.

const (
	maxFontBytes  = 32 << 20
	maxTables     = 128
	maxCollection = 64 // fonts of one .ttc looked at
)

var (
	errDamaged = errors.New("the font file is damaged")
	errNotFont = errors.New("this is not a TrueType or OpenType font")
)

func be16(b []byte) int  { return int(binary.BigEndian.Uint16(b)) }
func bei16(b []byte) int { return int(int16(binary.BigEndian.Uint16(b))) }
func be32(b []byte) int  { return int(binary.BigEndian.Uint32(b)) }

func put16(b []byte, v int) []byte { return binary.BigEndian.AppendUint16(b, uint16(v)) }
func put32(b []byte, v int) []byte { return binary.BigEndian.AppendUint32(b, uint32(v)) }

// table is one named part of a font file.
type table struct {
	tag  string
	data []byte
}

// directory is a font's tables, sorted by tag.
type directory []table

// get returns the table's bytes, or nil if there is none.
func (t directory) get(tag string) []byte {
	for _, x := range t {
		if x.tag == tag {
			return x.data
		}
	}
	return nil
}

// readTables reads the directory at an offset of the file.
func readTables(file []byte, at int) (directory, error) {
	if at < 0 || at > len(file)-12 {
		return nil, errDamaged
	}
	switch string(file[at : at+4]) {
	case "\x00\x01\x00\x00", "true", "OTTO":
	default:
		return nil, errNotFont
	}
	n := be16(file[at+4:])
	if n > maxTables || len(file)-at-12 < 16*n {
		return nil, errDamaged
	}
	t := make(directory, n)
	for i := range t {
		r := file[at+12+16*i:]
		off, size := be32(r[8:]), be32(r[12:])
		if off > len(file) || size > len(file)-off {
			return nil, errDamaged
		}
		t[i] = table{string(r[:4]), file[off : off+size : off+size]}
	}
	slices.SortStableFunc(t, func(a, b table) int {
		switch {
		case a.tag < b.tag:
			return -1
		case a.tag > b.tag:
			return 1
		}
		return 0
	})
	return t, nil
}

// file puts the tables, which must be sorted by tag, into one font file. The
// check sums are set, that of the whole in head.
func (t directory) file(version string) []byte {
	size := 12 + 16*len(t)
	for _, x := range t {
		size += (len(x.data) + 3) &^ 3
	}
	entries, log := 1, 0
	for 2*entries <= len(t) {
		entries, log = 2*entries, log+1
	}
	b := append(make([]byte, 0, size), version...)
	b = put16(put16(put16(put16(b, len(t)), 16*entries), log), 16*(len(t)-entries))
	at := 12 + 16*len(t)
	for _, x := range t {
		b = append(b, x.tag...)
		b = put32(put32(put32(b, int(checksum(x.data))), at), len(x.data))
		at += (len(x.data) + 3) &^ 3
	}
	head := -1
	for _, x := range t {
		if x.tag == "head" {
			head = len(b)
		}
		b = append(b, x.data...)
		for len(b)%4 != 0 {
			b = append(b, 0)
		}
	}
	if head >= 0 {
		binary.BigEndian.PutUint32(b[head+8:], 0xB1B0AFBA-checksum(b))
	}
	return b
}

func checksum(b []byte) uint32 {
	var sum uint32
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	if len(b) > 0 {
		var last [4]byte
		copy(last[:], b)
		sum += binary.BigEndian.Uint32(last[:])
	}
	return sum
}

// nameOf returns an entry of the name table, or "": the English Windows one, any
// Windows one, or the Macintosh one if it is ASCII.
func nameOf(name []byte, id int) string {
	if len(name) < 6 {
		return ""
	}
	n, store := be16(name[2:]), be16(name[4:])
	best, rank := "", 0
	for i := 0; i < n && 6+12*(i+1) <= len(name); i++ {
		r := name[6+12*i:]
		off, size := store+be16(r[10:]), be16(r[8:])
		if be16(r[6:]) != id || off+size > len(name) {
			continue
		}
		s := name[off : off+size]
		switch platform, lang := be16(r), be16(r[4:]); {
		case platform == 3 && lang == 0x409 && rank < 3:
			best, rank = utf16Text(s), 3
		case (platform == 3 || platform == 0) && rank < 2:
			best, rank = utf16Text(s), 2
		case platform == 1 && rank < 1:
			best, rank = string(s), 1
		}
	}
	return best
}
