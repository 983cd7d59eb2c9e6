package store

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A batch for tests: the same rows over and over, each time of a new generation.
const batchRows = 60

// TestFolderBatch is that batch when another test starts this program again with
// a folder to play it in. It makes what the ledger does not say is made, and says
// which rows are done.
func TestFolderBatch(t *testing.T) {
	dir := os.Getenv("HANDOUT_TEST_FOLDER")
	if dir == "" {
		t.Skip("a part in other tests")
	}
	generation, _ := strconv.Atoi(os.Getenv("HANDOUT_TEST_GENERATION"))
	if err := batch(dir, generation, os.Stdout); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(0)
}

func batch(dir string, generation int, said io.Writer) error {
	f, err := OpenFolder(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	l, err := OpenLedger(f)
	if err != nil {
		return err
	}
	defer l.Close()
	if _, err := l.Begin(ledgerTime, nil); err != nil {
		return err
	}
	fmt.Fprintln(said, "begun")
	var todo []Entry
	for row := 1; row <= batchRows; row++ {
		e := entryOf(row, generation)
		e.Version = strconv.Itoa(generation)
		if len(l.Find(e.Code)) == 0 || !l.Holds(e) {
			todo = append(todo, e)
		}
	}
	put := make(chan Entry, batchRows)
	failed := make(chan error, 2)
	var writers sync.WaitGroup
	defer writers.Wait() // before the folder is closed
	for w := range 2 {
		writers.Go(func() {
			for i := w; i < len(todo); i += 2 {
				if err := f.Put(todo[i].File, rowPage(todo[i].Row, generation)); err != nil {
					failed <- err
					return
				}
				put <- todo[i]
			}
		})
	}
	go func() {
		writers.Wait()
		close(put)
	}()
	var group []Entry
	done := func() error {
		if err := l.Append(group...); err != nil {
			return err
		}
		for _, e := range group {
			fmt.Fprintln(said, "done", e.Row, generation)
		}
		group = nil
		return nil
	}
	for e := range put {
		if group = append(group, e); len(group)%7 != 0 {
			continue
		}
		// By turns group after group is done, or all is queued and done at the end.
		var err error
		if generation%2 == 0 {
			err = done()
		} else {
			err = l.Queue(group[len(group)-7:]...)
		}
		if err != nil {
			return err
		}
	}
	if err := l.Settle(); err != nil {
		return err
	}
	if len(failed) > 0 {
		return <-failed
	}
	return done() // what was queued once more, which changes nothing
}

// A player runs the batch in another process and remembers what that called done.
type player struct {
	dir        string
	generation int
	done       map[int]int // the generation of each row
	deaf       atomic.Bool // to what is called done from now on
}

// play runs the batch and has it stopped some time after it began. It tells
// whether the batch had ended before.
func (p *player) play(t *testing.T, stop func(c *exec.Cmd)) bool {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^TestFolderBatch$")
	c.Env = append(os.Environ(), "HANDOUT_TEST_FOLDER="+p.dir, "HANDOUT_TEST_GENERATION="+strconv.Itoa(p.generation))
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	lines.Scan()
	if lines.Text() != "begun" {
		t.Fatalf("the batch said %q", lines.Text())
	}
	stopped := make(chan bool)
	go func() {
		stop(c)
		close(stopped)
	}()
	for lines.Scan() {
		p.hear(lines.Text())
	}
	<-stopped
	return c.Wait() == nil
}

// hear remembers a row that is called done.
func (p *player) hear(line string) {
	var row, generation int
	if _, err := fmt.Sscanf(line, "done %d %d", &row, &generation); err == nil && !p.deaf.Load() {
		p.done[row] = generation
	}
}

// check looks at what a batch left, however it ended: every name shows a whole
// page of its own row, and every line of the ledger, and every row that was called
// done, has its page or a later one.
func (p *player) check(t *testing.T) {
	t.Helper()
	shown := map[string]int{}
	for _, name := range strings.Fields(visible(t, p.dir)) {
		if name == ledgerName || name == "lost+found" || strings.HasPrefix(name, ".handout-") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(p.dir, name))
		if name == keyName {
			if err != nil || len(data) != 65 {
				t.Fatalf("the key is not whole: %d bytes, %v", len(data), err)
			}
			continue
		}
		row, generation, ok := whole(data)
		if err != nil || !ok || rowName(row) != name {
			t.Fatalf("%s is not whole: %d bytes, %v", name, len(data), err)
		}
		shown[name] = generation
	}
	l, err := ReadLedger(p.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range l.Damage {
		if !strings.Contains(d.Message, "cut off") {
			t.Fatal(d)
		}
	}
	noted := map[int]int{}
	for e := range l.All() {
		generation, _ := strconv.Atoi(e.Version)
		if now, ok := shown[e.File]; !ok || now < generation {
			t.Fatalf("row %d is in the ledger with generation %d, the folder has %d, %v", e.Row, generation, now, ok)
		} else if now == generation && e.Plain != sha256.Sum256(rowPage(e.Row, generation)) {
			t.Fatalf("row %d has another sum", e.Row)
		}
		noted[e.Row] = max(noted[e.Row], generation)
	}
	for row, generation := range p.done {
		if now, ok := noted[row]; !ok || now < generation {
			t.Fatalf("row %d was done in generation %d, the ledger has %d, %v", row, generation, now, ok)
		}
	}
}

// finish lets the batch end, after which all is there and nothing else.
func (p *player) finish(t *testing.T) {
	t.Helper()
	if !p.play(t, func(*exec.Cmd) {}) {
		t.Fatal("the batch does not end well")
	}
	p.check(t)
	f := openFolder(t, p.dir)
	defer f.release()
	l := openLedger(t, f)
	defer l.Close()
	for row := 1; row <= batchRows; row++ {
		e := entryOf(row, p.generation)
		if len(l.Find(e.Code)) != 1 || !l.Holds(e) {
			t.Errorf("row %d is not there", row)
		}
	}
	if got := visible(t, p.dir); strings.Contains(got, ".tmp") {
		t.Errorf("left behind: %s", got)
	}
}

func TestFolderKilled(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 20
	}
	p := &player{dir: t.TempDir(), done: map[int]int{}}
	r := rand.New(rand.NewPCG(1, 2))
	ended := 0
	for range kills {
		wait := time.Duration(r.IntN(20_000)) * time.Microsecond
		if p.play(t, func(c *exec.Cmd) { time.Sleep(wait); c.Process.Kill() }) {
			ended++
			p.generation++
		}
		p.check(t)
	}
	p.finish(t)
	t.Logf("%d times killed, %d times too late", kills-ended, ended)
}

