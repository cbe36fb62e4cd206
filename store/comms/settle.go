package comms

import (
	"cmp"
	"slices"

	"pou/model/atlas"
)

// heldMark stands on rows that are to be held while a set is put together; it is never in a set that is given out.
const heldMark atlas.Flags = 1 << 15

// compareRows is the order of a set: by time, then file, then line. Rows without a time are at 0 and so come first.
func compareRows(a, b atlas.Row) int {
	return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
}

// settle puts the set together: all rows in order of time, duplicates joined, rows outside the basis held, cells placed.
func (l *loader) settle() *atlas.Set {
	l.mark()
	rows := l.sorted()
	rows = l.unite(rows)
	set := &atlas.Set{Names: l.tables.names, Sites: l.tables.sites, Files: l.files}
	l.placeSites(rows)
	held := 0
	for i := range rows {
		if rows[i].Has(heldMark) {
			held++
		}
	}
	if held == 0 {
		set.Rows = rows
	} else {
		set.Rows, set.Held = make([]atlas.Row, 0, len(rows)-held), make([]atlas.Row, 0, held)
		for _, r := range rows {
			if r.Has(heldMark) {
				r.Flags &^= heldMark
				set.Held = append(set.Held, r)
				continue
			}
			set.Rows = append(set.Rows, r)
		}
	}
	l.count(set)
	return set
}

// mark sets the mark of rows outside the basis, and gives places to rows that name a site with a known one.
func (l *loader) mark() {
	g := l.opts.Basis.gate(func(name string) (atlas.Handle, bool) {
		h, ok := l.tables.byName[name]
		return atlas.Handle(h), ok
	})
	for _, f := range l.readings {
		for _, part := range f.parts {
			for i := range part {
				r := &part[i]
				if g.outside(r) != "" {
					r.Flags |= heldMark
				}
				if s := &l.tables.sites[r.Site]; r.Site != 0 && s.Lat == atlas.NoPlace && r.Placed() {
					s.Lat, s.Lon = r.Lat, r.Lon
				}
			}
		}
	}
}

// sorted is every row, of before and now, in order.
func (l *loader) sorted() []atlas.Row {
	parts := [][]atlas.Row{l.set.Rows, l.set.Held}
	for _, f := range l.readings {
		parts = append(parts, f.parts...)
		f.parts = nil
	}
	total := 0
	for _, p := range parts {
		total += len(p)
	}
	out := make([]atlas.Row, 0, total)
	for i, p := range parts {
		out = append(out, p...)
		parts[i] = nil
		if i == 1 {
			for j := len(out) - len(p); j < len(out); j++ {
				out[j].Flags |= heldMark
			}
		}
	}
	sortRows(out)
	return out
}

// sortRows sorts by (At, File, Line). Sources come in order of time, newest or oldest first, so that is tried before sorting keys.
func sortRows(rows []atlas.Row) {
	if slices.IsSortedFunc(rows, compareRows) {
		return
	}
	type key struct {
		at   int64
		file uint16
		line uint32
		i    uint32
	}
	keys := make([]key, len(rows))
	for i := range rows {
		r := &rows[i]
		keys[i] = key{r.At, r.File, r.Line, uint32(i)} //nolint:gosec // a set has fewer than 4 billion rows
	}
	slices.SortFunc(keys, func(a, b key) int {
		switch {
		case a.at != b.at:
			return cmp.Compare(a.at, b.at)
		case a.file != b.file:
			return cmp.Compare(a.file, b.file)
		case a.line != b.line:
			return cmp.Compare(a.line, b.line)
		}
		return cmp.Compare(a.i, b.i)
	})
	permute(rows, func(i int) int { return int(keys[i].i) }, func(i, j int) { keys[i].i = uint32(j) }) //nolint:gosec // as above
}

// permute puts rows[from(i)] at i for every i, in place, so that a million rows need no second million.
func permute(rows []atlas.Row, from func(int) int, set func(i, j int)) {
	for i := range rows {
		if from(i) == i {
			continue
		}
		saved := rows[i]
		at := i
		for {
			next := from(at)
			set(at, at)
			if next == i {
				rows[at] = saved
				break
			}
			rows[at] = rows[next]
			at = next
		}
	}
}

// contentFlags are the flags that are part of what a row says.
const contentFlags = atlas.Out | atlas.Withheld | atlas.ShortCode

// content is what a row says apart from where: rows that agree in it may be one.
type content struct {
	at, end    int64
	own, other atlas.Handle
	lat, lon   int32
	site, to   uint32
	seconds    uint32
	flags      atlas.Flags
	kind       atlas.Kind
}

