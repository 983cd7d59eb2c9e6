package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"os"
	"runtime/debug"
	"time"

	"github.com/spf13/pflag"

	"handout/cmd/handout/internal/day"
	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/visits"
	"handout/content/visits/field"
	"handout/content/visits/sheet"
)

const batchPage = `handout batch: make the handouts of a day from an appointment list

  handout batch visits.csv --handout sciatica
  handout batch visits.xlsx --brand clinic.yaml --date 2026-11-22 --out today
  handout batch visits.csv --brand clinic.yaml --print today.pdf
  handout batch visits.csv --brand clinic.yaml --mail --password birthdate

LIST is what your practice software exports: CSV, XLSX, ODS, JSON or a FHIR R4
bundle; - is such a list on standard input. Exports of Jane, Cliniko, Acuity,
SimplePractice, Square, Fresha and others are known by their headings. Cancelled
visits, no-shows and breaks are left out; an unknown status is named,
and its mail held back. Run it again, and only what is missing or has changed is
made.

The list
  --columns LIST     what a heading means: name="Client",email="E-mail 1"
  --status LIST      what a status means: "Walked in=came,Pulled=cancelled"
  --encoding NAME    what the text is in, if it is not UTF-8: windows-1250
  --date YYYY-MM-DD  only the visits of this day
  --handout NAME     where neither the row nor its service says which

The page, where a row does not say
  --next-visit --therapist --stretches --side --brand --library --paper --look
  --lang --edition --punch --min-type --strict --anyway   as in "handout make"
The brand's services say what goes with a service: docs/batch.md shows how.

The files
  --out DIR          where to put them: out, if not given
                       visit-NUMBER.pdf   one per visit; or row-0007.pdf
                       report.csv         what became of each row
                       ledger.jsonl       what was made, by its code
  --names            name the files after the patients, not the visits
  --print FILE       and all pages in one PDF, in the order of the visits
  --part I/N         part I of N: every Nth visit, so that machines share a
                     list; each has its report.I-of-N.csv. docs/scale.md
  --json             say it as JSON, for programs: docs/json.md

The mail
  --mail             a message per visit in DIR/outbox, for "handout send";
                     only where the list says that the patient agreed to e-mail
  --mail-changed     also to those who were mailed another page before
  --password HOW     lock what is mailed: birthdate, random, column or none; if
                     not given, as the brand's mail says. random writes
                     DIR/passwords.csv, for you to tell the patients

  --check            read the list, set each page, say what each row would get
                     and what is wrong, and keep nothing
  --bench            measure how fast this machine makes pages, from this list
                     or a made-up one; keep none

A code at the foot of each page finds it again: handout again CODE LIST
`

// batchOrder is a batch as it was asked for.
type batchOrder struct {
	order
	day.Order
	columns  string
	encoding string // of the list; empty: found out
	status   string
	on       time.Time // the visits of this day alone; zero: all
	lock     day.Lock
	mail     bool
	changed  bool // mail the new page to who was mailed another
	bench    bool
	check    bool   // only read
	piped    []byte // a list on standard input
}

func runBatch(w *world, args []string) (answer, error) {
	b := &batchOrder{}
	if err := b.read(w, args); err != nil {
		return nil, err
	}
	ctx, stop := untilStopped()
	defer stop()
	// A page leaves much behind that is soon forgotten; to look for it less often is
	// worth a little memory.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(140 << 20) // which makes it look more often again
	if b.bench {
		r, err := day.Rehearse(ctx, b.press, &b.Order, time.Now)
		if err != nil {
			return nil, b.inWords(err)
		}
		return &rehearsed{r}, nil
	}
	if b.check {
		tell, end := w.progress()
		b.Progress = tell
		report, err := day.Check(ctx, b.press, &b.Order)
		end()
		if err != nil {
			return nil, b.inWords(err)
		}
		if report.Stopped {
			return nil, errStopped
		}
		a := sayDay(w, report)
		a.check, a.result = true, checkedList(report)
		return a, b.outcome(report)
	}
	return b.carryOut(ctx, w)
}

// flags are those of batch that its pages depend on.
func (b *batchOrder) flags(f *flags) {
	b.order.flags(f)
	f.StringVar(&b.columns, "columns", "", "")
	f.StringVar(&b.encoding, "encoding", "", "")
	f.StringVar(&b.status, "status", "", "")
	f.date(&b.on)
	f.StringVar(&b.request.Handout, "handout", "", "")
}

// batchFlags are all flags of batch, and those of them that its pages depend on.
func (b *batchOrder) batchFlags() (f *flags, pages []*pflag.Flag) {
	f = newFlags("batch")
	b.flags(f)
	pages = f.all()
	f.StringVar(&b.Out, "out", "out", "")
	f.BoolVar(&b.Named, "names", false, "")
	f.StringVar(&b.Print, "print", "", "")
	f.part(&b.Part)
	f.BoolVar(&b.mail, "mail", false, "")
	f.BoolVar(&b.changed, "mail-changed", false, "")
	f.password(&b.lock)
	f.BoolVar(&b.check, "check", false, "")
	f.BoolVar(&b.bench, "bench", false, "")
	return f, pages
}

