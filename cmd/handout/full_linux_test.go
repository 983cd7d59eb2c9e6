package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// disk mounts a small disk of its own, which only root may.
func disk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("handout", dir, "tmpfs", 0, "size=512k"); err != nil {
		t.Skip("no small disk can be mounted here: ", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// refused wants make to fail for want of a place to write to, to say why, and to
// leave the older page as it was and nothing beside it.
func refused(t *testing.T, dir, why string, older []byte) {
	t.Helper()
	before, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out, said bytes.Buffer
	page := filepath.Join(dir, "page.pdf")
	if code := run([]string{"make", "sciatica", "--patient", "Quillfeather", "-o", page}, nil, &out, &said); code != exitFile {
		t.Errorf("exit code %d, want %d", code, exitFile)
	}
	if !strings.HasPrefix(said.String(), "handout: "+why+"\n") || strings.Contains(said.String(), "Quillfeather") {
		t.Errorf("it said %q, want %q", said.String(), why)
	}
	if now, err := os.ReadFile(page); err != nil || !bytes.Equal(now, older) {
		t.Errorf("the older page is lost: %v", err)
	}
	if after, _ := os.ReadDir(dir); len(after) != len(before) {
		t.Errorf("%d files in the folder, and there were %d", len(after), len(before))
	}
}

// older makes a page to be kept.
func older(t *testing.T, dir string) []byte {
	t.Helper()
	var out, said bytes.Buffer
	page := filepath.Join(dir, "page.pdf")
	if code := run([]string{"make", "sciatica", "-o", page}, nil, &out, &said); code != exitDone {
		t.Fatalf("exit code %d: %s", code, said.String())
	}
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestDiskFull(t *testing.T) {
	dir := disk(t)
	page := older(t, dir)
	// All but the last page of memory is taken.
	filler, err := os.Create(filepath.Join(dir, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	for block := make([]byte, 4096); err == nil; {
		_, err = filler.Write(block)
	}
	if info, err := filler.Stat(); err != nil || filler.Truncate(info.Size()-4096) != nil || filler.Close() != nil {
		t.Fatal("the disk cannot be filled")
	}
	refused(t, dir, "the disk is full", page)
}

func TestDiskReadOnly(t *testing.T) {
	dir := disk(t)
	page := older(t, dir)
	if err := syscall.Mount("handout", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	refused(t, dir, "the output's folder cannot be written to", page)
}

func TestStandardOutputFull(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no full device here: ", err)
	}
	defer full.Close()
	var said bytes.Buffer
	for _, args := range [][]string{nil, {"help"}, {"list", "stretches"}, {"version", "--json"}} {
		said.Reset()
		if code := run(args, nil, full, &said); code != exitFile {
			t.Errorf("%v: exit code %d, want %d: %s", args, code, exitFile, said.String())
		}
	}
}
