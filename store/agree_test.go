package store_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"pou/store"
	"pou/store/bolt"
	"pou/store/memory"
	"pou/store/storetest"
)

// Three seeds are always the same, one is new each time; a failure names its seed.
func TestMemoryAndBoltAgreeOnRandomOperations(t *testing.T) {
	accepted := 0
	for _, seed := range []uint64{1, 2, 3, rand.Uint64()} {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			kept, path := memory.New(), filepath.Join(t.TempDir(), "pou.db")
			accepted += storetest.Agree(t, seed, 400,
				func() store.Engine { return kept },
				func() store.Engine {
					e, err := bolt.Open(path, bolt.Holder{PID: 1})
					if err != nil {
						t.Fatal(err)
					}
					return e
				})
		})
	}
	if accepted < 4*8 { // over all seeds: one walk alone may be unlucky
		t.Errorf("only %d actions were accepted in four walks: too few to show anything", accepted)
	}
}
