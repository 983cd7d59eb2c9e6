package visits

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// limits are the characters a field may have.
var limits = [fields]int{ID: 64, Number: 64, Date: 100, Time: 100, First: 120, Preferred: 120, Last: 120, Name: 120, Email: 1000,
	EmailConsent: 200, Born: 100, Therapist: 120, Service: 200, Handout: 200, Stretches: 2000, Side: 40, Note: 400, Language: 40,
	Edition: 40, Look: 40, Paper: 40, Next: 120, Password: 127, Status: 200}

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
	r.Name = in.nameOf(c)
	if utf8.RuneCountInString(r.Name) > limits[Name] {
		wrong(&r.Err, "make it shorter", "the name has more than %d characters", limits[Name])
	}
	r.Skip = whySkipped(c)
	if r.Skip == "" && r.Name == "" && r.Err == nil {
		switch {
		case c[Number] == "" && c[Email] == "" && c[Handout] == "" && c[Stretches] == "" && (c[Date] != "" || c[Time] != ""):
			r.Skip = "a break" // a time that nobody is booked for
		default:
			wrong(&r.Err, "fill it in, or delete the row", "the name is missing")
		}
	}
	r.mail(c)
	r.ID, r.PatientID = in.keep(c[ID]), in.keep(c[Number])
	r.Therapist, r.Service = in.keep(c[Therapist]), in.keep(c[Service])
	r.Handout, r.Stretches, r.Chosen = in.keep(c[Handout]), in.keep(c[Stretches]), c[Stretches] != ""
	r.Note, r.Next, r.Password = in.keep(c[Note]), in.keep(c[Next]), in.keep(c[Password])
	r.Lang = in.keep(language(c[Language]))
	r.Edition, r.Look, r.Paper = in.keep(strings.ToLower(c[Edition])), in.keep(strings.ToLower(c[Look])), in.keep(strings.ToLower(c[Paper]))
	var ok bool
	if r.Side, ok = side(c[Side]); !ok {
		wrong(&r.Err, "side is left, right, both, each or sore", "the side can not be made out")
	}
	if len(r.Name) > 0 {
		r.Name = strings.Clone(r.Name)
	}
	return in.put(r, written{in.stamp(c[Date]), in.stamp(c[Time]), in.stamp(c[Born])})
}

