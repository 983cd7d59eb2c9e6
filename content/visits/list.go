package visits

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"handout/content/visits/field"
)

// Options say how a list is read. The zero Options reads all days, the month first
// where a date leaves it open, and times in UTC as they are written.
type Options struct {
	Columns  map[field.Field]string // headings for fields, over what is recognised; see field.ParseColumns
	Encoding string                 // of a list that is text, as sheet.Encoding knows it; empty: found out
	Day      time.Time              // only visits of this day; zero: of all days
	DayFirst bool                   // 3/4/2026 is in April, unless its column shows otherwise
	Today    time.Time              // of visits that have a time and no day; zero: they have no Start
	Zone     *time.Location         // the clinic's, for times with an offset from UTC; nil keeps them as written
	Stretch  func(string) bool      // whether the library has a stretch of that name, for plans of care; nil: each
	// words of the clinic's for a status and what they mean, one of content.Meanings; the last counts
	Statuses []map[string]string
}

// Consent says whether a person agreed to get mail.
type Consent = field.Consent

const (
	Unknown = field.Unknown
	Given   = field.Given
	Refused = field.Refused
	Unclear = field.Unclear
)

// List is an appointment list as it was read.
type List struct {
	System  string   // "Jane", "Cliniko", ..., "FHIR R4", "our own" or "another system"
	Columns []Column // which heading fed which field, in the order of the file
	Ignored []string // headings nobody reads, in the order of the file
	Notes   []string // what had to be decided in reading, to be said
	Rows    []Row    // in the order of the file, with the skipped and the faulty

	// Statuses are the words for a status that nobody knows, of the rows that are not
	// skipped, in the order of the file. They are not private, but what may be no status
	// (a sentence, a name) is under "".
	Statuses []UnknownStatus
}

// Reads tells whether a column feeds a field.
func (l *List) Reads(f field.Field) bool {
	return slices.ContainsFunc(l.Columns, func(c Column) bool { return c.Field == f })
}

// PerhapsService is a heading that nobody reads and that may be of what the visits were for; empty if there is none,
// or one is read.
func (l *List) PerhapsService() string {
	if l.Reads(field.Service) {
		return ""
	}
	for _, heading := range l.Ignored {
		if field.PerhapsService(heading) {
			return heading
		}
	}
	return ""
}

// Column is a heading and the field that is read from below it.
type Column struct {
	Field  field.Field
	Header string
}

// UnknownStatus is a word for a status that nobody knows, and how many rows have it.
type UnknownStatus struct {
	Word string
	Rows int
}

// Row is one visit. Its texts have single spaces and no control characters.
//
// Start and Born are the clock on the clinic's wall, in time.UTC whatever the zone.
// Only what Skip and Err leave empty is to be made into a handout.
type Row struct {
	Number    int       // as spreadsheets count, from 1; the line of JSON lines, the entry of a Bundle or an array
	Part      int       // which of the rows of this number, from 1; 0 if it has one, as all have but a Bundle's
	ID        string    // of the visit or appointment; may be empty
	PatientID string    // the patient's own number; may be empty
	Name      string    // as the person wants to be called: preferred first name and last name; at most 120 characters
	Emails    []string  // without names; none if one of them is bad
	Consent   Consent   // to mail
	Born      time.Time // zero if not given, or not readable without a guess: a year of two digits
	Start     time.Time // zero if not given
	Therapist string
	Service   string // as the clinic calls it: see content.Brand.Service
	Handout   string
	Stretches string // see content.ParseChoices
	Side      string // left, right, both, each or sore
	Note      string // at most 400 characters
	Lang      string // BCP 47; empty if the row leaves it open
	OddLang   bool   // a language is named that is not understood
	Edition   string // in small letters, as are Look and Paper
	Look      string
	Paper     string
	Next      string // the next visit in the clinic's words; a spreadsheet's date as 2026-12-01 10:30
	Password  string
	Undated   bool // the list does not say the day: Start has none, or that of Options
	Chosen    bool // Stretches was filled in, with "none" too
	Alike     bool // another row is for someone of this name at the same visit, and only the addresses tell who
	Doubtful  bool // its status is not known: it gets a page, and no mail until somebody decides
	Nobody    bool // its name is no person's, as "Walk-In" is
	Another   int  // how many rows before it are for nobody too, at its time: each is someone else's
	// why it gets no handout: "cancelled", "no-show", "a break", "another day", "the same as row 7" ...
	Skip     string
	Err      error // content.Errors: what is wrong with the row; nil if skipped
	EmailErr error // content.Errors: why it gets no mail, though it gets a handout
}

// AnotherDay is the Skip of visits of other days than the one asked for.
const AnotherDay = "another day"

// Place is the row's number as people are told it, with its part if there are
// several of the number.
func (r *Row) Place() string {
	if r.Part == 0 {
		return strconv.Itoa(r.Number)
	}
	return fmt.Sprintf("%d (%d)", r.Number, r.Part)
}

// Person is what tells the row's person from others of the same name: the patient's
// number, or the birth date where the list has no number; and the addresses, but only
// where nothing else tells two rows apart, for addresses are put right. Those without a
// name are told apart by their order. It is private.
func (r *Row) Person() string {
	p := "number\x00" + r.PatientID
	if r.PatientID == "" {
		p = "born\x00" + r.Born.Format(time.DateOnly)
	}
	if r.Alike {
		p += "\x00" + r.addresses()
	}
	if r.Another > 0 {
		p += "\x00another\x00" + strconv.Itoa(r.Another)
	}
	return p
}

// Age is how old the row's person is on a day; false if that is not known.
func (r *Row) Age(on time.Time) (years int, known bool) {
	if r.Born.IsZero() || on.Before(r.Born) {
		return 0, false
	}
	years = on.Year() - r.Born.Year()
	if on.Month() < r.Born.Month() || on.Month() == r.Born.Month() && on.Day() < r.Born.Day() {
		years--
	}
	return years, true
}

func (r *Row) addresses() string {
	list := slices.Clone(r.Emails)
	for i, a := range list {
		list[i] = strings.ToLower(a)
	}
	slices.Sort(list)
	return strings.Join(list, "\x00")
}

// live tells the rows that are to be made into handouts.
func (r *Row) live() bool { return r.Skip == "" && r.Err == nil }
