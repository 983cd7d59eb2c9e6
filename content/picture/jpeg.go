package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"
	"io"
)

// JPEG markers, ITU-T T.81, table B.1.
const (
	mSOF0, mSOF1, mSOF2 = 0xc0, 0xc1, 0xc2
	mDHT                = 0xc4
	mRST0, mRST7        = 0xd0, 0xd7
	mSOI, mEOI          = 0xd8, 0xd9
	mSOS                = 0xda
	mDQT                = 0xdb
	mDRI                = 0xdd
	mAPP0               = 0xe0
	mAPP1               = 0xe1
	mAPP2               = 0xe2
	mAPP14              = 0xee
)

// photo is a JPEG taken apart: what its header segments say, and what of it
// is needed to decode the picture and nothing else.
type photo struct {
	w, h        int
	components  int
	rgb         bool // three components that are not YCbCr
	adobe       int  // Adobe's colour transform, or -1 without its segment
	orientation int  // EXIF, 1 to 8
	icc         []byte
	parts       []byte
}

// decodeJPEG keeps the compressed data of a plain upright photograph, stripped
// of what is not needed to show it, and turns any other into pixels.
func decodeJPEG(data []byte) (*Picture, error) {
	p, err := takeApart(data)
	if err != nil {
		return nil, err
	}
	stream := p.stream()
	m, err := decodeStream(stream)
	if err != nil {
		var no jpeg.UnsupportedError
		if errors.As(err, &no) {
			return nil, unusualJPEG()
		}
		return nil, damaged("JPEG", err)
	}
	if m.Bounds() != image.Rect(0, 0, p.w, p.h) {
		return nil, damaged("JPEG", io.ErrUnexpectedEOF)
	}
	icc := readProfile(p.icc)
	asItIs := icc == nil && p.orientation == 1 && blocks(image.Pt(p.w, p.h)) == 1
	if asItIs && (p.components == 1 || p.components == 3 && !p.rgb) {
		return &Picture{Bitmap: &Bitmap{W: p.w, H: p.h, JPEG: stream, Gray: p.components == 1, lossy: true}}, nil
	}
	cmyk, ok := m.(*image.CMYK)
	if ok && p.adobe < 0 {
		// The decoder takes the numbers as Adobe writes them, upside down;
		// without Adobe's segment they mean what they say.
		for i, v := range cmyk.Pix {
			cmyk.Pix[i] = 255 - v
		}
	}
	b := newBitmap(m)
	b.lossy = true
	if !ok {
		b = b.converted(icc)
	}
	pic := &Picture{Bitmap: b.oriented(p.orientation)}
	if ok {
		pic.Notes = []string{"its print colours (CMYK) were converted and may look different; " +
			"an RGB file keeps its colours"}
	}
	return pic, nil
}

func decodeStream(stream []byte) (image.Image, error) {
	return jpeg.Decode(bytes.NewReader(stream))
}

func unusualJPEG() error {
	return refuse("jpeg-unusual", "save it as PNG, or as a standard JPEG",
		"is a JPEG of an unusual kind, which cannot be used")
}

// maxScans is how many scans a JPEG has at most. A progressive one has about ten; each
// goes over the whole picture, and takes 42 bytes to ask for.
const maxScans = 100

