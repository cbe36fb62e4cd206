package comms

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"pou/model"
	"pou/model/atlas"
	"pou/store/exchange"
)

// Source is a file to read.
type Source struct {
	Name   string
	Bytes  []byte
	Reader io.Reader // read instead of Bytes when it is set
	Own    string    // whose record it is; "" is that of Options
}

// Options say how files are read.
type Options struct {
	Zone     string    // of times that name none: Europe/London, UTC, Europe/Paris. "" is London unless the file says otherwise
	Own      string    // whose record it is, for files that do not say: a number, plate:…, oyster:…, device:…, @account
	Mappings []Mapping // remembered: the first of which a file has all columns is used for it
	Basis    Basis     // rows outside are held
	Into     *atlas.Set
	Station  func(name string) (atlas.Site, bool) // where a station is; nil when nobody knows
	Progress func(Progress)                       // told now and then; called from one goroutine at a time
}

// Progress is how far a load has come.
type Progress struct {
	File  string
	Bytes int64 // read of the file
}

// Load reads files into a new set: that of Options.Into, which is not changed, and their rows. A file that cannot be understood ends it
// with an error that says why and how to write a mapping; a row that cannot be read is in the receipt.
func Load(ctx context.Context, files []Source, o Options) (*atlas.Set, Receipt, error) {
	l, err := newLoader(o)
	if err != nil {
		return nil, Receipt{}, err
	}
	for _, src := range files {
		if err := l.file(ctx, src); err != nil {
			return nil, Receipt{}, err
		}
	}
	set := l.settle()
	return set, l.receipt, nil
}

// loader gathers files into a set.
type loader struct {
	own      string // of files that name none of their own
	opts     Options
	set      *atlas.Set // what there was before
	files    []atlas.File
	tables   *tables
	readings []*reading
	index    uint16
	guesser  guesser
	receipt  Receipt
}

func newLoader(o Options) (*loader, error) {
	if _, _, err := findZone(o.Zone); err != nil {
		return nil, err
	}
	for i := range o.Mappings {
		if err := o.Mappings[i].Check(); err != nil {
			return nil, err
		}
	}
	if o.Into == nil {
		o.Into = &atlas.Set{}
	}
	if o.Own != "" && Handle(o.Own) == "" {
		return nil, notOwn(o.Own)
	}
	return &loader{own: o.Own, opts: o, set: o.Into, files: slices.Clone(o.Into.Files), tables: tablesOf(o.Into), guesser: newGuesser()}, nil
}

// file reads one file.
func (l *loader) file(ctx context.Context, src Source) error {
	name := label([]byte(filepath.Base(src.Name)), 120)
	if len(l.files) >= 1<<16-1 {
		return refuseFile(name, "is one file too many", "A set holds 65,535 files: begin another")
	}
	src.Name = name
	if src.Own != "" && Handle(src.Own) == "" {
		return notOwn(src.Own)
	}
	l.opts.Own = firstNot(src.Own, l.own)
	in, err := open(ctx, src, l.ticker(name))
	if err != nil {
		return err
	}
	l.index = uint16(len(l.files)) //nolint:gosec // checked above
	f := &reading{loader: l, opened: in, reasons: tallies{}, skipped: tallies{}, own: Handle(l.opts.Own), scheme: "device:"}
	f.receipt = FileReceipt{Name: name, Encoding: in.encoding}
	if err := f.zoneOf(&Mapping{}); err != nil {
		return err
	}
	if err := f.read(ctx); err != nil {
		return err
	}
	if f.receipt.Hash, err = in.hash(); err != nil {
		return err
	}
	f.receipt.Bytes = in.n
	return l.add(f)
}

func notOwn(own string) error {
	return refuseFile("own:", exchange.Harmless(own, 40)+" is no number, card, plate or account", "Write 07700 900123, plate:AB12 CDE, oyster:012345, device:… or @account")
}

// ticker tells of progress every few megabytes.
func (l *loader) ticker(name string) func(int64) {
	if l.opts.Progress == nil {
		return nil
	}
	const step = 4 << 20
	said := int64(0)
	return func(n int64) {
		if n-said >= step {
			said = n
			l.opts.Progress(Progress{File: name, Bytes: n})
		}
	}
}

