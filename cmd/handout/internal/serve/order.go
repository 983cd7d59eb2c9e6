package serve

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"time"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/layout"
)

// order is a page as it is asked for in JSON.
type order struct {
	press.Request
	clinic   string       // its name in the folder of brands; empty: the one that the server was opened with
	with     *press.Press // that makes it; nil: the clinic's
	password string
	dated    bool
	id       string    // of a visit in a batch
	at       string    // where it stands in the request
	row      string    // of a list, its place there
	left     string    // why it has no page, of a row that is left out
	wrong    []mistake // with its row
}

// orderMembers are what an order may have, and how each is read.
var orderMembers = map[string]func(*order, value){
	"handout": func(o *order, v value) { o.Handout = v.name() },
	"lang": func(o *order, v value) {
		s, ok := v.text(64)
		if ok && !langForm.MatchString(s) {
			v.refuse("language-unreadable", "for example: en, or es-MX", "this is not a language")
			return
		}
		o.Lang = s
	},
	"clinic": func(o *order, v value) {
		s, ok := v.text(64)
		if ok && !clinicForm.MatchString(s) {
			v.refuse("clinic-unreadable", "small letters, digits and hyphens, as its file is called",
				"this is not a clinic's name")
			return
		}
		o.clinic = s
	},
	"patient":    func(o *order, v value) { o.Visit.Patient, _ = v.text(120) },
	"therapist":  func(o *order, v value) { o.Visit.Therapist, _ = v.text(120) },
	"next_visit": func(o *order, v value) { o.Visit.Next, _ = v.text(120) },
	"note":       func(o *order, v value) { o.Visit.Note, _ = v.text(400) },
	"date": func(o *order, v value) {
		if o.dated, o.Visit.Date = true, (time.Time{}); v.is == nil {
			return
		}
		s, _ := v.is.(string)
		day, err := time.Parse(time.DateOnly, s)
		if err != nil || day.Year() < 1900 {
			v.refuse("day-unreadable", "write it like 2026-11-29; null prints none", "this is not a date")
			return
		}
		o.Visit.Date = day
	},
	"side": func(o *order, v value) { o.Visit.Side, _ = press.SideNamed(v.word("left", "right")) },
	"stretches": func(o *order, v value) {
		o.Visit.Chosen, o.Visit.Stretches = true, nil
		list, _ := v.list()
		if len(list) > content.MaxStretches {
			v.refuse("list-too-long", "choose fewer", "a page has room for %d stretches, and there are %d",
				content.MaxStretches, len(list))
			return
		}
		for i, one := range list {
			if c, ok := one.choice(i + 1); ok {
				o.Visit.Stretches = append(o.Visit.Stretches, c)
			}
		}
	},
	"look":    func(o *order, v value) { o.Sheet.Look = v.word(content.Looks()...) },
	"edition": func(o *order, v value) { o.Sheet.Edition, _ = press.EditionNamed(v.word(press.Editions()...)) },
	"paper":   func(o *order, v value) { o.Sheet.Paper, _ = press.PaperNamed(v.word("letter", "a4")) },
	"punch":   func(o *order, v value) { o.Sheet.Punch = v.yes() },
	"strict":  func(o *order, v value) { o.Sheet.Strict = v.yes() },
	"anyway":  func(o *order, v value) { o.Visit.Anyway = v.yes() },
	"min_type": func(o *order, v value) {
		_, pt, ok := v.number()
		if ok && !(pt >= 9 && pt <= 18) {
			v.refuse("type-out-of-range", "for example 12", "the smallest type is from 9 to 18 points")
			return
		}
		o.Sheet.MinType = layout.Pt(pt)
	},
	"password": func(o *order, v value) {
		s, ok := v.text(64)
		if ok && s == "" {
			v.refuse("password-empty", "leave it out for a page that is not locked", "the password is empty")
		}
		o.password = s
	},
}

