package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"pou/model"
	"pou/model/match"
	"pou/model/query"
)

// lookedMost is how many candidates are read when a filter asks what only the records themselves know.
const lookedMost = 500

// asked is a query read: its words, and its filters.
type asked struct {
	Ask
	words string       // what is matched
	whole string       // the words with those read as a status among them
	bare  []string     // words read as a status
	kept  []string     // what was typed beside the words
	terms []query.Term // the filters, those words among them
}

// read parts the words of a query from its filters. A word of bareWords that stands beside others, or alone, is a filter.
func (s *Search) read(ask Ask) (asked, error) {
	out := asked{Ask: ask}
	q, err := query.Parse(ask.Text, model.LineFields(), match.Fold)
	if err != nil {
		return out, fmt.Errorf("the filter cannot be read at %w", err)
	}
	out.terms = slices.Clone(q.Terms())
	var words []string
	for _, w := range q.Typed() {
		status, ok := s.words[strings.ToLower(w)]
		if !ok {
			words = append(words, w)
			continue
		}
		out.bare = append(out.bare, strings.ToLower(w))
		term, err := query.Parse("status:"+status, model.LineFields(), match.Fold)
		if err != nil {
			return out, fmt.Errorf("read %q as a status: %w", w, err)
		}
		out.terms = append(out.terms, term.Terms()...)
	}
	for raw := range strings.FieldsSeq(ask.Text) {
		if !slices.Contains(words, raw) {
			out.kept = append(out.kept, raw)
		}
	}
	out.words, out.whole = strings.Join(words, " "), strings.Join(q.Typed(), " ")
	return out, nil
}

// filters are the terms that were typed as filters, without the words read as a status.
func (q *asked) filters() []query.Term { return q.terms[:len(q.terms)-len(q.bare)] }

// Answer finds what a query asks for. Words are matched in any spelling near enough; filters – field:value, as in a list –
// and the words of standing (wanted, arrested, breach, ...) narrow it down, before the limit. Filters alone find people, the
// sought and the marked first. An answer about what only the records know looks at so many candidates and says when there
// were more. A filter that cannot be read is a [query.Error].
func (s *Search) Answer(ctx context.Context, ask Ask) (Answer, error) {
	q, err := s.read(ask)
	if err != nil {
		return Answer{}, err
	}
	if ask.Limit < 1 {
		return Answer{Ready: true}, nil
	}
	out := Answer{Words: q.words}
	g := &gathering{s: s, q: &q, out: &out, seen: map[model.Ref]bool{}}
	err = s.through.Read(ctx, func(r Reader) error {
		now := s.through.Now()
		g.r, g.liner = r, model.NewLiner(r, now)
		info, err := r.Info()
		if err != nil {
			return err
		}
		g.head = info.Head
		s.kept.open(g.head, now)
		switch {
		case g.reference():
		case len(q.bare) > 0:
			bearers, titles := g.named()
			g.take(bearers)
			g.standing()
			g.take(titles)
		default:
			g.standing()
		}
		return ctx.Err()
	})
	if err != nil {
		return Answer{}, fmt.Errorf("find %q: %w", ask.Text, err)
	}
	_, out.Ready = s.State()
	if strange := model.UnknownValues(q.terms); strange != "" {
		g.notes = []string{strange} // what else there is to say would only hide it
	}
	out.Note = strings.Join(g.notes, "; ")
	return out, nil
}

// gathering is one answer being put together.
type gathering struct {
	s     *Search
	q     *asked
	out   *Answer
	r     Reader
	liner *model.Liner
	head  uint64 // the newest entry of the journal in the snapshot that is read
	seen  map[model.Ref]bool
	notes []string
}

// candidates are documents that may answer, best first, with the terms that their lines have to be asked about.
type candidates struct {
	hits   []match.Hit
	facets []facet
	screen *screen
	words  string // what they were matched with; "" for filters alone
	meant  string // the words as they are spelt in the best of them
	more   bool   // there were more than were taken
}

func (g *gathering) full() bool { return len(g.out.Found) >= g.q.Limit }

// reference answers with the record whose ref was typed, of whatever kind it is: nothing else was asked for. False when
// there is no such record.
func (g *gathering) reference() bool {
	ref, ok := model.ParseRef(g.q.words)
	if !ok || g.q.Kind != "" && ref.Kind() != g.q.Kind {
		return false
	}
	rec, err := g.r.Record(ref)
	if err != nil {
		return false
	}
	line := g.liner.Line(rec)
	if g.admits(ref, rec, &line) {
		g.add(Found{Line: line, Match: "reference", Exact: true})
	}
	return true
}

