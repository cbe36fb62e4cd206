package comms

import (
	"bytes"
	"context"
	"runtime"
	"strings"
	"sync"

	"pou/model"
	"pou/model/atlas"
	"pou/store/exchange"
)

// reading is one file while it is read.
type reading struct {
	*loader
	*opened
	receipt FileReceipt
	zone    *zone
	own     string // whose record it is, if anything says so
	scheme  string // of a handle for a file that does not say
	parts   [][]atlas.Row
	reasons tallies
	skipped tallies
	names   [][]uint32 // by worker: its numbers to those of the set
	sites   [][]uint32
	needOwn bool
	assumed uint16
	repeats bool
}

// text reads CSV and its like.
func (f *reading) text(ctx context.Context) error {
	comma := byte(0)
	m, given := f.mappingFor(nil)
	if given && m.Delimiter != "" {
		comma = m.Delimiter[0]
	}
	if comma == 0 {
		comma = sniff(f.head)
	}
	s, starts := f.sample(comma)
	plan, err := f.understand(s)
	if err != nil {
		return err
	}
	f.receipt.Layout = map[byte]string{',': "CSV", ';': "CSV (semicolons)", '\t': "TSV", '|': "CSV (bars)"}[comma]
	if f.receipt.Layout == "" {
		f.receipt.Layout = "text"
	}
	f.receipt.Layout += " of " + string(plan.as)
	if _, err := f.opened.text.Discard(starts); err != nil {
		return err //nolint:wrapcheck // the bytes were looked at already
	}
	return f.pipeline(ctx, plan, comma, uint32(s.header)+1) //nolint:gosec // the header is in the beginning
}

// sample reads the beginning of a text; starts is where the rows after the column names begin.
func (f *reading) sample(comma byte) (s *sampled, starts int) {
	sp := splitter{comma: comma}
	var all [][]string
	var ends, lines []int
	at, line := 0, 1
	for at < len(f.head) && len(all) < 400 {
		used, n, fault := sp.next(f.head[at:])
		at += used
		var cells []string
		if fault == "" {
			for _, c := range sp.cells {
				cells = append(cells, strings.TrimSpace(label(c, 200)))
			}
		}
		all, ends, lines = append(all, cells), append(ends, at), append(lines, line)
		line += n
	}
	s = &sampled{name: f.receipt.Name}
	i := f.headerRow(all, lines)
	if i < 0 {
		s.columns = widest(all)
		return s, 0
	}
	last := i // a header may be followed by nothing at all
	s.columns, s.rows, s.before, s.header = all[i], all[i+1:], all[:i], lines[i]
	for _, before := range all[:i] {
		f.countRow(blankText(before), "before the column names")
	}
	f.countRow(false, "column names")
	return s, ends[last]
}

func (f *reading) countRow(blank bool, why string) {
	if blank {
		why = "blank"
	}
	f.receipt.Read++
	f.skipped.add(why, 1)
}

func blankText(cells []string) bool { return strings.TrimSpace(strings.Join(cells, "")) == "" }

// widest is the first row that is not blank, for the errors.
func widest(rows [][]string) []string {
	for _, r := range rows {
		if !blankText(r) {
			return r
		}
	}
	return nil
}

// headerRow is the row of column names: the one a mapping names, the one a remembered mapping fits, or the one in which most are known.
func (f *reading) headerRow(rows [][]string, lines []int) int {
	for i := range rows[:min(len(rows), 60)] {
		for j := range f.opts.Mappings {
			m := &f.opts.Mappings[j]
			if m.Header != nil && lines != nil && *m.Header != lines[i] {
				continue
			}
			if m.fits(rows[i]) {
				return i
			}
		}
	}
	return f.guesser.header(rows)
}

// mappingFor is the remembered mapping that fits some columns; with nil the only one there is.
func (f *reading) mappingFor(columns []string) (Mapping, bool) {
	if columns == nil {
		if len(f.opts.Mappings) == 1 {
			return f.opts.Mappings[0], true
		}
		return Mapping{}, false
	}
	for i := range f.opts.Mappings {
		if f.opts.Mappings[i].fits(columns) {
			return f.opts.Mappings[i], true
		}
	}
	return Mapping{}, false
}

