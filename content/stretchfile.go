package content

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// ReadStretch reads a stretch by its path in fsys. Its figures are looked for
// beside it, within fsys. The error is an Errors with every mistake.
func ReadStretch(fsys fs.FS, name string) (*Stretch, error) { return readStretch(fsys, name, nil) }

// readStretch reads one that may be the translation of another.
func readStretch(fsys fs.FS, name string, first *Stretch) (*Stretch, error) {
	files := watch(fsys)
	src, with, errs := readManuscript(files, name)
	if src == nil {
		return nil, errs.finish()
	}
	s, more := parseStretch(with, src, first)
	if err := append(errs, more...).finish(); err != nil {
		return nil, err
	}
	s.Sum = files.Sum()
	return s, nil
}

const stretchHint = "a stretch has ## Steps, ## Feel, ## Common mistake, ## Easier, ## Harder, ## When to do more, " +
	"> [!IMPORTANT] and > [!CAUTION]"

func parseStretch(fsys fs.FS, src *source, first *Stretch) (*Stretch, Errors) {
	var errs Errors
	s := &Stretch{Position: Position{File: src.shown, Line: 1, Column: 1}, Dose: once}
	var alt value
	like := "" // the shipped one whose figures it has
	s.ID, s.Lang = idOf(fsys, src.name)
	given, body, ok := src.fillFront(&errs, s.keys(fsys, &alt, &like))
	if !ok {
		return nil, errs
	}
	if s.Lang == "" {
		s.Lang = "en"
	}
	if first != nil {
		s.follow(first, &errs)
	}
	r := &reader{src: src, fsys: fsys, errs: &errs, warnings: &s.Warnings}
	if given != nil && s.Name == "" {
		r.title = &s.Name
	}
	if s.Dose.Side == BothSides {
		r.sideless = "this stretch is done on both sides at once, so there are no words for each side"
	}
	s.Warnings = append(s.Warnings, src.notes...)
	s.fill(r.read(body), &errs)
	if given != nil && s.Name == "" {
		errs.add(s.Position, "stretch-unnamed", "put it in the front matter, like name: Knee to chest",
			"the stretch has no name")
	}
	if first != nil && s.Frames == nil {
		s.Frames = first.Frames
	}
	if shown := shippedStretch(like, s.Lang); shown != nil && alt.node == nil && s.Alt == "" {
		s.alt, s.Alt = shown.alt, shown.Alt // nobody has to say again what our figure shows
	}
	s.describe(alt, r.sideless)
	s.grant(given)
	for _, n := range r.notes {
		errs.add(n.Position, "footnote-in-stretch", "say it in the step itself", "a stretch cannot have footnotes")
	}
	if first != nil && errs == nil {
		if _, own := given["lang"]; !own { // who says it has a text of their own
			compare(s.facets(), first.facets(), &s.Warnings)
		}
		s.StepsMark = first.StepsMark
		for i := range s.Remarks {
			s.Remarks[i].Mark = first.Remarks[i].Mark
		}
	}
	_ = s.Warnings.err() // in the order of the source
	return s, errs
}

// keys are those of a stretch's front matter; like is the shipped one whose figures it has.
func (s *Stretch) keys(fsys fs.FS, alt *value, like *string) []key {
	return []key{
		{"kind", func(v value) { v.is("stretch") }},
		{"name", set(&s.Name)},
		{"also", sets(&s.Also)},
		{"target", set(&s.Target)},
		{"place", set(&s.Place)},
		{"region", picks(&s.Regions, "region", "", Regions())},
		{"position", picks(&s.Postures, "position", "", Postures())},
		{"props", picks(&s.Props, "prop", "; how the page is to say it goes after needs:", Props())},
		{"needs", set(&s.Needs)},
		{"summary", set(&s.Summary)},
		{"lang", func(v value) { s.Lang = v.lang() }},
		{"dose", func(v value) { s.Dose, s.dosed = v.dose() }},
		{"figures", func(v value) { s.Frames, *like = v.frames(fsys, &s.Warnings) }},
		{"alt", func(v value) { *alt, s.Alt = v, v.text() }},
		{"video", func(v value) { s.Video = v.video() }},
		{"sources", sets(&s.Sources)},
	}
}

