package serve

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	mathrand "math/rand/v2"
	"mime"
	"net/http"
	netmail "net/mail"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"handout/cmd/handout/internal/day"
	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/output/mail"
)

// Mail from the page: a page of Make by itself, and what a day's outbox has. The server's
// password is asked for once, and kept in memory alone.

// oneBox is the outbox, in its day's folder, of pages that were sent by themselves: to send
// one of them must not send a day's messages that nobody has looked at.
const oneBox = "mail"

// mailServer is the one that sends, with its password.
func (s *Server) mailServer(typed string) (mail.Server, error) {
	if s.config.Mail == nil {
		return mail.Server{}, refusal("", "no-mail-server", "start handout serve with --smtp",
			"there is no mail server to send with")
	}
	server := *s.config.Mail
	server.Timeout = min(server.Timeout, mailPatience)
	s.postbox.mu.Lock()
	defer s.postbox.mu.Unlock()
	if typed != "" {
		s.postbox.password = typed
	}
	if s.postbox.password != "" {
		server.Password = s.postbox.password
	}
	if server.User != "" && server.Password == "" && server.Token == nil {
		return server, refusal("/smtp_password", "smtp-password-missing", "you are asked once, and it is not saved",
			"the mail server needs a password")
	}
	return server, nil
}

// forgetPassword has it asked for again, for it may be the wrong one.
func (s *Server) forgetPassword() {
	s.postbox.mu.Lock()
	defer s.postbox.mu.Unlock()
	s.postbox.password = ""
}

// mailRate is how many messages go out a minute, as the strictest of the large services has
// it; mailPatience is how long one that is put off is tried while somebody waits, and an
// answer of the server's waited for.
const (
	mailRate     = 30
	mailPatience = time.Minute
	mailTime     = 20 * time.Minute // for an answer, at most
)

// deliver sends what an outbox has, and tells what becomes of each message.
func (s *Server) deliver(r *http.Request, box *mail.Outbox, server mail.Server, tell func(mail.Result)) error {
	ctx, done := s.whileOpen(r)
	defer done()
	sender := mail.Sender{Server: server, Rate: mailRate, Wait: 20 * time.Second, Patience: mailPatience, Report: tell,
		Clock: mail.Clock{Now: s.config.Now, Chance: mathrand.Float64,
			Sleep: func(ctx context.Context, d time.Duration) {
				select {
				case <-ctx.Done():
				case <-time.After(d):
				}
			}}}
	err := sender.Send(ctx, box)
	var fault *mail.ServerError
	if errors.As(err, &fault) {
		s.forgetPassword()
		return refusal("", "mail-server", fault.Hint, fault.Message)
	}
	return err
}

// letterOrder is a page of Make that is to be mailed.
type letterOrder struct {
	order
	to       string
	agreed   bool
	born     time.Time // locks it
	send     bool      // and not only a file for a mail program
	password string    // the server's
}

// letterMembers are what it may have besides an order's.
var letterMembers = func() map[string]func(*letterOrder, value) {
	all := map[string]func(*letterOrder, value){
		"to": func(o *letterOrder, v value) {
			s, ok := v.text(254)
			if o.to, _ = content.MailAddress(s); ok && o.to == "" {
				v.refuse("address-unusable", "write it like ana@example.org", "mail cannot be sent to this address")
			}
		},
		"agreed": func(o *letterOrder, v value) {
			if o.agreed = v.yes(); !o.agreed {
				v.refuse("not-agreed", "ask them first, and tell them that e-mail is not private",
					"mail goes only to people who agreed to it")
			}
		},
		"born": func(o *letterOrder, v value) {
			d := &dayOrder{}
			dayMembers["date"](d, v)
			o.born = d.date
		},
		"send":          func(o *letterOrder, v value) { o.send = v.yes() },
		"smtp_password": func(o *letterOrder, v value) { o.password, _ = v.text(1000) },
	}
	for name, read := range orderMembers {
		all[name] = func(o *letterOrder, v value) { read(&o.order, v) }
	}
	return all
}()

