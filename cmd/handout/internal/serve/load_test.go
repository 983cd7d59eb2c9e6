package serve

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// visited is an order for one of many patients, in the days of a week, each with other
// stretches.
func visited(i int) string {
	all := []string{"figure-4", "cat-cow", "knee-to-chest", "trunk-rotation", "hamstring-strap", "pelvic-tilt", "bridge", "bird-dog"}
	return fmt.Sprintf(`{"handout": "sciatica", "patient": "Patient %d", "date": "2026-11-%02d", "note": "Number %d", "stretches": [%q, %q]}`,
		i, 23+i%7, i, all[i%8], all[(i+1+i/8%7)%8])
}

// Three hundred who ask at once get a page, or are told to come again; and a page after
// that is as it always was.
func TestAllAtOnce(t *testing.T) {
	s := opened(t, Config{})
	url := served(t, s)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 300}}
	defer client.CloseIdleConnections()
	before := ask(s, "POST /v1/handouts", visited(0))
	var all sync.WaitGroup
	var codes [300]int
	start := make(chan struct{})
	for i := range codes {
		all.Go(func() {
			<-start
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			body, path := visited(i), "/v1/handouts"
			if i%50 == 0 {
				body, path = manyVisits(20), "/v1/batches"
			}
			r, err := http.NewRequestWithContext(ctx, "POST", url+path, strings.NewReader(body))
			if err != nil {
				t.Error(err)
				return
			}
			r.Header.Set("Content-Type", "application/json")
			if i%7 == 3 { // some vanish
				time.AfterFunc(time.Duration(i)*100*time.Microsecond, cancel)
			}
			answer, err := client.Do(r)
			if err != nil {
				if ctx.Err() == nil {
					t.Error(err)
				}
				codes[i] = 200
				return
			}
			defer answer.Body.Close()
			if _, err := io.Copy(io.Discard, answer.Body); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
			if codes[i] = answer.StatusCode; codes[i] == 503 && answer.Header.Get("Retry-After") == "" {
				t.Error("nothing says when to come again")
			}
		})
	}
	close(start)
	all.Wait()
	busy := 0
	for _, code := range codes {
		if code != 200 && code != 503 {
			t.Errorf("%d", code)
		}
		if code == 503 {
			busy++
		}
	}
	t.Logf("%d of %d are to come again", busy, len(codes))
	if after := ask(s, "POST /v1/handouts", visited(0)); after.Code != 200 || !slices.Equal(after.Body.Bytes(), before.Body.Bytes()) {
		t.Errorf("a page after the rush: %d", after.Code)
	}
}

// wholeLoad tells whether the tests of load take the time they need to measure something, as
// in CI; else they see that all is well with a tenth of it.
func wholeLoad() bool { return os.Getenv("HANDOUT_LOAD") == "whole" }

// Fifty who ask without a pause. What is measured is told, and what is asserted is that each
// has an answer.
func TestFifty(t *testing.T) {
	if testing.Short() {
		t.Skip("asks for some hundred pages")
	}
	each := 4
	if wholeLoad() {
		each = 40
	}
	list, _ := tokens(t)
	s := opened(t, Config{Key: list})
	url := served(t, s)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 50}}
	defer client.CloseIdleConnections()
	for _, what := range []struct{ name, path string }{{"PDF", "/v1/handouts"}, {"preview", "/page/preview"}} {
		var all sync.WaitGroup
		var mu sync.Mutex
		var took []time.Duration
		began := time.Now()
		for c := range 50 {
			all.Go(func() {
				for i := range each {
					r, err := http.NewRequestWithContext(t.Context(), "POST", url+what.path, strings.NewReader(visited(c*each+i)))
					if err != nil {
						t.Error(err)
						return
					}
					r.Header.Set("Content-Type", "application/json")
					r.Header.Set("Authorization", "Bearer first-token-of-the-tests")
					asked := time.Now()
					answer, err := client.Do(r)
					if err != nil {
						t.Error(err)
						return
					}
					_, err = io.Copy(io.Discard, answer.Body)
					_ = answer.Body.Close()
					if err != nil || answer.StatusCode != 200 {
						t.Errorf("%d %v", answer.StatusCode, err)
					}
					mu.Lock()
					took = append(took, time.Since(asked))
					mu.Unlock()
				}
			})
		}
		all.Wait()
		slices.Sort(took)
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		t.Logf("%s: %.0f a second, p50 %v, p99 %v, %d MB of the system's", what.name, float64(len(took))/time.Since(began).Seconds(),
			took[len(took)/2].Round(time.Millisecond/10), took[len(took)*99/100].Round(time.Millisecond/10), m.Sys>>20)
	}
}

