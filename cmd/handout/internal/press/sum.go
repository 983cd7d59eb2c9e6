package press

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"handout/content"
	"handout/content/picture"
	"handout/layout"
)

// canon writes values so that no two are written the same: by all their fields, those
// without a capital too, so that one that is added tomorrow is in.
type canon struct{ bytes.Buffer }

// unprinted are the fields that no page shows, or that are written otherwise.
var unprinted = map[reflect.Type][]string{
	// paper, look and edition are the sheet's
	reflect.TypeFor[content.Brand](): {"Paper", "Look", "Edition", "Services", "Mail", "Notes", "Sum", "Library"},
	// the stretches are written as they are chosen
	reflect.TypeFor[content.Handout](): {"Look", "Default", "Large", "NotWith",
		"Summary", "Sources", "Sum", "Warnings", "brought", "titled"},
	reflect.TypeFor[content.Stretch](): {"Summary", "Sources", "Sum", "Warnings", "dosed",
		"Regions", "Postures", "Props"},
	reflect.TypeFor[content.Chosen](): {"Stretch", "Given"},
	// a mail's; the names of regions and the like are for finding
	reflect.TypeFor[content.Words]():   {"Sum", "letter", "locked", "born", "called"},
	reflect.TypeFor[content.Visit]():   {"Stretches", "Chosen", "Code", "Anyway"},
	reflect.TypeFor[layout.Sheet]():    {"Brand"},
	reflect.TypeFor[picture.Picture](): {"Notes", "once", "gray"},
}

func (c *canon) text(list ...string) {
	for _, s := range list {
		c.number(uint64(len(s)))
		c.WriteString(s)
	}
}

func (c *canon) number(n uint64) { c.Write(binary.BigEndian.AppendUint64(nil, n)) }

// value writes what it is given. It knows no functions and no channels: nothing of a
// page is one.
func (c *canon) value(v reflect.Value) {
	if !v.IsValid() {
		c.text("nil")
		return
	}
	switch t := v.Type(); v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			c.number(1)
		} else {
			c.number(0)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		c.number(uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		c.number(v.Uint())
	case reflect.Float32, reflect.Float64:
		c.number(math.Float64bits(v.Float()))
	case reflect.String:
		c.text(v.String())
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			c.text("nil")
			return
		}
		c.text(v.Elem().Type().String())
		c.value(v.Elem())
	case reflect.Slice, reflect.Array:
		c.number(uint64(v.Len()))
		if t.Elem().Kind() == reflect.Uint8 && v.Kind() == reflect.Slice {
			c.Write(v.Bytes())
			return
		}
		for i := range v.Len() {
			c.value(v.Index(i))
		}
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		c.number(uint64(len(keys)))
		for _, k := range keys {
			c.value(k)
			c.value(v.MapIndex(k))
		}
	case reflect.Struct:
		if t == reflect.TypeFor[time.Time]() {
			c.text(v.Interface().(time.Time).UTC().Format(time.RFC3339Nano))
			return
		}
		for i := range v.NumField() {
			f := t.Field(i)
			// where it stands in its file
			if f.Type != reflect.TypeFor[content.Position]() && !slices.Contains(unprinted[t], f.Name) {
				c.value(v.Field(i))
			}
		}
	default:
		panic(fmt.Sprintf("a page is made from a %s", t))
	}
}

// digests are the sums of what many pages have in common and nobody changes, by its
// address. What they hold is not let go: so they are few, and begin anew.
type digests struct {
	kept  sync.Map
	count atomic.Int32
}

// maxDigests bounds them: a library has some hundreds of handouts, stretches and words.
const maxDigests = 4096

func (d *digests) of(p any) [sha256.Size]byte {
	if sum, ok := d.kept.Load(p); ok {
		return sum.([sha256.Size]byte)
	}
	var c canon
	c.value(reflect.ValueOf(p))
	sum := sha256.Sum256(c.Bytes())
	if d.count.Add(1) > maxDigests {
		d.kept.Clear()
		d.count.Store(1)
	}
	d.kept.Store(p, sum)
	return sum
}
