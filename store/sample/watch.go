package sample

import (
	"pou/model"
	"pou/model/day"
)

// planWatch records how the live orders are watched. One in ten nobody has decided yet, and a few are checked or reviewed
// late: those are what the clocks are for. It throws no dice, so that the records made before it stay as they were.
func (d *desk) planWatch() {
	for i, o := range d.orders {
		if !o.Live(d.today) || o.Monitor == "" || i%10 == 0 {
			continue
		}
		o.Risk = []model.RiskLevel{model.RiskHigh, model.RiskMedium, model.RiskStandard, model.RiskStandard}[i%4]
		every := o.CheckEvery(model.Limits{})
		p := &model.MonitorPlan{Planned: o.Made, LastCheck: d.since(o, 1+i*5%(every+every/8)), Announced: i%17 == 0}
		if o.Risk == model.RiskHigh {
			p.Reviewed, p.ReviewedBy = d.since(o, 1+i*3%30), d.leadOf(o.Unit)
		} else {
			p.Reviewed, p.ReviewedBy = d.since(o, 1+i*11%95), d.leadOf(o.Unit)
		}
		o.Watch = p
		for j := range o.Conditions {
			if c := &o.Conditions[j]; j == 0 || !c.Checked.IsZero() {
				c.Checked = min(max(c.Checked, o.Made), p.LastCheck)
			}
		}
		o.Conditions[0].Checked = p.LastCheck
	}
}

// since is so many days ago, but not before the order was made.
func (d *desk) since(o *model.Order, days int) day.Date { return max(o.Made, d.days(days)) }

func (d *desk) leadOf(unit model.Unit) model.Ref {
	for i, u := range d.units {
		if u.Code == unit {
			return d.teams[i].lead
		}
	}
	return Lead
}
