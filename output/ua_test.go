package output

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/klauspost/compress/zlib"
)

// judge reads a file as a strict reader of PDF/UA would, from its bytes alone.
type judge struct {
	file    *file
	data    []byte
	catalog *dict
	page    *dict
	tree    *dict          // StructTreeRoot
	parents map[int]object // ParentTree
	fonts   map[name]*typeface
	shown   []shown
	content error // what is wrong with the operators themselves
	state   error // what they take from others
}

// shown is one painting operator and the marked content round it.
type shown struct {
	op   string
	in   []mark
	font *typeface
	size float64
	code []int        // of text
	at   [][2]float64 // where each code is drawn, in points, y up
}

type mark struct {
	role name
	id   int // MCID, or -1
}

// typeface is an embedded font as a reader sees it.
type typeface struct {
	base    string
	dict    *dict // the descendant
	program []byte
	tables  map[string][]byte
	glyphs  []byte // CIDToGIDMap; nil for Identity
	widths  map[int]int
	unicode map[int]string
}

func (t *typeface) glyph(code int) int {
	if t.glyphs == nil {
		return code
	}
	if 2*code+1 >= len(t.glyphs) {
		return 0
	}
	return int(binary.BigEndian.Uint16(t.glyphs[2*code:]))
}

// advance is the width hmtx gives a glyph, in thousandths of an em.
func (t *typeface) advance(glyph int) float64 {
	n := int(binary.BigEndian.Uint16(t.tables["hhea"][34:]))
	upem := float64(binary.BigEndian.Uint16(t.tables["head"][18:]))
	return float64(binary.BigEndian.Uint16(t.tables["hmtx"][4*min(glyph, n-1):])) * 1000 / upem
}

func (t *typeface) count() int { return int(binary.BigEndian.Uint16(t.tables["maxp"][4:])) }

func newJudge(tb testing.TB, data []byte) *judge {
	tb.Helper()
	f, err := parse(data)
	if err != nil {
		tb.Fatal(err)
	}
	j := &judge{file: f, data: data}
	j.read(tb)
	return j
}

// read takes the file apart, anew after it was changed.
func (j *judge) read(tb testing.TB) {
	tb.Helper()
	f := j.file
	j.catalog = f.dict(f.root)
	j.page = f.dict(f.array(f.dict(j.catalog.get("Pages")).get("Kids"))[0])
	j.tree = f.dict(j.catalog.get("StructTreeRoot"))
	j.parents = map[int]object{}
	numbers := f.array(f.dict(j.tree.get("ParentTree")).get("Nums"))
	for i := 0; i+1 < len(numbers); i += 2 {
		j.parents[int(numbers[i].(integer))] = numbers[i+1]
	}
	j.fonts = map[name]*typeface{}
	resources := f.dict(j.page.get("Resources"))
	for _, e := range f.dict(resources.get("Font")).entries {
		j.fonts[e.key] = j.font(tb, f.dict(e.value))
	}
	j.shown, j.content = j.walk(operators(tb, f, j.page.get("Contents")))
	j.state = j.inheritance(tb)
}

// operators are those of a page's pieces, one after the other (7.8.2).
func operators(tb testing.TB, f *file, contents object) (all []byte) {
	tb.Helper()
	pieces := f.array(contents)
	if pieces == nil {
		pieces = array{contents}
	}
	for _, piece := range pieces {
		all = append(all, unpack(tb, f, piece)...)
	}
	return all
}

// unpack gives a stream's data without its compression.
func unpack(tb testing.TB, f *file, o object) []byte {
	tb.Helper()
	s, ok := f.resolve(o).(*stream)
	if !ok {
		return nil
	}
	switch s.dict.get("Filter") {
	case nil:
		return s.data
	case name("FlateDecode"):
		z, err := zlib.NewReader(bytes.NewReader(s.data))
		if err != nil {
			tb.Fatal(err)
		}
		data, err := io.ReadAll(z)
		if err != nil {
			tb.Fatal(err)
		}
		return data
	}
	tb.Fatalf("a stream is packed with %v", s.dict.get("Filter"))
	return nil
}

