package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/fonts"
	"handout/output/mail"
)

const doctorPage = `handout doctor: check this computer, and say how to fix what is wrong

  handout doctor
  handout doctor --brand clinic.yaml --library my-clinic
  handout doctor --smtp smtps://clinic@mail.example.org

Looks at the fonts for names in other scripts, your clinic's file, the handouts
and stretches that are there, the folders handout writes to, the port of the
page in the browser, and mail. Whatever is wrong has a line on how to fix it. It
reads no list and no outbox: nothing that it prints is about a patient.

  --brand FILE        your clinic's file; if not given, the one make finds
  --library DIR       a folder of your own handouts and stretches; repeatable
  --smtp URL          also log in to the mail server, as "handout send" would,
                      and send nothing
  --password-file FILE   its first line is the password for that; or a token:
  --smtp-token-command CMD, --smtp-token-file FILE, as in "handout send"
  --json              say it as JSON, for programs: docs/json.md

Exit codes: 0 all is well, or is only noted; 1 something is wrong.
`

// finding is what was found of one thing.
type finding struct {
	What  string `json:"what"`
	State string `json:"state"` // ok, note or wrong
	Found string `json:"found"`
	Fix   string `json:"fix,omitempty"`
}

const (
	well  = "ok"
	noted = "note"
	wrong = "wrong"
)

// visit is all that was found.
type visit struct {
	Found []finding `json:"found"`
}

func runDoctor(w *world, args []string) (answer, error) {
	mailing := newSendFlags() // its --smtp and --password-file are ours
	f := newFlags("doctor")
	brand := f.String("brand", "", "")
	own := f.StringArray("library", nil, "")
	f.StringVar(mailing.smtp, "smtp", "", "")
	f.StringVar(&mailing.login.passwordFile, "password-file", "", "")
	mailing.login.tokens(f)
	if err := f.parse(args); err != nil {
		return nil, err
	}
	if err := w.clinic(f); err != nil {
		return nil, err
	}
	if f.NArg() > 0 {
		return nil, misusef("for example: handout doctor --brand clinic.yaml", "doctor takes no words, only flags")
	}
	clinic, found := theBrand(*brand)
	found = append([]finding{theProgram()}, found...)
	found = append(found, theLibrary(clinic.Libraries(*brand, *own))...)
	found = append(found, theFonts(w.machine))
	found = append(found, theFolders(w)...)
	found = append(found, thePort(), theMail(w, clinic, &mailing))
	var err error
	for _, x := range found {
		if x.State == wrong {
			w.reply.Mistakes = append(w.reply.Mistakes, mistake{Message: x.What + ": " + x.Found, Hint: x.Fix})
			err = errSaid
		}
	}
	return &visit{found}, err
}

func (v *visit) print(to io.Writer) error {
	b := bufio.NewWriter(to)
	for _, x := range v.Found {
		fmt.Fprintf(b, "%-5s  %s: %s\n", x.State, x.What, x.Found)
		if x.Fix != "" {
			fmt.Fprintf(b, "       %s\n", x.Fix)
		}
	}
	return b.Flush()
}

func theProgram() finding {
	e := thisEdition()
	return finding{What: "handout", State: well, Found: strings.TrimSpace(e.Handout+" "+e.Commit) + ", " + e.Go}
}

// amiss is a finding for each mistake.
func amiss(what string, err error) (list []finding) {
	for _, m := range mistakes(err) {
		x := finding{what, wrong, m.Error(), m.Hint}
		if x.Fix == "" {
			x.Fix = "fix it there; `handout check` and the file's name says when it is right"
		}
		list = append(list, x)
	}
	return list
}

// theBrand opens the clinic's file; none is the neutral clinic.
func theBrand(file string) (*press.Clinic, []finding) {
	clinic, err := press.OpenClinic(file)
	if err != nil {
		return &press.Clinic{Brand: content.Neutral()}, amiss("brand", err)
	}
	if file == "" {
		return clinic, []finding{{"brand", noted, "none: pages have no clinic's name and telephone",
			"`handout init` writes clinic.yaml, which is found in its folder; or name it with --brand"}}
	}
	list := []finding{{What: "brand", State: well, Found: file}}
	for _, n := range clinic.Notes {
		list = append(list, finding{"brand", noted, n, "pages are made so; `handout check " + file + "` tells all"})
	}
	return clinic, list
}

// theLibrary counts what there is to choose from, and says what of it cannot be read.
func theLibrary(folders []press.Folder) []finding {
	l, err := press.OpenLibrary(folders...)
	if err != nil {
		return amiss("library", err)
	}
	handouts, err1 := l.Handouts()
	stretches, err2 := l.Stretches()
	packs, err3 := l.Packs()
	list := []finding{{What: "library", State: well, Found: fmt.Sprintf("%s, %s, %s", many(len(handouts), "handout"),
		fmt.Sprintf("%d stretches", len(stretches)), many(len(packs), "pack"))}}
	for _, err := range []error{err1, err2, err3} {
		list = append(list, amiss("library", err)...)
	}
	return list
}

// scripts are what names are written in, each with a letter that most of them have.
var scripts = []struct {
	name string
	rune rune
}{{"Latin", 'a'}, {"Greek", 'α'}, {"Cyrillic", 'а'}, {"Arabic", 'ا'}, {"Hebrew", 'א'}, {"Hindi", 'र'}, {"Thai", 'น'},
	{"Chinese", '王'}, {"Japanese", 'の'}, {"Korean", '김'}, {"Bengali", 'র'}, {"Punjabi", 'ਰ'}, {"Tamil", 'ர'},
	{"Khmer", 'ន'}, {"Armenian", 'ա'}, {"Georgian", 'ა'}, {"Amharic", 'አ'}}

