//go:build unix

package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	netmail "net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"handout/output/mail/mailtest"
)

// TestDays lives random days through: lists of which rows are permuted, put right,
// cancelled or added, brands that change, batches that are stopped and killed, mail
// that breaks off, midnight. Whatever happens, each visit has its newest page once,
// nobody two, nobody none, no cancelled one; and the pages in the folder are those of
// the list. HANDOUT_DAYS=10m goes on for so long, HANDOUT_DAY=7 lives that one day.
func TestDays(t *testing.T) {
	long, first, last := 6*time.Second, uint64(1), uint64(math.MaxUint64)
	if s := os.Getenv("HANDOUT_DAYS"); s != "" {
		var err error
		if long, err = time.ParseDuration(s); err != nil {
			t.Fatal(err)
		}
		first = uint64(time.Now().UnixNano())
	}
	if s := os.Getenv("HANDOUT_DAY"); s != "" {
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		first, last = n, n
	}
	var sum dayCounts
	days := 0
	for began := time.Now(); first <= last && (days == 0 || time.Since(began) < long); first++ {
		d := &anyDay{T: t, seed: first, random: rand.New(rand.NewPCG(first, 0)), dir: t.TempDir(), got: map[string][]string{}, dead: map[string]bool{}}
		d.once = sum.once
		d.live()
		sum.once = d.once
		days++
		sum.runs, sum.kills, sum.stops, sum.sent = sum.runs+d.counts.runs, sum.kills+d.counts.kills, sum.stops+d.counts.stops, sum.sent+d.counts.sent
		if t.Failed() {
			t.Fatalf("HANDOUT_DAY=%d lives this day again; its folder had %v", first, d.story)
		}
	}
	t.Logf("%d days: %d batches, %d of them stopped and %d killed; %d messages", days, sum.runs, sum.stops, sum.kills, sum.sent)
	if days >= 10 && (sum.kills+sum.stops == 0 || sum.sent == 0) {
		t.Error("nothing was stopped or killed, or nothing sent")
	}
}

type dayCounts struct {
	runs, kills, stops, sent int
	once                     time.Duration // that a batch takes
}

// anyDay is one day of a clinic.
type anyDay struct {
	*testing.T
	seed   uint64
	random *rand.Rand
	dir    string
	story  []string // what happened
	counts dayCounts
	once   time.Duration // that a batch takes which nobody stops

	kind   string // how the list knows its visits: numbers, times or births
	visits []*anyVisit
	brand  int
	now    time.Time
	server *mailtest.Server
	break_ func(stage string) string

	mu   sync.Mutex
	got  map[string][]string // codes, by who they are for
	dead map[string]bool     // who is cancelled in the list of the last batch that ended
	code map[string]string   // of each in that list, who comes
}

// anyVisit is a visit, by what never changes: its own word, which every address and
// note of it has.
type anyVisit struct {
	word, id, name, address, born, time, note, handout, status string
	put                                                        bool // right, since the last batch that ended
}

func (d *anyDay) of(list ...string) string { return list[d.random.IntN(len(list))] }

// live lives the day.
func (d *anyDay) live() {
	d.Chdir(d.dir)
	d.kind = d.of("numbers", "numbers from 1", "times", "births")
	d.now = time.Date(2026, 11, 23, 17, d.random.IntN(60), 0, 0, time.UTC)
	for range 4 + d.random.IntN(12) {
		d.add()
	}
	var err error
	if d.server, err = mailtest.Start("plain", "", func(stage, said string) string {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.break_ == nil {
			return ""
		}
		return d.break_(stage)
	}); err != nil {
		d.Fatal(err)
	}
	defer d.server.Close()
	d.write()
	for range 3 + d.random.IntN(5) {
		ended := d.batch(d.random.IntN(3) > 0)
		if d.Failed() {
			return
		}
		if ended {
			d.look()
		}
		if d.random.IntN(2) == 0 {
			d.send(ended, d.random.IntN(3) > 0)
		}
		if d.Failed() {
			return
		}
		d.now = d.now.Add(time.Duration(d.random.IntN(200)) * time.Minute) // midnight is in between
		for range d.random.IntN(4) {
			d.edit()
		}
		d.write()
	}
	// In the end all runs as it should.
	if !d.batch(false) {
		d.Fatal("the last batch does not end")
	}
	d.look()
	d.send(true, false)
	d.judge()
}

// add adds a visit, now and then one much like another.
func (d *anyDay) add() {
	n := len(d.visits)
	v := &anyVisit{word: fmt.Sprintf("w%dw", n), name: fmt.Sprintf("Ana Quill %d", n), handout: d.of("sciatica", "after-massage"), time: fmt.Sprintf("%02d:%02d", 8+n%9, n%60)}
	v.address = v.word + "@mail.example"
	switch {
	case d.kind == "numbers":
		v.id = fmt.Sprintf("V%d", n)
	case d.kind == "numbers from 1":
		v.id = strconv.Itoa(1 + n)
	case d.kind == "births":
		v.born = fmt.Sprintf("19%02d-02-03", n)
	}
	if n > 0 && d.random.IntN(3) == 0 { // somebody of the same name, at the same time
		twin := d.visits[d.random.IntN(n)]
		v.name, v.handout = twin.name, twin.handout
		if d.kind != "times" {
			v.time = twin.time
		}
	}
	d.visits = append(d.visits, v)
}