// once is the dose of a stretch whose file gives none.
var once = Dose{Sets: 1, Reps: 1, PerDay: 1, Days: 7}

// grant says what was taken for granted, for its author did not write it.
func (s *Stretch) grant(given map[string]bool) {
	if given != nil && s.dosed == 0 {
		s.Warnings.add(s.Position, "dose-taken-for-granted", "put it in the front matter, like "+
			"dose: {hold: 30s, reps: 3, side: each, per-day: 1}", "the file gives no dose, so the page says once a "+
			"day unless a dose is given with the stretch")
	}
	if blank(s.Alt) && len(s.Frames) > 0 {
		s.Alt = s.Name
		s.Warnings.add(s.Position, "figure-undescribed", "put it in the front matter, like "+
			"alt: Lying on the back, one knee drawn to the chest",
			"the picture has no description for people who cannot see it, so the stretch's name is used")
	}
}

const outsideHint = "leave some words outside the braces"

// describe takes the description of the figures apart.
func (s *Stretch) describe(v value, sideless string) {
	if v.node == nil {
		return
	}
	t, wrong := Text{{Text: s.Alt}}.braced()
	switch {
	case slices.ContainsFunc(t, func(x Span) bool { return x.Slot != NoSlot }):
		v.bad("placeholder-here", "write the words themselves", "a placeholder cannot be used here")
	case wrong != "":
		v.bad("braces-wrong", eachHint, "%s", wrong)
	case t.each() && sideless != "":
		v.bad("no-sides", "take the braces out", "%s", sideless)
	case t.each() && len(t.sided(false)) == 0:
		v.bad("figure-undescribed-on-one-side", outsideHint, "for one side only, the figure would have no description")
	}
	s.alt, s.Alt = t, t.String()
	s.unmarked(v.pos, t)
}

// fill takes the body's blocks for the parts of a stretch. The headings are the
// format's own and the same in every language.
func (s *Stretch) fill(blocks []Block, errs *Errors) {
	at := s.Position
	part := "steps" // the steps may do without a heading
	seen := map[string]bool{}
	for _, b := range blocks {
		switch b := b.(type) {
		case *Heading:
			part = strings.ToLower(strings.TrimRight(b.Text.String(), ": "))
			wanted := Optional
			switch part {
			case "steps":
				s.StepsMark, wanted = b.Mark, Brief
				at = b.Position
			case "feel", "common mistake", "easier", "harder", "when to do more":
				s.Remarks[slices.Index(remarkParts[:], part)].Mark = b.Mark
			case "stop", "when to stop":
				part, wanted = stopPart, Keep
			default:
				errs.add(b.Position, "unknown-stretch-part", stretchHint, "a stretch has no part called %q", clip(part))
				part = ""
				continue
			}
			if seen[part] {
				errs.add(b.Position, "part-twice", "delete one", "this part appears twice")
			}
			seen[part] = true
			if b.Mark != Keep && b.Mark != wanted {
				errs.add(b.Position, "mark-not-for-part", "steps may be {.brief}, the other parts {.optional}",
					"this part cannot have this mark")
			}
		case *List:
			if part != "steps" || s.Steps != nil {
				errs.add(b.Position, "stretch-list", "number the steps: 1. **Lie on your back.** Bend your knees",
					"a stretch has one list, its numbered steps")
				continue
			}
			at = b.Position
			s.stepsOf(b, errs)
		case *Paragraph:
			s.part(part, b, errs)
		case *Figure:
			s.pictured(b, errs)
		case *Callout:
			says := map[CalloutKind]*Text{Caution: &s.Stop, Warning: &s.Stop, Important: &s.Ask}[b.Kind]
			if says == nil || *says != nil || len(b.Blocks) != 1 {
				errs.add(b.Position, "stretch-callouts", stretchHint,
					"a stretch has one callout, > [!CAUTION], of one paragraph, and may have one > [!IMPORTANT]")
				continue
			}
			if p, ok := b.Blocks[0].(*Paragraph); ok {
				s.says(says, p, errs)
			}
		default:
			errs.add(b.Pos(), "not-part-of-stretch", stretchHint, "this is not part of a stretch")
		}
	}
	if n := len(s.Steps); n < 1 || n > maxSteps {
		errs.add(at, "number-of-steps", "number them: 1. **Lie on your back.** Bend your knees",
			"a stretch has 1 to %d steps, not %d", maxSteps, n)
	}
	if s.Stop == nil {
		errs.add(s.Position, "no-stop-rule", "end the file with a line like Stop if it hurts",
			"the stretch does not say when to stop")
	}
}

