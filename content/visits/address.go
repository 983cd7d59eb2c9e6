package visits

import (
	"slices"
	"strings"

	"handout/content"
)

// maxAddresses is how many addresses a person may have.
const maxAddresses = 8

// mail reads the addresses of a row and whether mail may go there. What is wrong
// with them is told in EmailErr: it keeps a message back, never a page.
func (r *Row) mail(c *cells) {
	var bad, many bool
	for _, a := range addresses(c[Email]) {
		a, ok := content.MailAddress(a)
		same := func(b string) bool { return strings.EqualFold(a, b) }
		switch {
		case !ok:
			bad = true
		case slices.ContainsFunc(r.Emails, same):
		case len(r.Emails) == maxAddresses:
			many = true
		default:
			r.Emails = append(r.Emails, strings.Clone(a))
		}
	}
	if bad { // and so nothing in the cell can be relied on
		r.Emails = nil
		wrong(&r.EmailErr, "bad-email-address", "write it like ana@example.org; a comma goes between two", "an email address cannot be written to")
	}
	if many {
		wrong(&r.EmailErr, "too-many-email-addresses", "keep those that are read", "there are more than %d email addresses", maxAddresses)
	}
	var known bool
	if r.Consent, known = consent(c[EmailConsent]); !known {
		r.Consent = Unclear
		wrong(&r.EmailErr, "unclear-consent", "write yes or no", "the consent to email is neither yes nor no")
	}
}

// addresses parts a cell that may hold several: with commas, semicolons or spaces
// between them, or as Name <a@b>. Names are left out.
func addresses(s string) []string {
	switch plain(s) {
	case "", "none", "na", "no", "noemail", "unknown", "declined":
		return nil
	}
	var list []string
	for s != "" {
		s = strings.TrimLeft(s, " ,;")
		var a string
		switch i := strings.IndexAny(s, `<",; `); {
		case s == "":
			return list
		case i < 0:
			a, s = s, ""
		case s[i] == '"': // a name, with commas if it likes
			if end := strings.IndexByte(s[i+1:], '"'); end >= 0 && i == 0 {
				s = s[end+2:]
				continue
			}
			a, s = s, ""
		case s[i] == '<':
			end := strings.IndexByte(s, '>')
			if end < i || strings.Contains(s[:i], "@") {
				a, s = s, ""
				break
			}
			a, s = strings.TrimSpace(s[i+1:end]), s[end+1:]
		default:
			a, s = s[:i], s[i:]
			if !strings.Contains(a, "@") && strings.Contains(s, "<") {
				continue // a word of a name
			}
		}
		list = append(list, a)
	}
	return list
}

// consent reads yes or no. Any other word is not taken for either.
func consent(s string) (c Consent, known bool) {
	switch plain(s) {
	case "":
		switch strings.TrimSpace(s) {
		case "✓", "✔", "☑", "✅":
			return Given, true
		case "✗", "✘", "❌":
			return Refused, true
		}
		return Unknown, strings.Trim(s, "-–—?☐ ") == ""
	case "unknown", "na", "notasked", "notrecorded":
		return Unknown, true
	case "yes", "y", "true", "1", "x", "ok", "okay", "on", "given", "granted", "agreed", "consented", "emailok", "ja", "j", "sí", "si", "oui", "có", "כן", "نعم":
		return Given, true
	case "no", "n", "false", "0", "off", "refused", "declined", "denied", "withdrawn", "revoked", "optout", "optedout", "donotemail", "noemail", "nein", "non", "không", "לא", "لا":
		return Refused, true
	}
	return Unknown, false
}
