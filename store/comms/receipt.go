package comms

import (
	"slices"
	"strings"

	"pou/store/exchange"
)

// Counts are rows. Read = Kept + Duplicate + Held + Refused + Skipped, always.
type Counts struct {
	Read      int `json:"read"`
	Kept      int `json:"kept"`
	Duplicate int `json:"duplicate"`
	Held      int `json:"held"`
	Refused   int `json:"refused"`
	Skipped   int `json:"skipped"`
}

func (c *Counts) add(o Counts) {
	c.Read += o.Read
	c.Kept += o.Kept
	c.Duplicate += o.Duplicate
	c.Held += o.Held
	c.Refused += o.Refused
	c.Skipped += o.Skipped
}

// Receipt says what became of every row of every file.
type Receipt struct {
	Files     []FileReceipt `json:"files"`
	Total     Counts        `json:"total"`
	Unmatched []string      `json:"unmatched_cells,omitempty"` // cells, cameras and stations of no known place: the first of them
	NoPlace   int           `json:"unmatched,omitempty"`       // how many there are
}

// FileReceipt is one file's part of a receipt.
type FileReceipt struct {
	Name     string `json:"file"`
	Hash     string `json:"sha256"`
	Bytes    int64  `json:"bytes"`
	Layout   string `json:"layout"`
	Zone     string `json:"zone"`
	Encoding string `json:"encoding,omitempty"`
	Header   int    `json:"header,omitempty"` // the line of the column names
	Counts
	NoTime    int       `json:"no_time,omitempty"`  // kept rows whose source gives no time
	Unplaced  int       `json:"unplaced,omitempty"` // kept rows that name a cell, camera or station whose place is not known
	Repeated  int       `json:"repeated,omitempty"` // kept texts that repeat another of the same second: long ones are sent in parts
	First     int64     `json:"first,omitempty"`    // the earliest and the latest time of its rows, Unix milliseconds
	Last      int64     `json:"last,omitempty"`
	Reasons   []Tally   `json:"reasons,omitempty"` // of refusal, most frequent first
	HeldFor   []Tally   `json:"held_for,omitempty"`
	SkippedAs []Tally   `json:"skipped_as,omitempty"`
	Refusals  []Refusal `json:"refusals,omitempty"` // the first of them
	Columns   []Column  `json:"columns,omitempty"`
	Mapping   string    `json:"mapping,omitempty"` // as TOML, to be saved and given again
	Notes     []string  `json:"notes,omitempty"`   // what was assumed, and what an officer should know
}

// Tally is a reason and how many rows it was given for.
type Tally struct {
	Reason string `json:"reason"`
	Rows   int    `json:"rows"`
}

// Refusal is a row that could not be read.
type Refusal struct {
	Line   int    `json:"line"`
	Reason string `json:"reason"`
	Cell   string `json:"cell,omitempty"` // what stands there, made harmless
}

const (
	listed    = 100 // how many refusals and cells a receipt lists
	mostNotes = 40
	mostTally = 200 // how many different reasons are counted apart
)

// tallies counts reasons.
type tallies map[string]int

func (t tallies) add(reason string, n int) {
	if _, ok := t[reason]; !ok && len(t) >= mostTally {
		reason = "other reasons"
	}
	t[reason] += n
}

func (t tallies) list() []Tally {
	var out []Tally
	for reason, n := range t {
		out = append(out, Tally{reason, n})
	}
	slices.SortFunc(out, func(a, b Tally) int {
		if a.Rows != b.Rows {
			return b.Rows - a.Rows
		}
		return strings.Compare(a.Reason, b.Reason)
	})
	return out
}

func (f *FileReceipt) note(text string) {
	if len(f.Notes) < mostNotes && !slices.Contains(f.Notes, text) {
		f.Notes = append(f.Notes, text)
	}
}

// fault is a row that could not be read, where and why.
type fault struct {
	line   uint32
	reason string
	cell   string
}

func newFault(line uint32, reason string, cell []byte) fault {
	return fault{line, reason, label(cell, 60)}
}

// label is text from a file as it may be kept and shown: harmless, on one line, at most so many letters. Bytes that are not UTF-8 are
// read as Windows-1252 would be.
func label(cell []byte, most int) string {
	if len(cell) > 4*most {
		cell = cell[:4*most]
	}
	return exchange.Harmless(utf8Text(cell), most)
}

// Masked is the receipt with its words put through a mask: the name of a file, a cell that was refused or a note may hold a number that is
// need-to-know.
func (r Receipt) Masked(mask func(string) string) Receipt {
	r.Files, r.Unmatched = slices.Clone(r.Files), maskedEach(r.Unmatched, mask)
	for i := range r.Files {
		f := &r.Files[i]
		f.Name, f.Mapping, f.Notes = mask(f.Name), mask(f.Mapping), maskedEach(f.Notes, mask)
		for _, t := range []*[]Tally{&f.Reasons, &f.HeldFor, &f.SkippedAs} {
			*t = slices.Clone(*t)
			for k := range *t {
				(*t)[k].Reason = mask((*t)[k].Reason)
			}
		}
		f.Columns = slices.Clone(f.Columns)
		for k := range f.Columns {
			f.Columns[k].Name, f.Columns[k].Example = mask(f.Columns[k].Name), mask(f.Columns[k].Example)
		}
		f.Refusals = slices.Clone(f.Refusals)
		for k := range f.Refusals {
			f.Refusals[k].Reason, f.Refusals[k].Cell = mask(f.Refusals[k].Reason), mask(f.Refusals[k].Cell)
		}
	}
	return r
}

func maskedEach(words []string, mask func(string) string) []string {
	words = slices.Clone(words)
	for i := range words {
		words[i] = mask(words[i])
	}
	return words
}
