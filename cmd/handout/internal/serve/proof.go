package serve

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Proof is what one server of the page can show another that is started: that it has the same
// key, and serves the same. The key itself is told to nobody who has not shown it.
type Proof struct{ Key, Serves string }

// of is the proof for a question that has not been asked before.
func (p Proof) of(question string) string {
	sum := hmac.New(sha256.New, []byte(p.Key))
	_, _ = io.WriteString(sum, question+"\x00"+p.Serves) // never fails
	return hex.EncodeToString(sum.Sum(nil))
}

// maxQuestion is the longest question that is answered.
const maxQuestion = 64

// proof answers a question.
func (s *Server) proof(w http.ResponseWriter, r *http.Request) error {
	question := r.URL.Query().Get("of")
	if len(question) > maxQuestion {
		return badParameter("of", "a question is short", "this is too long")
	}
	return writeJSON(w, s.config.Proof.of(question))
}

// Answers tells whether a server at an address has the proof. It has to do so at once.
func (p Proof) Answers(address, question string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/page/proof?of="+url.QueryEscape(question), nil)
	if err != nil {
		return false
	}
	direct := &http.Client{Transport: &http.Transport{}} // through no proxy
	defer direct.CloseIdleConnections()
	answer, err := direct.Do(r)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, 256))
	return err == nil && hmac.Equal(said, []byte(`"`+p.of(question)+"\"\n"))
}
