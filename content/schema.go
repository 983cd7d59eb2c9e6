package content

import (
	"fmt"
	"maps"
	"slices"
)

// Schemas are what Schema describes.
func Schemas() []string { return []string{"brand", "handout", "stretch", "pack"} }

// Schema is the JSON Schema of a brand, of a pack, or of the front matter of a handout or a
// stretch, for editors that complete and check as one types: its keys are those of the tables
// that read the file. It is nil for another kind.
func Schema(kind string) map[string]any {
	var keys []key
	switch kind {
	case "brand":
		keys = new(Brand).keys(nil)
	case "handout":
		keys = new(Handout).keys()
	case "stretch":
		keys = new(Stretch).keys(nil, nil, nil)
	case "pack":
		keys = new(Pack).keys()
	default:
		return nil
	}
	shapes, members := shapesOf(kind), map[string]any{}
	for _, k := range keys {
		members[k.name] = shapes[k.name]
	}
	s := object(members)
	s["$schema"] = "http://json-schema.org/draft-07/schema#" // which editors know best
	s["title"] = "handout: a " + kind
	return s
}

// schema is a JSON Schema, or a part of one.
type schema = map[string]any

// line is a text, or what YAML takes for a number; a key without a value is as good as none.
func line(says string) schema {
	return schema{"type": []string{"string", "number", "boolean", "null"}, "description": says}
}

// lines are one or more.
func lines(says string) schema {
	return schema{"anyOf": []any{line(says), schema{"type": "array", "items": line(says)}}, "description": says}
}

func among(says string, words []string) schema {
	return schema{"enum": append(anys(words), nil), "description": says}
}

// some are one or more of a few words, in a list or with commas between them.
func severalOf(says string, words []string) schema {
	each := schema{"enum": anys(words)}
	return schema{"anyOf": []any{each, schema{"type": "array", "items": each}, schema{"type": "string", "pattern": ","},
		schema{"type": "null"}}, "description": says}
}

func numbered(says string, low, high int) schema {
	return schema{"anyOf": []any{schema{"type": "integer", "minimum": low, "maximum": high},
		schema{"type": "string"}, schema{"type": "null"}}, "description": says}
}

func object(members map[string]any) schema {
	return schema{"type": []string{"object", "null"}, "properties": members, "additionalProperties": false}
}

// byLanguage is a text, or one for each language.
func byLanguage(says string) schema {
	each := schema{"type": []string{"object", "null"}, "additionalProperties": line(says)}
	return schema{"anyOf": []any{line(says), each}, "description": says}
}

func anys(words []string) []any {
	list := make([]any, len(words))
	for i, w := range words {
		list[i] = w
	}
	return list
}

// shapesOf are the values of each kind's keys.
func shapesOf(kind string) map[string]any {
	lang := line("the language, like en, es or pt-BR")
	sources := lines("where the facts are from; not printed")
	switch kind {
	case "handout":
		signed := object(map[string]any{"name": line("who checked the text"), "credential": line("in what capacity"),
			"date": line("when, like 2026-11")})
		signed["description"] = "who has checked the text; printed at the foot"
		return map[string]any{
			"kind": among("what this file is", []string{"handout"}), "title": line("the title"),
			"subtitle": line("a line below the title"), "summary": line("one line for `handout list`"), "lang": lang,
			"version":    line("your own version, printed at the foot"),
			"signed-off": signed, "reviewed": line("names nobody, and is not printed: write signed-off"),
			"sources":         sources,
			"stretches":       lines("the stretches on the page, like cat-cow:reps=5; @NAME is a pack"),
			"stretches-large": lines("the stretches of the large edition"),
			"look":            among("the design of the page", Looks()),
			"not-with":        lines("stretches that are not given with this handout"),
		}
	case "stretch":
		dose := object(doseShapes())
		dose["description"] = "how much of it to do; what is left out is once"
		return map[string]any{
			"kind": among("what this file is", []string{"stretch"}), "name": line("its name"),
			"also": lines("other names it goes by"), "target": line("what is stretched, like calf"),
			"place":    line("where it is done, like floor or bed"),
			"region":   severalOf("what it is for, the main one first", names(Regions())),
			"position": severalOf("how it is done", names(Postures())),
			"props":    severalOf("what it is done with", names(Props())),
			"needs":    line("what it takes, as the page says it, like strap or towel"),
			"summary":  line("one line for `handout list`"), "lang": lang, "dose": dose,
			"figures": lines("one or two: pictures beside this file, poses, or the name of a shipped stretch"),
			"alt":     line("what the picture shows, for someone who cannot see it"),
			"video":   line("a film that shows it: an https address, printed as a code"), "sources": sources,
		}
	case "pack":
		one := doseShapes()
		maps.Copy(one, map[string]any{"stretch": line("its name"), "note": byLanguage("a few words on its card"),
			"video": line("a film that shows it: an https address")})
		each := line("a stretch, like cat-cow:reps=5")
		return map[string]any{
			"name": byLanguage("its name"), "summary": byLanguage("one line for `handout list`"),
			"languages": lines("the languages it speaks, if not those of its name"),
			"stretches": schema{"description": "the stretches that are given together", "anyOf": []any{each,
				schema{"type": "array", "items": schema{"anyOf": []any{each, object(one)}}}}},
		}
	}
	return brandShapes(lang)
}

