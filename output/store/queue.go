package store

import (
	"sync"
	"time"
)

const (
	queueMost = 4096 // entries

	// Long for a burst of files, short for one who has to make them anew.
	queuePause = 25 * time.Millisecond
)

// queue is what waits to be appended.
type queue struct {
	append func(...Entry) error

	mu      sync.Mutex // for what follows
	waiting []Entry
	moved   *sync.Cond // told when entries were taken, and at the end
	busy    bool       // a goroutine appends
	hurry   chan bool  // tells it not to wait for more
	lost    error      // the first that append returned
}

func (q *queue) open(append func(...Entry) error) {
	q.append, q.moved, q.hurry = append, sync.NewCond(&q.mu), make(chan bool, 1)
}

// Queue has the handouts, which were Put before, appended while its caller goes on.
// The first wait a little for more; what comes during one Append is in the next, so
// that a slow disk gets larger groups. Queue waits only where 4096 are queued. It
// returns the first error of those that were queued before; after one nothing is
// appended any more.
func (q *queue) Queue(made ...Entry) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.busy && len(q.waiting) >= queueMost {
		q.moved.Wait()
	}
	if q.lost != nil || len(made) == 0 {
		return q.lost
	}
	q.waiting = append(q.waiting, made...)
	if !q.busy {
		q.busy = true
		go q.catchUp()
	}
	return nil
}

// catchUp appends what is queued until nothing is.
func (q *queue) catchUp() {
	select {
	case <-q.hurry:
	case <-time.After(queuePause):
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	defer q.moved.Broadcast()
	for len(q.waiting) > 0 && q.lost == nil {
		group := q.waiting
		q.waiting = nil
		q.moved.Broadcast()
		q.mu.Unlock()
		err := q.append(group...)
		q.mu.Lock()
		q.lost = err
	}
	q.busy, q.waiting = false, nil
}

// Settle has all that was queued appended at once, and returns the first error.
func (q *queue) Settle() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.busy {
		select {
		case q.hurry <- true:
		default: // it is told already
		}
		q.moved.Wait()
	}
	return q.lost
}
