package bolt_test

import (
	"path/filepath"
	"testing"

	"pou/store"
	"pou/store/bolt"
	"pou/store/storetest"
)

func TestWhatManySeeIsOneHistory(t *testing.T) {
	t.Parallel()
	engines := func(wrap func(store.Engine) store.Engine) func(*testing.T, int) []store.Engine {
		return func(t *testing.T, _ int) []store.Engine {
			e, err := bolt.Open(filepath.Join(t.TempDir(), "pou.db"), bolt.Holder{})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { e.Close() })
			return []store.Engine{wrap(e)}
		}
	}
	storetest.Linearizable(t, 15, engines(func(e store.Engine) store.Engine { return e }))
	storetest.CaughtWithin(t, 20, engines(storetest.Stale))
}
