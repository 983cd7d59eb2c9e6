package visits

import (
	"slices"
	"strings"
	"unicode/utf8"

	"handout/content"
	"handout/content/visits/field"
)

// row makes a Row of what was read for each field.
func (in *intake) row(number int, c *field.Cells) error {
	r := Row{Number: number}
	sought := slices.Contains([]string{c[field.Name], c[field.First], c[field.Last]}, "#N/A") // and not found
	for f := field.ID; f < field.Count; f++ {
		if c[f] != "" {
			c[f] = in.clean(f, c[f], &r)
		}
	}
	c[field.Time] = field.Hour(c[field.Time])
	if in.serial {
		c[field.Date], c[field.Time] = field.Days(c[field.Date], 20_000, in.from04),
			field.Days(c[field.Time], 0, in.from04)
		c[field.Born] = field.Days(c[field.Born], 2200, in.from04) // since 1906; what is less may be a year alone
		c[field.Next] = field.Days(c[field.Next], 20_000, in.from04)
	}
	for _, f := range []field.Field{field.Name, field.First, field.Last, field.Service} {
		if c[field.Cancelled] == "" {
			c[field.Cancelled] = field.Beside(c[f])
		}
	}
	for _, f := range []field.Field{field.Service, field.Date, field.Time, field.Therapist, field.Email, field.Handout,
		field.Note, field.Next} {
		// written over what stood there
		if s := c[f]; c[field.Cancelled] == "" && s != "" && !strings.ContainsAny(s, "0123456789@") {
			if st := in.status(s); st.All && st.Plain {
				c[field.Cancelled] = s
			}
		}
	}
	r.Name = in.nameOf(c)
	if utf8.RuneCountInString(r.Name) > field.Name.Limit() {
		wrong(&r.Err, "long-name", "make it shorter", "the name has more than %d characters", field.Name.Limit())
	}
	r.Nobody = field.NoPerson(r.Name)
	r.Skip, r.Doubtful = in.whySkipped(c)
	in.came = in.status(c[field.Status]).Came
	if r.Skip == "" && r.Name == "" && r.Err == nil {
		switch {
		case c[field.Number] == "" && c[field.Email] == "" && c[field.Handout] == "" && c[field.Stretches] == "" &&
			(c[field.Date] != "" || c[field.Time] != "") && !sought:
			r.Skip = "a break" // a time that nobody is booked for
		default:
			wrong(&r.Err, "no-name", "fill it in, or delete the row", "the name is missing")
		}
	}
	r.mail(c)
	in.disagree(&r)
	r.ID, r.PatientID = in.keep(c[field.ID]), in.keep(c[field.Number])
	r.Therapist, r.Service = in.keep(c[field.Therapist]), in.keep(c[field.Service])
	r.Handout, r.Stretches, r.Chosen = in.keep(c[field.Handout]), in.keep(c[field.Stretches]), c[field.Stretches] != ""
	r.Note, r.Next, r.Password = in.keep(c[field.Note]), in.keep(c[field.Next]), in.keep(c[field.Password])
	lang, understood := field.LanguageOf(c[field.Language])
	r.Lang, r.OddLang = in.keep(lang), !understood
	r.Edition, r.Look, r.Paper = in.keep(strings.ToLower(c[field.Edition])), in.keep(strings.ToLower(c[field.Look])),
		in.keep(strings.ToLower(c[field.Paper]))
	var ok bool
	if r.Side, ok = field.SideOf(c[field.Side]); !ok {
		wrong(&r.Err, "unknown-side", "side is left, right, both, each or sore", "the side cannot be understood")
	}
	if len(r.Name) > 0 {
		r.Name = strings.Clone(r.Name)
	}
	place := len(in.list.Rows)
	if r.Doubtful {
		in.doubts[place] = in.keep(c[field.Status])
	}
	switch said := field.Folded(c[field.Attended]); {
	case said == "":
	case field.IsNo(said):
		in.absent = append(in.absent, place)
	default:
		in.attended = true
	}
	return in.put(r, written{in.stamp(c[field.Date]), in.stamp(c[field.Time]), in.stamp(c[field.Born])})
}

// whySkipped says why nobody is handed anything after this visit, or "". A status that
// nobody knows skips nothing, but leaves a doubt: better a page too many than a patient
// missed.
func (in *intake) whySkipped(c *field.Cells) (why string, doubt bool) {
	for _, mark := range []struct {
		f   field.Field
		why string
	}{{field.Deceased, "no longer a patient"}, {field.NoShow, "no-show"}, {field.Cancelled, "cancelled"},
		{field.Archived, "archived"}} {
		if field.Says(c[mark.f]) {
			if st := in.status(c[mark.f]); st.Why != "" && mark.f == field.Cancelled {
				return st.Why, false // Acuity's column says "no-show" too
			}
			return mark.why, false
		}
	}
	if field.IsNo(field.Folded(c[field.Active])) && c[field.Active] != "" {
		return "no longer a patient", false
	}
	for _, f := range []field.Field{field.Status, field.Active, field.Attended} {
		st := in.status(c[f])
		if st.Why != "" {
			return st.Why, false
		}
		doubt = doubt || f == field.Status && !st.Known
	}
	nobody := c[field.Name]+c[field.First]+c[field.Last]+c[field.Preferred] == ""
	for f := field.ID; f < field.Count; f++ {
		label := f == field.ID || f == field.Date || f == field.Time || f == field.First || f == field.Name
		if c[f] != "" && (nobody || label && c[field.Email] == "" && c[field.Handout] == "") && field.IsTotal(c[f]) {
			return "a line of totals", false
		}
	}
	return aside(c), doubt
}

