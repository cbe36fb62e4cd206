package model

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// SignedHead is a checkpoint of the journal, signed, to be kept where whoever holds the store cannot write: it shows later
// that nothing up to its entry was altered, cut off or written anew.
type SignedHead struct {
	Seq       uint64    `json:"seq"`
	Sum       string    `json:"sum"`
	At        time.Time `json:"at"`
	Key       string    `json:"key"` // the public key it was signed with
	Signature string    `json:"signature"`
}

// SignHead signs the head of a journal.
func SignHead(seq uint64, sum Digest, at time.Time, key ed25519.PrivateKey) SignedHead {
	h := SignedHead{Seq: seq, Sum: sum.String(), At: at.UTC().Truncate(time.Second), Key: publicOf(key)}
	h.Signature = hex.EncodeToString(ed25519.Sign(key, h.signed()))
	return h
}

func publicOf(key ed25519.PrivateKey) string {
	public, _ := key.Public().(ed25519.PublicKey)
	return hex.EncodeToString(public)
}

// signed are the bytes a signature is over.
func (h SignedHead) signed() []byte {
	return fmt.Appendf(nil, "pou journal head\n%d\n%s\n%s\n", h.Seq, h.Sum, h.At.UTC().Format(time.RFC3339))
}

// Verify holds a head against its signature and, unless public is empty, against the key it has to be signed with.
func (h SignedHead) Verify(public string) error {
	key, err := hex.DecodeString(h.Key)
	signature, err2 := hex.DecodeString(h.Signature)
	switch {
	case err != nil || err2 != nil || len(key) != ed25519.PublicKeySize:
		return fmt.Errorf("the head of entry %d has no signature that can be read", h.Seq)
	case public != "" && public != h.Key:
		return fmt.Errorf("the head of entry %d is signed with another key, %s", h.Seq, h.Key)
	case !ed25519.Verify(key, h.signed(), signature):
		return fmt.Errorf("the head of entry %d is not as it was signed", h.Seq)
	}
	return nil
}

// ReadHeads reads a file of signed heads, one a line, and verifies each. They are all signed with one key: public, or the
// first one's where that is empty.
func ReadHeads(text []byte, public string) ([]SignedHead, error) {
	var out []SignedHead
	for n, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if line == "" {
			continue // an empty file
		}
		var h SignedHead
		if err := json.Unmarshal([]byte(line), &h); err != nil {
			return nil, fmt.Errorf("line %d is no signed head", n+1)
		}
		if err := h.Verify(public); err != nil {
			return nil, fmt.Errorf("line %d: %w", n+1, err)
		}
		if n > 0 && h.Seq < out[n-1].Seq {
			return nil, fmt.Errorf("line %d: entry %d stands after entry %d", n+1, h.Seq, out[n-1].Seq)
		}
		public = h.Key
		out = append(out, h)
	}
	return out, nil
}
