package output

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"handout/layout"
)

// check finds what would make a page a bad PDF/UA file (ISO 14289-1), all of it
// at once: what the page itself promises, and what only a PDF asks for. Its errors name
// tags and items by number and never quote the page: a page is a patient's.
func check(p *layout.Page, made time.Time) error {
	errs := []error{p.Check()}
	if p == nil {
		return errs[0]
	}
	about := aboutPage(p, made)
	errs = append(errs, about.check()...)
	for i, t := range p.Tags {
		if t.Lang != "" && !validLang(t.Lang) {
			errs = append(errs, fmt.Errorf("page: tag %d (%v) has a language that is not a language tag", i, t.Role))
		}
	}
	for i, it := range p.Items {
		if a, ok := it.(*layout.Anchor); ok && !validURL(a.URL) {
			errs = append(errs, fmt.Errorf("page: item %d leads to no http, https, mailto or tel address in ASCII", i))
		}
	}
	return errors.Join(errs...)
}

// validLang tells whether s has the form of a language tag (BCP 47; RFC 5646,
// 2.1): a language of two or three letters, then subtags of up to eight.
func validLang(s string) bool {
	for i, sub := range strings.Split(s, "-") {
		if len(sub) == 0 || len(sub) > 8 || i == 0 && (len(sub) < 2 || len(sub) > 3) {
			return false
		}
		for _, r := range sub {
			letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
			if !letter && (i == 0 || r < '0' || r > '9') {
				return false
			}
		}
	}
	return true
}

// validURL tells whether s is an address a page may lead to. A URI action holds
// 7-bit ASCII (ISO 32000-1, 12.6.4.7).
func validURL(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || rest == "" || len(s) > 2048 {
		return false
	}
	switch strings.ToLower(scheme) {
	case "http", "https":
		return len(rest) > 2 && strings.HasPrefix(rest, "//")
	case "mailto", "tel":
		return true
	}
	return false
}
