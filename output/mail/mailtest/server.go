// Package mailtest is a mail server for tests: real sockets, real SMTP, and any
// mischief a test asks for.
package mailtest

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"time"
)

// Mail is a message the server has taken.
type Mail struct {
	From string
	To   []string
	Data []byte // as it came, dots unstuffed
}

// Mischief answers in the server's place. It is asked at every stage of every
// connection: "connect", "ehlo", "starttls", "auth", "mail", "rcpt", "data", "body"
// (the message is on its way), "dot" (it has come), "kept" (and is recorded),
// "quit". Said is the command as it came. It returns "" for what is right, Drop, Hang,
// EndlessLine, EndlessAnswer, Drip, or a reply such as "451 4.7.1 later".
type Mischief func(stage, said string) string

const (
	Drop = "drop" // the connection is closed
	Hang = "hang" // nothing is said any more

	EndlessLine   = "endless line"   // a line is begun, and never ended
	EndlessAnswer = "endless answer" // there is always one more line
	Drip          = "drip"           // a letter now and then, and never a whole line
)

// Server is a running server on loopback.
type Server struct {
	Port  int
	Roots *x509.CertPool // who vouches for its certificate
	Root  []byte         // the same, as a file of certificates in DER

	mischief Mischief
	security string
	password string
	listener net.Listener
	config   *tls.Config

	mu    sync.Mutex
	mails []Mail
	conns map[net.Conn]bool
	gone  *sync.Cond // told when one of them ended
	seen  int
}

// Start runs a server until Close. Security is "tls", "starttls" or "plain"; with a
// password nobody sends without it. A nil mischief is none.
func Start(security, password string, mischief Mischief) (*Server, error) {
	if mischief == nil {
		mischief = func(string, string) string { return "" }
	}
	s := &Server{mischief: mischief, security: security, password: password, conns: map[net.Conn]bool{}}
	s.gone = sync.NewCond(&s.mu)
	if err := s.certify(); err != nil {
		return nil, err
	}
	var err error
	if s.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	s.Port = s.listener.Addr().(*net.TCPAddr).Port
	go s.accept()
	return s, nil
}

// Close ends the server and all its connections.
func (s *Server) Close() {
	s.listener.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		c.Close()
	}
}

// Mails are the messages taken so far.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.mails...)
}

// Connections is how many there have been.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seen
}

// Wait returns when no connection is open any more: what a client said with its last
// breath has been heard.
func (s *Server) Wait() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.conns) > 0 {
		s.gone.Wait()
	}
}

// certify makes a certificate for 127.0.0.1 that vouches for itself.
func (s *Server) certify() error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	form := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mailtest"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	if s.Root, err = x509.CreateCertificate(rand.Reader, form, form, key.Public(), key); err != nil {
		return err
	}
	leaf, err := x509.ParseCertificate(s.Root)
	if err != nil {
		return err
	}
	s.Roots = x509.NewCertPool()
	s.Roots.AddCert(leaf)
	s.config = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{s.Root}, PrivateKey: key}}}
	return nil
}

func (s *Server) accept() {
	for {
		c, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.conns[c] = true
		s.seen++
		s.mu.Unlock()
		go func() {
			defer func() {
				c.Close()
				s.mu.Lock()
				delete(s.conns, c)
				s.gone.Broadcast()
				s.mu.Unlock()
			}()
			t := &talk{Server: s, conn: c, user: s.password == ""}
			if s.security == "tls" {
				t.conn = tls.Server(c, s.config)
			}
			t.in = bufio.NewReader(t.conn)
			t.run()
		}()
	}
}

// talk is one connection.
type talk struct {
	*Server
	conn net.Conn
	in   *bufio.Reader
	safe bool // STARTTLS is done
	user bool // AUTH is done, or not wanted
	mail Mail
}

// say lets the mischief speak first, and then the server. It tells whether what is
// right was said, and whether the connection goes on.
func (t *talk) say(stage, said, right string) (done, goes bool) {
	answer := t.mischief(stage, said)
	switch answer {
	case Drop:
		return false, false
	case Hang:
		_, _ = io.Copy(io.Discard, t.conn) // until the other side has had enough
		return false, false
	case Drip:
		for {
			if _, err := io.WriteString(t.conn, "2"); err != nil {
				return false, false
			}
			time.Sleep(20 * time.Millisecond)
		}
	case EndlessLine, EndlessAnswer:
		piece := strings.Repeat("x", 32<<10)
		if answer == EndlessAnswer {
			piece = "250-" + piece + "\r\n"
		}
		for {
			if _, err := io.WriteString(t.conn, piece); err != nil {
				return false, false
			}
		}
	case "":
		if right == "" {
			return true, true
		}
		_, err := fmt.Fprintf(t.conn, "%s\r\n", right)
		return true, err == nil
	}
	_, err := fmt.Fprintf(t.conn, "%s\r\n", answer)
	return false, err == nil && !strings.HasPrefix(answer, "421")
}

