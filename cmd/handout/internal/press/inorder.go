package press

import (
	"context"
	"sync"
)

// InOrder has several workers do the pieces 0 to n-1 and hands what they make to
// done, in order, one at a time. At most ahead pieces wait their turn, so memory
// stays flat however many there are. It stops early if ctx ends or done fails:
// then no piece is begun any more, and those that are made are handed on if they
// are next in turn. It returns done's error, or the context's.
func InOrder[T any](ctx context.Context, n, workers, ahead int, work func(worker, piece int) T,
	done func(T) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	type slot struct {
		piece int
		made  chan T
	}
	queue, todo := make(chan slot, ahead), make(chan slot)
	go func() {
		defer close(queue)
		defer close(todo)
		for i := range n {
			s := slot{i, make(chan T, 1)}
			if ctx.Err() != nil {
				return
			}
			queue <- s
			todo <- s
		}
	}()
	var busy sync.WaitGroup
	for w := range workers {
		busy.Go(func() {
			for s := range todo {
				s.made <- work(w, s.piece)
			}
		})
	}
	for s := range queue {
		made := <-s.made
		if context.Cause(ctx) != nil && context.Cause(ctx) != ctx.Err() {
			continue // done has failed
		}
		if err := done(made); err != nil {
			stop(err)
		}
	}
	busy.Wait()
	return context.Cause(ctx)
}
