package layout

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"handout/content"
	"handout/content/picture"
	"handout/fonts"
)

// Whatever is different on a page, in any field of what it is made from, a setter that
// has set the page without the difference sets it as one that has set none. Fields are
// found by reflection: a new one is tried by itself.
func TestEveryFieldCounts(t *testing.T) {
	type order struct {
		Handout *content.Page
		Sheet   Sheet
	}
	warm := NewSetter(fonts.Default())
	tried, differ := 0, map[string]bool{}
	looks := []string{"article", "rows"}
	if testing.Short() {
		looks = looks[:1]
	}
	for _, look := range looks {
		brand := content.Neutral()
		brand.Name, brand.Tagline, brand.SmallPrint = "Harbour Lane", "Bodywork", "No advice in an emergency."
		brand.Phones, brand.Address = []string{"555 0142", "555 0143"}, []string{"12 Harbour Lane", "Springfield"}
		brand.Web, brand.Booking, brand.Email = "https://harbourlane.example",
			"https://booking.example/book", "a@harbourlane.example"
		brand.Therapist, brand.Credential = "Robin Hale", "LMT"
		base := order{everyPart(t, brand), Sheet{Brand: brand,
			Paper: Paper{"tall", Size{A4.W, 1130 * Point}}, Look: look}}
		page := func(s *Setter, o order) string {
			p, f, err := s.Fit(o.Handout, o.Sheet)
			if err != nil {
				return err.Error()
			}
			return fmt.Sprint(p, f)
		}
		want := page(NewSetter(fonts.Default()), base)
		if got := page(warm, base); got != want || !strings.Contains(want, "page 595") {
			t.Fatal(got)
		}
		for n := 0; ; n++ {
			other := replica(reflect.ValueOf(base)).Interface().(order)
			c := changer{left: n}
			root := reflect.New(reflect.TypeOf(other)).Elem()
			root.Set(reflect.ValueOf(other))
			if c.walk(root, ""); c.changed == "" {
				break
			}
			other = root.Interface().(order)
			tried++
			cold := page(NewSetter(fonts.Default()), other)
			for _, again := range []string{"", " again"} {
				if got := page(warm, other); got != cold {
					t.Errorf("%s: with another %s%s a warm page is not as a cold one: %s", look, c.changed, again,
						firstDifference(got, cold))
				}
			}
			if got := page(warm, base); got != want {
				t.Errorf("%s: after another %s the page is not as before: %s", look, c.changed,
					firstDifference(got, want))
			}
			if cold != want {
				differ[c.changed] = true
			}
		}
	}
	// Most fields are seen on a page; these were forgotten once, or lie deepest.
	for _, field := range []string{".Sheet.Brand.SmallPrint", ".Sheet.Brand.Phones[1]", ".Sheet.Brand.Logo",
		".Sheet.Punch", ".Handout.Visit.Note", ".Handout.Title"} {
		if !differ[field] {
			t.Errorf("another %s changes no page", field)
		}
	}
	if tried < 500 || len(differ) < 100 {
		t.Errorf("%d changes tried, %d of them seen: this proves nothing", tried, len(differ))
	}
}

// everyPart is a handout with a part of every kind, each in a section of its own: what one
// of them hangs on must not keep another from being remembered.
func everyPart(t *testing.T, brand *content.Brand) *content.Page {
	h := handoutOf(t, "en", `Opening [words](https://harbourlane.example/a).

## Lists {.brief}

- [ ] **One.** More.
- **Two.** More.

1. **Three.** More.

## Box {.optional}

> [!NOTE] Boxed
> Words.

## Quote

> Quoted.

## Table

| a | b |
|---|---|
| c | d |

## Fields

`+"```fields\nName\n```\n\n## Scale\n\n```pain-scale\nHow much?\n```\n\n## "+
		"Code\n\n```code\nhttps://harbourlane.example/film\nA film\n```\n\n## Signs\n\n```traffic-light\ngo: go "+
		"on\nease: ease off\nstop: stop\n```\n"+`

## Last

### Below

Words.[^1]

## Do

`+"```stretches\n```\n\n> [!WARNING]\n> **Stop** if it hurts.\n\n```diary\nweek\n```\n\n"+`> [!CAUTION]
> **Call us** at once.

[^1]: A note.
`, brand, content.Visit{Patient: "Ana Ruiz", Date: time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC), Next: "28 March",
		Note: "Go easy.", Code: "K7Q2-0417",
		Chosen: true, Stretches: []content.Choice{{ID: "cat-cow", Note: "Slowly."}}})
	h.Subtitle, h.Version, h.Signed = "What helps", "3", content.SignOff{Name: "Jane Doe", Credential: "PT", Date: "2026-03"}
	at := len(h.Blocks) - 1
	h.Blocks = append(h.Blocks[:at:at], &content.Figure{Picture: another(1), Alt: "a picture",
		Caption: content.Text{{Text: "A picture."}}}, h.Blocks[at])
	return h
}

