package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// decoder reads XML element by element. Its own errors are errDamaged.
type decoder struct {
	*xml.Decoder
	space string // the namespace of the document's element
}

var errDamaged = errors.New("damaged")

// document reads a document to its end: one element of a name, and what stands in it.
func (d *decoder) document(name string, child func(xml.StartElement) error) error {
	begun := false
	for {
		t, err := d.Token()
		switch t := t.(type) {
		case nil:
			if err == io.EOF && begun {
				return nil
			}
			return errDamaged
		case xml.Directive: // a document type, which may declare what no spreadsheet has
			return errDamaged
		case xml.StartElement:
			if begun || t.Name.Local != name {
				return errDamaged
			}
			begun, d.space = true, t.Name.Space
			if err := d.children(child); err != nil {
				return err
			}
		}
	}
}

// children reads to the end of an element that has been begun, and hands on the
// elements in it; who takes one reads it to its end.
func (d *decoder) children(child func(xml.StartElement) error) error {
	for {
		t, err := d.Token()
		if err != nil {
			return errDamaged
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := child(t); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				return errDamaged
			}
		}
	}
}

// letters adds the characters of an element that has no others in it.
func (d *decoder) letters(to []byte) ([]byte, error) {
	for {
		t, err := d.Token()
		if err != nil {
			return to, errDamaged
		}
		switch t := t.(type) {
		case xml.CharData:
			to = append(to, t...)
		case xml.EndElement:
			return to, nil
		case xml.StartElement:
			return to, errDamaged
		}
	}
}

// text adds a text in one piece or in several (18.4.8), without how it is pronounced.
func (d *decoder) text(to []byte) ([]byte, error) {
	err := d.children(func(start xml.StartElement) (err error) {
		switch start.Name {
		case xml.Name{Space: d.space, Local: "t"}:
			to, err = d.letters(to)
		case xml.Name{Space: d.space, Local: "r"}:
			to, err = d.text(to)
		case xml.Name{Space: d.space, Local: "rPh"}, xml.Name{Space: d.space, Local: "rPr"},
			xml.Name{Space: d.space, Local: "phoneticPr"}, xml.Name{Space: d.space, Local: "extLst"}:
			err = d.Skip()
		default:
			err = errDamaged
		}
		return err
	})
	return to, err
}

// coded is a character that XML has no place for (ST_Xstring, 22.9.2.19).
var coded = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	return coded.ReplaceAllStringFunc(s, func(code string) string {
		n, _ := strconv.ParseUint(code[2:6], 16, 16)
		return string(rune(n))
	})
}
