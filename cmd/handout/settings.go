package main

import (
	"github.com/spf13/pflag"

	"handout/cmd/handout/internal/press"
	"handout/output/store"
)

// all are the flags that a verb has so far.
func (f *flags) all() (list []*pflag.Flag) {
	f.VisitAll(func(g *pflag.Flag) { list = append(list, g) })
	return list
}

// settingsOf are the flags that were given, of those that pages depend on, for the ledger. Paths are whole:
// whoever asks for a page again may stand in another folder.
func settingsOf(pages []*pflag.Flag) store.Settings {
	settings := store.Settings{}
	for _, g := range pages {
		if !g.Changed {
			continue
		}
		values := []string{g.Value.String()}
		if list, ok := g.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for i, v := range values {
			switch {
			case g.Name == "brand" && v == "":
				values[i] = "none" // as it was typed
			case g.Name == "brand", g.Name == "library", g.Name == "handout" && press.IsPath(v):
				values[i] = press.WholePath(v)
			case g.Name == "stretches":
				values[i] = press.WholeStretches(v)
			}
		}
		settings[g.Name] = values
	}
	return settings
}

// settingArgs are a run's settings as they would be typed.
func settingArgs(settings store.Settings) []string {
	var args []string
	for name, values := range settings {
		for _, v := range values {
			args = append(args, "--"+name+"="+v)
		}
	}
	return args
}
