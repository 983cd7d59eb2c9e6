package main

import (
	"bufio"
	"cmp"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/ease"
	"handout/layout"
)

// scoreSheet is what a machine can tell of a handout before a patient reads it:
// for `check`, and for the report of `make`.
type scoreSheet struct {
	Signed   *signed    `json:"signed_off,omitempty"`
	Unsigned []string   `json:"unsigned,omitempty"`
	Reading  *reading   `json:"reading,omitempty"`
	PEMAT    *pemat     `json:"pemat,omitempty"`
	Care     []concern  `json:"care,omitempty"`
	Wording  []concern  `json:"wording,omitempty"`
	Page     *pageFacts `json:"page,omitempty"`
}

// signed is who checked a text.
type signed struct {
	Name       string `json:"name"`
	Credential string `json:"credential"`
	Date       string `json:"date"`
}

// signs says who signed off a page's text, and which texts on it nobody has: those of stretches
// have no sign-off of their own.
func (s *scoreSheet) signs(h *content.Page, id string) {
	if h.Signed.Date != "" {
		s.Signed = &signed{h.Signed.Name, h.Signed.Credential, h.Signed.Date}
	} else {
		s.Unsigned = append(s.Unsigned, id)
	}
	for _, b := range h.In(false) {
		if list, ok := b.(*content.Stretches); ok {
			for _, c := range list.Chosen {
				s.Unsigned = append(s.Unsigned, c.Stretch.ID)
			}
		}
	}
}

// reading is how hard a text is to read.
type reading struct {
	Words     int            `json:"words"`
	Sentences int            `json:"sentences"`
	Mean      float64        `json:"mean_sentence"` // words
	Longest   int            `json:"longest_sentence"`
	Grade     *float64       `json:"grade,omitempty"`   // Flesch-Kincaid, English
	SMOG      *float64       `json:"smog,omitempty"`    // English
	INFLESZ   *float64       `json:"inflesz,omitempty"` // Spanish
	Band      string         `json:"inflesz_band,omitempty"`
	Long      []longSentence `json:"long_sentences,omitempty"`
	Terms     []hardWord     `json:"terms,omitempty"`
}

// place is a content.Position for machines.
type place struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

type longSentence struct {
	place
	Number int `json:"number"` // in its paragraph
	Words  int `json:"words"`
}

type hardWord struct {
	place
	Word  string `json:"word"`
	Plain string `json:"plain"`
}

type pemat struct {
	Understanding tally       `json:"understanding"`
	Acting        tally       `json:"acting"`
	Items         []pematItem `json:"items"`
}

// tally counts items by their verdict.
type tally struct {
	Met           int `json:"met"`
	NotMet        int `json:"not_met"`
	NotApplicable int `json:"not_applicable"`
	NotChecked    int `json:"not_checked"`
}

type pematItem struct {
	Number  int     `json:"number"`
	Asks    string  `json:"asks"`
	Verdict string  `json:"verdict"` // met, not_met, not_applicable or not_checked
	Reason  string  `json:"reason"`
	Places  []place `json:"places,omitempty"`
}

type concern struct {
	Rule string `json:"rule"`
	mistake
}

// pageFacts is the page as it was set.
type pageFacts struct {
	Fits        bool       `json:"fits"`
	Look        string     `json:"look,omitempty"`
	Paper       string     `json:"paper"`
	TypeSize    float64    `json:"type_size"` // points, of running text
	Sizes       []typeSize `json:"sizes,omitempty"`
	LongestLine int        `json:"longest_line,omitempty"` // characters
	Lines       []measure  `json:"lines,omitempty"`
	Contrast    []contrast `json:"contrast,omitempty"`
	Undescribed int        `json:"undescribed"`
	Cut         int        `json:"cut"`
	Holds       []holding  `json:"holds,omitempty"`
	Over        int        `json:"lines_over,omitempty"`
	Tallest     []tallPart `json:"tallest,omitempty"`
}

// holding is what a page with so many stretches holds.
type holding struct {
	Stretches int         `json:"stretches"`
	Fits      bool        `json:"fits"`
	Look      string      `json:"look,omitempty"`
	TypeSize  float64     `json:"type_size,omitempty"`
	Steps     string      `json:"steps,omitempty"` // full or lead-ins
	Sections  []sectionAs `json:"sections,omitempty"`
}

