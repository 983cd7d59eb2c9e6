package sheet

import (
	"errors"
	"strings"

	"golang.org/x/text/encoding"

	"handout/content"
	"handout/content/codepage"
)

// Decode makes UTF-8 of a text file: of what it is said to be (see Encoding; "" for
// nothing), or bears a mark of, or shows itself to be. The note, if there is one,
// says what had to be decided.
func Decode(text, said string) (decoded, note string, err error) {
	var from encoding.Encoding
	if said != "" {
		if from, err = Encoding(said); err != nil {
			return "", "", err
		}
	}
	text, as, err := codepage.Decode(text, from)
	var unsure codepage.Unsure
	switch {
	case errors.As(err, &unsure):
		return "", "", fault("unknown-encoding",
			"save it as CSV in UTF-8; or say what it is, for example --encoding "+codepage.Label(unsure.Best)+
				" or --encoding "+codepage.Label(unsure.Other),
			"the list is not UTF-8, and its encoding cannot be told for certain")
	case err != nil:
		return "", "", fault("unreadable-text", "save it as CSV in UTF-8", "the text cannot be read")
	case as.Guessed:
		note = "the list is not UTF-8; it was read as " + as.Name + ", if that is wrong, --encoding says which it is"
	}
	text = strings.TrimRight(text, "\x00\x1a") // of DOS, and of a disk that filled up
	// Old Macs end lines with CR alone. One in the midst of a cell ends none.
	if lf := strings.Count(text, "\n"); strings.Count(text, "\r")-strings.Count(text, "\r\n") > lf {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	return text, note, nil
}

// Encoding finds an encoding by what people call it. The error is content.Errors.
func Encoding(name string) (encoding.Encoding, error) {
	if e := codepage.Named(name); e != nil {
		return e, nil
	}
	names := codepage.Names()
	hint := "there are UTF-8, UTF-16LE, " + strings.Join(names, ", ")
	if near := content.Closest(name, names); near != "" {
		hint = "did you mean " + content.Quoted(near)
	}
	return nil, fault("no-such-encoding", hint, "no encoding is called %s", content.Quoted(name))
}