// aside says that a break or the like stands where a name should. What only a patient has outweighs it: somebody
// may be called Block.
func aside(c *field.Cells) string {
	name := strings.TrimSpace(c[field.First] + " " + c[field.Last] + " " + c[field.Name])
	if c[field.Email]+c[field.Stretches]+c[field.Number]+c[field.Born]+c[field.Password] != "" ||
		c[field.First] != "" && c[field.Last] != "" || c[field.Handout] != "" && field.MayBeName(name) {
		return ""
	}
	return field.Aside(name)
}

// take puts a cell into its field. Of several columns that feed one, that counts which
// says most: who is cancelled in one of them is. Two that have one heading are put together, or
// say the same, or it does not agree.
func (in *intake) take(c *field.Cells, f field.Field, s string) (agrees bool) {
	if !f.Several() && strings.TrimSpace(c[f]) != "" {
		switch spaced := func(s string) string { return strings.Join(strings.Fields(s), " ") }; {
		case strings.TrimSpace(s) == "" || strings.EqualFold(spaced(s), spaced(c[f])):
		case f.Joined() != "":
			c[f] += f.Joined() + s
		default:
			return false
		}
		return true
	}
	weight := func(s string) int {
		switch {
		case strings.TrimSpace(s) == "":
			return 0
		case f == field.Status:
			if st := in.status(s); st.Why != "" {
				return 3
			} else if !st.Known {
				return 2
			}
			return 1
		case f == field.Attended || f == field.Active:
			if field.IsNo(field.Folded(s)) {
				return 2
			}
			return 1
		case field.Says(s):
			return 2
		}
		return 1
	}
	if f != field.Ignore && (!f.Several() || c[f] == "" || weight(s) > weight(c[f])) {
		c[f] = s
	}
	return true
}

// disagree notes that two columns for one field say different things in a row: of an address it keeps a message back,
// of anything else the page.
func (in *intake) disagree(r *Row) {
	for _, d := range in.apart {
		err := &r.Err
		if d.f == field.Email || d.f == field.EmailConsent {
			err, r.Emails = &r.EmailErr, nil
		}
		called := "two columns called " + content.Quoted(d.one)
		if d.one != d.other {
			called = content.Quoted(d.one) + " and " + content.Quoted(d.other)
		}
		wrong(err, "columns-disagree", d.hint, "%s say different things in this row", called)
	}
}

// oneALine parts stretches that stand in a cell one below the other: a cell becomes a line.
var oneALine = strings.NewReplacer("\r\n", ";", "\n", ";", "\r", ";")

// clean is what a cell says, or nothing; what is wrong with it is noted in the row.
func (in *intake) clean(f field.Field, s string, r *Row) string {
	if f == field.Stretches {
		s = oneALine.Replace(s)
	}
	cell := field.Clean(f, s)
	if cell.Mended {
		in.mended++
	}
	switch {
	case cell.Wrong == nil:
	case cell.Mail:
		note(&r.EmailErr, cell.Wrong)
	default:
		note(&r.Err, cell.Wrong)
	}
	return cell.Text
}

// nameOf is the name of a row's person.
func (in *intake) nameOf(c *field.Cells) string {
	last := c[field.Last]
	if in.heading.system == "Acuity" && strings.EqualFold(last, c[field.Therapist]) {
		last = "" // its exports put the calendar's name there
	}
	if last != "" && c[field.Particle] != "" {
		last = c[field.Particle] + " " + last
	}
	return field.NameOf(c[field.First], c[field.Preferred], last, c[field.Name])
}

// maxAddresses is how many addresses a person may have.
const maxAddresses = 8

// mail reads the addresses of a row and whether mail may go there. What is wrong
// with them is told in EmailErr: it keeps a message back, never a page.
func (r *Row) mail(c *field.Cells) {
	var bad, many bool
	for _, a := range field.Addresses(c[field.Email]) {
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
		wrong(&r.EmailErr, "bad-email-address", "write it like ana@example.org; a comma goes between two",
			"an email address is not one that mail can be sent to")
	}
	if many {
		wrong(&r.EmailErr, "too-many-email-addresses", "keep those that are read",
			"there are more than %d email addresses", maxAddresses)
	}
	var known bool
	if r.Consent, known = field.ConsentOf(c[field.EmailConsent]); !known {
		r.Consent = Unclear
		wrong(&r.EmailErr, "unclear-consent", "write yes or no", "the consent to email is neither yes nor no")
	}
}
