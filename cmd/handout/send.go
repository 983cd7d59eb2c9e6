package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"handout/cmd/handout/internal/day"
	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/output/mail"
	"handout/output/store"
)

const sendPage = `handout send: send the mail in an outbox, each message once

  handout send out/outbox --smtp smtps://clinic@mail.example.org
  handout send out/outbox --smtp smtp://clinic@mail.example.org:587 --rate 20
  handout send out/outbox --dry-run
  handout send out/outbox --drafts today         as files for a mail program
  handout send out/outbox --settle K7Q2-9MXD     it did arrive
  handout send out/outbox --again K7Q2-9MXD --smtp ...     or: --again failed
  handout send out/outbox --withdraw K7Q2-9MXD   it must not be sent

Sends the mail that "handout batch" wrote, by row. A message goes from the
folder new to sending to sent; one that the server refuses for good goes to
failed. A refusal for now is tried again, more and more slowly. Ctrl-C finishes
the message in hand; the rest stay for the next time. The file log says what
happened to each message, by row and code.

Where the server is
  --smtp smtps://USER@HOST:PORT   TLS from the start; port 465 if not given
  --smtp smtp://USER@HOST:PORT    TLS by STARTTLS, never without; port 587 if
                                  not given. Without USER@ no password is used
  --insecure-plain                no TLS, to this computer alone
The server's certificate is always checked.

The password, which is never typed on the command line
  HANDOUT_SMTP_PASSWORD           in the environment, or
  --password-file FILE            the first line of a file; else it is asked for

A token in its place (XOAUTH2), for Microsoft 365 and Google accept no passwords
  --smtp-token-command CMD        a program that says one, asked each time; or
  --smtp-token-file FILE          a file that has one; docs/mail.md names some

How
  --rate N          messages a minute at most: 30; 0 for no limit
  --wait 1m         until a message put off is tried again; doubled each time
  --patience 30m    how long it is tried before it is left for the next time
  --timeout 2m      how long to wait for an answer of the server
  --dry-run         say what would be sent; send nothing, ask no server
  --unfinished      send though the last batch was stopped before its end: some
                    pages may be old, or of visits that were cancelled
  --withdraw CODE   take a message that waits out of the outbox; a batch with
                    mail writes it again, if its list still asks for it
  --json            say it as JSON, for programs: docs/json.md

When it is not known whether a message was sent
The connection broke after the whole message was sent and before the answer.
Nobody can know then, so it is not sent again by itself. It stays in sending,
and you are told each time, until you have found out (ask the patient, look into
the server's list of sent mail) and say which:
  --settle CODE     it arrived, or the patient has the page anyway
  --again CODE      send it, or send it again; for a message in failed too
  --settle all      all of those arrived, or were sent from their drafts
  --again failed    for all that are in failed

Without a server
  --drafts DIR      write each message into DIR as a file that Outlook, Apple
                    Mail and Thunderbird open, for you to send from there; then
                    say --settle all. docs/mail.md has how, for each of them

When the server takes nobody's mail
A refusal of the clinic's address or its mail altogether, the end of a day's
quota, or the same refusal three times in a row fails no message: send stops and
says why, and what is left stays in the outbox.

Exit codes: 0 all are sent; 1 some failed, wait, or are not known; 2 the command
line is wrong; 3 a file, a folder or the server cannot be used.
`

// sendFlags are the flags of send.
type sendFlags struct {
	*flags
	smtp                    *string
	login                   *login
	drafts                  *string
	plain, dry              *bool
	unfinished              *bool
	rate                    *int
	wait, patience, timeout *time.Duration
	again, settle, withdraw *[]string
}

func newSendFlags() sendFlags {
	f := newFlags("send")
	l := &login{}
	f.StringVar(&l.passwordFile, "password-file", "", "")
	l.tokens(f)
	return sendFlags{
		flags: f, login: l,
		smtp: f.String("smtp", "", ""), drafts: f.String("drafts", "", ""),
		plain: f.Bool("insecure-plain", false, ""), dry: f.Bool("dry-run", false, ""),
		unfinished: f.Bool("unfinished", false, ""),
		rate:       f.Int("rate", 30, ""), // as the strictest of the large services has it
		wait:       f.Duration("wait", time.Minute, ""), patience: f.Duration("patience", 30*time.Minute, ""),
		timeout: f.Duration("timeout", 2*time.Minute, ""),
		again:   f.StringSlice("again", nil, ""), settle: f.StringSlice("settle", nil, ""),
		withdraw: f.StringSlice("withdraw", nil, ""),
	}
}

