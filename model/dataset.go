package model

import (
	"slices"
	"strings"
	"time"

	"pou/model/day"
)

// BasisPower is the law data was got under.
type BasisPower string

// The powers. The list is the unit's; the statute decides.
const (
	PowerIPA        BasisPower = "ipa"
	PowerConsent    BasisPower = "consent"
	PowerProduction BasisPower = "production"
	PowerSeized     BasisPower = "seized"
	PowerDisclosed  BasisPower = "disclosed"
	PowerANPR       BasisPower = "anpr"
	PowerTest       BasisPower = "synthetic"
)

// Choices lists the powers for a form.
func (BasisPower) Choices() []Choice {
	return []Choice{
		{string(PowerIPA), "communications data authorisation (IPA 2016 Part 3)", "i"},
		{string(PowerConsent), "agreement of the holder (PCSC Act 2022 s.37 (check))", "c"},
		{string(PowerProduction), "production order (PACE 1984 Sch.1)", "p"},
		{string(PowerSeized), "device lawfully seized (PACE 1984 ss.19, 20)", "s"},
		{string(PowerDisclosed), "given by the holder (DPA 2018 Sch.2 para 2)", "d"},
		{string(PowerANPR), "ANPR access under the national standards (check)", "a"},
		{string(PowerTest), "synthetic or public data", "t"},
	}
}

// LawfulBasis is the lawful basis of a dataset. Nothing is loaded without one, and what lies outside it is kept apart and not analysed.
type LawfulBasis struct {
	Power         BasisPower `cbor:"1,keyasint" json:"power"`
	Authorisation string     `cbor:"2,keyasint" json:"authorisation"` // its reference
	Purpose       string     `cbor:"3,keyasint" json:"purpose"`
	Granted       day.Date   `cbor:"4,keyasint" json:"granted"`
	From          day.Date   `cbor:"5,keyasint" json:"from"` // the first and the last day of the data it allows
	To            day.Date   `cbor:"6,keyasint" json:"to"`
	Subjects      []string   `cbor:"7,keyasint" json:"-"`          // the numbers it is about, as they are compared: a victim-survivor's may be among them
	Collateral    string     `cbor:"8,keyasint" json:"collateral"` // whose privacy is met on the way, and what is done about it
	Review        day.Date   `cbor:"9,keyasint" json:"review"`     // by when holding the data is looked at again
}

// Covers reports whether the basis allows data of a moment.
func (b LawfulBasis) Covers(at time.Time) bool {
	d := day.On(at)
	return d >= b.From && d <= b.To
}

// Allows reports whether the basis is about a number; one that names no subject is about all.
func (b LawfulBasis) Allows(number string) bool {
	return len(b.Subjects) == 0 || slices.Contains(b.Subjects, number)
}

func (b LawfulBasis) check() error {
	switch {
	case b.Power == "":
		return Refuse("power", "data is held under a power", "Choose it")
	case strings.TrimSpace(b.Authorisation) == "":
		return Refuse("authorisation", "no data is loaded without the reference of its authorisation (IPA 2016 s.11)", "Ask the SPoC, and enter the reference")
	case strings.TrimSpace(b.Purpose) == "":
		return Refuse("purpose", "an authorisation has a purpose", "Enter it")
	case strings.TrimSpace(b.Collateral) == "":
		return Refuse("collateral", "collateral intrusion is considered before data is loaded", "Say whose privacy is met on the way and what is done about it")
	case b.From.IsZero() || b.To.IsZero() || b.To < b.From:
		return Refuse("to", "an authorisation allows data of a first to a last day", "Enter both days")
	case b.Power == PowerIPA && len(b.Subjects) == 0:
		return Refuse("subjects", "a communications data authorisation names its subject numbers", "Enter each number")
	case b.Review.IsZero():
		return Refuse("review", "holding data is looked at again by a day (DPA 2018 s.39(2))", "Enter the day")
	}
	return nil
}