var charLine = regexp.MustCompile(`(?m)^<([0-9A-F]{4})> <([0-9A-F]+)>$`)

func (j *judge) font(tb testing.TB, d *dict) *typeface {
	tb.Helper()
	f := j.file
	t := &typeface{widths: map[int]int{}, unicode: map[int]string{}, tables: map[string][]byte{}}
	base, _ := d.get("BaseFont").(name)
	t.base = string(base)
	t.dict = f.dict(f.array(d.get("DescendantFonts"))[0])
	if m := t.dict.get("CIDToGIDMap"); m != name("Identity") {
		t.glyphs = unpack(tb, f, m)
	}
	w := f.array(t.dict.get("W"))
	for i := 0; i+1 < len(w); i += 2 {
		for k, width := range f.array(w[i+1]) {
			t.widths[int(w[i].(integer))+k] = int(width.(integer))
		}
	}
	for _, m := range charLine.FindAllStringSubmatch(string(unpack(tb, f, d.get("ToUnicode"))), -1) {
		code, _ := strconv.ParseInt(m[1], 16, 32)
		var units []uint16
		for i := 0; i+4 <= len(m[2]); i += 4 {
			u, _ := strconv.ParseUint(m[2][i:i+4], 16, 16)
			units = append(units, uint16(u))
		}
		t.unicode[int(code)] = string(utf16.Decode(units))
	}
	t.program = unpack(tb, f, f.dict(t.dict.get("FontDescriptor")).get("FontFile2"))
	if len(t.program) > 12 {
		for i := range int(binary.BigEndian.Uint16(t.program[4:])) {
			r := t.program[12+16*i:]
			at, n := binary.BigEndian.Uint32(r[8:]), binary.BigEndian.Uint32(r[12:])
			t.tables[string(r[:4])] = t.program[at : at+n]
		}
	}
	return t
}

// walk reads the operators of the page.
func (j *judge) walk(ops []byte) (all []shown, err error) {
	p := &parser{data: ops}
	var args []object
	var open []mark
	var font *typeface
	var saved []*typeface
	text := false
	var size, x, y, pen float64 // pen: where the next glyph goes
	num := func(i int) float64 { return floats(array{args[i]})[0] }
	for {
		p.space()
		if p.pos >= len(p.data) {
			break
		}
		c := p.data[p.pos]
		if c == '/' || c == '(' || c == '[' || c == '<' || c == '-' || c == '.' || c >= '0' && c <= '9' {
			var o object
			if c == '/' || c == '(' || c == '[' || c == '<' {
				o, err = p.object(0)
			} else { // no references here
				o = number(p.word())
			}
			if err != nil {
				return all, err
			}
			args = append(args, o)
			continue
		}
		op := string(p.word())
		switch op {
		case "":
			return all, fmt.Errorf("no operator at %d", p.pos)
		case "q":
			saved = append(saved, font)
		case "Q":
			if len(saved) == 0 {
				return all, fmt.Errorf("Q without q")
			}
			font, saved = saved[len(saved)-1], saved[:len(saved)-1]
		case "BT", "ET":
			if text == (op == "BT") {
				return all, fmt.Errorf("%s out of turn", op)
			}
			text = !text
			x, y = 0, 0
		case "Td":
			x, y = x+num(0), y+num(1)
			pen = x
		case "Tf":
			font, size = j.fonts[args[0].(name)], num(1)
		case "BMC":
			open = append(open, mark{args[0].(name), -1})
		case "BDC":
			m := mark{args[0].(name), -1}
			if id, ok := args[1].(*dict).get("MCID").(integer); ok {
				m.id = int(id)
			}
			open = append(open, m)
		case "EMC":
			if len(open) == 0 || text {
				return all, fmt.Errorf("EMC out of turn")
			}
			open = open[:len(open)-1]
		case "f", "f*", "S", "B", "Do", "TJ":
			s := shown{op: op, in: slices.Clone(open)}
			if op == "TJ" {
				s.font, s.size = font, size
				for _, o := range args[0].(array) {
					codes, ok := o.(str)
					if !ok {
						pen -= floats(array{o})[0] * size / 1000
					}
					for i := 0; i+1 < len(codes); i += 2 {
						code := int(codes[i])<<8 | int(codes[i+1])
						s.code = append(s.code, code)
						s.at = append(s.at, [2]float64{pen, y})
						pen += float64(font.widths[code]) * size / 1000
					}
				}
			}
			all = append(all, s)
		}
		args = args[:0]
	}
	if len(open) > 0 || len(saved) > 0 || text {
		return all, fmt.Errorf("left open at the end")
	}
	return all, nil
}

