package model

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"pou/model/day"
)

// Key is an SSH public key an officer signs in with over the network. Only its fingerprint is kept: it is enough to know the
// key again, and nothing can be signed with it.
type Key struct {
	Print     string    `cbor:"1,keyasint" json:"fingerprint"` // SHA256:…, as ssh-keygen -l prints it
	Type      string    `cbor:"2,keyasint" json:"type"`
	Label     string    `cbor:"3,keyasint,omitempty" json:"label,omitempty"`
	Added     time.Time `cbor:"4,keyasint" json:"added"`
	By        Ref       `cbor:"5,keyasint" json:"by"`
	Until     day.Date  `cbor:"6,keyasint,omitempty" json:"until,omitzero"` // its last day; none: until it is revoked
	Revoked   time.Time `cbor:"7,keyasint,omitzero" json:"revoked,omitzero"`
	RevokedBy Ref       `cbor:"8,keyasint,omitempty" json:"revoked_by,omitempty"`
}

// Good reports whether a key may still be used.
func (k Key) Good(now time.Time) bool {
	return k.Revoked.IsZero() && (k.Until.IsZero() || day.On(now) <= k.Until)
}

// Word says how a key stands.
func (k Key) Word(now time.Time) string {
	switch {
	case !k.Revoked.IsZero():
		return "revoked"
	case !k.Good(now):
		return "run out"
	}
	return "good"
}

// Key finds a key of the officer by its fingerprint, whatever became of it.
func (o *Officer) Key(fingerprint string) (Key, bool) {
	for _, k := range o.Keys {
		if k.Print == fingerprint {
			return k, true
		}
	}
	return Key{}, false
}

// SignsIn reports whether the officer may come in with a key now: one that is theirs, not revoked, not run out, and they
// have not left.
func (o *Officer) SignsIn(fingerprint string, now time.Time) bool {
	k, ok := o.Key(fingerprint)
	return ok && !o.Left && k.Good(now)
}

// KeySource is what the officer who holds a key is found under.
func KeySource(fingerprint string) string { return "ssh-key " + fingerprint }

// SourceKeys lists the officer's keys, the revoked ones too: a key is one officer's for good.
func (o *Officer) SourceKeys() []string {
	out := make([]string, len(o.Keys))
	for i, k := range o.Keys {
		out[i] = KeySource(k.Print)
	}
	return out
}

// leastRSA is how long an RSA key is at least (NIST SP 800-57 part 1: 128 bits of strength).
const leastRSA = 3072

// readKey reads a line as it stands in a .pub file: type, key, label.
func readKey(line string) (Key, error) {
	words := strings.Fields(line)
	refuse := func(rule string) (Key, error) {
		return Key{}, Refuse("key", rule, "Give the line of a .pub file, such as ssh-ed25519 AAAA… name; ssh-keygen -t ed25519 makes one")
	}
	if strings.Contains(line, "PRIVATE KEY") {
		return refuse("that is a private key, which nobody must have but its owner: it is used up now")
	}
	if len(words) < 2 {
		return refuse("this is not a public key")
	}
	body, err := base64.StdEncoding.DecodeString(words[1])
	if err != nil {
		return refuse("the key is damaged")
	}
	named, rest, ok := wireString(body)
	switch {
	case !ok || string(named) != words[0]:
		return refuse("the key is damaged: it does not say of itself that it is " + strconv.Quote(words[0]))
	case words[0] == "ssh-rsa":
		if n := rsaBits(rest); n < leastRSA {
			return refuse("an RSA key has at least " + itoa(leastRSA) + " bits, and this has " + itoa(n))
		}
	case !keyType(words[0]):
		return refuse(strconv.Quote(words[0]) + " keys are not taken: ed25519, ECDSA, RSA and security keys are")
	case len(rest) < 32:
		return refuse("the key is cut short")
	}
	sum := sha256.Sum256(body)
	return Key{
		Print: "SHA256:" + base64.RawStdEncoding.EncodeToString(sum[:]), Type: words[0], Label: strings.Join(words[2:], " "),
	}, nil
}

func keyType(name string) bool {
	switch name {
	case "ssh-ed25519", "sk-ssh-ed25519@openssh.com", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "sk-ecdsa-sha2-nistp256@openssh.com":
		return true
	}
	return false
}

// wireString reads a string of RFC 4251 section 5: four bytes of length, then as many.
func wireString(b []byte) (s, rest []byte, ok bool) {
	if len(b) < 4 {
		return nil, nil, false
	}
	n := int64(binary.BigEndian.Uint32(b))
	if n > int64(len(b)-4) {
		return nil, nil, false
	}
	return b[4 : 4+n], b[4+n:], true
}

// rsaBits is how long the modulus is, which stands after the exponent (RFC 4253 section 6.6).
func rsaBits(b []byte) int {
	_, rest, _ := wireString(b)
	n, _, ok := wireString(rest)
	for ok && len(n) > 0 && n[0] == 0 {
		n = n[1:]
	}
	if !ok || len(n) == 0 {
		return 0
	}
	return (len(n)-1)*8 + bits.Len8(n[0])
}
