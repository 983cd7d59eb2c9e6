package visits

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
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
