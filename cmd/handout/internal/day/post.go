package day

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	"handout/cmd/handout/internal/press"
	"handout/content/visits"
	"handout/output/mail"
	"handout/output/store"
)

// post is a day's outbox: one message a visit, for those who agreed to it.
type post struct {
	*roster
	dir  string
	box  *mail.Outbox
	mark string // of the list and its day, for an outbox that is not finished

	mailed map[*visits.Row][]mail.Entry // of each row, what was sent or may have been, of another page
	stale  []mail.Entry                 // what waits and is of another page of a row, or of one that has no mail
	others int                          // of no row of the list
}

// mayMail refuses mail without a sender, and for visits that would be others tomorrow:
// without a date they are taken for today's, and a batch that goes on after midnight
// would mail everybody again. By their numbers they are known all the same. It refuses
// to do it in parts, for what a part of a list does not know may have been mailed by another.
func (r *roster) mayMail() error {
	var errs []error
	if r.Part != (Part{}) {
		errs = append(errs, &Refusal{Why: PartOfMail})
	}
	if r.press.Clinic.Sender() == "" {
		errs = append(errs, &Refusal{Why: NoSender})
	}
	n, dated := 0, false
	for i := range r.List.Rows {
		row := &r.List.Rows[i]
		if row.Skip == "" && r.undated(row) && row.ID == "" {
			n++
		}
		dated = dated || !row.Undated
	}
	if n > 0 {
		errs = append(errs, &Refusal{Why: NoDay, Rows: n, Dated: dated})
	}
	return errors.Join(errs...)
}

// openPost opens the outbox below a day's folder.
func openPost(r *roster) (*post, error) {
	dir := filepath.Join(r.Out, outboxName)
	box, err := mail.Create(dir)
	if err != nil {
		return nil, OutboxFault(dir, err)
	}
	day := time.Time{}
	if r.DaySaid {
		day = r.Page.Visit.Date
	}
	return &post{roster: r, dir: dir, box: box, mark: box.Mark("list", press.WholePath(r.Path),
		day.Format(time.DateOnly))}, nil
}

// OutboxFault is what is wrong with an outbox, in our words.
func OutboxFault(dir string, err error) error {
	switch {
	case errors.Is(err, mail.ErrNoOutbox):
		return &press.FileError{Path: dir, Message: err.Error(),
			Hint: "`handout batch --mail` makes one in its --out folder: out/outbox"}
	case errors.Is(err, mail.ErrBusy):
		return &press.FileError{Path: dir, Message: err.Error(),
			Hint: "wait until it is done; two at once would send twice"}
	}
	var unsafe *mail.FolderError
	if errors.As(err, &unsafe) {
		return &press.FileError{Path: dir, Message: unsafe.Message, Hint: unsafe.Hint}
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		err = link.Err
	}
	return press.FileFault(dir, err)
}

// page is the mark of a page, by which a message is known for that of the page and not
// of another with its code.
func (p *post) page(sum store.Sum) string { return p.box.Mark("page", string(sum[:])) }

// article is the mark of a handout: a visit may be given two, and has two messages.
func (p *post) article(id string) string { return p.box.Mark("article", id) }

// dayMark is that of a day. It can be told from other marks.
func (p *post) dayMark(day string) string { return aDay + p.box.Mark("day", day) }

const aDay = "d" // no hexadecimal mark of 16 digits begins with a 17th

// taken tells whether the message of a code is of another page.
func (p *post) taken(code store.Code, sum store.Sum) bool {
	e, ok := p.box.Find(code.String())
	return ok && !slices.Contains(p.box.Marks(e), p.page(sum))
}
