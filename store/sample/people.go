package sample

import (
	"strconv"

	"pou/model"
	"pou/model/day"
)

// mark stands in every note and source of the sample.
const mark = "SAMPLE"

// crowd makes the people. Each has dice of their own, so that anyone can be made at any time, alone.
type crowd struct {
	clock
	seed   uint64
	names  *names
	places *places
	units  []model.UnitInfo
	known  int // so many, from the first, are people the units work on: more is known of them
	facts  map[int][]func(*model.Person)
}

// unitOf is the place in [model.Units] of the unit a person belongs to: they are dealt out in turn.
func (c *crowd) unitOf(person int) int { return (person - 1) % len(c.units) }

func personRef(person int) model.Ref {
	return model.NewRef(model.KindPerson, uint64(person)) //nolint:gosec // people are numbered from 1
}

// learn adds what the rest of the sample needs to be true of a person.
func (c *crowd) learn(person int, fact func(*model.Person)) {
	c.facts[person] = append(c.facts[person], fact)
}

// person makes one person.
func (c *crowd) person(n int) *model.Person {
	d := newDice(c.seed, uint64(n)) //nolint:gosec // people are numbered from 1
	p := &model.Person{Sample: true, Note: mark + ": an invented person", Sex: "M"}
	p.Ref = personRef(n)
	known := n <= c.known
	if d.chance(50) && (!known || d.chance(32)) { // most who stalk are men
		p.Sex = "F"
	}
	t := c.names.tradition(d)
	p.Surname, p.Forename = t.full(d, p.Sex == "F")
	p.Born = c.born(d, known)
	home := c.unitOf(n)
	if known {
		p.OwnerUnit = c.units[home].Code
		if d.chance(12) { // lives elsewhere than where they are wanted
			home = d.below(len(c.units))
		}
	}
	p.HomeUnit = c.units[home].Code
	c.addresses(d, p, home, known)
	c.means(d, p, n, known)
	if known {
		c.background(d, p, t)
	}
	for _, fact := range c.facts[n] {
		fact(p)
	}
	return p
}

// born is a date of birth as well as it is known: mostly to the day.
func (c *crowd) born(d *dice, known bool) day.Born {
	age := d.between(18, 85)
	if known {
		age = d.between(18, 40) + d.below(26)
	}
	b := bornOn(c.today.AddYears(-age).AddDays(-d.below(365)))
	switch d.below(50) {
	case 0:
		b.Month, b.Day, b.Circa = 0, 0, true
	case 1:
		b.Month, b.Day = 0, 0
	case 2:
		b.Day = 0
	}
	return b
}

func bornOn(d day.Date) day.Born {
	return day.Born{Year: int16(d.Year()), Month: int8(d.Month()), Day: int8(d.Day())} //nolint:gosec // parts of a date
}

func (c *crowd) addresses(d *dice, p *model.Person, home int, known bool) {
	count := 1
	if known {
		count = d.between(1, 3)
	} else if d.chance(20) {
		count = 2
	}
	for i := range count {
		text, postcode := c.places.address(d, home)
		a := model.Address{Text: text, Postcode: postcode, Type: "home", Confidence: model.Probable, Source: mark, Confirmed: c.days(d.between(3, 900))}
		if i > 0 {
			a.Type = pick(d, []model.AddressType{"family", "associate", "work", "frequents", "home"})
			a.Confidence = pick(d, []model.Confidence{model.Unconfirmed, model.Historic, model.Probable})
			home = d.below(len(c.units))
		} else if known && d.chance(60) {
			a.Confidence, a.Confirmed = model.Confirmed, c.days(d.between(1, 120))
		}
		if known && d.chance(25) {
			a.Note = pick(d, addressNotes())
		}
		p.Addresses = append(p.Addresses, a)
	}
}

// means are the phones and vehicles. The numbers kept for drama are few: the first thousand have a mobile of their own,
// the next a landline, the rest share mobiles.
func (c *crowd) means(d *dice, p *model.Person, n int, known bool) {
	switch {
	case n <= 1000:
		p.Phones = append(p.Phones, c.phone(d, mobile(n-1)))
	case n <= 1000+officersFrom:
		p.Phones = append(p.Phones, c.phone(d, landline(n-1)))
	case d.chance(30):
		p.Phones = append(p.Phones, c.phone(d, mobile(d.below(1000))))
	}
	if share := map[bool]int{true: 35, false: 12}[known]; d.chance(share) {
		p.Vehicles = append(p.Vehicles, model.Vehicle{
			Plate: plate(d), Make: pick(d, makes()), Colour: pick(d, colours()), Source: mark, Seen: c.days(d.between(0, 500)),
		})
	}
}

func (c *crowd) phone(d *dice, number string) model.Phone {
	return model.Phone{
		Number: number, Use: pick(d, []string{"personal", "personal", "work", "second handset", ""}), Source: mark, From: c.days(d.between(10, 1500)),
		Attribution: pick(d, []model.Confidence{model.Confirmed, model.Probable, model.Probable, model.Unconfirmed, model.Historic}),
	}
}

// background is what a unit knows beyond the bare record.
func (c *crowd) background(d *dice, p *model.Person, t *tradition) {
	p.IDs = []model.Identifier{{Scheme: "PNC", Value: pncID(d, c.today.Year())}}
	p.Description = pick(d, []string{"slim", "stocky", "tall, slim", "heavy build", "medium build", "athletic", "short"}) + ", " + pick(d, lookNotes())
	if d.chance(40) {
		p.Nationality = early(d, t.lists["nation"])
	}
	if d.chance(30) {
		p.Aliases = append(p.Aliases, c.alias(d, p, t))
	}
	for range d.below(4) - 1 { // none, none, one or two
		if m := c.marker(d); !hasMarker(p, m.Code) {
			p.Markers = append(p.Markers, m)
		}
	}
	if d.chance(4) {
		p.OtherBorn = []day.Born{c.born(d, true)}
	}
}

func (c *crowd) alias(d *dice, p *model.Person, t *tradition) model.Alias {
	female := p.Sex == "F"
	switch d.below(3) {
	case 0:
		return model.Alias{Name: pick(d, nicknames()), Kind: "nickname", Source: mark}
	case 1:
		return model.Alias{Name: "example_" + pick(d, nicknames()) + strconv.Itoa(d.between(10, 99)), Kind: "online name", Source: mark}
	}
	return model.Alias{Name: model.FullName(t.surname(d, female), p.Forename), Kind: "aka", Source: mark}
}

// marker is a warning signal: some reviewed lately, some long ago, some that nobody can date.
func (c *crowd) marker(d *dice) model.Marker {
	m := model.Marker{Code: pick(d, []model.MarkerCode{"VI", "VI", "VI", "WE", "WE", "DR", "ES", "SU", "SH", "MN", "AG", "FI", "AT", "CE", "OV"}), Source: mark}
	if d.chance(8) {
		return m
	}
	m.Set = c.days(d.between(20, 1600))
	if d.chance(50) {
		m.Review = m.Set.AddDays(365 * d.between(1, 4))
	}
	return m
}

func hasMarker(p *model.Person, code model.MarkerCode) bool {
	for _, m := range p.Markers {
		if m.Code == code {
			return true
		}
	}
	return false
}

// pncID is a PNC number that none can be: it ends in S, which the check letters leave out.
func pncID(d *dice, year int) string {
	serial := strconv.Itoa(d.between(1, 999_999))
	return strconv.Itoa(year-d.below(20)) + "/0" + "000000"[len(serial):] + serial + "S"
}
