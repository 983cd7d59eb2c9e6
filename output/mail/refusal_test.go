package mail

import (
	"errors"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"handout/output/mail/mailtest"
)

// from gives an answer at a stage from the nth time on, for ever.
func from(stage string, n int, answer string) mailtest.Mischief {
	var seen atomic.Int64
	return func(at, _ string) string {
		if at == stage && seen.Add(1) >= int64(n) {
			return answer
		}
		return ""
	}
}

// TestGeneral: what would meet everybody ends the round, and no message fails for it.
// What is about one person fails that message alone.
func TestGeneral(t *testing.T) {
	two := "1 accepted 250\n2 accepted 250\n"
	for _, x := range []struct {
		name     string
		mischief mailtest.Mischief
		results  string
		where    string
		fault    string // its beginning; empty for none
	}{
		{"the sender", from("mail", 1, "550 5.7.60 not as this sender"), "", "new:1,2,3,4,5", "the server does not take mail from the clinic's address: it answers 550 5.7.60"},
		{"the sender, without a code", from("mail", 1, "553 no"), "", "new:1,2,3,4,5", "the server does not take mail from the clinic's address: it answers 553"},
		{"the sender, at RCPT", from("rcpt", 1, "550 5.1.8 domain not found"), "", "new:1,2,3,4,5", "the server does not take mail from the clinic's address"},
		{"the sender, at the end", from("dot", 1, "554 5.2.252 SendAsDenied"), "", "new:1,2,3,4,5", "the server does not take mail from the clinic's address"},
		{"a login", from("mail", 3, "530 5.7.0 log in"), two, "new:3,4,5 sent:1,2", "the server takes mail only from those who log in"},
		{"a quota at MAIL", from("mail", 3, "550 5.4.5 Daily user sending limit exceeded"), two, "new:3,4,5 sent:1,2", "the server takes no more mail for now"},
		{"a quota at RCPT", from("rcpt", 3, "550 5.4.5 quota"), two, "new:3,4,5 sent:1,2", "the server takes no more mail for now"},
		{"a quota at DATA", from("data", 3, "550 5.4.5 quota"), two, "new:3,4,5 sent:1,2", "the server takes no more mail for now"},
		{"a quota at the end", from("dot", 3, "550-5.4.5 Daily\r\n550 5.4.5 limit"), two, "new:3,4,5 sent:1,2", "the server takes no more mail for now"},
		{"a relay", from("rcpt", 1, "554 5.7.1 Relay access denied"), "", "new:1,2,3,4,5", "the server does not pass this mail on, by rules of its own: it answers 554 5.7.1"},
		{"spam", from("dot", 1, "554 5.7.1 spam"), "", "new:1,2,3,4,5", "the server does not pass this mail on"},
		{"a full system", from("rcpt", 1, "552 5.3.1 full"), "", "new:1,2,3,4,5", "the server cannot take mail now"},
		{"all are refused", from("rcpt", 1, "550 no"), "", "new:1,2,3,4,5", "the server refuses one message after another: it answers 550"},
		{"all are refused at the end", from("dot", 3, "554 5.6.0 no"), two, "new:3,4,5 sent:1,2", "the server refuses one message after another: it answers 554 5.6.0"},
		{"all are too large", from("rcpt", 1, "552 5.3.4 too large"), "", "new:1,2,3,4,5", "the server takes no message as large as some of these"},
		{"one is too large", nth("dot", 2, "552 5.3.4 too large"), "1 accepted 250\n2 put off 552 5.3.4\n3 accepted 250\n4 accepted 250\n5 accepted 250\n",
			"new:2 sent:1,3,4,5", "the server takes no message as large as some of these"},
		{"two are unknown", func(stage, said string) string {
			if stage == "rcpt" && (strings.Contains(said, "quill2") || strings.Contains(said, "quill3")) {
				return "550 5.1.1 unknown"
			}
			return ""
		}, "1 accepted 250\n2 refused 550 5.1.1\n3 refused 550 5.1.1\n4 accepted 250\n5 accepted 250\n", "sent:1,4,5 failed:2,3", ""},
		{"the last two are unknown", from("rcpt", 4, "550 5.1.1 unknown"), "1 accepted 250\n2 accepted 250\n3 accepted 250\n4 refused 550 5.1.1\n5 refused 550 5.1.1\n",
			"sent:1,2,3 failed:4,5", ""},
		{"a full mailbox", nth("rcpt", 2, "552 5.2.2 mailbox full"), "1 accepted 250\n2 refused 552 5.2.2\n3 accepted 250\n4 accepted 250\n5 accepted 250\n", "sent:1,3,4,5 failed:2", ""},
		{"each otherwise", func(stage, said string) string {
			if stage == "rcpt" {
				return map[bool]string{true: "550 5.1.1 unknown", false: "550 5.2.1 disabled"}[strings.ContainsAny(said, "135")]
			}
			return ""
		}, "1 refused 550 5.1.1\n2 refused 550 5.2.1\n3 refused 550 5.1.1\n4 refused 550 5.2.1\n5 refused 550 5.1.1\n", "failed:1,2,3,4,5", ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			s, b := server(t, x.mischief), outbox(t, 5)
			p := newPost(s)
			err := p.send(b)
			var fault *ServerError
			if x.fault == "" && err != nil || x.fault != "" && (!errors.As(err, &fault) || !strings.HasPrefix(fault.Message, x.fault) || fault.Hint == "") {
				t.Errorf("error: %v", err)
			}
			if p.results != x.results {
				t.Errorf("results:\n%swant\n%s", p.results, x.results)
			}
			if got := where(t, b); got != x.where {
				t.Errorf("it stands at %s, want %s", got, x.where)
			}
			if b = reopen(t, b); where(t, b) != x.where {
				t.Errorf("opened again it stands at %s", where(t, b))
			}
		})
	}
}

