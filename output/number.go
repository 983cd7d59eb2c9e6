package output

import (
	"strconv"

	"handout/fonts"
	"handout/layout"
)

// em is a distance in a face at a size.
func em(e fonts.Em, size layout.Length) layout.Length {
	n := int64(e) * int64(size)
	if n < 0 {
		return -layout.Length((-n + 500) / 1000)
	}
	return layout.Length((n + 500) / 1000)
}

// inPoints is a number of hundredths as fpdf wants it.
func inPoints(hundredths int) float64 { return float64(hundredths) / 100 }

// hundredths is a length in hundredths of a point, to the nearest.
func hundredths(l layout.Length) int {
	if l < 0 {
		return -int((5 - l) / 10)
	}
	return int((l + 5) / 10)
}

// appendFixed writes n divided by 10 to the power of places, without the zeros
// that say nothing.
func appendFixed(b []byte, n, places int) []byte {
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	unit := [...]int{1, 10, 100, 1000}[places]
	whole, part := n/unit, n%unit
	if whole > 0 || part == 0 {
		b = strconv.AppendInt(b, int64(whole), 10)
	}
	if part == 0 {
		return b
	}
	b = append(b, '.')
	for part > 0 {
		unit /= 10
		digit := part / unit
		b = append(b, '0'+byte(digit))
		part -= digit * unit
	}
	return b
}
