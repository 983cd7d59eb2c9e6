package serve

import "net/http"

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
	if err := s.goes(g.handout); err != nil {
		return err
	}
	s.keeping.Lock()
	defer s.keeping.Unlock()
	text, there, err := s.clinicText()
	if err != nil {
		return err
	}
	if !there {
		return refusal("", "no-clinic-file", "write the clinic's settings first",
			"there is no clinic's file to keep it in")
	}
	edited, _, _, wrong := s.edited(text, &changesToClinic{services: map[string]string{g.service: g.handout}})
	if wrong != nil {
		return &problem{kind: invalid, errors: wrong}
	}
	if err := keep(s.config.Home.Clinic, edited); err != nil {
		return err
	}
	return writeJSON(w, struct{}{})
}

// goes is a problem where a handout is none that can go with a service.
func (s *Server) goes(handout string) error {
	p, err := s.clinics.press("")
	if err != nil {
		return err
	}
	if _, err := p.HandoutIn(handout, ""); err != nil && handout != "none" {
		return refusal("/handout", "handout-unknown", "GET /v1/handouts lists them", "nothing has that name")
	}
	return nil
}