func runSend(w *world, args []string) (answer, error) {
	f := newSendFlags()
	if err := f.parse(args); err != nil {
		return nil, err
	}
	server, err := f.check()
	if err != nil {
		return nil, err
	}
	dir := f.Arg(0)
	box, err := mail.Open(dir)
	if err != nil {
		return nil, day.OutboxFault(dir, err)
	}
	defer box.Close()
	p := &postman{world: w, dir: dir, round: round{Unfinished: box.Unfinished(), Messages: []sendResult{}}}
	if p.Unfinished && *f.smtp+*f.drafts != "" && !*f.unfinished {
		return nil, &press.FileError{Path: dir, Message: "a batch was not finished; run it again",
			Hint: "until then some messages may be old, or of visits that were cancelled; --unfinished sends them " +
				"all the same"}
	} else if p.Unfinished {
		w.note("a batch was not finished: some of these messages may be old, or of visits that were cancelled")
	}
	if err := f.decide(w, box); err != nil {
		return nil, err
	}
	switch {
	case *f.dry:
		err = p.rehearse(box)
	case *f.drafts != "":
		err = p.draft(box, *f.drafts)
	case *f.smtp != "":
		err = p.send(&f, box, server)
	}
	if !*f.dry {
		p.Waiting = len(box.List(mail.New))
	}
	if err == nil && (p.trouble || *f.smtp != "" && p.Waiting > 0) {
		err = errSaid
	}
	return p.count(), err
}

// check reads the flags: all that is wrong with them at once.
func (f *sendFlags) check() (mail.Server, error) {
	var errs content.Errors
	add := func(hint, message string) { errs = append(errs, &content.Error{Message: message, Hint: hint}) }
	if f.NArg() != 1 {
		add("for example: handout send out/outbox --smtp smtps://clinic@mail.example.org",
			"send needs the path of one outbox")
	}
	if *f.smtp == "" && !*f.dry && *f.drafts == "" && len(*f.again)+len(*f.settle)+len(*f.withdraw) == 0 {
		add("--smtp smtps://USER@HOST, or --dry-run to see what would be sent; without a server --drafts DIR",
			"send needs to know the server")
	}
	if *f.drafts != "" && (*f.smtp != "" || *f.dry) {
		add("leave out one of them", "--drafts writes files for a mail program, which sends them itself")
	}
	if *f.smtp != "" && *f.dry {
		add("leave out one of them", "--dry-run talks to no server, and --smtp names one")
	}
	var server mail.Server
	if *f.smtp != "" {
		var wrong content.Errors
		server, wrong = serverNamed(*f.smtp, *f.plain)
		errs = append(append(errs, wrong...), f.login.check(&server)...)
	}
	server.Timeout = *f.timeout
	if *f.rate < 0 || *f.rate > 6000 {
		add("for example: --rate 30", "--rate is a number of messages a minute, from 0 to 6000")
	}
	if *f.wait <= 0 || *f.patience < 0 || *f.timeout < time.Second || *f.wait > 24*time.Hour ||
		*f.patience > 24*time.Hour || *f.timeout > time.Hour {
		add("for example: --wait 1m --patience 30m --timeout 2m",
			"--wait, --patience and --timeout are times: at most a day, a day and an hour")
	}
	for _, code := range *f.again {
		if slices.Contains(*f.settle, code) {
			add("did it arrive, or shall it be sent?", "a message cannot be both settled and sent again")
		}
	}
	if errs != nil {
		return server, misused(errs)
	}
	return server, nil
}

// serverNamed reads --smtp. What is wrong with it is not repeated: there may be a
// password in it.
func serverNamed(address string, plain bool) (s mail.Server, errs content.Errors) {
	add := func(hint, message string) { errs = append(errs, &content.Error{Message: message, Hint: hint}) }
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "smtps" && u.Scheme != "smtp" || u.Hostname() == "" ||
		strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		add("write it like smtps://clinic@mail.example.org:465", "the value of --smtp is not the address of a mail "+
			"server")
		return s, errs
	}
	s.Host, s.User = u.Hostname(), u.User.Username()
	if _, typed := u.User.Password(); typed {
		add("set HANDOUT_SMTP_PASSWORD, or name a file with --password-file; and choose a new password",
			"a password on the command line can be read by others on this computer")
	}
	s.Port = 465
	if u.Scheme == "smtp" {
		s.Port, s.Security = 587, mail.StartTLS
	}
	if p := u.Port(); p != "" {
		if s.Port, err = strconv.Atoi(p); err != nil || s.Port < 1 || s.Port > 65535 {
			add("usually 465 for smtps:// and 587 for smtp://", "the port of --smtp is from 1 to 65535")
		}
	}
	if !plain {
		return s, errs
	}
	ip := net.ParseIP(s.Host)
	if u.Scheme != "smtp" || s.Host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		add("patients' mail is never sent in the open; leave --insecure-plain out",
			"--insecure-plain is for smtp:// to this computer: localhost, 127.0.0.1 or [::1]")
	}
	s.Security = mail.Plain
	return s, errs
}

