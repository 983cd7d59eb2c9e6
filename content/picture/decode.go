package picture

import "bytes"

// Decode reads a PNG, JPEG, GIF (its first frame), BMP, TIFF, WebP or SVG file,
// told apart by their bytes. The name is used in errors and notes only. Every error is an
// *Error; a file that is damaged or cut short is refused, never half shown.
//
// Pixels become 8-bit sRGB. Orientation (EXIF) is applied; then all metadata,
// and with it places and dates, is gone. What
// has more than MaxKept pixels becomes smaller. Colour profiles (ICC) of primaries
// and curves are heeded in PNG and JPEG, others and gamma are not: the numbers are
// taken for sRGB, and CMYK is converted as if inks were
// perfect, red = (1-cyan)(1-black) and so on, which a note says.
//
// An SVG becomes paths inside its own box, filled with a colour or a gradient
// and seen within clipping paths; masks of opaque shapes become those too. Its
// animation is left out, which a note says. What could not be shown right is
// refused with its line: text, bitmaps, filters, other masks, gradients that
// become transparent, patterns, markers, a group made transparent whose parts
// overlap; so are scripts, entities that are more than plain text, and whatever
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
	case bytes.HasPrefix(data, []byte("BM")):
		return decodeOther("BMP", data)
	case bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")):
		return decodeOther("TIFF", data)
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return decodeOther("WebP", data)
	case looksLikeSVG(data):
		return decodeSVG(data)
	}
	if kind := otherKind(data); kind != "" {
		hint := accepted
		if kind == heic {
			hint = "export it as JPEG; an iPhone takes JPEGs with Settings, Camera, Formats, Most Compatible"
		}
		return nil, refuse("picture-format-unusable", hint, "is %s, which cannot be used", kind)
	}
	return nil, refuse("not-a-picture", accepted, "is not a picture that can be used")
}

const heic = "a HEIC photograph"

// otherKind names what authors are likely to try.
func otherKind(data []byte) string {
	has := func(at int, s string) bool {
		return len(data) >= at+len(s) && string(data[at:at+len(s)]) == s
	}
	switch {
	case has(0, "\x1f\x8b"):
		return "a compressed file, such as .svgz"
	case has(4, "ftyphe"), has(4, "ftypmif1"), has(4, "ftypmsf1"):
		return heic
	case has(4, "ftypavi"):
		return "an AVIF picture"
	case has(0, "%PDF"):
		return "a PDF or Illustrator file"
	case has(0, "%!PS"), has(0, "\xc5\xd0\xd3\xc6"):
		return "an EPS file"
	case has(0, "\xff\xfe"), has(0, "\xfe\xff"):
		return "a UTF-16 text"
	}
	return ""
}
