package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"pou/model"
	"pou/model/day"
)

// plan is a mapping made ready for one table: what becomes of each of its columns.
type plan struct {
	*table
	mapping   Mapping // with every column of the table, for the receipt
	targets   []target
	multi     string // the separators of a cell that takes many values
	null      map[string]bool
	print     [4]byte // of the mapping: a row read by another mapping is another reading
	idColumn  int     // the column that names the row, or -1
	keyPrefix string
	clean     cleaner
	hash      []byte
	left      map[string]int    // rows still to come of each number that several rows share
	shared    map[string]*draft // the people those rows make, until their last row
}

// newPlan fits a mapping to a table, guessing the columns if it names none.
func newPlan(t *table, m Mapping, source string) (*plan, error) {
	p := &plan{table: t, mapping: m, multi: m.separators() + "\n" + string(listMark), null: map[string]bool{}, idColumn: -1}
	for _, n := range m.Null {
		p.null[n] = true
	}
	guessed := len(m.Columns) == 0
	if guessed {
		p.mapping.Columns = newGuesser(m.kind()).guess(t)
	} else if err := p.fit(m); err != nil {
		return nil, err
	}
	sum := sha256.New()
	for i, c := range p.mapping.Columns {
		to, err := parseTarget(m.kind(), c.Field)
		if err != nil {
			return nil, model.Refuse("columns", c.Name+": "+err.Error(), "")
		}
		p.targets = append(p.targets, to)
		if to == (target{field: fID}) && p.idColumn < 0 {
			p.idColumn = i
		}
		sum.Write([]byte(c.Name + "\x1f" + c.Field + "\x1e"))
	}
	copy(p.print[:], sum.Sum(nil))
	p.mapping.As = m.kind()
	p.keyPrefix = source + ":"
	return p, p.enough()
}

// fit lays the mapping's columns over the table's. A column the mapping does not name is kept in the note.
func (p *plan) fit(m Mapping) error {
	used := make([]bool, len(m.Columns))
	samples := p.sample()
	var cols []Column
	for i, name := range p.columns {
		c := Column{Name: name, Field: string(fKeep), Why: "not in the mapping, kept in the note", Example: example(samples[i])}
		if at := m.find(name); at >= 0 {
			used[at] = true
			c.Field, c.Why = m.Columns[at].Field, "mapping"
		}
		cols = append(cols, c)
	}
	if i := slices.Index(used, false); i >= 0 {
		return model.Refuse("map", "the mapping names a column that "+p.name+" has not: "+harmless(m.Columns[i].Name, 60),
			"Its columns are: "+harmless(strings.Join(p.columns, ", "), 400))
	}
	p.mapping.Columns = cols
	return nil
}

// enough refuses a table no column of which can name what its rows are about, before anything is written.
func (p *plan) enough() error {
	has := func(fs ...field) bool {
		return slices.ContainsFunc(p.targets, func(t target) bool { return slices.Contains(fs, t.field) })
	}
	why := ""
	switch p.mapping.kind() {
	case People:
		if !has(fSurname, fForename, fName, fAlias) {
			why = "holds a name"
		}
	case Orders:
		if !has(fPerson, fSurname, fName) {
			why = "says who the order is against"
		}
	case Breaches:
		if !has(fOrder, fPerson, fSurname, fName) {
			why = "says which order was breached"
		}
	}
	if why == "" || len(p.columns) == 0 {
		return nil
	}
	return model.Refuse("map", "no column of "+p.name+" is known to be one that "+why+"; its columns are "+harmless(strings.Join(p.columns, ", "), 400),
		"Give a mapping that says which column is which")
}

// value cleans a cell; null cells are empty.
func (p *plan) value(s string, to target) string {
	v := p.rawValue(s)
	if p.null[v] {
		return ""
	}
	switch to.field {
	case fSurname, fForename, fName, fAlias:
		if isNull(v) {
			return ""
		}
	default:
		if isNothing(v) {
			return ""
		}
	}
	return v
}

// rawValue cleans a cell. The cells of JSON are clean, and hold list marks that must stay.
func (p *plan) rawValue(s string) string {
	if strings.HasPrefix(p.format, "JSON") {
		return strings.Trim(s, " \n")
	}
	return p.clean.cell(s)
}

// reading is a row as a person, with what had to be said about it.
type reading struct {
	person   *model.Person
	origin   model.Origin
	warnings []string
}

