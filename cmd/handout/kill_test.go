//go:build unix

package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"handout/output"
)

// clinicsDay is a folder in which batches are run, to be killed.
type clinicsDay struct {
	t    *testing.T
	dir  string
	args []string
}

// newDay makes a day of so many visits. The folder and its outbox have keys, so
// that another day with them has the same pages and messages.
func newDay(t *testing.T, visits int, args ...string) *clinicsDay {
	t.Helper()
	d := &clinicsDay{t, t.TempDir(), append([]string{"batch", "list.csv", "--brand", "clinic.yaml", "--out", "out"}, args...)}
	var list bytes.Buffer
	fmt.Fprintln(&list, "visit,date,time,name,email,email consent,handout,stretches,status")
	handouts := []string{"sciatica", "after-massage", "neck-and-desk"}
	stretches := []string{"", "none", "figure-4", "cat-cow:reps=5,chin-tuck", "knee-to-chest:hold=20s"}
	for i := range visits {
		status := ""
		if i%11 == 10 {
			status = "cancelled"
		}
		fmt.Fprintf(&list, "V%d,2026-11-23,%02d:%02d,Ana Quillfeather the %dth,quill%d@mail.example,yes,%s,\"%s\",%s\n",
			i, 23-i%24, i%60, i, i, handouts[i%3], stretches[i%5], status)
	}
	for name, text := range map[string]string{
		"list.csv": list.String(), "clinic.yaml": "name: Knee & Co\nemail: hello@clinic.example\n",
		"out/outbox/key": strings.Repeat("0123456789abcdef", 4) + "\n",
		"out/key":        strings.Repeat("fedcba9876543210", 4) + "\n",
	} {
		name = filepath.Join(d.dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// start starts the batch as a program of its own.
func (d *clinicsDay) start() (*exec.Cmd, *bytes.Buffer) {
	d.t.Helper()
	cmd := exec.Command(os.Args[0], d.args...)
	cmd.Dir = d.dir
	cmd.Env = append(os.Environ(), "HANDOUT_VICTIM=yes", "SOURCE_DATE_EPOCH=1795305600", "TMPDIR="+d.dir, "HOME="+d.dir, "XDG_CACHE_HOME="+d.dir)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	return cmd, &said
}

// runOrKill runs the batch, and kills it after a while, unless that is zero. It tells
// whether the batch came to its end.
func (d *clinicsDay) runOrKill(after time.Duration) bool {
	d.t.Helper()
	cmd, said := d.start()
	if after > 0 {
		timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
	}
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() >= 0 {
		d.t.Fatalf("exit code %d: %s", exit.ExitCode(), said)
	}
	return err == nil
}

// files are all files that the day has, by name, as sums; but those that tell of the
// runs: the ledger, the report, the locks.
func (d *clinicsDay) files() map[string]output.Sum {
	d.t.Helper()
	sums := map[string]output.Sum{}
	err := filepath.WalkDir(d.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, _ := filepath.Rel(d.dir, path)
		switch filepath.Base(name) {
		case "ledger.jsonl", "report.csv", ".handout-lock", "lock", "log":
			return nil
		}
		data, err := os.ReadFile(path)
		sums[name] = sha256.Sum256(data)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return sums
}

// report is what report.csv says of the rows, but for what only the run knows that
// made a page.
func (d *clinicsDay) report() string {
	d.t.Helper()
	file, err := os.Open(filepath.Join(d.dir, "out", "report.csv"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		d.t.Fatal(err)
	}
	var b strings.Builder
	for _, row := range rows {
		fmt.Fprintln(&b, row[0], row[1], strings.ReplaceAll(row[2], "kept", "made"), row[3], row[4], row[9], row[11])
	}
	return b.String()
}

var temporary = regexp.MustCompile(`(^|/)\.handout-.*\.tmp$|^out/outbox/(tmp/|unfinished$)`)

// whole holds what must be true at any moment: what has a name is whole and right, and
// what the ledger has is there, once.
func (d *clinicsDay) whole(want map[string]output.Sum) {
	d.t.Helper()
	for name, sum := range d.files() {
		if want[name] != sum && !temporary.MatchString(name) {
			d.t.Fatalf("%s is half a file, or a wrong one", name)
		}
	}
	ledger, err := output.ReadLedger(filepath.Join(d.dir, "out"))
	var missing *output.FileError
	if errors.As(err, &missing) {
		return // it was not begun
	}
	if err != nil {
		d.t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(d.dir, "out", "ledger.jsonl"))
	if err != nil {
		d.t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`"code":"([^"]+)".*"file":"([^"]+)".*"sum":"([0-9a-f]+)".*\n`).FindAllStringSubmatch(string(text), -1) {
		code, err := output.ParseCode(m[1])
		if err != nil || len(ledger.Find(code)) != 1 {
			d.t.Fatalf("the ledger does not find %s", m[1])
		}
		if seen[m[2]] {
			d.t.Fatalf("%s was made twice, though the ledger had it", m[2])
		}
		seen[m[2]] = true
		page, err := os.ReadFile(filepath.Join(d.dir, "out", m[2]))
		if err != nil {
			d.t.Fatalf("the ledger has %s before its file is there", m[2])
		}
		if fmt.Sprintf("%x", ledger.Key.Sum(page)) != m[3] { // the page itself was looked at above
			d.t.Fatalf("the ledger has %s, and it is another", m[2])
		}
	}
}

// TestKill kills a batch at random moments, over and over, until it comes to its end:
// at any time all files are whole and what the ledger has is there, and in the end
// all is as if nothing had happened, byte for byte.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("kills hundreds of processes; -short was given")
	}
	t.Run("pages", func(t *testing.T) { killed(t, 100, 150) })
	t.Run("print", func(t *testing.T) { killed(t, 100, 60, "--print", "day.pdf") })
	t.Run("mail", func(t *testing.T) { killed(t, 100, 30, "--print", "day.pdf", "--mail") })
}

// killed makes a day of so many visits again and again, until it was killed so often.
func killed(t *testing.T, times, visits int, args ...string) {
	undisturbed := newDay(t, visits, args...)
	began := time.Now()
	if !undisturbed.runOrKill(0) {
		t.Fatal("the batch did not end")
	}
	once := time.Since(began)
	want, report := undisturbed.files(), undisturbed.report()
	random := rand.New(rand.NewPCG(1, 2))
	kills, days := 0, 0
	for began = time.Now(); kills < times && time.Since(began) < 17*time.Second; days++ {
		d := newDay(t, visits, args...)
		for ended := false; !ended; {
			chance := random.Float64()
			after := time.Duration(chance * chance * float64(once)) // rather early than late
			if random.IntN(10) == 0 {
				after = 0 // or it might not come to its end
			}
			if ended = d.runOrKill(after); !ended {
				kills++
			}
			d.whole(want)
		}
		got := d.files()
		for name, sum := range want {
			if got[name] != sum {
				t.Errorf("%s is not what it is where nothing happened", name)
			}
		}
		for name := range got {
			if _, ok := want[name]; !ok {
				t.Errorf("%s is left", name)
			}
		}
		if r := d.report(); r != report {
			t.Errorf("the report is\n%s\nand without kills\n%s", r, report)
		}
	}
	t.Logf("%d kills in %d days of %d visits, in %v", kills, days, visits, time.Since(began).Round(time.Second))
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
			if l, err := output.ReadLedger(filepath.Join(d.dir, "out")); err == nil && l.Len() > 0 {
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
