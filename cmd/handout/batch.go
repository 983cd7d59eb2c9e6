package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	"handout/cmd/handout/internal/press"
	"handout/content/visits"
	"handout/content/visits/field"
	"handout/content/visits/sheet"
	"handout/output/mail"
	"handout/output/store"
)

const batchPage = `handout batch: make the handouts of a day from an appointment list

  handout batch visits.csv --handout sciatica
  handout batch visits.xlsx --brand clinic.yaml --date 2026-11-22 --out today
  handout batch visits.csv --brand clinic.yaml --print today.pdf
  handout batch visits.csv --brand clinic.yaml --mail --password birthdate

LIST is what your practice software exports: CSV, XLSX, JSON lines or a FHIR R4
bundle. Exports of Jane, Cliniko, Acuity, SimplePractice, Square, Fresha and
others are known by their headings. Cancelled visits, no-shows and breaks are
left out; a status that nobody knows is named, and its mail held back. Run it
again, and only what is missing or has changed is made.

The list
  --columns LIST     what a heading is: name="Client",email="E-mail 1"
  --status LIST      what a status means: "Walked in=came,Pulled=cancelled"
  --encoding NAME    what the text is in, if it is not UTF-8: windows-1250
  --date YYYY-MM-DD  the visits of this day alone
  --handout NAME     where neither the row nor its service says which
  --lang TAG         the language of all handouts, whatever the rows say: es

The page, where a row does not say
  --next-visit --therapist --stretches --side --brand --library --paper --look
  --edition --punch --min-type --strict   as in "handout make"
The brand's services say what goes with a service: docs/batch.md shows how.

The files
  --out DIR          where to put them: out, if not given
                       visit-NUMBER.pdf   one a visit; or row-0007.pdf
                       report.csv         what became of each row
                       ledger.jsonl       what was made, by its code
  --names            call the files by the patients, not by the visits
  --print FILE       and all pages in one PDF, in the order of the visits
  --json             the report in JSON, on standard output

The mail
  --mail             a message a visit in DIR/outbox, for "handout send"; only
                     where the list says that the patient agreed to e-mail
  --mail-changed     also to those who were mailed another page before
  --password HOW     lock what is mailed: birthdate, random, column or none; if
                     not given, as the brand's mail says. random writes
                     DIR/passwords.csv, for you to tell the patients

  --bench            say how fast this machine makes pages, of this list or of
                     one that is made up; keep none

A code at the foot of each page finds it again: handout again CODE LIST
`

// batchOrder is a batch as it was asked for.
type batchOrder struct {
	roster
	columns  string
	encoding string // of the list; empty: found out
	status   string
	day      time.Time // the visits of this day alone; zero: all
	out      string
	print    string // empty for none
	mail     bool
	changed  bool // mail the new page to who was mailed another
	lock     lockFlag
	unlocked bool // ... which was asked for
	json     bool
	bench    bool

	settings store.Settings // the flags that the pages depend on, for the ledger; none can be a patient's
}

func runBatch(w *world, args []string) error {
	b := &batchOrder{out: "out"}
	if err := b.read(w, args); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends it at once
	// A page leaves much behind that is soon forgotten; to look for it less often is
	// worth a little memory.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(140 << 20) // which makes it look more often again
	if b.bench {
		return b.rehearse(ctx, w)
	}
	return b.carryOut(ctx, w)
}

// flags are those of batch.
func (b *batchOrder) flags(f *flags) {
	b.roster.flags(f)
	f.StringVar(&b.columns, "columns", "", "")
	f.StringVar(&b.encoding, "encoding", "", "")
	f.StringVar(&b.status, "status", "", "")
	f.Var((*dateFlag)(&b.day), "date", "")
	f.StringVar(&b.request.Handout, "handout", "", "")
	f.StringVar(&b.request.Lang, "lang", "", "")
}

// read checks all that can be checked before any work, and reads the list.
func (b *batchOrder) read(w *world, args []string) error {
	b.config.Machine, b.config.Figures = w.machine, w.figures
	f := newFlags("batch")
	b.flags(f)
	pages := f.all()
	f.StringVar(&b.out, "out", b.out, "")
	f.BoolVar(&b.named, "names", false, "")
	f.StringVar(&b.print, "print", "", "")
	f.BoolVar(&b.mail, "mail", false, "")
	f.BoolVar(&b.changed, "mail-changed", false, "")
	f.Var(&b.lock, "password", "")
	f.BoolVar(&b.json, "json", false, "")
	f.BoolVar(&b.bench, "bench", false, "")
	if err := f.parse(args); err != nil {
		return err
	}
	if b.bench && f.NArg() == 0 {
		b.list = madeUp()
	} else if f.NArg() != 1 {
		return misusef("for example: handout batch visits.csv --handout sciatica", "batch takes one list of visits")
	}
	if b.changed && !b.mail {
		return misusef("add --mail, or leave --mail-changed out", "--mail-changed is about mail, and no mail is asked for")
	}
	if b.lock != lockUnsaid && !b.mail {
		return misusef("add --mail, or leave --password out", "--password locks what is mailed, and no mail is asked for")
	}
	b.path = f.Arg(0)
	b.keepSettings(pages)
	var err error
	if b.print, err = pageFile(b.print, []string{".pdf"}, b.path, b.config.Brand); err != nil {
		return err
	}
	if err := b.openList(w.now); err != nil || !b.mail {
		return err
	}
	b.unlocked = b.lock == lockNone
	b.lock = cmp.Or(b.lock, lockFlag(b.press.Clinic.Mail.Lock), lockNone)
	return errors.Join(b.maySend(), b.mayMail())
}