// theFonts says in which scripts a name can be set: ours have letters for some, and this computer's for others.
func theFonts(machine *fonts.Machine) finding {
	var ours, theirs, none []string
	shaper := fonts.Default().Shaper()
	for _, s := range scripts {
		_, err := shaper.Once([]fonts.Span{{Text: string(s.rune)}}, "", false)
		switch {
		case err == nil:
			ours = append(ours, s.name)
		case machine != nil && len(machine.Faces([]rune{s.rune})) > 0:
			theirs = append(theirs, s.name)
		default:
			none = append(none, s.name)
		}
	}
	x := finding{What: "fonts", State: well, Found: "our own for names in " + strings.Join(ours, ", ")}
	if theirs != nil {
		x.Found += "; this computer's for " + strings.Join(theirs, ", ")
	}
	if none != nil {
		x.State, x.Found = noted, x.Found+"; none for "+strings.Join(none, ", ")
		x.Fix = "to print names in those, install fonts for them (fonts.google.com/noto), or name some in clinic.yaml"
	}
	return x
}

// theFolders tries each folder that is written to, and leaves nothing there.
func theFolders(w *world) (list []finding) {
	below := func(dir func() (string, error)) string {
		folder, err := dir()
		if err != nil {
			return ""
		}
		return filepath.Join(folder, "handout")
	}
	here, err := os.Getwd()
	if err != nil {
		here = "."
	}
	for _, of := range []struct{ what, folder, fix string }{
		{"this folder", here, "go to a folder of your own, or say with -o where a page is to be written"},
		{"settings", below(os.UserConfigDir), "the page in the browser has no key without it"},
		{"Handouts", filepath.Join(documents(w.env), "Handouts"),
			"the page in the browser keeps the clinic and packs there; `handout serve --home DIR` names another"},
		{"days", dataFolder(runtime.GOOS, w.env), "the page in the browser makes a day's pages there"},
		{"kept pictures", below(os.UserCacheDir), "pages are made without it, each a little later"},
	} {
		if of.folder == "" {
			list = append(list, finding{of.what, noted, "there is no folder for them", "set HOME; " + of.fix})
			continue
		}
		x := finding{What: of.what, State: well, Found: of.folder}
		if err := writable(of.folder); err != nil {
			x.State, x.Fix = wrong, of.fix
			if of.folder != here {
				x.Fix = "make it yours to write; " + of.fix
			}
			x.Found += ": " + press.FileFault(of.folder, err).(*press.FileError).Message
		}
		list = append(list, x)
	}
	return list
}

// writable tells whether a file can be made in a folder, or, if that is still to be made, in the first above it that
// is there.
func writable(folder string) error {
	for {
		_, err := os.Stat(folder)
		if err == nil || !os.IsNotExist(err) || filepath.Dir(folder) == folder {
			break
		}
		folder = filepath.Dir(folder)
	}
	f, err := os.CreateTemp(folder, ".handout-")
	if err != nil {
		return err
	}
	f.Close()
	return os.Remove(f.Name())
}

// thePort looks for one that serve would take.
func thePort() finding {
	for port := usualPort; port <= usualPort+sparePorts; port++ {
		on, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err != nil {
			continue
		}
		on.Close()
		found := fmt.Sprintf("%d is free", port)
		if port > usualPort {
			found = fmt.Sprintf("%d is in use, by another program or by handout; %s", usualPort, found)
		}
		return finding{What: "port", State: well, Found: found}
	}
	return finding{"port", wrong, fmt.Sprintf("%d to %d are all taken", usualPort, usualPort+sparePorts),
		"name another with `handout serve --port`"}
}

// theMail says who mail is from and, where a server is named, whether it lets us in.
func theMail(w *world, clinic *press.Clinic, f *sendFlags) finding {
	x := finding{What: "mail", State: well, Found: "from " + clinic.Email}
	if clinic.Email == "" && clinic.Mail.From == "" {
		x = finding{"mail", noted, "there is no e-mail address to send from, so no mail can be written",
			"add email: to the clinic's file"}
	} else if clinic.Mail.From != "" {
		x.Found = "from " + clinic.Mail.From
	}
	if *f.smtp == "" {
		x.Found += "; no server was tried (--smtp does that)"
		return x
	}
	server, errs := serverNamed(*f.smtp, *f.plain)
	errs = append(errs, f.login.check(&server)...)
	if errs != nil {
		return finding{"mail", wrong, errs[0].Message, errs[0].Hint}
	}
	server.Timeout = *f.timeout
	if err := reach(w, f, &server); err != nil {
		m := mistakes(err)[0]
		return finding{"mail", wrong, m.Error(), m.Hint}
	}
	x.Found += "; " + server.Host + " lets it in"
	return x
}

// reach logs in to the server, and leaves.
func reach(w *world, f *sendFlags, server *mail.Server) (err error) {
	if err := w.unlock(f.login, server); err != nil {
		return err
	}
	ctx, stop := untilStopped()
	defer stop()
	var fault *mail.ServerError
	if err = server.Reach(ctx); errors.As(err, &fault) {
		return serverFault(server, fault)
	}
	return err
}
