package main

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/csv"
	netmail "net/mail"
	"path/filepath"
	"slices"
	"strings"
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
	mark string // of the list and its day, for an outbox that is not finished
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

// maySend tells what a brand lacks to send mail.
func (r *roster) maySend() error {
	if r.clinic.Sender() != "" {
		return nil
	}
	return &content.Error{Position: content.Position{File: r.brand}, Message: "the brand has no address to send mail from",
		Hint: "write email: hello@your-clinic.example in the brand file, and name that with --brand"}
}

// openPost opens the outbox below a batch's folder. From here until withdraw was there,
// nobody is to send what it has.
func openPost(b *batchOrder, now time.Time) (*post, error) {
	dir := filepath.Join(b.out, outboxName)
	box, err := mail.Create(dir)
	if err != nil {
		return nil, outboxFault(dir, err)
	}
	list, err := filepath.Abs(b.path)
	if err != nil {
		list = b.path
	}
	p := &post{&b.roster, now, box, b.lock, box.Mark("list", list, b.day.Format(time.DateOnly))}
	if err := box.Begin(p.mark); err != nil {
		box.Close()
		return nil, outboxFault(dir, err)
	}
	return p, nil
}

// What the report says of a row's mail, besides the state of its message.
const (
	noConsent = "no consent to mail"
	noAddress = "no address"
	noMail    = "no mail could be written"
	heldBack  = "held back: its status is not known"
)

// page is the mark of a page, by which a message is known for that of the page and not
// of another with its code.
func (p *post) page(sum output.Sum) string { return p.box.Mark("page", string(sum[:])) }

// taken tells whether the message of a code is of another page.
func (p *post) taken(code output.Code, sum output.Sum) bool {
	e, ok := p.box.Find(code.String())
	return ok && !slices.Contains(p.box.Marks(e), p.page(sum))
}

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
	case row.Doubtful:
		return heldBack
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
	b, marks := p.clinic.Brand, p.marks(row)
	letter := s.handout.Letter(b, kind)
	eml, err := mail.Compose(mail.Message{
		ID: p.box.ID(code), Code: code, Date: p.now,
		From: netmail.Address{Name: b.Name, Address: b.Sender()}, ReplyTo: b.Mail.ReplyTo,
		To: netmail.Address{Name: row.Name, Address: row.Emails[0]}, Also: row.Emails[1:],
		Subject: letter.Subject, Text: letter.Text, HTML: letter.HTML, Lang: s.handout.Lang,
		Marks: slices.Concat([]string{p.page(s.sum)}, marks.sure, marks.seat), Lock: cmp.Or(string(p.lock), "none"), PDF: pdf, File: "handout.pdf",
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

// How sure a mark of a row is that a message is about its visit.
type marks struct {
	sure []string // its number; or the day and time, with the name or the address
	seat []string // the day, the time and the therapist, who sees nobody else then
}

// marks are what a row's visit is known by when its page is another, for then its
// code is, too. Where it has no number, whatever else is taken could be of another
// visit: a day has people of one name, and other lists.
func (p *post) marks(row *visits.Row) (known marks) {
	if row.ID != "" {
		known.sure = []string{p.box.Mark("visit", row.ID)}
		return known
	}
	day, name, address := p.day(row).Format(time.DateOnly), strings.ToLower(row.Name), ""
	if len(row.Emails) > 0 {
		address = strings.ToLower(row.Emails[0])
	}
	if h, m, s := row.Start.Clock(); h+m+s == 0 { // no time, or a day alone
		if name != "" && address != "" {
			known.sure = []string{p.box.Mark("person", day, name, address)}
		}
		return known
	}
	at := row.Start.Format(time.DateTime)
	if name != "" {
		known.sure = append(known.sure, p.box.Mark("name", at, name))
	}
	if address != "" {
		known.sure = append(known.sure, p.box.Mark("address", at, address))
	}
	if row.Therapist != "" {
		known.seat = []string{p.box.Mark("therapist", at, strings.ToLower(row.Therapist))}
	}
	return known
}

// withdraw takes back what is not sent yet and must not be: messages for rows of
// this list that get none any more (cancelled, or the patient does not agree), and
// those of an earlier state of its visits. What may be of another list stays, and is
// said; so are visits that were mailed an earlier page.
//
// Then the outbox can be sent from, as far as this list goes.
func (p *post) withdraw(report *dayReport) error {
	stands := map[string]bool{}                         // by code; false if it must not
	ours, fresh := map[string]bool{}, map[string]bool{} // marks of all rows; of those that are mailed
	for i := range p.list.Rows {
		row := &p.list.Rows[i]
		if row.Skip == visits.AnotherDay {
			continue
		}
		l := report.row(i)
		code := l.Code
		if code == "" {
			if s, err := p.asked(row); err == nil {
				code = p.sum(s).Code(0).String() // as it would be, were the row not left out
			}
		}
		stands[code] = stands[code] || l.Mail == string(mail.New)
		m := p.marks(row)
		for _, mark := range m.sure {
			ours[mark] = true
			fresh[mark] = fresh[mark] || l.Mail == string(mail.New)
		}
		if l.State != leftOut { // in the place of one who does not come there may be another
			for _, mark := range m.seat {
				ours[mark] = true
			}
		}
	}
	marked := func(e mail.Entry, marks map[string]bool) bool {
		return slices.ContainsFunc(p.box.Marks(e), func(m string) bool { return marks[m] })
	}
	withdrawn, others, twice := 0, 0, 0
	for _, e := range p.box.List(mail.New) {
		stays, known := stands[e.Code]
		if _, err := output.ParseCode(e.Code); err != nil || stays {
			continue // not a batch's, or as it should be
		}
		if !known && !marked(e, ours) {
			others++
			continue
		}
		if _, err := p.box.Withdraw(e.Code, p.now); err != nil {
			return outboxFault("the outbox", err)
		}
		withdrawn++
	}
	for _, e := range slices.Concat(p.box.Unknown(), p.box.List(mail.Sent)) {
		if _, known := stands[e.Code]; !known && marked(e, fresh) {
			twice++
		}
	}
	report.noteOf(withdrawn, "messages withdrawn before they were sent, because the list says otherwise now", "")
	report.noteOf(others, "messages of no row of this list are in the outbox, and will be sent",
		"`handout send` shows them with --dry-run, and takes one back with --withdraw CODE")
	report.noteOf(twice, "messages to send are for visits that were mailed another page before",
		"--withdraw CODE takes back what nobody should get")
	if err := p.box.Finish(p.mark, others == 0); err != nil {
		return outboxFault("the outbox", err)
	}
	return nil
}

// passwords lists what opens the mailed PDFs, for the clinic to tell its patients
// by another way than mail. It names rows and visits, and no patient.
func (p *post) passwords(report *dayReport) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Write([]string{"row", "visit", "code", "password"})
	for l := range report.rows() {
		if slices.Contains([]mail.State{mail.New, mail.Sending, mail.Sent, mail.Failed}, mail.State(l.Mail)) {
			w.Write([]string{l.place(), inert(l.Visit), l.Code, p.box.Password(l.Code)})
		}
	}
	w.Flush()
	return b.Bytes()
}
