package exchange

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pou/model"
	"pou/store"
)

// Job is what to import and how.
type Job struct {
	Files   []string
	Open    func(name string) (io.ReadCloser, error) // nil: from disk
	As      Kind                                     // "": what the mapping says, else people
	Map     *Mapping                                 // nil: guessed for each file
	Source  string                                   // the system the files came from; "": the mapping's, else from the file's name
	DryRun  bool                                     // find out everything, write nothing
	Batch   int                                      // records in one journal entry; 0: 2,000
	Who     model.Ref
	Rejects io.Writer // where the side file goes: CSV of file, line, reason and row; nil for none
}

const defaultBatch = 2000

// Run imports files. The receipt is good even when there is an error: it says what was written before it.
func Run(ctx context.Context, s store.Store, job Job, progress func(Progress)) (Receipt, error) {
	im, err := prepare(ctx, s, job, progress)
	if err != nil {
		return Receipt{}, err
	}
	err = im.run(ctx)
	if err != nil {
		im.Stopped = stopped(err)
	}
	return im.receipt(), errors.Join(err, im.flushSide())
}

func stopped(err error) string {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return "the import was stopped; the batches written before are on record, and importing again adds the rest"
	}
	return err.Error()
}

// importer is an import in progress.
type importer struct {
	*ledger
	store    store.Store
	job      Job
	kind     Kind
	sources  []*source
	plans    []*plan // one for each file; nil for the built-in layout
	parts    []sdnPart
	progress func(Progress)
	rows     []int // of each file
	allBytes int64
	batch    batch
	twins    *twins
	dry      map[string]*model.Person // in a dry run: who would be on record by now
	byName   map[string][]model.Ref   // everybody on record, for orders that name people
}

// prepare reads the files and works out their columns. Nothing is written if any file cannot be read.
func prepare(ctx context.Context, s store.Store, job Job, progress func(Progress)) (*importer, error) {
	if len(job.Files) == 0 {
		return nil, model.Refuse("file", "there is no file to import", "Name at least one")
	}
	if job.Batch <= 0 {
		job.Batch = defaultBatch
	}
	if progress == nil {
		progress = func(Progress) {}
	}
	m := Mapping{}
	if job.Map != nil {
		m = *job.Map
	}
	if job.As != "" {
		m.As = job.As
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	r := Receipt{As: m.kind(), DryRun: job.DryRun, By: job.Who, At: s.Now()}
	im := &importer{
		ledger: newLedger(r, job.Rejects), store: s, job: job, kind: m.kind(), progress: progress,
		twins: newTwins(), dry: map[string]*model.Person{},
	}
	for _, name := range job.Files {
		src, err := openSource(ctx, job.Open, name)
		if err != nil {
			return nil, err
		}
		im.sources = append(im.sources, src)
		im.allBytes += int64(len(src.raw))
	}
	return im, im.plan(ctx, m)
}

// plan works out how each file is read, and counts its rows.
func (im *importer) plan(ctx context.Context, m Mapping) error {
	parts, fixed := sdnParts(im.sources)
	if fixed = fixed && im.job.Map == nil && im.kind == People; fixed || m.Layout == ofacLayout {
		builtIn, _ := BuiltIn(ofacLayout)
		m = builtIn
		if err := knownParts(im.sources, parts); err != nil {
			return err
		}
		im.parts = parts
	}
	for i, src := range im.sources {
		im.Files = append(im.Files, FileReceipt{Name: src.name, SHA256: src.sha256, Bytes: int64(len(src.raw)), Encoding: src.encoding})
		f := &im.Files[i]
		if im.parts != nil {
			im.Source = first(im.job.Source, m.Source)
			f.Format, f.Mapping = "OFAC "+string(parts[i]), m.TOML()
			im.rows = append(im.rows, strings.Count(src.text, "\n"))
			continue
		}
		if err := im.planTable(ctx, f, src, m); err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) planTable(ctx context.Context, f *FileReceipt, src *source, m Mapping) error {
	t, err := openTable(src, &m)
	if err != nil {
		return err
	}
	if m.Source = first(im.job.Source, m.Source); m.Source == "" {
		m.Source = sourceOf(src.name)
	}
	im.Source = m.Source
	p, err := newPlan(t, m, m.Source)
	if err != nil {
		return err
	}
	n, err := p.tally(ctx)
	if err != nil {
		return err
	}
	im.plans, im.rows = append(im.plans, p), append(im.rows, n)
	f.Format, f.Encoding, f.Header, f.Columns, f.Notes = t.format, t.encoding, t.header, p.mapping.Columns, t.notes
	f.Mapping = p.mapping.TOML()
	if t.header > 1 {
		f.Notes = append(f.Notes, model.Counted(t.header-1, "line", "lines")+" above the column names were not read as rows")
	}
	if t.header == 0 && n > 0 {
		f.Notes = append(f.Notes, "the file has no line of column names; its first line was read as a row")
	}
	if n == 0 {
		f.Notes = append(f.Notes, "the file has no rows")
	}
	return nil
}

func first(values ...string) string {
	i := slices.IndexFunc(values, func(s string) bool { return s != "" })
	if i < 0 {
		return ""
	}
	return values[i]
}

var fileTail = regexp.MustCompile(`(?i)([-_ ]*(19|20)\d\d[-_.]?\d\d([-_.]?\d\d)?|[-_ ]*\(\d+\)|[-_ ]*copy)+$`)

// sourceOf names the system a file came from by the file's name, without the date of an export or the mark of a copy: next month's
// export is of the same people.
func sourceOf(name string) string {
	base := strings.ToLower(strings.TrimSuffix(name, filepath.Ext(name)))
	if s := strings.Trim(fileTail.ReplaceAllString(base, ""), "-_ ."); s != "" {
		return s
	}
	return base
}

// tally counts the rows of a table, and how many rows share each number, so that the rows of one person are put together
// before any of them is written.
func (p *plan) tally(ctx context.Context) (rows int, err error) {
	counts := map[string]int{}
	for r := range p.rows {
		if rows++; rows%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return rows, err
			}
		}
		if p.idColumn >= 0 && p.idColumn < len(r.cells) && r.fault == "" {
			counts[p.clean.cell(r.cells[p.idColumn])]++
		}
	}
	p.clean = cleaner{}
	p.shared = map[string]*draft{}
	p.left = map[string]int{}
	for id, n := range counts {
		if n > 1 && !isNothing(id) {
			p.left[id] = n
		}
	}
	return rows, nil
}

