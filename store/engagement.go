package store

import "pou/model"

// Engagements reads the log of engagement, of a unit or of all of them. A record that cannot be read is left out and named
// in the error, which then comes with what could be read.
func Engagements(r Reader, unit model.Unit) ([]*model.Engagement, error) {
	var out []*model.Engagement
	err := allOf(r, model.KindEngagement, &out)
	if unit != "" {
		out = ofUnit(out, unit, func(e *model.Engagement) model.Unit { return e.Unit })
	}
	return out, err
}
