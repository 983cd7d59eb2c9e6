package serve

import (
	"encoding/json"
	"errors"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/layout"
	"handout/output"
)

// kind is a kind of problem: the last part of its type (RFC 9457).
type kind string

const (
	notJSON        kind = "not-json"
	badQuery       kind = "query"
	unauthorized   kind = "unauthorized"
	crossSite      kind = "cross-site"
	notFound       kind = "not-found"
	wrongMethod    kind = "method"
	notAcceptable  kind = "not-acceptable"
	tooSlow        kind = "slow"
	changedSince   kind = "changed"
	tooLarge       kind = "too-large"
	wrongType      kind = "type"
	wrongHost      kind = "host"
	invalid        kind = "invalid"
	unknownHandout kind = "unknown-handout"
	unknownStretch kind = "unknown-stretch"
	tooLong        kind = "too-long"
	noGlyph        kind = "no-glyph"
	internal       kind = "internal"
	clinicBroken   kind = "clinic"
	folderUnusable kind = "folder"
	unwritable     kind = "unwritable"
	busy           kind = "busy"
)

// kinds are all of them: docs/programs.md has a section for each.
var kinds = map[kind]struct {
	status int
	title  string
}{
	notJSON:        {400, "the body is not JSON"},
	badQuery:       {400, "the query cannot be read"},
	unauthorized:   {401, "a token is needed"},
	crossSite:      {403, "another site may not request this"},
	notFound:       {404, "there is nothing here"},
	wrongMethod:    {405, "this method is not allowed here"},
	notAcceptable:  {406, "none of the accepted types is available"},
	tooSlow:        {408, "the request did not finish in time"},
	changedSince:   {412, "it has been changed elsewhere in the meantime"},
	tooLarge:       {413, "the body is too large"},
	wrongType:      {415, "the body is of a type that is not accepted here"},
	wrongHost:      {421, "this server does not go by that name"},
	invalid:        {422, "no page can be made from this"},
	unknownHandout: {422, "there is no such handout"},
	unknownStretch: {422, "there is no such stretch"},
	tooLong:        {422, "too long for one page"},
	noGlyph:        {422, "no font here has a character of this page"},
	internal:       {500, "something went wrong here"},
	clinicBroken:   {500, "the clinic's file has mistakes"},
	folderUnusable: {500, "the day's folder cannot be used"},
	unwritable:     {500, "this file cannot be written"},
	busy:           {503, "there are too many requests at once"},
}

// problem is a request that is refused, and why.
type problem struct {
	kind
	errors []mistake
	hint   string // where there are no mistakes to name
}

func (p *problem) Error() string { return kinds[p.kind].title }

// saidProblem is a problem as it is told.
type saidProblem struct {
	Type   string    `json:"type"`
	Title  string    `json:"title"`
	Status int       `json:"status"`
	Errors []mistake `json:"errors,omitempty"`
}

func (p *problem) said() saidProblem {
	k, errs := kinds[p.kind], p.errors
	if errs == nil && p.hint != "" {
		errs = []mistake{{Code: string(p.kind), Detail: k.title, Hint: p.hint}}
	}
	return saidProblem{"/problems#" + string(p.kind), k.title, k.status, errs}
}

// answer writes the problem.
func (p *problem) answer(w http.ResponseWriter) {
	k := kinds[p.kind]
	if k.status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	data, err := json.Marshal(p.said())
	if err != nil {
		panic(err) // texts and a number
	}
	h := w.Header()
	h.Del("ETag")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", "application/problem+json")
	h.Set("Content-Length", strconv.Itoa(len(data)+1))
	w.WriteHeader(k.status)
	_, _ = w.Write(append(data, '\n')) // who is gone is not told
}

// wrongWith is the problem of an order with mistakes.
func wrongWith(list []mistake) *problem {
	only := func(code, at string) bool {
		return !slices.ContainsFunc(list, func(m mistake) bool {
			return m.Code != code || !strings.HasSuffix(strings.TrimRight(m.Pointer, "0123456789/"), at)
		})
	}
	p := &problem{kind: invalid, errors: list}
	switch {
	case only("unknown-name", "/handout"):
		p.kind = unknownHandout
	case only("unknown-name", "/stretches"):
		p.kind = unknownStretch
	case only("too-long", ""):
		p.kind = tooLong
	case only("characters-missing", ""):
		p.kind = noGlyph
	}
	return p
}

// wordsOf are the members that the visit's own words stand in, as content calls them.
var wordsOf = map[string]string{"patient": "/patient", "therapist": "/therapist", "next": "/next_visit",
	"note":    "/note",
	"stretch": "/stretches"}

// mistakesOf is what is wrong with an order at a place of the request; false for what is no
// fault of the order's.
func (s *Server) mistakesOf(err error, at string) (list []mistake, ok bool) {
	var long *layout.OverflowError
	var locked *output.PasswordError
	switch {
	case errors.As(err, &long):
		e := s.say.TooLong(long)
		return []mistake{{Pointer: at, Code: e.Code, Detail: e.Message, Hint: e.Hint, Over: overOf(long)}}, true
	case errors.As(err, &locked):
		value{at: at + "/password", wrong: &list}.refuse("password-unusable", locked.Hint(), "%s", locked.Error())
		return list, true
	}
	for _, e := range press.Mistakes(err) {
		if e.Code == "other" {
			return nil, false
		}
		list = append(list, mistake{Pointer: at + pointer(e), Code: e.Code, Detail: detail(e), Hint: asMember(e.Hint)})
	}
	return list, len(list) > 0
}

// pointer is where a mistake stands in an order: choices have their number for a line.
func pointer(e *content.Error) string {
	switch {
	case e.File != "":
		return ""
	case e.Line > 0 && e.Of == "note":
		return "/stretches/" + strconv.Itoa(e.Line-1) + "/note"
	case e.Line > 0:
		return "/stretches/" + strconv.Itoa(e.Line-1)
	case e.Code == "too-many-stretches":
		return "/stretches"
	}
	return wordsOf[e.Of]
}

// detail is the sentence, without what was asked for: any of it may be a name that went
// into the wrong member. Files are called by their names alone: where they lie is nobody's
// business.
func detail(e *content.Error) string {
	switch {
	case e.Code == "unknown-name":
		return "nothing has that name"
	case e.File == "":
		return strings.NewReplacer("per-day", "per_day", "with --anyway", `with "anyway": true`).Replace(e.Message)
	}
	at := e.Position
	at.File = filepath.Base(at.File)
	return at.String() + ": " + e.Message
}

// doseAssigned is a part of a dose, or a note, as the command line has it.
var doseAssigned = regexp.MustCompile(`\b(hold|breaths|sets|per-day|days|note)=([0-9]+|"[^"]*")s?`)

// asMember is a hint for those who write JSON and no command line.
func asMember(hint string) string {
	if strings.HasPrefix(hint, "a dose looks like ") {
		return `a dose looks like ` +
			`{"id": "figure-4", "hold": 20, "reps": 2, "sets": 1, "side": "left", "per_day": 2, "days": 5}`
	}
	hint = strings.ReplaceAll(doseAssigned.ReplaceAllString(hint, `"$1": $2`), `"per-day":`, `"per_day":`)
	hint = strings.ReplaceAll(hint, `side=each`, `"side": "each"`)
	return strings.NewReplacer(
		"`handout list handouts` shows them all", "GET /v1/handouts lists them",
		"`handout list stretches` shows them all", "GET /v1/stretches lists them",
		"`handout list packs` shows them all", "`handout list packs` lists them",
		"with --anyway", `with "anyway": true`,
		"--columns ", "columns=",
	).Replace(hint)
}
