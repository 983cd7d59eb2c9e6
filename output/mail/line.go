package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"sync/atomic"

	"github.com/wneessen/go-mail/smtp"
)

// line is a connection that is ready to take a message.
type line struct {
	*smtp.Client
	conn *limited
}

// Limits of what a server may say, in bytes: in one answer, and until the first message
// (its greeting, what it can, its certificates).
const (
	maxAnswer = 64 << 10
	maxHello  = 256 << 10
)

// errEndless is the answer of a server that talks without end.
var errEndless = errors.New("the server's answer has no end")

// limited is a connection over which only so much comes, for the library keeps an
// answer until its end.
type limited struct {
	net.Conn
	left atomic.Int64
}

func (l *limited) Read(b []byte) (int, error) {
	left := l.left.Load()
	if left <= 0 {
		return 0, errEndless
	}
	n, err := l.Conn.Read(b[:min(int64(len(b)), left)])
	l.left.Add(int64(-n))
	return n, err
}

// connect dials the server, and speaks TLS from the first byte where that is wanted.
func (s *Server) connect(ctx context.Context, network, address string, config *tls.Config) (*limited, net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, network, address)
	if err != nil {
		return nil, nil, err
	}
	l := &limited{Conn: conn}
	l.left.Store(maxHello)
	if s.Security != Implicit {
		return l, l, nil
	}
	secure := tls.Client(l, config)
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, nil, err
	}
	return l, secure, nil
}
