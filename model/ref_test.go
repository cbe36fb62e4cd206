package model_test

import (
	"testing"

	"pou/model"
)

func TestRefsSortAsTheyCount(t *testing.T) {
	t.Parallel()
	order := []model.Ref{"OP-0002", "OP-10000", "P-000002", "P-999999", "P-1000000", "OP-0001/002", "OP-0001/010", "OP-0002/001"}
	for i := 1; i < len(order); i++ {
		if order[i-1].Kind() == order[i].Kind() && (order[i-1].Compare(order[i]) >= 0 || order[i].Compare(order[i-1]) <= 0) {
			t.Errorf("%s does not come before %s", order[i-1], order[i])
		}
	}
	if model.Ref("P-000001").Compare("P-000001") != 0 {
		t.Error("a ref is not where it is")
	}
}
