package comms

import (
	"context"
	"slices"
	"time"

	"pou/model"
	"pou/model/atlas"
	"pou/model/atlas/london"
	"pou/store"
)

// Picture is everything the data of a case says, ready to be looked at.
type Picture struct {
	Case     *model.Case
	Datasets []*model.Dataset // with data, oldest first
	Set      *atlas.Set
	By       atlas.Attributions
	Index    *atlas.Index
	Twice    int // rows that another dataset says as well

	veil *atlas.Veil // see [Picture.Veil]; worked out when it is first asked for
}

// Open reads the data of a case. What an authorisation as it now stands does not allow is held, whatever stood when it was loaded.
func Open(r store.Reader, ref model.Ref) (*Picture, error) {
	rec, err := r.Record(ref)
	if err != nil {
		return nil, err
	}
	k, ok := rec.(*model.Case)
	if !ok {
		return nil, model.Refuse("case", string(ref)+" is no case", "Give the case the data belongs to, such as C-000001")
	}
	if w := k.Head().HeldBack; w != nil {
		return nil, &model.Problem{Code: model.Denied, Field: "case", Rule: string(ref) + " is restricted to named officers", Do: "Ask " + string(w.Ask) + " whether you need to know"}
	}
	refs, err := r.Linked(ref, model.KindDataset)
	if err != nil {
		return nil, err
	}
	p, into := &Picture{Case: k}, ""
	var sets []*atlas.Set
	for _, ref := range refs {
		d, err := dataset(r, ref)
		if err != nil {
			return nil, err
		}
		if len(d.Data) == 0 {
			if d.Erased.IsZero() {
				into = string(d.Ref)
			}
			continue
		}
		set, err := setOf(r, d)
		if err != nil {
			return nil, err
		}
		set, _ = Quarantine(set, basisOf(d))
		p.Datasets, sets = append(p.Datasets, d), append(sets, set)
	}
	if len(sets) == 0 {
		do := "Open a dataset with dataset.open, then pou atlas load DATASET FILE..."
		if into != "" {
			do = "Load it: pou atlas load " + into + " FILE..."
		}
		return nil, &model.Problem{Code: model.NotFound, Rule: string(k.Ref) + " has no data", Do: do}
	}
	if p.Set = sets[0]; len(sets) > 1 {
		p.Set, p.Twice = Merge(sets...)
	}
	p.By = atlas.Of(k, p.Set)
	p.Set.Call(p.By)
	p.Index = atlas.Prepare(p.Set, p.By)
	return p, nil
}

// Veil is what of the picture is need-to-know.
func (p *Picture) Veil() *atlas.Veil {
	if p.veil == nil {
		p.veil = p.Index.Veil()
	}
	return p.veil
}

// Look logs that an officer looks at the picture. That several datasets were put into it is a combination (DPA 2018 s.62(1)(e)).
func (p *Picture) Look(s store.Store, who model.Ref, what string) {
	if len(p.Datasets) > 1 {
		s.Combine(who, what, p.About()...)
		return
	}
	s.Consult(who, what, p.About()...)
}

// About are the records a look at the picture is about: the case, its datasets, and who is suspect in it.
func (p *Picture) About() []model.Ref {
	out := []model.Ref{p.Case.Ref}
	for _, d := range p.Datasets {
		out = append(out, d.Ref)
	}
	for _, party := range p.Case.Parties {
		if !slices.Contains(out, party.Person) {
			out = append(out, party.Person)
		}
	}
	return out
}

func dataset(r store.Reader, ref model.Ref) (*model.Dataset, error) {
	rec, err := r.Record(ref)
	if err != nil {
		return nil, err
	}
	d, ok := rec.(*model.Dataset)
	if !ok {
		return nil, model.Refuse("dataset", string(ref)+" is no dataset", "pou list datasets shows them")
	}
	if d.Head().HeldBack != nil {
		return nil, &model.Problem{Code: model.Denied, Field: "dataset", Rule: string(ref) + " belongs to a restricted case", Do: "Ask the officer in the case"}
	}
	return d, nil
}

// setOf reads the rows of a dataset.
func setOf(r store.Reader, d *model.Dataset) (*atlas.Set, error) {
	chunks := make([][]byte, len(d.Data))
	for i, sum := range d.Data {
		blob, err := r.Blob(sum)
		if err != nil {
			return nil, err
		}
		chunks[i] = blob
	}
	return Decode(chunks)
}

func basisOf(d *model.Dataset) Basis {
	return Basis{From: d.Basis.From.Start(), To: d.Basis.To.End(), Subjects: d.Basis.Subjects}
}