// elements calls visit with every structure element and its parent.
func (j *judge) elements(visit func(d *dict, r, parent ref)) {
	var down func(o object, parent ref)
	down = func(o object, parent ref) {
		switch o := o.(type) {
		case array:
			for _, k := range o {
				down(k, parent)
			}
		case ref:
			d := j.file.dict(o)
			visit(d, o, parent)
			down(d.get("K"), o)
		}
	}
	down(j.tree.get("K"), j.catalog.get("StructTreeRoot").(ref))
}

// role gives the standard type of an element.
func role(d *dict) string {
	n, _ := d.get("S").(name)
	return string(n)
}

// kidsOf are the elements right below an element.
func (j *judge) kidsOf(d *dict) (kids []*dict) {
	k := d.get("K")
	if _, ok := k.(array); !ok {
		k = array{k}
	}
	for _, o := range k.(array) {
		if r, ok := o.(ref); ok {
			kids = append(kids, j.file.dict(r))
		}
	}
	return kids
}

func (j *judge) xmp() string {
	s, ok := j.file.resolve(j.catalog.get("Metadata")).(*stream)
	if !ok || s.dict.get("Filter") != nil {
		return ""
	}
	return string(s.data)
}

// codes calls visit with each font and each code shown in it.
func (j *judge) codes(visit func(t *typeface, code int) error) error {
	for _, s := range j.shown {
		for _, c := range s.code {
			if err := visit(s.font, c); err != nil {
				return fmt.Errorf("%s, code %d: %w", s.font.base, c, err)
			}
		}
	}
	return nil
}

// fail is an error unless ok.
func fail(ok bool, format string, args ...any) error {
	if ok {
		return nil
	}
	return fmt.Errorf(format, args...)
}

// element finds the first element of a role.
func (j *judge) element(want string) *dict {
	var found *dict
	j.elements(func(d *dict, _, _ ref) {
		if found == nil && role(d) == want {
			found = d
		}
	})
	return found
}

// ops replaces the page's operators.
func (j *judge) ops(tb testing.TB, edit func(s string) string) {
	all := operators(tb, j.file, j.page.get("Contents"))
	j.page.set("Contents", j.file.add(&stream{dict: new(dict), data: []byte(edit(string(all)))}))
}

// firstFont is the descendant of the font first in the page's resources.
func (j *judge) firstFont() *dict {
	fonts := j.file.dict(j.file.dict(j.page.get("Resources")).get("Font"))
	return j.file.dict(j.file.array(j.file.dict(fonts.entries[0].value).get("DescendantFonts"))[0])
}

// swap replaces the first old by new and insists that there was one.
func swap(tb testing.TB, old, new string) func(string) string {
	return func(s string) string {
		tb.Helper()
		if !strings.Contains(s, old) {
			tb.Fatalf("no %q to sabotage", old)
		}
		return strings.Replace(s, old, new, 1)
	}
}

