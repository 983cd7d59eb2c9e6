package content

import (
	"bytes"
	"io/fs"
	"path"
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
	s := &Stretch{Position: Position{File: src.shown, Line: 1, Column: 1}}
	var alt value
	s.ID, s.Lang = idOf(fsys, src.name)
	given, body, ok := src.fillFront(&errs, []key{
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
		{"figures", func(v value) { s.Frames = v.frames(fsys, &s.Warnings) }},
		{"alt", func(v value) { alt, s.Alt = v, v.text() }},
		{"video", func(v value) { s.Video = v.video() }},
		{"sources", sets(&s.Sources)},
	})
	if !ok {
		return nil, errs
	}
	if s.Lang == "" {
		s.Lang = "en"
	}
	for _, x := range [...]struct{ key, what, like string }{
		{"name", "name", "Knee to chest"},
		{"target", "target", "low back and buttock"},
		{"dose", "dose", "{hold: 30s, reps: 3, side: each, per-day: 1}"},
		{"figures", "figure", "[knee-to-chest.png]"},
		{"alt", "description of its figure", "Lying on the back, one knee drawn to the chest"},
	} {
		if given != nil && !given[x.key] && !(first != nil && (x.key == "dose" || x.key == "figures")) {
			errs.add(s.Position, "stretch-key-missing", "put it in the front matter, like "+x.key+": "+x.like,
				"the stretch has no %s", x.what)
		}
	}
	if first != nil {
		s.follow(first, &errs)
	}
	r := &reader{src: src, fsys: fsys, errs: &errs, warnings: &s.Warnings}
	if s.Dose.Side == BothSides {
		r.sideless = "this stretch is done on both sides at once, so there are no words for each side"
	}
	s.Warnings = append(s.Warnings, src.notes...)
	s.fill(r.read(body), &errs)
	s.describe(alt, r.sideless)
	for _, n := range r.notes {
		errs.add(n.Position, "footnote-in-stretch", "say it in the step itself", "a stretch cannot have footnotes")
	}
	if first != nil && errs == nil {
		compare(s.facets(), first.facets(), &s.Warnings)
		s.StepsMark = first.StepsMark
		for i := range s.Remarks {
			s.Remarks[i].Mark = first.Remarks[i].Mark
		}
	}
	_ = s.Warnings.err() // in the order of the source
	return s, errs
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
		v.bad("placeholder-here", "write the words themselves", "there can be no placeholder here")
	case wrong != "":
		v.bad("braces-wrong", eachHint, "%s", wrong)
	case t.each() && sideless != "":
		v.bad("no-sides", "take the braces out", "%s", sideless)
	case t.each() && len(t.sided(false)) == 0:
		v.bad("figure-undescribed-on-one-side", outsideHint, "on one side alone the figure would have no description")
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
			part = strings.ToLower(b.Text.String())
			wanted := Optional
			switch part {
			case "steps":
				s.StepsMark, wanted = b.Mark, Brief
				at = b.Position
			case "feel", "common mistake", "easier", "harder", "when to do more":
				s.Remarks[slices.Index(remarkParts[:], part)].Mark = b.Mark
			default:
				errs.add(b.Position, "unknown-stretch-part", stretchHint, "a stretch has no part called %q", clip(part))
				part = ""
				continue
			}
			if seen[part] {
				errs.add(b.Position, "part-twice", "delete one", "this part is here twice")
			}
			seen[part] = true
			if b.Mark != Keep && b.Mark != wanted {
				errs.add(b.Position, "mark-not-for-part", "steps may be {.brief}, the other parts {.optional}",
					"this part cannot have this mark")
			}
		case *List:
			if part != "steps" || !b.Ordered || s.Steps != nil {
				errs.add(b.Position, "stretch-list", "number the steps: 1. **Lie on your back.** Bend your knees",
					"a stretch has one list, its numbered steps")
				continue
			}
			at = b.Position
			s.stepsOf(b, errs)
		case *Paragraph:
			s.part(part, b, errs)
		case *Callout:
			says := map[CalloutKind]*Text{Caution: &s.Stop, Important: &s.Ask}[b.Kind]
			if says == nil || *says != nil || len(b.Blocks) != 1 {
				errs.add(b.Position, "stretch-callouts", stretchHint,
					"a stretch has one callout, > [!CAUTION], of one paragraph, and may have one > [!IMPORTANT]")
				continue
			}
			if p, ok := b.Blocks[0].(*Paragraph); ok {
				*says = p.Text
				longOnly(p, errs)
				s.unmarked(p.Position, p.Text)
				if p.Text.each() && len(p.Text.sided(false)) == 0 {
					errs.add(p.Position, "nobody-asked-on-one-side", outsideHint,
						"on one side alone the stretch would not say when to stop, or who asks first")
				}
			}
		default:
			errs.add(b.Pos(), "not-part-of-stretch", stretchHint, "this is not part of a stretch")
		}
	}
	if n := len(s.Steps); n < 3 || n > 5 {
		errs.add(at, "number-of-steps", "number them: 1. **Lie on your back.** Bend your knees",
			"a stretch has 3 to 5 steps, not %d", n)
	}
	if s.Stop == nil {
		errs.add(s.Position, "no-stop-rule", "end the file with > [!CAUTION] and a line like > Stop if it hurts",
			"the stretch does not say when to stop")
	}
}

