package serve

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"handout/cmd/handout/internal/day"
	"handout/cmd/handout/internal/press"
	"handout/content"
	"handout/layout"
	"handout/output/mail"
)

// Config is what a server is opened with.
type Config struct {
	Press  press.Config
	Brands string           // a folder with other clinics' brands; empty: none
	Hosts  []string         // the names it goes by, as a Host header has them
	Far    bool             // who asks is at other computers: what is large is packed
	Tokens *Tokens          // nil: whoever reaches it may ask
	Key    *Tokens          // of the page in the browser, or the server's; nil: there is no page
	Days   string           // the folder of the days that the page makes; below it is one for each
	Mail   *mail.Server     // that sends what the page mails; nil: none
	Home   *Home            // where the page keeps things; nil: it is for other computers, and keeps none
	Proof  Proof            // of the page
	Today  func() time.Time // the day, at midnight UTC
	Now    func() time.Time // on the clinic's wall
	Say    Voice
	Day    day.Voice                 // for a day's report
	Log    func(line string)         // nil: nothing is logged
	Show   func(folder string) error // opens a folder where files are looked at; nil: nothing does
	Grace  time.Duration             // for what is under way when it stops
}

// Voice makes sentences of how a page came to fit.
type Voice struct {
	Cut     func(layout.Concession) string
	Notes   func(*layout.Fitting) []string
	TooLong func(*layout.OverflowError) *content.Error
}

// Server makes pages for whoever asks.
type Server struct {
	config   Config
	say      Voice
	clinics  clinics
	handler  http.Handler  // the guard, and behind it the routes
	batches  chan struct{} // has an entry for each that is under way
	postbox  postbox
	buffers  sync.Pool
	patience time.Duration // with which a single page waits for a desk
	keeping  sync.Mutex    // of what writes files
	stopping atomic.Bool
	ended    context.Context // over when no row may be begun any more
	end      context.CancelFunc
	left     context.Context // over when the page has said stop
	leave    context.CancelFunc
}

// postbox is what mail is sent with.
type postbox struct {
	mu       sync.Mutex
	password string // as it was typed in the page; empty: not yet
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// log writes a line, if somebody reads it.
func (s *Server) log(line string) {
	if s.config.Log != nil {
		s.config.Log(line)
	}
}
