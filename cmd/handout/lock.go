package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"unicode/utf8"

	"handout/content"
	"handout/content/visits"
	"handout/output/mail"
	"handout/output/store"
)

// lockFlag is what opens the PDFs in the mail. A message keeps it in its header.
type lockFlag string

const (
	lockUnsaid    lockFlag = ""
	lockNone      lockFlag = "none"
	lockBirthDate lockFlag = "birthdate" // the patient's, as YYYYMMDD
	lockColumn    lockFlag = "column"    // the list's
	lockRandom    lockFlag = "random"    // told in passwords.csv
)

// locks are the ways, the weakest first.
var locks = []lockFlag{lockNone, lockBirthDate, lockColumn, lockRandom}

// strength is the place among them; that of none for a message that does not say.
func (l lockFlag) strength() int { return max(0, slices.Index(locks, l)) }

func (l *lockFlag) Set(s string) error {
	if !slices.Contains(locks, lockFlag(s)) {
		return misusef("--password birthdate, random, column or none; the password itself is never typed here",
			"--password does not say what the password is")
	}
	*l = lockFlag(s)
	return nil
}

func (l *lockFlag) String() string { return string(*l) }
func (l *lockFlag) Type() string   { return "way" }

// shortest is how many characters a password of the list's has at least: fewer are
// found by trying, in no time.
const shortest = 8

// mayLock refuses to take the place of messages that wait, locked, with some that are
// locked worse or not at all, unless that was asked for.
func (p *post) mayLock(open bool) error {
	best := lockNone
	look := func(e mail.Entry) {
		if l := lockFlag(p.box.Lock(e)); l.strength() > best.strength() {
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
	if best.strength() <= p.lock.strength() || open {
		return nil
	}
	return misusef("--password "+string(best)+" as before; --password none sends them open",
		"messages for this list wait in the outbox, locked, and these would be locked worse or not at all")
}

// password is what opens a row's PDF.
func (p *post) password(row *visits.Row, code store.Code) (string, error) {
	switch p.lock {
	case lockBirthDate:
		if row.Born.IsZero() {
			return "", &content.Error{Message: "the mail has no password: this row has no birth date, or one with two digits for the year",
				Hint: "write it as 1970-02-03, or lock with --password random"}
		}
		return row.Born.Format("20060102"), nil
	case lockColumn:
		if row.Password == "" {
			return "", &content.Error{Message: "the mail has no password: this row has none", Hint: "fill the column password, or lock with --password random"}
		}
		if utf8.RuneCountInString(row.Password) < shortest {
			return "", &content.Error{Message: "the mail has no password: this row's has fewer than 8 characters", Hint: "make it longer, or lock with --password random"}
		}
		return row.Password, nil
	}
	return p.box.Password(code.String()), nil
}

// putPasswords writes the list of what opens the mailed PDFs, for the clinic to tell its
// patients by another way than mail: of the messages that are locked so, whichever run
// wrote them. It names rows and visits, and no patient. A list that is there and says
// what is not so any more is written anew.
func (p *post) putPasswords(report *dayReport, folder *store.Folder) error {
	if _, err := os.Lstat(filepath.Join(report.Out, passwordsName)); p.lock != lockRandom && err != nil {
		return nil
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"row", "visit", "code", "password"})
	n := 0
	for i, f := range report.fates {
		row := &p.list.Rows[i]
		messages := p.mailed[row] // of a page before
		if e, ok := p.box.Find(p.known[row].code.String()); ok && isState(f.mail) {
			messages = append(slices.Clone(messages), e)
		}
		for _, e := range messages {
			lock := lockFlag(p.box.Lock(e))
			if lock == lockRandom || lock == lockUnsaid && p.lock == lockRandom { // the first versions did not say
				n++
				w.Write([]string{row.Place(), inert(row.ID), e.Code, p.box.Password(e.Code)})
			}
		}
	}
	w.Flush()
	report.noteOf(n, passwordsName+" has what opens the mailed PDFs", "tell it at the desk or by telephone, never by mail")
	return folder.Put(passwordsName, b.Bytes())
}
