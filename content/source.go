package content

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"handout/content/codepage"
)

// Limits on what an author hands in. A page of text has 4 kB; what is larger
// than these is not a handout, and would only cost time: the libraries that read
// Markdown and YAML take the square of a paragraph's length for some that are
// built to make them.
const (
	maxText   = 96 << 10 // bytes of a handout or stretch
	maxRun    = 10_000   // bytes of a handout between two blank lines
	maxYAML   = 64 << 10 // bytes of a front matter, a brand or a file of words
	maxLines  = 2_000    // lines of them
	maxDeep   = 32       // brackets within brackets in YAML
	maxFigure = 1 << 20  // bytes of a traced figure
	maxPose   = 64 << 10 // bytes of a pose
	maxFont   = 20 << 20 // bytes of a font file
	maxErrors = 100      // mistakes told of one file
)

// Folder is a file system whose files people know by other names than those in it:
// mistakes are told of those.
type Folder struct {
	fs.FS
	Called func(name string) string
}

func (f Folder) called(name string) string { return f.Called(name) }

// called is what people call a file.
func called(fsys fs.FS, name string) string {
	if f, ok := fsys.(interface{ called(string) string }); ok {
		return f.called(name)
	}
	return name
}

// source is a text file as an author wrote it, with line ends made "\n" and
// characters no page can hold made spaces, so that every place in it is a place
// in the file.
type source struct {
	name  string // in its file system
	shown string // what people call it
	text  []byte
	lines []int  // offsets of the first bytes of the lines that programs count, made when a place is first asked for
	notes Errors // what had to be understood to read it
	ended bool   // by signs that programs count no line by

	encoding string // of the file, if it is not UTF-8

	// of a word processor's document, whose lines are its paragraphs
	doc             bool
	title, subtitle string
}

