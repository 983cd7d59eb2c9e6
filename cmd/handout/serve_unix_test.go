//go:build unix

package main

import (
	"bufio"
	"bytes"
	"cmp"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// served is the command at work as a server.
type served struct {
	*exec.Cmd
	url  string
	key  string // of the page
	said bytes.Buffer
}

// startServer starts it on a port that is free.
func startServer(t *testing.T, args ...string) *served {
	t.Helper()
	return newServer(t, t.TempDir(), args...).start(t)
}

// newServer is one for a person whose files are at home.
func newServer(t *testing.T, home string, args ...string) *served {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := &served{Cmd: exec.Command(self, append([]string{"serve", "--port", "0", "--no-open"}, args...)...)}
	s.Env = append(os.Environ(), "HANDOUT_VICTIM=1", "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "XDG_DOCUMENTS_DIR="+home,
		"XDG_DATA_HOME="+home)
	return s
}

func (s *served) start(t *testing.T) *served {
	t.Helper()
	if s.starts(t); len(s.key) != 43 {
		t.Fatalf("the page's address is %q", s.url)
	}
	return s
}

// starts has it say its address, with the key of its page if it has one.
func (s *served) starts(t *testing.T) {
	t.Helper()
	s.Stderr = &s.said
	out, err := s.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.Process.Kill()
		_ = s.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("%v: %s", err, &s.said)
	}
	s.url, s.key, _ = strings.Cut(strings.TrimSpace(line), "/#k=")
}

// asked is an answer of it, and what it says, to somebody with a token. Host is what they call it, which need
// not lead to it from here; empty: as it calls itself.
func (s *served) asked(t *testing.T, method, path, host, token, body string) (*http.Response, []byte) {
	t.Helper()
	name, port, _ := strings.Cut(strings.TrimPrefix(s.url, "http://"), ":")
	r, err := http.NewRequest(method, "http://127.0.0.1:"+port+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Host = cmp.Or(host, name+":"+port)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, data
}

// TestServeKey: the key lies where others cannot read it, is the same when the server is
// started again, and opens what is the page's alone.
func TestServeKey(t *testing.T) {
	s := startServer(t)
	state := func(key string) int {
		answer, _ := s.asked(t, "GET", "/page/state", "", key, "")
		return answer.StatusCode
	}
	if state(s.key) != 200 || state("") != 401 || state(s.key[1:]) != 401 {
		t.Error("the page opens with another key, or not with its own")
	}
	if strings.Contains(strings.Join(s.Args, " "), s.key) {
		t.Error("the key is on the command line")
	}
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir()) // elsewhere than Linux
	key, file, err := pageKey(false)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file: %v, %v", info.Mode(), err)
	}
	if again, _, err := pageKey(false); err != nil || again != key {
		t.Errorf("the key is another one the second time: %v", err)
	}
	if anew, _, err := pageKey(true); err != nil || anew == key || len(anew) != 43 {
		t.Errorf("a new key is asked for: %v", err)
	}
}