// said tells it in a line: the sections by how they stand.
func (h *holding) said() string {
	with := "no stretches"
	if h.Stretches > 0 {
		with = fmt.Sprintf("%d stretches", h.Stretches) // never one alone
	}
	if !h.Fits {
		return "with " + with + ": too long"
	}
	said := fmt.Sprintf("with %s: %s, %g pt", with, h.Look, h.TypeSize)
	if h.Steps == "lead-ins" {
		said += ", steps as lead-ins"
	}
	for _, as := range []layout.Stand{layout.InFull, layout.InFewerWords, layout.AsLeadIns, layout.LeftOut} {
		var names []string
		for _, s := range h.Sections {
			if s.As == as.String() {
				names = append(names, "“"+s.Name+"”")
			}
		}
		if names != nil {
			said += "; " + as.String() + ": " + strings.Join(names, ", ")
		}
	}
	return said
}

// spot is where on the page something is first seen: points from its top left
// corner. What is written there is told by check alone, which knows no patient.
type spot struct {
	Role string  `json:"role"` // a structure type of PDF, or artifact
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
	Text string  `json:"text,omitempty"`
}

type typeSize struct {
	Size       float64 `json:"size"` // points
	Characters int     `json:"characters"`
	spot
}

type measure struct {
	Heading string  `json:"heading,omitempty"`
	Lines   int     `json:"lines"`
	Mean    float64 `json:"mean"` // characters
	Longest int     `json:"longest"`
	spot
}

type contrast struct {
	Ratio      float64 `json:"ratio"`
	Grey       float64 `json:"grey"`
	Needs      float64 `json:"needs"`
	Enough     bool    `json:"enough"`
	Ink        string  `json:"ink"`
	Ground     string  `json:"ground"`
	OnPicture  bool    `json:"on_picture,omitempty"`
	Characters int     `json:"characters"`
	spot
}

type tallPart struct {
	Name  string `json:"name"`
	Lines int    `json:"lines"`
}

// placeOf names a position as the person who typed the command does.
func placeOf(p content.Position) place {
	if p.File != "" {
		p.File = filepath.ToSlash(p.File)
	}
	return place{p.File, p.Line, p.Column}
}

// readingOf is nil for a text without a word.
func readingOf(score ease.Score) *reading {
	if score.Words == 0 {
		return nil
	}
	r := &reading{Words: score.Words, Sentences: score.Sentences, Mean: tenth(score.Mean()), Longest: score.Longest}
	given := func(v float64) *float64 {
		if v == 0 {
			return nil // of another language
		}
		v = tenth(v)
		return &v
	}
	r.Grade, r.SMOG, r.INFLESZ = given(score.Grade()), given(score.SMOG()), given(score.INFLESZ())
	if r.INFLESZ != nil {
		r.Band = ease.INFLESZBand(score.INFLESZ())
	}
	for _, l := range score.Long {
		r.Long = append(r.Long, longSentence{placeOf(l.Position), l.Number, l.Words})
	}
	for _, t := range score.Terms {
		r.Terms = append(r.Terms, hardWord{placeOf(t.Position), t.Word, t.Plain})
	}
	return r
}

// scoreOf is the sheet of a handout without its page.
func scoreOf(h *content.Page) scoreSheet {
	sheet := scoreSheet{Reading: readingOf(ease.Of(h)), PEMAT: &pemat{}}
	for _, i := range ease.PEMAT(h) {
		item := pematItem{Number: i.Number, Asks: i.Asks, Verdict: strings.ReplaceAll(i.Verdict.String(), " ", "_"),
			Reason: i.Reason}
		for _, p := range i.Places {
			item.Places = append(item.Places, placeOf(p))
		}
		sheet.PEMAT.Items = append(sheet.PEMAT.Items, item)
		t := &sheet.PEMAT.Understanding
		if i.Action() {
			t = &sheet.PEMAT.Acting
		}
		switch i.Verdict {
		case ease.Met:
			t.Met++
		case ease.NotMet:
			t.NotMet++
		case ease.NotApplicable:
			t.NotApplicable++
		case ease.NotChecked:
			t.NotChecked++
		}
	}
	sheet.Care = concernsOf(ease.Care(h))
	return sheet
}

func concernsOf(list []ease.Concern) []concern {
	var out []concern
	for _, c := range list {
		at := placeOf(c.Position)
		out = append(out, concern{c.Rule, mistake{at.File, at.Line, at.Column, c.Code, c.Message, c.Hint}})
	}
	return out
}

