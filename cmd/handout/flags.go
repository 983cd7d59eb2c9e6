package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"handout/cmd/handout/internal/day"
	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/layout"
)

// flags is the flag set of one verb.
type flags struct{ *pflag.FlagSet }

// newFlags gives a verb its flag set. Our pages are set by hand, so pflag is
// silent and the usage of each flag stays empty.
func newFlags(verb string) *flags {
	f := pflag.NewFlagSet(verb, pflag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.Usage = func() {}
	f.SortFlags = false
	return &flags{f}
}

// parse reads the arguments. It returns pflag.ErrHelp where help was asked for,
// and else our own words: pflag's would repeat the value, which may be private.
func (f *flags) parse(args []string) error {
	err := f.Parse(args)
	var (
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		syntax  *pflag.InvalidSyntaxError
	)
	help := "`handout " + f.Name() + " --help` shows all of its flags"
	switch {
	case err == nil:
		return f.wantValues()
	case errors.Is(err, pflag.ErrHelp):
		return err
	case errors.As(err, &unknown):
		var names []string
		f.VisitAll(func(g *pflag.Flag) { names = append(names, "--"+g.Name) })
		which := "--" + unknown.GetSpecifiedName()
		hint := nearest(which, names, help)
		if unknown.GetSpecifiedShortnames() != "" || strings.Trim(which, "abcdefghijklmnopqrstuvwxyz-") != "" {
			which = "of that name"
		}
		return misusef(hint, "%s has no flag %s", f.Name(), which)
	case errors.As(err, &missing):
		return misusef(help, "the flag --%s needs a value after it", missing.GetFlag().Name)
	case errors.As(err, &invalid):
		var m *misuse
		if errors.As(err, &m) {
			return m
		}
		return misusef(help, "the value of --%s cannot be read", invalid.GetFlag().Name)
	case errors.As(err, &syntax):
		return misusef(help, "a flag is misspelt")
	}
	return err
}

// wantValues refuses texts of nothing but space: a script's variable that was
// not set would quietly make a page for anyone.
func (f *flags) wantValues() error {
	var errs content.Errors
	f.Visit(func(g *pflag.Flag) {
		if g.Value.Type() == "string" && strings.TrimSpace(g.Value.String()) == "" {
			errs = append(errs, &content.Error{Message: "the value of --" + g.Name + " is empty", Hint: "leave the flag out if there is nothing to say"})
		}
	})
	if errs == nil {
		return nil
	}
	return misused(errs)
}

// dateFlag is a day, written YYYY-MM-DD; "none" is the zero time.
type dateFlag time.Time

func (d *dateFlag) Set(s string) error {
	if s == "none" {
		*d = dateFlag{}
		return nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1900 {
		return misusef("write it like 2026-11-22, or none", "the value of --date is not a day")
	}
	*d = dateFlag(t)
	return nil
}

func (d *dateFlag) String() string {
	if t := time.Time(*d); !t.IsZero() {
		return t.Format(time.DateOnly)
	}
	return "none"
}

func (d *dateFlag) Type() string { return "day" }

// paperFlag is a sheet by its name; its zero value is no sheet.
type paperFlag layout.Paper

func (p *paperFlag) Set(s string) error {
	paper, ok := press.PaperNamed(s)
	if !ok {
		return misusef("--paper letter, or --paper a4", "the value of --paper is no size of paper we set on")
	}
	*p = paperFlag(paper)
	return nil
}

func (p *paperFlag) String() string { return p.Name }
func (p *paperFlag) Type() string   { return "paper" }

// lookFlag is one of layout's looks, by its ID.
type lookFlag string

func (l *lookFlag) Set(s string) error {
	id, hint := press.LookNamed(s)
	if id == "" {
		return misusef(hint, "there is no such look")
	}
	*l = lookFlag(id)
	return nil
}

func (l *lookFlag) String() string { return string(*l) }
func (l *lookFlag) Type() string   { return "look" }

// editionFlag is one of layout's editions.
type editionFlag string

func (e *editionFlag) Set(s string) error {
	edition, ok := press.EditionNamed(s)
	if !ok {
		return misusef("--edition standard, large or bw", "there is no such edition")
	}
	*e = editionFlag(edition)
	return nil
}

func (e *editionFlag) String() string {
	if *e == layout.Standard {
		return "standard"
	}
	return string(*e)
}

func (e *editionFlag) Type() string { return "edition" }

// sideFlag is the side of the body a visit was about: left or right.
type sideFlag content.Side

func (s *sideFlag) Set(text string) error {
	side, ok := press.SideNamed(text)
	if !ok {
		return misusef("--side left, or --side right; for one stretch: figure-4:side=left", "there is no such side")
	}
	*s = sideFlag(side)
	return nil
}

func (s *sideFlag) String() string {
	switch content.Side(*s) {
	case content.LeftSide:
		return "left"
	case content.RightSide:
		return "right"
	}
	return ""
}

func (s *sideFlag) Type() string { return "side" }

// typeFlag is a size of type in points, from 9 to 18.
type typeFlag layout.Length

func (l *typeFlag) Set(s string) error {
	pt, err := strconv.ParseFloat(strings.TrimSuffix(s, "pt"), 64)
	if err != nil || !(pt >= 9 && pt <= 18) {
		return misusef("for example: --min-type 12", "--min-type is a size in points from 9 to 18")
	}
	*l = typeFlag(layout.Pt(pt))
	return nil
}

func (l *typeFlag) String() string {
	return strconv.FormatFloat(layout.Length(*l).Points(), 'f', -1, 64)
}

func (l *typeFlag) Type() string { return "points" }

// lockFlag is what opens the PDFs in the mail.
type lockFlag day.Lock

func (l *lockFlag) Set(s string) error {
	if !slices.Contains(day.Locks, day.Lock(s)) {
		return misusef("--password birthdate, random, column or none; the password itself is never typed here",
			"--password does not say what the password is")
	}
	*l = lockFlag(s)
	return nil
}

func (l *lockFlag) String() string { return string(*l) }
func (l *lockFlag) Type() string   { return "way" }

// partFlag is one of several parts of a list.
type partFlag day.Part

func (p *partFlag) Set(s string) error {
	part, ok := day.ParsePart(s)
	if !ok {
		return misusef(fmt.Sprintf("for example: --part 2/8, the second of eight; of 1/1 to %d/%[1]d", day.MaxParts), "the value of --part is no part")
	}
	*p = partFlag(part)
	return nil
}

func (p *partFlag) String() string { return day.Part(*p).String() }
func (p *partFlag) Type() string   { return "part" }
