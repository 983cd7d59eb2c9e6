package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/layout"
)

const listPage = `handout list: say what there is to choose from

  handout list handouts
  handout list stretches --library my-clinic
  handout list stretches --search hip --position sitting
  handout list packs
  handout list looks --json

A pack is a set of stretches given together: make and batch take it as @ID.

Each line begins with the name to use on the command line.

Stretches, only those that
  --search WORDS    have all these words, or ones that begin so, in their name,
                    other names, region, position or props; the best first
  --region WORD     are for neck jaw shoulder elbow hand chest upper-back
                    low-back hip thigh knee calf foot
  --position WORD   are done lying side-lying sitting standing kneeling
                    all-fours
  --props WORD      are done with it: ball band bed bottle chair cloth cushion
                    doorway mat mirror pillow roller step stick strap table
                    towel wall weight
Of several words, as in --props chair,wall, one is enough.

  --lang TAG      in this language, where there is a translation: es
  --library DIR   a folder of your own handouts, stretches and packs; repeatable
  --brand FILE    your clinic's file, for the library it names; as in make
  --json          say it as JSON, for programs: docs/json.md
`

// listed is one line of a list.
type listed struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Summary string `json:"summary"`

	Sources []string `json:"sources,omitempty"` // where its facts are from, if it says so

	// Of a stretch.
	Also      []string          `json:"also,omitempty"` // its other names
	Regions   []content.Region  `json:"regions,omitempty"`
	Positions []content.Posture `json:"positions,omitempty"`
	Props     []content.Prop    `json:"props,omitempty"`
	Place     string            `json:"place,omitempty"` // where it is done
	Needs     string            `json:"needs,omitempty"` // what it is done with, as its page says it

	// Of a pack.
	Stretches []string `json:"stretches,omitempty"`
	Languages []string `json:"languages,omitempty"`
}

// listing is a list and what is on it.
type listing struct {
	Of   string   `json:"of"`
	List []listed `json:"list"`
}

// lists are what is listed.
var lists = []string{"handouts", "stretches", "packs", "looks"}

func runList(w *world, args []string) (answer, error) {
	f := newFlags("list")
	own := f.StringArray("library", nil, "")
	brand := f.String("brand", "", "")
	var lang string
	f.lang(&lang)
	var q content.Query
	f.StringVar(&q.Words, "search", "", "")
	f.Var(&picksFlag[content.Region]{"region", &q.Regions, content.Regions()}, "region", "")
	f.Var(&picksFlag[content.Posture]{"position", &q.Postures, content.Postures()}, "position", "")
	f.Var(&picksFlag[content.Prop]{"props", &q.Props, content.Props()}, "props", "")
	if err := f.parse(args); err != nil {
		return nil, err
	}
	if err := q.Check(); err != nil {
		return nil, misused(err)
	}
	if f.NArg() != 1 {
		return nil, misusef("handout list handouts, handout list stretches, handout list packs or handout list looks",
			"list needs one word: what to list")
	}
	rows := []listed{}
	var broken error // what cannot be read is left out of the list, and said
	switch f.Arg(0) {
	case "looks":
		for _, l := range layout.Looks() {
			rows = append(rows, listed{ID: l.ID, Name: l.Name, Summary: l.Summary})
		}
	case "handouts", "stretches", "packs":
		if err := w.clinic(f); err != nil {
			return nil, err
		}
		clinic, err := press.OpenClinic(*brand)
		if err != nil {
			return nil, err
		}
		rows, broken = listLibrary(f.Arg(0), q, lang, clinic.Libraries(*brand, *own))
	default:
		return nil, misusef(nearest(f.Arg(0), lists, "there are "+strings.Join(lists, ", ")), "there is no such list")
	}
	if f.searches() && f.Arg(0) != "stretches" {
		return nil, misusef("handout list stretches --search hip", "only stretches are searched for")
	}
	if broken == nil && len(rows) == 0 && f.searches() {
		broken = &content.Error{Message: "no stretch is found",
			Hint: "leave out a word or a flag; `handout list stretches` shows them all"}
	}
	return &listing{f.Arg(0), append([]listed{}, rows...)}, broken
}

// searches tells whether something is searched for.
func (f *flags) searches() bool {
	for _, name := range []string{"search", "region", "position", "props"} {
		if f.Changed(name) {
			return true
		}
	}
	return false
}

// print sets the rows in columns as wide as a terminal shows them.
func (l *listing) print(to io.Writer) error {
	rows := l.List
	var ids, names int
	for _, r := range rows {
		ids, names = max(ids, columns(r.ID)), max(names, columns(r.Name))
	}
	b := bufio.NewWriter(to)
	pad := func(s string, to int) string { return s + strings.Repeat(" ", to-columns(s)) }
	for _, r := range rows {
		fmt.Fprintln(b, strings.TrimRight(pad(r.ID, ids)+"  "+pad(r.Name, names)+"  "+r.Summary, " "))
	}
	return b.Flush()
}

// columns is how many columns of a terminal a text takes: none for marks and
// invisible characters, two for wide ones (UAX #11).
func columns(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// listLibrary lists handouts, stretches or packs, each in a language, or in its own where it is not there in that.
func listLibrary(kind string, q content.Query, lang string, libraries []press.Folder) ([]listed, error) {
	s, err := press.OpenLibrary(libraries...)
	if err != nil {
		return nil, err
	}
	if lang != "" {
		if _, err := s.Words(lang); err != nil {
			return nil, err
		}
	}
	rows := []listed{}
	switch kind {
	case "handouts":
		list, err := s.HandoutsIn(lang)
		for _, h := range list {
			rows = append(rows, listed{ID: h.ID, Name: h.Title, Summary: h.Summary, Sources: h.Sources})
		}
		return rows, err
	case "packs":
		list, err := s.Packs()
		for _, p := range list {
			rows = append(rows, listed{ID: "@" + p.ID, Name: p.Name(cmp.Or(lang, "en")),
				Summary:   p.Summary(cmp.Or(lang, "en")),
				Stretches: p.Stretches(), Languages: p.Languages})
		}
		return rows, err
	}
	list, err := s.Search(q, lang)
	for _, st := range list {
		rows = append(rows, listed{ID: st.ID, Name: st.Name, Summary: st.Summary, Sources: st.Sources, Also: st.Also,
			Place: st.Place, Needs: st.Needs,
			Regions: st.Regions, Positions: st.Postures, Props: st.Props})
	}
	return rows, err
}

// picksFlag is words of a closed list, with commas between them.
type picksFlag[T ~string] struct {
	name string
	to   *[]T
	all  []T
}

func (p *picksFlag[T]) Set(s string) error {
	for _, word := range strings.Split(s, ",") {
		t, hint := content.Pick(word, p.all)
		if hint != "" {
			return misusef(hint, "--%s does not know this word", p.name)
		}
		*p.to = append(*p.to, t)
	}
	return nil
}

func (p *picksFlag[T]) String() string { return strings.TrimSpace(fmt.Sprint(*p.to)) }
func (p *picksFlag[T]) Type() string   { return "words" }

func (p *picksFlag[T]) choices() (all []string) {
	for _, t := range p.all {
		all = append(all, string(t))
	}
	return all
}