// takeApart walks over a JPEG's segments (T.81, annex B) and keeps the tables,
// the frame and the scans. Application segments (EXIF with places and
// thumbnails, XMP, ICC), comments, and whatever comes after the end are left.
func takeApart(data []byte) (*photo, error) {
	p := &photo{adobe: -1, orientation: 1}
	short := damaged("JPEG", io.ErrUnexpectedEOF)
	jfif := false
	var frame []byte // component identifiers, T.81 B.2.2
	scanned := map[byte]bool{}
	scans := 0
	for i := 2; ; {
		next := bytes.IndexByte(data[i:], 0xff)
		if next < 0 {
			return nil, short
		}
		i += next
		for i < len(data) && data[i] == 0xff {
			i++
		}
		if i == len(data) {
			return nil, short
		}
		marker := data[i]
		i++
		if marker == mEOI {
			break
		}
		if marker <= 0x01 || marker >= mRST0 && marker <= mRST7 {
			continue // no segment follows
		}
		if marker == mSOI || i+2 > len(data) {
			return nil, short
		}
		n := int(binary.BigEndian.Uint16(data[i:]))
		if n < 2 || i+n > len(data) {
			return nil, short
		}
		body := data[i+2 : i+n]
		end := i + n
		keep := false
		switch marker {
		case mSOF0, mSOF1, mSOF2:
			if p.components != 0 || len(body) < 6 || len(body) != 6+3*int(body[5]) {
				return nil, damaged("JPEG", nil)
			}
			p.h, p.w = int(binary.BigEndian.Uint16(body[1:])), int(binary.BigEndian.Uint16(body[3:]))
			if err := checkSize(p.w, p.h); err != nil {
				return nil, err
			}
			p.components = int(body[5])
			if marker == mSOF2 && memory(body) > maxBytes {
				return nil, refuse("jpeg-too-much-memory",
					"save it as a JPEG that is not progressive, or make it smaller",
					"is a progressive JPEG of %d x %d pixels, which takes too much memory", p.w, p.h)
			}
			for c := range p.components {
				frame = append(frame, body[6+3*c])
			}
			keep = true
		case mDHT, mDQT, mDRI:
			keep = true
		case mSOS:
			if len(body) < 1 || len(body) < 1+2*int(body[0]) {
				return nil, damaged("JPEG", nil)
			}
			if scans++; scans > maxScans {
				return nil, refuse("jpeg-too-many-scans", "export it again from a picture program",
					"is a JPEG drawn over more than %d times", maxScans)
			}
			for c := range int(body[0]) {
				scanned[body[1+2*c]] = true
			}
			end = scanEnd(data, end)
			keep = true
		case mAPP0:
			jfif = jfif || bytes.HasPrefix(body, []byte("JFIF\x00"))
		case mAPP1:
			if tiff, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok {
				p.orientation = exifOrientation(tiff)
			}
		case mAPP2:
			if icc, ok := bytes.CutPrefix(body, []byte("ICC_PROFILE\x00")); ok && len(icc) > 2 &&
				len(p.icc)+len(icc) < maxProfile {
				p.icc = append(p.icc, icc[2:]...) // every writer has its parts in order
			}
		case mAPP14:
			if len(body) >= 12 && bytes.HasPrefix(body, []byte("Adobe")) {
				p.adobe = int(body[11])
			}
		default:
			// The other frames: lossless, differential or arithmetic coding.
			if marker > mSOF2 && marker < mRST0 && marker != 0xc8 && marker != 0xcc {
				return nil, unusualJPEG()
			}
		}
		if keep {
			p.parts = append(append(p.parts, 0xff, marker), data[i:end]...)
		}
		i = end
	}
	if p.components == 0 {
		return nil, short
	}
	for _, id := range frame {
		if !scanned[id] { // a scan is missing: the decoder would show the rest
			return nil, short
		}
	}
	// The rules of libjpeg, which the readers of PDF follow.
	p.rgb = !jfif && (p.adobe == 0 || p.adobe < 0 && string(frame) == "RGB")
	return p, nil
}

// memory is how many bytes it takes to decode a progressive frame: four for each
// coefficient, and the samples (T.81, B.2.2).
func memory(frame []byte) int {
	h, w := int(binary.BigEndian.Uint16(frame[1:])), int(binary.BigEndian.Uint16(frame[3:]))
	sum, most := 0, 1
	for c := range int(frame[5]) {
		n := int(frame[7+3*c]>>4) * int(frame[7+3*c]&15)
		sum, most = sum+n, max(most, n)
	}
	return w * h / most * sum * 5
}

// scanEnd is where the coded data that begin at i stop: at the next marker
// that is neither a stuffed zero nor a restart (T.81, B.1.1.5).
func scanEnd(data []byte, i int) int {
	for {
		next := bytes.IndexByte(data[i:], 0xff)
		if next < 0 || i+next+1 >= len(data) {
			return len(data)
		}
		i += next
		switch m := data[i+1]; {
		case m == 0xff:
			i++
		case m == 0, m >= mRST0 && m <= mRST7:
			i += 2
		default:
			return i
		}
	}
}

// stream is the photograph as a file again, with the one application segment
// that tells every decoder the same about its colours.
func (p *photo) stream() []byte {
	// JFIF 1.02: YCbCr or gray, square pixels, no thumbnail.
	head := "\xff\xe0\x00\x10JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00"
	if p.rgb || p.components == 4 {
		head = "\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00" + string([]byte{byte(max(p.adobe, 0))})
	}
	s := make([]byte, 0, len(head)+len(p.parts)+4)
	s = append(s, 0xff, mSOI)
	s = append(s, head...)
	s = append(s, p.parts...)
	return append(s, 0xff, mEOI)
}

// exifOrientation finds the orientation in the first directory of a TIFF block
// (EXIF 2.32, 4.5 and 4.6.4); 1, upright, where it is not told or makes no sense.
func exifOrientation(tiff []byte) int {
	const tagOrientation, typeShort = 0x0112, 3
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == tagOrientation && order.Uint16(entries[2:]) == typeShort {
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			break
		}
		entries = entries[12:]
	}
	return 1
}