func contentOf(r *atlas.Row) content {
	c := content{at: r.At, own: r.Own, other: r.Other, kind: r.Kind, flags: r.Flags & (contentFlags | atlas.NoTime)}
	switch {
	case r.Contact():
		c.seconds = r.Seconds
	case r.Kind == atlas.Position:
		c.lat, c.lon = r.Lat, r.Lon
	default:
		c.end, c.site, c.to = r.End, r.Site, r.To
		if r.Site == 0 {
			c.lat, c.lon = r.Lat, r.Lon
		}
	}
	return c
}

// agree reports whether two contacts do not differ in where they were.
func agree(a, b *atlas.Row) bool {
	if !a.Contact() {
		return true
	}
	if a.Site != 0 && b.Site != 0 {
		return a.Site == b.Site
	}
	return a.Site != 0 || b.Site != 0 || !a.Placed() || !b.Placed() || a.Lat == b.Lat && a.Lon == b.Lon
}

// unite joins the rows that say the same. Two rows of different files are one when they say the same; a row that a file has twice matches
// two of another file. Within one file two rows are one only where that cannot be two events: a call, a session, a fix or a read of the same
// second. Texts are sent in parts, and where a source has no seconds or no times two rows are two events.
func (l *loader) unite(rows []atlas.Row) []atlas.Row {
	seconds := l.secondsKnown(rows)
	kept := rows[:0]
	for i := 0; i < len(rows); {
		j := i + 1
		for j < len(rows) && rows[j].At == rows[i].At {
			j++
		}
		if j == i+1 {
			kept = l.keep(kept, rows[i])
			i = j
			continue
		}
		kept = l.uniteMoment(kept, rows[i:j], seconds)
		i = j
	}
	return kept
}

// keep takes a row, unless its whole file was loaded before.
func (l *loader) keep(kept []atlas.Row, r atlas.Row) []atlas.Row {
	if f := l.readingOf(r.File); f != nil && f.repeats {
		f.receipt.Duplicate++
		return kept
	}
	return append(kept, r)
}

// readingOf is the file a row was read from now, or nil.
func (l *loader) readingOf(file uint16) *reading {
	if i := int(file) - len(l.set.Files); i >= 0 && i < len(l.readings) {
		return l.readings[i]
	}
	return nil
}

// secondsKnown says of each file whether its times have seconds.
func (l *loader) secondsKnown(rows []atlas.Row) []bool {
	out := make([]bool, len(l.files))
	for i := range rows {
		if !out[rows[i].File] && rows[i].At%60_000 != 0 {
			out[rows[i].File] = true
		}
	}
	return out
}

// uniteMoment joins the rows of one moment; they are in order of their files.
func (l *loader) uniteMoment(kept, rows []atlas.Row, seconds []bool) []atlas.Row {
	const few = 48
	start := len(kept)
	if len(rows) > few {
		return l.uniteMany(kept, rows, seconds)
	}
	var by [few]int
	changed := false
	for _, r := range rows {
		if f := l.readingOf(r.File); f != nil && f.repeats {
			f.receipt.Duplicate++
			continue
		}
		c := contentOf(&r)
		found := -1
		for k := start; k < len(kept) && found < 0; k++ {
			if contentOf(&kept[k]) == c && agree(&kept[k], &r) && l.mayMatch(&kept[k], &r, by[k-start], seconds) {
				found = k
			}
		}
		if found < 0 {
			by[len(kept)-start] = int(r.File)
			kept = append(kept, r)
			continue
		}
		by[found-start] = int(r.File)
		changed = l.join(&kept[found], &r) || changed
	}
	if changed {
		slices.SortFunc(kept[start:], compareRows)
	}
	return kept
}

// mayMatch reports whether a row may be the same event as one that agrees with it.
func (l *loader) mayMatch(old, r *atlas.Row, by int, seconds []bool) bool {
	if by != int(r.File) && old.File != r.File {
		return true
	}
	if r.Kind == atlas.Text || r.Kind == atlas.Message || r.Has(atlas.NoTime) || r.Has(atlas.DayOnly) || !seconds[r.File] {
		if f := l.readingOf(r.File); f != nil && (r.Kind == atlas.Text || r.Kind == atlas.Message) && !r.Has(atlas.NoTime) && seconds[r.File] && old.File == r.File {
			f.receipt.Repeated++
		}
		return false
	}
	return true
}