// admits reports whether a record passes the filters, whether or not it is in the index.
func (g *gathering) admits(ref model.Ref, rec model.Record, line *model.Line) bool {
	if len(g.q.terms) == 0 {
		return true
	}
	terms := g.q.terms
	if id, ok := docID(ref); ok {
		g.s.mu.RLock()
		defer g.s.mu.RUnlock()
		sc, f := g.s.newScreen(g.q.terms, g.q.Kind), g.s.facets.at(id)
		if f.flags&flagHeld != 0 {
			if !sc.keeps(id, f) {
				return false
			}
			terms = sc.unsure(f)
		}
	}
	return passes(g.r, g.liner, rec, line, terms, g.s.through.Now())
}

func (g *gathering) add(f Found) {
	if !g.seen[f.Ref] && !g.full() {
		g.seen[f.Ref] = true
		g.out.Found = append(g.out.Found, f)
	}
}

// named finds the records that bear a word of standing as a name, with every other word of the query: people, operations
// and officers, who come before whoever stands so; and titles, which come after.
func (g *gathering) named() (bearers, titles candidates) {
	s := g.s
	s.mu.RLock()
	defer s.mu.RUnlock()
	if !s.named.any(g.q.bare) {
		return candidates{}, candidates{}
	}
	sc := s.newScreen(g.q.filters(), g.q.Kind)
	all := g.search(sc, g.q.whole, func(id uint32) bool { return s.named.holds(id, g.q.bare) })
	bearers, titles = candidates{screen: sc, words: all.words}, candidates{screen: sc, words: all.words}
	for i, h := range all.hits {
		if !h.Whole { // the word alone does not make it an answer
			continue
		}
		into := &bearers
		if docRef(h.ID).Kind() == model.KindTask {
			into = &titles
		}
		into.hits, into.facets = append(into.hits, h), append(into.facets, all.facets[i])
	}
	return bearers, titles
}

// standing finds what the words and the filters together ask for.
func (g *gathering) standing() {
	s := g.s
	var withheld map[uint32]bool
	if g.q.words == "" {
		withheld = g.withheld()
	}
	s.mu.RLock()
	sc := s.newScreen(g.q.terms, g.q.Kind)
	var c candidates
	switch {
	case g.q.words != "":
		c = g.search(sc, g.q.words, nil)
	case len(g.q.terms) > 0:
		c = g.scan(sc, withheld)
	}
	s.mu.RUnlock()
	g.take(c)
}

// search matches words. The caller holds the lock.
func (g *gathering) search(sc *screen, words string, also func(id uint32) bool) candidates {
	s := g.s
	limit := g.q.Limit + len(g.out.Found)
	if len(sc.rest) > 0 {
		limit = max(limit, lookedMost)
	}
	result := s.index.Search(match.Query{Text: words, Limit: limit, Keep: func(id uint32) bool {
		return sc.keeps(id, s.facets.at(id)) && (also == nil || also(id))
	}})
	out := candidates{hits: result.Hits, screen: sc, words: words, meant: result.Meant, more: len(result.Hits) == limit, facets: make([]facet, len(result.Hits))}
	for i, h := range result.Hits {
		out.facets[i] = s.facets.at(h.ID)
	}
	return out
}

// scan takes everybody who passes the filters, the sought and the marked first; another kind only when it is asked for,
// and what has ended only when that is. Who may not read a record is not told how many there are either. The caller holds the lock.
func (g *gathering) scan(sc *screen, withheld map[uint32]bool) candidates {
	s := g.s
	limit := g.q.Limit + len(g.out.Found)
	if len(sc.rest) > 0 {
		limit = max(limit, lookedMost)
	}
	asks := func(fields ...string) bool {
		return slices.ContainsFunc(g.q.terms, func(t query.Term) bool { return slices.Contains(fields, t.Field()) })
	}
	people, ended, records := g.q.Kind == "" && !asks("kind"), asks("live", "status"), sc.wantsRecords()
	var byRank [ranks][]uint32
	total := 0
	s.facets.each(func(id uint32, f facet) bool {
		if id >= otherKind && people {
			return false
		}
		if !sc.keeps(id, f) || withheld[id] || !ended && f.flags&flagLive == 0 || records && id < otherKind && f.stand == 0 {
			return true
		}
		total++
		if at := s.codes.rank(f); len(byRank[at]) < limit {
			byRank[at] = append(byRank[at], id)
		}
		return true
	})
	out := candidates{screen: sc, more: total > limit}
	for at := len(byRank) - 1; at >= 0; at-- {
		for _, id := range byRank[at][:min(len(byRank[at]), limit-len(out.hits))] {
			f := s.facets.at(id)
			out.hits = append(out.hits, match.Hit{ID: id, Why: cmp.Or(strings.Join(s.codes.said(f.stand), ", "), "passes the filters")})
			out.facets = append(out.facets, f)
		}
	}
	if total > g.q.Limit && len(sc.rest) == 0 {
		g.notes = append(g.notes, fmt.Sprintf("%s pass the filters; add a word or a filter to see fewer", thousands(total)))
	}
	return out
}