// Loading is a request to load files into a dataset.
type Loading struct {
	Dataset  model.Ref
	Files    []Source
	Zone     string // "" is what each file says, else London
	Own      string
	Mapping  *Mapping // for the columns of these files; nil to use what is remembered, or to find out
	DryRun   bool
	Progress func(Progress)
}

// LoadInto reads files into a dataset and writes its receipt: the rows first, then one journal entry. In a dry run nothing is written.
func LoadInto(ctx context.Context, s store.Store, who model.Ref, l Loading) (Receipt, model.Receipt, error) {
	var d *model.Dataset
	o := Options{Zone: l.Zone, Own: l.Own, Progress: l.Progress, Station: station}
	err := s.Read(ctx, func(r store.Reader) (err error) {
		if d, err = dataset(r, l.Dataset); err != nil {
			return err
		}
		if !d.Erased.IsZero() {
			return model.Refuse("dataset", string(d.Ref)+" was erased", "Open a new dataset under its own authorisation")
		}
		if len(d.Data) > 0 {
			if o.Into, err = setOf(r, d); err != nil {
				return err
			}
		}
		o.Mappings, err = remembered(r)
		return err
	})
	if err != nil {
		return Receipt{}, model.Receipt{}, err
	}
	if l.Mapping != nil {
		o.Mappings = append([]Mapping{*l.Mapping}, o.Mappings...)
	}
	o.Basis = basisOf(d)
	set, receipt, err := Load(ctx, l.Files, o)
	if err != nil || l.DryRun {
		return receipt, model.Receipt{}, err
	}
	if d.Data, err = s.Keep(ctx, Encode(set)); err != nil {
		return receipt, model.Receipt{}, err
	}
	now := s.Now()
	for i := range receipt.Files {
		d.Files = append(d.Files, fileOf(&receipt.Files[i], now, who))
	}
	d.Rows, d.Held = len(set.Rows), len(set.Held)
	d.First, d.Last = covers(set)
	d.Unmatched = receipt.Unmatched
	done, err := s.Collect(ctx, who, "dataset.load", model.Batch{Records: []model.Record{d}, Reason: "data loaded"})
	return receipt, done, err
}

// station places the stations of London; one whose name several have is as uncertain as they are far apart.
func station(name string) (atlas.Site, bool) {
	all := london.StationsNamed(name)
	if len(all) == 0 {
		return atlas.Site{}, false
	}
	at := all[0].Point
	site := atlas.Site{ID: name, Name: all[0].Name, Kind: atlas.Station, Lat: micro(at.Lat), Lon: micro(at.Lon), Metres: stationMetres}
	for _, other := range all[1:] {
		site.Metres = max(site.Metres, uint32(at.Metres(other.Point))+stationMetres)
	}
	return site, true
}

func micro(degrees float64) int32 {
	if degrees < 0 {
		return int32(degrees*1e6 - 0.5)
	}
	return int32(degrees*1e6 + 0.5)
}

// remembered are the column mappings of files loaded before, in any dataset: the next file of a network needs no new one.
func remembered(r store.Reader) ([]Mapping, error) {
	var out []Mapping
	var seen []string
	err := r.Each(model.KindDataset, "", func(rec model.Record, err error) bool {
		d, ok := rec.(*model.Dataset)
		if !ok || err != nil { // an unreadable record is pou check's to report
			return true
		}
		for _, f := range slices.Backward(d.Files) {
			if f.Columns == "" || slices.Contains(seen, f.Columns) {
				continue
			}
			seen = append(seen, f.Columns)
			if m, err := ParseMapping(f.Columns); err == nil {
				m.Own, m.Zone = "", "" // of that file, not of its kind
				out = append(out, m)
			}
		}
		return true
	})
	return out, err
}

// fileOf is a file's receipt as the dataset keeps it.
func fileOf(f *FileReceipt, now time.Time, who model.Ref) model.DatasetFile {
	return model.DatasetFile{
		Name: f.Name, Hash: f.Hash, Layout: f.Layout, Zone: f.Zone, Read: f.Read, Kept: f.Kept, Twice: f.Duplicate, Held: f.Held, Refused: f.Refused, Skipped: f.Skipped,
		Columns: f.Mapping, Loaded: now, By: who,
	}
}

// covers is the time of the first and last row that has one.
func covers(s *atlas.Set) (first, last time.Time) {
	for i := range s.Rows {
		r := &s.Rows[i]
		if r.Has(atlas.NoTime) {
			continue
		}
		at := time.UnixMilli(r.At).UTC()
		if first.IsZero() {
			first = at
		}
		last = at
	}
	return first, last
}