// person reads a row.
func (p *plan) person(r row) reading {
	b := builder{plan: p, source: p.mapping.Source, person: &model.Person{}}
	if b.source == "" {
		b.source = p.name
	}
	p.hash = p.hash[:0]
	id := ""
	for i, cell := range r.cells[:min(len(r.cells), len(p.targets))] {
		to := p.targets[i]
		v := p.value(cell, to)
		p.hash = append(append(p.hash, v...), listMark)
		if v == "" || to.field == fIgnore {
			continue
		}
		b.take(to, v, p.columns[i])
		if i == p.idColumn {
			id = oneLine(v)
		}
	}
	b.finish()
	return reading{person: b.person, origin: p.origin(id), warnings: b.warnings}
}

// origin names the row: by the number its own system gave it, else by what is in it.
func (p *plan) origin(id string) model.Origin {
	for len(p.hash) > 0 && p.hash[len(p.hash)-1] == listMark { // cells left empty at the end are no difference
		p.hash = p.hash[:len(p.hash)-1]
	}
	sum := sha256.Sum256(p.hash)
	o := model.Origin{Sum: append(sum[:8:8], p.print[:]...)}
	if id != "" {
		o.Key = p.keyPrefix + clip(id, 200)
	} else {
		o.Key = "row:" + hex.EncodeToString(sum[:16])
	}
	return o
}

func clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// builder fills a person from the cells of a row.
type builder struct {
	*plan
	source   string
	person   *model.Person
	full     string
	parts    []part // of addresses
	notes    []string
	warnings []string
}

// part is one column's share of an address.
type part struct {
	detail string
	code   bool // a postcode
	values []string
}

// take puts a value where it belongs.
func (b *builder) take(to target, v, column string) {
	p := b.person
	switch to.field {
	case fSurname:
		first := b.first(v, column)
		p.Surname = joined(p.Surname, first, " ")
	case fForename:
		p.Forename = joined(p.Forename, oneLine(v), " ")
	case fName:
		b.name(v)
	case fAlias:
		b.aliases(v, to.detail)
	case fBorn:
		b.born(v, column)
	case fSex:
		p.Sex = sex(b.first(v, column))
	case fAddress, fPostcode:
		b.parts = append(b.parts, part{detail: to.detail, code: to.field == fPostcode, values: b.placesIn(v)})
	case fPhone:
		b.phones(v, to.detail, column)
	case fVehicle:
		for _, s := range split(v, b.multi+",") {
			p.Vehicles = append(p.Vehicles, model.Vehicle{Plate: plate(s), Source: b.source})
		}
	case fMarker:
		b.markers(v, column)
	case fID:
		scheme := to.detail
		if scheme == "" {
			scheme = b.source
		}
		for _, s := range split(v, b.multi) {
			p.IDs = append(p.IDs, model.Identifier{Scheme: scheme, Value: oneLine(s)})
		}
	case fUnit:
		b.unit(v, column, &p.OwnerUnit)
	case fHome:
		b.unit(v, column, &p.HomeUnit)
	case fNationality:
		p.Nationality = joined(p.Nationality, strings.Join(split(v, b.multi), ", "), ", ")
	case fBirthPlace:
		p.BirthPlace = joined(p.BirthPlace, oneLine(v), ", ")
	case fDescription:
		p.Description = joined(p.Description, lines(v), "\n")
	case fNote:
		b.notes = append(b.notes, lines(v))
	default:
		b.keep(column, v)
	}
}

func (b *builder) warn(s string) { b.warnings = append(b.warnings, s) }

// keep puts a value nobody has a field for into the note.
func (b *builder) keep(column, v string) { b.notes = append(b.notes, column+": "+oneLine(lines(v))) }

func lines(v string) string { return strings.ReplaceAll(v, string(listMark), "; ") }

func joined(a, b, between string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + between + b
}

// first is the value of a field that has one; the others of a list are kept in the note.
func (b *builder) first(v, column string) string {
	if strings.IndexByte(v, listMark) < 0 {
		return oneLine(v)
	}
	all := split(v, string(listMark))
	if len(all) == 0 {
		return ""
	}
	for _, more := range all[1:] {
		b.keep(column, more)
	}
	return oneLine(all[0])
}

// name takes a full name; a second one is an alias.
func (b *builder) name(v string) {
	for _, s := range split(v, "\n|;"+string(listMark)) {
		if b.full == "" {
			b.full = s
		} else {
			b.aliases(s, "")
		}
	}
}

func (b *builder) aliases(v, kind string) {
	if kind == "" {
		kind = "aka"
	}
	for _, s := range split(v, b.multi) {
		a := model.Alias{Name: oneLine(s), Kind: kind, Source: b.source}
		if !slices.Contains(b.person.Aliases, a) {
			b.person.Aliases = append(b.person.Aliases, a)
		}
	}
}

