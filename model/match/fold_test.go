package match_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pou/model/match"
)

func TestNamesAreComparedWithoutTheirOrnaments(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ in, want string }{
		"capitals do not count":                    {"SMITH", "smith"},
		"punctuation is a space":                   {"SMITH, John-Paul", "smith john paul"},
		"spaces are one space":                     {"  a \t\n b  ", "a b"},
		"an apostrophe is nothing":                 {"O'BRIEN", "obrien"},
		"a typographer's apostrophe is nothing":    {"O’Brien O‘Brien Oʼbrien", "obrien obrien obrien"},
		"a backtick or acute accent is nothing":    {"O`Brien O´Brien", "obrien obrien"},
		"the ayn and hamza of Arabic are nothing":  {"ʿAbd al-Raḥmān Qurʾān", "abd al rahman quran"},
		"accents do not count":                     {"José Fernández Çelik Šimić Nguyễn", "jose fernandez celik simic nguyen"},
		"accents typed apart do not count":         {"Jose\u0301", "jose"},
		"letters with a stroke are plain":          {"Łukasz Đorđe Søren", "lukasz dorde soren"},
		"double letters are two":                   {"Weiß Æthel Œuvre Þór", "weiss aethel oeuvre thor"},
		"the Turkish i is an i":                    {"Işık İnce ISIK", "isik ince isik"},
		"the Azeri schwa is an a":                  {"Əliyev", "aliyev"},
		"wide letters and digits are plain":        {"ＡＢ１２", "ab12"},
		"Arabic digits are digits":                 {"٠٧٧٠٠ ۱۲۳", "07700 123"},
		"vowel marks of Arabic do not count":       {"مُحَمَّد", "محمد"},
		"Greek has one small sigma":                {"ΓΙΩΡΓΟΣ γιώργος", "γιωργοσ γιωργοσ"},
		"a reference is two words":                 {"P-000482", "p 000482"},
		"a number with a plus is a number":         {"+44 7700 900123", "44 7700 900123"},
		"what joins without being seen is nothing": {"Jo\u200dhn Jo\u00adhn", "john john"},
		"bytes that are not text are a space":      {"a\xffb", "a b"},
		"nothing is nothing":                       {" ,. ", ""},
	}
	for name, c := range cases {
		if got := match.Fold(c.in); got != c.want {
			t.Errorf("%s: Fold(%q) = %q, want %q", name, c.in, got, c.want)
		}
	}
}

func TestTokensAreTheWordsInOrder(t *testing.T) {
	t.Parallel()
	if got := match.Tokens("O'BRIEN, Sean (Shaun)"); !slices.Equal(got, []string{"obrien", "sean", "shaun"}) {
		t.Errorf("Tokens = %q", got)
	}
	if got := match.Tokens("--"); len(got) != 0 {
		t.Errorf("Tokens of punctuation = %q", got)
	}
}

func TestFoldingWhatIsFoldedAllocatesNothing(t *testing.T) {
	s := strings.Repeat("sean obrien 1984 ", 3) + "x"
	if n := testing.AllocsPerRun(100, func() { _ = match.Fold(s) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "O'BRIEN, Sean", "Łukasz ß İ", "ŉ ´ ¨ \u0345", "ﷺ", "a\xff\xc0b", "٠١", "ǅ ẞ ϴ Ω K", "\u1d165"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := match.Fold(s)
		if twice := match.Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, again %q", s, once, twice)
		}
		if !utf8.ValidString(once) {
			t.Errorf("Fold(%q) = %q is not text", s, once)
		}
		if strings.Join(match.Tokens(s), " ") != once {
			t.Errorf("Tokens(%q) = %q, Fold %q", s, match.Tokens(s), once)
		}
	})
}
