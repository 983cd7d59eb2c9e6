package main

import (
	"os"
	"path/filepath"
	"testing"
)

// For other computers there is no page unless it is asked for, and then it keeps nothing: it has no home, no folder for
// days, and no mail.
func TestServeElsewhere(t *testing.T) {
	tokens := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(tokens, []byte("0123456789abcdef0123456789abcdef\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, page := range []bool{false, true} {
		args := []string{"--listen", "127.0.0.1:0", "--token-file", tokens, "--behind-proxy"}
		if page {
			args = append(args, "--page")
		}
		s, err := readService(&world{env: func(string) string { return "" }}, args)
		if err != nil {
			t.Fatal(err)
		}
		c := s.config
		if (c.Key != nil) != page || c.Key != nil && c.Key != c.Tokens || c.Tokens == nil || !c.Far || c.Home != nil || c.Days != "" || c.Mail != nil || s.key != "" {
			t.Errorf("--page is %v: %+v", page, c)
		}
	}
}