func (b *builder) born(v, column string) {
	for _, s := range split(v, b.multi) {
		born, err := day.ParseBorn(dateOnly(s))
		switch {
		case err != nil:
			b.keep(column, s)
			b.warn("the date of birth was kept in the note as it is written: " + err.Error())
		case b.person.Born.IsZero():
			b.person.Born = born
		case born != b.person.Born && !born.IsZero():
			b.person.OtherBorn = append(b.person.OtherBorn, born)
		}
	}
}

func (b *builder) phones(v, use, column string) {
	for _, s := range split(v, b.multi+",") {
		n, ok := phoneNumber(oneLine(s))
		switch {
		case !ok:
			b.keep(column, s)
			b.warn("a phone number was kept in the note as it is written: it does not read as one")
			continue
		case lostZero(n):
			n = "0" + n
			b.warn("a mobile number had lost its first 0, as spreadsheets do; it was put back")
		}
		b.person.Phones = append(b.person.Phones, model.Phone{Number: n, Use: use, Attribution: model.Unconfirmed, Source: b.source})
	}
}

func (b *builder) markers(v, column string) {
	for _, s := range split(v, b.multi+",") {
		code, ok := marker(s)
		if !ok {
			b.keep(column, s)
			b.warn("a warning marker was kept in the note as it is written: it is none of the signals known")
			continue
		}
		b.person.Markers = append(b.person.Markers, model.Marker{Code: code, Source: b.source})
	}
}

func (b *builder) unit(v, column string, into *model.Unit) {
	u, ok := unit(v)
	if !ok || *into != "" {
		b.keep(column, v)
		if !ok {
			b.warn("a unit was kept in the note as it is written: it is none of the twelve")
		}
		return
	}
	*into = u
}

// placesIn cuts a cell of addresses: a line break stands inside an address, and so does a semicolon unless the mapping
// says otherwise.
func (b *builder) placesIn(v string) []string {
	if strings.IndexByte(v, listMark) >= 0 { // from JSON: empty places hold the others in step
		return strings.Split(v, string(listMark))
	}
	return split(v, "|"+strings.Trim(b.mapping.Separators, ",\n"))
}

// finish puts together what came in several columns.
func (b *builder) finish() {
	p := b.person
	if b.full != "" {
		surname, forename := model.SplitName(b.full)
		if p.Surname == "" && p.Forename == "" {
			p.Surname, p.Forename = surname, forename
		} else if full := oneLine(b.full); !sameWords(full, p.Name()) {
			b.aliases(full, "full name")
		}
	}
	b.addresses()
	b.notes = append([]string{"Read from " + b.table.name + "."}, b.notes...)
	p.Note = strings.Join(b.notes, "\n")
}

// addresses joins the columns of each address. The nth values of columns that hold lists belong together.
func (b *builder) addresses() {
	var details []string
	for _, part := range b.parts {
		if !slices.Contains(details, part.detail) {
			details = append(details, part.detail)
		}
	}
	for _, detail := range details {
		for n := 0; ; n++ {
			a, more := b.address(detail, n)
			if !more {
				break
			}
			if a.Text != "" || a.Postcode != "" {
				b.person.Addresses = append(b.person.Addresses, a)
			}
		}
	}
}

func (b *builder) address(detail string, n int) (a model.Address, more bool) {
	a = model.Address{Confidence: model.Unconfirmed, Source: b.source}
	for _, c := range model.AddressType("").Choices() {
		if c.Value == detail {
			a.Type = model.AddressType(detail)
		}
	}
	if a.Type == "" {
		a.Note = detail
	}
	var texts []string
	for _, part := range b.parts {
		if part.detail != detail || n >= len(part.values) {
			continue
		}
		more = true
		v := strings.Join(strings.FieldsFunc(part.values[n], func(r rune) bool { return r == '\n' }), ", ")
		switch {
		case part.code && v != "":
			a.Postcode = postcode(v)
		case v != "":
			texts = append(texts, oneLine(v))
		}
	}
	a.Text = streetFirst(texts)
	if a.Text == "" {
		a.Text = a.Postcode
	}
	return a, more
}

// streetFirst joins the lines of an address, a house number directly to its street.
func streetFirst(texts []string) string {
	if len(texts) > 1 && len(texts[0]) <= 5 && strings.ContainsAny(texts[0][:1], "0123456789") {
		texts = append([]string{texts[0] + " " + texts[1]}, texts[2:]...)
	}
	return strings.Join(texts, ", ")
}

// sameWords reports whether two names have the same words in any order and case.
func sameWords(a, b string) bool {
	words := func(s string) []string {
		w := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == ',' })
		slices.Sort(w)
		return w
	}
	return slices.Equal(words(a), words(b))
}
