package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/content/picture"
	"handout/layout"
	"handout/layout/figure"
	"handout/output"
	"handout/output/store"
)

const drawPage = `handout draw: draw a pose as a picture, or all stretches as a contact sheet

  handout draw my-stretch.pose -o my-stretch.png
  handout draw my-stretch.pose -o my-stretch.svg --watch
  handout draw my-stretch.pose -o left.pdf --mirror --brand clinic.yaml
  handout draw --sheet --style bw -o sheet.pdf

POSE is a text file that says how a body is held; figures: [my-stretch.pose] in
a stretch puts it on a card. What looks wrong in the picture, such as a hand
that does not reach its place, is a note with the line to look at.

The picture
  --style tone|bw     in the clinic's colours, or in black for copiers
  --brand FILE        the clinic's file, for its colours, skin and hair
  --hair short|long   in place of the brand's
  --mirror            for the other side of the body

The contact sheet
  --sheet             all stretches, each with its name
  --library DIR       a folder of your own stretches too; repeatable
  --width MM          how wide a picture is: 10 to 100 mm, 35 if not given

The file
  -o, --output FILE   where to write it, as its name ends: .svg, .pdf or .png
  --format KIND       svg, pdf or png, whatever the name, or where there is none
  --dpi N             dots per inch of a PNG: 36 to 600, 300 if not given
  --watch             draw again whenever the pose is saved, until Ctrl-C
  --json              say it as JSON, for programs: docs/json.md
`

// drawing is a picture as it was asked for.
type drawing struct {
	pose    string // its file; "" for a sheet
	library []press.Folder
	palette figure.Palette
	mirror  bool
	width   float64 // of a picture on a sheet, in millimetres
	out     string  // a path, or "-"
	format  string  // svg, pdf or png
	dpi     int
	made    time.Time // the day in a PDF's properties
}

// sketch is the drawing carried out.
type sketch struct {
	Path   string  `json:"path"`
	Format string  `json:"format"`
	Width  float64 `json:"width"` // millimetres
	Height float64 `json:"height"`
	Bytes  int     `json:"bytes"`

	file  []byte
	many  int            // stretches on a sheet
	notes content.Errors // what looks wrong
}

func (s *sketch) print(to io.Writer) error {
	what := fmt.Sprintf("%.0f x %.0f mm", s.Width, s.Height)
	if s.many > 0 {
		what = fmt.Sprintf("%d stretches, %s", s.many, what)
	}
	_, err := fmt.Fprintf(to, "%s  %s\n", s.Path, what)
	return err
}

func runDraw(w *world, args []string) (answer, error) {
	d, watch, err := readDrawing(w, args)
	if err != nil {
		return nil, err
	}
	if !watch {
		return d.draw(w)
	}
	ctx, stop := untilStopped()
	defer stop()
	d.watch(ctx, w)
	return nil, nil
}