func (im *importer) run(ctx context.Context) error {
	im.report("importing", 0)
	im.twins.begin()
	defer im.twins.end()
	switch {
	case im.parts != nil:
		if err := im.runSDN(ctx); err != nil {
			return err
		}
	case im.kind == People:
		for i := range im.plans {
			if err := im.runPeople(ctx, i); err != nil {
				return err
			}
		}
	default:
		for i := range im.plans {
			if err := im.runActions(ctx, i); err != nil {
				return err
			}
		}
	}
	if im.kind != People {
		return nil
	}
	if err := im.flush(ctx); err != nil {
		return err
	}
	return im.findTwins(ctx)
}

// report tells how far the import is.
func (im *importer) report(stage string, file int) {
	all, done := 0, im.Total.Rows
	for _, n := range im.rows {
		all += n
	}
	bytes := im.allBytes
	if all > 0 && done < all {
		bytes = im.allBytes * int64(done) / int64(all)
	}
	im.progress(Progress{Stage: stage, File: im.Files[file].Name, Rows: done, Of: all, Bytes: bytes, All: im.allBytes})
}

// runPeople imports one table of people.
func (im *importer) runPeople(ctx context.Context, file int) error {
	p := im.plans[file]
	for r := range p.rows {
		reason, detail := p.refuses(r)
		if reason != "" {
			im.batch.reject(file, r, reason, detail)
		} else {
			im.takeRow(file, p, r)
		}
		if im.batch.full(im.job.Batch) {
			if err := im.flush(ctx); err != nil {
				return err
			}
		}
	}
	for _, id := range sortedKeys(p.shared) { // rows of a number whose last one was rejected
		im.batch.add(p.shared[id])
	}
	p.shared = map[string]*draft{}
	if p.clean.stripped > 0 {
		im.Files[file].Notes = append(im.Files[file].Notes, "control characters were taken out of "+model.Counted(p.clean.stripped, "cell", "cells"))
	}
	return im.flush(ctx)
}

const (
	reasonNoName = "no name"
	reasonBlank  = "the row is blank"
	reasonStray  = "a stray end-of-file mark (Ctrl-Z)"
	reasonHeader = "the column names again"
	reasonWide   = "more cells than there are columns"
)

// refuses says why a row cannot be read as a row of its table, or "".
func (p *plan) refuses(r row) (reason, detail string) {
	switch {
	case r.fault != "":
		return r.fault, ""
	case strayMark(r):
		return reasonStray, ""
	case blank(r.cells):
		return reasonBlank, ""
	case len(r.cells) > len(p.columns) && !blank(r.cells[len(p.columns):]):
		return reasonWide, model.Counted(len(r.cells), "cell", "cells") + " under " + model.Counted(len(p.columns), "column name", "column names")
	case p.header > 0 && slices.Equal(r.cells, p.columns):
		return reasonHeader, ""
	}
	return "", ""
}

// strayMark reports whether a row is the 0x1A that DOS programs write at the end of a file.
func strayMark(r row) bool {
	return len(r.cells) == 1 && strings.Trim(r.cells[0], "\x1a \r\t") == "" && strings.Contains(r.cells[0], "\x1a")
}

// takeRow reads a row as a person. Rows that share a number wait for each other.
func (im *importer) takeRow(file int, p *plan, r row) {
	got := p.person(r)
	at := placeOf(file, r)
	for _, w := range got.warnings {
		im.batch.warn(at, w)
	}
	if r.loose {
		im.batch.warn(at, "a quote stands inside a cell; it was read as it is")
	}
	if missing := len(p.columns) - len(r.cells); missing > 0 && !strings.HasPrefix(p.format, "XLSX") {
		im.batch.warn(at, "the row ends early: the last "+model.Counted(missing, "cell", "cells")+" were taken as empty")
	}
	id := ""
	if p.idColumn >= 0 && p.idColumn < len(r.cells) {
		id = p.clean.cell(r.cells[p.idColumn])
	}
	left, shares := p.left[id]
	if got.person.Name() == "" && len(got.person.Aliases) == 0 && !shares {
		im.batch.reject(file, r, reasonNoName, "")
		return
	}
	d := &draft{key: got.origin.Key, pieces: []piece{{origin: got.origin, person: got.person, rows: []place{at}}}}
	if !shares {
		im.batch.add(d)
		return
	}
	waiting, seen := p.shared[id]
	switch {
	case !seen:
		p.shared[id] = d
		waiting = d
	case !sameMan(waiting.pieces[0].person, got.person):
		im.batch.reject(file, r, "the number names another person", harmless(id, 40)+" is "+waiting.pieces[0].person.Name()+" on line "+
			strconv.Itoa(waiting.pieces[0].rows[0].line))
	default:
		waiting.pieces[0].absorb(d.pieces[0])
	}
	p.left[id] = left - 1
	if left == 1 {
		delete(p.shared, id)
		im.batch.add(waiting)
	}
}