const (
	maxSteps = 8
	stopPart = "stop"
)

// stopRule is how a line begins that says when to stop, whatever part it stands below.
var stopRule = regexp.MustCompile(`(?i)^(stop|stopp|pare|párese|deténgase|detente|para si|hören sie auf)\b`)

// says takes when to stop, or who asks a doctor first.
func (s *Stretch) says(what *Text, p *Paragraph, errs *Errors) {
	*what = p.Text
	longOnly(p, errs)
	s.unmarked(p.Position, p.Text)
	if p.Text.each() && len(p.Text.sided(false)) == 0 {
		errs.add(p.Position, "nobody-asked-on-one-side", outsideHint,
			"for one side only, the stretch would not say when to stop or who must ask first")
	}
}

// pictured takes a picture that stands in the text.
func (s *Stretch) pictured(f *Figure, errs *Errors) {
	if n := len(s.Frames) + 1; n > maxFrames {
		errs.add(f.Position, "number-of-figures", "", tooManyFigures, n)
		return
	}
	s.Frames = append(s.Frames, Frame{f.Position, f.Traced, f.Pose, f.Picture})
	if s.Alt == "" {
		s.Alt = f.Alt
	}
}

// remarkParts are the headings of the remarks, by RemarkKind.
var remarkParts = [...]string{"feel", "common mistake", "easier", "harder", "when to do more"}

func (s *Stretch) part(part string, p *Paragraph, errs *Errors) {
	kind := slices.Index(remarkParts[:], part)
	stops := part == stopPart || (part == "steps" || kind >= 0 && s.Remarks[kind].Text != nil) &&
		stopRule.MatchString(p.Text.String())
	switch {
	case part == "":
	case stops && s.Stop == nil:
		s.says(&s.Stop, p, errs)
	case kind < 0:
		errs.add(p.Position, "steps-not-numbered", "number the steps: 1. **Lie on your back.** Bend your knees",
			"the steps are a numbered list")
	case s.Remarks[kind].Text != nil:
		errs.add(p.Position, "part-not-one-paragraph", "say it in one paragraph", "this part already has a paragraph")
	default:
		s.Remarks[kind].Text = p.Text
		longOnly(p, errs)
		s.unmarked(p.Position, p.Text)
	}
}

// longOnly refuses a shorter wording of what is no step.
func longOnly(p *Paragraph, errs *Errors) {
	if p.Short != nil {
		errs.add(p.Position, "short-in-stretch", "leave it out: this is never shortened",
			"in a stretch only a step has a shorter wording")
	}
}