// TestFolderPowerCut takes the disk away: a file system of our own, in a file, is
// told to forget all it has not written (as FS_IOC_SHUTDOWN does for the tests of
// the kernel's own), and mounted anew.
func TestFolderPowerCut(t *testing.T) {
	p := &player{done: map[int]int{}}
	top := t.TempDir()
	image, at := filepath.Join(top, "image"), filepath.Join(top, "disk")
	if err := errors.Join(os.WriteFile(image, nil, 0o600), os.Truncate(image, 64<<20), os.Mkdir(at, 0o700)); err != nil {
		t.Fatal(err)
	}
	mount := func() error { return exec.Command("mount", "-o", "loop", image, at).Run() }
	if err := exec.Command("mkfs.ext4", "-q", "-F", image).Run(); err != nil {
		t.Skip("no disk to cut off: mkfs.ext4: ", err)
	}
	if err := mount(); err != nil {
		t.Skip("no disk to cut off: mounting one needs root: ", err)
	}
	defer func() {
		if err := exec.Command("umount", at).Run(); err != nil {
			t.Error("umount: ", err)
		}
	}()
	p.dir = filepath.Join(at, "pages")
	cuts := 25
	if testing.Short() {
		cuts = 3
	}
	r := rand.New(rand.NewPCG(3, 4))
	for range cuts {
		dir, err := os.Open(at)
		if err != nil {
			t.Fatal(err)
		}
		wait := time.Duration(r.IntN(40_000)) * time.Microsecond
		ended := p.play(t, func(*exec.Cmd) {
			time.Sleep(wait)
			// A sync that is under way when this file system goes away may say that
			// all is well. So what counts as done is what was heard before.
			p.deaf.Store(true)
			const shutdown, noLogFlush = 0x8004587d, 2
			if err := unix.IoctlSetPointerInt(int(dir.Fd()), shutdown, noLogFlush); err != nil {
				t.Error("the disk can not be cut off: ", err)
			}
		})
		dir.Close()
		if err := exec.Command("umount", at).Run(); err != nil {
			t.Fatal("umount: ", err)
		}
		if err := mount(); err != nil {
			t.Fatal("mount: ", err)
		}
		p.deaf.Store(false)
		p.check(t)
		if ended {
			p.generation++
		}
	}
	p.finish(t)
	t.Logf("%d cuts, %d generations", cuts, p.generation)
}

