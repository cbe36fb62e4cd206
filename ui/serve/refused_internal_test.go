package serve

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestThoseTurnedAwayDoNotFillTheLog(t *testing.T) {
	noon := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	var h hush
	written := 0
	for range 50 {
		if write, _ := h.lets(noon, "10.0.0.1"); write {
			written++
		}
	}
	if written != linesOfOne {
		t.Errorf("%d lines about one address in a minute, want %d", written, linesOfOne)
	}
	for i := range 1000 {
		if write, _ := h.lets(noon, strconv.Itoa(i)); write {
			written++
		}
	}
	if written != linesOfAll {
		t.Errorf("%d lines about all in a minute, want %d", written, linesOfAll)
	}
	if write, missed := h.lets(noon.Add(time.Minute), "10.0.0.1"); !write || missed != 1050-linesOfAll {
		t.Errorf("a minute later: written %v, %d are said to have been left out", write, missed)
	}
}

func TestWhatSomebodyClaimsIsBounded(t *testing.T) {
	var c claims
	for i := range 20 {
		c.offer(strings.Repeat("x\x1b[2J\n\"", 1000), "SHA256:"+strconv.Itoa(i))
		c.offer("again", "SHA256:0")
	}
	c.tried("root\x1b[31m\nsession 9 of O-0001 \u202e")
	got := c.words()
	if strings.ContainsAny(got, "\x1b\n\u202e\"") || len(got) > 300 {
		t.Errorf("it is written down as %q", got)
	}
	if want := " key SHA256:0, SHA256:1, SHA256:2 and 17 more"; !strings.HasSuffix(got, want) || !strings.HasPrefix(got, " login root??31m?session?9?of?O-0001??") {
		t.Errorf("it is written down as %q, which does not end in %q", got, want)
	}
}
