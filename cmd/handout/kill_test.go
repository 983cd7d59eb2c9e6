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
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"handout/output/mail/mailtest"
	"handout/output/store"
)

// clinicsDay is a folder in which batches are run, to be killed.
type clinicsDay struct {
	t    *testing.T
	dir  string
	args []string
	stop os.Signal // what ends a batch before its end
}

// newDay makes a day of so many visits. The folder and its outbox have keys, so
// that another day with them has the same pages and messages.
func newDay(t *testing.T, visits int, args ...string) *clinicsDay {
	t.Helper()
	d := &clinicsDay{t: t, dir: t.TempDir(), args: append([]string{"batch", "list.csv", "--brand", "clinic.yaml", "--out", "out"}, args...), stop: os.Kill}
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

// runOrKill runs the batch, and stops it after a while, unless that is zero. It tells
// whether the batch came to its end.
func (d *clinicsDay) runOrKill(after time.Duration) bool {
	d.t.Helper()
	cmd, said := d.start()
	if after > 0 {
		timer := time.AfterFunc(after, func() { _ = cmd.Process.Signal(d.stop) })
		defer timer.Stop()
	}
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && d.stop == os.Interrupt && exit.ExitCode() == exitStop {
		if _, err := os.Stat(filepath.Join(d.dir, "out", "outbox", "unfinished")); err != nil {
			d.t.Error("a batch that was stopped can be sent from")
		}
	} else if errors.As(err, &exit) && exit.ExitCode() >= 0 {
		d.t.Fatalf("exit code %d: %s", exit.ExitCode(), said)
	}
	return err == nil
}

// files are all files that the day has, by name, as sums; but those that tell of the
// runs: the ledger, the report, the locks.
func (d *clinicsDay) files() map[string]store.Sum {
	d.t.Helper()
	sums := map[string]store.Sum{}
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
func (d *clinicsDay) whole(want map[string]store.Sum) {
	d.t.Helper()
	for name, sum := range d.files() {
		if want[name] != sum && !temporary.MatchString(name) && name != "out/outbox/unfinished" {
			d.t.Fatalf("%s is half a file, or a wrong one", name)
		}
	}
	ledger, err := store.ReadLedger(filepath.Join(d.dir, "out"))
	var missing *store.FileError
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
		code, err := store.ParseCode(m[1])
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

// kills is how many kills a test of them must come to: 50, a few with -short, or what
// HANDOUT_KILLS says for a run at closing time.
func kills(t *testing.T) int {
	if n, err := strconv.Atoi(os.Getenv("HANDOUT_KILLS")); err == nil {
		return n
	}
	if testing.Short() {
		return 4
	}
	return 50
}

// TestKill kills a batch at random moments, over and over, until it comes to its end:
// at any time all files are whole and what the ledger has is there, and in the end
// all is as if nothing had happened, byte for byte.
func TestKill(t *testing.T) {
	third := (kills(t) + 2) / 3
	t.Run("pages", func(t *testing.T) { killed(t, third, 150) })
	t.Run("print", func(t *testing.T) { killed(t, third, 60, "--print", "day.pdf") })
	t.Run("mail", func(t *testing.T) { killed(t, third, 30, "--print", "day.pdf", "--mail") })
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
	for ; kills < times; days++ {
		if days > 20*times {
			t.Fatalf("only %d kills in %d days", kills, days)
		}
		d := newDay(t, visits, args...)
		for ended := false; !ended; {
			chance := random.Float64()
			after := time.Duration(chance * chance * float64(once)) // rather early than late
			if random.IntN(10) == 0 {
				after = 0 // or it might not come to its end
			}
			began := time.Now()
			if ended = d.runOrKill(after); !ended {
				kills++
			} else {
				once = min(once, time.Since(began)) // the machine has become faster
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
	t.Logf("%d kills in %d days of %d visits", kills, days, visits)
}

// booking is one visit of a list that changes.
type booking struct {
	address, note string
	cancelled     bool
}

// change edits a list as a desk does: notes and addresses are put right, visits are
// cancelled and taken back, new ones come.
func change(random *rand.Rand, list []booking, version int) []booking {
	list = slices.Clone(list)
	for range 1 + random.IntN(6) {
		b := &list[random.IntN(len(list))]
		switch random.IntN(4) {
		case 0:
			b.note = fmt.Sprintf("Version %d of what to do.", version)
		case 1:
			b.address = fmt.Sprintf("quill%d.%d@mail.example", random.IntN(1000), version)
		case 2:
			b.cancelled = !b.cancelled
		default:
			list = append(list, booking{address: fmt.Sprintf("late%d@mail.example", len(list))})
		}
	}
	return list
}

// write writes the list, in the order of its numbers or backwards.
func (d *clinicsDay) write(list []booking, backwards bool) {
	d.t.Helper()
	rows := make([]string, len(list))
	for i, b := range list {
		status := map[bool]string{true: "cancelled", false: ""}[b.cancelled]
		rows[i] = fmt.Sprintf("V%d,2026-11-23,%02d:%02d,Ana Quillfeather the %dth,%s,yes,sciatica,%s,%s\n", i, 8+i/60, i%60, i, b.address, b.note, status)
	}
	if backwards {
		slices.Reverse(rows)
	}
	text := "visit,date,time,name,email,email consent,handout,note,status\n" + strings.Join(rows, "")
	if err := os.WriteFile(filepath.Join(d.dir, "list.csv"), []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// send runs `handout send`, and returns its exit code.
func (d *clinicsDay) send(port int) int {
	d.t.Helper()
	all := d.args
	defer func() { d.args = all }()
	d.args = []string{"send", "out/outbox", "--smtp", fmt.Sprintf("smtp://127.0.0.1:%d", port), "--insecure-plain", "--rate", "0"}
	cmd, _ := d.start()
	_ = cmd.Wait()
	return cmd.ProcessState.ExitCode()
}

// TestKillChanged kills a batch with mail, or stops it by Ctrl-C, while its list is edited between the runs, and
// sends once one has come to its end. What a batch that was killed left is not sent from.
// In the end each visit of the last list has one message, with its newest page, to its
// newest address; who cancelled has none, and nobody has two.
func TestKillChanged(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	done, days, refusals := 0, 0, 0
	for ; done < kills(t); days++ {
		if days > 5*kills(t) {
			t.Fatalf("only %d kills in %d days", done, days)
		}
		s, err := mailtest.Start("plain", "", nil)
		if err != nil {
			t.Fatal(err)
		}
		d := newDay(t, 0, "--mail")
		list := make([]booking, 30)
		for i := range list {
			list[i] = booking{address: fmt.Sprintf("quill%d@mail.example", i)}
		}
		d.write(list, false)
		began := time.Now()
		if !d.runOrKill(0) {
			t.Fatal("the batch did not end")
		}
		once := time.Since(began)
		for version := 1; version <= 8 && done < kills(t); version++ {
			list = change(random, list, version)
			d.write(list, random.IntN(2) == 0)
			d.stop = []os.Signal{os.Kill, os.Interrupt}[random.IntN(2)]
			began := time.Now()
			if d.runOrKill(time.Millisecond + time.Duration(random.Float64()*float64(once))) {
				once = min(once, time.Since(began))
				continue
			}
			done++
			if _, err := os.Stat(filepath.Join(d.dir, "out", "outbox", "unfinished")); err == nil {
				refusals++
				if code := d.send(s.Port); code != exitFile {
					t.Fatalf("after a kill send ends with %d", code)
				}
			}
		}
		if !d.runOrKill(0) {
			t.Fatal("the last batch did not end")
		}
		if code := d.send(s.Port); code != exitDone {
			t.Fatalf("send ends with %d", code)
		}
		s.Wait()
		d.delivered(list, s.Mails())
		s.Close()
		if t.Failed() {
			return
		}
	}
	if !testing.Short() && refusals == 0 {
		t.Error("no kill left a batch unfinished: this proves nothing")
	}
	t.Logf("%d kills in %d days; %d times send refused", done, days, refusals)
}

// delivered compares what a server has taken with a list.
func (d *clinicsDay) delivered(list []booking, mails []mailtest.Mail) {
	d.t.Helper()
	codes := map[string]string{} // of the pages that the list has now, by visit
	file, err := os.Open(filepath.Join(d.dir, "out", "report.csv"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		d.t.Fatal(err)
	}
	for _, row := range rows[1:] {
		if row[0] != "" && row[4] != "" {
			codes[row[1]] = row[4]
		}
	}
	got := map[string]string{} // address and code
	for _, m := range mails {
		code := regexp.MustCompile(`(?m)^X-Handout-Code: (\S+)`).FindSubmatch(m.Data)
		if code == nil || got[string(code[1])] != "" {
			d.t.Errorf("a page was mailed twice, or has no code")
			continue
		}
		got[string(code[1])] = strings.Join(m.To, " ")
	}
	want := 0
	for i, b := range list {
		code := codes[fmt.Sprintf("V%d", i)]
		switch to := got[code]; {
		case b.cancelled && code != "" && to != "":
			d.t.Errorf("visit %d was cancelled, and has mail", i)
		case !b.cancelled && to != b.address:
			d.t.Errorf("visit %d has its page %s at %q, want %q", i, code, to, b.address)
		}
		if !b.cancelled {
			want++
		}
	}
	if len(mails) != want {
		d.t.Errorf("%d messages for %d visits", len(mails), want)
	}
}
