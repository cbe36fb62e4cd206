package comms

import (
	"strings"

	"pou/model/atlas"
)

// tables number names and sites as they are met. The first of each stands for none.
type tables struct {
	names  []string
	byName map[string]uint32
	sites  []atlas.Site
	bySite map[string]uint32
}

func newTables() *tables {
	return &tables{names: []string{""}, byName: map[string]uint32{"": 0}, sites: make([]atlas.Site, 1), bySite: map[string]uint32{}}
}

// tablesOf numbers on from a set.
func tablesOf(set *atlas.Set) *tables {
	t := newTables()
	if set == nil {
		return t
	}
	for i, n := range set.Names {
		if i > 0 {
			t.handle(n)
		}
	}
	for i, s := range set.Sites {
		if i > 0 {
			t.site(s)
		}
	}
	return t
}

func (t *tables) handle(name string) uint32 {
	if h, ok := t.byName[name]; ok {
		return h
	}
	h := uint32(len(t.names)) //nolint:gosec // there are fewer names than rows, and the rows are counted
	t.names = append(t.names, name)
	t.byName[name] = h
	return h
}

// site numbers a site by its kind and id; what is known of it first stays.
func (t *tables) site(s atlas.Site) uint32 {
	key := siteKey(s)
	if i, ok := t.bySite[key]; ok {
		return i
	}
	i := uint32(len(t.sites)) //nolint:gosec // as for names
	t.sites = append(t.sites, s)
	t.bySite[key] = i
	return i
}

// siteKey is how a site is recognised: cells by the letters and figures of their ids, as tables write 234-30-1-2 and 234 30 1 2.
func siteKey(s atlas.Site) string {
	return string('0'+rune(s.Kind)) + strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r == ' ' || r == '/' || r == '_' || r == '.' || r == ':':
			return '-'
		}
		return r
	}, strings.TrimSpace(s.ID))
}

// locate puts a site where it is, if nothing was known.
func (t *tables) locate(i uint32, s atlas.Site) {
	old := &t.sites[i]
	if old.Lat == atlas.NoPlace && s.Lat != atlas.NoPlace {
		old.Lat, old.Lon = s.Lat, s.Lon
	}
	if old.Name == "" {
		old.Name = s.Name
	}
	if old.Metres == 0 {
		old.Metres = s.Metres
	}
	if old.Width == 0 && old.Azimuth == 0 {
		old.Width, old.Azimuth = s.Width, s.Azimuth
	}
}

// batch is what was read of one run of a file, numbered by the tables of the worker that read it.
type batch struct {
	seq     int
	worker  int
	rows    []atlas.Row
	sites   []uint32 // of a cell-site table: the site of each row, by the worker's numbers
	lines   []uint32 // and its line
	places  []atlas.Site
	names   []string     // numbered since the worker's last batch
	added   []atlas.Site // numbered since the worker's last batch
	read    int
	skipped tallies
	reasons tallies
	faults  []fault
	refused int
	assumed uint16 // what had to be assumed
	own     bool   // a row needs to be told whose it is
}

// What had to be assumed to read a row.
const (
	assumedFix    uint16 = 1 << iota // how far a fix may be out
	assumedCell                      // how far a cell reaches
	assumedOrder                     // that a time without a zone is in the zone of the file
	assumedMinute                    // that 3:06 is minutes and seconds
	assumedGoogle                    // places inferred by Google
	assumedCamera
	assumedGrid
	assumedO2
	assumedBefore
)

// out gathers a batch.
type out struct {
	batch
	t        *tables
	atName   int
	atSite   int
	workerNo int
}

func newOut(worker int) *out {
	o := &out{t: newTables(), workerNo: worker, atName: 1, atSite: 1}
	o.reset()
	return o
}

func (o *out) reset() {
	o.batch = batch{worker: o.workerNo, skipped: tallies{}, reasons: tallies{}}
}

// take closes the batch and begins another.
func (o *out) take() batch {
	b := o.batch
	b.names = o.t.names[o.atName:len(o.t.names):len(o.t.names)]
	b.added = o.t.sites[o.atSite:len(o.t.sites):len(o.t.sites)]
	o.atName, o.atSite = len(o.t.names), len(o.t.sites)
	o.reset()
	return b
}

func (o *out) refuse(f fault) {
	o.refused++
	o.reasons.add(f.reason, 1)
	if len(o.faults) < listed {
		o.faults = append(o.faults, f)
	}
}

func (o *out) skip(why string) { o.skipped.add(why, 1) }
