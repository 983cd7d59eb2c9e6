package picture

import "fmt"

// What a picture may have. A logo or a photograph for one printed page is far
// below each; what is above was not made for a page, or was made to do harm.
const (
	MaxFile   = 32 << 20   // bytes of a file
	MaxSVG    = 1 << 20    // bytes of an SVG file
	MaxSide   = 32_000     // pixels
	MaxPixels = 64_000_000 // a 48-megapixel photograph, and some more
	MaxKept   = 24_000_000 // pixels: of what has more, whole blocks become one
	maxBytes  = 400 << 20  // of memory that a picture may take while it is read
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

const accepted = "use a PNG, JPEG, GIF, BMP, TIFF, WebP or SVG file"

// tooDeep refuses 16 bits a colour where that takes too much memory.
func tooDeep() error {
	return refuse("picture-too-deep", "save it with 8 bits a colour, or make it smaller",
		"has 16 bits a colour and too many pixels for that")
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
