package brief_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
)

// covers reports whether a TrueType font has a letter: a reading of its cmap table, format 4.
func covers(font []byte, letter rune) bool {
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(font[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(font[at:])) }
	for i := range u16(4) {
		table := 12 + 16*i
		if string(font[table:table+4]) != "cmap" {
			continue
		}
		cmap := u32(table + 8)
		for j := range u16(cmap + 2) {
			sub := cmap + u32(cmap+4+8*j+4)
			if u16(sub) != 4 {
				continue
			}
			twice := u16(sub + 6)
			for k := 0; k < twice; k += 2 {
				if last, first := u16(sub+14+k), u16(sub+16+twice+k); int(letter) >= first && int(letter) <= last {
					return true
				}
			}
		}
	}
	return false
}

func TestTheFontsHaveTheLettersOfLondon(t *testing.T) {
	const letters = "AZaz09 ÀÿĀžŁłŠšŞşİıĞğǅƏəȘșȚțḀẞỄễệĐđ ΑΩαωάώϊΐ АЯаяЁёЇїЄєҐґЎўЉљЊњЋћЏџҚқӘә £€–—…‘’“”·№�"
	for _, name := range []string{"DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"} {
		font, err := os.ReadFile(filepath.Join("fonts", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, letter := range letters {
			if !covers(font, letter) {
				t.Errorf("%s has no %c (%U)", name, letter, letter)
			}
		}
		if covers(font, '漢') {
			t.Errorf("%s says it has a letter it was cut down to be without: the test reads it wrongly", name)
		}
	}
	if _, err := os.Stat(filepath.Join("fonts", "LICENSE")); err != nil {
		t.Error("the licence of the fonts goes with them")
	}
}
