package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/testscript"

	"handout/cmd/handout/internal/fonttest"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata/*.txtar")

// The test binary is the command: a script's `handout` runs watched, and what is to
// be killed unwatched.
func TestMain(m *testing.M) {
	if os.Getenv("HANDOUT_VICTIM") != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"handout": func() { os.Exit(watched()) }})
}

// watched is run under guard: whatever a script does, nothing of the patient's
// name or the note may come out of the command but on the page itself.
func watched() int {
	var out, err bytes.Buffer
	code := run(os.Args[1:], os.Stdin, io.MultiWriter(os.Stdout, &out), io.MultiWriter(os.Stderr, &err))
	secret := secretsOf(os.Args[1:])
	if secret.told(out.Bytes()) || secret.told(err.Bytes()) {
		fmt.Fprintln(os.Stderr, "PRIVATE: a word about the patient was printed")
		return 99
	}
	if leaked := secret.leaks(); leaked != "" {
		fmt.Fprintln(os.Stderr, "PRIVATE: a word about the patient is in the name or the open parts of", leaked)
		return 99
	}
	return code
}

// privateWords are the words of --patient and --note, in lower case. Words of
// three letters and fewer stand in too many places by chance.
func privateWords(args []string) []string {
	var words []string
	for _, value := range slices.Concat(valuesOf(args, "--patient"), valuesOf(args, "--note")) {
		for _, word := range strings.FieldsFunc(value, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if len([]rune(word)) > 3 {
				words = append(words, strings.ToLower(word))
			}
		}
	}
	return words
}

// valuesOf are those of a flag on a command line.
func valuesOf(args []string, flag string) (values []string) {
	for i, arg := range args {
		name, value, inOne := strings.Cut(arg, "=")
		if name != flag {
			continue
		}
		if !inOne && i+1 < len(args) {
			value = args[i+1]
		}
		values = append(values, value)
	}
	return values
}

// utf16BE is the other form in which a PDF writes its properties.
func utf16BE(s string) []byte {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r>>8), byte(r))
	}
	return b
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireUniqueNames:  true,
		RequireExplicitExec: false,
		Setup: func(e *testscript.Env) error {
			e.Setenv("SOURCE_DATE_EPOCH", "1795305600") // 22 November 2026
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("HANDOUT_BRAND", "none")                             // not the folder's, unless a script asks for it
			e.Setenv("XDG_CACHE_HOME", filepath.Join(e.WorkDir, "cache")) // Linux
			e.Setenv("LocalAppData", filepath.Join(e.WorkDir, "cache"))   // Windows
			e.Setenv("SHIPPED", shippedLibrary())
			e.Setenv("HANDOUT_PAGES", os.Getenv("HANDOUT_PAGES"))
			e.Setenv("XDG_DATA_DIRS", filepath.Join(e.WorkDir, "none")) // not this machine's fonts
			for name, text := range map[string]string{
				"BELL": "\a", "ZWSP": "\u200b", "RLO": "\u202e", "EMOJI": "\U0001fae8",
				"BROKEN": "Quill\xffeather", "LONG": strings.Repeat("words ", 66) + "words",
			} {
				e.Setenv(name, text)
			}
			return nil
		},
		Condition: func(name string) (bool, error) {
			if name != "root" {
				return false, fmt.Errorf("unknown condition %q", name)
			}
			return os.Geteuid() == 0, nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"pdf":   isPDF,
			"mode":  hasMode,
			"foreignfont": func(ts *testscript.TestScript, neg bool, args []string) {
				data, err := fonttest.Foreign()
				ts.Check(err)
				ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
			},
			"heavy": func(ts *testscript.TestScript, neg bool, args []string) {
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat([]byte("mat 1 2\n"), 10_000), 0o644))
			},
			"latin1": func(ts *testscript.TestScript, neg bool, args []string) {
				ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("---\ntitle: Neck\nsummary: cr\xe8me\n---\nText.\n"), 0o644))
			},
			"picture":    makePicture,
			"pipe":       makePipe,
			"drawn":      isDrawn,
			"await":      await,
			"sketchbook": sketches,
			"outbox":     makeOutbox,
			"mailserver": startMailServer,
			"encode":     encodeList,
			"workbook":   makeWorkbook,
			"times":      fileTimes,
			"letters":    showLetters,
			"attached":   takeAttachment,
			"pages":      hasPages,
			"follows":    follow,
			"glob":       noGlob,
			"opens":      opensWith,
			"unsay":      unsay,
			"code":       codeOf,
		},
	})
}

// exits runs a command and wants one exit code of it: exits 2 handout mak
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
	if strings.Contains(ts.ReadFile("stderr"), "goroutine ") {
		ts.Fatalf("the command panicked")
	}
}

// isPDF wants a whole PDF file: pdf FILE
// Where HANDOUT_PAGES names a folder it leaves a copy there, for the judges.
func isPDF(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: pdf FILE")
	}
	data := ts.ReadFile(args[0])
	if !strings.HasPrefix(data, "%PDF-1.") || !strings.HasSuffix(strings.TrimSpace(data), "%%EOF") {
		ts.Fatalf("%s is not a whole PDF file", args[0])
	}
	if dir := ts.Getenv("HANDOUT_PAGES"); dir != "" {
		ts.Check(os.WriteFile(filepath.Join(dir, "script-"+ts.Name()+"-"+filepath.Base(args[0])), []byte(data), 0o600))
	}
}

// hasMode wants a file's permissions: mode 600 FILE
func hasMode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode OCTAL FILE")
	}
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := strconv.FormatUint(uint64(info.Mode().Perm()), 8); got != args[0] {
		ts.Fatalf("%s has mode %s, want %s", args[1], got, args[0])
	}
}

// shippedLibrary is the folder that is compiled in.
func shippedLibrary() string {
	dir, err := filepath.Abs(filepath.Join("..", "..", "content", "library"))
	if err != nil {
		panic(err)
	}
	return dir
}
