package serve

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// Over a network what is large and text is packed for who can unpack it, on this computer nothing is; and it is the same
// in the end. It is tried at all routes, so that a new one is in it by itself.
func TestPacked(t *testing.T) {
	list, _ := tokens(t)
	const token = "Authorization: Bearer first-token-of-the-tests"
	far, near := strangers(t, list), dayClinic(t, Config{Key: list})
	n := 0
	for _, r := range far.routes() {
		what, body := asked(r)
		plain := ask(far, what, body, token)
		kind, _, _ := strings.Cut(plain.Header().Get("Content-Type"), ";")
		text := kind != "application/pdf" && kind != "application/zip" && kind != "text/plain"
		if vary := plain.Header().Get("Vary"); plain.Code != 200 || plain.Header().Get("Content-Encoding") != "" || (vary == "Accept-Encoding") != text {
			t.Errorf("%s: %d, %s, Vary: %s", r.pattern, plain.Code, kind, vary)
		}
		for accepted, want := range map[string]bool{"gzip": true, "gzip, deflate, br, zstd": true, "br;q=1, gzip;q=0.1": true, "*": true,
			"": false, "br": false, "gzip;q=0": false, "*;q=0": false, "gzip;q=0, *": false, "identity": false, "gzip;q=x": false, ";;,": false} {
			w := ask(far, what, body, token, "Accept-Encoding: "+accepted)
			want = want && text && plain.Body.Len() >= fitsAPacket
			if (w.Header().Get("Content-Encoding") == "gzip") != want || w.Header().Get("Vary") != plain.Header().Get("Vary") {
				t.Errorf("%s, Accept-Encoding %q: %v", r.pattern, accepted, w.Header())
				continue
			}
			if kind == "application/zip" { // its files have times
				continue
			}
			got := w.Body.Bytes()
			if want {
				n++
				if len(got)*2 > plain.Body.Len() {
					t.Errorf("%s: %d bytes of %d", r.pattern, len(got), plain.Body.Len())
				}
				z, err := gzip.NewReader(bytes.NewReader(got))
				if err != nil {
					t.Fatal(err)
				}
				if got, err = io.ReadAll(z); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(got, plain.Body.Bytes()) {
				t.Errorf("%s, Accept-Encoding %q: another answer", r.pattern, accepted)
			}
			if tag := w.Header().Get("ETag"); tag != "" {
				again := ask(far, what, body, token, "If-None-Match: "+tag, "Accept-Encoding: "+accepted)
				if again.Code != 304 || again.Header().Get("ETag") != tag || again.Header().Get("Vary") != "Accept-Encoding" {
					t.Errorf("%s: %d %v", r.pattern, again.Code, again.Header())
				}
			}
		}
	}
	if n < 20 {
		t.Errorf("%d answers are packed", n)
	}
	for _, r := range near.routes() {
		what, body := asked(r)
		w := ask(near, what, body, token, "Accept-Encoding: gzip")
		if w.Header().Get("Content-Encoding") != "" || w.Header().Get("Vary") != "" {
			t.Errorf("%s on this computer: %v", r.pattern, w.Header())
		}
	}
}
