package cli

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"pou/model"
)

// heading is one `pou journal head`.
type heading struct {
	sign string
	key  string
}

func (a *app) journalHeadCmd() *cobra.Command {
	var h heading
	cmd := &cobra.Command{
		Use:   "head",
		Short: "The newest entry's number and sum, to be kept elsewhere",
		Long: "Prints a checkpoint, NUMBER:SUM. Kept elsewhere, it shows later that nothing up to it was altered or cut off: pou journal verify --head CHECKPOINT.\n" +
			"With --sign FILE it is signed and added to FILE, which is best where whoever holds the store cannot write; the key is made once.",
		Example: "  pou journal head --sign /media/audit/heads.jsonl --key /media/audit/heads.key\n  pou journal verify --heads /media/audit/heads.jsonl",
		Args:    wants(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.existing(cmd.Context(), func(d *desk) error {
				if h.sign != "" {
					return a.signHead(d, &h)
				}
				_, err := fmt.Fprintln(a.env.Out, checkpoint(d.info.Head, d.info.Sum))
				return err
			})
		},
	}
	cmd.Flags().StringVar(&h.sign, "sign", "", "sign it, and add it to the FILE of signed heads")
	cmd.Flags().StringVar(&h.key, "key", "", "the FILE of the key to sign with (made when it is not there; else beside the store, ending in .key)")
	return cmd
}

// signHead adds a signed head to a file. The file is only ever added to.
func (a *app) signHead(d *desk, h *heading) error {
	path := h.key
	if path == "" {
		if strings.Contains(d.path, "://") {
			return &model.Problem{Code: model.Invalid, Field: "--key", Rule: "a store on a cluster has no place beside it for a key", Do: "Give the file of the key with --key"}
		}
		path = d.path + ".key"
	}
	key, err := a.headKey(path)
	if err != nil {
		return err
	}
	head := model.SignHead(d.info.Head, d.info.Sum, d.whole.Now(), key)
	line, err := json.Marshal(head)
	if err != nil {
		return fmt.Errorf("the head: %w", err)
	}
	f, err := os.OpenFile(h.sign, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("the file of signed heads: %w", err)
	}
	_, err = f.Write(append(line, '\n'))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("the file of signed heads: %w", err)
	}
	_, err = fmt.Fprintf(a.env.Out, "%s added to %s; signed with %s\n", checkpoint(d.info.Head, d.info.Sum), h.sign, head.Key)
	return err
}

// headKey reads the key to sign with, or makes it.
func (a *app) headKey(path string) (ed25519.PrivateKey, error) {
	raw, err := os.ReadFile(path) //nolint:gosec // the officer names the file
	if errors.Is(err, fs.ErrNotExist) {
		return a.makeHeadKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("the key: %w", err)
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(raw)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, &model.Problem{Code: model.Invalid, Field: "--key", Rule: path + " is no key made by pou journal head", Do: "Give another file, or one that is not there yet"}
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

func (a *app) makeHeadKey(path string) (ed25519.PrivateKey, error) {
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return nil, fmt.Errorf("make the key: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600) //nolint:gosec // the officer names the file
	if err != nil {
		return nil, fmt.Errorf("the key: %w", err)
	}
	_, err = fmt.Fprintln(f, hex.EncodeToString(key.Seed()))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fmt.Errorf("the key: %w", err)
	}
	a.note("New key %s. Whoever has it can sign heads: keep it where whoever holds the store cannot read it.", path)
	return key, nil
}

// holdAgainstHeads wants every signed head in the journal, as it was.
func (a *app) holdAgainstHeads(cmd *cobra.Command, d *desk, path, public string) (int, error) {
	text, err := os.ReadFile(path) //nolint:gosec // the officer names the file
	if err != nil {
		return 0, fmt.Errorf("the file of signed heads: %w", err)
	}
	heads, err := model.ReadHeads(text, public)
	if err != nil {
		return 0, &storeError{fmt.Errorf("%s: %w", path, err)}
	}
	if len(heads) == 0 {
		return 0, &model.Problem{Code: model.Invalid, Field: "--heads", Rule: path + " holds no signed head", Do: "Give the file pou journal head --sign adds to"}
	}
	for _, h := range heads {
		if err := d.holdAgainst(cmd, fmt.Sprintf("%d:%s", h.Seq, h.Sum)); err != nil {
			return 0, err
		}
	}
	if public == "" {
		a.note("The heads are signed with %s. Hold that against the key kept elsewhere, or give it with --key.", heads[0].Key)
	}
	return len(heads), nil
}
