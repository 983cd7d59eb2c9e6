package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"handout/cmd/handout/internal/press"
)

// fail answers with what a request is refused for.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		if s.ended.Err() == nil {
			return // nobody waits for it any longer
		}
	}
	s.problemOf(r, err).answer(w)
}

// problemOf is what a request is refused for.
func (s *Server) problemOf(r *http.Request, err error) *problem {
	var p *problem
	var brand *brandError
	switch {
	case errors.As(err, &p):
	case errors.Is(err, press.ErrBusy), s.ended.Err() != nil:
		p = &problem{kind: busy}
	case errors.As(err, &brand):
		p = &problem{kind: clinicBroken}
		p.errors, _ = s.mistakesOf(brand.error, "")
		for i := range p.errors {
			p.errors[i].Pointer = ""
		}
	default:
		// Its kind alone: the sentence may hold anything.
		s.log(fmt.Sprintf("handout: %T in %s", err, where(r)))
		p = &problem{kind: internal}
	}
	return p
}

// accepts is the type of those there are that is liked best, the first of equals; or the
// problem that there is none (RFC 9110, 12.5.1).
func accepts(r *http.Request, types ...string) (string, error) {
	header := r.Header.Values("Accept")
	if strings.TrimSpace(strings.Join(header, ",")) == "" {
		return types[0], nil
	}
	best, liked := "", 0.0
	for _, kind := range types {
		q, closest := 0.0, 0
		main, _, _ := strings.Cut(kind, "/")
		for name, much := range likings(header) {
			close := 0
			switch name {
			case kind:
				close = 3
			case main + "/*":
				close = 2
			case "*/*":
				close = 1
			}
			if close > closest {
				closest, q = close, much
			}
		}
		if q > liked {
			best, liked = kind, q
		}
	}
	if best == "" {
		return "", &problem{kind: notAcceptable, hint: "there are " + strings.Join(types, ", ")}
	}
	return best, nil
}

// Limits of bodies.
const (
	maxOrder = 1 << 20
	maxBatch = 16 << 20
)

const jsonType = "application/json"

// body reads a request's JSON.
func body(w http.ResponseWriter, r *http.Request, most int64) ([]byte, error) {
	_, data, err := bodyOf(w, r, most, jsonType)
	return data, err
}

// bodyOf reads a request's body, whole before any of it is looked at, and tells of which
// type it is. They are types that no form of a web page can send.
func bodyOf(w http.ResponseWriter, r *http.Request, most int64, types ...string) (kind string, data []byte, err error) {
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := parameters["charset"]
	if err != nil || !slices.Contains(types, kind) || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return "", nil, &problem{kind: wrongType, hint: "send Content-Type: " + strings.Join(types, ", or ")}
	}
	if code := r.Header.Get("Content-Encoding"); code != "" && !strings.EqualFold(code, "identity") {
		return "", nil, &problem{kind: wrongType, hint: "send it without Content-Encoding"}
	}
	large := &problem{kind: tooLarge, hint: fmt.Sprintf("at most %d MB", most>>20)}
	if r.ContentLength > most {
		w.Header().Set("Connection", "close")
		return "", nil, large
	}
	data, err = io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return "", nil, large
	case err != nil:
		w.Header().Set("Connection", "close")
		return "", nil, &problem{kind: tooSlow}
	}
	return kind, data, nil
}

// jsonHint is what a body is.
const jsonHint = "the body is one JSON object, in UTF-8; /openapi.yaml has examples"

// object is the JSON of a body.
func object(w http.ResponseWriter, r *http.Request, most int64, wrong *[]mistake) (value, error) {
	data, err := body(w, r, most)
	if err != nil {
		return value{}, err
	}
	v := read(data, wrong)
	if v == nil {
		return value{}, &problem{kind: notJSON, hint: jsonHint}
	}
	return *v, nil
}

// reads reads a request's JSON into what is asked for, or is the problem of all that is wrong
// with it: a member it needs may be missing too.
func reads[T any](w http.ResponseWriter, r *http.Request, most int64, to *T, known map[string]func(*T, value),
	hint string, needs ...string) error {
	var wrong []mistake
	v, err := object(w, r, most, &wrong)
	if err != nil {
		return err
	}
	given, ok := each(v, to, known)
	for _, name := range needs {
		if ok && !given.has(name) {
			v.lacks(name, hint)
		}
	}
	if len(wrong) > 0 {
		return wrongWith(wrong)
	}
	return nil
}

// refusal is a problem with one mistake.
func refusal(at, code, hint, says string) *problem {
	var wrong []mistake
	value{at: at, wrong: &wrong}.refuse(code, hint, "%s", says)
	return wrongWith(wrong)
}

// writeJSON answers with a value.
func writeJSON(w http.ResponseWriter, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return whole(w, "application/json", append(data, '\n'))
}

// whole answers with all of a file.
func whole(w http.ResponseWriter, kind string, data []byte) error {
	w.Header().Set("Content-Type", kind)
	data = packed(w, kind, data)
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	_, _ = w.Write(data) // who is gone is not told
	return nil
}

// kept answers with what is about no patient and may be kept, as long as it is the same.
func kept(w http.ResponseWriter, r *http.Request, kind string, data []byte) error {
	tag := `"` + sumOf(data) + `"`
	h := w.Header()
	if to, ok := w.(*recorder); ok && to.far {
		h.Set("Vary", "Accept-Encoding")
		tag = "W/" + tag // packed or not
	}
	h.Set("Cache-Control", "private, no-cache")
	h.Set("ETag", tag)
	for known := range strings.SplitSeq(strings.Join(r.Header.Values("If-None-Match"), ","), ",") {
		known = strings.TrimPrefix(strings.TrimSpace(known), "W/")
		if known == strings.TrimPrefix(tag, "W/") || known == "*" {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	return whole(w, kind, data)
}
