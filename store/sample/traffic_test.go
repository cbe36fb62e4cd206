package sample_test

import (
	"testing"

	"pou/model"
	"pou/model/atlas"
	"pou/store"
	"pou/store/comms"
	"pou/store/sample/planted"
)

// trafficTraps are what the data of a case shows.
func trafficTraps() map[string]trapRule {
	return map[string]trapRule{
		"157 times two phones may have been near each other": func(t *testing.T, f *filled, ref model.Ref) bool {
			t.Helper()
			var p *comms.Picture
			if err := f.Read(t.Context(), func(r store.Reader) (err error) {
				p, err = comms.Open(r, ref)
				return err
			}); err != nil {
				t.Error(err)
				return false
			}
			meets, err := comms.MeetsOf(p, atlas.Window{}, atlas.Usual())
			return err == nil && len(meets.Occasions) == planted.Meets && len(p.Set.Held) == 0 && len(p.Case.Moments) == 2
		},
	}
}
