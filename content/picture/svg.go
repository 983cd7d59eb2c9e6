package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// What an SVG file may have, beside MaxSVG bytes.
const (
	maxElements = 20_000 // in the file, and drawn: use counts each time
	maxDepth    = 64     // of elements in elements
	maxSegments = 200_000
	maxRead     = 8 * MaxSVG // bytes of attributes read, again for each use
	maxWork     = 50_000_000 // corners held against the edges that cut them
)

const (
	asPNG     = "export the picture as PNG"
	plainSVG  = "save it as plain SVG, or export the picture as PNG"
	itself    = "use the bitmap itself, a PNG or JPEG file; or export the picture as PNG"
	asHex     = "write it as #rrggbb, or export the picture as PNG"
	withBox   = `give its svg element a viewBox, such as viewBox="0 0 100 100", or export the picture as PNG`
	svgSpace  = "http://www.w3.org/2000/svg"
	linkSpace = "http://www.w3.org/1999/xlink"
)

// node is an element of SVG; those of editors and metadata are left out.
type node struct {
	name   string
	line   int
	parent *node
	attr   map[string]string
	kids   []*node
	text   []byte            // directly in it
	css    map[string]string // what style sheets and the style attribute say
	inside bool              // being drawn: for a use that would come back
}

// fail completes a message with the node's line.
func (n *node) fail(code, hint, format string, args ...any) error {
	return refuse(code, hint, format+" in line %d", append(args, n.line)...)
}

// looksLikeSVG looks for the root's name only: what else stands before it is
// for the XML reader to judge.
func looksLikeSVG(data []byte) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), space)
	return bytes.HasPrefix(data, []byte("<")) && (bytes.Contains(data, []byte("<svg")) ||
		bytes.Contains(data, []byte(":svg")))
}

// decodeSVG reads the static part of SVG 1.1 that logos are made of. Nothing
// outside the file is ever asked for; what cannot be drawn as filled paths is
// refused, never left out in silence.
func decodeSVG(data []byte) (*Picture, error) {
	if len(data) > MaxSVG {
		return nil, refuse("svg-file-too-large", "simplify its paths, or export the picture as PNG",
			"has %.1f MB, more than the %d MB an SVG may have", float64(len(data))/(1<<20), MaxSVG>>20)
	}
	doc, err := readXML(data)
	if err != nil {
		return nil, err
	}
	return doc.draw()
}

// document is a tree of nodes that can neither act nor reach outside.
type document struct {
	root     *node
	ids      map[string]*node
	animated bool
}

func readXML(data []byte) (*document, error) {
	dec := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	dec.CharsetReader = charset
	doc := &document{ids: map[string]*node{}}
	var open, all []*node
	for count := 0; ; {
		line, _ := dec.InputPos()
		here := &node{line: line}
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			var bad *xml.SyntaxError
			if errors.As(err, &bad) {
				here.line = bad.Line
			}
			return nil, here.fail("svg-broken", plainSVG, "is damaged: its XML is broken")
		}
		switch t := token.(type) {
		case xml.Directive:
			var ok bool
			if dec.Entity, ok = entities(string(t), bytes.Count(data, []byte("&"))); !ok {
				return nil, here.fail("svg-doctype", plainSVG, "has definitions of its own (DOCTYPE)")
			}
		case xml.ProcInst:
			if t.Target == "xml-stylesheet" {
				return nil, here.fail("svg-style-outside", plainSVG, "asks for a style sheet outside")
			}
		case xml.StartElement:
			if count++; count > maxElements {
				return nil, refuse("svg-too-many-elements", "simplify it, or export the picture as PNG",
					"has more than %d elements", maxElements)
			}
			if len(open) == maxDepth {
				return nil, here.fail("svg-nested-too-deep", "ungroup it, or export the picture as PNG",
					"has elements nested more than %d deep", maxDepth)
			}
			if err := here.start(t); err != nil {
				return nil, err
			}
			switch here.name {
			case "animate", "animateMotion", "animateTransform", "set":
				doc.animated = true
				here.name = ""
			}
			if here.name == "" {
				if err := dec.Skip(); err != nil {
					return nil, here.fail("svg-broken", plainSVG, "is damaged: its XML is broken")
				}
				continue
			}
			if doc.root == nil {
				doc.root = here
			}
			if id := here.attr["id"]; id != "" && doc.ids[id] == nil {
				doc.ids[id] = here
			}
			all = append(all, here)
			if len(open) > 0 {
				parent := open[len(open)-1]
				parent.kids, here.parent = append(parent.kids, here), parent
			}
			open = append(open, here)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				parent := open[len(open)-1]
				parent.text = append(parent.text, t...)
			}
		}
	}
	if doc.root == nil || doc.root.name != "svg" {
		return nil, refuse("not-svg", accepted, "is not an SVG picture")
	}
	return doc, style(all)
}

