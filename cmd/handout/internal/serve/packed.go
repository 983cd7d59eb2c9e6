package serve

import (
	"bytes"
	"mime"
	"net/http"
	"slices"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// What is large and text is packed for who reads it over a network: a page as a picture is an eighth of itself.
// That its length tells something of it is no leak here: nobody who puts words of their own into an answer
// can have another's browser ask for it, since that takes a token and no cookie is one.

// packable are the types that are packed. A PDF and a ZIP are so already.
var packable = []string{"application/json", "application/yaml", "application/manifest+json", "image/svg+xml",
	"font/ttf", "text/css", "text/html", "text/javascript"}

// fitsAPacket is what goes in one piece anyway.
const fitsAPacket = 1400

var gzips = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// packed is the file as it is sent, and says so in the head; the file itself where it is not packed.
func packed(w http.ResponseWriter, kind string, data []byte) []byte {
	to, ok := w.(*recorder)
	kind, _, err := mime.ParseMediaType(kind)
	if !ok || !to.far || err != nil || !slices.Contains(packable, kind) {
		return data
	}
	h := w.Header()
	h.Set("Vary", "Accept-Encoding")
	if !to.unpacks || len(data) < fitsAPacket {
		return data
	}
	var b bytes.Buffer
	gz := gzips.Get().(*gzip.Writer)
	defer gzips.Put(gz)
	gz.Reset(&b)
	_, _ = gz.Write(data) // into memory
	_ = gz.Close()
	h.Set("Content-Encoding", "gzip")
	return b.Bytes()
}