// readDrawing checks all that can be checked of a command line before any work.
func readDrawing(w *world, args []string) (d *drawing, watch bool, err error) {
	d = &drawing{made: time.Date(w.now.Year(), w.now.Month(), w.now.Day(), 0, 0, 0, 0, time.UTC)}
	f := newFlags("draw")
	formats := []string{"svg", "pdf", "png"}
	var style, hair string
	f.oneOf(&style, "style", "tone", "bw")
	brand := f.String("brand", "", "")
	f.oneOf(&hair, "hair", "short", "long")
	f.BoolVar(&d.mirror, "mirror", false, "")
	sheet := f.Bool("sheet", false, "")
	own := f.StringArray("library", nil, "")
	f.Float64Var(&d.width, "width", 35, "")
	f.StringVarP(&d.out, "output", "o", "", "")
	f.oneOf(&d.format, "format", formats...)
	f.IntVar(&d.dpi, "dpi", 300, "")
	f.BoolVar(&watch, "watch", false, "")
	if err := f.parse(args); err != nil {
		return nil, false, err
	}
	if d.format == "" {
		d.format = strings.TrimPrefix(strings.ToLower(filepath.Ext(d.out)), ".")
	}
	var errs content.Errors
	refuse := func(hint, message string) { errs = append(errs, &content.Error{Message: message, Hint: hint}) }
	switch {
	case *sheet && f.NArg() > 0:
		refuse("handout draw --sheet -o sheet.pdf", "a contact sheet shows all stretches and takes no pose")
	case !*sheet && f.NArg() != 1:
		refuse("for example: handout draw my-stretch.pose -o my-stretch.png",
			"draw needs the file of one pose, or --sheet")
	case !*sheet:
		d.pose = f.Arg(0)
		if f.Changed("library") || f.Changed("width") {
			refuse("handout draw --sheet shows them all", "--library and --width are for a contact sheet")
		}
	}
	switch {
	case d.out == "":
		refuse("for example: -o my-stretch.png", "draw needs -o, the picture's file")
	case !slices.Contains(formats, d.format):
		refuse("end its name in .svg, .pdf or .png, or add --format svg", "nothing says what kind of picture to write")
	case d.out == "-" && w.terminal && d.format != "svg":
		refuse("name a file with -o FILE", "a picture is not for a terminal")
	}
	switch {
	case f.Changed("dpi") && d.format != "png":
		refuse("leave it out: the others are sharp at any size", "--dpi is for a PNG")
	case d.dpi < 36 || d.dpi > 600:
		refuse("for example: --dpi 150", "--dpi is from 36 to 600")
	}
	if !(d.width >= 10 && d.width <= 100) {
		refuse("for example: --width 50", "--width is from 10 to 100 mm")
	}
	if watch && (*sheet || d.out == "-") {
		refuse("handout draw my-stretch.pose -o my-stretch.png --watch", "--watch is for one pose and a file")
	}
	if errs != nil {
		return nil, false, misused(errs)
	}
	if err := mayWrite(d.out, d.pose, *brand); err != nil {
		return nil, false, err
	}
	if d.pose != "" {
		if err := press.Readable(d.pose); err != nil {
			return nil, false, err
		}
	}
	c, err := press.OpenClinic(*brand)
	if err != nil {
		return nil, false, err
	}
	if err := mayWrite(d.out, c.Files...); err != nil {
		return nil, false, err
	}
	if err := mayReplace(d.out, drawingForm); err != nil {
		return nil, false, err
	}
	d.library = c.Libraries(*brand, *own)
	clinic := *c.Brand
	clinic.LongHair = hair == "long" || hair == "" && c.LongHair
	d.palette = layout.PaletteOf(&clinic, style == "bw")
	return d, watch, nil
}

// draw makes the picture, writes it and says what there is to say.
func (d *drawing) draw(w *world) (answer, error) {
	render := d.figure
	if d.pose == "" {
		render = func() (*sketch, error) { return d.sheet(w) }
	}
	p, failed := render()
	if p == nil {
		return nil, failed
	}
	p.Path, p.Format, p.Bytes = d.out, d.format, len(p.file)
	for _, n := range p.notes {
		w.noteWith(n.Hint, "%s: %s", n.Position, n.Message)
	}
	if d.out == "-" {
		if err := w.pour(p.file); err != nil {
			return nil, err
		}
	} else if err := store.WriteFile(d.out, p.file); err != nil {
		return nil, err
	}
	return p, failed
}

// figure draws the one pose.
func (d *drawing) figure() (*sketch, error) {
	text, err := readPose(d.pose)
	if err != nil {
		return nil, err
	}
	pose, err := figure.ParsePose(d.pose, text)
	if err != nil {
		return nil, err
	}
	f, notes := figure.Draw(pose)
	if d.mirror {
		f = f.Mirror()
	}
	p := &sketch{Width: tenth(f.W), Height: tenth(f.H), notes: notes}
	title := poseTitle(d.pose, text)
	switch d.format {
	case "svg":
		p.file = f.Ink(d.palette).SVG(title)
	case "png":
		p.file, err = f.Ink(d.palette).PNG(d.dpi)
	case "pdf":
		p.file, err = output.NewWriter().PDF(nil, figurePage(f, d.palette, title), d.made)
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}

// figurePage is a page as large as the figure, and an inch a side at least: no
// reader need show a smaller one.
func figurePage(f *figure.Figure, p figure.Palette, title string) *layout.Page {
	box := layout.Rect{W: layout.MM(f.W), H: layout.MM(f.H)}
	size := layout.Size{W: max(box.W, layout.Inch), H: max(box.H, layout.Inch)}
	box.X, box.Y = (size.W-box.W)/2, (size.H-box.H)/2
	return &layout.Page{
		Size: size, Title: title, Lang: "en",
		Tags:  []layout.Tag{{Role: layout.Document, Parent: -1}, {Role: layout.Figure, Alt: title}},
		Items: []layout.Item{&layout.Image{Tag: 1, Box: box, Picture: &picture.Picture{Drawing: f.Ink(p)}}},
	}
}

// watch draws the pose, and again each time its file has changed, until it is told
// to stop. A mistake is said, and the last good picture stays.
func (d *drawing) watch(ctx context.Context, w *world) {
	var seen os.FileInfo
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		// A file that is gone for a moment is being saved.
		now, err := os.Stat(d.pose)
		if err == nil && (seen == nil || now.Size() != seen.Size() || !now.ModTime().Equal(seen.ModTime())) {
			seen = now
			w.say(d.draw(w))
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
