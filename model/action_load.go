package model

func loadActions() []Spec {
	internal := func(name, title, help string, roles []Role) Spec {
		return Spec{Name: name, Title: title, Help: help, Roles: roles, Internal: true, blank: func() Action { return new(Batch) }}
	}
	return []Spec{
		internal("people.import", "Import people", "Adds a batch of people read from a file.", append(anyone(), RoleData, RoleAdmin)),
		internal("orders.import", "Import orders", "Adds a batch of orders read from a file.", append(anyone(), RoleData, RoleAdmin)),
		internal("sample.load", "Load the sample", "Fills an empty store with synthetic records.", administrators()),
		internal("store.init", "Start a store", "Makes the first administrator.", administrators()),
	}
}

// Batch is many records written as one change: one journal entry, all or nothing. It is how files and the sample
// come in; a record with a ref that is on record replaces it.
type Batch struct {
	Records []Record
	Reason  string
	// Combines says that records in it join a file with what is on record.
	Combines bool
}

// Apply puts every record of the batch.
func (b *Batch) Apply(c *Change) error {
	c.Reason, c.Combines = b.Reason, b.Combines
	c.puts = make([]Record, 0, len(b.Records))
	for _, r := range b.Records {
		if err := r.Check(); err != nil {
			return err
		}
		if r.Head().Ref == "" {
			ref, err := c.newRef(r)
			if err != nil {
				return err
			}
			r.Head().Ref = ref
		}
		c.puts = append(c.puts, r) // not Put: a batch names each record once, and looking for it again would be quadratic
	}
	return nil
}

// Run checks access and applies an action that did not come from fields.
func (c *Change) Run(s Spec, a Action) error {
	if err := Can(c.By, s); err != nil {
		return err
	}
	return a.Apply(c)
}
