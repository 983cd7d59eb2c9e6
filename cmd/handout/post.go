package main

import (
	"bytes"
	"crypto/rand"
	"encoding/csv"
	netmail "net/mail"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"handout/content"
	"handout/content/visits"
	"handout/layout"
	"handout/output"
	"handout/output/mail"
)

// post writes a batch's mail: one message a visit, for those who agreed to it.
type post struct {
	*roster
	now  time.Time
	box  *mail.Outbox
	lock lockFlag
}

// lockFlag is what opens the PDFs in the mail.
type lockFlag string

const (
	lockNone      lockFlag = ""
	lockBirthDate lockFlag = "birthdate" // the patient's, as YYYYMMDD
	lockRandom    lockFlag = "random"    // told in passwords.csv
	lockColumn    lockFlag = "column"    // the list's
)

func (l *lockFlag) Set(s string) error {
	if !slices.Contains([]lockFlag{lockBirthDate, lockRandom, lockColumn}, lockFlag(s)) {
		return misusef("--password birthdate, random or column; the password itself is never typed here",
			"--password does not say what the password is")
	}
	*l = lockFlag(s)
	return nil
}

func (l *lockFlag) String() string { return string(*l) }
func (l *lockFlag) Type() string   { return "way" }

// openPost opens the outbox below a batch's folder.
func openPost(r *roster, now time.Time, out string, lock lockFlag) (*post, error) {
	if r.clinic.Sender() == "" {
		return nil, &content.Error{Position: content.Position{File: r.brand}, Message: "the brand has no address to send mail from",
			Hint: "write email: hello@your-clinic.example in the brand file, and name that with --brand"}
	}
	dir := filepath.Join(out, "outbox")
	box, err := mail.Create(dir)
	if err != nil {
		return nil, outboxFault(dir, err)
	}
	return &post{r, now, box, lock}, nil
}

// What the report says of a row's mail, besides the state of its message.
const (
	noConsent = "no consent to mail"
	noAddress = "no address"
	noMail    = "no mail could be written"
)

// due tells what keeps a row's message from being written, or "" if nothing does.
func (p *post) due(row *visits.Row, code output.Code) string {
	if e, ok := p.box.Find(code.String()); ok && e.State != mail.New && e.State != mail.Failed {
		return string(e.State)
	}
	switch {
	case row.Consent == visits.Unknown || row.Consent == visits.Refused:
		return noConsent
	case row.EmailErr == nil && len(row.Emails) == 0:
		return noAddress
	}
	return ""
}

// write writes a row's message and returns its state.
func (p *post) write(s *sitting, page *layout.Page, pdf []byte) (string, error) {
	row, code := s.row, s.code.String()
	if row.EmailErr != nil {
		return "", row.EmailErr
	}
	kind := content.Unlocked
	if p.lock != lockNone {
		password, err := p.password(row, s.code)
		if err != nil {
			return "", err
		}
		if pdf, err = output.PDFLocked(page, s.made, output.Lock{Password: password, Random: rand.Reader}); err != nil {
			return "", err
		}
		kind = content.Locked
		if p.lock == lockBirthDate {
			kind = content.LockedByBirthDate
		}
	}
	b := p.clinic.Brand
	letter := s.handout.Letter(b, kind)
	eml, err := mail.Compose(mail.Message{
		ID: p.box.ID(code), Code: code, Date: p.now,
		From: netmail.Address{Name: b.Name, Address: b.Sender()}, ReplyTo: b.Mail.ReplyTo,
		To: netmail.Address{Name: row.Name, Address: row.Emails[0]}, Also: row.Emails[1:],
		Subject: letter.Subject, Text: letter.Text, HTML: letter.HTML, Lang: s.handout.Lang,
		PDF: pdf, File: "handout.pdf",
	})
	if err != nil {
		return "", err
	}
	state, err := p.box.Put(row.Number, code, eml, p.now)
	return string(state), err
}

// password is what opens a row's PDF.
func (p *post) password(row *visits.Row, code output.Code) (string, error) {
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
		return row.Password, nil
	}
	return p.box.Password(code.String()), nil
}

// withdraw takes back what is not sent yet and must not be: messages for rows of
// this list that get none any more (cancelled, or the patient does not agree), and
// those of an earlier state of its visits. A visit is known by its number; without
// one a message for what no row says any more may be of another day, and stays.
func (p *post) withdraw(ledger *output.Ledger, report *dayReport) (int, error) {
	visited, stands := map[string]bool{}, map[string]bool{} // by visit; by code, false if it must not
	for i := range p.list.Rows {
		row := &p.list.Rows[i]
		if row.Skip == visits.AnotherDay {
			continue
		}
		l := report.row(i)
		code := l.Code
		if code == "" {
			if s, err := p.sitting(row); err == nil {
				code = s.code.String() // as it would be, were the row not left out
			}
		}
		stands[code] = stands[code] || l.Mail == string(mail.New)
		visited[row.ID] = row.ID != ""
	}
	n := 0
	for _, e := range p.box.List(mail.New) {
		code, err := output.ParseCode(e.Code)
		stays, known := stands[e.Code]
		if err != nil || stays {
			continue // not a batch's, or as it should be
		}
		ours := func(made output.Entry) bool { return visited[made.Visit] }
		if !known && !slices.ContainsFunc(ledger.Find(code), ours) {
			continue
		}
		gone, err := p.box.Withdraw(e.Code, p.now)
		if err != nil {
			return n, outboxFault("the outbox", err)
		}
		if gone {
			n++
		}
	}
	return n, p.box.Sync()
}

// passwords lists what opens the mailed PDFs, for the clinic to tell its patients
// by another way than mail. It names rows and visits, and no patient.
func (p *post) passwords(report *dayReport) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"row", "visit", "code", "password"})
	for l := range report.rows() {
		if slices.Contains([]mail.State{mail.New, mail.Sending, mail.Sent, mail.Failed}, mail.State(l.Mail)) {
			w.Write([]string{strconv.Itoa(l.Row), inert(l.Visit), l.Code, p.box.Password(l.Code)})
		}
	}
	w.Flush()
	return b.Bytes()
}