// edit changes one thing.
func (d *anyDay) edit() {
	v := d.visits[d.random.IntN(len(d.visits))]
	what := d.of("permute", "name", "address", "note", "cancel", "come back", "brand", "remark", "add", "handout")
	d.story = append(d.story, what+" "+v.word)
	switch what {
	case "permute":
		d.random.Shuffle(len(d.visits), func(a, b int) { d.visits[a], d.visits[b] = d.visits[b], d.visits[a] })
	case "name", "address":
		// Both at once, and nobody can know that it is the same visit. A name that two
		// have in common is not what they are known by.
		if v.put || slices.ContainsFunc(d.visits, func(o *anyVisit) bool { return o != v && o.name == v.name }) {
			return
		}
		if v.put = true; what == "name" {
			v.name += "x"
		} else {
			v.address = "x" + v.address
		}
	case "note":
		v.note = fmt.Sprintf("Walk %d minutes.", d.random.IntN(100))
	case "handout":
		v.handout = d.of("sciatica", "after-massage")
	case "cancel":
		v.status = "cancelled"
	case "come back":
		v.status = ""
	case "brand":
		d.brand++
	case "remark":
		d.brand += 1000 // which prints nothing
	case "add":
		d.add()
	}
}

// write writes the list and the brand.
func (d *anyDay) write() {
	var list bytes.Buffer
	fmt.Fprintln(&list, "visit,name,birth date,date,time,email,email consent,handout,note,status")
	for _, v := range d.visits {
		fmt.Fprintf(&list, "%s,%s,%s,2026-11-23,%s,%s,yes,%s,%s,%s\n", v.id, v.name, v.born, v.time, v.address, v.handout, v.note, v.status)
	}
	brand := fmt.Sprintf("# remark %d\nname: Knee %d\nemail: hello@clinic.example\nmail: {reply-to: r%d@clinic.example}\n", d.brand/1000, d.brand%1000, d.brand/1000)
	for name, text := range map[string]string{"list.csv": list.String(), "clinic.yaml": brand} {
		if err := os.WriteFile(filepath.Join(d.dir, name), []byte(text), 0o600); err != nil {
			d.Fatal(err)
		}
	}
}

// run runs handout at the day's hour, here: a program of its own takes long to begin.
func (d *anyDay) run(args ...string) (code int, said string) {
	d.Setenv("SOURCE_DATE_EPOCH", strconv.FormatInt(d.now.Unix(), 10))
	var out bytes.Buffer
	code = run(args, nil, &out, &out)
	return code, out.String()
}

// command is handout as a program of its own, to be stopped or killed.
func (d *anyDay) command(args ...string) (*exec.Cmd, *bytes.Buffer) {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Dir = d.dir
	cmd.Env = append(os.Environ(), "HANDOUT_VICTIM=yes", fmt.Sprintf("SOURCE_DATE_EPOCH=%d", d.now.Unix()), "TZ=UTC", "TMPDIR="+d.dir, "HOME="+d.dir, "XDG_DATA_DIRS="+d.dir)
	said := new(bytes.Buffer)
	cmd.Stdout, cmd.Stderr = said, said
	return cmd, said
}

// batch runs the batch, perhaps to be stopped or killed, and tells whether it ended.
func (d *anyDay) batch(mayStop bool) bool {
	d.counts.runs++
	args := []string{"batch", "list.csv", "--brand", "clinic.yaml", "--mail", "--out", "out"}
	if !mayStop || d.random.IntN(2) == 0 {
		code, said := d.run(args...)
		if d.story = append(d.story, "batch: "+lastLine(said)); code != exitDone {
			d.Errorf("the batch: %s", said)
		}
		return code == exitDone
	}
	cmd, said := d.command(args...)
	if err := cmd.Start(); err != nil {
		d.Fatal(err)
	}
	signal := []os.Signal{syscall.SIGINT, syscall.SIGKILL}[d.random.IntN(2)]
	began := time.Now()
	if d.once > 0 { // else it is let through, to see how long it takes
		timer := time.AfterFunc(time.Duration(d.random.Float64()*float64(d.once)), func() { _ = cmd.Process.Signal(signal) })
		defer timer.Stop()
	}
	err := cmd.Wait()
	if err == nil {
		d.once = time.Since(began)
	}
	status := cmd.ProcessState.Sys().(syscall.WaitStatus)
	d.story = append(d.story, fmt.Sprintf("batch: %v", err))
	switch {
	case err == nil:
		return true
	case status.Signaled():
		d.counts.kills++
	case cmd.ProcessState.ExitCode() == exitStop:
		d.counts.stops++
	default:
		d.Errorf("the batch: %v: %s", err, said)
	}
	return false
}

