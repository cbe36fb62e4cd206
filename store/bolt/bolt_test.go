package bolt_test

import (
	"path/filepath"
	"testing"
	"time"

	"pou/store"
	"pou/store/bolt"
	"pou/store/storetest"
)

func TestEngineKeepsWhatTheStorePromises(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Place {
		return placeAt(t, filepath.Join(t.TempDir(), "pou.db"))
	})
}

func holder() bolt.Holder {
	return bolt.Holder{PID: 4242, User: "adeyemi", Host: "desk-3", Since: time.Date(2026, time.December, 1, 5, 0, 0, 0, time.UTC)}
}

func placeAt(t *testing.T, path string) storetest.Place {
	t.Helper()
	return func() store.Engine {
		e, err := bolt.Open(path, holder())
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
}
