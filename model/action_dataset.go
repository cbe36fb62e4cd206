package model

import (
	"strings"

	"pou/model/day"
)

func datasetActions() []Spec {
	return []Spec{
		spec[datasetOpen]("dataset.open", "Open a dataset", "Records the lawful basis of communications or travel data for a case. Without it no data can be loaded.", anyone(), KindCase),
		spec[datasetBasis]("dataset.basis", "Change a lawful basis", "Corrects or extends the authorisation of a dataset, or records that holding it was reviewed. Rows are held against it anew when they are next read.",
			anyone(), KindDataset),
		weighty(spec[datasetErase]("dataset.erase", "Propose to erase data", "Proposes to erase the rows of a dataset, or of all datasets of a case, for good. Nothing is erased until a second officer confirms it (record.erase-confirm). The receipts stay, and that it was erased, by whom and why.",
			append(supervisors(), RoleData), KindDataset, KindCase)),
		{Name: "dataset.load", Title: "Load data", Help: "Adds the rows of files to a dataset.", Roles: anyone(), Internal: true, blank: func() Action { return new(Batch) }},
	}
}

type datasetOpen struct {
	Case          Ref        `do:"case" label:"Case" kinds:"C" opts:"need"`
	Title         string     `do:"title" label:"What data it is" opts:"need" help:"For example: calls of S1, June to August"`
	Power         BasisPower `do:"power" label:"Power" opts:"need"`
	Authorisation string     `do:"authorisation" label:"Reference of the authorisation" opts:"need"`
	Purpose       string     `do:"purpose" label:"Purpose" opts:"need"`
	Granted       day.Date   `do:"granted" label:"Granted on" opts:"need" default:"today"`
	From          day.Date   `do:"from" label:"Data from" opts:"need"`
	To            day.Date   `do:"to" label:"Data to" opts:"need"`
	Subjects      []string   `do:"subjects" label:"Subject numbers" opts:"hide" help:"Numbers, cards or plates the authorisation names, a comma between"`
	Collateral    string     `do:"collateral" label:"Collateral intrusion" opts:"need,long" help:"Whose privacy is met on the way, and what is done about it"`
	Review        day.Date   `do:"review" label:"Review by" opts:"need" default:"today+180"`
}

func (a *datasetOpen) Apply(c *Change) error {
	k, err := goingCase(c, a.Case)
	if err != nil {
		return err
	}
	if a.Granted > day.On(c.Now) {
		return Refuse("granted", "data is loaded under an authorisation that has been granted", "Enter the day it was")
	}
	d := &Dataset{
		Case: k.Ref, Unit: k.Unit, Title: a.Title, Opened: c.Now, By: c.By.Ref,
		Basis: LawfulBasis{
			Power: a.Power, Authorisation: a.Authorisation, Purpose: a.Purpose, Granted: a.Granted, From: a.From, To: a.To, Subjects: subjectKeys(a.Subjects),
			Collateral: a.Collateral, Review: a.Review,
		},
	}
	return c.Put(d)
}

// subjectKeys are subject numbers as they are compared. What is written as a key of another kind (oyster:, plate:, device:, @) stays one.
func subjectKeys(raw []string) []string {
	var out []string
	for s := range strings.FieldsFuncSeq(strings.Join(raw, ","), func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		s = strings.TrimSpace(s)
		if key := PhoneKey(s); key != "" && !strings.ContainsAny(s, ":@") {
			s = key
		}
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// heldDataset loads a dataset that has not been erased.
func heldDataset(c *Change, ref Ref) (*Dataset, error) {
	d, err := Load[*Dataset](c, "dataset", ref)
	if err != nil {
		return nil, err
	}
	if !d.Erased.IsZero() {
		return nil, Refuse("dataset", string(ref)+" was erased on "+day.On(d.Erased).Long(), "Open a new dataset under its own authorisation")
	}
	return d, nil
}

type datasetBasis struct {
	Dataset       Ref      `do:"dataset" label:"Dataset" kinds:"D" opts:"need"`
	Authorisation string   `do:"authorisation" label:"Reference of the authorisation"`
	Purpose       string   `do:"purpose" label:"Purpose"`
	From          day.Date `do:"from" label:"Data from"`
	To            day.Date `do:"to" label:"Data to"`
	Subjects      []string `do:"subjects" label:"Subject numbers" opts:"hide"`
	Collateral    string   `do:"collateral" label:"Collateral intrusion" opts:"long"`
	Review        day.Date `do:"review" label:"Review by"`
	Reason        string   `do:"reason" label:"Reason" opts:"need"`
}

func (a *datasetBasis) Apply(c *Change) error {
	d, err := heldDataset(c, a.Dataset)
	if err != nil {
		return err
	}
	b := &d.Basis
	b.Authorisation, b.Purpose, b.Collateral = firstWord(a.Authorisation, b.Authorisation), firstWord(a.Purpose, b.Purpose), firstWord(a.Collateral, b.Collateral)
	b.From, b.To, b.Review = firstDay(a.From, b.From), firstDay(a.To, b.To), firstDay(a.Review, b.Review)
	if keys := subjectKeys(a.Subjects); len(keys) > 0 {
		b.Subjects = keys
	}
	c.Reason = a.Reason
	return c.Put(d)
}

type datasetErase struct {
	Dataset Ref          `do:"dataset" label:"Dataset" kinds:"D"`
	Case    Ref          `do:"case" label:"All datasets of the case" kinds:"C"`
	Basis   ErasureBasis `do:"basis" label:"Ground" default:"retention"`
	Reason  string       `do:"reason" label:"Reason" opts:"need"`
}

func (a *datasetErase) Apply(c *Change) error {
	e := &RecordErasure{Record: a.Dataset, Rows: true, Basis: a.Basis, Reason: a.Reason}
	refs := links(a.Dataset)
	switch {
	case a.Dataset != "" && a.Case != "":
		return Refuse("case", "the data of a dataset or of a whole case is erased", "Leave one of the two empty")
	case a.Case != "":
		held, err := linked[*Dataset](c, a.Case, KindDataset)
		if err != nil {
			return err
		}
		for _, d := range held {
			if d.Erased.IsZero() {
				refs = append(refs, d.Ref)
			}
		}
		e.Record, e.With = a.Case, refs
	}
	if len(refs) == 0 {
		return Refuse("dataset", "there is no data to erase", "Name the dataset, or a case that has some")
	}
	for _, ref := range refs {
		if _, err := heldDataset(c, ref); err != nil {
			return err
		}
		if err := notProposed(c, "dataset", ref); err != nil {
			return err
		}
	}
	r, err := c.src.Record(e.Record)
	if err != nil {
		return err
	}
	if e.Basis == "" {
		e.Basis = "retention"
	}
	return proposeErasure(c, r, e)
}

// eraseRows takes the rows of datasets away; what was loaded, from where and by whom stays. A dataset that was opened since it was
// proposed stays, too: nobody proposed it.
func (e *RecordErasure) eraseRows(c *Change) error {
	refs := e.With
	if e.Record.Kind() == KindDataset {
		refs = []Ref{e.Record}
	}
	for _, ref := range refs {
		d, err := Load[*Dataset](c, "erasure", ref)
		if err != nil {
			return err
		}
		if !d.Erased.IsZero() {
			continue
		}
		d.Data, d.Erased, d.Reason = nil, c.Now, e.Reason
		if err := c.Put(d); err != nil {
			return err
		}
	}
	return nil
}
