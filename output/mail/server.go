package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net"
	"net/textproto"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Security is how the way to the server is kept from others' eyes.
type Security uint8

const (
	Implicit Security = iota // TLS from the first byte (RFC 8314), usually on port 465
	StartTLS                 // TLS before anything is said (RFC 3207), usually on port 587
	Plain                    // none: for a server on the same computer
)

// Server is the mail server that takes the messages, and how it is spoken to.
type Server struct {
	Host     string
	Port     int // 1 to 65535
	Security Security
	User     string // empty for a server that wants no password
	Password string
	// Token lets the User in without a password (XOAUTH2), as Microsoft 365 and Google want it; nil: the Password does.
	// It is asked for at each connection, for tokens end within the hour. Its errors are of type *ServerError.
	Token   func(context.Context) (string, error)
	Timeout time.Duration  // for each answer; five times as long for the last, fifteen times for a whole message
	Roots   *x509.CertPool // who vouches for the server; nil for the system's
}

// maxSlow is how many times the Timeout a message may take on its way.
const maxSlow = 15

// ServerError is why a server cannot be worked with at all. The messages it was not
// asked about, or refused for no fault of theirs, are in new.
type ServerError struct {
	Message string
	Hint    string // may be empty
	Err     error  // not to be shown: servers repeat what they are told
}

func (e *ServerError) Error() string { return e.Message }
func (e *ServerError) Unwrap() error { return e.Err }

// dial opens a connection that is ready to take a message.
func (s *Server) dial(ctx context.Context) (*line, error) {
	config := &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12, RootCAs: s.Roots}
	var conn *limited
	options := []gomail.Option{
		gomail.WithPort(s.Port), gomail.WithTimeout(s.Timeout),
		// The name of this computer is nobody's business; others say the same.
		gomail.WithHELO("[127.0.0.1]"),
		gomail.WithoutSMTPUTF8(),
		gomail.WithTLSConfig(config),
		gomail.WithDialContextFunc(func(ctx context.Context, network, address string) (_ net.Conn, err error) {
			var c net.Conn
			conn, c, err = s.connect(ctx, network, address, config)
			return c, err
		}),
	}
	switch s.Security {
	case Implicit:
		options = append(options, gomail.WithSSL())
	case StartTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	switch {
	case s.User == "":
	case s.Token != nil:
		token, err := s.Token(ctx)
		if err == nil {
			err = usable(token, time.Now())
		}
		if err != nil {
			return nil, err
		}
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthXOAUTH2), gomail.WithUsername(s.User),
			gomail.WithPassword(token))
	default:
		how := gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256PLUS, gomail.SMTPAuthSCRAMSHA256,
			gomail.SMTPAuthSCRAMSHA1PLUS,
			gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthCramMD5, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin)
		if s.Security == Plain {
			how = gomail.WithSMTPAuth(gomail.SMTPAuthPlain) // the library allows it to loopback alone
		}
		options = append(options, how, gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	client, err := gomail.NewClient(s.Host, options...)
	if err != nil {
		return nil, &ServerError{Message: "this cannot be a mail server", Err: err}
	}
	c, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		if conn != nil {
			conn.Close()
		}
		return nil, s.explain(err)
	}
	return &line{c, conn}, nil
}

// refused tells the answers to who may not come in (RFC 4954, 6).
func refused(r reply) bool {
	return r.code == 535 || r.code == 534 || r.code == 538 || r.code == 530 && strings.HasPrefix(r.enhanced, "5.7")
}

// usable tells a token that cannot be sent, or has ended: those of Microsoft say when (RFC 7519), and a server would
// only say no.
func usable(token string, now time.Time) error {
	if token == "" || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return &ServerError{Message: "this is not a token: a token is one word of letters and digits",
			Hint: "if the program prints more, keep the word alone, or have it print JSON with access_token"}
	}
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil
	}
	var claims struct {
		Until float64 `json:"exp"`
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || json.Unmarshal(text, &claims) != nil || claims.Until <= 0 || claims.Until > 1e11 {
		return nil // the server may know what it is
	}
	if until := time.Unix(int64(claims.Until), 0); now.After(until) {
		return &ServerError{
			Message: "the token has expired: it was valid until " + until.UTC().Format("2006-01-02 15:04 UTC"),
			Hint:    "get a new one; --smtp-token-command does so each time"}
	}
	return nil
}

// Reach logs in to the server and leaves it, with nothing sent. Errors are of type *ServerError.
func (s *Server) Reach(ctx context.Context) error {
	l, err := s.dial(ctx)
	if err != nil {
		return err
	}
	_ = l.Quit() // it let us in, whatever it says now
	return nil
}