// look remembers what the list of a batch that ended asks for.
func (d *anyDay) look() {
	d.dead, d.code = map[string]bool{}, map[string]string{}
	rows := d.report("out")
	for i, v := range d.visits {
		v.put = false
		if v.status != "" {
			d.dead[v.word] = true
			continue
		}
		d.code[v.word] = rows[i+1][4]
	}
}

func (d *anyDay) report(out string) [][]string {
	file, err := os.Open(filepath.Join(d.dir, out, "report.csv"))
	if err != nil {
		d.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		d.Fatal(err)
	}
	return rows
}

// send sends, perhaps over a line that breaks.
func (d *anyDay) send(ended, breaks bool) {
	d.mu.Lock()
	d.break_ = nil
	if breaks {
		random := rand.New(rand.NewPCG(d.seed, uint64(d.counts.runs)))
		d.break_ = func(stage string) string {
			switch random.IntN(12) {
			case 0:
				return mailtest.Drop
			case 1:
				if stage == "rcpt" {
					return "550 5.1.1 nobody of that name"
				}
			}
			return ""
		}
	}
	d.mu.Unlock()
	before := len(d.server.Mails())
	_, said := d.run("send", "out/outbox", "--rate", "0", "--patience", "0s", "--wait", "1ms",
		"--insecure-plain", "--smtp", fmt.Sprintf("smtp://127.0.0.1:%d", d.server.Port)) // what is not sent waits
	d.story = append(d.story, "send: "+lastLine(said))
	if refused := strings.Contains(said, "a batch was not finished"); refused && ended {
		d.Errorf("send after a batch that ended said %s", said)
	}
	mails := d.server.Mails()[before:]
	d.counts.sent += len(mails)
	for _, m := range mails {
		d.take(m)
	}
	d.settle()
}

// settle is what a person does who finds out what became of those that nobody knows.
func (d *anyDay) settle() {
	files, err := filepath.Glob(filepath.Join(d.dir, "out/outbox/sending/*.eml"))
	if err != nil {
		d.Fatal(err)
	}
	for _, f := range files {
		code := regexp.MustCompile(`-(.{9})\.eml$`).FindStringSubmatch(f)[1]
		how := "--again"
		for _, codes := range d.got {
			if slices.Contains(codes, code) {
				how = "--settle"
			}
		}
		d.story = append(d.story, how+" "+code)
		if exit, said := d.run("send", "out/outbox", how, code); exit > exitFault {
			d.Errorf("%s: %s", how, said)
		}
	}
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}

// take judges a message as it arrives.
func (d *anyDay) take(m mailtest.Mail) {
	letter, err := netmail.ReadMessage(bytes.NewReader(m.Data))
	if err != nil {
		d.Fatal(err)
	}
	code, word := letter.Header.Get("X-Handout-Code"), regexp.MustCompile(`w\d+w`).FindString(strings.Join(m.To, " "))
	d.story = append(d.story, word+" gets "+code)
	switch {
	case len(d.got[word]) > 0:
		d.Errorf("seed %d: %s had %v, and gets %s", d.seed, word, d.got[word], code)
	case d.dead[word]:
		d.Errorf("seed %d: %s is cancelled, and gets %s", d.seed, word, code)
	case d.code[word] != code:
		d.Errorf("seed %d: the list has %s for %s, who gets %s", d.seed, d.code[word], word, code)
	}
	d.got[word] = append(d.got[word], code)
}

// judge looks at the whole of the day when it is over.
func (d *anyDay) judge() {
	failed := map[string]bool{}
	rows := d.report("out")
	for i, v := range d.visits {
		failed[v.word] = rows[i+1][9] == "failed"
		if v.status == "" && len(d.got[v.word]) != 1 && !failed[v.word] {
			d.Errorf("seed %d: %s has %d messages; the report has %v", d.seed, v.word, len(d.got[v.word]), rows[i+1])
		}
	}
	// What the list asks for, made in one go in a folder with the same key.
	if err := os.MkdirAll(filepath.Join(d.dir, "fresh"), 0o700); err != nil {
		d.Fatal(err)
	}
	key, err := os.ReadFile(filepath.Join(d.dir, "out/key"))
	if err == nil {
		err = os.WriteFile(filepath.Join(d.dir, "fresh/key"), key, 0o600)
	}
	if err != nil {
		d.Fatal(err)
	}
	if code, said := d.run("batch", "list.csv", "--brand", "clinic.yaml", "--out", "fresh"); code != exitDone {
		d.Fatal(said)
	}
	for i, fresh := range d.report("fresh")[1:] {
		if fresh[4] != rows[i+1][4] {
			d.Errorf("seed %d: row %s has the code %s, and in a new folder %s", d.seed, fresh[0], rows[i+1][4], fresh[4])
		}
		if fresh[3] == "" {
			continue
		}
		want, err := os.ReadFile(filepath.Join(d.dir, "fresh", fresh[3]))
		if err != nil {
			d.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(d.dir, "out", rows[i+1][3])); err != nil || !bytes.Equal(got, want) {
			d.Errorf("seed %d: row %s has an old page: %v", d.seed, fresh[0], err)
		}
	}
}
