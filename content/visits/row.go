package visits

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// row makes a Row of what was read for each field.
func (in *intake) row(number int, c *cells) error {
	r := Row{Number: number}
	for f := ID; f < fields; f++ {
		if c[f] != "" {
			c[f] = in.clean(f, c[f], &r)
		}
	}
	if in.serial {
		c[Date], c[Time] = in.days(c[Date], 20_000), in.days(c[Time], 0)
		c[Born] = in.days(c[Born], 2200) // since 1906; what is less may be a year alone
		c[Next] = in.days(c[Next], 20_000)
	}
	for _, f := range []Field{Name, First, Last, Service} {
		if c[Cancelled] == "" {
			c[Cancelled] = beside(c[f])
		}
	}
	for _, f := range []Field{Service, Date, Time, Therapist, Email, Handout, Note, Next} {
		if s := c[f]; c[Cancelled] == "" && s != "" && !strings.ContainsAny(s, "0123456789@") { // written over what stood there
			if st := in.status(s); st.all && st.plain {
				c[Cancelled] = s
			}
		}
	}
	r.Name = in.nameOf(c)
	if utf8.RuneCountInString(r.Name) > known[Name].limit {
		wrong(&r.Err, "long-name", "make it shorter", "the name has more than %d characters", known[Name].limit)
	}
	r.Skip, r.Doubtful = in.whySkipped(c)
	if r.Skip == "" && r.Name == "" && r.Err == nil {
		switch {
		case c[Number] == "" && c[Email] == "" && c[Handout] == "" && c[Stretches] == "" && (c[Date] != "" || c[Time] != ""):
			r.Skip = "a break" // a time that nobody is booked for
		default:
			wrong(&r.Err, "no-name", "fill it in, or delete the row", "the name is missing")
		}
	}
	r.mail(c)
	r.ID, r.PatientID = in.keep(c[ID]), in.keep(c[Number])
	r.Therapist, r.Service = in.keep(c[Therapist]), in.keep(c[Service])
	r.Handout, r.Stretches, r.Chosen = in.keep(c[Handout]), in.keep(c[Stretches]), c[Stretches] != ""
	r.Note, r.Next, r.Password = in.keep(c[Note]), in.keep(c[Next]), in.keep(c[Password])
	lang, understood := languageOf(c[Language])
	r.Lang, r.OddLang = in.keep(lang), !understood
	r.Edition, r.Look, r.Paper = in.keep(strings.ToLower(c[Edition])), in.keep(strings.ToLower(c[Look])), in.keep(strings.ToLower(c[Paper]))
	var ok bool
	if r.Side, ok = side(c[Side]); !ok {
		wrong(&r.Err, "unknown-side", "side is left, right, both, each or sore", "the side cannot be made out")
	}
	if len(r.Name) > 0 {
		r.Name = strings.Clone(r.Name)
	}
	place := len(in.list.Rows)
	if r.Doubtful {
		in.doubts[place] = in.keep(c[Status])
	}
	switch said := folded(c[Attended]); {
	case said == "":
	case isNo(said):
		in.absent = append(in.absent, place)
	default:
		in.attended = true
	}
	return in.put(r, written{in.stamp(c[Date]), in.stamp(c[Time]), in.stamp(c[Born])})
}

// clean makes a cell a line: composed (Unicode NFC), with single spaces, without the
// apostrophe that keeps a spreadsheet from counting ('+44) and without characters
// that cannot be seen but turn the text about them. Line breaks become spaces; no
// other control character is let through, least of all into a mail's headers.
func (in *intake) clean(f Field, s string, r *Row) string {
	if len(s) > maxCell {
		wrong(&r.Err, "large-cell", "make it shorter", "%s is longer than %d kB", f, maxCell>>10)
		return ""
	}
	if f != Password {
		s = unentitled(s)
	}
	plain := lineOfASCII(s)
	if !plain {
		s = strings.ToValidUTF8(s, "\uFFFD")
		if whole, ok := mended(s); ok && f != Password {
			s = whole
			in.mended++
		}
		s = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' { // the joiners of Indic and Persian names stay
				return -1
			}
			return r
		}, s)
		s = strings.Join(strings.Fields(norm.NFC.String(s)), " ")
	}
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune("+-=@0123456789", rune(s[1])) {
		s = s[1:]
	}
	mistakes := &r.Err
	switch f {
	case Email, EmailConsent:
		mistakes = &r.EmailErr
	case Language: // it keeps no page back
		return s
	}
	switch {
	case strings.ContainsFunc(s, unicode.IsControl):
		wrong(&r.Err, "control-character", "type it again", "%s holds a control character", f)
		return ""
	case s == "#N/A": // a formula looked it up and there was none
		return ""
	case failed(s):
		wrong(mistakes, "failed-cell", "widen its column in the spreadsheet, or mend its formula", "%s did not come through", f)
		return ""
	case !plain && f != Password && torn.MatchString(s):
		wrong(&r.Err, "two-encodings", "type it again, or export the list anew and do not save it from a spreadsheet program", "%s was saved in two encodings", f)
		return ""
	case holed(f, s):
		wrong(&r.Err, "lost-letter", "type it again; the program that saved the list could not write it: UTF-8 can", "%s has lost a letter: a question mark stands in its place", f)
		return ""
	case strings.ContainsRune(s, utf8.RuneError):
		wrong(&r.Err, "unreadable-character", "save the list as UTF-8, or type it again", "%s holds a character that cannot be made out", f)
		return ""
	case known[f].limit > 0 && utf8.RuneCountInString(s) > known[f].limit:
		wrong(mistakes, "long-cell", "make it shorter", "%s has more than %d characters", f, known[f].limit)
		return ""
	}
	return s
}

