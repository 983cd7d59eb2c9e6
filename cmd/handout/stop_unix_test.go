//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"handout/output/store"
)

// held starts a batch of a day and holds it still once its ledger has pages, whatever
// the machine's pace; it is nil if the batch was faster.
func (d *clinicsDay) held() (*exec.Cmd, *bytes.Buffer) {
	d.t.Helper()
	cmd, said := d.start()
	for {
		if l, err := store.ReadLedger(filepath.Join(d.dir, "out")); err == nil && l.Len() > 0 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if err := cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		d.t.Fatal(err)
	}
	var state syscall.WaitStatus
	if _, err := syscall.Wait4(cmd.Process.Pid, &state, syscall.WUNTRACED, nil); err != nil {
		d.t.Fatal(err)
	}
	if !state.Stopped() {
		return nil, nil
	}
	return cmd, said
}

// TestFolderTaken takes a batch's folder away while it is at work: it is not said to be
// done.
func TestFolderTaken(t *testing.T) {
	for name, harm := range map[string]func(out string) error{
		"moved":   func(out string) error { return os.Rename(out, out+"-moved") },
		"deleted": os.RemoveAll,
		"replaced": func(out string) error {
			return errors.Join(os.Rename(out, out+"-moved"), os.Mkdir(out, 0o700))
		},
		"its outbox replaced": func(out string) error {
			return errors.Join(os.Rename(out+"/outbox", out+"/outbox-moved"), os.Mkdir(out+"/outbox", 0o700))
		},
		"its ledger deleted": func(out string) error { return os.Remove(out + "/ledger.jsonl") },
	} {
		t.Run(name, func(t *testing.T) {
			for visits := 300; ; visits *= 3 {
				if visits > 50_000 {
					t.Skip("this machine is too fast to be held")
				}
				d := newDay(t, visits, "--mail")
				cmd, said := d.held()
				if cmd == nil {
					continue
				}
				if err := harm(filepath.Join(d.dir, "out")); err != nil {
					t.Fatal(err)
				}
				if err := cmd.Process.Signal(syscall.SIGCONT); err != nil {
					t.Fatal(err)
				}
				err := cmd.Wait()
				var exit *exec.ExitError
				if !errors.As(err, &exit) || exit.ExitCode() != exitFile && exit.ExitCode() != exitFault {
					t.Fatalf("%v: %s", err, said)
				}
				if n := strings.Count(said.String(), "\nhandout: "); n > 0 || !strings.Contains(said.String(), "in the meantime") {
					t.Errorf("it said %s", said)
				}
				if strings.Contains(said.String(), "report.csv  ") && exit.ExitCode() != exitFile {
					t.Errorf("it said that all is done: %s", said)
				}
				if _, err := os.Stat(filepath.Join(d.dir, "out", "report.csv")); err == nil && name != "its outbox replaced" {
					t.Error("there is a report of what is gone")
				}
				return
			}
		})
	}
}

// TestSecondSignal: a batch that hangs, here for a handout that is a pipe nobody writes
// to, can be ended.
func TestSecondSignal(t *testing.T) {
	d := newDay(t, 3, "--library", ".")
	if err := errors.Join(os.Mkdir(filepath.Join(d.dir, "handouts"), 0o700), syscall.Mkfifo(filepath.Join(d.dir, "handouts", "sciatica.md"), 0o600)); err != nil {
		t.Skip("no pipe can be made here: ", err)
	}
	cmd, said := d.start()
	ended := make(chan error)
	go func() { ended <- cmd.Wait() }()
	for range 600 {
		select {
		case err := <-ended:
			if err == nil {
				t.Errorf("it came to its end: %s", said)
			}
			return
		case <-time.After(50 * time.Millisecond):
			_ = cmd.Process.Signal(syscall.SIGTERM)
		}
	}
	_ = cmd.Process.Kill()
	t.Errorf("it cannot be stopped: %s", <-ended)
}

// TestInterrupt ends a batch with Ctrl-C: it stops in good order, and the next run
// goes on where it was.
func TestInterrupt(t *testing.T) {
	for visits := 2000; ; visits *= 4 {
		if visits > 50_000 {
			t.Skip("this machine is too fast to be interrupted")
		}
		d := newDay(t, visits, "--print", "day.pdf")
		cmd, said := d.start()
		for cmd.ProcessState == nil {
			if l, err := store.ReadLedger(filepath.Join(d.dir, "out")); err == nil && l.Len() > 0 {
				break
			}
			time.Sleep(time.Millisecond)
		}
		_ = cmd.Process.Signal(syscall.SIGINT)
		err := cmd.Wait()
		if err == nil {
			continue // it had come to its end
		}
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != exitStop {
			t.Fatalf("%v: %s", err, said)
		}
		m := regexp.MustCompile(`(?m)^out/report.csv  (\d+) made, \d+ left out, (\d+) not begun$`).FindStringSubmatch(said.String())
		if m == nil || !strings.HasSuffix(said.String(), "handout: stopped; run the same command again to go on\n") {
			t.Fatalf("it said %s", said)
		}
		if _, err := os.Stat(filepath.Join(d.dir, "day.pdf")); err == nil {
			t.Error("half a day is to be printed")
		}
		for name := range d.files() {
			if temporary.MatchString(name) {
				t.Errorf("%s is left", name)
			}
		}
		cmd, said = d.start()
		if err := cmd.Wait(); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		if want := fmt.Sprintf("out/report.csv  %s made, %s there already, ", m[2], m[1]); !strings.Contains(said.String(), want) {
			t.Errorf("it said %s; want %s", said, want)
		}
		return
	}
}