// factsOf measures a page. Only where no patient is on it may it be quoted.
func factsOf(l *press.Page, quote bool) *pageFacts {
	f := l.Page.Facts()
	p := &pageFacts{Fits: true, Look: l.Fitting.Look, Paper: l.Sheet.Paper.Name, TypeSize: l.Fitting.Body.Points(),
		Undescribed: f.Undescribed, Cut: len(l.Fitting.Concessions)}
	at := func(s layout.Sample) spot {
		out := spot{s.Role.String(), s.At.X.Points(), s.At.Y.Points(), ""}
		if s.Art {
			out.Role = "artifact"
		}
		if quote {
			out.Text = s.Text
		}
		return out
	}
	for _, s := range f.Sizes {
		p.Sizes = append(p.Sizes, typeSize{s.Size.Points(), s.Characters, at(s.Sample)})
	}
	for _, m := range f.Measures {
		if !quote {
			m.Heading = ""
		}
		p.LongestLine = max(p.LongestLine, m.Longest)
		p.Lines = append(p.Lines, measure{m.Heading, m.Lines, tenth(m.Mean), m.Longest, at(m.Sample)})
	}
	for _, c := range f.Contrasts {
		p.Contrast = append(p.Contrast, contrast{hundredth(c.Ratio), hundredth(c.Grey), c.Needs, c.Enough(),
			c.Ink.Hex(), c.Ground.Hex(),
			c.OnPicture, c.Characters, at(c.Sample)})
	}
	return p
}

// overflowing is a page that there is none of.
func overflowing(e *layout.OverflowError, sheet layout.Sheet) *pageFacts {
	p := &pageFacts{Paper: sheet.Paper.Name, TypeSize: e.Body.Points(), Over: e.Lines}
	for _, t := range e.Tallest {
		p.Tallest = append(p.Tallest, tallPart{partNames(t.Of), t.Lines})
	}
	return p
}

// tenth rounds to a tenth.
func tenth(x float64) float64 { return math.Round(x*10) / 10 }

// hundredth rounds down: a contrast of 4.499 is not 4.5.
func hundredth(x float64) float64 { return math.Floor(x*100+1e-6) / 100 }

// fine tells whether nothing on the sheet asks to be looked at.
func (s *scoreSheet) fine() bool {
	if len(s.Care)+len(s.Wording) > 0 ||
		s.Reading != nil && (len(s.Reading.Long) > 0 || len(s.Reading.Terms) > 0) {
		return false
	}
	if s.PEMAT != nil && s.PEMAT.Understanding.NotMet+s.PEMAT.Acting.NotMet > 0 {
		return false
	}
	p := s.Page
	return p == nil || p.Fits && p.Undescribed == 0 && p.LongestLine <= layout.LongestLine &&
		!slices.ContainsFunc(p.Contrast, func(c contrast) bool { return !c.Enough || c.OnPicture })
}

// print sets the sheet for people, in 80 columns: what is not met, and with all the measures
// and the other items of PEMAT-P.
func (s *scoreSheet) print(b *bufio.Writer, all bool) {
	line := func(name, format string, args ...any) {
		wrapped(b, fmt.Sprintf("  %-10s", name), fmt.Sprintf(format, args...))
	}
	b.WriteString("\n")
	if r := s.Reading; r != nil && all {
		line("Reading", "%d words in %d sentences of %.1f, the longest %d (%d at most)", r.Words, r.Sentences, r.Mean,
			r.Longest, ease.MaxSentence)
		switch {
		case r.Grade != nil && r.SMOG != nil:
			grade := ease.GradeSaid(*r.Grade)
			line("", "Flesch-Kincaid grade %s (%d at most), SMOG %.1f", grade, ease.EasyGrade, *r.SMOG)
		case r.INFLESZ != nil:
			line("", "INFLESZ %.1f, %s (%d at least)", *r.INFLESZ, r.Band, ease.EasyINFLESZ)
		}
	}
	if s.Page != nil {
		s.Page.print(line, all)
	}
	if s.Signed != nil {
		line("Signed", "by %s, %s, %s", s.Signed.Name, s.Signed.Credential, s.Signed.Date)
	}
	if s.Unsigned != nil {
		said := ""
		if s.Signed == nil {
			said = ", so the page does not say that it was checked"
		}
		line("Unsigned", "%s: no clinician has signed off these texts%s", strings.Join(s.Unsigned, ", "), said)
	}
	if s.PEMAT == nil {
		return
	}
	counts := func(t tally) string {
		return fmt.Sprintf("%d met, %d not met, %d not applicable, %d for a person", t.Met, t.NotMet,
			t.NotApplicable, t.NotChecked)
	}
	if all {
		b.WriteString("\n")
	}
	line("PEMAT-P", "understanding: %s", counts(s.PEMAT.Understanding))
	line("", "acting: %s", counts(s.PEMAT.Acting))
	first := []string{"not_met", "not_checked", "met", "not_applicable"}
	titles := []string{"Not met: begin here", "For a person to judge",
		"Met, as far as a program can tell", "Not applicable"}
	items := slices.Clone(s.PEMAT.Items)
	slices.SortStableFunc(items, func(x, y pematItem) int {
		return cmp.Compare(slices.Index(first, x.Verdict), slices.Index(first, y.Verdict))
	})
	last := ""
	for _, i := range items {
		if i.Verdict != first[0] && !all {
			break
		}
		if i.Verdict != last {
			fmt.Fprintf(b, "\n  %s\n", titles[slices.Index(first, i.Verdict)])
			last = i.Verdict
		}
		wrapped(b, fmt.Sprintf("  %4d  ", i.Number), i.Asks+": "+i.Reason+linesOf(i.Places))
	}
	if !all {
		b.WriteString("\n  --all shows every measure and item\n")
	}
}

