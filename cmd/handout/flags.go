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
	"handout/content/visits/field"
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
	f.Bool("json", false, "") // for forProgram
	return &flags{f}
}

// parse reads the arguments. It returns a *helpAsked where help was asked for,
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
		return &helpAsked{f}
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
			errs = append(errs, &content.Error{Message: "the value of --" + g.Name + " is empty",
				Hint: "leave the flag out if there is nothing to say"})
		}
	})
	if errs == nil {
		return nil
	}
	return misused(errs)
}

// word is a flag whose value is read by a function, which gives back how it is written.
type word struct {
	text  string
	read  func(string) (string, error)
	words []string // if it is one of a few
}

func (w *word) Set(s string) (err error) {
	w.text, err = w.read(s)
	return err
}

func (w *word) String() string    { return w.text }
func (w *word) Type() string      { return "word" }
func (w *word) choices() []string { return w.words }

func (f *flags) word(name string, read func(string) (string, error), words ...string) {
	f.Var(&word{read: read, words: words}, name, "")
}

// oneOf is one of a few words.
func (f *flags) oneOf(to *string, name string, words ...string) {
	f.word(name, func(s string) (string, error) {
		if !slices.Contains(words, s) {
			return "", misusef(nearest(s, words, ""), "--%s is one of %s", name, strings.Join(words, ", "))
		}
		*to = s
		return s, nil
	}, words...)
}

// date is a day, written YYYY-MM-DD; "none" is the zero time.
func (f *flags) date(to *time.Time) {
	f.word("date", func(s string) (string, error) {
		if s == "none" {
			*to = time.Time{}
			return s, nil
		}
		t, err := time.Parse(time.DateOnly, s)
		if err != nil || t.Year() < 1900 {
			return "", misusef("write it like 2026-11-22, or none", "the value of --date is not a day")
		}
		*to = t
		return s, nil
	})
}

// page is what a page is set on, and how.
func (f *flags) page(sheet *layout.Sheet) {
	f.word("paper", func(s string) (string, error) {
		paper, ok := press.PaperNamed(s)
		if !ok {
			return "", misusef("--paper letter, or --paper a4", "the value of --paper is not a paper size that "+
				"handout knows")
		}
		sheet.Paper = paper
		return paper.Name, nil
	}, press.Papers()...)
	f.word("look", func(s string) (string, error) {
		look, err := content.LookNamed(s)
		if err != nil {
			return "", misused(err)
		}
		sheet.Look = look
		return look, nil
	}, content.Looks()...)
	f.word("edition", func(s string) (string, error) {
		edition, ok := press.EditionNamed(s)
		if !ok {
			return "", misusef("--edition standard, large or bw", "there is no such edition")
		}
		sheet.Edition = edition
		return edition, nil
	}, press.Editions()...)
}

// lang is a language, by its tag or its name.
func (f *flags) lang(to *string) {
	f.word("lang", func(s string) (string, error) {
		tag, _ := field.LanguageOf(s)
		if tag == "" {
			return "", misusef("for example: --lang es", "there is no such language")
		}
		*to = tag
		return tag, nil
	})
}

// side is the side of the body a visit was about.
func (f *flags) side(to *content.Side) {
	f.word("side", func(s string) (string, error) {
		side, ok := press.SideNamed(s)
		if !ok {
			return "", misusef("--side left, or --side right; for one stretch: figure-4:side=left",
				"there is no such side")
		}
		*to = side
		return strings.ToLower(s), nil
	}, "left", "right")
}

// minType is a size of type in points, from 9 to 18.
func (f *flags) minType(to *layout.Length) {
	f.word("min-type", func(s string) (string, error) {
		pt, err := strconv.ParseFloat(strings.TrimSuffix(s, "pt"), 64)
		if err != nil || !(pt >= 9 && pt <= 18) {
			return "", misusef("for example: --min-type 12", "--min-type is a size in points from 9 to 18")
		}
		*to = layout.Pt(pt)
		return strconv.FormatFloat(to.Points(), 'f', -1, 64), nil
	})
}

// password is what opens the PDFs in the mail.
func (f *flags) password(to *day.Lock) {
	var words []string
	for _, l := range day.Locks {
		words = append(words, string(l))
	}
	f.word("password", func(s string) (string, error) {
		if !slices.Contains(day.Locks, day.Lock(s)) {
			return "", misusef("--password birthdate, random, column or none; the password itself is never typed here",
				"--password does not say what the password is")
		}
		*to = day.Lock(s)
		return s, nil
	}, words...)
}

// part is one of several parts of a list.
func (f *flags) part(to *day.Part) {
	f.word("part", func(s string) (string, error) {
		part, ok := day.ParsePart(s)
		if !ok {
			return "", misusef(fmt.Sprintf("for example: --part 2/8, the second of eight; of 1/1 to %d/%[1]d",
				day.MaxParts), "the value of --part is not a part")
		}
		*to = part
		return s, nil
	})
}
