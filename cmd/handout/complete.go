package main

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"handout/cmd/handout/internal/press"
	"handout/content"
)

// What a shell completes. The scripts of bash, zsh and fish know nothing of handout: they ask
// `handout help --complete` what may stand next, so that a flag is completed as soon as it is there.

// shells are the scripts, by the shell.
var shells = map[string]string{"bash": bashScript, "zsh": zshScript, "fish": fishScript}

// The words are those of the line up to the cursor. Bash breaks some of them once more, at "=", ":" and "@",
// and wants what stands after the last break alone.
const bashScript = `# bash completion for handout: source <(handout help --completion bash)
_handout() {
	local words cur=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE:0:COMP_POINT} last found
	read -ra words <<<"$line"
	[[ $line == *" " ]] && words+=("")
	last=${words[${#words[@]} - 1]}
	[[ $cur == [=:@] ]] && cur=
	COMPREPLY=()
	while IFS= read -r found; do
		COMPREPLY+=("${found#"${last%"$cur"}"}")
	done < <("${words[0]}" help --complete -- "${words[@]:1}" 2>/dev/null)
}
complete -o default -F _handout handout
`

const zshScript = `#compdef handout
# zsh completion for handout: source <(handout help --completion zsh)
_handout() {
	local -a found
	found=(${(f)"$(${words[1]} help --complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)"})
	if (( $#found )); then compadd -V handout -- $found; else _files; fi
}
if [ "$funcstack[1]" = _handout ]; then _handout; else compdef _handout handout; fi
`

const fishScript = `# fish completion for handout: handout help --completion fish | source
function __handout
	set -l words (commandline -opc) (commandline -ct)
	set -l found ($words[1] help --complete -- $words[2..-1] 2>/dev/null)
	if set -q found[1]
		printf '%s\n' $found
	else
		__fish_complete_path (commandline -ct)
	end
end
complete -c handout -f -k -a '(__handout)'
`

// helpAsked is a verb whose help was asked for, with all flags it has.
type helpAsked struct{ flags *flags }

func (*helpAsked) Error() string { return pflag.ErrHelp.Error() }
func (*helpAsked) Unwrap() error { return pflag.ErrHelp }

// flagsOf are the flags of a verb: it names them, and does no more, when it is asked for help.
func (w *world) flagsOf(v verb) *flags {
	var asked *helpAsked
	_, err := v.run(&world{in: strings.NewReader(""), out: io.Discard, err: io.Discard, env: w.env, now: w.now,
		verbs: w.verbs}, []string{"--help"})
	if !errors.As(err, &asked) {
		return newFlags(v.name)
	}
	return asked.flags
}

// choosing is a flag whose value is one of a few words.
type choosing interface{ choices() []string }

// complete is what the last of the words on a command line may become; nothing where it is a file, or anything.
func (w *world) complete(words []string) []string {
	if len(words) == 0 {
		return nil
	}
	last := words[len(words)-1]
	if len(words) == 1 {
		var names []string
		for _, v := range w.verbs {
			names = append(names, v.name)
		}
		return beginning(last, "", names)
	}
	i := slices.IndexFunc(w.verbs, func(v verb) bool { return v.name == words[0] })
	if i < 0 {
		return nil
	}
	f := w.flagsOf(w.verbs[i])
	if name, value, ok := strings.Cut(last, "="); ok && strings.HasPrefix(name, "--") {
		return w.values(f.Lookup(name[2:]), value, name+"=", words)
	}
	if before, ok := strings.CutPrefix(words[len(words)-2], "--"); ok {
		if g := f.Lookup(before); g != nil && g.NoOptDefVal == "" {
			return w.values(g, last, "", words)
		}
	}
	if strings.HasPrefix(last, "-") {
		var names []string
		f.VisitAll(func(g *pflag.Flag) { names = append(names, "--"+g.Name) })
		return beginning(last, "", names)
	}
	return beginning(last, "", w.operands(words))
}

// values are what may be a flag's value, each with what stands before it in the same word.
func (w *world) values(g *pflag.Flag, value, before string, words []string) []string {
	if g == nil {
		return nil
	}
	var names []string
	if c, ok := g.Value.(choosing); ok {
		names = c.choices()
	} else if g.Name == "stretches" {
		names = w.library(words, "stretches", "packs")
	} else if g.Name == "from" {
		names = w.library(words, "handouts", "stretches", "packs")
	} else if g.Name == "handout" {
		names = w.library(words, "handouts")
	}
	comma := strings.LastIndex(value, ",") + 1 // of a list the last is completed, whatever comes before it
	return beginning(value[comma:], before+value[:comma], names)
}

// operands are what may stand after a verb without a flag.
func (w *world) operands(words []string) (names []string) {
	switch words[0] {
	case "make", "check":
		return w.library(words, "handouts")
	case "schema":
		return content.Schemas()
	case "list":
		return slices.Clone(lists)
	case "help":
		for _, v := range w.verbs {
			names = append(names, v.name)
		}
	}
	return names
}

// library are the ids of a library's kinds: of that of the folders and the clinic on the line too. What
// cannot be read is not offered.
func (w *world) library(words []string, kinds ...string) (names []string) {
	said := func(flag string) (values []string) {
		for i, word := range words {
			if value, ok := strings.CutPrefix(word, flag+"="); ok {
				values = append(values, value)
			} else if word == flag && i+2 < len(words) {
				values = append(values, words[i+1])
			}
		}
		return values
	}
	brand, _ := w.clinicHere()
	for _, brand = range said("--brand") {
	}
	folders := press.Libraries(said("--library"))
	if clinic, err := press.OpenClinic(brand); err == nil {
		folders = clinic.Libraries(brand, said("--library"))
	}
	for _, kind := range kinds {
		rows, _ := listLibrary(kind, content.Query{}, "", folders)
		for _, r := range rows {
			names = append(names, r.ID)
		}
	}
	return names
}

// beginning are those of the names that begin so, each with what stands before it.
func beginning(with, before string, names []string) (found []string) {
	for _, name := range names {
		if strings.HasPrefix(name, with) {
			found = append(found, before+name)
		}
	}
	return found
}