// read checks all that can be checked before any work, and reads the list.
func (b *batchOrder) read(w *world, args []string) error {
	b.Say = day.Voice{Fit: fitSaid, Mistakes: mistakes}
	b.Now, b.config.Machine, b.config.Figures = w.now, w.machine, w.figures
	f, pages := b.batchFlags()
	if err := f.parse(args); err != nil {
		return err
	}
	if err := w.clinic(f); err != nil {
		return err
	}
	if b.bench && f.NArg() == 0 {
		b.List = day.MadeUp()
	} else if f.NArg() != 1 {
		return misusef("for example: handout batch visits.csv --handout sciatica", "batch takes one list of visits")
	}
	if b.changed && !b.mail {
		return misusef("add --mail, or leave --mail-changed out",
			"--mail-changed is about mail, and --mail is not given")
	}
	if b.lock != "" && !b.mail {
		return misusef("add --mail, or leave --password out",
			"--password locks what is mailed, and --mail is not given")
	}
	if b.bench && b.check {
		return misusef("leave one of them out", "--check makes nothing, and --bench measures the making")
	}
	if b.bench && f.Changed("part") {
		return misusef("leave --part out: all of the machine's cores are measured anyway",
			"--bench keeps no pages, and --part says which to keep")
	}
	if b.Path = press.Local(f.Arg(0)); b.Path == press.Piped {
		var err error
		b.Path = "standard input"
		if b.piped, err = w.piped(maxTyped); err != nil {
			return err
		}
	}
	b.Settings = settingsOf(pages)
	var err error
	if b.Print, err = pageFile(b.Print, []string{".pdf"}, b.Path, b.config.Brand); err != nil {
		return err
	}
	if b.Print, err = pageFile(b.Part.Name(b.Print), []string{".pdf"}, b.Path, b.config.Brand); err != nil {
		return err
	}
	if err := b.openList(w.now); err != nil || !b.mail {
		return err
	}
	b.Mail = &day.Mail{Lock: cmp.Or(b.lock, day.Lock(b.press.Clinic.Mail.Lock), day.NoLock),
		Unlocked: b.lock == day.NoLock, Changed: b.changed}
	return nil
}

// openList reads the brand, the libraries and the list. Visits without a date are
// taken to be of the day asked for, or of now.
func (b *batchOrder) openList(now time.Time) error {
	today := b.on
	if b.on.IsZero() {
		today = time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	}
	b.request.Visit.Date, b.request.Made, b.DaySaid = today, today, !b.on.IsZero()
	options := visits.Options{Day: b.on, Today: today, Zone: now.Location(), Encoding: b.encoding}
	if b.encoding != "" {
		if _, err := sheet.Encoding(b.encoding); err != nil {
			return misused(err)
		}
	}
	if b.columns != "" {
		var err error
		if options.Columns, err = field.ParseColumns(b.columns); err != nil {
			return misused(err)
		}
	}
	if b.status != "" {
		said, err := field.ParseStatuses(b.status)
		if err != nil {
			return misused(err)
		}
		options.Statuses = append(options.Statuses, said)
	}
	if b.List == nil && b.piped == nil {
		if err := press.Readable(b.Path); err != nil {
			return err
		}
	}
	if err := b.open(); err != nil {
		return err
	}
	b.Page = b.request
	if b.List != nil { // it is made up
		return nil
	}
	if b.piped != nil {
		var err error
		b.List, err = day.ReadList(b.press, b.Path, bytes.NewReader(b.piped), options)
		return err
	}
	file, err := os.Open(b.Path)
	if err != nil {
		return press.FileFault(b.Path, err)
	}
	defer file.Close()
	b.List, err = day.ReadList(b.press, b.Path, file, options)
	return err
}

// carryOut makes the pages and says what became of the rows.
func (b *batchOrder) carryOut(ctx context.Context, w *world) (answer, error) {
	tell, end := w.progress()
	b.Progress = tell
	report, err := day.Run(ctx, b.press, &b.Order)
	end()
	if err != nil {
		return nil, b.inWords(err)
	}
	return sayDay(w, report), b.outcome(report)
}

// outcome is the error of a day of which all is said.
func (b *batchOrder) outcome(report *day.Report) error {
	switch {
	case report.Stopped:
		return errStopped
	case report.Failed+report.Messages[day.NoMail]+len(b.List.Statuses) > 0:
		return errSaid
	}
	return nil
}

// inWords says what a batch was refused for.
func (b *batchOrder) inWords(err error) error {
	var r *day.Refusal
	if joined, ok := err.(interface{ Unwrap() []error }); ok && errors.As(err, &r) {
		var list []error
		for _, one := range joined.Unwrap() {
			list = append(list, b.inWords(one))
		}
		return errors.Join(list...)
	}
	if !errors.As(err, &r) {
		return err
	}
	switch r.Why {
	case day.NoSender:
		return &content.Error{Position: content.Position{File: b.config.Brand},
			Message: "the brand has no address to send mail from",
			Hint:    "write email: hello@your-clinic.example in the brand file, and name that with --brand"}
	case day.NoDay:
		hint := "if they are today's: --date " + b.Page.Visit.Date.Format(time.DateOnly)
		if r.Dated {
			hint = "fill in their dates"
		}
		return misusef(hint, "--mail needs the day or the number of each visit, and %d rows have neither", r.Rows)
	case day.LockedWorse:
		return misusef("--password "+string(r.Lock)+" as before; --password none sends them open",
			"messages for this list wait in the outbox, locked, and these would be locked less well or not at all")
	case day.PrintTaken:
		return misusef("for example: --print day.pdf", "--print would replace a page of the same name")
	case day.PartOfMail:
		return misusef("make the pages in parts, then the mail of the whole list in one run without --part",
			"--mail writes the mail of a whole list, and --part is for part of one")
	case day.NoPage:
		return misusef("name a list that makes pages, or none: handout batch --bench",
			"no visit in the list makes a page")
	}
	return err
}
