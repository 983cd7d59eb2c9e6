package output

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

// PasswordError is why a password cannot lock a file. It never quotes the
// password.
type PasswordError struct{ message, hint string }

func (e *PasswordError) Error() string { return e.message }

// Hint is what to do about it.
func (e *PasswordError) Hint() string { return e.hint }

// Check tells whether the password can lock a file; the error is a *PasswordError.
func (l Lock) Check() error {
	_, err := prepared(l.Password)
	return err
}

// maxPassword is how many bytes of a password count (ISO 32000-2, 7.6.4.3.3): a
// reader drops the rest, so that a longer one would open with less than all of it.
const maxPassword = 127

// prepared is a password as a file is locked with it: by SASLprep (RFC 4013), as
// ISO 32000-2, 7.6.4.3.2 demands, so that é opens a file however it was typed.
// Characters newer than the RFC's Unicode 3.2 are let through, as for a query
// (RFC 3454, 7); the precis rules of RFC 8265 give other bytes and are not used.
func prepared(password string) ([]byte, error) {
	if !utf8.ValidString(password) {
		return nil, &PasswordError{"the password is not UTF-8", "save the list it comes from as UTF-8"}
	}
	mapped := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(mappedToNothing, r):
			return -1
		case unicode.Is(unicode.Zs, r) || r == '\u200b':
			return ' '
		}
		return r
	}, password)
	ready := norm.NFKC.String(mapped)
	switch {
	case ready == "":
		return nil, &PasswordError{"the password is empty", "give one of eight characters or more"}
	case strings.ContainsFunc(ready, prohibited):
		return nil, &PasswordError{"the password has a character that no keyboard types, such as a line break",
			"use letters, digits and spaces"}
	case !oneDirection(ready):
		return nil, &PasswordError{"the password mixes letters read from the left and from the right",
			"begin and end it with a letter of the one script, and leave the other out"}
	case len(ready) > maxPassword:
		return nil, &PasswordError{fmt.Sprintf("the password has %d bytes, and %d are the most", len(ready),
			maxPassword), "use a shorter one"}
	}
	return []byte(ready), nil
}

// mappedToNothing is table B.1 of RFC 3454, but for U+200B, which RFC 4013, 2.1
// makes a space first.
var mappedToNothing = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x00ad, Hi: 0x00ad, Stride: 1}, {Lo: 0x034f, Hi: 0x034f, Stride: 1}, {Lo: 0x1806, Hi: 0x1806, Stride: 1},
		{Lo: 0x180b, Hi: 0x180d, Stride: 1}, {Lo: 0x200c, Hi: 0x200d, Stride: 1}, {Lo: 0x2060, Hi: 0x2060, Stride: 1},
		{Lo: 0xfe00, Hi: 0xfe0f, Stride: 1}, {Lo: 0xfeff, Hi: 0xfeff, Stride: 1},
	},
	LatinOffset: 1,
}

// prohibited is the output RFC 4013, 2.3 bars: tables C.1.2 to C.9 of RFC 3454.
func prohibited(r rune) bool {
	switch {
	case r == ' ':
		return false
	case unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp, unicode.Cc, unicode.Co, unicode.Noncharacter_Code_Point):
		return true
	// C.2.2
	case r == 0x06dd, r == 0x070f, r == 0x180e, r >= 0x200c && r <= 0x200f, r >= 0x2060 && r <= 0x2063,
		r >= 0x1d173 && r <= 0x1d17a:
		return true
	case r >= 0xfff9 && r <= 0xfffd, r >= 0x2ff0 && r <= 0x2ffb: // C.6, C.7
		return true
	case r == 0x0340, r == 0x0341, r >= 0x202a && r <= 0x202e, r >= 0x206a && r <= 0x206f: // C.8
		return true
	}
	return r == 0xe0001 || r >= 0xe0020 && r <= 0xe007f // C.9
}

// oneDirection holds RFC 3454, 6: with a letter read from the right there is none
// read from the left, and both ends are read from the right.
func oneDirection(s string) bool {
	var left, right, first, last bool
	for i, r := range s {
		p, _ := bidi.LookupRune(r)
		class := p.Class()
		last = class == bidi.R || class == bidi.AL
		left = left || class == bidi.L
		right = right || last
		if i == 0 {
			first = last
		}
	}
	return !right || !left && first && last
}