// read finds out what a file is, from what it holds.
func (f *reading) read(ctx context.Context) error {
	head := bytes.TrimLeft(f.head, " \t\r\n")
	switch {
	case len(head) == 0:
		return refuseFile(f.receipt.Name, "is empty", "Export it again")
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return f.workbook()
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return refuseFile(f.receipt.Name, "is an old or an encrypted Excel workbook", "Save it as .xlsx without a password, or as CSV")
	case bytes.HasPrefix(head, []byte("%PDF")):
		return refuseFile(f.receipt.Name, "is a PDF", "Ask the source for the spreadsheet; the two can disagree")
	case head[0] == '<':
		return f.xml(head)
	case head[0] == '{', head[0] == '[' && f.jsonArray(head):
		return f.json(head)
	case isPLT(head):
		return f.plt(ctx)
	case noText(f.head):
		return refuseFile(f.receipt.Name, "reads as a binary file", "Load CSV, TSV, XLSX, JSON, JSON lines, GPX or PLT")
	}
	return f.text(ctx)
}

// add takes a file that was read into the set.
func (l *loader) add(f *reading) error {
	for _, n := range f.skipped {
		f.receipt.Skipped += n
	}
	f.whoseFile()
	f.settleTwice()
	f.notes()
	for i := range l.files {
		old := &l.files[i]
		if old.Hash != f.receipt.Hash {
			continue
		}
		if old.Zone != f.receipt.Zone {
			return refuseFile(f.receipt.Name, "was loaded before with its times read as "+old.Zone+", not "+f.receipt.Zone,
				"Erase what was loaded from it first: its rows would stand there twice, at different times")
		}
		f.repeats = true
		f.receipt.note("the same file was loaded before")
		break
	}
	l.readings = append(l.readings, f)
	l.files = append(l.files, atlas.File{Name: f.receipt.Name, Hash: f.receipt.Hash, Layout: f.receipt.Layout, Zone: f.receipt.Zone})
	return nil
}

// notes says what was assumed.
func (f *reading) notes() {
	say := func(bit uint16, text string) {
		if f.assumed&bit != 0 {
			f.receipt.note(text)
		}
	}
	say(assumedFix, fmt.Sprintf("where the source gives no accuracy, a fix is taken to be within %d m", fixMetres))
	say(assumedCell, fmt.Sprintf("where the source gives no radius, a cell is taken to reach %d m: ask the network", cellMetres))
	say(assumedCamera, fmt.Sprintf("a vehicle read by a camera is taken to be within %d m of it", cameraMetres))
	say(assumedGoogle, fmt.Sprintf("places without an accuracy were inferred by Google, and are taken to be within %d m", googleMetres))
	say(assumedGrid, "eastings and northings are of the British National Grid, turned into latitude and longitude within about 5 m")
	say(assumedBefore, "data sessions: the cell was used AT OR BEFORE the start, as the source does not say that it was used at the start")
	say(assumedO2, "data sessions: the cell was used at or before the END of the session, as O2 records it")
	if !f.timeless() {
		f.receipt.note("times that name no zone were read as " + f.receipt.Zone)
	}
}

// timeless reports whether no row has a time.
func (f *reading) timeless() bool {
	for _, part := range f.parts {
		for i := range part {
			if !part[i].Has(atlas.NoTime) {
				return false
			}
		}
	}
	return true
}

// whoseFile settles whose record the rows are that do not say.
func (f *reading) whoseFile() {
	if f.own == "" && f.needOwn {
		f.own = f.scheme + "file-" + f.receipt8()
		f.receipt.note("the file does not say whose record it is; it stands under " + f.own + ". Say whose, and load it again into a new set")
	}
	own := atlas.Handle(0)
	if f.own != "" {
		own = atlas.Handle(f.tables.handle(f.own))
	}
	if f.renameOnly(own) {
		return
	}
	subject := f.subjectOfAll(own)
	subjects := map[atlas.Handle]bool{subject: subject != 0}
	for _, s := range f.opts.Basis.Subjects {
		if h, ok := f.tables.byName[Handle(s)]; ok && own == 0 {
			subjects[atlas.Handle(h)] = h != 0
		}
	}
	flipped := 0
	for _, part := range f.parts {
		for i := range part {
			r := &part[i]
			switch {
			case r.Own == 0 && (r.Kind != atlas.Call && r.Kind != atlas.Text && r.Kind != atlas.Message || f.own != ""):
				r.Own = own
			case r.Contact() && !subjects[r.Own] && subjects[r.Other]:
				f.flip(r)
				flipped++
			}
		}
	}
	if flipped > 0 && own == 0 && subject != 0 {
		f.receipt.note("read as the record of " + f.tables.names[subject] + ": that number is in every row")
	}
}

