package output

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"handout/content/picture"
	"handout/fonts"
	"handout/layout"
)

var about = About{Title: "Sunday’s handouts", Author: "Riverside Clinic", Lang: "en", Made: made}

// printed writes pages into one file.
func printed(tb testing.TB, pages ...*layout.Page) []byte {
	tb.Helper()
	var b bytes.Buffer
	p, err := NewPrint(&b, about)
	if err != nil {
		tb.Fatal(err)
	}
	for i, page := range pages {
		if err := p.Add(page); err != nil {
			tb.Fatalf("page %d: %v", i, err)
		}
	}
	if err := p.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// readPrint reads a file with a cross-reference stream (7.5.8) and streams of
// objects (7.5.7).
func readPrint(tb testing.TB, data []byte) *file {
	tb.Helper()
	f, _, packed := readTable(tb, data)
	unpackObjects(tb, f, packed)
	return f
}

// readTable reads a cross-reference stream, what it says besides, the objects that are
// not packed, and where the others are: their numbers by stream.
func readTable(tb testing.TB, data []byte) (f *file, d *dict, packed map[int]array) {
	tb.Helper()
	indirect := func(at int) object {
		p := &parser{data: data, pos: at}
		if p.count(1<<30) < 0 || p.count(0) != 0 || !p.keyword("obj") {
			tb.Fatalf("no object at %d", at)
		}
		o, err := p.indirect()
		if err != nil {
			tb.Fatalf("at %d: %v", at, err)
		}
		return o
	}
	p := &parser{data: data, pos: bytes.LastIndex(data, []byte("startxref"))}
	if !p.keyword("startxref") {
		tb.Fatal("no startxref")
	}
	table := indirect(p.count(len(data))).(*stream)
	d = table.dict
	var widths []int
	for _, w := range d.get("W").(array) {
		widths = append(widths, int(w.(integer)))
	}
	columns := widths[0] + widths[1] + widths[2]
	if parms := d.get("DecodeParms").(*dict); parms.get("Predictor") != integer(12) || parms.get("Columns") != integer(columns) {
		tb.Fatalf("predicted by %v", parms.entries)
	}
	f = &file{root: 0}
	f.root, f.info = d.get("Root").(ref), d.get("Info").(ref)
	f.objects = make([]object, d.get("Size").(integer))
	rows := unpack(tb, &file{objects: []object{nil, table}}, ref(1))
	if len(rows) != len(f.objects)*(columns+1) {
		tb.Fatalf("%d bytes of rows for %d objects", len(rows), len(f.objects))
	}
	packed = map[int]array{}
	above := make([]byte, columns)
	for n := range f.objects {
		row := rows[n*(columns+1)+1:][:columns]
		for i := range row {
			row[i] += above[i]
		}
		above = row
		place := 0
		for _, b := range row[1 : 1+widths[1]] {
			place = place<<8 | int(b)
		}
		index := int(binary.BigEndian.Uint16(row[1+widths[1]:]))
		switch row[0] {
		case 1:
			f.objects[n] = indirect(place)
			if !bytes.HasPrefix(data[place:], fmt.Appendf(nil, "%d 0 obj\n", n)) {
				tb.Fatalf("object %d is not at %d", n, place)
			}
		case 2: // the stream comes later
			for len(packed[place]) <= index {
				packed[place] = append(packed[place], nil)
			}
			packed[place][index] = integer(n)
		}
	}
	return f, d, packed
}

// unpackObjects reads the objects of streams.
func unpackObjects(tb testing.TB, f *file, packed map[int]array) {
	tb.Helper()
	for at, numbers := range packed {
		s := f.objects[at].(*stream)
		p := &parser{data: unpack(tb, f, ref(at))}
		first := int(s.dict.get("First").(integer))
		if s.dict.get("N") != integer(len(numbers)) {
			tb.Fatalf("stream %d: %v objects, the table has %d", at, s.dict.get("N"), len(numbers))
		}
		for _, n := range numbers {
			if got := p.count(len(f.objects)); got != int(n.(integer)) {
				tb.Fatalf("stream %d: object %d, the table has %v", at, got, n)
			}
			q := &parser{data: p.data, pos: first + p.count(len(p.data))}
			o, err := q.object(0)
			if err != nil {
				tb.Fatal(err)
			}
			f.objects[n.(integer)] = o
		}
	}
}

// leaves are the pairs of a tree of numbers or names (7.9.6), within their limits.
func leaves(tb testing.TB, f *file, node object, key name) (all array) {
	tb.Helper()
	d := f.dict(node)
	all = append(all, f.array(d.get(key))...)
	for _, k := range f.array(d.get("Kids")) {
		part := leaves(tb, f, k, key)
		limits := f.array(f.dict(k).get("Limits"))
		if len(part) < 2 || len(limits) != 2 || fmt.Sprint(limits[0]) != fmt.Sprint(part[0]) || fmt.Sprint(limits[1]) != fmt.Sprint(part[len(part)-2]) {
			tb.Fatalf("limits %v of %d pairs", limits, len(part)/2)
		}
		all = append(all, part...)
	}
	return all
}

// judges are the pages of a printed file, each as a strict reader would see it if
// it were alone.
func judges(t *testing.T, data []byte) []*judge {
	t.Helper()
	f := readPrint(t, data)
	catalog := f.dict(f.root)
	root := f.dict(catalog.get("StructTreeRoot"))
	numbers := leaves(t, f, root.get("ParentTree"), "Nums")
	ids := leaves(t, f, root.get("IDTree"), "Names")
	var list []*judge
	var down func(node object, up object)
	down = func(node object, up object) {
		d := f.dict(node)
		if up != nil && d.get("Parent") != up {
			t.Errorf("node %v has the parent %v, not %v", node, d.get("Parent"), up)
		}
		if d.get("Type") == name("Pages") {
			before := len(list)
			for _, k := range f.array(d.get("Kids")) {
				down(k, node)
			}
			if d.get("Count") != integer(len(list)-before) {
				t.Errorf("a branch counts %v pages and has %d", d.get("Count"), len(list)-before)
			}
			return
		}
		// Objects are shared, but for those that say which page it is.
		alone := &file{objects: slices.Clone(f.objects), root: f.root, info: f.info}
		key := int(d.get("StructParents").(integer))
		page := &dict{slices.Clone(d.entries)}
		alone.objects[node.(ref)] = page.set("StructParents", integer(0))
		var own array
		for i := 0; i < len(numbers); i += 2 {
			n := int(numbers[i].(integer)) - key
			if n >= 0 && n <= len(f.array(d.get("Annots"))) {
				own = append(own, integer(n), numbers[i+1])
			}
		}
		for _, a := range f.array(d.get("Annots")) {
			link := f.dict(a)
			n := int(link.get("StructParent").(integer)) - key
			alone.objects[a.(ref)] = (&dict{slices.Clone(link.entries)}).set("StructParent", integer(n))
		}
		document := f.array(root.get("K"))[len(list)]
		var notes array
		for i := 0; i < len(ids); i += 2 {
			if strings.HasPrefix(string(ids[i].(str)), fmt.Sprintf("page%07d", len(list)+1)) {
				notes = append(notes, ids[i], ids[i+1])
			}
		}
		tree := newDict(4).set("K", document).set("ParentTree", newDict(1).set("Nums", own)).set("IDTree", newDict(1).set("Names", notes))
		alone.objects[catalog.get("StructTreeRoot").(ref)] = tree
		alone.objects[f.root] = (&dict{slices.Clone(catalog.entries)}).set("Pages", newDict(1).set("Kids", array{node}))
		j := &judge{file: alone, data: data}
		j.read(t)
		list = append(list, j)
	}
	down(catalog.get("Pages"), nil)
	if len(list) != len(f.array(root.get("K"))) {
		t.Errorf("%d pages, %d documents", len(list), len(f.array(root.get("K"))))
	}
	last, _ := numbers[len(numbers)-2].(integer)
	if root.get("ParentTreeNextKey") != last+1 {
		t.Errorf("the next key is %v after %v", root.get("ParentTreeNextKey"), last)
	}
	return list
}

// dayOf is many pages of different people, sizes and languages.
func dayOf(tb testing.TB, n int) (list []*layout.Page) {
	kinds := []*layout.Page{fullPage(tb), rtlPage(tb), namesPage(tb)}
	for i := range n {
		if i%4 > 0 {
			list = append(list, kinds[i%4-1])
			continue
		}
		s := newSheet(tb)
		if i%8 == 0 {
			s.Size = layout.Letter.Size
		}
		s.line(s.tag(layout.H1, 0), 24, "For "+firsts[i%len(firsts)]+" "+lasts[i%len(lasts)])
		s.line(s.tag(layout.P, 0), 12, "Keep moving.")
		list = append(list, &s.Page)
	}
	return list
}

// Each page of a printed file is as accessible as its own file, and the same.
func TestPrint(t *testing.T) {
	pages := dayOf(t, 2*branchPages+9) // three branches
	data := printed(t, pages...)
	js := judges(t, data)
	if len(js) != len(pages) {
		t.Fatalf("%d pages of %d", len(js), len(pages))
	}
	for i, j := range js {
		if i > 12 && i < len(js)-12 && i%branchPages > 1 {
			continue
		}
		for _, c := range clauses {
			if err := c.holds(j); err != nil {
				t.Errorf("page %d: %s: not so that %s: %v", i, c.clause, c.claim, err)
			}
		}
		own := newJudge(t, write(t, pages[i], "own"))
		lang := fmt.Sprintf("Document Lang=%q", pages[i].Lang)
		want := strings.Replace(own.String(), "Document", lang, 1)
		want = strings.ReplaceAll(want, `ID="note`, fmt.Sprintf(`ID="page%07dnote`, i+1))
		if got := j.String(); got != want {
			t.Errorf("page %d: the tree is\n%s\nand alone it is\n%s", i, got, want)
		}
		if !slices.EqualFunc(j.shown, own.shown, func(a, b shown) bool {
			return a.op == b.op && slices.Equal(a.in, b.in) && a.size == b.size && slices.Equal(a.at, b.at)
		}) {
			t.Errorf("page %d is not painted as it is alone", i)
		}
		if got, want := floats(j.page.get("MediaBox")), []float64{0, 0, pages[i].Size.W.Points(), pages[i].Size.H.Points()}; len(got) != 4 || got[2]-want[2] > .01 || want[2]-got[2] > .01 || got[3]-want[3] > .01 || want[3]-got[3] > .01 {
			t.Errorf("page %d is %v, not %v", i, got, want)
		}
	}
	if again := printed(t, pages...); !bytes.Equal(again, data) {
		t.Error("printed again, it is not the same")
	}
}

// Faces and pictures are in the file once, and no name is in its properties.
func TestPrintShares(t *testing.T) {
	pages := dayOf(t, 40)
	f := readPrint(t, printed(t, pages...))
	bases, faces, programs, pictures := map[name]bool{}, map[*fonts.Face]bool{}, 0, 0
	for _, o := range f.objects {
		d := f.dict(o)
		switch {
		case d.get("Type") == name("FontDescriptor"):
			bases[d.get("FontName").(name)] = true
			programs++
		case d.get("Type") == name("XObject"):
			pictures++
		}
	}
	for _, p := range pages {
		for _, it := range p.Items {
			if g, ok := it.(*layout.Glyphs); ok {
				faces[g.Face] = true
			}
		}
	}
	if programs != len(faces) || len(bases) != len(faces) || pictures != 4 { // a drawing, two bitmaps, a mask
		t.Errorf("%d fonts of %d names for %d faces, %d pictures", programs, len(bases), len(faces), pictures)
	}
	catalog := f.dict(f.root)
	for _, e := range catalog.entries {
		if e.key == "Outlines" || e.key == "Dests" || e.key == "Names" {
			t.Errorf("the catalog has %s", e.key)
		}
	}
	metadata := string(f.resolve(catalog.get("Metadata")).(*stream).data)
	for _, e := range f.dict(f.info).entries {
		if s, ok := e.value.(str); ok {
			metadata += string(s)
		}
	}
	if !strings.Contains(metadata, "Riverside Clinic") || strings.Contains(metadata, firsts[0]) || strings.Contains(metadata, pages[0].Title) {
		t.Errorf("the properties say %s", metadata)
	}
}

// A refused page leaves the file as if it had never been there.
func TestPrintRefuses(t *testing.T) {
	good := dayOf(t, 6)
	want := printed(t, good...)
	bad := func(change func(s *sheet)) *layout.Page {
		s := newSheet(t)
		s.line(s.tag(layout.P, 0), 12, "Quillfeather")
		change(s)
		return &s.Page
	}
	refused := []*layout.Page{
		nil,
		bad(func(s *sheet) { s.Title = "" }),
		bad(func(s *sheet) { s.Tags[1].Parent = 1 }),
		bad(func(s *sheet) {
			s.Items[0].(*layout.Glyphs).Glyphs = []fonts.Glyph{{Shape: fonts.Shape{ID: 65535}, Text: "x"}}
		}),
		bad(func(s *sheet) {
			s.image(layout.Artifact, pts(0, 0, 9, 9), &picture.Picture{Drawing: &picture.Drawing{}})
		}),
	}
	var b bytes.Buffer
	p, err := NewPrint(&b, about)
	if err != nil {
		t.Fatal(err)
	}
	for i, page := range good {
		for k, page := range refused {
			_, alone := PDF(page, made)
			if err := p.Add(page); i > 0 && (err == nil || err.Error() != alone.Error() || strings.Contains(err.Error(), "Quill")) {
				t.Errorf("page %d: %v; alone: %v", k, err, alone)
			}
			if i == 0 {
				break
			}
		}
		if err := p.Add(page); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if js := judges(t, b.Bytes()); len(js) != len(good) || len(b.Bytes()) > len(want)+20000 {
		t.Errorf("%d pages, %d bytes instead of %d", len(js), b.Len(), len(want))
	}
	if p.Add(good[0]) != errClosed || p.Close() != errClosed {
		t.Error("a closed file takes more")
	}

	b.Reset()
	if p, err = NewPrint(&b, about); err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err == nil || b.Len() > 0 {
		t.Errorf("a file of no pages: %d bytes, %v", b.Len(), err)
	}
	if _, err := NewPrint(&b, About{Lang: "x", Title: " ", Author: "\xff", Made: made.AddDate(9000, 0, 0)}); err == nil || strings.Count(err.Error(), "\n") != 3 {
		t.Errorf("not all that is wrong: %v", err)
	}
}

// full is a disk with so much room.
type full struct{ left int }

func (f *full) Write(b []byte) (int, error) {
	if len(b) > f.left {
		return 0, &os.PathError{Op: "write", Path: "/home/zoe", Err: syscall.ENOSPC}
	}
	f.left -= len(b)
	return len(b), nil
}

func TestPrintToFullDisk(t *testing.T) {
	pages := dayOf(t, 6)
	size := len(printed(t, pages...))
	for _, room := range []int{0, 100, size / 3, size - 1} {
		p, err := NewPrint(&full{room}, about)
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range pages {
			if err = p.Add(page); err != nil {
				break
			}
		}
		closed := p.Close()
		if err == nil {
			err = closed
		}
		if !errors.Is(err, syscall.ENOSPC) || closed == nil {
			t.Errorf("with room for %d of %d: %v, %v", room, size, err, closed)
		}
	}
}

// However many pages, only their places are kept.
func TestPrintMemory(t *testing.T) {
	page := pages(t)["plain"]
	p, err := NewPrint(io.Discard, about)
	if err != nil {
		t.Fatal(err)
	}
	heap := func() int {
		runtime.GC()
		runtime.GC() // what pools let go of is there until the second
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	before := 0
	const warm, all = 1000, 8000
	for i := range all {
		if i == warm {
			before = heap()
		}
		if err := p.Add(page); err != nil {
			t.Fatal(err)
		}
	}
	if grown := (heap() - before) / (all - warm); grown > 200 {
		t.Errorf("%d bytes are kept of each page", grown)
	}
	runtime.KeepAlive(p)
}

// Other programs see the same pages.
func TestReadersOfPrint(t *testing.T) {
	pages := dayOf(t, branchPages+21)
	data := printed(t, pages...)
	keepForJudges(t, data, "print")
	file := filepath.Join(t.TempDir(), "print.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, r := range []struct {
		command []string
		want    string
	}{
		{[]string{"qpdf", "--check", file}, "No syntax or stream encoding errors"},
		{[]string{"pdfinfo", file}, fmt.Sprintf("Pages:           %d\n", len(pages))},
		{[]string{"pdftotext", "-f", fmt.Sprint(len(pages)), file, "-"}, "Keep moving."},
		{[]string{"mutool", "draw", "-q", "-F", "text", file, fmt.Sprint(len(pages))}, "Keep moving."},
	} {
		t.Run(r.command[0], func(t *testing.T) {
			if got := outside(t, r.command[0], r.command[1:]...); !strings.Contains(got, r.want) {
				t.Errorf("%q is not in\n%s", r.want, got)
			}
		})
	}
	t.Run("tree", func(t *testing.T) {
		got := skeleton(outside(t, "pdfinfo", "-struct-text", file))
		if n := strings.Count(got, "Document\n"); n != len(pages) || strings.Count(got, "AVATAR, office") != (len(pages)+2)/4 {
			t.Errorf("poppler sees %d documents of %d", n, len(pages))
		}
	})
}