// What a server remembers has bounds: after twenty thousand pages, each of another patient
// and day, there is not more of it than after two thousand.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("makes some thousand pages")
	}
	n, last := 1500, 3000
	if wholeLoad() {
		n, last = 2000, 20000
	}
	s := opened(t, Config{})
	heap := func() int {
		runtime.GC()
		runtime.GC() // what pools hold goes with the second
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	pages := func(from, to int) {
		next := make(chan int)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for i := range next {
					kind := []string{"application/pdf", "image/svg+xml", "application/json"}[i%3]
					if w := ask(s, "POST /v1/handouts", visited(i), "Accept: "+kind); w.Code != 200 {
						t.Errorf("%d %.200s", w.Code, w.Body)
					}
				}
			})
		}
		for i := from; i < to; i++ {
			next <- i
		}
		close(next)
		all.Wait()
	}
	// Its mean counts: what is remembered goes all at once when it is too much.
	mean := func(from, to int) (sum int) {
		const looks = 16
		for i := range looks {
			pages(from+(to-from)*i/looks, from+(to-from)*(i+1)/looks)
			sum += heap()
		}
		return sum / looks
	}
	pages(0, n/2)
	few := mean(n/2, n)
	many := mean(n, last)
	runtime.KeepAlive(s) // else it is gone, and all that it remembers
	t.Logf("%.1f MB in %d pages, %.1f MB in %d", float64(few)/1e6, n, float64(many)/1e6, last)
	if many > few+few/10 {
		t.Errorf("the heap has grown from %d to %d bytes", few, many)
	}
}

// A server that is told to stop, by a signal or by its page, ends what it has begun, and begins nothing more.
func TestStop(t *testing.T) {
	list, _ := tokens(t)
	s := opened(t, Config{Grace: time.Minute})
	ctx, stop := context.WithCancel(t.Context())
	stopsWell(t, s, ctx, stop)
	s = opened(t, Config{Grace: time.Minute, Key: list})
	stopsWell(t, s, t.Context(), func() {
		if w := ask(s, "POST /page/stop", "{}"); w.Code != 401 || s.left.Err() != nil {
			t.Errorf("without the key: %d", w.Code)
		}
		if w := ask(s, "POST /page/stop", "{}", pageKeyHeader); w.Code != 202 || w.Body.Len() > 0 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}

func stopsWell(t *testing.T, s *Server, ctx context.Context, stop func()) {
	t.Helper()
	on, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := on.Addr().String()
	s.guard().hosts[address] = true
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, on) }()
	answer, err := http.Post("http://"+address+"/v1/batches", "application/json", strings.NewReader(manyVisits(500)))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	stop()
	for !s.stopping.Load() {
		time.Sleep(time.Millisecond)
	}
	if w := ask(s, "GET /healthz", ""); w.Code != 503 || w.Body.String() != "stopping\n" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if names, _, _ := unpacked(t, data); len(names) != 501 {
		t.Errorf("%d files of 501", len(names))
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", address); err == nil {
		t.Error("it listens still")
	}
}

// A page that has waited for too long is to be asked for again; what is asked for as a batch waits.
func TestWaits(t *testing.T) {
	list, _ := tokens(t)
	s := dayClinic(t, Config{Key: list})
	const token = "Authorization: Bearer first-token-of-the-tests"
	for patience, want := range map[time.Duration]int{0: 503, time.Hour: 200} {
		s.patience = patience
		for _, what := range []string{"POST /v1/handouts", "POST /page/preview", "POST /page/own", "POST /page/clinic/preview", "POST /page/mail"} {
			_, body := asked(route{pattern: what})
			w := ask(s, what, body, token)
			if w.Code != want || w.Code == 503 && w.Header().Get("Retry-After") == "" {
				t.Errorf("%s with a patience of %v: %d %.200s", what, patience, w.Code, w.Body)
			}
		}
		if w := ask(s, "POST /v1/batches", manyVisits(3)); w.Code != 200 {
			t.Errorf("a batch with a patience of %v: %d", patience, w.Code)
		} else if names, _, _ := unpacked(t, w.Body.Bytes()); len(names) != 4 {
			t.Errorf("%q", names)
		}
	}
}
