package visits

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"
)

// long is a list of n visits, each of another person.
func long(n int) string {
	var b strings.Builder
	b.WriteString("visit,date,time,first name,last name,email,email consent,birth date,therapist,service,stretches,note\n")
	for i := range n {
		fmt.Fprintf(&b, "V%d,2026-12-02,%02d:%02d,Ana%d,Ruiz-%d,ana%d@mail.example,yes,19%02d-%02d-%02d,Robin Hale,Deep tissue 60,\"figure-4,cat-cow:reps=%d\",\n",
			i, 8+i%10, i%60, i%700, i, i, i%100, i%12+1, i%28+1, i%40+1)
	}
	return b.String()
}

func BenchmarkRead(b *testing.B) {
	text := long(10_000)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		l, err := Read("x.csv", strings.NewReader(text), Options{})
		if err != nil || len(l.Rows) != 10_000 {
			b.Fatal(err)
		}
	}
}

// A list of 100,000 visits takes at most 60 MB once it is read: a batch keeps it
// beside its pages.
func TestMemory(t *testing.T) {
	text := long(100_000)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	l, err := Read("x.csv", strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	for _, r := range l.Rows[:10] {
		if r.Err != nil || r.EmailErr != nil || r.Skip != "" {
			t.Fatal(r.Err, r.EmailErr, r.Skip)
		}
	}
	if mb := float64(after.HeapAlloc-before.HeapAlloc) / (1 << 20); mb > 60 {
		t.Errorf("%d rows take %.1f MB", len(l.Rows), mb)
	} else {
		t.Logf("%d rows take %.1f MB, %.1f MB were allocated in all", len(l.Rows), mb, float64(after.TotalAlloc-before.TotalAlloc)/(1<<20))
	}
	runtime.KeepAlive(text)
}

// While a list is read, no more is held than its text and 1.5 kB a row: 100,000
// rows stay under 200 MB, also as FHIR, whose text is long.
func TestMemoryMeanwhile(t *testing.T) {
	if testing.Short() {
		t.Skip("reads lists of 20,000 rows with many collections")
	}
	const rows = 20_000
	var fhir, sheet strings.Builder
	fhir.WriteString(`{"resourceType":"Bundle","entry":[{}`)
	for i := range rows {
		fmt.Fprintf(&fhir, `,{"fullUrl":"https://x.example/Patient/p%d","resource":{"resourceType":"Patient","id":"p%d","name":[{"given":["Ana"],"family":"Ruiz-%d"}],"telecom":[{"system":"email","value":"ana%d@mail.example"}]}}`, i, i, i, i)
		fmt.Fprintf(&fhir, `,{"resource":{"resourceType":"Appointment","id":"a%d","status":"booked","start":"2026-12-02T09:%02d:00","participant":[{"actor":{"reference":"Patient/p%d"}}]}}`, i, i%60, i)
	}
	fhir.WriteString("]}")
	sheet.WriteString(sheetOf(rows))
	for name, text := range map[string]string{
		"CSV": long(rows), "FHIR": fhir.String(), "XLSX": string(withSheet(t, workbook(t, nil, [][]any{{"name"}}), []byte(sheet.String()))),
	} {
		defer debug.SetGCPercent(debug.SetGCPercent(20))
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		runtime.GC()
		metrics.Read(live)
		before, most := live[0].Value.Uint64(), uint64(0)
		done, watched := make(chan bool), make(chan bool)
		go func() {
			defer close(watched)
			for {
				metrics.Read(live)
				most = max(most, live[0].Value.Uint64())
				select {
				case <-done:
					return
				case <-time.After(time.Millisecond):
				}
			}
		}()
		l, err := Read("x", strings.NewReader(text), Options{})
		close(done)
		<-watched
		if err != nil || len(l.Rows) != rows {
			t.Fatalf("%s: %v", name, err)
		}
		if held, allowed := int(most)-int(before), len(text)+rows*1536; held > allowed {
			t.Errorf("%s: %.1f MB are held, more than %.1f", name, float64(held)/(1<<20), float64(allowed)/(1<<20))
		} else {
			t.Logf("%s: %.1f MB are held of %.1f", name, float64(held)/(1<<20), float64(allowed)/(1<<20))
		}
	}
}
