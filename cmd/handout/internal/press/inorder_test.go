package press

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
)

func TestInOrder(t *testing.T) {
	for _, workers := range []int{1, 2, 7} {
		var got []int
		err := InOrder(t.Context(), 100, workers, 5, func(_, i int) int { return i * i }, func(x int) error {
			got = append(got, x)
			return nil
		})
		want := make([]int, 100)
		for i := range want {
			want[i] = i * i
		}
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%d workers: %v, %v", workers, got, err)
		}
	}
}

// What stops it, stops it soon and is told; no piece is handed on after a gap.
func TestInOrderStops(t *testing.T) {
	full := errors.New("the disk is full")
	var begun atomic.Int64
	handed := 0
	err := InOrder(t.Context(), 10_000, 3, 4, func(_, i int) int { begun.Add(1); return i }, func(i int) error {
		if i == 10 {
			return full
		}
		handed++
		return nil
	})
	if err != full || handed != 10 || begun.Load() > 100 {
		t.Errorf("done failed: %v after %d pieces, %d begun", err, handed, begun.Load())
	}

	ctx, cancel := context.WithCancel(t.Context())
	next := 0
	err = InOrder(ctx, 10_000, 3, 4, func(_, i int) int { return i }, func(i int) error {
		if i != next {
			t.Fatalf("piece %d after %d", i, next-1)
		}
		if next++; next == 20 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || next < 20 || next > 100 {
		t.Errorf("cancelled: %v after %d pieces", err, next)
	}

	if err := InOrder(t.Context(), 0, 2, 2, func(_, i int) int { return i }, func(int) error { return full }); err != nil {
		t.Errorf("nothing to do: %v", err)
	}
}
