package main

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

func inTest() *world { return &world{env: func(string) string { return "" }, verbs: verbs()} }

// TestFlagsAreTold holds that every flag is on the page of its verb, and that every flag on a page
// is there: of its verb, or of one that the line names.
func TestFlagsAreTold(t *testing.T) {
	w, named := inTest(), regexp.MustCompile(`(?:^|[\s(])--([a-z][a-z-]*)`)
	there, known := 0, map[string][]string{}
	for _, v := range w.verbs {
		w.flagsOf(v).VisitAll(func(g *pflag.Flag) { known[v.name] = append(known[v.name], g.Name) })
		there += len(known[v.name])
	}
	if there < 60 {
		t.Fatalf("only %d flags", there)
	}
	for _, v := range w.verbs {
		told := map[string]bool{}
		for line := range strings.Lines(v.page) {
			for _, m := range named.FindAllStringSubmatch(line, -1) {
				told[m[1]] = true
				elsewhere := slices.ContainsFunc(w.verbs, func(o verb) bool {
					return strings.Contains(line, o.name+" ") && slices.Contains(known[o.name], m[1])
				})
				if !slices.Contains(known[v.name], m[1]) && !elsewhere && m[1] != "help" {
					t.Errorf("%s has no flag --%s: %s", v.name, m[1], line)
				}
			}
		}
		for _, name := range known[v.name] {
			elsewhere := slices.ContainsFunc(w.verbs, func(o verb) bool {
				return strings.Contains(v.page, "flags of \"handout "+o.name+"\"") && slices.Contains(known[o.name], name)
			})
			if !told[name] && !elsewhere {
				t.Errorf("the page of %s does not tell of --%s", v.name, name)
			}
		}
	}
}

