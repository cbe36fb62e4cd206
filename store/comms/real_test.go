package comms_test

import (
	"os"
	"path/filepath"
	"testing"

	"pou/model/atlas"
	"pou/store/comms"
)

// shared is a file of the public data that is not in the repository.
func shared(t *testing.T, path string) comms.Source {
	t.Helper()
	dir := os.Getenv("POU_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	raw, err := os.ReadFile(filepath.Join(dir, path))
	if err != nil {
		t.Skipf("SKIPPED: the public data is not here (set POU_DATA to its directory): %v", err)
	}
	return comms.Source{Name: filepath.Base(path), Bytes: raw}
}

func TestTheRealFilesCountAsTheirSourcesSay(t *testing.T) {
	for name, want := range map[string]struct {
		counts comms.Counts
		as     atlas.Kind
		noTime bool
	}{
		"cdr_udacity/calls.csv":            {comms.Counts{Read: 5_214, Kept: 5_213, Skipped: 1}, atlas.Call, false},
		"cdr_udacity/texts.csv":            {comms.Counts{Read: 9_073, Kept: 9_072, Skipped: 1}, atlas.Text, false},
		"cns/calls.csv":                    {comms.Counts{Read: 3_601, Kept: 3_600, Skipped: 1}, atlas.Call, true},
		"cns/sms.csv":                      {comms.Counts{Read: 24_334, Kept: 24_333, Skipped: 1}, atlas.Text, true},
		"trackintel/google_trajectory.csv": {comms.Counts{Read: 417, Kept: 416, Skipped: 1}, atlas.Position, false},
		"trackintel/posmo_trajectory.csv":  {comms.Counts{Read: 1_328, Kept: 1_327, Skipped: 1}, atlas.Position, false},
		"trackintel/track1.gpx":            {comms.Counts{Read: 1, Kept: 1}, atlas.Position, false},
		"trackintel/track2.gpx":            {comms.Counts{Read: 2, Kept: 2}, atlas.Position, false},
		"oyster/july.csv":                  {comms.Counts{Read: 53, Kept: 48, Skipped: 5}, atlas.Tap, false},
		"oyster/august.csv":                {comms.Counts{Read: 53, Kept: 48, Skipped: 5}, atlas.Tap, false},
	} {
		t.Run(name, func(t *testing.T) {
			set, r := load(t, comms.Options{}, shared(t, name))
			if r.Total != want.counts {
				t.Errorf("%+v, want %+v: %+v %+v", r.Total, want.counts, r.Files[0].Reasons, r.Files[0].SkippedAs)
			}
			for i := range set.Rows {
				if set.Rows[i].Kind != want.as || set.Rows[i].Has(atlas.NoTime) != want.noTime {
					t.Fatalf("row %+v", set.Rows[i])
				}
			}
			if want.noTime != (r.Files[0].NoTime == want.counts.Kept) {
				t.Errorf("%d rows without a time", r.Files[0].NoTime)
			}
			t.Logf("%s, %s, %q", r.Files[0].Layout, r.Files[0].Zone, r.Files[0].Notes)
		})
	}
}
