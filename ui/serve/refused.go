package serve

import (
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"pou/ui/part"
)

// The most of what somebody claims that is written down: whoever is not let in chooses all of it.
const (
	keysNamed = 3
	nameMost  = 64
	whyMost   = 200
)

// claims are what somebody said who has not come in: the login they tried, and the keys they offered.
type claims struct {
	mu    sync.Mutex
	login string
	keys  []string
	more  int
}

// offer notes a key, the fingerprint of which a lost or stolen one is known by.
func (c *claims) offer(login, fingerprint string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.login = login
	switch {
	case slices.Contains(c.keys, fingerprint):
	case len(c.keys) < keysNamed:
		c.keys = append(c.keys, fingerprint)
	default:
		c.more++
	}
}

// tried notes the login of somebody who may have offered no key at all.
func (c *claims) tried(login string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.login = login
}

// words are the claims in the log. What a client calls itself is one word of plain signs there, which can look like no line of the log's.
func (c *claims) words() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := ""
	if c.login != "" {
		out += " login " + strings.Map(func(r rune) rune {
			if plainWord(string(r)) || r == '@' {
				return r
			}
			return '?'
		}, c.login[:min(len(c.login), nameMost)])
	}
	if len(c.keys) > 0 {
		out += " key " + strings.Join(c.keys, ", ")
	}
	if c.more > 0 {
		out += " and " + strconv.Itoa(c.more) + " more"
	}
	return out
}

// from is where a connection comes from, and which it is: a connection that failed is handed back in a wrapping of its own.
type from struct {
	net.Addr
	line *line
}

// RemoteAddr is where the connection comes from.
func (l *line) RemoteAddr() net.Addr { return from{l.Conn.RemoteAddr(), l} }

// failed counts somebody who did not get in, and writes down who they said they were.
func (s *Server) failed(c net.Conn, err error) {
	address := hostOf(c.RemoteAddr())
	s.gate.failed(address)
	who := ""
	if f, ok := c.RemoteAddr().(from); ok {
		who = f.line.claims.words()
	}
	s.turned(address, "refused %s%s: %s", address, who, part.Cut(part.Safe(err.Error()), whyMost))
}

// turned logs somebody who was not let in, unless too many of them would drown what else the log says.
func (s *Server) turned(address, format string, args ...any) {
	write, missed := s.hush.lets(s.opts.Now(), address)
	if missed > 0 {
		s.log("%d more were not let in within the minute before, and are not named here", missed)
	}
	if write {
		s.log(format, args...)
	}
}

// The most lines of a minute about those who were not let in.
const (
	linesOfOne = 10
	linesOfAll = 60
)

// hush keeps whoever is turned away from filling the log.
type hush struct {
	mu     sync.Mutex
	minute time.Time
	of     map[string]int
	all    int
	unsaid int
}

// lets reports whether a line about an address is written, and how many were not in the minute before.
func (h *hush) lets(now time.Time, address string) (write bool, missed int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.of == nil || now.Sub(h.minute) >= time.Minute {
		missed = h.unsaid
		h.minute, h.of, h.all, h.unsaid = now, map[string]int{}, 0, 0
	}
	if h.of[address] >= linesOfOne || h.all >= linesOfAll {
		h.unsaid++
		return false, missed
	}
	h.of[address]++
	h.all++
	return true, missed
}
