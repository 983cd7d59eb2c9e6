package content

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/unicode/norm"
)

// The parts of a handout that Markdown has no sign for are fenced blocks, named
// after the fence.

var fenceNames = []string{"stretches", "diary", "fields", "pain-scale", "traffic-light", "code", "reminder", "signs",
	"pose"}

// fenceLine is a line inside a fence that is not blank.
type fenceLine struct {
	at   Position
	line text.Segment
	text string // without the space around it
}

// fence is a part of a handout written as a fenced block.
func (r *reader) fence(n *ast.FencedCodeBlock) Block {
	at := r.place(n)
	info := ""
	if n.Info != nil {
		at = r.at(n.Info.Segment.Start)
		info = strings.TrimSpace(string(n.Info.Segment.Value(r.draft.text)))
	}
	if !r.closed(n) {
		r.errs.add(at, "fence-not-closed", "put a line with the same signs after it", "this block is not closed")
		return nil
	}
	var lines []fenceLine
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		if s := strings.TrimSpace(string(line.Value(r.draft.text))); blank(s) {
			if s != "" {
				r.warnings.add(r.at(line.Start), "unseen-left-out", "", unseen)
			}
		} else {
			lines = append(lines, fenceLine{r.at(line.Start), line, norm.NFC.String(s)})
		}
	}
	switch info {
	case "stretches":
		if len(lines) > 0 {
			r.errs.add(lines[0].at, "stretches-not-empty",
				"name the usual ones in the front matter: stretches: [figure-4]",
				"nothing may stand in this part: it is where the stretches go")
		}
		return &Stretches{Position: at}
	case "diary":
		return r.diary(n, at, lines)
	case "fields":
		f := &Fields{Position: at, Labels: r.fenceTexts(lines)}
		if len(f.Labels) == 0 || len(f.Labels) > 12 {
			r.errs.add(at, "number-of-fields", "write one label a line",
				"there are 1 to 12 fields, not %d", len(f.Labels))
		}
		return f
	case "pain-scale":
		return &PainScale{at, r.fenceText(lines...)}
	case "traffic-light":
		return r.trafficLight(at, lines)
	case "code":
		return r.code(n, at, lines)
	case "reminder":
		return r.reminder(at, lines)
	case "signs":
		return r.signs(at, lines)
	case "pose":
		return r.pose(at, lines)
	}
	if near := Closest(info, fenceNames); info != "" && near != "" {
		r.errs.add(at, "unknown-part", "did you mean "+near, "there is no part called %q", clip(info))
		return nil
	}
	r.errs.add(at, "code-block", "the fenced parts are "+inWords(fenceNames),
		"a block of code is not part of a handout")
	return nil
}

// inWords lists names as people do.
func inWords(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// fenceText is lines as one plain text, the placeholders checked. Without lines it
// is nil.
func (r *reader) fenceText(lines ...fenceLine) Text {
	if len(lines) == 0 {
		return nil
	}
	var words []string
	for _, l := range lines {
		r.words(l.line)
		words = append(words, strings.Fields(l.text)...)
	}
	if struck.MatchString(strings.Join(words, " ")) {
		r.errs.add(lines[0].at, "struck-out", struckHint, struckOut)
	}
	t, wrong := r.unpictured(lines[0].at, Text{{Text: strings.Join(words, " ")}}).braced()
	if wrong != "" {
		r.errs.add(lines[0].at, "braces-wrong", eachHint, "%s", wrong)
	}
	r.holds(t, lines[0].at)
	return t
}

// fenceTexts are lines as a text each.
func (r *reader) fenceTexts(lines []fenceLine) []Text {
	var texts []Text
	for _, l := range lines {
		texts = append(texts, r.fenceText(l))
	}
	return texts
}

// diary reads how long a diary is: week, month, or days: and their number.
func (r *reader) diary(n ast.Node, at Position, lines []fenceLine) *Diary {
	d := &Diary{Position: at, Days: 7}
	switch {
	case len(lines) == 0 || len(lines) == 1 && lines[0].text == "week":
	case len(lines) == 1 && lines[0].text == "month":
		d.Days, d.Month = 31, true
	case len(lines) == 1 && !strings.Contains(lines[0].text, ":"):
		r.errs.add(lines[0].at, "diary-too-long", "write week, month, or a line like days: 14",
			"a diary cannot be this long")
	default:
		f := &form{src: r.src, line: r.at(n.Lines().At(0).Start).Line - 1, errs: r.errs}
		f.fill(n.Lines().Value(r.draft.text), []key{{"days", func(v value) { d.Days = v.number(7, 31) }}})
	}
	return d
}

// trafficLight reads three lines: when to go on, to ease off and to stop.
// trafficLight reads a line for each light. Lines that are called by their colours stand in any order: the sign beside
// them says it.
func (r *reader) trafficLight(at Position, lines []fenceLine) *TrafficLight {
	const hint = "write three lines: when to go on, when to ease off, when to stop"
	t := &TrafficLight{Position: at}
	said, called, astray := [3]fenceLine{}, 0, false // by light
	for i := range lines {
		l := &lines[i]
		if rest := strings.TrimLeft(l.text, "-*+"); rest != l.text && strings.HasPrefix(rest, " ") {
			l.text = strings.TrimSpace(rest) // a list is as good as lines
		}
		if of, words, ok := light(l.text); ok {
			called++
			astray = astray || int(of) != i
			said[of] = fenceLine{l.at, l.line, words}
		}
	}
	whole := !slices.ContainsFunc(said[:], func(l fenceLine) bool { return l.text == "" })
	switch {
	case len(lines) != 3:
		r.errs.add(at, "number-of-lights", hint, "a traffic light has 3 lines, not %d", len(lines))
	case whole:
		copy(t.Says[:], r.fenceTexts(said[:]))
	case called == 3 || astray:
		r.errs.add(at, "lights-called",
			"write words after green:, amber: and red:, each once, or three lines without colours",
			"it cannot be told which words are for which light")
	default:
		copy(t.Says[:], r.fenceTexts(lines))
	}
	return t
}

// closed tells whether a line of the same signs ends the fence.
func (r *reader) closed(n *ast.FencedCodeBlock) bool {
	last := max(0, offsetOf(n))
	if n.Info != nil {
		last = n.Info.Segment.Stop
	}
	rest := r.draft.text[last:]
	if k := n.Lines().Len(); k > 0 {
		rest = r.draft.text[n.Lines().At(k-1).Stop:]
	} else if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[i+1:]
	} else {
		return false
	}
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	return isFence(line)
}
