package mail

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"handout/output/mail/mailtest"
)

// later is a clock that does not wait: sleeping moves its hands.
type later struct {
	now   time.Time
	slept []time.Duration
	stop  func() // called at every sleep, if not nil
}

func (l *later) clock() Clock {
	return Clock{
		Now: func() time.Time { return l.now },
		Sleep: func(_ context.Context, d time.Duration) {
			l.now = l.now.Add(d)
			l.slept = append(l.slept, d)
			if l.stop != nil {
				l.stop()
			}
		},
		Chance: func() float64 { return 0.5 },
	}
}

// codes of the messages in tests, by row.
var codes = []string{"AAAAA", "BBBBB", "CCCCC", "DDDDD", "EEEEE"}

// letterFor is the message of a row.
func letterFor(t *testing.T, b *Outbox, row int) []byte {
	t.Helper()
	m := example()
	m.Code = codes[row-1]
	m.ID = b.ID(m.Code)
	m.To.Name, m.To.Address, m.Also = fmt.Sprintf("Quill %d", row), fmt.Sprintf("quill%d@example.org", row), nil
	m.PDF = []byte(fmt.Sprintf("%%PDF-1.7 for row %d\n%%%%EOF\n", row))
	eml, err := Compose(m)
	if err != nil {
		t.Fatal(err)
	}
	return eml
}

