package day

import (
	"slices"
	"strings"
	"time"

	"handout/content/visits"
	"handout/output/mail"
	"handout/output/store"
)

// What is one message: docs/day.md says it in words.
//
// A message is known for its row's by its code, which is that of its page. If the row's
// page is another now, it is known by marks, keyed words about the visit: nobody who
// had a message gets another unasked, and none of an older page is left to be sent.

// marks are what a row's visit is known by when its page is another.
type marks struct {
	// Its number, or else its time, with the name, and with the address: one of the two
	// may be put right. Without number and time, its day with both.
	sure []string
	// Its day, where it has a number: numbers may begin anew each day. Empty for a visit
	// whose day the list does not say.
	day string
	// Its time and therapist, who sees nobody else then: enough to take back what waits,
	// when name and address were both wrong.
	seat string
	// As the first versions wrote them.
	old []string
}

// of are the marks that a message is written with, with those of its page and article.
func (m marks) of(page, article string) []string {
	return slices.DeleteFunc(slices.Concat([]string{page, article, m.day, m.seat}, m.sure), func(s string) bool {
		return s == ""
	})
}

func (p *post) marks(row *visits.Row) (m marks) {
	name, address, at := strings.ToLower(row.Name), "", row.Start.Format(time.DateTime)
	if len(row.Emails) > 0 {
		address = strings.ToLower(row.Emails[0])
	}
	who := []string{name}
	if row.PatientID != "" || !row.Born.IsZero() {
		who = append(who, row.Person()) // two of one name are two
	}
	day := p.day(row).Format(time.DateOnly)
	mark := func(words ...string) string { return p.box.Mark(words...) }
	h, min, s := row.Start.Clock()
	timed := h+min+s > 0
	if timed && row.Therapist != "" {
		m.seat = mark("therapist", at, strings.ToLower(row.Therapist))
	}
	var where []string
	switch {
	case row.ID != "":
		where = []string{"visit", row.ID}
		if !p.undated(row) {
			m.day = p.dayMark(day)
		}
		m.old = []string{mark("visit", row.ID)}
	case timed:
		where = []string{at}
	case name != "" && address != "":
		m.sure = []string{mark(append([]string{"person", day, name, address}, who[1:]...)...)}
		m.old = []string{mark("person", day, name, address)}
		return m
	default:
		return m
	}
	if name != "" && !row.Alike {
		m.sure = append(m.sure, mark(slices.Concat([]string{"name"}, where, who)...))
	}
	if address != "" {
		m.sure = append(m.sure, mark(slices.Concat([]string{"address"}, where, []string{address})...))
	}
	if row.ID == "" && !row.Alike {
		m.old = append(m.old, mark("name", at, name))
	}
	return m
}

// begin finds whose the messages are that are there. From here until withdraw was there,
// nobody is to send what the outbox has.
func (p *post) begin() error {
	p.match()
	if err := p.mayLock(); err != nil {
		return err
	}
	if err := p.box.Begin(p.mark); err != nil {
		return OutboxFault(p.dir, err)
	}
	return nil
}

// match finds whose the messages are that are not of a page of this list: of a row whose
// page is another now, or which no longer gets one; or of another list. It comes after
// identify.
func (p *post) match() {
	own := make(map[string]bool, len(p.known))
	for _, id := range p.known {
		own[id.code.String()] = true
	}
	var strangers []mail.Entry
	for _, state := range []mail.State{mail.New, mail.Failed, mail.Sending, mail.Sent} {
		for _, e := range p.box.List(state) {
			if _, err := store.ParseCode(e.Code); err == nil && !own[e.Code] {
				strangers = append(strangers, e)
			}
		}
	}
	if len(strangers) == 0 {
		return
	}
	p.mailed = map[*visits.Row][]mail.Entry{}
	known := p.newRows()
	for _, e := range strangers {
		waits := e.State == mail.New || e.State == mail.Failed
		rows, seated := known.rowsOf(p.box.Marks(e))
		switch {
		case waits && (len(rows) > 0 || seated):
			p.stale = append(p.stale, e)
		case e.State == mail.New:
			p.others++
		case !waits:
			for _, row := range rows {
				p.mailed[row] = append(p.mailed[row], e)
			}
		}
	}
}

// rowsByMark are the rows of a list by their marks.
type rowsByMark struct {
	rows  map[string][]*visits.Row // by a sure mark
	pages map[string]*visits.Row   // left out: by the page they would have
	seats map[string]bool          // of those who come
	marks map[*visits.Row]marks
	about map[*visits.Row]string // the article's mark
	days  map[string]bool        // of the list
	on    map[string]bool        // a number's sure mark and a day's
}

