package main

import (
	"io"
	"maps"
	"slices"
	"strings"
)

// The pages are set by hand: at most 80 columns, examples first.

const usagePage = `handout makes one-page handouts for the people you treat: your clinic on top,
their name, plain advice, stretches with pictures, and when to get help.

  handout make sciatica --patient "Ana Ruiz"     a page for Ana: sciatica.pdf
  handout make sciatica --stretches figure-4,cat-cow:reps=5       with these two
  handout batch visits.csv --brand clinic.yaml   a whole day's, from its list

  init [DIR]        write a brand and texts of your own to edit, or copy ours
  list handouts     what can be made; also: list stretches, packs or looks
  make HANDOUT      make one handout, a PDF of exactly one page
  batch LIST        make the handouts of a day's visits, to print and to mail
  send OUTBOX       send the mail that batch wrote, each message once
  again CODE LIST   make a page of a batch again, by the code at its foot
  check FILE...     read handouts, stretches, poses, brands; say every mistake
  draw POSE         draw a pose as a picture; draw --sheet: all stretches
  schema KIND       print a JSON Schema, for editors: brand, handout, ...
  serve             make pages in the browser; answers other programs, too
  doctor            check this computer, and say how to fix it
  version           say which version this is
  help VERB         all about one verb; the same as: handout VERB --help

Everything stays on this computer, except the mail you send. A patient's name is
on the page and in their mail: not in messages, file names or properties.
`

const helpPage = usagePage + `
  handout help --man                print the manual page: all of this, for man
  handout help --completion SHELL   print what makes bash, zsh or fish complete
                                    verbs, flags and names
  handout help --complete WORDS     what may come next on a line: they ask this
  handout help VERB --json          a page as JSON, for programs

With --json every verb says what it did, or why not, as one JSON object on
standard output, for programs: docs/json.md. A page that goes there with -o -
has it on standard error.

Exit codes, for scripts:
  0  done
  1  the handout, a stretch, the brand or the page is at fault; or a part of a
     list or an outbox is, and the rest is done
  2  the command line is wrong
  3  a file or folder cannot be read or written, or a server cannot be reached
  130  stopped by Ctrl-C
`

// page is a text that is printed as it is.
type page struct {
	Page string `json:"page"`
}

func (p page) print(to io.Writer) error {
	_, err := io.WriteString(to, p.Page)
	return err
}

// runHelp gives the page of a verb, or of the whole command.
func runHelp(w *world, args []string) (answer, error) {
	f := newFlags("help")
	man := f.Bool("man", false, "")
	next := f.Bool("complete", false, "")
	var shell string
	f.oneOf(&shell, "completion", slices.Sorted(maps.Keys(shells))...)
	if err := f.parse(args); err != nil {
		return nil, err
	}
	text := helpPage
	switch {
	case *next:
		return page{strings.Join(append(w.complete(f.Args()), ""), "\n")}, nil
	case f.NArg() > 0:
	case *man:
		return page{manual(w.verbs)}, nil
	case shell != "":
		return page{shells[shell]}, nil
	}
	switch f.NArg() {
	case 0:
	case 1:
		var names []string
		text = ""
		for _, v := range w.verbs {
			names = append(names, v.name)
			if v.name == f.Arg(0) {
				text = v.page
			}
		}
		if text == "" {
			return nil, misusef(nearest(f.Arg(0), names, "`handout help` shows what it can do"),
				"handout has no such verb")
		}
	default:
		return nil, misusef("for example: handout help make", "help is about one verb at a time")
	}
	return page{text}, nil
}