// failed tells what a spreadsheet writes instead of a value: the mistake of a formula,
// or a row of # where a date is wider than its column.
func failed(s string) bool {
	if len(s) < 2 || s[0] != '#' {
		return false
	}
	switch s {
	case "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#ERROR!":
		return true
	}
	return strings.Trim(s, "#") == ""
}

// lineOfASCII tells most cells from those that want a closer look.
func lineOfASCII(s string) bool {
	space := true
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ' && space, c < ' ', c > '~':
			return false
		default:
			space = c == ' '
		}
	}
	return !space || s == ""
}

// totals is what stands before a sum, or with it: "Total", "Grand total (12)", "Total
// appointments: 12".
var totals = regexp.MustCompile(`^(?i:grand |sub-?)?(?i:totals?)(?i: (?:appointments|bookings|visits|clients|customers|patients|services|amount|count|number|paid|price|sales))?\W*\d*\W*$`)

// whySkipped says why nobody is handed anything after this visit, or "". A status that
// nobody knows skips nothing, but leaves a doubt: better a page too many than a patient
// missed.
func (in *intake) whySkipped(c *cells) (why string, doubt bool) {
	for _, mark := range []struct {
		f   Field
		why string
	}{{Deceased, "no longer a patient"}, {NoShow, "no-show"}, {Cancelled, "cancelled"}, {Archived, "archived"}} {
		if says(c[mark.f]) {
			if st := in.status(c[mark.f]); st.why != "" && mark.f == Cancelled {
				return st.why, false // Acuity's column says "no-show" too
			}
			return mark.why, false
		}
	}
	if isNo(folded(c[Active])) && c[Active] != "" {
		return "no longer a patient", false
	}
	for _, f := range []Field{Status, Active, Attended} {
		st := in.status(c[f])
		if st.why != "" {
			return st.why, false
		}
		doubt = doubt || f == Status && !st.known
	}
	nobody := c[Name]+c[First]+c[Last]+c[Preferred] == ""
	for f := ID; f < fields; f++ {
		label := f == ID || f == Date || f == First || f == Name
		if c[f] != "" && (nobody || label && c[Email] == "" && c[Handout] == "") && totals.MatchString(c[f]) {
			return "a line of totals", false
		}
	}
	if breaks[folded(c[Name]+c[First]+c[Last])] {
		return "a break", false
	}
	return "", doubt
}

// take puts a cell into its field. Of several columns that feed one, that counts which
// says most: who is cancelled in one of them is.
func (in *intake) take(c *cells, f Field, s string) {
	weight := func(s string) int {
		switch {
		case strings.TrimSpace(s) == "":
			return 0
		case f == Status:
			if st := in.status(s); st.why != "" {
				return 3
			} else if !st.known {
				return 2
			}
			return 1
		case f == Attended || f == Active:
			if isNo(folded(s)) {
				return 2
			}
			return 1
		case says(s):
			return 2
		}
		return 1
	}
	if f == Ignore || known[f].several && c[f] != "" && weight(s) <= weight(c[f]) {
		return
	}
	c[f] = s
}

// side reads the side of the body.
func side(s string) (string, bool) {
	switch plain(s) {
	case "":
		return "", true
	case "l", "left", "leftside", "lt":
		return "left", true
	case "r", "right", "rightside", "rt":
		return "right", true
	case "both", "bothsides", "bilateral", "b":
		return "both", true
	case "each", "eachside":
		return "each", true
	case "sore", "soreside":
		return "sore", true
	}
	return "", false
}
