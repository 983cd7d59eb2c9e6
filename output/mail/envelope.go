package mail

import (
	"bytes"
	"errors"
	"net/mail"
)

// Where a message keeps its marks, and what locks its PDF.
const (
	marksHeader = "X-Handout-Visit"
	lockHeader  = "X-Handout-Lock"
)

// ErrNotMail is what is said of a file in an outbox that is no message.
var ErrNotMail = errors.New("this file is not a message")

// envelope is who a message is from and for, as SMTP wants it.
type envelope struct {
	from string
	to   []string
}

// readEnvelope takes the envelope from the message's own From and To.
func readEnvelope(eml []byte) (envelope, bool) {
	var env envelope
	m, err := mail.ReadMessage(bytes.NewReader(eml))
	if err != nil {
		return env, false
	}
	from, err := m.Header.AddressList("From")
	if err != nil || len(from) != 1 {
		return env, false
	}
	to, err := m.Header.AddressList("To")
	if err != nil || len(to) > maxAddresses+1 {
		return env, false
	}
	if env.from, err = address(from[0].Address); err != nil {
		return env, false
	}
	for _, t := range to {
		a, err := address(t.Address)
		if err != nil {
			return env, false
		}
		env.to = append(env.to, a)
	}
	return env, len(env.to) > 0
}