// mailPage mails a page, or gives the file that a mail program opens as a message to be
// sent.
func (s *Server) mailPage(w http.ResponseWriter, r *http.Request) error {
	var wrong []mistake
	v, err := object(w, r, maxOrder, &wrong)
	if err != nil {
		return err
	}
	o := &letterOrder{}
	given, ok := each(v, o, letterMembers)
	o.order = o.order.on(s.config.Today())
	o.wantsHandout(v)
	for _, name := range []string{"to", "agreed"} {
		if ok && !given.has(name) {
			v.lacks(name, `for example: "to": "ana@example.org", "agreed": true`)
		}
	}
	if len(wrong) > 0 {
		return wrongWith(wrong)
	}
	page, err := s.alone(r, &o.order)
	if err != nil {
		return err
	}
	m, err := s.letter(o, page)
	if err != nil {
		return err
	}
	if o.send {
		return s.sendOne(w, r, o, m)
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id) // never fails
	m.ID = hex.EncodeToString(id)
	eml, err := mail.Compose(m)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment",
		map[string]string{"filename": page.Handout.ID + ".eml"}))
	return whole(w, "message/rfc822", mail.Unsent(eml))
}

// letter is the message that a page goes with.
func (s *Server) letter(o *letterOrder, page *press.Page) (m mail.Message, err error) {
	b := page.Sheet.Brand
	if b.Sender() == "" {
		return m, refusal("", "no-sender", "write the clinic's e-mail address in its settings",
			"the clinic has no address to send mail from")
	}
	kind, lock := content.Unlocked, day.NoLock
	if o.order.password != "" {
		kind, lock = content.Locked, day.Column
	}
	if !o.born.IsZero() {
		kind, lock, o.order.password = content.LockedByBirthDate, day.BirthDate, o.born.Format("20060102")
	}
	pdf, err := s.fileOf(page, &o.order)
	if err != nil {
		return m, err
	}
	letter := page.Handout.Letter(b, kind)
	return mail.Message{Date: s.config.Now(), From: netmail.Address{Name: b.Name, Address: b.Sender()},
		ReplyTo: b.Mail.ReplyTo, To: netmail.Address{Name: o.Visit.Patient, Address: o.to},
		Subject: letter.Subject, Text: letter.Text, HTML: letter.HTML, Lang: page.Handout.Lang, Lock: string(lock),
		PDF: pdf, File: page.Handout.Words.Attachment}, nil
}

// fates are what becomes of a message.
var fates = map[mail.Fate]string{mail.Accepted: "sent", mail.Partly: "partly", mail.Refused: "failed",
	mail.Unread: "failed", mail.PutOff: "waiting", mail.Unknown: "unknown"}

// fate is what became of one.
type fate struct {
	Row   int    `json:"row,omitempty"`
	Code  string `json:"code"`
	Fate  string `json:"fate"`
	Reply string `json:"reply,omitempty"` // the server's, a number
}

// sendOne sends one message, once: the same page to the same address is not sent again.
func (s *Server) sendOne(w http.ResponseWriter, r *http.Request, o *letterOrder, m mail.Message) error {
	server, err := s.mailServer(o.password)
	if err != nil {
		return err
	}
	dir := filepath.Join(s.config.Days, s.config.Today().Format(time.DateOnly), oneBox)
	box, err := mail.Create(dir)
	if err != nil {
		return s.refused(day.OutboxFault(dir, err))
	}
	defer box.Close()
	what, err := json.Marshal([]any{o.Request.Handout, o.Visit, o.Sheet, o.order.password})
	if err != nil {
		return err
	}
	m.Code = box.Mark("one", o.to, string(what))
	m.ID = box.ID(m.Code)
	eml, err := mail.Compose(m)
	if err != nil {
		return err
	}
	state, err := box.Put(len(box.List(mail.Sent))+len(box.List(mail.New))+1, m.Code, eml, s.config.Now())
	if err != nil {
		return err
	}
	became := fate{Code: m.Code, Fate: string(state)}
	if state == mail.New {
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(mailTime))
		err = s.deliver(r, box, server, func(r mail.Result) {
			if r.Code == m.Code {
				became.Fate, became.Reply = fates[r.Fate], r.Reply
			}
		})
		if now, ok := box.Find(m.Code); ok && now.State == mail.New {
			became.Fate = "waiting"
		}
	} else {
		became.Fate = "before"
	}
	if err != nil {
		return err
	}
	return writeJSON(w, became)
}

// boxOf opens the outbox of a day; it is nil where there is none.
func (s *Server) boxOf(date string) (*mail.Outbox, error) {
	dir := filepath.Join(s.config.Days, date, outboxName)
	box, err := mail.Open(dir)
	switch {
	case errors.Is(err, mail.ErrNoOutbox):
		return nil, nil
	case err != nil:
		return nil, s.refused(day.OutboxFault(dir, err))
	}
	return box, nil
}

