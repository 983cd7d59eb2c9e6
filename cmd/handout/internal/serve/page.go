package serve

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"hash/maphash"
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/fonts"
	"handout/layout"
)

// The page in the browser: a shell without a private word, and what it asks with the key,
// for it may not be asked by another user of this computer.

//go:generate npm pack --silent lit-html@3.3.3
//go:generate tar xzf lit-html-3.3.3.tgz --strip-components 1 -C assets package/lit-html.js
//go:generate rm lit-html-3.3.3.tgz

//go:embed assets
var assets embed.FS

// shellPolicy is what the shell may do: only what comes from here, nothing inline.
const shellPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
	"font-src 'self'; connect-src 'self'; frame-src 'self' blob:; manifest-src 'self'; form-action 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'"

// shell is the page as it is before it knows anything. It has one address, so that a
// browser keeps its key in one place.
func (s *Server) shell(w http.ResponseWriter, r *http.Request) error {
	if name, port, ok := strings.Cut(strings.ToLower(r.Host), ":"); ok && name == "localhost" && s.config.Home != nil {
		http.Redirect(w, r, "http://127.0.0.1:"+port+"/", http.StatusPermanentRedirect)
		return nil
	}
	w.Header().Set("Content-Security-Policy", shellPolicy)
	return s.asset(w, r, "page.html")
}

// assetFile is a file that the shell is made of.
func (s *Server) assetFile(w http.ResponseWriter, r *http.Request) error {
	return s.asset(w, r, r.PathValue("name"))
}

func (s *Server) asset(w http.ResponseWriter, r *http.Request, name string) error {
	styles := map[string]fonts.Style{"regular.ttf": fonts.Regular, "bold.ttf": fonts.Bold}
	if style, ok := styles[name]; ok {
		return kept(w, r, "font/ttf", fonts.Web(style))
	}
	if name == "words.json" {
		return kept(w, r, "application/json", wordsFile())
	}
	data, err := assets.ReadFile("assets/" + name)
	kind := map[string]string{".js": "text/javascript", ".css": "text/css", ".html": "text/html",
		".svg": "image/svg+xml", ".webmanifest": "application/manifest+json"}[path.Ext(name)]
	if err != nil || kind == "" {
		return &problem{kind: notFound}
	}
	return kept(w, r, mime.FormatMediaType(kind, map[string]string{"charset": "utf-8"}), data)
}

// pageState is what the page is to choose from.
type pageState struct {
	Clinic    string            `json:"clinic"`
	Logo      string            `json:"logo,omitempty"`
	Begun     bool              `json:"begun"`     // there is a file of the clinic's
	Sender    string            `json:"sender"`    // whom mail is from; empty: nobody
	Mailer    string            `json:"mailer"`    // the server that sends it; empty: none
	Unread    bool              `json:"unread"`    // and it cannot be read
	Elsewhere bool              `json:"elsewhere"` // the page is for other computers
	Shelf     string            `json:"shelf"`
	Shows     bool              `json:"shows"` // a folder can be shown
	Therapist string            `json:"therapist"`
	Paper     string            `json:"paper"`
	Edition   string            `json:"edition"`
	Handouts  []handoutInfo     `json:"handouts"`
	Stretches []pageStretch     `json:"stretches"`
	Packs     []pagePack        `json:"packs"`
	Looks     []string          `json:"looks"`
	Regions   []content.Region  `json:"regions"`
	Positions []content.Posture `json:"positions"`
	Props     []content.Prop    `json:"props"`
	Called    map[string]string `json:"called"` // what regions, positions and props are called
	Broken    []mistake         `json:"broken"` // in files of the shelf, which are left out
}

type pageStretch struct {
	stretchInfo
	Own    bool    `json:"own"` // of the clinic's library
	Amount amounts `json:"amount"`
}

type pagePack struct {
	ID        string       `json:"id"`
	Own       bool         `json:"own"` // made here, and so can be renamed and deleted
	Name      string       `json:"name"`
	Stretches []pageChoice `json:"stretches"`
}

// state tells the page what there is, in a language if it is there in it.
func (s *Server) state(w http.ResponseWriter, r *http.Request) error {
	lang, err := language(r)
	if err != nil {
		return err
	}
	p, err := s.clinics.press("")
	var unread *brandError
	if errors.As(err, &unread) { // the page is where it can be mended
		p, err = s.clinics.first.Reopen(), nil
	}
	if err != nil {
		return err
	}
	b := p.Clinic.Brand
	st := pageState{Clinic: b.Name, Logo: logoOf(b), Begun: b.File != "", Unread: unread != nil, Sender: b.Sender(),
		Elsewhere: s.config.Home == nil,
		Shows:     s.config.Show != nil,
		Therapist: strings.TrimSuffix(b.Therapist+", "+b.Credential, ", "),
		Paper:     b.PaperName(), Edition: cmp.Or(b.Edition, layout.Standard),
		Stretches: []pageStretch{}, Packs: []pagePack{}, Looks: content.Looks(),
		Regions: content.Regions(), Positions: content.Postures(), Props: content.Props(), Called: map[string]string{},
		Broken: []mistake{}}
	if s.config.Home != nil {
		st.Shelf = s.config.Home.Shelf
	}
	if s.config.Mail != nil {
		st.Mailer = s.config.Mail.Host
	}
	broken := s.handouts(p, lang, &st.Handouts)
	all, more := p.Search(content.Query{}, lang)
	slices.SortStableFunc(all, func(a, b *content.Stretch) int { return strings.Compare(a.Name, b.Name) })
	for _, one := range all {
		dose := inNumbers(one.Dose, ^content.DoseKeys(0))
		st.Stretches = append(st.Stretches, pageStretch{s.stretch(p, one), p.Own(one), dose})
	}
	packs, most := p.Packs()
	for _, pack := range packs {
		list, err := pack.In(cmp.Or(lang, "en"))
		if err != nil {
			continue // it is for another language
		}
		own := !pack.Shipped && s.config.Home != nil && s.ownPack(pack.ID)
		shown := pagePack{pack.ID, own, pack.Name(lang), []pageChoice{}}
		for _, c := range list {
			shown.Stretches = append(shown.Stretches, asChosen(c))
		}
		st.Packs = append(st.Packs, shown)
	}
	if words, err := p.Words(cmp.Or(lang, "en")); err == nil {
		for _, name := range slices.Concat(texts(st.Regions), texts(st.Positions), texts(st.Props)) {
			if called := words.Called(name); called != "" {
				st.Called[name] = called
			}
		}
	}
	for _, e := range press.Mistakes(errors.Join(broken, more, most)) {
		st.Broken = append(st.Broken, mistake{Code: e.Code, Detail: detail(e), Hint: e.Hint})
	}
	return writeJSON(w, st)
}