// doseShapes are those of a dose's parts.
func doseShapes() map[string]any {
	says := [...]string{"how long to hold, like 30s or 1m", "for how many slow breaths to hold",
		"how often, like 10 or 10-12",
		"how many sets", "on which side", "times a day", "days a week",
		"what a repetition is called, like slow round|slow rounds"}
	shapes := map[string]any{"per-week": numbered(says[doseDays], 1, 7)}
	for k, name := range doseKeys {
		shapes[name] = line(says[k])
	}
	shapes["side"] = among(says[doseSide], append(Sides(), "Left", "Right"))
	shapes["sets"], shapes["per-day"] = numbered(says[doseSets], 1, 10), numbered(says[dosePerDay], 1, 12)
	shapes["days"], shapes["breaths"] = numbered(says[doseDays], 1, 7), numbered(says[doseBreaths], 0, 20)
	return shapes
}

func brandShapes(lang schema) map[string]any {
	colour := func(says string) schema {
		return line(says + `: "#1f6f78", in quotes, or a name that CSS has, like teal`)
	}
	letter := object(map[string]any{"subject": line("the subject"), "text": line("the words, with placeholders"),
		"html": line("the same in HTML")})
	mail := object(map[string]any{"from": line("whom mail is from"), "reply-to": line("who is answered"),
		"lock": among("what locks the pages", []string{"birthdate", "random", "column", "none"})})
	mail["additionalProperties"] = letter // by language
	mail["description"] = "how mail is written; by language, its words"
	service := schema{"anyOf": []any{line("a handout's name, or none"), object(map[string]any{
		"handout": line("a handout's name, or none"), "stretches": lines("stretches, with their doses")})}}
	keyed := func(says string, of schema) schema {
		return schema{"type": []string{"object", "null"}, "additionalProperties": of, "description": says}
	}
	between := func(what string, low, high int) string { return fmt.Sprintf("%s, from %d to %d", what, low, high) }
	return map[string]any{
		"name": line("your clinic's name"), "tagline": line("a line below it"),
		"logo":        line("a picture beside this file: SVG, PNG, JPEG, GIF, BMP, TIFF or WebP"),
		"logo-height": line(between("how high it is in mm", 6, 25)),
		"logo-has-name": schema{"enum": []any{true, false, "true", "false", nil},
			"description": "the logo says the name, which is not printed beside it"},
		"colors": object(map[string]any{"main": colour("headings and bands"), "accent": colour("bullets and lines")}),
		"phone":  lines("as it is to be printed"), "phones": lines("as they are to be printed"),
		"address": lines("at most six lines"), "web": line("the address of your pages"),
		"email": line("your e-mail address"),
		"mail":  mail, "booking": line("where patients book: an https address, printed as a code"),
		"therapist": line("who gives the page"), "credential": line("what stands behind the name, like LMT"),
		"country": line("two letters, like US, GB or DE: the emergency number and the paper"), "lang": lang,
		"paper": among("the paper", []string{"letter", "a4"}), "look": among("the design of the page", Looks()),
		"edition":     among("the edition", []string{"standard", "large", "bw"}),
		"small-print": line("the last line of the page"), "fonts": lines("font files beside this one"),
		"min-type": line(between("no main text smaller, in points", 9, 18)),
		"hair":     among("of the people in the pictures", []string{"short", "long"}),
		"skin":     among("of the people in the pictures", []string{"light", "fair", "tan", "brown", "deep"}),
		"services": keyed("which handout goes with which service of a list", service),
		"statuses": keyed("what a list's statuses mean",
			among("what it means", slices.Sorted(slices.Values(Meanings())))),
		"library": lines("folders with texts of your own; . is this file's"),
	}
}
