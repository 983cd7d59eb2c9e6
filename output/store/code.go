package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// Code is what a handout prints at its foot to be found again: 40 bits of its content's
// sum, written K7Q2-9MXD in Crockford's base 32. See Sum.Code.
//
// None of the eight characters is a check. It would cost five of the 40 bits, and
// make it 32 times as likely that two handouts clash, to notice what the ledger
// notices anyhow: with 100,000 handouts in it, a mistyped code is that of another
// once in ten million times.
type Code [5]byte

// Crockford's digits leave out I, L, O and U: https://www.crockford.com/base32.html
const codeDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

func (c Code) String() string {
	var bits uint64
	for _, b := range c {
		bits = bits<<8 | uint64(b)
	}
	text := make([]byte, 0, 9)
	for shift := 35; shift >= 0; shift -= 5 {
		if shift == 15 {
			text = append(text, '-')
		}
		text = append(text, codeDigits[bits>>shift&31])
	}
	return string(text)
}

// ParseCode reads a code as people type it: in small letters, with or without
// dash and spaces, O for 0, I and L for 1. Its errors do not repeat what was
// typed, which may be a name.
func ParseCode(text string) (Code, error) {
	if len(text) > 64 {
		return Code{}, errCode
	}
	var bits uint64
	digits := 0
	for _, r := range strings.ToUpper(text) {
		switch r {
		case 'O':
			r = '0'
		case 'I', 'L':
			r = '1'
		case ' ', '-', '\u2010', '\u2011', '\u2013', '\u00a0':
			continue
		}
		d := strings.IndexRune(codeDigits, r)
		if d < 0 || r == utf8.RuneError {
			return Code{}, errCode
		}
		bits = bits<<5 | uint64(d)
		digits++
	}
	if digits != 8 {
		return Code{}, errCode
	}
	return Code{byte(bits >> 32), byte(bits >> 24), byte(bits >> 16), byte(bits >> 8), byte(bits)}, nil
}

var errCode = errors.New("a code is eight letters and digits, such as K7Q2-9MXD")

func (c Code) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

func (c *Code) UnmarshalText(text []byte) error {
	var err error
	*c, err = ParseCode(string(text))
	return err
}

// Sum is 256 bits of a hash, in JSON as 64 hexadecimal digits.
type Sum [32]byte

func (s Sum) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

func (s *Sum) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(s)) {
		return errors.New("a sum has 64 digits")
	}
	_, err := hex.Decode(s[:], text)
	return err
}

// Code is the code that a page of this sum is given at the nth try, from 0: where another
// page has the first, the next is tried.
func (s Sum) Code(try int) (c Code) {
	if try > 0 {
		s = sha256.Sum256(binary.BigEndian.AppendUint32(slices.Clone(s[:]), uint32(try)))
	}
	copy(c[:], s[:])
	return c
}