// understand works out how a table is read: by a remembered mapping, or by one guessed from it.
func (f *reading) understand(s *sampled) (*plan, error) {
	if len(s.columns) == 0 || s.header == 0 {
		return nil, s.unknown(&[fields]int{fNone: -1})
	}
	m, given := f.mappingFor(s.columns)
	guessed := Mapping{}
	if !given || m.As == "" {
		var err error
		if guessed, err = f.guesser.guess(s); err != nil && !given {
			return nil, err
		}
	}
	switch {
	case !given:
		m = guessed
		if len(f.opts.Mappings) > 0 {
			f.receipt.note("no remembered mapping has all its columns in this file: the columns were guessed")
		}
	case m.As == "":
		m.As = guessed.As
	}
	m.Columns = append([]Column(nil), m.Columns...)
	for _, n := range s.details(&m) {
		f.receipt.note(n)
	}
	f.context(s, &m)
	if err := f.zoneOf(&m); err != nil {
		return nil, err
	}
	p, err := newPlan(&m, s.columns)
	if err != nil {
		return nil, err
	}
	p.name = f.opts.Station
	f.receipt.Header, f.receipt.Columns, f.receipt.Mapping = s.header, m.Columns, m.TOML()
	f.own = firstNot(Handle(f.opts.Own), Handle(m.Own), f.own)
	f.scheme = map[As]string{AsJourneys: "oyster:", AsPositions: "device:"}[m.As]
	if f.scheme == "" {
		f.scheme = "device:"
	}
	return p, nil
}

func firstNot(names ...string) string {
	for _, n := range names {
		if n != "" {
			return n
		}
	}
	return ""
}

// context reads what stands before the column names: whose record it is, and the zone of its times.
func (f *reading) context(s *sampled, m *Mapping) {
	all := strings.ToLower(strings.Join(s.columns, " "))
	for _, row := range s.before {
		text := strings.Join(row, " ")
		low := strings.ToLower(text)
		all += " " + low
		for _, w := range []string{"subject", "target", "msisdn", "subscriber", "account", "telephone", "number:", "card"} {
			if !strings.Contains(low, w) || f.own != "" || deviceHeading(low) {
				continue
			}
			if n := numberIn([]byte(text)); n != nil {
				if p := readParty(n, false); p.name != "" && p.flags == 0 {
					f.own = p.name
					if m.As == AsJourneys {
						f.own = "oyster:" + onlyDigits(string(n))
					}
					f.receipt.note("the lines before the column names say whose record it is: " + f.own)
				}
			}
		}
	}
	words := strings.FieldsFunc(all, func(r rune) bool { return r < 'a' || r > 'z' })
	for _, w := range words {
		switch w {
		case "utc", "gmt":
			if m.Zone == "" {
				m.Zone = "UTC"
			}
		case "o", "telefonica", "ddr":
			if strings.Contains(all, "o2") || w != "o" {
				if m.CellTime == "" {
					m.CellTime = cellAfter
				}
			}
		}
	}
}

// zoneOf settles the zone of the times: what the officer says, then what the mapping or the file says, then London.
func (f *reading) zoneOf(m *Mapping) error {
	loc, name, err := findZone(firstNot(f.opts.Zone, m.Zone))
	if err != nil {
		return err
	}
	if f.opts.Zone != "" && m.Zone != "" && !strings.EqualFold(f.opts.Zone, m.Zone) {
		if _, said, err := findZone(m.Zone); err == nil && said != name {
			f.receipt.note("the file or its mapping says its times are " + said + "; they were read as " + name + ", as was asked")
		}
	}
	f.zone, f.receipt.Zone = newZone(loc), name
	return nil
}

// pipeline reads the rows of a text: one goroutine cuts it into blocks, several read them, and they are put together in their order.
func (f *reading) pipeline(ctx context.Context, p *plan, comma byte, line uint32) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	n := min(runtime.GOMAXPROCS(0), 8)
	free := make(chan []byte, 2*n+2)
	work, done := make(chan block, n), make(chan batch, n)
	var failed error
	go func() {
		defer close(work)
		failed = cutBlocks(ctx, &blocks{r: f.opened.text, free: free, line: line}, work)
	}()
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			k := newMaker(p, newZone(f.zone.loc), i)
			for b := range work {
				done <- k.block(b, comma)
				select {
				case free <- b.text[:0]:
				default:
				}
			}
		})
	}
	go func() { all.Wait(); close(done) }()
	next, waiting := 0, map[int]batch{}
	for b := range done {
		waiting[b.seq] = b
		for got, ok := waiting[next]; ok; got, ok = waiting[next] {
			delete(waiting, next)
			f.collect(&got)
			next++
		}
	}
	return failed
}