func (p *post) newRows() *rowsByMark {
	r := &rowsByMark{map[string][]*visits.Row{}, map[string]*visits.Row{}, map[string]bool{}, map[*visits.Row]marks{},
		map[*visits.Row]string{},
		map[string]bool{}, map[string]bool{}}
	for i := range p.List.Rows {
		row := &p.List.Rows[i]
		if row.Skip == visits.AnotherDay {
			continue // for that day this list does not speak
		}
		m := p.marks(row)
		r.marks[row] = m
		r.days[p.dayMark(p.day(row).Format(time.DateOnly))] = true
		for _, mark := range slices.Concat(m.sure, m.old) {
			r.rows[mark] = append(r.rows[mark], row)
			r.on[mark+m.day] = true
		}
		s, err := p.asked(row)
		if err == nil {
			r.about[row] = p.article(s.Article.ID)
		}
		switch {
		case row.Skip != "" && err == nil:
			r.pages[p.page(p.sum(s))] = row
		case row.Skip == "" && m.seat != "":
			r.seats[m.seat] = true // in the place of one who does not come there may be another
		}
	}
	return r
}

// rowsOf are the rows that a message with some marks is about: the one that shares most
// of them, or several that share as many. Seated tells whether a row is in its seat.
func (r *rowsByMark) rowsOf(marks []string) (rows []*visits.Row, seated bool) {
	best, points := 0, map[*visits.Row]int{}
	for _, mark := range marks {
		if row, ok := r.pages[mark]; ok {
			return []*visits.Row{row}, false
		}
		seated = seated || r.seats[mark]
		for _, row := range r.rows[mark] {
			if r.agree(row, mark, marks) {
				points[row] += 2
			}
		}
	}
	for row := range points {
		if slices.Contains(marks, r.about[row]) {
			points[row]++ // of two pages of one visit it is this one
		}
		best = max(best, points[row])
	}
	for row, n := range points {
		if n == best {
			rows = append(rows, row)
		}
	}
	return rows, seated
}

// agree tells whether a message with a row's mark is of its visit, as far as the days
// go: they are one, or one is not known, or the list speaks for the message's day and
// has this visit on another.
func (r *rowsByMark) agree(row *visits.Row, mark string, marks []string) bool {
	day, last := r.marks[row].day, ""
	for _, m := range marks {
		if len(m) == 17 && m[:1] == aDay {
			last = m
		}
	}
	if day == "" || last == "" || slices.Contains(marks, day) {
		return true
	}
	return r.days[last] && !r.on[mark+last]
}

// due tells what keeps a row's message from being written, or "" if nothing does.
func (p *post) due(row *visits.Row, code store.Code) string {
	if e, ok := p.box.Find(code.String()); ok && e.State != mail.New && e.State != mail.Failed {
		return string(e.State)
	}
	if why := unmailed(row); why != "" {
		return why
	}
	if len(p.mailed[row]) > 0 && !p.Mail.Changed {
		return MailedBefore
	}
	return ""
}

// unmailed tells what keeps a row's page from being mailed whatever was mailed before.
func unmailed(row *visits.Row) string {
	switch {
	case row.Consent == visits.Unknown || row.Consent == visits.Refused:
		return NoConsent
	case row.EmailErr == nil && len(row.Emails) == 0:
		return NoAddress
	case row.Doubtful:
		return HeldBack
	}
	return ""
}

// withdraw takes back what waits and must not be sent: messages of an older page of a
// row, and those of rows that no longer get one: the visit is cancelled, or the
// patient does not agree. What may be of another list stays, and is said. Then the
// outbox can be sent from, as far as this list goes.
func (p *post) withdraw(report *Report) error {
	var codes []string
	for i, f := range report.fates {
		id, ok := p.known[&p.List.Rows[i]]
		if ok && !isState(f.mail) {
			codes = append(codes, id.code.String())
		}
	}
	for _, e := range p.stale {
		codes = append(codes, e.Code)
	}
	withdrawn := 0
	for _, code := range codes {
		out, err := p.box.Withdraw(code, p.Now)
		if err != nil {
			return OutboxFault(p.dir, err)
		}
		if out {
			withdrawn++
		}
	}
	report.noteOf(Withdrawn, withdrawn)
	report.noteOf(OfOthers, p.others)
	report.noteOf(NotMailed, report.Messages[MailedBefore])
	if err := p.learn(report); err != nil {
		return OutboxFault(p.dir, err)
	}
	if err := p.box.Finish(p.mark, p.others == 0); err != nil {
		return OutboxFault(p.dir, err)
	}
	return nil
}

// learn has the messages of the rows known by what the rows' visits are known by now: a
// name that is put right today and an address tomorrow leave nothing in common.
func (p *post) learn(report *Report) error {
	more := map[string][]string{}
	for i, f := range report.fates {
		row := &p.List.Rows[i]
		messages := p.mailed[row]
		if e, ok := p.box.Find(p.known[row].code.String()); ok && e.State != mail.New && isState(f.mail) {
			messages = append(messages, e)
		}
		if len(messages) == 0 {
			continue
		}
		now := p.marks(row)
		for _, e := range messages {
			known := p.box.Marks(e)
			for _, mark := range now.of("", "") {
				if !slices.Contains(known, mark) {
					more[e.Code] = append(more[e.Code], mark)
				}
			}
		}
	}
	return p.box.Learn(more)
}
