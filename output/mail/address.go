package mail

import (
	"errors"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// Limits of addresses: octets of the part before the @ and of the whole (RFC 5321,
// 4.5.3.1.1 and 4.5.3.1.3, less the angle brackets), and how many one person has.
const (
	maxLocal     = 64
	maxAddress   = 254
	maxAddresses = 10
)

var errNoAddress = errors.New("this is not an e-mail address")

// address checks one address, without a name, and writes its domain in ASCII, in small
// letters: domains of other scripts in the form the mail system takes (IDNA2008, RFC
// 5891). Errors hold no part of it: it is a patient's.
func address(s string) (string, error) {
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return "", errNoAddress
	}
	local, domain := s[:at], s[at+1:]
	if strings.ContainsFunc(local, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsPrint(r) }) {
		return "", errors.New("the part of the e-mail address before the @ has letters that few mail systems take")
	}
	if !isDotAtom(local) || len(local) > maxLocal {
		return "", errNoAddress
	}
	domain, err := idna.Lookup.ToASCII(domain)
	if again, e := idna.Lookup.ToASCII(domain); e != nil || again != domain {
		return "", errNoAddress // some labels are lawful only until they are written out
	}
	if err != nil || !isDotAtom(domain) || !strings.Contains(domain, ".") || len(local)+1+len(domain) > maxAddress {
		return "", errNoAddress
	}
	return local + "@" + domain, nil
}

// isDotAtom tells whether s needs no quotes in an address (RFC 5322, 3.2.3).
// Quoted ones are lawful, and in a clinic's list they are mistakes.
func isDotAtom(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		if part == "" || strings.ContainsFunc(part, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
				strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", r))
		}) {
			return false
		}
	}
	return true
}
