package mail

import (
	"errors"
	"net/mail"
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

// Addresses are the mail addresses in one cell of a list, in order and each once.
// Commas, semicolons, line breaks and spaces part them; names beside them, as in
// "Ana Ruiz" <ana@example.org>, are left out. Domains in other scripts come back in
// the form the mail system takes (IDNA2008, RFC 5891).
//
// A cell holds at most 10. An empty one has none, and that is no error. Errors hold
// no part of the cell: it is a patient's.
func Addresses(cell string) ([]string, error) {
	var list []string
	seen := map[string]bool{}
	for _, word := range words(cell) {
		a, err := address(word)
		if err != nil {
			return nil, err
		}
		if !seen[a] {
			list, seen[a] = append(list, a), true
		}
	}
	if len(list) > maxAddresses {
		return nil, errors.New("there are more than 10 e-mail addresses")
	}
	return list, nil
}

// words are what may be addresses in a cell: what stands in angle brackets where
// there are any, and else every word.
func words(cell string) []string {
	cell = strings.NewReplacer(";", ",", "\r", ",", "\n", ",").Replace(cell)
	if strings.Contains(cell, "<") {
		list, err := mail.ParseAddressList(strings.Trim(cell, ", \t"))
		if err != nil {
			return []string{cell} // which is no address, and will be said to be none
		}
		var found []string
		for _, a := range list {
			found = append(found, a.Address)
		}
		return found
	}
	return strings.FieldsFunc(cell, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
}

var errNoAddress = errors.New("this is not an e-mail address")

// address checks one address and writes its domain in ASCII, in small letters.
func address(s string) (string, error) {
	s = strings.TrimPrefix(s, "mailto:")
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
			return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("!#$%&'*+-/=?^_`{|}~", r))
		}) {
			return false
		}
	}
	return true
}