// clauses is what we claim of PDF/UA-1 (ISO 14289-1:2014), clause by clause, the
// check that holds the claim, and a sabotage of the full page that the check must
// notice. Numbers after a dash are veraPDF's tests of the clause.
var clauses = []struct {
	clause, claim string
	holds         func(j *judge) error
	sabotage      func(tb testing.TB, j *judge)
}{
	{"5-1", "the metadata say PDF/UA-1", func(j *judge) error {
		return fail(strings.Contains(j.xmp(), "<pdfuaid:part>1</pdfuaid:part>") &&
			strings.Contains(j.xmp(), `xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"`), "no pdfuaid:part")
	}, func(tb testing.TB, j *judge) {
		s := j.file.resolve(j.catalog.get("Metadata")).(*stream)
		s.data = []byte(swap(tb, "pdfuaid:part>1", "pdfuaid:part>2")(string(s.data)))
	}},
	{"6.1-1", "the header names PDF 1.7 and marks the file as binary", func(j *judge) error {
		return fail(bytes.HasPrefix(j.data, []byte("%PDF-1.7\n%")) && bytes.Count(j.data[10:14], []byte{0}) == 0 &&
			min(j.data[10], j.data[11], j.data[12], j.data[13]) > 127, "header %q", j.data[:15])
	}, func(tb testing.TB, j *judge) { j.data = append([]byte("%PDF-1.7\n%abcd"), j.data[14:]...) }},
	{"6.2-1", "the file says it is tagged", func(j *judge) error {
		return fail(j.file.dict(j.catalog.get("MarkInfo")).get("Marked") == boolean(true), "not marked")
	}, func(tb testing.TB, j *judge) { j.catalog.set("MarkInfo", new(dict)) }},
	{"7.1-0", "operators are well formed and balanced", func(j *judge) error { return j.content },
		func(tb testing.TB, j *judge) { j.ops(tb, swap(tb, "EMC\n", "")) }},
	{"ISO 32000-1, 8.10.1", "pictures, and the pieces of a page, take no colour, width or opacity from others", func(j *judge) error { return j.state },
		func(tb testing.TB, j *judge) {
			pictures := j.file.dict(j.file.dict(j.page.get("Resources")).get("XObject"))
			form := j.file.resolve(pictures.entries[0].value).(*stream)
			form.data = []byte(strings.Replace(string(unpack(tb, j.file, form)), " rg\n", " RG\n", 1))
			form.dict.set("Filter", nil)
		}},
	{"7.1-1", "no artifact lies in tagged content, nor the other way round", func(j *judge) error {
		for _, s := range j.shown {
			if len(s.in) > 1 {
				return fmt.Errorf("%s in %v", s.op, s.in)
			}
		}
		return nil
	}, func(tb testing.TB, j *judge) {
		j.ops(tb, func(s string) string {
			return swap(tb, "/H1<</MCID 0>>BDC\n", "/H1<</MCID 0>>BDC\n/Artifact BMC\n")(swap(tb, "EMC\n/P<<", "EMC\nEMC\n/P<<")(s))
		})
	}},
	{"7.1-3", "everything shown is tagged or an artifact", func(j *judge) error {
		tags, _ := j.file.resolve(j.parents[0]).(array)
		for _, s := range j.shown {
			if len(s.in) == 0 || s.in[0].role != "Artifact" && (s.in[0].id < 0 || s.in[0].id >= len(tags)) {
				return fmt.Errorf("%s in %v", s.op, s.in)
			}
		}
		return nil
	}, func(tb testing.TB, j *judge) {
		j.ops(tb, func(s string) string {
			return swap(tb, "EMC\n", "")(swap(tb, "/Artifact BMC\n", "")(s))
		})
	}},
	{"7.1-5", "all structure types are standard ones", func(j *judge) (err error) {
		standard := strings.Fields("Document Sect H1 H2 H3 H4 P L LI Lbl LBody Figure Caption Link Note Table TR TH TD BlockQuote Reference")
		j.elements(func(d *dict, _, _ ref) {
			if !slices.Contains(standard, role(d)) {
				err = fmt.Errorf("%q", role(d))
			}
		})
		return err
	}, func(tb testing.TB, j *judge) { j.element("P").set("S", name("Paragraph")) }},
	{"7.1-8", "the catalog leads to metadata in plain text", func(j *judge) error {
		return fail(strings.HasPrefix(j.xmp(), "<?xpacket begin="), "none")
	}, func(tb testing.TB, j *judge) { j.catalog.set("Metadata", null{}) }},
	{"7.1-9", "the metadata have a title, the same as the document information", func(j *judge) error {
		_, title, _ := strings.Cut(j.xmp(), `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">`)
		title, _, _ = strings.Cut(title, "</rdf:li>")
		info, _ := j.file.dict(j.file.info).get("Title").(str)
		return fail(title != "" && bytes.Equal(text(title), info), "%q, %q", title, info)
	}, func(tb testing.TB, j *judge) { j.file.dict(j.file.info).set("Title", str("Sciatica")) }},
	{"7.1-10", "readers show the title, not the file's name", func(j *judge) error {
		return fail(j.file.dict(j.catalog.get("ViewerPreferences")).get("DisplayDocTitle") == boolean(true), "they do not")
	}, func(tb testing.TB, j *judge) { j.catalog.set("ViewerPreferences", new(dict)) }},
	{"ISO 32000-1, 12.2", "it is to be printed on one side of the paper, as large as it is", func(j *judge) error {
		d := j.file.dict(j.catalog.get("ViewerPreferences"))
		return fail(d != nil && d.get("Duplex") == name("Simplex") && d.get("PrintScaling") == name("None"), "%v", d)
	}, func(tb testing.TB, j *judge) {
		j.file.dict(j.catalog.get("ViewerPreferences")).set("Duplex", name("DuplexFlipLongEdge"))
	}},
	{"7.1-11", "there is a structure tree, with a Document on top", func(j *judge) error {
		return fail(role(j.file.dict(j.tree.get("K"))) == "Document", "none")
	}, func(tb testing.TB, j *judge) { j.tree.set("K", array{}) }},
	{"7.1-12", "each element knows its parent and its page", func(j *judge) (err error) {
		j.elements(func(d *dict, r, parent ref) {
			if d.get("P") != object(parent) {
				err = fmt.Errorf("%s %d has the parent %v", role(d), r, d.get("P"))
			}
			if len(j.kidsOf(d)) == 0 && j.file.dict(d.get("Pg")) != j.page {
				err = fmt.Errorf("%s %d has no page", role(d), r)
			}
		})
		return err
	}, func(tb testing.TB, j *judge) { j.element("LBody").set("P", j.catalog.get("StructTreeRoot")) }},
	{"7.1-13", "content leads to the element that holds it, and every element to content of its own", func(j *judge) (err error) {
		owners, _ := j.file.resolve(j.parents[0]).(array)
		marks := map[int]name{}
		for _, s := range j.shown {
			if s.in[0].id >= 0 {
				marks[s.in[0].id] = s.in[0].role
			}
		}
		seen := 0
		j.elements(func(d *dict, r, _ ref) {
			kids, ok := d.get("K").(array)
			if !ok {
				kids = array{d.get("K")}
			}
			if len(kids) == 0 {
				err = fmt.Errorf("%s %d is empty", role(d), r)
			}
			for _, k := range kids {
				if id, ok := k.(integer); ok {
					seen++
					if int(id) >= len(owners) || owners[id] != object(r) || marks[int(id)] != name(role(d)) {
						err = fmt.Errorf("%s %d does not own sequence %d", role(d), r, id)
					}
				}
			}
		})
		if err == nil && (seen != len(owners) || len(marks) != len(owners) || j.page.get("StructParents") != integer(0)) {
			err = fmt.Errorf("%d sequences held, %d owned, %d painted", seen, len(owners), len(marks))
		}
		return err
	}, func(tb testing.TB, j *judge) {
		owners := j.parents[0].(array)
		owners[1], owners[len(owners)-1] = owners[len(owners)-1], owners[1]
	}},
	{"7.2-34", "the document has a language, and so has what is in another", func(j *judge) error {
		lang, _ := j.catalog.get("Lang").(str)
		err := fail(validLang(string(lang)), "%q", lang)
		j.elements(func(d *dict, _, _ ref) {
			if lang, ok := d.get("Lang").(str); ok && !validLang(string(lang)) {
				err = fmt.Errorf("%s: %q", role(d), lang)
			}
		})
		return err
	}, func(tb testing.TB, j *judge) { j.catalog.set("Lang", str("english (UK)")) }},
	{"7.3-1", "each Figure has a description and a box on the page", func(j *judge) (err error) {
		j.elements(func(d *dict, _, _ ref) {
			if role(d) != "Figure" {
				return
			}
			alt, _ := d.get("Alt").(str)
			a := j.file.dict(d.get("A"))
			b := floats(a.get("BBox"))
			if len(alt) == 0 || a.get("O") != name("Layout") || len(b) != 4 || b[0] >= b[2] || b[1] >= b[3] || b[0] < 0 || b[3] > 842 {
				err = fmt.Errorf("%q in %v", alt, b)
			}
		})
		return err
	}, func(tb testing.TB, j *judge) { j.element("Figure").set("Alt", str("")) }},
	{"7.4.2-1", "headings begin at H1 and skip no level", func(j *judge) (err error) {
		last := 0
		j.elements(func(d *dict, _, _ ref) {
			if s := role(d); len(s) == 2 && s[0] == 'H' {
				n := int(s[1] - '0')
				if n > last+1 {
					err = fmt.Errorf("%s after H%d", s, last)
				}
				last = n
			}
		})
		return err
	}, func(tb testing.TB, j *judge) { j.element("H2").set("S", name("H3")) }},
	{"7.5-1", "tables have rows of equally many cells, and header cells say what they head", func(j *judge) (err error) {
		j.elements(func(d *dict, _, _ ref) {
			switch role(d) {
			case "Table":
				rows := j.kidsOf(d)
				for _, r := range rows {
					if role(r) != "TR" || len(j.kidsOf(r)) != len(j.kidsOf(rows[0])) {
						err = fmt.Errorf("a row has %d cells", len(j.kidsOf(r)))
					}
				}
			case "TH":
				if s := j.file.dict(d.get("A")).get("Scope"); s != name("Row") && s != name("Column") {
					err = fmt.Errorf("a header cell heads %v", s)
				}
			}
		})
		return err
	}, func(tb testing.TB, j *judge) { j.element("TH").set("A", new(dict)) }},
	{"7.6-1", "lists are made of items, items of labels and bodies; labelled lists say how they count", func(j *judge) (err error) {
		parts := map[string][]string{"L": {"LI", "L", "Caption"}, "LI": {"Lbl", "LBody"}}
		j.elements(func(d *dict, _, _ ref) {
			labels := false
			for _, k := range j.kidsOf(d) {
				if allowed := parts[role(d)]; allowed != nil && !slices.Contains(allowed, role(k)) {
					err = fmt.Errorf("%s in %s", role(k), role(d))
				}
				for _, kk := range j.kidsOf(k) {
					labels = labels || role(kk) == "Lbl"
				}
			}
			if role(d) == "L" && labels && j.file.dict(d.get("A")).get("ListNumbering") == nil {
				err = fmt.Errorf("labels, and no numbering")
			}
		})
		return err
	}, func(tb testing.TB, j *judge) { j.element("L").set("A", null{}) }},
	{"7.9-1", "each Note has an ID of its own, found in the ID tree", func(j *judge) (err error) {
		tree := j.file.array(j.file.dict(j.tree.get("IDTree")).get("Names"))
		n := 0
		j.elements(func(d *dict, r, _ ref) {
			if role(d) != "Note" {
				return
			}
			id, _ := d.get("ID").(str)
			if 2*n+1 >= len(tree) || len(id) == 0 || !bytes.Equal(tree[2*n].(str), id) || tree[2*n+1] != object(r) {
				err = fmt.Errorf("ID %q", id)
			}
			n++
		})
		return err
	}, func(tb testing.TB, j *judge) { j.element("Note").set("ID", str("other")) }},
	{"7.10-1, 7.11-1, 7.15-1, 7.19", "no layers, no attachments, no forms, no scripts, no actions", func(j *judge) error {
		for _, e := range j.catalog.entries {
			if !slices.Contains([]name{"Type", "Pages", "Lang", "MarkInfo", "ViewerPreferences", "StructTreeRoot", "Metadata", "OutputIntents", "Extensions"}, e.key) {
				return fmt.Errorf("the catalog has %s", e.key)
			}
		}
		return nil
	}, func(tb testing.TB, j *judge) { j.catalog.set("OpenAction", array{}) }},
	{"7.18.1-2", "each link says where it leads, and is printed", func(j *judge) error {
		for _, a := range j.file.array(j.page.get("Annots")) {
			says, _ := j.file.dict(a).get("Contents").(str)
			if len(says) == 0 || j.file.dict(a).get("F") != integer(4) {
				return fmt.Errorf("%q", says)
			}
			if b := floats(j.file.dict(a).get("Rect")); len(b) != 4 || b[0] >= b[2] || b[1] >= b[3] {
				return fmt.Errorf("at %v", b)
			}
		}
		return nil
	}, func(tb testing.TB, j *judge) {
		j.file.dict(j.file.array(j.page.get("Annots"))[1]).set("Contents", str(""))
	}},
	{"7.18.3-1", "the tabulator follows the structure", func(j *judge) error {
		return fail(j.page.get("Annots") == nil || j.page.get("Tabs") == name("S"), "%v", j.page.get("Tabs"))
	}, func(tb testing.TB, j *judge) { j.page.set("Tabs", name("R")) }},
	{"7.18.5-1", "each link belongs to a Link and each Link has one", func(j *judge) (err error) {
		n := 0
		j.elements(func(d *dict, r, _ ref) {
			kids, ok := d.get("K").(array)
			if !ok {
				kids = array{d.get("K")}
			}
			own := 0
			for _, k := range kids {
				if o, ok := k.(*dict); ok && o.get("Type") == name("OBJR") {
					own++
					key, _ := j.file.dict(o.get("Obj")).get("StructParent").(integer)
					if !slices.Contains(j.file.array(j.page.get("Annots")), o.get("Obj")) || key == 0 || j.parents[int(key)] != object(r) {
						err = fmt.Errorf("%s %d and its link do not agree", role(d), r)
					}
				}
			}
			if (own > 0) != (role(d) == "Link") {
				err = fmt.Errorf("%s with %d links", role(d), own)
			}
			n += own
		})
		if links := len(j.file.array(j.page.get("Annots"))); err == nil && n != links {
			err = fmt.Errorf("%d of %d links have a place", n, links)
		}
		return err
	}, func(tb testing.TB, j *judge) {
		j.file.dict(j.file.array(j.page.get("Annots"))[0]).set("StructParent", integer(2))
	}},
	{"7.21.3.1-1", "fonts of two bytes use Identity-H and say so", func(j *judge) error {
		for _, e := range j.file.dict(j.file.dict(j.page.get("Resources")).get("Font")).entries {
			d := j.file.dict(e.value)
			if d.get("Encoding") != name("Identity-H") || d.get("Subtype") != name("Type0") {
				return fmt.Errorf("%v", d.get("Encoding"))
			}
			if info := j.file.dict(j.fonts[e.key].dict.get("CIDSystemInfo")); !bytes.Equal(info.get("Ordering").(str), str("Identity")) {
				return fmt.Errorf("%v", info.get("Ordering"))
			}
		}
		return nil
	}, func(tb testing.TB, j *judge) {
		j.file.dict(j.firstFont().get("CIDSystemInfo")).set("Ordering", str("Japan1"))
	}},
	{"7.21.3.2-1", "codes lead to glyphs through a map or as they are", func(j *judge) error {
		for _, t := range j.fonts {
			if m := t.dict.get("CIDToGIDMap"); m != name("Identity") && t.glyphs == nil {
				return fmt.Errorf("%v", m)
			}
		}
		return nil
	}, func(tb testing.TB, j *judge) { j.firstFont().set("CIDToGIDMap", null{}) }},
	{"7.21.4.1-1", "every font is embedded, as a subset with a name of its own", func(j *judge) error {
		seen := map[string]bool{}
		for _, t := range j.fonts {
			if len(t.tables["glyf"]) == 0 || !regexp.MustCompile(`^[A-Z]{6}\+[A-Za-z0-9_-]+$`).MatchString(t.base) || seen[t.base] {
				return fmt.Errorf("%s, %d bytes", t.base, len(t.program))
			}
			seen[t.base] = true
			d := j.file.dict(t.dict.get("FontDescriptor"))
			if d.get("FontName") != name(t.base) || t.dict.get("BaseFont") != name(t.base) {
				return fmt.Errorf("%s is also called %v", t.base, d.get("FontName"))
			}
		}
		return nil
	}, func(tb testing.TB, j *judge) {
		j.file.dict(j.firstFont().get("FontDescriptor")).set("FontFile2", null{})
	}},
	{"7.21.4.1-2", "every glyph shown is in its font", func(j *judge) error {
		return j.codes(func(t *typeface, code int) error { return fail(t.glyph(code) < t.count(), "glyph %d", t.glyph(code)) })
	}, func(tb testing.TB, j *judge) { j.ops(tb, swap(tb, "[(\x00", "[(\x7f")) }},
	{"7.21.5-1", "widths are those in the font", func(j *judge) error {
		return j.codes(func(t *typeface, code int) error {
			w, ok := t.widths[code]
			h := t.advance(t.glyph(code))
			return fail(ok && float64(w)-h <= 0.5 && h-float64(w) <= 0.5, "%d, hmtx %g", w, h)
		})
	}, func(tb testing.TB, j *judge) {
		w := j.file.array(j.firstFont().get("W"))[1].(array)
		for i := range w {
			w[i] = w[i].(integer) + 1
		}
	}},
	{"7.21.7-1", "every code shown means some text", func(j *judge) error {
		return j.codes(func(t *typeface, code int) error { return fail(readable(t.unicode[code]), "%q", t.unicode[code]) })
	}, func(tb testing.TB, j *judge) {
		fonts := j.file.dict(j.file.dict(j.page.get("Resources")).get("Font"))
		j.file.dict(fonts.entries[0].value).set("ToUnicode", null{})
	}},
	{"7.21.8-1", "no code shows .notdef", func(j *judge) error {
		return j.codes(func(t *typeface, code int) error { return fail(t.glyph(code) > 0, ".notdef") })
	}, func(tb testing.TB, j *judge) { j.ops(tb, swap(tb, "[(\x00", "[(\x00\x00\x00")) }},
}

func floats(o object) (out []float64) {
	a, _ := o.(array)
	for _, v := range a {
		switch v := v.(type) {
		case integer:
			out = append(out, float64(v))
		case number:
			f, _ := strconv.ParseFloat(string(v), 64)
			out = append(out, f)
		}
	}
	return out
}

func TestUA(t *testing.T) {
	for id, p := range pages(t) {
		j := newJudge(t, write(t, p, id))
		for _, c := range clauses {
			if err := c.holds(j); err != nil {
				t.Errorf("%s: %s: not so that %s: %v", id, c.clause, c.claim, err)
			}
		}
	}
}

// Each check must notice its own kind of damage: a check that can not fail
// holds nothing.
func TestUASabotage(t *testing.T) {
	data := write(t, fullPage(t), "full")
	for _, c := range clauses {
		j := newJudge(t, data)
		c.sabotage(t, j)
		j.read(t)
		if c.holds(j) == nil {
			t.Errorf("%s: nobody noticed the sabotage of: %s", c.clause, c.claim)
		}
	}
}