// allFailed stands for the codes of all messages in failed, allSending for those of all in sending.
const (
	allFailed  = "failed"
	allSending = "all"
)

// decide carries out --again, --settle and --withdraw.
func (f *sendFlags) decide(w *world, box *mail.Outbox) error {
	withdraw := func(code string, now time.Time) error {
		out, err := box.Withdraw(code, now)
		if err == nil && !out {
			err = errNotWaiting
		}
		return err
	}
	again := slices.Clone(*f.again)
	if i := slices.Index(again, allFailed); i >= 0 {
		failed := box.List(mail.Failed)
		if len(failed) == 0 {
			return misusef("`handout send` says of each message that fails", "no message has failed")
		}
		again = slices.Delete(again, i, i+1)
		for _, e := range failed {
			if !slices.Contains(again, e.Code) && !slices.Contains(*f.settle, e.Code) {
				again = append(again, e.Code)
			}
		}
	}
	settle := slices.Clone(*f.settle)
	if i := slices.Index(settle, allSending); i >= 0 {
		settle = slices.Delete(settle, i, i+1)
		for _, e := range box.List(mail.Sending) {
			if !slices.Contains(settle, e.Code) && !slices.Contains(again, e.Code) {
				settle = append(settle, e.Code)
			}
		}
	}
	var errs content.Errors
	for _, do := range []struct {
		codes []string
		do    func(string, time.Time) error
	}{{again, box.Again}, {settle, box.Settle}, {*f.withdraw, withdraw}} {
		for _, code := range do.codes {
			code = strings.TrimSpace(code)
			if c, err := store.ParseCode(code); err == nil {
				code = c.String() // however it was typed
			}
			err := do.do(code, w.now)
			if errors.Is(err, mail.ErrNoDecision) || errors.Is(err, errNotWaiting) {
				errs = append(errs, &content.Error{Message: err.Error(), Hint: "the codes are said by: handout send " +
					quoted(f.Arg(0)) + " --dry-run"})
			} else if err != nil {
				return day.OutboxFault(f.Arg(0), err)
			}
		}
	}
	if errs != nil {
		return misused(errs)
	}
	return nil
}

// errNotWaiting is the answer to --withdraw where there is nothing to take back.
var errNotWaiting = errors.New("no message with this code is waiting to be sent")

// postman tells what becomes of the messages.
type postman struct {
	*world
	dir     string
	trouble bool
	round
}

// round is what became of all messages.
type round struct {
	Sent    int `json:"sent"`
	Failed  int `json:"failed"`
	Unknown int `json:"unknown"`
	Waiting int `json:"waiting"`
	Drafts  int `json:"drafts"` // that nobody has said to be sent
	// The last batch was stopped: what waits may be old, or of visits that were cancelled.
	Unfinished bool         `json:"unfinished,omitempty"`
	Messages   []sendResult `json:"messages"`
}

// sendResult is what became of one message.
type sendResult struct {
	Row   int    `json:"row"`
	Code  string `json:"code"`
	Fate  string `json:"fate"`
	Reply string `json:"reply,omitempty"`
}

// fates are the words for what becomes of a message, and what to do where that is
// not good: in a hint, the outbox and the code.
var fates = map[mail.Fate]struct{ word, said, hint string }{
	mail.Accepted: {word: "sent"},
	mail.Partly: {"partly", "was sent, but one of its addresses was refused for good",
		"the others got it; put the address right in the list for the next time"},
	mail.Refused: {"failed", "was refused for good",
		"if the address is wrong, put it right in the list and run handout batch --mail again; to try this one " +
			"again: handout send %[1]s --again %[2]s --smtp ..."},
	mail.Unread: {"failed", "is no longer a message: somebody changed the file",
		"write it again with handout batch --mail"},
	mail.PutOff: {"waiting", "was not taken yet", "it stays in the outbox: send again later"},
	mail.Draft: {"draft", "is a draft for a mail program, and nobody has said that it was sent",
		"once it is: handout send %[1]s --settle %[2]s, or --settle all; --again %[2]s sends it from here"},
	mail.Unknown: {"unknown", "may have been sent, or not: the line broke before the answer",
		"find out, and say so: handout send %[1]s --settle %[2]s if it arrived, --again %[2]s if not"},
}