// another is a picture of a shade.
func another(shade byte) *picture.Picture {
	return &picture.Picture{Bitmap: &picture.Bitmap{W: 2, H: int(shade), Gray: true, Pix: make([]byte, 2*int(shade))}}
}

// shared are what a value may lead to and is never changed: equal addresses are equal ones.
func shared(t reflect.Type) bool {
	return t == reflect.TypeFor[*content.Words]() || t == reflect.TypeFor[*picture.Picture]() ||
		t == reflect.TypeFor[[]byte]()
}

// replica is a value with all that it leads to made anew, but for what is shared.
func replica(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	switch {
	case shared(v.Type()):
	case v.Kind() == reflect.Pointer && !v.IsNil():
		out.Set(reflect.New(v.Type().Elem()))
		out.Elem().Set(replica(v.Elem()))
	case v.Kind() == reflect.Interface && !v.IsNil():
		out.Set(replica(v.Elem()))
	case v.Kind() == reflect.Slice && !v.IsNil():
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			out.Index(i).Set(replica(v.Index(i)))
		}
	case v.Kind() == reflect.Array:
		for i := range v.Len() {
			out.Index(i).Set(replica(v.Index(i)))
		}
	case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
		for i := range v.NumField() {
			if out.Field(i).CanSet() {
				out.Field(i).Set(replica(v.Field(i)))
			}
		}
	}
	return out
}

// changer changes one of all things in a value that can be changed: it passes over so
// many, and then tells which it was.
type changer struct {
	left    int
	changed string
}

// turn tells whether it is the turn of what is at a path.
func (c *changer) turn(path string) bool {
	if c.changed != "" {
		return false
	}
	if c.left--; c.left >= 0 {
		return false
	}
	c.changed = path
	return true
}

func (c *changer) walk(v reflect.Value, path string) {
	if c.changed != "" || !v.CanSet() {
		return
	}
	switch x := v.Interface().(type) {
	case time.Time:
		if c.turn(path) {
			v.Set(reflect.ValueOf(x.AddDate(0, 1, 1)))
		}
		return
	case time.Duration:
		if c.turn(path) {
			v.SetInt(int64(x + time.Second))
		}
		return
	case Length:
		if c.turn(path) {
			v.SetInt(int64(x + 9*Point))
		}
		return
	case *picture.Picture:
		if c.turn(path) {
			v.Set(reflect.ValueOf(another(3)))
		}
		return
	case *content.Words, []byte:
		return
	}
	switch v.Kind() {
	case reflect.String:
		if c.turn(path) {
			v.SetString(v.String() + "q")
		}
	case reflect.Bool:
		if c.turn(path) {
			v.SetBool(!v.Bool())
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if c.turn(path) {
			v.SetInt(v.Int() + 1)
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if c.turn(path) {
			v.SetUint(v.Uint() ^ 1)
		}
	case reflect.Float32, reflect.Float64:
		if c.turn(path) {
			v.SetFloat(v.Float() + 10)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			c.walk(v.Elem(), path)
		}
	case reflect.Interface:
		if !v.IsNil() {
			c.walk(v.Elem().Elem(), path+"("+v.Elem().Type().Elem().Name()+")")
		}
	case reflect.Struct:
		for i := range v.NumField() {
			c.walk(v.Field(i), path+"."+v.Type().Field(i).Name)
		}
	case reflect.Array:
		for i := range v.Len() {
			c.walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			c.walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
		// A table has as many cells in each row, a list as many boxes as items.
		if n := v.Len(); n > 0 && !strings.Contains(path, "Rows[") && !strings.HasSuffix(path, "Boxes") &&
			!(strings.HasSuffix(path, "Items") && n > 1) {
			if c.turn(path + " and one more") {
				v.Set(reflect.Append(v, replica(v.Index(n-1))))
			}
			if n > 1 && c.turn(path+" but the last") {
				v.SetLen(n - 1)
			}
		}
	case reflect.Map:
		if c.turn(path) {
			more := reflect.MakeMap(v.Type())
			more.SetMapIndex(reflect.Zero(v.Type().Key()), reflect.Zero(v.Type().Elem()))
			v.Set(more)
		}
	default:
		panic("a field of a kind that this test does not know: " + path + " " + v.Type().String())
	}
}