// remarkParts are the headings of the remarks, by RemarkKind.
var remarkParts = [...]string{"feel", "common mistake", "easier", "harder", "when to do more"}

func (s *Stretch) part(part string, p *Paragraph, errs *Errors) {
	kind := slices.Index(remarkParts[:], part)
	switch {
	case part == "":
	case kind < 0:
		errs.add(p.Position, "steps-not-numbered", "number the steps: 1. **Lie on your back.** Bend your knees",
			"the steps are a numbered list")
	case s.Remarks[kind].Text != nil:
		errs.add(p.Position, "part-not-one-paragraph", "say it in one paragraph", "this part has one paragraph already")
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
		if p.Text.LeadIn() == nil {
			errs.add(p.Position, "step-without-lead-in",
				"begin it in bold: **Bring one knee up.** Hold it below the knee",
				"this step has no bold lead-in to stand for it when space is short")
		}
		if rest := p.Text.sided(false); len(rest) > 0 && rest.LeadIn() == nil && p.Text.LeadIn() != nil {
			errs.add(p.Position, "no-lead-in-on-one-side", outsideHint,
				"on one side alone this step would have no bold lead-in")
		}
		s.unmarked(p.Position, p.Text)
		if len(item) > 1 {
			errs.add(item[1].Pos(), "step-not-one-paragraph", "say it in the step itself", "a step is one paragraph")
		}
		if p.Short != nil {
			s.unmarked(p.Position, p.Short)
			if rest := p.Short.sided(false); len(rest) == 0 || rest.LeadIn() == nil {
				errs.add(p.Position, "short-step-on-one-side", outsideHint,
					"on one side alone this step would have no shorter wording")
			}
			if s.Shorter == nil {
				s.Shorter = make([]Text, len(l.Items))
			}
			s.Shorter[len(s.Steps)] = p.Short
		}
		s.Steps = append(s.Steps, p.Text)
	}
}

// frames are the one or two pictures of a stretch.
func (v value) frames(fsys fs.FS, warnings *Errors) []Frame {
	var list []Frame
	items := v.items()
	if len(items) < 1 || len(items) > 2 {
		v.bad("number-of-figures", "", "a stretch has one or two figures, not %d", len(items))
		return nil
	}
	for _, x := range items {
		f := Frame{Position: x.pos}
		named, ok := x.raw()
		if !ok {
			continue
		}
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
	return list
}
