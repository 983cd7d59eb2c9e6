package output

import (
	"io"
	"time"

	"handout/layout"
)

// shared is the writer of tests that ask for none of their own.
var shared = NewWriter()

func PDF(p *layout.Page, made time.Time) ([]byte, error) { return shared.PDF(nil, p, made) }

func PDFLocked(p *layout.Page, made time.Time, lock Lock) ([]byte, error) {
	return shared.Locked(p, made, lock)
}

func NewPrint(to io.Writer, about About) (*Print, error) { return shared.Print(to, about) }

func AppendSVG(b []byte, p *layout.Page) ([]byte, error) { return shared.SVG(b, p) }
