package visits

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"handout/content"
	"handout/content/visits/field"
	"handout/content/visits/sheet"
)

// listen takes note of the cells of the last row that nobody reads.
func (in *intake) listen(row []string) {
	if in.last().Skip != "" {
		return
	}
	for i, s := range row {
		switch h := &in.heading; {
		case i >= len(h.plan):
			if in.overhear(h.label(i), "", s); s != "" {
				in.unread[h.label(i)].bare = true
			}
		case h.plan[i] == field.None:
			in.overhear(h.label(i), h.texts[i], s)
		}
	}
}

// maxOverheard is how many characters a cell has that can be a status.
const maxOverheard = 60

// overhear takes note of a cell in a column that nobody reads. A sentence that only
// speaks of cancelling ("cancelled last week, came today") is no status: each word of
// a status is known.
func (in *intake) overhear(label, heading, s string) {
	if s == "" {
		return
	}
	t := in.unread[label]
	if t == nil {
		t = &tally{aside: field.OfOtherThings(heading), told: field.Cancels(heading),
			visit: field.OfVisit(heading), dose: field.OfDose(heading)}
		in.unread[label] = t
	}
	if t.aside {
		return
	}
	if t.cells++; len(s) > maxOverheard || strings.ContainsRune(s, '@') {
		t.other++
		return
	}
	if t.days == t.cells-1 { // all so far were
		if day := field.ReadStamp(s); day.Date && !day.Short {
			t.days++
		}
	}
	st := in.status(s)
	switch {
	case t.told && field.IsYes(field.Folded(s)):
		t.plain++
	case !st.Known || !st.All, in.came && st.Why != "": // it is of another visit
		t.other++
	case st.Why == "" && field.Folded(s) != "" && !field.IsNo(field.Folded(s)):
		t.came++
	case (st.Why == "cancelled" || st.Why == "no-show") && st.Plain:
		t.plain++
	case st.Why == "cancelled" || st.Why == "no-show":
		t.coded++
	}
}

// unheard refuses a list where a column that nobody reads says who did not come, for pages go out; on what day they
// come, where no column does that is read: tomorrow's patients would be today's; or a dose, which would be lost.
func (in *intake) unheard() error {
	var errs content.Errors
	dated := slices.ContainsFunc(in.dates, func(w written) bool { return w.date.Date || w.time.Date })
	for _, label := range slices.Sorted(maps.Keys(in.unread)) {
		t := in.unread[label]
		if !dated && t.visit && t.days > 0 && t.days == t.cells {
			hint := fmt.Sprintf("to read it: --columns date=%[1]s; to leave it alone: --columns ignore=%[1]s",
				content.Quoted(label))
			errs = append(errs, content.Errorf("unread-dates", hint,
				"%s is not read, and has the only dates of the list", called(label)))
			continue
		}
		if ours := in.heading.feeds(field.Handout) || in.heading.feeds(field.Stretches); ours && t.dose && t.cells > 0 {
			hint := "write a dose behind its stretch: figure-4:hold=20s:reps=3:side=left; or leave the column alone: " +
				"--columns ignore=" + content.Quoted(label)
			errs = append(errs, content.Errorf("unread-dose", hint, "%s is not read, and may have a part of a dose",
				called(label)))
			continue
		}
		n := t.plain
		if t.came > 0 && 3*t.other <= t.came+t.coded {
			n += t.coded
		}
		if n == 0 {
			continue
		}
		rows, hint := "rows say", fmt.Sprintf("to read it: --columns status=%[1]s; to leave it alone: --columns "+
			"ignore=%[1]s", content.Quoted(label))
		if t.bare {
			hint = "give it a heading in the list, status, or take it out"
		}
		if n == 1 {
			rows = "row says"
		}
		errs = append(errs, content.Errorf("unread-status", hint,
			"%s is not read, and %d %s there that the visit was cancelled or missed", called(label), n, rows))

	}
	if errs != nil {
		return errs
	}
	return nil
}

// called is a column by its heading, or by its place.
func called(label string) string {
	if strings.HasPrefix(label, "column ") {
		return label
	}
	return "the column " + content.Quoted(label)
}

// markAbsent skips those who did not attend. Where nobody did, the column is not filled
// in yet.
func (in *intake) markAbsent() {
	if !in.attended && len(in.absent) > 0 {
		in.list.Notes = append(in.list.Notes, "no row says that somebody attended, so that \"no\" is taken for not yet")
		return
	}
	for _, i := range in.absent {
		if r := &in.list.Rows[i]; r.Skip == "" {
			r.Skip = "no-show"
		}
	}
}

// mostStatuses is how many different words a column of statuses has, and more.
const mostStatuses = 12

// nameStatuses counts the words for a status that nobody knows.
func (in *intake) nameStatuses() {
	if len(in.doubts) == 0 {
		return
	}
	places, names := map[string]int{}, map[string]bool{}
	for i := range in.list.Rows {
		for _, w := range field.Words(in.list.Rows[i].Name) {
			if len(names) < sheet.MaxRows {
				names[w] = true
			}
		}
	}
	for i := range in.list.Rows {
		r := &in.list.Rows[i]
		if !r.Doubtful || r.Err != nil {
			continue
		}
		word := in.doubts[i]
		if !quotable(word, r.Name, names) {
			word = ""
		}
		key := field.Folded(word)
		place, ok := places[key]
		if !ok {
			place = len(in.list.Statuses)
			places[key] = place
			in.list.Statuses = append(in.list.Statuses, UnknownStatus{Word: word})
		}
		in.list.Statuses[place].Rows++
	}
	if len(in.list.Statuses) > mostStatuses { // these are other things than statuses
		all := UnknownStatus{}
		for _, s := range in.list.Statuses {
			all.Rows += s.Rows
		}
		in.list.Statuses = []UnknownStatus{all}
	}
}

// quotable tells what may be a status from what may be a sentence, an address or a
// number of somebody's, or a name: it has a word of the row's, or all its words are
// of the list's.
func quotable(word, name string, names map[string]bool) bool {
	words, own := field.Words(word), field.Words(name)
	if utf8.RuneCountInString(word) > 30 || len(words) > 3 || len(words) == 0 || strings.ContainsRune(word, '@') {
		return false
	}
	theirs := 0
	for _, w := range words {
		if slices.Contains(own, w) || strings.ContainsAny(w[:1], "0123456789") && len(w) > 3 {
			return false
		}
		if names[w] {
			theirs++
		}
	}
	return theirs < len(words)
}
