package content

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata/*.txtar")

// Each archive holds authors' files and, after each to be read, a file of the same
// name ending in .want: what it became, or every mistake in it. Sources may show
// characters an editor hides as <U+0000>, and an invalid byte as <0xff>.
func TestGolden(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys := sources(archive)
			for i := range archive.Files {
				want := &archive.Files[i]
				source, ok := strings.CutSuffix(want.Name, ".want")
				if !ok {
					continue
				}
				got := shown(fsys, source)
				if *update {
					want.Data = []byte(got)
				} else if got != string(want.Data) {
					t.Errorf("%s: got\n%s\nwant\n%s", source, got, want.Data)
				}
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// sources are an archive's files with hidden characters put in.
func sources(a *txtar.Archive) fstest.MapFS {
	fsys := fstest.MapFS{"dot.svg": {Data: []byte(dot)}, "step.fig": {Data: []byte("figure 1\nsize 10 10 100\nink 100 m0 0l9 0 0 9\n")}}
	hidden := strings.NewReplacer("<U+0000>", "\x00", "<U+0007>", "\a", "<0xff>", "\xff", "<tab>", "\t", "<cr>", "\r", "<nbsp>", "\u00a0", "<bom>", "\ufeff",
		"<zwsp>", "\u200b", "<wj>", "\u2060", "<shy>", "\u00ad", "<zwnj>", "\u200c", "<lrm>", "\u200e", "<emsp>", "\u2003", "<idsp>", "\u3000",
		"<ls>", "\u2028", "<ps>", "\u2029")
	for _, f := range a.Files {
		if !strings.HasSuffix(f.Name, ".want") {
			fsys[f.Name] = &fstest.MapFile{Data: []byte(hidden.Replace(string(f.Data)))}
		}
	}
	return fsys
}

const dot = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4" fill="#123456"/></svg>`

// shown prints what a file became.
func shown(fsys fstest.MapFS, name string) string {
	var b strings.Builder
	switch {
	case path.Ext(name) == ".yaml" && path.Dir(name) == "words":
		if _, err := readWords(fsys, name); err != nil {
			showErrors(&b, err)
		}
	case path.Ext(name) == ".yaml":
		brand, err := ReadBrand(fsys, name)
		if err != nil {
			showErrors(&b, err)
			break
		}
		showBrand(&b, brand)
	case bytes.Contains(fsys[name].Data, []byte("\nname:")) || path.Dir(name) == "stretches":
		s, err := ReadStretch(fsys, name)
		if err != nil {
			showErrors(&b, err)
			break
		}
		showStretch(&b, s)
	default:
		h, err := ReadHandout(fsys, name)
		if err != nil {
			showErrors(&b, err)
			break
		}
		showHandout(&b, h)
	}
	return b.String()
}

func showErrors(b *strings.Builder, err error) {
	var errs Errors
	if !errors.As(err, &errs) {
		fmt.Fprintf(b, "not Errors: %v\n", err)
	}
	for _, e := range errs {
		fmt.Fprintln(b, e)
		if e.Hint != "" {
			fmt.Fprintf(b, "    hint: %s\n", e.Hint)
		}
	}
}

func showHandout(b *strings.Builder, h *Handout) {
	fmt.Fprintf(b, "%s %s %q", h.ID, h.Lang, h.Title)
	for _, s := range []string{h.Subtitle, h.Version, h.Signed.Date} {
		if s != "" {
			fmt.Fprintf(b, " %q", s)
		}
	}
	fmt.Fprintln(b)
	if h.Summary != "" || h.Sources != nil {
		fmt.Fprintf(b, "summary %q sources %q\n", h.Summary, h.Sources)
	}
	for _, c := range h.Default {
		fmt.Fprintf(b, "%d:%d choice %s %+v %q\n", c.Line, c.Column, c.ID, c.Changes.Dose, c.Note)
	}
	for _, c := range h.Large {
		fmt.Fprintf(b, "%d:%d large choice %s %+v %q\n", c.Line, c.Column, c.ID, c.Changes.Dose, c.Note)
	}
	showBlocks(b, h.Blocks, "")
	for i, n := range h.Notes {
		fmt.Fprintf(b, "%d:%d note %d %s\n", n.Line, n.Column, i+1, showText(n.Text))
	}
	for _, w := range h.Warnings {
		fmt.Fprintf(b, "warning %s\n", w)
	}
}

func showMark(m Mark) (s string) {
	for i, name := range []string{"brief", "optional", "standard", "large"} {
		if m&(1<<i) != 0 {
			s += " " + name
		}
	}
	return s
}

func showBlocks(b *strings.Builder, blocks []Block, indent string) {
	for _, x := range blocks {
		fmt.Fprintf(b, "%s%d:%d ", indent, x.Pos().Line, x.Pos().Column)
		switch x := x.(type) {
		case *Heading:
			give := ""
			if x.Give > 0 {
				give = fmt.Sprintf(" give=%d", x.Give)
			}
			fmt.Fprintf(b, "heading %d%s%s %s\n", x.Level, showMark(x.Mark), give, showText(x.Text))
		case *Paragraph:
			fmt.Fprintf(b, "paragraph%s %s%s\n", showMark(x.Mark), showText(x.Text), showShort(x.Short))
		case *List:
			if x.Ordered {
				fmt.Fprintf(b, "numbered list from %s\n", strings.TrimSuffix(x.Label(0), "."))
			} else {
				fmt.Fprintf(b, "list%s\n", showShort(x.Short))
			}
			for i, item := range x.Items {
				box := ""
				if x.Boxes != nil && x.Boxes[i] {
					box = " with a box"
				}
				fmt.Fprintf(b, "%s  item%s\n", indent, box)
				showBlocks(b, item, indent+"    ")
			}
		case *Callout:
			fmt.Fprintf(b, "%s %s\n", calloutNames[x.Kind], showText(x.Title))
			showBlocks(b, x.Blocks, indent+"    ")
		case *Quote:
			fmt.Fprintln(b, "quote")
			showBlocks(b, x.Blocks, indent+"    ")
		case *Figure:
			switch {
			case x.Picture != nil:
				w, h := x.Picture.Size()
				fmt.Fprintf(b, "figure %gx%g %q %s\n", w, h, x.Alt, showText(x.Caption))
			case x.Pose != nil:
				fmt.Fprintf(b, "pose %s of %d lines %q %s\n", x.Pose.File, bytes.Count(x.Pose.Text, []byte("\n")), x.Alt, showText(x.Caption))
			default:
				fmt.Fprintf(b, "pose of %d bytes %q %s\n", len(x.Traced), x.Alt, showText(x.Caption))
			}
		case *Fields:
			fmt.Fprint(b, "fields")
			for _, l := range x.Labels {
				fmt.Fprintf(b, " %s", showText(l))
			}
			fmt.Fprintln(b)
		case *Diary:
			fmt.Fprintf(b, "diary of %d days, month %v\n", x.Days, x.Month)
		case *PainScale:
			fmt.Fprintf(b, "pain scale %s\n", showText(x.Question))
		case *TrafficLight:
			fmt.Fprintf(b, "traffic light %s | %s | %s\n", showText(x.Says[GoOn]), showText(x.Says[EaseOff]), showText(x.Says[Stop]))
		case *Signs:
			for tier, list := range x.Of {
				fmt.Fprintf(b, "%s:", tierNames[tier])
				for _, t := range list {
					fmt.Fprintf(b, " %s;", showText(t))
				}
				fmt.Fprint(b, showShort(x.Short[tier]))
			}
			fmt.Fprintln(b)
		case *Code:
			fmt.Fprintf(b, "code %q %s\n", x.Data, showText(x.Caption))
		case *Reminder:
			fmt.Fprintf(b, "reminder %v %d:%02d %d times %q\n", x.Weekly, x.Hour, x.Minute, x.Times, x.Summary)
		case *Stretches:
			fmt.Fprint(b, "stretches")
			for _, c := range x.Chosen {
				fmt.Fprintf(b, " %s", c.ID)
			}
			fmt.Fprintln(b)
		case *Table:
			fmt.Fprintln(b, "table")
			for _, row := range x.Rows {
				fmt.Fprintf(b, "%s   ", indent)
				for _, cell := range row {
					fmt.Fprintf(b, " | %s", showText(cell))
				}
				fmt.Fprintln(b)
			}
		default:
			panic(fmt.Sprintf("%T", x))
		}
	}
}

func showShort(t Text) string {
	if t == nil {
		return ""
	}
	return ", or short " + showText(t)
}

func showText(t Text) string {
	var b strings.Builder
	for _, s := range t {
		marks := ""
		if s.Bold {
			marks += "**"
		}
		if s.Italic {
			marks += "_"
		}
		q := fmt.Sprintf("%q", s.Text)
		b.WriteString(marks + q[1:len(q)-1] + marks)
		if s.linked() {
			if s.Dial != NoSlot {
				s.Link = "tel:{" + placeholders[s.Dial-1] + "}"
			}
			fmt.Fprintf(&b, "<%s>", s.Link)
		}
		if s.Note > 0 {
			fmt.Fprintf(&b, "<note %d>", s.Note)
		}
		if s.Each {
			b.WriteString("<each>")
		}
	}
	return b.String()
}

func showStretch(b *strings.Builder, s *Stretch) {
	fmt.Fprintf(b, "%s %s %q %q %q %q %q %q\n", s.ID, s.Lang, s.Name, s.Also, s.Target, s.Place, s.Needs, s.Alt)
	fmt.Fprintf(b, "%+v, %d frames\n", s.Dose, len(s.Frames))
	if s.Summary != "" || s.Sources != nil {
		fmt.Fprintf(b, "summary %q sources %q\n", s.Summary, s.Sources)
	}
	if s.Video != "" {
		fmt.Fprintf(b, "video %s\n", s.Video)
	}
	for i, step := range s.Steps {
		fmt.Fprintf(b, "%d. %s\n", i+1, showText(step))
	}
	for _, x := range s.Remarks {
		fmt.Fprintf(b, "- %s\n", showText(x.Text))
	}
	fmt.Fprintf(b, "- %s\n", showText(s.Stop))
	for _, w := range s.Warnings {
		fmt.Fprintf(b, "warning %s\n", w)
	}
}

func showBrand(b *strings.Builder, x *Brand) {
	fmt.Fprintf(b, "%q %q logo %v main %s accent %s (text %s)\n", x.Name, x.Tagline, x.Logo != nil, x.Main.Hex(), x.Accent.Hex(), x.AccentText().Hex())
	fmt.Fprintf(b, "phones %q address %q\nweb %q email %q booking %q\n", x.Phones, x.Address, x.Web, x.Email, x.Booking)
	fmt.Fprintf(b, "therapist %q %q small print %q\n", x.Therapist, x.Credential, x.SmallPrint)
	for _, s := range x.Services {
		fmt.Fprintf(b, "service %q %q chosen %v none %v\n", s.Pattern, s.Handout, s.Chosen, s.None)
	}
	if x.Mail.From != "" || x.Mail.ReplyTo != "" || len(x.Mail.Letters) > 0 {
		fmt.Fprintf(b, "mail %q %q %q\n", x.Mail.From, x.Mail.ReplyTo, x.Mail.Letters)
	}
	fmt.Fprintf(b, "country %q (%s) paper %q (%s) look %q skin %q type %g fonts %d\n", x.Country, x.Emergency(), x.Paper, x.PaperName(), x.Look, x.Skin, x.MinType, len(x.Fonts))
	for _, n := range x.Notes {
		fmt.Fprintf(b, "note %s\n", n)
	}
}
