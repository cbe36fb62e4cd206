package exchange

import (
	"context"
	"iter"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"pou/model"
	"pou/model/day"
)

// sdnPart is one file of the sanctions list that the US Treasury publishes: people, vessels and companies, their other names,
// their addresses, and the ends of remarks that were too long, all joined by number and none with a line of column names.
// Source: OFAC, SDN data formats.
type sdnPart string

const (
	sdnMain     sdnPart = "sdn"
	sdnAlt      sdnPart = "alt"
	sdnAdd      sdnPart = "add"
	sdnComments sdnPart = "sdn_comments"
)

// width is how many cells a row of the part has.
func (p sdnPart) width() int {
	switch p {
	case sdnMain:
		return 12
	case sdnAlt:
		return 5
	case sdnAdd:
		return 6
	case sdnComments:
		return 2
	}
	return 0
}

// sdnParts tells the parts of the list by their names and shapes; all reports whether every file is one and the people are
// recognisably this list.
func sdnParts(sources []*source) (parts []sdnPart, all bool) {
	all = true
	for _, src := range sources {
		part := partByShape(src)
		if named := partByName(src.name); part == "" && named != "" && strings.Contains(src.text, "-0-") {
			part = named
		}
		parts = append(parts, part)
		all = all && part != "" && part != sdnComments
	}
	if slices.Contains(parts, sdnMain) { // the comments have no shape of their own
		all = !slices.Contains(parts, "")
	}
	return parts, all
}

func partByName(name string) sdnPart {
	base := strings.ToLower(strings.TrimSuffix(name, filepath.Ext(name)))
	for _, p := range []sdnPart{sdnComments, sdnMain, sdnAlt, sdnAdd} {
		if base == string(p) {
			return p
		}
	}
	return ""
}

// partByShape looks at the first rows.
func partByShape(src *source) sdnPart {
	n := 0
	for r := range (delimited{text: src.text, comma: ','}).rows() {
		c := r.cells
		switch {
		case len(c) < 2 || !number(c[0]):
		case len(c) == 12 && strings.Contains(r.raw, "-0-"):
			return sdnMain
		case len(c) == 5 && number(c[1]) && slices.Contains([]string{"aka", "fka", "nka"}, strings.TrimSpace(c[2])):
			return sdnAlt
		case len(c) == 6 && number(c[1]) && strings.Contains(r.raw, "-0-"):
			return sdnAdd
		case len(c) == 2 && partByName(src.name) == sdnComments:
			return sdnComments
		}
		if n++; n == 20 {
			break
		}
	}
	return ""
}

// knownParts takes a file whose shape is damaged by its name, and refuses one that has neither.
func knownParts(sources []*source, parts []sdnPart) error {
	for i, src := range sources {
		if parts[i] == "" {
			parts[i] = partByName(src.name)
		}
		if parts[i] == "" {
			return model.Refuse("file", src.name+" is none of the files of the sanctions list", "Name sdn.csv, and with it alt.csv, add.csv or sdn_comments.csv")
		}
	}
	return nil
}

func number(s string) bool {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	return err == nil && n > 0
}

// entry is one number of the list.
type entry struct {
	at      place
	cells   []string
	draft   *draft // nil when it is not a person
	kind    string // individual, vessel, aircraft, entity
	remarks string
	alts    piece
	adds    piece
}

// sdn joins the files of the list.
type sdn struct {
	im      *importer
	clean   cleaner
	entries map[string]*entry
	order   []*entry
}

// runSDN reads the whole list before it writes any of it: a person's names and addresses stand in other files.
func (im *importer) runSDN(ctx context.Context) error {
	l := &sdn{im: im, entries: map[string]*entry{}}
	for _, part := range []sdnPart{sdnMain, sdnComments, sdnAlt, sdnAdd} {
		for i := range im.sources {
			if im.parts[i] == part {
				l.read(i, part)
				if err := ctx.Err(); err != nil {
					return err
				}
			}
		}
	}
	if l.clean.stripped > 0 {
		im.Files[0].Notes = append(im.Files[0].Notes, "control characters were taken out of "+model.Counted(l.clean.stripped, "cell", "cells"))
	}
	im.rows = []int{im.batch.rows + l.rows()}
	for _, e := range l.order {
		if e.draft != nil {
			im.batch.add(l.finish(e))
		}
		if im.batch.full(im.job.Batch) {
			if err := im.flush(ctx); err != nil {
				return err
			}
		}
	}
	return im.flush(ctx)
}

func (l *sdn) rows() int {
	n := 0
	for _, e := range l.order {
		if e.draft != nil {
			n += len(e.draft.pieces[0].rows) + len(e.alts.rows) + len(e.adds.rows)
		}
	}
	return n
}

