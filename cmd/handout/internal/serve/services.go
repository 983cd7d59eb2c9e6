package serve

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"

	"handout/cmd/handout/internal/press"
	"handout/content"
)

// What goes with a service from now on, as it was said in a day's list: the clinic's file
// keeps it.

// goesWith is a service and its handout.
type goesWith struct{ service, handout string }

var goesWithMembers = map[string]func(*goesWith, value){
	"service": func(g *goesWith, v value) { g.service, _ = v.text(200) },
	"handout": func(g *goesWith, v value) { g.handout = v.name() },
}

// keepService writes it into the clinic's file, and changes nothing else there.
func (s *Server) keepService(w http.ResponseWriter, r *http.Request) error {
	g := &goesWith{}
	if err := reads(w, r, maxOrder, g, goesWithMembers, `for example: "service": "Hot stone 90", "handout": "sciatica"`,
		"handout", "service"); err != nil {
		return err
	}
	p, err := s.clinics.press("")
	if err != nil {
		return err
	}
	if _, err := p.HandoutIn(g.handout, ""); err != nil && g.handout != "none" {
		return refusal("/handout", "handout-unknown", "GET /v1/handouts lists them", "there is none of that name")
	}
	s.keeping.Lock()
	defer s.keeping.Unlock()
	path := s.config.Home.Clinic
	text, there, err := s.clinicText()
	if err != nil {
		return err
	}
	if !there {
		return refusal("", "no-clinic-file", "write the clinic's settings first",
			"there is no clinic's file to keep it in")
	}
	edited, err := content.AddService(text, g.service, g.handout)
	if err == nil {
		files := beside{os.DirFS(filepath.Dir(path)), map[string][]byte{filepath.Base(path): edited}}
		var clinic *press.Clinic
		if clinic, err = press.ReadClinic(files, path); err == nil {
			if with, ok := clinic.Service(g.service); !ok || with.Handout != g.handout && !with.None {
				err = errors.New("the service is not read as it was written")
			}
		}
	}
	if err != nil {
		return refusal("", "not-editable", "write it under services: in the clinic's file, in an editor",
			"this file is written in a way that only an editor can change")
	}
	if err := keep(path, edited); err != nil {
		return err
	}
	return writeJSON(w, struct{}{})
}