// openList reads the brand, the libraries and the list. Visits without a date are
// taken to be of the day asked for, or of now.
func (b *batchOrder) openList(now time.Time) error {
	b.request.Visit.Date, b.daySaid = b.day, !b.day.IsZero()
	if b.day.IsZero() {
		b.request.Visit.Date = time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	}
	b.request.Made = b.request.Visit.Date
	options := visits.Options{Day: b.day, Today: b.request.Visit.Date, Zone: now.Location(), Encoding: b.encoding}
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
	var said map[string]string
	if b.status != "" {
		var err error
		if said, err = field.ParseStatuses(b.status); err != nil {
			return misused(err)
		}
	}
	if b.list == nil {
		if err := press.Readable(b.path); err != nil {
			return err
		}
	}
	if err := b.open(); err != nil {
		return err
	}
	if b.list != nil { // it is made up
		return nil
	}
	file, err := os.Open(b.path)
	if err != nil {
		return press.FileFault(b.path, err)
	}
	defer file.Close()
	// Of the countries that write the month first, two do so in numbers (Unicode
	// CLDR's short dates).
	options.DayFirst = !slices.Contains([]string{"", "US", "PH"}, b.press.Clinic.Country)
	options.Stretch = func(name string) bool {
		_, err := b.press.Stretch(name)
		return err == nil
	}
	options.Statuses = []map[string]string{b.press.Clinic.Statuses, said}
	b.list, err = visits.Read(b.path, file, options)
	return err
}

// carryOut makes the pages and says what became of the rows.
func (b *batchOrder) carryOut(ctx context.Context, w *world) (err error) {
	rows := b.schedule()
	if err := b.mayPrint(rows); err != nil {
		return err
	}
	folder, err := store.OpenFolder(b.out)
	if err != nil {
		return err
	}
	defer func() {
		if e := folder.Close(); !errors.Is(err, e) { // or it was said already
			err = errors.Join(err, e)
		}
	}()
	if err := folder.Free(reportName, passwordsName); err != nil {
		return err
	}
	ledger, err := store.OpenLedger(folder)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ledger.Close()) }()
	run := &batch{roster: &b.roster, folder: folder, ledger: ledger, now: w.now}
	if run.number, err = ledger.Begin(w.now, b.settings); err != nil {
		return err
	}
	b.key = ledger.Key
	run.mark = b.listMark()
	b.keepPages(rows, ledger)
	if b.mail {
		if run.post, err = openPost(b, w.now); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, run.post.box.Close()) }()
	}
	rows = b.identify(rows, store.Sum.Code, run.taken)
	if b.mail {
		if err := run.post.begin(b); err != nil {
			return err
		}
	}
	report := newReport(&b.roster)
	report.Out, report.Print = b.out, b.print
	pages, err := b.newPrint()
	if err != nil {
		return err
	}
	defer pages.discard()
	run.printed = pages != nil
	for _, d := range ledger.Damage {
		report.Notes = append(report.Notes, d.String()+"; "+d.Hint)
	}
	bar := w.progress(len(rows))
	stopped := run.do(ctx, rows, func(done []outcome) error {
		report.add(done)
		bar.Add(len(done))
		return pages.add(done)
	})
	bar.Clear()
	bar.Exit()
	switch {
	case stopped == nil:
		err = pages.keep()
	case !errors.Is(stopped, context.Canceled):
		err = stopped
	}
	if err != nil {
		return err
	}
	if err := folder.Stands(); err != nil {
		return err
	}
	if pages != nil && (stopped != nil || pages.count == 0) {
		report.noteOldPrint(stopped != nil)
	} else if pages != nil {
		report.Printed = pages.count
	}
	if b.mail {
		if report.Mail[noConsent] > 0 && !report.asks() {
			report.Notes = append(report.Notes, "no column of this list says who agreed to e-mail, so that nobody gets any; "+
				"add one called email consent, or name it with --columns 'email consent=\"...\"'")
		}
		if stopped == nil {
			if err := run.post.withdraw(report); err != nil {
				return err
			}
		}
		if err := run.post.putPasswords(report, folder); err != nil {
			return err
		}
	}
	if !b.mail {
		report.noteOf(mail.Waiting(filepath.Join(b.out, outboxName)), "messages wait in the outbox, and will be sent as they are", "with --mail they follow the list")
	}
	if stopped == nil {
		report.addEarlier(ledger, run.post)
	}
	report.noteStatuses(b.mail)
	report.noteLanguages()
	if err := report.write(folder); err != nil {
		return err
	}
	if err := report.deliver(w, b.json); err != nil {
		return err
	}
	switch {
	case stopped != nil:
		return errStopped
	case report.Failed+report.Mail[noMail]+len(b.list.Statuses) > 0:
		return errSaid
	}
	return nil
}

// errStopped is a batch that Ctrl-C ended.
var errStopped = errors.New("stopped; run the same command again to go on")
