package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"handout/output/mail/mailtest"
)

// TestMain lets the test binary be a sender, or a batch that puts messages, to be
// killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("MAILTEST_OUTBOX"); dir != "" {
		victims := map[string]func(*Outbox) error{"send": sendAll, "put": putForEver}
		b, err := Open(dir)
		if err == nil {
			err = victims[os.Getenv("MAILTEST_AS")](b)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// kills is how many kills a test of them must come to: 50, a few with -short, or what
// HANDOUT_KILLS says for a run at closing time.
func kills(t *testing.T) int {
	if n, err := strconv.Atoi(os.Getenv("HANDOUT_KILLS")); err == nil {
		return n
	}
	if testing.Short() {
		return 5
	}
	return 50
}

// victim is a program that is to be killed.
type victim struct {
	cmd *exec.Cmd
	out io.Reader
}

func startVictim(t *testing.T, as, dir string, env ...string) *victim {
	t.Helper()
	v := &victim{cmd: exec.Command(os.Args[0])}
	v.cmd.Env = append(os.Environ(), append(env, "MAILTEST_AS="+as, "MAILTEST_OUTBOX="+dir)...)
	v.cmd.Stderr = os.Stderr
	var err error
	if v.out, err = v.cmd.StdoutPipe(); err != nil {
		t.Fatal(err)
	}
	if err := v.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return v
}

// wait tells whether it was killed before its end.
func (v *victim) wait(t *testing.T) (killed bool) {
	t.Helper()
	err := v.cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() > 0 {
		t.Fatal("the victim failed")
	}
	return err != nil
}

func sendAll(b *Outbox) error {
	port, _ := strconv.Atoi(os.Getenv("MAILTEST_PORT"))
	s := Sender{
		Server: Server{Host: "127.0.0.1", Port: port, Security: Plain, Timeout: 10 * time.Second},
		Wait:   time.Millisecond, Patience: time.Minute,
		Clock:  Clock{Now: time.Now, Sleep: func(_ context.Context, d time.Duration) { time.Sleep(d) }, Chance: rand.Float64},
		Report: func(Result) {},
	}
	return s.Send(context.Background(), b)
}

// executioner kills a sender some moments after the server has heard so much.
type executioner struct {
	mu     sync.Mutex
	victim *victim
	steps  int
	after  time.Duration
}

func (x *executioner) heard() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.steps--; x.steps == 0 && x.victim != nil {
		v := x.victim
		time.AfterFunc(x.after, func() { _ = v.cmd.Process.Kill() })
	}
}

