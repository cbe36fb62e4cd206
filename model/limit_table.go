package model

import "pou/model/day"

// limitRow is a row of the built-in table, with what the limit is of.
type limitRow struct {
	Limit

	what string
}

// builtIn is the table of limits, version 2026-11. Each row says where it comes from; All of them say check: the unit's
// reference notes give them from memory, found no figure, or have it as local practice, until a lead sets one from its source.
func builtIn() []limitRow {
	row := func(name LimitName, what string, value int, span Span, source string) limitRow {
		return limitRow{Limit{Name: name, Value: value, Span: span, Source: source, From: builtInFrom(), Unsure: true}, what}
	}
	const (
		memory   = " (from memory: not read again)"
		notFound = "no published figure found: a cautious guess; ask the holder"
		asks     = "no published interval found: local"
	)
	return []limitRow{
		row(LimitCirculate, "circulate a wanted person on PNC", 24, SpanHours, Local+" (HMIC 2017: circulate without delay)"),
		row(LimitStation, "reach a police station after an arrest", 2, SpanHours, Local+" (PACE 1984 s.30(1A): as soon as practicable)"),
		row(LimitRUIReview, "review a suspect released under investigation", 28, SpanDays, Local+" (RUI has no statutory clock)"),
		row(LimitStreetBail, "return from street bail", 3, SpanMonths, "PACE 1984 ss.30A-30B"+memory),
		row(LimitBreachDecide, "decide a potential breach", 3, SpanDays, Local),
		row(LimitBreachAct, "act on a substantiated breach", 7, SpanDays, Local),
		row(LimitWarrantA, "execute a warrant of grade A", 14, SpanDays, "ACPO/OCJR Warrant Priority Matrix"+memory),
		row(LimitWarrantB, "execute a warrant of grade B", 21, SpanDays, "ACPO/OCJR Warrant Priority Matrix"+memory),
		row(LimitWarrantC, "execute a warrant of grade C", 28, SpanDays, "ACPO/OCJR Warrant Priority Matrix"+memory),
		row(LimitWeedRunway, "list a wanted report before it weeds", 2, SpanMonths, Local),
		row(LimitVisitHigh, "visit the subject of an order, high risk", 14, SpanDays, asks),
		row(LimitVisitMedium, "visit the subject of an order, medium risk", 28, SpanDays, asks),
		row(LimitVisitStandard, "visit the subject of an order, standard risk", 90, SpanDays, asks),
		row(LimitCCTV, "CCTV is kept", 30, SpanDays, "common practice"+memory),
		row(LimitBusCCTV, "CCTV of a bus or a station is kept", 7, SpanDays, notFound),
		row(LimitDoorbell, "doorbell recordings are kept", 30, SpanDays, notFound),
		row(LimitOyster, "Oyster journeys are kept with the card", 8, SpanWeeks, "Mayor's answer 2003/2084 (old: reconfirm with TfL)"),
		row(LimitTaxi, "taxi and private hire recordings are kept", 7, SpanDays, notFound),
		row(LimitCallData, "operators keep communications data", 12, SpanMonths, "operators' usual practice"+memory),
		row(LimitANPR, "the national ANPR service keeps reads", 12, SpanMonths, "NAS standards"+memory),
		row(LimitSocialMedia, "have a social media account preserved", 7, SpanDays, "the user may delete it at any time: a cautious guess"),
		row(LimitDeviceBackup, "have a cloud backup of a device preserved", 30, SpanDays, notFound),
		row(LimitOtherEvidence, "other evidence that does not last", 7, SpanDays, notFound),
		row(LimitRetain1, "review what is held on a person, group 1", 120, SpanMonths, "MoPI review groups"+memory),
		row(LimitRetain2, "review what is held on a person, group 2", 120, SpanMonths, "MoPI review groups"+memory),
		row(LimitRetain3, "review what is held on a person, group 3", 72, SpanMonths, "MoPI review groups"+memory),
		row(LimitRetain4, "review what is held on a person, group 4", 72, SpanMonths, "MoPI review groups"+memory),
	}
}

// builtInFrom is the day the built-in table holds from: long before any record.
func builtInFrom() day.Date { return day.Of(2000, 1, 1) }

// VisitLimit is the interval between visits for a judgement of risk.
func VisitLimit(r RiskLevel) LimitName {
	switch r {
	case RiskHigh:
		return LimitVisitHigh
	case RiskMedium:
		return LimitVisitMedium
	case RiskStandard:
	}
	return LimitVisitStandard
}

// warrantLimit is the target to execute a warrant of a grade; "" for one without.
func warrantLimit(g Grade) LimitName {
	switch g {
	case "A":
		return LimitWarrantA
	case "B":
		return LimitWarrantB
	case "C":
		return LimitWarrantC
	}
	return ""
}
