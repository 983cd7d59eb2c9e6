package serve

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/picture"
)

// The clinic's file in the browser. It is changed line by line, so that what its owner has
// written beside stays; and only by who has seen it as it is.

// clinicKeys are the settings that the page changes; the file may have others.
var clinicKeys = []string{"name", "tagline", "logo", "phone", "address", "web", "email", "booking", "therapist",
	"credential", "country", "lang", "paper", "look", "edition", "small-print", "skin", "hair", "colors.main",
	"colors.accent"}

// clinicFile is the file as the page has it.
type clinicFile struct {
	File     string            `json:"file"`
	Shelf    string            `json:"shelf"`
	There    bool              `json:"there"`
	Sum      string            `json:"sum"` // of the file as it is; empty where there is none
	Settings content.Settings  `json:"settings"`
	Logo     string            `json:"logo,omitempty"` // as it is drawn, for an image's address
	Colors   map[string]colour `json:"colors"`
	Services []clinicService   `json:"services"`
	Errors   []mistake         `json:"errors"`
}

// clinicService is what goes with a service.
type clinicService struct {
	Service   string   `json:"service"`
	Handout   string   `json:"handout"`   // none for no page; empty for the visit's own
	Stretches []string `json:"stretches"` // by what they are called
}

// colour is one of the clinic's, as it was chosen and as it prints.
type colour struct {
	Chosen string  `json:"chosen"`
	Used   string  `json:"used"`
	Ratio  float64 `json:"ratio"` // of the chosen one, on white
	Gray   float64 `json:"gray"`  // the same on a grey copy
	Need   float64 `json:"need"`
}

// changesToClinic are what the page asks to be changed.
type changesToClinic struct {
	settings content.Settings
	services map[string]string // the handout that goes with each
	logo     []byte
	order    order
	ordered  bool
}

var clinicMembers = map[string]func(*changesToClinic, value){
	"settings": func(c *changesToClinic, v value) {
		known := map[string]func(*content.Settings, value){}
		for _, key := range clinicKeys {
			known[key] = func(s *content.Settings, v value) {
				text, ok := v.text(1000)
				if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
					v.refuse("text-damaged", "type it again", "a character of this text cannot be read")
				} else if ok {
					(*s)[key] = text
				}
			}
		}
		c.settings = content.Settings{}
		each(v, &c.settings, known)
	},
	"services": func(c *changesToClinic, v value) { c.services = v.pairs() },
	"logo": func(c *changesToClinic, v value) {
		if c.logo = v.file(maxLogo); c.logo == nil {
			v.refuse("logo-unreadable", "an SVG, PNG, JPEG, GIF or WebP file", "a logo is a picture of at most 8 MB")
		}
	},
	"order": func(c *changesToClinic, v value) { c.order, c.ordered = order{}.read(v, orderMembers), true },
}

// maxLogo is the largest file of a logo.
const maxLogo = 8 << 20

// changes are those of a request.
func (s *Server) changes(w http.ResponseWriter, r *http.Request) (*changesToClinic, error) {
	c := &changesToClinic{settings: content.Settings{}}
	err := reads(w, r, maxBatch, c, clinicMembers, "")
	for _, handout := range c.services {
		if err == nil {
			err = s.goes(handout)
		}
	}
	return c, err
}

// clinicText is the clinic's file as it is, or what one begins with.
func (s *Server) clinicText() (text []byte, there bool, err error) {
	text, err = os.ReadFile(s.config.Home.Clinic)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, false, nil
	case err != nil:
		return nil, false, unkept(s.config.Home.Clinic, err)
	}
	return text, true, nil
}

