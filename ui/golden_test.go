package ui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden screens anew; read the diff")

// The screens as officers see them, at the three sizes the layouts are made for.
func TestGoldenScreens(t *testing.T) {
	pages := []struct {
		name string
		keys []string
	}{
		{"wanted", []string{"1"}},
		{"breaches", []string{"2"}},
		{"orders", []string{"3"}},
		{"packs", []string{"4"}},
		{"tasks", []string{"5"}},
		{"units", []string{"6"}},
		{"due", []string{"7"}},
		{"journal", []string{"8"}},
		{"record", []string{"1", "enter"}},
		{"attempt", []string{"1", "e"}},
		{"help", []string{"1", "?"}},
		{"box", []string{"1", "ctrl+k"}},
		{"suspicions", []string{"2", "M"}},
		{"suspicion", []string{"2", "M", "enter"}},
		{"suspicion-report", []string{"2", "M", "b"}},
		{"suspicion-dismiss", []string{"2", "M", "x"}},
		{"breach", []string{"2", "enter"}},
		{"breach-decide", []string{"2", "b"}},
		{"breach-results", []string{"2", "R"}},
	}
	for _, size := range [][2]int{{80, 24}, {120, 40}, {200, 60}} {
		for _, p := range pages {
			name := fmt.Sprintf("%s-%dx%d", p.name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				r := newRig(t, size[0], size[1], threeWanted)
				r.press(p.keys...)
				golden(t, name, r.screen())
			})
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".txt")
	got = trimRight(got)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test ./ui -run Golden -update writes it", err)
	}
	if string(want) != got {
		t.Errorf("the screen is not as in %s (go test ./ui -run Golden -update, and read the diff):\n%s", path, got)
	}
}

// trimRight drops the spaces that fill each line, which editors would.
func trimRight(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

var colourSGR = regexp.MustCompile(`\x1b\[[0-9;]*(3[0-7]|4[0-7]|9[0-7]|10[0-7]|38;|48;)[0-9;]*m`)

func TestWithoutColourTheSelectedRowAndEveryStateCanStillBeTold(t *testing.T) {
	r := newRig(t, 120, 40, threeWanted)
	r.app.opts.NoColor = true
	r.app.th = noColourTheme(r.app)
	r.app.refresh()
	r.press("down", "up")
	r.settle()
	content := r.app.View().Content
	if sgr := colourSGR.FindString(content); sgr != "" {
		t.Errorf("colour %q in a screen without colour", sgr)
	}
	r.sees("▌ ◔", "NOT CIRCULATED", "VI WE?")
}
