package mail

import (
	"context"
	"errors"
	"time"
)

// Sender sends what is in an outbox.
type Sender struct {
	Server   Server
	Rate     int           // messages a minute at most; 0 for as fast as the server
	Wait     time.Duration // before a message that was put off is tried again; doubled each time, with jitter
	Patience time.Duration // how long a message is tried before it stays in new
	Clock    Clock
	Report   func(Result) // told of every message, as soon as its fate is known
}

// maxWait is the longest a message waits to be tried again.
const maxWait = 15 * time.Minute

// Clock is the time, and chance.
type Clock struct {
	Now    func() time.Time
	Sleep  func(context.Context, time.Duration) // may end early when the context does
	Chance func() float64                       // from 0 up to 1, without 1
}

// Fate is what became of a message.
type Fate uint8

const (
	Accepted Fate = iota // taken by the server, for all of its addresses
	Partly               // taken for some of its addresses, refused for the others
	Refused              // refused for good, now in failed
	Unread               // not a message, now in failed
	PutOff               // not taken yet, still in new
	Unknown              // it may have been sent: still in sending, for a person to decide
	Draft                // a mail program has it: in sending, until a person says that it was sent
)

// Fate is that of a message in sending: Draft or Unknown.
func (b *Outbox) Fate(e Entry) Fate {
	if b.log.happened(e.Code) == "drafted" {
		return Draft
	}
	return Unknown
}

// Result is what became of one message. It holds nothing about a person.
type Result struct {
	Entry
	Fate  Fate
	Reply string // the server's reply code, "550 5.1.1"; empty if there was none
}

// parcel is a message waiting for its turn.
type parcel struct {
	Entry
	first time.Time // when it was tried first; zero: not yet
	next  time.Time // when it may be tried again
	wait  time.Duration
	reply string // why it was put off
}

// Send sends all that is in new, by row, over one connection as long as it holds. It
// returns when every message has its fate, or the context is done: then the message
// in hand is finished first, and the rest stay in new.
//
// A message that was put off (4xx, or the connection broke before its last line) is
// tried again until Patience ends. Messages refused for good (5xx) are not; but if the
// refusal is not about their recipient, or the third in a row is the same, they are put
// back into new and the round ends. They are tried last the next time, so that they hold
// up nobody. What was unknown before is reported and left alone.
//
// The error is a *ServerError, if the server cannot be worked with at all, or one of
// the outbox's files. Either way each message is in one state.
func (s *Sender) Send(ctx context.Context, b *Outbox) error {
	for _, e := range b.Unknown() {
		s.Report(Result{Entry: e, Fate: b.Fate(e)})
	}
	r := &round{Sender: s, box: b}
	var held []*parcel
	for _, e := range b.List(New) {
		if b.log.happened(e.Code) == "held" {
			held = append(held, &parcel{Entry: e})
		} else {
			r.queue = append(r.queue, &parcel{Entry: e})
		}
	}
	r.queue = append(r.queue, held...)
	if len(r.queue) == 0 {
		return nil
	}
	defer r.hangUp()
	err := r.run(ctx)
	if e := r.believe(); err == nil {
		err = e
	}
	if err == nil && r.large != nil {
		err = r.large
	}
	return err
}

func (r *round) run(ctx context.Context) error {
	if err := r.connect(ctx); err != nil {
		return err
	}
	for len(r.queue) > 0 && ctx.Err() == nil {
		p := r.take(ctx)
		if p == nil {
			break
		}
		if err := r.connect(ctx); err != nil || r.line == nil {
			r.queue = append(r.queue, p)
			return err
		}
		if err := r.send(p); err != nil {
			return err
		}
	}
	return nil
}

// round is one going through the outbox.
type round struct {
	*Sender
	box    *Outbox
	queue  []*parcel
	line   *line     // nil when there is no connection
	used   bool      // line has taken a message
	before time.Time // when the last message was begun
	dumb   int       // messages in a row that got no answer
	doubt  doubt
	large  *ServerError // some messages were too large
}

// take removes from the queue the message whose turn it is, after waiting until it
// is. It returns nil if the context ended the wait.
func (r *round) take(ctx context.Context) *parcel {
	i := 0
	for j, p := range r.queue {
		if p.next.Before(r.queue[i].next) {
			i = j
		}
	}
	due := r.queue[i].next
	if r.Rate > 0 && !r.before.IsZero() {
		if spaced := r.before.Add(time.Minute / time.Duration(r.Rate)); spaced.After(due) {
			due = spaced
		}
	}
	if wait := due.Sub(r.Clock.Now()); wait > 0 {
		r.Clock.Sleep(ctx, wait)
		if ctx.Err() != nil {
			return nil
		}
	}
	p := r.queue[i]
	r.queue = append(r.queue[:i], r.queue[i+1:]...)
	r.before = r.Clock.Now()
	if p.first.IsZero() {
		p.first = r.before
	}
	return p
}

