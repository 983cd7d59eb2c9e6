package picture

import (
	"bytes"
	"fmt"
)

// What a picture may have. A logo or a photograph for one printed page is far
// below each; what is above was not made for a page, or was made to do harm.
const (
	MaxFile   = 8 << 20    // bytes of a file
	MaxSVG    = 1 << 20    // bytes of an SVG file
	MaxSide   = 6000       // pixels: 500 mm at 300 to the inch
	MaxPixels = 24_000_000 // a 24-megapixel photograph
)

// Error says why a file cannot be used as a picture, and what to do about it:
// lower case, no full stop. The message starts with the name given to Decode. Code
// names the kind of mistake, and stays when the sentence is put another way.
type Error struct {
	Code    string
	Message string
	Hint    string
}

func (e *Error) Error() string { return e.Message }

// refuse makes an Error whose message is completed by Decode with the name of
// the file in front, so the format starts with a verb.
func refuse(code, hint, format string, args ...any) error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Hint: hint}
}

const accepted = "use a PNG, JPEG, GIF or SVG file"

// Decode reads a PNG, JPEG, GIF (its first frame) or SVG file, told apart by
// their bytes. The name is used in errors and notes only. Every error is an
// *Error; a file that is damaged or cut short is refused, never half shown.
//
// Pixels become 8-bit sRGB. Orientation (EXIF) is applied; then all metadata,
// and with it places and dates, is gone. Colour profiles (ICC) and gamma are
// ignored: the numbers are taken for sRGB, and CMYK is converted as if inks were
// perfect, red = (1-cyan)(1-black) and so on, which a note says.
//
// An SVG becomes filled paths inside its own box. Its gradients become their
// mean colour, and its animation is left out, which notes say. What could not
// be shown right is refused with its line: text, bitmaps, filters, masks,
// patterns, markers, clipping by more than one convex shape, a group made
// transparent whose parts overlap; so are scripts, entities, and whatever
// refers to something outside the file. Nothing is ever fetched.
func Decode(name string, data []byte) (*Picture, error) {
	if name == "" {
		name = "the picture"
	}
	p, err := decode(data)
	if err != nil {
		e := err.(*Error)
		return nil, &Error{e.Code, name + " " + e.Message, e.Hint}
	}
	for i, n := range p.Notes {
		p.Notes[i] = name + ": " + n
	}
	return p, nil
}

func decode(data []byte) (*Picture, error) {
	if len(data) == 0 {
		return nil, refuse("picture-file-empty", "export it again", "is empty")
	}
	if len(data) > MaxFile {
		return nil, refuse("picture-file-too-large", "make it smaller: 2000 pixels across are plenty in print",
			"has %d MB, more than the %d MB a picture may have", (len(data)+1<<20-1)>>20, MaxFile>>20)
	}
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return decodePNG(data)
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return decodeJPEG(data)
	case bytes.HasPrefix(data, []byte("GIF87a")), bytes.HasPrefix(data, []byte("GIF89a")):
		return decodeGIF(data)
	case looksLikeSVG(data):
		return decodeSVG(data)
	}
	if kind := otherKind(data); kind != "" {
		return nil, refuse("picture-format-unusable", accepted, "is %s, which cannot be used", kind)
	}
	return nil, refuse("not-a-picture", accepted, "is not a picture that can be used")
}

// otherKind names what authors are likely to try.
func otherKind(data []byte) string {
	has := func(at int, s string) bool {
		return len(data) >= at+len(s) && string(data[at:at+len(s)]) == s
	}
	switch {
	case has(0, "\x1f\x8b"):
		return "a compressed file, such as .svgz"
	case has(0, "RIFF") && has(8, "WEBP"):
		return "a WebP picture"
	case has(4, "ftyphe"), has(4, "ftypmif1"), has(4, "ftypmsf1"):
		return "a HEIC photograph"
	case has(4, "ftypavi"):
		return "an AVIF picture"
	case has(0, "II*\x00"), has(0, "MM\x00*"):
		return "a TIFF picture"
	case has(0, "BM"):
		return "a BMP picture"
	case has(0, "%PDF"):
		return "a PDF or Illustrator file"
	case has(0, "%!PS"), has(0, "\xc5\xd0\xd3\xc6"):
		return "an EPS file"
	case has(0, "\xff\xfe"), has(0, "\xfe\xff"):
		return "a UTF-16 text"
	}
	return ""
}

// checkSize holds a bitmap's stated size against the limits, before anything
// of that size is made.
func checkSize(w, h int) error {
	switch {
	case w <= 0 || h <= 0:
		return refuse("picture-without-area", "export it again", "has no width or no height")
	case w > MaxSide || h > MaxSide:
		return refuse("picture-side-too-long", "make it smaller: 2000 pixels across are plenty in print",
			"is %d x %d pixels, more than %d on a side", w, h, MaxSide)
	case w*h > MaxPixels:
		return refuse("picture-too-many-pixels", "make it smaller: 2000 pixels across are plenty in print",
			"is %d x %d pixels, more than %d million", w, h, MaxPixels/1_000_000)
	}
	return nil
}
