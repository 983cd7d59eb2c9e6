package output

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"iter"
	"time"

	"github.com/go-pdf/fpdf"

	"handout/layout"
)

// fpdf draws whatever is seen but letters: paths, colours, pictures and links come out of
// its calls, and it is called in this file alone or through a pen. What it cannot do is done
// to what it wrote: shaped text, tags, metadata, encryption.
//
// To draw costs more than to look up what was drawn, and a rule, a band or a figure is the
// same on thousands of pages. So what it drew is kept by what it was told.

// pen draws. Lengths are in points or in steps of a grid, y runs downwards.
type pen = fpdf.Fpdf

// begin comes before the operators that were asked for; those of a page's beginning go.
const begin = "%"

// strokes are the operators of what draw draws on a page of a size.
func strokes(width, height float64, draw func(*pen)) (ops []byte, err error) {
	defer recovered(&err)
	sheet := fpdf.SizeType{Wd: width, Ht: height}
	drawn := fpdf.CreateTpl(fpdf.PointType{}, sheet, "P", "pt", "", func(t *fpdf.Tpl) {
		t.RawWriteStr(begin)
		draw(&t.Fpdf)
		err = t.Error()
	})
	if err != nil {
		return nil, fmt.Errorf("page: fpdf failed: %w", err)
	}
	return afterBegin(drawn.Bytes()), nil
}

// document is a file of one page of a size, with what draw draws on it.
func document(width, height float64, draw func(*pen)) (s *leaf, err error) {
	defer recovered(&err)
	p := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: width, Ht: height}})
	p.SetCompression(false)
	p.SetAutoPageBreak(false, 0)
	p.SetCreationDate(time.Unix(0, 0)) // else fpdf asks the clock
	p.SetModificationDate(time.Unix(0, 0))
	p.AddPage()
	p.RawWriteStr(begin)
	draw(p)
	var out bytes.Buffer
	if err := p.Output(&out); err != nil {
		return nil, fmt.Errorf("page: fpdf failed: %w", err)
	}
	f, err := parse(out.Bytes())
	if err != nil {
		return nil, err
	}
	page, err := f.onlyPage()
	return &leaf{f, page}, err
}

// leaf is what fpdf made: a file of one page.
type leaf struct {
	*file
	page ref
}

// resource is what the page calls by names of a kind (7.8.3).
func (s *leaf) resource(kind name) []entry {
	return s.dict(s.dict(s.dict(s.page).get("Resources")).get(kind)).entries
}

// recovered makes an error of a panic of fpdf's.
func recovered(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("page: fpdf failed: %v", r)
	}
}

// afterBegin are the operators that were asked for, with numbers as short as they go: fpdf
// writes two or five decimals, be they zeros or not.
func afterBegin(ops []byte) []byte {
	_, ops, _ = bytes.Cut(ops, []byte(begin+"\n"))
	brief := make([]byte, 0, len(ops))
	for len(ops) > 0 {
		n := bytes.IndexAny(ops, " \n") + 1
		if n == 0 {
			n = len(ops) + 1
			ops = append(ops[:len(ops):len(ops)], '\n')
		}
		brief = append(appendBrief(brief, ops[:n-1]), ops[n-1])
		ops = ops[n:]
	}
	return brief
}

// appendBrief writes a word, and if it is a number with decimals, without the zeros that say
// nothing.
func appendBrief(b, word []byte) []byte {
	digits, minus := bytes.CutPrefix(word, []byte("-"))
	whole, part, found := bytes.Cut(digits, []byte("."))
	if !found || len(whole) == 0 || whole[0] < '0' || whole[0] > '9' {
		return append(b, word...)
	}
	part = bytes.TrimRight(part, "0")
	if whole = bytes.TrimLeft(whole, "0"); len(whole)+len(part) == 0 {
		return append(b, '0')
	}
	if minus {
		b = append(b, '-')
	}
	if b = append(b, whole...); len(part) > 0 {
		b = append(append(b, '.'), part...)
	}
	return b
}

// show shows a picture that is one unit wide and high (ISO 32000-1, 8.9.5, 8.10). It is
// called by name: it is in a file that fpdf does not know.
func show(p *pen, resource name, x, y, width, height float64) {
	_, top := p.GetPageSize()
	p.TransformBegin()
	p.Transform(fpdf.TransformMatrix{A: width, D: height, E: x, F: top - y - height})
	p.RawWriteStr("/" + string(resource) + " Do")
	p.TransformEnd()
}

// xobject has fpdf read the file of a picture, PNG or JPG, and gives what it made of it.
func xobject(kind string, data []byte) (*stream, error) {
	s, err := document(1, 1, func(p *pen) {
		p.RegisterImageOptionsReader("image", fpdf.ImageOptions{ImageType: kind}, bytes.NewReader(data))
	})
	if err != nil {
		return nil, err
	}
	for _, e := range s.resource("XObject") {
		if x, ok := s.resolve(e.value).(*stream); ok {
			return (&stream{dict: x.dict, data: bytes.Clone(x.data)}).summed(), nil
		}
	}
	return nil, errSyntax
}

// emptyLeaf has fpdf make a page without anything but its links, and says about how many
// bytes it takes. They are in no structure yet.
func emptyLeaf(shown *layout.Page) (*leaf, int, error) {
	links := 0
	s, err := document(shown.Size.W.Points(), shown.Size.H.Points(), func(p *pen) {
		for a := range anchors(shown) {
			p.LinkString(a.Box.X.Points(), a.Box.Y.Points(), a.Box.W.Points(), a.Box.H.Points(), a.URL)
			links++
		}
	})
	if err == nil && len(s.array(s.dict(s.page).get("Annots"))) != links {
		err = errSyntax
	}
	return s, 4<<10 + links<<10, err
}

// anchors are a page's links, in order.
func anchors(p *layout.Page) iter.Seq[*layout.Anchor] {
	return func(yield func(*layout.Anchor) bool) {
		for _, it := range p.Items {
			if a, ok := it.(*layout.Anchor); ok && !yield(a) {
				return
			}
		}
	}
}

// leafKey is all that fpdf is told of a page: its size, and where it has which links.
func leafKey(p *layout.Page) string {
	var key []byte
	numbers := func(list ...layout.Length) {
		for _, l := range list {
			key = binary.AppendVarint(key, int64(l))
		}
	}
	numbers(p.Size.W, p.Size.H)
	for a := range anchors(p) {
		numbers(a.Box.X, a.Box.Y, a.Box.W, a.Box.H, layout.Length(len(a.URL)))
		key = append(key, a.URL...)
	}
	return string(key)
}
