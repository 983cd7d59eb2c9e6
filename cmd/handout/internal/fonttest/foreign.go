// Package fonttest makes fonts for tests.
package fonttest

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// Moved is the amount by which Foreign moves characters: Hebrew alef U+05D0
// becomes the ideograph U+65D0, which no shipped face draws.
const Moved = 0x6000

// Foreign is a font that draws what none of ours does: one of them with the
// characters of its cmap (format 4) moved.
func Foreign() ([]byte, error) {
	_, here, _, _ := runtime.Caller(0)
	data, err := os.ReadFile(filepath.Join(filepath.Dir(here), "../../../../fonts/ttf/NotoSans-Hebrew-Regular.ttf"))
	if err != nil {
		return nil, err
	}
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(data[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(data[at:])) }
	put := func(at, v int) { binary.BigEndian.PutUint16(data[at:], uint16(v)) }
	changed := map[int]bool{}
	for i := range u16(4) {
		table := 12 + 16*i
		if string(data[table:table+4]) != "cmap" {
			continue
		}
		cmap := u32(table + 8)
		for j := range u16(cmap + 2) {
			sub := cmap + u32(cmap+4+8*j+4)
			if u16(sub) != 4 || changed[sub] {
				continue
			}
			changed[sub] = true
			n := u16(sub+6) / 2
			ends, starts, deltas := sub+14, sub+16+2*n, sub+16+4*n
			for k := range n - 1 { // the last one, U+FFFF, stays
				put(ends+2*k, u16(ends+2*k)+Moved)
				put(starts+2*k, u16(starts+2*k)+Moved)
				if u16(sub+16+6*n+2*k) == 0 {
					put(deltas+2*k, u16(deltas+2*k)-Moved)
				}
			}
		}
	}
	if len(changed) == 0 {
		return nil, errors.New("the font has no cmap of format 4")
	}
	return data, nil
}