// texts are the words of a closed list.
func texts[T ~string](list []T) []string {
	all := make([]string, len(list))
	for i, word := range list {
		all[i] = string(word)
	}
	return all
}

// preview is a page as it will print, and what can be pointed at on it.
type preview struct {
	Size  [2]float64  `json:"size"` // points
	Fit   *report     `json:"fit"`
	Parts []pagePart  `json:"parts"`
	Text  [][2]string `json:"text"` // what kind of thing, and its words
	SVG   []stroke    `json:"svg"`
}

// stroke is an element of the page's picture: its key, and the element itself unless the browser
// has it. A page that differs from the last by a letter is a hundredth of its picture.
type stroke []string

// drawnAlready is the header with the keys of those that the browser has.
const drawnAlready = "Handout-Drawn"

// strokeKeys makes keys that nobody can make an element for.
var strokeKeys = maphash.MakeSeed()

type pagePart struct {
	Part string     `json:"part"` // its kind, of several with a number: stretch/2
	Box  [4]float64 `json:"box"`  // from the left, from the top, width, height
}

// preview answers with the page of an order.
func (s *Server) preview(w http.ResponseWriter, r *http.Request) error {
	page, _, err := s.ordered(w, r)
	if err != nil {
		return err
	}
	answer, err := s.previewOf(r, page)
	if err != nil {
		return err
	}
	return writeJSON(w, answer)
}

// previewOf is a page as the browser that asks shows it.
func (s *Server) previewOf(r *http.Request, page *press.Page) (*preview, error) {
	buffer := s.buffers.Get().(*[]byte)
	defer s.buffers.Put(buffer)
	svg, at, err := page.Sketch((*buffer)[:0])
	if err != nil {
		return nil, err
	}
	*buffer = svg
	known := map[string]bool{}
	for key := range strings.SplitSeq(r.Header.Get(drawnAlready), " ") {
		known[key] = true
	}
	strokes := make([]stroke, len(at)-1)
	for i := range strokes {
		element := svg[at[i]:at[i+1]]
		key := strconv.FormatUint(maphash.Bytes(strokeKeys, element), 36)
		if strokes[i] = (stroke{key}); !known[key] {
			strokes[i] = append(strokes[i], string(element))
			known[key] = true
		}
	}
	size := page.Page.Size
	answer := &preview{Size: [2]float64{size.W.Points(), size.H.Points()}, Fit: s.fitted(page), Parts: []pagePart{},
		Text: spoken(page.Page), SVG: strokes}
	for _, place := range page.Page.Places() {
		name := place.Kind.String()
		if place.N > 0 {
			name += fmt.Sprintf("/%d", place.N)
		}
		b := place.Box
		box := [4]float64{b.X.Points(), b.Y.Points(), b.W.Points(), b.H.Points()}
		answer.Parts = append(answer.Parts, pagePart{name, box})
	}
	return answer, nil
}

// blocks are the roles that a page is read by, and what they are called in a browser.
var blocks = map[layout.Role]string{layout.H1: "h1", layout.H2: "h2", layout.H3: "h3", layout.H4: "h4", layout.P: "p",
	layout.LBody: "li", layout.Figure: "img", layout.Caption: "p", layout.Note: "p", layout.TH: "p", layout.TD: "p"}

// spoken is the page in words, in the order in which it is read.
func spoken(p *layout.Page) [][2]string {
	texts, order := map[int]*strings.Builder{}, []int{}
	var last layout.Length
	for _, it := range p.Items {
		tag, words, down := layout.Artifact, "", last
		switch it := it.(type) {
		case *layout.Glyphs:
			tag, down = it.Tag, it.At.Y
			for _, g := range it.Glyphs {
				words += g.Text
			}
		case *layout.Image:
			if tag = it.Tag; tag != layout.Artifact {
				words = p.Tags[tag].Alt
			}
		}
		for tag > 0 && blocks[p.Tags[tag].Role] == "" {
			if p.Tags[tag].Role == layout.Lbl { // a bullet
				words = ""
			}
			tag = p.Tags[tag].Parent
		}
		if tag <= 0 || words == "" {
			continue
		}
		b := texts[tag]
		if b == nil {
			b = &strings.Builder{}
			texts[tag], order = b, append(order, tag)
		} else if down != last && !strings.HasSuffix(b.String(), " ") {
			b.WriteByte(' ')
		}
		last = down
		b.WriteString(words)
	}
	said := [][2]string{}
	for _, tag := range order {
		said = append(said, [2]string{blocks[p.Tags[tag].Role], strings.Join(strings.Fields(texts[tag].String()), " ")})
	}
	return said
}
