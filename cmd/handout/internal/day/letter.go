package day

import (
	"crypto/rand"
	netmail "net/mail"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/output"
	"handout/output/mail"
)

// write writes a row's message and returns its state.
func (p *post) write(s *sitting, page *press.Page, pdf []byte) (string, error) {
	row, code := s.row, s.code.String()
	if err := p.mayWrite(row); err != nil {
		return "", err
	}
	kind := content.Unlocked
	if p.Mail.Lock != NoLock {
		var err error
		if pdf, err = page.Locked(output.Lock{Password: p.password(row, s.code), Random: rand.Reader}); err != nil {
			return "", err
		}
		kind = content.Locked
		if p.Mail.Lock == BirthDate {
			kind = content.LockedByBirthDate
		}
	}
	b := p.press.Clinic.Brand
	letter := page.Handout.Letter(b, kind)
	eml, err := mail.Compose(mail.Message{
		ID: p.box.ID(code), Code: code, Date: p.Now,
		From: netmail.Address{Name: b.Name, Address: b.Sender()}, ReplyTo: b.Mail.ReplyTo,
		To: netmail.Address{Name: row.Name, Address: row.Emails[0]}, Also: row.Emails[1:],
		Subject: letter.Subject, Text: letter.Text, HTML: letter.HTML, Lang: page.Handout.Lang,
		Marks: p.marks(row).of(p.page(s.sum), p.article(s.Article.ID)), Lock: string(p.Mail.Lock),
		PDF: pdf, File: page.Handout.Words.Attachment,
	})
	if err != nil {
		return "", err
	}
	state, err := p.box.Put(row.Number, code, eml, p.Now)
	return string(state), err
}
