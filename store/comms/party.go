package comms

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"pou/model"
	"pou/model/atlas"
)

// party is who a cell says: a handle as atlas.Set.Names keeps it, or why it is none.
type party struct {
	name  string
	flags atlas.Flags
	fault string
}

const (
	faultRounded = "a spreadsheet has rounded the number, so which number it was is lost"
	faultLong    = "too long for a telephone number: an IMEI or an IMSI is not who was reached"
	faultParty   = "not a telephone number or an account"
	longestCell  = 256 // bytes of a cell that is kept
	shortest     = 7   // digits of a telephone number; fewer make a short code
)

// Handle is a number, card, plate or account as Set.Names keeps it: 07700900123, +33612345678, short:60777, oyster:…, plate:AB12CDE,
// device:…, @account. It is "" for what is none.
func Handle(s string) string {
	s = strings.TrimSpace(s)
	if scheme, rest, ok := strings.Cut(s, ":"); ok {
		switch strings.ToLower(scheme) {
		case "plate":
			return plate([]byte(rest))
		case "short", "oyster", "card", "device":
			return strings.ToLower(label([]byte(s), 60))
		}
	}
	return readParty([]byte(s), true).name
}

// readParty reads a telephone number in any form or, where ids is set, an account.
func readParty(cell []byte, ids bool) party {
	cell = unquote(cell)
	if len(cell) > longestCell {
		return party{fault: faultParty}
	}
	if nobody(cell) {
		return party{flags: atlas.Withheld}
	}
	digits, letters, odd := census(cell)
	switch {
	case letters == 0 && !odd && digits > 0:
		return readNumber(cell, digits, ids)
	case scientific(cell):
		return party{fault: faultRounded}
	case ids:
		return account(cell)
	}
	if n := numberIn(cell); n != nil { // "Bob (07700 900123)", "+447700900123 Bob"
		d, _, _ := census(n)
		return readNumber(n, d, false)
	}
	name := strings.ToLower(label(cell, 60))
	if letters == 0 || name == "" {
		return party{fault: faultParty}
	}
	return party{name: "short:" + name, flags: atlas.ShortCode} // a sender by name: a bank, voicemail
}

// readNumber reads a cell of digits and what is written between them.
func readNumber(cell []byte, digits int, ids bool) party {
	text := string(cell)
	if i := strings.IndexByte(text, '.'); i > 0 && strings.Trim(text[i:], ".0") == "" && i+2 <= len(text) {
		text = text[:i] // 447700900123.0, from a spreadsheet
		digits, _, _ = census([]byte(text))
	}
	plus := strings.HasPrefix(strings.TrimLeft(text, " ("), "+")
	switch {
	case ids && digits < shortest && !plus:
		return account([]byte(text))
	case digits < 3 && !ids:
		return party{fault: faultParty}
	case digits < shortest:
		return party{name: "short:" + onlyDigits(text), flags: atlas.ShortCode}
	}
	d := onlyDigits(text)
	if rest, ok := strings.CutPrefix(d, "141"); ok && len(rest) == 11 && rest[0] == '0' && rest[1] != '0' {
		text, digits = rest, 11 // dialled with the caller's number withheld
	}
	if !plus && !strings.HasPrefix(d, "00") && digits >= 14 || digits > 18 {
		return party{fault: faultLong}
	}
	key := model.PhoneKey(text)
	if len(key) > 16 {
		return party{fault: faultLong}
	}
	if key == "" || strings.Trim(key, "0+") == "" {
		return party{flags: atlas.Withheld}
	}
	return party{name: key}
}

// account is an account or a pseudonym.
func account(cell []byte) party {
	name := strings.TrimPrefix(strings.ToLower(label(cell, 60)), "@")
	if name == "" {
		return party{fault: faultParty}
	}
	return party{name: "@" + name}
}

// census counts the digits and letters of a cell; odd is that something else stands there than what is written between digits.
func census(cell []byte) (digits, letters int, odd bool) {
	for _, c := range cell {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= 0x80:
			letters++
		case c == '+':
			odd = odd || digits > 0
		case c == ' ', c == '-', c == '(', c == ')', c == '.', c == '/', c == '*', c == '#':
		default:
			odd = true
		}
	}
	return digits, letters, odd
}

// nobody reports whether a cell says that the number is not known.
func nobody(cell []byte) bool {
	if len(cell) == 0 {
		return true
	}
	if len(cell) > 24 || cell[0] >= '1' && cell[0] <= '9' || cell[0] == '+' {
		return false
	}
	switch squashBytes(cell) {
	case "", "0", "withheld", "numberwithheld", "unknown", "unknownnumber", "anonymous", "private", "privatenumber", "nocallerid", "callerwithheld",
		"unavailable", "restricted", "notavailable", "notknown", "na", "none", "null", "nan", "blocked", "presentationrestricted", "norecord":
		return true
	}
	return false
}