// outbox is a new outbox with the first n messages.
func outbox(t *testing.T, n int) *Outbox {
	t.Helper()
	b, err := Create(filepath.Join(t.TempDir(), "outbox"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	for row := 1; row <= n; row++ {
		if added, err := b.Add(row, codes[row-1], letterFor(t, b, row)); err != nil || !added {
			t.Fatal(added, err)
		}
	}
	if err := b.Sync(); err != nil {
		t.Fatal(err)
	}
	return b
}

// server is a running mail server.
func server(t *testing.T, mischief mailtest.Mischief) *mailtest.Server {
	t.Helper()
	s, err := mailtest.Start("tls", "", mischief)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// post sends what is in the outbox and writes down what became of it.
type post struct {
	sender  Sender
	time    later
	results string
}

func newPost(s *mailtest.Server) *post {
	p := &post{time: later{now: time.Date(2026, 11, 22, 18, 30, 0, 0, time.UTC)}}
	p.sender = Sender{
		Server: Server{Host: "127.0.0.1", Port: s.Port, Security: Implicit, Timeout: 5 * time.Second, Roots: s.Roots},
		Wait:   time.Minute, Patience: time.Hour,
		Report: func(r Result) {
			p.results += strings.TrimSpace(fmt.Sprint(r.Row, " ", fates[r.Fate], " ", r.Reply)) + "\n"
		},
	}
	return p
}

var fates = [...]string{Accepted: "accepted", Partly: "partly", Refused: "refused", Unread: "unread", PutOff: "put off", Unknown: "unknown"}

func (p *post) send(b *Outbox) error {
	p.sender.Clock = p.time.clock()
	return p.sender.Send(context.Background(), b)
}

// where lists what stands in the outbox's folders, as "new:1,2 sent:3".
func where(t *testing.T, b *Outbox) string {
	t.Helper()
	var list []string
	for _, s := range folders {
		files, err := os.ReadDir(filepath.Join(b.root.Name(), string(s)))
		if err != nil {
			t.Fatal(err)
		}
		var rows []string
		for _, f := range files {
			rows = append(rows, strings.TrimLeft(f.Name()[:6], "0"))
		}
		if rows != nil {
			list = append(list, string(s)+":"+strings.Join(rows, ","))
		}
	}
	return strings.Join(list, " ")
}

// TestSend has everything go well: each message once, over one connection.
func TestSend(t *testing.T) {
	s, b := server(t, nil), outbox(t, 5)
	p := newPost(s)
	p.sender.Rate = 30
	if err := p.send(b); err != nil {
		t.Fatal(err)
	}
	if want := "1 accepted 250\n2 accepted 250\n3 accepted 250\n4 accepted 250\n5 accepted 250\n"; p.results != want {
		t.Errorf("results:\n%s", p.results)
	}
	if got := where(t, b); got != "sent:1,2,3,4,5" {
		t.Error(got)
	}
	if s.Connections() != 1 {
		t.Errorf("%d connections", s.Connections())
	}
	for i, m := range s.Mails() {
		o := open(t, m.Data)
		if to := fmt.Sprintf("quill%d@example.org", i+1); len(m.To) != 1 || m.To[0] != to || m.From != "hello@knee.example" {
			t.Errorf("message %d went from %s to %v", i, m.From, m.To)
		}
		if want := fmt.Sprintf("%%PDF-1.7 for row %d\n%%%%EOF\n", i+1); string(o.pdf) != want {
			t.Errorf("message %d has the attachment %q", i, o.pdf)
		}
	}
	for _, d := range p.time.slept {
		if d != 2*time.Second {
			t.Errorf("at 30 a minute it slept %v", p.time.slept)
		}
	}
	log, err := os.ReadFile(filepath.Join(b.root.Name(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	if form := regexp.MustCompile(`^(2026-11-22T18:30:\d\dZ \d [A-E]{5} (sending|offered|sent 250)\n){15}$`); !form.Match(log) {
		t.Errorf("the log:\n%s", log)
	}
	// A second run has nothing to do, and does not even call.
	if err := p.send(b); err != nil || s.Connections() != 1 {
		t.Errorf("%v, %d connections", err, s.Connections())
	}
}

// nth gives an answer at the nth time of a stage.
func nth(stage string, n int, answer string) mailtest.Mischief {
	var seen atomic.Int64 // of all connections together
	return func(at, _ string) string {
		if at == stage && seen.Add(1) == int64(n) {
			return answer
		}
		return ""
	}
}

// TestMischief has servers misbehave at every stage, with three messages.
func TestMischief(t *testing.T) {
	all := "1 accepted 250\n2 accepted 250\n3 accepted 250\n"
	putOffOnce := "1 accepted 250\n3 accepted 250\n2 accepted 250\n"
	for _, x := range []struct {
		name     string
		mischief mailtest.Mischief
		results  string
		where    string
		taken    string // rows the server has, in order
		fault    string
	}{
		{"dropped at MAIL", nth("mail", 2, mailtest.Drop), putOffOnce, "sent:1,2,3", "132", ""},
		{"dropped at RCPT", nth("rcpt", 2, mailtest.Drop), putOffOnce, "sent:1,2,3", "132", ""},
		{"dropped at DATA", nth("data", 2, mailtest.Drop), putOffOnce, "sent:1,2,3", "132", ""},
		{"dropped at the first MAIL", nth("mail", 1, mailtest.Drop), "2 accepted 250\n3 accepted 250\n1 accepted 250\n", "sent:1,2,3", "231", ""},
		{"421 at MAIL", nth("mail", 2, "421 4.3.2 going down"), putOffOnce, "sent:1,2,3", "132", ""},
		{"451 at MAIL", nth("mail", 2, "451 4.7.1 later"), putOffOnce, "sent:1,2,3", "132", ""},
		{"451 at RCPT", nth("rcpt", 2, "451 4.7.1 later"), putOffOnce, "sent:1,2,3", "132", ""},
		{"451 at DATA", nth("data", 2, "451 4.7.1 later"), putOffOnce, "sent:1,2,3", "132", ""},
		{"452 at the end", nth("dot", 2, "452 4.3.1 full"), putOffOnce, "sent:1,2,3", "132", ""},
		{"nonsense at RCPT", nth("rcpt", 2, "what?"), putOffOnce, "sent:1,2,3", "132", ""},
		{"550 at MAIL", nth("mail", 2, "550 no"), "1 accepted 250\n", "new:2,3 sent:1", "1", "the server does not take mail from the clinic's address: it answers 550"},
		{"550 at RCPT", nth("rcpt", 2, "550 5.1.1 <quill2@example.org> unknown"), "1 accepted 250\n2 refused 550 5.1.1\n3 accepted 250\n", "sent:1,3 failed:2", "13", ""},
		{"554 at DATA", nth("data", 2, "554 no"), "1 accepted 250\n2 refused 554\n3 accepted 250\n", "sent:1,3 failed:2", "13", ""},
		{"554 at the end", nth("dot", 2, "554 5.6.0 spam"), "1 accepted 250\n2 refused 554 5.6.0\n3 accepted 250\n", "sent:1,3 failed:2", "13", ""},
		{"dropped at the end", nth("dot", 2, mailtest.Drop), "1 accepted 250\n2 unknown\n3 accepted 250\n", "sending:2 sent:1,3", "13", ""},
		{"dropped once it is kept", nth("kept", 2, mailtest.Drop), "1 accepted 250\n2 unknown\n3 accepted 250\n", "sending:2 sent:1,3", "123", ""},
		{"nonsense at the end", nth("dot", 2, "what?"), "1 accepted 250\n2 unknown\n3 accepted 250\n", "sending:2 sent:1,3", "13", ""},
		{"251 at the end", nth("kept", 2, "251 fine"), all, "sent:1,2,3", "123", ""},
		{"421 at connecting", nth("connect", 1, "421 4.3.2 later"), all, "sent:1,2,3", "123", ""},
		{"554 at connecting", nth("connect", 1, "554 go away"), "", "new:1,2,3", "", "the server accepts no connection now: it answers 554"},
		{"dropped at connecting", nth("connect", 1, mailtest.Drop), "", "new:1,2,3", "", "there is no connection to the server"},
		{"530 at MAIL", nth("mail", 1, "530 5.7.0 log in"), "", "new:1,2,3", "", "the server takes mail only from those who log in"},
	} {
		t.Run(x.name, func(t *testing.T) {
			s, b := server(t, x.mischief), outbox(t, 3)
			p := newPost(s)
			err := p.send(b)
			if x.fault == "" && err != nil || x.fault != "" && (err == nil || !strings.HasPrefix(err.Error(), x.fault) && !strings.HasSuffix(err.Error(), x.fault)) {
				t.Errorf("error: %v", err)
			}
			if p.results != x.results {
				t.Errorf("results:\n%swant\n%s", p.results, x.results)
			}
			if got := where(t, b); got != x.where {
				t.Errorf("it stands at %s, want %s", got, x.where)
			}
			taken := ""
			for _, m := range s.Mails() {
				taken += m.To[0][5:6]
			}
			if taken != x.taken {
				t.Errorf("the server has %s, want %s", taken, x.taken)
			}
			if log, _ := os.ReadFile(filepath.Join(b.root.Name(), "log")); strings.Contains(string(log), "@") || strings.Contains(string(log), "uill") {
				t.Errorf("the log has more than codes:\n%s", log)
			}
		})
	}
}

// TestHang: a server that says nothing any more is left, in time.
func TestHang(t *testing.T) {
	for stage, want := range map[string]string{
		"mail": "2 accepted 250\n1 accepted 250\n",
		"body": "1 unknown\n2 accepted 250\n", // the last line went out before anyone knew
		"dot":  "1 unknown\n2 accepted 250\n",
		"rset": "1 refused 550\n2 accepted 250\n",
	} {
		t.Run(stage, func(t *testing.T) {
			t.Parallel()
			hang, refuse := nth(stage, 1, mailtest.Hang), nth("rcpt", 1, "550 no")
			s, b := server(t, func(at, said string) string {
				if at == "rcpt" && stage == "rset" {
					return refuse(at, said)
				}
				return hang(at, said)
			}), outbox(t, 2)
			p := newPost(s)
			p.sender.Server.Timeout = 300 * time.Millisecond
			if err := p.send(b); err != nil || p.results != want {
				t.Errorf("%v\n%s", err, p.results)
			}
		})
	}
}

// TestSilence: after two messages without an answer no more are risked.
func TestSilence(t *testing.T) {
	s, b := server(t, func(stage, _ string) string {
		if stage == "kept" {
			return mailtest.Drop
		}
		return ""
	}), outbox(t, 5)
	p := newPost(s)
	var fault *ServerError
	if err := p.send(b); !errors.As(err, &fault) || p.results != "1 unknown\n2 unknown\n" {
		t.Errorf("%v\n%s", err, p.results)
	}
	if got := where(t, b); got != "new:3,4,5 sending:1,2" || len(s.Mails()) != 2 {
		t.Error(got, len(s.Mails()))
	}
}

// TestBackOff has a message put off for ever: the waits double, to a quarter of an
// hour at most, until the patience ends. The others are not held up.
func TestBackOff(t *testing.T) {
	s, b := server(t, func(stage, said string) string {
		if stage == "rcpt" && strings.Contains(said, "quill1@") {
			return "451 4.7.1 greylisted"
		}
		return ""
	}), outbox(t, 3)
	p := newPost(s)
	if err := p.send(b); err != nil {
		t.Fatal(err)
	}
	if want := "2 accepted 250\n3 accepted 250\n1 put off 451 4.7.1\n"; p.results != want {
		t.Errorf("results:\n%s", p.results)
	}
	if got := fmt.Sprint(p.time.slept); got != "[1m0s 2m0s 4m0s 8m0s 15m0s 15m0s 15m0s]" {
		t.Error(got)
	}
	if got := where(t, b); got != "new:1 sent:2,3" {
		t.Error(got)
	}
}

// TestSeveral has messages with three addresses, of which some are refused.
func TestSeveral(t *testing.T) {
	refuse := func(answers map[string]string) mailtest.Mischief {
		return func(stage, said string) string {
			for who, answer := range answers {
				if stage == "rcpt" && strings.Contains(said, who+"@") {
					return answer
				}
			}
			return ""
		}
	}
	for _, x := range []struct {
		name    string
		answers map[string]string
		results string
		taken   string
	}{
		{"all good", nil, "1 accepted 250", "a@x.example b@x.example c@x.example"},
		{"one refused", map[string]string{"b": "550 5.1.1 no"}, "1 partly 550 5.1.1", "a@x.example c@x.example"},
		{"all refused", map[string]string{"a": "550 no", "b": "550 no", "c": "551 no"}, "1 refused 551", ""},
		{"one put off", map[string]string{"b": "450 later"}, "1 put off 450", ""},
		{"one refused, one put off", map[string]string{"a": "550 no", "c": "450 later"}, "1 put off 450", ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			s, b := server(t, refuse(x.answers)), outbox(t, 0)
			m := example()
			m.To.Address, m.Also = "a@x.example", []string{"b@x.example", "c@x.example"}
			eml, err := Compose(m)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := b.Add(1, "AAAAA", eml); err != nil {
				t.Fatal(err)
			}
			p := newPost(s)
			p.sender.Patience = 0
			if err := p.send(b); err != nil || strings.TrimSpace(p.results) != x.results {
				t.Errorf("%v: %s", err, p.results)
			}
			var taken []string
			for _, m := range s.Mails() {
				taken = append(taken, m.To...)
			}
			if got := strings.Join(taken, " "); got != x.taken {
				t.Errorf("it went to %s", got)
			}
		})
	}
}

// TestStop: when the context ends, the message in hand is finished and the rest wait.
func TestStop(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s, b := server(t, func(stage, _ string) string {
		if stage == "body" {
			cancel()
		}
		return ""
	}), outbox(t, 3)
	p := newPost(s)
	p.sender.Clock = p.time.clock()
	if err := p.sender.Send(ctx, b); err != nil || p.results != "1 accepted 250\n" {
		t.Errorf("%v\n%s", err, p.results)
	}
	if got := where(t, b); got != "new:2,3 sent:1" {
		t.Error(got)
	}
}

// TestServers tries the ways to a server, and who may be trusted.
func TestServers(t *testing.T) {
	for _, x := range []struct {
		name     string
		security string
		server   Server
		fault    string
	}{
		{"TLS", "tls", Server{Security: Implicit}, ""},
		{"STARTTLS", "starttls", Server{Security: StartTLS}, ""},
		{"plain", "plain", Server{Security: Plain}, ""},
		{"TLS and a password", "tls", Server{Security: Implicit, User: "clinic", Password: "Quill"}, ""},
		{"STARTTLS and a password", "starttls", Server{Security: StartTLS, User: "clinic", Password: "Quill"}, ""},
		{"plain and a password", "plain", Server{Security: Plain, User: "clinic", Password: "Quill"}, ""},
		{"a wrong password", "tls", Server{Security: Implicit, User: "clinic", Password: "feather"}, "the server does not take this user and password"},
		{"no password", "tls", Server{Security: Implicit, Password: "Quill"}, "the server takes mail only from those who log in"},
		{"STARTTLS not offered", "plain", Server{Security: StartTLS}, "the server hung up, or does not offer STARTTLS"},
		{"TLS to a plain server", "plain", Server{Security: Implicit}, "the server does not speak TLS here"},
		{"a stranger's certificate", "tls", Server{Security: Implicit, Host: "localhost"}, "the server's certificate does not prove who it is"},
		{"a stranger's certificate after STARTTLS", "starttls", Server{Security: StartTLS, Host: "localhost"}, "the server's certificate does not prove who it is"},
		{"nobody there", "none", Server{Security: Implicit}, "there is no connection to the server"},
	} {
		t.Run(x.name, func(t *testing.T) {
			password := ""
			if x.server.Password != "" {
				password = "Quill"
			}
			s, err := mailtest.Start(x.security, password, nil)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(s.Close)
			if x.security == "none" {
				s.Close()
			}
			b := outbox(t, 2)
			p := newPost(s)
			x.server.Port, x.server.Timeout, x.server.Roots = s.Port, 2*time.Second, s.Roots
			if x.server.Host == "" {
				x.server.Host = "127.0.0.1"
			}
			p.sender.Server = x.server
			err = p.send(b)
			if x.fault == "" && (err != nil || len(s.Mails()) != 2) {
				t.Errorf("%v, %d messages", err, len(s.Mails()))
			}
			if x.fault != "" {
				var fault *ServerError
				if !errors.As(err, &fault) || fault.Message != x.fault {
					t.Errorf("%v (%v)", err, errors.Unwrap(fault))
				}
				if got := where(t, b); got != "new:1,2" {
					t.Error(got)
				}
			}
		})
	}
}

// TestNotMail: what is no message is not sent, and holds up nobody.
func TestNotMail(t *testing.T) {
	s, b := server(t, nil), outbox(t, 2)
	for row, text := range map[int]string{3: "", 4: "To: a@example.org\r\n\r\nx", 5: "From: a@example.org\r\nTo: <b@example.org>, nobody\r\n\r\nx"} {
		if _, err := b.Add(row, codes[row-1], []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	p := newPost(s)
	if err := p.send(b); err != nil || p.results != "1 accepted 250\n2 accepted 250\n3 unread\n4 unread\n5 unread\n" {
		t.Errorf("%v\n%s", err, p.results)
	}
	if got := where(t, b); got != "sent:1,2 failed:3,4,5" {
		t.Error(got)
	}
}