func (t *talk) run() {
	_, goes := t.say("connect", "", "220 mailtest")
	for goes {
		line, err := t.in.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		verb, rest, _ := strings.Cut(line, " ")
		switch verb = strings.ToUpper(verb); verb {
		case "EHLO", "HELO":
			_, goes = t.say("ehlo", line, t.abilities())
		case "STARTTLS":
			var done bool
			if done, goes = t.say("starttls", line, "220 go on"); done {
				t.conn, t.safe = tls.Server(t.conn, t.config), true
				t.in = bufio.NewReader(t.conn)
			}
		case "AUTH":
			_, goes = t.say("auth", line, t.login(rest))
		case "MAIL":
			right := "250 2.1.0 fine"
			if !t.user {
				right = "530 5.7.0 log in"
			}
			var done bool
			if done, goes = t.say("mail", line, right); done {
				t.mail = Mail{From: inBrackets(line)}
			}
		case "RCPT":
			var done bool
			if done, goes = t.say("rcpt", line, "250 2.1.5 fine"); done {
				t.mail.To = append(t.mail.To, inBrackets(line))
			}
		case "DATA":
			var done bool
			if done, goes = t.say("data", line, "354 go on"); done {
				goes = t.data()
			}
		case "RSET", "NOOP":
			_, goes = t.say("rset", line, "250 2.0.0 fine")
		case "QUIT":
			t.say("quit", line, "221 2.0.0 goodbye")
			return
		default:
			_, goes = t.say("other", line, "502 5.5.1 what")
		}
	}
}

func (t *talk) abilities() string {
	list := "250-mailtest\r\n250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250-SIZE 26000000\r\n"
	if t.security == "starttls" && !t.safe {
		list += "250-STARTTLS\r\n"
	} else if t.password != "" {
		list += "250-AUTH PLAIN XOAUTH2\r\n"
	}
	return list + "250 PIPELINING"
}

func (t *talk) login(rest string) string {
	how, secret, _ := strings.Cut(rest, " ")
	plain, _ := base64.StdEncoding.DecodeString(secret)
	if strings.EqualFold(how, "XOAUTH2") {
		// As Google has it: what is wrong is a challenge in JSON, whose answer is empty, and then the refusal.
		user, token, _ := strings.Cut(strings.TrimSuffix(string(plain), "\x01\x01"), "\x01auth=Bearer ")
		if strings.HasPrefix(user, "user=") && token == t.password {
			t.user = true
			return "235 2.7.0 welcome"
		}
		wrong := base64.StdEncoding.EncodeToString([]byte(`{"status":"400","schemes":"Bearer"}`))
		if _, err := fmt.Fprintf(t.conn, "334 %s\r\n", wrong); err == nil {
			_, _ = t.in.ReadString('\n')
		}
		return "535 5.7.8 no " + token // servers repeat what they are told
	}
	if parts := strings.Split(string(plain), "\x00"); len(parts) == 3 && parts[2] == t.password {
		t.user = true
		return "235 2.7.0 welcome"
	}
	return "535 5.7.8 no"
}

func (t *talk) data() (goes bool) {
	if done, _ := t.say("body", "", ""); !done {
		return false
	}
	var err error
	if t.mail.Data, err = textproto.NewReader(t.in).ReadDotBytes(); err != nil {
		return false // a message without its last line is none (RFC 5321, 4.1.1.4)
	}
	if done, goes := t.say("dot", "", ""); !done {
		return goes
	}
	t.mu.Lock()
	t.mails = append(t.mails, t.mail)
	t.mu.Unlock()
	_, goes = t.say("kept", "", "250 2.0.0 taken")
	return goes
}

func inBrackets(s string) string {
	_, s, _ = strings.Cut(s, "<")
	s, _, _ = strings.Cut(s, ">")
	return s
}
