// Package day makes the handouts of a list of visits: into a folder, a file to print, an
// outbox, and a report of what became of each row. It knows no flags and no terminal, and
// what it has to say of pages and lists is values: the verbs make sentences of them.
package day

import (
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/visits"
	"handout/layout"
	"handout/output/store"
)

// Order is a day as it is asked for.
type Order struct {
	Path     string         // the list's
	List     *visits.List   // which ReadList gives
	Page     press.Request  // what a row does not say; the visit's date is that of rows without one
	DaySaid  bool           // the visit's date was asked for, and is not today's only because no row has one
	Out      string         // the folder
	Named    bool           // files are called by their patients, and not by their visits
	Print    string         // the path of a file with all pages; empty: none
	Part     Part           // of the list; zero: all of it
	Mail     *Mail          // nil: none
	Settings store.Settings // what pages depend on, for the ledger; none can be a patient's
	Now      time.Time

	Chosen map[*visits.Row][]content.Choice // what somebody chose in place of what a row's cell says

	Say      Voice                // how report.csv and the ledger say what is told in kinds
	Progress func(done, rows int) // told now and then; nil: nobody
}

// Voice makes sentences, in the language of whoever reads the report.
type Voice struct {
	Fit      func(*layout.Fitting) (cut, notes []string) // what a page had to give up, and what else there is to say
	Mistakes func(error) content.Errors
}

// Mail is what a day's mail is to be.
type Mail struct {
	Lock     Lock // what opens the PDFs
	Unlocked bool // it was asked for that nothing does
	Changed  bool // who was mailed another page before gets this one too
}

// Lock is what opens the PDFs in the mail. A message keeps it in its header.
type Lock string

const (
	LockUnsaid Lock = ""
	NoLock     Lock = "none"
	BirthDate  Lock = "birthdate" // the patient's, as YYYYMMDD
	Column     Lock = "column"    // the list's
	Random     Lock = "random"    // told in passwords.csv
)

// Locks are the ways, the weakest first.
var Locks = []Lock{NoLock, BirthDate, Column, Random}

// strength is the place among them; that of none for a message that does not say.
func (l Lock) strength() int { return max(0, slices.Index(Locks, l)) }

// Part is one of several runs that share a list: the visits I, I+N, I+2N and so on of the
// day, of 1 to N. All of them know the whole list, so that a page has the same name and
// code whichever makes it.
type Part struct{ I, N int }

// MaxParts is how many parts a list may have.
const MaxParts = 1000

var partForm = regexp.MustCompile(`^([1-9][0-9]{0,3})/([1-9][0-9]{0,3})$`)

// ParsePart reads a part as 2/8.
func ParsePart(text string) (p Part, ok bool) {
	m := partForm.FindStringSubmatch(text)
	if m == nil {
		return Part{}, false
	}
	p.I, _ = strconv.Atoi(m[1])
	p.N, _ = strconv.Atoi(m[2])
	return p, p.I <= p.N && p.N <= MaxParts
}

func (p Part) String() string { return fmt.Sprintf("%d/%d", p.I, p.N) }

// Name is the name of a file of which each part has its own: report.2-of-8.csv.
func (p Part) Name(path string) string {
	if p == (Part{}) || path == "" {
		return path
	}
	ending := filepath.Ext(path)
	return fmt.Sprintf("%s.%d-of-%d%s", strings.TrimSuffix(path, ending), p.I, p.N, ending)
}

// of are the part's of all rows that pages are made of.
func (p Part) of(rows []*visits.Row) []*visits.Row {
	if p == (Part{}) {
		return rows
	}
	var mine []*visits.Row
	for i := p.I - 1; i < len(rows); i += p.N {
		mine = append(mine, rows[i])
	}
	return mine
}

// first tells whether it is the one that tells of the rows that no part makes.
func (p Part) first() bool { return p.I <= 1 }

// ReadList reads a list of visits as the press's brand has it understood: which number of
// a date is the day, what a status means, and what is a stretch.
func ReadList(p *press.Press, path string, from io.Reader, o visits.Options) (*visits.List, error) {
	// Of the countries that write the month first, two do so in numbers (Unicode
	// CLDR's short dates).
	o.DayFirst = !slices.Contains([]string{"", "US", "PH"}, p.Clinic.Country)
	o.Stretch = func(name string) bool {
		_, err := p.Stretch(name)
		return err == nil
	}
	o.Statuses = append([]map[string]string{p.Clinic.Statuses}, o.Statuses...)
	return visits.Read(path, from, o)
}

// Refusal is an order that cannot be carried out as it is asked for.
type Refusal struct {
	Why   Why
	Rows  int  // of NoDay: how many
	Dated bool // of NoDay: others have one
	Lock  Lock // of LockedWorse: what opens the messages that wait
}

// Why an order is refused.
type Why int

const (
	NoSender    Why = iota // the brand has no address to send mail from
	NoDay                  // rows that mail is asked for have neither a day nor a number
	LockedWorse            // messages wait that are locked better than these would be
	PrintTaken             // the file to print has a page's name
	PartOfMail             // mail is asked for of a part of the list
	NoPage                 // no visit makes a page, and one is wanted to measure
)

func (r *Refusal) Error() string {
	return [...]string{"the brand has no address to send mail from", "the day of some visits is not known",
		"messages would be locked less well than before",
		"the file to print has a page's name", "mail cannot be written in parts",
		"no visit in the list makes a page"}[r.Why]
}

// Note is something that a person should know of a day and that is no failure.
type Note struct {
	Kind  Kind
	N     int      // how many there are
	Words []string // no patient's
}

// Kind says what a note is about.
type Kind int

const (
	OfList        Kind = iota // Words: what the list's reader has to say
	NoVisits                  // headings, and no visits
	ManyDays                  // N days; Words: the first and the last
	NotRead                   // N columns; Words: the first of their headings
	SameRows                  // N rows that ask for another row's page; Words: the first of them, as "3 as 2"
	DayUnsaid                 // N pages take the place of another day's
	Damaged                   // Words: what is wrong with the ledger, and what to do
	NotPrinted                // there is no page to print; N: 1 if an earlier file is there
	NotPrintedYet             // stopped before; N as before
	NoConsentTold             // no column says who agreed to mail
	Withdrawn                 // N messages
	OfOthers                  // N messages of no row of the list
	NotMailed                 // N visits that were mailed another page before
	Passwords                 // N in passwords.csv, called Words
	StillWaiting              // N messages wait in the outbox, and no mail was asked for
	// words for a status that nobody knows: those of the list; N: 1 if their mail is held back
	Statuses
	OtherLanguage // Words: how many patients would rather have which language
	OddLanguages  // N rows with an unknown language
	Young         // N patients under GrownUp; Words: the first of their rows
	Nobodies      // N rows whose name is no person's; Words: the first of them
	OfClinic      // Words: what there is to say of the clinic's file
)