// TestHeldLast: a message that ended a round is tried last, so that it holds up nobody.
func TestHeldLast(t *testing.T) {
	s, b := server(t, func(stage, said string) string {
		if stage == "rcpt" && strings.Contains(said, "quill2@") {
			return "550 5.7.1 only from friends"
		}
		return ""
	}), outbox(t, 5)
	p := newPost(s)
	if err := p.send(b); err == nil || where(t, b) != "new:2,3,4,5 sent:1" {
		t.Error(err, where(t, b))
	}
	b, p.results = reopen(t, b), ""
	if err := p.send(b); err == nil || p.results != "3 accepted 250\n4 accepted 250\n5 accepted 250\n" || where(t, b) != "new:2 sent:1,3,4,5" {
		t.Errorf("%v, %s:\n%s", err, where(t, b), p.results)
	}
}

// TestSize: what the server says it does not take is not even offered.
func TestSize(t *testing.T) {
	s, b := server(t, func(stage, _ string) string {
		switch stage {
		case "ehlo":
			return "250-mailtest\r\n250 SIZE 1000"
		case "mail":
			t.Error("a message was offered")
		}
		return ""
	}), outbox(t, 5)
	p := newPost(s)
	var fault *ServerError
	if err := p.send(b); !errors.As(err, &fault) || !strings.HasPrefix(fault.Message, "the server takes no message as large") || where(t, b) != "new:1,2,3,4,5" {
		t.Error(err, where(t, b))
	}
}

// TestDrip: a server that gives a letter at a time has no more time for it.
func TestDrip(t *testing.T) {
	for stage, fails := range map[string]bool{"connect": true, "ehlo": true, "rcpt": false, "kept": false} {
		t.Run(stage, func(t *testing.T) {
			t.Parallel()
			s, b := server(t, from(stage, 1, mailtest.Drip)), outbox(t, 1)
			p := newPost(s)
			p.sender.Patience, p.sender.Server.Timeout = 0, 200*time.Millisecond
			var fault *ServerError
			if err := p.send(b); fails != errors.As(err, &fault) {
				t.Errorf("it ends with %v", err)
			}
			if got := where(t, b); got != map[string]string{"kept": "sending:1"}[stage] && got != "new:1" {
				t.Error(got)
			}
		})
	}
}

// TestEndless: a server that talks without end, at any stage, is left soon, and what it
// says is not kept.
func TestEndless(t *testing.T) {
	for _, x := range []struct{ stage, answer, results, where string }{
		{"connect", mailtest.EndlessLine, "", "new:1,2"},
		{"connect", mailtest.EndlessAnswer, "", "new:1,2"},
		{"ehlo", mailtest.EndlessLine, "", "new:1,2"},
		{"ehlo", mailtest.EndlessAnswer, "", "new:1,2"},
		{"rcpt", mailtest.EndlessAnswer, "1 put off\n2 put off\n", "new:1,2"},
		{"kept", mailtest.EndlessLine, "1 unknown\n2 unknown\n", "sending:1,2"},
	} {
		t.Run(x.stage, func(t *testing.T) {
			s, b := server(t, from(x.stage, 1, x.answer)), outbox(t, 2)
			p := newPost(s)
			p.sender.Patience, p.sender.Server.Timeout = 0, time.Minute
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := p.send(b)
			runtime.ReadMemStats(&after)
			if x.results == "" && (err == nil || err.Error() != "the server's answer has no end") || p.results != x.results || where(t, b) != x.where {
				t.Errorf("%v, %s:\n%s", err, where(t, b), p.results)
			}
			// The server writes in this process, too.
			if n := after.TotalAlloc - before.TotalAlloc; n > 64<<20 {
				t.Errorf("it took %d MB", n>>20)
			}
		})
	}
}
