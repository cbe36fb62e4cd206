package model

import (
	"strings"

	"pou/model/day"
)

// ChargeDraft stands above every wording: police do not decide to charge a breach (Director's Guidance on Charging, 6th ed.).
const ChargeDraft = "DRAFT FOR THE CPS: police do not charge this, the CPS decides"

// charging is how a breach of one kind of order is charged: the words for the order, the provision, and the reference
// PNLD gives it, where the unit has one.
type charging struct {
	order    string // "a stalking protection order"
	contrary string
	pnld     string
}

// chargingFor is the law: which offence a breach is by the power the order was made under. A conviction before 1 December
// 2020 stays under PHA 1997 s.5, whenever the order was made.
func chargingFor(t OrderType) (charging, bool) {
	const sections = "contrary to section "
	switch t {
	case SPO:
		return charging{"a stalking protection order", sections + "8 of the Stalking Protection Act 2019", "H20164"}, true
	case InterimSPO:
		return charging{"an interim stalking protection order", sections + "8 of the Stalking Protection Act 2019", "H20164"}, true
	case ROConviction:
		return charging{"a restraining order", sections + "363 of the Sentencing Act 2020", ""}, true
	case ROAcquittal:
		return charging{"a restraining order made on acquittal", sections + "5A(2D) of the Protection from Harassment Act 1997", ""}, true
	case ROBefore2020:
		return charging{"a restraining order", sections + "5(5) of the Protection from Harassment Act 1997", ""}, true
	case DAPO:
		return charging{"a domestic abuse protection order", sections + "39 of the Domestic Abuse Act 2021", ""}, true
	case NMO:
		return charging{"a non-molestation order", sections + "42A of the Family Law Act 1996", ""}, true
	case BailTerms, OtherOrder:
	}
	return charging{}, false
}

// ChargeWording drafts the charge for a potential breach, for the CPS: the offence by the power the order was made under,
// and the particulars. For bail it says that there is no offence, only a power to arrest.
func ChargeWording(o *Order, b *Breach, subject string) string {
	if b.Duty != "" {
		return notifyWording(o, b, subject)
	}
	c, _ := o.Condition(b.Condition)
	ch, ok := chargingFor(o.Type)
	switch {
	case o.Type == BailTerms:
		return "No offence to charge: breaking bail conditions is a power to arrest only (pre-charge bail: PACE 1984 s.46A; bail by a court: Bail Act 1976 s.7(3)). " +
			"If what was done is itself an offence, that is charged"
	case !ok:
		return "The power the order was made under is not on record (" + string(o.Type) + "): state it, and take legal advice on the offence"
	}
	did := "did that which they were prohibited from doing"
	if c.Requirement {
		did = "failed to do that which they were required to do"
	}
	return strings.Join(append([]string{
		ChargeDraft + ".",
		offenceLine(b.Offence(), ch.contrary, ch.pnld),
		"Particulars: " + subject + " on " + day.On(b.At).Long() + ", without reasonable excuse, " + did + " by condition " + itoa(b.Condition) + " of " + ch.order + " made by " +
			orElse(o.Court, "[COURT]") + " on " + o.Made.Long() + " under " + powerWords(o.Type) + ", namely \"" + o.Words(c, nil) + "\", in that: " + b.What + ".",
	}, chargeGaps(o, b)...), "\n")
}

func offenceLine(code OffenceCode, contrary, pnld string) string {
	out := "Offence: " + code.Row().Title + ", " + contrary + "."
	if pnld != "" {
		out += " PNLD " + pnld + " (not a CJS code)."
	}
	return out
}

func powerWords(t OrderType) string {
	act, section, ok := strings.Cut(t.Power(), " s.")
	if !ok {
		return t.Power()
	}
	return "section " + section + " of the " + act
}

// notifyWording drafts the charge for a duty to notify that was not met (SPA 2019 s.11): an offence of its own.
func notifyWording(o *Order, b *Breach, subject string) string {
	pnld, failed := "H20165", "failed to notify police of every name they use and their home address within three days beginning with the day of service"
	switch b.Duty {
	case DutyName:
		pnld, failed = "H20166", "failed to notify police of a name they had begun to use within three days beginning with the day it was first used"
	case DutyHome:
		pnld, failed = "H20167", "failed to notify police of a change of home address within three days beginning with the day it changed"
	case DutyInitial:
	}
	order := "a stalking protection order"
	if ch, ok := chargingFor(o.Type); ok {
		order = ch.order
	}
	return strings.Join(append([]string{
		ChargeDraft + ".",
		offenceLine("spo-notify", "contrary to section 11 of the Stalking Protection Act 2019", pnld),
		"Particulars: " + subject + ", being subject to " + order + " made by " + orElse(o.Court, "[COURT]") + " on " + o.Made.Long() + " and served on " +
			orElse(day.On(o.Served).Long(), "[DAY OF SERVICE]") + ", by the end of " + day.On(b.At).Long() + ", without reasonable excuse, " + failed + ", as section " + b.Duty.section() +
			" of that Act requires, in that: " + b.What + ".",
	}, chargeGaps(o, b)...), "\n")
}

// chargeGaps names what a reviewing lawyer will ask for and the record does not have.
func chargeGaps(o *Order, b *Breach) []string {
	var out []string
	if o.Court == "" {
		out = append(out, "MISSING: the court that made the order")
	}
	if o.Type.knowing() && (o.Served.IsZero() || b.At.Before(o.Served)) {
		out = append(out, "MISSING: service of the order before the event")
	}
	if b.Excuse == "" {
		out = append(out, "MISSING: what excuse was offered or ruled out")
	}
	return out
}