func squashBytes(cell []byte) string {
	var b [24]byte
	n := 0
	for _, c := range cell {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 0x80) && n < len(b) {
			b[n] = c
			n++
		}
	}
	return string(b[:n])
}

// scientific reports whether a cell is 4.477E+11.
func scientific(cell []byte) bool {
	at := bytes.IndexAny(cell, "eE")
	if at <= 0 || at+1 >= len(cell) {
		return false
	}
	return len(bytes.Trim(cell[:at], "0123456789.,")) == 0 && len(bytes.Trim(cell[at+1:], "+0123456789")) == 0
}

// numberIn is the one telephone number among words, or nil.
func numberIn(cell []byte) []byte {
	var found []byte
	for i := 0; i < len(cell); {
		if c := cell[i]; c != '+' && (c < '0' || c > '9') {
			i++
			continue
		}
		start, digits := i, 0
		for i < len(cell) && bytes.IndexByte([]byte("+0123456789 -()."), cell[i]) >= 0 {
			if cell[i] >= '0' && cell[i] <= '9' {
				digits++
			}
			i++
		}
		if digits >= shortest {
			if found != nil {
				return nil
			}
			found = bytes.Trim(cell[start:i], " -(.")
		}
	}
	return found
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// unquote trims a cell, and takes off the ' and ="…" that keep spreadsheets from reckoning, and tel: and sip:.
func unquote(cell []byte) []byte {
	cell = bytes.TrimSpace(cell)
	if len(cell) > 3 && cell[0] == '=' && cell[1] == '"' && cell[len(cell)-1] == '"' {
		cell = cell[2 : len(cell)-1]
	}
	cell = bytes.TrimPrefix(cell, []byte("'"))
	for _, scheme := range []string{"tel:", "sip:", "whatsapp:"} {
		if len(cell) > len(scheme) && strings.EqualFold(string(cell[:len(scheme)]), scheme) {
			cell = cell[len(scheme):]
			if at := bytes.IndexByte(cell, '@'); at > 0 {
				cell = cell[:at]
			}
		}
	}
	if n, ok := bytes.CutSuffix(cell, []byte("@s.whatsapp.net")); ok {
		cell = n
		if len(cell) > 9 && cell[0] != '+' && cell[0] != '0' {
			cell = append([]byte("+"), cell...)
		}
	}
	return bytes.TrimSpace(cell)
}

// plate is a registration mark as a handle.
func plate(cell []byte) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(label(cell, 20)) {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	if b.Len() < 2 {
		return ""
	}
	return "plate:" + b.String()
}

// utf8Text reads bytes that are not UTF-8 as Windows-1252 and leaves what is.
func utf8Text(cell []byte) string {
	if utf8.Valid(cell) {
		return string(cell)
	}
	var b strings.Builder
	for len(cell) > 0 {
		r, n := utf8.DecodeRune(cell)
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(cell[0])
		}
		b.WriteRune(r)
		cell = cell[n:]
	}
	return b.String()
}

// party reads a party by the memory of the cells read before.
func (k *maker) party(cell []byte) (partyMemo, bool) {
	if h, flags, ok := k.short.get(cell); ok {
		return partyMemo{handle: atlas.Handle(h), flags: flags}, true
	}
	if p, ok := k.parties[string(cell)]; ok {
		return p, p.fault == ""
	}
	got := readParty(cell, k.ids || k.as == AsMessages)
	p := partyMemo{handle: atlas.Handle(k.t.handle(got.name)), flags: got.flags, fault: got.fault}
	if (p.fault != "" || !k.short.put(cell, uint32(p.handle), p.flags)) && len(cell) <= longestCell {
		if len(k.parties) >= mostMemo {
			clear(k.parties)
		}
		k.parties[string(cell)] = p
	}
	return p, p.fault == ""
}

// whose sets whose record it is from a column, or leaves it for the file to say.
func (k *maker) whose(r *atlas.Row, scheme string) bool {
	cell := k.cell(fUser)
	if len(cell) == 0 {
		cell = k.cell(fOwn)
	}
	if len(cell) == 0 {
		cell = k.cell(fCard)
	}
	if len(cell) == 0 {
		k.batch.own = true
		return true
	}
	memo, ok := k.parties[string(cell)]
	if !ok {
		name := label(cell, 60)
		if d, letters, odd := census(cell); d >= shortest && letters == 0 && !odd && scheme == "device:" {
			name = readParty(cell, true).name
		} else {
			name = scheme + strings.ToLower(name)
		}
		memo = partyMemo{handle: atlas.Handle(k.t.handle(name))}
		if len(k.parties) < mostMemo && len(cell) <= longestCell {
			k.parties[string(cell)] = memo
		}
	}
	r.Own = memo.handle
	return true
}
