package mail

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net/mail"
	"regexp"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// MaxMessage is the most bytes a message may have, encoded: what the large mail
// services take (25 MB).
const MaxMessage = 25_000_000

// Message is one handout on its way to one person.
type Message struct {
	ID      string       // from Outbox.ID: letters and digits, the same for the same code
	Code    string       // the handout's, as it is printed at its foot
	Date    time.Time    // of the message; never zero
	From    mail.Address // the clinic
	ReplyTo string       // an address, or empty
	To      mail.Address // the person, the first of their addresses
	Also    []string     // their other addresses

	Subject string
	Text    string // plain, lines ended by \n
	HTML    string // the same for those who like it so, or empty
	Lang    string // BCP 47

	Marks []string // from Outbox.Mark, of what the visit is known by
	Lock  string   // what opens the PDF, in one word: none, birthdate, random, column; empty: not told

	PDF  []byte
	File string // the attachment's name, nothing about a person: "handout.pdf"
}

// Compose writes a message as it is kept in an .eml file and sent: RFC 5322 with
// MIME. The same message gives the same bytes. Nothing in a field can add a header
// or end one: control characters become spaces, and what is not ASCII is encoded
// (RFC 2047 in headers, RFC 2231 in the attachment's name).
//
// Its errors hold nothing about a person.
func Compose(m Message) ([]byte, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	from, err := address(m.From.Address)
	if err != nil {
		return nil, errors.New("the clinic's own e-mail address is not one")
	}
	if m.ID == "" || m.Date.IsZero() {
		return nil, errors.New("a message has an ID and a date")
	}
	msg.FromMailAddress(&mail.Address{Name: oneLine(m.From.Name), Address: from})
	if m.ReplyTo != "" {
		reply, err := address(m.ReplyTo)
		if err != nil {
			return nil, errors.New("the address for replies is not an e-mail address")
		}
		msg.ReplyToMailAddress(&mail.Address{Name: oneLine(m.From.Name), Address: reply})
	}
	var to []*mail.Address
	for i, a := range append([]string{m.To.Address}, m.Also...) {
		if a, err = address(a); err != nil {
			return nil, err
		}
		to = append(to, &mail.Address{Address: a})
		if i == 0 {
			to[0].Name = oneLine(m.To.Name)
		}
	}
	msg.ToMailAddress(to...)
	msg.Subject(oneLine(m.Subject))
	msg.SetDateWithValue(m.Date)
	_, domain, _ := strings.Cut(from, "@")
	msg.SetMessageIDWithValue(m.ID + "@" + domain)
	// Nobody's out-of-office note shall answer (RFC 3834, 5), Exchange's neither.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "OOF, AutoReply")
	msg.SetGenHeader("X-Handout-Code", oneLine(m.Code))
	msg.SetGenHeader("Content-Language", oneLine(m.Lang))
	if m.Lock != "" {
		msg.SetGenHeader(lockHeader, oneLine(m.Lock))
	}
	if len(m.Marks) > 0 {
		msg.SetGenHeader(marksHeader, oneLine(strings.Join(m.Marks, " ")))
	}

	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	if err := attach(msg, oneLine(m.File), m.PDF); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("the message can not be written: %w", err)
	}
	if b.Len() > MaxMessage {
		return nil, fmt.Errorf("the message would have %d MB, and mail servers take %d", b.Len()/1_000_000+1, MaxMessage/1_000_000)
	}
	return settle(b.Bytes(), m.ID), nil
}

// attach adds the PDF. The library would write its name in the manner of RFC 2047,
// which is for the text of headers and not for their parameters.
func attach(msg *gomail.Msg, name string, pdf []byte) error {
	kind := mime.FormatMediaType("application/pdf", map[string]string{"name": name})
	place := mime.FormatMediaType("attachment", map[string]string{"filename": name})
	if name == "" || kind == "" || place == "" {
		return errors.New("the attachment has no name a mail can hold")
	}
	msg.AttachReadSeeker(name, bytes.NewReader(pdf))
	for _, f := range msg.GetAttachments() {
		f.Header.Set("Content-Type", kind)
		f.Header.Set("Content-Disposition", place)
	}
	return nil
}

var boundary = regexp.MustCompile(`(?m)^ boundary=([0-9a-f]{60})\r$`)

// settle puts boundaries made of the ID in the place of the library's random ones,
// which are as long and, being random, stand nowhere else.
func settle(eml []byte, id string) []byte {
	for i, found := range boundary.FindAllSubmatch(eml, -1) {
		b := fmt.Sprintf("%.40s%d", id, i)
		b = strings.Repeat("0", len(found[1])-len(b)) + b
		eml = bytes.ReplaceAll(eml, found[1], []byte(b))
	}
	return eml
}

// oneLine is s without control characters, the line breaks among them.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u0085' || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))), " ")
}
