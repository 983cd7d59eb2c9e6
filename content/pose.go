package content

import (
	"bytes"
	"path"
	"strings"
)

// A picture of the handout's own: a pose, drawn as those of the stretches are, but without
// arrows, for it shows where something is and not what to do.

const poseHint = "write the lines of a pose, or the name of its file: ../poses/nerve-walk"

// pose reads what is said of the picture, and then the pose: its file's name, or its lines.
func (r *reader) pose(at Position, lines []fenceLine) Block {
	f := &Figure{Position: at}
	for len(lines) > 0 {
		name, words, _ := strings.Cut(lines[0].text, ":")
		l := lines[0]
		l.text = strings.TrimSpace(words)
		name = strings.ToLower(name)
		if name != "alt" && name != "caption" {
			break
		}
		lines = lines[1:]
		switch {
		case name == "caption" && f.Caption != nil, name == "alt" && f.Alt != "":
			r.errs.add(l.at, "pose-said-twice", "delete one", "%s: appears twice", name)
		case l.text == "":
		case name == "caption":
			f.Caption = r.fenceText(l)
		default:
			if f.Alt = r.fenceText(l).String(); hasPlaceholder(f.Alt) {
				r.errs.add(l.at, "placeholder-in", "", "a placeholder cannot be used in %s",
					"the description of a picture")
			}
		}
	}
	if blank(f.Alt) {
		r.errs.add(at, "pose-undescribed", "begin with it: alt: a person walking, the nerve down the leg marked",
			"this pose has no description")
	}
	switch {
	case len(lines) == 0:
		r.errs.add(at, "pose-empty", poseHint, "there is no pose here")
	case len(lines) == 1 && !strings.ContainsAny(lines[0].text, " \t"):
		f.Traced, f.Pose = r.poseFile(lines[0])
	default:
		// Its lines stand where they do in the handout, so that a mistake has its place.
		var text bytes.Buffer
		for _, l := range lines {
			for range l.at.Line - 1 - bytes.Count(text.Bytes(), []byte("\n")) {
				text.WriteByte('\n')
			}
			text.WriteString(l.text + "\n")
		}
		f.Pose = &Pose{r.src.shown, text.Bytes()}
	}
	return f
}

// poseFile reads a pose beside the handout: the figure that was traced of it, or the pose.
func (r *reader) poseFile(l fenceLine) (traced []byte, pose *Pose) {
	named := l.text
	try := []string{named}
	switch path.Ext(named) {
	case "":
		try = []string{named + ".fig", named + ".pose"}
	case ".fig", ".pose":
	default:
		r.errs.add(l.at, "pose-other-file", "for a picture: ![what it shows](picture.png)", "%s is not a pose",
			clip(named))
		return nil, nil
	}
	var wrong error
	for _, file := range try {
		name, err := beside(r.src.name, file)
		var data []byte
		if err == nil {
			data, err = readFile(r.fsys, name, maxFigure)
		}
		switch {
		case err != nil:
			wrong = err
		case path.Ext(file) != ".fig":
			return nil, &Pose{called(r.fsys, name), bytes.TrimPrefix(data, []byte("\ufeff"))}
		case !bytes.HasPrefix(data, []byte("figure ")):
			r.errs.add(l.at, "not-a-traced-figure", "use a pose, or a figure this program has made",
				"%s is not a traced figure", clip(named))
			return nil, nil
		default:
			return data, nil
		}
	}
	r.errs.add(l.at, "pose-unreadable", "the path is from the folder of this file", "the pose %s: %s", clip(named),
		wrong)
	return nil, nil
}

// drawn is a figure whose pose is traced by draw.
func (g *Figure) drawn(draw func(*Pose) ([]byte, error)) (Block, error) {
	if draw == nil {
		return nil, placed(Errorf("pose-not-drawn", "use a picture", "a pose cannot be drawn here"), g.Position)
	}
	traced, err := draw(g.Pose)
	if err != nil {
		return nil, placed(err, g.Position)
	}
	return &Figure{Position: g.Position, Traced: traced, Alt: g.Alt, Caption: g.Caption}, nil
}