// connect makes sure that there is a connection. The first time it must work at
// once, unless the server itself asks for patience: a mistyped name is to be heard
// of now. Later it is tried as long as a message would be. If the context ends the
// wait there is no connection, and no error.
func (r *round) connect(ctx context.Context) error {
	began, wait := r.Clock.Now(), r.Wait
	for r.line == nil && ctx.Err() == nil {
		line, err := r.Server.dial(ctx)
		if err == nil {
			r.line, r.used = line, false
			return nil
		}
		if ctx.Err() != nil {
			return nil
		}
		again := replyOf(err).temporary() || !r.before.IsZero() && replyOf(err).code == 0
		pause := r.jitter(wait)
		if !again || r.Clock.Now().Add(pause).Sub(began) > r.Patience {
			return err
		}
		r.Clock.Sleep(ctx, pause)
		wait = min(2*wait, maxWait)
	}
	return nil
}

// jitter is about as long as d: from three quarters of it to five quarters, so that
// several clinics do not come back to a busy server in step.
func (r *round) jitter(d time.Duration) time.Duration {
	return d*3/4 + time.Duration(r.Clock.Chance()*float64(d)/2)
}

func (r *round) hangUp() {
	if r.line == nil {
		return
	}
	// Said or not, the server has what it said it has.
	if r.Server.ask(r.line, r.line.Quit) != nil {
		r.line.Close()
	}
	r.line = nil
}

// send takes one message through the states.
func (r *round) send(p *parcel) error {
	eml, err := r.box.read(p.Entry)
	if err != nil {
		return err
	}
	if err := r.move(p, "sending", "", Sending); err != nil {
		return err
	}
	refused, err := r.Server.transaction(r.line, eml, func() error {
		return r.box.log.write(r.Clock.Now(), p.Entry, "offered", "")
	})
	var (
		dumb *unanswered
		held *unoffered
		why  = replyOf(err)
		old  = r.used
	)
	if err == nil {
		r.used, r.dumb = true, 0
	} else if !errors.As(err, &dumb) {
		r.clear(why)
	}
	switch {
	case err == nil && refused == nil:
		return r.end(p, Accepted, "sent", reply{code: 250})
	case err == nil:
		return r.end(p, Partly, "sent", refused[0])
	case errors.As(err, &held):
		return errors.Join(held.error, r.move(p, "deferred", "", New))
	case errors.As(err, &dumb):
		return r.silence(p, dumb)
	case errors.Is(err, ErrNotMail):
		return r.end(p, Unread, "failed", reply{})
	case why.final():
		if fault := why.general(errors.As(err, new(*unwelcome))); fault != nil {
			fault.Err = err
			return errors.Join(r.move(p, "held", why.String(), New), fault)
		}
		return r.refuse(p, why)
	}
	return r.putOff(p, why, old && why.code == 0)
}

// clear makes the connection ready for the next message after one that was not
// taken, or ends it.
func (r *round) clear(why reply) {
	if why.code == 0 || why.code == 421 || r.Server.ask(r.line, r.line.Reset) != nil {
		r.line.Close()
		r.line = nil
	}
}

// end moves a message to where it stays.
func (r *round) end(p *parcel, fate Fate, happened string, why reply) error {
	to := Failed
	if happened == "sent" {
		to = Sent
	}
	if err := r.move(p, happened, why.String(), to); err != nil {
		return err
	}
	if to == Sent { // the server takes others than those before
		if err := r.believe(); err != nil {
			return err
		}
	}
	r.Report(Result{Entry: p.Entry, Fate: fate, Reply: why.String()})
	return nil
}

// silence leaves a message in sending. After the second in a row that was not
// answered no more are offered: each would be one more for a person to decide.
func (r *round) silence(p *parcel, err error) error {
	r.line.Close()
	r.line = nil
	if err := r.box.log.write(r.Clock.Now(), p.Entry, "unknown", ""); err != nil {
		return err
	}
	r.Report(Result{Entry: p.Entry, Fate: Unknown})
	if r.dumb++; r.dumb >= 2 {
		return &ServerError{Message: "the server takes messages and does not answer, so no more were sent", Err: err}
	}
	return nil
}

// putOff puts a message back into new, and into the queue if there is patience left.
// If only the connection had grown old it is tried again at once.
func (r *round) putOff(p *parcel, why reply, atOnce bool) error {
	if err := r.move(p, "deferred", why.String(), New); err != nil {
		return err
	}
	now := r.Clock.Now()
	p.reply = why.String()
	if atOnce {
		p.next = now
		r.queue = append(r.queue, p)
		return nil
	}
	p.wait = min(max(r.Wait, 2*p.wait), maxWait)
	p.next = now.Add(r.jitter(p.wait))
	if p.next.Sub(p.first) > r.Patience {
		r.Report(Result{Entry: p.Entry, Fate: PutOff, Reply: p.reply})
		return nil
	}
	r.queue = append(r.queue, p)
	return nil
}

// move notes what happens to a message, and then lets it happen: after a crash
// between the two Open catches up.
func (r *round) move(p *parcel, happened, reply string, to State) error {
	if err := r.box.log.write(r.Clock.Now(), p.Entry, happened, reply); err != nil {
		return err
	}
	if err := r.box.rename(p.Entry, to); err != nil {
		return err
	}
	p.State = to
	return nil
}
