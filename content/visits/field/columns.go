package field

import (
	"slices"
	"strings"

	"handout/content"
)

// ParseColumns reads which heading feeds which field:
//
//	name="Client",email="E-mail",birth date=DOB
//
// Fields have the names that Field.String gives. Case, spaces and hyphens do not
// matter in them. Quotes keep a heading's commas. Of status, cancelled, no-show,
// archived, deceased, attended, active and ignore there may be several, and their
// headings come one a line. The error is content.Errors, with every mistake.
func ParseColumns(s string) (map[Field]string, error) {
	const like = "write it like name=\"Client\",email=\"E-mail\""
	var errs content.Errors
	bad := func(code, hint, format string, args ...any) {
		errs = append(errs, content.Errorf(code, hint, format, args...))
	}
	columns := map[Field]string{}
	for s = strings.TrimSpace(s); s != ""; {
		name, rest, ok := strings.Cut(s, "=")
		if !ok {
			bad("column-without-heading", like, "a column has no heading")
			break
		}
		var header string
		rest = strings.TrimLeft(rest, " ")
		if strings.HasPrefix(rest, `"`) {
			if header, rest, ok = strings.Cut(rest[1:], `"`); !ok {
				bad("open-quote-in-columns", like, "a quote is not closed in the list of columns")
				break
			}
			var between string
			between, s, _ = strings.Cut(rest, ",")
			if strings.TrimSpace(between) != "" {
				bad("no-comma-in-columns", like, "there is something between a heading and the comma after it")
			}
		} else {
			header, s, _ = strings.Cut(rest, ",")
		}
		header, s = strings.TrimSpace(header), strings.TrimSpace(s)
		i := slices.IndexFunc(Names(), func(known string) bool { return Plain(known) == Plain(name) })
		switch f := Field(i + 1); {
		case i < 0:
			hint := "there are " + strings.Join(Names(), ", ")
			if near := content.Closest(strings.TrimSpace(name), Names()); near != "" {
				hint = "did you mean " + near
			}
			bad("no-such-field", hint, "a list has no field called %s", content.Quoted(strings.TrimSpace(name)))
		case Plain(header) == "":
			bad("field-without-heading", like, "%s has no heading", f)
		case columns[f] != "" && known[f].several:
			columns[f] += "\n" + header
		case columns[f] != "":
			bad("field-twice", "keep one", "%s is given twice", f)
		default:
			columns[f] = header
		}
	}
	if len(columns) == 0 && errs == nil {
		bad("no-columns", like, "no column is named")
	}
	if errs != nil {
		return nil, errs
	}
	return columns, nil
}