// maxEntities is how many names for texts a file may define. Illustrator has ten.
const maxEntities = 50

// entities are the names for texts that a DOCTYPE defines, as Illustrator does for its name
// spaces. They stand for plain text alone: none holds another, so that they cannot multiply,
// and all that are used so many times take no more than a file may.
func entities(doctype string, used int) (map[string]string, bool) {
	doctype, ok := strings.CutPrefix(doctype, "DOCTYPE")
	_, inner, found := strings.Cut(doctype, "[")
	if !found {
		return nil, ok && !strings.ContainsAny(doctype, "&%")
	}
	inner, closed := strings.CutSuffix(strings.TrimRight(inner, space), "]")
	if !ok || !closed {
		return nil, false
	}
	known := map[string]string{}
	for inner = strings.Trim(inner, space); inner != ""; inner = strings.TrimLeft(inner, space) {
		rest, ok := strings.CutPrefix(inner, "<!ENTITY")
		name, rest, spaced := strings.Cut(strings.TrimLeft(rest, space), " ")
		rest = strings.TrimLeft(rest, space)
		if !ok || !spaced || name == "" || rest == "" || rest[0] != '"' && rest[0] != '\'' {
			return nil, false
		}
		value, rest, quoted := strings.Cut(rest[1:], rest[:1])
		rest, ended := strings.CutPrefix(strings.TrimLeft(rest, space), ">")
		if !quoted || !ended || strings.ContainsAny(value, "&<%") || len(value)*used > MaxSVG ||
			len(known) == maxEntities {
			return nil, false
		}
		if _, again := known[name]; !again { // the first counts: XML 1.0, 4.2
			known[name] = value
		}
		inner = rest
	}
	return known, true
}

// start fills in a node. It stays without a name if it is not drawn and does
// nothing: metadata and the elements of editors.
func (n *node) start(t xml.StartElement) error {
	name := t.Name.Local
	if strings.EqualFold(name, "script") {
		return n.fail("svg-script", plainSVG, "has a script")
	}
	if t.Name.Space != svgSpace && t.Name.Space != "" && t.Name.Space != "svg" {
		return nil
	}
	switch name {
	case "metadata", "title", "desc", "view":
		return nil
	}
	n.name = name
	n.attr = map[string]string{}
	for _, a := range t.Attr {
		value := strings.TrimSpace(a.Value)
		switch {
		case a.Name.Local == "href" && (a.Name.Space == "" || a.Name.Space == linkSpace || a.Name.Space == "xlink"):
			if err := n.checkLink(value); err != nil {
				return err
			}
		case a.Name.Space != "":
			continue
		case len(a.Name.Local) > 2 && strings.EqualFold(a.Name.Local[:2], "on"):
			return n.fail("svg-script-attribute", plainSVG, "has a script (%s)", a.Name.Local)
		default:
			if err := n.checkURLs(value); err != nil {
				return err
			}
		}
		n.attr[a.Name.Local] = value
	}
	return nil
}

// checkLink lets an element refer to one in the same file. Where a link on a
// logo leads is of no use on paper: it is left out.
func (n *node) checkLink(value string) error {
	switch {
	case n.name == "a", value == "", strings.HasPrefix(value, "#"):
		return nil
	case n.name == "image" && strings.HasPrefix(value, "data:image/"):
		return n.fail("svg-bitmap", itself, "has a bitmap inside")
	}
	return n.fail("svg-outside", plainSVG, "refers to something outside the file")
}

// checkURLs lets url() name only what is in the same file.
func (n *node) checkURLs(value string) error {
	rest := strings.ToLower(value)
	for {
		_, after, found := strings.Cut(rest, "url(")
		if !found {
			return nil
		}
		if rest = strings.TrimLeft(after, space+`"'`); !strings.HasPrefix(rest, "#") {
			return n.fail("svg-outside", plainSVG, "refers to something outside the file")
		}
	}
}

// charset reads the two 8-bit encodings that older drawing programs write.
// They differ from each other only in characters no drawing needs.
func charset(label string, in io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "us-ascii", "ascii":
		return in, nil
	case "iso-8859-1", "latin1", "windows-1252":
		latin, err := io.ReadAll(in)
		runes := make([]rune, len(latin))
		for i, b := range latin {
			runes[i] = rune(b)
		}
		return strings.NewReader(string(runes)), err
	}
	return nil, errors.New("encoding " + label)
}
