package store

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestWriteFileMode(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(path, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := WriteFile(path, []byte("x")); err != nil {
		t.Fatal(err)
	}
	if is, err := os.Stat(path); err != nil || is.Mode() != 0o600 {
		t.Errorf("mode %v, %v", is.Mode(), err)
	}
}

func TestWriteFileDevice(t *testing.T) {
	refused(t, WriteFile("/dev/null", []byte("x")), "a device or a pipe")
	if is, err := os.Stat("/dev/null"); err != nil || is.Mode()&os.ModeCharDevice == 0 {
		t.Fatal("/dev/null is no longer a device")
	}
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip("no pipes here:", err)
	}
	refused(t, WriteFile(pipe, []byte("x")), "a device or a pipe")
}

// To be refused, root has to become nobody: here for the files of one thread.
func TestWriteFileReadOnly(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "Quillfeather.pdf")
	if err := os.WriteFile(old, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlock: the thread ends with this goroutine
		if os.Getuid() == 0 {
			syscall.RawSyscall(syscall.SYS_SETFSUID, 65534, 0, 0)
		}
		done <- WriteFile(old, []byte("new"))
	}()
	refused(t, <-done, "cannot be written to")
	if got, _ := os.ReadFile(old); string(got) != "old" {
		t.Errorf("the old file is now %q", got)
	}
	if got := folder(t, dir); got != "Quillfeather.pdf" {
		t.Errorf("left behind: %s", got)
	}
}

func TestWriteFileDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("handout-test", dir, "tmpfs", 0, "size=128k"); err != nil {
		t.Skip("no small disk to fill: mounting one needs root:", err)
	}
	defer syscall.Unmount(dir, 0)
	old := filepath.Join(dir, "Quillfeather.pdf")
	if err := WriteFile(old, []byte("old")); err != nil {
		t.Fatal(err)
	}
	err := WriteFile(old, make([]byte, 1<<20))
	refused(t, err, "the disk is full")
	if !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("from the system: %v", errors.Unwrap(err))
	}
	if got, _ := os.ReadFile(old); string(got) != "old" {
		t.Errorf("the old file is now %q", got)
	}
	if got := folder(t, dir); got != "Quillfeather.pdf" {
		t.Errorf("left behind: %s", got)
	}
}

// Some tests start this program again with a part to play and a file to play it
// on.
func TestMain(m *testing.M) {
	path := os.Getenv("HANDOUT_TEST_FILE")
	switch os.Getenv("HANDOUT_TEST_CHILD") {
	case "":
		os.Exit(m.Run())
	case "limit":
		signal.Ignore(syscall.SIGXFSZ)
		limit := syscall.Rlimit{Cur: 4096, Max: 4096}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			os.Exit(2)
		}
		err := WriteFile(path, make([]byte, 1<<16))
		if errors.Is(err, syscall.EFBIG) && strings.Contains(err.Error(), "larger than this system allows") {
			os.Exit(0)
		}
		os.Exit(1)
	case "forever":
		for {
			for _, content := range wholes {
				if WriteFile(path, content) != nil {
					os.Exit(1)
				}
			}
		}
	}
}

// wholes are what the child that is killed writes by turns.
var wholes = [2][]byte{bytes.Repeat([]byte("a"), 1<<20), bytes.Repeat([]byte("b"), 1<<20+1)}

func child(part, path string) *exec.Cmd {
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "HANDOUT_TEST_CHILD="+part, "HANDOUT_TEST_FILE="+path)
	return c
}

func TestWriteFileLimit(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "Quillfeather.pdf")
	if err := WriteFile(old, []byte("old")); err != nil {
		t.Fatal(err)
	}
	if out, err := child("limit", old).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got, _ := os.ReadFile(old); string(got) != "old" {
		t.Errorf("the old file is now %q", got)
	}
	if got := folder(t, dir); got != "Quillfeather.pdf" {
		t.Errorf("left behind: %s", got)
	}
}

// Whenever the program is killed, the file is one of those it wrote, whole.
func TestWriteFileKilled(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "Quillfeather.pdf")
	if err := WriteFile(path, wholes[0]); err != nil {
		t.Fatal(err)
	}
	for i := range 12 {
		c := child("forever", path)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(20+7*i) * time.Millisecond)
		c.Process.Kill()
		c.Wait()
		got, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(got, wholes[0]) && !bytes.Equal(got, wholes[1]) {
			t.Fatalf("%d bytes, %v", len(got), err)
		}
	}
	for _, name := range strings.Fields(folder(t, dir)) {
		if name != "Quillfeather.pdf" && !(strings.HasPrefix(name, ".handout-") && strings.HasSuffix(name, ".tmp")) {
			t.Errorf("left behind: %s", name)
		}
	}
}