// edited is the clinic's file with the changes, and the clinic that it makes; what is wrong
// stands at the settings that it is about.
func (s *Server) edited(text []byte, c *changesToClinic) ([]byte, *press.Clinic, map[string][]byte, []mistake) {
	path, over := s.config.Home.Clinic, map[string][]byte{}
	settings := maps.Clone(c.settings)
	if settings == nil {
		settings = content.Settings{}
	}
	if text == nil {
		if text = s.config.Home.Start; len(settings) > 0 || c.logo != nil { // its example is nobody's
			for key, value := range exampleless(text) {
				if _, said := settings[key]; !said {
					settings[key] = value
				}
			}
		}
	}
	if c.logo != nil {
		name := "logo" + endingOf(c.logo)
		settings["logo"], over[name] = name, c.logo
	}
	text, err := content.EditSettings(text, settings)
	if err != nil {
		return nil, nil, nil, s.clinicMistakes(nil, err)
	}
	for _, service := range slices.Sorted(maps.Keys(c.services)) {
		if text, err = content.SetService(text, service, c.services[service]); err != nil {
			wrong := s.clinicMistakes(nil, err)
			for i := range wrong {
				wrong[i].Pointer = "/services"
			}
			return nil, nil, nil, wrong
		}
	}
	over[filepath.Base(path)] = text
	clinic, err := s.clinicWith(over)
	if err != nil {
		return nil, nil, nil, s.clinicMistakes(text, err)
	}
	for service, handout := range c.services { // it may be written in a way that nobody thought of
		if with, ok := clinic.Service(service); !ok || with.Handout != handout && !with.None {
			return nil, nil, nil, []mistake{{Pointer: "/services", Code: "service-not-editable",
				Detail: "this file is written in a way that can only be changed in an editor",
				Hint:   "write it under services: in the clinic's file, in an editor"}}
		}
	}
	return text, clinic, over, nil
}

// clinicWith is the clinic with files that are not written yet.
func (s *Server) clinicWith(over map[string][]byte) (*press.Clinic, error) {
	path := s.config.Home.Clinic
	return press.ReadClinic(beside{os.DirFS(filepath.Dir(path)), over}, path)
}

// exampleless takes out of the file to begin with what is made up.
func exampleless(start []byte) content.Settings {
	out := content.Settings{}
	there, _ := content.ReadSettings(start)
	for _, key := range []string{"name", "tagline", "phone", "address", "country"} {
		if _, ok := there[key]; ok {
			out[key] = ""
		}
	}
	return out
}

// endingOf is how a picture's file is called by what it is.
func endingOf(data []byte) string {
	switch kind := http.DetectContentType(data); kind {
	case "image/png", "image/gif", "image/bmp", "image/webp", "image/jpeg":
		return "." + strings.TrimPrefix(kind, "image/")
	}
	if strings.HasPrefix(string(data), "II*\x00") || strings.HasPrefix(string(data), "MM\x00*") {
		return ".tiff"
	}
	return ".svg"
}

// clinicMistakes are told at the settings that they are about.
func (s *Server) clinicMistakes(text []byte, err error) []mistake {
	list := []mistake{}
	for _, e := range press.Mistakes(err) {
		m := mistake{Code: e.Code, Detail: e.Message, Hint: e.Hint}
		if key := content.SettingAt(text, e.Line); key != "" {
			m.Pointer = "/settings/" + key
		}
		list = append(list, m)
	}
	return list
}

// clinicState answers with the clinic's file.
func (s *Server) clinicState(w http.ResponseWriter, _ *http.Request) error {
	text, there, err := s.clinicText()
	if err != nil {
		return err
	}
	return writeJSON(w, s.stateOf(text, there))
}

func (s *Server) stateOf(text []byte, there bool) *clinicFile {
	f := &clinicFile{File: s.config.Home.Clinic, Shelf: s.config.Home.Shelf, There: there,
		Settings: content.Settings{}, Colors: map[string]colour{}, Services: []clinicService{}, Errors: []mistake{}}
	if !there {
		f.Colors = colours(content.Settings{}, content.Neutral())
		return f
	}
	f.Sum = sumOf(text)
	settings, err := content.ReadSettings(text)
	if err != nil {
		f.Errors = s.clinicMistakes(text, err)
		return f
	}
	for _, key := range clinicKeys {
		if value, ok := settings[key]; ok {
			f.Settings[key] = value
		}
	}
	if more := settings["phones"]; more != "" { // another word for the same
		f.Settings["phone"] = strings.TrimPrefix(f.Settings["phone"]+"\n"+more, "\n")
	}
	clinic, err := s.clinicWith(map[string][]byte{filepath.Base(f.File): text})
	if err != nil {
		f.Errors = s.clinicMistakes(text, err)
		return f
	}
	for _, key := range clinic.Examples() {
		f.Errors = append(f.Errors, mistake{Pointer: "/settings/" + key, Code: "still-the-example",
			Detail: "this is still the example", Hint: "write your own"})
	}
	f.Colors, f.Logo = colours(settings, clinic.Brand), logoOf(clinic.Brand)
	for _, with := range clinic.Services {
		row := clinicService{with.Pattern, with.Handout, []string{}}
		if with.None {
			row.Handout = "none"
		}
		for _, c := range with.Stretches {
			row.Stretches = append(row.Stretches, c.ID)
		}
		f.Services = append(f.Services, row)
	}
	return f
}