// explain puts into words why there is no connection.
func (s *Server) explain(err error) *ServerError {
	e := &ServerError{Err: err}
	var (
		certificate *tls.CertificateVerificationError
		handshake   tls.RecordHeaderError
		name        *net.DNSError
		timeout     net.Error
		reply       = replyOf(err)
	)
	switch {
	case errors.As(err, &certificate):
		e.Message = "the server's certificate does not prove who it is"
		e.Hint = "is this the name its provider gives? a clinic's own authority goes into SSL_CERT_FILE"
	case errors.As(err, &handshake):
		e.Message = "the server does not speak TLS here"
		e.Hint = "try smtp://, which begins TLS with STARTTLS, usually on port 587"
	case errors.As(err, &name):
		e.Message = "there is no server of this name, or it cannot be reached"
		e.Hint = "is the computer online, and the name spelt right"
	case s.Token != nil && refused(reply):
		e.Message = "the server does not take this user and token"
		e.Hint = "it may have ended, be another mailbox's, or not be for sending: Microsoft 365 needs the scope " +
			"https://outlook.office.com/SMTP.Send, Google https://mail.google.com/"
	case refused(reply):
		e.Message = "the server does not take this user and password"
		e.Hint = "some providers need a password made for one program (an app password), Microsoft 365 and Google a " +
			"token: --smtp-token-command, or --smtp-token-file"
	case errors.Is(err, gomail.ErrXOauth2AuthNotSupported):
		e.Message = "the server takes no tokens (XOAUTH2)"
		e.Hint = "give it a password, without --smtp-token-command and --smtp-token-file"
	case errors.Is(err, errEndless):
		e.Message = "the server's answer has no end"
		e.Hint = "is the port right? smtps:// is usually 465, smtp:// 587"
	case errors.Is(err, gomail.ErrNoSupportedAuthDiscovered), errors.Is(err, gomail.ErrPlainAuthNotSupported):
		e.Message = "the server offers no way to log in that keeps the password safe"
	case reply.code != 0:
		e.Message = "the server accepts no connection now: it answers " + reply.String()
	case errors.As(err, &timeout) && timeout.Timeout():
		e.Message = "the server does not answer"
		e.Hint = "is the port right? smtps:// is usually 465, smtp:// 587"
	case s.Security == StartTLS && !errors.As(err, new(*net.OpError)):
		e.Message = "the server hung up, or does not offer STARTTLS"
		e.Hint = "try smtps://, usually on port 465; patients' mail is not sent in the open"
	default:
		e.Message = "there is no connection to the server"
		e.Hint = "is the port right? smtps:// is usually 465, smtp:// 587"
	}
	return e
}

// reply is a server's answer: its code, and the enhanced one (RFC 3463) if it gave
// one. Its words are not kept.
type reply struct {
	code     int
	enhanced string
}

func (r reply) String() string {
	switch {
	case r.code == 0:
		return ""
	case r.enhanced == "":
		return strconv.Itoa(r.code)
	}
	return strconv.Itoa(r.code) + " " + r.enhanced
}

func (r reply) temporary() bool { return r.code >= 400 && r.code < 500 }
func (r reply) final() bool     { return r.code >= 500 && r.code < 600 }

var enhancedForm = regexp.MustCompile(`^[245]\.[0-9]{1,3}\.[0-9]{1,3}\b`)

// replyOf is the server's answer in an error; its code is 0 if there was none.
func replyOf(err error) reply {
	var e *textproto.Error
	if !errors.As(err, &e) {
		return reply{}
	}
	return reply{e.Code, enhancedForm.FindString(e.Msg)}
}

// transaction hands one message over (RFC 5321, 3.3). offer is called when all but
// its last line has gone out; if it fails, the message is not sent.
//
// refused is the answer to each address that was refused where others were not. The
// error tells the rest: nil after 250; an *unanswered if the last line has gone out
// and nothing came back; else the message has not been taken.
func (s *Server) transaction(c *line, eml []byte, offer func() error) (refused []reply, err error) {
	env, ok := readEnvelope(eml)
	if !ok {
		return nil, ErrNotMail
	}
	if ok, size := c.Extension("SIZE"); ok {
		if most, err := strconv.Atoi(size); err == nil && most > 0 && most < len(eml) {
			return nil, &textproto.Error{Code: 552, Msg: "5.3.4"} // as the server would (RFC 1870)
		}
	}
	if err := s.ask(c, func() error { return c.Mail("<" + env.from + ">") }); err != nil {
		return nil, &unwelcome{err}
	}
	refused, err = s.recipients(c, env.to)
	if err != nil {
		return nil, err
	}
	var body interface {
		Write([]byte) (int, error)
		Close() error
	}
	if err := s.ask(c, func() (err error) { body, err = c.Data(); return err }); err != nil {
		return nil, err
	}
	// The deadline is for every piece, for lines may be slow; but not for ever.
	for rest, began := eml, time.Now(); len(rest) > 0; {
		if time.Since(began) > maxSlow*s.Timeout {
			return nil, os.ErrDeadlineExceeded
		}
		n := min(len(rest), 64<<10)
		if err := s.ask(c, func() error { _, err := body.Write(rest[:n]); return err }); err != nil {
			return nil, err
		}
		rest = rest[n:]
	}
	if err := offer(); err != nil {
		return nil, &unoffered{err}
	}
	c.conn.left.Store(maxAnswer)
	if err := c.UpdateDeadline(5 * s.Timeout); err != nil {
		return nil, &unoffered{err}
	}
	err = body.Close()
	switch r := replyOf(err); {
	case err == nil, r.code >= 200 && r.code < 300:
		return refused, nil
	case r.temporary(), r.final():
		return nil, err
	}
	return nil, &unanswered{err}
}

// unanswered is a message whose fate is not known.
type unanswered struct{ error }

// unoffered is a message that was held back at the last moment, because that it
// goes out could not be noted. The connection is of no more use.
type unoffered struct{ error }

// recipients tells the server who the message is for. If one address is put off, so
// is the message: sent now, it would have to be sent to the others twice. If some
// are refused for good the others get theirs.
func (s *Server) recipients(c *line, to []string) (refused []reply, err error) {
	for _, a := range to {
		err := s.ask(c, func() error { return c.Rcpt("<" + a + ">") })
		r := replyOf(err)
		switch {
		case err == nil:
		case r.final():
			refused = append(refused, r)
			if len(refused) == len(to) {
				return nil, err
			}
		default:
			return nil, err
		}
	}
	return refused, nil
}

// ask gives the server time to answer one question.
func (s *Server) ask(c *line, question func() error) error {
	c.conn.left.Store(maxAnswer)
	if err := c.UpdateDeadline(s.Timeout); err != nil {
		return err
	}
	return question()
}
