package exchange

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"pou/model"
)

// Receipt says what became of every row of every file.
type Receipt struct {
	As       Kind          `json:"as"`
	Source   string        `json:"source,omitempty"`
	DryRun   bool          `json:"dry_run,omitempty"`
	By       model.Ref     `json:"by"`
	At       time.Time     `json:"at"`
	Files    []FileReceipt `json:"files"`
	Total    Counts        `json:"total"`
	People   int           `json:"people,omitempty"`  // new people
	Aliases  int           `json:"aliases,omitempty"` // of the new people
	Batches  int           `json:"batches"`
	First    uint64        `json:"first_entry,omitempty"` // the journal entries the import wrote
	Last     uint64        `json:"last_entry,omitempty"`
	Stopped  string        `json:"stopped,omitempty"` // why it ended before the files did
	Reasons  []Tally       `json:"reasons,omitempty"` // of rejection, most frequent first
	Rejected []Reject      `json:"rejected,omitempty"`
	Warnings []Tally       `json:"warnings,omitempty"`
	Warned   []Warning     `json:"warned,omitempty"`
	// Duplicates are people who may be the same, for an officer to look at. Found counts them all; the list is cut.
	Duplicates []Proposal `json:"duplicates,omitempty"`
	Found      int        `json:"duplicates_found"`
	Crowded    int        `json:"not_compared,omitempty"` // times that too many people share a name and year to look at all of them
}

// Counts are rows. Rows = Kept + Merged + Rejected, always; Unchanged and Updated are among the merged.
type Counts struct {
	Rows      int `json:"rows"`
	Kept      int `json:"kept"`
	Merged    int `json:"merged"`
	Unchanged int `json:"unchanged"` // read before, exactly so
	Updated   int `json:"updated"`   // known by its number, with other content
	Rejected  int `json:"rejected"`
}

// FileReceipt is one file's part of a receipt.
type FileReceipt struct {
	Name     string `json:"file"`
	SHA256   string `json:"sha256"`
	Bytes    int64  `json:"bytes"`
	Format   string `json:"format"`
	Encoding string `json:"encoding"`
	Header   int    `json:"header,omitempty"` // the line of the column names
	Counts
	Columns []Column `json:"columns,omitempty"`
	Mapping string   `json:"mapping,omitempty"` // as TOML, to be saved
	Notes   []string `json:"notes,omitempty"`
}

// Tally is a reason and how many rows it was given for.
type Tally struct {
	Reason string `json:"reason"`
	Rows   int    `json:"rows"`
}

// Reject is a row that was refused.
type Reject struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Reason string `json:"reason"`
	Detail string `json:"detail,omitempty"`
	Row    string `json:"row"`
}

// Warning is something an officer should know about a row that was taken.
type Warning struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Text string `json:"text"`
}

// Progress is how far an import has come. The screen knows the clock, and so the rate and the time left.
type Progress struct {
	Stage string // reading, importing, comparing
	File  string
	Rows  int // done, of all files
	Of    int // rows in all
	Bytes int64
	All   int64 // bytes in all
}

// listed is how many rejected rows, warnings and duplicates a receipt itself lists; the side file has every rejected row.
const listed = 100

// ledger keeps the receipt while an import runs.
type ledger struct {
	Receipt
	reasons  map[string]int
	warnings map[string]int
	side     *csv.Writer
	sideErr  error
}

func newLedger(r Receipt, side io.Writer) *ledger {
	l := &ledger{Receipt: r, reasons: map[string]int{}, warnings: map[string]int{}}
	if side != nil {
		l.side = csv.NewWriter(side)
	}
	return l
}

func (l *ledger) add(file int, change func(*Counts)) {
	change(&l.Files[file].Counts)
	change(&l.Total)
}

func (l *ledger) reject(file int, r Reject) {
	l.add(file, func(c *Counts) { c.Rows++; c.Rejected++ })
	l.reasons[r.Reason]++
	if len(l.Rejected) < listed {
		short := r
		short.Row = harmless(r.Row, 120)
		l.Rejected = append(l.Rejected, short)
	}
	l.write(r)
}

// write puts a rejected row in the side file. The row is made harmless to show, and to a spreadsheet that runs what begins with "=".
func (l *ledger) write(r Reject) {
	if l.side == nil || l.sideErr != nil {
		return
	}
	if l.Total.Rejected == 1 {
		l.sideErr = l.side.Write([]string{"file", "line", "reason", "row"})
	}
	reason := r.Reason
	if r.Detail != "" {
		reason += ": " + r.Detail
	}
	text := harmless(r.Row, 1<<16)
	if text != "" && slices.Contains([]byte("=+-@"), text[0]) {
		text = "'" + text
	}
	if l.sideErr == nil {
		l.sideErr = l.side.Write([]string{r.File, strconv.Itoa(r.Line), reason, text})
	}
}

func (l *ledger) flushSide() error {
	if l.side == nil {
		return nil
	}
	l.side.Flush()
	if err := l.side.Error(); err != nil && l.sideErr == nil {
		l.sideErr = err
	}
	if l.sideErr != nil {
		return fmt.Errorf("write the rejected rows: %w", l.sideErr)
	}
	return nil
}

func (l *ledger) warn(file, line int, text string) {
	l.warnings[stem(text)]++
	if len(l.Warned) < listed {
		l.Warned = append(l.Warned, Warning{File: l.Files[file].Name, Line: line, Text: text})
	}
}

// stem is the part of a warning that is the same for every row it is given for.
func stem(text string) string {
	for i := range len(text) - 1 {
		if text[i] == ':' && text[i+1] == ' ' {
			return text[:i]
		}
	}
	return text
}

// receipt closes the ledger.
func (l *ledger) receipt() Receipt {
	l.Reasons, l.Warnings = tallies(l.reasons), tallies(l.warnings)
	return l.Receipt
}

func tallies(m map[string]int) []Tally {
	var out []Tally
	for reason, n := range m {
		out = append(out, Tally{reason, n})
	}
	slices.SortFunc(out, func(a, b Tally) int {
		if a.Rows != b.Rows {
			return b.Rows - a.Rows
		}
		if a.Reason < b.Reason {
			return -1
		}
		return 1
	})
	return out
}