// TestServeClicked starts it as a desktop does, twice: the second opens the page of the first,
// and one that serves something else is another.
func TestServeClicked(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	start := func(args ...string) *exec.Cmd {
		c := exec.Command(self, args...) // with nothing to read from and nobody who reads
		c.Env = append(os.Environ(), "HANDOUT_VICTIM=1", "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "XDG_DOCUMENTS_DIR="+home, "PATH="+home)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
		return c
	}
	opened := func() string {
		t.Helper()
		for range 600 {
			found, err := filepath.Glob(filepath.Join(home, "handout", "open.html"))
			if mac, _ := filepath.Glob(filepath.Join(home, "Library", "Caches", "handout", "open.html")); len(mac) > 0 {
				found = mac
			}
			if err == nil && len(found) == 1 {
				text, err := os.ReadFile(found[0])
				if err != nil {
					t.Fatal(err)
				}
				if err := os.Remove(found[0]); err != nil {
					t.Fatal(err)
				}
				_, rest, _ := strings.Cut(string(text), "url=")
				address, _, _ := strings.Cut(rest, "/#k=")
				return address
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Fatal("no page is opened")
		return ""
	}
	first := start()
	address := opened()
	if answer, err := http.Get(address + "/healthz"); err != nil || answer.StatusCode != 200 {
		t.Fatalf("%s: %v", address, err)
	}
	if err := start().Wait(); err != nil {
		t.Errorf("the second ends with %v", err)
	}
	if again := opened(); again != address {
		t.Errorf("the second opens %s, and not %s", again, address)
	}
	start("serve", "--home", filepath.Join(home, "other"))
	if other := opened(); other == address {
		t.Error("what serves something else opens the page of the first")
	}
	if err := first.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(home, "Handouts")); err == nil {
		t.Error("a folder was made before it was needed")
	}
}

// elsewhere starts what is shown for other computers, as far as it can be on this one: the page is there, packed, and
// opens to who has the token.
func elsewhere(t *testing.T, line string) {
	t.Helper()
	const token = "0123456789abcdef0123456789abcdef"
	tokens := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(tokens, []byte(token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newServer(t, t.TempDir())
	s.Args = append(s.Args[:2], strings.Fields(strings.NewReplacer(" :8443", " 127.0.0.1:0", "-file tokens", "-file "+tokens,
		"--tls-cert cert.pem --tls-key key.pem", "--behind-proxy").Replace(line))...)
	s.starts(t)
	for path, want := range map[string]int{"/": 200, "/page/state": 200, "/page/clinic": 404, "/page/days": 404, "/page/stop": 404} {
		answer, _ := s.asked(t, "GET", path, "", token, "")
		if answer.StatusCode != want || answer.Uncompressed != (want == 200) {
			t.Errorf("%s: %s, packed: %v", path, answer.Status, answer.Uncompressed)
		}
	}
}

// TestServeDocument starts what docs/serve.md shows, and runs what docs/programs.md does.
func TestServeDocument(t *testing.T) {
	guide, err := os.ReadFile("../../docs/serve.md")
	if err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile(`(?m)^    handout serve\b *(.*)$`).FindAllStringSubmatch(string(guide), -1)
	if len(lines) < 2 {
		t.Errorf("%q", lines)
	}
	t.Setenv("HANDOUT_SMTP_PASSWORD", "secret")
	for _, line := range lines {
		if strings.Contains(line[1], "--listen") {
			elsewhere(t, line[1])
			continue
		}
		answer, _ := startServer(t, strings.Fields(line[1])...).asked(t, "GET", "/healthz", "", "", "")
		if answer.StatusCode != http.StatusOK {
			t.Errorf("handout serve %s: %s", line[1], answer.Status)
		}
	}
	// What starts it with the computer, on three systems, starts it so: and no log has the page's key.
	start := regexp.MustCompile(`(?m)^ExecStart=/usr/bin/handout (.*)$|^    <string>.*/handout</string>(.*)$|Arguments = "(.*)"`).FindAllStringSubmatch(string(guide), -1)
	if len(start) != 3 || !strings.Contains(string(guide), "\nStandardOutput=null\n") {
		t.Errorf("%q", start)
	}
	for _, line := range start {
		args := strings.Join(line[1:], "")
		if args = strings.NewReplacer("</string><string>", " ", "<string>", "", "</string>", "").Replace(args); args != "serve --no-open" {
			t.Errorf("it is started with %q", args)
		}
	}
	page, err := os.ReadFile("../../docs/programs.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := regexp.MustCompile("(?s)<!-- run: ([a-z0-9]+) -->\n```[a-z]+\n(.*?)```").FindAllStringSubmatch(string(guide)+string(page), -1)
	if len(shown) != 5 {
		t.Fatalf("%d pieces to run", len(shown))
	}
	s := startServer(t)
	for _, piece := range shown {
		t.Run(piece[1], func(t *testing.T) {
			if _, err := exec.LookPath(piece[1]); err != nil {
				t.Skipf("%s is not here", piece[1])
			}
			run, text := []string{"sh", "-e", "-c"}, strings.ReplaceAll(piece[2], "http://127.0.0.1:8787", s.url)
			if piece[1] == "python3" {
				run = []string{"python3", "-c"}
			}
			cmd := exec.Command(run[0], append(run[1:], text)...)
			cmd.Dir = t.TempDir()
			cmd.Env = append(os.Environ(), "no_proxy=127.0.0.1")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			pages, err := filepath.Glob(filepath.Join(cmd.Dir, "*.pdf"))
			if err != nil || len(pages) != 1 {
				t.Fatalf("%v, %v", pages, err)
			}
			if file, err := os.ReadFile(pages[0]); err != nil || !bytes.HasPrefix(file, []byte("%PDF-1.7")) {
				t.Errorf("%v: %.100s", err, file)
			}
		})
	}
}
