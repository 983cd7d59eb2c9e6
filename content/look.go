package content

import "strings"

// Looks are the designs that a page may be asked for in; what they are is layout's.
func Looks() []string { return []string{"article", "rows", "pictures"} }

// formerLooks are what was asked for once, and what to take in its place.
var formerLooks = map[string]string{
	"classic": "article",
	"cards":   "rows",
	"letter":  "article",
	"plain":   "article, in the edition bw",
}

// LookNamed is the design of that name, however it is typed. The mistake has no place, and of
// the name it holds nothing but what was a design once.
func LookNamed(name string) (string, *Error) {
	name = strings.ToLower(name)
	look, hint := Pick(name, Looks())
	if now := formerLooks[name]; now != "" {
		return "", Errorf("former-look", "take "+now, "the look %s no longer exists", name)
	}
	if hint != "" {
		return "", Errorf("unknown-look", hint, "there is no such look")
	}
	return look, nil
}

// look is a design, as it is named by those that write files.
func (v value) look() string {
	s := v.text()
	if s == "" {
		return ""
	}
	look, err := LookNamed(s)
	if err != nil {
		err.Position = v.pos
		*v.errs = append(*v.errs, err)
	}
	return look
}