// DatasetFile is a file that was loaded, with its receipt: every line of it is accounted for.
type DatasetFile struct {
	Name    string    `cbor:"1,keyasint" json:"file"`
	Hash    string    `cbor:"2,keyasint" json:"sha256"`
	Layout  string    `cbor:"3,keyasint" json:"layout"`
	Zone    string    `cbor:"4,keyasint" json:"zone"`
	Read    int       `cbor:"5,keyasint" json:"rows"`
	Kept    int       `cbor:"6,keyasint" json:"kept"`
	Twice   int       `cbor:"7,keyasint" json:"duplicates"`
	Held    int       `cbor:"8,keyasint" json:"outside_authorisation"`
	Refused int       `cbor:"9,keyasint" json:"refused"`
	Skipped int       `cbor:"10,keyasint" json:"skipped"`
	Columns string    `cbor:"11,keyasint,omitempty" json:"columns,omitempty"` // how its columns were read, to be remembered for the next of the kind
	Loaded  time.Time `cbor:"12,keyasint" json:"loaded"`
	By      Ref       `cbor:"13,keyasint" json:"by"`
}

// Sums reports whether every row read is accounted for.
func (f DatasetFile) Sums() bool { return f.Read == f.Kept+f.Twice+f.Held+f.Refused+f.Skipped }

// Dataset is communications or travel data loaded for a case. The rows themselves are kept beside the record as blobs, and go with it.
type Dataset struct {
	Meta      `cbor:"-" json:"-"`
	Case      Ref           `cbor:"1,keyasint" json:"case"`
	Unit      Unit          `cbor:"2,keyasint,omitempty" json:"unit,omitempty"`
	Title     string        `cbor:"3,keyasint" json:"title"`
	Basis     LawfulBasis   `cbor:"4,keyasint" json:"basis"`
	Files     []DatasetFile `cbor:"5,keyasint,omitempty" json:"files,omitempty"`
	Data      []Digest      `cbor:"6,keyasint,omitempty" json:"-"` // the blobs the rows are in
	Rows      int           `cbor:"7,keyasint,omitempty" json:"rows"`
	Held      int           `cbor:"8,keyasint,omitempty" json:"outside_authorisation,omitempty"`
	First     time.Time     `cbor:"9,keyasint,omitzero" json:"first,omitzero"`
	Last      time.Time     `cbor:"10,keyasint,omitzero" json:"last,omitzero"`
	Opened    time.Time     `cbor:"11,keyasint" json:"opened"`
	By        Ref           `cbor:"12,keyasint" json:"by"`
	Erased    time.Time     `cbor:"13,keyasint,omitzero" json:"erased,omitzero"`
	Reason    string        `cbor:"14,keyasint,omitempty" json:"reason,omitempty"`          // of the erasure
	Unmatched []string      `cbor:"15,keyasint,omitempty" json:"unmatched_sites,omitempty"` // cells and stations no table places
}

// Links finds the dataset from its case.
func (d *Dataset) Links() []Ref { return links(d.Case, d.By) }

// Place puts the dataset in its unit's list until it is erased.
func (d *Dataset) Place() (Unit, bool) { return d.Unit, d.Erased.IsZero() }

// Blobs are what the dataset keeps beside the record.
func (d *Dataset) Blobs() []Digest { return d.Data }

// Check holds a dataset to its lawful basis and its receipts.
func (d *Dataset) Check() error {
	if err := d.Basis.check(); err != nil {
		return err
	}
	for _, f := range d.Files {
		if !f.Sums() {
			return Refuse("files", "the receipt of "+f.Name+" does not account for every row", "Load the file again")
		}
	}
	if !d.Erased.IsZero() && len(d.Data) > 0 {
		return Refuse("dataset", "an erased dataset keeps no data", "Erase it again")
	}
	return nil
}

func (d *Dataset) clocks(Watch) []Due {
	if !d.Erased.IsZero() {
		return nil
	}
	return []Due{{
		Rule: "review the data held", Citation: "DPA 2018 s.39(2)", Event: "the authorisation", Start: d.Basis.Granted.Start(), Deadline: d.Basis.Review.End(),
		Owner: d.By, Missed: "data about people is held without anybody having asked whether it is needed", Settle: "dataset.basis",
	}}
}

