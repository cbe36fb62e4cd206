package part

import (
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

var update = flag.Bool("update", false, "write the golden files instead of comparing")

// golden compares a view, colours stripped, with testdata/name.txt, and checks that it is h lines of w cells.
func golden(t *testing.T, name, view string, w, h int) {
	t.Helper()
	sized(t, view, w, h)
	got := ansi.Strip(view) + "\n"
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (run with -update)", err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s\nwant:\n%s", name, got, want)
	}
}

// sized checks that a view is exactly h lines of exactly w cells and leaves no style behind on any line.
func sized(t *testing.T, view string, w, h int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		t.Errorf("%d lines, want %d:\n%s", len(lines), h, ansi.Strip(view))
	}
	for i, line := range lines {
		if got := ansi.StringWidth(line); got != w {
			t.Errorf("line %d is %d cells, want %d: %q", i, got, w, line)
		}
		if last := strings.LastIndex(line, "\x1b["); last >= 0 && !strings.HasPrefix(line[last:], ansi.ResetStyle) {
			t.Errorf("line %d leaves a style on: %q", i, line)
		}
	}
}

func press(keys ...string) []tea.KeyPressMsg {
	var out []tea.KeyPressMsg
	for _, k := range keys {
		out = append(out, pressOne(k))
	}
	return out
}

func pressOne(k string) tea.KeyPressMsg {
	named := map[string]tea.Key{
		"enter": {Code: tea.KeyEnter}, "tab": {Code: tea.KeyTab}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift},
		"esc": {Code: tea.KeyEscape}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft},
		"right": {Code: tea.KeyRight}, "ctrl+s": {Code: 's', Mod: tea.ModCtrl}, "ctrl+o": {Code: 'o', Mod: tea.ModCtrl},
		"ctrl+j": {Code: 'j', Mod: tea.ModCtrl}, "ctrl+v": {Code: 'v', Mod: tea.ModCtrl},
		"alt+enter": {Code: tea.KeyEnter, Mod: tea.ModAlt}, "space": {Code: tea.KeySpace, Text: " "},
		"backspace": {Code: tea.KeyBackspace}, "pgdown": {Code: tea.KeyPgDown}, "home": {Code: tea.KeyHome},
	}
	if key, ok := named[k]; ok {
		return tea.KeyPressMsg(key)
	}
	return tea.KeyPressMsg(tea.Key{Code: []rune(k)[0], Text: k})
}

// letters is one key press for each character of text.
func letters(text string) []tea.KeyPressMsg {
	var out []tea.KeyPressMsg
	for _, r := range text {
		out = append(out, pressOne(string(r)))
	}
	return out
}

// noise makes texts of the kinds that break widths: wide and combining characters, emoji, controls, invalid bytes.
func noise(r *rand.Rand, n int) string {
	pieces := []string{
		"a", "B", "7", " ", "-", "é", "e\u0301", "ß", "漢", "字", "ｱ", "한", "👮", "👮🏽\u200d♀️", "🇬🇧", "❤️", "\u200b", "\u202e", "\x1b[31m", "\x1b]0;x\x07",
		"\t", "\n", "\xff", "\xc3", "ก็", "न्", "ـ", "א", "\u0301", "…", "\u00ad", "\u2066", "🏴", "①", "\ufeff", "\u1160", "O'Brien", "　",
	}
	var b strings.Builder
	for range r.IntN(n + 1) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

// everyTheme runs a test under each kind of terminal.
func everyTheme(t *testing.T, test func(t *testing.T, th *Theme)) {
	t.Helper()
	for name, th := range map[string]Theme{
		"dark": NewTheme(true, false, false), "light": NewTheme(false, false, false),
		"no colour": NewTheme(true, true, false), "ascii": NewTheme(true, false, true), "plain": NewTheme(false, true, true),
	} {
		t.Run(name, func(t *testing.T) { test(t, &th) })
	}
}
