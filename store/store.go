package store

import (
	"context"
	"time"

	"pou/model"
)

// Store is what the screens, the command line and every other door see.
type Store interface {
	// Do runs an action for an officer. A refusal is a *model.Problem; nothing has then been written.
	Do(ctx context.Context, who model.Ref, req model.Request) (model.Receipt, error)
	// Collect writes a batch of records read from a file, or the sample, as one change under an internal action's name.
	Collect(ctx context.Context, who model.Ref, action string, batch model.Batch) (model.Receipt, error)
	// Keep puts blobs in the store for a record that is about to hold them, and returns their sums. What no record holds
	// is swept after a day.
	Keep(ctx context.Context, blobs [][]byte) ([]model.Digest, error)
	// Read runs fn on a consistent snapshot of the record.
	Read(ctx context.Context, fn func(Reader) error) error
	// Consult logs that an officer looked at something (DPA 2018 s.62(1)(c)): what says the list, search or view, about
	// names the people. Entries are gathered and written with the next change, by Flush, or at Close.
	Consult(who model.Ref, what string, about ...model.Ref)
	// Combine logs that an officer had records put together and looked at what came of it (DPA 2018 s.62(1)(e)): datasets in
	// one picture. It is gathered and written like a consultation.
	Combine(who model.Ref, what string, about ...model.Ref)
	// Disclose writes at once that something leaves the desk (DPA 2018 s.62(1)(d)): what it is, to whom, about whom. What
	// cannot be logged is not handed over.
	Disclose(ctx context.Context, who model.Ref, what, to string, about ...model.Ref) error
	// Flush writes the consultations gathered so far.
	Flush(ctx context.Context) error
	// Watch hands out a feed of changes, until ctx ends. A reader too slow for it is told to look at everything again.
	Watch(ctx context.Context) <-chan News
	// SaveDraft keeps what an officer has typed into a form; Draft returns it, or ErrNoDraft.
	SaveDraft(ctx context.Context, who model.Ref, form string, text []byte) error
	Draft(ctx context.Context, who model.Ref, form string) ([]byte, error)
	DropDraft(ctx context.Context, who model.Ref, form string) error
	// Shared reports whether other machines write to the store as well.
	Shared() bool
	// CutOff says since when a shared store has been out of reach; the zero time when it is not.
	CutOff() time.Time
	// LetGo gives back the memory that reading everything took, where the engine can.
	LetGo() error
	// Now is the time the store works by.
	Now() time.Time
	// Close writes what is gathered and lets go of the store.
	Close() error
}

// Reader reads one consistent snapshot. Records are copies: changing them changes nothing.
type Reader interface {
	Record(ref model.Ref) (model.Record, error)
	// Linked lists the records of a kind that are about ref, oldest first.
	Linked(ref model.Ref, kind model.Kind) ([]model.Ref, error)
	// FromSource finds the record read from a row of a file.
	FromSource(key string) (model.Ref, bool, error)
	// Each visits the records of a kind in the order of their refs, beginning at from ("" for the first). A record that
	// cannot be read is reported to fn as an error, once, and the rest still come; fn returns false to stop.
	Each(kind model.Kind, from model.Ref, fn func(model.Record, error) bool) error
	// Placed lists the refs in a unit's lists ("" for all units), the live ones or the ended ones.
	Placed(kind model.Kind, unit model.Unit, live bool) ([]model.Ref, error)
	// Entry returns one journal entry with what was typed, where that is still kept.
	Entry(seq uint64) (model.Entry, model.Request, error)
	// Entries visits the journal from an entry (0 for the oldest, or the newest in reverse); fn returns false to stop.
	Entries(from uint64, reverse bool, fn func(model.Entry) bool) error
	// Announced visits the changes after an entry, with what was typed, for what every officer has to be told at once; it returns how far
	// the journal goes. Unlike Entries it is for everybody.
	Announced(after uint64, fn func(e model.Entry, typed model.Request)) (uint64, error)
	// History lists the entries that changed a record, newest first.
	History(ref model.Ref) ([]model.Entry, error)
	// Disclosed lists the entries that say a record left the desk, and to whom, oldest first.
	Disclosed(ref model.Ref) ([]model.Entry, error)
	// Looked visits the consultations of a record, the newest first; fn returns false to stop.
	Looked(ref model.Ref, fn func(model.Entry) bool) error
	// DoneBy visits what an officer did and looked at, the newest first; fn returns false to stop.
	DoneBy(officer model.Ref, fn func(model.Entry) bool) error
	// Backups lists the entries that say a copy of the store was made, the oldest first.
	Backups() ([]model.Entry, error)
	// Restricted lists the records that are restricted by themselves.
	Restricted() ([]model.Ref, error)
	// Unguarded is the record as it stands, whatever is withheld from whoever reads: for the rules that keep somebody safe,
	// and for nothing that is shown.
	Unguarded() model.SafeguardView
	// LastBy finds the newest change by an officer that undo would take back; 0 when there is none.
	LastBy(officer model.Ref) (uint64, error)
	// Blob reads what a record keeps beside itself.
	Blob(d model.Digest) ([]byte, error)
	// Info describes the store.
	Info() (Info, error)
}

// Info describes a store.
type Info struct {
	Format int          // the version of the key layout and encoding
	Sample bool         // synthetic data, and every screen says so
	Head   uint64       // the newest journal entry
	Sum    model.Digest // its sum
}

// News says which records changed.
type News struct {
	Seq  uint64
	Refs []model.Ref
	All  bool // too much to list: look at everything again
}
