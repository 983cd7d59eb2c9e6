package serve

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"net/http"
	"net/url"
	"strconv"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/picture"
	"handout/layout"
	"handout/layout/figure"
)

// stretchInfo is a stretch as it is listed.
type stretchInfo struct {
	ID        string            `json:"id"`
	Name      string            `json:"name"`
	Also      []string          `json:"also"`
	Lang      string            `json:"lang"`
	Target    string            `json:"target"`
	Place     string            `json:"place"`
	Needs     string            `json:"needs"`
	Regions   []content.Region  `json:"regions"`
	Positions []content.Posture `json:"positions"`
	Props     []content.Prop    `json:"props"`
	Summary   string            `json:"summary"`
	Dose      string            `json:"dose"`
	Alt       string            `json:"alt"`
	Figures   []string          `json:"figures"`
}

// listStretches lists those that are found.
func (s *Server) listStretches(w http.ResponseWriter, r *http.Request) error {
	lang, err := language(r)
	if err != nil {
		return err
	}
	q := content.Query{Words: r.URL.Query().Get("q")}
	if err := q.Check(); err != nil {
		return badParameter("q", "a word or two are enough", err.Error())
	}
	p, err := s.clinics.press("")
	if err != nil {
		return err
	}
	found, broken := p.Search(q, lang)
	list := []stretchInfo{}
	for _, st := range found {
		list = append(list, s.stretch(p, st))
	}
	tellBroken(w, broken)
	return writeJSON(w, list)
}

// stretch is one as it is listed.
func (s *Server) stretch(p *press.Press, st *content.Stretch) stretchInfo {
	info := stretchInfo{ID: st.ID, Name: st.Name, Also: some(st.Also), Lang: st.Lang, Target: st.Target,
		Place: st.Place,
		Needs: st.Needs, Regions: some(st.Regions), Positions: some(st.Postures), Props: some(st.Props),
		Summary: st.Summary, Alt: st.Alt, Figures: []string{}}
	if words, err := p.Words(st.Lang); err == nil {
		info.Dose = words.Dose(st.Dose)
	}
	for i := range st.Frames {
		info.Figures = append(info.Figures, fmt.Sprintf("/v1/stretches/%s/figure.svg?frame=%d",
			url.PathEscape(st.ID), i+1))
	}
	return info
}

// stretchAbout is all there is to know of a stretch.
type stretchAbout struct {
	stretchInfo
	Own     bool              `json:"own"`
	Steps   []string          `json:"steps"`
	Remarks map[string]string `json:"remarks"`
	Ask     string            `json:"ask,omitempty"`
	Stop    string            `json:"stop"`
	Sources []string          `json:"sources"`
}

// remarkNames are what remarks are called, by content's kinds.
var remarkNames = [...]string{"feel", "mistake", "easier", "harder", "more"}

// aboutStretch answers with a stretch, in a language if it is there in it.
func (s *Server) aboutStretch(w http.ResponseWriter, r *http.Request) error {
	lang, err := language(r)
	if err != nil {
		return err
	}
	p, err := s.clinics.press("")
	if err != nil {
		return err
	}
	st, err := p.StretchIn(r.PathValue("id"), lang)
	if err != nil {
		st, err = p.Stretch(r.PathValue("id"))
	}
	if err != nil {
		return &problem{kind: notFound, hint: "GET /v1/stretches lists those there are"}
	}
	about := stretchAbout{stretchInfo: s.stretch(p, st), Own: p.Own(st), Steps: []string{},
		Remarks: map[string]string{}, Ask: st.Ask.String(), Stop: st.Stop.String(), Sources: some(st.Sources)}
	for _, step := range st.Steps {
		about.Steps = append(about.Steps, step.String())
	}
	for i, name := range remarkNames {
		if text := st.Remarks[i].Text.String(); text != "" {
			about.Remarks[name] = text
		}
	}
	return writeJSON(w, about)
}

// some is a list that is there, if empty.
func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// figure is a picture of a stretch, in the clinic's colours.
func (s *Server) figure(w http.ResponseWriter, r *http.Request) error {
	frame := 1
	if r.URL.Query().Has("frame") {
		text := r.URL.Query().Get("frame")
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > maxFrames || text != strconv.Itoa(n) {
			return badParameter("frame", "leave it out for the first", fmt.Sprintf("a frame is from 1 to %d",
				maxFrames))
		}
		frame = n
	}
	p, err := s.clinics.press("")
	if err != nil {
		return err
	}
	nothing := &problem{kind: notFound, hint: "GET /v1/stretches lists the figures there are"}
	st, err := p.Stretch(r.PathValue("id"))
	if err != nil || frame > len(st.Frames) {
		return nothing
	}
	frames, err := st.Drawn(p.Draw)
	var mistakes content.Errors
	switch {
	case errors.As(err, &mistakes):
		return nothing
	case err != nil:
		return err
	}
	var d *picture.Drawing
	switch shown := frames[frame-1]; {
	case shown.Traced != nil:
		f, err := figure.Read(shown.Traced)
		if err != nil {
			return err
		}
		d = figure.Inked(f, layout.PaletteOf(p.Clinic.Brand, false))
	case shown.Picture.Drawing != nil:
		d = shown.Picture.Drawing
	default:
		image, err := wrapped(shown.Picture.Bitmap, st.Alt)
		if err != nil {
			return err
		}
		return kept(w, r, "image/svg+xml", image)
	}
	return kept(w, r, "image/svg+xml", d.SVG(st.Alt))
}

// maxFrames is how many pictures a stretch may have.
const maxFrames = 4

// wrapped is a bitmap as an SVG, of clean pixels.
func wrapped(b *picture.Bitmap, title string) ([]byte, error) {
	kind, data := "image/jpeg", b.JPEG
	if data == nil {
		var file bytes.Buffer
		if err := png.Encode(&file, b.Image()); err != nil {
			return nil, err
		}
		kind, data = "image/png", file.Bytes()
	}
	var svg bytes.Buffer
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" `+
		`viewBox="0 0 %d %d"><title>`, b.W, b.H)
	if err := xml.EscapeText(&svg, []byte(title)); err != nil {
		return nil, err
	}
	fmt.Fprintf(&svg, `</title><image width="%d" height="%d" xlink:href="data:%s;base64,%s"/></svg>`, b.W, b.H, kind,
		base64.StdEncoding.EncodeToString(data))
	return svg.Bytes(), nil
}