var (
	langForm   = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$`)
	clinicForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)
)

// without is what members there are but for some.
func without(all map[string]func(*order, value), names ...string) map[string]func(*order, value) {
	some := maps.Clone(all)
	for _, name := range names {
		delete(some, name)
	}
	return some
}

// name is the name of a handout or a stretch, or nothing if it is refused.
func (v value) name() string {
	s, ok := v.text(64)
	if ok && s == "" {
		v.refuse("name-empty", "GET /v1/handouts and GET /v1/stretches list them", "the name is empty")
	}
	return s
}

// choice is a stretch, as its name or an object with what of its dose is changed. The
// number of the choice is its line.
func (v value) choice(n int) (content.Choice, bool) {
	before := len(*v.wrong)
	c := chosen{}
	if _, ok := v.is.(string); ok {
		c.name = v
	} else if given, ok := each(v, &c, choiceMembers); !ok {
		return c.Choice, false
	} else if !given.has("id") {
		v.lacks("id", `for example: {"id": "figure-4", "reps": 5}`)
	} else if given.has("hold") && given.has("breaths") {
		v.refuse("held-two-ways", "leave one out", "a stretch is held for seconds or for breaths, not both")
	}
	if c.name.wrong == nil {
		return c.Choice, false
	}
	choice, err := content.NewChoice(c.name.name())
	if err != nil && len(*v.wrong) == before {
		c.name.blame(err)
	}
	choice.Line, choice.Note = n, c.Note
	for _, set := range c.dose {
		if err := choice.Set(set.key, set.text); err != nil && len(*v.wrong) == before {
			set.value.blame(err)
		}
	}
	return choice, len(*v.wrong) == before
}

// blame notes what content finds wrong with a value.
func (v value) blame(err error) {
	for _, e := range press.Mistakes(err) {
		*v.wrong = append(*v.wrong, mistake{Pointer: v.at, Code: e.Code,
			Detail: detail(&content.Error{Code: e.Code, Message: e.Message}), Hint: asMember(e.Hint)})
	}
}

// chosen is a choice that is being read.
type chosen struct {
	content.Choice
	name value
	dose []dosed
}

// dosed is one thing of a dose, as content reads it.
type dosed struct {
	value
	key, text string
}

// choiceMembers are what a choice may have.
var choiceMembers = map[string]func(*chosen, value){
	"id":      func(c *chosen, v value) { c.name = v },
	"note":    func(c *chosen, v value) { c.Note, _ = v.text(200) },
	"side":    func(c *chosen, v value) { c.set("side", v, v.word(content.Sides()...)) },
	"hold":    amount("hold"),
	"breaths": amount("breaths"),
	"reps": func(c *chosen, v value) {
		if s, ok := v.is.(string); ok && rangeForm.MatchString(s) {
			c.set("reps", v, s)
			return
		}
		amount("reps")(c, v)
	},
	"sets":    amount("sets"),
	"per_day": amount("per-day"),
	"days":    amount("days"),
	"unit": func(c *chosen, v value) {
		if s, ok := v.text(40); ok {
			c.set("unit", v, s)
		}
	},
	"video": func(c *chosen, v value) {
		if s, ok := v.text(412); ok {
			c.set("video", v, s)
		}
	},
}

// rangeForm is from how often to how often.
var rangeForm = regexp.MustCompile(`^[1-9][0-9]?[-–][1-9][0-9]?$`)

func amount(key string) func(*chosen, value) {
	return func(c *chosen, v value) {
		if text, ok := v.is.(string); ok {
			v.refuse("not-a-number", doseAsMembers(key, text), "there should be a number here")
		} else if text, _, ok := v.number(); ok {
			c.set(key, v, text)
		}
	}
}

// doseAsMembers is how a part of a dose that is in words is to be written.
func doseAsMembers(key, text string) string {
	one, err := content.NewChoice("a")
	if err == nil {
		err = one.Set(key, text)
	}
	for _, e := range press.Mistakes(err) {
		return asMember(e.Hint)
	}
	members, _ := json.Marshal(inNumbers(one.Changes.Dose, one.Changes.Given)) // numbers and words alone
	return "write " + strings.NewReplacer(`":`, `": `, `,"`, `, "`).Replace(strings.Trim(string(members), "{}"))
}

func (c *chosen) set(key string, v value, text string) { c.dose = append(c.dose, dosed{v, key, text}) }

// read reads an order over another, whose members hold where this one is silent.
func (o order) read(v value, known map[string]func(*order, value)) order {
	o.at = v.at
	each(v, &o, known)
	return o
}

// wantsHandout refuses an order that does not say which.
func (o *order) wantsHandout(v value) {
	if given, ok := v.is.(members); ok && o.Handout == "" && !given.has("handout") {
		v.lacks("handout", "GET /v1/handouts lists them")
	}
}

// on is the order with the day that it is made on.
func (o order) on(today time.Time) order {
	if !o.dated {
		o.Visit.Date = today
	}
	if o.Made = o.Visit.Date; o.Made.IsZero() {
		o.Made = today
	}
	return o
}

// makeOut finds what an order asks for, and makes it out to the patient; or it says all
// that is wrong with it.
func (s *Server) makeOut(o *order) (*press.Job, []mistake, error) {
	p, err := o.with, error(nil)
	if p == nil {
		p, err = s.clinics.press(o.clinic)
	}
	if errors.Is(err, fs.ErrNotExist) {
		var wrong []mistake
		value{at: o.at + "/clinic", wrong: &wrong}.refuse("clinic-unknown",
			"its file goes in the folder given with --brands", "there is no such clinic")
		return nil, wrong, nil
	}
	if err != nil {
		return nil, nil, err
	}
	found, err := p.Find(o.Request)
	if err != nil {
		list, ok := s.mistakesOf(err, o.at)
		if !ok {
			return nil, nil, err
		}
		for i := range list {
			list[i].Pointer = o.at + "/handout"
			if list[i].Code == "not-in-language" {
				list[i].Pointer = o.at + "/lang"
			}
		}
		// It is in no language yet, so that no stretch can be in the wrong one.
		for _, c := range o.Visit.Stretches {
			if more, ok := s.mistakesOf(at(p.There(c, ""), c.Position), o.at); ok {
				list = append(list, more...)
			}
		}
		return nil, list, nil
	}
	var wrong []mistake
	if o.Lang != "" && found.Untranslated() { // a patient who cannot read it is not to get it unseen
		value{at: o.at + "/lang", wrong: &wrong}.refuse("page-not-in-language",
			"leave it out for the language it is in; GET /v1/handouts lists that", "nobody has translated this handout")
	}
	job, err := found.MakeOut("")
	if err != nil {
		list, ok := s.mistakesOf(err, o.at)
		if !ok {
			return nil, nil, err
		}
		wrong = append(wrong, list...)
	}
	return job, wrong, nil
}

// at gives mistakes without a place the one given.
func at(err error, here content.Position) error {
	list := press.Mistakes(err)
	for i, e := range list {
		if e.File == "" {
			placed := *e
			placed.Position = here
			list[i] = &placed
		}
	}
	if len(list) == 0 {
		return nil
	}
	return list
}

// set sets the order's page.
func (s *Server) set(ctx context.Context, o *order) (*press.Page, []mistake, error) {
	job, wrong, err := s.makeOut(o)
	if err != nil || wrong != nil {
		return nil, wrong, err
	}
	page, err := job.Set(ctx)
	if list, ok := s.mistakesOf(err, o.at); ok {
		return nil, list, nil
	}
	return page, nil, err
}

// alone sets a page that is asked for by itself, or is the problem of all that is wrong: if it waits for
// too long behind whatever is in front of it, it is better asked for again. A batch waits.
func (s *Server) alone(r *http.Request, o *order) (*press.Page, error) {
	ctx, done := context.WithTimeoutCause(r.Context(), s.patience, press.ErrBusy)
	defer done()
	page, wrong, err := s.set(ctx, o)
	switch {
	case wrong != nil:
		return nil, wrongWith(wrong)
	case errors.Is(err, context.DeadlineExceeded) && context.Cause(ctx) == press.ErrBusy:
		return nil, press.ErrBusy
	}
	return page, err
}

// report says how a page came to fit.
type report struct {
	Handout   string    `json:"handout"`
	Title     string    `json:"title"`
	Look      string    `json:"look"`
	Paper     string    `json:"paper"`
	TypeSize  float64   `json:"type_size"`
	Cuts      []cut     `json:"cuts"`
	Notes     []string  `json:"notes"`
	Stretches []printed `json:"stretches"`
}

type cut struct {
	Kind string `json:"kind"`
	Part string `json:"part,omitempty"`
	Says string `json:"says"`
}

type printed struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Dose string `json:"dose"`
}

// cutKinds are what may be let go; there may be more.
var cutKinds = map[layout.ConcessionKind]string{
	layout.SectionOut: "left_out", layout.SectionLeads: "shortened", layout.SectionCore: "shortened",
	layout.StepsShort: "steps_shortened", layout.TipsOut: "tips_left_out", layout.FewerWords: "fewer_words",
	layout.StepsFewer: "fewer_words", layout.StopsOut: "shortened", layout.BookingOut: "booking_left_out",
}

// report is how a page came to fit.
func (s *Server) report(p *press.Page) *report {
	r := s.fitted(p)
	r.Notes = append(append(r.Notes, p.Sheet.Brand.Notes...), s.say.Notes(p.Fitting)...)
	return r
}

// fitted is a report without what the page in the browser says in words of its own: how small the
// type is, and, where the clinic's colours are chosen, which are too pale.
func (s *Server) fitted(p *press.Page) *report {
	r := &report{Handout: p.Handout.ID, Title: p.Handout.Title, Look: p.Fitting.Look, Paper: p.Sheet.Paper.Name,
		TypeSize: p.Fitting.Body.Points(), Cuts: []cut{}, Notes: []string{}, Stretches: []printed{}}
	for _, c := range p.Fitting.Concessions {
		kind := cutKinds[c.Kind]
		if kind == "" {
			kind = "other"
		}
		r.Cuts = append(r.Cuts, cut{kind, c.Of.Name, s.say.Cut(c)})
	}
	for _, w := range p.Handout.Warnings {
		r.Notes = append(r.Notes, strings.TrimSuffix(detail(w), "."))
	}
	if p.Untranslated() {
		r.Notes = append(r.Notes, "nobody has translated this handout into the clinic's language")
	}
	for _, b := range p.Handout.Blocks {
		if b, ok := b.(*content.Stretches); ok {
			for _, c := range b.Chosen {
				r.Stretches = append(r.Stretches, printed{c.ID, c.Stretch.Name, p.Handout.Words.Dose(c.Dose)})
			}
		}
	}
	return r
}
