package main

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"handout/cmd/handout/internal/day"
	"handout/cmd/handout/internal/press"
	"handout/cmd/handout/internal/serve"
)

const servePage = `handout serve: a page in the browser to make handouts, until Ctrl-C

  handout serve
  handout serve --brand clinic.yaml --library my-clinic
  handout serve --listen :8443 --host handouts.example --token-file tokens
                --tls-cert cert.pem --tls-key key.pem

On this computer alone, at http://127.0.0.1:8787: type a name, choose stretches
by their pictures, see the page as it will print. If it already runs, that
page is opened. A double click on the program does the same.

Practice software posts a page there as JSON and gets its PDF: /openapi.yaml
describes it, docs/programs.md shows how. No word about a patient is kept or
logged.

The pages
  --brand FILE        your clinic's file
  --brands DIR        a folder of other clinics' files, NAME.yaml, for requests
                      that say "clinic": "NAME"
  --library DIR       a folder of your own handouts and stretches; repeatable. A
                      file that you save there is on the next page

Here
  --home DIR          where the page keeps the clinic's settings, packs and
                      handouts, in place of Handouts among your documents
  --port N            in place of 8787, or 0 for any; without it one of the next
                      ten, if 8787 is taken
  --no-open           open no browser; print the page's address, with its key
  --new-key           make another key: open pages must be opened again
  --smtp URL          the server that sends what the page mails, as in "handout
                      send"; its password is asked for in the page, or is in
                      HANDOUT_SMTP_PASSWORD; --insecure-plain as there, and
                      --smtp-token-command, --smtp-token-file

Elsewhere
  --listen ADDR       for other computers: an address and a port, like :8443
  --host NAME         what they call this one; repeatable
  --token-file FILE   who may ask: a token a line, # before remarks; read again
                      when it changes
  --tls-cert FILE     the certificate, and
  --tls-key FILE      its key; or
  --behind-proxy      the proxy in front of it encrypts
  --page              the page too, which asks for a token; without settings,
                      packs of one's own, day lists and mail

  --json              say the address as JSON, for programs: docs/json.md
  --log               a line per request on standard error: when, what kind, how
                      it went; no word of the request itself
`

// service is a server as it is asked for.
type service struct {
	config serve.Config
	ports  []int // on this computer, the first one that is free
	listen string
	hosts  []string
	tls    *tls.Config
	noOpen bool
	key    string // of the page; empty: there is none
}

// usualPort is where it is found on this computer, and sparePorts how many come after it.
const (
	usualPort  = 8787
	sparePorts = 10
)

// stopGrace is how long what is under way may take when it is to stop.
const stopGrace = 10 * time.Second

// serving is where the server is.
type serving struct {
	Address string `json:"address"`
	Running bool   `json:"running,omitempty"` // already
}

func (s *serving) print(to io.Writer) error {
	_, err := fmt.Fprintln(to, s.Address)
	return err
}

func runServe(w *world, args []string) (answer, error) {
	s, err := readService(w, args)
	if err != nil {
		return nil, err
	}
	on, running, err := s.open()
	if err != nil {
		return nil, err
	}
	if running != "" {
		return s.show(w, running, true), nil
	}
	defer on.Close()
	s.config.Hosts = s.names(on.Addr().(*net.TCPAddr).Port)
	server, err := serve.Open(s.config)
	if err != nil {
		return nil, err
	}
	scheme := "http"
	if s.tls != nil {
		on, scheme = tls.NewListener(on, s.tls), "https"
	}
	ctx, stop := untilStopped()
	defer stop()
	if w.say(s.show(w, scheme+"://"+s.config.Hosts[0], false), nil) != exitDone {
		return nil, errSaid
	}
	return nil, server.Serve(ctx, on)
}

// show opens the page of the server, and gives where it is.
func (s *service) show(w *world, address string, running bool) *serving {
	said := &serving{Address: address, Running: running}
	if s.noOpen && s.key != "" {
		said.Address += "/#k=" + s.key
	}
	if s.key != "" && !s.noOpen {
		if err := openPage(address, s.key); err != nil {
			w.note("no browser could be opened; `handout serve --no-open` prints the address of the page")
		}
	}
	return said
}

