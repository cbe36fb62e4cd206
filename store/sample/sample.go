package sample

import (
	"context"
	"fmt"
	"time"

	"pou/model"
	"pou/store"
)

// The limits of a sample.
const (
	DefaultPeople = 2000
	LeastPeople   = 100
	MostPeople    = 10_000_000

	batchSize = 5000
	action    = "sample.load"
)

// Options say which sample to make.
type Options struct {
	People int       // on record in all; DefaultPeople when 0. Below 1,000 the desk shrinks with them
	Seed   int64     // another seed, other people
	Now    time.Time // what every date is worked out from
}

// Summary says what the sample holds.
type Summary struct {
	Officers   int `json:"officers"`
	People     int `json:"people"`
	Orders     int `json:"orders"`
	LiveSPOs   int `json:"live_spos"`
	ROs        int `json:"restraining_orders"`
	Breaches   int `json:"breaches"`
	Wanted     int `json:"wanted"`
	LiveWanted int `json:"live_wanted"`
	Operations int `json:"operations"`
	Targets    int `json:"targets"`
	Arrests    int `json:"arrests"`
	Attempts   int `json:"attempts"`
	Tasks      int `json:"tasks"`
	Cases      int `json:"cases"`
	Intel      int `json:"intelligence"`
	Warrants   int `json:"search_warrants"`

	Checks       int `json:"monitoring_checks"`
	Applications int `json:"applications"`
	Screenings   int `json:"screenings"`
	Referrals    int `json:"stac_referrals"`
	Survivors    int `json:"victim_survivors"`
	Evidence     int `json:"evidence_requests"`
	Engagements  int `json:"engagements"`
	Datasets     int `json:"datasets"`

	Traps []Trap `json:"traps"`
}

// Records is how many records there are in all.
func (s *Summary) Records() int {
	return s.Officers + s.People + s.Orders + s.Breaches + s.Wanted + s.Operations + s.Targets + s.Arrests + s.Attempts + s.Tasks + s.Cases + s.Intel + s.Warrants +
		s.Checks + s.Applications + s.Screenings + s.Referrals + s.Survivors + s.Evidence + s.Engagements + s.Datasets
}

// Fill fills an empty store with the sample, in batches of which each is one change. progress, which may be nil, hears
// after each how many records have been written. If Fill fails midway, what it wrote stays: throw the store away.
func Fill(ctx context.Context, s store.Store, o Options, progress func(done, total int)) (Summary, error) {
	if o.People == 0 {
		o.People = DefaultPeople
	}
	if err := o.check(); err != nil {
		return Summary{}, err
	}
	if err := wantEmpty(ctx, s); err != nil {
		return Summary{}, err
	}
	d, err := plan(o)
	if err != nil {
		return Summary{}, err
	}
	sum := d.summary()
	w := &writer{store: s, total: sum.Records(), progress: progress}
	if err := d.write(ctx, w); err != nil {
		return sum, err
	}
	return sum, d.load(ctx, s)
}

func (o *Options) check() error {
	switch {
	case o.People < LeastPeople || o.People > MostPeople:
		return model.Refuse("people", fmt.Sprintf("a sample has from %d to %d people", LeastPeople, MostPeople), "Give a number between them")
	case o.Now.Year() < 2025:
		return model.Refuse("now", "the sample's orders are made under Acts of 2019 to 2021, the last of them in force since November 2024, so it cannot be dated before 2025", "Check the clock")
	}
	return nil
}

func wantEmpty(ctx context.Context, s store.Store) error {
	return s.Read(ctx, func(r store.Reader) error {
		info, err := r.Info()
		if err == nil && info.Head != 0 {
			err = fmt.Errorf("%w: the sample goes into a new store only. Give another path with --store", store.ErrNotEmpty)
		}
		return err
	})
}

func (d *desk) summary() Summary {
	s := Summary{
		Officers: len(d.officers), People: d.people, Orders: len(d.orders), LiveSPOs: d.liveSPOs(), ROs: d.restraining(), Breaches: len(d.breaches),
		Wanted: len(d.wanted), Operations: len(d.operations), Targets: len(d.targets), Arrests: len(d.arrests), Attempts: len(d.attempts),
		Tasks: len(d.tasks), Cases: len(d.cases), Intel: len(d.intel), Warrants: len(d.warrants), Traps: d.traps,
		Checks: len(d.checks), Applications: len(d.papers), Screenings: len(d.screenings), Referrals: len(d.referrals), Survivors: len(d.survivors),
		Evidence: len(d.evidence), Engagements: len(d.sessions), Datasets: len(d.datasets),
	}
	for _, w := range d.wanted {
		if w.State.Live() {
			s.LiveWanted++
		}
	}
	return s
}

// write writes the officers, the people and then everything about them.
func (d *desk) write(ctx context.Context, w *writer) error {
	if err := w.put(ctx, appendAll(nil, d.officers)...); err != nil {
		return err
	}
	if err := w.flush(ctx); err != nil { // the founder comes first, alone with the officers
		return err
	}
	for n := range d.people {
		if err := w.put(ctx, d.person(n+1)); err != nil {
			return err
		}
	}
	if err := w.put(ctx, d.records()...); err != nil {
		return err
	}
	return w.flush(ctx)
}

// writer gathers records into batches.
type writer struct {
	store    store.Store
	batch    []model.Record
	done     int
	total    int
	progress func(done, total int)
}

func (w *writer) put(ctx context.Context, records ...model.Record) error {
	for _, r := range records {
		w.batch = append(w.batch, r)
		if len(w.batch) == batchSize {
			if err := w.flush(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) flush(ctx context.Context) error {
	if len(w.batch) == 0 {
		return nil
	}
	if _, err := w.store.Collect(ctx, Lead, action, model.Batch{Records: w.batch, Reason: mark + ": synthetic data"}); err != nil {
		return fmt.Errorf("write the sample: %w", err)
	}
	w.done += len(w.batch)
	w.batch = make([]model.Record, 0, batchSize)
	if w.progress != nil {
		w.progress(w.done, w.total)
	}
	return nil
}