func (s *Stretch) stepsOf(l *List, errs *Errors) {
	if l.Short != nil {
		errs.add(l.Position, "short-of-steps", "write it into the step it says in fewer words",
			"the steps cannot have one shorter wording for all")
	}
	if l.Boxes != nil {
		errs.add(l.Position, "box-on-step", "take the brackets out", "a step has no box to tick")
	}
	for _, item := range l.Items {
		p := item[0].(*Paragraph)
		if p.Text.LeadIn() == nil && s.StepsMark&Brief != 0 {
			errs.add(p.Position, "step-without-lead-in",
				"begin it in bold: **Bring one knee up.** Hold it below the knee",
				"this step has no bold lead-in to stand for it when space is short")
		}
		if rest := p.Text.sided(false); len(rest) > 0 && rest.LeadIn() == nil && p.Text.LeadIn() != nil {
			errs.add(p.Position, "no-lead-in-on-one-side", outsideHint,
				"for one side only, this step would have no bold lead-in")
		}
		s.unmarked(p.Position, p.Text)
		if len(item) > 1 {
			errs.add(item[1].Pos(), "step-not-one-paragraph", "say it in the step itself", "a step is one paragraph")
		}
		if p.Short != nil {
			s.unmarked(p.Position, p.Short)
			if rest := p.Short.sided(false); len(rest) == 0 || rest.LeadIn() == nil && p.Text.LeadIn() != nil {
				errs.add(p.Position, "short-step-on-one-side", outsideHint,
					"for one side only, this step would have no shorter wording")
			}
			if s.Shorter == nil {
				s.Shorter = make([]Text, len(l.Items))
			}
			s.Shorter[len(s.Steps)] = p.Short
		}
		s.Steps = append(s.Steps, p.Text)
	}
}

// maxFrames is how many pictures a stretch has at most.
const maxFrames = 2

const tooManyFigures = "a stretch has at most two figures, and there are %d"

// frames are the pictures of a stretch, if it has any; like is the shipped one that has them.
func (v value) frames(fsys fs.FS, warnings *Errors) (list []Frame, like string) {
	items := v.items()
	for _, x := range items[:min(len(items), maxFrames+1)] {
		named, ok := x.raw()
		if !ok || named == "none" || named == "" {
			continue
		}
		if isID(named) && path.Ext(named) == "" {
			like = named
			list = append(list, x.shippedFrames(named)...)
			continue
		}
		f := Frame{Position: x.pos}
		switch strings.ToLower(path.Ext(named)) {
		case ".fig":
			if _, f.Traced = x.file(fsys, maxFigure); f.Traced == nil {
				continue
			}
			if !bytes.HasPrefix(f.Traced, []byte("figure ")) {
				x.bad("not-a-traced-figure", "use a picture, a pose, or a figure this program has made",
					"%s is not a traced figure", clip(named))
			}
		case ".pose":
			name, text := x.file(fsys, maxPose)
			if text == nil {
				continue
			}
			f.Pose = &Pose{called(fsys, name), bytes.TrimPrefix(text, []byte("\ufeff"))}
		default:
			if f.Picture = x.picture(fsys); f.Picture == nil {
				continue
			}
			for _, note := range f.Picture.Notes {
				warnings.add(x.pos, "picture-changed", "", "%s", note)
			}
		}
		list = append(list, f)
	}
	if len(list) > maxFrames {
		v.bad("number-of-figures", "", tooManyFigures, len(list))
		return nil, ""
	}
	return list, like
}

// shippedFrames are the figures of the shipped stretch of that name, or a shipped figure of
// that name alone.
func (v value) shippedFrames(name string) []Frame {
	if shown := shippedStretch(name, ""); shown != nil {
		return shown.Frames
	}
	data, err := shipped.ReadFile("library/poses/" + name + ".fig")
	if err != nil {
		v.bad("no-such-figure", "name one that `handout list stretches` shows, or a picture with its ending: "+
			name+".jpg", "there is no shipped figure called %q", clip(name))
		return nil
	}
	return []Frame{{Position: v.pos, Traced: data}}
}

// shippedStretch is the shipped stretch of that ID, in a language if it is there in it; nil
// if there is none.
func shippedStretch(id, lang string) *Stretch {
	l := Open()
	f, ok := l.find("stretch", id)
	if !ok {
		return nil
	}
	s, err := l.stretchIn(f, lang)
	if err != nil {
		return nil
	}
	return s
}