// uniteMany is uniteMoment for a moment of very many rows, such as all that have no time. It wants the places to be the same.
func (l *loader) uniteMany(kept, rows []atlas.Row, seconds []bool) []atlas.Row {
	type queue struct {
		kept []int
		next int // the first that the file in hand has not matched
		file int
	}
	type exact struct {
		content
		site, to uint32
		lat, lon int32
	}
	start := len(kept)
	queues := map[exact]*queue{}
	changed := false
	for _, r := range rows {
		if f := l.readingOf(r.File); f != nil && f.repeats {
			f.receipt.Duplicate++
			continue
		}
		key := exact{contentOf(&r), r.Site, r.To, r.Lat, r.Lon}
		if r.Site != 0 {
			key.lat, key.lon = 0, 0
		}
		q := queues[key]
		if q == nil {
			q = &queue{file: int(r.File)}
			queues[key] = q
		}
		if q.file != int(r.File) {
			q.file, q.next = int(r.File), 0
		}
		if q.next < len(q.kept) {
			at := q.kept[q.next]
			if kept[at].File != r.File {
				q.next++
				changed = l.join(&kept[at], &r) || changed
				continue
			}
			if l.mayMatch(&kept[at], &r, int(r.File), seconds) {
				changed = l.join(&kept[at], &r) || changed
				continue
			}
		}
		q.kept = append(q.kept, len(kept))
		kept = append(kept, r)
	}
	if changed {
		slices.SortFunc(kept[start:], compareRows)
	}
	return kept
}

// join makes one of two rows that are the same event: the one that says where stays, and one that is authorised before one that is held.
func (l *loader) join(old, r *atlas.Row) (swapped bool) {
	better := r.Site != 0 && old.Site == 0 || r.Site == old.Site && r.Placed() && !old.Placed()
	freed := old.Has(heldMark) && !r.Has(heldMark)
	worse := !old.Has(heldMark) && r.Has(heldMark)
	lost := r.File
	if freed || better && !worse {
		lost = old.File
		*old = *r
		swapped = true
	}
	if f := l.readingOf(lost); f != nil {
		f.receipt.Duplicate++
	}
	return swapped
}

// placeSites gives rows the place of their cell, camera or station.
func (l *loader) placeSites(rows []atlas.Row) {
	for i := range rows {
		r := &rows[i]
		if r.Site == 0 || r.Placed() {
			continue
		}
		if s := &l.tables.sites[r.Site]; s.Lat != atlas.NoPlace {
			r.Lat, r.Lon, r.Metres = s.Lat, s.Lon, s.Metres
		}
	}
}

// count fills the receipts from what the set holds at last.
func (l *loader) count(set *atlas.Set) {
	g := l.opts.Basis.gate(func(name string) (atlas.Handle, bool) {
		h, ok := l.tables.byName[name]
		return atlas.Handle(h), ok
	})
	why := make([]tallies, len(l.readings))
	for i := range set.Rows {
		r := &set.Rows[i]
		if f := l.readingOf(r.File); f != nil {
			f.receipt.Kept++
			f.span(r)
			if r.Has(atlas.NoTime) {
				f.receipt.NoTime++
			}
			if r.Site != 0 && !r.Placed() {
				f.receipt.Unplaced++
			}
		}
	}
	for i := range set.Held {
		r := &set.Held[i]
		f := l.readingOf(r.File)
		if f == nil {
			continue
		}
		n := int(r.File) - len(l.set.Files)
		if why[n] == nil {
			why[n] = tallies{}
		}
		why[n].add(g.outside(r), 1)
		f.receipt.Held++
		f.span(r)
	}
	for i, s := range set.Sites {
		if i > 0 && s.Lat == atlas.NoPlace && s.Kind != atlas.Stop {
			if l.receipt.NoPlace++; len(l.receipt.Unmatched) < listed {
				l.receipt.Unmatched = append(l.receipt.Unmatched, s.ID)
			}
		}
	}
	l.finish(why)
	l.dropRepeated(set)
}

// span widens the times of a file to a row.
func (f *reading) span(r *atlas.Row) {
	if r.Has(atlas.NoTime) {
		return
	}
	if f.receipt.First == 0 || r.At < f.receipt.First {
		f.receipt.First = r.At
	}
	f.receipt.Last = max(f.receipt.Last, r.At)
}

func (l *loader) finish(why []tallies) {
	for i, f := range l.readings {
		f.receipt.Reasons, f.receipt.SkippedAs, f.receipt.HeldFor = f.reasons.list(), f.skipped.list(), why[i].list()
		if f.receipt.NoTime > 0 && (!l.opts.Basis.From.IsZero() || !l.opts.Basis.To.IsZero()) {
			f.receipt.note("rows without a time cannot be shown to be inside the authorised period, nor outside it")
		}
		if f.receipt.Repeated > 0 {
			f.receipt.note("texts that repeat another of the same second were kept: a long text is sent in parts")
		}
		slices.SortStableFunc(f.receipt.Refusals, func(a, b Refusal) int { return cmp.Compare(a.Line, b.Line) })
		l.receipt.Files = append(l.receipt.Files, f.receipt)
		l.receipt.Total.add(f.receipt.Counts)
	}
}

// dropRepeated takes files at the end that were loaded before out of the set's files: none of its rows is of them.
func (l *loader) dropRepeated(set *atlas.Set) {
	for len(l.readings) > 0 && l.readings[len(l.readings)-1].repeats {
		set.Files = set.Files[:len(set.Files)-1]
		l.readings = l.readings[:len(l.readings)-1]
	}
}