// readService checks all that can be checked of a command line before any work.
func readService(w *world, args []string) (*service, error) {
	s := &service{}
	c := &s.config
	c.Press.Machine, c.Press.Figures, c.Grace = w.machine, w.figures, stopGrace
	c.Show = showFolder
	c.Say = serve.Voice{Cut: conceded, Notes: fitNotes, TooLong: tooLongInJSON}
	c.Day = day.Voice{Fit: fitSaid, Mistakes: mistakes}
	c.Now = func() time.Time {
		now, _ := clock(w.env) // it could be read when the program began
		return now
	}
	c.Today = func() time.Time {
		now := c.Now()
		return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	}
	f := newFlags("serve")
	f.StringVar(&c.Press.Brand, "brand", "", "")
	f.StringVar(&c.Brands, "brands", "", "")
	f.StringArrayVar(&c.Press.Library, "library", nil, "")
	home := f.String("home", "", "")
	port := f.Int("port", usualPort, "")
	f.StringVar(&s.listen, "listen", "", "")
	f.StringArrayVar(&s.hosts, "host", nil, "")
	tokens := f.String("token-file", "", "")
	cert, key := f.String("tls-cert", "", ""), f.String("tls-key", "", "")
	proxy := f.Bool("behind-proxy", false, "")
	page := f.Bool("page", false, "")
	log := f.Bool("log", false, "")
	smtp, plain := f.String("smtp", "", ""), f.Bool("insecure-plain", false, "")
	var l login
	l.tokens(f)
	f.BoolVar(&s.noOpen, "no-open", false, "")
	newKey := f.Bool("new-key", false, "")
	err := f.parse(args)
	if err != nil {
		return nil, err
	}
	switch {
	case f.NArg() > 0:
		return nil, misusef("for example: handout serve --brand clinic.yaml", "serve takes no words, only flags")
	case *port < 0 || *port > 65535:
		return nil, misusef("for example: --port 8080", "--port is from 0 to 65535")
	case (*cert == "") != (*key == ""):
		return nil, misusef("--tls-cert cert.pem --tls-key key.pem", "a certificate and its key go together")
	case c.Press.Brand == "none" && s.listen == "":
		return nil, misusef("leave it out; --home DIR is a folder with another clinic's file, or with none yet",
			"the page in the browser is a clinic's own, and cannot have --brand none")
	case s.listen != "" && *smtp != "":
		return nil, misusef("leave --smtp out", "mail is sent from the page of this computer alone, without --listen")
	case s.listen == "" && *page:
		return nil, misusef("leave it out, or add --listen",
			"--page is for other computers; on this one there is always a page")
	case s.listen == "" && (s.hosts != nil || *cert != "" || *proxy):
		return nil, misusef("add --listen, for example --listen :8443; without it no other computer reaches the server",
			"--host, --tls-cert and --behind-proxy are for other computers")
	}
	if s.ports = []int{*port}; !f.Changed("port") {
		for i := range sparePorts {
			s.ports = append(s.ports, usualPort+1+i)
		}
	}
	if c.Far = s.listen != ""; c.Far {
		if f.Changed("port") {
			return nil, misusef("for example: --listen :8443", "the port stands after --listen, and not after --port")
		}
		for _, name := range strings.Fields("home new-key insecure-plain smtp-token-command smtp-token-file") {
			if f.Changed(name) {
				return nil, misusef("leave it out; with --listen --brand has the clinic, and --library its texts",
					"--%s is for the page of this computer alone, without --listen", name)
			}
		}
		if err := s.mayListen(*tokens != "", *cert != "", *proxy); err != nil {
			return nil, err
		}
	}
	if c.Press.Brand == "none" {
		c.Press.Brand = ""
	}
	if *log {
		c.Log = func(line string) { fmt.Fprintln(w.err, line) }
	}
	if err := s.files(*tokens, *cert, *key); err != nil || s.listen != "" {
		if *page {
			c.Key = c.Tokens
		}
		return s, err
	}
	if *smtp != "" {
		server, wrong := serverNamed(*smtp, *plain)
		if wrong = append(wrong, l.check(&server)...); wrong != nil {
			return nil, misused(wrong)
		}
		if l.tokenFile+l.tokenCommand != "" {
			server.Token = w.token(&l)
		} else {
			server.Password = w.env("HANDOUT_SMTP_PASSWORD")
		}
		server.Timeout = 2 * time.Minute
		c.Mail = &server
	}
	if data := dataFolder(runtime.GOOS, w.env); data != "" {
		c.Days = filepath.Join(data, "days")
	}
	var file string
	if s.key, file, err = pageKey(*newKey); err != nil {
		return nil, err
	}
	if c.Key, err = serve.OpenTokens(file); err != nil {
		return nil, err
	}
	return s, s.keepAt(w, *home)
}

