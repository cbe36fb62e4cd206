package store

import (
	"errors"
	"time"

	"pou/model"
)

// Charted reads what the charts are counted from. A record that cannot be read is left out and named in the error, which
// then comes with what could be read.
func Charted(r Reader) (model.ChartRecords, error) {
	out := model.ChartRecords{Limits: model.NewLiner(r, time.Time{}).Limits()}
	err := errors.Join(allOf(r, model.KindOrder, &out.Orders), allOf(r, model.KindBreach, &out.Breaches))
	return out, err
}
