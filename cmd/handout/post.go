package main

import (
	"crypto/rand"
	netmail "net/mail"
	"path/filepath"
	"time"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/visits"
	"handout/output"
	"handout/output/mail"
)

// post writes a batch's mail: one message a visit, for those who agreed to it.
type post struct {
	*roster
	now     time.Time
	box     *mail.Outbox
	lock    lockFlag
	changed bool   // who was mailed another page before gets this one too
	mark    string // of the list and its day, for an outbox that is not finished

	mailed map[*visits.Row][]mail.Entry // of each row, what was sent or may have been, of another page
	stale  []mail.Entry                 // what waits and is of another page of a row, or of one that has no mail
	others int                          // of no row of the list
}

// maySend tells what a brand lacks to send mail.
func (r *roster) maySend() error {
	if r.press.Clinic.Sender() != "" {
		return nil
	}
	return &content.Error{Position: content.Position{File: r.config.Brand}, Message: "the brand has no address to send mail from",
		Hint: "write email: hello@your-clinic.example in the brand file, and name that with --brand"}
}

// mayMail refuses visits that would be others tomorrow: without a date they are taken for
// today's, and a batch that goes on after midnight would mail everybody again. By their
// numbers they are known all the same.
func (b *batchOrder) mayMail() error {
	n, dated := 0, false
	for i := range b.list.Rows {
		row := &b.list.Rows[i]
		if row.Skip == "" && b.undated(row) && row.ID == "" {
			n++
		}
		dated = dated || !row.Undated
	}
	if n == 0 {
		return nil
	}
	hint := "if they are today's: --date " + b.request.Visit.Date.Format(time.DateOnly)
	if dated {
		hint = "fill in their dates"
	}
	return misusef(hint, "--mail has to know the day of a visit or its number, and %d rows have neither", n)
}

// openPost opens the outbox below a batch's folder.
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
	return &post{roster: &b.roster, now: now, box: box, lock: b.lock, changed: b.changed, mark: box.Mark("list", list, b.day.Format(time.DateOnly))}, nil
}

// begin finds whose the messages are that are there. From here until withdraw was there,
// nobody is to send what the outbox has.
func (p *post) begin(b *batchOrder) error {
	p.match()
	if err := p.mayLock(b.unlocked); err != nil {
		return err
	}
	if err := p.box.Begin(p.mark); err != nil {
		return outboxFault(filepath.Join(b.out, outboxName), err)
	}
	return nil
}

// What the report says of a row's mail, besides the state of its message.
const (
	noConsent    = "no consent to mail"
	noAddress    = "no address"
	noMail       = "no mail could be written"
	heldBack     = "held back: its status is not known"
	mailedBefore = "mailed another page before"
)

// write writes a row's message and returns its state.
func (p *post) write(s *sitting, page *press.Page, pdf []byte) (string, error) {
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
		if pdf, err = page.Locked(output.Lock{Password: password, Random: rand.Reader}); err != nil {
			return "", err
		}
		kind = content.Locked
		if p.lock == lockBirthDate {
			kind = content.LockedByBirthDate
		}
	}
	b := p.press.Clinic.Brand
	letter := page.Handout.Letter(b, kind)
	eml, err := mail.Compose(mail.Message{
		ID: p.box.ID(code), Code: code, Date: p.now,
		From: netmail.Address{Name: b.Name, Address: b.Sender()}, ReplyTo: b.Mail.ReplyTo,
		To: netmail.Address{Name: row.Name, Address: row.Emails[0]}, Also: row.Emails[1:],
		Subject: letter.Subject, Text: letter.Text, HTML: letter.HTML, Lang: page.Handout.Lang,
		Marks: p.marks(row).of(p.page(s.sum), p.article(s.Article.ID)), Lock: string(p.lock), PDF: pdf, File: "handout.pdf",
	})
	if err != nil {
		return "", err
	}
	state, err := p.box.Put(row.Number, code, eml, p.now)
	return string(state), err
}
