package field

import "strings"

// Addresses parts a cell that may hold several: with commas, semicolons or spaces
// between them, or as Name <a@b>. Names are left out.
func Addresses(s string) []string {
	switch Plain(s) {
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

// Consent says whether a person agreed to get mail.
type Consent uint8

const (
	Unknown Consent = iota // nothing is recorded: no mail
	Given
	Refused
	Unclear // what is recorded is neither yes nor no: no mail, and an EmailErr
)

func (c Consent) String() string { return [...]string{"unknown", "given", "refused", "unclear"}[c] }

// ConsentOf reads yes or no. Any other word is not taken for either.
func ConsentOf(s string) (c Consent, known bool) {
	switch Plain(s) {
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
	case "yes", "y", "true", "1", "x", "ok", "okay", "on", "given", "granted", "agreed", "consented", "emailok", "ja",
		"j", "sí", "si", "oui", "có", "כן", "نعم":
		return Given, true
	case "no", "n", "false", "0", "off", "refused", "declined", "denied", "withdrawn", "revoked", "optout", "optedout",
		"donotemail", "noemail", "nein", "non", "không", "לא", "لا":
		return Refused, true
	}
	return Unknown, false
}
