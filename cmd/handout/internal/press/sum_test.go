package press

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"
	"unsafe"

	"handout/content"
	"handout/content/picture"
	"handout/layout"
)

// written is a value as canon writes it.
func written(v any) string {
	var c canon
	c.value(reflect.ValueOf(v))
	return c.String()
}

// alter makes a value another one: the nth way of all there are, or false if there are
// fewer. Lists that are empty get an entry.
func alter(v reflect.Value, n *int) bool {
	if v.CanAddr() { // those without a capital too
		v = reflect.NewAt(v.Type(), unsafe.Pointer(v.UnsafeAddr())).Elem()
	}
	turn := func() bool { *n--; return *n == -1 }
	switch v.Kind() {
	case reflect.Bool:
		if turn() {
			v.SetBool(!v.Bool())
			return true
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if turn() {
			v.SetInt(v.Int() + 1)
			return true
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if turn() {
			v.SetUint(v.Uint() + 1)
			return true
		}
	case reflect.Float32, reflect.Float64:
		if turn() {
			v.SetFloat(v.Float() + 1)
			return true
		}
	case reflect.String:
		if turn() {
			v.SetString(v.String() + "x")
			return true
		}
	case reflect.Slice:
		if turn() {
			v.Set(reflect.Append(v, reflect.Zero(v.Type().Elem())))
			return true
		}
		if v.Len() > 0 {
			return alter(v.Index(0), n)
		}
	case reflect.Array:
		for i := range v.Len() {
			if alter(v.Index(i), n) {
				return true
			}
		}
	case reflect.Pointer:
		if v.IsNil() {
			if turn() {
				v.Set(reflect.New(v.Type().Elem()))
				return true
			}
			return false
		}
		return alter(v.Elem(), n)
	case reflect.Struct:
		if t, ok := v.Interface().(time.Time); ok {
			if turn() {
				v.Set(reflect.ValueOf(t.Add(24 * time.Hour)))
				return true
			}
			return false
		}
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.Type == reflect.TypeFor[content.Position]() || slices.Contains(unprinted[v.Type()], f.Name) {
				continue
			}
			if alter(v.Field(i), n) {
				return true
			}
		}
	}
	return false
}

// Each field that is printed makes another page, also one that will be added.
func TestSumOfEachField(t *testing.T) {
	for _, fresh := range []func() any{
		func() any {
			return &content.Brand{Name: "x", Logo: &picture.Picture{Bitmap: &picture.Bitmap{Pix: []byte{1}}}, Phones: []string{"5"}, Fonts: []content.Font{{Data: []byte{1}}}}
		},
		func() any { return &content.Handout{Title: "x", Notes: []*content.Paragraph{{}}} },
		func() any {
			return &content.Stretch{Steps: []content.Text{{{Text: "x"}}}, Stop: content.Text{{}}, Frames: []content.Frame{{Pose: &content.Pose{}}}}
		},
		func() any { return &content.Chosen{} },
		func() any { return &content.Visit{Date: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)} },
		func() any { return &layout.Sheet{} },
		func() any { return &content.Words{} },
	} {
		was := written(fresh())
		seen, ways := map[string]bool{was: true}, 0
		for ; ; ways++ {
			v, n := fresh(), ways
			if !alter(reflect.ValueOf(v), &n) {
				break
			}
			if seen[written(v)] {
				t.Errorf("%T: change %d makes no other page: %+v", v, ways, v)
			}
			seen[written(v)] = true
		}
		if ways < reflect.TypeOf(fresh()).Elem().NumField()/2 {
			t.Errorf("%T: only %d changes were tried", fresh(), ways)
		}
	}
}

// What is not printed makes no other page. The names are those of fields.
func TestSumOfUnprinted(t *testing.T) {
	for of, names := range unprinted {
		for _, name := range names {
			if _, ok := of.FieldByName(name); !ok {
				t.Errorf("%s has no field %s", of, name)
			}
		}
	}
	b := &content.Brand{Name: "Knee & Co"}
	was := written(b)
	b.Mail.ReplyTo, b.Notes, b.Services, b.Line = "desk@clinic.example", []string{"x"}, []content.Service{{}}, 7
	b.Sum[0]++
	if written(b) != was {
		t.Error("a setting of the mail makes another page")
	}
	h := &content.Handout{Blocks: []content.Block{&content.Heading{Level: 2}}}
	was = written(h)
	h.Blocks[0].(*content.Heading).Line++
	h.Sources = []string{"x"}
	if written(h) != was {
		t.Error("where a block stands in its file makes another page")
	}
	h.Blocks[0] = new(content.Paragraph)
	if written(h) == was {
		t.Error("another block makes no other page")
	}
	// Every field of every block is written, whatever it holds.
	var c canon
	for _, b := range []content.Block{&content.List{}, &content.Callout{}, &content.Figure{}, &content.Fields{}, &content.Stretches{}, &content.Diary{}, &content.PainScale{},
		&content.TrafficLight{}, &content.Code{}, &content.Reminder{}, &content.Table{}, &content.Quote{}} {
		before := c.Len()
		c.value(reflect.ValueOf(b))
		if c.Len() == before || !bytes.Contains(c.Bytes()[before:], fmt.Appendf(nil, "%T", b)[1:]) {
			t.Errorf("%T is not written", b)
		}
	}
}

// A press that is open for days, whose library is mended again and again, does not hold
// all that it has ever read.
func TestDigestsAreBounded(t *testing.T) {
	var d digests
	first := &content.Words{}
	was := d.of(first)
	for range maxDigests + 100 {
		d.of(&content.Words{})
	}
	n := 0
	d.kept.Range(func(any, any) bool { n++; return true })
	if n == 0 || n > maxDigests {
		t.Errorf("%d are kept", n)
	}
	if d.of(first) != was {
		t.Error("what is met again has another sum")
	}
}
