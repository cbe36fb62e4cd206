package model

import (
	"slices"
	"strings"
)

// Mode is how an offence is tried; it decides the powers and the clocks.
type Mode string

// The modes of trial. Either-way offences are indictable for the purposes of PACE (Interpretation Act 1978 sch.1).
const (
	SummaryOnly Mode = "summary only"
	EitherWay   Mode = "either way"
	Indictable  Mode = "indictable only"
)

// Offence is a row of the offence table: what it is, where it is found, and what follows for the officer at the door.
type Offence struct {
	Code     string // what is stored and typed: s2A
	Title    string // as on the charge sheet, short
	Statute  string // the source of the row
	Mode     Mode
	MaxYears float64 // on indictment, or summarily for a summary-only offence
	Gravity  int     // local ordering weight 0-100 for lists; not an official score
}

// Offences is the table, version 2026-11. Sources: the statute named in each row; modes and maxima as in the unit's
// reference notes (section 2), checked against legislation.gov.uk where those say so.
func Offences() []Offence {
	rows := offences()
	return rows[:]
}

// offences is the table as it is looked through for every row of a list.
func offences() [24]Offence {
	const pha = "Protection from Harassment Act 1997 "
	return [...]Offence{
		{"s2", "Harassment", pha + "s.2", SummaryOnly, 0.5, 30},
		{"s2A", "Stalking", pha + "s.2A", SummaryOnly, 0.5, 45},
		{"s4", "Harassment, fear of violence", pha + "s.4", EitherWay, 10, 65},
		{"s4A", "Stalking, fear of violence or serious alarm", pha + "s.4A", EitherWay, 10, 75},
		{"s2-agg", "Harassment or stalking, racially or religiously aggravated", "Crime and Disorder Act 1998 s.32(1)(a)", EitherWay, 2, 50},
		{"s4-agg", "Stalking or harassment with fear, racially or religiously aggravated", "Crime and Disorder Act 1998 s.32(1)(b)", EitherWay, 14, 80},
		{"spo-breach", "Breach of a stalking protection order", "Stalking Protection Act 2019 s.8", EitherWay, 5, 60},
		{"spo-notify", "Failing to notify under a stalking protection order", "Stalking Protection Act 2019 s.11", EitherWay, 5, 40},
		{"ro-breach", "Breach of a restraining order", "Sentencing Act 2020 s.363", EitherWay, 5, 60},
		{"ro-breach-acq", "Breach of a restraining order on acquittal", pha + "s.5A(2D)", EitherWay, 5, 60},
		{"ro-breach-old", "Breach of a restraining order (convicted before 1 Dec 2020)", pha + "s.5(5)", EitherWay, 5, 60},
		{"dapo-breach", "Breach of a domestic abuse protection order", "Domestic Abuse Act 2021 s.39", EitherWay, 5, 60},
		{"nmo-breach", "Breach of a non-molestation order", "Family Law Act 1996 s.42A", EitherWay, 5, 60},
		{"coercive", "Controlling or coercive behaviour", "Serious Crime Act 2015 s.76", EitherWay, 5, 70},
		{"strangulation", "Non-fatal strangulation", "Serious Crime Act 2015 s.75A", EitherWay, 5, 85},
		{"rape", "Rape", "Sexual Offences Act 2003 s.1", Indictable, 99, 100},
		{"sexual-assault", "Sexual assault", "Sexual Offences Act 2003 s.3", EitherWay, 10, 80},
		{"exposure", "Exposure", "Sexual Offences Act 2003 s.66", EitherWay, 2, 45},
		{"voyeurism", "Voyeurism", "Sexual Offences Act 2003 s.67", EitherWay, 2, 45},
		{"abh", "Assault occasioning actual bodily harm", "Offences against the Person Act 1861 s.47", EitherWay, 5, 60},
		{"gbh", "Grievous bodily harm with intent", "Offences against the Person Act 1861 s.18", Indictable, 99, 95},
		{"threats-to-kill", "Threats to kill", "Offences against the Person Act 1861 s.16", EitherWay, 10, 75},
		// Tried summarily, or dealt with as a contempt (s.6(5)); 12 months only where committed for sentence or as a contempt (s.6(7)).
		{"fta", "Failing to surrender to bail", "Bail Act 1976 s.6", SummaryOnly, 0.25, 35},
		{"other", "Other offence", "as stated in the note", EitherWay, 0, 25},
	}
}

