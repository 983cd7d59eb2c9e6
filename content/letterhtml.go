package content

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"

	tokens "golang.org/x/net/html"
)

// A letter's HTML loads nothing: a picture fetched from a server would tell it who
// reads, and when. So only what is known to load nothing may stand in it: these
// elements, these attributes, and style that names colours and sizes.

var letterElements = words(
	`a abbr address article b big blockquote br caption center code col colgroup dd div dl dt em font footer h1 h2 h3
	h4 h5 h6 header hr i li ol p pre section small span strong sub sup table tbody td tfoot th thead tr u ul`)

var letterAttributes = words(
	`align bgcolor border cellpadding cellspacing class color colspan dir face height href id lang role rowspan scope
	size span start style title type valign width`)

var letterStyles = words(
	`background background-color border border-bottom border-collapse border-color border-left border-radius
	border-right border-spacing border-style border-top border-width clear color direction display float font
	font-family font-size font-style font-variant font-weight height letter-spacing line-height list-style-type
	margin margin-bottom margin-left margin-right margin-top max-width min-width padding padding-bottom padding-left
	padding-right padding-top text-align text-decoration text-indent text-transform unicode-bidi vertical-align
	white-space width word-break word-spacing`)

func words(s string) []string { return strings.Fields(s) }

// styleValue is a value that loads nothing: no escapes, no comments, no functions but
// those of colours.
var styleValue = regexp.MustCompile(`(?i)^(?:[^\\@<>{}()/]|(?:rgb|rgba|hsl|hsla)\([^()\\@/]*\))*$`)

// refused is what a letter's HTML cannot have, or "".
func refused(body string) string {
	z := tokens.NewTokenizer(strings.NewReader(body))
	read := 0
	for {
		kind := z.Next()
		raw := z.Raw()
		if kind == tokens.ErrorToken {
			break
		}
		read += len(raw)
		switch kind {
		case tokens.TextToken:
			if strings.ContainsRune(string(raw), '<') {
				return "a < that begins no tag"
			}
		case tokens.StartTagToken, tokens.SelfClosingTagToken, tokens.EndTagToken:
			name, _ := z.TagName()
			if !slices.Contains(letterElements, string(name)) {
				return fmt.Sprintf("<%s>", clip(string(name)))
			}
			for {
				key, value, more := z.TagAttr()
				if len(key) > 0 {
					if wrong := refusedAttribute(string(name), string(key), string(value)); wrong != "" {
						return wrong
					}
				}
				if !more {
					break
				}
			}
		default:
			return "a comment"
		}
	}
	if read < len(body) {
		return "a tag that is not closed with >"
	}
	return ""
}

func refusedAttribute(element, name, value string) string {
	switch {
	case !slices.Contains(letterAttributes, name):
		return clip(name) + "="
	case name == "href" && element == "a":
		u, err := url.Parse(strings.TrimSpace(value))
		if value == "tel:{phone}" || err == nil && !hasPlaceholder(value) &&
			slices.Contains([]string{"http", "https", "mailto", "tel"}, u.Scheme) {
			return ""
		}
		return "a link that is not https:, mailto: or tel:"
	case name == "href":
		return "href= outside a link"
	case hasPlaceholder(value):
		return "a placeholder in " + name + "="
	case name == "style":
		for declaration := range strings.SplitSeq(value, ";") {
			property, value, _ := strings.Cut(declaration, ":")
			if property = strings.ToLower(strings.TrimSpace(property)); property == "" &&
				strings.TrimSpace(value) == "" {
				continue
			}
			if !slices.Contains(letterStyles, property) || !styleValue.MatchString(value) {
				return "a style with " + clip(strings.TrimSpace(declaration))
			}
		}
	}
	return ""
}

// htmlOf sets a plain text as paragraphs.
func htmlOf(text string) string {
	var b strings.Builder
	for p := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		b.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(p), "\n", "<br>\n") + "</p>\n")
	}
	return b.String()
}

// shell is the page around a letter's body.
func shell(lang, title, body string) string {
	dir := "ltr"
	if ReadsFromRight(lang) {
		dir = "rtl"
	}
	lang, title = html.EscapeString(lang), html.EscapeString(title)
	return "<!DOCTYPE html>\n<html lang=\"" + lang + "\" dir=\"" + dir + "\">\n" +
		"<head><meta charset=\"utf-8\"><title>" + title + "</title></head>\n" +
		"<body style=\"font-family: sans-serif; font-size: 16px; line-height: 1.5\">\n" + body + "</body>\n</html>\n"
}
