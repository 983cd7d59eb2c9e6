package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"handout/output/mail/mailtest"
)

// TestMain lets the test binary be a sender, to be killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("MAILTEST_OUTBOX"); dir != "" {
		os.Exit(victim(dir))
	}
	os.Exit(m.Run())
}

func victim(dir string) int {
	port, _ := strconv.Atoi(os.Getenv("MAILTEST_PORT"))
	b, err := Open(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	s := Sender{
		Server: Server{Host: "127.0.0.1", Port: port, Security: Plain, Timeout: 10 * time.Second},
		Wait:   time.Millisecond, Patience: time.Minute,
		Clock:  Clock{Now: time.Now, Sleep: func(_ context.Context, d time.Duration) { time.Sleep(d) }, Chance: rand.Float64},
		Report: func(Result) {},
	}
	if err := s.Send(context.Background(), b); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// TestKill kills a sender at random moments, until the outbox is done, over and
// over: nothing is lost, nothing is sent twice, and what is unknown after a kill was
// in the one window in which nobody can know. A person who looks into the server's
// records then settles each, and everything has come once.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("kills hundreds of processes; -short was given")
	}
	const messages = 60
	var (
		random            = rand.New(rand.NewPCG(1, 2))
		kills, unknown    int
		arrived, notThere int
		began             = time.Now()
	)
	for kills < 300 && time.Since(began) < 40*time.Second {
		var seen sync.Map
		s, err := mailtest.Start("plain", "", func(stage, said string) string {
			if _, before := seen.LoadOrStore(said, true); stage == "rcpt" && len(said)%2 == 0 && !before {
				return "451 4.7.1 the first time it is busy"
			}
			return ""
		})
		if err != nil {
			t.Fatal(err)
		}
		b, err := Create(filepath.Join(t.TempDir(), "outbox"))
		if err != nil {
			t.Fatal(err)
		}
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
		for done := false; !done; {
			if kills++; kills > 2000 {
				t.Fatal("it does not come to an end")
			}
			done = kill(t, b.root.Name(), s.Port, time.Duration(random.IntN(60))*time.Millisecond)
			count(t, b.root.Name(), s, messages)
		}
		kills--
		b, err = Open(b.root.Name())
		if err != nil {
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
			if err := decide(e.Code, began); err != nil {
				t.Fatal(err)
			}
		}
		b.Close()
		if !kill(t, b.root.Name(), s.Port, time.Minute) {
			t.Fatal("the last run did not end")
		}
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
	t.Logf("%d kills in %v; %d messages unknown after one, of which %d had come and %d had not",
		kills, time.Since(began).Round(time.Second), unknown, arrived, notThere)
}

// kill starts a sender and kills it after a while. It tells whether the sender ended
// before.
func kill(t *testing.T, dir string, port int, after time.Duration) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "MAILTEST_OUTBOX="+dir, "MAILTEST_PORT="+strconv.Itoa(port))
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() > 0 {
		t.Fatal("the sender failed")
	}
	return err == nil
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
	// What the sender said with its last breath may still be on its way to the server.
	time.Sleep(2 * time.Millisecond)
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