// TestKill kills a sender again and again, at random moments of its talk with the
// server, until the outbox is done: nothing is lost, nothing is sent twice, and what is
// unknown after a kill was in the one window in which nobody can know. A person who looks
// into the server's records then settles each, and everything has come once.
func TestKill(t *testing.T) {
	const messages = 60
	var (
		random            = rand.New(rand.NewPCG(1, 2))
		done, unknown     int
		arrived, notThere int
	)
	for boxes := 0; done < kills(t); boxes++ {
		if boxes > 10*kills(t) {
			t.Fatalf("only %d kills in %d outboxes", done, boxes)
		}
		var seen sync.Map
		x := &executioner{}
		s, err := mailtest.Start("plain", "", func(stage, said string) string {
			x.heard()
			if _, before := seen.LoadOrStore(said, true); stage == "rcpt" && len(said)%2 == 0 && !before {
				return "451 4.7.1 the first time it is busy"
			}
			return ""
		})
		if err != nil {
			t.Fatal(err)
		}
		b := outbox(t, 0)
		dir, port := b.root.Name(), "MAILTEST_PORT="+strconv.Itoa(s.Port)
		for row := 1; row <= messages; row++ {
			m := example()
			m.Code = fmt.Sprintf("C%04d", row)
			m.ID, m.To.Address, m.Also = b.ID(m.Code), fmt.Sprintf("quill%d@example.org", row), nil
			m.PDF = make([]byte, random.IntN(200_000))
			eml, err := Compose(m)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := b.Add(row, m.Code, eml); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		for killed := true; killed; {
			x.mu.Lock()
			x.steps, x.after = 1+random.IntN(60), time.Duration(random.IntN(3000))*time.Microsecond
			x.victim = startVictim(t, "send", dir, port)
			x.mu.Unlock()
			if killed = x.victim.wait(t); killed {
				done++
			}
			s.Wait()
			count(t, dir, s, messages)
		}
		if b, err = Open(dir); err != nil {
			t.Fatal(err)
		}
		taken := received(s)
		for _, e := range b.Unknown() {
			unknown++
			decide := b.Again
			if taken[e.Code] == 1 {
				decide = b.Settle
				arrived++
			} else {
				notThere++
			}
			if err := decide(e.Code, time.Now()); err != nil {
				t.Fatal(err)
			}
		}
		b.Close()
		x.mu.Lock()
		x.victim = nil
		x.mu.Unlock()
		if startVictim(t, "send", dir, port).wait(t) {
			t.Fatal("the last run did not end")
		}
		s.Wait()
		for code, n := range received(s) {
			if n != 1 {
				t.Errorf("%s came %d times", code, n)
			}
		}
		if n := len(received(s)); n != messages {
			t.Errorf("%d of %d came", n, messages)
		}
		s.Close()
	}
	t.Logf("%d kills; %d messages unknown after one, of which %d had come and %d had not", done, unknown, arrived, notThere)
}

// received counts what the server has, by the code in the message.
func received(s *mailtest.Server) map[string]int {
	n := map[string]int{}
	for _, m := range s.Mails() {
		if _, rest, ok := bytes.Cut(m.Data, []byte("\nX-Handout-Code: ")); ok {
			n[string(rest[:5])]++
		}
	}
	return n
}

// count holds what must be true after every kill: each message is in one place, what
// is in sent has come once, what is in new has not come, and nothing has come twice.
func count(t *testing.T, dir string, s *mailtest.Server, messages int) {
	t.Helper()
	b, err := Open(dir) // as the next run does
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	taken := received(s)
	total := 0
	for _, state := range folders {
		for _, e := range b.List(state) {
			total++
			switch n := taken[e.Code]; {
			case n > 1, state == Sent && n != 1, state == New && n != 0, state == Failed:
				t.Fatalf("%s is in %s, and came %d times", e.Code, state, n)
			}
		}
	}
	if total != messages {
		t.Fatalf("%d of %d messages are left", total, messages)
	}
}

// refusedAgain is how many messages putForEver has.
const refusedAgain = 20

// putForEver is a batch whose addresses are wrong each time: it puts the messages with
// other ones, from many goroutines, until all stand in new; then the server refuses all.
// The number of the round is in the address.
func putForEver(b *Outbox) error {
	for round := 1; ; round++ {
		var all sync.WaitGroup
		errs := make([]error, refusedAgain)
		for i := range refusedAgain {
			all.Go(func() {
				m := example()
				m.Code = fmt.Sprintf("C%04d", i)
				m.ID, m.To.Address, m.Also, m.PDF = b.ID(m.Code), fmt.Sprintf("quill@wrong%d.example", round), nil, nil
				eml, err := Compose(m)
				if err == nil {
					_, err = b.Put(i+1+round%3, m.Code, eml, time.Unix(0, 0))
				}
				errs[i] = err
			})
		}
		all.Wait()
		fmt.Println(round)
		for _, e := range b.List(New) {
			errs = append(errs, b.log.write(time.Unix(0, 0), e, "failed", "550"), b.rename(e, Failed))
		}
		if err := errors.Join(errs...); err != nil {
			return err
		}
	}
}

// TestKillPut kills a batch while it puts messages anew that were refused. Whenever that
// is, each message is there once, and one that was refused never stands in new again.
func TestKillPut(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for done := range kills(t) {
		b := outbox(t, 0)
		dir := b.root.Name()
		if err := b.Close(); err != nil {
			t.Fatal(err)
		}
		v := startVictim(t, "put", dir)
		// From when the first messages are there it can be killed at any moment.
		if _, err := v.out.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = io.Copy(io.Discard, v.out) }()
		time.Sleep(time.Duration(random.IntN(40_000)) * time.Microsecond)
		_ = v.cmd.Process.Kill()
		if !v.wait(t) {
			t.Fatal("it ended by itself")
		}
		b, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		rounds, newest := map[string]int{}, 0
		for _, s := range folders {
			files, err := os.ReadDir(filepath.Join(dir, string(s)))
			if err != nil {
				t.Fatal(err)
			}
			if list := b.List(s); len(list) != len(files) {
				t.Fatalf("after kill %d: %d files in %s, of which %d count", done, len(files), s, len(list))
			}
			for _, e := range b.List(s) {
				eml, err := b.read(e)
				if err != nil {
					t.Fatal(err)
				}
				n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(recipients(eml), "quill@wrong"), ".example"))
				if err != nil {
					t.Fatalf("%s goes to %s", e.Code, recipients(eml))
				}
				rounds[e.Code], newest = n, max(newest, n)
			}
		}
		if len(rounds) != refusedAgain {
			t.Errorf("after kill %d: %d of %d messages are left", done, len(rounds), refusedAgain)
		}
		for _, e := range b.List(New) {
			if rounds[e.Code] != newest {
				t.Errorf("after kill %d: %s stands in new as it was refused", done, e.Code)
			}
		}
		b.Close()
	}
}