func (p *postman) report(r mail.Result) {
	fate := fates[r.Fate]
	p.Messages = append(p.Messages, sendResult{r.Row, r.Code, fate.word, r.Reply})
	if fate.said == "" {
		p.line("row %d  %s  %s\n", r.Row, r.Code, fate.word)
		return
	}
	p.trouble = true
	reply := ""
	if r.Reply != "" {
		reply = ": the server answers " + r.Reply
	}
	hint := fate.hint
	if strings.Contains(hint, "%") {
		hint = fmt.Sprintf(hint, quoted(p.dir), r.Code)
	}
	p.fault(&content.Error{Hint: hint,
		Message: fmt.Sprintf("row %d: message %s %s%s", r.Row, r.Code, fate.said, reply)})
}

// line is a part of the answer that people are told as it happens.
func (p *postman) line(format string, args ...any) {
	if !p.program {
		fmt.Fprintf(p.out, format, args...)
	}
}

// send sends what is in the outbox, until all is done or Ctrl-C.
func (p *postman) send(f *sendFlags, box *mail.Outbox, server mail.Server) error {
	if len(box.List(mail.New)) > 0 {
		if err := p.unlock(f.login, &server); err != nil {
			return err
		}
	}
	ctx, stop := untilStopped()
	defer stop()
	began := time.Now()
	sender := mail.Sender{
		Server: server, Rate: *f.rate, Wait: *f.wait, Patience: *f.patience, Report: p.report,
		Clock: mail.Clock{
			Now: func() time.Time { return p.now.Add(time.Since(began)) },
			Sleep: func(ctx context.Context, d time.Duration) {
				select {
				case <-ctx.Done():
				case <-time.After(d):
				}
			},
			Chance: rand.Float64,
		},
	}
	err := sender.Send(ctx, box)
	var fault *mail.ServerError
	if errors.As(err, &fault) {
		return serverFault(&server, fault)
	}
	if err != nil {
		return day.OutboxFault(p.dir, err)
	}
	if ctx.Err() != nil {
		p.note("stopped; what is left stays in the outbox for the next time")
	}
	return nil
}

// serverFault names the server that cannot be worked with.
func serverFault(s *mail.Server, fault *mail.ServerError) error {
	return &press.FileError{Path: net.JoinHostPort(s.Host, strconv.Itoa(s.Port)), Message: fault.Message,
		Hint: fault.Hint}
}

// rehearse says what send would do.
func (p *postman) rehearse(box *mail.Outbox) error {
	for _, e := range box.Unknown() {
		p.report(mail.Result{Entry: e, Fate: box.Fate(e)})
	}
	for _, e := range box.List(mail.New) {
		size, err := box.Check(e)
		if errors.Is(err, mail.ErrNotMail) {
			p.report(mail.Result{Entry: e, Fate: mail.Unread})
			continue
		}
		if err != nil {
			return day.OutboxFault(p.dir, err)
		}
		p.Waiting++
		p.Messages = append(p.Messages, sendResult{Row: e.Row, Code: e.Code, Fate: "waiting"})
		p.line("row %d  %s  would be sent, %d kB\n", e.Row, e.Code, (size+999)/1000)
	}
	return nil
}

// draft writes the messages as files for a mail program.
func (p *postman) draft(box *mail.Outbox, dir string) error {
	for _, e := range box.Unknown() {
		p.report(mail.Result{Entry: e, Fate: box.Fate(e)})
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return press.FileFault(dir, err)
	}
	for _, e := range box.List(mail.New) {
		file := filepath.Join(dir, fmt.Sprintf("%06d-%s.eml", e.Row, e.Code))
		var failed error
		err := box.Draft(e, p.now, func(eml []byte) error {
			failed = store.WriteFile(file, eml)
			return failed
		})
		switch {
		case errors.Is(err, mail.ErrNotMail):
			p.report(mail.Result{Entry: e, Fate: mail.Unread})
			continue
		case failed != nil:
			return failed
		case err != nil:
			return day.OutboxFault(p.dir, err)
		}
		p.Messages = append(p.Messages, sendResult{Row: e.Row, Code: e.Code, Fate: "draft"})
		p.line("row %d  %s  %s\n", e.Row, e.Code, file)
	}
	if len(p.Messages) > 0 {
		p.note("send them from your mail program; then say so: handout send %s --settle all", quoted(p.dir))
	}
	return nil
}

// count counts the messages by what became of them.
func (p *postman) count() *round {
	for _, r := range p.Messages {
		switch r.Fate {
		case "sent", "partly":
			p.Sent++
		case "failed":
			p.Failed++
		case "unknown":
			p.Unknown++
		case "draft":
			p.Drafts++
		}
	}
	return &p.round
}

func (r *round) print(to io.Writer) error {
	drafts := ""
	if r.Drafts > 0 {
		drafts = fmt.Sprintf(", %d in drafts", r.Drafts)
	}
	_, err := fmt.Fprintf(to, "%d sent, %d failed, %d unknown, %d waiting%s\n", r.Sent, r.Failed, r.Unknown, r.Waiting,
		drafts)
	return err
}