func cutBlocks(ctx context.Context, b *blocks, work chan<- block) error {
	for {
		blk, ok, err := b.next()
		if err != nil || !ok {
			return err
		}
		select {
		case work <- blk:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// block reads the rows of one block.
func (k *maker) block(b block, comma byte) batch {
	line := b.line
	if b.long {
		k.read++
		k.refuse(newFault(line, faultLine, b.text[:80]))
		return k.close(b)
	}
	if k.as != AsCells {
		k.rows = make([]atlas.Row, 0, bytes.Count(b.text, []byte{'\n'})+1)
	}
	s := splitter{comma: comma, cells: k.cells[:0]}
	for rest := b.text; len(rest) > 0; {
		used, lines, fault := s.next(rest)
		if fault != "" {
			k.read++
			k.refuse(newFault(line, fault, rest[:min(used, 80)]))
		} else {
			k.row(line, s.cells)
		}
		rest = rest[used:]
		line += uint32(lines) //nolint:gosec // a block is small
	}
	return k.close(b)
}

func (k *maker) close(b block) batch {
	out := k.take()
	out.seq = b.seq
	return out
}

// collect puts a batch into the set: its names and sites get the numbers of the set.
func (f *reading) collect(b *batch) {
	for len(f.names) <= b.worker {
		f.names, f.sites = append(f.names, []uint32{0}), append(f.sites, []uint32{0})
	}
	for _, n := range b.names {
		f.names[b.worker] = append(f.names[b.worker], f.tables.handle(n))
	}
	for _, s := range b.added {
		i := f.tables.site(s)
		f.tables.locate(i, s)
		f.sites[b.worker] = append(f.sites[b.worker], i)
	}
	names, sites := f.names[b.worker], f.sites[b.worker]
	for i := range b.rows {
		r := &b.rows[i]
		r.Own, r.Other = atlas.Handle(names[r.Own]), atlas.Handle(names[r.Other])
		r.Site, r.To = sites[r.Site], sites[r.To]
		r.File = f.index
	}
	for i, s := range b.sites {
		f.cellTable(sites[s], b.places[i], b.lines[i])
	}
	if len(b.rows) > 0 {
		f.parts = append(f.parts, b.rows)
	}
	f.receipt.Read += b.read
	f.receipt.Refused += b.refused
	for why, n := range b.skipped {
		f.skipped.add(why, n)
	}
	for why, n := range b.reasons {
		f.reasons.add(why, n)
	}
	for _, x := range b.faults {
		f.list(x)
	}
	f.needOwn = f.needOwn || b.own
	f.assumed |= b.assumed
}

func (f *reading) list(x fault) {
	if len(f.receipt.Refusals) < listed {
		f.receipt.Refusals = append(f.receipt.Refusals, Refusal{Line: int(x.line), Reason: x.reason, Cell: x.cell})
	}
}

func (f *reading) refuse(x fault) {
	f.receipt.Refused++
	f.reasons.add(x.reason, 1)
	f.list(x)
}

// cellTable takes a row of a table of cells.
func (f *reading) cellTable(i uint32, s atlas.Site, line uint32) {
	old := f.tables.sites[i]
	switch {
	case old.Lat == atlas.NoPlace:
		f.tables.locate(i, s)
		f.tables.sites[i].Metres, f.tables.sites[i].Azimuth, f.tables.sites[i].Width = s.Metres, s.Azimuth, s.Width
		f.receipt.Kept++
	case near(old, s):
		f.receipt.Duplicate++
	default:
		f.refuse(fault{line, faultOther, exchange.Harmless(s.ID, 60)})
	}
}

// near reports whether two points are within some metres of each other, as one written with fewer figures is.
func near(a, b atlas.Site) bool {
	const most = 1000
	dLat, dLon := a.Lat-b.Lat, a.Lon-b.Lon
	return dLat < most && dLat > -most && dLon < most && dLon > -most
}

// refuseFile is a file that is none of those that are read.
func refuseFile(name, why, do string) error { return model.Refuse("file", name+" "+why, do) }
