package model_test

import (
	"testing"

	"pou/model"
)

func TestAMarkerRanksWhereItStandsAmongTheChoices(t *testing.T) {
	choices := model.MarkerCode("").Choices()
	for i, c := range choices {
		if got := model.MarkerCode(c.Value).Rank(); got != i {
			t.Errorf("%s ranks %d, want %d", c.Value, got, i)
		}
	}
	if got := model.MarkerCode("no marker").Rank(); got != len(choices) {
		t.Errorf("what is no marker ranks %d, want %d, behind them all", got, len(choices))
	}
}