// OffenceCode names a row of [Offences].
type OffenceCode string

// Choices lists the offences for a form.
func (OffenceCode) Choices() []Choice {
	rows := Offences()
	out := make([]Choice, len(rows))
	for i, o := range rows {
		out[i] = Choice{Value: o.Code, Label: o.Title}
	}
	return out
}

// Row is the offence's row; the zero Offence when the code is not in the table.
func (c OffenceCode) Row() Offence {
	rows := offences()
	for i := range rows {
		if rows[i].Code == string(c) {
			return rows[i]
		}
	}
	return Offence{}
}

// Short is the offence as a list has room for it: "s.2A PHA", "SPO breach".
func (c OffenceCode) Short() string {
	switch c {
	case "s2", "s2A", "s4", "s4A":
		return "s." + string(c[1:]) + " PHA"
	case "s2-agg", "s4-agg":
		return "s.32 CDA"
	case "spo-breach":
		return "SPO breach"
	case "spo-notify":
		return "SPO notify"
	case "dapo-breach":
		return "DAPO breach"
	case "nmo-breach":
		return "NMO breach"
	case "ro-breach", "ro-breach-acq", "ro-breach-old":
		return "RO breach"
	case "fta":
		return "FTA"
	case "abh":
		return "ABH"
	case "gbh":
		return "GBH s.18"
	case "coercive":
		return "coercive control"
	case "exposure", "voyeurism", "strangulation", "rape", "sexual-assault", "threats-to-kill":
		return strings.ReplaceAll(string(c), "-", " ")
	}
	return c.Row().Title
}

// SummaryOnlyTrap reports whether every offence is summary only, so that custody cannot pass 24 hours (PACE 1984
// s.42(1)(b)), there is no power of entry under PACE s.17(1)(b) and, for most of them, time to charge runs out
// ([SixMonths]). An offence stated only in a note lifts none of that: nobody has said how it is tried.
func SummaryOnlyTrap(offences []OffenceCode) bool {
	summary := false
	for _, c := range offences {
		switch {
		case c.Row().Mode == SummaryOnly:
			summary = true
		case c != "other":
			return false
		}
	}
	return summary
}

// SixMonths reports whether the information must be laid within six months of the last act: every offence is summary only,
// and the Magistrates' Courts Act 1980 s.127 applies to one of them. To failing to surrender it does not (Bail Act 1976
// s.6(10)); that has limits of its own, which begin again with the surrender or arrest (s.6(12)-(14)).
func SixMonths(offences []OffenceCode) bool {
	return SummaryOnlyTrap(offences) && slices.ContainsFunc(offences, func(c OffenceCode) bool { return c.Row().Mode == SummaryOnly && c != "fta" })
}

// PowerOfEntry says on what power officers may enter to arrest for the offences.
func PowerOfEntry(offences []OffenceCode) string {
	if len(offences) == 0 {
		return "none: no offence recorded"
	}
	if slices.ContainsFunc(offences, OffenceCode.indictable) {
		return "PACE s.17(1)(b)"
	}
	if !SummaryOnlyTrap(offences) {
		return "check the offence: only an indictable one gives s.17(1)(b)"
	}
	if slices.Contains(offences, "s2A") {
		return "no s.17(1)(b): s.2/2A is not indictable; a warrant under PHA s.2B is needed to search"
	}
	if !SixMonths(offences) {
		return "no s.17(1)(b): summary only; s.17(1)(a)(i) with the court's warrant of arrest (Bail Act 1976 s.7)"
	}
	return "no s.17(1)(b): s.2 is not indictable"
}

// indictable reports whether the offence is known to be triable on indictment; one stated only in a note is not.
func (c OffenceCode) indictable() bool {
	mode := c.Row().Mode
	return c != "other" && (mode == EitherWay || mode == Indictable)
}

// gravest is the largest gravity among the offences.
func gravest(offences []OffenceCode) int {
	most := 0
	for _, c := range offences {
		most = max(most, c.Row().Gravity)
	}
	return most
}
