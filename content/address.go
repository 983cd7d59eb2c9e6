package content

import (
	"net/url"
	"strings"
	"unicode"

	"golang.org/x/net/idna"
)

// maxCode is how many bytes a code holds: 77 modules at level M (ISO/IEC 18004, table 7),
// 31 mm on paper.
const maxCode = 412

// webAddress is s as an http or https address with a host, escaped as it should be.
func webAddress(s string) (string, bool) {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || len(s) > 500 {
		return "", false
	}
	if host := u.Hostname(); !strings.Contains(host, ".") || strings.ContainsAny(host, " \t<>\"") ||
		strings.Contains(host, "..") {
		return "", false
	}
	return u.String(), true
}

// phoneDigits is a phone number as a tel: address wants it (RFC 3966).
func phoneDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, s)
}

// MailAddress checks an address that mail can be sent to: name@host as RFC 5321
// writes it without quotes, in ASCII before the @, for few servers take more. A host of
// any script stays as written, if it can be written in ASCII (IDNA2008, RFC 5891); a
// mailto: before it goes.
func MailAddress(s string) (string, bool) {
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	name, host, ok := strings.Cut(s, "@")
	if !ok || name == "" || len(name) > 64 || len(s) > 254 || name[0] == '.' || name[len(name)-1] == '.' ||
		strings.Contains(name, "..") {
		return "", false
	}
	for i := range len(name) {
		c := name[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
			strings.IndexByte("!#$%&'*+-/=?^_`{|}~.", c) >= 0) {
			return "", false
		}
	}
	labels := strings.Split(host, ".")
	if len(labels) < 2 {
		return "", false
	}
	for _, l := range labels {
		if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' || strings.ContainsFunc(l, func(r rune) bool {
			return r != '-' && r != '\u200c' && r != '\u200d' && !unicode.IsLetter(r) &&
				!unicode.IsDigit(r) && !unicode.IsMark(r)
		}) {
			return "", false
		}
	}
	if last := labels[len(labels)-1]; !strings.ContainsFunc(last, unicode.IsLetter) {
		return "", false // the numbers of a machine
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if again, e := idna.Lookup.ToASCII(ascii); err != nil || e != nil || again != ascii ||
		len(name)+1+len(ascii) > 254 {
		return "", false // some labels are lawful only until they are written out
	}
	return s, true
}
