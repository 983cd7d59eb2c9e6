// Command handout makes one-page PDF handouts for the people a therapist
// treats: an article and a few stretches in the clinic's own brand, made out to
// one person.
//
// There is one file per verb, which only this one knows; say.go is the voice they share. A verb returns its
// error: only run speaks it and turns it into an exit code.
package main

import (
	"errors"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/spf13/pflag"
)

func main() {
	args := os.Args[1:]
	if len(args) == 0 && clicked() {
		args = []string{"serve"}
	}
	os.Exit(run(args, os.Stdin, os.Stdout, os.Stderr))
}

// verbs are all of them, in the order of the usage page.
func verbs() []verb {
	return []verb{
		{"init", initPage, runInit},
		{"list", listPage, runList},
		{"make", makePage, runMake},
		{"batch", batchPage, runBatch},
		{"send", sendPage, runSend},
		{"again", againPage, runAgain},
		{"check", checkPage, runCheck},
		{"draw", drawPage, runDraw},
		{"schema", schemaPage, runSchema},
		{"serve", servePage, runServe},
		{"doctor", doctorPage, runDoctor},
		{"version", versionPage, runVersion},
		{"help", helpPage, runHelp},
	}
}

// run carries out one command line and returns its exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	w := &world{in: stdin, out: results{stdout}, err: stderr, terminal: isTerminal(stdout), env: os.Getenv,
		machine: machineFonts(os.Getenv), figures: figuresFolder(), verbs: verbs()}
	w.program = forProgram(args)
	var a answer
	var err error
	if w.now, err = clock(w.env); err == nil {
		a, err = dispatch(w, args)
	}
	return w.say(a, err)
}

// clock is the present, or the moment that SOURCE_DATE_EPOCH names: the agreed
// way to have a build give the same bytes tomorrow (reproducible-builds.org).
func clock(env func(string) string) (time.Time, error) {
	epoch := env("SOURCE_DATE_EPOCH")
	if epoch == "" {
		return time.Now(), nil
	}
	s, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil || s < 0 || s > 253402300799 { // the end of the year 9999
		return time.Time{}, misusef("give it the seconds since 1970-01-01, or unset it",
			"the environment variable SOURCE_DATE_EPOCH is not a number of seconds")
	}
	return time.Unix(s, 0).UTC(), nil
}

func dispatch(w *world, args []string) (answer, error) {
	if len(args) == 0 {
		return page{usagePage}, nil
	}
	name := args[0]
	if name == "-h" || name == "--help" {
		name = "help"
	}
	if name == "--version" {
		name = "version"
	}
	var names []string
	for _, v := range w.verbs {
		if v.name == name {
			w.reply.Verb = v.name
			a, err := v.run(w, args[1:])
			if errors.Is(err, pflag.ErrHelp) {
				return page{v.page}, nil
			}
			return a, err
		}
		names = append(names, v.name)
	}
	if name != "" && name[0] == '-' {
		return nil, misusef("for example: handout make sciatica --paper a4", "the verb comes first, its flags after it")
	}
	return nil, misusef(nearest(name, names, "`handout help` shows what it can do"), "handout has no such verb")
}
