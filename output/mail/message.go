package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"mime"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

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
	Lang    string // BCP 47, at most 35 letters; else it is not told

	Marks []string // from Outbox.Mark, of what the visit is known by
	Lock  string   // what opens the PDF, in one word: none, birthdate, random, column; empty: not told

	PDF  []byte
	File string // the attachment's name, nothing about a person: "handout.pdf"
}

// languageTag is how a language is named (RFC 5646, 2.1), and longestTag how long a name is that every
// reader takes (4.4.1). What is neither is left out: a longer word would be a line that no server takes.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

const longestTag = 35

// Compose writes a message as it is kept in an .eml file and sent: RFC 5322 with
// MIME. The same message gives the same bytes. Nothing in a field can add a header
// or end one: control characters become spaces, and what is not ASCII is encoded
// (RFC 2047 in headers, RFC 2231 in the attachment's name). What Compose returns can
// be sent: it has read it again.
//
// Its errors hold nothing about a person.
func Compose(m Message) ([]byte, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	from, err := address(m.From.Address)
	if err != nil {
		return nil, errors.New("the clinic's e-mail address is not valid")
	}
	if m.ID == "" || m.Date.IsZero() {
		return nil, errors.New("a message has an ID and a date")
	}
	env := envelope{from: from}
	people := mailboxes("From", m.From.Name, from)
	reply := ""
	if m.ReplyTo != "" {
		if reply, err = address(m.ReplyTo); err != nil {
			return nil, errors.New("the address for replies is not an e-mail address")
		}
		reply = mailboxes("Reply-To", m.From.Name, reply)
	}
	for _, a := range append([]string{m.To.Address}, m.Also...) {
		if a, err = address(a); err != nil {
			return nil, err
		}
		env.to = append(env.to, a)
	}
	people += mailboxes("To", m.To.Name, env.to...) + reply
	msg.SetGenHeader(gomail.HeaderSubject, words(oneLine(m.Subject)))
	msg.SetDateWithValue(m.Date)
	_, domain, _ := strings.Cut(from, "@")
	msg.SetMessageIDWithValue(m.ID + "@" + domain)
	// Nobody's out-of-office note shall answer (RFC 3834, 5), Exchange's neither.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "OOF, AutoReply")
	msg.SetGenHeader("X-Handout-Code", oneLine(m.Code))
	if len(m.Lang) <= longestTag && languageTag.MatchString(m.Lang) {
		msg.SetGenHeader("Content-Language", m.Lang)
	}
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
	b := bytes.NewBufferString(people)
	if _, err := msg.WriteTo(b); err != nil {
		return nil, fmt.Errorf("the message cannot be written: %w", err)
	}
	if b.Len() > MaxMessage {
		return nil, fmt.Errorf("the message would have %d MB, and mail servers take %d",
			b.Len()/1_000_000+1, MaxMessage/1_000_000)
	}
	eml := settle(b.Bytes(), m.ID)
	if again, ok := readEnvelope(eml); !ok || again.from != env.from ||
		!slices.Equal(again.to, env.to) || !inLines(eml) {
		return nil, errors.New("the message cannot be written so that a mail server can read it")
	}
	return eml, nil
}

// mailboxes is a header of addresses (RFC 5322, 3.6.3), the first of them with a name.
// The library would write some names so that nobody can read them.
func mailboxes(header, name string, addresses ...string) string {
	text := header + ":"
	if name = oneLine(name); name != "" {
		if w := words(name); w != name {
			text += " " + strings.ReplaceAll(w, " ", "\r\n ") + "\r\n"
		} else {
			text += ` "` + quotable.Replace(name) + "\"\r\n"
		}
	}
	for i, a := range addresses {
		if i > 0 {
			text += ",\r\n"
		}
		text += " <" + a + ">"
	}
	return text + "\r\n"
}

// quotable is what a quoted string needs (RFC 5322, 3.2.4).
var quotable = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// words is s as it may stand in a header: itself, if it is plain ASCII of such words
// that a line can be broken between; else in encoded words (RFC 2047) with spaces
// between them, of 64 characters: a line with one and a header's name has at most 76.
func words(s string) string {
	plain := !strings.Contains(s, "=?") && !strings.ContainsFunc(s, func(r rune) bool { return r > '~' })
	for w := range strings.SplitSeq(s, " ") {
		plain = plain && len(w) <= 60
	}
	if plain && len(s) <= 400 {
		return s
	}
	var list []string
	for s != "" {
		n := 0
		for n < len(s) {
			_, size := utf8.DecodeRuneInString(s[n:])
			if n+size > 39 { // which is 52 in base 64
				break
			}
			n += size
		}
		list = append(list, "=?utf-8?b?"+base64.StdEncoding.EncodeToString([]byte(s[:n]))+"?=")
		s = s[n:]
	}
	return strings.Join(list, " ")
}

// inLines tells whether the lines of a message's header are as short as they must be:
// 998 octets (RFC 5322, 2.1.1). The rest is in lines of 76.
func inLines(eml []byte) bool {
	for line := range bytes.Lines(eml) {
		if line = bytes.TrimRight(line, "\r\n"); len(line) > 998 {
			return false
		} else if len(line) == 0 {
			break
		}
	}
	return true
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
