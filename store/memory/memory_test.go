package memory_test

import (
	"testing"

	"pou/store"
	"pou/store/memory"
	"pou/store/storetest"
)

func TestEngineKeepsWhatTheStorePromises(t *testing.T) {
	storetest.Run(t, func(*testing.T) storetest.Place {
		e := memory.New()
		return func() store.Engine { return e }
	})
}
