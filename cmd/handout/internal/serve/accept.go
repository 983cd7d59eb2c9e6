package serve

import (
	"iter"
	"maps"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// likings are what the lines of a header would have, and how much each (RFC 9110, 12.4.2).
func likings(header []string) iter.Seq2[string, float64] {
	return func(yield func(string, float64) bool) {
		for part := range strings.SplitSeq(strings.Join(header, ","), ",") {
			name, parameters, err := mime.ParseMediaType(part)
			if err != nil {
				continue
			}
			q := 1.0
			if text, ok := parameters["q"]; ok {
				if q, err = strconv.ParseFloat(text, 64); err != nil {
					q = 0
				}
			}
			if !yield(name, q) {
				return
			}
		}
	}
}

// unpacks tells whether who asks can unpack (RFC 9110, 12.5.3).
func unpacks(r *http.Request) bool {
	liked := maps.Collect(likings(r.Header.Values("Accept-Encoding")))
	q, ok := liked["gzip"]
	if !ok {
		q = liked["*"]
	}
	return q > 0
}
