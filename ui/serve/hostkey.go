package serve

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"

	gossh "golang.org/x/crypto/ssh"
)

// HostKeyPath is where the host key of a store is kept.
func HostKeyPath(storePath string) string { return storePath + ".host-key" }

const private = 0o600

// HostKey reads the key the server is known by, or makes it the first time. One that others can read is refused: whoever has
// it can pass for the desk.
func HostKey(path string) (gossh.Signer, error) {
	raw, err := os.ReadFile(path) //nolint:gosec // the path is the operator's own
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeHostKey(path); err != nil {
			return nil, err
		}
		raw, err = os.ReadFile(path) //nolint:gosec // as above
	}
	if err != nil {
		return nil, fmt.Errorf("the host key: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("the host key: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("others can read the host key %s, and pass for the desk: chmod 600 it or, if somebody has, remove it and tell the officers", path)
	}
	key, err := gossh.ParsePrivateKey(raw)
	if err != nil {
		return nil, fmt.Errorf("the host key %s: %w", path, err)
	}
	if err := os.WriteFile(path+".pub", gossh.MarshalAuthorizedKey(key.PublicKey()), private); err != nil {
		return nil, fmt.Errorf("the host key's public half: %w", err)
	}
	return key, nil
}

// makeHostKey puts a new key in its place, whole or not at all.
func makeHostKey(path string) error {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return fmt.Errorf("make a host key: %w", err)
	}
	block, err := gossh.MarshalPrivateKey(key, "pou host key")
	if err != nil {
		return fmt.Errorf("make a host key: %w", err)
	}
	half := path + ".new"
	if err := os.WriteFile(half, pem.EncodeToMemory(block), private); err != nil {
		return fmt.Errorf("keep the host key: %w", err)
	}
	if err := errors.Join(os.Chmod(half, private), os.Rename(half, path)); err != nil {
		return fmt.Errorf("keep the host key: %w", err)
	}
	return nil
}

// HostPublic reads the public half, by which a pou on the same machine knows the server again.
func HostPublic(path string) (gossh.PublicKey, error) {
	raw, err := os.ReadFile(path + ".pub") //nolint:gosec // beside the operator's own store
	if err != nil {
		return nil, fmt.Errorf("the host key's public half: %w", err)
	}
	key, _, _, _, err := gossh.ParseAuthorizedKey(raw)
	if err != nil {
		return nil, fmt.Errorf("the host key's public half %s.pub: %w", path, err)
	}
	return key, nil
}

// socketMost is how long the path of a socket may be: systems allow 104 or 108 bytes.
const socketMost = 100

// listenPrivate listens on a socket only its owner may open. Until it is closed to others a moment passes, in which whoever
// comes is still only the officer whose login the system says they have.
func listenPrivate(ctx context.Context, path string) (net.Listener, error) {
	if len(path) > socketMost {
		return nil, fmt.Errorf("the path %s is too long for a socket: keep the store in a folder with a shorter path", path)
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "unix", path)
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller says what it was for
	}
	if err := os.Chmod(path, private); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}