// receipt8 is a short name for a file that does not say whose it is. The hash is not known until the end is read.
func (f *reading) receipt8() string { return f.receipt.Hash[:min(8, len(f.receipt.Hash))] }

// renameOnly gives the one user of a file of positions the name the officer gave.
func (f *reading) renameOnly(own atlas.Handle) bool {
	if own == 0 || f.opts.Own == "" {
		return false
	}
	first, many := atlas.Handle(0), false
	for _, part := range f.parts {
		for i := range part {
			if part[i].Kind != atlas.Position && part[i].Kind != atlas.Tap {
				return false
			}
			if part[i].Own != 0 && first == 0 {
				first = part[i].Own
			}
			many = many || part[i].Own != 0 && part[i].Own != first
		}
	}
	if first == 0 {
		return false
	}
	if many {
		f.receipt.note("the file names several users, so none of them was taken for " + f.own)
		return true
	}
	for _, part := range f.parts {
		for i := range part {
			part[i].Own = own
		}
	}
	return true
}

// flip makes a contact the record of the one who was reached.
func (f *reading) flip(r *atlas.Row) {
	r.Own, r.Other = r.Other, r.Own
	r.Flags ^= atlas.Out
	r.Flags &^= atlas.ShortCode
	if strings.HasPrefix(f.tables.names[r.Other], "short:") {
		r.Flags |= atlas.ShortCode
	}
}

// subjectOfAll is whose record a file of calling and called numbers is: the one said, a subject of the authorisation, or the one number that
// is in every row.
func (f *reading) subjectOfAll(own atlas.Handle) atlas.Handle {
	if own != 0 {
		return own
	}
	var a, b atlas.Handle
	n := 0
	for _, part := range f.parts {
		for i := range part {
			r := &part[i]
			if !r.Contact() {
				continue
			}
			if n == 0 {
				a, b = r.Own, r.Other
			}
			n++
			if a != r.Own && a != r.Other {
				a = 0
			}
			if b != r.Own && b != r.Other {
				b = 0
			}
		}
	}
	if n < 3 {
		return 0
	}
	switch {
	case a != 0 && b == 0:
		return a
	case b != 0 && a == 0:
		return b
	}
	return 0 // nobody, or two who reached only each other
}

// settleTwice tells the two hours of the night the clocks go back apart, where the order of the file shows which is which.
func (f *reading) settleTwice() {
	var night []*atlas.Row
	for _, part := range f.parts {
		for i := range part {
			if part[i].Has(atlas.Twice) {
				night = append(night, &part[i])
			}
		}
	}
	if len(night) == 0 {
		return
	}
	told := 0
	if up, down := f.direction(); up != down {
		if down {
			slices.Reverse(night)
		}
		told = tellApart(night)
	}
	if rest := len(night) - told; rest > 0 {
		f.receipt.note(fmt.Sprintf("%s in the hour that came twice as the clocks went back (from line %d): each may be an hour later than shown",
			model.Counted(rest, "row", "rows"), night[0].Line))
	}
	if told > 0 {
		f.receipt.note(fmt.Sprintf("%s in the hour that came twice as the clocks went back: the order of the file shows which hour", model.Counted(told, "row", "rows")))
	}
}

// direction reports whether the times of the other rows only rise, and whether they only fall.
func (f *reading) direction() (up, down bool) {
	up, down = true, true
	last, first := int64(0), true
	for _, part := range f.parts {
		for i := range part {
			r := &part[i]
			if r.Has(atlas.Twice) || r.Has(atlas.NoTime) {
				continue
			}
			if !first {
				up = up && r.At >= last
				down = down && r.At <= last
			}
			last, first = r.At, false
		}
	}
	return up, down
}

// tellApart settles the rows of each night in which the clock steps back once: those before are the first hour and those after the second.
func tellApart(night []*atlas.Row) (told int) {
	for i := 0; i < len(night); {
		j := i + 1
		steps, at := 0, 0
		for ; j < len(night) && night[j].At/dayMillis == night[i].At/dayMillis; j++ {
			if night[j].At < night[j-1].At {
				steps++
				at = j
			}
		}
		if steps == 1 {
			for k := i; k < j; k++ {
				night[k].Flags &^= atlas.Twice
				if k >= at {
					night[k].At += hourMillis
					if night[k].End != 0 && night[k].End < night[k].At {
						night[k].End += hourMillis
					}
				}
			}
			told += j - i
		}
		i = j
	}
	return told
}
