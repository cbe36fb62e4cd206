package part

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestSafe(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"plain text stays":                                       {"O'BRIEN, Seán", "O'BRIEN, Seán"},
		"names in other scripts stay":                            {"Ковач 漢字 한국 نور", "Ковач 漢字 한국 نور"},
		"accents written as combining marks stay":                {"e\u0301", "e\u0301"},
		"an escape sequence loses its escape and is seen":        {"\x1b[2Jgone", "[2Jgone"},
		"an unfinished sequence swallows nothing":                {"\x1b]0;VI WE armed", "]0;VI WE armed"},
		"an eight-bit sequence introducer goes":                  {"a\u009b31mb", "a31mb"},
		"a line break becomes a space":                           {"one\ntwo", "one two"},
		"a tab becomes a space":                                  {"one\ttwo", "one two"},
		"a Unicode line separator becomes a space":               {"one\u2028two", "one two"},
		"a direction override cannot turn a name round":          {"abc\u202ecba", "abccba"},
		"a direction isolate goes":                               {"a\u2066b\u2069c", "abc"},
		"zero-width characters cannot hide inside a plate":       {"LK\u200b21\u200d ABC\ufeff", "LK21 ABC"},
		"a variation selector goes":                              {"❤\ufe0f", "❤"},
		"a filler that looks like nothing goes":                  {"a\u1160\u3164b", "ab"},
		"tag characters go":                                      {"a\U000e0041b", "ab"},
		"bytes that are not UTF-8 show that they were there":     {"a\xffb", "a\ufffdb"},
		"code points that will never be characters are replaced": {"a\ufffeb", "a\ufffdb"},
		"a tower of combining marks is cut down":                 {"a" + strings.Repeat("\u0301", 40) + "b", "a" + strings.Repeat("\u0301", 6) + "b"},
		"a bell does not ring":                                   {"a\ab", "ab"},
		"delete goes":                                            {"a\x7fb", "ab"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Safe(test.in); got != test.want {
				t.Errorf("Safe(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}

func TestHarmlessTextCostsNothing(t *testing.T) {
	for _, s := range []string{"HOLLOWAY, Marcus", "KOVAČ, Ivan 漢字"} {
		if n := testing.AllocsPerRun(100, func() { _ = Safe(s) }); n != 0 {
			t.Errorf("Safe(%q) allocates %v times", s, n)
		}
	}
}

func TestSafeLines(t *testing.T) {
	got := SafeLines("first\r\nsecond\x1b[1m\n\nlast\rend")
	if want := []string{"first", "second[1m", "", "last", "end"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzSafe(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(noise(random(seed), 20))
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Safe(s)
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == 0x2028 || r == 0x2029 {
				t.Errorf("Safe(%q) = %q keeps %U", s, got, r)
			}
		}
		if !utf8.ValidString(got) {
			t.Errorf("Safe(%q) = %q is not UTF-8", s, got)
		}
		if again := Safe(got); again != got {
			t.Errorf("Safe twice: %q then %q", got, again)
		}
		for _, line := range SafeLines(s) {
			if Safe(line) != line {
				t.Errorf("SafeLines(%q) has an unsafe line %q", s, line)
			}
		}
	})
}