// TestManual wants every word of every help page in the manual, in order, and each flag as one.
func TestManual(t *testing.T) {
	page := manual(verbs())
	for _, m := range []string{"\n.PP\n.PP", "\n.PP\n.S", "\n.PP\n.TP", ".nf\n.nf", ".fi\n.fi", ".TP\n.TP"} {
		if strings.Contains(page, m) {
			t.Errorf("the manual has %q", m)
		}
	}
	if strings.Count(page, "\n.nf\n") != strings.Count(page, "\n.fi\n") {
		t.Error("lines as they are typed are not closed")
	}
	read := regexp.MustCompile(`(?m)^\.(?:SS|SH|B|TH) (.*)$|^\.(?:PP|TP|nf|fi|br|I.*)$`).ReplaceAllString(page, "$1")
	for mark, r := range map[string]string{`\-`: "-", `\(aq`: "'", `\(ga`: "`", `\(ha`: "^", `\(ti`: "~", `\&`: "", `\e`: `\`} {
		read = strings.ReplaceAll(read, mark, r)
	}
	rest := strings.Fields(strings.ReplaceAll(strings.ReplaceAll(read, `"`, ""), `\(dq`, `"`))
	rest = rest[slices.Index(rest, "DESCRIPTION")+1:]
	for _, v := range append([]verb{{page: helpPage}}, verbs()...) {
		if v.page == helpPage && v.name != "" {
			continue
		}
		for i, word := range strings.Fields(v.page) {
			at := slices.IndexFunc(rest, func(s string) bool { return strings.TrimSuffix(s, ".") == strings.TrimSuffix(word, ".") })
			if at < 0 || i > 0 && at > 8 {
				t.Fatalf("the manual of %q has no %q, word %d; there is %q", v.name, word, i, rest[:min(8, len(rest))])
			}
			rest = rest[at+1:]
		}
	}
}

func TestComplete(t *testing.T) {
	w := inTest()
	for _, c := range []struct {
		line string
		want []string // some that are there
		not  string   // one that is not
	}{
		{"", []string{"make", "serve"}, "sciatica"},
		{"ma", []string{"make"}, "batch"},
		{"make sci", []string{"sciatica"}, "first-visit"},
		{"make ", []string{"sciatica", "first-visit"}, "make"},
		{"make sciatica --lo", []string{"--look"}, "--brand"},
		{"make sciatica --look ", []string{"article", "rows", "pictures"}, "large"},
		{"make sciatica --look=r", []string{"--look=rows"}, "rows"},
		{"make sciatica --paper ", []string{"letter", "a4"}, ""},
		{"make sciatica --edition l", []string{"large"}, "bw"},
		{"make sciatica --stretches figure-4,@de", []string{"figure-4,@desk-neck"}, "@desk-neck"},
		{"make sciatica --stretches=cat-cow,fig", []string{"--stretches=cat-cow,figure-4"}, ""},
		{"make sciatica --strict ", []string{"sciatica"}, ""},
		{"batch list.csv --handout kn", []string{"knee-arthritis"}, "knee-to-chest"},
		{"batch list.csv --password b", []string{"birthdate"}, ""},
		{"schema ", []string{"brand", "pack"}, "make"},
		{"list ", []string{"handouts", "packs"}, ""},
		{"init --from ", []string{"sciatica", "figure-4", "@desk-neck"}, "make"},
		{"list stretches --props chair,wa", []string{"chair,wall"}, ""},
		{"help ", []string{"make"}, ""},
		{"draw x.pose --style ", []string{"tone", "bw"}, ""},
		{"make sciatica --brand ", nil, "sciatica"}, // a file
		{"make sciatica --patient ", nil, "sciatica"},
		{"make sciatica --nothing=", nil, ""},
		{"frobnicate ", nil, "make"},
	} {
		got := w.complete(strings.Split(c.line, " "))
		for _, want := range c.want {
			if !slices.Contains(got, want) {
				t.Errorf("%q: no %q in %q", c.line, want, got)
			}
		}
		if c.want == nil && len(got) > 0 || c.not != "" && slices.Contains(got, c.not) {
			t.Errorf("%q: %q", c.line, got)
		}
	}
}

// TestShells asks the shells themselves, those that are here.
func TestShells(t *testing.T) {
	here := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(here, "handout"), ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for shell, script := range map[string]string{
		"bash": `source <(handout help --completion bash)
			ask() { COMP_LINE="$1"; COMP_POINT=${#1}; COMP_WORDS=("${@:2}"); COMP_CWORD=$(($# - 2)); _handout; printf '%s\n' "${COMPREPLY[@]}"; }
			ask "handout make sci" handout make sci
			ask "handout make sciatica --look=ro" handout make sciatica --look = ro
			ask "handout make x --stretches cat-cow,@desk-n" handout make x --stretches cat-cow, @ desk-n
			ask "handout batch l.csv --stretches knee-to" handout batch l.csv --stretches knee-to`,
		"fish": `handout help --completion fish | source
			complete -C 'handout make sci'
			complete -C 'handout make sciatica --look=ro' | string replace -- --look= ''
			complete -C 'handout make x --stretches cat-cow,@desk-n' | string replace cat-cow,@ ''
			complete -C 'handout batch l.csv --stretches knee-to'`,
	} {
		t.Run(shell, func(t *testing.T) {
			if _, err := exec.LookPath(shell); err != nil {
				t.Skip(err)
			}
			c := exec.Command(shell, "-c", script)
			c.Env = append(c.Environ(), "PATH="+here+":/usr/local/bin:/usr/bin:/bin", "HOME="+here)
			out, err := c.CombinedOutput()
			if got := strings.Fields(string(out)); err != nil || !slices.Equal(got, []string{"sciatica", "rows", "desk-neck", "knee-to-chest"}) {
				t.Errorf("%v, %s", err, out)
			}
		})
	}
	t.Run("zsh", func(t *testing.T) {
		if _, err := exec.LookPath("zsh"); err != nil {
			t.Skip(err)
		}
		// compadd and _files answer where there is no line to edit.
		c := exec.Command("zsh", "-fc", `compdef() {}; source <(handout help --completion zsh)
			compadd() { shift 3; print -l -- "$@"; }; _files() { print files; }
			ask() { words=("$@"); CURRENT=$#; _handout; }
			ask handout make sci; ask handout make x --look=ro; ask handout make x --stretches cat-cow,@desk-n
			ask handout batch l.csv --stretches knee-to; ask handout make x --brand ''; ask handout make ''`)
		c.Env = append(c.Environ(), "PATH="+here+":/usr/local/bin:/usr/bin:/bin", "HOME="+here)
		out, err := c.CombinedOutput()
		got := strings.Fields(string(out))
		if err != nil || len(got) < 12 || !slices.Equal(got[:5], []string{"sciatica", "--look=rows", "cat-cow,@desk-neck", "knee-to-chest", "files"}) ||
			!slices.Contains(got[5:], "first-visit") {
			t.Errorf("%v, %s", err, out)
		}
	})
}
