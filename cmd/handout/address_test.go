package main

import (
	"net/mail"
	"strings"
	"testing"
	"time"

	"handout/content"
	outbox "handout/output/mail"
)

// TestOneAddressCheck has a brand, a list and the writer of mail agree on what is an
// address: what is read can be written to.
func TestOneAddressCheck(t *testing.T) {
	good := 0
	for _, a := range []string{
		"h@example.org", "h.x@example.org", "h..x@example.org", ".h@example.org", "h.@example.org", "h@example", "h@@example.org", "h@exa mple.org", "@example.org", "h@", "h",
		"h@-example.org", "h@example-.org", "h@ex_ample.org", "h@example..org", "h@.example.org", "h@example.org.", "h@127.0.0.1", "h@[127.0.0.1]", "Hill <h@example.org>", "\"h\"@example.org",
		"hé@example.org", "h@exämple.org", "h@例え.jp", "h@xn--exmple-cua.org", "h@xn--a.org", "h@ex\u200dample.org", "h@שלום.org", "h@אa.org", "h+tag@example.org", "h'o@example.org", "h/x@example.org",
		strings.Repeat("h", 64) + "@example.org", strings.Repeat("h", 65) + "@example.org", "h@" + strings.Repeat("a.", 125) + "org", "h@" + strings.Repeat("ä", 60) + ".org", "h@" + strings.Repeat("a", 63) + ".org", "h@" + strings.Repeat("a", 64) + ".org", "h@a.b", "h@e.1", "h@ẞ.org", "h@ﬀ.org",
	} {
		_, ok := content.MailAddress(a)
		_, err := outbox.Compose(outbox.Message{ID: "x", Date: time.Unix(0, 0), From: mail.Address{Address: "c@example.org"}, To: mail.Address{Address: a}, Subject: "s", Text: "t\n", PDF: []byte("%PDF"), File: "h.pdf"})
		if ok && err != nil {
			t.Errorf("%q is read, and mail refuses it: %v", a, err)
		}
		if ok {
			good++
		}
	}
	if good < 8 {
		t.Errorf("%d addresses are read: this proves nothing", good)
	}
}
