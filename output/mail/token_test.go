package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"handout/output/mail/mailtest"
)

// TestToken: a token lets in where a password does not any more (XOAUTH2), one that is refused or has ended does not,
// and it is asked for anew at each connection. Nothing of it is told.
func TestToken(t *testing.T) {
	jwt := func(until time.Time) string {
		return "e30." + base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, `{"aud":"mail","exp":%d}`, until.Unix())) + ".signed"
	}
	good := jwt(time.Now().Add(time.Hour))
	for _, x := range []struct {
		name, security, token, fault string
	}{
		{"TLS", "tls", "ya29.Quill", ""},
		{"STARTTLS", "starttls", "ya29.Quill", ""},
		{"one that says its end", "tls", good, ""},
		{"refused", "tls", "ya29.other", "the server does not take this user and token"},
		{"ended", "tls", jwt(time.Now().Add(-time.Hour)), "the token has expired: it was valid until "},
		{"two words", "tls", "Bearer ya29.Quill", "this is not a token: "},
		{"a break", "tls", "ya29.Quill\r\nMAIL FROM:<a@example.org>", "this is not a token: "},
		{"none", "tls", "", "this is not a token: "},
		{"no server for tokens", "passwords", "ya29.Quill", "the server takes no tokens (XOAUTH2)"},
	} {
		t.Run(x.name, func(t *testing.T) {
			wanted := "ya29.Quill"
			if strings.Contains(x.token, ".signed") {
				wanted = good
			}
			security, mischief := x.security, mailtest.Mischief(nil)
			if security == "passwords" {
				security, mischief = "tls", func(stage, _ string) string {
					if stage == "ehlo" {
						return "250-mailtest\r\n250 AUTH PLAIN"
					}
					return ""
				}
			}
			s, err := mailtest.Start(security, wanted, mischief)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(s.Close)
			b, p := outbox(t, 2), newPost(s)
			p.sender.Server = Server{Host: "127.0.0.1", Port: s.Port, User: "clinic@example.org", Timeout: 2 * time.Second,
				Roots: s.Roots, Token: func(context.Context) (string, error) { return x.token, nil }}
			if x.security == "starttls" {
				p.sender.Server.Security = StartTLS
			}
			err = p.send(b)
			if x.fault == "" {
				if err != nil || len(s.Mails()) != 2 {
					t.Errorf("%v, %d messages", err, len(s.Mails()))
				}
				return
			}
			var fault *ServerError
			if !errors.As(err, &fault) || !strings.HasPrefix(fault.Message, x.fault) || fault.Hint == "" {
				t.Fatalf("%v", err)
			}
			if x.token != "" && strings.Contains(fault.Message+fault.Hint, x.token) {
				t.Errorf("it tells the token: %v", fault)
			}
			if got := where(t, b); got != "new:1,2" {
				t.Error(got)
			}
		})
	}
}

// TestTokenAnew: a connection that broke is opened again with a token of its own.
func TestTokenAnew(t *testing.T) {
	drops := 1
	s, err := mailtest.Start("tls", "ya29.Quill", func(stage, _ string) string {
		if stage == "rcpt" && drops > 0 {
			drops--
			return mailtest.Drop
		}
		return ""
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	asked := 0
	b, p := outbox(t, 2), newPost(s)
	p.sender.Server = Server{Host: "127.0.0.1", Port: s.Port, User: "clinic", Timeout: 2 * time.Second, Roots: s.Roots,
		Token: func(context.Context) (string, error) { asked++; return "ya29.Quill", nil }}
	if err := p.send(b); err != nil || len(s.Mails()) != 2 || asked != 2 {
		t.Errorf("%v, %d messages, asked %d times", err, len(s.Mails()), asked)
	}
}
