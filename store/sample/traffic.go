package sample

import (
	"context"
	"fmt"
	"time"

	"pou/model"
	"pou/store"
	"pou/store/comms"
	"pou/store/sample/planted"
)

// atlasCase is the case that has communications and travel data, the same in every sample.
const atlasCase = 5

// makeTraffic gives the case its devices and moments, and its data a lawful basis. The rows themselves are written by [desk.load].
func (d *desk) makeTraffic() {
	if len(d.cases) < atlasCase {
		return
	}
	k := d.cases[atlasCase-1]
	suspects, victims := k.Who(model.PartySuspect), k.Who(model.PartyVictim)
	if len(suspects) == 0 || len(victims) == 0 {
		return
	}
	d.traffic = planted.Make(int64(d.seed), d.today.AddDays(-1)) //nolint:gosec // any bits seed
	for i, v := range []struct {
		kind   model.DeviceKind
		number string
		person model.Ref
		role   model.PartyRole
		grade  model.AttributionGrade
		basis  string
	}{
		{model.DevicePhone, planted.SuspectPhone, suspects[0], model.PartySuspect, model.AttributionStrong, "SAMPLE: subscriber, and seized from the suspect's coat"},
		{model.DevicePhone, planted.SecondPhone, suspects[0], model.PartySuspect, model.AttributionSome, "SAMPLE: bought the day after the block; rings the same mother"},
		{model.DevicePhone, planted.VictimPhone, victims[0], model.PartyVictim, model.AttributionProved, "SAMPLE: handed over by agreement"},
		{model.DeviceCard, "041234567890", suspects[0], model.PartySuspect, model.AttributionSome, "SAMPLE: found in the suspect's wallet"},
	} {
		k.Devices = append(k.Devices, model.Device{
			No: i + 1, Kind: v.kind, Number: model.DeviceKey(v.kind, v.number), Person: v.person, Role: v.role, Grade: v.grade, Basis: v.basis,
		})
	}
	k.Moments = []model.Moment{
		{No: 1, At: d.traffic.Told, Kind: model.MomentTold, What: "told to stop"},
		{No: 2, At: d.traffic.Blocked, Kind: model.MomentBlocked, What: "first number blocked"},
	}
	set := &model.Dataset{
		Case: k.Ref, Unit: k.Unit, Title: "SAMPLE: calls, texts, positions and journeys", Opened: d.now.Add(-20 * time.Hour), By: k.Officer,
		Basis: model.LawfulBasis{
			Power: model.PowerTest, Authorisation: "SAMPLE/EM/26/0157", Purpose: "prevent or detect crime", Granted: d.today.AddDays(-1),
			From: d.traffic.First, To: d.traffic.Last, Collateral: "SAMPLE: other numbers are looked at only where both sides reached them", Review: d.today.AddDays(180),
		},
	}
	set.Ref = number(model.KindDataset, 1)
	d.datasets = append(d.datasets, set)
	d.trap("157 times two phones may have been near each other", k.Ref, "pou atlas report C-000005: a day of 700 contacts, told to stop, a number blocked and another that begins the day after")
}

// load reads the planted files into the dataset, as an officer's files are read, and keeps what comes of them.
func (d *desk) load(ctx context.Context, s store.Store) error {
	if len(d.datasets) == 0 {
		return nil
	}
	to := d.datasets[0]
	files := make([]comms.Source, len(d.traffic.Files))
	for i, f := range d.traffic.Files {
		files[i] = comms.Source{Name: "SAMPLE " + f.Name, Bytes: f.Data, Own: f.Own}
	}
	if _, _, err := comms.LoadInto(ctx, s, Lead, comms.Loading{Dataset: to.Ref, Files: files}); err != nil {
		return fmt.Errorf("load the sample's data: %w", err)
	}
	return nil
}