// outbox has something done with the outbox of a request's day. Where there is none, it is
// answered that it has nothing.
func (s *Server) outbox(w http.ResponseWriter, r *http.Request, do func(*mail.Outbox) error) error {
	date := r.PathValue("date")
	if !dateForm.MatchString(date) {
		return &problem{kind: notFound}
	}
	box, err := s.boxOf(date)
	if err != nil {
		return err
	}
	if box == nil {
		return writeJSON(w, s.boxed(nil))
	}
	defer box.Close()
	return do(box)
}

// boxed is what an outbox has.
type boxed struct {
	Server     string `json:"server"`     // that sends; empty: there is none
	Unfinished bool   `json:"unfinished"` // the last batch was stopped
	Messages   []fate `json:"messages"`
}

// listOutbox tells what a day's outbox has, by row and code and by nobody's name.
func (s *Server) listOutbox(w http.ResponseWriter, r *http.Request) error {
	return s.outbox(w, r, func(box *mail.Outbox) error { return writeJSON(w, s.boxed(box)) })
}

func (s *Server) boxed(box *mail.Outbox) boxed {
	b := boxed{Messages: []fate{}}
	if s.config.Mail != nil {
		b.Server = s.config.Mail.Host
	}
	if box == nil {
		return b
	}
	b.Unfinished = box.Unfinished()
	for state, word := range map[mail.State]string{mail.New: "waiting", mail.Sending: "unknown", mail.Sent: "sent",
		mail.Failed: "failed"} {
		for _, e := range box.List(state) {
			b.Messages = append(b.Messages, fate{Row: e.Row, Code: e.Code, Fate: word})
		}
	}
	slices.SortFunc(b.Messages, func(a, b fate) int { return cmp.Or(a.Row-b.Row, strings.Compare(a.Code, b.Code)) })
	return b
}

// sending is how a day's messages are to be sent.
type sending struct{ password string }

var sendingMembers = map[string]func(*sending, value){
	"smtp_password": func(o *sending, v value) { o.password, _ = v.text(1000) },
}

// sendOutbox sends what a day's outbox has, and tells of each message as it goes.
func (s *Server) sendOutbox(w http.ResponseWriter, r *http.Request) error {
	o := &sending{}
	if err := reads(w, r, maxOrder, o, sendingMembers, ""); err != nil {
		return err
	}
	return s.outbox(w, r, func(box *mail.Outbox) error { return s.sendAll(w, r, box, o.password) })
}

// sendAll sends what an outbox has that was not sent yet.
func (s *Server) sendAll(w http.ResponseWriter, r *http.Request, box *mail.Outbox, password string) error {
	if len(box.List(mail.New)) == 0 {
		return writeJSON(w, s.boxed(box))
	}
	server, err := s.mailServer(password)
	if err != nil {
		return err
	}
	if box.Unfinished() {
		return refusal("", "outbox-unfinished", "make the day's handouts again, then send",
			"the list was not finished, so some messages may be old")
	}
	var to *stream
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(mailTime))
	err = s.deliver(r, box, server, func(r mail.Result) {
		if to == nil {
			to = newStream(w)
		}
		to.line(fate{r.Row, r.Code, fates[r.Fate], r.Reply})
	})
	switch {
	case err != nil && to == nil:
		return err
	case to == nil:
		to = newStream(w)
	case err != nil:
		to.line(map[string]any{"problem": s.problemOf(r, err).said()})
	}
	to.line(map[string]any{"outbox": s.boxed(box)})
	return nil
}

// decision is what is to be done with a message.
type decision struct{ code, do string }

var decisionMembers = map[string]func(*decision, value){
	"code": func(o *decision, v value) { o.code, _ = v.text(40) },
	"do":   func(o *decision, v value) { o.do = v.word("again", "settle", "withdraw") },
}

// decideOutbox carries out what somebody decided of a message: to send it again, that it
// arrived, or that it must not be sent.
func (s *Server) decideOutbox(w http.ResponseWriter, r *http.Request) error {
	o := &decision{}
	if err := reads(w, r, maxOrder, o, decisionMembers, ""); err != nil {
		return err
	}
	return s.outbox(w, r, func(box *mail.Outbox) (err error) {
		now := s.config.Now()
		switch o.do {
		case "again":
			err = box.Again(o.code, now)
		case "settle":
			err = box.Settle(o.code, now)
		default:
			_, err = box.Withdraw(o.code, now)
		}
		if err != nil && !errors.Is(err, mail.ErrNoDecision) { // which somebody has made already
			return err
		}
		return writeJSON(w, s.boxed(box))
	})
}
