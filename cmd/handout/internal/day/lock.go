package day

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"unicode/utf8"

	"handout/content"
	"handout/content/visits"
	"handout/output"
	"handout/output/mail"
	"handout/output/store"
)

// shortest is how many characters a password of the list's has at least: fewer are
// found by trying, in no time.
const shortest = 8

// mayLock refuses to take the place of messages that wait, locked, with some that are
// locked worse or not at all, unless that was asked for.
func (p *post) mayLock() error {
	best := NoLock
	look := func(e mail.Entry) {
		if l := Lock(p.box.Lock(e)); l.strength() > best.strength() {
			best = l
		}
	}
	for _, id := range p.known {
		if e, ok := p.box.Find(id.code.String()); ok && (e.State == mail.New || e.State == mail.Failed) {
			look(e)
		}
	}
	for _, e := range p.stale {
		look(e)
	}
	if best.strength() <= p.Mail.Lock.strength() || p.Mail.Unlocked {
		return nil
	}
	return &Refusal{Why: LockedWorse, Lock: best}
}

// mayWrite refuses a message to an address that is none, or with nothing to lock its page with.
func (r *roster) mayWrite(row *visits.Row) error {
	switch {
	case row.EmailErr != nil:
		return row.EmailErr
	case r.Mail.Lock == BirthDate:
		if row.Born.IsZero() {
			return &content.Error{Code: "row-without-birth-date",
				Message: "the mail cannot be locked: this row has no birth date, or one with a two-digit year",
				Hint:    "write it as 1970-02-03, or lock with --password random"}
		}
	case r.Mail.Lock == Column:
		if row.Password == "" {
			return &content.Error{Code: "row-without-password",
				Message: "the mail cannot be locked: this row has no password",
				Hint:    "fill the column password, or lock with --password random"}
		}
		if utf8.RuneCountInString(row.Password) < shortest {
			return &content.Error{Code: "row-password-short",
				Message: "the mail cannot be locked: this row's password has fewer than 8 characters",
				Hint:    "make it longer, or lock with --password random"}
		}
		return output.Lock{Password: row.Password}.Check()
	}
	return nil
}

// password is what opens a row's PDF.
func (p *post) password(row *visits.Row, code store.Code) string {
	switch p.Mail.Lock {
	case BirthDate:
		return row.Born.Format("20060102")
	case Column:
		return row.Password
	}
	return p.box.Password(code.String())
}

// putPasswords writes the list of what opens the mailed PDFs, for the clinic to tell its
// patients by another way than mail: of the messages that are locked so, whichever run
// wrote them. It names rows and visits, and no patient. A list that is there and says
// what no longer holds is written again.
func (p *post) putPasswords(report *Report, folder *store.Folder) error {
	if _, err := os.Lstat(filepath.Join(report.Out, passwordsName)); p.Mail.Lock != Random && err != nil {
		return nil
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"row", "visit", "code", "password"})
	n := 0
	for i, f := range report.fates {
		row := &p.List.Rows[i]
		messages := p.mailed[row] // of a page before
		if e, ok := p.box.Find(p.known[row].code.String()); ok && isState(f.mail) {
			messages = append(slices.Clone(messages), e)
		}
		for _, e := range messages {
			lock := Lock(p.box.Lock(e))
			if lock == Random || lock == LockUnsaid && p.Mail.Lock == Random { // the first versions did not say
				n++
				w.Write([]string{row.Place(), inert(row.ID), e.Code, p.box.Password(e.Code)})
			}
		}
	}
	w.Flush()
	report.noteOf(Passwords, n, passwordsName)
	return folder.Put(passwordsName, b.Bytes())
}