// A second program is refused while the first has the folder, and has it when the
// first was killed.
func TestFolderTwoPrograms(t *testing.T) {
	p := &player{dir: t.TempDir(), done: map[int]int{}}
	p.play(t, func(c *exec.Cmd) {
		c.Process.Signal(syscall.SIGSTOP)
		_, err := OpenFolder(p.dir)
		c.Process.Kill()
		if err == nil {
			t.Error("two programs have the folder")
		}
		refused(t, err, "another handout is writing")
	})
	p.finish(t)
}

// On a full disk a group is whole or is not there, what was there stays, and with
// room the batch goes on where it was.
func TestFolderDiskFull(t *testing.T) {
	at := t.TempDir()
	if err := syscall.Mount("handout-test", at, "tmpfs", 0, "size=1m,mode=700"); err != nil {
		t.Skip("no small disk to fill: mounting one needs root:", err)
	}
	defer syscall.Unmount(at, syscall.MNT_DETACH)
	p := &player{dir: filepath.Join(at, "pages"), done: map[int]int{}}
	var said strings.Builder
	refused(t, batch(p.dir, 0, &said), "the disk is full")
	for line := range strings.Lines(said.String()) {
		p.hear(line)
	}
	if len(p.done) == 0 {
		t.Error("nothing was done before the disk was full")
	}
	p.check(t)
	if err := syscall.Mount("handout-test", at, "tmpfs", syscall.MS_REMOUNT, "size=8m"); err != nil {
		t.Fatal(err)
	}
	p.finish(t)
}

// A disk without room for the ledger's lines leaves the ledger as it was.
func TestLedgerDiskFull(t *testing.T) {
	at := t.TempDir()
	if err := syscall.Mount("handout-test", at, "tmpfs", 0, "size=64k,mode=700"); err != nil {
		t.Skip("no small disk to fill: mounting one needs root:", err)
	}
	defer syscall.Unmount(at, syscall.MNT_DETACH)
	f := openFolder(t, at)
	defer f.release()
	l := openLedger(t, f)
	defer l.Close()
	if err := l.Append(entryOf(1, 0)); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(at, ledgerName))
	if err != nil {
		t.Fatal(err)
	}
	var many []Entry
	for row := range 500 {
		many = append(many, entryOf(row+2, 0))
	}
	refused(t, l.Append(many...), "the disk is full")
	if after, err := os.ReadFile(filepath.Join(at, ledgerName)); err != nil || string(after) != string(before) || l.Len() != 1 {
		t.Errorf("%d bytes of ledger became %d, %d handouts, %v", len(before), len(after), l.Len(), err)
	}
	if err := l.Append(many[:2]...); err != nil || l.Len() != 3 {
		t.Errorf("with room again: %d handouts, %v", l.Len(), err)
	}
}

// Where the system lets us open few files, groups are smaller.
func TestFolderFewFiles(t *testing.T) {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	few := limit
	few.Cur = min(256, limit.Cur)
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &few); err != nil {
		t.Fatal(err)
	}
	defer unix.Setrlimit(unix.RLIMIT_NOFILE, &limit)
	dir := t.TempDir()
	f := openFolder(t, dir)
	for i := range 500 {
		if err := f.Put(rowName(i), nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if got := len(strings.Fields(visible(t, dir))); got != 500 {
		t.Errorf("%d files", got)
	}
}

// To be refused, root has to become nobody: here for the files of one thread.
func TestFolderReadOnly(t *testing.T) {
	dir := t.TempDir()
	f := openFolder(t, dir)
	if err := errors.Join(os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	done := make(chan bool)
	go func() {
		defer close(done)
		runtime.LockOSThread() // and never unlock: the thread ends with this goroutine
		if os.Getuid() == 0 {
			syscall.RawSyscall(syscall.SYS_SETFSUID, 65534, 0, 0)
		}
		refused(t, f.Put("Quillfeather.pdf", nil), "cannot be written to")
		f.release()
		_, err := OpenFolder(dir)
		refused(t, err, "cannot be written to")
	}()
	<-done
	if got := visible(t, dir); got != "" {
		t.Errorf("left behind: %s", got)
	}
}

// A program that is being started holds all our files for a moment, until it is its own:
// the lock does not wait for it.
func TestFolderLetsGo(t *testing.T) {
	dir := t.TempDir()
	f := openFolder(t, dir)
	child, err := unix.Dup(int(f.lock.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(child)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	again.Close()
}