// newSource checks that data is text. Its mistakes go to errs; it returns nil if
// nothing more can be read from data.
func newSource(name, shown string, data []byte, errs *Errors) *source {
	file := Position{File: shown}
	if len(data) > maxText {
		errs.add(file, "file-too-large", "a page of text has about 4 kB; pictures are files of their own",
			"the file is larger than %d kB", maxText>>10)
		return nil
	}
	var notes Errors
	data, encoding := decoded(data)
	if encoding != "" {
		notes.add(file, "read-as-encoding", "", "the file is not UTF-8; it was read as %s", encoding)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if zeros := bytes.Count(data, []byte{0}); zeros > 8 && zeros > len(data)/64 {
		errs.add(Position{shown, 1, 1}, "no-text", "name a file of text: .md, .txt or .docx", "this is not a text file")
		return nil
	}
	for _, end := range []string{"\r\n", "\r"} {
		if bytes.Contains(data, []byte(end)) {
			data = bytes.ReplaceAll(data, []byte(end), []byte("\n"))
		}
	}
	s := &source{name: name, shown: shown, text: data, notes: notes, encoding: encoding}
	if bytes.ContainsAny(data, otherEnds) {
		s.endLines()
		data = s.text
	}
	owned := false
	for i := 0; i < len(data); {
		r, n := rune(data[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(data[i:])
		}
		switch {
		case r == utf8.RuneError && n == 1:
			errs.add(s.at(i), "not-utf", "save the file as UTF-8", "this is not UTF-8 text")
			return nil
		case unicode.IsControl(r) && r != '\n' && r != '\t':
			var at Position
			if len(*errs) < maxErrors {
				at = s.at(i)
			} else { // they are counted, not told
				at = (*errs)[len(*errs)-1].Position
			}
			errs.add(at, "control-character", "delete it", "there is a control character (U+%04X) here", r)
			if !owned {
				s.text = bytes.Clone(data)
				data, owned = s.text, true
			}
			for k := range n {
				data[i+k] = ' '
			}
		}
		i += n
	}
	return s
}

// otherEnds end a line, and no program counts it: Word's line in a paragraph, a page's end, Unicode's own.
const otherEnds = "\v\f\u0085\u2028\u2029"

// endLines makes "\n" of them. Mistakes are told of the lines that an editor shows.
func (s *source) endLines() {
	text := make([]byte, 0, len(s.text))
	s.lines, s.ended = []int{0}, true
	for rest := s.text; ; {
		i := bytes.IndexAny(rest, "\n"+otherEnds)
		if i < 0 {
			s.text = append(text, rest...)
			return
		}
		end, n := utf8.DecodeRune(rest[i:])
		text = append(append(text, rest[:i]...), '\n')
		if rest = rest[i+n:]; end == '\n' {
			s.lines = append(s.lines, len(text))
		}
	}
}

// spot is the place of a character in a line of the text, both counted from 1.
func (s *source) spot(line, column int) Position {
	if !s.ended {
		return Position{File: s.shown, Line: line, Column: column}
	}
	at := 0
	for ; line > 1; line-- {
		i := bytes.IndexByte(s.text[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
	}
	for ; column > 1 && at < len(s.text) && s.text[at] != '\n'; column-- {
		_, n := utf8.DecodeRune(s.text[at:])
		at += n
	}
	return s.at(at)
}

// at is the place of the byte at offset.
func (s *source) at(offset int) Position {
	if s.lines == nil {
		s.lines = []int{0}
		for i, c := range s.text {
			if c == '\n' {
				s.lines = append(s.lines, i+1)
			}
		}
	}
	offset = max(0, min(offset, len(s.text)))
	line := sort.SearchInts(s.lines, offset+1) - 1
	column := utf8.RuneCount(s.text[s.lines[line]:offset]) + 1
	return Position{File: s.shown, Line: line + 1, Column: column}
}

// readFile reads at most limit bytes of a file, or says in a plain sentence why not.
func readFile(fsys fs.FS, name string, limit int) ([]byte, error) {
	if !fs.ValidPath(name) {
		return nil, Errorf("path-outside", "", "this is not a path inside the folder")
	}
	f, err := fsys.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, Errorf("no-such-file", "", "there is no such file")
	case errors.Is(err, fs.ErrPermission):
		return nil, Errorf("file-forbidden", "", "there is no permission to read the file")
	case err != nil:
		return nil, Errorf("file-unopened", "", "the file cannot be opened")
	}
	defer f.Close()
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		return nil, Errorf("folder-not-file", "", "this is a folder, not a file")
	}
	size := 0
	if err == nil {
		size = int(min(info.Size(), int64(limit)))
	}
	b := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	if _, err = b.ReadFrom(io.LimitReader(f, int64(limit)+1)); err != nil {
		return nil, Errorf("file-unread", "", "the file cannot be read")
	}
	if b.Len() > limit {
		if limit < 1<<20 {
			return nil, Errorf("file-too-large", "", "the file is larger than %d kB", limit>>10)
		}
		return nil, Errorf("file-far-too-large", "", "the file is larger than %d MB", limit>>20)
	}
	return b.Bytes(), nil
}

// readSource reads a text file; a mistake is told at the file itself.
func readSource(fsys fs.FS, name string) (*source, Errors) {
	var errs Errors
	data, err := readFile(fsys, name, maxText)
	if err != nil {
		errs.join(placed(err, Position{File: called(fsys, name)}))
		return nil, errs
	}
	return newSource(name, called(fsys, name), data, &errs), errs
}

// beside is the path of a file an author names from within the file at name, or
// an error if it leads out of the author's folder. It may be written as on Windows, wherever it is read.
func beside(name, target string) (string, error) {
	if onDrive(target) {
		return "", Errorf("path-on-drive", "", "a path that begins with a drive letter works on one computer only")
	}
	target = strings.ReplaceAll(target, `\`, "/")
	p := path.Join(path.Dir(name), target)
	if target == "" || path.IsAbs(target) || !fs.ValidPath(p) || p == "." {
		return "", Errorf("path-leads-out", "", "the path leads out of the folder")
	}
	return p, nil
}

// onDrive tells the path of a file as Windows has it from the top: C:\logo.png, \\server\logo.png.
func onDrive(path string) bool {
	if strings.HasPrefix(path, `\\`) {
		return true
	}
	letter := len(path) > 2 && (path[0]|0x20 >= 'a' && path[0]|0x20 <= 'z')
	return letter && path[1] == ':' && (path[2] == '\\' || path[2] == '/')
}

// finish sorts a file's mistakes and keeps their number within reason.
func (e Errors) finish() error {
	err := e.err()
	if len(e) <= maxErrors {
		return err
	}
	kept := e[:maxErrors:maxErrors]
	kept.add(kept[maxErrors-1].Position, "more-mistakes", "",
		"there are %d more mistakes after this one", len(e)-maxErrors)
	return kept
}

// decoded is a text in UTF-8, and what it was; data as it is if that cannot be told.
func decoded(data []byte) (text []byte, as string) {
	if utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 {
		return data, ""
	}
	s, found, err := codepage.Decode(string(data), nil)
	if err != nil || found.Broken || found.Name == "" {
		return data, ""
	}
	return []byte(s), found.Name
}
