package part

import (
	"strings"
	"testing"
)

func TestBlockLettersFitTheirWidthOrAreNotSet(t *testing.T) {
	cases := []struct {
		name, text string
		scale, w   int
		want       bool
	}{
		{"a surname fits a narrow screen", "HOLLOWAY", 1, 78, true},
		{"one dot too wide is not set", "HOLLOWAY", 1, BigWidth("HOLLOWAY") - 1, false},
		{"exactly as wide is set", "HOLLOWAY", 1, BigWidth("HOLLOWAY"), true},
		{"twice the size needs twice the room", "HOLLOWAY", 2, 2*BigWidth("HOLLOWAY") - 1, false},
		{"an apostrophe and a hyphen are letters of the font", "O'BRIEN-SMYTH", 1, 200, true},
		{"a curly apostrophe is an apostrophe", "O’BRIEN", 1, 200, true},
		{"small letters are set as capitals", "s.4A PHA", 1, 200, true},
		{"Cyrillic is not guessed at", "КОВАЧ", 1, 200, false},
		{"nothing to set", "", 1, 200, false},
	}
	everyTheme(t, func(t *testing.T, th *Theme) {
		for _, c := range cases {
			lines, ok := th.BigText(c.text, c.scale, c.w)
			if ok != c.want {
				t.Errorf("%s: set %v, want %v", c.name, ok, c.want)
			}
			if !ok {
				continue
			}
			if len(lines) != th.BigHeight(c.scale) {
				t.Errorf("%s: %d lines, want %d", c.name, len(lines), th.BigHeight(c.scale))
			}
			for _, l := range lines {
				if Width(l) != BigWidth(c.text)*c.scale {
					t.Errorf("%s: a line of %d cells, want %d: %q", c.name, Width(l), BigWidth(c.text)*c.scale, l)
				}
				if th.ASCII && strings.Trim(l, "# ") != "" {
					t.Errorf("%s: more than ASCII: %q", c.name, l)
				}
			}
		}
	})
}

func TestAccentedLettersAreSetAsTheirBaseLetter(t *testing.T) {
	th := NewTheme(true, false, false)
	for accented, base := range map[string]string{"KOVAČ": "KOVAC", "Seán": "SEAN", "Łukasz": "LUKASZ", "Strauß": "STRAUSS", "Ngũgĩ": "NGUGI", "Ærø": "AERO"} {
		got, ok := th.BigText(accented, 1, 200)
		want, _ := th.BigText(base, 1, 200)
		if !ok || strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s is not set as %s", accented, base)
		}
	}
}

// Two letters that look the same across a room would be the wrong name.
func TestNoTwoLettersOfTheFontLookAlike(t *testing.T) {
	seen := map[string]rune{}
	for _, r := range "ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789-'., :/()+?" {
		glyph := bigGlyph(r)
		rows := strings.Split(glyph, "/")
		if len(rows) != bigRows {
			t.Fatalf("%c has %d rows: %q", r, len(rows), glyph)
		}
		for _, row := range rows {
			if len(row) != len(rows[0]) || strings.Trim(row, "# ") != "" {
				t.Errorf("%c has a row %q", r, row)
			}
		}
		if other, dup := seen[glyph]; dup {
			t.Errorf("%c and %c look alike", r, other)
		}
		seen[glyph] = r
	}
}

func TestTheAlphabetInBlockLetters(t *testing.T) {
	th := NewTheme(true, false, false)
	var out []string
	for _, text := range []string{"ABCDEFGHIJKLM", "NOPQRSTUVWXYZ", "0123456789 -'.,:/()+?", "O'BRIEN-KOVAČ"} {
		lines, _ := th.BigText(text, 1, 200)
		for _, l := range lines {
			out = append(out, Pad(l, 90, AlignLeft))
		}
		out = append(out, blank(90))
	}
	golden(t, "bigtext", strings.Join(out, "\n"), 90, len(out))
}
