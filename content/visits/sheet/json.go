package sheet

import (
	"encoding/json"
	"strings"
)

// Values parts a text into its values of JSON, of which it has an array or one after the
// other, and says in which line or at which place in the array each is. Objects a line
// each are read by line, so that a broken one takes no other with it.
func Values(text string) (values []string, number func(int) int, err error) {
	if lines, at := wholeLines(text); lines != nil {
		return lines, func(i int) int { return at[i] }, nil
	}
	c := Cursor{Text: text}
	c.values(func(raw string) bool {
		values = append(values, raw)
		return len(values) <= MaxRows
	})
	switch {
	case c.Broken:
		return nil, nil, fault("broken-json", "export it again; rows of your own are {\"name\": \"...\", "+
			"\"handout\": \"...\"}, one a line",
			"the JSON is broken in line %d", strings.Count(text[:c.at], "\n")+1)
	case len(values) == 0:
		return nil, nil, fault("empty-list", "export the day again", "the list is empty")
	}
	return values, func(i int) int { return i + 1 }, nil
}

// wholeLines are the lines that are not blank, and their numbers, if most of them are
// one object from brace to brace and the first is not one of several lines; else there
// are none.
func wholeLines(text string) (lines []string, numbers []int) {
	c := Cursor{Text: text}
	c.skip()
	from := c.at
	if c.Members(func(string, string) bool { return true }); !c.Broken && strings.Contains(text[from:c.at], "\n") {
		return nil, nil
	}
	whole, number := 0, 0
	for line := range strings.Lines(text) {
		number++
		if line = strings.Trim(line, " \t\r\n\ufeff"); line == "" {
			continue
		}
		if line[0] == '{' && line[len(line)-1] == '}' {
			whole++
		}
		lines, numbers = append(lines, line), append(numbers, number)
	}
	if 2*whole <= len(lines) {
		return nil, nil
	}
	return lines, numbers
}

// Cursor parts JSON (RFC 8259) into its values without reading them, so that a file of
// many is not there a second time. What is within a value shows when it is read.
type Cursor struct {
	Text   string
	at     int
	Broken bool // at this place
}

func (c *Cursor) skip() {
	for c.at < len(c.Text) && strings.IndexByte(" \t\r\n", c.Text[c.at]) >= 0 {
		c.at++
	}
}

// Next is the first byte behind space; 0 at the end.
func (c *Cursor) Next() byte {
	if c.skip(); c.at < len(c.Text) {
		return c.Text[c.at]
	}
	return 0
}

// take steps over one byte behind space, which has to be there.
func (c *Cursor) take(b byte) {
	if c.Broken = c.Broken || c.Next() != b; !c.Broken {
		c.at++
	}
}

// value steps over a value.
func (c *Cursor) value() string {
	c.skip()
	from, depth := c.at, 0
	for !c.Broken {
		switch b := c.Next(); b {
		case '"':
			c.letters()
		case '{', '[':
			depth++
			c.at++
		case '}', ']':
			depth--
			c.at++
		case ',', ':':
			c.Broken = depth == 0
			c.at++
		default:
			word := c.at
			for c.at < len(c.Text) && strings.IndexByte(
				"+-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", c.Text[c.at]) >= 0 {
				c.at++
			}
			c.Broken = c.at == word
		}
		if c.Broken = c.Broken || depth < 0; depth == 0 {
			break
		}
	}
	if c.Broken {
		return ""
	}
	return c.Text[from:c.at]
}

// letters steps over a string.
func (c *Cursor) letters() {
	for c.at++; c.at < len(c.Text); c.at++ {
		switch c.Text[c.at] {
		case '\\':
			c.at++
		case '"':
			c.at++
			return
		case '\n':
			c.Broken = true
			return
		}
	}
	c.at, c.Broken = len(c.Text), true
}

// values are those of an array, or those that a text has one after the other.
func (c *Cursor) values(yield func(string) bool) {
	if c.Next() == '[' {
		enough := false
		c.Elements(func(raw string) bool {
			enough = !yield(raw)
			return !enough
		})
		c.Broken = c.Broken || !enough && c.Next() != 0
		return
	}
	for c.Next() != 0 {
		if raw := c.value(); c.Broken || !yield(raw) {
			return
		}
	}
}

// Elements are those of an array.
func (c *Cursor) Elements(yield func(string) bool) {
	c.list('[', ']', func() bool {
		raw := c.value()
		return !c.Broken && yield(raw)
	})
}

// Members are those of an object, each with its key as it is written.
func (c *Cursor) Members(yield func(key, value string) bool) {
	c.list('{', '}', func() bool {
		if c.Next() != '"' {
			c.Broken = true
			return false
		}
		key := c.value()
		c.take(':')
		raw := c.value()
		return !c.Broken && yield(String(key), raw)
	})
}

// maxDeep is how deep a key is looked for that is there twice: nobody reads deeper.
const maxDeep = 32

// KeyTwice tells a value where an object has one of its keys again: which of them is meant?
func KeyTwice(text string) bool { return keyTwice(text, 0) }

func keyTwice(text string, depth int) (twice bool) {
	c := Cursor{Text: text}
	switch begins := c.Next(); {
	case depth > maxDeep:
	case begins == '{':
		keys := map[string]bool{}
		c.Members(func(key, value string) bool {
			twice = keys[key] || keyTwice(value, depth+1)
			keys[key] = true
			return !twice
		})
	case begins == '[':
		c.Elements(func(value string) bool {
			twice = keyTwice(value, depth+1)
			return !twice
		})
	}
	return twice
}

// list steps over what has commas between it; one says whether to go on.
func (c *Cursor) list(open, shut byte, one func() bool) {
	c.take(open)
	if c.Next() == shut {
		c.take(shut)
		return
	}
	for !c.Broken && one() && !c.Broken {
		if c.Next() == shut {
			c.take(shut)
			return
		}
		c.take(',')
	}
}

// String is a string of JSON as it is meant; "" for any other value.
func String(raw string) string {
	if len(raw) < 2 || raw[0] != '"' {
		return ""
	}
	if strings.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	var s string
	_ = json.Unmarshal([]byte(raw), &s)
	return s
}