// maxShown is the largest picture of a logo that the page is told.
const maxShown = 1 << 20

// logoOf is the clinic's logo as we draw it, as an image's address. It is never the file as
// it came.
func logoOf(b *content.Brand) string {
	if b.Logo == nil {
		return ""
	}
	var svg []byte
	if b.Logo.Drawing != nil {
		svg = b.Logo.Drawing.SVG("")
	} else if svg, _ = wrapped(b.Logo.Bitmap, ""); svg == nil {
		return ""
	}
	if len(svg) > maxShown {
		return ""
	}
	return "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(svg)
}

// colours tells how the chosen colours print.
func colours(settings content.Settings, b *content.Brand) map[string]colour {
	all := map[string]colour{}
	for _, c := range []struct {
		name   string
		chosen picture.Color
		used   picture.Color
		need   float64
	}{{"main", content.Neutral().Main, b.Main, 4.5}, {"accent", content.Neutral().Accent, b.Accent, 3}} {
		if chosen, alpha, ok := picture.ParseColor(settings["colors."+c.name]); ok && alpha == 1 {
			c.chosen = chosen
		}
		all[c.name] = colour{c.chosen.Hex(), c.used.Hex(), picture.Contrast(c.chosen, picture.White),
			picture.Contrast(picture.Gray(c.chosen), picture.White), c.need}
	}
	return all
}

// keepClinic writes the changes into the clinic's file, if it is still as who asks has seen
// it: If-Match has its sum, or nothing where there was none.
func (s *Server) keepClinic(w http.ResponseWriter, r *http.Request) error {
	c, err := s.changes(w, r)
	if err != nil {
		return err
	}
	s.keeping.Lock()
	defer s.keeping.Unlock()
	text, there, err := s.clinicText()
	if err != nil {
		return err
	}
	if seen := strings.Trim(r.Header.Get("If-Match"), `"`); there && seen != sumOf(text) || !there && seen != "" {
		return &problem{kind: changedSince, hint: "read it again; what you changed can be written over it"}
	}
	if c.settings["phone"] != "" && there {
		c.settings["phones"] = ""
	}
	edited, _, over, wrong := s.edited(text, c)
	if wrong != nil {
		return &problem{kind: invalid, errors: wrong}
	}
	clinic := filepath.Base(s.config.Home.Clinic)
	for name, data := range over {
		if name != clinic {
			if err := keep(filepath.Join(filepath.Dir(s.config.Home.Clinic), name), data); err != nil {
				return err
			}
		}
	}
	if err := keep(s.config.Home.Clinic, edited); err != nil {
		return err
	}
	return writeJSON(w, s.stateOf(edited, true))
}

// clinicPreview is a page in the look of the changes, which are not written.
type clinicPreview struct {
	*preview
	Colors map[string]colour `json:"colors"`
	Logo   string            `json:"logo,omitempty"`
}

// previewClinic answers with a page as it would be.
func (s *Server) previewClinic(w http.ResponseWriter, r *http.Request) error {
	c, err := s.changes(w, r)
	if err != nil {
		return err
	}
	text, _, err := s.clinicText()
	if err != nil {
		return err
	}
	text, clinic, _, wrong := s.edited(text, c)
	if wrong != nil {
		return &problem{kind: invalid, errors: wrong}
	}
	settings, err := content.ReadSettings(text)
	if err != nil {
		return fmt.Errorf("what was edited cannot be read: %w", err)
	}
	answer := clinicPreview{Colors: colours(settings, clinic.Brand), Logo: logoOf(clinic.Brand)}
	if c.ordered {
		p, err := s.clinics.press("")
		var broken *brandError
		if errors.As(err, &broken) {
			p, err = s.clinics.first, nil
		}
		if err != nil {
			return err
		}
		o := c.order.on(s.config.Today())
		o.with = p.For(clinic)
		page, err := s.alone(r, &o)
		if err != nil {
			return err
		}
		if answer.preview, err = s.previewOf(r, page); err != nil {
			return err
		}
	}
	return writeJSON(w, answer)
}
