package mail

import "strings"

// sameInARow is how many messages in a row may be refused for good with the same
// answer before it is taken for one that is not about them.
const sameInARow = 3

// unwelcome is a refusal of the sender, before anybody was named.
type unwelcome struct{ error }

func (u *unwelcome) Unwrap() error { return u.error }

// tooLarge tells whether a message is larger than the server takes (RFC 3463, 3.4): so
// is each that is as large, whoever it is for.
func (r reply) tooLarge() bool { return r.enhanced == "5.3.4" }

// general explains a refusal for good that is not about a message's own recipient, and
// would meet the others too: of the sender, of a day's quota, of the clinic's mail
// altogether (RFC 3463, 3.4 to 3.8, and what large services answer). It is nil for
// others, which the message has earned itself.
func (r reply) general(sender bool) *ServerError {
	said := ": it answers " + r.String()
	switch {
	case !r.final():
	case r.code == 530: // Authentication required
		return &ServerError{Message: "the server takes mail only from those who log in",
			Hint: "put the user into the address: smtps://USER@HOST"}
	case r.enhanced == "5.4.5", r.enhanced == "5.1.90": // of Gmail; of Exchange Online
		return &ServerError{Message: "the server takes no more mail for now, because this account has reached its " +
			"limit" +
			said,
			Hint: "what is left stays in the outbox: send it when the limit is lifted, most often tomorrow"}
	case r.tooLarge():
	case sender, r.enhanced == "5.1.7", r.enhanced == "5.1.8", r.enhanced == "5.2.252":
		return &ServerError{Message: "the server does not take mail from the clinic's address" + said,
			Hint: "is it the address of this user, or one that the provider allows? put it right in the brand " +
				"(mail: from:), run handout batch --mail again, then send"}
	case strings.HasPrefix(r.enhanced, "5.7."):
		return &ServerError{Message: "the server does not pass this mail on, by rules of its own" + said,
			Hint: "ask the provider why: it may need a login, need another address to send from, or take the mail " +
				"for spam; all that is left stays in the outbox"}
	case strings.HasPrefix(r.enhanced, "5.3.") && r.enhanced != "5.3.0":
		return &ServerError{Message: "the server cannot take mail now, whoever it is for" + said,
			Hint: "ask the provider; all that is left stays in the outbox"}
	}
	return nil
}

// doubt holds messages that were refused for good with one answer, and are in new
// again until it is known whether the answer was about them.
type doubt struct {
	why  reply
	held []*parcel
}

// refuse takes note of a refusal for good, and moves the message back to new. It is
// decided about with the next that is answered otherwise; if too many in a row are
// answered so, they stay in new, and the round ends.
func (r *round) refuse(p *parcel, why reply) error {
	if r.doubt.why != why {
		if err := r.believe(); err != nil {
			return err
		}
	}
	if err := r.move(p, "held", why.String(), New); err != nil {
		return err
	}
	r.doubt.why, r.doubt.held = why, append(r.doubt.held, p)
	if len(r.doubt.held) < sameInARow {
		return nil
	}
	r.doubt.held = nil
	if why.tooLarge() {
		return errTooLarge(why)
	}
	return &ServerError{Message: "the server refuses one message after another: it answers " + why.String(),
		Hint: "these are tried last the next time; if it is their addresses, put them right in the list and run " +
			"handout batch --mail again, or take the messages back with --withdraw"}
}

// believe takes the last refusals for what they say: they were about these messages.
func (r *round) believe() error {
	held, why := r.doubt.held, r.doubt.why
	r.doubt = doubt{}
	for _, p := range held {
		if why.tooLarge() {
			r.large = errTooLarge(why)
			r.Report(Result{Entry: p.Entry, Fate: PutOff, Reply: why.String()})
		} else if err := r.end(p, Refused, "failed", why); err != nil {
			return err
		}
	}
	return nil
}

func errTooLarge(why reply) *ServerError {
	return &ServerError{Message: "the server takes no message as large as some of these: it answers " + why.String(),
		Hint: "ask the provider for its limit; smaller pictures and logos make smaller pages"}
}