// linesOf says where: lines of the handout, of other files with their name.
func linesOf(places []place) string {
	var list []string
	for i, p := range places {
		if i == 4 {
			list = append(list, fmt.Sprintf("%d more", len(places)-i))
			break
		}
		if p.File == places[0].File {
			list = append(list, fmt.Sprintf("line %d", p.Line))
		} else {
			list = append(list, fmt.Sprintf("%s:%d", p.File, p.Line))
		}
	}
	if list == nil {
		return ""
	}
	return " (" + strings.Join(slices.Compact(list), ", ") + ")"
}

// print tells what the page is like: without all, what of it is amiss.
func (p *pageFacts) print(line func(name, format string, args ...any), all bool) {
	if !p.Fits {
		line("Page", "none: %d lines too long for %s at %g pt", p.Over, p.Paper, p.TypeSize)
		return
	}
	line("Page", "%s on %s, %g pt, %d cut", p.Look, p.Paper, p.TypeSize, p.Cut)
	for _, h := range p.Holds {
		line("", "%s", h.said())
	}
	if len(p.Sizes) > 0 && all {
		s := p.Sizes[0]
		line("Type", "%d sizes, the smallest %g pt: %s", len(p.Sizes), s.Size, s.spot.said())
	}
	var longest measure
	chars, lines := 0., 0
	for _, m := range p.Lines {
		chars, lines = chars+m.Mean*float64(m.Lines), lines+m.Lines
		if m.Longest > longest.Longest {
			longest = m
		}
	}
	if lines > 0 && (all || longest.Longest > layout.LongestLine) {
		line("Lines", "%.0f characters, the longest %d (aim: 60 to 70; fewer in columns): %s", chars/float64(lines),
			longest.Longest, longest.spot.said())
	}
	for i, c := range p.Contrast {
		if i == 0 && all || !c.Enough || c.OnPicture {
			name, on := "Contrast", c.Ground
			if i > 0 {
				name = ""
			}
			if c.OnPicture {
				on = "a picture"
			}
			line(name, "%.2f, in grey %.2f, %g needed: %s on %s, %s", c.Ratio, c.Grey, c.Needs,
				c.Ink, on, c.spot.said())
		}
	}
	if p.Undescribed > 0 {
		line("Pictures", "%d without a description", p.Undescribed)
	}
}

// said quotes the first words there.
func (s spot) said() string {
	words := strings.Fields(s.Text)
	text := strings.Join(words[:min(5, len(words))], " ")
	if len(words) > 5 {
		text += " ..."
	}
	return "“" + text + "”"
}

// wrapped writes a text behind its label in 80 columns, set in as far as the label.
func wrapped(b *bufio.Writer, label, text string) {
	b.WriteString(label)
	indent := len([]rune(label))
	column := indent
	for i, w := range strings.Fields(text) {
		n := len([]rune(w))
		switch {
		case i > 0 && column+1+n > 80:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
		case i > 0:
			b.WriteString(" ")
			column++
		}
		b.WriteString(w)
		column += n
	}
	b.WriteString("\n")
}
