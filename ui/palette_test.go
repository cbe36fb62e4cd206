package ui

import (
	"testing"

	"pou/store"
)

func TestTheBoxOfOperationsOpenedBeforeTheyAreReadFillsWithThemAndFindsNothingElse(t *testing.T) {
	r := newRig(t, 100, 30, threeWanted)
	ops := r.app.ops
	r.app.ops = nil // as in the first moments of a desk
	r.press("4", "o").sees("which operation").typed("lantern")
	r.seesNot("Records", "to open it")
	r.send(listLoaded{list: store.ListOperations, lines: ops})
	r.sees("> lantern", "Operations", "Operation Lantern")
	r.press("enter").sees("4 Packs", "by number").seesNot("> lantern", "Window")
}
