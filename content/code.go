package content

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// QR codes: an address to open, or an entry for a calendar. What a code holds is
// the author's alone. No word of a visit goes into one, but for the date.

const maxSummary = 60 // characters of a reminder

// code reads an address and, on the lines after it, a caption.
func (r *reader) code(n ast.Node, at Position, lines []fenceLine) Block {
	if len(lines) == 0 {
		r.errs.add(at, "code-empty", "write an address like https://example.org, and below it what it is",
			"this code has nothing in it")
		return nil
	}
	c := &Code{Position: at, Caption: r.fenceText(lines[1:]...)}
	switch target := lines[0].text; {
	case hasPlaceholder(target):
		r.errs.add(lines[0].at, "placeholder-in-code", "write the address itself",
			"a placeholder cannot be used in a code")
	case len(target) > maxCode:
		r.errs.add(lines[0].at, "code-too-long", "make the address shorter",
			"a code holds at most %d bytes, and this has %d", maxCode, len(target))
	default:
		before := len(*r.errs)
		c.Link, _ = r.link(n, target)
		for _, e := range (*r.errs)[before:] {
			e.Position = lines[0].at
		}
		if n := len(c.Link); n > maxCode { // letters that an address cannot hold take three bytes each
			r.errs.add(lines[0].at, "code-grows-too-long", "make the address shorter",
				"a code holds at most %d bytes, and this makes %d", maxCode, n)
		}
	}
	c.Data = c.Link
	return c
}

var reminderLine = regexp.MustCompile(
	`^(daily|weekly) at ([01]?[0-9]|2[0-3]):([0-5][0-9]) for ([0-9]{1,3}) (day|week)s?: *(.+)$`)

// reminder reads a line like "daily at 18:00 for 14 days: Stretch your back".
func (r *reader) reminder(at Position, lines []fenceLine) Block {
	const hint = "write a line like daily at 18:00 for 14 days: Stretch your back"
	if len(lines) != 1 {
		r.errs.add(at, "reminder-not-one-line", hint, "a reminder is one line, not %d", len(lines))
		return nil
	}
	m := reminderLine.FindStringSubmatch(lines[0].text)
	if m == nil || m[1] == "weekly" && m[5] == "day" {
		r.errs.add(lines[0].at, "reminder-unreadable", hint, "this reminder cannot be understood")
		return nil
	}
	b := &Reminder{Position: at, Weekly: m[1] == "weekly", Summary: strings.Join(strings.Fields(m[6]), " ")}
	b.Hour, _ = strconv.Atoi(m[2])
	b.Minute, _ = strconv.Atoi(m[3])
	b.Times, _ = strconv.Atoi(m[4])
	if !b.Weekly && m[5] == "week" {
		b.Times *= 7
	}
	if b.Times < 1 || b.Times > 366 {
		r.errs.add(lines[0].at, "reminder-too-often", "", "a reminder comes 1 to 366 times, not %d", b.Times)
	}
	if hasPlaceholder(b.Summary) {
		r.errs.add(lines[0].at, "placeholder-in-code", "write the words themselves",
			"a placeholder cannot be used in a code")
	}
	if n := utf8.RuneCountInString(b.Summary); n > maxSummary {
		r.errs.add(lines[0].at, "reminder-too-long", "make it shorter",
			"a reminder has at most %d characters, and this has %d", maxSummary, n)
	} else if n := len(b.calendar(time.Unix(0, 0))); n > maxCode {
		r.errs.add(lines[0].at, "code-grows-too-long", "make it shorter",
			"a code holds at most %d bytes, and this makes %d", maxCode, n)
	}
	return b
}

// calendar is the reminder as an iCalendar event (RFC 5545) that begins the day
// after the visit, at the hour it is wherever the telephone is. Its UID is made of
// what it says, so that scanned twice it is one entry, the same for everyone.
func (b *Reminder) calendar(visit time.Time) string {
	first := visit.AddDate(0, 0, 1)
	freq := "DAILY"
	if b.Weekly {
		freq = "WEEKLY"
	}
	summary := strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`).Replace(b.Summary)
	says := fmt.Sprintf("DTSTART:%s%02d%02d00\nRRULE:FREQ=%s;COUNT=%d\nSUMMARY:%s\n",
		first.Format("20060102T"), b.Hour, b.Minute, freq, b.Times, summary)
	sum := fnv.New64a()
	sum.Write([]byte(says))
	event := fmt.Sprintf("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:handout\nBEGIN:VEVENT\nUID:%x\nDTSTAMP:%s000000Z\n%s"+
		"BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:PT0S\nDESCRIPTION:%s\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n",
		sum.Sum64(), visit.Format("20060102T"), says, summary)
	var out strings.Builder
	for line := range strings.Lines(event) {
		fold(&out, strings.TrimSuffix(line, "\n"))
	}
	return out.String()
}

// fold writes a line in parts of at most 75 bytes, the later ones after a space
// (RFC 5545, 3.1), and never cuts a character.
func fold(b *strings.Builder, line string) {
	for room := 75; len(line) > room; room = 74 {
		at := room
		for !utf8.RuneStart(line[at]) {
			at--
		}
		b.WriteString(line[:at] + "\r\n ")
		line = line[at:]
	}
	b.WriteString(line + "\r\n")
}