func (d *Dataset) row(_ *Liner, line *Line) {
	line.Kind, line.Status, line.What, line.About, line.Owner, line.Since = "dataset", "held", d.Title, d.Case, d.By, d.Opened
	line.Type, line.Count, line.Due = string(d.Basis.Power), d.Rows, d.Basis.Review
	switch {
	case !d.Erased.IsZero():
		line.Status = "erased"
	case len(d.Files) == 0:
		line.Status = "empty"
	}
}

func (d *Dataset) facts(l *Liner) []Facts {
	b := d.Basis
	rows := []Fact{
		{Label: "Data", Text: d.Title, Tone: ToneStrong},
		{Label: "Case", Text: string(d.Case), Ref: d.Case},
		{Label: "Rows", Text: several(d.Rows, "row", "rows")},
		{Label: "Covers", Text: d.span()},
		{Label: "Kept apart", Text: someOf(d.Held, "row", "rows", "outside the authorisation, not analysed")},
		{Label: "No place for", Text: firstFew(d.Unmatched, 8)},
		{Label: "Loaded by", Text: l.Officer(d.By), Ref: d.By},
	}
	if !d.Erased.IsZero() {
		rows = append(rows, Fact{Label: "Erased", Text: d.Erased.In(day.London()).Format("15:04 on 2 Jan 2006") + " · " + d.Reason, Tone: ToneStrong})
	}
	basis := []Fact{
		{Label: "Power", Text: LabelOf(b.Power.Choices(), string(b.Power))},
		{Label: "Reference", Text: b.Authorisation},
		{Label: "Purpose", Text: b.Purpose},
		{Label: "Granted", Text: b.Granted.Long()},
		{Label: "Allows", Text: "data of " + b.From.Long() + " to " + b.To.Long()},
		{Label: "Subjects", Text: someOf(len(b.Subjects), "number", "numbers", "named: need-to-know")},
		{Label: "Collateral", Text: b.Collateral},
		{Label: "Review by", Text: b.Review.Long()},
	}
	files := make([]Fact, 0, len(d.Files))
	for _, f := range d.Files {
		files = append(files, Fact{Label: l.ShieldedAs(d, f.Name), Text: f.words()}) // it may be named by a number
	}
	return []Facts{{Head: "Dataset", Rows: rows}, {Head: "Lawful basis", Rows: basis}, {Head: "Files", Rows: files}}
}

func (d *Dataset) span() string {
	if d.First.IsZero() {
		return ""
	}
	return day.On(d.First).Short() + " to " + day.On(d.Last).Short()
}

// words is the receipt in one line.
func (f DatasetFile) words() string {
	out := []string{f.Layout, f.Zone + " time", itoa(f.Read) + " rows: " + itoa(f.Kept) + " kept"}
	for _, n := range []struct {
		n    int
		what string
	}{{f.Twice, "there already"}, {f.Held, "outside the authorisation"}, {f.Refused, "refused"}, {f.Skipped, "not data"}} {
		if n.n > 0 {
			out = append(out, itoa(n.n)+" "+n.what)
		}
	}
	return strings.Join(append(out, "sha256 "+f.Hash[:min(len(f.Hash), 12)]), " · ")
}

func (d *Dataset) private(*Liner) []Facts {
	return []Facts{{Head: "Need-to-know", Rows: []Fact{{Label: "Subjects", Text: strings.Join(d.Basis.Subjects, ", ")}}}}
}

// someOf counts things and says what of them; nothing when there are none.
func someOf(n int, one, many, what string) string {
	if n == 0 {
		return ""
	}
	return several(n, one, many) + " " + what
}

// firstFew is the first of several words, and how many more there are.
func firstFew(words []string, most int) string {
	if len(words) <= most {
		return strings.Join(words, ", ")
	}
	return strings.Join(words[:most], ", ") + " and " + itoa(len(words)-most) + " more"
}