// keepAt says where the page keeps what is the clinic's: in the files that were named, or else
// at home.
func (s *service) keepAt(w *world, home string) error {
	c, named := &s.config, home != ""
	if !named {
		home = filepath.Join(documents(w.env), "Handouts")
	}
	home = press.WholePath(home)
	start, err := start.ReadFile("start/clinic.yaml")
	if err != nil {
		return err
	}
	c.Home = &serve.Home{Clinic: filepath.Join(home, "clinic.yaml"), Shelf: home, Start: start}
	if c.Press.Brand != "" {
		c.Home.Clinic = press.WholePath(c.Press.Brand)
	}
	if len(c.Press.Library) > 0 && !named {
		c.Home.Shelf = press.WholePath(c.Press.Library[0])
	} else {
		c.Press.Home = home
	}
	this := thisEdition()
	serves := []string{this.Handout, this.Commit, c.Home.Clinic, c.Home.Shelf, press.WholePath(c.Brands)}
	c.Proof = serve.Proof{Key: s.key, Serves: strings.Join(append(serves, c.Press.Library...), "\x00")}
	return nil
}

// mayListen refuses to be reached from elsewhere by anybody, unseen, or by any name.
func (s *service) mayListen(tokens, cert, proxy bool) error {
	host, port, err := net.SplitHostPort(s.listen)
	if n, wrong := strconv.Atoi(port); err != nil || wrong != nil || n < 0 || n > 65535 {
		return misusef("for example: --listen :8443, or --listen 192.168.1.20:8443",
			"the value of --listen is not an address with a port")
	}
	switch {
	case !tokens:
		return misusef("write a token into a file and name it with --token-file: openssl rand -hex 32",
			"with --listen anybody could ask for pages")
	case !cert && !proxy:
		return misusef("name a certificate with --tls-cert and --tls-key, or say --behind-proxy",
			"with --listen patients' names would go over the network for all to read")
	case cert && proxy:
		return misusef("leave one of them out", "--behind-proxy says that a proxy encrypts, but a certificate is given")
	case s.hosts == nil && (host == "" || net.ParseIP(host).IsUnspecified()):
		return misusef("for example: --host handouts.example", "nothing says what other computers call this one")
	}
	return nil
}

// files opens what the server is to have of files, but for the press's.
func (s *service) files(tokens, cert, key string) (err error) {
	if s.config.Brands != "" {
		if info, err := os.Stat(s.config.Brands); err != nil {
			return press.FileFault(s.config.Brands, err)
		} else if !info.IsDir() {
			return &fileError{Path: s.config.Brands, Message: "this is a file, not a folder",
				Hint: "--brands names a folder with a file NAME.yaml for each clinic; --brand names one file"}
		}
	}
	if tokens != "" {
		if s.config.Tokens, err = serve.OpenTokens(tokens); err != nil {
			return err
		}
	}
	if cert == "" {
		return nil
	}
	for _, file := range []string{cert, key} {
		if err := press.Readable(file); err != nil {
			return err
		}
	}
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return &fileError{Path: cert, Message: "this certificate and this key do not go together",
			Hint: "both are PEM files, and the key is the certificate's own"}
	}
	s.tls = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12,
		NextProtos: []string{"h2", "http/1.1"}}
	return nil
}

// open listens; or it finds that a server of the same pages runs already, at an address.
func (s *service) open() (on net.Listener, running string, err error) {
	addresses := []string{s.listen}
	if s.listen == "" {
		addresses = nil
		for _, port := range s.ports {
			addresses = append(addresses, net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		}
	}
	for _, address := range addresses {
		if on, err = net.Listen("tcp", address); err == nil {
			return on, "", nil
		}
		if s.key != "" && s.config.Proof.Answers("http://"+address, question()) {
			return nil, "http://" + address, nil
		}
	}
	return nil, "", &fileError{Path: addresses[0], Message: "this address cannot be used",
		Hint: "another program, or handout itself, already uses the port; or the address is not this computer's"}
}

// names are what the server is called by whoever may ask it, the first one best: a page
// that a stranger's web site has brought asks by another name.
func (s *service) names(port int) []string {
	suffix, hosts := ":"+strconv.Itoa(port), s.hosts
	if s.listen == "" {
		hosts = []string{"127.0.0.1", "localhost", "[::1]"}
	} else if host, _, _ := net.SplitHostPort(s.listen); host != "" && !net.ParseIP(host).IsUnspecified() {
		if strings.Contains(host, ":") {
			host = "[" + host + "]"
		}
		hosts = append(hosts, host)
	}
	var names []string
	for _, host := range hosts {
		if _, _, err := net.SplitHostPort(host); err == nil {
			names = append(names, host)
			continue
		}
		names = append(names, host+suffix)
		if s.listen != "" || port == 80 {
			names = append(names, host)
		}
	}
	return names
}
