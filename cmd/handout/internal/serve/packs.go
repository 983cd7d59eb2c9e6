package serve

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"handout/cmd/handout/internal/press"
	"handout/content"
)

// Packs of the clinic's own are files of its shelf: packs/ID.yaml.

// newPack is one that is asked for.
type newPack struct {
	name, lang string
	stretches  []content.Choice
}

// maxPackName is how long a pack's name may be: it stands on a button.
const maxPackName = 60

var packMembers = map[string]func(*newPack, value){
	"name": func(p *newPack, v value) {
		text, ok := v.text(maxPackName)
		if p.name = strings.Join(strings.Fields(text), " "); ok && p.name == "" {
			v.refuse("name-empty", "for example: Sciatica, first week", "the name is empty")
		}
	},
	"lang": func(p *newPack, v value) { p.lang = v.word(pageLanguages...) },
	"stretches": func(p *newPack, v value) {
		var o order
		orderMembers["stretches"](&o, v)
		p.stretches = o.Visit.Stretches
	},
}

// packOf is the pack of a request.
func packOf(w http.ResponseWriter, r *http.Request, known map[string]func(*newPack, value)) (*newPack, error) {
	p := &newPack{}
	if err := reads(w, r, maxOrder, p, known, "for example: Sciatica, first week", "name"); err != nil {
		return nil, err
	}
	if known["stretches"] != nil && len(p.stretches) == 0 {
		return nil, refusal("", "list-empty", "choose some first", "the pack has no stretches")
	}
	return p, nil
}

// packPath is where a pack of the clinic's own lies.
func (s *Server) packPath(id string) string {
	return filepath.Join(s.config.Home.Shelf, "packs", id+".yaml")
}

// ownPack tells whether a pack lies there.
func (s *Server) ownPack(id string) bool {
	if id == "" || id != filepath.Base(id) || id[0] == '.' {
		return false
	}
	info, err := os.Stat(s.packPath(id))
	return err == nil && info.Mode().IsRegular()
}

// addPack writes a pack.
func (s *Server) addPack(w http.ResponseWriter, r *http.Request) error {
	n, err := packOf(w, r, packMembers)
	if err != nil {
		return err
	}
	s.keeping.Lock()
	defer s.keeping.Unlock()
	p, err := s.clinics.press("")
	if err != nil {
		return err
	}
	id := freeName(n.name, "pack", func(id string) bool {
		_, err := p.Pack(id)
		_, unknown := press.Unknown(err)
		return !unknown || s.ownPack(id)
	})
	if n.lang == "" {
		n.lang = pageLanguages[0]
	}
	return s.keepPack(w, p, id, content.PackText(n.name, n.lang, n.stretches))
}

// keepPack writes a pack's file, if it can be read.
func (s *Server) keepPack(w http.ResponseWriter, p *press.Press, id string, text []byte) error {
	name := "packs/" + id + ".yaml"
	files := beside{os.DirFS(s.config.Home.Shelf), map[string][]byte{name: text}}
	if _, _, err := p.Library.Check(files, name); err != nil {
		var wrong []mistake
		for _, e := range press.Mistakes(err) {
			wrong = append(wrong, mistake{Code: e.Code, Detail: e.Message, Hint: e.Hint})
		}
		return &problem{kind: invalid, errors: wrong}
	}
	if err := keep(s.packPath(id), text); err != nil {
		return err
	}
	return writeJSON(w, map[string]string{"id": id})
}

// renamePack gives a pack another name. Its file keeps its own, for lists may name it.
func (s *Server) renamePack(w http.ResponseWriter, r *http.Request) error {
	n, err := packOf(w, r, map[string]func(*newPack, value){"name": packMembers["name"]})
	if err != nil {
		return err
	}
	s.keeping.Lock()
	defer s.keeping.Unlock()
	id := r.PathValue("id")
	if !s.ownPack(id) {
		return &problem{kind: notFound, hint: "a pack that comes with handout keeps its name"}
	}
	text, err := os.ReadFile(s.packPath(id))
	if err != nil {
		return unkept(s.packPath(id), err)
	}
	names, err := content.ReadSettings(text)
	changes := content.Settings{}
	for key := range names {
		if strings.HasPrefix(key, "name.") {
			changes[key] = n.name
		}
	}
	if len(changes) == 0 {
		changes["name"] = n.name
	}
	if err == nil {
		text, err = content.EditSettings(text, changes)
	}
	if err != nil {
		return &problem{kind: invalid, errors: s.clinicMistakes(nil, err)}
	}
	p, err := s.clinics.press("")
	if err != nil {
		return err
	}
	return s.keepPack(w, p, id, text)
}

// dropPack deletes a pack's file.
func (s *Server) dropPack(w http.ResponseWriter, r *http.Request) error {
	s.keeping.Lock()
	defer s.keeping.Unlock()
	id := r.PathValue("id")
	if !s.ownPack(id) {
		return &problem{kind: notFound, hint: "a pack that comes with handout stays"}
	}
	if err := os.Remove(s.packPath(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unkept(s.packPath(id), err)
	}
	return writeJSON(w, map[string]string{"id": id})
}

// freeName is a file's name made of what somebody calls the thing, which is not taken.
func freeName(called, otherwise string, taken func(string) bool) string {
	name := strings.Join(strings.FieldsFunc(strings.ToLower(called), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), "-")
	for len(name) > 40 {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	if name = strings.Trim(name, "-"); name == "" {
		name = otherwise
	}
	free := name
	for n := 2; taken(free); n++ {
		free = name + "-" + strconv.Itoa(n)
	}
	return free
}