// table gives the rows of a file that are whole, and rejects the others.
func (l *sdn) table(file int, part sdnPart) iter.Seq2[row, []string] {
	return func(yield func(row, []string) bool) {
		d := delimited{text: l.im.sources[file].text, comma: ',', width: part.width()}
		for r := range d.rows() {
			reason, detail := "", ""
			switch {
			case r.fault != "":
				reason = r.fault
			case strayMark(r):
				reason = reasonStray
			case blank(r.cells):
				reason = reasonBlank
			case len(r.cells) != part.width():
				reason, detail = "the wrong number of cells", model.Counted(len(r.cells), "cell", "cells")+", not "+strconv.Itoa(part.width())
			case !number(r.cells[0]):
				reason = "the first cell is not a number of the list"
			}
			if reason != "" {
				l.im.batch.reject(file, r, reason, detail)
				continue
			}
			cells := make([]string, len(r.cells))
			for i, c := range r.cells {
				if cells[i] = oneLine(l.clean.cell(c)); isNull(cells[i]) {
					cells[i] = ""
				}
			}
			if !yield(r, cells) {
				return
			}
		}
	}
}

func (l *sdn) read(file int, part sdnPart) {
	for r, cells := range l.table(file, part) {
		at := placeOf(file, r)
		if part == sdnMain {
			l.main(at, r, cells)
			continue
		}
		e := l.entry(cells[0], part)
		switch {
		case e.kind != "individual":
			l.im.batch.reject(file, r, "not an individual: "+e.kind, "")
		case part == sdnAlt && cells[3] == "":
			l.im.batch.reject(file, r, "the row holds no name", "")
		case part == sdnAdd && cells[2] == "" && cells[3] == "" && cells[4] == "":
			l.im.batch.reject(file, r, "the row holds no address", "")
		case part == sdnAlt:
			e.alt(at, cells)
		case part == sdnAdd:
			e.address(at, cells)
		default:
			e.remarks += cells[1]
			e.draft.pieces[0].rows = append(e.draft.pieces[0].rows, at)
			e.cells = append(e.cells, cells[1])
		}
	}
}

// main takes a row of sdn.csv.
func (l *sdn) main(at place, r row, cells []string) {
	if e, twice := l.entries[cells[0]]; twice {
		if slices.Equal(e.cells, cells) && e.draft != nil {
			e.draft.pieces[0].rows = append(e.draft.pieces[0].rows, at)
			return
		}
		l.im.batch.reject(at.file, r, "the number stands in the list already", cells[0]+" on line "+strconv.Itoa(e.at.line))
		return
	}
	e := &entry{at: at, cells: cells, kind: cells[2], remarks: cells[11]}
	if e.kind == "" {
		e.kind = "entity"
	}
	l.entries[cells[0]] = e
	switch {
	case e.kind != "individual":
		l.im.batch.reject(at.file, r, "not an individual: "+harmless(e.kind, 40), "")
	case cells[1] == "":
		l.im.batch.reject(at.file, r, reasonNoName, "")
		e.kind = "an entry without a name"
	default:
		e.draft = &draft{key: ofacKey(cells[0]), pieces: []piece{{rows: []place{at}}}}
		l.order = append(l.order, e)
	}
}

func ofacKey(number string) string { return ofacLayout + ":" + number }

// entry finds the entry a row of another file belongs to. Without sdn.csv it may be on record from an earlier import.
func (l *sdn) entry(number string, part sdnPart) *entry {
	e, ok := l.entries[number]
	if ok {
		return e
	}
	e = &entry{cells: []string{number}, kind: "individual"}
	if part == sdnComments { // the end of a remark means nothing without its beginning
		return &entry{kind: "a number that is not in sdn.csv"}
	}
	e.draft = &draft{
		key: ofacKey(number), pieces: []piece{{person: &model.Person{}}}, joins: true,
		orphan: "number " + number + " is neither in these files nor on record as an individual",
	}
	l.entries[number] = e
	l.order = append(l.order, e)
	return e
}

// alt adds another name: also known as, formerly known as, now known as.
func (e *entry) alt(at place, cells []string) {
	if e.alts.person == nil {
		e.alts.person = &model.Person{}
		e.alts.origin.Key = ofacKey(e.cells[0]) + "/alt"
	}
	e.alts.person.Aliases = append(e.alts.person.Aliases, model.Alias{Name: cells[3], Kind: cells[2], Source: "OFAC"})
	if cells[4] != "" {
		e.alts.person.Note = joined(e.alts.person.Note, cells[3]+": "+cells[4], "\n")
	}
	e.alts.add(at, cells)
}

// address adds an address: street, city with its code, country.
func (e *entry) address(at place, cells []string) {
	if e.adds.person == nil {
		e.adds.person = &model.Person{}
		e.adds.origin.Key = ofacKey(e.cells[0]) + "/add"
	}
	text := joined(joined(cells[2], cells[3], ", "), cells[4], ", ")
	e.adds.person.Addresses = append(e.adds.person.Addresses, model.Address{
		Text: text, Confidence: model.Unconfirmed, Source: "OFAC", Note: cells[5],
	})
	e.adds.add(at, cells)
}