// withheld are the records of the index that whoever asks may not read: the restricted ones, which are few, and the tasks about them.
func (g *gathering) withheld() map[uint32]bool {
	refs, err := g.r.Restricted()
	if err != nil || len(refs) == 0 {
		return nil
	}
	out := map[uint32]bool{}
	hide := func(ref model.Ref) {
		if rec, err := g.r.Record(ref); err == nil && rec.Head().HeldBack != nil {
			if id, ok := docID(ref); ok {
				out[id] = true
			}
		}
	}
	for _, ref := range refs {
		hide(ref)
		tasks, _ := g.r.Linked(ref, model.KindTask) // what cannot be read is not shown either
		for _, task := range tasks {
			hide(task)
		}
	}
	return out
}

// take reads candidates until there are enough of those that may be shown and pass.
func (g *gathering) take(c candidates) {
	looked, withheld := 0, false
	for i, h := range c.hits {
		if g.full() {
			break
		}
		ref := docRef(h.ID)
		l, err := g.record(ref)
		if err != nil {
			continue // taken away since the index was read
		}
		if l.rec.Head().HeldBack != nil {
			withheld = true
			continue // what it says is not for whoever asks, and that it answers would say so
		}
		looked++
		if c.words != "" {
			var ok bool
			was := h
			h, ok = g.openly(&l, c.words, h)
			withheld = withheld || !ok || h.Score != was.Score
			if !ok {
				continue
			}
		}
		line := g.line(&l)
		g.keep(ref, l)
		if terms := c.screen.unsure(c.facets[i]); len(terms) > 0 && !passes(g.r, g.liner, l.rec, &line, terms, g.s.through.Now()) {
			continue
		}
		if ref.Kind() == model.KindPerson && c.facets[i].stand&g.s.codes.stand[standWanted] != 0 {
			line.Status = standWanted
		}
		g.add(Found{Line: line, Score: h.Score, Match: h.Why, Exact: h.Exact})
	}
	if c.meant != "" && !withheld && len(g.out.Found) > 0 { // a spelling must not come from what is not shown
		g.out.Meant = strings.Join(append([]string{c.meant}, g.q.kept...), " ")
	}
	if c.more && len(c.screen.rest) > 0 && !g.full() {
		g.notes = append(g.notes, fmt.Sprintf("the first %s were looked at; add a word or a filter", thousands(looked)))
	}
}

// openly is a hit on a record as it may be shown. The index holds nothing that is need-to-know; this is for the moment
// between a change and the news of it, when it may still.
func (g *gathering) openly(l *laid, words string, h match.Hit) (match.Hit, bool) {
	about := &standing{codes: g.s.codes}
	rec, shown := l.rec, g.shown(l)
	var veiled match.Doc
	switch p := rec.(type) {
	case *model.Person:
		if shown == rec {
			h.Why += historic(p, words)
			return h, true
		}
		veiled = docOf(shown, about)
	default:
		open := docOf(rec, about)
		if veiled = docOf(shown, about); slices.Equal(veiled.Texts, open.Texts) {
			return h, true
		}
	}
	x := match.NewIndex()
	x.Put(h.ID, veiled)
	again := x.Find(words, 1)
	if len(again) == 0 {
		return h, false
	}
	return again[0], true
}

// historic says that somebody was found by where they no longer are: a word of the query stands in a historic address of
// theirs, and in none of their names and none of their other addresses.
func historic(p *model.Person, words string) string {
	var now, then []string
	for _, a := range p.Addresses {
		tokens := match.Tokens(a.Line())
		if a.Confidence == model.Historic {
			then = append(then, tokens...)
		} else {
			now = append(now, tokens...)
		}
	}
	if len(then) == 0 {
		return ""
	}
	now = append(now, match.Tokens(p.Name()+" "+string(p.Ref))...)
	for _, a := range p.Aliases {
		now = append(now, match.Tokens(a.Name)...)
	}
	for _, w := range match.Tokens(words) {
		if len(w) > 2 && slices.Contains(then, w) && !slices.Contains(now, w) {
			return " (historic address)"
		}
	}
	return ""
}

// thousands is a count as an officer reads it: 12,345.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
