package day

import (
	"context"
	"errors"
	"path/filepath"

	"handout/cmd/handout/internal/press"
	"handout/output/mail"
	"handout/output/store"
)

// Run makes the pages and says what became of the rows. It stops early, in good order, if
// ctx ends: then the report says so, and the same order again goes on. Errors are a
// *Refusal, and those of press and store; of a row that fails the report tells.
func Run(ctx context.Context, p *press.Press, o *Order) (report *Report, err error) {
	r := &roster{Order: o, press: p}
	if o.Mail != nil {
		if err := r.mayMail(); err != nil {
			return nil, err
		}
	}
	rows := r.schedule()
	if err := r.mayPrint(rows); err != nil {
		return nil, err
	}
	folder, err := store.OpenFolder(o.Out)
	if err != nil {
		return nil, err
	}
	defer func() {
		if e := folder.Close(); !errors.Is(err, e) { // or it was said already
			err = errors.Join(err, e)
		}
	}()
	if err := folder.Free(o.Part.Name(ReportName), passwordsName); err != nil {
		return nil, err
	}
	ledger, err := store.OpenLedger(folder)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, ledger.Close()) }()
	run := &batch{roster: r, folder: folder, ledger: ledger, printed: o.Print != ""}
	if run.number, err = ledger.Begin(o.Now, o.Settings); err != nil {
		return nil, err
	}
	r.key = ledger.Key
	run.mark = r.listMark()
	r.keepPages(rows, ledger)
	if o.Mail != nil {
		if run.post, err = openPost(r); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, run.post.box.Close()) }()
	}
	// Every part knows the whole list: names, codes and twins are those of one run.
	rows = o.Part.of(r.identify(rows, store.Sum.Code, run.taken))
	if o.Mail != nil {
		if err := run.post.begin(); err != nil {
			return nil, err
		}
	}
	report = newReport(r, rows)
	pages, err := r.newPrint()
	if err != nil {
		return nil, err
	}
	defer pages.discard()
	for _, d := range ledger.Damage {
		report.Notes = append(report.Notes, Note{Kind: Damaged, Words: []string{d.String(), d.Hint}})
	}
	told := func(done int) {
		if o.Progress != nil {
			o.Progress(done, len(rows))
		}
	}
	told(0)
	stopped := run.do(ctx, rows, func(done []outcome) error {
		report.add(done)
		told(len(rows) - report.Undone)
		return pages.add(done)
	})
	switch {
	case stopped == nil:
		err = pages.keep()
	case !errors.Is(stopped, context.Canceled):
		err = stopped
	}
	if err != nil {
		return nil, err
	}
	report.Stopped = stopped != nil
	if err := folder.Stands(); err != nil {
		return nil, err
	}
	if pages != nil && (report.Stopped || pages.count == 0) {
		report.noteOldPrint()
	} else if pages != nil {
		report.Printed = pages.count
	}
	return report, run.close(report)
}

// close brings the mail and the report to the state of the list.
func (b *batch) close(report *Report) error {
	mailOf := func(string) string { return "" }
	if b.post != nil {
		if report.Messages[NoConsent] > 0 && !report.asks() {
			report.Notes = append(report.Notes, Note{Kind: NoConsentTold})
		}
		if !report.Stopped {
			if err := b.post.withdraw(report); err != nil {
				return err
			}
		}
		if err := b.post.putPasswords(report, b.folder); err != nil {
			return err
		}
		mailOf = func(code string) string {
			m, _ := b.post.box.Find(code)
			return string(m.State)
		}
	} else {
		report.noteOf(StillWaiting, mail.Waiting(filepath.Join(b.Out, outboxName)))
	}
	if !report.Stopped {
		report.addEarlier(b.ledger, mailOf)
	}
	if len(b.List.Statuses) > 0 {
		n := Note{Kind: Statuses}
		if b.post != nil {
			n.N = 1
		}
		report.Notes = append(report.Notes, n)
	}
	report.noteLanguages()
	return report.write(b.folder)
}