func (p *piece) add(at place, cells []string) {
	p.rows = append(p.rows, at)
	p.origin.Sum = sumOf(p.origin.Sum, []byte(strings.Join(cells, "\x1f")))
}

// finish puts an entry together once all files have been read.
func (l *sdn) finish(e *entry) *draft {
	d := e.draft
	if d.joins {
		d.pieces = d.pieces[:0]
	} else {
		base := &d.pieces[0]
		base.origin = model.Origin{Key: d.key, Sum: sumOf([]byte(strings.Join(e.cells, "\x1f")))}
		base.person = l.person(e)
	}
	for _, more := range []piece{e.alts, e.adds} {
		if len(more.rows) > 0 {
			d.pieces = append(d.pieces, more)
		}
	}
	return d
}

// person reads a row of sdn.csv: number, name, type, program, title, six cells about ships, remarks.
func (l *sdn) person(e *entry) *model.Person {
	p := &model.Person{IDs: []model.Identifier{{Scheme: "OFAC", Value: e.cells[0]}}}
	surname, forename, _ := strings.Cut(e.cells[1], ",")
	p.Surname, p.Forename = strings.TrimSpace(surname), strings.TrimSpace(forename)
	notes := []string{"Read from the OFAC sanctions list, number " + e.cells[0] + "."}
	for i, label := range []string{3: "Program", 4: "Title", 5: "Call sign", 6: "Vessel type", 7: "Tonnage", 8: "Gross tonnage", 9: "Flag", 10: "Owner"} {
		if label != "" && e.cells[i] != "" {
			notes = append(notes, label+": "+e.cells[i])
		}
	}
	if e.remarks != "" {
		notes = append(notes, "Remarks: "+e.remarks)
	}
	p.Note = strings.Join(notes, "\n")
	for s := range strings.SplitSeq(strings.TrimSuffix(e.remarks, "."), ";") {
		if s = strings.TrimSpace(s); s != "" {
			l.remark(p, e.at, s)
		}
	}
	return p
}

// remark takes what has a field of its own out of a remark; the whole of it stands in the note.
func (l *sdn) remark(p *model.Person, at place, s string) {
	s = strings.TrimPrefix(s, "alt. ")
	what, rest, _ := strings.Cut(s, " ")
	switch what {
	case "DOB":
		l.born(p, at, rest)
	case "POB":
		p.BirthPlace = joined(p.BirthPlace, rest, " or ")
	case "nationality", "citizen":
		if !slices.Contains(strings.Split(p.Nationality, " / "), rest) {
			p.Nationality = joined(p.Nationality, rest, " / ")
		}
	case "Gender":
		p.Sex = sex(strings.TrimSuffix(rest, "."))
	case "a.k.a.":
		if name := strings.Trim(strings.TrimSuffix(rest, "."), "'"); name != "" {
			p.Aliases = append(p.Aliases, model.Alias{Name: name, Kind: "weak aka", Source: "OFAC"})
		}
	default:
		if id, ok := remarkID(s); ok {
			p.IDs = append(p.IDs, id)
		} else if rest, ok := strings.CutPrefix(s, "Phone Number "); ok {
			if n, ok := phoneNumber(strings.TrimSpace(rest)); ok {
				p.Phones = append(p.Phones, model.Phone{Number: n, Attribution: model.Unconfirmed, Source: "OFAC"})
			}
		}
	}
}

func (l *sdn) born(p *model.Person, at place, s string) {
	b, err := day.ParseBorn(s)
	switch {
	case err != nil:
		l.im.batch.warn(at, "the date of birth was kept in the note as it is written: "+err.Error())
	case p.Born.IsZero():
		p.Born = b
	case b != p.Born:
		p.OtherBorn = append(p.OtherBorn, b)
	}
}

var idRemark = regexp.MustCompile(`^((?:Diplomatic |Stateless Person )?Passport|SSN|D\.N\.I\.|R\.F\.C\.|C\.U\.R\.P\.|NIT #|.{2,40}? (?:No\.|Number|#)) ` +
	`([\pL\d][\pL\d ./-]*?)(?: \(([^()]+)\))?(?: issued [^;]*| expires [^;]*)?$`)

// remarkID reads a passport or another number: "Passport A-992535 (Saudi Arabia) issued 15 Jul 1998".
func remarkID(s string) (model.Identifier, bool) {
	m := idRemark.FindStringSubmatch(s)
	if m == nil || !strings.ContainsAny(m[2], "0123456789") || strings.HasPrefix(s, "Phone Number") {
		return model.Identifier{}, false
	}
	scheme := m[1]
	if m[3] != "" {
		scheme += " (" + m[3] + ")"
	}
	return model.Identifier{Scheme: scheme, Value: m[2]}, true
}