// clean makes a cell a line: composed (Unicode NFC), with single spaces, without the
// apostrophe that keeps a spreadsheet from counting ('+44) and without characters
// that cannot be seen but turn the text about them. Line breaks become spaces; no
// other control character is let through, least of all into a mail's headers.
func (in *intake) clean(f Field, s string, r *Row) string {
	if len(s) > maxCell {
		wrong(&r.Err, "make it shorter", "%s is longer than %d kB", f, maxCell>>10)
		return ""
	}
	if !lineOfASCII(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
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
	if f == Email || f == EmailConsent {
		mistakes = &r.EmailErr
	}
	switch {
	case strings.ContainsFunc(s, unicode.IsControl):
		wrong(&r.Err, "type it again", "%s holds a control character", f)
		return ""
	case s == "#N/A": // a formula looked it up and there was none
		return ""
	case failed(s):
		wrong(mistakes, "widen its column in the spreadsheet, or mend its formula", "%s did not come through", f)
		return ""
	case strings.ContainsRune(s, utf8.RuneError):
		wrong(&r.Err, "save the list as UTF-8, or type it again", "%s holds a character that can not be made out", f)
		return ""
	case limits[f] > 0 && utf8.RuneCountInString(s) > limits[f]:
		wrong(mistakes, "make it shorter", "%s has more than %d characters", f, limits[f])
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

// nameOf is a person's name as they want to be called.
func (in *intake) nameOf(c *cells) string {
	first, last := c[First], c[Last]
	if in.heading.system == "Acuity" && strings.EqualFold(last, c[Therapist]) {
		last = "" // its exports put the calendar's name there
	}
	if first == "" && last == "" {
		first, last = parted(c[Name])
	}
	if p := c[Preferred]; p != "" {
		if last != "" && (strings.EqualFold(p, last) || strings.HasSuffix(strings.ToLower(p), " "+strings.ToLower(last))) {
			return p // the whole name stands there
		}
		first = p
	}
	return strings.TrimSpace(first + " " + last)
}

// parted parts a name in one piece. A comma stands after a surname that comes
// first, but not before a title. Otherwise the first word alone is the given name:
// a preferred name takes its place, and no surname is lost.
func parted(name string) (first, last string) {
	if a, b, ok := strings.Cut(name, ","); ok && !strings.Contains(b, ",") {
		switch plain(b) {
		case "", "jr", "sr", "ii", "iii", "iv", "md", "do", "dds", "phd", "rn", "esq":
		default:
			return strings.TrimSpace(b), strings.TrimSpace(a)
		}
	}
	first, last, _ = strings.Cut(name, " ")
	return first, last
}

// totals is what stands before a sum, or with it: "Total", "Grand total (12)", "Total
// appointments: 12".
var totals = regexp.MustCompile(`^(?i:grand |sub-?)?(?i:totals?)(?i: (?:appointments|bookings|visits|clients|customers|patients|services|amount|count|number|paid|price|sales))?\W*\d*\W*$`)

// whySkipped says why nobody is handed anything after this visit, or "".
func whySkipped(c *cells) string {
	for _, mark := range []struct {
		f   Field
		why string
	}{{Deceased, "no longer a patient"}, {NoShow, "no-show"}, {Cancelled, "cancelled"}, {Archived, "archived"}} {
		if says(c[mark.f]) {
			if why := statusSkips(c[mark.f]); why != "" && mark.f == Cancelled {
				return why // Acuity's column says "no-show" too
			}
			return mark.why
		}
	}
	if why := statusSkips(c[Status]); why != "" {
		return why
	}
	nobody := c[Name]+c[First]+c[Last]+c[Preferred] == ""
	for f := ID; f < fields; f++ {
		label := f == ID || f == Date || f == First || f == Name
		if c[f] != "" && (nobody || label && c[Email] == "" && c[Handout] == "") && totals.MatchString(c[f]) {
			return "a line of totals"
		}
	}
	switch plain(c[Name] + c[First] + c[Last]) {
	case "break", "lunch", "lunchbreak", "blocked", "unavailable", "outofoffice", "timeoff", "admintime", "staffmeeting":
		return "a break"
	}
	return ""
}

// says tells whether a mark is set: by yes, a date or a reason.
func says(s string) bool {
	switch plain(s) {
	case "", "no", "n", "false", "0", "none", "null", "nein", "non", "notcancelled", "notcanceled":
		return false
	}
	return true
}

// statusSkips reads a status. One nobody knows skips nothing: better a page too many
// than a patient missed.
func statusSkips(s string) string {
	s = plain(s)
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
	}
	switch {
	case s == "" || strings.HasPrefix(s, "not") && has("cancel"):
		return ""
	case has("cancel", "abgesagt", "storniert", "annul"):
		return "cancelled"
	case has("noshow", "didnotarrive", "didnotattend", "didnotshow", "nichterschienen", "noasist") || s == "dna" || s == "missed":
		return "no-show"
	case has("rescheduled"):
		return "rescheduled"
	case s == "break" || s == "breaks" || s == "blocked" || s == "unavailable":
		return "a break"
	case s == "archived" || s == "deleted" || s == "enteredinerror":
		return "archived"
	case s == "neverbooked" || s == "notbooked" || s == "declined" || s == "proposed" || strings.HasPrefix(s, "waitlist"):
		return "not booked"
	case s == "inactive" || s == "discharged" || s == "deceased":
		return "no longer a patient"
	}
	return ""
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

// language is the tag of a language that goes by its name; a tag stays.
func language(s string) string {
	switch plain(s) {
	case "english":
		return "en"
	case "german", "deutsch":
		return "de"
	case "spanish", "español":
		return "es"
	case "vietnamese", "tiếngviệt":
		return "vi"
	case "arabic", "العربية":
		return "ar"
	case "hebrew", "עברית":
		return "he"
	}
	return strings.ReplaceAll(s, "_", "-")
}
