package part

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
)

func TestFit(t *testing.T) {
	tests := map[string]struct {
		in    string
		width int
		align Align
		want  string
	}{
		"short text is filled":                         {"abc", 5, AlignLeft, "abc  "},
		"numbers stand right":                          {"42", 5, AlignRight, "   42"},
		"long text is cut with an ellipsis":            {"HOLLOWAY, Marcus", 9, AlignLeft, "HOLLOWAY…"},
		"text that just fits stays":                    {"abcde", 5, AlignLeft, "abcde"},
		"a wide character that half fits leaves a gap": {"漢字漢", 4, AlignLeft, "漢… "},
		"a combining mark takes no cell":               {"e\u0301a", 3, AlignLeft, "e\u0301a "},
		"no width, no text":                            {"abc", 0, AlignLeft, ""},
		"one cell is the ellipsis":                     {"abc", 1, AlignLeft, "…"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Fit(test.in, test.width, test.align); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTheASCIIThemeCutsWithATilde(t *testing.T) {
	th := NewTheme(true, false, true)
	if got := th.Fit("HOLLOWAY", 5, AlignLeft); got != "HOLL~" {
		t.Errorf("got %q", got)
	}
}

func TestFitIsAlwaysExact(t *testing.T) {
	r := random(1)
	for range 3000 {
		s, width := Safe(noise(r, 30)), r.IntN(40)
		if r.IntN(3) == 0 {
			s = "\x1b[31m" + s + "\x1b[m"
		}
		for _, align := range []Align{AlignLeft, AlignRight} {
			if got := Fit(s, width, align); ansi.StringWidth(got) != width {
				t.Fatalf("Fit(%q, %d) = %q: %d cells", s, width, got, ansi.StringWidth(got))
			}
		}
		if got := Cut(s, width); ansi.StringWidth(got) > width {
			t.Fatalf("Cut(%q, %d) = %q", s, width, got)
		}
		for _, line := range Wrap(s, max(width, 2)) {
			if ansi.StringWidth(line) > max(width, 2) {
				t.Fatalf("Wrap(%q, %d) has %q", s, width, line)
			}
		}
	}
}

func TestCuttingStyledTextKeepsItsReset(t *testing.T) {
	got := Fit("\x1b[31mdangerous\x1b[m", 5, AlignLeft)
	if !strings.Contains(got, "dang…") || !strings.HasSuffix(got, "\x1b[m") {
		t.Errorf("got %q", got)
	}
}

func TestWrapBreaksBetweenWords(t *testing.T) {
	if got := strings.Join(Wrap("last seen near the station", 10), "|"); got != "last seen|near the|station" {
		t.Errorf("got %q", got)
	}
}

func TestAgo(t *testing.T) {
	tests := map[string]time.Duration{
		"now": 20 * time.Second, "17m": 17*time.Minute + 59*time.Second, "5h": 5*time.Hour + 59*time.Minute, "3d": 3*day + 23*time.Hour,
		"729d": 729 * day, "2y": 730 * day,
	}
	for want, d := range tests {
		if got := Ago(d); got != want {
			t.Errorf("Ago(%v) = %q, want %q", d, got, want)
		}
	}
	if got := Ago(-time.Hour); got != "now" {
		t.Errorf("a time ahead: %q", got)
	}
}

func TestLeft(t *testing.T) {
	tests := map[string]time.Duration{
		"7h 40m left": 7*time.Hour + 40*time.Minute + 59*time.Second, "12m left": 12 * time.Minute, "due now": 30 * time.Second,
		"1d 4h left": 28 * time.Hour, "62d left": 62*day + time.Hour, "2d over": -2*day - time.Hour, "5h over": -5 * time.Hour,
		"just over": -time.Second, "1m over": -time.Minute,
	}
	for want, d := range tests {
		if got := Left(d); got != want {
			t.Errorf("Left(%v) = %q, want %q", d, got, want)
		}
	}
}
