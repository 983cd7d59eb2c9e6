//go:build unix

package main

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// makePipe puts a pipe that nobody writes to in the place of a file: pipe FILE
func makePipe(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: pipe FILE")
	}
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o700))
	_ = os.Remove(path)
	ts.Check(syscall.Mkfifo(path, 0o600))
}

// TestPasswordPipe: a password may come through a pipe, and one that nobody writes to is
// not waited for.
func TestPasswordPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no pipe can be made here: ", err)
	}
	if line, err := firstLine(pipe); err == nil || line != "" {
		t.Errorf("an empty pipe has %q", line)
	}
	both, err := os.OpenFile(pipe, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer both.Close()
	if _, err := both.WriteString("sesame\r\nmore"); err != nil {
		t.Fatal(err)
	}
	if line, err := firstLine(pipe); err != nil || line != "sesame" {
		t.Errorf("the pipe has %q, %v", line, err)
	}
}
